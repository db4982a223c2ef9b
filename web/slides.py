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
    edition,
    figure_names,
    heading,
    members,
    rendered,
)

FOLDER = ROOT / "dist" / "site" / "slides"


def slides(site, path):
    """[[cell, ...], ...]: what stands on each slide of a lesson."""
    words = Words(path, f"slides/{path.stem}.html", site.absent)
    names = figure_names(path)
    made = []
    for cell in nbformat.read(path, as_version=4).cells:
        kind = cell.metadata.slideshow.slide_type
        if kind == "skip":
            continue
        if kind == "slide":
            made.append([])
        if cell.cell_type == "markdown":
            source = cell.source.partition("\n## Read with care")[0]
            # From the question on, without the answer to the one before.
            found = re.search(r"(?m)^##? ", source) or re.search(
                r"\*\*(Your turn|Quiz) ", source
            )
            source = source[found.start() if found else 0 :]
            made[-1].append({"kind": "text", "html": rendered(words, source)})
        else:
            made[-1].append(site.cell(path, cell, words, names))
    return made


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
