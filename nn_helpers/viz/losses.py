"""What a loss says of a prediction."""

import numpy as np

from nn_helpers.viz import style
from nn_helpers.viz.images import grey
from nn_helpers.viz.knobs import Choice, Positions, Slider
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import listed, num, scenery


def loss_explorer(squared_error=False):
    """Loss, slope and accuracy of one example, as p(true class) moves.

    squared_error: draw it too, beside the cross-entropy.
    """
    p = np.linspace(0.005, 0.995, 199)
    curves = [
        ("loss L", "cross-entropy", -np.log(p)),
        ("slope dL/dz", "cross-entropy", p - 1),
        ("accuracy", "right or wrong", np.heaviside(p - 0.5, 1)),
    ]
    if squared_error:
        curves.insert(1, ("loss L", "squared error", (1 - p) ** 2))
        curves.insert(3, ("slope dL/dz", "squared error", -2 * (1 - p) ** 2 * p))
    looks = {
        "cross-entropy": (*style.CURVES[0], "o"),
        "squared error": (*style.CURVES[1], "s"),
        "right or wrong": (*style.CURVES[2], "D"),
    }
    titles = ("loss L", "slope dL/dz", "accuracy")
    with style.in_style():
        fig, axes = style.panels(9, 4.2, 3, left=0.06, right=0.985, wspace=0.34)
        places = dict(zip(titles, axes, strict=True))
        lines, dots = [], []
        for title, name, y in curves:
            colour, dash, mark = looks[name]
            lines += places[title].plot(p, y, dash, color=colour, label=name)
            dots += places[title].plot(
                [], [], mark, color=colour, ms=13, mec="white", clip_on=False
            )
        for title, ax in places.items():
            ax.set(title=title, xlabel="p(true class)", xlim=(-0.04, 1.04))
            ax.set_xticks([0, 0.5, 1])
        if squared_error:
            axes[0].legend(loc="upper right", handlelength=1.4)

    def draw(p):
        for line, dot in zip(lines, dots, strict=True):
            dot.set_data([p], [np.interp(p, *line.get_data())])

    def caption():
        at = num(dots[0].get_xdata()[0])
        *said, right = (num(dot.get_ydata()[0]) for dot in dots)
        if squared_error:
            return f"p = {at}: slope {said[2]} with cross-entropy, {said[3]} with the squared error."
        judged = "right" if right == "1" else "wrong"
        return f"p = {at}: loss {said[0]}, slope {said[1]}; counted as {judged}."

    def description():
        said = {title: [] for title in titles}
        for (title, name, _), line, dot in zip(curves, lines, dots, strict=True):
            y = line.get_ydata()
            said[title].append(
                f"{name} {num(dot.get_ydata()[0])} (curve {num(y[0])} to {num(y[-1])})"
            )
        marks = sorted({num(dot.get_xdata()[0]) for dot in dots})
        parts = (f"{title}: {', '.join(words)}" for title, words in said.items())
        return f"Marks at p = {', '.join(marks)}. {'; '.join(parts)}."

    return Picture(
        fig, caption, description, draw=draw, moving=dots,
        knobs={"p": Slider("p(true class)", 0.01, 0.99, 0.01, start=0.3)},
        stills=[{}, {"p": 0.01}],
    )  # fmt: skip


def slope_bars(images, labels, slopes, P, start):
    """The slope of the loss on each logit, beside P or P - Y.

    A row for each image: slopes and P (m, n_classes); labels (m,), all different;
    start: the label shown first.
    """
    side = int(np.sqrt(images.shape[1]))
    classes, labels = np.arange(P.shape[1]), list(map(int, labels))
    with style.in_style():
        fig, (left, right) = style.panels(
            9, 4.2, 2, width_ratios=[1, 2.6], left=0.02, wspace=0.2
        )
        image = grey(left, np.zeros((side, side)))
        zero = np.zeros(len(classes))
        found = right.bar(classes - 0.2, zero, 0.38, color=style.SLOPE, label="slope")
        beside = right.bar(
            classes + 0.2, zero, 0.38, color=style.ACTIVATION, hatch="//"
        )
        zero_line = scenery(right.axhline(0, color=style.INK, linewidth=1))
        right.set(xlabel="class", ylim=(-1.05, 1.05), xticks=classes)
        title = right.set_title("")
        name = left.set_title("")

    def draw(label, show):
        row = labels.index(label)
        image.set_data(images[row].reshape(side, side))
        name.set_text(f"label {label}")
        title.set_text("slopes found by nudging" + (f", and {show}" if show else ""))
        heights = P[row] - (classes == label) * (show == "P - Y")
        for k in classes:
            found[k].set_height(slopes[row, k])
            beside[k].set_height(heights[k])
            beside[k].set_visible(bool(show))

    def read():
        both = [[bar.get_height() for bar in group] for group in (found, beside)]
        what = title.get_text().rpartition("and ")[2]
        return np.array(both), beside[0].get_visible(), what

    def caption():
        (slope, height), shown, what = read()
        return _compared(slope, height, what) if shown else _below_0(slope)

    def description():
        (slope, height), shown, what = read()
        said = f"{name.get_text()}. Slope by class, " + ", ".join(
            f"{k}: {num(s)}" for k, s in enumerate(slope)
        )
        if shown:
            said += f". {what}: {', '.join(num(h) for h in height)}"
        return said + "."

    options = (("nothing", ""), ("P", "P"), ("P - Y", "P - Y"))
    return Picture(
        fig, caption, description, draw=draw,
        moving=[image, *left.spines.values(), *found, *beside, zero_line, title, name,
                *right.spines.values()],
        knobs={
            "label": Positions("Digit", tuple((f"{k}", k) for k in labels), start),
            "show": Choice("Beside them", options, ""),
        },
        stills=[{}, {"show": "P"}, {"show": "P - Y"}],
    )  # fmt: skip


def _below_0(slope):
    down = listed([str(k) for k in np.flatnonzero(slope < 0)])
    return f"Negative at class {down} alone: raise that logit, and the loss falls."


def _compared(slope, height, what):
    apart = np.flatnonzero(np.abs(slope - height) > 1e-6)
    if not len(apart):
        return f"{what}: as high as the slopes, at all {len(slope)} classes."
    gap = listed([f"{num(height[k] - slope[k])} at class {k}" for k in apart])
    return f"{what}: as high as the slopes, but for a gap of {gap}."


def likelihood(ps, log_likelihoods):
    """The log-likelihood of some data for every p, with its top marked."""
    with style.in_style():
        fig, ax = style.panels()
        (line,) = ax.plot(ps, log_likelihoods, color=style.CURVES[0][0])
        best = int(np.argmax(log_likelihoods))
        (top,) = ax.plot(
            ps[best], log_likelihoods[best], "o", color=style.INK, markersize=12
        )
        ax.set(
            title="Which p makes the data likeliest?",
            xlabel="p",
            ylabel="log-likelihood",
        )

    def caption():
        return (
            f"One top, at p = {num(top.get_xdata()[0])}: there the data are likeliest."
        )

    def description():
        x, y = line.get_data()
        (px,), (py,) = top.get_data()
        return (
            f"The curve rises from {num(y[0])} at p = {num(x[0])} to its top, marked at "
            f"p = {num(px)} with {num(py)}, and falls to {num(y[-1])} at p = {num(x[-1])}."
        )

    return Picture(fig, caption, description)


def two_models(P_before, P_after, title=""):
    """p(true class) of the same examples, before and after."""
    looks = (
        ("before", -0.2, style.CLASSES[0], ""),
        ("after", 0.2, style.CLASSES[1], "//"),
    )
    with style.in_style():
        fig, ax = style.panels(8.5, 4.2)
        places = np.arange(len(P_before))
        bars = [
            ax.bar(places + shift, P, 0.38, color=colour, hatch=hatch, label=label)
            for P, (label, shift, colour, hatch) in zip(
                (P_before, P_after), looks, strict=True
            )
        ]
        scenery(ax.axhline(0.5, color=style.INK, linestyle=":"))
        ax.set(title=title, xlabel="example", ylabel="p(true class)", ylim=(0, 1.25))
        ax.set_xticks(places)
        ax.set_yticks([0, 0.25, 0.5, 0.75, 1])
        ax.legend(ncols=2)

    def caption():
        said = []
        for group in bars:
            heights = [bar.get_height() for bar in group]
            above = sum(height > 0.5 for height in heights)
            said.append(f"{group.get_label()} {above} of {len(heights)} above one half, "
                        f"the lowest {num(min(heights))}")  # fmt: skip
        return f"{'; '.join(said)}.".capitalize()

    def description():
        said = [
            f"p(true class) {group.get_label()}: "
            f"{', '.join(num(bar.get_height()) for bar in group)}"
            for group in bars
        ]
        return "; ".join(said) + "."

    return Picture(fig, caption, description)
