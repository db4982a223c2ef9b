"""Pictures with sliders: `play(picture)` in the last line of a cell."""

from nn_helpers.live.figure import LiveFigure, play

__all__ = ["LiveFigure", "play"]
