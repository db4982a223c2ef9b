"""Mistakes from lesson 08 on that a verdict names: (exercise, answer, outcome, bug)."""

import numpy as np


def batches(order=None, cut=None, keep=lambda found: found):
    """Mini-batches (08.1), with what may go wrong in them."""

    def answer(X, Y, size, rng):
        rows = (order or (lambda m, rng: rng.permutation(m)))(len(X), rng)
        pieces = [rows[i : i + size] for i in range(0, len(X), size)]
        pieces = pieces if cut is None else cut(rows, size)
        return keep([(X[piece], Y[piece]) for piece in pieces])

    return answer


def apart(X, Y, size, rng):
    xs, ys = (list(batches()(A, A, size, rng)) for A in (X, Y))
    return [(x, y) for (x, _), (y, _) in zip(xs, ys, strict=True)]


def blocks(X, Y, size, rng):
    found = batches(order=lambda m, rng: np.arange(m))(X, Y, size, rng)
    return [found[i] for i in rng.permutation(len(found))]


def reports(place=None, share=None):
    """An honest report (08.2), with what may go wrong in it."""

    def answer(networks, X, y, test):
        shares = [np.mean(n.predict(X) == y) for n in networks]
        best = (
            int(np.argmax(shares)) if place is None else place(shares, networks, test)
        )
        return best, (share or test.accuracy)(networks[best])

    return answer


def by_test(shares, networks, test):
    return int(np.argmax([test.accuracy(n) for n in networks]))


def flatters(networks, X, y, test):
    best = int(np.argmax([np.mean(n.predict(X) == y) for n in networks]))
    return best, np.mean(networks[best].predict(X) == y)


def all_opened(networks, X, y, test):
    best, _ = reports(share=lambda n: 0)(networks, X, y, test)
    return best, [test.accuracy(n) for n in networks][best]


def from_behind(networks, X, y, test):
    best, _ = reports(share=lambda n: 0)(networks, X, y, test)
    return best, np.mean(networks[best].predict(test.X) == test.y)


def trains_on(networks, X, y, test):
    for network in networks:
        network.layers[0].W[...] += 0.01
    return reports()(networks, X, y, test)


def parts(size=round, total=True, order=None, start=0):
    """Split (08.3), with what may go wrong in it."""

    def answer(X, y, fractions, rng):
        rows = (order or (lambda m, rng: rng.permutation(m)))(len(X), rng)
        found, first, so_far = [], start, 0.0
        for fraction in fractions:
            so_far = so_far + fraction if total else fraction
            last = size(so_far * len(X))
            found.append((X[rows[first:last]], y[rows[first:last]]))
            first = last
        return found

    return answer


def rounded_down(X, y, fractions, rng):
    rows, found, first = rng.permutation(len(X)), [], 0
    for fraction in fractions:
        piece = rows[first : first + int(fraction * len(X))]
        found.append((X[piece], y[piece]))
        first += len(piece)
    return found


def cut_by_fraction(X, y, fractions, rng):
    rows = rng.permutation(len(X))
    pieces = [rows[: round(f * len(X))] for f in fractions]
    return [(X[piece], y[piece]) for piece in pieces]


def file_order(m, rng):
    return np.arange(m)


NAMED = [
    ("08.1", batches(keep=lambda found: found[:-1] or found), "failed", "last_batch_dropped"),
    ("08.1", apart, "failed", "apart"),
    ("08.1", batches(order=lambda m, rng: rng.integers(0, m, m)), "failed", "with_replacement"),
    ("08.1", batches(order=file_order), "failed", "order_of_file"),
    ("08.1", blocks, "failed", "blocks_stay"),
    ("08.1", batches(order=lambda m, rng: np.random.default_rng(1).permutation(m)),
     "failed", "not_from_rng"),
    ("08.1", batches(cut=np.array_split), "failed", "size_for_count"),
    ("08.1", batches(cut=lambda r, s: np.array_split(r, -(-len(r) // s))), "failed", "even_sizes"),
    ("08.1", batches(cut=lambda r, s: [r[i : i + s] for i in range(0, len(r) + 1, s)]),
     "failed", "empty_batch"),
    ("08.1", batches(cut=lambda r, s: [r[i : i + s + 1] for i in range(0, len(r), s)]),
     "failed", "rows_doubled"),
    ("08.1", batches(cut=lambda r, s: [r]), "failed", "one_batch"),
    ("08.1", batches(keep=lambda found: found[::-1]), "failed", "rest_not_last"),
    ("08.1", batches(keep=lambda found: [x for x, _ in found]), "failed", "pairs"),
    ("08.1", batches(keep=lambda found: [(y, x) for x, y in found]), "failed", "pair_turned"),
    ("08.1", batches(keep=lambda found: [].clear()), "unfinished", "no_return"),
    ("08.2", reports(place=by_test), "failed", "test_chose"),
    ("08.2", flatters, "failed", "validation_reported"),
    ("08.2", all_opened, "failed", "opened_often"),
    ("08.2", from_behind, "failed", "went_round"),
    ("08.2", reports(place=lambda s, n, t: int(np.argmin(s))), "failed", "worst_chosen"),
    ("08.2", reports(place=lambda s, n, t: 0), "failed", "first_chosen"),
    ("08.2", reports(place=lambda s, n, t: int(np.argsort(s)[-2])), "failed", "another_choice"),
    ("08.2", lambda *a: (reports()(*a)[0] + 1, 0.5), "failed", "place_from_1"),
    ("08.2", lambda *a: reports()(*a)[::-1], "failed", "order_of_report"),
    ("08.2", lambda *a: (reports()(*a)[0], 100 * reports()(*a)[1]), "failed", "percent"),
    ("08.2", reports(share=lambda n: 0.123), "failed", "never_opened"),
    ("08.2", trains_on, "failed", "trained_on"),
    ("08.3", rounded_down, "failed", "rows_lost"),
    ("08.3", parts(total=False), "failed", "not_added_up"),
    ("08.3", cut_by_fraction, "failed", "rows_doubled"),
    ("08.3", parts(order=file_order), "failed", "order_of_file"),
    ("08.3", parts(order=lambda m, rng: np.random.default_rng(1).permutation(m)),
     "failed", "not_from_rng"),
    ("08.3", parts(start=1), "failed", "rows_lost"),
    ("08.3", lambda X, y, f, rng: parts()(X, y, (0.6, 0.2, 0.2), rng),
     "failed", "fixed_number_of_parts"),
    ("08.3", lambda X, y, f, rng: parts()(X, y, f, rng)[:1], "failed", "a_part_each"),
    ("08.3", lambda X, y, f, rng: parts()(X, rng.permutation(y), f, rng), "failed", "apart"),
    ("08.4", lambda y, n: np.eye(n)[(y + 1) % n], "failed", "one_column_off"),
    ("08.4", lambda y, n: np.eye(n)[y - 1], "failed", "one_column_early"),
    ("08.4", lambda y, n: np.eye(y.max() + 1)[y], "failed", "classes_counted"),
    ("08.4", lambda y, n: np.eye(n)[y].T, "failed", "transposed"),
    ("08.4", lambda y, n: (np.arange(n) <= y[:, None]) * 1, "failed", "all_up_to"),
    ("08.4", lambda y, n: np.eye(n)[y] * y[:, None], "failed", "labels_for_ones"),
    ("08.4", lambda y, n: 1 - np.eye(n)[y], "failed", "ones_for_zeros"),
    ("08.4", lambda y, n: 0.9 * np.eye(n)[y], "failed", "another_value"),
    ("08.4", lambda y, n: np.eye(n)[np.sort(y)], "failed", "another_column"),
    ("08.5", 61, "failed", "passes_together"),
    ("08.5", 60, "failed", "last_batch_left_out"),
    ("08.5", 21, "failed", "one_pass_only"),
    ("08.5", 3030, "failed", "rows_for_updates"),
    ("08.Q", "a", "failed", None),
]  # fmt: skip
