"""What lesson 07 asks: the loop."""

import copy
from itertools import pairwise

import numpy as np

from nn_helpers.activations import sigmoid
from nn_helpers.checks.answer import Stop, is_stub
from nn_helpers.checks.numbers import numbers
from nn_helpers.checks.properties import number, quiz
from nn_helpers.checks.verdict import Exercise
from nn_helpers.network import Dense, Network


def sgd_step(answer):
    """A parameter moves against its slope, by learning_rate times the slope.

    The arrays belong to the network. Which assignment changes an array, and which
    only gives an old name to a new one?

    Similar: `scores *= 2` doubles the array that others hold as well;
    `scores = scores * 2` leaves theirs alone.
    """
    if is_stub(answer.function):
        raise Stop("untouched")
    all_names = ("W1", "b1", "W2", "b2", "W3", "b3", "W4", "b4")
    for rate, names in ((0.1, all_names[:2]), (0.7, all_names[:6]), (0.7, all_names)):
        rng = np.random.default_rng(len(names))
        shapes = ((2, 3), (3,), (3, 2), (2,), (2, 4), (4,), (4, 2), (2,))[: len(names)]
        arrays = [rng.normal(size=shape) for shape in shapes]
        slopes = [rng.normal(size=shape) for shape in shapes]
        before, kept = [a.copy() for a in arrays], [g.copy() for g in slopes]
        answer.run(list(zip(names, arrays, slopes, strict=True)), rate)
        each = list(zip(arrays, before, kept, strict=True))
        again = rate == 0.7
        text = "each array moves by -learning_rate times its gradient"
        count = {6: "six", 8: "eight"}.get(len(names))
        text = f"the same at another rate and for {count} arrays" if again else text
        same = all(np.array_equal(g, k) for g, k in zip(slopes, kept, strict=True))
        bugs = {
            "swapped": not same and _moved(each, 0.0),
            "makes_new_arrays": _moved(each, 0.0),
            "replaces": all(np.allclose(a, -rate * g) for a, _, g in each),
            "uphill": _moved(each, -rate) or _moved(each, -1.0),
            "no_rate": _moved(each, 1.0),
            "rate_twice": _moved(each, rate**2),
            "fixed_rate": again and _moved(each, 0.1),
            "one_array_only": any(_moved([one], rate) for one in each),
            "remembers": again,
        }
        ratios = np.concatenate([((old - a) / g).ravel() for a, old, g in each])
        if np.ptp(ratios) < 1e-9:
            moves = f"It moves by {ratios[0]:.3g} times the gradient"
            bugs[f"{moves}, where learning_rate is {rate}."] = True
        yield text, _moved(each, rate), bugs
        yield "the gradients stay", same, {"changes_gradients": True}
        answer.run(list(zip(names, arrays, slopes, strict=True)), rate)
        twice = _moved(each, 2 * rate)
        yield "a second step moves as far", twice, {"remembers": True}


def _moved(each, by):
    return all(np.allclose(a, old - by * g) for a, old, g in each)


def two_updates(answer):
    """A step moves w by minus learning_rate times the slope at the place where w is.

    Where is w after the first update? How steep is the loss *there*?

    Similar: loss w**2, slope 2 * w, rate 0.1, start 5: the slope 10 leads to 4, the
    slope 8 from there to 3.2.
    """
    yield from number(answer, *places(**numbers("07.2")))


def places(minimum, start, rate):
    """Where two updates lead on L = (w - minimum)^2, and wrong places."""

    def walk(updates, rate=rate, factor=2):
        return minimum + (start - minimum) * (1 - factor * rate) ** updates

    slope = 2 * (start - minimum)
    once, twice = walk(1), walk(2)
    return twice, {
        "one_update": once,
        "stale_slope": start - 2 * rate * slope,
        "uphill": (start + rate * slope, walk(2, -rate)),
        "no_rate": (walk(2, 1), walk(1, 1)),
        "value_of_loss": ((twice - minimum) ** 2, (start - minimum) ** 2),
        "slope_there": (2 * (twice - minimum), 2 * (once - minimum)),
        "factor_of_slope": walk(2, factor=1),
        "rate_twice": walk(2, rate**2),
        "one_too_many": walk(3),
    }


class _Witness(Dense):
    """A first layer that notes for which rows there was a walk back."""

    def forward(self, X):
        self.last = np.array(X)
        return super().forward(X)

    def backward(self, dA, input_gradient=True):
        # Twice for the same rows without a step between is one walk, taken twice.
        now = self.last, self.W.copy()
        if not all(map(np.array_equal, now, self.before)):
            self.seen.append(self.last)
        self.before = now
        return super().backward(dA, input_gradient)


def one_epoch(answer):
    """An epoch shows every sample once, in a new order, with a step after each.

    `rng.permutation(n)` is the order of n samples. What happens for each of them,
    in which order: step, forward, backward?

    Similar: to visit every row once in random order and print it:
    `for i in rng.permutation(len(X)): print(X[i : i + 1])`.
    """
    X, Y = np.arange(24.0).reshape(12, 2) / 10, (np.arange(12) % 2.0)[:, None]
    start = Network([2, 3, 1], "tanh", rng=np.random.default_rng(7))
    if is_stub(answer.function):
        raise Stop("untouched")
    kept = X.copy(), Y.copy()
    network, order = _watched(answer, start, X, Y)
    if not order:
        shown = hasattr(network.layers[0], "last")
        nothing = "" if shown else "The network was shown nothing."
        raise Stop("failed", "no_backward" if shown else "misses_samples", nothing)
    stay = np.array_equal(X, kept[0]) and np.array_equal(Y, kept[1])
    yield "X and Y stay as they are", stay, {"shuffles_input": True}
    seen = network.layers[0].seen
    own = all(np.isclose(X, row).all(axis=1).any() for rows in seen for row in rows)
    yield "the rows are those of X", own, {"foreign_rows": True}
    rows = {len(x) for x in seen}
    yield "one row at a time", rows == {1}, {"whole_batch": True}
    once = sorted(order) == list(range(12))
    passes = order.count(order[0])
    several = passes > 1 and sorted(order) == sorted([*range(12)] * passes)
    bugs = {"several_passes": several, "more_than_once": set(order) == {*range(12)}}
    bugs |= {"repeats_samples": len(order) >= 12}
    bugs |= {"misses_samples": True}
    yield "every sample once", once, bugs
    _, again = _watched(answer, start, X, Y)
    _, other = _watched(answer, start, X, Y, seed=4)
    steps = {(b - a) % 12 for a, b in pairwise(order)}
    far = sum(abs(row - place) > 1 for place, row in enumerate(order))
    shuffled = len(steps) > 1 and far > 3
    yield "the order is not that of the file", shuffled, {"file_order": True}
    bugs = {"same_order": True}
    yield "the order comes from the rng", order == again and order != other, bugs
    ends = [
        (o[0], o[-1])
        for _, o in (_watched(answer, start, X, Y, seed=k) for k in range(6))
    ]
    moves = min(len(set(rows)) for rows in zip(*ends, strict=True)) > 1
    yield "no sample always keeps its place", moves, {"row_stays": True}
    ways = {
        name: _equal(network, way) for name, way in _ways(start, X, Y, order).items()
    }
    right = ways.pop("right")
    yield "each sample takes a step against its own gradient", right, ways
    network, fewer = _watched(answer, start, X[:7], Y[:7], rate=0.3)
    yield "any number of rows will do", sorted(fewer) == [*range(7)], {"fixed_m": True}
    wanted = _replay(start, X, Y, fewer, 0.3)
    yield "and any learning rate", _equal(network, wanted), {"fixed_rate": True}


def _watched(answer, start, X, Y, seed=3, rate=0.1):
    """Run an epoch on a copy; return the network and the order of its samples."""
    network = copy.deepcopy(start)
    first = network.layers[0]
    first.__class__, first.seen, first.before = _Witness, [], (None, None)
    answer.run(network, X, Y, rate, np.random.default_rng(seed))
    return network, [round(float(x[0, 0]) * 5) for x in first.seen if len(x) == 1] or (
        [-1] * len(first.seen)
    )


def _ways(start, X, Y, order):
    """Networks after this order of samples, stepped rightly and wrongly."""
    ways = {"uphill": -0.1, "no_rate": 1.0, "rate_twice": 0.01, "no_step": 0.0}
    made = {}
    for name, rate in {"right": 0.1, **ways}.items():
        made[name] = _replay(start, X, Y, order, rate)
    made["one_array_only"] = _replay(start, X, Y, order, 0.1, only="W")
    made["stale_gradient"] = _replay(start, X, Y, order, 0.1, late=True)
    made["no_sigmoid_back"] = _replay(start, X, Y, order, 0.1, P=lambda Z: Z)
    made["sigmoid_of_sigmoid"] = _replay(
        start, X, Y, order, 0.1, P=lambda Z: sigmoid(sigmoid(Z))
    )
    made["mean_over_all"] = _replay(start, X, Y, order, 0.1 / len(X))
    made["step_after_loop"] = _replay(start, X, Y, order, 0.0)
    _move(made["step_after_loop"], 0.1, "")
    return made


def _replay(start, X, Y, order, rate, only="", late=False, P=sigmoid):
    network = copy.deepcopy(start)
    for i in order:
        if late and network.layers[0].dW is not None:
            _move(network, rate, only)
        Z = network.forward(X[i : i + 1])
        network.backward(P(Z) - Y[i : i + 1])
        if not late:
            _move(network, rate, only)
    return network


def _move(network, rate, only):
    for name, array, gradient in network.parameters():
        if name.startswith(only):
            array -= rate * gradient


def _equal(a, b):
    pairs = zip(a.parameters(), b.parameters(), strict=True)
    return all(
        np.allclose(x, y, rtol=1e-4, atol=1e-6) for (_, x, _), (_, y, _) in pairs
    )


def closing_quiz(answer):
    """Two samples, two gradients: must a step that helps the one help the other?"""
    yield from quiz(
        "07.Q",
        answer,
        "c",
        {
            "a": "It takes no bug: a right step for A can lead uphill for B.",
            "b": "If the gradients of A and B point against each other, even a tiny "
            "step for A raises the loss of B.",
            "c": "an update serves the sample that it saw; what it does to another "
            "depends on how their gradients lie to each other",
            "d": "B can be labelled rightly and still pull the other way, for instance "
            "as a near neighbour of the other class.",
        },
    )


EXERCISES = {
    "07.1": Exercise("a step", "complete", "f(parameters, learning_rate)", sgd_step),
    "07.2": Exercise("two updates by hand", "predict", "a number", two_updates),
    "07.3": Exercise(
        "an epoch", "extend", "f(network, X, Y, learning_rate, rng)", one_epoch
    ),
    "07.Q": Exercise("whom an update serves", "quiz", "a letter", closing_quiz),
}
