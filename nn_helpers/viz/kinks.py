"""What ReLUs do to a line: kinks, ramps, and the curves made of them."""

from itertools import combinations

import numpy as np

from nn_helpers.activations import ACTIVATIONS, relu
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Slider
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import listed, num, plural

SQUARE = {"marker": "s", "ls": "", "color": style.BIAS, "fillstyle": "none", "mew": 2}


def collapse(seed=2885):
    """Two layers with and without ReLU between them: the output and its slope.

    The weights are random; the kinks of all 50 neurons are spread evenly over the
    picture, in a random order, so that they can be counted.
    """
    rng, most = np.random.default_rng(seed), 50
    kinks = rng.permutation(np.linspace(-2.8, 2.8, most))
    W1 = rng.choice([-1, 1], most) * rng.uniform(0.5, 1.5, most)
    W2 = rng.choice([-1, 1], most) * rng.uniform(0.5, 1.5, most)
    with style.in_style():
        fig, (left, right) = style.panels(9, 4.2, 2, left=0.09, wspace=0.26)
        (line,) = left.plot([], [], color=style.ACTIVATION)
        (marks,) = left.plot([], [], ms=7, **SQUARE)
        (stairs,) = right.plot([], [], color=style.SLOPE, drawstyle="steps-post")
        title = left.set_title("")
        for ax in (left, right):  # ticks of other scales are to have the style as well
            ax.tick_params(axis="y", labelsize=style.STYLE["ytick.labelsize"])
            ax.yaxis.get_major_ticks(20)
        left.set(xlabel="x", xlim=(-3.1, 3.1))
        right.set(title="its slope", xlabel="x", xlim=(-3.1, 3.1))

    def draw(neurons, activation):
        g, _ = ACTIVATIONS[activation]
        inside = np.sort(kinks[:neurons]) if activation == "relu" else kinks[:0]
        x = np.concatenate([[-3.0], inside, [3.0]])
        y = g(W1[:neurons] * (x[:, None] - kinks[:neurons])) @ W2[:neurons]
        slopes = np.diff(y) / np.diff(x)
        line.set_data(x, y)
        marks.set_data(inside, y[1:-1])
        few = len(inside) <= 12  # of fifty each is to be seen alone
        marks.set(markersize=9 if few else 3, markeredgewidth=2 if few else 1)
        stairs.set_data(x, np.append(slopes, slopes[-1]))
        for ax, values in ((left, y), (right, slopes)):  # a scale of their own
            room = 0.1 * np.ptp(values) or 1.0
            ax.set_ylim(values.min() - room, values.max() + room)
        name = "ReLU" if activation == "relu" else "no activation"
        title.set_text(f"output: {plural(neurons, 'neuron')}, {name}")

    def caption():
        pieces = len(stairs.get_xdata()) - 1
        said = "one slope for all" if pieces == 1 else "each has a step on the right"
        words = title.get_text().removeprefix("output: ")
        return f"{words}: {plural(pieces, 'straight piece')}; {said}."

    def description():
        (x, y), slopes = line.get_data(), stairs.get_ydata()
        at = ", ".join(num(a) for a in marks.get_xdata()[:8]) or "none"
        more = " and more" if len(marks.get_xdata()) > 8 else ""
        return (
            f"{title.get_text()}. From {num(y[0])} at x = {num(x[0])} to {num(y[-1])} "
            f"at {num(x[-1])}; kinks at x = {at}{more}. Right: slope {num(slopes[0])} "
            f"at the left end, {num(slopes[-1])} at the right."
        )

    options = (("none", "identity"), ("ReLU", "relu"))
    return Picture(
        fig, caption, description, draw=draw,
        moving=[left.yaxis, right.yaxis, line, marks, stairs, title],
        knobs={
            "activation": Choice("Activation", options, "identity"),
            "neurons": Slider("Hidden neurons", 1, most, 1, start=most),
        },
        stills=[{}, {"activation": "relu", "neurons": 3}, {"activation": "relu"}],
    )  # fmt: skip


def ramps():
    """Three ramps with kinks at 1, 2 and 3, each alone, and on the right their sum."""
    places = np.array([1.0, 2.0, 3.0])
    x = np.arange(5.0)
    looks = (style.CURVES[0], style.CURVES[1], style.CURVES[2])
    with style.in_style():
        fig, (left, right) = style.panels(9, 4.2, 2, left=0.08, wspace=0.2)
        lines = [
            left.plot(x, x, dash, color=colour, label=f"kink at {place:g}")[0]
            for place, (colour, dash) in zip(places, looks, strict=True)
        ]
        (total,) = right.plot(x, x, color=style.ACTIVATION)
        (bends,) = right.plot([], [], ms=12, **SQUARE)
        left.set(title="each ramp alone", xlabel="x", ylim=(-2.6, 2.6))
        right.set(title="their sum", xlabel="x", ylim=(-2.6, 2.6))
        left.legend(loc="lower left", handlelength=2.4)

    def draw(**factors):
        for line, place, factor in zip(lines, places, factors.values(), strict=True):
            line.set_ydata(factor * relu(x - place))
        y = sum(line.get_ydata() for line in lines)
        total.set_ydata(y)
        bent = places[np.diff(y, 2) != 0]
        bends.set_data(bent, np.interp(bent, x, y))

    def caption():
        slopes = np.diff(total.get_ydata())
        ways = np.where(slopes > 0, "up", np.where(slopes < 0, "down", "flat"))
        steep = ", ".join(num(slope) for slope in slopes)
        tent = slopes[0] == slopes[3] == 0 and slopes[1] == -slopes[2] > 0
        words = f"{', '.join(ways)} (slopes {steep}){': a tent' if tent else ''}."
        return f"The sum: {words}"

    def description():
        said = [
            f"{line.get_label()} {', '.join(num(y) for y in line.get_ydata())}"
            for line in lines
        ]
        at = ", ".join(_levels(bends))
        y = ", ".join(num(y) for y in total.get_ydata())
        return (
            f"At x = 0 to 4, left: {'; '.join(said)}. Right, the sum: {y}; it bends at "
            f"x = {at or 'no place'}."
        )

    knobs = {
        f"factor{k}": Slider(f"Factor {k}", -2.0, 2.0, 0.5, start=start)
        for k, start in ((1, 1.0), (2, 0.0), (3, 0.0))
    }
    tent = {"factor1": 1.0, "factor2": -2.0, "factor3": 1.0}
    return Picture(
        fig, caption, description, draw=draw, moving=[*lines, total, bends],
        knobs=knobs, stills=[{}, tent],
    )  # fmt: skip


def kink_fitter(row):
    """The best curve of k ReLU kinks through a row of pixels, for each k."""
    pixel = np.arange(len(row), dtype=float)
    x = np.linspace(0, len(row) - 1, 701)
    fits = [_best_kinks(pixel, row, k) for k in range(len(row) - 1)]
    with style.in_style():
        fig, ax = style.panels()
        (dots,) = ax.plot(pixel, row, "o", color=style.INK, markersize=10)
        (line,) = ax.plot(x, x, color=style.ACTIVATION)
        (kinks,) = ax.plot([], [], ms=17, **SQUARE)
        title = ax.set_title("")
        ax.set(xlabel="pixel", ylabel="ink", ylim=(-0.35, 1.35))

    def draw(k):
        ts, coefficients = fits[k]
        bent = [t for t, c in zip(ts, coefficients[2:], strict=True) if abs(c) > 1e-9]
        line.set_ydata(_hinges(x, ts) @ coefficients)
        kinks.set_data(bent, _hinges(np.array(bent), ts) @ coefficients)
        title.set_text(f"One row of the digit, and {plural(len(bent), 'kink')}")

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
        marks = _levels(kinks)
        at = f" at pixel {listed(marks)}" if marks else ""
        ink = ", ".join(num(ink) for ink in dots.get_ydata())
        y = line.get_ydata()
        return (
            f"Ink of the pixels {ink}. Curve from {num(y[0])} to {num(y[-1])}, "
            f"{plural(len(marks), 'kink')}{at}, off by at most {num(miss().max())}."
        )

    most = len(row) - 2
    return Picture(
        fig, caption, description, draw=draw, moving=[line, kinks, title],
        knobs={"k": Slider("Number of kinks", 0, most, 1, start=1)},
        stills=[{}, *({"k": min(k, most)} for k in (3, 4, 5))],
    )  # fmt: skip


def _levels(marks):
    """Each mark of a line in words: where, and how high."""
    return [
        f"{num(x)} (level {num(y)})" for x, y in zip(*marks.get_data(), strict=True)
    ]


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
