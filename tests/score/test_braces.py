"""Braces and brackets: their staves and their kind; edges and words are none."""

import cv2
import numpy as np
import pytest

from drawing import draw_page
from scorebridge.score.braces import Brace, find_braces
from scorebridge.score.staves import Staff

SPACE = 10


def page(staves: int) -> tuple[np.ndarray, list[Staff]]:
    """Ink of staves of five lines, 12 spaces apart, from x = 100 to 900."""
    ink = np.zeros((12 * SPACE * staves + 200, 1000), np.uint8)
    found = [Staff(100, 900, 100 + 12 * SPACE * k, SPACE, 0.0, 0.9) for k in range(staves)]
    for staff in found:
        for line in range(5):
            ink[round(staff.y(0, line)), 100:900] = 1
    return ink, found


def bracket(ink: np.ndarray, upper: Staff, lower: Staff, x: int) -> None:
    """A thick line with a hook at each end."""
    top, bottom = round(upper.top), round(lower.y(0, 4))
    ink[top:bottom, x : x + 5] = 1
    for y, up in ((top, -1), (bottom, 1)):
        cv2.line(ink, (x, y), (x + 14, y + up * 8), 1, 3)


def brace(ink: np.ndarray, upper: Staff, lower: Staff, x: int) -> None:
    """A line that bends to a tip on the left half way down."""
    top, bottom = round(upper.top), round(lower.y(0, 4))
    middle, bend = (top + bottom) // 2, (bottom - top) // 8
    right = [(x + 10, top), (x + 5, top + bend), (x + 5, middle - bend), (x - 2, middle)]
    points = np.array(right + [(a, top + bottom - b) for a, b in right[::-1]])
    cv2.polylines(ink, [points], False, 1, 3)


def kinds(found: list[Brace]) -> list[tuple[str, int, int]]:
    return [(b.kind, b.first, b.last) for b in found]


def test_a_bracket_and_a_brace_have_their_staves() -> None:
    ink, staves = page(6)
    bracket(ink, staves[0], staves[3], 80)
    brace(ink, staves[4], staves[5], 82)
    assert kinds(find_braces(ink, staves)) == [("bracket", 0, 3), ("brace", 4, 5)]


def test_of_two_brackets_the_outer_one_comes_first() -> None:
    ink, staves = page(4)
    bracket(ink, staves[1], staves[2], 86)
    bracket(ink, staves[0], staves[3], 70)
    assert kinds(find_braces(ink, staves)) == [("bracket", 0, 3), ("bracket", 1, 2)]


def test_each_system_has_its_own_indent() -> None:
    ink, staves = page(4)
    indented = [Staff(200, 900, s.top, SPACE, 0.0, 0.9) for s in staves[:2]]
    ink[: round(staves[1].y(0, 4)) + 1, :200] = 0
    bracket(ink, indented[0], indented[1], 180)
    bracket(ink, staves[2], staves[3], 80)
    found = find_braces(ink, [*indented, *staves[2:]])
    assert kinds(found) == [("bracket", 0, 1), ("bracket", 2, 3)]


@pytest.mark.parametrize("x", [70, 85])
def test_the_edge_of_a_scan_is_no_bracket(x: int) -> None:
    ink, staves = page(4)
    ink[:, x : x + 5] = 1
    assert find_braces(ink, staves) == []


def test_a_piece_of_an_edge_that_crosses_a_brace_is_no_bracket() -> None:
    ink, staves = page(6)
    for k in (0, 2, 4):
        brace(ink, staves[k], staves[k + 1], 82)
    ink[round(staves[3].top) : round(staves[4].y(0, 4)), 66:70] = 1
    assert [(b.first, b.last) for b in find_braces(ink, staves)] == [(0, 1), (2, 3), (4, 5)]


def test_names_of_instruments_are_no_bracket() -> None:
    ink, staves = page(4)
    for staff in staves:
        cv2.putText(ink, "Vl.", (65, round(staff.y(0, 3))), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 1, 2)
    assert find_braces(ink, staves) == []


def test_a_drawn_piano_has_a_brace_in_every_system() -> None:
    from scorebridge.score.staves import find_staves, ink_of

    drawing = draw_page()
    ink = ink_of(drawing.image)
    found = find_braces(ink, find_staves(ink))
    assert [(b.first, b.last) for b in found] == [(0, 1), (2, 3), (4, 5)]


def test_a_slender_brace_bends_back_beside_its_tip() -> None:
    """As in the fonts of notation programs; it is no bracket."""
    ink, staves = page(2)
    top, bottom = round(staves[0].top), round(staves[1].y(0, 4))
    down = np.linspace(0, 0.5, 60)
    left = 84 + 6 * np.clip(1 - down / 0.08, 0, 1) + 3 * np.clip((down - 0.25) / 0.2, 0, 1)
    left -= 4 * np.clip((down - 0.47) / 0.03, 0, 1)
    for share, x in zip([*down, *(1 - down)], [*left, *left], strict=True):
        y = round(top + share * (bottom - top))
        ink[y - 1 : y + 3, round(x) : round(x) + 4] = 1
    assert kinds(find_braces(ink, staves)) == [("brace", 0, 1)]
