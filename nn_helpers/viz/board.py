"""A small network drawn with all its numbers: the board of the series.

Weights are green solid wires, biases red squares on dashed wires, activations
purple discs; each number stands beside its symbol, in letters of 13 points.
"""

import numpy as np
from matplotlib.patches import FancyBboxPatch

from nn_helpers.viz import style
from nn_helpers.viz.style import fixed, scenery

WIDTH, HEIGHT = 9.0, 4.2
TOP, BOTTOM = 0.42, 0.26  # inches for the title and for the names of the layers
RADIUS = 0.33
LETTERS = 13
# A layer of neurons, in inches from its left edge: wires, then a card with the
# symbol, the value and the slope of each weight, then the disc.
WIRES, SYMBOL, VALUE, SLOPE, DISC = 0.82, 0.9, 2.22, 3.02, 3.5
LAYER = 3.95
LEAST_ROW = 0.17  # inches that a line of such letters needs


class Board:
    """The drawing; `write` puts numbers on it, `read` says what stands there.

    sizes: [n_in, n_out] or [n_in, n_hidden, n_out], as many neurons as fit.
    outputs: the name of the last activation, P or P[k].
    Raises ValueError for a network that does not fit.
    """

    def __init__(self, sizes, layer_names):
        rows = [n_in + 2 for n_in in sizes[:-1]]
        room = HEIGHT - TOP - BOTTOM
        pitch = [room / n for n in sizes]
        fits = all(
            row * LEAST_ROW <= space for row, space in zip(rows, pitch[1:], strict=True)
        )
        if len(sizes) > 3 or not fits or min(pitch) < 2 * RADIUS + LEAST_ROW:
            raise ValueError(
                f"the board has no room for a network of sizes {list(sizes)}: it draws "
                "one hidden layer at most, such as 2-3-1 or 3-4-2"
            )
        self.sizes, self.values, self.sides = list(sizes), {}, {}
        with style.in_style():
            self.fig, self.ax = style.panels(
                WIDTH, HEIGHT, left=0, right=1, bottom=0, top=1
            )
            self.ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
            self.ax.axis("off")
            self.title = self._text(0.1, HEIGHT - 0.2, "", style.INK, "left", size=16)
            self.note = self._text(
                WIDTH - 0.1, HEIGHT - 0.2, "", style.INK, "right", size=15
            )
            for i, y in enumerate(self._heights(sizes[0])):
                self._disc(0.42, y, f"x[{i}]", style.INK)
            for number, n_in in enumerate(sizes[:-1], start=1):
                self._layer(number, n_in, sizes[number], len(sizes) - 1 == number)
            self.legend = self._text(WIDTH - 0.1, 0.12, "", style.SLOPE, "right")
            for number, name in enumerate(layer_names):
                x = 0.1 if number == 0 else 0.8 + (number - 1) * LAYER + SYMBOL
                self._text(x, 0.12, name, style.QUIET, "left")

    def _heights(self, n):
        room = HEIGHT - TOP - BOTTOM
        return BOTTOM + room * (np.arange(n)[::-1] + 0.5) / n

    def _layer(self, number, n_in, n_out, last):
        left = 0.8 + (number - 1) * LAYER
        pitch = (HEIGHT - TOP - BOTTOM) / n_out
        step = min(0.25, (pitch - 0.02) / (n_in + 2))
        for j, y in enumerate(self._heights(n_out)):
            self._card(left, y, min(pitch - 0.04, max((n_in + 2) * step + 0.06, 0.98)))
            ports = y + step * (np.arange(n_in + 2)[::-1] - (n_in + 1) / 2)
            for i, source in enumerate(self._heights(n_in)):
                self._wire(
                    left - 0.05, source, left + WIRES, ports[i], "-", style.WEIGHT
                )
                self._row(left, ports[i], f"W{number}[{i},{j}]", style.WEIGHT_TEXT)
            self._wire(
                left + WIRES - 0.2, ports[-2], left + WIRES, ports[-2], "--", style.BIAS
            )
            square = self.ax.plot(
                left + WIRES - 0.2, ports[-2], "s", color=style.BIAS, ms=8
            )
            scenery(square[0])
            self._row(left, ports[-2], f"b{number}[{j}]", style.BIAS)
            self._row(left, ports[-1], f"z{number}[{j}]", style.INK)
            single = last and n_out == 1
            name = ("P" if single else f"P[{j}]") if last else f"a{number}[{j}]"
            shift = min(0.11, pitch / 2 - RADIUS - 0.08)
            self._disc(left + DISC, y + shift, name, style.ACTIVATION, side=True)

    def _card(self, left, y, height):
        card = FancyBboxPatch(
            (left + WIRES, y - height / 2),
            LAYER - WIRES - 0.02,
            height,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor="#F6F6F6",
            edgecolor="#CCCCCC",
            zorder=0,
        )
        self.ax.add_patch(scenery(card))

    def _wire(self, x0, y0, x1, y1, dash, colour):
        line = self.ax.plot([x0, x1], [y0, y1], dash, color=colour, lw=2, zorder=1)
        scenery(line[0])

    def _row(self, left, y, name, colour):
        self._text(left + SYMBOL, y, name, colour, "left")
        self.values[name] = self._text(left + VALUE, y, "", colour, "right")
        self.sides[name] = self._text(left + SLOPE, y, "", style.SLOPE, "right")

    def _disc(self, x, y, name, colour, side=False):
        # Sized in points, so that it is a circle whatever the axes do.
        disc = self.ax.plot(x, y, "o", color=colour, ms=2 * RADIUS * 72, mec="none")
        scenery(disc[0]).set_zorder(2)
        self._text(x, y + 0.1, name, "white", "center", "bold")
        self.values[name] = self._text(x, y - 0.11, "", "white", "center", "bold")
        if side:
            self.sides[name] = self._text(
                x, y - RADIUS - 0.11, "", style.SLOPE, "center"
            )

    def _text(self, x, y, words, colour, align, weight="normal", size=LETTERS):
        text = self.ax.text(x, y, words, color=colour, ha=align, va="center", zorder=5)
        text.set(fontsize=size, fontweight=weight)
        return text

    def write(self, title, values, slopes=None, new=None, note=""):
        """Put arrays on the board: {"W1": W1, ...}; what is not given disappears.

        slopes and new stand beside the values: slopes of the loss, or the values
        after a step, which are drawn with an arrow. An exact 0 is drawn as 0.
        """
        self.title.set_text(title)
        self.note.set_text(note)
        self.legend.set_text("right: slopes" if slopes else "")
        main = self._by_name(values)
        side = {n: (style.SLOPE, _number(v)) for n, v in self._by_name(slopes).items()}
        for name, value in self._by_name(new).items():
            white = name[0] in "aP"  # on the disc; beside it, its colour
            colour = style.ACTIVATION if white else self.values[name].get_color()
            side[name] = (colour, f"\u2192{_number(value, _decimals(name))}")
        for name, artist in self.values.items():
            shown = name in main
            artist.set_text(_number(main[name], _decimals(name)) if shown else "")
        for name, artist in self.sides.items():
            colour, words = side.get(name, (style.SLOPE, ""))
            artist.set_text(words)
            artist.set_color(colour)

    def _by_name(self, arrays):
        """{"W1": array} as {"W1[0,0]": number, ...}; a single P has no index."""
        named = {}
        for letter, array in (arrays or {}).items():
            for index, value in np.ndenumerate(np.asarray(array)):
                name = f"{letter}[{','.join(map(str, index))}]"
                named[letter if letter in self.values else name] = float(value)
        return named

    def read(self):
        """{symbol: [texts]} of the visible numbers; d for slopes, -> for new values."""
        found = {}
        for name, artist in [*sorted(self.values.items()), *sorted(self.sides.items())]:
            words = artist.get_text()
            if not words or not artist.get_visible():
                continue
            letter = name.partition("[")[0]
            if artist is self.sides.get(name):
                letter = f"new {letter}" if words[0] == "\u2192" else f"d{letter}"
            found.setdefault(letter, []).append(words.lstrip("\u2192"))
        return found

    def description(self):
        """Title, note, and each symbol with its numbers."""
        said = (f"{symbol} {', '.join(texts)}" for symbol, texts in self.read().items())
        head = " ".join(t.get_text() for t in (self.title, self.note) if t.get_text())
        return f"{head}. {'; '.join(said)}."

    def moving(self):
        """Every text that `write` may change."""
        return [
            self.title,
            self.note,
            self.legend,
            *self.values.values(),
            *self.sides.values(),
        ]


def _decimals(name):
    return 3 if name[0] == "P" else 2


def _number(value, decimals=2):
    return "0" if value == 0 else fixed(value, decimals)
