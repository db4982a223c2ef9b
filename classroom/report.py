"""Draw one page about a folder of hand-ins: what the class got, and what it got wrong.

    python classroom/report.py FOLDER [--out PAGE.html]

The verdicts stand in the outputs of the notebooks; they are what the learners saw.
Nothing is run. (Grades run everything anew: classroom/grade.py.)
"""

import argparse
import re
import sys
from collections import Counter
from html import escape
from pathlib import Path

import handins

from nn_helpers import checks
from nn_helpers.checks.bugs import BUGS

TOMORROW = 3  # so many bugs get a sentence
SHARES = (
    ("passed", "solved", "#1b7837"),
    ("failed", "tried, not solved", "#d95f0e"),
    ("unfinished", "begun", "#fec44f"),
    ("untouched", "untouched", "#bdbdbd"),
)
# These names serve several sentences; what a teacher can say of all of them.
SAID = {
    "stopped": "The code stops with an error before it gives an answer. Read its last line "
    "together: which line of yours does it name?",
    "wrong_form": "A value was given where a function is asked for, or the other way round.",
    "one_number": "One number is asked for, and something else came.",
    "wrong_list": "The list has another length than the question asks for.",
    "names": "The answer names something that is not among the choices.",
}
STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #8886; vertical-align: top; }
td.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.bar { display: flex; min-width: 14rem; height: 1.1rem; margin-top: .2rem; }
.bar span { display: block; } .key span { display: inline-block; width: 1rem; height: 1rem; margin: 0 .3rem 0 1rem; vertical-align: -2px; }
blockquote { margin: .3rem 0; padding-left: 1rem; border-left: 4px solid #2166ac; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } }
"""


def sentence(bug):
    """What to say about a bug, to a class; of a quiz, why that letter is wrong."""
    return SAID.get(bug) or BUGS.get(bug, bug).format(it="The result")


def question(number):
    """What to ask about an exercise: the second step of its hints."""
    parts = (checks.EXERCISES[number].check.__doc__ or "").split("\n\n")
    steps = [" ".join(part.split()) for part in parts if part.strip()]
    return steps[1] if len(steps) > 1 else steps[0]


def marked(text):
    """Text for a page: escaped, and what stands in backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def of_lesson(hand_ins):
    """{exercise: Counter of outcomes} and Counter of (exercise, bug) of one lesson.

    An exercise without a verdict has not been touched.
    """
    numbers = [n for n in checks.EXERCISES if n.startswith(f"{hand_ins[0].lesson}.")]
    outcomes, bugs = {n: Counter() for n in numbers}, Counter()
    for hand_in in hand_ins:
        found = handins.verdicts(hand_in.notebook)
        for number in numbers:
            outcome, bug = found.get(number, ("untouched", None))
            outcomes[number][outcome] += 1
            if bug and outcome != "passed":
                bugs[number, bug] += 1
    return outcomes, bugs


def not_started(hand_ins):
    """(names whose exercises are all untouched, names without a single verdict)."""
    idle, silent = [], []
    for hand_in in hand_ins:
        found = handins.verdicts(hand_in.notebook)
        if not found:
            silent.append(hand_in.name)
        elif all(outcome == "untouched" for outcome, _ in found.values()):
            idle.append(hand_in.name)
    return sorted(idle), sorted(silent)


def page(hand_ins, left_out, title):
    """The page as HTML; everything that came from outside is escaped."""
    lessons = sorted({h.lesson for h in hand_ins})
    parts = [f"<h1>{escape(title)}</h1>"]
    for lesson in lessons:
        parts += _lesson([h for h in hand_ins if h.lesson == lesson], len(lessons) > 1)
    if left_out:
        rows = "".join(
            f"<tr><td>{escape(p)}</td><td>{escape(w)}</td></tr>" for p, w in left_out
        )
        parts.append(
            f"<h2>Not read: {len(left_out)}</h2><table><tr><th>file</th><th>why</th></tr>"
            f"{rows}</table>"
        )
    parts.append(
        "<p><small>From the verdicts in the notebooks as they were handed in. They may be "
        "older than the code beside them; grades run every answer anew.</small></p>"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}'
        '</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style><body><main>{''.join(parts)}</main></body></html>\n"
    )


def _lesson(hand_ins, several):
    outcomes, bugs = of_lesson(hand_ins)
    count, level = len(hand_ins), "h3" if several else "h2"
    head = f"Lesson {hand_ins[0].lesson}: {count} hand-in{'s' * (count != 1)}"
    parts = [f"<h2>{head}</h2>", _tomorrow(bugs, count, level)]
    parts += [
        f"<{level}>Exercises, most solved first</{level}>",
        _key(),
        _bars(outcomes, count),
    ]
    parts += [f"<{level}>Named bugs</{level}>", _bug_table(bugs)]
    idle, silent = not_started(hand_ins)
    parts.append(f"<{level}>Not started: {len(idle)}</{level}><p>{_names(idle)}</p>")
    if silent:
        parts.append(
            f"<{level}>Without a single verdict: {len(silent)}</{level}><p>{_names(silent)}"
            "<br>No cell with <code>check</code> was run, or the outputs were cleared "
            "before saving. Grades run the answers all the same.</p>"
        )
    return parts


def _names(names):
    return escape(", ".join(names)) or "nobody"


def _tomorrow(bugs, count, level):
    if not bugs:
        return f"<{level}>To say tomorrow</{level}><p>No bug was named.</p>"
    rows = [
        f"<li>{number}, {escape(checks.EXERCISES[number].topic)}: {times} of {count}."
        f"<blockquote>{marked(sentence(bug))}</blockquote>Ask: {marked(question(number))}</li>"
        for (number, bug), times in _most(bugs)[:TOMORROW]
    ]
    return f"<{level}>To say tomorrow</{level}><ol>{''.join(rows)}</ol>"


def _most(counts):
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _key():
    return '<p class="key">' + "".join(
        f'<span style="background:{colour}"></span>{words}' for _, words, colour in SHARES
    ) + "</p>"  # fmt: skip


def _bars(outcomes, count):
    rows = []
    for number, found in sorted(
        outcomes.items(), key=lambda i: (-i[1]["passed"], i[0])
    ):
        said = ", ".join(f"{found[o]} {words}" for o, words, _ in SHARES if found[o])
        bar = "".join(
            f'<span style="width:{100 * found[o] / count:.1f}%;background:{colour}"></span>'
            for o, _, colour in SHARES
        )
        share = found["passed"] / count
        rows.append(
            f"<tr><th scope='row'>{number}</th><td>{escape(checks.EXERCISES[number].topic)}</td>"
            f"<td class='n'>{share:.0%}</td><td><div class='bar' role='img' "
            f"aria-label='{said}'>{bar}</div><small>{said}</small></td></tr>"
        )
    head = (
        "<tr><th>exercise</th><th>about</th><th>solved</th><th>of the class</th></tr>"
    )
    return f"<table>{head}{''.join(rows)}</table>"


def _bug_table(bugs):
    if not bugs:
        return "<p>None.</p>"
    rows = "".join(
        f"<tr><td class='n'>{times}</td><td>{number}</td><td>{marked(sentence(bug))}</td></tr>"
        for (number, bug), times in _most(bugs)
    )
    return (
        f"<table><tr><th>hand-ins</th><th>exercise</th><th>what they are told</th></tr>"
        f"{rows}</table>"
    )


def results(folder):
    """Where report and grades of a folder go: beside it."""
    folder = Path(folder).resolve()
    place = folder.parent / f"{folder.name}_results"
    place.mkdir(exist_ok=True)
    return place


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", help="of hand-ins: a file, or a folder, a person")
    arguments = parser.parse_args()
    hand_ins, left_out = handins.read(arguments.folder)
    target = results(arguments.folder) / "report.html"
    text = page(
        hand_ins,
        left_out,
        f"What the class got: {Path(arguments.folder).resolve().name}",
    )
    target.write_text(text, encoding="utf-8", newline="\n")
    for path, why in left_out:
        print(f"not read: {path}: {why}")
    print(f"{len(hand_ins)} hand-ins: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
