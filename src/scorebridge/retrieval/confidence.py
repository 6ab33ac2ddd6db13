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

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode.encoder import Encoder
from scorebridge.errors import ModelError

PAIR = (-0.08, 3.21, -1.60)
"""Logistic weights of a pair that is aligned: 1, surplus over its scatter, binary logarithm of the
seconds. As `lab calibrate` fits and prints them."""
FILE = "confidence.json"
FEATURES = (
    "one",
    "surplus",  # score less the mean of chance
    "over chance",  # score less the best of chance
    "share",  # logarithm of what the rival leaves: logistic(margin / TIE)
    "length",  # binary logarithm of the query's windows
    "surplus x length",
    "documents",  # binary logarithm of the documents that were searched
)
SHARE = FEATURES.index("share")
WIDEST = 0.4  # features of similarity are cut off at +- this
LONGEST = 8.0  # "length" is cut off here: 256 windows, two minutes
MOST = 118  # documents; "documents" is cut off here: calibration's libraries hold no more
TIE = 0.03  # margin to a rival that leaves odds of e to 1
LEAST_SHARE = -4.0


@dataclass(frozen=True)
class Calibration:
    """What turns features into probabilities for one pair of encoders."""

    weights: tuple[float, ...]
    """One a feature."""
    accept: float
    """Confidence from which an answer counts as found; below it, "not in this library"."""
    same: float
    """`find.likeness` of two documents of a kind from which they are of one work."""
    about: dict[str, Any] = field(default_factory=dict)
    """What it was fitted on, and how well."""

    def __post_init__(self) -> None:
        if len(self.weights) != len(FEATURES):
            raise ValueError(f"{len(self.weights)} weights for {len(FEATURES)} features")


GENERIC = Calibration((-1.4, 17.7, 15.9, 4.9, -4.6, 16.7, -0.1), 0.9, 0.5)


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


def load_calibration(folder: Path | None) -> Calibration:
    """The calibration beside the networks in `folder`, else `GENERIC`. Raises `ModelError`."""
    path = folder / FILE if folder else None
    if path is None or not path.is_file():
        return GENERIC
    try:
        record = json.loads(path.read_text("utf-8"))
        weights = tuple(float(record["weights"][name]) for name in FEATURES)
        return Calibration(
            weights, float(record["accept"]), float(record["same"]), record.get("about", {})
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{path}: no calibration of this version ({error!r}). Make it anew:"
            " scorebridge-lab calibrate"
        ) from error


def calibration_of(encoder: Encoder) -> Calibration:
    """The calibration beside an encoder's networks; one that lies in no folder has `GENERIC`."""
    return load_calibration(getattr(encoder, "folder", None))


def save_calibration(calibration: Calibration, folder: Path) -> Path:
    """Write `confidence.json` into the folder of an encoder."""
    record = asdict(calibration)
    record["weights"] = dict(zip(FEATURES, calibration.weights, strict=True))
    path = folder / FILE
    temporary = path.with_suffix(".partial")
    temporary.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    temporary.replace(path)
    return path
