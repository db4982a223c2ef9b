"""The live page and the stage: Python in the reader's own browser."""

import re
import time

import nbformat
import pytest
from support import LESSONS, SOLUTIONS

from .test_page import CONTRAST, OPEN_ALL, SIDEWAYS, SMALL, STAGES, code, grave

SOON = 90_000  # milliseconds after which something has not come, on a busy machine
RUN = 240_000  # all cells of the longest lesson
FIRST = 15  # seconds that a reader waits for a figure that moves

# What the worker says, beside what the page makes of it.
LISTEN = """() => {
  window.told = [];
  const Plain = Worker;
  window.Worker = class extends Plain {
    constructor(...all) {
      super(...all);
      window.python = this;
      this.addEventListener('message', ({data}) => window.told.push(structuredClone(data)));
    }
  };
}"""

# What there is to read, the code and its buttons apart.
READ = """() => { const main = document.querySelector('main').cloneNode(true);
  main.querySelectorAll('#live, .source, .press').forEach(part => part.remove());
  return main.textContent.replace(/\\s+/g, ' '); }"""

# A figure's pixels; with them its caption and the words behind the picture.
LOOK = """async box => {
  const image = box.querySelector('img');
  while (!await image.decode().then(() => true, () => false)); // a new one came meanwhile
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const hash = await crypto.subtle.digest('SHA-256',
    pen.getImageData(0, 0, canvas.width, canvas.height).data);
  return [new Uint8Array(hash).join(), image.alt, box.querySelector('.nn-caption')?.textContent];
}"""


def alive(visit, lesson, **settings):
    """The page of a lesson, pressed live; all its cells have run."""
    page = visit(f"lessons/{lesson}.html", **settings)
    page.evaluate(LISTEN)
    page.evaluate(OPEN_ALL)
    page.get_by_role("button", name="Make it live").click()
    page.locator(".nn-live").first.wait_for(timeout=SOON)
    page.locator("#live-words", has_text="Live").wait_for(timeout=RUN)
    return page


def printed(outputs):
    """What a cell has said, as text: prints, and displays without a picture."""
    words = ""
    for output in outputs:
        if output["output_type"] == "stream":
            words += output["text"]
        elif output["output_type"] == "error":
            words += f"\n{output['ename']}: {output['evalue']}\n"
        elif "text/plain" in output.get("data", {}):
            words += f"\n[{output['data']['text/plain']}]\n"
    return words


def verdicts(outputs):
    """The data of each verdict: exercise, outcome, named bug."""
    metadata = [output.get("metadata", {}) for output in outputs]
    data = [one["nn_helpers"] for one in metadata if "nn_helpers" in one]
    return [{k: v for k, v in one.items() if v is not None} for one in data]


def same(cells, told):
    """Compare what the browser's Python put out with what is committed."""
    for cell in cells:
        outputs = [m["output"] for m in told if "output" in m and m["cell"] == cell.id]
        assert printed(outputs) == printed(cell.outputs), cell.id
        assert verdicts(outputs) == verdicts(cell.outputs), cell.id


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_prints_the_same_and_every_figure_moves(path, visit):
    page = alive(visit, path.stem)
    # What the worker asks for is seen too, so that a foreign address would be.
    assert any(url.endswith("asm.wasm") for url in visit.asked)
    same(code(path), page.evaluate("told"))
    boxes = page.locator(".nn-live")
    assert boxes.count() == sum(cell.source.count("play(") for cell in code(path))
    for box in boxes.all():
        moves(page, box)
        presses(page, box)
    assert page.locator(".still:not(.living)").count() == 0
    # The rest of the page is looked at while it is still.
    moving = [["#live"], [".nn-live"]]
    assert grave(page, within=moving) == []
    page.emulate_media(color_scheme="dark")
    assert grave(page, CONTRAST, moving) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(SMALL) == []


def moves(page, box):
    """Each control that moves the picture does, by key, and back to the same."""
    start = box.evaluate(LOOK)
    assert start[1] and start[2]
    for slider in box.locator("input[type=range]:visible").all():
        name = slider.evaluate("e => e.labels[0].firstChild.textContent")
        assert name
        last = slider.input_value() == slider.evaluate("e => e.max")
        there, back = (
            ("ArrowLeft", "ArrowRight") if last else ("ArrowRight", "ArrowLeft")
        )
        slider.press(there)
        differs(page, box, start, name)
        slider.press(back)
        returns(page, box, start, name)
    for group in box.get_by_role("radiogroup").all():
        name = group.get_attribute("aria-label")
        assert name
        if not group.is_visible() or name == "Arrows":  # what the pad's arrows move
            continue
        options = group.locator("input")
        chosen = options.evaluate_all("all => all.findIndex(e => e.checked)")
        there = options.nth(chosen - 1)
        there.press("Space")
        differs(page, box, start, name)
        options.nth(chosen).press("Space")
        returns(page, box, start, name)


def presses(page, box):
    """A stepper's Forward and Back move, and lead back to the same."""
    forward = box.get_by_role("button", name="Forward ▶", exact=True)
    if forward.count():
        start = box.evaluate(LOOK)
        forward.click()
        differs(page, box, start, "Forward")
        box.get_by_role("button", name="◀ Back", exact=True).click()
        returns(page, box, start, "Back")


def after(page, box, act, name):
    """What there is to see once a new picture has come."""
    image = box.locator("img")
    before = image.get_attribute("src")
    act()
    waits(page, lambda: image.get_attribute("src") != before, f"{name}: a picture")
    return box.evaluate(LOOK)


def differs(page, box, start, name):
    waits(page, lambda: box.evaluate(LOOK)[0] != start[0], f"{name}: another picture")


def returns(page, box, start, name="the first control"):
    waits(page, lambda: box.evaluate(LOOK) == start, f"{name}: the same again")


def waits(page, holds, what):
    for _ in range(SOON // 50):  # to ask more often takes from what one waits for
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came: {what}")


def test_solutions_print_the_same_and_wrong_answers_get_the_same_verdicts(visit):
    page = visit("index.html")
    page.evaluate(
        """() => {
      const python = new Worker('worker.js', {type: 'module'});
      window.run = cells => new Promise(done => {
        const told = [];
        python.onmessage = ({data}) => {
          if (data.kind === 'ready' || data.kind === 'failed') done(told);
          told.push({...data, buffers: null});
        };
        python.postMessage({kind: 'run', cells});
      });
    }"""
    )
    wrong = 0
    for path in SOLUTIONS:
        wrong += sum(
            one["outcome"] != "passed"
            for c in code(path)
            for one in verdicts(c.outputs)
        )
        cells = [{"id": cell.id, "source": cell.source} for cell in code(path)]
        # All in one Python, each as if it had just been started.
        anew = {"id": "anew", "source": "import kernel; kernel.shell.start()"}
        same(code(path), page.evaluate("cells => run(cells)", [anew, *cells]))
    assert wrong > 100  # planted, and told apart


def test_the_comparison_can_fail():
    (path,) = (path for path in LESSONS if path.name.startswith("02"))
    told = [{"cell": c.id, "output": o} for c in code(path) for o in c.outputs]
    same(code(path), told)
    streams = [one["output"] for one in told if one["output"].output_type == "stream"]
    (first, *_) = [one["output"] for one in told if verdicts([one["output"]])]
    first.metadata["nn_helpers"]["bug"] = "another"
    with pytest.raises(AssertionError):
        same(code(path), told)
    first.metadata["nn_helpers"]["bug"] = None
    same(code(path), told)
    streams[0]["text"] = streams[0]["text"].replace("0", "1", 1)
    with pytest.raises(AssertionError):
        same(code(path), told)


def test_the_first_figure_moves_soon(visit):
    waited = []
    for _ in range(3):  # other tests may be at work: the best of three counts
        page = visit("lessons/02_activations.html")
        began = time.monotonic()
        page.get_by_role("button", name="Make it live").click()
        page.locator(".nn-live").first.wait_for(timeout=SOON, state="attached")
        waited.append(time.monotonic() - began)
        page.close()
        if waited[-1] < FIRST:
            return
    raise AssertionError(f"the first figure moved after {waited} seconds")


def test_progress_is_said_in_megabytes_and_can_be_cancelled(visit):
    page = visit("lessons/02_activations.html")
    page.evaluate(
        "() => { window.said = []; const live = document.getElementById('live');"
        "new MutationObserver(() => said.push(live.textContent))"
        ".observe(live, {childList: true, characterData: true, subtree: true}); }"
    )
    before = page.evaluate(READ)
    page.get_by_role("button", name="Make it live").click()
    page.locator("#live", has_text=re.compile(r"of \d\d\.\d MB")).wait_for(timeout=SOON)
    assert page.get_by_role("progressbar", name="Progress").is_visible()
    page.get_by_role("button", name="Stop Python").click()
    assert page.get_by_role("button", name="Make it live").is_visible()
    assert not page.get_by_role("progressbar").is_visible()
    assert page.locator(".nn-live").count() == 0
    assert page.evaluate(READ) == before
    page.get_by_role("button", name="Make it live").click()
    page.locator(".nn-live").first.wait_for(timeout=SOON, state="attached")
    said = page.evaluate("said")
    assert any(re.search(r"\d\.\d of \d\d\.\d MB", words) for words in said)
    page.get_by_role("button", name="Stop Python").click()
    # What moved stands still.
    assert page.locator(".nn-live :is(input, button, select):enabled").count() == 0


def test_what_cannot_be_fetched_is_said(visit):
    page = visit("lessons/02_activations.html", broken=True, service_workers="block")
    page.route("**/python/numpy*", lambda route: route.abort())
    page.get_by_role("button", name="Make it live").click()
    page.locator("#live-words", has_text="numpy could not be fetched").wait_for(
        timeout=SOON
    )
    assert page.get_by_role("button", name="Make it live").is_visible()


def test_in_a_burst_the_last_value_wins(visit):
    page = visit("figures/02-ramps.html")
    page.locator("#keys").wait_for(timeout=SOON)
    box = page.locator(".nn-live")
    slider = box.locator("input[type=range]").first
    last = after(page, box, lambda: slider.press("End"), "End")
    after(page, box, lambda: slider.press("Home"), "Home")
    pictures = page.evaluate(
        """async slider => {
        const image = slider.closest('.nn-live').querySelector('img');
        let pictures = 0;
        new MutationObserver(() => pictures++).observe(image, {attributeFilter: ['src']});
        for (let i = 0; i < 200; i++) {
          slider.value = i % 2 ? slider.max : slider.min;
          slider.dispatchEvent(new Event('input', {bubbles: true}));
          if (i % 20 === 19) await new Promise(requestAnimationFrame);
        }
        return pictures; }""",
        slider.element_handle(),
    )
    returns(page, box, last)
    assert pictures < 100


def test_a_digit_is_drawn_by_mouse_by_finger_and_by_keyboard(visit):
    page = visit("figures/11-your_digit.html", has_touch=True)
    page.locator("#keys").wait_for(timeout=SOON)
    box = page.locator(".nn-live")
    box.scroll_into_view_if_needed()
    inks = lambda: box.locator(".grid [data-ink=true]").count()  # noqa: E731
    words = lambda: box.locator("img").get_attribute("alt")  # noqa: E731
    pixel = lambda n: box.locator(".grid button").nth(n)  # noqa: E731
    # By mouse: a stroke down the fourth column, drawn once, not toggled on the way.
    page.mouse.move(*centre(pixel(3)))
    page.mouse.down()
    for row in range(1, 6):
        page.mouse.move(*centre(pixel(3 + 8 * row)), steps=4)
    page.mouse.up()
    waits(page, lambda: "6 pixels with ink" in words(), "six pixels by mouse")
    assert inks() == 6
    # A click wipes one pixel off again.
    pixel(3).click()
    waits(page, lambda: "5 pixels with ink" in words(), "one less")
    # By finger: tap, then drag, as the browser's own touch events.
    page.touchscreen.tap(*centre(pixel(0)))
    waits(page, lambda: "6 pixels with ink" in words(), "a tap")
    touch = page.context.new_cdp_session(page)
    for kind, at in (
        ("touchStart", 5),
        ("touchMove", 13),
        ("touchMove", 21),
        ("touchEnd", None),
    ):
        x, y = centre(pixel(at)) if at is not None else (0, 0)
        points = [] if at is None else [{"x": x, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    waits(page, lambda: "9 pixels with ink" in words(), "three by dragging a finger")
    # By keyboard: the arrows and Paint here.
    for _ in range(3):
        box.get_by_role("button", name="Left", exact=True).press("Enter")
    box.get_by_role("button", name="Paint here").press("Space")
    waits(page, lambda: "10 pixels with ink" in words(), "ten with one by key")
    # And on the pad itself: arrows, Space, with the focus where the cursor is.
    here = box.locator(".grid .here")
    here.focus()
    for row in (3, 4):
        page.keyboard.press("ArrowDown")
        waits(page, lambda: here.evaluate("e => e === document.activeElement"), "focus")
        waits(
            page,
            lambda row=row: f"Row {row}," in here.get_attribute("aria-label"),
            "the cursor",
        )
    page.keyboard.press("Space")
    waits(page, lambda: "11 pixels with ink" in words(), "eleven")
    assert box.locator(".grid [tabindex='0']").count() == 1
    box.get_by_role("button", name="Clear").press("Enter")
    waits(page, lambda: words().startswith("paper"), "paper")
    assert inks() == 0


def test_a_late_word_about_a_pixel_does_not_paint_it_twice(visit):
    page = visit("figures/11-your_digit.html")
    page.locator("#keys").wait_for(timeout=SOON)
    box = page.locator(".nn-live")
    box.scroll_into_view_if_needed()
    pixel = box.locator(".grid button").nth(3)
    x, y = centre(pixel)
    page.mouse.move(x, y)
    page.mouse.down()
    # Of its cursor Python tells first: then the pixel counts as paper once more.
    pixel.evaluate("pixel => { pixel.dataset.ink = 'false'; }")
    page.mouse.move(x + 2, y + 2)
    page.mouse.up()
    box.get_by_role(
        "button", name="Down", exact=True
    ).click()  # the last to be answered
    label = box.locator(".grid .here").get_attribute
    waits(page, lambda: "Row 1," in label("aria-label"), "the cursor below")
    assert "1 pixel with ink" in box.locator("img").get_attribute("alt")


def centre(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_playground_runs_pauses_steps_and_rewinds(visit):
    page = visit("figures/12-playground.html")
    box = page.locator(".nn-live")
    box.wait_for(timeout=SOON)
    page.locator("#keys").wait_for(timeout=SOON)
    start = box.evaluate(LOOK)
    assert "Epoch 0" in start[2]
    run = box.get_by_role("button", name="Run", exact=True)
    run.press("Space")
    pause = box.get_by_role("button", name="Pause")
    pause.wait_for()
    assert pause.get_attribute("aria-pressed") == "true"
    differs(page, box, start, "Run")
    seen = {box.evaluate(LOOK)[0] for _ in range(20)}
    assert len(seen) > 3
    pause.press("Space")
    run.wait_for()
    waits(
        page,
        lambda: re.match("Epoch [1-9]", box.evaluate(LOOK)[2]),
        "words after the run",
    )
    still = box.evaluate(LOOK)
    page.wait_for_timeout(300)
    assert box.evaluate(LOOK) == still
    box.get_by_role("button", name="Rewind").press("Enter")
    returns(page, box, start)
    box.get_by_role("button", name="Epoch").press("Enter")
    waits(page, lambda: "Epoch 1" in box.evaluate(LOOK)[2], "one epoch")
    box.get_by_role("button", name="Settings").press("Enter")
    line = box.get_by_label("As a line")
    line.fill("data=circles")
    line.press("Enter")
    waits(page, lambda: "Epoch 0" in box.evaluate(LOOK)[2], "a new setting")
    assert grave(page) == []
    assert page.evaluate(SIDEWAYS) == []


@pytest.mark.parametrize(
    "stage", ["figures/02-ramps.html", "figures/06-backward_walk.html"]
)
def test_a_stage_fills_the_screen_and_obeys_the_keys(stage, visit):
    assert stage in STAGES
    page = visit(stage, viewport={"width": 1920, "height": 1080})
    box = page.locator(".nn-live")
    box.wait_for(timeout=SOON)
    page.locator("#keys").wait_for(timeout=SOON)
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080
    image, caption = (
        box.locator("img").bounding_box(),
        box.locator(".nn-caption").bounding_box(),
    )
    assert image["height"] * image["width"] > 0.5 * 1920 * 1080
    assert caption["y"] + caption["height"] <= 1080
    sizes = box.locator("label, output, .nn-caption").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 26
    start = box.evaluate(LOOK)
    page.keyboard.press("1")
    page.keyboard.press("ArrowLeft" if "ramps" in stage else "ArrowRight")
    differs(page, box, start, "the first control")
    page.keyboard.press("r")
    returns(page, box, start)
    page.keyboard.press("f")
    waits(
        page,
        lambda: page.evaluate("document.fullscreenElement !== null"),
        "the whole screen",
    )
    page.keyboard.press("f")
    page.get_by_label("Keys:").uncheck()
    page.keyboard.press("f")
    page.keyboard.press("1")
    assert not page.evaluate("document.fullscreenElement")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    assert (
        page.get_by_role("link", name=re.compile("lesson 0"))
        .get_attribute("href")
        .startswith("../lessons/")
    )
    assert grave(page) == []
    page.emulate_media(color_scheme="dark")
    assert grave(page) == []


def test_the_page_is_worked_by_keyboard_alone(visit):
    page = visit("lessons/02_activations.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"
        )
        assert outline[0] != "none" and outline[1] >= 2, page.evaluate(
            "document.activeElement.outerHTML"
        )
        if page.evaluate("document.activeElement.textContent") == "Make it live":
            break
    else:
        raise AssertionError("the button was never reached")
    page.keyboard.press("Enter")
    stop = page.get_by_role("button", name="Stop Python")
    stop.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Make it live").wait_for()
    assert page.evaluate("document.activeElement.name") == "live"


def test_all_controls_and_nothing_else_move_with_less_motion(visit):
    page = visit("lessons/02_activations.html", reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(e => {
        const s = getComputedStyle(e);
        return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0
          || s.scrollBehavior === 'smooth'; }).map(e => e.tagName)"""
    )
    assert moving == []


def test_notebooks_name_cells_as_the_pages_do():
    for path in [*LESSONS, *SOLUTIONS]:
        cells = nbformat.read(path, 4).cells
        assert [cell.id for cell in cells] == [
            f"cell-{n:02d}" for n in range(len(cells))
        ]
