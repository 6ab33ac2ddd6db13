"""The systems of a page: staves that are played together, and their bars.

Two staves belong together where upright ink joins them: the line at the left
end, the barlines, the brace. Where a print shows none of it (barlines broken, or
drawn through each staff alone), the distances decide, under the expectation of
piano music: systems of two.

Cost: about 0.15 s a page of 1,800 px on one core, half of it for the staves.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.staves import Staff, find_staves, ink_of
from scorebridge.types import Box, Page, System

JOIN_INK = 0.92  # share of a column between two staves that is ink where a line joins them
SMALL = 0.88  # of the page's usual staff space, below which print counts as small
MIN_JOINS = 1.0  # joining lines for two staves to belong together, the one at the left counting 1


def find_systems(page: Page) -> list[System]:
    """The systems of a page in reading order; [] where there is no music.

    page.image : uint8 [height, width], dark on light, turned by at most 5 degrees,
    at least 4 px between staff lines.
    """
    height, width = page.image.shape
    ink = ink_of(page.image)
    staves = find_staves(ink)
    groups = _group(staves, [_joints(ink, a, b) for a, b in zip(staves, staves[1:], strict=False)])
    groups = _without_small(groups)
    return [_system(page.number, n, group, width, height) for n, group in enumerate(groups, 1)]


def _system(page: int, number: int, group: Sequence[Staff], width: int, height: int) -> System:
    x0, x1 = min(s.x0 for s in group), max(s.x1 for s in group)
    middle = (x0 + x1) / 2

    def box(top: Staff, bottom: Staff, left: float, right: float) -> Box:
        x = (left + right) / 2
        return (left / width, top.y(x) / height, right / width, bottom.y(x, 4) / height)

    length = np.array([s.x1 - s.x0 for s in group])
    slope = float(np.average([s.slope for s in group], weights=length))
    outer = (
        x0 / width,
        group[0].y(middle) / height,
        x1 / width,
        group[-1].y(middle, 4) / height,
    )
    return System(
        page,
        number,
        outer,
        tuple(box(s, s, s.x0, s.x1) for s in group),
        float(np.average([s.space for s in group], weights=length)),
        slope,
        confidence=float(np.clip(min(s.quality for s in group), 0, 1)),
    )


def _joints(ink: NDArray[np.uint8], upper: Staff, lower: Staff) -> float:
    """How many upright lines join two neighbouring staves; one at their left end counts 3."""
    space = (upper.space + lower.space) / 2
    left = min(upper.x0, lower.x0) - 0.7 * space
    right = max(upper.x1, lower.x1) + 0.7 * space
    middle = (left + right) / 2
    y0, y1 = upper.y(middle, 4), lower.y(middle)
    rows, columns = round(y1 - y0), round(right - left)
    if rows < 1 or columns < 1:
        return 0.0
    slope = (upper.slope + lower.slope) / 2
    # Row r, column c of the gap made level: x = left + c - slope * r', y = y0 + r + slope * c'.
    matrix = np.array(
        [
            [1.0, -slope, left + slope * rows / 2],
            [slope, 1.0, y0 - slope * columns / 2],
        ]
    )
    gap = cv2.warpAffine(
        ink, matrix, (columns, rows), flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    )
    wide = max(3, round(0.2 * space)) | 1
    filled = cv2.dilate(gap, np.ones((1, wide), np.uint8)).mean(0) >= JOIN_INK
    starts = np.flatnonzero(np.diff(np.concatenate([[0], filled.astype(np.int8)])) == 1)
    at_left = np.abs(left + starts - min(upper.x0, lower.x0)) < 1.5 * space
    return float(len(starts) + 2 * at_left.any())


def _without_small(groups: Sequence[list[Staff]]) -> list[list[Staff]]:
    """Leave out staves in small print: another reading above a system, a singer's line.

    They are no part of what the piano plays, and would move a system's middle.
    """
    if not groups:
        return []
    usual = SMALL * float(np.median([s.space for g in groups for s in g]))
    full = [[s for s in group if s.space >= usual] for group in groups]
    return [group for group in full if group]


def _group(staves: Sequence[Staff], joints: Sequence[float]) -> list[list[Staff]]:
    """Neighbours that are joined form a system; lone ones are paired by distance."""
    if not staves:
        return []
    groups = [[staves[0]]]
    for staff, joint in zip(staves[1:], joints, strict=True):
        if joint >= MIN_JOINS:
            groups[-1].append(staff)
        else:
            groups.append([staff])
    return groups
