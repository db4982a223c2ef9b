"""Optimisers: the rule that turns gradients into a step."""

from nn_helpers._edge import positive_number


class SGD:
    """Gradient descent: theta <- theta - learning_rate * dL/dtheta.

    "Stochastic" is how the gradient was made (from a sample or a mini-batch),
    not how the step is taken. Raises ValueError for a learning rate that is
    not a finite number > 0.

    >>> import numpy as np
    >>> w, dw = np.array([1.0, 2.0]), np.array([10.0, -10.0])
    >>> SGD(0.1).step([("w", w, dw)])
    >>> w
    array([0., 3.])
    """

    def __init__(self, learning_rate):
        # A Python float: a NumPy float64 would turn float32 steps into float64.
        self.learning_rate = positive_number(learning_rate, "learning_rate")

    def step(self, parameters):
        """Change each array of the (name, array, gradient) triples in place."""
        rate = self.learning_rate
        for _, array, gradient in parameters:
            array -= rate * gradient
