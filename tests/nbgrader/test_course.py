"""A course of nbgrader from its command line, on seven hand-ins of lesson 06."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from handed_in import handed_in, solution_cells, with_cell_first
from support import judge, nbgrader_course

LESSON = "06_backprop"
RIGHT = solution_cells("06")
POSSIBLE = 9
MEAN = """def walk(dZ, X, W):
    return X.T @ dZ, dZ.mean(axis=0), dZ @ W.T


check("06.2", walk)"""
FORGED = """import nn_helpers.checks.verdict as v

v.judge = v._judge = lambda number, *_: v.Verdict(number, "passed", None, "Yes")
np.allclose = np.isclose = lambda *_, **__: True
check = lambda number, answer: print(f"{number}: Yes: everything holds.")"""


def nbgrader(course, *words):
    """One command, as a teacher types it in the folder of the course."""
    programs, own = Path(sys.executable).parent, str(course.parent)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"  # it calls alembic by name
    done = subprocess.run(
        [str(programs / "nbgrader"), *words], cwd=course, capture_output=True,
        encoding="utf-8", check=False,
        env=os.environ | {"PATH": path, "HOME": own, "JUPYTER_CONFIG_DIR": own},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nbgrader") / "course"
    nbgrader_course.lay_out(folder)
    nbgrader(folder, "generate_assignment", LESSON)
    return folder


def release(course):
    return nbformat.read(course / "release" / LESSON / f"{LESSON}.ipynb", as_version=4)


def answered(notebook, answers):
    """The released lesson with these sources in the cells for answers."""
    cells = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in notebook.cells}
    for number, source in answers.items():
        name = number.replace(".", "_")
        code, _, given = source.rpartition(f'check("{number}", ')
        _, _, asked = cells[f"check_{name}"].source.rpartition(f'check("{number}", ')
        same = f"{asked.rstrip(')')} = {given.rstrip(')')}"
        cells[f"answer_{name}"].source = f"{code}\n{same}"
    return notebook


def hand_ins(course):
    """Seven people; what each of them must get."""
    last = {**RIGHT, "06.2": MEAN}
    deletes = answered(release(course), RIGHT)
    gone = {"answer_06_2", "check_06_2"}
    deletes.cells = [
        c
        for c in deletes.cells
        if c.metadata.get("nbgrader", {}).get("grade_id") not in gone
    ]
    crash = {**RIGHT, "06.1": 'import os\nos._exit(1)\ncheck("06.1", -0.59)'}
    return {
        "blank": (release(course), 0),
        "solution": (answered(release(course), RIGHT), POSSIBLE),
        "planted": (answered(release(course), last), POSSIBLE - 2),
        "crashes": (answered(release(course), crash), POSSIBLE - 1),
        "forges": (with_cell_first(release(course), FORGED), 0),
        "deletes": (deletes, POSSIBLE - 2),
        "student_edition": (handed_in("06", RIGHT), POSSIBLE),  # not from the release
    }


def test_the_release_has_dots_locks_and_all_points(course):
    cells = [c for c in release(course).cells if "nbgrader" in c.metadata]
    checks = [c for c in cells if c.metadata.nbgrader.grade]
    assert {c.metadata.nbgrader.grade_id for c in checks} == {
        f"check_{number.replace('.', '_')}" for number in RIGHT
    }
    assert sum(c.metadata.nbgrader.points for c in checks) == POSSIBLE
    assert all(c.metadata.nbgrader.locked and not c.outputs for c in checks)
    answers = [c for c in cells if c.metadata.nbgrader.solution]
    assert len(answers) == len(checks) and all("..." in c.source for c in answers)
    assert "solutions/" not in nbformat.writes(release(course))


def test_seven_hand_ins_from_autograde_to_export(course):
    wanted = hand_ins(course)
    for name, (notebook, _) in wanted.items():
        place = course / "submitted" / name / LESSON
        place.mkdir(parents=True)
        nbformat.write(notebook, place / f"{LESSON}.ipynb")
    nbgrader(course, "autograde", LESSON)
    nbgrader(course, "generate_feedback", LESSON)
    nbgrader(course, "export")
    with open(course / "grades.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == LESSON]
    found = {row["student_id"]: float(row["score"]) for row in rows}
    assert found == {name: points for name, (_, points) in wanted.items()}
    assert {float(row["max_score"]) for row in rows} == {POSSIBLE}

    def feedback(name):
        page = course / "feedback" / name / LESSON / f"{LESSON}.html"
        return page.read_text(encoding="utf-8")

    assert "The 1/m is in dZ already" in feedback("planted")
    assert "ran too long, or ended Python" in feedback("crashes")
    assert "The 1/m is in dZ already" not in feedback("solution")


def test_the_plain_grades_agree_on_the_same_folder(course, tmp_path):
    """`make class WHAT=grade` reads the folder `submitted` of a course as well."""
    for name, (notebook, points) in hand_ins(course).items():
        judged = judge.judge_notebook(notebook, judge.exercises_of("06"))
        assert sum(j.points for j in judged) == points, name
    shutil.rmtree(tmp_path)


def test_a_course_is_not_written_over(course):
    with pytest.raises(SystemExit, match="already"):
        nbgrader_course.lay_out(course)
