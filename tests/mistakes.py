"""Mistakes from lesson 08 on that a verdict names: (exercise, answer, outcome, bug)."""

import copy

import numpy as np

import nn_helpers as nn


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


def mixed(share):
    """Gradients of workers put together (13.2), each counting with share(rows, k)."""

    def answer(gradients, rows):
        parts = [[share(rows, k) * g for g in each] for k, each in enumerate(gradients)]
        return [sum(arrays) for arrays in zip(*parts, strict=True)]

    return answer


def in_one_room(X, W, b, rooms={}):  # noqa: B006
    """Layers of many networks (13.4) whose room is made once for each shape."""
    shape = len(W), len(X), W.shape[2]
    room = rooms.setdefault(shape, np.zeros(shape))
    np.matmul(X, W, out=room)
    room += b[:, None]
    return room


def into(bias=1, relu=True, give=lambda out: out):
    """A layer into a given array (13.3); bias: 0 left out, 1 before, 2 after ReLU."""

    def answer(X, W, b, out):
        np.matmul(X, W, out=out)
        if bias in (1, -1):
            np.add(out, bias * b, out=out)
        if relu:
            np.maximum(out, 0, out=out)
        if bias == 2:
            out += b
        return give(out)

    return answer


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
    ("08.1", batches(cut=lambda r, s: [r[:s]]), "failed", "one_batch_alone"),
    ("08.1", batches(cut=lambda r, s: [r[i:s] for i in range(0, len(r), s)]),
     "failed", "slice_ends_early"),
    ("08.1", batches(order=lambda m, rng: copy.deepcopy(rng).permutation(m)),
     "failed", "rng_stays"),
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


def drawn(scale):
    """First weights (09.1) of some scale."""
    return lambda i, o, rng: rng.normal(0, scale(i, o), (i, o))


def rolls(rule, old=False, sign=-1, count=lambda n: n):
    """A walk with momentum (09.2), with what may go wrong in it."""

    def answer(slope, place, rate, mu, steps):
        v = 0.0
        for _ in range(count(steps)):
            before, v = v, rule(mu, v, slope(place), slope(place - rate * mu * v))
            place = place + sign * rate * (before if old else v)
        return place

    return answer


def place_first(slope, place, rate, mu, steps):
    v = 0.0
    for _ in range(steps):
        place = place - rate * v
        v = mu * v + slope(place)
    return place


def drops(mask, at_use=lambda A, rate: A):
    """Dropout (09.3), with what may go wrong in it."""

    def answer(A, rate, rng, training):
        return mask(A, rate, rng.random(A.shape)) if training else at_use(A, rate)

    return answer


def exactly(A, rate, rng, training):
    order = rng.permutation(A.size).reshape(A.shape)
    return A * (order >= rate * A.size) / (1 - rate) if training else A


def adam(
    fix_m=1, fix_s=1, first=1, keep=0, root=np.sqrt, square=np.square, b=(0.9, 0.999),
    eps=1e-8, count=1, forget=0,
):  # fmt: skip
    """A walk with Adam (09.4), with what may go wrong in it."""

    def answer(slope, place, rate, steps):
        m = s = 0.0
        with np.errstate(all="ignore"):
            for t in range(first, steps + first):
                g = slope(place)
                t, m, s = (1, 0.0, 0.0) if forget else (t, m, s)
                m, s = b[0] * m + (1 - b[0]) * g, b[1] * s + (1 - b[1]) * square(g)
                t = t if count else 1
                m_hat = m / (1 - b[0] ** t) if fix_m else m
                s_hat = s / (1 - b[1] ** t) if fix_s else s
                place = place - rate * m_hat / (root(s_hat) + eps)
                m, s = (m_hat, s_hat) if keep else (m, s)
        return place

    return answer


NAMED += [
    ("09.1", drawn(lambda i, o: 2 / i), "failed", "variance_as_scale"),
    ("09.1", drawn(lambda i, o: np.sqrt(1 / i)), "failed", "xavier"),
    ("09.1", drawn(lambda i, o: np.sqrt(2 / o)), "failed", "over_n_out"),
    ("09.1", drawn(lambda i, o: np.sqrt(2 / (i + o))), "failed", "over_both"),
    ("09.1", drawn(lambda i, o: np.sqrt(4 / i)), "failed", "twice_the_variance"),
    ("09.1", drawn(lambda i, o: 0.5 * np.sqrt(2 / i)), "failed", "half_the_scale"),
    ("09.1", drawn(lambda i, o: 0.05), "failed", "fixed_scale"),
    ("09.1", drawn(lambda i, o: 3 / i), "failed", "other_spread"),
    ("09.1", lambda i, o, rng: rng.random((i, o)) * np.sqrt(2 / i), "failed", "not_centred"),
    ("09.1", lambda i, o, rng: np.zeros((i, o)), "failed", "all_equal"),
    ("09.1", lambda i, o, rng: rng.normal(0, np.sqrt(2 / i), (i, 1)) + np.zeros((i, o)),
     "failed", "columns_equal"),
    ("09.1", lambda i, o, rng: rng.normal(0, np.sqrt(2 / i), (o, i)), "failed", "transposed"),
    ("09.1", lambda i, o, rng: drawn(lambda i, o: np.sqrt(2 / i))(i, o, np.random.default_rng(1)),
     "failed", "drawn_elsewhere"),
    ("09.2", rolls(lambda mu, v, g, h: g), "failed", "velocity_forgotten"),
    ("09.2", rolls(lambda mu, v, g, h: mu * v + (1 - mu) * g), "failed", "averaged_velocity"),
    ("09.2", rolls(lambda mu, v, g, h: mu * v + g, old=True), "failed", "late_velocity"),
    ("09.2", rolls(lambda mu, v, g, h: mu * v + h), "failed", "look_ahead"),
    ("09.2", rolls(lambda mu, v, g, h: 0.9 * v + g), "failed", "fixed_momentum"),
    ("09.2", rolls(lambda mu, v, g, h: v + mu * g), "failed", "momentum_on_slope"),
    ("09.2", rolls(lambda mu, v, g, h: mu * v + g, sign=1), "failed", "uphill"),
    ("09.2", rolls(lambda mu, v, g, h: mu * v + g, count=lambda n: n + 1),
     "failed", "one_step_more"),
    ("09.3", lambda A, r, rng, t: A * (rng.random(A.shape) >= r) / (1 - r),
     "failed", "active_at_use"),
    ("09.3", drops(lambda A, r, u: A * (u >= r)), "failed", "unscaled"),
    ("09.3", drops(lambda A, r, u: A * (u >= r), lambda A, r: A * (1 - r)),
     "failed", "scaled_at_use"),
    ("09.3", drops(lambda A, r, u: A * (u >= r) / (r or 1)), "failed", "scaled_by_rate"),
    ("09.3", drops(lambda A, r, u: A * (u >= r) * (1 - r)), "failed", "scaled_down"),
    ("09.3", drops(lambda A, r, u: A * (u < r) / (1 - r)), "failed", "rate_turned"),
    ("09.3", drops(lambda A, r, u: A * (u[:1] >= r) / (1 - r)), "failed", "same_for_rows"),
    ("09.3", drops(lambda A, r, u: A * (u[:, :1] >= r) / (1 - r)), "failed", "same_for_columns"),
    ("09.3", drops(lambda A, r, u: (u >= r) / (1 - r)), "failed", "the_mask"),
    ("09.3", drops(lambda A, r, u: A), "failed", "nothing_dropped"),
    ("09.3", drops(lambda A, r, u: A * (u >= r / 2) / (1 - r)), "failed", "other_share"),
    ("09.3", drops(lambda A, r, u: A * (u >= r + 0.02 * (r > 0)) / (1 - r)), "failed", "other_share"),
    ("09.3", drops(lambda A, r, u: A * (u >= r) * 3), "failed", "other_values"),
    ("09.3", exactly, "failed", "fixed_count"),
    ("09.1", lambda i, o, rng: rng.normal(0, np.sqrt(2 / i), i, o), "failed", "stopped"),
    ("09.1", lambda i, o, rng: rng.normal(0, np.sqrt(2 / i), (1, o)) + np.zeros((i, o)),
     "failed", "rows_equal"),
    ("09.2", rolls(lambda mu, v, g, h: v + g), "failed", "another_walk"),
    ("09.2", place_first, "failed", "place_first"),
    ("09.3", drops(lambda A, r, u: A * (u >= r) / 1 - r), "failed", "brackets_missing"),
    ("09.3", lambda A, r, rng, t: drops(lambda A, r, u: A * (u >= r) / (1 - r))(
        A, r, np.random.default_rng(1), t), "failed", "drawn_elsewhere"),
    ("09.4", adam(eps=0), "failed", "no_eps"),
    ("09.4", adam(count=0), "failed", "t_stays_1"),
    ("09.4", adam(forget=1), "failed", "signs_only"),
    ("09.4", lambda slope, place, *rest: adam()(lambda _: slope(place), place, *rest),
     "failed", "signs_only"),
    ("09.4", adam(fix_m=0, fix_s=0), "failed", "no_correction"),
    ("09.4", adam(fix_m=0), "failed", "m_not_corrected"),
    ("09.4", adam(fix_s=0), "failed", "s_not_corrected"),
    ("09.4", adam(keep=1), "failed", "correction_kept"),
    ("09.4", adam(first=0), "failed", "t_from_0"),
    ("09.4", adam(root=lambda s: s), "failed", "no_root"),
    ("09.4", adam(square=lambda g: g), "failed", "no_square"),
    ("09.4", adam(b=(0.999, 0.9)), "failed", "betas_swapped"),
    ("09.4", adam(b=(0.0, 0.999)), "failed", "no_m"),
    ("09.4", adam(square=lambda g: np.mean(g**2)), "failed", "one_s"),
    ("09.Q", "a", "failed", None),
]  # fmt: skip


def attack(size=np.sign, sign=1, end=lambda A: np.clip(A, 0, 1), label=None, by=None):
    """An attack (10.1), with what may go wrong in it."""

    def answer(network, X, Y, epsilon):
        Y = Y if label is None else label(network, X, Y)
        dZ = nn.softmax_cross_entropy_grad(network.forward(X), Y)
        g = network.backward(dZ, input_gradient=True)
        return end(X + sign * (by or epsilon) * size(g))

    return answer


def believed(network, X, Y):
    return np.eye(network.n_out)[network.predict(X)]


def targeted(shift=0, **mistake):
    """An attack with a target (10.3), with what may go wrong in it."""

    def answer(network, X, target, epsilon):
        Y = np.zeros((len(X), network.n_out))
        Y[:, (target + shift) % network.n_out] = 1
        return attack(**{"sign": -1, **mistake})(network, X, Y, epsilon)

    return answer


def only_the_change(network, X, Y, epsilon):
    return attack(end=lambda A: A)(network, X, Y, epsilon) - X


def no_softmax(network, X, Y, epsilon):
    g = network.backward(network.forward(X) - Y, input_gradient=True)
    return np.clip(X + epsilon * np.sign(g), 0, 1)


def trains(network, X, Y, epsilon):
    result = attack()(network, X, Y, epsilon)
    nn.SGD(0.1).step(network.parameters())
    return result


def nudged(of, keep=False, together=False, kind=float):
    """A gradient by nudging (10.4), with what may go wrong in it."""

    def answer(function, x, h):
        x = np.array(x, dtype=kind)
        result = np.zeros(x.shape)
        for place in np.ndindex(x.shape):
            up, down = x.copy(), x.copy()
            where = ... if together else place
            up[where] = up[where] + h
            down[where] = down[where] - h
            result[place] = of(function(up), function(x), function(down), h)
            x = up if keep else x
        return result

    return answer


def central(up, here, down, h):
    return (up - down) / (2 * h)


def walks_back(gate=lambda Z1, A1: Z1 > 0, share=None, again=False, by=(1, 1), sign=1,
               start=nn.sigmoid):  # fmt: skip
    """A whole walk back (10.5), with what may go wrong in it."""

    def answer(X, Y, W1, b1, W2, b2):
        Z1 = X @ W1 + b1
        A1 = np.maximum(Z1, 0)
        P = start(A1 @ W2 + b2)
        dZ2 = sign * (P - Y) / (len(X) if share is None else share(len(X)))
        dZ2 = dZ2 * P * (1 - P) if again else dZ2
        dZ1 = (dZ2 @ W2.T) * gate(Z1, A1)
        W, b = (len(X) if each == "m" else 1 for each in by)
        return (dZ1 @ W1.T, X.T @ dZ1 / W, dZ1.sum(axis=0) / b, A1.T @ dZ2 / W,
                dZ2.sum(axis=0) / b)  # fmt: skip

    return answer


def updates_inside(X, Y, W1, b1, W2, b2):
    result = walks_back()(X, Y, W1, b1, W2, b2)
    W2 -= 0.1 * result[3]
    return result


NAMED += [
    ("10.1", attack(sign=-1), "failed", "down_the_loss"),
    ("10.1", attack(size=lambda g: g), "failed", "raw_of_mean"),
    ("10.1", attack(size=lambda g: g * len(g)), "failed", "raw_gradient"),
    ("10.1", attack(size=lambda g: g / abs(g).max()), "failed", "scaled_gradient"),
    ("10.1", attack(end=lambda A: A), "failed", "unclipped"),
    ("10.1", attack(end=lambda A: np.clip(A, -1, 1)), "failed", "clipped_to_minus_1"),
    ("10.1", attack(label=believed), "failed", "label_believed"),
    ("10.1", attack(label=lambda n, X, Y: np.roll(Y, 1, axis=1)), "failed", "label_beside"),
    ("10.1", attack(by=1.0), "failed", "no_epsilon"),
    ("10.1", lambda n, X, Y, e: attack()(n, X, Y, e * e), "failed", "epsilon_twice"),
    ("10.1", attack(size=lambda g: np.sign(g.mean(axis=0))), "failed", "one_for_all"),
    ("10.1", only_the_change, "failed", "change_only"),
    ("10.1", lambda n, X, Y, e: attack()(n, X, Y, e) - X, "failed", "change_alone"),
    ("10.1", no_softmax, "failed", "no_softmax_attack"),
    ("10.1", lambda n, X, Y, e: X + np.clip(only_the_change(n, X, Y, e), 0, 1),
     "failed", "clipped_change"),
    ("10.1", lambda n, X, Y, e: np.clip(X + np.clip(only_the_change(n, X, Y, e), 0, 1), 0, 1),
     "failed", "change_clipped_too"),
    ("10.1", trains, "failed", "trained_on"),
    ("10.1", lambda n, X, Y, e: X, "failed", "another_attack"),
    ("10.2", 0.14, "failed", "signs_kept"),
    ("10.2", 0.156205, "failed", "euclid"),
    ("10.2", 0.12, "failed", "largest_only"),
    ("10.2", 1.3, "failed", "no_epsilon"),
    ("10.2", 0.6, "failed", "pixels_counted"),
    ("10.2", 0.065, "failed", "mean_for_sum_of_slopes"),
    ("10.2", 0.122, "failed", "squares"),
    ("10.3", targeted(sign=1), "failed", "away_from_target"),
    ("10.3", targeted(shift=-1), "failed", "target_beside"),
    ("10.3", targeted(end=lambda A: A), "failed", "unclipped"),
    ("10.3", lambda n, X, t, e: attack(label=believed)(n, X, None, e), "failed", "only_away"),
    ("10.3", targeted(size=lambda g: g * len(g)), "failed", "raw_gradient"),
    ("10.3", lambda n, X, t, e: X, "failed", "another_attack"),
    ("10.4", nudged(lambda up, here, down, h: (up - here) / h), "failed", "one_sided"),
    ("10.4", nudged(lambda up, here, down, h: (up - down) / h), "failed", "factor_2_missing"),
    ("10.4", nudged(lambda up, here, down, h: (up - down) / 2 * h), "failed", "precedence_of_2h"),
    ("10.4", nudged(lambda up, here, down, h: up - down), "failed", "not_divided_by_h"),
    ("10.4", nudged(lambda up, here, down, h: (down - up) / (2 * h)), "failed", "sign_flipped"),
    ("10.4", nudged(central, keep=True), "failed", "nudge_stays"),
    ("10.4", nudged(central, together=True), "failed", "all_nudged"),
    ("10.4", nudged(central, kind=None), "failed", "integer_arithmetic"),
    ("10.4", nudged(lambda up, here, down, h: up / h), "failed", "another_slope"),
    ("10.5", walks_back(share=lambda m: 1), "failed", "mean_missing_all"),
    ("10.5", walks_back(share=lambda m: m * m), "failed", "mean_twice_all"),
    ("10.5", walks_back(gate=lambda Z1, A1: A1 >= 0), "failed", "gate_lets_all"),
    ("10.5", walks_back(gate=lambda Z1, A1: 1 - A1**2), "failed", "gate_of_other"),
    ("10.5", walks_back(gate=lambda Z1, A1: A1), "failed", "values_for_gate"),
    ("10.5", walks_back(again=True), "failed", "sigmoid_twice"),
    ("10.5", walks_back(start=lambda Z: Z), "failed", "no_sigmoid_back"),
    ("10.5", walks_back(by=("m", 1)), "failed", "mean_misplaced"),
    ("10.5", walks_back(by=(1, "m")), "failed", "mean_for_sum_in_db"),
    ("10.5", walks_back(sign=-1), "failed", "sign_flipped"),
    ("10.5", walks_back(gate=lambda Z1, A1: Z1 > 0.5), "failed", "another_walk_back"),
    ("10.5", updates_inside, "failed", "updates_inside"),
    ("10.Q", "a", "failed", None),
]  # fmt: skip


def rolled(X, right, down):
    images = X.reshape(-1, 8, 8)
    return np.roll(images, (down, right), axis=(1, 2)).reshape(-1, 64)


def edge_drawn_out(X, right, down):
    rows, columns = (np.clip(np.arange(8) - by, 0, 7) for by in (down, right))
    return X.reshape(-1, 8, 8)[:, rows][:, :, columns].reshape(-1, 64)


def looks(places=None, of="predict_proba", mean=np.mean):
    """Nine looks at an image (11.3), with what may go wrong in it."""
    nine = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]

    def answer(network, X):
        each = [nn.shift_images(X, *p) for p in places or nine]
        return mean([getattr(network, of)(images) for images in each], axis=0)

    answer.nine = nine
    return answer


NINE = looks().nine
CARD = """Reads: a digit of 64 pixels
Drawn by: 13 people
Not drawn by: the rest of the world
Accuracy: 97 %
Moved by a pixel: 45 %
Not for: post codes, exams"""

NAMED += [
    ("11.1", rolled, "failed", "wraps_around"),
    ("11.1", lambda X, right, down: np.roll(X, 8 * down + right, axis=1), "failed", "rolled_flat"),
    ("11.1", lambda X, right, down: nn.shift_images(X, -right, -down), "failed", "other_way"),
    ("11.1", lambda X, right, down: nn.shift_images(X, down, right), "failed", "rows_for_columns"),
    ("11.1", lambda X, right, down: nn.shift_images(X, right, -down), "failed", "one_axis_flipped"),
    ("11.1", edge_drawn_out, "failed", "edge_repeated"),
    ("11.1", lambda X, right, down: X.copy(), "failed", "not_moved"),
    ("11.1", lambda X, right, down: nn.shift_images(X, right, 0), "failed", "one_direction"),
    ("11.1", lambda X, right, down: nn.shift_images(X, *np.sign([right, down]).tolist()),
     "failed", "one_step"),
    ("11.1", lambda X, right, down: 1 - nn.shift_images(1 - X, right, down), "failed", "paper_not_0"),
    ("11.1", lambda X, right, down: nn.shift_images(X, right, down)[::-1], "failed", "another_shift"),
    ("11.2", "It reads digits.", "failed", "not_a_card"),
    ("11.2", 0.97, "failed", "not_a_card"),
    ("11.2", CARD.replace("post codes, exams", "exams"), "failed", "card_one_word"),
    ("11.2", CARD.replace("13 people", "43 people"), "failed", "card_people"),
    ("11.2", CARD.replace("97 %", "very good"), "failed", "card_no_number"),
    ("11.2", CARD.replace("97 %", "_ %").replace("45", "97").replace("_", "45"), "failed", "card_swapped"),
    ("11.2", CARD.replace("45 %", "0.8"), "failed", "card_number"),
    ("11.2", CARD.replace("13 people", "..."), "unfinished", None),
    ("11.3", looks(mean=np.sum), "failed", "summed_for_mean"),
    ("11.3", lambda n, X: n.predict_proba(np.mean([nn.shift_images(X, *p) for p in NINE], axis=0)),
     "failed", "images_averaged"),
    ("11.3", looks([(0, 0)]), "failed", "only_as_it_is"),
    ("11.3", looks([p for p in NINE if p != (0, 0)]), "failed", "itself_missing"),
    ("11.3", looks([p for p in NINE if 0 in p]), "failed", "corners_missing"),
    ("11.3", looks(of="forward"), "failed", "scores_averaged"),
    ("11.3", lambda n, X: np.mean([np.eye(n.n_out)[n.predict(nn.shift_images(X, *p))] for p in NINE],
                                  axis=0), "failed", "votes"),
    ("11.3", looks(mean=np.max), "failed", "another_mean"),
    ("11.Q", "a", "failed", None),
]  # fmt: skip

XOR, MOONS = "data=xor layers=2 rate=0.3", "data=moons layers=8 rate=0.3 seed=5"
SPIRALS = "data=spirals points=300 noise=0.1 layers=8 optimizer=adam rate=0.03"

NAMED += [
    ("12.1", 2, "failed", "not_a_line"),
    ("12.1", "two neurons", "failed", "not_a_setting"),
    ("12.1", "layers=2 rate=0.3", "failed", "other_data"),
    ("12.1", XOR + " inputs=squares", "failed", "inputs_do_it"),
    ("12.1", XOR + " noise=0", "failed", "easier_data"),
    ("12.1", XOR.replace("layers=2", "layers=0"), "failed", "no_hidden_layer"),
    ("12.1", XOR.replace("layers=2", "layers=1"), "failed", "one_neuron"),
    ("12.1", XOR + " activation=identity", "failed", "layers_without_bend"),
    ("12.1", XOR + " start=zero", "failed", "starts_at_0"),
    ("12.1", XOR + " seed=6", "failed", "unlucky_start"),
    ("12.1", XOR.replace("layers=2", "layers=1-1"), "failed", "not_learned"),
    ("12.1", XOR.replace("layers=2", "layers=3"), "failed", "fewer_do"),
    ("12.2", MOONS + " noise=1", "failed", "other_data_12"),
    ("12.2", MOONS, "failed", "nothing_changed"),
    ("12.2", MOONS.replace("0.3", "1") + " start=zero", "failed", "several_words"),
    ("12.2", MOONS + " activation=relu", "failed", "still_learns"),
    ("12.3", SPIRALS.replace("spirals", "circles"), "failed", "other_data_spirals"),
    ("12.3", SPIRALS.replace("300", "100"), "failed", "easier_spirals"),
    ("12.3", SPIRALS.replace("layers=8", "layers=8-8"), "failed", "too_many_parameters"),
    ("12.3", SPIRALS.replace("adam rate=0.03", "sgd decay=1 rate=5"), "failed", "run_diverged"),
    ("12.3", SPIRALS.replace("layers=8", "layers=2"), "failed", "not_learned_spirals"),
    ("12.Q", "a", "failed", None),
    # how fast NumPy can go
    ("13.1", [64, 32, 32, 64, 32], "failed", "all_turned"),
    ("13.1", [64, 64, 64, 32, 64], "failed", "python_adapts"),
    ("13.1", [32, 32, 64, 32, 64], "failed", "numpy_counts"),
    ("13.1", [32, 64, 32, 32, 64], "failed", "arrays_decide"),
    ("13.1", [32, 64, 64, 32, 32], "failed", "whole_numbers_too"),
    ("13.1", [4, 8, 8, 4, 8], "failed", "bytes_for_bits"),
    ("13.1", [32, 64, 16, 32, 64], "failed", "neither_32_nor_64"),
    ("13.1", [np.float32, np.float64] * 2 + [np.float64], "failed", "neither_32_nor_64"),
    ("13.1", [32, 64], "failed", "wrong_list"),
    ("13.2", mixed(lambda rows, k: 1 / len(rows)), "failed", "plain_mean"),
    ("13.2", mixed(lambda rows, k: 1), "failed", "sum_of_means"),
    ("13.2", mixed(lambda rows, k: rows[k]), "failed", "sum_of_sums"),
    ("13.2", mixed(lambda rows, k: rows[k] / sum(rows) / len(rows)), "failed", "twice_divided"),
    ("13.2", mixed(lambda rows, k: rows[k] / len(rows)), "failed", "divided_by_workers"),
    ("13.2", mixed(lambda rows, k: rows[-1 - k] / sum(rows)), "failed", "turned_shares"),
    ("13.2", mixed(lambda rows, k: 1 / rows[k] / sum(1 / r for r in rows)), "failed", "rows_below"),
    ("13.2", mixed(lambda rows, k: sum(rows) / rows[k]), "failed", "turned_division"),
    ("13.2", lambda gradients, rows: gradients[0], "failed", "one_worker"),
    ("13.2", mixed(lambda rows, k: rows[k] / sum(rows) * (k < len(rows) - 1)), "failed", "last_forgotten"),
    ("13.2", lambda gradients, rows: (rows.reverse(), gradients[0])[1], "failed", "changes_rows"),
    ("13.2", lambda gradients, rows: gradients[-1], "failed", "last_worker"),
    ("13.2", mixed(lambda rows, k: rows[k] / sum(rows) * (k == len(rows) - 1)), "failed", "overwritten"),
    ("13.2", mixed(lambda rows, k: rows[k] / sum(rows) * (1 + (k == 0))), "failed", "first_twice"),
    ("13.2", lambda gradients, rows: gradients[np.argmax(rows)], "failed", "most_rows"),
    ("13.2", mixed(lambda rows, k: -rows[k] / sum(rows)), "failed", "sign_flipped"),
    ("13.2", mixed(lambda rows, k: 0.5 * rows[k] / sum(rows)), "failed", "another_mix"),
    ("13.2", lambda gradients, rows: mixed(lambda rows, k: rows[k] / sum(rows))(gradients, rows)[0], "failed", "wrong_count"),
    ("13.3", into(relu=False), "failed", "no_activation"),
    ("13.3", into(bias=0), "failed", "no_bias"),
    ("13.3", into(bias=0, relu=False), "failed", "only_the_product"),
    ("13.3", into(bias=2), "failed", "bias_after"),
    ("13.3", into(give=lambda out: None), "unfinished", "no_return"),
    ("13.3", into(give=np.copy), "failed", "returns_another"),
    ("13.3", lambda X, W, b, out: np.maximum(X @ W + b, 0), "failed", "makes_its_own"),
    ("13.3", lambda X, W, b, out: np.maximum(X @ W, b).sum() and None, "failed", "out_untouched"),
    ("13.3", lambda X, W, b, out: np.abs(np.matmul(X, W, out=out), out=out), "failed", "other_layer"),
    ("13.3", lambda X, W, b, out: np.copyto(out, np.maximum(X @ W + b, 0)) or out, "failed", "new_array"),
    ("13.3", lambda X, W, b, out: into()(X, W, np.multiply(b, 1, out=b), out) + np.subtract(b, 1, out=b)[0], "failed", "changes_input"),
    ("13.3", lambda X, W, b, out: out, "failed", "out_untouched"),
    ("13.4", lambda X, W, b: X @ W, "failed", "no_bias"),
    ("13.4", lambda X, W, b: X @ W + b[0], "failed", "bias_of_first"),
    ("13.4", lambda X, W, b: np.maximum(X @ W + b[:, None], 0), "failed", "activation_too"),
    ("13.4", lambda X, W, b: X @ W - b[:, None], "failed", "bias_subtracted"),
    ("13.4", lambda X, W, b: 2 * (X @ W + b[:, None]), "failed", "another_stack"),
    ("13.4", lambda X, W, b: (X @ W + b[:, None]).transpose(1, 0, 2), "failed", "networks_second"),
    ("13.4", lambda X, W, b: np.hstack([X @ w + c for w, c in zip(W, b, strict=True)]), "failed", "one_wide_table"),
    ("13.4", lambda X, W, b: X @ W + (b if len(b) == len(X) else b[:, None]), "failed", "b_for_rows"),
    ("13.4", in_one_room, "failed", "same_room"),
    ("13.3", into(bias=-1), "failed", "bias_subtracted"),
    *(("13.Q", letter, "failed", None) for letter in "acd"),
]  # fmt: skip
