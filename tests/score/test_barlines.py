"""Barlines, repeat signs and how sure they are, on drawn systems."""

import cv2
import numpy as np
import pytest

from drawing import Drawing, draw_page
from scorebridge.score.systems import find_systems
from scorebridge.types import Page, System

SPACE = 12


def only(drawing: Drawing) -> System:
    (system,) = find_systems(Page(drawing.page.path, 1, drawing.image))
    return system


def tops(drawing: Drawing) -> tuple[int, int]:
    """y of the top lines of the two staves."""
    top = round(drawing.boxes[0][1] + 0.5)
    return top, top + 11 * SPACE


def dots(drawing: Drawing, x: int, radius: int = 3) -> None:
    """Repeat dots at x in both staves; those of radius 1 are squares of 3 px."""
    for top in tops(drawing):
        for line in (1.5, 2.5):
            y = round(top + line * SPACE)
            if radius == 1:
                drawing.image[y - 1 : y + 2, x - 1 : x + 2] = 0
            else:
                cv2.circle(drawing.image, (x, y), radius, 0, -1)


def thick(drawing: Drawing, x: int) -> None:
    """A second, thick line just right of x."""
    top, bottom = tops(drawing)
    drawing.image[top : bottom + 4 * SPACE + 1, x + 6 : x + 14] = 0


@pytest.fixture
def drawing() -> Drawing:
    """One system of four bars with nothing but clefs' room and barlines."""
    page = draw_page(systems=1)
    for top in tops(page):  # notes away, lines and barlines stay
        page.image[top - 60 : top + 5 * SPACE + 60, 96:1086] = 255
    for top in tops(page):
        for line in range(5):
            page.image[top + line * SPACE - 1 : top + line * SPACE + 1, 90:1090] = 0
    top, bottom = tops(page)
    for x in page.barlines[0]:
        page.image[top : bottom + 4 * SPACE, x - 1 : x + 2] = 0
    return page


def test_plain_bars_have_no_signs_and_are_sure(drawing: Drawing) -> None:
    system = only(drawing)
    assert len(system.bars) == 4
    assert system.repeats == ((False, False),) * 4
    assert min(system.bar_confidence) > 0.9


def test_repeat_signs_are_told_by_side(drawing: Drawing) -> None:
    """|: bar 2 :| and :|: between bars 3 and 4."""
    first, second, third = drawing.barlines[0][1:4]
    thick(drawing, first)
    dots(drawing, first + 22)
    dots(drawing, second - 9, radius=1)  # old prints have small ones
    thick(drawing, second)
    thick(drawing, third)
    dots(drawing, third - 9)
    dots(drawing, third + 22)
    assert only(drawing).repeats == ((False, False), (True, True), (False, True), (True, False))


def test_a_dotted_chord_beside_a_barline_is_no_sign(drawing: Drawing) -> None:
    """Dots in one staff only, noteheads in both; and dots in both at a thin line alone."""
    dots(drawing, drawing.barlines[0][1] + 9)
    x = drawing.barlines[0][2]
    thick(drawing, x)
    top, bottom = tops(drawing)
    for line in (1.5, 2.5):
        cv2.circle(drawing.image, (x - 9, round(top + line * SPACE)), 3, 0, -1)
        for staff in (top, bottom):
            middle = (x + 26, round(staff + line * SPACE))
            cv2.ellipse(drawing.image, middle, (8, 6), 0, 0, 360, 0, -1)
    assert not any(sign for pair in only(drawing).repeats for sign in pair)


def test_a_missing_barline_makes_a_doubtful_bar(drawing: Drawing) -> None:
    x = drawing.barlines[0][2]
    top, bottom = tops(drawing)
    column = drawing.image[:, x - 8].copy()  # lines without a barline
    drawing.image[top : bottom + 4 * SPACE + 1, x - 2 : x + 3] = column[
        top : bottom + 4 * SPACE + 1, None
    ]
    system = only(drawing)
    assert len(system.bars) == 3
    wide = int(np.argmax(np.diff(system.bars)))
    assert system.bar_confidence[wide] <= min(system.bar_confidence)


def with_room(page: Drawing, staves: int) -> Drawing:
    """The page with nothing but lines within two staff spaces of its barlines."""
    for (_, y0, _, _), cuts in zip(page.boxes, page.barlines, strict=True):
        for k in range(staves):
            top = round(y0 + 0.5) + 11 * k * SPACE
            for x in cuts[1:-1]:
                page.image[top - 40 : top + 88, x - 24 : x + 24] = 255
                for line in range(5):
                    y = top + line * SPACE
                    page.image[y - 1 : y + 1, x - 24 : x + 24] = 0
                page.image[top : top + 4 * SPACE + 1, x - 1 : x + 2] = 0
    return page


def test_barlines_through_each_staff_alone_are_found() -> None:
    page = with_room(draw_page(systems=3, joined=False), 2)
    for system, cuts in zip(find_systems(page.page), page.barlines, strict=True):
        edges = [system.bars[0][0], *(stop for _, stop in system.bars)]
        assert np.array(edges) * page.image.shape[1] == pytest.approx(cuts, abs=8)


def test_bars_of_a_melody() -> None:
    page = with_room(draw_page(systems=4, staves=1), 1)
    assert [len(s.bars) for s in find_systems(page.page)] == [4] * 4


def test_the_piano_of_voice_and_piano_goes_into_the_strip() -> None:
    """Barlines stop at the singer's staff; the line at the left joins all three."""
    page = draw_page(systems=2, staves=3)
    for _x0, y0, x1, _y1 in page.boxes:
        gap = slice(round(y0) + 4 * SPACE + 3, round(y0) + 11 * SPACE - 1)
        page.image[gap, 100 : int(x1) + 3] = 255
    for system in find_systems(page.page):
        assert len(system.staves) == 3 and system.core is not None
        assert system.core[1] == pytest.approx(system.staves[1][1], abs=1e-3)
        assert system.core[3] == pytest.approx(system.staves[2][3], abs=1e-3)


def test_four_staves_give_a_pair() -> None:
    for system in find_systems(draw_page(systems=2, staves=4, margin=90).page):
        assert len(system.staves) == 4 and system.core is not None
        assert system.core[3] == pytest.approx(system.staves[3][3], abs=1e-3)
