import copy
import signal
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn_helpers as nn
from nn_helpers import training


def moons(n=40, seed=1):
    X, y = nn.make_moons(n, rng=np.random.default_rng(seed))
    return X, y[:, None].astype(float)


def fresh(sizes=(2, 5, 1), seed=2, **options):
    return nn.Network(list(sizes), rng=np.random.default_rng(seed), **options)


def run(network, X, Y, seed=3, **changes):
    settings = {"loss": nn.binary_cross_entropy, "learning_rate": 0.1, "epochs": 3}
    return nn.train(
        network, X, Y, rng=np.random.default_rng(seed), **settings | changes
    )


def weights(network):
    return np.concatenate([array.ravel() for _, array, _ in network.parameters()])


@given(m=st.integers(1, 30), size=st.integers(1, 30), seed=st.integers(0, 99))
def test_minibatches_are_one_shuffled_full_pass(m, size, seed):
    X, Y = np.arange(m)[:, None], -np.arange(m)
    if size > m:
        with pytest.raises(ValueError, match=f"from 1 to {m}, got {size}"):
            nn.minibatches(X, Y, size, np.random.default_rng(seed))
        return
    batches = list(nn.minibatches(X, Y, size, np.random.default_rng(seed)))
    rows = np.concatenate([x[:, 0] for x, _ in batches])
    assert sorted(rows) == list(range(m))
    assert len(batches) == -(-m // size)
    assert {len(x) for x, _ in batches[:-1]} <= {size}
    assert all((x[:, 0] == -y).all() for x, y in batches)
    np.testing.assert_array_equal(X[:, 0], np.arange(m))


def test_minibatches_are_shuffled_anew_each_time(rng):
    X = np.arange(50)[:, None]
    first, second = (next(nn.minibatches(X, X, 50, rng))[0][:, 0] for _ in "ab")
    assert (first != np.arange(50)).any() and (first != second).any()


def test_batch_size_one_is_the_loop_of_the_article():
    X, Y = moons()
    ours, network = fresh(), fresh()
    history = run(network, X, Y)
    rng = np.random.default_rng(3)
    for epoch in range(3):
        losses = []
        for i in rng.permutation(len(X)):
            Z = ours.forward(X[i : i + 1])
            losses.append(nn.binary_cross_entropy(Z, Y[i : i + 1]))
            ours.backward(nn.binary_cross_entropy_grad(Z, Y[i : i + 1]))
            for _, array, gradient in ours.parameters():
                array -= 0.1 * gradient
        assert history.loss[epoch] == pytest.approx(np.mean(losses))
    np.testing.assert_array_equal(weights(ours), weights(network))


@pytest.mark.parametrize("batch_size", [1, 7, 40])
def test_the_same_seed_gives_the_same_bits(batch_size):
    X, Y = moons()
    a, b, c = fresh(), fresh(), fresh()
    runs = [
        run(n, X, Y, seed, batch_size=batch_size)
        for n, seed in ((a, 3), (b, 3), (c, 4))
    ]
    np.testing.assert_array_equal(weights(a), weights(b))
    assert runs[0].loss == runs[1].loss
    if batch_size < 40:
        assert (weights(a) != weights(c)).any()


def test_an_incomplete_last_batch_is_trained_on():
    X, Y = moons(10)
    shown = []

    class Counting(nn.Network):
        def forward(self, X, rng=None):
            shown.append(len(X))
            return super().forward(X)

    run(Counting([2, 3, 1], rng=np.random.default_rng(0)), X, Y, batch_size=4, epochs=2)
    assert shown == [4, 4, 2, 4, 4, 2]


def test_history_with_validation():
    X, Y = moons()
    network = fresh()
    history = run(network, X, Y, validation=(X[:10], Y[:10]), epochs=4)
    assert len(history.loss) == len(history.validation_loss) == 4
    expected = nn.binary_cross_entropy(network.forward(X[:10]), Y[:10])
    assert history.validation_loss[-1] == pytest.approx(expected)
    right = nn.accuracy(network.predict(X[:10]), Y[:10, 0].astype(int))
    assert history.validation_accuracy[-1] == right
    assert history.stopped == "finished all 4 epochs"


def test_validation_changes_no_weight():
    X, Y = moons()
    a, b = fresh(), fresh()
    run(a, X, Y)
    run(b, X, Y, validation=(X[:5], Y[:5]))
    np.testing.assert_array_equal(weights(a), weights(b))


@pytest.mark.parametrize(("rows", "others"), [(4, 3), (3, 4), (0, 0), (2, 0)])
def test_minibatches_want_as_many_rows_in_both(rows, others):
    X, Y = np.zeros((rows, 2)), np.zeros((others, 1))
    with pytest.raises(ValueError, match=r"same number of rows.*got \(\d, 2\) and"):
        nn.minibatches(X, Y, 1, np.random.default_rng(0))


def test_validation_is_a_pair():
    X, Y = moons()
    for other in (X, (X,), [], (X, Y, X), {"X": X, "Y": Y}):
        with pytest.raises(ValueError, match=r"validation to be a pair \(X, Y\)"):
            run(fresh(), X, Y, validation=other)


def test_validation_accuracy_is_left_out_for_real_targets():
    X, _ = moons()
    Y = X[:, :1] * 2.5
    history = run(fresh(), X, Y, loss=nn.mean_squared_error, validation=(X, Y))
    assert history.validation_accuracy == [] and len(history.validation_loss) == 3
    # A squared error has no threshold at logit 0, whatever the targets are.
    _, Y = moons()
    history = run(fresh(), X, Y, loss=nn.mean_squared_error, validation=(X, Y))
    assert history.validation_accuracy == [] and len(history.validation_loss) == 3


def test_the_inputs_stay():
    X, Y = moons()
    kept = X.copy(), Y.copy()
    run(fresh(), X, Y)
    np.testing.assert_array_equal(X, kept[0])
    np.testing.assert_array_equal(Y, kept[1])


def test_an_interrupt_keeps_history_and_network():
    X, Y = moons()
    calls = []

    def stop_in_the_third_epoch(Z, Y):
        calls.append(len(Z))
        if len(calls) == 2 * len(X) + 5:
            raise KeyboardInterrupt
        return nn.binary_cross_entropy_grad(Z, Y)

    network = fresh()
    history = run(
        network, X, Y, loss=(nn.binary_cross_entropy, stop_in_the_third_epoch), epochs=9
    )
    assert history.stopped == "interrupted in epoch 3 of 9"
    assert len(history.loss) == 2
    assert np.isfinite(network.predict_proba(X)).all()


class Alarm:
    """Raise KeyboardInterrupt after so many seconds, wherever the program is by then."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __enter__(self):
        def ring(*_):
            raise KeyboardInterrupt

        self.before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def __exit__(self, *_):
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.before)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no such timer")
def test_an_interrupt_at_any_moment_leaves_network_and_history_in_order():
    X, Y = moons(12)
    settings = {"batch_size": 5, "epochs": 10**9, "validation": (X, Y)}
    lengths = set()
    for seconds in np.random.default_rng(0).uniform(0.001, 0.02, 150):
        network = fresh()
        try:
            with Alarm(seconds):
                history = run(network, X, Y, **settings)
        except KeyboardInterrupt:  # before the loop has begun
            np.testing.assert_array_equal(weights(network), weights(fresh()))
            continue
        assert history.stopped.startswith("interrupted in epoch ")
        length, epoch = len(history.loss), int(history.stopped.split()[3])
        assert len(history.validation_loss) == length
        assert len(history.validation_accuracy) == length
        assert length in (epoch - 1, epoch)
        lengths.add(length)
        assert np.isfinite(network.predict_proba(X)).all()
        assert run(network, X, Y, epochs=1).stopped == "finished all 1 epochs"
    assert len(lengths) > 2, "the moments were no different"


def test_an_interrupt_between_two_entries_leaves_lists_of_one_length(monkeypatch):
    class Interrupted(list):
        def append(self, value):
            if len(self) == 2:
                raise KeyboardInterrupt
            super().append(value)

    class History(training.History):
        def __init__(self):
            super().__init__(validation_loss=Interrupted())

    monkeypatch.setattr(training, "History", History)
    X, Y = moons()
    history = run(fresh(), X, Y, epochs=5, validation=(X, Y))
    assert history.stopped == "interrupted in epoch 3 of 5"
    kept = history.loss, history.validation_loss, history.validation_accuracy
    assert [len(entries) for entries in kept] == [2, 2, 2]


def test_divergence_restores_the_last_good_weights():
    X, Y = moons()
    network, one_epoch = fresh(), fresh()
    epochs_seen = []

    class Wild(nn.SGD):
        def step(self, parameters):
            epochs_seen.append(1)
            self.learning_rate = 0.1 if len(epochs_seen) <= len(X) else 1e200
            super().step(parameters)

    history = run(network, X, Y, learning_rate=None, optimizer=Wild(0.1), epochs=5)
    run(one_epoch, X, Y, epochs=1)
    assert history.stopped.startswith("diverged in epoch 2")
    assert len(history.loss) == 1
    np.testing.assert_array_equal(weights(network), weights(one_epoch))


def test_an_optimizer_owns_the_learning_rate():
    X, Y = moons()
    a, b = fresh(), fresh()
    run(a, X, Y)
    run(b, X, Y, learning_rate=None, optimizer=nn.SGD(0.1))
    np.testing.assert_array_equal(weights(a), weights(b))


def test_a_loss_of_your_own():
    X, Y = moons()
    a, b = fresh(), fresh()
    run(a, X, Y)
    own = (
        lambda Z, Y: nn.binary_cross_entropy(Z, Y),
        lambda Z, Y: nn.binary_cross_entropy_grad(Z, Y),
    )
    run(b, X, Y, loss=own)
    np.testing.assert_array_equal(weights(a), weights(b))


def test_sgd_steps_downhill_in_place():
    w, dw = np.array([1.0, 2.0], np.float32), np.array([10.0, -10.0], np.float32)
    nn.SGD(np.float64(0.1)).step([("w", w, dw)])
    np.testing.assert_allclose(w, [0, 3], atol=1e-6)
    np.testing.assert_array_equal(dw, [10, -10])
    assert w.dtype == np.float32


X_GOOD, Y_GOOD = moons(8)
with_nan = X_GOOD.copy()
with_nan[2, 1] = np.nan
BAD = [
    (
        {"X": X_GOOD[:, :1]},
        ValueError,
        r"train expected X of shape \(m, 2\), got \(8, 1\)",
    ),
    ({"X": X_GOOD[:5]}, ValueError, "as many rows in Y as in X, got 8 and 5"),
    (
        {"X": with_nan},
        ValueError,
        r"train: X must be finite, got nan at index \(2, 1\)",
    ),
    ({"X": X_GOOD.astype(str)}, TypeError, "real numbers"),
    ({"X": X_GOOD[:0], "Y": Y_GOOD[:0]}, ValueError, "at least one row"),
    ({"Y": Y_GOOD[:, 0]}, ValueError, r"Y of shape \(m, 1\), got \(8,\)"),
    ({"Y": Y_GOOD + 1}, ValueError, "targets Y from 0 to 1"),
    ({"Y": Y_GOOD - 0.5}, ValueError, "from 0 to 1, got values from -0.5 to 0.5"),
    ({"Y": Y_GOOD * np.nan}, ValueError, "Y must be finite"),
    ({"batch_size": 0}, ValueError, "from 1 to 8, got 0"),
    ({"batch_size": 9}, ValueError, "from 1 to 8, got 9"),
    ({"batch_size": 2.0}, ValueError, "whole number"),
    ({"batch_size": True}, ValueError, "whole number"),
    ({"epochs": 0}, ValueError, "epochs must be a whole number at least 1, got 0"),
    ({"learning_rate": 0}, ValueError, "finite number > 0, got 0"),
    ({"learning_rate": -0.1}, ValueError, "finite number > 0"),
    ({"learning_rate": np.nan}, ValueError, "finite number > 0"),
    ({"learning_rate": None}, ValueError, "either learning_rate or optimizer"),
    ({"optimizer": nn.SGD(0.1)}, ValueError, "either learning_rate or optimizer"),
    ({"loss": "absolute"}, ValueError, "mean_squared_error, binary_cross_entropy"),
    ({"learning_rate": None, "optimizer": "sgd"}, TypeError, "a method step"),
    ({"learning_rate": None, "optimizer": nn.SGD}, TypeError, "a method step"),
    ({"after_epoch": 3}, TypeError, "after_epoch to be callable"),
    ({"loss": (lambda Z, Y: Z - Y, np.subtract)}, TypeError, "return a number"),
    ({"loss": (lambda Z, Y: 1.0, lambda Z, Y: 1.0)}, ValueError, "shape of Z"),
    ({"rng": 3}, TypeError, "train expected rng, a numpy.random.Generator"),
    ({"validation": X_GOOD}, ValueError, r"pair \(X, Y\)"),
    ({"validation": (X_GOOD, Y_GOOD + 5)}, ValueError, "validation expected targets Y"),
]


@pytest.mark.parametrize(("change", "error", "message"), BAD)
def test_bad_calls_are_named_and_leave_the_network_as_it_was(change, error, message):
    network = fresh()
    before = weights(network)
    call = {
        "X": X_GOOD,
        "Y": Y_GOOD,
        "loss": nn.binary_cross_entropy,
        "learning_rate": 0.1,
        "epochs": 1,
        "rng": np.random.default_rng(0),
    } | change
    with pytest.raises(error, match=message):
        nn.train(network, **call)
    np.testing.assert_array_equal(weights(network), before)


def test_one_epoch_can_be_walked_and_is_what_train_does():
    X, Y = moons(10)
    a, b = fresh(), fresh()
    run(a, X, Y, epochs=1, batch_size=4)
    grad, rng = nn.binary_cross_entropy_grad, np.random.default_rng(3)
    steps = nn.one_epoch(b, X, Y, grad, nn.SGD(0.1), 4, rng)
    before = weights(b)
    Z, targets = next(steps)
    assert Z.shape == targets.shape == (4, 1) and (weights(b) != before).any()
    assert [len(Z) for Z, _ in steps] == [4, 2]
    np.testing.assert_array_equal(weights(a), weights(b))


def test_after_epoch_watches_and_may_end_the_run():
    X, Y = moons(10)
    seen = []

    def watch(epoch, network, history):
        seen.append((epoch, weights(network), len(history.loss)))
        return epoch == 3

    network = fresh()
    history = run(network, X, Y, epochs=9, after_epoch=watch)
    assert [(epoch, n) for epoch, _, n in seen] == [(1, 1), (2, 2), (3, 3)]
    assert history.stopped == "ended by after_epoch in epoch 3 of 9"
    np.testing.assert_array_equal(seen[-1][1], weights(network))
    assert (seen[0][1] != seen[1][1]).any()


def test_three_outputs_are_not_for_binary_cross_entropy():
    Y = (np.arange(24).reshape(8, 3) % 2).astype(float)
    with pytest.raises(ValueError, match="one output for binary_cross_entropy"):
        run(fresh((2, 3)), X_GOOD, Y)


def test_a_step_that_cannot_be_taken_moves_nothing():
    W, b = np.ones((3, 2)), np.ones(2)
    good = ("b", b, np.ones(2))
    for bad, error, message in (
        (("W", W, np.ones(2)), ValueError, r"shape \(3, 2\), got \(2,\)"),
        (("W", W, None), RuntimeError, "gradient of W: call backward"),
        (("W", np.ones(2, int), np.ones(2)), TypeError, "array of floats"),
    ):
        with pytest.raises(error, match=message):
            nn.SGD(0.1).step([good, bad])
        np.testing.assert_array_equal(b, 1)
    with pytest.raises(RuntimeError, match="call backward"):
        nn.SGD(0.1).step(fresh().parameters())


def test_rows_that_are_not_one_hot_are_refused():
    network = fresh((2, 3))
    with pytest.raises(ValueError, match="sum to 1"):
        run(network, X_GOOD, np.ones((8, 3)), loss=nn.softmax_cross_entropy)


def test_accuracy():
    assert nn.accuracy([1, 2, 3, 4], [1, 2, 3, 0]) == 0.75
    for wrong in (([1], [1, 2]), ([], []), ([[1]], [[1]])):
        with pytest.raises(ValueError, match="class numbers"):
            nn.accuracy(*wrong)


def held_out_accuracy(load, sizes, seed, **settings):
    X, y = load()
    rng = np.random.default_rng(seed)
    (X_fit, y_fit), (X_test, y_test) = nn.split(X, y, (0.8, 0.2), rng)
    network = nn.Network(sizes, rng=rng, dtype=np.float32)
    nn.train(
        network,
        X_fit,
        nn.one_hot(y_fit, 10),
        loss=nn.softmax_cross_entropy,
        rng=rng,
        **settings,
    )
    return nn.accuracy(network.predict(X_test), y_test)


def test_digits_by_single_samples_reach_96_5_percent():
    found = [
        held_out_accuracy(
            nn.load_digits, [64, 32, 10], seed, learning_rate=0.02, epochs=30
        )
        for seed in range(5)
    ]
    assert np.median(found) >= 0.965, found


def test_digits_by_batches_reach_97_percent():
    settings = {"learning_rate": 0.3, "batch_size": 32, "epochs": 60}
    found = [
        held_out_accuracy(nn.load_digits, [64, 32, 10], seed, **settings)
        for seed in range(5)
    ]
    assert np.median(found) >= 0.97, found


def test_the_mnist_subset_reaches_94_percent():
    settings = {"learning_rate": 0.1, "batch_size": 32, "epochs": 12}
    found = [
        held_out_accuracy(nn.load_mnist, [784, 128, 10], seed, **settings)
        for seed in range(3)
    ]
    assert np.median(found) >= 0.94, found


def test_a_deep_copy_trains_on_its_own():
    X, Y = moons()
    network = fresh()
    other = copy.deepcopy(network)
    before = weights(network)
    run(other, X, Y)
    np.testing.assert_array_equal(weights(network), before)


def test_training_holds_one_shuffled_copy_of_the_data_and_no_more():
    rng = np.random.default_rng(0)
    X = rng.random((20_000, 784), dtype=np.float32)
    Y = np.eye(10, dtype=np.float32)[rng.integers(0, 10, len(X))]
    network = nn.Network([784, 32, 10], rng=rng, dtype=np.float32)
    tracemalloc.start()
    try:
        nn.train(
            network, X, Y, loss=nn.softmax_cross_entropy, learning_rate=0.1,
            batch_size=32, epochs=2, rng=rng,
        )  # fmt: skip
        more = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert more <= 1.3 * X.nbytes  # 2.3 times the data, the data included


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_training_changes_neither_inputs_nor_targets(dtype):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(20, 3)).astype(dtype)
    Y = np.eye(2, dtype=dtype)[rng.integers(0, 2, 20)]
    before = X.copy(), Y.copy()
    network = nn.Network([3, 4, 2], rng=rng, dtype=dtype)
    nn.train(
        network, X, Y, loss=nn.softmax_cross_entropy, learning_rate=0.5,
        batch_size=3, epochs=3, rng=rng, validation=(X, Y),
    )  # fmt: skip
    network.predict(X)
    np.testing.assert_array_equal(X, before[0])
    np.testing.assert_array_equal(Y, before[1])
    assert not any(
        np.shares_memory(kept, X) for kept in (network.layers[0].X, network.layers[0].Z)
    )
