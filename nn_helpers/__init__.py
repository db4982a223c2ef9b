"""The mathematics of a small neural network, in NumPy alone.

Everything here is written out in the lesson that teaches it; the lessons then
import it. Pictures are in `nn_helpers.viz`, sliders in `nn_helpers.live`.
"""

from nn_helpers.activations import (
    identity,
    identity_prime,
    relu,
    relu_prime,
    sigmoid,
    sigmoid_prime,
    softmax,
    tanh,
    tanh_prime,
)
from nn_helpers.attacks import fgsm, input_gradient, pgd
from nn_helpers.datasets import (
    load_digits,
    load_mnist,
    load_penguins,
    make_circles,
    make_moons,
    make_spirals,
    make_xor,
)
from nn_helpers.evaluation import TestSet, accuracy_interval
from nn_helpers.gradient_check import gradient_error, numerical_gradient
from nn_helpers.losses import (
    binary_cross_entropy,
    binary_cross_entropy_grad,
    mean_squared_error,
    mean_squared_error_grad,
    softmax_cross_entropy,
    softmax_cross_entropy_grad,
)
from nn_helpers.network import Dense, Network, dropout_mask
from nn_helpers.optimizers import SGD, Adam, Momentum
from nn_helpers.preprocessing import Standardizer, one_hot, shift_images, split
from nn_helpers.pretrained import load_digits_network, small_network
from nn_helpers.training import History, accuracy, minibatches, one_epoch, train

__version__ = "0.9.1"
