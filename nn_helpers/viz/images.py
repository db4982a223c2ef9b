"""Digits as pictures, and what a network says of them."""

import numpy as np

from nn_helpers.activations import softmax
from nn_helpers.viz import style
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import num, scenery


def digits(images, titles, *, title=""):
    """Rows of X, (n, 64) or (n, 784), as up to ten small images in two rows."""
    side = int(np.sqrt(images.shape[1]))
    columns = min(5, len(images))
    rows = -(-len(images) // columns)
    with style.in_style():
        fig, first = style.panels(2.1 * columns, 2.5 * rows + 0.5)
        first.remove()
        fig.subplots_adjust(0.02, 0.02, 0.98, 0.84 if title else 0.9, hspace=0.35)
        fig.suptitle(title, fontsize=16)
        for number, (image, words) in enumerate(zip(images, titles, strict=True)):
            ax = fig.add_subplot(rows, columns, number + 1)
            _grey(ax, image.reshape(side, side))
            ax.set_title(words, fontsize=14)

    def describe():
        shown = (
            f"{' '.join(ax.get_title().split())} (mean ink "
            f"{num(ax.images[0].get_array().mean())})"
            for ax in fig.axes
        )
        return f"{title + ': ' if title else ''}{', '.join(shown)}."

    return Picture(fig, describe)


def prediction(image, P, *, label, title):
    """A digit on the left, the probability of each class on the right."""
    side = int(np.sqrt(image.size))
    with style.in_style():
        fig, (left, right) = style.panels(
            9.5, 4.2, 2, width_ratios=[1, 2.2], left=0.03, wspace=0.25
        )
        _grey(left, image.reshape(side, side))
        left.set_title(f"label {label}")
        bars = _class_bars(right, P)
        right.set(title=title, xlabel="class", ylabel="probability P", ylim=(0, 1))

    def describe():
        ink = num(left.images[0].get_array().mean())
        return (
            f"{right.get_title()}. Left: a digit with {left.get_title()} (mean "
            f"ink {ink}). Right: {_bars_in_words(bars)}"
        )

    return Picture(fig, describe)


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

    def describe():
        return f"{title.get_text()}: {_bars_in_words(bars)}"

    draw(1)
    return Picture(fig, describe, draw=draw, moving=[title, *bars.patches])


def confusion(y, y_hat):
    """How often each true class (row) was read as each class (column)."""
    n = int(max(y.max(), y_hat.max())) + 1
    counts = np.zeros((n, n))
    np.add.at(counts, (y, y_hat), 1)
    with style.in_style():
        fig, ax = style.panels(7, 6.2, left=0.12, bottom=0.13, top=0.91)
        image = ax.imshow(counts, cmap="Purples", vmax=counts.max() * 1.2)
        ax.set(title="Who is taken for whom", xlabel="read as", ylabel="true class")
        ax.set(xticks=range(n), yticks=range(n))
        ax.grid(False)
        for i, j in np.argwhere(counts > 0):
            colour = "white" if counts[i, j] > 0.6 * counts.max() else style.INK
            label = ax.text(j, i, f"{counts[i, j]:.0f}", color=colour)
            label.set(ha="center", va="center", fontsize=13)

    def describe():
        seen = np.asarray(image.get_array())
        wrong = seen - np.diag(np.diag(seen))
        written = sum(float(text.get_text()) for text in ax.texts)
        words = (
            f"{num(np.trace(seen), 4)} of {num(seen.sum(), 4)} digits on the diagonal "
            f"(the numbers written add up to {num(written, 4)})"
        )
        if wrong.any():
            pairs = np.argwhere(wrong == wrong.max())[:3]
            named = ", ".join(f"{i} read as {j}" for i, j in pairs)
            words += f"; the largest number off it is {num(wrong.max())}, for {named}"
        return words + "."

    return Picture(fig, describe)


def _grey(ax, image):
    ax.imshow(image, cmap=style.PAPER_TO_INK, vmin=0, vmax=1)
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    for spine in ax.spines.values():
        scenery(spine).set_visible(True)


def _class_bars(ax, P):
    bars = ax.bar(range(len(P)), P, color=style.ACTIVATION)
    ax.set_xticks(range(len(P)))
    ax.grid(False, axis="x")
    return bars


def _bars_in_words(bars):
    heights = [bar.get_height() for bar in bars]
    each = ", ".join(f"{k}: {num(h)}" for k, h in enumerate(heights))
    return f"P is largest for class {int(np.argmax(heights))}. {each} (sum {num(sum(heights))})."
