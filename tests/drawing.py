"""Pages of music drawn by hand, with their truth: what the tests of this room look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
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
    left_line: bool = False,
) -> Drawing:
    """A page with a title, noteheads, stems, beams, words, barlines and braces.

    joined : barlines run through all staves of a system, which has a brace; else through each
    staff. left_line : a line joins the staves of a system at their left end all the same.
    """
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
        cuts = np.linspace(left, right, 5).round().astype(int).tolist()
        tops = [top + k * (4 * space + staff_gap) for k in range(staves)]
        for k, y in enumerate(tops):  # the hands do not play together
            for line in range(5):
                image[y + line * space - 1 : y + line * space + 1, left:right] = 0
            for a, b in pairwise(cuts):
                _notes(image, rng, a + (4 + k % 2) * space, b - space, y, space)
        for x in cuts:
            for a, b in [(top, top + depth)] if joined else [(y, y + 4 * space) for y in tops]:
                image[a : b + 1, x - 1 : x + 2] = 0
        if left_line:
            image[top : top + depth + 1, left - 1 : left + 2] = 0
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
    """Beamed groups of four notes in one bar of the staff whose top line is at y."""
    for start in range(left, right - 7 * space + 1, 8 * space):
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


THINGS = ("fence", "bricks", "keyboard", "blinds", "table", "shelf")


def picture_of(thing: str, seed: int = 0) -> NDArray[np.uint8]:
    """A photograph of something striped or ruled that is no music: soft, lit from one side."""
    rng = np.random.default_rng(seed)
    image = np.full((1200, 900), 190, np.uint8)
    if thing == "fence":
        for x in range(20, 900, 60):
            image[100:1100, x : x + 22] = 80
        image[300:330], image[800:830] = 70, 70
    elif thing == "bricks":
        for row, y in enumerate(range(0, 1200, 45)):
            image[y : y + 5] = 90
            for x in range((row % 2) * 55, 900, 110):
                image[y : y + 45, x : x + 5] = 90
    elif thing == "keyboard":
        for x in range(0, 900, 64):
            image[300:900, x : x + 3] = 20
            if (x // 64) % 7 not in (2, 6):
                image[300:680, x + 44 : x + 84] = 25
    elif thing == "blinds":
        for y in range(0, 1200, 24):
            image[y : y + 9] = 100 + y // 20
    elif thing == "table":
        for y in range(100, 1100, 40):
            image[y : y + 2, 60:840] = 60
        for x in range(60, 841, 156):
            image[100:1100, x : x + 2] = 60
        for y in range(130, 1100, 40):
            for x in range(70, 840, 156):
                cv2.putText(image, str(rng.integers(10, 9999)), (x, y), 0, 0.7, 40, 2)
    else:  # a shelf of books
        for y in (20, 420, 820):
            x = 10
            while x < 850:
                width = int(rng.integers(20, 70))
                image[y : y + 360, x : x + width] = rng.integers(40, 200)
                x += width + 2
            image[y + 370 : y + 395] = 50
    light = np.linspace(0.7, 1.1, 900)[None]
    soft = cv2.GaussianBlur(image * light, (0, 0), 1.2) + rng.normal(0, 4, image.shape)
    return np.clip(soft, 0, 255).astype(np.uint8)
