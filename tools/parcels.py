"""Build what other places need, in dist/: the same lessons, laid out for them.

    python tools/parcels.py kaggle --owner NAME    a data set, and a folder a lesson
    python tools/parcels.py colab                  one zip to upload beside a lesson
    python tools/parcels.py student [--seed N]     what a class is handed

On Kaggle a lesson finds the package in its data set, with the internet off. Its
links lead to the other lessons there; what is not there becomes plain words. A
class gets the course without a word of the solutions, and with a seed other numbers.
"""

import argparse
import json
import re
import shutil
import sys
import zipfile

import nbformat
from lessons import LESSONS, ROOT, title
from my_work import without_answers

sys.path.insert(0, str(ROOT / "classroom"))
import edition

DIST = ROOT / "dist"
DATA_SET = "neural-network-mechanics"
ABOUT = (
    "The package nn_helpers (MIT) and the data of the lessons, each file under its own "
    "licence: digits CC BY 4.0, MNIST subset CC BY-SA 3.0, penguins CC0, the trained "
    "network CC BY 4.0. Origins and checksums: data/README.md."
)
STILL = '*On this page the sliders stand still. Press "Copy & Edit" to move them.*'


def travelling():
    """(file, its place) of what has to be beside a lesson: package and data."""
    for folder in ("nn_helpers", "data"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file, file.relative_to(ROOT)
    yield ROOT / "LICENSE", (ROOT / "LICENSE").relative_to(ROOT)


def kaggle_title(lesson):
    """The title on Kaggle, which takes at most 50 characters."""
    return title(lesson)[:50].strip()


def slug(words):
    """What Kaggle makes of a title in an address."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def on_kaggle(lesson, owner):
    """The lesson with Kaggle's folded cells and links, and a word about sliders."""
    notebook = nbformat.read(lesson, as_version=4)
    addresses = {
        path.name: f"https://www.kaggle.com/code/{owner}/{slug(kaggle_title(path))}"
        for path in LESSONS
    }

    def link(found):
        words, target = found.groups()
        if target.startswith("https://"):
            return found[0]
        return f"[{words}]({addresses[target]})" if target in addresses else words

    if not any("Copy & Edit" in cell.source for cell in notebook.cells[:2]):
        notebook.cells[0].source += f"\n\n{STILL}"
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\[([^]]+)\]\(([^)]+)\)", link, cell.source)
        elif cell.metadata.get("jupyter") or "answer" in cell.metadata.get("tags", ()):
            cell.metadata["_kg_hide-input"] = True
    return notebook


def kaggle(owner, folder):
    """Write the data set and the lessons; return the paths of their folders."""
    data_set = folder / "data_set"
    for file, place in travelling():
        (data_set / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, data_set / place)
    _write(
        data_set / "dataset-metadata.json",
        {
            "id": f"{owner}/{DATA_SET}",
            "title": "Neural network mechanics, from scratch",
            "subtitle": "Package and data of the lessons: attach it to each of them",
            "description": ABOUT,
            "licenses": [{"name": "other"}],
        },
    )
    folders = [data_set]
    for lesson in LESSONS:
        place = folder / slug(kaggle_title(lesson))
        place.mkdir(parents=True)
        nbformat.write(on_kaggle(lesson, owner), place / lesson.name)
        _write(
            place / "kernel-metadata.json",
            {
                "id": f"{owner}/{slug(kaggle_title(lesson))}",
                "title": kaggle_title(lesson),
                "code_file": lesson.name,
                "language": "python",
                "kernel_type": "notebook",
                "is_private": True,
                "enable_gpu": False,
                "enable_internet": False,
                "dataset_sources": [f"{owner}/{DATA_SET}"],
                "competition_sources": [],
                "kernel_sources": [],
            },
        )
        folders.append(place)
    return folders


def colab(folder):
    """Write the zip of package and data; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{DATA_SET}.zip"
    _pack(file, travelling())
    return [file]


def _pack(file, pairs):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for source, place in pairs:
            # One date for all, so that the same files make the same zip.
            entry = zipfile.ZipInfo(place.as_posix(), (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, source.read_bytes())


# Beside package, data and lessons; (file here, its place there).
HANDED = (
    ("classroom/student_readme.md", "README.md"), ("lab.mk", "Makefile"),
    ("docs/glossary.md", "docs/glossary.md"), ("docs/help.md", "docs/help.md"),
    ("docs/speed.md", "docs/speed.md"), ("docs/speed.png", "docs/speed.png"),
    ("docs/growth.md", "docs/growth.md"), ("docs/growth.png", "docs/growth.png"),
    ("docs/workers.md", "docs/workers.md"),
    ("tools/lessons.py", "tools/lessons.py"), ("tools/my_work.py", "tools/my_work.py"),
    ("tools/jupyter_settings.json", "tools/jupyter_settings.json"),
    ("requirements.txt", "requirements.txt"), ("constraints.txt", "constraints.txt"),
    ("pyproject.toml", "pyproject.toml"),
    ("tests/requirements.txt", "tests/requirements.txt"),
)  # fmt: skip
# A lesson's word about where its answers are, which this edition does not have.
ABOUT_ANSWERS = re.compile(r" ?[^.\n]*: \[[^]]*\]\(solutions/[^)]*\)\.")


def for_class(lesson, drawn):
    """The lesson with an edition's numbers, and without outputs and solutions."""
    notebook = without_answers(nbformat.read(lesson, as_version=4))
    edition.rewrite(notebook, lesson.name[:2], drawn)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = ABOUT_ANSWERS.sub("", cell.source)
    if drawn:
        notebook.metadata["nn_helpers"] = {"edition": edition.mark(drawn)}
    return notebook


def student(seed, folder):
    """Write the course as a class is handed it; return [its folder, the same packed].

    No solutions; with a seed, an edition with other numbers (classroom/edition.py).
    """
    drawn = edition.draw(seed) if seed else {}
    for file, place in travelling():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, folder / place)
    for file, place in HANDED:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, folder / place)
    (folder / "notebooks").mkdir()
    for lesson in LESSONS:
        notebook = for_class(lesson, drawn)
        nbformat.write(notebook, folder / "notebooks" / lesson.name)
    if drawn:
        numbers = edition.OWN | drawn
        _write(folder / "nn_helpers" / "checks" / "numbers.json", numbers)
    packed = folder.with_suffix(".zip")
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    _pack(packed, [(file, file.relative_to(folder.parent)) for file in files])
    return [folder, packed]


def _write(path, content):
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", choices=("kaggle", "colab", "student"))
    parser.add_argument("--owner", default="", help="your name on Kaggle")
    parser.add_argument("--seed", default="", help="of a class's own edition")
    arguments = parser.parse_args()
    owner = arguments.owner
    if arguments.place == "kaggle" and not re.fullmatch(r"[A-Za-z0-9][\w-]*", owner):
        raise SystemExit(f"OWNER is a name on Kaggle, such as OWNER=ada; got {owner!r}")
    folder = DIST / arguments.place
    if (folder / "my_work").exists():
        raise SystemExit(
            f"{folder} holds somebody's work (my_work); move it away first"
        )
    shutil.rmtree(folder, ignore_errors=True)
    if arguments.place == "kaggle":
        made = kaggle(owner, folder)
    elif arguments.place == "colab":
        made = colab(folder)
    else:
        made = student(arguments.seed, folder)
    for path in made:
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
