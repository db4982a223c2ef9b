import numpy as np
import pytest

import nn_helpers as nn


def test_central_differences_of_known_functions(rng):
    x = rng.normal(size=(2, 3))
    np.testing.assert_allclose(
        nn.numerical_gradient(lambda x: (x**3).sum(), x), 3 * x**2, atol=1e-8
    )
    np.testing.assert_allclose(
        nn.numerical_gradient(lambda x: x.sum(), np.array([1, 2])), [1, 1]
    )


def test_the_input_stays_even_if_f_damages_its_copy():
    x = np.array([1.0, 2.0])

    def careless(x):
        x *= 2
        return x.sum()

    nn.numerical_gradient(careless, x)
    np.testing.assert_array_equal(x, [1, 2])


def test_the_error_is_of_second_order():
    x, exact = np.array([0.7]), np.cos(0.7)
    error = [
        abs(nn.numerical_gradient(lambda x: np.sin(x).sum(), x, h)[0] - exact)
        for h in (1e-2, 1e-3)
    ]
    assert error[0] / error[1] == pytest.approx(100, rel=0.01)


@pytest.mark.parametrize("h", [0, -1e-5, np.nan, "small"])
def test_a_bad_step_is_named(h):
    with pytest.raises(ValueError, match="h must be"):
        nn.numerical_gradient(np.sum, np.ones(2), h)


def test_gradient_error_scale(rng):
    g = rng.normal(size=(3, 4))
    assert nn.gradient_error(g, g) == 0
    assert nn.gradient_error(-g, g) == pytest.approx(1)
    assert nn.gradient_error(2 * g, g) == pytest.approx(1 / 3)
    assert nn.gradient_error(1e6 * g, 1e6 * g * (1 + 1e-4)) == pytest.approx(
        5e-5, rel=0.01
    )
    assert nn.gradient_error(np.zeros(3), np.zeros(3)) == 0
    assert nn.gradient_error([1e-10], [-1e-10]) == 1, "small is no excuse"
    with pytest.raises(ValueError, match=r"\(3, 4\) and \(4, 3\)"):
        nn.gradient_error(g, g.T)


def test_the_rounding_of_x_is_no_error_of_the_slope():
    # 1e5 +- 1e-5 are rounded by up to 7e-12, a relative error of 7e-7 in 2h.
    for at in (1e5 + 0.1, 12345.6789):
        slope = nn.numerical_gradient(lambda x, at=at: x[0] - at, np.array([at]))
        assert slope[0] == 1


def test_f_must_return_one_number():
    with pytest.raises(TypeError, match=r"one number, got an array of shape \(2,\)"):
        nn.numerical_gradient(lambda x: 2 * x, np.ones(2))
    with pytest.raises(TypeError, match="real numbers"):
        nn.numerical_gradient(lambda x: None, np.ones(2))
    with pytest.raises(ValueError, match="lost in the rounding"):
        nn.numerical_gradient(lambda x: x[0], np.array([1e20]))
