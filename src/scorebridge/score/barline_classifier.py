"""Classifies upright lines as barlines, by a small network that sees the picture around each.

Geometry proposes candidates (`uprights.py`: columns that are nearly all ink from the top of a
system to its bottom), but a barline, a rolled chord and a chord whose stem runs through both staves
can be the same column of ink. Their surroundings differ. The network
(`models/pages/`, trained by `scorebridge-lab train barlines` on engraved and degraded pages) sees
`views_of` each candidate: the ink 4 staff spaces to either side, with the two staves scaled to one
size and the gap between them to another, so that every edition looks alike.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.networks import compiled
from scorebridge.score.staves import Staff

NETWORK = Path(__file__).parents[1] / "models" / "pages" / "barlines.xml"
PX_PER_SPACE = 6  # px per staff space in a view
VIEW_REACH = 4  # staff spaces to either side
VIEW_MARGIN = 2  # staff spaces above the upper and below the lower staff
GAP_HEIGHT = 24  # px to which the gap between the staves is scaled
STAFF_HEIGHT = (4 + VIEW_MARGIN) * PX_PER_SPACE  # px of a staff and its margin
VIEW_HEIGHT, VIEW_WIDTH = 2 * STAFF_HEIGHT + GAP_HEIGHT, 2 * VIEW_REACH * PX_PER_SPACE

BarlineClassifier = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""From views, uint8 [n, VIEW_HEIGHT, VIEW_WIDTH], 255 ink, to the probability that the line in the
middle of each is a barline, float32 [n]."""


def shipped_classifier(views: NDArray[np.uint8], network: Path = NETWORK) -> NDArray[np.float32]:
    """The network that ships, as a `BarlineClassifier`. Raises `ModelError` where it is missing."""
    if not len(views):
        return np.zeros(0, np.float32)
    return np.asarray(compiled(network, os.getpid())(views)[0], np.float32)


def views_of(
    ink: NDArray[np.uint8], upper: Staff, lower: Staff, lines: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """The surroundings of each candidate, uint8 [n, VIEW_HEIGHT, VIEW_WIDTH], 255 ink.

    ink : uint8 [height, width], 1 is ink. lines : [n, 2], x in px halfway down the system, and
    dx/dy of the line against the perpendicular of the staves.
    """
    if not len(lines):
        return np.zeros((0, VIEW_HEIGHT, VIEW_WIDTH), np.uint8)
    space = (upper.space + lower.space) / 2
    left = float(lines[:, 0].min()) - (VIEW_REACH + 4) * space
    right = float(lines[:, 0].max()) + (VIEW_REACH + 4) * space
    at = (left + right) / 2
    middle = (upper.y(at) + lower.y(at, 4)) / 2
    slope = (upper.slope + lower.slope) / 2
    parts = (
        (upper.y(at, -VIEW_MARGIN), upper.y(at, 4), upper.slope, STAFF_HEIGHT),
        (upper.y(at, 4), lower.y(at), slope, GAP_HEIGHT),
        (lower.y(at), lower.y(at, 4 + VIEW_MARGIN), lower.slope, STAFF_HEIGHT),
    )
    blocks = []
    for top, bottom, lean, height in parts:
        band = _level(ink, (left, right), (top, bottom), lean, slope, space, height)
        shift = (lines[:, 1] - slope) * ((top + bottom) / 2 - middle)
        centre = np.round((lines[:, 0] + shift - left) / space * PX_PER_SPACE).astype(int)
        start = np.clip(centre - VIEW_WIDTH // 2, 0, band.shape[1] - VIEW_WIDTH)
        blocks.append(band[:, start[:, None] + np.arange(VIEW_WIDTH)].transpose(1, 0, 2))
    return np.concatenate(blocks, axis=1)


def _level(
    ink: NDArray[np.uint8],
    across: tuple[float, float],
    down: tuple[float, float],
    slope: float,
    turn: float,
    space: float,
    height: int,
) -> NDArray[np.uint8]:
    """A band of the page, level along `slope` and upright against `turn`, scaled to `height` px."""
    columns = max(1, round(across[1] - across[0]))
    rows = max(1, round(down[1] - down[0]))
    matrix = np.array(
        [[1.0, -turn, across[0] + turn * rows / 2], [slope, 1.0, down[0] - slope * columns / 2]]
    )
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    band = cv2.warpAffine(ink * np.uint8(255), matrix, (columns, rows), flags=flags)
    size = (max(VIEW_WIDTH, round(columns / space * PX_PER_SPACE)), height)
    return np.asarray(cv2.resize(band, size, interpolation=cv2.INTER_AREA), np.uint8)
