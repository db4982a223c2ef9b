"""What a step costs: work that can be counted, and time, when a button is pressed."""

import time

import numpy as np

from nn_helpers.counting import count_work, each
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Measure, Positions
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import listed, num

SECONDS, TURNS = 0.1, 5  # for one way, at least, when its time is measured


COUNTED = {
    # what is counted: (its name in a Work, unit)
    "calls of NumPy": ("calls", "calls"),
    "multiplications": ("products", "multiplications"),
    "new arrays": ("bytes_made", "bytes of new arrays"),
}


def ways(functions, *arrays, rows):
    """Ways to train on the same rows, as bars: work, counted; or time, if measured.

    functions: {name: function(*arrays)}; the arrays are copied for each run. rows: how
    many rows each of them trains on. The largest bar fills the picture.
    """
    works = [count_work(function, *arrays) for function in functions.values()]
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.04, bottom=0.13)
        bars = ax.bar(list(functions), 1, 0.5, color=style.CLASSES[0])
        texts = [ax.text(x, 1, "", ha="center", va="bottom") for x in range(len(works))]
        title = ax.set_title("")
        ax.set(ylim=(0, 1.2), yticks=[])
        ax.grid(axis="x", visible=False)
    times = []

    def draw(counted, measure):
        name, unit = COUNTED[counted]
        values = [getattr(work, name) for work in works]
        title.set_text(f"{unit} for the same {rows:,} rows, counted")
        if not measure:
            times.clear()  # so that the next press measures anew
        elif not times:
            times.extend(_microseconds(functions, arrays))
        if measure:
            values = times
            title.set_text(f"microseconds for the same {rows:,} rows, here and now")
        for bar, text, value in zip(bars, texts, values, strict=True):
            bar.set_height(value / max(values))
            text.set_text(f"{value:,.0f}")
            text.set_y(value / max(values) + 0.02)

    def read():
        return [
            f"{name} {text.get_text()}"
            for name, text in zip(functions, texts, strict=True)
        ]

    def caption():
        what = title.get_text().partition(" for the same ")[0]
        return f"{what.capitalize()} for {rows:,} rows: {'; '.join(read())}."

    def description():
        heights = listed([num(bar.get_height()) for bar in bars])
        return f"Bars, {title.get_text()}: {listed(read())}; {heights} high, 1 the highest."

    return Picture(
        fig, caption, description, draw=draw,
        moving=[*bars, *texts, title, *ax.spines.values()],
        knobs={
            "counted": Choice("Counted", [(n, n) for n in COUNTED], next(iter(COUNTED))),
            "measure": Measure("Measure the time"),
        },
        stills=[{"counted": name} for name in COUNTED],
    )  # fmt: skip


def _microseconds(functions, arrays):
    """The best time of each, by turns, so that a busy moment strikes none alone."""
    best, turns = np.full(len(functions), np.inf), 0
    begin = time.perf_counter()
    while turns < TURNS or time.perf_counter() - begin < SECONDS * len(functions):
        turns += 1
        for at, function in enumerate(functions.values()):
            copies = [each(array, np.copy) for array in arrays]
            start = time.perf_counter()
            function(*copies)
            best[at] = min(best[at], time.perf_counter() - start)
    return best * 1e6


SIZES = 4 ** np.arange(11)  # 1 to about a million numbers


def price_of_a_call():
    """What a call of np.add does, against the size of its arrays; and what it costs."""
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.1, right=0.97, bottom=0.19)
        labels = ("additions", "ns, here and now")
        looks = zip(style.CURVES[:2], labels, strict=True)
        work, spent = (
            ax.plot([], [], dash, color=colour, label=label)[0]
            for (colour, dash), label in looks
        )
        work.set_data(SIZES, SIZES)
        marks = [
            ax.plot([], [], "o", color=c.get_color(), ms=12)[0] for c in (work, spent)
        ]
        ax.set(xscale="log", yscale="log", xlabel="numbers in each array")
        ax.set(xlim=(0.7, 2e6), ylim=(0.5, 5e6), title="one call of np.add")
        ax.legend(loc="upper left")
    measured = []

    def draw(size, measure):
        if not measure:
            measured.clear()
        elif not measured:
            measured.extend(_time_of_a_call(n) for n in SIZES)
        times = np.array(measured) if measure else np.full(len(SIZES), np.nan)
        spent.set_data(SIZES, times)
        for mark, values in zip(marks, (SIZES, times), strict=True):
            mark.set_data([size], [values[list(SIZES).index(size)]])

    def caption():
        ((size,), (now,)), (_, (time_,)) = (mark.get_data() for mark in marks)
        said = f"A call with {size:,.0f}: {now:,.0f} addition{'s' if now > 1 else ''}"
        if np.isfinite(time_):
            first = spent.get_ydata()[0]
            said += f" in {num(time_)} ns, {num(time_ / first)} times as long as with 1"
        return f"{said}."

    def description():
        ((size,), (now,)), (_, (time_,)) = (mark.get_data() for mark in marks)
        ends = " to ".join(f"{work.get_ydata()[at]:,.0f}" for at in (0, -1))
        said = (
            f"{ax.get_title()}, against the {ax.get_xlabel()}: {ends} {work.get_label()}. "
            f"Marks at {size:,.0f}: {now:,.0f}"
        )
        if np.isfinite(time_):
            ends = " to ".join(num(spent.get_ydata()[at]) for at in (0, -1))
            said += f", {num(time_)} {spent.get_label()}, of {ends}"
        return f"{said}."

    return Picture(
        fig, caption, description, draw=draw,
        moving=[work, spent, *marks, *ax.spines.values()],
        knobs={
            "size": Positions("Numbers", [(f"{n:,}", n) for n in SIZES.tolist()], 1),
            "measure": Measure("Measure the time"),
        },
        stills=[{}, {"size": 4**10}],
    )  # fmt: skip


def _time_of_a_call(size):
    """The best nanoseconds of np.add on two arrays of this size."""
    a, b = np.ones(size, np.float32), np.ones(size, np.float32)
    turns, best = max(1, 20_000 // size), np.inf
    for _ in range(20):
        start = time.perf_counter()
        for _ in range(turns):
            np.add(a, b)
        best = min(best, time.perf_counter() - start)
    return best / turns * 1e9
