"""The lessons in a real JupyterLab and a real Notebook 7, driven in Chromium."""

import pytest

# Failures in what both front ends share are to show the values, as in test files.
pytest.register_assert_rewrite(f"{__name__}.checks")
