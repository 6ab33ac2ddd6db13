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

from scorebridge.score.staff import Found, Staff
from scorebridge.score.staff_ends import ends_of
from scorebridge.score.staff_kinds import counted_lines
from scorebridge.score.staff_lines import (
    LineField,
    Stretch,
    fit_lines,
    inked_columns,
    profile_of,
)

MIN_ROW_INK = 0.25  # mean line ink of a row, of a line that runs from end to end
TABLATURE_RATIOS = (1.25, 1.85)  # distance of its lines over the staff space of notes
MIN_LINE_SHARE = 0.4  # visible length of each of its lines over their median
MAX_OTHER_END = 1.5  # staff spaces from the ends of a staff to those of the one beside it
SAME_RATIOS = (0.94, 1.061)  # of the staff spaces of two neighbours in one print
MIN_HIDDEN_INK = 0.1  # mean comb of a staff whose lines show in places
MIN_SINGLE_INK = 0.15  # the same of a single line
MIN_COVERED = 0.93  # ink of any kind along a single line
MAX_BESIDE = 0.6  # ink above and below a single line at once: noteheads, beams, barlines
MAX_NEIGHBOUR_INK = 0.7  # of a row within two staff spaces, over that of a single line
MAX_END_OFFSET = 1.0  # staff spaces from a single line's end to that of its neighbour
MIN_JOIN = 0.9  # ink of the line at the left end, from a single line to a neighbouring staff
MIN_DISTANCE = 2.5  # staff spaces from a single line to a staff
MAX_DISTANCE = 22.0  # staff spaces from a staff, within which another of its system is searched


@dataclass(frozen=True, slots=True)
class Gap:
    """The rows between two found staves, or beyond the outermost ones."""

    along: Found
    """The longer one of the two: the rows run as its lines do."""
    rows: NDArray[np.int64]
    """px below the first line of that staff."""
    line_ink: NDArray[np.float32]
    """Mean line ink of each row."""
    above: Found | None
    below: Found | None


def gaps_of(field: LineField, found: Sequence[Found]) -> list[Gap]:
    """All gaps between found staves, from the top, that have room for another."""
    out = []
    ordered = sorted(found, key=lambda f: f.staff.top)
    for above, below in zip([None, *ordered], [*ordered, None], strict=True):
        own = _longer(above, below)
        low, high = _limits(own, above, below, len(field.rows))
        if high - low < 2 * MIN_DISTANCE * own.staff.space:
            continue
        rows = np.arange(low, high + 1)
        profile = profile_of(field.rows, own.stretch, rows)
        soft = np.maximum(profile, np.maximum(np.roll(profile, 1), np.roll(profile, -1)))
        out.append(Gap(own, rows, soft, above, below))
    return out


def _longer(above: Found | None, below: Found | None) -> Found:
    if above is None or below is None:
        own = above or below
        assert own is not None
        return own
    return above if above.staff.x1 - above.staff.x0 >= below.staff.x1 - below.staff.x0 else below


def _limits(own: Found, above: Found | None, below: Found | None, height: int) -> tuple[int, int]:
    """Rows of a gap, from the last line above to the first below, counted from `own`'s path."""
    middle = int((own.stretch.first + own.stretch.last) // 2)
    at = int(own.stretch.path[middle])
    low, high = -at, height - 1 - at
    if above is not None:
        low = int(above.stretch.path[middle] + above.depth) - at
    else:
        low = max(low, round(-MAX_DISTANCE * own.staff.space))
    if below is not None:
        high = int(below.stretch.path[middle]) - at
    else:
        high = min(high, round(own.depth + MAX_DISTANCE * own.staff.space))
    return low, high


def single_lines(ink: NDArray[np.uint8], field: LineField, found: Sequence[Found]) -> list[Staff]:
    """Staves of a single line within systems."""
    out, space = [], field.space
    edge = round(MIN_DISTANCE * space)
    for gap in gaps_of(field, found):
        first = edge if gap.above else 0
        line_ink = gap.line_ink[first : len(gap.line_ink) - (edge if gap.below else 0)]
        if not len(line_ink) or line_ink.max() < MIN_SINGLE_INK:
            continue
        for peak in _peaks(line_ink, round(2.2 * space), MIN_SINGLE_INK):
            stretch = gap.along.stretch.moved(int(gap.rows[first + peak]))
            near = [f for f in (gap.above, gap.below) if f is not None]
            # Below an indented system, the longer one of the two is that of the next system.
            tried = sorted(near, key=lambda f: f is not gap.along)
            ends = next(
                filter(None, (_single_ends(ink, field, stretch, f, near) for f in tried)), None
            )
            if ends is not None:
                index = np.arange(stretch.first, stretch.last)
                slope, level = np.polyfit((index + 0.5) * field.width, stretch.path[index], 1)
                top = float(slope * sum(ends) / 2 + level)
                out.append(Staff(*ends, top, space, float(slope), float(line_ink[peak]), 1))
    return out


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
    own: Found,
    near: Sequence[Found],
) -> tuple[float, float] | None:
    """The ends of a single line, where it is a staff of its neighbour's system."""
    space = field.space
    margin = round(3 * space)
    left, right = (
        max(0, round(own.staff.x0) - margin),
        min(ink.shape[1], round(own.staff.x1) + margin),
    )
    columns = np.arange(left, right)
    tops = _tops(columns, stretch, field, own.staff.slope)
    reach = max(1, round(0.1 * space))
    line = inked_columns(ink, tops, columns, np.zeros(1), reach)[0]
    inner = line[round(own.staff.x0) - left : round(own.staff.x1) - left]
    if inner.mean() < MIN_COVERED:
        return None
    # Thin: white above and below most of it.
    beside = np.all(inked_columns(ink, tops, columns, np.array([-0.3, 0.3]) * space, 0), axis=0)
    if beside[round(own.staff.x0) - left : round(own.staff.x1) - left].mean() > MAX_BESIDE:
        return None
    thin = line & ~beside
    on = np.flatnonzero(_closed(thin, round(0.7 * space)))
    runs = np.split(on, np.flatnonzero(np.diff(on) > 1) + 1)
    # Short runs outside the staves are brackets.
    low, high = round(own.staff.x0) - left, round(own.staff.x1) - left
    runs = [r for r in runs if len(r) > 0.4 * space or (len(r) and low <= r[0] <= high)]
    middle = (low + high) // 2
    gaps = round(2.5 * space)
    start, stop = _around(runs, middle, gaps)
    if start is None or stop is None:
        return None
    # A clef or the last barline covers the line up to its end; a bracket may touch that.
    most = round(0.5 * space)
    before, after = line[:start][::-1], line[stop + 1 :]
    start = max(start - int(np.argmin(np.append(before, False))), min(start, low - most))
    stop = min(stop + int(np.argmin(np.append(after, False))), max(stop, high + most))
    x0, x1 = float(columns[start]), float(columns[stop] + 1)
    if (
        abs(x0 - own.staff.x0) > MAX_END_OFFSET * space
        or abs(x1 - own.staff.x1) > MAX_END_OFFSET * space
    ):
        return None
    row = float(np.interp(own.staff.x0, columns, tops))
    if not any(_is_joined(ink, own.staff.x0, row, n, space) for n in near):
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


def _is_joined(ink: NDArray[np.uint8], x0: float, row: float, staff: Found, space: float) -> bool:
    """Whether upright ink at the left end runs from a line to a staff."""
    own = float(staff.stretch.path[staff.stretch.first])
    y0, y1 = (row, own) if row < own else (own + staff.depth, row)
    if abs(staff.staff.x0 - x0) > 1.5 * space or y1 - y0 < space:
        return False
    left = max(0, round(x0 - 0.8 * space))
    part = ink[max(0, round(y0)) : round(y1) + 1, left : round(x0 + 0.8 * space) + 1]
    if part.size == 0:
        return False
    wide = np.maximum(part, np.maximum(np.roll(part, 1, 1), np.roll(part, -1, 1)))
    return float(wide.mean(0).max()) >= MIN_JOIN


def hidden_staves(ink: NDArray[np.uint8], field: LineField, found: Sequence[Found]) -> list[Found]:
    """Staves whose lines show in places only, below notes or in bad print.

    Their ends and their staff space are those of a staff beside them.
    """
    out = []
    for gap in gaps_of(field, found):
        beside = gap.along.staff
        if len(gap.rows) < (beside.lines - 1 + 2 * MIN_DISTANCE) * beside.space:
            continue
        row, space = _comb_in(gap, beside.lines, SAME_RATIOS, MIN_HIDDEN_INK)
        if space:
            out += _beside(ink, field, gap, row, space, beside.lines)
    return out


def tablatures(ink: NDArray[np.uint8], field: LineField, found: Sequence[Found]) -> list[Found]:
    """Staves of six lines, farther apart than those of the notes beside them."""
    out = []
    for gap in gaps_of(field, found):
        if gap.along.staff.lines == 5:
            row, space = _comb_in(gap, 6, TABLATURE_RATIOS, MIN_ROW_INK)
            if space:
                out += _beside(ink, field, gap, row, space, 6)
    return out


def _beside(
    ink: NDArray[np.uint8],
    field: LineField,
    gap: Gap,
    row: int,
    space: float,
    lines: int,
) -> list[Found]:
    """The staff at a row of a gap, if it has all its lines and the ends of the one beside it."""
    stretch, beside = gap.along.stretch.moved(row), gap.along.staff
    fit = fit_lines(field, stretch, space, lines)
    if fit is None or fit.visible.min() < MIN_LINE_SHARE * np.median(fit.visible):
        return []
    if lines == 5 and counted_lines(ink, fit, beside.x0, beside.x1, field.space) != (
        0,
        5,
    ):
        return []
    x0, x1 = ends_of(ink, fit, *stretch.columns(field.width))
    if max(abs(x0 - beside.x0), abs(x1 - beside.x1)) > MAX_OTHER_END * space:
        return []
    return [Found.between(x0, x1, stretch, fit)]


def _comb_in(gap: Gap, lines: int, ratios: tuple[float, float], least: float) -> tuple[int, float]:
    """Row of the best comb of `lines` lines in a gap, and their distance; 0, 0: none."""
    ink, best = gap.line_ink, (least, 0, 0.0)
    rows = np.flatnonzero(ink >= least)
    if len(rows) < lines:
        return 0, 0.0
    usual = gap.along.staff.space
    edge = MIN_DISTANCE * usual
    first = edge if gap.above else 0.0
    stop = len(ink) - (edge if gap.below else 0.0)
    for space in np.arange(ratios[0] * usual, ratios[1] * usual, 0.1):
        starts = rows[(rows >= first) & (rows + (lines - 1) * space < stop)]
        if not len(starts):
            continue
        where = starts[:, None] + np.arange(-1, lines + 0.6, 0.5) * space
        values = ink[np.clip(np.round(where).astype(int), 0, len(ink) - 1)]
        on = values[:, 2 : 2 * lines + 1 : 2]
        score = (on.sum(1) + on.min(1)) / (lines + 1)
        score -= 0.6 * values[:, 3 : 2 * lines : 2].mean(1)
        score -= 0.3 * np.maximum(values[:, 0], values[:, 2 * lines + 2])
        k = int(score.argmax())
        if score[k] > best[0]:
            best = (float(score[k]), int(gap.rows[starts[k]]), float(space))
    return best[1], best[2]
