"""What captions claim is recomputed from the data, in every state."""

import copy
import re

import numpy as np
import pytest
from support import drawn

import nn_helpers as nn
from nn_helpers import counting, viz
from nn_helpers.viz import kinks, loop, runs, style, updates, whole

DIGITS, LABELS = nn.load_digits()


def floats(text):
    return [float(n) for n in re.findall(r"-?\d+\.?\d*(?:e[-+]\d+)?", text)]


def close(words, value, digits=3):
    return float(words) == pytest.approx(value, rel=0.6 * 10 ** (1 - digits), abs=2e-9)


@pytest.mark.parametrize("told", [3, 5])
def test_who_has_seen_one_picture_calls_all_digits_the_same(told):
    """Lesson 00, after the six rounds of its loop."""
    network = nn.Network([64, 32, 10], rng=np.random.default_rng(1))
    Y, shown = nn.one_hot(np.array([told]), 10), viz.learning_loop(DIGITS[3], [told])
    for number in range(1, loop.ROUNDS + 1):
        Z = network.forward(DIGITS[3:4])
        shown.draw(station="PREDICT", round=number, label=told)
        assert close(floats(shown.caption())[-1], nn.softmax(Z)[0, told])
        network.backward(nn.softmax_cross_entropy_grad(Z, Y))
        for _, array, gradient in network.parameters():
            array -= loop.RATE * gradient
    assert (network.predict(DIGITS) == told).all() and len(DIGITS) == 1797


def test_the_collapse_counts_its_kinks_right():
    for state, caption, description in drawn(viz.collapse()):
        n = state["neurons"]
        kinks = n if state["activation"] == "relu" else 0
        assert caption.startswith(f"{n} neuron")
        assert f" {kinks + 1} straight piece" in caption
        assert ("kinks at x = none" in description) == (kinks == 0)


@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_the_collapse_is_a_network_and_its_stairs_are_its_slope(activation):
    picture = kinks.collapse()
    most = picture.knobs["neurons"].high
    (line, marks), (stairs,) = (ax.lines for ax in picture.fig.axes)
    for neurons in (1, 3, most):
        picture.draw(neurons=neurons, activation=activation)
        x, y = line.get_data()
        np.testing.assert_allclose(stairs.get_ydata()[:-1], np.diff(y) / np.diff(x))
        assert (np.abs(np.diff(stairs.get_ydata()[:-1])) > 0.01).all(), "all visible"
        assert (np.abs(marks.get_xdata()) < 3).all()
        for ax in picture.fig.axes:
            low, high = ax.get_ylim()
            shown = ax.lines[0].get_ydata()
            assert low < shown.min() and shown.max() < high
            assert not np.ptp(shown) or np.ptp(shown) > 0.75 * (high - low)


def test_ramps_add_up_and_the_tent_is_a_tent():
    picture, x = viz.ramps(), np.arange(5.0)
    for state, caption, description in drawn(picture):
        heights = list(state.values())
        y = sum(h * np.maximum(x - k, 0) for k, h in enumerate(heights, start=1))
        slopes = floats(caption.partition("(slopes")[2].partition(")")[0])
        assert slopes == list(np.diff(y))
        tent = y[1] == 0 == y[3] == y[4] and y[2] > 0
        assert ("a tent" in caption) == tent, (state, caption)
        total = description.partition("the sum: ")[2].partition(";")[0]
        assert floats(total) == list(y)


def test_the_explorer_knows_its_slopes():
    x = np.linspace(-6, 6, 601)
    for state, caption, description in drawn(viz.activation_explorer()):
        g, g_prime = nn.activations.ACTIVATIONS[state["activation"]]
        w, b = state["w"], state["b"]
        slopes = w * g_prime(w * x + b)
        if "flat from end to end" in caption:
            assert np.ptp(g(w * x + b)) == 0
        else:
            low, high = floats(
                caption.rpartition("lowest slope ")[2].replace("nearly", "")
            )
            assert close(low, slopes.min()) and close(high, slopes.max())
        if "steepest" in description:
            steep = description.partition("steepest ")[2]
            value, at = floats(steep)[:2]
            assert close(value, slopes[np.abs(slopes).argmax()])
            if w and state["activation"] != "relu":
                assert at == pytest.approx(-b / w, rel=0.006, abs=1e-3), state
        if "jumps at" in description:
            at = floats(description.partition("jumps at")[2])[0]
            assert at == pytest.approx(-b / w, rel=0.006, abs=1e-9), (
                state,
                description,
            )
        if state["activation"] != "relu" and w:
            assert not re.search(r"(from|to) -?[01] at|from 0 to|to 0\.$", description)


def test_the_kink_fitter_counts_only_kinks_that_bend():
    row = DIGITS[3].reshape(8, 8)[2]
    bends = np.abs(np.diff(row, 2)) > 1e-9
    for state, caption, _ in drawn(viz.kink_fitter(row)):
        count, k = int(floats(caption)[0]), state["k"]
        assert count <= min(k, bends.sum())
        assert ("through every pixel" in caption) == (k >= bends.sum())
    assert count == bends.sum() == 5


def test_losses_at_a_p():
    for state, caption, _ in drawn(viz.loss_explorer()):
        p = state["p"]
        at, loss, slope = floats(caption)
        assert at == pytest.approx(p) and close(loss, -np.log(p))
        assert slope == pytest.approx(p - 1, rel=0.006)
        assert caption.endswith("right." if p >= 0.5 else "wrong.")


def test_the_squared_error_beside_the_cross_entropy():
    for state, caption, _ in drawn(viz.loss_explorer(squared_error=True)):
        p = state["p"]
        at, cross, squared = floats(caption)
        assert at == pytest.approx(p) and cross == pytest.approx(p - 1, rel=0.006)
        assert squared == pytest.approx(-2 * (1 - p) ** 2 * p, rel=0.03, abs=1e-4)


def ten_digits():
    network = nn.Network([64, 32, 10], rng=np.random.default_rng(1))
    Y = nn.one_hot(LABELS[:10], 10)
    return nn.softmax(network.forward(DIGITS[:10])), Y


def test_slopes_beside_what_was_said_and_what_is_true():
    P, Y = ten_digits()
    picture = viz.slope_bars(DIGITS[:10], LABELS[:10], P - Y, P, start=3)
    for state, caption, description in drawn(picture):
        k = state["label"]
        slopes = floats(description.partition("by class, ")[2].partition(". P")[0])[
            1::2
        ]
        np.testing.assert_allclose(slopes, (P - Y)[k], rtol=0.006, atol=1e-6)
        said = {
            "": f"class {k} alone",
            "P": f"a gap of 1 at class {k}.",
            "P - Y": "at all 10 classes",
        }
        assert said[state["show"]] in caption, (state, caption)
    off = viz.slope_bars(DIGITS[:10], LABELS[:10], (P - Y) * 1.1, P, start=3)
    off.draw(label=3, show="P - Y")
    assert "but for a gap" in off.caption()


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


def test_readings():
    P = nn.softmax(np.random.default_rng(5).normal(size=(4, 10)))
    P[1, 1] = 2.0
    picture = viz.readings(DIGITS[:4], P, [0, 1, 2, 3])
    for state, caption, description in drawn(picture):
        k = state["digit"]
        digit, read, most, p, label = floats(caption)
        assert (digit, read, most, label) == (k, P[k].argmax(), P[k].argmax(), k)
        assert close(p, P[k].max()) and ("mistake" in caption) == (read != k)
        shares = floats(description.partition("by class, ")[2])[1::2]
        np.testing.assert_allclose(shares, P[k], atol=6e-4)
    with pytest.raises(ValueError, match="4 images, 4 rows and 2 labels"):
        viz.readings(DIGITS[:4], P, [0, 1])


def test_the_loop_of_learning_is_a_training_run():
    Y = {label: nn.one_hot(np.array([label]), 10) for label in (3, 5)}
    runs = {}
    for label in Y:
        network = nn.Network([64, 32, 10], rng=np.random.default_rng(1))
        for number in range(1, 7):
            P = network.predict_proba(DIGITS[3:4])[0]
            biases = [network.layers[1].b[label]]
            nn.train(network, DIGITS[3:4], Y[label], loss=nn.softmax_cross_entropy,
                     learning_rate=0.1, epochs=1, rng=np.random.default_rng(0))  # fmt: skip
            runs[label, number] = P, *biases, network.layers[1].b[label]
    for state, caption, description in drawn(viz.learning_loop(DIGITS[3], [3, 5])):
        label, station = state["label"], state["station"]
        P, old, new = runs[label, 1 if station == "INIT" else state["round"]]
        assert caption.startswith(station) and f"marked {station}." in description
        if station == "PREDICT":
            number, most, p, *told = floats(caption)
            assert (number, most) == (state["round"], P.argmax()) and close(p, P.max())
            assert most == label if not told else told[0] == label
            assert close(p if not told else told[1], P[label])
        elif station == "LOSS":
            *_, p, loss = floats(caption)
            assert close(p, P[label]) and close(loss, -np.log(P[label]))
        elif station == "GRADIENT":
            slope = floats(description.partition("slopes of b2[")[2])[1]
            assert slope == pytest.approx(P[label] - 1, abs=6e-4) and slope < 0
        elif station == "STEP":
            assert floats(caption)[-2:] == pytest.approx([old, new], abs=6e-4)
        elif station == "STOP?":
            assert ("stop:" in caption) == (-np.log(P[label]) < 0.2)
            assert ("once more" in caption) != ("stop:" in caption)
    with pytest.raises(ValueError, match="64 pixels and labels from 0 to 9"):
        viz.learning_loop(DIGITS[3], [10])
    with pytest.raises(ValueError, match="shape \\(8,\\)"):
        viz.learning_loop(DIGITS[3, :8], [3])


def test_a_whole_network_says_what_it_computes():
    networks = {
        name: nn.Network([64, 32, 10], rng=np.random.default_rng(k))
        for k, name in enumerate(("A", "B"))
    }
    picture = viz.whole_network(networks, DIGITS[:10], LABELS[:10], start=3)
    for state, caption, description in drawn(picture):
        network, k = networks[state["network"]], state["label"]
        P = network.predict_proba(DIGITS[k : k + 1])[0]
        speak = int((network.layers[0].Z[0] > 0).sum())
        label, read, p, speaking, hidden = floats(caption.partition("reads the")[2])
        assert (label, read, speaking, hidden) == (k, P.argmax(), speak, 32)
        assert p == pytest.approx(P.max(), abs=6e-4)
        shares = floats(description.partition("by class, ")[2])[1::2]
        np.testing.assert_allclose(shares, P, atol=6e-4)
        assert description.startswith(f"{state['network']}, image with label {k};")
    with pytest.raises(ValueError, match="1 to 3 networks, got 4"):
        viz.whole_network(dict.fromkeys("abcd"), DIGITS, LABELS, start=3)
    deep = nn.Network([64, 5, 4, 10], rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="one hidden layer, deep has 2"):
        viz.whole_network({"deep": deep}, DIGITS, LABELS, start=3)


def test_the_wires_are_the_strongest_that_reach_a_speaking_neuron():
    network = nn.Network([64, 32, 10], rng=np.random.default_rng(1))
    picture = viz.whole_network({"A": network}, DIGITS[:10], LABELS[:10], start=3)
    (wires,) = [
        c for c in picture.fig.axes[0].collections if hasattr(c, "get_segments")
    ]
    network.forward(DIGITS[3:4])
    first, last = network.layers
    a = np.maximum(first.Z[0], 0)
    for at, products in ((0, DIGITS[3][:, None] * first.W * (a > 0)),
                         (whole.STRONGEST, a[:, None] * last.W)):  # fmt: skip
        size = np.sort(np.abs(products), axis=None)[::-1][: whole.STRONGEST]
        drawn_now = wires.get_colors()[at : at + whole.STRONGEST, 3]
        shades = np.ceil(whole.SHADES * size / size[0] - 1e-9) / whole.SHADES
        np.testing.assert_allclose(drawn_now, shades, atol=1e-6)


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
    picture = viz.training_runs(trained, X, y)
    for state, caption, description in drawn(picture):
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
        if "left the frame" in caption:
            assert losses[-1] > picture.fig.axes[1].get_ylim()[1]
        else:
            assert losses[-1] <= picture.fig.axes[1].get_ylim()[1]


def penguins():
    p = nn.load_penguins()
    chosen = p.species != 1
    mm = p.measurements[chosen][:, 1:3]
    return (mm - mm.mean(axis=0)) / mm.std(axis=0), (p.species[chosen] == 2) * 1


def test_the_line_of_a_neuron_is_counted_and_measured():
    X, y = penguins()
    picture = viz.neuron_line(X, y, ("Adelie", "Gentoo"))
    ax = picture.fig.axes[0]
    line, arrow = ax.lines[3], ax.lines[4]
    for state, caption, description in drawn(picture):
        w, b = np.array([state["w0"], state["w1"]]), state["b"]
        wrong = int((((X @ w + b) >= 0) != y).sum())
        assert f"{wrong} of {len(X)} wrong" in description
        if not w.any():
            assert "No line" in caption and f"{wrong} wrong" in caption
            continue
        said = f"{wrong} point" if wrong else "every point is on its side"
        assert said in caption, (state, caption)
        far = floats(description.partition("measured, the line is ")[2])[0]
        assert far == pytest.approx(abs(b) / np.hypot(*w), rel=0.006, abs=1e-9)
        shown = floats(description.partition("wrong, line ")[2])[0]
        assert shown == pytest.approx(far, rel=0.006, abs=0.0051)
        ends, tips = np.array(line.get_data()).T, np.array(arrow.get_data()).T
        np.testing.assert_allclose(ends @ w + b, 0, atol=1e-9)
        np.testing.assert_allclose(tips[1] - tips[0], w, atol=1e-9)
        assert abs((ends[1] - ends[0]) @ w) < 1e-9, "a right angle"


def test_a_right_angle_looks_like_one():
    X, y = penguins()
    ax = viz.neuron_line(X, y).fig.axes[0]
    width, height = ax.get_window_extent().size
    assert np.diff(ax.get_xlim())[0] / width == pytest.approx(
        np.diff(ax.get_ylim())[0] / height, rel=0.01
    )


def test_the_shaded_side_is_the_side_of_yes():
    X, y = penguins()
    picture = viz.neuron_line(X, y)
    yes = picture.fig.axes[0].patches[0]
    for w0, w1, b in (
        (1.0, 0.5, 0.3),
        (-2.0, 0.1, 1.0),
        (0.0, -1.0, -0.5),
        (0.3, 0.0, 0.5),
    ):
        picture.draw(w0=w0, w1=w1, b=b)
        inside = yes.get_path().contains_points(X)
        assert not inside.all() and inside.any()
        np.testing.assert_array_equal(inside, X @ [w0, w1] + b > 0)


def test_all_is_shaded_where_the_line_is_far_away():
    picture = viz.neuron_line(*penguins())
    picture.draw(w0=0.1, w1=0.0, b=3.0)
    ax = picture.fig.axes[0]
    corners = [(x, y) for x in ax.get_xlim() for y in ax.get_ylim()]
    assert ax.patches[0].get_path().contains_points(corners, radius=1e-9).all()


def test_tenths_that_cancel_count_as_0():
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    picture = viz.neuron_line(corners, np.array([0, 1, 1, 0]))
    for w0, w1, b, wrong in ((-2.7, -0.2, 2.9, 2), (0.7, 0.1, -0.8, 3)):
        picture.draw(w0=w0, w1=w1, b=b)
        assert f"{wrong} points on the wrong side" in picture.caption()


def test_the_walk_of_the_perceptron():
    X, y = penguins()
    history = [(np.array([-0.5, 1.0]), 1.0, 3), (np.array([-1.0, 1.0]), -0.5, 200)]
    picture = viz.perceptron_walk(X, y, history)
    for state, caption, description in drawn(picture):
        w, b, sample = [(np.zeros(2), 0.0, None), *history][state["update"]]
        wrong = int((((X @ w + b) >= 0) != y).sum())
        assert f"{wrong} of {len(X)} wrong" in description
        assert (f"{wrong} point" if wrong else "every point") in caption
        assert state["update"] == 0 or f"Update {state['update']} of 2:" in caption
        if sample is not None:
            star = floats(description.partition("the star at")[2])[:2]
            np.testing.assert_allclose(star, X[sample], rtol=0.006)
        assert ("dashed" in description) == (state["update"] == 2)
        if state["update"] == 2:  # the line that the star met was the first
            (far,) = floats(description.partition("the line before, ")[2])
            assert far == pytest.approx(1 / np.hypot(-0.5, 1), rel=0.006)


def walked(gradient, place, rate, steps):
    places = [np.asarray(place, dtype=float)]
    for _ in range(steps):
        places.append(places[-1] - rate * gradient(places[-1]))
    return np.array(places)


def test_a_walk_on_a_curve():
    rates = (0.1, 0.4, 0.5, 0.55)
    picture = viz.curve_walk(
        lambda w: 2 * w**2, lambda w: 4 * w, (-3.0, 3.0), rates, -2.0, 0.4
    )
    for state, caption, description in drawn(picture):
        start, rate, steps = state["start"], state["learning_rate"], state["steps"]
        at, slope = floats(caption)[:2]
        assert at == pytest.approx(start) and slope == pytest.approx(
            4 * start, rel=0.006
        )
        places = walked(lambda w: 4 * w, start, rate, steps)
        losses = 2 * places**2
        if steps == 0:
            assert "no step yet" in caption
        elif "falls from" in caption or "stays at" in caption:
            last = floats(caption)[-1]
            assert last == pytest.approx(losses[-1], rel=0.006, abs=1e-8)
            assert rate <= 0.5 or start == 0
        elif "rises from" in caption:
            assert (np.diff(losses) > 0).all() and rate > 0.5
        else:
            assert "ends outside" in caption and abs(places[-1]) > 3
        assert description.startswith(f"learning rate {rate:g}, {steps} step")
    picture.draw(start=-2.0, learning_rate=0.55, steps=12)
    assert "ends outside the picture" in picture.caption()


def test_a_walk_on_a_landscape():
    curvatures = np.array([1.0, 10.0])  # the edge is 2 / 10
    spans, rates = ((-2.0, 2.0), (-1.0, 1.0)), (0.05, 0.15, 0.19, 0.21, 0.3)
    picture = viz.landscape(
        lambda P: (P**2 @ curvatures) / 2, lambda P: P * curvatures, spans,
        ("u", "v"), rates, (-2.0, 1.0), 0.15,
    )  # fmt: skip
    for state, caption, description in drawn(picture):
        place = np.array([state["u"], state["v"]])
        rate, steps = state["learning_rate"], state["steps"]
        places = walked(lambda p: p * curvatures, place, rate, steps)
        losses = (places**2 @ curvatures) / 2
        if steps == 0:
            assert "no step yet" in caption
        elif "ends outside" in caption:
            assert (np.abs(places[-1]) > [2, 1]).any() and rate > 0.2
        elif "rises from" in caption:
            assert (np.diff(losses) >= 0).all() and losses[-1] > losses[0]
        elif "stays at" in caption:
            assert losses[-1] == pytest.approx(losses[0])
        elif "up and down" in caption:
            assert (np.diff(losses) > 0).any() and (np.diff(losses) < 0).any()
        elif "falls from" in caption:
            first, last = floats(caption.partition("falls from")[2])
            assert close(first, losses[0])
            assert last == pytest.approx(losses[-1], rel=0.006, abs=1e-8)
            assert (np.diff(losses) <= 1e-3).all()
            end = floats(description.partition(", to (")[2])[:2]
            np.testing.assert_allclose(end, places[-1], rtol=0.006, atol=1e-8)


def test_the_cross_of_a_landscape_is_its_bottom():
    def loss(P):
        return np.log(np.cosh(P[:, 0] - 0.37)) + 3 * (P[:, 1] + 0.21) ** 2

    def gradient(P):
        return np.column_stack([np.tanh(P[:, 0] - 0.37), 6 * (P[:, 1] + 0.21)])

    def crosses(*functions):
        ax = viz.landscape(
            *functions, ((-3.0, 3.0), (-3.0, 3.0)), ("u", "v"), (0.1,), (1.0, 1.0), 0.1
        ).fig.axes[0]
        return [line.get_data() for line in ax.lines if line.get_marker() == "+"]

    ((u, v),) = crosses(loss, gradient)
    np.testing.assert_allclose([u[0], v[0]], [0.37, -0.21], atol=1e-9)
    saddle = (lambda P: P[:, 0] ** 2 - P[:, 1] ** 2, lambda P: P * [2.0, -2.0])
    assert crosses(*saddle) == []


def test_long_steps_on_a_curve_that_flattens_come_back():
    p = nn.load_penguins()
    chosen = p.species < 2
    x = p.measurements[chosen][:, 2]
    x, y = (x - x.mean()) / x.std(), p.species[chosen] * 1.0

    def slope(w):
        return np.mean((nn.sigmoid(np.outer(w, x)) - y) * x, axis=1)

    places = walked(slope, np.array([-1.0]), 30, 2000)
    assert np.abs(places).max() < 20
    over = {
        rate: (walked(slope, np.array([-1.0]), rate, 12) > 0.81).any()
        for rate in (3, 9)
    }
    assert over == {3: False, 9: True}


def test_the_edge_of_the_penguins_lies_where_lesson_05_says():
    p = nn.load_penguins()
    chosen = p.species < 2
    X = p.measurements[chosen][:, 2:4]
    X, y = (X - X.mean(axis=0)) / X.std(axis=0), p.species[chosen] * 1.0

    def gradient(W):
        return (nn.sigmoid(W @ X.T) - y) @ X / len(y)

    assert updates.best_line(X, y.astype(int))[2] < len(X), "no line divides them"
    for rate, settles in ((6.0, True), (6.5, True), (7.5, False), (9.0, False)):
        end = walked(gradient, (-2.0, -2.0), rate, 200)
        assert (np.abs(np.diff(end[-3:], axis=0)).max() < 1e-3) == settles, rate


def moons():
    X, y = nn.make_moons(80, noise=0.15, rng=np.random.default_rng(3))
    return X, y, nn.Network([2, 8, 1], rng=np.random.default_rng(4))


def test_the_boundary_walk_is_the_training_and_counts_right():
    X, y, start = moons()
    twin, rng = (
        nn.Network([2, 8, 1], rng=np.random.default_rng(4)),
        np.random.default_rng(5),
    )
    rights, Y = [int((start.predict(X) == y).sum())], y[:, None]
    seen = [None]
    for _ in range(2):
        order = copy.deepcopy(rng).permutation(80)
        steps = nn.one_epoch(
            twin, X, Y, nn.binary_cross_entropy_grad, nn.SGD(0.3), 1, rng
        )
        for i, _ in zip(order, steps, strict=True):
            rights.append(int((twin.predict(X) == y).sum()))
            seen.append(X[i])
    picture = viz.boundary_walk(start, X, y, 0.3, epochs=2, seed=5)
    for (state, caption, description), right, star in zip(
        drawn(picture), rights, seen, strict=True
    ):
        assert f"{right} of 80 points" in caption, (state, caption)
        assert f"{80 - right} of 80 points ringed" in description
        if star is not None:
            at = floats(description.partition("just seen, at")[2])[:2]
            np.testing.assert_allclose(at, star, rtol=0.006)
        ahead = np.flatnonzero(np.array(rights[: state["update"] + 1]) > 74)
        said = (
            f"; first ahead at update {ahead[0]}."
            if len(ahead)
            else "straight line: 74."
        )
        assert caption.endswith(said), (state, caption)


def test_the_moons_of_lesson_07_beat_the_line_when_it_says():
    X, y, start = moons()
    picture = viz.boundary_walk(start, X, y, 0.3, epochs=12, seed=5)
    picture.draw(update=960)
    assert "every point on its side" in picture.caption()
    assert picture.caption().endswith("74; first ahead at update 204.")
    course, *_ = picture.fig.axes[1].lines
    counts = np.asarray(course.get_ydata())
    assert counts[205] < 74 and counts[-1] == 80
    assert (counts[920:] > 74).all() and (counts[300:900] <= 74).any()


def test_no_straight_line_is_better_than_the_best():
    for seed in range(100):
        rng = np.random.default_rng(seed)
        m = int(rng.integers(4, 10))
        X, y = rng.normal(size=(m, 2)), rng.integers(0, 2, m)
        normal, offset, right = updates.best_line(X, y)
        side = X @ normal > offset
        assert max((side == y).sum(), (side != y).sum()) == right, seed
        # The slow way: very many directions, and in each of them every offset.
        angles = rng.uniform(0, np.pi, 20_000)
        places = X @ np.array([np.cos(angles), np.sin(angles)])
        labels, none = y[np.argsort(places, axis=0)], np.zeros((1, 20_000), int)
        below = np.vstack([none, np.cumsum(1 - labels, axis=0)])
        above = y.sum() - np.vstack([none, np.cumsum(labels, axis=0)])
        assert max((below + above).max(), (m - below - above).max()) == right, seed


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


def penguin_gradients():
    p = nn.load_penguins()
    two = p.species < 2
    X = nn.Standardizer().fit(p.measurements[two][:, 2:4])
    X = X.transform(p.measurements[two][:, 2:4])
    return (0.5 - p.species[two])[:, None] * X


def test_the_gradient_cloud_shrinks_as_the_formula_says():
    each = penguin_gradients()
    m, whole = len(each), each.mean(axis=0)
    s2 = ((each - whole) ** 2).sum(axis=1).mean()
    picture = viz.gradient_cloud(each, ("a", "b"))
    cloud = picture.fig.axes[0].lines[0]
    for state, caption, description in drawn(picture):
        size, dots = state["size"], np.transpose(cloud.get_data())
        assert len(dots) == 400 and f"all {m} rows" in description
        measured = np.sqrt(((dots - whole) ** 2).sum(axis=1).mean())
        formula = np.sqrt(s2 / size * (m - size) / (m - 1))
        assert measured == pytest.approx(formula, rel=0.07, abs=1e-12)
        said = floats(description.partition("measured")[2])[:2]
        assert close(said[0], measured) and said[1] == pytest.approx(formula, 0.01)
        if size == m:
            assert caption == "A batch of all 219 rows: nothing is left to chance."
            continue
        words = floats(caption.partition("typically")[2])
        assert close(words[0], measured)
        if size > 1:
            assert words[1] == pytest.approx(np.sqrt(s2) / formula, rel=0.06)
    single = {tuple(dot.round(9)) for dot in each}
    picture.draw(size=1)
    assert {tuple(d.round(9)) for d in np.transpose(cloud.get_data())} <= single


def test_the_batch_comparison_really_trains_from_one_start():
    X, y = DIGITS[:200], LABELS[:200]
    Y = nn.one_hot(y, 10)
    start = nn.Network([64, 8, 10], rng=np.random.default_rng(1))
    kept = start.layers[0].W.copy()
    picture = viz.batch_comparison(start, X, Y, (1, 20, 200), (0.02, 0.05, 0.3))
    for state, caption, description in drawn(picture):
        rate, curves = state["learning_rate"], picture.fig.axes[0].lines
        ends = []
        for size, curve in zip((1, 20, 200), curves, strict=True):
            x, loss = curve.get_data()
            assert x[0] == 0 and x[-1] <= 1
            assert loss[0] == nn.softmax_cross_entropy(start.forward(X), Y)
            ends.append("bounces" if not runs.settles(loss) else loss[-1])
            if state["measure"]:
                continue
            network, rng = copy.deepcopy(start), np.random.default_rng(1)
            most = 340 if state["against"] == "updates" else 2000 // size
            count = 0
            while count < most:
                for _ in nn.one_epoch(
                    network, X, Y, nn.softmax_cross_entropy_grad, nn.SGD(rate), size, rng
                ):  # fmt: skip
                    count += 1
                    if count == most:
                        break
            end = nn.softmax_cross_entropy(network.forward(X), Y)
            assert x[-1] == 1 and loss[-1] == pytest.approx(end)
        said = re.findall(r"rows? a step ([\d.e-]*\d|bounces)", caption)
        for words, end in zip(said, ends, strict=True):
            assert words == end or close(words, end)
        unit = "milliseconds" if state["measure"] else state["against"]
        assert unit in caption and unit in description
    np.testing.assert_array_equal(start.layers[0].W, kept)


def test_overfitting_reports_both_losses_and_the_lowest():
    X, y = nn.make_moons(60, noise=0.35, rng=np.random.default_rng(7))
    other = nn.make_moons(80, noise=0.35, rng=np.random.default_rng(4))
    picture = viz.overfitting(X, y, (20, 60), other)
    for size in (20, 60):
        network = nn.Network([2, 50, 1], rng=np.random.default_rng(1))
        history = nn.train(
            network, X[:size], y[:size, None], loss=nn.binary_cross_entropy,
            learning_rate=0.3, batch_size=size, epochs=400,
            rng=np.random.default_rng(2), validation=(other[0], other[1][:, None]),
        )  # fmt: skip
        losses = np.array(history.validation_loss)
        for state, caption, description in drawn(picture):
            if state["rows"] != size:
                continue
            epoch = state["epoch"]
            others = floats(caption.partition("others")[2])[0]
            assert close(others, losses[epoch - 1])
            best = int(losses[:epoch].argmin())
            if "lowest so far" in caption:
                now, least = (style.num(losses[k]) for k in (epoch - 1, best))
                assert now == least
            else:
                assert caption.endswith(f"at epoch {best + 1}.")
                assert close(floats(caption)[-2], losses[best])
            missed = int(re.search(r"\((\d+) wrong\)", caption)[1])
            if epoch == 400:
                right = nn.accuracy(network.predict(other[0]), other[1])
                assert missed == round((1 - right) * len(other[0]))
            counts = [int(n) for n in re.findall(r"(\d+) points of class", description)]
            assert counts == list(np.bincount(y[:size]))
        end = nn.binary_cross_entropy(network.forward(X[:size]), y[:size, None])
        picture.draw(rows=size, epoch=400)
        assert close(floats(picture.caption().partition("loss")[2])[0], end)
        wrong = int((network.predict(X[:size]) != y[:size]).sum())
        assert f"{wrong} ringed" in picture.description()


def test_accuracies_carry_their_intervals():
    right = {"file": [90, 495], "shuffled": [95, 480]}
    picture = viz.accuracies(right, [100, 500], title="t")
    assert picture.caption() == (
        "File from 0.9 to 0.99, these two bars apart; shuffled from 0.95 to 0.96, all "
        "bars overlap."
    )
    ends = [nn.accuracy_interval(r / m, m) for r, m in ((90, 100), (495, 500))]
    assert ends[0][1] < ends[1][0], "apart"
    words = "; ".join(f"{low:.2f}-{high:.2f}" for low, high in ends)
    assert words == "0.82-0.95; 0.98-1.00"
    assert "file 0.9 (0.82-0.95), 0.99 (0.98-1)" in picture.description()


def test_repeated_experiments_say_their_means():
    shares = {"on all": [0.9, 0.7], "on some": [0.4, 0.5]}
    picture = viz.repeated(shares, chance=0.5)
    assert picture.caption() == "On average: on all 0.8 and on some 0.45."
    words = picture.description()
    assert words.startswith("2 dots a column: on all 0.8 +0.1 -0.1 (0.7 to 0.9); ")
    assert words.endswith("on some 0.45 +0.05 -0.05 (0.4 to 0.5). Dashed line at 0.5.")
    more = viz.repeated(shares | {"c": [0.95, 0.99], "d": [0.3, 0.2]})
    assert more.caption() == "On average: on all 0.8; best c 0.97, worst d 0.25."


def test_the_signal_goes_through_depth_as_it_says():
    X, Y = DIGITS[:300], nn.one_hot(LABELS[:300], 10)

    def newborn(scale):
        network = nn.Network([64] + [64] * 10 + [10], rng=np.random.default_rng(0))
        for layer in network.layers:
            layer.W *= scale
        network.forward(X)
        return network, [np.sqrt(np.mean(la.Z**2)) for la in network.layers[:-1]]

    picture = viz.signal_through_depth(X, Y)
    for state, caption, description in drawn(picture):
        network, spreads = newborn(state["scale"])
        assert close(
            floats(description.partition("spread of Z from")[2])[0], spreads[0]
        )
        said = re.search(r"in layer 1 to (\S+) in layer 10", description)[1]
        assert close(said, spreads[-1])
        ratio = spreads[-1] / newborn(1.0)[1][-1]
        assert ratio == pytest.approx(state["scale"] ** 10), "ReLU, biases 0"
        if state["scale"] != 1:
            assert close(floats(caption)[2], ratio, digits=4)
        history = nn.train(
            network, X, Y, loss=nn.softmax_cross_entropy, learning_rate=0.02,
            batch_size=32, epochs=8, rng=np.random.default_rng(1),
        )  # fmt: skip
        assert ("blows up" in caption) == history.stopped.startswith("diverged")
        if "next to nothing" in caption:
            assert history.loss[-1] > 0.95 * np.log(10)
        if "it learns, to" in caption:
            assert close(floats(caption)[-1], history.loss[-1])


def test_the_race_names_who_is_lowest():
    picture = viz.optimizer_race()
    starts = {"at its end": (-2, 1), "near its floor": (-2, 0.1), "on its wall": (0, 2)}
    makers = {"SGD": nn.SGD, "momentum": nn.Momentum, "Adam": nn.Adam}
    gorge, c = np.diag([1.0, 50.0]), np.sqrt(0.5)
    turned = np.array([[25.5, -24.5], [-24.5, 25.5]])

    def losses(maker, rate, C, place):
        w, optimizer = np.array(place, float), maker(rate)
        seen = [w @ C @ w / 2]
        with np.errstate(all="ignore"):
            for _ in range(60):
                optimizer.step([("w", w, w @ C)])
                seen.append(w @ C @ w / 2)
        return np.array(seen)

    best = {}
    for start, (x, y) in starts.items():
        for name, maker in makers.items():
            rates = [2.0**k for k in range(-10, 2)]
            runs = [losses(maker, rate, gorge, (x, y)) for rate in rates]
            k = int(np.nanargmin([run[-1] for run in runs]))
            there = losses(maker, rates[k], turned, (c * (x - y), c * (x + y)))
            best[start, name] = runs[k], there
            if name != "Adam":
                np.testing.assert_allclose(there, runs[k], atol=1e-9)
    for state, caption, description in drawn(picture):
        step = state["steps"]
        if step == 0:
            assert caption == "All three stand on the start."
            continue
        lowest = []
        for place, part in enumerate(description.split("turned,")):
            now = {n: best[state["start"], n][place][step] for n in makers}
            lowest.append(min(now.values()))
            for name, loss in now.items():
                said = re.search(rf"{name} at \([^)]*\), loss ([-\d.e]*\d)", part)[1]
                assert close(said, loss), (state, name)
        names = re.findall("SGD|momentum|Adam", caption)
        for place, name in enumerate(names if len(names) > 1 else names * 2):
            assert best[state["start"], name][place][step] == pytest.approx(
                lowest[place]
            )


def test_pixel_slopes_count_their_signs():
    network = nn.load_digits_network()
    slopes = nn.input_gradient(network, DIGITS[3:4], nn.one_hot(LABELS[3:4], 10))[0]
    picture = viz.pixel_slopes(DIGITS[3], slopes)
    more, less = (slopes > 0).sum(), (slopes < 0).sum()
    assert f"raises the loss ({more} pixels)" in picture.caption()
    assert f"less ink does ({less})" in picture.caption()
    steep = slopes[np.abs(slopes).argmax()]
    assert picture.caption().endswith(f"for {'more' if steep > 0 else 'less'} ink.")
    low, high, most = floats(picture.description())[:3]
    assert close(low, slopes.min()) and close(high, slopes.max()) and close(most, steep)


def test_the_attack_shows_what_the_network_says():
    network, label = nn.load_digits_network(), int(LABELS[5])
    x, Y = DIGITS[5], nn.one_hot(LABELS[5:6], 10)
    picture = viz.epsilon_attack(network, x, label)
    coin = np.random.default_rng(0).choice([-1.0, 1.0], 64)
    for state, caption, description in drawn(picture):
        changed = np.clip(x + state["epsilon"] * coin, 0, 1)
        if state["kind"] == "attack":
            changed = nn.fgsm(network, x[None], Y, state["epsilon"])[0]
        P = network.predict_proba(changed[None])[0]
        assert f"read as {P.argmax()}, P " in caption
        words = caption.partition(f"read as {P.argmax()}, P ")[2]
        if words.startswith("just below 1"):
            assert 0.9995 <= P.max() < 1
        else:
            assert close(floats(words.rstrip("."))[0], P.max()) and words[:4] != "= 1."
        assert ("its own class" in caption) == (P.argmax() != label)
        count = int((np.abs(changed - x) > 1e-9).sum())
        assert f": {count} pixel" in description
        said = re.findall(r"\d: ([-\d.e]+\d|\d)", description.partition("class,")[2])
        for words, p in zip(said, P, strict=True):
            assert close(words, p)


def test_your_digit_shows_what_the_networks_and_the_nearest_digits_say():
    rng = np.random.default_rng(4)
    networks = {"one": nn.load_digits_network()}
    networks["two"] = nn.Network([64, 12, 10], "tanh", rng=rng)
    X, y = DIGITS[:300], LABELS[:300]
    for some in ({"one": networks["one"]}, networks):
        picture = viz.your_digit(some, X, y)
        for state, caption, description in drawn(picture):
            x = np.array(state["drawn"])
            said = caption.partition(". The")[0].split("; ")
            for words, (name, network) in zip(said, some.items(), strict=True):
                P = network.predict_proba(x[None])[0]
                words = words.removeprefix("Nothing drawn yet, and still an answer. ")
                start = f"{name}: " if len(some) > 1 else "Read as "
                assert words.startswith(f"{start}{P.argmax()}, P "), (words, P)
                if "just below" in words:
                    assert 0.9995 <= P.max() < 1
                else:
                    assert close(floats(words.rstrip("."))[-1], P.max())
            assert caption.startswith("Nothing drawn") == (not x.any())
            near = ((X - x) ** 2).sum(axis=1).argsort(kind="stable")[:3]
            labels = ", ".join(str(k) for k in y[near])
            assert description.endswith(f"nearest {labels}.")
            assert not x.any() or caption.endswith(f"digits: {labels}.")
            assert f"{int((x > 0).sum())} pixel" in description
            # The slopes are those of the score of the class that is read.
            best = int(P.argmax())
            last = "two: " if len(some) > 1 else ""
            assert f"{last}score of the {best}: steepest" in description
            known = not ((X - x) ** 2).sum(axis=1).min() > 0
            start = "a training digit" if known else "your digit"
            assert description.startswith(start if x.any() else "paper")
            at = re.search(r"steepest (\S+), row (\d), column (\d)", description)
            nudge = np.zeros(64)
            nudge[8 * int(at[2]) + int(at[3])] = 1e-6
            up, down = (network.forward([x + s * nudge])[0, best] for s in (1, -1))
            assert close(float(at[1]), (up - down) / 2e-6)


def test_shares_say_where_they_begin_and_end():
    curves = {"a": np.array([1.0, 0.5]), "b": np.array([0.9, 0.8])}
    picture = viz.shares(np.array([0.0, 0.3]), curves, xlabel="x")
    assert picture.caption() == (
        "Between 0 and 0.3: a from 1 to 0.5 and b from 0.9 to 0.8."
    )
    assert picture.description() == "At 0, 0.3: a: 1, 0.5; b: 0.9, 0.8."
    with pytest.raises(ValueError, match="1 to 3 curves, got 4"):
        viz.shares([0, 1], {name: [0, 1] for name in "abcd"}, xlabel="x")


def halves(X):
    """Six calls: two products, two sums, a maximum, an exponential."""
    A = np.maximum(X @ X.T + 1, 0)
    A += 1
    return np.exp(A @ X)


def test_ways_show_the_work_and_only_when_asked_the_time():
    X = np.ones((4, 3))
    picture = viz.ways(
        {"half": halves, "twice": lambda X: (halves(X), halves(X))}, X, rows=4
    )
    # (calls, multiplications, bytes): X @ X.T 48, A @ X 48; A += 1 makes nothing.
    work = {"calls of NumPy": (6, 12), "multiplications": (96, 192)}
    work["new arrays"] = (8 * (16 * 3 + 12 * 2), 16 * (16 * 3 + 12 * 2))
    for state, caption, description in drawn(picture):
        heights = [bar.get_height() for bar in picture.fig.axes[0].patches]
        assert max(heights) == 1
        assert ("icroseconds" in caption) == state["measure"]
        if state["measure"]:
            continue
        values = work[state["counted"]]
        for name, height, value in zip(("half", "twice"), heights, values, strict=True):
            assert height == value / max(values)
            assert f"{name} {value:,}" in caption and f"{name} {value:,}" in description
    np.testing.assert_array_equal(X, 1)  # each way had copies


def test_ways_measure_anew_at_each_press():
    found = []
    picture = viz.ways({"a": halves, "b": halves}, np.ones((4, 3)), rows=4)
    for _ in range(3):
        picture.draw(counted="calls of NumPy", measure=True)
        kept = picture.description()
        picture.draw(counted="multiplications", measure=True)
        assert picture.description() == kept  # another count, the same press
        picture.draw(counted="calls of NumPy", measure=False)
        found.append(kept)
    assert all("here and now" in words for words in found)


def test_the_price_of_a_call_counts_additions():
    picture = viz.price_of_a_call()
    for state, caption, description in drawn(picture):
        work, spent, counted, timed = picture.fig.axes[0].lines
        np.testing.assert_array_equal(work.get_xdata(), work.get_ydata())
        assert counted.get_xdata() == counted.get_ydata() == [state["size"]]
        assert f"{state['size']:,} addition" in caption
        assert f"Marks at {state['size']:,}: {state['size']:,}" in description
        times = spent.get_ydata()
        if not state["measure"]:
            assert np.isnan(times).all() and "ns" not in caption.replace(
                "additions", ""
            )
            continue
        (now,) = timed.get_ydata()
        assert now == times[list(spent.get_xdata()).index(state["size"])] > 0
        assert f"{style.num(now)} ns, {style.num(now / times[0])} times" in caption


def test_by_worker_names_the_one_where_the_endings_differ_most():
    right = {"again": [9, 8, 7], "forgotten": [9, 9, 1]}
    picture = viz.by_worker(right, 10)
    assert picture.caption() == "Worker 3, of 10 rows right: again 7 and forgotten 1."
    assert "again 9, 8, 7; forgotten 9, 9, 1" in picture.description()


def test_sharing_finds_the_fastest_number_of_workers():
    sizes = {"64-32-10": [64, 32, 10], "5-4-3-2": [5, 4, 3, 2]}
    picture = viz.sharing(sizes, (32, 4096), (0, 1, 100))
    for state, caption, description in drawn(picture):
        network = nn.Network(sizes[state["network"]], rng=np.random.default_rng(0))
        X, Y = np.ones((1, network.n_in)), np.eye(network.n_out)[:1]

        def step(parameters, X, Y, network=network):
            arrays = iter(parameters)
            for layer in network.layers:
                layer.W, layer.b = next(arrays), next(arrays)
            A = X
            kept = []
            for layer in network.layers:
                kept.append(A)
                A = A @ layer.W + layer.b
            for layer, A_in in zip(network.layers[::-1], kept[::-1], strict=True):
                _ = A_in.T @ Y
                Y = Y @ layer.W.T if layer is not network.layers[0] else Y

        arrays = [array for _, array, _ in network.parameters()]
        one = counting.count_work(step, arrays, X, Y).products
        count = sum(array.size for array in arrays)
        K = np.arange(1, 33)
        sent = np.where(K > 1, 2 * state["price"] * count * K, 0)
        cost = one * state["batch"] / K + sent
        best = int(K[cost.argmin()])
        if best == 1:
            assert caption.startswith("One worker alone is fastest")
        else:
            more = "or more " if best == 32 else ""
            assert caption.startswith(f"{best} workers {more}are fastest")
            assert close(floats(caption)[1], cost.min() / cost[0])
        assert f"fastest with {best}" in description
