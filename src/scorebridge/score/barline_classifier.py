"""Whether an upright line is a barline: a small network's judgement of the picture around it.

Geometry proposes (`bars.py`: columns that are nearly ink from the top of a system to its
bottom), but a chord whose stem runs through both staves, a rolled chord, and a barline can
be the same column of ink. What stands beside it tells them apart. The network
(`models/pages/`, trained by `scorebridge-lab train-pages` on engraved and degraded pages) looks
at `views_of` each candidate: the ink 4 staff spaces to either side, the two staves to one
size, what lies between them squeezed to another, so that every edition looks alike.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.openvino import import_openvino
from scorebridge.errors import ModelError
from scorebridge.score.staves import Staff

NETWORK = Path(__file__).parents[1] / "models" / "pages" / "barlines.xml"
FINE = 6  # px a staff space in a view
REACH = 4  # staff spaces seen to either side
BEYOND = 2  # staff spaces seen above the upper and below the lower staff
BETWEEN = 24  # px to which the gap between the staves is squeezed
STAFF = (4 + BEYOND) * FINE  # px of a staff and what is beyond it
HEIGHT, WIDTH = 2 * STAFF + BETWEEN, 2 * REACH * FINE

Judge = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""Views, uint8 [n, HEIGHT, WIDTH], 255 ink, to the probability that a barline is in the middle."""


def shipped(views: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The judgement of the network that ships. Raises ModelError where it is missing."""
    if not len(views):
        return np.zeros(0, np.float32)
    return np.asarray(_network(os.getpid())(views)[0], np.float32)


@cache
def _network(process: int) -> Any:
    """The network, compiled once in each process (a forked child cannot use its parent's)."""
    if not NETWORK.is_file():
        raise ModelError(f"{NETWORK}: the network for pages is missing. Reinstall Scorebridge.")
    hints = {"INFERENCE_NUM_THREADS": 1, "INFERENCE_PRECISION_HINT": "f32"}
    try:
        return import_openvino().Core().compile_model(NETWORK, "CPU", hints)
    except RuntimeError as error:
        cause = str(error).strip().splitlines()[-1]
        raise ModelError(f"{NETWORK} cannot be used: {cause}. Reinstall Scorebridge.") from error


def views_of(
    ink: NDArray[np.uint8], upper: Staff, lower: Staff, lines: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """What the network sees of each candidate, uint8 [n, HEIGHT, WIDTH], 255 ink.

    ink : uint8 [height, width], 1 is ink. lines : [n, 2], x in px halfway down the system, and
    the dx/dy under which the line stands against the staves.
    """
    if not len(lines):
        return np.zeros((0, HEIGHT, WIDTH), np.uint8)
    space = (upper.space + lower.space) / 2
    left = float(lines[:, 0].min()) - (REACH + 4) * space
    right = float(lines[:, 0].max()) + (REACH + 4) * space
    at = (left + right) / 2
    middle = (upper.y(at) + lower.y(at, 4)) / 2
    slope = (upper.slope + lower.slope) / 2
    parts = (
        (upper.y(at, -BEYOND), upper.y(at, 4), upper.slope, STAFF),
        (upper.y(at, 4), lower.y(at), slope, BETWEEN),
        (lower.y(at), lower.y(at, 4 + BEYOND), lower.slope, STAFF),
    )
    blocks = []
    for top, bottom, lean, height in parts:
        band = _level(ink, (left, right), (top, bottom), lean, slope, space, height)
        shift = (lines[:, 1] - slope) * ((top + bottom) / 2 - middle)
        start = np.round((lines[:, 0] + shift - left) / space * FINE).astype(int) - WIDTH // 2
        start = np.clip(start, 0, band.shape[1] - WIDTH)
        blocks.append(band[:, start[:, None] + np.arange(WIDTH)].transpose(1, 0, 2))
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
    """A band of the page along lines of `slope`, upright against `turn`, `height` px tall."""
    columns = max(1, round(across[1] - across[0]))
    rows = max(1, round(down[1] - down[0]))
    matrix = np.array(
        [[1.0, -turn, across[0] + turn * rows / 2], [slope, 1.0, down[0] - slope * columns / 2]]
    )
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    band = cv2.warpAffine(ink * np.uint8(255), matrix, (columns, rows), flags=flags)
    size = (max(WIDTH, round(columns / space * FINE)), height)
    return np.asarray(cv2.resize(band, size, interpolation=cv2.INTER_AREA), np.uint8)
