"""Print each lesson on two pages, for a class without computers.

    python web/handout.py

After web/build.py, into dist/handout/, a PDF a lesson: the picture, what is derived,
and the exercises with room to write, from the notebook. Chromium sets and prints it.
"""

import os
import re
import shutil
import sys

import nbformat
from build import HERE, LESSONS, ROOT, Site, Words, figure_names, heading, rendered
from playwright.sync_api import sync_playwright

FOLDER = ROOT / "dist" / "handout"
SIZES = [11 - 0.25 * step for step in range(13)]  # pt, down to 8: the largest that fits
# What a last paragraph speaks of that is not on paper.
SCREEN = re.compile(r":$|[Ss]lider|figure|[Bb]elow|above|Predict|\bboard\b|cell")
# The picture of a lesson: its cell, and which of the states; else the last of the last.
PICTURES = {
    "00": ("cell-09", -1), "01": ("cell-12", -1), "03": ("cell-07", 0),
    "05": ("cell-18", -1), "07": ("cell-08", -1), "08": ("cell-16", 2),
    "09": ("cell-06", -1), "10": ("cell-16", 1),
}  # fmt: skip
FITS = """([place, size]) => {
  const page = document.querySelectorAll('.page')[place];
  page.style.fontSize = size + 'pt';
  return page.scrollHeight <= page.clientHeight;
}"""


def sheet(site, path):
    """What stands on the two pages: opening, picture, derivations, exercises."""
    words = Words(path, f"handout/{path.stem}.html", LESSONS)  # paper has no links
    cells = nbformat.read(path, as_version=4).cells
    cells = cells[
        : next(
            (i for i, c in enumerate(cells) if c.source.startswith("## At home")), None
        )
    ]
    derived, exercises = [], []
    for number, cell in enumerate(cells):
        if cell.cell_type != "markdown":
            continue
        asked = re.search(r"(?s)\*\*(Your turn|Quiz) .*", cell.source)
        before = cell.source[: asked.start()] if asked else cell.source
        if "$$" in before:
            derived.append(rendered(words, derivation(before)))
        if asked and "bug hunt" not in asked[0]:  # these ask for a program to look into
            # On paper nobody runs a cell.
            text = re.sub(r"\n\n[^\n]*run the cell[^\n]*", "", asked[0])
            stub = cells[number + 1].source if number + 1 < len(cells) else ""
            code = stub.partition("\ncheck(")[0].strip()
            exercises.append({
                "html": rendered(words, text), "quiz": asked[1] == "Quiz",
                "code": code if "\n" in code else "",
            })  # fmt: skip
    names = figure_names(path)
    last = [cell.id for cell in cells if cell.id in names][-1:]
    where, state = PICTURES.get(path.name[:2], (*last, -1))
    (chosen,) = [cell for cell in cells if cell.id == where]
    (shown,) = [
        o for o in site.cell(path, chosen, words, names)["outputs"] if "images" in o
    ]
    return {
        "opening": rendered(words, cells[0].source),
        "picture": shown["images"][state],
        "derived": derived, "exercises": exercises,
    }  # fmt: skip


def derivation(source):
    """The formulas of a cell with what stands between, before and after them."""
    parts = re.sub(r"(?m)^## (.*)$", r"**\1**", source).strip().split("\n\n")
    places = [place for place, part in enumerate(parts) if "$$" in part]
    kept = parts[max(places[0] - 1, 0) : places[-1] + 2]
    if "$$" not in kept[-1] and SCREEN.search(kept[-1]):
        kept.pop()
    return "\n\n".join(kept)


def browser():
    names = (
        os.environ.get("CHROMIUM"),
        "chromium",
        "chromium-browser",
        "google-chrome",
    )
    found = next(
        (path for name in names if name and (path := shutil.which(name))), None
    )
    if not found:
        raise SystemExit(
            "expected Chromium or Chrome to print with; name one in CHROMIUM"
        )
    return found


def main():
    if not (ROOT / "dist" / "site" / "index.html").exists():
        raise SystemExit("no dist/site: run `make site` first")
    program = browser()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    site = Site(FOLDER)
    for name in ("handout.css", "../dist/site/formulas.woff"):
        shutil.copyfile(HERE / name, FOLDER / name.rpartition("/")[2])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
        page = chromium.new_page()
        for path in LESSONS:
            source = FOLDER / f"{path.stem}.html"
            site.write(
                source.name, "handout.html", title=heading(path), **sheet(site, path)
            )
            # The pictures lie a folder up from a page of the site.
            text = source.read_text("utf-8").replace('src="../images/', 'src="images/')
            source.write_text(text, encoding="utf-8")
            page.goto(source.as_uri())
            for place in range(2):
                if not any(page.evaluate(FITS, [place, size]) for size in SIZES):
                    raise SystemExit(f"{path.name}: page {place + 1} is too full")
            page.pdf(
                path=source.with_suffix(".pdf"),
                prefer_css_page_size=True,
                print_background=True,
            )
            source.unlink()
        chromium.close()
    shutil.rmtree(FOLDER / "images")
    for name in ("handout.css", "formulas.woff"):
        (FOLDER / name).unlink()
    print(f"{len(LESSONS)} lessons on two pages each in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
