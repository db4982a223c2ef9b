"""Find what a class has handed in, and read it; nothing here runs any of it.

What stands in a notebook about an exercise is its state: the outcome of the last
verdict (untouched, unfinished, failed, passed), or, where there is none, "error" (a
cell stopped there) or "unrun" (something was written, and not run).
"""

import functools
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import nbformat
from judge import LAST_COUNTS

from nn_helpers.checks import EXERCISES, judge
from nn_helpers.checks.bugs import BUGS

DEPTH = 12  # folders within folders; nobody hands in more
LARGEST = 20 * 2**20  # bytes of a notebook that is still opened
OUTCOMES = ("untouched", "unfinished", "failed", "passed")
LESSONS = Path(__file__).resolve().parent.parent / "notebooks"
# What systems and Jupyter leave lying about; no student has written it.
LITTER = re.compile(
    r"\..*|__MACOSX|__pycache__|Thumbs\.db|desktop\.ini|.*-checkpoint\.ipynb", re.I
)
SUBMISSION = re.compile(r"_\d+_assignsubmission_file.*$")  # how Moodle names things
COURSE_NAME = re.compile(r"\d\d(_[a-z_]+?)?(_fresh_\d+|-Copy\d+|-\d+| \(\d+\))?")
AGAIN = re.compile(r"(_fresh_|-Copy|copy|\()\d*\)?$", re.I)  # ada_fresh_2, 06-Copy1
CHECK = re.compile(r"""check\(\s*(?:number\s*=\s*)?["'](\d\d\.\w)["']""")


class HandIn(NamedTuple):
    """A notebook: whose (a pseudonym), where, which lesson ("06"), and itself."""

    name: str
    path: Path
    lesson: str
    notebook: nbformat.NotebookNode


def read(folder):
    """Return (hand-ins, [(path within the folder, why it was left out)]).

    The pseudonym is the name of the first folder inside, else that of the file.
    Raises SystemExit where there is no such folder, or nothing in it.
    """
    root = Path(folder)
    if not str(folder).strip():
        raise SystemExit("say FOLDER=monday, the folder of what was handed in")
    if not root.is_dir():
        hint = "; unpack it first" if root.suffix == ".zip" else ""
        raise SystemExit(f"FOLDER is a folder of hand-ins; {root} is none{hint}")
    found, left_out = [], []
    for path in sorted(_files(root)):
        inside = path.relative_to(root)
        if any(LITTER.fullmatch(part) for part in inside.parts):
            continue
        try:
            lesson, notebook = _notebook(path)
        except OSError as error:
            left_out.append((plain(inside.as_posix()), f"not read: {error.strerror}"))
        except ValueError as why:
            left_out.append((plain(inside.as_posix()), str(why)))
        else:
            found.append(HandIn("", path, lesson, notebook))
    if not found and not left_out:
        raise SystemExit(f"nothing has been handed in: {root} is empty")
    return _told_apart(_named(found, root), root, left_out), left_out


def _files(root):
    """What lies in a folder and in those within, no deeper than DEPTH."""
    for folder, folders, files in os.walk(root):
        if len(Path(folder).relative_to(root).parts) >= DEPTH:
            folders.clear()
        yield from (Path(folder, name) for name in files)


def plain(name):
    """A name that can be printed, whatever bytes a file system gave it."""
    return "".join(c if c.isprintable() else "?" for c in name)


def _named(found, root):
    """The hand-ins with their pseudonyms.

    A folder's name counts where its notebooks have the course's names, or where it
    holds only one; else the file's does. A folder around all of them says nothing.
    """
    inside = {h.path: h.path.relative_to(root).parts for h in found}
    tops = Counter(parts[0] for parts in inside.values())
    if len(tops) == 1 and len(found) > 1 and all(len(p) > 1 for p in inside.values()):
        if not all(COURSE_NAME.fullmatch(h.path.stem) for h in found):
            inside = {path: parts[1:] for path, parts in inside.items()}
            tops = Counter(parts[0] for parts in inside.values())
    named = []
    for hand_in in found:
        top, *below = inside[hand_in.path]
        own = _of_file(hand_in.path.stem, hand_in.lesson)
        course = COURSE_NAME.fullmatch(hand_in.path.stem) or tops[top] == 1
        top = SUBMISSION.sub("", top)
        name = own if not below else top if course else f"{top}/{own}"
        named.append(hand_in._replace(name=plain(name)))
    return named


def _of_file(stem, lesson):
    """ada_06_backprop is Ada's, as far as one can tell."""
    stem = SUBMISSION.sub("", stem)
    ending = rf"[\s_-]*{lesson}[_-][a-z_]+?(_fresh_\d+|-Copy\d+|-\d+| \(\d+\))?"
    return re.sub(rf"{ending}$", "", stem) or stem


def _told_apart(found, root, left_out):
    """Where one name has two notebooks of a lesson, both keep their own.

    Of a lesson and its fresh copies, those in which nothing was written are left out.
    """
    groups = {}
    for hand_in in found:
        groups.setdefault((hand_in.name, hand_in.lesson), []).append(hand_in)
    for (name, _), group in groups.items():
        if any(AGAIN.search(hand_in.path.stem) for hand_in in group) and len(group) > 1:
            for hand_in in _untouched(group):
                found.remove(hand_in)
                place = plain(hand_in.path.relative_to(root).as_posix())
                left_out.append((place, f"an untouched copy; {name} has another"))
    count = Counter((h.name, h.lesson) for h in found)
    return [
        h
        if count[h.name, h.lesson] == 1
        else h._replace(name=plain(h.path.relative_to(root).with_suffix("").as_posix()))
        for h in found
    ]


def _untouched(group):
    """Those of a group in which nothing was written, but for one at the least."""
    idle = [
        h
        for h in group
        if {state for state, *_ in states_of(h).values()} == {"untouched"}
    ]
    return idle[: len(group) - 1]


def _notebook(path):
    """(lesson, notebook) of a file; ValueError says why it is none."""
    if path.is_symlink():
        raise ValueError("a link to another file; hand in the file itself")
    size = path.stat().st_size
    if size > LARGEST:
        raise ValueError(f"larger than {LARGEST // 2**20} MB")
    if size == 0:
        raise ValueError("an empty file")
    data = path.read_bytes()
    if path.suffix.lower() != ".ipynb":
        if b'"nbformat"' in data:
            raise ValueError("a notebook under another ending; rename it to .ipynb")
        if data.startswith(b"PK"):
            raise ValueError(
                "packed (a zip or a document); unpack it, or ask for .ipynb"
            )
        raise ValueError("no notebook")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError(_what_else(data)) from None
    try:
        notebook = nbformat.reads(json.dumps(content), as_version=4)
        sources = [str(c.source) for c in notebook.cells if c.cell_type == "code"]
    except Exception:  # nbformat raises many kinds
        raise ValueError("damaged: JSON, but not a notebook") from None
    if not sources:
        raise ValueError("a notebook without a cell of code")
    asked = {n for s in sources for n in CHECK.findall(s) if n in EXERCISES}
    if not asked:
        raise ValueError("a notebook without an exercise of the series")
    lessons = Counter(number[:2] for number in sorted(asked))
    return lessons.most_common(1)[0][0], notebook


def _what_else(data):
    if data.startswith(b"%PDF"):
        return "a PDF that was renamed to .ipynb"
    if data.startswith(b"PK"):
        return "a zip or a document that was renamed to .ipynb"
    if data.lstrip()[:1] == b"<":
        return "a web page that was saved as .ipynb"
    return "damaged: its JSON breaks off or is none"


@functools.cache
def known_bugs(number):
    """The bugs that a verdict on an exercise can name; of a quiz, its reasons."""
    exercise = EXERCISES[number]
    if exercise.form != "quiz":
        return frozenset(BUGS)
    reasons = (judge(number, exercise, letter).bug for letter in "abcdef")
    return frozenset(filter(None, reasons))


def verdicts(notebook):
    """{exercise: (outcome, bug)} from the outputs: the last one.

    But a function that was right once is right (judge.LAST_COUNTS).
    """
    found = {}
    for output in (o for cell in notebook.cells for o in _outputs(cell)):
        data = output.get("metadata")
        data = data.get("nn_helpers") if isinstance(data, dict) else None
        if not isinstance(data, dict):
            continue
        number, outcome, bug = (
            str(data.get(k)) for k in ("exercise", "outcome", "bug")
        )
        if number in EXERCISES and outcome in OUTCOMES:
            last = EXERCISES[number].form in LAST_COUNTS
            if last or found.get(number, ("",))[0] != "passed":
                found[number] = outcome, bug if bug in known_bugs(number) else None
    return found


def _outputs(cell):
    outputs = cell.get("outputs")
    return (
        [o for o in outputs if isinstance(o, dict)] if isinstance(outputs, list) else []
    )


@functools.cache
def stubs(lesson):
    """{exercise: source of its cell as it was handed out}."""
    (path,) = LESSONS.glob(f"{lesson}_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    return {n: cell.source.strip() for cell in cells if cell.cell_type == "code"
            for n in CHECK.findall(cell.source)}  # fmt: skip


def states_of(hand_in):
    """{exercise: (state, bug, error)} of every exercise of the lesson."""
    shown, found = verdicts(hand_in.notebook), {}
    code = [c for c in hand_in.notebook.cells if c.cell_type == "code"]
    for number, stub in stubs(hand_in.lesson).items():
        state, bug = shown.get(number, ("untouched", None))
        error = ""
        cells = [c for c in code if number in CHECK.findall(str(c.source))]
        if state == "untouched":  # perhaps an old verdict, or none
            error = next(
                (_error(o) for c in cells for o in _outputs(c) if _error(o)), ""
            )
            sources = [str(c.source).strip() for c in cells]
            written = any(
                s != stub and (number not in shown or "..." not in s) for s in sources
            )
            state = "error" if error else "unrun" if written else "untouched"
        found[number] = state, bug, error
    return found


def _error(output):
    """An error in an output in one line, or nothing."""
    if output.get("output_type") != "error":
        return ""
    words = str(output.get("evalue", "")).strip().splitlines() or [""]
    return f"{output.get('ename', 'Error')}: {words[0]}"[:120]
