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
        "sign_flipped": -abs(z) / length,
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
    bugs = {
        "inputs_swapped": says(corners, w[::-1], b) == wanted,
        "bias_first": says(corners, found[1:], found[0]) == wanted,
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
    for n in (2, 3):
        for case in CASES:
            w, b, x, y = _example(rng, n, case)
            found = answer.several(("w", "b"), w, b, x, y)
            if found["w"].size == 1 and found["b"].shape == (n,):
                raise Stop("failed", "order_of_two")
            said = 1 if x @ w + b >= 0 else 0
            move = y - said
            short = {"two_weights_only": n == 3 and found["w"].shape == (2,)}
            yield f"w: has the shape ({n},)", found["w"].shape == (n,), short
            yield "b: is one number", found["b"].shape == (), {"b_like_x": True}
            new_b = float(found["b"].ravel()[0])
            right_w, right_b = (
                same(found["w"], w + move * x),
                np.isclose(new_b, b + move),
            )
            bare, late = y - float(x @ w >= 0), y - float(x @ found["w"] + b >= 0)
            two = y - float(x[:2] @ w[:2] + b >= 0)
            bugs = {
                "two_inputs": n == 3 and same(found["w"], w + two * x),
                "no_change": not case.startswith("z is 0")
                and same(found["w"], w)
                and bool(np.isclose(new_b, b)),
                "z_without_b": same(found["w"], w + bare * x)
                and bool(np.isclose(new_b, b + bare)),
                "late_answer": right_w and bool(np.isclose(new_b, b + late)),
                "x_forgotten": bool(right_b) and same(found["w"], w + move),
                "z_for_answer": not case.startswith("z is 0")
                and same(found["w"], w + (y - (x @ w + b)) * x),
                "plus_minus": same(found["w"], w + (y - (2 * said - 1)) * x)
                and np.isclose(new_b, b + y - (2 * said - 1)),
                "always_adds": case == "wrong yes" and same(found["w"], w + x),
                "b_always": right_w and np.isclose(new_b, b + 1),
                "step_when_right": said == y,
                "threshold_at_0": case.startswith("z is 0"),
                "wrong_way": same(found["w"], w - move * x),
                "b_forgotten": right_w and np.isclose(new_b, b),
                "label_for_difference": same(found["w"], w + y * x),
                "w_forgotten": bool(right_b) and same(found["w"], w),
            }
            text = {"right": "a right answer changes nothing"}.get(
                case.split()[0], "a wrong one moves w by (y - answer) x, and b"
            )
            yield text, right_w and bool(right_b), bugs
    yield from careful(answer)


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
    share, right = one_number(answer(Z, y)), 8 / 10
    bugs = {
        "count_for_share": np.isclose(share, 8),
        "percent": np.isclose(share, 80),
        "errors_for_right": np.isclose(share, 2 / 10),
        "threshold_at_0": np.isclose(share, np.mean((Z > 0) == y)),
        "yes_share": np.isclose(share, np.mean(Z >= 0)),
        "sums_for_answers": np.isclose(share, np.mean(Z == y)),
        "threshold_at_half": np.isclose(share, np.mean((Z >= 0.5) == y)),
    }
    bugs = {name: bool(holds) for name, holds in bugs.items()}
    yield "it is the share of right answers", bool(np.isclose(share, right)), bugs
    for sums, labels in (
        (Z[:7], y[:7]),
        (Z[5:6], y[5:6]),
        (np.array([0.0, 0.0, -1.5, 0.0]), np.array([0, 1, 0, 0])),
    ):
        share = one_number(answer(sums, labels))
        wanted = np.mean((sums >= 0) == labels)
        yield "any number of examples will do", bool(np.isclose(share, wanted)), {}
    yield from careful(answer)


def closing_quiz(answer):
    """The proof with the four inequalities: what does it say of every single neuron?"""
    yield from quiz(
        "01.Q",
        answer,
        "b",
        {
            "a": "No line divides these four points, so no number of passes finds one.",
            "b": "one neuron draws one line, and XOR needs more than that (and, for two layers, "
            "a rule that trains both: lessons 05 to 07)",
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
