"""Retrieval figures by hand, bootstrap intervals against the normal approximation."""

import numpy as np
import pytest

from scorebridge_lab.metrics import from_ranks, intervals, paired_ranks


def test_figures_of_known_ranks():
    figures = from_ranks(np.array([1, 2, 4, 50]))
    assert figures.queries == 4
    assert (figures.r1, figures.r10, figures.r25) == (0.25, 0.75, 0.75)
    assert figures.mrr == pytest.approx((1 + 0.5 + 0.25 + 0.02) / 4)
    assert figures.mr == 3


def test_ranks_against_sorting():
    rng = np.random.default_rng(0)
    queries = rng.random((40, 8), np.float32) - np.float32(0.5)
    candidates = rng.random((40, 8), np.float32) - np.float32(0.5)
    order = np.argsort(-(queries @ candidates.T), axis=1)
    wanted = [list(row).index(k) + 1 for k, row in enumerate(order)]
    np.testing.assert_array_equal(paired_ranks(queries, candidates), wanted)


def test_constant_vectors_rank_last():
    same = np.full((10, 4), 0.5, np.float32)
    assert (paired_ranks(same, same) == 10).all()


def test_intervals_of_a_share_are_the_binomial_ones():
    ranks = np.where(np.arange(1000) < 700, 1, 1000)
    low, high = intervals(ranks)["r1"]
    wide = 1.96 * np.sqrt(0.7 * 0.3 / 1000)
    assert low == pytest.approx(0.7 - wide, abs=0.006)
    assert high == pytest.approx(0.7 + wide, abs=0.006)
    assert intervals(np.ones(50, np.int64))["mrr"] == (1.0, 1.0)


def test_queries_of_one_piece_count_as_one_draw():
    ranks = np.repeat(np.where(np.arange(20) % 2, 1, 100), 50)
    groups = np.repeat(np.arange(20), 50)
    alone, together = intervals(ranks)["mrr"], intervals(ranks, groups)["mrr"]
    assert together[1] - together[0] > 5 * (alone[1] - alone[0])


def test_figures_have_intervals_where_pieces_are_known():
    ranks, groups = np.array([1, 5, 6, 7]), [0, 0, 1, 1]
    found = from_ranks(ranks, groups)
    assert found.r5 == 0.5
    assert found.mrr_95 == intervals(ranks, np.array(groups))["mrr"]
    assert found.r1_95 == (0.0, 0.5)
    assert from_ranks(ranks).mrr_95 is None
