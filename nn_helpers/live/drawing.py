"""A grid of pixels to paint, by mouse or by keyboard alone."""

import ipywidgets as widgets
import traitlets

from nn_helpers.viz.drawing import centred, moved

PIXEL = 26  # CSS pixels: the grid, the picture and its caption fit one screen
GREYS = 16
DIRECTIONS = {"Left": (-1, 0), "Up": (0, -1), "Down": (0, 1), "Right": (1, 0)}
AUTO = {"width": "auto"}
NO_INK = "There is no ink yet."
WHICH = "Choose first, beside Digit, which one it is."


class DrawingPad(widgets.HBox):
    """The control of a `knobs.Pad`: `value` is the drawing, a tuple of inks.

    A click on a pixel paints it, or wipes it off. By keyboard: four buttons move a
    cursor (or the whole drawing), one paints under it. What is rarely needed is
    folded away: Centre, Load and Keep.
    """

    value = traitlets.Tuple()

    def __init__(self, knob):
        self.knob, self.loaded = knob, -1
        self.cursor = (knob.side // 2 - 1) * knob.side + knob.side // 2 - 1
        # Few styles and layouts, shared by all pixels: 64 of each would be slow.
        self._greys = [
            widgets.ButtonStyle(button_color=_grey(level)) for level in range(GREYS + 1)
        ]
        plain = {"width": f"{PIXEL}px", "height": f"{PIXEL}px", "margin": "0"}
        self._plain = widgets.Layout(**plain, padding="0", border="1px solid #BBBBBB")
        self._marked = widgets.Layout(**plain, padding="0", border="3px solid #D55E00")
        self.pixels = [widgets.Button(layout=self._plain) for _ in knob.start]
        for place, pixel in enumerate(self.pixels):
            if hasattr(pixel, "tabbable"):  # the keyboard goes by the cursor instead
                pixel.tabbable = False
            pixel.on_click(lambda _, place=place: self.paint(place))
        self.pixels[self.cursor].layout = self._marked
        grid = widgets.GridBox(
            self.pixels,
            layout={
                "grid_template_columns": f"repeat({knob.side}, {PIXEL}px)",
                "grid_gap": "0",
                "flex": "0 0 auto",
                "margin": "2px 12px 2px 2px",
            },
        )
        self.said = widgets.HTML()
        super().__init__([grid, widgets.VBox(self._beside())])
        self.layout.flex_flow = "row wrap"
        self.observe(self._show, "value")
        self._level = [None] * len(knob.start)
        self.value = knob.start or knob.blank
        self._show()

    def _beside(self):
        self.arrows = {name: _button(name) for name in DIRECTIONS}
        for name, button in self.arrows.items():
            button.on_click(lambda _, name=name: self.go(*DIRECTIONS[name]))
        self.brush = _button("Paint here", lambda: self.paint(self.cursor))
        self.arrows_move = widgets.ToggleButtons(
            options=[("move the cursor", "cursor"), ("move the drawing", "drawing")],
            style={"button_width": "auto"},
        )
        self.clear = _button("Clear", lambda: self._set(self.knob.blank, "Paper."))
        self.more = widgets.ToggleButton(description="More", layout=AUTO)
        self.centre = _button("Centre", self._centre)
        classes = [("?", None), *((str(k), k) for k in self.knob.samples)]
        self.digit = widgets.Dropdown(
            options=classes, description="Digit", layout={"width": "9em"},
            style={"description_width": "3.5em"},
        )  # fmt: skip
        self.load = _button("Load a real one", self._load)
        self.keep = _button("Keep mine as this digit", self._keep)
        folded = widgets.VBox(
            [wrapped(self.digit, self.load), wrapped(self.centre, self.keep)]
        )
        folded.layout.display = "none"
        self.more.observe(
            lambda change: setattr(
                folded.layout, "display", "flex" if change.new else "none"
            ),
            "value",
        )
        return [
            wrapped(widgets.Label("Arrows"), self.arrows_move),
            wrapped(*self.arrows.values(), self.brush),
            wrapped(self.clear, self.more),
            folded,
            self.said,
        ]

    def paint(self, place):
        """Ink on an empty pixel; paper where there is ink."""
        drawing = list(self.value)
        drawing[place] = 0.0 if drawing[place] else 1.0
        self._mark(place)
        self._set(tuple(drawing), self._here(drawing))

    def go(self, right, down):
        """An arrow: the cursor, or the whole drawing, by a pixel; not over the edge."""
        side = self.knob.side
        if self.arrows_move.value == "drawing":
            there = moved(self.value, right, down)
            if there is None:
                return self._say("Not moved: ink would fall off the edge.")
            return self._set(there, "Moved." if any(there) else NO_INK)
        row, column = self.cursor // side + down, self.cursor % side + right
        if not (0 <= row < side and 0 <= column < side):
            return self._say("That is the edge.")
        self._mark(row * side + column)
        return self._say(self._here(self.value))

    def _centre(self):
        words = "In the middle, as far as whole pixels go."
        self._set(centred(self.value), words if any(self.value) else NO_INK)

    def _load(self):
        if self.digit.value is None:
            return self._say(WHICH)
        self.loaded += 1
        drawings = self.knob.samples[self.digit.value]
        number = self.loaded % len(drawings)
        return self._set(
            drawings[number], f"A real {self.digit.value}, number {number}."
        )

    def _keep(self):
        if not any(self.value):
            return self._say(NO_INK)
        if self.digit.value is None:
            return self._say(WHICH)
        if any(self.value in drawings for drawings in self.knob.samples.values()):
            return self._say("Not kept: that is a real one; draw one of your own.")
        if (self.value, self.digit.value) in self.knob.keep:
            return self._say("Not kept: you have that one already.")
        self.knob.keep.append((self.value, self.digit.value))
        count = len(self.knob.keep)
        return self._say(f"Kept as a {self.digit.value}; {count} in all.")

    def _set(self, drawing, words):
        self.value = drawing
        return self._say(words)

    def _say(self, words):
        self.said.value = f'<p role="status" style="margin: 0">{words}</p>'

    def _here(self, drawing):
        row, column = divmod(self.cursor, self.knob.side)
        kind = "ink" if drawing[self.cursor] else "paper"
        return f"Row {row}, column {column}: {kind}."

    def _mark(self, place):
        self.pixels[self.cursor].layout = self._plain
        self.cursor = place
        self.pixels[place].layout = self._marked

    def _show(self, _=None):
        """Send the pixels that have changed, and no others."""
        for place, ink in enumerate(self.value):
            level = round(ink * GREYS)
            if level != self._level[place]:
                self._level[place] = level
                row, column = divmod(place, self.knob.side)
                pixel = self.pixels[place]
                pixel.style = self._greys[level]
                kind = "ink" if level else "paper"
                pixel.tooltip = f"Row {row}, column {column}: {kind}"


def _grey(level):
    shade = round(255 * (1 - level / GREYS))
    return f"#{shade:02x}{shade:02x}{shade:02x}"


def _button(words, act=None):
    button = widgets.Button(description=words, layout=AUTO)
    if act is not None:
        button.on_click(lambda _: act())
    return button


def wrapped(*parts):
    """Controls side by side, in a second row where the first is full."""
    return widgets.HBox(parts, layout={"flex_flow": "row wrap"})
