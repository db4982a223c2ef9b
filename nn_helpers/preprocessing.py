"""Make data ready for a network: one-hot rows, splits, standard scales, moved images."""

import math

import numpy as np

from nn_helpers import _edge


def one_hot(y, n_classes):
    """Turn class numbers (m,) into rows (m, n_classes) with a single 1.

    Raises ValueError for labels outside 0..n_classes-1 or that are not whole,
    and for an empty or not one-dimensional y.

    >>> one_hot(np.array([2, 0]), 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    n_classes = _edge.positive_integer(n_classes, "n_classes")
    y = _edge.real_array(y, "one_hot: y")
    if y.ndim != 1 or y.size == 0:
        raise ValueError(f"one_hot expected y of shape (m,), m >= 1, got {y.shape}")
    if y.dtype.kind not in "iu" and not np.array_equal(y, np.floor(y)):
        raise ValueError("one_hot expected whole class numbers")
    if y.min() < 0 or y.max() >= n_classes:
        raise ValueError(
            f"one_hot expected labels from 0 to {n_classes - 1}, got values from "
            f"{y.min()} to {y.max()}"
        )
    return np.eye(n_classes)[y.astype(int)]


def split(X, y, fractions, rng):
    """Shuffle the rows once and cut them into parts.

    X, y: arrays with the same number of rows; fractions: for example
    (0.8, 0.2), each > 0, with sum 1. Returns a list of (X, y) pairs; every row
    is in exactly one of them. Raises ValueError for other fractions, rows that
    differ in number, and parts that would be empty.

    >>> X, y = np.arange(10).reshape(10, 1), np.arange(10)
    >>> parts = split(X, y, (0.6, 0.2, 0.2), np.random.default_rng(0))
    >>> [len(X) for X, _ in parts]
    [6, 2, 2]
    """
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim == 0 or y.ndim == 0 or len(X) != len(y):
        raise ValueError(
            f"split expected X and y with as many rows, got {X.shape} and {y.shape}"
        )
    fractions = _edge.real_array(fractions, "fractions", np.float64)
    if (
        fractions.ndim != 1
        or not (fractions > 0).all()
        or abs(fractions.sum() - 1) > 1e-9
    ):
        raise ValueError(f"split expected fractions > 0 of sum 1, got {fractions}")
    cuts = np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]
    parts = np.split(_edge.generator(rng, "split").permutation(len(X)), cuts)
    if min(map(len, parts)) == 0:
        raise ValueError(
            f"split would leave a part empty: {len(X)} rows, fractions {fractions}"
        )
    return [(X[part], y[part]) for part in parts]


class Standardizer:
    """Shift and scale each column to mean 0 and standard deviation 1 (ddof=0).

    Fit it on the training rows alone, then transform every set with it. A
    constant column becomes 0. Raises RuntimeError when `transform` comes
    before `fit`, ValueError for a wrong number of columns or NaN.

    >>> standardizer = Standardizer().fit(np.array([[1.0], [3.0]]))
    >>> standardizer.transform(np.array([[5.0]]))
    array([[3.]])
    """

    def __init__(self):
        self.mean = self.std = None

    def fit(self, X):
        """Learn mean and standard deviation from X (m, n); return self."""
        X = _edge.real_array(X, "Standardizer: X", np.float64)
        X = _edge.matrix(X, X.shape[-1] if X.ndim else 0, "Standardizer")
        _edge.finite(X, "Standardizer: X")
        # Measured from the first row, so that a constant column is exactly 0
        # (the mean of six 0.1 is rounded) and its spread too.
        offset = X - X[0]
        spread = offset.std(axis=0)
        self.mean, self.std = (
            X[0] + offset.mean(axis=0),
            np.where(spread > 0, spread, 1.0),
        )
        return self

    def transform(self, X):
        """Return (X - mean) / std as a new array."""
        if self.mean is None:
            raise RuntimeError("Standardizer.transform needs a fit first")
        X = _edge.matrix(X, len(self.mean), "Standardizer", dtype=np.float64)
        return (_edge.finite(X, "Standardizer: X") - self.mean) / self.std


def shift_images(X, right, down):
    """Move square images by whole pixels; what leaves is lost, what comes in is 0.

    X: (m, side**2), an image a row; right, down: whole numbers, negative for left
    and up. Returns a new array. Raises ValueError for rows that are no squares, and
    for a shift that is not whole.

    >>> shift_images([[1.0, 2.0, 3.0, 4.0]], right=1, down=0)
    array([[0., 1., 0., 3.]])
    """
    X = _edge.floats(X, "shift_images", "X")
    side = math.isqrt(X.shape[-1]) if X.ndim else 0
    X = _edge.matrix(X, side**2, "shift_images", dtype=X.dtype)
    # By more than a side nothing is left either.
    right = max(-side, min(side, _edge.whole(right, "right")))
    down = max(-side, min(side, _edge.whole(down, "down")))
    frame = max(abs(right), abs(down))
    framed = np.zeros((len(X), side + 2 * frame, side + 2 * frame), X.dtype)
    framed[:, frame : frame + side, frame : frame + side] = X.reshape(-1, side, side)
    top, left = frame - down, frame - right
    return framed[:, top : top + side, left : left + side].reshape(len(X), -1)
