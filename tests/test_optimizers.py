"""Optimisers, step by step against numbers worked out by hand; dropout; schedules."""

import copy

import numpy as np
import pytest

import nn_helpers as nn

MAKERS = {"SGD": nn.SGD, "Momentum": nn.Momentum, "Adam": nn.Adam}


def walk(optimizer, w, slopes):
    """The weight after each step, one slope a step."""
    w, seen = np.array([float(w)]), []
    for g in slopes:
        optimizer.step([("w", w, np.array([float(g)]))])
        seen.append(w[0])
    return seen


def test_sgd_by_hand():
    # 1 - 0.1 * 2, then - 0.1 * (-4), then - 0.1 * 0
    np.testing.assert_allclose(walk(nn.SGD(0.1), 1, [2, -4, 0]), [0.8, 1.2, 1.2])


def test_momentum_by_hand():
    # v: 2, 0.5 * 2 - 4 = -3, -1.5; w: 1 - 0.2, 0.8 + 0.3, 1.1 + 0.15
    found = walk(nn.Momentum(0.1, 0.5), 1, [2, -4, 0])
    np.testing.assert_allclose(found, [0.8, 1.1, 1.25])


def test_adam_by_hand():
    # beta1 0.5, beta2 0.75, eps 1e-12, slopes 4 and -2.
    # m: 2, 0.5 * 2 - 1 = 0; s: 0.25 * 16 = 4, 0.75 * 4 + 1 = 4.
    # m^: 2 / 0.5 = 4, 0; s^: 4 / 0.25 = 16, 4 / (1 - 0.5625) = 64 / 7.
    # w: 1 - 0.1 * 4 / 4 = 0.9, then 0.9. Third slope 3:
    # m = 1.5, m^ = 1.5 / 0.875; s = 3 + 2.25 = 5.25, s^ = 5.25 / (1 - 0.421875).
    found = walk(nn.Adam(0.1, 0.5, 0.75, 1e-12), 1, [4, -2, 3])
    third = 0.9 - 0.1 * (1.5 / 0.875) / np.sqrt(5.25 / 0.578125)
    np.testing.assert_allclose(found, [0.9, 0.9, third], rtol=1e-10)


@pytest.mark.parametrize("g", [1e-6, 0.3, 2e5])
def test_adam_s_first_step_is_a_rate_long(g):
    assert walk(nn.Adam(0.01), 1, [g])[0] == pytest.approx(0.99, abs=1e-4)


@pytest.mark.parametrize("name", MAKERS)
def test_weight_decay_is_decoupled_and_spares_rows(name):
    """Each step first shrinks the tables by rate * decay, whatever the gradient."""
    rng = np.random.default_rng(1)
    W, b = rng.normal(size=(3, 2)), rng.normal(size=2)
    plain, decayed = [W.copy(), b.copy()], [W.copy(), b.copy()]
    one, two = MAKERS[name](0.1), MAKERS[name](0.1, weight_decay=0.5)
    for _ in range(3):
        gradients = [rng.normal(size=(3, 2)), rng.normal(size=2)]
        before = [a.copy() for a in plain], [a.copy() for a in decayed]
        for optimizer, arrays in ((one, plain), (two, decayed)):
            optimizer.step(list(zip(("W", "b"), arrays, gradients, strict=True)))
        moved = plain[0] - before[0][0]
        np.testing.assert_allclose(decayed[0], 0.95 * before[1][0] + moved)
        np.testing.assert_array_equal(decayed[1], plain[1])


@pytest.mark.parametrize("name", MAKERS)
def test_a_failed_step_moves_and_remembers_nothing(name):
    optimizer = MAKERS[name](0.1)
    w, dw = np.ones(2), np.ones(2)
    with pytest.raises(ValueError, match=r"gradient of b of shape \(2,\), got \(3,\)"):
        optimizer.step([("w", w, dw), ("b", np.ones(2), np.ones(3))])
    np.testing.assert_array_equal(w, 1.0)
    fresh = MAKERS[name](0.1)
    other = np.ones(2)
    optimizer.step([("w", w, dw)])
    fresh.step([("w", other, dw)])
    np.testing.assert_array_equal(w, other)


@pytest.mark.parametrize("maker", [nn.Momentum, nn.Adam])
def test_an_optimiser_that_remembers_another_network_says_so(maker):
    optimizer = maker(0.1)
    optimizer.step([("W1", np.ones((2, 3)), np.ones((2, 3)))])
    with pytest.raises(ValueError, match=r"remembers W1 of shape \(2, 3\), got \(4,\)"):
        optimizer.step([("W1", np.ones(4), np.ones(4))])


@pytest.mark.parametrize("name", MAKERS)
def test_float32_stays_float32(name):
    w = np.ones((2, 2), np.float32)
    MAKERS[name](0.1, weight_decay=0.01).step([("w", w, np.ones((2, 2), np.float32))])
    assert w.dtype == np.float32


@pytest.mark.parametrize(
    "make",
    [
        lambda: nn.SGD(0.1, weight_decay=-0.1),
        lambda: nn.Momentum(0.1, 1.0),
        lambda: nn.Momentum(-1),
        lambda: nn.Adam(0.1, beta1=1),
        lambda: nn.Adam(0.1, beta2=-0.1),
        lambda: nn.Adam(0.1, eps=0),
        lambda: nn.Adam("fast"),
        lambda: nn.Network([2, 3, 1], rng=np.random.default_rng(0), dropout=1),
        lambda: nn.dropout_mask((2, 2), 1.5, np.random.default_rng(0)),
    ],
)
def test_other_settings_are_refused(make):
    with pytest.raises(ValueError, match="must be a"):
        make()


def test_dropout_only_while_it_trains_and_keeps_the_mean():
    rng = np.random.default_rng(2)
    network = nn.Network([4, 2000, 3], rng=rng, dropout=0.3)
    X = rng.normal(size=(5, 4))
    still = network.forward(X)
    np.testing.assert_array_equal(still, network.forward(X))
    np.testing.assert_array_equal(still, network.predict_proba(X) * 0 + still)
    runs = [network.forward(X, np.random.default_rng(seed)) for seed in range(400)]
    assert not np.array_equal(runs[0], runs[1])
    spread = np.std(runs, axis=0) / np.sqrt(len(runs))
    assert (np.abs(np.mean(runs, axis=0) - still) < 5 * spread).all()
    kept = network.masks[0] > 0
    assert abs(kept.mean() - 0.7) < 0.02
    np.testing.assert_allclose(network.masks[0][kept], 1 / 0.7)


def test_gradients_go_through_the_same_mask():
    rng = np.random.default_rng(3)
    network = nn.Network([3, 6, 5, 2], activation="tanh", rng=rng, dropout=0.4)
    X, Y = rng.normal(size=(4, 3)), np.eye(2)[[0, 1, 1, 0]]

    def loss():
        Z = network.forward(X, np.random.default_rng(7))  # the same masks each time
        return nn.softmax_cross_entropy(Z, Y), Z

    _, Z = loss()
    network.backward(nn.softmax_cross_entropy_grad(Z, Y))
    gradients = [g.copy() for _, _, g in network.parameters()]
    for (_, array, _), gradient in zip(network.parameters(), gradients, strict=True):
        for place in np.ndindex(array.shape):
            old = array[place]
            array[place] = old + 1e-6
            up = loss()[0]
            array[place] = old - 1e-6
            slope = (up - loss()[0]) / 2e-6
            array[place] = old
            assert gradient[place] == pytest.approx(slope, abs=1e-8)


def test_without_dropout_the_generator_is_left_alone():
    X, y = nn.make_xor(30, rng=np.random.default_rng(0))
    histories = []
    for dropout in (0.0, 0.5):
        network = nn.Network([2, 8, 1], rng=np.random.default_rng(1), dropout=dropout)
        rng = np.random.default_rng(2)
        nn.train(
            network, X, y[:, None], loss=nn.binary_cross_entropy, learning_rate=0.1,
            epochs=1, rng=rng,
        )  # fmt: skip
        histories.append(rng.random())
    untouched = np.random.default_rng(2)
    untouched.permutation(30)
    assert histories[0] == untouched.random() != histories[1]


def test_a_schedule_is_a_line_in_after_epoch():
    X, y = nn.make_xor(30, rng=np.random.default_rng(0))
    network = nn.Network([2, 4, 1], rng=np.random.default_rng(1))
    optimizer, rates = nn.SGD(0.4), []

    def halve(epoch, network, history):
        rates.append(optimizer.learning_rate)
        optimizer.learning_rate /= 2

    before = copy.deepcopy(network)
    nn.train(
        network, X, y[:, None], loss=nn.binary_cross_entropy, optimizer=optimizer,
        batch_size=30, epochs=3, rng=np.random.default_rng(2), after_epoch=halve,
    )  # fmt: skip
    assert rates == [0.4, 0.2, 0.1]
    for rate in rates:
        for _ in nn.one_epoch(
            before, X, y[:, None], nn.binary_cross_entropy_grad, nn.SGD(rate), 30,
            np.random.default_rng(5),
        ):  # fmt: skip
            pass
    np.testing.assert_allclose(before.forward(X), network.forward(X))
