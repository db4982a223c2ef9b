"""Kernel time of one slider move, for every live figure of the lessons.

    python tools/measure_sliders.py

Runs each lesson's code cells in this process, then moves every control of each
live figure through its range and prints the median milliseconds from a new
value to new image and caption. What the browser adds is about 40 ms more.
"""

import statistics
import time
from pathlib import Path
from unittest import mock

import nbformat

from nn_helpers import live

LESSONS = Path(__file__).resolve().parent.parent / "notebooks"


def figures(path):
    """Every LiveFigure that the lesson shows, in order, with its name."""
    shown = []
    cells = [c for c in nbformat.read(path, 4).cells if c.cell_type == "code"]
    with (
        mock.patch.object(live.LiveFigure, "display", lambda self: shown.append(self)),
        mock.patch("nn_helpers.viz.picture.display"),
        mock.patch("builtins.print"),
    ):
        scope = {}
        for cell in cells:
            exec(cell.source, scope)
    return shown


def values(control):
    """Up to 40 values over the whole range of a control."""
    if hasattr(control, "options"):
        return [option[1] for option in control.options] * 3
    steps = round((control.max - control.min) / control.step)
    skip = max(1, steps // 40)
    return [control.min + i * control.step for i in range(0, steps + 1, skip)]


def main():
    for path in sorted(LESSONS.glob("*.ipynb")):
        for figure in figures(path):
            times = []
            for control in figure.controls.values():
                for value in values(control):
                    start = time.perf_counter()
                    control.value = value
                    times.append((time.perf_counter() - start) * 1000)
            name = figure.picture.describe().split(":")[0][:40]
            print(
                f"{path.stem:18} {name:42} median {statistics.median(times):5.1f} ms, "
                f"90 % below {sorted(times)[int(0.9 * len(times))]:5.1f} ms"
            )
            figure.close()


if __name__ == "__main__":
    main()
