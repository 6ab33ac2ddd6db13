"""The calibration of a pair of encoders: what turns similarities into probabilities.

Similarities mean little by themselves, since they depend on the encoders. `FEATURES` compare them
with chance and with rivals (`retrieval/confidence.py` computes them); a logistic regression with
the weights of `Calibration` turns them into a probability. `scorebridge-lab calibrate` fits the
weights and writes `confidence.json` beside the networks.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scorebridge.errors import ModelError
from scorebridge.files import write_atomically

CALIBRATION_FILE = "confidence.json"
FEATURES = (
    "one",
    "surplus",  # score less the mean of chance
    "over chance",  # score less the best of chance
    "share",  # logarithm of what the rival leaves: logistic(margin / temperature)
    "length",  # binary logarithm of the query's windows
    "surplus x length",
    "documents",  # binary logarithm of the documents that were searched
)


@dataclass(frozen=True)
class Calibration:
    """The weights and thresholds that belong to one pair of encoders."""

    weights: tuple[float, ...]
    """One for each of `FEATURES`."""
    accept: float
    """Confidence from which an answer counts as found; below it, "not in this library"."""
    same: float
    """Likeness (`retrieval.works.likeness`) from which two documents of a kind are one work."""
    about: dict[str, Any] = field(default_factory=dict)
    """What it was fitted on, and how well."""

    def __post_init__(self) -> None:
        if len(self.weights) != len(FEATURES):
            raise ValueError(f"{len(self.weights)} weights for {len(FEATURES)} features")


GENERIC = Calibration((-1.4, 17.7, 15.9, 4.9, -4.6, 16.7, -0.1), 0.9, 0.5)
"""For encoders that have no calibration of their own; fitted with earlier ones of ours."""


def load_calibration(folder: Path | None) -> Calibration:
    """Read the calibration beside the networks in `folder`; `GENERIC` where there is none.

    Raises `ModelError`.
    """
    path = folder / CALIBRATION_FILE if folder else None
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
            f"{path}: no calibration of this version ({error!r}). Make a new one:"
            " scorebridge-lab calibrate"
        ) from error


def save_calibration(calibration: Calibration, folder: Path) -> Path:
    """Write `confidence.json` into the folder of an encoder; returns its path."""
    record = asdict(calibration)
    record["weights"] = dict(zip(FEATURES, calibration.weights, strict=True))
    path = folder / CALIBRATION_FILE
    write_atomically(path, json.dumps(record, indent=1) + "\n")
    return path
