"""Rests of several bars: a number above a thick bar, or above signs that add up to it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from scorebridge.score.digits import shipped_digits
from scorebridge.score.multibar_rests import measures_of
from scorebridge.score.numbers import number_bars, read_numbers
from scorebridge.types import Page, System

SPACE, LEFT, RIGHT, TOP = 12, 120, 1080, 200  # px
WIDTH, HEIGHT = 1200, 400
EDGES = (LEFT, 360, 600, 840, RIGHT)
FOUR, TWO, ONE = 2.0, 1.0, 0.5  # depth in staff spaces of the signs for so many bars


class Sheet:
    """A staff of four bars to draw rests into."""

    def __init__(self) -> None:
        self.image = Image.new("L", (WIDTH, HEIGHT), 255)
        self.pen = ImageDraw.Draw(self.image)
        for line in range(5):
            self.pen.line([LEFT, TOP + line * SPACE, RIGHT, TOP + line * SPACE], fill=0, width=2)
        for x in EDGES:
            self.pen.line([x, TOP, x, TOP + 4 * SPACE], fill=0, width=3)

    def box(self, bar: int, x0: float, y0: float, x1: float, y1: float) -> None:
        """Black, staff spaces from the middle of a bar and from the top line."""
        middle = (EDGES[bar] + EDGES[bar + 1]) / 2
        box = [middle + x0 * SPACE, TOP + y0 * SPACE, middle + x1 * SPACE, TOP + y1 * SPACE]
        self.pen.rectangle(box, fill=0)

    def thick(self, bar: int, thickness: float = 0.8) -> None:
        self.box(bar, -4, 2 - thickness / 2, 4, 2 + thickness / 2)
        for x in (-4, 4):
            self.box(bar, x - 0.1, 1, x + 0.1, 3)

    def signs(self, bar: int, *depths: float) -> None:
        for k, depth in enumerate(depths):
            x = (k - (len(depths) - 1) / 2) * 1.4
            half = 0.55 if depth == ONE else 0.3
            self.box(bar, x - half, 1, x + half, 1 + depth)

    def text(self, bar: int, text: str, right: float = 0.0, size: float = 2.6) -> None:
        x = (EDGES[bar] + EDGES[bar + 1]) / 2 + right * SPACE
        font = ImageFont.load_default(size * SPACE)
        self.pen.text((x, TOP - 0.8 * SPACE), text, 0, font, anchor="ms")

    def page(self) -> Page:
        return Page(Path("drawn"), 1, np.array(self.image))


def system() -> System:
    box = (LEFT / WIDTH, TOP / HEIGHT, RIGHT / WIDTH, (TOP + 4 * SPACE) / HEIGHT)
    bars = tuple((a / WIDTH, b / WIDTH) for a, b in pairwise(EDGES))
    return System(1, 1, box, (box,), SPACE, bars=bars)


def read(sheet: Sheet, of: System | None = None) -> tuple[int, ...]:
    return measures_of(sheet.page(), [of or system()], shipped_digits)[0]


@pytest.mark.parametrize("number", [2, 8, 13, 47, 126])
@pytest.mark.parametrize("thickness", [0.6, 1.0])
def test_the_number_above_a_thick_bar_counts(number: int, thickness: float) -> None:
    sheet = Sheet()
    sheet.thick(2, thickness)
    sheet.text(2, str(number))
    assert read(sheet) == (1, 1, number, 1)


@pytest.mark.parametrize(
    ("number", "depths"),
    [(2, [TWO]), (3, [TWO, ONE]), (4, [FOUR]), (7, [FOUR, TWO, ONE]), (8, [FOUR, FOUR])],
)
def test_the_number_above_old_signs_counts(number: int, depths: list[float]) -> None:
    sheet = Sheet()
    sheet.signs(1, *depths)
    sheet.text(1, str(number))
    assert read(sheet) == (1, number, 1, 1)


def test_signs_that_say_another_number_are_no_rest_of_several_bars() -> None:
    sheet = Sheet()
    sheet.signs(1, TWO, ONE)
    sheet.text(1, "8")
    assert read(sheet) == ()


@pytest.mark.parametrize("text", ["12", "= 120", "4."])
def test_a_number_above_a_bar_with_a_common_rest_or_notes_is_another(text: str) -> None:
    """A rehearsal number, a tempo mark, a fingering."""
    sheet = Sheet()
    sheet.signs(0, ONE)
    sheet.text(0, text)
    sheet.pen.ellipse([460, TOP + 2.5 * SPACE, 476, TOP + 3.5 * SPACE], fill=0)
    sheet.text(1, text)
    sheet.text(2, text)
    assert read(sheet) == ()


def test_a_number_aside_or_a_thick_bar_without_one_is_no_count() -> None:
    sheet = Sheet()
    sheet.thick(0)
    sheet.thick(2)
    sheet.text(2, "8", right=5)
    assert read(sheet) == ()


def test_systems_of_several_staves_are_not_looked_at() -> None:
    sheet = Sheet()
    sheet.thick(2)
    sheet.text(2, "8")
    assert read(sheet, replace(system(), staves=system().staves * 2)) == ()


def test_bars_after_a_rest_of_several_have_their_number() -> None:
    sheet = Sheet()
    sheet.thick(1)
    sheet.text(1, "12")
    (found,) = number_bars(read_numbers(sheet.page(), [system()]))
    assert found.measures == (1, 12, 1, 1)
    assert found.numbers == ("1", "2", "14", "15")
