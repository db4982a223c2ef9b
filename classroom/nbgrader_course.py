"""Lay out a course for nbgrader: its configuration, and an assignment for each lesson.

    python classroom/nbgrader_course.py FOLDER [--seed SEED]

Then, in FOLDER: nbgrader generate_assignment, autograde, generate_feedback, export.
"""

import argparse
import ast
import sys
from pathlib import Path

import edition
import judge
import nbformat

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from lessons import LESSONS  # noqa: E402
from parcels import for_class  # noqa: E402

from nn_helpers import checks  # noqa: E402

CONFIGURATION = '''"""nbgrader's configuration of this course."""

import sys

sys.path.insert(0, {classroom!r})
from nbgrader import preprocessors as steps
from nbgrader_judge import JudgeAnswers
{numbers}
c = get_config()
c.CourseDirectory.course_id = "neural_network_mechanics"
# The lessons have their dots already; there is no solution to clear away.
c.GenerateAssignment.preprocessors = [
    steps.LockCells, steps.ClearOutput, steps.CheckCellMetadata,
    steps.ComputeChecksums, steps.SaveCells,
]
c.Autograde.autograde_preprocessors = [
    JudgeAnswers, steps.SaveAutoGrades, steps.AssignLatePenalties,
    steps.CheckCellMetadata,
]
'''
NUMBERS = """
import edition
from nn_helpers.checks import numbers

numbers.use(edition.draw({seed!r}))
"""


def assignment(path, drawn):
    """The lesson as an assignment: each answer in a cell, its check in a locked one."""
    notebook = for_class(path, drawn)
    cells = []
    for cell in notebook.cells:
        number = _exercise(cell)
        cells += _split(cell, number) if number else [cell]
    notebook.cells = cells
    return notebook


def _exercise(cell):
    if cell.cell_type != "code":
        return None
    return next((n for n in checks.EXERCISES if judge.mentions(cell.source, n)), None)


def _split(cell, number):
    """The cell of an exercise as two: what is answered, and the check."""
    last = ast.parse(cell.source).body[-1]
    lines = cell.source.splitlines()
    answer, check = lines[: last.lineno - 1], lines[last.lineno - 1 :]
    name = f"answer_{number.replace('.', '_')}"
    return [
        _cell("\n".join(answer).rstrip(), name, solution=True),
        check_cell(number, "\n".join(check)),
    ]


def check_cell(number, source=""):
    """The locked cell that checks an exercise, and bears its points."""
    name = f"check_{number.replace('.', '_')}"
    points = judge.POINTS[checks.EXERCISES[number].form]
    return _cell(source, name, grade=True, locked=True, points=points)


def _cell(source, grade_id, **roles):
    data = {"grade": False, "solution": False, "locked": False, "task": False}
    data |= {"schema_version": 3, "grade_id": grade_id, **roles}
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": data})


def lay_out(folder, seed=""):
    """Write configuration and assignments; return the names of the assignments.

    Raises SystemExit where the folder holds another course already.
    """
    folder, drawn = Path(folder), edition.draw(seed) if seed else {}
    if (folder / "nbgrader_config.py").exists():
        raise SystemExit(f"{folder} holds a course already; choose another folder")
    for path in LESSONS:
        place = folder / "source" / path.stem
        place.mkdir(parents=True, exist_ok=True)
        nbformat.write(assignment(path, drawn), place / path.name)
    text = CONFIGURATION.format(
        classroom=str(ROOT / "classroom"),
        numbers=NUMBERS.format(seed=seed) if seed else "",
    )
    (folder / "nbgrader_config.py").write_text(text, encoding="utf-8", newline="\n")
    return [path.stem for path in LESSONS]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="of the course, such as my_course")
    parser.add_argument("--seed", default="", help="of an edition with other numbers")
    arguments = parser.parse_args()
    if not arguments.folder:
        raise SystemExit("say FOLDER=my_course, a folder for the course")
    names = lay_out(arguments.folder, arguments.seed)
    print(f"{len(names)} assignments in {arguments.folder}/source. Next, there:")
    print(f"nbgrader generate_assignment {names[6]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
