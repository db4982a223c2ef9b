"""Dense layers, and a network that is a list of them."""

import math

import numpy as np

from nn_helpers import _edge
from nn_helpers.activations import ACTIVATIONS, sigmoid, softmax


class Dense:
    """A fully connected layer: A = g(X @ W + b).

    n_in, n_out: number of inputs and of neurons; activation: "relu",
    "sigmoid", "tanh" or "identity"; rng: a numpy.random.Generator;
    dtype: float64 (default) or float32.

    W: (n_in, n_out), drawn from a normal distribution with variance 2/n_in for
    ReLU (He and others, 2015) and 1/n_in otherwise (LeCun and others, 1998,
    "Efficient BackProp"). b: (n_out,), zeros.

    Raises ValueError for a size below 1, an unknown activation or dtype, and
    TypeError when rng is no Generator.

    >>> layer = Dense(3, 2, "relu", np.random.default_rng(0))
    >>> layer.forward(np.ones((5, 3))).shape
    (5, 2)
    """

    def __init__(self, n_in, n_out, activation, rng, dtype=np.float64):
        self.n_in = _edge.positive_integer(n_in, "n_in")
        self.n_out = _edge.positive_integer(n_out, "n_out")
        self.g, self.g_prime = _edge.known(activation, ACTIVATIONS, "activation")
        self.activation = activation
        dtype = _float_type(dtype)
        scale = math.sqrt((2 if activation == "relu" else 1) / self.n_in)
        draw = _edge.generator(rng, "Dense").normal(0, scale, (self.n_in, self.n_out))
        self.W = draw.astype(dtype)
        self.b = np.zeros(self.n_out, dtype)
        self.X = self.Z = self.dZ = self.dW = self.db = None

    def forward(self, X):
        """Return A = g(X @ W + b); keep X (a copy) and Z for `backward`.

        X: (m, n_in), m >= 1. Returns (m, n_out).
        Raises ValueError for another shape, TypeError for text or complex X.
        """
        self.X = _edge.matrix(X, self.n_in, "Dense.forward", dtype=self.W.dtype)
        self.Z = self.X @ self.W + self.b
        return self.g(self.Z)

    def backward(self, dA, input_gradient=True):
        """From dL/dA compute dZ, dW and db (kept) and return dL/dX.

        dZ = dA * g'(Z),  dW = X.T @ dZ,  db = sum over rows of dZ,
        dX = dZ @ W.T. dA: (m, n_out), as the last `forward` returned.
        With input_gradient=False the product for dX is saved, and None returned.
        Gradients are set, never accumulated; the weights stay as they are.
        Raises RuntimeError before the first `forward`, ValueError for a wrong
        shape, TypeError for text or complex dA.

        >>> layer = Dense(1, 1, "identity", np.random.default_rng(0))
        >>> _ = layer.forward(np.array([[2.0], [3.0]]))
        >>> _ = layer.backward(np.array([[1.0], [10.0]]))
        >>> layer.dW, layer.db
        (array([[32.]]), array([11.]))
        """
        dA = self._fits_forward(dA)
        # A factor of 1 everywhere need not be written down to be multiplied by.
        straight = self.activation == "identity"
        self.dZ = dZ = dA.copy() if straight else dA * self.g_prime(self.Z)
        # For one row X.T * dZ is the same product, in half the time.
        self.dW = self.X.T * dZ if len(dZ) == 1 else self.X.T @ dZ
        self.db = dZ.sum(axis=0)
        return dZ @ self.W.T if input_gradient else None

    def _fits_forward(self, dA):
        if self.Z is None:
            raise RuntimeError("Dense.backward needs a forward first: it uses its X, Z")
        dA = _edge.floats(dA, "Dense.backward", "dA")
        if dA.shape != self.Z.shape:
            raise ValueError(
                f"Dense.backward expected dA of shape {self.Z.shape}, got {dA.shape}"
            )
        return dA.astype(self.Z.dtype, copy=False)


class Network:
    """Dense layers in a row; the last one gives the logits.

    sizes: [n_in, hidden, ..., n_out]; activation: of the hidden layers.
    `Network([64, 32, 10], activation="relu", rng=rng)` has one hidden layer.
    Real input is cast to dtype (float64 or float32) at the edge.
    dropout: while it trains (`forward` with an rng), each hidden activation becomes
    0 with this probability, and the others are divided by 1 - dropout.

    Raises ValueError for fewer than two sizes, a dropout outside 0..1 (1 excluded)
    and for all that `Dense` refuses.

    >>> network = Network([64, 32, 10], rng=np.random.default_rng(0))
    >>> sum(array.size for _, array, _ in network.parameters())
    2410
    """

    def __init__(self, sizes, activation="relu", *, rng, dtype=np.float64, dropout=0.0):
        try:
            sizes = list(sizes)
        except TypeError:
            sizes = [sizes]
        if len(sizes) < 2:
            raise ValueError(f"Network expected [n_in, ..., n_out], got {sizes}")
        activations = [activation] * (len(sizes) - 2) + ["identity"]
        _edge.known(activation, ACTIVATIONS, "activation")
        self.layers = [
            Dense(n_in, n_out, name, rng, dtype)
            for n_in, n_out, name in zip(
                sizes[:-1], sizes[1:], activations, strict=True
            )
        ]
        self.n_in, self.n_out = self.layers[0].n_in, self.layers[-1].n_out
        self.dtype = self.layers[0].W.dtype
        self.dropout = _edge.share(dropout, "dropout", below_1=True)
        self.masks = [None] * (len(self.layers) - 1)

    def forward(self, X, rng=None):
        """Return the logits Z of the last layer, (m, n_out), for X: (m, n_in).

        rng: a numpy.random.Generator while training, for dropout; without it no
        activation is dropped. Raises ValueError for a wrong shape or an empty X,
        TypeError for text or complex X. NaN in X gives NaN; `train` refuses it.
        """
        A = X
        for number, layer in enumerate(self.layers[:-1]):
            A, self.masks[number] = layer.forward(A), None
            if self.dropout and rng is not None:
                mask = dropout_mask(A.shape, self.dropout, rng).astype(A.dtype)
                A, self.masks[number] = A * mask, mask
        return self.layers[-1].forward(A)

    def backward(self, dZ, input_gradient=False):
        """Walk dL/dZ of the logits back; fill `dW` and `db` of every layer.

        dZ: (m, n_out), a loss gradient. Returns dL/dX, (m, n_in), when
        input_gradient is true, else None. No weight is changed.
        Raises RuntimeError before the first `forward`, ValueError for a wrong
        shape.
        """
        for layer, mask in zip(
            reversed(self.layers[1:]), reversed(self.masks), strict=True
        ):
            dZ = layer.backward(dZ)
            if mask is not None:
                dZ *= mask
        return self.layers[0].backward(dZ, input_gradient)

    def parameters(self):
        """Return (name, array, gradient) triples: W1, b1, W2, b2, ...

        The arrays are the network's own: changing one in place trains it.
        A gradient is None before the first `backward`.
        """
        triples = []
        for number, layer in enumerate(self.layers, start=1):
            triples.append((f"W{number}", layer.W, layer.dW))
            triples.append((f"b{number}", layer.b, layer.db))
        return triples

    def predict_proba(self, X):
        """Return P, (m, n_out): softmax of the logits (one output: sigmoid).

        Raises as `forward` does, and ValueError for NaN or infinity in X.
        """
        Z = self._logits(X)
        return softmax(Z) if self.n_out > 1 else sigmoid(Z)

    def predict(self, X):
        """Return class numbers, (m,): the largest logit (one output: P >= 0.5).

        Raises as `forward` does, and ValueError for NaN or infinity in X.
        """
        Z = self._logits(X)
        if self.n_out > 1:
            return Z.argmax(axis=1)
        return (Z[:, 0] >= 0).astype(int)

    def _logits(self, X):
        # A row of NaN would be read as class 0, without a word.
        X = _edge.matrix(X, self.n_in, "Network", dtype=self.dtype, copy=None)
        return self.forward(_edge.finite(X, "Network: X"))


def dropout_mask(shape, rate, rng):
    """Return an array of 0, with probability `rate`, and 1 / (1 - rate).

    Its mean is 1 on average, so activations times the mask keep theirs (inverted
    dropout), and nothing has to be scaled when the network is used. Raises
    ValueError for a rate outside 0..1 (1 excluded), TypeError when rng is no
    Generator.

    >>> dropout_mask((2, 3), 0.5, np.random.default_rng(0))
    array([[2., 0., 0.],
           [0., 2., 2.]])

    Source: Srivastava and others, "Dropout: A Simple Way to Prevent Neural Networks
    from Overfitting", 2014, section 10.
    """
    rate = _edge.share(rate, "rate", below_1=True)
    draw = _edge.generator(rng, "dropout_mask").random(shape)
    return (draw >= rate) / (1 - rate)


def _float_type(dtype):
    try:
        dtype = np.dtype(dtype)
    except TypeError:
        dtype = None
    if dtype not in (np.float64, np.float32):
        raise ValueError(f"dtype must be float64 or float32, got {dtype}")
    return dtype
