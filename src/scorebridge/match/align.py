"""From recording time to the page: one path through a score and a recording that belong together.

As in P2 section 6, warping on the cosine of all sheet and audio windows; around it, what
real files need: the mean of each side is taken off (what a whole piece has in common does
not tell places apart), windows of the recording before and after the music (silence,
applause, another movement) may be left out at a price, and so may parts of the score.
The path is then smoothed (`curve.py`) and read off on a regular grid.

Cost: 500 x 400 windows in about 10 ms, one byte a cell for the path.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import UsageError
from scorebridge.match.confidence import SPREAD
from scorebridge.match.curve import Curve, fit_curve, place_at
from scorebridge.match.dtw import PACED, Steps, match, match_path
from scorebridge.types import Alignment, Encoded, Point, Section

GRID = 0.25  # s between points


@dataclass(frozen=True, slots=True)
class AlignSettings:
    """How a recording is laid along a score."""

    steps: Steps = PACED
    outside: float = 0.35
    """Recording windows at the ends are left out when they fit worse than this share of the
    way from chance (the recording backwards) to what the whole recording reaches."""
    edge: float = 0.05
    """Leaving out the whole score would cost as much as this share of a mismatched recording."""


def align_encoded(
    score: Encoded, recording: Encoded, settings: AlignSettings | None = None
) -> Alignment:
    """Lay a recording along a score.

    Parameters
    ----------
    score, recording : the two documents; the score with its `places`.

    Returns
    -------
    `Alignment` without names of files: points every `GRID` s (at multiples of it) over the
    stretch of the recording that was matched, x never falling within a system; one section
    per stretch (for now a single one; bars are not known here). `confidence` is near 0 when
    the recording fits no better than it does backwards.
    """
    if score.kind != "score" or recording.kind != "recording":
        raise UsageError("align takes a score first and a recording second")
    settings = settings or AlignSettings()
    if not len(score.vectors) or not len(recording.vectors) or not score.places:
        return Alignment("", "", ())
    curves, confidence = _align(score, recording, settings)
    points = tuple(point for curve in curves for point in _points(curve, score))
    sections = tuple(Section(float(c.times[0]), float(c.times[-1])) for c in curves)
    return Alignment("", "", points, sections, confidence)


def _align(
    score: Encoded, recording: Encoded, settings: AlignSettings
) -> tuple[list[Curve], float]:
    """The stretches of music, in the order of the recording, and how well they fit.

    One stretch for now; repeats and jumps will give several.
    """
    cost = 1 - _own_mean_off(recording.vectors) @ _own_mean_off(score.vectors).T
    rows, columns = cost.shape
    reached = 1 - match(cost, settings.steps).cost / rows
    chance = 1 - match(cost[::-1], settings.steps).cost / rows
    limit = chance + settings.outside * max(reached - chance, 0.0)
    edge = settings.edge * rows / columns
    _, path = match_path(cost, settings.steps, outside=1 - limit, edge=edge)
    along = 1 - float(cost[path[:, 0], path[:, 1]].mean())
    # Means over n windows scatter by about 1 / sqrt(n); neighbours overlap, so half count.
    scatter = max(SPREAD, float(cost.std()) / np.sqrt(max(len(path) / 4, 1)))
    z = (along - chance) / scatter
    confidence = 0.5 * (1 + np.tanh((z - 3) / 2)) * min(1.0, len(path) / rows / 0.5)
    times, places = recording.positions[path[:, 0]], score.positions[path[:, 1]]
    return [fit_curve(times, places, recording.extent, score.extent)], float(confidence)


def _own_mean_off(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors less their mean, of unit length again (a single one comes back as it is)."""
    if len(vectors) < 2:
        return vectors
    rest = vectors - vectors.mean(0)
    return rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-6)


def _points(curve: Curve, score: Encoded) -> list[Point]:
    first, last = np.ceil(curve.times[0] / GRID - 1e-9), np.floor(curve.times[-1] / GRID + 1e-9)
    grid = np.arange(first, last + 1) * GRID
    points = []
    for time, column in zip(grid, curve.at(grid), strict=True):
        place, x = place_at(score.places, float(column))
        points.append(Point(float(time), place.page, place.system, min(max(x, 0.0), 1.0)))
    return points


def linear_baseline(score: Encoded, recording: Encoded) -> Alignment:
    """The straight line from begin to end that P2 section 6 compares with (no confidence)."""
    times = np.array([0.0, recording.extent])
    curve = Curve(times, np.array([0.0, score.extent]))
    points = tuple(_points(curve, score)) if score.places else ()
    return Alignment("", "", points, (Section(0.0, recording.extent),))
