"""Upright lines on a page: what joins staves into systems, and the barlines of a system.

Both look at a band of the page made level along the staves, and take the columns that
are ink from its top to its bottom. About 1 ms a band.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.staves import Staff

LINE_INK = 0.92  # share of a column that is ink where a line runs through it
HEAVY = 0.45  # staff spaces; a barline as wide is double or thick (a thin one has 0.1-0.3)
MAX_CLEF = 12.0  # staff spaces that clef and key take up at most
MAX_KEY = 9.0  # staff spaces that a new key at a system's end takes up at most
MIN_BAR = 3.0  # staff spaces; nearer barlines are one (double bars, repeat signs)


def joints(ink: NDArray[np.uint8], upper: Staff, lower: Staff) -> float:
    """How many upright lines join two neighbouring staves; one at their left end counts 3.

    ink : uint8 [height, width], 1 is ink.
    """
    space = (upper.space + lower.space) / 2
    lines = _upright(ink, upper, lower, 4.0, 0.0)
    left = min(upper.x0, lower.x0)
    return float(len(lines) + 2 * bool((np.abs(lines.mean(1) - left) < 1.5 * space).any()))


def find_bars(ink: NDArray[np.uint8], group: Sequence[Staff]) -> list[tuple[float, float]]:
    """x ranges in px of the bars of one system, barline to barline, from its left end.

    A barline runs from the top line to the bottom line of the system. What follows the
    last one counts as a bar if it is wide enough for a note. Clef and key before a
    repeat sign, and a new key after a double bar at the end, are no bars.
    """
    top, bottom = group[0], group[-1]
    space = (top.space + bottom.space) / 2
    left, right = min(s.x0 for s in group), max(s.x1 for s in group)
    edges, heavy = [left], [False]
    begin = left
    for start, stop in _upright(ink, top, bottom, 0.0, 4.0):
        middle = (start + stop) / 2
        if middle - edges[-1] >= MIN_BAR * space:
            edges.append(middle)
            heavy.append(False)
            begin = start
        heavy[-1] |= stop - begin > HEAVY * space
    if right - edges[-1] >= MIN_BAR * space:
        edges.append(right)
        heavy.append(False)
    bars = list(pairwise(edges))
    if len(bars) > 1 and heavy[1] and bars[0][1] - bars[0][0] < MAX_CLEF * space:
        bars = bars[1:]
    if len(bars) > 1 and heavy[-2] and bars[-1][1] - bars[-1][0] < MAX_KEY * space:
        bars = bars[:-1]
    return bars


def _upright(
    ink: NDArray[np.uint8], upper: Staff, lower: Staff, from_line: float, to_line: float
) -> NDArray[np.float64]:
    """The upright lines between a line of the upper and one of the lower staff.

    Returns their left and right edges, [lines, 2] px, in the middle of the band.
    """
    space = (upper.space + lower.space) / 2
    left = min(upper.x0, lower.x0) - 0.7 * space
    right = max(upper.x1, lower.x1) + 0.7 * space
    middle = (left + right) / 2
    y0, y1 = upper.y(middle, from_line), lower.y(middle, to_line)
    rows, columns = round(y1 - y0), round(right - left)
    if rows < 1 or columns < 1:
        return np.zeros((0, 2))
    slope = (upper.slope + lower.slope) / 2
    # Level band (column u, row v) to page: turned by the slope about the band's middle.
    matrix = np.array(
        [
            [1.0, -slope, left + slope * rows / 2],
            [slope, 1.0, y0 - slope * columns / 2],
        ]
    )
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    band = cv2.warpAffine(ink, matrix, (columns, rows), flags=flags)
    wide = max(3, round(0.2 * space)) | 1  # lines lean, and print is ragged
    inked = cv2.dilate(band, np.ones((1, wide), np.uint8)).mean(0) >= LINE_INK
    steps = np.diff(np.concatenate([[0], inked.astype(np.int8), [0]]))
    edges = np.stack([np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)], axis=1)
    return left + edges + (0.5 * wide - 0.5) * np.array([1, -1])
