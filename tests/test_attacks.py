"""Gradients by pixel, and attacks that stay in their box."""

import itertools

import numpy as np
import pytest

import nn_helpers as nn


def case(n_out=3, m=4, seed=1):
    rng = np.random.default_rng(seed)
    network = nn.Network([5, 6, n_out], "tanh", rng=rng)
    X = rng.uniform(0.1, 0.9, (m, 5))
    if n_out == 1:
        return network, X, rng.integers(0, 2, (m, 1)) * 1.0
    return network, X, np.eye(n_out)[rng.integers(0, n_out, m)]


@pytest.mark.parametrize("n_out", [1, 3])
def test_the_input_gradient_agrees_with_nudges_row_by_row(n_out):
    network, X, Y = case(n_out)
    loss = nn.softmax_cross_entropy if n_out > 1 else nn.binary_cross_entropy
    found = nn.input_gradient(network, X, Y)
    for row in range(len(X)):

        def of_row(x, row=row):
            return loss(network.forward(x[None]), Y[row : row + 1])

        slopes = nn.numerical_gradient(of_row, X[row])
        np.testing.assert_allclose(found[row], slopes, atol=1e-8)


def test_no_corner_of_the_box_raises_the_straight_loss_more():
    network, X, Y = case()
    g, epsilon = nn.input_gradient(network, X, Y), 0.01
    step = nn.fgsm(network, X, Y, epsilon) - X
    inside = (X > epsilon) & (X < 1 - epsilon)
    assert inside.all(), "the case has no pixel that is clipped"
    np.testing.assert_allclose((g * step).sum(axis=1), epsilon * np.abs(g).sum(axis=1))
    for signs in itertools.product((-1, 1), repeat=5):
        rise = (g * (epsilon * np.array(signs))).sum(axis=1)
        assert (rise <= (g * step).sum(axis=1) + 1e-15).all()


@pytest.mark.parametrize("epsilon", [0.0, 0.05, 0.3, 1.0])
def test_attacks_stay_in_the_box_and_leave_everything_as_it_was(epsilon):
    network, X, Y = case()
    weights = [array.copy() for _, array, _ in network.parameters()]
    kept = X.copy()
    for attacked in (nn.fgsm(network, X, Y, epsilon), nn.pgd(network, X, Y, epsilon)):
        assert np.abs(attacked - X).max() <= epsilon + 1e-12
        assert attacked.min() >= 0 and attacked.max() <= 1
    np.testing.assert_array_equal(X, kept)
    for (_, array, _), before in zip(network.parameters(), weights, strict=True):
        np.testing.assert_array_equal(array, before)
    if epsilon == 0:
        np.testing.assert_array_equal(nn.fgsm(network, X, Y, 0), X)


def test_pgd_takes_steps_and_comes_back_into_the_box():
    network, X, Y = case()
    by_hand = X
    for _ in range(3):
        by_hand = np.clip(
            by_hand + 0.05 * np.sign(nn.input_gradient(network, by_hand, Y)), 0, 1
        )
        by_hand = np.clip(by_hand, X - 0.2, X + 0.2)
    np.testing.assert_array_equal(nn.pgd(network, X, Y, 0.2, steps=3), by_hand)


def test_an_attack_is_no_noise_on_the_digits():
    """What lesson 10 shows: a tenth from paper to ink halves it, noise does nothing."""
    network = nn.load_digits_network()
    parts = nn.split(*nn.load_digits(), (0.8, 0.2), np.random.default_rng(7))
    X, y = parts[1]
    Y = nn.one_hot(y, 10)
    coin = np.random.default_rng(1).choice([-0.1, 0.1], X.shape)
    noisy = nn.accuracy(network.predict(np.clip(X + coin, 0, 1)), y)
    step = nn.accuracy(network.predict(nn.fgsm(network, X, Y, 0.1)), y)
    steps = nn.accuracy(network.predict(nn.pgd(network, X, Y, 0.1)), y)
    assert noisy > 0.93 and step < 0.55 and steps <= step


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda n, X, Y: nn.fgsm(n, X, Y, 1.5), ValueError, "epsilon must be a number"),
        (lambda n, X, Y: nn.fgsm(n, X, Y, "big"), ValueError, "epsilon must be"),
        (lambda n, X, Y: nn.pgd(n, X, Y, 0.1, 0), ValueError, "steps must be a whole"),
        (lambda n, X, Y: nn.fgsm(n, X[:, :4], Y, 0.1), ValueError, r"shape \(m, 5\)"),
        (lambda n, X, Y: nn.fgsm(n, X, Y[:2], 0.1), ValueError, "expected Z and Y"),
        (lambda n, X, Y: nn.fgsm(n, X + 1, Y, 0.1), ValueError, "pixels from 0 to 1"),
        (lambda n, X, Y: nn.pgd(n, X, Y, 2), ValueError, "epsilon must be a number"),
        (lambda n, X, Y: nn.input_gradient(n, "x", Y), TypeError, "real numbers"),
    ],
)
def test_other_calls_are_refused(call, kind, words):
    with pytest.raises(kind, match=words):
        call(*case())
