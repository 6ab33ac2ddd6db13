"""Confidence: the regression recovers the weights of its data; features and their limits."""

from __future__ import annotations

import numpy as np
import pytest

from scorebridge.encode.calibration import FEATURES, GENERIC
from scorebridge.retrieval.confidence import (
    MAX_DOCUMENTS,
    features,
    fit,
    logistic,
    probability,
)


def test_the_regression_recovers_its_weights_and_is_calibrated() -> None:
    rng = np.random.default_rng(0)
    x = np.column_stack([np.ones(20000), rng.normal(size=(20000, 2))])
    true = np.array([-0.5, 2.0, -1.0])
    right = rng.random(20000) < logistic(x @ true)
    weights = np.array(fit(x, right, np.ones(20000)))
    np.testing.assert_allclose(weights, true, atol=0.1)
    confidence = logistic(x @ weights)
    for low in np.arange(0.1, 0.9, 0.1):
        inside = (confidence >= low) & (confidence < low + 0.1)
        assert right[inside].mean() == pytest.approx(confidence[inside].mean(), abs=0.04)
    # Half of the data, each counted twice, is the same as all of it counted once.
    np.testing.assert_allclose(
        fit(x[:5000], right[:5000], np.full(5000, 2.0), ridge=0.02),
        fit(np.tile(x[:5000], (2, 1)), np.tile(right[:5000], 2), np.ones(10000), ridge=0.02),
        rtol=1e-5,
    )


def test_separable_answers_do_not_run_away() -> None:
    x = np.column_stack([np.ones(40), np.r_[-np.ones(20), np.ones(20)]])
    weights = np.array(fit(x, np.arange(40) >= 20, np.ones(40)))
    assert np.isfinite(weights).all() and 0 < weights[1] < 50


def test_features_say_what_they_are_called() -> None:
    chance = np.array([0.2, 0.3])
    (row,) = features(np.array([0.6]), np.array([0.35]), chance, 16, 64)
    got = dict(zip(FEATURES, row, strict=True))
    assert got["one"] == 1
    assert got["surplus"] == pytest.approx(0.35)
    assert got["over chance"] == pytest.approx(0.3)
    assert got["share"] == pytest.approx(-np.log1p(np.exp(-0.25 / 0.03)))
    assert got["length"] == pytest.approx(0.5)
    assert got["surplus x length"] == pytest.approx(0.175)
    assert got["documents"] == 6


def test_what_calibration_never_saw_changes_nothing() -> None:
    """Neither a longer query nor a larger collection than calibration's makes an answer surer."""
    score, rival, chance = np.array([0.45]), np.array([0.35]), np.array([0.2, 0.3])
    sizes = (MAX_DOCUMENTS, 100 * MAX_DOCUMENTS)
    few, many = (features(score, rival, chance, 256, n) for n in sizes)
    np.testing.assert_array_equal(few, many)
    np.testing.assert_array_equal(features(score, rival, chance, 9999, MAX_DOCUMENTS), few)


def test_more_surplus_and_margin_is_more_confidence() -> None:
    chance = np.array([0.2, 0.3])
    low = probability(features(np.array([0.35]), np.array([0.33]), chance, 50, 100), GENERIC)
    high = probability(features(np.array([0.7]), np.array([0.33]), chance, 50, 100), GENERIC)
    rival = probability(features(np.array([0.7]), np.array([0.7]), chance, 50, 100), GENERIC)
    assert low[0] < 0.2 and high[0] > 0.95
    assert 0.3 < rival[0] <= 0.5
