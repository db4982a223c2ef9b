"""Hand-ins for the tests of classroom/: made from lessons and solutions."""

import copy

import nbformat
from support import LESSONS, SOLUTIONS


def lesson(number):
    """A lesson as it is committed, every exercise untouched."""
    (path,) = [p for p in LESSONS if p.name.startswith(number)]
    return nbformat.read(path, as_version=4)


def solution_cells(number):
    """{exercise: source of the cell that answers it rightly}."""
    (path,) = [p for p in SOLUTIONS if p.name.startswith(number)]
    found, exercise = {}, None
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            exercise = cell.source.split()[1]
        elif (
            cell.cell_type == "code"
            and exercise
            and f'check("{exercise}"' in cell.source
        ):
            # A quiz goes on with its wrong letters.
            end = cell.source.index(")", cell.source.index(f'check("{exercise}"'))
            found.setdefault(exercise, cell.source[: end + 1])
    return found


def handed_in(number, answers, verdicts=()):
    """The lesson with other cells for some exercises, and with these verdicts.

    answers: {exercise: source of its cell, or None to delete it};
    verdicts: {exercise: (outcome, bug)} as they would stand in the outputs.
    """
    notebook, verdicts = lesson(number), dict(verdicts)
    kept = []
    for cell in notebook.cells:
        exercise = next(
            (n for n in (*answers, *verdicts) if f'check("{n}"' in cell.source), None
        )
        if cell.cell_type == "code" and exercise:
            source = answers.get(exercise, cell.source)
            if source is None:
                continue
            cell.source = source
            if exercise in verdicts:
                cell.outputs = [verdict(exercise, *verdicts[exercise])]
        kept.append(cell)
    notebook.cells = kept
    return notebook


def verdict(exercise, outcome, bug=None):
    """An output as `check` displays it."""
    data = {"exercise": exercise, "outcome": outcome, "bug": bug}
    return nbformat.v4.new_output(
        "display_data",
        {"text/plain": f"{exercise}: ..."},
        metadata={"nn_helpers": data},
    )


def with_cell_first(notebook, source):
    """The notebook with one more cell of code before all others."""
    changed = copy.deepcopy(notebook)
    changed.cells.insert(0, nbformat.v4.new_code_cell(source))
    return changed


def save(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path
