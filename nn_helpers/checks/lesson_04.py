"""What lesson 04 asks: losses."""

import numpy as np

from nn_helpers.checks.answer import one_number
from nn_helpers.checks.properties import careful, number, quiz, same, shaped
from nn_helpers.checks.verdict import Exercise


def uniform_loss(answer):
    """The loss of an example is -log p(true class).

    Ten classes, all alike: what is p(true class)?

    Similar: a fair coin gives each side 1/2, a loss of -log(1/2) = 0.693.
    """
    wrong = {
        "other_logarithm": 1.0,
        "sign_flipped": -np.log(10),
        "the_probability": 0.1,
    }
    if np.isclose(one_number(answer), np.log2(10), rtol=0.01):
        wrong["other_logarithm"] = np.log2(10)
    yield from number(answer, np.log(10), wrong, tolerance=0.01)


def binary_gradient(answer):
    """Lesson: what the network says minus what is true, and a mean.

    The loss is a mean over m rows. What does that do to each slope?

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
    }
    yield "dZ: agrees with nudging", same(dZ, right), bugs
    far = answer.numbers(1000 * Z, Y)
    sure = same(far, ((Z > 0) - Y) / m)
    yield "dZ: is right for logits of 1000 too", sure, {"unsure": True}
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
    }
    yield "L: is the mean of -log p(true class)", same(loss, right), bugs
    low = np.where(Y == 0, -800.0, 0.0) + np.array([[0.0], [0.0], [0.0], [-800.0]])
    apart = Z + np.array([[0.0], [-1000.0], [700.0], [-3000.0]])
    for rows, text, bug in (
        (low - 800 * np.roll(Y, 1, axis=1), "P may be rounded to 0 or 1", "log_of_0"),
        (1000 * Z, "logits of 1000 give a finite loss", "no_shift"),
        (apart, "rows 1000 apart do not disturb", "no_shift"),
        (Z - 1000, "very negative rows give the same loss", "no_shift"),
    ):
        loss, each = one_number(answer(rows, Y)), _surprises(rows, Y)
        holds, finite = same(loss, each.mean()), bool(np.isfinite(loss))
        bugs = {"capped_log": finite and loss < each.mean()}
        bugs["one_maximum"] = not holds and _right_alone(answer, rows, Y, each)
        yield text, holds, bugs | {bug: not finite}
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
        answer,
        "c",
        {
            "a": "Accuracy sees only which side of the fence an answer is on; within a "
            "side much can change.",
            "b": "The loss also falls when right answers get more probability, and no "
            "mistake is mended by that.",
            "c": "the loss asks how much probability the true classes got, accuracy "
            "only who got the most",
            "d": "The rate says how far a step goes; it cannot keep one number still "
            "while the other moves.",
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
