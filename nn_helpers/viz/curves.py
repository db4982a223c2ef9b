"""Functions of one variable: activations, their slopes, kinks and collapse."""

from itertools import combinations

import numpy as np

from nn_helpers.activations import ACTIVATIONS, relu
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Slider
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import listed, num, plural

TITLES = {"identity": "no activation", "relu": "ReLU", "sigmoid": "sigmoid"}
TITLES |= {"tanh": "tanh"}
LOOKS = (
    (style.ACTIVATION, "-"),
    (style.SLOPE, "--"),
    (style.CLASSES[0], "-."),
    (style.INK, ":"),
)


def functions(x, curves, *, title, ylabel="output"):
    """Several curves over x. curves: {name: y of the shape of x}, at most four."""
    if len(curves) > len(LOOKS):
        raise ValueError(f"functions draws at most 4 curves, got {len(curves)}")
    with style.in_style():
        fig, ax = style.panels()
        for (name, y), (colour, dash) in zip(
            curves.items(), LOOKS[: len(curves)], strict=True
        ):
            ax.plot(x, y, dash, color=colour, label=name)
        ax.set(title=title, xlabel="x", ylabel=ylabel)
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


def collapse(hidden=50, seed=4):
    """Output of two layers with and without ReLU between them, kinks marked."""
    x = np.linspace(-3, 3, 1201)
    rng = np.random.default_rng(seed)
    W1, b1 = rng.normal(size=(1, hidden)), rng.normal(size=hidden)
    W2 = rng.normal(size=(hidden, 1)) / np.sqrt(hidden)
    kinks = -b1 / W1[0]

    def output(x, neurons, activation):
        g, _ = ACTIVATIONS[activation]
        return (g(x[:, None] @ W1 + b1)[:, :neurons] @ W2[:neurons])[:, 0]

    with style.in_style():
        fig, ax = style.panels()
        (line,) = ax.plot(x, x, color=style.ACTIVATION)
        (marks,) = ax.plot(
            [], [], "s", color=style.BIAS, ms=9, fillstyle="none", mew=2, label="kinks"
        )
        title = ax.set_title("")
        ax.set(xlabel="x", ylabel="output", ylim=(-6, 8))

    def draw(neurons, activation):
        inside = np.sort(kinks[:neurons][np.abs(kinks[:neurons]) < 3])
        inside = inside if activation == "relu" else inside[:0]
        line.set_ydata(output(x, neurons, activation))
        marks.set_data(inside, output(inside, neurons, activation))
        words = plural(neurons, "hidden neuron")
        title.set_text(f"{words}, {TITLES[activation]}")

    def caption():
        pieces = len(marks.get_xdata()) + 1
        return f"{title.get_text()}: {plural(pieces, 'straight piece')}."

    def description():
        y, at = line.get_ydata(), marks.get_xdata()
        words = f"{title.get_text()}. From {num(y[0])} at x = -3 to {num(y[-1])} at 3"
        if not len(at):
            return f"{words}: straight, of slope {num(slope(line))}."
        some = listed([num(a) for a in at]) if len(at) <= 12 else f"{num(at[0])} to "
        some = some if len(at) <= 12 else some + num(at[-1])
        return f"{words}; {plural(len(at), 'kink')}, at x = {some}."

    knobs = {
        "activation": Choice(
            "Activation", (("none", "identity"), ("ReLU", "relu")), "identity"
        ),
        "neurons": Slider("Hidden neurons", 1, 50, 1, start=50),
    }
    stills = [{}, {"activation": "relu", "neurons": 3}, {"activation": "relu"}]
    moving = [line, marks, title]
    return Picture(
        fig, caption, description, draw=draw, moving=moving, knobs=knobs, stills=stills
    )


def activation_explorer():
    """a = g(w x + b) on the left, its slope da/dx on the right."""
    x = np.linspace(-6, 6, 601)
    with style.in_style():
        fig, (left, right) = style.panels(9, 4.2, 2, left=0.1, wspace=0.34)
        (curve,) = left.plot(x, x, color=style.ACTIVATION)
        (misprint,) = left.plot(x, x, ":", color=style.BIAS, linewidth=2)
        (steep,) = right.plot(x, x, "--", color=style.SLOPE)
        title = left.set_title("")
        left.set(xlabel="x", ylabel="a", ylim=(-1.5, 3.2))
        right.set(title="slope da/dx", xlabel="x", ylabel="slope", ylim=(-3.2, 3.2))

    def draw(activation, w, b):
        g, g_prime = ACTIVATIONS[activation]
        z = w * x + b
        curve.set_ydata(g(z))
        steep.set_ydata(w * g_prime(z))
        # The article's formula lost its x: e^-1 is one number, so this is flat.
        misprint.set_ydata(np.full_like(x, 1 / (1 + np.exp(-1))))
        misprint.set_visible(activation == "sigmoid")
        sign = "-" if b < 0 else "+"
        title.set_text(f"{TITLES[activation]}({w:.1f} x {sign} {abs(b):.1f})")

    def caption():
        s = steep.get_ydata()
        if np.ptp(curve.get_ydata()) == 0:
            return f"{title.get_text()}: flat, so every slope is 0."
        return (
            f"{title.get_text()}: its slope runs from {num(s.min())} to {num(s.max())}."
        )

    def description():
        y, s = curve.get_ydata(), steep.get_ydata()
        words = f"{title.get_text()}: from {_below_one(y[0])} at x = -6 to "
        words += f"{_below_one(y[-1])} at 6; slope from {num(s[0])} to {num(s[-1])}"
        steepest = int(np.abs(s).argmax())
        if 0 < steepest < len(s) - 1 and np.abs(s[steepest]) > np.abs(s[[0, -1]]).max():
            words += f", steepest {num(s[steepest])} at x = {num(x[steepest])}"
        jump = int(np.abs(np.diff(s)).argmax())
        if np.abs(np.diff(s)[jump]) == np.ptp(s) > 0:
            words += f"; it jumps at x = {x[jump : jump + 2].mean():.2f}"
        if misprint.get_visible():
            flat = misprint.get_ydata()[0]
            words += f". Dotted, the misprint 1/(1 + e^-1): flat at {flat:.4f}"
        return words + "."

    names = (("ReLU", "relu"), ("sigmoid", "sigmoid"), ("tanh", "tanh"))
    knobs = {
        "activation": Choice("Activation", names, "relu"),
        "w": Slider("Weight w", -3.0, 3.0, 0.1, start=1.0),
        "b": Slider("Bias b", -4.0, 4.0, 0.1, start=0.0),
    }
    stills = [{}, {"w": -1.5, "b": 2.0}, {"activation": "sigmoid", "w": 2.0}]
    moving = [misprint, curve, steep, title]
    return Picture(
        fig, caption, description, draw=draw, moving=moving, knobs=knobs, stills=stills
    )


def _below_one(value):
    """Rounding must not claim that an open interval is closed."""
    text = num(value)
    if text in ("1", "-1") and abs(value) < 1:
        return "just below 1" if value > 0 else "just above -1"
    return text


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
        bent = [t for t, c in zip(ts, coefficients[2:], strict=True) if abs(c) > 1e-9]
        line.set_ydata(_hinges(x, ts) @ coefficients)
        kinks.set_data(bent, _hinges(np.array(bent), ts) @ coefficients)

    def miss():
        drawn = np.interp(dots.get_xdata(), *line.get_data())
        return np.abs(drawn - dots.get_ydata())

    def caption():
        count = plural(len(kinks.get_xdata()), "kink")
        if miss().max() < 1e-9:
            return f"{count}: the curve runs through every pixel."
        worst = num(dots.get_xdata()[miss().argmax()])
        return f"{count}: off by up to {num(miss().max())}, at pixel {worst}."

    def description():
        where, height = kinks.get_data()
        marks = [
            f"{num(a)} (height {num(b)})" for a, b in zip(where, height, strict=True)
        ]
        at = f" at pixel {listed(marks)}" if marks else ""
        ink = ", ".join(num(ink) for ink in dots.get_ydata())
        y = line.get_ydata()
        return (
            f"Ink of the pixels {ink}. Curve from {num(y[0])} to {num(y[-1])}, "
            f"{plural(len(where), 'kink')}{at}, off by at most {num(miss().max())}."
        )

    most = len(row) - 2
    return Picture(
        fig, caption, description, draw=draw, moving=[line, kinks],
        knobs={"k": Slider("Number of kinks", 0, most, 1, start=1)},
        stills=[{}, *({"k": min(k, most)} for k in (3, 4, 5))],
    )  # fmt: skip


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
