"""Make the teacher's pages: classroom/guide/NN.md, and the syllabus.

    python classroom/guide.py           write them
    python classroom/guide.py --check   only say what would change
    python classroom/guide.py --seed N  with the answers of an edition, in dist/guide

Written by hand is guide.toml. The aims, the minutes, the exercises, the answer key
and the errata are read from the lessons, the solutions and docs/errata.toml; what a
slider shows is the caption of the figure itself, and {{...}} is computed.
"""

import argparse
import math
import re
import sys
import tomllib
from pathlib import Path

import nbformat

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "tools"))
import edition  # noqa: E402
import pages  # noqa: E402
from lessons import (  # noqa: E402
    LESSONS,
    SOLUTIONS,
    class_minutes,
    clock,
    figure_names,
    run_in_process,
    section_of_cell,
    store,
    title,
)

PAGES = HERE / "guide"
MADE = "<!-- Made by classroom/guide.py from guide.toml and the lessons: change those. -->\n\n"
TALK = 1.5  # how much longer a class takes that asks questions
FRAME = 5  # minutes at both ends of 90: a look back, and the last question


def source():
    """The written part: the lessons in order, and the syllabuses."""
    with open(HERE / "guide.toml", "rb") as file:
        return tomllib.load(file)


def lesson_path(number, paths=LESSONS):
    return next(path for path in paths if path.name.startswith(number))


def filled(text, scope):
    """The text with what each {{...}} computes."""
    return re.sub(r"\{\{(.+?)\}\}", lambda m: str(eval(m[1], scope)), text)


def scope_of(row, path):
    """The names of a lesson after it has run, and a few more; and its figures."""
    _, played, scope = run_in_process(path)
    if row["number"] == "00":
        scope["loop_P"] = lambda round, label: _loop_P(played[0], round, label)
    exec(row.get("names", ""), scope)
    return scope, played


def _loop_P(figure, round, label):
    """P of our 3 in a round of lesson 00's loop, as the picture has it."""
    figure.draw(station="PREDICT", round=round, label=label)
    numbers = figure.description().rpartition("P of class 0 to 9: ")[2]
    return float(numbers.rstrip(".").split(", ")[3])


def aims(path):
    text = nbformat.read(path, as_version=4).cells[1].source
    found = text.partition("**What you will learn**")[2].partition("**What you need**")[
        0
    ]
    return found.strip()


def exercises(path):
    """[(number, minutes, how, at home)] of a lesson, without its quiz."""
    found = []
    for section in clock(path):
        for number, minutes, how in section.turns:
            found.append(
                (number, minutes, how.replace("at home, ", ""), "at home" in how)
            )
    return found


def _what(section):
    parts = []
    if section.predictions:
        parts.append("predict first" + (" (2)" if section.predictions > 1 else ""))
    if section.figures:
        parts.append("sliders" + (" (2)" if section.figures > 1 else ""))
    parts += [
        f"**{n}** ({m} min)" for n, m, how in section.turns if "at home" not in how
    ]
    return ", ".join(parts) or "read and run"


def stretches(path):
    """[(heading, minutes, minutes with questions, what)]; short ends in one."""
    found = []
    for section in clock(path):
        talk = section.minutes * (1 if section.heading == "Opening" else TALK)
        if section.heading in ("What you built", "Read with care"):
            section = section._replace(heading="What you built, Read with care")
        if found and found[-1][0] == section.heading:
            _, before, before_talk, what = found.pop()
            found.append(
                (section.heading, before + section.minutes, before_talk + talk, what)
            )
        elif 0 < section.minutes < 1 and "What you built" not in section.heading:
            # No row of its own.
            heading, before, before_talk, what = found.pop()
            whole = f"{heading}; {section.heading}"
            found.append((whole, before + section.minutes, before_talk + talk, what))
        elif section.minutes:
            found.append((section.heading, section.minutes, talk, _what(section)))
    return found


def plan(path):
    """Rows (from, to, section, what) of the class clock; the end is its minutes."""
    rows, now = [], 0.0
    for heading, minutes, _, what in stretches(path):
        rows.append((round(now), round(now + minutes), heading, what))
        now += minutes
    return rows


def long_plan(path):
    """Rows of 90 minutes: with time for questions, then exercises while they fit."""
    rows, now = (
        [
            (
                0,
                FRAME,
                "A look back",
                f"the three questions of the lesson before{_before(path)}",
            )
        ],
        FRAME,
    )
    for heading, _, minutes, what in stretches(path):
        rows.append((round(now), round(now + minutes), heading, what))
        now += minutes
    for number, minutes, how, home in exercises(path):
        if home and now + minutes <= 90 - FRAME:
            rows.append((round(now), round(now + minutes), f"Exercise {number}", how))
            now += minutes
    if round(now) < 90 - FRAME:
        words = "whatever is still open; who is done helps"
        rows.append((round(now), 90 - FRAME, "Room", words))
    rows.append(
        (
            90 - FRAME,
            90,
            "The way out",
            "the sentence above, in own words: in pairs, then two aloud",
        )
    )
    return rows


def with_questions(path):
    """Minutes of a lesson in a class that asks."""
    return sum(minutes for _, _, minutes, _ in stretches(path))


def without(path, leave):
    """(minutes with questions, headings and exercises left out) of one period."""
    rows, found = stretches(path), exercises(path)
    minutes, names = with_questions(path), []
    for what in leave:
        mine = [row for row in rows if row[0].startswith(what)]
        turn = [m for number, m, _, _ in found if number == what]
        if len(mine) + len(turn) != 1:
            raise SystemExit(f"lesson {path.name[:2]} has no {what!r} to leave out")
        minutes -= mine[0][2] if mine else TALK * turn[0]
        names.append(f'"{mine[0][0]}"' if mine else what)
    return minutes, names


def halves(path, cut):
    """Minutes with questions before and after the section that begins so."""
    rows = stretches(path)
    places = [i for i, row in enumerate(rows) if row[0].startswith(cut)]
    if len(places) != 1:
        raise SystemExit(f"lesson {path.name[:2]} has no section {cut!r}")
    before = sum(minutes for _, _, minutes, _ in rows[: places[0]])
    return rows[places[0]][0], before, with_questions(path) - before


def _table(rows):
    head = ["| from | to | | |", "|---|---|---|---|"]
    return [
        *head,
        *(f"| {a} | {b} | {heading} | {what} |" for a, b, heading, what in rows),
    ]


def key(number, drawn=None):
    """The answers of a lesson's exercises, from its solutions notebook.

    What an edition varies has its answer from there (classroom/edition.py).
    """
    lines, exercise, answered = [], None, set()
    options, own = _options(number), edition.answers(edition.OWN)
    if not drawn:
        lines = ["For the lessons as they are. With a seed of your own, "
                 "`make class WHAT=guide SEED=...` makes these pages for it.", ""]  # fmt: skip
    here = edition.answers(drawn) if drawn else own
    for cell in nbformat.read(lesson_path(number, SOLUTIONS), as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading, _, text = cell.source.partition("\n")
            exercise = heading.split()[1]
            lines += [f"**{heading.removeprefix('## ')}**", ""]
            if drawn and exercise in here and exercise not in options:
                answer = edition.in_words(here[exercise])
                asked = edition.phrase(exercise, drawn[exercise])
                lines += [
                    f'Yours ("{asked}"): **{answer}**. The series\' own, explained:',
                    "",
                ]
            if text.strip() and exercise not in options:
                lines += [text.strip(), ""]
        elif cell.cell_type == "code" and exercise and exercise not in answered:
            if f'check("{exercise}"' not in cell.source:
                continue
            answered.add(exercise)
            if exercise in options:
                lines += [f"{here[exercise]}) {options[exercise][own[exercise]]}", ""]
            else:
                code = cell.source.partition("\ncheck(")[0].rstrip()
                lines += ["```python", code, "```", ""]
                if exercise in here and not drawn:
                    lines += [f"The answer: {edition.in_words(here[exercise])}", ""]
    return lines


def _options(number):
    """{quiz: {letter: its sentence}} of a lesson."""
    notebook = nbformat.read(lesson_path(number), as_version=4)
    said = edition.options(notebook, f"{number}.Q")
    return {f"{number}.Q": dict(zip("abcd", said, strict=True))}


def _names(found, home):
    mine = [f"{n} ({m} min, {how})" for n, m, how, at_home in found if at_home == home]
    return ", ".join(mine) or "none"


def _moves(row, played, scope):
    figure, lines = played[row["figure"]], []
    drawings = scope.get("drawings", {})  # what a word of the row stands for on a pad
    for state in row["moves"]:
        values = {name: drawings.get(value, value) for name, value in state.items()}
        figure.draw(**(figure.start | values))
        names = ", ".join(
            f"{figure.knobs[k].label} {_option(figure.knobs[k], v)}"
            for k, v in state.items()
        )
        lines.append(f"- {names}: *{figure.caption()}*")
    return lines


def _option(knob, value):
    """What a choice is called on the screen."""
    names = {v: name for name, v in getattr(knob, "options", ())}
    return names.get(value, f"{value:g}" if isinstance(value, float) else value)


def _one_period(path, row):
    left, names = without(path, row["leave"])
    return (f" **One period of 45 with questions:** leave for home {', '.join(names)}; that "
            f"makes {left:.0f} minutes. Where {row['number']}.Q goes with them, end on it all "
            "the same, on the projector.")  # fmt: skip


def _before(path):
    """The link to the page of the lesson before."""
    place = LESSONS.index(path)
    number = LESSONS[place - 1].name[:2]
    return f" ([{number}]({number}.md))" if place else ""


def _section_of_figure(path, number):
    """The heading under which the figure of that number is played."""
    count = 0
    for section in clock(path):
        count += section.figures
        if number < count:
            return section.heading
    return "At home"


def lesson_page(row, drawn=None):
    """One lesson's page; drawn: the numbers of the edition whose answers it gives."""
    path = lesson_path(row["number"])
    scope, played = scope_of(row, path)
    found, minutes = exercises(path), class_minutes(path)
    corrected = [f"{e['id']} ({e['about']})" for e in pages.read("errata")
                 if e["lesson"] == row["number"]]  # fmt: skip
    lines = [
        f"# {title(path)}: for the teacher",
        "",
        f"[The lesson]({'../student' if drawn else '../..'}/notebooks/{path.name}) · [what wrong answers are told]"
        f"(../../notebooks/solutions/{path.name}) · {math.ceil(minutes)} minutes on the class clock",
        "",
        f"**What a learner should say on the way out:** {row['out']}",
        "",
        "## Aims",
        "",
        aims(path),
        "",
        f"## {'45 minutes' if minutes > 20 else 'As a beginning'}",
        "",
        *_table(plan(path)),
        "",
        "Computed from the lesson: reading aloud or alone, exercises for class, each slider. "
        f"A class that asks takes longer, by our estimate {with_questions(path):.0f} minutes "
        "(half as long again, the opening aside)."
        + (_one_period(path, row) if minutes > 20 else ""),
        "",
    ]
    if minutes > 20:
        heading, first, second = halves(path, row["cut"])
        lines += ["## 90 minutes", "", *_table(long_plan(path)), "",
                  f'In two periods of 45: cut before "{heading}" ({first:.0f} and '
                  f"{second:.0f} minutes, questions included).", ""]  # fmt: skip
    lines += [
        f"*Mind:* {row['care']}",
        "",
        "## On the board",
        "",
        filled(row["board"].strip(), scope),
        "",
    ]
    lines += ["## Three questions", "",
              "At the start of the next lesson, or where this one comes to them; nearly "
              "all are answered in it, so do not let them scroll.", ""]  # fmt: skip
    for count, (question, wrong, say) in enumerate(row["ask"], 1):
        lines += [
            f"{count}. **{filled(question, scope)}**",
            f"   - *You will hear:* {wrong}",
            f"   - *Say:* {filled(say, scope)}",
        ]
    lines += [
        "",
        "## On the projector",
        "",
        f'Under "{_section_of_figure(path, row["figure"])}". Stop scrolling at the figure: '
        f"what happens stands below it. The class predicts first: {row['predict']} Then:",
        "",
        *_moves(row, played, scope),
        "",
        *([filled(row["resolve"], scope), ""] if "resolve" in row else []),
        *stages(path),
        "## Exercises",
        "",
        f"- In class: {_names(found, home=False)}; {row['number']}.Q (quiz)",
        f"- At home: {_names(found, home=True)}",
        "",
        "## In the two articles",
        "",
        row["articles"],
        "",
    ]
    if corrected:
        lines += [
            f"Put right here ([the table](../../docs/errata.md)): {', '.join(corrected)}.",
            "",
        ]
    lines += ["## Answer key", "", *key(row["number"], drawn)]
    return MADE + "\n".join(lines).rstrip() + "\n"


def stages(path):
    """Where each live figure of a lesson fills the screen, with nothing to install."""
    place = pages.owner()["site"] or "http://127.0.0.1:8000/"
    links = [
        f"[{section_of_cell(path, cell)}]({place}figures/{name}.html)"
        for cell, name in figure_names(path).items()
    ]
    return [f"Filling the screen, after `make site SERVE=1`: {'; '.join(links)}.", ""]


def syllabus_page(written):
    """All lessons with their minutes, and the two courses."""
    lines = ["# The teacher's pages", "", "| lesson | in class, minutes | with questions | at home |",
             "|---|---|---|---|"]  # fmt: skip
    for row in written["lesson"]:
        path = lesson_path(row["number"])
        minutes, found = class_minutes(path), exercises(path)
        home = ", ".join(n for n, *_, at_home in found if at_home) or "-"
        lines.append(f"| [{title(path)}]({row['number']}.md) | {math.ceil(minutes)} | "
                     f"{with_questions(path):.0f} | {home} |")  # fmt: skip
    for course in written["syllabus"]:
        lines += ["", f"## {course['sessions']} sessions of 90 minutes", "", course["about"],
                  "", "| | lessons | minutes | and | at home |", "|---|---|---|---|---|"]  # fmt: skip
        for count, session in enumerate(course["plan"], 1):
            lessons, _, extra, home = session
            minutes = session_minutes(session)
            lines.append(f"| {count} | {lessons} | {minutes:.0f} | {extra} | {home} |")
    return MADE + "\n".join(lines) + "\n"


def session_minutes(session):
    """Minutes of a session, questions and what comes on top included."""
    lessons, extra, _, _ = session
    numbers = [number for number in lessons.split(", ") if number]
    return extra + sum(with_questions(lesson_path(n)) for n in numbers)


def all_pages(drawn=None):
    """{file name: text} of everything that is made."""
    written = source()
    made = {f"{row['number']}.md": lesson_page(row, drawn) for row in written["lesson"]}
    return {"README.md": syllabus_page(written), **made}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument(
        "--seed", default="", help="the pages of an edition, in dist/guide"
    )
    arguments = parser.parse_args()
    # An edition's pages lie as deep, so that their links hold.
    drawn = edition.draw(arguments.seed) if arguments.seed else None
    place = ROOT / "dist" / "guide" if drawn else PAGES
    place.mkdir(parents=True, exist_ok=True)
    made = {place / name: text for name, text in all_pages(drawn).items()}
    done = store(made.items(), arguments.check)
    print(place.relative_to(ROOT))
    return done


if __name__ == "__main__":
    sys.exit(main())
