"""What was read from a score file, for people: the layout as JSON, and pictures of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.layout import find_systems
from scorebridge.score.pages import read_pages
from scorebridge.types import Page, System

_SYSTEM, _STAFF, _BAR = (200, 30, 30), (30, 90, 200), (20, 140, 60)  # RGB


def read_layout(path: Path | str) -> dict[str, Any]:
    """Pages, systems, staves and bars of a score file, ready for `json.dumps`.

    Boxes and x are fractions of the page, see `docs` and `types.System`.
    Raises `ScoreError` as `read_pages` does.
    """
    return {
        "path": str(path),
        "pages": [page_layout(page, find_systems(page)) for page in read_pages(path)],
    }


def page_layout(page: Page, systems: Sequence[System]) -> dict[str, Any]:
    """One page of `read_layout`."""
    height, width = page.image.shape
    return {
        "page": page.number,
        "width": width,
        "height": height,
        "systems": [
            {
                "system": system.number,
                "box": _rounded(system.box),
                "staves": [_rounded(staff) for staff in system.staves],
                "bars": [_rounded(bar) for bar in system.bars],
                "confidence": round(system.confidence, 3),
            }
            for system in systems
        ],
    }


def overlay(page: Page, systems: Sequence[System]) -> NDArray[np.uint8]:
    """The page with its systems (red), staves (blue) and barlines (green) drawn over it.

    Returns uint8 RGB [height, width, 3].
    """
    height, width = page.image.shape
    # Paler ink lets the colours stand out.
    picture = cv2.cvtColor(
        cv2.addWeighted(page.image, 0.6, page.image, 0.0, 102), cv2.COLOR_GRAY2RGB
    )
    thin = max(1, width // 900)

    def sloped(box: Sequence[float], slope: float) -> NDArray[np.int32]:
        x0, y0, x1, y1 = box[0] * width, box[1] * height, box[2] * width, box[3] * height
        d = slope * (x1 - x0) / 2
        corners = [(x0, y0 - d), (x1, y0 + d), (x1, y1 + d), (x0, y1 - d)]
        return np.round(corners).astype(np.int32)

    for system in systems:
        for staff in system.staves:
            cv2.polylines(picture, [sloped(staff, system.slope)], True, _STAFF, thin)
        frame = sloped(system.box, system.slope)
        cv2.polylines(picture, [frame], True, _SYSTEM, 2 * thin)
        x0, y0, x1, y1 = system.box
        for start, stop in system.bars:
            for x in (start, stop):
                d = system.slope * (x - (x0 + x1) / 2) * width
                ends = [(round(x * width), round(y * height + d)) for y in (y0, y1)]
                cv2.line(picture, ends[0], ends[1], _BAR, 2 * thin)
        label = f"{page.number}.{system.number}"
        place = (int(frame[0][0]), int(frame[0][1]) - 4 * thin)
        cv2.putText(picture, label, place, cv2.FONT_HERSHEY_SIMPLEX, width / 1800, _SYSTEM, thin)
    return np.asarray(picture, np.uint8)


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(float(v), 5) for v in values]
