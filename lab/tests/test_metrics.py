"""Figures by hand: retrieval, ROC, calibration; intervals against the normal approximation."""

import numpy as np
import pytest

from scorebridge_lab.metrics import (
    area_under_roc,
    calibration_error,
    calibration_error_by_chance,
    from_ranks,
    intervals,
    paired_ranks,
)


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


def test_roc_and_calibration_error_by_hand() -> None:
    scores = np.array([0.9, 0.8, 0.8, 0.1])
    positive = np.array([True, True, False, False])
    assert area_under_roc(scores, positive) == pytest.approx((2 + 1.5) / 4)
    assert np.isnan(area_under_roc(scores, np.ones(4, bool)))
    # Two bins: 0.8 and 0.9 fall into [.8, 1), right twice in three; 0.1 into [0, .2).
    error = calibration_error(scores, positive, bins=5)
    assert error == pytest.approx(0.75 * abs(2 / 3 - 2.5 / 3) + 0.25 * 0.1)


def test_few_questions_show_an_error_even_of_perfect_confidences() -> None:
    # One answer that says .5 is off by .5 whether right or wrong.
    assert calibration_error_by_chance(np.array([0.5])) == (0.5, 0.5)
    # Of n answers at .5 the share right scatters by .5 / sqrt(n), its mean size is .8 of that.
    mean, most = calibration_error_by_chance(np.full(400, 0.5))
    assert mean == pytest.approx(0.8 * 0.5 / 20, rel=0.1)
    assert most == pytest.approx(1.96 * 0.5 / 20, rel=0.1)
    assert calibration_error_by_chance(np.full(50, 1.0)) == (0, 0)
