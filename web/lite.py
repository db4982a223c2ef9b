"""Build JupyterLite beside the web edition: JupyterLab itself, in the browser.

    python web/lite.py

After web/build.py, into dist/site/lite/: the lessons, their data and docs, with the
Python that the pages have. It takes that from the site, so nothing is shipped twice.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from build import ROOT, edition, to_take
from fetch import FETCHED, lock_file, pins, python_wheels
from lessons import LESSONS, SOLUTIONS

import nn_helpers

SITE = ROOT / "dist" / "site"
PROGRAM = ROOT / ".venv" / "lite"  # JupyterLite's own packages, and no others
EXTENSIONS = (
    PROGRAM / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension",
    Path(sys.prefix)
    / "share/jupyter/labextensions/@jupyter-widgets/jupyterlab-manager",
)
# Where its kernel finds the Python of the site; it keeps what it has fetched.
KERNEL = {
    "pyodideUrl": "../../python/pyodide.mjs",
    "disablePyPIFallback": True,
    "loadPyodideOptions": {"lockFileURL": "../python/lite-lock.json"},
}


def contents(folder, solutions):
    """Lay out what the file browser shows."""
    shown = [*LESSONS, *(SOLUTIONS if solutions else ())]
    for path in shown:
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        to_take(path, target)
    for kept in ("data", "docs"):
        shutil.copytree(
            ROOT / kept, folder / kept, ignore=shutil.ignore_patterns("*.png")
        )
    shutil.copyfile(ROOT / "README.md", folder / "README.md")


def course_wheel(folder):
    """nn_helpers and the data as a wheel, for Python loads those before any notebook."""
    version = nn_helpers.__version__
    name = f"nn_helpers-{version}"
    path = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(folder / "course.zip") as course:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
            for member in course.namelist():
                if member.startswith(("nn_helpers/", "data/")):
                    wheel.writestr(member, course.read(member))
            about = f"Metadata-Version: 2.1\nName: nn_helpers\nVersion: {version}\n"
            wheel.writestr(f"{name}.dist-info/METADATA", about)
    return path


def kernel_wheels(lite):
    """The wheels that JupyterLite's kernel brings itself."""
    (folder,) = lite.glob(
        "extensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    )
    return [path for path in folder.glob("*.whl") if "3.6.999" not in path.name]


def python(lite):
    """The wheels of the kernel beside those of the pages, and the list of them all."""
    folder = SITE / "python"
    pinned = pins()
    wheels = [folder / wheel["file"] for wheel in python_wheels(pinned)]
    for path in (
        *(FETCHED / one["file"] for one in pinned["lite"]),
        *kernel_wheels(lite),
    ):
        shutil.copyfile(path, folder / path.name)
        wheels.append(folder / path.name)
    wheels.append(course_wheel(folder))
    lock = lock_file(pinned["pyodide"], wheels)
    (folder / "lite-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return list(lock["packages"])


def configure(lite, packages):
    path = lite / "jupyter-lite.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    KERNEL["loadPyodideOptions"]["packages"] = packages
    config["jupyter-config-data"] |= {
        # The site has one, which keeps what the list of files cannot without.
        "disabledExtensions": [
            "@jupyterlite/application-extension:service-worker-manager"
        ],
        "exposeAppInBrowser": True,  # tests read what its cells have put out
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": KERNEL},
    }
    path.write_text(json.dumps(config, indent=1), encoding="utf-8")


def main():
    if not (SITE / "index.html").exists():
        raise SystemExit("no dist/site: run web/build.py first")
    lite = SITE / "lite"
    with tempfile.TemporaryDirectory() as there:
        contents(Path(there) / "files", (SITE / "solutions").exists())
        build = [
            sys.executable,
            "-m",
            "jupyterlite_core",
            "build",
            "--contents",
            "files",
        ]
        build += ["--apps", "lab", "--no-sourcemaps", "--output-dir", lite]
        build += ["--LiteBuildConfig.ignore_sys_prefix=True"]
        build += [f"--LiteBuildConfig.federated_extensions={one}" for one in EXTENSIONS]
        done = subprocess.run(
            build, cwd=there, capture_output=True, check=False,
            env=os.environ | {"PYTHONPATH": str(PROGRAM)},
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"jupyter lite build: {done.stderr.decode()[-2000:]}")
    configure(lite, python(lite))
    edition(SITE)
    size = sum(path.stat().st_size for path in lite.rglob("*") if path.is_file())
    print(f"JupyterLite, {size / 1e6:.0f} MB in {lite}")


if __name__ == "__main__":
    main()
