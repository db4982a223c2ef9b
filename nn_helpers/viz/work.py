"""What a step costs: work that can be counted, and time, when a button is pressed."""

import time
from itertools import pairwise

import numpy as np

from nn_helpers.counting import count_work, each
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Measure, Positions, named
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import listed, num, plural

SECONDS = 0.1  # for one way, when its time is measured


COUNTED = {
    # what is counted: (its name in a Work, unit)
    "calls of NumPy": ("calls", "calls"),
    "multiplications": ("products", "multiplications"),
    "new arrays": ("bytes_made", "bytes"),
}


def ways(functions, *arrays, rows):
    """Ways to train on the same rows, as bars: work, counted; or time, if measured.

    functions: {name: function(*arrays)}; the arrays are copied for each run. rows: how
    many rows each of them trains on.
    """
    works = [count_work(function, *arrays) for function in functions.values()]
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.11, bottom=0.13)
        bars = ax.bar(list(functions), 1, 0.5, color=style.CLASSES[0])
        texts = [ax.text(x, 1, "", ha="center", va="bottom") for x in range(len(works))]
        title = ax.set_title("")
        ax.set(yscale="log", ylim=(1, 1e9))
        ax.set_xmargin(0.1)
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
            bar.set_height(max(1, value))
            text.set_text(f"{value:,.0f}")
            text.set_y(1.1 * max(1, value))

    def read():
        heights = [bar.get_height() for bar in bars]
        return [
            f"{name} {height:,.0f}"
            for name, height in zip(functions, heights, strict=True)
        ]

    def caption():
        said = read()
        what, _, how = title.get_text().partition(" for the same ")
        return f"{what.capitalize()} for {how.partition(',')[0]} rows: {said[0]}, {said[-1]}."

    def description():
        return f"Bars, {title.get_text()}: {listed(read())}."

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
    best = np.full(len(functions), np.inf)
    begin = time.perf_counter()
    while time.perf_counter() - begin < SECONDS * len(functions):
        for at, function in enumerate(functions.values()):
            copies = [each(array, np.copy) for array in arrays]
            start = time.perf_counter()
            function(*copies)
            best[at] = min(best[at], time.perf_counter() - start)
    return best * 1e6


SIZES = 4 ** np.arange(11)  # 1 to about a million numbers


def price_of_a_call():
    """What a call of np.add does, against the size of its arrays; or what it costs."""
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.13, right=0.96, bottom=0.19)
        (curve,) = ax.plot([], [], "o-", color=style.CLASSES[0])
        (mark,) = ax.plot([], [], "D", color=style.CLASSES[1], ms=13)
        title = ax.set_title("")
        note = ax.text(0.03, 0.9, "", transform=ax.transAxes)
        ax.set(xscale="log", yscale="log", xlabel="numbers in each array")
        ax.set(xlim=(0.7, 2e6), ylim=(0.03, 2e7))
    measured = {}

    def draw(size, measure):
        if not measure:
            measured.clear()
        elif not measured:
            measured.update(zip(SIZES, map(_time_of_a_call, SIZES), strict=True))
        values = [measured[n] for n in SIZES] if measure else SIZES
        curve.set_data(SIZES, values)
        now = values[list(SIZES).index(size)]
        mark.set_data([size], [now])
        per = now / size * 1000
        title.set_text(
            "time for each number, in ns"
            if measure
            else "additions in one call of np.add"
        )
        if measure:
            curve.set_ydata(
                [1000 * value / n for n, value in zip(SIZES, values, strict=True)]
            )
            mark.set_ydata([per])
            note.set_text(f"here and now: a call takes {num(now)} us")
        else:
            note.set_text("a call: the numbers are counted, its time is not")

    def caption():
        (size,), (now,) = mark.get_data()
        if title.get_text().startswith("time"):
            return f"A call with {plural(int(size), 'number')}: {num(now)} ns for each of them."
        return f"A call with {plural(int(size), 'number')}: {plural(int(now), 'addition')}."

    def description():
        (size,), (now,) = mark.get_data()
        y = curve.get_ydata()
        return (
            f"{title.get_text().capitalize()} against the numbers in each array, from "
            f"{num(y[0])} at 1 to {num(y[-1])} at {SIZES[-1]:,}; the mark: {num(now)} at "
            f"{int(size):,}; {note.get_text()}."
        )

    return Picture(
        fig, caption, description, draw=draw, moving=[curve, mark, title, note, *ax.spines.values()],
        knobs={
            "size": Positions("Numbers", [(f"{n:,}", n) for n in SIZES.tolist()], 1),
            "measure": Measure("Measure the time"),
        },
        stills=[{}, {"size": 4**10}],
    )  # fmt: skip


def _time_of_a_call(size):
    """The best microseconds of np.add on two arrays of this size."""
    a, b = np.ones(size, np.float32), np.ones(size, np.float32)
    turns, best = max(1, 20_000 // size), np.inf
    for _ in range(20):
        start = time.perf_counter()
        for _ in range(turns):
            np.add(a, b)
        best = min(best, time.perf_counter() - start)
    return best / turns * 1e6


WORKERS = np.arange(1, 33)


def sharing(networks, batches, prices=(0, 1, 10, 100)):
    """What a step costs that K workers share, in multiplications, for each K.

    networks: {name: sizes}; a worker multiplies its share of the rows, and all
    parameters travel to it and as many slopes back, each at the price of so many
    multiplications. The work is that of a forward pass and a walk back.
    """
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.12, right=0.97, bottom=0.19)
        (work,) = ax.plot([], [], "--", color=style.CLASSES[0], label="multiplying")
        (sent,) = ax.plot([], [], "-.", color=style.INK, label="sending")
        (both,) = ax.plot([], [], "-", color=style.CLASSES[1], label="together")
        (best,) = ax.plot([], [], "v", color=style.CLASSES[1], ms=13)
        title = ax.set_title("")
        ax.set(xlabel="workers", xlim=(0.5, 32.5), ylim=(0, 1.5))
        ax.legend(loc="upper right", ncols=3)

    def draw(network, batch, price):
        sizes = networks[network]
        one, parameters = _a_row(sizes), _parameters(sizes)
        alone = one * batch
        multiplied = alone / WORKERS
        travels = np.where(WORKERS > 1, 2.0 * price * parameters * WORKERS, 0)
        for curve, y in (
            (work, multiplied),
            (sent, travels),
            (both, multiplied + travels),
        ):
            curve.set_data(WORKERS, y / alone)
        cheapest = int(np.argmin(both.get_ydata()))
        best.set_data([WORKERS[cheapest]], [both.get_ydata()[cheapest] + 0.07])
        title.set_text(f"a step of {batch:,} rows through {network}, shared")

    def caption():
        (count,), (height,) = best.get_data()
        cost = height - 0.07
        if count == 1:
            return (
                "One worker alone is cheapest: what is sent costs more than it saves."
            )
        return f"{plural(int(count), 'worker')} are cheapest: {num(cost)} of what one alone costs."

    def description():
        (count,), (height,) = best.get_data()
        ends = [
            f"{curve.get_label()} {num(curve.get_ydata()[1])} at 2, {num(curve.get_ydata()[-1])} at 32"
            for curve in (work, sent, both)
        ]
        return (
            f"{title.get_text().capitalize()}: its cost against the workers, 1 for one alone; "
            f"{'; '.join(ends)}. The mark: cheapest with {int(count)}, at {num(height - 0.07)}."
        )

    return Picture(
        fig, caption, description, draw=draw, moving=[work, sent, both, best, title, *ax.spines.values()],
        knobs={
            "network": Choice("Network", [(n, n) for n in networks], next(iter(networks))),
            "batch": Positions("Rows in a step", named(batches), batches[0]),
            "price": Positions("Price of sending", named(prices), prices[-1]),
        },
        stills=[{}, {"batch": batches[-1]}, {"price": prices[1]},
                {"batch": batches[-1], "network": list(networks)[-1]}],
    )  # fmt: skip


def _a_row(sizes):
    """Multiplications for one row: each weight forward, for its slope, and back."""
    weights = [a * b for a, b in pairwise(sizes)]
    return 3 * sum(weights) - weights[0]  # no slope is wanted for the inputs


def _parameters(sizes):
    return sum((a + 1) * b for a, b in pairwise(sizes))
