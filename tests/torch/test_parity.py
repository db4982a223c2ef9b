"""The last section of lesson 11 with PyTorch there: `make test LEG=torch`.

Everywhere else the import is blocked, so that the stored output is that without it.
"""

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from support import LESSONS, run_in_process

torch = pytest.importorskip("torch", reason="make test LEG=torch installs it")
(LESSON,) = [path for path in LESSONS if path.name.startswith("11")]


def test_the_lesson_says_that_all_gradients_agree():
    notebook = nbformat.read(LESSON, as_version=4)
    NotebookClient(notebook, timeout=120, store_widget_state=False).execute()
    said = [
        output.get("text", "")
        for c in notebook.cells
        for output in c.get("outputs", [])
    ]
    assert "All gradients agree with PyTorch's to 0.000001.\n" in said
    assert not any("not installed" in words for words in said)


@pytest.mark.parametrize("rows", [1, 3, 359])
def test_the_gradients_of_the_reader_agree(rows):
    _, _, names = run_in_process(LESSON)
    X, y = names["X_test"][:rows], names["y_test"][:rows]
    ours, theirs = names["our_gradients"](X, y), names["torch_gradients"](torch, X, y)
    assert len(ours) == len(theirs) == 4
    for a, b in zip(ours, theirs, strict=True):
        assert a.shape == b.shape and np.abs(a).max() > 1e-6
        np.testing.assert_allclose(a, b, rtol=0, atol=1e-6)
