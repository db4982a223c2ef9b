"""Figures as pictures, without their text, against stored images (tests/baseline).

After a wanted change: python -m pytest tests/test_baselines.py --mpl-generate-path=tests/baseline
"""

import numpy as np
import pytest

from nn_helpers import load_digits, make_moons, sigmoid
from nn_helpers.viz import curves, diagram, gradients, images, losses, style, training

W1 = np.array([[0.5, -1.0, 0.8], [0.4, 0.9, -0.6]])
B1 = np.array([0.1, 0.2, -0.3])
W2, B2 = np.array([[0.6], [-0.4], [-0.7]]), np.array([0.1])
X, Y = make_moons(60, rng=np.random.default_rng(1))
DIGITS, LABELS = load_digits()
T = np.linspace(-4, 4, 161)
HS = 10.0 ** np.arange(-12, 0)


def runs():
    def logits(X):
        return (X[:, :1] - X[:, 1:] - 0.3) * 3

    return {0.1: [(lambda X: X[:, :1] * 0, 0.7), (logits, 0.4), (logits, 0.3)]}


def confusion():
    rng = np.random.default_rng(2)
    y = rng.integers(0, 10, 200)
    return images.confusion(y, np.where(rng.random(200) < 0.9, y, (y + 3) % 10))


PICTURES = {
    "functions": lambda: (
        curves.functions(T, {"s": sigmoid(T), "t": np.tanh(T)}, title=""),
        {},
    ),
    "collapse": lambda: (curves.collapse(), {"neurons": 6, "activation": "relu"}),
    "explorer_relu": lambda: (
        curves.activation_explorer(),
        {"activation": "relu", "w": -1.5, "b": 2.0},
    ),
    "explorer_sigmoid": lambda: (
        curves.activation_explorer(),
        {"activation": "sigmoid", "w": 2.0, "b": 1.0},
    ),
    "kinks": lambda: (curves.kink_fitter(DIGITS[3].reshape(8, 8)[2]), {"k": 3}),
    "neuron": lambda: (
        diagram.neuron_closeup([1.0, -2.0, 0.5], [0.5, 0.4, 0.8], 0.1),
        {},
    ),
    "forward_pass": lambda: (
        diagram.forward_pass([1.0, 2.0], W1, B1, W2, B2),
        {"upto": "output"},
    ),
    "backward_walk": lambda: (
        diagram.backward_walk([1.0, 2.0], 1, W1, B1, W2, B2),
        {"step": 5},
    ),
    "six_steps": lambda: (
        diagram.six_steps([1.0, 2.0], 1, W1, B1, W2, B2, 0.5),
        {"step": 6},
    ),
    "digits": lambda: (
        images.digits(DIGITS[:7], [str(k) for k in LABELS[:7]], title="t"),
        {},
    ),
    "prediction": lambda: (
        images.prediction(DIGITS[3], np.arange(10) / 45, label=3, title="t"),
        {},
    ),
    "temperature": lambda: (images.temperature(np.arange(10) / 3), {"T": 0.5}),
    "confusion": lambda: (confusion(), {}),
    "likelihood": lambda: (
        losses.likelihood(T[100:140] / 4, -((T[100:140] - 2) ** 2)),
        {},
    ),
    "loss_explorer": lambda: (losses.loss_explorer(), {"p": 0.2}),
    "two_models": lambda: (losses.two_models([0.6, 0.4], [0.8, 0.1]), {}),
    "step_size": lambda: (
        gradients.step_size_errors(
            HS, {"one": HS + 1e-16 / HS, "two": HS**2 + 1e-16 / HS}
        ),
        {"exponent": -3},
    ),
    "training_runs": lambda: (
        training.training_runs(runs(), X, Y),
        {"learning_rate": 0.1, "epoch": 2},
    ),
    "loss_curve": lambda: (training.loss_curve([2.0, 1.0, 0.5]), {}),
    "scatter": lambda: (training.scatter(X, Y), {}),
}


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.mpl_image_compare(
    baseline_dir="baseline",
    tolerance=1,
    remove_text=True,
    style="default",
    savefig_kwargs={"dpi": 50},
)
def test_picture(name, request):
    request.node.name = name
    with style.in_style():
        picture, state = PICTURES[name]()
        if state:
            picture.draw(**state)
    # Fonts differ from version to version, lines do not: take all words away.
    for ax in picture.fig.axes:
        ax.set(xlabel="", ylabel="")
        if ax.get_legend():
            ax.get_legend().remove()
        for text in ax.texts:
            text.set_visible(False)
    if picture.fig._suptitle:
        picture.fig._suptitle.set_visible(False)
    return picture.fig
