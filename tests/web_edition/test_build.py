"""What makes the site: bad input is refused by name, nothing is taken unseen."""

import zipfile

import pytest
from support import LESSONS, ROOT

from .conftest import SITE  # puts web/ on the path


@pytest.fixture
def fetch(monkeypatch, tmp_path):
    import fetch

    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr(fetch, "FETCHED", kept)
    return fetch


def test_a_file_with_another_checksum_is_refused(fetch, tmp_path):
    pinned = fetch.pins()["pyodide"]["core"][0]
    other = tmp_path / pinned["file"]
    other.write_text("something else", encoding="utf-8")
    with pytest.raises(SystemExit, match=f"expected SHA-256 {pinned['sha256']}, got"):
        fetch.take(other, pinned)
    assert not list(fetch.FETCHED.iterdir())


def test_pyodide_comes_from_a_folder_that_is_named(fetch, monkeypatch, tmp_path):
    pinned = fetch.pins()["pyodide"]
    monkeypatch.setenv("PYODIDE", str(ROOT / ".venv" / "web"))
    fetch.pyodide(pinned)
    files = [one["file"] for one in [*pinned["core"], *pinned["wheel"]]]
    assert sorted(files) == sorted(path.name for path in fetch.FETCHED.iterdir())
    # What is there and right is not asked for again; what is missing is named.
    monkeypatch.setenv("PYODIDE", str(tmp_path / "nowhere"))
    fetch.pyodide(pinned)
    (fetch.FETCHED / "pyodide.mjs").unlink()
    with pytest.raises(SystemExit, match=r"expected pyodide\.mjs in .*nowhere"):
        fetch.pyodide(pinned)


def test_no_answer_is_no_error_and_a_wrong_file_is_one(fetch, monkeypatch):
    pinned = fetch.pins()["pyodide"]["core"][:1]
    assert not fetch.from_address("http://127.0.0.1:9/", pinned)
    wrong = [pinned[0] | {"sha256": "0" * 64}]
    with pytest.raises(SystemExit, match="expected SHA-256 0000"):
        fetch.from_address((SITE / "python").as_uri() + "/", wrong)


def test_every_pin_has_a_licence_and_a_checksum():
    from fetch import pins

    pinned = pins()
    for kind in (pinned["pyodide"]["core"], pinned["pyodide"]["wheel"],
                 pinned["wheel"], pinned["program"]):  # fmt: skip
        for one in kind:
            sums = one["sha256"] if isinstance(one["sha256"], list) else [one["sha256"]]
            assert one["licence"] and all(len(checksum) == 64 for checksum in sums)


@pytest.mark.parametrize(
    "text, said",
    [
        ("$\\frobnicate{x}$", "frobnicate"),
        ("[a](nowhere.md)", "no page for the link nowhere"),
    ],
)
def test_what_cannot_become_a_page_is_named(text, said):
    import build

    words = build.Words(LESSONS[0], "lessons/x.html", ())
    with pytest.raises(SystemExit, match=f"{LESSONS[0].name}: .*{said}"):
        build.rendered(words, text)


def test_words_for_the_page_that_the_lesson_no_longer_has_are_named(
    monkeypatch, tmp_path
):
    import build

    words = (SITE / "lessons" / "00_start_here.html").read_text("utf-8")
    assert (
        "Press <em>Make it live</em> above" in words and "Edit &gt; Undo" not in words
    )
    monkeypatch.setattr(
        build, "other_words", lambda: {LESSONS[0].stem: [("gone", "other")]}
    )
    with pytest.raises(
        SystemExit, match=r"words\.toml, 00_start_here: not found: gone"
    ):
        build.Site(tmp_path).notebook(LESSONS[0], "lesson.html")


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path):
    import build

    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit, match="holds other things"):
        build.emptied(tmp_path)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_python_comes_compiled_whole_and_for_one_version():
    from compiled import archives
    from fetch import FETCHED

    magic = set()
    for name in archives():
        with (
            zipfile.ZipFile(FETCHED / name) as old,
            zipfile.ZipFile(SITE / "python" / name) as new,
        ):
            for path in old.namelist():
                if path.endswith(".py"):
                    magic.add(new.read(path + "c")[:4])
                else:
                    assert new.read(path) == old.read(path)
            assert len(new.namelist()) == len(old.namelist())
    assert len(magic) == 1
