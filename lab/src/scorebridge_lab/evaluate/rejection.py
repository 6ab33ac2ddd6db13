"""Rejection: queries whose counterpart is not in the library.

Every piece is a query twice, in a library that holds its counterpart and in one that does not: the
set is split in two halves, each a library together with the distractors. So half of the queries
have no answer. Positive for the ROC are the queries that have one, scored by the confidence of
their first answer. The calibration error is over all queries: how often the first answer is right,
against its confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.progress import track

from scorebridge.encode.calibration import Calibration
from scorebridge.retrieval.find import answers_to
from scorebridge.types import Encoded
from scorebridge_lab.benchmarks.encoded import library_of
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.identification import Queries
from scorebridge_lab.metrics import (
    area_under_roc,
    calibration_error,
    calibration_error_by_chance,
)


@dataclass(frozen=True)
class Rejection:
    """Figures of one kind of query."""

    what: str
    direction: str
    questions: int
    """Number of queries, half of them without a counterpart."""
    area: float
    """Under the ROC curve."""
    false_accepts: float
    """Share of the queries without counterpart that are answered at the threshold."""
    found: float
    """Share of those with one that are answered rightly at the threshold."""
    wrong: float
    """Share of those with one that are answered wrongly at the threshold."""
    error: float
    """Calibration error."""
    by_chance: tuple[float, float]
    """Mean and 95th percentile of the error that perfect confidences show on so few queries."""
    false: tuple[str, ...]
    """The queries answered falsely or wrongly, with their confidence."""


def rejection(
    asked: Queries, distractors: Sequence[Encoded], calibration: Calibration
) -> Rejection:
    """Asks every query in the half with its document and in the half without.

    Raises LabError where a half is empty and there are no distractors.
    """
    works = np.array(asked.works)
    halves_of = [works[right[0]] % 2 for right in asked.ground_truth]
    halves = []
    for half in (0, 1):
        inside = np.flatnonzero(works % 2 == half).tolist()
        if not inside and not distractors:
            raise LabError("one work alone leaves nothing to search in: take more, or distractors")
        halves.append(
            (
                library_of([*(asked.documents[k] for k in inside), *distractors]),
                dict(enumerate(inside)),
            )
        )
    confidences, right, present, false = [], [], [], []
    rows = list(zip(asked.queries, asked.ground_truth, halves_of, asked.names, strict=True))
    for query, relevant, half, name in track(rows, f"{asked.what} {asked.direction}"):
        for there in (half, 1 - half):
            library, places = halves[there]
            first = answers_to(query, library, 1, calibration)[0]
            good = places.get(first.document) in relevant
            confidences.append(first.confidence)
            right.append(good)
            present.append(there == half)
            if first.confidence >= calibration.accept and not good:
                kind = "wrong" if there == half else "not there"
                false.append(f"{name}: {kind} at {first.confidence:.2f}")
    confidence, correct, here = np.array(confidences), np.array(right), np.array(present)
    over = confidence >= calibration.accept
    return Rejection(
        asked.what,
        asked.direction,
        len(confidences),
        area_under_roc(confidence, here),
        float(over[~here].mean()),
        float((over & correct)[here].mean()),
        float((over & ~correct)[here].mean()),
        calibration_error(confidence, correct),
        calibration_error_by_chance(confidence),
        tuple(false),
    )
