"""Losses, each a mean over the examples, with its gradient directly below.

A gradient is taken with respect to the first argument and has its shape. The
1/m of the mean lives here and nowhere else: `Dense.backward` only sums.

All raise ValueError when the shapes differ or nothing is there, and TypeError
for text, complex or object values; whole numbers are cast to float64. The
losses also look at the values of the targets. Their gradients, which a training
loop calls in every step, do not: `train` looks at the targets once, before.
"""

import numpy as np

from nn_helpers import _edge
from nn_helpers.activations import sigmoid, softmax


def mean_squared_error(Y_hat, Y):
    """MSE = mean of (Y_hat - Y)^2 over all m * n_out entries.

    Y_hat, Y: (m, n_out). Returns a float.
    Raises ValueError when the shapes differ.

    >>> mean_squared_error(np.array([[1.0], [3.0]]), np.array([[1.0], [1.0]]))
    2.0
    """
    Y_hat, Y = _pair(Y_hat, Y, "mean_squared_error", "Y_hat")
    return float(np.mean((Y_hat - Y) ** 2))


def mean_squared_error_grad(Y_hat, Y):
    """dL/dY_hat = 2 (Y_hat - Y) / (m n_out), shaped like Y_hat.

    Raises ValueError when the shapes differ.

    >>> mean_squared_error_grad(np.array([[1.0], [3.0]]), np.array([[1.0], [1.0]]))
    array([[0.],
           [2.]])
    """
    Y_hat, Y = _pair(Y_hat, Y, "mean_squared_error_grad", "Y_hat")
    return (Y_hat - Y) * (2 / Y_hat.size)


def binary_cross_entropy(Z, Y):
    """Mean of -log p(Y), where p(1) = sigmoid(Z), from the logits Z.

    -[Y log P + (1 - Y) log(1 - P)] = max(Z, 0) - Z Y + log(1 + exp(-|Z|)), and
    the right side neither overflows nor loses a small loss to rounding, for
    every finite Z. Z, Y: (m, 1), Y of 0 and 1 (or between: a soft label). Returns a float.
    Raises ValueError when the shapes differ or a target lies outside 0..1.

    >>> round(binary_cross_entropy(np.array([[0.0]]), np.array([[1]])), 4)
    0.6931
    >>> f"{binary_cross_entropy(np.float32([[20]]), np.float32([[1]])):.2e}"
    '2.06e-09'

    Source: Bishop, "Pattern Recognition and Machine Learning", 2006, (4.90).
    """
    Z, Y = _pair(Z, Y, "binary_cross_entropy")
    _edge.from_0_to_1(Y, "binary_cross_entropy")
    return float(np.mean(np.maximum(Z, 0) - Z * Y + np.log1p(np.exp(-np.abs(Z)))))


def binary_cross_entropy_grad(Z, Y):
    """dL/dZ = (P - Y) / m with P = sigmoid(Z), shaped like Z; m: entries of Z.

    Raises ValueError when the shapes differ.

    >>> binary_cross_entropy_grad(np.array([[0.0], [0.0]]), np.array([[1], [0]]))
    array([[-0.25],
           [ 0.25]])
    """
    Z, Y = _pair(Z, Y, "binary_cross_entropy_grad")
    return (sigmoid(Z) - Y) / Z.size


def softmax_cross_entropy(Z, Y):
    """Mean over the rows of -log p(true class), where p = softmax(Z).

    L = -(1/m) sum_ik Y[i, k] log P[i, k], with log P = Z - log sum_j exp(Z[j]),
    computed from the logits so that no log sees a 0.
    Z: (m, n_out), Y: (m, n_out) one-hot, n_out >= 2. Returns a float.
    Raises ValueError when the shapes differ or are not (m, n_out), for a single
    column, and for rows of Y that do not sum to 1.

    >>> loss = softmax_cross_entropy(np.zeros((1, 10)), np.eye(10)[[3]])
    >>> round(loss, 4), round(float(np.log(10)), 4)
    (2.3026, 2.3026)

    Source: Bishop, "Pattern Recognition and Machine Learning", 2006, (4.108).
    """
    Z, Y = _pair(Z, Y, "softmax_cross_entropy", rows=True)
    _edge.rows_sum_to_1(Y, "softmax_cross_entropy")
    Z = np.asfortranarray(Z)  # as in softmax: short rows are reduced faster so
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return float(-np.vdot(Y, log_P) / len(Z))


def softmax_cross_entropy_grad(Z, Y):
    """dL/dZ = (P - Y) / m with P = softmax(Z), shaped like Z.

    Holds for rows of Y that sum to 1. Raises ValueError when the shapes differ
    or are not (m, n_out).

    >>> softmax_cross_entropy_grad(np.zeros((1, 4)), np.eye(4)[[1]])
    array([[ 0.25, -0.75,  0.25,  0.25]])

    Source: Bishop, "Pattern Recognition and Machine Learning", 2006, (4.109).
    """
    Z, Y = _pair(Z, Y, "softmax_cross_entropy_grad", rows=True)
    return (softmax(Z) - Y) / len(Z)


GRADIENTS = {
    mean_squared_error: mean_squared_error_grad,
    binary_cross_entropy: binary_cross_entropy_grad,
    softmax_cross_entropy: softmax_cross_entropy_grad,
}


def loss_and_gradient(loss):
    """Return (loss, its gradient) for a loss of this module, or for your own pair.

    Raises ValueError, with the list of the known losses, for anything else.

    >>> loss_and_gradient(mean_squared_error)[1].__name__
    'mean_squared_error_grad'
    """
    if isinstance(loss, tuple) and len(loss) == 2 and all(map(callable, loss)):
        return loss
    if callable(loss) and loss in GRADIENTS:
        return loss, GRADIENTS[loss]
    names = ", ".join(known.__name__ for known in GRADIENTS)
    raise ValueError(
        f"expected loss to be one of {names}, or your own pair (loss, loss_grad), "
        f"got {loss!r}"
    )


def _pair(Z, Y, who, name="Z", rows=False):
    # Without this, (m, 1) and (m,) would broadcast to (m, m) in silence.
    Z, Y = _edge.floats(Z, who, name), _edge.floats(Y, who, "Y")
    if Z.shape != Y.shape or Z.size == 0 or (rows and Z.ndim != 2):
        wanted = "(m, n_out)" if rows else "one shape"
        raise ValueError(
            f"{who} expected {name} and Y of {wanted}, not empty, got {Z.shape} "
            f"and {Y.shape}"
        )
    return Z, Y
