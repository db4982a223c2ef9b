"""Figures as pictures, without their text, against stored images (tests/baseline).

After a wanted change: python -m pytest tests/test_baselines.py --mpl-generate-path=tests/baseline
"""

import numpy as np
import pytest

from nn_helpers import Network, load_digits, make_moons, sigmoid, small_network, viz
from nn_helpers.viz import curves, images, kinks, style

WIDE = Network([3, 4, 2], rng=np.random.default_rng(1))
X, Y = make_moons(60, rng=np.random.default_rng(1))
DIGITS, LABELS = load_digits()
T = np.linspace(-4, 4, 161)
HS = 10.0 ** np.arange(-12, 0)
SHARES = np.array([[0.5, 0.2, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4], [0.4, 0.1, 0.4, 0.1]])
SMALL = Network([64, 8, 4], rng=np.random.default_rng(2))


def runs():
    networks = [Network([2, 3, 1], rng=np.random.default_rng(k)) for k in range(3)]
    return {0.1: [(n, loss) for n, loss in zip(networks, (0.7, 0.4, 0.3), strict=True)]}


def confusion():
    rng = np.random.default_rng(2)
    y = rng.integers(0, 10, 200)
    return images.confusion(y, np.where(rng.random(200) < 0.9, y, (y + 3) % 10))


PICTURES = {
    "functions": lambda: (
        curves.functions(T, {"s": sigmoid(T), "t": np.tanh(T)}, title=""),
        {},
    ),
    "collapse": lambda: (kinks.collapse(), {"neurons": 6, "activation": "relu"}),
    "ramps": lambda: (viz.ramps(), {"factor1": 1.0, "factor2": -2.0, "factor3": 1.5}),
    "explorer_relu": lambda: (
        curves.activation_explorer(),
        {"activation": "relu", "w": -1.5, "b": 2.0},
    ),
    "explorer_sigmoid": lambda: (
        curves.activation_explorer(),
        {"activation": "sigmoid", "w": 2.0, "b": 1.0},
    ),
    "kinks": lambda: (kinks.kink_fitter(DIGITS[3].reshape(8, 8)[2]), {"k": 3}),
    "neuron": lambda: (viz.neuron_closeup([1.0, -2.0, 0.5], [0.5, 0.4, 0.8], 0.1), {}),
    "board_231": lambda: (
        viz.six_steps(small_network(), [1.0, 2.0], 1, 0.5),
        {"step": 6},
    ),
    "board_342": lambda: (viz.backward_walk(WIDE, [1.0, 2.0, 3.0], 1), {"step": 5}),
    "digits": lambda: (
        images.digits(DIGITS[:7], [str(k) for k in LABELS[:7]], title="t"),
        {},
    ),
    "prediction": lambda: (
        images.prediction(DIGITS[3], np.arange(10) / 45, label=3, title="t"),
        {},
    ),
    "readings": lambda: (
        images.readings(DIGITS[:4], np.eye(4)[[0, 1, 3, 2]], LABELS[:4]),
        {"digit": 2},
    ),
    "loop_predict": lambda: (
        viz.learning_loop(DIGITS[3], [3, 5]),
        {"station": "PREDICT", "round": 3, "label": 3},
    ),
    "loop_step": lambda: (
        viz.learning_loop(DIGITS[3], [5]),
        {"station": "STEP", "round": 1, "label": 5},
    ),
    "temperature": lambda: (images.temperature(np.arange(10) / 3), {"T": 0.5}),
    "confusion": lambda: (confusion(), {}),
    "likelihood": lambda: (
        viz.likelihood(T[100:140] / 4, -((T[100:140] - 2) ** 2)),
        {},
    ),
    "loss_explorer": lambda: (viz.loss_explorer(), {"p": 0.2}),
    "loss_explorer_squared": lambda: (
        viz.loss_explorer(squared_error=True),
        {"p": 0.2},
    ),
    "slope_bars": lambda: (
        viz.slope_bars(DIGITS[:3], LABELS[:3], SHARES - np.eye(4)[:3], SHARES, 0),
        {"label": 1, "show": "P"},
    ),
    "whole_network": lambda: (
        viz.whole_network({"A": SMALL}, DIGITS[:3], LABELS[:3], start=2),
        {"label": 1},
    ),
    "boundary_walk": lambda: (
        viz.boundary_walk(
            Network([2, 3, 1], rng=np.random.default_rng(1)),
            X,
            Y,
            0.3,
            epochs=1,
            seed=2,
        ),
        {"update": 40},
    ),
    "two_models": lambda: (viz.two_models([0.6, 0.4], [0.8, 0.1]), {}),
    "step_size": lambda: (
        viz.step_size_errors(HS, {"one": HS + 1e-16 / HS, "two": HS**2 + 1e-16 / HS}),
        {"exponent": -3},
    ),
    "training_runs": lambda: (
        viz.training_runs(runs(), X, Y),
        {"learning_rate": 0.1, "epoch": 2},
    ),
    "loss_curve": lambda: (viz.loss_curve([2.0, 1.0, 0.5]), {}),
    "decisions": lambda: (
        viz.decisions({"a": runs()[0.1][0][0].forward}, X, Y),
        {},
    ),
    "scatter": lambda: (viz.scatter(X, Y), {}),
    "curve_walk": lambda: (
        viz.curve_walk(
            lambda w: w**2, lambda w: 2 * w, (-3.0, 3.0), (0.3, 0.9), -2.0, 0.9
        ),
        {"start": -2.0, "learning_rate": 0.9, "steps": 5},
    ),
    "landscape": lambda: (
        viz.landscape(
            lambda P: P**2 @ [1.0, 4.0],
            lambda P: P * [2.0, 8.0],
            ((-2.0, 2.0), (-1.0, 1.0)),
            ("u", "v"),
            (0.1, 0.2),
            (-2.0, 1.0),
            0.2,
        ),
        {"learning_rate": 0.2, "u": -2.0, "v": 1.0, "steps": 6},
    ),
    "gradient_cloud": lambda: (viz.gradient_cloud(X, ("a", "b")), {"size": 8}),
    "batch_comparison": lambda: (
        viz.batch_comparison(
            Network([64, 4, 10], rng=np.random.default_rng(1)),
            DIGITS[:60],
            np.eye(10)[LABELS[:60]],
            (1, 10, 60),
            (0.02, 0.05, 0.1),
        ),
        {"against": "rows", "learning_rate": 0.05, "measure": False},
    ),
    "overfitting": lambda: (
        viz.overfitting(X, Y, (20, 60), (X[::2], Y[::2])),
        {"rows": 20, "epoch": 50},
    ),
    "ways": lambda: (
        viz.ways(
            {"a": lambda X: X + X @ X, "b": lambda X: X @ X}, np.ones((9, 9)), rows=9
        ),
        {"counted": "new arrays", "measure": False},
    ),
    "by_worker": lambda: (viz.by_worker({"a": [9, 8], "b": [9, 1]}, 10), {}),
    "price_of_a_call": lambda: (
        viz.price_of_a_call(),
        {"size": 1024, "measure": False},
    ),
    "sharing": lambda: (
        viz.sharing({"a": [64, 32, 10], "b": [784, 1000, 10]}, (32, 8192)),
        {"network": "b", "batch": 8192, "price": 10},
    ),
    "accuracies": lambda: (
        viz.accuracies({"a": [90, 99], "b": [95, 97]}, [100, 100]),
        {},
    ),
    "optimizer_race": lambda: (
        viz.optimizer_race(),
        {"start": "at its end", "steps": 12},
    ),
    "signal_through_depth": lambda: (
        viz.signal_through_depth(DIGITS[:64], np.eye(10)[LABELS[:64]]),
        {"scale": 1.4},
    ),
    "pixel_slopes": lambda: (
        viz.pixel_slopes(DIGITS[3], DIGITS[3] - DIGITS[8]),
        {},
    ),
    "epsilon_attack": lambda: (
        viz.epsilon_attack(
            Network([64, 6, 4], rng=np.random.default_rng(1)), DIGITS[3], 3
        ),
        {"kind": "attack", "epsilon": 0.2},
    ),
    "your_digit": lambda: (
        viz.your_digit({"a": SMALL, "b": SMALL}, DIGITS[:60], LABELS[:60]),
        {"drawn": tuple(map(float, DIGITS[3]))},
    ),
    "playground": lambda: (
        viz.playground("data=spirals points=60 layers=4-3"),
        {
            "show": "network",
            "still": ("data=spirals points=60 layers=4-3 batch=60", 2, "network"),
        },
    ),
    "shares": lambda: (
        viz.shares(T[:5], {"a": T[:5] / -8, "b": T[:5] / -5}, xlabel="x"),
        {},
    ),
    "repeated": lambda: (
        viz.repeated({"a": [0.9, 0.7, 0.7], "b": [0.4, 0.5]}, chance=0.5),
        {},
    ),
    "neuron_line": lambda: (viz.neuron_line(X, Y), {"w0": -1.0, "w1": 2.0, "b": 0.5}),
    "perceptron_walk": lambda: (
        viz.perceptron_walk(X, Y, [(np.array([1.0, -1.0]), 0.5, 3)]),
        {"update": 1},
    ),
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
