"""How fast is `train`? Beside others' ways to write the same step, by turns.

    python tools/speed.py [--rounds 15]

One thread on one core. First all ways (`peers.py`) train on the same rows in the
same order and must end at the same loss. Then they take turns, in rounds, and a
ratio is taken inside its round; medians go to docs/speed.md, with a picture. At
last accuracy and seconds on the two image sets. With somebody missing, nothing is
written; who is there is compared all the same.
"""

import argparse
import importlib.metadata
import os
import platform
import statistics
import time
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np
import peers

import nn_helpers as nn

EPOCHS = 3
FIRST_RUNS = {}  # name: seconds of the slowest first run, compiling included
LEVEL = 0.05
BATCH_SIZES = (1, 32, 128)
VERSIONS = ("numpy", "scikit-learn", "torch", "jax", "micrograd")
DOCS = Path(__file__).resolve().parent.parent / "docs"


def tables():
    """(sizes, X, Y) for the three sizes, float32."""
    rng = np.random.default_rng(0)
    spirals = nn.make_spirals(2049, rng=rng)
    for hidden, (X, y) in (
        (16, spirals), (32, nn.load_digits()), (128, nn.load_mnist())
    ):  # fmt: skip
        X, n_out = X[:2048].astype(np.float32), int(y.max()) + 1
        yield [X.shape[1], hidden, n_out], X, nn.one_hot(y[:2048], n_out)


def start_weights(sizes):
    rng = np.random.default_rng(2)
    network = nn.Network(sizes, rng=rng, dtype=np.float32)
    return [array.copy() for _, array, _ in network.parameters()]


def loss_of(weights, X, Y):
    """The loss of these weights on all rows, in float64, by one and the same code."""
    sizes = [len(weights[0]), *(len(b) for b in weights[1::2])]
    network = nn.Network(sizes, rng=np.random.default_rng(0))
    for (_, array, _), given in zip(network.parameters(), weights, strict=True):
        array[...] = given
    return nn.softmax_cross_entropy(network.forward(X), Y)


def contestants(sizes, X, Y, batch_size):
    """The peers at their start, and a line for each that is not installed."""
    ready = []
    for make in peers.EVERYONE:
        if make is peers.Micrograd and sizes[0] > 2:
            continue  # a step would take it seconds
        peer = make()
        try:
            peer.start(start_weights(sizes), X, Y, batch_size)
        except ImportError as missing:
            print(f"  left out: {peer.name} ({missing})", flush=True)
            continue
        ready.append(peer)
    return ready


def same_loss(ready, sizes, X, Y, orders):
    """All train a little, which also warms them up; they must agree on the loss."""
    before = loss_of(start_weights(sizes), X, Y)
    found = {}
    for peer in ready:
        begin = time.perf_counter()
        peer.run(orders)
        compiling = max(time.perf_counter() - begin, FIRST_RUNS.get(peer.name, 0))
        FIRST_RUNS[peer.name] = compiling
        if peer.weights() is not None:
            found[peer.name] = loss_of(peer.weights(), X, Y)
    ours = found[peers.Ours.name]
    furthest = max(found, key=lambda name: abs(found[name] - ours))
    apart = abs(found[furthest] - ours)
    if not ours < before or not apart < 1e-4 * ours:
        raise SystemExit(f"not the same training: the loss was {before}, now {found}")
    print(f"  loss {before:.4f} -> {ours:.4f}; at most {apart:.0e} apart ({furthest})")


def compare(sizes, X, Y, batch_size, rounds):
    """{name: (microseconds a step, times as long as ours)}, medians."""
    rows = min(len(X), 512) if batch_size == 1 else len(X)
    rows = rows // batch_size * batch_size
    X, Y = X[:rows], Y[:rows].astype(np.float32)
    rng = np.random.default_rng(1)
    orders = [rng.permutation(rows) for _ in range(EPOCHS)]
    print(f"{'-'.join(map(str, sizes))}, batches of {batch_size}", flush=True)
    ready = contestants(sizes, X, Y, batch_size)
    same_loss(ready, sizes, X, Y, orders)
    times = {peer.name: [] for peer in ready}
    steps = EPOCHS * (rows // batch_size)
    for turn in range(rounds):
        at = turn % len(ready)
        for peer in ready[at:] + ready[:at]:
            slow = times[peer.name] and times[peer.name][0] * steps > 2e6
            if slow and turn >= 3:
                continue
            begin = time.perf_counter()
            peer.run(orders)
            times[peer.name].append((time.perf_counter() - begin) / steps * 1e6)
    ours = times[peers.Ours.name]
    found = {}
    for name, spent in times.items():
        # Who is slow ran in the first rounds only.
        ratios = [t / o for t, o in zip(spent, ours, strict=False)]
        low, middle, high = np.percentile(ratios, [25, 50, 75])
        found[name] = statistics.median(spent), middle
        print(f"    {name:24} {statistics.median(spent):10.1f} us {middle:8.2f} "
              f"({low:.2f} to {high:.2f})", flush=True)  # fmt: skip
    return found


def learn(load, sizes, batch_size, rate, epochs):
    """(median accuracy on the fifth held out, lowest, highest, seconds), 5 seeds."""
    X, y = load()
    shares, spent = [], []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        (X_fit, y_fit), (X_test, y_test) = nn.split(X, y, (0.8, 0.2), rng)
        network = nn.Network(sizes, rng=rng, dtype=np.float32)
        begin = time.perf_counter()
        nn.train(
            network,
            X_fit,
            nn.one_hot(y_fit, 10),
            loss=nn.softmax_cross_entropy,
            learning_rate=rate,
            batch_size=batch_size,
            epochs=epochs,
            rng=rng,
        )
        spent.append(time.perf_counter() - begin)
        shares.append(nn.accuracy(network.predict(X_test), y_test))
    return statistics.median(shares), min(shares), max(shares), statistics.median(spent)


RUNS = {
    # name: (data, sizes, batch size, learning rate, epochs, goal, seconds allowed)
    "digits": (nn.load_digits, [64, 32, 10], 32, 0.3, 60, 0.97, 0.5),
    "digits, one sample a step": (nn.load_digits, [64, 32, 10], 1, 0.02, 30, 0, 0),
    "MNIST subset": (nn.load_mnist, [784, 128, 10], 32, 0.1, 12, 0.94, 3),
}

GOALS = (
    # (what, against whom, cells, at most so many times as long)
    ("784-128-10 in batches", "best NumPy", [(784, 32), (784, 128)], 1.5),
    ("64-32-10 in batches", "best NumPy", [(64, 32), (64, 128)], 2.0),
    ("one sample a step", "best NumPy", [(2, 1), (64, 1), (784, 1)], 2.2),
)
AHEAD_OF = ("scikit-learn", "PyTorch", "torch.compile, model", "torch.compile, step",
            "Nielsen's structure", "nnfs's structure")  # fmt: skip


def goals(table):
    """What was asked, what came, the cells where it is missed, those that are level."""
    for what, whom, cells, most in GOALS:
        times = {cell: 1 / table[cell][whom][1] for cell in cells}
        missed = [cell for cell in cells if times[cell] > most]
        came = ", ".join(f"{times[cell]:.2f}" for cell in cells)
        yield f"{what}: at most {most} x {whom}", came, missed, []
    for whom in AHEAD_OF:
        ratios = {cell: row[whom][1] for cell, row in table.items() if whom in row}
        if not ratios:
            continue
        missed = [cell for cell, ratio in ratios.items() if ratio < 1 - LEVEL]
        level = [cell for cell, ratio in ratios.items() if abs(ratio - 1) <= LEVEL]
        came = f"{min(ratios.values()):.2f} to {max(ratios.values()):,.2f} x our time"
        yield f"ahead of {whom} in every cell", came, missed, level


def beyond_the_goals(table, cells, sizes):
    """What no goal asked, and a reader wants to know: JAX, and float64."""

    def named(those):
        return "at " + "; ".join(shape(cell, sizes) for cell in those)

    def quicker(name, beside=peers.Ours.name):
        return [
            c for c in cells if table[c][name][1] < (1 - LEVEL) * table[c][beside][1]
        ]

    def where(name):
        those = quicker(name)
        others = [c for c in cells if c not in those]
        return f"everywhere but {named(others)}" if others else "everywhere"

    ours = peers.OursIn64Bits.name
    yield (
        "JAX was no goal. It is quicker than ours "
        + " and ".join(
            f"{where(name)} with {what} compiled"
            for name, what in (
                ("JAX, step compiled", "a step"),
                ("JAX, epoch compiled", "an epoch"),
            )
        )
        + ". Beside our float64, others in float32 are quicker in more places: "
        f"scikit-learn {named(quicker('scikit-learn', ours))}, PyTorch "
        f"{named(quicker('PyTorch', ours))}. "
        "Nielsen's structure has float64: in equal precision it takes "
        + " to ".join(
            f"{ratio:.2f}"
            for ratio in (
                fold(
                    table[c]["Nielsen's structure"][1] / table[c][ours][1]
                    for c in cells
                )
                for fold in (min, max)
            )
        )
        + " times as long as ours."
    )


def machine(*packages):
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in packages
    )
    model = platform.machine()
    if (cpus := Path("/proc/cpuinfo")).exists():
        lines = cpus.read_text(encoding="utf-8").splitlines()
        names = [line.split(":")[1].strip() for line in lines if "model name" in line]
        model = f"{names[0]} ({model})" if names else model
    return f"{model}; Python {platform.python_version()}, {versions}"


def shape(cell, sizes):
    return f"{sizes[cell[0]]}, {cell[1]}"


def multiplied(cell, table, sizes):
    """Multiplications a second, in billions, of the best NumPy."""
    n, h, k = map(int, sizes[cell[0]].split("-"))
    own, best = table[cell][peers.Ours.name][0], table[cell][peers.BestNumPy.name][1]
    return cell[1] * (2 * n * h + 3 * h * k) / (own * best) / 1e3


def page(table, sizes, runs):
    cells = list(table)
    names = list(table[cells[0]])
    head = " | ".join(shape(cell, sizes) for cell in cells)
    lines = [
        "# How fast is a step?",
        "",
        "<!-- Written by `make bench` (tools/speed.py). -->",
        "",
        "The same training written in several ways: one hidden layer of ReLU, softmax, "
        "cross-entropy, plain SGD. `nn_helpers` is `train` as the outside calls it, its "
        "checks, its history and its shuffling included, in float32 (`dtype=`); the "
        "row below it is the same in float64, the default, in which lessons print. All take "
        "the same rows in the same order from the same start, and the run stops unless all "
        "that learn agree on the loss to 0.01% after three epochs. Then they take turns on "
        "one thread of one core, in rounds; a ratio is the median of the ratios within a "
        "round. Most move by some percent from one run of the whole to the next: what is "
        f"within {LEVEL:.0%} of ours is called level. All others have float32, too, except "
        "Nielsen's structure and micrograd, whose code has float64. The first three epochs, "
        "in which PyTorch and JAX compile, are not counted; they took torch.compile, which "
        "keeps code from one run to the next, up to "
        f"{max(s for n, s in FIRST_RUNS.items() if 'torch.compile' in n):.0f} s, and JAX up "
        f"to {max(s for n, s in FIRST_RUNS.items() if 'JAX' in n):.1f} s.",
        "",
        f"Measured on one of {os.cpu_count()} cores of a machine with {machine(*VERSIONS)}.",
        "",
        "![For each of three networks, how many times as long as nn_helpers each way "
        "takes for a step, on a logarithmic scale, for batches of 1, 32 and 128: the "
        "numbers of the table below](speed.png)",
        "",
        "Times as long as `nn_helpers` (more than 1: slower than ours), for sizes and batch size:",
        "",
        f"| | {head} |",
        "|---|" + "--:|" * len(cells),
    ]
    ours = [f"{table[cell][peers.Ours.name][0]:,.0f} us" for cell in cells]
    lines.append(f"| **nn_helpers, a step** | {' | '.join(ours)} |")
    for name in names[1:]:
        ratios = (
            f"{table[cell][name][1]:,.2f}" if name in table[cell] else "-"
            for cell in cells
        )
        lines.append(f"| {name} | {' | '.join(ratios)} |")
    lines += [
        "",
        "*matrix products alone*: the five products of a step by five calls of NumPy, "
        "nothing learnt. *best NumPy*: a buffer for each result, biases "
        "as a row of the weights, for one hidden layer and nothing else. *our NumPy calls, "
        "bare*: the calls of our step one after the other, without layers, checks of "
        "shapes, copies, the loss or a history: what is between it and us is their price. "
        "*Nielsen's structure*, *nnfs's structure*: own words, the structure of the two "
        "books' code. *scikit-learn*: `partial_fit`, a call an epoch; part of its time is "
        "spent per call, so epochs of few batches cost it more. *PyTorch*: `Sequential`, "
        "autograd and `optim.SGD`, as its tutorials have it, but without their `DataLoader`. "
        "*torch.compile, model*: model "
        "and loss compiled, a fused optimiser; *step*: the whole step written as a function "
        "of its parameters, as JAX wants it, and compiled. *JAX, step compiled* takes each "
        "batch from NumPy. micrograd on the smallest network only, its slow batches in three "
        "rounds.",
        "",
        "## Goals",
        "",
        "| goal | measured | |",
        "|---|---|---|",
    ]
    for what, came, *found in goals(table):
        where = [
            f"{word} at {'; '.join(shape(cell, sizes) for cell in those)}"
            for word, those in zip(("missed", "level"), found, strict=True)
            if those
        ]
        lines.append(f"| {what} | {came} | {', '.join(where) or 'held'} |")
    for name, (share, low, high, spent) in runs.items():
        *_, goal, most = RUNS[name]
        asked = f"{name}: {goal:.0%} in {most} s" if goal else name
        kept = "held" if share >= goal and spent <= (most or spent) else "missed"
        came = f"{share:.1%} ({low:.1%} to {high:.1%}) in {spent:.2f} s"
        lines.append(
            f"| {asked} (a fifth held out, five seeds) | {came} | {kept if goal else ''} |"
        )
    lines += ["", *beyond_the_goals(table, cells, sizes)]
    own = {cell: table[cell][peers.Ours.name][0] for cell in cells}
    bare = {cell: own[cell] * table[cell][peers.SameCalls.name][1] for cell in cells}
    behind = [
        table[cell][peers.BestNumPy.name][1] / table[cell]["JAX, epoch compiled"][1]
        for cell in cells
        if cell[1] == 1
    ]
    small, large = (cells[0], cells[-1])
    one = next(cell for cell in cells if shape(cell, sizes) == "64-32-10, 1")
    lines += [
        "",
        "## Where the time goes",
        "",
        f"Of the {own[small]:.0f} us for one sample through {sizes[small[0]]}, the NumPy "
        f"calls themselves take {bare[small]:.0f}: some 30 calls at {bare[small] / 30:.1f} us "
        "each, for 208 multiplications. The other "
        f"{own[small] - bare[small]:.0f} us are what a learner gets for it: layers as "
        "objects, shapes and dtypes looked at in every public call, copies so that no "
        "cache is a view of your array, the loss and the history. Whoever leaves them out is "
        "ahead there, and we keep them. Compiled into one call, a step or a whole epoch has "
        "no such calls at all: at one sample a step the best NumPy that we could write takes "
        f"{min(behind):.0f} to {max(behind):.0f} times as long as JAX with a whole epoch. At "
        f"{shape(large, sizes)} the calls take {bare[large] / own[large]:.0%} of the "
        "time, and the products "
        f"{table[large][peers.Limit.name][1]:.0%}: there it is mostly multiplying.",
        "",
        f"The best NumPy multiplies {multiplied(one, table, sizes):.1f} billion numbers a "
        f"second at {shape(one, sizes)}, and {multiplied(large, table, sizes):.0f} billion "
        f"at {shape(large, sizes)}, on the same core.",
        "",
        "How time and memory [grow with examples, width and depth](growth.md); when it "
        "pays to [share a step among workers](workers.md).",
        "",
    ]
    return "\n".join(lines)


def picture(table, sizes):
    from matplotlib.figure import Figure

    names = [n for n in list(table[next(iter(table))]) if n != peers.Ours.name]
    figure = Figure(figsize=(11, 5), layout="constrained", dpi=110)
    panels = figure.subplots(1, len(sizes), sharex=True, sharey=True)
    for axes, (n_in, title) in zip(panels, sizes.items(), strict=True):
        axes.axvline(1, color="black", lw=1)
        for marker, color, batch_size, up in zip(
            "osD", ("#1B9E77", "#6A51A3", "#B35806"), BATCH_SIZES, (-0.22, 0, 0.22),
            strict=True,
        ):  # fmt: skip
            row = table[n_in, batch_size]
            at = [y for y, name in enumerate(names) if name in row]
            axes.plot([row[names[y]][1] for y in at], [y + up for y in at], marker, ms=5,
                      color=color, label=f"batches of {batch_size}")  # fmt: skip
        for y, name in enumerate(names):
            if name not in row:
                axes.text(
                    1.3, y, "not measured", va="center", fontsize=8, color="#555555"
                )
        axes.set(xscale="log", title=title, yticks=range(len(names)), yticklabels=names)
        axes.grid(alpha=0.3)
    panels[0].invert_yaxis()
    panels[1].set_xlabel(
        "time of a step / time of nn_helpers (left of the line: quicker than ours)"
    )
    panels[0].legend(loc="upper right", fontsize=8)
    figure.savefig(DOCS / "speed.png", metadata={"Software": None})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    runs = {name: learn(*settings[:5]) for name, settings in RUNS.items()}
    for name, (share, low, high, spent) in runs.items():
        print(f"{name}: {share:.1%} [{low:.1%} .. {high:.1%}] in {spent:.2f} s")
    table, sizes_of = {}, {}
    for sizes, X, Y in tables():
        sizes_of[sizes[0]] = "-".join(map(str, sizes))
        for batch_size in BATCH_SIZES:
            table[sizes[0], batch_size] = compare(sizes, X, Y, batch_size, rounds)
    for what, came, missed, _ in goals(table):
        print(f"{'missed' if missed else 'held':7} {what}: {came}")
    present = set(table[2, 1])
    if absent := [peer.name for peer in peers.EVERYONE if peer.name not in present]:
        print(f"docs/speed.md stays as it is: {', '.join(absent)} not installed")
        return
    (DOCS / "speed.md").write_text(page(table, sizes_of, runs), encoding="utf-8")
    picture(table, sizes_of)


if __name__ == "__main__":
    main()
