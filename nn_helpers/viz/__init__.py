"""Pictures: every function returns a `Picture`; `show` puts it on the page."""

from nn_helpers.viz.curves import functions
from nn_helpers.viz.diagram import forward_pass, neuron_closeup
from nn_helpers.viz.images import confusion, digits, prediction
from nn_helpers.viz.losses import likelihood, two_models
from nn_helpers.viz.picture import Picture, show
from nn_helpers.viz.training import loss_curve, scatter

__all__ = [
    "Picture",
    "confusion",
    "digits",
    "forward_pass",
    "functions",
    "likelihood",
    "loss_curve",
    "neuron_closeup",
    "prediction",
    "scatter",
    "show",
    "two_models",
]
