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
    the points are on theirs. Exact: a line that divides the points can be turned,
    either way, until it touches one on each side; from one of these two places a
    slight turn in our sense divides them as before. So this turn of every line
    through two points is tried, with every offset. For points of which no three
    lie on a line.
    """
    i, j = np.triu_indices(len(X), 1)
    along = X[j] - X[i]
    across = np.arctan2(along[:, 0], -along[:, 1])
    normals = np.column_stack([np.cos(across - 1e-7), np.sin(across - 1e-7)])
    places = X @ normals.T
    order = np.argsort(places, axis=0)
    below = np.cumsum(1 - y[order], axis=0)  # of class 0, up to each point
    above = y.sum() - np.cumsum(y[order], axis=0)
    right = np.maximum(below + above, len(X) - below - above)
    last, best = np.unravel_index(right.argmax(), right.shape)
    along = np.sort(places[:, best])
    sides = np.append(along, along[-1] + 1)[last : last + 2]
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
        line, most = _draw_best_line(left, X, y)
        (rings,) = ring(left, X[:0])
        (seen,) = left.plot([], [], "*", color=style.INK, ms=22, mec="white")
        title = left.set_title("")
        right_now = [(_predict(network, state, X) == y).sum() for state, _ in states]
        counts = np.array(right_now)
        course, now = _draw_course(right, len(counts) - 1, most, len(X))

    def draw(update):
        state, sample = states[update]
        wrong = X[_predict(network, state, X) != y]
        surface.draw(network.forward)
        rings.set_data(*wrong.T)
        seen.set_data(*([], []) if sample is None else ([X[sample, 0]], [X[sample, 1]]))
        course.set_data(np.arange(update + 1), counts[: update + 1])
        now.set_data([update], [counts[update]])
        title.set_text(f"after update {update}" if update else "before training")

    def read():
        total = sum(len(mark.get_xdata()) for mark in marks)
        return total - len(rings.get_xdata()), total, right.texts[0].get_text()

    def caption():
        side, total, line = read()
        said = "every point" if side == total else f"{side} of {total} points"
        whose = "its" if side == total else "their"
        ahead = np.flatnonzero(course.get_ydata() > int(line.rpartition(" ")[2]))
        when = f"; first ahead at update {ahead[0]}" if len(ahead) else ""
        return f"{title.get_text().capitalize()}: {said} on {whose} side; {line}{when}."

    def description():
        side, total, line = read()
        star = ", ".join(num(v[0]) for v in seen.get_data() if len(v))
        star = f"the star, the sample just seen, at ({star}); " if star else ""
        (update,), (height,) = now.get_data()
        levels = f"from {num(course.get_ydata()[0])} to {num(course.get_ydata()[-1])}"
        return (
            f"{title.get_text()}: {total - side} of {total} points ringed as wrong; {star}"
            f"{line}, dashed. Right: {levels}, mark at update {num(update, 4)}, "
            f"{num(height)}."
        )

    last = len(states) - 1
    return Picture(
        fig, caption, description, draw=draw,
        moving=[surface.image, *marks, line, rings, seen, *left.spines.values(), title,
                *right.lines, *right.spines.values()],
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


def _draw_best_line(ax, X, y):
    """Draw it from end to end of the frame; return it and its number of right points."""
    low, high = np.array([ax.get_xlim(), ax.get_ylim()]).T
    normal, offset, most = best_line(X, y)
    centre, along = (low + high) / 2, np.array([-normal[1], normal[0]])
    foot = centre + (offset - centre @ normal) * normal
    ends = np.outer([-1, 1], along) * np.hypot(*(high - low)) + foot
    (line,) = ax.plot(*ends.T, "--", color=style.INK, label="best line")
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    return scenery(line), most


def _draw_course(ax, last, most, total):
    """Right points up to now, beside the best line's; return curve and mark."""
    (course,) = ax.plot([], [], color=style.CURVES[0][0], lw=2)
    scenery(ax.axhline(most, color=style.INK, linestyle="--"))
    (now,) = ax.plot([], [], "o", color=style.INK, ms=12)
    ax.set(title=f"of {total} on their side", xlabel="update")
    ax.set(xlim=(-last / 20, last * 1.05), ylim=(total * 0.3, total * 1.03))
    ax.set_xticks(np.linspace(0, last, 4).astype(int))
    ax.text(last, total * 0.42, f"best straight line: {most}", ha="right")
    return course, now
