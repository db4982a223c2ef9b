"""Check an answer: do the properties hold, and if one does not, a likely reason."""

import warnings

from nn_helpers.checks.lessons import CHECKS, Untouched

__all__ = ["check"]


def check(number, answer):
    """Print a verdict on the answer to exercise `number`, such as "02.1".

    An untouched stub (... or None) is no mistake: the verdict says so. Checks
    test properties, so any right answer passes, however it is written.
    Raises ValueError for a number that no exercise has.

    >>> check("02.1", ...)
    02.1: nothing to check yet. Replace the ... and run this cell again.
    >>> check("02.1", -1.5)
    02.1: not yet. ReLU switches on where 2x - 3 crosses 0. Which x is that?
    """
    if number not in CHECKS:
        raise ValueError(f"no exercise {number!r}; there are {', '.join(CHECKS)}")
    try:
        print(f"{number}: {_verdict(CHECKS[number], answer)}")
    except Untouched:
        print(
            f"{number}: nothing to check yet. Replace the ... and run this cell again."
        )


def _verdict(properties, answer):
    if answer is None or answer is ...:
        raise Untouched
    held = 0
    try:
        # A warning, such as overflow in exp, is a finding too.
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for complaint, holds in properties(answer):
                if not holds:
                    return f"not yet. {complaint}"
                held += 1
    except Untouched:
        raise
    except Exception as error:
        return f"not yet. Your code stopped with {type(error).__name__}: {error}"
    return f"these {held} properties hold." if held > 1 else "this holds."
