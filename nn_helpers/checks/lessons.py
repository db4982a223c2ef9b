"""What is asked of an answer, exercise by exercise.

Each check is a generator of (complaint, holds): it stops mattering at the first
property that does not hold, and the complaint names the likely bug. The inputs
avoid what hides bugs: one row, square or symmetric matrices, equal entries.
"""

import numpy as np

from nn_helpers.activations import sigmoid
from nn_helpers.gradient_check import gradient_error, numerical_gradient
from nn_helpers.losses import binary_cross_entropy
from nn_helpers.network import Network


class Untouched(Exception):
    """The stub still holds its ... ."""


def call(function, *arguments):
    """Call the learner's function, on copies; an untouched one gives None or ... ."""
    result = function(*(np.array(argument) for argument in arguments))
    if result is None or result is ...:
        raise Untouched
    return result


def number(answer, expected, hint):
    """A predicted number, within one percent."""
    yield hint, bool(np.isclose(float(answer), expected, rtol=0.01))


def keeps_its_input(function, *arguments):
    """Whether a function leaves its array arguments as they were."""
    copies = [np.array(a) for a in arguments]
    function(*copies)
    return all(np.array_equal(a, c) for a, c in zip(arguments, copies, strict=True))


IN_PLACE = "It changes its input; work on a new array."


def kink(answer):
    yield from number(
        answer, 1.5, "ReLU switches on where 2x - 3 crosses 0. Which x is that?"
    )


def stable_sigmoid(function):
    z = np.array([[-3.0, -0.5], [0.2, 1.5], [4.0, 0.0]])
    s = np.asarray(call(function, z))
    yield f"It should keep the shape {z.shape}, but gave {s.shape}.", s.shape == z.shape
    yield "At 0 it should give one half.", bool(np.isclose(s[2, 1], 0.5))
    flipped = np.allclose(s, 1 / (1 + np.exp(z)))
    yield "It falls where it should rise: is the sign of z flipped?", not flipped
    yield (
        "It is not 1 / (1 + exp(-z)) for z around 0.",
        np.allclose(s, 1 / (1 + np.exp(-z))),
    )
    try:
        extreme = np.asarray(call(function, np.array([-1000.0, 1000.0])))
    except RuntimeWarning:
        extreme = np.array([np.nan, np.nan])
    yield (
        "At -1000 or 1000 exp overflows. Can you only ever ask it for exp(-abs(z))?",
        np.allclose(extreme, [0, 1]),
    )
    yield IN_PLACE, keeps_its_input(function, z)


def bump(function):
    x = np.linspace(-2, 6, 81)
    y = np.asarray(call(function, x))
    yield f"It should keep the shape {x.shape}, but gave {y.shape}.", y.shape == x.shape
    yield "Left of 1 it should be 0.", np.allclose(y[x <= 1], 0)
    yield "Its top should be 1, at x = 2.", bool(np.isclose(np.interp(2, x, y), 1))
    yield (
        "Right of 3 it should be 0 again: does the third ReLU cancel the slope?",
        np.allclose(y[x >= 3], 0),
    )
    yield (
        "Between 1 and 3 it should run straight up and straight down.",
        np.allclose(y, np.maximum(0, 1 - np.abs(x - 2))),
    )
    yield IN_PLACE, keeps_its_input(function, x)


def parameter_count(answer):
    yield (
        "Those are the weights alone; every neuron also has a bias.",
        float(answer) != 64 * 32 + 32 * 10,
    )
    yield (
        "Count weights (n_in times n_out) and biases (n_out) for both layers.",
        float(answer) == 64 * 32 + 32 + 32 * 10 + 10,
    )


def layer(function):
    rng = np.random.default_rng(3)
    X, W, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    Z = np.asarray(call(function, X, W, b))
    yield f"Z should have the shape (4, 2), but has {Z.shape}.", Z.shape == (4, 2)
    yield "The bias is missing.", not np.allclose(Z, X @ W)
    by_hand = [
        [sum(x * w for x, w in zip(row, col, strict=True)) for col in W.T] for row in X
    ]
    yield (
        "Entry [i, j] should be row i of X times column j of W, plus b[j].",
        np.allclose(Z, np.array(by_hand) + b),
    )
    yield IN_PLACE, keeps_its_input(function, X, W, b)


def rows_softmax(function):
    Z = np.array([[2.0, -1.0, 0.5, 0.0], [0.3, 0.1, -2.0, 1.0], [1.0, 4.0, 2.0, 3.0]])
    P = np.asarray(call(function, Z))
    yield f"P should have the shape {Z.shape}, but has {P.shape}.", P.shape == Z.shape
    columns = np.allclose(P.sum(axis=0), 1)
    yield "The columns sum to 1, not the rows: sum along axis=1.", not columns
    whole = np.isclose(P.sum(), 1)
    yield "All entries together sum to 1: keep the rows apart with keepdims.", not whole
    yield "Each row should sum to 1.", np.allclose(P.sum(axis=1), 1)
    yield "Probabilities cannot be negative.", bool((P >= 0).all())
    ratio = P[:, 0] / P[:, 1]
    yield (
        "P[0] / P[1] should be exp(Z[0] - Z[1]).",
        np.allclose(ratio, np.exp(Z[:, 0] - Z[:, 1])),
    )
    try:
        shifted = np.asarray(call(function, Z + 1000))
    except RuntimeWarning:
        shifted = np.full_like(P, np.nan)
    yield "With 1000 added to each logit, exp overflows.", np.allclose(shifted, P)
    yield IN_PLACE, keeps_its_input(function, Z)


def uniform_loss(answer):
    yield (
        "Close in kind: use the natural logarithm.",
        not np.isclose(float(answer), 1, rtol=0.01),
    )
    yield from number(
        answer, np.log(10), "Each of ten classes gets p = 1/10. What is -log of that?"
    )


def cross_entropy(function):
    Z = np.array([[2.0, -1.0, 0.5], [0.3, 0.1, -2.0], [1.0, 3.0, 2.0], [0.0, 0.4, 0.8]])
    Y = np.eye(3)[[0, 2, 1, 1]]
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    surprises = -np.log((P * Y).sum(axis=1))
    loss = float(call(function, Z, Y))
    yield "It is negative: the sign is flipped.", loss > 0
    yield (
        "It is the sum over the rows; the mean divides by m.",
        not np.isclose(loss, surprises.sum()),
    )
    per_entry = np.isclose(loss, surprises.sum() / Z.size)
    yield "It divides by all entries of Y; the mean is over the m rows.", not per_entry
    yield (
        "It should be the mean of -log p(true class).",
        bool(np.isclose(loss, surprises.mean())),
    )
    try:
        extreme = float(call(function, 1000 * Z, Y))
    except RuntimeWarning:
        extreme = np.nan
    yield "With logits of 1000 it is no longer finite.", bool(np.isfinite(extreme))
    yield IN_PLACE, keeps_its_input(function, Z, Y)


def binary_gradient(function):
    Z, Y = (
        np.array([[2.0], [-1.0], [0.5], [0.1]]),
        np.array([[1.0], [1.0], [0.0], [0.0]]),
    )
    dZ = np.asarray(call(function, Z, Y))
    yield (
        f"dZ should have the shape {Z.shape}, but has {dZ.shape}.",
        dZ.shape == Z.shape,
    )
    yield from same_gradient(
        dZ, numerical_gradient(lambda z: binary_cross_entropy(z, Y), Z), 4
    )
    yield IN_PLACE, keeps_its_input(function, Z, Y)


def same_gradient(found, expected, m, name="dZ"):
    """The usual ways to be wrong, before the verdict that something is."""
    yield f"{name} has its sign flipped.", gradient_error(-found, expected) > 1e-6
    yield (
        f"{name} lacks the 1/m of the mean.",
        gradient_error(found / m, expected) > 1e-6,
    )
    yield f"{name} has the 1/m twice.", gradient_error(found * m, expected) > 1e-6
    yield (
        f"{name} differs from the slope that nudging gives.",
        gradient_error(found, expected) < 1e-6,
    )


def silent_parameters(answer):
    yield from number(
        answer,
        4,
        "A dead neuron passes nothing on and nothing back. Count the zeros among "
        "the gradients: into it, out of it, and its bias.",
    )


def dense_backward(function):
    rng = np.random.default_rng(5)
    X, W, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    dZ = rng.normal(size=(4, 2)) * [[0.5], [2.0], [1.0], [-1.5]]

    def scalar(X, W, b):
        return float(np.sum((X @ W + b) * dZ))

    answers = call(function, dZ, X, W)
    if any(part is ... or part is None for part in answers):
        raise Untouched
    expected = {
        "dW": numerical_gradient(lambda w: scalar(X, w, b), W),
        "db": numerical_gradient(lambda c: scalar(X, W, c), b),
        "dX": numerical_gradient(lambda x: scalar(x, W, b), X),
    }
    for (name, right), found in zip(expected.items(), answers, strict=True):
        found = np.asarray(found)
        turned = found.shape != right.shape and found.shape == right.T.shape
        yield f"{name} is transposed: it has the shape {found.shape}.", not turned
        yield f"{name} should have the shape {right.shape}.", found.shape == right.shape
        yield from same_gradient(found, right, 4, name)
    again = call(function, dZ, X, W)
    same = all(np.array_equal(a, b) for a, b in zip(answers, again, strict=True))
    yield "A second call gives another answer: does something accumulate?", same
    yield IN_PLACE, keeps_its_input(function, dZ, X, W)


def wrong_arrays(answer):
    names = {str(name) for name in answer}
    yield "The names are W1, b1, W2 and b2.", names <= {"W1", "b1", "W2", "b2"}
    yield (
        "One of these agrees with the nudges to many digits.",
        not names & {"W2", "b2"},
    )
    yield "There is one more that does not agree.", names == {"W1", "b1"}


def updates(answer):
    yield "That is one epoch; how many are there?", float(answer) != 1438
    yield from number(
        answer, 1438 * 30, "One update a sample, 1,438 samples, 30 epochs."
    )


def sgd_step(function):
    w, dw = (
        np.array([[1.0, -2.0, 0.5], [0.3, 3.0, -1.0]]),
        np.array([[0.5, 1.0, -2.0], [4, 0, 1]]),
    )
    b, db = np.array([0.2, -0.4]), np.array([-1.0, 3.0])
    before, kept = (w.copy(), b.copy()), (dw.copy(), db.copy())
    function([("W1", w, dw), ("b1", b, db)], 0.1)
    if np.array_equal(w, before[0]) and np.array_equal(b, before[1]):
        raise Untouched
    yield (
        "It walks uphill: subtract, do not add.",
        not np.allclose(w, before[0] + 0.1 * dw),
    )
    yield "It forgets the learning rate.", not np.allclose(w, before[0] - dw)
    yield (
        "Each array should move by -learning_rate times its gradient.",
        np.allclose(w, before[0] - 0.1 * dw) and np.allclose(b, before[1] - 0.1 * db),
    )
    yield (
        "It changes the gradients.",
        np.array_equal(dw, kept[0]) and np.array_equal(db, kept[1]),
    )


class _Witness(Network):
    """A network that notes which rows it was shown."""

    def forward(self, X):
        self.seen.append(np.array(X))
        return super().forward(X)


def one_epoch(function):
    rng = np.random.default_rng(7)
    X, Y = np.arange(24.0).reshape(12, 2) / 10, (np.arange(12) % 2.0)[:, None]
    network = _Witness([2, 3, 1], "tanh", rng=rng)
    network.seen, start = [], [a.copy() for _, a, _ in network.parameters()]
    function(network, X, Y, 0.1, rng)
    if not network.seen:
        raise Untouched
    rows = [len(x) for x in network.seen]
    yield "Show the network one row at a time: X[i : i + 1].", set(rows) == {1}
    yield f"It made {len(rows)} forward passes for 12 samples.", len(rows) == 12
    order = [int(x[0, 0] * 5) for x in network.seen]
    yield "Some sample came twice: use each index once.", len(set(order)) == 12
    yield (
        "The order is that of the file: shuffle it with the rng.",
        order != sorted(order),
    )
    moved = [
        not np.array_equal(a, s)
        for (_, a, _), s in zip(network.parameters(), start, strict=True)
    ]
    yield "The parameters did not all move.", all(moved)
    replay = Network([2, 3, 1], "tanh", rng=np.random.default_rng(0))
    for (_, array, _), value in zip(replay.parameters(), start, strict=True):
        array[...] = value
    for i in order:
        Z = replay.forward(X[i : i + 1])
        replay.backward(sigmoid(Z) - Y[i : i + 1])
        for _, array, gradient in replay.parameters():
            array -= 0.1 * gradient
    same = [
        np.allclose(a, r)
        for (_, a, _), (_, r, _) in zip(
            network.parameters(), replay.parameters(), strict=True
        )
    ]
    yield (
        "The steps are not -learning_rate times the gradient of each sample.",
        all(same),
    )


CHECKS = {
    "02.1": kink,
    "02.2": stable_sigmoid,
    "02.3": bump,
    "03.1": layer,
    "03.2": parameter_count,
    "03.3": rows_softmax,
    "04.1": uniform_loss,
    "04.2": binary_gradient,
    "04.3": cross_entropy,
    "06.1": silent_parameters,
    "06.2": dense_backward,
    "06.3": wrong_arrays,
    "07.1": sgd_step,
    "07.2": updates,
    "07.3": one_epoch,
}
