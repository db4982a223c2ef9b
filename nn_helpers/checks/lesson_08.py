"""What lesson 08 asks: batches, splits, and an honest report."""

from itertools import chain, pairwise

import numpy as np

from nn_helpers.checks.answer import Stop, as_numbers
from nn_helpers.checks.numbers import numbers
from nn_helpers.checks.properties import Original, careful, number, quiz, shaped
from nn_helpers.checks.verdict import Exercise
from nn_helpers.evaluation import TestSet


def count_of_updates(answer):
    """An update needs a batch; count the batches of one pass.

    How many full batches are in a pass, and what happens to the rows that are left?

    Similar: 25 rows in batches of 10 are 10, 10 and 5: three updates a pass, so six in
    two passes.
    """
    yield from number(answer, *updates(**numbers("08.5")))


def updates(rows, batch_size, passes):
    """The count of updates, and wrong ones."""
    full, exact = rows // batch_size, rows / batch_size
    return passes * (full + 1), {
        "passes_together": (np.ceil(passes * exact), passes * exact),
        "last_batch_left_out": passes * full,
        "one_pass_only": (full, exact, full + 1),
        "rows_for_updates": (passes * rows, rows),
    }


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
        Y = Y if m != 17 else np.hstack([Y, -Y])
        found = _pairs(answer, X, Y, size, np.random.default_rng(3))
        rows = _rows(found, Y)
        sizes, wanted = [len(x) for x, _ in found], [size] * (m // size)
        wanted += [m % size] if m % size else []
        flat = [*chain(*rows)]
        once, blocks = sorted(flat) == [*range(m)], all(map(_is_block, rows))
        bugs = {
            "empty_batch": sizes == [*wanted, 0],
            "slice_ends_early": 0 in sizes,
            "one_batch_alone": len(found) == 1 and len(flat) < m,
            "last_batch_dropped": sizes == wanted[:-1] and m % size > 0,
            "one_batch": len(found) == 1 < len(wanted),
            "size_for_count": len(found) == size != m // size,
            "with_replacement": len(flat) == m and not once,
            "rows_doubled": len(set(flat)) < len(flat),
            "misses_samples": len(flat) < m,
            "blocks_stay": blocks and sorted(sizes) == sorted(wanted),
            "rest_not_last": sorted(sizes) == sorted(wanted),
            "fixed_size": len(set(sizes[:-1])) == 1 and sizes[0] != size,
            "even_sizes": len(found) == len(wanted) and np.ptp(sizes) <= 1,
            "other_batches": True,
        }
        if not once or sizes != wanted:
            yield "every row comes once, in batches of batch_size", False, bugs
    yield "every row comes once, in batches of batch_size", True, {}
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
        if y.ndim == 2 and y.shape[1] == 3 and x.ndim == Y.ndim:
            raise Stop("failed", "pair_turned")
        if x.ndim != 2 or x.shape[1] != 3 or y.shape[1:] != Y.shape[1:]:
            raise Stop("failed", "single_rows")
        labels = y[:, 0] if y.ndim == 2 else y
        if not np.array_equal(labels, 100 + x[:, 0]):
            raise Stop("failed", "apart")
        rows.append(x[:, 0].astype(int).tolist())
    return rows


def _shuffled(answer, size=None, fractions=None):
    """The order is one that the rng draws, from all rows."""
    X, Y = _numbered(40)
    asked = fractions or size

    def draw(rng, answer=answer):
        return _rows(_pairs(answer, X, Y, asked, rng), Y)

    orders = [draw(np.random.default_rng(seed)) for seed in (3, 3, 4)]
    first, again, other = ([*chain(*order)] for order in orders)
    stays = sum(b - a == 1 for a, b in pairwise(first))
    blocks = all(map(_is_block, orders[0]))
    bugs = {"order_of_file": first == [*range(40)], "blocks_stay": True}
    yield "the rows are shuffled", stays < 20 and not blocks, bugs
    halves = {row < 20 for row in first[:20]}
    yield "rows from all over the file mix", len(halves) == 2, {"halves_stay": True}
    drawn = first == again and first != other
    yield "the order comes from the rng", drawn, {"not_from_rng": True}
    rng = np.random.default_rng(3)  # pass after pass, as in training
    passes = [draw(rng, answer.run) for _ in range(2)]
    text = "each pass has an order of its own"
    yield text, passes[0] != passes[1] or not size, {"rng_stays": True}
    drawn = [[*chain(*draw(np.random.default_rng(seed)))] for seed in range(8)]
    moves = min(len({order[end] for order in drawn}) for end in (0, -1)) > 1
    yield "no row always keeps its place", moves, {"row_stays": True}


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
           ((12, 7, 3, 2, 1), (2, 5, 4, 9, 4)), ((2, 6, 2, 3, 5), (1, 5, 1, 6, 10)))  # fmt: skip


def honest_report(answer):
    """The validation rows choose; the test rows speak once, about the one chosen.

    Which number may see all networks? Which may see only one, and when?

    Similar: of five coats you choose by trying them on in the shop; whether yours is
    warm you learn on the first cold day, and only about that one.
    """
    networks = [_right_on(classes) for classes in CANDIDATES]
    before = [a.copy() for network in networks for _, a, _ in network.parameters()]
    cases = []
    for validation, hidden in SAMPLES:
        (X_val, y_val), test = _rows_of(validation), _Envelope(*_rows_of(hidden))
        on_val = np.array([np.mean(n.predict(X_val) == y_val) for n in networks])
        on_test = np.array([np.mean(n.predict(test._X) == test._y) for n in networks])
        found = answer.several(("place", "accuracy"), networks, X_val, y_val, test)
        if any(part.size != 1 for part in found.values()):
            raise Stop("failed", "one_number", "Two numbers are asked for.")
        place, share = (float(part.ravel()[0]) for part in found.values())
        cases.append((place, share, on_val, on_test, test))
    now = [a for network in networks for _, a, _ in network.parameters()]
    stay = all(map(np.array_equal, before, now))
    yield "the networks stay as they are", stay, {"trained_on": True}
    places = [place for place, *_ in cases]
    best = [int(on_val.argmax()) for _, _, on_val, _, _ in cases]
    looked = any(test.opened > 1 or test.past for *_, test in cases)
    bugs = {
        "order_of_report": all(s in range(5) and 0 < p < 1 for p, s, *_ in cases),
        "place_from_1": places == [place + 1 for place in best],
        "test_chose": looked and places == [int(t.argmax()) for *_, t, _ in cases],
        "worst_chosen": places == [int(v.argmin()) for _, _, v, _, _ in cases],
        "first_chosen": len(set(places)) == 1,
        "share_for_place": all(place == v.max() for place, _, v, *_ in cases),
        "another_choice": True,
    }
    yield "the validation rows choose", places == best, bugs
    for place, share, on_val, on_test, test in cases:
        place = int(place)
        yield "the envelope opens by its accuracy", not test.past, {"went_round": True}
        right = on_test[place]
        bugs = {
            "validation_reported": np.isclose(share, on_val[place]),
            "best_on_test": test.opened > 1 and np.isclose(share, on_test.max()),
            "percent": np.isclose(share, 100 * right),
            "count_for_share": np.isclose(share, right * len(test._y)),
            "errors_for_right": np.isclose(share, 1 - right),
            "never_opened": not test.opened,
            "another_accuracy": True,
        }
        # Rounded to a hundredth will do.
        fits = bool(abs(share - right) <= 0.0051)
        yield "the accuracy is that of the chosen network", fits, bugs
        bugs = {"never_opened": test.opened == 0, "opened_often": True}
        yield "the test set is opened once", test.opened == 1, bugs
    yield from careful(answer)


def _rows_of(counts):
    """One-hot rows, and their classes: so many of each class."""
    y = np.repeat(range(5), counts)
    return np.eye(5)[y], y


def _right_on(classes):
    """A network on one-hot rows of five classes that reads some of them rightly."""
    network = Original([5, 5], rng=np.random.default_rng(0))
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
        (9, (0.5, 0.5)), (100, (0.7, 0.2, 0.1)),
    ):  # fmt: skip
        X, Y = _numbered(m)
        Y = Y[:, 0]  # class numbers
        found = _pairs(answer, X, Y, fractions, np.random.default_rng(3))
        rows = _rows(found, Y)
        flat, sizes = [*chain(*rows)], [len(part) for part in rows]
        fixed = len(found) == 3 != len(fractions)
        bugs = {"fixed_number_of_parts": fixed, "a_part_each": True}
        yield "there is a part for each fraction", len(found) == len(fractions), bugs
        wanted = np.array(fractions) * m
        bugs = {
            "not_added_up": len(fractions) > 2 and sizes[1] == 0,
            "rows_doubled": len(set(flat)) < len(flat),
            "rows_lost": len(set(flat)) < m,
        }
        yield "every row is in one part", sorted(flat) == [*range(m)], bugs
        room = 0.5 if np.allclose(wanted, wanted.round()) else len(fractions)
        near = bool((np.abs(np.array(sizes) - wanted) < room).all())
        # 0.7 + 0.2 of a hundred may be 89.99, and be cut to 89.
        cuts = (np.cumsum(fractions)[:-1] * m).astype(int)
        near = near or sizes == np.diff([0, *cuts, m]).tolist()
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
    for labels, n in (
        ([2, 0, 1, 1, 3], 4),
        ([1, 2, 0, 2], 3),
        ([3, 1, 3, 0], 6),
        ([7, 0, 11], 12),
    ):
        y = np.array(labels)
        found, right = answer(y, n), np.eye(n)[y]
        if isinstance(found, np.ndarray) and found.dtype == bool:
            found = found * 1.0  # true and false are ones and zeros
        found = as_numbers(found, "Your function")
        counted = found.shape == (len(y), y.max() + 1) != right.shape
        yield "there is a column for each class", not counted, {"classes_counted": True}
        yield from shaped("It", found, right)
        ones, equal = (found == 1).sum(axis=1), np.array_equal
        bugs = {
            "one_column_off": equal(found, np.roll(right, 1, axis=1)),
            "one_column_early": equal(found, np.roll(right, -1, axis=1)),
            "all_up_to": equal(found, np.arange(n) <= y[:, None])
            or equal(found, np.arange(n) >= y[:, None]),
            "labels_for_ones": equal(found, right * y[:, None]),
            "ones_for_zeros": equal(found, 1 - right),
            "another_value": equal(found.argmax(axis=1), y) and (ones != 1).any(),
            "first_row_only": equal(found[0], right[0]) and not found[1:].any(),
            "several_ones": bool((ones > 1).any()),
            "row_without_1": bool((ones == 0).any()),
            "another_column": True,
        }
        yield (
            "each row has a single 1, in the column of its class",
            np.array_equal(found, right),
            bugs,
        )
    yield from careful(answer)


def closing_quiz(answer):
    """Whose X-rays were in the test set?"""
    yield from quiz(
        "08.Q",
        answer,
        "c",
        {
            "a": "The interval speaks of rays drawn as those were: from the first hospital, "
            "its machines and its patients.",
            "b": "This set was opened once and chose nothing, so it does not flatter about "
            "the first hospital. About yours it may be too high, too low, or right.",
            "c": "a test set speaks about whom it was drawn from",
            "d": "About the first hospital it says a lot: drawn at random, held back, "
            "opened once.",
        },
    )


EXERCISES = {
    "08.1": Exercise("mini-batches", "complete", "f(X, Y, batch_size, rng)", batches),
    "08.2": Exercise(
        "an honest report", "complete", "f(networks, X_val, y_val, test)", honest_report
    ),
    "08.3": Exercise("split", "extend", "f(X, y, fractions, rng)", parts),
    "08.4": Exercise("one-hot rows", "extend", "f(y, n_classes)", one_hot),
    "08.5": Exercise("updates in an epoch", "predict", "a number", count_of_updates),
    "08.Q": Exercise("another hospital", "quiz", "a letter", closing_quiz),
}
