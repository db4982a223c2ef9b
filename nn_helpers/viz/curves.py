"""Functions of one variable: activations, their slopes, kinks and collapse."""

from itertools import combinations

import numpy as np

from nn_helpers.activations import ACTIVATIONS, relu
from nn_helpers.viz import style
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import num

TITLES = {"relu": "ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}
LOOKS = (
    (style.ACTIVATION, "-"),
    (style.SLOPE, "--"),
    (style.CLASSES[0], "-."),
    (style.INK, ":"),
)


def functions(x, curves, *, title, ylabel="output"):
    """Several curves over x. curves: {name: y of the shape of x}."""
    with style.in_style():
        fig, ax = style.panels()
        for (name, y), (colour, dash) in zip(curves.items(), LOOKS, strict=False):
            ax.plot(x, y, dash, color=colour, label=name)
        ax.set(title=title, xlabel="x", ylabel=ylabel)
        ax.legend()
    return Picture(fig, lambda: ". ".join(map(in_words, ax.get_lines())) + ".")


def in_words(line):
    """What a reader sees of a line: straight or flat, its ends and extremes."""
    x, y = line.get_data()
    name = f"{line.get_label()} ({num(x[0])} to {num(x[-1])})"
    if np.ptp(y) < 1e-12:
        return f"{name}: flat at {num(y[0], 4)}"
    if pieces(x, y) == 1 and is_straight(y):
        slope = (y[-1] - y[0]) / (x[-1] - x[0])
        return (
            f"{name}: 1 straight piece, slope {num(slope)}, "
            f"{num(y[0] - slope * x[0])} at x = 0"
        )
    return (
        f"{name}: from {num(y[0])} to {num(y[-1])}, lowest {num(y.min())}, "
        f"highest {num(y.max())}"
    )


def is_straight(y):
    """Whether evenly spaced samples lie on one line, up to rounding."""
    return bool(np.abs(np.diff(y, 2)).max() <= 1e-9 * max(1, np.abs(y).max()))


def pieces(x, y):
    """How many straight pieces a finely sampled polygon has.

    >>> x = np.linspace(0, 4, 401)
    >>> pieces(x, relu(x - 1) - relu(x - 3))
    3
    """
    bends = np.abs(np.diff(y, 2)) > 1e-9 * max(1, np.abs(y).max())
    # A kink between two samples bends the polygon at both of them.
    return 1 + int(np.sum(bends[1:] & ~bends[:-1]) + bends[0])


def collapse(hidden=50, seed=4):
    """Output of two layers with and without ReLU between them."""
    x = np.linspace(-3, 3, 6001)  # fine enough to tell close kinks apart
    rng = np.random.default_rng(seed)
    W1, b1 = rng.normal(size=(1, hidden)), rng.normal(size=hidden)
    W2 = rng.normal(size=(hidden, 1)) / np.sqrt(hidden)
    Z1 = x[:, None] @ W1 + b1
    with style.in_style():
        fig, ax = style.panels()
        (line,) = ax.plot(x, x, color=style.ACTIVATION)
        ax.set(title="Two layers, one input, one output", ylim=(-6, 8))
        ax.set(xlabel="x", ylabel="output")

    def draw(neurons, activation):
        A1 = relu(Z1) if activation == "relu" else Z1
        line.set_ydata((A1[:, :neurons] @ W2[:neurons])[:, 0])
        plural = "s" if neurons > 1 else ""
        named = TITLES.get(activation, "no activation")
        line.set_label(f"{neurons} hidden neuron{plural}, {named}")

    def describe():
        x, y = line.get_data()
        bent = f"{pieces(x, y)} straight pieces" if not is_straight(y) else ""
        straight = f"1 straight piece of slope {num((y[-1] - y[0]) / (x[-1] - x[0]))}"
        return (
            f"{line.get_label()}: {bent or straight}; from {num(y[0])} at x = -3 "
            f"to {num(y[-1])} at x = 3."
        )

    return Picture(fig, describe, draw=draw, moving=[line])


def activation_explorer():
    """a = g(w x + b) on the left, its slope da/dx on the right."""
    x = np.linspace(-6, 6, 601)
    with style.in_style():
        fig, (left, right) = style.panels(11, 4.4, 2, left=0.07, wspace=0.22)
        (curve,) = left.plot(x, x, color=style.ACTIVATION)
        (misprint,) = left.plot(x, x, ":", color=style.BIAS, linewidth=2)
        (slope,) = right.plot(x, x, "--", color=style.SLOPE)
        left.set(title="a = g(w x + b)", xlabel="x", ylabel="a", ylim=(-1.5, 3.2))
        right.set(title="slope da/dx", xlabel="x", ylabel="slope", ylim=(-3.2, 3.2))

    def draw(activation, w, b):
        g, g_prime = ACTIVATIONS[activation]
        z = w * x + b
        curve.set_ydata(g(z))
        slope.set_ydata(w * g_prime(z))
        # The article's formula lost its x: e^-1 is one number, so this is flat.
        misprint.set_ydata(np.full_like(x, 1 / (1 + np.exp(-1))))
        misprint.set_visible(activation == "sigmoid")
        curve.set_label(
            f"{TITLES[activation]} of {w:.2f}x {'-' if b < 0 else '+'} {abs(b):.2f}"
        )

    def describe():
        y, s = curve.get_ydata(), slope.get_ydata()
        steepest = np.abs(s).argmax()
        if np.ptp(y) == 0:
            shape = f"flat at {num(y[0])}"
        elif curve.get_label().startswith("ReLU"):
            shape = _kink_in_words(x, y)
        else:
            shape = f"from {_below_one(y[0])} to {_below_one(y[-1])}"
        words = f"{curve.get_label()}: {shape}; steepest slope {num(s[steepest])}"
        if curve.get_label().startswith("ReLU") or np.ptp(s) == 0:
            words += "."
        else:
            words += f", at x = {num(x[steepest])}."
        if misprint.get_visible():
            words += f" Dotted, the misprint 1/(1 + e^-1): flat at {misprint.get_ydata()[0]:.4f}."
        return words

    return Picture(fig, describe, draw=draw, moving=[misprint, curve, slope])


def _below_one(value):
    """Rounding must not claim that an open interval is closed."""
    text = num(value, 4)
    if text in ("1", "-1") and abs(value) < 1:
        return "just below 1" if value > 0 else "just above -1"
    return text


def _kink_in_words(x, y):
    on = y > 0
    if on.all():
        return f"the kink is outside the picture, slope {num((y[1] - y[0]) / (x[1] - x[0]))}"
    if not on.any():
        return "0 in the whole picture"
    side, end = ("right", -1) if on[-1] else ("left", 0)
    inner = -2 if on[-1] else 1
    slope = (y[end] - y[inner]) / (x[end] - x[inner])
    kink = x[end] - y[end] / slope
    return f"kink at x = {kink + 0.0:.2f}, slope {slope:.2f} to its {side}"


def kink_fitter(row):
    """The best curve of k ReLU kinks through a row of pixels, for each k."""
    pixel = np.arange(len(row), dtype=float)
    x = np.linspace(0, len(row) - 1, 701)
    fits = [_best_kinks(pixel, row, k) for k in range(len(row) - 1)]
    with style.in_style():
        fig, ax = style.panels()
        (dots,) = ax.plot(pixel, row, "o", color=style.INK, markersize=10)
        (line,) = ax.plot(x, x, color=style.ACTIVATION)
        (kinks,) = ax.plot(
            [], [], "s", color=style.BIAS, markersize=17, fillstyle="none", mew=2
        )
        ax.set(title="One row of the digit, and k kinks", xlabel="pixel")
        ax.set(ylabel="ink", ylim=(-0.35, 1.35))

    def draw(k):
        ts, coefficients = fits[k]
        line.set_ydata(_hinges(x, ts) @ coefficients)
        kinks.set_data(ts, _hinges(np.array(ts), ts) @ coefficients)

    def describe():
        miss = np.abs(np.interp(dots.get_xdata(), *line.get_data()) - dots.get_ydata())
        where, height = kinks.get_data()
        marks = ", ".join(
            f"{num(a)} (height {num(b)})" for a, b in zip(where, height, strict=True)
        )
        plural = "" if len(where) == 1 else "s"
        at = f", at pixel {marks}" if marks else ""
        return (
            f"{len(where)} kink{plural}{at}: the curve misses the {len(miss)} pixels (mean ink "
            f"{num(dots.get_ydata().mean())}) by at most {num(miss.max())}."
        )

    return Picture(fig, describe, draw=draw, moving=[line, kinks])


def _hinges(x, ts):
    return np.column_stack([np.ones_like(x), x, *(relu(x - t) for t in ts)])


def _best_kinks(pixel, row, k):
    """The k kinks among the inner pixels with the least squared error."""
    trials = []
    for ts in combinations(pixel[1:-1], k):
        H = _hinges(pixel, ts)
        coefficients = np.linalg.lstsq(H, row, rcond=None)[0]
        trials.append((np.sum((H @ coefficients - row) ** 2), ts, coefficients))
    _, ts, coefficients = min(trials, key=lambda trial: trial[0])
    return ts, coefficients
