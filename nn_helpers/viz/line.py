"""The line at which one neuron changes its answer, in the plane of its two inputs."""

import numpy as np
from matplotlib.patches import Polygon

from nn_helpers.viz import style
from nn_helpers.viz.knobs import Slider
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.plane import places, points, ring
from nn_helpers.viz.style import fixed, num, plural

YES = "#F6DEC9"  # the class colour, thinned


class Line:
    """Points of two classes, the line w.x + b = 0, its arrow w, and the wrong points.

    Both axes have the same scale, so that a right angle looks like one.
    """

    def __init__(self, X, y, names, axes):
        self.X, self.y = X, y
        with style.in_style():
            self.fig, self.ax = style.panels(9, 4.2, left=0.11, right=0.7)
            ax = self.ax
            self.yes = ax.add_patch(Polygon(np.zeros((3, 2)), color=YES, zorder=0))
            self.marks = points(ax, X, y, names)
            ax.set(xlabel=axes[0], ylabel=axes[1])
            self._same_scale()
            (self.before,) = ax.plot([], [], "--", color=style.INK, lw=1.5)
            (self.line,) = ax.plot([], [], color=style.INK)
            (self.arrow,) = ax.plot([], [], color=style.WEIGHT, lw=4)
            (self.head,) = ax.plot([], [], "D", color=style.WEIGHT, ms=11)
            (self.rings,) = ring(ax, X[:0])
            if len(X) > 100:  # many rings would hide the points
                self.rings.set(markersize=12, markeredgewidth=1)
            (self.star,) = ax.plot([], [], "*", ms=26, mec=style.INK, mew=2)
            ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.03), handletextpad=0.2)
            self.title = ax.set_title("")
            self.said = ax.text(1.05, 0.05, "", transform=ax.transAxes, fontsize=15)

    def _same_scale(self):
        low, high = self.X.min(axis=0), self.X.max(axis=0)
        width, height = self.ax.get_window_extent().size
        centre, span = (low + high) / 2, (high - low) * (1.15 if len(self.X) > 9 else 2)
        unit = max(span[0] / width, span[1] / height)
        self.low = centre - unit * np.array([width, height]) / 2
        self.high = centre + unit * np.array([width, height]) / 2
        self.ax.set(xlim=(self.low[0], self.high[0]), ylim=(self.low[1], self.high[1]))

    def _ends(self, w, b):
        """Two places of the line, far outside of the picture, and how far."""
        length = np.hypot(*w)
        reach = 3 * np.hypot(*(self.high - self.low)) + 2 * abs(b) / length
        along = reach * np.array([-w[1], w[0]]) / length
        foot = -b * w / length**2
        return foot, np.array([foot - along, foot + along]), reach * w / length

    def draw(self, w, b, sample=None, update="", before=None):
        """before: the (w, b) that the sample met, where they made a line."""
        w, length = np.asarray(w, dtype=float), np.hypot(*w)
        far = f"line {fixed(abs(b) / length, 2)} from (0, 0)" if length else "no line"
        if length:
            foot, ends, side = self._ends(w, b)
            self.line.set_data(*ends.T)
            self.arrow.set_data(*np.array([foot, foot + w]).T)
            self.head.set_data(*(foot + w)[:, None])
            self.yes.set_xy([*ends, *(ends[::-1] + side)])
        else:
            for artist in (self.line, self.arrow, self.head):
                artist.set_data([], [])
            every = [self.low, [self.low[0], self.high[1]], self.high,
                     [self.high[0], self.low[1]]]  # fmt: skip
            self.yes.set_xy(every if b >= 0 else [self.low] * 3)
        # Sums of tenths that should be 0 must not fall on one side by rounding.
        wrong = self.X[(np.round(self.X @ w + b, 9) >= 0) != self.y]
        self.rings.set_data(*wrong.T)
        line = before is not None and np.any(before[0])
        self.before.set_data(*(self._ends(*before)[1].T if line else ([], [])))
        self.star.set_data(*([], []) if sample is None else self.X[sample][:, None])
        if sample is not None:
            self.star.set_markerfacecolor(self.marks[self.y[sample]].get_color())
        self.said.set_text(f"{len(wrong)} of {len(self.X)} wrong\n{far}")
        numbers = ", ".join(fixed(value, 1) for value in w)
        self.title.set_text(f"{update}w = ({numbers}), b = {fixed(b, 1)}")

    def distance(self):
        """From the origin to the drawn line; None where there is none."""
        return _distance(self.line) if len(self.line.get_xdata()) else None

    def description(self):
        said = self.said.get_text().replace("\n", ", ")
        words = f"{self.title.get_text()}: {said}"
        if len(self.X) <= 9:
            for mark in self.marks:
                words += f"; {mark.get_label()} at {' '.join(places(mark))}"
            words += f"; ringed {' '.join(places(self.rings)) or 'none'}"
        if self.distance() is None:
            return f"{words}; no line, one answer for all."
        (hx,), (hy,) = self.head.get_data()
        words += f"; measured, the line is {num(self.distance())} away, the arrow runs "
        words += f"from {places(self.arrow)[0]} to ({num(hx)}, {num(hy)})"
        if len(self.star.get_xdata()):
            (sx,), (sy,) = self.star.get_data()
            words += f"; the star at ({num(sx)}, {num(sy)})"
        if len(self.before.get_xdata()):
            words += f"; dashed, the line before, {num(_distance(self.before))} away"
        return words + "."

    def moving(self):
        return [
            self.yes, *self.ax.spines.values(), *self.marks, self.before, self.line,
            self.arrow, self.head, self.rings, self.star, self.title, self.said,
        ]  # fmt: skip


def _distance(line):
    """From the origin to a drawn line."""
    x, y = (np.asarray(values) for values in line.get_data())
    return abs(x[0] * y[1] - x[1] * y[0]) / np.hypot(np.diff(x), np.diff(y))[0]


def neuron_line(
    X, y, names=("no", "yes"), axes=("x[0]", "x[1]"), start=(1.0, 0.5, 0.0)
):
    """Set w[0], w[1] and b, and count the points on the wrong side.

    X: (m, 2); y: (m,) of 0 and 1, where 1 is a yes.
    """
    line = Line(X, np.asarray(y), names, axes)

    def draw(w0, w1, b):
        line.draw([w0, w1], b)

    def caption():
        wrong = int(line.said.get_text().split()[0])
        if line.distance() is None:
            return f"No line: with w = 0 the answer is the same for all. {wrong} wrong."
        if not wrong:
            return f"{line.title.get_text()}: every point is on its side of the line."
        return f"{line.title.get_text()}: {plural(wrong, 'point')} on the wrong side."

    knobs = {
        "w0": Slider("Weight w[0]", -3.0, 3.0, 0.1, start=start[0]),
        "w1": Slider("Weight w[1]", -3.0, 3.0, 0.1, start=start[1]),
        "b": Slider("Bias b", -3.0, 3.0, 0.1, start=start[2]),
    }
    return Picture(
        line.fig, caption, line.description, draw=draw, moving=line.moving(),
        knobs=knobs, stills=[{}, {"w0": -1.0, "w1": 1.0, "b": -0.5}],
    )  # fmt: skip


def perceptron_walk(X, y, history, names=("no", "yes"), axes=("x[0]", "x[1]")):
    """The line after each update of the perceptron rule.

    history: [(w, b, number of the sample that was wrong), ...], an entry for each
    update, after it.
    """
    line = Line(X, np.asarray(y), names, axes)
    states = [(np.zeros(2), 0.0, None), *history]
    total = len(states) - 1

    def draw(update):
        before = states[update - 1][:2] if update else None
        said = f"update {update} of {total}: " if update else ""
        line.draw(*states[update], said, before)

    def caption():
        wrong = int(line.said.get_text().split()[0])
        state = (
            f"{plural(wrong, 'point')} wrong" if wrong else "every point on its side"
        )
        title = line.title.get_text()
        if line.distance() is None:
            start = title.partition("w")[0] or "Before the first update: "
            return f"{start}no line, since w = 0; {state}.".capitalize()
        return f"{title.capitalize()}: {state}."

    return Picture(
        line.fig, caption, line.description, draw=draw, moving=line.moving(),
        knobs={"update": Slider("Update", 0, total, 1, start=0)},
        stills=[{"update": min(1, total)}, {"update": total}],
    )  # fmt: skip
