"""What lesson 00 asks: whether one can have an answer checked."""

from nn_helpers.checks.properties import quiz
from nn_helpers.checks.verdict import Exercise


def closing_quiz(answer):
    """Press STEP in the picture of the loop: what is marked "out"?"""
    yield from quiz(
        "00.Q",
        answer,
        "a",
        {
            "a": "the loop changes its parameters; data, labels, size and steps are "
            "chosen by people",
            "b": "The label is what the network is told: you chose it, and it stayed.",
            "c": "The pixels go in at PREDICT, in every round the same.",
            "d": "Only one of them comes out of a station of the loop.",
        },
    )


EXERCISES = {
    "00.Q": Exercise("what learning changes", "quiz", "a letter", closing_quiz)
}
