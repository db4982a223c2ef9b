"""Data that were held back: what they say of a training, and how surely."""

import copy

import numpy as np

from nn_helpers.evaluation import accuracy_interval
from nn_helpers.losses import binary_cross_entropy
from nn_helpers.network import Network
from nn_helpers.training import train
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Positions
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.plane import Surface, points, ring
from nn_helpers.viz.style import num

EPOCHS = (1, 2, 5, 10, 20, 50, 100, 200, 400)


def overfitting(X, y, sizes, validation):
    """A network of 50 neurons on the first rows of X: boundary, and both losses.

    sizes: how many rows it is given; validation: a pair (X, y), only measured.
    """
    runs = {size: _run(X[:size], y[:size], validation) for size in sizes}
    with style.in_style():
        fig, (left, right) = style.panels(9, 4.2, 2, left=0.09, wspace=0.25)
        surface = Surface(left, np.vstack([X, validation[0]]), margin=0.1)
        marks = points(left, X, y)
        (rings,) = ring(left, X[:0])
        title = left.set_title("")
        curves = [
            right.plot([], [], dash, color=colour, label=label)[0]
            for label, (colour, dash) in zip(
                ("on its rows", f"on {len(validation[0])} others"),
                style.CURVES[:2],
                strict=True,
            )
        ]
        (lowest,) = right.plot([], [], "v", color=style.CURVES[1][0], ms=13)
        now = [right.plot([], [], "o", color=style.INK, ms=9)[0] for _ in curves]
        right.set(title="loss", xlabel="epoch", xscale="log", ylim=(0, 1))
        right.set(xlim=(0.9, 1.1 * EPOCHS[-1]), xticks=(1, 10, 100))
        right.xaxis.set_major_formatter("{x:.0f}")
        right.legend(loc="upper left")

    def draw(rows, epoch):
        networks, losses = runs[rows]
        network = networks[EPOCHS.index(epoch)]
        surface.draw(network.forward)
        shown, labels = X[:rows], y[:rows]
        for k, mark in enumerate(marks):
            mark.set_data(*shown[labels == k].T)
        rings.set_data(*shown[network.predict(shown) != labels].T)
        title.set_text(f"{rows} rows, epoch {epoch}")
        epochs = np.arange(1, epoch + 1)
        for curve, dot, values in zip(curves, now, losses, strict=True):
            curve.set_data(epochs, values[:epoch])
            dot.set_data([epoch], values[epoch - 1 : epoch])
        best = int(np.argmin(losses[1][:epoch]))
        lowest.set_data([best + 1], [losses[1][best] + 0.05])

    def read():
        own, other = (dot.get_ydata()[0] for dot in now)
        (best,), (height,) = lowest.get_data()
        return own, other, best, height - 0.05

    def caption():
        own, other, best, least = read()
        words = (
            f"{title.get_text()}: loss {num(own)} on its rows, {num(other)} on others"
        )
        past = "lowest so far"
        if other > least + 1e-9:
            past = f"that was lowest, {num(least)}, at epoch {best}"
        return f"{words}; {past}."

    def description():
        own, other, best, least = read()
        wrong, total = len(rings.get_xdata()), sum(len(m.get_xdata()) for m in marks)
        P = np.asarray(surface.image.get_array())
        first = [num(curve.get_ydata()[0]) for curve in curves]
        return (
            f"Left, {title.get_text()}: {total} points, {wrong} ringed as wrong, on P from "
            f"{num(P.min(), 2)} to {num(P.max(), 2)}. Right: {curves[0].get_label()} from "
            f"{first[0]} to {num(own)}, {curves[1].get_label()} from {first[1]} to "
            f"{num(other)}, marks at epoch {num(now[0].get_xdata()[0])}; the triangle, over "
            f"{num(least)}, at epoch {best}."
        )

    def named(values):
        return tuple((str(value), value) for value in values)

    return Picture(
        fig, caption, description, draw=draw,
        moving=[surface.image, *marks, rings, *left.spines.values(), title, *curves,
                lowest, *now],
        knobs={"rows": Positions("Rows to learn", named(sizes), sizes[0]),
               "epoch": Positions("Epoch", named(EPOCHS), 2)},
        stills=[{}, {"epoch": 20}, {"epoch": 400}, {"rows": sizes[-1], "epoch": 400}],
    )  # fmt: skip


def _run(X, y, validation):
    """Networks after the chosen epochs, and both losses after every epoch."""
    X_val, y_val = validation
    networks, losses = [], ([], [])

    def keep(epoch, network, history):
        losses[0].append(binary_cross_entropy(network.forward(X), y[:, None]))
        losses[1].append(history.validation_loss[-1])
        if epoch in EPOCHS:
            networks.append(copy.deepcopy(network))

    train(
        Network([2, 50, 1], rng=np.random.default_rng(1)), X, y[:, None],
        loss=binary_cross_entropy, learning_rate=0.3, batch_size=20,
        epochs=EPOCHS[-1], rng=np.random.default_rng(2),
        validation=(X_val, y_val[:, None]), after_epoch=keep,
    )  # fmt: skip
    return networks, losses


def accuracies(right, totals, names, *, title="", xlabel=""):
    """Accuracies as points, each with the interval of what is no surprise."""
    shares = np.array(right) / totals
    ends = [accuracy_interval(s, int(m)) for s, m in zip(shares, totals, strict=True)]
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.09)
        places = np.arange(len(shares))
        bars = ax.vlines(places, *np.transpose(ends), color=style.CLASSES[0], lw=3)
        (dots,) = ax.plot(places, shares, "o", color=style.CLASSES[0], ms=11)
        ax.set(title=title, xlabel=xlabel, ylim=(min(0.8, shares.min() - 0.1), 1.005))
        ax.set_xticks(places, names)
        ax.grid(axis="x", visible=False)

    def read():
        spans = [np.sort(segment[:, 1]) for segment in bars.get_segments()]
        labels = [label.get_text() for label in ax.get_xticklabels()]
        return labels, dots.get_ydata(), spans

    def caption():
        labels, y, spans = read()
        low, high = int(np.argmin(y)), int(np.argmax(y))
        apart = spans[low][1] < spans[high][0]
        verdict = "their bars do not overlap" if apart else "their bars overlap"
        return (
            f"Lowest {num(y[low])} ({labels[low]}), highest {num(y[high])} "
            f"({labels[high]}); {verdict}."
        )

    def description():
        said = [
            f"{name}: {num(share)}, from {num(low)} to {num(high)}"
            for name, share, (low, high) in zip(*read(), strict=True)
        ]
        return f"{title}. {xlabel} " + "; ".join(said) + "."

    return Picture(fig, caption, description)
