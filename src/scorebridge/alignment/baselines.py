"""The two alignments that P2 section 6 compares; neither knows repeats nor has a confidence."""

from __future__ import annotations

from math import inf

import numpy as np

from scorebridge.alignment.align import sample_points
from scorebridge.alignment.bars import name_bars
from scorebridge.alignment.curves import Curve
from scorebridge.alignment.dtw import CLASSIC, match_path
from scorebridge.types import Alignment, Encoded, Section


def linear_baseline(score: Encoded, recording: Encoded) -> Alignment:
    """The straight line from begin to end."""
    times = np.array([0.0, recording.extent])
    curve = Curve(times, np.array([0.0, score.extent]))
    points = tuple(sample_points(curve, score)) if score.places else ()
    return Alignment(points, (Section(0.0, recording.extent),))


def plain_dtw(score: Encoded, recording: Encoded) -> Alignment:
    """Standard DTW on cosine distances, corner to corner.

    Where several sheet windows meet one audio window, their mean column counts.
    """
    if not len(score.vectors) or not len(recording.vectors) or not score.places:
        return Alignment(())
    _, path = match_path(1 - recording.vectors @ score.vectors.T, CLASSIC, edge=inf)
    rows, inverse = np.unique(path[:, 0], return_inverse=True)
    columns = np.bincount(inverse, score.positions[path[:, 1]]) / np.bincount(inverse)
    curve = Curve(recording.positions[rows].astype(np.float64), columns)
    section = Section(float(curve.times[0]), float(curve.times[-1]))
    points = tuple(sample_points(curve, score))
    return name_bars(Alignment(points, (section,)), score.places)
