"""Optimisers: the rule that turns gradients into a step.

Each keeps what it remembers of an array under the array's name, so an optimiser
serves one network. `learning_rate` may be changed between two steps: that is a
schedule. weight_decay is decoupled: tables (weights) shrink by learning_rate *
weight_decay in each step, whatever their gradients, and rows (biases) do not.
"""

import numpy as np

from nn_helpers._edge import floats, positive_number, share


class SGD:
    """Gradient descent: theta <- theta - learning_rate * dL/dtheta.

    "Stochastic" is how the gradient was made (from a sample or a mini-batch),
    not how the step is taken. Raises ValueError for a learning rate that is
    not a finite number > 0 and a weight decay outside 0..1.

    >>> import numpy as np
    >>> w, dw = np.array([1.0, 2.0]), np.array([10.0, -10.0])
    >>> SGD(0.1).step([("w", w, dw)])
    >>> w
    array([0., 3.])
    """

    def __init__(self, learning_rate, weight_decay=0.0):
        # A Python float: a NumPy float64 would turn float32 steps into float64.
        self.learning_rate = positive_number(learning_rate, "learning_rate")
        self.weight_decay = share(weight_decay, "weight_decay")

    def step(self, parameters):
        """Change each array of the (name, array, gradient) triples in place.

        Raises RuntimeError when a gradient is missing, ValueError when its
        shape is not that of the array, TypeError for arrays that are not of
        floats; then no array has moved.
        """
        triples, rate = checked(parameters), self.learning_rate
        for _, array, gradient in triples:
            _shrink(array, rate * self.weight_decay)
            array -= rate * gradient


class Momentum:
    """Heavy ball: v <- momentum * v + dL/dtheta, theta <- theta - learning_rate * v.

    v starts at 0. Where the slope stays the same, v grows to 1 / (1 - momentum)
    times that slope. Raises ValueError for a learning rate that is not a finite
    number > 0, a momentum outside 0..1 (1 excluded), a weight decay outside 0..1.

    >>> w, dw, optimizer = np.array([1.0]), np.array([1.0]), Momentum(0.1, 0.5)
    >>> for _ in range(2):
    ...     optimizer.step([("w", w, dw)])
    >>> w.round(6)  # 1 - 0.1 * 1 - 0.1 * 1.5
    array([0.75])

    Source: Polyak, "Some methods of speeding up the convergence of iteration
    methods", 1964; in the form that PyTorch uses.
    """

    def __init__(self, learning_rate, momentum=0.9, weight_decay=0.0):
        self.learning_rate = positive_number(learning_rate, "learning_rate")
        self.momentum = share(momentum, "momentum", below_1=True)
        self.weight_decay = share(weight_decay, "weight_decay")
        self.velocity = {}

    def step(self, parameters):
        """Change each array in place; raises as `SGD.step` does."""
        triples = checked(parameters, self.velocity)
        for name, array, gradient in triples:
            velocity = self.velocity.setdefault(name, np.zeros_like(array))
            velocity[...] = self.momentum * velocity + gradient
            _shrink(array, self.learning_rate * self.weight_decay)
            array -= self.learning_rate * velocity


class Adam:
    """Steps of about one size: theta <- theta - learning_rate * m^ / (sqrt(s^) + eps).

    m <- beta1 m + (1 - beta1) g and s <- beta2 s + (1 - beta2) g^2 with g the
    gradient; both start at 0, and after t steps m^ = m / (1 - beta1^t) and
    s^ = s / (1 - beta2^t) put that right. Raises ValueError for a learning rate or
    eps that is not a finite number > 0, betas outside 0..1 (1 excluded), a weight
    decay outside 0..1. With a weight decay it is called AdamW.

    >>> w, dw, optimizer = np.array([1.0, 1.0]), np.array([20.0, -0.3]), Adam(0.1)
    >>> optimizer.step([("w", w, dw)])
    >>> w.round(6)  # the first step is learning_rate long, for any g well above eps
    array([0.9, 1.1])

    Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015.
    """

    def __init__(
        self, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0
    ):
        self.learning_rate = positive_number(learning_rate, "learning_rate")
        self.beta1 = share(beta1, "beta1", below_1=True)
        self.beta2 = share(beta2, "beta2", below_1=True)
        self.eps = positive_number(eps, "eps")
        self.weight_decay = share(weight_decay, "weight_decay")
        self.m, self.s, self.t = {}, {}, 0

    def step(self, parameters):
        """Change each array in place; raises as `SGD.step` does."""
        triples = checked(parameters, self.m)
        self.t += 1
        for name, array, gradient in triples:
            m = self.m.setdefault(name, np.zeros_like(array))
            s = self.s.setdefault(name, np.zeros_like(array))
            m[...] = self.beta1 * m + (1 - self.beta1) * gradient
            s[...] = self.beta2 * s + (1 - self.beta2) * gradient**2
            m_hat = m / (1 - self.beta1**self.t)
            s_hat = s / (1 - self.beta2**self.t)
            _shrink(array, self.learning_rate * self.weight_decay)
            array -= self.learning_rate * m_hat / (np.sqrt(s_hat) + self.eps)


def _shrink(array, by):
    """Weight decay: tables lose a small share of themselves, rows keep all."""
    if by and array.ndim > 1:
        array *= 1 - by


def checked(parameters, remembered=()):
    """Return the triples as a list, after a look at all of them.

    remembered: {name: array}, what the optimiser has kept of earlier steps.
    """
    triples = []
    for name, array, gradient in parameters:
        if gradient is None:
            raise RuntimeError(f"the step needs a gradient of {name}: call backward")
        usable = type(array) is np.ndarray and array.dtype.kind == "f"
        if not usable or not array.flags.writeable:
            raise TypeError(
                f"the step expected {name} to be an array of floats to change"
            )
        gradient = floats(gradient, "the step: gradient of", name)
        if gradient.shape != array.shape:
            raise ValueError(
                f"the step expected a gradient of {name} of shape {array.shape}, "
                f"got {gradient.shape}"
            )
        if name in remembered and remembered[name].shape != array.shape:
            raise ValueError(
                f"this optimiser remembers {name} of shape {remembered[name].shape}, "
                f"got {array.shape}: make a new one for another network"
            )
        triples.append((name, array, gradient))
    return triples
