"""Staves become systems by what joins them, whatever the scoring."""

import numpy as np
import pytest

from drawing import Drawing, draw_page
from scorebridge.score.barlines import staff_barlines
from scorebridge.score.grouping import group_staves, joined_staves
from scorebridge.score.staves import Staff, find_staves, ink_of
from scorebridge.score.systems import find_systems
from scorebridge.types import Page

SPACE = 12


def sizes(image: np.ndarray) -> list[int]:
    """The number of staves of each system that is found."""
    return [len(s.staves) for s in find_systems(Page(draw_page(1).page.path, 1, image))]


def bars(image: np.ndarray) -> list[int]:
    return [len(s.bars) for s in find_systems(Page(draw_page(1).page.path, 1, image))]


def staff(top: float, x0: float = 0.0, x1: float = 1000.0, space: float = 10.0) -> Staff:
    return Staff(x0, x1, top, space, 0.0, 0.9)


def test_lines_of_a_part_are_systems_of_one_staff() -> None:
    drawing = draw_page(systems=8, staves=1)
    assert sizes(drawing.image) == [1] * 8


def test_close_lines_of_a_part_stay_apart() -> None:
    """A stem and a slur cross from one line to the next."""
    drawing = draw_page(systems=6, staves=1)
    for upper, lower in zip(drawing.boxes, drawing.boxes[1:], strict=False):
        for x in (300, 420):
            drawing.image[round(upper[3]) - 20 : round(lower[1]) + 20, x : x + 2] = 0
    assert sizes(drawing.image) == [1] * 6


@pytest.mark.parametrize("staves", [3, 4, 8])
def test_a_choir_is_joined_by_its_left_line_alone(staves: int) -> None:
    drawing = draw_page(systems=2, staves=staves, joined=False, left_line=True)
    assert sizes(drawing.image) == [staves] * 2
    assert bars(drawing.image) == [4] * 2


def test_barlines_that_run_through_join_staves_whose_left_line_is_lost() -> None:
    drawing = draw_page(systems=3, staves=3)
    drawing.image[:, 60:100] = 255  # the left line, the brace and the lines' ends
    assert sizes(drawing.image) == [3] * 3


def test_a_line_runs_on_where_the_next_joint_is_missed() -> None:
    """The joint above is not seen; the left line of the same system is no edge of the scan."""
    drawing = draw_page(systems=2, staves=4)
    ink = ink_of(drawing.image)
    staves = find_staves(ink)
    ends = [
        *staves[:4],
        *(Staff(s.x0 + 5 * SPACE, s.x1, s.top, s.space, 0.0, 0.9) for s in staves[4:5]),
    ]
    assert joined_staves(ink, [*ends, *staves[5:]], [], staff_barlines(ink))[5:] == [True, True]


@pytest.mark.parametrize("dark", [0, 70])
def test_a_dark_edge_along_the_left_ends_joins_no_systems(dark: int) -> None:
    drawing = draw_page(systems=3, staves=2)
    drawing.image[:, 40:94] = dark
    assert sizes(drawing.image) == [2] * 3


def test_a_system_whose_line_is_broken_is_completed_from_the_others() -> None:
    """Its barlines stand at the same places in both staves, and other systems have as many."""
    places = np.array([[300, 302, 0.9], [500, 502, 0.9], [800, 802, 0.9]])
    staves = [staff(100 * k) for k in range(6)]
    joined = [True, False, True, False, False]
    groups = group_staves(staves, joined, lambda _: places)
    assert [len(g) for g in groups] == [2, 2, 2]
    moved = {staves[4]: places + np.array([40, 40, 0])}
    groups = group_staves(staves, joined, lambda s: moved.get(s, places))
    assert [len(g) for g in groups] == [2, 2, 1, 1]


def test_a_small_staff_of_full_length_belongs_to_its_system() -> None:
    staves = [staff(0, space=7), staff(60), staff(160), staff(300, space=7), staff(360), staff(460)]
    joined = [True, True, False, True, True]
    groups = group_staves(staves, joined, lambda _: np.zeros((0, 3)))
    assert [[s.space for s in g] for g in groups] == [[7, 10, 10]] * 2


def joined(drawing: Drawing) -> list[bool]:
    ink = ink_of(drawing.image)
    return joined_staves(ink, find_staves(ink), [], staff_barlines(ink))


def test_nothing_joins_systems() -> None:
    assert joined(draw_page(systems=3, staves=3)) == [True, True, False] * 2 + [True, True]


@pytest.mark.parametrize("worn", ["faint", "leaning", "short of the staves"])
def test_a_worn_left_line_joins_a_choir(worn: str) -> None:
    drawing = draw_page(systems=2, staves=3, joined=False, left_line=True)
    image = drawing.image
    for x0, top, _, bottom in drawing.boxes:
        x0, top, bottom = round(x0), round(top), round(bottom)
        if worn == "faint":
            image[top:bottom:8, x0 - 2 : x0 + 3] = 255
        elif worn == "leaning":
            image[top : bottom + 1, x0 - 6 : x0 + 2] = 255
            for y in range(top, bottom + 1):
                x = x0 - 5 + round(4 * (y - top) / (bottom - top))
                image[y, x : x + 3] = 0
        else:  # the lines of the staves show in pieces there
            for y in range(top, bottom + 1):
                image[y, x0 + 3 : x0 + SPACE] = np.where(
                    np.arange(SPACE - 3) % 3, 255, image[y, x0 + 3 : x0 + SPACE]
                )
    assert sizes(image) == [3] * 2


def test_groups_in_the_same_order_down_the_page_make_systems() -> None:
    """A piano and a violin, again and again; barlines stand at the same places in all three."""
    staves = [staff(100 + 150 * k) for k in range(6)]
    lines = np.array([(x - 1, x + 1, 0.95, 0.0) for x in (250.0, 470.0, 800.0)])

    def same(of: Staff) -> np.ndarray:
        return lines

    def other(of: Staff) -> np.ndarray:
        return lines + 60 * (staves.index(of) % 3 == 2) * np.array([1, 1, 0, 0])

    joined = [True, False, False, True, False]
    assert [len(g) for g in group_staves(staves, joined, same)] == [3, 3]
    assert [len(g) for g in group_staves(staves, joined, other)] == [2, 1, 2, 1]


def test_the_edge_of_a_page_near_the_staves_joins_no_systems() -> None:
    drawing = draw_page(systems=3)
    drawing.image[:, 62:70] = 0
    assert sizes(drawing.image) == [2] * 3
