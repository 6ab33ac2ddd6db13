"""The confidence of an answer, calibrated: of all answers at 0.9 nine in ten are right.

Similarities mean little by themselves, since they depend on the encoders, the piano and the scan.
So an answer is compared with two levels that the query and the collection at hand give.
*Chance* is the query played backwards: the same windows in the wrong order, so its score in the
same documents is what a similar style alone brings (this works even with a single document). The
*rival* is the best document of another work that claims the same stretch of the query
(`works.py`). `FEATURES` are made of both, of the query's length and of the size
of the collection; a logistic regression turns them into a probability.

Its weights belong to the encoders: see `encode/calibration.py`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode.calibration import FEATURES, Calibration

SHARE = FEATURES.index("share")
MAX_SURPLUS = 0.4  # features of similarity are cut off at +- this
MAX_LENGTH = 8.0  # "length" is cut off here: 256 windows, two minutes
MAX_DOCUMENTS = 118  # "documents" is cut off here, the largest library of the calibration
MARGIN_TEMPERATURE = 0.03  # margin to a rival that gives odds of e to 1
MIN_LOG_SHARE = -4.0


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
    length = min(float(np.log2(max(windows, 1))), MAX_LENGTH) / MAX_LENGTH
    surplus = np.clip(scores - chance.mean(), -MAX_SURPLUS, MAX_SURPLUS)
    over = np.clip(scores - chance.max(), -MAX_SURPLUS, MAX_SURPLUS)
    share = logistic((scores - rivals) / MARGIN_TEMPERATURE)
    log_share = np.log(np.maximum(share, np.exp(MIN_LOG_SHARE)))
    one = np.ones(len(scores))
    size = one * np.log2(min(max(documents, 1), MAX_DOCUMENTS))
    return np.stack([one, surplus, over, log_share, one * length, surplus * length, size], axis=1)


def probability(rows: NDArray[np.float64], calibration: Calibration) -> NDArray[np.float64]:
    """Confidence of each row of `features`: float64 [answers], 0 to 1.

    It is at most the share: a document with a rival of the same score has one half at most,
    however far both are above chance.
    """
    return np.minimum(logistic(rows @ np.array(calibration.weights)), np.exp(rows[:, SHARE]))


def logistic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 / (1 + exp(-x)) without overflow."""
    return 0.5 * (1 + np.tanh(np.asarray(x) / 2))


def fit(
    rows: NDArray[np.float64],
    right: NDArray[np.bool_],
    weight: NDArray[np.float64],
    ridge: float = 0.01,
) -> tuple[float, ...]:
    """Weights of a logistic regression by Newton's method.

    Parameters
    ----------
    rows : [answers, features]. right : [answers]. weight : [answers], how much each counts.
    ridge : L2 penalty of all weights but the first, in answers.
    """
    coefficients = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(50):
        p = logistic(rows @ coefficients)
        gradient = rows.T @ (weight * (right - p)) - penalty * coefficients
        curvature = (rows * (weight * p * (1 - p))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        coefficients += step * min(1.0, 5.0 / max(np.abs(step).max(), 1e-12))
        if np.abs(step).max() < 1e-6:
            break
    return tuple(float(c) for c in coefficients)
