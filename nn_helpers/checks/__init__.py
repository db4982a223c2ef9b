"""Exercises: `check` an answer, ask for a `hint`, list the `exercises`."""

import textwrap

from nn_helpers.checks import (
    lesson_00,
    lesson_01,
    lesson_02,
    lesson_03,
    lesson_04,
    lesson_05,
    lesson_06,
    lesson_07,
    lesson_08,
    lesson_09,
    lesson_10,
    lesson_11,
    lesson_12,
    lesson_13,
)
from nn_helpers.checks.lesson_06 import suspect_network
from nn_helpers.checks.verdict import Exercise, Verdict, judge

__all__ = [
    "Exercise", "Verdict", "check", "exercises", "hint", "judge", "passes",
    "suspect_network",
]  # fmt: skip

EXERCISES = {
    **lesson_00.EXERCISES,
    **lesson_01.EXERCISES,
    **lesson_02.EXERCISES,
    **lesson_03.EXERCISES,
    **lesson_04.EXERCISES,
    **lesson_05.EXERCISES,
    **lesson_06.EXERCISES,
    **lesson_07.EXERCISES,
    **lesson_08.EXERCISES,
    **lesson_09.EXERCISES,
    **lesson_10.EXERCISES,
    **lesson_11.EXERCISES,
    **lesson_12.EXERCISES,
    **lesson_13.EXERCISES,
}


def check(number, answer):
    """Say what holds of the answer to exercise `number`, such as "06.2".

    Checks test properties, so any right answer passes, however it is written.
    The verdict is plain text; its data, {exercise, outcome, bug}, stand in the
    metadata of the output, where reports and grades find them. Outcomes:
    untouched, unfinished, failed, passed.
    Raises ValueError for a number that no exercise has.

    >>> check("03.2", ...)
    03.2: nothing to check yet. Put your answer in place of the dots.
    >>> check("06.1", 0.59)
    06.1: Not yet: It has its sign flipped. For a hint add the line hint("06.1", 1) below.
    """
    verdict = judge(number, _exercise(number), answer)
    words = f"{number}: {verdict.sentence}"
    if verdict.outcome == "untouched":
        words = f"{number}: nothing to check yet. Put your answer in place of the dots."
    elif verdict.outcome == "failed" and _exercise(number).check.__doc__:
        words += f' For a hint add the line hint("{number}", 1) below.'
    _display(words, verdict)


def passes(number, answer):
    """Whether an answer passes; nothing is displayed.

    >>> passes("06.1", -0.59), passes("06.1", ...)
    (True, False)
    """
    return judge(number, _exercise(number), answer).outcome == "passed"


def hint(number, step=1):
    """Print one of three hints: an idea, a pointed question, a similar example.

    Raises ValueError for a number that no exercise has, or another step.

    >>> hint("03.2", 1)
    03.2, hint 1 of 3: A layer has a weight for each pair of input and neuron, and more.
    Next: hint("03.2", 2)
    """
    ladder = _exercise(number).hints()
    if step not in range(1, len(ladder) + 1):
        there = f"hints 1 to {len(ladder)}" if len(ladder) > 1 else "one hint"
        raise ValueError(f"{number} has {there}, got {step!r}")
    print(f"{number}, hint {step} of {len(ladder)}: {ladder[step - 1]}")
    if step < len(ladder):
        print(f'Next: hint("{number}", {step + 1})')


def exercises():
    """Return (number, lesson, topic, form, signature) of every exercise.

    >>> exercises()[1]
    ('01.1', 1, 'distance from a line', 'predict', 'a number')
    """
    return [
        (number, int(number[:2]), e.topic, e.form, e.signature)
        for number, e in EXERCISES.items()
    ]


def _exercise(number):
    if number not in EXERCISES:
        raise ValueError(f"no exercise {number!r}; there are {', '.join(EXERCISES)}")
    return EXERCISES[number]


def _display(words, verdict):
    words = textwrap.fill(words, 88, break_long_words=False)
    try:
        from IPython import get_ipython

        shell = get_ipython()
    except ImportError:
        shell = None
    if shell is None:
        print(words)
        return
    from IPython.display import display

    data = {
        "exercise": verdict.exercise,
        "outcome": verdict.outcome,
        "bug": verdict.bug,
    }
    display({"text/plain": words}, metadata={"nn_helpers": data}, raw=True)
