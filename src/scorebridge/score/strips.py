"""Systems to strips, strips to one unrolled score, unrolled score to sheet windows.

A strip is one system, straight and scaled so that the distance between
staff lines is the same everywhere: whatever the staff size of the edition or
the resolution of the scan, the encoder gets notes of one size. (The papers
scale the width of the page instead, P3 section 4.1; `STAFF_SPACE` is the staff space of their
835 px page with LilyPond's default staff, halved as they halve it.) The
two staves have the same distance everywhere, so that a row is a pitch on a staff
and no ledger line is cut off where an engraver left much room: the space half way
between them is cut out, or left blank.

Systems are unrolled side by side into one long strip (P3 section 3), and windows
may span two of them, as the music does. Cost: about 3 ms a system. OpenCV is imported where a
strip is cut, since a search needs nothing but the sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.types import Box, Page, System
from scorebridge.windows import window_middles

STAFF_SPACE = 3.5  # px between staff lines in a strip
STRIP_HEIGHT = 104  # px; taller than a window so that training can shift it up and down
WINDOW_HEIGHT = 80  # px: 160 px of the papers' page, halved (P3 section 4.1)
WINDOW_WIDTH = 180  # px: two bars or more, about as long as an audio window (the papers: 100)
WINDOW_HOP = 25  # px: 50 px of the papers' page, halved (P5 section 4.3)
MAX_SHORT = 1500  # px of a score (a line or two) whose outermost windows reach beyond its ends
OVERHANG = 65  # px by which they do
PAGE_WIDTH = 417.5  # px of the papers' page (835, P4), halved
STAFF_DISTANCE = 34.0  # px between the middles of two staves: the median of engraved scores
SPARE_ROWS = 20  # px above and below a strip, for staves that are far apart
MARGIN = 2 * STAFF_SPACE  # px of paper left and right of the staff lines
MAX_WIDTH = 3000  # px of one strip: 850 staff spaces, three times the longest system in print


@dataclass(frozen=True, slots=True)
class Strip:
    """One system, straight and to scale."""

    image: NDArray[np.uint8]
    """[STRIP_HEIGHT, width], 255 white; the middle of the staves is the middle row."""
    page: int
    system: int
    box: Box
    x0: float
    """Page fraction of the left edge of column 0."""
    x1: float
    """Page fraction of the right edge of the last column."""
    xs: tuple[float, ...] = ()
    """Page fractions at equal steps from column 0 to the last; () where they run evenly."""


@dataclass(frozen=True, slots=True)
class Unrolled:
    """All strips of a document side by side, and where each lies."""

    image: NDArray[np.uint8]
    """[STRIP_HEIGHT, width], 255 white."""
    strips: tuple[Strip, ...]
    offsets: NDArray[np.int64]
    """[len(strips) + 1]: strip k fills columns offsets[k] to offsets[k + 1]."""


def cut_strip(
    image: NDArray[np.uint8],
    box: tuple[float, float, float, float],
    staff_space: float,
    slope: float = 0.0,
    scale: float | None = None,
) -> NDArray[np.uint8]:
    """Cut one system from a page.

    Parameters
    ----------
    image : uint8 [height, width], white = 255.
    box : x0, y0, x1, y1 in px of `image`: the staff lines' ends left and right, the
        top line of the top staff and the bottom line of the bottom staff, both
        measured at the middle of the system's width.
    staff_space : px between staff lines in `image`.
    slope : dy/dx of the staff lines.
    scale : strip px per page px; by default the one that makes the staff space `STAFF_SPACE`,
        with two staves `STAFF_DISTANCE` apart.

    Returns
    -------
    uint8 [STRIP_HEIGHT, width].
    """
    import cv2

    x0, y0, x1, y1 = box
    papers, scale = scale is not None, STAFF_SPACE / staff_space if scale is None else scale
    rows = STRIP_HEIGHT + 2 * SPARE_ROWS
    width = int(np.clip(round((x1 - x0) * scale + 2 * MARGIN), WINDOW_WIDTH // 4, MAX_WIDTH))
    # Shrink by area first, since bilinear sampling alone loses thin lines; then straighten.
    pre = min(1.0, scale * 1.25)
    half = (rows / 2 + 2) / scale + abs(slope) * (x1 - x0 + 2 * MARGIN / scale) / 2
    top = int(np.floor(max(0, (y0 + y1) / 2 - half)))
    bottom = int(np.ceil(min(image.shape[0], (y0 + y1) / 2 + half)))
    left = int(np.floor(max(0, x0 - MARGIN / scale - 2)))
    right = int(np.ceil(min(image.shape[1], x1 + MARGIN / scale + 2)))
    crop = image[top:bottom, left:right]
    if crop.size == 0:
        return np.full((STRIP_HEIGHT, width), 255, np.uint8)
    size = (max(1, round(crop.shape[1] * pre)), max(1, round(crop.shape[0] * pre)))
    small = cv2.resize(crop, size, interpolation=cv2.INTER_AREA) if pre < 1 else crop
    fx, fy = size[0] / crop.shape[1], size[1] / crop.shape[0]
    # Strip pixel (u, v) centre -> small pixel centre: x = ax * u + bx, y = ay * v + s * u + by.
    ax, ay = fx / scale, fy / scale
    x_mid, y_mid = (x0 + x1) / 2, (y0 + y1) / 2
    bx = (x0 - left - MARGIN / scale) * fx + 0.5 * ax - 0.5
    s = slope * fy / scale
    u_mid = (x_mid - x0) * scale + MARGIN - 0.5
    by = (y_mid - top) * fy - ay * (rows / 2 - 0.5) - s * u_mid - 0.5
    matrix = np.array([[ax, 0.0, bx], [s, ay, by]])
    strip = cv2.warpAffine(
        small,
        matrix,
        (width, rows),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    return with_staff_distance(np.asarray(strip, np.uint8), 0.0 if papers else (y1 - y0) * scale)


def with_staff_distance(strip: NDArray[np.uint8], tall: float) -> NDArray[np.uint8]:
    """Move the halves of a strip so that its two staves are `STAFF_DISTANCE` apart.

    strip : uint8 [STRIP_HEIGHT + 2 * ROOM, width]; the middle row is half way between the staves.
    tall : px from the top line of the upper staff to the bottom line of the lower one; a
        height too small for two staves is not changed. Returns uint8 [STRIP_HEIGHT, width].
    """
    distance = tall - 4 * STAFF_SPACE
    move = 0 if distance < 5 * STAFF_SPACE else round((distance - STAFF_DISTANCE) / 2)
    move = int(np.clip(move, -SPARE_ROWS, SPARE_ROWS))
    middle, half = len(strip) // 2, STRIP_HEIGHT // 2
    out = np.full((STRIP_HEIGHT, strip.shape[1]), 255, np.uint8)
    kept = half - max(0, -move)
    out[:kept] = strip[middle - half - move : middle - half - move + kept]
    out[STRIP_HEIGHT - kept :] = strip[middle + half + move - kept : middle + half + move]
    return out


def strip_of(page: Page, system: System, by_page: bool = False) -> Strip:
    """Cut `system` from `page` (see `cut_strip`).

    by_page : scale the page to the papers' width instead of the staff to one size.
    """
    if system.bend:
        return _bent_strip(page, system)
    height, width = page.image.shape
    x0, y0, x1, y1 = system.core or system.box
    px = (x0 * width, y0 * height, x1 * width, y1 * height)
    scale = PAGE_WIDTH / width if by_page else STAFF_SPACE / system.staff_space
    papers = scale if by_page else None
    image = cut_strip(page.image, px, system.staff_space, system.slope, papers)
    start = (px[0] - MARGIN / scale) / width
    end = start + image.shape[1] / scale / width
    return Strip(image, page.number, system.number, system.box, start, end)


def _bent_strip(page: Page, system: System) -> Strip:
    """Cut a system along its `bend`: each column from the top line to the bottom line there."""
    import cv2

    image = page.image
    height, width = image.shape
    bend = np.array(system.bend) * (width, height, width, height)  # [places, 4]
    top, bottom = bend[:, :2], bend[:, 2:]
    columns = round(system.length * STAFF_SPACE + 2 * MARGIN)
    columns = int(np.clip(columns, WINDOW_WIDTH // 4, MAX_WIDTH))
    tall = float(np.median(np.linalg.norm(bottom - top, axis=1))) / system.staff_space
    # Column edges in steps of the bend, extrapolated beyond its ends.
    steps = len(bend) - 1
    step = (np.arange(columns + 1.0) - MARGIN) / (columns - 2 * MARGIN) * steps
    upper, lower = (_along(line, step) for line in (top, bottom))
    # Rows: 0 at the top line, 1 at the bottom line, the middle of the strip half way.
    rows = STRIP_HEIGHT + 2 * SPARE_ROWS
    v = (np.arange(rows) + 0.5 - rows / 2) / (tall * STAFF_SPACE) + 0.5
    centre = [(line[1:] + line[:-1]) / 2 for line in (upper, lower)]
    places = centre[0][None] + v[:, None, None] * (centre[1] - centre[0])[None]
    # Shrink by area first, since sampling alone loses thin lines.
    pre = min(1.0, 1.25 * STAFF_SPACE / system.staff_space)
    left, up = (max(0, int(n) - 4) for n in places.min((0, 1)))
    right, down = (int(n) + 5 for n in places.max((0, 1)))
    crop = image[up:down, left:right]
    if crop.size == 0:
        picture = np.full((rows, columns), 255, np.uint8)
    else:
        size = (max(1, round(crop.shape[1] * pre)), max(1, round(crop.shape[0] * pre)))
        small = cv2.resize(crop, size, interpolation=cv2.INTER_AREA) if pre < 1 else crop
        ratio = np.divide(size, crop.shape[::-1])
        maps = ((places - (left, up)) * ratio - 0.5).astype(np.float32)
        picture = cv2.remap(
            small,
            maps[..., 0],
            maps[..., 1],
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        picture = _without_shadows(np.asarray(picture, np.uint8))
    xs = ((upper + lower) / 2)[:, 0] / width
    even = np.interp(np.linspace(0, columns, len(bend) + 2), np.arange(columns + 1), xs)
    return Strip(
        with_staff_distance(picture, tall * STAFF_SPACE),
        page=page.number,
        system=system.number,
        box=system.box,
        x0=float(xs[0]),
        x1=float(xs[-1]),
        xs=tuple(float(x) for x in even),
    )


def _without_shadows(strip: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A strip with white paper, also in shadows: divided by the brightness of the paper around."""
    import cv2

    wide = round(3 * STAFF_SPACE) | 1  # wider than any ink
    paper = cv2.dilate(strip, np.ones((wide, wide), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), wide / 2, borderType=cv2.BORDER_REPLICATE)
    even = strip.astype(np.float32) / np.maximum(paper.astype(np.float32), 16) * np.float32(255)
    return np.minimum(even, 255).astype(np.uint8)


def _along(line: NDArray, step: NDArray) -> NDArray[np.float64]:
    """Points on a polyline, [n, 2], at fractional steps; extrapolated linearly beyond its ends."""
    at = np.arange(len(line))
    inside = np.stack([np.interp(step, at, line[:, k]) for k in (0, 1)], 1)
    before, beyond = np.minimum(step, 0), np.maximum(step - at[-1], 0)
    return inside + np.outer(before, line[1] - line[0]) + np.outer(beyond, line[-1] - line[-2])


def unroll(strips: Sequence[Strip]) -> Unrolled:
    """Put strips side by side in reading order (P3 section 3)."""
    images = [s.image for s in strips] or [np.full((STRIP_HEIGHT, 0), 255, np.uint8)]
    offsets = np.cumsum([0, *(s.image.shape[1] for s in strips)], dtype=np.int64)
    return Unrolled(np.concatenate(images, axis=1), tuple(strips), offsets)


def window_centers(width: int, hop: int = WINDOW_HOP) -> NDArray[np.int64]:
    """Columns at which to cut windows from an unrolled score `width` px wide.

    The first and last windows touch the ends; of a score narrower than `MAX_SHORT` they reach
    beyond by `OVERHANG`. A score narrower than a window has at least one, in its middle.
    """
    return window_middles(width, WINDOW_WIDTH, hop, OVERHANG if width < MAX_SHORT else 0)


def cut_windows(
    image: NDArray[np.uint8], centers: NDArray[np.int64], dy: int = 0
) -> NDArray[np.uint8]:
    """Cut sheet windows from an unrolled score.

    Parameters
    ----------
    image : uint8 [STRIP_HEIGHT, width].
    centers : int [n], middle column of each window; white beyond the ends.
    dy : rows by which the windows are lower than the middle.

    Returns
    -------
    uint8 [n, WINDOW_HEIGHT, WINDOW_WIDTH].
    """
    half = WINDOW_WIDTH // 2
    top = (STRIP_HEIGHT - WINDOW_HEIGHT) // 2 + dy
    rows = image[top : top + WINDOW_HEIGHT]
    padded = np.pad(rows, ((0, 0), (half, half)), constant_values=255)
    view = np.lib.stride_tricks.sliding_window_view(padded, WINDOW_WIDTH, axis=1)
    return np.ascontiguousarray(view[:, centers].transpose(1, 0, 2))
