"""Give the learner copies of the lessons, in my_work/, and never touch them again.

    python tools/my_work.py              copy each lesson that is not there yet
    python tools/my_work.py --fresh 06   put a fresh copy beside the old one

Copies have no outputs, and cells that answer a question are folded below a line
that gives nothing away. The solutions go to my_work/solutions/, with outputs, so
that opening one changes nothing of the project; a newer edition replaces a copy
that you have not changed. Prints the path of the first lesson, for
JupyterLab to open, and on stderr which lessons have a newer edition than your
copy. In the project's own environment it also lays down Jupyter's defaults
(tools/jupyter_settings.json): no question about news, and arrow keys that move a
slider instead of leaving the cell.
"""

import argparse
import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

import nbformat
from lessons import LESSONS, ROOT, SOLUTIONS

EDITIONS = ".editions.json"  # which edition of a lesson was copied last
PICTURE = "# Folded, a picture that answers: guess first, then run it."
ANSWER = "# Folded, an answer: try first, then run it."


def copy_lessons(lessons, my_work):
    """Copy what is missing; return the paths that were new."""
    my_work.mkdir(exist_ok=True)
    new = [path for path in lessons if not (my_work / path.name).exists()]
    for path in new:
        _copy(path, my_work / path.name, my_work)
    return [my_work / path.name for path in new]


def copy_solutions(solutions, my_work):
    """Copy the solutions, as 04_solutions.ipynb; leave what the learner changed."""
    folder = my_work / "solutions"
    for path in solutions:
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{path.name[:2]}_solutions.ipynb"
        copy, known = folder / name, _editions(my_work)
        if not copy.exists() or _edition(copy) == known.get(name):
            shutil.copyfile(path, copy)
            _remember(name, path, my_work)


def fresh_copy(lessons, my_work, number):
    """Copy one lesson under a name that is free, such as 06_backprop_fresh_2."""
    chosen = [path for path in lessons if path.name.startswith(f"{number}_")]
    if not chosen:
        known = ", ".join(path.name[:2] for path in lessons)
        raise SystemExit(f"no lesson {number!r}; there are {known}. Say LESSON=06.")
    my_work.mkdir(exist_ok=True)
    count = 1
    while (copy := my_work / f"{chosen[0].stem}_fresh_{count}.ipynb").exists():
        count += 1
    _copy(chosen[0], copy, my_work)
    return copy


def newer_editions(lessons, my_work):
    """Numbers of the lessons that have changed since they were copied."""
    known = _editions(my_work)
    return [p.name[:2] for p in lessons if known.get(p.name, "") != _edition(p)]


def without_answers(notebook):
    """The lesson without outputs, cells that answer a question folded; in place."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            folded = cell.source.startswith((PICTURE, ANSWER))
            if "answer" in cell.metadata.get("tags", []) and not folded:
                cell.metadata["jupyter"] = {"source_hidden": True}
                # A folded cell still shows its first line.
                shows = "play(" in cell.source or "show(" in cell.source
                cell.source = f"{PICTURE if shows else ANSWER}\n{cell.source}"
    return notebook


def _copy(lesson, copy, my_work):
    notebook = without_answers(nbformat.read(lesson, as_version=4))
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(
                r"\]\(solutions/(\d\d)_\w+\.ipynb\)",
                r"](solutions/\1_solutions.ipynb)",
                cell.source,
            )
    nbformat.write(notebook, copy)
    _remember(lesson.name, lesson, my_work)


def _remember(name, source, my_work):
    known = _editions(my_work) | {name: _edition(source)}
    (my_work / EDITIONS).write_text(json.dumps(known, indent=1), encoding="utf-8")


def _edition(lesson):
    """A mark of what the lesson says, whatever its outputs are."""
    cells = nbformat.read(lesson, as_version=4).cells
    said = "\n".join(cell.source for cell in cells)
    return hashlib.sha256(said.encode("utf-8")).hexdigest()[:16]


def _editions(my_work):
    path = my_work / EDITIONS
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError:  # damaged, as on a full disk: no edition is known then
        return {}


def settings_for(prefix):
    """Lay Jupyter's defaults into the environment at `prefix`; return their path."""
    folder = Path(prefix) / "etc" / "jupyter" / "labconfig"
    folder.mkdir(parents=True, exist_ok=True)
    source = ROOT / "tools" / "jupyter_settings.json"
    return shutil.copyfile(source, folder / "default_setting_overrides.json")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fresh", metavar="LESSON", help="a number such as 06")
    arguments = parser.parse_args()
    my_work = ROOT / "my_work"
    if arguments.fresh is not None:
        print(fresh_copy(LESSONS, my_work, arguments.fresh).relative_to(ROOT))
        return 0
    if Path(sys.prefix).is_relative_to(ROOT):
        settings_for(sys.prefix)
    copy_lessons(LESSONS, my_work)
    copy_solutions(SOLUTIONS, my_work)
    for number in newer_editions(LESSONS, my_work):
        print(
            f"Lesson {number} has a newer edition than your copy: "
            f"make fresh LESSON={number} puts it beside yours.",
            file=sys.stderr,
        )
    print((my_work / LESSONS[0].name).relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
