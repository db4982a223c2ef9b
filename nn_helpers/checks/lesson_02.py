"""What lesson 02 asks: activations."""

import numpy as np

from nn_helpers.checks.answer import Stop, as_list
from nn_helpers.checks.numbers import numbers
from nn_helpers.checks.properties import careful, quiz, same
from nn_helpers.checks.verdict import Exercise


def factors(answer):
    """Each ramp changes the slope of the sum, from its kink on, by its factor.

    Write down the slope of the sum on each of the five pieces. By how much does it
    change at 1, at 2, at 4, at 5?

    Similar: 0 up to 1, up to level 3 at 2, and flat from there on: the slopes are
    0, 3, 0, so the ramps at 1 and 2 have the factors 3 and -3.
    """
    level = numbers("02.1")["level"]
    if np.array_equal(
        answer, [0, level, 0, -level, 0]
    ):  # the slopes of all five pieces
        raise Stop("failed", "slopes_for_changes")
    found = as_list(answer, 4, "Four factors")
    slopes, right = np.cumsum(found), level * np.array([1.0, -1.0, -1.0, 1.0])
    bugs = {
        "slopes_for_changes": same(found, np.cumsum(right)),
        "points_for_changes": same(found, [0, level, level, 0]),
        "sign_flipped": same(found, -right),
        "half_as_high": same(found, right / 2),
        "twice_as_high": same(found, right * 2),
    }
    steps = (
        (f"from 1 to 2 the sum climbs by {level}", level, "first_piece"),
        ("from 2 to 4 it stays", 0, "second_piece"),
        (f"from 4 to 5 it falls by {level}", -level, "third_piece"),
        ("from 5 on it stays", 0, "last_piece"),
    )
    for slope, (text, wanted, bug) in zip(slopes, steps, strict=True):
        yield text, bool(abs(slope - wanted) < 1e-4), bugs | {bug: True}


def stable_sigmoid(answer):
    """exp overflows for large positive numbers, never for negative ones.

    Multiply 1 / (1 + exp(-z)) by exp(z) above and below. For which z is the one
    form harmless, and for which the other?

    Similar: log(1 + exp(z)) is z + log(1 + exp(-z)). The first is harmless for
    z < 0, the second for z > 0; max(z, 0) + log(1 + exp(-abs(z))) serves both.
    """
    z = np.array([[-3.0, -0.5], [0.2, 1.5], [4.0, 0.0]])
    right = 1 / (1 + np.exp(-z))
    s = answer.numbers(z)
    yield "the shape stays", s.shape == z.shape, {"wrong_shape": True}
    up = s.shape == z.shape and same(s[z >= 0], right[z >= 0])
    bugs = {"mirrored": same(s, 1 - right), "negative_side": up}
    yield "S: equals 1 / (1 + exp(-z))", same(s, right), bugs
    answer.warned, answer.watch_exp = False, True
    wide = np.array([-1000.0, -40.0, -20.0, -15.0, -10.0, -6.0, 6.0, 10.0, 1000.0])
    far = answer.numbers(wide)
    answer.watch_exp = False
    # A learner may silence the warning; what exp was asked for tells all the same.
    answer.warned |= answer.largest_exp > 700
    # A cancellation may round to 0; a cap leaves too much.
    small = bool((far[:2] <= 1.01 * np.exp(wide[:2]) + 1e-15).all())
    near = small and np.allclose(
        far[2:], 1 / (1 + np.exp(-wide[2:])), rtol=1e-4, atol=0
    )
    bugs = {"overflow": answer.warned, "z_clipped": bool(np.isfinite(far).all())}
    yield "far from 0 it is still right", near, bugs
    yield "exp does not overflow on the way", not answer.warned, {"overflow": True}
    yield from careful(answer)


def tent(answer):
    """Three ramps; each changes the slope: from 0 to up, from up to down, to 0.

    How steep is the way up, if it climbs by 1 between `left` and `top`? How steep is
    the way down? By how much does the slope change at `top`?

    Similar: 0 up to `left`, 1 from `right` on, straight in between: with the slope
    s = 1 / (right - left) that is s * relu(x - left) - s * relu(x - right).
    """
    x = np.linspace(-4, 8, 121)
    for places in ((1.0, 2.0, 3.0), (0.0, 3.0, 5.0), (-2.0, -1.5, 2.5)):
        left, top, right_end = places
        y, right = answer.numbers(x, *places), _tent(x, *places)
        yield "the shape stays", y.shape == x.shape, {"wrong_shape": True}
        up, down = 1 / (top - left), 1 / (right_end - top)
        r1, r2, r3 = (np.maximum(x - k, 0) for k in places)
        m1, m2, m3 = (np.maximum(x + k, 0) for k in places)
        unit = places == (1.0, 2.0, 3.0)
        bugs = {
            "top_counts_once": any(
                same(y, up * r1 - once * r2 + last * r3)
                for once in (up, down, up - down, down - up)
                for last in (down, up, 0, -down)
            ),
            "third_sign": same(y, up * r1 - (up + down) * r2 - down * r3),
            "width_for_slope": not unit
            and any(
                same(y, a * r1 - (a + b) * r2 + b * r3)
                for a, b in ((1 / up, 1 / down), (1 / up, down), (up, 1 / down))
            ),
            "ramp_from_minus": same(y, up * m1 - (up + down) * m2 + down * m3),
            "fractions_lost": same(y, np.trunc(right)),
            "third_relu": same(y, up * r1 - (up + down) * r2),
            "sign_flipped": same(y, -right),
            "not_clamped": same(
                y,
                np.where(x <= top, up * (x - left), down * (right_end - x)),
            ),
            "not_scaled": not unit and same(y, r1 - 2 * r2 + r3),
            "one_steepness": not unit
            and any(
                same(y, way)
                for way in (
                    *(s * (r1 - 2 * r2 + r3) for s in (up, down)),
                    _tent(x, left, top, 2 * top - left),
                    _tent(x, 2 * top - right_end, top, right_end),
                )
            ),
            "fixed_places": not unit and same(y, _tent(x, 1.0, 2.0, 3.0)),
        }
        text = (
            "the tent from 1 to 3 is right" if unit else "lopsided ones are right too"
        )
        yield text, same(y, right), bugs
    # No x at the top, and in no order.
    table = x[:120].reshape(15, 8).T + 0.013
    also = same(answer.numbers(table, 0.0, 3.0, 5.0), _tent(table, 0.0, 3.0, 5.0))
    yield "any x, and a table too", also, {"wrong_shape": True}
    yield from careful(answer)


def _tent(x, left, top, right):
    up, down = (x - left) / (top - left), (right - x) / (right - top)
    return np.maximum(0, np.minimum(up, down))


def closing_quiz(answer):
    """What can 50 neurons draw without an activation, and what with one?"""
    yield from quiz(
        "02.Q",
        answer,
        "c",
        {
            "a": "Any number of neurons without a bend adds up to one straight line.",
            "b": "A layer without a bend in front of it collapses onto the one before.",
            "c": "with a bend after each hidden layer the slope can change from piece "
            "to piece",
            "d": "The fit would be one sigmoid of one straight line: it rises, or it "
            "falls, but a wave does both.",
        },
    )


EXERCISES = {
    "02.1": Exercise("factors of four ramps", "predict", "a list", factors),
    "02.2": Exercise("a sigmoid without overflow", "complete", "f(z)", stable_sigmoid),
    "02.3": Exercise("a tent for any place", "extend", "f(x, left, top, right)", tent),
    "02.Q": Exercise("what makes a line bend", "quiz", "a letter", closing_quiz),
}
