"""Staves that were missed, looked for where the page's other systems have them.

Under thick chords the lines of a staff show only here and there, too little to be found
among all that lies level on a page. But where the other systems of a page have two staves and
one has a single one, the other's place, slope, length and staff space are known nearly, and
little evidence is enough: five level lines there that stand out from what is between
them, and upright lines that join them to the system. 2 ms for each system that lacks a staff.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barlines import UPRIGHT, joints
from scorebridge.score.staves import MIN_GAP, Staff

MIN_JOINTS = 2.0  # as between staves that are seen
FAR = 1.6  # of the page's usual distance between staves of a system, beyond which none is sought
MIN_SEEN = 0.15  # see `_seen`; missed staves of real scans had 0.43 to 0.73, other places 0.05
MIN_LINE = 0.25  # the faintest of the five lines, as a share of their mean
SPACES = (0.97, 1.0, 1.03)  # of the system's staff space that are tried


def missing_staves(
    ink: NDArray[np.uint8], groups: Sequence[Sequence[Staff]], leans: Sequence[float] = UPRIGHT
) -> list[Staff]:
    """Staves that systems lack beside the page's others, as far as they can be made out.

    ink : uint8 [height, width], 1 is ink; groups : the systems from the top; leans : dx/dy under
    which barlines may stand.
    """
    usual = _usual_size(groups)
    gaps = [_gap(a, b) for g in groups if len(g) == usual for a, b in pairwise(g)]
    found: list[Staff] = []
    for k, group in enumerate(groups):
        if len(group) >= usual:
            continue
        above = groups[k - 1][-1] if k else None
        below = groups[k + 1][0] if k + 1 < len(groups) else None
        far = FAR * float(np.median(gaps))
        for number, staff in enumerate([*group, None]):
            before = group[number - 1] if number else above
            if found and (before is None or found[-1].top > before.top):
                before = found[-1]  # what the system above has just been given
            after = staff or below
            best = _between(ink, before, after, group, far)
            held = [s for s in (before, after) if s is not None and s in group]
            if best is not None and any(_joined(ink, best, s, leans) for s in held):
                found.append(best)
                break  # one a system; a system that lacks more is not known well enough
    return found


def _joined(ink: NDArray[np.uint8], one: Staff, other: Staff, leans: Sequence[float]) -> bool:
    upper, lower = (one, other) if one.top < other.top else (other, one)
    return joints(ink, upper, lower, leans) >= MIN_JOINTS


def _usual_size(groups: Sequence[Sequence[Staff]]) -> int:
    """How many staves most of a page's systems have; of two as common sizes the larger."""
    counts = Counter(len(group) for group in groups)
    return max(counts, key=lambda size: (counts[size], size), default=0)


def _gap(upper: Staff, lower: Staff) -> float:
    """Staff spaces from a staff's bottom line to the next one's top line."""
    x = (upper.x0 + upper.x1) / 2
    return (lower.y(x) - upper.y(x, 4)) / upper.space


def _between(
    ink: NDArray[np.uint8],
    before: Staff | None,
    after: Staff | None,
    group: Sequence[Staff],
    far: float,
) -> Staff | None:
    """The best five lines between two staves, at most `far` from those of the group."""
    own = before if before in group else after
    if own is None or own not in group:
        return None
    x, space = (own.x0 + own.x1) / 2, own.space
    low = 0.0 if before is None else before.y(x, 4) + MIN_GAP * space
    high = float(ink.shape[0]) if after is None else after.y(x) - (MIN_GAP + 4) * space
    if own is before:
        high = min(high, own.y(x, 4) + far * space)
    elif before not in group:
        low = max(low, own.y(x) - (far + 4) * space)
    if high <= low:
        return None
    rows = _line_rows(ink, own, low - space, high + 5 * space)
    best, most = None, MIN_SEEN
    for scale in SPACES:
        seen = _seen(rows, scale * space)
        seen = seen[round(space) : round(space) + max(1, round(high - low))]
        if len(seen) and float(seen.max()) > most:
            most = float(seen.max())
            top = low - space + round(space) + int(seen.argmax())
            best = replace(own, top=top, space=scale * space, quality=min(1.0, most))
    return best


def _line_rows(
    ink: NDArray[np.uint8], staff: Staff, top: float, bottom: float
) -> NDArray[np.float32]:
    """Share of each row, level along a staff, that is thin level ink; [rows] from y = top on."""
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


def _seen(rows: NDArray[np.float32], space: float) -> NDArray[np.float64]:
    """For each row, how far five lines that begin there stand out from what is between them."""
    near = np.max([np.roll(rows, d) for d in (-1, 0, 1)], axis=0)
    at = np.arange(len(rows))[:, None]

    def along(steps: NDArray) -> NDArray[np.float32]:
        return near[np.clip(np.round(at + steps[None] * space).astype(int), 0, len(rows) - 1)]

    lines, between = along(np.arange(5.0)), along(np.arange(-0.5, 5.0))
    mean = lines.mean(1)
    whole = lines.min(1) >= MIN_LINE * mean
    return np.where(whole, mean - between.mean(1), 0.0).astype(np.float64)
