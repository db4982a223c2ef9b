"""One neuron from close by."""

import numpy as np

from nn_helpers.viz import style
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import fixed, scenery

_MIDDLE = {"ha": "center", "va": "center", "fontsize": 13, "zorder": 5}
_BOXED = _MIDDLE | {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 2}}


def neuron_closeup(x, w, b):
    """Weights in green, bias in red, activation (ReLU) in purple, all in numbers."""
    z = float(np.dot(x, w) + b)
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.01, right=0.99, bottom=0.01, top=0.9)
        ax.set(
            xlim=(-0.6, 6.4), ylim=(-1.9, 1.9), title="One neuron: multiply, add, bend"
        )
        ax.axis("off")
        heights = np.linspace(1.3, -1.3, len(x))
        for i, (value, weight, y) in enumerate(zip(x, w, heights, strict=True)):
            scenery(ax.plot([0, 3], [y, 0], "-", color=style.WEIGHT, zorder=1)[0])
            scenery(ax.plot(0, y, "o", color=style.INK, markersize=44, zorder=2)[0])
            ax.text(0, y, f"x[{i}]\n{fixed(value, 2)}", color="white", **_MIDDLE)
            words = f"w[{i}] {fixed(weight, 2)}"
            ax.text(1.5, y / 2 + 0.02, words, **_BOXED, color=style.WEIGHT_TEXT)
        scenery(ax.plot([3, 3], [0, 1.35], "--", color=style.BIAS, zorder=1)[0])
        scenery(ax.plot(3, 1.35, "s", color=style.BIAS, markersize=14)[0])
        ax.text(
            3.2, 1.35, f"b {fixed(b, 2)}", color=style.BIAS, va="center", fontsize=13
        )
        scenery(ax.plot([3, 5.6], [0, 0], "-", color=style.INK, zorder=1)[0])
        rim = {"color": "white", "mec": style.INK, "mew": 2, "markersize": 62}
        scenery(ax.plot(3, 0, "o", **rim)[0])
        ax.text(3, 0, f"sum z\n{fixed(z, 2)}", **_MIDDLE)
        scenery(ax.plot(5.6, 0, "o", color=style.ACTIVATION, markersize=62)[0])
        ax.text(5.6, 0, f"ReLU a\n{fixed(max(z, 0), 2)}", color="white", **_MIDDLE)

    def words():
        return [" ".join(text.get_text().split()) for text in ax.texts]

    def caption():
        total, bent = (text.split()[-1] for text in words()[-2:])
        return f"Products and bias make a sum of {total}; ReLU turns it into {bent}."

    def description():
        return f"{ax.get_title()}. {', '.join(words())}."

    return Picture(fig, caption, description)
