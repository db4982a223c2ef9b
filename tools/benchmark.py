"""How fast is `train`? Compare it with the best NumPy we can write.

    OPENBLAS_NUM_THREADS=1 python tools/benchmark.py

Prints microseconds a step (median over interleaved rounds, float32, one BLAS
thread) of `nn_helpers.train` as a learner calls it, of a step written for one
hidden layer with preallocated buffers, and of scikit-learn if it is installed,
then the ratios; at last accuracy and time on the two image sets.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import statistics
import time

import numpy as np

from nn_helpers import (
    Network,
    load_digits,
    load_mnist,
    make_spirals,
    one_hot,
    softmax_cross_entropy,
    split,
    train,
)

try:
    from sklearn.neural_network import MLPClassifier
except ImportError:
    MLPClassifier = None

RATE = 0.05


class BestBatch:
    """ReLU + softmax + cross-entropy, buffers for everything, biases as a row."""

    def __init__(self, network, batch_size):
        W1, b1, W2, b2 = (array for _, array, _ in network.parameters())
        self.V1, self.V2 = np.vstack([W1, b1]), np.vstack([W2, b2])
        n_hidden, n_out = W2.shape
        self.A = np.ones((batch_size, n_hidden + 1), np.float32)
        self.Z1 = np.empty((batch_size, n_hidden), np.float32)
        self.P = np.empty((batch_size, n_out), np.float32)
        self.row = np.empty((batch_size, 1), np.float32)
        self.D1 = np.empty_like(self.Z1)
        self.G1, self.G2 = np.empty_like(self.V1), np.empty_like(self.V2)
        self.gate = np.empty(self.Z1.shape, bool)

    def step(self, X, Y):
        A, P, row, D1 = self.A, self.P, self.row, self.D1
        np.dot(X, self.V1, out=self.Z1)
        np.maximum(self.Z1, 0, out=A[:, :-1])
        np.dot(A, self.V2, out=P)
        np.maximum.reduce(P, axis=1, keepdims=True, out=row)
        np.subtract(P, row, out=P)
        np.exp(P, out=P)
        np.add.reduce(P, axis=1, keepdims=True, out=row)
        np.divide(P, row, out=P)
        np.subtract(P, Y, out=P)
        np.multiply(P, RATE / len(X), out=P)
        np.dot(P, self.V2[:-1].T, out=D1)
        np.greater(self.Z1, 0, out=self.gate)
        np.multiply(D1, self.gate, out=D1)
        np.dot(A.T, P, out=self.G2)
        np.subtract(self.V2, self.G2, out=self.V2)
        np.dot(X.T, D1, out=self.G1)
        np.subtract(self.V1, self.G1, out=self.V1)


class BestOne:
    """The same for one sample at a time, with vectors and outer products."""

    def __init__(self, network):
        self.W1, self.b1, self.W2, self.b2 = (
            array.copy() for _, array, _ in network.parameters()
        )
        self.G1, self.G2 = np.empty_like(self.W1), np.empty_like(self.W2)

    def step(self, x, y):
        z = np.dot(x, self.W1)
        z += self.b1
        a = np.maximum(z, 0)
        p = np.dot(a, self.W2)
        p += self.b2
        p -= np.maximum.reduce(p)
        np.exp(p, out=p)
        p *= 1 / np.add.reduce(p)
        p -= y
        p *= RATE
        d = np.dot(self.W2, p)
        d *= z > 0
        np.multiply(a[:, None], p, out=self.G2)
        self.W2 -= self.G2
        self.b2 -= p
        np.multiply(x[:, None], d, out=self.G1)
        self.W1 -= self.G1
        self.b1 -= d


def datasets():
    """(sizes, X, Y, y) for the three sizes of the table, float32."""
    rng = np.random.default_rng(0)
    spirals, digits, mnist = make_spirals(600, rng=rng), load_digits(), load_mnist()
    for hidden, (X, y) in ((16, spirals), (32, digits), (128, mnist)):
        X, y = X[:2048].astype(np.float32), y[:2048]
        n_out = int(y.max()) + 1
        yield [X.shape[1], hidden, n_out], X, one_hot(y, n_out).astype(np.float32), y


def seconds(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


EPOCHS = 3


def compare(sizes, X, Y, y, batch_size, rounds=15):
    """Microseconds a step for each competitor, and the ratios to the best."""
    rows = len(X) // batch_size * batch_size
    if batch_size == 1:
        rows = min(rows, 500)
    X, Y, y = X[:rows], Y[:rows], y[:rows]
    steps = EPOCHS * rows // batch_size
    rng = np.random.default_rng(1)
    networks = [
        Network(sizes, rng=np.random.default_rng(2), dtype=np.float32) for _ in "ab"
    ]

    def ours():
        train(
            networks[0],
            X,
            Y,
            loss=softmax_cross_entropy,
            learning_rate=RATE,
            batch_size=batch_size,
            epochs=EPOCHS,
            rng=rng,
        )

    if batch_size == 1:
        best = BestOne(networks[1])

        def limit():
            for _ in range(EPOCHS):
                order = rng.permutation(rows)
                for x, t in zip(X[order], Y[order], strict=True):
                    best.step(x, t)

    else:
        best = BestBatch(networks[1], batch_size)
        ones = np.ones((rows, 1), np.float32)
        wide = np.hstack([X, ones])

        def limit():
            for _ in range(EPOCHS):
                order = rng.permutation(rows)
                Xs, Ys = wide[order], Y[order]
                for start in range(0, rows, batch_size):
                    stop = start + batch_size
                    best.step(Xs[start:stop], Ys[start:stop])

    contestants = {"train": ours, "best NumPy": limit}
    if MLPClassifier is not None:
        model = MLPClassifier(
            sizes[1:-1],
            solver="sgd",
            momentum=0,
            alpha=0,
            learning_rate_init=RATE,
            batch_size=batch_size,
        )
        model.partial_fit(X, y, classes=np.unique(y))

        def scikit():
            for _ in range(EPOCHS):
                model.partial_fit(X, y)

        contestants["scikit-learn"] = scikit
    times = {name: [] for name in contestants}
    for round_ in range(rounds):
        names = list(contestants)
        for name in names[round_ % len(names) :] + names[: round_ % len(names)]:
            times[name].append(seconds(contestants[name]) / steps * 1e6)
    ratios = {
        name: statistics.median(
            t / b for t, b in zip(times[name], times["best NumPy"], strict=True)
        )
        for name in contestants
    }
    return {name: statistics.median(t) for name, t in times.items()}, ratios


def accuracies(name, load, sizes, seeds=5, **settings):
    """Median held-out accuracy over seeds, and seconds for one run."""
    X, y = load()
    found, spent = [], []
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        (X_fit, y_fit), (X_test, y_test) = split(X, y, (0.8, 0.2), rng)
        network = Network(sizes, rng=rng, dtype=np.float32)
        Y_fit = one_hot(y_fit, 10)

        def run(network=network, X_fit=X_fit, Y_fit=Y_fit, rng=rng):
            train(
                network, X_fit, Y_fit, loss=softmax_cross_entropy, rng=rng, **settings
            )

        spent.append(seconds(run))
        found.append(float(np.mean(network.predict(X_test) == y_test)))
    print(
        f"{name}: {statistics.median(found):.1%} "
        f"[{min(found):.1%} .. {max(found):.1%}] in {statistics.median(spent):.2f} s"
    )


def main():
    print("microseconds a step, and times the best NumPy")
    for sizes, X, Y, y in datasets():
        for batch_size in (1, 32, 128):
            times, ratios = compare(sizes, X, Y, y, batch_size)
            shape = "-".join(map(str, sizes))
            cells = [f"{n} {times[n]:7.1f} ({ratios[n]:.2f}x)" for n in times]
            print(f"{shape:>10} batch {batch_size:>3}: " + "   ".join(cells))
    print()
    digits, mnist = [64, 32, 10], [784, 128, 10]
    one = {"learning_rate": 0.02, "batch_size": 1, "epochs": 30}
    batches = {"learning_rate": 0.3, "batch_size": 32, "epochs": 60}
    large = {"learning_rate": 0.1, "batch_size": 32, "epochs": 12}
    accuracies("digits, one sample a step", load_digits, digits, **one)
    accuracies("digits, batches of 32", load_digits, digits, **batches)
    accuracies("MNIST subset, batches of 32", load_mnist, mnist, **large)


if __name__ == "__main__":
    main()
