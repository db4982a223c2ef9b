"""The form of the lessons; nbval (see pyproject.toml) runs them and compares."""

import ast
import re
import statistics
import sys

import nbformat
import numpy as np
import pytest
from conftest import LESSONS, PUBLIC, ROOT, code_cells

from nn_helpers.viz.picture import caption

sys.path.insert(0, str(ROOT / "tools"))
import notebooks

lessons = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)

# Used freely, because no lesson is about them.
TOOLS = {
    "load_digits", "load_mnist", "load_penguins", "load_digits_network",
    "make_moons", "make_circles", "make_spirals", "make_xor",
    "one_hot", "split", "Standardizer", "viz", "live", "checks",
}  # fmt: skip


def texts(path):
    notebook = nbformat.read(path, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def outputs_in_words(path):
    words = []
    for cell in code_cells(path):
        for output in cell.outputs:
            words.append(output.get("text", ""))
            words.append(output.get("data", {}).get("text/plain", ""))
    return "\n".join(words)


def test_there_are_the_five_lessons():
    assert [path.name[:2] for path in LESSONS] == ["02", "03", "04", "06", "07"]


@lessons
def test_every_cell_ran_in_order_and_without_complaint(path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        for output in cell.outputs:
            assert output.output_type != "error" and output.get("name") != "stderr"
            shown = output.get("data", {}).get("text/plain", "")
            assert not re.match(r"<|\[<|array\(", shown), f"a raw repr: {shown[:60]}"


@lessons
def test_the_committed_form(path):
    before = path.read_text(encoding="utf-8")
    normal = notebooks.normalise(nbformat.read(path, as_version=4))
    assert nbformat.writes(normal) + "\n" == before, "run tools/notebooks.py"
    assert "widgets" not in normal.metadata
    assert path.stat().st_size < 400_000
    assert not re.search(r"/(home|root|tmp|Users|work)/", before), "a path of a machine"


@lessons
def test_budgets_of_code(path):
    sources = [cell.source for cell in code_cells(path)]
    lengths = [len(source.splitlines()) for source in sources]
    assert statistics.median(lengths) <= 5
    assert np.percentile(lengths, 95) <= 20 and max(lengths) <= 30
    assert max(len(line) for source in sources for line in source.splitlines()) <= 79
    assert 30 <= len(nbformat.read(path, as_version=4).cells) <= 60
    for source in sources:
        assert not re.search(
            r"import \*|^\s*[!%]|pip install|savefig|plt\.", source, re.M
        )


@lessons
def test_budgets_of_text(path):
    prose = [re.sub(r"\$\$.*?\$\$", "", text, flags=re.S) for text in texts(path)]
    words = [len(text.split()) for text in prose]
    lines = sum(len(cell.source.splitlines()) for cell in code_cells(path))
    assert max(words) <= 150
    assert 6 <= sum(words) / lines <= 15
    everything = " ".join(texts(path)).lower()
    for word in (
        "simply",
        "obviously",
        "trivially",
        "of course",
        "as you can see",
        " just ",
    ):
        assert word not in everything.replace("just as", ""), word


@lessons
def test_the_frame(path):
    text = texts(path)
    number = int(path.name[:2])
    assert re.match(rf"# {number}\. [A-Z]", text[0])
    headings = [line for t in text for line in t.splitlines() if re.match(r"#+ ", line)]
    assert sum(line.startswith("# ") for line in headings) == 1
    assert not any(line.startswith("###") for line in headings)
    assert any(t.startswith("**What you will learn**") for t in text[:3])
    assert re.search(r"\*\*What you need\*\*.*\d\d minutes", "\n".join(text[:3]))
    assert text[-1].startswith("## What you built")
    assert 4 <= sum(line.startswith("## ") for line in headings) <= 10
    turns = re.findall(r"\*\*Your turn (\d\d\.\d)\*\* \(\d+ min", "\n".join(text))
    assert turns == [f"{path.name[:2]}.{k}" for k in (1, 2, 3)]


def test_the_setup_cell_is_the_same_in_every_lesson():
    assert len({code_cells(path)[0].source for path in LESSONS}) == 1


@lessons
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+)\)", "\n".join(texts(path))):
        assert (path.parent / target).exists(), target


@lessons
def test_decimals_in_prose_come_from_an_output(path):
    shown = outputs_in_words(path)
    for text in texts(path):
        plain = re.sub(r"\*\*Your turn \d\d\.\d\*\*|`[^`]*`", "", text)
        for number in re.findall(r"(?<![\w.])\d+\.\d+(?!\.\d)", plain):
            pattern = rf"(?<![\d.]){re.escape(number)}0*(?!\d)"
            assert re.search(pattern, shown), f"{number} stands in no output"


@lessons
def test_images_have_their_twin_and_a_visible_caption(path):
    images = 0
    for cell in code_cells(path):
        live = "live." in cell.source
        for place, output in enumerate(cell.outputs):
            data = output.get("data", {})
            if "image/png" not in data:
                continue
            images += 1
            twin = data["text/plain"]
            assert len(twin.split()) >= 4
            assert output.metadata["image/png"]["alt"] == twin
            assert not re.search(r"\bnan\b|-0\.0*\b(?!\d)", twin)
            if not live:
                assert cell.outputs[place + 1].data["text/html"] == caption(twin)
    assert 3 <= images <= 8


def defined(path):
    trees = [ast.parse(cell.source) for cell in code_cells(path)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in nodes if isinstance(node, kinds)}


def used(path):
    """Core names that a lesson takes from the package."""
    names = set()
    for cell in code_cells(path):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom) and node.module == "nn_helpers":
                names |= {alias.name for alias in node.names}
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id == "nn_helpers":
                    names.add(node.attr)
    return names - TOOLS


def test_no_lesson_uses_what_no_lesson_has_built():
    built = set()
    for path in LESSONS:
        built |= defined(path)
        assert used(path) <= built, f"{path.name}: {used(path) - built}"
    assert {"relu", "sigmoid", "softmax", "Dense", "Network", "train"} <= built


@lessons
def test_what_a_lesson_builds_is_compared_with_the_package(path):
    public = defined(path) & PUBLIC
    source = "\n".join(cell.source for cell in code_cells(path))
    if "nn_helpers.Network" in source:
        public -= {"Dense"}  # compared inside the network
    for name in public:
        direct = re.search(rf"nn_helpers\.{name}\b", source)
        by_name = "getattr(nn_helpers, ours.__name__)" in source and re.search(
            rf"for ours in \([^)]*\b{name}\b", source
        )
        assert (
            direct or by_name or name in ("accuracy", "identity", "identity_prime")
        ), name
    assert "np.testing.assert_allclose" in source


@lessons
def test_names_of_the_setup_are_not_reused(path):
    for cell in code_cells(path)[1:]:
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                assert node.id not in (
                    "np",
                    "live",
                    "viz",
                    "show",
                    "check",
                    "nn_helpers",
                )


def test_normalise_drops_what_changes_from_run_to_run():
    output = nbformat.v4.new_output(
        "display_data",
        data={notebooks.WIDGET_VIEW: {"model_id": "x"}, "text/plain": "twin"},
    )
    pieces = [nbformat.v4.new_output("stream", text=t) for t in ("a\n", "b\n")]
    cell = nbformat.v4.new_code_cell(
        "1  ", outputs=[output, *pieces], execution_count=1
    )
    cell.metadata = {
        "execution": {"iopub.status.busy": "now"},
        "tags": ["keep"],
        "collapsed": True,
    }
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata = {
        "widgets": {},
        "language_info": {"name": "python", "version": "3.1"},
    }
    (normal,) = notebooks.normalise(notebook).cells
    assert normal.metadata == {"tags": ["keep"]} and normal.id == "cell-00"
    assert [o.output_type for o in normal.outputs] == ["display_data", "stream"]
    assert normal.outputs[0].data == {"text/plain": "twin"}
    assert normal.outputs[1].text == "a\nb\n" and normal.source == "1"


def finding_part(kaggle):
    """The setup cell up to its imports, with another Kaggle input folder."""
    source = code_cells(LESSONS[0])[0].source
    return source.partition("\nimport numpy")[0].replace("/kaggle/input", str(kaggle))


@pytest.mark.parametrize("home", ["", "lessons", "input/set", "input/someone/set"])
def test_the_setup_finds_the_package(home, tmp_path, monkeypatch):
    (tmp_path / "lessons" / "deeper").mkdir(parents=True)
    folder = tmp_path / home / "nn_helpers"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "lessons" / "deeper")
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    exec(finding_part(tmp_path / "input"), {})
    assert sys.path[0] == str(tmp_path / home)


def test_the_setup_says_what_to_do_when_nothing_is_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="attach the data set"):
        exec(finding_part(tmp_path / "input"), {})
