"""Calibration: the regression finds what made its data; files say what they should."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from scorebridge.encode.calibration import (
    FEATURES,
    GENERIC,
    Calibration,
    load_calibration,
    save_calibration,
)
from scorebridge.errors import ModelError
from scorebridge.retrieval.confidence import (
    MAX_DOCUMENTS,
    features,
    fit,
    logistic,
    probability,
)
from scorebridge_lab.metrics import (
    area_under_roc,
    calibration_error,
    calibration_error_by_chance,
)


def test_the_regression_recovers_its_weights_and_is_calibrated() -> None:
    rng = np.random.default_rng(0)
    x = np.column_stack([np.ones(20000), rng.normal(size=(20000, 2))])
    true = np.array([-0.5, 2.0, -1.0])
    right = rng.random(20000) < logistic(x @ true)
    weights = np.array(fit(x, right, np.ones(20000)))
    np.testing.assert_allclose(weights, true, atol=0.1)
    assert calibration_error(logistic(x @ weights), right) < 0.015
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


def test_a_calibration_lies_beside_its_networks(tmp_path: Path) -> None:
    assert load_calibration(tmp_path) == GENERIC and load_calibration(None) == GENERIC
    made = Calibration(tuple(float(k) for k in range(len(FEATURES))), 0.7, 0.2, {"pieces": 3})
    path = save_calibration(made, tmp_path)
    assert load_calibration(tmp_path) == made
    record = json.loads(path.read_text())
    assert list(record["weights"]) == list(FEATURES)
    del record["weights"]["share"]
    path.write_text(json.dumps(record))
    with pytest.raises(ModelError, match="lab calibrate"):
        load_calibration(tmp_path)


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
