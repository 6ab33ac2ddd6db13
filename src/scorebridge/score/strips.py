"""Systems to strips.

A strip is two staves of a system, straight and scaled so that the distance between
staff lines is the same everywhere: whatever the staff size of the edition or
the resolution of the scan, the encoder gets notes of one size. (The papers
scale the width of the page instead, P3 section 4.1; `STAFF_SPACE` is the staff space of their
835 px page with LilyPond's default staff, halved as they halve it.) The
two staves have the same distance everywhere, so that a row is a pitch on a staff
and no ledger line is cut off where an engraver left much room: the space half way
between them is cut out, or left blank.

A system of two staves is one strip. Of more staves it is several, and the encoder pools what it
reads in them, in no order: from the lowest staff upwards two neighbours share a strip, so that the
piano below a voice stays together; a staff that is left over, or stands alone, gets an empty one
below it. So the cost of a page grows with the length of its staves.

Cost: about 3 ms a strip. OpenCV is imported where a strip is cut, since a search needs nothing but
the sizes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorebridge.types import Box, Page, System

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
STAFF_HALF = 35  # px above and below the middle of a staff that is cut alone
STAFF_ROWS = 2 * STAFF_HALF
STAFF_LINES = {"standard": 5, "percussion": 1, "chant": 4, "tablature": 6}
UPPER = STRIP_HEIGHT // 2 - round(STAFF_DISTANCE / 2)  # row of the upper staff's middle
LOWER = UPPER + round(STAFF_DISTANCE)  # and of the lower one's
BELOW = 23  # px below the middle of a lone staff that are kept: ledger lines, not lyrics
LINE_INK = 0.45  # px, thickness of the lines of an empty staff
MAX_BREAK = 9  # px of worn lines; systems lie farther apart


@dataclass(frozen=True, slots=True)
class Strip:
    """One system, straight and to scale."""

    images: NDArray[np.uint8]
    """[strips, STRIP_HEIGHT, width], 255 white, from the top of the system; the middle of the two
    staves of each is its middle row."""
    page: int
    system: int
    box: Box
    x0: float
    """Page fraction of the left edge of column 0."""
    x1: float
    """Page fraction of the right edge of the last column."""
    xs: tuple[float, ...] = ()
    """Page fractions at equal steps from column 0 to the last; () where they run evenly."""


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
    y0, y1 = box[1], box[3]
    papers, scale = scale is not None, STAFF_SPACE / staff_space if scale is None else scale
    strip = _straightened(image, box, scale, slope, STRIP_HEIGHT + 2 * SPARE_ROWS)
    return with_staff_distance(strip, 0.0 if papers else (y1 - y0) * scale)


def cut_staff(
    image: NDArray[np.uint8],
    box: tuple[float, float, float, float],
    staff_space: float,
    slope: float = 0.0,
    own_space: float | None = None,
    width: int | None = None,
) -> NDArray[np.uint8]:
    """Cut one staff from a page; parameters as for `cut_strip`, y0 and y1 those of its outer lines.

    own_space : px between its lines where it is smaller or larger than `staff_space`.
    width : of the result; by default that of the box with its margins.
    Returns uint8 [STAFF_ROWS, width]; the middle of the staff is the middle row.
    """
    scale = STAFF_SPACE / staff_space
    tall = STAFF_SPACE / (own_space or staff_space)
    return _straightened(image, box, scale, slope, STAFF_ROWS, tall, width)


def _straightened(
    image: NDArray[np.uint8],
    box: tuple[float, float, float, float],
    scale: float,
    slope: float,
    rows: int,
    tall: float | None = None,
    width: int | None = None,
) -> NDArray[np.uint8]:
    """What lies around the middle of a box, to scale and level: uint8 [rows, width].

    tall : the scale of the rows where it is another than `scale`, that of the columns.
    """
    import cv2

    x0, y0, x1, y1 = box
    tall = scale if tall is None else tall
    whole = int(np.clip(round((x1 - x0) * scale + 2 * MARGIN), WINDOW_WIDTH // 4, MAX_WIDTH))
    width = whole if width is None else width
    # Shrink by area first, since bilinear sampling alone loses thin lines; then straighten.
    pre = min(1.0, scale * 1.25)
    half = (rows / 2 + 2) / tall + abs(slope) * (x1 - x0 + 2 * MARGIN / scale) / 2
    top = int(np.floor(max(0, (y0 + y1) / 2 - half)))
    bottom = int(np.ceil(min(image.shape[0], (y0 + y1) / 2 + half)))
    left = int(np.floor(max(0, x0 - MARGIN / scale - 2)))
    right = int(np.ceil(min(image.shape[1], x1 + MARGIN / scale + 2)))
    crop = image[top:bottom, left:right]
    if crop.size == 0:
        return np.full((rows, width), 255, np.uint8)
    size = (max(1, round(crop.shape[1] * pre)), max(1, round(crop.shape[0] * pre)))
    small = cv2.resize(crop, size, interpolation=cv2.INTER_AREA) if pre < 1 else crop
    fx, fy = size[0] / crop.shape[1], size[1] / crop.shape[0]
    # Strip pixel (u, v) centre -> small pixel centre: x = ax * u + bx, y = ay * v + s * u + by.
    ax, ay = fx / scale, fy / tall
    x_mid, y_mid = (x0 + x1) / 2, (y0 + y1) / 2
    bx = (x0 - left - MARGIN / scale) * fx + 0.5 * ax - 0.5
    s = slope * fy / scale
    u_mid = (x_mid - x0) * scale + MARGIN - 0.5
    by = (y_mid - top) * fy - ay * (rows / 2 - 0.5) - s * u_mid - 0.5
    strip = cv2.warpAffine(
        small,
        np.array([[ax, 0.0, bx], [s, ay, by]]),
        (width, rows),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255,),
    )
    return np.asarray(strip, np.uint8)


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


def strip_of(page: Page, system: System, by_page: bool = False, every_staff: bool = False) -> Strip:
    """Cut `system` from `page`: two staves as `cut_strip` does, others as `pair_strip` does.

    by_page : scale the page to the papers' width instead of the staff to one size; two staves are
        cut, as in the papers.
    every_staff : cut all staves of a system of three or more, and not only its `core`: for
        encoders that pool strips.
    """
    whole = _bent_strip(page, system) if system.bend else _straight_strip(page, system, by_page)
    shown = shown_staves(system)
    if by_page or len(shown) == 2 == len(system.staves) or (len(shown) > 1 and not every_staff):
        return whole
    width = whole.images.shape[2]
    staves = [cut_alone(page, system, k, width) for k in shown]
    images = [
        pair_strip(staves[a], None if b is None else staves[b]) for a, b in paired(len(staves))
    ]
    return replace(whole, images=np.stack(images))


def shown_staves(system: System) -> list[int]:
    """The staves that strips show, counted from 0: those of five lines, or all where none is."""
    kinds = system.staff_kinds or ("standard",) * len(system.staves)
    standard = [k for k, kind in enumerate(kinds) if kind == "standard"]
    return standard or list(range(len(system.staves)))


def cut_alone(page: Page, system: System, staff: int, width: int) -> NDArray[np.uint8]:
    """One staff of a system, uint8 [STAFF_ROWS, width], as wide as the system's strips."""
    box = system.staves[staff]
    tall, columns = page.image.shape
    lines = STAFF_LINES[system.staff_kinds[staff]] if system.staff_kinds else 5
    if system.bend:
        bend = _staff_bend(system, staff) * (columns, tall, columns, tall)
        return _along_bend(page.image, bend, width, STAFF_ROWS, max(lines - 1, 1) * STAFF_SPACE)
    x0, _, x1, _ = system.core or system.box
    middle = (box[1] + box[3]) / 2 * tall
    middle += system.slope * ((x0 + x1) - (box[0] + box[2])) / 2 * columns
    space = (box[3] - box[1]) * tall / (lines - 1) if lines > 1 else system.staff_space
    place = (x0 * columns, middle, x1 * columns, middle)
    return cut_staff(page.image, place, system.staff_space, system.slope, space, width)


def _staff_bend(system: System, staff: int) -> NDArray[np.float64]:
    """The course of one staff of a bent system, as `System.bend`, [places, 4]."""
    if system.staff_bends:
        return np.array(system.staff_bends[staff])
    bend = np.array(system.bend)
    _, y0, _, y1 = system.core or system.box
    at = [(y - y0) / max(1e-9, y1 - y0) for y in system.staves[staff][1::2]]
    across = bend[:, 2:] - bend[:, :2]
    return np.concatenate([bend[:, :2] + t * across for t in at], 1)


def paired(count: int) -> list[tuple[int, int | None]]:
    """The staves of each strip of a system of `count` staves, from the top; None: an empty one."""
    lone: list[tuple[int, int | None]] = [(0, None)] if count % 2 else []
    return lone + [(k, k + 1) for k in range(count % 2, count, 2)]


def pair_strip(upper: NDArray[np.uint8], lower: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
    """One strip of two staves that are cut alone (`strips.cut_staff`).

    upper, lower : uint8 [STAFF_ROWS, width]; without a lower one, an empty staff is drawn.
    Returns uint8 [STRIP_HEIGHT, width], 255 white.
    """
    middle = STRIP_HEIGHT // 2
    out = np.full((STRIP_HEIGHT, upper.shape[1]), 255, np.uint8)
    if lower is None:
        out[: UPPER + BELOW] = upper[: STAFF_HALF + BELOW]
        return _with_empty_staff(out)
    out[:middle] = upper[:middle]
    out[middle:] = lower[middle - (LOWER - STAFF_HALF) : STAFF_ROWS]
    return out


def _with_empty_staff(strip: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The strip with five lines below its staff, wherever that has lines."""
    rows = np.arange(UPPER - 2 * STAFF_SPACE, UPPER + 2.1 * STAFF_SPACE, STAFF_SPACE).astype(int)
    inked = np.minimum(strip[rows], strip[rows - 1]) < 235
    places = np.flatnonzero(inked.sum(0) >= 4)
    if not len(places):
        return strip
    breaks = np.flatnonzero(np.diff(places) > MAX_BREAK)
    starts = places[np.concatenate(([0], breaks + 1))]
    stops = places[np.concatenate((breaks, [len(places) - 1]))]
    top = np.arange(STRIP_HEIGHT, dtype=np.float64)
    ink = np.zeros(STRIP_HEIGHT)
    for k in range(-2, 3):
        at = LOWER + k * STAFF_SPACE
        low, high = at - LINE_INK / 2, at + LINE_INK / 2
        ink += np.clip(np.minimum(top + 1, high) - np.maximum(top, low), 0, 1)
    line = (255 - np.round(255 * ink)).astype(np.uint8)[:, None]
    joined = slice(round(UPPER + 2 * STAFF_SPACE), round(LOWER + 2 * STAFF_SPACE))
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        strip[:, start : stop + 1] = np.minimum(strip[:, start : stop + 1], line)
        for column in (start, stop):
            if 1 < column < strip.shape[1] - 2:  # an end of the system, not of the window
                strip[joined, column] = np.minimum(strip[joined, column], 128)
    return strip


def _straight_strip(page: Page, system: System, by_page: bool) -> Strip:
    height, width = page.image.shape
    x0, y0, x1, y1 = system.core or system.box
    px = (x0 * width, y0 * height, x1 * width, y1 * height)
    scale = PAGE_WIDTH / width if by_page else STAFF_SPACE / system.staff_space
    papers = scale if by_page else None
    image = cut_strip(page.image, px, system.staff_space, system.slope, papers)
    start = (px[0] - MARGIN / scale) / width
    end = start + image.shape[1] / scale / width
    return Strip(image[None], page.number, system.number, system.box, start, end)


def _bent_strip(page: Page, system: System) -> Strip:
    """Cut a system along its `bend`: each column from the top line to the bottom line there."""
    height, width = page.image.shape
    bend = np.array(system.bend) * (width, height, width, height)  # [places, 4]
    columns = round(system.length * STAFF_SPACE + 2 * MARGIN)
    columns = int(np.clip(columns, WINDOW_WIDTH // 4, MAX_WIDTH))
    tall = float(np.median(np.linalg.norm(bend[:, 2:] - bend[:, :2], axis=1))) / system.staff_space
    rows = STRIP_HEIGHT + 2 * SPARE_ROWS
    picture = _along_bend(page.image, bend, columns, rows, tall * STAFF_SPACE)
    upper, lower = (_along(line, _steps(columns, len(bend))) for line in (bend[:, :2], bend[:, 2:]))
    xs = ((upper + lower) / 2)[:, 0] / width
    even = np.interp(np.linspace(0, columns, len(bend) + 2), np.arange(columns + 1), xs)
    return Strip(
        with_staff_distance(picture, tall * STAFF_SPACE)[None],
        page=page.number,
        system=system.number,
        box=system.box,
        x0=float(xs[0]),
        x1=float(xs[-1]),
        xs=tuple(float(x) for x in even),
    )


def _steps(columns: int, places: int) -> NDArray[np.float64]:
    """Column edges in steps of a bend of so many places, extrapolated beyond its ends."""
    return (np.arange(columns + 1.0) - MARGIN) / (columns - 2 * MARGIN) * (places - 1)


def _along_bend(
    image: NDArray[np.uint8], bend: NDArray[np.float64], columns: int, rows: int, tall: float
) -> NDArray[np.uint8]:
    """What lies along a bend, level and to scale: uint8 [rows, columns].

    bend : [places, 4], px: x, y on the upper edge and x, y on the lower one, `tall` px of the strip
        apart; half way between them is the middle row.
    """
    import cv2

    upper, lower = (_along(line, _steps(columns, len(bend))) for line in (bend[:, :2], bend[:, 2:]))
    v = (np.arange(rows) + 0.5 - rows / 2) / tall + 0.5  # 0 at the upper edge, 1 at the lower one
    centre = [(line[1:] + line[:-1]) / 2 for line in (upper, lower)]
    places = centre[0][None] + v[:, None, None] * (centre[1] - centre[0])[None]
    # Shrink by area first, since sampling alone loses thin lines.
    high = float(np.median(np.linalg.norm(bend[:, 2:] - bend[:, :2], axis=1)))
    pre = min(1.0, 1.25 * tall / max(high, 1.0))
    left, up = (max(0, int(n) - 4) for n in places.min((0, 1)))
    right, down = (int(n) + 5 for n in places.max((0, 1)))
    crop = image[up:down, left:right]
    if crop.size == 0:
        return np.full((rows, columns), 255, np.uint8)
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
    return _without_shadows(np.asarray(picture, np.uint8))


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
