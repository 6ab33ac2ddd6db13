"""Pictures of pages with the systems, staves and bars that were found drawn over them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import UsageError
from scorebridge.files import write_atomically
from scorebridge.types import Box, Page, System

# As blue, green, red.
SYSTEM, STAFF, BAR, UNSURE = (40, 40, 220), (200, 120, 0), (0, 160, 0), (0, 150, 255)
DOUBTFUL = 0.7  # confidence below which a bar is drawn as unsure


def draw_systems(page: Page, systems: Sequence[System]) -> NDArray[np.uint8]:
    """Systems red and numbered, staves and their groups blue, bars green at their ends.

    A label names the number that is printed at a system, and the kinds of staves that have not
    five lines. A bracket is a line with hooks, a brace one with a point. The ends of bars of low
    confidence are orange; repeat signs are double lines with dots on the side of what is repeated.
    Slanting systems are drawn slanting, bent ones bent. Returns uint8 [height, width, 3], blue,
    green, red, as OpenCV writes it.
    """
    height, width = page.image.shape
    canvas: Any = cv2.cvtColor(page.image, cv2.COLOR_GRAY2BGR)
    thick = max(1, round(width / 900))

    def outline(box: Box, slope: float, colour: tuple[int, int, int], grow: float) -> None:
        x0, y0, x1, y1 = np.multiply(box, (width, height, width, height))
        fall = slope * (x1 - x0) / 2
        corners = [(x0, y0 - fall - grow), (x1, y0 + fall - grow)]
        corners += [(x1, y1 + fall + grow), (x0, y1 - fall + grow)]
        cv2.polylines(canvas, [np.round(corners).astype(np.int32)], True, colour, thick)

    for system in systems:
        if system.bend:
            around = np.array(system.bend).reshape(-1, 2, 2) * (width, height)
            loop = np.concatenate([around[:, 0], around[::-1, 1]])
            cv2.polylines(canvas, [np.round(loop).astype(np.int32)], True, SYSTEM, thick)
        else:
            outline(system.box, system.slope, SYSTEM, system.staff_space)
            for staff in system.staves:
                outline(staff, system.slope, STAFF, 0)
            _draw_groups(canvas, system, thick)
        for x, colour, opens, closes in _edges(system):
            top, bottom = _upright(system, x, width, height)
            cv2.line(canvas, top, bottom, colour, 2 * thick)
            for side in (s for s, there in ((1, opens), (-1, closes)) if there):
                aside = round(side * 0.7 * system.staff_space)
                middle = ((top[0] + bottom[0]) // 2 + 2 * aside, (top[1] + bottom[1]) // 2)
                ends = (top[0] + aside, top[1]), (bottom[0] + aside, bottom[1])
                cv2.line(canvas, *ends, colour, thick)
                cv2.circle(canvas, middle, 3 * thick, colour, -1)
        label = f"{system.number} ({system.confidence:.2f}, {len(system.bars)} bars)"
        if system.printed_number:
            label += f", printed {system.printed_number}"
        if set(system.staff_kinds) - {"standard"}:
            label += ", " + " ".join(system.staff_kinds)
        x0, y0 = system.box[0] * width, system.box[1] * height
        corner = (round(x0), round(y0 - 2 * system.staff_space))
        cv2.putText(canvas, label, corner, cv2.FONT_HERSHEY_SIMPLEX, thick * 0.5, SYSTEM, thick)
    return canvas


def _draw_groups(canvas: NDArray[np.uint8], system: System, thick: int) -> None:
    """Braces and brackets left of the staves, inner ones nearer."""
    height, width = canvas.shape[:2]
    space = system.staff_space
    for k, group in enumerate(reversed(system.groups)):
        x = system.box[0] * width - (1.5 + k) * space
        left = -system.slope * (system.box[2] - system.box[0]) * width / 2
        top = system.staves[group.first - 1][1] * height + left
        bottom = system.staves[group.last - 1][3] * height + left
        if group.kind == "bracket":
            points = [(x + space, top), (x, top), (x, bottom), (x + space, bottom)]
        else:
            points = [(x, top), (x, bottom), (x - space, (top + bottom) / 2), (x, top)]
        cv2.polylines(canvas, [np.round(points).astype(np.int32)], False, STAFF, 2 * thick)


def _edges(system: System) -> list[tuple[float, tuple[int, int, int], bool, bool]]:
    """x of every bar's ends, the colour to draw it in, and whether repeats open or close there."""
    edges: dict[float, list[bool]] = {}
    for k, bar in enumerate(system.bars):
        clear = not system.bar_confidence or system.bar_confidence[k] >= DOUBTFUL
        signs = system.repeats[k] if system.repeats else (False, False)
        for x, opens, closes in ((bar[0], signs[0], False), (bar[1], False, signs[1])):
            known = edges.setdefault(x, [True, False, False])
            edges[x] = [known[0] and clear, known[1] or opens, known[2] or closes]
    return [
        (x, BAR if clear else UNSURE, opens, closes) for x, (clear, opens, closes) in edges.items()
    ]


def _upright(
    system: System, x: float, width: int, height: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Ends in px of a barline whose middle is at page fraction `x`."""
    if system.bend:
        bend = np.array(system.bend)
        middles = (bend[:, 0] + bend[:, 2]) / 2
        x0, y0, x1, y1 = (float(np.interp(x, middles, column)) for column in bend.T)
    else:
        box = system.box
        fall = (x - (box[0] + box[2]) / 2) * width * system.slope / height
        x0, y0, x1, y1 = x, box[1] + fall, x, box[3] + fall
    return (round(x0 * width), round(y0 * height)), (round(x1 * width), round(y1 * height))


def write_picture(path: Path, image: NDArray[np.uint8]) -> None:
    """Write a picture, in the format of its extension. Raises `UsageError` if it cannot."""
    done, data = cv2.imencode(path.suffix, image)
    if not done:
        raise UsageError(f"{path}: {path.suffix!r} is no picture format that can be written.")
    try:  # not cv2.imwrite, which fails without a word
        write_atomically(path, data.tobytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror or error}).") from error
