"""What docs/help.md tells people to do, done."""

import re
import shutil

import psutil
import pytest
from support import SOLUTIONS, my_work

from .checks import LESSONS
from .frontend import SOON, open_in_lab
from .server import a_copy, wait_for

HELP = LESSONS[0].parent.parent / "docs" / "help.md"
MENUS = re.findall(
    r"\*(File|Edit|View|Run|Kernel) > ([^*]+)\*", HELP.read_text("utf-8")
)
FIRST_FIGURE = "play(viz.learning_loop("
IDLE = ".jp-Notebook-ExecutionIndicator[data-status='idle']"


@pytest.fixture(scope="module")
def lesson(lab, tab):
    copy = a_copy(LESSONS[0], lab, "help/00_start_here.ipynb")
    lesson = open_in_lab(tab(), lab, copy)
    yield lesson
    lesson.close()
    lesson.shut_down_kernel()


def course(lab):
    """A small project below the served folder: a copy as make lab makes it."""
    home, project = lab.root / "course", LESSONS[0].parent.parent
    if not home.exists():
        shutil.copytree(project / "docs", home / "docs")
        shutil.copy(project / "README.md", home)
        my_work.copy_lessons(LESSONS[:2], home / "my_work")
        my_work.copy_solutions(SOLUTIONS[:2], home / "my_work")
    return "course/my_work/00_start_here.ipynb"


def cell_with(lesson, code):
    return lesson.page.locator(".jp-CodeCell", has_text=code).first


def choose(lesson, cell):
    lesson.scroll_to(cell)
    cell.locator(".jp-InputPrompt").click()


def pick(lesson, menu, item):
    """An entry by its words; some entries have a shortcut in their name as well."""
    bar = lesson.page.get_by_role("menubar")
    bar.get_by_role("menuitem", name=menu, exact=True).click()
    lesson.page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()


def test_the_page_names_enough_menus():
    assert len(set(MENUS)) >= 8


@pytest.mark.parametrize(("menu", "item"), sorted(set(MENUS)))
def test_a_menu_has_the_entry(lesson, menu, item):
    bar = lesson.page.get_by_role("menubar")
    bar.get_by_role("menuitem", name=menu, exact=True).click()
    try:
        labels = lesson.page.locator(".lm-Menu-itemLabel")
        lesson.until(lambda: item in labels.all_inner_texts(), item, SOON)
    finally:
        lesson.press("Escape")


@pytest.mark.parametrize(
    ("words", "tab_name"),
    [
        ("README", "README.md"),
        ("The glossary", "glossary.md"),
        ("Help", "help.md"),
        ("solutions/00_start_here.ipynb", "00_solutions.ipynb"),
        ("lesson 01", "01_one_neuron.ipynb"),
    ],
)
def test_a_link_of_a_copy_opens(lab, tab, words, tab_name):
    copy = course(lab)
    lesson = open_in_lab(tab(), lab, copy, kernel=False)
    link = lesson.page.locator(".jp-MarkdownCell a").get_by_text(words, exact=True)
    before = lesson.page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab").count()
    link.first.click()
    tabs = lesson.page.locator(".lm-DockPanel-tabBar .lm-TabBar-tabLabel")
    lesson.until(
        lambda: tabs.count() == before + 1 and tab_name in tabs.all_inner_texts()[-1],
        tab_name,
        SOON,
    )
    lesson.close()


def test_a_figure_alone_says_name_error_and_all_above_cures_it(lesson):
    cell = cell_with(lesson, FIRST_FIGURE)
    choose(lesson, cell)
    lesson.press("Control+Enter")
    lesson.until(
        lambda: any("NameError" in words for words in lesson.errors_in_outputs()),
        "NameError",
    )
    pick(lesson, "Run", "Run All Above Selected Cell")
    choose(lesson, cell)
    lesson.press("Shift+Enter")
    figure = cell.locator(".nn-live")
    lesson.until(lambda: figure.count() == 1, "live figure")
    assert lesson.errors_in_outputs() == []


def python_of(kernel, lab):
    """The processes that run a kernel: one, or none while it is started again."""
    number, family = kernel["id"], psutil.Process(lab.process.pid).children(True)
    return [p for p in family if number in " ".join(_words_of(p))]


def _words_of(process):
    try:
        return process.cmdline()
    except psutil.Error:  # it has ended meanwhile
        return []


def test_after_the_death_of_the_kernel_restart_and_run_all(lesson, lab):
    kernel, active = lab.kernel(lesson.path), lesson.last_activity()
    (python,) = python_of(kernel, lab)
    python.kill()
    said = lesson.page.locator(".jp-Dialog")
    lesson.until(
        lambda: "appears to have died" in " ".join(said.all_inner_texts()), "word"
    )
    said.get_by_role("button", name="Ok").click()
    lesson.until(lambda: said.count() == 0, "end of the dialog", SOON)
    # "Idle" alone may still be the dead one's last word.
    lesson.until(
        lambda: (
            python not in (now := python_of(kernel, lab))
            and len(now) == 1
            and lesson.last_activity() != active
            and lesson.is_idle()
            and lesson.page.locator(IDLE).count() == 1
        ),
        "new kernel",
    )
    pick(lesson, "Kernel", "Restart Kernel and Run All Cells…")
    said.locator("button.jp-mod-warn", has_text="Restart").click()
    figures = lesson.page.locator(".nn-live")
    lesson.until(lambda: figures.count() == 2, "both live figures")
    lesson.until(lesson.is_idle, "rest")
    assert lesson.errors_in_outputs() == []


def test_an_endless_loop_is_interrupted(lesson):
    cell = cell_with(lesson, 'check("00.Q"')
    choose(lesson, cell)
    lesson.press("b")  # a new cell below
    lesson.press("Enter")
    lesson.page.keyboard.type("while True: pass")
    lesson.press("Control+Enter")
    wait_for(lambda: not lesson.is_idle(), "busy kernel")
    pick(lesson, "Kernel", "Interrupt Kernel")
    lesson.until(
        lambda: any("KeyboardInterrupt" in w for w in lesson.errors_in_outputs()),
        "KeyboardInterrupt",
    )
