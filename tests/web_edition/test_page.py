"""The still pages: readable by everyone, without scripts, without a server."""

import io
import itertools
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin

import nbformat
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from support import LESSONS, ROOT, SOLUTIONS

from .conftest import SITE

HTML = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
PAGES = [page for page in HTML if not page.startswith("lite/")]  # which is not ours
STAGES = [page for page in PAGES if page.startswith("figures/")]
# Slides are shown, on a projector, and tested for that: test_slides.py.
READ = [page for page in PAGES if page not in STAGES and not page.startswith("slides/")]
LESSON_PAGES = [f"lessons/{path.stem}.html" for path in LESSONS]
GRAVE = ("serious", "critical")
CONTRAST = ["color-contrast"]
MOST = 1.5e6  # bytes of a page with everything on it
MATHS = re.compile(r"\$\$.+?\$\$|(?<!\$)\$[^$\n]+\$(?!\$)", re.S)

# Boxes that stick out of the page; what scrolls on its own may be wide inside.
SIDEWAYS = """() => {
  const wide = document.documentElement, main = document.querySelector('main');
  return Math.max(wide.scrollWidth, main.scrollWidth) > wide.clientWidth ? [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > wide.clientWidth + 1)
    .map(e => e.outerHTML.slice(0, 120)) : [];
}"""

# Targets below 44 px, the links within sentences apart (they are as high as a line).
SMALL = """() => [...document.querySelectorAll('a, button, input, select, summary')]
  .filter(e => e.checkVisibility() && !e.closest('p, li:not(nav li), td, .skip'))
  .filter(e => { const r = (e.closest('label') || e).getBoundingClientRect();
                 return r.height < 43.5 || r.width < 43.5; })
  .map(e => e.outerHTML.slice(0, 120))"""

OPEN_ALL = "() => document.querySelectorAll('details').forEach(d => d.open = true)"


def grave(page, rules=None, within=None):
    """axe's serious and critical findings: (rule, element) pairs.

    rules: the names of some, such as ["color-contrast"]; within: a selector.
    """
    # Without axe's own copies of style sheets, which the page's policy refuses.
    options = {"resultTypes": ["violations"], "preload": False}
    options |= {"runOnly": rules} if rules else {}
    found = Axe().run(page, within, options).response["violations"]
    return [
        (rule["id"], node["html"][:160])
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


class Tags(HTMLParser):
    """The start tags of a page, with their attributes, in order."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def tags(page):
    return Tags((SITE / page).read_text(encoding="utf-8")).tags


def test_there_is_a_page_for_each_notebook_text_and_live_figure():
    made = {f"solutions/{path.stem}.html" for path in SOLUTIONS} | set(LESSON_PAGES)
    texts = ("index", "glossary", "errata", "help", "speed", "growth", "workers")
    texts += ("search", "licences")
    assert made | {f"{name}.html" for name in texts} == set(READ)
    played = [cell.source.count("play(") for path in LESSONS for cell in code(path)]
    assert len(STAGES) == sum(played)


def code(path):
    return [c for c in nbformat.read(path, 4).cells if c.cell_type == "code"]


@pytest.mark.parametrize("page", READ)
def test_axe_finds_nothing_grave_in_light_and_dark_nor_a_phone_a_wide_box(page, visit):
    reader = visit(page)
    reader.evaluate(OPEN_ALL)
    assert grave(reader) == []
    reader.emulate_media(color_scheme="dark")
    # The colours of code are the same on all pages: below.
    assert grave(reader, CONTRAST, {"exclude": [["pre.source"]]}) == []
    reader.emulate_media(color_scheme="light")
    # 200 % zoom of 1280 pixels, and a phone.
    for width in (640, 360):
        reader.set_viewport_size({"width": width, "height": 740})
        assert reader.evaluate(SIDEWAYS) == []
    assert reader.evaluate(SMALL) == []


def test_the_colours_of_code_are_legible_in_the_dark(visit):
    kinds = {page: coloured_kinds(page) for page in READ}
    open_kinds = set().union(*kinds.values())
    while open_kinds:  # pages that have them all between them
        page = max(READ, key=lambda page: len(kinds[page] & open_kinds))
        open_kinds -= kinds[page]
        reader = visit(page, color_scheme="dark")
        reader.evaluate(OPEN_ALL)
        assert grave(reader, CONTRAST, "pre") == []


def coloured_kinds(page):
    """The kinds of words that are coloured in the code of a page."""
    text = (SITE / page).read_text(encoding="utf-8")
    code = " ".join(re.findall(r"<pre .*?</pre>", text, re.S))
    return set(re.findall(r'<span class="(\w+)"', code))


@pytest.mark.parametrize("page", PAGES)
def test_the_structure_of_a_page(page):
    found = tags(page)
    ids = [attrs["id"] for _, attrs in found if "id" in attrs]
    assert len(ids) == len(set(ids))
    levels = [int(tag[1]) for tag, _ in found if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    steps = itertools.pairwise(levels)
    assert all(after - before <= 1 for before, after in steps)
    assert all(attrs.get("alt") for tag, attrs in found if tag == "img")
    assert not [attrs for _, attrs in found if "style" in attrs]
    (policy,) = (a["content"] for t, a in found if a.get("http-equiv"))
    assert "default-src 'none'" in policy and "http" not in policy
    scripts = [attrs for tag, attrs in found if tag == "script"]
    assert all("src" in attrs for attrs in scripts)


@pytest.mark.parametrize("page", PAGES)
def test_each_link_leads_somewhere(page):
    for tag, attrs in tags(page):
        target = attrs.get("href", attrs.get("src", ""))
        if not target or target.startswith(("http", "data:")):
            # Links lead out; nothing is fetched from elsewhere.
            assert not target.startswith("http") or tag == "a"
            continue
        file, mark = urldefrag(urljoin(page, target.partition("?")[0]))
        assert (SITE / file).is_file(), target
        if mark:
            assert unquote(mark) in {a.get("id") for _, a in tags(file)}, target


@pytest.mark.parametrize("page", LESSON_PAGES)
def test_a_page_is_light(page):
    parts = {attrs.get("src") for tag, attrs in tags(page) if tag in ("img", "script")}
    parts |= {"../style.css", "../formulas.woff", "../live.js", "../widgets.js"}
    files = [SITE / page, *(SITE / urljoin(page, part) for part in parts)]
    assert sum(file.stat().st_size for file in files) <= MOST


@pytest.mark.parametrize(
    "path", [*LESSONS, *SOLUTIONS], ids=lambda p: p.parent.name[0] + p.name
)
def test_a_page_says_what_its_notebook_says(path, visit):
    folder = "lessons" if path in LESSONS else "solutions"
    reader = visit(f"{folder}/{path.stem}.html", java_script_enabled=False)
    cells = reader.locator(".cell").all()
    notebook = code(path)
    assert len(cells) == len(notebook)
    sources = reader.locator(".cell .source").evaluate_all(
        "all => all.map(e => e.textContent)"
    )
    assert sources == [cell.source for cell in notebook]
    shown = reader.locator(".cell .printed").evaluate_all(
        "all => all.map(e => e.textContent)"
    )
    stored = [
        o.text if o.output_type == "stream" else o.data["text/plain"]
        for cell in notebook
        for o in cell.outputs
        if o.output_type == "stream" or set(o.data) == {"text/plain"}
    ]
    assert [text.rstrip("\n") for text in shown] == [
        text.rstrip("\n") for text in stored
    ]
    pictures = [
        o for c in notebook for o in c.outputs if "image/png" in o.get("data", {})
    ]
    assert reader.locator("figure").count() == len(pictures)
    captions = reader.locator(".caption").evaluate_all(
        "all => all.map(e => e.textContent)"
    )
    images = reader.locator("figure img").evaluate_all("all => all.map(e => e.alt)")
    assert len(captions) == len(images) and all(captions)
    for picture in pictures:
        stills = picture.metadata.get("nn_stills")
        words = [s["description"] for s in stills or ()] or [picture.data["text/plain"]]
        assert set(words) <= set(images)
    text = [c.source for c in nbformat.read(path, 4).cells if c.cell_type == "markdown"]
    plain = re.sub(r"```.*?```|`[^`]*`", "", "\n\n".join(text), flags=re.S)
    assert reader.locator("math").count() == len(MATHS.findall(plain))
    # Folded is what answers; neighbours share a fold.
    answers = {c.id for c in notebook if "answer" in c.metadata.get("tags", ())}
    inside = reader.locator("details.answer .cell").evaluate_all(
        "all => all.map(e => e.id)"
    )
    assert set(inside) == answers
    assert reader.locator("details[open]").count() == 0


def test_a_strip_is_taken_apart_into_pictures_with_words(visit):
    reader = visit("lessons/02_activations.html")
    reader.evaluate(OPEN_ALL)
    images = reader.locator("figure.still").first.locator("img")
    assert images.count() > 1
    for image in images.all():
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.decode()")
    sizes = images.evaluate_all("all => all.map(e => [e.naturalWidth, e.width])")
    assert all(natural > 700 and width > 300 for natural, width in sizes)


def test_formulas_are_drawn_in_the_font_of_the_site(visit):
    reader = visit("lessons/06_backprop.html")
    reader.evaluate("document.fonts.ready")
    fonts = reader.evaluate("[...document.fonts].map(f => [f.family, f.status])")
    assert ["Formulas", "loaded"] in fonts
    empty = reader.locator("math").evaluate_all(
        "all => all.filter(m => m.checkVisibility() && m.getBoundingClientRect().width < 3).length"
    )
    assert empty == 0
    assert reader.locator("merror").count() == 0


def test_the_letters_of_the_site_are_enough_for_every_formula(visit):
    """The font is cut down to what occurs; nothing may look other than in the whole."""
    from build import members

    (whole,) = members("ziamath").values()
    text = "".join((SITE / page).read_text("utf-8") for page in LESSON_PAGES)
    formulas = sorted(set(re.findall(r"<math.*?</math>", text, re.S)))
    assert len(formulas) > 100
    drawn = [
        inks(visit("index.html", service_workers="block"), formulas, font)
        for font in (None, whole)
    ]
    for formula, ours, theirs in zip(formulas, *drawn, strict=True):
        assert abs(ours - theirs) <= 0.05 * theirs, formula


def inks(reader, formulas, font=None):
    """How much ink each formula has, in the site's font or another."""
    if font:
        reader.route("**/formulas.woff", lambda route: route.fulfill(body=font))
        reader.reload()
    boxes = reader.evaluate(
        """async formulas => {
        document.body.innerHTML = formulas.map(one => `<p>${one}</p>`).join('');
        await document.fonts.load('16px Formulas');
        return [...document.querySelectorAll('p')].map(line => {
          const r = line.getBoundingClientRect();
          return [r.left, r.top, r.right, r.bottom]; }); }""",
        formulas,
    )
    image = Image.open(io.BytesIO(reader.screenshot(full_page=True))).convert("L")
    reader.close()
    return [255 - np.asarray(image.crop(box)).mean() for box in boxes]


def test_a_page_reads_from_a_file_as_from_a_server(chromium, address):
    words = {}
    for place in (address, SITE.as_uri() + "/"):
        page = chromium.new_page()
        page.goto(place + "lessons/03_forward_pass.html")
        page.locator("img").last.scroll_into_view_if_needed()
        widths = page.locator("main img").evaluate_all(
            "all => Promise.all(all.map(i => { i.loading = 'eager'; return i.decode().then(() => i.naturalWidth); }))"
        )
        colour = page.locator("pre .k, pre .kn, pre .nb").first.evaluate(
            "e => getComputedStyle(e).color"
        )
        text = page.locator("main").inner_text()
        live = page.locator("#live").inner_text()
        words[place] = text.replace(live, ""), widths, colour
        page.close()
    assert len(set(map(str, words.values()))) == 1


def test_lessons_are_joined_and_have_contents(visit):
    reader = visit("lessons/00_start_here.html")
    for path in LESSONS[1:]:
        reader.locator("a[rel=next]").click()
        assert path.stem in reader.url
        headings = reader.locator("main h2").evaluate_all("all => all.map(e => e.id)")
        listed = reader.locator(".contents a").evaluate_all(
            "all => all.map(e => e.hash.slice(1))"
        )
        assert headings == [unquote(mark) for mark in listed]
    reader.locator("a[rel=prev]").click()
    assert LESSONS[-2].stem in reader.url


def test_the_index_says_where_each_lesson_leads(visit):
    reader = visit("index.html")
    rows = reader.locator(".path > li")
    assert rows.count() == len(LESSONS)
    for row in rows.all():
        assert re.search(r"\d+ min", row.inner_text())
        assert row.locator("li").count() >= 2
    minutes = re.findall(
        r"\.ipynb\).* \| (\d+) \|$", (ROOT / "README.md").read_text("utf-8"), re.M
    )
    assert reader.locator(".minutes").all_inner_texts() == [f"{n} min" for n in minutes]


def test_search_finds_a_lesson_by_a_word_of_it(visit):
    reader = visit("search.html")
    reader.keyboard.press("Tab")
    reader.get_by_label("Words to look for").fill("dropout")
    reader.locator("#results a").first.wait_for()
    assert "with “dropout”" in reader.locator("#found").inner_text()
    addresses = reader.locator("#results a").evaluate_all(
        "all => all.map(a => a.pathname)"
    )
    assert any("09_training_better" in address for address in addresses)
    assert not [a for a in addresses if "solutions" in a or "figures" in a]
    assert grave(reader) == []
    # A word that is nowhere is not said to be somewhere.
    reader.get_by_label("Words to look for").fill("zebra")
    reader.locator("#found", has_text="“zebra”: 0").wait_for()
    assert reader.locator("#results li").count() == 0
    reader.get_by_label("Words to look for").fill("softmax")
    reader.locator("#results a").first.wait_for()
    reader.locator("#results a").first.click()
    assert reader.locator("h1").count() == 1


def test_solutions_are_behind_a_question_and_can_be_left_out(visit, tmp_path):
    reader = visit("solutions/06_backprop.html")
    assert not reader.locator(".cell").first.is_visible()
    reader.get_by_text("Have you tried?").click()
    assert reader.locator(".cell .source").nth(1).is_visible()
    program = [
        sys.executable,
        ROOT / "web" / "build.py",
        "--no-solutions",
        "--to",
        tmp_path / "site",
    ]
    subprocess.run(program, check=True, capture_output=True)
    assert not list(tmp_path.rglob("solutions/*"))
    assert "solutions/" not in (
        tmp_path / "site" / "lessons" / "06_backprop.html"
    ).read_text("utf-8").replace("solutions/06_backprop.ipynb", "")


def test_print_shows_what_is_folded_and_hides_what_is_pressed(visit):
    reader = visit("lessons/02_activations.html")
    reader.emulate_media(media="print")
    assert not reader.locator("#live").is_visible()
    assert not reader.locator("nav").first.is_visible()
    for picture in reader.locator("details.answer figure").all():
        assert picture.bounding_box()["height"] > 50
    assert reader.pdf()[:4] == b"%PDF"


def test_the_list_of_licences_names_everything_that_is_shipped():
    from fetch import pins

    words = (SITE / "licences.html").read_text("utf-8")
    listed = pins()
    every = (listed["pyodide"]["wheel"], listed["wheel"], listed["lite"])
    pinned = {one["file"] for kind in every for one in kind}
    for path in (SITE / "python").iterdir():
        if path.suffix in (".whl", ".mjs", ".wasm"):
            name, version = (
                path.name.split("-")[:2] if path.suffix == ".whl" else (path.name, "")
            )
            # Of JupyterLite's own, and of the course, the page has the name alone.
            own = path.name not in pinned and path.suffix == ".whl"
            assert (name in words or name.replace("_", "-") in words) and (
                own or version in words
            )
    files = json.loads((SITE / "python" / "files.json").read_text("utf-8"))
    lent = [one["file"] for one in listed["wheel"] if "members" in one]
    assert len(files["packages"]) == len(pinned) - len(listed["lite"]) - len(lent)
