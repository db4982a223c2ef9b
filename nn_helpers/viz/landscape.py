"""Losses as landscapes, and the walk of gradient descent on them."""

import numpy as np

from nn_helpers.viz import style
from nn_helpers.viz.knobs import Positions, Slider, named
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import num, plural, scenery

GRID = 90


def curve_walk(loss, slope, span, rates, start, rate, steps=12):
    """A loss of one weight, its tangent at the start, and steps of gradient descent.

    loss, slope: functions of an array of weights; span: (lowest, highest) weight;
    rates: learning rates to choose from; start, rate: where the sliders stand.
    """
    w = np.linspace(*span, 400)
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.1, right=0.97)
        heights = loss(w)
        ax.plot(w, heights, color=style.CURVES[0][0])
        (tangent,) = ax.plot([], [], "--", color=style.SLOPE)
        (path,) = ax.plot([], [], "-", color=style.INK, lw=1.5)
        (stops,) = ax.plot([], [], "o", color=style.INK, ms=9, mec="white")
        (first,) = ax.plot([], [], "s", color="white", ms=13, mec=style.INK, mew=3)
        room = np.array([-0.12, 0.12]) * np.ptp(heights)
        ylim = np.array([heights.min(), heights.max()]) + room
        ax.set(xlabel="weight w", ylabel="loss", xlim=span, ylim=ylim)
        title = ax.set_title("")

    def draw(start, learning_rate, steps):
        places = _walk(slope, np.array([start]), learning_rate, steps)[:, 0]
        places = places[: _inside(places, *(5 * s for s in _around(span))) + 1]
        heights = loss(places)
        reach = np.array([-0.12, 0.12]) * (span[1] - span[0])
        tangent.set_data(start + reach, heights[0] + slope(places[:1])[0] * reach)
        path.set_data(places, heights)
        stops.set_data(places[1:], heights[1:])
        first.set_data(places[:1], heights[:1])
        title.set_text(f"learning rate {learning_rate:g}, {plural(steps, 'step')}")

    def steep():
        x, y = tangent.get_data()
        return (y[1] - y[0]) / (x[1] - x[0])

    def caption():
        (at,), losses = first.get_xdata(), path.get_ydata()
        said = _course(losses, steps_in(title), _within(path, ax))
        return f"From w = {num(at)}, slope {num(steep())}: {said}."

    def description():
        (at,), losses = first.get_xdata(), path.get_ydata()
        words = (
            f"{title.get_text()}; the square at w = {num(at)}, loss "
            f"{num(first.get_ydata()[0])}, the walk from {num(losses[0])}, "
        )
        words += f"tangent of slope {num(steep())} from {num(tangent.get_ydata()[0])}"
        if len(losses) > 1 and calm(losses) and _within(path, ax):
            stop = stops.get_data()
            words += f"; first stop at {num(stop[0][0])}, loss {num(stop[1][0])}; last "
            words += f"at {num(stop[0][-1])}, loss {num(stop[1][-1])}"
        return words + "."

    return Picture(
        fig, caption, description, draw=draw,
        moving=[tangent, path, stops, first, title],
        knobs={
            "start": Slider("Start w", *span, 0.1, start=start),
            "learning_rate": Positions("Learning rate", named(rates), rate),
            "steps": Slider("Steps", 0, steps, 1, start=1),
        },
        stills=[{}, {"steps": steps}],
    )  # fmt: skip


def landscape(loss, gradient, spans, names, rates, start, rate, steps=40):
    """A loss of two weights as a map, and the walk of gradient descent from a start.

    loss, gradient: functions of places (n, 2), to (n,) and (n, 2); spans: (lowest,
    highest) of each weight; names: of the weights; rates: learning rates to choose
    from; start: (u, v) and rate: where the sliders stand.
    """
    axes = [np.linspace(*span, GRID) for span in spans]
    grid = np.stack(np.meshgrid(*axes), axis=-1)
    heights = loss(grid.reshape(-1, 2)).reshape(GRID, GRID)
    with style.in_style():
        fig, (left, right) = style.panels(
            9, 4.2, 2, width_ratios=[1, 1.25], left=0.09, wspace=0.3
        )
        lowest = grid[np.unravel_index(heights.argmin(), (GRID, GRID))]
        draw_map(left, axes, heights, names, _bottom(gradient, lowest, spans))
        left.set_aspect("equal")  # downhill is at a right angle to the lines
        (path,) = left.plot([], [], "-", color=style.INK, lw=1.5)
        (stops,) = left.plot([], [], "o", color=style.INK, ms=5)
        (first,) = left.plot([], [], "s", color="white", ms=13, mec=style.INK, mew=3)
        title = left.set_title("")
        (course,) = right.plot([], [], color=style.CURVES[0][0])
        (now,) = right.plot([], [], "o", color=style.INK, ms=12)
        _frame_of_losses(right, heights, loss(np.array([start]))[0], steps)

    def draw(learning_rate, u, v, steps):
        places = _walk(gradient, np.array([u, v]), learning_rate, steps)
        far = np.array([_around(span) for span in spans]) * 50
        places = places[: min(_inside(places[:, i], *far[i]) for i in (0, 1)) + 1]
        losses = loss(places)
        path.set_data(*places.T)
        stops.set_data(*places[1:].T)
        first.set_data(*places[:1].T)
        course.set_data(np.arange(len(losses)), losses)
        now.set_data([len(losses) - 1], losses[-1:])
        title.set_text(f"learning rate {learning_rate:g}, {plural(steps, 'step')}")

    def caption():
        (u,), (v,) = first.get_data()
        said = _course(course.get_ydata(), steps_in(title), _within(path, left))
        return f"From ({num(u)}, {num(v)}), {title.get_text()}: {said}."

    def description():
        (u,), (v,) = first.get_data()
        losses = course.get_ydata()
        words = f"{title.get_text()}, from ({num(u)}, {num(v)}), loss {num(losses[0])}"
        if calm(losses) and _within(path, left):
            x, y = path.get_data()
            words += f", to ({num(x[-1])}, {num(y[-1])})"
            words += f"; mark at step {num(now.get_xdata()[0])}, loss "
            words += num(now.get_ydata()[0])
        return words + "."

    knobs = {"learning_rate": Positions("Learning rate", named(rates), rate)}
    for key, name, span, at in zip("uv", names, spans, start, strict=True):
        step = 0.1 if span[1] - span[0] > 2 else 0.02
        knobs[key] = Slider(f"Start {name}", *span, step, start=at)
    knobs["steps"] = Slider("Steps", 0, steps, 1, start=steps)
    return Picture(
        fig, caption, description, draw=draw,
        moving=[path, stops, first, title, *left.spines.values(), course, now],
        knobs=knobs,
        stills=[{}, {"learning_rate": rates[-1]}],
    )  # fmt: skip


def draw_map(ax, axes, heights, names, bottom=None):
    """Heights over a plane: dark is high, lines join equal heights, a cross the bottom."""
    levels = np.unique(np.quantile(heights, np.linspace(0, 1, 16) ** 1.5))
    scenery(ax.contourf(*axes, heights, levels, cmap="Purples", alpha=0.6))
    lines = {"colors": "#8F80BD", "linewidths": 1, "negative_linestyles": "solid"}
    scenery(ax.contour(*axes, heights, levels, **lines))
    if bottom is not None:
        scenery(ax.plot(*bottom, "+", color=style.BIAS, ms=16, mew=3)[0])
    ax.set(xlabel=names[0], ylabel=names[1])
    ax.set(xlim=axes[0][[0, -1]], ylim=axes[1][[0, -1]])
    ax.grid(False)


def _bottom(gradient, place, spans):
    """Where the slopes are 0, near the lowest place of a map; None if it is outside."""
    nudges = 1e-5 * np.eye(2)
    for _ in range(20):  # Newton: along the slopes of the slopes
        bent = (gradient(place + nudges) - gradient(place - nudges)) / 2e-5
        place = place - np.linalg.solve(bent, gradient(place[None])[0])
    bowl = np.linalg.eigvalsh(bent).min() > 0  # and no saddle
    flat = np.abs(gradient(place[None])).max() < 1e-9
    inside = all(low < w < high for w, (low, high) in zip(place, spans, strict=True))
    return place if bowl and flat and inside else None


def _frame_of_losses(ax, heights, top, steps):
    low = heights.min() if heights.min() < 0 else 0.9 * heights.min()
    ax.set(title="loss", xlabel="step", xlim=(-0.03 * steps, 1.03 * steps))
    ax.set_ylim(low, low + 1.6 * (top - low))


def _walk(gradient, place, learning_rate, steps):
    """The start and the place after each step, (steps + 1, n)."""
    places = [place]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            here = places[-1]
            there = gradient(here[None])[0] if len(here) > 1 else gradient(here)
            places.append(here - learning_rate * there)
    return np.array(places)


def _around(span):
    return span[0] - (span[1] - span[0]), span[1] + (span[1] - span[0])


def _inside(values, low, high):
    """The number of the last place before the walk leaves a wide frame for good."""
    outside = np.flatnonzero(~((values >= low) & (values <= high)))
    return max(int(outside[0]) - 1, 0) if len(outside) else len(values) - 1


def steps_in(title):
    """The number of steps that the title names."""
    return int(title.get_text().split()[-2])


def calm(losses):
    """Whether a walk is so steady that its digits are the same everywhere."""
    rises = np.diff(losses, prepend=losses[0]).max()
    return bool(np.isfinite(losses).all() and rises <= 1e-3)


def _within(path, ax):
    """Whether the last place of a path lies inside the axes."""
    (x, y), (left, right) = (values[-1] for values in path.get_data()), ax.get_xlim()
    low, high = ax.get_ylim()
    return bool(left <= x <= right and low <= y <= high)


def _course(losses, steps, inside):
    """What a walk of so many steps does, from the losses that are drawn.

    inside: whether its last place lies in the picture.
    """
    if steps == 0:
        return "no step yet"
    if not inside or len(losses) <= steps:
        return "the walk ends outside the picture"
    first, last = num(losses[0]), num(losses[-1])
    if calm(losses) and losses[-1] < losses[0] - 1e-9:
        return f"the loss falls from {first} to {last}"
    if calm(losses) and abs(losses[-1] - losses[0]) <= 1e-9:
        return f"the loss stays at {last}"
    if np.diff(losses).min() >= 0:
        return f"the loss rises from {first} to {last}"
    return "the loss goes up and down"
