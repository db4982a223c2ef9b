"""What README claims: each claim names a command; the cheap ones are run here."""

import importlib
import json
import os
import re
import subprocess
import sys
import tomllib

import pytest
from support import ROOT

sys.path.append(str(ROOT / "tools"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(
    r"^\| (.+?) \| (.+?) \|$",
    README.partition("## What is claimed")[2]
    .partition("\n## ")[0]
    .partition("|---|")[2],
    re.M,
)


def commands(shown_by):
    """The commands of a row; a bare LEG=... goes with the `make test` before it."""
    for words in re.findall(r"`([^`]+)`", shown_by):
        yield words if words.startswith("make") else f"make test {words}"


def test_there_are_claims():
    assert len(ROWS) >= 10


@pytest.mark.parametrize("claim", [row[0] for row in ROWS])
def test_each_claim_names_commands_that_make_knows(claim):
    shown_by = dict(ROWS)[claim]
    found = list(commands(shown_by))
    assert found, "no command shows this"
    for command in found:
        env = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
        done = subprocess.run(
            [*command.split(), "--dry-run"], cwd=ROOT, env=env, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        what = re.search(r"WHAT=(\w+)", command)
        assert not what or f"{what[1]})" in (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)", shown_by):
        assert (ROOT / target).is_file()


def test_the_two_image_sets_are_learnt_as_claimed():
    """The accuracies, by the benchmark's own runs; its seconds are for a quiet machine."""
    speed = importlib.import_module("speed")
    for name in ("digits", "MNIST subset"):
        *settings, goal, _ = speed.RUNS[name]
        median, *_ = speed.learn(*settings)
        assert median >= goal and f"{goal * 100:.0f} %" in README


def test_the_measured_table_holds_what_is_claimed():
    table = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
    for name in ("scikit-learn", "PyTorch"):
        assert re.search(
            rf"^\| ahead of {name} in every cell \| .* \| held \|$", table, re.M
        )
    (row,) = re.findall(r"^\| JAX, epoch compiled \| (.*) \|$", table, re.M)
    assert all(float(ratio) < 1 for ratio in row.split(" | "))
    for name in ("digits", "MNIST subset"):
        assert re.search(rf"^\| {name}: .* \| held \|$", table, re.M)
    # Lesson 13 answers its title with these two.
    few, many = re.search(
        r"multiplies ([\d.]+) billion .*64-32-10, 1, and (\d+) billion", table
    ).groups()
    assert float(few) < 0.5 and int(many) > 40
    quick = (ROOT / "docs" / "latency.md").read_text(encoding="utf-8")
    for where in ("JupyterLab", "The web edition"):
        (median,) = re.findall(
            rf"^- {where}: .*first visits to a value, median (\d+) ms", quick, re.M
        )
        (limit,) = re.findall(rf"less than (\d+) ms in {where}", README, re.I)
        assert int(median) < int(limit)
    grown = (ROOT / "docs" / "growth.md").read_text(encoding="utf-8")
    assert float(re.search(r"\*\*([\d.]+) times the data\*\*", grown)[1]) <= 2.3


def test_as_many_mutants_are_noticed_as_claimed():
    rows = (ROOT / "docs" / "mutants.jsonl").read_text(encoding="utf-8").splitlines()
    everyone = list(map(json.loads, rows))
    mine = [m for m in everyone if m["group"] in ("mathematics", "checkers")]
    alive = [m for m in mine if m["suite"] == "survived"]
    (said,) = re.findall(r"Of (\d+) mutants .* notice (\d+); the other (\d+)", README)
    assert tuple(map(int, said)) == (len(mine), len(mine) - len(alive), len(alive))
    words = (ROOT / "docs" / "mutants.toml").read_text(encoding="utf-8")
    argued = {(m["file"], m["change"]) for m in tomllib.loads(words)["mutant"]}
    assert {(m["file"], m["change"]) for m in alive} <= argued


def test_each_pin_with_a_checksum_is_a_constraint():
    """tests/hashed.txt, which CI installs from, holds the versions of constraints.txt."""

    def pins(name):
        found = re.findall(
            r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.M
        )
        return {re.sub(r"[._]", "-", package).lower(): v for package, v in found}

    hashed, constraints = pins("tests/hashed.txt"), pins("constraints.txt")
    both = hashed.keys() & constraints.keys()
    assert len(both) > 100
    assert {name: hashed[name] for name in both} == {
        name: constraints[name] for name in both
    }
    text = (ROOT / "tests" / "hashed.txt").read_text(encoding="utf-8")
    for block in re.split(r"\n(?=\w)", text.partition("\n")[2]):
        assert "--hash=sha256:" in block, block[:60]
