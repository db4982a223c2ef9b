"""From the key to the picture: every live figure in JupyterLab, beside `interact`.

    make bench WHAT=live            writes docs/latency.md
    python tools/latency.py 02 07   some lessons, printed only

Each lesson runs once; below each live figure stands its twin, the same picture with
the same sliders by `ipywidgets.interact`, which draws the whole figure anew. (It keeps
the axes that a figure made from scratch would have to make as well, so `interact` is
faster here than in a notebook that uses it.) Keys go to the two by turns. A time is
from the key's event in the page to the second frame after the new picture is decoded.
Then comes a burst of keys: every frame that the browser paints meanwhile is looked at,
whether a picture is there, and after it the last value has to be the one that is shown.
"""

import argparse
import base64
import contextlib
import io
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from lessons import LESSONS, ROOT
from PIL import Image

sys.path.insert(0, str(ROOT / "tests"))

PAGE = ROOT / "docs" / "latency.md"
KEYS, BLOCK, BURST = 30, 10, 60

TWIN = """
import ipywidgets as _w
import nn_helpers.live as _live
from nn_helpers.live.figure import control as _control
from IPython.display import display as _display
from nn_helpers.viz import knobs as _k

def play(picture):
    _live.play(picture)
    if any(isinstance(k, _k.Pad) for k in picture.knobs.values()) or hasattr(picture, "session"):
        return
    def redraw(**state):
        picture.draw(**state)
        _display(picture.fig)
        _display(picture.caption())
    controls = {name: _control(knob) for name, knob in picture.knobs.items()}
    out = _w.interactive_output(redraw, controls)
    box = _w.VBox([*controls.values(), out])
    box.add_class("twin")
    _display(box)
"""

# A key's event starts the clock; the picture's second frame stops it.
CLOCK = """box => {
  window.nn = {times: [], start: null};
  box.addEventListener('keydown', () => { window.nn.start = performance.now(); }, true);
  const note = async () => {
    const start = window.nn.start;
    if (start === null) return;
    const images = [...box.querySelectorAll('img')];
    const image = images[images.length - 1];
    if (!image || image.src === window.nn.last) return;
    window.nn.last = image.src;
    window.nn.start = null;
    try { await image.decode(); } catch (error) { return; }
    requestAnimationFrame(() => requestAnimationFrame(
      () => window.nn.times.push(performance.now() - start)));
  };
  window.nn.watch?.disconnect();
  window.nn.watch = new MutationObserver(note);
  window.nn.watch.observe(box, {subtree: true, childList: true, attributes: true,
                                attributeFilter: ['src']});
  const images = box.querySelectorAll('img');
  window.nn.last = images.length ? images[images.length - 1].src : '';
}"""


def bench_copy(path, server):
    """The lesson with twins; its tests of exercises and texts stay."""
    notebook = nbformat.read(path, as_version=4)
    cells = notebook.cells
    first = next(i for i, cell in enumerate(cells) if cell.cell_type == "code")
    cells.insert(first + 1, nbformat.v4.new_code_cell(TWIN))
    target = server.root / path.name
    nbformat.write(notebook, target)
    return path.name


class Panel:
    """A figure or its twin: where the keys go, and what comes back."""

    def __init__(self, notebook, box, button=None):
        self.notebook, self.page, self.box = notebook, notebook.page, box
        self.handle = box.locator(".widget-slider .noUi-handle").first
        if button:
            self.handle = box.get_by_role("button", name=button, exact=True)
        self.keys = ("Space",) if button else ("ArrowRight", "ArrowLeft")
        self.number = 0

    def key(self):
        """To and fro, so that each key moves the slider."""
        self.number += 1
        return self.keys[(self.number - 1) % len(self.keys)]

    def times(self, count):
        """Milliseconds from key to picture, so many times."""
        self.notebook.scroll_to(self.box)
        self.handle.focus()
        if len(self.keys) > 1:
            self.handle.press("Home")
        self.settle()
        self.number = 0
        self.box.evaluate(CLOCK)
        for done in range(1, count + 1):
            self.handle.press(self.key())
            self.notebook.until(
                lambda done=done: self.page.evaluate("nn.times.length") >= done,
                "picture", 10,
            )  # fmt: skip
        return self.page.evaluate("nn.times")

    def settle(self):
        self.notebook.until(self.notebook.is_idle, "idle kernel")
        self.page.wait_for_timeout(150)

    def burst(self):
        """(blank frames, all frames, whether the last value is shown)."""
        self.handle.focus()
        with self.filmed() as frames:
            for _ in range(BURST):
                self.page.keyboard.press(self.key())
            self.page.keyboard.press("Home")
            self.settle()
        shown = self.picture()
        self.handle.press("ArrowRight")
        self.settle()
        self.handle.press("Home")
        self.settle()
        return sum(map(self.blank, frames)), len(frames), shown == self.picture()

    @contextlib.contextmanager
    def filmed(self):
        """Every frame that the browser paints meanwhile, as PNG."""
        session, frames = self.page.context.new_cdp_session(self.page), []

        def keep(frame):
            frames.append(base64.b64decode(frame["data"]))
            session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

        session.on("Page.screencastFrame", keep)
        session.send("Page.startScreencast", {"format": "png"})
        yield frames
        session.remove_listener("Page.screencastFrame", keep)
        session.send("Page.stopScreencast")
        session.detach()

    def blank(self, frame):
        """Whether nothing is painted where the picture belongs."""
        place = self.box.locator("img").last.bounding_box()
        image = Image.open(io.BytesIO(frame)).convert("L")
        scale = image.width / self.page.viewport_size["width"]
        left, top = place["x"] * scale, place["y"] * scale
        right, bottom = left + place["width"] * scale, top + place["height"] * scale
        low, high = image.crop((left, top, right, bottom)).getextrema()
        return high - low < 30

    def picture(self):
        from browser.frontend import PIXELS

        return self.box.locator("img").last.evaluate(PIXELS)


def measured(notebook):
    """(name of the first knob, live and interact: times, blank, all, kept) a figure."""
    page, lives = notebook.page, []
    twins = page.locator(".twin")
    for live in page.locator(".nn-live").all():
        for button in ("Paint here", "Step"):
            if live.get_by_role("button", name=button, exact=True).count():
                yield f"`{button}`", [(Panel(notebook, live, button).times(KEYS),)]
                break
        else:
            lives.append(live)
    for number, live in enumerate(lives):
        if not live.locator(".widget-slider").count():
            continue
        pair = [Panel(notebook, live), Panel(notebook, twins.nth(number))]
        times = [[], []]
        for _ in range(KEYS // BLOCK):
            for panel, found in zip(pair, times, strict=True):
                found += panel.times(BLOCK)
        label = live.locator(".widget-slider .widget-label").first.text_content()
        yield (
            label,
            [(found, *panel.burst()) for panel, found in zip(pair, times, strict=True)],
        )


def row(lesson, label, live, twin=None):
    """A line of the table."""
    if twin is None:
        median, late = statistics.median(live[0]), sorted(live[0])[int(0.95 * KEYS) - 1]
        return f"| {lesson} | {label} | {median:.0f} | {late:.0f} | - | - | - | - | - |"
    mine, theirs = (statistics.median(found[0]) for found in (live, twin))
    late = sorted(live[0])[int(0.95 * (len(live[0]) - 1))]
    kept = "yes" if live[3] else "NO"
    return (
        f"| {lesson} | {label} | {mine:.0f} | {late:.0f} | {theirs:.0f} | "
        f"{theirs / mine:.1f} | {live[1]} of {live[2]} | {twin[1]} of {twin[2]} | {kept} |"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "lessons", nargs="*", help="such as 02 07; all, if none is named"
    )
    wanted = parser.parse_args().lessons
    from browser.conftest import SETTINGS
    from browser.frontend import CHROMIUM_FLAGS, open_in_lab
    from browser.server import Server
    from jupyterlab import __version__ as lab_version
    from playwright.sync_api import sync_playwright

    rows, every = [], []
    with (
        tempfile.TemporaryDirectory() as home,
        Server("jupyterlab", Path(home), settings=SETTINGS) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium",
            args=list(CHROMIUM_FLAGS),
        )
        version = browser.version
        for path in LESSONS:
            if wanted and path.name[:2] not in wanted:
                continue
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            notebook = open_in_lab(page, lab, bench_copy(path, lab)).run_all()
            notebook.wait_for_figures()
            for label, found in measured(notebook):
                rows.append(row(path.name[:2], label, *found))
                print(rows[-1], flush=True)
                every.append(found)
            notebook.close()
            notebook.shut_down_kernel()
        browser.close()
    pairs = [found for found in every if len(found) == 2]
    if not pairs:
        return
    mine = sorted(t for live, _ in pairs for t in live[0])
    theirs = sorted(t for _, twin in pairs for t in twin[0])
    total = (
        f"All {len(mine)} keys: median {statistics.median(mine):.0f} ms, 95th percentile "
        f"{mine[int(0.95 * len(mine))]:.0f} ms; `interact` {statistics.median(theirs):.0f} "
        f"and {theirs[int(0.95 * len(theirs))]:.0f} ms."
    )
    print(total)
    if not wanted:
        machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
        write(rows, total, f"{machine}; Python {platform.python_version()}, JupyterLab "
              f"{lab_version}, headless Chromium {version.partition('.')[0]}")  # fmt: skip


def write(rows, total, machine):
    about = " ".join(__doc__.split("\n\n")[2].split())
    text = f"""# From the key to the picture

<!-- Written by `make bench WHAT=live` (tools/latency.py). -->

{about}

{total}

Milliseconds, {KEYS} keys each; frames without a picture, of those painted in a burst of {BURST} keys. Measured on {machine}.

| lesson | slider | median | 95 % below | `interact` | times as fast | blank frames | of `interact` | last value shown |
|---|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}
"""
    PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
