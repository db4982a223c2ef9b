"""What lesson 08 asks: batches, splits, and an honest report."""

from itertools import chain, pairwise

import numpy as np

from nn_helpers.checks.answer import Stop
from nn_helpers.checks.properties import careful, number, quiz, shaped
from nn_helpers.checks.verdict import Exercise
from nn_helpers.evaluation import TestSet
from nn_helpers.network import Network


def count_of_updates(answer):
    """An update needs a batch; count the batches of one pass.

    How many full batches are in a pass, and what happens to the rows that are left?

    Similar: 25 rows in batches of 10 are 10, 10 and 5: three updates a pass, so six in
    two passes.
    """
    wrong = {"passes_together": (61, 60.6), "last_batch_left_out": 60}
    wrong |= {"one_pass_only": (20, 20.2, 21), "rows_for_updates": (3030, 1010)}
    yield from number(answer, 63, wrong)


def batches(answer):
    """One order for both, then slices of it.

    `order = rng.permutation(len(X))` is the order. Which of its entries make the
    first batch, and which the next? What does a slice do at the end of a list?

    Similar: to cut a word into pieces of three: `for i in range(0, len(word), 3):
    pieces.append(word[i : i + 3])`; "network" becomes net, wor, k.
    """
    answer.lists = True
    for m, size in ((10, 4), (17, 5), (8, 4), (7, 1), (6, 6)):
        X, Y = _numbered(m)
        Y = Y if m != 17 else Y[:, 0]
        found = _pairs(answer, X, Y, size, np.random.default_rng(3))
        rows = _rows(found, Y)
        sizes, wanted = [len(x) for x, _ in found], [size] * (m // size)
        wanted += [m % size] if m % size else []
        flat = [*chain(*rows)]
        once, blocks = sorted(flat) == [*range(m)], all(map(_is_block, rows))
        bugs = {
            "empty_batch": 0 in sizes,
            "last_batch_dropped": sizes == wanted[:-1] and m % size > 0,
            "size_for_count": len(found) == size != m // size,
            "with_replacement": len(flat) == m and not once,
            "rows_doubled": len(set(flat)) < len(flat),
            "misses_samples": len(flat) < m,
            "blocks_stay": blocks and sorted(sizes) == sorted(wanted),
            "rest_not_last": sorted(sizes) == sorted(wanted),
            "even_sizes": np.ptp(sizes) <= 1,
        }
        if not once or sizes != wanted:
            yield "every row once, in batches of batch_size", False, bugs
    yield "every row once, in batches of batch_size", True, {}
    yield from _shuffled(answer, size=5)
    yield from careful(answer)


def _numbered(m):
    """Rows that carry their numbers, and labels that do so too."""
    numbers = np.arange(m, dtype=float)
    return np.column_stack([numbers, numbers**2, -numbers]), 100 + numbers[:, None]


def _pairs(answer, *arguments):
    """The answer as a list of pairs of arrays, or a sentence."""
    found = answer(*arguments)
    sound = isinstance(found, (list, tuple)) and all(
        isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in found
    )
    if not sound or not found:
        raise Stop("failed", "pairs")
    return [tuple(map(np.asarray, pair)) for pair in found]


def _rows(found, Y):
    """The numbers of the rows in each pair, or a sentence where they do not fit."""
    rows = []
    for x, y in found:
        if x.ndim != 2 or x.shape[1] != 3 or y.ndim != Y.ndim:
            raise Stop("failed", "single_rows")
        numbers = x[:, 0].astype(int).tolist()
        if len(x) != len(y) or not np.array_equal(y.ravel(), 100 + x[:, 0]):
            raise Stop("failed", "apart")
        rows.append(numbers)
    return rows


def _shuffled(answer, size=None, fractions=None):
    """The order is one that the rng draws, from all rows."""
    X, Y = _numbered(40)
    orders, asked = [], fractions or size
    for seed in (3, 3, 4):
        arguments = (X, Y, asked, np.random.default_rng(seed))
        orders.append(_rows(_pairs(answer, *arguments), Y))
    first, again, other = ([*chain(*order)] for order in orders)
    stays = sum(b - a == 1 for a, b in pairwise(first))
    blocks = all(map(_is_block, orders[0]))
    bugs = {"order_of_file": first == [*range(40)], "blocks_stay": True}
    yield "the rows are shuffled", stays < 20 and not blocks, bugs
    drawn = first == again and first != other
    yield "the order comes from the rng", drawn, {"not_from_rng": True}


def _is_block(rows):
    """Whether rows are neighbours in the file."""
    return len(rows) > 0 and np.ptp(rows) == len(rows) - 1


class _Envelope(TestSet):
    """A test set that also notices who looks past `accuracy`, and is never copied."""

    def __init__(self, X, y):
        super().__init__(X, y)
        self.past = 0

    def __deepcopy__(self, memo):
        return self

    def _look(self, array):
        self.past += 1
        return array

    X = property(lambda self: self._look(self._X))
    y = property(lambda self: self._look(self._y))


# Which classes each network gets right; how often each class comes up in the
# validation and in the test rows. The best there is never the best here.
CANDIDATES = ((0, 1), (2, 3), (0, 2, 3), (1, 4), (3, 4))
SAMPLES = (((9, 5, 5, 2, 3), (3, 7, 4, 3, 11)), ((2, 3, 4, 5, 10), (9, 2, 8, 5, 3)),
           ((12, 7, 3, 2, 1), (2, 5, 4, 9, 4)))  # fmt: skip


def honest_report(answer):
    """The validation rows choose; the test rows speak once, about the one chosen.

    Which number may see all networks? Which may see only one, and when?

    Similar: of five coats you choose by trying them on in the shop; whether yours is
    warm you learn on the first cold day, and only about that one.
    """
    networks = [_right_on(classes) for classes in CANDIDATES]
    places = []
    for validation, hidden in SAMPLES:
        (X_val, y_val), (X, y) = (
            (np.eye(5)[np.repeat(range(5), c)], np.repeat(range(5), c))
            for c in (validation, hidden)
        )
        test = _Envelope(X, y)
        found = answer.several(("place", "accuracy"), networks, X_val, y_val, test)
        if any(part.size != 1 for part in found.values()):
            raise Stop("failed", "one_number", "Two numbers are asked for.")
        place, share = (float(part.ravel()[0]) for part in found.values())
        on_val, on_test = (
            np.array([np.mean(n.predict(A) == b) for n in networks])
            for A, b in ((X_val, y_val), (X, y))
        )
        best, opened, past = int(on_val.argmax()), test.opened, test.past
        places.append(place)
        bugs = {
            "order_of_report": share in range(5) and 0 < place < 1,
            "test_chose": place == on_test.argmax(),
            "worst_chosen": place == on_val.argmin(),
            "place_from_1": place == best + 1,
            "first_chosen": len(set(places)) == 1,
        }
        yield "the validation rows choose", place == best, bugs
        yield "the envelope opens by its accuracy", not past, {"went_round": True}
        bugs = {
            "validation_reported": np.isclose(share, on_val[best]),
            "best_on_test": np.isclose(share, on_test.max()),
            "percent": np.isclose(share, 100 * on_test[best]),
            "never_opened": not opened,
        }
        fits = bool(np.isclose(share, on_test[best], atol=5e-4))
        yield "accuracy: is that of the chosen network", fits, bugs
        bugs = {"never_opened": opened == 0, "opened_often": True}
        yield "the test set is opened once", opened == 1, bugs
    yield from careful(answer)


def _right_on(classes):
    """A network on one-hot rows of five classes that reads some of them rightly."""
    network = Network([5, 5], rng=np.random.default_rng(0))
    right = np.isin(range(5), classes)
    answers = np.where(right, range(5), (np.arange(5) + 1) % 5)
    network.layers[0].W[...] = np.eye(5)[answers]
    return network


def parts(answer):
    """One order of all rows; then cuts.

    Where does the second part begin, and where the third? Who takes what rounding
    leaves over?

    Similar: ten cards for three players in the shares 0.5, 0.3, 0.2: shuffle, then
    cut after card 5 and after card 8 (0.5 + 0.3 of ten).
    """
    answer.lists = True
    for m, fractions in (
        (20, (0.6, 0.2, 0.2)), (41, (0.8, 0.2)), (103, (0.29, 0.3, 0.21, 0.2)),
        (9, (0.5, 0.5)),
    ):  # fmt: skip
        X, Y = _numbered(m)
        Y = Y[:, 0]  # class numbers
        found = _pairs(answer, X, Y, fractions, np.random.default_rng(3))
        rows = _rows(found, Y)
        flat, sizes = [*chain(*rows)], [len(part) for part in rows]
        fixed = len(found) == 3 != len(fractions)
        bugs = {"fixed_number_of_parts": fixed}
        yield "a part for each fraction", len(found) == len(fractions), bugs
        wanted = np.array(fractions) * m
        bugs = {
            "not_added_up": len(fractions) > 2 and sizes[1] == 0,
            "rows_doubled": len(set(flat)) < len(flat),
            "rows_lost": len(set(flat)) < m,
        }
        yield "every row in one part", sorted(flat) == [*range(m)], bugs
        near = bool((np.abs(np.array(sizes) - wanted) < len(fractions)).all())
        yield "the parts are as large as asked", near, {"other_sizes": True}
    yield from _shuffled(answer, fractions=(0.6, 0.2, 0.2))
    yield from careful(answer)


def one_hot(answer):
    """Start from zeros; one entry of each row becomes 1.

    In which column does the 1 of class 2 stand? How many columns are there if no row
    has the last class?

    Similar: to mark the place i of each letter in a row of seats:
    `seats[row, place] = 1`, for one row after the other.
    """
    for labels, n in (([2, 0, 1, 1, 3], 4), ([1, 2, 0, 2], 3), ([0, 2, 1, 0], 6)):
        y = np.array(labels)
        result = answer(y, n)
        if isinstance(result, np.ndarray) and result.dtype == bool:
            result = result * 1.0
        found = answer.numbers(y, n) if result is None else np.asarray(result)
        right = np.eye(n)[y]
        if found.dtype.kind not in "iuf":
            answer.numbers(y, n)  # says what it is instead
        counted = found.shape == (len(y), y.max() + 1) != right.shape
        yield "a column for each class", not counted, {"classes_counted": True}
        yield from shaped("It", found, right)
        bugs = {
            "one_column_off": bool(np.array_equal(found, np.roll(right, 1, axis=1))),
            "one_column_early": bool(np.array_equal(found, np.roll(right, -1, axis=1))),
            "all_up_to": bool(np.array_equal(found, np.arange(n) <= y[:, None])),
            "labels_for_ones": bool(np.array_equal(found, right * y[:, None])),
            "first_row_only": bool(np.array_equal(found[0], right[0]))
            and not found[1:].any(),
        }
        yield "a single 1 in the class's column", np.array_equal(found, right), bugs
    yield from careful(answer)


def closing_quiz(answer):
    """What did the test set do, besides judging?"""
    yield from quiz(
        answer,
        "b",
        {
            "a": "Trained on them, no; chosen by them, yes. The best of 20 is partly the "
            "luckiest of 20.",
            "b": "the best of 20 was also lucky with these rows, and on new ones the luck "
            "is gone",
            "c": "Sharing wears nothing off; choosing the highest pushes the number up.",
            "d": "The interval holds for one number that was not picked; the best of 20 "
            "was.",
        },
    )


EXERCISES = {
    "08.1": Exercise("updates in an epoch", "predict", "a number", count_of_updates),
    "08.2": Exercise("mini-batches", "complete", "f(X, Y, batch_size, rng)", batches),
    "08.3": Exercise(
        "an honest report", "complete", "f(networks, X_val, y_val, test)", honest_report
    ),
    "08.4": Exercise("split", "extend", "f(X, y, fractions, rng)", parts),
    "08.5": Exercise("one-hot rows", "extend", "f(y, n_classes)", one_hot),
    "08.Q": Exercise("the best of twenty", "quiz", "a letter", closing_quiz),
}
