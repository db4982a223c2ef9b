"""What a person does with a lesson in JupyterLab or Notebook 7, and what they see.

Nothing here waits for a number of seconds: each step waits for what it needs,
and says what never came.
"""

import contextlib
import re

import nbformat

from .server import wait_for

SECONDS = 60
SOON = 15  # for what needs no server and no kernel any more

# In a headless container there is neither a sandbox nor a graphics card, and a
# browser that looks for updates would try to leave the machine.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# What replaces a live figure whose kernel is gone, unless we prevent it.
DEAD_WORDS = re.compile("model not found|Error displaying widget|Loading widget", re.I)

# Text that a person can see; an ancestor that is not displayed hides its words.
VISIBLE_WORDS = """root => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), words = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), e = walker.currentNode.parentElement;
    if (text && e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
      words.push(text);
  }
  return words.join(' ');
}"""

PROMPTS = """cells => cells.map(cell => cell.querySelector('.jp-InputPlaceholder')
  ? null : cell.querySelector('.jp-InputPrompt').textContent + ' ')"""

# Boxes that can be pushed sideways. Editors may be: a long line of code is theirs.
SIDEWAYS = """() => {
  const found = [];
  for (const e of document.querySelectorAll('html, body, .jp-WindowedPanel-outer, '
      + '.jp-Notebook, .jp-OutputArea, .jp-OutputArea *')) {
    const page = e === document.documentElement || e === document.body;
    const scrolls = page || /auto|scroll/.test(getComputedStyle(e).overflowX);
    if (scrolls && e.scrollWidth > e.clientWidth && e.clientWidth)
      found.push(`${e.tagName}.${e.className}: ${e.scrollWidth} > ${e.clientWidth}`);
  }
  return found;
}"""

PIXELS = """async img => {
  await img.decode();
  const canvas = new OffscreenCanvas(img.naturalWidth, img.naturalHeight);
  const pen = canvas.getContext('2d');
  pen.drawImage(img, 0, 0);
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  const hash = await crypto.subtle.digest('SHA-256', pixels);
  return [...new Uint8Array(hash)].map(b => b.toString(16).padStart(2, '0')).join('');
}"""

# object-fit: contain paints the image smaller than its box; what counts is paint.
LAYOUT = """box => {
  const rect = e => { const r = e.getBoundingClientRect();
    return {left: r.left, top: r.top, right: r.right, bottom: r.bottom,
            width: r.width, height: r.height}; };
  const img = box.querySelector('img'), pane = box.closest('.jp-WindowedPanel-outer');
  const at = rect(img);
  const scale = Math.min(at.width / img.naturalWidth, at.height / img.naturalHeight);
  const seen = pane.getBoundingClientRect();
  return {
    box: rect(box), image: at, caption: rect(box.querySelector('.nn-caption')),
    controls: [...box.querySelectorAll('.widget-slider, .widget-toggle-buttons, button')]
      .filter(e => e.checkVisibility()).map(rect),
    pane: {left: seen.left, top: seen.top, width: pane.clientWidth,
           height: pane.clientHeight, right: seen.left + pane.clientWidth,
           bottom: seen.top + pane.clientHeight},
    scale, device_pixels: scale * devicePixelRatio,
  };
}"""

TO_THE_TOP = """box => box.scrollIntoView({block: 'start', behavior: 'instant'})"""

# Two frames: the first may have begun before the change was in the document.
NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Notebook:
    """One notebook in one browser page. Make it with open_in_lab or open_in_notebook7."""

    def __init__(self, page, server, path):
        self.page, self.server, self.path = page, server, path
        self.file = server.root / path
        self.errors = []
        page.on("console", lambda said: self._note(said) if said.type == "error" else 0)
        page.on("pageerror", lambda error: self.errors.append(_plain(str(error))))

    def _note(self, said):
        self.errors.append(_plain(said.text))

    def open(self, address, *, kernel=True):
        """Go there and wait for every cell and, unless told not to, for the kernel."""
        self.page.goto(f"{self.server.url}{address}?token={self.server.token}")
        cells = len(self.read().cells)
        # They are attached a few at a time, when the browser has nothing else to do.
        self.until(lambda: self.page.locator(".jp-Cell").count() == cells, "cells")
        if kernel:
            self.until(self.is_idle, "idle kernel")
        return self

    def until(self, condition, what, seconds=SECONDS):
        """Wait for condition(), letting the page's own events through meanwhile."""
        return wait_for(
            condition,
            f"{what} in {self.path}",
            seconds,
            pause=lambda: self.page.wait_for_timeout(30),
        )

    def read(self):
        """The notebook as it is on the disk."""
        return nbformat.read(self.file, as_version=4)

    # What a person does

    def menu(self, name, item):
        bar = self.page.get_by_role("menubar")
        bar.get_by_role("menuitem", name=name, exact=True).click()
        self.page.get_by_role("menuitem", name=item, exact=True).click()

    def run_all(self):
        """Run > Run All Cells, until each cell has its number and the kernel rests."""
        cells = [c for c in self.read().cells if c.cell_type == "code"]
        runs = [bool(cell.source.strip()) for cell in cells]
        old, active = self.prompts(), self.last_activity()
        self.menu("Run", "Run All Cells")
        # Numbers of an earlier run, or of the file, must not count for this one.
        self.until(
            lambda: self.prompts() != old or self.last_activity() != active, "start"
        )
        self.until(lambda: self._has_run(runs), "end of Run All Cells", 2 * SECONDS)
        return self

    def save(self):
        """Ctrl+S, until the server has written the file."""
        with self.page.expect_response(_is_save) as answer:
            self.page.keyboard.press("Control+s")
        assert answer.value.ok, f"{self.path} is not saved: {answer.value.status}"

    def shut_down_kernel(self):
        if self.server.kernel(self.path):
            self.server.shut_down_kernel(self.path)

    def close(self):
        """Close the tab of the browser; the kernel lives on, as it does for a person."""
        self.page.close()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def screen(self, width, height, device_scale=1):
        """Give the window another size; device_scale 1.5 is what zooming does."""
        session = self.page.context.new_cdp_session(self.page)
        session.send(
            "Emulation.setDeviceMetricsOverride",
            {
                "width": width,
                "height": height,
                "deviceScaleFactor": device_scale,
                "mobile": False,
            },
        )
        size = [width, height, device_scale]
        now = "() => [innerWidth, innerHeight, devicePixelRatio]"
        self.until(lambda: self.page.evaluate(now) == size, f"screen of {size}")
        self.page.evaluate(NEXT_FRAME)

    def scroll_to(self, element):
        """The top of the element to the top of the pane.

        Lab and Notebook do not lay out what is far off the screen (windowing mode
        "contentVisibility"): it has no inner text and its height is a guess.
        """
        element.evaluate(TO_THE_TOP)
        self.page.evaluate(NEXT_FRAME)

    def show_file_list(self, wanted):
        """Ctrl+B where needed; Notebook 7 has no such list."""
        files = self.page.locator("#filebrowser")
        if files.count() and files.is_visible() != wanted:
            self.page.keyboard.press("Control+b")
            self.until(lambda: files.is_visible() == wanted, "file list")
            self.page.evaluate(NEXT_FRAME)

    # What a person sees

    def is_idle(self):
        kernel = self.server.kernel(self.path)
        return kernel is not None and kernel["execution_state"] == "idle"

    def last_activity(self):
        """When the kernel last said something: busy and idle at the least."""
        return self.server.kernel(self.path)["last_activity"]

    def prompts(self):
        """What stands between the brackets of each code cell: "" not run, "*"
        waiting, else a number; None if the cell is folded, for then it says nothing.
        """
        words = self.page.locator(".jp-CodeCell").evaluate_all(PROMPTS)
        return [word and word.strip().strip("[]:").strip() for word in words]

    def errors_in_outputs(self):
        """The text of every output that is an error or a warning."""
        kinds = ("error", "stderr")
        wanted = ", ".join(
            f".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.{kind}']"
            for kind in kinds
        )
        return self.page.locator(wanted).all_text_contents()

    def figures(self):
        """Every live figure on the page, top to bottom."""
        boxes = self.page.locator(".nn-live")
        return [Figure(self, boxes.nth(number)) for number in range(boxes.count())]

    def wait_for_figures(self):
        """The live figures, once each of them shows its picture."""
        count = figures_in(self.read())
        self.until(lambda: len(self.figures()) == count, f"{count} live figures", SOON)
        for figure in self.figures():
            figure.wait_for_picture()
        return self.figures()

    def spares(self):
        """The still strips that wait for the day without a kernel."""
        strips = self.page.locator(".nn-spare")
        return [strips.nth(number) for number in range(strips.count())]

    def lost_models(self):
        """How many outputs say, seen or not, that their widget's model is gone."""
        panels = self.page.locator(".jp-OutputArea-output.lm-Panel")
        return sum("model not found" in text for text in panels.all_text_contents())

    def sideways(self):
        """Every box that can be scrolled sideways, and by how much."""
        self.page.evaluate(NEXT_FRAME)
        return self.page.evaluate(SIDEWAYS)

    def words(self):
        """The words of the notebook that a person can see."""
        return self.page.locator(".jp-Notebook").evaluate(VISIBLE_WORDS)

    def questions(self):
        """Dialogs and notifications that stand in the way."""
        boxes = self.page.locator(".jp-Dialog, .Toastify__toast")
        return boxes.all_inner_texts()

    def _has_run(self, runs):
        done = [
            word is None or word.isdigit() == ran
            for word, ran in zip(self.prompts(), runs, strict=True)
        ]
        return all(done) and self.is_idle()


class Figure:
    """A live figure: the box with controls, one image and a caption."""

    def __init__(self, notebook, box):
        self.notebook, self.page, self.box = notebook, notebook.page, box
        self.image = box.locator("img").first
        self.caption = box.locator(".nn-caption").first

    def sliders(self):
        """The handles that can be seen: what is folded away is left alone."""
        handles = self.box.locator(".widget-slider .noUi-handle").all()
        return [handle for handle in handles if handle.is_visible()]

    def positions(self):
        """Where the handles stand; aria-valuenow has one decimal, too few for 0.01."""
        places = self.box.locator(".widget-slider .noUi-origin").all()
        return [place.get_attribute("style") for place in places]

    def choices(self):
        """The buttons of which one is pressed, one list for each row."""
        rows = self.box.locator(".widget-toggle-buttons").all()
        return [row.locator("button").all() for row in rows if row.is_visible()]

    def buttons(self):
        return self.box.locator("button.widget-button").all()

    def button(self, name):
        return self.box.get_by_role("button", name=name, exact=True)

    def pixels(self):
        """The pixels of a drawing pad; none in other figures."""
        return self.box.locator(".widget-gridbox button").all()

    def is_playground(self):
        return self.button("Rewind").count() == 1

    def unseen_words(self):
        """The description, which a screen reader finds beside the caption."""
        return self.box.locator(".nn-words").text_content()

    def do(self, act):
        """An act that always changes the picture; True, once it has followed."""
        return self.after(act, lambda: True)

    def by_key(self, name):
        """A button by the keyboard alone."""
        self.button(name).focus()
        self.page.keyboard.press("Space")

    def wait_for_picture(self):
        self.scroll_to()
        self.wait_for_load()

    def wait_for_load(self):
        loaded = "img => img.complete && img.naturalWidth > 0"
        self.notebook.until(lambda: self.image.evaluate(loaded), "picture")

    def scroll_to(self):
        self.notebook.scroll_to(self.box)

    def shown(self):
        """(pixels of the picture, words of the caption)."""
        return self.image.evaluate(PIXELS), self.caption.text_content()

    def layout(self):
        """Where things are, in CSS pixels of the window; see LAYOUT."""
        self.scroll_to()
        return self.box.evaluate(LAYOUT)

    def height(self):
        return self.box.bounding_box()["height"]

    def press(self, handle, key):
        """A key on a slider; True if the slider moved, once the picture has followed."""
        handle.focus()
        before = self.positions()
        return self.after(lambda: handle.press(key), lambda: self.positions() != before)

    def click(self, button):
        """True if the click chose another option, once the picture has followed."""
        if "mod-active" in button.get_attribute("class"):
            return False
        return self.after(
            button.click, lambda: "mod-active" in button.get_attribute("class")
        )

    def step(self, button):
        """Back or Forward, which move the slider by way of the kernel."""
        before = self.positions()
        self.after(button.click, lambda: True)
        return self.positions() != before

    def after(self, act, moved, seconds=2):
        """Act, and let the picture follow if the control moved; True if it did move.

        The picture arrives as a new blob, so its address tells. A picture that has
        not followed after some seconds never will; shown() then says so.
        """
        old, active = self.image.get_attribute("src"), self.notebook.last_activity()
        act()
        self.page.evaluate(NEXT_FRAME)
        if not moved():
            return False
        self.notebook.until(
            lambda: self.notebook.is_idle() and self.notebook.last_activity() != active,
            "answer of the kernel",
        )
        with contextlib.suppress(AssertionError):
            self.notebook.until(
                lambda: self.image.get_attribute("src") != old, "new picture", seconds
            )
        # Words and handles come in the messages after the image's, at once.
        self.page.evaluate(NEXT_FRAME)
        self.wait_for_load()
        return True

    def tick_size(self, points, dpi):
        """Font size of text of so many points, in pixels of the screen itself."""
        return points / 72 * dpi * self.layout()["device_pixels"]


def figures_in(notebook):
    """How many live figures the code of a lesson shows."""
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return sum(len(re.findall(r"^play\(", source, re.M)) for source in code)


def open_in_lab(page, server, path, *, kernel=True):
    """In a workspace of its own, so that one lesson does not bring another along."""
    workspace = re.sub(r"\W", "-", str(path))
    address = f"lab/workspaces/{workspace}/tree/{path}"
    return Notebook(page, server, path).open(address, kernel=kernel)


def open_in_notebook7(page, server, path, *, kernel=True):
    return Notebook(page, server, path).open(f"notebooks/{path}", kernel=kernel)


def _is_save(answer):
    return answer.request.method == "PUT" and "/api/contents/" in answer.url


def _plain(message):
    """An error without what differs from run to run: addresses, ids, line numbers."""
    message = re.sub(r"\w+://\S+", "URL", message.strip().splitlines()[0])
    return re.sub(r"[0-9a-f]{8}[0-9a-f-]*|\d+", "N", message)
