"""Labelled digits and what is none, from engraved and degraded pages.

The digit classifier trains on them. A work is engraved without numbers of its own. Numbers in many
typefaces (`typefaces.py`) are drawn above its systems, some in a frame, and words and tempo marks
as well, whose digits count as none: a bar number stands alone. The page is degraded
(`augment/scan.py`). Blobs are proposed as in reading (`score/digits.py`). About 2 s a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from scorebridge.score.digits import (
    NO_DIGIT,
    VIEW_HEIGHT,
    VIEW_WIDTH,
    Rectangle,
    blobs_of,
    level_part,
    pieces_of,
    views_of,
)
from scorebridge_lab.augment.page_copies import wavering
from scorebridge_lab.augment.scan import bend_points, degrade, draw_page_scan
from scorebridge_lab.dataset.typefaces import font_of, typefaces
from scorebridge_lab.dataset.work_examples import chosen_pages, engraved, examples_of
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.sources.work import Work

STAFF_SPACES = (5.0, 15.0)  # range of px between staff lines
MAX_PAGES = 3  # of one work
COPIES = 2  # of each page, each with other numbers and degraded differently
NUMBERS = 7  # drawn above each system
WORDS = 2
SIZES = (1.0, 2.3)  # staff spaces, height of a digit
DIGITS = ((1, 2, 3, 4), (0.2, 0.45, 0.3, 0.05))  # of a number, and how often
OTHER_DIGITS = ("mNum", "fing", "tupletNum", "fb", "harm")  # of the engraver; no labels are known
FRAMED = 0.12  # share of numbers in a frame
POINTED = 0.12  # share of words that are a number with a point, as of an ending or a movement
HAND = 0.15  # share of pages that waver a little, as if drawn by hand
BLURRED = 0.45  # share of pages that are out of focus
BLUR = (0.06, 0.2)  # staff spaces, standard deviation of the blur
MAX_OTHERS = 14  # blobs of one part that are no digit
IS_DIGIT, MAYBE = 0.55, 0.15  # overlap over union with a drawn digit
TEXTS = (
    "Allegro", "Andante con moto", "Violino I", "Violino 2", "Flauto 1", "Corni in F", "Cl. 1",
    "Vla", "Vc. e Cb.", "Fag. 2", "Soprano", "Bassi", "cresc.", "dolce", "p espress.", "rit.",
    "Solo", "Tutti", "a 2", "div.", "pizz.", "arco", "8va", "15ma", "Fine", "D.C. al Fine",
    "No. 3", "Op. 27", "A", "B", "C", "D", "I.", "II", "Tempo I", "loco", "1.", "2.", "Var. 4",
    "Pno.", "Org. ad lib.", "Lo", "O sole", "Gloria in excelsis", "(Moderato)", "l", "S", "Z",
)  # fmt: skip


@dataclass(frozen=True)
class Examples:
    """Labelled blobs."""

    views: NDArray[np.uint8]
    """[n, HEIGHT, WIDTH], ink is 255."""
    labels: NDArray[np.uint8]
    """[n]: 0 to 9, or `NO_DIGIT`."""

    def __len__(self) -> int:
        return len(self.views)

    @classmethod
    def joined(cls, parts: Sequence[Examples]) -> Examples:
        """Concatenate examples."""
        none = np.zeros((0, VIEW_HEIGHT, VIEW_WIDTH), np.uint8), np.zeros(0, np.uint8)
        return cls(
            np.concatenate([none[0], *(p.views for p in parts)]),
            np.concatenate([none[1], *(p.labels for p in parts)]),
        )


@dataclass(frozen=True)
class DrawnDigit:
    """A digit that was drawn into a page."""

    digit: int
    box: tuple[float, float, float, float]
    """Its ink, px."""


def make(works: Sequence[Work], seed: int, workers: int = 1) -> Iterator[tuple[Work, Examples]]:
    """Yield the examples of each work that can be engraved, as they are finished."""
    return examples_of(partial(of_work, seed=seed), works, workers)


def of_work(work: Work, seed: int = 0) -> Examples:
    """Examples of up to `MAX_PAGES` pages of one work; depends on its name and the seed alone."""
    engraving, rng = engraved(work, seed, STAFF_SPACES, _without_numbers)
    pages = chosen_pages(engraving, MAX_PAGES, COPIES, rng)
    return Examples.joined([of_page(engraving, page, rng) for page in pages])


def _without_numbers(style: Style) -> Style:
    hidden = tuple({*style.hide, *OTHER_DIGITS})
    return replace(style, bar_numbers=-1, fingering=0.0, hide=hidden)


def of_page(engraving: Engraving, page: int, rng: np.random.Generator) -> Examples:
    """Examples of one page, with numbers and words drawn into it, and degraded at random."""
    staves = engraving.staves[engraving.staves["page"] == page]
    groups = [staves[staves["system"] == k] for k in np.unique(staves["system"])]
    if not groups:
        return Examples.joined([])
    space = float(np.median([(s["y1"] - s["y0"]) / 4 for g in groups for s in g]))
    lines = [tuple(float(g[0][name]) for name in ("x0", "x1", "y0")) for g in groups]
    return _of_canvas(Image.fromarray(engraving.pages[page]), lines, space, NUMBERS, rng)


def of_sheet(seed: int, number: int) -> Examples:
    """Examples of a sheet of empty staves with many numbers and words above them."""
    rng = np.random.default_rng([seed, number])
    space = float(rng.uniform(*STAFF_SPACES))
    canvas = Image.new("L", (round(64 * space), round(80 * space)), 255)
    pen, width = ImageDraw.Draw(canvas), max(1, round(space * rng.uniform(0.08, 0.16)))
    left, right = 6 * space, canvas.width - 3 * space
    tops = np.arange(9, 76, 13) * space
    for top in tops:
        for line in range(5):
            y = top + line * space
            pen.line([left, y, right, y], fill=0, width=width)
    return _of_canvas(canvas, [(left, right, float(top)) for top in tops], space, 45, rng)


def _of_canvas(
    canvas: Image.Image,
    lines: Sequence[tuple[float, ...]],
    space: float,
    numbers: int,
    rng: np.random.Generator,
) -> Examples:
    """Examples of one page. lines : left, right and y of the top line of each system."""
    drawn: list[DrawnDigit] = []
    for left, right, top in lines:
        for k in range(numbers + WORDS):
            near = rng.random() < 0.6
            x = left + space * rng.uniform(-5, 6) if near else rng.uniform(left, right)
            y = top - space * rng.uniform(0.5, 6.5)
            if k < numbers:
                drawn += draw_number(canvas, x, y, space, rng)
            else:
                _draw_word(canvas, x, y, space, rng)
    scan = draw_page_scan(rng)
    image, moved = np.array(canvas), None
    shape = (image.shape[0], image.shape[1])
    if rng.random() < HAND:
        image, moved = wavering(image, space, rng)
    seen = degrade(image, scan, rng, space)
    if rng.random() < BLURRED:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), space * rng.uniform(*BLUR)), np.uint8)
    corners = np.array([d.box for d in drawn], float).reshape(-1, 2)
    corners = corners if moved is None else moved(corners)
    boxes = bend_points(corners, shape, scan, space).reshape(-1, 4)
    digits = np.array([d.digit for d in drawn], int)
    parts = []
    for left, right, top in lines:
        for x in np.arange(left, right - 8 * space, 14 * space):
            ends = bend_points(
                np.array([[x, top], [min(right, x + 20 * space), top]]), shape, scan, space
            )
            slope = float((ends[1, 1] - ends[0, 1]) / max(1.0, ends[1, 0] - ends[0, 0]))
            origin = (float(ends[0, 0]), float(ends[0, 1]))
            parts.append(_of_part(seen, origin, slope, space, boxes, digits, rng))
    return Examples.joined(parts)


def draw_number(
    canvas: Image.Image, x: float, y: float, space: float, rng: np.random.Generator
) -> list[DrawnDigit]:
    """Draw a number whose baseline begins at x, y; [] and nothing where ink stands already."""
    count = int(rng.choice(DIGITS[0], p=DIGITS[1]))
    text = str(rng.integers(1, 10)) + "".join(str(d) for d in rng.integers(0, 10, count - 1))
    size = space * rng.uniform(*SIZES)
    font = font_of(_typeface(rng), max(6, round(size / 0.68)))
    spaced = 1 + max(0.0, rng.normal(0, 0.06)) - (rng.random() < 0.1) * rng.uniform(0, 0.1)
    drawn, at = [], x
    for digit in text:
        a, b, c, d = font.getbbox(digit, anchor="ls")
        drawn.append(DrawnDigit(int(digit), (at + a, y + b, at + c, y + d)))
        at += font.getlength(digit) * spaced
    low = np.array([d.box[:2] for d in drawn]).min(0) - 0.3 * space
    high = np.array([d.box[2:] for d in drawn]).max(0) + 0.3 * space
    if not _is_blank(canvas, (*low, *high)):
        return []
    pen = ImageDraw.Draw(canvas)
    at = x
    for digit in text:
        pen.text((at, y), digit, fill=0, font=font, anchor="ls")
        at += font.getlength(digit) * spaced
    if rng.random() < FRAMED:
        margin, width = space * rng.uniform(0.2, 0.7), max(1, round(space * 0.12))
        frame = [*(low + 0.3 * space - margin), *(high - 0.3 * space + margin)]
        if rng.random() < 0.6:
            pen.rectangle(frame, outline=0, width=width)
        else:
            middle, reach = (low + high) / 2, float(np.hypot(*(high - low)) / 2)
            pen.ellipse([*(middle - reach), *(middle + reach)], outline=0, width=width)
    return drawn


def _draw_word(
    canvas: Image.Image, x: float, y: float, space: float, rng: np.random.Generator
) -> None:
    text = str(rng.choice(TEXTS))
    if rng.random() < 0.15:
        text = f"= {rng.integers(40, 200)}"
    elif rng.random() < POINTED:
        text = f"{rng.integers(1, 20)}."
    font = font_of(_typeface(rng), max(6, round(space * rng.uniform(1.5, 3.4))))
    box = font.getbbox(text, anchor="ls")
    if _is_blank(canvas, (x + box[0], y + box[1], x + box[2], y + box[3])):
        ImageDraw.Draw(canvas).text((x, y), text, fill=0, font=font, anchor="ls")


def _typeface(rng: np.random.Generator) -> Path:
    faces = typefaces()
    return faces[int(rng.integers(len(faces)))]


def _is_blank(canvas: Image.Image, box: tuple[float, float, float, float]) -> bool:
    """Whether a rectangle lies on the page and holds no ink."""
    x0, y0, x1, y1 = (round(v) for v in box)
    if x0 < 0 or y0 < 0 or x1 >= canvas.width or y1 >= canvas.height or x1 <= x0 or y1 <= y0:
        return False
    extrema = canvas.crop((x0, y0, x1, y1)).getextrema()
    return float(extrema[0]) > 150  # pyright: ignore[reportArgumentType]


def _of_part(
    seen: NDArray[np.uint8],
    origin: tuple[float, float],
    slope: float,
    space: float,
    boxes: NDArray[np.float64],
    digits: NDArray[np.int64],
    rng: np.random.Generator,
) -> Examples:
    """The blobs of one part of a degraded page; those that may be a digit are left out."""
    across, down = (-8.0, 10.0), (-9.0, 1.0)
    space *= float(rng.normal(1, 0.02))
    slope += float(rng.normal(0, 0.004))
    part = level_part(seen, origin, slope, space, across, down)
    found = blobs_of(part)
    blobs = found + [piece for blob in found for way in pieces_of(part, blob) for piece in way]
    if not blobs:
        return Examples.joined([])
    unit = space / 16
    turn = np.array([[1, slope], [-slope, 1]]) / np.hypot(1, slope)
    placed = ((boxes.reshape(-1, 2) - origin) @ turn.T / unit).reshape(-1, 4)
    placed -= np.array([across[0], down[0], across[0], down[0]]) * 16
    overlap = _overlaps(np.array(blobs, float), placed)
    best = overlap.max(1, initial=0)
    labels = np.full(len(blobs), NO_DIGIT)
    is_digit = best >= IS_DIGIT
    if len(digits):
        labels[is_digit] = digits[overlap.argmax(1)[is_digit]]
    others = rng.permutation(np.flatnonzero(best < MAYBE))[:MAX_OTHERS]
    rows = np.concatenate([np.flatnonzero(is_digit), others])
    chosen: list[Rectangle] = [blobs[k] for k in rows]
    return Examples(views_of(part, chosen), labels[rows].astype(np.uint8))


def _overlaps(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Intersection over union of rectangles, [len(a), len(b)]."""
    low, high = (
        np.maximum(a[:, None, :2], b[None, :, :2]),
        np.minimum(a[:, None, 2:], b[None, :, 2:]),
    )
    shared = np.clip(high - low, 0, None).prod(-1)
    areas = [np.clip(r[:, 2:] - r[:, :2], 0, None).prod(-1) for r in (a, b)]
    return shared / np.maximum(1e-9, areas[0][:, None] + areas[1][None] - shared)
