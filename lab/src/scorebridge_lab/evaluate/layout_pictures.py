"""Pictures of badly read pages: the truth and what was found, over the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.types import System
from scorebridge_lab.engrave.page_truth import Grey
from scorebridge_lab.evaluate.layout_ensemble import (
    PageResult,
    ReadPage,
    page_of,
    read_copy,
    shown,
)
from scorebridge_lab.evaluate.page_scores import TrueSystem

TRUE, FOUND, BAR = (0, 160, 0), (220, 60, 0), (0, 0, 230)  # levels of blue, green, red


def draw_layout(
    image: Grey, systems: Sequence[System], truth: Sequence[TrueSystem]
) -> NDArray[np.uint8]:
    """The page with true staves and barlines in green, found staves in blue, found bars in red."""
    picture = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    height, width = image.shape
    for true in truth:
        for staff in true.staves:
            half = 2 * staff.space
            for shift in (-half, half):
                line = (staff.course + np.array([0, shift])).round().astype(np.int32)
                cv2.polylines(picture, [line.reshape(-1, 1, 2)], False, TRUE, 2)
        top, bottom = round(true.staves[0].box[1]), round(true.staves[-1].box[3])
        for x0, x1 in true.barlines:
            x = round((x0 + x1) / 2)
            cv2.line(picture, (x, top - 12), (x, bottom + 12), TRUE, 2)
    for system in systems:
        boxes = [np.multiply(b, (width, height, width, height)) for b in system.staves]
        for x0, y0, x1, y1 in boxes:
            cv2.rectangle(picture, (round(x0), round(y0)), (round(x1), round(y1)), FOUND, 1)
        x0, y0, x1, y1 = np.multiply(system.box, (width, height, width, height))
        cv2.rectangle(picture, (round(x0) - 6, round(y0)), (round(x0) - 3, round(y1)), FOUND, -1)
        for bar in system.bars[:-1]:
            x = round(bar[1] * width)
            cv2.line(picture, (x, round(y0)), (x, round(y1)), BAR, 2)
    return np.asarray(picture, np.uint8)


def save_pictures(
    results: Sequence[PageResult], folder: Path, read: ReadPage | None = None
) -> list[Path]:
    """Read the pages of some results again and write a picture of each; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for number, result in enumerate(results, 1):
        seen = shown(page_of(result.copy), result.copy)
        _, systems, _ = read_copy(seen, result.copy, read)
        picture = draw_layout(seen.upright, systems, seen.truth)
        path = folder / f"{number:02d}-{result.group.replace(' ', '-')}-{result.copy.kind}.png"
        cv2.imwrite(str(path), picture)
        out.append(path)
    return out
