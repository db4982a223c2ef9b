"""Attacks on an input: how far a bounded change of it can raise the loss."""

import numpy as np

from nn_helpers import _edge
from nn_helpers.losses import binary_cross_entropy_grad, softmax_cross_entropy_grad


def input_gradient(network, X, Y):
    """Return dL/dX, (m, n_in), of the cross-entropy: a slope for every pixel.

    Y: (m, n_out), one-hot; (m, 1) of 0/1 for one output. Each row is the gradient of
    its own loss, not of the mean. No weight is changed, but the walk back leaves its
    dW and db in the layers. Raises as `Network.forward` does, and ValueError for a Y of
    another shape.

    >>> from nn_helpers import small_network
    >>> input_gradient(small_network(), [[1.0, 2.0]], [[1.0]]).round(3)
    array([[-0.258,  0.044]])
    """
    Z = network.forward(X)
    grad = (
        softmax_cross_entropy_grad if network.n_out > 1 else binary_cross_entropy_grad
    )
    return network.backward(grad(Z, Y) * len(Z), input_gradient=True)


def fgsm(network, X, Y, epsilon):
    """Move every pixel by epsilon, in the direction that raises the loss.

    X + epsilon * sign(dL/dX), clipped to 0..1: the fast gradient sign method. Of all
    images with pixels from 0 to 1 that differ from X by at most epsilon in each, none
    has a higher loss, as far as the loss is a straight line there. X: (m, n_in), from
    0 to 1. Raises as `input_gradient` does, and ValueError for an epsilon or an X
    outside 0..1.

    >>> from nn_helpers import load_digits, load_digits_network, one_hot
    >>> X, y = load_digits()
    >>> attacked = fgsm(load_digits_network(), X[3:4], one_hot(y[3:4], 10), 0.15)
    >>> int(load_digits_network().predict(attacked)[0])
    8

    Source: Goodfellow, Shlens and Szegedy, "Explaining and Harnessing Adversarial
    Examples", 2015.
    """
    epsilon = _edge.share(epsilon, "epsilon")
    X = _image(X, network, "fgsm")
    return np.clip(X + epsilon * np.sign(input_gradient(network, X, Y)), 0, 1)


def pgd(network, X, Y, epsilon, steps=10):
    """Smaller steps of `fgsm`, each brought back into the box around X.

    Steps of epsilon / 4, so with fewer than 4 it does not reach the edge: projected
    gradient descent. Raises as `fgsm` does, and ValueError for steps < 1.

    >>> from nn_helpers import load_digits, load_digits_network, one_hot
    >>> X, y = load_digits()
    >>> attacked = pgd(load_digits_network(), X[:4], one_hot(y[:4], 10), 0.1)
    >>> bool(abs(attacked - X[:4]).max() <= 0.1 + 1e-12)
    True

    Source: Madry and others, "Towards Deep Learning Models Resistant to Adversarial
    Attacks", 2018 (here from X itself, not from a random start).
    """
    steps, epsilon = (
        _edge.positive_integer(steps, "steps"),
        _edge.share(epsilon, "epsilon"),
    )
    X = _image(X, network, "pgd")
    attacked = X
    for _ in range(steps):
        attacked = fgsm(network, attacked, Y, epsilon / 4)
        attacked = np.clip(attacked, X - epsilon, X + epsilon)
    return attacked


def _image(X, network, who):
    X = _edge.matrix(X, network.n_in, who, dtype=network.dtype)
    if not (X.min() >= 0 and X.max() <= 1):
        raise ValueError(
            f"{who} expected pixels from 0 to 1, got values from {X.min():g} to "
            f"{X.max():g}"
        )
    return X
