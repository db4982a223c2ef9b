"""The step of nbgrader's autograde that judges answers, in place of running notebooks.

nbgrader itself runs a hand-in and its tests in one kernel, as you. Here the answers
run in the sandbox and are judged outside of it (judge.py); nbgrader gets an error
where an answer is not right, with the verdict as its text.
"""

import judge
import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade
from nbgrader_course import check_cell


class JudgeAnswers(NbGraderPreprocessor):
    """Write the verdict on each answer into the outputs of its cell with `check`."""

    def preprocess(self, nb, resources):
        cells = {exercise_of(cell): cell for cell in nb.cells if is_grade(cell)}
        # A hand-in that was not made from the release has no such cells; its answers
        # are found by their `check` all the same.
        for number in judge.exercises_of(resources["nbgrader"]["notebook"][:2]):
            if number not in cells:
                cells[number] = check_cell(number)
                nb.cells.append(cells[number])
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        for judged in judge.judge_notebook(nb, list(cells)):
            cells[judged.exercise].outputs = [_output(judged)]
        return nb, resources


def exercise_of(cell):
    """The exercise of such a cell, such as "06.2"."""
    return cell.metadata.nbgrader.grade_id.removeprefix("check_").replace("_", ".")


def _output(judged):
    words = judged.sentence or "Nothing to check: the dots are still there."
    if judged.points:
        return nbformat.v4.new_output("display_data", {"text/plain": words})
    return nbformat.v4.new_output(
        "error", ename=judged.outcome, evalue=words, traceback=[words]
    )
