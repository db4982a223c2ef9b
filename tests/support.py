"""Shared pieces of the tests: the lessons, what they show, the states of a figure."""

import functools
import itertools
import sys
from pathlib import Path

import numpy as np
import pytest

import nn_helpers

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "classroom")]

import edition  # noqa: E402
import grade  # noqa: E402
import guide  # noqa: E402
import handins  # noqa: E402
import judge  # noqa: E402
import lessons as tool  # noqa: E402
import my_work  # noqa: E402
import nbgrader_course  # noqa: E402
import pages  # noqa: E402
import parcels  # noqa: E402
import readme_pictures  # noqa: E402
import report  # noqa: E402
import sandbox  # noqa: E402
from lessons import LESSONS, SOLUTIONS, code_cells, run_in_process  # noqa: E402
from plant_bugs import BUGS  # noqa: E402

PUBLIC = {n for n, v in vars(nn_helpers).items() if callable(v) and n[0] != "_"}
lessons = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
notebooks = pytest.mark.parametrize(
    "path", [*LESSONS, *SOLUTIONS], ids=lambda path: f"{path.parent.name}-{path.stem}"
)
__all__ = [
    "BUGS",
    "LESSONS",
    "PUBLIC",
    "ROOT",
    "SOLUTIONS",
    "code_cells",
    "edition",
    "grade",
    "guide",
    "handins",
    "judge",
    "lessons",
    "my_work",
    "nbgrader_course",
    "pages",
    "parcels",
    "readme_pictures",
    "report",
    "sandbox",
    "tool",
]

shown_by = functools.cache(run_in_process)


def pictures(path):
    """Every picture of a lesson."""
    shown, played, _ = shown_by(path)
    return [*shown, *played]


def states(picture, most=2000, draws=500):
    """All states of a picture; if there are too many, the edges and seeded draws."""
    values = {name: knob.values for name, knob in picture.knobs.items()}
    names, count = list(values), np.prod([len(v) for v in values.values()])
    if count <= most:
        combinations = list(itertools.product(*values.values()))
    else:
        ends = {name: (v[0], v[-1]) for name, v in values.items()}
        combinations = [
            c
            for name in names
            for c in itertools.product(*(ends | {name: values[name]}).values())
        ]
        rng = np.random.default_rng(0)
        combinations += [
            tuple(v[rng.integers(len(v))] for v in values.values())
            for _ in range(draws)
        ]
    for combination in combinations:
        yield dict(zip(names, combination, strict=True))


def drawn(picture):
    """Walk through all states: draw each, and yield (state, caption, description)."""
    for state in states(picture):
        picture.draw(**state)
        yield state, picture.caption(), picture.description()
    picture.draw(**picture.start)
