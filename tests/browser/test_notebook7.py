"""Two lessons in Notebook 7."""

import pytest

from . import checks
from .checks import LAPTOP, LESSONS, PROJECTOR, ZOOMED
from .frontend import open_in_notebook7
from .server import a_copy

TWO = [path for path in LESSONS if path.name[:2] in ("06", "07")]


@pytest.fixture(scope="module")
def usual(notebook7, tab):
    return checks.usual_errors(open_in_notebook7, tab(), notebook7)


@pytest.fixture(scope="module", params=TWO, ids=lambda path: path.stem)
def lesson(request, notebook7, tab):
    """A lesson all of whose cells ran; the tests share it, in the order they stand."""
    path = a_copy(request.param, notebook7)
    lesson = open_in_notebook7(tab(), notebook7, path).run_all()
    yield lesson
    lesson.close()
    lesson.shut_down_kernel()


@pytest.fixture(scope="module")
def moves(lesson):
    """Every control of every figure, moved with the keyboard and the mouse, once."""
    return checks.drive(lesson)


def test_every_cell_runs(lesson):
    checks.every_cell_ran(lesson)


def test_every_control_works(moves):
    checks.every_control_works(moves)


def test_nothing_scrolls_inside(lesson):
    checks.nothing_scrolls_inside(lesson)


def test_nothing_jumps(moves):
    checks.nothing_jumps(moves)


def test_a_figure_fits_a_laptop(lesson):
    checks.fits_one_screen(lesson, LAPTOP, file_list=False)


def test_ticks_at_150_percent(lesson):
    checks.ticks_are_legible(lesson, ZOOMED, 20)


def test_ticks_on_a_projector(lesson):
    """22, not 26: Notebook 7 makes no line longer than 1108 px."""
    checks.ticks_are_legible(lesson, PROJECTOR, 22)


def test_the_console_is_as_quiet_as_ever(lesson, usual):
    checks.nothing_new_in_the_console(lesson, usual)


def test_a_saved_copy_survives(lesson, tab):
    """Comes last, for it closes the lesson that the others look at."""
    checks.survives(lesson, open_in_notebook7, tab)
