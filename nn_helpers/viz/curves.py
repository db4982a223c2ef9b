"""Functions of one variable: activations and their slopes."""

import numpy as np

from nn_helpers.activations import ACTIVATIONS
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Slider
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import listed, num

TITLES = {"relu": "ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}
LOOKS = (
    (style.ACTIVATION, "-"),
    (style.SLOPE, "--"),
    (style.CLASSES[0], "-."),
    (style.INK, ":"),
)


def functions(x, curves, *, title, xlabel="x", ylabel="output"):
    """Several curves over x. curves: {name: y of the shape of x}, at most four."""
    if len(curves) > len(LOOKS):
        raise ValueError(f"functions draws at most 4 curves, got {len(curves)}")
    with style.in_style():
        fig, ax = style.panels()
        for (name, y), (colour, dash) in zip(
            curves.items(), LOOKS[: len(curves)], strict=True
        ):
            ax.plot(x, y, dash, color=colour, label=name)
        ax.set(title=title, xlabel=xlabel, ylabel=ylabel)
        ax.legend()

    def caption():
        lines = ax.get_lines()
        if all(is_straight(line.get_ydata()) for line in lines):
            slopes = [f"{line.get_label()}, slope {num(slope(line))}" for line in lines]
            return f"Straight from end to end: {listed(slopes)}."
        tops = [f"{line.get_label()} {num(line.get_ydata().max())}" for line in lines]
        return f"The highest values: {listed(tops)}."

    def description():
        return ". ".join(map(in_words, ax.get_lines())) + "."

    return Picture(fig, caption, description)


def slope(line):
    """The slope from the first to the last point of a line."""
    x, y = line.get_data()
    return (y[-1] - y[0]) / (x[-1] - x[0])


def in_words(line):
    """What a ruler says of a line: straight or flat, its ends and extremes."""
    x, y = line.get_data()
    name = f"{line.get_label()} ({num(x[0])} to {num(x[-1])})"
    if np.ptp(y) < 1e-12:
        return f"{name}: flat at {num(y[0], 4)}"
    if is_straight(y):
        start = num(y[0] - slope(line) * x[0])
        return f"{name}: 1 straight piece, slope {num(slope(line))}, {start} at x = 0"
    return (
        f"{name}: from {num(y[0])} to {num(y[-1])}, lowest {num(y.min())}, "
        f"highest {num(y.max())}"
    )


def is_straight(y):
    """Whether evenly spaced samples lie on one line, up to rounding."""
    return bool(np.abs(np.diff(y, 2)).max() <= 1e-9 * max(1, np.abs(y).max()))


def activation_explorer():
    """a = g(w x + b) on the left, its slope da/dx on the right."""
    x = np.linspace(-6, 6, 601)
    with style.in_style():
        fig, (left, right) = style.panels(9, 4.2, 2, left=0.1, wspace=0.34)
        (curve,) = left.plot(x, x, color=style.ACTIVATION)
        (steep,) = right.plot(x, x, "--", color=style.SLOPE)
        title = left.set_title("")
        left.set(xlabel="x", ylabel="a", ylim=(-1.5, 3.2), xticks=range(-6, 7, 2))
        right.set(title="slope da/dx", xlabel="x", xticks=range(-6, 7, 2))
        right.set(ylabel="slope", ylim=(-3.2, 3.2))

    def draw(activation, w, b):
        g, g_prime = ACTIVATIONS[activation]
        z = w * x + b
        curve.set_ydata(g(z))
        steep.set_ydata(w * g_prime(z))
        sign = "-" if b < 0 else "+"
        title.set_text(f"{TITLES[activation]}({w:.1f} x {sign} {abs(b):.1f})")

    def caption():
        s = steep.get_ydata()
        if np.ptp(curve.get_ydata()) == 0:
            return f"{title.get_text()}: flat from end to end of the picture."
        low, high = _near_0(s.min(), title), _near_0(s.max(), title)
        return f"{title.get_text()}: its lowest slope {low}, its highest {high}."

    def description():
        y, s = curve.get_ydata(), steep.get_ydata()
        words = f"{title.get_text()}: from {_end(y[0], title)} at x = -6 to "
        words += f"{_end(y[-1], title)} at 6; slope from {_near_0(s[0], title)} to "
        words += _near_0(s[-1], title)
        bent = title.get_text().startswith("ReLU")
        k = int(np.abs(s).argmax())
        if not bent and 0 < k < len(s) - 1:
            words += f", steepest {num(s[k])} at x = {num(_top(x, s, k))}"
        if bent and np.ptp(s) > 0:
            on = 0 if s[0] else -1  # the end of the ramp
            words += f"; it jumps at x = {num(x[on] - y[on] / s[on])}"
        return words + "."

    names = (("ReLU", "relu"), ("sigmoid", "sigmoid"), ("tanh", "tanh"))
    knobs = {
        "activation": Choice("Activation", names, "relu"),
        "w": Slider("Weight w", -3.0, 3.0, 0.1, start=1.0),
        "b": Slider("Bias b", -4.0, 4.0, 0.1, start=0.0),
    }
    stills = [{}, {"w": -1.5, "b": 2.0}, {"activation": "sigmoid", "w": 2.0}]
    moving = [curve, steep, title]
    return Picture(
        fig, caption, description, draw=draw, moving=moving, knobs=knobs, stills=stills
    )


def _near_0(value, title):
    """Rounding must not claim that what is small is nothing."""
    text = num(value)
    return (
        "nearly 0" if text == "0" and not title.get_text().startswith("ReLU") else text
    )


def _end(value, title):
    """Nor that an open interval is closed."""
    text = _near_0(value, title)
    if text not in ("1", "-1") or title.get_text().startswith("ReLU"):
        return text
    return "just below 1" if value > 0 else "just above -1"


def _top(x, s, k):
    """The top of the parabola through three neighbours, finer than their distance."""
    left, middle, right = s[k - 1 : k + 2]
    return x[k] + (x[1] - x[0]) * (left - right) / (left - 2 * middle + right) / 2
