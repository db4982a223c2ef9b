"""Pictures with sliders: call one in the last line of a cell."""

from nn_helpers.live.figure import LiveFigure, choice, slider
from nn_helpers.live.figure import positions as positions
from nn_helpers.viz import curves


def collapse_switch():
    """Lesson 02: two layers, with and without ReLU between them."""
    controls = {
        "activation": choice(
            "Activation", [("none", "identity"), ("ReLU", "relu")], "identity"
        ),
        "neurons": slider("Hidden neurons", 1, 50, 1, 50),
    }
    samples = [{}, {"activation": "relu", "neurons": 3}, {"activation": "relu"}]
    return LiveFigure(curves.collapse(), controls, samples=samples).display()


def activation_explorer():
    """Lesson 02: w and b move a ReLU, a sigmoid or a tanh, and their slopes."""
    names = [("ReLU", "relu"), ("sigmoid", "sigmoid"), ("tanh", "tanh")]
    controls = {
        "activation": choice("Activation", names, "relu"),
        "w": slider("Weight w", -3.0, 3.0, 0.1, 1.0),
        "b": slider("Bias b", -4.0, 4.0, 0.1, 0.0),
    }
    samples = [{}, {"w": -1.5, "b": 2.0}, {"activation": "sigmoid", "w": 2.0}]
    return LiveFigure(curves.activation_explorer(), controls, samples=samples).display()


def kink_fitter(brightness):
    """Lesson 02: k ReLU kinks follow one row of pixels."""
    controls = {"k": slider("Number of kinks k", 0, len(brightness) - 2, 1, 1)}
    samples = [{}, {"k": 3}, {"k": len(brightness) - 2}]
    return LiveFigure(
        curves.kink_fitter(brightness), controls, samples=samples
    ).display()
