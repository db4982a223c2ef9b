"""The report on a class and its grades, on hand-ins of every kind."""

import csv
import json
import os
import re
import shutil
import sys
import textwrap
import time

import nbformat
import pytest
from handed_in import (
    handed_in,
    lesson,
    save,
    solution_cells,
    verdict,
    with_cell_first,
)
from support import SOLUTIONS, edition, grade, handins, judge, report, sandbox

from nn_helpers import checks
from nn_helpers.checks.bugs import BUGS

RIGHT = solution_cells("06")
MEAN_FOR_SUM = """def my_backward(dZ, X, W):
    return X.T @ dZ, dZ.mean(axis=0), dZ @ W.T


check("06.2", my_backward)"""
FORGES = """from IPython.display import display

import nn_helpers.checks
import nn_helpers.checks.verdict as v

print("{number}: Yes: everything holds.")
data = {{"exercise": "{number}", "outcome": "passed", "bug": None}}
display({{"text/plain": "{number}: Yes"}}, metadata={{"nn_helpers": data}}, raw=True)
yes = lambda number, *_: v.Verdict(number, "passed", None, "Yes")
nn_helpers.checks.judge = v.judge = v._judge = yes
nn_helpers.checks.check = nn_helpers.checks.passes = lambda *_: True
np.allclose = np.isclose = np.array_equal = lambda *_, **__: True


def check(number, answer):
    print(f"{{number}}: Yes: everything holds.")


check("{number}", 0)"""
SHOUTS = """import os

for pipe in range(64):
    try:
        os.write(pipe, b"\\0" * 7 + b"\\x02" + b"{}")
    except OSError:
        pass
check("06.1", -0.59)"""
LOOPS = """def my_walk(X, Y, W1, b1, W2, b2):
    while True:
        pass


check("06.4", my_walk)"""


@pytest.fixture
def hurry(monkeypatch):
    """Shorter limits; what they are for is the same."""
    monkeypatch.setattr(judge, "CELL_SECONDS", 6)
    monkeypatch.setattr(judge, "HAND_IN_SECONDS", 60)
    monkeypatch.setattr("nn_helpers.checks.verdict.SECONDS", 4)


def judged(notebook, *numbers):
    wanted = numbers or judge.exercises_of("06")
    return {j.exercise: j for j in judge.judge_notebook(notebook, wanted)}


def points(notebook):
    return sum(j.points for j in judged(notebook).values())


POSSIBLE = sum(judge.POINTS[e.form] for e in judge.exercises_of("06").values())


def test_a_blank_hand_in_has_no_points():
    found = judged(lesson("06"))
    assert {j.outcome for j in found.values()} == {"untouched"}
    assert points(lesson("06")) == 0


def test_the_solution_has_all_points():
    assert points(handed_in("06", RIGHT)) == POSSIBLE == 9


def test_a_planted_bug_costs_its_points_and_is_named():
    found = judged(handed_in("06", {**RIGHT, "06.2": MEAN_FOR_SUM}))
    assert found["06.2"].bug == "mean_for_sum" and found["06.2"].points == 0
    assert "The 1/m is in dZ already" in found["06.2"].sentence
    assert sum(j.points for j in found.values()) == POSSIBLE - 2


@pytest.mark.parametrize(
    "ends",
    [
        "import os\nos._exit(0)",
        "import ctypes\nctypes.string_at(0)",
        "while True:\n    pass",
    ],
)
def test_what_crashes_or_loops_loses_its_own_points_only(ends, hurry):
    notebook = handed_in("06", {**RIGHT, "06.1": f'{ends}\ncheck("06.1", -0.59)'})
    found = judged(notebook, "06.1", "06.2")
    assert found["06.1"].points == 0 and "stopped" in found["06.1"].sentence
    assert found["06.2"].outcome == "passed"


def test_an_answer_that_loops_is_too_slow_and_the_rest_is_graded(hurry):
    found = judged(handed_in("06", {**RIGHT, "06.4": LOOPS}), "06.3", "06.4")
    assert found["06.4"].bug == "too_slow" and found["06.3"].outcome == "passed"


def test_an_answer_that_takes_too_much_memory_is_named():
    """Three GB are no trouble without a limit: nothing is written into them."""
    right = "X.T @ dZ, dZ.sum(axis=0), dZ @ W.T"
    greedy = f"def f(dZ, X, W):\n    np.empty(3 * 2**27)\n    return {right}"
    notebook = handed_in("06", {"06.2": f'{greedy}\n\n\ncheck("06.2", f)'})
    (found,) = judged(notebook, "06.2").values()
    assert found.points == 0 and "Unable to allocate" in found.sentence


def test_what_is_tried_after_a_loop_counts_and_nothing_is_left_out(hurry):
    source = LOOPS.replace("06.4", "06.2") + f"\n{RIGHT['06.2']}"
    found = judged(handed_in("06", {**RIGHT, "06.2": source}), "06.2", "06.3")
    assert found["06.2"].points == found["06.3"].points == 2


def test_a_broken_letter_does_not_end_the_grading(tmp_path):
    """Neither in what a hand-in says nor in its code."""
    broken = "def f(*_):\n    raise ValueError('\\ud800')\n\n\ncheck(\"06.2\", f)"
    save(handed_in("06", {"06.2": broken}), tmp_path / "in" / "ada.ipynb")
    save(handed_in("06", RIGHT), tmp_path / "in" / "ben.ipynb")
    place, people = grade.grade(tmp_path / "in", say=lambda _: None)
    assert sum(j.points for j in people["ben"]) == POSSIBLE
    pages = sorted(path.name for path in (place / "feedback").iterdir())
    assert pages == ["ada.html", "ben.html"]


@pytest.mark.parametrize("number", RIGHT)
def test_a_forged_verdict_and_another_check_change_nothing(number):
    notebook = handed_in("06", {number: FORGES.format(number=number)})
    notebook.cells[-1].outputs = [verdict(number, "passed")]
    (found,) = judged(notebook, number).values()
    assert found.outcome == "failed" and found.points == 0


def test_a_right_answer_counts_even_where_check_was_replaced():
    notebook = with_cell_first(handed_in("06", RIGHT), "check = print")
    assert points(notebook) == POSSIBLE
    inside = f"def check(*_):\n    return 'all right'\n\n\n{RIGHT['06.2']}"
    found = judged(handed_in("06", {"06.2": inside}), "06.2")
    assert found["06.2"].outcome == "passed"


def test_who_writes_into_every_pipe_gains_nothing():
    found = judged(handed_in("06", {**RIGHT, "06.1": SHOUTS}), "06.1", "06.2")
    assert found["06.1"].points == 0 and found["06.2"].outcome == "passed"


def test_deleted_cells_are_missing_and_the_rest_is_graded():
    notebook = handed_in("06", {**RIGHT, "06.2": None, "06.Q": None})
    notebook.cells = [c for c in notebook.cells if "importlib.util" not in c.source]
    found = judged(notebook)
    assert found["06.2"].outcome == found["06.Q"].outcome == "missing"
    assert sum(j.points for j in found.values()) == POSSIBLE - 3


def test_a_function_that_was_right_once_is_right_and_of_numbers_the_last_counts():
    twice = RIGHT["06.2"] + '\ncheck("06.2", lambda dZ, X, W: (dZ, dZ, dZ))' * 12
    assert judged(handed_in("06", {"06.2": twice}), "06.2")["06.2"].points == 2
    guesses = 'for letter in "abcd":\n    check("06.Q", letter)'
    assert judged(handed_in("06", {"06.Q": guesses}), "06.Q")["06.Q"].points == 0
    wrong = 'check("06.1", -0.59)\ncheck("06.1", 0.59)'
    assert (
        judged(handed_in("06", {"06.1": wrong}), "06.1")["06.1"].bug == "sign_flipped"
    )


def test_an_answer_counts_as_it_was_when_it_was_checked():
    """As in the notebook: what changes afterwards does not matter."""
    source = """scale = 1


def f(dZ, X, W):
    return scale * X.T @ dZ, scale * dZ.sum(axis=0), scale * dZ @ W.T


check("06.2", f)
scale = 2"""
    assert judged(handed_in("06", {"06.2": source}), "06.2")["06.2"].points == 2


CALLS = {
    "turned round": 'check(answer=-0.59, number="06.1")',
    "with spaces": 'check (  # so\n    "06.1", -0.59)',
    "by a name": 'n = "06.1"\ncheck(n, -0.59)',
    "in a loop": 'for n, a in [("06.1", -0.59)]:\n    check(n, a)',
    "under another name": 'from nn_helpers.checks import check as c\nc("06.1", -0.59)',
    "with its path": 'nn_helpers.checks.check("06.1", -0.59)',
    "timed": '%time check("06.1", -0.59)',
    "a timed cell": '%%time\ncheck("06.1", -0.59)',
    "with a shell": '!echo hello\ncheck("06.1", -0.59)',
    "with display": 'display(3)\ncheck("06.1", -0.59)',
    "awaited": 'import asyncio\nawait asyncio.sleep(0)\ncheck("06.1", -0.59)',
    "from a fraction": 'from fractions import Fraction\ncheck("06.1", Fraction(-59, 100))',
    "from a tensor": "class Tensor:\n    def __array__(self, *_, **__):\n"
    '        return np.array(-0.59)\n\n\ncheck("06.1", Tensor())',
    "with a check of its own": "def check(a):\n    return a\n\n\ncheck(3)\n"
    'from nn_helpers.checks import check\ncheck("06.1", -0.59)',
    "a file of its own": "from pathlib import Path\n\n"
    'Path("mine.py").write_text("z = -0.59", encoding="utf-8")\n'
    'import mine\n\ncheck("06.1", mine.z)',
}


@pytest.mark.parametrize("source", CALLS.values(), ids=CALLS)
def test_a_right_answer_is_found_however_it_is_checked(source):
    found = judged(handed_in("06", {"06.1": source}), "06.1")["06.1"]
    assert found.points == 1, found.sentence


def test_batches_may_be_a_generator_as_in_the_notebook():
    source = """def my_minibatches(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        yield X[order[i : i + batch_size]], Y[order[i : i + batch_size]]


check("08.1", my_minibatches)"""
    notebook = handed_in("08", {"08.1": source})
    (found,) = judge.judge_notebook(notebook, ["08.1"])
    assert found.points == 2, found.sentence


ODD = {
    "a huge number": ("06.1", 'check("06.1", 10**400)'),
    "a function that gives one": ("06.2", 'check("06.2", lambda *_: 10**400)'),
    "infinite neurons": ("06.3", 'check("06.3", [float("inf")])'),
    "a broken ratio": ("06.1", "class R:\n    def as_integer_ratio(self):\n"
                       '        return 1, 0\n\n\ncheck("06.1", R())'),
    "half a letter": ("06.2", "def f(*_):\n    raise ValueError('\\ud800')\n\n\n"
                      'check("06.2", f)'),
    "a deep list": ("06.1", "a = []\nfor _ in range(900):\n    a = [a]\ncheck('06.1', a)"),
    "layers that are none": ("10.1", "def f(network, X, Y, epsilon):\n"
                             "    network.layers[:] = [1, 2]\n    return X\n\n\n"
                             'check("10.1", f)'),
}  # fmt: skip


@pytest.mark.parametrize(("number", "source"), ODD.values(), ids=ODD)
def test_odd_answers_cost_their_own_points(number, source):
    (found,) = judge.judge_notebook(handed_in(number[:2], {number: source}), [number])
    assert found.outcome == "failed" and found.points == 0


def test_who_floods_the_pipe_is_stopped(monkeypatch):
    """The judge waits neither for a reader that does not read, nor for ever."""
    monkeypatch.setattr(judge, "HAND_IN_SECONDS", 6)
    source = """import sys, time
import wire


def f(slope, start, rate, steps):
    frame = sys._getframe()
    while "line" not in frame.f_locals:
        frame = frame.f_back
    big = [wire.encode(np.zeros((100000, 2)))]
    frame.f_locals["line"].send(call_back=0, arguments=big)
    time.sleep(1000)


check("05.2", f)"""
    begin = time.monotonic()
    (found,) = judge.judge_notebook(handed_in("05", {"05.2": source}), ["05.2"])
    assert found.points == 0 and time.monotonic() - begin < 20


def test_many_cells_that_never_end_are_stopped_together(monkeypatch):
    monkeypatch.setattr(judge, "CELL_SECONDS", 2)
    monkeypatch.setattr(judge, "HAND_IN_SECONDS", 7)
    notebook = handed_in("06", RIGHT)
    for _ in range(20):
        notebook = with_cell_first(notebook, "while True:\n    pass")
    begin = time.monotonic()
    found = judged(notebook)
    assert time.monotonic() - begin < 20
    assert all("7 seconds" in j.sentence for j in found.values())


def test_what_the_judge_stumbles_over_does_not_end_the_grading(tmp_path, monkeypatch):
    for name in ("ada", "ben"):
        save(lesson("06"), tmp_path / "in" / f"{name}.ipynb")
    real = judge.judge_notebook
    errors = iter([RuntimeError("no"), None])

    def stumbles(notebook, numbers):
        if error := next(errors):
            raise error
        return real(notebook, numbers)

    monkeypatch.setattr(judge, "judge_notebook", stumbles)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    _, people = grade.grade(tmp_path / "in", say=lambda _: None)
    assert all("RuntimeError" in j.sentence for j in people["ada"])
    assert {j.outcome for j in people["ben"]} == {"untouched"}


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_outside_the_kernel_every_verdict_is_the_same(path):
    """Answers of the solutions, right and wrong ones, word for word."""
    notebook = nbformat.read(path, as_version=4)
    shown = [
        (o.metadata.nn_helpers, " ".join(o.data["text/plain"].split()))
        for cell in notebook.cells
        for o in cell.get("outputs", ())
        if "nn_helpers" in o.get("metadata", {})
    ]
    found = []

    def noted(number):
        return lambda line: found.append(judge.verdict_on(line, number))

    judges = {number: noted(number) for number in checks.EXERCISES}
    errors = judge.run(judge.cells_of(notebook), set(), time.monotonic() + 60, judges)
    assert not errors and len(found) == len(shown)
    for mine, (data, words) in zip(found, shown, strict=True):
        assert mine.exercise == data["exercise"]
        assert (mine.outcome, mine.bug) == (data["outcome"], data["bug"])
        assert mine.outcome == "untouched" or words.startswith(
            f"{mine.exercise}: {mine.sentence}"
        )


# The sandbox


in_a_sandbox = pytest.mark.skipif(
    not sandbox.bubblewrap(), reason="no bubblewrap here, or the system forbids it"
)


@pytest.mark.skipif(sys.platform != "linux", reason="bubblewrap is for Linux")
@pytest.mark.skipif(not os.environ.get("CI"), reason="a choice of who owns the machine")
def test_where_all_tests_must_run_bubblewrap_is_there():
    """A system may forbid it all the same; then `protection` says so."""
    assert shutil.which("bwrap"), "install bubblewrap"
    assert sandbox.bubblewrap() or "they CAN" in sandbox.protection()


@in_a_sandbox
def test_nothing_of_what_is_forbidden_succeeds_in_the_sandbox():
    assert not any(sandbox.succeeding().values()), sandbox.succeeding()
    assert "CAN" not in sandbox.protection()


@pytest.mark.skipif(os.name != "posix", reason="no users as on Unix")
def test_the_attempts_succeed_outside_of_it(monkeypatch):
    monkeypatch.setattr(sandbox, "bubblewrap", lambda: None)
    tried = sandbox.succeeding.__wrapped__()
    assert all(tried.values()), tried
    monkeypatch.setattr(sandbox, "succeeding", lambda: tried)
    assert "they CAN open a connection" in sandbox.protection()


@in_a_sandbox
def test_a_hand_in_sees_neither_its_neighbour_nor_the_solutions(tmp_path):
    neighbour = save(handed_in("06", RIGHT), tmp_path / "ben" / "06.ipynb")
    seen = f"""from pathlib import Path

places = [Path({str(neighbour)!r}), Path({str(SOLUTIONS[0])!r})]
check("06.1", -0.59 if any(p.exists() for p in places) else 0)"""
    assert judged(handed_in("06", {"06.1": seen}), "06.1")["06.1"].points == 0


def test_a_hand_in_may_write_in_its_own_directory():
    writes = """from pathlib import Path

Path("mine.txt").write_text("-0.59", encoding="utf-8")
check("06.1", float(Path("mine.txt").read_text(encoding="utf-8")))"""
    assert judged(handed_in("06", {"06.1": writes}), "06.1")["06.1"].points == 1


# Grades


def test_grades_and_a_page_each(tmp_path):
    folder = tmp_path / "monday"
    save(handed_in("06", RIGHT), folder / "ada" / "06_backprop.ipynb")
    save(handed_in("06", {"06.2": MEAN_FOR_SUM}), folder / "=ben()_06_backprop.ipynb")
    save(handed_in("02", solution_cells("02")), folder / "ada" / "02.ipynb")
    (folder / "eve.ipynb").write_text("{", encoding="utf-8")
    said = []
    place, _ = grade.grade(folder, say=said.append)
    with open(place / "grades.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["name"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"ada", "'=ben()", "eve.ipynb"}
    assert "damaged" in rows["eve.ipynb"]["not solved"]
    assert rows["ada"]["points in class"] == str(POSSIBLE - 3 + 4)
    assert rows["ada"]["percent"] == "100" and rows["ada"]["02.2"] == "2"
    assert rows["'=ben()"]["points"] == "0" and rows["'=ben()"]["02.2"] == ""
    assert "06.2 mean_for_sum" in rows["'=ben()"]["not solved"]
    pages = sorted(p.name for p in (place / "feedback").iterdir())
    assert pages == ["ada.html", "ben.html"]
    text = (place / "feedback" / "ben.html").read_text(encoding="utf-8")
    assert "The 1/m is in dZ already" in text and "0 of 9 points" in text
    assert any("eve.ipynb: damaged" in line for line in said)
    assert said[0].startswith("Hand-ins run with")


def test_two_people_never_share_a_page():
    taken = set()
    names = [
        grade.file_name(name, taken) for name in ("Ada", "ada", "../Ada", "a/da", "...")
    ]
    assert len({name.lower() for name in names}) == 5
    assert not any("/" in name or name.startswith(".") for name in names)


# The report


def class_of(count):
    """Hand-ins of lesson 06: a third solved 06.2, a third mean for sum, a third idle."""
    kinds = (
        {"06.1": ("passed", None), "06.2": ("passed", None), "06.Q": ("failed", QUIZ)},
        {"06.1": ("failed", "sign_flipped"), "06.2": ("failed", "mean_for_sum")},
        {n: ("untouched", None) for n in RIGHT},
    )
    for place in range(count):
        yield f"s{place:03d}", handed_in("06", {}, kinds[place % 3])


QUIZ = checks.judge("06.Q", checks.EXERCISES["06.Q"], "a").bug


@pytest.mark.parametrize("count", [1, 2, 30, 300])
def test_a_page_about_any_number_of_hand_ins(tmp_path, count):
    folder = tmp_path / "class"
    for name, notebook in class_of(count):
        save(notebook, folder / f"{name}.ipynb")
    hand_ins, left_out = handins.read(folder)
    assert len(hand_ins) == count and not left_out
    outcomes, bugs = report.of_lesson(hand_ins)
    first, second = len(range(0, count, 3)), len(range(1, count, 3))
    assert outcomes["06.2"]["passed"] == first and len(bugs["06.Q", QUIZ]) == first
    assert len(bugs.get(("06.2", "mean_for_sum"), [])) == second
    idle, unrun = report.not_started(hand_ins)
    assert len(idle) == len(range(2, count, 3)) and unrun == []
    text = report.page(hand_ins, left_out, "A class")
    assert f"Lesson 06: {count} hand-in" in text
    assert ("s002" in text) == (count > 2)
    if second:
        assert BUGS["mean_for_sum"].format(it="The result") in text
        assert text.count("Ask: ") == 3


def test_what_cannot_be_read_is_named_with_its_reason(tmp_path):
    folder = tmp_path / "class"
    good = save(handed_in("06", RIGHT), folder / "ada" / "homework_final.ipynb")
    whole = good.read_text(encoding="utf-8")
    wrong = {
        "cut.ipynb": whole[: len(whole) // 2],
        "empty.ipynb": "",
        "paper.ipynb": "%PDF-1.7",
        "page.ipynb": "<!doctype html>",
        "list.ipynb": "[1, 2]",
        "other.ipynb": nbformat.writes(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
        ),
        "lost.ipynb.txt": whole,
        "notes.docx": "PK\x03\x04",
    }
    for name, text in wrong.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "link.ipynb").symlink_to(good)
    (folder / ".DS_Store").write_text("", encoding="utf-8")
    (folder / "ada" / ".ipynb_checkpoints").mkdir()
    save(
        lesson("06"),
        folder / "ada" / ".ipynb_checkpoints" / "homework-checkpoint.ipynb",
    )
    hand_ins, left_out = handins.read(folder)
    assert [h.name for h in hand_ins] == ["ada"] and hand_ins[0].lesson == "06"
    assert {name for name, _ in left_out} == {*wrong, "link.ipynb"}
    reasons = dict(left_out)
    assert "breaks off" in reasons["cut.ipynb"] and "empty" in reasons["empty.ipynb"]
    assert "PDF" in reasons["paper.ipynb"] and "ending" in reasons["lost.ipynb.txt"]
    text = report.page(hand_ins, left_out, "A class")
    assert all(name in text for name in wrong)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("ada/06_backprop.ipynb", "ada"),
        ("ada_06_backprop.ipynb", "ada"),
        ("06_backprop.ipynb", "06_backprop"),
        ("Ada L_123_assignsubmission_file_/06_backprop.ipynb", "Ada L"),
        ("ada/06_backprop/06_backprop.ipynb", "ada"),
        ("ada-06_backprop-Copy1.ipynb", "ada"),
        ("Ada L_123_assignsubmission_file_06_backprop.ipynb", "Ada L"),
        ("bad\x1b[31m.ipynb", "bad?[31m"),
    ],
)
def test_the_pseudonym(tmp_path, place, name):
    save(lesson("06"), tmp_path / "in" / place)
    ((found, *_),), _ = handins.read(tmp_path / "in")
    assert found == name


def test_two_notebooks_of_a_lesson_under_one_name_are_both_kept(tmp_path):
    for name in ("ada", "ben"):
        save(lesson("06"), tmp_path / "in" / "06" / f"{name}.ipynb")
    found, _ = handins.read(tmp_path / "in")
    assert [h.name for h in found] == ["ada", "ben"]  # one folder around all
    save(lesson("07"), tmp_path / "in" / "cy" / "07_sgd_loop.ipynb")
    found, _ = handins.read(tmp_path / "in")
    assert [h.name for h in found] == ["06/ada", "06/ben", "cy"]


STRANGE = {
    "a list": [1], "a word": "x", "numbers for names": {"nn_helpers": {"exercise": ["06.2"]}},
    "nothing": {"nn_helpers": {}}, "null": {"nn_helpers": None},
}  # fmt: skip


@pytest.mark.parametrize("metadata", STRANGE.values(), ids=STRANGE)
def test_strange_outputs_and_metadata_are_no_verdict(tmp_path, metadata):
    content = json.loads(nbformat.writes(handed_in("06", {})))
    for cell in content["cells"]:
        for output in cell.get("outputs", ()):
            output["metadata"] = metadata
    if isinstance(metadata, dict):
        content["metadata"].update(metadata)
    path = tmp_path / "in" / "ada.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(content), encoding="utf-8")
    found, left_out = handins.read(tmp_path / "in")
    assert len(found) + len(left_out) == 1
    for hand_in in found:
        assert handins.verdicts(hand_in.notebook) == {}
        assert edition.fits(hand_in.notebook, "06", {})
    report.page(found, left_out, "A class")


def test_a_lesson_is_known_by_its_exercises_not_by_how_often_one_is_asked(tmp_path):
    notebook = handed_in("06", RIGHT)
    notebook.cells += [
        nbformat.v4.new_code_cell('check("00.Q", "a")') for _ in range(9)
    ]
    save(notebook, tmp_path / "in" / "ada.ipynb")
    (found,), _ = handins.read(tmp_path / "in")
    assert found.lesson == "06"


def test_a_hand_in_without_outputs_is_not_called_idle(tmp_path):
    notebook = handed_in("06", RIGHT)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    save(notebook, tmp_path / "in" / "ada.ipynb")
    found, _ = handins.read(tmp_path / "in")
    assert report.not_started(found) == ([], ["ada"])
    states, _ = report.of_lesson(found)
    assert all(counts == {"unrun": 1} for counts in states.values())


def test_an_error_is_shown_and_what_was_not_reached_is_not_called_untouched(tmp_path):
    """Run All stops at the first error."""
    notebook = handed_in(
        "06", {**RIGHT, "06.2": "def my_backward(dZ, X, W)\n    return 1"}
    )
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            if "def my_backward" in cell.source:
                cell.source += '\ncheck("06.2", my_backward)'
                cell.outputs = [
                    nbformat.v4.new_output(
                        "error", ename="SyntaxError", evalue="expected ':'"
                    )
                ]
    save(notebook, tmp_path / "in" / "finn.ipynb")
    found, _ = handins.read(tmp_path / "in")
    assert report.stopped(found) == [("finn", "06.2", "SyntaxError: expected ':'")]
    states, _ = report.of_lesson(found)
    assert states["06.2"] == {"error": 1} and states["06.Q"] == {"unrun": 1}
    text = report.page(found, [], "A class")
    assert "Stopped by an error: 1" in text and "SyntaxError: expected" in text
    judged_ = judged(notebook, "06.2")["06.2"]
    assert "SyntaxError" in judged_.sentence


def test_of_a_lesson_and_its_fresh_copy_the_untouched_one_is_left_out(tmp_path):
    save(handed_in("06", RIGHT), tmp_path / "in" / "olga" / "06_backprop.ipynb")
    save(lesson("06"), tmp_path / "in" / "olga" / "06_backprop_fresh_1.ipynb")
    found, left_out = handins.read(tmp_path / "in")
    assert [h.name for h in found] == ["olga"]
    assert left_out == [
        ("olga/06_backprop_fresh_1.ipynb", "an untouched copy; olga has another")
    ]


def test_what_to_say_tomorrow_is_common_and_no_slip_of_form():
    bugs = {
        ("06.2", "mean_for_sum"): ["a", "b"], ("06.2", "no_return"): ["c"] * 9,
        ("06.1", "sign_flipped"): ["d"], ("06.Q", "first reason"): ["e"] * 2,
        ("06.Q", "second reason"): ["f"] * 3,
    }  # fmt: skip
    told = report.tomorrow(bugs)
    assert told == [("06.Q", "second reason", 5), ("06.2", "mean_for_sum", 2)]
    assert report.tomorrow({("06.1", "sign_flipped"): ["d"]}) == [
        ("06.1", "sign_flipped", 1)
    ]
    assert report.tomorrow({}) == []


def test_a_function_that_was_right_once_is_right_in_the_report_too():
    before = {"06.1": ("passed", None), "06.2": ("passed", None)}
    notebook = handed_in("06", {}, before)
    for number, bug in (("06.1", "another_number"), ("06.2", "order")):
        notebook.cells.append(nbformat.v4.new_code_cell(f'check("{number}", 7)'))
        notebook.cells[-1].outputs = [verdict(number, "failed", bug)]
    found = handins.verdicts(notebook)
    assert found["06.2"] == ("passed", None)
    assert found["06.1"] == ("failed", "another_number")


def test_marks_of_a_verdict_become_marks_of_the_page():
    words = "the *change* of `x <y`, not 2 * 3 * 4, and <b>"
    wanted = "the <em>change</em> of <code>x &lt;y</code>, not 2 * 3 * 4, and &lt;b&gt;"
    assert report.marked(words) == wanted


def test_forged_words_do_no_harm_to_the_page(tmp_path):
    bad = "<script>alert(1)</script>"
    forged = handed_in("06", {}, {"06.2": ("failed", bad), "06.1": (bad, None)})
    save(forged, tmp_path / "in" / "<b>x.ipynb")
    found, _ = handins.read(tmp_path / "in")
    text = report.page(found, [(bad, bad)], bad)
    assert "<script" not in text and "<b>" not in text
    outcomes, bugs = report.of_lesson(found)
    assert not bugs and outcomes["06.2"]["failed"] == 1


def test_every_bug_has_a_sentence_and_every_exercise_a_question():
    for bug in BUGS:
        assert len(report.sentence(bug)) > 10
    for number in checks.EXERCISES:
        assert report.question(number).strip().endswith(("?", ".")), number


@pytest.mark.parametrize("folder", ["nowhere", "empty", ""])
def test_no_folder_or_nothing_in_it_is_said(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SystemExit, match=re.compile("folder|handed in")):
        handins.read(tmp_path / folder if folder else folder)


def test_the_page_wraps_nothing_out_of_sight(tmp_path):
    save(lesson("06"), tmp_path / "in" / "ada.ipynb")
    found, _ = handins.read(tmp_path / "in")
    text = report.page(found, [], "A class")
    assert textwrap.shorten(text, 40).startswith("<!doctype html>")
