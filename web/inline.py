"""The backend of matplotlib in the page: figures are outputs of the cell, as in Jupyter."""

from kernel import show_figures
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas

__all__ = ["FigureCanvas", "show"]


def show(*_, **__):
    """What `plt.show()` calls."""
    show_figures()
