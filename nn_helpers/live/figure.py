"""The one mechanism behind every figure with sliders."""

import base64
import html
import itertools
import math
from functools import lru_cache

import ipywidgets as widgets
from IPython import get_ipython
from IPython.display import display

from nn_helpers.live.drawing import DrawingPad, wrapped
from nn_helpers.viz import knobs
from nn_helpers.viz.picture import (
    caption_html,
    image_bundle,
    image_metadata,
    png,
    quick_png,
    strip,
)

NOTE = "Without a kernel: a few settings. Run all cells down to this one to move the sliders."
AGAIN = "Run all cells down to this one to move the sliders."
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

# Two lines are reserved, so that nothing below jumps when a caption grows.
TWO_LINES = "; min-height: 2.8em"
UNSEEN = "position: absolute; margin: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)"
IMAGE_LAYOUT = {
    "margin": "0",
    "width": "100%",
    "max_width": "1600px",
    "max_height": "59vh",
    "object_fit": "contain",
    "object_position": "left top",
    "align_self": "flex-start",
}
LABEL = {"description_width": "9em"}
BESIDE = {"width": "9em", "justify_content": "flex-end"}
WIDE = {"style": LABEL, "layout": {"width": "34em", "max_width": "99%"}}

# A front end never falls back from a widget whose model is gone, so a saved
# notebook would show an error. The spare is a still picture in an output of its
# own, unseen while the figure lives (.nn-live is there). Where the front end
# renders widgets (.lm-Panel) and none lives, the spare takes over, after 3
# seconds, so that it does not flash while a living one is being built.
SPARE_STYLE = """<style>
.jp-OutputArea:has(.nn-spare):not(:has(.nn-live)) .jp-OutputArea-output.lm-Panel \
{ display: none }
.jp-OutputArea:has(.jp-OutputArea-output.lm-Panel):not(:has(.nn-live)) .nn-spare \
{ display: block !important; animation: nn-spare 3s step-end }
@keyframes nn-spare { from { visibility: hidden; height: 0 } }
</style>"""

# The live figures on display, by the cell that made them: a cell that is run
# again closes its old ones, so neither figures nor observers pile up.
_on_display = {}

FEW = 40


class Shown:
    """A Picture on display: an image, its words, what survives the kernel.

    A subclass puts controls above them (`_arrange`).
    """

    def __init__(self, picture):
        self.picture = picture
        # Its palette holds the colours of all telling states, so it serves each.
        self._strip, self._stills = strip(picture, NOTE)
        image, words = self._draw(**picture.start)
        self._description = picture.description()
        self.image = widgets.Image(value=image, format="png", layout=IMAGE_LAYOUT)
        self.words = widgets.HTML(words)

    def _arrange(self, *rows):
        self.box = widgets.VBox([*rows, self.image, self.words])
        self.box.add_class("nn-live")

    def display(self):
        """Display the figure, with a still strip, and its spare."""
        cell = _current_cell()
        for old in _on_display.get(cell, ()):
            if old.cell_run != _cell_run():
                old.close()
        alive = [old for old in _on_display.get(cell, ()) if old.box.comm is not None]
        self.cell_run = _cell_run()
        _on_display[cell] = [*alive, self]
        view = {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id}
        words = self._description
        display(
            {WIDGET_VIEW: view, **image_bundle(png(self._strip), words)},
            metadata=image_metadata(words) | {"nn_stills": self._stills},
            raw=True,
        )
        display({"text/html": self._spare()}, raw=True)

    def _spare(self):
        image = base64.b64encode(self.image.value).decode("ascii")
        return (
            f'{SPARE_STYLE}<div class="nn-spare" style="display: none" hidden>'
            f'<p>{AGAIN}</p><img style="max-width: 100%" alt="'
            f'{html.escape(self._description)}" src="data:image/png;base64,{image}"></div>'
        )

    def close(self):
        """Take the figure down: close its widgets and let go of its memory."""
        for widget in _family(self.box):
            widget.unobserve_all()
            widget.close()

    def _draw(self, **state):
        return self._image(**state), self._said()

    def _image(self, **state):
        return quick_png(self.picture.frame(**state), self._strip)

    def _said(self):
        return worded(self.picture.caption(), self.picture.description())


def worded(caption, description):
    """Both texts as HTML: one to be seen and spoken, one behind the picture."""
    return (
        caption_html(caption, TWO_LINES)
        + f'<p class="nn-words" style="{UNSEEN}">{html.escape(description)}</p>'
    )


class LiveFigure(Shown):
    """A Picture whose knobs are ipywidgets: each move redraws image and words."""

    def __init__(self, picture):
        super().__init__(picture)
        self._render = lru_cache(maxsize=64)(self._draw)
        self._render(**picture.start)
        values_of_each = [knob.values for knob in picture.knobs.values()]
        timed = any(isinstance(k, knobs.Measure) for k in picture.knobs.values())
        if not timed and math.prod(map(len, values_of_each)) <= FEW:
            # A board of many numbers is slow to draw; where the states are few, all
            # of them are drawn beforehand.
            for values in itertools.product(*values_of_each):
                self._render(**dict(zip(picture.knobs, values, strict=True)))
        self.controls = {name: control(knob) for name, knob in picture.knobs.items()}
        self.buttons = ()
        rows = []
        for name, knob in picture.knobs.items():
            row = self._row(name, knob)
            if isinstance(knob, knobs.Measure) and rows:  # beside the knob before it
                row = wrapped(rows.pop(), row)
            rows.append(row)
        self._arrange(*rows)
        for knob in self.controls.values():
            knob.observe(self._moved, names="value")

    def state(self):
        """The values of all controls, by name."""
        return {name: control.value for name, control in self.controls.items()}

    def _moved(self, _):
        self.image.value, self.words.value = self._render(**self.state())

    def _row(self, name, knob):
        control = self.controls[name]
        if not isinstance(knob, knobs.Stepper):
            return labelled(knob, control)
        back = widgets.Button(description="◀ Back")
        forward = widgets.Button(description="Forward ▶")

        def step(by):
            control.value = min(max(control.value + by, control.min), control.max)

        back.on_click(lambda _: step(-1))
        forward.on_click(lambda _: step(+1))
        self.buttons = (back, forward)
        return wrapped(control, back, forward)


def labelled(knob, control):
    """The control as a row; buttons get their label beside them, as sliders have it."""
    if not isinstance(control, widgets.ToggleButtons):
        return control
    return widgets.HBox([widgets.Label(knob.label, layout=BESIDE), control])


def control(knob):
    """The ipywidget of a knob: full-word label, rounded read-out."""
    plain = {"description": knob.label, "value": knob.start}
    if isinstance(knob, knobs.Pad):
        return DrawingPad(knob)
    if isinstance(knob, knobs.Measure):
        return widgets.ToggleButton(
            description=knob.label,
            layout={"width": "auto", "margin": "2px 0 2px 9.4em"},
        )
    if isinstance(knob, knobs.Positions):
        return widgets.SelectionSlider(options=knob.options, **plain, **WIDE)
    if isinstance(knob, knobs.Choice):
        return widgets.ToggleButtons(
            options=knob.options, value=knob.start, style={"button_width": "auto"}
        )
    if isinstance(knob, knobs.Stepper):
        return widgets.IntSlider(min=knob.start, max=knob.last, **plain, **WIDE)
    whole = all(isinstance(value, int) for value in knob.values)
    kind = widgets.IntSlider if whole else widgets.FloatSlider
    return kind(
        min=knob.low,
        max=knob.high,
        step=knob.step,
        readout_format="d" if whole else f".{knob.decimals}f",
        **plain,
        **WIDE,
    )


def _family(box):
    """A widget with its children, and with its layout and style, which are widgets too."""
    children = getattr(box, "children", ())
    looks = [getattr(box, name) for name in ("layout", "style") if hasattr(box, name)]
    return [box, *looks, *itertools.chain.from_iterable(map(_family, children))]


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
