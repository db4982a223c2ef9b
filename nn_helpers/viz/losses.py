"""What a loss says of a prediction."""

import numpy as np

from nn_helpers.activations import sigmoid, sigmoid_prime
from nn_helpers.viz import style
from nn_helpers.viz.picture import Picture
from nn_helpers.viz.style import num, scenery

CE, MSE = style.ACTIVATION, style.SLOPE


def loss_explorer():
    """Loss, slope and accuracy of one example of class 1, as its logit moves."""
    z = np.linspace(-6, 6, 481)
    p = sigmoid(z)
    curves = (
        ("loss", {"cross-entropy": -np.log(p), "squared error": (p - 1) ** 2}),
        (
            "slope dL/dz",
            {"cross-entropy": p - 1, "squared error": 2 * (p - 1) * sigmoid_prime(z)},
        ),
        ("accuracy", {"accuracy": np.heaviside(p - 0.5, 1)}),
    )
    looks = {"cross-entropy": (CE, "-", "o"), "squared error": (MSE, "--", "s")}
    looks["accuracy"] = (style.INK, "-", "D")
    with style.in_style():
        fig, axes = style.panels(12.5, 4.4, 3, left=0.05, right=0.99, wspace=0.25)
        pairs = []
        for ax, (title, lines) in zip(axes, curves, strict=True):
            for name, y in lines.items():
                colour, dash, mark = looks[name]
                (line,) = ax.plot(z, y, dash, color=colour, label=name)
                (dot,) = ax.plot(
                    [0], [0], mark, color=colour, markersize=13, mec="white"
                )
                pairs.append((title, line, dot))
            ax.set(title=title, xlabel="logit z of the true class")
        axes[0].set(ylim=(-0.3, 6.3))
        axes[0].legend(loc="upper right")

    def draw(z):
        for _, line, dot in pairs:
            dot.set_data([z], [np.interp(z, *line.get_data())])

    def describe():
        at = pairs[0][2].get_xdata()[0]
        parts = [
            f"{title}{', ' + line.get_label() if title != 'accuracy' else ''} "
            f"{num(dot.get_ydata()[0])} at {num(dot.get_xdata()[0])} (curve from "
            f"{num(line.get_ydata()[0])} at {num(line.get_xdata()[0])} to "
            f"{num(line.get_ydata()[-1])})"
            for title, line, dot in pairs
        ]
        return f"Logit {num(at)}, so p = {num(sigmoid(at))}: {'; '.join(parts)}."

    dots = [dot for _, _, dot in pairs]
    return Picture(fig, describe, draw=draw, moving=dots)


def likelihood(ps, log_likelihoods):
    """The log-likelihood of some data for every p, with its top marked."""
    with style.in_style():
        fig, ax = style.panels()
        (line,) = ax.plot(ps, log_likelihoods, color=style.ACTIVATION)
        best = int(np.argmax(log_likelihoods))
        (top,) = ax.plot(
            ps[best], log_likelihoods[best], "o", color=style.BIAS, markersize=12
        )
        ax.set(
            title="Which p makes the data likeliest?",
            xlabel="p",
            ylabel="log-likelihood",
        )

    def describe():
        x, y = line.get_data()
        (px,), (py,) = top.get_data()
        return (
            f"The curve rises from {num(y[0])} at p = {num(x[0])} to its top, marked at "
            f"p = {num(px)} with {num(py)}, and falls to {num(y[-1])} at p = {num(x[-1])}."
        )

    return Picture(fig, describe)


def two_models(P_before, P_after, title=""):
    """p(true class) of the same examples, before and after: accuracy and loss."""
    with style.in_style():
        fig, ax = style.panels(8.5, 4.4)
        places = np.arange(len(P_before))
        bars = [
            ax.bar(
                places - 0.2, P_before, 0.38, color=style.CLASSES[0], label="before"
            ),
            ax.bar(
                places + 0.2,
                P_after,
                0.38,
                color=style.CLASSES[1],
                hatch="//",
                label="after",
            ),
        ]
        scenery(ax.axhline(0.5, color=style.INK, linestyle=":"))
        ax.set(title=title, xlabel="example", ylabel="p(true class)", ylim=(0, 1.25))
        ax.set_xticks(places)
        ax.set_yticks([0, 0.25, 0.5, 0.75, 1])
        ax.legend(ncols=2)

    def describe():
        said = []
        for group in bars:
            p = np.array([bar.get_height() for bar in group])
            said.append(
                f"{group.get_label()}: p(true class) {', '.join(num(v) for v in p)}, accuracy "
                f"{num(np.mean(p > 0.5))}, mean cross-entropy {num(-np.log(p).mean())}"
            )
        return "; ".join(said) + "."

    return Picture(fig, describe)
