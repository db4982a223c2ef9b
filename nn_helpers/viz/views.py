"""What the playground shows beside its plane: losses, network, or one sample.

Each view has `artists`, `draw(session, places)`, and two texts read from them.
"""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap

from nn_helpers.activations import ACTIVATIONS, softmax
from nn_helpers.losses import softmax_cross_entropy
from nn_helpers.viz import style
from nn_helpers.viz.style import fixed, num, scenery

TILE = 18  # places along the side of a neuron's own picture
# A neuron's own picture: brown where it is negative, purple where it is positive.
SPEAKS = LinearSegmentedColormap.from_list(
    "speaks", [style.SLOPE, "white", style.ACTIVATION]
).resampled(13)
ROOM = (4.55, 3.6)  # inches of the panel


class Losses:
    """Training and test loss after each epoch."""

    def __init__(self, ax):
        self.curves = [
            ax.plot([], [], dash, color=colour, label=name, marker="o", markevery=[-1])[
                0
            ]
            for name, (colour, dash) in zip(
                ("training loss", "test loss"), style.CURVES[:2], strict=True
            )
        ]
        self.legend = ax.legend(loc="upper right")
        self.artists = self.curves

    def draw(self, session, places):
        for line, losses in zip(
            self.curves, (session.losses, session.test_losses), strict=True
        ):
            line.set_data(range(len(losses)), losses)

    def caption(self):
        top = self.curves[0].axes.get_ylim()[1]
        losses, tested = (line.get_ydata() for line in self.curves)
        if len(losses) < 2:
            return f"the loss begins at {num(losses[0])}"
        said = f"the loss goes from {num(losses[0])} to {_end(losses, top)}"
        return f"{said}, on test points to {_end(tested, top)}" if len(tested) else said

    def description(self):
        ends = ((line.get_label(), line.get_ydata()) for line in self.curves)
        return [f"{name} {num(y[0])} to {num(y[-1])}" for name, y in ends if len(y)]


def _end(losses, top):
    return num(losses[-1]) if losses[-1] <= top else "beyond the frame"


class Board:
    """The network: each neuron's own picture, wires by sign and size, biases."""

    def __init__(self, ax, colours):
        self.colours = colours
        self.wires = scenery(LineCollection([], colors=style.WEIGHT, zorder=2))
        ax.add_collection(self.wires, autolim=False)
        self.tiles = ax.imshow(
            np.ones((2, 2, 4)), aspect="auto", extent=(0, ROOM[0], 0, ROOM[1]), zorder=1
        )
        self.squares = scenery(
            ax.scatter([], [], marker="s", edgecolors=style.BIAS, zorder=3)
        )
        self.names = [
            ax.text(0, 0, "", ha="center", va="bottom", fontsize=13) for _ in range(5)
        ]
        self.artists = [self.wires, self.tiles, self.squares, *self.names]

    def draw(self, session, places):
        columns = self._columns(session, places)
        sheet = np.ones((round(ROOM[1] * 60), round(ROOM[0] * 60), 3))
        size = min(0.62, ROOM[1] / max(map(len, columns)) * 0.8)
        x = np.linspace(size / 2 + 0.05, ROOM[0] - size / 2 - 0.05, len(columns))
        centres = []
        for column, pictures in enumerate(columns):
            pitch = ROOM[1] * 0.92 / len(pictures)
            ys = ROOM[1] * 0.92 - pitch * (np.arange(len(pictures)) + 0.5)
            centres.append([(x[column], y) for y in ys])
            for y, picture in zip(ys, pictures, strict=True):
                self._paste(sheet, picture, x[column], y, size)
        self.tiles.set_data(sheet)
        self._wires(session.network.layers, centres, size)
        words = ["inputs", *["layer"] * (len(columns) - 2), "P"]
        for number, name in enumerate(self.names):
            there = number < len(columns)
            name.set_text(words[number] if there else "")
            name.set_position((x[number] if there else 0, ROOM[1] * 0.93))

    def _columns(self, session, places):
        """For each column of neurons their pictures, (TILE, TILE, 3) each."""
        inputs = session.inputs(places)
        with np.errstate(over="ignore", invalid="ignore"):
            P = np.nan_to_num(softmax(session.network.forward(inputs)))
            hidden = [
                ACTIVATIONS[layer.activation][0](layer.Z)
                for layer in session.network.layers[:-1]
            ]
        columns = []
        for values in (inputs, *hidden):
            most = np.abs(values).max(axis=0)
            # A run that diverges may end on numbers beyond all bounds: drawn as 0.
            usable = np.where(np.isfinite(most) & (most > 0), most, 1)
            shades = 0.5 + 0.5 * np.nan_to_num(values / usable, posinf=0, neginf=0)
            columns.append([SPEAKS(column)[:, :3] for column in shades.T])
        outputs = []
        for number, column in enumerate(P.T):
            share = np.round(column * 8)[:, None] / 8
            outputs.append(1 - share * (1 - self.colours[number]))
        return [*columns, outputs]

    def _paste(self, sheet, picture, x, y, size):
        pixels = max(8, round(size * 60))
        picture = picture.reshape(TILE, TILE, 3)
        pick = np.arange(pixels) * TILE // pixels
        tile = picture[pick][:, pick].copy()
        tile[[0, -1]] = tile[:, [0, -1]] = 0.4  # its frame
        top = round((ROOM[1] - y) * 60 - pixels / 2)
        left = round(x * 60 - pixels / 2)
        sheet[top : top + pixels, left : left + pixels] = tile

    def _wires(self, layers, centres, size):
        segments, widths, dashes, squares, biases = [], [], [], [], []
        for layer, left, right in zip(layers, centres[:-1], centres[1:], strict=True):
            for (i, j), w in np.ndenumerate(layer.W):
                (x0, y0), (x1, y1) = left[i], right[j]
                segments.append([(x0 + size / 2, y0), (x1 - size / 2, y1)])
                widths.append(0.3 + min(1.4 * abs(w), 6))
                dashes.append("-" if w >= 0 else (0, (3, 1.5)))
            for b, (x, y) in zip(layer.b, right, strict=True):
                squares.append((x - size / 2, y - size / 2))
                biases.append(b)
        self.wires.set(segments=segments, linewidths=widths, linestyles=dashes)
        self.squares.set_offsets(squares)
        self.squares.set_sizes([10 + min(40 * abs(b), 90) for b in biases])
        filled = [style.BIAS if b >= 0 else "white" for b in biases]
        self.squares.set_facecolors(filled)
        self.weights = [layer.W.copy() for layer in layers]

    def caption(self):
        flat = [
            (abs(w), f"W{number}[{i},{j}]", w)
            for number, W in enumerate(self.weights, 1)
            for (i, j), w in np.ndenumerate(W)
        ]
        _, name, w = max(flat)
        return f"the thickest wire is {name} = {num(w)}" if w else "all weights are 0"

    def description(self):
        sizes = [len(self.weights[0]), *(W.shape[1] for W in self.weights)]
        return [f"right: a network {'-'.join(map(str, sizes))}"] + [
            f"W{number} from {num(W.min())} to {num(W.max())}"
            for number, W in enumerate(self.weights, 1)
        ]


class Sample:
    """The last update in numbers, for the first sample of its batch."""

    def __init__(self, ax):
        self.artists = [
            ax.text(0.02, 0.985 - 0.089 * row, "", transform=ax.transAxes, va="top",
                    fontsize=13)
            for row in range(11)
        ]  # fmt: skip

    def draw(self, session, places):
        for artist, words in zip(self.artists, _one_sample(session), strict=True):
            artist.set_text(words)

    def caption(self):
        return self.artists[0].get_text()

    def description(self):
        texts = [artist.get_text() for artist in self.artists]
        hidden = ("a1", "a2", "a3", "back")  # too long to be listened to
        return [words for words in texts if words and not words.startswith(hidden)]


def _one_sample(session):
    """Eleven lines about the first sample of the last batch, and one weight."""
    if not session.seen:
        return ["take a step, and the numbers of a sample stand here", *[""] * 10]
    label, batch = session.label, session.batch_rows
    lines = [f"sample of class {label}, x = {_row(session.seen[0][0], few=4)}"]
    for number, (_, Z, _) in enumerate(session.seen[:-1], 1):
        g = ACTIVATIONS[session.setting.activation][0]
        lines.append(f"a{number} = {_row(g(Z))}")
    _, Z, dZ = session.seen[-1]
    loss = softmax_cross_entropy(Z[None], np.eye(len(Z))[[label]])
    lines.append(f"P = {_row(softmax(Z[None])[0])}, its loss {_plain(loss, 2)}")
    lines.append(f"(P - Y)/{batch} in thousandths: {_row(1000 * dZ, 1)}")
    for number, (_, _, dZ) in reversed(list(enumerate(session.seen[:-1], 1))):
        lines.append(f"back to z{number}: {_row(1000 * dZ, 1)}")
    before, slope, after = (array[0, 0] for array in session.moved["W1"])
    setting = session.setting
    if setting.optimizer == "sgd" and not setting.decay:
        lines.append("all of the batch then moves W1[0,0]:")
        lines.append(
            f"{_plain(before, 4)} - {setting.rate:g} · ({_plain(slope, 6)}) = "
            f"{_plain(after, 4)}"
        )
    else:
        decay = " and decay" if setting.decay else ""
        lines.append(
            f"W1[0,0], slope {_plain(slope, 4)}, by {setting.optimizer}{decay}:"
        )
        lines.append(f"from {_plain(before, 4)} to {_plain(after, 4)}")
    return lines + [""] * (11 - len(lines))


def _row(values, decimals=2, few=6):
    """Numbers side by side, with fewer decimals where they are many."""
    decimals -= len(values) > few
    return " ".join(_plain(v, decimals) for v in values)


def _plain(value, decimals):
    """A few decimals; a number that has run away by its power of ten."""
    return fixed(value, decimals) if abs(value) < 1e4 else f"{value:.0e}"
