"""What lesson 05 asks: gradient descent."""

import numpy as np

from nn_helpers.checks.answer import Stop
from nn_helpers.checks.numbers import numbers
from nn_helpers.checks.properties import careful, number, quiz, same
from nn_helpers.checks.verdict import Exercise


def largest_rate(answer):
    """A step multiplies w by a number. How does the factor in the slope enter it?

    The walk settles as long as that number lies between -1 and 1. At which rate is it
    exactly -1?

    Similar: slope 2 w: each step multiplies w by 1 - 2 * rate, which is -1 at 1.
    """
    yield from number(answer, *rates(**numbers("05.1")), tolerance=1e-6)


def rates(factor):
    """The rate below which L = factor w^2 settles, and wrong ones."""
    curvature = 2 * factor
    return 2 / curvature, {
        "curvature_halved": 2 / factor,
        "one_step_rate": 1 / curvature,
        "fraction_upside_down": curvature / 2,
        "only_the_curvature": curvature,
        "twice_the_curvature": 2 * curvature,
    }


def descent(answer):
    """One step: the place minus learning_rate times the slopes *there*. Then again.

    What has to be computed anew in every step? And what is left when steps is 0?

    Similar: to halve a number n times: `for _ in range(n): x = x / 2`.
    """
    rng = np.random.default_rng(15)
    M, c = np.array([[1.0, 0.4], [0.4, 0.6]]), np.array([1.0, -2.0])
    start = rng.normal(size=2) * 300

    def slope(place):
        return np.asarray(place) @ M + c

    for rate, steps in ((0.3, 3), (0.3, 1), (0.7, 6), (1.8, 3), (0.3, 90), (0.1, 0)):
        found = answer.numbers(slope, start, rate, steps)
        right = _walk(slope, start, rate, steps)
        yield "the shape is that of start", found.shape == (2,), {"all_places": True}
        stale = start - rate * steps * slope(start)
        bugs = {
            "no_steps": steps > 0 and same(found, start),
            "uphill": same(found, _walk(slope, start, -rate, steps)),
            "no_rate": same(found, _walk(slope, start, 1.0, steps)),
            "rate_twice": same(found, _walk(slope, start, rate**2, steps)),
            "one_step_only": steps != 1 and same(found, _walk(slope, start, rate, 1)),
            "one_step_more": same(found, _walk(slope, start, rate, steps + 1)),
            "one_step_less": steps > 1
            and same(found, _walk(slope, start, rate, steps - 1)),
            "stale_slopes": steps > 1 and same(found, stale),
            "slopes_add_up": same(found, _accumulated(slope, start, rate, steps)),
            "slope_for_place": same(found, slope(right)),
            "one_by_one": steps <= 6
            and same(found, _one_by_one(slope, start, rate, steps)),
        }
        count = {0: "no step", 1: "one step"}.get(steps, f"{steps} steps")
        bugs[f"After {count} it is not at the place where it should be."] = True
        text = "the last place is right, whatever the number of steps"
        yield text, same(found, right), bugs
    place, tiny = np.array([1.0, -2.0]), 1e-6
    slow = answer.numbers(lambda w: 1.0 * w, place, tiny, 500)
    flat = answer.numbers(lambda w: 0 * w + 1e-7, place, 1e5, 3)
    all_taken = same(slow, place * (1 - tiny) ** 500) and same(flat, place - 0.03)
    yield "tiny steps are all taken", all_taken, {"stops_short": True}
    wide = rng.normal(size=5)
    fits = same(answer.numbers(np.sinh, wide, 0.2, 4), _walk(np.sinh, wide, 0.2, 4))
    yield "any number of weights, and any slope, will do", fits, {"fixed_shape": True}
    yield from careful(answer)


def _walk(slope, place, rate, steps):
    for _ in range(steps):
        place = place - rate * slope(place)
    return place


def _one_by_one(slope, place, rate, steps):
    place = np.array(place)
    for _ in range(steps):
        for i in range(len(place)):
            place[i] -= rate * slope(place)[i]
    return place


def _accumulated(slope, place, rate, steps):
    total = 0
    for _ in range(steps):
        total = total + slope(place)
        place = place - rate * total
    return place


def joint_step(answer):
    """First all slopes, then all moves.

    If w has moved already, at which place would db be taken?

    Similar: to swap two numbers, `a = b` and then `b = a` fails; `a, b = b, a` first
    looks at both.
    """
    rng = np.random.default_rng(16)
    M = rng.normal(size=(3, 3))

    def slopes(w, b):
        n = len(w)
        return np.asarray(w) @ M[:n, :n] + 2 * b, float(np.sum(w) - 3 * b)

    for rate, n in ((0.1, 3), (0.5, 2)):
        w, b = rng.normal(size=n), float(rng.normal())
        found = answer.several(("w", "b"), w, b, slopes, rate)
        if found["w"].size == 1 and found["b"].shape == (n,):
            raise Stop("failed", "order_of_two")
        yield (
            f"w: has the shape ({n},)",
            found["w"].shape == (n,),
            {"fixed_shape": n == 2},
        )
        yield "b: is one number", found["b"].shape == (), {"b_like_x": True}
        dw, db = slopes(w, b)
        new_w, new_b = w - rate * dw, b - rate * db
        b_found = float(found["b"].ravel()[0])
        late_b = b - rate * slopes(new_w, b)[1]
        right_w, right_b = same(found["w"], new_w), bool(np.isclose(b_found, new_b))
        bugs = {
            "late_slope": (right_w and np.isclose(b_found, late_b))
            or (right_b and same(found["w"], w - rate * slopes(w, new_b)[0])),
            "uphill": same(found["w"], w + rate * dw)
            or np.isclose(b_found, b + rate * db),
            "no_rate": same(found["w"], w - dw) or np.isclose(b_found, b - db),
            "rate_twice": same(found["w"], w - rate**2 * dw),
            "slope_there": same(found["w"], dw) or np.isclose(b_found, db),
            "moves_only": same(found["w"], -rate * dw),
            "b_forgotten": right_w and np.isclose(b_found, b),
            "w_forgotten": right_b and same(found["w"], w),
        }
        bugs = {name: bool(holds) for name, holds in bugs.items()}
        yield "both take a step from the old place", right_w and right_b, bugs
    yield from careful(answer)


def standardise(answer):
    """Which mean and which spread do the new rows get?

    What happens to a division by 0? And how do you see that all entries of a column
    are equal, without computing a spread, which rounding may make a little off 0?

    Similar: to divide each column by its range where it has one:
    `r = A.max(axis=0) - A.min(axis=0)`, then `A / np.where(r > 0, r, 1)`.
    """
    rng = np.random.default_rng(17)
    X = rng.normal(size=(7, 3)) * [5.0, 0.001, 30.0] + [3.0, -1.0, 200.0]
    new = rng.normal(size=(4, 3)) * [4.0, 0.002, 25.0] + [2.0, -1.002, 190.0]
    mean, spread = X.mean(axis=0), X.std(axis=0)
    right = {"X_train": (X - mean) / spread, "X_new": (new - mean) / spread}
    found = answer.several(("X_train", "X_new"), X, new)
    shapes = [part.shape for part in found.values()]
    if shapes == [(4, 3), (7, 3)]:
        raise Stop("failed", "order_of_parts")
    train, other = _mistaken(X, X, new), _mistaken(new, X, new)
    other["own_statistics"] = (new - new.mean(axis=0)) / new.std(axis=0)
    for name, ways in (("X_train", train), ("X_new", other)):
        bugs = {bug: same(found[name], way) for bug, way in ways.items()}
        text = (
            "has mean 0 and spread 1" if name == "X_train" else "has the same measure"
        )
        yield f"{name}: {text}", same(found[name], right[name]), bugs
    beside = np.array([1.0, 1.0, 5.0, 2.0, 3.0, 1.0, 0.0, 4.0, 2.0])  # not constant
    for value in (4.0, 0.1, 123456.7, 123456789.1):
        flat = np.column_stack([beside, np.full(9, value)])
        other = np.column_stack([new[:, 0], value + np.arange(4.0)])
        found = answer.several(("X_train", "X_new"), flat, other)
        calm = all(np.isfinite(part).all() for part in found.values())
        zero = calm and bool(np.abs(found["X_train"][:, 1]).max() < 1e-7)
        yield "a constant column becomes 0", zero, {"constant_column": True}
        rest = (flat[:, 0] - flat[:, 0].mean()) / flat[:, 0].std()
        fits = same(found["X_train"][:, 0], rest)
        yield "the column beside it is standardised", fits, {"all_columns_alike": True}
        shifted = bool(np.allclose(found["X_new"][:, 1], np.arange(4.0), atol=1e-6))
        yield (
            "and of the new rows only the mean is taken",
            shifted,
            {"constant_new": True},
        )
    narrow = np.column_stack([beside, rng.normal(size=9) * 1e-10])
    found = answer.several(("X_train", "X_new"), narrow, narrow[:3])["X_train"]
    fits = same(found, (narrow - narrow.mean(axis=0)) / narrow.std(axis=0))
    yield "a small spread is a spread", fits, {"tiny_spread": True}
    yield from careful(answer)


def _mistaken(rows, X, new):
    """{bug: what it makes of some rows}."""
    mean, spread, both = X.mean(axis=0), X.std(axis=0), np.vstack([X, new])
    return {
        "fitted_on_all": (rows - both.mean(axis=0)) / both.std(axis=0),
        "not_divided": rows - mean,
        "not_shifted": rows / spread,
        "one_spread": (rows - X.mean()) / X.std(),
        "ddof_1": (rows - mean) / X.std(axis=0, ddof=1),
        "variance": (rows - mean) / spread**2,
        "unchanged": rows,
    }


def closing_quiz(answer):
    """What do steps do that are longer than the bowl allows?"""
    yield from quiz(
        "05.Q",
        answer,
        "d",
        {
            "a": "Large slopes make long steps already, at the same rate; a larger rate "
            "makes them longer still.",
            "b": "Slopes shrink near a bottom, but beyond the edge the jumps near it grow, "
            "and nothing lowers the rate.",
            "c": "The edge is the same from every start of a bowl.",
            "d": "jumping up and down is what steps do that are too long for the steepest "
            "curvature",
        },
    )


EXERCISES = {
    "05.1": Exercise("how long a step may be", "predict", "a number", largest_rate),
    "05.2": Exercise(
        "gradient descent", "complete", "f(slope, start, learning_rate, steps)", descent
    ),
    "05.3": Exercise(
        "two parameters at once",
        "complete",
        "f(w, b, slopes, learning_rate)",
        joint_step,
    ),
    "05.4": Exercise("standardise", "extend", "f(X_train, X_new)", standardise),
    "05.Q": Exercise("a loss that jumps", "quiz", "a letter", closing_quiz),
}
