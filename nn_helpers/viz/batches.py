"""Mini-batches: how their gradients scatter, and what a step of theirs is worth."""

import copy
import time

import numpy as np

from nn_helpers.losses import softmax_cross_entropy, softmax_cross_entropy_grad
from nn_helpers.optimizers import SGD
from nn_helpers.training import one_epoch
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Measure, Positions, named
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.runs import settles
from nn_helpers.viz.style import listed, num, plural

SIZES = (1, 2, 4, 8, 16, 32, 64, 128)
DRAWS = 400


def gradient_cloud(each, names):
    """Gradients of 400 batches around that of all rows, for sizes of batches.

    each: (m, 2), the gradient of each row; names: what the two slopes belong to.
    Rows are drawn without replacement, as in an epoch.
    """
    m, whole = len(each), each.mean(axis=0)
    sizes = (*(size for size in SIZES if size < m), m)
    clouds = {size: _drawn(each, size) for size in sizes}
    s = _spread(each, whole)
    with style.in_style():
        fig, (left, right) = style.panels(
            9, 4.2, 2, width_ratios=[1.15, 1], left=0.12, wspace=0.32
        )
        (cloud,) = left.plot([], [], "o", color=style.CLASSES[0], ms=7, alpha=0.35)
        (star,) = left.plot(*whole[:, None], "*", color=style.INK, ms=20, mec="white")
        star.set_label(f"all {m}")
        edge = np.abs(each - whole).max(axis=0) * 1.1
        left.set(xlim=whole[0] + edge[0] * np.array([-1, 1]), xlabel=names[0])
        left.set(ylim=whole[1] + edge[1] * np.array([-1, 1]), ylabel=names[1])
        left.legend(loc="lower right")
        title = left.set_title("")
        formula, now = _draw_spreads(right, m, s)

    def draw(size):
        cloud.set_data(*clouds[size].T)
        now.set_data([size], [_spread(clouds[size], whole)])
        title.set_text(f"{DRAWS} batches of {plural(size, 'row')}")

    def read():
        (size,), (measured,) = now.get_data()
        size = round(size)
        return size, measured, formula.get_ydata()[size - 1]

    def caption():
        size, measured, _ = read()
        if measured < 1e-9:
            return f"A batch of all {size} rows: nothing is left to chance."
        nearer = _spread(clouds[1], whole) / measured
        share = f": {num(nearer, 2)} times nearer than single rows" if size > 1 else ""
        return (
            f"{title.get_text()}: typically {num(measured)} away from the star{share}."
        )

    def description():
        size, measured, predicted = read()
        x, y = cloud.get_data()
        (at,), (high,) = star.get_data()
        return (
            f"{title.get_text()}: slopes from {num(x.min())} to {num(x.max())} across, "
            f"{num(y.min())} to {num(y.max())} up; the star, {star.get_label()} rows, at "
            f"({num(at)}, {num(high)}). Right, at {plural(size, 'row')}: measured {num(measured)}, "
            f"by the formula {num(predicted)}; the curve falls from "
            f"{num(formula.get_ydata()[0])} to {num(formula.get_ydata()[-1])}."
        )

    return Picture(
        fig, caption, description, draw=draw, moving=[cloud, star, now, title],
        knobs={"size": Positions("Rows in a batch", named(sizes), 1)},
        stills=[{}, {"size": 4}, {"size": 16}, {"size": m}],
    )  # fmt: skip


def _draw_spreads(ax, m, s):
    """The curve of s^2/B (m-B)/(m-1), as a distance, and a mark that moves on it."""
    B = np.arange(1, m + 1)
    (formula,) = ax.plot(B, s * np.sqrt((m - B) / (m - 1) / B), color=style.INK)
    formula.set_label("by the formula")
    (now,) = ax.plot([], [], "o", color=style.CLASSES[0], ms=13, label="measured")
    ax.set(title="typical distance from the star", xlabel="rows in a batch")
    ax.set(ylim=(-0.04 * s, 1.1 * s))
    ax.legend()
    return formula, now


def _drawn(each, size):
    rng = np.random.default_rng(size)
    rows = rng.random((DRAWS, len(each))).argsort(axis=1)[:, :size]
    return each[rows].mean(axis=1)


def _spread(places, centre):
    """Root of the mean squared distance."""
    return np.sqrt(((places - centre) ** 2).sum(axis=1).mean())


PASSES, UPDATES, SECONDS = 10, 340, 0.25
AXES = (("updates", "updates"), ("rows seen", "rows"))


def batch_comparison(start, X, Y, sizes, learning_rates):
    """Loss of a network trained in batches of three sizes, from the same start.

    Against updates, or against the rows that were seen; against time only when
    it is measured, anew, at the press of a button. The loss is that on all of X.
    """
    runs = {
        rate: [_course(start, X, Y, size, rate) for size in sizes]
        for rate in learning_rates
    }
    axes = {
        "updates": (UPDATES, "updates"),
        "rows": (PASSES * len(X), f"rows seen ({PASSES} passes)"),
        "time": (1000 * SECONDS, "milliseconds on this machine"),
    }
    fig, ax, curves, xlabel, ends = _draw_comparison(sizes, len(X))

    def draw(against, learning_rate, measure):
        for size, run in zip(sizes, runs[learning_rate], strict=True):
            if measure and "time" not in run:
                run["time"] = _timed(start, X, Y, size, learning_rate)
        against = "time" if measure else against
        most, word = axes[against]
        for curve, run in zip(curves, runs[learning_rate], strict=True):
            x, loss = run[against]
            shown = x <= most
            curve.set_data(x[shown] / most, loss[shown])
        xlabel.set_text(f"{word}, at the rate {learning_rate:g}")
        ends[1].set_text(f"{most:,.0f}")

    def end(curve):
        loss = curve.get_ydata()
        return num(loss[-1]) if settles(loss) else "bounces"

    def caption():
        said = [f"{curve.get_label()} {end(curve)}" for curve in curves]
        what, _, rate = xlabel.get_text().partition(", at the ")
        return f"At the {rate}, after {ends[1].get_text()} {what}: {listed(said)}."

    def description():
        first = num(curves[0].get_ydata()[0])
        said = []
        for curve in curves:
            x, loss = curve.get_data()
            half = num(loss[np.searchsorted(x, x[-1] / 2)])
            middle = f"{half} halfway, " if settles(loss) else ""
            said.append(f"{curve.get_label()}: {middle}{end(curve)} at the end")
        return (
            f"The {ax.get_title()} against {xlabel.get_text()}, from 0 to "
            f"{ends[1].get_text()}; all start at {first}. {'; '.join(said)}."
        )

    return Picture(
        fig, caption, description, draw=draw,
        moving=[*curves, xlabel, *ends, *ax.spines.values()],
        knobs={
            "against": Choice("Compared by", AXES, "updates"),
            "measure": Measure("Measure the time"),
            "learning_rate": Positions(
                "Learning rate", named(learning_rates), learning_rates[1]
            ),
        },
        stills=[{}, {"against": "rows"}, {"learning_rate": learning_rates[-1]},
                {"learning_rate": learning_rates[-1], "against": "rows"}],
    )  # fmt: skip


def _draw_comparison(sizes, m):
    """The frame, with a curve for each size, and words below that move."""
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.09, right=0.74)
        looks = zip(sizes, style.CURVES, (2.5, 3, 6), (3, 2, 1), strict=True)
        curves = [
            ax.plot(
                [], [], dash, color=colour, lw=width, zorder=2 + height / 10,
                label=f"{plural(size, 'row')} a step",
            )[0]
            for size, (colour, dash), width, height in looks
        ]  # fmt: skip
        ax.set(ylim=(0, 3), xlim=(0, 1), xticks=[])
        ax.set_title(f"loss on the {m:,} training rows")
        below = {"transform": ax.get_xaxis_transform(), "va": "top"}
        xlabel = ax.text(0.5, -0.13, "", ha="center", **below)
        ends = [
            ax.text(x, -0.06, "0", ha=side, size=13, **below)
            for x, side in ((0, "left"), (1, "right"))
        ]
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))
    return fig, ax, curves, xlabel, ends


def _walk(start, X, Y, size, rate):
    """Train a copy, epoch after epoch; yield it after each update."""
    network, rng = copy.deepcopy(start), np.random.default_rng(1)
    optimizer = SGD(rate)
    while True:
        for _ in one_epoch(
            network, X, Y, softmax_cross_entropy_grad, optimizer, size, rng
        ):
            yield network


def _course(start, X, Y, size, rate):
    """The loss on all of X against updates, and against the rows seen by then."""
    last = max(UPDATES, PASSES * -(-len(X) // size))
    wanted = {*range(11), *range(10, UPDATES + 1, 10), *range(0, last, 270), last}
    counts, losses = [0], [softmax_cross_entropy(start.forward(X), Y)]
    for count, network in enumerate(_walk(start, X, Y, size, rate), start=1):
        if count in wanted:
            counts.append(count)
            losses.append(softmax_cross_entropy(network.forward(X), Y))
        if count == last:
            break
    counts, losses = np.array(counts), np.array(losses)
    rows = _rows_seen(counts, size, len(X))
    return {"updates": (counts, losses), "rows": (rows, losses)}


def _rows_seen(updates, size, m):
    """Rows after so many updates; the last batch of a pass holds what is left."""
    batches = -(-m // size)
    passes, more = updates // batches, updates % batches
    return passes * m + more * size


def _timed(start, X, Y, size, rate):
    """(milliseconds of training, loss); what the loss takes is not counted."""
    times, losses = [0.0], [softmax_cross_entropy(start.forward(X), Y)]
    spent, began = 0.0, time.perf_counter()
    for network in _walk(start, X, Y, size, rate):
        now = spent + time.perf_counter() - began
        if now - times[-1] / 1000 < SECONDS / 50 and now < SECONDS:
            continue
        spent = now
        times.append(1000 * spent)
        losses.append(softmax_cross_entropy(network.forward(X), Y))
        if spent >= SECONDS:
            return np.array(times), np.array(losses)
        began = time.perf_counter()
