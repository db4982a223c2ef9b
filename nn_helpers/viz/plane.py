"""Points of two classes in the plane, and what networks say of every place."""

import numpy as np

from nn_helpers.activations import sigmoid
from nn_helpers.viz import style
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import listed, num, plural, scenery

GRID = 100


def scatter(X, y, names=("class 0", "class 1"), *, title=""):
    """Two classes of points in the plane."""
    with style.in_style():
        fig, ax = style.panels(6.6, 4.2)
        lines = points(ax, X, y, names)
        scenery(ax.patch)
        ax.set(title=title, xlabel="x[0]", ylabel="x[1]")
        ax.legend()

    def caption():
        counts = [f"{len(l.get_xdata())} of {l.get_label()}" for l in lines]
        return f"{title + ': ' if title else ''}{listed(counts)}."

    def description():
        parts = [
            f"{len(line.get_xdata())} points of {line.get_label()}, x[0] from "
            f"{num(line.get_xdata().min())} to {num(line.get_xdata().max())}, x[1] from "
            f"{num(line.get_ydata().min())} to {num(line.get_ydata().max())}"
            for line in lines
        ]
        return f"{'; '.join(parts)}."

    return Picture(fig, caption, description)


def points(ax, X, y, names=("class 0", "class 1")):
    """Draw the points of two classes; return a line of marks for each.

    Raises ValueError for labels other than 0 and 1.
    """
    if not set(np.unique(y)) <= {0, 1}:
        raise ValueError(f"the plane draws classes 0 and 1, got {np.unique(y)}")
    return [
        ax.plot(
            *X[y == k].T, mark, color=colour, mec="white", markersize=9, label=name
        )[0]
        for k, (mark, colour, name) in enumerate(
            zip(style.MARKERS, style.CLASSES, names, strict=True)
        )
    ]


class Surface:
    """P(class 1) as colour over a rectangle around the points X."""

    def __init__(self, ax, X, margin=0.4):
        low, high = X.min(axis=0) - margin, X.max(axis=0) + margin
        xs, ys = (np.linspace(low[i], high[i], GRID) for i in range(2))
        self.grid = np.column_stack([a.ravel() for a in np.meshgrid(xs, ys)])
        self.image = ax.imshow(
            np.zeros((GRID, GRID)), cmap=style.PROBABILITY, vmin=0, vmax=1,
            origin="lower", extent=(low[0], high[0], low[1], high[1]), aspect="auto",
        )  # fmt: skip
        ax.set(xlabel="x[0]", ylabel="x[1]")
        ax.grid(False)

    def draw(self, logits):
        """logits: a function from (m, 2) to (m, 1)."""
        self.image.set_data(sigmoid(logits(self.grid)).reshape(GRID, GRID))


def decisions(logits, X, y):
    """What up to three networks say of the plane; wrong points are ringed.

    logits: {name: function from (m, 2) to logits (m, 1)}.
    """
    if not 1 <= len(logits) <= 3:
        raise ValueError(f"decisions draws 1 to 3 networks, got {len(logits)}")
    with style.in_style():
        wide = len(logits) > 1
        fig, axes = style.panels(
            9 if wide else 5.4,
            4.2,
            len(logits),
            wspace=0.45,
            left=0.11 if wide else 0.18,
        )
        rings = []
        for ax, (name, function) in zip(np.ravel(axes), logits.items(), strict=True):
            Surface(ax, X).draw(function)
            points(ax, X, y)
            wrong = X[(function(X)[:, 0] >= 0) != y]
            rings += ring(ax, wrong)
            ax.set_title(name)

    def caption():
        said = []
        for r in rings:
            wrong = len(r.get_xdata())
            right = sum(len(l.get_xdata()) for l in r.axes.lines if l is not r) - wrong
            said.append(f"{r.axes.get_title()}: {right} of {right + wrong} right")
        return f"{'; '.join(said)}. Blue: P near 0, orange: near 1."

    def description():
        said = []
        for r in rings:
            P = np.asarray(r.axes.images[0].get_array())
            marks = [place for line in r.axes.lines[:2] for place in places(line)]
            ringed = plural(len(r.get_xdata()), "point") + " ringed"
            said.append(
                f"{r.axes.get_title()}: P from {num(P.min(), 2)} to {num(P.max(), 2)}; "
                f"points {' '.join(marks[:8])}; {ringed} {' '.join(places(r)[:8])}".strip()
            )
        return f"{'. '.join(said)}."

    return Picture(fig, caption, description)


def places(line):
    """The points of a line in words."""
    return [f"({num(x)},{num(y)})" for x, y in zip(*line.get_data(), strict=True)]


def ring(ax, X):
    """Rings around points that are taken for the other class."""
    return ax.plot(*X.T, "o", color=style.INK, ms=17, fillstyle="none", mew=2)
