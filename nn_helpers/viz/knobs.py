"""Knobs of a picture as plain data: what can be set, and to which values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slider:
    """Evenly spaced numbers, whole if low, step and start are.

    >>> Slider("Weight w", -1.0, 1.0, 0.5, start=0.0).values
    (-1.0, -0.5, 0.0, 0.5, 1.0)
    """

    label: str
    low: float
    high: float
    step: float
    start: float

    @property
    def values(self):
        count = round((self.high - self.low) / self.step)
        return tuple(round(self.low + i * self.step, 9) for i in range(count + 1))

    @property
    def decimals(self):
        return len(f"{self.step:g}".partition(".")[2])


@dataclass(frozen=True)
class Choice:
    """A few named values, as buttons. options: ((name, value), ...)."""

    label: str
    options: tuple
    start: object

    @property
    def values(self):
        return tuple(value for _, value in self.options)


def named(values):
    """Values under their own numbers, as options.

    >>> named((1, 0.05))
    (('1', 1), ('0.05', 0.05))
    """
    return tuple((f"{value:g}", value) for value in values)


@dataclass(frozen=True)
class Positions(Choice):
    """Named values in an order, as a slider with uneven steps."""


@dataclass(frozen=True)
class Stepper:
    """Numbered steps, walked with Back and Forward.

    >>> Stepper("Step", 0, 2).values
    (0, 1, 2)
    """

    label: str
    start: int
    last: int

    @property
    def values(self):
        return tuple(range(self.start, self.last + 1))


@dataclass(frozen=True)
class Measure:
    """A button that measures what depends on the clock, and shows it.

    Nothing timed is drawn before it is pressed, or kept in a saved notebook.

    >>> Measure("Measure the time").values
    (False, True)
    """

    label: str
    start: bool = False

    @property
    def values(self):
        return (False, True)


@dataclass(frozen=True)
class Pad:
    """A drawing by hand, side x side pixels; a value is a tuple of side**2 inks, 0 to 1.

    samples: {class: drawings of it} that can be loaded in its place; keep: the list
    to which the drawings that the learner keeps are added, as (inks, class).
    """

    label: str
    side: int
    samples: dict
    keep: list
    start: tuple

    @property
    def blank(self):
        return (0.0,) * self.side**2

    @property
    def values(self):
        """Paper, the start, and one sample of each class: what tests try."""
        each = [drawings[0] for drawings in self.samples.values()]
        return tuple(dict.fromkeys([self.start, self.blank, *each]))
