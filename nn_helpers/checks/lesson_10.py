"""What lesson 10 asks: attacks, and the gradients behind them."""

import numpy as np

from nn_helpers.activations import sigmoid
from nn_helpers.attacks import fgsm, input_gradient
from nn_helpers.checks.numbers import numbers
from nn_helpers.checks.properties import Original, careful, number, quiz, same, shaped
from nn_helpers.checks.verdict import Exercise


def _cases(classes=None):
    """(network, X, Y, epsilon): pixels at 0 and 1 too, rows that are misread."""
    for (*sizes, last), kind, m, epsilon, seed in (
        ([6, 5, 4], "tanh", 7, 0.2, 4), ([9, 8, 3], "relu", 5, 0.05, 2),
        ([5, 7, 6], "tanh", 1, 0.6, 3),
    ):  # fmt: skip
        rng = np.random.default_rng(seed)
        sizes = [*sizes, classes or last]
        network = Original(sizes, kind, rng=rng)
        X = rng.random((m, sizes[0])).round(1)
        y = (network.predict(X) + rng.integers(0, 2, m)) % sizes[-1]
        yield network, X, np.eye(sizes[-1])[y], epsilon


def _attacked(X, change):
    return np.clip(X + change, 0, 1)


def _attack_mistakes(network, X, slopes, epsilon, way):
    """{bug: what it makes}; way: +1 up the loss of a label, -1 down that of a target."""
    up, size = np.sign(slopes), np.abs(slopes).max()
    move = way * epsilon * up
    return {
        "unclipped": X + move,
        "change_only": move,
        "raw_gradient": _attacked(X, way * epsilon * slopes),
        "raw_of_mean": _attacked(X, way * epsilon * slopes / len(X)),
        "scaled_gradient": _attacked(X, way * epsilon * slopes / size),
        "no_epsilon": _attacked(X, way * up),
        "epsilon_twice": _attacked(X, way * epsilon**2 * up),
        "clipped_change": X + np.clip(move, 0, 1),
        "change_clipped_too": _attacked(X, np.clip(move, 0, 1)),
        "clipped_to_minus_1": np.clip(X + move, -1, 1),
        "one_for_all": _attacked(X, way * epsilon * np.sign(slopes.mean(axis=0))),
    }


def _explained(found, right, wrong):
    """{bug: whether it gives the answer}, of the ways that differ from the right one."""
    differ = {name: way for name, way in wrong.items() if not same(way, right)}
    return {name: same(found, way) for name, way in differ.items()} | {
        "another_attack": True
    }


def _of_sums(network, X, Y):
    return network.backward(network.forward(X) - Y, input_gradient=True)


def untargeted(answer):
    """The gradient of the loss of the true label says which way each pixel should go.

    `network.backward(dZ, input_gradient=True)` gives it. Which part of it do you use:
    its size, or its sign? What is an image allowed to hold?

    Similar: to make a walk as long as possible with steps of length 2 on a line, you
    go `2 * np.sign(view)`, however good the view is.
    """
    for network, X, Y, epsilon in _cases():
        before = [array.copy() for _, array, _ in network.parameters()]
        right = fgsm(network, X, Y, epsilon)
        found = answer.numbers(network, X, Y, epsilon)
        now = [array for _, array, _ in network.parameters()]
        stays = all(map(np.array_equal, before, now))
        yield "the network stays as it is", stays, {"trained_on": True}
        yield from shaped("It", found, right)
        slopes, n_out = input_gradient(network, X, Y), Y.shape[1]
        believed = np.eye(n_out)[network.predict(X)]
        wrong = _attack_mistakes(network, X, slopes, epsilon, +1)
        wrong |= {
            "down_the_loss": _attacked(X, -epsilon * np.sign(slopes)),
            "label_believed": fgsm(network, X, believed, epsilon),
            "change_alone": right - X,
            "no_softmax_attack": _attacked(
                X, epsilon * np.sign(_of_sums(network, X, Y))
            ),
            "label_beside": fgsm(network, X, np.roll(Y, 1, axis=1), epsilon),
        }
        bugs = _explained(found, right, wrong)
        yield "every pixel moves by epsilon up the loss", same(found, right), bugs
    yield from careful(answer)


def targeted(answer):
    """Take the loss for the label that you want the network to believe.

    Whose loss goes into the gradient, that of the true class or that of the target? And
    is it to become larger or smaller?

    Similar: to get away from a town you walk against its signpost; to get to another
    town you follow that town's.
    """
    for network, X, Y, epsilon in _cases(classes=10):
        n_out = Y.shape[1]
        for target in (1, n_out - 1):
            wanted = np.zeros_like(Y)
            wanted[:, target] = 1
            slopes = input_gradient(network, X, wanted)
            right = _attacked(X, -epsilon * np.sign(slopes))
            found = answer.numbers(network, X, target, epsilon)
            yield from shaped("It", found, right)
            beside = np.roll(wanted, -1, axis=1)
            believed = np.eye(n_out)[network.predict(X)]
            wrong = _attack_mistakes(network, X, slopes, epsilon, -1)
            wrong |= {
                "away_from_target": _attacked(X, epsilon * np.sign(slopes)),
                "target_beside": _attacked(
                    X, -epsilon * np.sign(input_gradient(network, X, beside))
                ),
                "only_away": fgsm(network, X, believed, epsilon),
            }
            bugs = _explained(found, right, wrong)
            yield "every pixel moves down the target's loss", same(found, right), bugs
    yield from careful(answer)


def how_much(answer):
    """Every pixel adds epsilon times the size of its slope.

    Which way does a pixel with a negative slope move, and does the loss then rise or
    fall?

    Similar: slopes 1 and -2, epsilon 0.5: the first goes up, the second down, and each
    raises the loss: 0.5 + 1.
    """
    yield from number(answer, *rises(**numbers("10.2")), tolerance=5e-4)


def rises(slopes, epsilon):
    """By how much the loss can rise, and wrong numbers."""
    sizes, moving = np.abs(slopes), np.count_nonzero(slopes)
    total = epsilon * sizes.sum()
    return total, {
        "signs_kept": epsilon * np.sum(slopes),
        "euclid": epsilon * np.linalg.norm(slopes),
        "largest_only": epsilon * sizes.max(),
        "no_epsilon": sizes.sum(),
        "squares": epsilon * np.sum(sizes**2),
        "pixels_counted": (moving * epsilon, len(slopes) * epsilon),
        "mean_for_sum_of_slopes": (total / len(slopes), total / moving),
        "epsilon_twice": epsilon * total,
    }


def by_nudges(answer):
    """Nudge one entry up and down, everything else as it was.

    How far apart are the two places at which you ask the function? What must the array
    be before the next entry has its turn?

    Similar: the slope of x**2 at 3 with h = 0.5: (3.5**2 - 2.5**2) / 1 = 6.
    """
    rng = np.random.default_rng(21)
    for shape, h in (((2, 3), 0.5), ((4,), 0.25), ((3, 1, 2), 0.1)):
        M, x = rng.normal(size=shape), rng.normal(size=shape)
        yield from _nudged(answer, M, x, h)
    M, x = rng.normal(size=(2, 3)), np.array([[1, 2, -3], [4, 0, 2]])
    for _, holds, bugs in _nudged(answer, M, x, 0.5):
        names = {"integer_arithmetic": True} if not holds else bugs
        yield "whole numbers are nudged as well", holds, names
    yield from careful(answer)


def _nudged(answer, M, x, h):
    def function(at):
        # A cube in it, so that one-sided differences differ.
        return float(np.sum(M * np.asarray(at, dtype=float) ** 3) + np.sin(np.sum(at)))

    found, start = answer.numbers(function, x, h), np.asarray(x, dtype=float)
    right = np.zeros(start.shape)
    ways = {name: np.zeros(start.shape) for name in ("up", "down", "left", "lower")}
    left, lower = start.copy(), start.copy()
    for place in np.ndindex(start.shape):
        nudge = np.zeros(start.shape)
        nudge[place] = h
        up, here, down = (function(start + k * nudge) for k in (1, 0, -1))
        right[place] = (up - down) / (2 * h)
        ways["up"][place], ways["down"][place] = (up - here) / h, (here - down) / h
        ways["lower"][place] = (function(lower + nudge) - function(lower - nudge)) / (
            2 * h
        )
        ways["left"][place] = (function(left + nudge) - function(left - nudge)) / (
            2 * h
        )
        left += nudge
        lower -= nudge
    together = (function(start + h) - function(start - h)) / (2 * h)
    yield from shaped("It", found, right)
    bugs = {
        "one_sided": same(found, ways["up"]) or same(found, ways["down"]),
        "factor_2_missing": same(found, 2 * right),
        "precedence_of_2h": same(found, right * h * h),
        "not_divided_by_h": same(found, right * 2 * h),
        "sign_flipped": same(found, -right),
        "all_nudged": same(found, np.full(start.shape, together)),
        "nudge_stays": same(found, ways["left"]) or same(found, ways["lower"]),
        "another_slope": True,
    }
    yield "each entry has its central difference", same(found, right), bugs


def whole_walk(answer):
    """From P - Y back, through W2, the gate of ReLU, and W1.

    Which numbers tell whether a ReLU let its sum pass? Where does the 1/m of the mean
    stand, and how often?

    Similar: for a chain c = relu(a b): the slope on a is b where a b > 0, and 0 elsewhere.
    """
    names = ("dX", "dW1", "db1", "dW2", "db2")
    for m, sizes in ((6, (3, 5, 1)), (4, (4, 4, 1)), (3, (2, 7, 1))):
        rng = np.random.default_rng(m)
        X, Y = rng.normal(size=(m, sizes[0])), rng.integers(0, 2, (m, 1)) * 1.0
        Y[0], Y[1] = 0.0, 1.0
        W1, W2 = rng.normal(size=sizes[:2]), rng.normal(size=sizes[1:])
        b1, b2 = rng.normal(size=sizes[1]), rng.normal(size=1)
        given = (X, Y, W1, b1, W2, b2)
        found = answer.several(names, *given)
        handed = [array.copy() for array in given]
        answer.run(*handed)
        moved = not all(map(np.array_equal, handed[2:], given[2:]))
        yield "no weight moves on the way", not moved, {"updates_inside": True}
        right = dict(zip(names, _walk(*given), strict=True))
        for name in names:
            yield from shaped(name, found[name], right[name])
        bugs = {}
        for bug, way in _WAYS.items():
            made = dict(zip(names, _walk(*given, **way), strict=True))
            bugs[bug] = all(same(found[n], made[n]) for n in names)
        in_W = all(same(found[n], right[n] / m) for n in ("dW1", "dW2"))
        bugs["mean_misplaced"] = in_W and same(found["db2"], right["db2"])
        means = all(same(found[n], right[n] / m) for n in ("db1", "db2"))
        bugs["mean_for_sum_in_db"] = means and same(found["dW2"], right["dW2"])
        for name in names:
            mine = {**bugs, "sign_flipped": same(found[name], -right[name])}
            mine["another_walk_back"] = True
            yield f"{name}: agrees with nudging", same(found[name], right[name]), mine
    yield from careful(answer)


_WAYS = {
    "mean_missing_all": {"share": 1},
    "mean_twice_all": {"twice": True},
    "gate_lets_all": {"gate": lambda Z1, A1: A1 >= 0},
    "gate_of_other": {"gate": lambda Z1, A1: 1 - A1**2},
    "values_for_gate": {"gate": lambda Z1, A1: A1},
    "sigmoid_twice": {"again": True},
    "no_sigmoid_back": {"start": lambda Z: Z},
}


def _walk(X, Y, W1, b1, W2, b2, share=None, twice=False, gate=None, again=False,
          start=sigmoid):  # fmt: skip
    """dX, dW1, db1, dW2, db2 of the mean binary cross-entropy, and ways to miss them."""
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    P = start(A1 @ W2 + b2)
    m = share or len(X) ** (2 if twice else 1)
    dZ2 = (P - Y) / m * (P * (1 - P) if again else 1)
    dZ1 = (dZ2 @ W2.T) * (Z1 > 0 if gate is None else gate(Z1, A1))
    return dZ1 @ W1.T, X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


def closing_quiz(answer):
    """What would the softmax say of an image of a shoe?"""
    yield from quiz(
        "10.Q",
        answer,
        "d",
        {
            "a": "P is how the network shares out its total of 1, not how often it is right "
            "on such pictures.",
            "b": "Tampering can make it that sure: you saw 186 such answers at 0.2, none right.",
            "c": "Softmax has no class for what it does not know: it shares out 1 among the "
            "ten, whatever comes.",
            "d": "a large P says that one logit is ahead of the others, nothing else",
        },
    )


EXERCISES = {
    "10.1": Exercise("an attack", "complete", "f(network, X, Y, epsilon)", untargeted),
    "10.2": Exercise("how far the loss can rise", "predict", "a number", how_much),
    "10.3": Exercise(
        "an attack with a target",
        "complete",
        "f(network, X, target, epsilon)",
        targeted,
    ),
    "10.4": Exercise("a gradient by nudging", "extend", "f(function, x, h)", by_nudges),
    "10.5": Exercise(
        "a whole walk back", "extend", "f(X, Y, W1, b1, W2, b2)", whole_walk
    ),
    "10.Q": Exercise("99 % sure", "quiz", "a letter", closing_quiz),
}
