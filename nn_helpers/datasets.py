"""Bundled data and toy data."""

import csv
import hashlib
import io
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nn_helpers import _edge

DATA = Path(__file__).resolve().parent.parent / "data"

# Every read is compared with these, so a damaged download is never half used.
SHA256 = {
    "digits_network.npz": "a8d1b76268ccc331c1e75f8457bb8d6aeb38a18c814f672b81dba32f8126b806",
    "digits_8x8.npz": "b2dab7b501728c22e9119ad76740b2e17c77a231e42d1e592380d90886f1a05e",
    "mnist_10k.npz": "f1a23f2fb1a1c97bb00a811807ddd50a888dbcdcdead94147993273c22ee3f37",
    "penguins.csv": "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
}

MEASUREMENTS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")


class Penguins(NamedTuple):
    """Measurements (n, 4) in mm and g, species numbers (n,), names of both."""

    measurements: np.ndarray
    species: np.ndarray
    species_names: tuple[str, ...]
    measurement_names: tuple[str, ...]
    left_out: int


def load_digits():
    """Return (X, y): 1,797 handwritten digits of 8 x 8 pixels.

    X: (1797, 64), grey levels 0..16 divided by 16; y: (1797,) class numbers.
    Rows are in file order, in which neighbours are likely by one writer.
    Raises FileNotFoundError for a missing, ValueError for a damaged file.

    >>> X, y = load_digits()
    >>> X.shape, int(y[3])
    ((1797, 64), 3)

    Source: Alpaydin and Kaynak, 1998, UCI repository, CC BY 4.0.
    """
    return _load_images("digits_8x8.npz", white=16)


def load_mnist():
    """Return (X, y): 10,000 images of the MNIST database, 28 x 28 pixels.

    X: (10000, 784), grey levels 0..255 divided by 255; y: (10000,).
    Rows are in file order, shuffled once when the file was made: by convention
    0-7999 train, 8000-8999 validate, 9000-9999 test. Not the official test set.
    Raises FileNotFoundError for a missing, ValueError for a damaged file.

    >>> load_mnist()[0].shape
    (10000, 784)

    Source: LeCun, Cortes and Burges, CC BY-SA 3.0.
    """
    return _load_images("mnist_10k.npz", white=255)


def load_penguins():
    """Return the Palmer penguins whose four measurements are complete.

    A NamedTuple: measurements (n, 4), species (n,), species_names,
    measurement_names, and left_out, the number of incomplete rows.
    Raises FileNotFoundError for a missing, ValueError for a damaged file.

    >>> penguins = load_penguins()
    >>> penguins.measurements.shape, penguins.left_out
    ((342, 4), 2)
    >>> penguins.species_names
    ('Adelie', 'Chinstrap', 'Gentoo')

    Source: Gorman, Williams and Fraser, 2014; Horst, Hill and Gorman, 2020, CC0.
    """
    text = read_checked("penguins.csv").decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    full = [row for row in rows if "NA" not in [row[m] for m in MEASUREMENTS]]
    names = tuple(sorted({row["species"] for row in full}))
    return Penguins(
        measurements=np.array([[float(row[m]) for m in MEASUREMENTS] for row in full]),
        species=np.array([names.index(row["species"]) for row in full]),
        species_names=names,
        measurement_names=MEASUREMENTS,
        left_out=len(rows) - len(full),
    )


def make_moons(n, *, noise=0.1, rng):
    """Return (X, y): two interleaved half circles, X (n, 2), y of 0 and 1.

    >>> make_moons(100, rng=np.random.default_rng(0))[0].shape
    (100, 2)
    """
    y = _toy_labels(n, 2)
    angle = _edge.generator(rng, "make_moons").uniform(0, np.pi, len(y))
    X = np.column_stack([np.cos(angle), np.sin(angle)])
    X[y == 1] = [1.0, 0.5] - X[y == 1]
    return _noisy(X, noise, rng), y


def make_circles(n, *, noise=0.1, rng):
    """Return (X, y): a ring of radius 1 (class 0) around one of radius 0.4.

    >>> make_circles(100, rng=np.random.default_rng(0))[0].shape
    (100, 2)
    """
    y = _toy_labels(n, 2)
    angle = _edge.generator(rng, "make_circles").uniform(0, 2 * np.pi, len(y))
    radius = np.where(y == 0, 1.0, 0.4)
    X = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return _noisy(X, noise, rng), y


def make_spirals(n, *, n_classes=3, noise=0.1, rng):
    """Return (X, y): spiral arms from the centre, one a class.

    >>> make_spirals(99, rng=np.random.default_rng(0))[0].shape
    (99, 2)
    """
    y = _toy_labels(n, _edge.positive_integer(n_classes, "n_classes"))
    radius = _edge.generator(rng, "make_spirals").uniform(0.05, 1, len(y))
    angle = 2 * np.pi * y / n_classes + 4 * radius
    X = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return _noisy(X, noise * radius[:, None], rng), y


def make_xor(n, *, noise=0.1, rng):
    """Return (X, y): four clouds at (+-1, +-1); class 1 where the signs differ.

    >>> X, y = make_xor(4, noise=0, rng=np.random.default_rng(0))
    >>> X.tolist(), y.tolist()
    ([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]], [0, 1, 1, 0])
    """
    _edge.generator(rng, "make_xor")
    corner = _toy_labels(n, 4)
    X = np.column_stack([corner % 2, corner // 2]) * 2.0 - 1
    return _noisy(X, noise, rng), ((corner == 1) | (corner == 2)).astype(int)


def _load_images(name, white):
    with np.load(io.BytesIO(read_checked(name)), allow_pickle=False) as file:
        images, labels = file["images"], file["labels"]
    return images.reshape(len(images), -1) / white, labels.astype(int)


def read_checked(name):
    """Return the bytes of a bundled file, compared with its checksum."""
    path = DATA / name
    if not path.is_file():
        raise FileNotFoundError(
            f"the data file {name} is missing; it was expected in {DATA}, "
            "beside the folder nn_helpers"
        )
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256[name]:
        raise ValueError(
            f"the data file {name} is damaged: expected sha256 {SHA256[name][:12]}..., "
            f"got {found[:12]}... ({len(content)} bytes); copy it again from the project"
        )
    return content


def _toy_labels(n, n_classes):
    return np.arange(_edge.positive_integer(n, "n")) % n_classes


def _noisy(X, noise, rng):
    if np.min(noise) < 0 or not np.isfinite(noise).all():
        raise ValueError(f"noise must be a finite number >= 0, got {noise}")
    return X + rng.normal(size=X.shape) * noise
