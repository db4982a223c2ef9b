"""Training as it went: loss curves, and boundaries that move."""

import copy

import numpy as np

from nn_helpers.losses import binary_cross_entropy
from nn_helpers.training import train
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Positions, Slider, named
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.plane import Surface, points, ring
from nn_helpers.viz.style import listed, num


def loss_curve(losses, *, title="", ylabel="loss"):
    """Loss against epoch, for one list or for a dict of up to three named lists."""
    named = losses if isinstance(losses, dict) else {"training loss": losses}
    if len(named) > len(style.CURVES):
        raise ValueError(f"loss_curve draws at most 3 curves, got {len(named)}")
    with style.in_style():
        fig, ax = style.panels()
        looks = style.CURVES[: len(named)]
        for (name, values), (colour, dash) in zip(named.items(), looks, strict=True):
            epochs = np.arange(1, len(values) + 1)
            ax.plot(epochs, values, dash, color=colour, label=name)
        ax.set(title=title, xlabel="epoch", ylabel=ylabel)
        ax.set_ylim(bottom=0)
        ax.legend()

    def caption():
        said = []
        for line in ax.get_lines():
            y = line.get_ydata()
            said.append(f"{line.get_label()} from {num(y[0])} to {num(y[-1])}")
        return f"In {num(ax.get_lines()[0].get_xdata()[-1])} epochs: {listed(said)}."

    def description():
        words = []
        for line in ax.get_lines():
            x, y = line.get_data()
            half = len(y) // 2
            words.append(
                f"{line.get_label()}: {num(y[0])} in epoch {num(x[0])}, {num(y[half])} "
                f"in epoch {num(x[half])}, {num(y[-1])} in epoch {num(x[-1])}"
            )
        return "; ".join(words) + "."

    return Picture(fig, caption, description)


def trained_runs(start, X, y, learning_rates, epochs, seed):
    """Train from one start at several rates, once; {rate: [(network, loss)]}.

    All runs see the samples in the same order. An entry for each epoch, the
    first before training; a run that diverges keeps its last finite state.
    """
    Y = y[:, None]
    runs = {}
    for rate in map(float, learning_rates):
        states = [(start, binary_cross_entropy(start.forward(X), Y))]

        def keep(epoch, network, history, states=states):
            loss = binary_cross_entropy(network.forward(X), Y)
            states.append((copy.deepcopy(network), loss))

        train(
            copy.deepcopy(start), X, Y, loss=binary_cross_entropy, learning_rate=rate,
            epochs=epochs, rng=np.random.default_rng(seed), after_epoch=keep,
        )  # fmt: skip
        states += [states[-1]] * (epochs + 1 - len(states))
        runs[rate] = states
    return runs


def training_runs(runs, X, y):
    """Boundary and loss of several runs from one start, at any epoch.

    runs: what `trained_runs` returns.
    """
    last = len(next(iter(runs.values()))) - 1
    with style.in_style():
        fig, (left, right) = style.panels(9, 4.2, 2, left=0.11, wspace=0.28)
        surface = Surface(left, X)
        marks = points(left, X, y)
        (rings,) = ring(left, X[:0])
        title = left.set_title("")
        (curve,) = right.plot([], [], color=style.CURVES[0][0])
        (now,) = right.plot([], [], "o", color=style.INK, markersize=12)
        right.set(title="loss so far", xlabel="epoch")
        right.set(xlim=(-0.5, last + 0.5), ylim=(0, 1.2))

    def draw(learning_rate, epoch):
        run = runs[learning_rate]
        network = run[epoch][0]
        surface.draw(network.forward)
        wrong = X[network.predict(X) != y]
        rings.set_data(*wrong.T)
        losses = [loss for _, loss in run[: epoch + 1]]
        curve.set_data(range(epoch + 1), losses)
        now.set_data([epoch], losses[-1:])
        title.set_text(f"rate {num(learning_rate)}, epoch {epoch}")

    def caption():
        wrong, total = len(rings.get_xdata()), sum(len(m.get_xdata()) for m in marks)
        side = f"{total - wrong} of {total} points on their side"
        side = side if wrong else "every point on its side"
        return f"{title.get_text()}: {side}; the loss {_course(curve)}.".capitalize()

    def description():
        P = np.asarray(surface.image.get_array())
        losses = curve.get_ydata()
        ends = f"starts at {num(losses[0])}"
        if settles(losses):
            ends += (
                f", mark at epoch {num(now.get_xdata()[0])}, {num(now.get_ydata()[0])}"
            )
        else:
            ends += f", mark at epoch {num(now.get_xdata()[0])}"
        counts = listed([f"{len(m.get_xdata())} of {m.get_label()}" for m in marks])
        spread = "both colours" if P.min() < 0.5 <= P.max() else "one colour"
        return (
            f"Left, {title.get_text()}: {counts}, {len(rings.get_xdata())} ringed as "
            f"wrong, on {spread}. Right: the loss {ends}; it {_course(curve)}."
        )

    rates = list(runs)
    # The frame is drawn again over the image, which covers half of its lines.
    frame = left.spines.values()
    moving = [surface.image, *frame, *marks, rings, curve, now, title]
    return Picture(
        fig, caption, description, draw=draw, moving=moving,
        knobs={
            "learning_rate": Positions("Learning rate", named(rates), rates[len(rates) // 2]),
            "epoch": Slider("Epoch", 0, last, 1, start=last),
        },
        stills=[{"learning_rate": rates[0]}, {},
                {"learning_rate": rates[-3]} if len(rates) > 2 else {}],
    )  # fmt: skip


def settles(losses):
    """Whether a run is calm enough for its digits to be the same everywhere."""
    calm = np.isfinite(losses).all() and losses[-1] <= 2 * losses[0]
    return bool(calm and np.diff(losses, prepend=losses[0]).max() <= 0.1 * losses[0])


def _course(curve):
    losses = curve.get_ydata()
    if len(losses) == 1:
        return f"is {num(losses[0])} before training"
    if not np.isfinite(losses).all() or losses[-1] > curve.axes.get_ylim()[1]:
        return "has left the frame"
    if not settles(losses):
        return "bounces"
    return (
        f"falls from {num(losses[0])} to {num(losses[-1])}"
        if losses[-1] < losses[0]
        else "does not fall"
    )
