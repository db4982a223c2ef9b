import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn_helpers as nn
from nn_helpers.losses import GRADIENTS, loss_and_gradient

LOSSES = {loss.__name__: (loss, grad) for loss, grad in GRADIENTS.items()}


def example(name, m, rng):
    """Logits (or predictions) and targets that fit the loss."""
    if name == "binary_cross_entropy":
        return rng.normal(size=(m, 1)) * 3, (rng.random((m, 1)) < 0.5) * 1.0
    Z = rng.normal(size=(m, 3)) * 2
    if name == "mean_squared_error":
        return Z, rng.normal(size=(m, 3))
    return Z, np.eye(3)[rng.integers(0, 3, m)]


@pytest.mark.parametrize("name", LOSSES)
@given(m=st.integers(1, 7), seed=st.integers(0, 1000))
def test_gradients_agree_with_nudges(name, m, seed):
    loss, gradient = LOSSES[name]
    Z, Y = example(name, m, np.random.default_rng(seed))
    nudged = nn.numerical_gradient(lambda z: loss(z, Y), Z)
    assert nn.gradient_error(gradient(Z, Y), nudged) < 1e-6


@pytest.mark.parametrize("name", LOSSES)
def test_inputs_stay_and_the_loss_is_a_float(name, rng):
    loss, gradient = LOSSES[name]
    Z, Y = example(name, 4, rng)
    copies = Z.copy(), Y.copy()
    assert type(loss(Z, Y)) is float
    assert gradient(Z, Y).shape == Z.shape
    np.testing.assert_array_equal(Z, copies[0])
    np.testing.assert_array_equal(Y, copies[1])


@pytest.mark.parametrize("name", LOSSES)
def test_a_mean_does_not_change_when_the_rows_are_repeated(name, rng):
    loss, gradient = LOSSES[name]
    Z, Y = example(name, 5, rng)
    assert loss(np.tile(Z, (3, 1)), np.tile(Y, (3, 1))) == pytest.approx(loss(Z, Y))
    np.testing.assert_allclose(
        gradient(np.tile(Z, (3, 1)), np.tile(Y, (3, 1)))[:5], gradient(Z, Y) / 3
    )


def test_definitions(rng):
    Z, Y = example("softmax_cross_entropy", 6, rng)
    by_hand = -np.log(nn.softmax(Z)[Y == 1]).mean()
    assert nn.softmax_cross_entropy(Z, Y) == pytest.approx(by_hand)
    Z, Y = example("binary_cross_entropy", 6, rng)
    P = nn.sigmoid(Z)
    by_hand = -(Y * np.log(P) + (1 - Y) * np.log(1 - P)).mean()
    assert nn.binary_cross_entropy(Z, Y) == pytest.approx(by_hand)
    assert nn.mean_squared_error([[1.0, 2.0]], [[3.0, 2.0]]) == 2.0


@pytest.mark.parametrize("size", [1e4, -1e4])
def test_logits_of_ten_thousand_stay_finite(size):
    Z, Y = np.array([[size, 0.0], [0.0, size]]), np.array([[0.0, 1.0], [0.0, 1.0]])
    expected = [10_000, 0] if size > 0 else [0, 10_000]
    assert nn.softmax_cross_entropy(Z, Y) == pytest.approx(np.mean(expected))
    z, y = np.array([[size]]), np.array([[0.0]])
    assert nn.binary_cross_entropy(z, y) == pytest.approx(max(size, 0))
    assert np.isfinite(nn.softmax_cross_entropy_grad(Z, Y)).all()
    assert np.isfinite(nn.binary_cross_entropy_grad(z, y)).all()


@pytest.mark.parametrize("name", LOSSES)
def test_shapes_that_would_broadcast_are_refused(name):
    for function in LOSSES[name]:
        with pytest.raises(ValueError, match=r"\(4, 1\) and \(4,\)"):
            function(np.zeros((4, 1)), np.zeros(4))
        with pytest.raises(ValueError, match="not empty"):
            function(np.zeros((0, 3)), np.zeros((0, 3)))


def test_unknown_losses_are_listed():
    known = "mean_squared_error, binary_cross_entropy, softmax_cross_entropy"
    for other in ("hinge", lambda Z, Y: 0.0, None, "softmax_cross_entropy", (abs,)):
        with pytest.raises(ValueError, match=f"{known}, or your own pair"):
            loss_and_gradient(other)
    pair = (abs, abs)
    assert loss_and_gradient(pair) is pair
    assert loss_and_gradient(nn.binary_cross_entropy)[1] is nn.binary_cross_entropy_grad


def test_small_losses_survive_float32():
    Z, Y = np.float32([[20.0]]), np.float32([[1.0]])
    assert nn.binary_cross_entropy(Z, Y) == pytest.approx(2.061e-9, rel=1e-3)


def test_targets_that_are_no_probabilities_are_refused():
    with pytest.raises(ValueError, match="from 0 to 1, got values from 0 to 2"):
        nn.binary_cross_entropy(np.zeros((2, 1)), [[2], [0]])
    with pytest.raises(ValueError, match="at least 2, got 1"):
        nn.softmax_cross_entropy(np.zeros((2, 1)), np.ones((2, 1)))
    with pytest.raises(ValueError, match="sum to 1"):
        nn.softmax_cross_entropy(np.zeros((2, 3)), np.ones((2, 3)))


def test_whole_numbers_do_not_wrap_around():
    zero, sixteen = np.array([[0]], np.uint8), np.array([[16]], np.uint8)
    assert nn.mean_squared_error(zero, sixteen) == 256
    assert nn.mean_squared_error_grad(zero, np.array([[1]], np.uint8)) == -2
