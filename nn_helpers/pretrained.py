"""Networks whose weights are given: the series' small one, and a trained one."""

import io

import numpy as np

from nn_helpers.datasets import read_checked
from nn_helpers.network import Network


def small_network():
    """Return the 2-3-1 Network (ReLU) that is worked by hand in the lessons.

    For the input (1, 2) its third hidden neuron is silent; no number of it
    rounds to -0.00. Each call returns a new network.

    >>> small_network().forward([[1.0, 2.0]]).round(2)
    array([[0.54]])
    """
    network = Network([2, 3, 1], rng=np.random.default_rng(0))
    hidden, output = network.layers
    hidden.W[...] = [[0.5, -1.0, 0.8], [0.4, 0.9, -0.6]]
    hidden.b[...] = [0.1, 0.2, -0.3]
    output.W[...] = [[0.6], [-0.4], [-0.7]]
    output.b[...] = [0.1]
    return network


def load_digits_network():
    """Return the 64-32-10 Network that lesson 07 trains on 80 % of the digits.

    Made by tools/train_digits_network.py. Raises FileNotFoundError for a
    missing, ValueError for a damaged file.

    >>> from nn_helpers import load_digits
    >>> X, y = load_digits()
    >>> int(load_digits_network().predict(X[3:4])[0])
    3
    """
    network = Network([64, 32, 10], rng=np.random.default_rng(0))
    content = io.BytesIO(read_checked("digits_network.npz"))
    with np.load(content, allow_pickle=False) as file:
        for name, array, _ in network.parameters():
            array[...] = file[name]
    return network
