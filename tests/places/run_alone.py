"""Run each lesson alone, as on Kaggle and Colab, and compare what it prints.

    python run_alone.py kaggle BUILT     dist/kaggle, made by tools/parcels.py
    python run_alone.py colab ZIP LESSON ...

For an environment in which nn_helpers is not installed. Each lesson runs in a folder
that holds nothing else; on Kaggle the data set is a read-only tree below a stand-in
for /kaggle/input. Kaggle has been seen to attach it at two depths: every lesson is run
with the first, some with the second, which one cell, the same in all, has to find.
"""

import importlib.util
import shutil
import stat
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient

DEPTHS = ("neural-network-mechanics", "datasets/someone/neural-network-mechanics")


def words(cell):
    """What a cell says: prints, descriptions, verdicts; no picture, no model id."""
    said = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        html = data.get("text/html", "")
        said.append(output.get("text", "") or data.get("text/plain", ""))
        said.append("" if "nn-spare" in html else html)
        verdict = output.get("metadata", {}).get("nn_helpers")
        said.append(str(sorted(verdict.items(), key=str)) if verdict else "")
        assert output.output_type != "error", output.get("evalue")
    return "".join(said)


def run(notebook, folder):
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    return notebook


def compare(name, stored, ran):
    for number, (old, new) in enumerate(zip(stored.cells, ran.cells, strict=True)):
        assert words(old) == words(new), (
            f"{name}, cell {number}:\n{words(old)[:600]}\n--- now\n{words(new)[:600]}"
        )


def kaggle(built):
    inputs = {}
    with tempfile.TemporaryDirectory() as home:
        for number, depth in enumerate(DEPTHS):
            root = Path(home) / f"input{number}"
            shutil.copytree(built / "data_set", root / depth)
            for path in [root, *root.rglob("*")]:
                path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP))
            inputs[number] = root

        def one(depth_and_source):
            number, source = depth_and_source
            stored = nbformat.read(source, 4)
            here = nbformat.read(source, 4)
            root = inputs[number]
            (setup,) = [c for c in here.cells if "importlib.util" in c.source]
            assert '"/kaggle/input"' in setup.source
            setup.source = setup.source.replace("/kaggle/input", str(root))
            with tempfile.TemporaryDirectory() as alone:
                ran = run(here, alone)
                left = [p.name for p in Path(alone).iterdir()]
            compare(source.name, stored, ran)
            assert left == [], f"{source.name} leaves {left} behind"
            saved = as_page(ran)
            pictures = sum(
                "image/png" in o.get("data", {})
                for c in ran.cells
                for o in c.get("outputs", [])
            )
            assert saved.count("data:image/png;base64") >= pictures >= 3, source.name
            assert "Copy &amp; Edit" in saved and "model not found" not in saved
            return source.name

        sources = sorted(built.glob("[0-9]*/*.ipynb"))
        assert len(sources) >= 11
        with ThreadPoolExecutor(2) as pool:
            runs = [(0, source) for source in sources]
            runs += [(1, source) for source in sources[::5]]
            for (number, _), name in zip(runs, pool.map(one, runs), strict=True):
                print(
                    f"alone, below /kaggle/input/{DEPTHS[number]}: {name}", flush=True
                )
        for root in inputs.values():
            for path in [root, *root.rglob("*")]:
                path.chmod(path.stat().st_mode | stat.S_IWUSR)


def as_page(notebook):
    """The page that Kaggle's reader shows, made by the nbconvert of this place."""
    from nbconvert import HTMLExporter

    return HTMLExporter().from_notebook_node(notebook)[0]


def colab(file, lessons):
    for source in lessons:
        stored = nbformat.read(source, 4)
        with tempfile.TemporaryDirectory() as alone:
            shutil.copy(file, alone)
            ran = run(nbformat.read(source, 4), alone)
        compare(source.name, stored, ran)
        print("beside the zip, as on Colab:", source.name, flush=True)


def main():
    assert importlib.util.find_spec("nn_helpers") is None, (
        "nn_helpers is installed here"
    )
    place, *paths = sys.argv[1:]
    paths = [Path(path) for path in paths]
    kaggle(paths[0]) if place == "kaggle" else colab(paths[0], paths[1:])


if __name__ == "__main__":
    main()
