"""What lesson 03 asks: the forward pass."""

from itertools import pairwise

import numpy as np

from nn_helpers.activations import sigmoid
from nn_helpers.checks.numbers import numbers
from nn_helpers.checks.properties import careful, number, quiz, same, shaped
from nn_helpers.checks.verdict import Exercise


def layer(answer):
    """Every entry of Z is a sum of products, plus the bias of its column.

    X is (m, n_in), W is (n_in, n_out). Which product of the two is (m, n_out)?

    Similar: prices (2 shops, 3 goods) and amounts (3 goods, 4 baskets):
    `prices @ amounts` is what each of 4 baskets costs in each of 2 shops.
    """
    rng = np.random.default_rng(3)
    X, W, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)
    Z, right = answer.numbers(X, W, b), X @ W + b
    yield from shaped("Z", Z, right)
    bugs = {
        "no_bias": same(Z, X @ W),
        "bent": same(Z, np.maximum(right, 0)) or same(Z, np.tanh(right)),
        "sign_flipped": same(Z, -right),
    }
    yield "Z: has row i of X times column j of W, plus b[j]", same(Z, right), bugs
    more = rng.normal(size=(6, 3))
    any_m = same(answer.numbers(more, W, b), more @ W + b)
    yield "any number of rows will do", any_m, {"fixed_rows": True}
    X, W, b = rng.normal(size=(5, 2)), rng.normal(size=(2, 6)), rng.normal(size=6)
    other = same(answer.numbers(X, W, b), X @ W + b)
    yield "any number of inputs and neurons will do", other, {"fixed_shape": True}
    yield from careful(answer)


def parameter_count(answer):
    """A layer has a weight for each pair of input and neuron, and more.

    How many biases has a layer of 32 neurons?

    Similar: 2-3-1 has 2*3 weights and 3 biases, then 3*1 weights and 1 bias: 13.
    """
    yield from number(answer, *counts(**numbers("03.2")))


def counts(sizes):
    """The count of parameters, and wrong ones."""
    inputs, hidden, outputs = sizes
    weights, neurons = inputs * hidden + hidden * outputs, hidden + outputs
    beside = weights + inputs
    return weights + neurons, {
        "weights_only": weights,
        "biases_missing": (weights + outputs, weights + hidden),
        "inputs_with_bias": (beside + neurons, beside + hidden, beside),
        "neurons_counted": (inputs + neurons, neurons),
        "sizes_multiplied": inputs * hidden * outputs,
    }


def rows_softmax(answer):
    """exp, then divide by the sum: which sum?

    Subtract a number from each row before exp. Which one keeps exp from
    overflowing, whatever the row?

    Similar: to divide each row of A by its largest entry, write
    `A / A.max(axis=1, keepdims=True)`; keepdims keeps the column upright.
    """
    Z = np.array([[2.0, -1.0, 0.5, 0.0], [0.3, 0.1, -2.0, 1.0], [1.0, 4.0, 2.0, 3.0]])
    P, right = answer.numbers(Z), _softmax(Z)
    yield from shaped("P", P, right)
    columns, whole = _softmax(Z.T).T, np.exp(Z) / np.exp(Z).sum()
    bugs = {
        "columns": same(P, columns) or np.allclose(P.sum(axis=0), 1),
        "everything_sums_to_1": same(P, whole) or bool(np.isclose(P.sum(), 1)),
        "nothing_left": not np.isfinite(P).all(),
    }
    yield "each row sums to 1", bool(np.allclose(P.sum(axis=1), 1)), bugs
    yield "the ratios are those of exp(Z)", same(P, right), {}
    answer.warned = False
    large = answer.numbers(Z + 1000)
    calm = bool(np.isfinite(large).all()) and not answer.warned
    fits = same(large, right) and not answer.warned
    yield "logits of 1000 do not overflow", fits, {"clipped": calm, "no_shift": True}
    apart = Z + np.array([[0.0], [-1000.0], [-3000.0]])
    far = answer.numbers(apart)
    ok = same(far, right)
    bugs = {"maximum_with_0": ok or _only_low_rows(answer, Z), "one_maximum": True}
    yield "rows 1000 apart do not disturb each other", ok, bugs
    low = same(answer.numbers(Z - 1000), right)
    yield "rows of very negative logits work", low, {"maximum_with_0": True}
    answer.warned = False
    wide, wanted = answer.numbers(1000 * Z), _softmax(1000 * Z)
    fits = same(wide, wanted) and bool((wide[wanted < 1e-30] < 1e-30).all())
    fits = fits and not answer.warned
    yield "logits 1000 apart in a row give 0 and 1", fits, {"not_the_maximum": True}
    more = np.arange(10.0).reshape(5, 2) % 3
    any_m = same(answer.numbers(more), _softmax(more))
    yield "any number of rows and classes will do", any_m, {"fixed_shape": True}
    yield from careful(answer)


def _only_low_rows(answer, Z):
    """One maximum for all rows is harmless where all rows are alike."""
    return not same(answer.numbers(Z - 1000), _softmax(Z))


def _softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def forward(answer):
    """A loop over the pairs: the output of one layer is the input of the next.

    What has to happen between two layers, and not after the last? And what makes
    probabilities of the last sums, without overflow?

    Similar: to apply three functions one after the other,
    `for f in (f1, f2, f3): x = f(x)`.
    """
    rng = np.random.default_rng(12)
    for sizes in ((3, 4, 5, 2), (3, 4), (3, 3, 3), (2, 6, 5, 4, 3)):
        layers = [
            (rng.normal(size=shape), rng.normal(size=shape[1]))
            for shape in pairwise(sizes)
        ]
        X = rng.normal(size=(6, sizes[0]))
        Z, hidden = _through(X, layers)
        P, right = answer.numbers(X, layers), _softmax(Z)
        yield from shaped("P", P, right)
        bare, _ = _through(X, layers, bend=lambda Z: Z)
        free, _ = _through(X, [(W, 0 * b) for W, b in layers])
        bugs = {
            "logits": same(P, Z) or same(P, np.maximum(Z, 0)),
            "another_bend": any(
                same(P, _softmax(_through(X, layers, bend=g)[0]))
                for g in (sigmoid, np.tanh)
            ),
            "bent_last": same(P, _softmax(np.maximum(Z, 0))),
            "no_bend": len(sizes) == 4 and same(P, _softmax(bare)),
            "bend_by_width": len(layers) > 1 and same(P, _softmax(bare)),
            "no_bias": same(P, _softmax(free)),
            "sigmoid_each": same(P, 1 / (1 + np.exp(-Z))),
            "columns": same(P, _softmax(Z.T).T),
            "everything_sums_to_1": same(P, np.exp(Z) / np.exp(Z).sum()),
            "stops_early": P.shape == hidden.shape and same(P, _softmax(hidden)),
        }
        count = "one layer" if len(layers) == 1 else f"{len(layers)} layers"
        yield f"P: is right for {count}", same(P, right), bugs
    tall = [
        (100 * layers[0][0], layers[0][1]),
        *layers[1:-1],
        (layers[-1][0] / 100, layers[-1][1]),
    ]
    wanted = _softmax(_through(X, tall)[0])
    yield (
        "large hidden sums are not capped",
        same(answer.numbers(X, tall), wanted),
        {"capped": True},
    )
    last = [*layers[:-1], (1000 * layers[-1][0], np.array([2000.0, 0.0, -1000.0]))]
    answer.warned = False
    large, wanted = answer.numbers(X, last), _softmax(_through(X, last)[0])
    alone = np.vstack([answer.numbers(row[None], last) for row in X])
    fits = same(large, wanted) and not answer.warned
    bugs = {"one_maximum": not same(large, wanted) and same(alone, wanted)}
    bugs["clipped"] = bool(np.isfinite(large).all()) and not answer.warned
    yield "logits of 1000 do not overflow", fits, bugs | {"no_shift": True}
    rows = np.array(
        [[0.0, 1000.0, 999.0], [-1000.0, -1001.0, -1002.0], [7.0, 8.0, 6.0]]
    )
    far = same(answer.numbers(rows, [(np.eye(3), np.zeros(3))]), _softmax(rows))
    yield "rows of any size work side by side", far, {"one_maximum": True}
    yield from careful(answer)


def _through(X, layers, bend=lambda Z: np.maximum(Z, 0)):
    """The last sums, and the input of the last layer."""
    A = Z = X
    for place, (W, b) in enumerate(layers):
        A = bend(Z) if place else X
        Z = A @ W + b
    return Z, A


def closing_quiz(answer):
    """What happens to the probabilities when all logits grow by 10?"""
    yield from quiz(
        "03.Q",
        answer,
        "b",
        {
            "a": "exp(2) is smaller than exp(12), but so is the sum that it is divided "
            "by, and by the same factor.",
            "b": "softmax hears only the differences between logits, and those are equal",
            "c": "Larger logits all round change nothing: the factor stands above and "
            "below.",
            "d": "The logits are all that softmax sees; where they come from does not "
            "matter.",
        },
    )


EXERCISES = {
    "03.1": Exercise("one layer", "complete", "f(X, W, b)", layer),
    "03.2": Exercise("parameters of a network", "predict", "a number", parameter_count),
    "03.3": Exercise("softmax of each row", "complete", "f(Z)", rows_softmax),
    "03.4": Exercise("a whole forward pass", "extend", "f(X, layers)", forward),
    "03.Q": Exercise("what softmax hears", "quiz", "a letter", closing_quiz),
}
