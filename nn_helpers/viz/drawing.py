"""A digit drawn by hand, and what networks and the nearest digits say of it."""

import math

import matplotlib
import numpy as np

from nn_helpers import _edge
from nn_helpers.activations import softmax
from nn_helpers.preprocessing import shift_images
from nn_helpers.viz import style
from nn_helpers.viz.images import framed, grey
from nn_helpers.viz.knobs import Pad
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import num, plural, probability

NEAREST = 3
# Few shades, so that a palette made from a few states holds them all.
SLOPES = matplotlib.colormaps["PuOr_r"].resampled(15)
LOOKS = ((style.ACTIVATION, ""), ("#CBC9E2", "//"))  # the bars of one network, of two


def your_digit(networks, X, y, *, keep=None, start=None, shown=()):
    """A drawing, its slopes, the probabilities of one or two networks, nearest digits.

    networks: {name: network}; X, y: training digits, (m, side**2) from 0 to 1, and
    their classes; keep: a list that gets what the learner keeps, as (inks, class);
    start: the first drawing, side**2 inks (paper, if not given); shown: drawings, as rows,
    that a reader without a kernel sees beside it.
    The slopes are those of the score (the logit) of the class that the last network
    reads: where more ink would raise it, where less. Raises ValueError for other numbers of networks,
    networks that do not read such images, and a start of another size.
    """
    networks, side = dict(networks), int(np.sqrt(X.shape[1]))
    n_out = {network.n_out for network in networks.values()}
    if not 1 <= len(networks) <= 2 or len(n_out) > 1 or min(n_out) < 2:
        raise ValueError(
            "your_digit expected one or two networks with the same classes, got "
            f"{len(networks)}, with {sorted(n_out)} outputs"
        )
    if any(n.n_in != X.shape[1] for n in networks.values()) or side**2 != X.shape[1]:
        sizes = [network.n_in for network in networks.values()]
        raise ValueError(
            f"your_digit expected square images, as many pixels as the networks read, "
            f"{sizes}, got {X.shape[1]}"
        )
    start = np.zeros(side**2) if start is None else start
    start = _edge.matrix([start], side**2, "your_digit", "start", np.float64)[0]
    with style.in_style():
        drawing = _Drawing(list(networks), side, n_out.pop())

    def draw(drawn):
        drawing.draw(networks, np.array(drawn), X, y)

    classes = sorted(set(map(int, y)))
    samples = {k: [_inks(row) for row in X[y == k]] for k in classes}
    return Picture(
        drawing.fig, drawing.caption, drawing.description, draw=draw,
        moving=drawing.moving(),
        knobs={"drawn": Pad("Your digit", side, samples, [] if keep is None else keep,
                            _inks(start))},
        stills=[{}, *({"drawn": _inks(row)} for row in shown)],
    )  # fmt: skip


def _inks(row):
    return tuple(map(float, row))


class _Drawing:
    """The artists: drawing, slopes, bars for each network, the nearest digits."""

    def __init__(self, names, side, n_out):
        self.names, self.side = names, side
        self.fig, (left, middle, right, last) = style.panels(
            9, 3.5, 4, width_ratios=[1, 1, 1.7, 0.45],
            left=0.01, right=0.98, wspace=0.14, top=0.84, bottom=0.12,
        )  # fmt: skip
        self.image = grey(left, np.zeros((side, side)))
        self.title = left.set_title("")
        self.slopes = middle.imshow(np.zeros((side, side)), cmap=SLOPES)
        framed(middle)
        self.slope_title = middle.set_title("", fontsize=14)
        width = 0.8 / len(names)
        self.bars = []
        for number, (name, (colour, hatch)) in enumerate(
            zip(
                names,
                LOOKS[-len(names) :] if len(names) > 1 else LOOKS[:1],
                strict=True,
            )
        ):
            places = np.arange(n_out) + (number - (len(names) - 1) / 2) * width
            self.bars.append(
                right.bar(
                    places, 0, width, color=colour, hatch=hatch, label=name,
                    edgecolor=style.ACTIVATION, lw=0.8,
                )
            )  # fmt: skip
        right.set(ylim=(0, 1), xticks=range(n_out), yticks=[0, 0.5, 1])
        right.grid(False, axis="x")
        place = right.get_position()
        right.set_position(
            [place.x0 + 0.03, place.y0, place.width - 0.03, place.height]
        )
        if len(names) == 1:
            right.set_title("P of each class")
        else:
            right.legend(loc="lower center", bbox_to_anchor=(0.5, 0.98), ncols=2)
        self.near = grey(last, np.zeros((NEAREST * (side + 1) - 1, side)))
        for spine in last.spines.values():
            spine.set_visible(False)
        self.near_title = last.set_title("", fontsize=14)
        panels = (left, middle, right)
        self.frames = [spine for ax in panels for spine in ax.spines.values()]

    def moving(self):
        bars = [bar for group in self.bars for bar in group.patches]
        titles = [self.title, self.slope_title, self.near_title]
        return [self.image, self.slopes, self.near, *bars, *titles, *self.frames]

    def draw(self, networks, drawn, X, y):
        side = self.side
        self.image.set_data(drawn.reshape(side, side))
        for group, network in zip(self.bars, networks.values(), strict=True):
            Z = network.forward(drawn[None])
            for bar, P in zip(group, softmax(Z)[0], strict=True):
                bar.set_height(P)
        best = int(Z[0].argmax())
        one = np.eye(network.n_out)[[best]]
        slopes = network.backward(one, input_gradient=True).reshape(side, side)
        self.slopes.set_data(slopes)
        most = np.abs(slopes).max() or 1.0
        self.slopes.set_clim(-most, most)
        last = f"{self.names[-1]}: " if len(self.names) > 1 else ""
        self.slope_title.set_text(f"{last}score of the {best}")
        distances = np.sqrt(((X - drawn) ** 2).sum(axis=1))
        known = "your digit" if distances.min() > 0 else "a training digit"
        self.title.set_text(known if drawn.any() else "paper")
        nearest = np.argsort(distances, kind="stable")[:NEAREST]
        sheet = np.zeros((NEAREST * (side + 1) - 1, side))
        for number, row in enumerate(nearest):
            sheet[number * (side + 1) :][:side] = X[row].reshape(side, side)
        self.near.set_data(sheet)
        found = ", ".join(str(int(y[row])) for row in nearest)
        self.near_title.set_text(f"nearest\n{found}")

    def read(self):
        """(name, best class, its P) for each network, as the bars stand."""
        for name, group in zip(self.names, self.bars, strict=True):
            heights = [bar.get_height() for bar in group]
            best = int(np.argmax(heights))
            yield name, best, heights[best]

    def caption(self):
        several = len(self.names) > 1
        said = [
            f"{name + ': ' if several else 'Read as '}{best}, P {probability(P)}"
            for name, best, P in self.read()
        ]
        if not np.asarray(self.image.get_array()).any():
            return f"Nothing drawn yet, and still an answer. {'; '.join(said)}."
        near = self.near_title.get_text().replace("nearest\n", "")
        return f"{'; '.join(said)}. The nearest training digits: {near}."

    def description(self):
        ink, slopes = (np.asarray(a.get_array()) for a in (self.image, self.slopes))
        row, column = np.unravel_index(np.abs(slopes).argmax(), slopes.shape)
        filled = plural(int((ink > 0).sum()), "pixel")
        each = "; ".join(
            f"{name}: {', '.join(f'{k}: {num(bar.get_height(), 2)}' for k, bar in enumerate(group))}"
            for name, group in zip(self.names, self.bars, strict=True)
        )
        return (
            f"{self.title.get_text()}, {filled} with ink. {self.slope_title.get_text()}: "
            f"steepest {num(slopes[row, column])}, row {row}, column {column}. P by class, "
            f"{each}. {' '.join(self.near_title.get_text().split())}."
        )


def moved(drawing, right, down):
    """A square drawing, moved by whole pixels; None if ink would fall off the edge.

    >>> moved((0.0, 0.0, 1.0, 0.0), right=1, down=-1)
    (0.0, 1.0, 0.0, 0.0)
    >>> moved((0.0, 0.0, 1.0, 0.0), right=-1, down=0) is None
    True
    """
    new = shift_images([drawing], right, down)[0]
    if np.count_nonzero(new) < np.count_nonzero(drawing):
        return None
    return tuple(map(float, new))


def centred(drawing):
    """A square drawing, moved so that the frame around its ink is in the middle.

    Whole pixels: where the frame cannot be in the middle, it is half a pixel up or left.

    >>> centred((0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0))
    (0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)
    """
    side = math.isqrt(len(drawing))
    places = np.nonzero(np.reshape(drawing, (side, side)))
    if not len(places[0]):
        return drawing
    down, right = (
        int((side - 1 - (where.max() - where.min())) // 2 - where.min())
        for where in places
    )
    return moved(drawing, right, down)
