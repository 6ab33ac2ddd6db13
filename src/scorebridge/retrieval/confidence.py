"""How far an answer may be trusted: calibrated, so that of answers at 0.9 nine in ten are right.

Similarities mean little by themselves: they depend on the encoders, the piano, the scan. So
an answer is measured against two yardsticks taken from the query and the collection at hand.
*Chance* is the query played backwards: its windows are the same, only their order is wrong,
so what it reaches in the same documents is what likeness of style alone brings (that
works even with a single document). The *rival* is the best document of another work that claims
the same stretch of the query. `FEATURES` are made of both, of the query's length and the size
of the collection; a logistic regression turns them into a probability.

Its weights belong to the encoders: `scorebridge-lab calibrate` fits them on pieces that are no
evaluation data and writes `confidence.json` beside the networks. `GENERIC` serves encoders
without one; it was fitted with earlier ones of ours.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode.calibration import FEATURES, Calibration

PAIR = (-0.08, 3.21, -1.60)
"""Logistic weights of a pair that is aligned: 1, surplus over its scatter, binary logarithm of the
seconds. As `lab calibrate` fits and prints them."""
SHARE = FEATURES.index("share")
WIDEST = 0.4  # features of similarity are cut off at +- this
LONGEST = 8.0  # "length" is cut off here: 256 windows, two minutes
MOST = 118  # documents; "documents" is cut off here: calibration's libraries hold no more
TIE = 0.03  # margin to a rival that leaves odds of e to 1
LEAST_SHARE = -4.0


def features(
    scores: NDArray[np.float64],
    rivals: NDArray[np.float64],
    chance: NDArray[np.float64],
    windows: int,
    documents: int,
) -> NDArray[np.float64]:
    """The features of several answers to one query.

    Parameters
    ----------
    scores : [answers], mean similarity along the path.
    rivals : [answers], score of the best document of another work on that stretch.
    chance : [n], scores of the query played backwards in the best documents, n >= 1.
    windows : of the query. documents : in the collection.

    Returns
    -------
    float64 [answers, FEATURES].
    """
    length = min(float(np.log2(max(windows, 1))), LONGEST) / LONGEST
    surplus = np.clip(scores - chance.mean(), -WIDEST, WIDEST)
    over = np.clip(scores - chance.max(), -WIDEST, WIDEST)
    share = np.log(np.maximum(logistic((scores - rivals) / TIE), np.exp(LEAST_SHARE)))
    one = np.ones(len(scores))
    crowd = one * np.log2(min(max(documents, 1), MOST))
    return np.stack([one, surplus, over, share, one * length, surplus * length, crowd], axis=1)


def probability(found: NDArray[np.float64], calibration: Calibration) -> NDArray[np.float64]:
    """Confidence 0 to 1 of each row of `features`.

    However much a document has over chance, it is no surer than its share: beside a rival
    that is as good it gets one half.
    """
    return np.minimum(logistic(found @ np.array(calibration.weights)), np.exp(found[:, SHARE]))


def logistic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 / (1 + exp(-x)) without overflow."""
    return 0.5 * (1 + np.tanh(np.asarray(x) / 2))


def pair_confidence(surplus: float, seconds: float) -> float:
    """Probability that a recording plays the score that it was aligned with.

    surplus : by how much the path fits better than backwards, in units of the scatter of a mean
        over so long. seconds : of the recording that were laid along the score.
    """
    one, per_surplus, per_length = PAIR
    logit = one + per_surplus * surplus + per_length * np.log2(max(seconds, 0.5))
    return float(logistic(np.array(logit)))


def fit(
    found: NDArray[np.float64],
    right: NDArray[np.bool_],
    weight: NDArray[np.float64],
    ridge: float = 0.01,
) -> tuple[float, ...]:
    """Weights of a logistic regression by Newton's method.

    Parameters
    ----------
    found : [answers, FEATURES]. right : [answers]. weight : [answers], how much each counts.
    ridge : pull towards 0 of all weights but the first, in answers.
    """
    coefficients = np.zeros(found.shape[1])
    pull = np.full(found.shape[1], ridge)
    pull[0] = 1e-6
    for _ in range(50):
        p = logistic(found @ coefficients)
        gradient = found.T @ (weight * (right - p)) - pull * coefficients
        curvature = (found * (weight * p * (1 - p))[:, None]).T @ found + np.diag(pull)
        step = np.linalg.solve(curvature, gradient)
        coefficients += step * min(1.0, 5.0 / max(np.abs(step).max(), 1e-12))
        if np.abs(step).max() < 1e-6:
            break
    return tuple(float(c) for c in coefficients)
