"""Finds staves that were missed, at the places that the page's other systems suggest.

Under thick chords the lines of a staff are visible only in places, too little to be found
among all that is level on a page. But where a system has fewer staves than the page's other ones,
a missing staff's place, slope, length and staff space are roughly known. So
little evidence is enough: five level lines there that contrast with the spaces between
them, and upright lines that join them to the system. A staff that the engraver left out because it
is empty has neither. 2 ms for each system that lacks a staff.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.staves import MIN_GAP, Staff
from scorebridge.score.uprights import NO_LEAN, joining_lines

MIN_JOINING_LINES = 2.0  # as between staves that are found
MAX_GAP_RATIO = 1.6  # of the page's median gap between staves of a system
MIN_CONTRAST = 0.15  # see `_contrast`; missed staves of real scans have .43 to .73, others .05
MIN_LINE_RATIO = 0.25  # of the faintest of the five lines to their mean
SPACE_RATIOS = (0.97, 1.0, 1.03)  # of the tried staff spaces to the system's


def missing_staves(
    ink: NDArray[np.uint8], groups: Sequence[Sequence[Staff]], leans: Sequence[float] = NO_LEAN
) -> list[Staff]:
    """Staves that systems lack compared with the page's other systems, where there is evidence.

    ink : uint8 [height, width], 1 is ink; groups : the systems from the top; leans : dx/dy of
    barlines that are tried.
    """
    typical = _typical_size(groups)
    gaps = [_gap(a, b) for g in groups if len(g) == typical for a, b in pairwise(g)]
    if not gaps:
        return []
    max_gap = MAX_GAP_RATIO * float(np.median(gaps))
    found: list[Staff] = []
    above: Staff | None = None
    for k, group in enumerate(groups):
        below = groups[k + 1][0] if k + 1 < len(groups) else None
        members = list(group)
        while len(members) < typical:
            best = _missing_staff(ink, members, above, below, max_gap, leans)
            if best is None:
                break
            found.append(best)
            members = sorted([*members, best], key=lambda staff: staff.top)
        above = members[-1]
    return found


def _missing_staff(
    ink: NDArray[np.uint8],
    group: Sequence[Staff],
    above: Staff | None,
    below: Staff | None,
    max_gap: float,
    leans: Sequence[float],
) -> Staff | None:
    """A staff above, between or below those of a system, joined to the next one of them."""
    for before, after in pairwise([above, *group, below]):
        best = _between(ink, before, after, group, max_gap)
        held = [s for s in (before, after) if s is not None and s in group]
        if best is not None and any(_are_joined(ink, best, s, leans) for s in held):
            return best
    return None


def _are_joined(ink: NDArray[np.uint8], one: Staff, other: Staff, leans: Sequence[float]) -> bool:
    upper, lower = (one, other) if one.top < other.top else (other, one)
    return joining_lines(ink, upper, lower, leans) >= MIN_JOINING_LINES


def _typical_size(groups: Sequence[Sequence[Staff]]) -> int:
    """The commonest number of staves of a page's systems; of two equally common ones the larger."""
    counts = Counter(len(group) for group in groups)
    return max(counts, key=lambda size: (counts[size], size), default=0)


def _gap(upper: Staff, lower: Staff) -> float:
    """Staff spaces from a staff's bottom line to the next one's top line."""
    x = (upper.x0 + upper.x1) / 2
    return (lower.y(x) - upper.y(x, upper.lines - 1)) / upper.space


def _between(
    ink: NDArray[np.uint8],
    before: Staff | None,
    after: Staff | None,
    group: Sequence[Staff],
    max_gap: float,
) -> Staff | None:
    """The best five lines between two staves, at most `max_gap` spaces from those of the group."""
    beside = before if before is not None and before in group else after
    if beside is None or beside not in group:
        return None
    five = [s for s in group if s.lines == 5]  # one with the staff space of notes
    if not five:
        return None
    own = min(five, key=lambda s: abs(s.top - beside.top))
    x, space = (own.x0 + own.x1) / 2, own.space
    low = 0.0 if before is None else before.y(x, before.lines - 1) + MIN_GAP * space
    high = float(ink.shape[0]) if after is None else after.y(x) - (MIN_GAP + 4) * space
    if beside is before:
        high = min(high, beside.y(x, beside.lines - 1) + max_gap * space)
    elif before is None or before not in group:
        low = max(low, beside.y(x) - (max_gap + 4) * space)
    if high <= low:
        return None
    rows = _line_rows(ink, own, low - space, high + 5 * space)
    best, max_contrast = None, MIN_CONTRAST
    for scale in SPACE_RATIOS:
        contrast = _contrast(rows, scale * space)
        contrast = contrast[round(space) : round(space) + max(1, round(high - low))]
        if len(contrast) and float(contrast.max()) > max_contrast:
            max_contrast = float(contrast.max())
            top = low - space + round(space) + int(contrast.argmax())
            best = replace(own, top=top, space=scale * space, quality=min(1.0, max_contrast))
    return best


def _line_rows(
    ink: NDArray[np.uint8], staff: Staff, top: float, bottom: float
) -> NDArray[np.float32]:
    """Share of thin level ink in each row, level along a staff; [rows], from y = top down."""
    space = staff.space
    columns, count = round(staff.x1 - staff.x0), round(bottom - top)
    matrix = np.array([[1.0, 0.0, staff.x0], [staff.slope, 1.0, top - staff.slope * columns / 2]])
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    band = np.asarray(cv2.warpAffine(ink, matrix, (columns, count), flags=flags), np.uint8)
    tall = max(3, round(0.35 * space))
    thick = cv2.morphologyEx(band, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8))
    thin = cv2.bitwise_and(band, 1 - thick)
    thin = cv2.morphologyEx(
        thin, cv2.MORPH_OPEN, np.ones((1, max(3, round(0.6 * space))), np.uint8)
    )
    return np.asarray(thin.mean(1), np.float32)


def _contrast(rows: NDArray[np.float32], space: float) -> NDArray[np.float64]:
    """For each row, the ink of five lines that begin there less the ink between them; [rows]."""
    near = np.max([np.roll(rows, d) for d in (-1, 0, 1)], axis=0)
    at = np.arange(len(rows))[:, None]

    def along(steps: NDArray) -> NDArray[np.float32]:
        return near[np.clip(np.round(at + steps[None] * space).astype(int), 0, len(rows) - 1)]

    lines, between = along(np.arange(5.0)), along(np.arange(-0.5, 5.0))
    mean = lines.mean(1)
    whole = lines.min(1) >= MIN_LINE_RATIO * mean
    return np.where(whole, mean - between.mean(1), 0.0).astype(np.float64)
