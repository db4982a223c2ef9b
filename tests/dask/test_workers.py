"""The section at home of lesson 13 with Dask there: `make test LEG=dask`.

Everywhere else the import is blocked, so that the stored output is that without it.
"""

import os
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from support import LESSONS, run_in_process

distributed = pytest.importorskip("distributed", reason="make test LEG=dask has it")
(LESSON,) = [path for path in LESSONS if path.name.startswith("13")]
pytestmark = pytest.mark.filterwarnings("default")  # Dask warns of its own affairs
HERE = {"threads_per_worker": 1, "silence_logs": 50, "dashboard_address": None}


@pytest.fixture(scope="module")
def names():
    return run_in_process(LESSON)[2]


def test_the_lesson_says_that_a_killed_process_changes_nothing():
    notebook = nbformat.read(LESSON, as_version=4)
    NotebookClient(notebook, timeout=120, store_widget_state=False).execute()
    outputs = [o for c in notebook.cells for o in c.get("outputs", [])]
    said = "".join(o.get("text", "") for o in outputs)
    assert "processes killed: one, in step 20; the same weights" in said
    assert "not installed" not in said
    assert not any(o.get("name") == "stderr" for o in outputs)


def tasks_begun_again(dask_scheduler):
    """Tasks that were given to a worker twice, from the scheduler's own log."""
    given = [row[0] for row in dask_scheduler.transition_log if row[2] == "processing"]
    return [key for key in set(given) if given.count(key) > 1]


def steps(names, run, count):
    parameters = [array.copy() for array in names["start"]]
    for _ in range(count):
        names["shared_step"](run, parameters, names["shares"])
    return parameters


@pytest.mark.parametrize("kill_in", [1, 4, 7])
def test_the_run_ends_right_whenever_a_process_is_killed(names, kill_in):
    with distributed.Client(n_workers=3, **HERE) as client:
        before = set(client.run(os.getpid).values())
        found = steps(names, names["on_dask"](client, kill_in), 8)
        client.wait_for_workers(3, timeout=30)
        after = set(client.run(os.getpid).values())
        begun = client.run_on_scheduler(tasks_begun_again)
    assert len(before - after) == 1, "one was killed, and replaced"
    assert begun, "the killed process was in the middle of its job"
    for a, b in zip(found, steps(names, names["here"], 8), strict=True):
        np.testing.assert_allclose(a, b, rtol=0, atol=1e-12)


def test_a_scheduler_elsewhere_is_named_by_its_address(names):
    with (
        distributed.LocalCluster(n_workers=2, **HERE) as cluster,
        distributed.Client(cluster.scheduler_address) as client,
    ):
        found = steps(names, names["on_dask"](client), 3)
    for a, b in zip(found, steps(names, names["here"], 3), strict=True):
        np.testing.assert_allclose(a, b, rtol=0, atol=1e-12)


def test_without_leave_it_is_not_there():
    env = {k: v for k, v in os.environ.items() if k != "WITH_DASK"}
    done = subprocess.run(
        [sys.executable, "-c", "import distributed"], env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "the tests run the lessons without distributed" in done.stderr
