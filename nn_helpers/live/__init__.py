"""Pictures with sliders: `play(picture)` in the last line of a cell."""

from nn_helpers.live.figure import LiveFigure
from nn_helpers.live.playground import LivePlayground
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.playground import Playground

__all__ = ["LiveFigure", "LivePlayground", "play"]


def play(picture):
    """Display a picture with its knobs as sliders and buttons.

    Raises TypeError for anything but a Picture, ValueError for one without
    knobs (`show` displays it).
    """
    if not isinstance(picture, Picture):
        raise TypeError(f"play expected a Picture made by viz, got {picture!r}")
    if not picture.knobs:
        raise ValueError("play expected a picture with knobs; show displays this one")
    kind = LivePlayground if isinstance(picture, Playground) else LiveFigure
    kind(picture).display()
