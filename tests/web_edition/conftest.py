"""The site that `make site` has built, on a loopback server, in Chromium.

make test LEG=web
"""

import sys
import threading

import pytest
from support import ROOT

sys.path.insert(0, str(ROOT / "web"))

try:
    from browser.conftest import chromium  # noqa: F401
except ImportError:  # a leg of its own installs playwright
    collect_ignore_glob = ["test_*.py"]

SITE = ROOT / "dist" / "site"


@pytest.fixture(scope="session")
def address():
    from serve import server

    assert (SITE / "index.html").exists(), "no dist/site: run `make site` first"
    with server(SITE) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}/"
        serving.shutdown()


class Visitor:
    """A reader's page, and what went wrong on it."""

    def __init__(self, page, address, lab=False):
        self.page, self.address, self.lab = page, address, lab
        self.wrong, self.foreign, self.asked = [], [], []
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", self._hear)
        page.on("request", self._asked)

    def _hear(self, message):
        blocked = (
            "Worker registration blocked" in message.text
        )  # where a test asks for it
        # JupyterLab complains of a lot; what it asks for elsewhere is seen all the same.
        if message.type in ("error", "warning") and not blocked and not self.lab:
            self.wrong.append(f"{message.text} {message.location}")

    def _asked(self, request):
        self.asked.append(request.url)
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(request.url)

    def go(self, where):
        self.page.goto(self.address + where)
        return self.page


@pytest.fixture(scope="session")
def window(chromium):
    """One window for all visits that ask for nothing special: what it has compiled
    once, it need not compile for each."""
    window = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield window
    window.close()


@pytest.fixture
def visit(chromium, window, address):
    """Opens pages; whatever they ask for elsewhere, or complain of, fails the test."""
    visitors, pages, own = [], [], []

    def visit(where, broken=False, lab=False, **settings):
        context = window
        if settings:
            size = {"viewport": {"width": 1280, "height": 800}}
            context = chromium.new_context(**size | settings)
            own.append(context)
        pages.append(context.new_page())
        visitor = Visitor(pages[-1], address, lab)
        if not broken:  # of a page that is broken on purpose, complaints are welcome
            visitors.append(visitor)
        visit.asked = visitor.asked
        return visitor.go(where)

    visit.address = address
    yield visit
    cookies = [cookie for context in (window, *own) for cookie in context.cookies()]
    for thing in (*pages, *own):
        thing.close()
    assert not [url for visitor in visitors for url in visitor.foreign]
    assert not [text for visitor in visitors for text in visitor.wrong]
    assert not cookies
