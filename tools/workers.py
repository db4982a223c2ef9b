"""When does a shared step pay? Lesson 13's own functions, with Dask's processes.

    python tools/workers.py

Times a step alone and shared by two processes, the rows at the workers from the
start, for networks and numbers of rows, and kills a process in the middle of a run.
Writes docs/workers.md.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # the workers inherit it

import importlib.metadata
import statistics
import time

import numpy as np
from distributed import Client
from lessons import LESSONS, run_in_process
from speed import DOCS, machine

import nn_helpers as nn

WORKERS, STEPS = 2, 7
CASES = (
    ([64, 32, 10], (32, 1024, 65536)),
    ([784, 128, 10], (32, 1024, 16384)),
    ([784, 1000, 10], (1024, 16384)),
)


def a_step(names, run, parameters, shares):
    """Median milliseconds of a shared step, after one that does not count."""
    spent = []
    for _ in range(STEPS + 1):
        begin = time.perf_counter()
        names["shared_step"](run, parameters, shares)
        spent.append(time.perf_counter() - begin)
    return 1000 * statistics.median(spent[1:])


def compare(names, client, sizes, rows):
    """(milliseconds alone, shared) of a step of so many rows."""
    names["SIZES"] = sizes
    rng = np.random.default_rng(0)
    X = rng.random((rows, sizes[0]))
    Y = nn.one_hot(rng.integers(0, sizes[-1], rows), sizes[-1])
    network = nn.Network(sizes, rng=rng)
    parameters = [array for _, array, _ in network.parameters()]
    there = [
        tuple(client.scatter([x, y], workers=[home], broadcast=False))
        for x, y, home in zip(
            np.split(X, WORKERS),
            np.split(Y, WORKERS),
            client.scheduler_info()["workers"],
            strict=True,
        )
    ]
    shared = a_step(names, names["on_dask"](client), parameters, there)
    return a_step(names, names["here"], parameters, [(X, Y)]), shared


def survives(names):
    """The largest difference of the weights, when a process is killed on the way."""
    names["SIZES"] = [64, 32, 10]
    ends = []
    for engine in ("alone", "killed"):
        parameters = [array.copy() for array in names["start"]]
        if engine == "alone":
            for _ in range(30):
                names["shared_step"](names["here"], parameters, names["shares"])
        else:
            with Client(
                n_workers=WORKERS, threads_per_worker=1, silence_logs=50
            ) as client:
                run = names["on_dask"](client, kill_in=10)
                for _ in range(30):
                    names["shared_step"](run, parameters, names["shares"])
        ends.append(parameters)
    return max(np.abs(a - b).max() for a, b in zip(*ends, strict=True))


def page(found, apart):
    lines = [
        "# When does a shared step pay?",
        "",
        "<!-- Written by `make bench WHAT=workers` (tools/workers.py). -->",
        "",
        "A step of lesson 13, by one process alone, and by two that "
        f"[Dask](https://distributed.dask.org) {importlib.metadata.version('distributed')} "
        "runs on the same machine, each with half of the rows. The rows are at the workers "
        "from the start; parameters and slopes travel in every step, in 64 bits, through "
        "the loopback. Medians of seven steps, one thread a process.",
        "",
        f"Measured on {os.cpu_count()} cores of {machine('numpy')}.",
        "",
        "| network | rows in a step | alone, ms | two processes, ms | times as fast |",
        "|---|--:|--:|--:|--:|",
    ]
    for (sizes, rows), (alone, shared) in found.items():
        lines.append(
            f"| {'-'.join(map(str, sizes))} | {rows:,} | {alone:,.1f} | {shared:,.1f} "
            f"| {alone / shared:.2f} |"
        )
    least = [key for key, (alone, shared) in found.items() if shared < alone]
    cheapest = min(shared for _, shared in found.values())
    pays = "; ".join(f"{'-'.join(map(str, s))} with {rows:,} rows" for s, rows in least)
    lines += [
        "",
        f"The engine needs {cheapest:.0f} ms for a step with next to nothing to multiply. "
        f"Two processes were ahead here: {pays or 'nowhere'}. For everything that the "
        "lessons train, one process is the right number.",
        "",
        "A process killed in the middle of a run (step 10 of 30): its job was begun "
        "anew by the other, and the weights "
        + (f"differ by {apart:.0e} at most from" if apart else "are to the last bit")
        + " those of one process.",
        "",
    ]
    return "\n".join(lines)


def main():
    (lesson,) = [path for path in LESSONS if path.name.startswith("13")]
    _, _, names = run_in_process(lesson)
    found = {}
    with Client(n_workers=WORKERS, threads_per_worker=1, silence_logs=50) as client:
        for sizes, counts in CASES:
            for rows in counts:
                found[tuple(sizes), rows] = compare(names, client, sizes, rows)
                print(sizes, rows, found[tuple(sizes), rows], flush=True)
    apart = survives(names)
    (DOCS / "workers.md").write_text(page(found, apart), encoding="utf-8")


if __name__ == "__main__":
    main()
