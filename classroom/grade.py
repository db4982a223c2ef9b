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
import guide
import handins
import judge
import sandbox
from report import STYLE, marked, results

from nn_helpers import checks
from nn_helpers.checks import numbers
from nn_helpers.checks.bugs import BUGS

WORDS = {
    "passed": "solved", "failed": "not yet", "unfinished": "not yet",
    "untouched": "not begun", "missing": "missing",
}  # fmt: skip
OTHER_EDITION = "from another edition than the one that is graded; is SEED right?"


def graded(hand_in):
    """[Judged] of every exercise of the hand-in's lesson.

    What the judge itself stumbles over costs this hand-in its points, and says so; the
    others are graded.
    """
    asked = judge.exercises_of(hand_in.lesson)
    try:
        return judge.judge_notebook(hand_in.notebook, asked)
    except Exception as error:
        words = (
            f"Could not be judged ({type(error).__name__}); please tell your teacher."
        )
        return [judge.Judged(n, "failed", None, words, 0, judge.POINTS[e.form])
                for n, e in asked.items()]  # fmt: skip


def for_class(lesson):
    """The exercises of a lesson that are not for home."""
    path = guide.lesson_path(lesson)
    home = {number for number, *_, at_home in guide.exercises(path) if at_home}
    return judge.exercises_of(lesson).keys() - home


def table(people, left_out=()):
    """Rows for grades.csv: one a person, one column an exercise; then what was left out.

    people: {name: [Judged]}; left_out: [(path, why)].
    """
    numbers = sorted({j.exercise for judged in people.values() for j in judged})
    in_class = {n for lesson in {n[:2] for n in numbers} for n in for_class(lesson)}
    totals = ["points", "possible", "percent", "points in class", "possible in class"]
    rows = [["name", *numbers, *totals, "not solved"]]
    for name in sorted(people):
        mine = {j.exercise: j for j in people[name]}
        points, possible = _sums(mine.values())
        sums = _sums(j for j in mine.values() if j.exercise in in_class)
        wrong = [f"{n} {_why(j)}" for n, j in sorted(mine.items()) if not j.points]
        cells = [mine[n].points if n in mine else "" for n in numbers]
        share = f"{100 * points / possible:.0f}"
        rows.append(
            [_harmless(name), *cells, points, possible, share, *sums, "; ".join(wrong)]
        )
    empty = [""] * (len(rows[0]) - 2)
    rows += [[_harmless(path), *empty, f"not graded: {why}"] for path, why in left_out]
    return rows


def _sums(judged):
    judged = list(judged)
    return sum(j.points for j in judged), sum(j.possible for j in judged)


def _why(judged):
    return judged.bug if judged.bug in BUGS else WORDS[judged.outcome]


def _harmless(name):
    """A name that begins like a formula would be computed by a spreadsheet."""
    return f"'{name}" if name[:1] in "=+-@\t\r" else name


def feedback(name, handed):
    """One page for one person; handed: [(hand-in, [Judged])]."""
    points, possible = _sums(j for _, judged in handed for j in judged)
    title = f"{name}: {points} of {possible} points"
    parts = [f"<h1>{escape(title)}</h1>"]
    for hand_in, judged in handed:
        rows = "".join(
            f"<tr><th scope='row'>{j.exercise}</th><td>{escape(_topic(j.exercise))}</td>"
            f"<td>{WORDS[j.outcome]}</td><td class='n'>{j.points} of {j.possible}</td>"
            f"<td>{marked(_words(j))}{_code(hand_in, j.exercise)}</td></tr>"
            for j in judged
        )
        heading = guide.title(guide.lesson_path(hand_in.lesson))
        parts.append(
            f"<h2>{escape(heading)}</h2><table><tr><th>exercise</th><th>about</th><th></th>"
            f"<th>points</th><th>what the check says</th></tr>{rows}</table>"
        )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style><body><main>{''.join(parts)}</main></body></html>\n"
    )


def _code(hand_in, number):
    """The cell that was judged, folded."""
    found = [s for s in judge.cells_of(hand_in.notebook) if judge.mentions(s, number)]
    if not found:
        return ""
    code = escape(found[-1][:5000])
    return f"<details><summary>your cell</summary><pre>{code}</pre></details>"


def _topic(number):
    return checks.EXERCISES[number].topic


def _words(judged):
    if judged.outcome == "untouched":
        return "Nothing to check: the dots are still there."
    return judged.sentence


def file_name(name, taken):
    """A name for a file, whatever the person is called; no two are the same."""
    plain = unicodedata.normalize("NFKC", name)
    plain = re.sub(r"[^\w.-]+", "_", plain).strip("._") or "hand_in"
    plain = plain.encode("utf-8")[:150].decode(
        "utf-8", "ignore"
    )  # as file systems count
    free, count = plain, 1
    while free.lower() in taken:
        count += 1
        free = f"{plain}_{count}"
    taken.add(free.lower())
    return f"{free}.html"


def grade(folder, seed="", say=print):
    """Grade every hand-in; return (folder of results, {name: [Judged]}).

    seed: that of the edition which was handed out, "" for the lessons as they are.
    Hand-ins of another edition are left out, by name. Raises SystemExit, and writes
    nothing, where that leaves none.
    """
    hand_ins, left_out = handins.read(folder)
    drawn = edition.draw(seed) if seed else {}
    fit = [h for h in hand_ins if edition.fits(h.notebook, h.lesson, drawn)]
    left_out += [
        (handins.plain(h.path.name), OTHER_EDITION) for h in hand_ins if h not in fit
    ]
    if hand_ins and not fit:
        raise SystemExit(
            f"nothing is graded: all {len(hand_ins)} hand-ins are {OTHER_EDITION}"
        )
    before = numbers.use(drawn)
    try:
        return _grade(folder, fit, left_out, say)
    finally:
        numbers.use(before)


def _grade(folder, hand_ins, left_out, say):
    say(f"Hand-ins run {sandbox.protection()}.")
    people = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for hand_in, judged in zip(hand_ins, pool.map(graded, hand_ins), strict=True):
            people.setdefault(hand_in.name, []).append((hand_in, judged))
            points, possible = _sums(judged)
            say(f"{hand_in.name}, lesson {hand_in.lesson}: {points} of {possible}")
    place, taken = results(folder), set()
    flat = {
        name: [j for _, judged in handed for j in judged]
        for name, handed in people.items()
    }
    with open(place / "grades.csv", "w", encoding="utf-8-sig", errors="replace",
              newline="") as file:  # fmt: skip
        csv.writer(file).writerows(table(flat, left_out))
    pages = place / "feedback"
    pages.mkdir(exist_ok=True)
    for old in pages.glob("*.html"):  # of an earlier run
        old.unlink()
    for name in sorted(people):
        target = pages / file_name(name, taken)
        text = feedback(name, people[name])
        target.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    for path, why in left_out:
        say(f"not graded: {path}: {why}")
    return place, flat


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="of hand-ins: a file, or a folder, a person")
    parser.add_argument("--seed", default="", help="the edition that was handed out")
    arguments = parser.parse_args()
    place, people = grade(arguments.folder, arguments.seed)
    print(
        f"Graded: {len(people)}. See {place / 'grades.csv'}, and a page each in feedback/"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
