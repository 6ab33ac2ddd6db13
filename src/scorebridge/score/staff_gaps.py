"""Staves between those that are found: of a single line, and of lines farther apart.

Where five-line staves are found, the course of the lines, the ends of the systems and the line at
their left end are known. So a profile of the rows between two staves, the mean along
their course, shows what else runs from end to end there: the line of a percussion part, or the
six of a tablature, whose distance is about 1.5 staff spaces. Nearly all gaps have no such
row, and cost nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.staff_lines import LineField, Stretch, inked_columns, profile_of

MIN_ROW_INK = 0.25  # mean line ink of a row, of a line that runs from end to end
MIN_SINGLE_INK = 0.35  # the same of a single line
MIN_COVERED = 0.93  # ink of any kind along a single line
MAX_NEIGHBOUR_INK = 0.4  # of a row within two staff spaces, over that of a single line
MAX_END_OFFSET = 1.0  # staff spaces from a single line's end to that of its neighbour
MIN_JOIN = 0.9  # ink of the line at the left end, from a single line to a neighbouring staff
MIN_DISTANCE = 2.5  # staff spaces from a single line to a staff
MAX_DISTANCE = 22.0  # staff spaces from a staff, within which another of its system is searched


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A found staff, as its neighbours in a gap see it."""

    stretch: Stretch
    """Its first line."""
    depth: float
    """px from its first line to its last."""
    x0: float
    x1: float
    space: float
    slope: float


@dataclass(frozen=True, slots=True)
class Row:
    """A level row in a gap that runs along a neighbour."""

    along: Neighbour
    down: int
    """px below the first line of that neighbour."""


def gap_rows(
    field: LineField, neighbours: Sequence[Neighbour]
) -> list[
    tuple[Neighbour, NDArray[np.int64], NDArray[np.float32], Neighbour | None, Neighbour | None]
]:
    """For each gap: the staff along which it is looked at, rows below it, and their line ink."""
    out = []
    ordered = sorted(neighbours, key=lambda n: float(np.median(n.stretch.path)))
    for above, below in zip([None, *ordered], [*ordered, None], strict=True):
        own = _longer(above, below)
        low, high = _limits(own, above, below, len(field.rows))
        if high - low < 2 * MIN_DISTANCE * own.space and above and below:
            continue
        if high <= low:
            continue
        around = np.arange(low, high + 1)
        profile = profile_of(field.rows, own.stretch, around)
        soft = np.maximum(profile, np.maximum(np.roll(profile, 1), np.roll(profile, -1)))
        out.append((own, around, soft, above, below))
    return out


def _longer(above: Neighbour | None, below: Neighbour | None) -> Neighbour:
    if above is None or below is None:
        own = above or below
        assert own is not None
        return own
    return above if above.x1 - above.x0 >= below.x1 - below.x0 else below


def _limits(
    own: Neighbour, above: Neighbour | None, below: Neighbour | None, height: int
) -> tuple[int, int]:
    """Rows of a gap, from the last line above to the first below, counted from `own`'s path."""
    middle = int((own.stretch.first + own.stretch.last) // 2)
    at = int(own.stretch.path[middle])
    low, high = -at, height - 1 - at
    if above is not None:
        low = int(above.stretch.path[middle] + above.depth) - at
    else:
        low = max(low, round(-MAX_DISTANCE * own.space))
    if below is not None:
        high = int(below.stretch.path[middle]) - at
    else:
        high = min(high, round(own.depth + MAX_DISTANCE * own.space))
    return low, high


def single_lines(
    ink: NDArray[np.uint8], field: LineField, neighbours: Sequence[Neighbour]
) -> list[tuple[Stretch, float, float, float, float]]:
    """Single lines of systems: path, x0, x1, staff space and visible share of each."""
    found = []
    for own, around, soft, above, below in gap_rows(field, neighbours):
        space = field.space
        inside = slice(
            round(MIN_DISTANCE * space) if above else 0,
            len(around) - (round(MIN_DISTANCE * space) if below else 0),
        )
        rows = around[inside]
        line_ink = soft[inside]
        if not len(rows) or line_ink.max() < MIN_SINGLE_INK:
            continue
        for peak in _peaks(line_ink, round(2.2 * space), MIN_SINGLE_INK):
            stretch = own.stretch.moved(int(rows[peak]))
            near = [n for n in (above, below) if n is not None]
            ends = _single_ends(ink, field, stretch, own, near)
            if ends is not None:
                found.append((stretch, *ends, space, float(line_ink[peak])))
    return found


def _peaks(values: NDArray[np.float32], reach: int, least: float) -> list[int]:
    """Places that exceed all others within reach clearly: single lines."""
    out = []
    for k in np.flatnonzero(values >= least):
        near = values[max(0, k - reach) : k + reach + 1].copy()
        at = int(k - max(0, k - reach))
        if values[k] < near.max() or (out and k - out[-1] < reach):
            continue
        near[max(0, at - 3) : at + 4] = 0
        if near.max(initial=0) <= MAX_NEIGHBOUR_INK * values[k]:
            out.append(int(k))
    return out


def _single_ends(
    ink: NDArray[np.uint8],
    field: LineField,
    stretch: Stretch,
    own: Neighbour,
    near: Sequence[Neighbour],
) -> tuple[float, float] | None:
    """The ends of a single line, where it is a staff of its neighbour's system."""
    space = field.space
    margin = round(3 * space)
    left, right = max(0, round(own.x0) - margin), min(ink.shape[1], round(own.x1) + margin)
    columns = np.arange(left, right)
    tops = _tops(columns, stretch, field, own.slope)
    reach = max(1, round(0.1 * space))
    line = inked_columns(ink, tops, columns, np.zeros(1), reach)[0]
    inner = line[round(own.x0) - left : round(own.x1) - left]
    if inner.mean() < MIN_COVERED:
        return None
    # Thin: white above and below most of it.
    beside = np.all(inked_columns(ink, tops, columns, np.array([-0.3, 0.3]) * space, 0), axis=0)
    if beside[round(own.x0) - left : round(own.x1) - left].mean() > 0.4:
        return None
    thin = line & ~beside
    on = np.flatnonzero(_closed(thin, round(0.7 * space)))
    runs = np.split(on, np.flatnonzero(np.diff(on) > 1) + 1)
    middle = round((own.x0 + own.x1) / 2) - left
    gaps = round(2.5 * space)
    start, stop = _around(runs, middle, gaps)
    if start is None or stop is None:
        return None
    x0, x1 = float(columns[start]), float(columns[stop] + 1)
    if abs(x0 - own.x0) > MAX_END_OFFSET * space or abs(x1 - own.x1) > MAX_END_OFFSET * space:
        return None
    row = float(np.interp(own.x0, columns, tops))
    if not any(_is_joined(ink, own.x0, row, n, space) for n in near):
        return None
    return x0, x1


def _around(runs: Sequence[NDArray], middle: int, gap: int) -> tuple[int | None, int | None]:
    """First and last index of the runs around the middle with gaps of at most `gap`."""
    runs = [r for r in runs if len(r)]
    if not runs:
        return None, None
    k = int(np.argmin([max(r[0] - middle, middle - r[-1], 0) for r in runs]))
    first = last = k
    while first > 0 and runs[first][0] - runs[first - 1][-1] <= gap:
        first -= 1
    while last + 1 < len(runs) and runs[last + 1][0] - runs[last][-1] <= gap:
        last += 1
    return int(runs[first][0]), int(runs[last][-1])


def _closed(values: NDArray[np.bool_], gap: int) -> NDArray[np.bool_]:
    """Values with gaps of up to `gap` filled."""
    out = values.copy()
    on = np.flatnonzero(values)
    for a, b in pairwise(on):
        if 1 < b - a <= gap:
            out[a:b] = True
    return out


def _tops(
    columns: NDArray[np.int64], stretch: Stretch, field: LineField, slope: float
) -> NDArray[np.float64]:
    """y of a stretch at columns, continued along the slope beyond its ends."""
    x = (np.arange(stretch.first, stretch.last) + 0.5) * field.width
    tops = np.interp(columns, x, stretch.path[stretch.first : stretch.last])
    return tops + slope * (np.minimum(columns - x[0], 0) + np.maximum(columns - x[-1], 0))


def _is_joined(
    ink: NDArray[np.uint8], x0: float, row: float, staff: Neighbour, space: float
) -> bool:
    """Whether upright ink at the left end runs from a line to a staff."""
    own = float(staff.stretch.path[staff.stretch.first])
    y0, y1 = (row, own) if row < own else (own + staff.depth, row)
    if abs(staff.x0 - x0) > 1.5 * space or y1 - y0 < space:
        return False
    left = max(0, round(x0 - 0.8 * space))
    part = ink[max(0, round(y0)) : round(y1) + 1, left : round(x0 + 0.8 * space) + 1]
    if part.size == 0:
        return False
    wide = np.maximum(part, np.maximum(np.roll(part, 1, 1), np.roll(part, -1, 1)))
    return float(wide.mean(0).max()) >= MIN_JOIN


def wide_combs(
    field: LineField, neighbours: Sequence[Neighbour], lines: int, ratios: tuple[float, float]
) -> list[tuple[Stretch, float]]:
    """Where `lines` lines run along a neighbour at a distance of `ratios` times its staff space.

    Returns the path of the first line and the distance, px.
    """
    found = []
    for own, around, soft, _, _ in gap_rows(field, neighbours):
        rows = np.flatnonzero(soft >= MIN_ROW_INK)
        if len(rows) < lines:
            continue
        best = (MIN_ROW_INK, 0, 0.0)
        for space in np.arange(ratios[0] * own.space, ratios[1] * own.space, 0.1):
            steps = np.arange(-1, lines + 0.6, 0.5) * space
            starts = rows[(rows + (lines - 1) * space < len(soft))]
            if not len(starts):
                continue
            where = np.clip(np.round(starts[:, None] + steps).astype(int), 0, len(soft) - 1)
            values = soft[where]
            on = values[:, 2 : 2 * lines + 1 : 2]
            score = (on.sum(1) + on.min(1)) / (lines + 1)
            score -= 0.6 * values[:, 3 : 2 * lines : 2].mean(1)
            score -= 0.3 * np.maximum(values[:, 0], values[:, 2 * lines + 2])
            k = int(score.argmax())
            if score[k] > best[0]:
                best = (float(score[k]), int(around[starts[k]]), float(space))
        if best[2]:
            found.append((own.stretch.moved(best[1]), best[2]))
    return found
