"""Pictures with sliders: call one in the last line of a cell."""

import copy

import numpy as np

from nn_helpers.live.figure import LiveFigure, choice, positions, slider
from nn_helpers.losses import binary_cross_entropy
from nn_helpers.training import train
from nn_helpers.viz import curves, diagram, gradients, images, losses, training


def collapse_switch():
    """Lesson 02: two layers, with and without ReLU between them."""
    controls = {
        "activation": choice(
            "Activation", [("none", "identity"), ("ReLU", "relu")], "identity"
        ),
        "neurons": slider("Hidden neurons", 1, 50, 1, 50),
    }
    samples = [{}, {"activation": "relu", "neurons": 3}, {"activation": "relu"}]
    LiveFigure(curves.collapse(), controls, samples=samples).display()


def activation_explorer():
    """Lesson 02: w and b move a ReLU, a sigmoid or a tanh, and their slopes."""
    names = [("ReLU", "relu"), ("sigmoid", "sigmoid"), ("tanh", "tanh")]
    controls = {
        "activation": choice("Activation", names, "relu"),
        "w": slider("Weight w", -3.0, 3.0, 0.1, 1.0),
        "b": slider("Bias b", -4.0, 4.0, 0.1, 0.0),
    }
    samples = [{}, {"w": -1.5, "b": 2.0}, {"activation": "sigmoid", "w": 2.0}]
    LiveFigure(curves.activation_explorer(), controls, samples=samples).display()


def kink_fitter(row):
    """Lesson 02: k ReLU kinks follow one row of pixels."""
    most = len(row) - 2
    controls = {"k": slider("Number of kinks k", 0, most, 1, 1)}
    samples = [{}, *({"k": min(k, most)} for k in (3, 4, 5))]
    LiveFigure(curves.kink_fitter(row), controls, samples=samples).display()


def forward_pass(x, W1, b1, W2, b2):
    """Lesson 03: the numbers that flow through the 2-3-1 network."""
    layers = [("input", "input"), ("hidden", "hidden"), ("output", "output")]
    controls = {
        "upto": choice("Compute up to", layers, "output"),
        "x0": slider("Input x[0]", -3.0, 3.0, 0.1, float(x[0])),
        "x1": slider("Input x[1]", -3.0, 3.0, 0.1, float(x[1])),
    }
    picture = diagram.forward_pass(x, W1, b1, W2, b2)
    samples = [{}, {"x0": 2.5}]
    LiveFigure(picture, controls, samples=samples).display()


def temperature(logits):
    """Lesson 03: divide the logits by T before the softmax."""
    sizes = (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10)
    options = [(f"{size:g}", float(size)) for size in sizes]
    controls = {"T": positions("Temperature T", options, 1.0)}
    picture = images.temperature(np.asarray(logits))
    samples = [{}, {"T": 0.1}, {"T": 10.0}]
    LiveFigure(picture, controls, samples=samples).display()


def loss_explorer():
    """Lesson 04: loss, slope and accuracy of one example, as its p moves."""
    controls = {"p": slider("p(true class)", 0.01, 0.99, 0.01, 0.3)}
    samples = [{}, {"p": 0.01}, {"p": 0.9}]
    LiveFigure(losses.loss_explorer(), controls, samples=samples).display()


def backward_walk(x, y, W1, b1, W2, b2):
    """Lesson 06: carry the deltas of the 2-3-1 network backward."""
    controls = {"step": slider("Step", 0, 5, 1, 0)}
    picture = diagram.backward_walk(x, y, W1, b1, W2, b2)
    samples = [{}, {"step": 1}, {"step": 3}, {"step": 5}]
    LiveFigure(picture, controls, samples=samples, stepper="step").display()


def step_size(hs, errors):
    """Lesson 06: how far off a finite difference is, for each step size h."""
    low, high = (round(float(np.log10(h))) for h in (hs[0], hs[-1]))
    controls = {"exponent": slider("Exponent of h", low, high, 1, -2)}
    picture = gradients.step_size_errors(hs, errors)
    samples = [{}, {"exponent": low}]
    LiveFigure(picture, controls, samples=samples).display()


def six_steps(x, y, W1, b1, W2, b2, learning_rate):
    """Lesson 07: one update on one sample, step by step, back and forward."""
    controls = {"step": slider("Step", 1, 6, 1, 1)}
    picture = diagram.six_steps(x, y, W1, b1, W2, b2, learning_rate)
    samples = [{}, {"step": 5}, {"step": 6}]
    LiveFigure(picture, controls, samples=samples, stepper="step").display()


def training_runs(start, X, y, learning_rates, epochs, seed):
    """Lesson 07: networks really trained from one start, at every rate and epoch.

    All runs are trained here, once, and see the samples in the same order; a
    move of a slider only looks one up.
    """
    runs = {
        float(rate): _run(start, X, y, rate, epochs, seed) for rate in learning_rates
    }
    rates = [(f"{rate:g}", rate) for rate in runs]
    middle = rates[len(rates) // 2][1]
    controls = {
        "learning_rate": positions("Learning rate", rates, middle),
        "epoch": slider("Epoch", 0, epochs, 1, epochs),
    }
    picture = training.training_runs(runs, X, y)
    samples = [
        {"epoch": 0},
        {"learning_rate": rates[0][1]},
        {},
        {"learning_rate": rates[-3][1]},
    ]
    LiveFigure(picture, controls, samples=samples).display()


def _run(start, X, y, learning_rate, epochs, seed):
    """The network after 0, 1, ... epochs, each as (logits function, loss)."""
    network, rng = copy.deepcopy(start), np.random.default_rng(seed)
    Y = y[:, None]
    states = [(start.forward, binary_cross_entropy(start.forward(X), Y))]
    for _ in range(epochs):
        train(
            network,
            X,
            Y,
            loss=binary_cross_entropy,
            learning_rate=float(learning_rate),
            epochs=1,
            rng=rng,
        )
        state = copy.deepcopy(network)
        states.append((state.forward, binary_cross_entropy(state.forward(X), Y)))
    return states
