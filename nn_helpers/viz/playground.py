"""A whole run of training in one picture: plane, losses, network, one sample."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, to_rgb

from nn_helpers.activations import ACTIVATIONS, softmax
from nn_helpers.losses import softmax_cross_entropy
from nn_helpers.playground import Session, Setting
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.plane import places
from nn_helpers.viz.style import fixed, num, scenery

GRID, TILE, LEVELS = 60, 18, 5
FEW = 12  # points of a class that the description names one by one
VIEWS = (("network", "network"), ("losses", "losses"), ("one sample", "sample"))
# A neuron's own picture: brown where it is negative, purple where it is positive.
SPEAKS = LinearSegmentedColormap.from_list(
    "speaks", [style.SLOPE, "white", style.ACTIVATION]
).resampled(13)
ROOM = (4.55, 3.6)  # inches of the panel on the right
EPOCHS = (10, 20, 50, 100, 200, 500)  # ends of the axis; then thousands
TOPS = (1.5, 3.0, 10.0, 30.0, 100.0, 1000.0)  # of the losses


def playground(line="", stills=()):
    """The playground: what `live.play` runs, pauses, steps and rewinds.

    line: a setting, see `nn_helpers.playground.Setting`; stills: (line, epochs, view)
    that a reader without a kernel is shown. Raises ValueError for a line that is no
    setting.
    """
    return Playground(Setting.parse(line), stills)


class Playground(Picture):
    """A Picture of a session; `load` puts another one in its place.

    draw(show): one of the views of VIEWS, as the session stands.
    """

    def __init__(self, setting, stills=()):
        self.session = Session(setting)
        with style.in_style():
            drawing = self._drawing = _Drawing()
        super().__init__(
            drawing.fig, drawing.caption, drawing.description, draw=self._draw,
            moving=drawing.moving(),
            knobs={"show": Choice("Show", VIEWS, VIEWS[0][1])},
            stills=[{"still": still} for still in stills] or [{}],
            palette=drawing.palette(),
        )  # fmt: skip

    def load(self, setting):
        """Take another setting, from its start."""
        self.session = Session(setting)

    def _draw(self, show, still=None):
        session = self.session
        if still is not None:
            line, epochs, show = still
            session = Session(Setting.parse(line))
            session.epoch(epochs)
        if self._drawing.draw(session, show):
            self._background = None  # axes have changed: blitting starts anew


class _Drawing:
    """The artists: the plane on the left; three views on the right, one at a time."""

    def __init__(self):
        self.fig, (self.plane, self.right) = style.panels(
            9, 4.2, 2, width_ratios=[1, 1.32], left=0.075, right=0.975, wspace=0.16,
            bottom=0.12, top=0.88,
        )  # fmt: skip
        self.colours = np.array([to_rgb(colour) for colour in style.THREE[0]])
        self.image = self.plane.imshow(
            np.ones((GRID, GRID, 3)), origin="lower", aspect="auto"
        )
        self.plane.grid(False)
        self.title = self.plane.set_title("")
        self.points = [
            self.plane.plot([], [], mark, color=colour, ms=ms, mec=edge, mew=1, alpha=alpha)[0]
            for ms, edge, alpha in ((4.5, "none", 0.55), (8, "white", 1))
            for colour, mark in zip(*style.THREE, strict=True)
        ]  # fmt: skip
        self.heading = self.right.set_title("")
        self.curves = [
            self.right.plot(
                [], [], dash, color=colour, label=name, marker="o", markevery=[-1]
            )[0]
            for name, (colour, dash) in zip(
                ("training loss", "test loss"), style.CURVES[:2], strict=True
            )
        ]
        self.legend = self.right.legend(loc="upper right")
        self.lines = [
            self.right.text(0.02, 0.985 - 0.089 * row, "", transform=self.right.transAxes,
                            va="top", fontsize=13)
            for row in range(11)
        ]  # fmt: skip
        self.wires = scenery(LineCollection([], colors=style.WEIGHT, zorder=2))
        self.right.add_collection(self.wires, autolim=False)
        self.tiles = self.right.imshow(
            np.ones((2, 2, 4)), aspect="auto", extent=(0, ROOM[0], 0, ROOM[1]), zorder=1
        )
        self.squares = scenery(
            self.right.scatter([], [], marker="s", edgecolors=style.BIAS, zorder=3)
        )
        self.names = [
            self.right.text(0, 0, "", ha="center", va="bottom", fontsize=13)
            for _ in range(5)
        ]
        self.frame, self.view = None, None

    def palette(self):
        """Every colour that can come, and what lies between the inks and the paper."""
        inks = [style.INK, style.WEIGHT, style.BIAS, *(c for c, _ in style.CURVES[:2])]
        fades = np.linspace(1, 0, 9)[1:, None]
        fading = [1 - fades * (1 - np.array(to_rgb(c))) for c in inks]
        solid = np.concatenate([self.colours, 1 - 0.55 * (1 - self.colours)])
        leads = [1 - 0.65 * k / LEVELS * (1 - self.colours) for k in range(LEVELS + 1)]
        shares = [1 - k / 8 * (1 - self.colours) for k in range(1, 9)]
        speaks = SPEAKS(np.linspace(0, 1, SPEAKS.N))[:, :3]
        return np.concatenate(
            [np.ones((1, 3)), *fading, solid, *leads, *shares, speaks]
        )

    def moving(self):
        return [
            self.image, *self.points, *self.plane.spines.values(), self.title,
            self.heading, *self.curves, *self.lines, self.wires, self.tiles,
            self.squares, *self.names,
        ]  # fmt: skip

    def draw(self, session, show):
        """Draw a session; true if what stands in the background has changed."""
        changed = self._look(session, show)
        self._draw_plane(session)
        {"losses": self._losses, "network": self._network, "sample": self._sample}[
            show
        ](session)
        return changed

    def _look(self, session, show):
        """The axes: which part of the plane, which view, up to which epoch."""
        epochs = session.epochs
        end = next((n for n in EPOCHS if n >= epochs), -(-epochs // 1000) * 1000)
        most = max(session.losses + session.test_losses)
        top = next((t for t in TOPS if t >= most), TOPS[-1])
        points = np.concatenate([session.X, session.X_test])
        low, high = points.min(axis=0) - 0.3, points.max(axis=0) + 0.3
        frame = (*low, *high, show, *((end, top) if show == "losses" else ()))
        if frame == self.frame:
            return False
        self.frame, self.view = frame, show
        self.image.set_extent((low[0], high[0], low[1], high[1]))
        self.plane.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
        xs, ys = (np.linspace(low[i], high[i], GRID) for i in range(2))
        self.grid = np.column_stack([a.ravel() for a in np.meshgrid(xs, ys)])
        xs, ys = (np.linspace(low[i], high[i], TILE) for i in range(2))
        self.small = np.column_stack([a.ravel() for a in np.meshgrid(xs, ys[::-1])])
        losses = show == "losses"
        for artist in (*self.curves, self.legend):
            artist.set_visible(losses)
        for artist in (self.wires, self.tiles, self.squares, *self.names):
            artist.set_visible(show == "network")
        for artist in self.lines:
            artist.set_visible(show == "sample")
        for side in ("left", "bottom"):
            self.right.spines[side].set_visible(losses)
        self.right.tick_params(left=losses, bottom=losses, labelleft=losses,
                               labelbottom=losses)  # fmt: skip
        self.right.grid(losses)
        self.right.set(
            xlim=(0, end if losses else ROOM[0]), ylim=(0, top if losses else ROOM[1])
        )
        return True

    def _draw_plane(self, session):
        P = softmax(session.logits(self.grid))
        self.image.set_data(self._mixed(P).reshape(GRID, GRID, 3))
        sets = ((session.X_test, session.y_test), (session.X, session.y))
        for number, line in enumerate(self.points):
            X, y = sets[number // 3]
            line.set_data(*X[y == number % 3].T)
        right, tested = session.right()
        test = f", test {tested}/{len(session.X_test)}" if len(session.X_test) else ""
        self.title.set_text(f"correct: {right}/{len(session.X)}{test}")

    def _mixed(self, P):
        """White where no class is ahead, else the colour of the one that is."""
        best, classes = P.argmax(axis=1), P.shape[1]
        lead = (P.max(axis=1) - 1 / classes) / (1 - 1 / classes)
        lead = 0.65 * np.ceil(lead * LEVELS)[:, None] / LEVELS
        return 1 - lead * (1 - self.colours[best])

    def _losses(self, session):
        self.heading.set_text(self._when(session))
        for line, losses in zip(
            self.curves, (session.losses, session.test_losses), strict=True
        ):
            line.set_data(range(len(losses)), losses)

    @staticmethod
    def _when(session):
        if session.stopped:
            return session.stopped.partition(":")[0]
        return f"epoch {session.epochs}, step {session.steps}"

    def _network(self, session):
        self.heading.set_text(self._when(session))
        columns = self._columns(session)
        sheet = np.ones((round(ROOM[1] * 60), round(ROOM[0] * 60), 3))
        size = min(0.62, ROOM[1] / max(map(len, columns)) * 0.8)
        x = np.linspace(size / 2 + 0.05, ROOM[0] - size / 2 - 0.05, len(columns))
        places = []
        for column, pictures in enumerate(columns):
            pitch = ROOM[1] * 0.92 / len(pictures)
            ys = ROOM[1] * 0.92 - pitch * (np.arange(len(pictures)) + 0.5)
            places.append([(x[column], y) for y in ys])
            for y, picture in zip(ys, pictures, strict=True):
                self._paste(sheet, picture, x[column], y, size)
        self.tiles.set_data(sheet)
        self._wires(session.network.layers, places, size)
        words = ["inputs", *["layer"] * (len(columns) - 2), "P"]
        for number, name in enumerate(self.names):
            there = number < len(columns)
            name.set_text(words[number] if there else "")
            name.set_position((x[number] if there else 0, ROOM[1] * 0.93))

    def _columns(self, session):
        """For each column of neurons their pictures, (TILE, TILE, 3) each."""
        inputs = session.inputs(self.small)
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

    def _wires(self, layers, places, size):
        segments, widths, dashes, squares, biases = [], [], [], [], []
        for layer, left, right in zip(layers, places[:-1], places[1:], strict=True):
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

    def _sample(self, session):
        self.heading.set_text(self._when(session))
        for artist, words in zip(self.lines, _one_sample(session), strict=True):
            artist.set_text(words)

    def caption(self):
        right, _, test = self.title.get_text().removeprefix("correct: ").partition(", ")
        when = self.heading.get_text().partition(",")[0].capitalize()
        count, _, total = right.partition("/")
        said = f"{when}: {count} of {total} training points correct"
        if test:
            said += f", {test.removeprefix('test ').replace('/', ' of ')} test points"
        return f"{said}{self._more()}."

    def _more(self):
        if self.view == "losses":
            losses = self.curves[0].get_ydata()
            if len(losses) < 2:
                return f"; the loss begins at {num(losses[0])}"
            top = self.right.get_ylim()[1]
            said = f"; the loss goes from {num(losses[0])} to {_end(losses, top)}"
            tested = self.curves[1].get_ydata()
            return (
                f"{said}, on test points to {_end(tested, top)}"
                if len(tested)
                else said
            )
        if self.view == "network":
            flat = [
                (abs(w), f"W{number}[{i},{j}]", w)
                for number, W in enumerate(self.weights, 1)
                for (i, j), w in np.ndenumerate(W)
            ]
            _, name, w = max(flat)
            return (
                f"; the thickest wire is {name} = {num(w)}"
                if w
                else "; all weights are 0"
            )
        return f"; {self.lines[0].get_text()}"

    def description(self):
        said = [f"{self.heading.get_text()}. Left: {self.title.get_text()}"]
        said += [
            f"class {k} has {share:.0%} of the plane"
            for k, share in enumerate(self._shares())
            if share
        ]
        marks = [places(line) for line in self.points if len(line.get_xdata()) <= FEW]
        said += [f"points {' '.join(found)}" for found in marks if found]
        if self.view == "losses":
            for line in self.curves:
                y = line.get_ydata()
                if len(y):
                    said.append(f"{line.get_label()} {num(y[0])} to {num(y[-1])}")
        elif self.view == "sample":
            texts = [t.get_text() for t in self.lines if t.get_text()]
            said += [
                words
                for words in texts
                if not words.startswith(("a1", "a2", "a3", "back"))
            ]
        else:
            sizes = [len(self.weights[0]), *(W.shape[1] for W in self.weights)]
            said.append(f"right: a network {'-'.join(map(str, sizes))}")
            for number, W in enumerate(self.weights, 1):
                said.append(f"W{number} from {num(W.min())} to {num(W.max())}")
        return f"{'; '.join(said)}."

    def _shares(self):
        """The share of the plane that each class has, by its colour."""
        ink = 1 - np.asarray(self.image.get_array()).reshape(-1, 3)
        hues = 1 - self.colours
        alike = ink @ (hues / np.linalg.norm(hues, axis=1, keepdims=True)).T
        best = np.where(ink.max(axis=1) > 1e-6, alike.argmax(axis=1), len(hues))
        return np.bincount(best, minlength=len(hues) + 1)[:-1] / len(best)


def _end(losses, top):
    return num(losses[-1]) if losses[-1] <= top else "beyond the frame"


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
