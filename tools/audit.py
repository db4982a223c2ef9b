"""Whose work is this built on, under which licences, and is any of it known to be unsafe?

    python tools/audit.py

Prints the licence of every package of the environment (pip-licenses), of everything
that the web edition ships (web/bundled.toml) and of the hub's proxy
(classroom/hub/package-lock.json); then asks pip-audit for advisories about the
packages of tests/hashed.txt, and says so when no source of advisories was reached.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.prefix) / "bin"


def licences():
    """(where, name, version, licence) of everything that is installed or shipped."""
    said = subprocess.run(
        [TOOLS / "pip-licenses", "--python", ROOT / ".venv" / "bin" / "python",
         "--format", "json"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for package in json.loads(said):
        licence = package["License"].splitlines()[0]
        yield "environment", package["Name"], package["Version"], licence
    bundled = tomllib.loads((ROOT / "web" / "bundled.toml").read_text("utf-8"))
    for name, part in bundled.items():
        if isinstance(part, dict) and "licence" in part:
            yield "web edition", name, part["version"], part["licence"]
    lock = json.loads((ROOT / "classroom/hub/package-lock.json").read_text("utf-8"))
    for path, part in lock["packages"].items():
        if path:
            name = path.rpartition("node_modules/")[2]
            yield "hub's proxy", name, part["version"], part.get("license", "UNKNOWN")


def advisories():
    """(audited, skipped, found): names, and what is known of them."""
    said = subprocess.run(
        [TOOLS / "pip-audit", "-r", ROOT / "tests" / "hashed.txt", "--no-deps",
         "--disable-pip", "--format", "json", "--progress-spinner", "off"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        packages = json.loads(said.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [], [said.stderr.strip().splitlines()[-1][:200]], []
    audited = [p["name"] for p in packages if "skip_reason" not in p]
    skipped = [p["name"] for p in packages if "skip_reason" in p]
    found = [(p["name"], v["id"]) for p in packages for v in p.get("vulns", ())]
    return audited, skipped, found


def main():
    rows = sorted(set(licences()))
    for where, name, version, licence in rows:
        print(f"{where:12} {name:32} {version:12} {licence}")
    unknown = [name for _, name, _, licence in rows if licence == "UNKNOWN"]
    print(
        f"{len(rows)} packages; without a named licence: {', '.join(unknown) or 'none'}"
    )
    audited, skipped, found = advisories()
    if audited:
        print(f"{len(audited)} packages looked up, {len(skipped)} not found")
        for name, number in found:
            print(f"  {name}: {number}")
        print(f"{len(found)} advisories")
    else:
        print("No source of advisories was reached: nothing is known of their safety.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
