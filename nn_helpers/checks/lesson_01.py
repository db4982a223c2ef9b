"""What lesson 01 asks: one neuron."""

from fractions import Fraction

import numpy as np

from nn_helpers.checks.answer import Stop, as_list, one_number
from nn_helpers.checks.numbers import numbers
from nn_helpers.checks.properties import careful, number, quiz, same
from nn_helpers.checks.verdict import Exercise


def distance(answer):
    """On the line z is 0; how large is z at the point?

    z grows by |w| for each unit that you walk along the arrow. How long is the arrow?

    Similar: w = (0, 2), b = -6, the point (1, 8): z = 10, |w| = 2, so 5 away.
    """
    yield from number(answer, *distances(**numbers("01.1")), tolerance=0.01)


def distances(w, b, x):
    """The distance of x from the line, and wrong ones."""
    length, total = np.hypot(*w), np.abs(w).sum()
    without, z = np.dot(w, x), np.dot(w, x) + b
    return abs(z) / length, {
        "sum_for_distance": abs(z),
        "squared_length": abs(z) / length**2,
        "from_origin": abs(b) / length,
        "sum_of_weights": (abs(z) / total, round(abs(z) / total, 2)),
        "bias_forgotten": abs(without) / length,
        "bias_added": abs(without - b) / length,
        "negative_distance": -abs(z) / length,
    }


def one_but_not_the_other(answer):
    """For (0, 0) the sum is b. Which sign does b need?

    The first input alone has to lift the sum to 0 or more. What must the second do
    to it?

    Similar: "neither" (yes for (0, 0) alone): b = 0.5, and both weights -1.
    """
    found = as_list(answer, 3, "Three numbers")
    w, b = found[:2], found[2]

    def says(corners, w, b):
        # Exact, so that 0.3 - 0.1 - 0.2 is the 0 that it should be.
        parts = [Fraction(repr(float(value))) for value in (*w, b)]
        return [x * parts[0] + y * parts[1] + parts[2] >= 0 for x, y in corners]

    corners = ((1, 0), (0, 0), (0, 1), (1, 1))
    names = ("corner_10", "corner_00", "corner_01", "corner_11")
    wanted = [True, False, False, False]
    answers = says(corners, w, b)
    swapped = says(corners, w[::-1], b) == wanted
    first = says(corners, found[1:], found[0]) == wanted
    bugs = {
        "another_order": swapped and first,
        "inputs_swapped": swapped,
        "bias_first": first,
        "yes_for_no": answers == [False, True, True, True],
    }
    for corner, name, said, want in zip(corners, names, answers, wanted, strict=True):
        text = f"{corner} gets a {'yes' if want else 'no'}"
        yield text, said == want, bugs | {name: True}


def perceptron_step(answer):
    """Compute the answer first, 0 or 1. What is y minus the answer when it is right?

    y - answer is 1, 0 or -1. By what do w and b change in the three cases?

    Similar: w = (1, 0), b = 0, x = (-2, 1), y = 1: z = -2, the answer is 0, so the
    new w is (-1, 1) and the new b is 1.
    """
    rng = np.random.default_rng(13)
    examples = [(case, _example(rng, n, case)) for n in (3, 2) for case in CASES]
    found = []
    for _, example in examples:
        n = len(example[0])
        new = answer.several(("w", "b"), *example)
        if new["w"].size == 1 and new["b"].shape == (n,):
            raise Stop("failed", "order_of_two")
        short = {"two_weights_only": n == 3 and new["w"].shape == (2,)}
        yield f"w: has the shape ({n},)", new["w"].shape == (n,), short
        yield "b: is one number", new["b"].shape == (), {"b_like_x": True}
        found.append((new["w"], float(new["b"].ravel()[0])))
    # A slip is named when it gives what was found for every example.
    slips = {
        name: all(
            same(new_w, w) and np.isclose(new_b, b)
            for (_, example), (new_w, new_b) in zip(examples, found, strict=True)
            for w, b in [slip(*example)]
        )
        for name, slip in SLIPS.items()
    }
    for (case, (w, b, x, y)), (new_w, new_b) in zip(examples, found, strict=True):
        said = int(x @ w + b >= 0)
        right_w = same(new_w, w + (y - said) * x)
        right_b = bool(np.isclose(new_b, b + y - said))
        bugs = slips | {
            "b_forgotten": right_w and not right_b and bool(np.isclose(new_b, b)),
            "w_forgotten": right_b and not right_w and same(new_w, w),
            "b_like_w": right_w and not right_b,
            "w_like_b": right_b and not right_w,
            "threshold_at_0": case.startswith("z is 0"),
            "step_when_right": said == y,
        }
        text = {"right": "a right answer changes nothing"}.get(
            case.split()[0], "a wrong one moves w by (y - answer) x, and b"
        )
        yield text, right_w and right_b, bugs
    yield from careful(answer)


def _step(move):
    """The rule, with another number in place of y - answer."""
    return lambda w, b, x, y: (w + move(w, b, x, y) * x, b + move(w, b, x, y))


def _missed(w, b, x, y):
    return y - int(x @ w + b >= 0)


def _late(w, b, x, y):
    new_w = w + _missed(w, b, x, y) * x
    return new_w, b + _missed(new_w, b, x, y)


SLIPS = {
    "z_without_b": _step(lambda w, b, x, y: y - int(x @ w >= 0)),
    "bias_subtracted": _step(lambda w, b, x, y: y - int(x @ w - b >= 0)),
    "two_inputs": _step(lambda w, b, x, y: _missed(w[:2], b, x[:2], y)),
    "z_for_answer": _step(lambda w, b, x, y: y - (x @ w + b)),
    "plus_minus": _step(lambda w, b, x, y: y + 1 - 2 * int(x @ w + b >= 0)),
    "label_for_difference": _step(lambda w, b, x, y: y),
    "wrong_way": _step(lambda w, b, x, y: -_missed(w, b, x, y)),
    "always_adds": _step(lambda w, b, x, y: abs(_missed(w, b, x, y))),
    "no_change": _step(lambda w, b, x, y: 0),
    "late_answer": _late,
    "x_forgotten": lambda w, b, x, y: (w + _missed(w, b, x, y), b + _missed(w, b, x, y)),
    "w_forgotten": lambda w, b, x, y: (w, b + _missed(w, b, x, y)),
    "b_forgotten": lambda w, b, x, y: (w + _missed(w, b, x, y) * x, b),
    "b_always": lambda w, b, x, y: (w + _missed(w, b, x, y) * x, b + 1),
    "b_wrong_way": lambda w, b, x, y: (
        w + _missed(w, b, x, y) * x, b - _missed(w, b, x, y)
    ),
}  # fmt: skip


# {name: (z, label)}
CASES = {
    "right yes": (1.7, 1), "right no": (-0.6, 0), "missed yes": (-1.3, 1),
    "wrong yes": (0.8, 0), "far off": (-9.0, 1), "right yes, near": (0.001, 1),
    "missed yes, near": (-0.001, 1), "z is 0, no": (0.0, 0), "z is 0, yes": (0.0, 1),
}  # fmt: skip


def _example(rng, n, case):
    """(w, b, x, y) for a case; z is well away from 0, or exactly 0."""
    w, x = rng.normal(size=n), rng.normal(size=n)
    z, y = CASES[case]
    x = 0.1 * x if case == "far off" else x  # one step is not enough, and is all
    if z == 0:  # whole numbers, so that the sum is exactly 0
        w, x = np.arange(1.0, n + 1), np.ones(n)
    return w, z - x @ w, x, y


def share_of_right(answer):
    """The answer is 1 where Z is 0 or more. Where is it equal to y?

    True counts as 1 and false as 0: what is the mean of a row of them?

    Similar: the share of even numbers in a is `np.mean(a % 2 == 0)`.
    """
    Z = np.array([2.0, -1.0, 0.3, -3.0, 0.0, 4.0, -0.001, 1.0, 0.4, -2.0])
    y = np.array([1, 0, 1, 0, 1, 0, 0, 1, 1, 1])
    few = np.array([0.0, 0.0, -1.5, 0.0]), np.array([0, 1, 0, 0])
    rows = [(Z, y), (Z[:7], y[:7]), (Z[5:6], y[5:6]), few]
    found = [one_number(answer(*one)) for one in rows]
    # A slip is named when it gives what was found for all of them.
    bugs = {
        name: bool(np.allclose(found, [share(*one) for one in rows]))
        for name, share in {
            "count_for_share": lambda Z, y: np.sum((Z >= 0) == y),
            "percent": lambda Z, y: 100 * np.mean((Z >= 0) == y),
            "errors_for_right": lambda Z, y: np.mean((Z >= 0) != y),
            "threshold_at_0": lambda Z, y: np.mean((Z > 0) == y),
            "threshold_at_half": lambda Z, y: np.mean((Z >= 0.5) == y),
            "yes_share": lambda Z, y: np.mean(Z >= 0),
            "sums_for_answers": lambda Z, y: np.mean(Z == y),
            "right_yes_alone": lambda Z, y: np.mean((Z >= 0) & (y == 1)),
            "ten_examples": lambda Z, y: np.sum((Z >= 0) == y) / 10,
            "first_example_alone": lambda Z, y: ((Z >= 0) == y)[0] / len(y),
            "first_left_out": lambda Z, y: np.sum(((Z >= 0) == y)[1:]) / len(y),
        }.items()
    }
    for k, (one, share) in enumerate(zip(rows, found, strict=True)):
        text = (
            "any number of examples will do"
            if k
            else "it is the share of right answers"
        )
        wanted = np.mean((one[0] >= 0) == one[1])
        short = {
            f"For {len(one[0])} examples, {wanted:.3g} of them right, it gives {share:.3g}.": True
        }
        yield text, bool(np.isclose(share, wanted)), bugs | short
    yield from careful(answer)


def closing_quiz(answer):
    """The proof with the four inequalities: what does it say of every single neuron?"""
    yield from quiz(
        "01.Q",
        answer,
        "b",
        {
            "a": "No line divides these four points, so no number of passes finds one.",
            "b": "one neuron draws one line; with three, two say OR and AND of the corners, "
            "and the third 'the first but not the second' (01.2). How they would find "
            "that on their own is for lessons 05 to 07",
            "c": "The proof holds for all w and b, so wherever you start, there is no "
            "place to arrive.",
            "d": "A weight for the bias only gives b another name.",
        },
    )


EXERCISES = {
    "01.1": Exercise("distance from a line", "predict", "a number", distance),
    "01.2": Exercise(
        "the first but not the second", "predict", "a list", one_but_not_the_other
    ),
    "01.3": Exercise(
        "a step of the perceptron rule", "complete", "f(w, b, x, y)", perceptron_step
    ),
    "01.4": Exercise(
        "the share of right answers", "complete", "f(Z, y)", share_of_right
    ),
    "01.Q": Exercise("what one line cannot do", "quiz", "a letter", closing_quiz),
}
