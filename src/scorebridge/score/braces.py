"""Braces and brackets left of the staves.

Both are one piece of ink from the first of their staves to the last, just left of the staves' ends.
The margin is cut out along those ends (an indented system has its own), and its tall pieces are
looked at: a brace has a tip that points to the left, a bracket is straight. An edge or the gutter
of a scan is straight too, but reaches beyond the staves. About 3 ms a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.staves import Staff
from scorebridge.types import GroupKind

MARGIN = 4.0  # staff spaces left of the staves that are searched
GUARD = 0.3  # staff spaces beside the staves' ends, where the left barline stands
MAX_BREAK = 0.5  # staff spaces of a piece's breaks that are closed
MAX_OVERHANG = 3.0  # staff spaces by which a bracket's hook reaches beyond its staves
MAX_MISSED = 1.2  # staff spaces by which a brace may end before its outer lines
MIN_TIP = 0.2  # staff spaces by which the middle of a brace points to the left
SAME_END = 2.0  # staff spaces by which ends of neighbouring staves of a system differ at most


@dataclass(frozen=True, slots=True)
class Brace:
    """A brace or a bracket; staves count from 0 down the page."""

    kind: GroupKind
    first: int
    last: int
    x: float
    """px of its middle."""


def find_braces(ink: NDArray[np.uint8], staves: Sequence[Staff]) -> list[Brace]:
    """The braces and brackets of a page, outer ones first.

    ink : uint8 [height, width], 1 is ink. staves : from top to bottom.
    """
    if len(staves) < 2:
        return []
    space = float(np.median([s.space for s in staves]))
    ends = _left_ends(staves, len(ink))
    offsets = np.arange(-round(MARGIN * space), -max(1, round(GUARD * space)))
    columns = (np.round(ends).astype(np.float32)[:, None] + offsets).astype(np.float32)
    rows = np.broadcast_to(np.arange(len(ink), dtype=np.float32)[:, None], columns.shape)
    margin = cv2.remap(ink, columns, np.ascontiguousarray(rows), cv2.INTER_NEAREST)
    kernel = np.ones((max(1, round(MAX_BREAK * space)) | 1, 1), np.uint8)
    closed = cv2.morphologyEx(margin, cv2.MORPH_CLOSE, kernel)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(np.asarray(closed, np.uint8))
    tops = np.array([s.y(s.x0) for s in staves])
    bottoms = np.array([s.y(s.x0, s.lines - 1) for s in staves])
    found = []
    for k in range(1, count):
        y0 = int(stats[k, cv2.CC_STAT_TOP])
        y1 = y0 + int(stats[k, cv2.CC_STAT_HEIGHT])
        own = (tops > y0 - MAX_MISSED * space) & (bottoms < y1 + MAX_MISSED * space)
        inside = np.flatnonzero(own)
        if len(inside) < 2:
            continue
        first, last = int(inside[0]), int(inside[-1])
        if tops[first] - y0 > MAX_OVERHANG * space or y1 - bottoms[last] > MAX_OVERHANG * space:
            continue  # an edge of the page
        x0, width = int(stats[k, cv2.CC_STAT_LEFT]), int(stats[k, cv2.CC_STAT_WIDTH])
        tip = _tip(labels[y0:y1, x0 : x0 + width] == k)
        kind: GroupKind = "brace" if tip >= MIN_TIP * space else "bracket"
        found.append(Brace(kind, first, last, ends[(y0 + y1) // 2] + offsets[0] + x0 + width / 2))
    nested = [b for b in found if not any(_cross(b, other) and b.x < other.x for other in found)]
    return sorted(nested, key=lambda b: (b.first, b.first - b.last, b.x))


def _cross(one: Brace, other: Brace) -> bool:
    """Whether two pieces share staves and each has some of its own; the outer one is an edge."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    return first <= last and (first, last) not in (
        (one.first, one.last),
        (other.first, other.last),
    )


def _left_ends(staves: Sequence[Staff], height: int) -> NDArray[np.float64]:
    """x of the staves' left ends in each row of the page.

    Between two staves whose ends agree it runs from one to the other; else it jumps halfway.
    """
    rows, ends = [], []
    for upper, lower in pairwise(staves):
        rows += [upper.y(upper.x0), upper.y(upper.x0, upper.lines - 1)]
        ends += [upper.x0, upper.x0]
        if abs(upper.x0 - lower.x0) > SAME_END * upper.space:
            half = (rows[-1] + lower.y(lower.x0)) / 2
            rows += [half, half + 1]
            ends += [upper.x0, lower.x0]
    last = staves[-1]
    rows += [last.y(last.x0), last.y(last.x0, last.lines - 1)]
    ends += [last.x0, last.x0]
    return np.interp(np.arange(height), rows, ends)


def _tip(piece: NDArray[np.bool_]) -> float:
    """px by which a piece is farther left half way down than above and below; a brace has a tip.

    piece : [height, width], the piece and nothing else.
    """
    left = np.where(piece.any(1), piece.argmax(1), piece.shape[1]).astype(float)
    at = (np.arange(len(left)) + 0.5) / len(left)
    middle = left[(at > 0.44) & (at < 0.56)].min(initial=piece.shape[1])
    # A slender brace bends to the left above and below too, and its tip is narrow.
    tips = [
        float(np.median(left[(np.abs(at - 0.5) > near) & (np.abs(at - 0.5) < far)]) - middle)
        for near, far in ((0.15, 0.3), (0.06, 0.14))
    ]
    return max(tips)
