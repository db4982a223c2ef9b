"""Train the network of lesson 07 and store its weights for lesson 04.

    python tools/train_digits_network.py

Writes data/digits_network.npz and prints its sha256, which belongs into
nn_helpers/datasets.py and data/README.md. A test trains the network again and
compares, so change this file and lesson 07 together.
"""

import hashlib

import numpy as np

from nn_helpers import (
    Network,
    accuracy,
    load_digits,
    one_hot,
    softmax_cross_entropy,
    split,
    train,
)
from nn_helpers.datasets import DATA


def trained_network():
    """Return (network, held-out accuracy) as lesson 07 makes them."""
    X, y = load_digits()
    rng = np.random.default_rng(7)
    (X_train, y_train), (X_test, y_test) = split(X, y, (0.8, 0.2), rng)
    network = Network([64, 32, 10], rng=rng)
    train(
        network,
        X_train,
        one_hot(y_train, 10),
        loss=softmax_cross_entropy,
        learning_rate=0.02,
        epochs=30,
        rng=rng,
    )
    return network, accuracy(network.predict(X_test), y_test)


if __name__ == "__main__":
    network, held_out = trained_network()
    path = DATA / "digits_network.npz"
    np.savez(path, **{n: a.astype(np.float32) for n, a, _ in network.parameters()})
    print(f"held-out accuracy {held_out:.1%}")
    print(path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
