"""Kernel time of one slider move, for every live figure of the lessons.

    python tools/measure_sliders.py

Runs each lesson's code cells in this process, then moves every control of each
live figure through its range and prints the median milliseconds from a new
value to new image and words. What the browser adds is about 40 ms more.
"""

import statistics
import time

from lessons import LESSONS, run_in_process

from nn_helpers.live import LiveFigure


def main():
    for path in LESSONS:
        for picture in run_in_process(path)[1]:
            figure, times = LiveFigure(picture), []
            for name, knob in picture.knobs.items():
                skip = max(1, len(knob.values) // 40)
                for value in knob.values[::skip]:
                    start = time.perf_counter()
                    figure.controls[name].value = value
                    times.append((time.perf_counter() - start) * 1000)
            print(
                f"{path.stem:18} {', '.join(picture.knobs):24} median "
                f"{statistics.median(times):5.1f} ms, 90 % below "
                f"{sorted(times)[int(0.9 * len(times))]:5.1f} ms"
            )
            figure.close()


if __name__ == "__main__":
    main()
