"""The lessons in JupyterLab, as `make lab` shows them."""

import pytest

from . import checks
from .checks import LAPTOP, LESSONS, PROJECTOR, ZOOMED
from .frontend import open_in_lab
from .server import a_copy


@pytest.fixture(scope="module")
def usual(lab, tab):
    return checks.usual_errors(open_in_lab, tab(), lab)


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def lesson(request, lab, tab):
    """A lesson all of whose cells ran; the tests share it, in the order they stand."""
    lesson = open_in_lab(tab(), lab, a_copy(request.param, lab)).run_all()
    yield lesson
    lesson.close()
    lesson.shut_down_kernel()


@pytest.fixture(scope="module")
def moves(lesson):
    """Every control of every figure, moved with the keyboard and the mouse, once."""
    return checks.drive(lesson)


def test_every_cell_runs(lesson):
    checks.every_cell_ran(lesson)


def test_nothing_stands_in_the_way(lesson):
    assert lesson.questions() == []


def test_every_control_works(moves):
    checks.every_control_works(moves)


def test_nothing_scrolls_inside(lesson):
    checks.nothing_scrolls_inside(lesson)


def test_nothing_jumps(moves):
    checks.nothing_jumps(moves)


def test_a_figure_fits_a_laptop(lesson):
    checks.fits_one_screen(lesson, LAPTOP, file_list=True)


def test_ticks_at_150_percent(lesson):
    checks.ticks_are_legible(lesson, ZOOMED, 20)


def test_ticks_on_a_projector(lesson):
    checks.ticks_are_legible(lesson, PROJECTOR, 26)


def test_the_console_is_as_quiet_as_ever(lesson, usual):
    checks.nothing_new_in_the_console(lesson, usual)


def test_a_saved_copy_survives(lesson, tab):
    """Comes last, for it closes the lesson that the others look at."""
    checks.survives(lesson, open_in_lab, tab)
