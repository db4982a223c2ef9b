"""Does a changed operator get noticed? Mutants, drawn by a seed, and their fate.

    python tools/mutants.py                  draw, run what has no fate yet, write docs
    python tools/mutants.py --minutes 30     stop after so long; the next call goes on
    python tools/mutants.py --near           leave out the last stage, the whole suite
    python tools/mutants.py --again TEXT     forget the fates of mutants with this text
    python tools/mutants.py --again ""       forget them all: some hours

cosmic-ray makes the mutants: one operator, number, constant, condition or loop of one
file changed. 300 are drawn from the mathematics and the checkers, 100 from figures,
live figures and the web edition's Python, and each is tried in a copy of the project;
then 60 more from the mathematics and the checkers, for whose sake no test was written.
`docs/mutants.jsonl` keeps the fates, so a run can be cut off and taken up; a mutant
whose line has changed since is another one. docs/mutants.md says what came out;
survivors with a reason are in docs/mutants.toml. A lesson that never runs the changed
statement cannot notice, so it is not asked.
"""

import argparse
import ast
import difflib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FATES = ROOT / "docs" / "mutants.jsonl"
PYTHON = ROOT / ".venv" / "bin" / "python"
UNNOTICED = ("survived", "not run")  # by the lessons
LIMIT = 900  # seconds for one stage; a mutant that takes longer hangs

CORE = "activations losses network optimizers training gradient_check preprocessing"
CORE = f"{CORE} evaluation attacks _edge datasets pretrained playground".split()
GROUPS = {
    # name: (how many, files)
    "mathematics": (150, [f"nn_helpers/{name}.py" for name in CORE]),
    "checkers": (150, ["nn_helpers/checks/*.py"]),
    "figures and web": (
        100, ["nn_helpers/viz/*.py", "nn_helpers/live/*.py", "web/*.py"]
    ),
}  # fmt: skip
FRESH, FRESH_SEED = 60, 17
# What changes types rather than meaning is killed by anything: it would flatter.
LEFT_OUT = r"Shift|Bit|_Is$|_IsNot$|/.*Is(Not)?_(?!Is)|Variable|Decorator|Invert"
KEPT = r"_(Is_IsNot|IsNot_Is)$"
FIRST_LESSONS = {
    "activations": "02", "losses": "04", "network": "03 06", "optimizers": "09 05",
    "training": "07 08", "gradient_check": "06", "preprocessing": "08 05",
    "evaluation": "08", "attacks": "10", "datasets": "01 08", "pretrained": "00 03",
    "playground": "12",
}  # fmt: skip


ARGUMENTS = tomllib.loads((ROOT / "docs" / "mutants.toml").read_text("utf-8"))
ARGUED = {(m["file"], m["change"]): m["why"] for m in ARGUMENTS.get("mutant", ())}


# Run by the lessons' Python: which lines of the package does this notebook run?
FOLLOW = """
import contextlib, json, sys
import IPython, nbformat
sys.path.append(sys.argv[1])
import coverage
follow = coverage.Coverage(data_file=None, config_file=False, include=["*/nn_helpers/*"])
shell = IPython.core.interactiveshell.InteractiveShell.instance()
follow.start()
from nn_helpers.checks import verdict
# CPython 3.11 hangs where an exception is sent to a thread that is followed.
verdict.time_limit = contextlib.nullcontext
for cell in nbformat.read(sys.argv[2], 4).cells:
    if cell.cell_type == "code":
        shell.run_cell(cell.source)
follow.stop()
data = follow.get_data()
print()
print(json.dumps({file: data.lines(file) for file in data.measured_files()}))
"""


def lines_of(notebook):
    """{file: the set of its lines that this notebook runs}."""
    done = subprocess.run(
        [PYTHON, "-c", FOLLOW, sysconfig.get_path("platlib"), notebook], cwd=notebook.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    return {
        Path(file).relative_to(ROOT).as_posix(): set(lines)
        for file, lines in found.items()
    }


def statement(source, mutated):
    """The lines of the innermost statement that was changed, without those inside it."""
    before, after = source.splitlines(), mutated.splitlines()
    places = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    (line,) = [first + 1 for kind, first, *_ in places if kind != "equal"][:1]
    around = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno
    ]
    inner = min(around, key=lambda node: node.end_lineno - node.lineno)
    body = getattr(inner, "body", None)
    return set(range(inner.lineno, body[0].lineno if body else inner.end_lineno + 1))


def mutants():
    """All mutants of all groups: {group: [(file, operator, occurrence)]}."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    names = [
        n for n in operator_names() if re.search(KEPT, n) or not re.search(LEFT_OUT, n)
    ]
    found = {}
    for group, (_, patterns) in GROUPS.items():
        found[group] = []
        files = sorted({path for pattern in patterns for path in ROOT.glob(pattern)})
        for path in files:
            nodes = list(ast_nodes(get_ast(path.read_text(encoding="utf-8"))))
            for name in names:
                operator = get_operator(name)()
                places = sum(len(list(operator.mutation_positions(n))) for n in nodes)
                file = path.relative_to(ROOT).as_posix()
                found[group] += [(file, name, at) for at in range(places)]
    return found


def drawn(seed=16):
    """The sample: a list of dicts with group, file, operator, place, and the lines."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    def by_lot(everything, seed):  # a change of one file leaves the lots of the others
        def lot(mutant):
            words = " ".join(map(str, (seed, *mutant)))
            return hashlib.sha256(words.encode()).hexdigest()

        return sorted(everything, key=lot)

    found = mutants()
    lots = {g: by_lot(found[g], seed)[:count] for g, (count, _) in GROUPS.items()}
    taken = {mutant for lot in lots.values() for mutant in lot}
    others = [m for g in ("mathematics", "checkers") for m in found[g]]
    others = [m for m in by_lot(others, FRESH_SEED) if m not in taken]
    sample = []
    for group, lot in (*lots.items(), ("fresh", others[:FRESH])):
        for file, name, at in lot:
            source = (ROOT / file).read_text(encoding="utf-8")
            mutated = mutate_code(source, get_operator(name)(), at)
            changed = [
                line
                for line in difflib.unified_diff(
                    source.splitlines(), mutated.splitlines(), n=0, lineterm=""
                )
                if line[0] in "+-" and line[:3] not in ("+++", "---")
            ]
            sample.append(
                {
                    "group": group,
                    "file": file,
                    "operator": name.removeprefix("core/"),
                    "place": at,
                    "change": " -> ".join(line[1:].strip() for line in changed),
                }
            )
    return sample


def name_of(mutant):
    return tuple(mutant[key] for key in ("file", "operator", "place", "change"))


def kept():
    """Fates known so far, by the name of the mutant."""
    if not FATES.exists():
        return {}
    lines = FATES.read_text(encoding="utf-8").splitlines()
    return {name_of(mutant): mutant for mutant in map(json.loads, lines)}


class Copy:
    """A copy of the project in which one mutant at a time is tried."""

    def __init__(self, folder, followed=None):
        self.home, self.followed = Path(folder) / "project", followed or {}
        ignore = shutil.ignore_patterns(".git", ".venv*", "my_work", "__pycache__")
        shutil.copytree(ROOT, self.home, ignore=ignore)
        (self.home / ".venv").symlink_to(ROOT / ".venv")

    def sound(self, near=False):
        """Stop where a test fails without any mutant: then it would kill them all."""
        *close, whole = self.stages("nn_helpers/losses.py")
        for tests in (self.notebooks(""), *close, *([] if near else [whole])):
            found = self.first_failure(tests)
            if found != "survived":
                raise SystemExit(f"the tests fail without any mutant: {found}")

    def fate(self, mutant, near=False):
        """The mutant with what noticed it: {stage: a test, or "survived"}."""
        from cosmic_ray.mutating import mutate_code
        from cosmic_ray.plugins import get_operator

        path = self.home / mutant["file"]
        right = path.read_text(encoding="utf-8")
        operator = get_operator(f"core/{mutant['operator']}")()
        wrong = mutate_code(right, operator, mutant["place"])
        path.write_text(wrong, encoding="utf-8")
        try:
            return mutant | self.tried(mutant, near, statement(right, wrong))
        finally:
            path.write_text(right, encoding="utf-8")

    def tried(self, mutant, near, lines):
        """The lessons are part of the suite; with `near` it may stay open."""
        file = mutant["file"]
        lessons = mutant.get("nbval")
        asked = [
            notebook
            for notebook in self.notebooks(file)
            if lines
            & self.followed[notebook.name, notebook.parent.name].get(file, set())
        ]
        if mutant["group"] == "mathematics" and lessons in (None, "survived"):
            if not asked:
                lessons = "not run"
            elif lessons is None:
                lessons = self.first_failure(asked)
        fates = {} if lessons is None else {"nbval": lessons}
        if lessons not in (None, *UNNOTICED):
            return fates | {"suite": lessons}
        *close, whole = self.stages(file)
        tests = [] if "near" in mutant else close
        if asked and not lessons:
            tests = [*tests, asked]
        # What is argued counts as alive, and figures are listed: the rest could only
        # shorten the list.
        listed = (
            mutant["group"] == "figures and web" or (file, mutant["change"]) in ARGUED
        )
        for stage in tests if near or listed else [*tests, whole]:
            found = self.first_failure(stage)
            if found != "survived":
                return fates | {"suite": found}
        if near and not listed:
            return fates | {"near": "survived"}
        return fates | {"suite": "survived"}

    def notebooks(self, file):
        """All of them; first those where the file is at home, then the short ones."""
        number = re.search(r"lesson_(\d\d)", file)
        first = (
            [number[1]] if number else FIRST_LESSONS.get(Path(file).stem, "").split()
        )
        paths = sorted(self.home.glob("notebooks/**/*.ipynb"))
        paths = [p for p in paths if "my_work" not in p.parts]
        return sorted(
            paths,
            key=lambda p: (p.name[:2] not in first, p.parent.name != "solutions" if number
                           else p.parent.name == "solutions", p.name),
        )  # fmt: skip

    def stages(self, file):
        """Tests in the order in which they are likely to notice."""
        tests, stem = self.home / "tests", Path(file).stem
        near = [p for p in tests.glob("test_*.py") if stem in p.stem]
        near.append(self.home / file)
        if number := re.search(r"lesson_(\d\d)", file):
            yield [tests / "test_checks.py", "-k", f"{number[1]}."]
        elif "checks" in file:
            near.append(tests / "test_checks.py")
        elif "viz" in file or "live" in file:
            names = ("baselines", "board", "claims", "figures", "live")
            near += [tests / f"test_{name}.py" for name in names]
        elif "web" in file:
            near = [tests / "web_edition" / "test_build.py"]
        else:
            names = ("datasets", "network", "training", "hostile")
            near += [tests / f"test_{name}.py" for name in names]
        yield near
        away = ("browser", "places", "nbgrader", "torch", "hub", "dask", "nightly",
                "web_edition")  # fmt: skip
        # The linter and the tests of sizes and lists would notice any change at all.
        yield [
            tests, self.home / "nn_helpers", "-k", "not (ruff or bugs_to_plant or mutants)",
            *(word for name in away for word in ("--ignore", tests / name)),
        ]  # fmt: skip

    def first_failure(self, tests):
        """The first test that fails, "hangs", or "survived"."""
        command = [
            PYTHON, "-m", "pytest", "-c", self.home / "pyproject.toml", "--rootdir", self.home,
            "--nbval-sanitize-with", self.home / "tests" / "nbval_sanitize.cfg",
            "-x", "-q", *tests,
        ]  # fmt: skip
        if any("tests" in Path(test).parts for test in tests):  # where it is known
            command += ["--hypothesis-profile", "first failure"]
        path = os.pathsep.join(
            map(str, (self.home, self.home / "web", self.home / "tests" / "no_network"))
        )
        env = os.environ | {
            "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip
        process = subprocess.Popen(
            command, cwd=self.home.parent, env=env, text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            said, _ = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.communicate()
            return "hangs"
        if process.returncode in (0, 5):  # 5: there was no test at all
            return "survived"
        if process.returncode not in (1, 2):  # 2: it cannot even be imported
            raise RuntimeError(f"pytest itself failed: {said[-800:]}")
        found = re.search(r"^(?:FAILED|ERROR) (\S+)", said, re.M)
        if not found:
            return f"stopped: {said.strip().splitlines()[-1][:80]}"
        return re.sub(r"^.*?((tests|notebooks|nn_helpers|web)/)", r"\1", found[1])


def part(count, of):
    return f"{count} ({count / max(1, of):.0%})"


def page(sample, fates):
    known = [fates[name_of(m)] for m in sample if name_of(m) in fates]
    known = [m for m in known if "suite" in m]
    lines = [
        "# What notices a bug?",
        "",
        "<!-- Written by `make bench WHAT=mutants` (tools/mutants.py). -->",
        "",
        "A mutant is the project with one operator, number, condition or loop changed, by "
        "[cosmic-ray](https://pypi.org/project/cosmic-ray/). The sample is drawn by a seed "
        "from all mutants but those of shifts, bits, `is`, variables and decorators, which "
        "mostly change types rather than meaning. A mutant is killed when a test fails, or "
        f"runs for more than {LIMIT // 60} minutes: a test of the suite, or a lesson or its "
        "solutions, run again with every output compared to the letter (strict nbval). "
        "Fates are kept in `mutants.jsonl`; the command tries those mutants alone that have "
        'none, or whose line has changed (`tools/mutants.py --again ""`: all).',
        "",
        "Who lived was looked at, and either a test was written, or a reason is given below "
        "why the change does no harm: it does the same, asks a learner the same by another "
        "example, or changes what no test should fix, such as how long to wait. Those are "
        "called *alike*, and are tried on the tests near them alone. So what is killed of "
        "the others is no estimate of anything: the last line of the table is, a sample by another "
        "seed, tried once and never mended for. Figures and the web are tried on the tests near "
        "them and on the lessons, without a browser; of their survivors some may be "
        "noticed by the rest of the suite.",
        "",
        "| | tried | killed | alike | of the others killed |",
        "|---|--:|--:|--:|--:|",
    ]
    counts = {group: count for group, (count, _) in GROUPS.items()}
    for group, count in (*counts.items(), ("fresh", FRESH)):
        mine = [m for m in known if m["group"] == group]
        killed = [m for m in mine if m["suite"] != "survived"]
        alive = [m for m in mine if m["suite"] == "survived"]
        alike = [m for m in alive if (m["file"], m["change"]) in ARGUED]
        score = part(len(killed), len(mine) - len(alike))
        name = "mathematics and checkers, another seed" if group == "fresh" else group
        lines.append(
            f"| {name} | {len(mine)} of {count} | {part(len(killed), len(mine))} "
            f"| {len(alike)} | {score} |"
        )
    mine = [m for m in known if m["group"] == "mathematics"]
    run = [m for m in mine if m["nbval"] != "not run"]
    seen = [m for m in mine if m["nbval"] not in UNNOTICED]
    real = [m for m in mine if (m["file"], m["change"]) not in ARGUED]
    lines += [
        "",
        f"Lessons and solutions alone kill {part(len(seen), len(mine))} of the mathematics, "
        f"or {part(len(seen), len(real))} of those that are not alike; {len(run)} stand in "
        "statements that some lesson runs. Most of the rest stands in checks of what is "
        "handed in, which a lesson passes, and in data that no lesson draws.",
    ]
    lines += [
        "",
        "## Survivors",
        "",
        "| file | change | why it may live |",
        "|---|---|---|",
    ]
    for m in known:
        if m["suite"] == "survived":
            change = m["change"].replace("|", "\\|").replace("`", "'")
            why = ARGUED.get((m["file"], m["change"]), "")
            lines.append(f"| {m['file']} | `{change}` | {why} |")
    return "\n".join([*lines, ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--group", default="")
    parser.add_argument("--near", action="store_true")
    parser.add_argument("--again", default=None)
    options = parser.parse_args()
    end = time.monotonic() + 60 * options.minutes
    sample, fates = drawn(), kept()
    if options.again is not None:
        fates = {k: m for k, m in fates.items() if options.again not in json.dumps(m)}
    open_ones = [
        m
        for m in sample
        if "suite" not in fates.get(name_of(m), {})
        and m["group"].startswith(options.group)
    ]
    print(f"{len(sample)} drawn, {len(open_ones)} to try", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(folder)
        copy.sound(options.near)
        names = [path.relative_to(copy.home) for path in copy.notebooks("")]
    with ThreadPoolExecutor(options.workers) as pool:
        found = pool.map(lines_of, (ROOT / name for name in names))
        keys = [(name.name, name.parent.name) for name in names]
        followed = dict(zip(keys, found, strict=True))
    writing = threading.Lock()

    def work(mine):
        with tempfile.TemporaryDirectory() as folder:
            copy = Copy(folder, followed)
            for mutant in mine:
                if time.monotonic() > end:
                    return
                known = fates.get(name_of(mutant), mutant)
                found = copy.fate(known, options.near)
                fates[name_of(mutant)] = found
                print(
                    f"{found.get('suite', 'open')[:60]:60} {found['file']} {found['change']}",
                    flush=True,
                )
                wanted = [fates[name_of(m)] for m in sample if name_of(m) in fates]
                rows = [json.dumps(m, ensure_ascii=False) for m in wanted]
                with writing:
                    FATES.write_text("\n".join([*rows, ""]), encoding="utf-8")

    with ThreadPoolExecutor(options.workers) as pool:
        list(
            pool.map(
                work, (open_ones[k :: options.workers] for k in range(options.workers))
            )
        )
    (ROOT / "docs" / "mutants.md").write_text(page(sample, fates), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
