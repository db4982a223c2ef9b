"""What lesson 04 asks: losses."""

import numpy as np

from nn_helpers.checks.answer import one_number
from nn_helpers.checks.numbers import numbers
from nn_helpers.checks.properties import careful, number, quiz, same, shaped
from nn_helpers.checks.verdict import Exercise


def uniform_loss(answer):
    """The loss of an example is -log p(true class).

    All classes alike: what is p(true class)?

    Similar: a fair coin gives each side 1/2, a loss of -log(1/2) = 0.693.
    """
    right, wrong = surprises(**numbers("04.1"))
    in_bits = wrong["other_logarithm"][1]
    if np.isclose(one_number(answer), in_bits, rtol=0.01):
        wrong["other_logarithm"] = one_number(answer)  # rounded as one likes
    yield from number(answer, right, wrong, tolerance=0.01)


def surprises(classes):
    """The loss of a guess that is the same for all classes, and wrong ones."""
    right = np.log(classes)
    return right, {
        "other_logarithm": (np.log10(classes), np.log2(classes)),
        "sign_flipped": -right,
        "the_probability": 1 / classes,
    }


def binary_gradient(answer):
    """For label 0 the surprise is -log(1 - p): what is its slope on p?

    Times p(1 - p) that is the slope on z. Which one formula, with y in it, serves
    both labels? And what does the mean over m rows do to each slope?

    Similar: L = mean of (z - y)^2 over m rows has the slope 2 (z - y) / m.
    """
    Z = np.array([[2.0], [-1.0], [0.5], [0.1], [-3.0]])
    Y = np.array([[1.0], [1.0], [0.0], [0.0], [0.0]])
    m, P = len(Z), 1 / (1 + np.exp(-Z))
    dZ, right = answer.numbers(Z, Y), (P - Y) / m
    yield from shaped("dZ", dZ, right)
    bugs = {
        "sign_flipped": same(dZ, -right),
        "mean_missing": same(dZ, right * m),
        "mean_twice": same(dZ, right / m),
        "sigmoid_twice": same(dZ, right * P * (1 - P))
        or same(dZ, right * m * P * (1 - P)),
        "sigmoid_slope": same(dZ, P * (1 - P)) or same(dZ, P * (1 - P) / m),
        "no_sigmoid": same(dZ, (Z - Y) / m) or same(dZ, Z - Y),
        "slope_on_p": same(dZ * P * (1 - P), right),
        "label_1_only": same(dZ[Y == 1], right[Y == 1]),
        "label_0_only": same(dZ[Y == 0], right[Y == 0]),
    }
    yield "dZ: agrees with nudging", same(dZ, right), bugs
    sure = 1 / (1 + np.exp(-8 * Z))
    far = same(answer.numbers(8 * Z, Y), (sure - Y) / m)
    yield "dZ: is right for sure answers too", far, {"unsure": True}
    far, labels = (
        np.array([[40.0, -800.0, -40.0, 800.0, 0.0]]).T,
        np.array([[0, 0, 1, 1, 1.0]]).T,
    )
    sure = same(answer.numbers(far, labels), np.array([[0.2, 0, -0.2, 0, -0.1]]).T)
    yield "dZ: is right where P is rounded to 0 or 1", sure, {"zero_by_zero": True}
    more = same(answer.numbers(Z[1:4], Y[1:4]), right[1:4] * m / 3)
    yield "any number of rows will do", more, {"fixed_rows": True}
    yield from careful(answer)


def cross_entropy(answer):
    """log P can be written from the logits, without P.

    log softmax(z) = z - log(sum of exp(z)). What may you subtract from z first,
    so that exp never overflows and log never sees a 0?

    Similar: log(sum of exp([1000, 999])) is 1000 + log(1 + exp(-1)) = 1000.313.
    """
    Z = np.array([[2.0, -1.0, 0.5], [0.3, 0.1, -2.0], [1.0, 3.0, 2.0], [0.0, 0.4, 0.8]])
    Y = np.eye(3)[[0, 2, 1, 2]]
    each = _surprises(Z, Y)
    loss, right = one_number(answer(Z, Y)), each.mean()
    bugs = {
        "sign_flipped": same(loss, -right) or same(loss, -each.sum()),
        "sum_for_mean": same(loss, each.sum()),
        "mean_over_entries": same(loss, each.sum() / Z.size),
        "other_logarithm": same(loss, right / np.log(2))
        or same(loss, right / np.log(10)),
        "half_shifted": any(
            same(loss, right + sign * np.mean(Z.max(axis=1))) for sign in (1, -1)
        ),
    }
    yield "L: is the mean of -log p(true class)", same(loss, right), bugs
    low = np.where(Y == 0, -800.0, 0.0)  # each row's largest is 0
    low[3] = 0.0, -900.0, -800.0
    apart = Z + np.array([[0.0], [-1000.0], [700.0], [-3000.0]])
    for rows, text, bug in (
        (low, "P may be rounded to 0 or 1", "log_of_0"),
        (1000 * Z, "logits of 1000 give a finite loss", "no_shift"),
        (apart, "rows 1000 apart do not disturb", "no_shift"),
        (Z - 1000, "very negative rows give the same loss", "no_shift"),
        (
            800 * (1 - Y) + Z / 9,
            "two logits far above the true one share",
            "capped_log",
        ),
    ):
        answer.warned = False
        loss, each = one_number(answer(rows, Y)), _surprises(rows, Y)
        holds, finite = same(loss, each.mean()), bool(np.isfinite(loss))
        bugs = {"capped_log": finite and loss < each.mean()}
        bugs["one_maximum"] = not holds and _right_alone(answer, rows, Y, each)
        bugs["log_of_0"] = not finite and not answer.warned and bug == "log_of_0"
        yield text, holds, bugs | {"no_shift": not finite}
    more = np.vstack([Z, Z[::-1]])[:, :2]
    loss = one_number(answer(more, np.eye(2)[[0, 1, 1, 0, 1, 0, 0, 1]]))
    wanted = _surprises(more, np.eye(2)[[0, 1, 1, 0, 1, 0, 0, 1]]).mean()
    yield (
        "any number of rows and classes will do",
        same(loss, wanted),
        {"fixed_shape": True},
    )
    yield from careful(answer)


def _right_alone(answer, rows, Y, each):
    """Whether each row, handed in alone, gets its own surprise."""
    alone = [one_number(answer(rows[r : r + 1], Y[r : r + 1])) for r in range(len(Y))]
    return same(alone, each)


def _surprises(Z, Y):
    Z = Z - Z.max(axis=1, keepdims=True)
    return np.log(np.exp(Z).sum(axis=1)) - (Y * Z).sum(axis=1)


def closing_quiz(answer):
    """What does the loss look at that accuracy does not?"""
    yield from quiz(
        "04.Q",
        answer,
        "c",
        {
            "a": "Accuracy sees only which side of the fence an answer is on; within a "
            "side much can change.",
            "b": "The loss also falls when right answers get more probability, and no "
            "mistake is mended by that.",
            "c": "the loss asks how surprising the labels are, accuracy only which class "
            "got the most",
            "d": "Whether larger steps would help, these numbers do not say; and the loss "
            "fell, so something was learnt.",
        },
    )


EXERCISES = {
    "04.1": Exercise(
        "the loss of a uniform guess", "predict", "a number", uniform_loss
    ),
    "04.2": Exercise(
        "slope of the binary loss", "complete", "f(Z, Y)", binary_gradient
    ),
    "04.3": Exercise("a cross-entropy that lasts", "extend", "f(Z, Y)", cross_entropy),
    "04.Q": Exercise("loss and accuracy", "quiz", "a letter", closing_quiz),
}
