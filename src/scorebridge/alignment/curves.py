"""From a path of window pairs to a smooth curve: which column of the score sounds when.

A path jumps by whole windows (0.25 or 0.5 s, 12 or 25 columns); the music does not. Around each
point a straight line is fitted to the neighbours, then time is made to run forward. (Lines over
twice that reach make real alignments half as far off again, though of made-up ones, whose windows
err each for itself, they would be the better.) The
curve reaches beyond the middles of the outermost windows by up to half a window, at
the tempo found there, so that it covers what those windows saw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.bars import Barlines
from scorebridge.types import Box, Place

SMOOTH = 1.0  # s, reach of the line fitted around each point on either side
ENDS = 5.0  # s of path that tell the tempo at either end
REACH = 2.1  # s beyond the outermost windows' middles: half an audio window
MIXED = 1.0  # s around a jump in which windows see both sides of it
JOINT = 100.0  # columns around a jump within which barlines are tried: half a window, and more
HEAD = 8.0  # columns from a barline to the first note behind it, with which music goes on there
NEARBY = 10.0  # columns within which neither side of a jump knows better
UNLIKELY = 0.7  # s that a barline without a sign must agree better
STILL = 1.0  # columns by which a path that waits may move
PULL = 4.0  # s over which the way to a pinned point is bent
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
    low: float = 0.0,
) -> Curve:
    """Curve through a path.

    Parameters
    ----------
    times, columns : [cells], seconds and columns of the paired windows' middles, neither falling.
    duration, width : extent of the recording in s and of the score in columns.
    low : column before which the curve must not begin.
    """
    grid, inverse = np.unique(np.asarray(times, np.float64), return_inverse=True)
    level = np.bincount(inverse, weights=columns) / np.bincount(inverse)
    smooth = _local_lines(grid, level)
    smooth = np.maximum.accumulate(smooth - LEAST * grid) + LEAST * grid
    t, c = list(grid), list(smooth)
    for at, sign in ((0, -1.0), (len(grid) - 1, 1.0)):
        tempo = _tempo(grid, smooth, at, width / max(duration, 1e-9))
        reach = min(REACH, grid[at] if sign < 0 else duration - grid[at])
        room = c[0] - low if sign < 0 else width - c[-1]
        reach = min(max(reach, 0.0), max(room, 0.0) / tempo)
        if reach > 0:
            place = 0 if sign < 0 else len(t)
            t.insert(place, grid[at] + sign * reach)
            c.insert(place, smooth[at] + sign * reach * tempo)
    return Curve(np.array(t), np.clip(c, low, width))


@dataclass(frozen=True, slots=True)
class Run:
    """The path of one section, and the columns that it may reach from and to."""

    times: NDArray[np.float64]
    """[cells], seconds, rising."""
    columns: NDArray[np.float64]
    """[cells], not falling."""
    low: float
    high: float
    enter: float | None = None
    """Column at which it begins after another section, where that is known."""
    leave: float | None = None
    """Column at which it gives way to another."""


def fit_curves(
    runs: Sequence[Run], duration: float, exits: Barlines, entries: Barlines
) -> list[Curve]:
    """Curves of sections in a row; where one gives way to the next both meet barlines.

    The windows around a jump see music of both sides, so within `MIXED` s of it
    the way to the barline is straight, at the tempo before and after.

    Parameters
    ----------
    runs : in the order of the recording. duration : of the recording in s.
    exits, entries : where music may leave and enter.
    """
    settled = [_settled(run, k > 0, k < len(runs) - 1) for k, run in enumerate(runs)]
    curves = [fit_curve(run.times, run.columns, duration, run.high, run.low) for run in settled]
    for k, (a, b) in enumerate(pairwise(runs)):
        last, first = float(a.times[-1]), float(b.times[0])
        pause = first - last > 2 * REACH
        leave, enter = _meet(
            curves[k],
            curves[k + 1],
            _near(exits, a, -1, a.leave),
            _near(entries, b, 0, b.enter),
        )
        leaving = _reaches(curves[k], leave + HEAD, -1)
        entering = _reaches(curves[k + 1], enter + HEAD, 0)
        if not pause:
            # The side whose path came nearer to its barline knows better.
            far, wide = leave - settled[k].columns[-1], enter - settled[k + 1].columns[0]
            far, wide = abs(far) + NEARBY, abs(wide) + NEARBY
            leaving = entering = (leaving * wide + entering * far) / (far + wide)
        low, high = last - MIXED, first + MIXED
        leaving = float(np.clip(leaving, max(low, a.times[0] + 0.01), high))
        entering = float(np.clip(entering, low, min(high, b.times[-1] - 0.01)))
        entering = max(entering, leaving)
        curves[k] = _ending(curves[k], leaving, leave)
        curves[k + 1] = _beginning(curves[k + 1], entering, enter)
    return curves


def _settled(run: Run, begin: bool, end: bool) -> Run:
    """The run less the cells that pile up where it cannot go on, at its beginning or its end.

    The outermost windows' middles lie half a window inside the score: coming from a jump the path
    waits there until the music has come so far.
    """
    keep = np.ones(len(run.times), bool)
    if begin:
        keep[: np.searchsorted(run.columns, run.columns[0] + STILL, side="right") - 1] = False
    if end:
        keep[np.searchsorted(run.columns, run.columns[-1] - STILL) + 1 :] = False
    return replace(run, times=run.times[keep], columns=run.columns[keep]) if keep.any() else run


def _near(lines: Barlines, run: Run, end: int, known: float | None) -> list[tuple[float, float]]:
    """Barlines near one end of a run: column, and what speaks against it in s."""
    if known is not None:
        return [(known, 0.0)]
    inside = (lines.columns >= run.low - 1) & (lines.columns <= run.high + 1)
    away = np.abs(lines.columns - run.columns[end])
    near = np.flatnonzero(inside & (away <= max(JOINT, away[inside].min(initial=0.0))))
    found = [(float(lines.columns[k]), 0.0 if lines.likely[k] else UNLIKELY) for k in near]
    return found or [(run.high if end else run.low, 0.0)]


def _meet(
    before: Curve,
    after: Curve,
    exits: list[tuple[float, float]],
    entries: list[tuple[float, float]],
) -> tuple[float, float]:
    """The barlines at which one curve leaves and the next enters: where their times agree best."""
    middle = (before.times[-1] + after.times[0]) / 2

    def against(leave: tuple[float, float], enter: tuple[float, float]) -> float:
        t, u = _reaches(before, leave[0], -1), _reaches(after, enter[0], 0)
        return abs(t - u) + 0.3 * abs((t + u) / 2 - middle) + leave[1] + enter[1]

    leave, enter = min(product(exits, entries), key=lambda pair: against(*pair))
    return leave[0], enter[0]


def _reaches(curve: Curve, column: float, end: int) -> float:
    """Time at which a curve reaches a column, beyond its ends at the tempo found there."""
    if curve.columns[0] <= column <= curve.columns[-1]:
        return float(curve.when(np.array([column]))[0])
    tempo = _tempo(curve.times, curve.columns, end, LEAST)
    return float(curve.times[end] + (column - curve.columns[end]) / tempo)


def _ending(curve: Curve, time: float, column: float) -> Curve:
    """The curve, made to end at that time at that column."""
    keep = (curve.times < time - MIXED) & (curve.columns < column)
    if not keep.any():
        keep[0] = True
    times, columns = curve.times[keep], np.minimum(curve.columns[keep], column)
    if times[-1] >= time:
        return Curve(np.array([time - 0.01, time]), np.array([column, column]))
    return Curve(np.append(times, time), np.append(columns, column))


def _beginning(curve: Curve, time: float, column: float) -> Curve:
    """The curve, made to begin at that time at that column."""
    turned = _ending(Curve(-curve.times[::-1], -curve.columns[::-1]), -time, -column)
    return Curve(-turned.times[::-1], -turned.columns[::-1])


def through(curve: Curve, anchors: Sequence[tuple[float, float]]) -> Curve:
    """The curve bent to go through points (seconds, column) within its time.

    What it lacks there fades out over `PULL` s, and to the next point.
    """
    mine = [(t, c) for t, c in anchors if curve.times[0] <= t <= curve.times[-1]]
    if not mine:
        return curve
    at = np.array(mine)
    times = np.unique(np.concatenate([curve.times, at[:, 0], at[:, 0] - PULL, at[:, 0] + PULL]))
    times = times[(times >= curve.times[0]) & (times <= curve.times[-1])]
    columns = curve.at(times)
    lack = at[:, 1] - curve.at(at[:, 0])
    knots = np.concatenate([[at[0, 0] - PULL], at[:, 0], [at[-1, 0] + PULL]])
    columns = columns + np.interp(times, knots, np.concatenate([[0], lack, [0]]), left=0, right=0)
    for time, column in mine:  # what was bent must still rise
        columns[times < time] = np.minimum(columns[times < time], column)
        columns[times >= time] = np.maximum(columns[times >= time], column)
    return Curve(times, np.maximum.accumulate(columns))


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
