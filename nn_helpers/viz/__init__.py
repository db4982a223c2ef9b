"""Pictures: every function returns a `Picture`; `show` puts it on the page.

A module is named for what it draws; `nn_helpers.live.play` moves the knobs.
"""

from nn_helpers.viz.attack import epsilon_attack, pixel_slopes, shares
from nn_helpers.viz.batches import batch_comparison, gradient_cloud
from nn_helpers.viz.curves import activation_explorer, functions
from nn_helpers.viz.depth import signal_through_depth
from nn_helpers.viz.drawing import your_digit
from nn_helpers.viz.gradients import step_size_errors
from nn_helpers.viz.images import confusion, digits, prediction, readings, temperature
from nn_helpers.viz.kinks import collapse, kink_fitter, ramps
from nn_helpers.viz.landscape import curve_walk, landscape
from nn_helpers.viz.line import neuron_line, perceptron_walk
from nn_helpers.viz.loop import learning_loop
from nn_helpers.viz.losses import likelihood, loss_explorer, slope_bars, two_models
from nn_helpers.viz.neuron import neuron_closeup
from nn_helpers.viz.picture import Picture, show
from nn_helpers.viz.plane import decisions, scatter
from nn_helpers.viz.playground import playground
from nn_helpers.viz.race import optimizer_race
from nn_helpers.viz.runs import loss_curve, trained_runs, training_runs
from nn_helpers.viz.splits import accuracies, overfitting, repeated
from nn_helpers.viz.updates import boundary_walk
from nn_helpers.viz.walks import backward_walk, forward_pass, six_steps
from nn_helpers.viz.whole import whole_network
from nn_helpers.viz.work import price_of_a_call, ways
from nn_helpers.viz.workers import by_worker, sharing

__all__ = [
    "Picture",
    "accuracies",
    "activation_explorer",
    "backward_walk",
    "batch_comparison",
    "boundary_walk",
    "by_worker",
    "collapse",
    "confusion",
    "curve_walk",
    "decisions",
    "digits",
    "epsilon_attack",
    "forward_pass",
    "functions",
    "gradient_cloud",
    "kink_fitter",
    "landscape",
    "learning_loop",
    "likelihood",
    "loss_curve",
    "loss_explorer",
    "neuron_closeup",
    "neuron_line",
    "optimizer_race",
    "overfitting",
    "perceptron_walk",
    "pixel_slopes",
    "playground",
    "prediction",
    "price_of_a_call",
    "ramps",
    "readings",
    "repeated",
    "scatter",
    "shares",
    "sharing",
    "show",
    "signal_through_depth",
    "six_steps",
    "slope_bars",
    "step_size_errors",
    "temperature",
    "trained_runs",
    "training_runs",
    "two_models",
    "ways",
    "whole_network",
    "your_digit",
]
