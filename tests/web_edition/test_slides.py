"""Slides and paper: the same notebooks, on a projector and on two pages."""

import re
import subprocess
import sys

import nbformat
import pytest
from pypdf import PdfReader
from support import LESSONS, ROOT

from .conftest import SITE
from .test_page import grave

# How far something on a slide reaches out of it, in pixels, at most; all are laid out.
OUT = """() => [...document.querySelectorAll('section')].map(slide => {
  for (const one of document.querySelectorAll('section')) one.style.display = 'none';
  slide.hidden = false;
  slide.style.display = 'flex';
  const { bottom, right } = slide.getBoundingClientRect();
  const inside = [...slide.querySelectorAll('*')].map(e => e.getBoundingClientRect());
  return Math.max(0, ...inside.map(r => Math.max(r.bottom - bottom, r.right - right)));
})"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('section.present *')]
  .filter(e => e.innerText).map(e => parseFloat(getComputedStyle(e).fontSize)))"""


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_presents(path, visit):
    page = visit(f"slides/{path.stem}.html", viewport={"width": 1280, "height": 720})
    page.locator(".reveal.ready").wait_for()
    page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
    assert grave(page) == []
    assert page.evaluate(SMALLEST) >= 18
    out = page.evaluate(OUT)
    assert 8 <= len(out) <= 20
    assert max(out) <= 1, out
    # The questions of the lesson, and its figures where they move.
    cells = nbformat.read(path, as_version=4).cells
    shown = [c for c in cells if c.metadata.slideshow.slide_type != "skip"]
    titles = page.locator("h2").all_text_contents()
    sources = (c.source.partition("\n## Read with care")[0] for c in shown)
    asked = [t for source in sources for t in re.findall(r"(?m)^## (.*)$", source)]
    assert [t.replace("`", "") for t in asked] == titles and len(titles) > 2
    for link in page.locator("figcaption a").all():
        assert (SITE / "slides" / link.get_attribute("href")).resolve().exists()
    played = sum("play(" in cell.source for cell in shown)
    assert page.locator("figcaption a").count() == played > 0


def test_slides_move_by_key_and_keep_their_place(visit):
    page = visit("slides/index.html")
    assert grave(page) == []
    page.get_by_role("link", name="2. Bend a straight line").click()
    page.locator(".reveal.ready").wait_for()
    page.keyboard.press("ArrowRight")
    page.locator("section.present h2", has_text="Can a straight line").wait_for()
    page.wait_for_url("**#/1")


def test_jupyters_own_slides_take_the_same_cells(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "slides", "--output-dir", tmp_path, LESSONS[2]],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (made,) = tmp_path.glob("*.slides.html")
    cells = nbformat.read(LESSONS[2], as_version=4).cells
    wanted = sum(c.metadata.slideshow.slide_type == "slide" for c in cells)
    assert made.read_text("utf-8").count("<section><section") == wanted


def test_each_lesson_fits_on_a_sheet_of_paper(tmp_path):
    subprocess.run([sys.executable, ROOT / "web" / "handout.py"], check=True)
    for path in LESSONS:
        pages = PdfReader(ROOT / "dist" / "handout" / f"{path.stem}.pdf").pages
        assert len(pages) == 2
        first, second = (page.extract_text() for page in pages)
        number = path.name[:2]
        assert len(pages[0].images) == 1
        cells = nbformat.read(path, as_version=4).cells
        source = "\n".join(c.source for c in cells).partition("\n## At home")[0]
        for k in "123456789Q":
            for kind in ("Your turn", "Quiz"):
                name = f"{kind} {number}.{k}"
                asked = re.search(rf"\*\*{name}\.?\*\* ?\(?([^)\n]*)", source)
                wanted = asked is not None and "bug hunt" not in asked[1]
                assert wanted == (name in " ".join(second.split())), name
        assert "Name:" in second and first.strip()
