"""Make the pages and tables that have a source.

python tools/pages.py           write them
python tools/pages.py --check   only say what would change

docs/notation.toml  -> the table in README.md and in lesson 00
docs/errata.toml    -> docs/errata.md, with what the lessons' cells print
docs/glossary.toml  -> docs/glossary.md, with the lesson where a term is bold
docs/places.toml    -> README's table of places, and its "Open in" links
"""

import argparse
import re
import sys
import tomllib

import nbformat
import parcels
from lessons import LESSONS, ROOT, store

DOCS = ROOT / "docs"
NOTATION_HEAD = "| maths | code | shape |"
PLACES_HEAD = "| place | what works | how to open it | how it is tested |"
OPEN_IN = "<!-- Open in: addresses from docs/places.toml -->"
MADE = "<!-- Made by tools/pages.py from {source}: change that. -->\n\n"
ARTICLES = {
    "Coverdale": "Christopher Coverdale, *Neural Networks 101: Part 3 - Neural "
    "Network Mechanics* (2024)",
    "Innokrea": "Innokrea, [*What happens inside a neural network during an epoch*]"
    "(https://www.innokrea.com/neural-networks-through-magnifying-glass/) (2024)",
}
KINDS = {
    "slip": "misleading as it stands",
    "refine": "meant roughly, and to be had exactly",
}


def read(name):
    """The rows of one source."""
    with open(DOCS / f"{name}.toml", "rb") as file:
        return tomllib.load(file)["row"]


def cells(number):
    """The cells of a lesson, by its number such as "04"."""
    (path,) = [path for path in LESSONS if path.name.startswith(number)]
    return nbformat.read(path, as_version=4).cells


def section(number, heading):
    """The cells of a lesson under the `##` heading that begins so."""
    found, inside = [], False
    for cell in cells(number):
        headings = re.findall(r"^## (.+)$", cell.source, re.M)
        if cell.cell_type == "markdown" and headings:
            inside = any(h.startswith(heading) for h in headings)
        if inside:
            found.append(cell)
    if not found:
        raise SystemExit(f"lesson {number} has no section {heading!r}")
    return found


def printed(cell):
    """What a code cell shows, in words."""
    words = [o.get("text", "") or o.get("data", {}).get("text/plain", "")
             for o in cell.get("outputs", [])]  # fmt: skip
    return "\n".join(words)


def evidence(row):
    """The cell that shows a row of the errata; SystemExit if there is none."""
    place = section(row["lesson"], row["section"])
    wanted, kind = (
        (row["code"], "code") if "code" in row else (row["sentence"], "markdown")
    )
    found = [c for c in place if c.cell_type == kind and wanted in c.source]
    if len(found) != 1:
        raise SystemExit(f"{row['id']}: {len(found)} cells have {wanted!r}")
    for line in row.get("shows", ()):
        if line not in printed(found[0]):
            raise SystemExit(f"{row['id']}: no longer printed: {line!r}")
    return found[0]


def terms():
    """{bold term: number of the lesson that defines it}; a term is bold once."""
    found = {}
    for path in LESSONS:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "markdown":
                continue
            plain = re.sub(r"`[^`]*`|\$\$.*?\$\$", "", cell.source, flags=re.S)
            for words in re.findall(r"\*\*([^*]+)\*\*", plain):
                marks = r"(What you|Your turn|Predict first|Quiz)|.*[.?:]$"
                if re.match(marks, words, re.S):
                    continue  # a mark or a run-in heading
                term = words.lower()
                if term in found:
                    raise SystemExit(f"{term} is bold in {found[term]} and {path.name}")
                found[term] = path.name
    return found


def notation():
    rows = [f"| {r['maths']} | {r['code']} | {r['shape']} |" for r in read("notation")]
    return "\n".join([NOTATION_HEAD, "|---|---|---|", *rows])


def errata():
    rows, places = read("errata"), []
    for row in rows:
        name = next(p.name for p in LESSONS if p.name.startswith(row["lesson"]))
        texts = "\n".join(c.source for c in section(row["lesson"], row["section"]))
        headings = re.findall(r"^## (.+)$", texts, re.M)
        heading = next(h for h in headings if h.startswith(row["section"]))
        places.append(f'[lesson {row["lesson"]}](../notebooks/{name}), "{heading}"')
    lines = [
        "# The two articles, sentence by sentence",
        "",
        "The series accompanies two articles. They are good company, and where a "
        "sentence of theirs misleads, many of us have said it too. Here is each such "
        "place, what is the case, and the cell that shows it. The numbers are what "
        "that cell prints.",
        "",
        *(f"- **{short}**: {long}" for short, long in ARTICLES.items()),
        "",
        "| no. | about | shown in |",
        "|---|---|---|",
        *(
            f"| {row['id']} | {row['about']} | {place} |"
            for row, place in zip(rows, places, strict=True)
        ),
        "",
    ]
    for row, place in zip(rows, places, strict=True):
        lines += [
            f"## {row['id']}. {row['about'].capitalize()}",
            "",
            f"> {row['says']}",
            ">",
            f"> ({row['article']}; {KINDS[row['kind']]})",
            "",
            row["text"],
            "",
            *_shown(row),
            f"In {place}.",
            "",
        ]
    return MADE.format(source="docs/errata.toml") + "\n".join(lines).rstrip() + "\n"


def _shown(row):
    """What a reader can check: printed lines, the assertion, or the source."""
    cell = evidence(row)
    if "source" in row:
        return [f"[Source]({row['source']}).", ""]
    kept, language = row["code"].splitlines(), "python"
    if "shows" in row:
        printed_lines, language = printed(cell).splitlines(), ""
        kept = [li for li in printed_lines if any(s in li for s in row["shows"])]
    return [f"```{language}", *kept, "```", ""]


def glossary():
    rows, where = read("glossary"), terms()
    for term in set(where) ^ {row["term"].lower() for row in rows}:
        raise SystemExit(f"bold in a lesson or in docs/glossary.toml, not both: {term}")
    lines = [
        "# Glossary",
        "",
        "Each term is bold in the lesson that defines it.",
        "",
        "| term | symbol | in one sentence | lesson |",
        "|---|---|---|---|",
    ]
    for row in sorted(rows, key=lambda row: row["term"].lower()):
        name = where[row["term"].lower()]
        lines.append(
            f"| **{row['term']}** | {row.get('symbol', '')} | {row['sentence']} "
            f"| [{name[:2]}](../notebooks/{name}) |"
        )
    return MADE.format(source="docs/glossary.toml") + "\n".join(lines) + "\n"


def places():
    rows = [f"| {r['place']} | {r['works']} | {r['open']} | {r['tested']} |"
            for r in read("places")]  # fmt: skip
    return "\n".join([PLACES_HEAD, "|---|---|---|---|", *rows])


def owner():
    """The addresses of whoever publishes the lessons; empty where there is none."""
    with open(DOCS / "places.toml", "rb") as file:
        return tomllib.load(file)["owner"]


def open_in(lesson):
    """Links that open a lesson elsewhere, for each address that is known."""
    known, links = owner(), []
    if known["site"]:
        page = f"{known['site']}lessons/{lesson.stem}.html"
        links.append(f"[your browser, nothing to install]({page})")
    if known["kaggle"]:
        place = f"{known['kaggle']}/{parcels.slug(parcels.kaggle_title(lesson))}"
        links.append(f"[Kaggle](https://www.kaggle.com/code/{place})")
    if known["github"]:
        file = f"notebooks/{lesson.name}"
        links += [
            f"[Colab](https://colab.research.google.com/github/{known['github']}/blob/main/{file})",
            f"[Binder](https://mybinder.org/v2/gh/{known['github']}/HEAD?labpath={file})",
        ]
    return ", ".join(links)


def with_links(text):
    """README with "Open in" on top and beside each lesson, or without."""
    links = open_in(LESSONS[0])
    line = f"{OPEN_IN}\n" + (f"\nOpen in {links}.\n" if links else "")
    text = re.sub(rf"{re.escape(OPEN_IN)}\n(\nOpen in .*\n)?", lambda _: line, text)
    for lesson in LESSONS:
        links = open_in(lesson)
        after = f" ({links})" if links else ""
        target = re.escape(f"](notebooks/{lesson.name})")
        text = re.sub(rf"({target})( \(\[.*?\)\))? \|", rf"\1{after} |", text)
    return text


def with_table(text, head, table):
    """The text with this table in place of the one that has the same head."""
    found = re.findall(rf"^{re.escape(head)}\n(?:\|.*\n?)+", text, re.M)
    if len(found) != 1:
        raise SystemExit(f"expected one table {head!r}, found {len(found)}")
    ending = "\n" if found[0].endswith("\n") else ""
    return text.replace(found[0], table + ending)


def readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    text = with_table(text, NOTATION_HEAD, notation())
    return with_links(with_table(text, PLACES_HEAD, places()))


def lesson_00():
    """Lesson 00 as text, its notation from the source."""
    notebook = nbformat.read(LESSONS[0], as_version=4)
    (cell,) = [c for c in notebook.cells if c.source.startswith(NOTATION_HEAD)]
    cell.source = notation()
    return nbformat.writes(notebook) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    pages = {
        ROOT / "README.md": readme(),
        LESSONS[0]: lesson_00(),
        DOCS / "errata.md": errata(),
        DOCS / "glossary.md": glossary(),
    }
    return store(pages.items(), arguments.check)


if __name__ == "__main__":
    sys.exit(main())
