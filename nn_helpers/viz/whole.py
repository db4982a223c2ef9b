"""A whole network at work on one image: every neuron, and the strongest wires."""

import numpy as np
from matplotlib import colormaps
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from nn_helpers.activations import softmax
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Positions
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import fixed, num, scenery

WIDTH, HEIGHT = 9.0, 4.2
STRONGEST = 60  # more wires would hide one another
SPEAKING = colormaps["Purples"].with_extremes(bad="white")


def whole_network(networks, images, labels, start):
    """An image, the hidden neurons it wakes, and the probabilities of the classes.

    networks: {name: network with one hidden layer}, at most three; images: rows of
    pixels, one for each of labels; start: the label shown first. In each layer the
    strongest products of input and weight that reach a speaking neuron are drawn.
    """
    if not 1 <= len(networks) <= 3:
        raise ValueError(f"whole_network draws 1 to 3 networks, got {len(networks)}")
    hidden, output = next(iter(networks.values())).layers
    side = int(np.sqrt(hidden.n_in))
    with style.in_style():
        fig, ax = style.panels(WIDTH, HEIGHT, left=0, right=1, bottom=0, top=1)
        ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
        ax.axis("off")
        image = ax.imshow(
            np.zeros((side, side)), cmap=style.PAPER_TO_INK, vmin=0, vmax=1,
            extent=(0.2, 3.0, 0.55, 3.35), aspect="auto",
        )  # fmt: skip
        frame = Rectangle((0.2, 0.55), 2.8, 2.8, fill=False, edgecolor=style.QUIET)
        ax.add_patch(scenery(frame))
        rows, columns = np.divmod(np.arange(hidden.n_in), side)
        pixels = np.column_stack([columns, side - 1 - rows]) + 0.5
        pixels = pixels * 2.8 / side + [0.2, 0.55]
        heights = np.linspace(3.55, 0.45, hidden.n_out)
        cells = np.column_stack([4.75 + 0.3 * (np.arange(hidden.n_out) % 2), heights])
        ends = np.column_stack([np.full(output.n_out, 7.6), _spread(output.n_out)])
        wires = ax.add_collection(LineCollection([], linewidths=1.6, zorder=1))
        neurons = ax.scatter(*cells.T, s=150, c=np.zeros(hidden.n_out), cmap=SPEAKING,
            plotnonfinite=True,
                             edgecolors=style.ACTIVATION, zorder=3)  # fmt: skip
        discs = ax.scatter(*ends.T, s=430, color=style.ACTIVATION, zorder=3)
        scenery(discs)
        for k, (x, y) in enumerate(ends):
            word = ax.text(x, y, f"{k}", color="white", weight="bold", zorder=4)
            word.set(ha="center", va="center", fontsize=13)
        shares = [ax.text(x + 0.35, y, "", va="center", fontsize=14) for x, y in ends]
        title = ax.text(0.2, 3.85, "", va="center", fontsize=16)
        for x, words in ((1.6, f"{hidden.n_in} pixels"), (4.9, f"{hidden.n_out} hidden"),
                         (7.9, "probabilities")):  # fmt: skip
            ax.text(x, 0.16, words, color=style.QUIET, ha="center", va="center")

    def draw(network, label):
        hidden, output = networks[network].layers
        x = images[list(labels).index(label)]
        logits = networks[network].forward(x[None])[0]
        a = hidden.g(hidden.Z[0])
        image.set_data(x.reshape(side, side))
        # Silent neurons are masked, so hollow; even a whisper is tinted.
        neurons.set_array(np.ma.masked_where(a <= 0, a))
        neurons.set_clim(-0.5 * a.max(), max(a.max(), 1e-9))
        lines = [_strong(pixels, cells, x[:, None] * hidden.W * (a > 0))]
        lines.append(_strong(cells, ends, a[:, None] * output.W))
        segments, colours = (np.concatenate(part) for part in zip(*lines, strict=True))
        wires.set_segments(segments)
        wires.set_color(colours)
        P = softmax(logits)
        for text, p in zip(shares, P, strict=True):
            text.set_text(fixed(p, 3))
            text.set_fontweight("bold" if p == P.max() else "normal")
        title.set_text(f"{network}, label {label}")

    def read():
        """The name, the label, the shares, and how many neurons speak."""
        name, _, label = title.get_text().rpartition(", label ")
        P = [float(text.get_text()) for text in shares]
        return name, label, P, int(np.ma.count(neurons.get_array()))

    def caption():
        name, label, P, speak = read()
        return (
            f"{name} reads the {label} as {int(np.argmax(P))}, P = {fixed(max(P), 3)}; "
            f"{speak} of {len(cells)} hidden neurons speak."
        )

    def description():
        name, label, _, speak = read()
        said = ", ".join(f"{k}: {text.get_text()}" for k, text in enumerate(shares))
        strong = num(len(wires.get_segments()), 4)
        return (
            f"{name}, image with label {label}; {speak} of {len(cells)} hidden neurons "
            f"speak; {strong} strong wires are drawn. P by class, {said}."
        )

    names = tuple((name, name) for name in networks)
    knobs = {"network": Choice("Network", names, names[0][0])} if len(names) > 1 else {}
    knobs["label"] = Positions("Digit", tuple((f"{k}", k) for k in labels), start)
    states = [{"network": name} for name, _ in names[:2]] if len(names) > 1 else [{}]

    def draw_this(label, network=names[0][0]):
        draw(network, label)

    return Picture(
        fig, caption, description, draw=draw_this,
        moving=[image, wires, neurons, title, *shares], knobs=knobs, stills=states,
    )  # fmt: skip


def _spread(n):
    return np.linspace(3.5, 0.5, n)


def _strong(sources, targets, products):
    """Segments and colours of the strongest products, the weaker the paler."""
    size = np.abs(products)
    order = np.argsort(size, axis=None)[::-1][:STRONGEST]
    i, j = np.unravel_index(order[size.ravel()[order] > 0], size.shape)
    colours = np.tile(to_rgba(style.WEIGHT), (len(i), 1))
    colours[:, 3] = size[i, j] / max(size.max(), 1e-12)
    return np.stack([sources[i], targets[j]], axis=1), colours
