"""The test set that counts, and the interval around an accuracy."""

import numpy as np
import pytest

import nn_helpers as nn


def a_set():
    return np.eye(3)[[0, 1, 2, 0]], np.array([0, 1, 2, 1])


def a_network():
    network = nn.Network([3, 3], rng=np.random.default_rng(0))
    network.layers[0].W[...] = np.eye(3)
    return network


def test_a_test_set_counts_its_answers_and_only_those():
    test = nn.TestSet(*a_set())
    assert test.opened == 0
    assert test.accuracy(a_network()) == 0.75 and test.opened == 1
    with pytest.raises(ValueError, match="shape"):
        test.accuracy(nn.Network([2, 3], rng=np.random.default_rng(0)))
    assert test.opened == 1, "a mistaken call does not count"
    test.accuracy(a_network())
    assert test.opened == 2


@pytest.mark.parametrize("share, m", [(0, 1), (1, 1), (0.5, 7), (0.975, 359), (1, 50)])
def test_the_ends_of_the_interval_are_just_no_surprise(share, m):
    low, high = nn.accuracy_interval(share, m)
    assert 0 <= low <= share <= high <= 1
    for p in (low, high):
        if 1e-9 < p < 1 - 1e-9:
            assert abs(share - p) == pytest.approx(2 * np.sqrt(p * (1 - p) / m))


def test_intervals_contain_the_truth_about_95_times_in_100():
    rng = np.random.default_rng(1)
    for p, m in ((0.5, 100), (0.9, 200), (0.97, 359)):
        shares = rng.binomial(m, p, 4000) / m
        ends = [nn.accuracy_interval(share, m) for share in shares]
        inside = np.mean([low <= p <= high for low, high in ends])
        assert 0.93 < inside < 0.98, (p, m, inside)


@pytest.mark.parametrize("share, m", [(1.1, 10), (-0.1, 10), (0.5, 0), (0.5, 2.5),
                                      ("a", 10), (np.nan, 10), (True, 10)])  # fmt: skip
def test_other_shares_and_counts_are_refused(share, m):
    with pytest.raises(ValueError, match=r"must be a (whole )?number"):
        nn.accuracy_interval(share, m)
