"""Pictures of pages with what was found drawn over them, for the eye to check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import UsageError
from scorebridge.types import Box, Page, System

SYSTEM, STAFF, BAR = (40, 40, 220), (200, 120, 0), (0, 160, 0)  # as blue, green, red


def draw_systems(page: Page, systems: Sequence[System]) -> NDArray[np.uint8]:
    """Systems red and numbered, staves blue, bars green at their ends.

    Returns uint8 [height, width, 3], blue, green, red, as OpenCV writes it. Slanting
    systems are drawn slanting.
    """
    height, width = page.image.shape
    canvas = cv2.cvtColor(page.image, cv2.COLOR_GRAY2BGR)
    thick = max(1, round(width / 900))

    def outline(box: Box, slope: float, colour: tuple[int, int, int], grow: float) -> None:
        x0, y0, x1, y1 = np.multiply(box, (width, height, width, height))
        fall = slope * (x1 - x0) / 2
        corners = [(x0, y0 - fall - grow), (x1, y0 + fall - grow)]
        corners += [(x1, y1 + fall + grow), (x0, y1 - fall + grow)]
        cv2.polylines(canvas, [np.round(corners).astype(np.int32)], True, colour, thick)

    for system in systems:
        outline(system.box, system.slope, SYSTEM, system.staff_space)
        for staff in system.staves:
            outline(staff, system.slope, STAFF, 0)
        x0, y0, x1, y1 = system.box
        middle = (x0 + x1) / 2
        for x in {edge for bar in system.bars for edge in bar}:
            fall = (x - middle) * width * system.slope
            top, bottom = round(y0 * height + fall), round(y1 * height + fall)
            cv2.line(canvas, (round(x * width), top), (round(x * width), bottom), BAR, 2 * thick)
        label = f"{system.number} ({system.confidence:.2f}, {len(system.bars)} bars)"
        corner = (round(x0 * width), round(y0 * height - 2 * system.staff_space))
        cv2.putText(canvas, label, corner, cv2.FONT_HERSHEY_SIMPLEX, thick * 0.5, SYSTEM, thick)
    return canvas  # pyright: ignore[reportReturnType]


def write_picture(path: Path, image: NDArray[np.uint8]) -> None:
    """Write a picture, its kind by the ending. Raises `UsageError` where it cannot be written."""
    done, data = cv2.imencode(path.suffix, image)
    if not done:
        raise UsageError(f"{path}: {path.suffix!r} is no kind of picture that can be written.")
    try:  # not cv2.imwrite, which fails without a word
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.tobytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror or error}).") from error
