"""What tools/parcels.py lays out for other places."""

import json
import re
import zipfile

import nbformat
import pytest
from support import LESSONS, ROOT, parcels


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kaggle")
    data_set, *lessons = parcels.kaggle("ada", folder)
    return data_set, dict(zip([path.name for path in LESSONS], lessons, strict=True))


def metadata(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def test_the_data_set_holds_package_and_data_and_names_the_licences(built):
    data_set, _ = built
    about = metadata(data_set, "dataset-metadata.json")
    assert about["id"] == "ada/neural-network-mechanics" and len(about["licenses"]) == 1
    assert 6 <= len(about["title"]) <= 50 and 20 <= len(about["subtitle"]) <= 80
    for licence in ("MIT", "CC BY 4.0", "CC BY-SA 3.0", "CC0"):
        assert licence in about["description"]
    files = {p.relative_to(data_set).as_posix() for p in data_set.rglob("*")}
    assert {"nn_helpers/__init__.py", "nn_helpers/viz/loop.py"} <= files
    assert {"data/README.md", "data/mnist_10k.npz", "LICENSE"} <= files
    assert not any("__pycache__" in name for name in files)


def test_every_lesson_attaches_the_data_set_and_keeps_the_internet_off(built):
    _, lessons = built
    ids = set()
    for name, folder in lessons.items():
        about = metadata(folder, "kernel-metadata.json")
        assert {p.name for p in folder.iterdir()} == {name, "kernel-metadata.json"}
        assert about["code_file"] == name and about["enable_internet"] is False
        assert about["dataset_sources"] == ["ada/neural-network-mechanics"]
        assert (
            about["id"] == f"ada/{parcels.slug(about['title'])}" == f"ada/{folder.name}"
        )
        assert 5 <= len(about["title"]) <= 50
        ids.add(about["id"])
    assert len(ids) == len(LESSONS)


def test_answers_are_folded_links_lead_somewhere_and_the_sliders_are_spoken_of(built):
    _, lessons = built
    addresses = {f"https://www.kaggle.com/code/ada/{f.name}" for f in lessons.values()}
    for name, folder in lessons.items():
        cells = nbformat.read(folder / name, 4).cells
        assert "".join(c.source for c in cells[:2]).count('"Copy & Edit"') == 1
        for cell in cells:
            if cell.cell_type == "markdown":
                targets = re.findall(r"\]\(([^)]+)\)", cell.source)
                assert all(t.startswith("https://") for t in targets), targets
                ours = {t for t in targets if t.startswith("https://www.kaggle.com")}
                assert ours <= addresses
            else:
                hidden = "importlib.util" in cell.source
                hidden |= "answer" in cell.metadata.get("tags", [])
                assert bool(cell.metadata.get("_kg_hide-input")) == hidden


def test_a_built_lesson_says_and_computes_what_the_lesson_does(built):
    """Nothing but links and the line about sliders differs."""
    _, lessons = built
    for path in LESSONS:
        theirs = nbformat.read(lessons[path.name] / path.name, 4).cells
        ours = nbformat.read(path, 4).cells
        code = [
            [c.source for c in cells if c.cell_type == "code"]
            for cells in (ours, theirs)
        ]
        assert code[0] == code[1]
        assert len(ours) == len(theirs)


def test_the_zip_for_colab_is_small_and_the_same_each_time(tmp_path):
    (first,), (second,) = (parcels.colab(tmp_path / k) for k in "ab")
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size < 3_000_000
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        assert {"nn_helpers/__init__.py", "data/digits_8x8.npz"} <= set(
            archive.namelist()
        )


@pytest.mark.parametrize("owner", ["", "a/b", "two words"])
def test_an_owner_that_is_no_name_is_refused(owner, monkeypatch):
    monkeypatch.setattr("sys.argv", ["parcels.py", "kaggle", "--owner", owner])
    monkeypatch.setattr(
        parcels, "kaggle", lambda *_: pytest.fail("nothing is to be built")
    )
    with pytest.raises(SystemExit, match="OWNER is a name on Kaggle"):
        parcels.main()


def test_nothing_of_dist_is_kept_in_the_repository():
    assert "dist/" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
