"""Hostile calls: a right result or a clear error, never a silent wrong number.

Each public function of numbers meets arrays of every kind: empty, 0-d, whole,
unsigned, boolean, complex, object, text, NaN, infinite, read-only, strided, one
row, one column, mismatched. What comes back is compared with the same function
on a clean float64 copy, and with a plain formula; the caller's arrays must stay
as they are, and nothing that is returned or kept may be a view of them.
"""

import os
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nn_helpers as nn

# `make test LEG=nightly` asks for more of each, and draws them anew.
TIMES = int(os.environ.get("HOSTILE_TIMES", "1"))
CALLS = [0]

KINDS = ("float64", "float32", "float16", "int64", "int8", "uint8", "bool")
KINDS += ("complex128", "object", "str")
SHAPES = [(), (0,), (3,), (1, 3), (3, 1), (4, 3), (1, 1), (0, 3), (3, 0), (2, 3, 2)]
CLEAR = (ValueError, TypeError, RuntimeError)


@st.composite
def arrays(draw, shapes=SHAPES):
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    kind, shape = draw(st.sampled_from(KINDS)), draw(st.sampled_from(shapes))
    values = rng.integers(0, 2 if draw(st.booleans()) else 200, shape)
    if kind.startswith("float"):
        values = rng.normal(size=shape) * draw(st.sampled_from([1, 30, 1000]))
        if values.size and draw(st.integers(0, 3)) == 0:
            special = draw(st.sampled_from([np.nan, np.inf, -np.inf]))
            values.flat[rng.integers(values.size)] = special
    with np.errstate(all="ignore"):
        array = np.asarray(values).astype(kind)
    way = draw(st.sampled_from(["plain", "read-only", "strided", "list"]))
    if way == "read-only":
        array.flags.writeable = False
    if way == "strided" and array.ndim:
        array = np.repeat(array, 2, axis=-1)[..., ::2]
    return array.tolist() if way == "list" else array


def clean(array):
    """The float64 copy, or None where the numbers are not real."""
    array = np.asarray(array)
    if array.dtype.kind not in "biuf":
        return None
    return array.astype(array.dtype if array.dtype.kind == "f" else np.float64)


def same_value(found, expected, kind):
    tolerance = {"float16": 5e-3, "float32": 1e-5}.get(kind, 1e-9)
    return np.allclose(found, expected, rtol=tolerance, atol=tolerance, equal_nan=True)


REFERENCE = {
    "relu": lambda z: np.where(np.isnan(z), np.nan, np.where(z > 0, z, 0)),
    "relu_prime": lambda z: np.where(np.isnan(z), np.nan, np.where(z > 0, 1.0, 0)),
    "sigmoid": lambda z: np.exp(-np.logaddexp(0, -z)),
    "sigmoid_prime": lambda z: np.exp(-np.logaddexp(0, -z) - np.logaddexp(0, z)),
    "tanh": np.tanh,
    "tanh_prime": lambda z: 1 - np.tanh(z) ** 2,
    "identity": lambda z: z,
    "identity_prime": np.ones_like,
    "softmax": lambda z: np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True)),
}


def call(function, *arguments):
    """Return the result, or None after a clear error; arguments must stay."""
    CALLS[0] += 1
    kept = [np.array(argument) for argument in arguments]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            result = function(*arguments)
        except CLEAR as error:
            assert len(str(error)) > 20, f"an obscure message: {error}"
            assert "ufunc" not in str(error) and "broadcast" not in str(error), error
            result = None
    for argument, before in zip(arguments, kept, strict=True):
        np.testing.assert_array_equal(np.array(argument), before)
        if isinstance(result, np.ndarray) and isinstance(argument, np.ndarray):
            assert not np.shares_memory(result, argument), "a view of the caller's"
    return result


@pytest.mark.parametrize("name", REFERENCE)
@settings(max_examples=60 * TIMES)
@given(Z=arrays())
def test_activations(name, Z):
    found = call(getattr(nn, name), Z)
    values = clean(Z)
    no_row = name == "softmax" and (np.ndim(Z) == 0 or np.shape(Z)[-1] == 0)
    assert (found is None) == (values is None or no_row)
    if found is not None:
        kind = str(values.dtype)
        with np.errstate(all="ignore"):
            right = REFERENCE[name](values.astype(np.float64))
        if name == "softmax":  # infinite logits have no probabilities
            right[~np.isfinite(values).all(axis=-1)] = np.nan
            found = np.where(np.isnan(right), np.nan, found)
        assert found.dtype.kind == "f" and same_value(found, right, kind)


LOSSES = {
    "mean_squared_error": lambda z, y: np.mean((z - y) ** 2),
    "mean_squared_error_grad": lambda z, y: 2 * (z - y) / z.size,
    "binary_cross_entropy": lambda z, y: np.mean(np.logaddexp(0, z) - z * y),
    "binary_cross_entropy_grad": lambda z, y: (REFERENCE["sigmoid"](z) - y) / z.size,
    "softmax_cross_entropy": lambda z, y: (
        -np.sum(y * (z - np.logaddexp.reduce(z, axis=1, keepdims=True))) / len(z)
    ),
    "softmax_cross_entropy_grad": lambda z, y: (REFERENCE["softmax"](z) - y) / len(z),
}


@pytest.mark.parametrize("name", LOSSES)
@settings(max_examples=80 * TIMES)
@given(Z=arrays(), Y=arrays(), alike=st.booleans())
def test_losses(name, Z, Y, alike):
    if alike and np.asarray(Z).dtype.kind in "biuf":
        Y = (np.asarray(Z) > 0).astype(int)
        if name.startswith("softmax") and np.ndim(Z) == 2 and np.size(Z):
            Y = np.eye(np.shape(Z)[1])[np.zeros(len(Y), int)]
    found = call(getattr(nn, name), Z, Y)
    z, y = clean(Z), clean(Y)
    if found is None:
        return
    assert z is not None and y is not None and z.shape == y.shape and z.size
    finite = np.isfinite(z).all() and np.isfinite(y).all()
    if finite:
        with np.errstate(all="ignore"):
            right = LOSSES[name](z.astype(np.float64), y.astype(np.float64))
        coarse = "float16" in (str(z.dtype), str(y.dtype)) or "float32" in (
            str(z.dtype),
            str(y.dtype),
        )
        if not (coarse and np.abs(z).max() > 100):
            assert same_value(found, right, "float16" if coarse else "float64")
        if not name.endswith("grad"):
            assert found >= -1e-6, "a negative loss"
    else:
        assert (
            name.endswith("grad") or not 0 < np.abs(found) < np.inf or np.isnan(found)
        )


@pytest.mark.parametrize("activation", ["relu", "tanh", "identity"])
@settings(max_examples=80 * TIMES)
@given(X=arrays(), dA=arrays())
def test_layers(activation, X, dA):
    layer = nn.Dense(3, 2, activation, np.random.default_rng(1))
    A = call(layer.forward, X)
    assert (A is None) == (clean(X) is None or np.shape(X)[1:] != (3,) or not len(X))
    if A is None:
        return
    x = clean(X).astype(np.float64)
    with np.errstate(all="ignore"):
        z = x @ layer.W + layer.b
        right = REFERENCE[activation](z)
    finite = np.isfinite(x).all()
    assert not finite or same_value(A, right, "float32")
    back = np.asarray(dA)
    back = np.resize(back, A.shape) if back.size else back
    dX = call(layer.backward, back)
    assert (dX is None) == (clean(back) is None or back.shape != A.shape)
    for kept in (layer.X, layer.Z, layer.dZ, layer.dW, layer.db):
        for given_array in (X, back):
            if isinstance(given_array, np.ndarray) and kept is not None:
                assert not np.shares_memory(kept, given_array)
    if dX is not None and finite and np.isfinite(clean(back)).all():
        dZ = clean(back) * REFERENCE[f"{activation}_prime"](z)
        with np.errstate(all="ignore"):
            for found, expected in (
                (dX, dZ @ layer.W.T),
                (layer.dW, x.T @ dZ),
                (layer.db, dZ.sum(axis=0)),
            ):
                size = max(1.0, np.abs(expected).max())
                assert same_value(found / size, expected / size, "float16")


@settings(max_examples=80 * TIMES)
@given(X=arrays(), method=st.sampled_from(["predict", "predict_proba", "forward"]))
def test_networks(X, method):
    network = nn.Network([3, 4, 2], rng=np.random.default_rng(1))
    found = call(getattr(network, method), X)
    fits = clean(X) is not None and np.shape(X)[1:] == (3,) and len(X)
    usable = fits and (method == "forward" or np.isfinite(clean(X)).all())
    assert (found is None) == (not usable)


@settings(max_examples=80 * TIMES)
@given(y=arrays(), n_classes=st.sampled_from([1, 3, 200, 0, -1, 2.0, True, "3", None]))
def test_one_hot(y, n_classes):
    found = call(lambda y: nn.one_hot(y, n_classes), y)
    if found is not None:
        values = clean(y)
        assert found.shape == (len(values), n_classes)
        np.testing.assert_array_equal(found.argmax(axis=1), values)
        np.testing.assert_array_equal(found.sum(axis=1), 1)


@settings(max_examples=80 * TIMES)
@given(a=arrays(), b=arrays(), alike=st.booleans())
def test_accuracy_and_gradient_error(a, b, alike):
    b = a if alike else b
    for function in (nn.accuracy, nn.gradient_error):
        found = call(function, a, b)
        if found is not None:
            assert clean(a) is not None and np.shape(a) == np.shape(b)
            assert np.isnan(found) or 0 <= found <= 1 + 1e-12
            if alike and np.isfinite(clean(a)).all():
                assert found == (1 if function is nn.accuracy else 0)


@settings(max_examples=80 * TIMES)
@given(X=arrays())
def test_standardizer(X):
    found = call(lambda X: nn.Standardizer().fit(X).transform(X), X)
    if found is None:
        return
    values = clean(X).astype(np.float64)
    assert found.shape == values.shape
    varied = np.ptp(values, axis=0) > 0
    np.testing.assert_allclose(found.std(axis=0)[varied], 1, rtol=1e-6)
    np.testing.assert_allclose(found.mean(axis=0)[varied], 0, atol=1e-6)
    np.testing.assert_array_equal(found[:, ~varied], 0)


@settings(max_examples=80 * TIMES)
@given(X=arrays(), right=st.sampled_from([0, 1, -9, 10**9, 1.0, True, "1", None]))
def test_shift_images(X, right):
    found = call(nn.shift_images, X, right, 1)
    side = np.sqrt(np.shape(X)[-1]) if np.ndim(clean(X)) == 2 else 0.5
    fits = side % 1 == 0 and side > 0 and len(X) and type(right) is int
    assert (found is None) == (not fits)
    if found is not None:
        assert found.shape == np.shape(X)


@settings(max_examples=80 * TIMES)
@given(array=arrays(), gradient=arrays(), rate=st.sampled_from([0.5, 1e-3]))
def test_steps(array, gradient, rate):
    CALLS[0] += 1
    before, other = np.array(array), np.ones(2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            nn.SGD(rate).step([("o", other, np.ones(2)), ("w", array, gradient)])
        except CLEAR:
            np.testing.assert_array_equal(np.array(array), before)
            np.testing.assert_array_equal(other, 1)
        else:
            right = before - rate * clean(gradient)
            assert same_value(array, right, "float16")


def test_constant_columns_become_exactly_0():
    standardizer = nn.Standardizer().fit(np.full((6, 1), 0.1))
    assert (standardizer.transform(np.full((6, 1), 0.1)) == 0).all()
    assert abs(standardizer.transform([[0.2]])[0, 0]) < 1


if TIMES > 1:

    def test_the_nightly_profile_has_made_its_calls():
        print(f"{CALLS[0]:,} hostile calls")
        assert CALLS[0] >= 20_000
