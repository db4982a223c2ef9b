import hashlib
import io
import os
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn_helpers as nn
from nn_helpers import datasets

LOADERS = {
    "digits_8x8.npz": nn.load_digits,
    "mnist_10k.npz": nn.load_mnist,
    "penguins.csv": nn.load_penguins,
    "digits_network.npz": nn.load_digits_network,
}


@pytest.mark.parametrize(
    ("load", "shape", "per_class"),
    [(nn.load_digits, (1797, 64), 174), (nn.load_mnist, (10000, 784), 850)],
)
def test_images(load, shape, per_class):
    X, y = load()
    assert X.shape == shape and y.shape == shape[:1]
    assert X.min() == 0 and X.max() == 1 and X.dtype == np.float64
    assert y.dtype == int and set(y) == set(range(10))
    assert np.bincount(y).min() >= per_class


def test_rows_are_in_file_order():
    X, y = nn.load_digits()
    assert y[:12].tolist() == [*range(10), 0, 1]
    with np.load(datasets.DATA / "digits_8x8.npz") as file:
        np.testing.assert_array_equal(X[3].reshape(8, 8) * 16, file["images"][3])
    with np.load(datasets.DATA / "mnist_10k.npz") as file:
        np.testing.assert_array_equal(nn.load_mnist()[1], file["labels"])


def test_penguins():
    penguins = nn.load_penguins()
    assert penguins.measurements.shape == (342, 4) and penguins.left_out == 2
    assert penguins.species_names == ("Adelie", "Chinstrap", "Gentoo")
    assert np.bincount(penguins.species).tolist() == [151, 68, 123]
    assert penguins.measurement_names[2] == "flipper_length_mm"
    np.testing.assert_array_equal(penguins.measurements[0], [39.1, 18.7, 181, 3750])


def test_files_and_their_list_agree():
    listed = {path.name for path in datasets.DATA.iterdir()} - {"README.md"}
    assert listed == set(datasets.SHA256) == set(LOADERS)
    readme = (datasets.DATA / "README.md").read_text(encoding="utf-8")
    for name, expected in datasets.SHA256.items():
        content = (datasets.DATA / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == expected
        assert expected in readme and name in readme


@pytest.mark.parametrize("name", LOADERS)
def test_missing_truncated_and_damaged_files_are_named(name, tmp_path, monkeypatch):
    content = (datasets.DATA / name).read_bytes()
    monkeypatch.setattr(datasets, "DATA", tmp_path)
    with pytest.raises(FileNotFoundError, match=f"{name} is missing"):
        LOADERS[name]()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    right, short = datasets.SHA256[name][:12], "[0-9a-f]{12}"
    for damaged in (content[:-100], b"", flipped):
        (tmp_path / name).write_bytes(damaged)
        said = rf"{name} is damaged: expected sha256 {right}\.\.\., got {short}\.\.\. "
        with pytest.raises(ValueError, match=rf"{said}\({len(damaged)} bytes\)"):
            LOADERS[name]()


def _payload(mark):
    """An npz whose images are a pickle that makes a folder where it is opened."""

    class Payload:
        def __reduce__(self):
            return (os.mkdir, (str(mark),))

    images = np.empty(1, object)
    images[0] = Payload()
    buffer = io.BytesIO()
    np.savez(buffer, images=images, labels=np.zeros(1), W1=images, b1=np.zeros(1))
    return buffer.getvalue()


@pytest.mark.parametrize("name", LOADERS)
def test_every_kind_of_damage_is_named_and_nothing_is_executed(
    name, tmp_path, monkeypatch
):
    content = (datasets.DATA / name).read_bytes()
    others = [
        (datasets.DATA / other).read_bytes() for other in LOADERS if other != name
    ]
    mark = tmp_path / "executed"
    payload = _payload(mark)
    monkeypatch.setattr(datasets, "DATA", tmp_path)
    rng = np.random.default_rng(0)
    flipped, cut = [], []
    for place in np.linspace(0, len(content) - 1, 64).astype(int):
        bit = 1 << int(rng.integers(8))
        changed = bytes([content[place] ^ bit])
        flipped.append(content[:place] + changed + content[place + 1 :])
        cut.append(content[:place])
    longer = [content + b"x", content + content]
    for damaged in (*flipped, *cut, *longer, *others, payload, pickle.dumps([1, 2])):
        (tmp_path / name).write_bytes(damaged)
        with pytest.raises(ValueError, match=f"{name} is damaged: expected sha256"):
            LOADERS[name]()
    # Even with a checksum that fits, a pickle is refused, not opened.
    (tmp_path / name).write_bytes(payload)
    right = hashlib.sha256(payload).hexdigest()
    monkeypatch.setitem(datasets.SHA256, name, right)
    with pytest.raises((ValueError, KeyError, UnicodeDecodeError)):
        LOADERS[name]()
    assert not mark.exists()
    with np.load(io.BytesIO(payload), allow_pickle=True) as file:
        file["images"]
    assert mark.exists(), "opened, it would have left its mark"


def test_loading_twice_gives_arrays_of_their_own():
    X, _ = nn.load_digits()
    X[...] = 7
    assert nn.load_digits()[0].max() == 1


TOYS = [nn.make_moons, nn.make_circles, nn.make_spirals, nn.make_xor]


@pytest.mark.parametrize("make", TOYS)
def test_toy_sets(make):
    X, y = make(90, rng=np.random.default_rng(5))
    again, _ = make(90, rng=np.random.default_rng(5))
    assert X.shape == (90, 2) and y.shape == (90,) and y.dtype.kind == "i"
    np.testing.assert_array_equal(X, again)
    counts = np.bincount(y)
    assert len(counts) == (3 if make is nn.make_spirals else 2)
    assert counts.max() - counts.min() <= 2 and np.abs(X).max() < 4
    quiet, _ = make(90, noise=0, rng=np.random.default_rng(5))
    assert 0 < np.abs(X - quiet).mean() < 0.2
    for bad in (0, -3, 2.5):
        with pytest.raises(ValueError, match="whole number"):
            make(bad, rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="noise"):
        make(9, noise=-1, rng=np.random.default_rng(0))
    with pytest.raises(TypeError, match="Generator"):
        make(9, rng=None)


def test_toy_shapes():
    rng = np.random.default_rng(0)
    X, y = nn.make_circles(50, noise=0, rng=rng)
    np.testing.assert_allclose(np.hypot(*X.T), np.where(y == 0, 1, 0.4))
    X, y = nn.make_xor(50, noise=0, rng=rng)
    np.testing.assert_array_equal(y, X[:, 0] * X[:, 1] < 0)
    X, y = nn.make_moons(50, noise=0, rng=rng)
    np.testing.assert_allclose(np.hypot(*X[y == 0].T), 1)
    X, y = nn.make_spirals(50, n_classes=5, noise=0, rng=rng)
    assert set(y) == set(range(5))
    radius = np.hypot(*X.T)
    assert radius.min() >= 0.05 and radius.max() <= 1
    turned = np.arctan2(X[:, 1], X[:, 0]) - 2 * np.pi * y / 5 - 4 * radius
    np.testing.assert_allclose(np.exp(1j * turned), 1, atol=1e-12)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=20))
def test_one_hot(labels):
    Y = nn.one_hot(labels, 7)
    assert Y.shape == (len(labels), 7) and (Y.sum(axis=1) == 1).all()
    assert Y.argmax(axis=1).tolist() == labels


@pytest.mark.parametrize(
    ("y", "message"),
    [
        ([0, 3], "labels from 0 to 2, got values from 0 to 3"),
        ([-1, 0], "labels from 0 to 2"),
        ([0.5, 1], "whole"),
        ([[0, 1]], "shape"),
        ([], "shape"),
        ([np.nan], "whole"),
    ],
)
def test_one_hot_refuses(y, message):
    with pytest.raises(ValueError, match=message):
        nn.one_hot(y, 3)


@given(m=st.integers(5, 60), seed=st.integers(0, 50))
def test_split_uses_every_row_once(m, seed):
    X, y = np.arange(m)[:, None], np.arange(m) * 10
    parts = nn.split(X, y, (0.6, 0.2, 0.2), np.random.default_rng(seed))
    assert sorted(np.concatenate([X[:, 0] for X, _ in parts])) == list(range(m))
    assert all((X[:, 0] * 10 == y).all() for X, y in parts)
    assert [len(X) for X, _ in parts] == pytest.approx(
        [0.6 * m, 0.2 * m, 0.2 * m], abs=1
    )


@pytest.mark.parametrize(
    ("fractions", "message"),
    [
        ((0.5, 0.6), "of sum 1"),
        ((0.5, 0.4), "of sum 1"),
        ((1.2, -0.2), "> 0"),
        ((0.5,), "of sum 1"),
        (1.0, "of sum 1"),
        ((0.999, 0.001), "would leave a part empty: 10 rows"),
    ],
)
def test_split_refuses_fractions(fractions, message):
    X = np.zeros((10, 1))
    with pytest.raises(ValueError, match=f"split .*{message}"):
        nn.split(X, X, fractions, np.random.default_rng(0))


@pytest.mark.parametrize(("m", "y"), [(10, 5), (5, 10), (10, None)])
def test_split_wants_as_many_rows_in_both(m, y):
    X, y = np.zeros((m, 1)), np.zeros(y if y else ())
    for pair in ((X, y), (y, X)):
        with pytest.raises(ValueError, match="split expected X and y with as many"):
            nn.split(*pair, (0.5, 0.5), np.random.default_rng(0))


def test_standardizer(rng):
    X = rng.normal(5, 3, size=(50, 3))
    X[:, 2] = 4.0
    standardizer = nn.Standardizer().fit(X)
    Z = standardizer.transform(X)
    np.testing.assert_allclose(Z.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(Z[:, :2].std(axis=0), 1)
    assert not Z[:, 2].any()
    np.testing.assert_allclose(standardizer.transform(X[:1]), Z[:1])
    with pytest.raises(RuntimeError, match="fit first"):
        nn.Standardizer().transform(X)
    with pytest.raises(ValueError, match=r"\(m, 3\), got \(50, 2\)"):
        standardizer.transform(X[:, :2])
    with pytest.raises(ValueError, match="finite"):
        nn.Standardizer().fit([[np.nan]])
