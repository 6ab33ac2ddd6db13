"""Pages of music drawn by hand, with their truth: what the tests of this room look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.types import Page


@dataclass
class Drawing:
    """A page and where its systems are, in px."""

    image: NDArray[np.uint8]
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """(x0, y0, x1, y1) of the outer staff lines' centres and ends."""
    barlines: list[list[int]] = field(default_factory=list)
    """x of each system's barlines, the left end's line first."""

    @property
    def page(self) -> Page:
        return Page(Path("drawn.png"), 1, self.image)


def draw_page(
    systems: int = 3,
    staves: int = 2,
    space: int = 12,
    left: int = 90,
    length: int = 1000,
    joined: bool = True,
    margin: int = 150,
    seed: int = 0,
) -> Drawing:
    """A page with a title, noteheads, stems, beams, words, barlines and braces."""
    rng = np.random.default_rng(seed)
    staff_gap, system_gap = 7 * space, 12 * space
    depth = staves * 4 * space + (staves - 1) * staff_gap
    height = 2 * margin + systems * depth + (systems - 1) * system_gap
    drawing = Drawing(np.full((height, left + length + 80), 255, np.uint8))
    image = drawing.image
    if margin > 80:
        cv2.putText(image, "A Rag by Nobody", (300, 70), cv2.FONT_HERSHEY_TRIPLEX, 2.0, 0, 4)
    for number in range(systems):
        top = margin + number * (depth + system_gap)
        right = left + length
        tops = [top + k * (4 * space + staff_gap) for k in range(staves)]
        for y in tops:
            for line in range(5):
                image[y + line * space - 1 : y + line * space + 1, left:right] = 0
            _notes(image, rng, left + 5 * space, right - space, y, space)
        cuts = np.linspace(left, right, 5).round().astype(int).tolist()
        for x in cuts:
            for a, b in [(top, top + depth)] if joined else [(y, y + 4 * space) for y in tops]:
                image[a : b + 1, x - 1 : x + 2] = 0
        if joined and staves > 1:
            middle = (left - space, top + depth // 2)
            cv2.ellipse(image, middle, (space // 2, depth // 2), 0, 90, 270, 0, 4)
        cv2.putText(
            image, "dolce", (left + 200, tops[0] + 7 * space), cv2.FONT_HERSHEY_COMPLEX, 1, 0, 2
        )
        drawing.boxes.append((left, top - 0.5, right, top + depth - 0.5))
        drawing.barlines.append(cuts)
    return drawing


def _notes(
    image: NDArray[np.uint8], rng: np.random.Generator, left: int, right: int, y: int, space: int
) -> None:
    """Beamed groups of four notes on the staff whose top line is at y; none where barlines are."""
    for start in range(left, right - 8 * space, 11 * space):
        steps = rng.integers(-3, 10, 4)
        heads = [(start + 2 * k * space, int(y + s * space / 2)) for k, s in enumerate(steps)]
        beam = min(h[1] for h in heads) - 3 * space
        for x, note in heads:
            cv2.ellipse(
                image, (x, note), (round(0.6 * space), round(0.45 * space)), -20, 0, 360, 0, -1
            )
            stem = x + round(0.55 * space)
            cv2.line(image, (stem, note), (stem, beam), 0, 2)
        ends = (heads[0][0] + round(0.55 * space), heads[-1][0] + round(0.55 * space))
        image[beam : beam + space // 2, ends[0] : ends[1]] = 0


def text_page(seed: int = 0) -> NDArray[np.uint8]:
    """Words in lines, a rule and a framed table."""
    rng = np.random.default_rng(seed)
    image = np.full((1500, 1100), 255, np.uint8)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz      "))
    for y in range(100, 1000, 32):
        line = "".join(rng.choice(letters, 52))
        cv2.putText(image, line, (60, y), cv2.FONT_HERSHEY_COMPLEX, 0.9, 0, 1)
    image[1050:1053, 60:1040] = 0
    for y in (1150, 1220, 1290):
        image[y : y + 2, 60:1040] = 0
    for x in (60, 400, 700, 1039):
        image[1150:1292, x : x + 2] = 0
    return image
