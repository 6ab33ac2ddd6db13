"""Staves that were missed are found where the page's other systems have them, and only there."""

import pytest

from drawing import Drawing, draw_page
from scorebridge.score.barlines import staff_barlines
from scorebridge.score.grouping import group_staves, joined_staves
from scorebridge.score.missing_staves import missing_staves
from scorebridge.score.staves import Staff, find_staves, ink_of
from scorebridge.score.systems import find_systems

SPACE = 12


def groups_of(drawing: Drawing) -> list[list[Staff]]:
    ink = ink_of(drawing.image)
    staves = find_staves(ink)
    barlines = staff_barlines(ink)
    return group_staves(staves, joined_staves(ink, staves, [], barlines), barlines)


def without(groups: list[list[Staff]], system: int, staff: int) -> tuple[list[list[Staff]], Staff]:
    """The groups without one staff, and that staff."""
    lost = groups[system][staff]
    kept = [[s for s in group if s is not lost] for group in groups]
    return kept, lost


@pytest.mark.parametrize("staves", [2, 3])
@pytest.mark.parametrize("system", [0, 1, 2])
def test_a_lost_staff_is_found_again(staves: int, system: int) -> None:
    drawing = draw_page(systems=3, staves=staves, margin=90)
    groups = groups_of(drawing)
    for number in range(staves):
        kept, lost = without(groups, system, number)
        (found,) = missing_staves(ink_of(drawing.image), kept)
        assert found.top == pytest.approx(lost.top, abs=2)
        assert found.space == pytest.approx(lost.space, rel=0.04)
        assert found.x0 == pytest.approx(lost.x0, abs=SPACE)


def test_two_lost_staves_of_a_system_are_found_again() -> None:
    drawing = draw_page(systems=3, staves=4, margin=90)
    groups = groups_of(drawing)
    lost = [groups[1][1], groups[1][2]]
    kept = [[s for s in group if s not in lost] for group in groups]
    found = missing_staves(ink_of(drawing.image), kept)
    assert [s.top for s in found] == pytest.approx([s.top for s in lost], abs=2)


def test_staves_that_a_system_leaves_out_are_not_invented() -> None:
    """A quartet whose second system prints three staves, since one is empty."""
    drawing = draw_page(systems=3, staves=4, margin=90)
    other = draw_page(systems=3, staves=3, margin=90)
    groups = groups_of(drawing)
    top = round(drawing.boxes[1][1]) - 3 * SPACE
    bottom = round(drawing.boxes[1][3]) + 3 * SPACE
    drawing.image[top:bottom] = 255
    y0, y1 = round(other.boxes[1][1]) - 3 * SPACE, round(other.boxes[1][3]) + 3 * SPACE
    drawing.image[top : top + y1 - y0] = other.image[y0:y1]
    kept = groups_of(drawing)
    assert [len(g) for g in groups] == [4, 4, 4]
    assert [len(g) for g in kept] == [4, 3, 4]
    assert missing_staves(ink_of(drawing.image), kept) == []


def test_nothing_is_found_where_nothing_is() -> None:
    """A page's last system is a single staff: a melody, no lost accompaniment."""
    drawing = draw_page(systems=3)
    top = round(drawing.boxes[2][1]) + 5 * SPACE
    drawing.image[top : top + 12 * SPACE] = 255
    kept = groups_of(drawing)
    assert [len(g) for g in kept] == [2, 2, 1]
    assert missing_staves(ink_of(drawing.image), kept) == []
    assert [len(s.staves) for s in find_systems(drawing.page)] == [2, 2, 1]


def test_five_lines_that_nothing_joins_to_the_system_are_left_alone() -> None:
    drawing = draw_page(systems=3)
    x0, _, x1, y1 = (round(v) for v in drawing.boxes[1])
    lower = y1 - 4 * SPACE
    drawing.image[lower - 6 * SPACE : lower - 2, x0 - 30 : x1 + 10] = 255  # the gap between both
    staves = find_staves(ink_of(drawing.image))
    assert len(staves) == 6
    kept = [staves[:2], staves[2:3], staves[4:]]
    assert missing_staves(ink_of(drawing.image), kept) == []


def test_a_staff_with_ledger_lines_all_along_is_no_table() -> None:
    """The second system's lower staff seems to have a sixth line, which begins after the clef."""
    drawing = draw_page(systems=3)
    x0, _, x1, y1 = (round(v) for v in drawing.boxes[1])
    ledger = y1 - 5 * SPACE
    for x in range(x0 + 3 * SPACE, x1 - 2 * SPACE, 2 * SPACE):
        drawing.image[ledger - 1 : ledger + 1, x : x + 22] = 0
    staves = find_staves(ink_of(drawing.image))
    assert [s.lines for s in staves] == [5] * 6
    systems = find_systems(drawing.page)
    assert [len(s.staves) for s in systems] == [2, 2, 2]
    assert systems[1].staves[1][3] * drawing.image.shape[0] == pytest.approx(y1, abs=3)
