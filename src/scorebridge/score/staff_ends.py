"""Where the lines of a staff begin and end.

The staves of a system begin together, and so do most systems of a page. A clef or notes may hide
the lines at an end. So where a staff seems to begin or end elsewhere than others do, it is asked
whether its lines go on to there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.staff import Found
from scorebridge.score.staff_lines import (
    LineField,
    LineFit,
    Stretch,
    fit_lines,
    inked_columns,
)

MIN_OFFSET = 0.8  # staff spaces between two ends that are not the same
MAX_OFFSET = 0.5  # staff spaces between two ends that agree
AGREEING = 8  # nearest staves, two of which may agree on an end
MAX_HIDDEN_END = 2.5  # staff spaces by which a clef may hide an end
END_ZONE = (0.15, 0.9)  # staff spaces from an end, where clefs and notes do not reach
MIN_ZONE_INK = 0.6  # of these columns, with all lines but one
MIN_ON_THE_WAY = 0.6  # of the columns up to a farther end, with most lines
MAX_BEYOND = 0.5  # of the columns of a staff space beyond an end, with all lines but one


def ends_of(ink: NDArray[np.uint8], fit: LineFit, first: float, last: float) -> tuple[float, float]:
    """Columns where the lines begin and end: between them most of the lines are visible.

    first, last : columns between which they were found.
    """
    space, lines = fit.space, len(fit.visible)
    left = max(0, int(first - 20 * space))
    right = min(ink.shape[1], int(last + 20 * space))
    columns = np.arange(left, right)
    on, between = _lines_in(ink, fit, columns)
    # A black border is all ink.
    is_staff = ((on >= lines - 1) & (between <= lines - 1)).astype(np.float32)
    is_staff[(columns < first - 5 * space) | (columns >= last + 5 * space)] = 0
    window = max(3, round(1.5 * space))
    share = np.convolve(is_staff, np.ones(window) / window, "full")
    # share[i] covers columns i - window + 1 to i.
    begins = np.flatnonzero((share[window - 1 :] >= 0.7) & (is_staff > 0))
    ends = np.flatnonzero((share[: len(is_staff)] >= 0.7) & (is_staff > 0))
    if len(begins) == 0 or len(ends) == 0:
        return first, last
    # Notes hide lines near the ends: go on while most lines do.
    goes_on = (on >= (lines + 1) // 2) & (between <= lines - 2)
    stop = _last_in_a_row(goes_on[int(ends[-1]) :], window) + int(ends[-1])
    start = int(begins[0]) - _last_in_a_row(goes_on[: int(begins[0]) + 1][::-1], window)
    return float(columns[start]), float(columns[stop] + 1)


def _last_in_a_row(values: NDArray[np.bool_], window: int) -> int:
    """Index of the last true value before a window with fewer than .6 of them."""
    share = np.convolve(values, np.ones(window) / window, "full")[window - 1 :]
    few = np.flatnonzero(share < 0.6)
    stop = int(few[0]) if len(few) else len(values)
    inside = np.flatnonzero(values[: min(len(values), stop + window)])
    inside = inside[inside <= stop]
    return int(inside[-1]) if len(inside) else 0


def _lines_in(
    ink: NDArray[np.uint8], fit: LineFit, columns: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many lines, and how many places between, above and below them, are ink; [columns]."""
    tops, space, lines = fit.course(columns), fit.space, len(fit.visible)
    reach = max(1, round(0.15 * space))
    on = inked_columns(ink, tops, columns, np.arange(lines) * space, reach)
    between = inked_columns(ink, tops, columns, (np.arange(-1, lines) + 0.5) * space, reach)
    return on.sum(0), between.sum(0)


def agreed_ends(ink: NDArray[np.uint8], field: LineField, found: Sequence[Found]) -> list[Found]:
    """The staves with their lines continued to where others of the page begin and end."""
    out = list(found)
    for k, own in enumerate(found):
        y = own.staff.top
        nearest = sorted((f for f in found if f is not own), key=lambda f: abs(f.staff.top - y))
        for at_left in (True, False):
            ends = [_end(f, at_left, y, field.slope) for f in nearest]
            near = np.array(ends[:AGREEING])
            for other, end in zip(nearest, ends, strict=True):
                agreed = bool(np.sum(np.abs(near - end) < MAX_OFFSET * own.staff.space) > 1)
                continued = _continued(ink, field, out[k], other, end, at_left, agreed)
                if continued is not None:
                    out[k] = continued
                    break
    return out


def _end(found: Found, at_left: bool, y: float, slope: float) -> float:
    """Column of a staff's end, moved along the page's left or right edge to row y."""
    staff = found.staff
    return (staff.x0 if at_left else staff.x1) - slope * (y - staff.top)


def _continued(
    ink: NDArray[np.uint8],
    field: LineField,
    own: Found,
    other: Found,
    end: float,
    at_left: bool,
    agreed: bool,
) -> Found | None:
    """A staff whose lines go on to an end like that of another; None where they do not.

    agreed : whether several staves near by end there.
    """
    s, space = own.staff, own.staff.space
    missing = (s.x0 - end if at_left else end - s.x1) / space
    if missing < MIN_OFFSET:
        return None
    stretch, fit = own.stretch, own.fit
    slices = len(stretch.path)
    first, last = stretch.first, stretch.last
    reached = int(np.clip(end / field.width, 0, slices - 1))
    if reached < first or reached >= last:
        # Along the other staff's course beyond its own.
        path = stretch.path.copy()
        course = other.stretch.path
        path[:first] = path[first] + course[:first] - course[first]
        path[last:] = path[last - 1] + course[last:] - course[last - 1]
        stretch = Stretch(path, min(first, reached), max(last, reached + 1))
        longer = fit_lines(field, stretch, space, s.lines)
        if longer is None:
            return None
        fit = longer
    sign = 1 if at_left else -1
    zone = end + sign * np.arange(END_ZONE[0] * space, END_ZONE[1] * space)
    way = np.arange(*sorted((end, s.x0 if at_left else s.x1)))
    beyond = end - sign * np.arange(0.4 * space, 1.4 * space)
    most = s.lines - 1
    if agreed and missing < MAX_HIDDEN_END:  # a clef hides them; systems are indented by more
        most = 2
    if (
        _share(ink, fit, zone, most, most < s.lines - 1) < MIN_ZONE_INK
        or _share(ink, fit, way, (s.lines + 1) // 2, True) < MIN_ON_THE_WAY * (most > 2)
        or _share(ink, fit, beyond, s.lines - 1, False) > MAX_BEYOND
    ):
        return None
    x0, x1 = (end, s.x1) if at_left else (s.x0, end)
    return Found.between(x0, x1, stretch, fit)


def _share(
    ink: NDArray[np.uint8], fit: LineFit, columns: NDArray, least: int, any_ink: bool
) -> float:
    """Share of columns where at least so many lines are ink; not `any_ink`: and not all is."""
    inside = np.round(columns[(columns >= 0) & (columns < ink.shape[1] - 1)]).astype(int)
    if not len(inside):
        return 0.0
    on, between = _lines_in(ink, fit, inside)
    return float(((on >= least) & (any_ink | (between <= len(fit.visible)))).mean())
