"""Labelled candidates for barlines of single staves, from engraved and degraded pages.

The classifier of `score/staff_barlines.py` trains on them, and is judged on others. A work of any
scoring is engraved in a random style (`dataset/engraved_pages.py`). Marks that prints have more
often than the sources are drawn into it: double, thick and dashed barlines, repeat dots, and
stems, chords and beamed groups that reach from one outer line to the other. Some pages lean and
wobble as handwriting does. Then the page is worn: not at all, as a scan
(`augment/scan.py`), or as a photograph that was flattened (`augment/photo.py`). Candidates are
proposed as in reading; the engraving labels them. About 2 s a page.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.staff_barlines import (
    STAFF_VIEW_HEIGHT,
    STAFF_VIEW_WIDTH,
    staff_candidates,
    staff_views_of,
)
from scorebridge.score.staves import Staff, cleared, ink_of, soft_ink_of
from scorebridge_lab.augment.page_copies import copied
from scorebridge_lab.dataset.barline_examples import (
    ON,
    degraded_staff,
    draw_chord,
    draw_rolled,
)
from scorebridge_lab.engrave.page_truth import (
    BARLINE_KINDS,
    EngravedPage,
    Grey,
    Move,
    Points,
    load_pages,
)

WEARS = ("clean", "scan", "photo")
"""How a page is worn. Photographs judge and never train."""
TRAINING_WEARS = (0.12, 0.88, 0.0)  # shares of WEARS
MAX_PAGES = 3  # of one work
MAX_STAVES = 14  # of one page
MAX_OTHERS = 40  # candidates of one staff that are no barlines
LEANING = 0.3  # share of worn pages that lean and wobble
MAX_LEAN = 0.12  # dx/dy
DECORATED = 0.25  # share of single barlines drawn double, thick, dashed or as repeat signs
DRAWN = 0.05  # notes drawn into a staff, per staff space of its width
HEADS = ("black", "hollow", "small", "diamond", "hollow diamond")
HEAD_SHARES = (0.35, 0.2, 0.15, 0.15, 0.15)
OFF = 1.2  # staff spaces from a barline, beyond which a candidate is none
MIN_VISIBLE = 0.5  # share of the staff lines; where less is left, no staff is found
SOFT = 0.25  # share of scans whose ink is found as on a photograph


@dataclass(frozen=True)
class StaffExamples:
    """Labelled candidates, and how many barlines have one."""

    views: NDArray[np.uint8]
    """[n, STAFF_VIEW_HEIGHT, STAFF_VIEW_WIDTH], 255 ink."""
    is_line: NDArray[np.bool_]
    """[n]: whether the candidate is a barline of the staff."""
    wear: NDArray[np.uint8]
    """[n]: index into `WEARS`."""
    line: NDArray[np.int64]
    """[n]: number of the barline, from 0, through all; -1 of other candidates."""
    line_wear: NDArray[np.uint8]
    """[barlines]: index into `WEARS`, of each barline of each staff, candidate or not."""

    def __len__(self) -> int:
        return len(self.views)

    @classmethod
    def joined(cls, parts: Sequence[StaffExamples]) -> StaffExamples:
        """Concatenate examples."""
        none = cls(
            np.zeros((0, STAFF_VIEW_HEIGHT, STAFF_VIEW_WIDTH), np.uint8),
            np.zeros(0, bool),
            np.zeros(0, np.uint8),
            np.zeros(0, np.int64),
            np.zeros(0, np.uint8),
        )
        start, lines = 0, [none.line]
        for part in parts:
            lines.append(np.where(part.line < 0, -1, part.line + start))
            start += len(part.line_wear)
        every = [none, *parts]
        return cls(
            np.concatenate([p.views for p in every]),
            np.concatenate([p.is_line for p in every]),
            np.concatenate([p.wear for p in every]),
            np.concatenate(lines),
            np.concatenate([p.line_wear for p in every]),
        )


def of_work(path: Path, seed: int = 0, judged: bool = False) -> StaffExamples:
    """Examples of the stored pages of one work; they depend on its name and the seed alone.

    judged : the first page in all of `WEARS`, nothing drawn into it, with every candidate.
    """
    rng = np.random.default_rng([seed, zlib.crc32(path.stem.encode())])
    pages = load_pages(path)
    if judged:
        return StaffExamples.joined([of_page(pages[0], k, rng, True) for k in range(len(WEARS))])
    pages = [pages[k] for k in rng.permutation(len(pages))[:MAX_PAGES]]
    wears = rng.choice(len(WEARS), len(pages), p=TRAINING_WEARS)
    return StaffExamples.joined(
        [of_page(page, int(wear), rng) for page, wear in zip(pages, wears, strict=True)]
    )


def of_page(
    page: EngravedPage, wear: int, rng: np.random.Generator, judged: bool = False
) -> StaffExamples:
    """Examples of one page. wear : index into `WEARS`. judged : every candidate, nothing drawn."""
    image, space = page.image.copy(), page.space
    staves = page.staves[page.staves["lines"] == 5]
    if not len(staves):
        return StaffExamples.joined([])
    lines = page.barlines.copy()
    if not judged:
        _decorate_all(image, lines, rng, space)
        for staff in staves:
            _draw_notes(image, staff, _own(lines, staff), space, rng)
    seen, move = _worn(replace(page, image=image), wear, rng)
    seen = cleared(seen)
    soft = WEARS[wear] == "photo" or (WEARS[wear] == "scan" and rng.random() < SOFT)
    own_space = space * seen.shape[1] / image.shape[1]
    ink = soft_ink_of(seen, own_space) if soft else ink_of(seen)
    return StaffExamples.joined(
        [
            _of_staff(ink, staves[k], _own(lines, staves[k]), move, wear, rng, judged)
            for k in rng.permutation(len(staves))[:MAX_STAVES]
        ]
    )


def _own(lines: Any, staff: Any) -> Any:
    """The barlines of one staff."""
    return lines[(lines["system"] == staff["system"]) & (lines["staff"] == staff["staff"])]


def _of_staff(
    ink: Grey,
    staff: Any,
    lines: Any,
    move: Move,
    wear: int,
    rng: np.random.Generator,
    judged: bool,
) -> StaffExamples:
    """The labelled candidates of one staff; those between ON and OFF are left out.

    lines : its barlines. move : from the clean page to the worn one.
    """
    seen = degraded_staff(move, staff, rng)
    if _visible_lines(ink, seen) < MIN_VISIBLE:
        return StaffExamples.joined([])
    found = staff_candidates(ink, seen)
    middle = found[:, :2].mean(1)
    y = np.full(len(lines), float(staff["y0"] + staff["y1"]) / 2)
    ends = np.stack([move(np.stack([lines[name], y], 1)) for name in ("x0", "x1")])
    # The left end of a staff is no bar's end, and what the picture does not show is not judged.
    inside = (ends[0, :, 0] > seen.x0 + OFF * seen.space) & (ends[1, :, 0] < ink.shape[1] - 2)
    inside &= (ends[0, :, 1] > 2 * seen.space) & (ends[0, :, 1] < ink.shape[0] - 2 * seen.space)
    away = np.full(len(middle), np.inf)
    nearest = np.full(len(middle), -1)
    if len(lines):
        outside = np.maximum(ends[0, :, 0] - middle[:, None], middle[:, None] - ends[1, :, 0])
        outside = np.maximum(outside, 0)
        away, nearest = outside.min(1) / seen.space, outside.argmin(1)
    is_line = away <= ON
    keep = is_line | (away >= OFF)
    keep &= (np.abs(middle - seen.x0) > OFF * seen.space) & (middle < seen.x1 + seen.space)
    if len(lines):
        keep &= ~is_line | inside[nearest]
    others = np.flatnonzero(keep & ~is_line)
    if not judged and len(others) > MAX_OTHERS:
        keep[rng.choice(others, len(others) - MAX_OTHERS, replace=False)] = False
    views = staff_views_of(ink, seen, np.column_stack([middle, found[:, 3]])[keep])
    number = np.cumsum(inside) - 1
    line = np.where(is_line, number[nearest] if len(lines) else -1, -1)[keep]
    count = int(inside.sum())
    wears = np.full(len(views), wear, np.uint8), np.full(count, wear, np.uint8)
    return StaffExamples(views, is_line[keep], wears[0], line.astype(np.int64), wears[1])


def _visible_lines(ink: Grey, staff: Staff) -> float:
    """Share of the five lines of a staff that is ink, 0 to 1; where they bend, less is found."""
    columns = np.arange(max(0, round(staff.x0)), min(ink.shape[1], round(staff.x1)))
    if not len(columns):
        return 0.0
    tops = staff.top + staff.slope * (columns - (staff.x0 + staff.x1) / 2)
    rows = np.round(tops + np.arange(5)[:, None] * staff.space).astype(int)
    reach = max(1, round(0.25 * staff.space))
    near = [np.clip(rows + d, 0, ink.shape[0] - 1) for d in range(-reach, reach + 1)]
    return float(np.max([ink[r, columns] for r in near], axis=0).mean())


def _worn(page: EngravedPage, wear: int, rng: np.random.Generator) -> tuple[Grey, Move]:
    """The page worn, and where places of the clean page are on it."""
    kind = WEARS[wear]
    if kind == "photo":
        picture, move = copied(page, rng, kind)
        return flattened(picture, move, page.image.shape), lambda points: points
    if kind == "scan" and rng.random() < LEANING:
        page, lean = _leaning(page, rng)
        picture, move = copied(page, rng, kind)
        return picture, lambda points: move(lean(points))
    return copied(page, rng, kind)


def flattened(picture: Grey, move: Move, shape: tuple[int, ...]) -> Grey:
    """A photographed page of `shape` px as it was. move : from the page to the photograph."""
    height, width = shape[:2]
    step = 8  # px between places that are traced
    down, across = np.arange(0, height + step, step), np.arange(0, width + step, step)
    x, y = np.meshgrid(across.astype(float), down.astype(float))
    there = move(np.stack([x.ravel(), y.ravel()], 1)).reshape(*x.shape, 2).astype(np.float32)
    rows, columns = (np.arange(n, dtype=np.float32) / step for n in (height, width))
    x, y = np.meshgrid(columns, rows)
    to_x, to_y = (cv2.remap(there[..., k], x, y, cv2.INTER_LINEAR) for k in (0, 1))
    flat = cv2.remap(picture, to_x, to_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


def _leaning(page: EngravedPage, rng: np.random.Generator) -> tuple[EngravedPage, Move]:
    """A page whose upright strokes lean as in handwriting, its staff lines level."""
    height = page.image.shape[0]
    lean = float(rng.uniform(-MAX_LEAN, MAX_LEAN))
    rim = int(abs(lean) * height / 2) + 1
    size = (page.image.shape[1] + 2 * rim, height)

    def move(points: Points) -> Points:
        across = points[:, 0] + rim + lean * (points[:, 1] - height / 2)
        return np.stack([across, points[:, 1]], 1)

    matrix = np.array([[1, lean, rim - lean * height / 2], [0, 1, 0]])
    image = cv2.warpAffine(page.image, matrix, size, flags=cv2.INTER_LINEAR, borderValue=255)
    return page.moved(np.asarray(image, np.uint8), move), move


def _decorate_all(image: Grey, lines: Any, rng: np.random.Generator, space: float) -> None:
    """Make some single barlines dashed, double, thick or repeat signs; `lines` grow with them.

    What one barline is on the staves of its system, it is on all of them.
    """
    for system in np.unique(lines["system"]):
        own = np.flatnonzero(
            (lines["system"] == system) & (lines["kind"] == BARLINE_KINDS.index("single"))
        )
        places = np.round((lines["x0"][own] + lines["x1"][own]) / 2 / (0.3 * space))
        for place in np.unique(places):
            if rng.random() < DECORATED:
                _decorate(image, lines, own[places == place], space, rng)


def _decorate(
    image: Grey, lines: Any, rows: NDArray[np.int64], space: float, rng: np.random.Generator
) -> None:
    """Redraw one barline of a system. rows : its records, one a staff."""
    x = float((lines["x0"][rows] + lines["x1"][rows]).mean() / 2)
    y0, y1 = max(0, round(float(lines["y0"][rows].min()))), round(float(lines["y1"][rows].max()))
    column = image[y0 : y1 + 1, max(0, round(x) - 1) : round(x) + 2]
    inked = y0 + np.flatnonzero(column.min(1, initial=255) < 128)
    if not len(inked):
        return
    side, kind = int(rng.choice([-1, 1])), rng.random()
    if kind < 0.15:
        _dash(image, x, inked, space, rng)
        return
    thin, thick = (max(1, round(space * rng.uniform(*r))) for r in ((0.1, 0.25), (0.35, 0.8)))
    strokes = [(x, thin), (x + side * space * rng.uniform(0.35, 0.9), thin)]
    if kind > 0.45:
        strokes[1] = (strokes[1][0] + side * thick / 2, thick)
        if rng.random() < 0.25:
            strokes.append((strokes[1][0] + side * (thick / 2 + space * 0.5), thin))
    for at, wide in strokes:
        left = max(0, round(at - wide / 2))
        image[inked, left : left + wide] = 0
    low = min(at - wide / 2 for at, wide in strokes)
    high = max(at + wide / 2 for at, wide in strokes)
    lines["x0"][rows], lines["x1"][rows] = low, high
    for beside, there in ((-1, rng.random() < 0.6), (1, rng.random() < 0.6)):
        if kind < 0.55 or not there:
            continue
        at = (low if beside < 0 else high) + beside * space * rng.uniform(0.45, 0.9)
        for k in rows:
            for step in (-0.5, 0.5):
                y = float(lines["y0"][k] + lines["y1"][k]) / 2 + step * space
                radius = max(1, round(0.22 * space))
                cv2.circle(image, (round(at), round(y)), radius, 0, -1, cv2.LINE_AA)


def _dash(
    image: Grey, x: float, inked: NDArray[np.int64], space: float, rng: np.random.Generator
) -> None:
    """Erase parts of a barline so that dashes or dots are left; staff lines stay."""
    period = space * rng.uniform(0.45, 1.1)
    gap = min(0.55 * space, period * rng.uniform(0.3, 0.55))
    away = (inked - inked[0] + rng.uniform(0, period)) % period < gap
    reach = max(2, round(0.2 * space))
    x0, x1 = max(0, round(x) - reach), round(x) + reach + 1
    for y in inked[away]:
        beside = image[y, max(0, x0 - 2) : x0]
        if beside.size and beside.min() > 128:
            image[y, x0:x1] = 255


def _draw_notes(
    image: Grey, staff: Any, lines: Any, space: float, rng: np.random.Generator
) -> None:
    """Draw what is as tall as a staff and no barline: beamed stems, chords, rolled chords."""
    top, bottom = float(staff["y0"]), float(staff["y1"])
    x0, x1 = float(staff["x0"]) + 7 * space, float(staff["x1"]) - 5 * space
    if x1 <= x0:
        return
    taken = (lines["x0"] + lines["x1"]) / 2
    for _ in range(rng.poisson(DRAWN * (x1 - x0) / space)):
        x = float(rng.uniform(x0, x1))
        if len(taken) and np.abs(taken - x - 1.5 * space).min() < 4 * space:
            continue
        kind = rng.random()
        if kind < 0.5:
            _beamed(image, x, (top, bottom), space, rng)
            continue
        if kind < 0.65:
            _accidental(image, x, (top + bottom) / 2, space, rng)
            continue
        reach = top + space * rng.uniform(-2, 0.4), bottom + space * rng.uniform(-0.4, 2)
        if kind < 0.9:
            draw_chord(image, x, reach, space, rng, (top,))
        else:
            draw_rolled(image, x, reach, space, rng)


def _beamed(
    image: Grey, x: float, reach: tuple[float, float], space: float, rng: np.random.Generator
) -> None:
    """One to four notes whose stems reach from one outer line to the other, with or without beams.

    reach : y of the outer lines.
    """
    thick = max(1, round(space * rng.uniform(0.08, 0.2)))
    up, count = rng.random() < 0.5, int(rng.integers(1, 5))
    apart = space * rng.uniform(1.3, 2.2)
    head, end = (reach[1], reach[0]) if up else (reach[0], reach[1])
    tilt = rng.uniform(-0.25, 0.25)
    exact = rng.random() < 0.5  # beams or stems end on the outer line
    end += 0.0 if exact else (space * rng.uniform(-1.2, 0.3)) * (1 if up else -1)
    beams = int(rng.integers(0, 4)) if count > 1 else 0
    shape = str(rng.choice(HEADS, p=HEAD_SHARES))
    tips = []
    for k in range(count):
        at = x + k * apart
        tip = end + (0 if exact and count == 1 else tilt * k * apart)
        y = head + space / 2 * int(rng.integers(-2, 3))
        cv2.line(image, (round(at), round(y)), (round(at), round(tip)), 0, thick)
        _head(image, at, y, -1 if up else 1, shape, space)
        tips.append((at, tip))
    for beam in range(beams):
        down = 0.75 * space * beam * (1 if up else -1)
        (ax, ay), (bx, by) = tips[0], tips[-1]
        half = 0.25 * space
        corners = [(ax, ay + down - half), (bx, by + down - half),
                   (bx, by + down + half), (ax, ay + down + half)]  # fmt: skip
        cv2.fillPoly(image, [np.array(corners).round().astype(np.int32)], 0, cv2.LINE_AA)


def _accidental(image: Grey, x: float, y: float, space: float, rng: np.random.Generator) -> None:
    """Draw a sharp or a natural near the middle line, its strokes nearly as tall as the staff."""
    y += space / 2 * int(rng.integers(-1, 2))
    apart, tall = space * rng.uniform(0.16, 0.24), space * rng.uniform(1.25, 1.5)
    thick, natural = max(1, round(space * rng.uniform(0.08, 0.16))), rng.random() < 0.4
    for side in (-1, 1):
        up, down = ((tall, 0.5 * tall) if side < 0 else (0.5 * tall, tall)) if natural else (
            tall + 0.1 * space * side, tall - 0.1 * space * side)  # fmt: skip
        at = round(x + side * apart)
        cv2.line(image, (at, round(y - up)), (at, round(y + down)), 0, thick)
    wide = apart if natural else 2.2 * apart
    for row in (-0.45, 0.45):
        ends = [(round(x + side * wide), round(y + (row - side * 0.1) * space)) for side in (-1, 1)]
        cv2.line(image, ends[0], ends[1], 0, max(1, round(space * rng.uniform(0.2, 0.32))))


def _head(image: Grey, x: float, y: float, side: int, shape: str, space: float) -> None:
    """A notehead at a stem. side : on which of its sides, -1 or 1. shape : one of `HEADS`."""
    hollow = "hollow" in shape
    line = max(1, round(0.12 * space)) if hollow else -1
    if "diamond" in shape:  # old prints; the stem stands on its middle
        wide, tall = 0.45 * space, 0.6 * space
        corners = [(x - wide, y), (x, y - tall), (x + wide, y), (x, y + tall)]
        points = np.array(corners).round().astype(np.int32)
        if hollow:
            cv2.fillPoly(image, [points], 255)
            cv2.polylines(image, [points], True, 0, line, cv2.LINE_AA)
        else:
            cv2.fillPoly(image, [points], 0, cv2.LINE_AA)
        return
    size = 0.5 if shape == "small" else 1.0  # hands write them small
    axes = (max(2, round(0.6 * size * space)), max(1, round(0.44 * size * space)))
    centre = (round(x + side * 0.55 * size * space), round(y))
    cv2.ellipse(image, centre, axes, -20, 0, 360, 0, line, cv2.LINE_AA)
