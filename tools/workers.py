"""When does a shared step pay? Lesson 13's own functions, with Dask's processes.

    python tools/workers.py

Times a step alone, alone with two threads of NumPy's own, and shared by two processes,
the rows at the workers from the start, for networks and numbers of rows, and kills a
process in the middle of a run. Writes docs/workers.md.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the workers inherit it

import importlib.metadata
import json
import statistics
import subprocess
import sys
import time

import numpy as np
from distributed import Client
from lessons import LESSONS, run_in_process
from speed import DOCS, machine

import nn_helpers as nn

WORKERS, STEPS = 2, 7
CASES = [
    (sizes, rows)
    for sizes, counts in (
        ([64, 32, 10], (32, 1024, 65536)),
        ([784, 128, 10], (32, 1024, 16384)),
        ([784, 1000, 10], (1024, 16384)),
    )
    for rows in counts
]


def a_step(names, run, parameters, shares):
    """Median milliseconds of a shared step, after one that does not count."""
    spent = []
    for _ in range(STEPS + 1):
        begin = time.perf_counter()
        names["shared_step"](run, parameters, shares)
        spent.append(time.perf_counter() - begin)
    return 1000 * statistics.median(spent[1:])


def start(names, sizes, rows):
    """The parameters of a network of these sizes, and as many rows."""
    names["SIZES"] = sizes
    rng = np.random.default_rng(0)
    X = rng.random((rows, sizes[0]))
    Y = nn.one_hot(rng.integers(0, sizes[-1], rows), sizes[-1])
    network = nn.Network(sizes, rng=rng)
    return [array for _, array, _ in network.parameters()], X, Y


def alone(names):
    """Milliseconds of each case, by this process and the threads that it may have."""
    for sizes, rows in CASES:
        parameters, X, Y = start(names, sizes, rows)
        yield a_step(names, names["here"], parameters, [(X, Y)])


def alone_with(threads):
    """The same, by a process of its own with so many threads for NumPy."""
    done = subprocess.run(
        [sys.executable, __file__, "alone"], stdout=subprocess.PIPE, text=True, check=True,
        env=os.environ | {"OPENBLAS_NUM_THREADS": str(threads)},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def together(names, client):
    """Milliseconds of each case, shared by the workers, who have their rows before."""
    for sizes, rows in CASES:
        parameters, X, Y = start(names, sizes, rows)
        there = [
            tuple(client.scatter([x, y], workers=[home], broadcast=False))
            for x, y, home in zip(
                np.split(X, WORKERS),
                np.split(Y, WORKERS),
                client.scheduler_info()["workers"],
                strict=True,
            )
        ]
        yield a_step(names, names["on_dask"](client), parameters, there)


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
        "the loopback. Medians of seven steps; a process has one thread, but where two are named.",
        "",
        f"Measured on {os.cpu_count()} cores of {machine('numpy')}.",
        "",
        "| network | rows in a step | alone, ms | alone, two threads, ms | two processes, ms "
        "| times as fast as alone | as two threads |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for (sizes, rows), one, two, shared in found:
        lines.append(
            f"| {'-'.join(map(str, sizes))} | {rows:,} | {one:,.1f} | {two:,.1f} "
            f"| {shared:,.1f} | {one / shared:.2f} | {two / shared:.2f} |"
        )
    ahead = [
        f"{'-'.join(map(str, sizes))} with {rows:,} rows"
        for (sizes, rows), one, two, shared in found
        if shared < min(one, two)
    ]
    _, one, _, shared = found[0]
    lines += [
        "",
        f"The engine adds {shared - one / WORKERS:.0f} ms to a step of the smallest network "
        "with the fewest rows, and more to one of a large network, whose parameters go to "
        "each process and come back as slopes in every step. Two processes were ahead of "
        f"one, with one thread or two, here: {'; '.join(ahead) or 'nowhere'}. The largest "
        f"data set of the lessons has {len(nn.load_mnist()[0]):,} rows.",
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
    if sys.argv[1:] == ["alone"]:
        print(json.dumps(list(alone(names))))
        return
    one, two = alone_with(1), alone_with(WORKERS)
    with Client(n_workers=WORKERS, threads_per_worker=1, silence_logs=50) as client:
        found = list(zip(CASES, one, two, together(names, client), strict=True))
    for case in found:
        print(*case)
    apart = survives(names)
    (DOCS / "workers.md").write_text(page(found, apart), encoding="utf-8")


if __name__ == "__main__":
    main()
