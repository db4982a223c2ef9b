"""One step of the same training, as others would write or run it.

Each class is one way to train ReLU layers with softmax and cross-entropy by plain
SGD, in float32 (Nielsen's and micrograd in float64, as their code has it). All have the
same three methods, so that `speed.py` can time them by turns:

    start(weights, X, Y, batch_size)   take the data over, in whatever form they want
    run(orders)                        a pass over the rows in each of these orders
    weights()                          [W1, b1, W2, b2, ...] now, as NumPy arrays

Rows are examples everywhere outside; what a way needs inside (columns, a column of
ones, tensors) it makes in `start`, whose time does not count.
"""

import numpy as np

import nn_helpers as nn

RATE = 0.05


class Peer:
    def run(self, orders):
        for order in orders:
            self.epoch(order)


class Ours:
    """`nn_helpers.train`, as a learner calls it."""

    name, dtype = "nn_helpers", np.float32

    def start(self, weights, X, Y, batch_size):
        sizes = [len(weights[0]), *(len(b) for b in weights[1::2])]
        rng = np.random.default_rng(0)
        self.network = nn.Network(sizes, rng=rng, dtype=self.dtype)
        for (_, array, _), given in zip(
            self.network.parameters(), weights, strict=True
        ):
            array[...] = given
        self.X, self.Y = X.astype(self.dtype), Y.astype(self.dtype)
        self.batch_size = batch_size

    def run(self, orders):
        nn.train(
            self.network,
            self.X,
            self.Y,
            loss=nn.softmax_cross_entropy,
            learning_rate=RATE,
            batch_size=self.batch_size,
            epochs=len(orders),
            rng=_InTheseOrders(orders),
        )

    def weights(self):
        return [array for _, array, _ in self.network.parameters()]


class OursIn64Bits(Ours):
    """The same in float64, from which lessons print."""

    name, dtype = "nn_helpers, 64 bits", np.float64


class _InTheseOrders(np.random.Generator):
    """A generator that shuffles rows as it is told, so that all see the same."""

    def __init__(self, orders):
        super().__init__(np.random.default_rng(0).bit_generator)
        self.orders = iter(orders)

    def permutation(self, _):
        return next(self.orders)


class Limit(Peer):
    """The matrix products of a step and nothing else: nothing is learnt."""

    name = "matrix products alone"

    def start(self, weights, X, Y, batch_size):
        self.W1, _, self.W2, _ = weights
        self.X, self.batch_size = X, batch_size
        self.A, self.D1 = (
            np.ones((batch_size, self.W1.shape[1]), np.float32) for _ in "AD"
        )
        self.D2 = np.ones((batch_size, self.W2.shape[1]), np.float32)
        self.G1, self.G2 = np.empty_like(self.W1), np.empty_like(self.W2)

    def epoch(self, order):
        X = self.X[order]
        for at in range(0, len(X), self.batch_size):
            x = X[at : at + self.batch_size]
            np.dot(x, self.W1, out=self.A)
            np.dot(self.A, self.W2, out=self.D2)
            np.dot(self.D2, self.W2.T, out=self.D1)
            if len(x) == 1:
                np.multiply(self.A.T, self.D2, out=self.G2)
                np.multiply(x.T, self.D1, out=self.G1)
            else:
                np.dot(self.A.T, self.D2, out=self.G2)
                np.dot(x.T, self.D1, out=self.G1)

    def weights(self):
        return None


class BestNumPy(Peer):
    """All that NumPy gives away: one hidden layer, a buffer for each result."""

    name = "best NumPy"

    def start(self, weights, X, Y, batch_size):
        W1, b1, W2, b2 = weights
        self.V1, self.V2 = np.vstack([W1, b1]), np.vstack([W2, b2])
        self.X = np.hstack([X, np.ones((len(X), 1), np.float32)])
        self.Y, self.batch_size = Y, batch_size
        n_hidden, n_out = W2.shape
        self.A = np.ones((batch_size, n_hidden + 1), np.float32)
        self.Z1 = np.empty((batch_size, n_hidden), np.float32)
        self.P = np.empty((batch_size, n_out), np.float32)
        self.row = np.empty((batch_size, 1), np.float32)
        self.D1 = np.empty_like(self.Z1)
        self.G1, self.G2 = np.empty_like(self.V1), np.empty_like(self.V2)
        self.gate = np.empty(self.Z1.shape, bool)

    def epoch(self, order):
        X, Y = self.X[order], self.Y[order]
        step = self.step_one if self.batch_size == 1 else self.step
        for at in range(0, len(X), self.batch_size):
            step(X[at : at + self.batch_size], Y[at : at + self.batch_size])

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

    def step_one(self, x, y):
        """One sample: vectors, and products of a column with a row."""
        x, y, A = x[0], y[0], self.A[0]
        z = np.dot(x, self.V1)
        a = np.maximum(z, 0, out=A[:-1])
        p = np.dot(A, self.V2)
        p -= np.maximum.reduce(p)
        np.exp(p, out=p)
        p *= 1 / np.add.reduce(p)
        p -= y
        p *= RATE
        d = np.dot(self.V2[:-1], p)
        d *= a > 0
        np.multiply(A[:, None], p, out=self.G2)
        self.V2 -= self.G2
        np.multiply(x[:, None], d, out=self.G1)
        self.V1 -= self.G1

    def weights(self):
        return [self.V1[:-1], self.V1[-1], self.V2[:-1], self.V2[-1]]


class SameCalls(Peer):
    """The NumPy calls of our step in a row: no layers, checks, copies or history."""

    name = "our NumPy calls, bare"

    def start(self, weights, X, Y, batch_size):
        self.arrays = [array.copy() for array in weights]
        self.X, self.Y, self.batch_size = X, Y, batch_size

    def epoch(self, order):
        X, Y, size = self.X[order], self.Y[order], self.batch_size
        for at in range(0, len(X), size):
            self.step(X[at : at + size], Y[at : at + size])

    def step(self, X, Y):
        W1, b1, W2, b2 = self.arrays
        Z1 = X @ W1 + b1
        A1 = np.maximum(Z1, 0)
        Z2 = np.asfortranarray(A1 @ W2 + b2)
        E = np.exp(Z2 - Z2.max(axis=-1, keepdims=True))
        dZ2 = (E / E.sum(axis=-1, keepdims=True) - Y) / len(Y)
        dW2 = A1.T * dZ2 if len(Y) == 1 else A1.T @ dZ2
        db2 = dZ2.sum(axis=0)
        dZ1 = dZ2 @ W2.T * np.sign(np.maximum(Z1, 0))
        dW1 = X.T * dZ1 if len(Y) == 1 else X.T @ dZ1
        db1 = dZ1.sum(axis=0)
        W1 -= RATE * dW1
        b1 -= RATE * db1
        W2 -= RATE * dW2
        b2 -= RATE * db2

    def weights(self):
        return self.arrays


class Nielsen(Peer):
    """The structure of network.py (M. Nielsen, 2015): columns, a loop over samples.

    Own words; his has sigmoid and squared error, here the mathematics of the rest.
    """

    name = "Nielsen's structure"

    def start(self, weights, X, Y, batch_size):
        self.tables = [W.T.astype(np.float64) for W in weights[::2]]
        self.columns = [b.astype(np.float64)[:, None] for b in weights[1::2]]
        self.samples = [
            (x[:, None].astype(np.float64), y[:, None].astype(np.float64))
            for x, y in zip(X, Y, strict=True)
        ]
        self.batch_size = batch_size

    def epoch(self, order):
        samples, size = [self.samples[i] for i in order], self.batch_size
        for batch in [samples[at : at + size] for at in range(0, len(samples), size)]:
            self.update(batch)

    def update(self, batch):
        sum_b, sum_w = self.room()
        for x, y in batch:
            more_b, more_w = self.slopes(x, y)
            sum_b = [total + more for total, more in zip(sum_b, more_b, strict=True)]
            sum_w = [total + more for total, more in zip(sum_w, more_w, strict=True)]
        rate = RATE / len(batch)
        self.tables = [
            w - rate * total for w, total in zip(self.tables, sum_w, strict=True)
        ]
        self.columns = [
            b - rate * total for b, total in zip(self.columns, sum_b, strict=True)
        ]

    def room(self):
        zeros_b = [np.zeros(b.shape) for b in self.columns]
        return zeros_b, [np.zeros(w.shape) for w in self.tables]

    def slopes(self, x, y):
        slopes_b, slopes_w = self.room()
        activation, activations, zs = x, [x], []
        for w, b in zip(self.tables, self.columns, strict=True):
            z = np.dot(w, activation) + b
            zs.append(z)
            last = len(zs) == len(self.tables)
            activation = _softmax_column(z) if last else np.maximum(z, 0)
            activations.append(activation)
        delta = activations[-1] - y
        slopes_b[-1] = delta
        slopes_w[-1] = np.dot(delta, activations[-2].T)
        for back in range(2, len(self.tables) + 1):
            delta = np.dot(self.tables[1 - back].T, delta) * (zs[-back] > 0)
            slopes_b[-back] = delta
            slopes_w[-back] = np.dot(delta, activations[-back - 1].T)
        return slopes_b, slopes_w

    def weights(self):
        pairs = zip(self.tables, self.columns, strict=True)
        return [array for w, b in pairs for array in (w.T, b[:, 0])]


def _softmax_column(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


class Nnfs(Peer):
    """The structure of "Neural Networks from Scratch": an object for each part.

    Own words (H. Kinsley and D. Kukiela, 2020): layers, activations, a loss joined
    with softmax, an optimiser; class numbers as targets; the loss of every step.
    """

    name = "nnfs's structure"

    def start(self, weights, X, Y, batch_size):
        self.layers = [
            _NnfsDense(W, b) for W, b in zip(weights[::2], weights[1::2], strict=True)
        ]
        self.relus = [_NnfsReLU() for _ in self.layers[1:]]
        self.loss, self.optimizer = _NnfsSoftmaxLoss(), _NnfsSGD()
        self.X, self.y = X, Y.argmax(axis=1)
        self.batch_size = batch_size

    def epoch(self, order):
        X, y = self.X[order], self.y[order]
        for at in range(0, len(X), self.batch_size):
            self.step(X[at : at + self.batch_size], y[at : at + self.batch_size])

    def step(self, X, y):
        output = X
        for layer, relu in zip(self.layers[:-1], self.relus, strict=True):
            layer.forward(output)
            relu.forward(layer.output)
            output = relu.output
        self.layers[-1].forward(output)
        self.loss.forward(self.layers[-1].output, y)
        self.loss.backward(self.loss.output, y)
        self.layers[-1].backward(self.loss.dinputs)
        dinputs = self.layers[-1].dinputs
        for layer, relu in zip(
            reversed(self.layers[:-1]), reversed(self.relus), strict=True
        ):
            relu.backward(dinputs)
            layer.backward(relu.dinputs)
            dinputs = layer.dinputs
        for layer in self.layers:
            self.optimizer.update_params(layer)

    def weights(self):
        return [
            array for layer in self.layers for array in (layer.weights, layer.biases[0])
        ]


class _NnfsDense:
    def __init__(self, W, b):
        self.weights, self.biases = W.copy(), b[None].copy()

    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)


class _NnfsReLU:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.maximum(0, inputs)

    def backward(self, dvalues):
        self.dinputs = dvalues.copy()
        self.dinputs[self.inputs <= 0] = 0


class _NnfsSoftmaxLoss:
    def forward(self, inputs, y):
        exponentials = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exponentials / np.sum(exponentials, axis=1, keepdims=True)
        clipped = np.clip(self.output, 1e-7, 1 - 1e-7)
        self.value = np.mean(-np.log(clipped[range(len(inputs)), y]))

    def backward(self, dvalues, y):
        self.dinputs = dvalues.copy()
        self.dinputs[range(len(dvalues)), y] -= 1
        self.dinputs = self.dinputs / len(dvalues)


class _NnfsSGD:
    def update_params(self, layer):
        layer.weights += -RATE * layer.dweights
        layer.biases += -RATE * layer.dbiases


class ScikitLearn(Peer):
    """MLPClassifier.partial_fit, one pass a call, rows given in order."""

    name = "scikit-learn"

    def start(self, weights, X, Y, batch_size):
        from sklearn.neural_network import MLPClassifier

        self.X, self.y = X, Y.argmax(axis=1)
        self.model = MLPClassifier(
            [len(b) for b in weights[1:-2:2]],
            solver="sgd",
            momentum=0,
            nesterovs_momentum=False,
            alpha=0,
            learning_rate_init=RATE,
            batch_size=batch_size,
            shuffle=False,
        )
        classes = np.arange(Y.shape[1])
        self.model.partial_fit(X[:batch_size], self.y[:batch_size], classes=classes)
        for W, given in zip(self.model.coefs_, weights[::2], strict=True):
            W[...] = given
        for b, given in zip(self.model.intercepts_, weights[1::2], strict=True):
            b[...] = given

    def epoch(self, order):
        self.model.partial_fit(self.X[order], self.y[order])

    def weights(self):
        pairs = zip(self.model.coefs_, self.model.intercepts_, strict=True)
        return [array for pair in pairs for array in pair]


class Torch(Peer):
    """PyTorch, eager: nn.Sequential, CrossEntropyLoss, optim.SGD."""

    name = "PyTorch"

    def start(self, weights, X, Y, batch_size):
        import torch

        torch.set_num_threads(1)
        self.torch, layers = torch, []
        for W, b in zip(weights[::2], weights[1::2], strict=True):
            layer = torch.nn.Linear(*W.shape)
            with torch.no_grad():
                layer.weight.copy_(torch.from_numpy(W.T.copy()))
                layer.bias.copy_(torch.from_numpy(b.copy()))
            layers += [layer, torch.nn.ReLU()]
        self.model = torch.nn.Sequential(*layers[:-1])
        self.loss = torch.nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=RATE)
        self.X, self.y = torch.from_numpy(X), torch.from_numpy(Y.argmax(axis=1))
        self.batch_size, self.forward = batch_size, self.both

    def both(self, X, y):
        return self.loss(self.model(X), y)

    def epoch(self, order):
        order = self.torch.from_numpy(order)
        X, y = self.X[order], self.y[order]
        for at in range(0, len(X), self.batch_size):
            self.optimizer.zero_grad()
            loss = self.forward(
                X[at : at + self.batch_size], y[at : at + self.batch_size]
            )
            loss.backward()
            self.optimizer.step()

    def weights(self):
        arrays = [array.detach().numpy() for array in self.model.parameters()]
        return [array.T if array.ndim == 2 else array for array in arrays]


class TorchCompiled(Torch):
    """PyTorch with model and loss through torch.compile, and a fused SGD."""

    name = "torch.compile, model"

    def start(self, weights, X, Y, batch_size):
        super().start(weights, X, Y, batch_size)
        self.torch.compiler.reset()
        self.forward = self.torch.compile(self.both)
        self.optimizer = self.torch.optim.SGD(
            self.model.parameters(), lr=RATE, fused=True
        )


class TorchWholeStep(Torch):
    """PyTorch's whole step as one function of its parameters, through torch.compile."""

    name = "torch.compile, step"

    def start(self, weights, X, Y, batch_size):
        super().start(weights, X, Y, batch_size)
        torch = self.torch
        torch.compiler.reset()
        self.parameters = [torch.from_numpy(array.copy()) for array in weights]

        def loss(parameters, X, y):
            for at in range(0, len(parameters) - 2, 2):
                X = torch.relu(X @ parameters[at] + parameters[at + 1])
            Z = X @ parameters[-2] + parameters[-1]
            return torch.nn.functional.cross_entropy(Z, y)

        def step(parameters, X, y):
            slopes = torch.func.grad(loss)(parameters, X, y)
            pairs = zip(parameters, slopes, strict=True)
            return [array - RATE * slope for array, slope in pairs]

        self.step = torch.compile(step)

    def epoch(self, order):
        order = self.torch.from_numpy(order)
        X, y = self.X[order], self.y[order]
        with self.torch.no_grad():
            for at in range(0, len(X), self.batch_size):
                self.parameters = self.step(
                    self.parameters,
                    X[at : at + self.batch_size],
                    y[at : at + self.batch_size],
                )

    def weights(self):
        return [array.numpy() for array in self.parameters]


class Jax(Peer):
    """JAX: the step compiled by jit, called once a batch."""

    name = "JAX, step compiled"

    def start(self, weights, X, Y, batch_size):
        import jax
        import jax.numpy as jnp

        self.jax, self.jnp, self.batch_size = jax, jnp, batch_size
        self.parameters = [jnp.asarray(array) for array in weights]
        self.X, self.Y = X, Y

        def loss(parameters, X, Y):
            A = X
            for at in range(0, len(parameters) - 2, 2):
                A = jnp.maximum(A @ parameters[at] + parameters[at + 1], 0)
            Z = A @ parameters[-2] + parameters[-1]
            return -jnp.mean(jnp.sum(Y * jax.nn.log_softmax(Z), axis=1))

        def step(parameters, X, Y):
            gradients = jax.grad(loss)(parameters, X, Y)
            return [
                array - RATE * slope
                for array, slope in zip(parameters, gradients, strict=True)
            ]

        def whole(parameters, X, Y):
            def one(parameters, batch):
                return step(parameters, *batch), None

            return jax.lax.scan(one, parameters, (X, Y))[0]

        self.step, self.whole = jax.jit(step), jax.jit(whole)

    def epoch(self, order):
        X, Y, size = self.X[order], self.Y[order], self.batch_size
        parameters = self.parameters
        for at in range(0, len(X), size):
            parameters = self.step(parameters, X[at : at + size], Y[at : at + size])
        self.parameters = self.jax.block_until_ready(parameters)

    def weights(self):
        return [np.asarray(array) for array in self.parameters]


class JaxEpoch(Jax):
    """JAX: the whole epoch compiled into one call, lax.scan over its batches."""

    name = "JAX, epoch compiled"

    def epoch(self, order):
        by_batch = (len(order) // self.batch_size, self.batch_size, -1)
        X, Y = self.X[order].reshape(by_batch), self.Y[order].reshape(by_batch)
        self.parameters = self.jax.block_until_ready(self.whole(self.parameters, X, Y))


class Micrograd(Peer):
    """micrograd 0.1.0: every number of the step an object of its own."""

    name = "micrograd"

    def start(self, weights, X, Y, batch_size):
        from micrograd.engine import Value

        self.Value, self.batch_size = Value, batch_size
        self.parameters = [
            np.array([Value(float(v)) for v in array.ravel()], dtype=object).reshape(
                array.shape
            )
            for array in weights
        ]
        self.X, self.y = X.astype(np.float64), Y.argmax(axis=1)

    def epoch(self, order):
        for at in range(0, len(order), self.batch_size):
            self.step(order[at : at + self.batch_size])

    def step(self, rows):
        total = self.Value(0.0)
        for x, true in zip(self.X[rows].tolist(), self.y[rows].tolist(), strict=True):
            total = total + self.loss(x, true)
        total = total * (1 / len(rows))
        everything = [value for array in self.parameters for value in array.flat]
        for value in everything:
            value.grad = 0
        total.backward()
        for value in everything:
            value.data -= RATE * value.grad

    def loss(self, inputs, true):
        last = len(self.parameters) - 2
        for at in range(0, last + 2, 2):
            W, b = self.parameters[at : at + 2]
            inputs = [
                sum((x * w for x, w in zip(inputs, W[:, j], strict=True)), b[j])
                for j in range(len(b))
            ]
            if at < last:
                inputs = [z.relu() for z in inputs]
        highest = max(z.data for z in inputs)
        powers = [self.exp(z - highest) for z in inputs]
        return self.log(sum(powers[1:], powers[0])) - (inputs[true] - highest)

    # micrograd has neither; an operation is a value and the rule of its slope.
    def exp(self, z):
        out = self.Value(float(np.exp(z.data)), (z,), "exp")

        def backward():
            z.grad += out.data * out.grad

        out._backward = backward
        return out

    def log(self, z):
        out = self.Value(float(np.log(z.data)), (z,), "log")

        def backward():
            z.grad += out.grad / z.data

        out._backward = backward
        return out

    def weights(self):
        read = np.vectorize(lambda value: value.data, otypes=[np.float64])
        return [read(array) for array in self.parameters]


EVERYONE = (
    Ours, OursIn64Bits, Limit, BestNumPy, SameCalls, Nielsen, Nnfs, ScikitLearn, Torch,
    TorchCompiled, TorchWholeStep, Jax, JaxEpoch, Micrograd,
)  # fmt: skip
