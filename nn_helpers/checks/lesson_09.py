"""What lesson 09 asks: starting weights, momentum, dropout, Adam."""

import numpy as np

from nn_helpers.checks.properties import careful, quiz, same, shaped
from nn_helpers.checks.verdict import Exercise


def first_weights(answer):
    """Draw the whole table at once, around 0.

    How spread out are numbers of variance v? Which of the two sizes is the number of
    terms that a neuron adds up?

    Similar: a table of temperatures around 0 with variance 9:
    `rng.normal(0, 3, (days, places))`.
    """
    sizes = ((430, 300), (90, 1100), (1200, 60))
    tables = [answer.numbers(*size, np.random.default_rng(3)) for size in sizes]
    fixed = bool(np.ptp([W.std() for W in tables]) < 0.03 * tables[0].std())
    for (n_in, n_out), W in zip(sizes, tables, strict=True):
        yield from shaped("It", W, np.empty((n_in, n_out)))
        columns = np.ptp(W, axis=1).max() < 1e-9
        bugs = {"all_equal": np.ptp(W) < 1e-9, "columns_equal": True}
        yield "the weights differ", not (np.ptp(W) < 1e-9 or columns), bugs
        # Of so many draws the mean is 0 within 6 standard deviations.
        room = 6 * W.std() / np.sqrt(W.size)
        rows = np.ptp(W, axis=0).max() < 1e-9
        bugs = {"rows_equal": rows, "not_centred": True}
        yield "their mean is 0", abs(W.mean()) < room and not rows, bugs
        ratio = W.var() * n_in / 2
        other = {
            "variance_as_scale": 2 / n_in,
            "xavier": 0.5,
            "over_n_out": n_in / n_out,
            "over_both": n_in / (n_in + n_out),
            "twice_the_variance": 2.0,
            "half_the_scale": 0.25,
        }
        near = {name: bool(abs(ratio / r - 1) < 0.04) for name, r in other.items()}
        bugs = {"fixed_scale": fixed, **near, "other_spread": True}
        yield "their variance is 2 / n_in", abs(ratio - 1) < 0.03, bugs
        each = W.std(axis=1).mean() / np.sqrt(2 / n_in)
        yield "each is drawn", 0.9 < each < 1.1, {"columns_equal": True}
        apart = [np.unique(W, axis=axis).shape == W.shape for axis in (0, 1)]
        yield "no two neurons are alike", all(apart), {"drawn_once": True}
    again = answer.numbers(20, 30, np.random.default_rng(3))
    other = answer.numbers(20, 30, np.random.default_rng(4))
    drawn = same(answer.numbers(20, 30, np.random.default_rng(3)), again)
    fresh = drawn and not same(again, other)
    yield "they come from the rng", fresh, {"drawn_elsewhere": True}
    yield from careful(answer)


def momentum_walk(answer):
    """Two things are kept from step to step: the place, and the velocity.

    What is the velocity before the first step? In which order: velocity, then place?

    Similar: interest on savings: `balance = 1.02 * balance + pay`, month by month,
    and `total = total + balance`.
    """
    M, c = np.array([[1.0, 0.4], [0.4, 0.6]]), np.array([1.0, -2.0])
    start = np.random.default_rng(16).normal(size=2) * 30

    def slope(place):
        return np.asarray(place) @ M + c

    for rate, mu, steps in (
        (0.13, 0.9, 3), (0.13, 0.9, 1), (0.3, 0.5, 6), (0.02, 0.8, 40), (0.2, 0.0, 4), (0.1, 0.9, 0),
    ):  # fmt: skip
        found = answer.numbers(slope, start, rate, mu, steps)
        yield "the shape is that of start", found.shape == (2,), {"all_places": True}
        walks = {
            "no_steps": steps and start,
            "velocity_forgotten": steps > 1 and mu and _rolled(slope, start, rate, 0.0, steps),
            "uphill": _rolled(slope, start, -rate, mu, steps),
            "no_rate": _rolled(slope, start, 1.0, mu, steps),
            "rate_twice": _rolled(slope, start, rate**2, mu, steps),
            "fixed_momentum": mu != 0.9 and _rolled(slope, start, rate, 0.9, steps),
            "averaged_velocity": _rolled(slope, start, rate * (1 - mu), mu, steps),
            "late_velocity": _rolled(slope, start, rate, mu, steps, late=True),
            "look_ahead": _rolled(slope, start, rate, mu, steps, ahead=True),
            "slope_added_twice": _rolled(slope, start, rate, mu, steps, beside=1.0),
            "momentum_on_slope": _rolled(slope, start, rate, mu, steps, turned=True),
            "one_step_only": steps > 1 and _rolled(slope, start, rate, mu, 1),
            "one_step_more": _rolled(slope, start, rate, mu, steps + 1),
            "place_first": steps > 1 and _rolled(slope, start, rate, mu, steps - 1),
            "stale_slopes": steps > 1 and _rolled(slope, start, rate, mu, steps, stale=True),
            "slope_for_place": slope(_rolled(slope, start, rate, mu, steps)),
        }  # fmt: skip
        bugs = {n: w is not False and same(found, w) for n, w in walks.items()}
        bugs["another_walk"] = True
        right = _rolled(slope, start, rate, mu, steps)
        count = {0: "no step", 1: "one step"}.get(steps, f"{steps} steps")
        yield f"{count}: the last place is right", same(found, right), bugs
    wide = np.random.default_rng(17).normal(size=5)
    fits = same(
        answer.numbers(np.sinh, wide, 0.1, 0.7, 4),
        _rolled(np.sinh, wide, 0.1, 0.7, 4),
    )
    yield "any number of weights, and any slope, will do", fits, {"fixed_shape": True}
    yield from careful(answer)


def _rolled(
    slope, place, rate, mu, steps, late=False, ahead=False, beside=0.0, turned=False,
    stale=False,
):  # fmt: skip
    """The walk with momentum, and ways to get it wrong."""
    v, start = np.zeros_like(place), place
    for _ in range(steps):
        old = v
        g = slope(start if stale else place - rate * mu * v if ahead else place)
        v = v + mu * g if turned else mu * v + g
        place = place - rate * ((old if late else v) + beside * g)
    return place


def dropout(answer):
    """A mask of the shape of A says who is kept.

    With which probability is an entry of `rng.random(A.shape)` below rate? If a share
    of 1 - rate survives, what must be done to them so that the mean stays?

    Similar: of a class a quarter is ill each day; to have as many hands as planned, the
    rest work as 1 / 0.75 people each.
    """
    A = np.random.default_rng(18).uniform(0.5, 2.0, (400, 60))
    A[:, 7] = 0.0
    kept = answer.numbers(A, 0.2, np.random.default_rng(3), False)
    bugs = {
        "active_at_use": bool(((kept == 0) & (A > 0)).mean() > 0.05),
        "scaled_at_use": True,
    }
    yield "while it is used nothing changes", same(kept, A), bugs
    for rate in (0.2, 0.7, 0.25, 0.0):
        found = answer.numbers(A, rate, np.random.default_rng(3), True)
        yield from shaped("It", found, A)
        alive = A > 0
        zeros = (found == 0) & alive
        share, survivors = zeros[alive].mean(), alive & ~zeros
        ratio = np.divide(found, A, out=np.zeros_like(A), where=alive)[survivors]
        # Within 6 standard deviations of what is drawn independently.
        room = 6 * np.sqrt(rate * (1 - rate) / alive.sum()) + 1e-9
        mask = np.isin(np.unique(found.round(9)), [0, 1, round(1 / (1 - rate), 9)])
        bugs = {
            "the_mask": bool(mask.all()),
            "brackets_missing": _without_brackets(found, A, rate),
            "nothing_dropped": rate > 0 and share == 0,
            "rate_turned": bool(abs(share - (1 - rate)) <= max(room, 0.02)),
            "other_share": True,
        }
        right_share = abs(share - rate) <= room
        rows, columns = zeros[:, :7].mean(axis=1), zeros[:, :7].mean(axis=0)
        if 0 < share < 1 and set(columns) <= {0.0, 1.0}:
            bugs, right_share = {"same_for_rows": True}, False
        if 0 < share < 1 and set(rows) <= {0.0, 1.0}:
            bugs, right_share = {"same_for_columns": True}, False
        yield f"at {rate:g}: that share becomes 0", right_share, bugs
        bugs = {
            "the_mask": bool(mask.all()),
            "unscaled": np.allclose(ratio, 1),
            "scaled_by_rate": rate > 0 and np.allclose(ratio, 1 / rate),
            "scaled_down": np.allclose(ratio, 1 - rate),
            "other_values": True,
        }
        sound = np.allclose(ratio, 1 / (1 - rate), rtol=1e-5)
        yield "the others are divided by 1 - rate", sound, bugs
    one, two, other = (
        answer.numbers(A, 0.3, np.random.default_rng(k), True) for k in (3, 3, 4)
    )
    drawn = same(one, two) and not same(one, other)
    yield "the draw comes from the rng", drawn, {"drawn_elsewhere": True}
    halves = [half == 0 for half in np.split(one, 2)]
    yield "each row has its own", not same(*halves), {"mask_twice": True}
    counts = {
        int((answer.numbers(A[:, :7], 0.3, np.random.default_rng(k), True) == 0).sum())
        for k in range(4)
    }
    yield "each entry has its own chance", len(counts) > 1, {"fixed_count": True}
    yield from careful(answer)


def _without_brackets(found, A, rate):
    """Whether it is A * mask / 1 - rate, from which rate is taken off at the end."""
    back = found + rate
    near = np.isclose(back, 0) | np.isclose(back, A)
    return rate > 0 and bool(near.all()) and bool((found < 0).any())


def adam_walk(answer):
    """Three things are kept: m, s and the number of the step.

    After the first step, what is m divided by 1 - beta1, and s by 1 - beta2? So how
    long is that step?

    Similar: a running mean of 5, 5, 5 that starts at 0 with 0.9 is 0.5, 0.95, 1.355;
    divided by 1 - 0.9, 1 - 0.81, 1 - 0.729 it is 5 each time.
    """
    M, c = np.array([[1.0, 0.4], [0.4, 0.6]]), np.array([1.0, -2.0])
    start = np.random.default_rng(19).normal(size=2) * 3

    def slope(place):
        return np.asarray(place) @ M + c

    for rate, steps in ((0.13, 1), (0.13, 3), (0.3, 12), (0.02, 60), (0.13, 0)):
        found = answer.numbers(slope, start, rate, steps)
        yield "the shape is that of start", found.shape == (2,), {"all_places": True}
        ways = {
            "no_correction": {"fix_m": False, "fix_s": False},
            "m_not_corrected": {"fix_m": False},
            "s_not_corrected": {"fix_s": False},
            "correction_kept": {"keep": True},
            "t_stays_1": {"count": False},
            "no_root": {"root": lambda s: s},
            "betas_swapped": {"betas": (0.999, 0.9)},
            "no_m": {"betas": (0.0, 0.999)},
            "one_s": {"square": lambda g: np.mean(g**2)},
            "uphill": {"sign": -1},
            "signs_only": {"forget": True},
        }
        bugs = {"no_steps": steps > 0 and same(found, start)}
        for name, way in ways.items():
            wrong = _adapted(slope, start, rate, steps, **way)
            bugs[name] = bool(np.isfinite(wrong).all()) and same(found, wrong)
        bugs |= {
            "no_square": not np.isfinite(found).all() and np.isfinite(found).any(),
            "t_from_0": not np.isfinite(found).any(),
            "no_rate": same(found, _adapted(slope, start, 1.0, steps)),
            "one_step_only": steps > 1 and same(found, _adapted(slope, start, rate, 1)),
            "one_step_more": same(found, _adapted(slope, start, rate, steps + 1)),
            "one_step_less": steps > 1
            and same(found, _adapted(slope, start, rate, steps - 1)),
            "another_walk": True,
        }
        right = _adapted(slope, start, rate, steps)
        count = {0: "no step", 1: "one step"}.get(steps, f"{steps} steps")
        yield f"{count}: the last place is right", same(found, right), bugs
    flat = np.array([0.0, 1.5, 0.0])  # sinh is 0 at 0
    found = answer.numbers(np.sinh, flat, 0.1, 4)
    calm = bool(np.isfinite(found).all())
    yield "a slope of 0 leaves its weight alone", calm, {"no_eps": True}
    tiny = np.array([2e-7, -3e-8])
    found = answer.numbers(lambda place: 0 * place + tiny, 0 * tiny, 0.1, 3)
    wanted = _adapted(lambda place: 0 * place + tiny, 0 * tiny, 0.1, 3)
    yield "eps is added to the root", same(found, wanted), {"eps_in_root": True}
    wide = np.append(flat, np.random.default_rng(20).normal(size=2))
    fits = same(answer.numbers(np.sinh, wide, 0.1, 4), _adapted(np.sinh, wide, 0.1, 4))
    yield "any number of weights, and any slope, will do", fits, {"fixed_shape": True}
    yield from careful(answer)


def _adapted(
    slope, place, rate, steps, betas=(0.9, 0.999), fix_m=True, fix_s=True, keep=False,
    count=True, root=np.sqrt, square=np.square, sign=1, forget=False,
):  # fmt: skip
    """The walk with Adam, and ways to get it wrong."""
    m = s = np.zeros_like(place)
    beta1, beta2 = betas
    with np.errstate(all="ignore"):
        for step in range(1, steps + 1):
            t, g = step if count else 1, slope(place)
            if forget:
                t, m, s = 1, 0 * m, 0 * s
            m = beta1 * m + (1 - beta1) * g
            s = beta2 * s + (1 - beta2) * square(g)
            m_hat = m / (1 - beta1**t) if fix_m else m
            s_hat = s / (1 - beta2**t) if fix_s else s
            m, s = (m_hat, s_hat) if keep else (m, s)
            place = place - sign * rate * m_hat / (root(s_hat) + 1e-8)
    return place


def closing_quiz(answer):
    """How much do the five dots of one column differ in the lesson's last picture?"""
    yield from quiz(
        "09.Q",
        answer,
        "b",
        {
            "a": "0.6 % of 360 are two digits; another start often moves either by more, and other "
            "rows do, too.",
            "b": "one start is one dot, and 360 rows are one draw; both scatter by more than that",
            "c": "Nothing here says anything about overfitting.",
            "d": "The training loss does not say how new digits are read.",
        },
    )


EXERCISES = {
    "09.1": Exercise("starting weights", "complete", "f(n_in, n_out, rng)", first_weights),
    "09.2": Exercise(
        "a walk with momentum", "complete",
        "f(slope, start, learning_rate, momentum, steps)", momentum_walk,
    ),
    "09.3": Exercise("dropout", "complete", "f(A, rate, rng, training)", dropout),
    "09.4": Exercise(
        "a walk with Adam", "extend", "f(slope, start, learning_rate, steps)", adam_walk
    ),
    "09.Q": Exercise("one start each", "quiz", "a letter", closing_quiz),
}  # fmt: skip
