"""What a deep network's first weights do to the signal, and to the training."""

import copy

import numpy as np

from nn_helpers.losses import softmax_cross_entropy
from nn_helpers.network import Network
from nn_helpers.training import train
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Positions, named
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.runs import settles
from nn_helpers.viz.style import num

SCALES = (0.25, 0.5, 0.7, 1.0, 1.4, 2.0, 4.0)
EPOCHS, RATE = 8, 0.02


def signal_through_depth(X, Y, depth=10, seed=0):
    """Spread of the sums layer by layer, and what a training makes of such a start.

    The weights are He's, times a factor: its values are the positions of the slider.
    """
    sizes = [X.shape[1], *[64] * depth, Y.shape[1]]
    start = Network(sizes, rng=np.random.default_rng(seed))
    runs = {scale: _run(start, scale, X, Y) for scale in SCALES}
    fig, usual, spread, chance, curve, title, note = _draw_panels(
        runs[1.0][0], Y.shape[1]
    )
    layers = np.arange(1, depth + 1)

    def draw(scale):
        Z, losses = runs[scale]
        spread.set_data(layers, Z)
        curve.set_data(np.arange(1, EPOCHS + 1), losses)
        title.set_text(f"loss at rate {RATE:g}, times {scale:g}")
        note.set_text("blows up" if np.isnan(losses[-1]) else "")

    def calm():
        return settles(losses := curve.get_ydata()) and max(losses) < 3

    def said():
        losses = curve.get_ydata()
        if np.isnan(losses[-1]):
            return "the training blows up"
        if losses[-1] > 0.95 * chance.get_ydata()[0]:
            return "it learns next to nothing"
        if losses[0] > curve.axes.get_ylim()[1]:
            return "it learns, after a first epoch above the frame"
        return f"it learns, to {num(losses[-1])}" if calm() else "it learns, with jumps"

    def caption():
        ratio = spread.get_ydata()[-1] / usual.get_ydata()[-1]
        scale = title.get_text().split()[-1]
        far = f"in layer {depth} it is {num(ratio, 4)} times as large; "
        return f"Weights times {scale}: {far if ratio != 1 else ''}{said()}."

    def description():
        Z, losses = spread.get_ydata(), curve.get_ydata()
        course = ", ".join(num(loss) for loss in losses) if calm() else said()
        return (
            f"Left: the spread of Z from {num(Z[0])} in layer 1 to {num(Z[-1])} in layer "
            f"{len(Z)}, on the way {', '.join(num(z, 2) for z in Z[1:-1])}. Right, "
            f"{title.get_text()}: {course}; guessing, dashed, "
            f"{num(chance.get_ydata()[0])}; times 1, dashed, ends at {num(usual.get_ydata()[-1])}."
        )

    return Picture(
        fig, caption, description, draw=draw, moving=[spread, curve, title, note],
        knobs={"scale": Positions("Weights times", named(SCALES), 1.0)},
        stills=[{}, {"scale": 0.5}, {"scale": 2.0}, {"scale": 0.25}],
    )  # fmt: skip


def _draw_panels(spreads, classes):
    """Left, the spreads at times 1 and a curve to move; right, the losses."""
    with style.in_style():
        fig, (left, right) = style.panels(9, 4.2, 2, left=0.12, wspace=0.28)
        layers = np.arange(1, len(spreads) + 1)
        (usual,) = left.plot(layers, spreads, "--", color=style.QUIET, label="times 1")
        (spread,) = left.plot([], [], "o-", color=style.ACTIVATION, ms=9)
        left.set(title="spread of Z", xlabel="hidden layer", yscale="log")
        left.set(
            xlim=(0.5, len(spreads) + 0.5),
            ylim=(1e-7, 1e7),
            xticks=(1, 5, len(spreads)),
        )
        left.set_yticks([1e-6, 1e-3, 1, 1e3, 1e6])
        left.legend(loc="upper left")
        title = right.set_title("")
        chance = right.axhline(np.log(classes), color=style.INK, linestyle="--")
        (curve,) = right.plot([], [], "o-", color=style.CURVES[0][0], ms=9)
        right.set(xlabel="epoch", xlim=(0.5, EPOCHS + 0.5), ylim=(0, 3.2))
        right.legend([chance], ["guessing"], loc="upper right")
        note = right.text(EPOCHS / 2 + 0.5, 1.2, "", ha="center")
    return fig, usual, spread, chance, curve, title, note


def _run(start, scale, X, Y):
    """The spread of each hidden layer's sums at the start, and the losses after it."""
    network = copy.deepcopy(start)
    for layer in network.layers:
        layer.W *= scale
    network.forward(X)
    spreads = np.array([np.sqrt(np.mean(la.Z**2)) for la in network.layers[:-1]])
    history = train(
        network, X, Y, loss=softmax_cross_entropy, learning_rate=RATE, batch_size=32,
        epochs=EPOCHS, rng=np.random.default_rng(1),
    )  # fmt: skip
    losses = np.full(EPOCHS, np.nan)  # a run that blows up ends early
    losses[: len(history.loss)] = history.loss
    return spreads, losses
