"""The playground with its controls; training runs as a task of the kernel's own loop."""

import asyncio
import dataclasses
import html
import time

import ipywidgets as widgets

from nn_helpers.live.drawing import AUTO, wrapped
from nn_helpers.live.figure import WIDE, Shown, control, labelled, worded
from nn_helpers.playground import (
    ACTIVATIONS,
    DATA,
    INPUTS,
    MOST_LAYERS,
    MOST_NEURONS,
    OPTIMIZERS,
    PRESETS,
    STARTS,
    Setting,
)
from nn_helpers.viz.knobs import Choice, Positions, Slider, named

PICTURE = 1 / 25  # seconds from picture to picture while it runs
STEPS = 0.02  # seconds of a picture's time for training
RUNNING = "Running. Pause, and what is drawn is put into words."
UNTOUCHED = 60.0  # seconds after which a run that nobody touches pauses itself

RATES = (0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)


def _words(names):
    return tuple((name, name) for name in names)


# What can be set, as plain data, in the order in which it stands on the page.
KNOBS = {
    "data": Choice("Data", _words(name for name in DATA if name != "own"), "moons"),
    "points": Positions("Points", named((20, 50, 100, 200, 300, 400)), 100),
    "noise": Slider("Noise", 0.0, 1.0, 0.05, start=0.2),
    "inputs": Choice("Inputs", _words(INPUTS), "xy"),
    "depth": Slider("Hidden layers", 0, MOST_LAYERS, 1, start=1),
    "width": Slider("Neurons in each", 1, MOST_NEURONS, 1, start=4),
    "activation": Choice("Activation", _words(ACTIVATIONS), "tanh"),
    "start": Choice("Start", _words(STARTS), "usual"),
    "optimizer": Choice("Optimiser", _words(OPTIMIZERS), "sgd"),
    "rate": Positions("Learning rate", named(RATES), 0.1),
    "batch": Positions("Batch size", named((1, 5, 10, 20, 50, 100)), 10),
    "decay": Positions("Weight decay", named((0, 0.001, 0.01, 0.1, 0.5)), 0),
}


class LivePlayground(Shown):
    """Run, pause, step, rewind; a preset, a setting as a line; the rest folded away."""

    def __init__(self, picture):
        super().__init__(picture)
        self.task, self.touched, self._preset = None, 0.0, None
        self._own, self._note, self._following = (), "", False
        (show,) = picture.knobs.values()
        self.show = control(show)
        self.run = widgets.ToggleButton(description="Run", layout=AUTO)
        self.buttons = {
            name: widgets.Button(description=name, layout=AUTO)
            for name in ("Step", "Epoch", "Rewind", "New start")
        }
        names = [("your own setting", None), *((name, name) for name in PRESETS)]
        self.presets = widgets.Dropdown(options=names, description="Preset", **WIDE)
        self.more = widgets.ToggleButton(description="Settings", layout=AUTO)
        self.said = widgets.HTML()
        self.line = widgets.Text(
            value=str(self.setting), description="As a line", continuous_update=False,
            **WIDE,
        )  # fmt: skip
        self.line.layout.width = "99%"
        self.knobs = {name: control(knob) for name, knob in KNOBS.items()}
        rows = [labelled(KNOBS[name], knob) for name, knob in self.knobs.items()]
        self.folded = widgets.VBox([self.line, *rows], layout={"display": "none"})
        buttons = wrapped(self.run, *self.buttons.values(), self.more)
        self._arrange(buttons, self.presets, labelled(show, self.show), self.said)
        # Below the picture, so that the picture stays where it is.
        self.box.children = [*self.box.children, self.folded]
        self._follow()
        self._observe()
        self._answer()  # also where there is nothing to say: its room is kept

    @property
    def session(self):
        """The session that is shown."""
        return self.picture.session

    @property
    def setting(self):
        """The setting of the session that is shown."""
        return self.session.setting

    def _observe(self):
        self.run.observe(self._run_or_pause, "value")
        acts = {
            "Step": self.step,
            "Epoch": self.epoch,
            "Rewind": self.rewind,
            "New start": self.new_start,
        }
        for name, button in self.buttons.items():
            button.on_click(lambda _, act=acts[name]: act())
        self.show.observe(lambda _: self._touch(self.redraw), "value")
        self.more.observe(self._fold, "value")
        self.presets.observe(lambda change: self.choose(change.new), "value")
        self.line.observe(lambda change: self.paste(change.new), "value")
        for knob in self.knobs.values():
            knob.observe(self._turned, "value")

    # What the controls do

    def step(self):
        """One update."""
        self.pause()
        self.session.step()
        self.redraw()

    def epoch(self):
        """To the end of the epoch."""
        self.pause()
        self.session.epoch()
        self.redraw()

    def rewind(self):
        """Back to the same start."""
        self.pause()
        self.session.rewind()
        self.redraw()

    def new_start(self):
        """Other starting weights, the same points."""
        self._load(dataclasses.replace(self.setting, seed=self.setting.seed + 1))

    def choose(self, name):
        """Take a preset, and ask what to guess first; None lets the setting be."""
        if self._following:
            return
        if name is None:
            self._preset = None
            self._answer()
        else:
            self._load(Setting.parse(PRESETS[name].line), name)

    def paste(self, line):
        """Take a setting from its line; what is wrong with it is said."""
        if self._following:
            return
        try:
            if not line.strip():
                raise ValueError("the line is empty")
            self._load(Setting.parse(line))
        except (ValueError, TypeError) as error:
            self._refuse(error)

    def _load(self, setting, preset=None):
        self.pause()
        self._preset, self._note = preset, ""
        self.picture.load(setting)
        self._follow()
        self.redraw()

    def _turned(self, change):
        """A knob was turned by hand: one word changes, and the run begins anew."""
        if self._following:
            return
        (name,) = [name for name, knob in self.knobs.items() if knob is change.owner]
        old, value = self.setting, change.new
        if name in ("depth", "width"):
            depth, width = self.knobs["depth"].value, self.knobs["width"].value
            values = {"layers": (width,) * depth}
        elif name == "data":
            own = self._own if value == "own" else ()
            rows = len(own) or old.points
            values = {"data": value, "own": own, "batch": min(old.batch, rows)}
        elif name == "points":
            values = {"points": value, "batch": min(old.batch, value)}
        else:
            values = {name: value}
        if old.own and name in ("points", "noise"):
            self._refuse("own points have no number and no noise to set")
            return
        try:
            self._load(dataclasses.replace(old, **values))
        except ValueError as error:
            self._refuse(error)

    def _refuse(self, why):
        """Say it until the next setting is taken; the knobs go back to what holds."""
        self._follow(line=False)
        self._note = f"Not taken: {why}."
        self._answer()

    def _follow(self, line=True):
        """Let every control show the setting, without an answer to itself."""
        setting = self.setting
        values = dataclasses.asdict(setting) | {"depth": len(setting.layers)}
        # Without a hidden layer the knob keeps the width for the next one.
        values["width"] = max(setting.layers, default=self.knobs["width"].value)
        self._own = setting.own or self._own
        self._following = True
        if line:
            self.line.value = str(setting)
        self.presets.value = self._preset
        for name, knob in self.knobs.items():
            value = values[name]
            if hasattr(knob, "options"):
                # A line may ask for what no button offers: then it becomes one.
                known = [option for _, option in KNOBS[name].options]
                extra = () if value in known else ((f"{value}", value),)
                if name == "data" and self._own:
                    extra = (("own", "own"),)
                options = (*KNOBS[name].options, *extra)
                if tuple(knob.options) != options:
                    knob.options = options
            knob.value = value
        self._following = False

    def _fold(self, change):
        self.folded.layout.display = "flex" if change.new else "none"
        self.touched = time.monotonic()

    # Pictures

    def redraw(self, words=True):
        """Draw the session as it stands; without its words while it runs."""
        self.image.value = self._image(show=self.show.value)
        if words:
            self.words.value = self._said()
            self._answer()

    def _answer(self):
        """What stands above the picture: the guess of a preset, then its reason."""
        stopped, words = self.session.stopped, [self._note] if self._note else []
        if stopped:
            words.append(f"{stopped[0].upper()}{stopped[1:]}.")
        if self._preset is not None:
            preset = PRESETS[self._preset]
            if stopped or self.session.epochs >= preset.epochs:
                words += [preset.guess, preset.why]
            else:
                words += ["Guess first:", preset.guess, "Then run."]
        self._say(" ".join(words))

    def _say(self, words):
        self.said.value = (
            f'<p role="status" style="min-height: 2.8em; line-height: 1.4; margin: 0">'
            f"{html.escape(words)}</p>"
        )

    # Running

    def _touch(self, act):
        self.touched = time.monotonic()
        act()

    def _run_or_pause(self, change):
        self.touched = time.monotonic()
        self.run.description = "Pause" if change.new else "Run"
        if change.new:
            self.task = asyncio.get_running_loop().create_task(self._run())
        else:
            self.pause()

    def pause(self):
        """Stop the run, where one is on; the session stays as it is."""
        self.touched = time.monotonic()
        if self.task is not None:
            self.task.cancel()
            self.task = None
            self.redraw()
        self.run.value = False

    async def _run(self):
        """Train and draw until it is paused, whatever comes in between."""
        words = None
        try:
            words = await self._pictures()
        except Exception as error:
            words = f"The run ended by a mistake of ours: {error!r}"
            raise
        finally:
            if self.task is asyncio.current_task():
                self.task = None
                self.run.value = False
                self.redraw()
                if words:
                    self._say(words)

    async def _pictures(self):
        """In small pieces, so that the kernel answers in between; words for its end.

        A preset pauses where its reason can be seen; from there on it goes on.
        """
        # Words for each picture would contradict it by the time they are read.
        self.words.value = worded(RUNNING, "Running.")
        end = 0
        if self._preset is not None:
            end = PRESETS[self._preset].epochs
        end = end if self.session.epochs < end else None
        while not self.session.stopped and self.session.epochs != end:
            begin = time.monotonic()
            if begin - self.touched > UNTOUCHED:
                return f"Paused: nobody touched a control for {UNTOUCHED:g} seconds."
            self._train(begin + STEPS)
            self.redraw(words=False)
            await asyncio.sleep(max(0.005, PICTURE - (time.monotonic() - begin)))
        return None

    def _train(self, until):
        """Up to an epoch, as far as the time of a picture reaches."""
        epochs = self.session.epochs
        while self.session.epochs == epochs and not self.session.stopped:
            self.session.step()
            if time.monotonic() > until:
                break

    def close(self):
        """Take it down; a run ends with it."""
        task, self.task = self.task, None
        if task is not None:
            task.cancel()
        self.run.value = False
        super().close()
