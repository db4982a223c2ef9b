"""The one mechanism behind every figure with sliders."""

import itertools
from functools import lru_cache

import ipywidgets as widgets
from IPython import get_ipython
from IPython.display import display

from nn_helpers.viz.picture import (
    caption,
    image_bundle,
    image_metadata,
    png,
    quick_png,
    strip,
)

NOTE = (
    "Without a running kernel you see a few settings. Run the cell to move the sliders."
)
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

LABEL = {"description_width": "10em"}
WIDE = {"style": LABEL, "layout": {"width": "34em", "max_width": "95%"}}

# The live figures on display, by the cell that made them: a cell that is run
# again closes its old ones, so neither figures nor observers pile up.
_on_display = {}


class LiveFigure:
    """A Picture with controls: each move redraws the image and its caption.

    controls: {name: ipywidget with a value}; the names are the arguments of
    picture.draw. stepper: the name of a control that gets Back and Forward
    buttons. samples: the states shown to readers without a kernel, as dicts of
    the values that differ from the start.
    """

    def __init__(self, picture, controls, *, samples, stepper=None):
        self.picture, self.controls = picture, controls
        self._render = lru_cache(maxsize=64)(self._draw)
        self.start = self.state()
        states = [self.start | sample for sample in samples]
        # Its palette holds the colours of all telling states, so it serves each.
        self._strip = strip(picture, states, NOTE)
        picture.draw(**self.start)
        self._twin = picture.describe()
        image, words = self._render(**self.start)
        self.image = widgets.Image(value=image, format="png")
        self.image.layout.max_width = "100%"
        # Without this a narrow window squeezes the image instead of scaling it.
        self.image.layout.object_fit = "contain"
        self.image.layout.align_self = "flex-start"
        self.caption = widgets.HTML(words)
        if stepper is not None:
            # A board of many numbers is slow to draw, and its states are few.
            for step in range(controls[stepper].min, controls[stepper].max + 1):
                self._render(**self.start | {stepper: step})
        self.buttons = ()
        rows = [
            self._with_buttons(control) if name == stepper else control
            for name, control in controls.items()
        ]
        self.box = widgets.VBox([*rows, self.image, self.caption])
        for control in controls.values():
            control.observe(self._moved, names="value")

    def state(self):
        """The values of all controls, by name."""
        return {name: control.value for name, control in self.controls.items()}

    def display(self):
        """Display controls, image and caption as one output, with a still strip."""
        cell = _current_cell()
        for old in _on_display.get(cell, ()):
            if old.cell_run != _cell_run():
                old.close()
        alive = [old for old in _on_display.get(cell, ()) if old.box.comm is not None]
        self.cell_run = _cell_run()
        _on_display[cell] = [*alive, self]
        view = {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id}
        display(
            {WIDGET_VIEW: view, **image_bundle(png(self._strip), self._twin)},
            metadata=image_metadata(self._twin),
            raw=True,
        )

    def close(self):
        """Take the figure down: close its widgets and let go of its memory."""
        for control in self.controls.values():
            control.unobserve_all()
        for widget in _family(self.box):
            widget.close()

    def _moved(self, _):
        self.image.value, self.caption.value = self._render(**self.state())

    def _draw(self, **state):
        image = quick_png(self.picture.frame(**state), self._strip)
        return image, caption(self.picture.describe())

    def _with_buttons(self, control):
        back = widgets.Button(description="◀ Back")
        forward = widgets.Button(description="Forward ▶")

        def step(by):
            control.value = min(max(control.value + by, control.min), control.max)

        back.on_click(lambda _: step(-1))
        forward.on_click(lambda _: step(+1))
        self.buttons = (back, forward)
        return widgets.HBox([back, control, forward])


def slider(label, low, high, step, value):
    """A slider with a full-word label and a rounded read-out."""
    whole = all(isinstance(number, int) for number in (low, high, step, value))
    kind = widgets.IntSlider if whole else widgets.FloatSlider
    decimals = 0 if whole else len(f"{step:g}".partition(".")[2])
    return kind(
        value=value,
        min=low,
        max=high,
        step=step,
        description=label,
        readout_format="d" if whole else f".{decimals}f",
        **WIDE,
    )


def choice(label, options, value):
    """A row of buttons, one of which is pressed."""
    return widgets.ToggleButtons(
        options=options,
        value=value,
        description=label,
        style=LABEL | {"button_width": "auto"},
    )


def positions(label, options, value):
    """A slider over a list of (text, value) pairs, for uneven steps."""
    return widgets.SelectionSlider(
        options=options,
        value=value,
        description=label,
        **WIDE,
    )


def _family(box):
    children = getattr(box, "children", ())
    return [box, *itertools.chain.from_iterable(map(_family, children))]


def _current_cell():
    shell = get_ipython()
    if shell is None:
        return None
    metadata = (
        shell.get_parent().get("metadata", {}) if hasattr(shell, "get_parent") else {}
    )
    # JupyterLab and VS Code name the cell; elsewhere its source must do.
    return metadata.get("cellId") or shell.user_ns.get("In", [""])[-1]


def _cell_run():
    shell = get_ipython()
    return None if shell is None else shell.execution_count
