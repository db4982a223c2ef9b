"""The loop of learning, going round on one image: what each station takes and gives."""

import numpy as np
from matplotlib.patches import FancyBboxPatch

from nn_helpers.activations import softmax
from nn_helpers.losses import softmax_cross_entropy, softmax_cross_entropy_grad
from nn_helpers.network import Network
from nn_helpers.preprocessing import one_hot
from nn_helpers.viz import style
from nn_helpers.viz.images import grey
from nn_helpers.viz.knobs import Choice, Slider, named
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import fixed, listed, num, scenery

WIDTH, HEIGHT = 9.0, 4.2
IN, OUT, IDLE = style.CLASSES[0], style.CLASSES[1], "#BBBBBB"
# Each station with what goes in and what comes out.
STATIONS = {
    "INIT": ((), ("parameters",)),
    "PREDICT": (("input", "parameters"), ("prediction",)),
    "LOSS": (("prediction", "label"), ("loss",)),
    "GRADIENT": (("input", "prediction", "label", "parameters"), ("slopes",)),
    "STEP": (("slopes", "parameters"), ("parameters",)),
    "STOP?": (("loss",), ()),
}
NAMES = tuple(STATIONS)
# Left, bottom, width and height of each thing, in inches.
PLACES = {
    "input": (0.1, 1.72, 1.3, 1.36),
    "parameters": (0.1, 0.1, 3.75, 0.86),
    "network": (2.05, 2.0, 1.35, 0.8),
    "prediction": (3.9, 1.5, 3.1, 1.58),
    "label": (7.55, 1.12, 1.35, 0.5),
    "loss": (7.55, 2.0, 1.35, 0.8),
    "slopes": (4.85, 0.1, 2.4, 0.86),
}
# Which way things go: from, to, both in inches.
ARROWS = (
    ((1.42, 2.4), (2.03, 2.4)), ((2.72, 0.98), (2.72, 1.98)), ((3.42, 2.4), (3.88, 2.4)),
    ((7.02, 2.4), (7.53, 2.4)), ((8.22, 1.64), (8.22, 1.98)),
)  # fmt: skip
RATE, ENOUGH, ROUNDS = 0.1, 0.2, 6


def learning_loop(image, labels):
    """Six stations and six rounds of a 64-32-10 network that sees one image.

    image: 64 pixels; labels: the classes that one may tell it, the first at the
    start. Two flow charts in one: the stations above, below them what they pass
    on. Raises ValueError for another number of pixels, and for labels that are
    no classes.
    """
    if np.shape(image) != (64,) or not set(labels) or set(labels) - set(range(10)):
        raise ValueError(
            f"learning_loop expected 64 pixels and labels from 0 to 9, got shape "
            f"{np.shape(image)} and labels {labels!r}"
        )
    runs = {label: _rounds(image, label) for label in labels}
    chart = _Chart(image)

    def draw(station, round, label):
        chart.mark(station)
        when, values = f"round {round}", runs[label][round]
        if station == "INIT":
            again = f", not in round {round}" if round > 1 else ""
            when, values = f"once, before round 1{again}", runs[label][1]
        if station == "STOP?":
            enough = values["loss"] < ENOUGH
            when += f": below {ENOUGH}, stop" if enough else ": once more"
        chart.note.set_text(when)
        chart.write(NAMES.index(station), label, **values)

    return Picture(
        chart.fig, chart.caption, chart.description, draw=draw, moving=chart.moving(),
        knobs={
            "station": Choice("Station", tuple((n, n) for n in NAMES), "PREDICT"),
            "round": Slider("Round", 1, ROUNDS, 1, 1),
            "label": Choice("Label", named(labels), labels[0]),
        },
        stills=[{}, {"station": "GRADIENT"}, {"station": "STEP"},
                {"station": "STOP?", "round": ROUNDS}],
    )  # fmt: skip


class _Chart:
    """The drawing; `mark` says where we are, `write` puts numbers on it."""

    def __init__(self, image):
        with style.in_style():
            self.fig, self.ax = style.panels(
                WIDTH, HEIGHT, left=0, right=1, bottom=0, top=1
            )
            self.ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
            self.ax.axis("off")
            self._draw_stations()
            self.frames, self.words, self.tags = {}, {}, {}
            for name, place in PLACES.items():
                self._draw_thing(name, *place)
            for start, end in ARROWS:
                self._arrow(start, end)
            self._arrow((7.53, 2.02), (6.9, 0.98), "--")
            self._arrow((4.83, 0.53), (3.87, 0.53), "--")
            self._text(4.36, 0.72, "update").set_color(style.QUIET)
            self.bars = self._draw_image_and_bars(image)
            self.note = self._text(5.2, 3.28)

    def mark(self, station):
        """Fill the box of the station, frame what goes in and what comes out."""
        taken, given = STATIONS[station]
        for name, (box, title) in self.boxes.items():
            # No frame around the others: they are no buttons.
            box.set_facecolor(style.INK if name == station else "white")
            title.set_color("white" if name == station else style.INK)
        for name, frame in self.frames.items():
            ways = ["in"] * (name in taken) + ["out"] * (name in given)
            colour = {"in": IN, "out": OUT}[ways[-1]] if ways else IDLE
            frame.set(edgecolor=colour, linewidth=3.5 if ways else 1.2)
            self.tags[name].set(text=" ".join(ways), color=colour, visible=bool(ways))

    def write(self, reached, label, P, loss, bias, slope, stepped):
        """Show what the stations up to the one numbered `reached` have computed."""
        for bar, height in zip(self.bars, P, strict=True):
            bar.set_height(height if reached >= 1 else 0)
        name = f"b2[{label}]"
        moved = f" \u2192 {fixed(stepped, 3)}" if reached >= 4 else ""
        said = {
            "parameters": f"{name} = {fixed(bias, 3)}{moved}",
            "label": f"label {label}",
            "loss": num(loss) if reached >= 2 else "",
            "slopes": f"of {name}: {fixed(slope, 3)}" if reached >= 3 else "",
        }
        for thing, words in said.items():
            self.words[thing].set_text(words)

    def moving(self):
        """Every artist that `mark` or `write` may change."""
        boxes = [part for box in self.boxes.values() for part in box]
        drawn = [*self.frames.values(), *self.tags.values(), *self.words.values()]
        # The line that the bars stand on lies above them.
        spines = self.fig.axes[-1].spines.values()
        return [*boxes, *drawn, *self.bars, *spines, self.note]

    def caption(self):
        P, loss = [bar.get_height() for bar in self.bars], self._said("loss")
        told, most = int(self._said("label")[-1]), int(np.argmax(P))
        also = "" if most == told else f"; {told} gets {num(P[told])}"
        tail = {
            "INIT": "weights drawn at random, biases 0; no one has yet "
            f"told it the {told}",
            "PREDICT": f"{most} gets the most, {num(max(P))}{also}",
            "LOSS": f"the {told} was given {num(P[told])}, that is a loss of {loss}",
            "GRADIENT": "every parameter gets its slope; negative: raise me, and the "
            "loss falls",
            "STEP": "each parameter moves against its slope, where that is not 0; "
            + self._said("parameters"),
            "STOP?": f"the loss is {loss}",
        }[self._station()]
        return f"{self._station()}, {self.note.get_text()}: {tail}."

    def description(self):
        ways = {"in": [], "out": []}
        for name, tag in self.tags.items():
            for way in tag.get_text().split() if tag.get_visible() else ():
                ways[way].append(name)
        taken, given = (listed(things or ["nothing"]) for things in ways.values())
        head = {"loss": "loss ", "slopes": "slopes "}
        said = [head.get(n, "") + self._said(n) for n in self.words if self._said(n)]
        P = ", ".join(fixed(bar.get_height(), 3) for bar in self.bars)
        drawn = "" if self._station() == "INIT" else f" P of class 0 to 9: {P}."
        return (
            f"Stations {', '.join(self.boxes)}; marked {self._station()}. "
            f"{self.note.get_text()}. In: {taken}. Out: {given}. {'; '.join(said)}.{drawn}"
        )

    def _station(self):
        return next(n for n, (_, t) in self.boxes.items() if t.get_color() == "white")

    def _said(self, thing):
        return self.words[thing].get_text()

    def _draw_stations(self):
        self.boxes = {}
        for i, name in enumerate(NAMES):
            box = self._box(0.1 + 1.5 * i, 3.68, 1.3, 0.42)
            box.set(edgecolor="none")
            self.boxes[name] = box, self._text(0.75 + 1.5 * i, 3.89, name)
            self.boxes[name][1].set_fontweight("bold")
            if i:
                self._arrow((1.5 * i - 0.09, 3.89), (1.5 * i + 0.09, 3.89))
        # Back from STOP? to PREDICT, below the stations.
        back = [8.25, 8.25, 2.25], [3.64, 3.44, 3.44]
        scenery(self.ax.plot(*back, color=style.QUIET, lw=1.8)[0])
        self._arrow((2.25, 3.43), (2.25, 3.65))

    def _draw_thing(self, name, left, bottom, width, height):
        middle, top = left + width / 2, bottom + height
        self.frames[name] = self._box(left, bottom, width, height)
        heads = {
            "input": ("input", bottom + 0.13),
            "parameters": ("parameters, such as", top - 0.26),
            "network": ("network\n64-32-10", bottom + 0.4),
            "prediction": ("prediction: ten P", top - 0.22),
            "loss": ("loss", top - 0.26),
            "slopes": ("slopes, such as that", top - 0.26),
        }
        if name in heads:
            self._text(middle, heads[name][1], heads[name][0])
        y = bottom + (height / 2 if name == "label" else 0.22)
        self.words[name] = self._text(middle, y)
        tag = self.tags[name] = self._text(left + 0.42, top)
        tag.set(fontweight="bold", backgroundcolor="white", zorder=7)
        tag.get_bbox_patch().set_boxstyle("square,pad=0.1")

    def _draw_image_and_bars(self, image):
        grey(self._axes(0.28, 1.97, 0.94, 0.94), image.reshape(8, 8))
        ax = self._axes(4.05, 1.84, 2.8, 0.8)
        ax.set(ylim=(0, 1), xlim=(-0.6, 9.6), xticks=range(10), yticks=[])
        ax.tick_params(length=0, pad=3)
        ax.grid(False)
        ax.spines["left"].set_visible(False)
        return ax.bar(range(10), np.zeros(10), color=style.ACTIVATION)

    def _axes(self, left, bottom, width, height):
        inches = np.array([left, bottom, width, height])
        return self.fig.add_axes(inches / [WIDTH, HEIGHT, WIDTH, HEIGHT])

    def _box(self, left, bottom, width, height):
        box = FancyBboxPatch(
            (left, bottom), width, height, boxstyle="round,pad=0,rounding_size=0.08",
            facecolor="none", edgecolor=IDLE, lw=1.2, zorder=4,
        )  # fmt: skip
        return self.ax.add_patch(scenery(box))

    def _arrow(self, start, end, dash="-"):
        self.ax.annotate(
            "", end, start,
            arrowprops={"arrowstyle": "-|>", "color": style.QUIET, "lw": 1.8,
                        "linestyle": dash, "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip

    def _text(self, x, y, words=""):
        text = self.ax.text(x, y, words, ha="center", va="center", zorder=5)
        text.set(fontsize=13, color=style.INK)
        return text


def _rounds(image, label):
    """{round: what the chart shows of it}, from a newborn network on."""
    network = Network([64, 32, 10], rng=np.random.default_rng(1))
    X, Y, found = image.reshape(1, 64), one_hot(np.array([label]), 10), {}
    for number in range(1, ROUNDS + 1):
        Z = network.forward(X)
        network.backward(softmax_cross_entropy_grad(Z, Y))
        output = network.layers[-1]
        found[number] = {"P": softmax(Z)[0], "loss": softmax_cross_entropy(Z, Y)}
        found[number] |= {"bias": output.b[label], "slope": output.db[label]}
        for _, array, gradient in network.parameters():
            array -= RATE * gradient
        found[number]["stepped"] = output.b[label]
    return found
