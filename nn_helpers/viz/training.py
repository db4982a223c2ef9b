"""Loss curves, and decision pictures of networks with two inputs."""

import numpy as np

from nn_helpers.activations import sigmoid
from nn_helpers.viz import style
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import num, scenery

GRID = 100


def loss_curve(losses, *, title="", ylabel="loss"):
    """Loss against epoch, for one list or for a dict of named lists."""
    named = losses if isinstance(losses, dict) else {"training loss": losses}
    with style.in_style():
        fig, ax = style.panels()
        for (name, values), (colour, dash) in zip(
            named.items(), style.CURVES, strict=False
        ):
            epochs = np.arange(1, len(values) + 1)
            ax.plot(epochs, values, dash, color=colour, label=name)
        ax.set(title=title, xlabel="epoch", ylabel=ylabel)
        ax.set_ylim(bottom=0)
        ax.legend()

    def describe():
        words = []
        for line in ax.get_lines():
            x, y = line.get_data()
            words.append(
                f"{line.get_label()}: {num(y[0])} in epoch {num(x[0])}, "
                f"{num(y[-1])} in epoch {num(x[-1])}"
            )
        return "; ".join(words) + "."

    return Picture(fig, describe)


def training_runs(runs, X, y):
    """Boundary and loss of several runs from one start, at any epoch.

    runs: {learning rate: list of (logits function, loss)}, one entry an epoch,
    the first before training.
    """
    low, high = X.min(axis=0) - 0.4, X.max(axis=0) + 0.4
    xs, ys = (np.linspace(low[i], high[i], GRID) for i in range(2))
    grid = np.column_stack([a.ravel() for a in np.meshgrid(xs, ys)])
    epochs = len(next(iter(runs.values())))
    with style.in_style():
        fig, (left, right) = style.panels(11.5, 4.9, 2, left=0.07, wspace=0.2)
        extent = (low[0], high[0], low[1], high[1])
        image = left.imshow(
            np.zeros((GRID, GRID)), cmap=style.PROBABILITY, vmin=0, vmax=1,
            origin="lower", extent=extent, aspect="auto",
        )  # fmt: skip
        points = [
            left.plot(*X[y == k].T, mark, color=colour, mec="white", markersize=9)[0]
            for k, (mark, colour) in enumerate(
                zip(style.MARKERS, style.CLASSES, strict=True)
            )
        ]
        left.set(
            title="P(class 1): blue 0, white 0.5, orange 1",
            xlabel="x[0]",
            ylabel="x[1]",
        )
        left.grid(False)
        (curve,) = right.plot([], [], color=style.CURVES[0][0])
        (now,) = right.plot([], [], "o", color=style.INK, markersize=12)
        right.set(
            title="loss so far",
            xlabel="epoch",
            xlim=(-0.5, epochs - 0.5),
            ylim=(0, 1.2),
        )

    def draw(learning_rate, epoch):
        run = runs[learning_rate]
        logits = run[epoch][0]
        image.set_data(sigmoid(logits(grid)).reshape(GRID, GRID))
        losses = [loss for _, loss in run[: epoch + 1]]
        curve.set_data(range(epoch + 1), losses)
        now.set_data([epoch], losses[-1:])
        curve.set_label(f"Learning rate {num(learning_rate)}")

    def describe():
        P = np.asarray(image.get_array())
        right_side = [
            (_at(P, extent, line.get_data()) >= 0.5) == k
            for k, line in enumerate(points)
        ]
        hits = sum(int(side.sum()) for side in right_side)
        total = sum(len(side) for side in right_side)
        losses = curve.get_ydata()
        centres = " and ".join(
            f"({num(np.mean(line.get_xdata()), 2)}, {num(np.mean(line.get_ydata()), 2)})"
            for line in points
        )
        return (
            f"{curve.get_label()}, after epoch {num(now.get_xdata()[0])} of {epochs - 1}: "
            f"{hits} of {total} points (classes around {centres}) on their side; mean P in "
            f"the square {num(P.mean())}; loss {_course(losses)}{_mark(now)}."
        )

    # The frame is drawn again over the image, which covers half of its lines.
    frame = left.spines.values()
    moving = [image, *frame, *points, curve, now]
    return Picture(fig, describe, draw=draw, moving=moving)


def _at(P, extent, where):
    """The value of the picture under each point."""
    (x0, x1, y0, y1), (x, y) = extent, where
    column = np.clip((x - x0) / (x1 - x0) * GRID, 0, GRID - 1).astype(int)
    row = np.clip((y - y0) / (y1 - y0) * GRID, 0, GRID - 1).astype(int)
    return P[row, column]


def _course(losses):
    if len(losses) == 1:
        return f"{num(losses[0])} before training"
    jumps = np.diff(losses)
    if not np.isfinite(losses).all() or losses[-1] > 2 * losses[0]:
        return f"blows up from {num(losses[0])}"
    if jumps.max() > 0.1 * losses[0]:
        return f"bounces, from {num(losses[0])}"
    return f"from {num(losses[0])} to {num(losses[-1])}"


def _mark(now):
    """Where the mark stands, unless it has left the frame."""
    (height,) = now.get_ydata()
    low, high = now.axes.get_ylim()
    return (
        f", marked at {num(height)}" if low <= height <= high else ", out of the frame"
    )


def scatter(X, y, names=("class 0", "class 1"), *, title=""):
    """Two classes of points in the plane."""
    with style.in_style():
        fig, ax = style.panels(6.6, 4.4)
        for k, name in enumerate(names):
            ax.plot(
                *X[y == k].T,
                style.MARKERS[k],
                color=style.CLASSES[k],
                label=name,
                mec="white",
            )
        scenery(ax.patch)
        ax.set(title=title, xlabel="x[0]", ylabel="x[1]")
        ax.legend()

    def describe():
        parts = [
            f"{len(line.get_xdata())} points of {line.get_label()} around "
            f"({num(np.mean(line.get_xdata()))}, {num(np.mean(line.get_ydata()))})"
            for line in ax.get_lines()
        ]
        return f"{', '.join(parts)}."

    return Picture(fig, describe)
