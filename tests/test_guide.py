"""The teacher's pages say what the lessons say."""

import functools
import itertools
import math
import re

import nbformat
import numpy as np
import pytest
from support import LESSONS, ROOT, guide, judge, lessons, sandbox, tool

from nn_helpers import checks, softmax
from nn_helpers.checks.verdict import SECONDS

CLASSROOM = ROOT / "classroom"
WRITTEN = guide.source()
ROWS = {row["number"]: row for row in WRITTEN["lesson"]}
made = functools.cache(guide.all_pages)


def test_the_pages_are_made_from_their_sources():
    for name, text in made().items():
        assert (guide.PAGES / name).read_text(encoding="utf-8") == text, (
            "run classroom/guide.py"
        )
    there = {path.name for path in guide.PAGES.glob("*.md")}
    assert there == set(made())


def test_every_lesson_has_a_page():
    assert list(ROWS) == [path.name[:2] for path in LESSONS]


@lessons
def test_a_page_is_complete(path):
    row, page = ROWS[path.name[:2]], made()[f"{path.name[:2]}.md"]
    assert len(row["ask"]) == 3 and all(len(parts) == 3 for parts in row["ask"])
    assert len(row["moves"]) >= 2 and "{{" not in page and "nan" not in page
    for heading in ("Aims", "On the board", "Three questions", "On the projector",
                    "Exercises", "In the two articles", "Answer key"):  # fmt: skip
        assert f"## {heading}\n" in page
    for number in checks.EXERCISES:
        if number.startswith(path.name[:2]):
            answer = page.partition("## Answer key")[2].partition(f"**{number} ")[2]
            assert len(answer.partition("\n**")[0]) > 30, f"no answer to {number}"
            listed = page.partition("## Exercises")[2].partition("## In the two")[0]
            assert number in listed


@lessons
def test_the_minutes_are_those_of_the_lesson(path):
    rows, minutes = guide.plan(path), tool.class_minutes(path)
    assert rows[0][0] == 0 and rows[-1][1] == round(minutes) <= 45
    assert all(a[1] == b[0] for a, b in itertools.pairwise(rows))
    if minutes > 20:
        rows = guide.long_plan(path)
        assert rows[-1][1] == 90 and all(a <= b for a, b, *_ in rows)
        assert all(a[1] == b[0] for a, b in itertools.pairwise(rows))
        _, first, second = guide.halves(path, ROWS[path.name[:2]]["cut"])
        assert max(first, second) <= 45.5
        assert guide.without(path, ROWS[path.name[:2]]["leave"])[0] <= 45.5
    named = {n for n, *_ in guide.exercises(path)} | {f"{path.name[:2]}.Q"}
    wanted = {n for n in checks.EXERCISES if n.startswith(path.name[:2])}
    assert named == wanted


def everything_said(path):
    """Text, code and outputs of a lesson."""
    parts = []
    for cell in nbformat.read(path, as_version=4).cells:
        parts.append(cell.source)
        for output in cell.get("outputs", ()):
            parts += [
                str(output.get("text", "")),
                str(output.get("data", {}).get("text/plain", "")),
            ]
    return "\n".join(parts)


@lessons
def test_a_written_number_stands_in_the_lesson(path):
    row = ROWS[path.name[:2]]
    words = [row[k] for k in ("out", "board", "predict", "articles", "care")]
    words.append(row.get("resolve", ""))
    words += [part for parts in row["ask"] for part in parts]
    text = re.sub(r"\{\{.+?\}\}", "", "\n".join(words))
    said = everything_said(path)
    figure = made()[f"{path.name[:2]}.md"].partition("## On the projector")[2]
    for number in re.findall(r"(?<![\d.])-?\d+\.\d+(?![\d.])", text):
        exercise = number in checks.EXERCISES
        assert exercise or number.lstrip("-") in said + figure, number


def test_a_session_fits():
    for course in WRITTEN["syllabus"]:
        assert len(course["plan"]) == course["sessions"]
        for session in course["plan"]:
            assert guide.session_minutes(session) <= 90, session
    taught = [row[0] for row in WRITTEN["syllabus"][1]["plan"]]
    optional = {"13"}  # read at home, by those who ask
    assert {n for names in taught for n in names.split(", ") if n} == set(
        ROWS
    ) - optional


def test_the_key_of_an_edition_has_its_answers():
    drawn = guide.edition.draw("7")
    answers = guide.edition.answers(drawn)
    for number, answer in answers.items():
        text = "\n".join(guide.key(number[:2], drawn)).partition(f"**{number} ")[2]
        mine = text.partition("\n**")[0]
        words = (
            f"\n{answer}) " if number.endswith(".Q") else guide.edition.in_words(answer)
        )
        if not number.endswith(".Q"):
            assert guide.edition.phrase(number, drawn[number]) in mine
        assert words in mine, number


def test_what_is_left_out_has_to_be_there():
    with pytest.raises(SystemExit, match="to leave out"):
        guide.without(LESSONS[6], ["Nowhere"])


def test_a_cut_that_is_not_there_is_refused():
    with pytest.raises(SystemExit, match="no section"):
        guide.halves(LESSONS[6], "Nowhere")


def test_what_is_said_of_grades_is_so():
    text = " ".join((CLASSROOM / "README.md").read_text(encoding="utf-8").split())
    limits = f"{judge.CELL_SECONDS} seconds a cell, {SECONDS} for what `check` asks"
    assert f"{limits} and {judge.HAND_IN_SECONDS} for the whole hand-in" in text
    assert (
        f"{sandbox.DISK // 2**20} MB to write in, {sandbox.MEMORY // 2**30} GB" in text
    )
    points = judge.POINTS
    assert (
        points["predict"] == points["quiz"] == 1
        and "1 for *predict* and *quiz*" in text
    )
    assert points["complete"] == points["bug hunt"] == 2 and "2 for *complete*" in text
    assert points["extend"] == 3 and "3 for *extend*" in text


def test_links_of_the_pages_lead_somewhere():
    for path in CLASSROOM.rglob("*.md"):
        if path.name == "student_readme.md":  # its links are those of the hand-out
            continue
        for target in re.findall(
            r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")
        ):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_quiz_has_a_right_letter_and_a_lesson_for_each_question():
    sheet = (CLASSROOM / "quiz.md").read_text(encoding="utf-8")
    key = (CLASSROOM / "quiz_key.md").read_text(encoding="utf-8")
    questions = re.findall(r"^(\d)\. ", sheet, re.M)
    rows = re.findall(r"^\| (\d) \| ([abc]) \| ([\d, ]+) \|$", key, re.M)
    assert [row[0] for row in rows] == questions and len(rows) == 8
    assert sheet.count("- d) I do not know") == 8 and "taught" not in sheet
    letters = [row[1] for row in rows]
    assert max(letters.count(letter) for letter in "abc") <= 3
    for _, _, places in rows:
        assert all(n in ROWS for n in places.split(", "))


def test_what_the_quiz_asks_is_so():
    assert np.allclose(softmax([[3.0, 1, 0]]), softmax([[103.0, 101, 100]]))
    # 80 to 85 of 100 right, one of the mistakes dearer: accuracy and loss both rise.
    before = np.array([0.6] * 80 + [0.45] * 20)
    after = np.array([0.6] * 85 + [0.45] * 10 + [0.001] * 5)
    assert np.mean(after > 0.5) > np.mean(before > 0.5)
    assert -np.log(after).mean() > -np.log(before).mean()
    # Right guesses, 1 of 3 each, on two days: how seldom their counts differ by more.
    for guesses, most in ((30, 7), (240, 21)):
        count = range(guesses + 1)
        odds = [
            math.comb(guesses, k) * 2.0 ** (guesses - k) / 3.0**guesses for k in count
        ]
        luck = sum(odds[a] * odds[b] for a in count for b in count if abs(a - b) > most)
        assert 24 < 1 / luck < 28
