"""From recording time to the page: one path through a score and a recording that belong together.

As in P2 section 6, warping on the cosine of all sheet and audio windows; around it, what
real files need: the mean of each side is taken off (what a whole piece has in common does
not tell places apart), windows of the recording before and after the music (silence,
applause, another movement) may be left out at a price, and so may parts of the score.
The path is then smoothed (`curve.py`) and read off on a regular grid.

Cost: 470 x 400 windows in 37 ms of processor time, one byte a cell for the path.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import UsageError
from scorebridge.match.confidence import SPREAD, SURPLUS
from scorebridge.match.curve import Curve, fit_curve, place_at
from scorebridge.match.dtw import Steps, match, match_path
from scorebridge.types import Alignment, Encoded, Point, Section

GRID = 0.25  # s between points
AROUND = 2  # sheet windows on either side that tell the place between windows
FOLLOW = Steps((1.0,) * 6, (0.03, 0.0, 0.0, 0.0, 0.01, 0.03))
"""As `PACED`, with leaps cheaper: here they are fast music, not another piece."""
SHARP = 0.1  # difference in similarity that makes a neighbour weigh 1/e


@dataclass(frozen=True, slots=True)
class AlignSettings:
    """How a recording is laid along a score."""

    steps: Steps = FOLLOW
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
    backwards = np.ascontiguousarray(cost[::-1])
    rows, columns = cost.shape
    reached = 1 - match(cost, settings.steps).cost / rows
    chance = 1 - match(backwards, settings.steps).cost / rows
    outside = 1 - (chance + settings.outside * max(reached - chance, 0.0))
    edge = settings.edge * rows / columns
    total, path = match_path(cost, settings.steps, outside, edge)
    astray = match(backwards, settings.steps, outside, edge).cost
    # Surplus over chance per window of music. Means over n windows scatter by 1 / sqrt(n);
    # neighbours overlap, so a quarter of them count.
    surplus = (astray - total) / len(path)
    scatter = max(SPREAD, float(cost.std()) / np.sqrt(max(len(path) / 4, 1)))
    confidence = 0.5 * (1 + np.tanh((surplus / scatter - SURPLUS) / 2))
    times = recording.positions[path[:, 0]]
    places = _between_windows(cost, path, score.positions)
    return [fit_curve(times, places, recording.extent, score.extent)], float(confidence)


def _between_windows(
    cost: NDArray[np.float32], path: NDArray[np.int32], positions: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Column of each path cell to less than a window: the middle of the similarity around it.

    Each cell's neighbours within `AROUND` windows weigh by exp(-cost / `SHARP`). On made-up
    pairs the median error falls by a fifth.
    """
    middles = np.empty(len(path))
    for k, (i, j) in enumerate(path):
        reach = min(AROUND, j, cost.shape[1] - 1 - j)  # as far on both sides
        near = cost[i, j - reach : j + reach + 1]
        weight = np.exp((near.min() - near) / SHARP)
        middles[k] = weight @ positions[j - reach : j + reach + 1] / weight.sum()
    return np.maximum.accumulate(middles)


def _own_mean_off(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors less their mean, of unit length again (a single one comes back as it is)."""
    if len(vectors) < 2:
        return vectors
    rest = vectors - vectors.mean(0)
    return rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-6)


def _points(curve: Curve, score: Encoded) -> list[Point]:
    first, last = np.ceil(curve.times[0] / GRID - 1e-9), np.floor(curve.times[-1] / GRID + 1e-9)
    grid = np.arange(first, last + 1) * GRID + 0.0  # no -0.0
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
