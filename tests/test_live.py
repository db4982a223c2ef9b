"""Live figures in a real kernel: one bundle, no leaks, closing and reopening."""

import copy
import gc

import nbformat
import numpy as np
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient

import nn_helpers as nn
from nn_helpers import live
from nn_helpers.live.figure import WIDGET_VIEW
from nn_helpers.viz import curves

SETUP = "import gc, numpy as np\nfrom nn_helpers import live\nfrom matplotlib.figure import Figure\nimport ipywidgets"
SHOW = "live.kink_fitter(np.array([0, 0.2, 0.9, 0.1, 0.4]))"
COUNT = """gc.collect()
figures = sum(isinstance(o, Figure) for o in gc.get_objects())
sliders = sum(isinstance(o, ipywidgets.IntSlider) for o in gc.get_objects())
print(figures, sliders)"""


def run(*sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=60, store_widget_state=False).execute()
    return notebook.cells


def printed(cell):
    return "".join(output.get("text", "") for output in cell.outputs).strip()


def test_a_live_figure_is_one_bundle():
    (_, cell) = run(SETUP, SHOW)
    (output,) = cell.outputs
    assert set(output.data) == {WIDGET_VIEW, "image/png", "text/plain"}
    assert output.data["text/plain"].startswith("1 kink, at pixel")
    assert output.metadata["image/png"]["alt"] == output.data["text/plain"]


def test_running_a_cell_again_leaks_nothing():
    cells = run(SETUP, SHOW, COUNT, *[SHOW] * 5, COUNT)
    assert printed(cells[2]) == printed(cells[-1]) == "1 1"


def test_two_cells_keep_a_figure_each():
    other = SHOW.replace("0.9", "0.8")
    cells = run(SETUP, SHOW, other, SHOW, other, COUNT)
    assert printed(cells[-1]) == "2 2"


def test_two_figures_of_one_cell_both_stay():
    both = f"{SHOW}\n{SHOW}"
    cells = run(SETUP, both, both, COUNT)
    assert printed(cells[-1]) == "2 2"


def test_the_model_outlives_its_views():
    """Closing a notebook drops the views; the model answers the next one."""
    probe = """from nn_helpers.live import figure
(shown,) = [f for fs in figure._on_display.values() for f in fs]
before = shown.image.value
shown.controls["k"].value = 3
print(shown.box.comm is not None, shown.image.value != before)"""
    assert printed(run(SETUP, SHOW, probe)[-1]) == "True True"


def figure():
    return live.LiveFigure(
        curves.collapse(),
        {
            "neurons": live.slider("Hidden neurons", 1, 5, 1, 2),
            "activation": live.choice(
                "Activation", [("none", "identity"), ("ReLU", "relu")], "relu"
            ),
        },
        samples=[{}],
    )


def test_close_lets_go_of_everything():
    gc.collect()
    before = sum(isinstance(o, Figure) for o in gc.get_objects())
    shown = figure()
    control = shown.controls["neurons"]
    shown.close()
    control.value = 4  # nobody listens any more, nothing breaks
    del shown, control
    gc.collect()
    assert sum(isinstance(o, Figure) for o in gc.get_objects()) <= before


def test_controls_have_full_labels_and_rounded_read_outs():
    shown = figure()
    assert shown.controls["neurons"].description == "Hidden neurons"
    assert live.slider("Weight w", -3.0, 3.0, 0.1, 1.0).readout_format == ".1f"
    assert live.slider("p", 0.0, 1.0, 0.01, 0.5).readout_format == ".2f"
    shown.close()


def test_the_caption_is_announced():
    shown = figure()
    assert 'role="status"' in shown.caption.value
    assert shown.picture.describe() in shown.caption.value
    shown.close()


def test_a_wrong_sample_is_an_error():
    with pytest.raises(TypeError):
        live.LiveFigure(
            curves.collapse(), {"neurons": live.slider("n", 1, 5, 1, 2)}, samples=[{}]
        )


@pytest.mark.parametrize("rate", [0.01, 0.3])
def test_runs_are_really_trained_and_from_the_start_given(rate):
    X, y = nn.make_moons(30, rng=np.random.default_rng(1))
    start = nn.Network([2, 4, 1], rng=np.random.default_rng(2))
    states = live._run(start, X, y, rate, epochs=3, seed=5)
    twin, rng = copy.deepcopy(start), np.random.default_rng(5)
    assert len(states) == 4
    for logits, loss in states:
        np.testing.assert_array_equal(logits(X), twin.forward(X))
        assert loss == nn.binary_cross_entropy(twin.forward(X), y[:, None])
        nn.train(
            twin,
            X,
            y[:, None],
            loss=nn.binary_cross_entropy,
            learning_rate=rate,
            epochs=1,
            rng=rng,
        )
