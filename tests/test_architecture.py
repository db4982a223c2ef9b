"""What the whole keeps to: one-way imports, sizes, encodings, the two commands."""

import ast
import io
import os
import re
import socket
import subprocess
import sys
import tokenize

import pytest
from conftest import PUBLIC, ROOT

import nn_helpers

PACKAGE = ROOT / "nn_helpers"
CORE = [path for path in PACKAGE.glob("*.py")]
ALL = [path for path in PACKAGE.rglob("*.py")]


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(path):
    return path.parent.name if path.parent != PACKAGE else "core"


def test_imports_point_one_way():
    forbidden = {
        "core": r"nn_helpers\.(viz|live|checks)|matplotlib|ipywidgets|IPython|PIL",
        "viz": r"nn_helpers\.(live|checks)|ipywidgets|matplotlib\.pyplot",
        "live": r"nn_helpers\.checks|matplotlib\.pyplot",
        "checks": r"nn_helpers\.(viz|live)|matplotlib|ipywidgets",
    }
    for path in ALL:
        for name in imports(path):
            assert not re.match(forbidden[layer(path)], name), f"{path.name}: {name}"


def test_the_core_imports_numpy_and_nothing_else():
    standard = sys.stdlib_module_names
    for path in CORE:
        for name in imports(path):
            top = name.partition(".")[0]
            assert top in {"numpy", "nn_helpers"} or top in standard, (
                f"{path.name}: {name}"
            )


def python(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, env=os.environ | environment, check=False,
    )  # fmt: skip


def test_importing_the_package_imports_no_drawing():
    code = "import sys, nn_helpers; print([m for m in ('matplotlib', 'ipywidgets', 'IPython') if m in sys.modules])"
    assert python(code).stdout.strip() == "[]"


def lines_of_code(path):
    """Lines left without docstrings, comments and blank lines."""
    source = path.read_text(encoding="utf-8")
    skipped = set()
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                skipped |= set(range(value.lineno, value.end_lineno + 1))
    lines = set()
    ignored = (
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    )
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in ignored:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - skipped)


def test_size_budgets():
    core, everything = (sum(map(lines_of_code, paths)) for paths in (CORE, ALL))
    assert core <= 600, core
    assert everything <= 2500, everything


def test_public_functions_say_what_they_do():
    for name in PUBLIC:
        public = getattr(nn_helpers, name)
        assert public.__doc__, name
        if name != "History":
            assert ">>>" in public.__doc__, f"{name}: no doctest"


def test_names_that_others_rely_on():
    names = """relu relu_prime sigmoid sigmoid_prime tanh tanh_prime identity
    identity_prime softmax mean_squared_error binary_cross_entropy
    softmax_cross_entropy mean_squared_error_grad binary_cross_entropy_grad
    softmax_cross_entropy_grad Dense Network train minibatches accuracy
    numerical_gradient gradient_error SGD load_digits load_mnist load_penguins
    make_moons make_circles make_spirals make_xor one_hot split Standardizer"""
    assert set(names.split()) <= PUBLIC


def test_nothing_sets_or_reads_global_random_state():
    for path in [*ALL, *(ROOT / "tools").glob("*.py")]:
        source = path.read_text(encoding="utf-8")
        for name in re.findall(r"np\.random\.(\w+)", source):
            assert name in ("default_rng", "Generator"), (
                f"{path.name}: np.random.{name}"
            )


def test_ruff_is_content():
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, str(ROOT)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_tests_cannot_reach_the_network():
    for code in (
        "create_connection(('192.0.2.1', 80), 1)",
        "socket().connect(('192.0.2.1', 80))",
    ):
        done = python(f"import socket; socket.{code}")
        assert "the tests allow no connection" in done.stderr, "use make test"
    with pytest.raises(PermissionError, match="allow no connection"):
        socket.create_connection(("192.0.2.1", 80), 1)


def test_learner_copies_are_never_overwritten(tmp_path):
    sys.path.insert(0, str(ROOT / "tools"))
    import my_work

    lessons = [tmp_path / name for name in ("02_a.ipynb", "06_b.ipynb")]
    for path in lessons:
        path.write_text("new", encoding="utf-8")
    mine = tmp_path / "my_work"
    assert len(my_work.copy_lessons(lessons, mine)) == 2
    (mine / "06_b.ipynb").write_text("my answers", encoding="utf-8")
    assert my_work.copy_lessons(lessons, mine) == []
    assert (mine / "06_b.ipynb").read_text(encoding="utf-8") == "my answers"
    first, second = (my_work.fresh_copy(lessons, mine, "06") for _ in "ab")
    assert first.name == "06_b_fresh_1.ipynb" and second.name == "06_b_fresh_2.ipynb"
    with pytest.raises(SystemExit, match="no lesson '99'; there are 02, 06"):
        my_work.fresh_copy(lessons, mine, "99")


def test_the_stored_digits_network_is_the_one_that_training_makes():
    sys.path.insert(0, str(ROOT / "tools"))
    import train_digits_network

    network, held_out = train_digits_network.trained_network()
    stored = nn_helpers.load_digits_network()
    for (_, ours, _), (_, theirs, _) in zip(
        network.parameters(), stored.parameters(), strict=True
    ):
        assert abs(ours - theirs).max() < 1e-3
    assert held_out >= 0.96
