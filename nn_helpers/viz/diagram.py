"""The 2-3-1 network of the series, drawn the same way in every lesson."""

import numpy as np

from nn_helpers.losses import binary_cross_entropy, binary_cross_entropy_grad
from nn_helpers.network import Network
from nn_helpers.viz import style
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import fixed, scenery

COLUMN = (0.0, 3.4, 6.6)
LAYERS = ("input", "hidden, ReLU", "output, sigmoid")

SIX_STEPS = (
    "1 Load the sample",
    "2 Pass it through the layers",
    "3 Read the probability",
    "4 Score it with the loss",
    "5 Compute the gradient",
    "6 Move every parameter",
)
WALK = (
    "forward pass done",
    "dZ2 = P - Y",
    "dW2 = A1.T @ dZ2, db2 = dZ2",
    "dA1 = dZ2 @ W2.T",
    "dZ1 = dA1 * relu_prime(Z1)",
    "dW1 = X.T @ dZ1, db1 = dZ1",
)


def _heights(n):
    return 2.0 * (np.arange(n)[::-1] - (n - 1) / 2)


class _Board:
    """A drawn network whose numbers are Text artists, found by their names.

    Weights are solid green lines, biases red squares on dashed lines,
    activations purple circles; every number stands beside its symbol.
    """

    def __init__(self, sizes):
        with style.in_style():
            fig, ax = style.panels(
                10.6, 6, left=0.01, right=0.99, bottom=0.01, top=0.92
            )
            ax.set(xlim=(-0.6, 8.1), ylim=(-3.5, 3.05))
            ax.axis("off")
            self.fig, self.ax, self.numbers = fig, ax, {}
            self.title = ax.set_title("", fontsize=19)
            for layer in (1, 2):
                self._weights(layer, sizes[layer - 1], sizes[layer])
            for layer, n in enumerate(sizes):
                self._neurons(layer, n)
                ax.text(
                    COLUMN[layer], -3.4, LAYERS[layer], ha="center", color=style.QUIET
                )

    def _weights(self, layer, n_in, n_out):
        x0, x1 = COLUMN[layer - 1], COLUMN[layer]
        for i, y0 in enumerate(_heights(n_in)):
            for j, y1 in enumerate(_heights(n_out)):
                line = self.ax.plot(
                    [x0, x1], [y0, y1], "-", color=style.WEIGHT, zorder=1
                )
                scenery(line[0])
                # Staggered, so that labels of crossing lines keep apart.
                t = 0.3 + 0.33 * i if layer == 1 else 0.56
                place = (x0 + t * (x1 - x0), y0 + t * (y1 - y0))
                self._number(f"W{layer}[{i},{j}]", place, style.WEIGHT_TEXT)

    def _neurons(self, layer, n):
        x = COLUMN[layer]
        for j, y in enumerate(_heights(n)):
            if layer:
                corner = (x - 0.05, y + 0.68)
                line = self.ax.plot(
                    [x, corner[0]], [y, corner[1]], "--", color=style.BIAS
                )
                scenery(line[0]).set_zorder(1)
                square = self.ax.plot(*corner, "s", color=style.BIAS, markersize=10)
                scenery(square[0])
                self._number(f"b{layer}[{j}]", (x + 0.1, corner[1]), style.BIAS, "left")
                self._symbol(f"z{layer}[{j}]", (x - 0.06, y - 0.55), style.INK, "right")
                place = (x + 0.02, y - 0.55)
                self._number(f"z{layer}[{j}]", place, style.INK, "left", box=False)
            # The input layer computes nothing, so its circles are not purple.
            colour = style.ACTIVATION if layer else style.INK
            circle = self.ax.plot(x, y, "o", color=colour, markersize=48)
            scenery(circle[0]).set_zorder(2)
            name = ("x[{}]", "a1[{}]", "P")[layer].format(j)
            self._symbol(name, (x, y + 0.14), "white", "center", weight="bold")
            self._number(name, (x, y - 0.14), "white", weight="bold", box=False)
            # The slopes that travel backward: dz, or da on the way to it.
            if layer:
                self._number(f"dz{layer}[{j}]", (x, y - 0.83), style.SLOPE, box=False)

    def _symbol(self, name, place, colour, align, weight="normal"):
        text = self.ax.text(*place, name, color=colour, ha=align, va="center", zorder=5)
        text.set(fontsize=14, fontweight=weight)

    def _number(self, name, place, colour, align="center", weight="normal", box=True):
        text = self.ax.text(
            *place, "", color=colour, ha=align, va="center", fontsize=14
        )
        text.set(zorder=5, fontweight=weight)
        if box:
            patch = {
                "facecolor": "white",
                "edgecolor": "none",
                "pad": 1.5,
                "alpha": 0.9,
            }
            text.set_bbox(patch)
        self.numbers[name] = text

    def write(self, title, shown):
        """Show `shown`, {name: text}; every other number disappears."""
        self.title.set_text(title)
        for name, artist in self.numbers.items():
            artist.set_text(shown.get(name, ""))

    def describe(self):
        """The title and every number on the board, read from the artists."""
        values = {}
        for name, artist in self.numbers.items():
            words = artist.get_text().split()
            if len(words) == 1:  # its symbol stands beside it, never changing
                words = [name, *words]
            for symbol, value in zip(words[::2], words[1::2], strict=True):
                # "dW" beside W1[0,1] belongs to dW1; every other name is whole.
                whole = f"d{name}" if symbol in ("dW", "db") else symbol
                values.setdefault(whole.partition("[")[0], []).append(value)
        said = (f"{name} = {', '.join(listed)}" for name, listed in values.items())
        return f"{self.title.get_text()}. {'; '.join(said)}."

    def picture(self, draw, still=()):
        """`still`: numbers (and the title) that draw never changes."""
        texts = {"title": self.title} | self.numbers
        moving = [text for name, text in texts.items() if name not in still]
        return Picture(self.fig, self.describe, draw=draw, moving=moving)


def forward_pass(x, W1, b1, W2, b2):
    """The whole 2-3-1 network with the numbers that flow for the input x."""
    board = _Board([*W1.shape, W2.shape[1]])

    def draw(upto="output", **inputs):
        values = [inputs.get(f"x{i}", x[i]) for i in range(len(x))]
        run = _Run(np.array([values]), None, W1, b1, W2, b2)
        shown = run.inputs()
        if upto != "input":
            shown |= run.hidden()
        if upto == "output":
            shown |= run.output() | run.probability()
        board.write("A forward pass, from left to right", shown)

    draw()
    constant = [name for name in board.numbers if name.startswith(("W", "b", "d"))]
    return board.picture(draw, still=["title", *constant])


def backward_walk(x, y, W1, b1, W2, b2):
    """Five steps that carry dL/dZ from the output back to the first weights."""
    board = _Board([2, 3, 1])
    run = _Run(np.array([x]), np.array([[y]]), W1, b1, W2, b2)

    def draw(step):
        shown = run.inputs() | run.hidden() | run.output() | run.probability()
        if step >= 1:
            shown |= run.numbers("dz2", run.dZ2[0])
        if step >= 2:
            shown |= run.with_gradients(2)
        if step == 3:
            shown |= run.numbers("da1", run.dA1[0], slot="dz1")
        if step >= 4:
            shown |= run.numbers("dz1", run.dZ1[0])
        if step >= 5:
            shown |= run.with_gradients(1)
        board.write(
            f"Step {step} of 5: {WALK[step]} (loss {fixed(run.loss, 3)})", shown
        )

    draw(0)
    return board.picture(draw)


def six_steps(x, y, W1, b1, W2, b2, learning_rate):
    """One update on one sample, in the six steps of the article."""
    board = _Board([2, 3, 1])
    X, Y = np.array([x]), np.array([[y]])
    run = _Run(X, Y, W1, b1, W2, b2)
    moved = _Run(
        X,
        Y,
        *(
            array - learning_rate * gradient
            for array, gradient in zip((W1, b1, W2, b2), run.gradients(), strict=True)
        ),
    )

    def draw(step):
        title = SIX_STEPS[step - 1]
        shown = run.inputs()
        if step >= 2:
            shown |= run.hidden() | run.output()
        if step >= 3:
            shown |= run.probability()
        if step == 4:
            title += f": label {y}, P {fixed(run.P, 3)}, loss {fixed(run.loss, 3)}"
        if step >= 5:
            deltas = run.numbers("dz2", run.dZ2[0]) | run.numbers("dz1", run.dZ1[0])
            shown |= deltas | run.with_gradients(1) | run.with_gradients(2)
        if step == 6:
            shown = moved.inputs()
            title += f": loss {fixed(run.loss, 3)} becomes {fixed(moved.loss, 3)}"
            shown |= moved.hidden() | moved.output() | moved.probability()
        board.write(title, shown)

    draw(1)
    return board.picture(draw)


class _Run:
    """One forward and (with a label) backward pass, and its labels in text."""

    def __init__(self, X, Y, W1, b1, W2, b2):
        network = Network([*W1.shape, W2.shape[1]], rng=np.random.default_rng(0))
        first, second = network.layers
        first.W, first.b, second.W, second.b = W1, b1, W2, b2
        self.X, self.W, self.b = X, (W1, W2), (b1, b2)
        self.Z2 = network.forward(X)
        self.Z1, self.A1 = first.Z, second.X
        self.P = network.predict_proba(X)[0, 0]
        if Y is not None:
            self.loss = binary_cross_entropy(self.Z2, Y)
            network.backward(binary_cross_entropy_grad(self.Z2, Y))
            self.dZ1, self.dZ2 = first.dZ, second.dZ
            self.dA1 = second.dZ @ W2.T
            self.dW, self.db = (first.dW, second.dW), (first.db, second.db)

    def gradients(self):
        return self.dW[0], self.db[0], self.dW[1], self.db[1]

    def numbers(self, letter, array, slot=None):
        """{name: "name value"} for each entry; `slot` names another place."""
        texts = {}
        for index, value in np.ndenumerate(array):
            place = f"[{','.join(map(str, index))}]"
            texts[(slot or letter) + place] = f"{letter}{place} {fixed(value, 2)}"
        return texts

    def inputs(self):
        """The input and all parameters."""
        shown = {f"x[{i}]": fixed(v, 2) for i, v in enumerate(self.X[0])}
        for layer in (1, 2):
            shown |= self.numbers(f"W{layer}", self.W[layer - 1])
            shown |= self.numbers(f"b{layer}", self.b[layer - 1])
        return shown

    def hidden(self):
        active = {f"a1[{j}]": fixed(v, 2) for j, v in enumerate(self.A1[0])}
        sums = {f"z1[{j}]": fixed(v, 2) for j, v in enumerate(self.Z1[0])}
        return sums | active

    def output(self):
        return {"z2[0]": fixed(self.Z2[0, 0], 2)}

    def probability(self):
        return {"P": fixed(self.P, 3)}

    def with_gradients(self, layer):
        """Weights and biases of a layer, with the gradient on a second line."""
        shown = self.numbers(f"W{layer}", self.W[layer - 1])
        shown |= self.numbers(f"b{layer}", self.b[layer - 1])
        slopes = self.numbers(f"W{layer}", self.dW[layer - 1])
        slopes |= self.numbers(f"b{layer}", self.db[layer - 1])
        return {
            name: f"{text}\nd{name[0]} {slopes[name].split()[-1]}"
            for name, text in shown.items()
        }


def neuron_closeup(x, w, b):
    """One neuron from close by: weights in green, bias in red, activation purple."""
    z = float(np.dot(x, w) + b)
    with style.in_style():
        fig, ax = style.panels(11, 5, left=0.01, right=0.99, bottom=0.01, top=0.9)
        ax.set(
            xlim=(-0.6, 7.2), ylim=(-1.9, 1.9), title="One neuron: multiply, add, bend"
        )
        ax.axis("off")
        heights = np.linspace(1.3, -1.3, len(x))
        for i, (value, weight, y) in enumerate(zip(x, w, heights, strict=True)):
            scenery(ax.plot([0, 3], [y, 0], "-", color=style.WEIGHT, zorder=1)[0])
            scenery(ax.plot(0, y, "o", color=style.INK, markersize=44, zorder=2)[0])
            ax.text(0, y, f"x[{i}]\n{fixed(value, 2)}", color="white", **_MIDDLE)
            ax.text(
                1.5,
                y / 2 + 0.02,
                f"w[{i}] {fixed(weight, 2)}",
                **_BOXED,
                color=style.WEIGHT_TEXT,
            )
        scenery(ax.plot([3, 3], [0, 1.35], "--", color=style.BIAS, zorder=1)[0])
        scenery(ax.plot(3, 1.35, "s", color=style.BIAS, markersize=14)[0])
        ax.text(3.2, 1.35, f"b {fixed(b, 2)}", color=style.BIAS, va="center")
        scenery(ax.plot([3, 5.6], [0, 0], "-", color=style.INK, zorder=1)[0])
        scenery(
            ax.plot(3, 0, "o", color="white", mec=style.INK, mew=2, markersize=62)[0]
        )
        ax.text(3, 0, f"sum z\n{fixed(z, 2)}", **_MIDDLE)
        scenery(ax.plot(5.6, 0, "o", color=style.ACTIVATION, markersize=62)[0])
        ax.text(5.6, 0, f"ReLU a\n{fixed(max(z, 0), 2)}", color="white", **_MIDDLE)

    def describe():
        words = (" ".join(text.get_text().split()) for text in ax.texts)
        return f"{ax.get_title()}. " + ", ".join(words) + "."

    return Picture(fig, describe)


_MIDDLE = {"ha": "center", "va": "center", "fontsize": 13, "zorder": 5}
_BOXED = _MIDDLE | {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 2}}
