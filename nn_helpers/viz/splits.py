"""Data that were held back: what they say of a training, and how surely."""

import copy

import numpy as np

from nn_helpers.evaluation import accuracy_interval
from nn_helpers.losses import binary_cross_entropy
from nn_helpers.network import Network
from nn_helpers.training import train
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Positions, named
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.plane import Surface, places, points, ring
from nn_helpers.viz.style import listed, num, scenery

EPOCHS = (1, 2, 5, 10, 20, 50, 100, 200, 400)


def overfitting(X, y, sizes, others):
    """A network of 50 neurons on the first rows of X: boundary, and both losses.

    sizes: how many rows it is given; others: a pair (X, y), only measured.
    """
    runs = {size: _run(X[:size], y[:size], others) for size in sizes}
    with style.in_style():
        fig, (left, right) = style.panels(9, 4.2, 2, left=0.09, wspace=0.25)
        surface = Surface(left, np.vstack([X, others[0]]), margin=0.1)
        marks = points(left, X, y)
        (rings,) = ring(left, X[:0])
        title = left.set_title("")
        curves, now, lowest, note = _two_losses(right, len(others[0]))

    def draw(rows, epoch):
        networks, losses = runs[rows]
        network = networks[EPOCHS.index(epoch)]
        missed = np.sum(network.predict(others[0]) != others[1])
        note.set_text(f"others wrong: {missed}")
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
        return own, other, round(best), height - 0.05

    def caption():
        own, other, best, least = read()
        words = f"{title.get_text()}: loss {num(own)}, on others {num(other)} "
        past = _past(num(other), num(least), best)
        return f"{words}({note.get_text().split()[-1]} wrong); {past}."

    def description():
        own, other, best, least = read()
        P = surface.image.get_array()
        first = [num(curve.get_ydata()[0]) for curve in curves]
        return (
            f"Left, {title.get_text()}: {_groups(marks)}, {len(rings.get_xdata())} ringed as "
            f"wrong {' '.join(places(rings)[:4])}, on P from {num(P.min(), 1)} to "
            f"{num(P.max(), 2)}. Right: {curves[0].get_label()} from "
            f"{first[0]} to {num(own)}, {curves[1].get_label()} from {first[1]} to "
            f"{num(other)}, marks at epoch {num(now[0].get_xdata()[0])}; the triangle, over "
            f"{num(least)}, at epoch {best}; {note.get_text()}."
        )

    return Picture(
        fig, caption, description, draw=draw,
        moving=[surface.image, *marks, rings, *left.spines.values(), title, *curves,
                lowest, *now, note],
        knobs={"rows": Positions("Rows to learn", named(sizes), sizes[0]),
               "epoch": Positions("Epoch", named(EPOCHS), 2)},
        stills=[{}, {"epoch": 20}, {"epoch": 400}, {"rows": sizes[-1], "epoch": 400}],
    )  # fmt: skip


def _past(other, least, best):
    return (
        "lowest so far"
        if other == least
        else f"that was lowest, {least}, at epoch {best}"
    )


def _groups(marks):
    """How many points of each class, and around which place."""
    return " and ".join(
        f"{len(mark.get_xdata())} points of {mark.get_label()} around "
        f"({num(mark.get_xdata().mean())}, {num(mark.get_ydata().mean())})"
        for mark in marks
    )


def _two_losses(ax, others):
    """Curves, still empty, of the loss on the network's rows and on other rows."""
    labels = ("on its rows", f"on {others} others")
    curves = [
        ax.plot([], [], dash, color=colour, label=label)[0]
        for label, (colour, dash) in zip(labels, style.CURVES[:2], strict=True)
    ]
    (lowest,) = ax.plot([], [], "v", color=style.CURVES[1][0], ms=13)
    now = [ax.plot([], [], "o", color=style.INK, ms=9)[0] for _ in curves]
    ax.set(title="loss", xlabel="epoch", xscale="log", ylim=(0, 1))
    ax.set(xlim=(0.9, 1.1 * EPOCHS[-1]), xticks=(1, 10, 100))
    ax.xaxis.set_major_formatter("{x:.0f}")
    ax.legend(loc="upper left")
    return curves, now, lowest, ax.text(1, 0.06, "", size=13)


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
        loss=binary_cross_entropy, learning_rate=0.3, batch_size=len(X),
        epochs=EPOCHS[-1], rng=np.random.default_rng(2),
        validation=(X_val, y_val[:, None]), after_epoch=keep,
    )  # fmt: skip
    return networks, losses


def accuracies(right, totals, *, title=""):
    """Accuracies on parts of the data, each with the interval of no surprise.

    right: {name: right answers on each part}, up to three; totals: rows of each.
    """
    totals = np.array(totals)
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.09, right=0.8)
        series = []
        looks = zip(style.CURVES, ("o", "s", "^"), strict=True)
        for place, (counts, ((colour, _), mark)) in enumerate(
            zip(right.values(), list(looks)[: len(right)], strict=True)
        ):
            shares = np.array(counts) / totals
            ends = [
                accuracy_interval(*pair)
                for pair in zip(shares, totals.tolist(), strict=True)
            ]
            x = np.arange(1, len(shares) + 1) + 0.25 * place
            bars = ax.vlines(x, *np.transpose(ends), color=colour, lw=3)
            (dots,) = ax.plot(x, shares, mark, color=colour, ms=10)
            series.append((dots, bars))
        for name, (dots, _) in zip(right, series, strict=True):
            dots.set_label(name)
        lowest = min(dots.get_ydata().min() for dots, _ in series)
        ax.set(title=title, xlabel="part", ylim=(min(0.8, lowest - 0.1), 1.005))
        ax.set_xticks(np.arange(1, len(totals) + 1))
        ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1))
        ax.grid(axis="x", visible=False)

    def read():
        for dots, bars in series:
            spans = [np.sort(segment[:, 1]) for segment in bars.get_segments()]
            yield dots.get_label(), dots.get_ydata(), spans

    def caption():
        said = []
        for name, y, spans in read():
            apart = spans[np.argmin(y)][1] < spans[np.argmax(y)][0]
            words = "these two bars apart" if apart else "all bars overlap"
            said.append(f"{name} from {num(y.min())} to {num(y.max())}, {words}")
        return f"{'; '.join(said)}.".capitalize()

    def description():
        said = []
        for name, y, spans in read():
            each = [
                f"{num(share)} ({num(low, 2)}-{num(high, 2)})"
                for share, (low, high) in zip(y, spans, strict=True)
            ]
            said.append(f"{name} {', '.join(each)}")
        return f"{title}. {'; '.join(said)}."

    return Picture(fig, caption, description)


def repeated(shares, *, chance=None, ylabel="", low=0.0):
    """A dot for each repetition of an experiment, a column for each way to do it.

    shares: {way: a number of each repetition}. The bars are mean and standard
    deviation; chance: where a dashed line is drawn; low: the lower end of the axis.
    """
    with style.in_style():
        wide = len(shares) > 3
        fig, ax = style.panels(9 if wide else 7.4, 4.2, left=0.1 if wide else 0.14)
        columns, bars = [], []
        for place, values in enumerate(shares.values()):
            values = np.sort(values)
            # Equal values stand side by side.
            same = np.array([np.sum(values[:k] == v) for k, v in enumerate(values)])
            k = 0 if wide else place
            columns += ax.plot(
                place + 0.06 * same, values, style.MARKERS[k], color=style.CLASSES[k],
                ms=10, mec="white",
            )  # fmt: skip
            ends = values.mean() + values.std() * np.array([-1, 0, 1])
            bars += ax.plot(
                [place - 0.15] * 3, ends, "_-", color=style.INK, ms=12, mew=3
            )
        if chance is not None:
            scenery(ax.axhline(chance, color=style.INK, linestyle="--"))
        # Up to 1, so that two of these pictures can be compared.
        ax.set(ylim=(low, 1 + 0.06 * (1 - low)), xlim=(-0.5, len(columns) - 0.4))
        ax.set(ylabel=ylabel)
        ax.set_xticks(range(len(columns)), shares)
        ax.grid(axis="x", visible=False)

    def read():
        names = [label.get_text() for label in ax.get_xticklabels()]
        for name, dots, bar in zip(names, columns, bars, strict=True):
            low, mean, high = bar.get_ydata()
            yield name, dots.get_ydata(), mean, mean - low, high - mean

    def caption():
        said = [f"{name} {num(mean)}" for name, _, mean, *_ in read()]
        if len(said) <= 3:
            return f"On average: {listed(said)}."
        means = [mean for _, _, mean, *_ in read()]
        best, worst = int(np.argmax(means)), int(np.argmin(means))
        return f"On average: {said[0]}; best {said[best]}, worst {said[worst]}."

    def description():
        said = [
            f"{name} {num(mean)} +{num(up, 2)} -{num(down, 2)} ({num(y.min())} to {num(y.max())})"
            for name, y, mean, down, up in read()
        ]
        dashed = "" if chance is None else f" Dashed line at {num(chance)}."
        count = len(columns[0].get_ydata())
        return f"{count} dots a column: {'; '.join(said)}.{dashed}"

    return Picture(fig, caption, description)
