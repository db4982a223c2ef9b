"""The site without a network, a new edition of it, and as an app."""

import json
import shutil
import threading

import pytest

from .conftest import SITE
from .test_live import SOON, moves, waits
from .test_work import ONE, ZERO, Worker

KEEPS = "navigator.serviceWorker.controller !== null"


def test_what_was_fetched_works_without_a_network(visit):
    page = visit(ZERO, locale="en-GB")
    page.get_by_role("button", name="Make it live").click()
    page.locator(".nn-live").first.wait_for(timeout=SOON)
    waits(page, lambda: page.evaluate(KEEPS), "what keeps the site")
    page.context.set_offline(True)
    page.close()
    page = page.context.new_page()
    page.goto(visit.address + ZERO)
    at = Worker(page, ZERO)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for image in page.locator("main img").all():
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.decode()")
    at.live()
    moves(page, page.locator(".nn-live").first)
    assert at.run('check("00.Q"', 'check("00.Q", "b")').startswith("00.Q: Not yet")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my notebook").click()
    assert json.loads(download.value.path().read_text("utf-8"))["cells"]
    # Pages that nobody has been to, and a figure on the screen.
    page.goto(visit.address + "lessons/06_backprop.html")
    assert "Walk the error backward" in page.locator("h1").inner_text()
    page.goto(visit.address + "figures/00-learning_loop.html")
    page.locator("#keys").wait_for(timeout=SOON)
    page.close()


@pytest.fixture
def mutable(tmp_path):
    """A copy of the site, without Python, that can be renewed; and its address."""
    from serve import server

    folder = tmp_path / "site"
    shutil.copytree(SITE, folder, ignore=shutil.ignore_patterns("python", "lite"))
    renew(folder, "", "")
    with server(folder) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{serving.server_port}/"
        serving.shutdown()


def renew(folder, old, new):
    """The site with other words in a lesson, as the build leaves it."""
    from build import edition

    page = folder / ONE
    page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")
    edition(folder)


def test_a_new_edition_is_offered_and_not_forced(mutable, chromium):
    folder, address = mutable
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address + ONE)
    waits(page, lambda: page.evaluate(KEEPS), "what keeps the site")
    offer = page.locator("#offer")
    assert offer.inner_text() == ""  # a first visit is offered nothing
    at = Worker(page, ONE).editable()
    at.write('check("01.1"', "mine = 1")
    renew(folder, "Draw a line with one neuron", "Draw a line with a neuron")
    page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update())")
    offer.get_by_role("button", name="Load it").wait_for(timeout=SOON)
    # Until it is asked for, everything is of the one edition, reloaded or not.
    other = context.new_page()
    other.goto(address + ONE)
    for one in (page, other):
        assert "with one neuron" in one.locator("h1").inner_text()
    other.locator("#offer").get_by_role("button", name="Load it").wait_for(timeout=SOON)
    assert at.code('check("01.1"') == "mine = 1"
    with page.expect_navigation(timeout=SOON):
        offer.get_by_role("button", name="Load it").click()
    waits(
        page, lambda: "with a neuron" in page.locator("h1").inner_text(), "the new one"
    )
    page.locator("#live-words", has_text="What you wrote is back").wait_for(
        timeout=SOON
    )
    assert at.code('check("01.1"') == "mine = 1"
    # The other window goes on as it was, and is told.
    assert "with one neuron" in other.locator("h1").inner_text()
    other.locator("#offer").get_by_role("button", name="Reload").click()
    waits(
        other, lambda: "with a neuron" in other.locator("h1").inner_text(), "the same"
    )
    context.close()


def test_a_file_of_another_edition_is_not_mixed_in(mutable, chromium):
    folder, address = mutable
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address + "index.html")
    waits(page, lambda: page.evaluate(KEEPS), "what keeps the site")
    image = sorted((folder / "images").iterdir())[0]
    image.write_bytes(b"of another edition")
    got = page.evaluate(
        "path => fetch(path).then(r => r.ok, () => 'refused')", f"images/{image.name}"
    )
    assert got == "refused"
    context.close()


def test_it_can_be_installed(visit):
    page = visit("index.html", locale="en-GB")
    waits(page, lambda: page.evaluate(KEEPS), "what keeps the site")
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    told = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A window of a private profile, as tests have it, cannot install anything.
    assert [one["errorId"] for one in told if one["errorId"] != "in-incognito"] == []
