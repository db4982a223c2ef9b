"""An input under attack: slopes of pixels, changed images, accuracy that falls."""

import numpy as np

from nn_helpers.attacks import fgsm
from nn_helpers.viz import style
from nn_helpers.viz.images import framed, grey
from nn_helpers.viz.knobs import Choice, Slider
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import listed, num, plural, probability

EPSILONS = (0.0, 0.3, 0.025)


def pixel_slopes(image, slopes):
    """A digit, and for each pixel how the loss answers to more ink there."""
    side = int(np.sqrt(image.size))
    most = np.abs(slopes).max() or 1.0  # all flat: white
    with style.in_style():
        fig, (left, right) = style.panels(9, 4.2, 2, left=0.03, right=0.9, wspace=0.1)
        grey(left, image.reshape(side, side))
        left.set_title("the digit")
        colours = right.imshow(
            slopes.reshape(side, side), cmap="PuOr_r", vmin=-most, vmax=most
        )
        right.set_title("slope of the loss, by pixel")
        framed(right)
        bar = fig.colorbar(colours, ax=right, shrink=0.85, ticks=[-most, 0, most])
        bar.ax.set_yticklabels([num(-most), "0", num(most)])

    def read():
        table = np.asarray(colours.get_array())
        return table, np.unravel_index(np.abs(table).argmax(), table.shape)

    def caption():
        table, place = read()
        more, less = int((table > 0).sum()), int((table < 0).sum())
        if not more + less:
            return "No pixel has a slope: the loss is flat here."
        steepest = "more" if table[place] > 0 else "less"
        return (
            f"Orange: more ink raises the loss ({more} pixels); violet: less ink does "
            f"({less}). Steepest for {steepest} ink."
        )

    def description():
        table, (row, column) = read()
        return (
            f"Slopes from {num(table.min())} to {num(table.max())}, the steepest, "
            f"{num(table[row, column])}, in row {row}, column {column}; "
            f"{plural(int((table == 0).sum()), 'pixel')} without a slope."
        )

    return Picture(fig, caption, description)


def epsilon_attack(network, image, label, seed=0):
    """A digit, changed by at most epsilon a pixel, and what the network says of it.

    The change is FGSM's, or noise of the same size: each pixel up or down by epsilon,
    then clipped. Raises ValueError for a network of one output, and for a label that
    is none of its classes.
    """
    if network.n_out < 2 or label not in range(network.n_out):
        raise ValueError(
            "epsilon_attack expected a network of at least 2 classes and one of "
            f"them as the label, got {network.n_out} and {label}"
        )
    side, Y = int(np.sqrt(image.size)), np.eye(network.n_out)[[label]]
    coin = np.random.default_rng(seed).choice([-1.0, 1.0], image.size)
    with style.in_style():
        fig, (left, middle, right) = style.panels(
            9, 4.2, 3, width_ratios=[1, 1, 1.6], left=0.02, wspace=0.22
        )
        seen = grey(left, image.reshape(side, side))
        change = middle.imshow(
            np.zeros((side, side)), cmap="PuOr_r", vmin=-0.3, vmax=0.3
        )
        middle.set_title("what was changed")
        framed(middle)
        title = left.set_title("")
        bars = right.bar(range(network.n_out), 0, color=style.ACTIVATION)
        right.set(title="P of each class", ylim=(0, 1), xticks=range(network.n_out))
        right.grid(axis="x", visible=False)

    def draw(kind, epsilon):
        noisy = np.clip(image + epsilon * coin, 0, 1)
        attacked = fgsm(network, image[None], Y, epsilon)[0]
        changed = attacked if kind == "attack" else noisy
        seen.set_data(changed.reshape(side, side))
        change.set_data((changed - image).reshape(side, side))
        for bar, P in zip(bars, network.predict_proba(changed[None])[0], strict=True):
            bar.set_height(P)
        title.set_text(f"{kind}, epsilon {epsilon:g}")

    def caption():
        P = np.array([bar.get_height() for bar in bars])
        most = int(P.argmax())
        own = "" if most == label else f"; its own class {label} gets {num(P[label])}"
        said = f"read as {most}, P {probability(P[most])}{own}"
        return f"{title.get_text().capitalize()}: {said}."

    def description():
        table = np.asarray(change.get_array())
        each = ", ".join(f"{k}: {num(bar.get_height())}" for k, bar in enumerate(bars))
        return (
            f"{title.get_text()}: {plural(int((np.abs(table) > 1e-9).sum()), 'pixel')} "
            f"changed, from {num(table.min())} to {num(table.max())}. P by class, {each}."
        )

    low, high, step = EPSILONS
    return Picture(
        fig, caption, description, draw=draw,
        moving=[seen, change, *left.spines.values(), *middle.spines.values(), title,
                *bars.patches, *right.spines.values()],
        knobs={
            "kind": Choice("Change", (("attack", "attack"), ("noise", "noise")), "attack"),
            "epsilon": Slider("Epsilon", low, high, step, start=0.0),
        },
        stills=[{}, {"epsilon": 0.15}, {"epsilon": 0.15, "kind": "noise"}],
    )  # fmt: skip


def shares(x, curves, *, xlabel, title=""):
    """Shares from 0 to 1 against something, as up to three curves with marks."""
    if not 1 <= len(curves) <= len(style.CURVES):
        raise ValueError(f"shares draws 1 to 3 curves, got {len(curves)}")
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.09, right=0.74)
        looks = zip(style.CURVES, ("o", "s", "^"), strict=True)
        for (name, y), ((colour, dash), mark) in zip(
            curves.items(), list(looks)[: len(curves)], strict=True
        ):
            ax.plot(x, y, dash, color=colour, marker=mark, ms=9, label=name)
        ax.set(ylim=(-0.03, 1.03), xlabel=xlabel, title=title)
        if all(float(place).is_integer() for place in x):
            ax.set_xticks(x)
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))

    def caption():
        lines = ax.get_lines()
        ends = lines[0].get_xdata()[[0, -1]]
        said = [
            f"{line.get_label()} from {num(line.get_ydata()[0])} to "
            f"{num(line.get_ydata()[-1])}"
            for line in lines
        ]
        return f"Between {num(ends[0])} and {num(ends[1])}: {listed(said)}."

    def description():
        places = ", ".join(num(x) for x in ax.get_lines()[0].get_xdata())
        said = [
            f"{line.get_label()}: {', '.join(num(y) for y in line.get_ydata())}"
            for line in ax.get_lines()
        ]
        return f"At {places}: {'; '.join(said)}."

    return Picture(fig, caption, description)
