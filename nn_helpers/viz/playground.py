"""A whole run of training in one picture: the plane, and a view beside it."""

import numpy as np
from matplotlib.colors import to_rgb

from nn_helpers.activations import softmax
from nn_helpers.playground import Session, Setting
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.plane import places
from nn_helpers.viz.views import ROOM, SPEAKS, TILE, Board, Losses, Sample

GRID, LEVELS = 60, 5
FEW = 12  # points of a class that the description names one by one
VIEWS = (("network", "network"), ("losses", "losses"), ("one sample", "sample"))
EPOCHS = (10, 20, 50, 100, 200, 300, 500)  # ends of the axis; then thousands
TOPS = (1.5, 3.0, 10.0, 30.0, 100.0, 1000.0)  # of the losses


def playground(line="", stills=()):
    """The playground: what `live.play` runs, pauses, steps and rewinds.

    line: a setting, see `nn_helpers.playground.Setting`; stills: (line, epochs, view)
    that a reader without a kernel is shown. Raises ValueError for a line that is no
    setting.
    """
    return Playground(Setting.parse(line), stills)


class Playground(Picture):
    """A Picture of a session; `load` puts another one in its place.

    draw(show): one of the views of VIEWS, as the session stands.
    """

    def __init__(self, setting, stills=()):
        self.session = Session(setting)
        with style.in_style():
            drawing = self._drawing = _Drawing()
        super().__init__(
            drawing.fig, drawing.caption, drawing.description, draw=self._draw,
            moving=drawing.moving(),
            knobs={"show": Choice("Show", VIEWS, VIEWS[0][1])},
            stills=[{"still": still} for still in stills] or [{}],
            palette=drawing.palette(),
        )  # fmt: skip

    def load(self, setting):
        """Take another setting, from its start."""
        self.session = Session(setting)

    def _draw(self, show, still=None):
        session = self.session
        if still is not None:
            line, epochs, show = still
            session = Session(Setting.parse(line))
            session.epoch(epochs)
        if self._drawing.draw(session, show):
            self._background = None  # axes have changed: blitting starts anew


class _Drawing:
    """The artists: the plane on the left; three views on the right, one at a time."""

    def __init__(self):
        self.fig, (self.plane, self.right) = style.panels(
            9, 4.2, 2, width_ratios=[1, 1.32], left=0.075, right=0.975, wspace=0.16,
            bottom=0.12, top=0.88,
        )  # fmt: skip
        self.colours = np.array([to_rgb(colour) for colour in style.THREE[0]])
        self.image = self.plane.imshow(
            np.ones((GRID, GRID, 3)), origin="lower", aspect="auto"
        )
        self.plane.grid(False)
        self.title = self.plane.set_title("")
        self.points = [
            self.plane.plot([], [], mark, color=colour, ms=ms, mec=edge, mew=1, alpha=alpha)[0]
            for ms, edge, alpha in ((4.5, "none", 0.55), (8, "white", 1))
            for colour, mark in zip(*style.THREE, strict=True)
        ]  # fmt: skip
        self.heading = self.right.set_title("")
        self.views = {
            "losses": Losses(self.right),
            "network": Board(self.right, self.colours),
            "sample": Sample(self.right),
        }
        self.frame, self.view = None, None

    def palette(self):
        """Every colour that can come, and what lies between the inks and the paper."""
        inks = [style.INK, style.WEIGHT, style.BIAS, *(c for c, _ in style.CURVES[:2])]
        fades = np.linspace(1, 0, 9)[1:, None]
        fading = [1 - fades * (1 - np.array(to_rgb(c))) for c in inks]
        solid = np.concatenate([self.colours, 1 - 0.55 * (1 - self.colours)])
        leads = [1 - 0.65 * k / LEVELS * (1 - self.colours) for k in range(LEVELS + 1)]
        shares = [1 - k / 8 * (1 - self.colours) for k in range(1, 9)]
        speaks = SPEAKS(np.linspace(0, 1, SPEAKS.N))[:, :3]
        return np.concatenate(
            [np.ones((1, 3)), *fading, solid, *leads, *shares, speaks]
        )

    def moving(self):
        shown = [artist for view in self.views.values() for artist in view.artists]
        spines = self.plane.spines.values()
        return [self.image, *self.points, *spines, self.title, self.heading, *shown]

    def draw(self, session, show):
        """Draw a session; true if what stands in the background has changed."""
        changed = self._look(session, show)
        self._draw_plane(session)
        when = f"epoch {session.epochs}, step {session.steps}"
        self.heading.set_text(session.stopped.partition(":")[0] or when)
        self.view.draw(session, self.small)
        return changed

    def _look(self, session, show):
        """The axes: which part of the plane, which view, up to which epoch."""
        epochs = session.epochs
        end = next((n for n in EPOCHS if n >= epochs), -(-epochs // 1000) * 1000)
        most = max(session.losses + session.test_losses)
        top = next((t for t in TOPS if t >= most), TOPS[-1])
        points = np.concatenate([session.X, session.X_test])
        low, high = points.min(axis=0) - 0.3, points.max(axis=0) + 0.3
        frame = (*low, *high, show, *((end, top) if show == "losses" else ()))
        if frame == self.frame:
            return False
        self.frame, self.view = frame, self.views[show]
        self.image.set_extent((low[0], high[0], low[1], high[1]))
        self.plane.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
        xs, ys = (np.linspace(low[i], high[i], GRID) for i in range(2))
        self.grid = np.column_stack([a.ravel() for a in np.meshgrid(xs, ys)])
        xs, ys = (np.linspace(low[i], high[i], TILE) for i in range(2))
        self.small = np.column_stack([a.ravel() for a in np.meshgrid(xs, ys[::-1])])
        for view in self.views.values():
            for artist in view.artists:
                artist.set_visible(view is self.view)
        losses = show == "losses"
        self.views["losses"].legend.set_visible(losses)
        for side in ("left", "bottom"):
            self.right.spines[side].set_visible(losses)
        self.right.tick_params(left=losses, bottom=losses, labelleft=losses,
                               labelbottom=losses)  # fmt: skip
        self.right.grid(losses)
        self.right.set(
            xlim=(0, end if losses else ROOM[0]), ylim=(0, top if losses else ROOM[1])
        )
        return True

    def _draw_plane(self, session):
        P = softmax(session.logits(self.grid))
        self.image.set_data(self._mixed(P).reshape(GRID, GRID, 3))
        sets = ((session.X_test, session.y_test), (session.X, session.y))
        for number, line in enumerate(self.points):
            X, y = sets[number // 3]
            line.set_data(*X[y == number % 3].T)
        right, tested = session.right()
        test = f", test {tested}/{len(session.X_test)}" if len(session.X_test) else ""
        self.title.set_text(f"correct: {right}/{len(session.X)}{test}")

    def _mixed(self, P):
        """White where no class is ahead, else the colour of the one that is."""
        best, classes = P.argmax(axis=1), P.shape[1]
        lead = (P.max(axis=1) - 1 / classes) / (1 - 1 / classes)
        lead = 0.65 * np.ceil(lead * LEVELS)[:, None] / LEVELS
        return 1 - lead * (1 - self.colours[best])

    def caption(self):
        right, _, test = self.title.get_text().removeprefix("correct: ").partition(", ")
        when = self.heading.get_text().partition(",")[0].capitalize()
        count, _, total = right.partition("/")
        said = f"{when}: {count} of {total} training points correct"
        if test:
            said += f", {test.removeprefix('test ').replace('/', ' of ')} test points"
        return f"{said}; {self.view.caption()}."

    def description(self):
        said = [f"{self.heading.get_text()}. Left: {self.title.get_text()}"]
        said += [
            f"class {k} has {share:.0%} of the plane"
            for k, share in enumerate(self._shares())
            if share
        ]
        marks = [places(line) for line in self.points if len(line.get_xdata()) <= FEW]
        said += [f"points {' '.join(found)}" for found in marks if found]
        return f"{'; '.join([*said, *self.view.description()])}."

    def _shares(self):
        """The share of the plane that each class has, by its colour."""
        ink = 1 - np.asarray(self.image.get_array()).reshape(-1, 3)
        hues = 1 - self.colours
        alike = ink @ (hues / np.linalg.norm(hues, axis=1, keepdims=True)).T
        best = np.where(ink.max(axis=1) > 1e-6, alike.argmax(axis=1), len(hues))
        return np.bincount(best, minlength=len(hues) + 1)[:-1] / len(best)
