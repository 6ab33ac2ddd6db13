"""`scorebridge-lab evaluate rejection`: does it know when the piece is not there?

Every piece is asked for twice, in a library that holds its counterpart and in one that does not:
the set is split in two halves, each a library together with the crowd. So half of the
questions have no answer. Positive for the ROC are the questions that have one, scored by the
confidence of their first answer. The calibration error is over all questions: how often the
first answer is right, against how sure it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.progress import track

from scorebridge.retrieval.confidence import Calibration
from scorebridge.retrieval.find import answers_to
from scorebridge.types import Encoded
from scorebridge_lab.benchmarks.distractors import library_of
from scorebridge_lab.evaluate.identification import Asked
from scorebridge_lab.evaluate.metrics import (
    area_under_roc,
    calibration_error,
    calibration_error_by_chance,
)


@dataclass(frozen=True)
class Rejection:
    """Figures of one kind of question."""

    what: str
    direction: str
    questions: int
    """Half of them without a counterpart."""
    area: float
    """Under the ROC curve."""
    false_accepts: float
    """Share of the questions without counterpart that are answered at the threshold."""
    found: float
    """Share of those with one that are answered rightly at the threshold."""
    wrong: float
    """Share of those with one that are answered wrongly at the threshold."""
    error: float
    """Calibration error."""
    by_chance: tuple[float, float]
    """Its mean and 95th percentile, were every confidence just right: so few questions."""
    false: tuple[str, ...]
    """The questions answered falsely or wrongly, with their confidence."""


def rejection(asked: Asked, distractors: Sequence[Encoded], calibration: Calibration) -> Rejection:
    """Ask every question in the half with its document and in the half without."""
    works = np.array(asked.works)
    home = [works[right[0]] % 2 for right in asked.truth]
    halves = []
    for half in (0, 1):
        inside = np.flatnonzero(works % 2 == half).tolist()
        halves.append(
            (
                library_of([*(asked.documents[k] for k in inside), *distractors]),
                dict(enumerate(inside)),
            )
        )
    sure, right, present, false = [], [], [], []
    rows = list(zip(asked.queries, asked.truth, home, asked.names, strict=True))
    for query, truth, half, name in track(rows, f"{asked.what} {asked.direction}"):
        for there in (half, 1 - half):
            library, places = halves[there]
            first = answers_to(query, library, 1, calibration)[0]
            good = places.get(first.document) in truth
            sure.append(first.confidence)
            right.append(good)
            present.append(there == half)
            if first.confidence >= calibration.accept and not good:
                kind = "wrong" if there == half else "not there"
                false.append(f"{name}: {kind} at {first.confidence:.2f}")
    confidence, correct, here = np.array(sure), np.array(right), np.array(present)
    over = confidence >= calibration.accept
    return Rejection(
        asked.what,
        asked.direction,
        len(sure),
        area_under_roc(confidence, here),
        float(over[~here].mean()),
        float((over & correct)[here].mean()),
        float((over & ~correct)[here].mean()),
        calibration_error(confidence, correct),
        calibration_error_by_chance(confidence),
        tuple(false),
    )
