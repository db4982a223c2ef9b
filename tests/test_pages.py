"""The pages that are made from a source, and the places they point to."""

import os
import re
from pathlib import Path

import nbformat
import pytest
from PIL import Image
from support import LESSONS, ROOT, SOLUTIONS, my_work, pages, parcels

ROWS = pages.read("errata")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_pages_are_what_their_sources_make(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["pages.py", "--check"])
    assert pages.main() == 0, capsys.readouterr().out + "run tools/pages.py"


def test_every_place_in_the_articles_has_one_row():
    assert [row["id"] for row in ROWS] == [f"E{k}" for k in range(1, 35)]
    for row in ROWS:
        assert row["kind"] in pages.KINDS and row["article"] in pages.ARTICLES
        assert row["says"] and row["text"][-1] in ".)" and row["about"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_cell_runs_the_claim(row):
    cell = pages.evidence(row)
    if "sentence" in row:
        assert row["source"] in cell.source
        return
    assert cell.execution_count
    assert "shows" in row or "assert" in row["code"], "nothing shown, nothing asserted"
    known = pages.printed(cell) + cell.source + row["says"]
    for number in re.findall(r"\d+\.\d+", row["text"]):
        assert number in known, f"{number} is printed by no cell"


def test_a_claim_that_no_cell_runs_is_noticed(monkeypatch):
    row = next(row for row in ROWS if row["id"] == "E1")
    for gone in ("code", "shows"):
        other = row | {gone: "1 / (1 + np.exp(-2))" if gone == "code" else ["0.8"]}
        with pytest.raises(SystemExit, match="E1: "):
            pages.evidence(other)
    with pytest.raises(SystemExit, match="no section 'Gone'"):
        pages.evidence(row | {"section": "Gone"})
    monkeypatch.setattr(pages, "printed", lambda cell: "")
    with pytest.raises(SystemExit, match="no longer printed"):
        pages.evidence(row)


def test_the_glossary_has_the_bold_terms_and_no_other():
    terms = pages.terms()
    rows = pages.read("glossary")
    assert {row["term"].lower() for row in rows} == set(terms) and len(rows) > 60
    for row in rows:
        assert row["sentence"][-1] == "." and len(row["sentence"].split()) <= 30
        if "symbol" in row:
            name = terms[row["term"].lower()]
            said = "\n".join(cell.source for cell in pages.cells(name[:2]))
            for symbol in re.findall(r"`([^`]+)`", row["symbol"]):
                assert re.search(rf"\b{re.escape(symbol)}\b", said), (symbol, name)


def test_a_bold_term_without_a_row_is_noticed(monkeypatch):
    monkeypatch.setattr(pages, "terms", lambda: {"accuracy": "01_one_neuron.ipynb"})
    with pytest.raises(SystemExit, match="not both"):
        pages.glossary()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_the_pages_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        there = page.parent / target
        assert target.startswith("https://") or there.exists(), target


def test_one_digit_goes_through_all_lessons():
    """Row 3 of the digits, called "our 3", in the text of each lesson."""
    for path in LESSONS:
        said = "\n".join(c.source for c in pages.cells(path.name[:2]))
        assert re.search(r"\b[Oo]ur (own )?3\b", said), path.name


def test_each_lesson_names_its_station_of_the_loop():
    from nn_helpers.viz.loop import NAMES

    for path in LESSONS[1:]:
        (named,) = re.findall(
            r"^\*Stations?: (.+?)\.?\*$", pages.cells(path.name[:2])[0].source, re.M
        )
        assert named == "all" or set(named.split(", ")) <= set(NAMES), path.name


def test_no_open_in_link_is_dead_by_default():
    assert pages.owner() == {"github": "", "kaggle": "", "site": ""}
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not re.search(r"kaggle\.com/code|colab\.research|mybinder", said)


OWNER = {"github": "ada/nnm", "kaggle": "ada", "site": "https://ada.example/nnm/"}


def test_with_an_owner_every_lesson_has_its_links(monkeypatch):
    monkeypatch.setattr(pages, "owner", lambda: OWNER)
    said = pages.readme()
    assert said.index("Open in [your browser") < said.index("images/moving.gif")
    rows = re.findall(r"^\| \[\d\d .*$", said, re.M)
    assert len(rows) == len(LESSONS)
    for row, path in zip(rows, LESSONS, strict=True):
        assert f"(https://ada.example/nnm/lessons/{path.stem}.html)" in row
        assert f"nnm/blob/main/notebooks/{path.name})" in row
        assert f"/HEAD?labpath=notebooks/{path.name})" in row
        assert f"/ada/{parcels.slug(parcels.kaggle_title(path))})" in row
    # And back: a line that is there already is replaced, not doubled.
    assert pages.with_links(said) == said
    monkeypatch.setattr(pages, "owner", lambda: dict.fromkeys(OWNER, ""))
    assert pages.with_links(said) == (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_moves():
    assert (ROOT / "images" / "moving.gif").stat().st_size < 1_500_000
    with Image.open(ROOT / "images" / "moving.gif") as moving:
        assert moving.n_frames >= 20 and moving.width >= 700
        seen = set()
        for number in range(moving.n_frames):
            moving.seek(number)
            seen.add(moving.convert("RGB").tobytes())
        assert len(seen) == moving.n_frames, "a slider that moves moves the picture"
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    first_screen = said.partition("## Teach it")[0]
    for wanted in ("images/moving.gif", "images/path.png", "make lab", "make test"):
        assert wanted in first_screen, wanted


def test_links_of_a_learners_copy_lead_somewhere(tmp_path):
    """From my_work/, one folder below the project, as Jupyter serves it."""
    my_work.copy_lessons(LESSONS, tmp_path)
    my_work.copy_solutions(SOLUTIONS, tmp_path)
    for path in LESSONS:
        said = "\n".join(c.source for c in nbformat.read(tmp_path / path.name, 4).cells)
        for target in re.findall(r"\]\(([^)#]+)\)", said):
            beside = tmp_path / target
            there = ROOT / "my_work" / target
            found = beside.exists() or (ROOT / Path(os.path.normpath(there))).exists()
            assert target.startswith("https://") or found, (path.name, target)


def test_the_help_names_what_the_code_says():
    """Messages that the page quotes, and that this project words itself."""
    said = (ROOT / "docs" / "help.md").read_text(encoding="utf-8")
    sources = "".join(
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("nn_helpers/live/figure.py", "lab.mk", "tools/my_work.py")
    ) + pages.cells("00")[3].source  # fmt: skip
    for words in (
        "Run all cells down to this one to move the sliders.",
        "Python 3.11 or newer is needed, found",
        "has a newer edition than",
        "nn_helpers is missing",
    ):
        assert words in said and words in sources, words
    assert (ROOT / "notebooks" / "04_loss.ipynb").exists()
