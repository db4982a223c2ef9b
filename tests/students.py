"""What students hand in: right answers in many styles, wrong ones as people write them.

RIGHT, WRONG: {"06.2": [(description, answer), ...]}; the wrong ones follow public
code, issues and what learners do. An infinite loop has the word "loop" at the
start of its description. They were written without a look at the checks.
"""

import dataclasses
import itertools
import math
from fractions import Fraction

import numpy as np

import nn_helpers
from nn_helpers import relu, sigmoid, sigmoid_prime, softmax
from nn_helpers.playground import PRESETS, Session, Setting

RIGHT, WRONG, BORDERLINE, TEACHER = {}, {}, {}, {}


def right(ex, style, *value):
    def put(f):
        RIGHT.setdefault(ex, []).append((style, f))
        return f

    return put(value[0]) if value else put


def wrong(ex, what, teacher, *value):
    def put(f):
        assert (ex, what) not in TEACHER, (ex, what)
        WRONG.setdefault(ex, []).append((what, f))
        TEACHER[ex, what] = teacher
        return f

    return put(value[0]) if value else put


def border(ex, what, teacher, *value):
    def put(f):
        assert (ex, what) not in TEACHER, (ex, what)
        BORDERLINE.setdefault(ex, []).append((what, f))
        TEACHER[ex, what] = teacher
        return f

    return put(value[0]) if value else put


# What goes wrong in every function exercise alike.
def common(ex, n_args, sample):
    def nothing(*args):
        pass

    def dots(*args):
        return ...

    def none(*args):
        return None

    def text(*args):
        return "done"

    def raises(*args):
        raise NotImplementedError("I will do this tomorrow")

    def undefined(*args):
        return reslut  # noqa: F821

    def loop(*args):
        i = 0
        while i < 10:  # never counts up
            pass

    wrong(
        ex, "answer left as the three dots", "You have not replaced the dots yet.", ...
    )
    wrong(
        ex,
        "answer is None (a forgotten definition)",
        "You handed in None, not a function.",
        None,
    )
    wrong(
        ex,
        "a result handed in instead of the function",
        "You called the function and handed in its result: leave out the brackets.",
        sample,
    )
    wrong(
        ex,
        "a string with the code in it",
        "That is the text of your code, not the function itself.",
        "lambda: X @ W",
    )
    wrong(
        ex,
        "raises NotImplementedError",
        "Your function stops with an error of its own; finish the body.",
        raises,
    )
    wrong(
        ex,
        "raises NameError (a typo)",
        "A name is misspelt inside your function: Python does not know `reslut`.",
        undefined,
    )
    wrong(
        ex,
        "loop: a while that never counts up",
        "Your while loop never ends: nothing inside it changes `i`.",
        loop,
    )
    if ex[:4] not in ("07.1", "07.3"):
        wrong(ex, "body is only pass", "Your function is still empty.", nothing)
        wrong(ex, "returns the dots", "Replace the dots after `return`.", dots)
        wrong(
            ex,
            "returns None on purpose",
            "Your function gives None back: what should it return?",
            none,
        )
        wrong(
            ex,
            "returns a string",
            "Your function returns a text; numbers are needed.",
            text,
        )
    else:
        wrong(
            ex,
            "body is only pass",
            "Your function is still empty: nothing has moved.",
            nothing,
        )

    if n_args == 1:
        wrong(
            ex,
            "takes two arguments instead of one",
            "Your function wants one argument too many.",
            lambda a, b: a,
        )
    else:
        wrong(
            ex,
            "takes one argument only",
            "Your function takes one argument; the exercise hands it more.",
            lambda a: a,
        )


def numbers(ex, forms, wrongs, borders=()):
    for style, v in forms:
        right(ex, style, v)
    for what, teacher, v in wrongs:
        wrong(ex, what, teacher, v)
    for what, teacher, v in borders:
        border(ex, what, teacher, v)
    v = float(np.asarray(forms[0][1]).ravel()[0])
    wrong(ex, "dots left", "You have not put a number in place of the dots yet.", ...)
    wrong(ex, "None", "None is not a number.", None)
    wrong(
        ex,
        "the number as a string",
        "Leave out the quotation marks: a text is not a number.",
        str(v),
    )
    wrong(ex, "nan", "That is `nan`, not a number.", math.nan)
    wrong(ex, "infinity", "That is infinity; the answer is finite.", math.inf)
    wrong(
        ex,
        "a function instead of a number",
        "Hand in the number, not a function.",
        lambda: v,
    )
    wrong(
        ex,
        "two numbers in a list",
        "One number is asked for, you gave two.",
        [v, v + 1],
    )
    wrong(
        ex,
        "a two-element array, both right",
        "One number is asked for, you gave an array of two.",
        np.array([v, v]),
    )
    wrong(ex, "empty list", "Your list is empty.", [])
    wrong(ex, "True", "True is not the number that is asked for.", True)
    wrong(
        ex,
        "a complex number off the real line",
        "No imaginary part is needed here.",
        complex(v, 1),
    )
    wrong(ex, "a dictionary", "Hand in the bare number.", {"answer": v})
    wrong(ex, "sign turned", "The size is right; look at the sign.", -v)


numbers(
    "03.2",
    [
        ("int", 2410),
        ("underscore", 2_410),
        ("computed", 64 * 32 + 32 + 32 * 10 + 10),
        ("(n + 1) * k", (64 + 1) * 32 + (32 + 1) * 10),
        ("float", 2410.0),
        ("np.int64", np.int64(2410)),
        ("np.float32", np.float32(2410)),
        ("array with one element", np.array([2410])),
        ("0-d array", np.array(2410)),
        (
            "summed from the package's network",
            sum(
                a.size
                for _, a, _ in nn_helpers.Network(
                    [64, 32, 10], rng=np.random.default_rng(0)
                ).parameters()
            ),
        ),
    ],
    [
        (
            "weights only",
            "Those are the weights; each of the 42 neurons has a bias too.",
            2368,
        ),
        ("sum of the sizes", "You added the neurons; count the connections.", 106),
        (
            "product of all three",
            "The layers follow each other: add the two tables, do not multiply them.",
            64 * 32 * 10,
        ),
        ("biases of the output layer forgotten", "Ten biases are missing.", 2400),
        ("biases of the hidden layer forgotten", "32 biases are missing.", 2378),
        ("biases for the inputs too", "Inputs have no bias.", 2474),
        ("biases only", "Those are only the biases.", 42),
        ("one bias a layer", "Each neuron has its own bias, not each layer.", 2370),
        ("one bias in all", "Each neuron has its own bias.", 2369),
        ("first layer only", "That is the first layer; add the second.", 2080),
        ("second layer only", "That is the second layer; add the first.", 330),
        (
            "extra input-to-output connections",
            "There are no connections past the hidden layer.",
            2410 + 640,
        ),
        (
            "inputs counted as parameters",
            "The 64 inputs are data; they do not learn.",
            2410 + 64 + 1,
        ),
        (
            "thousands comma: 2,410 is a tuple",
            "Python reads `2,410` as two numbers: write 2410 or 2_410.",
            (2, 410),
        ),
        ("thousands dot: 2.410", "Python reads `2.410` as two and a bit.", 2.410),
        (
            "with 30 hidden neurons",
            "That is the network with 30 hidden neurons.",
            64 * 30 + 30 + 30 * 10 + 10,
        ),
        ("one off", "So close: count again.", 2411),
        ("half off", "A count is a whole number.", 2410.5),
    ],
    [("list with one element", "Right, though a list is not needed.", [2410])],
)
numbers(
    "04.1",
    [
        ("np.log(10)", np.log(10)),
        ("-np.log(0.1)", -np.log(0.1)),
        ("math.log", math.log(10)),
        ("four digits", 2.3026),
        ("three digits", 2.303),
        ("two digits", 2.3),
        ("np.float32", np.float32(np.log(10))),
        ("array with one element", np.array([2.302585])),
        ("0-d array", np.array(2.302585)),
        (
            "via the package",
            nn_helpers.softmax_cross_entropy(np.zeros((1, 10)), np.eye(10)[[3]]),
        ),
    ],
    [
        (
            "log base 10",
            "That is the logarithm to base 10; the loss uses the natural one.",
            math.log10(10),
        ),
        (
            "log base 2",
            "That is in bits; the loss uses the natural logarithm.",
            math.log2(10),
        ),
        ("p itself", "That is the probability; the loss is minus its logarithm.", 0.1),
        ("1 - p", "That is the chance to be wrong, not the surprise.", 0.9),
        ("1 / p", "Take the logarithm.", 10),
        (
            "summed over ten classes",
            "Only the true class counts, once.",
            10 * math.log(10),
        ),
        (
            "divided by ten classes",
            "The mean is over the rows, not over the classes.",
            math.log(10) / 10,
        ),
        (
            "entropy with two classes",
            "That is the uniform guess for two classes.",
            math.log(2),
        ),
        (
            "binary cross-entropy summed over ten",
            "The nine other terms do not appear in categorical cross-entropy.",
            -math.log(0.1) - 9 * math.log(0.9),
        ),
        ("-log(0.9)", "You took the probability of being wrong.", -math.log(0.9)),
        ("zero", "Zero is for a network that is certain and right.", 0),
        ("eleven classes", "Ten classes, 0 to 9.", math.log(11)),
        ("nine classes", "Ten classes, 0 to 9.", math.log(9)),
        ("rounded to 2", "Too coarse: give two digits at least.", 2),
        ("2.2", "Close, but look again at the logarithm of 10.", 2.2),
        (
            "squared error",
            "That is the squared error of the guess.",
            0.9**2 + 9 * 0.1**2,
        ),
        ("exp instead of log", "You took the exponential.", math.exp(0.1)),
        (
            "decimal comma: 2,303 is a tuple",
            "In Python the decimal sign is a dot.",
            (2, 303),
        ),
        ("text ln 10", "Let Python compute it: np.log(10).", "ln 10"),
    ],
    [
        ("list with one element", "Right, though a list is not needed.", [2.302585]),
        ("2.31, rounded the wrong way", "Nearly: it is 2.3026.", 2.31),
    ],
)
numbers(
    "06.1",
    [
        ("float", -0.59),
        ("computed", -0.4 * 0.6 + 0.7 * -0.5),
        ("np.dot", np.dot([-0.4, 0.7], [0.6, -0.5])),
        ("np.float32", np.float32(-0.59)),
        ("array with one element", np.array([-0.4, 0.7]) @ np.array([[0.6], [-0.5]])),
        ("0-d array", np.array(-0.59)),
        ("sum of a list", sum(d * w for d, w in zip([-0.4, 0.7], [0.6, -0.5]))),
        ("einsum", np.einsum("k,k->", np.array([-0.4, 0.7]), np.array([0.6, -0.5]))),
    ],
    [
        (
            "first road only",
            "That is the first road; the second one adds to it.",
            -0.24,
        ),
        (
            "second road only",
            "That is the second road; the first one adds to it.",
            -0.35,
        ),
        ("roads subtracted", "Where roads meet, slopes add.", -0.24 + 0.35),
        (
            "roads multiplied",
            "Along a road slopes multiply, where roads meet they add.",
            -0.24 * -0.35,
        ),
        ("mean of the roads", "Add the roads; do not average them.", -0.295),
        (
            "roads crossed",
            "Each delta travels back over its own weight.",
            -0.4 * -0.5 + 0.7 * 0.6,
        ),
        (
            "sum of deltas times sum of weights",
            "Multiply road by road, then add.",
            (-0.4 + 0.7) * (0.6 - 0.5),
        ),
        ("sum of the deltas", "The weights of the roads are missing.", 0.3),
        ("sum of the weights", "The deltas are missing.", 0.1),
        ("sizes only", "Keep the signs of the slopes.", abs(-0.24) - 0.35),
        (
            "length of the vector",
            "Add; do not take the length.",
            math.hypot(0.24, 0.35),
        ),
        (
            "the larger road",
            "Both roads count, not only the steeper one.",
            max(-0.24, -0.35),
        ),
        (
            "divided by the weight",
            "Multiply with the weight instead of dividing.",
            -0.4 / 0.6 + 0.7 / -0.5,
        ),
        ("both roads as an array", "Now add the two.", np.array([-0.24, -0.35])),
        (
            "sums of absolute values over m = 2",
            "Nothing is to be divided here.",
            0.59 / 2,
        ),
        ("off by a decimal place", "Check the decimal point.", -5.9),
        ("0.0 as if a gate were shut", "No gate is shut in this question.", 0.0),
        ("decimal comma", "In Python the decimal sign is a dot.", (0, -59)),
    ],
    [
        ("-0.6, one digit", "Right to one digit; give two.", -0.6),
        ("list with one element", "Right, though a list is not needed.", [-0.59]),
    ],
)

# ---------------------------------------------------------------- 02.2 sigmoid
EX = "02.2"


@right(EX, "as hinted: e = exp(-|z|), np.where")
def _(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


@right(EX, "one fraction, where in the numerator")
def _(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1 + e)


@right(EX, "boolean masks into an empty array")
def _(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    e = np.exp(z[~pos])
    out[~pos] = e / (1 + e)
    return out


right(
    EX,
    "tanh trick: 0.5 * (1 + tanh(z / 2))",
    lambda z: 0.5 * (1 + np.tanh(np.asarray(z) / 2)),
)
right(
    EX,
    "exp(-logaddexp(0, -z))",
    lambda z: np.exp(-np.logaddexp(0, -np.asarray(z, float))),
)
right(EX, "the package's sigmoid", lambda z: nn_helpers.sigmoid(z))
right(
    EX,
    "softmax of (0, z)",
    lambda z: softmax(
        np.stack([np.zeros_like(z, dtype=float), np.asarray(z, float)], axis=-1)
    )[..., 1],
)
right(
    EX,
    "np.vectorize over math.exp",
    np.vectorize(
        lambda v: 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v)),
        otypes=[float],
    ),
)


@right(EX, "loop over the flat array, reshaped")
def _(z):
    z = np.asarray(z, dtype=float)
    out = []
    for v in z.ravel():
        if v >= 0:
            out.append(1 / (1 + math.exp(-v)))
        else:
            out.append(1 - 1 / (1 + math.exp(v)))
    return np.array(out).reshape(z.shape)


@right(EX, "float32 inside")
def _(z):
    z = np.asarray(z, dtype=np.float32)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


@right(EX, "list returned (tolist)")
def _(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) > 0, 1 / (1 + e), e / (1 + e)).tolist()


@right(EX, "both exponents clamped: minimum and maximum")
def _(z):
    down, up = np.exp(np.minimum(z, 0)), np.exp(-np.maximum(z, 0))
    return down / (down + up)


@right(EX, "in place on a copy")
def _(z):
    a = np.array(z, dtype=float)
    positive = a >= 0
    np.abs(a, out=a)
    np.negative(a, out=a)
    np.exp(a, out=a)
    return np.where(positive, 1, a) / (1 + a)


@right(EX, "mirror: 1 - s for the negative side")
def _(z):
    s = 1 / (1 + np.exp(-np.abs(z)))
    return np.where(z >= 0, s, 1 - s)


border(
    EX,
    "naive formula with the warning silenced by errstate",
    "The values are right, but the overflow is only hidden, not avoided.",
    lambda z: _silent(z),
)


def _silent(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.asarray(z, float)))


border(
    EX,
    "clipped to +-500, then the naive formula",
    "Right to 200 decimals, though a clip hides the idea.",
    lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500))),
)
border(
    EX,
    "clipped to +-30 (wrong relatively beyond 30, by less than 1e-13)",
    "Fine to 13 decimals, but everything below -30 gets the same answer.",
    lambda z: 1 / (1 + np.exp(-np.clip(z, -30, 30))),
)
border(
    EX,
    "list comprehension, flat lists only",
    "Right for a flat list; a table would break it.",
    lambda z: [
        1 / (1 + math.exp(-v)) if v > 0 else math.exp(v) / (1 + math.exp(v)) for v in z
    ],
)
border(
    EX,
    "if on a single number, raises for arrays",
    "Right for one number; arrays need np.where.",
    lambda z: 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z)),
)

wrong(
    EX,
    "naive 1/(1+exp(-z)): overflow warning at -1000",
    "At -1000 your np.exp still overflows: use exp(-|z|).",
    lambda z: 1 / (1 + np.exp(-np.asarray(z, float))),
)
wrong(
    EX,
    "np.where with both naive branches: both are evaluated, overflow and nan for large z (harvard-edge/cs249r_book PR 1870 has this)",
    "np.where computes both sides everywhere, so exp still overflows; take exp(-|z|) for both.",
    lambda z: np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z))),
)
wrong(
    EX,
    "exp(z)/(1+exp(z)): nan at 1000",
    "At +1000 yours is infinity over infinity: nan.",
    lambda z: np.exp(z) / (1 + np.exp(z)),
)


@wrong(
    EX,
    "branches swapped (hail-is/hail PR 10606)",
    "The two branches have changed places: at 0.5 you answer what belongs to -0.5.",
)
def _(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, e / (1 + e), 1 / (1 + e))


wrong(
    EX,
    "1/(1+exp(-|z|)) for all z",
    "For negative z you still give the answer of the positive side.",
    lambda z: 1 / (1 + np.exp(-np.abs(z))),
)


wrong(
    EX,
    "mirror forgotten: e instead of e/(1+e) for negative z",
    "For negative z you return exp(z); divide it by 1 + exp(z).",
    lambda z: np.where(
        np.asarray(z) >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z))
    ),
)
wrong(
    EX,
    "sign turned: sigmoid(-z)",
    "Yours falls from 1 to 0; the sigmoid rises.",
    lambda z: sigmoid(-np.asarray(z, float)),
)
wrong(
    EX,
    "e^-1 instead of e^-z (as in the article)",
    "The variable fell out: you give the same number for every z.",
    lambda z: np.full(np.shape(z), 1 / (1 + np.exp(-1))),
)
wrong(
    EX,
    "1/e^-z (deeplearning.ai forum)",
    "The 1 + in the denominator is missing.",
    lambda z: 1 / np.exp(-np.clip(z, -50, 50)),
)
wrong(
    EX,
    "returns the slope s * (1 - s)",
    "That is the slope of the sigmoid, not the sigmoid.",
    lambda z: sigmoid_prime(np.asarray(z, float)),
)
wrong(
    EX,
    "tanh instead of sigmoid",
    "That is tanh: it runs from -1 to 1.",
    lambda z: np.tanh(z),
)
wrong(
    EX,
    "tanh without halving z",
    "Halve z inside tanh: yours is twice as steep.",
    lambda z: 0.5 * (1 + np.tanh(z)),
)
wrong(
    EX,
    "clipped to +-10: 4.5e-5 at -1000",
    "Clipping at -10 gives 0.000045 for every z below.",
    lambda z: 1 / (1 + np.exp(-np.clip(z, -10, 10))),
)
wrong(
    EX,
    "hard sigmoid, straight pieces",
    "That is a straight line with clipped ends; the sigmoid bends smoothly.",
    lambda z: np.clip(0.2 * np.asarray(z) + 0.5, 0, 1),
)
wrong(
    EX,
    "np.nan_to_num over the naive fraction: 0 at +1000",
    "nan_to_num turned your nan into 0, but the sigmoid of 1000 is 1.",
    lambda z: np.nan_to_num(np.exp(z) / (1 + np.exp(z))),
)
wrong(
    EX,
    "step function (z > 0)",
    "That is a step: only 0 and 1 come out.",
    lambda z: (np.asarray(z) > 0).astype(float),
)
wrong(
    EX,
    "rounded to two decimals",
    "Do not round: the later lessons need all digits.",
    lambda z: np.round(sigmoid(np.asarray(z, float)), 2),
)
wrong(
    EX,
    "only the first entry",
    "You return one number; each z wants its own answer.",
    lambda z: sigmoid(np.asarray(z, float)).ravel()[0],
)
wrong(
    EX,
    "sorted output",
    "The answers come out sorted; keep them in the order of z.",
    lambda z: np.sort(sigmoid(np.asarray(z, float)), axis=None).reshape(np.shape(z)),
)
wrong(
    EX,
    "softmax over all entries",
    "Softmax shares out 1 among all entries; the sigmoid looks at each alone.",
    lambda z: softmax(np.asarray(z, float).ravel()).reshape(np.shape(z)),
)
wrong(
    EX,
    "flattened (wrong for tables only)",
    "The result must have the shape of z.",
    lambda z: sigmoid(np.asarray(z, float)).ravel(),
)
wrong(
    EX,
    "cast to int: only 0 and 1",
    "You cast to whole numbers, so the fraction is lost.",
    lambda z: sigmoid(np.asarray(z, float)).astype(int),
)
wrong(
    EX,
    "at z = 0 gives 0 (both masks strict)",
    "At z = 0 neither of your masks is true, so 0 remains; it should be 0.5.",
    lambda z: _strict(z),
)
wrong(
    EX,
    "float16 inside: three digits only",
    "float16 keeps three digits only; use the ordinary float.",
    lambda z: (
        1 / (1 + np.exp(-np.abs(np.asarray(z, np.float16))))
        if np.ndim(z) == 0
        else _half(z)
    ),
)


def _half(z):
    z = np.asarray(z, np.float16)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def _strict(z):
    z = np.asarray(z, float)
    e = np.exp(-np.abs(z))
    return (z > 0) / (1 + e) + (z < 0) * e / (1 + e)


@wrong(EX, "prints instead of returning", "You print the answer; `return` it.")
def _(z):
    print(sigmoid(np.asarray(z, float)))


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(z):
    e = np.exp(-np.abs(z))
    np.where(np.asarray(z) >= 0, 1 / (1 + e), e / (1 + e))


@wrong(
    EX,
    "changes its input: z becomes |z| (right values)",
    "Right values, but you overwrote the caller's z: work on a copy.",
)
def _(z):
    positive = np.asarray(z) >= 0
    if isinstance(z, np.ndarray) and z.dtype.kind == "f" and z.ndim:
        np.abs(z, out=z)
    e = np.exp(-np.abs(z))
    return np.where(positive, 1 / (1 + e), e / (1 + e))


@wrong(
    EX,
    "if z.all() >= 0 on a whole array",
    "`z.all()` decides once for the whole array; use np.where, entry by entry.",
)
def _(z):
    z = np.asarray(z, float)
    if z.all() >= 0:
        return 1 / (1 + np.exp(-np.abs(z)))
    return np.exp(z) / (1 + np.exp(z))


@wrong(
    EX,
    "if z >= 0 on an array: ValueError (NanoTorch issue 19)",
    "`if` cannot choose for a whole array: use np.where.",
)
def _(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


_seen = []


@wrong(
    EX,
    "state: returns the answer of the first call for ever",
    "You keep the first answer and give it back every time.",
)
def _(z):
    if not _seen:
        _seen.append(sigmoid(np.asarray(z, float)))
    return _seen[0]


common(EX, 1, sigmoid(np.array([-1.0, 0.0, 1.0])))

# ------------------------------------------------------------------ 03.1 layer
EX = "03.1"
right(EX, "X @ W + b", lambda X, W, b: X @ W + b)
right(EX, "np.dot", lambda X, W, b: np.dot(X, W) + b)
right(EX, "einsum", lambda X, W, b: np.einsum("ik,kj->ij", X, W) + b)
right(
    EX,
    "einsum with a repeated index named",
    lambda X, W, b: np.add(np.einsum("mn,no->mo", X, W), b[np.newaxis, :]),
)
right(EX, "transposed and back", lambda X, W, b: (W.T @ X.T + b.reshape(-1, 1)).T)
right(
    EX,
    "broadcast and sum",
    lambda X, W, b: (X[:, :, None] * W[None, :, :]).sum(axis=1) + b,
)
right(
    EX,
    "a column of ones for the bias",
    lambda X, W, b: np.hstack([X, np.ones((len(X), 1))]) @ np.vstack([W, b]),
)
right(EX, "np.inner with W.T", lambda X, W, b: np.inner(X, W.T) + b)
right(EX, "tensordot", lambda X, W, b: np.tensordot(X, W, axes=1) + b)
right(
    EX,
    "list comprehension of rows, array",
    lambda X, W, b: np.array([x @ W + b for x in X]),
)
right(EX, "list of lists returned", lambda X, W, b: (X @ W + b).tolist())
right(EX, "list of arrays returned", lambda X, W, b: [x @ W + b for x in X])
right(
    EX, "float32 inside", lambda X, W, b: np.float32(X) @ np.float32(W) + np.float32(b)
)
right(EX, "np.tile for the bias", lambda X, W, b: X @ W + np.tile(b, (X.shape[0], 1)))
right(
    EX,
    "np.outer, input by input",
    lambda X, W, b: sum(np.outer(X[:, k], W[k]) for k in range(X.shape[1])) + b,
)


@right(EX, "three loops, bias after the inner one")
def _(X, W, b):
    Z = np.zeros((len(X), len(b)))
    for i in range(len(X)):
        for j in range(len(b)):
            for k in range(X.shape[1]):
                Z[i, j] += X[i, k] * W[k, j]
            Z[i, j] += b[j]
    return Z


@right(EX, "bias first, then add up")
def _(X, W, b):
    Z = np.empty((X.shape[0], W.shape[1]))
    Z[:] = b
    Z += X @ W
    return Z


@right(EX, "the package's Dense with identity")
def _(X, W, b):
    layer = nn_helpers.Dense(
        W.shape[0], W.shape[1], "identity", np.random.default_rng(0)
    )
    layer.W, layer.b = np.array(W, float), np.array(b, float)
    return layer.forward(X)


@right(EX, "neuron by neuron, column_stack")
def _(X, W, b):
    return np.column_stack([X @ w + one for w, one in zip(W.T, b, strict=True)])


border(
    EX,
    "np.matrix returned",
    "Right numbers, in NumPy's old matrix type.",
    lambda X, W, b: np.asmatrix(X) * np.asmatrix(W) + b,
)
wrong(EX, "bias forgotten", "The bias is missing.", lambda X, W, b: X @ W)
wrong(
    EX,
    "bias subtracted",
    "The bias is added, not taken away.",
    lambda X, W, b: X @ W - b,
)
wrong(EX, "bias added twice", "The bias counts once.", lambda X, W, b: X @ W + b + b)
wrong(
    EX,
    "bias added to the weights: X @ (W + b) fits",
    "You added the bias to the weights; it comes after the product.",
    lambda X, W, b: X @ (W + b),
)
wrong(
    EX,
    "bias down the examples by np.resize (always fits)",
    "Your bias runs down the examples; each neuron has its own.",
    lambda X, W, b: X @ W + np.resize(b, (len(X), 1)),
)
wrong(
    EX,
    "b[:, None]: raises or is wrong when m = n_out",
    "b[:, None] stands upright: it would add a bias per example.",
    lambda X, W, b: X @ W + b[:, None],
)
wrong(
    EX,
    "sum of the biases everywhere",
    "Each neuron adds its own bias, not the sum of all.",
    lambda X, W, b: X @ W + b.sum(),
)
wrong(
    EX,
    "first bias everywhere",
    "Each neuron has its own bias, you used the first for all.",
    lambda X, W, b: X @ W + b[0],
)
wrong(
    EX,
    "mean bias",
    "Each neuron adds its own bias, not the mean.",
    lambda X, W, b: X @ W + b.mean(),
)
wrong(
    EX,
    "bias reversed",
    "The biases are in the wrong order.",
    lambda X, W, b: X @ W + b[::-1],
)
wrong(
    EX,
    "W @ X",
    "The order matters: examples come first, X @ W.",
    lambda X, W, b: W @ X + b,
)
wrong(
    EX,
    "X * W entry by entry",
    "`*` multiplies entry by entry; `@` is the product of tables.",
    lambda X, W, b: X * W + b,
)
wrong(
    EX,
    "X @ W.T",
    "W already has a column a neuron: no .T here.",
    lambda X, W, b: X @ W.T + b,
)
wrong(
    EX,
    "reshape instead of transpose (always fits)",
    "reshape deals the weights out anew; the shape fits, the numbers do not.",
    lambda X, W, b: X @ W.T.reshape(W.shape) + b,
)
wrong(
    EX,
    "relu applied",
    "No activation here: negative sums must come through.",
    lambda X, W, b: relu(X @ W + b),
)
wrong(EX, "sigmoid applied", "No activation here.", lambda X, W, b: sigmoid(X @ W + b))
wrong(EX, "tanh applied", "No activation here.", lambda X, W, b: np.tanh(X @ W + b))
wrong(
    EX,
    "only the first example",
    "You answer for the first row only.",
    lambda X, W, b: X[0] @ W + b,
)
wrong(
    EX,
    "only the first example, kept as a table",
    "You answer for the first row only.",
    lambda X, W, b: X[:1] @ W + b,
)
wrong(
    EX,
    "first example repeated",
    "Every row gets the answer of the first one.",
    lambda X, W, b: np.tile(X[0] @ W + b, (len(X), 1)),
)
wrong(
    EX,
    "transposed result",
    "Turned over: rows are examples.",
    lambda X, W, b: (X @ W + b).T,
)
wrong(
    EX,
    "flattened",
    "Keep the table: a row for each example.",
    lambda X, W, b: (X @ W + b).ravel(),
)
wrong(
    EX,
    "mean over the examples",
    "You averaged the examples; each keeps its own row.",
    lambda X, W, b: (X @ W + b).mean(axis=0),
)
wrong(
    EX,
    "mean of the products instead of the sum",
    "Add the products; do not average them.",
    lambda X, W, b: X @ W / W.shape[0] + b,
)
wrong(
    EX,
    "rounded to one decimal",
    "Do not round.",
    lambda X, W, b: np.round(X @ W + b, 1),
)
wrong(
    EX,
    "cast to int",
    "You cut off the decimals.",
    lambda X, W, b: (X @ W + b).astype(int),
)
wrong(
    EX,
    "inputs divided by their largest",
    "You scaled X; take it as it is.",
    lambda X, W, b: X / np.abs(X).max() @ W + b,
)
wrong(
    EX,
    "fresh random weights",
    "Use the W that you get, not new random weights.",
    lambda X, W, b: X @ np.random.default_rng(0).normal(size=W.shape) + b,
)
wrong(
    EX,
    "rows sorted",
    "The rows come out in another order.",
    lambda X, W, b: np.sort(X @ W + b, axis=0),
)
wrong(
    EX,
    "a tuple (Z, X, W)",
    "Return Z alone, not a tuple.",
    lambda X, W, b: (X @ W + b, X, W),
)
wrong(
    EX,
    "abs of the sum",
    "Negative sums are allowed.",
    lambda X, W, b: np.abs(X @ W + b),
)


@wrong(
    EX,
    "bias inside the inner loop (indentation)",
    "Your bias is indented too far: it is added once for each input.",
)
def _(X, W, b):
    Z = np.zeros((len(X), len(b)))
    for i in range(len(X)):
        for j in range(len(b)):
            for k in range(X.shape[1]):
                Z[i, j] += X[i, k] * W[k, j]
                Z[i, j] += b[j]
    return Z


@wrong(
    EX,
    "return inside the loop: only one entry filled",
    "Your `return` stands inside the loop, so it stops after the first row.",
)
def _(X, W, b):
    Z = np.zeros((len(X), len(b)))
    for i in range(len(X)):
        Z[i] = X[i] @ W + b
        return Z


@wrong(
    EX,
    "last input skipped (range off by one)",
    "range(n - 1) leaves out the last input.",
)
def _(X, W, b):
    return sum(np.outer(X[:, k], W[k]) for k in range(X.shape[1] - 1)) + b


@wrong(
    EX,
    "Z[i, j] = instead of +=",
    "`=` overwrites: only the last product survives; use `+=`.",
)
def _(X, W, b):
    Z = np.zeros((len(X), len(b)))
    for i in range(len(X)):
        for j in range(len(b)):
            for k in range(X.shape[1]):
                Z[i, j] = X[i, k] * W[k, j]
            Z[i, j] += b[j]
    return Z


@wrong(
    EX,
    "zeros_like(b) dtype trap: int table",
    "np.zeros(..., dtype=int) cuts off the decimals.",
)
def _(X, W, b):
    Z = np.zeros((len(X), len(b)), dtype=int)
    Z[:] = X @ W + b
    return Z


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(X, W, b):
    Z = X @ W + b


@wrong(EX, "prints instead of returning", "You print Z; `return` it.")
def _(X, W, b):
    print(X @ W + b)


@wrong(
    EX,
    "changes b in place (right on the first call)",
    "You add up in b itself, so the caller's bias changes: make a new array.",
)
def _(X, W, b):
    Z = X @ W + b
    b += 1
    return Z


@wrong(
    EX, "changes X in place (centres it first)", "You changed X itself, and Z with it."
)
def _(X, W, b):
    X -= X.mean(axis=0)
    return X @ W + b


_layer_sum = {}


@wrong(
    EX,
    "state: accumulates over calls (right on the first call)",
    "Each call adds to the last one: start from zero.",
)
def _(X, W, b):
    key = (X.shape, W.shape)
    _layer_sum[key] = _layer_sum.get(key, 0) + X @ W + b
    return _layer_sum[key]


common(EX, 3, np.ones((2, 3)))

# ---------------------------------------------------------------- 03.3 softmax
EX = "03.3"


@right(EX, "shift, exp, divide")
def _(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


right(EX, "the package's softmax", lambda Z: nn_helpers.softmax(Z))


@right(EX, "log-sum-exp by logaddexp.reduce")
def _(Z):
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


@right(EX, "transposed: examples as columns, and back")
def _(Z):
    E = np.exp(Z.T - Z.T.max(axis=0))
    return (E / E.sum(axis=0)).T


@right(EX, "row loop")
def _(Z):
    P = np.empty_like(Z, dtype=float)
    for i, row in enumerate(Z):
        e = np.exp(row - np.max(row))
        P[i] = e / np.sum(e)
    return P


@right(EX, "pure Python, list of lists returned")
def _(Z):
    out = []
    for row in Z:
        top = max(row)
        e = [math.exp(v - top) for v in row]
        out.append([v / sum(e) for v in e])
    return out


@right(EX, "apply_along_axis")
def _(Z):
    return np.apply_along_axis(
        lambda r: np.exp(r - r.max()) / np.exp(r - r.max()).sum(), 1, Z
    )


right(
    EX,
    "from differences: 1 / sum exp(Zj - Zk), overflow to inf silenced",
    lambda Z: _differences(Z),
)


def _differences(Z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(Z[:, None, :] - Z[:, :, None]).sum(axis=2)


@right(EX, "float32 inside")
def _(Z):
    E = np.exp(np.float32(Z) - np.float32(Z).max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@right(EX, "in place on a copy")
def _(Z):
    P = np.array(Z, dtype=float)
    P -= P.max(axis=1)[:, None]
    np.exp(P, out=P)
    P /= P.sum(axis=1)[:, None]
    return P


@right(EX, "einsum for the sums")
def _(Z):
    E = np.exp(Z - np.amax(Z, axis=-1)[:, np.newaxis])
    return np.einsum("ij,i->ij", E, 1 / np.einsum("ij->i", E))


@right(EX, "sorted row end as the maximum")
def _(Z):
    E = np.exp(Z - np.sort(Z, axis=1)[:, -1:])
    return E / (E @ np.ones((Z.shape[1], 1)))


@right(EX, "list of row arrays returned")
def _(Z):
    return [np.exp(r - r.max()) / np.exp(r - r.max()).sum() for r in Z]


border(
    EX,
    "longdouble with exp of everything up to 11000",
    "Right in 80 bits, but it only moves the cliff.",
    lambda Z: _long(Z),
)


def _long(Z):
    E = np.exp(np.asarray(Z, np.longdouble))
    return (E / E.sum(axis=1, keepdims=True)).astype(float)


wrong(
    EX,
    "naive: nan at 1000",
    "exp(1000) overflows: subtract the largest of each row first.",
    lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True),
)


@wrong(
    EX,
    "one maximum for the whole table: rows 1000 apart become nan (crysx_nn issue 7, keras PR 9606)",
    "You subtract one maximum for the whole table; a row far below it becomes 0/0. Take each row's own.",
)
def _(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum(axis=1, keepdims=True)


@wrong(
    EX,
    "max(0, row max): very negative rows become nan (NNlib.jl PR 43)",
    "A row whose maximum is negative is not shifted up: its exps are all 0.",
)
def _(Z):
    E = np.exp(Z - np.maximum(0, Z.max(axis=1, keepdims=True)))
    return E / E.sum(axis=1, keepdims=True)


@wrong(
    EX,
    "absolute maximum subtracted: negative rows become nan",
    "Subtract the maximum, not the largest size.",
)
def _(Z):
    E = np.exp(Z - np.abs(Z).max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong(
    EX, "columns instead of rows (axis=0)", "Your columns sum to 1; the rows should."
)
def _(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=0)


@wrong(
    EX,
    "max by row, sum over columns",
    "The maximum goes by row, but your sum goes down the columns.",
)
def _(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=0)


@wrong(EX, "whole table sums to 1", "The whole table sums to 1; each row should.")
def _(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum()


@wrong(
    EX,
    "keepdims forgotten: raises, or silently wrong for a square table",
    "Without keepdims the row sums lie down flat and meet the columns.",
)
def _(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)


@wrong(
    EX,
    "keepdims forgotten, repaired with np.resize (always fits)",
    "Every entry is divided by the sum of another row.",
)
def _(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / np.resize(E.sum(axis=1), Z.shape)


@wrong(
    EX,
    "clip to +-500: [1000, 999] becomes a tie",
    "Clipping makes 1000 and 999 equal; shifting keeps their difference.",
)
def _(Z):
    E = np.exp(np.clip(Z, -500, 500))
    return E / E.sum(axis=1, keepdims=True)


@wrong(
    EX,
    "nan_to_num over the naive one",
    "nan_to_num covers the overflow up: the big logit gets 0.",
)
def _(Z):
    E = np.exp(Z)
    return np.nan_to_num(E / E.sum(axis=1, keepdims=True))


@wrong(
    EX,
    "1e-8 in the denominator with a global max: zero rows",
    "The tiny number in the denominator hides 0/0: that row sums to 0.",
)
def _(Z):
    E = np.exp(Z - Z.max())
    return E / (E.sum(axis=1, keepdims=True) + 1e-8)


@wrong(
    EX,
    "minimum subtracted instead of the maximum",
    "Subtract the largest of the row, not the smallest: it still overflows.",
)
def _(Z):
    E = np.exp(Z - Z.min(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong(
    EX,
    "mean subtracted instead of the maximum (overflows only when max - mean > 709: [1000, 0, 0, 0])",
    "The mean is not enough: logits far above it still overflow.",
)
def _(Z):
    E = np.exp(Z - Z.mean(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong(
    EX,
    "divides by the maximum (a temperature, not a shift)",
    "Dividing stretches, and that changes the answer; subtract.",
)
def _(Z):
    E = np.exp(Z / np.abs(Z).max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong(EX, "sign: exp(-Z)", "The smallest logit wins in yours: a sign is turned.")
def _(Z):
    E = np.exp(Z.min(axis=1, keepdims=True) - Z)
    return E / E.sum(axis=1, keepdims=True)


@wrong(EX, "max row added instead of subtracted", "Subtract the maximum.")
def _(Z):
    E = np.exp(Z + Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong(
    EX, "the shift only in the numerator", "You shifted above the line but not below."
)
def _(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True)) / np.exp(Z).sum(
        axis=1, keepdims=True
    )


wrong(
    EX,
    "exp only, not shared out",
    "The rows do not sum to 1: divide by the sum.",
    lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)),
)
wrong(
    EX,
    "divided by the sum without exp",
    "exp is missing.",
    lambda Z: Z / Z.sum(axis=1, keepdims=True),
)
wrong(
    EX,
    "base 2 instead of e",
    "You used 2 as the base: take np.exp.",
    lambda Z: (
        np.exp2(Z - Z.max(axis=1, keepdims=True))
        / np.exp2(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    ),
)
wrong(
    EX,
    "log-softmax returned",
    "Those are the logarithms of the probabilities.",
    lambda Z: np.log(softmax(Z) + 1e-300),
)
wrong(
    EX,
    "sigmoid of each entry",
    "The sigmoid looks at each entry alone; the rows do not sum to 1.",
    lambda Z: sigmoid(np.asarray(Z, float)),
)
wrong(
    EX,
    "hard max: one-hot of the winner",
    "That is the winner only; softmax shares out.",
    lambda Z: np.eye(Z.shape[1])[Z.argmax(axis=1)],
)
wrong(
    EX,
    "argmax",
    "That is the number of the winner; the probabilities are asked for.",
    lambda Z: Z.argmax(axis=1),
)
wrong(
    EX,
    "softmax twice",
    "You applied softmax twice: the answer gets too even.",
    lambda Z: softmax(softmax(Z)),
)
wrong(
    EX, "first row only", "You answer for the first row only.", lambda Z: softmax(Z)[:1]
)
wrong(
    EX,
    "rows sorted",
    "Your probabilities are sorted; each belongs to its own class.",
    lambda Z: np.sort(softmax(Z), axis=1),
)
wrong(EX, "rounded to 3 decimals", "Do not round.", lambda Z: softmax(Z).round(3))
wrong(
    EX,
    "clipped away from 0 and 1 (1e-3)",
    "Clipping changes probabilities; the rows no longer sum to 1.",
    lambda Z: np.clip(softmax(Z), 1e-3, 1 - 1e-3),
)
wrong(EX, "flattened", "Keep the table.", lambda Z: softmax(Z).ravel())
wrong(
    EX, "transposed result", "Turned over: rows are examples.", lambda Z: softmax(Z).T
)
wrong(
    EX,
    "a tuple (P, E)",
    "Return P alone.",
    lambda Z: (softmax(Z), np.exp(Z - Z.max(axis=1, keepdims=True))),
)


@wrong(
    EX,
    "Z -= max in place: the caller's logits change (right values)",
    "`Z -= ...` changes the caller's logits; write Z = Z - ....",
)
def _(Z):
    Z -= Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)


@wrong(
    EX,
    "sums in a growing total (state inside a loop)",
    "`total` is not set back to 0 for each row.",
)
def _(Z):
    P, total = np.zeros_like(Z, dtype=float), 0.0
    for i, row in enumerate(Z):
        e = np.exp(row - row.max())
        total += e.sum()
        P[i] = e / total
    return P


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    E / E.sum(axis=1, keepdims=True)


@wrong(EX, "prints instead of returning", "You print P; `return` it.")
def _(Z):
    print(softmax(Z))


_soft_max = []


@wrong(
    EX,
    "state: keeps the largest maximum of all calls",
    "Your maximum remembers earlier calls: take it anew each time.",
)
def _(Z):
    _soft_max.append(Z.max())
    E = np.exp(Z - max(_soft_max))
    return E / E.sum(axis=1, keepdims=True)


common(EX, 1, np.array([[0.5, 0.5]]))
# ----------------------------------------------------- 04.2 gradient of the BCE
EX = "04.2"
right(EX, "(sigmoid(Z) - Y) / len(Z)", lambda Z, Y: (sigmoid(Z) - Y) / len(Z))
right(EX, "m from the shape", lambda Z, Y: (nn_helpers.sigmoid(Z) - Y) / Z.shape[0])
right(EX, "Z.size", lambda Z, Y: 1 / Z.size * (sigmoid(Z) - Y))
right(
    EX,
    "the package's gradient",
    lambda Z, Y: nn_helpers.binary_cross_entropy_grad(Z, Y),
)
right(
    EX,
    "row loop",
    lambda Z, Y: np.array(
        [[(float(sigmoid(z[0])) - y[0]) / len(Z)] for z, y in zip(Z, Y)]
    ),
)
right(EX, "list of lists returned", lambda Z, Y: ((sigmoid(Z) - Y) / len(Z)).tolist())
right(
    EX,
    "float32 inside",
    lambda Z, Y: (sigmoid(np.float32(Z)) - np.float32(Y)) / np.float32(len(Z)),
)
right(EX, "tanh form", lambda Z, Y: (0.5 + 0.5 * np.tanh(Z / 2) - Y) / len(Z))
right(
    EX,
    "two cases by np.where on the label, soft labels too",
    lambda Z, Y: np.where(Y == 1, -sigmoid(-Z), sigmoid(Z) - Y) / len(Z),
)
right(
    EX,
    "einsum with a diagonal 1/m",
    lambda Z, Y: np.einsum("ij,jk->ik", np.eye(len(Z)) / len(Z), sigmoid(Z) - Y),
)
right(
    EX,
    "exp(-logaddexp(0, -Z))",
    lambda Z, Y: (np.exp(-np.logaddexp(0, -Z)) - Y) / len(Z),
)
right(EX, "minus and turned round", lambda Z, Y: -(Y - sigmoid(Z)) / len(Y))
right(
    EX,
    "Y P-terms kept apart: (1 - Y) P - Y (1 - P)",
    lambda Z, Y: ((1 - Y) * sigmoid(Z) - Y * sigmoid(-Z)) / len(Z),
)
right(
    EX,
    "through softmax of (0, z), lesson 03's bridge",
    lambda Z, Y: (softmax(np.hstack([np.zeros_like(Z), Z]))[:, 1:] - Y) / len(Z),
)
right(EX, "transposed and back", lambda Z, Y: ((sigmoid(Z.T) - Y.T) / Z.T.shape[1]).T)


@right(EX, "boolean masks in place on a copy")
def _(Z, Y):
    P = np.array(sigmoid(Z))
    P[Y == 1] -= 1
    half = (Y != 1) & (Y != 0)
    P[half] -= Y[half]
    P /= len(P)
    return P


border(
    EX,
    "nudges (central differences): right to 9 decimals",
    "Right by nudging; the formula is exact and faster.",
    lambda Z, Y: nn_helpers.numerical_gradient(
        lambda z: nn_helpers.binary_cross_entropy(z, Y), Z
    ),
)
border(
    EX,
    "naive sigmoid inside: overflow warning far out, right values",
    "Right values, with an overflow warning at -1000.",
    lambda Z, Y: (1 / (1 + np.exp(-Z)) - Y) / len(Z),
)
border(
    EX,
    "flat (m,) returned",
    "Right numbers; the shape should be that of Z.",
    lambda Z, Y: ((sigmoid(Z) - Y) / len(Z)).ravel(),
)

wrong(
    EX,
    "Y - P: sign turned",
    "The sign is turned: what the model said minus what is true.",
    lambda Z, Y: (Y - sigmoid(Z)) / len(Z),
)
wrong(
    EX, "1/m forgotten", "The loss is a mean: divide by m.", lambda Z, Y: sigmoid(Z) - Y
)
wrong(
    EX,
    "1/m twice",
    "You divided by m twice.",
    lambda Z, Y: (sigmoid(Z) - Y) / len(Z) ** 2,
)
wrong(
    EX,
    "1/(2m)",
    "The 2 belongs to another loss.",
    lambda Z, Y: (sigmoid(Z) - Y) / (2 * len(Z)),
)
wrong(
    EX,
    "2/m as for squares",
    "The 2 belongs to the squared error.",
    lambda Z, Y: 2 * (sigmoid(Z) - Y) / len(Z),
)
wrong(
    EX,
    "times m",
    "Divide by m instead of multiplying.",
    lambda Z, Y: (sigmoid(Z) - Y) * len(Z),
)
wrong(
    EX,
    "1/sqrt(m)",
    "Divide by m, not by its root.",
    lambda Z, Y: (sigmoid(Z) - Y) / np.sqrt(len(Z)),
)
wrong(
    EX,
    "1/(m - 1)",
    "Divide by m, not m - 1.",
    lambda Z, Y: (sigmoid(Z) - Y) / (len(Z) - 1),
)
wrong(
    EX,
    "sigmoid slope once too often (squared-error habit)",
    "In cross-entropy the sigmoid's slope has cancelled: leave P (1 - P) out.",
    lambda Z, Y: (sigmoid(Z) - Y) * sigmoid_prime(Z) / len(Z),
)
wrong(
    EX,
    "squared error's gradient",
    "That is the slope of the squared error.",
    lambda Z, Y: 2 * (sigmoid(Z) - Y) * sigmoid_prime(Z) / len(Z),
)
wrong(
    EX,
    "slope on P, not on Z: stops half way",
    "That is the slope on P; go one link further, to Z.",
    lambda Z, Y: (sigmoid(Z) - Y) / np.maximum(sigmoid_prime(Z), 1e-12) / len(Z),
)
wrong(
    EX,
    "sign slip in 1 - p (math.stackexchange 2503428)",
    "The derivative of log(1 - p) carries a minus of its own.",
    lambda Z, Y: -(Y / sigmoid(Z) + (1 - Y) / sigmoid(-Z)) * sigmoid_prime(Z) / len(Z),
)
wrong(
    EX,
    "chain through -Y/P: nan at logits of 1000",
    "Far out your P is 0 or 1 and you divide by it; P - Y never divides.",
    lambda Z, Y: (
        (-Y / sigmoid(Z) + (1 - Y) / (1 - sigmoid(Z))) * sigmoid_prime(Z) / len(Z)
    ),
)
wrong(
    EX,
    "P clipped to 0.01..0.99",
    "Clipping changes the slope of sure answers.",
    lambda Z, Y: (np.clip(sigmoid(Z), 0.01, 0.99) - Y) / len(Z),
)
wrong(
    EX,
    "softmax of a single column: P is 1 everywhere",
    "The softmax of one column is always 1: for one output take the sigmoid.",
    lambda Z, Y: (softmax(Z) - Y) / len(Z),
)
wrong(
    EX,
    "softmax down the column",
    "Softmax down the column makes the examples share; use the sigmoid.",
    lambda Z, Y: (softmax(Z.T).T - Y) / len(Z),
)
wrong(
    EX,
    "Z - Y: sigmoid forgotten",
    "Squeeze Z first: sigmoid(Z) - Y.",
    lambda Z, Y: (Z - Y) / len(Z),
)
wrong(
    EX,
    "sigmoid twice",
    "You squeezed twice.",
    lambda Z, Y: (sigmoid(sigmoid(Z)) - Y) / len(Z),
)
wrong(
    EX,
    "sigmoid(-Z)",
    "A sign inside the sigmoid is turned.",
    lambda Z, Y: (sigmoid(-Z) - Y) / len(Z),
)
wrong(
    EX,
    "tanh instead of sigmoid",
    "Use the sigmoid, not tanh.",
    lambda Z, Y: (np.tanh(Z) - Y) / len(Z),
)
wrong(
    EX,
    "prediction 0/1 instead of P",
    "Take the probability, not the decision.",
    lambda Z, Y: ((Z > 0) - Y) / len(Z),
)
wrong(
    EX,
    "|P - Y|",
    "Keep the sign: it says which way to move.",
    lambda Z, Y: np.abs(sigmoid(Z) - Y) / len(Z),
)
wrong(
    EX,
    "the loss instead of its gradient",
    "That is the loss; the slope on each logit is asked for.",
    lambda Z, Y: nn_helpers.binary_cross_entropy(Z, Y),
)
wrong(
    EX,
    "a single number: the mean",
    "One slope for each logit, not their mean.",
    lambda Z, Y: np.mean(sigmoid(Z) - Y),
)
wrong(
    EX,
    "the mean repeated in the shape of Z",
    "Each logit has a slope of its own.",
    lambda Z, Y: np.full(Z.shape, np.mean(sigmoid(Z) - Y)),
)
wrong(
    EX,
    "ravel against a column: (m, m) by broadcast",
    "A flat P minus a column Y gives an m by m table: keep both as columns.",
    lambda Z, Y: (sigmoid(Z).ravel() - Y) / len(Z),
)
wrong(
    EX,
    "divided by Z.shape[1] (which is 1)",
    "shape[1] is the number of outputs; the examples are shape[0].",
    lambda Z, Y: (sigmoid(Z) - Y) / Z.shape[1],
)
wrong(
    EX,
    "divided by the number of ones",
    "Divide by all examples, not only those with label 1.",
    lambda Z, Y: (sigmoid(Z) - Y) / max(Y.sum(), 1),
)
wrong(
    EX,
    "m written in as 4 (right by luck when m = 4)",
    "m is not always 4: take it from Z.",
    lambda Z, Y: (sigmoid(Z) - Y) / 4,
)
wrong(
    EX,
    "first row only",
    "You answer for the first example only.",
    lambda Z, Y: ((sigmoid(Z) - Y) / len(Z))[:1],
)
wrong(
    EX,
    "transposed row",
    "Give a column back, as Z is one.",
    lambda Z, Y: ((sigmoid(Z) - Y) / len(Z)).T,
)
wrong(
    EX,
    "sorted",
    "The slopes come out sorted; each belongs to its own example.",
    lambda Z, Y: np.sort((sigmoid(Z) - Y) / len(Z), axis=0),
)
wrong(
    EX,
    "arguments swapped: sigmoid(Y) - Z",
    "Z are the logits, Y the labels.",
    lambda Z, Y: (sigmoid(Y) - Z) / len(Z),
)
wrong(
    EX,
    "Y * P - (1 - Y) * P",
    "For label 1 the slope is P - 1.",
    lambda Z, Y: (Y * sigmoid(Z) - (1 - Y) * sigmoid(Z)) / len(Z),
)
wrong(
    EX,
    "only wrong answers get a slope",
    "Right answers have a slope too, only a smaller one.",
    lambda Z, Y: (sigmoid(Z) - Y) * ((Z > 0) != (Y > 0.5)) / len(Z),
)
wrong(
    EX,
    "a tuple (dZ, P)",
    "Return dZ alone.",
    lambda Z, Y: ((sigmoid(Z) - Y) / len(Z), sigmoid(Z)),
)


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(Z, Y):
    (sigmoid(Z) - Y) / len(Z)


@wrong(EX, "prints instead of returning", "You print dZ; `return` it.")
def _(Z, Y):
    print((sigmoid(Z) - Y) / len(Z))


@wrong(
    EX,
    "Z changed in place (right values)",
    "Right numbers, but you overwrote the caller's Z.",
)
def _(Z, Y):
    Z[:] = (sigmoid(Z) - Y) / len(Z)
    return Z


@wrong(
    EX,
    "Y changed in place (right values)",
    "Right numbers, but you overwrote the caller's labels.",
)
def _(Z, Y):
    P = sigmoid(Z)
    Y -= P
    return -Y / len(Z)


_bce_m = []


@wrong(
    EX,
    "state: m grows with each call (right on the first call)",
    "Your m counts the examples of earlier calls too.",
)
def _(Z, Y):
    _bce_m.append(len(Z))
    return (sigmoid(Z) - Y) / sum(_bce_m)


common(EX, 2, np.zeros((3, 1)))

# ------------------------------------------------- 04.3 softmax cross-entropy
EX = "04.3"


@right(EX, "as in the lesson")
def _(Z, Y):
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    return -(Y * log_P).sum() / len(Z)


right(EX, "the package's loss", lambda Z, Y: nn_helpers.softmax_cross_entropy(Z, Y))
right(
    EX,
    "logaddexp.reduce",
    lambda Z, Y: float(np.mean(np.logaddexp.reduce(Z, axis=1) - (Z * Y).sum(axis=1))),
)
right(
    EX,
    "einsum",
    lambda Z, Y: (
        -np.einsum("ij,ij->", Y, Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))
        / Z.shape[0]
    ),
)
right(
    EX,
    "margins: log sum exp(Z - Z_true)",
    lambda Z, Y: np.mean(
        np.logaddexp.reduce(Z - (Z * Y).sum(axis=1, keepdims=True), axis=1)
    ),
)


@right(EX, "row loop with math")
def _(Z, Y):
    total = 0.0
    for z, y in zip(Z, Y):
        top = max(z)
        log_sum = top + math.log(sum(math.exp(v - top) for v in z))
        for k in range(len(z)):
            total += y[k] * (log_sum - z[k])
    return total / len(Z)


@right(EX, "picks by argmax (one-hot labels)")
def _(Z, Y):
    S = Z - Z.max(axis=1, keepdims=True)
    rows = np.arange(len(Z))
    t = Y.argmax(axis=1)
    return np.mean(np.log(np.exp(S).sum(axis=1)) - S[rows, t])


@right(EX, "picks with a boolean mask (one-hot labels)")
def _(Z, Y):
    S = Z - Z.max(axis=1)[:, None]
    return (np.log(np.exp(S).sum(axis=1)) - S[Y == 1]).mean()


@right(EX, "np.where with a mask (one-hot labels)")
def _(Z, Y):
    S = Z - Z.max(axis=1, keepdims=True)
    log_P = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
    return np.where(Y > 0, -log_P, 0).sum(axis=1).mean()


@right(EX, "transposed")
def _(Z, Y):
    S = Z.T - Z.T.max(axis=0)
    return float(-(Y.T * (S - np.log(np.exp(S).sum(axis=0)))).sum() / S.shape[1])


@right(EX, "float32 inside")
def _(Z, Y):
    S = np.float32(Z) - np.float32(Z).max(axis=1, keepdims=True)
    return -(
        np.float32(Y) * (S - np.log(np.exp(S).sum(axis=1, keepdims=True)))
    ).sum() / np.float32(len(S))


@right(EX, "0-d array returned, in place on a copy")
def _(Z, Y):
    S = np.array(Z, dtype=float)
    S -= S.max(axis=1, keepdims=True)
    S -= np.log(np.exp(S).sum(axis=1, keepdims=True))
    S *= -Y
    return np.array(S.sum() / len(S))


@right(EX, "matrix product and trace")
def _(Z, Y):
    S = Z - Z.max(axis=1, keepdims=True)
    return -np.trace(Y.T @ (S - np.log(np.exp(S) @ np.ones((Z.shape[1], 1))))) / len(Z)


border(
    EX,
    "array with one element, shape (1, 1)",
    "Right number, in a 1 by 1 table.",
    lambda Z, Y: np.array([[nn_helpers.softmax_cross_entropy(Z, Y)]]),
)


def _loss_of(log_p):
    return lambda Z, Y: -(Y * log_p(Z)).sum() / len(Z)


def _log_softmax(Z):
    S = Z - Z.max(axis=1, keepdims=True)
    return S - np.log(np.exp(S).sum(axis=1, keepdims=True))


wrong(
    EX,
    "naive: log of exp / sum, nan at 1000",
    "exp(1000) overflows: shift each row by its maximum.",
    _loss_of(lambda Z: np.log(np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True))),
)
wrong(
    EX,
    "log of the stable softmax: inf or nan when P underflows",
    "P underflows to 0, and its log is minus infinity: take the log before you divide.",
    _loss_of(lambda Z: np.log(softmax(Z))),
)
wrong(
    EX,
    "log(P + 1e-12): stops at 27.6",
    "The 1e-12 caps the loss at 27.6; a logit 1000 too low should cost 1000.",
    _loss_of(lambda Z: np.log(softmax(Z) + 1e-12)),
)
wrong(
    EX,
    "log(P + 1e-8): stops at 18.4",
    "The 1e-8 caps the loss at 18.4.",
    _loss_of(lambda Z: np.log(softmax(Z) + 1e-8)),
)
wrong(
    EX,
    "P clipped to 1e-15: stops at 34.5 (ML-From-Scratch)",
    "Clipping caps the loss at 34.5.",
    _loss_of(lambda Z: np.log(np.clip(softmax(Z), 1e-15, 1 - 1e-15))),
)
wrong(
    EX,
    "logits clipped to +-500",
    "Clipping the logits makes 1000 and 999 equal.",
    lambda Z, Y: nn_helpers.softmax_cross_entropy(np.clip(Z, -500, 500), Y),
)
wrong(
    EX,
    "nan_to_num over the naive loss",
    "nan_to_num hides the overflow; the number is wrong.",
    _loss_of(
        lambda Z: np.nan_to_num(
            np.log(np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True))
        )
    ),
)
wrong(
    EX,
    "one maximum for the whole table: -inf for low rows (EECS498 issue 2)",
    "Rows 1000 below the top of the table underflow: take each row's own maximum.",
    _loss_of(
        lambda Z: Z - Z.max() - np.log(np.exp(Z - Z.max()).sum(axis=1, keepdims=True))
    ),
)
wrong(
    EX,
    "max(0, row max): -inf for very negative rows",
    "A row of very negative logits must be shifted up as well.",
    _loss_of(
        lambda Z: (
            Z
            - np.log(
                np.exp(Z - np.maximum(0, Z.max(axis=1, keepdims=True))).sum(
                    axis=1, keepdims=True
                )
            )
            - np.maximum(0, Z.max(axis=1, keepdims=True))
        )
    ),
)
wrong(
    EX,
    "shift forgotten on the first term",
    "You shifted inside the log but not the logit in front.",
    lambda Z, Y: (
        -(
            Y
            * (
                Z
                - np.log(
                    np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
                )
            )
        ).sum()
        / len(Z)
    ),
)
wrong(
    EX,
    "shift forgotten inside the log: inf at 1000",
    "You shifted the logit in front but not inside the log.",
    lambda Z, Y: (
        -(
            Y
            * (
                Z
                - Z.max(axis=1, keepdims=True)
                - np.log(np.exp(Z).sum(axis=1, keepdims=True))
            )
        ).sum()
        / len(Z)
    ),
)
wrong(
    EX,
    "sign forgotten",
    "A loss is minus the log: yours is negative.",
    lambda Z, Y: (Y * _log_softmax(Z)).sum() / len(Z),
)
wrong(
    EX,
    "1/m forgotten",
    "The mean over the rows is missing.",
    lambda Z, Y: -(Y * _log_softmax(Z)).sum(),
)
wrong(
    EX,
    "mean over all entries",
    "np.mean also divides by the number of classes; divide by the rows only.",
    lambda Z, Y: -(Y * _log_softmax(Z)).mean(),
)
wrong(
    EX,
    "divided by m twice",
    "You divided by m twice.",
    lambda Z, Y: -(Y * _log_softmax(Z)).sum(axis=1).mean() / len(Z),
)
wrong(
    EX,
    "divided by the classes, not the rows",
    "Divide by the number of rows, not of classes.",
    lambda Z, Y: -(Y * _log_softmax(Z)).sum() / Z.shape[1],
)
wrong(
    EX,
    "softmax over columns (axis=0)",
    "Your softmax runs down the columns; each row is an example.",
    _loss_of(lambda Z: _log_softmax(Z.T).T),
)
wrong(
    EX,
    "keepdims forgotten, hidden by np.resize",
    "Each entry is paired with the sum of another row.",
    _loss_of(
        lambda Z: (
            Z
            - Z.max(axis=1, keepdims=True)
            - np.resize(
                np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1)), Z.shape
            )
        )
    ),
)
wrong(
    EX,
    "keepdims forgotten: raises or wrong for a square table",
    "Without keepdims the sums lie flat and meet the columns.",
    _loss_of(
        lambda Z: (
            Z
            - Z.max(axis=1, keepdims=True)
            - np.log(np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1))
        )
    ),
)
wrong(
    EX,
    "a loss for each row",
    "One number is asked for: the mean of your rows.",
    lambda Z, Y: -(Y * _log_softmax(Z)).sum(axis=1),
)
wrong(
    EX,
    "first row only",
    "That is the loss of the first row.",
    lambda Z, Y: -(Y * _log_softmax(Z))[0].sum(),
)
wrong(
    EX,
    "last row left out",
    "The last row is missing.",
    lambda Z, Y: -(Y * _log_softmax(Z))[:-1].sum() / max(len(Z) - 1, 1),
)
wrong(
    EX,
    "median instead of mean (the same for two rows)",
    "The mean, not the median.",
    lambda Z, Y: float(np.median(-(Y * _log_softmax(Z)).sum(axis=1))),
)
wrong(
    EX,
    "largest loss instead of the mean",
    "The mean, not the worst row.",
    lambda Z, Y: np.max(-(Y * _log_softmax(Z)).sum(axis=1)),
)
wrong(
    EX,
    "binary cross-entropy summed over classes",
    "The terms with 1 - Y belong to binary cross-entropy.",
    lambda Z, Y: (
        -(
            Y * _log_softmax(Z) + (1 - Y) * np.log1p(-np.minimum(softmax(Z), 1 - 1e-12))
        ).sum()
        / len(Z)
    ),
)
wrong(
    EX,
    "base 2",
    "That is in bits: use the natural log.",
    lambda Z, Y: -(Y * _log_softmax(Z)).sum() / len(Z) / np.log(2),
)
wrong(
    EX,
    "log base 10",
    "np.log10 is another unit: use np.log.",
    lambda Z, Y: -(Y * _log_softmax(Z)).sum() / len(Z) / np.log(10),
)
wrong(
    EX,
    "log forgotten: 1 - P(true)",
    "The log is missing.",
    lambda Z, Y: np.mean(1 - (Y * softmax(Z)).sum(axis=1)),
)
wrong(
    EX,
    "squared error",
    "That is the squared error of P.",
    lambda Z, Y: np.mean((softmax(Z) - Y) ** 2),
)
wrong(
    EX,
    "logits taken for probabilities",
    "Z are logits, not probabilities: softmax first.",
    lambda Z, Y: -(Y * np.log(np.abs(Z) + 1e-12)).sum() / len(Z),
)
wrong(
    EX,
    "arguments the wrong way: -P log Y",
    "The log belongs to P, not to Y.",
    lambda Z, Y: -(softmax(Z) * np.log(Y + 1e-12)).sum() / len(Z),
)
wrong(
    EX,
    "softmax twice",
    "You applied softmax twice.",
    _loss_of(lambda Z: _log_softmax(softmax(Z))),
)
wrong(
    EX,
    "the gradient instead of the loss",
    "That is the gradient; the loss is one number.",
    lambda Z, Y: (softmax(Z) - Y) / len(Z),
)
wrong(
    EX,
    "entropy of P (labels unused)",
    "Your labels have no say: pick with Y.",
    lambda Z, Y: -(softmax(Z) * _log_softmax(Z)).sum() / len(Z),
)
wrong(
    EX,
    "predicted class instead of the true one",
    "You scored the class the model likes best, not the true one.",
    lambda Z, Y: -_log_softmax(Z).max(axis=1).mean(),
)
wrong(
    EX,
    "accuracy",
    "That is the share of right answers, not the loss.",
    lambda Z, Y: np.mean(Z.argmax(axis=1) == Y.argmax(axis=1)),
)
wrong(
    EX,
    "rounded to one decimal",
    "Do not round.",
    lambda Z, Y: round(float(-(Y * _log_softmax(Z)).sum() / len(Z)), 1),
)
wrong(
    EX,
    "exp of the loss (perplexity)",
    "That is e to the loss.",
    lambda Z, Y: np.exp(np.minimum(-(Y * _log_softmax(Z)).sum() / len(Z), 700)),
)
wrong(
    EX,
    "absolute largest subtracted",
    "Subtract the maximum, not the largest size.",
    _loss_of(
        lambda Z: (
            Z
            - np.abs(Z).max(axis=1, keepdims=True)
            - np.log(
                np.exp(Z - np.abs(Z).max(axis=1, keepdims=True)).sum(
                    axis=1, keepdims=True
                )
            )
        )
    ),
)
wrong(
    EX,
    "Y * P before the log: log 0 at every wrong class",
    "Log first, then pick with Y: your zeros go into the log.",
    lambda Z, Y: -np.log(Y * softmax(Z)).sum() / len(Z),
)


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(Z, Y):
    -(Y * _log_softmax(Z)).sum() / len(Z)


@wrong(EX, "prints instead of returning", "You print the loss; `return` it.")
def _(Z, Y):
    print(-(Y * _log_softmax(Z)).sum() / len(Z))


@wrong(
    EX,
    "return inside the loop: first row over m",
    "Your `return` stands inside the loop: only the first row counts.",
)
def _(Z, Y):
    total = 0
    for z, y in zip(Z, Y):
        total += -(y * _log_softmax(z[None])[0]).sum()
        return total / len(Z)


@wrong(
    EX,
    "Z -= max in place (right value)",
    "Right, but `Z -= ...` changes the caller's logits.",
)
def _(Z, Y):
    Z -= Z.max(axis=1, keepdims=True)
    return -(Y * (Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))).sum() / len(Z)


_ce_history = []


@wrong(
    EX,
    "state: mean of all calls (right on the first call)",
    "You average over earlier calls as well.",
)
def _(Z, Y):
    _ce_history.append(-(Y * _log_softmax(Z)).sum() / len(Z))
    return np.mean(_ce_history)


common(EX, 2, 2.3026)

# ----------------------------------------------------- 06.2 backward of a layer
EX = "06.2"
right(
    EX, "tuple, as in the lesson", lambda dZ, X, W: (X.T @ dZ, dZ.sum(axis=0), dZ @ W.T)
)
right(EX, "list of three", lambda dZ, X, W: [X.T @ dZ, dZ.sum(axis=0), dZ @ W.T])
right(
    EX,
    "np.dot and np.sum",
    lambda dZ, X, W: (np.dot(X.T, dZ), np.sum(dZ, 0), np.dot(dZ, W.T)),
)
right(
    EX,
    "einsum",
    lambda dZ, X, W: (
        np.einsum("mi,mj->ij", X, dZ),
        np.einsum("mj->j", dZ),
        np.einsum("mj,ij->mi", dZ, W),
    ),
)
right(
    EX,
    "transposed and back",
    lambda dZ, X, W: ((dZ.T @ X).T, (dZ.T @ np.ones(len(X))).T, (W @ dZ.T).T),
)
right(
    EX,
    "keepdims, squeezed",
    lambda dZ, X, W: (
        X.T @ dZ,
        dZ.sum(axis=0, keepdims=True).squeeze(axis=0),
        dZ @ W.T,
    ),
)
right(
    EX,
    "a row of ones for the bias",
    lambda dZ, X, W: (X.T @ dZ, (np.ones((1, len(dZ))) @ dZ)[0], np.inner(dZ, W)),
)
right(
    EX,
    "outer products, added up",
    lambda dZ, X, W: (
        sum(np.outer(x, d) for x, d in zip(X, dZ)),
        sum(dZ),
        np.array([W @ d for d in dZ]),
    ),
)
right(
    EX,
    "tensordot",
    lambda dZ, X, W: (
        np.tensordot(X, dZ, axes=(0, 0)),
        dZ.sum(0),
        np.tensordot(dZ, W, axes=(1, 1)),
    ),
)
right(
    EX,
    "broadcast and sum",
    lambda dZ, X, W: (
        (X[:, :, None] * dZ[:, None, :]).sum(0),
        np.add.reduce(dZ),
        (dZ[:, None, :] * W[None]).sum(2),
    ),
)
right(
    EX,
    "nested lists returned",
    lambda dZ, X, W: (
        (X.T @ dZ).tolist(),
        dZ.sum(axis=0).tolist(),
        (dZ @ W.T).tolist(),
    ),
)
right(
    EX,
    "float32 inside",
    lambda dZ, X, W: (
        np.float32(X).T @ np.float32(dZ),
        np.float32(dZ).sum(axis=0),
        np.float32(dZ) @ np.float32(W).T,
    ),
)
right(
    EX,
    "augmented: ones glued to X",
    lambda dZ, X, W: (lambda G: (G[:-1], G[-1], dZ @ W.T))(
        np.hstack([X, np.ones((len(X), 1))]).T @ dZ
    ),
)


@right(EX, "explicit loops")
def _(dZ, X, W):
    (m, n), k = X.shape, dZ.shape[1]
    dW, db, dX = np.zeros((n, k)), np.zeros(k), np.zeros((m, n))
    for e in range(m):
        for j in range(k):
            db[j] += dZ[e, j]
            for i in range(n):
                dW[i, j] += X[e, i] * dZ[e, j]
                dX[e, i] += dZ[e, j] * W[i, j]
    return dW, db, dX


@right(EX, "the package's Dense")
def _(dZ, X, W):
    layer = nn_helpers.Dense(
        W.shape[0], W.shape[1], "identity", np.random.default_rng(0)
    )
    layer.W[...] = W
    layer.forward(X)
    dX = layer.backward(dZ)
    return layer.dW, layer.db, dX


border(
    EX,
    "db of shape (1, n_out)",
    "Right numbers; db should be flat like b.",
    lambda dZ, X, W: (X.T @ dZ, dZ.sum(axis=0, keepdims=True), dZ @ W.T),
)
border(
    EX,
    "a dictionary",
    "Right numbers, but return them in a row: dW, db, dX.",
    lambda dZ, X, W: {"dW": X.T @ dZ, "db": dZ.sum(axis=0), "dX": dZ @ W.T},
)
border(
    EX,
    "a generator of the three",
    "Right numbers, handed out one by one.",
    lambda dZ, X, W: (a for a in (X.T @ dZ, dZ.sum(axis=0), dZ @ W.T)),
)


def _gb(dW=None, db=None, dX=None):
    """A backward pass in which single parts are replaced."""
    return lambda dZ, X, W: (
        (dW or (lambda d, x, w: x.T @ d))(dZ, X, W),
        (db or (lambda d, x, w: d.sum(axis=0)))(dZ, X, W),
        (dX or (lambda d, x, w: d @ w.T))(dZ, X, W),
    )


wrong(
    EX,
    "db as a mean (kvfrans/notes issue 5)",
    "db is a sum: the 1/m is in dZ already.",
    _gb(db=lambda d, x, w: d.mean(axis=0)),
)
wrong(
    EX,
    "dW divided by m (as in courses with 1/m in the layer)",
    "dW is a sum: the 1/m is in dZ already.",
    _gb(dW=lambda d, x, w: x.T @ d / len(x)),
)
wrong(
    EX,
    "dW and db divided by m (ILearnDeepLearning.py issue 29)",
    "The 1/m is in dZ already: do not divide again.",
    _gb(dW=lambda d, x, w: x.T @ d / len(x), db=lambda d, x, w: d.mean(axis=0)),
)
wrong(
    EX,
    "dX divided by m",
    "dX keeps one row an example: nothing is averaged.",
    _gb(dX=lambda d, x, w: d @ w.T / len(x)),
)
wrong(
    EX,
    "all three divided by m",
    "The 1/m is in dZ already.",
    lambda dZ, X, W: (X.T @ dZ / len(X), dZ.mean(axis=0), dZ @ W.T / len(X)),
)
wrong(
    EX,
    "db over the wrong axis",
    "db sums over the examples: axis=0.",
    _gb(db=lambda d, x, w: d.sum(axis=1)),
)
wrong(
    EX,
    "db one number: sum over everything (stat453 issue 5)",
    "Each neuron has its own db; you added all of them up.",
    _gb(db=lambda d, x, w: d.sum()),
)
wrong(
    EX,
    "db one number in the right shape",
    "Each neuron has its own db; yours are all the same.",
    _gb(db=lambda d, x, w: np.full(d.shape[1], d.sum())),
)
wrong(
    EX,
    "db summed from dW (rust0258 course issue 64)",
    "db is the sum of dZ, not of dW.",
    _gb(db=lambda d, x, w: (x.T @ d).sum(axis=0)),
)
wrong(
    EX,
    "db not summed at all",
    "db is still a table: sum over the examples.",
    _gb(db=lambda d, x, w: d),
)
wrong(
    EX,
    "db from the first example only",
    "All examples add to db; you took the first.",
    _gb(db=lambda d, x, w: d[0]),
)
wrong(
    EX,
    "db of zeros",
    "db is not 0: the bias is added in every row.",
    _gb(db=lambda d, x, w: np.zeros(d.shape[1])),
)
wrong(
    EX,
    "db of ones (slope of z on b, chain forgotten)",
    "1 is the slope of z; multiply it with dZ and add up.",
    _gb(db=lambda d, x, w: np.ones(d.shape[1])),
)
wrong(
    EX,
    "dW turned over: dZ.T @ X",
    "dW has the shape of W: X.T @ dZ.",
    _gb(dW=lambda d, x, w: d.T @ x),
)
wrong(
    EX,
    "dW turned over, hidden by reshape",
    "reshape gives the shape of W, but not its order.",
    _gb(dW=lambda d, x, w: (d.T @ x).reshape(w.shape)),
)
wrong(
    EX,
    "X.reshape instead of X.T",
    "reshape is not transpose: it deals the numbers out anew.",
    _gb(dW=lambda d, x, w: x.reshape(x.shape[::-1]) @ d),
)
wrong(
    EX,
    "dX = dZ @ W: raises, or silently wrong for a square W",
    "Backward goes through W.T.",
    _gb(dX=lambda d, x, w: d @ w),
)
wrong(
    EX,
    "dX through W when square, W.T otherwise",
    "With as many inputs as neurons you go through W instead of W.T.",
    _gb(dX=lambda d, x, w: d @ (w if w.shape[0] == w.shape[1] else w.T)),
)
wrong(
    EX,
    "W.reshape instead of W.T (always fits)",
    "reshape is not transpose: the shape fits, the roads do not.",
    _gb(dX=lambda d, x, w: d @ w.reshape(w.shape[::-1])),
)
wrong(
    EX,
    "dX turned over: W @ dZ.T",
    "dX has the shape of X: turn it back.",
    _gb(dX=lambda d, x, w: w @ d.T),
)
wrong(
    EX,
    "dX through dW",
    "The error goes back through W, not through dW.",
    _gb(dX=lambda d, x, w: d @ (x.T @ d).T),
)
wrong(
    EX,
    "dX = dW summed (shape of X by luck)",
    "dX is the slope on the inputs: dZ @ W.T.",
    _gb(dX=lambda d, x, w: np.resize((x.T @ d).sum(axis=1), x.shape)),
)
wrong(
    EX,
    "dX times X",
    "The product is not gated by X.",
    _gb(dX=lambda d, x, w: d @ w.T * x),
)
wrong(
    EX,
    "dX times a relu gate (no activation here)",
    "This layer has no activation, so there is no gate.",
    _gb(dX=lambda d, x, w: d @ w.T * (x > 0)),
)
wrong(
    EX,
    "dZ gated by a sigmoid slope",
    "This layer has no activation.",
    lambda dZ, X, W: (
        X.T @ (dZ * sigmoid_prime(X @ W)),
        (dZ * sigmoid_prime(X @ W)).sum(axis=0),
        (dZ * sigmoid_prime(X @ W)) @ W.T,
    ),
)
wrong(
    EX,
    "all signs turned",
    "The slopes point the wrong way: no minus here, the step brings it.",
    lambda dZ, X, W: (-X.T @ dZ, -dZ.sum(axis=0), -dZ @ W.T),
)
wrong(
    EX,
    "sign of dW turned",
    "The sign of dW is turned.",
    _gb(dW=lambda d, x, w: -x.T @ d),
)
wrong(
    EX,
    "sign of db turned",
    "The sign of db is turned.",
    _gb(db=lambda d, x, w: -d.sum(axis=0)),
)
wrong(
    EX,
    "dW times 2 (coursera gradient checking, planted bug)",
    "dW is twice too large.",
    _gb(dW=lambda d, x, w: 2 * x.T @ d),
)
wrong(
    EX,
    "db times 4/m (the same planted bug; right by luck when m = 4)",
    "db carries a factor that does not belong there.",
    _gb(db=lambda d, x, w: 4 / len(d) * d.sum(axis=0)),
)
wrong(
    EX,
    "order dX, dW, db",
    "The order is dW, db, dX.",
    lambda dZ, X, W: (dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)),
)
wrong(
    EX,
    "order db, dW, dX",
    "The order is dW, db, dX.",
    lambda dZ, X, W: (dZ.sum(axis=0), X.T @ dZ, dZ @ W.T),
)
wrong(
    EX,
    "dX missing: two results",
    "Three results are asked for: dX is missing.",
    lambda dZ, X, W: (X.T @ dZ, dZ.sum(axis=0)),
)
wrong(
    EX,
    "dW alone",
    "Three results are asked for, you return one.",
    lambda dZ, X, W: X.T @ dZ,
)
wrong(
    EX,
    "four results",
    "Return three: dW, db, dX.",
    lambda dZ, X, W: (X.T @ dZ, dZ.sum(axis=0), dZ @ W.T, dZ),
)
wrong(
    EX,
    "the dots kept for dX",
    "dX still stands as dots.",
    lambda dZ, X, W: (X.T @ dZ, dZ.sum(axis=0), ...),
)
wrong(EX, "all three dots", "Replace the three dots.", lambda dZ, X, W: (..., ..., ...))
wrong(
    EX,
    "dX is None",
    "dX is None: compute it.",
    lambda dZ, X, W: (X.T @ dZ, dZ.sum(axis=0), None),
)
wrong(
    EX,
    "first example only",
    "All examples add to dW and db; you took only the first.",
    lambda dZ, X, W: (np.outer(X[0], dZ[0]), dZ[0], dZ @ W.T),
)
wrong(
    EX,
    "last example only (= instead of += in a loop)",
    "`=` overwrites: use `+=`, so that all examples count.",
    lambda dZ, X, W: (np.outer(X[-1], dZ[-1]), dZ[-1], dZ @ W.T),
)
wrong(
    EX,
    "X * dZ entry by entry",
    "`*` multiplies entry by entry; the product is `@`.",
    _gb(dW=lambda d, x, w: x * d),
)
wrong(
    EX,
    "gradient of X @ W instead of dZ (dZ unused)",
    "You never use dZ.",
    lambda dZ, X, W: (X.T @ (X @ W), (X @ W).sum(axis=0), X @ W @ W.T),
)
wrong(
    EX,
    "averaged input (FesianXu/AI_Blog issue 1)",
    "You averaged the inputs first; each input meets its own delta.",
    _gb(dW=lambda d, x, w: np.outer(x.mean(axis=0), d.sum(axis=0))),
)
wrong(
    EX,
    "clipped to +-1",
    "Do not clip: the gradient is asked for as it is.",
    lambda dZ, X, W: (
        np.clip(X.T @ dZ, -1, 1),
        np.clip(dZ.sum(axis=0), -1, 1),
        np.clip(dZ @ W.T, -1, 1),
    ),
)
wrong(
    EX,
    "made length 1",
    "Do not normalise: the size of the slopes matters.",
    lambda dZ, X, W: (X.T @ dZ / np.linalg.norm(X.T @ dZ), dZ.sum(axis=0), dZ @ W.T),
)
wrong(
    EX,
    "db sorted",
    "db comes out sorted; each belongs to its own neuron.",
    _gb(db=lambda d, x, w: np.sort(d.sum(axis=0))),
)


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(dZ, X, W):
    dW, db, dX = X.T @ dZ, dZ.sum(axis=0), dZ @ W.T


@wrong(EX, "prints instead of returning", "You print the three; `return` them.")
def _(dZ, X, W):
    print(X.T @ dZ, dZ.sum(axis=0), dZ @ W.T)


@wrong(
    EX,
    "dZ changed in place (divided by m)",
    "You divided the caller's dZ in place, and the 1/m was there already.",
)
def _(dZ, X, W):
    dZ /= len(dZ)
    return X.T @ dZ, dZ.sum(axis=0), dZ @ W.T


@wrong(
    EX,
    "W updated on the way (a step with 0.1), right values",
    "Backward only computes: you moved the weights too.",
)
def _(dZ, X, W):
    out = X.T @ dZ, dZ.sum(axis=0), dZ @ W.T
    W -= 0.1 * out[0]
    return out


@wrong(
    EX,
    "W updated before dX (data-science-from-scratch issue 31)",
    "You moved W before sending the error through it.",
)
def _(dZ, X, W):
    dW = X.T @ dZ
    W = W - 0.1 * dW
    return dW, dZ.sum(axis=0), dZ @ W.T


_acc = {}


@wrong(
    EX,
    "state: dW accumulates (PyTorch without zero_grad; right on the first call)",
    "Your dW adds to that of the last call: set it, do not add.",
)
def _(dZ, X, W):
    _acc[W.shape] = _acc.get(W.shape, 0) + X.T @ dZ
    return _acc[W.shape], dZ.sum(axis=0), dZ @ W.T


common(EX, 3, (np.ones((2, 2)), np.ones(2), np.ones((3, 2))))
# ------------------------------------- 06.4 backward pass of a tanh network
EX = "06.4"


@right(EX, "as the lesson's formulas")
def _(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dZ2 = (softmax(A1 @ W2 + b2) - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@right(EX, "helpers: tanh_prime of Z1, softmax_cross_entropy_grad, list")
def _(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = nn_helpers.tanh(Z1)
    dZ2 = nn_helpers.softmax_cross_entropy_grad(A1 @ W2 + b2, Y)
    dZ1 = (dZ2 @ W2.T) * nn_helpers.tanh_prime(Z1)
    return [X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)]


@right(EX, "the package's Network")
def _(X, Y, W1, b1, W2, b2):
    net = nn_helpers.Network(
        [W1.shape[0], W1.shape[1], W2.shape[1]],
        activation="tanh",
        rng=np.random.default_rng(0),
    )
    for (_, array, _), value in zip(net.parameters(), (W1, b1, W2, b2)):
        array[...] = value
    net.backward(nn_helpers.softmax_cross_entropy_grad(net.forward(X), Y))
    return tuple(gradient for _, _, gradient in net.parameters())


@right(EX, "einsum, own softmax")
def _(X, Y, W1, b1, W2, b2):
    A = np.tanh(np.einsum("mi,ij->mj", X, W1) + b1)
    Z = np.einsum("mj,jk->mk", A, W2) + b2
    E = np.exp(Z - Z.max(1)[:, None])
    D2 = (E / E.sum(1)[:, None] - Y) / X.shape[0]
    D1 = np.einsum("mk,jk->mj", D2, W2) * (1 - A * A)
    return (
        np.einsum("mi,mj->ij", X, D1),
        np.einsum("mj->j", D1),
        np.einsum("mj,mk->jk", A, D2),
        np.einsum("mk->k", D2),
    )


@right(EX, "example by example, added up")
def _(X, Y, W1, b1, W2, b2):
    gW1, gb1, gW2, gb2 = (np.zeros(np.shape(a)) for a in (W1, b1, W2, b2))
    for x, y in zip(X, Y):
        a = np.tanh(x @ W1 + b1)
        d2 = softmax(a @ W2 + b2) - y
        d1 = (W2 @ d2) * (1 - a**2)
        gW1 += np.outer(x, d1)
        gb1 += d1
        gW2 += np.outer(a, d2)
        gb2 += d2
    return gW1 / len(X), gb1 / len(X), gW2 / len(X), gb2 / len(X)


@right(EX, "transposed: examples as columns, and back")
def _(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(W1.T @ X.T + b1[:, None])
    Z2 = W2.T @ A1 + b2[:, None]
    P = np.exp(Z2 - Z2.max(axis=0))
    P /= P.sum(axis=0)
    dZ2 = P - Y.T
    dZ1 = (W2 @ dZ2) * (1 - A1**2)
    m = X.shape[0]
    return (dZ1 @ X / m).T, dZ1.sum(axis=1) / m, (dZ2 @ A1.T / m).T, dZ2.sum(axis=1) / m


@right(EX, "1/m at the end, np.mean for the biases")
def _(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    D2 = softmax(A1 @ W2 + b2) - Y
    D1 = (D2 @ W2.T) / np.cosh(X @ W1 + b1) ** 2
    return X.T @ D1 / len(X), D1.mean(axis=0), A1.T @ D2 / len(X), D2.mean(axis=0)


@right(EX, "float32 inside")
def _(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = (np.float32(a) for a in (X, Y, W1, b1, W2, b2))
    A1 = np.tanh(X @ W1 + b1)
    dZ2 = (softmax(A1 @ W2 + b2) - Y) / np.float32(len(X))
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@right(EX, "nested lists returned; tanh from sigmoid")
def _(X, Y, W1, b1, W2, b2):
    A1 = 2 * sigmoid(2 * (X @ W1 + b1)) - 1
    dZ2 = (softmax(A1 @ W2 + b2) - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (1 - A1) * (1 + A1)
    return (
        (X.T @ dZ1).tolist(),
        dZ1.sum(axis=0).tolist(),
        (A1.T @ dZ2).tolist(),
        dZ2.sum(axis=0).tolist(),
    )


@right(EX, "two Dense objects of the student's own; keepdims squeezed")
def _(X, Y, W1, b1, W2, b2):
    class Dense:
        def __init__(self, W, b, g, slope):
            self.W, self.b, self.g, self.slope = W, b, g, slope

        def forward(self, X):
            self.X, self.Z = X, X @ self.W + self.b
            return self.g(self.Z)

        def backward(self, dA):
            dZ = dA * self.slope(self.Z)
            self.dW, self.db = (
                self.X.T @ dZ,
                np.squeeze(dZ.sum(axis=0, keepdims=True), axis=0),
            )
            return dZ @ self.W.T

    one = Dense(W1, b1, np.tanh, lambda Z: 1 - np.tanh(Z) ** 2)
    two = Dense(W2, b2, lambda Z: Z, np.ones_like)
    one.backward(two.backward((softmax(two.forward(one.forward(X))) - Y) / len(X)))
    return one.dW, one.db, two.dW, two.db


@right(EX, "full softmax Jacobian, chain from dL/dP (moderate logits)")
def _(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    P = softmax(A1 @ W2 + b2)
    dP = -Y / np.maximum(P, 1e-300) / len(X)
    dZ2 = P * (dP - (dP * P).sum(axis=1, keepdims=True))
    dZ1 = dZ2 @ W2.T * (1 - A1**2)
    return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@right(EX, "mask instead of minus Y, in place on a copy")
def _(X, Y, W1, b1, W2, b2):
    A1 = np.tanh(X @ W1 + b1)
    dZ2 = softmax(A1 @ W2 + b2).copy()
    dZ2[Y.astype(bool)] -= 1
    dZ2 /= len(dZ2)
    dA1 = dZ2 @ W2.T
    dA1 *= 1 - A1**2
    return X.T @ dA1, np.sum(dA1, 0), A1.T @ dZ2, np.sum(dZ2, 0)


def _nudges(X, Y, W1, b1, W2, b2):
    kept = [np.array(a, float) for a in (W1, b1, W2, b2)]

    def loss(at, value):
        a = list(kept)
        a[at] = value
        return nn_helpers.softmax_cross_entropy(
            np.tanh(X @ a[0] + a[1]) @ a[2] + a[3], Y
        )

    return tuple(
        nn_helpers.numerical_gradient(lambda v, at=at: loss(at, v), kept[at])
        for at in range(4)
    )


border(
    EX,
    "nudges (central differences) instead of a backward pass",
    "Right by nudging, but the exercise is the walk back.",
    _nudges,
)
border(
    EX,
    "biases of shape (1, n)",
    "Right numbers; biases are flat.",
    lambda X, Y, W1, b1, W2, b2: _walk(
        X, Y, W1, b1, W2, b2, out=lambda a: (a[0], a[1][None], a[2], a[3][None])
    ),
)


def _walk(
    X,
    Y,
    W1,
    b1,
    W2,
    b2,
    act=np.tanh,
    slope=None,
    first=None,
    back=None,
    out=None,
    dw1=None,
    db1=None,
    dw2=None,
    db2=None,
    prob=softmax,
):
    """One right walk whose links can be exchanged, as students exchange them."""
    Z1 = X @ W1 + b1
    A1 = act(Z1)
    Z2 = A1 @ W2 + b2
    P = prob(Z2)
    dZ2 = first(P, Y, Z2) if first else (P - Y) / len(X)
    dA1 = back(dZ2, W2) if back else dZ2 @ W2.T
    dZ1 = dA1 * (slope(Z1, A1, Z2) if slope else 1 - A1**2)
    result = (
        dw1(X, dZ1) if dw1 else X.T @ dZ1,
        db1(dZ1, X) if db1 else dZ1.sum(axis=0),
        dw2(A1, dZ2, Z1, X) if dw2 else A1.T @ dZ2,
        db2(dZ2, A1) if db2 else dZ2.sum(axis=0),
    )
    return out(result) if out else result


def _with(**links):
    def backward(X, Y, W1, b1, W2, b2):
        return _walk(X, Y, W1, b1, W2, b2, **links)

    return backward


wrong(
    EX,
    "all signs turned: Y - P",
    "All slopes are turned round: the walk starts with P - Y.",
    _with(first=lambda P, Y, Z: (Y - P) / len(Y)),
)
wrong(
    EX,
    "1/m forgotten",
    "The loss is a mean: the first dZ is divided by m.",
    _with(first=lambda P, Y, Z: P - Y),
)
wrong(
    EX,
    "1/m twice: in dZ2 and in each product (ILearnDeepLearning.py issue 29)",
    "You divided by m at the start and again in the products.",
    lambda *a: tuple(g / len(a[0]) for g in _walk(*a)),
)
wrong(
    EX,
    "1/m at every layer: first layer divided twice",
    "The first layer is divided by m once more.",
    _with(dw1=lambda X, d: X.T @ d / len(X), db1=lambda d, X: d.mean(axis=0)),
)
wrong(
    EX,
    "1/m on the weights only",
    "The biases need the same 1/m: it belongs into the first dZ.",
    _with(
        first=lambda P, Y, Z: P - Y,
        dw1=lambda X, d: X.T @ d / len(X),
        dw2=lambda A, d, Z, X: A.T @ d / len(A),
    ),
)
wrong(
    EX,
    "divided by the classes too (mean over all entries)",
    "Divide by the rows only, not by the classes.",
    _with(first=lambda P, Y, Z: (P - Y) / Y.size),
)
wrong(
    EX,
    "db2 as a mean",
    "db2 sums over the examples: the 1/m is in dZ2.",
    _with(db2=lambda d, A: d.mean(axis=0)),
)
wrong(
    EX,
    "db1 as a mean (kvfrans/notes issue 5)",
    "db1 sums over the examples.",
    _with(db1=lambda d, X: d.mean(axis=0)),
)
wrong(
    EX,
    "db1 one number for all neurons",
    "Each hidden neuron has its own slope.",
    _with(db1=lambda d, X: np.full(d.shape[1], d.sum())),
)
wrong(
    EX,
    "db2 one number for all: zero, since the rows sum to 0 (stat453 issue 5)",
    "Summed over everything db2 is 0; sum over the examples only.",
    _with(db2=lambda d, A: np.full(d.shape[1], d.sum())),
)
wrong(
    EX,
    "db1 summed from dW1",
    "db1 is the sum of dZ1, not of dW1.",
    _with(db1=lambda d, X: (X.T @ d).sum(axis=0)),
)
wrong(
    EX,
    "db2 summed from dW2 (rust0258 course issue 64)",
    "db2 is the sum of dZ2, not of dW2.",
    _with(db2=lambda d, A: (A.T @ d).sum(axis=0)),
)
wrong(
    EX,
    "db1 from the first example",
    "All examples add to db1.",
    _with(db1=lambda d, X: d[0]),
)
wrong(
    EX,
    "biases summed along axis 1",
    "Sum over the examples: axis=0.",
    _with(db1=lambda d, X: d.sum(axis=1), db2=lambda d, A: d.sum(axis=1)),
)
wrong(
    EX,
    "tanh slope forgotten",
    "The bend is missing: multiply by the slope of tanh.",
    _with(slope=lambda Z, A, Z2: 1),
)
wrong(
    EX,
    "tanh slope from Z: 1 - Z1**2",
    "1 - a^2 wants the output of tanh, not Z1.",
    _with(slope=lambda Z, A, Z2: 1 - Z**2),
)
wrong(
    EX,
    "tanh twice: tanh_prime(A1)",
    "tanh_prime takes Z1: you hand it A1, so tanh is applied twice.",
    _with(slope=lambda Z, A, Z2: nn_helpers.tanh_prime(A)),
)
wrong(
    EX,
    "1 + A1**2 (gy910210 issue 2)",
    "Slope of tanh: one minus the square; plus belongs to the tangent.",
    _with(slope=lambda Z, A, Z2: 1 + A**2),
)
wrong(
    EX,
    "1 - A1 without the square",
    "The square is missing: 1 - A1**2.",
    _with(slope=lambda Z, A, Z2: 1 - A),
)
wrong(
    EX,
    "(1 - A1)**2",
    "The square belongs to A1 only.",
    _with(slope=lambda Z, A, Z2: (1 - A) ** 2),
)
wrong(
    EX,
    "sigmoid slope A1 * (1 - A1)",
    "That is the sigmoid's slope; the hidden layer uses tanh.",
    _with(slope=lambda Z, A, Z2: A * (1 - A)),
)
wrong(
    EX,
    "sigmoid_prime(Z1)",
    "That is the sigmoid's slope; the hidden layer uses tanh.",
    _with(slope=lambda Z, A, Z2: sigmoid_prime(Z)),
)
wrong(
    EX,
    "relu gate",
    "tanh has no gate: its slope is 1 - A1**2.",
    _with(slope=lambda Z, A, Z2: (Z > 0) * 1.0),
)
wrong(
    EX,
    "tanh slope twice",
    "The slope of tanh counts once.",
    _with(slope=lambda Z, A, Z2: (1 - A**2) ** 2),
)
wrong(
    EX,
    "arctanh in the slope (facial-expression-recognition issue 2)",
    "A1 is already the tanh; no arctanh is needed.",
    _with(slope=lambda Z, A, Z2: 1 - np.arctanh(A) ** 2),
)
wrong(
    EX,
    "slope of the other layer (nn-from-scratch PR 3), mean of 1 - tanh(Z2)**2",
    "You took the slope at Z2; dZ1 needs it at Z1.",
    _with(slope=lambda Z, A, Z2: (1 - np.tanh(Z2) ** 2).mean(axis=1, keepdims=True)),
)
wrong(
    EX,
    "gate instead of product: tanh' replaces dA1 (numpy_neural_network issue 6)",
    "The slope multiplies dA1, it does not replace it.",
    _with(back=lambda d, W: np.ones((len(d), len(W)))),
)
wrong(
    EX,
    "relu forward and tanh slope",
    "Your forward pass uses relu; the network has tanh.",
    _with(act=relu),
)
wrong(
    EX,
    "sigmoid hidden layer, consistently",
    "Your hidden layer is a sigmoid; the network has tanh.",
    _with(act=sigmoid, slope=lambda Z, A, Z2: A * (1 - A)),
)
wrong(
    EX,
    "no activation at all",
    "Your hidden layer does not bend.",
    _with(act=lambda Z: Z, slope=lambda Z, A, Z2: 1),
)
wrong(
    EX,
    "sigmoid at the output instead of softmax",
    "Ten classes share: softmax, not a sigmoid each.",
    _with(prob=sigmoid),
)
wrong(
    EX,
    "softmax down the columns",
    "Softmax runs along each row.",
    _with(prob=lambda Z: softmax(Z.T).T),
)
wrong(
    EX,
    "softmax over the whole table",
    "Each row sums to 1 by itself.",
    _with(prob=lambda Z: softmax(Z.ravel()).reshape(Z.shape)),
)
wrong(
    EX,
    "logits minus Y (softmax forgotten)",
    "Softmax is missing before minus Y.",
    _with(prob=lambda Z: Z),
)
wrong(
    EX,
    "softmax slope once more: (P - Y) P (1 - P)",
    "P - Y is complete: the slope of softmax is in it.",
    _with(first=lambda P, Y, Z: (P - Y) * P * (1 - P) / len(P)),
)
wrong(
    EX,
    "squared error behind the softmax",
    "The loss is cross-entropy, not the squared error.",
    _with(first=lambda P, Y, Z: 2 * (P - Y) / Y.size),
)
wrong(
    EX,
    "only the true class gets a slope",
    "The other classes get a slope too: P.",
    _with(first=lambda P, Y, Z: (P - 1) * Y / len(P)),
)
wrong(
    EX,
    "-Y/P only: stops at dL/dP",
    "That is the slope on P; one link to Z2 is missing.",
    _with(first=lambda P, Y, Z: -Y / P / len(P)),
)
wrong(
    EX,
    "softmax Jacobian: diagonal only",
    "Softmax mixes a row: the diagonal alone is not its slope.",
    _with(first=lambda P, Y, Z: -Y / P * P * (1 - P) / len(P)),
)
wrong(
    EX,
    "naive softmax with one maximum for the table (nan when rows lie 1000 apart)",
    "With rows far apart your softmax becomes 0/0: each row needs its own maximum.",
    _with(
        prob=lambda Z: (
            np.exp(Z - Z.max()) / np.exp(Z - Z.max()).sum(axis=1, keepdims=True)
        )
    ),
)
wrong(
    EX,
    "back through W2.reshape, not W2.T",
    "reshape is not transpose: the error goes back along the wrong roads.",
    _with(back=lambda d, W: d @ W.reshape(W.shape[::-1])),
)
wrong(
    EX,
    "back through W2 (no .T): raises, or wrong when square",
    "The error goes back through W2.T.",
    _with(back=lambda d, W: d @ W),
)
wrong(
    EX,
    "back through W2 when square, W2.T otherwise",
    "For a square W2 you go through W2 instead of W2.T.",
    _with(back=lambda d, W: d @ (W if W.shape[0] == W.shape[1] else W.T)),
)
wrong(
    EX,
    "back through |W2|",
    "Keep the signs of the weights.",
    _with(back=lambda d, W: d @ np.abs(W).T),
)
wrong(
    EX,
    "only the largest road back",
    "All roads add up, not only the largest.",
    _with(back=lambda d, W: (d[:, None, :] * W[None]).max(axis=2)),
)
wrong(
    EX,
    "mean of the roads instead of the sum",
    "Where roads meet, slopes add; you averaged.",
    _with(back=lambda d, W: d @ W.T / W.shape[1]),
)
wrong(
    EX,
    "dW2 with X instead of A1, resized to fit",
    "The second layer's input is A1, not X.",
    _with(dw2=lambda A, d, Z, X: np.resize(X.T @ d, (A.shape[1], d.shape[1]))),
)
wrong(
    EX,
    "dW2 with Z1 instead of A1",
    "The second layer sees A1 = tanh(Z1), not Z1.",
    _with(dw2=lambda A, d, Z, X: Z.T @ d),
)
wrong(
    EX, "dW1 turned over", "dW1 has the shape of W1.", _with(dw1=lambda X, d: d.T @ X)
)
wrong(
    EX,
    "dW1 turned over and reshaped",
    "The shape of dW1 fits, its order does not.",
    _with(dw1=lambda X, d: (d.T @ X).reshape(X.shape[1], d.shape[1])),
)
wrong(
    EX,
    "dW2 doubled",
    "dW2 is twice too large.",
    _with(dw2=lambda A, d, Z, X: 2 * A.T @ d),
)
wrong(
    EX,
    "bias forgotten in the forward pass",
    "Your forward pass leaves the hidden bias out.",
    lambda X, Y, W1, b1, W2, b2: _walk(X, Y, W1, 0 * b1, W2, b2),
)
wrong(
    EX,
    "output bias forgotten in the forward pass",
    "Your forward pass leaves the output bias out.",
    lambda X, Y, W1, b1, W2, b2: _walk(X, Y, W1, b1, W2, 0 * b2),
)
wrong(
    EX,
    "W2 moved before the error goes back (data-science-from-scratch issue 31)",
    "You moved W2 before sending the error back through it.",
    lambda X, Y, W1, b1, W2, b2: _walk(
        X,
        Y,
        W1,
        b1,
        W2,
        b2,
        back=lambda d, W: d @ (W - 0.5 * np.tanh(X @ W1 + b1).T @ d).T,
    ),
)
wrong(
    EX,
    "weight decay added",
    "Only the loss is asked for, without weight decay.",
    lambda X, Y, W1, b1, W2, b2: (
        lambda g: (g[0] + 0.01 * W1, g[1], g[2] + 0.01 * W2, g[3])
    )(_walk(X, Y, W1, b1, W2, b2)),
)
wrong(
    EX,
    "order dW2, db2, dW1, db1",
    "The order is dW1, db1, dW2, db2.",
    _with(out=lambda g: (g[2], g[3], g[0], g[1])),
)
wrong(
    EX,
    "order dW1, dW2, db1, db2",
    "The order is dW1, db1, dW2, db2.",
    _with(out=lambda g: (g[0], g[2], g[1], g[3])),
)
wrong(
    EX,
    "three results: db2 missing",
    "Four results are asked for: db2 is missing.",
    _with(out=lambda g: g[:3]),
)
wrong(
    EX,
    "a list of one: everything in one flat vector",
    "Four arrays are asked for, not one long vector.",
    _with(out=lambda g: np.concatenate([a.ravel() for a in g])),
)
wrong(
    EX,
    "loss in front: five results",
    "Leave the loss out: four arrays are asked for.",
    _with(out=lambda g: (0.5, *g)),
)
wrong(
    EX,
    "dZ1 and dZ2 in place of the biases",
    "Sum dZ over the examples to get db.",
    lambda *a: _walk(*a, db1=lambda d, X: d, db2=lambda d, A: d),
)
wrong(
    EX,
    "only one layer: zeros for the first",
    "The first layer gets nothing: send the error back to it.",
    _with(out=lambda g: (0 * g[0], 0 * g[1], g[2], g[3])),
)
wrong(
    EX,
    "first row only, 1/m kept",
    "Only your first example counts.",
    lambda X, Y, *a: tuple(g / len(X) for g in _walk(X[:1], Y[:1], *a)),
)
wrong(
    EX,
    "new weights instead of gradients",
    "Those are new weights; the slopes are asked for.",
    lambda X, Y, W1, b1, W2, b2: tuple(
        p - 0.1 * g for p, g in zip((W1, b1, W2, b2), _walk(X, Y, W1, b1, W2, b2))
    ),
)
wrong(
    EX,
    "gradients with the minus of the step",
    "The minus belongs to the step, not to the gradient.",
    _with(out=lambda g: tuple(-a for a in g)),
)
wrong(
    EX,
    "rounded to 3 decimals",
    "Do not round.",
    _with(out=lambda g: tuple(a.round(3) for a in g)),
)
wrong(
    EX,
    "clipped to +-0.05",
    "Do not clip.",
    _with(out=lambda g: tuple(np.clip(a, -0.05, 0.05) for a in g)),
)
wrong(
    EX,
    "one-sided nudges with h = 0.1",
    "A nudge of 0.1 is far too coarse.",
    lambda *a: _coarse(*a),
)


def _coarse(X, Y, *params):
    grads = []
    for at, p in enumerate(params):
        g = np.zeros_like(p)
        for index in np.ndindex(p.shape):
            q = [v.copy() for v in params]
            q[at][index] += 0.1
            g[index] = (_loss(X, Y, *q) - _loss(X, Y, *params)) / 0.1
        grads.append(g)
    return tuple(grads)


def _loss(X, Y, W1, b1, W2, b2):
    return nn_helpers.softmax_cross_entropy(np.tanh(X @ W1 + b1) @ W2 + b2, Y)


@wrong(
    EX,
    "= instead of += in the example loop: last example only",
    "`=` overwrites: only the last example is left.",
)
def _(X, Y, W1, b1, W2, b2):
    for x, y in zip(X, Y):
        a = np.tanh(x @ W1 + b1)
        d2 = (softmax(a @ W2 + b2) - y) / len(X)
        d1 = (W2 @ d2) * (1 - a**2)
        gW1, gb1, gW2, gb2 = np.outer(x, d1), d1, np.outer(a, d2), d2
    return gW1, gb1, gW2, gb2


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(*a):
    dW1, db1, dW2, db2 = _walk(*a)


@wrong(EX, "prints instead of returning", "You print the four; `return` them.")
def _(*a):
    print(_walk(*a))


@wrong(
    EX,
    "moves W1 in place while it computes (right values)",
    "Right slopes, but backward must not move the weights.",
)
def _(X, Y, W1, b1, W2, b2):
    g = _walk(X, Y, W1, b1, W2, b2)
    W1 -= 0.1 * g[0]
    return g


@wrong(
    EX,
    "changes Y in place (right values)",
    "Right slopes, but the labels were overwritten on the way.",
)
def _(X, Y, W1, b1, W2, b2):
    g = _walk(X, Y, W1, b1, W2, b2)
    Y *= -1
    return g


_g_total = {}


@wrong(
    EX,
    "state: gradients accumulate (right on the first call)",
    "Your gradients add to those of the last call: set them anew.",
)
def _(X, Y, *params):
    key = tuple(p.shape for p in params)
    new = _walk(X, Y, *params)
    _g_total[key] = (
        tuple(o + n for o, n in zip(_g_total[key], new)) if key in _g_total else new
    )
    return _g_total[key]


common(EX, 6, tuple(np.ones(2) for _ in range(4)))

# ------------------------------------------------------------------ 07.1 step
EX = "07.1"


@right(EX, "-= in the loop")
def _(parameters, learning_rate):
    for name, array, gradient in parameters:
        array -= learning_rate * gradient


@right(EX, "+= with a minus")
def _(parameters, learning_rate):
    for _, array, gradient in parameters:
        array += -learning_rate * gradient


@right(EX, "array[...] = array - ...")
def _(parameters, learning_rate):
    for _, array, gradient in parameters:
        array[...] = array - learning_rate * gradient


@right(EX, "array[:] = ...")
def _(parameters, learning_rate):
    for triple in parameters:
        new = triple[1] - learning_rate * triple[2]
        triple[1][:] = new


@right(EX, "np.subtract with out")
def _(parameters, learning_rate):
    for _, array, gradient in parameters:
        np.subtract(array, np.multiply(gradient, learning_rate), out=array)


@right(EX, "np.copyto")
def _(parameters, learning_rate):
    for _, array, gradient in list(parameters):
        np.copyto(array, array - learning_rate * gradient)


@right(EX, "entry by entry, ndindex")
def _(parameters, learning_rate):
    for _, array, gradient in parameters:
        for index in np.ndindex(array.shape):
            array[index] -= learning_rate * gradient[index]


@right(EX, "the package's SGD")
def _(parameters, learning_rate):
    nn_helpers.SGD(learning_rate).step(parameters)


@right(EX, "array.flat, element by element")
def _(parameters, learning_rate):
    for _, array, gradient in parameters:
        for i, slope in enumerate(gradient.flat):
            array.flat[i] -= learning_rate * slope


@right(EX, "__isub__ by operator.isub")
def _(parameters, learning_rate):
    import operator

    for _, array, gradient in parameters:
        operator.isub(array, learning_rate * gradient)


@right(EX, "index loop, while")
def _(parameters, learning_rate):
    parameters = list(parameters)
    i = 0
    while i < len(parameters):
        _, array, gradient = parameters[i]
        array -= gradient * learning_rate
        i += 1


@right(EX, "float32 step, parameters walked backwards")
def _(parameters, learning_rate):
    for _, array, gradient in reversed(list(parameters)):
        array -= np.float32(learning_rate * gradient)


@right(EX, "masks: positive and negative slopes apart")
def _(parameters, learning_rate):
    for _, array, gradient in parameters:
        up = gradient < 0
        array[up] += learning_rate * np.abs(gradient[up])
        array[~up] -= learning_rate * gradient[~up]


border(
    EX,
    "right step, and returns the triples",
    "Right; a return is not needed.",
    lambda parameters, learning_rate: [
        (n, np.subtract(a, learning_rate * g, out=a), g) for n, a, g in parameters
    ],
)
border(
    EX,
    "right step, gradients set to 0 afterwards (zero_grad habit)",
    "Right step; the zeroing is not needed, backward sets the gradients.",
    lambda parameters, learning_rate: (
        [
            (np.subtract(a, learning_rate * g, out=a), g.fill(0))
            for _, a, g in list(parameters)
        ]
        and None
    ),
)
border(
    EX,
    "ravel() view: right for contiguous arrays only",
    "Right here; for a transposed array ravel would be a copy.",
    lambda parameters, learning_rate: (
        [
            np.subtract(a.ravel(), learning_rate * g.ravel(), out=a.ravel())
            for _, a, g in parameters
        ]
        and None
    ),
)


def _each(change):
    def step(parameters, learning_rate):
        for name, array, gradient in parameters:
            change(name, array, gradient, learning_rate)

    return step


def _minus(a, d):
    a -= d


@wrong(
    EX,
    "array = array - ...: nothing moves",
    "`array = array - ...` makes a new array; the network keeps the old one. Use `-=`.",
)
def _(parameters, learning_rate):
    for name, array, gradient in parameters:
        array = array - learning_rate * gradient


wrong(
    EX,
    "uphill: +=",
    "Uphill! Against the slope: minus.",
    _each(lambda n, a, g, r: _minus(a, -r * g)),
)
wrong(
    EX,
    "learning rate forgotten",
    "The learning rate is missing.",
    _each(lambda n, a, g, r: _minus(a, g)),
)
wrong(
    EX,
    "learning rate twice",
    "The learning rate counts once.",
    _each(lambda n, a, g, r: _minus(a, r * r * g)),
)
wrong(
    EX,
    "learning rate fixed at 0.1",
    "Use the learning rate that you get, not 0.1.",
    _each(lambda n, a, g, r: _minus(a, 0.1 * g)),
)
wrong(
    EX,
    "learning rate alone, gradient forgotten",
    "The slope is missing: all entries move by the same amount.",
    _each(lambda n, a, g, r: _minus(a, r)),
)
wrong(
    EX,
    "divided by the learning rate",
    "Multiply with the learning rate.",
    _each(lambda n, a, g, r: _minus(a, g / r)),
)
wrong(
    EX,
    "sign of the gradient only",
    "The size of the slope counts too, not only its sign.",
    _each(lambda n, a, g, r: _minus(a, r * np.sign(g))),
)
wrong(
    EX,
    "gradient made length 1",
    "Do not normalise the gradient.",
    _each(lambda n, a, g, r: _minus(a, r * g / (np.linalg.norm(g) + 1e-12))),
)
wrong(
    EX,
    "gradient clipped to +-0.1",
    "Do not clip the gradient.",
    _each(lambda n, a, g, r: _minus(a, r * np.clip(g, -0.1, 0.1))),
)
wrong(
    EX,
    "gradient divided by the number of rows",
    "The 1/m is in the gradient already.",
    _each(lambda n, a, g, r: _minus(a, r * g / (len(g) + 1))),
)
wrong(
    EX,
    "gradient averaged over the array",
    "Each entry has its own slope; you took the mean.",
    _each(lambda n, a, g, r: _minus(a, r * g.mean())),
)
wrong(
    EX,
    "absolute slope",
    "Keep the sign of the slope.",
    _each(lambda n, a, g, r: _minus(a, r * np.abs(g))),
)
wrong(
    EX,
    "array times learning rate instead of gradient (udacity sdc issue 75)",
    "You subtract a part of the array itself; the slope is what counts.",
    _each(lambda n, a, g, r: _minus(a, r * a)),
)
wrong(
    EX,
    "array becomes minus lr * gradient (array[...] = -...)",
    "You overwrote the array: subtract from what it was.",
    _each(lambda n, a, g, r: a.__setitem__(..., -r * g)),
)
wrong(
    EX,
    "reversed difference: lr * gradient - array",
    "The subtraction is the wrong way round.",
    _each(lambda n, a, g, r: a.__setitem__(..., r * g - a)),
)
wrong(
    EX,
    "multiplied: array *= 1 - lr * gradient",
    "Subtract the step; do not multiply.",
    _each(lambda n, a, g, r: a.__imul__(1 - r * g)),
)
wrong(
    EX,
    "weight decay on the side",
    "No weight decay was asked for.",
    _each(lambda n, a, g, r: _minus(a, r * (g + 0.01 * a))),
)
wrong(
    EX,
    "weights only, biases stay",
    "The biases learn too: do not leave them out.",
    _each(lambda n, a, g, r: _minus(a, r * g) if n.startswith("W") else None),
)
wrong(
    EX,
    "biases only, weights stay",
    "The weights did not move.",
    _each(lambda n, a, g, r: _minus(a, r * g) if n.startswith("b") else None),
)
wrong(
    EX,
    "names written in: only W1 and b1",
    "Walk over all the triples, not only those called W1 and b1.",
    _each(lambda n, a, g, r: _minus(a, r * g) if n in ("W1", "b1") else None),
)
wrong(
    EX,
    "first row of each array only",
    "Only the first row of each array moved.",
    _each(lambda n, a, g, r: _minus(a[:1], r * g[:1])),
)
wrong(
    EX,
    "step twice",
    "You stepped twice.",
    _each(lambda n, a, g, r: (_minus(a, r * g), _minus(a, r * g))),
)
wrong(
    EX,
    "half a step",
    "The step is half as long as it should be.",
    _each(lambda n, a, g, r: _minus(a, r * g / 2)),
)
wrong(
    EX,
    "rounded to two decimals",
    "Do not round the parameters.",
    _each(lambda n, a, g, r: a.__setitem__(..., np.round(a - r * g, 2))),
)
wrong(
    EX,
    "cut to whole numbers",
    "You cut the parameters to whole numbers.",
    _each(lambda n, a, g, r: a.__setitem__(..., (a - r * g).astype(int))),
)
wrong(
    EX,
    "on copies: array.copy() moved",
    "You moved a copy; the network's own array stayed.",
    _each(lambda n, a, g, r: _minus(a.copy(), r * g)),
)
wrong(
    EX,
    "flatten() is a copy",
    "flatten makes a copy: the network's own array stayed.",
    _each(lambda n, a, g, r: _minus(a.flatten(), r * g.flatten())),
)
wrong(
    EX,
    "mask indexing on a copy: array[mask][...] -=",
    "array[mask] is a copy; write array[mask] -= in one go.",
    _each(lambda n, a, g, r: _minus(a[g == g], (r * g)[g == g])),
)
wrong(
    EX,
    "gradient flattened in sorted order",
    "Each entry must meet its own slope; yours are sorted.",
    _each(lambda n, a, g, r: _minus(a, r * np.sort(g, axis=None).reshape(g.shape))),
)
wrong(
    EX,
    "gradient reversed",
    "Each entry must meet its own slope; yours run backwards.",
    _each(lambda n, a, g, r: _minus(a, r * g[::-1])),
)
wrong(
    EX,
    "the gradient moves instead of the array",
    "You changed the gradient; the array is what should move.",
    _each(lambda n, a, g, r: _minus(g, r * a)),
)
wrong(
    EX,
    "gradient scaled in place (gradient *= lr), arrays right",
    "Right arrays, but you overwrote the gradients on the way.",
    _each(lambda n, a, g, r: (g.__imul__(r), _minus(a, g))),
)
wrong(
    EX,
    "step drawn at random",
    "A step is not a matter of luck: use the gradient.",
    _each(
        lambda n, a, g, r: _minus(a, r * g * np.random.default_rng(0).random(g.shape))
    ),
)
wrong(
    EX,
    "new list returned, nothing in place",
    "You return new arrays; the network never hears of them.",
    lambda parameters, learning_rate: [
        (n, a - learning_rate * g, g) for n, a, g in parameters
    ],
)
wrong(
    EX,
    "lazy: a generator that nobody walks",
    "A generator does nothing until somebody walks it: use a for loop.",
    lambda parameters, learning_rate: (
        _minus(a, learning_rate * g) for _, a, g in parameters
    ),
)
wrong(
    EX,
    "map that nobody walks",
    "`map` does nothing until somebody walks it: use a for loop.",
    lambda parameters, learning_rate: map(
        lambda p: _minus(p[1], learning_rate * p[2]), parameters
    ),
)
wrong(
    EX,
    "triples unpacked in the wrong order",
    "The triples are (name, array, gradient), in this order.",
    lambda parameters, learning_rate: (
        [_minus(a, learning_rate * g) for a, g, n in parameters] and None
    ),
)
wrong(
    EX,
    "array and gradient exchanged",
    "The array comes before the gradient in each triple.",
    lambda parameters, learning_rate: (
        [_minus(a, learning_rate * g) for _, g, a in parameters] and None
    ),
)
wrong(
    EX,
    "treats parameters as a network",
    "You get the triples themselves, not a network.",
    lambda network, learning_rate: (
        [_minus(a, learning_rate * g) for _, a, g in network.parameters()] and None
    ),
)
wrong(
    EX,
    "treats parameters as a dictionary",
    "The parameters are triples, not a dictionary.",
    lambda parameters, learning_rate: (
        [_minus(v, learning_rate) for k, v in parameters.items()] and None
    ),
)


@wrong(
    EX,
    "return inside the loop: only the first array",
    "Your `return` stands inside the loop: only the first array moves.",
)
def _(parameters, learning_rate):
    for _, array, gradient in parameters:
        array -= learning_rate * gradient
        return array


@wrong(
    EX,
    "indentation: only the last array",
    "Your step is not indented into the loop: only the last array moves.",
)
def _(parameters, learning_rate):
    for _, array, gradient in parameters:
        pass
    array -= learning_rate * gradient


@wrong(EX, "last array left out", "The last array did not move.")
def _(parameters, learning_rate):
    for _, array, gradient in list(parameters)[:-1]:
        array -= learning_rate * gradient


@wrong(
    EX,
    "p[1] -= ... on a tuple: moves the array, then raises TypeError",
    "`p[1] -= ...` on a tuple raises: unpack the triple first.",
)
def _(parameters, learning_rate):
    for p in parameters:
        p[1] -= learning_rate * p[2]


@wrong(
    EX,
    "a yield inside: a generator function, nothing happens",
    "With `yield` your function only starts when somebody walks it.",
)
def _(parameters, learning_rate):
    for name, array, gradient in parameters:
        array -= learning_rate * gradient
        yield name


@wrong(
    EX,
    "a step of all arrays for each array (nested loop)",
    "Two loops inside each other: each array moves several times.",
)
def _(parameters, learning_rate):
    parameters = list(parameters)
    for _ in parameters:
        for _, array, gradient in parameters:
            array -= learning_rate * gradient


_velocity = {}


@wrong(
    EX,
    "state: momentum (right on the first call)",
    "That is momentum: earlier gradients still push.",
)
def _(parameters, learning_rate):
    for name, array, gradient in parameters:
        v = 0.9 * _velocity.get((name, array.shape), 0) + gradient
        _velocity[name, array.shape] = v
        array -= learning_rate * v


_rates = []


@wrong(
    EX,
    "state: learning rate halves with each call (right on the first call)",
    "Your learning rate shrinks from call to call.",
)
def _(parameters, learning_rate):
    _rates.append(1)
    for _, array, gradient in parameters:
        array -= learning_rate * gradient / 2 ** (len(_rates) - 1)


@wrong(
    EX,
    "print instead of a step",
    "You print the new values; write them into the array.",
)
def _(parameters, learning_rate):
    for name, array, gradient in parameters:
        print(name, array - learning_rate * gradient)


common(EX, 2, [])

# ----------------------------------------------------------------- 07.3 epoch
EX = "07.3"


def _sgd(network, learning_rate):
    for _, array, gradient in network.parameters():
        array -= learning_rate * gradient


def _one(network, x, y, learning_rate):
    network.backward(sigmoid(network.forward(x)) - y)
    _sgd(network, learning_rate)


@right(EX, "rng.permutation, as in the lesson")
def _(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        Z = network.forward(X[i : i + 1])
        network.backward(sigmoid(Z) - Y[i : i + 1])
        for _, array, gradient in network.parameters():
            array -= learning_rate * gradient


@right(EX, "the package's gradient and SGD, X[[i]]")
def _(network, X, Y, learning_rate, rng):
    optimizer = nn_helpers.SGD(learning_rate)
    for i in rng.permutation(len(X)):
        network.backward(
            nn_helpers.binary_cross_entropy_grad(network.forward(X[[i]]), Y[[i]])
        )
        optimizer.step(network.parameters())


@right(EX, "one_epoch of the package, walked to the end")
def _(network, X, Y, learning_rate, rng):
    for _ in nn_helpers.one_epoch(
        network,
        X,
        Y,
        nn_helpers.binary_cross_entropy_grad,
        nn_helpers.SGD(learning_rate),
        1,
        rng,
    ):
        pass


@right(EX, "minibatches of size 1")
def _(network, X, Y, learning_rate, rng):
    for x, y in nn_helpers.minibatches(X, Y, 1, rng):
        _one(network, x, y, learning_rate)


@right(EX, "the package's train for one epoch")
def _(network, X, Y, learning_rate, rng):
    nn_helpers.train(
        network,
        X,
        Y,
        loss=nn_helpers.binary_cross_entropy,
        learning_rate=learning_rate,
        epochs=1,
        rng=rng,
    )


@right(EX, "rng.shuffle of a list of indices, losses noted")
def _(network, X, Y, learning_rate, rng):
    order, losses = list(range(len(X))), []
    rng.shuffle(order)
    for i in order:
        x, y = X[i].reshape(1, -1), Y[i].reshape(1, -1)
        Z = network.forward(x)
        losses.append(nn_helpers.binary_cross_entropy(Z, y))
        network.backward((sigmoid(Z) - y) / 1)
        _sgd(network, learning_rate)


@right(EX, "argsort of random numbers")
def _(network, X, Y, learning_rate, rng):
    for i in np.argsort(rng.random(len(X))):
        _one(network, X[i][None], Y[i][None], learning_rate)


@right(EX, "rng.choice without replacement, np.subtract out")
def _(network, X, Y, learning_rate, rng):
    for i in rng.choice(len(X), size=len(X), replace=False):
        network.backward(sigmoid(network.forward(X[i : i + 1])) - Y[i : i + 1])
        for _, a, g in network.parameters():
            np.subtract(a, learning_rate * g, out=a)


@right(EX, "shuffled copies of X and Y, zip")
def _(network, X, Y, learning_rate, rng):
    order = rng.permutation(len(X))
    for x, y in zip(X[order], Y[order], strict=True):
        _one(network, np.array([x]), np.array([y]), learning_rate)


@right(EX, "cards drawn from a shrinking list")
def _(network, X, Y, learning_rate, rng):
    left = list(range(len(X)))
    while left:
        i = left.pop(int(rng.integers(len(left))))
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)


@right(EX, "rng.permuted, layers stepped by hand in place")
def _(network, X, Y, learning_rate, rng):
    for i in rng.permuted(np.arange(len(X))):
        network.backward(sigmoid(network.forward(X[i : i + 1])) - Y[i : i + 1])
        for layer in network.layers:
            layer.W -= learning_rate * layer.dW
            layer.b -= learning_rate * layer.db


@right(EX, "X and Y glued together, rows permuted")
def _(network, X, Y, learning_rate, rng):
    for row in rng.permutation(np.hstack([X, Y])):
        _one(network, row[None, : X.shape[1]], row[None, X.shape[1] :], learning_rate)


@right(EX, "Y in the error as a mask")
def _(network, X, Y, learning_rate, rng):
    for i in rng.permutation(X.shape[0]):
        P = nn_helpers.sigmoid(network.forward(X[i : i + 1]))
        network.backward(np.where(Y[i : i + 1] == 1, P - 1, P - Y[i : i + 1]))
        for _, array, gradient in network.parameters():
            array[...] = array - learning_rate * gradient


def _rebind(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        network.backward(sigmoid(network.forward(X[i : i + 1])) - Y[i : i + 1])
        for layer in network.layers:
            layer.W = layer.W - learning_rate * layer.dW
            layer.b = layer.b - learning_rate * layer.db


border(
    EX,
    "layer.W = layer.W - ...: learns, but not in place",
    "It learns, but each step makes new arrays: the exercise asks for in place.",
    _rebind,
)


def _returns(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)
    return network


border(
    EX,
    "right epoch, returns the network",
    "Right; nothing needs to be returned.",
    _returns,
)


def _loss_after(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)
        nn_helpers.binary_cross_entropy(network.forward(X), Y)


border(
    EX,
    "right epoch, measures the whole loss after each step (extra forward passes)",
    "Right; measuring the whole set after each step costs time only.",
    _loss_after,
)


def _child(network, X, Y, learning_rate, rng):
    own = np.random.default_rng(rng.integers(2**32))
    for i in own.permutation(len(X)):
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)


border(
    EX,
    "a child generator seeded from rng",
    "Right: the order still hangs on rng, by a detour.",
    _child,
)


def _epoch(order=None, error=None, step=None, row=None):
    def epoch(network, X, Y, learning_rate, rng):
        for i in order(X, rng) if order else rng.permutation(len(X)):
            x, y = row(X, Y, i) if row else (X[i : i + 1], Y[i : i + 1])
            Z = network.forward(x)
            network.backward(error(Z, y, X) if error else sigmoid(Z) - y)
            (step or _sgd)(network, learning_rate)

    return epoch


def _step(change):
    def step(network, rate):
        for name, a, g in network.parameters():
            change(name, a, g, rate)

    return step


wrong(
    EX,
    "file order, rng unused",
    "Your samples come in the order of the file: let rng draw it.",
    _epoch(order=lambda X, r: range(len(X))),
)
wrong(
    EX,
    "file order backwards",
    "Backwards is an order too, but not a drawn one.",
    _epoch(order=lambda X, r: range(len(X))[::-1]),
)
wrong(
    EX,
    "permutation sorted again",
    "You sort what you have just shuffled.",
    _epoch(order=lambda X, r: sorted(r.permutation(len(X)))),
)
wrong(
    EX,
    "drawn with replacement (rng.integers)",
    "Drawn with replacement: some samples come twice, others never.",
    _epoch(order=lambda X, r: r.integers(0, len(X), len(X))),
)
wrong(
    EX,
    "drawn with replacement (rng.choice without replace=False)",
    "rng.choice puts each sample back: say replace=False, or take permutation.",
    _epoch(order=lambda X, r: r.choice(len(X), len(X))),
)
wrong(
    EX,
    "np.random instead of rng",
    "You shuffle with np.random: then rng has no say, and no run can be repeated.",
    _epoch(order=lambda X, r: np.random.permutation(len(X))),
)
wrong(
    EX,
    "a new default_rng() in each epoch",
    "You made a generator of your own: use the rng that you get.",
    _epoch(order=lambda X, r: np.random.default_rng().permutation(len(X))),
)
wrong(
    EX,
    "default_rng(0): the same order every epoch",
    "Your own default_rng(0) gives the same order in every epoch: use rng.",
    _epoch(order=lambda X, r: np.random.default_rng(0).permutation(len(X))),
)
wrong(
    EX,
    "random.shuffle from the standard library",
    "random.shuffle does not listen to rng.",
    _epoch(order=lambda X, r: _std_shuffle(len(X))),
)
wrong(
    EX,
    "last sample skipped",
    "range(n - 1) leaves the last sample out.",
    _epoch(order=lambda X, r: r.permutation(len(X) - 1)),
)
wrong(
    EX,
    "first sample skipped",
    "Index 0 is missing: counting starts at 0.",
    _epoch(order=lambda X, r: 1 + r.permutation(len(X) - 1)),
)
wrong(
    EX,
    "last of the permutation skipped",
    "One sample, the last drawn, has no turn.",
    _epoch(order=lambda X, r: r.permutation(len(X))[:-1]),
)
wrong(
    EX,
    "two epochs instead of one",
    "Each sample has two turns: that is two epochs.",
    _epoch(
        order=lambda X, r: np.concatenate(
            [r.permutation(len(X)), r.permutation(len(X))]
        )
    ),
)
wrong(
    EX,
    "one step only",
    "That is one step; an epoch has one for every sample.",
    _epoch(order=lambda X, r: r.permutation(len(X))[:1]),
)
wrong(
    EX,
    "permutation of the columns (X.shape[1])",
    "X.shape[1] counts the inputs; the samples are X.shape[0].",
    _epoch(order=lambda X, r: r.permutation(X.shape[1])),
)
wrong(
    EX,
    "a rolled file order, start drawn",
    "Only the start is drawn; the rest is the order of the file.",
    _epoch(order=lambda X, r: np.roll(np.arange(len(X)), r.integers(len(X)))),
)
wrong(
    EX,
    "uphill",
    "Uphill! Against the slope: minus.",
    _epoch(step=_step(lambda n, a, g, r: _minus(a, -r * g))),
)
wrong(
    EX,
    "Y - P: uphill",
    "The walk starts with P - Y; yours goes uphill.",
    _epoch(error=lambda Z, y, X: y - sigmoid(Z)),
)
wrong(
    EX,
    "learning rate forgotten",
    "The learning rate is missing.",
    _epoch(step=_step(lambda n, a, g, r: _minus(a, g))),
)
wrong(
    EX,
    "learning rate fixed at 0.3",
    "Use the learning rate that you get, not 0.3.",
    _epoch(step=_step(lambda n, a, g, r: _minus(a, 0.3 * g))),
)
wrong(
    EX,
    "gradient divided by the whole set",
    "Each step sees one sample: m is 1, not len(X).",
    _epoch(error=lambda Z, y, X: (sigmoid(Z) - y) / len(X)),
)
wrong(
    EX,
    "sigmoid slope once more",
    "The sigmoid's slope has cancelled: P - Y is complete.",
    _epoch(error=lambda Z, y, X: (sigmoid(Z) - y) * sigmoid_prime(Z)),
)
wrong(
    EX,
    "squared error",
    "That is the squared error; take binary cross-entropy.",
    _epoch(error=lambda Z, y, X: 2 * (sigmoid(Z) - y) * sigmoid_prime(Z)),
)
wrong(
    EX,
    "Z - Y: sigmoid forgotten",
    "Squeeze Z first: sigmoid(Z) - Y.",
    _epoch(error=lambda Z, y, X: Z - y),
)
wrong(
    EX,
    "sigmoid twice",
    "You squeezed twice.",
    _epoch(error=lambda Z, y, X: sigmoid(sigmoid(Z)) - y),
)
wrong(
    EX,
    "softmax of one output: P is always 1",
    "Softmax of one number is always 1: take the sigmoid.",
    _epoch(error=lambda Z, y, X: softmax(Z) - y),
)
wrong(
    EX,
    "the loss handed to backward",
    "backward wants the gradient of the loss, not the loss.",
    _epoch(
        error=lambda Z, y, X: np.full(Z.shape, nn_helpers.binary_cross_entropy(Z, y))
    ),
)
wrong(
    EX,
    "decision instead of probability (perceptron)",
    "Take the probability, not the decision.",
    _epoch(error=lambda Z, y, X: (Z > 0) - y),
)
wrong(
    EX,
    "step on array = array - ...: nothing moves",
    "`array = array - ...` moves nothing in the network: use `-=`.",
    _epoch(step=_step(lambda n, a, g, r: a - r * g)),
)
wrong(
    EX,
    "step on copies",
    "You moved copies.",
    _epoch(step=_step(lambda n, a, g, r: _minus(a.copy(), r * g))),
)
wrong(
    EX,
    "step forgotten",
    "You compute gradients, but no step is taken.",
    _epoch(step=lambda network, r: None),
)
wrong(
    EX,
    "biases left out",
    "The biases learn too.",
    _epoch(step=_step(lambda n, a, g, r: _minus(a, r * g) if n[0] == "W" else None)),
)
wrong(
    EX,
    "weights of the last layer only",
    "Only the last layer learns.",
    _epoch(step=lambda net, r: [_minus(a, r * g) for _, a, g in net.parameters()[-2:]]),
)
wrong(
    EX,
    "step twice for each sample",
    "Two steps for one sample.",
    _epoch(step=lambda net, r: (_sgd(net, r), _sgd(net, r))),
)
wrong(
    EX,
    "learning rate halves with each step",
    "The learning rate stays the same through the epoch.",
    lambda net, X, Y, rate, rng: (
        [
            _one(net, X[i : i + 1], Y[i : i + 1], rate / 2**t)
            for t, i in enumerate(rng.permutation(len(X)))
        ]
        and None
    ),
)
wrong(
    EX,
    "labels not shuffled along: X[i] with Y[t] (DrexelChatbot issue 15)",
    "X is shuffled, Y is not: each sample gets the label of another.",
    lambda net, X, Y, rate, rng: (
        [
            _one(net, X[i : i + 1], Y[t : t + 1], rate)
            for t, i in enumerate(rng.permutation(len(X)))
        ]
        and None
    ),
)
wrong(
    EX,
    "X and Y shuffled separately",
    "Two shuffles, two orders: the labels no longer belong to the samples.",
    lambda net, X, Y, rate, rng: (
        [
            _one(net, x[None], y[None], rate)
            for x, y in zip(rng.permutation(X), rng.permutation(Y))
        ]
        and None
    ),
)
wrong(
    EX,
    "the whole set in one step",
    "That is one step on all; an epoch here has a step for each sample.",
    lambda net, X, Y, rate, rng: (
        (
            rng.permutation(len(X)),
            net.backward((sigmoid(net.forward(X)) - Y) / len(X)),
            _sgd(net, rate),
        )
        and None
    ),
)
wrong(
    EX,
    "the whole set in each step",
    "Every step sees the whole set; one sample each.",
    lambda net, X, Y, rate, rng: (
        [
            (net.backward((sigmoid(net.forward(X)) - Y) / len(X)), _sgd(net, rate))
            for i in rng.permutation(len(X))
        ]
        and None
    ),
)
wrong(
    EX,
    "batches of ten",
    "Ten samples share a step in yours; one sample each.",
    lambda net, X, Y, rate, rng: (
        [
            (net.backward((sigmoid(net.forward(x)) - y) / len(x)), _sgd(net, rate))
            for x, y in nn_helpers.minibatches(X, Y, min(10, len(X)), rng)
        ]
        and None
    ),
)
wrong(
    EX,
    "X[i] instead of X[i : i + 1]: ValueError",
    "X[i] is flat; the network wants a table with one row, X[i : i + 1].",
    _epoch(row=lambda X, Y, i: (X[i], Y[i])),
)
wrong(
    EX,
    "growing batches X[: i + 1]",
    "X[: i + 1] takes all rows up to i; X[i : i + 1] takes one.",
    _epoch(
        row=lambda X, Y, i: (X[: i + 1], Y[: i + 1]),
        error=lambda Z, y, X: (sigmoid(Z) - y) / len(Z),
    ),
)
wrong(
    EX,
    "two rows: X[i : i + 2]",
    "X[i : i + 2] takes two rows.",
    _epoch(row=lambda X, Y, i: (X[i : i + 2], Y[i : i + 2])),
)
wrong(
    EX,
    "one_epoch called but not walked",
    "one_epoch is lazy: walk it with a for loop.",
    lambda net, X, Y, rate, rng: (
        nn_helpers.one_epoch(
            net,
            X,
            Y,
            nn_helpers.binary_cross_entropy_grad,
            nn_helpers.SGD(rate),
            1,
            rng,
        )
        and None
    ),
)
wrong(
    EX,
    "a new Generator(PCG64(0)): the same order every epoch",
    "You seeded a new generator: use rng itself.",
    _epoch(
        order=lambda X, r: np.random.Generator(np.random.PCG64(0)).permutation(len(X))
    ),
)


def _std_shuffle(n):
    import random

    order = list(range(n))
    random.shuffle(order)
    return order


@wrong(
    EX,
    "gradients summed, one step at the end",
    "You step once, at the end: step after each sample.",
)
def _(network, X, Y, learning_rate, rng):
    total = None
    for i in rng.permutation(len(X)):
        network.backward(sigmoid(network.forward(X[i : i + 1])) - Y[i : i + 1])
        new = [g.copy() for _, _, g in network.parameters()]
        total = new if total is None else [o + n for o, n in zip(total, new)]
    for (_, a, _), g in zip(network.parameters(), total):
        a -= learning_rate * g


@wrong(
    EX,
    "step with the gradient of the sample before (backward after the step)",
    "You step before you walk back: each step uses the gradient of the sample before.",
)
def _(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        Z = network.forward(X[i : i + 1])
        for _, a, g in network.parameters():
            if g is not None:
                a -= learning_rate * g
        network.backward(sigmoid(Z) - Y[i : i + 1])


@wrong(
    EX,
    "all forward passes first, with the old weights",
    "Your logits are from before the first step: forward anew for each sample.",
)
def _(network, X, Y, learning_rate, rng):
    P = sigmoid(network.forward(X))
    for i in rng.permutation(len(X)):
        network.forward(X[i : i + 1])
        network.backward(P[i : i + 1] - Y[i : i + 1])
        _sgd(network, learning_rate)


@wrong(
    EX,
    "forward once before the loop",
    "forward stands before the loop: the layers still hold another sample.",
)
def _(network, X, Y, learning_rate, rng):
    network.forward(X[:1])
    for i in rng.permutation(len(X)):
        Z = network.forward(X[:1])
        network.backward(sigmoid(Z) - Y[i : i + 1])
        _sgd(network, learning_rate)


@wrong(
    EX,
    "return inside the loop: one sample only",
    "Your `return` stands inside the loop: one sample, then stop.",
)
def _(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)
        return


@wrong(
    EX,
    "step outside the loop (indentation): last sample only",
    "Your step is not indented into the loop: only the last sample counts.",
)
def _(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        network.backward(sigmoid(network.forward(X[i : i + 1])) - Y[i : i + 1])
    _sgd(network, learning_rate)


@wrong(
    EX,
    "shuffles the caller's X in place (labels stay behind)",
    "rng.shuffle(X) shuffles the caller's X and leaves Y where it was.",
)
def _(network, X, Y, learning_rate, rng):
    rng.shuffle(X)
    for i in range(len(X)):
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)


@wrong(
    EX,
    "shuffles the caller's X and Y in place, alike (right steps)",
    "The steps are right, but the caller's X and Y come back in another order.",
)
def _(network, X, Y, learning_rate, rng):
    order = rng.permutation(len(X))
    X[:], Y[:] = X[order], Y[order]
    for i in range(len(X)):
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)


@wrong(
    EX, "trains a deep copy", "You trained a copy; the network itself learned nothing."
)
def _(network, X, Y, learning_rate, rng):
    import copy

    network = copy.deepcopy(network)
    for i in rng.permutation(len(X)):
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)


@wrong(
    EX,
    "a yield inside: nothing happens",
    "With `yield` nothing happens until somebody walks it.",
)
def _(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)
        yield i


@wrong(
    EX,
    "stops as soon as a sample is right (break)",
    "`break` ends the epoch at the first right answer.",
)
def _(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        if (network.forward(X[i : i + 1])[0, 0] > 0) == (Y[i, 0] > 0.5):
            break
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)


@wrong(
    EX,
    "skips samples that are right already",
    "Samples that are right already teach too: do not skip them.",
)
def _(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        if (network.forward(X[i : i + 1])[0, 0] > 0) != (Y[i, 0] > 0.5):
            _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)


@wrong(
    EX, "weights set to zero first", "You erased what the network had learned before."
)
def _(network, X, Y, learning_rate, rng):
    for _, a, _ in network.parameters():
        a[...] = 0
    for i in rng.permutation(len(X)):
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)


_fixed_order = {}


@wrong(
    EX,
    "state: the order of the first call for ever (right on the first call)",
    "You drew the order once; draw a new one for each epoch.",
)
def _(network, X, Y, learning_rate, rng):
    order = _fixed_order.setdefault(len(X), rng.permutation(len(X)))
    for i in order:
        _one(network, X[i : i + 1], Y[i : i + 1], learning_rate)


@wrong(
    EX,
    "loop: redraws until the network is perfect",
    "Your while never ends: an epoch ends after every sample had its turn.",
)
def _(network, X, Y, learning_rate, rng):
    while True:
        for i in rng.permutation(len(X)):
            _one(network, X[i : i + 1], Y[i : i + 1], 0 * learning_rate)


common(EX, 5, None)


# ------------------------------------------- 02.1 four ramps (a list of numbers)
EX = "02.1"
right(EX, "list of ints", [2, -2, -2, 2])
right(EX, "list of floats", [2.0, -2.0, -2.0, 2.0])
right(EX, "tuple", (2, -2, -2, 2))
right(EX, "array of ints", np.array([2, -2, -2, 2]))
right(EX, "float32 array", np.float32([2, -2, -2, 2]))
right(EX, "column array (4, 1)", np.array([[2.0], [-2.0], [-2.0], [2.0]]))
right(EX, "column as nested lists", [[2], [-2], [-2], [2]])
right(EX, "differences of the slopes", np.diff([0, 2, 0, -2, 0]))
right(EX, "list of NumPy numbers", [np.float64(2), np.int64(-2), np.float32(-2), 2])
right(EX, "list comprehension", [2 * s for s in (1, -1, -1, 1)])
right(
    EX,
    "solved from the heights at 2, 4, 5, 6, last digits off",
    np.linalg.solve(
        np.maximum(np.array([[2.0], [4], [5], [6]]) - [1, 2, 4, 5], 0), [2, 2, 0, 0]
    )
    + 1e-10,
)
right(EX, "unpacked from two halves", [*(2, -2), *(-2, 2)])

border(
    EX,
    "Fractions",
    "Exactly right, as Fractions.",
    [Fraction(2), Fraction(-2), Fraction(-4, 2), Fraction(2, 1)],
)
border(
    EX,
    "two by two: a pair of ramps a row",
    "The right numbers; write them in one row of four.",
    [[2, -2], [-2, 2]],
)
border(
    EX,
    "row array (1, 4)",
    "Right, though one pair of brackets too many.",
    np.array([[2.0, -2.0, -2.0, 2.0]]),
)
border(
    EX,
    "complex with imaginary part 0",
    "Right, with imaginary parts of 0.",
    [2 + 0j, -2 + 0j, -2 + 0j, 2 + 0j],
)
border(
    EX,
    "a dictionary from kink to number",
    "The right numbers; a plain list of four is asked for.",
    {1: 2, 2: -2, 4: -2, 5: 2},
)
border(
    EX,
    "strings in a list",
    "Leave out the quotation marks: texts are not numbers.",
    ["2", "-2", "-2", "2"],
)

for _what, _teacher, _value in [
    (
        "the slopes instead of the bends",
        "Those are the slopes after each kink; a ramp adds the change of the slope.",
        [2, 0, -2, 0],
    ),
    (
        "the heights at the four kinks",
        "Those are the heights at 1, 2, 4 and 5; the ramps need slopes.",
        [0, 2, 2, 0],
    ),
    ("the kinks themselves", "Those are the places of the kinks.", [1, 2, 4, 5]),
    (
        "half as high",
        "Your plateau is at height 1; it should be 2.",
        [1, -1, -1, 1],
    ),
    ("twice as high", "Your plateau is at height 4; it should be 2.", [4, -4, -4, 4]),
    ("all signs turned", "Yours is a ditch: turn all the signs.", [-2, 2, 2, -2]),
    (
        "signs alternate",
        "After 4 yours climbs again: the third ramp has to bend down.",
        [2, -2, 2, -2],
    ),
    (
        "first two up, last two down",
        "Between 2 and 4 yours climbs still steeper: the second ramp ends the climb.",
        [2, 2, -2, -2],
    ),
    ("all positive", "Four ramps upwards never come down.", [2, 2, 2, 2]),
    (
        "last ramp zero: falls for ever",
        "After 5 it goes on falling: the last ramp has to stop it.",
        [2, -2, -2, 0],
    ),
    (
        "last ramp subtracted",
        "After 5 it falls twice as steeply: the last bend goes up.",
        [2, -2, -2, -2],
    ),
    (
        "last ramp doubled",
        "After 5 it climbs again: the last ramp is too strong.",
        [2, -2, -2, 4],
    ),
    (
        "second ramp zero: no plateau",
        "After 2 it goes on climbing: the second ramp has to end the climb.",
        [2, 0, -2, 2],
    ),
    (
        "second ramp -4, as at the top of a tent",
        "At 2 it should turn flat, not down.",
        [2, -4, 2, 0],
    ),
    (
        "bends -4 and 4 on the way down",
        "From 4 to 5 it falls to -2: too steep.",
        [2, -2, -4, 4],
    ),
    (
        "way down half as steep",
        "At 5 yours is still at height 1.",
        [2, -2, -1, 1],
    ),
    (
        "slope spread over the plateau: 2 / (4 - 2)",
        "From 1 to 2 it has to climb by 2 within a width of 1.",
        [1, -1, -2, 2],
    ),
    (
        "the tent's 1, -2, 1 with a zero",
        "That is a tent of three ramps; a plateau needs four bends.",
        [1, -2, 1, 0],
    ),
    ("three numbers, last one forgotten", "There are four ramps.", [2, -2, -2]),
    ("five numbers", "There are four ramps; you gave five.", [2, -2, -2, 2, 0]),
    ("only two numbers: the sizes", "Four numbers, one for each ramp.", [2, -2]),
    ("one number", "Four numbers are asked for, one for each ramp.", 2),
    ("a little off", "Close, but the plateau is at 2.1.", [2.1, -2.1, -2.1, 2.1]),
    (
        "one entry off",
        "The third number: look how fast it has to fall.",
        [2, -2, -3, 2],
    ),
    (
        "a set: order and doubles lost",
        "A set forgets the order; use square brackets.",
        {2, -2, -2, 2},
    ),
    (
        "a text with the four numbers",
        "Leave out the quotation marks.",
        "2, -2, -2, 2",
    ),
    ("dots left", "You have not replaced the dots yet.", ...),
    (
        "dots left in the list",
        "One of the four is still three dots.",
        [2, -2, -2, ...],
    ),
    ("four dots", "You have not replaced the dots yet.", [..., ..., ..., ...]),
    ("None", "You handed in None; four numbers are asked for.", None),
    ("None in the list", "One of your four is None.", [2, -2, None, 2]),
    ("empty list", "Your list is empty.", []),
    ("nan in the list", "One of your four is nan.", [2, -2, -2, math.nan]),
    ("infinity in the list", "One of your four is infinite.", [2, -2, -2, math.inf]),
    ("zeros as placeholders", "All zeros: the sum is flat.", [0, 0, 0, 0]),
    (
        "the function instead of the numbers",
        "Hand in the four numbers, not the function.",
        lambda x: 2 * relu(x - 1) - 2 * relu(x - 2) - 2 * relu(x - 4) + 2 * relu(x - 5),
    ),
    (
        "pairs of kink and number",
        "Only the four factors, without the kinks.",
        [(1, 2), (2, -2), (4, -2), (5, 2)],
    ),
    (
        "one minus lost: the second ramp added",
        "The second ramp ends the climb: its number is negative.",
        [2, 2, -2, 2],
    ),
    ("the list twice", "Four numbers; you gave eight.", [2, -2, -2, 2] * 2),
    (
        "a ragged list",
        "Write four single numbers, without brackets inside.",
        [2, [-2, -2], 2],
    ),
    ("truth values", "True and False are not the numbers.", [True, False, False, True]),
]:
    wrong(EX, _what, _teacher, _value)

# ---------------------------------------- 02.3 a tent with any corners, from ReLUs
EX = "02.3"
right(
    EX,
    "three relus, bends written out",
    lambda x, left, top, right: (
        relu(x - left) / (top - left)
        - relu(x - top) * (1 / (top - left) + 1 / (right - top))
        + relu(x - right) / (right - top)
    ),
)
right(
    EX,
    "np.interp (no relu at all)",
    lambda x, left, top, right: np.interp(x, [left, top, right], [0, 1, 0]),
)
right(
    EX,
    "the lower of two lines, clipped",
    lambda x, a, b, c: np.maximum(0, np.minimum((x - a) / (b - a), (c - x) / (c - b))),
)
right(
    EX,
    "np.where nested",
    lambda x, left, top, right: np.where(
        (x > left) & (x < right),
        np.where(x <= top, (x - left) / (top - left), (right - x) / (right - top)),
        0,
    ),
)
right(
    EX,
    "1 minus two relus inside a third",
    lambda x, a, b, c: relu(1 - relu(b - x) / (b - a) - relu(x - b) / (c - b)),
)
right(
    EX,
    "boolean masks as factors",
    lambda x, a, b, c: (
        ((x > a) & (x <= b)) * (x - a) / (b - a)
        + ((x > b) & (x < c)) * (c - x) / (c - b)
    ),
)
right(
    EX,
    "matrix product, a ramp a column",
    lambda x, a, b, c: (
        np.maximum(np.asarray(x)[..., None] - np.array([a, b, c]), 0)
        @ np.diff([0, 1 / (b - a), -1 / (c - b), 0])
    ),
)
right(
    EX,
    "float32 inside",
    lambda x, a, b, c: np.maximum(
        np.float32(0),
        np.minimum(
            np.float32((np.asarray(x) - a) / (b - a)),
            np.float32((c - np.asarray(x)) / (c - b)),
        ),
    ),
)
right(
    EX,
    "nested lists returned",
    lambda x, a, b, c: np.interp(x, (a, b, c), (0.0, 1.0, 0.0)).tolist(),
)
right(
    EX,
    "mirrored ramps, from the right",
    lambda x, a, b, c: (
        relu(c - x) / (c - b)
        - relu(b - x) * (1 / (c - b) + 1 / (b - a))
        + relu(a - x) / (b - a)
    ),
)


@right(EX, "loop over kinks, the slope carried along")
def _(x, left, top, right):
    y, slope = np.zeros(np.shape(x)), 0.0
    for kink, new in ((left, 1 / (top - left)), (top, -1 / (right - top)), (right, 0)):
        y = y + (new - slope) * np.maximum(0, x - kink)
        slope = new
    return y


@right(EX, "recursion over the axes, plain Python")
def _(x, left, top, right):
    def one(v):
        if np.ndim(v):
            return [one(u) for u in v]
        if v <= left or v >= right:
            return 0
        return (v - left) / (top - left) if v < top else (right - v) / (right - top)

    return one(x)


class _TentFromRamps:
    def ramp(self, x, at):
        return (np.abs(x - at) + (x - at)) / 2

    def __call__(self, x, left, top, right):
        up, down = 1 / (top - left), 1 / (right - top)
        return (
            up * self.ramp(x, left)
            - (up + down) * self.ramp(x, top)
            + down * self.ramp(x, right)
        )


right(EX, "object with __call__, relu from the absolute value", _TentFromRamps())


@right(EX, "a package Network with weights by hand")
def _(x, left, top, right):
    net = nn_helpers.Network([1, 3, 1], rng=np.random.default_rng(0))
    one, two = net.layers
    up, down = 1 / (top - left), 1 / (right - top)
    one.W[:], one.b[:] = 1, (-left, -top, -right)
    two.W[:, 0], two.b[:] = (up, -up - down, down), 0
    return net.forward(np.reshape(x, (-1, 1))).reshape(np.shape(x))


@right(EX, "filled by masks on a float copy")
def _(x, left, top, right):
    flat = np.array(x, dtype=float).reshape(-1)
    y = np.zeros_like(flat)
    rising, falling = (flat > left) & (flat <= top), (flat > top) & (flat < right)
    y[rising] = (flat[rising] - left) / (top - left)
    y[falling] = (right - flat[falling]) / (right - top)
    return y.reshape(np.shape(x))


@right(EX, "np.vectorize of an if")
def _(x, left, top, right):
    def height(v):
        if v <= top:
            return max(0.0, (v - left) / (top - left))
        return max(0.0, (right - v) / (right - top))

    return np.vectorize(height, otypes=[float])(x)


border(
    EX,
    "zeros_like(x): right for floats, cut off for whole numbers",
    "Right for floats; for an x of whole numbers zeros_like cuts the heights.",
    lambda x, a, b, c: (
        np.zeros_like(x)
        + np.interp(x, [a, b, c], [0, 1, 0]).astype(np.asarray(x).dtype)
    ),
)
border(
    EX,
    "column (m, 1) returned for a flat x",
    "The heights are right; give back the shape that came in.",
    lambda x, a, b, c: np.interp(np.reshape(x, (-1, 1)), [a, b, c], [0, 1, 0]),
)
border(
    EX,
    "list comprehension with max(): flat lists only",
    "Right for a flat list; a table or a single number stops it.",
    lambda x, a, b, c: [max(0, min((v - a) / (b - a), (c - v) / (c - b))) for v in x],
)


@border(
    EX,
    "mask assignment: arrays only, not a single float",
    "Right for arrays; a single float has no entries to pick.",
)
def _(x, left, top, right):
    y = np.minimum((x - left) / (top - left), (right - x) / (right - top))
    y[y < 0] = 0
    return y


border(
    EX,
    "np.piecewise without np.asarray(x, float)",
    "Right for floats; for an x of whole numbers np.piecewise cuts the heights.",
    lambda x, a, b, c: np.piecewise(
        x,
        [(x > a) & (x <= b), (x > b) & (x < c)],
        [lambda t: (t - a) / (b - a), lambda t: (c - t) / (c - b), 0],
    ),
)


def _tent_of(first, second, third):
    """Three ramps whose factors come from up = 1/(top-left), down = 1/(right-top)."""

    def tent(x, left, top, right):
        up, down = 1 / (top - left), 1 / (right - top)
        return (
            first(up, down) * relu(x - left)
            + second(up, down) * relu(x - top)
            + third(up, down) * relu(x - right)
        )

    return tent


wrong(
    EX,
    "hard-coded to kinks at 1, 2, 3",
    "Yours is always the tent from 1 to 3: use left, top and right.",
    lambda x, left, top, right: relu(x - 1) - 2 * relu(x - 2) + relu(x - 3),
)
wrong(
    EX,
    "1, -2, 1 with moved kinks: slopes not scaled",
    "Your sides always have the slope 1: divide by the width of each side.",
    _tent_of(lambda u, d: 1, lambda u, d: -2, lambda u, d: 1),
)
wrong(
    EX,
    "the left slope for both sides",
    "Your right side is as steep as the left one: it has its own width.",
    _tent_of(lambda u, d: u, lambda u, d: -2 * u, lambda u, d: u),
)
wrong(
    EX,
    "the slopes swapped",
    "You mixed up the sides: the first ramp needs the width of the left one.",
    _tent_of(lambda u, d: d, lambda u, d: -u - d, lambda u, d: u),
)
wrong(
    EX,
    "middle bend only -1/(right - top)",
    "At the top the climb has to be undone too: the bend is minus both slopes.",
    _tent_of(lambda u, d: u, lambda u, d: -d, lambda u, d: d),
)
wrong(
    EX,
    "middle bend only -1/(top - left)",
    "At the top yours turns flat; it has to turn down.",
    _tent_of(lambda u, d: u, lambda u, d: -u, lambda u, d: d),
)
wrong(
    EX,
    "middle bend is the difference of the slopes' sizes",
    "The slope goes from plus to minus: add the two sizes.",
    _tent_of(lambda u, d: u, lambda u, d: d - u, lambda u, d: d),
)
wrong(
    EX,
    "middle bend twice the left slope, last one by the right width",
    "-2 times the left slope fits only when both sides are equally wide.",
    _tent_of(lambda u, d: u, lambda u, d: -2 * u, lambda u, d: d),
)
wrong(
    EX,
    "third ramp forgotten: falls for ever",
    "Right of `right` it falls below 0: the third ramp is missing.",
    _tent_of(lambda u, d: u, lambda u, d: -u - d, lambda u, d: 0),
)
wrong(
    EX,
    "third ramp subtracted",
    "Right of `right` yours falls even faster: the last bend is a plus.",
    _tent_of(lambda u, d: u, lambda u, d: -u - d, lambda u, d: -d),
)
wrong(
    EX,
    "third ramp with the left slope",
    "Right of `right` yours is not flat: the last bend undoes the right slope.",
    _tent_of(lambda u, d: u, lambda u, d: -u - d, lambda u, d: u),
)
wrong(
    EX,
    "upside down",
    "Your tent hangs: turn the signs.",
    _tent_of(lambda u, d: -u, lambda u, d: u + d, lambda u, d: -d),
)
wrong(
    EX,
    "times the widths instead of divided by them",
    "A slope is height over width: divide.",
    _tent_of(lambda u, d: 1 / u, lambda u, d: -1 / u - 1 / d, lambda u, d: 1 / d),
)
wrong(
    EX,
    "both sides divided by right - left",
    "Each side has its own width: top - left, and right - top.",
    lambda x, a, b, c: (relu(x - a) - 2 * relu(x - b) + relu(x - c)) / (c - a),
)
wrong(
    EX,
    "top ignored: always in the middle",
    "Your top is always half way between left and right: use `top`.",
    lambda x, a, b, c: np.interp(x, [a, (a + c) / 2, c], [0, 1, 0]),
)
wrong(
    EX,
    "symmetric: 1 - |x - top| / (top - left)",
    "Your tent is never lopsided: the right side needs its own width.",
    lambda x, a, b, c: relu(1 - np.abs(x - b) / (b - a)),
)
wrong(
    EX,
    "height top - left instead of 1",
    "Your top is as high as the left side is wide: divide, so that it is 1.",
    lambda x, a, b, c: np.interp(x, [a, b, c], [0, b - a, 0]),
)
wrong(
    EX,
    "x + left: kinks on the wrong side",
    "relu(x + left) has its kink at -left: write x - left.",
    lambda x, a, b, c: (
        relu(x + a) / (b - a)
        - relu(x + b) * (1 / (b - a) + 1 / (c - b))
        + relu(x + c) / (c - b)
    ),
)
wrong(
    EX,
    "integer division",
    "`//` throws the part behind the point away: use `/`.",
    lambda x, a, b, c: np.maximum(
        0, np.minimum((x - a) // (b - a), (c - x) // (c - b))
    ),
)
wrong(
    EX,
    "kinks cut to whole numbers",
    "int() cuts the corners to whole numbers; they may lie between.",
    lambda x, a, b, c: np.interp(x, [int(a), int(b), int(c)], [0, 1, 0]),
)
wrong(
    EX,
    "two lines, not clipped below",
    "Outside the tent yours falls below 0: clip at 0.",
    lambda x, a, b, c: np.minimum((x - a) / (b - a), (c - x) / (c - b)),
)
wrong(
    EX,
    "clipped only on the left",
    "Left of the tent it is fine; right of it yours falls below 0.",
    lambda x, a, b, c: np.where(x < b, relu((x - a) / (b - a)), (c - x) / (c - b)),
)
wrong(
    EX,
    "relu around the sum instead of each ramp",
    "Without a relu around each ramp the lines melt into one.",
    lambda x, a, b, c: relu(
        (x - a) / (b - a) - (x - b) * (1 / (b - a) + 1 / (c - b)) + (x - c) / (c - b)
    ),
)
wrong(
    EX,
    "product of the two sides: a curved hill",
    "A product of two ramps is curved; the sides should be straight.",
    lambda x, a, b, c: relu((x - a) / (b - a)) * relu((c - x) / (c - b)),
)
wrong(
    EX,
    "maximum of the sides instead of the minimum",
    "You take the higher of the two lines; the tent is the lower one.",
    lambda x, a, b, c: relu(np.maximum((x - a) / (b - a), (c - x) / (c - b))),
)
wrong(
    EX,
    "strict on both sides: a hole at the top",
    "At x = top itself yours is 0: one side has to include it.",
    lambda x, a, b, c: np.where(
        (x > a) & (x < b),
        (x - a) / (b - a),
        np.where((x > b) & (x < c), (c - x) / (c - b), 0.0),
    ),
)
wrong(
    EX,
    "scaled by the largest height in x: wrong when no x is at the top",
    "You stretch until the largest value is 1; not every x has a point at the top.",
    lambda x, a, b, c: (
        np.interp(x, [a, b, c], [0, 1, 0])
        / max(np.max(np.interp(x, [a, b, c], [0, 1, 0])), 1e-12)
    ),
)
wrong(
    EX,
    "sides of the argument list mixed up: top and right swapped",
    "The order is left, top, right: you read the third as the top.",
    lambda x, left, right, top: (
        relu(x - left) / (top - left)
        - relu(x - top) * (1 / (top - left) + 1 / (right - top))
        + relu(x - right) / (right - top)
    ),
)
wrong(
    EX,
    "absolute corners: wrong left of 0",
    "You drop the sign of the corners; a tent may stand left of 0.",
    lambda x, a, b, c: np.interp(x, np.sort(np.abs([a, b, c])), [0, 1, 0]),
)
wrong(
    EX,
    "box instead of a tent",
    "That is a box; the sides should slope.",
    lambda x, a, b, c: ((x >= a) & (x <= c)) * 1.0,
)
wrong(
    EX,
    "plateau: stays at 1 after the top",
    "It climbs and stays at 1: the way down is missing.",
    lambda x, a, b, c: np.clip((x - a) / (b - a), 0, 1),
)
wrong(
    EX,
    "one number outside, np.interp with right=1",
    "Right of the tent yours jumps to 1.",
    lambda x, a, b, c: np.interp(x, [a, b, c], [0, 1, 0], right=1),
)
wrong(
    EX,
    "x replaced by evenly spaced points",
    "You draw the tent on points of your own; use the x that came in.",
    lambda x, a, b, c: np.interp(
        np.linspace(a, c, np.size(x)), [a, b, c], [0, 1, 0]
    ).reshape(np.shape(x)),
)
wrong(
    EX,
    "sorted: heights in another order than x",
    "You sorted x on the way: each height belongs to its own x.",
    lambda x, a, b, c: np.interp(np.sort(np.ravel(x)), [a, b, c], [0, 1, 0]).reshape(
        np.shape(x)
    ),
)
wrong(
    EX,
    "np.max instead of np.maximum",
    "np.max takes one maximum of the whole array; you want np.maximum.",
    lambda x, a, b, c: (
        np.max(x - a) / (b - a)
        - np.max(x - b) * (1 / (b - a) + 1 / (c - b))
        + np.max(x - c) / (c - b)
        + 0 * x
    ),
)
wrong(
    EX,
    "built-in max on an array: ValueError",
    "The built-in max cannot compare arrays: np.maximum can.",
    lambda x, a, b, c: max(0, min((x - a) / (b - a), (c - x) / (c - b))),
)
wrong(
    EX,
    "an if on the whole array: ValueError",
    "`if x < top` asks one question of many numbers: use np.where.",
    lambda x, a, b, c: relu((x - a) / (b - a)) if x < b else relu((c - x) / (c - b)),
)
wrong(
    EX,
    "summed over all x",
    "You added up all x: give one height for each.",
    lambda x, a, b, c: np.sum(np.interp(x, [a, b, c], [0, 1, 0])),
)
wrong(
    EX,
    "a tuple of the three ramps",
    "You return the three ramps; add them up.",
    lambda x, a, b, c: (
        relu(x - a) / (b - a),
        -relu(x - b) * (1 / (b - a) + 1 / (c - b)),
        relu(x - c) / (c - b),
    ),
)
wrong(
    EX,
    "the three factors instead of the heights",
    "Those are the factors of the ramps; return the heights at x.",
    lambda x, a, b, c: [1 / (b - a), -1 / (b - a) - 1 / (c - b), 1 / (c - b)],
)


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(x, left, top, right):
    up, down = 1 / (top - left), 1 / (right - top)
    up * relu(x - left) - (up + down) * relu(x - top) + down * relu(x - right)


@wrong(EX, "prints instead of returning", "You print the heights; `return` them.")
def _(x, left, top, right):
    print(np.interp(x, [left, top, right], [0, 1, 0]))


@wrong(
    EX,
    "return inside the loop: only the first ramp",
    "Your `return` is inside the loop: it stops after the first ramp.",
)
def _(x, left, top, right):
    up, down = 1 / (top - left), 1 / (right - top)
    y = 0
    for kink, bend in zip((left, top, right), (up, -up - down, down)):
        y = y + bend * relu(x - kink)
        return y


@wrong(
    EX,
    "x shifted in place (right values)",
    "Right heights, but x was changed: `x -= left` writes into the caller's array.",
)
def _(x, left, top, right):
    x = np.asarray(x, float)
    x -= left
    top, right = top - left, right - left
    return relu(np.minimum(x / top, (right - x) / (right - top)))


@wrong(
    EX,
    "x clipped to left..right in place (right values)",
    "Right heights, but you wrote into the caller's x: use np.clip, which makes a copy.",
)
def _(x, left, top, right):
    x = np.asarray(x, float)
    x[x < left] = left
    x[x > right] = right
    return np.interp(x, [left, top, right], [0, 1, 0])


_tent_kinks = {}


@wrong(
    EX,
    "state: keeps the corners of the first call",
    "You keep the corners of the first call: take them anew each time.",
)
def _(x, left, top, right):
    _tent_kinks.setdefault("xp", [left, top, right])
    return np.interp(x, _tent_kinks["xp"], [0, 1, 0])


common(EX, 4, np.array([0.0, 0.5, 1.0, 0.25, 0.0]))

# --------------------------------------------------- 03.4 a whole forward pass
EX = "03.4"


@right(EX, "enumerate, relu for all but the last")
def _(X, layers):
    A = X
    for i, (W, b) in enumerate(layers):
        Z = A @ W + b
        A = relu(Z) if i < len(layers) - 1 else Z
    return softmax(A)


@right(EX, "last layer apart, by star")
def _(X, layers):
    *hidden, (W, b) = layers
    for V, c in hidden:
        X = np.maximum(X @ V + c, 0)
    Z = X @ W + b
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@right(EX, "recursion")
def _(X, layers):
    def walk(A, rest):
        Z = A @ rest[0][0] + rest[0][1]
        return softmax(Z) if len(rest) == 1 else walk(relu(Z), rest[1:])

    return walk(X, layers)


@right(EX, "pure Python, lists of lists")
def _(X, layers):
    out = []
    for row in X:
        a = [float(v) for v in row]
        for n, (W, b) in enumerate(layers, 1):
            z = []
            for k in range(len(b)):
                z.append(sum(a[j] * W[j][k] for j in range(len(a))) + b[k])
            a = [max(0.0, v) for v in z] if n < len(layers) else z
        e = [math.exp(v - max(a)) for v in a]
        out.append([v / sum(e) for v in e])
    return out


class _PassThrough:
    def __init__(self, between=relu, end=softmax):
        self.between, self.end = between, end

    def __call__(self, X, layers):
        Z = None
        for W, b in layers:
            A = X if Z is None else self.between(Z)
            Z = np.dot(A, W) + b
        return self.end(Z)


right(EX, "object with __call__, relu before every layer but the first", _PassThrough())


@right(EX, "the package's Network, weights copied in")
def _(X, layers):
    sizes = [len(layers[0][0])] + [len(b) for _, b in layers]
    net = nn_helpers.Network(sizes, rng=np.random.default_rng(0))
    for layer, (W, b) in zip(net.layers, layers):
        layer.W[...], layer.b[...] = W, b
    return softmax(net.forward(X))


@right(EX, "np.where for relu, log-sum-exp for softmax")
def _(X, layers):
    Z = X @ layers[0][0] + layers[0][1]
    for W, b in layers[1:]:
        Z = np.where(Z > 0, Z, 0) @ W + b
    return np.exp(Z - np.logaddexp.reduce(Z, axis=1, keepdims=True))


@right(EX, "examples as columns, and back")
def _(X, layers):
    A = X.T
    for W, b in layers[:-1]:
        A = np.maximum(0, W.T @ A + np.reshape(b, (-1, 1)))
    Z = layers[-1][0].T @ A + np.reshape(layers[-1][1], (-1, 1))
    E = np.exp(Z - Z.max(axis=0))
    return (E / E.sum(axis=0)).T


@right(EX, "itertools.accumulate, the last one kept")
def _(X, layers):
    sums = itertools.accumulate(
        layers[1:],
        lambda Z, layer: relu(Z) @ layer[0] + layer[1],
        initial=X @ layers[0][0] + layers[0][1],
    )
    return softmax(list(sums)[-1])


@right(EX, "bias as a row of the matrix, ones glued to A")
def _(X, layers):
    ones = np.ones((len(X), 1))
    Z = X
    for i, (W, b) in enumerate(layers):
        A = Z * (Z > 0) if i else Z
        Z = np.hstack([A, ones]) @ np.vstack([W, b])
    return softmax(Z)


@right(EX, "float32 at the end, after the shift")
def _(X, layers):
    A = X
    for W, b in layers:
        Z = np.einsum("ij,jk->ik", A, W) + b
        A = (Z + np.abs(Z)) / 2
    E = np.exp(np.float32(Z - Z.max(axis=1)[:, None]))
    return E / E.sum(axis=1)[:, None]


@right(EX, "while loop, in place on its own arrays, a copy of the list emptied")
def _(X, layers):
    rest, A = list(layers), np.array(X, dtype=float)
    while rest:
        W, b = rest.pop(0)
        A = A @ W
        A += b
        if rest:
            A[A < 0] = 0
    A -= A.max(axis=1, keepdims=True)
    np.exp(A, out=A)
    A /= A.sum(axis=1, keepdims=True)
    return A


border(
    EX,
    "float32 all the way",
    "Right to about four digits when the logits are near 1000.",
    lambda X, layers: softmax(
        _pass_sums(np.float32(X), [(np.float32(W), np.float32(b)) for W, b in layers])
    ),
)
border(
    EX,
    "1e-8 added to the sum",
    "Right to eight digits; after the shift the sum is at least 1, so it needs no help.",
    lambda X, layers: _pass_eps(_pass_sums(X, layers)),
)


@border(
    EX,
    "knows the last layer by `W is layers[-1][0]`",
    "Right, unless the same W stands in the list twice: count the layers.",
)
def _(X, layers):
    for W, b in layers:
        X = X @ W + b
        if W is not layers[-1][0]:
            X = relu(X)
    return softmax(X)


def _pass_eps(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / (E.sum(axis=1, keepdims=True) + 1e-8)


def _pass_sums(X, layers, g=relu):
    """The last sums, with g between the layers."""
    for W, b in layers[:-1]:
        X = g(X @ W + b)
    return X @ layers[-1][0] + layers[-1][1]


def _pass_wrong(what, teacher, g=relu, end=softmax):
    wrong(EX, what, teacher, lambda X, layers: end(_pass_sums(X, layers, g)))


def _pass_shift(Z, shift):
    E = np.exp(Z - shift)
    return E / E.sum(axis=1, keepdims=True)


_pass_wrong(
    "no relu at all: linear collapse",
    "Between the layers a ReLU is missing: without it they melt into one.",
    g=lambda Z: Z,
)
_pass_wrong(
    "sigmoid between the layers", "Between the layers ReLU is asked for.", g=sigmoid
)
_pass_wrong(
    "tanh between the layers", "Between the layers ReLU is asked for.", g=np.tanh
)
_pass_wrong(
    "softmax between the layers too",
    "Softmax belongs at the end only; between the layers goes ReLU.",
    g=softmax,
)
_pass_wrong(
    "leaky relu",
    "Your ReLU leaks: negative sums should become 0.",
    g=lambda Z: np.where(Z > 0, Z, 0.01 * Z),
)
_pass_wrong(
    "abs instead of relu",
    "You turn negative sums round; ReLU makes them 0.",
    g=np.abs,
)
_pass_wrong(
    "relu turned: minimum instead of maximum",
    "You keep the negative sums: np.maximum, not np.minimum.",
    g=lambda Z: np.minimum(0, Z),
)
_pass_wrong(
    "np.max(Z, 0) instead of np.maximum(Z, 0)",
    "np.max(Z, 0) is the largest of each column; you want np.maximum(Z, 0).",
    g=lambda Z: np.max(Z, 0),
)
_pass_wrong(
    "the gate instead of relu: 1 where positive",
    "That is the slope of ReLU; keep the size of the positive sums.",
    g=lambda Z: (Z > 0).astype(float),
)
_pass_wrong(
    "relu after the last layer too",
    "After the last layer there is no ReLU: negative logits count.",
    end=lambda Z: softmax(relu(Z)),
)
_pass_wrong(
    "naive softmax: nan at 1000",
    "exp(1000) overflows: subtract the largest of each row first.",
    end=lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True),
)
_pass_wrong(
    "one maximum for the whole table: rows 1000 apart become nan",
    "You subtract one maximum for all rows; take each row's own.",
    end=lambda Z: _pass_shift(Z, Z.max()),
)
_pass_wrong(
    "softmax down the columns",
    "Your columns sum to 1; the rows should.",
    end=lambda Z: softmax(Z.T).T,
)
_pass_wrong(
    "softmax over the whole table",
    "The whole table sums to 1; each row should.",
    end=lambda Z: softmax(Z.ravel()).reshape(Z.shape),
)
_pass_wrong(
    "clipped at 500 before exp: large logits become ties",
    "Clipping makes 1000 and 999 equal; subtract the largest instead.",
    end=lambda Z: _pass_shift(np.clip(Z, -500, 500), 0),
)
_pass_wrong(
    "nan_to_num over the naive softmax",
    "nan_to_num hides the overflow: the largest logit gets 0.",
    end=lambda Z: np.nan_to_num(np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)),
)
_pass_wrong(
    "softmax forgotten: the sums returned",
    "Those are the last sums; the probabilities are asked for.",
    end=lambda Z: Z,
)
_pass_wrong(
    "softmax twice", "You took softmax twice.", end=lambda Z: softmax(softmax(Z))
)
_pass_wrong(
    "sigmoid at the end",
    "The sigmoid looks at each sum alone; your rows do not sum to 1.",
    end=sigmoid,
)
_pass_wrong(
    "the winners instead of P",
    "Those are the numbers of the winners; return the probabilities.",
    end=lambda Z: Z.argmax(axis=1),
)
_pass_wrong("a tuple (P, Z)", "Return P alone.", end=lambda Z: (softmax(Z), Z))
_pass_wrong(
    "first row only", "You answer for the first row only.", end=lambda Z: softmax(Z)[0]
)
_pass_wrong("rounded to two digits", "Do not round.", end=lambda Z: softmax(Z).round(2))


@wrong(
    EX,
    "relu on the input too",
    "You sent X through a ReLU: negative inputs are lost.",
)
def _(X, layers):
    Z = X
    for W, b in layers:
        Z = relu(Z) @ W + b
    return softmax(Z)


@wrong(
    EX,
    "hard-coded to two layers",
    "You take exactly two layers; there may be one, or five.",
)
def _(X, layers):
    (W1, b1), (W2, b2) = layers
    return softmax(relu(X @ W1 + b1) @ W2 + b2)


@wrong(
    EX,
    "first and last layer only",
    "You skip the layers in the middle: go through them all.",
)
def _(X, layers):
    W1, b1 = layers[0]
    W2, b2 = layers[-1]
    return softmax(relu(X @ W1 + b1) @ W2 + b2)


@wrong(
    EX,
    "only layers 0 and 1, one layer allowed for",
    "From the third layer on yours stops listening.",
)
def _(X, layers):
    Z = X @ layers[0][0] + layers[0][1]
    if len(layers) > 1:
        Z = relu(Z) @ layers[1][0] + layers[1][1]
    return softmax(Z)


@wrong(
    EX,
    "first layer always with relu: wrong for a single layer",
    "With a single layer the first is also the last: no ReLU there.",
)
def _(X, layers):
    A = relu(X @ layers[0][0] + layers[0][1])
    for W, b in layers[1:-1]:
        A = relu(A @ W + b)
    if len(layers) > 1:
        A = A @ layers[-1][0] + layers[-1][1]
    return softmax(A)


@wrong(
    EX,
    "relu off by one: the last two layers without",
    "The last hidden layer has lost its ReLU: only the very last goes without.",
)
def _(X, layers):
    for i, (W, b) in enumerate(layers):
        X = X @ W + b
        if i < len(layers) - 2:
            X = relu(X)
    return softmax(X)


@wrong(
    EX,
    "last layer forgotten (range(len - 1))",
    "Your loop stops one layer early.",
)
def _(X, layers):
    A = X
    for i in range(len(layers) - 1):
        A = relu(A @ layers[i][0] + layers[i][1])
    return softmax(A)


@wrong(
    EX,
    "stale A: X @ W in every layer",
    "Every layer of yours reads X; from the second on it should read the layer before.",
)
def _(X, layers):
    for W, b in layers[:-1]:
        A = relu(X @ W + b)  # noqa: F841
    W, b = layers[-1]
    return softmax(X @ W + b)


@wrong(
    EX,
    "relu computed but not passed on",
    "You compute relu(Z) but go on with Z.",
)
def _(X, layers):
    Z = X
    for W, b in layers:
        Z = Z @ W + b
        A = relu(Z)  # noqa: F841
    return softmax(Z)


@wrong(EX, "biases forgotten", "The biases are missing.")
def _(X, layers):
    for W, _b in layers[:-1]:
        X = relu(X @ W)
    return softmax(X @ layers[-1][0])


@wrong(EX, "bias of the last layer forgotten", "The last bias is missing.")
def _(X, layers):
    for W, b in layers[:-1]:
        X = relu(X @ W + b)
    return softmax(X @ layers[-1][0])


@wrong(EX, "bias subtracted", "Add the bias.")
def _(X, layers):
    return softmax(_pass_sums(X, [(W, -b) for W, b in layers]))


@wrong(EX, "bias after the relu", "The bias goes inside the ReLU.")
def _(X, layers):
    for W, b in layers[:-1]:
        X = relu(X @ W) + b
    return softmax(X @ layers[-1][0] + layers[-1][1])


@wrong(EX, "bias inside the product: A @ (W + b)", "Add b after the product, not to W.")
def _(X, layers):
    for W, b in layers[:-1]:
        X = relu(X @ (W + b))
    return softmax(X @ (layers[-1][0] + layers[-1][1]))


@wrong(
    EX,
    "weights turned over (W.T)",
    "W has a row for each input already: no .T here.",
)
def _(X, layers):
    return softmax(_pass_sums(X, [(W.T, b) for W, b in layers]))


@wrong(
    EX,
    "last layer first",
    "You start with the last layer: the first in the list comes first.",
)
def _(X, layers):
    return softmax(_pass_sums(X, layers[::-1]))


@wrong(
    EX,
    "return inside the loop",
    "Your `return` is inside the loop: it stops after the first layer.",
)
def _(X, layers):
    for W, b in layers:
        X = relu(X @ W + b)
        return softmax(X)


@wrong(
    EX,
    "knows the last layer by its width",
    "A hidden layer may be as wide as the last one: count the layers instead.",
)
def _(X, layers):
    n_out = len(layers[-1][1])
    for W, b in layers:
        X = X @ W + b
        if X.shape[1] != n_out:
            X = relu(X)
    return softmax(X)


@wrong(
    EX,
    "layers.index(layer): compares arrays",
    "layers.index compares arrays, and stops; use enumerate.",
)
def _(X, layers):
    for layer in layers:
        X = X @ layer[0] + layer[1]
        if layers.index(layer) < len(layers) - 1:
            X = relu(X)
    return softmax(X)


@wrong(
    EX,
    "all activations returned",
    "You return the values of all layers; only the last P is asked for.",
)
def _(X, layers):
    values = [X]
    for W, b in layers:
        values.append(relu(values[-1] @ W + b))
    values[-1] = softmax(_pass_sums(X, layers))
    return values


@wrong(
    EX,
    "layers.pop(0): the caller's list is emptied (right values)",
    "Right, but afterwards the caller's list is empty: loop over it instead.",
)
def _(X, layers):
    while len(layers) > 1:
        W, b = layers.pop(0)
        X = relu(X @ W + b)
    W, b = layers.pop()
    return softmax(X @ W + b)


@wrong(
    EX,
    "layers.reverse() in place (right values)",
    "Right, but the caller's list is turned over now: make a copy.",
)
def _(X, layers):
    layers.reverse()
    for W, b in layers[:0:-1]:
        X = relu(X @ W + b)
    return softmax(X @ layers[0][0] + layers[0][1])


@wrong(
    EX,
    "last bias centred in place (right values)",
    "Softmax does not mind, but the caller's b has changed.",
)
def _(X, layers):
    W, b = layers[-1]
    b -= b.mean()
    return softmax(_pass_sums(X, layers))


@wrong(
    EX,
    "negative inputs set to 0 in X itself",
    "You write zeros into the caller's X, before the first layer.",
)
def _(X, layers):
    A = X
    for W, b in layers:
        A[A < 0] = 0
        A = A @ W + b
    return softmax(A)


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(X, layers):
    for W, b in layers[:-1]:
        X = relu(X @ W + b)
    softmax(X @ layers[-1][0] + layers[-1][1])


@wrong(EX, "prints instead of returning", "You print P; `return` it.")
def _(X, layers):
    print(softmax(_pass_sums(X, layers)))


@wrong(
    EX,
    "state: a default list remembers the first call (right on the first call)",
    "Your default list lives on from call to call: start a new one inside.",
)
def _(X, layers, seen=[]):  # noqa: B006
    seen.append(softmax(_pass_sums(X, layers)))
    return seen[0]


common(EX, 2, np.array([[0.2, 0.8]]))

# ------------------------------------------------- quizzes: 02.Q, 03.Q, 04.Q, 07.Q


def quiz_letters(ex, letter):
    """Answers to a quiz with the letters a to d, of which one is right."""
    right(ex, "the letter", letter)
    right(ex, "capital letter", letter.upper())
    right(ex, "with the bracket", letter + ")")
    right(ex, "capital with the bracket", letter.upper() + ")")
    right(ex, "np.str_", np.str_(letter))
    right(ex, "picked from a text", "abcd"["abcd".index(letter)])
    right(ex, "joined and lowered", "".join([letter.upper()]).lower())
    right(ex, "chr of its number", chr(ord("a") + "abcd".index(letter)))
    border(ex, "a space in front", "Right; the space is not needed.", " " + letter)
    border(ex, "a newline behind", "Right; the new line is not needed.", letter + "\n")
    border(ex, "with a full stop", "Right; the letter alone is enough.", letter + ".")
    border(ex, "in brackets", "Right; the letter alone is enough.", f"({letter})")
    border(
        ex,
        "the word answer in front",
        "Right; the letter alone is enough.",
        f"answer {letter}",
    )
    border(ex, "bytes", "Right, but without the b in front.", letter.encode())
    border(
        ex,
        "an array with the letter",
        "Right; hand in the bare letter.",
        np.array(letter),
    )
    for other in "abcd".replace(letter, ""):
        wrong(ex, f"{other}", f"Not {other}: read the four sentences once more.", other)
        wrong(
            ex,
            f"{other.upper()}) as a capital with a bracket",
            f"Not {other}: read the four sentences once more.",
            other.upper() + ")",
        )
    for what, teacher, value in [
        ("dots left", "Put a letter in place of the dots.", ...),
        ("None", "None is not one of the letters.", None),
        ("e: no such letter", "The letters go from a to d.", "e"),
        (
            "the number of the letter",
            "A letter is asked for.",
            "abcd".index(letter) + 1,
        ),
        ("the number counted from 0", "A letter is asked for.", "abcd".index(letter)),
        (
            "the number in quotation marks",
            "A letter is asked for, not its number.",
            str("abcd".index(letter) + 1),
        ),
        ("in a list", "Hand in the letter alone, without the list.", [letter]),
        ("in a tuple", "Hand in the letter alone, without the comma.", (letter,)),
        ("in a set", "Hand in the letter alone, without the braces.", {letter}),
        (
            "a dictionary",
            "Hand in the letter alone.",
            {"answer": letter},
        ),
        ("three letters", "Choose one letter.", "abc"),
        ("all four letters", "Choose one letter.", "abcd"),
        (
            "two letters to be safe",
            "You named two letters: choose one.",
            f"{letter} or {'d' if letter != 'd' else 'a'}",
        ),
        ("letter doubled", "One letter is enough.", letter * 2),
        ("empty text", "The quotation marks are empty.", ""),
        ("only a space", "There is no letter in your text.", " "),
        ("a question mark", "Choose a letter; a guess is allowed.", "?"),
        ("a bracket without a letter", "The letter is missing.", ")"),
        ("I do not know", "Choose a letter; a guess is allowed.", "I don't know"),
        ("True", "True is not one of the letters.", True),
        ("nan", "That is not one of the letters.", math.nan),
        ("a word that starts with the letter", "Just one letter.", letter + "at"),
        (
            "a function",
            "Hand in the letter, not a function.",
            lambda: letter,
        ),
        (
            "struck out: not this one",
            "Say which one, not which one not.",
            f"not {letter}",
        ),
    ]:
        wrong(ex, what, teacher, value)


quiz_letters("02.Q", "c")
quiz_letters("06.Q", "c")
quiz_letters("03.Q", "b")
quiz_letters("04.Q", "c")
quiz_letters("07.Q", "c")

# ------------------------------------------------------------ 07.2 two updates
numbers(
    "07.2",
    [
        ("float", 2.5),
        ("step by step", 1 - 0.25 * 2 * (1 - 3) - 0.25 * 2 * (2 - 3)),
        ("closed form: the distance halves", 3 - 2 * 0.5**2),
        ("fraction typed in", 5 / 2),
        ("np.float64", np.float64(2.5)),
        ("np.float32", np.float32(2.5)),
        ("array with one element", np.array([2.5])),
        ("0-d array", np.array(2.5)),
        (
            "accumulated, last one taken",
            list(
                itertools.accumulate(
                    range(2), lambda w, _: w - 0.25 * 2 * (w - 3), initial=1
                )
            )[-1],
        ),
        ("last digits off (numerical slope)", 2.5 + 1e-9),
        ("scientific", 25e-1),
        ("fraction turned into a float", float(Fraction(3) - Fraction(2, 4))),
    ],
    [
        ("one update only", "That is after one update; do one more.", 2.0),
        ("three updates", "That is after three updates; two are asked for.", 2.75),
        ("no update", "That is the start.", 1),
        (
            "the same slope used twice",
            "The slope changes: work it out again at w = 2.",
            1 + 2 * 0.25 * 4,
        ),
        (
            "uphill: slope added",
            "You walk uphill: subtract the learning rate times the slope.",
            -1.5,
        ),
        (
            "factor 2 of the slope forgotten",
            "The slope is 2 * (w - 3); your 2 is missing.",
            1.875,
        ),
        (
            "loss subtracted instead of the slope",
            "You subtract the loss; the slope is what counts.",
            -2.25,
        ),
        (
            "no learning rate, one update",
            "The learning rate is missing, and the second update.",
            5,
        ),
        (
            "learning rate added without the slope",
            "Each step is the learning rate times the slope.",
            1.25,
        ),
        ("learning rate 0.025", "Check the learning rate: 0.25.", 1.195),
        ("learning rate 0.1", "The learning rate here is 0.25.", 1.72),
        (
            "divided by the learning rate",
            "Multiply by the learning rate.",
            -95.0,
        ),
        ("started from 0", "w starts at 1.", 2.25),
        ("slope with w + 3", "The slope is 2 * (w - 3), with a minus.", -2.0),
        ("the loss after two updates", "That is the loss there; where is w?", 0.25),
        ("the slope after two updates", "That is the slope there; where is w?", -1.0),
        ("how far w has moved", "That is the distance; add it to the start.", 1.5),
        ("the second step alone", "That is the second step; add it to w = 2.", 0.5),
        (
            "decimal comma: 2,5 is a tuple",
            "In Python the decimal sign is a dot: `2,5` is a pair of numbers.",
            (2, 5),
        ),
        ("one tenth off", "Close, but work out both steps exactly.", 2.6),
        ("both values of w in a list", "Only the last w is asked for.", [2.0, 2.5]),
        ("the point (w, loss)", "Only w is asked for.", (2.5, 0.25)),
        ("text with a name", "Only the number, without w =.", "w = 2.5"),
        ("forgot the decimal point", "Check the decimal point.", 25),
    ],
    [
        ("list with one element", "Right, though a list is not needed.", [2.5]),
        ("Fraction(5, 2)", "Exactly right, as a Fraction.", Fraction(5, 2)),
        ("(1, 1) array", "Right, though in a 1 by 1 table.", np.array([[2.5]])),
        ("2.5 + 0j", "Right, with an imaginary part of 0.", 2.5 + 0j),
        ("2.49, rounding on the way", "Nearly: it is 2.5 exactly.", 2.49),
    ],
)

# ------------------------------------------------- 01.1 how far from the boundary
numbers(
    "01.1",
    [
        ("float", 4.0),
        ("int", 4),
        ("the sum over the length of w", (3 * 2 + 4 * 6 - 10) / 5),
        ("math.sqrt", abs(3 * 2 + 4 * 6 - 10) / math.sqrt(3**2 + 4**2)),
        ("math.hypot", (3 * 2 + 4 * 6 - 10) / math.hypot(3, 4)),
        (
            "NumPy: w @ x + b over the norm",
            (np.array([3, 4]) @ np.array([2, 6]) - 10) / np.linalg.norm([3, 4]),
        ),
        ("to the nearest point of the line", math.dist((2, 6), (-0.4, 2.8))),
        (
            "the nearest of many points of the line",
            min(
                math.hypot(x0 / 100 - 2, (10 - 3 * x0 / 100) / 4 - 6)
                for x0 in range(-500, 500)
            ),
        ),
        ("projected on w / |w|, minus the line's own", 30 / 5 - 10 / 5),
        ("np.float32", np.float32(4)),
        ("array with one element", np.array([4.0])),
        ("0-d array", np.array(4)),
        ("last digits off", 4 - 1e-10),
    ],
    [
        (
            "the sum itself",
            "That is the sum; divide it by the length of w to get a distance.",
            20,
        ),
        (
            "divided by 25, root forgotten",
            "The length of w is the root of 3 * 3 + 4 * 4.",
            0.8,
        ),
        ("divided by 3 + 4", "The length of w is not 3 + 4.", 20 / 7),
        ("divided by the root of 7", "Square 3 and 4 before you add.", 20 / 7**0.5),
        ("b forgotten", "The bias is missing from the sum.", 6),
        ("b added with a plus", "b is -10: it is taken away.", 8),
        (
            "b in the length too",
            "The length is that of w; b does not belong to it.",
            20 / math.sqrt(125),
        ),
        (
            "divided by the length of x",
            "Divide by the length of w, not of x.",
            20 / math.sqrt(40),
        ),
        (
            "divided by both lengths",
            "Divide by the length of w alone.",
            20 / (5 * math.sqrt(40)),
        ),
        (
            "distance from the origin",
            "That is how far the point is from (0, 0).",
            math.sqrt(40),
        ),
        (
            "the line's distance from the origin",
            "That is how far the line is from (0, 0).",
            2,
        ),
        (
            "straight down to the line",
            "The shortest way is not straight down.",
            5,
        ),
        (
            "sideways to the line",
            "The shortest way is not sideways.",
            20 / 3,
        ),
        (
            "coordinates exchanged",
            "3 belongs to the first coordinate, 4 to the second.",
            3.2,
        ),
        (
            "to the point where the line meets the axis x1",
            "That point of the line is not the nearest.",
            math.dist((2, 6), (0, 2.5)),
        ),
        ("squared", "That is the square of the distance.", 16),
        ("multiplied by the length of w", "Divide by the length of w.", 100),
        ("the distance to w", "w is a direction, not a point.", math.sqrt(5)),
        ("divided by two inputs", "Divide by the length of w.", 10),
        ("only the first product", "The second input is missing.", -4 / 5),
        ("sigmoid of the sum", "A distance is asked for.", 1 / (1 + math.exp(-20))),
        ("zero", "The point is not on the line.", 0),
        ("one: the neuron's answer", "That is the answer of the neuron.", 1),
        ("one tenth off", "Close: work it out exactly.", 4.1),
        (
            "decimal comma: 4,0 is a tuple",
            "In Python the decimal sign is a dot.",
            (4, 0),
        ),
        ("the nearest point", "That is the point; how far is it?", (-0.4, 2.8)),
        ("text with a name", "Only the number.", "d = 4"),
    ],
    [
        ("list with one element", "Right, though a list is not needed.", [4.0]),
        ("Fraction(4)", "Right, as a Fraction.", Fraction(4)),
        ("(1, 1) array", "Right, though in a 1 by 1 table.", np.array([[4.0]])),
        ("4 + 0j", "Right, with an imaginary part of 0.", 4 + 0j),
        ("3.99, rounding on the way", "Nearly: it is a whole number.", 3.99),
    ],
)

# -------------------------------------------- 01.2 yes for one corner of the square
EX = "01.2"
for _style, _value in [
    ("list", [1, -1, -0.5]),
    ("tuple", (1, -1, -0.5)),
    ("array", np.array([1.0, -1.0, -0.5])),
    ("whole numbers", [2, -2, -1]),
    ("(1, 0) exactly on the boundary", [1, -1, -1]),
    ("float32", np.array([1, -1, -0.5], dtype=np.float32)),
    ("integer array", np.array([2, -3, -1])),
    ("large", [20, -30, -10]),
    ("small", [0.01, -0.02, -0.005]),
    ("uneven", [0.7, -5, -0.1]),
    ("NumPy numbers in a list", [np.float64(3), np.int64(-4), np.float32(-2)]),
    ("w1 weaker than w0", [1, -0.5, -0.75]),
    ("list(...) of two parts", list((4.0, -4.0)) + [-2.0]),
    (
        "found by trying whole numbers",
        next(
            [w0, w1, b]
            for w0, w1, b in itertools.product(range(-3, 4), repeat=3)
            if w0 + b >= 0 and b < 0 and w1 + b < 0 and w0 + w1 + b < 0
        ),
    ),
]:
    right(EX, _style, _value)
for _what, _teacher, _value in [
    ("AND", "That is yes for (1, 1) alone.", [1, 1, -1.5]),
    ("OR", "That says yes for (0, 1) and (1, 1) too.", [1, 1, -0.5]),
    ("NOT x1", "That says yes for (0, 0) too.", [0, -1, 0.5]),
    ("only x0", "That says yes for (1, 1) too.", [1, 0, -0.5]),
    (
        "b = 0: (0, 0) is on the boundary",
        "The sum of (0, 0) is 0, and 0 counts as yes.",
        [1, -1, 0],
    ),
    ("b positive", "With a positive b, (0, 0) says yes.", [1, -1, 0.5]),
    ("(0, 1) instead of (1, 0)", "That says yes for (0, 1).", [-1, 1, -0.5]),
    ("all signs turned", "You said yes and no the wrong way round.", [-1, 1, 0.5]),
    (
        "(1, 1) on the boundary",
        "The sum of (1, 1) is 0, and 0 counts as yes.",
        [2, -1, -1],
    ),
    (
        "(1, 1) on the boundary, halves",
        "The sum of (1, 1) is 0, and 0 counts as yes.",
        [1, -0.5, -0.5],
    ),
    ("w1 too weak", "For (1, 1) the second weight is too weak.", [1, -0.25, -0.5]),
    ("never yes", "Even (1, 0) gets a no.", [1, -1, -1.5]),
    ("never yes, by a hair", "(1, 0) is a hair below 0.", [1, -1, -1.001]),
    ("always yes", "With zeros the sum is 0 everywhere: always yes.", [0, 0, 0]),
    ("always no", "That says no everywhere.", [0, 0, -1]),
    ("b first", "The order is w0, w1, b.", [-0.5, 1, -1]),
    ("w1 before w0", "The order is w0, w1, b.", [-1, 1, -1]),
    (
        "b as the threshold: plus instead of minus",
        "b is added: a threshold of 0.5 means b = -0.5.",
        [2, -2, 1],
    ),
    ("all ones", "That says yes everywhere.", [1, 1, 1]),
    ("NAND", "That is yes for all but (1, 1).", [-1, -1, 1.5]),
    ("two numbers, b missing", "The bias is missing.", [1, -1]),
    ("four numbers", "Three numbers are asked for.", [1, -1, -0.5, 0]),
    ("one number", "Three numbers are asked for.", -0.5),
    ("three answers", "Those are answers; give w0, w1 and b.", [1, 0, 0]),
    ("the four answers", "Those are answers; give w0, w1 and b.", [1, 0, 0, 0]),
    ("the point itself", "That is the point; give w0, w1 and b.", (1, 0)),
    (
        "three neurons",
        "One neuron is enough: three numbers.",
        [[1, -1, -0.5], [1, 1, -1.5], [0, 0, -1]],
    ),
    ("texts", "Leave out the quotation marks.", ["1", "-1", "-0.5"]),
    ("the list as a text", "Leave out the quotation marks.", "[1, -1, -0.5]"),
    ("dots left", "Put your three numbers in place of the dots.", ...),
    ("dots for b", "The bias is still open.", [1, -1, ...]),
    ("three dots in a list", "Put your three numbers in.", [..., ..., ...]),
    ("None", "Three numbers are asked for.", None),
    ("None for b", "b is missing; a number is needed.", [1, -1, None]),
    ("nan", "nan is not a number.", [1, -1, math.nan]),
    (
        "infinite weight",
        "0 times infinity is nothing to count with.",
        [math.inf, -1, -0.5],
    ),
    ("minus infinity as b", "That is always no.", [1, -1, -math.inf]),
    ("a set", "A set has no order: use a list.", {1, -1, -0.5}),
    ("empty", "Your list is empty.", []),
    ("True, False, False", "Those are answers; give numbers.", [True, False, False]),
    (
        "a function",
        "Hand in the three numbers, not a function.",
        lambda x0, x1: x0 - x1 - 0.5 >= 0,
    ),
    ("off the real line", "No imaginary parts, please.", [1 + 1j, -1, -0.5]),
    ("True", "Three numbers are asked for.", True),
]:
    wrong(EX, _what, _teacher, _value)
for _what, _teacher, _value in [
    ("w apart from b", "Right, but put the three in one list.", ((1, -1), -0.5)),
    ("a row of a table", "Right, but one list is enough.", [[1, -1, -0.5]]),
    ("a column", "Right, but one list is enough.", np.array([[1.0], [-1.0], [-0.5]])),
    ("Fractions", "Exactly right.", [Fraction(1), Fraction(-1), Fraction(-1, 2)]),
    (
        "dictionary",
        "Right, but a list is asked for.",
        {"w0": 1, "w1": -1, "b": -0.5},
    ),
    ("True for 1", "Right; write 1 for True.", [True, -1, -0.5]),
    ("+ 0j", "Right, with imaginary parts of 0.", np.array([1, -1, -0.5]) + 0j),
    ("next to nothing", "Right, if tiny.", [1e-300, -1e-300, -5e-301]),
    (
        "on the boundary but for rounding",
        "0.1 * 3 is a hair more than 0.3: keep away from the boundary.",
        [0.3, -0.3, -(0.1 * 3)],
    ),
    (
        "a hair above never",
        "Right by a hair.",
        [1, -1, -1 + 1e-15],
    ),
]:
    border(EX, _what, _teacher, _value)

# --------------------------------------------------- 01.3 one step of the perceptron
EX = "01.3"


def _rosenblatt(error=None, dw=None, db=None, end=None):
    """The step with one part exchanged."""
    error = error or (lambda w, b, x, y: y - int(x @ w + b >= 0))
    dw = dw or (lambda e, w, b, x: e * x)
    db = db or (lambda e, w, b, x: e)
    end = end or (lambda w, b: (w, b))

    def f(w, b, x, y):
        e = error(w, b, x, y)
        return end(w + dw(e, w, b, x), b + db(e, w, b, x))

    return f


@right(EX, "error, then both")
def _(w, b, x, y):
    answer = 1 if x @ w + b >= 0 else 0
    error = y - answer
    return w + error * x, b + error


@right(EX, "if wrong: two cases")
def _(w, b, x, y):
    answer = x @ w + b >= 0
    if answer and y == 0:
        return w - x, b - 1
    if not answer and y == 1:
        return w + x, b + 1
    return w, b


@right(EX, "nothing to do: out early")
def _(w, b, x, y):
    answer = int(np.dot(w, x) + b >= 0)
    if answer == y:
        return w, b
    w = w + (y - answer) * x
    b = b + (y - answer)
    return w, b


@right(EX, "np.where")
def _(w, b, x, y):
    delta = y - np.where(x @ w + b >= 0, 1, 0)
    return w + delta * x, b + delta


@right(EX, "np.heaviside, 1 at 0")
def _(w, b, x, y):
    delta = y - np.heaviside(x @ w + b, 1)
    return np.add(w, delta * x), b + delta


@right(EX, "a copy, changed in place")
def _(w, b, x, y):
    new = np.array(w, dtype=float)
    answer = float((x * w).sum() + b >= 0)
    new += (y - answer) * x
    b += y - answer
    return new, b


@right(EX, "loop over the inputs, list returned")
def _(w, b, x, y):
    z = 0
    for i in range(len(x)):
        z += x[i] * w[i]
    z += b
    answer = 1 if z >= 0 else 0
    new_w = []
    for i in range(len(x)):
        new_w.append(w[i] + (y - answer) * x[i])
    return new_w, b + y - answer


@right(EX, "zip and sum")
def _(w, b, x, y):
    answer = int(sum(wi * xi for wi, xi in zip(w, x)) + b >= 0)
    return np.array([wi + (y - answer) * xi for wi, xi in zip(w, x)]), b + (y - answer)


@right(EX, "bias as one weight more")
def _(w, b, x, y):
    w1, x1 = np.append(w, b), np.append(x, 1.0)
    w1 = w1 + (y - float(x1 @ w1 >= 0)) * x1
    return w1[:-1], w1[-1]


@right(EX, "minus (answer - y)")
def _(w, b, x, y):
    too_much = np.asarray(x @ w + b >= 0).astype(float) - y
    return w - too_much * x, b - too_much


@right(EX, "labels turned into -1 and 1")
def _(w, b, x, y):
    t = 2 * y - 1
    answer = 2 * int(x @ w + b >= 0) - 1
    half = (t - answer) / 2
    return [w + half * x, b + half]


@right(EX, "x as a row, b as a 0-d array")
def _(w, b, x, y):
    X = x.reshape(1, -1)
    Z = X @ w + b
    dZ = y - (Z >= 0).astype(int)
    return w + X.T @ dZ, b + dZ.sum()


right(
    EX,
    "one line, errors from a table",
    lambda w, b, x, y: (lambda e: (w + e * x, b + e))(
        {(1, False): 1, (0, True): -1}.get((int(y), bool(x @ w + b >= 0)), 0)
    ),
)

border(
    EX,
    "b comes back with shape (1,)",
    "Right, but b should be a number.",
    _rosenblatt(end=lambda w, b: (w, np.array([b]))),
)
border(
    EX,
    "w as a tuple of numbers",
    "Right; an array is what is asked for.",
    _rosenblatt(end=lambda w, b: (tuple(w), b)),
)
border(
    EX,
    "a dictionary",
    "Right values; return them as w, b.",
    _rosenblatt(end=lambda w, b: {"w": w, "b": b}),
)
border(
    EX,
    "float32",
    "Right, with fewer digits.",
    _rosenblatt(end=lambda w, b: (np.float32(w), np.float32(b))),
)
border(
    EX,
    "yes from a hair below 0 on",
    "The neuron says 1 from 0 on; no tolerance is needed.",
    _rosenblatt(lambda w, b, x, y: y - int(x @ w + b >= -1e-9)),
)


@border(EX, "w.copy(), then += (fails for whole w and broken x)", "Make it floats.")
def _(w, b, x, y):
    e = y - int(x @ w + b >= 0)
    w = w.copy()
    w += e * x
    return w, b + e


@border(EX, "changes w and puts it back", "Right, but leave w alone meanwhile.")
def _(w, b, x, y):
    e = y - int(x @ w + b >= 0)
    old = w.copy()
    w += e * x
    new = w.copy()
    w[:] = old
    return new, b + e


for _what, _teacher, _value in [
    (
        "> instead of >=",
        "At exactly 0 the neuron answers 1.",
        _rosenblatt(lambda w, b, x, y: y - int(x @ w + b > 0)),
    ),
    (
        "np.heaviside(z, 0)",
        "At exactly 0 the neuron answers 1; you made it 0.",
        _rosenblatt(lambda w, b, x, y: y - np.heaviside(x @ w + b, 0)),
    ),
    (
        "np.sign as the answer",
        "np.sign answers -1 for no; the neuron answers 0.",
        _rosenblatt(lambda w, b, x, y: y - np.sign(x @ w + b)),
    ),
    (
        "threshold 0.5",
        "The threshold is 0, not 0.5.",
        _rosenblatt(lambda w, b, x, y: y - int(x @ w + b >= 0.5)),
    ),
    (
        "bias left out of the answer",
        "The neuron's sum has the bias in it.",
        _rosenblatt(lambda w, b, x, y: y - int(x @ w >= 0)),
    ),
    (
        "bias subtracted",
        "The bias is added.",
        _rosenblatt(lambda w, b, x, y: y - int(x @ w - b >= 0)),
    ),
    (
        "sum >= b: the bias as a threshold",
        "Add b and compare with 0.",
        _rosenblatt(lambda w, b, x, y: y - int(x @ w >= b)),
    ),
    (
        "answer - y: the wrong way",
        "You walk the wrong way: y minus the answer.",
        _rosenblatt(lambda w, b, x, y: int(x @ w + b >= 0) - y),
    ),
    (
        "sum instead of the answer (Adaline)",
        "Take the answer, 0 or 1, not the sum.",
        _rosenblatt(lambda w, b, x, y: y - (x @ w + b)),
    ),
    (
        "sigmoid instead of the step",
        "This neuron answers 0 or 1, nothing between.",
        _rosenblatt(lambda w, b, x, y: y - sigmoid(x @ w + b)),
    ),
    (
        "rule for labels -1 and 1 (y * z <= 0)",
        "Your rule is for labels -1 and 1; here they are 0 and 1.",
        _rosenblatt(lambda w, b, x, y: y if y * (x @ w + b) <= 0 else 0),
    ),
    (
        "error is y alone",
        "The answer is missing from the error.",
        _rosenblatt(lambda w, b, x, y: y),
    ),
    (
        "only the missed yes is mended",
        "What if the neuron says 1 and y is 0?",
        _rosenblatt(lambda w, b, x, y: max(0, y - int(x @ w + b >= 0))),
    ),
    (
        "only the false yes is mended",
        "What if the neuron says 0 and y is 1?",
        _rosenblatt(lambda w, b, x, y: min(0, y - int(x @ w + b >= 0))),
    ),
    (
        "x always added when wrong",
        "When the neuron says 1 and y is 0, x is taken away.",
        _rosenblatt(lambda w, b, x, y: abs(y - int(x @ w + b >= 0))),
    ),
    (
        "changes when it is right",
        "You change the weights where the answer is right.",
        _rosenblatt(lambda w, b, x, y: 2 * y - 1 if int(x @ w + b >= 0) == y else 0),
    ),
    (
        "labels -1 and 1 made: error 2",
        "With -1 and 1 the error is twice as large: halve it.",
        _rosenblatt(lambda w, b, x, y: 2 * y - 1 - (1 if x @ w + b >= 0 else -1)),
    ),
    (
        "learning rate 0.1",
        "There is no learning rate in this rule.",
        _rosenblatt(lambda w, b, x, y: 0.1 * (y - int(x @ w + b >= 0))),
    ),
    (
        "learning rate on w only",
        "There is no learning rate in this rule.",
        _rosenblatt(dw=lambda e, w, b, x: 0.5 * e * x),
    ),
    (
        "b never changes",
        "The bias has to learn too.",
        _rosenblatt(db=lambda e, w, b, x: 0),
    ),
    (
        "w never changes",
        "The weights have to learn too.",
        _rosenblatt(dw=lambda e, w, b, x: 0 * x),
    ),
    (
        "b the other way",
        "b changes by + (y - answer).",
        _rosenblatt(db=lambda e, w, b, x: -e),
    ),
    (
        "b changes by error times sum of x",
        "The bias has no x: it changes by y - answer.",
        _rosenblatt(db=lambda e, w, b, x: e * x.sum()),
    ),
    (
        "b multiplied by the error",
        "b changes by the error alone.",
        _rosenblatt(db=lambda e, w, b, x: e * b),
    ),
    (
        "w without x",
        "Each weight changes by the error times its own input.",
        _rosenblatt(dw=lambda e, w, b, x: e),
    ),
    (
        "w times the error",
        "The error is multiplied by x, not by w.",
        _rosenblatt(dw=lambda e, w, b, x: e * w),
    ),
    (
        "x set to length 1",
        "x itself is added, not x divided by its length.",
        _rosenblatt(dw=lambda e, w, b, x: e * x / (np.linalg.norm(x) or 1)),
    ),
    (
        "divided by the number of inputs",
        "Nothing is averaged here.",
        _rosenblatt(dw=lambda e, w, b, x: e * x / len(x)),
    ),
    (
        "only the first two weights",
        "There may be more than two inputs.",
        _rosenblatt(
            dw=lambda e, w, b, x: e * np.r_[x[:2], np.zeros(len(x) - 2)],
        ),
    ),
    (
        "two inputs only",
        "There may be more than two inputs.",
        _rosenblatt(end=lambda w, b: (np.array([w[0], w[1]]), b)),
    ),
    ("b first", "The order is w, b.", _rosenblatt(end=lambda w, b: (b, w))),
    ("only w", "b is missing.", _rosenblatt(end=lambda w, b: w)),
    (
        "all in one array",
        "Return two things: w and b.",
        _rosenblatt(end=lambda w, b: np.append(w, b)),
    ),
    (
        "w as a row (1, n)",
        "w should keep its shape (n,).",
        _rosenblatt(end=lambda w, b: (w.reshape(1, -1), b)),
    ),
    (
        "w as a column (n, 1)",
        "w should keep its shape (n,).",
        _rosenblatt(end=lambda w, b: (w[:, None], b)),
    ),
    (
        "b for each input",
        "There is one bias, not one for each input.",
        _rosenblatt(end=lambda w, b: (w, np.full(len(w), b))),
    ),
    (
        "whole numbers only",
        "int(...) cuts the digits off.",
        _rosenblatt(end=lambda w, b: (w.astype(int), int(b))),
    ),
    (
        "w, b and the error",
        "Return w and b alone.",
        lambda w, b, x, y: (*_rosenblatt()(w, b, x, y), y - int(x @ w + b >= 0)),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "the changes instead of the new values", "Add the changes to w and b.")
def _(w, b, x, y):
    e = y - int(x @ w + b >= 0)
    return e * x, e


@wrong(EX, "w += in place", "You change the array that was handed in: make a new one.")
def _(w, b, x, y):
    e = y - int(x @ w + b >= 0)
    w += e * x
    b += e
    return w, b


@wrong(EX, "w[i] += in a loop", "You change the array that was handed in.")
def _(w, b, x, y):
    e = y - int(x @ w + b >= 0)
    for i in range(len(w)):
        w[i] += e * x[i]
    return w.copy(), b + e


@wrong(EX, "new = w is no copy", "`new = w` gives the same array a second name.")
def _(w, b, x, y):
    new = w
    e = y - int(x @ w + b >= 0)
    new += e * x
    return new, b + e


@wrong(EX, "x *= error: x is changed", "The x that was handed in has changed.")
def _(w, b, x, y):
    e = y - int(x @ w + b >= 0)
    x *= e
    return w + x, b + e


@wrong(EX, "answer asked again after w", "The answer is that of the old w and b.")
def _(w, b, x, y):
    w = w + (y - int(x @ w + b >= 0)) * x
    b = b + (y - int(x @ w + b >= 0))
    return w, b


@wrong(EX, "b first, answer asked again for w", "The answer is that of the old b.")
def _(w, b, x, y):
    b = b + (y - int(x @ w + b >= 0))
    w = w + (y - int(x @ w + b >= 0)) * x
    return w, b


@wrong(EX, "repeated until it is right", "One step is asked for.")
def _(w, b, x, y):
    for _ in range(1000):
        e = y - int(x @ w + b >= 0)
        w, b = w + e * x, b + e
    return w, b


@wrong(EX, "two steps", "One step is asked for.")
def _(w, b, x, y):
    step = _rosenblatt()
    return step(*step(w, b, x, y), x, y)


@wrong(EX, "return only if wrong", "When the answer is right you return nothing.")
def _(w, b, x, y):
    answer = int(x @ w + b >= 0)
    if answer != y:
        return w + (y - answer) * x, b + (y - answer)


@wrong(EX, "return only if right", "When the answer is wrong you return nothing.")
def _(w, b, x, y):
    answer = int(x @ w + b >= 0)
    if answer == y:
        return w, b
    w = w + (y - answer) * x
    b = b + (y - answer)


@wrong(EX, "=+ instead of +=", "`b =+ error` makes b the error itself.")
def _(w, b, x, y):
    e = y - int(x @ w + b >= 0)
    w = w + e * x
    b = +e
    return w, b


@wrong(EX, "new names, old ones returned", "You return the old w and b.")
def _(w, b, x, y):
    e = y - int(x @ w + b >= 0)
    new_w, new_b = w + e * x, b + e
    return w, b


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(w, b, x, y):
    e = y - int(x @ w + b >= 0)
    w = w + e * x
    b = b + e


@wrong(EX, "prints instead of returning", "You print; `return` the two.")
def _(w, b, x, y):
    print(*_rosenblatt()(w, b, x, y))


@wrong(EX, "the numbers of the first call", "You return the same for every call.")
def _(w, b, x, y, memory=[]):
    memory.append(_rosenblatt()(w, b, x, y))
    return memory[0]


common(EX, 4, (np.array([1.0, -1.0]), 0.0))

# ---------------------------------------------------- 01.4 the share of right answers
EX = "01.4"
right(EX, "np.mean of a comparison", lambda Z, y: np.mean((Z >= 0) == y))
right(EX, ".astype(int), .mean()", lambda Z, y: ((Z >= 0).astype(int) == y).mean())
right(
    EX, "np.where, sum over len", lambda Z, y: sum(np.where(Z >= 0, 1, 0) == y) / len(y)
)
right(EX, "the package's accuracy", lambda Z, y: nn_helpers.accuracy((Z >= 0) * 1, y))
right(EX, "1 minus the mistakes", lambda Z, y: 1 - np.abs((Z >= 0) - 1.0 * y).mean())
right(EX, "1 minus squares", lambda Z, y: 1 - ((1.0 * (Z >= 0) - y) ** 2).mean())
right(
    EX,
    "count_nonzero",
    lambda Z, y: np.count_nonzero(np.equal(Z >= 0, y == 1)) / y.size,
)
right(
    EX,
    "hits of both kinds",
    lambda Z, y: (
        (np.sum((Z >= 0) & (y == 1)) + np.sum((Z < 0) & (y == 0))) / Z.shape[0]
    ),
)
right(EX, "np.heaviside, 1 at 0", lambda Z, y: np.mean(np.heaviside(Z, 1.0) == y))
right(EX, "generator", lambda Z, y: sum((z >= 0) == t for z, t in zip(Z, y)) / len(Z))
right(EX, "exclusive or", lambda Z, y: float(1 - np.mean((Z >= 0) ^ (y > 0.5))))
right(
    EX,
    "np.average of a list",
    lambda Z, y: np.average([float((z >= 0) == t) for z, t in zip(Z, y)]),
)
right(
    EX,
    "exact, as a float",
    lambda Z, y: float(Fraction(int(((Z >= 0) == y).sum()), len(y))),
)
right(EX, "0-d array", lambda Z, y: np.array(np.mean((Z >= 0) == y)))


@right(EX, "loop and counter")
def _(Z, y):
    hits = 0
    for i in range(len(Z)):
        if Z[i] >= 0:
            answer = 1
        else:
            answer = 0
        if answer == y[i]:
            hits += 1
    return hits / len(Z)


@right(EX, "answers filled in")
def _(Z, y):
    answers = np.zeros(Z.shape)
    answers[Z >= 0] = 1
    return 1 - np.linalg.norm(answers - y, 1) / len(y)


border(
    EX,
    "shape (1,)",
    "Right; a bare number is better.",
    lambda Z, y: np.array([np.mean((Z >= 0) == y)]),
)
border(
    EX,
    "a Fraction",
    "Right, as a Fraction.",
    lambda Z, y: Fraction(int(((Z >= 0) == y).sum()), len(y)),
)
border(
    EX,
    "float32",
    "Right, with fewer digits.",
    lambda Z, y: np.float32(np.mean((Z >= 0) == y)),
)
border(
    EX,
    "sigmoid(Z) >= 0.5",
    "Right, but for sums a hair below 0.",
    lambda Z, y: np.mean((sigmoid(Z) >= 0.5) == y),
)
border(
    EX,
    "not np.signbit",
    "Right, but for -0.0.",
    lambda Z, y: np.mean(~np.signbit(Z) == (y == 1)),
)
border(
    EX, "Z > -1e-12", "No tolerance is needed.", lambda Z, y: np.mean((Z > -1e-12) == y)
)
border(
    EX,
    "rounded to 6 digits",
    "Do not round.",
    lambda Z, y: round(float(np.mean((Z >= 0) == y)), 6),
)

for _what, _teacher, _value in [
    (
        "> instead of >=",
        "At exactly 0 the answer is 1.",
        lambda Z, y: np.mean((Z > 0) == y),
    ),
    (
        "np.heaviside(Z, 0)",
        "At exactly 0 the answer is 1; you made it 0.",
        lambda Z, y: np.mean(np.heaviside(Z, 0) == y),
    ),
    (
        "round(sigmoid(Z))",
        "sigmoid(0) is 0.5, and round makes it 0.",
        lambda Z, y: np.mean(np.round(sigmoid(Z)) == y),
    ),
    (
        "sums at 0.5",
        "Z are sums: the threshold is 0.",
        lambda Z, y: np.mean((Z >= 0.5) == y),
    ),
    (
        "sums at 1",
        "Z are sums: the threshold is 0.",
        lambda Z, y: np.mean((Z >= 1) == y),
    ),
    (
        "sigmoid(Z) >= 0",
        "The sigmoid is never negative: that is always yes.",
        lambda Z, y: np.mean((sigmoid(Z) >= 0) == y),
    ),
    (
        "Z == y",
        "Z are sums; turn them into answers first.",
        lambda Z, y: np.mean(Z == y),
    ),
    (
        "Z rounded == y",
        "Z are sums; turn them into answers first.",
        lambda Z, y: np.mean(np.round(Z) == y),
    ),
    (
        "np.sign(Z) == y",
        "np.sign answers -1 for no; y has 0.",
        lambda Z, y: np.mean(np.sign(Z) == y),
    ),
    (
        "labels as -1 and 1: Z * y > 0",
        "With y = 0 the product is 0: your rule is for labels -1 and 1.",
        lambda Z, y: np.mean(Z * y > 0),
    ),
    (
        "labels as -1 and 1: Z * y >= 0",
        "With y = 0 the product is always 0, and counts as a hit.",
        lambda Z, y: np.mean(Z * y >= 0),
    ),
    (
        "labels turned into -1 and 1, but 0 is always right",
        "At exactly 0 the answer is 1, so a label 0 is missed there.",
        lambda Z, y: np.mean(Z * (2.0 * y - 1) >= 0),
    ),
    (
        "per cent",
        "A share between 0 and 1 is asked for.",
        lambda Z, y: 100 * np.mean((Z >= 0) == y),
    ),
    (
        "number of hits",
        "Divide by the number of examples.",
        lambda Z, y: np.sum((Z >= 0) == y),
    ),
    (
        "share of mistakes",
        "That is the share of mistakes.",
        lambda Z, y: np.mean((Z >= 0) != y),
    ),
    ("<= 0", "Yes is from 0 upwards.", lambda Z, y: np.mean((Z <= 0) == y)),
    ("hit or miss for each", "One number: take the mean.", lambda Z, y: (Z >= 0) == y),
    ("answers only", "Compare the answers with y.", lambda Z, y: (Z >= 0).astype(int)),
    (
        "share of yes answers",
        "Compare the answers with y.",
        lambda Z, y: np.mean(Z >= 0),
    ),
    ("share of yes labels", "Z is not used.", lambda Z, y: np.mean(y)),
    (
        "hits on yes only, over all",
        "A no that is right counts too.",
        lambda Z, y: np.mean((Z >= 0) & (y == 1)),
    ),
    (
        "answers times labels",
        "A no that is right counts too.",
        lambda Z, y: np.mean((Z >= 0) * y),
    ),
    (
        "precision",
        "That is the share among the yes answers.",
        lambda Z, y: np.sum((Z >= 0) & (y == 1)) / max(1, np.sum(Z >= 0)),
    ),
    (
        "recall",
        "That is the share among the yes labels.",
        lambda Z, y: np.sum((Z >= 0) & (y == 1)) / max(1, np.sum(y == 1)),
    ),
    (
        "np.array_equal",
        "That is all or nothing.",
        lambda Z, y: float(np.array_equal(Z >= 0, y == 1)),
    ),
    ("np.all", "That is all or nothing.", lambda Z, y: np.all((Z >= 0) == y)),
    ("np.any", "That asks for one hit only.", lambda Z, y: np.any((Z >= 0) == y)),
    (
        "//",
        "`//` cuts the digits off: use /.",
        lambda Z, y: np.sum((Z >= 0) == y) // len(y),
    ),
    (
        "rounded to one digit",
        "Do not round.",
        lambda Z, y: round(float(np.mean((Z >= 0) == y)), 1),
    ),
    (
        "1 minus the mean difference (no abs)",
        "Mistakes of the two kinds cancel: take them without their sign.",
        lambda Z, y: 1 - np.mean((Z >= 0) - 1.0 * y),
    ),
    (
        "1 minus the difference of the means",
        "The same number of yes does not mean the same answers.",
        lambda Z, y: 1 - abs(np.mean(Z >= 0) - np.mean(y)),
    ),
    (
        "1 - |Z - y|",
        "Z are sums; turn them into answers first.",
        lambda Z, y: 1 - np.mean(np.abs(Z - y)),
    ),
    ("squared error", "That is a loss.", lambda Z, y: np.mean((Z - y) ** 2)),
    (
        "the better of a and 1 - a",
        "A neuron that is always wrong has 0, not 1.",
        lambda Z, y: max(np.mean((Z >= 0) == y), np.mean((Z >= 0) != y)),
    ),
    (
        "m - 1",
        "Divide by m, not m - 1.",
        lambda Z, y: np.sum((Z >= 0) == y) / (len(y) - 1 or 1),
    ),
    (
        "range(len - 1): last one missed",
        "The last example is missing.",
        lambda Z, y: sum((Z[i] >= 0) == y[i] for i in range(len(y) - 1)) / len(y),
    ),
    ("divided by 4", "m is not always 4.", lambda Z, y: np.sum((Z >= 0) == y) / 4),
    (
        "against a turned label list",
        "Compare each answer with its own label.",
        lambda Z, y: np.mean((Z >= 0) == y[::-1]),
    ),
    (
        "both sorted first",
        "Compare each answer with its own label: no sorting.",
        lambda Z, y: np.mean(np.sort(Z >= 0) == np.sort(y)),
    ),
    (
        "every answer with every label",
        "You compare each answer with all labels.",
        lambda Z, y: np.mean((Z >= 0)[:, None] == y),
    ),
    (
        "the mean sum",
        "Turn each sum into an answer first.",
        lambda Z, y: float((np.mean(Z) >= 0) == (np.mean(y) >= 0.5)),
    ),
    (
        "threshold at the mean of Z",
        "The threshold is 0.",
        lambda Z, y: np.mean((Z >= Z.mean()) == y),
    ),
    (
        "number and answers",
        "Return the number alone.",
        lambda Z, y: (np.mean((Z >= 0) == y), Z >= 0),
    ),
    (
        "mean and number of hits",
        "Return the share alone.",
        lambda Z, y: [np.mean((Z >= 0) == y), int(np.sum((Z >= 0) == y))],
    ),
    ("text with %", "Return a number.", lambda Z, y: f"{np.mean((Z >= 0) == y):.0%}"),
    ("prints", "You print; `return` it.", lambda Z, y: print(np.mean((Z >= 0) == y))),
    ("perfect", "You give 1 whatever comes.", lambda Z, y: 1.0),
    (
        "Z >= 0 == y: chained",
        "Python reads that as Z >= 0 and 0 == y: set brackets.",
        lambda Z, y: np.mean(Z >= 0 == y),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "Z set to 0 and 1 in place", "The Z that was handed in has changed.")
def _(Z, y):
    yes = Z >= 0
    Z[yes] = 1
    Z[~yes] = 0
    return np.mean(Z == y)


@wrong(EX, "first the zeros, then Z >= 0", "After the first line all are >= 0.")
def _(Z, y):
    A = Z.copy()
    A[A < 0] = 0
    A[A >= 0] = 1
    return np.mean(A == y)


@wrong(EX, "return inside the loop", "Your `return` is inside the loop.")
def _(Z, y):
    hits = 0
    for z, t in zip(Z, y):
        hits += (z >= 0) == t
        return hits / len(y)


@wrong(EX, "counter set back in the loop", "hits = 0 belongs above the loop.")
def _(Z, y):
    for z, t in zip(Z, y):
        hits = 0
        if (z >= 0) == t:
            hits += 1
    return hits / len(y)


@wrong(EX, "hits only when yes (if nested)", "A no that is right counts too.")
def _(Z, y):
    hits = 0
    for z, t in zip(Z, y):
        if z >= 0:
            if t == 1:
                hits += 1
    return hits / len(y)


@wrong(EX, "counter starts at 1", "The counter starts at 0.")
def _(Z, y):
    hits = 1
    for z, t in zip(Z, y):
        hits += int((z >= 0) == t)
    return hits / len(y)


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(Z, y):
    answers = Z >= 0
    np.mean(answers == y)


@wrong(EX, "if Z >= 0 on the whole array", "`if` takes one truth value, not an array.")
def _(Z, y):
    answer = 1 if Z >= 0 else 0
    return np.mean(answer == y)


common(EX, 2, 0.75)

quiz_letters("00.Q", "a")
quiz_letters("01.Q", "b")

# --------------------------------------------- 05.1 the largest learning rate that settles
numbers(
    "05.1",
    [
        ("float", 0.25),
        ("fraction typed in", 1 / 4),
        ("2 over the slope's factor", 2 / 8),
        ("np.float64", np.float64(0.25)),
        ("np.float32", np.float32(0.25)),
        ("array with one element", np.array([0.25])),
        ("0-d array", np.array(0.25)),
        ("scientific", 25e-2),
        ("fraction turned into a float", float(Fraction(2, 8))),
        ("twice the rate that jumps to the minimum", 2 * 0.125),
        ("solved for 1 - 8 * lr = -1", (1 - -1) / 8),
        ("last digits off (halving)", 0.25 - 1e-9),
    ],
    [
        (
            "1 / 8: the jump straight to the minimum",
            "That one jumps straight to the minimum; it settles beyond that too.",
            0.125,
        ),
        ("2 / 4: factor of the loss", "The slope is 8 * w, not 4 * w.", 0.5),
        ("1 / 16", "Look where each step makes w smaller, not by how much.", 0.0625),
        ("1", "With 1 each step makes w 7 times as large.", 1),
        ("2", "2 is for the slope w itself; divide by the 8.", 2),
        ("4", "The other way round: 1 over that.", 4),
        ("8, the slope's factor", "That is the factor of the slope.", 8),
        ("8 * 2", "Divide by the 8.", 16),
        ("1 / 2 / 8 squared", "The 8 is not squared.", 2 / 64),
        ("root", "No root here.", 8**-0.5),
        ("0.1, because it always is", "0.1 does settle, but larger ones do too.", 0.1),
        ("0.01", "0.01 does settle, but larger ones do too.", 0.01),
        ("0.2", "0.2 settles, but 0.24 does too.", 0.2),
        ("0.24", "0.24 settles, but 0.249 does too.", 0.24),
        ("0.26", "With 0.26 it blows up.", 0.26),
        ("0.3", "With 0.3 it blows up.", 0.3),
        ("3 / 8", "With that each step doubles w.", 0.375),
        ("zero", "With 0 it never moves.", 0),
        ("1e-6: as small as can be", "That settles, but so do far larger ones.", 1e-6),
        ("decimal point", "Check the decimal point.", 2.5),
        ("decimal point, other way", "Check the decimal point.", 0.025),
        ("per cent", "Without per cent.", 25),
        (
            "decimal comma: 0,25 is a tuple",
            "In Python the decimal sign is a dot.",
            (0, 25),
        ),
        ("the interval", "Only its upper end is asked for.", (0, 0.25)),
        ("text with <", "Only the number.", "< 0.25"),
        ("factor left of 1 - 8 * 0.25", "That is the factor, not the rate.", -1.0),
    ],
    [
        ("list with one element", "Right, though a list is not needed.", [0.25]),
        ("Fraction(1, 4)", "Exactly right, as a Fraction.", Fraction(1, 4)),
        ("(1, 1) array", "Right, though in a 1 by 1 table.", np.array([[0.25]])),
        ("0.25 + 0j", "Right, with an imaginary part of 0.", 0.25 + 0j),
        ("0.249, tried out", "Nearly: where exactly does it turn?", 0.249),
        ("0.2499", "Nearly: where exactly does it turn?", 0.2499),
    ],
)

# ------------------------------------------------------------- 05.2 gradient descent
EX = "05.2"


def _downhill(step=None, count=None, begin=None, end=None):
    """The walk with one part exchanged."""
    step = step or (lambda p, slope, rate, i, p0: p - rate * slope(p))
    count = count or (lambda steps: range(steps))
    begin = begin or (lambda start: np.array(start, dtype=float))
    end = end or (lambda p, path: p)

    def f(slope, start, learning_rate, steps):
        place = begin(start)
        path = [place]
        for i in count(steps):
            place = step(place, slope, learning_rate, i, path[0])
            path.append(place)
        return end(place, path)

    return f


@right(EX, "for loop")
def _(slope, start, learning_rate, steps):
    place = start
    for _ in range(steps):
        place = place - learning_rate * slope(place)
    return place


@right(EX, "a copy, -= in place")
def _(slope, start, learning_rate, steps):
    place = np.array(start, dtype=float)
    for _ in range(steps):
        place -= learning_rate * slope(place)
    return place


@right(EX, "while, counting down")
def _(slope, start, learning_rate, steps):
    place = start.astype(float)
    while steps > 0:
        place = place + -learning_rate * slope(place)
        steps -= 1
    return place


@right(EX, "recursion")
def _(slope, start, learning_rate, steps):
    def walk(place, left):
        if left == 0:
            return place
        return walk(place - learning_rate * slope(place), left - 1)

    return walk(start.copy(), steps)


@right(EX, "the whole path, last one returned")
def _(slope, start, learning_rate, steps):
    path = [start]
    for i in range(steps):
        path.append(path[i] - learning_rate * slope(path[i]))
    return path[-1]


@right(EX, "path as a table")
def _(slope, start, learning_rate, steps):
    path = np.empty((steps + 1, len(start)))
    path[0] = start
    for t in range(1, steps + 1):
        path[t] = path[t - 1] - learning_rate * slope(path[t - 1])
    return path[steps]


@right(EX, "itertools.accumulate")
def _(slope, start, learning_rate, steps):
    *_, last = itertools.accumulate(
        range(steps), lambda p, _: p - learning_rate * slope(p), initial=start
    )
    return last


@right(EX, "entries one by one, all from the old place")
def _(slope, start, learning_rate, steps):
    place = np.array(start, dtype=float)
    for _ in range(steps):
        slopes = slope(place)
        new = np.zeros(len(place))
        for i in range(len(place)):
            new[i] = place[i] - learning_rate * slopes[i]
        place = new
    return place


@right(EX, "list returned")
def _(slope, start, learning_rate, steps):
    place = [float(v) for v in start]
    for _ in range(steps):
        place = [v - learning_rate * s for v, s in zip(place, slope(np.array(place)))]
    return place


@right(EX, "how far it has gone, added up")
def _(slope, start, learning_rate, steps):
    moved = np.zeros(start.shape)
    for _ in range(steps):
        moved = moved + learning_rate * slope(start - moved)
    return start - moved


@right(EX, "np.subtract, out")
def _(slope, start, learning_rate, steps):
    place = np.empty(start.shape)
    np.copyto(place, start)
    for _ in range(steps):
        np.subtract(place, np.multiply(slope(place.copy()), learning_rate), out=place)
    return place


@right(EX, "the package's SGD on a copy")
def _(slope, start, learning_rate, steps):
    place = np.array(start, dtype=np.float64)
    optimizer = nn_helpers.SGD(learning_rate)
    for _ in range(steps):
        optimizer.step([("place", place, slope(place))])
    return place


border(EX, "float32 inside", "Right, with fewer digits.", _downhill(begin=np.float32))
border(
    EX,
    "stops where the slope is exactly 0",
    "Right: from there on nothing moves.",
    _downhill(step=lambda p, s, r, i, p0: p if not np.any(s(p)) else p - r * s(p)),
)
border(
    EX,
    "one call of slope too many at the end",
    "Right; the last slope is not used.",
    lambda slope, start, learning_rate, steps: (lambda p: (slope(p), p)[1])(
        _downhill()(slope, start, learning_rate, steps)
    ),
)


@border(EX, "start.copy(), then -= (fails for whole numbers)", "Make the copy a float.")
def _(slope, start, learning_rate, steps):
    place = start.copy()
    for _ in range(steps):
        place -= learning_rate * slope(place)
    return place


@border(EX, "place[:] = in a copy (cuts whole-number starts)", "Make the copy a float.")
def _(slope, start, learning_rate, steps):
    place = start.copy()
    for _ in range(steps):
        place[:] = place - learning_rate * slope(place)
    return place


@border(EX, "the slope's own array is scaled", "Right, but that array is not yours.")
def _(slope, start, learning_rate, steps):
    place = start
    for _ in range(steps):
        d = slope(place)
        d *= learning_rate
        place = place - d
    return place


for _what, _teacher, _value in [
    (
        "uphill: plus",
        "You walk uphill: subtract.",
        _downhill(lambda p, s, r, i, p0: p + r * s(p)),
    ),
    (
        "slope at the start each time",
        "The slope changes on the way: ask for it at each place.",
        _downhill(lambda p, s, r, i, p0: p - r * s(p0)),
    ),
    (
        "always from the start",
        "Each step goes on from the last place.",
        _downhill(lambda p, s, r, i, p0: p0 - r * s(p)),
    ),
    (
        "no learning rate",
        "The learning rate is missing.",
        _downhill(lambda p, s, r, i, p0: p - s(p)),
    ),
    (
        "learning rate 0.1 typed in",
        "Use the learning rate that is handed in.",
        _downhill(lambda p, s, r, i, p0: p - 0.1 * s(p)),
    ),
    (
        "divided by the learning rate",
        "Multiply by the learning rate.",
        _downhill(lambda p, s, r, i, p0: p - s(p) / r),
    ),
    (
        "learning rate alone",
        "The slope is missing from the step.",
        _downhill(lambda p, s, r, i, p0: p - r),
    ),
    (
        "sign of the slope only",
        "The step is as long as the slope is steep.",
        _downhill(lambda p, s, r, i, p0: p - r * np.sign(s(p))),
    ),
    (
        "slope set to length 1",
        "The step is as long as the slope is steep.",
        _downhill(lambda p, s, r, i, p0: p - r * s(p) / (np.linalg.norm(s(p)) or 1)),
    ),
    (
        "slope clipped at 1",
        "Nothing is clipped here.",
        _downhill(lambda p, s, r, i, p0: p - r * np.clip(s(p), -1, 1)),
    ),
    (
        "learning rate falls with the steps",
        "The learning rate stays the same.",
        _downhill(lambda p, s, r, i, p0: p - r / (i + 1) * s(p)),
    ),
    (
        "learning rate times the number of the step",
        "The learning rate stays the same.",
        _downhill(lambda p, s, r, i, p0: p - r * i * s(p)),
    ),
    (
        "factor 2",
        "The slope has its 2 in it already.",
        _downhill(lambda p, s, r, i, p0: p - 2 * r * s(p)),
    ),
    (
        "averaged over the entries",
        "Each entry has its own slope.",
        _downhill(lambda p, s, r, i, p0: p - r * np.mean(s(p))),
    ),
    (
        "place scaled by the slope",
        "Subtract the step; do not multiply.",
        _downhill(lambda p, s, r, i, p0: p * (1 - r * s(p))),
    ),
    (
        "bracket: (place - rate) * slope",
        "The product comes first: no brackets.",
        _downhill(lambda p, s, r, i, p0: (p - r) * s(p)),
    ),
    (
        "turned round: step - place",
        "The place minus the step, not the other way.",
        _downhill(lambda p, s, r, i, p0: r * s(p) - p),
    ),
    (
        "=- instead of -=",
        "`place =- ...` sets the place to minus the step.",
        _downhill(lambda p, s, r, i, p0: -r * s(p)),
    ),
    (
        "half-way slope (midpoint rule)",
        "The slope is that of the place itself.",
        _downhill(lambda p, s, r, i, p0: p - r * s(p - r / 2 * s(p))),
    ),
    (
        "steps uphill are refused",
        "Every step is taken, even if the slope gets steeper.",
        _downhill(
            lambda p, s, r, i, p0: (
                p - r * s(p)
                if np.linalg.norm(s(p - r * s(p))) < np.linalg.norm(s(p))
                else p
            )
        ),
    ),
    (
        "stops when the slope is small (0.01)",
        "The number of steps is given: do not stop early.",
        _downhill(
            lambda p, s, r, i, p0: p if np.abs(s(p)).max() < 0.01 else p - r * s(p)
        ),
    ),
    (
        "one step too many",
        "range(steps + 1) makes one step too many.",
        _downhill(count=lambda n: range(n + 1)),
    ),
    (
        "range(1, steps): one too few",
        "range(1, steps) makes one step too few.",
        _downhill(count=lambda n: range(1, n)),
    ),
    ("one step only", "There are `steps` steps.", _downhill(count=lambda n: range(1))),
    ("100 steps", "There are `steps` steps.", _downhill(count=lambda n: range(100))),
    (
        "at least one step",
        "With 0 steps you stay at the start.",
        _downhill(count=lambda n: range(max(1, n))),
    ),
    (
        "starts from zeros",
        "You do not begin at `start`.",
        _downhill(begin=lambda start: np.zeros(len(start))),
    ),
    (
        "starts at random",
        "You do not begin at `start`.",
        _downhill(begin=lambda start: np.random.default_rng(0).normal(size=len(start))),
    ),
    (
        "the first two entries only",
        "There may be more or fewer than two entries.",
        _downhill(
            end=lambda p, path: (
                np.array([p[0], p[1]]) if len(p) > 1 else np.append(p, 0)
            )
        ),
    ),
    (
        "whole path",
        "Only the last place is asked for.",
        _downhill(end=lambda p, path: path),
    ),
    (
        "whole path as a table",
        "Only the last place is asked for.",
        _downhill(end=lambda p, path: np.array(path)),
    ),
    (
        "place and path",
        "Only the last place is asked for.",
        _downhill(end=lambda p, path: (p, path)),
    ),
    (
        "the last but one",
        "The last place is asked for.",
        _downhill(end=lambda p, path: path[-2] if len(path) > 1 else p),
    ),
    (
        "mean of the path",
        "The last place is asked for.",
        _downhill(end=lambda p, path: np.mean(path, axis=0)),
    ),
    (
        "how far it has gone",
        "Where are you, not how far you went.",
        _downhill(end=lambda p, path: p - path[0]),
    ),
    ("rounded", "Do not round.", _downhill(end=lambda p, path: np.round(p, 2))),
    ("a row (1, n)", "Keep the shape (n,).", _downhill(end=lambda p, path: p[None])),
    (
        "the sum of the entries",
        "An array is asked for.",
        _downhill(end=lambda p, path: p.sum()),
    ),
    (
        "slope at the end",
        "The place is asked for.",
        lambda slope, start, learning_rate, steps: slope(
            _downhill()(slope, start, learning_rate, steps)
        ),
    ),
    (
        "one big step",
        "Many small steps are not one big one: the slope changes.",
        lambda slope, start, learning_rate, steps: (
            start - steps * learning_rate * slope(start)
        ),
    ),
    (
        "the function returned, not its value",
        "You hand back a function.",
        lambda slope, start, learning_rate, steps: (
            lambda: _downhill()(slope, start, learning_rate, steps)
        ),
    ),
    (
        "slope not called",
        "slope is a function: call it with the place.",
        lambda slope, start, learning_rate, steps: start - learning_rate * slope,
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "start changed in place", "`place = start` is no copy: start has moved.")
def _(slope, start, learning_rate, steps):
    place = start
    for _ in range(steps):
        place -= learning_rate * slope(place)
    return place


@wrong(EX, "start[:] changed, a copy returned", "start has moved: work on a copy.")
def _(slope, start, learning_rate, steps):
    for _ in range(steps):
        start[:] = start - learning_rate * slope(start)
    return start.copy()


@wrong(
    EX,
    "entry after entry, with slopes of the half-new place",
    "All slopes come from the old place.",
)
def _(slope, start, learning_rate, steps):
    place = np.array(start, dtype=float)
    for _ in range(steps):
        for i in range(len(place)):
            place[i] -= learning_rate * slope(place)[i]
    return place


@wrong(EX, "slope taken once, before the loop", "Ask for the slope in the loop.")
def _(slope, start, learning_rate, steps):
    place = start
    d = slope(start)
    for _ in range(steps):
        place = place - learning_rate * d
    return place


@wrong(
    EX,
    "slope asked for at the end of the loop, one behind",
    "Your slope is one step old.",
)
def _(slope, start, learning_rate, steps):
    place, d = start, slope(start)
    for _ in range(steps):
        new = place - learning_rate * d
        d = slope(place)
        place = new
    return place


@wrong(EX, "momentum 0.9", "No momentum here.")
def _(slope, start, learning_rate, steps):
    place, v = start, np.zeros(len(start))
    for _ in range(steps):
        v = 0.9 * v - learning_rate * slope(place)
        place = place + v
    return place


@wrong(EX, "return inside the loop", "Your `return` is inside the loop.")
def _(slope, start, learning_rate, steps):
    place = start
    for _ in range(steps):
        place = place - learning_rate * slope(place)
        return place


@wrong(EX, "step worked out, never taken", "You never change the place.")
def _(slope, start, learning_rate, steps):
    place = start
    for _ in range(steps):
        place - learning_rate * slope(place)
    return place


@wrong(EX, "new name: place stays", "`new` never becomes the place.")
def _(slope, start, learning_rate, steps):
    place = new = start
    for _ in range(steps):
        new = place - learning_rate * slope(place)
    return new


@wrong(
    EX,
    "place only born in the loop (fails for 0 steps)",
    "With 0 steps `place` does not exist.",
)
def _(slope, start, learning_rate, steps):
    here = start
    for _ in range(steps):
        place = here - learning_rate * slope(here)
        here = place
    return place


@wrong(EX, "slope called with single numbers", "slope wants the whole place.")
def _(slope, start, learning_rate, steps):
    place = np.array(start, dtype=float)
    for _ in range(steps):
        place = np.array([v - learning_rate * slope(v) for v in place])
    return place


@wrong(EX, "for _ in steps", "steps is a number: range(steps).")
def _(slope, start, learning_rate, steps):
    place = start
    for _ in steps:
        place = place - learning_rate * slope(place)
    return place


@wrong(
    EX,
    "the best place on the way",
    "The last place, even if an earlier one was better.",
)
def _(slope, start, learning_rate, steps):
    best = place = start
    for _ in range(steps):
        place = place - learning_rate * slope(place)
        if np.linalg.norm(slope(place)) < np.linalg.norm(slope(best)):
            best = place
    return best


@wrong(EX, "loop: steps never counted down", "steps never becomes smaller.")
def _(slope, start, learning_rate, steps):
    place = start
    while steps >= 0:
        place = start - learning_rate * slope(start)
    return place


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(slope, start, learning_rate, steps):
    place = start
    for _ in range(steps):
        place = place - learning_rate * slope(place)


@wrong(EX, "prints instead of returning", "You print; `return` the place.")
def _(slope, start, learning_rate, steps):
    print(_downhill()(slope, start, learning_rate, steps))


@wrong(EX, "state: goes on from the last call", "Each call begins at its own start.")
def _(slope, start, learning_rate, steps, memory={}):
    place = memory.get(len(start), start)
    for _ in range(steps):
        place = place - learning_rate * slope(place)
    memory[len(start)] = place
    return place


common(EX, 4, np.array([0.5, -0.5]))

# --------------------------------------------- 05.3 two parameters, both from the old place
EX = "05.3"
right(
    EX,
    "one line",
    lambda w, b, slopes, learning_rate: tuple(
        p - learning_rate * d for p, d in zip((w, b), slopes(w, b))
    ),
)
right(
    EX,
    "called twice, both at the old place",
    lambda w, b, slopes, learning_rate: (
        w - learning_rate * slopes(w, b)[0],
        b - learning_rate * slopes(w, b)[1],
    ),
)


@right(EX, "both slopes, then both steps")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    return w - learning_rate * dw, b - learning_rate * db


@right(EX, "w = w - ..., b = b - ...")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    w = w - learning_rate * dw
    b = b - learning_rate * db
    return w, b


@right(EX, "assigned together")
def _(w, b, slopes, learning_rate):
    w, b = (
        w - learning_rate * slopes(w, b)[0],
        b - learning_rate * slopes(w, b)[1],
    )
    return [w, b]


@right(EX, "copy, then -=")
def _(w, b, slopes, learning_rate):
    new_w = np.array(w, dtype=float)
    grads = slopes(w, b)
    new_w -= learning_rate * grads[0]
    b -= learning_rate * grads[1]
    return new_w, b


@right(EX, "old values kept under names of their own")
def _(w, b, slopes, learning_rate):
    old_w, old_b = w, b
    w = old_w - slopes(old_w, old_b)[0] * learning_rate
    b = old_b - slopes(old_w, old_b)[1] * learning_rate
    return w, b


@right(EX, "plus the negative slope")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    return np.add(w, np.multiply(-learning_rate, dw)), b + (-learning_rate) * db


@right(EX, "one long array, cut apart")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    new = np.append(w, b) - learning_rate * np.append(dw, db)
    return new[:-1], new[-1]


@right(EX, "loop over the entries, list")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    new_w = []
    for i in range(len(w)):
        new_w.append(w[i] - learning_rate * dw[i])
    return new_w, float(b - learning_rate * db)


@right(EX, "b first, w after, old slopes")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w.copy(), b)
    b = b - learning_rate * db
    w = w - learning_rate * dw
    return w, b


@right(EX, "the package's SGD on copies")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    new_w, new_b = np.array(w, dtype=float), np.array([b], dtype=float)
    nn_helpers.SGD(learning_rate).step(
        [("w", new_w, np.array(dw)), ("b", new_b, np.array([db]))]
    )
    return new_w, new_b[0]


def _both(w_step=None, b_step=None, end=None):
    """The step with one part exchanged; w_step and b_step get (w, b, dw, db, rate)."""
    w_step = w_step or (lambda w, b, dw, db, r: w - r * dw)
    b_step = b_step or (lambda w, b, dw, db, r: b - r * db)
    end = end or (lambda w, b: (w, b))

    def f(w, b, slopes, learning_rate):
        dw, db = slopes(w, b)
        return end(
            w_step(w, b, dw, db, learning_rate), b_step(w, b, dw, db, learning_rate)
        )

    return f


border(
    EX,
    "b with shape (1,)",
    "Right, but b should be a number.",
    _both(end=lambda w, b: (w, np.array([b]))),
)
border(
    EX,
    "float32",
    "Right, with fewer digits.",
    _both(end=lambda w, b: (np.float32(w), np.float32(b))),
)
border(
    EX,
    "a dictionary",
    "Right values; return w, b.",
    _both(end=lambda w, b: {"w": w, "b": b}),
)
border(
    EX,
    "an array of objects",
    "Right values; return w, b.",
    _both(end=lambda w, b: np.array([w, b], dtype=object)),
)


@border(EX, "dw *= learning_rate in the slopes' own array", "That array is not yours.")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    dw *= learning_rate
    return w - dw, b - learning_rate * db


@border(EX, "w.copy(), then -= (fails for whole numbers)", "Make the copy a float.")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    w = w.copy()
    w -= learning_rate * dw
    return w, b - learning_rate * db


for _what, _teacher, _value in [
    (
        "uphill: both plus",
        "You walk uphill: subtract.",
        _both(lambda w, b, dw, db, r: w + r * dw, lambda w, b, dw, db, r: b + r * db),
    ),
    ("w uphill", "For w you walk uphill.", _both(lambda w, b, dw, db, r: w + r * dw)),
    (
        "b uphill",
        "For b you walk uphill.",
        _both(None, lambda w, b, dw, db, r: b + r * db),
    ),
    (
        "no learning rate",
        "The learning rate is missing.",
        _both(lambda w, b, dw, db, r: w - dw, lambda w, b, dw, db, r: b - db),
    ),
    (
        "no learning rate for b",
        "The learning rate is missing for b.",
        _both(None, lambda w, b, dw, db, r: b - db),
    ),
    (
        "no learning rate for w",
        "The learning rate is missing for w.",
        _both(lambda w, b, dw, db, r: w - dw),
    ),
    (
        "learning rate 0.1 typed in",
        "Use the learning rate that is handed in.",
        _both(
            lambda w, b, dw, db, r: w - 0.1 * dw, lambda w, b, dw, db, r: b - 0.1 * db
        ),
    ),
    (
        "divided by the learning rate",
        "Multiply by the learning rate.",
        _both(lambda w, b, dw, db, r: w - dw / r, lambda w, b, dw, db, r: b - db / r),
    ),
    ("b stays", "b has to move too.", _both(None, lambda w, b, dw, db, r: b)),
    ("w stays", "w has to move too.", _both(lambda w, b, dw, db, r: w.copy())),
    (
        "slopes exchanged",
        "The first slope belongs to w, the second to b.",
        _both(lambda w, b, dw, db, r: w - r * db, lambda w, b, dw, db, r: b - r * dw),
    ),
    (
        "db for w too",
        "w has slopes of its own.",
        _both(lambda w, b, dw, db, r: w - r * db),
    ),
    (
        "sum of dw for b",
        "b has a slope of its own.",
        _both(None, lambda w, b, dw, db, r: b - r * np.sum(dw)),
    ),
    (
        "mean of dw for all weights",
        "Each weight has its own slope.",
        _both(lambda w, b, dw, db, r: w - r * np.mean(dw)),
    ),
    (
        "w times its slope",
        "The step is learning rate times slope.",
        _both(lambda w, b, dw, db, r: w - r * dw * w),
    ),
    (
        "bracket: (w - rate) * dw",
        "The product comes first: no brackets.",
        _both(
            lambda w, b, dw, db, r: (w - r) * dw, lambda w, b, dw, db, r: (b - r) * db
        ),
    ),
    (
        "=- instead of -=",
        "`w =- ...` sets w to minus the step.",
        _both(lambda w, b, dw, db, r: -r * dw, lambda w, b, dw, db, r: -r * db),
    ),
    (
        "turned round: slope step minus w",
        "w minus the step, not the other way.",
        _both(lambda w, b, dw, db, r: r * dw - w, lambda w, b, dw, db, r: r * db - b),
    ),
    (
        "signs only",
        "The step is as long as the slope is steep.",
        _both(
            lambda w, b, dw, db, r: w - r * np.sign(dw),
            lambda w, b, dw, db, r: b - r * np.sign(db),
        ),
    ),
    (
        "divided by n",
        "Nothing is averaged here.",
        _both(lambda w, b, dw, db, r: w - r * dw / len(w)),
    ),
    (
        "factor 2",
        "The slopes have their 2 in them already.",
        _both(
            lambda w, b, dw, db, r: w - 2 * r * dw,
            lambda w, b, dw, db, r: b - 2 * r * db,
        ),
    ),
    ("b first", "The order is w, b.", _both(end=lambda w, b: (b, w))),
    ("w only", "b is missing.", _both(end=lambda w, b: w)),
    (
        "all in one array",
        "Return two things: w and b.",
        _both(end=lambda w, b: np.append(w, b)),
    ),
    (
        "w as a row",
        "w should keep its shape (n,).",
        _both(end=lambda w, b: (w[None], b)),
    ),
    (
        "w as a column",
        "w should keep its shape (n,).",
        _both(end=lambda w, b: (w[:, None], b)),
    ),
    (
        "b for each weight",
        "There is one b.",
        _both(end=lambda w, b: (w, np.full(len(w), b))),
    ),
    (
        "first weight only",
        "There may be more than one weight.",
        _both(lambda w, b, dw, db, r: np.r_[w[0] - r * dw[0], w[1:]]),
    ),
    (
        "rounded",
        "Do not round.",
        _both(end=lambda w, b: (np.round(w, 2), round(float(b), 2))),
    ),
    (
        "the slopes",
        "Those are the slopes; take the step.",
        lambda w, b, slopes, learning_rate: slopes(w, b),
    ),
    (
        "the steps",
        "Those are the steps; subtract them from w and b.",
        _both(lambda w, b, dw, db, r: r * dw, lambda w, b, dw, db, r: r * db),
    ),
    (
        "slopes called with b first",
        "slopes wants w, then b.",
        lambda w, b, slopes, learning_rate: (
            w - learning_rate * slopes(b, w)[0],
            b - learning_rate * slopes(b, w)[1],
        ),
    ),
    (
        "slopes called with w only",
        "slopes wants w and b.",
        lambda w, b, slopes, learning_rate: (
            w - learning_rate * slopes(w)[0],
            b - learning_rate * slopes(w)[1],
        ),
    ),
    (
        "slopes at zero",
        "The slopes are those at w and b, not at 0.",
        lambda w, b, slopes, learning_rate: (
            w - learning_rate * slopes(0 * w, 0 * b)[0],
            b - learning_rate * slopes(0 * w, 0 * b)[1],
        ),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "w first, then db at the new w", "Both slopes come from the old place.")
def _(w, b, slopes, learning_rate):
    w = w - learning_rate * slopes(w, b)[0]
    b = b - learning_rate * slopes(w, b)[1]
    return w, b


@wrong(EX, "b first, then dw at the new b", "Both slopes come from the old place.")
def _(w, b, slopes, learning_rate):
    _, db = slopes(w, b)
    b = b - learning_rate * db
    dw, _ = slopes(w, b)
    w = w - learning_rate * dw
    return w, b


@wrong(
    EX,
    "weight after weight, slopes of the half-new w",
    "All slopes come from the old place.",
)
def _(w, b, slopes, learning_rate):
    db = slopes(w, b)[1]
    new = np.array(w, dtype=float)
    for i in range(len(w)):
        new[i] -= learning_rate * slopes(new, b)[0][i]
    return new, b - learning_rate * db


@wrong(
    EX, "slopes(w, b) again for b, after w -=", "w has moved before you asked for db."
)
def _(w, b, slopes, learning_rate):
    w -= learning_rate * slopes(w, b)[0]
    b -= learning_rate * slopes(w, b)[1]
    return w, b


@wrong(EX, "w -= in place (right values)", "The w that was handed in has changed.")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    w -= learning_rate * dw
    b -= learning_rate * db
    return w, b


@wrong(EX, "w[:] in place, copy returned", "The w that was handed in has changed.")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    w[:] = w - learning_rate * dw
    return w.copy(), b - learning_rate * db


@wrong(EX, "new_w = w is no copy", "`new_w = w` gives the same array a second name.")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    new_w, new_b = w, b
    new_w -= learning_rate * dw
    new_b -= learning_rate * db
    return new_w, new_b


@wrong(EX, "two steps", "One step is asked for.")
def _(w, b, slopes, learning_rate):
    for _ in range(2):
        dw, db = slopes(w, b)
        w, b = w - learning_rate * dw, b - learning_rate * db
    return w, b


@wrong(EX, "new names, old ones returned", "You return the old w and b.")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    new_w, new_b = w - learning_rate * dw, b - learning_rate * db
    return w, b


@wrong(EX, "slopes not called", "slopes is a function: call it with w and b.")
def _(w, b, slopes, learning_rate):
    dw, db = slopes
    return w - learning_rate * dw, b - learning_rate * db


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    w = w - learning_rate * dw
    b = b - learning_rate * db


@wrong(EX, "returns w in the middle", "b after `return` is never reached.")
def _(w, b, slopes, learning_rate):
    dw, db = slopes(w, b)
    return w - learning_rate * dw
    return b - learning_rate * db


@wrong(EX, "prints instead of returning", "You print; `return` the two.")
def _(w, b, slopes, learning_rate):
    print(*_both()(w, b, slopes, learning_rate))


@wrong(EX, "the numbers of the first call", "You return the same for every call.")
def _(w, b, slopes, learning_rate, memory=[]):
    memory.append(_both()(w, b, slopes, learning_rate))
    return memory[0]


common(EX, 4, (np.array([1.0, -1.0]), 0.0))

# -------------------------------------------------------------------- 05.4 standardise
EX = "05.4"


def _spread(X):
    """Standard deviation of each column, 1 for a constant one."""
    return np.where(X.max(axis=0) == X.min(axis=0), 1.0, X.std(axis=0))


@right(EX, "np.where on max == min")
def _(X_train, X_new):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    std = np.where(X_train.max(axis=0) == X_train.min(axis=0), 1.0, std)
    return (X_train - mean) / std, (X_new - mean) / std


@right(EX, "the package's Standardizer")
def _(X_train, X_new):
    standardizer = nn_helpers.Standardizer().fit(X_train)
    return standardizer.transform(X_train), standardizer.transform(X_new)


@right(EX, "mask of constant columns")
def _(X_train, X_new):
    m = np.mean(X_train, 0)
    s = np.std(X_train, 0)
    s[(X_train == X_train[0]).all(axis=0)] = 1
    return [(X - m) / s for X in (X_train, X_new)]


@right(EX, "np.ptp")
def _(X_train, X_new):
    std = X_train.std(axis=0, ddof=0)
    std[np.ptp(X_train, axis=0) == 0] = 1.0

    def scale(X):
        return (X - X_train.mean(axis=0)) / std

    return scale(X_train), scale(X_new)


@right(EX, "column by column")
def _(X_train, X_new):
    A = np.zeros(X_train.shape)
    B = np.zeros(X_new.shape)
    for j in range(X_train.shape[1]):
        column = X_train[:, j]
        mean = column.mean()
        std = column.std()
        if len(set(column.tolist())) == 1:
            std = 1
        A[:, j] = (column - mean) / std
        B[:, j] = (X_new[:, j] - mean) / std
    return A, B


@right(EX, "mean and variance by hand, from the first row on")
def _(X_train, X_new):
    D = X_train - X_train[0]
    m = len(D)
    mean = D.sum(axis=0) / m
    var = ((D - mean) ** 2).sum(axis=0) / m
    std = np.sqrt(np.where(var == 0, 1, var))
    return (D - mean) / std, (X_new - X_train[0] - mean) / std


@right(EX, "np.divide with where")
def _(X_train, X_new):
    mean = X_train.mean(axis=0, keepdims=True)
    moves = np.broadcast_to(np.ptp(X_train, axis=0) > 0, X_train.shape)
    std = X_train.std(axis=0, keepdims=True)
    A, B = X_train - mean, X_new - mean
    np.divide(A, std, out=A, where=moves)
    np.divide(B, std, out=B, where=moves[0])
    return A, B


@right(EX, "copies, in place")
def _(X_train, X_new):
    A, B = np.array(X_train, dtype=float), np.array(X_new, dtype=float)
    mean, std = A.mean(axis=0), _spread(A)
    for X in (A, B):
        X -= mean
        X /= std
    return A, B


@right(EX, "stacked, scaled with the training rows, split again")
def _(X_train, X_new):
    m = len(X_train)
    both = np.concatenate([X_train, X_new])
    both = (both - both[:m].mean(axis=0)) / _spread(both[:m])
    return both[:m], both[m:]


@right(EX, "transposed, lists returned")
def _(X_train, X_new):
    A, B = [], []
    for train, new in zip(X_train.T, X_new.T):
        mean = sum(train) / len(train)
        std = math.sqrt(sum((v - mean) ** 2 for v in train) / len(train))
        if max(train) == min(train):
            std = 1
        A.append([(v - mean) / std for v in train])
        B.append([(v - mean) / std for v in new])
    return np.array(A).T.tolist(), np.array(B).T.tolist()


@right(EX, "mean and std as a table of two rows, function for both")
def _(X_train, X_new):
    table = np.array([X_train.mean(axis=0), _spread(X_train)])
    return tuple(map(lambda X: (X - table[0]) / table[1], (X_train, X_new)))


@right(EX, "constant training column set to 0 outright")
def _(X_train, X_new):
    std = X_train.std(axis=0)
    constant = X_train.max(axis=0) <= X_train.min(axis=0)
    std = np.array([1.0 if c else s for s, c in zip(std, constant)])
    A = (X_train - X_train.mean(axis=0)) / std
    A[:, constant] = 0
    return A, (X_new - X_train.mean(axis=0)) / std


def _columns(mean=None, std=None, end=None):
    """Standardise with one part exchanged; mean and std get (X_train, X_new)."""
    mean = mean or (lambda A, B: A.mean(axis=0))
    std = std or (lambda A, B: _spread(A))
    end = end or (lambda A, B: (A, B))

    def f(X_train, X_new):
        m, s = mean(X_train, X_new), std(X_train, X_new)
        return end((X_train - m) / s, (X_new - m) / s)

    return f


def _quiet(f):
    """Students see warnings and go on."""

    def g(X_train, X_new):
        with np.errstate(all="ignore"):
            return f(X_train, X_new)

    return g


border(
    EX,
    "std == 0 set to 1 (a column of 0.1 has a spread of 1e-17)",
    "Six times 0.1 has a mean a hair off, so its spread is not quite 0.",
    _columns(std=lambda A, B: np.where(A.std(axis=0) == 0, 1, A.std(axis=0))),
)
border(
    EX,
    "std or 1, column by column",
    "Six times 0.1 has a mean a hair off, so its spread is not quite 0.",
    _columns(std=lambda A, B: np.array([s or 1.0 for s in A.std(axis=0)])),
)
border(
    EX,
    "std below 1e-12 set to 1",
    "Right, but for columns that are tiny or huge all over.",
    _columns(std=lambda A, B: np.where(A.std(axis=0) < 1e-12, 1, A.std(axis=0))),
)
border(
    EX,
    "std below 1e-8 set to 1",
    "Right, but for columns with a tiny spread.",
    _columns(std=lambda A, B: np.where(A.std(axis=0) < 1e-8, 1, A.std(axis=0))),
)
border(
    EX,
    "float32",
    "Right, with fewer digits.",
    _columns(end=lambda A, B: (np.float32(A), np.float32(B))),
)
border(
    EX,
    "variance as mean of squares minus square of mean",
    "Right on paper; it loses digits when the mean is large.",
    _columns(
        std=lambda A, B: np.where(
            A.max(axis=0) == A.min(axis=0),
            1,
            np.sqrt(np.maximum((A**2).mean(axis=0) - A.mean(axis=0) ** 2, 1e-300)),
        )
    ),
)
border(
    EX,
    "a dictionary",
    "Right values; return two arrays.",
    _columns(end=lambda A, B: {"train": A, "new": B}),
)


@border(
    EX, "filled into zeros_like (cuts whole numbers)", "Make the new table a float."
)
def _(X_train, X_new):
    A, B = np.zeros_like(X_train), np.zeros_like(X_new)
    mean, std = X_train.mean(axis=0), _spread(X_train)
    A[:] = (X_train - mean) / std
    B[:] = (X_new - mean) / std
    return A, B


for _what, _teacher, _value in [
    (
        "0 / 0 in constant columns",
        "A constant column gives 0 / 0: nan.",
        _quiet(_columns(std=lambda A, B: A.std(axis=0))),
    ),
    (
        "nan_to_num afterwards",
        "The new data is divided by 0 too: that is infinite, not 0.",
        _quiet(
            _columns(
                std=lambda A, B: A.std(axis=0),
                end=lambda A, B: (np.nan_to_num(A), np.nan_to_num(B)),
            )
        ),
    ),
    (
        "std + 1e-8 (as in much public code)",
        "In a constant column the new data is divided by 1e-8: huge.",
        _columns(std=lambda A, B: A.std(axis=0) + 1e-8),
    ),
    (
        "std + 1",
        "With + 1 every column is divided by too much.",
        _columns(std=lambda A, B: A.std(axis=0) + 1),
    ),
    (
        "at least 1: np.maximum(std, 1)",
        "Columns with a spread below 1 are not stretched.",
        _columns(std=lambda A, B: np.maximum(A.std(axis=0), 1)),
    ),
    (
        "any constant column: std = 1 for all",
        "Only the constant columns are divided by 1.",
        _columns(
            std=lambda A, B: (
                1.0 if (A.max(axis=0) == A.min(axis=0)).any() else A.std(axis=0)
            )
        ),
    ),
    (
        "constant columns taken out",
        "All columns stay.",
        _columns(
            end=lambda A, B: (
                A[:, A.max(axis=0) > A.min(axis=0)],
                B[:, A.max(axis=0) > A.min(axis=0)],
            )
        ),
    ),
    (
        "constant column 0 in the new data too",
        "New data may differ there: subtract the mean and divide by 1.",
        _columns(
            end=lambda A, B: (A, np.where(A.max(axis=0) == A.min(axis=0), 0.0, B))
        ),
    ),
    (
        "constant column left as it is",
        "Subtract the mean in a constant column too.",
        _columns(
            mean=lambda A, B: np.where(
                A.max(axis=0) == A.min(axis=0), 0.0, A.mean(axis=0)
            )
        ),
    ),
    (
        "ddof=1",
        "Divide by m in the standard deviation, not m - 1.",
        _columns(
            std=lambda A, B: np.where(
                A.max(axis=0) == A.min(axis=0),
                1,
                A.std(axis=0) * math.sqrt(len(A) / max(1, len(A) - 1)),
            )
        ),
    ),
    (
        "variance instead of the standard deviation",
        "Divide by the standard deviation, not its square.",
        _columns(std=lambda A, B: _spread(A) ** 2),
    ),
    (
        "root of the standard deviation",
        "One root too many.",
        _columns(std=lambda A, B: np.sqrt(_spread(A))),
    ),
    (
        "sum of squares, not divided by m",
        "The mean of the squares, not their sum.",
        _columns(std=lambda A, B: _spread(A) * math.sqrt(len(A))),
    ),
    (
        "one mean for the whole table",
        "Each column has its own mean.",
        _columns(mean=lambda A, B: A.mean()),
    ),
    (
        "one mean and spread for the whole table",
        "Each column has its own mean and spread.",
        _columns(mean=lambda A, B: A.mean(), std=lambda A, B: A.std() or 1.0),
    ),
    (
        "one spread for the whole table",
        "Each column has its own spread.",
        _columns(std=lambda A, B: A.std() or 1.0),
    ),
    (
        "rows instead of columns",
        "Columns, not rows: axis=0.",
        lambda X_train, X_new: (
            ((X_train.T - X_train.mean(axis=1)) / _spread(X_train.T)).T,
            ((X_new.T - X_new.mean(axis=1)) / _spread(X_new.T)).T,
        ),
    ),
    (
        "each part with its own mean and spread",
        "The new data gets the mean and spread of the training data.",
        lambda X_train, X_new: tuple(
            (X - X.mean(axis=0)) / _spread(X) for X in (X_train, X_new)
        ),
    ),
    (
        "fit_transform on both",
        "The new data gets the mean and spread of the training data.",
        lambda X_train, X_new: tuple(
            nn_helpers.Standardizer().fit(X).transform(X) for X in (X_train, X_new)
        ),
    ),
    (
        "mean and spread of all rows together",
        "Only the training rows count for mean and spread.",
        _columns(
            mean=lambda A, B: np.vstack([A, B]).mean(axis=0),
            std=lambda A, B: _spread(np.vstack([A, B])),
        ),
    ),
    (
        "mean and spread of the new data",
        "Mean and spread come from X_train.",
        _columns(mean=lambda A, B: B.mean(axis=0), std=lambda A, B: _spread(B)),
    ),
    (
        "new data: own spread",
        "The spread for the new data is that of X_train too.",
        lambda X_train, X_new: (
            (X_train - X_train.mean(axis=0)) / _spread(X_train),
            (X_new - X_train.mean(axis=0)) / _spread(X_new),
        ),
    ),
    (
        "new data: own mean",
        "The mean for the new data is that of X_train too.",
        lambda X_train, X_new: (
            (X_train - X_train.mean(axis=0)) / _spread(X_train),
            (X_new - X_new.mean(axis=0)) / _spread(X_train),
        ),
    ),
    (
        "new data untouched",
        "The new data must be standardised too.",
        lambda X_train, X_new: (
            (X_train - X_train.mean(axis=0)) / _spread(X_train),
            X_new,
        ),
    ),
    (
        "mean not subtracted",
        "Subtract the mean first.",
        _columns(mean=lambda A, B: 0),
    ),
    ("only the mean", "Divide by the spread too.", _columns(std=lambda A, B: 1)),
    (
        "multiplied by the spread",
        "Divide by the spread.",
        _columns(std=lambda A, B: 1 / _spread(A)),
    ),
    (
        "mean added",
        "Subtract the mean.",
        _columns(mean=lambda A, B: -A.mean(axis=0)),
    ),
    (
        "brackets: X - mean / std",
        "Subtract first, then divide: set brackets.",
        lambda X_train, X_new: (
            X_train - X_train.mean(axis=0) / _spread(X_train),
            X_new - X_train.mean(axis=0) / _spread(X_train),
        ),
    ),
    (
        "mean minus X",
        "X minus the mean, not the other way.",
        _columns(end=lambda A, B: (-A, -B)),
    ),
    (
        "min-max: from 0 to 1",
        "That brings the columns to 0..1; mean 0 and spread 1 are asked for.",
        _columns(
            mean=lambda A, B: A.min(axis=0),
            std=lambda A, B: np.where(np.ptp(A, axis=0) == 0, 1, np.ptp(A, axis=0)),
        ),
    ),
    (
        "divided by max - min",
        "Divide by the standard deviation, not by max - min.",
        _columns(
            std=lambda A, B: np.where(np.ptp(A, axis=0) == 0, 1, np.ptp(A, axis=0))
        ),
    ),
    (
        "divided by the largest",
        "Divide by the standard deviation.",
        _columns(std=lambda A, B: np.abs(A).max(axis=0) + (np.abs(A).max(axis=0) == 0)),
    ),
    (
        "median instead of the mean",
        "The mean, not the median.",
        _columns(mean=lambda A, B: np.median(A, axis=0)),
    ),
    (
        "mean absolute distance as spread",
        "The standard deviation squares the distances.",
        _columns(
            std=lambda A, B: np.where(
                np.ptp(A, axis=0) == 0, 1, np.abs(A - A.mean(axis=0)).mean(axis=0)
            )
        ),
    ),
    (
        "first row as the mean",
        "The mean of all rows, not the first.",
        _columns(mean=lambda A, B: A[0]),
    ),
    (
        "rows set to length 1",
        "Columns are standardised, not rows.",
        lambda X_train, X_new: tuple(
            X / np.maximum(np.linalg.norm(X, axis=1, keepdims=True), 1e-12)
            for X in (X_train, X_new)
        ),
    ),
    ("new first", "X_train comes first.", _columns(end=lambda A, B: (B, A))),
    ("training part only", "The new part is missing.", _columns(end=lambda A, B: A)),
    ("new part only", "The training part is missing.", _columns(end=lambda A, B: B)),
    (
        "both in one table",
        "Return two tables.",
        _columns(end=lambda A, B: np.vstack([A, B])),
    ),
    ("turned over", "Rows stay rows.", _columns(end=lambda A, B: (A.T, B.T))),
    (
        "mean and spread returned",
        "Those are mean and spread; return the two tables.",
        lambda X_train, X_new: (X_train.mean(axis=0), _spread(X_train)),
    ),
    (
        "tables, mean and spread",
        "Return the two tables alone.",
        lambda X_train, X_new: (
            *_columns()(X_train, X_new),
            X_train.mean(axis=0),
            _spread(X_train),
        ),
    ),
    (
        "rounded",
        "Do not round.",
        _columns(end=lambda A, B: (A.round(2), B.round(2))),
    ),
    (
        "clipped at 1",
        "Nothing is clipped here.",
        _columns(end=lambda A, B: (A.clip(-1, 1), B.clip(-1, 1))),
    ),
    (
        "whole numbers",
        "astype(int) cuts the digits off.",
        _columns(end=lambda A, B: (A.astype(int), B.astype(int))),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "in place: X_train -= mean", "The tables that were handed in have changed.")
def _(X_train, X_new):
    mean, std = X_train.mean(axis=0), _spread(X_train)
    X_train -= mean
    X_train /= std
    X_new -= mean
    X_new /= std
    return X_train, X_new


@wrong(EX, "in place on the new data only", "X_new has changed.")
def _(X_train, X_new):
    mean, std = X_train.mean(axis=0), _spread(X_train)
    A = (X_train - mean) / std
    X_new[:] = (X_new - mean) / std
    return A, X_new.copy()


@wrong(EX, "constant columns of X_train set to 0 in place", "X_train has changed.")
def _(X_train, X_new):
    mean, std = X_train.mean(axis=0), _spread(X_train)
    X_train[:, X_train.max(axis=0) == X_train.min(axis=0)] = 0
    A = (X_train - mean) / std
    A[:, X_train.max(axis=0) == X_train.min(axis=0)] = 0
    return A, (X_new - mean) / std


@wrong(
    EX,
    "mean of the already standardised X_train",
    "X_train has mean 0 by then: keep the old mean and spread.",
)
def _(X_train, X_new):
    X_train = (X_train - X_train.mean(axis=0)) / _spread(X_train)
    X_new = (X_new - X_train.mean(axis=0)) / _spread(X_train)
    return X_train, X_new


@wrong(EX, "two columns only", "There may be more than two columns.")
def _(X_train, X_new):
    A, B = X_train.astype(float), X_new.astype(float)
    for j in range(min(2, A.shape[1])):
        mean, std = X_train[:, j].mean(), _spread(X_train[:, j])
        A[:, j] = (A[:, j] - mean) / std
        B[:, j] = (B[:, j] - mean) / std
    return A, B


@wrong(EX, "last column left out: range(n - 1)", "The last column is missing.")
def _(X_train, X_new):
    A, B = X_train.astype(float), X_new.astype(float)
    for j in range(A.shape[1] - 1):
        mean, std = X_train[:, j].mean(), _spread(X_train[:, j])
        A[:, j] = (A[:, j] - mean) / std
        B[:, j] = (B[:, j] - mean) / std
    return A, B


@wrong(
    EX, "divided first, then the old mean subtracted", "Subtract first, then divide."
)
def _(X_train, X_new):
    A, B = X_train.astype(float), X_new.astype(float)
    A = A / _spread(A)
    B = B / _spread(X_train)
    return A - X_train.mean(axis=0), B - X_train.mean(axis=0)


@wrong(EX, "except ZeroDivisionError", "NumPy does not raise here: it gives nan.")
def _(X_train, X_new):
    try:
        with np.errstate(all="ignore"):
            mean, std = X_train.mean(axis=0), X_train.std(axis=0)
            return (X_train - mean) / std, (X_new - mean) / std
    except ZeroDivisionError:
        return X_train * 0.0, X_new - X_train.mean(axis=0)


@wrong(
    EX, "if std == 0 on the whole array", "`if` takes one truth value, not an array."
)
def _(X_train, X_new):
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    if std == 0:
        std = 1
    return (X_train - mean) / std, (X_new - mean) / std


@wrong(EX, "refuses constant columns", "A constant column becomes 0; it is no error.")
def _(X_train, X_new):
    if (np.ptp(X_train, axis=0) == 0).any():
        raise ValueError("constant column")
    return _columns()(X_train, X_new)


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(X_train, X_new):
    mean, std = X_train.mean(axis=0), _spread(X_train)
    X_train = (X_train - mean) / std
    X_new = (X_new - mean) / std


@wrong(EX, "prints instead of returning", "You print; `return` the two.")
def _(X_train, X_new):
    print(*_columns()(X_train, X_new))


@wrong(
    EX, "state: fitted on the first call only", "Each call has its own training data."
)
def _(X_train, X_new, memory={}):
    mean, std = memory.setdefault(
        X_train.shape[1], (X_train.mean(axis=0), _spread(X_train))
    )
    return (X_train - mean) / std, (X_new - mean) / std


common(EX, 2, (np.array([[1.0], [-1.0]]), np.array([[0.0]])))

quiz_letters("05.Q", "d")


# --------------------------------------------------- 08.5 updates in three passes
numbers(
    "08.5",
    [
        ("int", 63),
        ("21 batches, three times", 3 * 21),
        ("rounded up with math.ceil", 3 * math.ceil(1010 / 50)),
        ("rounded up with np.ceil (a NumPy float)", 3 * np.ceil(1010 / 50)),
        ("rounded up by minus signs", 3 * -(-1010 // 50)),
        ("full batches and one more", (1010 // 50 + 1) * 3),
        ("(m + B - 1) // B", (1010 + 50 - 1) // 50 * 3),
        ("divmod", sum([divmod(1010, 50)[0], divmod(1010, 50)[1] > 0]) * 3),
        ("starts counted in a range", 3 * len(range(0, 1010, 50))),
        ("counted in a loop", sum(1 for _ in range(3) for _ in range(0, 1010, 50))),
        ("float", 63.0),
        ("np.int64", np.int64(63)),
        ("np.float32", np.float32(63)),
        ("array with one element", np.array([63])),
        ("0-d array", np.array(63)),
        (
            "counted in the package's batches",
            3
            * len(
                list(
                    nn_helpers.minibatches(
                        np.zeros((1010, 1)),
                        np.zeros(1010),
                        50,
                        np.random.default_rng(0),
                    )
                )
            ),
        ),
    ],
    [
        ("one pass only", "That is one pass; three are asked for.", 21),
        (
            "last batch dropped in each pass",
            "The 10 rows that are left make a batch too, in every pass.",
            3 * (1010 // 50),
        ),
        (
            "one pass, last batch dropped",
            "The 10 rows that are left make a batch too; and there are three passes.",
            1010 // 50,
        ),
        (
            "last batch counted once in all",
            "Each pass has its own last batch.",
            3 * (1010 // 50) + 1,
        ),
        (
            "not rounded",
            "An update is made or not: 20 full batches and one smaller one.",
            3 * 1010 / 50,
        ),
        (
            "one pass, not rounded",
            "An update is made or not; and there are three passes.",
            1010 / 50,
        ),
        (
            "three passes cut off at the end: int(60.6)",
            "Count one pass first: 20 full batches and one smaller one.",
            int(3 * 1010 / 50),
        ),
        (
            "an update for each row",
            "An update follows a batch, not a row.",
            3 * 1010,
        ),
        ("one update a pass", "That is the full batch; here 50 rows share one.", 3),
        ("two batches more than full ones", "Only one batch is left over.", 3 * 22),
        ("one too many", "So close: count one pass and take it three times.", 64),
        ("half an update off", "A count is a whole number.", 63.4),
        ("3 x 50", "That is the number of rows in three batches.", 3 * 50),
        ("rows and passes divided", "Divide by the batch, times the passes.", 337),
        (
            "all multiplied",
            "The rows are divided by the batch, not multiplied with it.",
            3 * 1010 * 50,
        ),
        ("rows that are left", "Those are the rows of the last batch.", 10),
        ("batch and rest exchanged", "50 is the size of a batch.", 3 * 10),
        ("batches of 32", "50 rows to a batch.", 3 * math.ceil(1010 / 32)),
        ("two passes", "Three passes, not two.", 2 * 21),
        ("ten passes", "Three passes, not ten.", 10 * 21),
        ("21 to the power of 3", "Passes add up: multiply by 3.", 21**3),
        (
            "bracket: ceil of 1010 / 150",
            "Three passes take three times the updates, not a third.",
            math.ceil(1010 / (3 * 50)),
        ),
        ("the text with the sum", "Without the quotation marks.", "3 * 21"),
        ("updates of each pass in a list", "Add the three up.", [21, 21, 21]),
    ],
    [
        ("list with one element", "Right, though a list is not needed.", [63]),
        ("Fraction", "Right; a plain 63 is enough.", Fraction(63)),
        ("last digits off", "A count is a whole number.", 63 + 1e-9),
    ],
)

# ------------------------------------------------------- 08.1 the batches of one pass
EX = "08.1"


@right(EX, "as the hints have it: order, loop, append")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        batches.append((X[rows], Y[rows]))
    return batches


right(
    EX,
    "comprehension over shuffled copies",
    lambda X, Y, batch_size, rng: [
        (A[s : s + batch_size], B[s : s + batch_size])
        for order in [rng.permutation(X.shape[0])]
        for A, B in [(X[order], Y[order])]
        for s in range(0, len(A), batch_size)
    ],
)


@right(EX, "X and Y renamed to their shuffled copies")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(Y))
    X, Y = X[order], Y[order]
    result = []
    for i in range(0, len(Y), batch_size):
        result.append((X[i : i + batch_size], Y[i : i + batch_size]))
    return result


@right(EX, "np.split at the multiples of batch_size")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    parts = np.split(order, np.arange(batch_size, len(X), batch_size))
    return [(X[part], Y[part]) for part in parts]


@right(EX, "np.array_split at the multiples, X and Y zipped")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    cuts = list(range(batch_size, len(X), batch_size))
    return list(zip(np.array_split(X[order], cuts), np.array_split(Y[order], cuts)))


@right(EX, "rng.shuffle on a list of row numbers")
def _(X, Y, batch_size, rng):
    order = list(range(len(X)))
    rng.shuffle(order)
    batches = []
    while order:
        now, order = order[:batch_size], order[batch_size:]
        batches.append((X[now], Y[now]))
    return batches


@right(EX, "rng.shuffle on np.arange, number of batches rounded up")
def _(X, Y, batch_size, rng):
    m = X.shape[0]
    index = np.arange(m)
    rng.shuffle(index)
    n_batches = math.ceil(m / batch_size)
    batches = []
    for k in range(n_batches):
        chosen = index[k * batch_size : min((k + 1) * batch_size, m)]
        batches.append((np.take(X, chosen, axis=0), np.take(Y, chosen, axis=0)))
    return batches


@right(EX, "full batches first, then what is left (as in the Coursera course)")
def _(X, Y, batch_size, rng):
    m = len(X)
    order = list(rng.permutation(m))
    shuffled_X, shuffled_Y = X[order], Y[order]
    full = m // batch_size
    batches = []
    for k in range(full):
        a, b = k * batch_size, (k + 1) * batch_size
        batches.append((shuffled_X[a:b], shuffled_Y[a:b]))
    if m % batch_size != 0:
        batches.append(
            (shuffled_X[full * batch_size :], shuffled_Y[full * batch_size :])
        )
    return batches


@right(EX, "pairs of rows shuffled, then stacked (as in Nielsen's book)")
def _(X, Y, batch_size, rng):
    pairs = list(zip(X, Y))
    order = rng.permutation(len(pairs))
    pairs = [pairs[i] for i in order]
    chunks = [pairs[k : k + batch_size] for k in range(0, len(pairs), batch_size)]
    return [
        (np.array([x for x, _ in chunk]), np.array([y for _, y in chunk]))
        for chunk in chunks
    ]


@right(EX, "random keys sorted, pairs as lists")
def _(X, Y, batch_size, rng):
    order = np.argsort(rng.random(len(X)))
    return [
        [X[order[s : s + batch_size]], Y[order[s : s + batch_size]]]
        for s in range(0, len(X), batch_size)
    ]


@right(EX, "rng.choice without replacement")
def _(X, Y, batch_size, rng):
    order = rng.choice(len(X), size=len(X), replace=False)
    return [
        (X[order[s : s + batch_size], ...], Y[order[s : s + batch_size], ...])
        for s in range(0, len(X), batch_size)
    ]


@right(EX, "drawn from a pool until it is empty")
def _(X, Y, batch_size, rng):
    pool = np.arange(len(X))
    batches = []
    while len(pool) > 0:
        now = rng.choice(pool, size=min(batch_size, len(pool)), replace=False)
        pool = np.setdiff1d(pool, now)
        batches.append((X[now], Y[now]))
    return batches


@right(EX, "row numbers popped one at a time")
def _(X, Y, batch_size, rng):
    left, batches, now = list(range(len(X))), [], []
    while left:
        now.append(left.pop(int(rng.integers(len(left)))))
        if len(now) == batch_size or not left:
            batches.append((X[now], Y[now]))
            now = []
    return batches


@right(EX, "itertools.islice on an iterator of the order")
def _(X, Y, batch_size, rng):
    places = iter(rng.permutation(len(X)).tolist())
    batches = []
    while rows := list(itertools.islice(places, batch_size)):
        batches.append((X[rows], Y[rows]))
    return batches


@right(EX, "a generator inside, its list returned")
def _(X, Y, batch_size, rng):
    def walk():
        order = rng.permutation(len(X))
        for start in range(0, len(order), batch_size):
            yield (
                X[order[start : start + batch_size]],
                Y[order[start : start + batch_size]],
            )

    return list(walk())


@right(EX, "copies shuffled alike: the state of rng set back")
def _(X, Y, batch_size, rng):
    state = rng.bit_generator.state
    A = rng.permutation(X)
    rng.bit_generator.state = state
    B = rng.permutation(Y)
    return [
        (A[s : s + batch_size], B[s : s + batch_size])
        for s in range(0, len(A), batch_size)
    ]


@border(
    EX,
    "in a batch by its number: order // batch_size",
    "Right batches; inside, the rows keep their old order.",
)
def _(X, Y, batch_size, rng):
    place = rng.permutation(len(X))  # where each row goes
    number = place // batch_size
    return [(X[number == k], Y[number == k]) for k in range(number.max() + 1)]


@right(EX, "a tuple of pairs, taken from the back of the order")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))[::-1]
    return tuple(
        (X[order[s : s + batch_size]], Y[order[s : s + batch_size]])
        for s in range(0, len(X), batch_size)
    )


right(
    EX,
    "np.random.default_rng(rng) (it gives rng back)",
    lambda X, Y, batch_size, rng: [
        (X[rows], Y[rows])
        for order in [np.random.default_rng(rng).permutation(len(X))]
        for rows in (
            order[s : s + batch_size] for s in range(0, len(order), batch_size)
        )
    ],
)
right(
    EX,
    "the package's own, as a list",
    lambda X, Y, batch_size, rng: list(nn_helpers.minibatches(X, Y, batch_size, rng)),
)


def _batching(order=None, starts=None, rows=None, pair=None, end=None):
    """The batches with one part exchanged."""
    order = order or (lambda X, r: r.permutation(len(X)))
    starts = starts or (lambda m, b: range(0, m, b))
    rows = rows or (lambda o, s, b: o[s : s + b])
    pair = pair or (lambda X, Y, i: (X[i], Y[i]))
    end = end or (lambda batches: batches)

    def f(X, Y, batch_size, rng):
        o = order(X, rng)
        return end(
            [pair(X, Y, rows(o, s, batch_size)) for s in starts(len(X), batch_size)]
        )

    return f


def _object_array(pairs):
    table = np.empty((len(pairs), 2), dtype=object)
    for k, (a, b) in enumerate(pairs):
        table[k, 0], table[k, 1] = a, b
    return table


@border(EX, "a generator: yield", "The batches are right; a list is asked for.")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    for s in range(0, len(X), batch_size):
        yield X[order[s : s + batch_size]], Y[order[s : s + batch_size]]


border(
    EX,
    "a zip",
    "The batches are right; a list is asked for.",
    _batching(end=lambda batches: zip(*zip(*batches))),
)
border(
    EX,
    "an array of objects",
    "The batches are right; a list is asked for.",
    _batching(end=_object_array),
)
border(
    EX,
    "a dictionary for each batch",
    "Right rows; a pair is asked for.",
    _batching(pair=lambda X, Y, i: {"X": X[i], "Y": Y[i]}),
)
border(
    EX,
    "lists of rows instead of arrays",
    "Right rows; X[rows] keeps them an array.",
    _batching(pair=lambda X, Y, i: ([X[j] for j in i], [Y[j] for j in i])),
)
border(
    EX,
    "lists of lists",
    "Right rows; leave them arrays.",
    _batching(pair=lambda X, Y, i: (X[i].tolist(), Y[i].tolist())),
)
border(
    EX,
    "float32",
    "Right, with fewer digits.",
    _batching(pair=lambda X, Y, i: (np.float32(X[i]), np.float32(Y[i]))),
)
border(
    EX,
    "sorted inside each batch",
    "Right batches; inside, the order does not matter.",
    _batching(rows=lambda o, s, b: np.sort(o[s : s + b])),
)
border(
    EX,
    "a child generator, seeded from rng",
    "Right, but rng can do this itself.",
    _batching(
        order=lambda X, r: np.random.default_rng(r.integers(2**31)).permutation(len(X))
    ),
)
border(
    EX,
    "starts at a random row, in file order from there",
    "One draw only: neighbours stay neighbours.",
    _batching(order=lambda X, r: np.roll(np.arange(len(X)), r.integers(len(X)))),
)


@border(EX, "side by side in one table (needs Y with two axes)", "X[order] is shorter.")
def _(X, Y, batch_size, rng):
    table = rng.permutation(np.hstack([X, Y.reshape(len(Y), -1)]))
    n = X.shape[1]
    return [
        (
            table[s : s + batch_size, :n],
            table[s : s + batch_size, n:].reshape(-1, *Y.shape[1:]),
        )
        for s in range(0, len(table), batch_size)
    ]


_orders_kept = {}

for _what, _teacher, _value in [
    # Which rows come, and in which order.
    (
        "not shuffled",
        "The rows come in their old order: let rng shuffle them.",
        _batching(order=lambda X, r: np.arange(len(X))),
    ),
    (
        "turned round instead of shuffled",
        "Backwards is no random order.",
        _batching(order=lambda X, r: np.arange(len(X))[::-1]),
    ),
    (
        "shuffled, then sorted again",
        "Your sort undoes the shuffling.",
        _batching(order=lambda X, r: np.sort(r.permutation(len(X)))),
    ),
    (
        "own seed: default_rng(0)",
        "You made a generator of your own: each pass gets the same order.",
        _batching(order=lambda X, r: np.random.default_rng(0).permutation(len(X))),
    ),
    (
        "own generator without a seed",
        "Draw with the rng that is handed in, or nobody can repeat the run.",
        _batching(order=lambda X, r: np.random.default_rng().permutation(len(X))),
    ),
    (
        "np.random.permutation",
        "Draw with rng, not with np.random.",
        _batching(order=lambda X, r: np.random.permutation(len(X))),
    ),
    (
        "np.random.RandomState(42)",
        "You made a generator of your own: each pass gets the same order.",
        _batching(order=lambda X, r: np.random.RandomState(42).permutation(len(X))),
    ),
    (
        "random.shuffle of Python",
        "Draw with rng, not with the module random.",
        _batching(order=lambda X, r: _std_shuffle(len(X))),
    ),
    (
        "a seed drawn by np.random for a new generator",
        "Draw with rng, or nobody can repeat the run.",
        _batching(
            order=lambda X, r: np.random.default_rng(
                np.random.randint(10**6)
            ).permutation(len(X))
        ),
    ),
    (
        "with replacement: rng.integers",
        "Some rows come twice and some never: use rng.permutation.",
        _batching(order=lambda X, r: r.integers(0, len(X), len(X))),
    ),
    (
        "with replacement: rng.choice as it stands",
        "rng.choice puts each row back: some come twice, some never.",
        _batching(order=lambda X, r: r.choice(len(X), len(X))),
    ),
    (
        "the last row can never come: permutation(m - 1)",
        "One row is missing: permutation(m) has all of 0 to m - 1.",
        _batching(order=lambda X, r: r.permutation(len(X) - 1)),
    ),
    (
        "row 0 can never come: shuffled range(1, m)",
        "Rows count from 0: the first is missing.",
        _batching(order=lambda X, r: r.permutation(np.arange(1, len(X)))),
    ),
    (
        "counted by columns",
        "The rows are counted by len(X), not by X.shape[1].",
        _batching(order=lambda X, r: r.permutation(X.shape[1])),
    ),
    (
        "state: the order of the first call for ever",
        "You drew the order once; each pass needs a new one.",
        _batching(
            order=lambda X, r: _orders_kept.setdefault(len(X), r.permutation(len(X)))
        ),
    ),
    (
        "rng.shuffle gives None: X[None]",
        "rng.shuffle changes its list and gives back None.",
        lambda X, Y, batch_size, rng: [
            (A[s : s + batch_size], B[s : s + batch_size])
            for order in [rng.shuffle(np.arange(len(X)))]
            for A, B in [(X[order], Y[order])]
            for s in range(0, len(X), batch_size)
        ],
    ),
    (
        "rng.shuffle gives None, cut into batches",
        "rng.shuffle changes its list and gives back None.",
        _batching(order=lambda X, r: r.shuffle(np.arange(len(X)))),
    ),
    (
        "rng.permutate (no such method)",
        "It is called rng.permutation.",
        _batching(order=lambda X, r: r.permutate(len(X))),
    ),
    (
        "rng called like a function",
        "rng is a generator, not a function: rng.permutation(m).",
        _batching(order=lambda X, r: r(len(X))),
    ),
    # Where the batches start and end.
    (
        "last batch dropped: range(m // B)",
        "What is left makes a batch too.",
        _batching(starts=lambda m, b: range(0, m // b * b, b)),
    ),
    (
        "last batch dropped even when full: range(0, m - B, B)",
        "Your range ends too early: the last rows are missing.",
        _batching(starts=lambda m, b: range(0, m - b, b)),
    ),
    (
        "last batch dropped unless full: range(0, m - B + 1, B)",
        "What is left makes a batch too.",
        _batching(starts=lambda m, b: range(0, m - b + 1, b)),
    ),
    (
        "number of batches rounded: round(m / B)",
        "Round up: what is left makes a batch too.",
        _batching(starts=lambda m, b: range(0, round(m / b) * b, b)),
    ),
    (
        "batch of one row left out: range(0, m - 1, B)",
        "A single row that is left makes a batch too.",
        _batching(starts=lambda m, b: range(0, m - 1, b)),
    ),
    (
        "empty last batch: range(0, m + 1, B)",
        "Where m divides evenly, your last batch is empty.",
        _batching(starts=lambda m, b: range(0, m + 1, b)),
    ),
    (
        "empty last batch: m // B + 1 batches",
        "Where m divides evenly, your last batch is empty.",
        _batching(starts=lambda m, b: range(0, (m // b + 1) * b, b)),
    ),
    (
        "always an empty batch at the end",
        "Your last batch is empty.",
        _batching(
            end=lambda batches: batches + [(batches[0][0][:0], batches[0][1][:0])]
        ),
    ),
    (
        "first batch left out: range(B, m, B)",
        "Start at 0: the first batch is missing.",
        _batching(starts=lambda m, b: range(b, m, b)),
    ),
    (
        "starts at 1",
        "Start at 0: the first row is missing.",
        _batching(starts=lambda m, b: range(1, m, b)),
    ),
    (
        "a start at every row: step forgotten",
        "Your range needs the step batch_size: the batches overlap.",
        _batching(starts=lambda m, b: range(m)),
    ),
    (
        "X.size instead of len(X): empty batches at the end",
        "X.size counts numbers, not rows.",
        lambda X, Y, batch_size, rng: [
            (X[order[s : s + batch_size]], Y[order[s : s + batch_size]])
            for order in [rng.permutation(len(X))]
            for s in range(0, X.size, batch_size)
        ],
    ),
    (
        "range(m / B): a float",
        "range wants whole numbers: use // and think of the rest.",
        _batching(starts=lambda m, b: range(m / b)),
    ),
    (
        "for over a number: len(X) without range",
        "`for` cannot walk over a number: range(len(X)).",
        _batching(starts=lambda m, b: m),
    ),
    (
        "off by one: order[s : s + B - 1]",
        "A slice stops before its end anyway: without the - 1.",
        _batching(rows=lambda o, s, b: o[s : s + b - 1]),
    ),
    (
        "off by one: order[s : s + B + 1]",
        "A slice one too long: a row stands in two batches.",
        _batching(rows=lambda o, s, b: o[s : s + b + 1]),
    ),
    (
        "off by one: order[s + 1 : s + B]",
        "The slice begins at s, not behind it.",
        _batching(rows=lambda o, s, b: o[s + 1 : s + b]),
    ),
    (
        "order[s : B]: only the first batch has rows",
        "The slice ends at s + batch_size.",
        _batching(rows=lambda o, s, b: o[s:b]),
    ),
    (
        "order[s :]: all the rest each time",
        "The slice needs an end.",
        _batching(rows=lambda o, s, b: o[s:]),
    ),
    (
        "order[: s + B]: growing batches",
        "The slice needs a start.",
        _batching(rows=lambda o, s, b: o[: s + b]),
    ),
    (
        "order[k : k + B] with k the number of the batch",
        "Batch k begins at k * batch_size.",
        _batching(rows=lambda o, s, b: o[s // b : s // b + b]),
    ),
    (
        "the first batch again and again",
        "Each batch begins where the last one ended.",
        _batching(rows=lambda o, s, b: o[:b]),
    ),
    (
        "order[s, s + B]: a comma",
        "A slice has a colon, not a comma.",
        _batching(rows=lambda o, s, b: o[s, s + b]),
    ),
    (
        "one row a batch: order[s : s + 1]",
        "batch_size rows to a batch.",
        _batching(rows=lambda o, s, b: o[s : s + 1]),
    ),
    (
        "one row a batch, all rows",
        "batch_size rows to a batch.",
        _batching(starts=lambda m, b: range(m), rows=lambda o, s, b: o[s : s + 1]),
    ),
    (
        "one row without its axis: order[s]",
        "batch_size rows to a batch.",
        _batching(starts=lambda m, b: range(m), rows=lambda o, s, b: o[s]),
    ),
    (
        "all rows in one batch",
        "batch_size rows to a batch.",
        _batching(starts=lambda m, b: [0], rows=lambda o, s, b: o),
    ),
    (
        "batches of 32 whatever is asked",
        "Use the batch_size that is handed in.",
        _batching(
            starts=lambda m, b: range(0, m, 32), rows=lambda o, s, b: o[s : s + 32]
        ),
    ),
    (
        "batches of 2 whatever is asked",
        "Use the batch_size that is handed in.",
        _batching(
            starts=lambda m, b: range(0, m, 2), rows=lambda o, s, b: o[s : s + 2]
        ),
    ),
    (
        "every n-th row: order[k::n]",
        "All batches but the last have batch_size rows.",
        lambda X, Y, batch_size, rng: [
            (X[order[k::n]], Y[order[k::n]])
            for order in [rng.permutation(len(X))]
            for n in [math.ceil(len(X) / batch_size)]
            for k in range(n)
        ],
    ),
    (
        "array_split by batch_size",
        "array_split(order, n) makes n parts, not parts of n rows.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for rows in np.array_split(rng.permutation(len(X)), batch_size)
        ],
    ),
    (
        "array_split into ceil(m / B) even parts",
        "Your parts are evened out: batch_size rows each, the last what is left.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for rows in np.array_split(
                rng.permutation(len(X)), math.ceil(len(X) / batch_size)
            )
        ],
    ),
    (
        "array_split into m // B parts",
        "Your parts are too big where m does not divide evenly.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for rows in np.array_split(rng.permutation(len(X)), len(X) // batch_size)
        ],
    ),
    (
        "np.split into m // B parts",
        "np.split only makes equal parts: it stops where some rows are left.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for rows in np.split(rng.permutation(len(X)), len(X) // batch_size)
        ],
    ),
    (
        "order.reshape(-1, B)",
        "reshape needs full batches: it stops where some rows are left.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for rows in rng.permutation(len(X)).reshape(-1, batch_size)
        ],
    ),
    (
        "np.resize: last batch filled up from the front",
        "Rows come twice: the last batch holds only what is left.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for rows in np.resize(
                rng.permutation(len(X)), (math.ceil(len(X) / batch_size), batch_size)
            )
        ],
    ),
    (
        "last batch always full: overlaps the one before",
        "The last batch holds only what is left.",
        _batching(rows=lambda o, s, b: o[max(0, min(s, len(o) - b)) : s + b]),
    ),
    (
        "what is left glued to the batch before",
        "What is left makes a batch of its own.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for order in [rng.permutation(len(X))]
            for rows in np.split(
                order,
                range(batch_size, len(X) - batch_size + 1, batch_size),
            )
        ],
    ),
    (
        "small batch first",
        "The last batch holds what is left, not the first.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for order in [rng.permutation(len(X))]
            for rows in np.split(
                order, range(len(X) % batch_size or batch_size, len(X), batch_size)
            )
        ],
    ),
    (
        "small batches left out: if len(rows) < B: continue",
        "What is left makes a batch too.",
        _batching(
            end=lambda batches: [p for p in batches if len(p[0]) == len(batches[0][0])]
        ),
    ),
    # Drawn batch by batch.
    (
        "each batch drawn anew with rng.choice",
        "Each batch is drawn from all rows: some come twice, some never.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for s in range(0, len(X), batch_size)
            for rows in [rng.choice(len(X), min(batch_size, len(X) - s))]
        ],
    ),
    (
        "each batch drawn anew, without doubles inside",
        "Each batch is drawn from all rows: some come twice, some never.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for s in range(0, len(X), batch_size)
            for rows in [rng.choice(len(X), min(batch_size, len(X) - s), replace=False)]
        ],
    ),
    (
        "permutation inside the loop: a new order for each batch",
        "Draw the order once, before the loop.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for s in range(0, len(X), batch_size)
            for rows in [rng.permutation(len(X))[s : s + batch_size]]
        ],
    ),
    (
        "only shuffled inside the batches",
        "Your batches hold the same rows in every pass.",
        lambda X, Y, batch_size, rng: [
            (X[rows], Y[rows])
            for s in range(0, len(X), batch_size)
            for rows in [rng.permutation(np.arange(s, min(s + batch_size, len(X))))]
        ],
    ),
    (
        "only the order of the batches shuffled",
        "Your batches hold the same rows in every pass.",
        lambda X, Y, batch_size, rng: [
            (X[s : s + batch_size], Y[s : s + batch_size])
            for s in rng.permutation(np.arange(0, len(X), batch_size))
        ],
    ),
    (
        "full batches shuffled among themselves, small one stays last",
        "Your batches hold the same rows in every pass.",
        lambda X, Y, batch_size, rng: [
            (
                X[k * batch_size : (k + 1) * batch_size],
                Y[k * batch_size : (k + 1) * batch_size],
            )
            for k in [
                *rng.permutation(len(X) // batch_size),
                *([len(X) // batch_size] if len(X) % batch_size else []),
            ]
        ],
    ),
    # X and Y.
    (
        "X and Y shuffled apart: rng.permutation twice",
        "X and Y need the same order: draw it once.",
        _batching(
            order=lambda X, r: np.stack(
                [r.permutation(len(X)), r.permutation(len(X))], axis=1
            ),
            pair=lambda X, Y, i: (X[i[:, 0]], Y[i[:, 1]]),
        ),
    ),
    (
        "copies shuffled apart: rng.permutation(X), rng.permutation(Y)",
        "X and Y need the same order: draw it once.",
        lambda X, Y, batch_size, rng: [
            (A[s : s + batch_size], B[s : s + batch_size])
            for A, B in [(rng.permutation(X), rng.permutation(Y))]
            for s in range(0, len(X), batch_size)
        ],
    ),
    (
        "each column shuffled apart: rng.permuted",
        "rng.permuted tears the rows apart.",
        lambda X, Y, batch_size, rng: [
            (A[s : s + batch_size], B[s : s + batch_size])
            for A, B in [(rng.permuted(X, axis=0), rng.permuted(Y, axis=0))]
            for s in range(0, len(X), batch_size)
        ],
    ),
    (
        "only X shuffled",
        "Y stayed in the old order: the rows no longer belong together.",
        lambda X, Y, batch_size, rng: [
            (X[order[s : s + batch_size]], Y[s : s + batch_size])
            for order in [rng.permutation(len(X))]
            for s in range(0, len(X), batch_size)
        ],
    ),
    (
        "only Y shuffled",
        "X stayed in the old order: the rows no longer belong together.",
        lambda X, Y, batch_size, rng: [
            (X[s : s + batch_size], Y[order[s : s + batch_size]])
            for order in [rng.permutation(len(X))]
            for s in range(0, len(X), batch_size)
        ],
    ),
    (
        "Y backwards",
        "Y needs the same order as X.",
        _batching(pair=lambda X, Y, i: (X[i], Y[i][::-1])),
    ),
    (
        "Y in the inverse order",
        "Y needs the same order as X, not its inverse.",
        lambda X, Y, batch_size, rng: [
            (X[order[s : s + batch_size]], Y[np.argsort(order)[s : s + batch_size]])
            for order in [rng.permutation(len(X))]
            for s in range(0, len(X), batch_size)
        ],
    ),
    (
        "shuffled twice: order[order] for Y",
        "Y was shuffled once more than X.",
        lambda X, Y, batch_size, rng: [
            (X[order[s : s + batch_size]], Y[order][order[s : s + batch_size]])
            for order in [rng.permutation(len(X))]
            for s in range(0, len(X), batch_size)
        ],
    ),
    (
        "Y whole in each pair",
        "Y has to be cut too.",
        _batching(pair=lambda X, Y, i: (X[i], Y)),
    ),
    (
        "X whole in each pair",
        "X has to be cut too.",
        _batching(pair=lambda X, Y, i: (X, Y[i])),
    ),
    ("only X", "The rows of Y are missing.", _batching(pair=lambda X, Y, i: X[i])),
    ("only Y", "The rows of X are missing.", _batching(pair=lambda X, Y, i: Y[i])),
    (
        "X twice",
        "The second of the pair is Y.",
        _batching(pair=lambda X, Y, i: (X[i], X[i])),
    ),
    (
        "Y first",
        "X comes first in a pair.",
        _batching(pair=lambda X, Y, i: (Y[i], X[i])),
    ),
    (
        "row numbers only",
        "Those are row numbers; return the rows.",
        _batching(pair=lambda X, Y, i: i),
    ),
    (
        "row numbers in the pair",
        "Those are row numbers; return the rows.",
        _batching(pair=lambda X, Y, i: (i, i)),
    ),
    (
        "three in each: number, X, Y",
        "A pair is asked for.",
        _batching(end=lambda batches: [(k, a, b) for k, (a, b) in enumerate(batches)]),
    ),
    (
        "two lists: all of X, all of Y",
        "A list of pairs, not a pair of lists.",
        _batching(
            end=lambda batches: ([a for a, _ in batches], [b for _, b in batches])
        ),
    ),
    (
        "flat: += pair",
        "Append the pair as one thing: without it X and Y alternate.",
        _batching(end=lambda batches: [a for pair in batches for a in pair]),
    ),
    (
        "shuffled, but not cut: (X[order], Y[order])",
        "Cut the rows into batches.",
        lambda X, Y, batch_size, rng: [(X[o], Y[o]) for o in [rng.permutation(len(X))]][
            0
        ],
    ),
    (
        "pairs of single rows: zip(X, Y)",
        "Those are single rows; batch_size rows to a batch.",
        lambda X, Y, batch_size, rng: [(X[i], Y[i]) for i in rng.permutation(len(X))],
    ),
    (
        "lists of row pairs (Nielsen's mini_batches)",
        "In a pair all rows of X come first, then all of Y.",
        _batching(pair=lambda X, Y, i: [(X[j], Y[j]) for j in i]),
    ),
    (
        "columns of X",
        "Rows are the first axis: X[rows], not X[:, rows].",
        _batching(pair=lambda X, Y, i: (X[:, i], Y[i])),
    ),
    (
        "turned over",
        "Rows stay rows.",
        _batching(pair=lambda X, Y, i: (X[i].T, Y[i].T)),
    ),
    (
        "rows flattened",
        "Keep the shape of the rows.",
        _batching(pair=lambda X, Y, i: (X[i].ravel(), Y[i].ravel())),
    ),
    (
        "an axis too many: X[[rows]]",
        "Brackets too many: X[rows].",
        _batching(pair=lambda X, Y, i: (X[i][None], Y[i][None])),
    ),
    (
        "last column of X lost (taken for the label)",
        "Keep X and Y as they are.",
        _batching(pair=lambda X, Y, i: (X[i][:, :-1], Y[i])),
    ),
    (
        "means of the batches",
        "The rows themselves are asked for, not their mean.",
        _batching(pair=lambda X, Y, i: (X[i].mean(axis=0), Y[i].mean(axis=0))),
    ),
    (
        "sizes of the batches",
        "Those are the sizes; return the rows.",
        _batching(pair=lambda X, Y, i: len(i)),
    ),
    (
        "X divided by 255 on the way",
        "Keep the rows as they are.",
        _batching(pair=lambda X, Y, i: (X[i] / 255, Y[i])),
    ),
    (
        "as text",
        "Return the rows, not a text.",
        _batching(pair=lambda X, Y, i: (str(X[i]), str(Y[i]))),
    ),
    (
        "a dictionary by the number of the batch",
        "A list is asked for.",
        _batching(end=lambda batches: {k: pair for k, pair in enumerate(batches)}),
    ),
    (
        "first batch only: batches[0]",
        "Return all batches.",
        _batching(end=lambda batches: batches[0]),
    ),
    (
        "the last batch only",
        "Return all batches.",
        _batching(end=lambda batches: batches[-1:]),
    ),
    (
        "the first batch twice",
        "The first batch comes twice.",
        _batching(end=lambda batches: batches[:1] + batches),
    ),
    (
        "the number of batches",
        "Return the batches, not how many there are.",
        _batching(end=len),
    ),
    (
        "two passes",
        "One pass only: each row once.",
        _batching(end=lambda batches: batches + batches),
    ),
    (
        "keeps only what the package's generator yields first",
        "next gives one batch; return them all.",
        lambda X, Y, batch_size, rng: [
            next(nn_helpers.minibatches(X, Y, batch_size, rng))
        ],
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(
    EX, "rng.shuffle in place on the caller's X and Y", "X and Y are shuffled apart."
)
def _(X, Y, batch_size, rng):
    rng.shuffle(X)
    rng.shuffle(Y)
    return [
        (X[s : s + batch_size], Y[s : s + batch_size])
        for s in range(0, len(X), batch_size)
    ]


@wrong(
    EX,
    "rng.shuffle in place, alike (right batches, the caller's arrays changed)",
    "The batches are right, but the caller's X and Y come back in another order.",
)
def _(X, Y, batch_size, rng):
    state = rng.bit_generator.state
    rng.shuffle(X)
    rng.bit_generator.state = state
    rng.shuffle(Y)
    return [
        (X[s : s + batch_size].copy(), Y[s : s + batch_size].copy())
        for s in range(0, len(X), batch_size)
    ]


@wrong(
    EX,
    "X[:] = X[order] (right batches, the caller's arrays changed)",
    "The batches are right, but the caller's X and Y come back in another order.",
)
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    X[:] = X[order]
    Y[:] = Y[order]
    return [
        (X[s : s + batch_size].copy(), Y[s : s + batch_size].copy())
        for s in range(0, len(X), batch_size)
    ]


@wrong(
    EX, "only X shuffled in place", "Y stayed behind, and the caller's X has changed."
)
def _(X, Y, batch_size, rng):
    rng.shuffle(X)
    return [
        (X[s : s + batch_size], Y[s : s + batch_size])
        for s in range(0, len(X), batch_size)
    ]


@wrong(EX, "X[order] as a statement, not kept", "X[order] is a new array: keep it.")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    X[order]
    Y[order]
    return [
        (X[s : s + batch_size], Y[s : s + batch_size])
        for s in range(0, len(X), batch_size)
    ]


@wrong(
    EX, "append of two things: TypeError", "append takes one thing: a pair in brackets."
)
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for s in range(0, len(X), batch_size):
        rows = order[s : s + batch_size]
        batches.append(X[rows], Y[rows])
    return batches


@wrong(
    EX, "batches = batches.append(...)", "append changes the list and gives back None."
)
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for s in range(0, len(X), batch_size):
        rows = order[s : s + batch_size]
        batches = batches.append((X[rows], Y[rows]))
    return batches


@wrong(EX, "extend instead of append", "extend takes the pair apart; append keeps it.")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for s in range(0, len(X), batch_size):
        rows = order[s : s + batch_size]
        batches.extend((X[rows], Y[rows]))
    return batches


@wrong(
    EX, "batches[k] = ... into an empty list", "An empty list has no place k: append."
)
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for k in range(math.ceil(len(X) / batch_size)):
        rows = order[k * batch_size : (k + 1) * batch_size]
        batches[k] = (X[rows], Y[rows])
    return batches


@wrong(EX, "append outside the loop (indentation)", "Only the last batch is appended.")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for s in range(0, len(X), batch_size):
        rows = order[s : s + batch_size]
    batches.append((X[rows], Y[rows]))
    return batches


@wrong(EX, "return inside the loop", "Your `return` stands inside the loop: one batch.")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for s in range(0, len(X), batch_size):
        rows = order[s : s + batch_size]
        batches.append((X[rows], Y[rows]))
        return batches


@wrong(EX, "empty list made anew in the loop", "Make the list before the loop.")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    for s in range(0, len(X), batch_size):
        batches = []
        rows = order[s : s + batch_size]
        batches.append((X[rows], Y[rows]))
    return batches


@wrong(EX, "np.append instead of append", "np.append melts all into one long array.")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = np.array([])
    for s in range(0, len(X), batch_size):
        rows = order[s : s + batch_size]
        batches = np.append(batches, (X[rows], Y[rows]))
    return batches


@wrong(
    EX,
    "list grows over calls: a default argument",
    "Each call needs a list of its own.",
)
def _(X, Y, batch_size, rng, batches=[]):
    order = rng.permutation(len(X))
    for s in range(0, len(X), batch_size):
        rows = order[s : s + batch_size]
        batches.append((X[rows], Y[rows]))
    return batches


@wrong(
    EX, "columns are examples (as in the Coursera course)", "Here rows are examples."
)
def _(X, Y, batch_size, rng):
    m = X.shape[1]
    order = list(rng.permutation(m))
    A, B = X[:, order], Y[:, order].reshape((Y.shape[0], m))
    batches = []
    for k in range(math.ceil(m / batch_size)):
        batches.append(
            (
                A[:, k * batch_size : (k + 1) * batch_size],
                B[:, k * batch_size : (k + 1) * batch_size],
            )
        )
    return batches


@wrong(EX, "stops when batch_size does not divide m", "What is left makes a batch too.")
def _(X, Y, batch_size, rng):
    assert len(X) % batch_size == 0
    return _batching()(X, Y, batch_size, rng)


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    batches = []
    for s in range(0, len(X), batch_size):
        rows = order[s : s + batch_size]
        batches.append((X[rows], Y[rows]))


@wrong(EX, "prints instead of returning", "You print; `return` the list.")
def _(X, Y, batch_size, rng):
    for s in range(0, len(X), batch_size):
        print(len(X[s : s + batch_size]))


@wrong(EX, "loop: start never moved on", "start never becomes bigger.")
def _(X, Y, batch_size, rng):
    order = rng.permutation(len(X))
    start = 0
    while start < len(order):
        rows = order[start : start + batch_size]
        pair = (X[rows], Y[rows])
    return [pair]


@wrong(
    EX, "loop: draws until all rows came by chance", "Draw an order, not row by row."
)
def _(X, Y, batch_size, rng):
    seen = set()
    while len(seen) <= len(X):  # one more than there are
        seen.add(int(rng.integers(len(X))))
    rows = list(seen)
    return [(X[rows], Y[rows])]


common(EX, 4, [(np.ones((2, 3)), np.ones((2, 1)))])

# -------------------------------------------------- 08.2 choose, then open the envelope
EX = "08.2"


@right(EX, "np.argmax over the validation accuracies")
def _(networks, X_val, y_val, test):
    scores = [np.mean(network.predict(X_val) == y_val) for network in networks]
    best = np.argmax(scores)
    return best, test.accuracy(networks[best])


right(
    EX,
    "one line: max with a key",
    lambda networks, X_val, y_val, test: (
        lambda best: (best, test.accuracy(networks[best]))
    )(
        max(
            range(len(networks)),
            key=lambda k: (networks[k].predict(X_val) == y_val).sum(),
        )
    ),
)


@right(EX, "a loop that keeps the best so far")
def _(networks, X_val, y_val, test):
    best, best_accuracy = 0, -1
    for i in range(len(networks)):
        accuracy = (networks[i].predict(X_val) == y_val).mean()
        if accuracy > best_accuracy:
            best, best_accuracy = i, accuracy
    final = test.accuracy(networks[best])
    return best, final


@right(EX, "enumerate, the best network kept too, a list returned")
def _(networks, X_val, y_val, test):
    most, place, chosen = -1, None, None
    for i, network in enumerate(networks):
        right_ones = 0
        for guess, truth in zip(network.predict(X_val), y_val):
            if guess == truth:
                right_ones += 1
        if right_ones > most:
            most, place, chosen = right_ones, i, network
    return [place, test.accuracy(chosen)]


@right(EX, "the package's accuracy, list.index")
def _(networks, X_val, y_val, test):
    scores = [nn_helpers.accuracy(n.predict(X_val), y_val) for n in networks]
    place = scores.index(max(scores))
    return place, float(test.accuracy(networks[place]))


@right(EX, "fewest errors: argmin")
def _(networks, X_val, y_val, test):
    errors = np.array([np.sum(n.predict(X_val) != y_val) for n in networks])
    place = int(errors.argmin())
    return place, test.accuracy(networks[place])


@right(EX, "the validation rows in an envelope of their own")
def _(networks, X_val, y_val, test):
    validation = nn_helpers.TestSet(X_val, y_val)
    scores = list(map(validation.accuracy, networks))
    best = int(np.argmax(scores))
    return best, test.accuracy(networks[best])


@right(EX, "a table of all predictions")
def _(networks, X_val, y_val, test):
    guesses = np.stack([network.predict(X_val) for network in networks])
    best = (guesses == y_val).mean(axis=1).argmax()
    return best, test.accuracy(networks[best])


@right(EX, "largest logit by hand")
def _(networks, X_val, y_val, test):
    scores = []
    for network in networks:
        Z = network.forward(X_val)
        scores.append(np.mean(Z.argmax(axis=1) == y_val))
    best = int(np.argmax(scores))
    return best, test.accuracy(networks[best])


@right(EX, "largest probability by hand")
def _(networks, X_val, y_val, test):
    scores = {
        i: float(np.mean(np.argmax(n.predict_proba(X_val), axis=1) == y_val))
        for i, n in enumerate(networks)
    }
    best = max(scores, key=scores.get)
    return best, test.accuracy(networks[best])


@right(EX, "sorted pairs, first of the best")
def _(networks, X_val, y_val, test):
    ranking = sorted(
        (-np.mean(n.predict(X_val) == y_val), i) for i, n in enumerate(networks)
    )
    place = ranking[0][1]
    return place, test.accuracy(networks[place])


@right(EX, "argsort, the last one (on a tie the last of the best)")
def _(networks, X_val, y_val, test):
    scores = np.array([np.mean(n.predict(X_val) == y_val) for n in networks])
    place = np.argsort(scores, kind="stable")[-1]
    return place, test.accuracy(networks[place])


@right(EX, ">= in the loop (on a tie the last of the best), NumPy numbers")
def _(networks, X_val, y_val, test):
    best, top = np.int64(0), np.float64(0)
    for i, network in enumerate(networks):
        now = np.mean(network.predict(X_val) == y_val)
        if now >= top:
            best, top = np.int64(i), now
    return best, np.float64(test.accuracy(networks[best]))


def _reporting(score=None, choose=None, share=None, end=None):
    """The report with one part exchanged."""
    score = score or (lambda n, X, y: np.mean(n.predict(X) == y))
    choose = choose or (lambda scores: int(np.argmax(scores)))
    share = share or (lambda networks, k, test, scores: test.accuracy(networks[k]))
    end = end or (lambda k, a: (k, a))

    def f(networks, X_val, y_val, test):
        scores = [score(n, X_val, y_val) for n in networks]
        k = choose(scores)
        return end(k, share(networks, k, test, scores))

    return f


border(
    EX,
    "lowest validation loss instead of the most right",
    "Honest too: early stopping chose by the validation loss. Say so in the report.",
    _reporting(
        score=lambda n, X, y: (
            -nn_helpers.softmax_cross_entropy(
                n.forward(X), np.eye(n.forward(X).shape[1])[y]
            )
        )
    ),
)
border(
    EX,
    "highest mean probability of the right class",
    "Honest too, since only the validation rows choose.",
    _reporting(score=lambda n, X, y: n.predict_proba(X)[np.arange(len(y)), y].mean()),
)
border(
    EX,
    "class numbers nearest to the labels (mean absolute difference)",
    "Honest, but class numbers are names: an 8 for a 9 is as wrong as a 1.",
    _reporting(score=lambda n, X, y: -np.abs(n.predict(X) - y).mean()),
)
border(
    EX,
    "opened twice for the chosen network (printed, then returned)",
    "No harm done, as nothing was decided; but keep the number in a variable.",
    _reporting(
        share=lambda networks, k, test, scores: (
            print(test.accuracy(networks[k])),
            test.accuracy(networks[k]),
        )[1]
    ),
)
border(
    EX,
    "rounded to three digits",
    "You may round in the print; return the number as it is.",
    _reporting(end=lambda k, a: (k, round(float(a), 3))),
)
border(
    EX,
    "an array with both",
    "Right; two things are better kept apart.",
    _reporting(end=lambda k, a: np.array([k, a])),
)
border(
    EX,
    "the place as a float",
    "A place is a whole number.",
    _reporting(end=lambda k, a: (float(k), a)),
)
border(
    EX,
    "a dictionary",
    "Right values; return place, accuracy.",
    _reporting(end=lambda k, a: {"place": k, "accuracy": a}),
)
border(
    EX,
    "place, test accuracy and validation accuracy",
    "The third number is not asked for, though labelled it may stand in a report.",
    lambda networks, X_val, y_val, test: (
        *_reporting()(networks, X_val, y_val, test),
        max(np.mean(n.predict(X_val) == y_val) for n in networks),
    ),
)


@border(EX, "a copy of the chosen network is tested", "Right; the copy is not needed.")
def _(networks, X_val, y_val, test):
    import copy

    k = int(np.argmax([np.mean(n.predict(X_val) == y_val) for n in networks]))
    return k, test.accuracy(copy.deepcopy(networks[k]))


_report_kept = {}


def _peek(test):
    """The rows in the envelope, taken past the counter."""
    if hasattr(test, "X"):
        return test.X, test.y
    return test._X, test._y


for _what, _teacher, _value in [
    # The test set chooses.
    (
        "chosen on the test set",
        "The test set chose: its number is no honest estimate any more.",
        lambda networks, X_val, y_val, test: max(
            ((i, test.accuracy(n)) for i, n in enumerate(networks)),
            key=lambda pair: pair[1],
        ),
    ),
    (
        "chosen on the test set, opened once more at the end",
        "The test set chose: its number is no honest estimate any more.",
        lambda networks, X_val, y_val, test: [
            (k, test.accuracy(networks[k]))
            for k in [int(np.argmax([test.accuracy(n) for n in networks]))]
        ][0],
    ),
    (
        "chosen on the test set, validation accuracy reported",
        "You exchanged the jobs of the two sets.",
        lambda networks, X_val, y_val, test: [
            (k, np.mean(networks[k].predict(X_val) == y_val))
            for k in [int(np.argmax([test.accuracy(n) for n in networks]))]
        ][0],
    ),
    (
        "right choice, but the test set opened for each network",
        "Open the test set for the chosen network alone.",
        lambda networks, X_val, y_val, test: [
            (k, shares[k])
            for shares in [[test.accuracy(n) for n in networks]]
            for k in [
                int(np.argmax([np.mean(n.predict(X_val) == y_val) for n in networks]))
            ]
        ][0],
    ),
    (
        "best mean of validation and test",
        "The test set helped to choose.",
        lambda networks, X_val, y_val, test: [
            (k, shares[k])
            for shares in [[test.accuracy(n) for n in networks]]
            for k in [
                int(
                    np.argmax(
                        [
                            a + np.mean(n.predict(X_val) == y_val)
                            for a, n in zip(shares, networks)
                        ]
                    )
                )
            ]
        ][0],
    ),
    (
        "smallest gap between validation and test",
        "The test set helped to choose.",
        lambda networks, X_val, y_val, test: [
            (k, shares[k])
            for shares in [[test.accuracy(n) for n in networks]]
            for k in [
                int(
                    np.argmin(
                        [
                            abs(a - np.mean(n.predict(X_val) == y_val))
                            for a, n in zip(shares, networks)
                        ]
                    )
                )
            ]
        ][0],
    ),
    (
        "test.X and test.y read directly",
        "You went past the envelope: test.accuracy counts, test.X does not.",
        _reporting(
            share=lambda networks, k, test, scores: np.mean(
                networks[k].predict(test.X) == test.y
            )
        ),
    ),
    (
        "test._X and test._y read directly",
        "You went past the envelope: test.accuracy counts, test._X does not.",
        _reporting(
            share=lambda networks, k, test, scores: np.mean(
                networks[k].predict(_peek(test)[0]) == _peek(test)[1]
            )
        ),
    ),
    (
        "chosen on test.X past the counter, opened once",
        "The test rows chose, even if the counter did not see it.",
        lambda networks, X_val, y_val, test: [
            (k, test.accuracy(networks[k]))
            for A, b in [_peek(test)]
            for k in [int(np.argmax([np.mean(n.predict(A) == b) for n in networks]))]
        ][0],
    ),
    # The wrong number.
    (
        "validation accuracy reported",
        "The validation rows chose, so their number flatters: open the test set.",
        _reporting(share=lambda networks, k, test, scores: scores[k]),
    ),
    (
        "test set opened, validation accuracy reported all the same",
        "The validation rows chose, so their number flatters: report the other one.",
        _reporting(
            share=lambda networks, k, test, scores: (
                test.accuracy(networks[k]),
                scores[k],
            )[1]
        ),
    ),
    (
        "the better of the two numbers",
        "You chose the number after you had seen it.",
        _reporting(
            share=lambda networks, k, test, scores: max(
                scores[k], test.accuracy(networks[k])
            )
        ),
    ),
    (
        "the worse of the two numbers",
        "Careful, but the test accuracy alone is the honest number.",
        _reporting(
            share=lambda networks, k, test, scores: min(
                scores[k], test.accuracy(networks[k])
            )
        ),
    ),
    (
        "mean of validation and test accuracy",
        "The validation number flatters and has no place in the mean.",
        _reporting(
            share=lambda networks, k, test, scores: (
                (scores[k] + test.accuracy(networks[k])) / 2
            )
        ),
    ),
    (
        "mean validation accuracy of all networks",
        "The accuracy of the chosen network is asked for.",
        _reporting(share=lambda networks, k, test, scores: np.mean(scores)),
    ),
    (
        "mean test accuracy of all networks",
        "Test the chosen network alone.",
        _reporting(
            share=lambda networks, k, test, scores: np.mean(
                [test.accuracy(n) for n in networks]
            )
        ),
    ),
    (
        "test accuracy of the first network",
        "You tested networks[0], not the chosen one.",
        _reporting(share=lambda networks, k, test, scores: test.accuracy(networks[0])),
    ),
    (
        "test accuracy of the last network (the loop variable)",
        "After the loop `network` is the last one, not the best.",
        _reporting(share=lambda networks, k, test, scores: test.accuracy(networks[-1])),
    ),
    (
        "test accuracy of the next network",
        "Places count from 0: you tested the next one.",
        _reporting(
            share=lambda networks, k, test, scores: test.accuracy(
                networks[(k + 1) % len(networks)]
            )
        ),
    ),
    (
        "in percent",
        "An accuracy lies from 0 to 1: not in percent.",
        _reporting(end=lambda k, a: (k, 100 * a)),
    ),
    (
        "share of errors",
        "That is the share that is wrong.",
        _reporting(end=lambda k, a: (k, 1 - a)),
    ),
    (
        "as text",
        "Return a number; make a text of it when you print.",
        _reporting(end=lambda k, a: (k, f"{a:.1%}")),
    ),
    (
        "rounded to a whole number",
        "Do not round it to 0 or 1.",
        _reporting(end=lambda k, a: (k, round(float(a)))),
    ),
    (
        "the interval instead of the accuracy",
        "The accuracy itself is asked for.",
        _reporting(end=lambda k, a: (k, nn_helpers.accuracy_interval(float(a), 100))),
    ),
    (
        "the low end of the interval",
        "The accuracy itself is asked for.",
        _reporting(
            end=lambda k, a: (k, nn_helpers.accuracy_interval(float(a), 100)[0])
        ),
    ),
    (
        "number of right answers on the validation rows",
        "That is a count, and on the rows that chose.",
        _reporting(
            score=lambda n, X, y: np.sum(n.predict(X) == y),
            share=lambda networks, k, test, scores: scores[k],
        ),
    ),
    (
        "how often it was opened",
        "That is the counter; the accuracy is what test.accuracy gives back.",
        _reporting(
            share=lambda networks, k, test, scores: (
                test.accuracy(networks[k]),
                test.opened,
            )[1]
        ),
    ),
    (
        "test.accuracy without a call",
        "You return the method itself: call it with the network.",
        _reporting(share=lambda networks, k, test, scores: test.accuracy),
    ),
    (
        "test.accuracy of the place",
        "test.accuracy wants the network, not its place.",
        _reporting(share=lambda networks, k, test, scores: test.accuracy(k)),
    ),
    (
        "test.accuracy of the whole list",
        "test.accuracy wants one network.",
        _reporting(share=lambda networks, k, test, scores: test.accuracy(networks)),
    ),
    (
        "test.accuracy of the predictions",
        "test.accuracy wants the network; it predicts on its own.",
        lambda networks, X_val, y_val, test: (
            0,
            test.accuracy(networks[0].predict(X_val)),
        ),
    ),
    # The wrong choice.
    (
        "worst on the validation rows: argmin",
        "You took the worst: argmax.",
        _reporting(choose=lambda scores: int(np.argmin(scores))),
    ),
    (
        "always the first",
        "You did not choose: ask the validation rows.",
        _reporting(choose=lambda scores: 0),
    ),
    (
        "always the last",
        "You did not choose: ask the validation rows.",
        _reporting(choose=lambda scores: len(scores) - 1),
    ),
    (
        "the second best",
        "argsort()[-2] is the second best.",
        _reporting(choose=lambda scores: int(np.argsort(scores)[-2])),
    ),
    (
        "the middle of the ranking",
        "Take the best on the validation rows.",
        _reporting(choose=lambda scores: int(np.argsort(scores)[len(scores) // 2])),
    ),
    (
        "the first that beats the one before",
        "You stop at the first rise: look at all of them.",
        _reporting(
            choose=lambda scores: next(
                (i for i in range(1, len(scores)) if scores[i] > scores[i - 1]), 0
            )
        ),
    ),
    (
        "the last that beats the one before (best never updated)",
        "Compare with the best so far, not with the one before.",
        _reporting(
            choose=lambda scores: max(
                (i for i in range(1, len(scores)) if scores[i] > scores[i - 1]),
                default=0,
            )
        ),
    ),
    (
        "most confident on the validation rows",
        "To be sure is not to be right: compare with y_val.",
        _reporting(score=lambda n, X, y: n.predict_proba(X).max(axis=1).mean()),
    ),
    (
        "largest sum of predictions",
        "Compare the predictions with y_val before you count.",
        _reporting(score=lambda n, X, y: n.predict(X).sum()),
    ),
    (
        "first validation row only",
        "All validation rows count.",
        _reporting(score=lambda n, X, y: float(n.predict(X)[0] == y[0])),
    ),
    (
        "most errors: != instead of ==",
        "!= counts the errors: you took the worst.",
        _reporting(score=lambda n, X, y: np.mean(n.predict(X) != y)),
    ),
    (
        "highest validation loss",
        "A high loss is bad: take the lowest.",
        _reporting(
            score=lambda n, X, y: nn_helpers.softmax_cross_entropy(
                n.forward(X), np.eye(n.forward(X).shape[1])[y]
            )
        ),
    ),
    (
        "probabilities compared with the labels",
        "predict_proba gives a table; compare predict with y_val.",
        _reporting(score=lambda n, X, y: np.mean(n.predict_proba(X) == y[:, None])),
    ),
    (
        "means compared: predict(X).mean() == y.mean()",
        "Compare row by row, then take the mean.",
        _reporting(score=lambda n, X, y: float(n.predict(X).mean() == y.mean())),
    ),
    (
        "if on the whole comparison",
        "`if` wants one truth value, not one for each row.",
        _reporting(score=lambda n, X, y: 1 if n.predict(X) == y else 0),
    ),
    (
        "network.accuracy (no such method)",
        "A network has predict; the accuracy you compute yourself.",
        _reporting(score=lambda n, X, y: n.accuracy(X, y)),
    ),
    (
        "network called like a function",
        "Write network.predict(X_val).",
        _reporting(score=lambda n, X, y: np.mean(n(X) == y)),
    ),
    (
        "network.predict without a call",
        "You compare the method, not its answers: predict(X_val).",
        _reporting(score=lambda n, X, y: np.mean(n.predict == y)),
    ),
    (
        "X_val and y_val exchanged",
        "predict wants X_val.",
        _reporting(score=lambda n, X, y: np.mean(n.predict(y) == X)),
    ),
    (
        "fewest weights",
        "Ask the validation rows, not the size.",
        _reporting(score=lambda n, X, y: -sum(a.size for _, a, _ in n.parameters())),
    ),
    # The wrong thing returned.
    (
        "the network instead of its place",
        "Return the place in the list, not the network.",
        lambda networks, X_val, y_val, test: [
            (networks[k], a) for k, a in [_reporting()(networks, X_val, y_val, test)]
        ][0],
    ),
    (
        "counted from 1",
        "0 is the first.",
        _reporting(end=lambda k, a: (k + 1, a)),
    ),
    (
        "accuracy first",
        "The place comes first.",
        _reporting(end=lambda k, a: (a, k)),
    ),
    ("the place only", "The accuracy is missing.", _reporting(end=lambda k, a: k)),
    ("the accuracy only", "The place is missing.", _reporting(end=lambda k, a: a)),
    (
        "the place only, test set never opened",
        "The accuracy is missing.",
        _reporting(share=lambda *_: None, end=lambda k, a: k),
    ),
    (
        "accuracy None (not reported)",
        "The accuracy is missing.",
        _reporting(share=lambda *_: None),
    ),
    (
        "validation accuracies as the first",
        "The place of the best is asked for, not all accuracies.",
        lambda networks, X_val, y_val, test: (
            [np.mean(n.predict(X_val) == y_val) for n in networks],
            _reporting()(networks, X_val, y_val, test)[1],
        ),
    ),
    (
        "a mask instead of the place",
        "The place is one number.",
        lambda networks, X_val, y_val, test: [
            (np.arange(len(networks)) == k, a)
            for k, a in [_reporting()(networks, X_val, y_val, test)]
        ][0],
    ),
    (
        "the place as text",
        "A place is a number.",
        _reporting(end=lambda k, a: (f"network {k}", a)),
    ),
    (
        "the ranking of all",
        "One place is asked for.",
        _reporting(
            choose=lambda scores: np.argsort(scores)[::-1],
            share=lambda networks, k, test, scores: test.accuracy(networks[k[0]]),
        ),
    ),
    (
        "the highest accuracy as the place: max instead of argmax",
        "max gives the accuracy; argmax gives its place.",
        _reporting(
            choose=lambda scores: max(scores),
            share=lambda networks, k, test, scores: test.accuracy(
                networks[int(np.argmax(scores))]
            ),
        ),
    ),
    (
        "networks[max]: IndexError or TypeError",
        "max gives the accuracy; argmax gives its place.",
        _reporting(choose=lambda scores: max(scores)),
    ),
    (
        "state: the report of the first call",
        "Each call has networks of its own.",
        lambda networks, X_val, y_val, test: _report_kept.setdefault(
            "report", _reporting()(networks, X_val, y_val, test)
        ),
    ),
    (
        "numbers of the lesson typed in",
        "Compute the two from what is handed in.",
        lambda networks, X_val, y_val, test: (0, 0.975),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(
    EX,
    "test set opened at each new best (right result)",
    "The test set is opened at each new best: wait until the loop is over.",
)
def _(networks, X_val, y_val, test):
    best, top, share = None, -1, None
    for i, network in enumerate(networks):
        now = np.mean(network.predict(X_val) == y_val)
        if now > top:
            best, top = i, now
            share = test.accuracy(network)
    return best, share


@wrong(
    EX,
    "the two best on the validation rows tried on the test set",
    "The test set chose.",
)
def _(networks, X_val, y_val, test):
    scores = np.array([np.mean(n.predict(X_val) == y_val) for n in networks])
    near = np.flatnonzero(scores >= np.sort(scores)[-2])
    shares = {int(i): test.accuracy(networks[i]) for i in near}
    best = max(shares, key=shares.get)
    return best, shares[best]


@wrong(
    EX,
    "next one tried when the test disappoints",
    "You looked into the test set and then changed your choice.",
)
def _(networks, X_val, y_val, test):
    scores = [np.mean(n.predict(X_val) == y_val) for n in networks]
    ranking = np.argsort(scores)[::-1]
    share = -1.0
    for k in ranking:
        share = test.accuracy(networks[k])
        if share >= max(scores):
            break
    return int(k), share


@wrong(EX, "counter set back to 0", "You opened it and turned the counter back.")
def _(networks, X_val, y_val, test):
    shares = [test.accuracy(n) for n in networks]
    test.opened = 0
    return int(np.argmax(shares)), max(shares)


@wrong(
    EX, "counter set to 1", "You opened it for each network and set the counter to 1."
)
def _(networks, X_val, y_val, test):
    shares = [test.accuracy(n) for n in networks]
    test.opened = 1
    return int(np.argmax(shares)), max(shares)


@wrong(EX, "a copy of the envelope opened first", "A copy has the same rows inside.")
def _(networks, X_val, y_val, test):
    import copy

    peek = copy.deepcopy(test)
    best = int(np.argmax([peek.accuracy(n) for n in networks]))
    return best, test.accuracy(networks[best])


@wrong(EX, "trained on the validation rows first", "No training here: only choose.")
def _(networks, X_val, y_val, test):
    k = int(np.argmax([np.mean(n.predict(X_val) == y_val) for n in networks]))
    nn_helpers.train(
        networks[k],
        X_val,
        np.eye(networks[k].n_out)[y_val],
        loss=nn_helpers.softmax_cross_entropy,
        learning_rate=0.3,
        epochs=20,
        rng=np.random.default_rng(8),
    )
    return k, test.accuracy(networks[k])


@wrong(
    EX,
    "all trained on the validation rows, then the best there",
    "The validation rows only choose; a network must not learn from them.",
)
def _(networks, X_val, y_val, test):
    for network in networks:
        nn_helpers.train(
            network,
            X_val,
            np.eye(network.n_out)[y_val],
            loss=nn_helpers.softmax_cross_entropy,
            learning_rate=0.1,
            epochs=5,
            rng=np.random.default_rng(8),
        )
    return _reporting()(networks, X_val, y_val, test)


@wrong(EX, "a vote of all networks is tested", "One network is to be chosen.")
def _(networks, X_val, y_val, test):
    class Vote:
        def predict(self, X):
            return np.mean([n.predict_proba(X) for n in networks], axis=0).argmax(
                axis=1
            )

    k = int(np.argmax([np.mean(n.predict(X_val) == y_val) for n in networks]))
    return k, test.accuracy(Vote())


@wrong(EX, "the list sorted in place", "The place belongs to the list as it was.")
def _(networks, X_val, y_val, test):
    networks.sort(key=lambda n: np.mean(n.predict(X_val) == y_val), reverse=True)
    return 0, test.accuracy(networks[0])


@wrong(EX, "losers removed from the list", "The place belongs to the list as it was.")
def _(networks, X_val, y_val, test):
    while len(networks) > 1:
        scores = [np.mean(n.predict(X_val) == y_val) for n in networks]
        networks.pop(int(np.argmin(scores)))
    return 0, test.accuracy(networks[0])


@wrong(EX, "return inside the loop", "Your `return` stands inside the loop.")
def _(networks, X_val, y_val, test):
    for i, network in enumerate(networks):
        if np.mean(network.predict(X_val) == y_val) > 0:
            return i, test.accuracy(network)


@wrong(EX, "a new TestSet made of the validation rows", "Those rows chose already.")
def _(networks, X_val, y_val, test):
    test = nn_helpers.TestSet(X_val, y_val)
    scores = [np.mean(n.predict(X_val) == y_val) for n in networks]
    return int(np.argmax(scores)), test.accuracy(networks[int(np.argmax(scores))])


@wrong(EX, "prints instead of returning", "You print; `return` the two.")
def _(networks, X_val, y_val, test):
    print(*_reporting()(networks, X_val, y_val, test))


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(networks, X_val, y_val, test):
    best = int(np.argmax([np.mean(n.predict(X_val) == y_val) for n in networks]))
    share = test.accuracy(networks[best])


@wrong(EX, "loop: while the best is not beaten", "Nothing changes inside your while.")
def _(networks, X_val, y_val, test):
    best = 0
    while np.mean(networks[best].predict(X_val) == y_val) <= 1:
        best = best % len(networks)
    return best, test.accuracy(networks[best])


common(EX, 4, (1, 0.95))

# ------------------------------------------------------------------ 08.3 split
EX = "08.3"


@right(EX, "rounded cumulated fractions, np.split")
def _(X, y, fractions, rng):
    order = rng.permutation(len(X))
    cuts = np.round(np.cumsum(fractions)[:-1] * len(X)).astype(int)
    return [(X[rows], y[rows]) for rows in np.split(order, cuts)]


@right(EX, "shuffled copies, array_split, zip")
def _(X, y, fractions, rng):
    order = rng.permutation(len(y))
    cuts = [int(round(c)) for c in np.cumsum(fractions) * len(y)][:-1]
    return list(zip(np.array_split(X[order], cuts), np.array_split(y[order], cuts)))


@right(EX, "a loop with a running total")
def _(X, y, fractions, rng):
    m = len(X)
    order = rng.permutation(m)
    parts, total, start = [], 0.0, 0
    for fraction in fractions:
        total += fraction
        stop = round(total * m)
        parts.append((X[order[start:stop]], y[order[start:stop]]))
        start = stop
    return parts


@right(EX, "itertools.accumulate and pairwise")
def _(X, y, fractions, rng):
    order = rng.permutation(len(X))
    ends = [0, *(round(total * len(X)) for total in itertools.accumulate(fractions))]
    return [(X[order[a:b]], y[order[a:b]]) for a, b in itertools.pairwise(ends)]


@right(EX, "sum of the fractions before")
def _(X, y, fractions, rng):
    index = np.arange(X.shape[0])
    rng.shuffle(index)
    X, y = X[index], y[index]
    result = []
    for k in range(len(fractions)):
        first = round(sum(fractions[:k]) * len(index))
        last = round(sum(fractions[: k + 1]) * len(index))
        result.append([X[first:last], y[first:last]])
    return result


@right(EX, "rounded down with a hair on top")
def _(X, y, fractions, rng):
    order = np.argsort(rng.random(len(X)))
    ends = (np.cumsum(fractions) * len(X) + 1e-9).astype(int)
    ends[-1] = len(X)
    starts = np.append(0, ends[:-1])
    return tuple((X[order[a:b]], y[order[a:b]]) for a, b in zip(starts, ends))


@right(EX, "largest remainders get the rows that are left")
def _(X, y, fractions, rng):
    m = len(X)
    exact = np.array(fractions) * m
    sizes = np.floor(exact).astype(int)
    for k in np.argsort(sizes - exact)[: m - sizes.sum()]:
        sizes[k] += 1
    order = rng.permutation(m)
    return [(X[rows], y[rows]) for rows in np.split(order, np.cumsum(sizes)[:-1])]


@border(
    EX,
    "each row gets the number of its part",
    "Right parts; inside, the rows keep their old order.",
)
def _(X, y, fractions, rng):
    m = len(X)
    ends = np.rint(np.cumsum(fractions) * m)
    part = np.searchsorted(ends, rng.permutation(m), side="right")
    return [(X[part == k], y[part == k]) for k in range(len(fractions))]


@right(EX, "pairs of rows shuffled, then stacked")
def _(X, y, fractions, rng):
    rows = [(X[i], y[i]) for i in rng.permutation(len(X))]
    parts, done = [], 0
    for total in np.cumsum(fractions):
        now, done = rows[done : round(total * len(rows))], round(total * len(rows))
        parts.append((np.array([x for x, _ in now]), np.array([t for _, t in now])))
    return parts


@right(EX, "copies shuffled alike: the state of rng set back")
def _(X, y, fractions, rng):
    state = rng.bit_generator.state
    A = rng.permutation(X)
    rng.bit_generator.state = state
    B = rng.permutation(y)
    ends = [round(sum(fractions[: k + 1]) * len(A)) for k in range(len(fractions))]
    return [(A[i:j], B[i:j]) for i, j in zip([0] + ends[:-1], ends)]


@right(EX, "taken from a list of row numbers, the last part gets the rest")
def _(X, y, fractions, rng):
    left = rng.choice(len(X), len(X), replace=False).tolist()
    parts, taken = [], 0
    for k in range(len(fractions) - 1):
        upto = int(sum(fractions[: k + 1]) * len(X) + 0.5)
        now, left = left[: upto - taken], left[upto - taken :]
        taken = upto
        parts.append((X[now], y[now]))
    parts.append((X[left], y[left]))
    return parts


@right(EX, "a generator inside, its list returned")
def _(X, y, fractions, rng):
    def pieces():
        order, start = rng.permutation(len(X)), 0
        for end in np.rint(np.cumsum(fractions) * len(X)).astype(int):
            yield X[order[start:end]], y[order[start:end]]
            start = end

    return list(pieces())


right(
    EX,
    "one line",
    lambda X, y, fractions, rng: [
        (np.take(X, rows, axis=0), np.take(y, rows, axis=0))
        for rows in np.split(
            rng.permutation(len(X)),
            [round(c * len(X)) for c in np.cumsum(fractions)[:-1]],
        )
    ],
)
right(
    EX,
    "the package's own",
    lambda X, y, fractions, rng: nn_helpers.split(X, y, fractions, rng),
)


def _splitting(order=None, cuts=None, pieces=None, pair=None, end=None):
    """The split with one part exchanged."""
    order = order or (lambda X, r: r.permutation(len(X)))
    cuts = cuts or (lambda m, f: np.rint(np.cumsum(f) * m).astype(int)[:-1])
    pieces = pieces or (lambda o, c: np.split(o, c))
    pair = pair or (lambda X, y, i: (X[i], y[i]))
    end = end or (lambda parts: parts)

    def f(X, y, fractions, rng):
        o = order(X, rng)
        return end([pair(X, y, i) for i in pieces(o, cuts(len(X), fractions))])

    return f


def _sized(sizes):
    """Cut behind each other by sizes; what is over is lost."""

    def f(X, y, fractions, rng):
        order, parts, start = rng.permutation(len(X)), [], 0
        for size in sizes(len(X), np.array(fractions)):
            rows = order[start : start + size]
            parts.append((X[rows], y[rows]))
            start += size
        return parts

    return f


border(
    EX,
    "int() of the cumulated fractions (0.7 + 0.1 is a hair below 0.8)",
    "Right but for the hair: int() cuts 7.999 to 7. Round instead.",
    _splitting(cuts=lambda m, f: (np.cumsum(f)[:-1] * m).astype(int)),
)
border(
    EX,
    "cumulated fractions rounded up (0.1 + 0.2 is a hair above 0.3)",
    "Right but for the hair: ceil makes 4 of 3.0001. Round instead.",
    _splitting(cuts=lambda m, f: np.ceil(np.cumsum(f)[:-1] * m).astype(int)),
)
border(
    EX,
    "each size cut by int(), the last part gets the rest",
    "With few parts right; with many the last gets far too much.",
    _splitting(
        cuts=lambda m, f: np.cumsum([int(a * m) for a in f])[:-1],
    ),
)
border(
    EX,
    "each size rounded, the last part gets the rest",
    "With few parts right; with many the last may get too little.",
    _splitting(cuts=lambda m, f: np.cumsum([round(a * m) for a in f])[:-1]),
)
border(
    EX,
    "each size rounded up, the last part gets what is left",
    "With few parts right; with many the last gets nothing.",
    _sized(lambda m, f: [math.ceil(a * m - 1e-9) for a in f]),
)
border(
    EX,
    "shuffled again before each cut",
    "Right; once is enough.",
    lambda X, y, fractions, rng: [
        (X[i], y[i])
        for cuts in [np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]]
        for i in np.split(rng.permutation(rng.permutation(len(X))), cuts)
    ],
)
border(
    EX,
    "sorted inside each part",
    "Right parts; inside, the order does not matter.",
    _splitting(pair=lambda X, y, i: (X[np.sort(i)], y[np.sort(i)])),
)
border(
    EX,
    "a zip",
    "The parts are right; a list is asked for.",
    _splitting(end=lambda parts: zip(*zip(*parts))),
)
border(
    EX,
    "an array of objects",
    "The parts are right; a list is asked for.",
    _splitting(end=_object_array),
)
border(
    EX,
    "lists of rows instead of arrays",
    "Right rows; X[rows] keeps them an array.",
    _splitting(pair=lambda X, y, i: ([X[j] for j in i], [y[j] for j in i])),
)
border(
    EX,
    "float32",
    "Right, with fewer digits.",
    _splitting(pair=lambda X, y, i: (np.float32(X[i]), np.float32(y[i]))),
)


@border(EX, "a generator: yield", "The parts are right; a list is asked for.")
def _(X, y, fractions, rng):
    order, start = rng.permutation(len(X)), 0
    for end in np.rint(np.cumsum(fractions) * len(X)).astype(int):
        yield X[order[start:end]], y[order[start:end]]
        start = end


_splits_kept = {}

for _what, _teacher, _value in [
    # The order.
    (
        "not shuffled",
        "The rows come in their old order: shuffle first.",
        _splitting(order=lambda X, r: np.arange(len(X))),
    ),
    (
        "turned round instead of shuffled",
        "Backwards is no random order.",
        _splitting(order=lambda X, r: np.arange(len(X))[::-1]),
    ),
    (
        "cut first, then shuffled inside each part",
        "Shuffle before you cut: your parts hold the same rows each time.",
        lambda X, y, fractions, rng: [
            (X[i], y[i])
            for cuts in [np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]]
            for part in np.split(np.arange(len(X)), cuts)
            for i in [rng.permutation(part)]
        ],
    ),
    (
        "own seed: default_rng(8)",
        "You made a generator of your own: use rng.",
        _splitting(order=lambda X, r: np.random.default_rng(8).permutation(len(X))),
    ),
    (
        "own generator without a seed",
        "Draw with the rng that is handed in, or nobody can repeat the split.",
        _splitting(order=lambda X, r: np.random.default_rng().permutation(len(X))),
    ),
    (
        "np.random.permutation",
        "Draw with rng, not with np.random.",
        _splitting(order=lambda X, r: np.random.permutation(len(X))),
    ),
    (
        "random_state=42, as in many notebooks",
        "You made a generator of your own: use rng.",
        _splitting(order=lambda X, r: np.random.RandomState(42).permutation(len(X))),
    ),
    (
        "random.shuffle of Python",
        "Draw with rng, not with the module random.",
        _splitting(
            order=lambda X, r: np.array(_std_shuffle(len(X))),
        ),
    ),
    (
        "with replacement: rng.integers",
        "Some rows are in two parts and some in none.",
        _splitting(order=lambda X, r: r.integers(0, len(X), len(X))),
    ),
    (
        "with replacement: rng.choice as it stands",
        "rng.choice puts each row back: some are in two parts, some in none.",
        _splitting(order=lambda X, r: r.choice(len(X), len(X))),
    ),
    (
        "the last row never comes: permutation(m - 1)",
        "One row is missing: permutation(m).",
        _splitting(order=lambda X, r: r.permutation(len(X) - 1)),
    ),
    (
        "permutation of the columns",
        "Count the rows: len(X).",
        _splitting(order=lambda X, r: r.permutation(X.shape[1])),
    ),
    (
        "rng.shuffle gives None",
        "rng.shuffle changes its array and gives back None.",
        _splitting(order=lambda X, r: r.shuffle(np.arange(len(X)))),
    ),
    (
        "state: the first order for ever",
        "You drew the order once; each call has its own rng.",
        _splitting(
            order=lambda X, r: _splits_kept.setdefault(len(X), r.permutation(len(X)))
        ),
    ),
    (
        "each part drawn anew from all rows",
        "The parts overlap: a test row may be a training row too.",
        lambda X, y, fractions, rng: [
            (X[i], y[i])
            for a in fractions
            for i in [rng.choice(len(X), round(a * len(X)), replace=False)]
        ],
    ),
    (
        "a new permutation for each part",
        "The parts overlap: shuffle once, before the loop.",
        lambda X, y, fractions, rng: [
            (X[i], y[i])
            for k in range(len(fractions))
            for i in [
                rng.permutation(len(X))[
                    round(sum(fractions[:k]) * len(X)) : round(
                        sum(fractions[: k + 1]) * len(X)
                    )
                ]
            ]
        ],
    ),
    (
        "a coin for each row: sizes by chance",
        "The sizes are left to chance: shuffle, then cut.",
        lambda X, y, fractions, rng: [
            (X[part == k], y[part == k])
            for part in [
                rng.choice(
                    len(fractions),
                    size=len(X),
                    p=np.array(fractions) / np.sum(fractions),
                )
            ]
            for k in range(len(fractions))
        ],
    ),
    (
        "random numbers below the fraction: masks that overlap",
        "The masks overlap, and the sizes are left to chance.",
        lambda X, y, fractions, rng: [
            (X[mask], y[mask]) for a in fractions for mask in [rng.random(len(X)) < a]
        ],
    ),
    # The cuts.
    (
        "fractions not cumulated: cuts at 0.6 m and 0.2 m",
        "Cumulate the fractions: the second cut is behind the first.",
        _splitting(cuts=lambda m, f: np.rint(np.array(f) * m).astype(int)[:-1]),
    ),
    (
        "all parts from the front: order[: f * m]",
        "Each part begins where the last one ended: yours overlap.",
        lambda X, y, fractions, rng: [
            (X[order[: round(a * len(X))]], y[order[: round(a * len(X))]])
            for order in [rng.permutation(len(X))]
            for a in fractions
        ],
    ),
    (
        "growing parts: order[: cumulated]",
        "Each part needs a start: yours hold all the parts before.",
        lambda X, y, fractions, rng: [
            (X[order[: round(c * len(X))]], y[order[: round(c * len(X))]])
            for order in [rng.permutation(len(X))]
            for c in np.cumsum(fractions)
        ],
    ),
    (
        "all the rest in each part: order[start :]",
        "Each part needs an end.",
        lambda X, y, fractions, rng: [
            (X[order[round((c - a) * len(X)) :]], y[order[round((c - a) * len(X)) :]])
            for order in [rng.permutation(len(X))]
            for a, c in zip(fractions, np.cumsum(fractions))
        ],
    ),
    (
        "last cut kept: an empty part at the end",
        "The last cut is the end itself: it leaves an empty part.",
        _splitting(cuts=lambda m, f: np.rint(np.cumsum(f) * m).astype(int)),
    ),
    (
        "first cut 0: an empty part in front",
        "A cut at 0 leaves an empty part in front.",
        _splitting(cuts=lambda m, f: np.rint(np.cumsum([0, *f]) * m).astype(int)[:-1]),
    ),
    (
        "first cut lost: cumsum[1:]",
        "The first cut is missing: drop the last one.",
        _splitting(cuts=lambda m, f: np.rint(np.cumsum(f) * m).astype(int)[1:]),
    ),
    (
        "cuts as floats",
        "A cut is a whole number.",
        _splitting(cuts=lambda m, f: np.cumsum(f)[:-1] * m),
    ),
    (
        "slices with floats",
        "Slices want whole numbers: round.",
        lambda X, y, fractions, rng: [
            (X[rng.permutation(len(X))][: a * len(X)], y[: a * len(X)])
            for a in fractions
        ],
    ),
    (
        "int() for every size: rows lost",
        "int() rounds down, and the last rows are in no part.",
        _sized(lambda m, f: [int(a * m) for a in f]),
    ),
    (
        "floor division by 1 / fraction: rows lost",
        "// rounds down, and the last rows are in no part.",
        _sized(lambda m, f: [int(m // (1 / a)) for a in f]),
    ),
    (
        "one row of each part lost: slices to end - 1",
        "A slice stops before its end anyway: a row of each part is lost.",
        lambda X, y, fractions, rng: [
            (X[order[i : j - 1]], y[order[i : j - 1]])
            for order in [rng.permutation(len(X))]
            for ends in [[0, *np.rint(np.cumsum(fractions) * len(X)).astype(int)]]
            for i, j in zip(ends[:-1], ends[1:])
        ],
    ),
    (
        "start + 1: a row between the parts is lost",
        "The next part begins at the end of the last, not behind it.",
        lambda X, y, fractions, rng: [
            (X[order[i + (i > 0) : j]], y[order[i + (i > 0) : j]])
            for order in [rng.permutation(len(X))]
            for ends in [[0, *np.rint(np.cumsum(fractions) * len(X)).astype(int)]]
            for i, j in zip(ends[:-1], ends[1:])
        ],
    ),
    (
        "one row in two parts: slices to end + 1",
        "A row stands in two parts: without the + 1.",
        lambda X, y, fractions, rng: [
            (X[order[i : j + 1]], y[order[i : j + 1]])
            for order in [rng.permutation(len(X))]
            for ends in [[0, *np.rint(np.cumsum(fractions) * len(X)).astype(int)]]
            for i, j in zip(ends[:-1], ends[1:])
        ],
    ),
    (
        "last row left out: order[start : -1]",
        "[: -1] leaves the last row out.",
        lambda X, y, fractions, rng: [
            (X[i], y[i])
            for cuts in [np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]]
            for i in np.split(rng.permutation(len(X))[:-1], cuts)
        ],
    ),
    (
        "equal parts: array_split by the number of fractions",
        "Your parts are equal: use the fractions.",
        lambda X, y, fractions, rng: [
            (X[i], y[i])
            for i in np.array_split(rng.permutation(len(X)), len(fractions))
        ],
    ),
    (
        "np.split into equal parts (ValueError when they do not fit)",
        "Your parts are equal: use the fractions.",
        lambda X, y, fractions, rng: [
            (X[i], y[i]) for i in np.split(rng.permutation(len(X)), len(fractions))
        ],
    ),
    (
        "np.split at the fractions themselves",
        "The cuts are row numbers: fraction times number of rows.",
        lambda X, y, fractions, rng: [
            (X[i], y[i])
            for i in np.split(rng.permutation(len(X)), list(np.cumsum(fractions)))
        ],
    ),
    (
        "fixed: 60, 20, 20 percent",
        "Use the fractions that are handed in.",
        lambda X, y, fractions, rng: _splitting()(X, y, (0.6, 0.2, 0.2), rng),
    ),
    (
        "fixed: 80, 20 percent",
        "Use the fractions that are handed in.",
        lambda X, y, fractions, rng: _splitting()(X, y, (0.8, 0.2), rng),
    ),
    (
        "unpacked into three",
        "There may be two fractions, or four.",
        lambda X, y, fractions, rng: (
            lambda train, val, test: _splitting()(X, y, (train, val, test), rng)
        )(*fractions),
    ),
    (
        "two parts only: the first and the rest",
        "As many parts as there are fractions.",
        lambda X, y, fractions, rng: _splitting()(
            X, y, (fractions[0], 1 - fractions[0]), rng
        ),
    ),
    (
        "the last part left out",
        "The last part is missing.",
        _splitting(end=lambda parts: parts[:-1]),
    ),
    (
        "the first part only",
        "The other parts are missing.",
        _splitting(end=lambda parts: parts[:1]),
    ),
    (
        "fractions of what is left",
        "Each fraction is one of all rows, not of what is left.",
        lambda X, y, fractions, rng: [
            (X[i], y[i])
            for i in np.split(
                rng.permutation(len(X)),
                np.rint(len(X) * (1 - np.cumprod(1 - np.array(fractions)))).astype(int)[
                    :-1
                ],
            )
        ],
    ),
    (
        "parts backwards",
        "The first fraction is for the first part.",
        _splitting(end=lambda parts: parts[::-1]),
    ),
    (
        "fractions sorted first",
        "Keep the order of the fractions.",
        lambda X, y, fractions, rng: _splitting()(X, y, sorted(fractions), rng),
    ),
    (
        "fractions divided by 100",
        "The fractions are from 0 to 1, not percent.",
        _sized(lambda m, f: [round(a * m / 100) for a in f]),
    ),
    (
        "fractions used as row numbers",
        "int(0.6) is 0: multiply by the number of rows.",
        _sized(lambda m, f: [int(a) for a in f]),
    ),
    (
        "m taken from X.size",
        "X.size counts numbers, not rows.",
        lambda X, y, fractions, rng: _splitting(
            cuts=lambda m, f: np.rint(np.cumsum(f) * X.size).astype(int)[:-1]
        )(X, y, fractions, rng),
    ),
    (
        "refuses sizes that are not whole",
        "Where the numbers are not whole, round.",
        lambda X, y, fractions, rng: (
            _splitting()(X, y, fractions, rng)
            if all((a * len(X)).is_integer() for a in map(float, fractions))
            else int("not whole")
        ),
    ),
    (
        "every k-th row for the first part",
        "The sizes follow the fractions.",
        lambda X, y, fractions, rng: [
            (X[order[k :: len(fractions)]], y[order[k :: len(fractions)]])
            for order in [rng.permutation(len(X))]
            for k in range(len(fractions))
        ],
    ),
    # X and y.
    (
        "X and y shuffled apart",
        "X and y need the same order: draw it once.",
        lambda X, y, fractions, rng: [
            (X[i], y[j])
            for cuts in [np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]]
            for i, j in zip(
                np.split(rng.permutation(len(X)), cuts),
                np.split(rng.permutation(len(X)), cuts),
            )
        ],
    ),
    (
        "copies shuffled apart: rng.permutation(X), rng.permutation(y)",
        "X and y need the same order: draw it once.",
        lambda X, y, fractions, rng: [
            (a, b)
            for cuts in [np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]]
            for a, b in zip(
                np.split(rng.permutation(X), cuts), np.split(rng.permutation(y), cuts)
            )
        ],
    ),
    (
        "each column shuffled apart: rng.permuted",
        "rng.permuted tears the rows apart.",
        lambda X, y, fractions, rng: [
            (a, b)
            for cuts in [np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]]
            for a, b in zip(
                np.split(rng.permuted(X, axis=0), cuts),
                np.split(rng.permuted(y, axis=0), cuts),
            )
        ],
    ),
    (
        "only X shuffled",
        "y stayed in the old order.",
        lambda X, y, fractions, rng: [
            (X[i], b)
            for cuts in [np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]]
            for i, b in zip(np.split(rng.permutation(len(X)), cuts), np.split(y, cuts))
        ],
    ),
    (
        "only y shuffled",
        "X stayed in the old order.",
        lambda X, y, fractions, rng: [
            (a, y[i])
            for cuts in [np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]]
            for i, a in zip(np.split(rng.permutation(len(X)), cuts), np.split(X, cuts))
        ],
    ),
    (
        "y whole in each pair",
        "y has to be cut too.",
        _splitting(pair=lambda X, y, i: (X[i], y)),
    ),
    ("only X", "The rows of y are missing.", _splitting(pair=lambda X, y, i: X[i])),
    ("only y", "The rows of X are missing.", _splitting(pair=lambda X, y, i: y[i])),
    (
        "y first",
        "X comes first in a pair.",
        _splitting(pair=lambda X, y, i: (y[i], X[i])),
    ),
    (
        "X twice",
        "The second of the pair is y.",
        _splitting(pair=lambda X, y, i: (X[i], X[i])),
    ),
    (
        "row numbers only",
        "Those are row numbers; return the rows.",
        _splitting(pair=lambda X, y, i: i),
    ),
    (
        "row numbers in pairs",
        "Those are row numbers; return the rows.",
        _splitting(pair=lambda X, y, i: (i, i)),
    ),
    (
        "sizes only",
        "Those are the sizes; return the rows.",
        _splitting(pair=lambda X, y, i: len(i)),
    ),
    (
        "flat, as in scikit-learn: X, X, X, y, y, y",
        "A list of pairs: X and y of a part belong together.",
        _splitting(end=lambda parts: (*(a for a, _ in parts), *(b for _, b in parts))),
    ),
    (
        "flat: X, y, X, y, X, y",
        "A list of pairs: brackets round the two of a part.",
        _splitting(end=lambda parts: [a for pair in parts for a in pair]),
    ),
    (
        "two lists: all of X, all of y",
        "A list of pairs, not a pair of lists.",
        _splitting(end=lambda parts: ([a for a, _ in parts], [b for _, b in parts])),
    ),
    (
        "lists of row pairs",
        "In a pair all rows of X come first, then all of y.",
        _splitting(pair=lambda X, y, i: [(X[j], y[j]) for j in i]),
    ),
    (
        "a dictionary: train, val, test",
        "A list of pairs is asked for.",
        _splitting(end=lambda parts: dict(zip(("train", "val", "test"), parts))),
    ),
    (
        "three in each: fraction, X, y",
        "A pair is asked for.",
        _splitting(end=lambda parts: [(k, a, b) for k, (a, b) in enumerate(parts)]),
    ),
    (
        "columns of X",
        "Rows are the first axis: X[rows], not X[:, rows].",
        _splitting(pair=lambda X, y, i: (X[:, i], y[i])),
    ),
    (
        "turned over",
        "Rows stay rows.",
        _splitting(pair=lambda X, y, i: (X[i].T, y[i].T)),
    ),
    (
        "flattened",
        "Keep the shape of the rows.",
        _splitting(pair=lambda X, y, i: (X[i].ravel(), y[i])),
    ),
    (
        "standardised on the way, by all rows",
        "Keep the rows as they are; and a mean over all rows is a leak.",
        _splitting(
            pair=lambda X, y, i: (
                nn_helpers.Standardizer().fit(X).transform(X)[i],
                y[i],
            )
        ),
    ),
    (
        "shuffled, but not cut",
        "Cut the rows into parts.",
        lambda X, y, fractions, rng: [(X[o], y[o]) for o in [rng.permutation(len(X))]],
    ),
    (
        "batches of the package",
        "Those are batches of one size; use the fractions.",
        lambda X, y, fractions, rng: list(
            nn_helpers.minibatches(X, y, max(1, len(X) // len(fractions)), rng)
        ),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(
    EX, "rng.shuffle in place on the caller's X and y", "X and y are shuffled apart."
)
def _(X, y, fractions, rng):
    rng.shuffle(X)
    rng.shuffle(y)
    cuts = np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]
    return list(zip(np.split(X, cuts), np.split(y, cuts)))


@wrong(
    EX,
    "rng.shuffle in place, alike (right parts, the caller's arrays changed)",
    "The parts are right, but the caller's X and y come back in another order.",
)
def _(X, y, fractions, rng):
    state = rng.bit_generator.state
    rng.shuffle(X)
    rng.bit_generator.state = state
    rng.shuffle(y)
    cuts = np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]
    return list(zip(np.split(X.copy(), cuts), np.split(y.copy(), cuts)))


@wrong(
    EX,
    "X[:] = X[order] (right parts, the caller's arrays changed)",
    "The parts are right, but the caller's X and y come back in another order.",
)
def _(X, y, fractions, rng):
    order = rng.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    cuts = np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]
    return list(zip(np.split(X.copy(), cuts), np.split(y.copy(), cuts)))


@wrong(EX, "X[order] as a statement, not kept", "X[order] is a new array: keep it.")
def _(X, y, fractions, rng):
    order = rng.permutation(len(X))
    X[order], y[order]
    cuts = np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]
    return list(zip(np.split(X, cuts), np.split(y, cuts)))


@wrong(EX, "fixed: three parts by name", "There may be two fractions, or four.")
def _(X, y, fractions, rng):
    m = len(X)
    order = rng.permutation(m)
    n_train = round(fractions[0] * m)
    n_val = round((fractions[0] + fractions[1]) * m) - n_train
    train, val = order[:n_train], order[n_train : n_train + n_val]
    test = order[n_train + n_val :]
    return [(X[train], y[train]), (X[val], y[val]), (X[test], y[test])]


@wrong(EX, "start never moved on", "Each part begins where the last one ended.")
def _(X, y, fractions, rng):
    order = rng.permutation(len(X))
    parts, start = [], 0
    for fraction in fractions:
        stop = start + round(fraction * len(X))
        parts.append((X[order[start:stop]], y[order[start:stop]]))
    return parts


@wrong(EX, "start moved on by one only", "start = stop, not start + 1.")
def _(X, y, fractions, rng):
    order = rng.permutation(len(X))
    parts, start = [], 0
    for fraction in fractions:
        stop = start + round(fraction * len(X))
        parts.append((X[order[start:stop]], y[order[start:stop]]))
        start += 1
    return parts


@wrong(EX, "stop is the size: order[start : size]", "The slice ends at start + size.")
def _(X, y, fractions, rng):
    order = rng.permutation(len(X))
    parts, start = [], 0
    for fraction in fractions:
        size = round(fraction * len(X))
        parts.append((X[order[start:size]], y[order[start:size]]))
        start += size
    return parts


@wrong(EX, "fractions.pop on the caller's list", "The caller's fractions are gone.")
def _(X, y, fractions, rng):
    order = rng.permutation(len(X))
    parts, total, start = [], 0, 0
    while fractions:
        total += fractions.pop(0)
        stop = round(total * len(X))
        parts.append((X[order[start:stop]], y[order[start:stop]]))
        start = stop
    return parts


@wrong(
    EX, "fractions[k] * m without a loop: tuple times m", "A tuple times m is m tuples."
)
def _(X, y, fractions, rng):
    cuts = np.cumsum(tuple(fractions) * len(X)).astype(int)
    return [(X[i], y[i]) for i in np.split(rng.permutation(len(X)), cuts)]


@wrong(
    EX, "sorted by class, then cut", "Shuffle: now each part holds classes of its own."
)
def _(X, y, fractions, rng):
    order = np.argsort(y, kind="stable")
    cuts = np.rint(np.cumsum(fractions) * len(X)).astype(int)[:-1]
    return [(X[i], y[i]) for i in np.split(order, cuts)]


@wrong(EX, "return inside the loop", "Your `return` stands inside the loop: one part.")
def _(X, y, fractions, rng):
    order, parts, start = rng.permutation(len(X)), [], 0
    for fraction in fractions:
        stop = start + round(fraction * len(X))
        parts.append((X[order[start:stop]], y[order[start:stop]]))
        start = stop
        return parts


@wrong(
    EX, "append of two things: TypeError", "append takes one thing: a pair in brackets."
)
def _(X, y, fractions, rng):
    order, parts, start = rng.permutation(len(X)), [], 0
    for fraction in fractions:
        stop = start + round(fraction * len(X))
        parts.append(X[order[start:stop]], y[order[start:stop]])
        start = stop
    return parts


@wrong(
    EX,
    "list grows over calls: a default argument",
    "Each call needs a list of its own.",
)
def _(X, y, fractions, rng, parts=[]):
    parts.extend(_splitting()(X, y, fractions, rng))
    return parts


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(X, y, fractions, rng):
    parts = _splitting()(X, y, fractions, rng)


@wrong(EX, "prints instead of returning", "You print; `return` the list.")
def _(X, y, fractions, rng):
    print([len(a) for a, _ in _splitting()(X, y, fractions, rng)])


@wrong(EX, "loop: until the sizes fit by chance", "The sizes never fit by chance.")
def _(X, y, fractions, rng):
    while True:
        part = rng.integers(0, len(fractions), len(X))
        if (part == len(fractions)).sum() == round(fractions[-1] * len(X)) + 1:
            return [(X[part == k], y[part == k]) for k in range(len(fractions))]


common(EX, 4, [(np.ones((3, 2)), np.ones(3)), (np.ones((1, 2)), np.ones(1))])

# ---------------------------------------------------------------- 08.4 one-hot
EX = "08.4"
right(EX, "np.eye, rows picked", lambda y, n_classes: np.eye(n_classes)[y])
right(
    EX,
    "np.identity, np.take, whole numbers",
    lambda y, n_classes: np.take(np.identity(n_classes, dtype=int), y, axis=0),
)


@right(EX, "zeros, loop, one 1 a row")
def _(y, n_classes):
    table = np.zeros((len(y), n_classes))
    for i in range(len(y)):
        table[i, y[i]] = 1
    return table


@right(EX, "zeros, np.arange and y as places")
def _(y, n_classes):
    table = np.zeros((len(y), n_classes))
    table[np.arange(len(y)), y] = 1.0
    return table


right(
    EX,
    "compared with all classes (bool)",
    lambda y, n_classes: np.reshape(y, (-1, 1)) == np.arange(n_classes),
)
right(
    EX,
    "compared, float32",
    lambda y, n_classes: (np.array(y)[:, None] == np.arange(n_classes)).astype(
        np.float32
    ),
)
right(
    EX,
    "y[:, None] (y is an array)",
    lambda y, n_classes: (y[:, None] == np.arange(n_classes)) * 1.0,
)
right(
    EX,
    "np.equal.outer, small whole numbers",
    lambda y, n_classes: np.equal.outer(y, range(n_classes)).astype(np.uint8),
)
right(
    EX,
    "lists in a list",
    lambda y, n_classes: [
        [1 if k == label else 0 for k in range(n_classes)] for label in y
    ],
)
right(
    EX,
    "array of a comprehension with int(...)",
    lambda y, n_classes: np.array(
        [[int(label == k) for k in range(n_classes)] for label in y]
    ),
)
right(
    EX,
    "a column for each class, stacked",
    lambda y, n_classes: np.stack(
        [np.where(np.asarray(y) == k, 1.0, 0.0) for k in range(n_classes)], axis=1
    ),
)
right(
    EX,
    "zeros before, 1, zeros behind",
    lambda y, n_classes: [[0] * c + [1] + [0] * (n_classes - c - 1) for c in y],
)
right(
    EX,
    "tuples, with floats",
    lambda y, n_classes: tuple(
        tuple(float(c == k) for k in range(n_classes)) for c in y
    ),
)


@right(EX, "append row by row, list of arrays")
def _(y, n_classes):
    rows = []
    for label in y:
        row = np.zeros(n_classes)
        row[label] = 1
        rows.append(row)
    return rows


@right(EX, "enumerate and two indices")
def _(y, n_classes):
    result = np.zeros((len(y), n_classes), dtype=int)
    for i, c in enumerate(y):
        result[i][c] = 1
    return result


@right(EX, "double loop with if")
def _(y, n_classes):
    Y = np.empty((len(y), n_classes))
    for i in range(len(y)):
        for j in range(n_classes):
            if y[i] == j:
                Y[i, j] = 1
            else:
                Y[i, j] = 0
    return Y


@right(EX, "one long array, places i * n + y")
def _(y, n_classes):
    flat = np.zeros(len(y) * n_classes)
    flat[np.arange(len(y)) * n_classes + y] = 1
    return flat.reshape(len(y), n_classes)


@right(EX, "np.put_along_axis")
def _(y, n_classes):
    table = np.zeros((len(y), n_classes))
    np.put_along_axis(table, np.reshape(y, (-1, 1)), 1, axis=1)
    return table


right(EX, "the package's own", lambda y, n_classes: nn_helpers.one_hot(y, n_classes))


def _hot(end):
    """The right table, changed."""
    return lambda y, n_classes: end(np.eye(n_classes)[np.asarray(y)])


border(
    EX,
    "an array of objects",
    "Right values; drop dtype=object.",
    _hot(lambda Y: Y.astype(object)),
)
border(
    EX, "complex", "Right values; no complex numbers needed.", _hot(lambda Y: Y + 0j)
)
border(
    EX,
    "a generator of rows",
    "Right rows; return a table.",
    lambda y, n_classes: (np.eye(n_classes)[c] for c in y),
)
border(
    EX,
    "softmax of 50 times the table (0 is 1e-22)",
    "Nearly; the rows should be exact.",
    _hot(lambda Y: softmax(50 * Y)),
)

for _what, _teacher, _value in [
    (
        "off by one: y - 1",
        "Class 0 belongs to the first column: without the - 1.",
        lambda y, n_classes: np.eye(n_classes)[np.asarray(y) - 1],
    ),
    (
        "off by one: y + 1, round the corner",
        "Class 0 belongs to the first column: without the + 1.",
        lambda y, n_classes: np.eye(n_classes)[(np.asarray(y) + 1) % n_classes],
    ),
    (
        "off by one: y + 1 (IndexError)",
        "Class 0 belongs to the first column: without the + 1.",
        lambda y, n_classes: np.eye(n_classes)[np.asarray(y) + 1],
    ),
    (
        "classes counted from 1: y == 1, 2, ...",
        "Classes count from 0.",
        lambda y, n_classes: (
            np.reshape(y, (-1, 1)) == np.arange(1, n_classes + 1)
        ).astype(float),
    ),
    (
        "n_classes ignored: max + 1",
        "Use n_classes: the highest class need not occur.",
        lambda y, n_classes: np.eye(int(np.max(y)) + 1)[y],
    ),
    (
        "n_classes ignored: number of different labels",
        "Use n_classes: not every class need occur.",
        lambda y, n_classes: (
            np.reshape(y, (-1, 1)) == np.arange(len(set(np.asarray(y).tolist())))
        ).astype(float),
    ),
    (
        "n_classes ignored: always ten",
        "Use n_classes.",
        lambda y, n_classes: np.eye(10)[y],
    ),
    (
        "n_classes ignored: always three, as in the example",
        "Use n_classes.",
        lambda y, n_classes: (np.reshape(y, (-1, 1)) == np.arange(3)).astype(float),
    ),
    (
        "labels renumbered with np.unique",
        "A class that does not occur keeps its column.",
        lambda y, n_classes: np.eye(n_classes)[np.unique(y, return_inverse=True)[1]],
    ),
    (
        "columns only for classes that occur",
        "A class that does not occur keeps its column.",
        lambda y, n_classes: (np.reshape(y, (-1, 1)) == np.unique(y)).astype(float),
    ),
    (
        "one column too many",
        "n_classes columns, from 0 to n_classes - 1.",
        lambda y, n_classes: np.eye(n_classes + 1)[y],
    ),
    (
        "last column missing",
        "n_classes columns: range(n_classes) ends before n_classes anyway.",
        lambda y, n_classes: np.eye(n_classes)[y][:, :-1],
    ),
    (
        "first column dropped (dummy variables)",
        "All classes keep their column.",
        lambda y, n_classes: np.eye(n_classes)[y][:, 1:],
    ),
    (
        "transposed",
        "A row for each label, a column for each class.",
        _hot(lambda Y: Y.T),
    ),
    (
        "transposed by construction: (n_classes, m)",
        "A row for each label, a column for each class.",
        lambda y, n_classes: (np.arange(n_classes)[:, None] == np.asarray(y)) * 1.0,
    ),
    (
        "reshaped to (n_classes, m)",
        "A row for each label, a column for each class.",
        _hot(lambda Y: Y.reshape(Y.shape[1], Y.shape[0])),
    ),
    (
        "thermometer: ones up to the class",
        "A single 1 in each row, not ones up to it.",
        lambda y, n_classes: (np.arange(n_classes) <= np.reshape(y, (-1, 1))) * 1.0,
    ),
    (
        "thermometer: ones before the class",
        "A single 1 in each row, not ones before it.",
        lambda y, n_classes: (np.arange(n_classes) < np.reshape(y, (-1, 1))) * 1.0,
    ),
    (
        "thermometer: ones from the class on",
        "A single 1 in each row, not ones behind it too.",
        lambda y, n_classes: (np.arange(n_classes) >= np.reshape(y, (-1, 1))) * 1.0,
    ),
    (
        "label instead of the one",
        "In its column stands a 1, not the label.",
        lambda y, n_classes: np.eye(n_classes)[y] * np.reshape(y, (-1, 1)),
    ),
    (
        "label + 1 instead of the one",
        "In its column stands a 1, not the label.",
        lambda y, n_classes: np.eye(n_classes)[y] * (np.reshape(y, (-1, 1)) + 1),
    ),
    (
        "0 for the class, 1 elsewhere",
        "The other way: 1 for the class, 0 elsewhere.",
        _hot(lambda Y: 1 - Y),
    ),
    (
        "!= instead of ==",
        "The other way: 1 for the class, 0 elsewhere.",
        lambda y, n_classes: np.reshape(y, (-1, 1)) != np.arange(n_classes),
    ),
    ("-1 elsewhere", "0 elsewhere, not -1.", _hot(lambda Y: 2 * Y - 1)),
    ("minus one for the class", "1, not -1.", _hot(lambda Y: -Y)),
    (
        "smoothed: 0.9 and a little elsewhere",
        "A single 1, and 0 elsewhere.",
        _hot(lambda Y: 0.9 * Y + 0.1 / Y.shape[1]),
    ),
    ("0.99 for the class", "A 1, not 0.99.", _hot(lambda Y: 0.99 * Y)),
    ("100 percent", "A 1, not 100.", _hot(lambda Y: 100 * Y)),
    (
        "softmax over the table",
        "A single 1, and 0 elsewhere: no softmax.",
        _hot(softmax),
    ),
    (
        "columns backwards",
        "Class 0 belongs to the first column.",
        _hot(lambda Y: Y[:, ::-1]),
    ),
    ("rows backwards", "Keep the order of the labels.", _hot(lambda Y: Y[::-1])),
    (
        "labels sorted",
        "Keep the order of the labels.",
        lambda y, n_classes: np.eye(n_classes)[np.sort(y)],
    ),
    (
        "each class once",
        "A row for each label, even if it occurs twice.",
        lambda y, n_classes: np.eye(n_classes)[np.unique(y)],
    ),
    ("first row only", "A row for each label.", _hot(lambda Y: Y[0])),
    ("first row only, as a table", "A row for each label.", _hot(lambda Y: Y[:1])),
    (
        "last row missing: range(m - 1)",
        "The last label is missing: range(m) ends before m anyway.",
        _hot(lambda Y: Y[:-1]),
    ),
    (
        "last row left 0: range(m - 1)",
        "The last label is missing: range(m) ends before m anyway.",
        _hot(lambda Y: np.vstack([Y[:-1], 0 * Y[-1:]])),
    ),
    ("all in one long row", "A table: a row for each label.", _hot(np.ravel)),
    ("an axis too many", "A table: (m, n_classes).", _hot(lambda Y: Y[None])),
    (
        "a column of labels taken for a table: (m, 1, n)",
        "A table: (m, n_classes).",
        lambda y, n_classes: np.eye(n_classes)[np.reshape(y, (-1, 1))],
    ),
    (
        "counts of the classes",
        "Those are counts; a row for each label.",
        _hot(lambda Y: Y.sum(axis=0)),
    ),
    (
        "np.bincount",
        "Those are counts; a row for each label.",
        lambda y, n_classes: np.bincount(y, minlength=n_classes),
    ),
    (
        "the whole of np.eye",
        "Pick the rows: np.eye(n_classes)[y].",
        lambda y, n_classes: np.eye(n_classes),
    ),
    (
        "np.eye(m, n): the diagonal",
        "The 1 stands where y says, not on the diagonal.",
        lambda y, n_classes: np.eye(len(y), n_classes),
    ),
    (
        "np.eye(m)[y]",
        "np.eye(n_classes): as many columns as classes.",
        lambda y, n_classes: np.eye(len(y))[y],
    ),
    (
        "np.eye(n)[:, y]",
        "Pick rows, not columns.",
        lambda y, n_classes: np.eye(n_classes)[:, y],
    ),
    (
        "np.eye called with y",
        "np.eye wants the number of classes, not the labels.",
        lambda y, n_classes: np.eye(y),
    ),
    (
        "round brackets: np.eye(n)(y)",
        "Square brackets pick rows.",
        lambda y, n_classes: np.eye(n_classes)(y),
    ),
    (
        "zeros only",
        "The ones are missing.",
        lambda y, n_classes: np.zeros((len(y), n_classes)),
    ),
    (
        "ones only",
        "One 1 in a row, the rest 0.",
        lambda y, n_classes: np.ones((len(y), n_classes)),
    ),
    (
        "np.zeros without the double brackets",
        "The shape goes in brackets of its own: np.zeros((m, n)).",
        lambda y, n_classes: np.zeros(len(y), n_classes),
    ),
    (
        "y == np.arange(n): no axis for the rows",
        "y needs to stand as a column to be compared with each class.",
        lambda y, n_classes: np.asarray(y) == np.arange(n_classes),
    ),
    (
        "labels compared with themselves: y[:, None] == y",
        "Compare with the classes, not with the labels.",
        lambda y, n_classes: (np.reshape(y, (-1, 1)) == np.asarray(y)) * 1.0,
    ),
    (
        "labels repeated",
        "Those are the labels; put a 1 where they point.",
        lambda y, n_classes: np.repeat(np.reshape(y, (-1, 1)), n_classes, axis=1),
    ),
    (
        "the labels themselves",
        "You gave the labels back.",
        lambda y, n_classes: y,
    ),
    (
        "the labels as a column",
        "Those are the labels; put a 1 where they point.",
        lambda y, n_classes: np.reshape(y, (-1, 1)),
    ),
    (
        "labels divided by n_classes",
        "Those are scaled labels; put a 1 where they point.",
        lambda y, n_classes: np.asarray(y) / n_classes,
    ),
    (
        "binary digits of the label",
        "That is the label in binary digits; a single 1 is asked for.",
        lambda y, n_classes: (np.reshape(y, (-1, 1)) >> np.arange(n_classes)) & 1,
    ),
    (
        "two classes only: 1 - y, y",
        "There may be more than two classes.",
        lambda y, n_classes: np.column_stack([1 - np.asarray(y), y]),
    ),
    (
        "rows as text",
        "Numbers, not text.",
        lambda y, n_classes: [
            "".join("1" if k == c else "0" for k in range(n_classes)) for c in y
        ],
    ),
    (
        "table of text",
        "Numbers, not text.",
        _hot(lambda Y: Y.astype(int).astype(str)),
    ),
    (
        "the text of the table",
        "Return the table, not its text.",
        _hot(str),
    ),
    (
        "dictionary from label to row",
        "A table: a row for each label, in their order.",
        lambda y, n_classes: {int(c): np.eye(n_classes)[c] for c in y},
    ),
    (
        "True and None",
        "0 elsewhere, not None.",
        lambda y, n_classes: [
            [True if k == c else None for k in range(n_classes)] for c in y
        ],
    ),
    (
        "nan elsewhere",
        "0 elsewhere, not nan.",
        _hot(lambda Y: np.where(Y == 1, 1, np.nan)),
    ),
    (
        "places of the ones",
        "Those are the places; return the table.",
        _hot(np.argwhere),
    ),
    (
        "a pair: table and labels",
        "Return the table alone.",
        lambda y, n_classes: (np.eye(n_classes)[y], y),
    ),
    (
        "comprehension with an if at the end: only the ones",
        "An `if` at the end of a comprehension leaves the zeros out.",
        lambda y, n_classes: [[1 for k in range(n_classes) if k == c] for c in y],
    ),
    (
        "is instead of == (fails for NumPy numbers)",
        "`is` asks for the same object; == for the same number.",
        lambda y, n_classes: [
            [1 if c is k else 0 for k in range(n_classes)] for c in np.asarray(y)
        ],
    ),
    (
        "the two loops exchanged: a row for each class",
        "The outer loop walks over the labels.",
        lambda y, n_classes: [[int(c == k) for c in y] for k in range(n_classes)],
    ),
    (
        "one flat comprehension",
        "A table: a list for each row.",
        lambda y, n_classes: [int(c == k) for c in y for k in range(n_classes)],
    ),
    (
        "if label: class 0 without a 1",
        "Class 0 has a column too.",
        _hot(lambda Y: np.c_[0 * Y[:, :1], Y[:, 1:]]),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "table[y] = 1: whole rows", "table[y] are whole rows: name row and column.")
def _(y, n_classes):
    table = np.zeros((max(len(y), n_classes), n_classes))
    table[y] = 1
    return table[: len(y)]


@wrong(EX, "table[:, y] = 1: whole columns", "With : all rows get the 1.")
def _(y, n_classes):
    table = np.zeros((len(y), n_classes))
    table[:, y] = 1
    return table


@wrong(
    EX, "table[i] = y[i]: whole rows filled", "Name row and column: table[i, y[i]] = 1."
)
def _(y, n_classes):
    table = np.zeros((len(y), n_classes))
    for i in range(len(y)):
        table[i] = y[i]
    return table


@wrong(EX, "table[y[i], i]: indices exchanged", "Row first, then column.")
def _(y, n_classes):
    table = np.zeros((n_classes, len(y)))
    for i in range(len(y)):
        table[y[i], i] = 1
    return table


@wrong(EX, "table[i, y] in the loop: y whole", "Inside the loop it is y[i].")
def _(y, n_classes):
    table = np.zeros((len(y), n_classes))
    for i in range(len(y)):
        table[i, y] = 1
    return table


@wrong(EX, "np.put with y: places of the flat table", "np.put counts through all rows.")
def _(y, n_classes):
    table = np.zeros((len(y), n_classes))
    np.put(table, y, 1)
    return table


@wrong(EX, "the same row m times: [[0] * n] * m", "All rows are one and the same list.")
def _(y, n_classes):
    table = [[0] * n_classes] * len(y)
    for i in range(len(y)):
        table[i][y[i]] = 1
    return table


@wrong(EX, "row made once, before the loop", "All rows are one and the same array.")
def _(y, n_classes):
    rows, row = [], np.zeros(n_classes)
    for label in y:
        row[label] = 1
        rows.append(row)
    return rows


@wrong(
    EX, "row copied but never cleared", "The ones of the rows before are still there."
)
def _(y, n_classes):
    rows, row = [], np.zeros(n_classes)
    for label in y:
        row[label] = 1
        rows.append(row.copy())
    return rows


@wrong(EX, "row cleared, but the same array", "All rows are one and the same array.")
def _(y, n_classes):
    rows, row = [], np.zeros(n_classes)
    for label in y:
        row[:] = 0
        row[label] = 1
        rows.append(row)
    return rows


@wrong(EX, "== instead of =", "== compares; = sets.")
def _(y, n_classes):
    table = np.zeros((len(y), n_classes))
    for i in range(len(y)):
        table[i, y[i]] == 1
    return table


@wrong(EX, "for i in y: the label as row number", "i is the label there, not the row.")
def _(y, n_classes):
    table = np.zeros((len(y) + n_classes, n_classes))
    for i in y:
        table[i, i] = 1
    return table[: len(y)]


@wrong(EX, "return inside the loop", "Your `return` stands inside the loop: one row.")
def _(y, n_classes):
    table = np.zeros((len(y), n_classes))
    for i in range(len(y)):
        table[i, y[i]] = 1
        return table


@wrong(EX, "row returned instead of the table", "Return the table, not its last row.")
def _(y, n_classes):
    for label in y:
        row = np.zeros(n_classes)
        row[label] = 1
    return row


@wrong(EX, "y -= 1 in place", "The caller's y has changed; and classes count from 0.")
def _(y, n_classes):
    y -= 1
    return np.eye(n_classes)[y]


@wrong(
    EX,
    "y changed in place afterwards (right table)",
    "The caller's y has changed.",
)
def _(y, n_classes):
    table = np.eye(n_classes)[y]
    y += 1
    return table


@wrong(EX, "table kept over calls: a default argument", "Each call needs a new table.")
def _(y, n_classes, table=np.zeros((200, 50))):
    for i in range(len(y)):
        table[i, y[i]] = 1
    return table[: len(y), :n_classes]


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(y, n_classes):
    table = np.zeros((len(y), n_classes))
    table[np.arange(len(y)), y] = 1


@wrong(EX, "prints instead of returning", "You print; `return` the table.")
def _(y, n_classes):
    print(np.eye(n_classes)[y])


@wrong(EX, "loop: i never counted up", "i never becomes bigger.")
def _(y, n_classes):
    table, i = np.zeros((len(y), n_classes)), 0
    while i < len(y):
        table[i, y[i]] = 1
    return table


common(EX, 2, np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]))

quiz_letters("08.Q", "c")


# ------------------------------------------------------------- 09.1 first weights
EX = "09.1"
right(EX, "rng.normal", lambda a, b, rng: rng.normal(0, np.sqrt(2 / a), (a, b)))
right(EX, "standard_normal", lambda a, b, g: g.standard_normal((a, b)) * (2 / a) ** 0.5)
right(
    EX,
    "keywords, math.sqrt",
    lambda n_in, n_out, rng: rng.normal(
        loc=0.0, scale=math.sqrt(2.0 / n_in), size=(n_in, n_out)
    ),
)
right(
    EX,
    "uniform with the right width",
    lambda a, b, rng: rng.uniform(-np.sqrt(6 / a), np.sqrt(6 / a), (a, b)),
)
right(
    EX,
    "divided by the root of n/2",
    lambda a, b, rng: rng.normal(size=(a, b)) / np.sqrt(a / 2),
)
right(
    EX,
    "flat, then reshaped",
    lambda a, b, rng: rng.normal(0, np.sqrt(2 / a), a * b).reshape(a, b),
)
right(
    EX,
    "drawn the other way round, then turned",
    lambda a, b, rng: rng.normal(0, np.sqrt(2 / a), (b, a)).T,
)


@right(EX, "two for loops, one number each")
def _(n_in, n_out, rng):
    W = np.zeros((n_in, n_out))
    for i in range(n_in):
        for j in range(n_out):
            W[i, j] = rng.normal(0, np.sqrt(2 / n_in))
    return W


@right(EX, "list of lists")
def _(n_in, n_out, rng):
    scale = (2 / n_in) ** 0.5
    return [[rng.normal() * scale for _ in range(n_out)] for _ in range(n_in)]


border(
    EX,
    "signs only: plus or minus the root",
    "Mean and variance are right, though only two values occur.",
    lambda a, b, rng: rng.choice([-1.0, 1.0], size=(a, b)) * np.sqrt(2 / a),
)
border(
    EX,
    "cut off at two spreads",
    "Usual in some packages; the variance is then a little smaller than asked.",
    lambda a, b, rng: np.sqrt(2 / a) * np.clip(rng.normal(size=(a, b)), -2, 2),
)
border(
    EX,
    "own mean taken away afterwards",
    "Not needed: the mean is 0 on average already.",
    lambda a, b, rng: (lambda W: W - W.mean())(rng.normal(0, np.sqrt(2 / a), (a, b))),
)
border(
    EX,
    "float32",
    "Right, with fewer digits.",
    lambda a, b, rng: rng.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32),
)

for _what, _teacher, _value in [
    (
        "the variance as scale",
        "`scale` is the root of the variance: take np.sqrt(2 / n_in).",
        lambda a, b, rng: rng.normal(0, 2 / a, (a, b)),
    ),
    (
        "1/n instead of 2/n",
        "ReLU throws half away: the variance is 2 / n_in, not 1 / n_in.",
        lambda a, b, rng: rng.normal(0, np.sqrt(1 / a), (a, b)),
    ),
    (
        "root of 2, divided by n",
        "The bracket closes too early: the root goes over all of 2 / n_in.",
        lambda a, b, rng: rng.normal(0, np.sqrt(2) / a, (a, b)),
    ),
    (
        "n_out in place of n_in",
        "A sum has n_in terms: divide by n_in, not by n_out.",
        lambda a, b, rng: rng.normal(0, np.sqrt(2 / b), (a, b)),
    ),
    (
        "Glorot: 2 / (n_in + n_out)",
        "That is Glorot's rule; He's takes 2 / n_in.",
        lambda a, b, rng: rng.normal(0, np.sqrt(2 / (a + b)), (a, b)),
    ),
    (
        "uniform, as wide as the spread",
        "From -s to s the spread is only s / sqrt(3): draw with rng.normal.",
        lambda a, b, rng: rng.uniform(-np.sqrt(2 / a), np.sqrt(2 / a), (a, b)),
    ),
    (
        "uniform from 0 to 1, scaled",
        "rng.random gives no negative numbers: the mean has to be 0.",
        lambda a, b, rng: rng.random((a, b)) * np.sqrt(2 / a),
    ),
    (
        "absolute value: positive only",
        "All your weights are positive; the mean has to be 0.",
        lambda a, b, rng: np.abs(rng.normal(0, np.sqrt(2 / a), (a, b))),
    ),
    (
        "loc and scale exchanged",
        "The first argument of rng.normal is the mean, 0; the spread comes second.",
        lambda a, b, rng: rng.normal(np.sqrt(2 / a), 0, (a, b)),
    ),
    (
        "standard normal, not scaled",
        "The spread is 1 for every n_in: scale it by the root of 2 / n_in.",
        lambda a, b, rng: rng.normal(0, 1, (a, b)),
    ),
    (
        "all zeros",
        "From zeros nothing moves: draw the weights.",
        lambda a, b, rng: np.zeros((a, b)),
    ),
    (
        "all the same number",
        "All weights are equal, so all neurons stay equal: draw them.",
        lambda a, b, rng: np.full((a, b), np.sqrt(2 / a)),
    ),
    (
        "one draw for all places",
        "You draw one number only; hand the shape to rng.normal.",
        lambda a, b, rng: np.ones((a, b)) * rng.normal(0, np.sqrt(2 / a)),
    ),
    (
        "the same column repeated",
        "All columns are alike, so all neurons are: draw n_out different ones.",
        lambda a, b, rng: np.tile(rng.normal(0, np.sqrt(2 / a), (a, 1)), (1, b)),
    ),
    (
        "the same row repeated",
        "All rows are alike: draw each weight for itself.",
        lambda a, b, rng: np.tile(rng.normal(0, np.sqrt(2 / a), (1, b)), (a, 1)),
    ),
    (
        "transposed shape",
        "The table is n_in rows by n_out columns; yours is turned.",
        lambda a, b, rng: rng.normal(0, np.sqrt(2 / a), (b, a)),
    ),
    (
        "no shape: one number",
        "You give back one number; the table is (n_in, n_out).",
        lambda a, b, rng: rng.normal(0, np.sqrt(2 / a)),
    ),
    (
        "own seed inside",
        "You made a generator of your own: draw with the rng that you are given.",
        lambda a, b, rng: np.random.default_rng(0).normal(0, np.sqrt(2 / a), (a, b)),
    ),
    (
        "np.random.randn",
        "Draw with rng, not with np.random: else no run can be repeated.",
        lambda a, b, rng: np.random.randn(a, b) * np.sqrt(2 / a),
    ),
    (
        "fixed 0.01",
        "0.01 is too small for most layers: the scale depends on n_in.",
        lambda a, b, rng: 0.01 * rng.normal(size=(a, b)),
    ),
    (
        "root taken twice",
        "You take the root twice: once is enough.",
        lambda a, b, rng: rng.normal(0, np.sqrt(np.sqrt(2 / a)), (a, b)),
    ),
    (
        "n/2 instead of 2/n",
        "The fraction is upside down: 2 / n_in.",
        lambda a, b, rng: rng.normal(0, np.sqrt(a / 2), (a, b)),
    ),
    (
        "whole-number division 2 // n",
        "// cuts to whole numbers, so 2 // n_in is mostly 0: use /.",
        lambda a, b, rng: rng.normal(0, np.sqrt(2 // a), (a, b)),
    ),
    (
        "a bias row on top",
        "Only the weights: n_in rows, without one for the biases.",
        lambda a, b, rng: rng.normal(0, np.sqrt(2 / a), (a + 1, b)),
    ),
    (
        "64 written in",
        "n_in is not always 64: use the argument.",
        lambda a, b, rng: rng.normal(0, np.sqrt(2 / 64), (a, b)),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(n_in, n_out, rng):
    W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))  # noqa: F841


@wrong(EX, "return inside the loop", "`return` inside the loop: one row is filled.")
def _(n_in, n_out, rng):
    W = np.zeros((n_in, n_out))
    for i in range(n_in):
        W[i] = rng.normal(0, np.sqrt(2 / n_in), n_out)
        return W


@wrong(EX, "loop: draws until the mean is exactly 0", "Exactly 0 never comes.")
def _(n_in, n_out, rng):
    W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
    while W.mean() != 0 or W.any():
        W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
    return W


common(EX, 3, np.random.default_rng(1).normal(0, 1, (2, 3)))


# ------------------------------------------------------------- 09.2 momentum
EX = "09.2"


def _rolling(step, count=range, end=lambda p, path: p, v0=lambda p, s: 0 * p):
    """The walk with momentum, one part exchanged: step gives (place, velocity)."""

    def f(slope, start, learning_rate, momentum, steps):
        place = np.array(start, dtype=float)
        v, path = v0(place, slope), [place]
        for _ in count(steps):
            place, v = step(place, v, slope, learning_rate, momentum)
            path.append(place)
        return end(place, path)

    return f


def _roll(p, v, s, r, m):
    v = m * v + s(p)
    return p - r * v, v


@right(EX, "for loop, v from 0.0")
def _(slope, start, learning_rate, momentum, steps):
    w, v = start, 0.0
    for _ in range(steps):
        v = momentum * v + slope(w)
        w = w - learning_rate * v
    return w


@right(EX, "zeros_like, in place on a copy")
def _(slope, start, learning_rate, momentum, steps):
    w = np.array(start, dtype=float)
    v = np.zeros_like(w)
    for _ in range(steps):
        v *= momentum
        v += slope(w)
        w -= learning_rate * v
    return w


@right(EX, "rate inside the velocity, added")
def _(slope, start, learning_rate, momentum, steps):
    w, v = start.astype(float), np.zeros(start.shape)
    for _ in range(steps):
        v = momentum * v - learning_rate * slope(w)
        w = w + v
    return w


@right(EX, "heavy ball: the last two places")
def _(slope, start, learning_rate, momentum, steps):
    before = now = start
    for _ in range(steps):
        new = now - learning_rate * slope(now) + momentum * (now - before)
        before, now = now, new
    return now


@right(EX, "while, counting down")
def _(slope, start, learning_rate, momentum, steps):
    place, speed = start.copy(), np.zeros(len(start))
    while steps > 0:
        speed = speed * momentum + slope(place)
        place = place - speed * learning_rate
        steps -= 1
    return place


@right(EX, "recursion")
def _(slope, start, learning_rate, momentum, steps):
    def walk(w, v, left):
        if left == 0:
            return w
        v = momentum * v + slope(w)
        return walk(w - learning_rate * v, v, left - 1)

    return walk(start, 0, steps)


@right(EX, "path kept, last one returned")
def _(slope, start, learning_rate, momentum, steps):
    path, v = [np.array(start, float)], 0
    for t in range(steps):
        v = momentum * v + slope(path[t])
        path.append(path[t] - learning_rate * v)
    return path[-1]


@right(EX, "all slopes kept, powers of the momentum")
def _(slope, start, learning_rate, momentum, steps):
    w, slopes = np.array(start, float), []
    for t in range(steps):
        slopes.append(slope(w))
        v = sum(momentum ** (t - i) * g for i, g in enumerate(slopes))
        w = w - learning_rate * v
    return w


@right(EX, "the package's Momentum on a copy")
def _(slope, start, learning_rate, momentum, steps):
    w = np.array(start, dtype=float)
    optimizer = nn_helpers.Momentum(learning_rate, momentum)
    for _ in range(steps):
        optimizer.step([("w", w, slope(w))])
    return w


@border(EX, "start.copy(), then -= (fails for whole numbers)", "Make the copy a float.")
def _(slope, start, learning_rate, momentum, steps):
    w, v = start.copy(), 0.0
    for _ in range(steps):
        v = momentum * v + slope(w)
        w -= learning_rate * v
    return w


for _what, _teacher, _value in [
    (
        "no velocity: plain walk",
        "momentum is never used: keep a velocity.",
        _rolling(lambda p, v, s, r, m: (p - r * s(p), v)),
    ),
    (
        "running mean: (1 - momentum) * g",
        "Here v is momentum * v + g, without the factor 1 - momentum.",
        _rolling(
            lambda p, v, s, r, m: (
                p - r * (m * v + (1 - m) * s(p)),
                m * v + (1 - m) * s(p),
            )
        ),
    ),
    (
        "place moved before the velocity",
        "First the velocity, then the place: you step with the old v.",
        _rolling(lambda p, v, s, r, m: (p - r * v, m * v + s(p))),
    ),
    (
        "place first, slope at the new place",
        "First the velocity, then the place: your first step goes nowhere.",
        _rolling(lambda p, v, s, r, m: (p - r * v, m * v + s(p - r * v))),
    ),
    (
        "Nesterov: slope looked up ahead",
        "That is Nesterov's variant: take the slope at w itself.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, lambda q: s(q - r * m * v), r, m)),
    ),
    (
        "Nesterov as in PyTorch: g + momentum * v",
        "You count g a second time: step along v alone.",
        _rolling(
            lambda p, v, s, r, m: (
                p - r * (s(p) + m * (m * v + s(p))),
                m * v + s(p),
            )
        ),
    ),
    (
        "rate twice",
        "The learning rate is in v and in the step: once is enough.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, lambda q: r * s(q), r, m)),
    ),
    (
        "no learning rate",
        "The learning rate is missing.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, s, 1, m)),
    ),
    (
        "uphill: plus",
        "You walk uphill: subtract.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, s, -r, m)),
    ),
    (
        "v minus g, and place minus v",
        "Two minus signs make a plus: you walk uphill.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, lambda q: -s(q), r, m)),
    ),
    (
        "minus momentum",
        "The old velocity is added, not subtracted.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, s, r, -m)),
    ),
    (
        "momentum fixed at 0.9",
        "You wrote 0.9 in: use the argument `momentum`.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, s, r, 0.9)),
    ),
    (
        "momentum on the slope instead of on v",
        "momentum multiplies the old velocity, not the slope.",
        _rolling(lambda p, v, s, r, m: (p - r * (v + m * s(p)), v + m * s(p))),
    ),
    (
        "momentum on both: brackets",
        "The bracket is too wide: only v is multiplied by momentum.",
        _rolling(lambda p, v, s, r, m: (p - r * m * (v + s(p)), m * (v + s(p)))),
    ),
    (
        "no friction: v + g",
        "momentum is missing: v has to fade.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, s, r, 1)),
    ),
    (
        "rate and momentum exchanged",
        "You mixed up momentum and learning rate.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, s, m, r)),
    ),
    (
        "1 - momentum on the old velocity",
        "The old velocity is multiplied by momentum itself.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, s, r, 1 - m)),
    ),
    (
        "velocity starts at the first slope",
        "v is 0 at first; you count the first slope twice.",
        _rolling(_roll, v0=lambda p, s: s(p)),
    ),
    (
        "velocity starts at the place",
        "v is 0 at first, not `start`.",
        _rolling(_roll, v0=lambda p, s: p),
    ),
    (
        "velocity starts at ones",
        "v is 0 at first.",
        _rolling(_roll, v0=lambda p, s: np.ones_like(p)),
    ),
    (
        "one velocity for all entries",
        "Each entry has its own velocity; you add the slopes up.",
        _rolling(lambda p, v, s, r, m: _roll(p, v, lambda q: np.sum(s(q)), r, m)),
    ),
    (
        "all places returned",
        "Give back the last place only.",
        _rolling(_roll, end=lambda p, path: np.array(path)),
    ),
    (
        "the first place returned",
        "You give back the start.",
        _rolling(_roll, end=lambda p, path: path[0]),
    ),
    (
        "the place before the last",
        "You give back the place before the last one.",
        _rolling(_roll, end=lambda p, path: path[-2] if len(path) > 1 else p),
    ),
    (
        "one step too many",
        "You take steps + 1 steps.",
        _rolling(_roll, count=lambda n: range(n + 1)),
    ),
    (
        "one step too few",
        "range(1, steps) has one step too few.",
        _rolling(_roll, count=lambda n: range(1, n)),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "velocity reset in the loop", "v = 0 belongs before the loop.")
def _(slope, start, learning_rate, momentum, steps):
    w = start
    for _ in range(steps):
        v = 0
        v = momentum * v + slope(w)
        w = w - learning_rate * v
    return w


@wrong(EX, "start changed in place", "You change `start` itself: work on a copy.")
def _(slope, start, learning_rate, momentum, steps):
    w, v = start, np.zeros(len(start))
    for _ in range(steps):
        v = momentum * v + slope(w)
        w -= learning_rate * v
    return w


@wrong(EX, "slope at the start each time", "Ask for the slope at the present place.")
def _(slope, start, learning_rate, momentum, steps):
    w, v, g = start, 0, slope(start)
    for _ in range(steps):
        v = momentum * v + g
        w = w - learning_rate * v
    return w


@wrong(EX, "return inside the loop", "`return` stands inside the loop: one step only.")
def _(slope, start, learning_rate, momentum, steps):
    w, v = start, 0
    for _ in range(steps):
        v = momentum * v + slope(w)
        w = w - learning_rate * v
        return w
    return w


@wrong(EX, "the velocity returned", "You give back v; the last place is asked for.")
def _(slope, start, learning_rate, momentum, steps):
    w, v = start, np.zeros(len(start))
    for _ in range(steps):
        v = momentum * v + slope(w)
        w = w - learning_rate * v
    return v


@wrong(EX, "place and velocity returned", "Give back the place alone.")
def _(slope, start, learning_rate, momentum, steps):
    w, v = start, np.zeros(len(start))
    for _ in range(steps):
        v = momentum * v + slope(w)
        w = w - learning_rate * v
    return w, v


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(slope, start, learning_rate, momentum, steps):
    w, v = start, 0
    for _ in range(steps):
        v = momentum * v + slope(w)
        w = w - learning_rate * v


@wrong(EX, "loop: steps never counted down", "steps never becomes smaller.")
def _(slope, start, learning_rate, momentum, steps):
    w, v = start, 0
    while steps >= 0:
        v = momentum * v + slope(w)
        w = w - learning_rate * v
    return w


common(EX, 5, np.array([0.5, -0.5]))


# ------------------------------------------------------------- 09.3 dropout
EX = "09.3"


def _drop(train, use=lambda A, rate, rng: A):
    return lambda A, rate, rng, training: (train if training else use)(A, rate, rng)


def _keep(A, rate, rng):
    return rng.random(A.shape) >= rate


@right(EX, "mask times A, divided")
def _(A, rate, rng, training):
    if not training:
        return A
    mask = rng.random(A.shape) >= rate
    return A * mask / (1 - rate)


@right(EX, "else branch, < keep")
def _(A, rate, rng, training):
    keep = 1 - rate
    if training:
        return A * (rng.random(A.shape) < keep) / keep
    else:
        return A


@right(EX, "np.where")
def _(A, rate, rng, training):
    if training:
        A = np.where(rng.random(A.shape) < rate, 0.0, A / (1 - rate))
    return A


@right(EX, "a copy with holes")
def _(A, rate, rng, training):
    out = np.array(A, dtype=float)
    if training:
        out[rng.random(out.shape) < rate] = 0
        out /= 1 - rate
    return out


@right(EX, "each entry in a loop")
def _(A, rate, rng, training):
    if training is False:
        return A
    out = np.zeros(A.shape)
    for place in np.ndindex(A.shape):
        if rng.random() > rate:
            out[place] = A[place] / (1.0 - rate)
    return out


right(
    EX,
    "rng.binomial",
    _drop(lambda A, r, g: A * g.binomial(1, 1 - r, size=A.shape) / (1 - r)),
)
right(
    EX,
    "rng.choice with p",
    _drop(lambda A, r, g: A * g.choice([0, 1 / (1 - r)], A.shape, p=[r, 1 - r])),
)
right(
    EX,
    "inverted mask, list returned",
    _drop(lambda A, r, g: (A * ~(g.random(A.shape) < r) * (1 / (1 - r))).tolist()),
)
right(
    EX,
    "rng.uniform, astype",
    _drop(lambda A, r, g: A * (g.uniform(size=A.shape) > r).astype(int) / (1 - r)),
)

border(
    EX,
    "draws in use too, and leaves the numbers unused",
    "Right; draw only while training, else rng moves on for nothing.",
    lambda A, rate, rng, training: (
        lambda mask: A * mask / (1 - rate) if training else A
    )(_keep(A, rate, rng)),
)
border(
    EX,
    "float32 result",
    "Right, with fewer digits.",
    _drop(lambda A, r, g: (A * _keep(A, r, g) / (1 - r)).astype(np.float32)),
)
border(
    EX,
    "training compared with `is True`",
    "Right for True and False; `if training` is enough, and takes 1 too.",
    lambda A, rate, rng, training: (
        A * _keep(A, rate, rng) / (1 - rate) if training is True else A
    ),
)

for _what, _teacher, _value in [
    (
        "active at use: training ignored",
        "While training is false nothing may be dropped.",
        lambda A, rate, rng, training: A * _keep(A, rate, rng) / (1 - rate),
    ),
    (
        "training turned round",
        "You drop when training is false: it is the other way round.",
        lambda A, rate, rng, training: (
            A if training else A * _keep(A, rate, rng) / (1 - rate)
        ),
    ),
    (
        "never active",
        "Nothing is ever dropped.",
        lambda A, rate, rng, training: A,
    ),
    (
        "survivors not scaled",
        "Divide the survivors by 1 - rate.",
        _drop(lambda A, r, g: A * _keep(A, r, g)),
    ),
    (
        "divided by rate",
        "Divide by 1 - rate, the share that stays, not by rate.",
        _drop(lambda A, r, g: A * _keep(A, r, g) / r),
    ),
    (
        "multiplied by 1 - rate",
        "Divide by 1 - rate: the survivors have to grow.",
        _drop(lambda A, r, g: A * _keep(A, r, g) * (1 - r)),
    ),
    (
        "the old way: scaled at use",
        "Scale the survivors while training, and leave A alone when it is used.",
        _drop(lambda A, r, g: A * _keep(A, r, g), lambda A, r, g: A * (1 - r)),
    ),
    (
        "scaled in training and at use",
        "The survivors are scaled already: at use A stays as it is.",
        _drop(
            lambda A, r, g: A * _keep(A, r, g) / (1 - r), lambda A, r, g: A * (1 - r)
        ),
    ),
    (
        "divided at use",
        "At use A stays as it is, without the division.",
        _drop(
            lambda A, r, g: A * _keep(A, r, g) / (1 - r), lambda A, r, g: A / (1 - r)
        ),
    ),
    (
        "rate turned: kept with probability rate",
        "rate is the probability of a 0; you keep with it.",
        _drop(lambda A, r, g: A * (g.random(A.shape) < r) / (1 - r)),
    ),
    (
        "rate turned, in the scale as well",
        "You take rate for the share that stays; it is the share that goes.",
        _drop(lambda A, r, g: A * (g.random(A.shape) < r) / r),
    ),
    (
        "brackets missing: / 1 - rate",
        "Brackets: `/ 1 - rate` divides by 1 and then subtracts rate.",
        _drop(lambda A, r, g: A * _keep(A, r, g) / 1 - r),
    ),
    (
        "one number per column",
        "Each entry needs a number of its own; you drop whole columns.",
        _drop(lambda A, r, g: A * (g.random(A.shape[1]) >= r) / (1 - r)),
    ),
    (
        "one number per row",
        "Each entry needs a number of its own; you drop whole rows.",
        _drop(lambda A, r, g: A * (g.random((len(A), 1)) >= r) / (1 - r)),
    ),
    (
        "one number for all",
        "You draw one number: all or nothing is dropped.",
        _drop(lambda A, r, g: A * (g.random() >= r) / (1 - r)),
    ),
    (
        "the mask returned",
        "You give back the mask: multiply A by it.",
        _drop(lambda A, r, g: _keep(A, r, g) / (1 - r)),
    ),
    (
        "result and mask returned",
        "Give back the activations alone.",
        _drop(lambda A, r, g: (lambda m: (A * m / (1 - r), m))(_keep(A, r, g))),
    ),
    (
        "times the random numbers themselves",
        "You multiply by the random numbers: compare them with rate first.",
        _drop(lambda A, r, g: A * g.random(A.shape) / (1 - r)),
    ),
    (
        "normal numbers compared with rate",
        "rng.normal is not even between 0 and 1: take rng.random.",
        _drop(lambda A, r, g: A * (g.normal(size=A.shape) >= r) / (1 - r)),
    ),
    (
        "small activations dropped",
        "Chance decides which go, not their size.",
        _drop(lambda A, r, g: A * (A >= r) / (1 - r)),
    ),
    (
        "np.random",
        "Draw with rng, not with np.random.",
        _drop(lambda A, r, g: A * (np.random.rand(*A.shape) >= r) / (1 - r)),
    ),
    (
        "own seed inside",
        "With your own seed the same entries go every time: use rng.",
        _drop(lambda A, r, g: A * _keep(A, r, np.random.default_rng(0)) / (1 - r)),
    ),
    (
        "rate fixed at 0.2",
        "You wrote 0.2 in: use the argument `rate`.",
        _drop(lambda A, r, g: A * _keep(A, 0.2, g) / 0.8),
    ),
    (
        "survivors scaled to the old sum",
        "Divide by 1 - rate, not by the share that happened to stay.",
        _drop(lambda A, r, g: (lambda m: A * m / max(m.mean(), 1e-9))(_keep(A, r, g))),
    ),
    (
        "noise added in place of zeros",
        "Entries have to become 0; you add to them.",
        _drop(lambda A, r, g: A + _keep(A, r, g) / (1 - r)),
    ),
    (
        "zeros at use",
        "While training is false, give A back, not zeros.",
        _drop(lambda A, r, g: A * _keep(A, r, g) / (1 - r), lambda A, r, g: 0 * A),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "exact count of zeros", "Each entry has a chance of its own.")
def _(A, rate, rng, training):
    if not training:
        return A
    mask = np.ones(A.size)
    mask[rng.permutation(A.size)[: int(round(rate * A.size))]] = 0
    return A * mask.reshape(A.shape) / (1 - rate)


@wrong(EX, "A changed in place", "You change A itself: make a new array.")
def _(A, rate, rng, training):
    if training:
        A[rng.random(A.shape) < rate] = 0
        A /= 1 - rate
    return A


@wrong(EX, "holes made in A, scaled copy", "The zeros go into A: make a new array.")
def _(A, rate, rng, training):
    if not training:
        return A
    A[rng.random(A.shape) < rate] = 0
    return A / (1 - rate)


@wrong(EX, "nothing returned at use", "While training is false you give nothing back.")
def _(A, rate, rng, training):
    if training:
        return A * (rng.random(A.shape) >= rate) / (1 - rate)


@wrong(EX, "forgotten return", "The training branch needs a `return`.")
def _(A, rate, rng, training):
    if not training:
        return A
    A = A * (rng.random(A.shape) >= rate) / (1 - rate)


@wrong(EX, "loop: draws until a share of exactly rate", "It never comes exactly.")
def _(A, rate, rng, training):
    mask = rng.random(A.shape) >= rate
    while abs(mask.mean() - (1 - rate)) >= 0:
        mask = rng.random(A.shape) >= rate
    return A * mask / (1 - rate)


common(EX, 4, np.array([[0.0, 2.5], [1.25, 0.0]]))


# ------------------------------------------------------------- 09.4 Adam
EX = "09.4"


def _adam(
    m_next=lambda m, g: 0.9 * m + 0.1 * g,
    s_next=lambda s, g: 0.999 * s + 0.001 * g**2,
    step=lambda m, s: m / (np.sqrt(s) + 1e-8),
    fix=lambda m, s, t: (m / (1 - 0.9**t), s / (1 - 0.999**t)),
    sign=-1,
    keep=False,
    count=lambda n: range(1, n + 1),
    end=lambda p, path: p,
    begin=lambda p: (0 * p, 0 * p),
):
    """Adam with one part exchanged."""

    def f(slope, start, learning_rate, steps):
        w = np.array(start, dtype=float)
        (m, s), path = begin(w), [w]
        for t in count(steps):
            g = slope(w)
            m, s = m_next(m, g), s_next(s, g)
            m_hat, s_hat = fix(m, s, t)
            if keep:
                m, s = m_hat, s_hat
            w = w + sign * learning_rate * step(m_hat, s_hat)
            path.append(w)
        return end(w, path)

    return f


@right(EX, "for loop, t from 1")
def _(slope, start, learning_rate, steps):
    w, m, s = start, 0.0, 0.0
    for t in range(1, steps + 1):
        g = slope(w)
        m = 0.9 * m + (1 - 0.9) * g
        s = 0.999 * s + (1 - 0.999) * g**2
        m_hat = m / (1 - 0.9**t)
        s_hat = s / (1 - 0.999**t)
        w = w - learning_rate * m_hat / (np.sqrt(s_hat) + 1e-8)
    return w


@right(EX, "t from 0, t + 1 in the power, in place on a copy")
def _(slope, start, learning_rate, steps):
    beta1, beta2, eps = 0.9, 0.999, 1e-8
    w = np.array(start, dtype=float)
    m, s = np.zeros_like(w), np.zeros_like(w)
    for t in range(steps):
        g = slope(w)
        m += (1 - beta1) * (g - m)
        s += (1 - beta2) * (g * g - s)
        root = np.sqrt(s / (1 - beta2 ** (t + 1)))
        w -= learning_rate * m / (1 - beta1 ** (t + 1)) / (root + eps)
    return w


@right(EX, "powers kept as running products, while")
def _(slope, start, learning_rate, steps):
    w, m, s, b1, b2, t = start.astype(float), 0, 0, 1.0, 1.0, 0
    while t < steps:
        t += 1
        g = slope(w)
        b1, b2 = b1 * 0.9, b2 * 0.999
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * np.square(g)
        w = w - learning_rate * (m / (1 - b1)) / ((s / (1 - b2)) ** 0.5 + 1e-8)
    return w


@right(EX, "recursion")
def _(slope, start, learning_rate, steps):
    def walk(w, m, s, t):
        if t > steps:
            return w
        g = slope(w)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        step = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        return walk(w - learning_rate * step, m, s, t + 1)

    return walk(start, 0, 0, 1)


@right(EX, "entries one by one, list returned")
def _(slope, start, learning_rate, steps):
    w = [float(v) for v in start]
    m, s = [0.0] * len(w), [0.0] * len(w)
    for t in range(1, steps + 1):
        slopes = slope(np.array(w))
        for i, g in enumerate(slopes):
            m[i] = 0.9 * m[i] + 0.1 * g
            s[i] = 0.999 * s[i] + 0.001 * g**2
            root = math.sqrt(s[i] / (1 - 0.999**t))
            w[i] -= learning_rate * (m[i] / (1 - 0.9**t)) / (root + 1e-8)
    return w


@right(EX, "all slopes kept, weighted means")
def _(slope, start, learning_rate, steps):
    w, kept = np.array(start, float), []
    for _ in range(steps):
        kept.insert(0, slope(w))
        a, b = 0.9 ** np.arange(len(kept)), 0.999 ** np.arange(len(kept))
        m = np.average(kept, axis=0, weights=a)
        s = np.average(np.square(kept), axis=0, weights=b)
        w = w - learning_rate * m / (np.sqrt(s) + 1e-8)
    return w


@right(EX, "the package's Adam on a copy")
def _(slope, start, learning_rate, steps):
    w = np.array(start, dtype=float)
    optimizer = nn_helpers.Adam(learning_rate)
    for _ in range(steps):
        optimizer.step([("w", w, slope(w))])
    return w


border(
    EX,
    "eps added before s is corrected",
    "Correct s first, then add eps; it shows only where slopes are tiny.",
    _adam(
        fix=lambda m, s, t: (
            m / (1 - 0.9**t),
            (np.sqrt(s) + 1e-8) ** 2 / (1 - 0.999**t),
        ),
        step=lambda m, s: m / np.sqrt(s),
    ),
)
border(
    EX,
    "no eps",
    "Without eps a slope of 0 gives 0 / 0.",
    _adam(step=lambda m, s: m / np.sqrt(s)),
)
border(
    EX,
    "eps = 1e-7",
    "eps is 1e-8 here; you will hardly see it.",
    _adam(step=lambda m, s: m / (np.sqrt(s) + 1e-7)),
)


@border(EX, "start.copy(), then -= (fails for whole numbers)", "Make the copy a float.")
def _(slope, start, learning_rate, steps):
    w, m, s = start.copy(), 0, 0
    for t in range(1, steps + 1):
        g = slope(w)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        step = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)
        w -= learning_rate * step
    return w


for _what, _teacher, _value in [
    (
        "no correction at all",
        "Both bias corrections are missing.",
        _adam(fix=lambda m, s, t: (m, s)),
    ),
    (
        "only m corrected",
        "s needs its correction too.",
        _adam(fix=lambda m, s, t: (m / (1 - 0.9**t), s)),
    ),
    (
        "only s corrected",
        "m needs its correction too.",
        _adam(fix=lambda m, s, t: (m, s / (1 - 0.999**t))),
    ),
    (
        "corrected values kept",
        "Keep m and s uncorrected for the next step; correct into new names.",
        _adam(keep=True),
    ),
    (
        "t from 0",
        "t starts at 1: with t = 0 you divide by 0.",
        _adam(count=range),
    ),
    (
        "t never counted: always 1",
        "t stays 1: it has to grow with every step.",
        _adam(fix=lambda m, s, t: (m / (1 - 0.9), s / (1 - 0.999))),
    ),
    (
        "t is steps throughout",
        "t is the number of the present step, not `steps`.",
        lambda slope, start, learning_rate, steps: _adam(
            fix=lambda m, s, t: (m / (1 - 0.9**steps), s / (1 - 0.999**steps))
        )(slope, start, learning_rate, steps),
    ),
    (
        "t one too large",
        "In the first step t is 1, not 2.",
        _adam(
            fix=lambda m, s, t: (
                m / (1 - 0.9 ** (t + 1)),
                s / (1 - 0.999 ** (t + 1)),
            )
        ),
    ),
    (
        "beta * t instead of beta ** t",
        "1 - beta**t, a power, not a product.",
        _adam(fix=lambda m, s, t: (m / (1 - 0.9 * t), np.abs(s / (1 - 0.999 * t)))),
    ),
    (
        "multiplied by the correction",
        "Divide by 1 - beta**t; you multiply.",
        _adam(fix=lambda m, s, t: (m * (1 - 0.9**t), s * (1 - 0.999**t))),
    ),
    (
        "beta1 in both corrections",
        "s is corrected with beta2.",
        _adam(fix=lambda m, s, t: (m / (1 - 0.9**t), s / (1 - 0.9**t))),
    ),
    (
        "no root",
        "The root of s is missing.",
        _adam(step=lambda m, s: m / (s + 1e-8)),
    ),
    (
        "no square in s",
        "s is the mean of the squares: g**2.",
        _adam(s_next=lambda s, g: 0.999 * s + 0.001 * np.abs(g)),
    ),
    (
        "s from the plain slopes",
        "s holds g**2: without the square the root of a negative number is nan.",
        _adam(s_next=lambda s, g: 0.999 * s + 0.001 * g),
    ),
    (
        "betas swapped",
        "beta1 = 0.9 belongs to m, beta2 = 0.999 to s.",
        _adam(
            lambda m, g: 0.999 * m + 0.001 * g,
            lambda s, g: 0.9 * s + 0.1 * g**2,
            fix=lambda m, s, t: (m / (1 - 0.999**t), s / (1 - 0.9**t)),
        ),
    ),
    (
        "beta and 1 - beta exchanged",
        "The old mean is multiplied by beta, the slope by 1 - beta.",
        _adam(lambda m, g: 0.1 * m + 0.9 * g, lambda s, g: 0.001 * s + 0.999 * g**2),
    ),
    (
        "the slope in place of m (RMSprop)",
        "Step along the running mean m, not along the slope itself.",
        _adam(m_next=lambda m, g: g, fix=lambda m, s, t: (m, s / (1 - 0.999**t))),
    ),
    (
        "momentum's velocity in place of m",
        "m is a mean: the slope comes in times 1 - beta1.",
        _adam(m_next=lambda m, g: 0.9 * m + g),
    ),
    (
        "squares added up (Adagrad)",
        "s is a running mean, not a sum.",
        _adam(s_next=lambda s, g: s + g**2),
    ),
    (
        "one s for all entries",
        "Each entry has an s of its own; you average over them.",
        _adam(s_next=lambda s, g: 0.999 * s + 0.001 * np.mean(g**2)),
    ),
    (
        "divided by the size of m",
        "Divide by the root of s, not of m squared: now every step is equally long.",
        _adam(step=lambda m, s: m / (np.sqrt(m**2) + 1e-8)),
    ),
    (
        "no division by the root of s",
        "Divide by the root of s.",
        _adam(step=lambda m, s: m),
    ),
    (
        "times the root of s",
        "Divide by the root of s; you multiply.",
        _adam(step=lambda m, s: m * (np.sqrt(s) + 1e-8)),
    ),
    (
        "beta2 = 0.99",
        "beta2 is 0.999.",
        _adam(
            s_next=lambda s, g: 0.99 * s + 0.01 * g**2,
            fix=lambda m, s, t: (m / (1 - 0.9**t), s / (1 - 0.99**t)),
        ),
    ),
    ("uphill: plus", "You walk uphill: subtract.", _adam(sign=1)),
    (
        "eps 0.1",
        "eps is 1e-8; 0.1 makes the steps shorter.",
        _adam(step=lambda m, s: m / (np.sqrt(s) + 0.1)),
    ),
    (
        "no learning rate",
        "The learning rate is missing.",
        lambda slope, start, learning_rate, steps: _adam()(slope, start, 1.0, steps),
    ),
    (
        "s from 1",
        "m and s start at 0.",
        _adam(begin=lambda p: (0 * p, 0 * p + 1)),
    ),
    (
        "all places returned",
        "Give back the last place only.",
        _adam(end=lambda p, path: np.array(path)),
    ),
    (
        "one step too few",
        "range(1, steps) ends one step early: range(1, steps + 1).",
        _adam(count=lambda n: range(1, n)),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "m and s reset in the loop", "m and s belong before the loop.")
def _(slope, start, learning_rate, steps):
    w = start
    for t in range(1, steps + 1):
        m = s = 0
        g = slope(w)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        root = np.sqrt(s / (1 - 0.999**t)) + 1e-8
        w = w - learning_rate * m / (1 - 0.9**t) / root
    return w


@wrong(EX, "m and s are one array", "m = s = ... is one array, moved twice.")
def _(slope, start, learning_rate, steps):
    w = np.array(start, dtype=float)
    m = s = np.zeros(len(w))
    for t in range(1, steps + 1):
        g = slope(w)
        m *= 0.9
        m += 0.1 * g
        s *= 0.999
        s += 0.001 * g**2
        root = np.sqrt(np.abs(s) / (1 - 0.999**t)) + 1e-8
        w = w - learning_rate * m / (1 - 0.9**t) / root
    return w


@wrong(EX, "start changed in place", "You change `start` itself: work on a copy.")
def _(slope, start, learning_rate, steps):
    w, m, s = start, 0, 0
    for t in range(1, steps + 1):
        g = slope(w)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        root = np.sqrt(s / (1 - 0.999**t)) + 1e-8
        w -= learning_rate * m / (1 - 0.9**t) / root
    return w


@wrong(EX, "return inside the loop", "`return` stands inside the loop: one step only.")
def _(slope, start, learning_rate, steps):
    w, m, s = start, 0, 0
    for t in range(1, steps + 1):
        g = slope(w)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        root = np.sqrt(s / (1 - 0.999**t)) + 1e-8
        w = w - learning_rate * m / (1 - 0.9**t) / root
        return w
    return w


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(slope, start, learning_rate, steps):
    _adam()(slope, start, learning_rate, steps)


@wrong(EX, "loop: t never counted up", "t never becomes larger.")
def _(slope, start, learning_rate, steps):
    w, m, s, t = start, 0, 0, 1
    while t <= steps or steps < 1:
        g = slope(w)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        root = np.sqrt(s / (1 - 0.999**t)) + 1e-8
        w = w - learning_rate * m / (1 - 0.9**t) / root
    return w


common(EX, 4, np.array([0.5, -0.5]))

quiz_letters("09.Q", "b")


# ------------------------------------------------------------- 10.1 the attack
EX = "10.1"


def _pull10(network, X, Y):
    Z = network.forward(X)
    dZ = nn_helpers.softmax_cross_entropy_grad(Z, Y) * len(X)
    return network.backward(dZ, input_gradient=True)


right(
    EX,
    "slopes_of, sign, clip",
    lambda n, X, Y, e: np.clip(X + e * np.sign(_pull10(n, X, Y)), 0, 1),
)
right(
    EX,
    "package's input_gradient",
    lambda n, X, Y, e: np.clip(
        X + e * np.sign(nn_helpers.input_gradient(n, X, Y)), 0, 1
    ),
)
right(EX, "package's fgsm", lambda n, X, Y, e: nn_helpers.fgsm(n, X, Y, e))


@right(EX, "gradient of the mean loss: the sign is the same")
def _(network, X, Y, epsilon):
    dZ = nn_helpers.softmax_cross_entropy_grad(network.forward(X), Y)
    dX = network.backward(dZ, input_gradient=True)
    return np.minimum(1, np.maximum(0, X + epsilon * np.sign(dX)))


@right(EX, "P - Y, downhill with the sign turned twice")
def _(network, X, Y, epsilon):
    P = network.predict_proba(X)
    down = network.backward(Y - P, True)
    return (X - epsilon * np.sign(down)).clip(0.0, 1.0)


@right(EX, "walk back by hand through the layers")
def _(network, X, Y, epsilon):
    d = softmax(network.forward(X)) - Y
    for layer in network.layers[::-1]:
        d = (d * layer.g_prime(layer.Z)) @ layer.W.T
    return np.clip(X + epsilon * np.sign(d), 0, 1)


@right(EX, "row by row, pixel by pixel")
def _(network, X, Y, epsilon):
    result = X.astype(float)
    for r in range(len(X)):
        g = _pull10(network, X[r : r + 1], Y[r : r + 1])[0]
        for i in range(len(g)):
            if g[i] > 0:
                result[r, i] = min(1.0, result[r, i] + epsilon)
            elif g[i] < 0:
                result[r, i] = max(0.0, result[r, i] - epsilon)
    return result


@right(EX, "two masks")
def _(network, X, Y, epsilon):
    g = _pull10(network, X, Y)
    delta = epsilon * (g > 0) - epsilon * (g < 0)
    return np.clip(X + delta, 0, 1)


border(
    EX,
    "a slope of 0 counts as positive",
    "A pixel without a slope need not move: np.sign gives 0 there.",
    lambda n, X, Y, e: np.clip(X + np.where(_pull10(n, X, Y) >= 0, e, -e), 0, 1),
)

for _what, _teacher, _value in [
    (
        "minus: the loss falls",
        "You walk downhill, as in training; the attack goes uphill.",
        lambda n, X, Y, e: np.clip(X - e * np.sign(_pull10(n, X, Y)), 0, 1),
    ),
    (
        "the gradient itself, no sign",
        "Take the sign of the slope: each pixel moves by the whole epsilon.",
        lambda n, X, Y, e: np.clip(X + e * _pull10(n, X, Y), 0, 1),
    ),
    (
        "gradient divided by its length",
        "Every pixel may move by epsilon; you shared one step out among all.",
        lambda n, X, Y, e: np.clip(
            X
            + e
            * (lambda g: g / (np.linalg.norm(g, axis=1, keepdims=True) + 1e-12))(
                _pull10(n, X, Y)
            ),
            0,
            1,
        ),
    ),
    (
        "gradient divided by its largest entry",
        "Only the steepest pixel moves by epsilon now; take the sign.",
        lambda n, X, Y, e: np.clip(
            X
            + e
            * (lambda g: g / (abs(g).max(axis=1, keepdims=True) + 1e-12))(
                _pull10(n, X, Y)
            ),
            0,
            1,
        ),
    ),
    (
        "not clipped",
        "Some pixels are below 0 or above 1: clip at the end.",
        lambda n, X, Y, e: X + e * np.sign(_pull10(n, X, Y)),
    ),
    (
        "only the change clipped, to 0..1",
        "Clip the image, not the change: the negative changes are lost.",
        lambda n, X, Y, e: X + np.clip(e * np.sign(_pull10(n, X, Y)), 0, 1),
    ),
    (
        "only the change clipped, to the box",
        "The change is in its box already; it is the image that can leave 0..1.",
        lambda n, X, Y, e: X + np.clip(e * np.sign(_pull10(n, X, Y)), -e, e),
    ),
    (
        "clipped to -1..1",
        "Pixels go from 0 to 1, not from -1.",
        lambda n, X, Y, e: np.clip(X + e * np.sign(_pull10(n, X, Y)), -1, 1),
    ),
    (
        "clipped from below only",
        "Ink cannot be more than 1 either.",
        lambda n, X, Y, e: np.maximum(X + e * np.sign(_pull10(n, X, Y)), 0),
    ),
    (
        "clipped to 0..255",
        "Our pixels go from 0 to 1.",
        lambda n, X, Y, e: np.clip(X + e * np.sign(_pull10(n, X, Y)), 0, 255),
    ),
    (
        "the believed label instead of Y",
        "Use the labels Y, not what the network believes.",
        lambda n, X, Y, e: np.clip(
            X + e * np.sign(_pull10(n, X, np.eye(Y.shape[1])[n.predict(X)])), 0, 1
        ),
    ),
    (
        "labels rolled by one class",
        "The 1 in Y has moved to the next class.",
        lambda n, X, Y, e: np.clip(
            X + e * np.sign(_pull10(n, X, np.roll(Y, 1, axis=1))), 0, 1
        ),
    ),
    (
        "no epsilon",
        "Every pixel moves by 1: epsilon is missing.",
        lambda n, X, Y, e: np.clip(X + np.sign(_pull10(n, X, Y)), 0, 1),
    ),
    (
        "epsilon twice",
        "epsilon stands there twice.",
        lambda n, X, Y, e: np.clip(X + e * (e * np.sign(_pull10(n, X, Y))), 0, 1),
    ),
    (
        "twice epsilon: the width of the box",
        "epsilon is the way to one side, not the width of the box.",
        lambda n, X, Y, e: np.clip(X + 2 * e * np.sign(_pull10(n, X, Y)), 0, 1),
    ),
    (
        "only the change returned",
        "Add the change to X.",
        lambda n, X, Y, e: e * np.sign(_pull10(n, X, Y)),
    ),
    (
        "only the slopes returned",
        "These are the slopes; the attack still has to be made with them.",
        lambda n, X, Y, e: _pull10(n, X, Y),
    ),
    (
        "mean gradient for all rows",
        "Each row has slopes of its own; do not average them.",
        lambda n, X, Y, e: np.clip(
            X + e * np.sign(_pull10(n, X, Y).mean(axis=0)), 0, 1
        ),
    ),
    (
        "gradient of the logits, dZ = Y",
        "dZ is P - Y, the slope of the loss; Y is not.",
        lambda n, X, Y, e: (
            n.forward(X),
            np.clip(X + e * np.sign(n.backward(Y, True)), 0, 1),
        )[1],
    ),
    (
        "Z - Y without softmax",
        "Softmax first: dZ is P - Y, with probabilities.",
        lambda n, X, Y, e: np.clip(
            X + e * np.sign(n.backward(n.forward(X) - Y, True)), 0, 1
        ),
    ),
    (
        "Y - P",
        "dZ is P - Y; the other way round the loss falls.",
        lambda n, X, Y, e: np.clip(
            X + e * np.sign(n.backward(Y - softmax(n.forward(X)), True)), 0, 1
        ),
    ),
    (
        "sign of X instead of the slopes",
        "Take the sign of the slopes, not of the pixels.",
        lambda n, X, Y, e: np.clip(X + e * np.sign(X), 0, 1),
    ),
    (
        "noise: a coin for each pixel",
        "That is noise; the slopes say which way.",
        lambda n, X, Y, e: np.clip(
            X + e * np.random.default_rng(10).choice([-1.0, 1.0], X.shape), 0, 1
        ),
    ),
    (
        "input_gradient=True forgotten",
        "backward gives None back unless you ask for the input gradient.",
        lambda n, X, Y, e: np.clip(
            X + e * np.sign(n.backward(softmax(n.forward(X)) - Y)), 0, 1
        ),
    ),
    (
        "X returned as it was",
        "Nothing has moved.",
        lambda n, X, Y, e: X.copy(),
    ),
    (
        "ten steps, as PGD",
        "One step is asked for; many come later in the lesson.",
        lambda n, X, Y, e: nn_helpers.pgd(n, X, Y, e),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "weights trained instead", "You changed the weights: leave the network.")
def _(network, X, Y, epsilon):
    _pull10(network, X, Y)
    for _name, array, gradient in network.parameters():
        array -= epsilon * gradient
    return X.copy()


@wrong(EX, "attack right, weights changed as well", "Leave the weights as they are.")
def _(network, X, Y, epsilon):
    g = _pull10(network, X, Y)
    nn_helpers.SGD(0.1).step(network.parameters())
    return np.clip(X + epsilon * np.sign(g), 0, 1)


@wrong(EX, "X changed in place", "You change the images you were given; copy first.")
def _(network, X, Y, epsilon):
    X += epsilon * np.sign(_pull10(network, X, Y))
    return np.clip(X, 0, 1, out=X)


@wrong(EX, "clip called, its result thrown away", "np.clip gives its result back.")
def _(network, X, Y, epsilon):
    A = X + epsilon * np.sign(_pull10(network, X, Y))
    np.clip(A, 0, 1)
    return A


@wrong(EX, "only the first row attacked", "All rows are to be attacked.")
def _(network, X, Y, epsilon):
    A = X.copy()
    A[0] = np.clip(X + epsilon * np.sign(_pull10(network, X, Y)), 0, 1)[0]
    return A


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(network, X, Y, epsilon):
    np.clip(X + epsilon * np.sign(_pull10(network, X, Y)), 0, 1)


@wrong(EX, "loop: attack until all are misread, X never moves", "X stays: no end.")
def _(network, X, Y, epsilon):
    A = X
    while (network.predict(A) >= 0).any():
        A = np.clip(X + epsilon * np.sign(_pull10(network, X, Y)), 0, 1)
    return A


common(EX, 4, np.array([[0.2, 0.8]]))

# ------------------------------------------------------------- 10.2 the rise
numbers(
    "10.2",
    [
        ("float", 0.26),
        ("summed", 0.2 * (0.4 + 0.3 + 0 + 0.6)),
        ("pixel by pixel", 0.08 + 0.06 + 0.12),
        ("numpy", 0.2 * np.abs([0.4, -0.3, 0, 0.6]).sum()),
        ("dot with the sign", np.array([0.4, -0.3, 0, 0.6]) @ [0.2, -0.2, 0, 0.2]),
        ("np.float32", np.float32(0.26)),
        ("array with one element", np.array([0.26])),
    ],
    [
        ("no epsilon", "Times epsilon, 0.2.", 1.3),
        ("signed sum", "A negative slope helps too: the pixel moves down.", 0.14),
        ("signed sum, no epsilon", "Sizes of the slopes, times epsilon.", 0.7),
        ("steepest pixel only", "All pixels may move, not only one.", 0.12),
        ("positive slopes only", "The pixel with -0.3 moves down: +0.06.", 0.2),
        ("four times epsilon", "That is how far they move, not the rise.", 0.8),
        ("three times epsilon", "That is how far they move, not the rise.", 0.6),
        ("mean instead of sum", "All four add up; do not divide by 4.", 0.065),
        ("epsilon twice", "epsilon once only.", 0.052),
        ("both directions", "A pixel moves one way only.", 0.52),
        ("squares of the slopes", "The slopes, not their squares.", 0.122),
        ("length of the gradient", "Add up sizes, no root of squares.", 0.1562),
        ("divided by epsilon", "Times epsilon, not divided by it.", 6.5),
        ("epsilon added", "Times epsilon, not plus.", 1.5),
        ("in hundredths", "The decimal point has moved.", 26),
        ("rounded to 0.3", "Leave both decimals.", 0.3),
        ("zero slope counted as one", "A slope of 0 gives no rise.", 0.46),
        ("zero", "It can rise: the pixels choose their way.", 0),
    ],
)

# ------------------------------------------------------------- 10.3 with a target
EX = "10.3"


def _to10(network, X, target):
    T = np.zeros((len(X), network.n_out))
    T[:, target] = 1
    return _pull10(network, X, T)


right(
    EX,
    "one-hot rows, minus, clip",
    lambda n, X, t, e: np.clip(X - e * np.sign(_to10(n, X, t)), 0, 1),
)
right(
    EX,
    "one_hot of np.full",
    lambda n, X, t, e: np.clip(
        X
        - e
        * np.sign(
            nn_helpers.input_gradient(
                n, X, nn_helpers.one_hot(np.full(len(X), t), n.n_out)
            )
        ),
        0,
        1,
    ),
)
right(
    EX,
    "eye and a list",
    lambda n, X, t, e: (
        X - e * np.sign(_pull10(n, X, np.eye(n.n_out)[[t] * len(X)]))
    ).clip(0, 1),
)


@right(EX, "my_attack with a negative epsilon")
def _(network, X, target, epsilon):
    def attack(network, X, Y, epsilon):
        return np.clip(X + epsilon * np.sign(_pull10(network, X, Y)), 0, 1)

    T = np.tile(np.eye(network.n_out)[target], (len(X), 1))
    return attack(network, X, T, -epsilon)


@right(EX, "T - P, uphill")
def _(network, X, target, epsilon):
    up = -network.predict_proba(X)
    up[:, target] += 1
    return np.clip(X + epsilon * np.sign(network.backward(up, True)), 0, 1)


@right(EX, "row by row")
def _(network, X, target, epsilon):
    t = np.eye(network.n_out)[target : target + 1]
    rows = [x[None] - epsilon * np.sign(_pull10(network, x[None], t)) for x in X]
    return np.clip(np.concatenate(rows), 0, 1)


@right(EX, "walk by hand, masks, minimum and maximum")
def _(network, X, target, epsilon):
    d = softmax(network.forward(X))
    d[:, target] -= 1
    for layer in reversed(network.layers):
        d = (d * layer.g_prime(layer.Z)) @ layer.W.T
    A = np.where(d > 0, X - epsilon, np.where(d < 0, X + epsilon, X))
    return np.minimum(np.maximum(A, 0), 1)


border(
    EX,
    "a slope of 0 counts as positive",
    "A pixel without a slope need not move.",
    lambda n, X, t, e: np.clip(X - np.where(_to10(n, X, t) >= 0, e, -e), 0, 1),
)


def _logits10(network, X, dZ):
    network.forward(X)
    return np.sign(network.backward(dZ, True))


border(
    EX,
    "raises the target's logit, not its probability",
    "An attack too, but of the logit: 'everything else as in 10.1' means the loss.",
    lambda n, X, t, e: np.clip(
        X + e * _logits10(n, X, np.eye(n.n_out)[[t] * len(X)]), 0, 1
    ),
)

for _what, _teacher, _value in [
    (
        "plus: away from the target",
        "You raise the loss of the target: it should fall, so take minus.",
        lambda n, X, t, e: np.clip(X + e * np.sign(_to10(n, X, t)), 0, 1),
    ),
    (
        "target off by one",
        "Classes count from 0: column `target`, not the one before.",
        lambda n, X, t, e: np.clip(X - e * np.sign(_to10(n, X, t - 1)), 0, 1),
    ),
    (
        "next class after the target",
        "Column `target`, not the one after.",
        lambda n, X, t, e: np.clip(
            X - e * np.sign(_to10(n, X, (t + 1) % n.n_out)), 0, 1
        ),
    ),
    (
        "raw gradient, no sign",
        "Take the sign: each pixel moves by epsilon.",
        lambda n, X, t, e: np.clip(X - e * _to10(n, X, t), 0, 1),
    ),
    (
        "gradient divided by its length",
        "Every pixel may move by epsilon: take the sign.",
        lambda n, X, t, e: np.clip(
            X - e * _to10(n, X, t) / (np.linalg.norm(_to10(n, X, t)) + 1e-12), 0, 1
        ),
    ),
    (
        "not clipped",
        "Pixels below 0 or above 1: clip at the end.",
        lambda n, X, t, e: X - e * np.sign(_to10(n, X, t)),
    ),
    (
        "clipped to -1..1",
        "Pixels go from 0 to 1.",
        lambda n, X, t, e: np.clip(X - e * np.sign(_to10(n, X, t)), -1, 1),
    ),
    (
        "untargeted: away from what it believes",
        "You push away from the old class; go towards the target.",
        lambda n, X, t, e: np.clip(
            X + e * np.sign(_pull10(n, X, np.eye(n.n_out)[n.predict(X)])), 0, 1
        ),
    ),
    (
        "towards what it believes",
        "The target does not occur in your lines.",
        lambda n, X, t, e: np.clip(
            X - e * np.sign(_pull10(n, X, np.eye(n.n_out)[n.predict(X)])), 0, 1
        ),
    ),
    (
        "target as one row only",
        "Every row needs the target: one row does not fit them all.",
        lambda n, X, t, e: np.clip(
            X - e * np.sign(_pull10(n, X, nn_helpers.one_hot(np.array([t]), n.n_out))),
            0,
            1,
        ),
    ),
    (
        "the target's number handed in as Y",
        "The target has to become one-hot rows first.",
        lambda n, X, t, e: np.clip(X - e * np.sign(_pull10(n, X, t)), 0, 1),
    ),
    (
        "target always 8",
        "8 was an example: use `target`.",
        lambda n, X, t, e: np.clip(
            X - e * np.sign(_to10(n, X, min(8, n.n_out - 1))), 0, 1
        ),
    ),
    (
        "no epsilon",
        "epsilon is missing.",
        lambda n, X, t, e: np.clip(X - np.sign(_to10(n, X, t)), 0, 1),
    ),
    (
        "epsilon halved",
        "epsilon, not half of it.",
        lambda n, X, t, e: np.clip(X - e / 2 * np.sign(_to10(n, X, t)), 0, 1),
    ),
    (
        "only the change returned",
        "Add the change to X.",
        lambda n, X, t, e: -e * np.sign(_to10(n, X, t)),
    ),
    (
        "mean gradient for all rows",
        "Each row has slopes of its own.",
        lambda n, X, t, e: np.clip(X - e * np.sign(_to10(n, X, t).mean(axis=0)), 0, 1),
    ),
    (
        "the predictions returned",
        "The attacked images are asked for, not how they are read.",
        lambda n, X, t, e: n.predict(np.clip(X - e * np.sign(_to10(n, X, t)), 0, 1)),
    ),
    (
        "only rows that are not read as target yet",
        "Every row is moved, also one that is read as the target already.",
        lambda n, X, t, e: np.where(
            (n.predict(X) == t)[:, None],
            X,
            np.clip(X - e * np.sign(_to10(n, X, t)), 0, 1),
        ),
    ),
    (
        "ones in the wrong place: a row instead of a column",
        "T[:, target], not T[target].",
        lambda n, X, t, e: np.clip(
            X
            - e
            * np.sign(
                n.backward(
                    softmax(n.forward(X)) - (np.arange(len(X)) == t)[:, None], True
                )
            ),
            0,
            1,
        ),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "X changed in place", "You change the images you were given; copy first.")
def _(network, X, target, epsilon):
    X -= epsilon * np.sign(_to10(network, X, target))
    return np.clip(X, 0, 1, out=X)


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(network, X, target, epsilon):
    np.clip(X - epsilon * np.sign(_to10(network, X, target)), 0, 1)


@wrong(EX, "weights trained towards the target", "Change the images, not the network.")
def _(network, X, target, epsilon):
    _to10(network, X, target)
    nn_helpers.SGD(epsilon).step(network.parameters())
    return X.copy()


@wrong(EX, "loop: until every row is the target, from X each time", "It never ends.")
def _(network, X, target, epsilon):
    hits = 0
    while hits <= len(X):
        A = np.clip(X - epsilon * np.sign(_to10(network, X, target)), 0, 1)
        hits = np.sum(network.predict(A) == target)
    return A


common(EX, 4, np.array([[0.2, 0.8]]))

# ------------------------------------------------------------- 10.4 by nudges
EX = "10.4"


@right(EX, "ndindex and copies")
def _(function, x, h):
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        slopes[i] = (function(up) - function(down)) / (2 * h)
    return slopes


@right(EX, "flat, reshaped for the function and at the end")
def _(function, x, h):
    flat = np.array(x, dtype=float).ravel()
    slopes = []
    for i in range(flat.size):
        e = np.zeros(flat.size)
        e[i] = h
        up = function((flat + e).reshape(x.shape))
        slopes.append((up - function((flat - e).reshape(x.shape))) / 2 / h)
    return np.array(slopes).reshape(x.shape)


@right(EX, "unit images from np.eye")
def _(function, x, h):
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    differences = [function(x + s) - function(x - s) for s in steps]
    return np.reshape(differences, x.shape) / (2 * h)


@right(EX, "a float copy, old value put back")
def _(function, x, h):
    x = x.astype(float)
    g = np.empty_like(x)
    for i, old in np.ndenumerate(x.copy()):
        x[i] = old + h
        up = function(x.copy())
        x[i] = old - h
        down = function(x.copy())
        x[i] = old
        g[i] = (up - down) / (2 * h)
    return g


@right(EX, "nditer with multi_index")
def _(function, x, h):
    g = np.zeros_like(x, dtype=float)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        nudge = np.zeros(x.shape)
        nudge[it.multi_index] = h
        g[it.multi_index] = 0.5 * (function(x + nudge) - function(x - nudge)) / h
        it.iternext()
    return g


@right(EX, "a sum over signs")
def _(function, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(*x.shape):
        for s in (1, -1):
            y = x.astype(np.float64)
            y[i] = y[i] + s * h
            g[i] += s * function(y) / (2 * h)
    return g


right(
    EX,
    "package's numerical_gradient",
    lambda function, x, h: nn_helpers.numerical_gradient(function, x, h),
)


@border(EX, "float copy, put back by arithmetic", "Fine, but rounding stays behind.")
def _(function, x, h):
    x = x.astype(float)
    g = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        up = function(x)
        x[i] -= 2 * h
        down = function(x)
        x[i] += h
        g[i] = (up - down) / (2 * h)
    return g


def _nudge10(rule, cast=float):
    def answer(function, x, h):
        g = np.zeros(x.shape)
        for i in np.ndindex(x.shape):
            up, down = x.astype(cast), x.astype(cast)
            up[i] += h
            down[i] -= h
            g[i] = rule(function(up), function(down), function(x.astype(cast)), h)
        return g

    return answer


_central10 = _nudge10(lambda up, down, here, h: (up - down) / (2 * h))

for _what, _teacher, _value in [
    (
        "one-sided, up only",
        "Nudge up and down; you nudge up only.",
        _nudge10(lambda up, down, here, h: (up - here) / h),
    ),
    (
        "one-sided, down only",
        "Nudge up and down; you nudge down only.",
        _nudge10(lambda up, down, here, h: (here - down) / h),
    ),
    (
        "one-sided, divided by 2h",
        "You nudge one way only but divide by both.",
        _nudge10(lambda up, down, here, h: (up - here) / (2 * h)),
    ),
    (
        "divided by h: twice too large",
        "From down to up it is 2h, not h.",
        _nudge10(lambda up, down, here, h: (up - down) / h),
    ),
    (
        "precedence: / 2 * h",
        "/ 2 * h multiplies by h: write / (2 * h).",
        _nudge10(lambda up, down, here, h: (up - down) / 2 * h),
    ),
    (
        "precedence: up - down / (2h)",
        "Brackets around the difference.",
        _nudge10(lambda up, down, here, h: up - down / (2 * h)),
    ),
    (
        "not divided at all",
        "Divide the difference by 2h.",
        _nudge10(lambda up, down, here, h: up - down),
    ),
    (
        "down minus up",
        "The sign is turned: up minus down.",
        _nudge10(lambda up, down, here, h: (down - up) / (2 * h)),
    ),
    (
        "plus instead of minus",
        "The difference, not the sum.",
        _nudge10(lambda up, down, here, h: (up + down) / (2 * h)),
    ),
    (
        "size of the difference",
        "A slope can be negative: leave out abs.",
        _nudge10(lambda up, down, here, h: abs(up - down) / (2 * h)),
    ),
    (
        "the second derivative",
        "That is the curvature; the slope is asked for.",
        _nudge10(lambda up, down, here, h: (up - 2 * here + down) / h**2),
    ),
    (
        "whole numbers stay whole",
        "In an array of whole numbers the nudge is lost: make it float first.",
        lambda function, x, h: _nudge10(
            lambda up, down, here, h: (up - down) / (2 * h), x.dtype
        )(function, x, h),
    ),
    (
        "all entries nudged at once",
        "You nudge all entries at once; one at a time.",
        lambda function, x, h: np.full(
            x.shape, (function(x + h) - function(x - h)) / (2 * h)
        ),
    ),
    (
        "one number, all nudged at once",
        "One slope for each entry is asked for.",
        lambda function, x, h: (function(x + h) - function(x - h)) / (2 * h),
    ),
    (
        "result flat",
        "The result needs the shape of x: reshape.",
        lambda function, x, h: np.append(_central10(function, x, h).ravel(), []),
    ),
    (
        "result transposed",
        "The slopes are turned: rows and columns as in x.",
        lambda function, x, h: _central10(function, x, h).T,
    ),
    (
        "h fixed at one half",
        "Use the h you are given.",
        lambda function, x, h: _central10(function, x, 0.5),
    ),
    (
        "h halved",
        "Nudge by h to each side, not by half of it.",
        lambda function, x, h: _central10(function, x, h / 2),
    ),
    (
        "result of the type of x",
        "np.zeros_like(x) of whole numbers cuts the decimals off.",
        lambda function, x, h: _central10(function, x, h).astype(x.dtype),
    ),
    (
        "the mean slope",
        "One slope for each entry.",
        lambda function, x, h: _central10(function, x, h).mean(),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "the nudge stays", "Put the entry back before you nudge the next.")
def _(function, x, h):
    g = np.zeros(x.shape)
    up, down = x.astype(float), x.astype(float)
    for i in np.ndindex(x.shape):
        up[i] += h
        down[i] -= h
        g[i] = (function(up) - function(down)) / (2 * h)
    return g


@wrong(EX, "up and down are the same array", "`down = up` makes no copy.")
def _(function, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up = down = x.astype(float)
        up[i] += h
        down[i] -= h
        g[i] = (function(up) - function(down)) / (2 * h)
    return g


@wrong(EX, "x changed in place and left so", "x is changed: work on a copy.")
def _(function, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        up = function(x)
        x[i] -= 2 * h
        g[i] = (up - function(x)) / (2 * h)
    return g


@wrong(EX, "rows nudged, not entries", "Nudge one entry, not a whole row.")
def _(function, x, h):
    g = np.zeros(x.shape)
    for i in range(len(x)):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        g[i] = (function(up) - function(down)) / (2 * h)
    return g


@wrong(EX, "the last entry left out", "The loop stops one entry early.")
def _(function, x, h):
    g = _central10(function, x, h)
    g.ravel()[-1] = 0
    return g


@wrong(EX, "return inside the loop", "`return` stands inside the loop.")
def _(function, x, h):
    g = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        g[i] = (function(up) - function(down)) / (2 * h)
        return g


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(function, x, h):
    _central10(function, x, h)


@wrong(EX, "loop: the index never counted up", "i never becomes larger.")
def _(function, x, h):
    i, g = 0, np.zeros(x.size)
    while i < x.size:
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        g[i] = (function(x + e) - function(x - e)) / (2 * h)
    return g.reshape(x.shape)


common(EX, 3, np.array([2.0, -6.0]))

# ------------------------------------------------------------- 10.5 the whole walk
EX = "10.5"


@right(EX, "as in the lessons")
def _(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    A2 = sigmoid(A1 @ W2 + b2)
    dZ2 = (A2 - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return (
        dZ1 @ W1.T,
        X.T @ dZ1,
        dZ1.sum(axis=0),
        A1.T @ dZ2,
        dZ2.sum(axis=0),
    )


@right(EX, "a list, 1/m at the end, gate from A1")
def _(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    A1 = np.maximum(0, X.dot(W1) + b1)
    d2 = 1 / (1 + np.exp(-(A1.dot(W2) + b2))) - Y
    d1 = np.where(A1 > 0, d2.dot(W2.T), 0)
    walk = [d1.dot(W1.T), X.T.dot(d1), d1.sum(0), A1.T.dot(d2), d2.sum(0)]
    return [g / m for g in walk]


@right(EX, "loss slope times sigmoid slope")
def _(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)
    dA2 = (A2 - Y) / (A2 * (1 - A2)) / len(Y)
    dZ2 = dA2 * sigmoid_prime(Z2)
    dW2, db2 = A1.T @ dZ2, np.sum(dZ2, axis=0)
    dZ1 = (dZ2 @ W2.T) * nn_helpers.relu_prime(Z1)
    dW1, db1 = X.T @ dZ1, np.sum(dZ1, axis=0)
    return dZ1 @ W1.T, dW1, db1, dW2, db2


@right(EX, "row by row, outer products")
def _(X, Y, W1, b1, W2, b2):
    dX, dW1, db1 = np.zeros(X.shape), np.zeros(W1.shape), np.zeros(b1.shape)
    dW2, db2 = np.zeros(W2.shape), np.zeros(b2.shape)
    for r, (x, y) in enumerate(zip(X, Y, strict=True)):
        z1 = x @ W1 + b1
        a1 = relu(z1)
        d2 = (sigmoid(a1 @ W2 + b2) - y) / len(X)
        d1 = (W2 @ d2) * (z1 > 0)
        dX[r] = W1 @ d1
        dW1 += np.outer(x, d1)
        db1 += d1
        dW2 += np.outer(a1, d2)
        db2 += d2
    return dX, dW1, db1, dW2, db2


@right(EX, "the package's Network, with these weights")
def _(X, Y, W1, b1, W2, b2):
    n = nn_helpers.Network([*W1.shape, 1], rng=np.random.default_rng(0))
    n.layers[0].W, n.layers[0].b = W1.copy(), b1.copy()
    n.layers[1].W, n.layers[1].b = W2.copy(), b2.copy()
    dZ = nn_helpers.binary_cross_entropy_grad(n.forward(X), Y)
    dX = n.backward(dZ, input_gradient=True)
    return (dX, *(gradient for _, _, gradient in n.parameters()))


@right(EX, "einsum")
def _(X, Y, W1, b1, W2, b2):
    Z1 = np.einsum("mi,ij->mj", X, W1) + b1
    A1 = Z1 * (Z1 > 0)
    d2 = (sigmoid(np.einsum("mj,jk->mk", A1, W2) + b2) - Y) / len(X)
    d1 = np.einsum("mk,jk->mj", d2, W2) * (Z1 > 0)
    return (
        np.einsum("mj,ij->mi", d1, W1),
        np.einsum("mi,mj->ij", X, d1),
        np.einsum("mj->j", d1),
        np.einsum("mj,mk->jk", A1, d2),
        np.einsum("mk->k", d2),
    )


@right(EX, "biases as a column of ones")
def _(X, Y, W1, b1, W2, b2):
    one = np.ones((len(X), 1))
    X1 = np.hstack([X, one])
    Z1 = X1 @ np.vstack([W1, b1])
    H1 = np.hstack([relu(Z1), one])
    d2 = (sigmoid(H1 @ np.vstack([W2, b2])) - Y) / len(X)
    V2 = H1.T @ d2
    d1 = d2 @ W2.T
    d1[Z1 <= 0] = 0
    V1 = X1.T @ d1
    return d1 @ W1.T, V1[:-1], V1[-1], V2[:-1], V2[-1]


def _walk10(
    end=lambda A2, Y, m: (A2 - Y) / m,
    gate=lambda Z1, A1: Z1 > 0,
    out=lambda dX, dW1, db1, dW2, db2, m: (dX, dW1, db1, dW2, db2),
    hidden=relu,
    last=sigmoid,
    through=lambda W: W.T,
):
    def answer(X, Y, W1, b1, W2, b2):
        m = len(X)
        Z1 = X @ W1 + b1
        A1 = hidden(Z1)
        A2 = last(A1 @ W2 + b2)
        dZ2 = end(A2, Y, m)
        dZ1 = dZ2 @ through(W2) * gate(Z1, A1)
        db1, db2 = dZ1.sum(axis=0), dZ2.sum(axis=0)
        return out(dZ1 @ W1.T, X.T @ dZ1, db1, A1.T @ dZ2, db2, m)

    return answer


border(
    EX,
    "gate open at exactly 0",
    "At 0 itself ReLU has no slope; the package takes 0.",
    _walk10(gate=lambda Z1, A1: Z1 >= 0),
)
border(
    EX,
    "biases as rows, keepdims",
    "The numbers are right; b1 and b2 have the shape (k,), not (1, k).",
    _walk10(out=lambda a, b, c, d, e, m: (a, b, c[None], d, e[None])),
)
border(
    EX,
    "db2 as a bare number",
    "The number is right; b2 has the shape (1,).",
    _walk10(out=lambda a, b, c, d, e, m: (a, b, c, d, float(e[0]))),
)

for _what, _teacher, _value in [
    (
        "1/m missing",
        "The loss is a mean: divide by m.",
        _walk10(lambda A2, Y, m: A2 - Y),
    ),
    (
        "1/m twice",
        "You divide by m twice.",
        _walk10(lambda A2, Y, m: (A2 - Y) / m**2),
    ),
    (
        "1/m twice for the weights, in dZ2 and in dW",
        "dZ2 has the 1/m in it already; do not divide dW and db again.",
        _walk10(out=lambda a, b, c, d, e, m: (a, b / m, c / m, d / m, e / m)),
    ),
    (
        "1/m missing in dX only, as in slopes_of",
        "Here dX belongs to the mean loss: divide it by m as well.",
        _walk10(out=lambda a, b, c, d, e, m: (a * m, b, c, d, e)),
    ),
    (
        "1/m in the wrong place: A2 - Y / m",
        "Brackets: (A2 - Y) / m.",
        _walk10(lambda A2, Y, m: A2 - Y / m),
    ),
    (
        "1/m in layer 2 only",
        "The 1/m goes all the way back.",
        _walk10(out=lambda a, b, c, d, e, m: (a * m, b * m, c * m, d, e)),
    ),
    (
        "a factor 2, as with squares",
        "The 2 belongs to the squared error.",
        _walk10(lambda A2, Y, m: 2 * (A2 - Y) / m),
    ),
    (
        "gate A1 >= 0: always open",
        "A1 is never negative, so this gate never shuts: A1 > 0.",
        _walk10(gate=lambda Z1, A1: A1 >= 0),
    ),
    ("no gate", "ReLU's slope is missing.", _walk10(gate=lambda Z1, A1: 1)),
    (
        "gate turned round",
        "Open where Z1 > 0, shut elsewhere.",
        _walk10(gate=lambda Z1, A1: Z1 <= 0),
    ),
    (
        "ReLU itself as the gate",
        "The slope of ReLU is 0 or 1, not ReLU itself.",
        _walk10(gate=lambda Z1, A1: A1),
    ),
    (
        "tanh gate",
        "1 - A1**2 is tanh's slope; the hidden layer is ReLU.",
        _walk10(gate=lambda Z1, A1: 1 - A1**2),
    ),
    (
        "sigmoid slope in the hidden layer",
        "A1 (1 - A1) is sigmoid's slope; the hidden layer is ReLU.",
        _walk10(gate=lambda Z1, A1: A1 * (1 - A1)),
    ),
    (
        "hidden layer tanh throughout",
        "The hidden layer is ReLU.",
        _walk10(gate=lambda Z1, A1: 1 - A1**2, hidden=np.tanh),
    ),
    (
        "hidden ReLU forgotten in the forward pass",
        "A1 is relu(Z1), not Z1.",
        _walk10(hidden=lambda Z: Z),
    ),
    (
        "sigmoid slope twice",
        "A2 - Y has the sigmoid's slope in it already.",
        _walk10(lambda A2, Y, m: (A2 - Y) * A2 * (1 - A2) / m),
    ),
    (
        "slope by A2 only, sigmoid forgotten",
        "That is dA2; dZ2 needs the slope of sigmoid too.",
        _walk10(lambda A2, Y, m: (A2 - Y) / (A2 * (1 - A2)) / m),
    ),
    (
        "Y - A2",
        "The sign: A2 - Y.",
        _walk10(lambda A2, Y, m: (Y - A2) / m),
    ),
    (
        "the output rounded to 0 or 1",
        "Use the probability, not the decision.",
        _walk10(lambda A2, Y, m: ((A2 >= 0.5) - Y) / m),
    ),
    (
        "no sigmoid at the output",
        "A2 is sigmoid(Z2), not Z2.",
        _walk10(last=lambda Z: Z),
    ),
    (
        "softmax instead of sigmoid",
        "Softmax of one output is always 1: take sigmoid.",
        _walk10(last=softmax),
    ),
    (
        "means for db1 and db2",
        "1/m is in dZ already: sum, not mean.",
        _walk10(out=lambda a, b, c, d, e, m: (a, b, c / m, d, e / m)),
    ),
    (
        "db1 summed to one number",
        "One slope for each bias: axis=0.",
        _walk10(out=lambda a, b, c, d, e, m: (a, b, c.sum(), d, e)),
    ),
    (
        "weights' gradients transposed",
        "dW has the shape of W.",
        _walk10(out=lambda a, b, c, d, e, m: (a, b.T, c, d.T, e)),
    ),
    (
        "order: layer 2 first",
        "The order is dX, dW1, db1, dW2, db2.",
        _walk10(out=lambda a, b, c, d, e, m: (a, d, e, b, c)),
    ),
    (
        "order: dX last",
        "dX comes first.",
        _walk10(out=lambda a, b, c, d, e, m: (b, c, d, e, a)),
    ),
    (
        "order: weights first, then biases",
        "dW1, db1, dW2, db2: each bias behind its weights.",
        _walk10(out=lambda a, b, c, d, e, m: (a, b, d, c, e)),
    ),
    (
        "dX missing: four results",
        "Five results: dX is missing.",
        _walk10(out=lambda a, b, c, d, e, m: (b, c, d, e)),
    ),
    (
        "only dX",
        "Five results are asked for.",
        _walk10(out=lambda a, b, c, d, e, m: a),
    ),
    (
        "sign of dX",
        "The slopes themselves, not their signs.",
        _walk10(out=lambda a, b, c, d, e, m: (np.sign(a), b, c, d, e)),
    ),
    (
        "W2 not transposed",
        "Backwards the weights are transposed.",
        _walk10(through=lambda W: W),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "dZ1 for dX", "One step more: dX = dZ1 @ W1.T.")
def _(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    dZ2 = (sigmoid(A1 @ W2 + b2) - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return dZ1, X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@wrong(EX, "dX through the gate left out", "dX needs dZ1, with the gate, not dA1.")
def _(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    dZ2 = (sigmoid(A1 @ W2 + b2) - Y) / len(X)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * (Z1 > 0)
    return dA1 @ W1.T, X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


@wrong(EX, "dW2 from Z1 instead of A1", "Layer 2 was fed with A1, not with Z1.")
def _(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    dZ2 = (sigmoid(relu(Z1) @ W2 + b2) - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return dZ1 @ W1.T, X.T @ dZ1, dZ1.sum(axis=0), Z1.T @ dZ2, dZ2.sum(axis=0)


@wrong(EX, "biases forgotten in the forward pass", "Add b1 and b2.")
def _(X, Y, W1, b1, W2, b2):
    return _walk10()(X, Y, W1, 0 * b1, W2, 0 * b2)


@wrong(EX, "Y flattened", "(m, 1) minus (m,) gives (m, m): leave Y as it is.")
def _(X, Y, W1, b1, W2, b2):
    return _walk10()(X, Y.ravel(), W1, b1, W2, b2)


@wrong(EX, "W2 updated before it is used backwards", "Gradients only: no training.")
def _(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = relu(Z1)
    dZ2 = (sigmoid(A1 @ W2 + b2) - Y) / len(X)
    dW2, db2 = A1.T @ dZ2, dZ2.sum(axis=0)
    dZ1 = dZ2 @ (W2 - 0.1 * dW2).T * (Z1 > 0)
    return dZ1 @ W1.T, X.T @ dZ1, dZ1.sum(axis=0), dW2, db2


@wrong(EX, "weights updated inside, gradients right", "Leave W1 to b2 as they are.")
def _(X, Y, W1, b1, W2, b2):
    walk = _walk10()(X, Y, W1, b1, W2, b2)
    for array, gradient in zip((W1, b1, W2, b2), walk[1:], strict=True):
        array -= 0.1 * gradient
    return walk


@wrong(EX, "new weights returned", "The gradients are asked for, not new weights.")
def _(X, Y, W1, b1, W2, b2):
    dX, *walk = _walk10()(X, Y, W1, b1, W2, b2)
    pairs = zip((W1, b1, W2, b2), walk, strict=True)
    return (dX, *(array - 0.1 * gradient for array, gradient in pairs))


@wrong(EX, "the loss returned", "The five gradients are asked for, not the loss.")
def _(X, Y, W1, b1, W2, b2):
    A2 = sigmoid(relu(X @ W1 + b1) @ W2 + b2)
    return -np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2))


@wrong(EX, "forgotten return", "The last line needs a `return`.")
def _(X, Y, W1, b1, W2, b2):
    _walk10()(X, Y, W1, b1, W2, b2)


@wrong(EX, "loop: layers counted down from the wrong end", "The counter runs away.")
def _(X, Y, W1, b1, W2, b2):
    layer = 2
    while layer > 0:
        walk = _walk10()(X, Y, W1, b1, W2, b2)
        layer += 1
    return walk


common(EX, 6, np.array([[0.2, 0.8]]))

quiz_letters("10.Q", "d")


# ------------------------------------------------------- 11.1 move the image
EX = "11.1"


def _moved11(X, right, down):
    sheets = np.zeros((len(X), 24, 24))
    sheets[:, 8:16, 8:16] = X.reshape(-1, 8, 8)
    window = sheets[:, 8 - down : 16 - down, 8 - right : 16 - right]
    return window.reshape(-1, 64)


right(EX, "a larger sheet and a window", _moved11)


@right(EX, "four loops")
def _(X, right, down):
    result = np.zeros((len(X), 64))
    for k in range(len(X)):
        for i in range(8):
            for j in range(8):
                new_i = i + down
                new_j = j + right
                if 0 <= new_i < 8 and 0 <= new_j < 8:
                    result[k, new_i * 8 + new_j] = X[k, i * 8 + j]
    return result


@right(EX, "one loop over the 64 pixels, all images at once")
def _(X, right, down):
    moved = np.zeros_like(X)
    for pixel in range(64):
        row, col = divmod(pixel, 8)
        row, col = row - down, col - right
        if row in range(8) and col in range(8):
            moved[:, pixel] = X[:, 8 * row + col]
    return moved


@right(EX, "slices with max and min")
def _(X, right, down):
    img = X.reshape(-1, 8, 8)
    out = np.zeros(img.shape)
    out[:, max(0, down) : 8 + min(0, down), max(0, right) : 8 + min(0, right)] = img[
        :, max(0, -down) : 8 - max(0, down), max(0, -right) : 8 - max(0, right)
    ]
    return out.reshape(len(X), 64)


@right(EX, "four cases with if and elif")
def _(X, right, down):
    A = X.reshape(-1, 8, 8).astype(float)
    B = np.zeros(A.shape)
    if down > 0:
        B[:, down:, :] = A[:, :-down, :]
    elif down < 0:
        B[:, :down, :] = A[:, -down:, :]
    else:
        B[:] = A
    C = np.zeros(A.shape)
    if right > 0:
        C[:, :, right:] = B[:, :, :-right]
    elif right < 0:
        C[:, :, :right] = B[:, :, -right:]
    else:
        C[:] = B
    return C.reshape(X.shape)


@right(EX, "np.roll, then zeros over what came round")
def _(X, right, down):
    img = np.roll(X.reshape(-1, 8, 8), (down, right), axis=(1, 2))
    if down > 0:
        img[:, :down] = 0
    if down < 0:
        img[:, down:] = 0
    if right > 0:
        img[:, :, :right] = 0
    if right < 0:
        img[:, :, right:] = 0
    return img.reshape(-1, 64)


@right(EX, "the flat rows rolled, a mask for what is real")
def _(X, right, down):
    i, j = np.divmod(np.arange(64), 8)
    real = (i - down >= 0) & (i - down < 8) & (j - right >= 0) & (j - right < 8)
    return np.where(real, np.roll(X, 8 * down + right, axis=1), 0)


@right(EX, "np.pad where paper comes in, then cut")
def _(X, right, down):
    up, left = max(-down, 0), max(-right, 0)
    big = np.pad(
        X.reshape(-1, 8, 8), ((0, 0), (max(down, 0), up), (max(right, 0), left))
    )
    return big[:, up : up + 8, left : left + 8].reshape(-1, 64)


@right(EX, "np.pad all round, generous")
def _(X, right, down):
    p = abs(right) + abs(down)
    big = np.pad(X.reshape(len(X), 8, 8), [(0, 0), (p, p), (p, p)])
    return big[:, p - down :, p - right :][:, :8, :8].reshape(len(X), -1)


@right(EX, "fancy index with a 65th pixel that is always paper")
def _(X, right, down):
    r, c = np.divmod(np.arange(64), 8)
    r, c = r - down, c - right
    inside = (r >= 0) & (r <= 7) & (c >= 0) & (c <= 7)
    paper = np.hstack([X, np.zeros((X.shape[0], 1))])
    return paper[:, np.where(inside, 8 * r + c, 64)]


@right(EX, "np.ix_ with clipped indices, then a mask")
def _(X, right, down):
    rows, cols = np.arange(8) - down, np.arange(8) - right
    img = X.reshape(-1, 8, 8)
    picked = img[:, np.clip(rows, 0, 7)][:, :, np.clip(cols, 0, 7)]
    mask = np.outer((rows == np.clip(rows, 0, 7)), (cols == np.clip(cols, 0, 7)))
    return (picked * mask).reshape(-1, 64)


right(
    EX,
    "one matrix product, kron of two shifted eyes",
    lambda X, right, down: X @ np.kron(np.eye(8, k=down), np.eye(8, k=right)),
)
right(
    EX,
    "a shifted eye from the left and one from the right",
    lambda X, r, d: (np.eye(8, k=-d) @ X.reshape(-1, 8, 8) @ np.eye(8, k=r)).reshape(
        -1, 64
    ),
)
right(
    EX,
    "einsum",
    lambda X, right, down: np.einsum(
        "ia,mab,bj->mij",
        np.eye(8, k=-down),
        np.reshape(X, (len(X), 8, 8)),
        np.eye(8, k=right),
    ).reshape(len(X), 64),
)


@right(EX, "one pixel at a time, concatenate")
def _(X, right, down):
    img = X.reshape(-1, 8, 8)
    column, row = np.zeros((len(X), 8, 1)), np.zeros((len(X), 1, 8))
    while right > 0:
        img = np.concatenate([column, img[:, :, :-1]], axis=2)
        right -= 1
    while right < 0:
        img = np.concatenate([img[:, :, 1:], column], axis=2)
        right += 1
    for _ in range(abs(down)):
        if down > 0:
            img = np.concatenate([row, img[:, :-1]], axis=1)
        else:
            img = np.concatenate([img[:, 1:], row], axis=1)
    return img.reshape(-1, 64)


@right(EX, "plain lists, np.array at the end")
def _(X, right, down):
    answer = []
    for image in X.tolist():
        lines = [image[start : start + 8] for start in range(0, 64, 8)]
        new = []
        for i in range(8):
            for j in range(8):
                a, b = i - down, j - right
                if a < 0 or a > 7 or b < 0 or b > 7:
                    new.append(0.0)
                else:
                    new.append(lines[a][b])
        answer.append(new)
    return np.array(answer)


@right(EX, "lists of rows: cut and fill up")
def _(X, right, down):
    def slide(things, by, empty):
        fill = [empty] * min(abs(by), 8)
        return (fill + things)[:8] if by >= 0 else (things + fill)[-8:]

    out = []
    for x in X:
        lines = [slide(list(line), right, 0.0) for line in x.reshape(8, 8)]
        out.append(sum(slide(lines, down, [0.0] * 8), []))
    return np.array(out)


@right(EX, "only the ink moves: np.nonzero")
def _(X, right, down):
    k, i, j = np.nonzero(X.reshape(-1, 8, 8))
    stays = (i + down >= 0) & (i + down < 8) & (j + right >= 0) & (j + right < 8)
    k, i, j = k[stays], i[stays], j[stays]
    page = np.zeros((len(X), 8, 8))
    page[k, i + down, j + right] = X.reshape(-1, 8, 8)[k, i, j]
    return page.reshape(-1, 64)


@right(EX, "a dictionary of the ink")
def _(X, right, down):
    out = np.zeros(X.shape)
    for k, x in enumerate(X):
        ink = {divmod(p, 8): x[p] for p in range(64)}
        for (i, j), value in ink.items():
            if -1 < i + down < 8 and -1 < j + right < 8:
                out[k, 8 * (i + down) + j + right] = value
    return out


@right(EX, "recursion, a pixel further each time")
def _(X, right, down):
    def go(I, right, down):
        new = np.zeros_like(I)
        if right > 0:
            new[:, :, 1:] = I[:, :, :-1]
            return go(new, right - 1, down)
        if right < 0:
            new[:, :, :-1] = I[:, :, 1:]
            return go(new, right + 1, down)
        if down > 0:
            new[:, 1:] = I[:, :-1]
            return go(new, right, down - 1)
        if down < 0:
            new[:, :-1] = I[:, 1:]
            return go(new, right, down + 1)
        return I

    return go(X.reshape(-1, 8, 8), right, down).reshape(-1, 64).copy()


@right(EX, "np.delete and np.insert")
def _(X, right, down):
    def push(A, by, axis):
        for _ in range(abs(by)):
            A = np.delete(A, 7 if by > 0 else 0, axis)
            A = np.insert(A, 0 if by > 0 else 7, 0, axis)
        return A

    return push(push(X.reshape(-1, 8, 8), right, 2), down, 1).reshape(-1, 64)


@right(EX, "an image a time, np.stack")
def _(X, right, down):
    def one(x):
        sheet = np.zeros((24, 24))
        sheet[8 + down : 16 + down, 8 + right : 16 + right] = x.reshape(8, 8)
        return sheet[8:16, 8:16].ravel()

    return np.stack([one(x) for x in X])


@right(EX, "apply_along_axis with np.roll on a wide sheet")
def _(X, right, down):
    def one(x):
        wide = np.pad(x.reshape(8, 8), 8)
        wide = np.roll(np.roll(wide, right, axis=1), down, axis=0)
        return wide[8:-8, 8:-8].flatten()

    return np.apply_along_axis(one, 1, X)


@right(EX, "sliding_window_view picks the window")
def _(X, right, down):
    big = np.pad(X.reshape(-1, 8, 8), [(0, 0), (8, 8), (8, 8)])
    windows = np.lib.stride_tricks.sliding_window_view(big, (8, 8), axis=(1, 2))
    return windows[:, 8 - down, 8 - right].reshape(-1, 64)


@right(EX, "the side from the number of columns")
def _(X, right, down):
    m, n = X.shape
    s = int(round(n**0.5))
    bigger = np.zeros((m, 3 * s, 3 * s), dtype=X.dtype)
    bigger[:, s + down : 2 * s + down, s + right : 2 * s + right] = X.reshape(m, s, s)
    return bigger[:, s : 2 * s, s : 2 * s].reshape(m, n)


@right(EX, "a mask built with meshgrid, np.take")
def _(X, right, down):
    col, row = np.meshgrid(np.arange(8), np.arange(8))
    row, col = (row - down).ravel(), (col - right).ravel()
    out = np.take(X, row * 8 + col, axis=1, mode="wrap")
    out[:, (row < 0) | (row > 7) | (col < 0) | (col > 7)] = 0
    return out


@right(EX, "turned so that one slice is enough")
def _(X, right, down):
    def shift_last(I, by):
        if by < 0:
            return shift_last(I[:, :, ::-1], -by)[:, :, ::-1]
        return np.concatenate([np.zeros((len(I), 8, by)), I], axis=2)[:, :, :8]

    I = shift_last(X.reshape(-1, 8, 8), right)
    I = shift_last(I.transpose(0, 2, 1), down).transpose(0, 2, 1)
    return I.reshape(-1, 64)


border(
    EX,
    "the package's own function",
    "It does the work, but you were to write it yourself.",
    lambda X, right, down: nn_helpers.shift_images(X, right, down),
)
border(
    EX,
    "a list of lists",
    "The pixels are right; make an array of them.",
    lambda X, right, down: _moved11(X, right, down).tolist(),
)
border(
    EX,
    "a sheet with seven pixels of margin",
    "Right up to seven pixels; moved by eight the sheet is too small.",
    lambda X, right, down: np.pad(X.reshape(-1, 8, 8), [(0, 0), (7, 7), (7, 7)])[
        :, 7 - down : 15 - down, 7 - right : 15 - right
    ].reshape(-1, 64),
)
border(
    EX,
    "X itself where nothing moves",
    "Right; but whoever changes the result then changes X too.",
    lambda X, right, down: X if right == down == 0 else _moved11(X, right, down),
)
border(
    EX,
    "float32",
    "Right to seven digits; there was no need to halve the precision.",
    lambda X, right, down: _moved11(X, right, down).astype(np.float32),
)
border(
    EX,
    "clipped to 0..1 as well",
    "Nothing needs clipping: a move makes no new values.",
    lambda X, right, down: np.clip(_moved11(X, right, down), 0, 1),
)
border(
    EX,
    "the shift cut off at a side",
    "Right; more than eight pixels is as good as eight.",
    lambda X, right, down: _moved11(X, max(-8, min(8, right)), max(-8, min(8, down))),
)

for _what, _teacher, _value in [
    (
        "np.roll: what leaves comes back",
        "np.roll brings back on the other side what leaves; it should be lost.",
        lambda X, r, d: np.roll(X.reshape(-1, 8, 8), (d, r), axis=(1, 2)).reshape(
            -1, 64
        ),
    ),
    (
        "the flat row rolled",
        "In the flat row the end of a line runs into the next line.",
        lambda X, r, d: np.roll(X, r + 8 * d, axis=1),
    ),
    (
        "the whole table rolled without an axis",
        "Without an axis one image runs into the next.",
        lambda X, r, d: np.roll(X, r + 8 * d),
    ),
    (
        "rolled on the axes 0 and 1",
        "Axis 0 counts the images: lines and columns are axes 1 and 2.",
        lambda X, r, d: np.roll(X.reshape(-1, 8, 8), (d, r), axis=(0, 1)).reshape(
            -1, 64
        ),
    ),
    (
        "the columns of X rolled by right, its rows by down",
        "The rows of X are images: roll inside each image.",
        lambda X, r, d: np.roll(np.roll(X, r, axis=1), d, axis=0),
    ),
    (
        "left for right",
        "Positive means right: your images go left.",
        lambda X, r, d: _moved11(X, -r, d),
    ),
    (
        "up for down",
        "Positive means down: your images go up.",
        lambda X, r, d: _moved11(X, r, -d),
    ),
    (
        "the window moved instead of the image",
        "A window that goes right shows an image that goes left: minus.",
        lambda X, r, d: _moved11(X, -r, -d),
    ),
    (
        "right and down exchanged",
        "Columns are the last axis: right belongs there, down to the lines.",
        lambda X, r, d: _moved11(X, d, r),
    ),
    (
        "exchanged and turned round",
        "right belongs to the columns; and look at the signs.",
        lambda X, r, d: _moved11(X, -d, -r),
    ),
    (
        "size of the shift, no sign",
        "abs loses the direction: -1 is left, not right.",
        lambda X, r, d: _moved11(X, abs(r), abs(d)),
    ),
    (
        "negative numbers do nothing",
        "Negative numbers should move the image left and up.",
        lambda X, r, d: _moved11(X, max(r, 0), max(d, 0)),
    ),
    (
        "one pixel, however far",
        "The images move by one pixel only: use the size of the number too.",
        lambda X, r, d: _moved11(X, int(np.sign(r)), int(np.sign(d))),
    ),
    (
        "down ignored",
        "Your images only go sideways: down is not used.",
        lambda X, r, d: _moved11(X, r, 0),
    ),
    (
        "right ignored",
        "Your images only go up and down: right is not used.",
        lambda X, r, d: _moved11(X, 0, d),
    ),
    (
        "down only where right is 0",
        "Both moves may be wanted at once: no elif between them.",
        lambda X, r, d: _moved11(X, r, 0) if r else _moved11(X, 0, d),
    ),
    (
        "a pixel too far",
        "By right pixels, not right + 1.",
        lambda X, r, d: _moved11(X, r + 1, d),
    ),
    (
        "a pixel too far in the direction of the move",
        "One pixel less in each direction.",
        lambda X, r, d: _moved11(X, r + int(np.sign(r)), d + int(np.sign(d))),
    ),
    (
        "window starts one line too late",
        "Count the margin again: the window is one line off.",
        lambda X, r, d: _moved11(X, r, d - 1),
    ),
    (
        "twice as far",
        "Twice as far as asked: you move sheet and window.",
        lambda X, r, d: _moved11(X, 2 * r, 2 * d),
    ),
    (
        "shape (m, 8, 8)",
        "The pixels are right; flatten each image to 64 again.",
        lambda X, r, d: _moved11(X, r, d).reshape(-1, 8, 8),
    ),
    (
        "all images in one long row",
        "A row for each image: reshape to (m, 64).",
        lambda X, r, d: _moved11(X, r, d).ravel(),
    ),
    (
        "transposed, (64, m)",
        "Images are the rows: (m, 64), yours is turned.",
        lambda X, r, d: _moved11(X, r, d).T,
    ),
    (
        "only the first image",
        "All images are asked for, you give back the first.",
        lambda X, r, d: _moved11(X[:1], r, d),
    ),
    (
        "the first image, flat",
        "All images are asked for, and each as a row.",
        lambda X, r, d: _moved11(X, r, d)[0],
    ),
    (
        "reshaped to (8, 8): made for one image",
        "That fits one image only; there are m of them.",
        lambda X, r, d: _moved11(X.reshape(8, 8).reshape(1, 64), r, d),
    ),
    (
        "359 written in",
        "The number of images is len(X), not always 359.",
        lambda X, r, d: _moved11(X.reshape(359, 64), r, d),
    ),
    (
        "28 x 28",
        "These images are 8 by 8; 28 belongs to another data set.",
        lambda X, r, d: np.roll(X.reshape(-1, 28, 28), (d, r), axis=(1, 2)),
    ),
    (
        "side from the number of images",
        "The side comes from the columns (64), not from the rows.",
        lambda X, r, d: _moved11(
            X.reshape(-1, int(len(X) ** 0.5), int(len(X) ** 0.5)), r, d
        ),
    ),
    (
        "the big sheets, not cut out",
        "Cut the window of 8 by 8 out of the larger sheet.",
        lambda X, r, d: np.pad(
            _moved11(X, r, d).reshape(-1, 8, 8), [(0, 0), (8, 8), (8, 8)]
        ).reshape(len(X), -1),
    ),
    (
        "lines and columns read in the wrong order",
        "Reshaped column by column: the images come out turned.",
        lambda X, r, d: _moved11(
            X.reshape(-1, 8, 8).transpose(0, 2, 1).reshape(-1, 64), r, d
        ),
    ),
    (
        "turned before, not turned back",
        "You transposed the images to move them and did not turn them back.",
        lambda X, r, d: (
            _moved11(X, r, d).reshape(-1, 8, 8).transpose(0, 2, 1).reshape(-1, 64)
        ),
    ),
    (
        "reshaped to (8, 8, m)",
        "The images come first: (m, 8, 8).",
        lambda X, r, d: np.pad(X.reshape(8, 8, -1), [(8, 8), (8, 8), (0, 0)])[
            8 - d : 16 - d, 8 - r : 16 - r
        ].reshape(-1, 64),
    ),
    (
        "ink comes in instead of paper",
        "Paper is 0; you fill in 1.",
        lambda X, r, d: 1 - _moved11(1 - X, r, d),
    ),
    (
        "the mean grey comes in",
        "Paper is 0, not the mean of the image.",
        lambda X, r, d: (
            _moved11(X - X.mean(axis=1, keepdims=True), r, d)
            + X.mean(axis=1, keepdims=True)
        ),
    ),
    (
        "nan comes in",
        "Where nothing was comes 0, not nan.",
        lambda X, r, d: np.where(
            _moved11(np.ones(X.shape), r, d), _moved11(X, r, d), np.nan
        ),
    ),
    (
        "-1 comes in",
        "Paper is 0 here, not -1.",
        lambda X, r, d: _moved11(X + 1, r, d) - 1,
    ),
    (
        "the edge repeated",
        "The edge is drawn out; paper should come in.",
        lambda X, r, d: np.pad(
            X.reshape(-1, 8, 8), [(0, 0), (8, 8), (8, 8)], mode="edge"
        )[:, 8 - d : 16 - d, 8 - r : 16 - r].reshape(-1, 64),
    ),
    (
        "mirrored at the edge",
        "The image is mirrored at the edge; paper should come in.",
        lambda X, r, d: np.pad(
            X.reshape(-1, 8, 8), [(0, 0), (8, 8), (8, 8)], mode="symmetric"
        )[:, 8 - d : 16 - d, 8 - r : 16 - r].reshape(-1, 64),
    ),
    (
        "indices clipped, no mask",
        "Clipped indices repeat the edge: set those pixels to 0.",
        lambda X, r, d: X.reshape(-1, 8, 8)[:, np.clip(np.arange(8) - d, 0, 7)][
            :, :, np.clip(np.arange(8) - r, 0, 7)
        ].reshape(-1, 64),
    ),
    (
        "the old image under the new one",
        "Start from an empty sheet, not from a copy of X.",
        lambda X, r, d: np.where(
            _moved11(np.ones(X.shape), r, d) > 0, _moved11(X, r, d), X
        ),
    ),
    (
        "added to the old image",
        "The image moves; it does not stay there as well.",
        lambda X, r, d: X + _moved11(X, r, d),
    ),
    (
        "the difference to the old image",
        "The moved image is asked for, not what changed.",
        lambda X, r, d: _moved11(X, r, d) - X,
    ),
    (
        "the ink that leaves is kept",
        "What leaves is lost: do not scale the rest up.",
        lambda X, r, d: (
            _moved11(X, r, d)
            * X.sum(axis=1, keepdims=True)
            / np.maximum(_moved11(X, r, d).sum(axis=1, keepdims=True), 1e-9)
        ),
    ),
    (
        "mean and spread brought back to X's",
        "Move the pixels; their values stay as they are.",
        lambda X, r, d: _moved11(X, r, d) - _moved11(X, r, d).mean() + X.mean(),
    ),
    (
        "whole numbers only",
        "An int array cuts the greys off: 0.9 becomes 0.",
        lambda X, r, d: _moved11(X.astype(int), r, d),
    ),
    (
        "ink made black and white",
        "The greys should stay as they are.",
        lambda X, r, d: (_moved11(X, r, d) > 0.5).astype(float),
    ),
    (
        "uint8 greys",
        "The greys lie between 0 and 1; uint8 turns them into 0.",
        lambda X, r, d: _moved11(X, r, d).astype(np.uint8),
    ),
    (
        "handed in together with the shift",
        "Only the images are asked for, not three things.",
        lambda X, r, d: (_moved11(X, r, d), r, d),
    ),
    (
        "the images in two halves of a tuple",
        "One table is asked for; you give one for each direction.",
        lambda X, r, d: (_moved11(X, r, 0), _moved11(X, 0, d)),
    ),
    (
        "sideways and down added up",
        "Move the moved image on, do not add two images.",
        lambda X, r, d: _moved11(X, r, 0) + _moved11(X, 0, d),
    ),
    (
        "the mean of both moves",
        "Both moves on the same image, one after the other.",
        lambda X, r, d: (_moved11(X, r, 0) + _moved11(X, 0, d)) / 2,
    ),
    (
        "X handed back",
        "Nothing has moved.",
        lambda X, r, d: X.copy(),
    ),
    (
        "an empty sheet",
        "The sheet is empty: put the images on it.",
        lambda X, r, d: np.zeros(X.shape),
    ),
    (
        "images counted in the wrong order",
        "The images come back in the opposite order.",
        lambda X, r, d: _moved11(X, r, d)[::-1],
    ),
    (
        "the sheet mirrored",
        "Left and right are exchanged in the image itself.",
        lambda X, r, d: _moved11(X, r, d).reshape(-1, 8, 8)[:, :, ::-1].reshape(-1, 64),
    ),
    (
        "slices with minus: fails for 0",
        "[:, :-0] is empty: 0 needs a case of its own.",
        lambda X, r, d: np.pad(X.reshape(-1, 8, 8), [(0, 0), (d, 0), (r, 0)])[
            :, :-d, :-r
        ].reshape(-1, 64),
    ),
    (
        "np.pad with negative numbers",
        "np.pad cannot take away: negative shifts need another line.",
        lambda X, r, d: np.pad(X.reshape(-1, 8, 8), [(0, 0), (d, 0), (r, 0)])[
            :, :8, :8
        ].reshape(-1, 64),
    ),
    (
        "a margin of one pixel",
        "With a margin of one pixel only moves by one pixel fit.",
        lambda X, r, d: np.pad(X.reshape(-1, 8, 8), [(0, 0), (1, 1), (1, 1)])[
            :, 1 - d : 9 - d, 1 - r : 9 - r
        ].reshape(-1, 64),
    ),
    (
        "window of seven lines",
        "The window has 7 lines: 16 - down is excluded already.",
        lambda X, r, d: np.pad(X.reshape(-1, 8, 8), [(0, 0), (8, 8), (8, 8)])[
            :, 8 - d : 15 - d, 8 - r : 16 - r
        ].reshape(len(X), -1),
    ),
    (
        "kron the wrong way round",
        "The first factor of kron belongs to the lines.",
        lambda X, r, d: X @ np.kron(np.eye(8, k=r), np.eye(8, k=d)),
    ),
    (
        "one shifted eye of 64",
        "In the flat row the end of a line runs into the next line.",
        lambda X, r, d: X @ np.eye(64, k=r + 8 * d),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(
    EX,
    "flat row pushed along, zeros at its ends",
    "Paper comes in at the ends of the row only; lines run into each other.",
)
def _(X, right, down):
    by = right + 8 * down
    out = np.zeros(X.shape)
    if by >= 0:
        out[:, by:] = X[:, : 64 - by]
    else:
        out[:, :by] = X[:, -by:]
    return out


@wrong(
    EX,
    "slices for positive numbers only",
    "For negative numbers the slices do not fit together: four cases.",
)
def _(X, right, down):
    img = X.reshape(-1, 8, 8)
    out = np.zeros(img.shape)
    out[:, down:, right:] = img[:, : 8 - down, : 8 - right]
    return out.reshape(-1, 64)


@wrong(
    EX,
    "if and else: 0 counted among the negative",
    "For 0 your slice [:, :0] is empty.",
)
def _(X, right, down):
    img = X.reshape(-1, 8, 8)
    out, end = np.zeros(img.shape), np.zeros(img.shape)
    if right > 0:
        out[:, :, right:] = img[:, :, :-right]
    else:
        out[:, :, :right] = img[:, :, -right:]
    if down > 0:
        end[:, down:] = out[:, :-down]
    else:
        end[:, :down] = out[:, -down:]
    return end.reshape(-1, 64)


@wrong(
    EX,
    "the second move starts from X again",
    "The second move has to start from what the first one gave.",
)
def _(X, right, down):
    img = X.reshape(-1, 8, 8)
    out = np.zeros(img.shape)
    for j in range(8):
        if 0 <= j - right < 8:
            out[:, :, j] = img[:, :, j - right]
    out = np.zeros(img.shape)
    for i in range(8):
        if 0 <= i - down < 8:
            out[:, i] = img[:, i - down]
    return out.reshape(-1, 64)


@wrong(
    EX,
    "rolled, one line and one column of zeros",
    "As many lines of zeros as the image moves, not one.",
)
def _(X, right, down):
    img = np.roll(X.reshape(-1, 8, 8), (down, right), axis=(1, 2))
    if down:
        img[:, 0 if down > 0 else -1] = 0
    if right:
        img[:, :, 0 if right > 0 else -1] = 0
    return img.reshape(-1, 64)


@wrong(
    EX,
    "rolled, zeros only for positive numbers",
    "For negative numbers what leaves comes back on the other side.",
)
def _(X, right, down):
    img = np.roll(X.reshape(-1, 8, 8), (down, right), axis=(1, 2))
    if down > 0:
        img[:, :down] = 0
    if right > 0:
        img[:, :, :right] = 0
    return img.reshape(-1, 64)


@wrong(
    EX,
    "rolled, zeros without a look at the sign",
    "img[:, :down] with a negative number is nearly everything.",
)
def _(X, right, down):
    img = np.roll(X.reshape(-1, 8, 8), (down, right), axis=(1, 2))
    img[:, :down] = 0
    img[:, :, :right] = 0
    return img.reshape(-1, 64)


@wrong(
    EX,
    "rolled, zeros on the other side",
    "You wipe the side that the image moves to.",
)
def _(X, right, down):
    img = np.roll(X.reshape(-1, 8, 8), (down, right), axis=(1, 2))
    if down > 0:
        img[:, -down:] = 0
    elif down < 0:
        img[:, :-down] = 0
    if right > 0:
        img[:, :, -right:] = 0
    elif right < 0:
        img[:, :, :-right] = 0
    return img.reshape(-1, 64)


@wrong(
    EX,
    "rolled, the zeros forgotten for the lines",
    "Sideways is right; up and down what leaves comes back.",
)
def _(X, right, down):
    img = np.roll(X.reshape(-1, 8, 8), (down, right), axis=(1, 2))
    if right > 0:
        img[:, :, :right] = 0
    if right < 0:
        img[:, :, right:] = 0
    return img.reshape(-1, 64)


@wrong(
    EX,
    "negative index: try and except",
    "A negative index raises nothing, it counts from the end.",
)
def _(X, right, down):
    img = X.reshape(-1, 8, 8)
    out = np.zeros(img.shape)
    for i in range(8):
        for j in range(8):
            try:
                out[:, i + down, j + right] = img[:, i, j]
            except IndexError:
                pass
    return out.reshape(-1, 64)


@wrong(
    EX,
    "only the upper border asked for",
    "Ask for >= 0 as well: negative indices count from the end.",
)
def _(X, right, down):
    out = np.zeros((len(X), 8, 8))
    for k, x in enumerate(X):
        for i in range(8):
            for j in range(8):
                if i - down < 8 and j - right < 8:
                    out[k, i, j] = x.reshape(8, 8)[i - down, j - right]
    return out.reshape(-1, 64)


@wrong(
    EX, "no border asked for: IndexError", "Pixels beyond the frame: leave them out."
)
def _(X, right, down):
    out = np.zeros((len(X), 8, 8))
    for i in range(8):
        for j in range(8):
            out[:, i + down, j + right] = X.reshape(-1, 8, 8)[:, i, j]
    return out.reshape(-1, 64)


@wrong(
    EX,
    "0 < instead of 0 <=",
    "The first line and column count too: 0 <=, not 0 <.",
)
def _(X, right, down):
    out = np.zeros((len(X), 8, 8))
    for i in range(8):
        for j in range(8):
            a, b = i - down, j - right
            if 0 < a < 8 and 0 < b < 8:
                out[:, i, j] = X.reshape(-1, 8, 8)[:, a, b]
    return out.reshape(-1, 64)


@wrong(EX, "range(7): the last line left out", "range(7) ends at 6: the side is 8.")
def _(X, right, down):
    out = np.zeros((len(X), 8, 8))
    for i in range(7):
        for j in range(7):
            a, b = i - down, j - right
            if 0 <= a < 8 and 0 <= b < 8:
                out[:, i, j] = X.reshape(-1, 8, 8)[:, a, b]
    return out.reshape(-1, 64)


@wrong(EX, "the flat number with 10 columns", "A line has 8 pixels: 8 * i + j.")
def _(X, right, down):
    out = np.zeros(X.shape)
    for i in range(8):
        for j in range(8):
            a, b = i - down, j - right
            if 0 <= a < 8 and 0 <= b < 8:
                out[:, 8 * i + j] = X[:, (10 * a + b) % 64]
    return out


@wrong(EX, "flat number checked, columns not", "Ask line and column, not their sum.")
def _(X, right, down):
    out = np.zeros(X.shape)
    for p in range(64):
        source = p - right - 8 * down
        if 0 <= source < 64:
            out[:, p] = X[:, source]
    return out


@wrong(EX, "X overwritten while it is read", "You read pixels that are moved already.")
def _(X, right, down):
    img = X.reshape(-1, 8, 8).copy()
    for i in range(8):
        for j in range(8):
            a, b = i - down, j - right
            inside = 0 <= a < 8 and 0 <= b < 8
            img[:, i, j] = img[:, a, b] if inside else 0
    return img.reshape(-1, 64)


@wrong(EX, "X wiped after it was read", "X is not yours: leave it as it is.")
def _(X, right, down):
    moved = _moved11(X, right, down)
    X[:] = 0
    return moved


@wrong(EX, "X changed in place and handed back", "You write into X; make a new array.")
def _(X, right, down):
    X[...] = _moved11(X, right, down)
    return X


@wrong(
    EX, "zeros written through a reshape", "reshape is a view: your zeros land in X."
)
def _(X, right, down):
    img = X.reshape(-1, 8, 8)
    if down > 0:
        img[:, -down:] = 0
    if down < 0:
        img[:, :-down] = 0
    if right > 0:
        img[:, :, -right:] = 0
    if right < 0:
        img[:, :, :-right] = 0
    return np.roll(img, (down, right), axis=(1, 2)).reshape(-1, 64)


@wrong(
    EX, "shape of X changed for good", "X.shape = ... changes X itself: use reshape."
)
def _(X, right, down):
    moved = _moved11(X, right, down)
    X.shape = (-1, 8, 8)
    return moved


@wrong(
    EX,
    "a sheet kept from call to call (default argument)",
    "The default is made once: the last call's ink is still on your sheet.",
)
def _(X, right, down, sheet=np.zeros((1000, 24, 24))):
    sheet[: len(X), 8 + down : 16 + down, 8 + right : 16 + right] = X.reshape(-1, 8, 8)
    return sheet[: len(X), 8:16, 8:16].reshape(-1, 64).copy()


@wrong(
    EX, "range of a negative number", "range(-2) is empty: nothing moves left or up."
)
def _(X, right, down):
    img = X.reshape(-1, 8, 8)
    for _ in range(right):
        img = np.pad(img, [(0, 0), (0, 0), (1, 0)])[:, :, :8]
    for _ in range(down):
        img = np.pad(img, [(0, 0), (1, 0), (0, 0)])[:, :8]
    return img.reshape(-1, 64).copy()


@wrong(EX, "return inside the loop", "Your loop ends after the first image.")
def _(X, right, down):
    for x in X:
        return _moved11(x[None], right, down)[0]


@wrong(EX, "result list set back in the loop", "Begin the list before the loop.")
def _(X, right, down):
    for x in X:
        out = []
        out.append(_moved11(x[None], right, down)[0])
    return np.array(out)


@wrong(EX, "the last image in every row", "Every row of the result is the last image.")
def _(X, right, down):
    page, out = np.zeros(64), []
    for x in X:
        page[:] = _moved11(x[None], right, down)[0]
        out.append(page)
    return np.array(out)


@wrong(EX, "prints the images", "print shows them; `return` gives them back.")
def _(X, right, down):
    print(_moved11(X, right, down).shape)


@wrong(EX, "the return forgotten", "The last line needs a `return`.")
def _(X, right, down):
    sheets = np.zeros((len(X), 24, 24))
    sheets[:, 8:16, 8:16] = X.reshape(-1, 8, 8)
    sheets[:, 8 - down : 16 - down, 8 - right : 16 - right].reshape(-1, 64)


@wrong(EX, "np.roll called, its result not kept", "np.roll gives a new array: keep it.")
def _(X, right, down):
    img = X.reshape(-1, 8, 8).copy()
    np.roll(img, right, axis=2)
    np.roll(img, down, axis=1)
    return img.reshape(-1, 64)


@wrong(EX, "a recursion without an end", "Your function calls itself for ever.")
def _(X, right, down):
    def go(X, right, down):
        return go(_moved11(X, 1, 0), right - 1, down)

    return go(X, right, down)


@wrong(EX, "images mixed by reshape(8, 8, -1)", "reshape(8, 8, -1) mixes the images.")
def _(X, right, down):
    img = X.reshape(8, 8, len(X))
    out = np.zeros(img.shape)
    for i in range(8):
        for j in range(8):
            if 0 <= i - down < 8 and 0 <= j - right < 8:
                out[i, j] = img[i - down, j - right]
    return out.reshape(64, -1).T


@wrong(EX, "loop: counts right down to 0, from below", "From -1 you never reach 0.")
def _(X, right, down):
    img = X.reshape(-1, 8, 8)
    while right != 0:
        img = np.pad(img, [(0, 0), (0, 0), (1, 0)])[:, :, :8]
        right -= 1
    while down != 0:
        img = np.pad(img, [(0, 0), (1, 0), (0, 0)])[:, :8]
        down -= 1
    return img.reshape(-1, 64)


@wrong(EX, "loop: while the ink has not left", "The image is not kept: it never moves.")
def _(X, right, down):
    img = X.copy()
    done = 0
    while done < abs(right) + abs(down) + 1:
        _moved11(img, 1, 0)
    return img


common(EX, 3, np.zeros((2, 64)))

# ------------------------------------------------------- 11.2 the model card
EX = "11.2"
_LINES11 = {
    "Reads": "grey images of 8 x 8 pixels, one digit each; says 0 to 9 and how sure",
    "Drawn by": "13 people, nobody says who they are",
    "Not drawn by": "children, and anyone else outside these 13 people",
    "Accuracy": "97 % of 359 test digits that it had never seen",
    "Moved by a pixel": "48 % sideways, 42 % up or down",
    "Not for": "cheques, exams, or anything where a mistake costs somebody something",
}


def _card11(**lines):
    """The card with other lines (Drawn_by=...); None takes a line away."""
    changed = {name.replace("_", " "): text for name, text in lines.items()}
    assert set(changed) <= set(_LINES11)
    card = {**_LINES11, **changed}
    return "\n".join(f"{k}: {v}" for k, v in card.items() if v is not None)


for _style, _value in [
    ("the lines of the lesson", "\n" + _card11() + "\n"),
    (
        "decimals with a point",
        """
Reads: 8x8 images with grey values from 0 to 1 and returns ten probabilities
Drawn by: 13 people
Not drawn by: me or my friends, children, left-handers as far as we know
Accuracy: 0.97
Moved by a pixel: 0.45 on average
Not for: reading anything that matters, e.g. prescriptions
""",
    ),
    (
        "decimal commas",
        """Reads: a small picture (8 by 8) of one handwritten digit
Drawn by: 13 people
Not drawn by: the other 30 who wrote for this data set
Accuracy: 97,2 %
Moved by a pixel: 44,9 %
Not for: post codes on real letters""",
    ),
    (
        "counts: 349 of 359",
        """
Reads: digits of 64 pixels, gives back a class 0-9
Drawn by: 13 writers whose age nobody knows
Not drawn by: you or anyone you know
Accuracy: 349 of 359 unseen digits are right
Moved by a pixel: 176 of 359 to the right, 169 of 359 to the left
Not for: letters, faces, or several digits at once
""",
    ),
    (
        "the wrong ones counted beside",
        """
Reads: digits of 64 pixels, gives back a class 0-9
Drawn by: 13 writers whose age nobody knows
Not drawn by: you or anyone you know
Accuracy: 97 % (10 wrong of 359)
Moved by a pixel: 55 % wrong, that is 45 % right
Not for: letters, faces, or several digits at once
""",
    ),
    (
        "the wrong ones counted",
        """
Reads: digits of 64 pixels, gives back a class 0-9
Drawn by: 13 writers whose age nobody knows
Not drawn by: you or anyone you know
Accuracy: 10 wrong of 359
Moved by a pixel: about 45 %
Not for: letters, faces, or several digits at once
""",
    ),
    (
        "fractions and decimals mixed",
        """
Reads: images 8x8, each pixel 0..1; output: 10 probabilities
Drawn by: 13 people, 1797 digits
Not drawn by: anyone from our class
Accuracy: 349/359
Moved by a pixel: 0.48 (left/right), 0.42 (up/down)
Not for: digits that are not centred
""",
    ),
    (
        "another order, with hyphens",
        """
- Accuracy: 97.2 % on 359 held-out digits
- Moved by a pixel: only 45 %
- Not for: anything outside of this course
- Drawn by: 13 people
- Not drawn by: people who write with a mouse
- Reads: one digit in an image of 8 x 8 pixels
""",
    ),
    (
        "round bullets",
        "• Reads: handwritten digits, 8 × 8 grey pixels\n"
        "• Drawn by: 13 people\n"
        "• Not drawn by: children; old people? Nobody says\n"
        "• Accuracy: 97 %\n"
        "• Moved by a pixel: 47 % to 49 % sideways, 35 % down, 49 % up\n"
        "• Not for: anything that has to do with money",
    ),
    (
        "bold names, Markdown",
        """
**Reads:** an 8x8 image of a digit, as 64 numbers from 0 to 1
**Drawn by:** 13 people
**Not drawn by:** everybody else, for example schoolchildren
**Accuracy:** 97 % (359 test digits by the same hands)
**Moved by a pixel:** 48 % sideways and 42 % up or down
**Not for:** marking exams
""",
    ),
    (
        "bold without the colon inside, stars as bullets",
        """
* **Reads**: one digit, 8 x 8 pixels, and answers with a number from 0 to 9
* **Drawn by**: 13 people
* **Not drawn by**: the people who are going to use it
* **Accuracy**: 97.2%
* **Moved by a pixel**: 45%
* **Not for**: sorting mail without a human being
""",
    ),
    (
        "lines that run over two lines",
        """
Reads: small grey images (8 x 8 pixels) with a single
    handwritten digit, answers with ten probabilities
Drawn by: 13 people, the same ones
    for training and test
Not drawn by: the 30 writers of the other
    part, and nobody of us
Accuracy: 97 % of the
    359 test digits
Moved by a pixel: 48 % when it goes left or right,
    42 % when it goes up or down
Not for: anything that costs somebody
    money or health
""",
    ),
    (
        "words broken over lines without indenting",
        """Reads: images of digits,
8 by 8 pixels
Drawn by:
13 people
Not drawn by: all the others,
children for instance
Accuracy:
97 %
Moved by a pixel:
45 %
Not for: forms that
a person fills in
""",
    ),
    (
        "all in lower case, thirteen in words",
        """
reads: pictures of digits, eight by eight pixels
drawn by: thirteen people
not drawn by: people with a tablet, children
accuracy: 97 % on digits it has not seen
moved by a pixel: 48 % if sideways, 42 % if up or down
not for: the tax office
""",
    ),
    (
        "names in capitals, Thirteen",
        """
READS: digits drawn on 8 x 8 pixels
DRAWN BY: Thirteen writers, unknown
NOT DRAWN BY: any writer outside the makers' lab
ACCURACY: 97 percent
MOVED BY A PIXEL: 45 percent, mean of four sides
NOT FOR: reading prescriptions
""",
    ),
    (
        "per cent in words",
        _card11(
            Accuracy="97 per cent of the test digits",
            Moved_by_a_pixel="48 per cent sideways, 42 per cent up or down",
        ),
    ),
    (
        "a title and a note around the card",
        """
Model card of the reader (lesson 07, 64-32-10 neurons)
======================================================

Reads: grey 8 x 8 images, one digit each

Drawn by: 13 people

Not drawn by: the other 30 people of the data set, nor me

Accuracy: 97.2 % (349 of 359)

Moved by a pixel: 48 % sideways, 42 % vertically, mean 45 %

Not for: decisions about people

Written on my own, lesson 11.
""",
    ),
    (
        "numbered lines",
        """
1. Reads: one digit, 8 x 8 pixels
2. Drawn by: 13 people
3. Not drawn by: children (as far as we know)
4. Accuracy: 97 % of 359
5. Moved by a pixel: 45 %
6. Not for: bank transfers
""",
    ),
    ("13 of the 43 writers", _card11(Drawn_by="13 of the 43 people who wrote for it")),
    (
        "13, and 30 that were left out",
        _card11(
            Drawn_by="13 people (the other 30 of 43 wrote another part)",
            Not_drawn_by="those 30, and the 8 billion others",
        ),
    ),
    (
        "13 people, training and test alike",
        _card11(
            Drawn_by="the same 13 people drew the 1,438 training and 359 test digits"
        ),
    ),
    (
        "13 hands, not people",
        _card11(Drawn_by="13 hands, left or right, nobody knows"),
    ),
    (
        "with 50 % on our own ten",
        _card11(Accuracy="97 % on 359 digits by known hands, 50 % on ten drawn by us"),
    ),
    (
        "with the interval of lesson 08",
        _card11(Accuracy="97.2 % of 359, so about 95 % to 98.5 %"),
    ),
    (
        "with the training accuracy for comparison",
        _card11(Accuracy="97 % on the test digits (100 % on those it was trained on)"),
    ),
    ("four decimals", _card11(Accuracy="0.9721", Moved_by_a_pixel="0.4492")),
    ("no leading zero", _card11(Accuracy=".972 on the test set")),
    ("about, with a tilde", _card11(Accuracy="~97%", Moved_by_a_pixel="~45%")),
    (
        "from 97 % down to 45 %",
        _card11(Moved_by_a_pixel="falls from 97 % to 45 %"),
    ),
    ("an arrow", _card11(Moved_by_a_pixel="0.97 -> 0.45")),
    ("a range", _card11(Moved_by_a_pixel="35 to 49 %, it depends on the direction")),
    (
        "all four sides",
        _card11(Moved_by_a_pixel="right 49 %, left 47 %, up 49 %, down 35 %"),
    ),
    (
        "half of it sideways, with the number",
        _card11(
            Moved_by_a_pixel="less than half is left: 48 % sideways, 42 % up or down"
        ),
    ),
    (
        "with two pixels for comparison",
        _card11(
            Moved_by_a_pixel="45 %; moved by 2 pixels about 10 %, as good as guessing"
        ),
    ),
    ("spaces before the colons, as in French", _card11().replace(":", " :")),
    ("no space behind the colons", _card11().replace(": ", ":")),
    ("lines that end as on Windows", _card11().replace("\n", "\r\n") + "\r\n"),
    ("non-breaking spaces", _card11().replace(" %", "\u00a0%")),
    ("indented", "\n".join("    " + line for line in _card11().splitlines())),
    ("tabs behind the colons", _card11().replace(": ", ":\t")),
    ("empty lines between", _card11().replace("\n", "\n\n")),
    ("joined from a list", "\n".join([*_card11().splitlines()])),
    ("np.str_", np.str_(_card11())),
    (
        "numbers measured and put in by an f-string",
        f"""
Reads: grey digits, 8 x 8 pixels
Drawn by: {10 + 3} people
Not drawn by: whoever uses it
Accuracy: {349 / 359:.1%} of {359}
Moved by a pixel: {np.mean([176, 169]) / 359:.0%} sideways, {150 / 359} up or down
Not for: anything important
""",
    ),
    (
        "whole sentences",
        """
Reads: It reads one handwritten digit at a time, from an image of 8 x 8 pixels.
Drawn by: Its digits were drawn by 13 people. Nobody says who they are.
Not drawn by: It has never seen a digit of a child, or one of yours.
Accuracy: It reads 97 % of 359 new digits. They come from the same 13 people.
Moved by a pixel: It reads 48 % when a digit moves sideways. Up or down it is 42 %.
Not for: Do not use it to grade, to pay or to heal.
""",
    ),
    (
        "colons inside the lines",
        _card11(
            Reads="two things: an image of 8 x 8 pixels goes in, ten numbers come out",
            Accuracy="measured once, on 359 digits: 97 %",
            Moved_by_a_pixel="sideways: 48 %, up or down: 42 %",
        ),
    ),
    (
        "the name of one line inside another",
        _card11(
            Not_drawn_by="those who are not named under 'Drawn by', children perhaps",
            Not_for="digits moved by a pixel or more, and no accuracy is promised there",
        ),
    ),
]:
    right(EX, _style, _value)

for _what, _teacher, _value in [
    (
        "97.2 without percent",
        "97.2 of what? Put the percent sign behind it.",
        _card11(Accuracy="97.2", Moved_by_a_pixel="45"),
    ),
    (
        "percent sign after a share",
        "0.972 is a share already: 0.972 % would be one in a hundred.",
        _card11(Accuracy="0.972 %"),
    ),
    (
        "the errors counted",
        "True; say how many are right as well.",
        _card11(Accuracy="2.8 % errors"),
    ),
    (
        "the loss in points",
        "True; say how much is left as well.",
        _card11(Moved_by_a_pixel="it loses 52 percentage points"),
    ),
    (
        "the share of errors, moved",
        "True; say how many are right.",
        _card11(Moved_by_a_pixel="55 % are read wrongly"),
    ),
    (
        "less than half, no number",
        "True; give the number as well.",
        _card11(Moved_by_a_pixel="less than half of them are still read"),
    ),
    (
        "about half, rounded to 50 %",
        "Rather 45: a bit less than half.",
        _card11(Moved_by_a_pixel="about 50 %"),
    ),
    (
        "only one side: 35 %",
        "That is down only; the other sides are milder.",
        _card11(Moved_by_a_pixel="35 % when it goes down"),
    ),
    (
        "only one side: 49 %",
        "That is one side only; another one is worse.",
        _card11(Moved_by_a_pixel="49 % to the right"),
    ),
    (
        "mean of all eight neighbours",
        "You moved it by the diagonals too: say so.",
        _card11(Moved_by_a_pixel="30 %, mean of the eight neighbours"),
    ),
    (
        "only the interval",
        "Give the measured number too: 97 %.",
        _card11(Accuracy="between 95 % and 98.5 %"),
    ),
    (
        "numbers in words",
        "Right; figures are read more easily.",
        _card11(Accuracy="ninety-seven percent", Moved_by_a_pixel="forty-five percent"),
    ),
    (
        "rounded generously",
        "Nearly: 97 %, not 'almost all'.",
        _card11(Accuracy="about 35 of 36"),
    ),
    (
        "the names of the lines without colons",
        "Better with a colon behind the names.",
        _card11().replace(":", " -"),
    ),
    (
        "names as headings",
        "Right; a line each would have been shorter.",
        "\n".join(f"## {k}\n{v}\n" for k, v in _LINES11.items()),
    ),
    (
        "a Markdown table",
        "Right; plain lines would have been easier.",
        "\n".join(f"| {k} | {v} |" for k, v in _LINES11.items()),
    ),
    (
        "one long line with semicolons",
        "A line for each, please.",
        "; ".join(f"{k}: {v}" for k, v in _LINES11.items()),
    ),
    (
        "one pixel in figures",
        "Right; but keep the names of the lines.",
        _card11().replace("Moved by a pixel", "Moved by 1 pixel"),
    ),
    (
        "one pixel in words",
        "Right; but keep the names of the lines.",
        _card11().replace("Moved by a pixel", "Moved by one pixel"),
    ),
    (
        "a typing error in a name",
        "Acuracy with two c.",
        _card11().replace("Accuracy", "Acuracy"),
    ),
    (
        "in JSON",
        "The content is right; lines were asked for.",
        "{" + ", ".join(f'"{k}": "{v}"' for k, v in _LINES11.items()) + "}",
    ),
    (
        "dots behind a list that could go on",
        "Fine; the dots at the end are not needed.",
        _card11(Not_for="cheques, exams, prescriptions, ..."),
    ),
    (
        "dots left in front of the words",
        "Take away the dots.",
        _card11(Reads="... grey images of 8 x 8 pixels with one digit"),
    ),
    (
        "one word for what it is not for",
        "A word more, please: which exams?",
        _card11(Not_for="exams"),
    ),
    ("bytes", "The content is right; without the b in front.", _card11().encode()),
    (
        "two numbers of people to be safe",
        "Choose one: the lesson says who drew these.",
        _card11(Drawn_by="13 or 43 people"),
    ),
    (
        "two accuracies to be safe",
        "Which of the two?",
        _card11(Accuracy="94 % or 97 %"),
    ),
    (
        "a line twice",
        "One line of each, please.",
        _card11() + "\nAccuracy: 97 %",
    ),
    (
        "13, struck out",
        "The 13 drew them; which other people do you mean?",
        _card11(Drawn_by="not 13 people but 43"),
    ),
    (
        "13 in the plural of digits",
        "13 people drew 1,797 digits, not 13 digits.",
        _card11(Drawn_by="13 digits by unknown people"),
    ),
    (
        "nobody says who",
        "Say how many as well: 13.",
        _card11(Drawn_by="some 13 to 15 people, nobody knows exactly"),
    ),
    (
        "also the better network",
        "The card is about the reader alone.",
        _card11(Accuracy="97 %, and 94 % for the one that saw nine places"),
    ),
    (
        "the same sentence for both absent lines",
        "Say what each line asks for.",
        _card11(
            Not_drawn_by="whoever is not one of the 13",
            Not_for="whoever is not one of the 13",
        ),
    ),
    (
        "a percent too many: 98 %",
        "0.972 rounds to 97 %.",
        _card11(Accuracy="98 %"),
    ),
    (
        "a negative accuracy",
        "An accuracy is never below 0.",
        _card11(Accuracy="-97 %"),
    ),
]:
    border(EX, _what, _teacher, _value)

for _what, _teacher, _value in [
    (
        "the card as it came",
        "All the dots are still there.",
        "\nReads: ...\nDrawn by: ...\nNot drawn by: ...\nAccuracy: ...\n"
        "Moved by a pixel: ...\nNot for: ...\n",
    ),
    ("dots, not a text", "Fill in the card first.", ...),
    ("None", "None is no card.", None),
    ("empty text", "Your card is empty.", ""),
    ("spaces and new lines", "Your card is empty.", "\n   \n\n"),
    (
        "names of the lines only",
        "Behind the colons there is nothing.",
        "\n".join(f"{k}:" for k in _LINES11),
    ),
    (
        "names of the lines and spaces",
        "Behind the colons there is nothing.",
        "\n".join(f"{k}:    " for k in _LINES11),
    ),
    (
        "only numbers",
        "Say what the numbers mean, and fill the other lines.",
        "13\n97 %\n45 %",
    ),
    (
        "numbers without the names of the lines",
        "Which number is which? Keep the names of the lines.",
        "\n".join(_LINES11.values()),
    ),
    (
        "plain prose",
        "Well written, but keep the six lines: others look for them.",
        "This network reads digits of 8 x 8 pixels. They come from 13 people, none of "
        "them a child perhaps. It reads 97 % of 359 test digits, and 45 % when they "
        "are moved by a pixel. Do not use it for exams.",
    ),
    (
        "one word per line",
        "A word is no answer: say what goes in, who is missing, what for.",
        "Reads: digits\nDrawn by: 13\nNot drawn by: others\nAccuracy: 97%\n"
        "Moved by a pixel: 45%\nNot for: exams",
    ),
    (
        "yes and no",
        "'yes' says nothing: what does it read?",
        _card11(Reads="yes", Not_drawn_by="no", Not_for="no"),
    ),
    (
        "I don't know in the lines of words",
        "You can know that much: look at the lesson again.",
        _card11(Reads="?", Not_drawn_by="?", Not_for="?"),
    ),
    (
        "to do in every line",
        "Still to do.",
        "\n".join(f"{k}: TODO" for k in _LINES11),
    ),
    (
        "hyphens for the dots",
        "There is a hyphen where the answer belongs.",
        "\n".join(f"{k}: -" for k in _LINES11),
    ),
    (
        "x for the dots",
        "There is an x where the answer belongs.",
        _card11(Not_drawn_by="xxx", Not_for="xxx"),
    ),
    (
        "43 people",
        "43 people wrote in all; these 1,797 digits are by the other 13.",
        _card11(Drawn_by="43 people"),
    ),
    (
        "30 people",
        "The 30 wrote the part that you do not use.",
        _card11(Drawn_by="30 people"),
    ),
    (
        "30 and 13 confused, both named",
        "The other way round: the 13 drew them.",
        _card11(Drawn_by="30 people", Not_drawn_by="the 13 people of the other part"),
    ),
    (
        "359 people",
        "359 is the number of test digits.",
        _card11(Drawn_by="359 people"),
    ),
    (
        "1,797 people",
        "1,797 is the number of digits.",
        _card11(Drawn_by="1,797 people"),
    ),
    (
        "1797 people without the comma",
        "1797 is the number of digits.",
        _card11(Drawn_by="1797 different writers"),
    ),
    (
        "forty-three in words",
        "43 wrote in all; 13 of them wrote these digits.",
        _card11(Drawn_by="forty-three people"),
    ),
    (
        "130 people",
        "A 0 too many.",
        _card11(Drawn_by="130 people"),
    ),
    (
        "3 people",
        "A 1 is missing.",
        _card11(Drawn_by="3 people"),
    ),
    (
        "1.3 thousand people",
        "13 people, not 1.3.",
        _card11(Drawn_by="1.3 thousand people"),
    ),
    (
        "many people",
        "How many? The lesson says.",
        _card11(Drawn_by="many different people"),
    ),
    (
        "the makers drew them",
        "They collected the digits; 13 people drew them.",
        _card11(Drawn_by="Alpaydin and Kaynak, 1998"),
    ),
    (
        "us",
        "Ours are ten others; who drew the 1,797?",
        _card11(Drawn_by="us, pixel by pixel"),
    ),
    (
        "13 in the line below",
        "The 13 are those who drew.",
        _card11(Drawn_by="people at a university", Not_drawn_by="13 people"),
    ),
    (
        "accuracy of the network that saw nine places",
        "That is the other network; the reader has 97 %.",
        _card11(Accuracy="94 %"),
    ),
    (
        "accuracy of another network as a share",
        "That is the other network; the reader has 0.97.",
        _card11(Accuracy="0.94 on the test digits"),
    ),
    (
        "accuracy on the training digits",
        "100 % is for digits that it has seen; new ones count.",
        _card11(Accuracy="100 %"),
    ),
    (
        "1.0",
        "1.0 is for digits that it has seen; new ones count.",
        _card11(Accuracy="1.0"),
    ),
    (
        "accuracy on ours",
        "50 % is for our ten; its own test digits first.",
        _card11(Accuracy="50 % of ten digits"),
    ),
    (
        "accuracy with a hard pen",
        "That is with the pen hardened; unchanged it is 97 %.",
        _card11(Accuracy="90 %"),
    ),
    (
        "digits of the number exchanged",
        "97, not 79.",
        _card11(Accuracy="79 %"),
    ),
    (
        "a comma slipped",
        "97 %, not 9.7 %.",
        _card11(Accuracy="9.7 %"),
    ),
    (
        "more right than there are",
        "349 of 359, not the other way round.",
        _card11(Accuracy="359 of 349"),
    ),
    (
        "97 of 359",
        "97 in a hundred, 349 of 359.",
        _card11(Accuracy="97 of 359 test digits"),
    ),
    (
        "the number of wrong ones for the right ones",
        "10 of 359 are wrong; how many are right?",
        _card11(Accuracy="10 of 359 are right"),
    ),
    (
        "how many were tested, no accuracy",
        "How many of the 359 were right?",
        _card11(Accuracy="tested on 359 digits"),
    ),
    (
        "very good",
        "How good? Give the number.",
        _card11(Accuracy="very good on the test digits"),
    ),
    (
        "the loss instead of the accuracy",
        "That is a loss, not an accuracy.",
        _card11(Accuracy="a loss of 0.13 on the test digits"),
    ),
    (
        "accuracy and moved accuracy swapped",
        "Exchange the two: unmoved it is the better one.",
        _card11(Accuracy="0.45", Moved_by_a_pixel="0.97"),
    ),
    (
        "accuracy and moved accuracy swapped, in percent",
        "Exchange the two: unmoved it is the better one.",
        _card11(Accuracy="45 % of 359", Moved_by_a_pixel="still 97 %"),
    ),
    (
        "the move changes nothing",
        "It does: try a pixel to the right.",
        _card11(Moved_by_a_pixel="97 %, as before"),
    ),
    (
        "moved: the network that saw nine places",
        "That is the other network; the reader breaks down.",
        _card11(Moved_by_a_pixel="still 93 % are right"),
    ),
    (
        "moved: nothing is left",
        "It is worse than a half, but not nothing.",
        _card11(Moved_by_a_pixel="0 %"),
    ),
    (
        "moved by two pixels",
        "That is for two pixels.",
        _card11(Moved_by_a_pixel="10 %, as good as guessing"),
    ),
    (
        "moved: the thin pen",
        "That is the pen; and a pixel of place?",
        _card11(Moved_by_a_pixel="75 %"),
    ),
    (
        "moved: much worse",
        "How much worse? Give the number.",
        _card11(Moved_by_a_pixel="it gets much worse"),
    ),
    (
        "moved: only the pixels counted",
        "One pixel is the move; what is left of the accuracy?",
        _card11(Moved_by_a_pixel="1 pixel to each of 4 sides"),
    ),
    (
        "moved: the ink lost",
        "That is the ink; how many are still read?",
        _card11(Moved_by_a_pixel="12 % of the ink gets lost"),
    ),
    (
        "moved: a comma slipped",
        "45 %, not 4.5 %.",
        _card11(Moved_by_a_pixel="4.5 %"),
    ),
    (
        "another network's people and numbers",
        "That is MNIST; this card is about the reader.",
        _card11(Drawn_by="250 people", Accuracy="98.4 %", Moved_by_a_pixel="95 %"),
    ),
    (
        "a card of the better network",
        "The card is about the reader of lesson 07.",
        _card11(Accuracy="95 %", Moved_by_a_pixel="93 %, it hardly matters"),
    ),
    (
        "13 people, and all else left as it was",
        "Five lines still have their dots.",
        "Reads: ...\nDrawn by: 13 people\nNot drawn by: ...\nAccuracy: ...\n"
        "Moved by a pixel: ...\nNot for: ...\n",
    ),
    (
        "only the three lines with numbers",
        "Three lines are missing: what it reads, who did not draw, what not for.",
        _card11(Reads=None, Not_drawn_by=None, Not_for=None),
    ),
    (
        "only the first line",
        "Five lines are missing.",
        "Reads: grey images of 8 x 8 pixels",
    ),
    (
        "every line the same",
        "Six questions, six answers.",
        "\n".join(f"{k}: it is a network for digits" for k in _LINES11),
    ),
    (
        "two lines made one",
        "'Drawn by' and 'Not drawn by' are two lines.",
        _card11(Drawn_by="13 people, not by children", Not_drawn_by=None),
    ),
    (
        "names of the lines changed",
        "Keep the names of the lines: others look for them.",
        "Input: 8 x 8 images\nPeople: 13 people\nMissing: children and others\n"
        "Score: 97 %\nShifted: 45 %\nWarning: not for exams",
    ),
    (
        "German names of the lines",
        "Keep the names of the lines as they are.",
        "Liest: Bilder mit 8 x 8 Pixeln\nGezeichnet von: 13 Leuten\n"
        "Nicht gezeichnet von: Kindern und anderen\nGenauigkeit: 97 %\n"
        "Um einen Pixel verschoben: 45 %\nNicht geeignet für: Klausuren und Geld",
    ),
    (
        "a dictionary",
        "The content is right; hand in a text.",
        dict(_LINES11),
    ),
    ("a list of the lines", "Hand in one text, not a list.", _card11().splitlines()),
    ("a tuple with the text", "A comma too many: hand in the text.", (_card11(),)),
    ("a set with the text", "Hand in the text without braces.", {_card11()}),
    ("an array with the lines", "One text.", np.array(_card11().splitlines())),
    ("a number", "A number is no card.", 0.97),
    ("a whole number", "A number is no card.", 13),
    ("three numbers", "Three numbers are no card.", [13, 0.97, 0.45]),
    ("True", "True is no card.", True),
    ("nan", "nan is no card.", math.nan),
    ("a function that gives back the text", "Call it: the text.", lambda: _card11()),
    ("a class", "Hand in a text.", dict),
    ("the name of a file", "The text itself, not the name of a file.", "my_card.txt"),
    (
        "the question handed back",
        "That is the task; now your answer.",
        "Fill in the card of reader: what goes in and comes out; how many people drew "
        "its digits, and who did not; its accuracy; what it should not be used for.",
    ),
    (
        "code instead of text",
        "That is code; write down what it prints.",
        "np.mean(reader.predict(X_test) == y_test)",
    ),
    (
        "expressions in braces: the f forgotten",
        "The f in front of the text is missing: your braces stayed as they are.",
        _card11(Accuracy="{np.mean(reader.predict(X_test) == y_test):.1%}"),
    ),
]:
    wrong(EX, _what, _teacher, _value)

for _name in _LINES11:
    _key = _name.replace(" ", "_")
    wrong(
        EX,
        f"dots left in '{_name}'",
        f"The line '{_name}' still has its dots.",
        _card11(**{_key: "..."}),
    )
    wrong(
        EX,
        f"without the line '{_name}'",
        f"The line '{_name}' is missing.",
        _card11(**{_key: None}),
    )
    wrong(
        EX,
        f"nothing behind '{_name}'",
        f"Behind '{_name}' there is nothing.",
        _card11(**{_key: ""}),
    )
wrong(
    EX,
    "one sign for three dots",
    "The dots are still there.",
    _card11(Not_for="…"),
)
wrong(EX, "two dots", "The dots are still there.", _card11(Not_drawn_by=".."))
wrong(EX, "dots with spaces", "The dots are still there.", _card11(Reads=". . ."))

# ------------------------------------------------------- 11.3 nine looks
EX = "11.3"


def _places11():
    return [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]


def _nine11(X):
    return np.concatenate([_moved11(X, *place) for place in _places11()])


def _answers11(network, X, places=None):
    """(places, m, classes)"""
    return np.array(
        [
            network.predict_proba(nn_helpers.shift_images(X, *place))
            for place in (places or _places11())
        ]
    )


@right(EX, "two loops, a sum, divided by nine")
def _(network, X):
    total = 0
    for right in (-1, 0, 1):
        for down in (-1, 0, 1):
            total = total + network.predict_proba(
                nn_helpers.shift_images(X, right, down)
            )
    return total / 9


right(
    EX,
    "the lesson's nine, one batch, reshape",
    lambda network, X: (
        network.predict_proba(_nine11(X)).reshape(9, len(X), -1).mean(axis=0)
    ),
)
right(
    EX,
    "np.mean of a list of nine",
    lambda network, X: np.mean(
        [network.predict_proba(_moved11(X, *p)) for p in _places11()], axis=0
    ),
)
right(
    EX,
    "sum of a generator",
    lambda n, X: (
        sum(
            n.predict_proba(nn_helpers.shift_images(X, r, d))
            for r in range(-1, 2)
            for d in range(-1, 2)
        )
        / 9
    ),
)
right(
    EX,
    "stacked behind, mean over the last axis",
    lambda n, X: np.stack(
        [n.predict_proba(nn_helpers.shift_images(X, *p)) for p in _places11()],
        axis=-1,
    ).mean(axis=-1),
)
right(
    EX,
    "stacked in the middle",
    lambda n, X: np.stack(
        [n.predict_proba(nn_helpers.shift_images(X, *p)) for p in _places11()], axis=1
    ).mean(axis=1),
)
right(
    EX,
    "down before right: the same nine",
    lambda n, X: np.mean(
        [
            n.predict_proba(nn_helpers.shift_images(X, right=j, down=i))
            for i in (1, 0, -1)
            for j in (1, 0, -1)
        ],
        axis=0,
    ),
)
right(
    EX,
    "itertools.product and np.average",
    lambda n, X: np.average(
        [
            n.predict_proba(_moved11(X, *place))
            for place in itertools.product((-1, 0, 1), repeat=2)
        ],
        axis=0,
    ),
)
right(
    EX,
    "divmod of 0 to 8",
    lambda n, X: (
        np.add.reduce(
            [n.predict_proba(_moved11(X, k // 3 - 1, k % 3 - 1)) for k in range(9)]
        )
        / 9
    ),
)
right(
    EX,
    "einsum with weights of a ninth",
    lambda n, X: np.einsum("k,kmc->mc", np.full(9, 1 / 9), _answers11(n, X)),
)


@right(EX, "an empty array first, then row by row")
def _(network, X):
    P = np.zeros((len(X), network.n_out))
    for k in range(len(X)):
        looks = np.concatenate(
            [nn_helpers.shift_images(X[k : k + 1], *p) for p in _places11()]
        )
        P[k] = network.predict_proba(looks).mean(axis=0)
    return P


@right(EX, "running mean")
def _(network, X):
    mean = network.predict_proba(X)
    n = 1
    for right in [-1, 0, 1]:
        for down in [-1, 0, 1]:
            if right == 0 and down == 0:
                continue
            n += 1
            P = network.predict_proba(nn_helpers.shift_images(X, right, down))
            mean = mean + (P - mean) / n
    return mean


@right(EX, "nine images beside each other, np.repeat")
def _(network, X):
    copies = np.repeat(X, 9, axis=0)
    for k, (right, down) in enumerate(_places11()):
        copies[k::9] = nn_helpers.shift_images(X, right, down)
    return network.predict_proba(copies).reshape(len(X), 9, -1).mean(axis=1)


@right(EX, "nine windows on one framed sheet")
def _(network, X):
    framed = np.pad(X.reshape(-1, 8, 8), [(0, 0), (1, 1), (1, 1)])
    total = np.zeros((len(X), network.n_out))
    for top in range(3):
        for left in range(3):
            window = framed[:, top : top + 8, left : left + 8]
            total += network.predict_proba(window.reshape(-1, 64))
    return total / 9.0


@right(EX, "sliding_window_view")
def _(network, X):
    framed = np.pad(X.reshape(-1, 8, 8), [(0, 0), (1, 1), (1, 1)])
    windows = np.lib.stride_tricks.sliding_window_view(framed, (8, 8), axis=(1, 2))
    P = network.predict_proba(windows.reshape(-1, 64))
    return P.reshape(len(X), 3, 3, -1).mean(axis=(1, 2))


@right(EX, "lists of sums in plain Python")
def _(network, X):
    answers = [
        network.predict_proba(nn_helpers.shift_images(X, *p)).tolist()
        for p in _places11()
    ]
    rows = []
    for k in range(len(X)):
        row = []
        for c in range(len(answers[0][k])):
            s = 0.0
            for answer in answers:
                s += answer[k][c]
            row.append(s / len(answers))
        rows.append(row)
    return np.array(rows)


@right(EX, "moves of moves: three sideways, three up and down")
def _(network, X):
    sideways = [nn_helpers.shift_images(X, right, 0) for right in (-1, 0, 1)]
    every = [nn_helpers.shift_images(S, 0, d) for S in sideways for d in (-1, 0, 1)]
    P = network.predict_proba(np.vstack(every))
    return sum(np.split(P, 9)) / 9


@right(EX, "matrices that move, added in a ninth")
def _(network, X):
    eyes = [np.eye(8, k=k) for k in (-1, 0, 1)]
    return sum(
        network.predict_proba(X @ np.kron(a, b)) * (1 / 9) for a in eyes for b in eyes
    )


@right(EX, "a dictionary of the places")
def _(network, X):
    seen = {}
    for place in _places11():
        seen[place] = network.predict_proba(nn_helpers.shift_images(X, *place))
    return np.mean(list(seen.values()), axis=0)


@right(EX, "mean of three means of three")
def _(network, X):
    def three(X):
        return np.mean(
            [
                network.predict_proba(nn_helpers.shift_images(X, 0, d))
                for d in (-1, 0, 1)
            ],
            axis=0,
        )

    shifted = [nn_helpers.shift_images(X, r, 0) for r in (-1, 0, 1)]
    return np.mean([three(S) for S in shifted], axis=0)


border(
    EX,
    "softmax of forward, by hand",
    "Right for several classes; predict_proba also knows networks with one output.",
    lambda n, X: np.mean(
        [softmax(n.forward(nn_helpers.shift_images(X, *p))) for p in _places11()],
        axis=0,
    ),
)


@border(
    EX,
    "a walk through the layers by hand",
    "Right for this network; predict_proba saves you the walk.",
)
def _(network, X):
    A = _nine11(X)
    for layer in network.layers:
        A = layer.g(A @ layer.W + layer.b)
    return softmax(A).reshape(9, len(X), -1).mean(axis=0)


border(
    EX,
    "a list of lists for the mean",
    "The numbers are right; hand back an array.",
    lambda n, X: _answers11(n, X).mean(axis=0).tolist(),
)
border(
    EX,
    "rounded to six digits",
    "There is no need to round.",
    lambda n, X: _answers11(n, X).mean(axis=0).round(6),
)
border(
    EX,
    "divided by the row sums at the end",
    "The mean of probabilities sums to 1 already.",
    lambda n, X: (
        _answers11(n, X).sum(axis=0) / _answers11(n, X).sum(axis=(0, 2))[:, np.newaxis]
    ),
)
border(
    EX,
    "float32 at the end",
    "Right to seven digits; there was no need to halve the precision.",
    lambda n, X: _answers11(n, X).mean(axis=0).astype(np.float32),
)

for _what, _teacher, _value in [
    (
        "the sum of the nine",
        "Nine answers are added up; divide by nine.",
        lambda n, X: _answers11(n, X).sum(axis=0),
    ),
    (
        "divided by eight",
        "Nine places, so divide by 9.",
        lambda n, X: _answers11(n, X).sum(axis=0) / 8,
    ),
    (
        "divided by ten",
        "Nine places, not ten: ten is the number of classes.",
        lambda n, X: _answers11(n, X).sum(axis=0) / 10,
    ),
    (
        "divided by three",
        "Three times three places: divide by 9.",
        lambda n, X: _answers11(n, X).sum(axis=0) / 3,
    ),
    (
        "divided by the number of images",
        "Average over the nine places, not over the images: divide by 9.",
        lambda n, X: _answers11(n, X).sum(axis=0) / len(_nine11(X)),
    ),
    (
        "whole-number division",
        "// cuts the decimals off: use /.",
        lambda n, X: _answers11(n, X).sum(axis=0) // 9,
    ),
    (
        "mean of the images, then one look",
        "You average the images and look once; look nine times, then average.",
        lambda n, X: n.predict_proba(
            np.mean([nn_helpers.shift_images(X, *p) for p in _places11()], axis=0)
        ),
    ),
    (
        "all nine images laid over each other",
        "Nine images in one are a blur: look at each by itself.",
        lambda n, X: n.predict_proba(
            np.sum([nn_helpers.shift_images(X, *p) for p in _places11()], axis=0)
        ),
    ),
    (
        "largest ink of the nine, one look",
        "Look at each image by itself, then average the answers.",
        lambda n, X: n.predict_proba(
            np.max([nn_helpers.shift_images(X, *p) for p in _places11()], axis=0)
        ),
    ),
    (
        "softmax of the mean logits",
        "Average the probabilities, not the logits.",
        lambda n, X: softmax(
            np.mean(
                [n.forward(nn_helpers.shift_images(X, *p)) for p in _places11()], axis=0
            )
        ),
    ),
    (
        "mean logits, softmax forgotten",
        "Those are logits: softmax makes probabilities of them, or predict_proba.",
        lambda n, X: np.mean(
            [n.forward(nn_helpers.shift_images(X, *p)) for p in _places11()], axis=0
        ),
    ),
    (
        "softmax once more at the end",
        "These are probabilities already: no second softmax.",
        lambda n, X: softmax(_answers11(n, X).mean(axis=0)),
    ),
    (
        "softmax of every answer once more",
        "predict_proba has its softmax inside.",
        lambda n, X: np.mean([softmax(P) for P in _answers11(n, X)], axis=0),
    ),
    (
        "the geometric mean",
        "The ordinary mean is asked for: add and divide.",
        lambda n, X: np.exp(np.log(_answers11(n, X) + 1e-300).mean(axis=0)),
    ),
    (
        "the product of the nine, scaled to sum 1",
        "Add the probabilities, do not multiply them.",
        lambda n, X: softmax(np.log(_answers11(n, X) + 1e-300).sum(axis=0)),
    ),
    (
        "the largest of the nine",
        "The mean, not the largest of the nine.",
        lambda n, X: _answers11(n, X).max(axis=0),
    ),
    (
        "the largest of the nine, scaled to sum 1",
        "The mean, not the largest of the nine.",
        lambda n, X: (
            _answers11(n, X).max(axis=0)
            / _answers11(n, X).max(axis=0).sum(axis=1, keepdims=True)
        ),
    ),
    (
        "the smallest of the nine",
        "The mean, not the smallest of the nine.",
        lambda n, X: _answers11(n, X).min(axis=0),
    ),
    (
        "the median",
        "The mean, not the median.",
        lambda n, X: np.median(_answers11(n, X), axis=0),
    ),
    (
        "the spread instead of the mean",
        "std says how much the nine differ; the mean is asked for.",
        lambda n, X: _answers11(n, X).std(axis=0),
    ),
    (
        "the class of the mean",
        "The probabilities are asked for: leave out argmax.",
        lambda n, X: _answers11(n, X).mean(axis=0).argmax(axis=1),
    ),
    (
        "the mean of the class numbers",
        "A mean of class numbers means nothing: 3 and 5 are no 4.",
        lambda n, X: np.mean(
            [n.predict(nn_helpers.shift_images(X, *p)) for p in _places11()], axis=0
        ),
    ),
    (
        "shares of the votes",
        "Average the probabilities, not the votes.",
        lambda n, X: np.mean(np.eye(n.n_out)[_answers11(n, X).argmax(axis=2)], axis=0),
    ),
    (
        "numbers of votes",
        "Probabilities averaged are asked for, not votes counted.",
        lambda n, X: np.sum(np.eye(n.n_out)[_answers11(n, X).argmax(axis=2)], axis=0),
    ),
    (
        "the winner of the votes, one-hot",
        "Average the probabilities, do not vote.",
        lambda n, X: np.eye(n.n_out)[
            np.sum(np.eye(n.n_out)[_answers11(n, X).argmax(axis=2)], axis=0).argmax(
                axis=1
            )
        ],
    ),
    (
        "the mean as one-hot",
        "Give back the mean itself, not 1 for its largest.",
        lambda n, X: np.eye(n.n_out)[_answers11(n, X).mean(axis=0).argmax(axis=1)],
    ),
    (
        "the surest of the nine looks",
        "Take the mean of all nine, not the surest one.",
        lambda n, X: np.take_along_axis(
            _answers11(n, X),
            _answers11(n, X).max(axis=2).argmax(axis=0)[None, :, None],
            axis=0,
        )[0],
    ),
    (
        "the largest P of the mean",
        "All classes are asked for, not the leading one.",
        lambda n, X: _answers11(n, X).mean(axis=0).max(axis=1),
    ),
    (
        "mean over the images",
        "You average over the images; average over the nine places.",
        lambda n, X: _answers11(n, X).mean(axis=1),
    ),
    (
        "mean over the classes",
        "You average over the classes: that is always the same number.",
        lambda n, X: _answers11(n, X).mean(axis=2).T,
    ),
    (
        "mean over everything",
        "np.mean without an axis gives a single number.",
        lambda n, X: np.mean(_answers11(n, X)),
    ),
    (
        "mean over places and images",
        "One row for each image, you have one for all.",
        lambda n, X: _answers11(n, X).mean(axis=(0, 1)),
    ),
    (
        "mean over places and images, repeated",
        "Each image has an answer of its own.",
        lambda n, X: np.tile(_answers11(n, X).mean(axis=(0, 1)), (len(X), 1)),
    ),
    (
        "a list of nine tables",
        "The mean of the nine is missing.",
        lambda n, X: list(_answers11(n, X)),
    ),
    (
        "an array of nine tables",
        "The mean over axis 0 is missing.",
        lambda n, X: _answers11(n, X),
    ),
    (
        "all 9 m rows",
        "Nine rows for each image: average them.",
        lambda n, X: n.predict_proba(_nine11(X)),
    ),
    (
        "reshape(m, 9, -1) of a concatenation",
        "The batch has place after place: reshape to (9, m, -1), mean over axis 0.",
        lambda n, X: n.predict_proba(_nine11(X)).reshape(len(X), 9, -1).mean(axis=1),
    ),
    (
        "nine neighbours in the batch averaged",
        "Rows 0 to 8 of your batch are nine images, not nine places of one.",
        lambda n, X: np.array(
            [n.predict_proba(_nine11(X))[k : k + 9].mean(axis=0) for k in range(len(X))]
        ),
    ),
    (
        "without the middle",
        "The image where it stands belongs to the nine.",
        lambda n, X: _answers11(n, X, [p for p in _places11() if p != (0, 0)]).mean(
            axis=0
        ),
    ),
    (
        "without the middle, divided by nine",
        "The place (0, 0) is missing.",
        lambda n, X: (
            _answers11(n, X, [p for p in _places11() if p != (0, 0)]).sum(axis=0) / 9
        ),
    ),
    (
        "five places: a cross",
        "The four corners are missing.",
        lambda n, X: _answers11(n, X, [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]).mean(
            axis=0
        ),
    ),
    (
        "the four neighbours",
        "Nine places: the middle and the corners too.",
        lambda n, X: _answers11(n, X, [(1, 0), (-1, 0), (0, 1), (0, -1)]).mean(axis=0),
    ),
    (
        "the corners and the middle",
        "The four neighbours are missing.",
        lambda n, X: _answers11(
            n, X, [(0, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)]
        ).mean(axis=0),
    ),
    (
        "one diagonal: zip",
        "zip pairs -1 with -1, 0 with 0: three places, not nine.",
        lambda n, X: _answers11(n, X, list(zip((-1, 0, 1), (-1, 0, 1)))).mean(axis=0),
    ),
    (
        "three places sideways",
        "Up and down are missing.",
        lambda n, X: _answers11(n, X, [(-1, 0), (0, 0), (1, 0)]).mean(axis=0),
    ),
    (
        "three places up and down",
        "Left and right are missing.",
        lambda n, X: _answers11(n, X, [(0, -1), (0, 0), (0, 1)]).mean(axis=0),
    ),
    (
        "range(-1, 1): four places",
        "range(-1, 1) ends at 0: write range(-1, 2).",
        lambda n, X: _answers11(
            n, X, list(itertools.product(range(-1, 1), repeat=2))
        ).mean(axis=0),
    ),
    (
        "range(-1, 1), divided by nine",
        "range(-1, 1) ends at 0: write range(-1, 2).",
        lambda n, X: (
            _answers11(n, X, list(itertools.product(range(-1, 1), repeat=2))).sum(
                axis=0
            )
            / 9
        ),
    ),
    (
        "range(3): right and down only",
        "range(3) is 0, 1, 2: -1, 0, 1 are asked for.",
        lambda n, X: _answers11(n, X, list(itertools.product(range(3), repeat=2))).mean(
            axis=0
        ),
    ),
    (
        "two pixels to each side",
        "One pixel to each side, not two.",
        lambda n, X: _answers11(
            n, X, list(itertools.product((-2, 0, 2), repeat=2))
        ).mean(axis=0),
    ),
    (
        "25 places, up to two pixels",
        "Nine places: by one pixel at most.",
        lambda n, X: _answers11(
            n, X, list(itertools.product(range(-2, 3), repeat=2))
        ).mean(axis=0),
    ),
    (
        "combinations with repetition: six places",
        "(1, -1) and (-1, 1) are two places: itertools.product.",
        lambda n, X: _answers11(
            n, X, list(itertools.combinations_with_replacement((-1, 0, 1), 2))
        ).mean(axis=0),
    ),
    (
        "permutations: six places",
        "(1, 1) is a place too: itertools.product.",
        lambda n, X: _answers11(n, X, list(itertools.permutations((-1, 0, 1), 2))).mean(
            axis=0
        ),
    ),
    (
        "the middle twice: ten looks",
        "You start with the image itself and meet it again in the loop.",
        lambda n, X: _answers11(n, X, [(0, 0), *_places11()]).mean(axis=0),
    ),
    (
        "the middle weighs half",
        "All nine weigh the same.",
        lambda n, X: (_answers11(n, X).mean(axis=0) + n.predict_proba(X)) / 2,
    ),
    (
        "one look, the image where it stands",
        "That is one look; show it in all nine places.",
        lambda n, X: n.predict_proba(X),
    ),
    (
        "nine looks at the same place",
        "Nine times the same image: move it.",
        lambda n, X: np.mean([n.predict_proba(X) for _ in range(9)], axis=0),
    ),
    (
        "np.roll: ink comes back on the other side",
        "np.roll wraps round; paper should come in.",
        lambda n, X: np.mean(
            [
                n.predict_proba(
                    np.roll(X.reshape(-1, 8, 8), p, axis=(1, 2)).reshape(-1, 64)
                )
                for p in _places11()
            ],
            axis=0,
        ),
    ),
    (
        "the flat row rolled nine times",
        "In the flat row the end of a line runs into the next line.",
        lambda n, X: np.mean(
            [n.predict_proba(np.roll(X, r + 8 * d, axis=1)) for r, d in _places11()],
            axis=0,
        ),
    ),
    (
        "the edge drawn out",
        "Paper comes in, not the edge once more.",
        lambda n, X: np.mean(
            [
                n.predict_proba(
                    np.pad(X.reshape(-1, 8, 8), [(0, 0), (1, 1), (1, 1)], mode="edge")[
                        :, i : i + 8, j : j + 8
                    ].reshape(-1, 64)
                )
                for i in range(3)
                for j in range(3)
            ],
            axis=0,
        ),
    ),
    (
        "the probabilities moved, not the images",
        "Move the image and look again; do not move the answer.",
        lambda n, X: np.mean(
            [np.roll(n.predict_proba(X), k, axis=1) for k in (-1, 0, 1)], axis=0
        ),
    ),
    (
        "only the first image's answer",
        "A row for every image, you have one.",
        lambda n, X: _answers11(n, X[:1]).mean(axis=0)[0],
    ),
    (
        "ten classes written in",
        "Not every network has ten classes: reshape with -1 or network.n_out.",
        lambda n, X: n.predict_proba(_nine11(X)).reshape(9, -1, 10).mean(axis=0),
    ),
    (
        "359 images written in",
        "The number of images is len(X).",
        lambda n, X: n.predict_proba(_nine11(X)).reshape(9, 359, -1).mean(axis=0),
    ),
    (
        "always the reader of the lesson",
        "Use the network that is handed in.",
        lambda n, X: _answers11(nn_helpers.load_digits_network(), X).mean(axis=0),
    ),
    (
        "rounded to one digit",
        "Do not round: the mean has more digits.",
        lambda n, X: _answers11(n, X).mean(axis=0).round(1),
    ),
    (
        "in percent",
        "Probabilities go from 0 to 1.",
        lambda n, X: 100 * _answers11(n, X).mean(axis=0),
    ),
    (
        "mean and spread",
        "Only the mean is asked for.",
        lambda n, X: (_answers11(n, X).mean(axis=0), _answers11(n, X).std(axis=0)),
    ),
    (
        "classes in rows, images in columns",
        "(m, classes): an image a row.",
        lambda n, X: _answers11(n, X).mean(axis=0).T,
    ),
    (
        "sorted, the surest class first",
        "Leave the classes in their order.",
        lambda n, X: -np.sort(-_answers11(n, X).mean(axis=0), axis=1),
    ),
    (
        "images in the opposite order",
        "Row 0 of the answer belongs to row 0 of X.",
        lambda n, X: _answers11(n, X).mean(axis=0)[::-1],
    ),
    (
        "a mean of ink-weighted looks",
        "All nine weigh the same, however much ink is left.",
        lambda n, X: np.average(
            _answers11(n, X),
            axis=0,
            weights=[nn_helpers.shift_images(X, *p).sum() + 1e-9 for p in _places11()],
        ),
    ),
    (
        "minus the mean of the logarithms",
        "That is a loss; probabilities are asked for.",
        lambda n, X: -np.log(_answers11(n, X) + 1e-12).mean(axis=0),
    ),
    (
        "a function for one pair: shift_images(X, right) only",
        "shift_images wants right and down.",
        lambda n, X: np.mean(
            [n.predict_proba(nn_helpers.shift_images(X, p)) for p in _places11()],
            axis=0,
        ),
    ),
    (
        "predict_proba of a list of nine tables",
        "predict_proba wants one table, (m, 64): concatenate, or one by one.",
        lambda n, X: n.predict_proba(
            [nn_helpers.shift_images(X, *p) for p in _places11()]
        ).mean(axis=0),
    ),
    (
        "images handed on as 8 by 8",
        "The network wants rows of 64.",
        lambda n, X: np.mean(
            [
                n.predict_proba(nn_helpers.shift_images(X, *p).reshape(-1, 8, 8))
                for p in _places11()
            ],
            axis=0,
        ),
    ),
]:
    wrong(EX, _what, _teacher, _value)


@wrong(EX, "return in the loop", "It returns after the first place.")
def _(network, X):
    total = 0
    for place in _places11():
        total = total + network.predict_proba(nn_helpers.shift_images(X, *place))
        return total / 9


@wrong(EX, "the last place only", "P is overwritten in each turn: add up.")
def _(network, X):
    for place in _places11():
        P = network.predict_proba(nn_helpers.shift_images(X, *place))
    return P


@wrong(EX, "the last place only, divided by nine", "= where += is needed.")
def _(network, X):
    total = np.zeros((len(X), network.n_out))
    for place in _places11():
        total = network.predict_proba(nn_helpers.shift_images(X, *place))
    return total / 9


@wrong(EX, "the sum set back for every column", "Set the total to 0 once, at the top.")
def _(network, X):
    for right in (-1, 0, 1):
        total = 0
        for down in (-1, 0, 1):
            total = total + network.predict_proba(
                nn_helpers.shift_images(X, right, down)
            )
    return total / 3


@wrong(
    EX, "every mean with the last: halves", "Late looks weigh more: divide at the end."
)
def _(network, X):
    P = network.predict_proba(X)
    for place in _places11():
        P = (P + network.predict_proba(nn_helpers.shift_images(X, *place))) / 2
    return P


@wrong(EX, "divided by nine in every turn", "Divide once, after the loop.")
def _(network, X):
    total = 0
    for place in _places11():
        total = total + network.predict_proba(nn_helpers.shift_images(X, *place))
        total = total / 9
    return total


@wrong(
    EX, "moved on from the moved image", "Each place starts from X, not from the last."
)
def _(network, X):
    total, image = 0, X
    for place in _places11():
        image = nn_helpers.shift_images(image, *place)
        total = total + network.predict_proba(image)
    return total / 9


@wrong(EX, "the images overwritten: X[:] = ...", "You write into X; keep it as it is.")
def _(network, X):
    original, total = X.copy(), 0
    for place in _places11():
        X[:] = nn_helpers.shift_images(original, *place)
        total = total + network.predict_proba(X)
    return total / 9


@wrong(EX, "the move forgotten in the loop", "The moved image is made and never shown.")
def _(network, X):
    total = 0
    for place in _places11():
        nn_helpers.shift_images(X, *place)
        total = total + network.predict_proba(X)
    return total / 9


@wrong(
    EX,
    "rows shuffled before they are averaged",
    "Shuffled: rows of several images are mixed.",
)
def _(network, X):
    P = _answers11(network, X)
    rows = np.random.default_rng(0).permutation(len(X) * 9)
    flat = P.reshape(9 * len(X), -1)[rows]
    return flat[: 8 * len(X)].reshape(8, len(X), -1).mean(axis=0)


@wrong(EX, "noise added to the looks", "Nothing random is asked for.")
def _(network, X):
    noise = np.random.default_rng(3).normal(0, 0.3, X.shape)
    return _answers11(network, X + noise).mean(axis=0)


@wrong(EX, "trains on the nine places", "Teach nothing: the network stays as it is.")
def _(network, X):
    Y = nn_helpers.one_hot(np.tile(network.predict(X), 9), network.n_out)
    for _ in range(5):
        P = network.predict_proba(_nine11(X))
        network.backward((P - Y) / len(Y))
        nn_helpers.SGD(0.5).step(network.parameters())
    return _answers11(network, X).mean(axis=0)


@wrong(EX, "right, and the weights halved after it", "Leave the network as it was.")
def _(network, X):
    P = _answers11(network, X).mean(axis=0)
    for _, array, _ in network.parameters():
        array *= 0.5
    return P


@wrong(EX, "weights averaged, not answers", "Average what the network says.")
def _(network, X):
    W, b = network.layers[0].W, network.layers[0].b
    moved = np.mean([nn_helpers.shift_images(W.T, *p) for p in _places11()], axis=0).T
    A = X @ moved + b
    for layer in network.layers[1:]:
        A = np.maximum(A, 0) @ layer.W + layer.b
    return softmax(A)


@wrong(EX, "only rows that it is unsure of", "Every row gets nine looks.")
def _(network, X):
    P = network.predict_proba(X)
    return np.where(
        P.max(axis=1, keepdims=True) < 0.6, _answers11(network, X).mean(axis=0), P
    )


@wrong(EX, "prints the mean", "print shows it; `return` gives it back.")
def _(network, X):
    print(_answers11(network, X).mean(axis=0).shape)


@wrong(EX, "no return", "The last line needs a `return`.")
def _(network, X):
    _answers11(network, X).mean(axis=0)


@wrong(EX, "append handed back", "append changes the list and returns None.")
def _(network, X):
    answers = []
    for place in _places11():
        looks = answers.append(
            network.predict_proba(nn_helpers.shift_images(X, *place))
        )
    return looks


@wrong(EX, "lists added: one long list", "+ of lists joins them; use arrays.")
def _(network, X):
    total = []
    for place in _places11():
        total += network.predict_proba(nn_helpers.shift_images(X, *place)).tolist()
    return np.array(total) / 9


@wrong(EX, "X and network exchanged", "The network comes first, then X.")
def _(X, network):
    return np.mean([network.predict_proba(X) for _ in _places11()], axis=0)


@wrong(EX, "loop: places are never used up", "Nothing is taken out of the list.")
def _(network, X):
    waiting, total = _places11(), 0
    while waiting:
        total = total + network.predict_proba(nn_helpers.shift_images(X, *waiting[0]))
    return total / 9


common(EX, 2, np.array([[0.2, 0.8]]))

quiz_letters("11.Q", "c")


# ------------------------------------------------------- 12.1 XOR, how few
EX = "12.1"
_XOR12 = "data=xor layers=2 rate=0.3"
for _style, _value in [
    ("the usual line", _XOR12),
    ("the line of the preset", "data=xor layers=2 rate=0.3"),
    ("another order of words", "rate=0.3 layers=2 data=xor"),
    ("extra spaces", "   data=xor    layers=2   rate=0.3  "),
    ("one word a line", "\ndata=xor\nlayers=2\nrate=0.3\n"),
    (
        "words under one another in three quotes, indented",
        """
        data=xor
        layers=2
        activation=tanh
        optimizer=sgd
        rate=0.3
        """,
    ),
    ("tabs", "data=xor\tlayers=2\trate=0.3"),
    ("lines that end as on Windows", "data=xor layers=2\r\nrate=0.3\r\n"),
    ("non-breaking spaces", "data=xor\u00a0layers=2\u00a0rate=0.3"),
    ("usual rate, nothing else said", "data=xor layers=2"),
    ("a Setting", Setting(data="xor", layers=(2,), rate=0.3)),
    ("a Setting parsed from the line", Setting.parse(_XOR12)),
    ("a Setting with a whole number as rate", Setting(data="xor", layers=(2,), rate=1)),
    (
        "a Setting changed by replace",
        dataclasses.replace(
            Setting.parse(PRESETS["XOR, no hidden layer"].line), layers=(2,)
        ),
    ),
    ("str of a Setting", str(Setting(data="xor", layers=(2,), rate=0.3))),
    ("setting of a Session", Session(Setting.parse(_XOR12)).setting),
    ("line of a Session", str(Session(Setting.parse(_XOR12)).setting)),
    (
        "replaced in the preset",
        PRESETS["XOR, no hidden layer"].line.replace("layers=0", "layers=2"),
    ),
    ("joined from a list", " ".join(["data=xor", "layers=2", "rate=0.3"])),
    (
        "joined from a dict",
        " ".join(
            f"{k}={v}" for k, v in {"data": "xor", "layers": 2, "rate": 0.3}.items()
        ),
    ),
    ("f-string", f"data=xor layers={1 + 1} rate={3 / 10}"),
    ("np.str_", np.str_(_XOR12)),
    (
        "every word said",
        "data=xor points=100 noise=0.2 sample=0 inputs=xy layers=2 "
        "activation=tanh start=usual seed=0 optimizer=sgd rate=0.3 batch=10 decay=0",
    ),
    ("usual values said, noise .2", "data=xor points=100 noise=.2 layers=2 rate=.3"),
    ("0.30 and 0.20", "data=xor noise=0.20 layers=2 rate=0.30"),
    ("3e-1 and 2E-1", "data=xor noise=2E-1 layers=2 rate=3e-1"),
    ("rate=1, a whole number", "data=xor layers=2 rate=1"),
    ("rate=1. and decay=0.0", "data=xor layers=2 rate=1. decay=0.0"),
    ("a plus sign", "data=xor layers=2 rate=+0.3"),
    ("a zero in front of the 2", "data=xor layers=02 rate=0.3"),
    (
        "noise 0.2 with many digits",
        "data=xor noise=0.20000000000000001 layers=2 rate=0.25",
    ),
    ("tanh, rate 0.5, other seed", "data=xor layers=2 rate=0.5 seed=3"),
    ("seed 7", "data=xor layers=2 rate=0.3 seed=7"),
    ("a long seed", "data=xor layers=2 rate=0.3 seed=20260101"),
    ("sigmoid at rate 1", "data=xor layers=2 activation=sigmoid rate=1"),
    (
        "sigmoid and momentum",
        "data=xor layers=2 activation=sigmoid optimizer=momentum rate=0.1",
    ),
    (
        "ReLU, with a start that does it",
        "data=xor layers=2 activation=relu seed=3 rate=0.3",
    ),
    (
        "ReLU and Adam",
        "data=xor layers=2 activation=relu optimizer=adam rate=0.03 seed=5",
    ),
    ("momentum", "data=xor layers=2 optimizer=momentum rate=0.03"),
    ("Adam at 0.03", "data=xor layers=2 optimizer=adam rate=0.03"),
    ("Adam at 1e-2", "optimizer=adam rate=1e-2 data=xor layers=2"),
    ("batches of 1", "data=xor layers=2 batch=1 rate=0.1"),
    ("one batch of all, a high rate", "data=xor layers=2 batch=100 rate=3"),
    ("batches of 20", "data=xor layers=2 batch=20 rate=0.5"),
    ("batches of 7, the last one smaller", "data=xor layers=2 batch=7 rate=0.3"),
    ("a small start", "data=xor layers=2 start=small rate=0.3"),
    ("a large start", "data=xor layers=2 start=large rate=0.3 seed=1"),
    ("a little weight decay", "data=xor layers=2 rate=0.3 decay=0.001"),
]:
    right(EX, _style, _value)

for _what, _teacher, _value in [
    ("dots left", "Put your line in place of the dots.", ...),
    ("None", "There is no line yet.", None),
    ("empty text", "The line is empty: that is the moons.", ""),
    ("only spaces", "The line is empty: that is the moons.", "   "),
    ("dots in quotes", "Put your line in place of the dots.", "..."),
    ("the number 2", "The number may be right; hand in the whole line.", 2),
    ("the number as text", "Hand in the whole line.", "2"),
    ("only layers=2: the moons", "Without data=xor these are the moons.", "layers=2"),
    (
        "only layers=2 and the rate",
        "Without data=xor these are the moons.",
        "layers=2 rate=0.3",
    ),
    ("an answer in words", "Hand in a line that can be run.", "two hidden neurons"),
    (
        "one neuron: a guess",
        "One neuron makes one line; XOR needs two.",
        "data=xor layers=1 rate=0.3",
    ),
    (
        "one neuron and Adam",
        "One neuron makes one line; XOR needs two.",
        "data=xor layers=1 optimizer=adam rate=0.03",
    ),
    (
        "two layers of one neuron",
        "One neuron a layer: still one line.",
        "data=xor layers=1-1 rate=0.3",
    ),
    (
        "no hidden layer",
        "Without a hidden layer there is one line only.",
        "data=xor layers=0 rate=0.3",
    ),
    (
        "the preset without a hidden layer",
        "Without a hidden layer there is one line only.",
        PRESETS["XOR, no hidden layer"].line,
    ),
    (
        "no hidden layer and the squares",
        "The inputs are to stay x0 and x1.",
        "data=xor inputs=squares layers=0 rate=0.3",
    ),
    (
        "two neurons and the squares",
        "The inputs are to stay x0 and x1.",
        "data=xor inputs=squares layers=2 rate=0.3",
    ),
    (
        "one neuron and the squares",
        "The inputs are to stay x0 and x1.",
        "data=xor inputs=squares layers=1 rate=0.3",
    ),
    (
        "layers left out: four neurons",
        "Four neurons are the usual; fewer will do.",
        "data=xor rate=0.3",
    ),
    ("four neurons", "It works, but with fewer too.", "data=xor layers=4 rate=0.3"),
    ("three neurons", "It works, but with fewer too.", "data=xor layers=3 rate=0.3"),
    ("eight neurons", "It works, but with fewer too.", "data=xor layers=8 rate=0.3"),
    (
        "two and two",
        "That is four hidden neurons; two will do.",
        "data=xor layers=2-2 rate=0.3",
    ),
    (
        "two and one",
        "That is three hidden neurons; two will do.",
        "data=xor layers=2-1 rate=0.3",
    ),
    (
        "two and the two of the output",
        "The output is no hidden layer: you have four hidden neurons.",
        "data=xor layers=2-2",
    ),
    (
        "inputs and outputs in layers: 2-2-2",
        "layers names the hidden layers only.",
        "data=xor layers=2-2-2 rate=0.3",
    ),
    (
        "a start that gets stuck",
        "75 % with this start: try another.",
        "data=xor layers=2 rate=0.3 seed=6",
    ),
    (
        "ReLU with a start that gets stuck",
        "This start ends at 75 %: try another.",
        "data=xor layers=2 activation=relu rate=0.3",
    ),
    (
        "a sigmoid, too slow",
        "After 100 epochs it has hardly begun.",
        "data=xor layers=2 activation=sigmoid rate=0.1",
    ),
    (
        "no bend",
        "Without a bend two neurons are one line.",
        "data=xor layers=2 activation=identity rate=0.3",
    ),
    (
        "all weights start at zero",
        "With weights of 0 nothing moves.",
        "data=xor layers=2 start=zero rate=0.3",
    ),
    (
        "rate too low",
        "After 100 epochs it has hardly begun.",
        "data=xor layers=2 rate=0.001",
    ),
    (
        "Adam far too slow",
        "After 100 epochs it has hardly begun.",
        "data=xor layers=2 optimizer=adam rate=0.0001",
    ),
    (
        "decay too strong",
        "The decay eats the weights.",
        "data=xor layers=2 rate=0.3 decay=1",
    ),
    ("moons", "Those are the moons.", "data=moons layers=2 rate=0.3"),
    ("circles", "Those are the circles.", "data=circles layers=3 rate=0.3"),
    (
        "no noise",
        "The noise is to stay as usual.",
        "data=xor noise=0 layers=2 rate=0.3",
    ),
    (
        "half the noise",
        "The noise is to stay as usual.",
        "data=xor noise=0.1 layers=2 rate=0.3",
    ),
    (
        "noise 0.02: a slip",
        "The noise is to stay as usual.",
        "data=xor noise=0.02 layers=2 rate=0.3",
    ),
    ("400 points", "It is to be 100 points.", "data=xor points=400 layers=2 rate=0.3"),
    ("99 points", "It is to be 100 points.", "data=xor points=99 layers=2 rate=0.3"),
    ("20 points", "It is to be 100 points.", "data=xor points=20 layers=2 rate=0.3"),
    (
        "4 points without noise",
        "It is to be 100 points with the usual noise.",
        "data=xor points=4 noise=0 batch=4 layers=2 rate=0.3",
    ),
    (
        "XOR as own points",
        "Own points have no test set: use data=xor.",
        "data=own own=-1,-1,0;1,-1,1;-1,1,1;1,1,0 batch=4 layers=2 rate=0.3",
    ),
    (
        "data=xor and own points",
        "own belongs to data=own.",
        "data=xor own=-1,-1,0;1,-1,1;-1,1,1;1,1,0 layers=2",
    ),
    (
        "commas between words",
        "Between the words stand spaces, no commas.",
        "data=xor, layers=2, rate=0.3",
    ),
    (
        "commas without spaces",
        "Between the words stand spaces, no commas.",
        "data=xor,layers=2,rate=0.3",
    ),
    ("semicolons", "Between the words stand spaces.", "data=xor; layers=2; rate=0.3"),
    ("colons for equals signs", "A word is name=value.", "data:xor layers:2 rate:0.3"),
    (
        "spaces around the equals signs",
        "No spaces around =.",
        "data = xor layers = 2 rate = 0.3",
    ),
    (
        "a space behind the equals signs",
        "No spaces behind =.",
        "data= xor layers= 2 rate= 0.3",
    ),
    (
        "JSON",
        "A line of words, no JSON.",
        '{"data": "xor", "layers": [2], "rate": 0.3}',
    ),
    (
        "Python code in quotes",
        "Hand in the line, without the code around it.",
        'Setting.parse("data=xor layers=2 rate=0.3")',
    ),
    (
        "a call in quotes",
        "Hand in the line, not the call.",
        'Setting(data="xor", layers=(2,), rate=0.3)',
    ),
    (
        "my_line = in the quotes",
        "Without my_line = in the text.",
        "my_line = data=xor layers=2 rate=0.3",
    ),
    (
        "Settings: in front",
        "Only what stands behind the colon.",
        "Settings: data=xor layers=2 rate=0.3",
    ),
    (
        "a comment in the text",
        "No comment inside the quotes.",
        "data=xor layers=2 rate=0.3 # two lines",
    ),
    (
        "a full stop behind",
        "The rate 0.3. is no number.",
        "data=xor layers=2 rate=0.3.",
    ),
    ("dashes as in a shell", "Without dashes.", "--data=xor --layers=2 --rate=0.3"),
    ("names without values", "A word is name=value.", "xor 2 0.3"),
    ("capital XOR", "Small letters: xor.", "data=XOR layers=2 rate=0.3"),
    ("capital names", "Small letters: data, layers.", "Data=xor Layers=2 Rate=0.3"),
    ("dota: a slip", "It is called data.", "dota=xor layers=2 rate=0.3"),
    ("layer for layers", "It is called layers.", "data=xor layer=2 rate=0.3"),
    ("neurons for layers", "It is called layers.", "data=xor neurons=2 rate=0.3"),
    ("hidden for layers", "It is called layers.", "data=xor hidden=2 rate=0.3"),
    ("learning_rate", "It is called rate.", "data=xor layers=2 learning_rate=0.3"),
    ("lr", "It is called rate.", "data=xor layers=2 lr=0.3"),
    (
        "epochs in the line",
        "The line has no word epochs; it is 100 anyway.",
        "data=xor layers=2 rate=0.3 epochs=100",
    ),
    ("batch_size", "It is called batch.", "data=xor layers=2 rate=0.3 batch_size=10"),
    (
        "test points in the line",
        "There is no such word; the test set has 200 points.",
        "data=xor layers=2 rate=0.3 test=200",
    ),
    (
        "quotation marks around a value",
        "Without quotation marks inside the line.",
        "data='xor' layers=2 rate=0.3",
    ),
    (
        "layers in brackets",
        "Without brackets: layers=2.",
        "data=xor layers=[2] rate=0.3",
    ),
    (
        "layers as a tuple",
        "Without brackets: layers=2.",
        "data=xor layers=(2,) rate=0.3",
    ),
    (
        "layers=2,2",
        "Layers are joined by a hyphen, and one will do.",
        "data=xor layers=2,2 rate=0.3",
    ),
    ("layers=2,", "No comma behind the 2.", "data=xor layers=2, rate=0.3"),
    ("layers=2.0", "Neurons are whole.", "data=xor layers=2.0 rate=0.3"),
    ("layers=1.5", "Neurons are whole.", "data=xor layers=1.5 rate=0.3"),
    ("layers=-2", "Neurons cannot be negative.", "data=xor layers=-2 rate=0.3"),
    ("layers=two", "Write the number as a digit.", "data=xor layers=two rate=0.3"),
    ("layers=2x1", "Write layers=2.", "data=xor layers=2x1 rate=0.3"),
    (
        "layers=2-",
        "Nothing may follow the hyphen, or leave it out.",
        "data=xor layers=2- rate=0.3",
    ),
    (
        "layers=2-0",
        "A hidden layer of 0 neurons is none: layers=2.",
        "data=xor layers=2-0 rate=0.3",
    ),
    (
        "layers without a value",
        "A number is missing behind layers=.",
        "data=xor layers= rate=0.3",
    ),
    (
        "layers=9",
        "At most 8 neurons a layer, and far fewer will do.",
        "data=xor layers=9 rate=0.3",
    ),
    (
        "layers set twice",
        "layers stands there twice.",
        "data=xor layers=0 rate=0.3 layers=2",
    ),
    ("decimal comma", "Write 0.3 with a point.", "data=xor layers=2 rate=0,3"),
    ("a fraction", "Write 0.3.", "data=xor layers=2 rate=3/10"),
    ("a negative rate", "Rates are above 0.", "data=xor layers=2 rate=-0.3"),
    (
        "rate=0",
        "With a rate of 0 nothing moves; it is refused.",
        "data=xor layers=2 rate=0",
    ),
    (
        "noise in per cent",
        "Write noise=0.2, or leave it out.",
        "data=xor noise=20% layers=2 rate=0.3",
    ),
    ("noise=2", "Noise goes from 0 to 1.", "data=xor noise=2 layers=2 rate=0.3"),
    (
        "points=100.0",
        "Points are whole: 100.",
        "data=xor points=100.0 layers=2 rate=0.3",
    ),
    (
        "batch larger than points",
        "There are 100 points only.",
        "data=xor layers=2 rate=0.3 batch=200",
    ),
    (
        "batch=0",
        "A batch has at least one sample.",
        "data=xor layers=2 rate=0.3 batch=0",
    ),
    ("a negative seed", "Seeds are 0 or more.", "data=xor layers=2 rate=0.3 seed=-1"),
    (
        "activation=Tanh",
        "Small letters: tanh.",
        "data=xor layers=2 activation=Tanh rate=0.3",
    ),
    (
        "activation=softmax",
        "There is no such activation for a hidden layer.",
        "data=xor layers=2 activation=softmax rate=0.3",
    ),
    (
        "optimizer=Adam",
        "Small letters: adam.",
        "data=xor layers=2 optimizer=Adam rate=0.03",
    ),
    (
        "optimiser with an s",
        "It is spelt optimizer.",
        "data=xor layers=2 optimiser=adam rate=0.03",
    ),
    (
        "inputs=x0,x1",
        "These inputs are called xy, or left out.",
        "data=xor inputs=x0,x1 layers=2 rate=0.3",
    ),
    ("a list of words", "One text, no list.", ["data=xor", "layers=2", "rate=0.3"]),
    ("a list with the line", "The line alone, without the list.", [_XOR12]),
    ("a tuple by a comma at the end", "There is a comma behind the text.", (_XOR12,)),
    ("a set with the line", "The line alone, without the braces.", {_XOR12}),
    ("a dict", "One text, no dict.", {"data": "xor", "layers": (2,), "rate": 0.3}),
    ("line and result", "The line alone.", (_XOR12, 100)),
    (
        "an array of words",
        "One text, no array.",
        np.array(["data=xor", "layers=2", "rate=0.3"]),
    ),
    ("the result in per cent", "Hand in the line, not its result.", 100.0),
    (
        "the result in words",
        "Hand in the line, not its result.",
        "correct: 100/100, test 200/200",
    ),
    ("True", "Hand in the line.", True),
    ("nan", "Hand in the line.", math.nan),
    ("the class Setting", "Hand in the line, or one Setting.", Setting),
    (
        "a function that returns the line",
        "Hand in the line, not a function.",
        lambda: _XOR12,
    ),
    (
        "a Setting of the moons",
        "Without data='xor' these are the moons.",
        Setting(layers=(2,), rate=0.3),
    ),
    (
        "a Setting with four neurons",
        "It works, but with fewer too.",
        Setting(data="xor", rate=0.3),
    ),
    (
        "a Setting without layers",
        "Without a hidden layer there is one line only.",
        Setting(data="xor", layers=(), rate=0.3),
    ),
    ("the name of the preset", "Hand in its line.", "XOR, four hidden neurons"),
    ("all presets", "Hand in one line.", PRESETS),
    (
        "a network",
        "Hand in the line, not the network.",
        nn_helpers.Network([2, 2, 2], "tanh", rng=np.random.default_rng(0)),
    ),
    (
        "two lines, one after the other",
        "data stands there twice: hand in one line.",
        "data=xor layers=2 rate=0.3\ndata=xor layers=1 rate=0.3",
    ),
    (
        "two lines with or",
        "Hand in one line.",
        "data=xor layers=2 or data=xor layers=3",
    ),
]:
    wrong(EX, _what, _teacher, _value)

for _what, _teacher, _value in [
    ("the Session", "Right; hand in its line.", Session(Setting.parse(_XOR12))),
    (
        "the preset itself",
        "Right; hand in its line.",
        PRESETS["XOR, four hidden neurons"],
    ),
    ("bytes", "Right, but without the b in front.", _XOR12.encode()),
    ("an array with the line", "Right; hand in the bare line.", np.array(_XOR12)),
    (
        "quotation marks inside the quotes",
        "Right; one pair of quotation marks is enough.",
        f"'{_XOR12}'",
    ),
    ("backticks", "Right; without the backticks.", f"`{_XOR12}`"),
    (
        "another draw of the points",
        "It does it, too; the usual draw was meant.",
        "data=xor layers=2 rate=0.3 sample=1",
    ),
    (
        "points=1_00",
        "Right, as Python reads it.",
        "data=xor points=1_00 layers=2 rate=0.3",
    ),
    (
        "a Setting with a list of layers",
        "Right; layers is a tuple.",
        Setting(data="xor", layers=[2], rate=0.3),
    ),
    (
        "a Setting with NumPy numbers",
        "Right.",
        Setting(data="xor", layers=(np.int64(2),), rate=np.float64(0.3)),
    ),
]:
    border(EX, _what, _teacher, _value)

# ------------------------------------------------------- 12.2 break it
EX = "12.2"
_GOOD12 = "data=moons layers=8 rate=0.3 seed=5"
for _style, _value in [
    ("start=zero added", _GOOD12 + " start=zero"),
    ("start=zero in front", "start=zero " + _GOOD12),
    ("start=zero in the middle", "data=moons layers=8 start=zero rate=0.3 seed=5"),
    ("another order of all words", "seed=5 start=zero rate=0.3 layers=8 data=moons"),
    ("extra spaces", "  data=moons   layers=8  rate=0.3   seed=5    start=zero "),
    ("one word a line", "\ndata=moons\nlayers=8\nrate=0.3\nseed=5\nstart=zero\n"),
    ("broken over two lines", "data=moons layers=8 rate=0.3\n    seed=5 start=zero"),
    ("tabs", "data=moons\tlayers=8\trate=0.3\tseed=5\tstart=zero"),
    (
        "as the playground shows it, without data=moons",
        "layers=8 start=zero seed=5 rate=0.3",
    ),
    ("a Setting", Setting(data="moons", layers=(8,), rate=0.3, seed=5, start="zero")),
    ("a Setting parsed", Setting.parse(_GOOD12 + " start=zero")),
    (
        "a Setting changed by replace",
        dataclasses.replace(Setting.parse(_GOOD12), rate=1e-5),
    ),
    (
        "str of a changed Setting",
        str(dataclasses.replace(Setting.parse(_GOOD12), start="zero")),
    ),
    ("a Setting with a whole number as rate", Setting(layers=(8,), rate=100, seed=5)),
    ("f-string", f"{_GOOD12} start={'zero'}"),
    ("joined", " ".join([_GOOD12, "start=zero"])),
    ("np.str_", np.str_(_GOOD12 + " start=zero")),
    ("rate=0.30 and start=zero", "data=moons layers=8 rate=0.30 seed=5 start=zero"),
    ("rate=3e-1 and start=zero", "data=moons layers=8 rate=3e-1 seed=5 start=zero"),
    ("rate=50: all neurons against their stops", "data=moons layers=8 rate=50 seed=5"),
    ("rate=100", "data=moons layers=8 rate=100 seed=5"),
    ("rate=300", "data=moons layers=8 rate=300 seed=5"),
    ("rate=30, as in the preset", "data=moons layers=8 rate=30 seed=5"),
    ("replace 0.3 by 30", _GOOD12.replace("0.3", "30")),
    ("rate=1e308: diverges in the third step", "data=moons layers=8 rate=1e308 seed=5"),
    ("rate=0.0001", "data=moons layers=8 rate=0.0001 seed=5"),
    ("rate=1e-4", "data=moons layers=8 rate=1e-4 seed=5"),
    ("rate=1e-5", "data=moons layers=8 rate=1e-5 seed=5"),
    ("rate=0.0003", "data=moons layers=8 rate=0.0003 seed=5"),
    ("rate=0.0005", "data=moons layers=8 rate=0.0005 seed=5"),
    ("rate=1E-9", "data=moons layers=8 rate=1E-9 seed=5"),
    ("rate=.00001", "data=moons layers=8 rate=.00001 seed=5"),
    ("rate moved to the front", "rate=1e-6 data=moons layers=8 seed=5"),
    ("decay=1", _GOOD12 + " decay=1"),
    ("decay=1.0", _GOOD12 + " decay=1.0"),
    ("decay=0.9", _GOOD12 + " decay=0.9"),
    ("decay=.8", "decay=.8 " + _GOOD12),
    ("decay=7e-1", "data=moons decay=7e-1 layers=8 rate=0.3 seed=5"),
    ("a Setting with decay", Setting(layers=(8,), rate=0.3, seed=5, decay=1)),
]:
    right(EX, _style, _value)

for _what, _teacher, _value in [
    ("dots left", "Put your line in place of the dots.", ...),
    ("None", "There is no line yet.", None),
    ("empty text", "The line is empty.", ""),
    ("dots in quotes", "Put your line in place of the dots.", "..."),
    ("unchanged", "Nothing is broken yet.", _GOOD12),
    (
        "unchanged, in another order",
        "The order of the words changes nothing.",
        "seed=5 rate=0.3 layers=8 data=moons",
    ),
    (
        "a usual value added",
        "start=usual is what it had before.",
        _GOOD12 + " start=usual",
    ),
    ("rate=0.30", "That is the same rate.", "data=moons layers=8 rate=0.30 seed=5"),
    ("an answer in words", "Hand in a line that can be run.", "set the start to zero"),
    ("only the value", "Hand in the whole line.", "zero"),
    ("the number 0", "Hand in the whole line.", 0),
    ("a rate as a number", "Hand in the whole line.", 30),
    (
        "layers=0",
        "Without a hidden layer it still learns one line.",
        "data=moons layers=0 rate=0.3 seed=5",
    ),
    (
        "layers=1",
        "One neuron still learns one line.",
        "data=moons layers=1 rate=0.3 seed=5",
    ),
    ("layers=2", "Two neurons still learn.", "data=moons layers=2 rate=0.3 seed=5"),
    ("layers=1-1-1", "It still learns.", "data=moons layers=1-1-1 rate=0.3 seed=5"),
    (
        "layers=8-8-8",
        "With tanh three layers learn as well.",
        "data=moons layers=8-8-8 rate=0.3 seed=5",
    ),
    ("sigmoid", "One layer of sigmoids still learns.", _GOOD12 + " activation=sigmoid"),
    (
        "identity",
        "Without a bend it still learns one line.",
        _GOOD12 + " activation=identity",
    ),
    ("ReLU", "ReLUs learn well at this rate.", _GOOD12 + " activation=relu"),
    ("start=large", "It starts badly and recovers.", _GOOD12 + " start=large"),
    ("start=small", "It takes a little longer, and learns.", _GOOD12 + " start=small"),
    ("Adam at 0.3", "Adam copes with this rate.", _GOOD12 + " optimizer=adam"),
    ("momentum", "Momentum makes it faster.", _GOOD12 + " optimizer=momentum"),
    ("batches of 1", "It jumps, but it learns.", _GOOD12 + " batch=1"),
    ("one batch of all", "Slower, but it learns.", _GOOD12 + " batch=100"),
    (
        "another seed",
        "From this start it learns, too.",
        "data=moons layers=8 rate=0.3 seed=6",
    ),
    (
        "seed left out",
        "From this start it learns, too.",
        "data=moons layers=8 rate=0.3",
    ),
    (
        "rate left out",
        "The usual rate of 0.1 does it, too.",
        "data=moons layers=8 seed=5",
    ),
    ("layers left out", "Four neurons do it, too.", "data=moons rate=0.3 seed=5"),
    (
        "rate=3",
        "Ten times the rate is not enough.",
        "data=moons layers=8 rate=3 seed=5",
    ),
    ("rate=1", "It is faster, not broken.", "data=moons layers=8 rate=1 seed=5"),
    ("rate=0.01", "Slow, but it learns.", "data=moons layers=8 rate=0.01 seed=5"),
    ("rate=0.03", "Slow, but it learns.", "data=moons layers=8 rate=0.03 seed=5"),
    ("rate=1e-2", "Slow, but it learns.", "data=moons layers=8 rate=1e-2 seed=5"),
    ("decay=0.1", "The weights stay small, and it learns.", _GOOD12 + " decay=0.1"),
    ("decay=0.01", "The weights stay small, and it learns.", _GOOD12 + " decay=0.01"),
    ("decay=0.3", "Not enough: the loss is below 0.5.", _GOOD12 + " decay=0.3"),
    ("squares", "With the squares it is easier.", _GOOD12 + " inputs=squares"),
    (
        "two points",
        "The data are to stay, and a batch of 10 needs 10 points.",
        _GOOD12 + " points=2",
    ),
    ("twenty points", "The data are to stay as they are.", _GOOD12 + " points=20"),
    (
        "all the noise there is",
        "The data are to stay as they are.",
        _GOOD12 + " noise=1",
    ),
    ("no noise", "The data are to stay as they are.", _GOOD12 + " noise=0"),
    ("another draw", "The data are to stay as they are.", _GOOD12 + " sample=3"),
    (
        "spirals",
        "The data are to stay as they are.",
        "data=spirals layers=8 rate=0.3 seed=5",
    ),
    (
        "circles",
        "The data are to stay as they are.",
        "data=circles layers=8 rate=0.3 seed=5",
    ),
    ("XOR", "The data are to stay as they are.", "data=xor layers=8 rate=0.3 seed=5"),
    (
        "XOR without a hidden layer",
        "The data are to stay as they are.",
        "data=xor layers=0 rate=0.3 seed=5",
    ),
    (
        "own points that cannot be told apart",
        "The data are to stay as they are.",
        "data=own own=0,0,0;0,0,1 layers=8 rate=0.3 seed=5 batch=2",
    ),
    (
        "noise and start changed",
        "The data are to stay as they are.",
        _GOOD12 + " noise=0.3 start=zero",
    ),
    (
        "another draw and start",
        "The data are to stay as they are.",
        _GOOD12 + " sample=1 start=zero",
    ),
    ("start and decay", "Those are two words.", _GOOD12 + " start=zero decay=1"),
    ("start and batch", "Those are two words.", _GOOD12 + " start=zero batch=100"),
    (
        "start and rate",
        "Those are two words.",
        "data=moons layers=8 rate=100 seed=5 start=zero",
    ),
    (
        "start and layers",
        "Those are two words.",
        "data=moons layers=4 rate=0.3 seed=5 start=zero",
    ),
    (
        "start and seed",
        "Those are two words.",
        "data=moons layers=8 rate=0.3 seed=4 start=zero",
    ),
    (
        "start and squares",
        "Those are two words.",
        _GOOD12 + " start=zero inputs=squares",
    ),
    (
        "rate and optimizer",
        "Those are two words.",
        "data=moons layers=8 rate=1e-6 seed=5 optimizer=adam",
    ),
    (
        "rate and layers",
        "Those are two words.",
        "data=moons layers=2 rate=0.0001 seed=5",
    ),
    (
        "rate and seed",
        "Those are two words.",
        "data=moons layers=8 rate=0.00001 seed=0",
    ),
    (
        "sigmoid and three layers",
        "Those are two words.",
        "data=moons layers=8-8-8 rate=0.3 seed=5 activation=sigmoid",
    ),
    (
        "sigmoid and a low rate",
        "Those are two words.",
        "data=moons layers=8 rate=0.00001 seed=5 activation=sigmoid",
    ),
    (
        "ReLU and rate=10",
        "Those are two words.",
        "data=moons layers=8 rate=10 seed=5 activation=relu",
    ),
    (
        "three words changed",
        "Those are three words.",
        "data=moons layers=1 rate=1e-7 seed=1",
    ),
    (
        "the preset with rate 30: without seed=5",
        "Those are two words: the seed has changed, too.",
        PRESETS["Learning rate too high"].line,
    ),
    (
        "the preset of the sigmoids",
        "Those are several words.",
        PRESETS["Deep sigmoids"].line,
    ),
    (
        "the preset of the dead ReLUs",
        "Those are several words.",
        PRESETS["Dead ReLUs"].line,
    ),
    (
        "the preset that diverges",
        "Those are several words.",
        PRESETS["A run that diverges"].line,
    ),
    (
        "start=zero alone, without the rest",
        "That is the word; hand in the whole line.",
        "start=zero",
    ),
    (
        "rate=1e-5 alone, without the rest",
        "That is the word; hand in the whole line.",
        "rate=1e-5",
    ),
    (
        "decay=1 alone, without the rest",
        "That is the word; hand in the whole line.",
        "decay=1",
    ),
    ("only start=zero and moons", "The other words are gone.", "data=moons start=zero"),
    ("start=0", "It is called zero.", _GOOD12 + " start=0"),
    ("start=zeros", "It is called zero.", _GOOD12 + " start=zeros"),
    ("start=null", "It is called zero.", _GOOD12 + " start=null"),
    ("start=Zero", "Small letters: zero.", _GOOD12 + " start=Zero"),
    (
        "start=huge",
        "The starts are usual, zero, small and large.",
        _GOOD12 + " start=huge",
    ),
    ("stat=zero: a slip", "It is called start.", _GOOD12 + " stat=zero"),
    ("weights=zero", "It is called start.", _GOOD12 + " weights=zero"),
    ("init=zero", "It is called start.", _GOOD12 + " init=zero"),
    ("start zero without =", "A word is name=value.", _GOOD12 + " start zero"),
    ("start = zero with spaces", "No spaces around =.", _GOOD12 + " start = zero"),
    ("glued to the word before", "A space is missing.", _GOOD12 + "start=zero"),
    (
        "a comma before the new word",
        "No comma between the words.",
        _GOOD12 + ", start=zero",
    ),
    (
        "commas between all words",
        "Between the words stand spaces, no commas.",
        "data=moons, layers=8, rate=0.3, seed=5, start=zero",
    ),
    ("a plus between", "No plus sign.", _GOOD12 + " + start=zero"),
    (
        "an arrow from old to new",
        "Hand in the new line only.",
        "data=moons layers=8 rate=0.3->100 seed=5",
    ),
    ("rate set twice", "rate stands there twice.", _GOOD12 + " rate=100"),
    ("rate=0", "A rate of 0 is refused.", "data=moons layers=8 rate=0 seed=5"),
    ("rate=0.0", "A rate of 0 is refused.", "data=moons layers=8 rate=0.0 seed=5"),
    ("a negative rate", "Rates are above 0.", "data=moons layers=8 rate=-0.3 seed=5"),
    ("rate=inf", "The rate is to be finite.", "data=moons layers=8 rate=inf seed=5"),
    ("rate=nan", "The rate is to be a number.", "data=moons layers=8 rate=nan seed=5"),
    (
        "rate=1e400: beyond the floats",
        "The rate is to be finite.",
        "data=moons layers=8 rate=1e400 seed=5",
    ),
    (
        "rate=0,0001",
        "Write the rate with a point.",
        "data=moons layers=8 rate=0,0001 seed=5",
    ),
    ("rate=10^-5", "Write 1e-5.", "data=moons layers=8 rate=10^-5 seed=5"),
    ("rate=10**-5", "Write 1e-5.", "data=moons layers=8 rate=10**-5 seed=5"),
    (
        "rate=1 000",
        "No space inside a number.",
        "data=moons layers=8 rate=1 000 seed=5",
    ),
    ("rate=high", "The rate is a number.", "data=moons layers=8 rate=high seed=5"),
    ("learning_rate added", "It is called rate.", _GOOD12 + " learning_rate=100"),
    ("decay=2", "Decay goes from 0 to 1.", _GOOD12 + " decay=2"),
    ("decay=-1", "Decay goes from 0 to 1.", _GOOD12 + " decay=-1"),
    ("weight_decay=1", "It is called decay.", _GOOD12 + " weight_decay=1"),
    ("epochs=0", "The line has no word epochs.", _GOOD12 + " epochs=0"),
    ("epochs=1", "The line has no word epochs.", _GOOD12 + " epochs=1"),
    ("dropout", "The line has no such word.", _GOOD12 + " dropout=1"),
    ("layers=9", "At most 8 neurons a layer.", "data=moons layers=9 rate=0.3 seed=5"),
    (
        "layers=100",
        "At most 8 neurons a layer.",
        "data=moons layers=100 rate=0.3 seed=5",
    ),
    (
        "layers=8-8-8-8",
        "At most three hidden layers.",
        "data=moons layers=8-8-8-8 rate=0.3 seed=5",
    ),
    (
        "layers=8,8",
        "Layers are joined by a hyphen.",
        "data=moons layers=8,8 rate=0.3 seed=5",
    ),
    (
        "layers=-8",
        "Neurons cannot be negative.",
        "data=moons layers=-8 rate=0.3 seed=5",
    ),
    ("seed=-5", "Seeds are 0 or more.", "data=moons layers=8 rate=0.3 seed=-5"),
    (
        "seed=zero",
        "The seed is a whole number, and start is meant.",
        "data=moons layers=8 rate=0.3 seed=zero",
    ),
    ("batch larger than points", "There are 100 points only.", _GOOD12 + " batch=1000"),
    ("batch=0", "A batch has at least one sample.", _GOOD12 + " batch=0"),
    ("activation=none", "No such activation.", _GOOD12 + " activation=none"),
    (
        "activation=linear",
        "It is called identity here, and it learns.",
        _GOOD12 + " activation=linear",
    ),
    ("activation=zero", "No such activation.", _GOOD12 + " activation=zero"),
    ("optimizer=none", "No such optimizer.", _GOOD12 + " optimizer=none"),
    (
        "a word that is no word",
        "That line cannot be run; broken was meant otherwise.",
        _GOOD12 + " broken=yes",
    ),
    ("data=nothing", "No such data.", "data=nothing layers=8 rate=0.3 seed=5"),
    (
        "Python code in quotes",
        "Hand in the line, without the code.",
        'line.replace("rate=0.3", "rate=100")',
    ),
    (
        "my_line = in the quotes",
        "Without my_line = in the text.",
        "my_line = " + _GOOD12 + " start=zero",
    ),
    ("a list of words", "One text, no list.", [*_GOOD12.split(), "start=zero"]),
    (
        "a list with the line",
        "The line alone, without the list.",
        [_GOOD12 + " start=zero"],
    ),
    (
        "old and new line",
        "Hand in the new line only.",
        (_GOOD12, _GOOD12 + " start=zero"),
    ),
    (
        "both lines in one text",
        "data stands there twice.",
        _GOOD12 + "\n" + _GOOD12 + " start=zero",
    ),
    (
        "a dict",
        "One text, no dict.",
        {"data": "moons", "layers": 8, "rate": 0.3, "seed": 5, "start": "zero"},
    ),
    (
        "line and reason",
        "Only the line.",
        _GOOD12 + " start=zero because nothing passes",
    ),
    ("the loss", "Hand in the line, not its result.", 0.69),
    ("the word diverged", "Hand in the line.", "diverged"),
    ("True", "Hand in the line.", True),
    ("nan", "Hand in the line.", math.nan),
    ("the class Setting", "Hand in the line, or one Setting.", Setting),
    (
        "a function",
        "Hand in the line, not a function.",
        lambda: _GOOD12 + " start=zero",
    ),
    (
        "the setting unchanged, as a Setting",
        "Nothing is broken yet.",
        Setting.parse(_GOOD12),
    ),
    (
        "a Setting with two words changed",
        "Those are two words.",
        Setting(layers=(8,), rate=0.3, start="zero", batch=20, seed=5),
    ),
    (
        "a Setting without the seed, low rate",
        "Those are two words: seed and rate.",
        Setting(layers=(8,), rate=1e-5),
    ),
    (
        "a Setting with other data",
        "The data are to stay as they are.",
        Setting(data="spirals", layers=(8,), rate=0.3, seed=5),
    ),
]:
    wrong(EX, _what, _teacher, _value)

for _what, _teacher, _value in [
    (
        "seed=5 replaced by start=zero",
        "One word for another, but the seed is 0 now: keep seed=5.",
        "data=moons layers=8 rate=0.3 start=zero",
    ),
    (
        "rate=0.3 replaced by start=zero",
        "One word for another, but the rate is 0.1 now.",
        "data=moons layers=8 start=zero seed=5",
    ),
    (
        "layers=8 replaced by start=zero",
        "One word for another, but there are four neurons now.",
        "data=moons start=zero rate=0.3 seed=5",
    ),
    (
        "the preset that starts at 0: without seed=5",
        "The seed has gone, too.",
        PRESETS["All weights start at 0"].line,
    ),
    (
        "start=zero, and a usual value said",
        "Right; batch=10 is what it had.",
        _GOOD12 + " start=zero batch=10",
    ),
    (
        "start=zero, and the usual data said",
        "Right; the data are as before.",
        _GOOD12 + " points=100 noise=0.2 start=zero",
    ),
    (
        "every word said",
        "Right; one of them is changed.",
        "data=moons points=100 noise=0.2 sample=0 inputs=xy layers=8 activation=tanh start=zero seed=5 optimizer=sgd rate=0.3 batch=10 decay=0",
    ),
    (
        "rate=0.001: 0.61",
        "The loss is 0.61: just broken.",
        "data=moons layers=8 rate=0.001 seed=5",
    ),
    (
        "decay=0.5: 0.67, but 74 are correct",
        "Right by the loss; it has learned a little.",
        _GOOD12 + " decay=0.5",
    ),
    (
        "rate=1000: a loss of 243, but 92 are correct",
        "Right by the loss; the sides are learned.",
        "data=moons layers=8 rate=1000 seed=5",
    ),
    (
        "rate=1e6: a large loss, but 93 are correct",
        "Right by the loss; the sides are learned.",
        "data=moons layers=8 rate=1e6 seed=5",
    ),
    (
        "rate=10: wild",
        "Right, but another computer may end elsewhere.",
        "data=moons layers=8 rate=10 seed=5",
    ),
    (
        "rate=20: wild",
        "Right, but another computer may end elsewhere.",
        "data=moons layers=8 rate=20 seed=5",
    ),
    (
        "the Session",
        "Right; hand in its line.",
        Session(Setting.parse(_GOOD12 + " start=zero")),
    ),
    ("bytes", "Right, but without the b in front.", (_GOOD12 + " start=zero").encode()),
    (
        "an array with the line",
        "Right; hand in the bare line.",
        np.array(_GOOD12 + " start=zero"),
    ),
    (
        "quotation marks inside the quotes",
        "Right; one pair of quotation marks is enough.",
        f"'{_GOOD12} start=zero'",
    ),
    ("backticks", "Right; without the backticks.", f"`{_GOOD12} start=zero`"),
    (
        "a Setting with a list of layers",
        "Right; layers is a tuple.",
        Setting(layers=[8], rate=0.3, seed=5, start="zero"),
    ),
]:
    border(EX, _what, _teacher, _value)

# ------------------------------------------------------- 12.3 spirals on a diet
EX = "12.3"
_ARMS12 = "data=spirals points=300 noise=0.1"
_DIET12 = _ARMS12 + " layers=8 optimizer=adam rate=0.02"
for _style, _value in [
    ("one layer of 8, Adam", _DIET12),
    ("the preset with one layer", PRESETS["Three spirals"].line.replace("8-8", "8")),
    (
        "another order of words",
        "optimizer=adam rate=0.02 layers=8 noise=0.1 points=300 data=spirals",
    ),
    (
        "extra spaces",
        "  data=spirals  points=300   noise=0.1 layers=8    optimizer=adam rate=0.02 ",
    ),
    ("one word a line", "\n" + _DIET12.replace(" ", "\n") + "\n"),
    (
        "broken over two lines and indented",
        "data=spirals points=300 noise=0.1\n    layers=8 optimizer=adam rate=0.02",
    ),
    ("tabs", _DIET12.replace(" ", "\t")),
    ("lines that end as on Windows", _DIET12.replace(" ", "\r\n")),
    (
        "a Setting",
        Setting(
            data="spirals",
            points=300,
            noise=0.1,
            layers=(8,),
            optimizer="adam",
            rate=0.02,
        ),
    ),
    ("a Setting parsed", Setting.parse(_DIET12)),
    (
        "a Setting changed by replace",
        dataclasses.replace(
            Setting.parse(PRESETS["Three spirals"].line), layers=(4, 5)
        ),
    ),
    ("str of a Setting", str(Setting.parse(_DIET12))),
    ("f-string", f"{_ARMS12} layers={'-'.join(['5', '4'])} optimizer=adam rate={0.03}"),
    ("np.str_", np.str_(_DIET12)),
    (
        "noise=.1 and rate=.02",
        "data=spirals points=300 noise=.1 layers=8 optimizer=adam rate=.02",
    ),
    (
        "noise=0.10 and rate=0.020",
        "data=spirals points=300 noise=0.10 layers=8 optimizer=adam rate=0.020",
    ),
    (
        "noise=1e-1 and rate=2e-2",
        "data=spirals points=300 noise=1e-1 layers=8 optimizer=adam rate=2e-2",
    ),
    ("Adam at its usual 0.1", _ARMS12 + " layers=8 optimizer=adam"),
    (
        "Adam at 0.05, batches of 30",
        _ARMS12 + " layers=8 batch=30 optimizer=adam rate=0.05",
    ),
    (
        "Adam, one batch of all 300",
        _ARMS12 + " layers=8 batch=300 optimizer=adam rate=0.1",
    ),
    ("Adam, batches of 1", _ARMS12 + " layers=8 batch=1 optimizer=adam rate=0.01"),
    ("Adam at 0.01", _ARMS12 + " layers=8 optimizer=adam rate=0.01"),
    ("7 neurons", _ARMS12 + " layers=7 optimizer=adam rate=0.03"),
    ("6 neurons, 39 parameters", _ARMS12 + " layers=6 optimizer=adam rate=0.03"),
    ("5 neurons, 33 parameters", _ARMS12 + " layers=5 optimizer=adam rate=0.03"),
    ("4-5, 55 parameters", _ARMS12 + " layers=4-5 optimizer=adam rate=0.03"),
    ("5-4, 54 parameters", _ARMS12 + " layers=5-4 optimizer=adam rate=0.03"),
    ("4-4, 47 parameters", _ARMS12 + " layers=4-4 optimizer=adam rate=0.03"),
    ("5-3, 45 parameters", _ARMS12 + " layers=5-3 optimizer=adam rate=0.03"),
    ("7-3, 57 parameters", _ARMS12 + " layers=7-3 optimizer=adam rate=0.02"),
    ("2-8, 57 parameters", _ARMS12 + " layers=2-8 optimizer=adam rate=0.03"),
    ("8-2, 51 parameters", _ARMS12 + " layers=8-2 optimizer=adam rate=0.03"),
    ("4-4-3, 59 parameters", _ARMS12 + " layers=4-4-3 optimizer=adam rate=0.03"),
    (
        "3-4-4, exactly 60 parameters",
        _ARMS12 + " layers=3-4-4 optimizer=adam rate=0.03",
    ),
    (
        "5-2-5, exactly 60 parameters",
        _ARMS12 + " layers=5-2-5 optimizer=adam rate=0.03 seed=2",
    ),
    ("ReLU", _ARMS12 + " layers=8 activation=relu optimizer=adam rate=0.03 seed=1"),
    ("sigmoid", _ARMS12 + " layers=8 activation=sigmoid optimizer=adam rate=0.05"),
    ("SGD at 0.3", _ARMS12 + " layers=8 rate=0.3"),
    ("SGD, 7-3", _ARMS12 + " layers=7-3 rate=0.3"),
    ("SGD, batches of 1", _ARMS12 + " layers=8 batch=1 rate=0.1"),
    ("momentum", _ARMS12 + " layers=8 optimizer=momentum rate=0.1"),
    ("momentum at 3e-2", _ARMS12 + " layers=8 optimizer=momentum rate=3e-2"),
    ("another seed", _DIET12 + " seed=12"),
    ("a small start", _ARMS12 + " layers=8 start=small optimizer=adam rate=0.03"),
    ("a large start", _ARMS12 + " layers=8 start=large optimizer=adam rate=0.03"),
    (
        "a little weight decay",
        _ARMS12 + " layers=8 optimizer=adam rate=0.03 decay=0.01",
    ),
    (
        "usual words said",
        _DIET12
        + " activation=tanh start=usual seed=0 sample=0 inputs=xy batch=10 decay=0",
    ),
    (
        "squares, 6 neurons, 57 parameters",
        _ARMS12 + " inputs=squares layers=6 optimizer=adam rate=0.03",
    ),
]:
    right(EX, _style, _value)

for _what, _teacher, _value in [
    ("dots left", "Put your line in place of the dots.", ...),
    ("None", "There is no line yet.", None),
    ("empty text", "The line is empty: that is the moons.", ""),
    ("dots in quotes", "Put your line in place of the dots.", "..."),
    ("only the data", "Four neurons at rate 0.1 do not do it.", _ARMS12),
    (
        "the preset: 123 parameters",
        "8 and 8 neurons have 123 parameters.",
        PRESETS["Three spirals"].line,
    ),
    (
        "6-4: 61 parameters, one too many",
        "One too many: count again.",
        _ARMS12 + " layers=6-4 optimizer=adam rate=0.03",
    ),
    (
        "3-7: 61 parameters, one too many",
        "One too many: count again.",
        _ARMS12 + " layers=3-7 optimizer=adam rate=0.03",
    ),
    (
        "8-5-1: 14 neurons, but 81 parameters",
        "Neurons are not parameters: 81.",
        _ARMS12 + " layers=8-5-1 optimizer=adam rate=0.03",
    ),
    (
        "5-5: 63 parameters",
        "63 parameters.",
        _ARMS12 + " layers=5-5 optimizer=adam rate=0.03",
    ),
    (
        "6-5: 57 weights, but the biases count",
        "With the biases there are 71.",
        _ARMS12 + " layers=6-5 optimizer=adam rate=0.03",
    ),
    (
        "8-3: 59 counted with two classes",
        "With three classes there are 63.",
        _ARMS12 + " layers=8-3 optimizer=adam rate=0.03",
    ),
    (
        "8-4: 75 parameters",
        "75 parameters.",
        _ARMS12 + " layers=8-4 optimizer=adam rate=0.03",
    ),
    (
        "4-4-4: 67 parameters",
        "67 parameters.",
        _ARMS12 + " layers=4-4-4 optimizer=adam rate=0.03",
    ),
    ("8-8-8", "195 parameters.", _ARMS12 + " layers=8-8-8 optimizer=adam rate=0.02"),
    (
        "squares with 8: 75 parameters",
        "Five inputs: 75 parameters.",
        _ARMS12 + " inputs=squares layers=8 optimizer=adam rate=0.03",
    ),
    (
        "squares with 7: 66 parameters",
        "Five inputs: 66 parameters.",
        _ARMS12 + " inputs=squares layers=7 optimizer=adam rate=0.03",
    ),
    (
        "squares, no hidden layer",
        "It fits the parameters, not the arms.",
        _ARMS12 + " inputs=squares layers=0 rate=0.3",
    ),
    (
        "no hidden layer",
        "Lines do not part the arms.",
        _ARMS12 + " layers=0 optimizer=adam rate=0.03",
    ),
    (
        "one neuron",
        "One line does not part three arms.",
        _ARMS12 + " layers=1 optimizer=adam rate=0.03",
    ),
    (
        "two neurons",
        "Two lines do not part three arms.",
        _ARMS12 + " layers=2 optimizer=adam rate=0.03",
    ),
    (
        "three neurons",
        "Close, but not 95 %.",
        _ARMS12 + " layers=3 optimizer=adam rate=0.03",
    ),
    (
        "1-8: one neuron first",
        "All must pass one neuron first: one direction.",
        _ARMS12 + " layers=1-8 optimizer=adam rate=0.03",
    ),
    ("usual rate and SGD, 4 neurons", "Not yet 95 %.", _ARMS12 + " layers=4"),
    (
        "SGD too slow",
        "After 100 epochs it has hardly begun.",
        _ARMS12 + " layers=8 rate=0.001",
    ),
    (
        "Adam too slow",
        "After 100 epochs it has hardly begun.",
        _ARMS12 + " layers=8 optimizer=adam rate=0.001",
    ),
    (
        "SGD at 0.02, Adam forgotten",
        "SGD at 0.02 is too slow.",
        _ARMS12 + " layers=8 rate=0.02",
    ),
    (
        "one batch of all, SGD",
        "100 updates are too few.",
        _ARMS12 + " layers=8 batch=300 rate=0.1",
    ),
    (
        "no bend",
        "Without a bend there are only lines.",
        _ARMS12 + " layers=8 activation=identity optimizer=adam rate=0.03",
    ),
    (
        "sigmoid, SGD",
        "The sigmoids are too slow here.",
        _ARMS12 + " layers=8 activation=sigmoid rate=0.1",
    ),
    (
        "three layers of sigmoids",
        "The sigmoids are too slow here.",
        _ARMS12 + " layers=4-4-3 activation=sigmoid rate=0.3",
    ),
    (
        "all weights start at zero",
        "With weights of 0 nothing moves.",
        _ARMS12 + " layers=8 start=zero optimizer=adam rate=0.03",
    ),
    (
        "decay too strong",
        "The decay eats the weights.",
        _ARMS12 + " layers=8 optimizer=adam rate=0.03 decay=1",
    ),
    (
        "decay of 0.5 at rate 0.3",
        "The decay eats the weights.",
        _ARMS12 + " layers=8 rate=0.3 decay=0.5",
    ),
    (
        "rate far too high",
        "At this rate it never arrives.",
        _ARMS12 + " layers=8 rate=1000",
    ),
    (
        "points and noise left out",
        "points=300 noise=0.1 is missing.",
        "data=spirals layers=8 optimizer=adam rate=0.02",
    ),
    (
        "points left out",
        "points=300 is missing: the usual are 100.",
        "data=spirals noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "noise left out",
        "noise=0.1 is missing: the usual is 0.2.",
        "data=spirals points=300 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "no noise",
        "The noise is to be 0.1.",
        "data=spirals points=300 noise=0 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "noise 0.01: a slip",
        "The noise is to be 0.1.",
        "data=spirals points=300 noise=0.01 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "noise 0.05",
        "The noise is to be 0.1.",
        "data=spirals points=300 noise=0.05 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "400 points",
        "It is to be 300 points.",
        "data=spirals points=400 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "30 points",
        "It is to be 300 points.",
        "data=spirals points=30 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "301 points",
        "It is to be 300 points.",
        "data=spirals points=301 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "500 points",
        "At most 400 points, and it is to be 300.",
        "data=spirals points=500 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "moons",
        "Those are the moons.",
        "data=moons points=300 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "circles",
        "Those are the circles.",
        "data=circles points=300 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "XOR",
        "That is XOR.",
        "data=xor points=300 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "data left out: moons",
        "Without data=spirals these are the moons.",
        "points=300 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "own points",
        "Own points have no test set: use data=spirals.",
        "data=own own=0,0,0;0,1,1;1,0,2 layers=8 optimizer=adam rate=0.02 batch=3",
    ),
    (
        "spiral without s",
        "It is called spirals.",
        "data=spiral points=300 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "Spirals with a capital",
        "Small letters: spirals.",
        "data=Spirals points=300 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    ("the name of the preset", "Hand in a line.", "Three spirals"),
    (
        "commas between words",
        "Between the words stand spaces, no commas.",
        "data=spirals, points=300, noise=0.1, layers=8, optimizer=adam, rate=0.02",
    ),
    (
        "semicolons",
        "Between the words stand spaces.",
        "data=spirals;points=300;noise=0.1;layers=8;optimizer=adam;rate=0.02",
    ),
    (
        "colons for equals signs",
        "A word is name=value.",
        "data:spirals points:300 noise:0.1 layers:8 optimizer:adam rate:0.02",
    ),
    (
        "spaces around the equals signs",
        "No spaces around =.",
        "data = spirals points = 300 noise = 0.1 layers = 8 optimizer = adam rate = 0.02",
    ),
    (
        "JSON",
        "A line of words, no JSON.",
        '{"data": "spirals", "points": 300, "noise": 0.1, "layers": "8"}',
    ),
    (
        "Python code in quotes",
        "Hand in the line, without the code.",
        f'Setting.parse("{_DIET12}")',
    ),
    (
        "a call in quotes",
        "Hand in the line, not the call.",
        "make_spirals(300, noise=0.1, rng=rng)",
    ),
    (
        "epochs in the line",
        "The line has no word epochs; it is 100 anyway.",
        _DIET12 + " epochs=100",
    ),
    (
        "epochs=1000",
        "The line has no word epochs; it is 100.",
        _DIET12 + " epochs=1000",
    ),
    (
        "parameters in the line",
        "The line has no such word.",
        _DIET12 + " parameters=51",
    ),
    (
        "classes in the line",
        "The line has no such word; spirals have three.",
        _DIET12 + " classes=3",
    ),
    (
        "a comment in the text",
        "No comment inside the quotes.",
        _DIET12 + " # 51 parameters",
    ),
    ("result behind the line", "The line alone.", _DIET12 + " 200/200"),
    (
        "layers=9",
        "At most 8 neurons a layer.",
        _ARMS12 + " layers=9 optimizer=adam rate=0.02",
    ),
    (
        "layers=2-3-2-3",
        "At most three hidden layers.",
        _ARMS12 + " layers=2-3-2-3 optimizer=adam rate=0.02",
    ),
    (
        "layers=5,4",
        "Layers are joined by a hyphen.",
        _ARMS12 + " layers=5,4 optimizer=adam rate=0.03",
    ),
    (
        "layers=5x4",
        "Layers are joined by a hyphen.",
        _ARMS12 + " layers=5x4 optimizer=adam rate=0.03",
    ),
    (
        "layers=5 4 with a space",
        "Layers are joined by a hyphen.",
        _ARMS12 + " layers=5 4 optimizer=adam rate=0.03",
    ),
    (
        "layers=5\u20134 with a long dash",
        "A hyphen, not a dash.",
        _ARMS12 + " layers=5\u20134 optimizer=adam rate=0.03",
    ),
    (
        "layers as a list",
        "Without brackets: layers=5-4.",
        _ARMS12 + " layers=[5,4] optimizer=adam rate=0.03",
    ),
    (
        "layers=8-0",
        "A layer of 0 neurons is none.",
        _ARMS12 + " layers=8-0 optimizer=adam rate=0.03",
    ),
    (
        "layers=8.0",
        "Neurons are whole.",
        _ARMS12 + " layers=8.0 optimizer=adam rate=0.03",
    ),
    (
        "layers=-8",
        "Neurons cannot be negative.",
        _ARMS12 + " layers=-8 optimizer=adam rate=0.03",
    ),
    (
        "layers set twice",
        "layers stands there twice.",
        PRESETS["Three spirals"].line + " layers=8",
    ),
    (
        "points=300.0",
        "Points are whole: 300.",
        "data=spirals points=300.0 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "points=-300",
        "Points cannot be negative.",
        "data=spirals points=-300 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "noise=0,1",
        "Write the noise with a point.",
        "data=spirals points=300 noise=0,1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "noise=10%",
        "Write 0.1.",
        "data=spirals points=300 noise=10% layers=8 optimizer=adam rate=0.02",
    ),
    (
        "a negative rate",
        "Rates are above 0.",
        _ARMS12 + " layers=8 optimizer=adam rate=-0.02",
    ),
    ("rate=0", "A rate of 0 is refused.", _ARMS12 + " layers=8 optimizer=adam rate=0"),
    ("batch larger than points", "There are 300 points only.", _DIET12 + " batch=400"),
    (
        "optimizer=Adam",
        "Small letters: adam.",
        _ARMS12 + " layers=8 optimizer=Adam rate=0.02",
    ),
    (
        "optimizer=adamw",
        "It is called adam; decay makes it AdamW.",
        _ARMS12 + " layers=8 optimizer=adamw rate=0.02",
    ),
    (
        "optimiser with an s",
        "It is spelt optimizer.",
        _ARMS12 + " layers=8 optimiser=adam rate=0.02",
    ),
    (
        "adam without its name",
        "A word is name=value.",
        _ARMS12 + " layers=8 adam rate=0.02",
    ),
    ("activation=ReLU", "Small letters: relu.", _DIET12 + " activation=ReLU"),
    ("lr", "It is called rate.", _ARMS12 + " layers=8 optimizer=adam lr=0.02"),
    ("a list of words", "One text, no list.", _DIET12.split()),
    ("a list with the line", "The line alone, without the list.", [_DIET12]),
    ("a tuple by a comma at the end", "There is a comma behind the text.", (_DIET12,)),
    (
        "a dict",
        "One text, no dict.",
        {
            "data": "spirals",
            "points": 300,
            "noise": 0.1,
            "layers": (8,),
            "optimizer": "adam",
            "rate": 0.02,
        },
    ),
    ("the number of parameters", "Hand in the line.", 51),
    ("the accuracy", "Hand in the line, not its result.", 0.995),
    ("the layers as a text", "Hand in the whole line.", "5-4"),
    ("the layers as a tuple", "Hand in the whole line.", (5, 4)),
    ("True", "Hand in the line.", True),
    ("nan", "Hand in the line.", math.nan),
    ("the class Setting", "Hand in the line, or one Setting.", Setting),
    ("a function", "Hand in the line, not a function.", lambda: _DIET12),
    (
        "a network",
        "Hand in the line, not the network.",
        nn_helpers.Network([2, 8, 3], "tanh", rng=np.random.default_rng(0)),
    ),
    (
        "a Setting with too many parameters",
        "123 parameters.",
        Setting.parse(PRESETS["Three spirals"].line),
    ),
    (
        "a Setting with the usual points",
        "points=300 is missing.",
        Setting(data="spirals", noise=0.1, layers=(8,), optimizer="adam", rate=0.02),
    ),
    (
        "a Setting with Adam forgotten",
        "SGD at 0.02 is too slow.",
        Setting(data="spirals", points=300, noise=0.1, layers=(8,), rate=0.02),
    ),
    ("the line of 12.1", "That is the line of 12.1.", "data=xor layers=2 rate=0.3"),
]:
    wrong(EX, _what, _teacher, _value)

for _what, _teacher, _value in [
    (
        "another draw of the points",
        "It does it, too; the usual draw was meant.",
        _DIET12 + " sample=1",
    ),
    (
        "squares with SGD, 57 parameters",
        "Right: nobody forbade the squares.",
        _ARMS12 + " inputs=squares layers=6 rate=0.5",
    ),
    (
        "four neurons: just about 95 %",
        "Just about 95 %.",
        _ARMS12 + " layers=4 optimizer=adam rate=0.03",
    ),
    ("the Session", "Right; hand in its line.", Session(Setting.parse(_DIET12))),
    ("bytes", "Right, but without the b in front.", _DIET12.encode()),
    ("an array with the line", "Right; hand in the bare line.", np.array(_DIET12)),
    (
        "quotation marks inside the quotes",
        "Right; one pair of quotation marks is enough.",
        f"'{_DIET12}'",
    ),
    ("backticks", "Right; without the backticks.", f"`{_DIET12}`"),
    (
        "points=3_00",
        "Right, as Python reads it.",
        "data=spirals points=3_00 noise=0.1 layers=8 optimizer=adam rate=0.02",
    ),
    (
        "a Setting with a list of layers",
        "Right; layers is a tuple.",
        Setting(
            data="spirals",
            points=300,
            noise=0.1,
            layers=[8],
            optimizer="adam",
            rate=0.02,
        ),
    ),
]:
    border(EX, _what, _teacher, _value)

quiz_letters("12.Q", "b")


# ---------------------------------------- what readers of the whole series handed in
right("01.1", "a fraction", Fraction(4))
right("00.Q", "a letter and its words", "a, the parameters")


@wrong("01.3", "b moves by 1 always", "b moves by y minus the answer.")
def _(w, b, x, y):
    return w + (y - (1 if x @ w + b >= 0 else 0)) * x, b + 1


@wrong("01.3", "answers of 1 and -1", "The answer is 1 or 0 here.")
def _(w, b, x, y):
    move = y - (1 if x @ w + b >= 0 else -1)
    return w + move * x, b + move


@wrong("01.3", "adds after every mistake", "After a wrong yes, subtract.")
def _(w, b, x, y):
    wrong_now = (x @ w + b >= 0) != y
    return w + wrong_now * x, b + wrong_now


wrong(
    "01.4", "sums compared with labels", "Compare the answers.",
    lambda Z, y: np.mean(Z == y),
)  # fmt: skip
wrong(
    "02.2", "0 and 1 beyond 5", "It caps what is far out.",
    lambda z: np.where(z < -5, 0, np.where(z > 5, 1, sigmoid(z))),
)  # fmt: skip


@wrong("02.2", "the warning is silenced", "exp still overflows.")
def _(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


@right("02.2", "exp only where it is harmless, by its own mask")
def _(z):
    z = np.asarray(z, float)
    low = np.exp(z, where=z < 0, out=np.zeros_like(z))
    high = np.exp(-z, where=z >= 0, out=np.zeros_like(z))
    return np.where(z < 0, low / (1 + low), 1 / (1 + high))


wrong("03.2", "all sizes multiplied", "Wires join neighbours.", 64 * 32 * 10)


@wrong("03.3", "a fixed shift of 1000", "Take off each row's own maximum.")
def _(Z):
    with np.errstate(invalid="ignore"):
        E = np.exp(Z - 1000)
        return E / E.sum(axis=1, keepdims=True)


def _deep(X, layers, bend):
    for W, b in layers[:-1]:
        X = bend(X @ W + b)
    return softmax(X @ layers[-1][0] + layers[-1][1])


wrong(
    "03.4", "sigmoid in the hidden layers", "The hidden layers bend with ReLU.",
    lambda X, layers: _deep(X, layers, sigmoid),
)  # fmt: skip
wrong(
    "03.4", "ReLU capped at 5", "ReLU has no upper end.",
    lambda X, layers: _deep(X, layers, lambda Z: np.clip(Z, 0, 5)),
)  # fmt: skip


@wrong("04.2", "the chain, not cancelled", "It divides by a P that is rounded to 0.")
def _(Z, Y):
    P = sigmoid(Z)
    with np.errstate(all="ignore"):
        return (-Y / P + (1 - Y) / (1 - P)) * P * (1 - P) / len(Z)


@wrong("05.2", "stops when little changes", "Tiny steps are steps.")
def _(slope, start, learning_rate, steps):
    for _ in range(steps):
        place = start - learning_rate * slope(start)
        if np.allclose(place, start):
            break
        start = place
    return start


wrong(
    "06.2", "dX through a gate of X", "The gate belongs to the layer below.",
    lambda dZ, X, W: (X.T @ dZ, dZ.sum(axis=0), (dZ @ W.T) * (X > 0)),
)  # fmt: skip
wrong(
    "06.2", "four rows only", "A number of rows is written in.",
    lambda dZ, X, W: (X[:4].T @ dZ[:4], dZ[:4].sum(axis=0), dZ @ W.T),
)  # fmt: skip


@wrong("07.1", "six arrays only", "A number of arrays is written in.")
def _(parameters, learning_rate):
    for _, array, gradient in parameters[:6]:
        array -= learning_rate * gradient


@wrong("07.3", "the step after the loop", "The step belongs into the loop.")
def _(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        network.backward(sigmoid(network.forward(X[i : i + 1])) - Y[i : i + 1])
    for _, array, gradient in network.parameters():
        array -= learning_rate * gradient


@wrong("07.3", "the sums for the probabilities", "The sigmoid is missing.")
def _(network, X, Y, learning_rate, rng):
    for i in rng.permutation(len(X)):
        network.backward(network.forward(X[i : i + 1]) - Y[i : i + 1])
        for _, array, gradient in network.parameters():
            array -= learning_rate * gradient


@wrong("07.3", "a stride of 5 from a random start", "That is no shuffle.")
def _(network, X, Y, learning_rate, rng):
    start = rng.integers(len(X))
    for k in range(len(X)):
        i = (start + 5 * k) % len(X)
        network.backward(sigmoid(network.forward(X[i : i + 1])) - Y[i : i + 1])
        for _, array, gradient in network.parameters():
            array -= learning_rate * gradient


def _halves(m, rng):
    half = m // 2
    return np.concatenate([rng.permutation(half), half + rng.permutation(m - half)])


@wrong("08.1", "the halves of the file stay apart", "One order for all rows.")
def _(X, Y, batch_size, rng):
    order = _halves(len(X), rng)
    starts = range(0, len(X), batch_size)
    return [
        (X[order[i : i + batch_size]], Y[order[i : i + batch_size]]) for i in starts
    ]


def _cut(X, y, fractions, order, sizes=None):
    cuts = np.rint(np.cumsum(fractions)[:-1] * len(X)).astype(int)
    cuts = cuts if sizes is None else cuts + sizes
    return [(X[part], y[part]) for part in np.split(order, cuts)]


@wrong("08.3", "the halves of the file stay apart", "One order for all rows.")
def _(X, y, fractions, rng):
    return _cut(X, y, fractions, _halves(len(X), rng))


@wrong("08.3", "a row too many in the first part", "Nothing is left over here.")
def _(X, y, fractions, rng):
    return _cut(X, y, fractions, rng.permutation(len(X)), sizes=1)


@right("08.2", "the two numbers in an array")
def _(networks, X_val, y_val, test):
    shares = [np.mean(network.predict(X_val) == y_val) for network in networks]
    place = np.argmax(shares)
    return np.array([place, test.accuracy(networks[place])])


wrong(
    "08.4", "six classes at the most", "A number of classes is written in.",
    lambda y, n_classes: np.eye(6)[y % 6][:, :n_classes],
)  # fmt: skip


@wrong("09.1", "half of the neurons twice", "Equal neurons stay equal.")
def _(n_in, n_out, rng):
    half = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out // 2))
    return np.hstack([half, half])


@wrong("09.3", "one mask for both halves", "Each entry has its own chance.")
def _(A, rate, rng, training):
    if not training:
        return A
    half = rng.random((len(A) // 2, A.shape[1])) >= rate
    return A * np.vstack([half, half]) / (1 - rate)


@wrong("09.4", "eps under the root", "eps is added to the root.")
def _(slope, start, learning_rate, steps):
    place, m, s = start, 0.0, 0.0
    for t in range(1, steps + 1):
        g = slope(place)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        up, root = m / (1 - 0.9**t), np.sqrt(s / (1 - 0.999**t) + 1e-8)
        place = place - learning_rate * up / root
    return place


wrong(
    "10.1", "epsilon capped at 0.35", "epsilon is what it is.",
    lambda network, X, Y, epsilon: nn_helpers.fgsm(network, X, Y, min(epsilon, 0.35)),
)  # fmt: skip


@wrong("08.1", "row 0 always first", "One order for all rows.")
def _(X, Y, batch_size, rng):
    order = np.concatenate([[0], 1 + rng.permutation(len(X) - 1)])
    starts = range(0, len(X), batch_size)
    return [
        (X[order[i : i + batch_size]], Y[order[i : i + batch_size]]) for i in starts
    ]


@right("08.3", "cuts rounded down")
def _(X, y, fractions, rng):
    cuts = (np.cumsum(fractions)[:-1] * len(X)).astype(int)
    return [(X[part], y[part]) for part in np.split(rng.permutation(len(X)), cuts)]


@right("05.2", "the slope scaled in place")
def _(slope, start, learning_rate, steps):
    place = start
    for _ in range(steps):
        move = np.array(slope(place))
        move *= learning_rate
        place = place - move
    return place


@wrong("05.2", "stops where it is nearly flat", "A slope of 1e-7 is a slope.")
def _(slope, start, learning_rate, steps):
    for _ in range(steps):
        if np.abs(slope(start)).max() < 1e-5:
            break
        start = start - learning_rate * slope(start)
    return start


@right("09.1", "plus or minus the root of the variance")
def _(n_in, n_out, rng):
    return rng.choice([-1.0, 1.0], (n_in, n_out)) * np.sqrt(2 / n_in)


@wrong("07.3", "sample 0 always first", "The order is to be drawn whole.")
def _(network, X, Y, learning_rate, rng):
    for i in [0, *(1 + rng.permutation(len(X) - 1))]:
        network.backward(sigmoid(network.forward(X[i : i + 1])) - Y[i : i + 1])
        for _, array, gradient in network.parameters():
            array -= learning_rate * gradient


# ------------------------------------------- 13.1 how many bits has each result
EX = "13.1"
_dW13 = np.linspace(-1, 1, 64 * 32, dtype=np.float32).reshape(64, 32)
_results13 = [
    _dW13 / 1024,
    _dW13 * np.mean([0.1, 0.3]),
    _dW13 + np.zeros(32),
    _dW13 * float(np.sqrt(2 / 64)),
    _dW13 * np.arange(32),
]
for _style, _value in [
    ("list of ints", [32, 64, 64, 32, 64]),
    ("tuple", (32, 64, 64, 32, 64)),
    ("array of ints", np.array([32, 64, 64, 32, 64])),
    ("array of floats", np.array([32.0, 64, 64, 32, 64])),
    ("float32 array", np.float32([32, 64, 64, 32, 64])),
    ("array of small ints", np.array([32, 64, 64, 32, 64], dtype=np.int8)),
    ("unsigned bytes", np.array([32, 64, 64, 32, 64], dtype=np.uint8)),
    ("list of floats", [32.0, 64.0, 64.0, 32.0, 64.0]),
    ("list of NumPy ints", [np.int64(n) for n in (32, 64, 64, 32, 64)]),
    ("mixed kinds of numbers", [32, np.float32(64), 64.0, np.int16(32), np.uint8(64)]),
    ("column array (5, 1)", np.array([[32], [64], [64], [32], [64]])),
    ("asked of the results", [r.dtype.itemsize * 8 for r in _results13]),
    ("asked with finfo", [np.finfo(r.dtype).bits for r in _results13]),
    ("asked with nbytes", [8 * r.nbytes / r.size for r in _results13]),
    ("read from the type's name", [int(r.dtype.name[-2:]) for r in _results13]),
    ("picked by a yes-no list", np.where([0, 1, 1, 0, 1], 64, 32)),
    ("32 times 1 or 2", 32 * np.array([1, 2, 2, 1, 2])),
    ("powers of 2", [2**5, 2**6, 2**6, 2**5, 2**6]),
    ("unpacked", [32, *[64] * 2, 32, 64]),
    (
        "result_type",
        [
            8 * np.result_type(np.float32, other).itemsize
            for other in (1024, np.float64(0.2), np.float64, 0.17, np.int64)
        ],
    ),
]:
    right(EX, _style, _value)

for _what, _teacher, _value in [
    (
        "row array (1, 5)",
        "A pair of brackets too many.",
        np.array([[32, 64, 64, 32, 64]]),
    ),
    ("list in a list", "A pair of brackets too many.", [[32, 64, 64, 32, 64]]),
    ("Fractions", "Right, as fractions.", [Fraction(n) for n in (32, 64, 64, 32, 64)]),
    (
        "complex, imaginary part 0",
        "Right, with imaginary parts of 0.",
        [n + 0j for n in (32, 64, 64, 32, 64)],
    ),
    (
        "object array",
        "Right, in an array of objects.",
        np.array([32, 64, 64, 32, 64], dtype=object),
    ),
    (
        "list of arrays with one number",
        "Right; plain numbers are enough.",
        [np.array([n]) for n in (32, 64, 64, 32, 64)],
    ),
    (
        "values of a dict",
        "Right; make a list of it.",
        dict(enumerate((32, 64, 64, 32, 64))).values(),
    ),
]:
    border(EX, _what, _teacher, _value)

for _what, _teacher, _value in [
    ("dots left", "Put a list in place of the dots.", ...),
    ("None", "There is no list yet.", None),
    ("five dots", "Put numbers in place of the dots.", [...] * 5),
    ("five times None", "Put numbers in place of None.", [None] * 5),
    ("empty list", "Your list is empty.", []),
    ("one number", "Five numbers, one for each line.", 64),
    ("one number in a list", "Five numbers, one for each line.", [32]),
    ("all 32", "An array or a NumPy number with 64 bits wins over 32.", [32] * 5),
    ("all 64", "Python's own numbers adapt: those stay at 32.", [64] * 5),
    (
        "the rule of NumPy 1: numbers never count",
        "np.mean gives a number with 64 bits, and since NumPy 2 that counts.",
        [32, 32, 64, 32, 64],
    ),
    (
        "float() of a 64-bit number taken for 64",
        "float() makes one of Python's own numbers of it, and those adapt.",
        [32, 64, 64, 64, 64],
    ),
    (
        "np.zeros taken for 32 bits",
        "np.zeros(32) has 32 numbers, of 64 bits each.",
        [32, 64, 32, 32, 64],
    ),
    (
        "whole numbers do not matter",
        "np.arange makes an array of 64-bit whole numbers, and it counts.",
        [32, 64, 64, 32, 32],
    ),
    (
        "1024 taken for a 64-bit number",
        "1024 is one of Python's own numbers: it adapts.",
        [64, 64, 64, 32, 64],
    ),
    ("only the line with np.zeros is 64", "Two more have 64.", [32, 32, 64, 32, 32]),
    ("only the NumPy number is 64", "Arrays of 64 bits count, too.", [32, 64, 32, 32, 32]),
    ("whatever has np in it is 64", "float() took the np away again.", [32, 64, 64, 64, 64.0]),
    ("whatever divides or adds is 64", "It is the types that count.", [64, 32, 64, 32, 32]),
    ("the numbers 64, the arrays 32", "Nearly the other way round.", [64, 64, 32, 64, 32]),
    ("arrays count, numbers do not, zeros do not", "Look at np.zeros.", [32, 32, 32, 32, 64]),
    ("32 and 64 exchanged", "The other way round.", [64, 32, 32, 64, 32]),
    ("in reverse order", "In the order of the lines, please.", [64, 32, 64, 64, 32]),
    ("sorted", "In the order of the lines, please.", [32, 32, 64, 64, 64]),
    ("in turns", "Guessed.", [32, 64, 32, 64, 32]),
    ("four numbers, the last forgotten", "One is missing.", [32, 64, 64, 32]),
    ("six numbers", "One too many.", [32, 64, 64, 32, 64, 64]),
    ("with the example in front", "Only the five of the exercise.", [32, 64, 32, 64, 64, 32, 64]),
    ("the list twice", "Once is enough.", [32, 64, 64, 32, 64] * 2),
    ("the kinds, each once", "Five numbers, one for each line.", [32, 64]),
    ("a set", "A set forgets the order.", {32, 64}),
    ("bytes instead of bits", "A byte has 8 bits.", [4, 8, 8, 4, 8]),
    ("16 and 32", "The small ones have 32, the large ones 64.", [16, 32, 32, 16, 32]),
    ("128 where a float meets an int", "NumPy stops at 64 here.", [32, 64, 64, 32, 128]),
    ("96, the sum of both", "The larger one wins, nothing is added.", [32, 96, 96, 32, 96]),
    ("48, the middle", "The larger one wins.", [32, 48, 48, 32, 48]),
    ("one slip of the pen", "63 bits?", [32, 64, 64, 32, 63]),
    ("half a bit off", "Bits are whole.", [32.5, 64, 64, 32, 64]),
    ("signs", "A number of bits has no minus.", [-32, -64, -64, -32, -64]),
    ("nan in it", "One is missing.", [32, 64, math.nan, 32, 64]),
    ("infinity in it", "Bits are counted.", [32, math.inf, 64, 32, 64]),
    ("True and False: is it 64", "Say the numbers.", [False, True, True, False, True]),
    ("0 and 1", "Say the numbers.", [0, 1, 1, 0, 1]),
    ("which ones have 64", "Say it for each line.", [2, 3, 5]),
    ("one text", "Numbers, without quotation marks.", "32 64 64 32 64"),
    ("one text that looks like the list", "Leave out the quotation marks.", "[32, 64, 64, 32, 64]"),
    ("list of texts", "Numbers, without quotation marks.", ["32", "64", "64", "32", "64"]),
    ("array of texts", "Numbers, without quotation marks.", np.array(["32", "64", "64", "32", "64"])),
    ("names of the types", "Only the number.", ["float32", "float64", "float64", "float32", "float64"]),
    ("dtypes", "The number of bits, please.", [r.dtype for r in _results13]),
    ("NumPy's types", "The number of bits, please.", [np.float32, np.float64, np.float64, np.float32, np.float64]),
    ("the results themselves", "Not the results: their bits.", _results13),
    ("sizes of the results", "Not how many numbers: how many bits.", [r.size for r in _results13]),
    ("bytes of the whole results", "Bits of one number.", [r.nbytes for r in _results13]),
    ("shapes", "Not the shapes: the bits.", [r.shape for r in _results13]),
    ("a dictionary with the letters", "A list is asked for.", dict(zip("abcde", (32, 64, 64, 32, 64)))),
    ("a dictionary line by line", "A list is asked for.", {1: 32, 2: 64, 3: 64, 4: 32, 5: 64}),
    ("a function", "Hand in the list, not a function.", lambda: [32, 64, 64, 32, 64]),
    ("written as one number", "Five numbers with commas.", 3264643264),
    ("pairs: line and bits", "Only the bits.", [(1, 32), (2, 64), (3, 64), (4, 32), (5, 64)]),
    ("ragged list", "Five numbers in one row.", [32, [64, 64], 32, 64]),
    ("complex", "No imaginary part is needed here.", [32 + 1j, 64, 64, 32, 64]),
    ("matrix 5 by 5", "Five numbers in one row.", np.tile([32, 64, 64, 32, 64], (5, 1))),
]:  # fmt: skip
    wrong(EX, _what, _teacher, _value)


# ------------------------------- 13.2 what workers with unequal shares hand back
EX = "13.2"


@right(EX, "two loops in one line")
def _(gradients, rows):
    m = sum(rows)
    return [sum(r / m * g for r, g in zip(rows, arrays)) for arrays in zip(*gradients)]


@right(EX, "plain loops from zeros")
def _(gradients, rows):
    result = []
    for j in range(len(gradients[0])):
        total = np.zeros(gradients[0][j].shape)
        for k in range(len(rows)):
            total = total + rows[k] * gradients[k][j]
        result.append(total / sum(rows))
    return result


@right(EX, "np.average with weights, one array at a time")
def _(gradients, rows):
    return [np.average(arrays, axis=0, weights=rows) for arrays in zip(*gradients)]


@right(EX, "einsum")
def _(gradients, rows):
    weights = np.array(rows) / np.sum(rows)
    return [
        np.einsum("k,k...->...", weights, np.stack(arrays))
        for arrays in zip(*gradients, strict=True)
    ]


@right(EX, "tensordot")
def _(gradients, rows):
    w = np.asarray(rows, dtype=float)
    w /= w.sum()
    return [np.tensordot(w, np.array(a), axes=1) for a in zip(*gradients)]


@right(EX, "workers on the last axis, then @")
def _(gradients, rows):
    w = np.divide(rows, sum(rows))
    return [np.stack(arrays, axis=-1) @ w for arrays in zip(*gradients)]


@right(EX, "one long vector a worker, cut again")
def _(gradients, rows):
    table = np.array(
        [np.concatenate([g.ravel() for g in worker]) for worker in gradients]
    )
    mean = np.array(rows) @ table / sum(rows)
    result, start = [], 0
    for g in gradients[0]:
        result.append(mean[start : start + g.size].reshape(g.shape))
        start += g.size
    return result


@right(EX, "in place on its own zeros")
def _(gradients, rows):
    total = [np.zeros_like(g) for g in gradients[0]]
    for worker, r in zip(gradients, rows):
        for t, g in zip(total, worker):
            t += r * g
    for t in total:
        t /= sum(rows)
    return total


@right(EX, "in place on copies of the first worker's")
def _(gradients, rows):
    m = sum(rows)
    total = [g.copy() for g in gradients[0]]
    for t in total:
        t *= rows[0] / m
    for k in range(1, len(gradients)):
        for j, g in enumerate(gradients[k]):
            total[j] += g * (rows[k] / m)
    return total


@right(EX, "deep copy, then in place")
def _(gradients, rows):
    import copy

    own = copy.deepcopy(gradients)
    for k in range(len(own)):
        for array in own[k]:
            array *= rows[k]
    while len(own) > 1:
        last = own.pop()
        for a, b in zip(own[0], last):
            a += b
    return [a / sum(rows) for a in own[0]]


@right(EX, "running mean, worker by worker")
def _(gradients, rows):
    seen = 0
    mean = [0.0] * len(gradients[0])
    for worker, r in zip(gradients, rows):
        seen += r
        mean = [m + (g - m) * (r / seen) for m, g in zip(mean, worker)]
    return mean


@right(EX, "two workers become one, again and again")
def _(gradients, rows):
    def merged(workers):
        if len(workers) == 1:
            return workers[0]
        (a, first), (b, second), *others = workers
        both = [(a * g + b * h) / (a + b) for g, h in zip(first, second)]
        return merged([(a + b, both), *others])

    _, result = merged(list(zip(rows, gradients)))
    return [1.0 * g for g in result]


@right(EX, "a tuple of arrays")
def _(gradients, rows):
    shares = [r / sum(rows) for r in rows]
    return tuple(
        sum(s * g for s, g in zip(shares, arrays)) for arrays in zip(*gradients)
    )


@right(EX, "a generator made into a list")
def _(gradients, rows):
    def parts():
        for arrays in zip(*gradients):
            total = 0
            for g, r in zip(arrays, rows):
                total = total + g * r
            yield total / sum(rows)

    return list(parts())


@right(EX, "map and lambda")
def _(gradients, rows):
    m = sum(rows)
    return list(map(lambda *gs: sum(map(lambda g, r: g * r / m, gs, rows)), *gradients))


@right(EX, "number by number, with fsum")
def _(gradients, rows):
    result = []
    for j, first in enumerate(gradients[0]):
        array = np.empty(first.shape)
        for place in np.ndindex(*first.shape):
            array[place] = math.fsum(
                r * worker[j][place] for r, worker in zip(rows, gradients)
            ) / sum(rows)
        result.append(array)
    return result


@right(EX, "exact shares as fractions")
def _(gradients, rows):
    shares = [float(Fraction(r, sum(rows))) for r in rows]
    result = []
    for arrays in zip(*gradients):
        result += [np.add.reduce([s * g for s, g in zip(shares, arrays)])]
    return result


@right(EX, "np.sum over axis 0 of the scaled stack")
def _(gradients, rows):
    r = np.array(rows)
    out = []
    for arrays in zip(*gradients):
        stack = np.stack(arrays)
        column = r.reshape(-1, *[1] * (stack.ndim - 1))
        out.append((stack * column).sum(axis=0) / r.sum())
    return out


@right(EX, "a table of objects")
def _(gradients, rows):
    table = np.empty((len(gradients), len(gradients[0])), dtype=object)
    for k, worker in enumerate(gradients):
        for j, g in enumerate(worker):
            table[k, j] = g
    return list((table * np.array(rows)[:, None]).sum(axis=0) / sum(rows))


@right(EX, "itertools.accumulate, the last one")
def _(gradients, rows):
    m = sum(rows)
    scaled = ([g * r / m for g in worker] for worker, r in zip(gradients, rows))
    add = lambda a, b: [x + y for x, y in zip(a, b)]  # noqa: E731
    return list(itertools.accumulate(scaled, add))[-1]


@right(EX, "a dictionary on the way")
def _(gradients, rows):
    sums = {}
    for worker, r in zip(gradients, rows):
        for j, g in enumerate(worker):
            sums[j] = sums.get(j, 0) + g * r
    return [sums[j] / sum(rows) for j in sorted(sums)]


@right(EX, "ratios to the first share")
def _(gradients, rows):
    ratio = [r / rows[0] for r in rows]
    return [
        sum(q * g for q, g in zip(ratio, arrays)) / sum(ratio)
        for arrays in zip(*gradients)
    ]


@right(EX, "float32 shares where the arrays are float32")
def _(gradients, rows):
    result = []
    for arrays in zip(*gradients):
        w = np.array(rows, dtype=arrays[0].dtype) / sum(rows)
        result.append(sum(a * b for a, b in zip(w, arrays)))
    return result


class _Combine13:
    def __call__(self, gradients, rows):
        self.m = sum(rows)
        return [self.one(arrays, rows) for arrays in zip(*gradients)]

    def one(self, arrays, rows):
        total = rows[0] * arrays[0]
        for r, array in zip(rows[1:], arrays[1:]):
            total += r * array
        return total / self.m


right(EX, "a class with __call__", _Combine13())
right(EX, "a method of an object", _Combine13().__call__)


@right(EX, "other names, and a default that is not used")
def _(per_worker, counts, total=None):
    total = total or sum(counts)
    answer = [np.zeros(array.shape) for array in per_worker[0]]
    for number, worker in zip(counts, per_worker):
        answer = [a + number / total * g for a, g in zip(answer, worker)]
    return answer


@right(EX, "last worker first")
def _(gradients, rows):
    total = None
    for k in reversed(range(len(rows))):
        scaled = [rows[k] * g for g in gradients[k]]
        total = scaled if total is None else [t + s for t, s in zip(total, scaled)]
    return [t / sum(rows) for t in total]


@border(EX, "four arrays by name", "Right as long as there are four arrays.")
def _(gradients, rows):
    m = sum(rows)
    dW1, db1, dW2, db2 = 0, 0, 0, 0
    for (a, b, c, d), r in zip(gradients, rows):
        dW1, db1 = dW1 + r / m * a, db1 + r / m * b
        dW2, db2 = dW2 + r / m * c, db2 + r / m * d
    return [dW1, db1, dW2, db2]


@border(EX, "one worker: its own list", "Right; but now two names share the arrays.")
def _(gradients, rows):
    if len(rows) == 1:
        return gradients[0]
    m = sum(rows)
    return [sum(r / m * g for r, g in zip(rows, a)) for a in zip(*gradients)]


@border(EX, "an array of arrays", "Right; a list was asked for.")
def _(gradients, rows):
    out = np.empty(len(gradients[0]), dtype=object)
    for j, arrays in enumerate(zip(*gradients)):
        out[j] = sum(r * g for r, g in zip(rows, arrays)) / sum(rows)
    return out


@border(EX, "lists of lists instead of arrays", "Right numbers; arrays, please.")
def _(gradients, rows):
    return [
        np.average(arrays, axis=0, weights=rows).tolist() for arrays in zip(*gradients)
    ]


@border(EX, "through float32", "Right to seven digits.")
def _(gradients, rows):
    w = np.float32(rows) / np.float32(sum(rows))
    return [
        sum(a * g.astype(np.float32) for a, g in zip(w, arrays))
        for arrays in zip(*gradients)
    ]


@wrong(EX, "plain mean of the workers", "Shares are unequal: weigh each with m_k / m.")
def _(gradients, rows):
    return [sum(arrays) / len(arrays) for arrays in zip(*gradients)]


@wrong(EX, "plain mean with np.mean", "Shares are unequal: weigh each with m_k / m.")
def _(gradients, rows):
    return [np.mean(arrays, axis=0) for arrays in zip(*gradients)]


wrong(
    EX, "np.mean over axis 0 of the ragged list", "The arrays differ in shape: one after the other.",
    lambda gradients, rows: np.mean(gradients, axis=0),
)  # fmt: skip
wrong(
    EX, "np.average of the ragged list", "The arrays differ in shape: one after the other.",
    lambda gradients, rows: np.average(gradients, axis=0, weights=rows),
)  # fmt: skip
wrong(
    EX, "np.array of the ragged list, times rows", "The arrays differ in shape: one after the other.",
    lambda gradients, rows: list(
        (np.array(gradients).T * rows).T.sum(axis=0) / sum(rows)
    ),
)  # fmt: skip
wrong(
    EX, "the sum of the workers", "Each weighs m_k / m.",
    lambda gradients, rows: [sum(arrays) for arrays in zip(*gradients)],
)  # fmt: skip
wrong(
    EX, "weighed, not divided", "Divide by the number of all rows.",
    lambda gradients, rows: [
        sum(r * g for r, g in zip(rows, arrays)) for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "weighed, divided by the number of workers", "Divide by the rows, not by the workers.",
    lambda gradients, rows: [
        sum(r * g for r, g in zip(rows, arrays)) / len(rows)
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "shares right, then a mean", "The shares add up to 1: add, do not average again.",
    lambda gradients, rows: [
        np.mean([r / sum(rows) * g for r, g in zip(rows, arrays)], axis=0)
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "divided by m twice", "One division by m is enough.",
    lambda gradients, rows: [
        sum(r / sum(rows) * g for r, g in zip(rows, arrays)) / sum(rows)
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "whole-number division", "rows[k] // m is 0: one slash.",
    lambda gradients, rows: [
        sum(r // sum(rows) * g for r, g in zip(rows, arrays))
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "divided by 1024", "m is what the rows add up to.",
    lambda gradients, rows: [
        sum(r / 1024 * g for r, g in zip(rows, arrays)) for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "divided by the largest share", "Divide by the number of all rows.",
    lambda gradients, rows: [
        sum(r / max(rows) * g for r, g in zip(rows, arrays))
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "divided by m - 1", "This is a mean: divide by m.",
    lambda gradients, rows: [
        sum(r / (sum(rows) - 1) * g for r, g in zip(rows, arrays))
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "divided by the share: sums taken for what comes in", "What comes in is a mean already.",
    lambda gradients, rows: [
        sum(g / r for r, g in zip(rows, arrays)) for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "sums taken for what comes in: added and divided by m", "G_k is a mean, no sum.",
    lambda gradients, rows: [sum(arrays) / sum(rows) for arrays in zip(*gradients)],
)  # fmt: skip
wrong(
    EX, "shares upside down", "Who saw more rows counts more.",
    lambda gradients, rows: [
        sum(g / r for r, g in zip(rows, arrays)) / sum(1 / r for r in rows)
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "roots of the shares", "The rows themselves are the weights.",
    lambda gradients, rows: [
        np.average(arrays, axis=0, weights=np.sqrt(rows)) for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "softmax of the rows", "The weights are m_k / m, no softmax.",
    lambda gradients, rows: [
        np.average(arrays, axis=0, weights=softmax(np.array([rows], float))[0])
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "shares in whole per cent", "Do not round the shares.",
    lambda gradients, rows: [
        sum(round(r / sum(rows), 2) * g for r, g in zip(rows, arrays))
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "rows in one byte", "One byte ends at 255.",
    lambda gradients, rows: [
        sum(r * g for r, g in zip(np.array(rows).astype(np.uint8), arrays)) / sum(rows)
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "results with 16 bits", "Too few digits are left.",
    lambda gradients, rows: [
        np.average(arrays, axis=0, weights=rows).astype(np.float16)
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "the median of the workers", "The mean of all rows is asked for.",
    lambda gradients, rows: [np.median(arrays, axis=0) for arrays in zip(*gradients)],
)  # fmt: skip
wrong(
    EX, "the busiest worker speaks for all", "All workers count, each with its share.",
    lambda gradients, rows: [1 * g for g in gradients[rows.index(max(rows))]],
)  # fmt: skip
wrong(
    EX, "the first worker speaks for all", "All workers count, each with its share.",
    lambda gradients, rows: [1 * g for g in gradients[0]],
)  # fmt: skip
wrong(
    EX, "shares sorted", "rows[k] belongs to gradients[k].",
    lambda gradients, rows: [
        np.average(arrays, axis=0, weights=sorted(rows)) for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "shares in reverse order", "rows[k] belongs to gradients[k].",
    lambda gradients, rows: [
        np.average(arrays, axis=0, weights=rows[::-1]) for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "shares shifted by one worker", "rows[k] belongs to gradients[k].",
    lambda gradients, rows: [
        sum(rows[k - 1] * g for k, g in enumerate(arrays)) / sum(rows)
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "last worker forgotten: range(len(rows) - 1)", "range stops before its end already.",
    lambda gradients, rows: [
        sum((rows[k] * arrays[k] for k in range(len(rows) - 1)), 0 * arrays[0])
        / sum(rows)
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "last worker forgotten, in the sum of the rows, too", "The last worker counts, too.",
    lambda gradients, rows: [
        sum(r * g for r, g in zip(rows[:-1], arrays)) / max(sum(rows[:-1]), 1)
        for arrays in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "first worker forgotten", "Worker 0 counts, too.",
    lambda gradients, rows: [
        sum((rows[k] * a[k] for k in range(1, len(rows))), 0 * a[0]) / sum(rows)
        for a in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "the last worker gets an equal share", "The last worker has rows[-1] rows.",
    lambda gradients, rows: [
        sum(r / sum(rows) * g for r, g in zip(rows[:-1], a)) + a[-1] / len(rows)
        for a in zip(*gradients)
    ],
)  # fmt: skip
wrong(
    EX, "the last share from the others, as if m were 1024", "m is what the rows add up to.",
    lambda gradients, rows: [
        sum(r / 1024 * g for r, g in zip(rows[:-1], a))
        + (1 - sum(rows[:-1]) / 1024) * a[-1]
        for a in zip(*gradients)
    ],
)  # fmt: skip


@wrong(EX, "four workers by name", "There may be more or fewer than four workers.")
def _(gradients, rows):
    a, b, c, d = gradients
    m = sum(rows)
    return [
        (rows[0] * a[j] + rows[1] * b[j] + rows[2] * c[j] + rows[3] * d[j]) / m
        for j in range(len(a))
    ]


@wrong(EX, "the first four workers only", "There may be more than four workers.")
def _(gradients, rows):
    gradients, rows = gradients[:4], rows[:4]
    return [np.average(a, axis=0, weights=rows) for a in zip(*gradients)]


@wrong(EX, "two workers only", "There may be more than two workers.")
def _(gradients, rows):
    share = rows[0] / sum(rows)
    return [share * g + (1 - share) * h for g, h in zip(gradients[0], gradients[-1])]


@wrong(
    EX,
    "workers and arrays mixed up",
    "gradients[k][j]: first the worker, then the array.",
)
def _(gradients, rows):
    m = sum(rows)
    return [sum(r / m * g for r, g in zip(rows, worker)) for worker in gradients]


@wrong(EX, "the share of the array's number", "rows[k], not rows[j].")
def _(gradients, rows):
    m = sum(rows)
    return [
        sum(rows[j % len(rows)] / m * g for g in arrays)
        for j, arrays in enumerate(zip(*gradients))
    ]


@wrong(
    EX, "pairs of one worker's arrays and rows", "zip pairs arrays with workers here."
)
def _(gradients, rows):
    return [r / sum(rows) * g for g, r in zip(gradients[0], rows)]


@wrong(EX, "only the first array weighed", "All arrays are to be weighed.")
def _(gradients, rows):
    result = [np.mean(arrays, axis=0) for arrays in zip(*gradients)]
    result[0] = np.average([w[0] for w in gradients], axis=0, weights=rows)
    return result


@wrong(EX, "second array as a plain mean", "The biases are to be weighed, too.")
def _(gradients, rows):
    result = [np.average(a, axis=0, weights=rows) for a in zip(*gradients)]
    result[1] = np.mean([w[1] for w in gradients], axis=0)
    return result


@wrong(EX, "the last array as a plain mean", "The last array is to be weighed, too.")
def _(gradients, rows):
    result = [np.average(a, axis=0, weights=rows) for a in zip(*gradients)]
    result[-1] = np.mean([w[-1] for w in gradients], axis=0)
    return result


@wrong(EX, "biases added up, only the weights averaged", "Biases are means, too.")
def _(gradients, rows):
    return [
        np.average(a, axis=0, weights=rows) if a[0].ndim == 2 else sum(a)
        for a in zip(*gradients)
    ]


@wrong(EX, "biases left out", "Each worker hands back biases, too.")
def _(gradients, rows):
    return [
        np.average(a, axis=0, weights=rows) for a in zip(*gradients) if a[0].ndim == 2
    ]


@wrong(EX, "stops after the first array: return in the loop", "return ends the loop.")
def _(gradients, rows):
    result = []
    for arrays in zip(*gradients):
        result.append(sum(r * g for r, g in zip(rows, arrays)) / sum(rows))
        return result


@wrong(EX, "only the last array: result made anew", "Make the list before the loop.")
def _(gradients, rows):
    for arrays in zip(*gradients):
        result = []
        result.append(sum(r * g for r, g in zip(rows, arrays)) / sum(rows))
    return result


@wrong(
    EX,
    "adds up into the first worker's arrays",
    "That changes what worker 0 has handed in.",
)
def _(gradients, rows):
    total = gradients[0]
    for t in total:
        t *= rows[0]
    for worker, r in zip(gradients[1:], rows[1:]):
        for t, g in zip(total, worker):
            t += r * g
    return [t / sum(rows) for t in total]


@wrong(
    EX, "list.copy() is not enough", "A copy of the list still holds the same arrays."
)
def _(gradients, rows):
    total = gradients[0].copy()
    for t in total:
        t *= rows[0] / sum(rows)
    for worker, r in zip(gradients[1:], rows[1:]):
        for t, g in zip(total, worker):
            t += r / sum(rows) * g
    return total


@wrong(
    EX, "scales what was handed in, in place", "g *= ... changes the workers' arrays."
)
def _(gradients, rows):
    for worker, r in zip(gradients, rows):
        for g in worker:
            g *= r / sum(rows)
    return [sum(arrays) for arrays in zip(*gradients)]


@wrong(
    EX, "puts scaled arrays into the lists", "The workers' lists hold other arrays now."
)
def _(gradients, rows):
    for k in range(len(rows)):
        for j in range(len(gradients[k])):
            gradients[k][j] = gradients[k][j] * rows[k] / sum(rows)
    return [sum(arrays) for arrays in zip(*gradients)]


@wrong(
    EX,
    "scales the last worker's array only in place",
    "g *= ... changes an array that is not yours.",
)
def _(gradients, rows):
    m = sum(rows)
    result = []
    for arrays in zip(*gradients):
        last = arrays[-1]
        last *= rows[-1] / m
        result.append(last + sum(r / m * g for r, g in zip(rows[:-1], arrays)))
    return result


@wrong(EX, "turns rows into shares in place", "rows is changed for whoever called.")
def _(gradients, rows):
    m = sum(rows)
    for k in range(len(rows)):
        rows[k] /= m
    return [sum(r * g for r, g in zip(rows, arrays)) for arrays in zip(*gradients)]


@wrong(EX, "takes the rows out with pop", "rows is empty afterwards.")
def _(gradients, rows):
    m, k = sum(rows), len(rows)
    total = [0 * g for g in gradients[0]]
    while rows:
        k -= 1
        r = rows.pop()
        total = [t + r / m * g for t, g in zip(total, gradients[k])]
    return total


@wrong(EX, "takes the workers out with pop", "gradients is shorter afterwards.")
def _(gradients, rows):
    m = sum(rows)
    first = gradients.pop(0)
    total = [rows[0] / m * g for g in first]
    for worker, r in zip(gradients, rows[1:]):
        total = [t + r / m * g for t, g in zip(total, worker)]
    return total


@wrong(EX, "appends the result to gradients", "gradients is longer afterwards.")
def _(gradients, rows):
    gradients.append([np.average(a, axis=0, weights=rows) for a in zip(*gradients)])
    return gradients[-1]


@wrong(
    EX,
    "sorts the workers by their rows, in place",
    "rows has another order afterwards.",
)
def _(gradients, rows):
    pairs = sorted(zip(rows, range(len(rows))))
    gradients = [gradients[k] for _, k in pairs]
    rows.sort()
    return [np.average(a, axis=0, weights=rows) for a in zip(*gradients)]


@wrong(
    EX, "a default list that remembers", "The list is made once and kept between calls."
)
def _(gradients, rows, result=[]):
    for arrays in zip(*gradients):
        result.append(sum(r * g for r, g in zip(rows, arrays)) / sum(rows))
    return result


@wrong(EX, "remembers m from the first call", "m belongs to this call.")
def _(gradients, rows, memory={}):
    m = memory.setdefault("m", sum(rows))
    return [sum(r * g for r, g in zip(rows, a)) / m for a in zip(*gradients)]


@wrong(EX, "remembers the shares by the number of workers", "Other rows, other shares.")
def _(gradients, rows, memory={}):
    if len(rows) not in memory:
        memory[len(rows)] = [r / sum(rows) for r in rows]
    shares = memory[len(rows)]
    return [sum(s * g for s, g in zip(shares, a)) for a in zip(*gradients)]


class _Total13:
    def __init__(self):
        self.sums = {}

    def __call__(self, gradients, rows):
        key = str([g.shape for g in gradients[0]])
        m, total = self.sums.get(key, (0, [0.0] * len(gradients[0])))
        for worker, r in zip(gradients, rows):
            m, total = m + r, [t + r * g for t, g in zip(total, worker)]
        self.sums[key] = m, total
        return [t / m for t in total]


wrong(
    EX, "an object that adds up over calls", "Each call starts from zero.", _Total13()
)


@wrong(EX, "prints instead of returning", "print shows it, return hands it back.")
def _(gradients, rows):
    for arrays in zip(*gradients):
        total = sum(r * g for r, g in zip(rows, arrays)) / sum(rows)
        print(total.shape)


@wrong(EX, "return forgotten", "The result is there, but nobody gets it: return.")
def _(gradients, rows):
    result = [np.average(arrays, axis=0, weights=rows) for arrays in zip(*gradients)]


@wrong(EX, "one long vector", "A list of arrays in their shapes, please.")
def _(gradients, rows):
    return np.concatenate(
        [np.average(a, axis=0, weights=rows).ravel() for a in zip(*gradients)]
    )


@wrong(EX, "arrays flattened in the list", "Keep the shapes.")
def _(gradients, rows):
    return [np.average(a, axis=0, weights=rows).ravel() for a in zip(*gradients)]


@wrong(EX, "biases as rows (1, h)", "The biases have the shape (h,).")
def _(gradients, rows):
    return [np.atleast_2d(np.average(a, axis=0, weights=rows)) for a in zip(*gradients)]


@wrong(EX, "a dictionary with names", "A list of arrays, please.")
def _(gradients, rows):
    names = "dW1", "db1", "dW2", "db2"
    return {
        n: np.average(a, axis=0, weights=rows) for n, a in zip(names, zip(*gradients))
    }


@wrong(EX, "the list and m", "Only the list of arrays.")
def _(gradients, rows):
    m = sum(rows)
    return [np.average(a, axis=0, weights=rows) for a in zip(*gradients)], m


@border(EX, "a generator", "A list: put list(...) around it.")
def _(gradients, rows):
    return (np.average(a, axis=0, weights=rows) for a in zip(*gradients))


@border(EX, "a map", "A list: put list(...) around it.")
def _(gradients, rows):
    return map(lambda *a: np.average(a, axis=0, weights=rows), *gradients)


@border(EX, "yields one array after the other", "A list: return it as a whole.")
def _(gradients, rows):
    for a in zip(*gradients):
        yield np.average(a, axis=0, weights=rows)


@wrong(
    EX, "one number an array", "The mean goes over the workers, not over all numbers."
)
def _(gradients, rows):
    return [
        np.sum([r * g.mean() for r, g in zip(rows, a)]) / sum(rows)
        for a in zip(*gradients)
    ]


@wrong(
    EX, "shares @ stack: the wrong axis", "1-D @ 3-D adds over the last axis but one."
)
def _(gradients, rows):
    w = np.array(rows) / sum(rows)
    return [w @ np.stack(arrays) for arrays in zip(*gradients)]


@wrong(
    EX,
    "np.dot of shares and stack: the wrong axis",
    "np.dot adds over the last axis but one.",
)
def _(gradients, rows):
    w = np.array(rows) / sum(rows)
    return [np.dot(w, arrays) for arrays in zip(*gradients)]


@wrong(
    EX,
    "rows times stack: broadcast to the last axis",
    "The shares meet the columns, not the workers.",
)
def _(gradients, rows):
    w = np.array(rows) / sum(rows)
    return [(w * np.stack(arrays)).sum(axis=0) for arrays in zip(*gradients)]


@wrong(EX, "a list times a number of times", "2 * list repeats the list.")
def _(gradients, rows):
    total = []
    for worker, r in zip(gradients, rows):
        total = total + worker * r
    return [t / sum(rows) for t in total[: len(gradients[0])]]


@wrong(EX, "list / number", "A list cannot be divided: its arrays can.")
def _(gradients, rows):
    return sum(
        r * np.asarray(g, object) for r, g in zip(rows, gradients)
    ).tolist() / sum(rows)


@wrong(EX, "sum over the lists themselves", "0 + list does not work.")
def _(gradients, rows):
    return sum(gradients) / sum(rows)


@wrong(
    EX, "each mean with the one before, halved", "The first ones count less and less."
)
def _(gradients, rows):
    mean = gradients[0]
    for worker in gradients[1:]:
        mean = [(a + b) / 2 for a, b in zip(mean, worker)]
    return [1 * a for a in mean]


@wrong(
    EX,
    "pair by pair, the rows of the pair forgotten",
    "After the first pair it stands for rows[0] + rows[1] rows.",
)
def _(gradients, rows):
    mean = [1 * g for g in gradients[0]]
    for k in range(1, len(rows)):
        a, b = rows[k - 1], rows[k]
        mean = [(a * m + b * g) / (a + b) for m, g in zip(mean, gradients[k])]
    return mean


@wrong(
    EX,
    "the step instead of the gradient",
    "Only the gradient; nobody asked for a step.",
)
def _(gradients, rows):
    RATE = 0.1
    return [-RATE * np.average(a, axis=0, weights=rows) for a in zip(*gradients)]


@wrong(EX, "total not set back between the arrays", "Start each array from 0.")
def _(gradients, rows):
    result, total = [], 0
    for arrays in zip(*gradients):
        for r, g in zip(rows, arrays):
            total = total + r * g
        result.append(total / sum(rows))
    return result


@wrong(EX, "the same zeros four times", "[...] * 4 is four times the same array.")
def _(gradients, rows):
    result = [np.zeros_like(gradients[0][0])] * len(gradients[0])
    for worker, r in zip(gradients, rows):
        for t, g in zip(result, worker):
            t += r / sum(rows) * g
    return result


@wrong(
    EX,
    "only the last worker: = instead of +=",
    "Add up; each worker writes over the one before.",
)
def _(gradients, rows):
    result = [None] * len(gradients[0])
    for k in range(len(rows)):
        for j in range(len(result)):
            result[j] = rows[k] / sum(rows) * gradients[k][j]
    return result


@wrong(EX, "the weighed sum divided inside the loop", "Divide once, after the loop.")
def _(gradients, rows):
    total = [0 * g for g in gradients[0]]
    for worker, r in zip(gradients, rows):
        total = [(t + r * g) / sum(rows) for t, g in zip(total, worker)]
    return total


@wrong(EX, "zeros for whole numbers", "Into whole numbers no fractions can be added.")
def _(gradients, rows):
    total = [np.zeros(g.shape, dtype=int) for g in gradients[0]]
    for worker, r in zip(gradients, rows):
        for t, g in zip(total, worker):
            t += r * g
    return [t / sum(rows) for t in total]


@wrong(EX, "arrays in reverse order", "In the order in which they came.")
def _(gradients, rows):
    return [np.average(a, axis=0, weights=rows) for a in zip(*gradients)][::-1]


@wrong(EX, "sizes of the arrays as weights", "The rows are the weights.")
def _(gradients, rows):
    sizes = [sum(g.size for g in worker) for worker in gradients]
    return [np.average(a, axis=0, weights=sizes) for a in zip(*gradients)]


@wrong(EX, "workers with less than a tenth left out", "Small shares count, too.")
def _(gradients, rows):
    m = sum(rows)
    return [
        sum((r / m * g for r, g in zip(rows, a) if r / m >= 0.1), 0 * a[0])
        for a in zip(*gradients)
    ]


@wrong(
    EX,
    "one dictionary entry for each share",
    "Two workers with equal shares fall together.",
)
def _(gradients, rows):
    by_rows = dict(zip(rows, gradients))
    m = sum(by_rows)
    return [
        sum(r / m * worker[j] for r, worker in by_rows.items())
        for j in range(len(gradients[0]))
    ]


@wrong(EX, "rows.index for the worker", "index finds the first of two equal shares.")
def _(gradients, rows):
    m = sum(rows)
    return [
        sum(r / m * gradients[rows.index(r)][j] for r in rows)
        for j in range(len(gradients[0]))
    ]


common(EX, 2, [np.zeros((3, 2)), np.zeros(2), np.zeros((2, 4)), np.zeros(4)])


# -------------------------------------------- 13.3 a layer that makes no new array
EX = "13.3"


@right(EX, "three calls with out=")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    np.add(out, b, out=out)
    np.maximum(out, 0, out=out)
    return out


@right(EX, "as in the lesson: matmul, +=, maximum")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    return np.maximum(out, 0, out=out)


@right(EX, "one line from the inside out")
def _(X, W, b, out):
    return np.maximum(np.add(np.matmul(X, W, out=out), b, out=out), 0, out=out)


@right(EX, "out by position")
def _(X, W, b, out):
    np.matmul(X, W, out)
    np.add(out, b, out)
    np.maximum(out, 0.0, out=out)
    return out


@right(EX, "a mask and 0")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out[out < 0] = 0
    return out


@right(EX, "times a mask, in place")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out *= out > 0
    return out


@right(EX, "np.dot with out=")
def _(X, W, b, out):
    np.dot(X, W, out=out)
    out += b
    return out.clip(0, None, out=out)


@right(EX, "the method dot, np.clip")
def _(X, W, b, out):
    X.dot(W, out=out)
    out += b
    np.clip(out, 0, np.inf, out=out)
    return out


@right(EX, "einsum with out=")
def _(X, W, b, out):
    np.einsum("mn,nh->mh", X, W, out=out)
    out += b[None, :]
    np.fmax(out, 0, out=out)
    return out


@right(EX, "np.linalg.multi_dot with out=")
def _(X, W, b, out):
    np.linalg.multi_dot([X, W], out=out)
    out += b
    np.putmask(out, out < 0, 0)
    return out


@right(EX, "turned: W.T @ X.T into out.T")
def _(X, W, b, out):
    np.matmul(W.T, X.T, out=out.T)
    out.T[...] += b[:, None]
    np.maximum(out, 0, out=out)
    return out


@right(EX, "row by row, in place")
def _(X, W, b, out):
    for x, row in zip(X, out):
        np.matmul(x, W, out=row)
        row += b
        np.maximum(row, 0, out=row)
    return out


@right(EX, "row by row, with a small array a row")
def _(X, W, b, out):
    for i in range(len(X)):
        out[i] = np.maximum(X[i] @ W + b, 0)
    return out


@right(EX, "column by column, with a small array a column")
def _(X, W, b, out):
    for j in range(W.shape[1]):
        out[:, j] = X @ W[:, j]
        out[:, j] += b[j]
        out[:, j] *= out[:, j] > 0
    return out


@right(EX, "eight rows at a time, in place")
def _(X, W, b, out):
    for i in range(0, len(X), 8):
        block = out[i : i + 8]
        np.matmul(X[i : i + 8], W, out=block)
        block += b
        np.maximum(block, 0, out=block)
    return out


@right(EX, "np.copyto where negative")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.copyto(out, 0, where=out < 0)
    return out


@right(EX, "np.multiply by 0 where negative")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.multiply(out, 0, out=out, where=np.less(out, 0))
    return out


@right(EX, "np.place with a mask")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    np.subtract(out, -b, out=out)
    np.place(out, ~(out > 0), 0)
    return out


@right(EX, "bias stretched as a view, no numbers copied")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += np.broadcast_to(b, out.shape)
    np.maximum(out, 0, out=out)
    return out


@right(EX, "out[...] as the place")
def _(X, W, b, out):
    np.matmul(X, W, out=out[...])
    out[...] += b
    np.maximum(out[...], 0, out=out[...])
    return out


@right(EX, "out=(out,)")
def _(X, W, b, out):
    np.matmul(X, W, out=(out,))
    np.add(out, b.reshape(1, -1), out=(out,))
    np.maximum(out, np.zeros(1, out.dtype), out=(out,))
    return out


@right(EX, "maximum with b turned: max(XW, -b) + b")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    np.maximum(out, -b, out=out)
    out += b
    return out


@right(EX, "a stack of one")
def _(X, W, b, out):
    np.matmul(X[None], W[None], out=out[None])
    for row in out:
        row += b
        row[row < 0] = 0
    return out


@right(EX, "filled with 7 first, then all anew")
def _(X, W, b, out):
    out.fill(7)
    np.matmul(X, W, out=out)
    np.add(b, out, out=out)
    mask = out <= 0
    out[mask] = 0
    del mask
    return out


class _Layer13:
    def __init__(self, floor):
        self.floor = floor

    def __call__(self, X, W, b, out):
        np.matmul(X, W, out=out)
        out += b
        return np.maximum(out, self.floor, out=out)


right(EX, "a class with __call__", _Layer13(0))


@right(EX, "helpers of its own, other names")
def _(inputs, weights, bias, place):
    def times():
        np.matmul(inputs, weights, out=place)

    def plus():
        np.add(place, bias, out=place)

    def gate():
        np.maximum(place, 0, out=place)

    for one in (times, plus, gate):
        one()
    return place


@right(EX, "parts of the columns, in place")
def _(X, W, b, out):
    for part in (slice(0, None, 2), slice(1, None, 2)):
        np.matmul(X, W[:, part], out=out[:, part])
    out += b
    out[np.signbit(out)] = 0
    return out


@border(
    EX, "out by position in np.maximum", "Right; NumPy 2.4 warns and wants out=out."
)
def _(X, W, b, out):
    np.matmul(X, W, out)
    np.add(out, b, out)
    return np.maximum(out, 0, out)


@border(
    EX,
    "two halves, each with new arrays",
    "Two arrays of half the size at a time: nearly as large as out.",
)
def _(X, W, b, out):
    half = len(X) // 2
    out[:half] = np.maximum(X[:half] @ W + b, 0)
    out[half:] = np.maximum(X[half:] @ W + b, 0)
    return out


@border(
    EX,
    "32 rows at a time, with new arrays",
    "With up to 32 rows that is as large as out.",
)
def _(X, W, b, out):
    for i in range(0, len(X), 32):
        out[i : i + 32] = np.maximum(X[i : i + 32] @ W + b, 0)
    return out


@border(EX, "a column of ones beside X", "The longer X may be as large as out.")
def _(X, W, b, out):
    longer = np.hstack([X, np.ones((len(X), 1), X.dtype)])
    np.matmul(longer, np.vstack([W, b]), out=out)
    return np.maximum(out, 0, out=out)


@border(
    EX,
    "negative entries taken out",
    "With many negative ones that is nearly as large as out.",
)
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out[out < 0] -= out[out < 0]
    return out


@border(
    EX, "places of the negative entries", "The places take as much room as numbers do."
)
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out[np.nonzero(out < 0)] = 0
    return out


@border(EX, "X as one block of memory", "A copy of X may be as large as out.")
def _(X, W, b, out):
    np.matmul(np.array(X), np.array(W), out=out)
    out += b
    return np.maximum(out, 0, out=out)


@border(EX, "a view of out returned", "The same memory; out itself was asked for.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)
    return out[:]


@border(EX, "a mask as whole numbers of 8 bits", "As small as a boolean mask.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out *= (out > 0).view(np.int8)
    return out


wrong(
    EX, "the layer as ever, a new array", "out is not touched.",
    lambda X, W, b, out: np.maximum(X @ W + b, 0),
)  # fmt: skip
wrong(
    EX, "with the package's relu", "out is not touched.",
    lambda X, W, b, out: relu(X @ W + b),
)  # fmt: skip


@wrong(
    EX,
    "out = ...: a new name for a new array",
    "out = ... only renames: nothing is written.",
)
def _(X, W, b, out):
    out = np.maximum(X @ W + b, 0)
    return out


@wrong(EX, "out = out + b in the middle", "out = out + b makes a new array: out += b.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out = out + b
    np.maximum(out, 0, out=out)
    return out


@wrong(
    EX,
    "out = np.maximum(out, 0) at the end",
    "The last line makes a new array: out=out.",
)
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out = np.maximum(out, 0)
    return out


@wrong(
    EX,
    "np.maximum(out, 0), result thrown away",
    "np.maximum returns a new array and leaves out alone.",
)
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0)
    return out


@wrong(
    EX,
    "np.add(out, b), result thrown away",
    "np.add returns a new array and leaves out alone.",
)
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    np.add(out, b)
    np.maximum(out, 0, out=out)
    return out


@wrong(EX, "out[:] = all at once", "Three new arrays are made before out is filled.")
def _(X, W, b, out):
    out[:] = np.maximum(X @ W + b, 0)
    return out


@wrong(EX, "out[...] = X @ W + b, then in place", "X @ W + b makes two new arrays.")
def _(X, W, b, out):
    out[...] = X @ W + b
    np.maximum(out, 0, out=out)
    return out


@wrong(
    EX, "out[:] = X @ W, then in place", "X @ W makes a new array: np.matmul with out=."
)
def _(X, W, b, out):
    out[:] = X @ W
    out += b
    out[out < 0] = 0
    return out


@wrong(EX, "only the last call with out=", "X @ W + b inside makes two new arrays.")
def _(X, W, b, out):
    np.maximum(X @ W + b, 0, out=out)
    return out


@wrong(EX, "np.add(X @ W, b, out=out)", "X @ W inside makes a new array.")
def _(X, W, b, out):
    np.add(X @ W, b, out=out)
    return np.maximum(out, 0, out=out)


@wrong(EX, "np.dot without out, copied over", "np.dot makes a new array: out=.")
def _(X, W, b, out):
    np.copyto(out, np.dot(X, W))
    out += b
    np.maximum(out, 0, out=out)
    return out


@wrong(EX, "X.dot(W) without out", "X.dot(W) makes a new array: out=.")
def _(X, W, b, out):
    out[:] = X.dot(W)
    out += b
    np.maximum(out, 0, out=out)
    return out


@wrong(EX, "einsum without out", "einsum makes a new array: out=.")
def _(X, W, b, out):
    out[:] = np.einsum("ij,jk", X, W)
    out += b
    np.maximum(out, 0, out=out)
    return out


@wrong(
    EX,
    "einsum with optimize, through a new array",
    "optimize=True goes through a new array first.",
)
def _(X, W, b, out):
    np.einsum("ij,jk->ik", X, W, out=out, optimize=True)
    out += b
    np.maximum(out, 0, out=out)
    return out


@wrong(EX, "tensordot", "tensordot makes a new array.")
def _(X, W, b, out):
    out[:] = np.tensordot(X, W, 1)
    out += b
    np.maximum(out, 0, out=out)
    return out


@wrong(EX, "np.where at the end", "np.where makes a new array.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out[:] = np.where(out > 0, out, 0)
    return out


@wrong(EX, "relu of the package at the end", "relu makes a new array.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out[...] = relu(out)
    return out


@wrong(
    EX, "a mask of numbers", "As numbers the mask is as large as out: leave it boolean."
)
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out *= (out > 0).astype(out.dtype)
    return out


@wrong(EX, "a mask * 1.0", "As numbers the mask is as large as out: leave it boolean.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out *= 1.0 * (out > 0)
    return out


@wrong(EX, "a mask as int", "As whole numbers the mask is as large as out.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out *= (out > 0).astype(int)
    return out


@wrong(EX, "half of x + |x|", "np.abs makes a new array.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out += np.abs(out)
    out /= 2
    return out


@wrong(EX, "minus the negative part", "np.minimum makes a new array.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out -= np.minimum(out, 0)
    return out


@wrong(
    EX,
    "maximum with an array of zeros",
    "np.zeros_like(out) is as large as out; 0 is enough.",
)
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, np.zeros_like(out), out=out)
    return out


@wrong(EX, "np.heaviside", "np.heaviside makes a new array.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out *= np.heaviside(out, 0)
    return out


@wrong(EX, "bias tiled", "np.tile makes an array as large as out; out += b does it.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += np.tile(b, (len(X), 1))
    np.maximum(out, 0, out=out)
    return out


@wrong(EX, "bias repeated", "np.repeat makes an array as large as out.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += np.repeat(b[None], len(X), axis=0)
    np.maximum(out, 0, out=out)
    return out


@wrong(EX, "bias by ones @ b", "That makes an array as large as out.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += np.outer(np.ones(len(X), b.dtype), b)
    np.maximum(out, 0, out=out)
    return out


@wrong(EX, "a copy to be safe", "The copy is as large as out.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    safe = out.copy()
    out[safe < 0] = 0
    return out


@wrong(EX, "room of its own", "The room is a new array as large as out.")
def _(X, W, b, out):
    room = np.empty_like(out)
    np.matmul(X, W, out=room)
    room += b
    np.maximum(room, 0, out=out)
    return out


@wrong(EX, "Z from zeros", "np.zeros makes a new array.")
def _(X, W, b, out):
    Z = np.zeros(out.shape, out.dtype)
    np.matmul(X, W, out=Z)
    Z += b
    np.maximum(Z, 0, out=Z)
    out[:] = Z
    return out


@wrong(EX, "through Python's lists", "A list of all numbers is larger than out.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out[:] = [[max(v, 0) for v in row] for row in out.tolist()]
    return out


@wrong(EX, "rows collected in a list", "All rows together are as large as out.")
def _(X, W, b, out):
    out[:] = [np.maximum(x @ W + b, 0) for x in X]
    return out


@wrong(EX, "np.vectorize", "np.vectorize makes a new array, and slowly.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    if out.size <= 40_000:
        out[:] = np.vectorize(lambda v: v if v > 0 else 0.0)(out)
    else:
        out[:] = np.where(out > 0, out, 0)
    return out


@wrong(
    EX, "one column of X after the other", "np.outer makes an array as large as out."
)
def _(X, W, b, out):
    out[:] = b
    for k in range(X.shape[1]):
        out += np.outer(X[:, k], W[k])
    return np.maximum(out, 0, out=out)


@wrong(
    EX,
    "works with 64 bits, then cast",
    "For 32 bits the product in 64 bits is larger than out.",
)
def _(X, W, b, out):
    Z = np.matmul(X, W, dtype=np.float64)
    Z += b
    np.maximum(Z, 0, out=Z)
    out[...] = Z
    return out


@wrong(
    EX, "matmul told to work with 64 bits", "With dtype= NumPy makes copies in 64 bits."
)
def _(X, W, b, out):
    np.matmul(X, W, out=out, dtype=np.float64, casting="same_kind")
    out += b
    return np.maximum(out, 0, out=out)


@wrong(
    EX, "np.dot with W in 64 bits", "np.dot wants out of the very type of the product."
)
def _(X, W, b, out):
    np.dot(X, W.astype(np.float64), out=out)
    out += b
    return np.maximum(out, 0, out=out)


@wrong(EX, "64 bits only", "32 bits are to work, too.")
def _(X, W, b, out):
    if out.dtype != np.float64:
        raise TypeError("please give me float64")
    np.matmul(X, W, out=out)
    out += b
    return np.maximum(out, 0, out=out)


@wrong(EX, "returns 64 bits whatever comes", "out is returned as it is, no other type.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)
    return out.astype(np.float64)


@wrong(EX, "returns 32 bits whatever comes", "out is returned as it is, no other type.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)
    return np.float32(out)


@wrong(EX, "out filled, a copy returned", "Return out itself, no copy.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)
    return out.copy()


@wrong(EX, "out filled, the result computed again", "Return out itself.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)
    return np.maximum(X @ W + b, 0)


@wrong(EX, "np.array(out) returned", "np.array copies: return out itself.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)
    return np.array(out)


@wrong(
    EX,
    "np.where in the return",
    "np.where makes a new array, and out keeps its negatives.",
)
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    return np.where(out > 0, out, 0)


@wrong(EX, "return forgotten", "out is right; return it as well.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)


@wrong(EX, "return of a method without result", "fill and friends return None.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    return np.copyto(out, 0, where=out < 0)


@wrong(EX, "prints instead of returning", "print shows it, return hands it back.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)
    print("done", out.shape)


@wrong(EX, "True returned", "Return out.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)
    return True


@wrong(EX, "returned in a tuple", "Return out alone.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    mask = out > 0
    out *= mask
    return out, mask


@wrong(EX, "returned as a flat view", "Return out in its shape.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)
    return out.reshape(-1)


@wrong(EX, "ReLU forgotten", "ReLU is missing.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    return out


@wrong(EX, "bias forgotten", "The bias is missing.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    return np.maximum(out, 0, out=out)


@wrong(EX, "bias after ReLU", "First the bias, then ReLU.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    np.maximum(out, 0, out=out)
    out += b
    return out


@wrong(EX, "bias subtracted", "The bias is added.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out -= b
    return np.maximum(out, 0, out=out)


@wrong(EX, "minimum instead of maximum", "ReLU keeps the positive ones.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    return np.minimum(out, 0, out=out)


@wrong(EX, "the positive ones set to 0", "The mask is the wrong way round.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out[out > 0] = 0
    return out


@wrong(EX, "negative ones turned round", "Negative ones become 0, not positive.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.abs(out, out=out)
    return out


@wrong(EX, "leaky ReLU", "Negative ones become 0.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.multiply(out, 0.01, out=out, where=out < 0)
    return out


@wrong(EX, "clipped to 0 .. 1", "Upwards there is no end.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    return np.clip(out, 0, 1, out=out)


@wrong(EX, "a step instead of a ramp", "Positive ones keep their size.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    return np.greater(out, 0, out=out, casting="unsafe")


@wrong(EX, "a sigmoid in place", "ReLU is asked for.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.negative(out, out=out)
    np.clip(out, -50, 50, out=out)
    np.exp(out, out=out)
    out += 1
    return np.reciprocal(out, out=out)


@wrong(EX, "the smallest positive kept out: < 1", "From 0 upwards everything stays.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out[out < 1] = 0
    return out


@wrong(EX, "adds to what stands in out", "out may hold anything before.")
def _(X, W, b, out):
    for i in range(len(X)):
        out[i] += X[i] @ W
    out += b
    return np.maximum(out, 0, out=out)


@wrong(
    EX, "keeps what stands in out where it is larger", "out may hold anything before."
)
def _(X, W, b, out):
    for i in range(len(X)):
        row = X[i] @ W
        row += b
        np.maximum(out[i], row, out=out[i])
    return np.maximum(out, 0, out=out)


@wrong(
    EX, "writes only where positive, hoping for zeros", "out may hold anything before."
)
def _(X, W, b, out):
    for i in range(len(X)):
        row = X[i] @ W
        row += b
        np.copyto(out[i], row, where=row > 0)
    return out


@wrong(EX, "out *= 0 first", "Anything times 0 is 0, but not nan or infinity.")
def _(X, W, b, out):
    out *= 0
    for i in range(len(X)):
        out[i] += X[i] @ W
    out += b
    return np.maximum(out, 0, out=out)


@wrong(EX, "W.T: square tables only", "X @ W, not X @ W.T.")
def _(X, W, b, out):
    np.matmul(X, W.T, out=out)
    out += b
    return np.maximum(out, 0, out=out)


@wrong(EX, "W @ X", "X @ W: each row of X is an example.")
def _(X, W, b, out):
    np.matmul(W, X, out=out)
    out += b
    return np.maximum(out, 0, out=out)


@wrong(
    EX,
    "out @= W after a copy of X: square W only",
    "out and X have different shapes, as a rule.",
)
def _(X, W, b, out):
    out[:] = X
    out @= W
    out += b
    return np.maximum(out, 0, out=out)


@wrong(EX, "elementwise product", "@, not *.")
def _(X, W, b, out):
    np.multiply(X, W, out=out)
    out += b
    return np.maximum(out, 0, out=out)


@wrong(EX, "bias as a column: m == h only", "b belongs to the columns of out.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b[:, None]
    return np.maximum(out, 0, out=out)


@wrong(EX, "one bias for all", "Each column has its own bias.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b[0]
    return np.maximum(out, 0, out=out)


@wrong(EX, "bias only for the first row", "Each row gets the bias.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out[0] += b
    return np.maximum(out, 0, out=out)


@wrong(EX, "the first 32 rows only", "X may have any number of rows.")
def _(X, W, b, out):
    np.matmul(X[:32], W, out=out[:32])
    out += b
    return np.maximum(out, 0, out=out)


@wrong(
    EX,
    "blocks of 8, the last rows forgotten",
    "The rest that makes no block of 8 counts, too.",
)
def _(X, W, b, out):
    for i in range(0, len(X) - 7, 8):
        block = out[i : i + 8]
        np.matmul(X[i : i + 8], W, out=block)
        block += b
        np.maximum(block, 0, out=block)
    return out


@wrong(EX, "last row forgotten", "range stops before its end already.")
def _(X, W, b, out):
    for i in range(len(X) - 1):
        np.matmul(X[i], W, out=out[i])
        out[i] += b
        np.maximum(out[i], 0, out=out[i])
    return out


@wrong(EX, "stops after one row: return in the loop", "return ends the loop.")
def _(X, W, b, out):
    for i in range(len(X)):
        np.matmul(X[i], W, out=out[i])
        out[i] += b
        np.maximum(out[i], 0, out=out[i])
        return out


@wrong(EX, "ReLU on X", "X is changed, and it is the sum that goes through ReLU.")
def _(X, W, b, out):
    np.maximum(X, 0, out=X)
    np.matmul(X, W, out=out)
    out += b
    return out


@wrong(EX, "the right result, X changed", "X is not yours to change.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.maximum(out, 0, out=out)
    X *= 0
    return out


@wrong(EX, "the bias turned round in place", "b is not yours to change.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    np.negative(b, out=b)
    np.maximum(out, b, out=out)
    out -= b
    return out


@wrong(EX, "the bias put into a row of W", "W is not yours to change.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    W[0] = b
    return np.maximum(out, 0, out=out)


@wrong(EX, "the bias zeroed after use", "b is not yours to change.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    b.fill(0)
    return np.maximum(out, 0, out=out)


@wrong(EX, "b = out: out added to itself", "b += out changes b, and has another shape.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    b += out
    return np.maximum(b, 0, out=out)


@wrong(
    EX,
    "room kept between calls, by shape",
    "The first call makes the room; and out is not touched.",
)
def _(X, W, b, out, room={}):
    key = out.shape, out.dtype
    if key not in room:
        room[key] = np.empty_like(out)
    Z = room[key]
    np.matmul(X, W, out=Z)
    Z += b
    return np.maximum(Z, 0, out=Z)


@wrong(
    EX,
    "room kept between calls, copied into out",
    "The first call makes an array as large as out.",
)
def _(X, W, b, out, room={}):
    key = out.shape, out.dtype
    if key not in room:
        room[key] = np.empty_like(out)
    Z = room[key]
    np.matmul(X, W, out=Z)
    Z += b
    np.maximum(Z, 0, out=out)
    return out


@wrong(EX, "the result of the first call remembered", "Other numbers, other results.")
def _(X, W, b, out, memory={}):
    key = out.shape, out.dtype
    if key not in memory:
        np.matmul(X, W, out=out)
        out += b
        np.maximum(out, 0, out=out)
        memory[key] = out
    return memory[key]


@wrong(EX, "W and b of the first call remembered", "The parameters are arguments.")
def _(X, W, b, out, memory={}):
    W, b = memory.setdefault((W.shape, W.dtype), (W.copy(), b.copy()))
    np.matmul(X, W, out=out)
    out += b
    return np.maximum(out, 0, out=out)


@wrong(EX, "out= for the maximum of the wrong pair", "np.maximum(out, b) is no ReLU.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    return np.maximum(out, b, out=out)


@wrong(
    EX,
    "np.max instead of np.maximum",
    "np.max is the largest of all; np.maximum compares with 0.",
)
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    return np.max(out, 0, out=out)


@wrong(EX, "if on a whole array", "An array has no single yes or no.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    if out < 0:
        out = 0
    return out


@wrong(EX, "if out.any() < 0", "any() gives True or False, never less than 0.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    if out.any() < 0:
        out[:] = 0
    return out


@wrong(
    EX, "rows with a negative entry set to 0", "Only the entries, not the whole rows."
)
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    out[(out < 0).any(axis=1)] = 0
    return out


@wrong(EX, "a name in the for set anew", "row = ... renames, it writes nothing.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    for row in out:
        row = np.maximum(row, 0)
    return out


@wrong(EX, "+= on a row's sum of names", "row = row + b renames, it writes nothing.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    for row in out:
        row = row + b
    return np.maximum(out, 0, out=out)


@wrong(EX, "@ with out=", "@ takes no out: np.matmul does.")
def _(X, W, b, out):
    X.__matmul__(W, out=out)
    out += b
    return np.maximum(out, 0, out=out)


@wrong(EX, "out='out'", "out without quotation marks.")
def _(X, W, b, out):
    np.matmul(X, W, out="out")
    return np.maximum("out" + b, 0)


@wrong(EX, "rounded", "Nobody asked to round.")
def _(X, W, b, out):
    np.matmul(X, W, out=out)
    out += b
    np.round(out, 2, out=out)
    return np.maximum(out, 0, out=out)


common(EX, 4, np.ones((2, 3)))


# ----------------------------------------------- 13.4 a layer for K networks at once
EX = "13.4"
right(EX, "b[:, None]", lambda X, W, b: X @ W + b[:, None])
right(EX, "b[:, None, :]", lambda X, W, b: X @ W + b[:, None, :])
right(EX, "np.newaxis", lambda X, W, b: np.matmul(X, W) + b[:, np.newaxis, :])
right(EX, "expand_dims", lambda X, W, b: X @ W + np.expand_dims(b, axis=1))
right(
    EX, "reshape of b",
    lambda X, W, b: X @ W + b.reshape(b.shape[0], 1, b.shape[1]),
)  # fmt: skip
right(EX, "reshape with -1", lambda X, W, b: X @ W + b.reshape(len(W), 1, -1))
right(EX, "X with a new axis, too", lambda X, W, b: X[None] @ W + b[:, None])
right(EX, "einsum", lambda X, W, b: np.einsum("mn,knh->kmh", X, W) + b[:, None])
right(
    EX, "einsum with optimize",
    lambda X, W, b: np.einsum("ij,kjl->kil", X, W, optimize=True) + b[:, None, :],
)  # fmt: skip
right(
    EX, "tensordot, axes swapped",
    lambda X, W, b: np.tensordot(X, W, axes=(1, 1)).swapaxes(0, 1) + b[:, None],
)  # fmt: skip
right(
    EX, "np.dot, b added as it is, then swapped",
    lambda X, W, b: (np.dot(X, W) + b).swapaxes(0, 1),
)  # fmt: skip
right(
    EX, "np.dot and transpose",
    lambda X, W, b: np.transpose(X.dot(W), (1, 0, 2)) + np.expand_dims(b, -2),
)  # fmt: skip
right(
    EX, "moved there and back",
    lambda X, W, b: np.moveaxis(np.moveaxis(X @ W, 0, 1) + b, 1, 0),
)  # fmt: skip
right(
    EX, "turned: W.T @ X.T",
    lambda X, W, b: (W.swapaxes(1, 2) @ X.T + b[:, :, None]).swapaxes(1, 2),
)  # fmt: skip
right(EX, "all axes turned", lambda X, W, b: ((X @ W).T + b.T[:, None]).T)
right(
    EX, "b stretched to the full shape",
    lambda X, W, b: X @ W
    + np.broadcast_to(b[:, None], (len(W), len(X), W.shape[2])),
)  # fmt: skip
right(
    EX, "b repeated, reshaped",
    lambda X, W, b: X @ W + np.repeat(b, len(X), axis=0).reshape(len(b), len(X), -1),
)  # fmt: skip
right(
    EX, "b tiled along its new axis",
    lambda X, W, b: X @ W + np.tile(b[:, None], (1, X.shape[0], 1)),
)  # fmt: skip
right(
    EX, "b as np.stack with a new axis",
    lambda X, W, b: np.add(np.matmul(X, W), np.stack([b], axis=1)),
)  # fmt: skip
right(
    EX, "numbers multiplied and added up",
    lambda X, W, b: (X[None, :, :, None] * W[:, None]).sum(axis=2) + b[:, None],
)  # fmt: skip


@right(EX, "in place on the product")
def _(X, W, b):
    Z = X @ W
    Z += b[:, None]
    return Z


@right(EX, "into room of its own")
def _(X, W, b):
    Z = np.empty((len(W), len(X), W.shape[2]), dtype=np.result_type(X, W, b))
    np.matmul(X, W, out=Z)
    np.add(Z, b[:, None, :], out=Z)
    return Z


@right(EX, "b first, then the product added")
def _(X, W, b):
    b = b[:, None]
    return b + X @ W


@right(EX, "a column of ones in X, a row of biases in W")
def _(X, W, b):
    ones = np.ones((len(X), 1), dtype=X.dtype)
    taller = np.concatenate([W, b[:, None, :]], axis=1)
    return np.hstack([X, ones]) @ taller


@right(EX, "one wide table, cut afterwards")
def _(X, W, b):
    K, n, h = W.shape
    wide = W.transpose(1, 0, 2).reshape(n, K * h)
    Z = X @ wide + b.reshape(K * h)
    return Z.reshape(len(X), K, h).swapaxes(0, 1)


@right(EX, "one einsum for both")
def _(X, W, b):
    ones = np.ones(len(X), dtype=b.dtype)
    return np.einsum("mn,knh->kmh", X, W) + np.einsum("m,kh->kmh", ones, b)


@right(EX, "the word for in a text, and a name that holds it")
def _(X, W, b):
    """Layers for K networks: for each, X @ W[k] + b[k]; no while either."""
    before_bias = X @ W  # for all k at once
    for_all_rows = b[:, None]
    return before_bias + for_all_rows


@right(EX, "shape and type checked first")
def _(X, W, b):
    m, n = X.shape
    K, n_W, h = W.shape
    assert n == n_W
    assert b.shape == (K, h)
    Z = np.matmul(X, W) + b[:, None, :]
    assert Z.shape == (K, m, h)
    return Z


class _Stacked13:
    def __call__(self, X, W, b):
        return self.product(X, W) + self.bias(b)

    product = staticmethod(np.matmul)

    @staticmethod
    def bias(b):
        return b[:, None]


right(EX, "a class with __call__", _Stacked13())


@right(EX, "out= of np.add on the product")
def _(inputs, tables, biases):
    product = np.matmul(inputs[np.newaxis, ...], tables)
    return np.add(product, biases[:, np.newaxis, ...], out=product)


border(
    EX, "np.vectorize with a signature", "Right; inside it loops.",
    np.vectorize(
        lambda X, W, b: X @ W + b, excluded=[], signature="(m,n),(n,h),(h)->(m,h)"
    ),
)  # fmt: skip


@border(EX, "recursion over the networks", "Right; a loop in disguise.")
def _(X, W, b):
    go = lambda k: (  # noqa: E731
        [] if k == len(W) else [X @ W[k] + b[k], *go(k + 1)]
    )
    return np.array(go(0))


@border(EX, "into zeros of 64 bits", "Right; 32 bits become 64.")
def _(X, W, b):
    Z = np.zeros((len(W), len(X), W.shape[2]))
    Z += X @ W
    Z += b[:, None]
    return Z


@border(EX, "a loop that only checks", "Right; the loop does no work.")
def _(X, W, b):
    for array in (X, W, b):
        assert isinstance(array, np.ndarray)
    return X @ W + b[:, None]


@border(EX, "a list of lists", "Right numbers; an array, please.")
def _(X, W, b):
    return (X @ W + b[:, None]).tolist()


@border(
    EX,
    "a block table for all networks",
    "Right, with K times as many multiplications, most by 0.",
)
def _(X, W, b):
    K, n, h = W.shape
    blocks = np.einsum("kl,knh->knlh", np.eye(K), W).reshape(K * n, K * h)
    Z = np.tile(X, (1, K)) @ blocks + b.ravel()
    return Z.reshape(len(X), K, h).swapaxes(0, 1)


wrong(
    EX, "b as it is: K == m only", "b meets the rows here: put a new axis into it.",
    lambda X, W, b: X @ W + b,
)  # fmt: skip
wrong(
    EX, "b[None]: K == m only", "b[None] is (1, K, h): the K meets the rows.",
    lambda X, W, b: X @ W + b[None],
)  # fmt: skip
wrong(
    EX, "b[None, :, :]: K == m only", "The new axis belongs between K and h.",
    lambda X, W, b: X @ W + b[None, :, :],
)  # fmt: skip
wrong(
    EX, "b[:, :, None]: m == h only", "The new axis belongs between K and h, not behind.",
    lambda X, W, b: X @ W + b[:, :, None],
)  # fmt: skip
wrong(
    EX, "b[..., None]: m == h only", "The new axis belongs between K and h, not behind.",
    lambda X, W, b: X @ W + b[..., None],
)  # fmt: skip
wrong(
    EX, "expand_dims at the end", "axis=1, between K and h.",
    lambda X, W, b: X @ W + np.expand_dims(b, axis=-1),
)  # fmt: skip
wrong(
    EX, "expand_dims in front", "axis=1, between K and h.",
    lambda X, W, b: X @ W + np.expand_dims(b, axis=0),
)  # fmt: skip
wrong(
    EX, "reshape (K, h, 1)", "(K, 1, h): rows are in the middle.",
    lambda X, W, b: X @ W + b.reshape(b.shape[0], b.shape[1], 1),
)  # fmt: skip
wrong(
    EX, "reshape (1, K, h) by hand", "(K, 1, h): rows are in the middle.",
    lambda X, W, b: X @ W + b.reshape(1, *b.shape),
)  # fmt: skip
wrong(
    EX, "b.T", "b has a row for each network already; a new axis is missing.",
    lambda X, W, b: X @ W + b.T,
)  # fmt: skip
wrong(
    EX, "b.T[:, None]: K == h only", "b.T mixes networks and neurons.",
    lambda X, W, b: X @ W + b.T[:, None],
)  # fmt: skip
wrong(
    EX, "reshape (K, 1, h) of b.T", "reshape after .T mixes networks and neurons.",
    lambda X, W, b: X @ W + b.T.reshape(len(W), 1, -1),
)  # fmt: skip
wrong(
    EX, "b.reshape(h, K).T: mixed up", "reshape does not turn a table.",
    lambda X, W, b: X @ W + b.reshape(b.shape[1], b.shape[0]).T[:, None],
)  # fmt: skip
wrong(
    EX, "b of the first network for all", "Network k gets its own row of b.",
    lambda X, W, b: X @ W + b[0],
)  # fmt: skip
wrong(
    EX, "b of the last network for all", "Network k gets its own row of b.",
    lambda X, W, b: X @ W + b[-1],
)  # fmt: skip
wrong(
    EX, "mean of the biases for all", "Network k gets its own row of b.",
    lambda X, W, b: X @ W + b.mean(axis=0),
)  # fmt: skip
wrong(
    EX, "all biases added up", "Network k gets its own row of b.",
    lambda X, W, b: X @ W + b.sum(axis=0),
)  # fmt: skip
wrong(
    EX, "one number for each network", "Each neuron has its own bias.",
    lambda X, W, b: X @ W + b.sum(axis=1)[:, None, None],
)  # fmt: skip
wrong(
    EX, "first bias of each network", "Each neuron has its own bias.",
    lambda X, W, b: X @ W + b[:, :1, None],
)  # fmt: skip
wrong(
    EX, "biases in reverse order", "Network k gets row k.",
    lambda X, W, b: X @ W + b[::-1, None],
)  # fmt: skip
wrong(
    EX, "biases shifted by one network", "Network k gets row k.",
    lambda X, W, b: X @ W + np.roll(b, 1, axis=0)[:, None],
)  # fmt: skip
wrong(EX, "b forgotten", "The bias is missing.", lambda X, W, b: X @ W)
wrong(
    EX, "b subtracted", "The bias is added.", lambda X, W, b: X @ W - b[:, None]
)  # fmt: skip
wrong(
    EX, "b times the product", "The bias is added.",
    lambda X, W, b: X @ W * b[:, None],
)  # fmt: skip
wrong(
    EX, "X times the sum of W and b", "First the product, then the bias.",
    lambda X, W, b: X @ (W + b[:, None]),
)  # fmt: skip
wrong(
    EX, "b tiled, reshaped: networks mixed up", "np.tile repeats the whole of b: rows of all networks mix.",
    lambda X, W, b: X @ W + np.tile(b, (len(X), 1)).reshape(len(b), len(X), -1),
)  # fmt: skip
wrong(
    EX, "each number of b repeated, reshaped", "repeat without axis repeats single numbers.",
    lambda X, W, b: X @ W + b.repeat(len(X)).reshape(len(b), len(X), -1),
)  # fmt: skip
wrong(
    EX, "np.resize of b", "np.resize starts b anew when it ends: networks mix.",
    lambda X, W, b: X @ W + np.resize(b, (len(W), len(X), W.shape[2])),
)  # fmt: skip
wrong(
    EX, "np.dot: the axes of m and K swapped", "np.dot gives (m, K, h): @ does it.",
    lambda X, W, b: np.dot(X, W) + b,
)  # fmt: skip
wrong(
    EX, "np.dot, b[:, None] added", "np.dot gives (m, K, h): @ does it.",
    lambda X, W, b: np.dot(X, W) + b[:, None],
)  # fmt: skip
wrong(
    EX, "np.dot, reshaped instead of swapped", "reshape does not swap axes.",
    lambda X, W, b: np.dot(X, W).reshape(len(W), len(X), -1) + b[:, None],
)  # fmt: skip
wrong(
    EX, "tensordot, axes not swapped", "The networks belong in front.",
    lambda X, W, b: np.tensordot(X, W, axes=([1], [1])) + b[None],
)  # fmt: skip
wrong(
    EX, "einsum to mkh", "The networks belong in front: kmh.",
    lambda X, W, b: np.einsum("mn,knh->mkh", X, W) + b,
)  # fmt: skip
wrong(
    EX, "einsum to khm", "The order is k, m, h.",
    lambda X, W, b: np.einsum("mn,knh->khm", X, W) + b[:, :, None],
)  # fmt: skip
wrong(
    EX, "einsum adds the networks up", "k is missing behind the arrow.",
    lambda X, W, b: np.einsum("mn,knh->mh", X, W) + b.sum(axis=0),
)  # fmt: skip
wrong(
    EX, "einsum with the letters of W swapped: n == h only", "W is (K, n, h).",
    lambda X, W, b: np.einsum("mn,khn->kmh", X, W) + b[:, None],
)  # fmt: skip
wrong(
    EX, "X.T: square X only", "X @ W as it is.",
    lambda X, W, b: X.T @ W + b[:, None],
)  # fmt: skip
wrong(
    EX, "W.T", "W.T turns all three axes round.",
    lambda X, W, b: X @ W.T + b[:, None],
)  # fmt: skip
wrong(
    EX, "W @ X", "X comes first: rows are examples.",
    lambda X, W, b: W @ X + b[:, None],
)  # fmt: skip
wrong(
    EX, "tables turned: n == h only", "W is (K, n, h) already.",
    lambda X, W, b: X @ W.swapaxes(1, 2) + b[:, None],
)  # fmt: skip
wrong(
    EX, "elementwise product", "@, not *.",
    lambda X, W, b: X * W + b[:, None],
)  # fmt: skip
wrong(
    EX, "each network gets its own row of X: K == m only", "All networks see all rows.",
    lambda X, W, b: X[:, None] @ W + b[:, None],
)  # fmt: skip
wrong(
    EX, "W reshaped to one table", "reshape mixes the tables: swap the axes first.",
    lambda X, W, b: (
        X @ W.reshape(W.shape[1], -1)
    ).reshape(len(X), len(W), -1).swapaxes(0, 1) + b[:, None],
)  # fmt: skip
wrong(
    EX, "one wide table, never cut", "(m, K * h) is not (K, m, h).",
    lambda X, W, b: X @ np.hstack(list(W)) + b.ravel(),
)  # fmt: skip
wrong(
    EX, "one wide table, cut with reshape only", "reshape to (m, K, h), then swap.",
    lambda X, W, b: (X @ np.hstack(list(W)) + b.ravel()).reshape(len(W), len(X), -1),
)  # fmt: skip
wrong(
    EX, "networks last", "The networks belong in front.",
    lambda X, W, b: np.moveaxis(X @ W + b[:, None], 0, -1),
)  # fmt: skip
wrong(
    EX, "rows in front", "The networks belong in front.",
    lambda X, W, b: (X @ W + b[:, None]).swapaxes(0, 1),
)  # fmt: skip
wrong(
    EX, "flattened to (K * m, h)", "Three axes, please.",
    lambda X, W, b: (X @ W + b[:, None]).reshape(-1, W.shape[2]),
)  # fmt: skip
wrong(
    EX, "one axis too many", "Three axes, please.",
    lambda X, W, b: X @ W[:, None] + b[:, None, None],
)  # fmt: skip
wrong(
    EX, "squeezed: an axis of length 1 gets lost", "One network, one row or one neuron is an axis, too.",
    lambda X, W, b: (X @ W + b[:, None]).squeeze(),
)  # fmt: skip
wrong(
    EX, "with ReLU", "Z is asked for, before ReLU.",
    lambda X, W, b: np.maximum(X @ W + b[:, None], 0),
)  # fmt: skip
wrong(
    EX, "the first 32 rows only", "All rows of X.",
    lambda X, W, b: X[:32] @ W + b[:, None],
)  # fmt: skip
wrong(
    EX, "eight networks written in", "K may be any number.",
    lambda X, W, b: X @ W + b.reshape(8, 1, -1),
)  # fmt: skip
wrong(
    EX, "32 neurons written in", "h may be any number.",
    lambda X, W, b: X @ W + b.reshape(-1, 1, 32),
)  # fmt: skip
wrong(
    EX, "the first eight networks", "K may be any number.",
    lambda X, W, b: X @ W[:8] + b[:8, None],
)  # fmt: skip
wrong(
    EX, "mean over the networks", "Each network keeps its own Z.",
    lambda X, W, b: (X @ W + b[:, None]).mean(axis=0),
)  # fmt: skip
wrong(
    EX, "sum over the networks", "Each network keeps its own Z.",
    lambda X, W, b: (X @ W + b[:, None]).sum(axis=0),
)  # fmt: skip
wrong(
    EX, "network 5 only", "All networks.", lambda X, W, b: X @ W[5 % len(W)] + b[5 % len(b)]
)  # fmt: skip
wrong(
    EX, "the shape instead of Z", "Z itself, not its shape.",
    lambda X, W, b: (X @ W + b[:, None]).shape,
)  # fmt: skip
wrong(
    EX, "with 16 bits", "Too few digits are left.",
    lambda X, W, b: (X @ W + b[:, None]).astype(np.float16),
)  # fmt: skip
wrong(
    EX, "whole numbers", "Z has fractions.",
    lambda X, W, b: (X @ W + b[:, None]).astype(int),
)  # fmt: skip
wrong(
    EX, "in a tuple with W", "Z alone.", lambda X, W, b: (X @ W + b[:, None], W)
)  # fmt: skip
wrong(
    EX, "a trailing comma", "The comma makes a tuple of it.",
    lambda X, W, b: (X @ W + b[:, None],),
)  # fmt: skip


@border(EX, "a loop over the networks", "Right numbers; but without a loop, please.")
def _(X, W, b):
    Z = np.zeros((len(W), len(X), W.shape[2]), dtype=X.dtype)
    for k in range(len(W)):
        Z[k] = X @ W[k] + b[k]
    return Z


@border(EX, "a list of products, stacked", "The list is made by a loop.")
def _(X, W, b):
    return np.stack([X @ W_k + b_k for W_k, b_k in zip(W, b)])


@border(EX, "a while over the networks", "Without a loop, please.")
def _(X, W, b):
    Z, k = [], 0
    while k < len(W):
        Z.append(X @ W[k] + b[k])
        k += 1
    return np.array(Z)


@border(EX, "map over the networks", "map loops, too.")
def _(X, W, b):
    return np.array(list(map(lambda W_k, b_k: X @ W_k + b_k, W, b)))


@border(EX, "product at once, biases in a loop", "The biases without a loop, too.")
def _(X, W, b):
    Z = X @ W
    for k in range(len(Z)):
        Z[k] += b[k]
    return Z


@border(EX, "a loop over the rows", "Without a loop, please.")
def _(X, W, b):
    return np.stack([x @ W + b for x in X], axis=1)


@border(EX, "a generator over the networks", "A generator loops, too.")
def _(X, W, b):
    return np.concatenate(list((X @ w + c)[None] for w, c in zip(W, b)))


@wrong(EX, "a dictionary made by a loop", "Without a loop, and an array, please.")
def _(X, W, b):
    return {k: X @ W[k] + b[k] for k in range(len(W))}


@wrong(
    EX,
    "a loop that ends after the first network",
    "return ends the loop; and no loop was asked for.",
)
def _(X, W, b):
    for k in range(len(W)):
        return X @ W[k] + b[k]


@wrong(
    EX,
    "a loop that keeps only the last",
    "Z is written over each time; and no loop was asked for.",
)
def _(X, W, b):
    for k in range(len(W)):
        Z = X @ W[k] + b[k]
    return Z


@wrong(EX, "b.shape = ... in place", "b has another shape for whoever called, too.")
def _(X, W, b):
    b.shape = len(W), 1, W.shape[2]
    return X @ W + b


@wrong(EX, "W changed in place", "W is not yours to change.")
def _(X, W, b):
    Z = X @ W + b[:, None]
    W -= 0.1 * W
    return Z


@wrong(EX, "b changed in place", "b is not yours to change.")
def _(X, W, b):
    Z = X @ W
    b *= 2
    return Z + b[:, None] / 2 + 0 * b[:, None]


@wrong(EX, "X centred in place", "X is not yours to change.")
def _(X, W, b):
    X -= X.mean(axis=0)
    return X @ W + b[:, None]


@wrong(EX, "prints instead of returning", "print shows it, return hands it back.")
def _(X, W, b):
    print((X @ W + b[:, None]).shape)


@wrong(EX, "return forgotten", "Z is there, but nobody gets it: return.")
def _(X, W, b):
    Z = X @ W + b[:, None]


@wrong(
    EX, "np.add, result thrown away", "np.add returns a new array and leaves Z alone."
)
def _(X, W, b):
    Z = X @ W
    np.add(Z, b[:, None])
    return Z


@wrong(EX, "b[:, None] on a line of its own", "The view is made and forgotten.")
def _(X, W, b):
    b[:, None]
    return X @ W + b


@wrong(EX, "biases of the first call remembered", "b is an argument: other b, other Z.")
def _(X, W, b, memory={}):
    own = memory.setdefault(b.shape, b[:, None].copy())
    return X @ W + own


@wrong(
    EX,
    "room of the first call handed out again",
    "The second call writes over the first result.",
)
def _(X, W, b, room={}):
    key = len(W), X.shape, b.shape, X.dtype
    if key not in room:
        room[key] = X @ W
    Z = np.matmul(X, W, out=room[key])
    Z += b[:, None]
    return Z


@wrong(EX, "adds up over the calls", "Each call starts anew.")
def _(X, W, b, total={}):
    key = len(W), X.shape, b.shape
    total[key] = total.get(key, 0) + X @ W + b[:, None]
    return 1 * total[key]


@wrong(
    EX,
    "the networks of the lesson instead of the arguments",
    "Use X, W and b as they come in.",
)
def _(X, W, b):
    rng = np.random.default_rng(0)
    nets = [nn_helpers.Network([X.shape[1], W.shape[2]], rng=rng) for _ in W]
    W = np.stack([net.layers[0].W for net in nets])
    return X @ W + b[:, None]


@wrong(
    EX,
    "biases are zero in a new network, so left out",
    "b is an argument, and rarely zero.",
)
def _(X, W, b):
    return np.matmul(X, W) + np.zeros_like(b)[:, None]


@wrong(EX, "bias only for the first row of each", "Every row gets the bias.")
def _(X, W, b):
    Z = X @ W
    Z[:, 0] += b
    return Z


@wrong(EX, "bias only for the first network", "Every network gets its bias.")
def _(X, W, b):
    Z = X @ W
    Z[0] += b[0]
    return Z


@wrong(EX, "m == K taken for a case of its own", "For m == K it adds the wrong rows.")
def _(X, W, b):
    Z = X @ W
    if len(X) == len(W):
        return Z + b
    return Z + b[:, None]


@wrong(EX, "tried until it fits", "For m == K, b fits and is wrong.")
def _(X, W, b):
    try:
        return X @ W + b
    except ValueError:
        return X @ W + b[:, None]


@wrong(
    EX,
    "tried until it fits, the new axis behind first",
    "For m == h it fits and is wrong.",
)
def _(X, W, b):
    try:
        return X @ W + b[:, :, None]
    except ValueError:
        return X @ W + b[:, None]


common(EX, 3, np.ones((2, 3, 4)))


# ------------------------------------------------------------------- 13.Q
quiz_letters("13.Q", "b")
right("13.Q", "letter in round brackets", "(b)")
right("13.Q", "capital in brackets", "(B)")
right(
    "13.Q",
    "the copied line",
    "b) Both make the same calls, and the calls are what takes the time.",
)
right("13.Q", "the letter and the first words", "b) Both make the same calls")
for _what, _teacher, _value in [
    (
        "the copied line with its dash",
        "Right; the letter alone is enough.",
        "- b) Both make the same calls, and the calls are what takes the time.",
    ),
    (
        "the sentence without its letter",
        "Right; its letter is enough.",
        "Both make the same calls, and the calls are what takes the time.",
    ),
    ("in quotation marks twice", "Right; one pair is enough.", "'b'"),
    ("in stars", "Right; without the stars.", "**b**"),
]:
    border("13.Q", _what, _teacher, _value)
for _what, _teacher, _value in [
    ("a in brackets", "Look at the price of a call.", "(a)"),
    ("c in brackets", "There is no such loop in the step.", "(c)"),
    ("d in brackets", "Both use 64 bits.", "(d)"),
    (
        "a, the copied line",
        "A multiplication costs the same, whatever the numbers.",
        "a) The processor multiplies small numbers more slowly.",
    ),
    (
        "c, the copied line",
        "No loop goes over the neurons: @ takes them all.",
        "c) Python's loop over the neurons takes the time.",
    ),
    ("d, the copied line", "Both use 64 bits.", "d) The larger network uses 32 bits."),
    (
        "the sentence of d without its letter",
        "Both use 64 bits.",
        "The larger network uses 32 bits.",
    ),
    (
        "the sentence of a without its letter",
        "That is a.",
        "The processor multiplies small numbers more slowly.",
    ),
    ("the word bits", "Choose a letter.", "bits"),
    ("the word calls", "Choose a letter.", "calls"),
    ("a and b", "Choose one letter.", "a and b"),
    ("b and c", "Choose one letter.", "b, c"),
    ("none of them", "One of them is right.", "none"),
    ("the factor", "Choose a letter.", 24),
    ("a number with a fraction", "Choose a letter.", 2.0),
    ("a complex number", "Choose a letter.", 2j),
    ("the letter twice in a list", "One letter, no list.", ["b", "b"]),
    ("an array of all letters", "Choose one letter.", np.array(["a", "b", "c", "d"])),
    ("False", "False is not one of the letters.", False),
    ("a beta", "A plain b, from the keyboard.", "\u03b2"),
]:
    wrong("13.Q", _what, _teacher, _value)
