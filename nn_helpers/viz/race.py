"""Optimisers that start together, in a gorge and in the same gorge turned."""

import numpy as np

from nn_helpers.optimizers import SGD, Adam, Momentum
from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Slider
from nn_helpers.viz.landscape import draw_map
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import num

RACERS = {"SGD": SGD, "momentum": Momentum, "Adam": Adam}
RATES = tuple(2.0**k for k in range(-10, 2))
STARTS = {
    "at its end": (-2.0, 1.0),
    "near its floor": (-2.0, 0.1),
    "on its wall": (0.0, 2.0),
}
STEPS, STEEP, REACH = 60, 50.0, 2.6
TURN = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)
# Height w.T C w / 2, with the curvatures of C: 1 along the floor, 50 across.
GORGES = {
    "gorge": (np.diag([1.0, STEEP]), np.eye(2)),
    "turned": (TURN @ np.diag([1.0, STEEP]) @ TURN.T, TURN),
}
GRID = np.linspace(-REACH, REACH, 90)
PLANE = np.stack(np.meshgrid(GRID, GRID), axis=-1).reshape(-1, 2)


def optimizer_race():
    """SGD, momentum and Adam from one start, each at the rate best in the gorge.

    Best of the powers of 2 from 1/1024 to 2: lowest after 60 steps. In the turned gorge
    start and landscape are turned by 45 degrees, and the rates stay.
    """
    walks = {name: _walks(place) for name, place in STARTS.items()}
    fig, paths, first, curves, now, title = _draw_race()

    def draw(start, steps):
        for gorge, lines in paths.items():
            C = GORGES[gorge][0]
            for name, line, curve in zip(RACERS, lines, curves[gorge], strict=True):
                places = walks[start][gorge][name][: steps + 1]
                line.set_data(*places.T)
                curve.set_data(np.arange(steps + 1), _height(C, places))
            first[gorge].set_data(*places[:1].T)
        now.set_data([steps, steps], [1e-3, 1e3])
        rates = [_fraction(walks[start]["rates"][name]) for name in RACERS]
        title.set_text(f"rates {', '.join(rates)}")

    def heights(gorge):
        return [curve.get_ydata()[-1] for curve in curves[gorge]]

    def caption():
        steps = len(curves["gorge"][0].get_xdata()) - 1
        if steps == 0:
            return "All three stand on the start."
        lowest = [list(RACERS)[int(np.argmin(heights(gorge)))] for gorge in GORGES]
        if lowest[0] == lowest[1]:
            return f"After step {steps}, {lowest[0]} is lowest in both gorges."
        return (
            f"After step {steps}, lowest: {lowest[0]}; in the turned gorge {lowest[1]}."
        )

    def description():
        said = []
        for gorge, lines in paths.items():
            (x,), (y,) = first[gorge].get_data()
            each = [
                f"{name} at ({num(line.get_xdata()[-1], 2)}, "
                f"{num(line.get_ydata()[-1], 2)}), loss {num(height)}"
                for name, line, height in zip(
                    RACERS, lines, heights(gorge), strict=True
                )
            ]
            said.append(f"{gorge}, from ({num(x, 2)}, {num(y, 2)}): {', '.join(each)}")
        step = num(curves["gorge"][0].get_xdata()[-1])
        return f"Step {step}, {title.get_text()}. {'; '.join(said)}."

    lines = [line for group in (*paths.values(), *curves.values()) for line in group]
    frames = [spine for ax in fig.axes for spine in ax.spines.values()]
    return Picture(
        fig, caption, description, draw=draw,
        moving=[*first.values(), now, *lines, title, *frames],
        knobs={
            "start": Choice("Start", tuple((name, name) for name in STARTS), "at its end"),
            "steps": Slider("Steps", 0, STEPS, 1, start=10),
        },
        stills=[{}, {"steps": STEPS}, {"start": "near its floor", "steps": 40},
                {"start": "on its wall"}],
    )  # fmt: skip


def _draw_race():
    """Two maps with a path for each racer, and their losses against steps."""
    paths, first, curves = {}, {}, {}
    with style.in_style():
        fig, axes = style.panels(
            9, 4.2, 3, left=0.06, right=0.98, wspace=0.28, top=0.78
        )
        right = axes[2]
        (now,) = right.plot([], [], color=style.QUIET, lw=1.5, gid="scenery")
        for ax, (gorge, (C, _)) in zip(axes[:2], GORGES.items(), strict=True):
            heights = _height(C, PLANE).reshape(90, 90)
            draw_map(ax, [GRID, GRID], heights, ("", ""), bottom=(0, 0))
            ax.set_title("gorge" if gorge == "gorge" else "turned gorge")
            (first[gorge],) = ax.plot(
                [], [], "s", color="white", ms=11, mec=style.INK, mew=2
            )
            paths[gorge], curves[gorge] = [], []
            for name, (colour, dash) in zip(RACERS, style.CURVES, strict=True):
                paths[gorge] += ax.plot([], [], dash, color=colour, lw=2.2, marker="o",
                                        ms=10, markevery=[-1], label=name)  # fmt: skip
                thin = {"lw": 2.6} if gorge == "gorge" else {"lw": 1, "alpha": 0.8}
                curves[gorge] += right.plot([], [], dash, color=colour, **thin)
        right.set(title="loss", xlabel="step", yscale="log", xlim=(-1, STEPS + 1))
        right.set(ylim=(1e-3, 1e3), yticks=[1e-2, 1, 1e2])
        fig.legend(handles=paths["gorge"], loc="upper left", ncols=3)
        title = fig.text(0.98, 0.955, "", ha="right", va="center", size=13)
    return fig, paths, first, curves, now, title


def _fraction(rate):
    return f"{rate:g}" if rate >= 1 else f"1/{1 / rate:g}"


def _height(C, places):
    return (places @ C * places).sum(axis=1) / 2


def _walks(place):
    """Rates and walks of all racers from a start, in both gorges."""
    rates, found = {}, {gorge: {} for gorge in GORGES}
    for name, racer in RACERS.items():
        C = GORGES["gorge"][0]
        ends = [_walk(racer(rate), C, place)[-1] for rate in RATES]
        rates[name] = RATES[int(np.nanargmin(_height(C, np.array(ends))))]
        for gorge, (C, turn) in GORGES.items():
            found[gorge][name] = _walk(racer(rates[name]), C, turn @ place)
    return found | {"rates": rates}


def _walk(optimizer, C, place):
    w, places = np.array(place, dtype=float), [place]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(STEPS):
            optimizer.step([("w", w, C @ w)])
            places.append(w.copy())
    return np.array(places)
