"""The training loop: INIT, PREDICT, LOSS, GRADIENT, STEP, STOP?"""

from dataclasses import dataclass, field

import numpy as np

from nn_helpers import _edge
from nn_helpers.losses import (
    GRADIENTS,
    binary_cross_entropy,
    loss_and_gradient,
    softmax_cross_entropy,
)
from nn_helpers.optimizers import SGD


@dataclass
class History:
    """What happened during `train`, one entry an epoch.

    loss: the mean over the examples of the epoch, each loss as it was seen, that
    is, before the step that it caused. validation_loss, validation_accuracy: after
    the epoch,
    if `validation` was given (accuracy only for cross-entropies with targets of 0
    and 1).
    stopped: why the run ended, in words.
    """

    loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)
    stopped: str = "not started"


def minibatches(X, Y, batch_size, rng):
    """Yield (X_batch, Y_batch): one pass over all rows, in shuffled order.

    X, Y: arrays with the same number of rows. There are ceil(m / batch_size)
    batches; the last one holds what is left. X and Y stay as they are.
    Raises ValueError when the rows differ in number, for an empty set, and for
    a batch_size outside 1..m; TypeError when rng is no Generator.

    >>> X = np.arange(5).reshape(5, 1)
    >>> [len(x) for x, _ in minibatches(X, X, 2, np.random.default_rng(0))]
    [2, 2, 1]
    """
    X, Y = np.asarray(X), np.asarray(Y)
    if X.ndim == 0 or Y.ndim == 0 or len(X) != len(Y) or len(X) == 0:
        raise ValueError(
            "minibatches expected X and Y with the same number of rows, at least "
            f"one, got {X.shape} and {Y.shape}"
        )
    size = _edge.positive_integer(batch_size, "batch_size", at_most=len(X))
    order = _edge.generator(rng, "minibatches").permutation(len(X))
    X, Y = X[order], Y[order]
    starts = range(0, len(X), size)
    return ((X[start : start + size], Y[start : start + size]) for start in starts)


def accuracy(y_hat, y):
    """Fraction of class numbers in y_hat that equal those in y; both (m,).

    Raises ValueError when the shapes differ, are not (m,), or m is 0.

    >>> accuracy(np.array([3, 1, 4]), np.array([3, 1, 5])) == 2 / 3
    True
    """
    y_hat = _edge.real_array(y_hat, "accuracy: y_hat")
    y = _edge.real_array(y, "accuracy: y")
    if y_hat.shape != y.shape or y.ndim != 1 or y.size == 0:
        raise ValueError(
            "accuracy expected two arrays of class numbers of one shape (m,), "
            f"got {y_hat.shape} and {y.shape}"
        )
    return float(np.mean(y_hat == y))


def one_epoch(network, X, Y, loss_grad, optimizer, batch_size, rng):
    """Train for one pass over the rows; yield (Z, Y_batch) after each step.

    Z: the logits as they were before the step. Nothing happens until you walk
    it, with `for` or `next`, and between two steps you may look at the network.
    For the arguments see `train`, which walks it to the end.

    >>> from nn_helpers import binary_cross_entropy_grad, make_xor, small_network
    >>> rng = np.random.default_rng(0)
    >>> X, y = make_xor(8, rng=rng)
    >>> steps = one_epoch(small_network(), X, y[:, None], binary_cross_entropy_grad,
    ...                   SGD(0.1), batch_size=3, rng=rng)
    >>> [len(Z) for Z, _ in steps]
    [3, 3, 2]
    """
    for X_batch, Y_batch in minibatches(X, Y, batch_size, rng):
        Z = network.forward(X_batch, rng)
        network.backward(loss_grad(Z, Y_batch))
        optimizer.step(network.parameters())
        yield Z, Y_batch


def train(
    network,
    X,
    Y,
    *,
    loss,
    learning_rate=None,
    batch_size=1,
    epochs,
    rng,
    validation=None,
    optimizer=None,
    after_epoch=None,
):
    """Train `network` in place by (mini-batch) gradient descent.

    X: (m, n_in); Y: (m, n_out), one-hot, or (m, 1) of 0/1 for one output.
    loss: a loss of nn_helpers, or your own pair (loss, loss_grad), the loss a mean
    over the examples.
    batch_size: 1 is SGD in the strict sense, a step after each sample.
    epochs: full passes over the m rows, each in a new random order.
    rng: a numpy.random.Generator; validation: a pair (X, Y), only measured.
    optimizer: owns the learning rate; give it, or learning_rate, not both.
    after_epoch: called as after_epoch(epoch, network, history) after each epoch,
    the first is 1; a true answer ends the run.

    Returns a History. Ctrl-C and divergence do not raise: the run ends, the
    history is kept and `history.stopped` says why. After divergence the
    weights are those from the start of the failed epoch.

    Raises ValueError or TypeError, with the network as it was, for wrong
    shapes, an empty set, NaN or infinity, targets that do not fit the loss,
    an unknown loss, a batch_size outside 1..m, epochs < 1, or a learning rate
    that is not a finite number > 0.

    >>> from nn_helpers import Network, make_xor, softmax_cross_entropy, one_hot
    >>> rng = np.random.default_rng(0)
    >>> X, y = make_xor(100, rng=rng)
    >>> network = Network([2, 8, 2], rng=rng)
    >>> history = train(network, X, one_hot(y, 2), loss=softmax_cross_entropy,
    ...                 learning_rate=0.1, epochs=20, rng=rng)
    >>> history.stopped
    'finished all 20 epochs'
    >>> accuracy(network.predict(X), y) > 0.95
    True
    """
    loss, loss_grad = loss_and_gradient(loss)
    X, Y = _examples(network, X, Y, loss, "train")
    batch_size = _edge.positive_integer(batch_size, "batch_size", at_most=len(X))
    epochs = _edge.positive_integer(epochs, "epochs")
    _edge.generator(rng, "train")
    if validation is not None:
        validation = _validation_pair(network, validation, loss)
    optimizer = _one_optimizer(learning_rate, optimizer)
    if after_epoch is not None and not callable(after_epoch):
        raise TypeError(
            f"train expected after_epoch to be callable, got {after_epoch!r}"
        )
    if loss not in GRADIENTS:
        _try_out(network, X[:1], Y[:1], loss, loss_grad)

    history, epoch = History(), 1
    history.stopped = f"finished all {epochs} epochs"
    try:
        for epoch in range(1, epochs + 1):
            start = [array.copy() for _, array, _ in network.parameters()]
            # A run that diverges overflows on its way; we report it in words.
            with np.errstate(over="ignore", invalid="ignore"):
                steps = list(
                    one_epoch(network, X, Y, loss_grad, optimizer, batch_size, rng)
                )
                # One call an epoch, on the logits as they were: the mean that
                # a call in every step would give, at a fraction of its price.
                seen = loss(*map(np.concatenate, zip(*steps, strict=True)))
            if not _all_finite(seen, network):
                for (_, array, _), kept in zip(
                    network.parameters(), start, strict=True
                ):
                    array[...] = kept
                history.stopped = (
                    f"diverged in epoch {epoch}: the loss or a weight is no "
                    "longer finite; a smaller learning rate may help"
                )
                break
            _note(history, seen, network, validation, loss)
            if after_epoch is not None and after_epoch(epoch, network, history):
                history.stopped = f"ended by after_epoch in epoch {epoch} of {epochs}"
                break
    except KeyboardInterrupt:
        # In the middle of `_note` a list may be one entry ahead of the loss.
        for entries in (history.validation_loss, history.validation_accuracy):
            del entries[len(history.loss) :]
        history.stopped = f"interrupted in epoch {epoch} of {epochs}"
    return history


def _one_optimizer(learning_rate, optimizer):
    if (optimizer is None) == (learning_rate is None):
        raise ValueError(
            "train expected either learning_rate or optimizer, got "
            f"learning_rate={learning_rate!r} and optimizer={optimizer!r}"
        )
    if optimizer is None:
        return SGD(learning_rate)
    if isinstance(optimizer, type) or not callable(getattr(optimizer, "step", None)):
        raise TypeError(
            "train expected optimizer to be an object with a method step, such as "
            f"SGD(0.1), got {optimizer!r}"
        )
    return optimizer


def _try_out(network, X, Y, loss, loss_grad):
    """A learner's own loss is tried on one row before any weight moves."""
    Z = network.forward(X)
    value, dZ = loss(Z, Y), loss_grad(Z, Y)
    if np.ndim(value) or np.asarray(value).dtype.kind not in "iuf":
        raise TypeError(f"train expected your loss to return a number, got {value!r}")
    if np.shape(dZ) != Z.shape:
        raise ValueError(
            f"train expected the gradient of your loss to have the shape of Z, "
            f"{Z.shape}, got {np.shape(dZ)}"
        )


def _examples(network, X, Y, loss, who):
    X = _edge.matrix(X, network.n_in, who, dtype=network.dtype, copy=None)
    Y = _edge.matrix(Y, network.n_out, who, "Y", dtype=network.dtype, copy=None)
    if len(X) != len(Y):
        raise ValueError(
            f"{who} expected as many rows in Y as in X, got {len(Y)} and {len(X)}"
        )
    _edge.finite(X, f"{who}: X")
    _edge.finite(Y, f"{who}: Y")
    if loss is binary_cross_entropy:
        _edge.from_0_to_1(Y, who)
        if network.n_out > 1:
            raise ValueError(
                f"{who} expected one output for binary_cross_entropy, the network "
                f"has {network.n_out}; for classes use softmax_cross_entropy"
            )
    if loss is softmax_cross_entropy:
        _edge.rows_sum_to_1(Y, who)
    return X, Y


def _validation_pair(network, validation, loss):
    if not isinstance(validation, (tuple, list)) or len(validation) != 2:
        raise ValueError("train expected validation to be a pair (X, Y)")
    return _examples(network, *validation, loss, "validation")


def _all_finite(loss, network):
    return np.isfinite(loss) and all(
        np.isfinite(array).all() for _, array, _ in network.parameters()
    )


def _note(history, seen, network, validation, loss):
    """Enter an epoch; all of it is measured first, so that lists stay as long."""
    if validation is not None:
        X, Y = validation
        validation_loss = loss(network.forward(X), Y)
        if loss in (binary_cross_entropy, softmax_cross_entropy):
            if np.isin(Y, (0, 1)).all():
                y = Y.argmax(axis=1) if network.n_out > 1 else Y[:, 0].astype(int)
                history.validation_accuracy.append(accuracy(network.predict(X), y))
        history.validation_loss.append(validation_loss)
    history.loss.append(seen)
