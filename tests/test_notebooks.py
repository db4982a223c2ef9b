"""The form of the lessons; nbval (see the Makefile) runs them and compares."""

import ast
import math
import re
import statistics
import sys
import tomllib

import nbformat
import numpy as np
import pytest
from support import (
    LESSONS,
    PUBLIC,
    ROOT,
    SOLUTIONS,
    code_cells,
    lessons,
    notebooks,
    tool,
)
from taught import FREE, TAUGHT

from nn_helpers.checks import EXERCISES
from nn_helpers.viz.picture import caption_html

# Used freely, because no lesson is about them.
TOOLS = {
    "playground", "load_digits", "load_mnist", "load_penguins", "load_digits_network",
    "make_moons", "make_circles", "make_spirals", "make_xor", "small_network",
    "one_hot", "split", "minibatches", "Standardizer", "viz", "live", "checks",
}  # fmt: skip


def cells(path):
    return nbformat.read(path, as_version=4).cells


def texts(path):
    return [cell.source for cell in cells(path) if cell.cell_type == "markdown"]


def outputs_in_words(path):
    words = []
    for cell in code_cells(path):
        for output in cell.outputs:
            words.append(output.get("text", ""))
            words.append(output.get("data", {}).get("text/plain", ""))
            words.append(output.get("data", {}).get("text/html", ""))
    return "\n".join(words)


def test_there_are_these_lessons():
    assert [path.name[:2] for path in LESSONS] == [
        "00",
        "01",
        "02",
        "03",
        "04",
        "05",
        "06",
        "07",
        "08",
        "09",
        "10",
        "11",
        "12",
        "13",
    ]


@notebooks
def test_every_cell_ran_in_order_and_without_complaint(path):
    found = code_cells(path)
    assert [cell.execution_count for cell in found] == list(range(1, len(found) + 1))
    for cell in found:
        for output in cell.outputs:
            assert output.output_type != "error" and output.get("name") != "stderr"
            shown = output.get("data", {}).get("text/plain", "")
            assert not re.match(r"<|\[<|array\(", shown), f"a raw repr: {shown[:60]}"


@notebooks
def test_the_committed_form(path):
    before = path.read_text(encoding="utf-8")
    normal = tool.normalise(nbformat.read(path, as_version=4))
    assert nbformat.writes(normal) + "\n" == before, "run tools/lessons.py"
    assert "widgets" not in normal.metadata
    assert path.stat().st_size < 600_000
    assert not re.search(r"/(home|root|tmp|Users|work)/", before), "a path of a machine"


@lessons
def test_budgets_of_code(path):
    sources = [cell.source for cell in code_cells(path)]
    lengths = [len(source.splitlines()) for source in sources]
    assert statistics.median(lengths) <= 5
    assert np.percentile(lengths, 95) <= 22 and max(lengths) <= 30
    assert max(len(line) for source in sources for line in source.splitlines()) <= 79
    fewest, most = {"00": (10, 60), "11": (30, 75), "12": (30, 75), "13": (30, 75)}.get(
        path.name[:2], (30, 60)
    )
    assert fewest <= len(cells(path)) <= most
    for source in sources:
        assert not re.search(
            r"import \*|^\s*[!%]|pip install|savefig|plt\.", source, re.M
        )


@lessons
def test_every_cell_says_what_it_is_on_a_slide(path):
    kinds = [
        cell.metadata.get("slideshow", {}).get("slide_type") for cell in cells(path)
    ]
    wrong = [n for n, kind in enumerate(kinds) if kind not in ("slide", "-", "skip")]
    assert not wrong, f"cells without `slideshow` in their metadata: {wrong}"
    # What comes first begins a slide: there is none before it to belong to.
    assert next(kind for kind in kinds if kind != "skip") == "slide"
    assert 8 <= kinds.count("slide") <= 20


def test_the_web_edition_finds_the_words_that_it_replaces():
    other = tomllib.loads((ROOT / "web" / "words.toml").read_text(encoding="utf-8"))
    whole = {path.stem: "\n".join(c.source for c in cells(path)) for path in LESSONS}
    for stem, pairs in other.items():
        for pair in pairs:
            assert pair["lesson"] in whole[stem], f"{stem}: mend web/words.toml"


@lessons
def test_budgets_of_text(path):
    prose = [re.sub(r"\$\$.*?\$\$", "", text, flags=re.S) for text in texts(path)]
    words = [len(text.split()) for text in prose]
    lines = sum(len(cell.source.splitlines()) for cell in code_cells(path))
    assert max(words) <= 150
    assert 6 <= sum(words) / lines <= (22 if path.name.startswith("00") else 15)
    everything = " ".join(texts(path)).lower()
    for word in (
        "simply", "obviously", "trivially", "of course", "as you can see", " just ",
    ):  # fmt: skip
        assert word not in everything.replace("just as", ""), word


@lessons
def test_the_class_clock(path):
    assert tool.class_minutes(path) <= (12 if path.name.startswith("00") else 45)


@lessons
def test_the_order_of_the_end(path):
    text, number = "\n".join(texts(path)), path.name[:2]
    headings = re.findall(r"^## (.+)$", text, re.M)
    order = ["What you built", "Read with care", "At home"]
    places = [next(i for i, h in enumerate(headings) if h.startswith(o)) for o in order]
    assert places == sorted(places) and places[-1] == len(headings) - 1
    if number in ("01", "06", "07"):
        assert headings[places[0] - 1].startswith("Milestone")
    turns = re.findall(rf"\*\*Your turn ({number}\.\d)\*\* \((\d+) min", text)
    assert [t for t, _ in turns] == [
        n for n in EXERCISES if n[:2] == number and n[3] != "Q"
    ]
    in_class = text.partition("## At home")[0]
    minutes = [
        int(m) for _, m in re.findall(r"\*\*Your turn (\S+)\*\* \((\d+) min", in_class)
    ]
    if number != "00":
        assert 2 <= len(minutes) <= 3 and 10 <= sum(minutes) <= 15
    assert (
        f"**Quiz {number}.Q.**" in text
        and f'check("{number}.Q", answer)'
        in "".join(cell.source for cell in code_cells(path))
    )
    names = re.findall(r"Coverdale|Innokrea", text)
    assert len(names) <= 2


@lessons
def test_predictions_are_answered_by_a_tagged_cell(path):
    every = cells(path)
    for place, cell in enumerate(every):
        if cell.cell_type == "markdown" and "**Predict first" in cell.source:
            after = next(c for c in every[place + 1 :] if c.cell_type == "code")
            assert "answer" in after.metadata.get("tags", []), after.source


@lessons
def test_stubs_stand_on_lines_of_their_own(path):
    for cell in code_cells(path):
        assert not re.search(r"^def .*: \.\.\.$", cell.source, re.M)


@lessons
def test_an_idiom_is_explained_before_it_is_used(path):
    number = int(path.name[:2])
    said = {}
    for lesson in LESSONS:
        sources = "\n".join(cell.source for cell in cells(lesson)[3:])
        said[int(lesson.name[:2])] = re.sub(r"\s+", " ", sources)
    for pattern, (lesson, words) in TAUGHT.items():
        assert words in said[lesson], f"lesson {lesson} no longer explains {pattern}"
    for cell in code_cells(path)[1:]:
        left = re.sub(FREE, "", cell.source)
        for pattern, (lesson, _) in TAUGHT.items():
            if re.search(pattern, left):
                assert lesson <= number, (pattern, cell.source)
                left = re.sub(pattern, " ", left)
        unknown = re.findall(r"np\.\w+", left)
        assert not unknown, f"{unknown} explained nowhere:\n{cell.source}"


@lessons
def test_the_frame(path):
    text = texts(path)
    number = int(path.name[:2])
    assert re.match(rf"# {number}\. [A-Z]", text[0])
    headings = [line for t in text for line in t.splitlines() if re.match(r"#+ ", line)]
    assert sum(line.startswith("# ") for line in headings) == 1
    assert not any(line.startswith("###") for line in headings)
    assert any(t.startswith("**What you will learn**") for t in text[:3])
    assert re.search(r"\*\*What you need\*\*.*\d\d minutes", "\n".join(text[:3]))
    assert 4 <= sum(line.startswith("## ") for line in headings) <= 10


def test_the_setup_cell_is_the_same_in_every_lesson_and_folded():
    setups = [code_cells(path)[0] for path in [*LESSONS, *SOLUTIONS]]
    assert len({cell.source for cell in setups}) == 1
    assert all(cell.metadata["jupyter"] == {"source_hidden": True} for cell in setups)


@notebooks
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+)\)", "\n".join(texts(path))):
        assert target.startswith("https://") or (path.parent / target).exists(), target


@lessons
def test_decimals_in_prose_come_from_an_output(path):
    shown = outputs_in_words(path)
    every = cells(path)
    for place, cell in enumerate(every):
        if cell.cell_type != "markdown":
            continue
        # The numbers that an exercise or a quiz gives are its own.
        plain = re.split(r"\*\*(?:Your turn|Quiz) ", cell.source)[0]
        plain = re.sub(r"`[^`]*`|https?://\S+", "", plain)
        beside = "".join(
            c.source for c in every[max(0, place - 1) : place + 2] if c is not cell
        )
        for number in re.findall(r"(?<![\w.])\d+\.\d+(?!\.\d)", plain):
            pattern = rf"(?<![\d.]){re.escape(number)}0*(?!\d)"
            assert re.search(pattern, shown + beside), f"{number} stands in no output"


@lessons
def test_images_have_their_words_and_a_visible_caption(path):
    images = 0
    for cell in code_cells(path):
        for place, output in enumerate(cell.outputs):
            data = output.get("data", {})
            if "image/png" not in data:
                continue
            images += 1
            words, after = data["text/plain"], cell.outputs[place + 1].data["text/html"]
            assert output.metadata["image/png"]["alt"] == words
            assert not re.search(r"\bnan\b", words)
            if "play(" in cell.source:
                assert after == tool.SPARE
            else:
                said = re.search(r">([^<]+)</p>", after)[1]
                assert after == caption_html(
                    said.replace("&lt;", "<")
                    .replace("&amp;", "&")
                    .replace("&#x27;", "'")
                )
    assert 3 <= images <= 9


def defined(path):
    trees = [ast.parse(cell.source) for cell in code_cells(path)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in nodes if isinstance(node, kinds)}


def used(path):
    """Core names that a lesson takes from the package."""
    names = set()
    for cell in code_cells(path):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom) and node.module == "nn_helpers":
                names |= {alias.name for alias in node.names}
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id == "nn_helpers":
                    names.add(node.attr)
    return names - TOOLS


def test_no_lesson_uses_what_no_lesson_has_built():
    built = set()
    for path in LESSONS:
        built |= defined(path)
        assert used(path) <= built, f"{path.name}: {used(path) - built}"
    assert {"relu", "sigmoid", "softmax", "Dense", "Network", "train"} <= built


@lessons
def test_what_a_lesson_builds_is_compared_with_the_package(path):
    public = defined(path) & PUBLIC
    source = "\n".join(cell.source for cell in code_cells(path))
    if "nn_helpers.Network" in source:
        public -= {"Dense"}  # compared inside the network
    for name in public:
        direct = re.search(rf"nn_helpers\.{name}\b", source)
        by_name = "getattr(nn_helpers, ours.__name__)" in source and re.search(
            rf"for ours in \([^)]*\b{name}\b", source
        )
        assert (
            direct or by_name or name in ("accuracy", "identity", "identity_prime")
        ), name
    assert "np.testing.assert_allclose" in source or path.name.startswith("00")


@lessons
def test_names_of_the_setup_are_not_reused(path):
    setup = {"np", "viz", "show", "play", "check", "hint", "nn_helpers"}
    for cell in code_cells(path)[1:]:
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                assert node.id not in setup


def test_solutions_pass_and_planted_answers_do_not():
    assert [path.name for path in SOLUTIONS] == [path.name for path in LESSONS]
    for path in SOLUTIONS:
        number = path.name[:2]
        verdicts = [
            (output.metadata["nn_helpers"], output.data["text/plain"])
            for cell in code_cells(path)
            for output in cell.outputs
            if "nn_helpers" in output.get("metadata", {})
        ]
        for exercise in [n for n in EXERCISES if n[:2] == number]:
            mine = [data for data, _ in verdicts if data["exercise"] == exercise]
            assert mine[0]["outcome"] == "passed", exercise
            wrong = [data for data in mine if data["outcome"] != "passed"]
            assert len(wrong) >= (3 if exercise.endswith("Q") else 4), exercise


def test_normalise_drops_what_changes_from_run_to_run():
    output = nbformat.v4.new_output(
        "display_data",
        data={tool.WIDGET_VIEW: {"model_id": "x"}, "text/plain": "words"},
    )
    spare = nbformat.v4.new_output(
        "display_data", data={"text/html": '<div class="nn-spare">a picture</div>'}
    )
    pieces = [nbformat.v4.new_output("stream", text=t) for t in ("a\n", "b\n")]
    cell = nbformat.v4.new_code_cell(
        "1  ", outputs=[output, spare, *pieces], execution_count=1
    )
    cell.metadata = {
        "execution": {"iopub.status.busy": "now"},
        "tags": ["keep"],
        "jupyter": {"source_hidden": True},
        "slideshow": {"slide_type": "skip"},
        "collapsed": True,
    }
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata = {
        "widgets": {},
        "language_info": {"name": "python", "version": "3.1"},
    }
    (normal,) = tool.normalise(notebook).cells
    assert normal.metadata == {
        "tags": ["keep"],
        "jupyter": {"source_hidden": True},
        "slideshow": {"slide_type": "skip"},
    }
    assert normal.id == "cell-00"
    assert [o.output_type for o in normal.outputs] == ["display_data"] * 2 + ["stream"]
    assert normal.outputs[0].data == {"text/plain": "words"}
    assert normal.outputs[1].data == {"text/html": tool.SPARE}
    assert normal.outputs[2].text == "a\nb\n" and normal.source == "1"


def finding_part(kaggle):
    """The setup cell up to its imports, with another Kaggle input folder."""
    source = code_cells(LESSONS[0])[0].source
    return source.partition("\nimport numpy")[0].replace("/kaggle/input", str(kaggle))


@pytest.mark.parametrize(
    "home",
    ["", "lessons", "input/set", "input/someone/set", "input/datasets/someone/set"],
)
def test_the_setup_finds_the_package(home, tmp_path, monkeypatch):
    (tmp_path / "lessons" / "deeper").mkdir(parents=True)
    folder = tmp_path / home / "nn_helpers"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "lessons" / "deeper")
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    exec(finding_part(tmp_path / "input"), {})
    assert sys.path[0] == str(tmp_path / home)


def test_the_setup_unpacks_an_uploaded_zip(tmp_path, monkeypatch):
    import zipfile

    for name, inside in (
        ("other.zip", "x.txt"),
        ("course.zip", "nn_helpers/__init__.py"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inside, "")
            archive.writestr("data/README.md", "")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    exec(finding_part(tmp_path / "input"), {})
    assert sys.path[0] == str(tmp_path) and (tmp_path / "data").is_dir()
    assert not (tmp_path / "x.txt").exists()


def test_the_setup_says_what_to_do_when_nothing_is_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="attach its data set"):
        exec(finding_part(tmp_path / "input"), {})


def test_the_readme_promises_the_minutes_of_the_class_clock():
    rows = re.findall(
        r"^\| \[(\d\d) .*\| (\d+) \|$", (ROOT / "README.md").read_text("utf-8"), re.M
    )
    wanted = [
        (path.name[:2], str(math.ceil(tool.class_minutes(path)))) for path in LESSONS
    ]
    assert rows == wanted
    for path, (_, minutes) in zip(LESSONS, wanted, strict=True):
        assert f"{minutes} minutes" in texts(path)[1], path.name
