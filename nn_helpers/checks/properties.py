"""Properties that several exercises ask for."""

import re

import numpy as np

from nn_helpers.checks.answer import Stop, one_number
from nn_helpers.checks.numbers import numbers
from nn_helpers.network import Network


class Original(Network):
    """A network that is handed over as it is, so that a change of it is seen."""

    def __deepcopy__(self, memo):
        return self


def same(found, expected):
    """Equal shapes, and each entry within 1e-4 of itself (float32 will do)."""
    found, expected = np.asarray(found), np.asarray(expected)
    if found.shape != expected.shape:
        return False
    scale = np.abs(expected).max(initial=0)
    near = np.isclose(found, expected, rtol=1e-4, atol=1e-6 * scale)
    return bool(near.all())


def shaped(name, found, expected):
    """The shape is right; the transpose has a name of its own."""
    flipped = found.shape == expected.shape[::-1] != expected.shape
    wanted, came = expected.shape, found.shape
    text = f"{name}: has the shape {wanted}" + (
        "" if came == wanted else f", not {came}"
    )
    table = len(wanted) == 1 and came == (1, *wanted)
    bugs = {"transposed": flipped, "one_row": table, "one_value": came == ()}
    yield text, came == wanted, bugs


def careful(answer):
    """At the end of every check of a function: it keeps no memory, and its input."""
    arguments, before = answer.first
    again = answer(*arguments)
    pairs = zip(_parts(before), _parts(again), strict=True)
    alike = all(same(b, a) for a, b in pairs)
    yield "the same input gives the same again", alike, {"accumulates": True}
    yield "nothing is changed in place", not answer.changed, {"changes_input": True}


def _parts(result):
    """The arrays of a result, of pairs in a list too."""
    if not isinstance(result, (tuple, list)):
        return [result]
    return [array for part in result for array in _parts(part)]


def number(answer, expected, wrong, tolerance=0.0):
    """A predicted number; wrong: {bug: the number, or numbers, that it gives}.

    tolerance 0 is for what can be counted; a float's rounding is allowed.
    """
    found = one_number(answer)
    room = max(tolerance, 1e-9 * abs(expected))
    bugs = {
        bug: any(abs(found - v) <= max(min(room, 2e-3), 1e-9) for v in np.ravel(values))
        for bug, values in wrong.items()
    }
    bugs["another_number"] = True
    yield "the number is right", abs(found - expected) <= room, bugs


def quiz(exercise, answer, right, reasons):
    """One letter; reasons: {letter: why it is wrong, or why it is right}.

    An edition may list the options in another order (numbers.py).
    """
    order = numbers(exercise)["order"]
    shown = dict(zip(sorted(reasons), order, strict=True))
    words = answer.lower() if isinstance(answer, str) else ""
    # The letter alone, or its whole line copied: "c", "(c)", "c) What is said there."
    found = re.fullmatch(r"\W*([a-z])(?:\W*|[).,:](.*))", words, re.S)
    # "b, c" and "b) or d" are two letters.
    more = found and found[2] and re.fullmatch(r"(\W|\b([a-z]|and|or)\b)+", found[2])
    letter = found and not more and shown.get(found[1])
    if letter not in reasons:
        letters = ", ".join(reasons)
        raise Stop("failed", "names", f"A letter of {letters} is asked for, in quotes.")
    yield reasons[right], letter == right, {reasons[letter]: True}
