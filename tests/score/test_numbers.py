"""Bar numbers at the beginnings of systems: read from a drawn page, and given to all bars."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scorebridge.errors import ModelError
from scorebridge.score.digits import NO_DIGIT, blobs_of, level_part, read_parts, shipped_digits
from scorebridge.score.numbers import number_bars, read_numbers
from scorebridge.types import Page, System

SPACE, LEFT, RIGHT = 12, 120, 1080  # px
TOPS = (120, 320, 520, 720)  # px, top lines of four systems of one staff
WIDTH, HEIGHT = 1200, 900
BARS = 4


def drawn(texts: Sequence[str], size: float = 2.2, up: float = 1.2, right: float = -0.5) -> Page:
    """A page of four staves with a text above the left end of each.

    size, up, right : staff spaces, of the text and from the end of the top line to it.
    """
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(size * SPACE)
    for top, text in zip(TOPS, texts, strict=True):
        for line in range(5):
            pen.line([LEFT, top + line * SPACE, RIGHT, top + line * SPACE], fill=0, width=2)
        pen.text((LEFT + right * SPACE, top - up * SPACE), text, 0, font, anchor="ls")
    return Page(Path("drawn"), 1, np.array(image))


def systems(bars: int = BARS) -> list[System]:
    """The systems of that page, each of so many bars."""
    x = np.linspace(LEFT, RIGHT, bars + 1) / WIDTH
    edges = tuple((float(a), float(b)) for a, b in itertools.pairwise(x))
    found = []
    for k, top in enumerate(TOPS, 1):
        box = (LEFT / WIDTH, top / HEIGHT, RIGHT / WIDTH, (top + 4 * SPACE) / HEIGHT)
        found.append(System(1, k, box, (box,), SPACE, bars=edges))
    return found


def printed(page: Page) -> list[str]:
    return [system.printed_number for system in read_numbers(page, systems())]


def test_numbers_are_read() -> None:
    assert printed(drawn(["", "5", "9", "13"])) == ["", "5", "9", "13"]
    assert printed(drawn(["238", "242", "246", "250"])) == ["238", "242", "246", "250"]


@pytest.mark.parametrize("size", [1.5, 2.8])
@pytest.mark.parametrize("up", [0.8, 3.5])
def test_numbers_of_any_size_and_height_are_read(size: float, up: float) -> None:
    assert printed(drawn(["", "5", "9", "13"], size, up)) == ["", "5", "9", "13"]


def test_numbers_of_a_turned_page_are_read() -> None:
    page, slope = drawn(["", "5", "9", "13"]), 0.02
    turn = np.array([[1, slope], [0, 1]])
    turned = Image.fromarray(page.image).transform(
        (WIDTH, HEIGHT), Image.Transform.AFFINE, (1, 0, 0, -slope, 1, 0), 3, fillcolor=255
    )
    shift = slope * (LEFT + RIGHT) / 2 / HEIGHT * turn[0, 0]
    moved = []
    for one in systems():
        x0, y0, x1, y1 = one.box
        box = (x0, y0 + shift, x1, y1 + shift)
        moved.append(replace(one, box=box, staves=(box,), slope=slope))
    found = read_numbers(replace(page, image=np.array(turned)), moved)
    assert [system.printed_number for system in found] == ["", "5", "9", "13"]


@pytest.mark.parametrize("text", ["Violin 2", "= 120", "8va", "4.", "op. 9", "No. 13"])
def test_digits_of_words_and_strays_are_no_bar_numbers(text: str) -> None:
    assert printed(drawn(["", text, text, text])) == [""] * 4


def test_fingerings_far_from_the_left_end_are_no_bar_numbers() -> None:
    assert printed(drawn(["", "5", "9", "13"], right=12)) == [""] * 4


def test_a_number_in_a_frame_is_read() -> None:
    page = drawn(["", "5", "9", "13"])
    image = Image.fromarray(page.image)
    for top in TOPS[1:]:
        frame = [LEFT - 14, top - 4.2 * SPACE, LEFT + 34, top - 0.6 * SPACE]
        ImageDraw.Draw(image).rectangle(frame, outline=0, width=2)
    assert printed(replace(page, image=np.array(image))) == ["", "5", "9", "13"]


def test_faint_numbers_beside_a_dark_edge_are_read() -> None:
    page = drawn(["", "5", "9", "13"])
    image = np.maximum(page.image, 140)  # grey print
    image[:, : LEFT - 60] = 0
    assert printed(replace(page, image=image)) == ["", "5", "9", "13"]


@pytest.mark.parametrize("astray", [-2.6, 1.4, 3.0])
def test_numbers_are_found_by_the_staff_lines_of_a_bent_page(astray: float) -> None:
    """A bent page's first staff may lie elsewhere than its system's course says."""
    moved = []
    for one in systems():
        x0, y0, x1, y1 = one.box
        box = (x0, y0 + astray * SPACE / HEIGHT, x1, y1 + astray * SPACE / HEIGHT)
        course = tuple((float(x), box[1], float(x), box[3]) for x in np.linspace(x0, x1, 9))
        moved.append(replace(one, box=box, staves=(box,), bend=course))
    found = read_numbers(drawn(["", "5", "9", "13"], size=2.0), moved)
    assert [system.printed_number for system in found] == ["", "5", "9", "13"]


def test_numbers_that_a_divider_touches_are_read() -> None:
    """Two slanted strokes between systems stand where the number of the lower one does."""
    page = drawn(["", "5", "9", "13"], size=2.0)
    image = Image.fromarray(page.image)
    for top in TOPS[1:]:
        for up in (3.4, 2.3):
            left, y = LEFT - 1.6 * SPACE, top - up * SPACE
            right, low = left + 3 * SPACE, 0.75 * SPACE
            ends = [(left, y), (right, y - 2 * SPACE), (right, y - 2 * SPACE + low)]
            ImageDraw.Draw(image).polygon([*ends, (left, y + low)], fill=0)
    touched = replace(page, image=np.array(image))
    part = level_part(touched.image, (LEFT, TOPS[1]), 0.0, SPACE, (-6.5, 8.0), (-7.5, 0.6))
    assert not blobs_of(part)  # they touch
    assert printed(touched) == ["", "5", "9", "13"]


def test_a_doubtful_digit_beside_a_clear_one_is_read() -> None:
    """A 1 looks like a letter, and alone it is none."""

    def classify(views: NDArray[np.uint8]) -> NDArray[np.float32]:
        chances = np.zeros((len(views), NO_DIGIT + 1), np.float32)
        wide = (views[:, 16, 20:28] > 0).all(1)
        chances[:, 1], chances[:, NO_DIGIT] = 0.1, 0.9
        chances[wide] = np.eye(NO_DIGIT + 1)[6]
        return chances

    part = np.zeros((100, 100), np.uint8)
    part[40:60, 40:44] = 255
    (alone,) = read_parts([part], classify)
    part[40:60, 48:60] = 255
    (beside,) = read_parts([part], classify)
    assert not alone and "16" in {reading.text for reading in beside}


def test_what_stands_at_many_systems_is_no_number() -> None:
    """The 8 of a clef an octave higher stands where a number may."""
    found = read_numbers(drawn(["8", "8", "8", "8"], right=1.0), systems())
    assert all(not system.number_readings for system in found)


def test_bars_get_the_numbers_of_the_score() -> None:
    """Two pages: the second goes on where the first ends."""
    first = read_numbers(drawn(["", "5", "9", "13"]), systems())
    second = read_numbers(drawn(["17", "21", "25", "29"]), systems())
    found = number_bars([*first, *(replace(system, page=2) for system in second)])
    assert [n for system in found for n in system.numbers] == [str(k) for k in range(1, 33)]


def test_pages_without_numbers_count_through() -> None:
    found = number_bars(read_numbers(drawn([""] * 4), systems()))
    assert [n for system in found for n in system.numbers] == [str(k) for k in range(1, 17)]
    assert read_numbers(drawn([""] * 4), []) == [] and number_bars([]) == []


def test_a_thin_stroke_that_broke_is_mended() -> None:
    """A digit whose upper and lower half stand apart is one digit, not two blobs."""
    seen: list[NDArray[np.uint8]] = []

    def classify(views: NDArray[np.uint8]) -> NDArray[np.float32]:
        seen.append(views)
        chances = np.zeros((len(views), NO_DIGIT + 1), np.float32)
        whole = (views[:, 6:10].any((1, 2))) & (views[:, -10:-6].any((1, 2)))
        chances[np.arange(len(views)), np.where(whole, 7, NO_DIGIT)] = 1
        return chances

    part = np.zeros((100, 100), np.uint8)
    part[30:36, 40:54] = part[41:52, 44:48] = 255  # neither is as high as a digit
    assert blobs_of(part) == []
    (readings,) = read_parts([part], classify)
    assert [reading.text for reading in readings] == ["7"]
    assert readings[0].box == (40, 30, 54, 52)


def test_parts_off_the_page_are_paper() -> None:
    page = drawn([""] * 4)
    part = level_part(page.image, (-50.0, -50.0), 0.0, SPACE, (-4, 2), (-4, 2))
    assert not part.any() and blobs_of(part) == []


def test_a_missing_network_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing"):
        shipped_digits(np.zeros((1, 32, 48), np.uint8), tmp_path / "digits.xml")
