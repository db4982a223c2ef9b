"""What a class is handed: no solutions, and numbers of its own."""

import json
import re
import subprocess
import sys
import zipfile

import nbformat
import pytest
from handed_in import handed_in, save
from support import LESSONS, ROOT, SOLUTIONS, edition, grade, judge, parcels

from nn_helpers import checks
from nn_helpers.checks import numbers

SEED = "2027"
VARYING = [number for number in edition.OWN]


@pytest.fixture(scope="module")
def handed(tmp_path_factory):
    folder, packed = parcels.student(SEED, tmp_path_factory.mktemp("hand") / "student")
    with zipfile.ZipFile(packed) as archive:
        names = archive.namelist()
    assert len(names) == sum(path.is_file() for path in folder.rglob("*"))
    assert all(name.startswith("student/") for name in names)
    return folder


@pytest.fixture
def other(request):
    """The numbers of an edition, for the time of a test."""
    drawn = edition.draw(SEED)
    before = numbers.use(drawn)
    yield drawn
    numbers.use(before)


def as_one_line(text):
    return " ".join(text.split())


def texts(folder):
    """{path: all its words in one line} of every file that can be read."""
    found = {}
    for path in folder.rglob("*"):
        if path.suffix == ".ipynb":
            cells = nbformat.read(path, as_version=4).cells
            found[path] = as_one_line("\n".join(c.source for c in cells))
        elif path.suffix not in (".npz", ".csv", ".pyc", ".png") and path.is_file():
            found[path] = as_one_line(path.read_text(encoding="utf-8"))
    return found


def lesson_texts():
    for path in LESSONS:
        yield as_one_line("\n".join(c.source for c in nbformat.read(path, 4).cells))


def solution_texts():
    """(lesson, text) of every cell of the solutions, and of each line that returns."""
    for path in SOLUTIONS:
        for cell in nbformat.read(path, as_version=4).cells[1:]:
            # A heading says what the exercise is about, as the lesson does.
            text = re.sub(r"^## .*$", "", cell.source, flags=re.M)
            if "importlib.util" in text:
                continue
            for part in (text, *re.findall(r"return .+$", text, re.M)):
                if len(as_one_line(part)) >= 15:
                    yield path.name, as_one_line(part)


def test_there_are_solution_texts_to_look_for():
    assert len(list(solution_texts())) > 150


def test_no_cell_of_a_solution_stands_anywhere(handed):
    everything = texts(handed)
    assert len(everything) > 60
    # A line may stand in a lesson, which teaches it, and in the package, which it built.
    taught = " ".join([*lesson_texts(), *texts(ROOT / "nn_helpers").values()])
    for name, text in solution_texts():
        for path, words in everything.items():
            assert (
                text.startswith("return ") and text in taught
            ) or text not in words, f"{name} in {path.name}: {text[:60]}"


def test_a_planted_solution_would_be_found(handed):
    path = handed / "docs" / "help.md"
    before = path.read_text(encoding="utf-8")
    _, text = next(t for t in solution_texts() if "np.exp(-np.abs(z))" in t[1])
    try:
        path.write_text(before + text, encoding="utf-8")
        with pytest.raises(AssertionError, match=re.escape("help.md")):
            test_no_cell_of_a_solution_stands_anywhere(handed)
    finally:
        path.write_text(before, encoding="utf-8")


def test_no_file_of_answers_and_no_word_of_where_they_are(handed):
    names = {p.relative_to(handed).as_posix() for p in handed.rglob("*")}
    assert not [
        n for n in names if re.search(r"solution|classroom|students|mistakes", n)
    ]
    for path, words in texts(handed).items():
        if path.suffix in (".ipynb", ".md"):
            assert "solutions" not in words.lower(), path.name


def test_lessons_have_no_outputs_and_their_links_lead_somewhere(handed):
    for path in (handed / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not cell.get("outputs")
            for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", cell.source):
                if cell.cell_type == "markdown" and "://" not in target:
                    assert (path.parent / target).exists(), f"{path.name}: {target}"
    for path in handed.glob("**/*.md"):
        for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_learners_copies_are_made_there(handed):
    done = subprocess.run(
        [sys.executable, "tools/my_work.py"], cwd=handed, capture_output=True,
        encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.strip().replace("\\", "/") == "my_work/00_start_here.ipynb"
    copies = sorted(p.name for p in (handed / "my_work").glob("*.ipynb"))
    assert copies == [path.name for path in LESSONS]
    copy = nbformat.read(handed / "my_work" / LESSONS[6].name, as_version=4)
    assert copy.metadata.nn_helpers.edition == edition.mark(edition.draw(SEED))
    folded = [c for c in copy.cells if c.source.startswith("# Folded")]
    assert folded and not any(c.source.count("# Folded") > 1 for c in folded)


def test_the_numbers_of_the_edition_are_those_of_its_checks(handed):
    path = handed / "nn_helpers" / "checks" / "numbers.json"
    there = json.loads(path.read_text(encoding="utf-8"))
    assert there == edition.OWN | edition.draw(SEED)
    everything = " ".join(texts(handed / "notebooks").values())
    for number in edition.PHRASES:
        assert as_one_line(edition.phrase(number, there[number])) in everything
        assert (
            as_one_line(edition.phrase(number, edition.OWN[number])) not in everything
        )


def test_a_lesson_of_the_edition_runs_with_its_own_package(handed):
    code = (
        "import sys; sys.path[:0] = ['tools', '.']\n"
        "from lessons import LESSONS, run_in_process\n"
        "import nn_helpers\n"
        "print(nn_helpers.__file__)\n"
        "[run_in_process(p) for p in LESSONS if p.name[:2] in ('01', '06')]\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=handed, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert str(handed) in done.stdout


def test_without_a_seed_the_numbers_are_those_of_the_series(tmp_path):
    folder, _ = parcels.student("", tmp_path / "student")
    for path in LESSONS:
        kept = nbformat.read(folder / "notebooks" / path.name, as_version=4)
        assert "nn_helpers" not in kept.metadata
    there = (folder / "nn_helpers" / "checks" / "numbers.json").read_text("utf-8")
    assert json.loads(there) == edition.OWN


@pytest.mark.parametrize("seed", range(12))
def test_last_years_answers_do_not_fit_and_this_years_do(seed):
    old, drawn = edition.answers(edition.OWN), edition.draw(seed)
    before = numbers.use(drawn)
    try:
        for number, answer in edition.answers(drawn).items():
            assert checks.passes(number, answer), (number, drawn[number])
            assert not checks.passes(number, old[number]), (number, drawn[number])
    finally:
        numbers.use(before)


def test_wrong_answers_are_named_with_other_numbers_too(other):
    for number, answers in edition.ANSWERS.items():
        _, wrong = answers(**other[number])
        for bug, values in wrong.items():
            value = values[0] if isinstance(values, tuple) else values
            verdict = checks.judge(number, checks.EXERCISES[number], float(value))
            assert verdict.outcome == "failed" and verdict.bug in wrong, (number, bug)


def test_the_letters_move_with_their_sentences(other):
    for path in LESSONS:
        number = f"{path.name[:2]}.Q"
        notebook = nbformat.read(path, as_version=4)
        options = quiz_options(notebook, number)
        edition.rewrite(notebook, path.name[:2], other)
        moved = quiz_options(notebook, number)
        assert sorted(options.values()) == sorted(moved.values())
        right = edition.answers(other)[number]
        own = edition.answers(edition.OWN)[number]
        assert moved[right] == options[own] and right != own


def quiz_options(notebook, number):
    (cell,) = (c for c in notebook.cells if f"**Quiz {number}." in c.source)
    return dict(re.findall(r"^- ([a-d])\) (.+)$", cell.source, re.M))


def test_grades_are_given_by_the_numbers_that_were_handed_out(tmp_path):
    drawn = edition.draw(SEED)
    slope, shut = (edition.answers(drawn)[n] for n in ("06.1", "06.3"))
    answers = {
        "06.1": f'check("06.1", {slope!r})',
        "06.3": "from nn_helpers.checks import suspect_network\n"
        "suspect = suspect_network()\n"
        "suspect.forward(nn_helpers.load_digits()[0][3:4])\n"
        'check("06.3", np.flatnonzero(suspect.layers[0].Z[0] <= 0))',
    }
    notebook = handed_in("06", answers)
    notebook.metadata["nn_helpers"] = {"edition": edition.mark(drawn)}
    save(notebook, tmp_path / "in" / "ada.ipynb")
    said = []
    _, people = grade.grade(tmp_path / "in", SEED, said.append)
    points = {j.exercise: j.points for j in people["ada"]}
    assert points["06.1"] == 1 and points["06.3"] == 2 and shut
    assert not any("another edition" in line for line in said)
    for wrong_seed in ("", "1"):
        with pytest.raises(SystemExit, match="another edition"):
            grade.grade(tmp_path / "in", wrong_seed)
    save(handed_in("06", {}), tmp_path / "in" / "ben.ipynb")
    place, people = grade.grade(tmp_path / "in", SEED, said.append)
    assert set(people) == {"ada"} and "ben.ipynb: from another edition" in said[-1]
    assert "ben.ipynb" in (place / "grades.csv").read_text(encoding="utf-8-sig")
    assert numbers.numbers("06.1") == edition.OWN["06.1"]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_an_edition_is_known_without_its_mark(path):
    lesson, drawn = path.name[:2], edition.draw(SEED)
    own = nbformat.read(path, as_version=4)
    other = edition.rewrite(nbformat.read(path, as_version=4), lesson, drawn)
    assert edition.fits(own, lesson, {}) and not edition.fits(own, lesson, drawn)
    assert edition.fits(other, lesson, drawn) and not edition.fits(other, lesson, {})


def test_somebodys_work_is_not_deleted(tmp_path, monkeypatch):
    monkeypatch.setattr(parcels, "DIST", tmp_path)
    mine = tmp_path / "student" / "my_work"
    mine.mkdir(parents=True)
    monkeypatch.setattr(sys, "argv", ["parcels.py", "student"])
    with pytest.raises(SystemExit, match="my_work"):
        parcels.main()
    assert mine.exists()


@pytest.mark.parametrize("seed", ["x", "-1", "1.5"])
def test_a_seed_that_is_none_is_refused(seed):
    with pytest.raises(SystemExit, match="whole number"):
        edition.draw(seed)


def test_what_a_teacher_types(tmp_path):
    save(handed_in("06", {}), tmp_path / "in" / "ada.ipynb")
    for script, target in (("report", "report.html"), ("grade", "grades.csv")):
        subprocess.run(
            [sys.executable, str(ROOT / "classroom" / f"{script}.py"), str(tmp_path / "in")],
            cwd=tmp_path, check=True, capture_output=True,
        )  # fmt: skip
        assert (tmp_path / "in_results" / target).stat().st_size > 50
    done = subprocess.run(
        [sys.executable, str(ROOT / "classroom" / "edition.py"), SEED],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == len(VARYING)
    assert all(judge.exercises_of(n[:2]) for n in VARYING)
