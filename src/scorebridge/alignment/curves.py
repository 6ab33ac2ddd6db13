"""From a path of window pairs to a smooth curve: which column of the score sounds at which time.

A path moves by whole windows (0.25 or 0.5 s, 12 or 25 columns); the music does not. Around each
point a straight line is fitted to the neighbours, then the curve is made to rise. The
curve reaches beyond the middles of the outermost windows by up to half a window, at
the tempo found there, so that it covers what those windows see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.bars import JumpPoints
from scorebridge.types import Box, Place

SMOOTHING_REACH = 1.0  # s, reach of the line fitted around each point on either side
TEMPO_REACH = 5.0  # s of path from which the tempo at either end is taken
END_REACH = 2.1  # s beyond the outermost windows' middles: half an audio window
MIXED_REACH = 1.0  # s around a jump in which windows see both sides of it
JOINT_REACH = 100.0  # columns around a jump within which barlines are tried: half a window and more
FIRST_NOTE = 8.0  # columns from a barline to the first note behind it, with which music enters
EQUAL_DISTANCE = 10.0  # columns from its barline within which neither side of a jump is nearer
UNSIGNED_PENALTY = 0.7  # s by which the times at a barline without a sign must agree better
WAITING_RANGE = 1.0  # columns by which a path that waits may move
BEND_REACH = 4.0  # s over which the curve is bent towards an anchor
MIN_TEMPO = 0.1  # columns/s: the curve rises at least this fast
MIN_PASSAGE = 10.0  # columns, a tenth of a window, below which a passage at an end is left out


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
    times = np.asarray(times, np.float64)
    is_new = np.concatenate([[True], np.diff(times) > 0])
    grid, inverse = times[is_new], np.cumsum(is_new) - 1
    level = np.bincount(inverse, weights=columns) / np.bincount(inverse)
    smooth = _local_lines(grid, level)
    smooth = np.maximum.accumulate(smooth - MIN_TEMPO * grid) + MIN_TEMPO * grid
    t, c = list(grid), list(smooth)
    for at, sign in ((0, -1.0), (len(grid) - 1, 1.0)):
        tempo = _tempo(grid, smooth, at, width / max(duration, 1e-9))
        reach = min(END_REACH, grid[at] if sign < 0 else duration - grid[at])
        room = c[0] - low if sign < 0 else width - c[-1]
        reach = min(max(reach, 0.0), max(room, 0.0) / tempo)
        if reach > 0:
            place = 0 if sign < 0 else len(t)
            t.insert(place, grid[at] + sign * reach)
            c.insert(place, smooth[at] + sign * reach * tempo)
    return Curve(np.array(t), np.clip(c, low, width))


@dataclass(frozen=True, slots=True)
class SectionPath:
    """The path of one section, and the first and last column that it may reach."""

    times: NDArray[np.float64]
    """[cells], seconds, rising."""
    columns: NDArray[np.float64]
    """[cells], not falling."""
    low: float
    high: float
    enter: float | None = None
    """Column at which it begins after another section, where that is known."""
    leave: float | None = None
    """Column at which it ends before another, where that is known."""


def fit_curves(
    sections: Sequence[SectionPath], duration: float, exits: JumpPoints, entries: JumpPoints
) -> list[Curve]:
    """Curves of successive sections; where one ends and the next begins both meet barlines.

    The windows around a jump see music of both sides, so within `MIXED_REACH` s of it
    the curve to the barline is straight, at the tempo before and after.

    Parameters
    ----------
    sections : in the order of the recording. duration : of the recording in s.
    exits, entries : where music may leave and enter.
    """
    last = len(sections) - 1
    moving = [_without_waiting(path, k > 0, k < last) for k, path in enumerate(sections)]
    curves = [fit_curve(p.times, p.columns, duration, p.high, p.low) for p in moving]
    for k, (a, b) in enumerate(pairwise(sections)):
        end, start = float(a.times[-1]), float(b.times[0])
        is_pause = start - end > 2 * END_REACH
        leave, enter = _meeting_barlines(
            curves[k],
            curves[k + 1],
            _jump_points_near(exits, a, -1, a.leave),
            _jump_points_near(entries, b, 0, b.enter),
        )
        leaving = _time_at(curves[k], leave + FIRST_NOTE, -1)
        entering = _time_at(curves[k + 1], enter + FIRST_NOTE, 0)
        if not is_pause:
            # The side whose path comes nearer to its barline weighs more.
            far, wide = leave - moving[k].columns[-1], enter - moving[k + 1].columns[0]
            far, wide = abs(far) + EQUAL_DISTANCE, abs(wide) + EQUAL_DISTANCE
            leaving = entering = (leaving * wide + entering * far) / (far + wide)
        low, high = end - MIXED_REACH, start + MIXED_REACH
        leaving = float(np.clip(leaving, max(low, a.times[0] + 0.01), high))
        entering = float(np.clip(entering, low, min(high, b.times[-1] - 0.01)))
        entering = max(entering, leaving)
        curves[k] = _ending_at(curves[k], leaving, leave)
        curves[k + 1] = _beginning_at(curves[k + 1], entering, enter)
    return curves


def _without_waiting(path: SectionPath, at_start: bool, at_end: bool) -> SectionPath:
    """The path without the cells in which it waits, at its beginning or its end.

    The outermost windows' middles lie half a window inside the score. After a jump the path waits
    there until the music has come so far.
    """
    keep = np.ones(len(path.times), bool)
    first, last = path.columns[0] + WAITING_RANGE, path.columns[-1] - WAITING_RANGE
    if at_start:
        keep[: np.searchsorted(path.columns, first, side="right") - 1] = False
    if at_end:
        keep[np.searchsorted(path.columns, last) + 1 :] = False
    if not keep.any():
        return path
    return replace(path, times=path.times[keep], columns=path.columns[keep])


def _jump_points_near(
    points: JumpPoints, path: SectionPath, end: int, known: float | None
) -> list[tuple[float, float]]:
    """Jump points near one end (0 or -1) of a path: column, and penalty in s."""
    if known is not None:
        return [(known, 0.0)]
    inside = (points.columns >= path.low - 1) & (points.columns <= path.high + 1)
    distance = np.abs(points.columns - path.columns[end])
    reach = max(JOINT_REACH, distance[inside].min(initial=0.0))
    found = [
        (float(points.columns[k]), 0.0 if points.has_sign[k] else UNSIGNED_PENALTY)
        for k in np.flatnonzero(inside & (distance <= reach))
    ]
    return found or [(path.high if end else path.low, 0.0)]


def _meeting_barlines(
    before: Curve,
    after: Curve,
    exits: list[tuple[float, float]],
    entries: list[tuple[float, float]],
) -> tuple[float, float]:
    """Columns at which one curve leaves and the next enters: where their times agree best."""
    middle = (before.times[-1] + after.times[0]) / 2

    def disagreement(leave: tuple[float, float], enter: tuple[float, float]) -> float:
        t, u = _time_at(before, leave[0], -1), _time_at(after, enter[0], 0)
        return abs(t - u) + 0.3 * abs((t + u) / 2 - middle) + leave[1] + enter[1]

    leave, enter = min(product(exits, entries), key=lambda pair: disagreement(*pair))
    return leave[0], enter[0]


def _time_at(curve: Curve, column: float, end: int) -> float:
    """Time at which a curve reaches a column, extrapolated at the tempo of one end (0 or -1)."""
    if curve.columns[0] <= column <= curve.columns[-1]:
        return float(curve.when(np.array([column]))[0])
    tempo = _tempo(curve.times, curve.columns, end, MIN_TEMPO)
    return float(curve.times[end] + (column - curve.columns[end]) / tempo)


def _ending_at(curve: Curve, time: float, column: float) -> Curve:
    """The curve, changed to end at that time at that column."""
    keep = (curve.times < time - MIXED_REACH) & (curve.columns < column)
    if not keep.any():
        keep[0] = True
    times, columns = curve.times[keep], np.minimum(curve.columns[keep], column)
    if times[-1] >= time:
        return Curve(np.array([time - 0.01, time]), np.array([column, column]))
    return Curve(np.append(times, time), np.append(columns, column))


def _beginning_at(curve: Curve, time: float, column: float) -> Curve:
    """The curve, changed to begin at that time at that column."""
    mirrored = _ending_at(Curve(-curve.times[::-1], -curve.columns[::-1]), -time, -column)
    return Curve(-mirrored.times[::-1], -mirrored.columns[::-1])


def bend_through(curve: Curve, anchors: Sequence[tuple[float, float]]) -> Curve:
    """The curve bent to go through points (seconds, column) within its time.

    The correction fades out over `BEND_REACH` s, and towards the next point.
    """
    inside = [(t, c) for t, c in anchors if curve.times[0] <= t <= curve.times[-1]]
    if not inside:
        return curve
    at = np.array(inside)
    near = (at[:, 0], at[:, 0] - BEND_REACH, at[:, 0] + BEND_REACH)
    times = np.unique(np.concatenate([curve.times, *near]))
    times = times[(times >= curve.times[0]) & (times <= curve.times[-1])]
    columns = curve.at(times)
    correction = at[:, 1] - curve.at(at[:, 0])
    knots = np.concatenate([[at[0, 0] - BEND_REACH], at[:, 0], [at[-1, 0] + BEND_REACH]])
    faded = np.concatenate([[0], correction, [0]])
    columns = columns + np.interp(times, knots, faded, left=0, right=0)
    for time, column in inside:  # the bent curve must still rise
        columns[times < time] = np.minimum(columns[times < time], column)
        columns[times >= time] = np.maximum(columns[times >= time], column)
    return Curve(times, np.maximum.accumulate(columns))


def _local_lines(times: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Value at each time of a line fitted to the points within `SMOOTHING_REACH`.

    Points weigh less with distance.
    """
    lo = np.searchsorted(times, times - SMOOTHING_REACH - 1e-6)
    hi = np.searchsorted(times, times + SMOOTHING_REACH + 1e-6)
    out = values.copy()
    for k, (a, b) in enumerate(zip(lo, hi, strict=True)):
        if b - a < 3:
            continue
        x, y = times[a:b] - times[k], values[a:b]
        w = 1 - np.abs(x) / (SMOOTHING_REACH + 0.5)
        mean_x, mean_y = np.average(x, weights=w), np.average(y, weights=w)
        slope = np.sum(w * (x - mean_x) * (y - mean_y)) / np.sum(w * np.square(x - mean_x))
        out[k] = mean_y - slope * mean_x
    return out


def _tempo(
    times: NDArray[np.float64], columns: NDArray[np.float64], at: int, fallback: float
) -> float:
    """Columns a second near one end."""
    near = np.abs(times - times[at]) <= TEMPO_REACH
    span = np.ptp(times[near])
    tempo = np.ptp(columns[near]) / span if span > 0 else fallback
    return max(float(tempo), MIN_TEMPO)


def place_at(places: tuple[Place, ...], column: float) -> tuple[Place, float]:
    """The system at a column of the unrolled score, and the x there as a page fraction."""
    starts = np.array([p.start for p in places])
    k = int(np.clip(np.searchsorted(starts, column, side="right") - 1, 0, len(places) - 1))
    return places[k], x_in(places[k], column)


def x_in(place: Place, column: float) -> float:
    """Page fraction of a column; columns beyond the system are clipped to its ends."""
    share = (column - place.start) / max(place.stop - place.start, 1)
    if place.xs:
        return float(np.interp(share, np.linspace(0, 1, len(place.xs)), place.xs))
    return float(place.x0 + np.clip(share, 0, 1) * (place.x1 - place.x0))


def stretches(curve: Curve, places: tuple[Place, ...]) -> Iterator[tuple[Place, Box, float, float]]:
    """The systems a curve runs through: (place, box of the matched range, start s, end s).

    The box has the system's height and the matched x range. Ranges of less than `MIN_PASSAGE`
    columns are left out, unless there are no others.
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
    large = [stretch for width, stretch in found if width >= MIN_PASSAGE]
    yield from large or [stretch for _, stretch in found]
