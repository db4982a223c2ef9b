"""Live figures in a real kernel: one bundle and a spare, no leaks, reopening."""

import gc

import nbformat
import numpy as np
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient
from support import ROOT

import nn_helpers as nn
from nn_helpers import viz
from nn_helpers.live import LiveFigure
from nn_helpers.live.figure import WIDGET_VIEW
from nn_helpers.viz import kinks
from nn_helpers.viz.knobs import Positions

SETUP = """import gc, numpy as np
from nn_helpers import viz
from nn_helpers.live import play
from matplotlib.figure import Figure
import ipywidgets"""
SHOW = "play(viz.kink_fitter(np.array([0, 0.2, 0.9, 0.1, 0.4])))"
COUNT = """gc.collect()
figures = sum(isinstance(o, Figure) for o in gc.get_objects())
sliders = sum(isinstance(o, ipywidgets.IntSlider) for o in gc.get_objects())
widgets = sum(isinstance(o, ipywidgets.Widget) for o in gc.get_objects())
print(figures, sliders, widgets)"""


def run(*sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=60, store_widget_state=False).execute()
    return notebook.cells


def printed(cell):
    return "".join(output.get("text", "") for output in cell.outputs).strip()


def test_a_live_figure_is_one_bundle_and_a_spare():
    (_, cell) = run(SETUP, SHOW)
    output, spare = cell.outputs
    assert set(output.data) == {WIDGET_VIEW, "image/png", "text/plain"}
    words = output.data["text/plain"]
    assert words.startswith("Ink of the pixels 0, 0.2, 0.9")
    assert output.metadata["image/png"]["alt"] == words
    html = spare.data["text/html"]
    assert 'class="nn-spare" style="display: none" hidden' in html
    assert (
        "Run all cells down to this one to move the sliders." in html
        and f'alt="{words}"' in html
    )
    assert ":not(:has(.nn-live))" in html


def test_running_a_cell_again_leaks_nothing():
    cells = run(SETUP, SHOW, COUNT, *[SHOW] * 5, COUNT)
    assert printed(cells[2]) == printed(cells[-1])
    assert printed(cells[-1]).startswith("1 1 ")


def test_two_cells_keep_a_figure_each():
    other = SHOW.replace("0.9", "0.8")
    cells = run(SETUP, SHOW, other, SHOW, other, COUNT)
    assert printed(cells[-1]).startswith("2 2 ")


def test_two_figures_of_one_cell_both_stay():
    both = f"{SHOW}\n{SHOW}"
    cells = run(SETUP, both, both, COUNT)
    assert printed(cells[-1]).startswith("2 2 ")


def test_the_model_outlives_its_views():
    """Closing a notebook drops the views; the model answers the next one."""
    probe = """from nn_helpers.live import figure
(shown,) = [f for fs in figure._on_display.values() for f in fs]
before = shown.image.value
shown.controls["k"].value = 3
print(shown.box.comm is not None, shown.image.value != before)"""
    assert printed(run(SETUP, SHOW, probe)[-1]) == "True True"


def test_close_lets_go_of_everything():
    gc.collect()
    before = sum(isinstance(o, Figure) for o in gc.get_objects())
    shown = LiveFigure(kinks.collapse())
    control = shown.controls["neurons"]
    shown.close()
    control.value = 4  # nobody listens any more, nothing breaks
    del shown, control
    gc.collect()
    assert sum(isinstance(o, Figure) for o in gc.get_objects()) <= before


def test_controls_have_full_labels_and_rounded_read_outs():
    shown = LiveFigure(viz.activation_explorer())
    assert shown.controls["w"].description == "Weight w"
    assert shown.controls["w"].readout_format == ".1f"
    shown.close()
    shown = LiveFigure(viz.loss_explorer())
    assert shown.controls["p"].readout_format == ".2f"
    shown.close()


def test_every_kind_of_knob_gets_its_control():
    shown = LiveFigure(viz.temperature(np.arange(3.0)))
    assert type(shown.controls["T"]).__name__ == "SelectionSlider"
    assert isinstance(shown.picture.knobs["T"], Positions)
    shown.close()
    shown = LiveFigure(viz.collapse())
    kinds = [type(control).__name__ for control in shown.controls.values()]
    assert kinds == ["ToggleButtons", "IntSlider"]
    shown.close()


def test_the_caption_speaks_and_the_description_is_there_unseen():
    shown = LiveFigure(kinks.collapse())
    caption, description = shown.picture.caption(), shown.picture.description()
    said, _, unseen = shown.words.value.partition("</p>")
    assert 'role="status"' in said and said.endswith(caption)
    assert "min-height: 2.8em" in said
    assert description in unseen and "clip-path" in unseen
    shown.controls["activation"].value = "relu"
    assert shown.picture.caption() in shown.words.value
    shown.close()


def a_pad(**more):
    X, y = nn.load_digits()
    picture = viz.your_digit({"reader": nn.load_digits_network()}, X, y, **more)
    figure = LiveFigure(picture)
    return figure, figure.controls["drawn"]


def test_a_pad_is_painted_by_mouse_and_by_keyboard_alone():
    figure, pad = a_pad()
    nothing = figure.words.value, bytes(figure.image.value)
    pad.pixels[10].click()
    assert pad.value[10] == 1 and sum(pad.value) == 1
    assert (
        "Row 1, column 2: ink." in pad.said.value and 'role="status"' in pad.said.value
    )
    assert pad.pixels[10].tooltip == "Row 1, column 2: ink"
    painted = figure.words.value, bytes(figure.image.value)
    assert painted[0] != nothing[0] and painted[1] != nothing[1]
    pad.pixels[10].click()
    assert (figure.words.value, bytes(figure.image.value)) == nothing
    # The cursor is where the last click was; four arrows and a button do the rest.
    for name, place in (("Right", 11), ("Down", 19), ("Left", 18), ("Up", 10)):
        pad.arrows[name].click()
        assert pad.cursor == place and not any(pad.value)
    pad.brush.click()
    assert (figure.words.value, bytes(figure.image.value)) == painted
    for _ in range(9):
        pad.arrows["Up"].click()
    assert pad.cursor == 2 and "edge" in pad.said.value
    marked = [p for p in pad.pixels if p.layout is pad.pixels[2].layout]
    assert marked == [pad.pixels[2]], "one cursor"
    figure.close()


def test_no_ink_is_lost_when_a_drawing_moves():
    figure, pad = a_pad(start=nn.load_digits()[0][3])
    three = pad.value
    pad.arrows_move.value = "drawing"
    pad.arrows["Down"].click()  # a real digit touches top and bottom
    assert pad.value == three and "edge" in pad.said.value
    pad.arrows["Left"].click()
    assert pad.value == tuple(nn.shift_images([three], -1, 0)[0])
    pad.centre.click()
    rows, columns = np.nonzero(np.reshape(pad.value, (8, 8)))
    assert rows.min() == 0 and columns.min() + columns.max() in (6, 7)
    pad.clear.click()
    assert pad.value == (0.0,) * 64
    pad.centre.click()
    assert pad.value == (0.0,) * 64
    figure.close()


def test_a_pad_loads_real_digits_and_keeps_what_is_drawn():
    mine = []
    figure, pad = a_pad(keep=mine)
    X, y = nn.load_digits()
    for button in (pad.keep, pad.centre):
        button.click()
        assert mine == [] and "no ink yet" in pad.said.value
    pad.load.click()
    assert not any(pad.value) and "which one" in pad.said.value
    pad.digit.value = 7
    for row in X[y == 7][:2]:
        pad.load.click()
        assert pad.value == tuple(row)
        said = nn.load_digits_network().predict(row[None])[0]
        assert f">Read as {said}, P" in figure.words.value
    pad.keep.click()
    assert mine == [] and "a real one" in pad.said.value
    pad.digit.value = 1
    pad.pixels[0].click()
    pad.keep.click()
    pad.keep.click()
    assert "already" in pad.said.value
    assert mine == [(pad.value, 1)] and len(mine) == 1
    pad.digit.value = 7
    pad.keep.click()
    assert len(mine) == 2 and "Kept as a 7; 2 in all." in pad.said.value
    figure.close()


def test_a_stroke_sends_the_pixels_that_changed_and_no_others():
    figure, pad = a_pad()
    styles = [pixel.style for pixel in pad.pixels]
    pad.pixels[20].click()
    moved = [k for k, p in enumerate(pad.pixels) if p.style is not styles[k]]
    assert moved == [20]
    figure.close()


def test_what_a_pad_cannot_read_is_refused_by_name():
    X, y = nn.load_digits()
    reader = nn.load_digits_network()
    for networks, images, more, words in (
        ({}, X, {}, "one or two networks"),
        ({"a": reader, "b": reader, "c": reader}, X, {}, "one or two networks"),
        ({"a": nn.small_network()}, X[:, :2], {}, "one or two networks"),
        ({"a": reader}, X[:, :49], {}, "as many pixels as the networks read"),
        ({"a": reader}, X, {"start": [0.0] * 63}, r"shape \(m, 64\)"),
    ):
        with pytest.raises(ValueError, match=words):
            viz.your_digit(networks, images, y, **more)


def test_steppers_go_back_and_forward():
    figure = LiveFigure(viz.backward_walk(nn.small_network(), [1.0, 2.0], 1))
    (control,) = figure.controls.values()
    back, forward = figure.buttons
    first = figure.words.value
    back.click()
    assert control.value == control.min
    forward.click()
    assert control.value == control.min + 1 and figure.words.value != first
    back.click()
    assert figure.words.value == first
    control.value = control.max
    forward.click()
    assert control.value == control.max
    figure.close()


def test_time_is_measured_only_at_the_press_of_a_button():
    X, y = nn.load_digits()
    start = nn.Network([64, 4, 10], rng=np.random.default_rng(1))
    picture = viz.batch_comparison(
        start, X[:60], nn.one_hot(y[:60], 10), (1, 10, 60), (0.02, 0.05, 0.1)
    )
    figure = LiveFigure(picture)
    assert figure._render.cache_info().currsize == 1, "no state is drawn beforehand"
    before = figure.image.value, figure.words.value
    assert "milliseconds" not in before[1] + figure._description
    figure.controls["measure"].value = True
    assert "milliseconds on this machine" in figure.words.value
    assert figure.image.value != before[0]
    measured = figure.words.value
    figure.controls["measure"].value = False
    assert (figure.image.value, figure.words.value) == before
    figure.controls["measure"].value = True
    assert figure.words.value == measured, "what was measured stays"
    lesson = (ROOT / "notebooks" / "08_batches_and_splits.ipynb").read_text("utf-8")
    assert "batch_comparison" in lesson and "milliseconds" not in lesson
