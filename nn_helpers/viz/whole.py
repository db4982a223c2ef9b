"""A whole network at work on one image: every neuron, and the strongest wires."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, to_rgba
from matplotlib.patches import Rectangle

from nn_helpers.activations import softmax
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Positions
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import fixed, scenery

WIDTH, HEIGHT = 9.0, 4.2
STRONGEST = 60  # more wires would hide one another
SHADES = 6  # few shades of green leave room for purple in a palette of 128 colours
SPEAKING = LinearSegmentedColormap.from_list("speaking", ["white", style.ACTIVATION])
SPEAKING = SPEAKING.with_extremes(bad="white")
_MIDDLE = {"ha": "center", "va": "center"}


def whole_network(networks, images, labels, start):
    """An image, the hidden neurons it wakes, and the probabilities of the classes.

    networks: {name: network with one hidden layer}, at most three; images: rows of
    pixels, one for each of labels; start: the label shown first. In each layer the
    strongest products of input and weight that reach a speaking neuron are drawn.
    """
    if not 1 <= len(networks) <= 3:
        raise ValueError(f"whole_network draws 1 to 3 networks, got {len(networks)}")
    for name, network in networks.items():
        if len(network.layers) != 2:
            count = len(network.layers) - 1
            raise ValueError(
                f"whole_network draws one hidden layer, {name} has {count}"
            )
    names, labels = list(networks), list(map(int, labels))
    with style.in_style():
        drawing = _Drawing(*networks[names[0]].layers)

    def draw(label, network=names[0]):
        drawing.draw(networks[network], images[labels.index(label)])
        drawing.title.set_text(f"{network}, label {label}")

    def caption():
        name, label, classes, P, speak = drawing.read()
        best = int(np.argmax([float(share) for share in P]))
        return (
            f"{name} reads the {label} as {classes[best]}, P = {P[best]}; {speak} "
            "hidden neurons speak."
        )

    def description():
        name, label, classes, P, speak = drawing.read()
        said = ", ".join(f"{k}: {p}" for k, p in zip(classes, P, strict=True))
        return (
            f"{name}, image with label {label}; {speak} hidden neurons speak; "
            f"{len(drawing.wires.get_segments())} strong wires are drawn. "
            f"P by class, {said}."
        )

    knobs, stills = {}, [{}]
    if len(names) > 1:
        knobs["network"] = Choice("Network", tuple((n, n) for n in names), names[0])
        stills = [{"network": name} for name in names[:2]]
    knobs["label"] = Positions("Digit", tuple((f"{k}", k) for k in labels), start)
    return Picture(
        drawing.fig, caption, description, draw=draw, moving=drawing.moving(),
        knobs=knobs, stills=stills,
    )  # fmt: skip


class _Drawing:
    """The artists: an image, wires, a column of neurons, wires, classes with shares."""

    def __init__(self, hidden, output):
        self.side = int(np.sqrt(hidden.n_in))
        self.fig, ax = style.panels(WIDTH, HEIGHT, left=0, right=1, bottom=0, top=1)
        ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
        ax.axis("off")
        self.image = ax.imshow(
            np.zeros((self.side, self.side)), cmap=style.PAPER_TO_INK, vmin=0, vmax=1,
            extent=(0.2, 3.0, 0.55, 3.35), aspect="auto",
        )  # fmt: skip
        frame = Rectangle((0.2, 0.55), 2.8, 2.8, fill=False, edgecolor=style.QUIET)
        self.frame = ax.add_patch(scenery(frame))
        rows, columns = np.divmod(np.arange(hidden.n_in), self.side)
        places = np.column_stack([columns, self.side - 1 - rows]) + 0.5
        self.pixels = places * 2.8 / self.side + [0.2, 0.55]
        zigzag = 4.75 + 0.3 * (np.arange(hidden.n_out) % 2)
        heights = np.linspace(3.55, 0.45, hidden.n_out)
        self.cells = np.column_stack([zigzag, heights])
        heights = np.linspace(3.5, 0.5, output.n_out)
        self.ends = np.column_stack([np.full(output.n_out, 7.6), heights])
        self.wires = LineCollection([], linewidths=1.6, zorder=1)
        ax.add_collection(self.wires)
        self.neurons = ax.scatter(
            *self.cells.T, s=150, c=np.zeros(hidden.n_out), cmap=SPEAKING, zorder=3,
            plotnonfinite=True, edgecolors=style.ACTIVATION,
        )  # fmt: skip
        self.discs = ax.scatter(*self.ends.T, s=430, color=style.ACTIVATION, zorder=3)
        look = _MIDDLE | {"color": "white", "weight": "bold", "size": 13, "zorder": 4}
        self.classes = [ax.text(*at, f"{k}", look) for k, at in enumerate(self.ends)]
        self.shares = [ax.text(x + 0.35, y, "", va="center") for x, y in self.ends]
        self.title = ax.text(0.2, 3.85, "", va="center", fontsize=16)
        names = (f"{hidden.n_in} pixels", f"{hidden.n_out} hidden", "probabilities")
        for x, words in zip((1.6, 4.9, 7.9), names, strict=True):
            ax.text(x, 0.16, words, _MIDDLE, color=style.QUIET)

    def draw(self, network, x):
        """Send one image, (n_in,), through a network."""
        P = softmax(network.forward(x[None])[0])
        hidden, output = network.layers
        a = hidden.g(hidden.Z[0])
        self.image.set_data(x.reshape(self.side, self.side))
        # Silent neurons are masked, so hollow; even a whisper is tinted.
        self.neurons.set_array(np.ma.masked_where(a <= 0, a))
        self.neurons.set_clim(-0.3 * a.max(), max(a.max(), 1e-9))
        parts = (
            _strong(self.pixels, self.cells, x[:, None] * hidden.W * (a > 0)),
            _strong(self.cells, self.ends, a[:, None] * output.W),
        )
        segments, colours = (np.concatenate(part) for part in zip(*parts, strict=True))
        self.wires.set_segments(segments)
        self.wires.set_color(colours)
        for text, p in zip(self.shares, P, strict=True):
            text.set_text(fixed(p, 3))
            text.set_fontweight("bold" if p == P.max() else "normal")

    def read(self):
        """Network, label, classes, their shares, and how many speak, as drawn."""
        name, _, label = self.title.get_text().rpartition(", label ")
        array = self.neurons.get_array()
        words = ([t.get_text() for t in texts] for texts in (self.classes, self.shares))
        return name, label, *words, f"{np.ma.count(array)} of {len(array)}"

    def moving(self):
        return [
            self.image, self.frame, self.wires, self.neurons, self.discs, self.title,
            *self.classes, *self.shares,
        ]  # fmt: skip


def _strong(sources, targets, products):
    """Segments and colours of the strongest products, the weaker the paler."""
    size = np.abs(products)
    order = np.argsort(size, axis=None)[::-1][:STRONGEST]
    i, j = np.unravel_index(order[size.ravel()[order] > 0], size.shape)
    colours = np.tile(to_rgba(style.WEIGHT), (len(i), 1))
    share = size[i, j] / max(size.max(), 1e-12)
    colours[:, 3] = np.ceil(SHADES * share - 1e-9) / SHADES
    return np.stack([sources[i], targets[j]], axis=1), colours
