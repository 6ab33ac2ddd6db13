"""Erases system dividers, so that a number that runs into one can be read.

A divider is two slanted strokes between two systems, at the left, where the number of the lower
system stands. Where print is dense or heavy, they touch, and together they are no blob of a
digit's size.

Cost on one core: nothing where no ink has the size of a divider, 0.3 ms where it has.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

STROKE = (2.0, 1.25, 0.3)  # staff spaces: width, height and thickness of a piece of a stroke
MIN_AREA, MAX_EXTENT = 1.5, 5.5  # squares and staff spaces of strokes with the digits they touch


def without_dividers(
    part: NDArray[np.uint8], found: NDArray[np.int64], unit: int, ink: int
) -> NDArray[np.uint8]:
    """A levelled part without dividers; the very same array where it has none.

    part : uint8 [height, width], `unit` px a staff space, 255 ink. found : its components,
    x0, y0, x1, y1 and area, [n, 5]. ink : the least that is ink.
    """
    wide, tall = found[:, 2] - found[:, 0], found[:, 3] - found[:, 1]
    small = np.maximum(wide, tall) <= MAX_EXTENT * unit
    long = (wide >= STROKE[0] * unit) & (tall >= STROKE[1] * unit)
    heavy = found[:, 4] >= MIN_AREA * unit**2
    erased = part
    for x0, y0, x1, y1, _ in found[small & long & heavy].tolist():
        own = np.pad((part[y0:y1, x0:x1] >= ink).astype(np.uint8), 1)
        strokes = cv2.morphologyEx(own, cv2.MORPH_OPEN, _stroke(unit))
        if strokes.any():
            erased = part.copy() if erased is part else erased
            rim = cv2.dilate(strokes, np.ones((3, 3), np.uint8))[1:-1, 1:-1]
            erased[y0:y1, x0:x1][rim > 0] = 0
    return erased


def _stroke(unit: int) -> NDArray[np.uint8]:
    """A piece of a divider's stroke, which rises to the right."""
    wide, tall, thick = (round(v * unit) for v in STROKE)
    stroke = np.zeros((tall + thick, wide), np.uint8)
    ends = (0, tall + thick // 2), (wide - 1, thick // 2)
    cv2.line(stroke, *ends, (1,), thick)
    return stroke
