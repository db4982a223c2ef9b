"""Training seen update by update: a boundary that moves, beside the best line."""

import copy

import numpy as np

from nn_helpers.losses import binary_cross_entropy_grad
from nn_helpers.optimizers import SGD
from nn_helpers.training import one_epoch
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Slider
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.plane import Surface, points, ring
from nn_helpers.viz.style import num, scenery


def best_line(X, y):
    """The straight line with the most points of two classes on their side.

    Returns (normal, offset, right): X @ normal > offset is one side, and `right` of
    the points are on theirs. Exact: some best line passes as near as you like to two
    of the points, so both slight turns of each line through two points are tried,
    with every offset. For points of which no three lie on a line.
    """
    i, j = np.triu_indices(len(X), 1)
    along = X[j] - X[i]
    across = np.arctan2(along[:, 0], -along[:, 1])
    angles = np.concatenate([across - 1e-7, across + 1e-7])
    normals = np.column_stack([np.cos(angles), np.sin(angles)])
    places = X @ normals.T
    order = np.argsort(places, axis=0)
    below = np.cumsum(1 - y[order], axis=0)  # of class 0, up to each point
    above = y.sum() - np.cumsum(y[order], axis=0)
    right = np.maximum(below + above, len(X) - below - above)
    last, best = np.unravel_index(right.argmax(), right.shape)
    sides = np.sort(places[:, best])[last : last + 2]
    return normals[best], sides.mean(), int(right.max())


def boundary_walk(start, X, y, learning_rate, epochs, seed):
    """The decision boundary after each single update, beside the best straight line."""
    states = list(_walk(start, X, y, learning_rate, epochs, seed))
    network = copy.deepcopy(start)
    with style.in_style():
        fig, (left, right) = style.panels(
            9, 4.2, 2, width_ratios=[1.35, 1], left=0.09, wspace=0.28
        )
        surface = Surface(left, X)
        marks = points(left, X, y)
        low, high = left.get_xlim(), left.get_ylim()
        normal, offset, most = best_line(X, y)
        ends = _inside(normal, offset, low, high)
        line = left.plot(*ends.T, "--", color=style.INK, label="best line")[0]
        scenery(line)
        left.set(xlim=low, ylim=high)
        (rings,) = ring(left, X[:0])
        (seen,) = left.plot([], [], "*", color=style.INK, ms=22, mec="white")
        title = left.set_title("")
        counts = [int((_predict(network, state, X) == y).sum()) for state, _ in states]
        (course,) = right.plot(
            range(len(counts)), counts, color=style.CURVES[0][0], lw=2
        )
        scenery(right.axhline(most, color=style.INK, linestyle="--"))
        (now,) = right.plot([], [], "o", color=style.INK, ms=12)
        right.set(title=f"of {len(X)} on their side", xlabel="update")
        right.set(ylim=(len(X) * 0.3, len(X) * 1.03))
        right.text(
            len(counts) - 1, len(X) * 0.42, f"best straight line: {most}", ha="right"
        )
        right.set_xticks(np.linspace(0, len(counts) - 1, 4).astype(int))

    def draw(update):
        state, sample = states[update]
        wrong = X[_predict(network, state, X) != y]
        surface.draw(network.forward)
        rings.set_data(*wrong.T)
        seen.set_data(*([], []) if sample is None else ([X[sample, 0]], [X[sample, 1]]))
        now.set_data([update], [counts[update]])
        title.set_text(f"after update {update}" if update else "before training")

    def read():
        total = sum(len(mark.get_xdata()) for mark in marks)
        return total - len(rings.get_xdata()), total, right.texts[0].get_text()

    def caption():
        side, total, line = read()
        said = "every point" if side == total else f"{side} of {total} points"
        return f"{title.get_text().capitalize()}: {said} on their side; {line}."

    def description():
        side, total, line = read()
        star = [num(v[0]) for v in seen.get_data() if len(v)]
        star = (
            f"the star, the sample just seen, at ({', '.join(star)}); " if star else ""
        )
        (update,), (height,) = now.get_data()
        above = np.flatnonzero(course.get_ydata() > int(line.rpartition(" ")[2]))
        first = (
            f"first above the line at update {above[0]}" if len(above) else "below it"
        )
        return (
            f"{title.get_text()}: {total - side} of {total} points ringed as wrong; {star}"
            f"{line}, dashed. Right: the curve is {first}; mark at update {num(update, 4)}, "
            f"{num(height)}."
        )

    last = len(states) - 1
    return Picture(
        fig, caption, description, draw=draw,
        moving=[surface.image, *left.spines.values(), line, *marks, rings, seen, title,
                now],
        knobs={"update": Slider("Update", 0, last, 1, start=0)},
        stills=[{"update": len(X)}, {"update": last}],
    )  # fmt: skip


def _walk(start, X, y, learning_rate, epochs, seed):
    """Yield (parameters, number of the sample just seen), before training too."""
    network, rng = copy.deepcopy(start), np.random.default_rng(seed)
    numbers = np.arange(len(X))[:, None]
    numbered = np.column_stack([y, numbers])  # so that each step tells its sample

    def gradient(Z, Y):
        return binary_cross_entropy_grad(Z, Y[:, :1])

    yield [array.copy() for _, array, _ in network.parameters()], None
    for _ in range(epochs):
        steps = one_epoch(network, X, numbered, gradient, SGD(learning_rate), 1, rng)
        for _, Y in steps:
            arrays = [array.copy() for _, array, _ in network.parameters()]
            yield arrays, int(Y[0, 1])


def _predict(network, arrays, X):
    """Put parameters into the network and ask it."""
    for (_, array, _), values in zip(network.parameters(), arrays, strict=True):
        array[...] = values
    return network.predict(X)


def _inside(normal, offset, low, high):
    """Two ends of a line that leave the frame on both sides."""
    reach = np.hypot(low[1] - low[0], high[1] - high[0])
    centre = np.array([np.mean(low), np.mean(high)])
    foot = centre + (offset - centre @ normal) * normal
    along = np.array([-normal[1], normal[0]])
    return np.array([foot - reach * along, foot + reach * along])
