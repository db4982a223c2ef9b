"""Give the learner copies of the lessons, in my_work/, and never touch them again.

    python tools/my_work.py              copy each lesson that is not there yet
    python tools/my_work.py --fresh 06   put a fresh copy beside the old one

Prints the path of the first lesson, for JupyterLab to open.
"""

import argparse
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def copy_lessons(lessons, my_work):
    """Copy what is missing; return the paths that were new."""
    my_work.mkdir(exist_ok=True)
    new = [path for path in lessons if not (my_work / path.name).exists()]
    for path in new:
        shutil.copyfile(path, my_work / path.name)
    return [my_work / path.name for path in new]


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
    shutil.copyfile(chosen[0], copy)
    return copy


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fresh", metavar="LESSON", help="a number such as 06")
    arguments = parser.parse_args()
    lessons = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
    my_work = ROOT / "my_work"
    if arguments.fresh is not None:
        print(fresh_copy(lessons, my_work, arguments.fresh).relative_to(ROOT))
        return 0
    copy_lessons(lessons, my_work)
    print((my_work / lessons[0].name).relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
