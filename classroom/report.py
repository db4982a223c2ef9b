"""Draw one page about a folder of hand-ins: what the class got, and what it got wrong.

    python classroom/report.py FOLDER

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
NAMES = 12  # so many names in a row of the table
# Slips of form are said on the spot; a class has nothing to learn from them.
FORM = {"stopped", "wrong_form", "one_number", "wrong_list", "names", "not_numbers",
        "no_return", "print_for_return", "wrong_count", "odd_result"}  # fmt: skip
SHARES = (
    ("passed", "solved", "#1b7837"),
    ("failed", "tried, not solved", "#d95f0e"),
    ("error", "stopped by an error", "#7a0177"),
    ("unrun", "written, not run", "#2c7fb8"),
    ("unfinished", "unfinished", "#fec44f"),
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
    steps = checks.EXERCISES[number].hints()
    return steps[1] if len(steps) > 1 else steps[0]


def marked(text):
    """Text for a page: escaped, and what stands in backticks as code."""
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
    return re.sub(r"(?<![\w*])\*(\w[^*<]*)\*(?!\w)", r"<em>\1</em>", text)


def of_lesson(hand_ins):
    """({exercise: Counter of states}, {(exercise, bug): names}) of one lesson."""
    states, bugs = {n: Counter() for n in handins.stubs(hand_ins[0].lesson)}, {}
    for hand_in in hand_ins:
        for number, (state, bug, _) in handins.states_of(hand_in).items():
            states[number][state] += 1
            if bug and state != "passed":
                bugs.setdefault((number, bug), []).append(hand_in.name)
    return dict(sorted(states.items())), bugs


def tomorrow(bugs):
    """[(exercise, bug, how often)] of what to say: common, and no slip of form.

    The wrong letters of a quiz count together; the commonest gives the sentence.
    """
    counts = {}
    for (number, bug), names in bugs.items():
        key = number if number.endswith(".Q") else (number, bug)
        if bug not in FORM:
            counts.setdefault(key, []).append((len(names), bug, number))
    told = []
    for found in counts.values():
        _, bug, number = max(found, key=lambda item: (item[0], item[1]))
        told.append((number, bug, sum(count for count, *_ in found)))
    told = [row for row in told if row[2] > 1] or told
    return sorted(told, key=lambda row: (-row[2], row[0]))[:TOMORROW]


def stopped(hand_ins):
    """[(name, exercise, error)] where an error stands in place of a verdict."""
    return sorted((h.name, number, error) for h in hand_ins
                  for number, (_, _, error) in handins.states_of(h).items() if error)  # fmt: skip


def not_started(hand_ins):
    """(names of those who have written nothing, of those who have run nothing)."""
    idle, unrun = [], []
    for hand_in in hand_ins:
        states = {state for state, *_ in handins.states_of(hand_in).values()}
        if states == {"untouched"}:
            idle.append(hand_in.name)
        elif states <= {"untouched", "unrun"}:
            unrun.append(hand_in.name)
    return sorted(idle), sorted(unrun)


def page(hand_ins, left_out, title):
    """The page as HTML; everything that came from outside is escaped."""
    # The lesson of the day first; a stray hand-in of another below.
    count = Counter(h.lesson for h in hand_ins)
    lessons = sorted(count, key=lambda lesson: (-count[lesson], lesson))
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
    states, bugs = of_lesson(hand_ins)
    count, level = len(hand_ins), "h3" if several else "h2"
    head = f"Lesson {hand_ins[0].lesson}: {count} hand-in{'s' * (count != 1)}"
    idle, unrun = not_started(hand_ins)
    parts = [f"<h2>{head}</h2>", _tomorrow(bugs, count, level)]
    parts += [
        f"<{level}>Exercises, most solved first</{level}>",
        _key(),
        _bars(states, count),
    ]
    parts += [f"<{level}>Named bugs</{level}>", _bug_table(bugs)]
    if errors := stopped(hand_ins):
        rows = "".join(f"<tr><td>{escape(n)}</td><td>{e}</td><td>{escape(w)}</td></tr>"
                       for n, e, w in errors)  # fmt: skip
        parts += [f"<{level}>Stopped by an error: {len(errors)}</{level}>",
                  f"<table>{_head('who', 'exercise', 'error')}{rows}</table>"]  # fmt: skip
    parts.append(f"<{level}>Not started: {len(idle)}</{level}><p>{_names(idle)}</p>")
    if unrun:
        parts.append(
            f"<{level}>Written, nothing run: {len(unrun)}</{level}><p>{_names(unrun)}<br>"
            "No verdict stands in it: saved without running, or the outputs were cleared. "
            "Grades run the answers all the same.</p>"
        )
    return parts


def _head(*names):
    return "<tr>" + "".join(f"<th scope='col'>{name}</th>" for name in names) + "</tr>"


def _names(names):
    return escape(", ".join(names)) or "nobody"


def _tomorrow(bugs, count, level):
    told = tomorrow(bugs)
    if not told:
        return f"<{level}>To say tomorrow</{level}><p>No bug was named.</p>"
    rows = [
        f"<li>{number}, {escape(checks.EXERCISES[number].topic)}: {times} of {count}."
        f"<blockquote>{marked(sentence(bug))}</blockquote>Ask: {marked(question(number))}</li>"
        for number, bug, times in told
    ]
    words = (
        "" if told[0][2] > 1 else "<p>No bug was common; these came up once each.</p>"
    )
    return f"<{level}>To say tomorrow</{level}>{words}<ol>{''.join(rows)}</ol>"


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
    head = _head("exercise", "about", "solved", "of the class")
    return f"<table>{head}{''.join(rows)}</table>"


def _bug_table(bugs):
    if not bugs:
        return "<p>None.</p>"
    rows = []
    for (number, bug), names in sorted(bugs.items(), key=lambda i: (-len(i[1]), i[0])):
        more = f", and {len(names) - NAMES} more" if len(names) > NAMES else ""
        rows.append(
            f"<tr><td class='n'>{len(names)}</td><td>{number}</td><td>{marked(sentence(bug))}"
            f"</td><td>{_names(sorted(names)[:NAMES])}{more}</td></tr>"
        )
    return (
        f"<table>{_head('count', 'exercise', 'in words', 'who')}{''.join(rows)}</table>"
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
    target.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    for path, why in left_out:
        print(f"not read: {path}: {why}")
    print(f"{len(hand_ins)} hand-ins: {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
