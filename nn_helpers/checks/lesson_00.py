"""What lesson 00 asks: whether one can have an answer checked."""

from nn_helpers.checks.properties import quiz
from nn_helpers.checks.verdict import Exercise


def closing_quiz(answer):
    """Press STEP in the picture of the loop: what is marked "out"?"""
    yield from quiz(
        answer,
        "c",
        {
            "a": "The pixels go in at PREDICT, in every round the same.",
            "b": "The label is what the network is told: you chose it, and it stayed.",
            "c": "the loop changes its parameters; data, labels, size and steps are "
            "chosen by people",
            "d": "The size of the network or the labels would help too, but the loop "
            "never touches them.",
        },
    )


EXERCISES = {
    "00.Q": Exercise("what learning changes", "quiz", "a letter", closing_quiz)
}
