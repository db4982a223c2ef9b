"""Optimisers that start together, on landscapes of two weights."""

import numpy as np

from nn_helpers.optimizers import SGD, Adam, Momentum
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Slider
from nn_helpers.viz.landscape import draw_map
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import listed, num, plural

RACERS = {"SGD": SGD, "momentum": Momentum, "Adam": Adam}
RATES = tuple(2.0**k for k in range(-10, 2))
STARTS = {
    "beside it": (-2.0, 1.0),
    "on its floor": (-2.0, 0.0),
    "on its wall": (0.0, 2.0),
}
STEPS, STEEP, REACH = 60, 50.0, 2.6
TURN = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)
# Height w.T C w / 2, with the curvatures of C. The turned gorge is the same gorge.
BOWLS = {
    "round bowl": (np.eye(2), np.eye(2)),
    "gorge": (np.diag([1.0, STEEP]), np.eye(2)),
    "turned gorge": (TURN @ np.diag([1.0, STEEP]) @ TURN.T, TURN),
}


def optimizer_race():
    """SGD, momentum and Adam from one start, each at its best rate, in three bowls.

    The best rate is the power of 2 with which it is lowest after 60 steps.
    """
    walks = {
        start: {
            bowl: [_best_walk(racer, C, turn @ place) for racer in RACERS.values()]
            for bowl, (C, turn) in BOWLS.items()
        }
        for start, place in STARTS.items()
    }
    with style.in_style():
        fig, axes = style.panels(9, 4.2, 3, left=0.07, right=0.99, wspace=0.22, top=0.8)
        paths, first = {}, {}
        for ax, (bowl, (C, _)) in zip(axes, BOWLS.items(), strict=True):
            draw_map(ax, [GRID, GRID], _height(C, PLANE).reshape(90, 90), ("w[0]", ""))
            ax.set_title(bowl)
            first[bowl] = ax.plot(
                [], [], "s", color="white", ms=12, mec=style.INK, mew=2
            )[0]
            paths[bowl] = [
                ax.plot([], [], dash, color=colour, lw=2.4, marker=mark, ms=12,
                        markevery=[-1], label=name)[0]
                for name, (colour, dash), mark in zip(
                    RACERS, style.CURVES, ("o", "s", "^"), strict=True)
            ]  # fmt: skip
        fig.legend(handles=paths["gorge"], loc="upper center", ncols=3)
        title = axes[0].text(0.03, 0.03, "", transform=axes[0].transAxes, size=13)

    def draw(start, steps):
        for bowl, lines in paths.items():
            for line, places in zip(lines, walks[start][bowl], strict=True):
                line.set_data(*places[: steps + 1].T)
                first[bowl].set_data(*places[:1].T)
        title.set_text(f"after {plural(steps, 'step')}")

    def heights(bowl):
        ends = [[v[-1] for v in line.get_data()] for line in paths[bowl]]
        return _height(BOWLS[bowl][0], np.array(ends))

    def caption():
        said = [
            f"{list(RACERS)[heights(bowl).argmin()]} in the {bowl}" for bowl in BOWLS
        ]
        if title.get_text() == "after 0 steps":
            return "All three stand on the start."
        return f"{title.get_text().capitalize()}, lowest: {listed(said)}."

    def description():
        said = []
        for bowl, lines in paths.items():
            each = [
                f"{line.get_label()} {num(height)} at ({num(line.get_xdata()[-1], 2)}, "
                f"{num(line.get_ydata()[-1], 2)})"
                for line, height in zip(lines, heights(bowl), strict=True)
            ]
            (x,), (y,) = first[bowl].get_data()
            said.append(f"{bowl} from ({num(x, 2)}, {num(y, 2)}): {', '.join(each)}")
        return f"Loss {title.get_text()}. {'; '.join(said)}."

    every = [line for lines in paths.values() for line in lines]
    frames = [spine for ax in axes for spine in ax.spines.values()]
    return Picture(
        fig, caption, description, draw=draw, moving=[*first.values(), *every, title, *frames],
        knobs={
            "start": Choice("Start", tuple((name, name) for name in STARTS), "beside it"),
            "steps": Slider("Steps", 0, STEPS, 1, start=10),
        },
        stills=[{}, {"steps": STEPS}, {"start": "on its wall"}],
    )  # fmt: skip


GRID = np.linspace(-REACH, REACH, 90)
PLANE = np.stack(np.meshgrid(GRID, GRID), axis=-1).reshape(-1, 2)


def _height(C, places):
    return (places @ C * places).sum(axis=1) / 2


def _best_walk(racer, C, place):
    """The walk, among those at all the rates, that is lowest at its end."""
    walks = [_walk(racer(rate), C, place) for rate in RATES]
    ends = _height(C, np.array([places[-1] for places in walks]))
    return walks[int(np.nanargmin(ends))]


def _walk(optimizer, C, place):
    w, places = np.array(place, dtype=float), [place]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(STEPS):
            optimizer.step([("w", w, C @ w)])
            places.append(w.copy())
    return np.array(places)
