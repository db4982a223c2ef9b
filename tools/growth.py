"""How does the cost of training grow? With the examples, the width and the depth.

    python tools/growth.py

Times one epoch of `train` (float32, one thread, the best of three) and takes the
peak of the memory that Python and NumPy hold meanwhile, the examples included
(tracemalloc, in a run of its own). A line through the upper half of each curve, on
logarithmic scales, gives the exponent. Writes docs/growth.md and its picture.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import time
import tracemalloc

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator
from speed import DOCS, machine

import nn_helpers as nn

EXAMPLES = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]
WIDTHS = [8, 16, 32, 64, 128, 256, 512, 1024, 2048]
DEPTHS = [1, 2, 4, 8, 16, 32]
CURVES = {
    # what grows: (values, sizes of the network, examples)
    "examples": (EXAMPLES, lambda m: [784, 128, 10], lambda m: m),
    "width": (WIDTHS, lambda n: [64, n, n, 10], lambda n: 1000),
    "depth": (DEPTHS, lambda layers: [64, *[128] * layers, 10], lambda n: 1000),
}
TITLES = {
    "examples": "examples, 784-128-10",
    "width": "width n, 64-n-n-10",
    "depth": "hidden layers of 128",
}


def start(sizes, rows):
    rng = np.random.default_rng(0)
    X = rng.random((rows, sizes[0]), dtype=np.float32)
    Y = nn.one_hot(rng.integers(0, sizes[-1], rows), sizes[-1]).astype(np.float32)
    return nn.Network(sizes, rng=rng, dtype=np.float32), X, Y


def an_epoch(network, X, Y):
    nn.train(
        network,
        X,
        Y,
        loss=nn.softmax_cross_entropy,
        learning_rate=0.01,
        batch_size=32,
        epochs=1,
        rng=np.random.default_rng(1),
    )


def seconds(sizes, rows):
    network, X, Y = start(sizes, rows)
    spent = []
    for _ in range(3):
        begin = time.perf_counter()
        an_epoch(network, X, Y)
        spent.append(time.perf_counter() - begin)
    return min(spent)


def peak(sizes, rows):
    """Bytes at the peak of an epoch, the examples included."""
    tracemalloc.start()
    network, X, Y = start(sizes, rows)
    tracemalloc.reset_peak()
    an_epoch(network, X, Y)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def exponent(values, costs):
    """The slope of the upper half of a curve whose axes are logarithmic."""
    upper = slice(len(values) // 2, None)
    return np.polyfit(np.log(values[upper]), np.log(costs[upper]), 1)[0]


def page(curves, exponents):
    (times, bytes_), wide = curves["examples"], curves["width"]
    data = EXAMPLES[-1] * 784 * 4
    lines = [
        "# How the cost grows",
        "",
        "<!-- Written by `make bench WHAT=growth` (tools/growth.py). -->",
        "",
        "One epoch of `train` in batches of 32, float32, one thread: the best of three "
        "times, and the peak of the memory that Python and NumPy hold meanwhile, "
        "examples included. An exponent of 1 means: twice as much of it, twice the "
        "cost. It is the slope of a line through the last points of a curve.",
        "",
        f"Measured on one of {os.cpu_count()} cores of {machine('numpy')}.",
        "",
        "![Time (above) and peak memory (below) of an epoch against the number of examples, "
        "the width and the number of hidden layers, on logarithmic scales. Dots are "
        "measured, the lines are fitted to the last of them; all numbers stand below]"
        "(growth.png)",
        "",
        "| what grows | fitted from | to | points | time, exponent | memory, exponent |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, (values, *_) in CURVES.items():
        of_time, of_memory = exponents[name]
        upper = values[len(values) // 2 :]
        lines.append(
            f"| {TITLES[name]} | {upper[0]:,} | {upper[-1]:,} | {len(upper)} "
            f"| {of_time:.2f} | {of_memory:.2f} |"
        )
    lines += [
        "",
        f"{EXAMPLES[-1]:,} examples of 784 numbers are {data / 1e6:.0f} MB. Training on "
        f"them peaks at {bytes_[-1] / 1e6:.0f} MB, **{bytes_[-1] / data:.2f} times the "
        "data**: the data, and one shuffled copy of them. An epoch takes "
        f"{times[-1]:.1f} s. (That holds for data in the network's own precision and for "
        "small batches: rows in another precision are copied once more, and the first "
        "layer keeps the batch that it has seen.)",
        "",
        "A layer from n neurons to n has n² weights, but the tables from the inputs and to "
        "the outputs grow in proportion only, and each call has its price: the curves of "
        "the width bend upward all the way. The last doubling, to "
        f"{WIDTHS[-1]:,}, costs {wide[0][-1] / wide[0][-2]:.1f} times the time and "
        f"{wide[1][-1] / wide[1][-2]:.1f} times the memory; a square would be 4. The memory "
        "of the deep networks has a fixed part, the data.",
        "",
    ]
    for name, (values, *_) in CURVES.items():
        lines += [
            f"| {TITLES[name]} | time, ms | peak memory, MB |",
            "|--:|--:|--:|",
            *(
                f"| {value:,} | {1e3 * spent:,.1f} | {most / 1e6:,.2f} |"
                for value, spent, most in zip(values, *curves[name], strict=True)
            ),
            "",
        ]
    return "\n".join(lines)


def picture(curves, exponents):
    figure = Figure(figsize=(11, 5), layout="constrained", dpi=110)
    panels = figure.subplots(2, 3, sharex="col")
    for column, (name, (values, *_)) in enumerate(CURVES.items()):
        for row, (costs, scale, unit) in enumerate(
            zip(curves[name], (1e3, 1e-6), ("time, ms", "peak memory, MB"), strict=True)
        ):
            axes, power = panels[row, column], exponents[name][row]
            upper = np.array(values[len(values) // 2 :], float)
            line = upper**power
            line *= np.exp(np.mean(np.log(costs[-len(upper) :]) - np.log(line)))
            axes.plot(values, np.array(costs) * scale, "o", color="#6A51A3")
            axes.plot(upper, line * scale, "-", color="#B35806")
            axes.annotate(
                f"exponent {power:.2f}", (0.05, 0.85), xycoords="axes fraction"
            )
            axes.set(xscale="log", yscale="log")
            axes.grid(alpha=0.3)
            axes.set_ylabel(unit)
            axes.set_xticks(values[::2])
            axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
            for axis in (axes.xaxis, axes.yaxis):
                axis.set_major_formatter("{x:,g}")
                axis.set_minor_locator(NullLocator())
        panels[1, column].set_xlabel(TITLES[name])
    figure.savefig(DOCS / "growth.png", metadata={"Software": None})


def main():
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    curves, exponents = {}, {}
    for name, (values, sizes, rows) in CURVES.items():
        curves[name] = [
            [cost(sizes(value), rows(value)) for value in values]
            for cost in (seconds, peak)
        ]
        exponents[name] = [exponent(values, costs) for costs in curves[name]]
        print(name, "exponents", *(f"{power:.2f}" for power in exponents[name]))
    (DOCS / "growth.md").write_text(page(curves, exponents), encoding="utf-8")
    picture(curves, exponents)


if __name__ == "__main__":
    main()
