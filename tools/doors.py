"""From the address to a slider that has moved: the web edition beside JupyterLite.

    python tools/doors.py      after `make site LITE=1`; prints the rows of docs/doors.md

Lesson 02 in Chromium, from a server on this machine that counts what it sends: the
first visit of a browser, and the second one.
"""

import os
import shutil
import sys
import threading
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "web"))
import serve  # noqa: E402

LESSON = "02_activations"
DOORS = {"web edition": f"lessons/{LESSON}.html",
         "JupyterLite": f"lite/lab/index.html?path=notebooks/{LESSON}.ipynb"}  # fmt: skip
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
LONG = 300_000  # ms


class Counting(serve.Handler):
    """The server of the site, which adds up the bytes of the files that it sends."""

    sent = 0

    def copyfile(self, source, outputfile):
        Counting.sent += os.fstat(source.fileno()).st_size
        super().copyfile(source, outputfile)


def visit(page, door, address):
    """Open a lesson, run it, move its first slider; return the seconds."""
    began = time.monotonic()
    page.goto(address + DOORS[door])
    if door == "web edition":
        page.get_by_role("button", name="Make it live").click()
    else:
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=LONG)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    figure = page.locator(".nn-live").first
    figure.wait_for(state="attached", timeout=LONG)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    before = picture(figure)
    figure.locator("input[type=range], .noUi-handle").first.press("ArrowRight")
    while picture(figure) == before:
        page.wait_for_timeout(10)
    return time.monotonic() - began


def picture(figure):
    return figure.locator("img").first.get_attribute("src")


def grave(page):
    """How many rules axe finds broken, serious or critical."""
    found = Axe().run(page, None, {"preload": False}).response["violations"]
    return sum(rule["impact"] in ("serious", "critical") for rule in found)


def main():
    if not (serve.SITE / "lite").exists():
        raise SystemExit("no dist/site/lite: run `make site LITE=1` first")
    program = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUM))
    )
    serve.Handler = Counting
    with serve.server() as serving, sync_playwright() as playwright:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{serving.server_port}/"
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        for door in DOORS:
            window = browser.new_context(viewport={"width": 1280, "height": 800})
            for number in ("first", "second"):
                Counting.sent = 0
                page = window.new_page()
                seconds = visit(page, door, address)
                page.wait_for_timeout(5000)  # what comes after the figure
                wrong = grave(page)
                page.close()
                print(f"{door}, {number} visit: {seconds:.1f} s, {Counting.sent / 1e6:.1f} MB; "
                      f"axe, serious or critical rules: {wrong}")  # fmt: skip
            window.close()
        serving.shutdown()


if __name__ == "__main__":
    main()
