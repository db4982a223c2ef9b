import os

import hypothesis
import numpy as np
import pytest

# One seed for all, so that a failure on one machine is a failure on each.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
# For planted bugs: the first failure is enough, however large.
hypothesis.settings.register_profile(
    "first failure",
    derandomize=True,
    deadline=None,
    report_multiple_bugs=False,
    phases=[hypothesis.Phase.generate],
)
# By night: other draws each time; a failure prints how to get it again.
hypothesis.settings.register_profile("nightly", deadline=None, print_blob=True)
hypothesis.settings.load_profile("same")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def pytest_report_header():
    return f"BLAS threads: {os.environ.get('OPENBLAS_NUM_THREADS', 'not set')}"
