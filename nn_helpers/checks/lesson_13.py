"""What lesson 13 asks: many networks in one call, bits, shares, no new arrays."""

import numpy as np

from nn_helpers.checks.answer import Stop, as_list, as_numbers, is_stub
from nn_helpers.checks.properties import careful, quiz, same, shaped
from nn_helpers.checks.verdict import Exercise


def bits(answer):
    """Ask of each line: what meets the array of 32 bits, and who made it?

    Is it a number of Python's own, a number that NumPy has computed, or an array? And
    how many bits has an array that nobody has told how many?

    Similar: `dW + 1.5` has 32 bits; `dW + np.ones((64, 32))` has 64.
    """
    parts = answer if isinstance(answer, list | tuple) else []
    if any(isinstance(part, type | np.dtype) for part in parts):
        raise Stop("failed", "neither_32_nor_64")
    found = as_list(answer, 5, "Five numbers")
    dW = np.ones((64, 32), np.float32)
    results = (
        dW / 1024,
        dW * np.mean([0.1, 0.3]),
        dW + np.zeros(32),
        dW * float(np.sqrt(2 / 64)),
        dW * np.arange(32),
    )
    right = np.array([8 * result.itemsize for result in results])
    if set(found.tolist()) <= {4, 8}:
        raise Stop("failed", "bytes_for_bits")
    if not set(found.tolist()) <= {32, 64}:
        raise Stop("failed", "neither_32_nor_64")
    wrong = found != right
    bugs = {
        "all_turned": wrong.all(),
        "python_adapts": wrong[[0, 3]].any(),
        "numpy_counts": wrong[1],
        "arrays_decide": wrong[2],
        "whole_numbers_too": wrong[4],
    }
    yield "all five are right", not wrong.any(), bugs


class _Kept(list):
    """A list that is handed over as it is, so that a change of it is seen."""

    def __deepcopy__(self, memo):
        return self


def combined(answer):
    """A worker's mean times its rows is its sum; sums may be added.

    Which share of all rows is worker k's? What must its mean be multiplied by?

    Similar: a class of 10 has the mean 2, a class of 30 the mean 3: together
    (10 * 2 + 30 * 3) / 40 = 2.75.
    """
    rng = np.random.default_rng(13)
    names = ("dW1", "db1", "dW2", "db2")
    answer.lists = True
    for rows in ([10, 60, 30], [5, 1], [4, 4, 4], [300, 7, 25, 10, 60], [7]):
        shapes = ((2, 3), (3,), (3, 4), (4,))
        gradients = [[rng.normal(size=shape) for shape in shapes] for _ in rows]
        weights = np.array(rows) / sum(rows)
        ways = {
            "plain_mean": np.full(len(rows), 1 / len(rows)),
            "sum_of_means": np.ones(len(rows)),
            "sum_of_sums": np.array(rows, float),
            "twice_divided": weights / len(rows),
            "divided_by_workers": np.array(rows) / len(rows),
            "turned_shares": weights[::-1],
            "rows_below": (1 / np.array(rows)) / np.sum(1 / np.array(rows)),
            "turned_division": sum(rows) / np.array(rows),
            "last_forgotten": weights * (np.arange(len(rows)) < len(rows) - 1),
            "one_worker": np.eye(len(rows))[0],
            "last_worker": np.eye(len(rows))[-1],
            "overwritten": weights * np.eye(len(rows))[-1],
            "first_twice": weights + weights * np.eye(len(rows))[0],
            "most_rows": np.eye(len(rows))[np.argmax(rows)],
            "sign_flipped": -weights,
        }
        given = _Kept(rows)
        found = answer.several(names, gradients, given)
        yield "rows stays as it is", given == rows, {"changes_rows": True}
        for at, name in enumerate(names):
            parts = [worker[at] for worker in gradients]

            def mixed(shares, parts=parts):
                return sum(s * part for s, part in zip(shares, parts, strict=True))

            right = mixed(weights)
            yield from shaped(name, found[name], right)
            bugs = {bug: same(found[name], mixed(way)) for bug, way in ways.items()}
            bugs["another_mix"] = True
            text = f"{name}: agrees with the gradient on all rows"
            yield text, same(found[name], right), bugs
    yield from careful(answer)


def layer_into(answer):
    """`out=` says where a result goes; `out += b` and `np.maximum(..., out=out)` stay there.

    Which of your lines makes a result that has no name, or a new one? Where could it go?

    Similar: `np.subtract(A, B, out=room); room *= 2; return room` computes
    2 * (A - B) without a new array.
    """
    if is_stub(answer.function):
        raise Stop("untouched")
    cases = ((400, 30, 500, np.float64), (300, 200, 700, np.float32))
    for case, (m, n, h, dtype) in enumerate((*cases, cases[0])):
        rng = np.random.default_rng(case)
        X, W, b = (rng.normal(size=s).astype(dtype) for s in ((m, n), (n, h), (h,)))
        before = [array.copy() for array in (X, W, b)]
        Z = X @ W + b
        right, out = np.maximum(Z, 0), np.full((m, h), (7, np.nan, 0)[case], dtype)
        blank = out.copy()
        answer.watch_memory = True
        returned = answer.run(X, W, b, out)
        if returned is None:
            done = same(out, right)
            bug = "no_return" if done else "out_untouched"
            raise Stop("unfinished" if done else "failed", bug)
        kept = all(map(np.array_equal, before, (X, W, b)))
        yield "X, W and b stay as they are", kept, {"changes_input": True}
        there = as_numbers(returned, "Your function")
        filled = {
            "makes_its_own": same(there, right) and not same(out, right),
            "no_bias": same(out, np.maximum(X @ W, 0)),
            "no_activation": same(out, Z),
            "only_the_product": same(out, X @ W),
            "out_untouched": np.array_equal(out, blank, equal_nan=True),
            "bias_subtracted": same(out, np.maximum(X @ W - b, 0)),
            "bias_after": same(out, np.maximum(X @ W, 0) + b),
            "other_layer": True,
        }
        yield "out holds ReLU of X @ W + b", same(out, right), filled
        yield "out is what it returns", returned is out, {"returns_another": True}
        small = answer.most_memory < 0.9 * out.nbytes
        yield "new arrays held fewer bytes than out", small, {"new_array": True}


def stacked_layer(answer):
    """`X @ W` is right already; its shape is (K, m, h). What is left is the bias.

    Axes are matched from the right. Where does `b`, of shape (K, h), need an axis of
    length 1, so that network k meets its own row?

    Similar: points (3, 20, 4) for 3 classes, 20 pupils, 4 tasks, and a bonus (3, 20) for
    each pupil: `points + bonus[:, :, None]` adds (3, 20, 1).
    """
    answer.lists = True
    for K, m, n, h in (
        (3, 5, 4, 2),
        (3, 3, 4, 2),
        (4, 6, 6, 6),
        (1, 2, 3, 5),
        (10, 40, 3, 2),
    ):
        rng = np.random.default_rng(K)
        X, W = rng.normal(size=(m, n)), rng.normal(size=(K, n, h))
        b = rng.normal(size=(K, h))
        products = np.stack([X @ table for table in W])
        right = products + b[:, None]
        found = answer.numbers(X, W, b)
        for text, holds, bugs in shaped("Z", found, right):
            turned = {"networks_second": found.shape == (m, K, h) != right.shape}
            turned["one_wide_table"] = found.shape == (m, K * h)
            yield text, holds, turned | bugs
        bugs = {
            "b_for_rows": m == K and same(found, products + b),
            "no_bias": same(found, products),
            "bias_of_first": K > 1 and same(found, products + b[0]),
            "activation_too": same(found, np.maximum(right, 0)),
            "bias_subtracted": same(found, products - b[:, None]),
            "another_stack": True,
        }
        yield "Z: agrees with one network at a time", same(found, right), bugs
    first = answer(X, W, b)
    kept = np.array(first)
    answer(2 * X, W, b)
    alone = np.array_equal(first, kept)
    yield "a result stays when another is made", alone, {"same_room": True}
    yield from careful(answer)


def closing_quiz(answer):
    """What do the two steps have in common, though one multiplies so much more?"""
    yield from quiz(
        "13.Q",
        answer,
        "b",
        {
            "a": "The larger network has the faster multiplications, if anything: more of them in a "
            "call.",
            "b": "the calls are the same, and next to them even 24 times as many products weigh little",
            "c": "There is no loop over the neurons: a layer is one call of `@`.",
            "d": "Both have the bits that you give them, and bits hardly matter for one row.",
        },
    )


EXERCISES = {
    "13.1": Exercise("32 bits or 64", "predict", "five numbers", bits),
    "13.2": Exercise("unequal shares", "complete", "f(gradients, rows)", combined),
    "13.3": Exercise(
        "a layer without new arrays", "extend", "f(X, W, b, out)", layer_into
    ),
    "13.4": Exercise("many networks at once", "complete", "f(X, W, b)", stacked_layer),
    "13.Q": Exercise("what a step pays for", "quiz", "a letter", closing_quiz),
}
