"""What lesson 08 builds: a test set that counts, and how sure an accuracy is."""

import math

from nn_helpers import _edge
from nn_helpers.training import accuracy


class TestSet:
    """A test set in an envelope that counts how often it was opened.

    X: (m, n_in); y: class numbers, (m,). `opened` is how often it has answered: an
    accuracy is an honest estimate only if no decision was taken by it, and that is
    easy to see as long as it was opened once. A mistaken call does not count.

    Raises as `Network.predict` and `accuracy` do.

    >>> import numpy as np
    >>> from nn_helpers import load_digits, load_digits_network, split
    >>> parts = split(*load_digits(), (0.8, 0.2), np.random.default_rng(7))
    >>> test = TestSet(*parts[1])  # the rows that this network was not trained on
    >>> round(test.accuracy(load_digits_network()), 2), test.opened
    (0.97, 1)
    """

    __test__ = False  # no test of pytest's, whatever its name

    def __init__(self, X, y):
        self.opened = 0
        self._X, self._y = X, y

    def accuracy(self, network):
        """Return the accuracy of a network on the set; it counts as opened."""
        share = accuracy(network.predict(self._X), self._y)
        self.opened += 1
        return share


def accuracy_interval(share, m):
    """Return (low, high): the accuracies that are no surprise after `share` of m.

    All p with |share - p| <= 2 sqrt(p (1 - p) / m). Where share is an accuracy
    on m examples drawn independently, and at least about 5 right and 5 wrong ones
    are to be expected, the interval contains the accuracy on all examples of that
    kind about 95 times in 100.
    Raises ValueError for a share outside 0..1 and m < 1.

    >>> low, high = accuracy_interval(0.9, 100)
    >>> round(low, 3), round(high, 3)
    (0.824, 0.945)

    Source: Wilson, "Probable Inference, the Law of Succession, and Statistical
    Inference", Journal of the American Statistical Association 22, 1927, with 2
    for 1.96.
    """
    m = _edge.positive_integer(m, "m")
    share = _edge.share(share, "share")
    # The ends solve (share - p)^2 = 4 p (1 - p) / m.
    half = 2 * math.sqrt(share * (1 - share) / m + 1 / m**2)
    middle, scale = share + 2 / m, 1 + 4 / m
    return (middle - half) / scale, (middle + half) / scale
