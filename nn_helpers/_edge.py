"""Checks at the public edge: say what was expected and what came."""

import math
import numbers

import numpy as np


def floats(value, who, name):
    """Return `value` as an array of real numbers in floating point.

    Arrays of floats come back as they are, whole numbers and booleans as
    float64 (uint8 0 - 16 would be 240). Raises TypeError for text, complex or
    object values (ragged lists included).
    """
    if type(value) is np.ndarray and value.dtype.kind == "f":
        return value
    array = real_array(value, f"{who}: {name}")
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def real_array(value, name, dtype=None):
    """Return `value` as a NumPy array of real numbers, cast to `dtype` if given.

    Raises TypeError for text, complex or object values (ragged lists included).
    """
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise TypeError(f"{name} must be an array of numbers: {error}") from None
    if array.dtype.kind not in "biuf":
        raise TypeError(
            f"{name} must hold real numbers, got an array of dtype {array.dtype}"
        )
    return array if dtype is None else array.astype(dtype, copy=False)


def matrix(value, n_columns, who, name="X", dtype=None, copy=True):
    """Return `value` as a real (m, n_columns) array with m >= 1, or raise.

    A copy, so that nobody who changes `value` later changes what was kept; with
    copy=None only where another dtype asks for one, as for all rows of a `train`.
    """
    if type(value) is np.ndarray and value.dtype == dtype:
        array = value.copy() if copy else value
    else:
        array = np.array(real_array(value, f"{who}: {name}"), dtype=dtype, copy=copy)
    if array.ndim != 2 or array.shape[1] != n_columns:
        raise ValueError(
            f"{who} expected {name} of shape (m, {n_columns}), got {array.shape}"
        )
    if len(array) == 0:
        raise ValueError(f"{who} expected at least one row in {name}, got none")
    return array


def finite(array, name):
    """Raise ValueError when `array` holds NaN or infinity; return it otherwise."""
    if not np.isfinite(array).all():
        bad = np.argwhere(~np.isfinite(array))
        raise ValueError(
            f"{name} must be finite, got {array[tuple(bad[0])]} at index "
            f"{tuple(map(int, bad[0]))} ({len(bad)} such entries)"
        )
    return array


def positive_integer(value, name, at_most=None):
    """Return `value` as an int from 1 to `at_most`, or raise."""
    whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if not whole or value < 1 or (at_most is not None and value > at_most):
        limit = "at least 1" if at_most is None else f"from 1 to {at_most}"
        raise ValueError(f"{name} must be a whole number {limit}, got {value!r}")
    return int(value)


def whole(value, name):
    """Return `value` as an int, or raise ValueError."""
    if not isinstance(value, numbers.Integral) or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number, got {value!r}")
    return int(value)


def positive_number(value, name):
    """Return `value` as a Python float greater than 0, or raise."""
    if not _is_real(value) or not math.isfinite(value) or value <= 0:
        raise ValueError(f"{name} must be a finite number > 0, got {value!r}")
    return float(value)


def share(value, name, below_1=False):
    """Return `value` as a Python float from 0 to 1 (or below 1), or raise."""
    if not _is_real(value) or not 0 <= value <= 1 or (below_1 and value == 1):
        limit = "from 0 to below 1" if below_1 else "from 0 to 1"
        raise ValueError(f"{name} must be a number {limit}, got {value!r}")
    return float(value)


def _is_real(value):
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def generator(rng, who):
    """Return `rng` if it is a numpy.random.Generator, or raise TypeError."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"{who} expected rng, a numpy.random.Generator such as "
            f"np.random.default_rng(0), got {rng!r}"
        )
    return rng


def from_0_to_1(Y, who):
    """Raise ValueError when a target lies outside 0..1 (or is NaN)."""
    if not (Y.min() >= 0 and Y.max() <= 1):
        raise ValueError(
            f"{who} expected targets Y from 0 to 1, got values from {Y.min():g} "
            f"to {Y.max():g}"
        )


def rows_sum_to_1(Y, who):
    """Raise ValueError when Y has one column, or rows that do not sum to 1."""
    from_0_to_1(Y, who)
    if Y.shape[1] == 1:
        raise ValueError(
            f"{who} expected a column for each class, at least 2, got 1; for one "
            "output use binary_cross_entropy"
        )
    if np.abs(np.asfortranarray(Y).sum(axis=1) - 1).max() > 1e-5:
        raise ValueError(
            f"{who} expected each row of Y to sum to 1; one_hot(y, n_classes) makes "
            "such rows from class numbers"
        )


def known(name, choices, what):
    """Return choices[name], or raise ValueError that lists the known names."""
    if not isinstance(name, str) or name not in choices:
        raise ValueError(
            f"unknown {what} {name!r}; the known ones are {', '.join(choices)}"
        )
    return choices[name]
