import numpy as np
import pytest

import nn_helpers as nn
from nn_helpers.activations import ACTIVATIONS
from nn_helpers.losses import GRADIENTS

LOSSES = {loss.__name__: (loss, grad) for loss, grad in GRADIENTS.items()}

DEPTHS = {1: [], 2: [5], 3: [5, 4]}


def parameter_errors(network, X, Y, loss):
    """{name: relative error of the gradient in place against nudges}."""
    errors = {}
    for name, array, gradient in network.parameters():
        kept = array.copy()

        def loss_with(values, array=array):
            array[...] = values
            return loss(network.forward(X), Y)

        errors[name] = nn.gradient_error(
            gradient, nn.numerical_gradient(loss_with, kept)
        )
        array[...] = kept
    return errors


@pytest.mark.parametrize("m", [1, 2, 7])
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("loss_name", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_gradient_agrees_with_nudges(activation, loss_name, depth, m):
    rng = np.random.default_rng([depth, m, len(activation), len(loss_name)])
    loss, loss_grad = LOSSES[loss_name]
    n_out = 1 if loss_name == "binary_cross_entropy" else 3
    network = nn.Network([6, *DEPTHS[depth], n_out], activation, rng=rng)
    for layer in network.layers:  # biases of 0 would hide a bias mistake
        layer.b += rng.normal(size=layer.b.shape)
    X = rng.normal(size=(m, 6))
    Y = np.eye(3)[rng.integers(0, 3, m)][:, :n_out]
    corner = min(
        np.abs(layer.Z).min()
        for layer in network.layers
        if network.forward(X) is not None
    )
    assert corner > 1e-4, "choose another seed: a nudge would cross a corner"
    network.backward(loss_grad(network.forward(X), Y))
    errors = parameter_errors(network, X, Y, loss)
    assert max(errors.values()) < 1e-6, errors

    Z = network.forward(X)
    dX = network.backward(loss_grad(Z, Y), input_gradient=True)
    nudged = nn.numerical_gradient(lambda x: loss(network.forward(x), Y), X)
    assert nn.gradient_error(dX, nudged) < 1e-6


def small(rng, **options):
    return nn.Network([3, 4, 2], rng=rng, **options)


def test_gradients_are_set_and_never_accumulate(rng):
    network, X, dZ = small(rng), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    network.forward(X)
    network.backward(dZ)
    first = [gradient.copy() for _, _, gradient in network.parameters()]
    network.backward(dZ)
    for once, (_, _, twice) in zip(first, network.parameters(), strict=True):
        np.testing.assert_array_equal(once, twice)


@pytest.mark.parametrize("m", [1, 5])
def test_inputs_and_weights_stay(rng, m):
    network, X, dZ = small(rng), rng.normal(size=(m, 3)), rng.normal(size=(m, 2))
    kept = [X.copy(), dZ.copy(), *(a.copy() for _, a, _ in network.parameters())]
    network.forward(X)
    network.backward(dZ, input_gradient=True)
    now = [X, dZ, *(a for _, a, _ in network.parameters())]
    for before, after in zip(kept, now, strict=True):
        np.testing.assert_array_equal(before, after)


def test_one_row_and_many_rows_agree(rng):
    network, X, dZ = small(rng), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    network.forward(X)
    network.backward(dZ)
    whole = [gradient.copy() for _, _, gradient in network.parameters()]
    total = [np.zeros_like(gradient) for gradient in whole]
    for i in range(5):
        network.forward(X[i : i + 1])
        network.backward(dZ[i : i + 1])
        for sum_, (_, _, gradient) in zip(total, network.parameters(), strict=True):
            sum_ += gradient
    for one, other in zip(whole, total, strict=True):
        np.testing.assert_allclose(one, other)


def test_backward_returns_the_input_gradient_only_when_asked(rng):
    network = small(rng)
    network.forward(np.ones((2, 3)))
    assert network.backward(np.ones((2, 2))) is None
    assert network.backward(np.ones((2, 2)), input_gradient=True).shape == (2, 3)


def test_parameters_are_the_network_s_own_arrays(rng):
    network = small(rng)
    triples = network.parameters()
    assert [name for name, _, _ in triples] == ["W1", "b1", "W2", "b2"]
    assert [array.shape for _, array, _ in triples] == [(3, 4), (4,), (4, 2), (2,)]
    assert all(gradient is None for _, _, gradient in triples)
    triples[0][1][...] = 0
    assert not network.layers[0].W.any()


@pytest.mark.parametrize(
    ("activation", "variance"), [("relu", 2), ("tanh", 1), ("sigmoid", 1)]
)
def test_initialisation(activation, variance):
    rng = np.random.default_rng(1)
    layer = nn.Dense(400, 300, activation, rng)
    assert layer.W.var() * 400 == pytest.approx(variance, rel=0.02)
    assert abs(layer.W.mean()) < 0.001 and not layer.b.any()
    assert (
        nn.Network([400, 5, 300], activation, rng=rng).layers[1].activation
        == "identity"
    )


def test_float32_stays_float32_and_starts_from_the_same_weights():
    single = nn.Network([3, 4, 2], rng=np.random.default_rng(1), dtype=np.float32)
    double = nn.Network([3, 4, 2], rng=np.random.default_rng(1))
    Z = single.forward(np.ones((2, 3)))
    single.backward(nn.softmax_cross_entropy_grad(Z, np.eye(2, dtype=np.float32)))
    for (_, array, gradient), (_, wide, _) in zip(
        single.parameters(), double.parameters(), strict=True
    ):
        assert array.dtype == gradient.dtype == np.float32
        np.testing.assert_allclose(array, wide, rtol=1e-6)
    assert Z.dtype == np.float32


@pytest.mark.parametrize(
    "X", [[[1, 2, 3]], np.array([[1, 2, 3]]), np.array([[True, False, True]])]
)
def test_real_and_integer_input_is_cast(rng, X):
    assert small(rng).forward(X).dtype == np.float64
    layer = nn.Dense(3, 2, "relu", rng)
    layer.forward(np.asarray(X, np.float32))
    assert layer.X.dtype == np.float64


def test_predictions(rng):
    network, X = small(rng), rng.normal(size=(6, 3))
    P = network.predict_proba(X)
    np.testing.assert_allclose(P, nn.softmax(network.forward(X)))
    np.testing.assert_array_equal(network.predict(X), P.argmax(axis=1))
    single = nn.Network([3, 4, 1], rng=rng)
    np.testing.assert_allclose(single.predict_proba(X), nn.sigmoid(single.forward(X)))
    np.testing.assert_array_equal(
        single.predict(X), single.predict_proba(X)[:, 0] >= 0.5
    )
    assert single.predict(X).shape == (6,)


BAD_X = [
    (np.ones((10, 32)), ValueError, r"expected X of shape \(m, 3\), got \(10, 32\)"),
    (np.ones(3), ValueError, r"\(m, 3\), got \(3,\)"),
    (np.ones((0, 3)), ValueError, "at least one row"),
    ([], ValueError, "shape"),
    (np.array([[1.0, np.nan, 0.0]]), ValueError, r"finite, got nan at index \(0, 1\)"),
    (np.array([[1.0, np.inf, 0.0]]), ValueError, "finite, got inf"),
    (np.array([["a", "b", "c"]]), TypeError, "real numbers"),
    (np.ones((2, 3)) * 1j, TypeError, "real numbers, got an array of dtype complex128"),
    (np.array([[None, 1, 2]]), TypeError, "object"),
    ([[1.0, 2.0, 3.0], [1.0]], TypeError, "array of numbers"),
]


@pytest.mark.parametrize(("X", "error", "message"), BAD_X)
@pytest.mark.parametrize("method", ["predict", "predict_proba"])
def test_bad_input_is_named_and_changes_nothing(rng, X, error, message, method):
    network = small(rng)
    kept = [array.copy() for _, array, _ in network.parameters()]
    with pytest.raises(error, match=message):
        getattr(network, method)(X)
    for before, (_, array, _) in zip(kept, network.parameters(), strict=True):
        np.testing.assert_array_equal(before, array)


@pytest.mark.parametrize(
    ("X", "error", "message"), [case for case in BAD_X if "finite" not in case[2]]
)
def test_forward_names_bad_input_too(rng, X, error, message):
    for part in (nn.Dense(3, 2, "relu", rng), small(rng)):
        with pytest.raises(error, match=message):
            part.forward(X)


@pytest.mark.parametrize("m", [1, 4])
def test_caches_and_gradients_are_the_layer_s_own(rng, m):
    layer = nn.Dense(3, 2, "identity", rng)
    X, dA = rng.normal(size=(m, 3)), rng.normal(size=(m, 2))
    A, expected = layer.forward(X), X.T @ dA
    X += 100  # what the caller does afterwards changes nothing
    dX = layer.backward(dA)
    np.testing.assert_allclose(layer.dW, expected)
    for kept in (layer.X, layer.Z, layer.dZ, layer.dW, layer.db, A, dX):
        assert not np.shares_memory(kept, X) and not np.shares_memory(kept, dA)
    assert not np.shares_memory(A, layer.Z)


def test_nan_is_never_turned_into_a_number(rng):
    Z = small(rng).forward([[np.nan, 0.0, 1.0]])
    assert np.isnan(Z).all() and np.isnan(nn.relu_prime(np.nan))


def test_large_finite_input_is_not_taken_for_infinity(rng):
    network = nn.Network([2, 1], rng=rng)
    with np.errstate(over="ignore"):
        assert np.isfinite(network.forward(np.array([[1e200, -1e200]]))).all()


def test_backward_says_what_it_misses(rng):
    network = small(rng)
    with pytest.raises(RuntimeError, match="forward"):
        network.backward(np.ones((2, 2)))
    network.forward(np.ones((2, 3)))
    with pytest.raises(ValueError, match=r"\(2, 2\), got \(3, 2\)"):
        network.backward(np.ones((3, 2)))


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda rng: nn.Network([3], rng=rng), ValueError, "n_in, ..., n_out"),
        (lambda rng: nn.Network([3, 0, 2], rng=rng), ValueError, "at least 1, got 0"),
        (lambda rng: nn.Network([3, 2.5], rng=rng), ValueError, "whole number"),
        (
            lambda rng: nn.Network([3, 2], "gelu", rng=rng),
            ValueError,
            "relu, sigmoid, tanh, identity",
        ),
        (lambda rng: nn.Network([3, 2], rng=0), TypeError, "numpy.random.Generator"),
        (
            lambda rng: nn.Network([3, 2], rng=rng, dtype=int),
            ValueError,
            "float64 or float32",
        ),
        (
            lambda rng: nn.Network([3, 2], rng=rng, dtype="wide"),
            ValueError,
            "float64 or float32",
        ),
        (
            lambda rng: nn.Dense(3, 2, "step", rng),
            ValueError,
            "unknown activation 'step'",
        ),
    ],
)
def test_bad_networks_are_refused(rng, make, error, message):
    with pytest.raises(error, match=message):
        make(rng)
