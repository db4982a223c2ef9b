"""Make slides of the lessons, from the cells that their `slideshow` metadata name.

    python web/slides.py

After web/build.py, into dist/site/slides/, so that what moves is a click away on its
page that fills the screen. reveal.js shows them; formulas need no script.
"""

import re
import shutil
import sys

import nbformat
from build import (
    HERE,
    LESSONS,
    ROOT,
    Site,
    Words,
    coloured,
    edition,
    figure_names,
    heading,
    members,
    rendered,
)

FOLDER = ROOT / "dist" / "site" / "slides"


def slides(site, path):
    """[(cells, class)]: what stands on each slide of a lesson, and how full it is."""
    words = Words(path, f"slides/{path.stem}.html", site.absent)
    names = figure_names(path)
    made = []
    for cell in nbformat.read(path, as_version=4).cells:
        kind = cell.metadata.slideshow.slide_type
        if kind == "skip":
            continue
        if cell.cell_type == "markdown":
            for part in parts(cell.source):
                if kind == "slide":
                    made.append([])
                made[-1].append({"kind": "text", "html": rendered(words, part)})
        else:
            if kind == "slide":
                made.append([])
            shown = site.cell(path, cell, words, names)
            pictures = [one for one in shown["outputs"] if one["kind"] == "picture"]
            code, _, check = cell.source.partition("\n\n\ncheck(")
            made[-1].append({
                "kind": "code", "source": "" if pictures else coloured(code),
                "outputs": [] if check or "check(" in code else shown["outputs"],
                # What stands under a question waits for a press.
                "waits": any("?" in one.get("html", "") for one in made[-1]),
            })  # fmt: skip
    return [(cells, fullness(cells)) for cells in made]


def fullness(cells):
    """The class of a slide: two sizes of letters below the usual one."""
    html = "".join(cell.get("html", "") for cell in cells)
    code = "".join(cell["source"] + "\n" for cell in cells if cell.get("source"))
    words = len(re.sub(r"<[^>]*>", "", html))
    weight = words + 150 * html.count('class="formula"') + 60 * code.count("\n")
    return "longest" if weight > 1050 else "long" if weight > 700 else ""


def parts(source):
    """A text from its question on; before it, if there is one, what is derived there."""
    source = source.partition("\n## Read with care")[0]
    found = re.search(r"(?m)^##? ", source) or re.search(
        r"\*\*(Your turn|Quiz) ", source
    )
    start = found.start() if found else 0
    before = source[:start]
    return [before, source[start:]] if "$$" in before else [source[start:]]


def main():
    if not (FOLDER.parent / "index.html").exists():
        raise SystemExit("no dist/site: run `make site` first")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    site = Site(FOLDER.parent, solutions=(FOLDER.parent / "solutions").exists())
    for path in LESSONS:
        site.write(
            f"slides/{path.stem}.html",
            "slides.html",
            title=heading(path),
            slides=slides(site, path),
        )
    rows = "".join(
        f'<li><a href="{p.stem}.html">{heading(p)}</a></li>' for p in LESSONS
    )
    body = f"<h1>Slides</h1><p>Arrow keys move them.</p><ul>{rows}</ul>"
    site.write("slides/index.html", "layout.html", title="Slides", body=body)
    for name, content in members("sphinx_revealjs").items():
        (FOLDER / name).write_bytes(content)
    for name in ("slides.css", "slides.js"):
        shutil.copyfile(HERE / name, FOLDER / name)
    edition(FOLDER.parent)
    print(f"{len(LESSONS)} lessons as slides in {FOLDER}, at slides/ of the site")
    return 0


if __name__ == "__main__":
    sys.exit(main())
