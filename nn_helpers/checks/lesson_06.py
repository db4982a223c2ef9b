"""What lesson 06 asks: the backward pass."""

import numpy as np

from nn_helpers.checks.answer import Stop
from nn_helpers.checks.numbers import numbers
from nn_helpers.checks.properties import (
    careful,
    number,
    quiz,
    same,
    shaped,
)
from nn_helpers.checks.verdict import Exercise
from nn_helpers.datasets import load_digits
from nn_helpers.losses import softmax_cross_entropy_grad
from nn_helpers.network import Network
from nn_helpers.preprocessing import one_hot


def two_roads(answer):
    """Two roads lead from the neuron to the loss, one through each output.

    What is the slope along the first road alone, delta times weight? And along
    the second?

    Similar: deltas 0.5 and -0.2, weights 2 and 3: 0.5 * 2 + (-0.2) * 3 = 0.4.
    """
    yield from number(answer, *roads(**numbers("06.1")), tolerance=0.001)


def roads(weights, deltas):
    """The slope along both roads, and wrong ones."""
    first, second = (d * w for d, w in zip(deltas, weights, strict=True))
    return first + second, {
        "sign_flipped": -(first + second),
        "roads_subtracted": first - second,
        "one_road": (first, second),
        "roads_averaged": (first + second) / 2,
        "roads_multiplied": first * second,
        "weights_crossed": np.dot(deltas, weights[::-1]),
    }


def dense_backward(answer):
    """Each result has the shape of what it is the slope of.

    Which product of X and dZ has the shape of W? Which rows and columns does it
    sum over, and over what does db sum?

    Similar: Z = X * w (one weight for each column, no sum): dw[j] is the sum over
    the rows r of X[r, j] * dZ[r, j], that is `(X * dZ).sum(axis=0)`.
    """
    rng = np.random.default_rng(5)
    X, W = rng.normal(size=(4, 3)), rng.normal(size=(3, 2))
    dZ = rng.normal(size=(4, 2)) * [[0.5], [2.0], [1.0], [-1.5]]
    dZ[:, 0] += 1  # so that db is not in rising order
    m, names = len(X), ("dW", "db", "dX")
    right = {"dW": X.T @ dZ, "db": dZ.sum(axis=0), "dX": dZ @ W.T}
    found = answer.several(names, dZ, X, W)
    shapes = [part.shape for part in found.values()]
    if shapes != [(3, 2), (2,), (4, 3)] and sorted(shapes) == [(2,), (3, 2), (4, 3)]:
        raise Stop("failed", "order")
    for name in names:
        if name == "db":
            shape = found["db"].shape
            flat = {"total": found["db"].size == 1, "db_from_dW": shape == (3,)}
            flat |= {"wrong_axis": shape == (4,), "not_summed": shape == dZ.shape}
            flat |= {"one_row": shape == (1, 2)}
            yield "db: has one number for each neuron", shape == (2,), flat
        else:
            yield from shaped(name, found[name], right[name])
        bugs = {"mean_for_sum": same(found[name], right[name] / m)}
        bugs |= _why_this(name, found[name], dZ, X, right)
        bugs |= _why(found[name], right[name], m)
        yield f"{name}: agrees with nudging", same(found[name], right[name]), bugs
    more = [rng.normal(size=shape) for shape in ((9, 2), (9, 3))]
    tall = answer.several(names, *more, W)
    wanted = {"dW": more[1].T @ more[0], "db": more[0].sum(axis=0), "dX": more[0] @ W.T}
    fits = [same(tall[name], wanted[name]) for name in names]
    yield "any number of rows will do", all(fits), {"fixed_rows": True}
    yield from _square(answer)
    yield from careful(answer)


def _why(found, right, m):
    """The usual ways for a gradient to be wrong."""
    return {
        "sign_flipped": same(found, -right),
        "mean_twice": same(found, right / m),
        "mean_missing": same(found, right * m),
    }


def _why_this(name, found, dZ, X, right):
    if name == "dW":
        return {
            "first_row_only": same(found, np.outer(X[0], dZ[0])),
            "last_row_only": same(found, np.outer(X[-1], dZ[-1])),
        }
    if name == "db":
        return {
            "mean_for_sum": same(found, dZ.mean(axis=0)),
            "first_row_only": same(found, dZ[0]) or same(found, dZ[-1]),
            "db_from_dW": same(found, right["dW"].sum(axis=0))
            or same(found, right["dW"].mean(axis=0)),
        }
    return {"extra_gate": same(found, right["dX"] * (X > 0))}


def _square(answer):
    """Where n_in = n_out, a forgotten .T fits in shape."""
    rng = np.random.default_rng(6)
    dZ, X, W = (rng.normal(size=(3, 3)) for _ in range(3))
    found = answer.several(("dW", "db", "dX"), dZ, X, W)
    for name, right, other in (
        ("dW", X.T @ dZ, {"transposed": dZ.T @ X, "x_as_it_is": X @ dZ}),
        (
            "db",
            dZ.sum(axis=0),
            {"mean_for_sum": dZ.mean(axis=0), "wrong_axis": dZ.sum(axis=1)},
        ),
        ("dX", dZ @ W.T, {"through_W": dZ @ W, "transposed": W @ dZ.T}),
    ):
        bugs = {bug: same(found[name], wrong) for bug, wrong in other.items()}
        yield f"{name}: also where W is square", same(found[name], right), bugs


def suspect_network():
    """Return a 64-8-10 network with a bug in its backward pass, for exercise 06.3."""
    seed = numbers("06.3")["seed"]
    return _Suspect([64, 8, 10], rng=np.random.default_rng(seed))


class _Suspect(Network):
    def backward(self, dZ, input_gradient=False):
        hidden = self.layers[0]
        kept, hidden.g_prime = hidden.g_prime, lambda Z: (hidden.g(Z) >= 0) * 1.0
        try:
            return super().backward(dZ, input_gradient)
        finally:
            hidden.g_prime = kept


def wrong_neurons(answer):
    """The walk left its slopes in suspect.layers[0].dW; nudging finds its own.

    `nudged_slopes` gives an array shaped like W1, with a column for each hidden
    neuron. How far apart are the two, at most, in each column?

    Similar: which rows of a table have an entry above 5?
    `np.flatnonzero((table > 5).any(axis=1))` lists their numbers.
    """
    network, (digits, labels) = suspect_network(), load_digits()
    Z = network.forward(digits[3:4])
    network.backward(softmax_cross_entropy_grad(Z, one_hot(labels[3:4], 10)))
    shut = set(np.flatnonzero(network.layers[0].Z[0] <= 0).tolist())
    every = set(range(8))
    named = _neurons(answer, every)
    # A shut neuron whose delta is 0 anyway would agree; there is none here.
    right = named <= shut
    Z3 = digits[3:6] @ network.layers[0].W + network.layers[0].b
    three_rows = set(np.flatnonzero((Z3 <= 0).any(axis=0)).tolist())
    bugs = {
        "complement": named == every - shut,
        "three_rows": named == three_rows,
        "agrees_with_nudges": True,
    }
    yield "each that you name disagrees with the nudges", right, bugs
    yield "no other one does", named == shut, {"more_to_find": True}


def _neurons(answer, every):
    values = np.asarray(list(answer) if isinstance(answer, set) else answer).ravel()
    if values.dtype == bool and len(values) == len(every):  # a mask, one a neuron
        values = np.flatnonzero(values)
    if values.dtype.kind not in "iuf" or (values != np.floor(values)).any():
        raise Stop("failed", "names", "Give the places of the neurons, as in [0, 5].")
    named = {int(value) for value in values}
    if not named:
        raise Stop("failed", "names", "The list is empty; at least one disagrees.")
    if not named <= every:
        raise Stop("failed", "names", "Give hidden neurons, counted from 0 to 7.")
    return named


def whole_backward(answer):
    """Walk from the end: dZ2, then dW2 and db2, then through W2, the bend, W1.

    Softmax with cross-entropy starts with (P - Y) / m. And which gate does tanh
    have, seen from Z1?

    Similar: for one output with sigmoid and a ReLU: dZ2 = (P - Y) / m,
    dZ1 = (dZ2 @ W2.T) * (Z1 > 0).
    """
    for n_hidden in (4, 3):  # 3: where W2 is square, a forgotten .T fits in shape
        yield from _whole_backward(answer, n_hidden)
    yield from careful(answer)


def _whole_backward(answer, n_hidden):
    rng, m = np.random.default_rng(8), n_hidden + 2
    X, Y = rng.normal(size=(m, 3)), np.eye(3)[[0, 2, 1, 1, 0, 2][:m]]
    W1, b1 = rng.normal(size=(3, n_hidden)), rng.normal(size=n_hidden)
    W2, b2 = rng.normal(size=(n_hidden, 3)), rng.normal(size=3)
    A1 = np.tanh(X @ W1 + b1)
    Z2, names = A1 @ W2 + b2, ("dW1", "db1", "dW2", "db2")
    E = np.exp(Z2)
    dZ2 = (_softmax(Z2) - Y) / m
    right = _walk(X, A1, dZ2, W2, 1 - A1**2)
    R1 = np.maximum(X @ W1 + b1, 0)
    found = answer.several(names, X, Y, W1, b1, W2, b2)
    others = {
        "no_gate": _walk(X, A1, dZ2, W2, 1),
        "relu_layer": _walk(X, R1, (_softmax(R1 @ W2 + b2) - Y) / m, W2, R1 > 0),
        "no_softmax": _walk(X, A1, (Z2 - Y) / m, W2, 1 - A1**2),
    }
    shapes = [part.shape for part in found.values()]
    wanted = [part.shape for part in right.values()]
    if shapes != wanted and sorted(shapes) == sorted(wanted):
        raise Stop("failed", "order_of_four")
    # What other gates and other starts would give.
    gates = [
        1 - np.tanh(A1) ** 2,
        1 - np.arctanh(A1) ** 2,
        1 - A1,
        A1 > 0,
        A1 * (1 - A1),
    ]
    gates = [_walk(X, A1, dZ2, W2, gate) for gate in gates]
    odds = [E / (1 + E), E / E.sum(axis=0), E / E.sum()]  # sigmoid, columns, everything
    starts = [_walk(X, A1, (P - Y) / m, W2, 1 - A1**2) for P in odds]
    # By the classes too, or by them instead of by the rows.
    starts += [_walk(X, A1, dZ2 / k, W2, 1 - A1**2) for k in (3, 3 / m)]
    P = _softmax(Z2)
    bends = [P * (1 - P), 1 - np.tanh(Z2) ** 2, 1 - Z2**2, Z2 > 0]
    bends = [_walk(X, A1, dZ2 * bend, W2, 1 - A1**2) for bend in bends]
    unfit = {}  # what may explain the first that does not agree
    for name in reversed(names):
        if n_hidden == 4:
            yield from shaped(name, found[name], right[name])
        bugs = {bug: same(found[name], wrong[name]) for bug, wrong in others.items()}
        bugs = _why(found[name], right[name], m) | bugs
        if name.startswith("db"):
            bugs["mean_for_sum"] = same(found[name], right[name] / m)
        bugs["gate_of_z"] = any(same(found[name], wrong[name]) for wrong in gates)
        bugs["gate_at_the_end"] = any(same(found[name], wrong[name]) for wrong in bends)
        bugs["wrong_start"] = any(same(found[name], wrong[name]) for wrong in starts)
        if n_hidden == 3:
            through = _walk(X, A1, dZ2, W2.T, 1 - A1**2)
            bugs["through_W"] = same(found[name], through[name])
        agrees = same(found[name], right[name])
        if n_hidden == 4:
            yield f"{name}: agrees with nudging", agrees, bugs
        elif not agrees:
            unfit = unfit or bugs
    if n_hidden == 3:
        yield "so they do where W2 is square", not unfit, unfit


def _softmax(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def _walk(X, A1, dZ2, W2, gate):
    dZ1 = (dZ2 @ W2.T) * gate
    return {
        "dW1": X.T @ dZ1,
        "db1": dZ1.sum(axis=0),
        "dW2": A1.T @ dZ2,
        "db2": dZ2.sum(axis=0),
    }


def closing_quiz(answer):
    """When does a step against a wrong slope still lower the loss?"""
    yield from quiz(
        "06.Q",
        answer,
        "c",
        {
            "a": "A loss can fall along a wrong gradient too, as long as it points "
            "roughly downhill; you saw it with the open gate.",
            "b": "Backpropagation gives every slope up to rounding; it is the nudges "
            "that are approximate.",
            "c": "a falling loss proves little, and nudges on several rows at once "
            "tell right slopes from wrong ones, since each gate is open for some rows and "
            "shut for others",
            "d": "More examples do not repair a wrong formula, and no error is raised "
            "however many there are.",
        },
    )


EXERCISES = {
    "06.1": Exercise("where two roads meet", "predict", "a number", two_roads),
    "06.2": Exercise(
        "backward through a layer", "complete", "f(dZ, X, W)", dense_backward
    ),
    "06.3": Exercise("a bug that raises no error", "bug hunt", "a list", wrong_neurons),
    "06.4": Exercise(
        "a whole backward pass", "extend", "f(X, Y, W1, b1, W2, b2)", whole_backward
    ),
    "06.Q": Exercise("what a falling loss proves", "quiz", "a letter", closing_quiz),
}
