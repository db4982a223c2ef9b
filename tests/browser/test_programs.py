"""The drawing pad and the playground in JupyterLab: what only they can do."""

import re

import pytest

from .checks import LESSONS
from .frontend import SOON, open_in_lab
from .server import a_copy


def opened(number, lab, tab):
    (path,) = [path for path in LESSONS if path.name.startswith(number)]
    lesson = open_in_lab(tab(), lab, a_copy(path, lab)).run_all()
    yield lesson
    lesson.close()
    lesson.shut_down_kernel()


@pytest.fixture(scope="module")
def drawing(lab, tab):
    yield from opened("11", lab, tab)


@pytest.fixture(scope="module")
def playing(lab, tab):
    yield from opened("12", lab, tab)


def test_a_digit_is_drawn_and_kept_by_keyboard_alone(drawing):
    pad = drawing.wait_for_figures()[0]
    pad.scroll_to()
    for _ in range(3):
        pad.by_key("Up")
    for _ in range(6):
        pad.do(lambda: pad.by_key("Paint here"))
        pad.by_key("Down")
    drawing.until(lambda: "6 pixels with ink" in pad.unseen_words(), "six pixels", SOON)
    pad.by_key("More")
    digit = pad.box.locator("select")
    drawing.until(digit.is_visible, "what is folded", SOON)
    digit.focus()
    digit.press("1")
    pad.by_key("Keep mine as this digit")
    kept = pad.box.get_by_text("Kept as a 1; 1 in all.")
    drawing.until(kept.is_visible, "the word that it is kept", SOON)
    pad.by_key("More")
    drawing.until(lambda: not digit.is_visible(), "folding", SOON)


def test_the_keyboard_need_not_walk_through_64_pixels(drawing):
    pad = drawing.figures()[0]
    assert len(pad.pixels()) == 64
    assert {p.get_attribute("tabindex") for p in pad.pixels()} == {"-1"}
    names = {p.get_attribute("title") for p in pad.pixels()}
    assert len(names) == 64 and "Row 0, column 0: paper" in names


def step_of(figure):
    return int(re.search(r"step (\d+)", figure.unseen_words())[1])


def test_it_runs_pauses_at_once_and_goes_on(playing):
    figure = playing.wait_for_figures()[0]
    figure.scroll_to()
    pictures = set()

    def five_pictures():
        pictures.add(figure.image.get_attribute("src"))
        return len(pictures) > 5

    figure.by_key("Run")
    playing.until(five_pictures, "five pictures", SOON)
    figure.by_key("Pause")
    playing.until(figure.button("Run").is_visible, "the end of the run", SOON)
    playing.until(playing.is_idle, "idle kernel")
    steps = step_of(figure)
    assert steps > 5
    figure.do(lambda: figure.by_key("Step"))
    playing.until(lambda: step_of(figure) == steps + 1, "one step more", SOON)
    figure.do(lambda: figure.by_key("Rewind"))
    playing.until(lambda: step_of(figure) == 0, "the start", SOON)


def test_a_preset_asks_runs_and_answers(playing):
    figure = playing.figures()[0]
    figure.scroll_to()
    figure.box.locator("select").first.select_option("Dead ReLUs")
    asked = figure.box.get_by_text("Guess first: Large steps")
    playing.until(asked.is_visible, "the question", SOON)
    figure.by_key("Run")
    answered = figure.box.get_by_text("it never moves again")
    playing.until(answered.is_visible, "the answer", 2 * SOON)
    assert "epoch 50, step 500" in figure.unseen_words()
    assert figure.button("Run").is_visible()


def test_a_line_is_pasted_and_a_wrong_one_is_said(playing):
    figure = playing.figures()[0]
    figure.by_key("Settings")
    line = figure.box.locator("input[type=text]").first
    playing.until(line.is_visible, "the settings", SOON)
    line.fill("data=spirals layers=8-8 rate=0.3")
    line.press("Enter")
    playing.until(
        lambda: "network 2-8-8-3" in figure.unseen_words(), "three classes", SOON
    )
    line.fill("data=spirals layers=80")
    line.press("Enter")
    refused = figure.box.get_by_text("Not taken: layers")
    playing.until(refused.is_visible, "what is wrong with it", SOON)
    assert "network 2-8-8-3" in figure.unseen_words()
    figure.by_key("Settings")


def test_running_the_cell_again_ends_the_run(playing):
    """The old run ends with its figure; the new one stands at its start."""
    figure = playing.figures()[0]
    figure.scroll_to()
    figure.by_key("Run")
    playing.until(lambda: figure.button("Pause").count() == 1, "a run", SOON)
    playing.run_all()
    figure = playing.wait_for_figures()[0]
    figure.scroll_to()
    assert figure.button("Run").count() == 1 and step_of(figure) == 0
    assert playing.errors_in_outputs() == []
