"""Fetch what the web edition is made of, as web/bundled.toml pins it.

    python web/fetch.py

Files go to .venv/web/, programs into the environment. A file that is there and has
the right checksum is not fetched again. PYODIDE=folder names a copy of Pyodide.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import urllib.request
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FETCHED = HERE.parent / ".venv" / "web"
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


def pins():
    """bundled.toml as a dict."""
    with open(HERE / "bundled.toml", "rb") as file:
        return tomllib.load(file)


def python_wheels(pinned):
    """The wheels that Python in the page has: all but those that lend a file."""
    own = [wheel for wheel in pinned["wheel"] if "members" not in wheel]
    return [*pinned["pyodide"]["wheel"], *own]


def lock_file(pyodide, wheels):
    """Pyodide's list of packages: these files, and no others."""
    packages = {}
    for wheel in wheels:
        name, version = wheel.name.split("-")[:2]
        name = name.replace("_", "-")
        packages[name] = {
            "name": name, "version": version, "file_name": wheel.name,
            "sha256": checksum(wheel), "install_dir": "site", "package_type": "package",
            "imports": [], "depends": [],
        }  # fmt: skip
    return {
        "info": {"abi_version": pyodide["abi"], "arch": "wasm32",
                 "platform": pyodide["platform"], "python": pyodide["python"],
                 "version": pyodide["version"]},
        "packages": packages,
    }  # fmt: skip


def main():
    pinned = pins()
    FETCHED.mkdir(parents=True, exist_ok=True)
    pyodide(pinned["pyodide"])
    for wheel in pinned["wheel"]:
        fetch_wheel(wheel)
    if os.environ.get("LITE"):
        for wheel in pinned["lite"]:
            fetch_wheel(wheel, pinned["pyodide"]["python"])
    programs(pinned["program"])


def fetch_wheel(wheel, python="3.12"):
    """A wheel, for this version of Python."""
    if not is_right(FETCHED / wheel["file"], wheel):
        with download(wheel["package"], python) as folder:
            take(folder / wheel["file"], wheel)


def pyodide(pinned):
    """Its files: from the user's folder, the official address, or a package."""
    files = [*pinned["core"], *pinned["wheel"]]
    missing = [one for one in files if not is_right(FETCHED / one["file"], one)]
    named = os.environ.get("PYODIDE")
    if named:
        for one in missing:
            take(Path(named) / one["file"], one)
    elif missing and not from_address(pinned["address"], missing):
        with download(pinned["package"]) as folder:
            (wheel,) = folder.glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                for one in missing:
                    inside = pinned["folder"] + one["file"]
                    take(Path(archive.extract(inside, folder)), one)


def from_address(address, files):
    """Whether all came from there; a wrong checksum is an error, no answer is not."""
    try:
        for one in files:
            with tempfile.TemporaryDirectory() as folder:
                there = Path(folder) / one["file"]
                with urllib.request.urlopen(address + one["file"], timeout=20) as reply:
                    there.write_bytes(reply.read())
                take(there, one)
    except OSError as error:
        print(f"{address} does not answer ({error}); trying a package with the files")
        return False
    return True


def take(path, pinned):
    """Keep a file whose checksum is right; SystemExit for any other."""
    if not path.exists():
        raise SystemExit(f"expected {pinned['file']} in {path.parent}, it is not there")
    if not is_right(path, pinned):
        raise SystemExit(
            f"{path.name}: expected SHA-256 {pinned['sha256']}, got {checksum(path)}"
        )
    shutil.copyfile(path, FETCHED / pinned["file"])


def is_right(path, pinned):
    return path.exists() and checksum(path) == pinned["sha256"]


def checksum(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class download:
    """A temporary folder with the wheel of a package, as pip finds it."""

    def __init__(self, package, python="3.12"):
        self.package, self.python = package, python

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        # They are read here, not installed: any Python's wheel will do.
        where = ["--no-deps", "--only-binary=:all:", "--python-version", self.python]
        subprocess.run(
            [*PIP, "download", *where, "-d", self.folder.name, self.package], check=True
        )
        return Path(self.folder.name)

    def __exit__(self, *_):
        self.folder.cleanup()


def programs(pinned):
    """Install them into this environment; pip refuses any other file."""
    lines = [
        " ".join([one["package"], *(f"--hash=sha256:{h}" for h in one["sha256"])])
        for one in pinned
    ]
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text("\n".join(lines), encoding="utf-8")
        install = ["install", "--no-deps", "--require-hashes", "--only-binary=:all:"]
        subprocess.run([*PIP, *install, "-r", str(wanted)], check=True)


if __name__ == "__main__":
    main()
