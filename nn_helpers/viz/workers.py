"""A step that workers share: what it costs, and what is left when one is lost."""

from itertools import pairwise

import numpy as np

from nn_helpers.viz import style
from nn_helpers.viz.knobs import Choice, Positions, named
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import listed, num

WORKERS = np.arange(1, 33)


def sharing(networks, batches, prices=(0, 1, 10, 100)):
    """What a step costs that K workers share, in multiplications, for each K.

    networks: {name: sizes}; a worker multiplies its share of the rows, and all
    parameters travel to it and as many slopes back, each at the price of so many
    multiplications. The work is that of a forward pass and a walk back.
    """
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.12, right=0.97, bottom=0.19)
        (work,) = ax.plot([], [], "--", color=style.CLASSES[0], label="multiplying")
        (sent,) = ax.plot([], [], "-.", color=style.INK, label="sending")
        (both,) = ax.plot([], [], "-", color=style.CLASSES[1], label="together")
        (best,) = ax.plot([], [], "v", color=style.CLASSES[1], ms=13)
        title = ax.set_title("")
        ax.set(xlabel="workers", xlim=(0.5, 32.5), ylim=(0, 1.5))
        ax.set_ylabel("cost; 1: one worker alone", size=13)
        ax.legend(loc="upper right", ncols=3)

    def draw(network, batch, price):
        sizes = networks[network]
        one, parameters = _a_row(sizes), _parameters(sizes)
        alone = one * batch
        multiplied = alone / WORKERS
        travels = np.where(WORKERS > 1, 2.0 * price * parameters * WORKERS, 0)
        for curve, y in (
            (work, multiplied),
            (sent, travels),
            (both, multiplied + travels),
        ):
            curve.set_data(WORKERS, y / alone)
        fastest = int(np.argmin(both.get_ydata()))
        best.set_data([WORKERS[fastest]], [both.get_ydata()[fastest] + 0.07])
        title.set_text(f"{batch:,} rows through {network}, sending at {price}")

    def caption():
        (count,), (height,) = best.get_data()
        cost = height - 0.07
        if count == 1:
            return "One worker alone is fastest: what is sent takes more time than it saves."
        most = "or more " if int(count) == WORKERS[-1] else ""
        return f"{int(count)} workers {most}are fastest: {num(cost)} of the time of one alone."

    def description():
        (count,), (height,) = best.get_data()
        ends = [
            f"{curve.get_label()} {num(curve.get_ydata()[1])} at 2, {num(curve.get_ydata()[-1])} at 32"
            for curve in (work, sent, both)
        ]
        return (
            f"A step of {title.get_text()}: its cost against the workers, 1 for one alone; "
            f"{'; '.join(ends)}. The mark: fastest with {int(count)}, at {num(height - 0.07)}."
        )

    return Picture(
        fig, caption, description, draw=draw, moving=[work, sent, both, best, title, *ax.spines.values()],
        knobs={
            "network": Choice("Network", [(n, n) for n in networks], next(iter(networks))),
            "batch": Positions("Rows in a step", named(batches), batches[0]),
            "price": Positions("Price of sending", named(prices), prices[-1]),
        },
        stills=[{}, {"batch": batches[-1]}, {"price": prices[1]},
                {"batch": batches[-1], "network": list(networks)[-1]}],
    )  # fmt: skip


def _a_row(sizes):
    """Multiplications for one row: each weight forward, for its slope, and back."""
    weights = [a * b for a, b in pairwise(sizes)]
    return 3 * sum(weights) - weights[0]  # no slope is wanted for the inputs


def _parameters(sizes):
    return sum((a + 1) * b for a, b in pairwise(sizes))


def by_worker(right, rows):
    """How many of its rows are right for each worker, for up to three endings.

    right: {ending: right answers on each worker's rows}; rows: how many each has.
    """
    endings, count = list(right), len(next(iter(right.values())))
    with style.in_style():
        fig, ax = style.panels(9, 4.2, left=0.09, right=0.78, bottom=0.17)
        looks = list(zip(style.CURVES, ("", "//", ".."), strict=True))[: len(endings)]
        series = [
            ax.bar(
                np.arange(count) + 0.27 * at, right[name], 0.25, label=name,
                color=colour, hatch=hatch, edgecolor="white",
            )
            for at, (name, ((colour, _), hatch)) in enumerate(zip(endings, looks, strict=True))
        ]  # fmt: skip
        ax.set(title=f"right, of {rows} rows", xlabel="worker", ylim=(0, 1.08 * rows))
        names = [f"{k}" for k in range(1, count + 1)]
        ax.set_xticks(np.arange(count) + 0.135 * (len(endings) - 1), names)
        ax.grid(axis="x", visible=False)
        ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1))

    def heights():
        return np.array([[bar.get_height() for bar in bars] for bars in series])

    def caption():
        found = heights()
        most = int(np.ptp(found, axis=0).argmax())
        said = [f"{name} {found[at, most]:.0f}" for at, name in enumerate(endings)]
        return f"Worker {most + 1}, of {rows} rows right: {listed(said)}."

    def description():
        said = [
            f"{name} {', '.join(f'{h:.0f}' for h in row)}"
            for name, row in zip(endings, heights(), strict=True)
        ]
        return f"Bars for workers 1 to {count}, {ax.get_title()}: {'; '.join(said)}."

    return Picture(fig, caption, description)
