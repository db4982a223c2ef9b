"""The board's numbers are those of the network, step by step, for any small one."""

import copy

import numpy as np
import pytest

import nn_helpers as nn
from nn_helpers import viz

RATE = 0.5
X = {2: np.array([1.0, 2.0]), 3: np.array([1.0, -2.0, 0.5])}


def networks():
    shapes = ([2, 2, 2], [3, 4, 2], [2, 3, 1], [3, 4, 1], [2, 4, 3])
    made = [nn.Network(s, rng=np.random.default_rng(sum(s))) for s in shapes]
    for network in made:  # biases of 0 would hide a slip
        for layer in network.layers:
            layer.b += np.random.default_rng(1).normal(size=layer.b.shape)
    return [nn.small_network(), *made]


sizes = pytest.mark.parametrize(
    "network",
    networks(),
    ids=lambda n: "-".join(str(l.n_in) for l in n.layers) + f"-{n.n_out}",
)


def numbers(picture):
    """{symbol: numbers} as the description gives them, without its title."""
    words = picture.description().rpartition(". ")[2].rstrip(".").split("; ")
    if picture.description().count(". ") > 1:
        words = picture.description().split(". ", 1)[1].rstrip(".").split("; ")
    found = {}
    for word in words:
        new = word.startswith("new ")
        name, _, values = word.removeprefix("new ").partition(" ")
        found[("new " if new else "") + name] = [float(v) for v in values.split(", ")]
    return found


def expected(network, y):
    """Forward and backward pass in plain NumPy, by symbol."""
    (W1, b1), (W2, b2) = [(layer.W, layer.b) for layer in network.layers]
    x = X[len(W1)]
    z1 = x @ W1 + b1
    a1 = np.maximum(z1, 0)
    z2 = a1 @ W2 + b2
    if len(b2) == 1:
        P, target = 1 / (1 + np.exp(-z2)), np.array([y])
        loss = -np.log(P[0] if y else 1 - P[0])
    else:
        P, target = np.exp(z2) / np.exp(z2).sum(), np.eye(len(b2))[y]
        loss = -np.log(P[y])
    dz2 = P - target
    da1 = W2 @ dz2
    dz1 = da1 * (z1 > 0)
    return {
        "x": x, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "z1": z1, "a1": a1, "z2": z2,
        "P": P, "dz2": dz2, "da1": da1, "dz1": dz1, "dW2": np.outer(a1, dz2),
        "db2": dz2, "dW1": np.outer(x, dz1), "db1": dz1, "loss": loss,
    }  # fmt: skip


def same(shown, right, names):
    assert set(shown) == set(names)
    for name in names:
        room = 0.00051 if name.endswith("P") else 0.0051
        np.testing.assert_allclose(shown[name], np.ravel(right[name]), atol=room)


INPUTS = ["x", "W1", "b1", "W2", "b2"]
HIDDEN, OUTPUT = [*INPUTS, "z1", "a1"], [*INPUTS, "z1", "a1", "z2", "P"]


@sizes
def test_forward_pass(network):
    picture = viz.forward_pass(network, X[network.n_in], weight=(1, 0))
    for upto, names in (("input", INPUTS), ("hidden", HIDDEN), ("output", OUTPUT)):
        picture.draw(**picture.start | {"upto": upto})
        same(numbers(picture), expected(network, 1), names)
    picture.draw(**picture.start | {"x0": 2.5})
    assert numbers(picture)["x"][0] == 2.5
    silent = sum(a == 0 for a in numbers(picture)["a1"])
    assert f"{silent} hidden neuron" in picture.caption()
    before = network.layers[1].W.copy()
    picture.draw(**picture.start | {"weight_set": 2.0})
    turned = copy.deepcopy(network)
    turned.layers[1].W[1, 0] = 2.0
    same(numbers(picture), expected(turned, 1), OUTPUT)
    np.testing.assert_array_equal(network.layers[1].W, before)


def test_a_sum_that_is_0_but_for_rounding_counts_as_silent():
    picture = viz.forward_pass(nn.small_network(), [2.0, 2.0], weight=(2, 0))
    assert "1 hidden neuron silent" in picture.caption()


@sizes
@pytest.mark.parametrize("y", [0, 1])
def test_backward_walk(network, y):
    picture, right = (
        viz.backward_walk(network, X[network.n_in], y),
        expected(network, y),
    )
    seen = list(OUTPUT)
    new = [[], ["dz2"], ["dW2", "db2"], ["da1"], ["dz1"], ["dW1", "db1"]]
    for step, names in enumerate(new):
        picture.draw(step=step)
        seen = [name for name in seen if name != "da1" or step < 5] + names
        same(numbers(picture), right, seen)
        assert f"label {y}, loss {right['loss']:.3f}" in picture.description()
    slopes = np.concatenate([np.ravel(right[n]) for n in ("dW1", "db1", "dW2", "db2")])
    assert (
        f"Exactly 0: {(slopes == 0).sum()} of {slopes.size} slopes" in picture.caption()
    )
    picture.draw(step=2)
    assert (
        f"{(right['a1'] == 0).sum()} of {right['a1'].size} inputs" in picture.caption()
    )
    picture.draw(step=4)
    assert (
        f"for {(right['z1'] <= 0).sum()} of {right['z1'].size} hidden"
        in picture.caption()
    )


def test_the_gate_is_counted_from_its_cause_not_from_zero_slopes():
    network = nn.small_network()
    network.layers[1].W[0, 0] = 0.0  # a slope of 0 behind an open gate
    picture = viz.backward_walk(network, X[2], 1)
    picture.draw(step=4)
    assert "for 1 of 3 hidden neurons it is shut" in picture.caption()


def test_the_gate_is_that_of_the_activation():
    for activation in ("tanh", "sigmoid", "identity"):
        network = nn.Network([2, 3, 1], activation, rng=np.random.default_rng(0))
        picture = viz.backward_walk(network, X[2], 1)
        picture.draw(step=4)
        assert "for 0 of 3 hidden neurons it is shut" in picture.caption()


@sizes
def test_six_steps(network):
    picture = viz.six_steps(network, X[network.n_in], 1, RATE)
    right = expected(network, 1)
    gradients = ["dz2", "dz1", "dW1", "db1", "dW2", "db2"]
    no_P = [name for name in OUTPUT if name != "P"]
    for step, names in enumerate(
        [INPUTS, no_P, OUTPUT, OUTPUT, [*OUTPUT, *gradients]], 1
    ):
        picture.draw(step=step)
        same(numbers(picture), right, names)
    moved = nn.Network([layer.n_in for layer in network.layers] + [network.n_out],
                       rng=np.random.default_rng(0))  # fmt: skip
    for layer, (W, b) in zip(moved.layers, (("W1", "b1"), ("W2", "b2")), strict=True):
        layer.W[...] = right[W] - RATE * right["d" + W]
        layer.b[...] = right[b] - RATE * right["d" + b]
    after = expected(moved, 1)
    picture.draw(step=6)
    shown = numbers(picture)
    news = {f"new {name}" for name in OUTPUT} - {"new x"}
    same({n: v for n, v in shown.items() if n in OUTPUT}, right, OUTPUT)
    same({n: v for n, v in shown.items() if n not in OUTPUT},
         {f"new {n}": v for n, v in after.items()}, news)  # fmt: skip
    assert (
        f"loss {right['loss']:.3f} \u2192 {after['loss']:.3f}" in picture.description()
    )


def test_the_figure_keeps_its_own_network():
    network = nn.small_network()
    picture = viz.backward_walk(network, X[2], 1)
    network.layers[0].W += 5
    picture.draw(step=0)
    assert numbers(picture)["W1"][0] == 0.5


def test_a_number_that_is_only_small_is_not_drawn_as_0():
    network = nn.small_network()
    network.layers[1].W[0, 0] = 1e-5
    picture = viz.backward_walk(network, X[2], 1)
    picture.draw(step=5)
    assert "dz1 0.00, 0.23, 0;" in picture.description()


@pytest.mark.parametrize("shape", [[2, 9, 1], [9, 2, 1], [2, 3, 3, 1]])
def test_what_does_not_fit_is_refused(shape):
    network = nn.Network(shape, rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match=r"no room for|one hidden layer"):
        viz.backward_walk(network, np.ones(shape[0]), 1)


def test_no_two_numbers_of_the_board_overlap():
    for network in networks():
        picture = viz.six_steps(network, X[network.n_in], 1, RATE)
        picture.draw(step=6)
        canvas = picture.fig.canvas
        canvas.draw()
        boxes = [t.get_window_extent(canvas.get_renderer()).padded(-3)
                 for t in picture.fig.axes[0].texts if t.get_text()]  # fmt: skip
        for i, box in enumerate(boxes):
            assert not any(box.overlaps(other) for other in boxes[i + 1 :])


def test_neuron_closeup():
    picture = viz.neuron_closeup([1.0, -2.0, -0.5], [0.5, 0.4, 0.8], 0.1)
    assert "w[1] 0.40" in picture.description()
    assert "sum of -0.60; ReLU turns it into 0.00" in picture.caption()
