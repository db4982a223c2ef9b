"""What lesson 02 asks: activations."""

import numpy as np

from nn_helpers.checks.properties import careful, number, same
from nn_helpers.checks.verdict import Exercise


def kink(answer):
    """ReLU switches on where its input crosses 0.

    Its input here is 2x - 3. For which x is that 0?

    Similar: relu(4x + 2) switches on where 4x = -2, at x = -0.5.
    """
    wrong = {"sign_flipped": -1.5, "only_bias": (3, -3), "inverted": (2 / 3, -2 / 3)}
    yield from number(answer, 1.5, wrong)


def stable_sigmoid(answer):
    """exp overflows for large positive numbers, never for negative ones.

    Multiply 1 / (1 + exp(-z)) by exp(z) above and below. For which z is the one
    form harmless, and for which the other?

    Similar: log(1 + exp(z)) is z + log(1 + exp(-z)). The first is harmless for
    z < 0, the second for z > 0; max(z, 0) + log(1 + exp(-abs(z))) serves both.
    """
    z = np.array([[-3.0, -0.5], [0.2, 1.5], [4.0, 0.0]])
    right = 1 / (1 + np.exp(-z))
    s = answer.numbers(z)
    yield "the shape stays", s.shape == z.shape, {"wrong_shape": True}
    up = s.shape == z.shape and same(s[z >= 0], right[z >= 0])
    bugs = {"mirrored": same(s, 1 - right), "negative_side": up}
    yield "S: equals 1 / (1 + exp(-z))", same(s, right), bugs
    answer.warned = False
    far = answer.numbers(np.array([-1000.0, -20.0, 1000.0]))
    near = same(far, np.array([0.0, np.exp(-20.0), 1.0]))
    yield "far from 0 it is still right", near, {"overflow": answer.warned}
    yield "nothing overflows on the way", not answer.warned, {"overflow": True}
    yield from careful(answer)


def tent(answer):
    """Each ReLU adds a slope from its kink on: 0, then up, then down, then 0.

    The slope is 1 between 1 and 2. By how much does it change at 2, and at 3?

    Similar: a ramp from 0 to 1 that then stays is relu(x) - relu(x - 1): at 1 the
    slope changes by -1.
    """
    x = np.linspace(-2, 6, 81)
    right = np.maximum(0, 1 - np.abs(x - 2))
    y = answer.numbers(x)
    yield "the shape stays", y.shape == x.shape, {"wrong_shape": True}
    r1, r2, r3 = (np.maximum(x - k, 0) for k in (1, 2, 3))
    flat = same(y, r1 - r2 + r3) or same(y, r1 - r2) or same(y, r1 - r2 - r3)
    left = y.shape == x.shape and bool(np.allclose(y[x <= 1], 0))
    yield "left of 1 it is 0", left, {}
    bugs = {
        "factor_2": flat,
        "third_relu": same(y, r1 - 2 * r2),
        "sign_flipped": same(y, -right),
    }
    yield "It: rises to 1 at 2, and is 0 again from 3 on", same(y, right), bugs
    yield from careful(answer)


EXERCISES = {
    "02.1": Exercise("where a ReLU switches on", "predict", "a number", kink),
    "02.2": Exercise("a sigmoid without overflow", "complete", "f(z)", stable_sigmoid),
    "02.3": Exercise("a tent of three ReLUs", "extend", "f(x)", tent),
}
