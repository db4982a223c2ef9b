"""Colours, sizes and number formats of every figure, in one place."""

import matplotlib.style
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

WEIGHT = "#2CA25F"  # solid lines
BIAS = "#B30000"  # dashed lines that end in a square
ACTIVATION = "#6A51A3"  # filled circles

# For letters, a green with a contrast of at least 4.5:1 on white; red has it.
WEIGHT_TEXT = "#1B7837"

INK = "#222222"
QUIET = "#6B6B6B"
SLOPE = "#B35806"
CLASSES = ("#0072B2", "#D55E00")
MARKERS = ("o", "s")
# Where there is a third class: another hue, another lightness, another mark.
THREE = ((*CLASSES, "#CC79A7"), (*MARKERS, "^"))
# Curves that are no activation: colour and dash, so that neither stands alone.
CURVES = ((CLASSES[0], "-"), (CLASSES[1], "--"), (INK, "-."))
# The class colours, thinned, so that points stay legible on top.
PROBABILITY = LinearSegmentedColormap.from_list("P", ["#7FB8D8", "white", "#EAAE7F"])
PAPER_TO_INK = "gray_r"

DPI = 150
STYLE = {
    "figure.dpi": DPI,
    "figure.facecolor": "white",
    "font.size": 15,
    "axes.titlesize": 16,
    "axes.labelsize": 15,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": INK,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.8,
    "legend.fontsize": 13,
    "legend.frameon": False,
    "xtick.labelsize": 13,
    "ytick.labelsize": 13,
    "text.color": INK,
}


def in_style():
    """The context in which figures are made and drawn, whatever the user set."""
    return matplotlib.style.context(["default", STYLE])


def panels(width=7.4, height=4.2, columns=1, *, width_ratios=None, **layout):
    """Return (fig, axes): a figure that no pyplot state knows about.

    width, height in inches; `layout` are the fractions of subplots_adjust.
    """
    fig = Figure(figsize=(width, height))
    FigureCanvasAgg(fig)
    margins = {"left": 0.14, "right": 0.97, "top": 0.88, "bottom": 0.17}
    fig.subplots_adjust(**(margins | layout))
    axes = fig.subplots(1, columns, squeeze=False, width_ratios=width_ratios)[0]
    return fig, axes[0] if columns == 1 else axes


def num(value, digits=3):
    """A number for a text or a label: 3 significant digits, never "-0".

    >>> num(-0.00000000001), num(1234.5), num(-2.0)
    ('0', '1230', '-2')
    """
    value = float(value)
    if abs(value) < 1e-9:
        return "0"
    # Nudged, so that 0.8125 rounds one way whatever its last bit is.
    text = f"{value * (1 + 1e-9):.{digits}g}"
    return f"{float(text):.0f}" if "e+" in text and abs(value) < 1e6 else text


def probability(P):
    """What stands after the letter P: no probability of ours reaches 1.

    >>> probability(0.25), probability(0.99999)
    ('= 0.25', 'just below 1')
    """
    return "just below 1" if num(P) == "1" and P < 1 else f"= {num(P)}"


def fixed(value, decimals):
    """A number with a fixed number of decimals, never "-0.00".

    >>> fixed(-0.0001, 2), fixed(0.125, 2), fixed(-1.5, 2)
    ('0.00', '0.13', '-1.50')
    """
    text = f"{float(value) * (1 + 1e-9):.{decimals}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def scenery(artist):
    """Mark an artist as background that carries no number of the figure."""
    artist.set_gid("scenery")
    return artist


def listed(words):
    """Words as a person lists them.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def plural(count, noun):
    """A count with its noun: 1 kink, 3 kinks."""
    return f"{count} {noun}" + ("" if count == 1 else "s")
