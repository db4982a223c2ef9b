"""The playground of lesson 12: a setting in one line of text, and its training.

Everything is what the lessons built: `Network`, `one_epoch`, a loss, an optimiser.
"""

import dataclasses
from dataclasses import dataclass

import numpy as np

from nn_helpers import _edge
from nn_helpers.activations import ACTIVATIONS
from nn_helpers.datasets import make_circles, make_moons, make_spirals, make_xor
from nn_helpers.losses import softmax_cross_entropy, softmax_cross_entropy_grad
from nn_helpers.network import Network
from nn_helpers.optimizers import SGD, Adam, Momentum
from nn_helpers.preprocessing import one_hot
from nn_helpers.training import one_epoch

DATA = {
    "moons": make_moons,
    "circles": make_circles,
    "spirals": make_spirals,
    "xor": make_xor,
    "own": None,
}
OPTIMIZERS = {"sgd": SGD, "momentum": Momentum, "adam": Adam}
STARTS = {"usual": 1.0, "zero": 0.0, "small": 0.1, "large": 5.0}
INPUTS = {
    "xy": lambda X: X,
    "squares": lambda X: np.column_stack([X, X**2, X[:, 0] * X[:, 1]]),
}
MOST_LAYERS, MOST_NEURONS, MOST_POINTS, TEST_POINTS = 3, 8, 400, 200


def _tuples(value):
    """Lists and arrays as tuples, which settings can be compared and found by."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    return tuple(map(_tuples, value)) if isinstance(value, (list, tuple)) else value


@dataclass(frozen=True)
class Setting:
    """Everything that a run depends on; `str` and `parse` are its line of text.

    data: moons, circles, spirals (three classes), xor, or own; points: of the training
    set (the test set has 200); noise: 0 to 1; own: points (x0, x1, class), which have
    no test set; sample: another draw of the points. inputs: xy, or squares with
    x0², x1² and x0 x1 as well. layers: neurons of up to three hidden layers, 1 to 8
    each; start: usual, zero, small (a tenth) or large (five times); seed: of the
    starting weights and of the order of the rows. optimizer: sgd, momentum or adam;
    rate; batch; decay: weight decay.

    Raises ValueError for anything else, and names it.

    >>> str(Setting(data="xor", layers=()))
    'data=xor layers=0'
    >>> Setting.parse("data=moons layers=4-2 rate=0.5").layers
    (4, 2)
    """

    data: str = "moons"
    points: int = 100
    noise: float = 0.2
    own: tuple = ()
    sample: int = 0
    inputs: str = "xy"
    layers: tuple = (4,)
    activation: str = "tanh"
    start: str = "usual"
    seed: int = 0
    optimizer: str = "sgd"
    rate: float = 0.1
    batch: int = 10
    decay: float = 0.0

    def __post_init__(self):
        for name, known in (
            ("data", DATA), ("inputs", INPUTS), ("activation", ACTIVATIONS),
            ("start", STARTS), ("optimizer", OPTIMIZERS),
        ):  # fmt: skip
            _edge.known(getattr(self, name), known, name)
        _edge.positive_integer(self.points, "points", at_most=MOST_POINTS)
        for name in ("seed", "sample"):
            if _edge.whole(getattr(self, name), name) < 0:
                raise ValueError(f"{name} must be 0 or more, got {getattr(self, name)}")
        for name in ("layers", "own"):
            value = _tuples(getattr(self, name))
            if not isinstance(value, tuple):
                raise ValueError(f"{name} must be a tuple, got {value!r}")
            object.__setattr__(self, name, value)
        _edge.share(self.noise, "noise")
        _edge.share(self.decay, "decay")
        _edge.positive_number(self.rate, "rate")
        if len(self.layers) > MOST_LAYERS:
            raise ValueError(
                f"layers: at most {MOST_LAYERS} hidden layers, got {len(self.layers)}"
            )
        for neurons in self.layers:
            _edge.positive_integer(neurons, "layers: neurons", at_most=MOST_NEURONS)
        if (self.data == "own") != bool(self.own):
            raise ValueError(
                "own points and data=own belong together, such as data=own "
                "own=0,0,0;1,1,1 (x0, x1, class)"
            )
        if self.data == "own":
            self._check_own()
        _edge.positive_integer(self.batch, "batch", at_most=self.rows)
        if self.rows < self.classes:
            raise ValueError(f"points: at least one of each class, got {self.points}")

    def _check_own(self):
        points = _edge.real_array(self.own, "own", np.float64)
        if points.ndim != 2 or points.shape[1] != 3 or len(points) > MOST_POINTS:
            raise ValueError(
                f"own: up to {MOST_POINTS} points x0, x1, class, got shape {points.shape}"
            )
        _edge.finite(points, "own")
        labels = set(points[:, 2].tolist())
        if labels not in ({0, 1}, {0, 1, 2}):
            raise ValueError(
                "own: classes 0 and 1, or 0, 1 and 2, got "
                + ", ".join(f"{label:g}" for label in sorted(labels))
            )
        if np.abs(points[:, :2]).max() > 10:
            raise ValueError(
                f"own: places from -10 to 10, got {np.abs(points[:, :2]).max():g}"
            )

    @property
    def rows(self):
        """How many training points there are."""
        return len(self.own) or self.points

    @property
    def classes(self):
        """How many classes there are: two, or three."""
        if self.data == "own":
            return int(max(label for *_, label in self.own)) + 1
        return 3 if self.data == "spirals" else 2

    def __str__(self):
        words = []
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            if field.name == "layers":
                value = "-".join(map(str, value)) or "0"
            elif field.name == "own":
                value = ";".join(",".join(map(_digits, point)) for point in value)
            elif isinstance(value, float):
                value = _digits(value)
            words.append(f"{field.name}={value}")
        return " ".join(words) or "data=moons"

    @classmethod
    def parse(cls, line):
        """Return the setting that a line of words such as rate=0.1 spells."""
        kinds = {field.name: type(field.default) for field in dataclasses.fields(cls)}
        values = {}
        for word in str(line).split():
            name, sign, text = word.partition("=")
            if name not in kinds or not sign:
                raise ValueError(
                    f"got {word!r}; a setting is a line such as data=moons rate=0.1, no "
                    f"spaces around =, of the words {', '.join(kinds)}"
                )
            if name in values:
                raise ValueError(f"{name} is set twice in {line!r}")
            values[name] = _value(name, text, kinds[name])
        return cls(**values)


def _digits(number):
    """A number with all its digits, so that the line says the same setting."""
    return repr(float(number)).removesuffix(".0")


def _value(name, text, kind):
    try:
        if name == "layers":
            return () if text == "0" else tuple(int(n) for n in text.split("-"))
        if name == "own":
            rows = [point.split(",") for point in text.split(";") if point]
            return tuple((float(x), float(y), int(label)) for x, y, label in rows)
        return kind(text)
    except ValueError:
        wanted = {"layers": "such as 8-4, or 0", "own": "such as 0,0,0;1,1,1"}
        wanted = wanted.get(name, "a whole number" if kind is int else "a number")
        raise ValueError(f"{name} expected {wanted}, got {text!r}") from None


class Session:
    """A setting under training, one update at a time.

    X, y and X_test, y_test: the points; network; steps: updates so far; losses and
    test_losses: on all points, before the first update and after each epoch; seen: for
    the first sample of the last batch its (a, z, dL/dz) layer by layer, label its
    class, among batch_rows; moved: {parameter: (before, slope, after)} of the last
    update. stopped: why nothing moves any more, in words, or "". A run that diverges keeps its last finite weights.

    >>> session = Session(Setting.parse("data=xor"))
    >>> session.epoch()
    >>> session.steps, session.epochs, session.stopped
    (10, 1, '')
    """

    def __init__(self, setting):
        self.setting = setting
        self.X, self.y = self._points(0)
        self.X_test, self.y_test = self._points(1)
        self.inputs = INPUTS[setting.inputs]
        self.rewind()

    def _points(self, part):
        setting = self.setting
        if setting.data == "own":
            points = np.array(setting.own, dtype=float)[: 0 if part else None]
            return points[:, :2], points[:, 2].astype(int)
        rng = np.random.default_rng([setting.sample, part])
        count = TEST_POINTS if part else setting.points
        return DATA[setting.data](count, noise=setting.noise, rng=rng)

    def rewind(self):
        """Back to the start: the same weights, and the rows in the same order."""
        setting = self.setting
        rng = np.random.default_rng([setting.seed, 2])
        n_in = self.inputs(self.X[:1]).shape[1]
        self.network = Network(
            [n_in, *setting.layers, setting.classes], setting.activation, rng=rng
        )
        for layer in self.network.layers:
            layer.W *= STARTS[setting.start]
        self.optimizer = OPTIMIZERS[setting.optimizer](
            setting.rate, weight_decay=setting.decay
        )
        self.steps, self.stopped, self.seen, self.moved = 0, "", [], {}
        self.losses, self.test_losses = [], []
        self._walk = self._updates(rng)
        self._note()

    @property
    def epochs(self):
        """How many passes over all rows are complete."""
        return self.steps // -(-self.setting.rows // self.setting.batch)

    def _updates(self, rng):
        X, Y = self.inputs(self.X), one_hot(self.y, self.setting.classes)
        while True:
            yield from one_epoch(
                self.network, X, Y, softmax_cross_entropy_grad, self.optimizer,
                self.setting.batch, rng,
            )  # fmt: skip

    def step(self):
        """One update, unless the run has stopped."""
        if self.stopped:
            return
        before = {name: array.copy() for name, array, _ in self.network.parameters()}
        # A run that diverges overflows on its way; we report it in words.
        with np.errstate(over="ignore", invalid="ignore"):
            _, Y = next(self._walk)
        after = self.network.parameters()
        if not all(np.isfinite(array).all() for _, array, _ in after):
            for name, array, _ in after:
                array[...] = before[name]
            self.stopped = (
                f"diverged in step {self.steps + 1}: a weight is no longer finite; a "
                "smaller learning rate may help"
            )
            return
        epochs, self.steps = self.epochs, self.steps + 1
        layers = self.network.layers
        self.label, self.batch_rows = int(Y[0].argmax()), len(Y)
        self.seen = [(layer.X[0], layer.Z[0], layer.dZ[0]) for layer in layers]
        self.moved = {n: (before[n], slope, array.copy()) for n, array, slope in after}
        if self.epochs > epochs:
            self._note()

    def epoch(self, count=1):
        """Go on to the end of an epoch, or of several, unless the run stops."""
        end = self.epochs + count
        while self.epochs < end and not self.stopped:
            self.step()

    def _note(self):
        with np.errstate(over="ignore", invalid="ignore"):
            for X, y, losses in (
                (self.X, self.y, self.losses),
                (self.X_test, self.y_test, self.test_losses),
            ):
                if len(X):
                    Y = one_hot(y, self.setting.classes)
                    losses.append(softmax_cross_entropy(self.logits(X), Y))

    def logits(self, X):
        """The sums of the last layer for places (m, 2) in the plane."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.network.forward(self.inputs(X))

    def right(self):
        """(training points on their side, test points): counts."""
        pairs = ((self.X, self.y), (self.X_test, self.y_test))
        return tuple(
            int((self._classes(X) == y).sum()) if len(X) else 0 for X, y in pairs
        )

    def _classes(self, X):
        """The class that is ahead; -1 where a run away leaves no numbers."""
        Z = self.logits(X)
        return np.where(np.isfinite(Z).all(axis=1), Z.argmax(axis=1), -1)


@dataclass(frozen=True)
class Preset:
    """A setting that makes a point: what to guess first, and why, so many epochs later."""

    line: str
    epochs: int
    guess: str
    why: str


OVERFIT = "points=20 noise=0.4 layers=8-8 optimizer=adam rate=0.02 batch=20"
PRESETS = {
    "XOR, no hidden layer": Preset(
        "data=xor layers=0 rate=0.3", 50,
        "No hidden layer: how many of the 100 points, and how sure?",
        "What a line gains at two corners it loses at the others: best is P = 1/2, loss ln 2.",
    ),
    "XOR, four hidden neurons": Preset(
        "data=xor layers=4 rate=0.3", 100,
        "Four neurons, a line each: enough for XOR?",
        "More than enough: between two lines lies one class, outside the other.",
    ),
    "All weights start at 0": Preset(
        "layers=8 start=zero rate=0.3", 50,
        "Eight neurons, all alike. What will tell them apart?",
        "Nothing: tanh of 0 is 0, so nothing passes, forward or back; only output biases move.",
    ),
    "Squares or a layer?": Preset(
        "data=circles noise=0.1 inputs=squares layers=0 rate=0.3", 50,
        "A ring around a ring, squares among the inputs, no hidden layer. Will that do?",
        "In the squares a circle is a straight line: a good input saves a layer.",
    ),
    "Learning rate too high": Preset(
        "layers=8 rate=30", 50,
        "Rate 30 in place of 0.3. Faster?",
        "Huge steps throw the neurons to -1 and 1, where slopes vanish; the outputs jump on.",
    ),
    "A run that diverges": Preset(
        "layers=8-8-8 activation=identity rate=10", 10,
        "Three hidden layers, no bend, rate 10. How many steps will it live?",
        "Each layer multiplies what the others have grown to; a few steps are enough.",
    ),
    "Dead ReLUs": Preset(
        "layers=8 activation=relu rate=10", 50,
        "Large steps, and ReLU: can a neuron recover from them?",
        "Where a neuron is 0 for every point its slope is 0 too: it never moves again.",
    ),
    "Deep sigmoids": Preset(
        "layers=8-8-8 activation=sigmoid rate=0.3", 20,
        "Three layers of sigmoids: what has it learned after 20 epochs?",
        "Each sigmoid's slope is at most 1/4: less comes back at each layer; many starts crawl.",
    ),
    "One sample a step": Preset(
        "layers=8 rate=1 batch=1", 50,
        "Batches of one at rate 1: will the loss fall in each epoch?",
        "One sample pulls for itself; at this rate the next ones undo it, and it jumps.",
    ),
    "Overfitting 20 points": Preset(
        OVERFIT, 300,
        "Twenty noisy points, 114 parameters. Which of the two losses falls?",
        "The training loss falls to 0 here; the test loss turns and rises: it learns the noise.",
    ),
    "Weight decay against it": Preset(
        f"{OVERFIT} decay=0.5", 300,
        "The same with weight decay. Which of the two losses will be higher than before?",
        "Small weights bend less: mostly the training loss stays higher, the test loss lower.",
    ),
    "Three spirals": Preset(
        "data=spirals points=300 noise=0.1 layers=8-8 optimizer=adam rate=0.02", 60,
        "Three arms, wound up. Will 8 and 8 neurons do?",
        "They do, and you can watch it bend: lines first, then corners, then arms.",
    ),
}  # fmt: skip
