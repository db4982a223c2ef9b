"""Walks on the board: forward, backward, and the six steps of one update."""

import copy

import numpy as np

from nn_helpers import losses
from nn_helpers.optimizers import SGD
from nn_helpers.viz.board import Board
from nn_helpers.viz.knobs import Choice, Slider, Stepper
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import fixed, plural

BACKWARD = (
    "The forward pass is done",
    "dZ2 = P - Y",
    "dW2, db2: the answers a1, times dZ2",
    "dA1: dZ2, back along the wires",
    "dZ1: dA1, through the gates",
    "dW1, db1: the inputs, times dZ1",
)
SIX_STEPS = (
    "1 Load the sample",
    "2 Pass it through the layers",
    "3 Read the probability",
    "4 Score it with the loss",
    "5 Compute the gradient",
    "6 Move every parameter",
)


class Passes:
    """One forward and one backward pass of a network on one sample, kept by name.

    x: (n_in,); y: a class number; for one output 0 or 1.
    """

    def __init__(self, network, x, y=None):
        if len(network.layers) != 2:
            raise ValueError(
                "the walks draw networks with one hidden layer, got "
                f"{len(network.layers)} layers of weights"
            )
        hidden, output = network.layers
        X = np.asarray(x, dtype=float)[None]
        Z = network.forward(X)
        self.inputs = {"x": X[0]}
        for number, layer in ((1, hidden), (2, output)):
            self.inputs |= {f"W{number}": layer.W.copy(), f"b{number}": layer.b.copy()}
        # A sum that is 0 but for rounding is 0, so that a silent neuron reads as one.
        z1 = np.where(np.abs(hidden.Z[0]) < 1e-12, 0.0, hidden.Z[0])
        self.hidden = {"z1": z1, "a1": hidden.g(z1)}
        self.output = {"z2": Z[0]}
        P = network.predict_proba(X)[0]
        self.P = {"P": P[0] if len(P) == 1 else P}
        if y is not None:
            self._backward(network, Z, y)

    def _backward(self, network, Z, y):
        single = network.n_out == 1
        Y = np.array([[y]]) if single else np.eye(network.n_out)[[y]]
        name = "binary_cross_entropy" if single else "softmax_cross_entropy"
        self.loss = getattr(losses, name)(Z, Y)
        network.backward(getattr(losses, f"{name}_grad")(Z, Y))
        hidden, output = network.layers
        self.slopes = (
            {},
            {"z2": output.dZ[0]},
            {"W2": output.dW, "b2": output.db},
            {"a1": (output.dZ @ output.W.T)[0]},
            {"z1": hidden.dZ[0]},
            {"W1": hidden.dW, "b1": hidden.db},
        )

    def everything(self):
        """All values of the forward pass."""
        return self.inputs | self.hidden | self.output | self.P


def _board(network):
    names = {"relu": "ReLU", "identity": "no activation"}
    activation = network.layers[0].activation
    last = "sigmoid" if network.n_out == 1 else "softmax"
    return Board(
        [network.n_in, *(layer.n_out for layer in network.layers)],
        ("input", f"hidden, {names.get(activation, activation)}", f"output, {last}"),
    )


def forward_pass(network, x, weight):
    """The network with the numbers that flow for the input x, which knobs set.

    weight: (i, j), the weight of the last layer that has a knob too.
    """
    network, board = copy.deepcopy(network), _board(network)
    last = network.layers[-1].W

    def draw(upto, weight_set, **inputs):
        last[weight] = weight_set
        run = Passes(network, list(inputs.values()))
        shown = run.inputs
        if upto != "input":
            shown = shown | run.hidden
        if upto == "output":
            shown = shown | run.output | run.P
        board.write("A forward pass, from left to right", shown)

    def caption():
        read = board.read()
        said = f"x = ({', '.join(read['x'])})"
        if "a1" not in read:
            return f"{said} has been loaded; nothing is computed yet."
        silent = plural(read["a1"].count("0"), "hidden neuron")
        after = f" P = {', '.join(read['P'])}." if "P" in read else ""
        return f"{said}: {silent} silent.{after}"

    layers = (("input", "input"), ("hidden", "hidden"), ("output", "output"))
    knobs = {"upto": Choice("Compute up to", layers, "output")}
    for i, value in enumerate(x):
        knobs[f"x{i}"] = Slider(f"Input x[{i}]", -3.0, 3.0, 0.1, start=float(value))
    name = f"Weight W{len(network.layers)}[{weight[0]},{weight[1]}]"
    knobs["weight_set"] = Slider(name, -3.0, 3.0, 0.1, start=float(last[weight]))
    changing = [*board.values.values()]
    return Picture(
        board.fig, caption, board.description, draw=draw, moving=changing,
        knobs=knobs, stills=[{}, {"x0": 2.0}, {"x0": 3.0}],
    )  # fmt: skip


def backward_walk(network, x, y):
    """Five steps that carry dL/dZ from the output back to the first weights."""
    network, board = copy.deepcopy(network), _board(network)
    run = Passes(network, x, y)

    def draw(step):
        slopes = {}
        for part in run.slopes[1 : step + 1]:
            slopes |= part
        if step == 5:
            slopes.pop("a1")  # it has done its work, and is dZ1 now
        board.write(
            f"Step {step} of 5: {BACKWARD[step]}", run.everything(), slopes,
            note=f"label {y}, loss {fixed(run.loss, 3)}",
        )  # fmt: skip

    def caption():
        read = board.read()
        step = int(board.title.get_text().split()[1])
        zeros = {name: read.get(name, []).count("0") for name in read}
        meet = "; where wires meet, they add" if len(read["b2"]) > 1 else ""
        shut = sum((network.layers[0].g_prime(run.hidden["z1"]) == 0).tolist())
        count = sum(len(read[name]) for name in ("W1", "b1", "W2", "b2"))
        silent = sum(zeros.get(name, 0) for name in ("dW1", "db1", "dW2", "db2"))
        return (
            "Every number of the forward pass is kept; now the walk back starts at P.",
            f"What it said minus what is true, at the end: {', '.join(read.get('dz2', []))}.",
            f"Input times delta: {zeros['a1']} of {len(read['a1'])} inputs a1 are 0, and "
            "so are their slopes.",
            f"The deltas travel back along the wires, each times the wire's weight{meet}.",
            f"The bend is a gate: for {shut} of {len(read['z1'])} hidden neurons it is shut.",
            f"Input times delta again. Exactly 0: {silent} of {count} slopes.",
        )[step]

    return Picture(
        board.fig, caption, board.description, draw=draw, moving=board.moving(),
        knobs={"step": Stepper("Step", 0, 5)},
        stills=[{}, {"step": 3}, {"step": 4}, {"step": 5}],
    )  # fmt: skip


def six_steps(network, x, y, learning_rate):
    """One update on one sample, in six steps; the last shows old and new values."""
    network, board = copy.deepcopy(network), _board(network)
    run = Passes(network, x, y)
    SGD(learning_rate).step(network.parameters())
    moved = Passes(network, x, y)
    slopes = {}
    for part in run.slopes:
        slopes |= part
    slopes.pop("a1")
    shown = (run.inputs, run.hidden | run.output, run.P, {}, {}, {})

    def draw(step):
        values = {}
        for part in shown[:step]:
            values |= part
        note = f"label {y}"
        if step >= 4:
            note += f", loss {fixed(run.loss, 3)}"
        if step == 6:
            note += f" \u2192 {fixed(moved.loss, 3)}"
        board.write(
            SIX_STEPS[step - 1], values, slopes=slopes if step == 5 else None,
            new=moved.everything() if step == 6 else None, note=note,
        )  # fmt: skip

    def caption():
        read, note = board.read(), board.note.get_text()
        step = int(board.title.get_text()[0])
        count = sum(len(read[name]) for name in ("W1", "b1", "W2", "b2"))
        pairs = [(a, b) for name in ("W1", "b1", "W2", "b2")
                 for a, b in zip(read[name], read.get(f"new {name}", read[name]), strict=True)]  # fmt: skip
        stay = sum(a == b for a, b in pairs)
        return (
            f"The input is there, and {count} parameters; nothing is computed yet.",
            "Multiply, add, bend, layer by layer, up to the last sum.",
            f"The last sum becomes a probability: {', '.join(read.get('P', []))}.",
            f"How wrong was that? With {note}.",
            "One slope for each parameter, beside its value.",
            f"Old value, new value: {count - stay} of {count} have moved. With {note}.",
        )[step - 1]

    return Picture(
        board.fig, caption, board.description, draw=draw, moving=board.moving(),
        knobs={"step": Stepper("Step", 1, 6)},
        stills=[{"step": 4}, {"step": 6}],
    )  # fmt: skip
