"""Upright lines on a page: the candidates for barlines, and what joins staves into systems.

A band of the page, level along the staves, is cut out; its columns that are ink from its top to its
bottom are upright lines. About 1 ms a band.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.staves import Staff

MIN_CANDIDATE_INK = 0.8  # share of a column that is ink, of a candidate
MIN_LINE_INK = 0.92  # the same of a line
MIN_FAINT_INK = 0.8  # the same of a line at the left end of two staves, which is often worn
MAX_END_ERROR = 0.3  # staff spaces by which the end of a staff may be off
MIN_REACHED = 0.15  # share of the staff lines seen between such a line and their found end
MAX_LEFT = 1.5  # staff spaces between a line at the left end of two staves and that end
NO_LEAN = (0.0,)  # dx/dy of barlines on a straight page, against the perpendicular
PHOTOGRAPH_LEANS = tuple(0.012 * k for k in range(-6, 7))  # the same on a dewarped photograph


def candidates(
    ink: NDArray[np.uint8], upper: Staff, lower: Staff, leans: Sequence[float] = NO_LEAN
) -> NDArray[np.float64]:
    """Candidate barlines of two staves: left and right edge, share of ink, lean; [lines, 4]."""
    return upright_lines(ink, upper, lower, 0.0, 4.0, leans, MIN_CANDIDATE_INK)


def lines_between(
    ink: NDArray[np.uint8], upper: Staff, lower: Staff, leans: Sequence[float] = NO_LEAN
) -> NDArray[np.float64]:
    """Upright lines from the last line of a staff to the first of the next, as `upright_lines`.

    ink : uint8 [height, width], 1 is ink; leans : dx/dy of the lines that are tried.
    """
    last = upper.lines - 1.0
    lines = upright_lines(ink, upper, lower, last, 0.0, leans)
    if not len(lines):  # a clef may hide the ends of the staff lines, and the line there
        left = min(_left_end(ink, upper), _left_end(ink, lower))
        lines = upright_lines(ink, replace(upper, x0=left), lower, last, 0.0, leans)
    return lines


def has_left_line(
    ink: NDArray[np.uint8],
    upper: Staff,
    lower: Staff,
    lines: NDArray[np.float64],
) -> bool:
    """Whether a line between two staves stands at the left end of one of them.

    lines : those of `lines_between`. At the left end a fainter or a leaning one counts too.
    """

    def is_near(found: NDArray[np.float64], ends: tuple[float, float]) -> bool:
        off = np.abs(found[:, :2].mean(1)[:, None] - np.array(ends))
        return bool((off < MAX_LEFT * (upper.space + lower.space) / 2).any())

    ends = upper.x0, lower.x0
    left = _left_end(ink, upper), _left_end(ink, lower)
    if is_near(lines, ends) or is_near(lines, left):
        return True
    parts = _left_part(upper), _left_part(lower)
    if not _may_hold_line(ink, *parts):
        return False
    lines = upright_lines(ink, *parts, upper.lines - 1.0, 0.0, PHOTOGRAPH_LEANS, MIN_FAINT_INK)
    x = lines[:, :2].mean(1)
    reached = [_reaches(ink, upper, at) or _reaches(ink, lower, at) for at in x]
    return is_near(lines[np.array(reached, bool)], ends)


def _reaches(ink: NDArray[np.uint8], staff: Staff, x: float) -> bool:
    """Whether pieces of a staff's lines are seen between a column and the staff's left end."""
    columns = np.arange(max(0, round(x)), round(staff.x0))
    if len(columns) <= MAX_END_ERROR * staff.space:
        return True
    # A brace covers lines and spaces alike.
    beside = _inked(ink, replace(staff, top=staff.top + 0.5 * staff.space), columns)
    return float(_inked(ink, staff, columns).mean()) - float(beside.mean()) >= MIN_REACHED


def _may_hold_line(ink: NDArray[np.uint8], upper: Staff, lower: Staff) -> bool:
    """Whether nearly all rows between two parts of staves have ink, whatever its place."""
    y0, y1 = round(upper.y(upper.x0, upper.lines - 1.0)), round(lower.y(lower.x0))
    left = max(0, round(min(upper.x0, lower.x0) - upper.space))
    part = ink[max(0, y0) : max(0, y1), left : round(max(upper.x1, lower.x1) + upper.space)]
    return bool(part.size) and float(part.any(1).mean()) >= MIN_FAINT_INK - 0.1


def _left_part(staff: Staff) -> Staff:
    """The left end of a staff and what is left of it."""
    x0, x1 = staff.x0 - staff.space, staff.x0 + staff.space
    return replace(staff, x0=x0, x1=x1, top=staff.y(staff.x0))


def joining_lines(
    ink: NDArray[np.uint8], upper: Staff, lower: Staff, leans: Sequence[float] = NO_LEAN
) -> float:
    """Number of upright lines that join two neighbouring staves; one at their left end counts 3.

    ink : uint8 [height, width], 1 is ink; leans : dx/dy of the lines that are tried.
    """
    lines = lines_between(ink, upper, lower, leans)
    return float(len(lines) + 2 * has_left_line(ink, upper, lower, lines))


def _left_end(ink: NDArray[np.uint8], staff: Staff) -> float:
    """Column up to which four of a staff's lines continue left of x0, two spaces at most."""
    columns = np.arange(max(0, round(staff.x0 - 2 * staff.space)), max(1, round(staff.x0)))
    inked = _inked(ink, staff, columns).sum(1) >= min(4, staff.lines)
    gaps = np.flatnonzero(~inked)
    first = gaps[-1] + 1 if len(gaps) else 0
    return float(columns[first]) if first < len(columns) else staff.x0


def _inked(ink: NDArray[np.uint8], staff: Staff, columns: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Whether each line of a staff is ink at columns left of it; 0 or 1, [columns, lines]."""
    tops = staff.top + staff.slope * (columns - (staff.x0 + staff.x1) / 2)
    rows = np.round(tops[:, None] + np.arange(staff.lines) * staff.space).astype(int)
    near = [np.clip(rows + d, 0, ink.shape[0] - 1) for d in (-1, 0, 1)]
    return np.max([ink[r, columns[:, None]] for r in near], axis=0)


def upright_lines(
    ink: NDArray[np.uint8],
    upper: Staff,
    lower: Staff,
    from_line: float,
    to_line: float,
    leans: Sequence[float] = NO_LEAN,
    min_ink: float = MIN_LINE_INK,
) -> NDArray[np.float64]:
    """The upright lines between a line of the upper and one of the lower staff.

    Returns their left and right edges in px, in the middle of the band, the most
    ink that a column of them has, at least `min_ink`, and the lean there: [lines, 4].
    """
    space = (upper.space + lower.space) / 2
    left = min(upper.x0, lower.x0) - 0.7 * space
    right = max(upper.x1, lower.x1) + 0.7 * space
    middle = (left + right) / 2
    y0, y1 = upper.y(middle, from_line), lower.y(middle, to_line)
    rows, columns = round(y1 - y0), round(right - left)
    if rows < 1 or columns < 1:
        return np.zeros((0, 4))
    slope = (upper.slope + lower.slope) / 2
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    wide = max(3, round(0.2 * space)) | 1  # lines lean, and their edges are rough
    shares = []
    for lean in leans:
        # Level band (column u, row v) to page: turned by the slope about the band's middle.
        matrix = np.array(
            [
                [1.0, lean - slope, left + (slope - lean) * rows / 2],
                [slope, 1.0, y0 - slope * columns / 2],
            ]
        )
        band = cv2.warpAffine(ink, matrix, (columns, rows), flags=flags)
        shares.append(cv2.dilate(band, np.ones((1, wide), np.uint8)).mean(0))
    share, leaning = np.max(shares, axis=0), np.asarray(leans)[np.argmax(shares, axis=0)]
    rows_of = []
    for start, stop in runs_of(share >= min_ink):
        best = start + int(share[start:stop].argmax())
        # Columns fainter than the line itself belong to chords beside it.
        dark = share[start:stop] >= min(MIN_LINE_INK, 0.97 * share[best])
        first, last = start + int(dark.argmax()), stop - int(dark[::-1].argmax())
        rows_of.append((first, last, share[best], leaning[best]))
    found = np.array(rows_of, np.float64).reshape(-1, 4)
    found[:, :2] += left + (0.5 * wide - 0.5) * np.array([1, -1])
    return found


def runs_of(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and one past the last index of each run of true values."""
    steps = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    ends = zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True)
    return [(int(a), int(b)) for a, b in ends]
