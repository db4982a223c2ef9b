import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nn_helpers import numerical_gradient, relu, relu_prime, sigmoid, softmax, tanh
from nn_helpers.activations import ACTIVATIONS

FLOATS = st.floats(-50, 50, allow_subnormal=False)
ARRAYS = hnp.arrays(
    np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=FLOATS
)
MATRICES = hnp.arrays(np.float64, (3, 4), elements=FLOATS)


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(Z=ARRAYS)
def test_slopes_agree_with_nudges(name, Z):
    g, g_prime = ACTIVATIONS[name]
    Z = np.where(np.abs(Z) < 0.001, 0.5, Z)  # no nudge across ReLU's corner
    nudged = numerical_gradient(lambda z: g(z).sum(), Z)
    np.testing.assert_allclose(g_prime(Z), nudged, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_shape_dtype_and_input_stay(name, dtype):
    Z = np.linspace(-3, 3, 12).reshape(2, 3, 2).astype(dtype)
    before = Z.copy()
    for function in ACTIVATIONS[name]:
        result = function(Z)
        assert result.shape == Z.shape and result.dtype == dtype
    np.testing.assert_array_equal(Z, before)


def test_relu_clamps_and_its_slope_at_zero_is_zero():
    z = np.array([-2.0, -0.0, 0.0, 1e-300, 3.0])
    np.testing.assert_array_equal(relu(z), [0, 0, 0, 1e-300, 3])
    np.testing.assert_array_equal(relu_prime(z), [0, 0, 0, 1, 1])


def test_known_values():
    np.testing.assert_allclose(
        sigmoid(np.array([-5.0, 0, 10])), [0.006692851, 0.5, 0.9999546], rtol=1e-6
    )
    np.testing.assert_allclose(tanh(1.0), (np.e - 1 / np.e) / (np.e + 1 / np.e))
    np.testing.assert_allclose(softmax([[0.0, np.log(3)]]), [[0.25, 0.75]])


def test_extreme_inputs_stay_finite_without_a_warning():
    z = np.array([-1e4, -800.0, 0.0, 800.0, 1e4])
    for g, g_prime in ACTIVATIONS.values():
        assert np.isfinite(g(z)).all() and np.isfinite(g_prime(z)).all()
    np.testing.assert_array_equal(sigmoid(z), [0, 0, 0.5, 1, 1])
    assert sigmoid(-40.0) == pytest.approx(np.exp(-40.0))
    assert np.isfinite(softmax(z)).all()


@given(Z=MATRICES, shift=FLOATS)
def test_softmax_properties(Z, shift):
    P = softmax(Z)
    np.testing.assert_allclose(P.sum(axis=1), 1)
    assert (P >= 0).all()
    np.testing.assert_allclose(softmax(Z + shift), P, rtol=1e-9, atol=1e-12)
    assert (
        np.diff(np.take_along_axis(P, Z.argsort(axis=1), axis=1), axis=1) >= 0
    ).all()


@given(Z=hnp.arrays(np.float64, (3, 2), elements=FLOATS))
def test_two_class_softmax_is_the_sigmoid_of_the_difference(Z):
    np.testing.assert_allclose(softmax(Z)[:, 1], sigmoid(Z[:, 1] - Z[:, 0]), atol=1e-12)


@given(Z=ARRAYS)
def test_sigmoid_is_symmetric(Z):
    np.testing.assert_allclose(sigmoid(Z) + sigmoid(-Z), 1)
