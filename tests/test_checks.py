"""Each check: silent about a blank, content with an answer, exact about a bug."""

import re

import numpy as np
import pytest

import nn_helpers as nn
from nn_helpers.checks import check
from nn_helpers.checks.lessons import CHECKS


def stable_sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def tent(x):
    return nn.relu(x - 1) - 2 * nn.relu(x - 2) + nn.relu(x - 3)


def softmax_without_shift(Z):
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


def unstable_cross_entropy(Z, Y):
    return -(Y * np.log(softmax_without_shift(Z))).sum() / len(Z)


def backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(axis=0), dZ @ W.T


def step(parameters, rate):
    for _, array, gradient in parameters:
        array -= rate * gradient


def epoch(network, X, Y, rate, rng, order=None):
    for i in rng.permutation(len(X)) if order is None else order:
        Z = network.forward(X[i : i + 1])
        network.backward(nn.sigmoid(Z) - Y[i : i + 1])
        step(network.parameters(), rate)


def in_place(function):
    def damaging(first, *rest):
        result = function(first, *rest)
        first += 1
        return result

    return damaging


class Accumulating:
    def __init__(self):
        self.dW = 0

    def __call__(self, dZ, X, W):
        self.dW = self.dW + X.T @ dZ
        return self.dW, dZ.sum(axis=0), dZ @ W.T


ANSWERS = {
    "02.1": 1.5,
    "02.2": stable_sigmoid,
    "02.3": tent,
    "03.1": lambda X, W, b: X @ W + b,
    "03.2": 2410,
    "03.3": nn.softmax,
    "04.1": 2.3026,
    "04.2": nn.binary_cross_entropy_grad,
    "04.3": nn.softmax_cross_entropy,
    "06.1": 4,
    "06.2": backward,
    "06.3": ["W1", "b1"],
    "07.1": step,
    "07.2": 43140,
    "07.3": epoch,
}

BUGS = [
    ("02.1", -1.5, "crosses 0"),
    ("02.2", lambda z: 1 / (1 + np.exp(-z)), "exp overflows"),
    ("02.2", lambda z: stable_sigmoid(-z), "sign of z flipped"),
    ("02.2", lambda z: stable_sigmoid(2 * z), "not 1 / "),
    ("02.2", in_place(stable_sigmoid), "changes its input"),
    ("02.2", lambda z: stable_sigmoid(z).ravel(), "shape"),
    ("02.3", lambda x: nn.relu(x - 1) - 2 * nn.relu(x - 2), "third ReLU"),
    ("02.3", lambda x: np.maximum(0, 2 - np.abs(x - 2)), "Left of 1"),
    ("03.1", lambda X, W, b: X @ W, "bias is missing"),
    ("03.1", lambda X, W, b: W.T @ X.T, "shape"),
    ("03.1", lambda X, W, b: nn.relu(X @ W + b), "row i of X"),
    ("03.1", lambda X, W, b: X @ W.T + b, "stopped with ValueError"),
    ("03.2", 2368, "weights alone"),
    ("03.2", 2400, "both layers"),
    ("03.3", lambda Z: nn.softmax(Z.T).T, "columns sum to 1"),
    ("03.3", lambda Z: np.exp(Z) / np.exp(Z).sum(), "All entries together"),
    ("03.3", softmax_without_shift, "exp overflows|overflow"),
    ("03.3", lambda Z: Z - Z + 0.25, "exp\\(Z\\[0\\]"),
    ("04.1", 1.0, "natural logarithm"),
    ("04.1", 0.1, "1/10"),
    ("04.2", lambda Z, Y: (Y - nn.sigmoid(Z)) / len(Z), "sign flipped"),
    ("04.2", lambda Z, Y: nn.sigmoid(Z) - Y, "lacks the 1/m"),
    ("04.2", lambda Z, Y: (nn.sigmoid(Z) - Y) / len(Z) ** 2, "1/m twice"),
    ("04.2", lambda Z, Y: (Z - Y) / len(Z), "differs from the slope"),
    ("04.3", lambda Z, Y: -nn.softmax_cross_entropy(Z, Y), "negative"),
    ("04.3", lambda Z, Y: 4 * nn.softmax_cross_entropy(Z, Y), "the sum over the rows"),
    ("04.3", lambda Z, Y: nn.softmax_cross_entropy(Z, Y) / 3, "all entries"),
    ("04.3", unstable_cross_entropy, "no longer finite"),
    ("06.1", 3, "zeros among"),
    (
        "06.2",
        lambda dZ, X, W: ((X.T @ dZ).T, *backward(dZ, X, W)[1:]),
        "dW is transposed",
    ),
    (
        "06.2",
        lambda dZ, X, W: (-(X.T @ dZ), *backward(dZ, X, W)[1:]),
        "dW has its sign",
    ),
    (
        "06.2",
        lambda dZ, X, W: (X.T @ dZ, dZ.mean(axis=0), dZ @ W.T),
        "db has the 1/m|db",
    ),
    ("06.2", lambda dZ, X, W: (X.T @ dZ, dZ.sum(), dZ @ W.T), "db should have"),
    ("06.2", Accumulating(), "accumulate"),
    ("06.2", in_place(backward), "changes its input"),
    ("06.3", ["W2"], "agrees with the nudges"),
    ("06.3", ["W1"], "one more"),
    ("06.3", ["w1"], "The names are"),
    ("07.1", lambda parameters, rate: step(parameters, -rate), "uphill"),
    ("07.1", lambda parameters, rate: step(parameters, 1), "forgets the learning rate"),
    ("07.1", lambda parameters, rate: step(parameters[:1], rate), "Each array"),
    ("07.2", 1438, "one epoch"),
    ("07.2", 44, "One update a sample"),
    (
        "07.3",
        lambda n, X, Y, r, rng: epoch(n, X, Y, r, rng, range(len(X))),
        "order is that of the file",
    ),
    (
        "07.3",
        lambda n, X, Y, r, rng: epoch(n, X, Y, r, rng, rng.integers(0, 12, 12)),
        "came twice",
    ),
    (
        "07.3",
        lambda n, X, Y, r, rng: epoch(n, X, Y, r, rng, rng.permutation(12)[:9]),
        "9 forward",
    ),
    ("07.3", lambda n, X, Y, r, rng: n.forward(X), "one row at a time"),
    ("07.3", lambda n, X, Y, r, rng: epoch(n, X, Y, -r, rng), "not -learning_rate"),
]


def verdict(capsys, number, answer):
    check(number, answer)
    return capsys.readouterr().out.strip()


def blank(*_):
    return ...


@pytest.mark.parametrize("number", CHECKS)
def test_a_blank_is_no_mistake(capsys, number):
    blanks = [..., None]
    if callable(ANSWERS[number]):
        blanks += [blank, lambda *_: None]
    if number == "06.2":
        blanks = [lambda dZ, X, W: (..., ..., ...)]
    for answer in blanks:
        assert "nothing to check yet" in verdict(capsys, number, answer)


@pytest.mark.parametrize("number", CHECKS)
def test_a_right_answer_passes(capsys, number):
    said = verdict(capsys, number, ANSWERS[number])
    assert "hold" in said and "not yet" not in said, said


@pytest.mark.parametrize(("number", "answer", "words"), BUGS)
def test_a_bug_is_named(capsys, number, answer, words):
    said = verdict(capsys, number, answer)
    assert said.startswith(f"{number}: not yet.") and re.search(words, said), said


def test_every_exercise_has_planted_bugs():
    assert {number for number, _, _ in BUGS} == set(CHECKS) == set(ANSWERS)


def test_an_error_in_the_answer_is_reported_not_raised(capsys):
    said = verdict(capsys, "02.2", lambda z: z.no_such_thing)
    assert "stopped with AttributeError" in said


def test_an_unknown_number_is_an_error():
    with pytest.raises(ValueError, match=r"no exercise '9\.9'"):
        check("9.9", 1)
