"""The engine: does each property of an answer hold, and if one does not, why?

A check is a generator of (property, holds, {bug: whether it explains that}). A
property may begin with what it is about, as in "dW: agrees with nudging". The
docstring of a check is its ladder of hints, with a blank line between two.
"""

from collections.abc import Callable
from typing import NamedTuple

from nn_helpers.checks.answer import Answer, Stop, TimeIsUp, time_limit
from nn_helpers.checks.bugs import BUGS

SECONDS = 10
VALUES = ("predict", "quiz", "bug hunt", "write")  # forms that ask for no function


class Exercise(NamedTuple):
    """What is asked: topic, form, signature, and the check of an answer."""

    topic: str
    form: str
    signature: str
    check: Callable

    def hints(self):
        """The ladder of hints: an idea, a pointed question, a similar example."""
        parts = (self.check.__doc__ or "").split("\n\n")
        return [" ".join(part.split()) for part in parts if part.strip()]


class Verdict(NamedTuple):
    """outcome: untouched, unfinished, failed or passed; bug: its name, or None."""

    exercise: str
    outcome: str
    bug: str | None
    sentence: str


def judge(number, exercise, answer):
    """Return the Verdict on an answer; nothing that an answer does is raised."""
    try:
        with time_limit(SECONDS):
            return _judge(number, exercise, answer)
    except TimeIsUp:
        return Verdict(number, "failed", "too_slow", f"Not yet: {BUGS['too_slow']}")


def _judge(number, exercise, answer):
    held = []
    watched = answer
    if callable(answer) and not isinstance(answer, Answer):
        watched = Answer(answer)
    try:
        if answer is ...:
            raise Stop("untouched")
        if answer is None:
            raise Stop("unfinished", sentence="None is no answer yet.")
        if callable(answer) != (exercise.form not in VALUES):
            wanted = (
                "a value" if callable(answer) else f"a function {exercise.signature}"
            )
            raise Stop("failed", "wrong_form", f"The answer should be {wanted}.")
        for text, holds, bugs in exercise.check(watched):
            about, _, rest = text.rpartition(": ")
            if not holds:
                bug = next((name for name, explains in bugs.items() if explains), None)
                why = BUGS.get(bug, bug or "").format(it=about or "It")
                why = why or _unnamed(about, rest)
                return Verdict(number, "failed", bug, f"Not yet: {why}")
            held.append((about, rest))
    except Stop as stop:
        start = {"untouched": "", "unfinished": "", "failed": "Not yet: "}[stop.outcome]
        return Verdict(number, stop.outcome, stop.bug, start + stop.sentence)
    except Exception:  # ours, met by a result of odd form
        return Verdict(number, "failed", "odd_result", f"Not yet: {BUGS['odd_result']}")
    said = f"Yes: {_listed(held)}."
    if isinstance(watched, Answer) and watched.printed:
        said += f" (On the way it printed {watched.printed.splitlines()[0][:40]!r}.)"
    return Verdict(number, "passed", None, said)


def _unnamed(about, rest):
    if about and rest.startswith("agrees"):
        return f"{about} does not agree{rest.removeprefix('agrees')}."
    if about and rest.startswith("has the shape"):
        return f"{about} should have {rest.removeprefix('has ')}."
    return f"it does not hold that {about} {rest}.".replace("  ", " ")


def _listed(held):
    """The properties that held, those alike in one breath: dW and db agree."""
    groups = {}
    for about, rest in held:
        shape = rest.startswith("has the shape")
        groups.setdefault("the shapes fit" if shape else rest, []).append(about)
    said = []
    for rest, abouts in groups.items():
        *first, last = dict.fromkeys(filter(None, abouts)) or [""]
        if rest == "the shapes fit" or not last:
            said.append(rest)
        elif first:
            said.append(
                f"{', '.join(first)} and {last} {rest.replace('agrees', 'agree')}"
            )
        else:
            said.append(f"{last} {rest}")
    return ", ".join(said)
