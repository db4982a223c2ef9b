"""Shared pieces of the tests: networks to check, and what the lessons show."""

import contextlib
import functools
import io
import os
import warnings
from pathlib import Path
from unittest import mock

import hypothesis
import nbformat
import numpy as np
import pytest

import nn_helpers
from nn_helpers import live

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = {n for n, v in vars(nn_helpers).items() if callable(v) and n[0] != "_"}
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))

# One seed for all, so that a failure on one machine is a failure on each.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.load_profile("same")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def code_cells(path):
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@functools.cache
def shown_by(path):
    """(pictures, live figures) of a lesson, whose code runs in this process."""
    pictures, figures = [], []
    scope = {}
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(path.parent))
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("error")
        stack.enter_context(
            mock.patch("nn_helpers.viz.show", lambda picture: pictures.append(picture))
        )
        stack.enter_context(
            mock.patch.object(
                live.LiveFigure, "display", lambda self: figures.append(self)
            )
        )
        for cell in code_cells(path):
            exec(compile(cell.source, f"{path.name}", "exec"), scope)
    return pictures, figures


def pytest_report_header():
    return f"BLAS threads: {os.environ.get('OPENBLAS_NUM_THREADS', 'not set')}"
