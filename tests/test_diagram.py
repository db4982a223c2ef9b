"""The board's numbers are those of the network, step by step."""

import numpy as np
import pytest

import nn_helpers as nn
from nn_helpers.viz import diagram

X, RATE = np.array([1.0, 2.0]), 0.5
W1 = np.array([[0.5, -1.0, 0.8], [0.4, 0.9, -0.6]])
B1, W2, B2 = (
    np.array([0.1, 0.2, -0.3]),
    np.array([[0.6], [-0.4], [-0.7]]),
    np.array([0.1]),
)


def numbers(picture):
    """{symbol: values} as the twin gives them, without its title."""
    words = picture.describe().partition(". ")[2].rstrip(".").split("; ")
    pairs = (word.split(" = ") for word in words)
    return {name: [float(v) for v in values.split(", ")] for name, values in pairs}


def expected(y, W1=W1, B1=B1, W2=W2, B2=B2):
    """The same from plain NumPy."""
    z1 = X @ W1 + B1
    a1 = np.maximum(z1, 0)
    z2 = a1 @ W2 + B2
    p = 1 / (1 + np.exp(-z2))
    dz2 = p - y
    da1 = dz2 @ W2.T
    dz1 = da1 * (z1 > 0)
    return {
        "x": X, "W1": W1, "b1": B1, "W2": W2, "b2": B2, "z1": z1, "a1": a1, "z2": z2,
        "P": p, "dz2": dz2, "da1": da1, "dz1": dz1, "dW2": np.outer(a1, dz2),
        "db2": dz2, "dW1": np.outer(X, dz1), "db1": dz1,
    }  # fmt: skip


def same(shown, right, names):
    assert set(shown) == set(names)
    for name in names:
        tolerance = 0.00051 if name == "P" else 0.0051
        np.testing.assert_allclose(shown[name], np.ravel(right[name]), atol=tolerance)


INPUTS = ["x", "W1", "b1", "W2", "b2"]
HIDDEN, OUTPUT = [*INPUTS, "z1", "a1"], [*INPUTS, "z1", "a1", "z2"]


@pytest.mark.parametrize(
    ("upto", "names"),
    [("input", INPUTS), ("hidden", HIDDEN), ("output", [*OUTPUT, "P"])],
)
def test_forward_pass(upto, names):
    picture = diagram.forward_pass(X, W1, B1, W2, B2)
    picture.draw(upto=upto, x0=X[0], x1=X[1])
    same(numbers(picture), expected(1), names)


@pytest.mark.parametrize("y", [0, 1])
def test_backward_walk(y):
    picture = diagram.backward_walk(X, y, W1, B1, W2, B2)
    seen = [*OUTPUT, "P"]
    new = [[], ["dz2"], ["dW2", "db2"], ["da1"], ["dz1"], ["dW1", "db1"]]
    for step, names in enumerate(new):
        picture.draw(step=step)
        seen = [name for name in seen if name != "da1"] + names
        same(numbers(picture), expected(y), seen)


def test_six_steps():
    picture = diagram.six_steps(X, 1, W1, B1, W2, B2, RATE)
    gradients = ["dz2", "dz1", "dW1", "db1", "dW2", "db2"]
    names = [INPUTS, OUTPUT, [*OUTPUT, "P"], [*OUTPUT, "P"], [*OUTPUT, "P", *gradients]]
    for step, shown in enumerate(names, start=1):
        picture.draw(step=step)
        same(numbers(picture), expected(1), shown)
    g = expected(1)
    moved = [
        w - RATE * g["d" + n]
        for n, w in (("W1", W1), ("b1", B1), ("W2", W2), ("b2", B2))
    ]
    picture.draw(step=6)
    after = expected(1, *moved)
    same(numbers(picture), after, [*OUTPUT, "P"])
    before, later = (-np.log(e["P"][0]) for e in (g, after))
    assert f"loss {before:.3f} becomes {later:.3f}" in picture.describe()


def test_neuron_closeup():
    picture = diagram.neuron_closeup([1.0, -2.0, -0.5], [0.5, 0.4, 0.8], 0.1)
    assert "w[1] 0.40" in picture.describe()
    assert "sum z -0.60, ReLU a 0.00" in picture.describe()
    assert nn.relu(-0.6) == 0
