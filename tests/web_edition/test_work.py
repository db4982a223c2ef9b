"""The page as a place to work: written, run, kept, taken home, brought back."""

import json
import random
import re

import nbformat
import pytest
from handed_in import solution_cells
from support import LESSONS, ROOT, handins
from support import grade as grades

from nn_helpers.checks import EXERCISES, judge

from .test_live import CONTRAST, OPEN_ALL, SIDEWAYS, SMALL, SOON, grave, waits

ZERO = "lessons/00_start_here.html"
ONE = "lessons/01_one_neuron.html"
SIX = "lessons/06_backprop.html"
LOSES_SUM = """def my_backward(dZ, X, W):
    return X.T @ dZ, dZ.mean(axis=0), dZ @ W.T


check("06.2", my_backward)"""
# What stands in a cell, as the editor has it.
CODE = """cell => [...cell.querySelector('div.source').shadowRoot.querySelectorAll('.cm-line')]
  .map(line => line.textContent).join('\\n')"""
WIDGET = "application/vnd.jupyter.widget-view+json"
WRITTEN = """() => {
  window.written = [];
  const set = Storage.prototype.setItem;
  Storage.prototype.setItem = function (...entry) {
    written.push(entry);
    return set.apply(this, entry);
  };
}"""
KEPT = "Object.fromEntries(Object.entries(localStorage))"


def cell_of(lesson, words):
    """The id of the cell of code with these words, in the notebook of a page."""
    (path,) = [p for p in LESSONS if p.stem in lesson]
    cells = nbformat.read(path, 4).cells
    return next(c.id for c in cells if c.cell_type == "code" and words in c.source)


class Worker:
    """Somebody who works on a page."""

    def __init__(self, page, lesson):
        self.page, self.lesson = page, lesson

    def cell(self, words):
        return self.page.locator("#" + cell_of(self.lesson, words))

    def code(self, words):
        return self.cell(words).evaluate(CODE)

    def live(self):
        self.page.get_by_role("button", name="Make it live").click()
        self.says("Live:")
        return self

    def editable(self):
        """Cells to write in, without Python."""
        self.page.evaluate(OPEN_ALL)
        self.page.get_by_role("button", name="Start over").click()
        self.says("Every cell is as in the lesson")
        return self

    def says(self, words):
        self.page.locator("#live-words", has_text=words).wait_for(timeout=SOON)

    def write(self, words, text):
        self.cell(words).locator(".cm-content").click()
        # Deleted first: Chromium would keep the colour of what it replaces, as a style.
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def run(self, words, text):
        """What the cell has put out."""
        self.write(words, text)
        cell = self.cell(words)
        cell.evaluate(
            "cell => cell.querySelector('.outputs').replaceChildren('(before)')"
        )
        self.page.keyboard.press("Shift+Enter")
        there = cell.locator(".outputs", has_not_text="(before)")
        there.wait_for(timeout=SOON, state="attached")
        cell.locator(".said", has_text=re.compile(r"^run \d")).wait_for(timeout=SOON)
        return cell.locator(".outputs").inner_text().strip()


@pytest.fixture
def work(visit):
    """Opens a lesson in a browser of its own, where nothing is kept yet."""

    def work(lesson, **settings):
        page = visit(lesson, **{"locale": "en-GB"} | settings)
        page.evaluate(OPEN_ALL)
        return Worker(page, lesson)

    return work


def flat(text):
    return " ".join(text.split())


def sentence(number, answer):
    return f"{number}: {judge(number, EXERCISES[number], answer).sentence}"


def test_cells_answer_as_in_jupyter(work):
    at = work(SIX).live()
    # A named bug, mended: verdicts are those of the package here.
    assert "untouched" in at.cell('check("06.2"').locator("pre").get_attribute("class")
    names = {}
    exec(LOSES_SUM.rpartition("check")[0], names)
    said = at.run('check("06.2"', LOSES_SUM)
    assert flat(sentence("06.2", names["my_backward"])) in flat(said)
    assert "failed" in at.cell('check("06.2"').locator("pre").get_attribute("class")
    said = at.run('check("06.2"', solution_cells("06")["06.2"] + '\nhint("06.2", 1)')
    assert "06.2: Yes" in said and "06.2, hint 1 of 3" in said
    at.says("06.2: Yes")  # for a voice
    at.run('check("06.Q"', solution_cells("06")["06.Q"])
    at.says("06.Q: Yes")

    # An error: its line is marked until something is written.
    said = at.run('check("06.1"', "a = 1\nfor i in range(3):\n    a += nothing\n")
    assert "line 3" in said and said.endswith("name 'nothing' is not defined")
    wrong = at.cell('check("06.1"').locator(".wrong .cm-activeLine")
    assert wrong.inner_text().strip() == "a += nothing"
    at.says("line 3: NameError: name 'nothing' is not defined")
    at.page.keyboard.press("End")
    at.page.keyboard.type(" ")
    assert wrong.count() == 0
    at.run('check("06.1"', "a = [1,\nb = 2")
    assert wrong.inner_text() == "a = [1,"
    said = at.run('check("06.1"', "%time a = 1")
    assert "Lines with %, ! or ? are for Jupyter" in said
    # The line of a function in another cell is named by its cell.
    at.run('check("06.1"', "def half(x):\n    return x / 0\n")
    said = at.run('check("06.3"', "half(1)")
    assert re.search(r"Cell \d+, run \d+, line 2, in half", said)

    # What is put out: streams in order, values, pictures, not more than one can read.
    source = "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')\n1 + 1"
    assert at.run('check("06.1"', source).split() == ["a", "b", "c", "2"]
    said = at.run('check("06.1"', "for i in range(200_000):\n    print(i)")
    assert len(said) < 110_000 and said.endswith("the page shows no more of it.")
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nplt.plot([2, 1]);"
    at.run('check("06.1"', plot)
    images = at.cell('check("06.1"').locator(".outputs img")
    assert images.count() == 2 and all(
        image.get_attribute("alt") for image in images.all()
    )
    assert "write the value into the cell" in at.run('check("06.1"', "input()")
    # An answer that takes for ever is told so, here without threads.
    slow = "from nn_helpers.checks import verdict\nverdict.SECONDS = 0.5\n"
    slow += 'def f(dZ, X, W):\n    while True:\n        pass\ncheck("06.2", f)'
    assert flat(sentence("06.2", lambda *_: None))[:5] == "06.2:"
    assert (
        "06.2: Not yet: " in (said := at.run('check("06.1"', slow))
        and "seconds" in said
    )

    # A figure that is run again moves, and the page as a whole is in order.
    figure = at.page.locator(".cell", has=at.page.locator(".nn-live")).first
    figure.get_by_role("button", name="Run, Cell").click()
    figure.locator(".nn-live").wait_for(timeout=SOON)
    assert figure.locator(".nn-live").count() == 1
    moving = [[".nn-live"]]
    assert grave(at.page, within=moving) == []
    at.page.emulate_media(color_scheme="dark")
    assert grave(at.page, CONTRAST, moving) == []
    at.page.set_viewport_size({"width": 360, "height": 740})
    assert at.page.evaluate(SIDEWAYS) == [] and at.page.evaluate(SMALL) == []


def test_an_endless_loop_is_stopped_and_what_was_written_goes_on(work):
    at = work(ONE).live()
    at.write('check("01.2"', "while True:\n    pass")
    at.page.keyboard.press("Shift+Enter")
    stop = at.cell('check("01.2"').get_by_role("button", name="Stop")
    stop.wait_for()
    at.write('check("01.1"', "mine = 1")
    stop.click()
    at.says("What you wrote is still there")
    assert at.code('check("01.2"') == "while True:\n    pass"
    assert at.code('check("01.1"') == "mine = 1"
    assert at.page.locator(".nn-live :is(input, button):enabled").count() == 0
    # Python is new; what stands above has run again, and what stands below has not.
    assert at.run('check("01.2"', "print(mine, X.shape)") == "1 (274, 2)"
    below = at.cell("def learn(step")
    assert below.get_by_text("has not run").count() == 1
    # A milestone takes one's own work, once that is right.
    at.run('check("01.3"', solution_cells("01")["01.3"])
    assert at.run("whose, step", at.code("whose, step")) == "your steps: 100.0% right"
    below.hover()
    below.get_by_role("button", name="Run all above").click()
    at.says("All up to")


def test_all_by_keyboard(work):
    at = work(ONE)
    press = at.page.keyboard.press

    def tab_to(name):
        for _ in range(150):
            press("Tab")
            here = at.page.evaluate(
                """() => { let e = document.activeElement;
                while (e.shadowRoot) e = e.shadowRoot.activeElement;
                return e.ariaLabel || e.textContent; }"""
            )
            if here.startswith(name):
                return
        raise AssertionError(f"{name} was not reached")

    tab_to("Make it live")
    press("Enter")
    at.says("Live:")
    name = at.cell('check("01.1"').locator(".cm-content").get_attribute("aria-label")
    tab_to(name)
    press("Control+a")
    press("Delete")
    at.page.keyboard.insert_text("if True:")
    press("Enter")
    at.page.keyboard.insert_text("my_distance = 2")
    press("Enter")
    press("Backspace")
    at.page.keyboard.insert_text('check("01.1", my_distance)')
    press("Home")
    press("Tab")  # written in: it indents
    assert at.code('check("01.1"').splitlines()[1:] == [
        "    my_distance = 2",
        '    check("01.1", my_distance)',
    ]
    press("Shift+Enter")
    at.says("01.1: Not yet")
    at.says("01.1")
    press("Escape")
    press("Tab")
    assert at.page.evaluate("document.activeElement.ariaLabel").startswith("Run, Cell")


def test_what_is_written_is_kept_and_an_update_shows_both(work):
    at = work(ONE, service_workers="block").editable()
    at.write('check("01.1"', "mine = 1")
    at.write('check("01.3"', "mine = 3")
    at.write("def learn(step", "mine = 5")
    page = at.page
    page.reload()
    at.says("in 3 of the cells")
    assert at.code('check("01.1"') == "mine = 1"
    # Another edition: a cell more before all, one exercise asked in other words, and
    # a cell that is gone.
    html = page.request.get(page.url).text()
    ids = [cell_of(ONE, words) for words in ('check("01.3"', "def learn(step")]
    html = re.sub(r'id="cell-(\d+)"', lambda m: f'id="cell-{int(m[1]) + 1:02d}"', html)
    html = html.replace("# your lines, in place of the dots", "# your two lines", 1)
    gone = f'id="cell-{int(ids[1][5:]) + 1}"'
    assert gone in html
    html = html.replace(
        'def</span> <span class="nf">learn', 'def</span> <span class="nf">study'
    )
    page.route(
        "**/" + ONE, lambda route: route.fulfill(body=html, content_type="text/html")
    )
    page.reload()
    at.says("in 3 of the cells")
    cell = lambda old: page.locator(f"#cell-{int(old[5:]) + 1:02d}")  # noqa: E731
    first, third = cell(cell_of(ONE, 'check("01.1"')), cell(ids[0])
    assert first.evaluate(CODE) == "mine = 1" and first.locator(".changed").count() == 0
    assert third.evaluate(CODE) == "mine = 3"
    assert "# your two lines" in third.locator(".changed pre").inner_text()
    page.reload()  # not decided yet, so both are still there
    at.says("in 3 of the cells")
    third.get_by_role("button", name="Keep mine").click()
    page.reload()
    at.says("in 3 of the cells")
    assert third.evaluate(CODE) == "mine = 3" and third.locator(".changed").count() == 0
    third.hover()
    page.once("dialog", lambda dialog: dialog.accept())
    third.get_by_role("button", name="Reset").click()
    assert "# your two lines" in third.evaluate(CODE)
    # Start over asks first.
    page.evaluate(OPEN_ALL)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Start over").click()
    assert first.evaluate(CODE) == "mine = 1"
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Start over").click()
    at.says("Every cell is as in the lesson")
    assert page.evaluate(KEPT) == {}
    assert "my_distance" in first.evaluate(CODE)


def test_two_windows_of_a_lesson_agree(work):
    at = work(ONE).editable()
    other = Worker(at.page.context.new_page(), ONE)
    other.page.goto(at.page.url)
    other.editable()
    for number in range(30):  # both write at once, in cells of their own
        for one, words in ((at, 'check("01.1"'), (other, 'check("01.3"')):
            one.cell(words).locator(".cm-content").focus()
            one.page.keyboard.insert_text(f"{number},")
    first, third = at.code('check("01.1"'), other.code('check("01.3"')
    assert all(f"{number}," in first and f"{number}," in third for number in range(30))
    waits(at.page, lambda: other.code('check("01.1"') == first, "what the first wrote")
    waits(at.page, lambda: at.code('check("01.3"') == third, "what the other wrote")
    # One cell, now here, now there; who is told of it does not keep it once more.
    other.page.evaluate(WRITTEN)
    at.write('check("01.2"', "here")
    waits(at.page, lambda: other.code('check("01.2"') == "here", "the same cell")
    assert other.page.evaluate("written") == []
    other.write('check("01.2"', "there")
    waits(at.page, lambda: at.code('check("01.2"') == "there", "and back")
    other.page.close()


def test_where_nothing_can_be_kept_it_is_said(work):
    at = work(ONE).editable()
    lost = at.page.get_by_role("alert")
    at.page.evaluate(
        """() => { let size = 1 << 22;
        while (size) try { localStorage['x' + size] = 'x'.repeat(size); size >>= 1; }
                     catch { size >>= 1; } }"""
    )
    at.write('check("01.1"', "mine = 1" + " " * 5000)
    assert "does not keep what you write" in lost.inner_text()
    assert "Download your notebook" in lost.inner_text()
    at.page.evaluate(
        "Object.keys(localStorage).filter(k => k[0] == 'x').forEach(k => delete localStorage[k])"
    )
    at.write('check("01.2"', "mine = 2")  # there is room again, for the first one too
    assert lost.inner_text() == ""
    kept = at.page.evaluate(KEPT)
    assert sorted(json.loads(v)["source"].strip() for v in kept.values()) == [
        "mine = 1",
        "mine = 2",
    ]
    blocked = work("help.html").page
    blocked.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})"
    )
    blocked.goto(at.page.url)
    there = Worker(blocked, ONE).editable()
    there.write('check("01.1"', "mine = 1")
    assert (
        "does not keep what you write here (blocked)"
        in blocked.get_by_role("alert").inner_text()
    )
    assert there.code('check("01.1"') == "mine = 1"


def test_a_notebook_goes_home_runs_in_jupyter_and_comes_back(work, tmp_path):
    at = work(SIX).live()
    right = solution_cells("06")
    at.run('check("06.1"', right["06.1"])
    at.run('check("06.2"', LOSES_SUM)
    at.run('check("06.3"', '1 / 0\ncheck("06.3", 1)')
    taken = tmp_path / "ada_06_backprop.ipynb"
    with at.page.expect_download() as download:
        at.page.get_by_role("button", name="Download my notebook").click()
    assert download.value.suggested_filename == "06_backprop.ipynb"
    download.value.save_as(taken)
    notebook = nbformat.read(taken, 4)
    nbformat.validate(notebook)
    at.says("among your downloads")

    # Every cell as it ran; what nobody has changed says what the lesson says.
    (lesson,) = [p for p in LESSONS if "06" in p.name]
    committed = {c.id: c for c in nbformat.read(lesson, 4).cells}
    assert [c.id for c in notebook.cells] == list(committed)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert cell.source == committed[cell.id].source
        elif cell.source == committed[cell.id].source:
            assert kinds(cell) == kinds(committed[cell.id])

    # The report reads it, the grades judge it.
    (hand_in,), left_out = handins.read(tmp_path)
    assert (hand_in.name, hand_in.lesson, left_out) == ("ada", "06", [])
    states = handins.states_of(hand_in)
    assert states["06.1"][0] == "passed"
    assert states["06.2"][:2] == ("failed", "mean_for_sum")
    assert states["06.3"][0] == "error"
    assert states["06.Q"][0] == "untouched"
    judged = {v.exercise: v.outcome for v in grades.graded(hand_in)}
    assert judged["06.1"] == "passed" and judged["06.2"] == "failed"

    # Jupyter runs it: the same but for the cell that ends in an error.
    from nbclient import NotebookClient

    again = nbformat.read(taken, 4)
    client = NotebookClient(
        again,
        allow_errors=True,
        kernel_name="python3",
        resources={"metadata": {"path": str(ROOT / "notebooks")}},
    )
    client.execute()
    for ours, theirs in zip(notebook.cells, again.cells, strict=True):
        if ours.cell_type == "code":
            assert kinds(ours) == kinds(theirs), ours.id

    # And it comes back, into another browser, with a cell of its owner's.
    again.cells.append(nbformat.v4.new_code_cell("print('my own')"))
    nbformat.write(again, taken)
    there = work(SIX)
    chooser = there.page.locator("input[type=file]")
    chooser.set_input_files(taken)
    there.says("Your notebook is here")
    assert there.code('check("06.2"') == LOSES_SUM
    assert (
        "06.2: Not yet" in there.cell('check("06.2"').locator(".outputs").inner_text()
    )
    own = there.page.locator(".cell", has_text="A cell of yours")
    assert own.evaluate(CODE) == "print('my own')"
    there.page.reload()
    there.says("in 4 of the cells")
    assert own.evaluate(CODE) == "print('my own')"

    # What is none, or another lesson's, is told what it is.
    for name, content, said in (
        ("a.ipynb", b"%PDF-1.4", "a.ipynb is no notebook"),
        ("b.ipynb", b'{"worksheets": []}', "b.ipynb is no notebook"),
        (
            "c.ipynb",
            LESSONS[1].read_bytes(),
            "c.ipynb has no exercise of this lesson, but 01.1",
        ),
    ):
        file = {"name": name, "mimeType": "application/json", "buffer": content}
        chooser.set_input_files(file)
        there.says(said)
        assert there.code('check("06.2"') == LOSES_SUM


def kinds(cell):
    """What a cell has put out, without pixels and the words that only Jupyter has."""
    streams = "".join(o.text for o in cell.outputs if o.output_type == "stream")
    return streams, [
        (o.output_type, o.get("ename"), sorted({*o.get("data", {})} - {WIDGET}),
         o.get("metadata", {}).get("nn_helpers"))
        for o in cell.outputs if o.output_type != "stream"
    ]  # fmt: skip


# What a person does, without the waiting: [what, where, text] each.
ACT = """async all => {
  const cells = [...document.querySelectorAll('.cell:has(div.source)')];
  for (const [what, place, text] of all) {
    const cell = cells[place % cells.length];
    const box = cell.querySelector('div.source').shadowRoot.querySelector('.cm-content');
    const sliders = document.querySelectorAll('.nn-live input[type=range]:enabled');
    if (what === 'write') {
      box.focus();
      document.execCommand('insertText', false, text);
    } else if (what === 'run') cell.querySelector('[name=run]').click();
    else if (sliders.length) {
      const slider = sliders[place % sliders.length];
      slider.value = place;
      slider.oninput();
    }
    await new Promise(next => setTimeout(next));
  }
  return cells.length;
}"""


def test_a_thousand_random_moves_and_edits_lose_nothing(work):
    """And Python is ended twenty times, while it loads, runs or waits."""
    rng = random.Random(3)
    at = work(ZERO).live()
    page, written = at.page, []
    for _ in range(20):
        acts = [
            [
                rng.choice(("write", "run", "move")),
                rng.randrange(100),
                f"# {rng.random()} ",
            ]
            for _ in range(50)
        ]
        count = page.evaluate(ACT, acts)
        written += [
            (place % count, text) for what, place, text in acts if what == "write"
        ]
        stop = page.get_by_role("button", name="Stop Python")
        if not stop.is_visible():
            page.get_by_role("button", name="Make it live").click()
        stop.click()

    def all_there():
        codes = [
            cell.evaluate(CODE) for cell in page.locator(".cell:has(div.source)").all()
        ]
        return all(text in codes[place] for place, text in written)

    assert len(written) > 300 and all_there()
    page.reload()
    at.says("What you wrote is back")
    assert all_there()
