"""What captions claim is recomputed from the data, in every state."""

import re

import numpy as np
import pytest
from support import drawn

import nn_helpers as nn
from nn_helpers import viz
from nn_helpers.viz import curves, runs

DIGITS, LABELS = nn.load_digits()


def floats(text):
    return [float(n) for n in re.findall(r"-?\d+\.?\d*(?:e[-+]\d+)?", text)]


def close(words, value, digits=3):
    return float(words) == pytest.approx(value, rel=0.6 * 10 ** (1 - digits), abs=2e-9)


def test_the_collapse_counts_its_kinks_right():
    rng = np.random.default_rng(4)
    W1, b1 = rng.normal(size=(1, 50)), rng.normal(size=50)
    inside = np.abs(-b1 / W1[0]) < 3
    for state, caption, description in drawn(viz.collapse()):
        n = state["neurons"]
        kinks = inside[:n].sum() if state["activation"] == "relu" else 0
        assert f"{n} hidden neuron" in caption
        assert f" {kinks + 1} straight piece" in caption
        assert ("straight, of slope" in description) == (kinks == 0)


def test_kinks_are_marked_where_the_line_bends():
    picture = curves.collapse()
    picture.draw(neurons=9, activation="relu")
    line, marks = picture.fig.axes[0].lines
    x, y = line.get_data()
    bends = x[1:-1][np.abs(np.diff(y, 2)) > 1e-9]
    for at in marks.get_xdata():
        assert np.abs(bends - at).min() < 0.006


def test_the_explorer_knows_its_slopes():
    x = np.linspace(-6, 6, 601)
    for state, caption, description in drawn(viz.activation_explorer()):
        g, g_prime = nn.activations.ACTIVATIONS[state["activation"]]
        w, b = state["w"], state["b"]
        slopes = w * g_prime(w * x + b)
        if "flat" in caption:
            assert np.ptp(g(w * x + b)) == 0
        else:
            low, high = floats(caption.rpartition("from ")[2])
            assert close(low, slopes.min()) and close(high, slopes.max())
        if "steepest" in description:
            steep = description.partition("steepest ")[2]
            value, at = floats(steep)[:2]
            assert close(value, slopes[np.abs(slopes).argmax()])
            if w and state["activation"] != "relu":
                assert at == pytest.approx(-b / w, abs=0.011), (state, description)
        if "jumps at" in description:
            at = floats(description.partition("jumps at")[2])[0]
            assert at == pytest.approx(-b / w, abs=0.02), (state, description)


def test_the_kink_fitter_counts_only_kinks_that_bend():
    row = DIGITS[3].reshape(8, 8)[2]
    bends = np.abs(np.diff(row, 2)) > 1e-9
    for state, caption, _ in drawn(viz.kink_fitter(row)):
        kinks, k = int(floats(caption)[0]), state["k"]
        assert kinks <= min(k, bends.sum())
        assert ("through every pixel" in caption) == (k >= bends.sum())
    assert kinks == bends.sum() == 5


def test_losses_at_a_p():
    for state, caption, _ in drawn(viz.loss_explorer()):
        p = state["p"]
        at, cross, squared = floats(caption)
        assert at == pytest.approx(p) and close(cross, -np.log(p))
        assert squared == pytest.approx((1 - p) ** 2, rel=0.01, abs=6e-4)
        assert caption.endswith("right." if p >= 0.5 else "wrong.")


def test_the_top_of_the_likelihood():
    p = np.linspace(0.01, 0.99, 99)
    picture = viz.likelihood(p, 7 * np.log(p) + 3 * np.log(1 - p))
    assert "at p = 0.7:" in picture.caption()


def test_two_models():
    picture = viz.two_models(np.array([0.6, 0.4, 0.55]), np.array([0.9, 0.2, 0.1]))
    assert picture.caption() == (
        "Before 2 of 3 above one half, the lowest 0.4; after 1 of 3 above one half, "
        "the lowest 0.1."
    )


def test_temperatures():
    z = np.random.default_rng(3).normal(size=10)
    for state, caption, _ in drawn(viz.temperature(z)):
        P = np.exp(z / state["T"]) / np.exp(z / state["T"]).sum()
        T, k, p = floats(caption)
        assert T == state["T"] and k == P.argmax() and close(p, P.max())


def test_predictions():
    P = nn.softmax(np.arange(10.0) % 7)
    picture = viz.prediction(DIGITS[3], P, label=3, title="t")
    k, p, label = floats(picture.caption())
    assert k == P.argmax() and close(p, P.max()) and label == 3


def test_confusions():
    rng = np.random.default_rng(2)
    y = rng.integers(0, 10, 200)
    for y_hat in (np.where(rng.random(200) < 0.9, y, (y + 3) % 10), y):
        picture = viz.confusion(y, y_hat)
        right, total = floats(picture.caption())[:2]
        assert right == (y == y_hat).sum() and total == 200
        written = picture.description().partition("read wrongly: ")[2].rstrip(".")
        pairs = [] if written == "none" else [floats(w) for w in written.split(", ")]
        assert sum(n for *_, n in pairs) == 200 - right
        assert all(((y == i) & (y_hat == j)).sum() == n for i, j, n in pairs)


def test_digits_say_what_they_show():
    picture = viz.digits(DIGITS[3:5], ["label 3", "label 4"])
    assert picture.caption() == "2 pictures: label 3 and label 4."
    darkest = floats(picture.description().partition("darkest ")[2])[:3]
    image = DIGITS[3].reshape(8, 8)
    assert (
        close(darkest[0], image.max())
        and image[int(darkest[1]), int(darkest[2])] == image.max()
    )


def test_functions():
    x = np.linspace(-2, 2, 41)
    picture = viz.functions(x, {"a": 3 * x + 1}, title="t")
    assert picture.caption() == "Straight from end to end: a, slope 3."
    picture = viz.functions(x, {"a": x**2, "b": -x}, title="t")
    assert picture.caption() == "The highest values: a 4 and b 2."


def test_step_sizes():
    hs = 10.0 ** np.arange(-12, 0)
    errors = {"one": hs + 1e-16 / hs, "two": hs**2 + 1e-16 / hs}
    for state, caption, _ in drawn(viz.step_size_errors(hs, errors)):
        h = 10.0 ** state["exponent"]
        assert float(caption.split()[2].rstrip(":;")) == pytest.approx(h, rel=0.01)
        if h > 2e-6:
            one = float(caption.partition("one off by ")[2].split(",")[0])
            assert one == pytest.approx(np.interp(h, hs, errors["one"]), rel=0.06)
        if h < 1e-7:
            assert "rounding noise" in caption


def test_loss_curves():
    picture = viz.loss_curve([2.0, 1.0, 0.5])
    assert picture.caption() == "In 3 epochs: training loss from 2 to 0.5."


def test_scatter_and_decisions():
    X, y = nn.make_moons(30, rng=np.random.default_rng(1))
    assert viz.scatter(X, y).caption() == "15 of class 0 and 15 of class 1."
    tilted = {"a": lambda X: X[:, :1] - X[:, 1:], "b": lambda X: X[:, :1] * 0 + 1}
    right = [((f(X)[:, 0] >= 0) == y).sum() for f in tilted.values()]
    words = viz.decisions(tilted, X, y).caption()
    assert words.startswith(f"a: {right[0]} of 30 right; b: {right[1]} of 30 right.")


def test_training_runs_count_the_points_themselves():
    X, y = nn.make_moons(80, noise=0.15, rng=np.random.default_rng(3))
    start = nn.Network([2, 8, 1], rng=np.random.default_rng(4))
    trained = runs.trained_runs(start, X, y, [0.001, 0.3, 20.0], epochs=6, seed=5)
    for state, caption, description in drawn(viz.training_runs(trained, X, y)):
        network, _ = trained[state["learning_rate"]][state["epoch"]]
        right = int((network.predict(X) == y).sum())
        said = "every point" if right == 80 else f"{right} of 80 points"
        assert said in caption, (state, caption)
        assert f"{80 - right} ringed" in description
        losses = [
            loss for _, loss in trained[state["learning_rate"]][: state["epoch"] + 1]
        ]
        if "falls from" in caption:
            start_loss, end = floats(caption.partition("falls from")[2])
            assert close(start_loss, losses[0]) and close(end, losses[-1])
            assert max(np.diff(losses)) <= 0.1 * losses[0]
        if "blows up" in caption:
            assert losses[-1] > 2 * losses[0]


@pytest.mark.parametrize("rate", [0.01, 0.3])
def test_runs_are_really_trained_and_from_the_start_given(rate):
    X, y = nn.make_moons(30, rng=np.random.default_rng(1))
    start = nn.Network([2, 4, 1], rng=np.random.default_rng(2))
    states = runs.trained_runs(start, X, y, [rate], epochs=3, seed=5)[rate]
    twin, rng = (
        nn.Network([2, 4, 1], rng=np.random.default_rng(2)),
        np.random.default_rng(5),
    )
    Y = y[:, None]
    assert len(states) == 4
    for network, loss in states:
        np.testing.assert_array_equal(network.forward(X), twin.forward(X))
        assert loss == nn.binary_cross_entropy(twin.forward(X), Y)
        for Z, _ in nn.one_epoch(
            twin, X, Y, nn.binary_cross_entropy_grad, nn.SGD(rate), 1, rng
        ):
            assert Z.shape == (1, 1)
