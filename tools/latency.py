"""From the key to the picture: every live figure in JupyterLab, beside `interact` and the page.

    make bench WHAT=live            writes docs/latency.md
    python tools/latency.py 02 07   some lessons, printed only

Each lesson runs once in JupyterLab and once in the web edition (dist/site, built
before), both from the machine that measures; in JupyterLab, below each live figure,
stands its twin, the same picture with the same sliders by `ipywidgets.interact`, which
draws the whole figure anew. (It keeps the axes that a figure made from scratch would
have to make as well, so `interact` is faster here than in a notebook that uses it.)
Keys go to the three by turns. They walk the first slider of a figure from its start to
its end and back, as a learner does: the first visit to a value draws its picture, and a
live figure keeps the last 64 (one with at most 40 has all of them drawn when the cell
runs). A time is from the key's event in the page until the frame with the new, decoded
picture is painted. Then comes a burst of keys: every frame that the browser paints
meanwhile is looked at, whether a picture is there, and after it the last value has to be
the one that is shown. At the end the first figure of each lesson is timed on the stage,
a figure alone on a page of the web edition, at 1920x1080. Lessons 11 and 12 are programs:
there a button is pressed, `Paint here` of the drawing pad and `Step` of the playground.
"""

import argparse
import base64
import contextlib
import io
import os
import statistics
import sys
import tempfile
import threading
from pathlib import Path

import nbformat
from lessons import LESSONS, ROOT, figure_names
from PIL import Image
from speed import machine

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "web")]

from browser.server import Server, wait_for  # noqa: E402
from serve import SITE, server  # noqa: E402

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

# A key's event starts the clock; the frame that paints the picture stops it.
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
    // What is asked for within a frame comes when that frame is painted.
    const painted = new MessageChannel();
    painted.port1.onmessage = () => window.nn.times.push(performance.now() - start);
    requestAnimationFrame(() => painted.port2.postMessage(null));
  };
  window.nn.watch?.disconnect();
  window.nn.watch = new MutationObserver(note);
  window.nn.watch.observe(box, {subtree: true, childList: true, attributes: true,
                                attributeFilter: ['src']});
  const images = box.querySelectorAll('img');
  window.nn.last = images.length ? images[images.length - 1].src : '';
}"""


VALUE = """slider => slider.type === 'range'
  ? [slider.value, slider.min, slider.max]
  : ['now', 'min', 'max'].map(which => slider.getAttribute('aria-value' + which))"""


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
        self.handle = box.locator(
            ".widget-slider .noUi-handle, input[type=range]"
        ).first
        if button:
            self.handle = box.get_by_role("button", name=button, exact=True)
        self.button, self.way, self.visited = button, "ArrowRight", set()

    def value(self):
        """(the slider's value, whether it is its least, whether it is its greatest)."""
        value, low, high = self.handle.evaluate(VALUE)
        return value, value == low, value == high

    def times(self, count):
        """[(milliseconds from key to picture, whether it is new)], so many times."""
        self.page.bring_to_front()
        self.notebook.scroll_to(self.box)
        self.handle.focus()
        if not self.button and not self.visited:
            self.handle.press("Home")
            self.settle()
            self.visited.add(self.value()[0])
        self.settle()
        self.box.evaluate(CLOCK)
        new = []
        while len(new) < count:
            self.handle.press(self.key())
            first = self.is_new()
            if self.has_come(len(new) + 1):
                new.append(first)
        return list(zip(self.page.evaluate("nn.times"), new, strict=True))

    def has_come(self, count):
        """Whether so many pictures have; one that looks like the last never does."""
        try:
            self.notebook.until(
                lambda: self.page.evaluate("nn.times.length") >= count, "picture", 3
            )
        except AssertionError:
            self.page.evaluate("nn.start = null")
            return False
        return True

    def key(self):
        """The next on the way from end to end, so that each key moves the slider."""
        if self.button:
            return "Space"
        _, first, last = self.value()
        if first or last:
            self.way = "ArrowRight" if first else "ArrowLeft"
        return self.way

    def is_new(self):
        """Whether this value is here for the first time."""
        value = None if self.button else self.value()[0]
        known = value in self.visited
        self.visited.add(value)
        return bool(self.button) or not known

    def settle(self):
        self.notebook.until(self.notebook.is_idle, "idle kernel")
        self.page.wait_for_timeout(150)

    def burst(self):
        """(blank frames, all frames, whether the last value is shown)."""
        self.page.bring_to_front()
        self.notebook.scroll_to(self.box)
        self.handle.focus()
        with self.filmed() as frames:
            for pressed in range(BURST):  # to and fro
                self.page.keyboard.press(("ArrowRight", "ArrowLeft")[pressed % 2])
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


class Page:
    """A page of the web edition, with what a Panel asks of a notebook."""

    def __init__(self, page):
        self.page = page

    def scroll_to(self, box):
        box.evaluate("box => box.scrollIntoView()")

    def is_idle(self):
        return True

    def until(self, condition, what, seconds=60):
        wait_for(condition, what, seconds, lambda: self.page.wait_for_timeout(5))

    @classmethod
    def lesson(cls, page, address):
        """A lesson, made live, with everything unfolded."""
        page.goto(address)
        page.get_by_role("button", name="Make it live").click()
        page.locator("#live-words", has_text="Live:").wait_for(timeout=120_000)
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = true)"
        )
        return cls(page)

    @classmethod
    def stage(cls, page, address):
        """A figure on the stage, alive."""
        page.goto(address)
        page.locator("#keys").wait_for(timeout=120_000)
        return cls(page)


def pressed(box):
    """The button to press where a figure is no matter of sliders, or None."""
    names = ("Paint here", "Step")
    found = (n for n in names if box.get_by_role("button", name=n, exact=True).count())
    return next(found, None)


def measured(notebook, web):
    """(first knob, {place: (times, blank, all, kept)}) of each figure of a lesson.

    Places: live and interact in JupyterLab, web; a figure that is no matter of sliders
    has no twin, and nothing but times.
    """
    twins = iter(notebook.page.locator(".twin").all())
    pages = web.page.locator(".nn-live").all()
    lives = notebook.page.locator(".nn-live").all()
    for live, page in zip(lives, pages, strict=True):
        button = pressed(live)
        panels = {
            "live": Panel(notebook, live, button),
            "web": Panel(web, page, button),
        }
        if not button:
            panels["interact"] = Panel(notebook, next(twins))
            if not live.locator(".widget-slider").count():
                continue
        times = {place: [] for place in panels}
        for _ in range(KEYS // BLOCK):
            for place, panel in panels.items():
                times[place] += panel.times(BLOCK)
        label = (
            f"`{button}`"
            if button
            else page.locator(".control .label").first.text_content()
        )
        yield (
            label,
            {
                place: (times[place], *(() if button else panel.burst()))
                for place, panel in panels.items()
            },
        )


def on_stage(browser, address):
    """(name, times) of the first figure of each lesson on a projector's screen."""
    for path in LESSONS:
        name = next(iter(figure_names(path).values()))
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        stage = Page.stage(page, f"{address}figures/{name}.html")
        box = page.locator(".nn-live")
        button = pressed(box)
        if button or box.locator("input[type=range]").count():
            yield name, Panel(stage, box, button).times(KEYS)
        page.close()


def middle(times):
    """The median, of [(milliseconds, whether new)]."""
    return f"{statistics.median(spent for spent, _ in times):.0f}" if times else "-"


def first(times):
    return [(spent, new) for spent, new in times if new]


def late(times):
    """The value that 95 % of the times stay below."""
    return f"{sorted(times)[int(0.95 * (len(times) - 1))][0]:.0f}"


def row(lesson, label, found):
    """A line of the table."""
    cells = [lesson, label]
    for place in ("live", "web"):
        times = found[place][0]
        cells += [
            str(len(first(times))),
            middle(first(times)),
            middle(times),
            late(times),
        ]
    if "interact" not in found:
        return _line([*cells, *"------"])
    live, web, twin = (found[place] for place in ("live", "web", "interact"))
    ratio = float(middle(twin[0])) / float(middle(first(live[0])))
    kept = "yes" if live[3] and web[3] else "NO"
    blank = [f"{one[1]} of {one[2]}" for one in (live, twin, web)]
    return _line([*cells, middle(twin[0]), f"{ratio:.1f}", *blank, kept])


def _line(cells):
    return f"| {' | '.join(cells)} |"


def together(times, where):
    new = first(times)
    each = f"{where}: {len(times)} keys, median {middle(times)} ms, 95 % within {late(times)} ms"
    if len(new) in (0, len(times)):
        return f"{each}."
    return f"{each}; the {len(new)} first visits to a value, median {middle(new)} ms, 95 % within {late(new)} ms."


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "lessons", nargs="*", help="such as 02 07; all, if none is named"
    )
    wanted = parser.parse_args().lessons
    from browser.conftest import SETTINGS
    from browser.frontend import CHROMIUM_FLAGS, open_in_lab
    from playwright.sync_api import sync_playwright

    rows, every, stages = [], [], {}
    with (
        server(SITE) as site,
        tempfile.TemporaryDirectory() as home,
        Server("jupyterlab", Path(home), settings=SETTINGS) as lab,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium",
            args=list(CHROMIUM_FLAGS),
        )
        version = browser.version
        threading.Thread(target=site.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{site.server_port}/"
        for path in LESSONS:
            if wanted and path.name[:2] not in wanted:
                continue
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            notebook = open_in_lab(page, lab, bench_copy(path, lab)).run_all()
            notebook.wait_for_figures()
            reader = browser.new_page(viewport={"width": 1280, "height": 800})
            web = Page.lesson(reader, f"{address}lessons/{path.stem}.html")
            for label, found in measured(notebook, web):
                rows.append(row(path.name[:2], label, found))
                print(rows[-1], flush=True)
                every.append(found)
            reader.close()
            notebook.close()
            notebook.shut_down_kernel()
        if not wanted:
            for name, times in on_stage(browser, address):
                stages[name] = times
                print(together(times, name), flush=True)
        browser.close()
        site.shutdown()
    total = "\n".join(summary(every, stages))
    print(total)
    if not wanted:
        write(rows, total, f"{os.cpu_count()} cores of {machine('jupyterlab')}, headless "
              f"Chromium {version.partition('.')[0]}")  # fmt: skip


def summary(every, stages):
    """A line for each place, pad and playground apart."""
    sliders = [found for found in every if "interact" in found]
    others = [found for found in every if "interact" not in found]
    for place, where in (
        ("live", "JupyterLab"),
        ("interact", "`interact` in JupyterLab"),
        ("web", "The web edition"),
    ):
        times = [t for found in sliders for t in found[place][0]]
        if place == "interact":  # which draws at each visit
            times = [(spent, True) for spent, _ in times]
        if times:
            yield f"- {together(times, where)}"
    for place, where in (("live", "JupyterLab"), ("web", "the web edition")):
        times = [t for found in others for t in found[place][0]]
        if times:
            yield f"- {together(times, f'Pad and playground in {where}')}"
    programs = [name for name in stages if name.startswith(("11", "12"))]
    for where, names in (
        ("The web edition on the stage", [n for n in stages if n not in programs]),
        ("Pad and playground on the stage", programs),
    ):
        if names:
            yield f"- {together([t for name in names for t in stages[name]], where)}"


def write(rows, total, machine):
    about = " ".join(__doc__.split("\n\n")[2].split())
    text = f"""# From the key to the picture

<!-- Written by `make bench WHAT=live` (tools/latency.py). -->

{about}

{total}

Milliseconds, {KEYS} keys each: first visits to a value (how many, and their median), all keys (median; 95 % are below). *times as fast*: `interact` beside the first visits in JupyterLab. Frames without a picture, of those painted in a burst of {BURST} keys. Measured on {machine}.

| lesson | slider | JupyterLab: first | median | of all | 95 % below | web edition: first | median | of all | 95 % below | `interact` | times as fast | blank frames | of `interact` | of the web edition | last value shown |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|---|---|---|
{chr(10).join(rows)}
"""
    PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
