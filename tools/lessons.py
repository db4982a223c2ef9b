"""Run the lessons and bring them into the one form that is committed.

    python tools/lessons.py                       all lessons and solutions
    python tools/lessons.py notebooks/06_*.ipynb  some
    python tools/lessons.py --check               only say what would change

Formats the code with ruff, runs every cell in order, then keeps outputs,
execution counts and cell tags, and drops what changes from run to run: widget
model ids and the spare pictures of live figures, kernel versions, timestamps,
random cell ids.
"""

import argparse
import contextlib
import io
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import nbformat

ROOT = Path(__file__).resolve().parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
SOLUTIONS = sorted((ROOT / "notebooks" / "solutions").glob("[0-9]*.ipynb"))
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SPARE = '<div class="nn-spare" hidden></div>'  # the strip serves the stored lesson
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def code_cells(path):
    """The code cells of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def title(path):
    """Number and title of a lesson, such as "07 Train a network, ..."."""
    return f"{path.name[:2]} {heading(path).partition('. ')[2]}"


def heading(path):
    """The title of a notebook, as its first line has it."""
    return nbformat.read(path, as_version=4).cells[0].source.splitlines()[0][2:]


def figure_names(path):
    """{cell id: name} of a lesson's live figures, such as {"cell-15": "02-ramps"}.

    The name is that of the function which makes the figure; a second one gets a number.
    """
    names, source = {}, ""
    for cell in code_cells(path):
        source += cell.source + "\n"
        for what in re.findall(r"play\((?:viz\.)?(\w+)", cell.source):
            made = re.findall(rf"^{what} = viz\.(\w+)\(", source, re.M)
            name = f"{path.name[:2]}-{made[-1] if made else what}"
            count = sum(re.sub(r"-\d$", "", old) == name for old in names.values())
            names[cell.id] = f"{name}-{count + 1}" if count else name
    return names


def section_of_cell(path, cell_id):
    """The heading of the section that a cell stands in."""
    section = heading(path)
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            section = (re.findall(r"^## (.+)$", cell.source, re.M) or [section])[-1]
        if cell.id == cell_id:
            return section.replace("`", "")
    raise ValueError(f"{path.name} has no cell {cell_id!r}")


class Section(NamedTuple):
    """A `##` section on the class clock: what is in it, and how long it takes."""

    heading: str
    minutes: float
    turns: tuple  # (number, minutes, how), such as ("06.1", 2, "predict")
    figures: int  # that are played
    predictions: int


FREE_PLAY = ("11", "12")  # where playing takes as long as one likes: not on the clock


def clock(path):
    """The sections of a lesson on the class clock, the opening first.

    Reading at 180 words a minute, 20 lines of code a minute, half a minute for a
    formula or a still picture, one for a prediction, two for a live figure (none for
    free play), and for an exercise what it says. What stands under "At home" takes no class time.
    """
    sections, heading, home = [], "Opening", False
    minutes, turns, figures, predictions = 3.0, [], 0, 0
    playing = 0 if path.name.startswith(FREE_PLAY) else 2

    def close():
        sections.append(Section(heading, minutes, tuple(turns), figures, predictions))

    for kind, source in _parts(path):
        found = kind == "markdown" and re.match(r"## (.+)", source)
        if found:
            close()
            heading, home = found[1], found[1].startswith("At home")
            minutes, turns, figures, predictions = 0.0, [], 0, 0
        if kind == "markdown":
            asked = re.findall(
                r"\*\*Your turn ([\d.]+)\*\* \((\d+) min, ([^)]+)\)", source
            )
            turns += [(number, int(most), how) for number, most, how in asked]
            if home:
                continue
            prose = re.sub(r"\$\$.*?\$\$", "", source, flags=re.S)
            minutes += len(re.findall(r"\w+", prose)) / 180 + source.count("$$") / 2
            predictions += source.count("**Predict first")
            minutes += source.count("**Predict first")
            minutes += sum(int(most) for _, most, how in asked if "at home" not in how)
        elif not home and "importlib.util" not in source:
            minutes += sum(bool(line.strip()) for line in source.splitlines()) / 20
            figures += source.count("play(")
            minutes += playing * source.count("play(") + 0.5 * source.count("show(")
    close()
    return sections


def _parts(path):
    """(kind, source) of the cells; a text is cut where a section begins."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            yield "code", cell.source
        else:
            for part in re.split(r"(?m)^(?=## )", cell.source):
                yield "markdown", part


def class_minutes(path):
    """Minutes of a lesson on the class clock."""
    return sum(section.minutes for section in clock(path))


def run_in_process(path, extra=None):
    """Run a lesson here, with warnings as errors; return (shown, played, names).

    shown and played are the pictures that went through `show` and `play`.
    """
    shown, played, scope = [], [], dict(extra or {})
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(path.parent))
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("error")
        stack.enter_context(mock.patch("nn_helpers.viz.show", shown.append))
        stack.enter_context(mock.patch("nn_helpers.live.play", played.append))
        for cell in code_cells(path):
            exec(compile(cell.source, path.name, "exec"), scope)
    return shown, played, scope


def normalise(notebook):
    """Return the notebook in the committed form; outputs stay as they are."""
    notebook = nbformat.from_dict(notebook)
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = nbformat.from_dict(
            {
                key: cell.metadata[key]
                for key in ("jupyter", "slideshow", "tags")
                if cell.metadata.get(key)
            }
        )
        cell.source = "\n".join(
            line.rstrip() for line in cell.source.rstrip().split("\n")
        )
        for output in cell.get("outputs", []):
            # The model dies with its kernel; without it the still strip shows.
            output.get("data", {}).pop(WIDGET_VIEW, None)
            if "nn-spare" in output.get("data", {}).get("text/html", ""):
                output.data["text/html"] = SPARE
            if "execution_count" in output:
                output.execution_count = cell.execution_count
        _join_streams(cell)
    nbformat.validate(notebook)
    return notebook


def _join_streams(cell):
    """One stream output where a run happened to deliver it in pieces."""
    joined = []
    for output in cell.get("outputs", []):
        last = joined[-1] if joined else None
        if (
            last
            and output.output_type == last.output_type == "stream"
            and output.name == last.name
        ):
            last.text += output.text
        else:
            joined.append(output)
    if "outputs" in cell:
        cell.outputs = joined


def run(path):
    """Format, execute and normalise one notebook; return it."""
    from nbclient import NotebookClient

    subprocess.run(
        [sys.executable, "-m", "ruff", "format", "-q", str(path)], check=True
    )
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=120,
        store_widget_state=False,
        resources={"metadata": {"path": path.parent}},
    )
    client.execute()
    return normalise(notebook)


def store(made, check):
    """Write the pairs (path, text) that have changed, or only say which.

    Returns the exit code: 1 where something would change and may not.
    """
    changed = []
    for path, text in made:
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            changed.append(path.name)
            if not check:
                path.write_text(text, encoding="utf-8", newline="\n")
    print("changed: " + (", ".join(changed) or "nothing"))
    return 1 if check and changed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path)
    parser.add_argument(
        "--check", action="store_true", help="run nothing, write nothing"
    )
    arguments = parser.parse_args()
    made = (
        (path, nbformat.writes(_made(path, arguments.check)) + "\n")
        for path in arguments.notebooks or [*LESSONS, *SOLUTIONS]
    )
    return store(made, arguments.check)


def _made(path, check):
    return normalise(nbformat.read(path, 4)) if check else run(path)


if __name__ == "__main__":
    sys.exit(main())
