"""Optimisers: the rule that turns gradients into a step."""

import numpy as np

from nn_helpers._edge import floats, positive_number


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
        """Change each array of the (name, array, gradient) triples in place.

        Raises RuntimeError when a gradient is missing, ValueError when its
        shape is not that of the array, TypeError for arrays that are not of
        floats; then no array has moved.
        """
        triples = checked(parameters)
        rate = self.learning_rate
        for _, array, gradient in triples:
            array -= rate * gradient


def checked(parameters):
    """Return the triples as a list, after a look at all of them."""
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
        triples.append((name, array, gradient))
    return triples
