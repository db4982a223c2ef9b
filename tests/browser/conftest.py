"""Servers, a browser and the lessons in them.

    python -m pytest tests/browser

needs playwright and a Chromium: that of the system, or the one that the
environment variable CHROMIUM names.
"""

import json
import os
import shutil
from pathlib import Path

import pytest

try:
    from playwright.sync_api import sync_playwright
except ImportError:  # a leg of its own installs it; elsewhere these are no tests
    collect_ignore_glob = ["test_*.py"]

from .frontend import CHROMIUM_FLAGS
from .server import Server

HERE = Path(__file__).resolve().parent
# The defaults with which `make lab` starts Jupyter.
SETTINGS = json.loads(
    (HERE.parent.parent / "tools" / "jupyter_settings.json").read_text("utf-8")
)


def pytest_configure(config):
    config.addinivalue_line("markers", "browser: drives a real front end in Chromium")


# A saved copy is one mechanism for all figures: in Lab the first lesson, one with
# sliders, one with a stepper, the pad and the playground stand for the rest.
SAVED = ("00", "02", "06", "11", "12")


def pytest_collection_modifyitems(config, items):
    left = [item for item in items if not _is_one_more_saved_copy(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in left])
    items[:] = left
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


def _is_one_more_saved_copy(item):
    if item.path != HERE / "test_lab.py" or "saved_copy" not in item.name:
        return False
    return not item.callspec.params["lesson"].name.startswith(SAVED)


@pytest.fixture(scope="session")
def chromium():
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "chrome"]
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, "no Chromium; install one, or name it in CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=list(CHROMIUM_FLAGS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    with Server("jupyterlab", tmp_path_factory.mktemp("lab"), settings=SETTINGS) as lab:
        yield lab


@pytest.fixture(scope="session")
def notebook7(tmp_path_factory):
    home = tmp_path_factory.mktemp("notebook7")
    with Server("notebook", home, settings=SETTINGS) as notebook7:
        yield notebook7


@pytest.fixture(scope="session")
def tab(chromium):
    """Call it for a new tab, as large as the screen of a small laptop.

    One window for all: what it has fetched once, it need not fetch for each lesson.
    """
    window = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield window.new_page
    window.close()
