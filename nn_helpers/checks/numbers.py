"""The numbers in exercises that can vary; they stand in numbers.json beside this file.

A class may be handed an edition with other numbers, so that last year's answers do
not fit. Each check computes its answer, and the wrong ones that it names, from here.
"""

import json
from pathlib import Path

_NOW = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def numbers(exercise):
    """The numbers of an exercise by name, as its text has them now."""
    return _NOW[exercise]


def use(others):
    """Take {exercise: numbers} of another edition from now on; return the old ones."""
    before = dict(_NOW)
    _NOW.update(others)
    return before
