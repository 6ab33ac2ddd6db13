"""From a path of window pairs to a smooth curve: which column of the score sounds when.

A path jumps by whole windows (0.5 s, 25 columns); the music does not. Around each
point a straight line is fitted to the neighbours, then time is made to run forward. The
curve reaches beyond the middles of the outermost windows by up to half a window, at
the tempo found there, so that it covers what those windows saw.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.types import Box, Place

SMOOTH = 2.0  # s, reach of the line fitted around each point on either side
ENDS = 5.0  # s of path that tell the tempo at either end
REACH = 2.1  # s beyond the outermost windows' middles: half an audio window
LEAST = 0.1  # columns/s: the curve rises at least this fast


@dataclass(frozen=True, slots=True)
class Curve:
    """Piecewise straight and rising: at `times[k]` the music is at `columns[k]`."""

    times: NDArray[np.float64]
    """[points], seconds, rising."""
    columns: NDArray[np.float64]
    """[points], columns of the unrolled score, rising."""

    def at(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Columns at `times`; outside the curve its ends."""
        return np.interp(times, self.times, self.columns)

    def when(self, columns: NDArray[np.float64]) -> NDArray[np.float64]:
        """Times at which `columns` are reached; outside the curve its ends."""
        return np.interp(columns, self.columns, self.times)


def fit_curve(
    times: NDArray[np.floating],
    columns: NDArray[np.floating],
    duration: float,
    width: float,
) -> Curve:
    """Curve through a path.

    Parameters
    ----------
    times, columns : [cells], seconds and columns of the paired windows' middles, neither falling.
    duration, width : extent of the recording in s and of the score in columns.
    """
    grid, inverse = np.unique(np.asarray(times, np.float64), return_inverse=True)
    level = np.bincount(inverse, weights=columns) / np.bincount(inverse)
    smooth = _local_lines(grid, level)
    smooth = np.maximum.accumulate(smooth - LEAST * grid) + LEAST * grid
    t, c = list(grid), list(smooth)
    for at, sign in ((0, -1.0), (len(grid) - 1, 1.0)):
        tempo = _tempo(grid, smooth, at, width / max(duration, 1e-9))
        reach = min(REACH, grid[at] if sign < 0 else duration - grid[at])
        room = c[0] if sign < 0 else width - c[-1]
        reach = min(max(reach, 0.0), max(room, 0.0) / tempo)
        if reach > 0:
            place = 0 if sign < 0 else len(t)
            t.insert(place, grid[at] + sign * reach)
            c.insert(place, smooth[at] + sign * reach * tempo)
    return Curve(np.array(t), np.clip(c, 0, width))


def _local_lines(times: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Value at each time of a line fitted to the points within `SMOOTH`, near ones foremost."""
    lo = np.searchsorted(times, times - SMOOTH - 1e-6)
    hi = np.searchsorted(times, times + SMOOTH + 1e-6)
    out = values.copy()
    for k, (a, b) in enumerate(zip(lo, hi, strict=True)):
        if b - a < 3:
            continue
        x, y = times[a:b] - times[k], values[a:b]
        w = 1 - np.abs(x) / (SMOOTH + 0.5)
        mean_x, mean_y = np.average(x, weights=w), np.average(y, weights=w)
        slope = np.sum(w * (x - mean_x) * (y - mean_y)) / np.sum(w * np.square(x - mean_x))
        out[k] = mean_y - slope * mean_x
    return out


def _tempo(
    times: NDArray[np.float64], columns: NDArray[np.float64], at: int, fallback: float
) -> float:
    """Columns a second near one end."""
    near = np.abs(times - times[at]) <= ENDS
    span = np.ptp(times[near])
    tempo = np.ptp(columns[near]) / span if span > 0 else fallback
    return max(float(tempo), LEAST)


def place_at(places: tuple[Place, ...], column: float) -> tuple[Place, float]:
    """The system at a column of the unrolled score, and the x there as a page fraction."""
    starts = np.array([p.start for p in places])
    k = int(np.clip(np.searchsorted(starts, column, side="right") - 1, 0, len(places) - 1))
    return places[k], x_in(places[k], column)


def x_in(place: Place, column: float) -> float:
    """Page fraction of a column (columns beyond the system count as its ends)."""
    share = (column - place.start) / max(place.stop - place.start, 1)
    if place.xs:
        return float(np.interp(share, np.linspace(0, 1, len(place.xs)), place.xs))
    return float(place.x0 + np.clip(share, 0, 1) * (place.x1 - place.x0))


def stretches(curve: Curve, places: tuple[Place, ...]) -> Iterator[tuple[Place, Box, float, float]]:
    """The systems a curve runs through: (place, box of what is matched, start s, end s).

    The box has the system's height and the matched x range. Slivers of less than a tenth
    of a window at either end are left out, unless there is nothing else.
    """
    first, last = curve.columns[0], curve.columns[-1]
    found = []
    for place in places:
        left, right = max(first, place.start), min(last, place.stop)
        if right <= left:
            continue
        x0, x1 = np.clip((x_in(place, left), x_in(place, right)), place.box[0], place.box[2])
        start, end = curve.when(np.array([left, right]))
        box = (float(x0), place.box[1], float(x1), place.box[3])
        found.append((right - left, (place, box, float(start), float(end))))
    large = [stretch for width, stretch in found if width >= 10]
    yield from large or [stretch for _, stretch in found]
