"""Grade a folder of hand-ins: grades.csv, and a page of feedback for each person.

    python classroom/grade.py FOLDER [--seed SEED]

Each answer is run in a fresh Python, in a sandbox where the machine has one, and
judged outside of it; the outputs that were handed in are not looked at.
"""

import argparse
import csv
import os
import re
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from html import escape

import edition
import handins
import judge
import sandbox
from report import STYLE, marked, results

from nn_helpers import checks
from nn_helpers.checks import numbers

WORDS = {
    "passed": "solved", "failed": "not yet", "unfinished": "begun",
    "untouched": "not begun", "missing": "missing",
}  # fmt: skip


def graded(hand_in):
    """[Judged] of every exercise of the hand-in's lesson."""
    return judge.judge_notebook(hand_in.notebook, judge.exercises_of(hand_in.lesson))


def table(people):
    """Rows for grades.csv from {name: [Judged]}: one a person, one column an exercise."""
    numbers = sorted({j.exercise for judged in people.values() for j in judged})
    rows = [["name", *numbers, "points", "possible", "percent", "not solved"]]
    for name in sorted(people):
        mine = {j.exercise: j for j in people[name]}
        points = sum(j.points for j in mine.values())
        possible = sum(j.possible for j in mine.values())
        wrong = [
            f"{n} {j.bug or j.outcome}" for n, j in sorted(mine.items()) if not j.points
        ]
        share = f"{100 * points / possible:.0f}"
        cells = [mine[n].points if n in mine else "" for n in numbers]
        rows.append(
            [_harmless(name), *cells, points, possible, share, "; ".join(wrong)]
        )
    return rows


def _harmless(name):
    """A name that begins like a formula would be computed by a spreadsheet."""
    return f"'{name}" if name[:1] in "=+-@\t\r" else name


def feedback(name, judged):
    """One page for one person."""
    points, possible = (sum(j[i] for j in judged) for i in (4, 5))
    rows = "".join(
        f"<tr><th scope='row'>{j.exercise}</th><td>{escape(_topic(j.exercise))}</td>"
        f"<td>{WORDS[j.outcome]}</td><td class='n'>{j.points} of {j.possible}</td>"
        f"<td>{marked(_words(j))}</td></tr>"
        for j in judged
    )
    title = f"{name}: {points} of {possible} points"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style><body><main><h1>{escape(title)}</h1><table><tr>"
        "<th>exercise</th><th>about</th><th></th><th>points</th><th>what the check says</th>"
        f"</tr>{rows}</table></main></body></html>\n"
    )


def _topic(number):
    return checks.EXERCISES[number].topic


def _words(judged):
    if judged.outcome == "untouched":
        return "Nothing to check: the dots are still there."
    return judged.sentence


def file_name(name, taken):
    """A name for a file, whatever the person is called; no two are the same."""
    plain = unicodedata.normalize("NFKC", name)
    plain = re.sub(r"[^\w.-]+", "_", plain).strip("._")[:80] or "hand_in"
    free, count = plain, 1
    while free.lower() in taken:
        count += 1
        free = f"{plain}_{count}"
    taken.add(free.lower())
    return f"{free}.html"


def grade(folder, seed="", say=print):
    """Grade every hand-in; return (folder of results, {name: [Judged]}).

    seed: that of the edition which was handed out, "" for the lessons as they are.
    """
    hand_ins, left_out = handins.read(folder)
    drawn = edition.draw(seed) if seed else {}
    before = numbers.use(drawn)
    try:
        return _grade(folder, hand_ins, left_out, drawn, say)
    finally:
        numbers.use(before)


def _grade(folder, hand_ins, left_out, drawn, say):
    wanted = edition.mark(drawn) if drawn else None
    for hand_in in hand_ins:
        mine = hand_in.notebook.metadata.get("nn_helpers", {}).get("edition")
        if mine != wanted:
            say(f"{hand_in.name}, lesson {hand_in.lesson}: from another edition than the "
                "one that is graded; is SEED right?")  # fmt: skip
    say(f"Hand-ins run {sandbox.protection()}.")
    people = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for hand_in, judged in zip(hand_ins, pool.map(graded, hand_ins), strict=True):
            people.setdefault(hand_in.name, []).extend(judged)
            points = sum(j.points for j in judged)
            say(f"{hand_in.name}, lesson {hand_in.lesson}: {points} of "
                f"{sum(j.possible for j in judged)}")  # fmt: skip
    place, taken = results(folder), set()
    with open(place / "grades.csv", "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(table(people))
    pages = place / "feedback"
    pages.mkdir(exist_ok=True)
    for name in sorted(people):
        text = feedback(name, people[name])
        (pages / file_name(name, taken)).write_text(
            text, encoding="utf-8", newline="\n"
        )
    for path, why in left_out:
        say(f"not graded: {path}: {why}")
    return place, people


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="of hand-ins: a file, or a folder, a person")
    parser.add_argument("--seed", default="", help="the edition that was handed out")
    arguments = parser.parse_args()
    place, people = grade(arguments.folder, arguments.seed)
    print(f"{len(people)} people: {place / 'grades.csv'}, and a page each in feedback/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
