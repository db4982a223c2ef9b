"""Gradients by finite differences, to check those made by calculus."""

import numpy as np

from nn_helpers._edge import floats, positive_number, real_array


def numerical_gradient(f, x, h=1e-5):
    """Central differences: (f(x + h e_i) - f(x - h e_i)) / (2 h) for each entry.

    f: takes an array shaped like x, returns a float. x: a real array of any
    shape; it stays as it is, f gets copies. Returns a float64 array like x.
    The error is of order h^2 |f'''| from the formula, plus about 1e-16 |f| / h
    from rounding in f. (x +- h is rounded as well; dividing by the distance
    between the two, as they are, undoes that.) For f, x and f''' of order 1
    the sum is smallest near h = 1e-5. It assumes that f computes in float64.
    Raises TypeError when x is no real array or f returns no number, ValueError
    when h is not > 0 or is lost in the rounding of x.

    >>> numerical_gradient(lambda x: (x**2).sum(), np.array([1.0, -3.0])).round(6)
    array([ 2., -6.])

    Source: Press and others, "Numerical Recipes", 3rd ed., 2007, section 5.7.
    """
    x = real_array(x, "numerical_gradient: x", np.float64)
    h = positive_number(h, "h")
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        distance = up[index] - down[index]
        if distance == 0:
            raise ValueError(f"h = {h:g} is lost in the rounding of x = {x[index]:g}")
        gradient[index] = (_number(f(up)) - _number(f(down))) / distance
    return gradient


def _number(value):
    value = floats(value, "numerical_gradient", "the value of f")
    if value.size != 1:
        raise TypeError(
            "numerical_gradient expected f to return one number, got an array of "
            f"shape {value.shape}"
        )
    return value.item()


def gradient_error(gradient, reference):
    """Relative distance ||g - r|| / (||g|| + ||r||), from 0 (equal) to 1.

    Two gradients of 0 are equal. Below 1e-6: agreement, if both come from
    float64 code (right float32 code scores about 1e-2 with h = 1e-5) and are not
    so small that the nudges drown in rounding noise, of about 1e-11. Above 1e-2:
    look for a bug (a factor of 2 gives 1/3, a flipped sign 1).
    Raises ValueError when the shapes differ.

    >>> gradient_error(np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    0.0
    >>> gradient_error(np.array([1.0, 2.0]), np.array([-1.0, -2.0]))
    1.0
    """
    g = real_array(gradient, "gradient", np.float64)
    r = real_array(reference, "reference", np.float64)
    if g.shape != r.shape:
        raise ValueError(
            f"gradient_error expected two arrays of one shape, got {g.shape} "
            f"and {r.shape}"
        )
    distance, size = np.linalg.norm(g - r), np.linalg.norm(g) + np.linalg.norm(r)
    return float(distance / size) if size else 0.0
