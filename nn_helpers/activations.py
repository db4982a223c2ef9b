"""Activation functions, each but softmax with its derivative directly below.

Every function takes real numbers of any shape and returns a new array of the
same shape, in floating point. A derivative is a function of the pre-activation
Z, never of A = g(Z). Softmax mixes the entries of a row, so its derivative is
a matrix; the losses fold it into `softmax_cross_entropy_grad`.

All raise TypeError for text, complex or object values. NaN stays NaN.
"""

import numpy as np

from nn_helpers._edge import floats


def relu(Z):
    """ReLU(Z) = max(0, Z), entry by entry.

    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])

    Source: Nair and Hinton, "Rectified linear units improve restricted
    Boltzmann machines", 2010.
    """
    return np.maximum(floats(Z, "relu", "Z"), 0)


def relu_prime(Z):
    """Slope of ReLU: 1 where Z > 0, else 0. At Z = 0, by convention, 0.

    >>> relu_prime(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 1.])
    """
    # (Z > 0) would turn NaN into a slope of 0.
    return np.sign(np.maximum(floats(Z, "relu_prime", "Z"), 0))


def sigmoid(Z):
    """sigmoid(Z) = 1 / (1 + exp(-Z)), entry by entry, between 0 and 1.

    Written with exp(-|Z|), which cannot overflow: for Z < 0 the fraction is
    multiplied by exp(Z) above and below.

    >>> sigmoid(np.array([-5.0, 0.0, 10.0])).round(6)
    array([0.006693, 0.5     , 0.999955])
    """
    Z = floats(Z, "sigmoid", "Z")
    E = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1, E) / (1 + E)


def sigmoid_prime(Z):
    """Slope of the sigmoid: s * (1 - s) with s = sigmoid(Z); at most 1/4.

    >>> float(sigmoid_prime(0.0))
    0.25
    """
    S = sigmoid(Z)
    return S * (1 - S)


def tanh(Z):
    """tanh(Z) = (exp(Z) - exp(-Z)) / (exp(Z) + exp(-Z)), between -1 and 1.

    >>> tanh(np.array([0.0, 1.0])).round(4)
    array([0.    , 0.7616])
    """
    return np.tanh(floats(Z, "tanh", "Z"))


def tanh_prime(Z):
    """Slope of tanh: 1 - tanh(Z)^2; at most 1.

    >>> float(tanh_prime(0.0))
    1.0
    """
    return 1 - tanh(Z) ** 2


def identity(Z):
    """identity(Z) = Z: no activation, as in the layer that gives the logits.

    >>> identity(np.array([-2.0, 3.0]))
    array([-2.,  3.])
    """
    return floats(Z, "identity", "Z").copy()


def identity_prime(Z):
    """Slope of the identity: 1 everywhere.

    >>> identity_prime(np.array([-2.0, 3.0]))
    array([1., 1.])
    """
    return np.ones_like(floats(Z, "identity_prime", "Z"))


def softmax(Z):
    """Probabilities P from logits Z, along the last axis.

    P[i, k] = exp(Z[i, k]) / sum_j exp(Z[i, j]). The maximum of each row is
    subtracted first: that changes no probability and keeps exp from
    overflowing (Goodfellow, Bengio, Courville, "Deep Learning", 2016, 4.1).
    Raises ValueError for a single number and for rows without entries.

    >>> softmax(np.array([[0.0, np.log(3.0)], [1000.0, 1000.0]]))
    array([[0.25, 0.75],
           [0.5 , 0.5 ]])
    """
    Z = floats(Z, "softmax", "Z")
    if Z.ndim == 0 or Z.shape[-1] == 0:
        raise ValueError(f"softmax expected rows of logits, got the shape {Z.shape}")
    # Column after column in memory: many short rows are reduced far faster so.
    Z = np.asfortranarray(Z)
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


ACTIVATIONS = {
    "relu": (relu, relu_prime),
    "sigmoid": (sigmoid, sigmoid_prime),
    "tanh": (tanh, tanh_prime),
    "identity": (identity, identity_prime),
}
