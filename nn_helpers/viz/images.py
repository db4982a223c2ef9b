"""Digits as pictures, and what a network says of them."""

import numpy as np

from nn_helpers.activations import softmax
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Positions, Slider, named
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import fixed, listed, num, plural, probability, scenery


def digits(images, titles, *, title=""):
    """Rows of X, (n, 64) or (n, 784), as up to ten small images in two rows."""
    if not 1 <= len(images) == len(titles) <= 10:
        raise ValueError(
            f"digits draws 1 to 10 images, a title each, got {len(images)} images "
            f"and {len(titles)} titles"
        )
    side = int(np.sqrt(images.shape[1]))
    columns = min(5, len(images))
    rows = -(-len(images) // columns)
    with style.in_style():
        fig, first = style.panels(
            1.8 * columns, (1.75 if rows > 1 else 2.5) * rows + 0.5
        )
        first.remove()
        fig.subplots_adjust(0.02, 0.02, 0.98, 0.84 if title else 0.9, hspace=0.35)
        fig.suptitle(title, fontsize=16)
        for number, (image, words) in enumerate(zip(images, titles, strict=True)):
            ax = fig.add_subplot(rows, columns, number + 1)
            grey(ax, image.reshape(side, side))
            ax.set_title(words, fontsize=13)

    def labels():
        return [" ".join(ax.get_title().split()) for ax in fig.axes]

    def caption():
        said = labels()
        if len(said) == 1:
            return (
                f"A handwritten digit ({said[0]}), boiled down to {side * side} pixels."
            )
        start = f"{title}: " if title else f"{len(said)} pictures: "
        short = [ax.get_title().split("\n")[0] for ax in fig.axes]
        return f"{start}{listed(short)}."

    def description():
        shown = []
        for words, ax in zip(labels(), fig.axes, strict=True):
            image = ax.images[0].get_array()
            row, column = np.unravel_index(np.argmax(image), image.shape)
            place = (
                f"row {row} column {column}"
                if len(fig.axes) < 10
                else f"{row},{column}"
            )
            shown.append(f"{words} (darkest {num(image.max())}, {place})")
        return f"{title + ': ' if title else ''}{'; '.join(shown)}."

    return Picture(fig, caption, description)


def prediction(image, P, *, label, title):
    """A digit on the left, the probability of each class on the right."""
    side = int(np.sqrt(image.size))
    with style.in_style():
        fig, (left, right) = style.panels(
            9, 4.2, 2, width_ratios=[1, 2.2], left=0.03, wspace=0.25
        )
        grey(left, image.reshape(side, side))
        left.set_title(f"label {label}")
        bars = _class_bars(right, P)
        right.set(title=title, xlabel="class", ylabel="probability P", ylim=(0, 1))

    def caption():
        return f"{right.get_title()}: {_largest(bars)}; the picture has {left.get_title()}."

    def description():
        return (
            f"{right.get_title()}. Left: a digit with {left.get_title()}. "
            f"Right: {_bars_in_words(bars)}."
        )

    return Picture(fig, caption, description)


def readings(images, P, labels):
    """One of several digits, by slider, beside the probabilities it was given.

    images: (n, 64) or (n, 784); P: (n, classes); labels: n classes.
    Raises ValueError if they differ in number.
    """
    if not len(images) == len(P) == len(labels):
        raise ValueError(
            f"readings expected as many rows of P and labels as images, got "
            f"{len(images)} images, {len(P)} rows and {len(labels)} labels"
        )
    side = int(np.sqrt(images.shape[1]))
    with style.in_style():
        fig, (left, right) = style.panels(
            9, 4.2, 2, width_ratios=[1, 2.2], left=0.03, wspace=0.25
        )
        image = grey(left, images[0].reshape(side, side))
        bars = _class_bars(right, P[0])
        right.set(xlabel="class", ylabel="probability P", ylim=(0, 1))
        titles = left.set_title(""), right.set_title("")

    def draw(digit):
        image.set_data(images[digit].reshape(side, side))
        for bar, height in zip(bars, P[digit], strict=True):
            bar.set_height(height)
        right_one = labels[digit] == P[digit].argmax()
        titles[0].set_text(f"label {labels[digit]}")
        titles[1].set_text(
            f"Image {digit}, read as {P[digit].argmax()}"
            + ("" if right_one else ": a mistake")
        )

    def caption():
        return f"{right.get_title()}: {_largest(bars)}; {left.get_title()}."

    def description():
        return f"{right.get_title()}, {left.get_title()}. {_bars_in_words(bars)}."

    wrong = np.flatnonzero(P.argmax(axis=1) != labels)
    return Picture(
        fig, caption, description, draw=draw,
        moving=[image, *left.spines.values(), *bars.patches, *right.spines.values(), *titles],
        knobs={"digit": Slider("Image", 0, len(images) - 1, 1, 0)},
        stills=[{}, *({"digit": int(n)} for n in wrong[:1])],
    )  # fmt: skip


def temperature(logits):
    """softmax(z / T): ten bars that a temperature sharpens or flattens."""
    with style.in_style():
        fig, ax = style.panels()
        bars = _class_bars(ax, np.zeros(len(logits)))
        title = ax.set_title("")
        ax.set(xlabel="class", ylabel="P", ylim=(0, 1))

    def draw(T):
        title.set_text(f"softmax(z / T) with T = {T:g}")
        for bar, height in zip(bars, softmax(logits / T), strict=True):
            bar.set_height(height)

    def caption():
        return f"{title.get_text()}: {_largest(bars)}."

    def description():
        return f"{title.get_text()}. {_bars_in_words(bars)}."

    sizes = (0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
    return Picture(
        fig, caption, description, draw=draw, moving=[title, *bars.patches, *ax.spines.values()],
        knobs={"T": Positions("Temperature T", named(sizes), 1.0)},
        stills=[{}, {"T": 0.1}, {"T": 10.0}],
    )  # fmt: skip


def confusion(y, y_hat):
    """How often each true class (row) was read as each class (column)."""
    n = int(max(y.max(), y_hat.max())) + 1
    counts = np.zeros((n, n))
    np.add.at(counts, (y, y_hat), 1)
    with style.in_style():
        fig, ax = style.panels(6, 4.2, left=0.12, bottom=0.17, top=0.91)
        image = ax.imshow(
            counts, cmap="Purples", vmax=counts.max() * 1.2, aspect="auto"
        )
        ax.set(title="Who is taken for whom", xlabel="read as", ylabel="true class")
        ax.set(xticks=range(n), yticks=range(n))
        ax.grid(False)
        for i, j in np.argwhere(counts > 0):
            colour = "white" if counts[i, j] > 0.6 * counts.max() else style.INK
            label = ax.text(j, i, f"{counts[i, j]:.0f}", color=colour)
            label.set(ha="center", va="center", fontsize=13)

    def off_diagonal():
        """[(row, column, number)] of the numbers written off the diagonal."""
        cells = [(*map(round, text.get_position()[::-1]), int(text.get_text()))
                 for text in ax.texts]  # fmt: skip
        return [cell for cell in cells if cell[0] != cell[1]]

    def caption():
        wrong = off_diagonal()
        seen = np.asarray(image.get_array())
        words = (
            f"{num(np.trace(seen), 4)} of {num(seen.sum(), 4)} stand on the diagonal"
        )
        if not wrong:
            return words + "."
        most = max(number for *_, number in wrong)
        named = [f"{i} read as {j}" for i, j, number in wrong if number == most]
        if len(named) > 3:
            return f"{words}; no mix-up happens more than {plural(most, 'time')}."
        return f"{words}; most often ({most}): {listed(named)}."

    def description():
        written = ", ".join(f"{i} as {j} {n}" for i, j, n in off_diagonal())
        diagonal = [t.get_text() for t in ax.texts if len(set(t.get_position())) == 1]
        return f"Diagonal {', '.join(diagonal)}. Off it, read wrongly: {written or 'none'}."

    return Picture(fig, caption, description)


def grey(ax, image):
    """Draw a table of pixels, from paper (0) to ink (1), in a frame."""
    framed(ax)
    return ax.imshow(image, cmap=style.PAPER_TO_INK, vmin=0, vmax=1)


def framed(ax):
    """A panel for an image: a frame, no ticks, no grid."""
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    for spine in ax.spines.values():
        scenery(spine).set_visible(True)


def _class_bars(ax, P):
    bars = ax.bar(range(len(P)), P, color=style.ACTIVATION)
    ax.set_xticks(range(len(P)))
    ax.grid(False, axis="x")
    return bars


def _largest(bars):
    heights = [bar.get_height() for bar in bars]
    most = int(np.argmax(heights))
    return f"class {most} gets the most, P {probability(heights[most])}"


def _bars_in_words(bars):
    heights = [bar.get_height() for bar in bars]
    each = ", ".join(f"{k}: {fixed(h, 3)}" for k, h in enumerate(heights))
    return f"P by class, {each}"
