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
import subprocess
import sys
import warnings
from pathlib import Path
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
    heading = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0]
    return f"{path.name[:2]} {heading.partition('. ')[2]}"


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
                for key in ("jupyter", "tags")
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path)
    parser.add_argument(
        "--check", action="store_true", help="run nothing, write nothing"
    )
    arguments = parser.parse_args()
    changed = []
    for path in arguments.notebooks or [*LESSONS, *SOLUTIONS]:
        before = path.read_text(encoding="utf-8")
        notebook = normalise(nbformat.read(path, 4)) if arguments.check else run(path)
        after = nbformat.writes(notebook) + "\n"
        if after != before:
            changed.append(path.name)
            if not arguments.check:
                path.write_text(after, encoding="utf-8", newline="\n")
    print("changed: " + (", ".join(changed) or "nothing"))
    return 1 if arguments.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
