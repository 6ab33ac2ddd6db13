"""Staves of one, four, five and six lines are told apart by lines that run from end to end."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from drawing import draw_page
from scorebridge.score.ink import finer_scale, inked
from scorebridge.score.pages import read_pages
from scorebridge.score.staves import Staff, find_staves, ink_of, staff_space_of

SPACE, LEFT, RIGHT = 12, 90, 1090
Page = np.ndarray


def page_of(systems: list[list[tuple[int, float]]], gap: int = 9) -> tuple[Page, list[list[int]]]:
    """A page whose systems have staves of (lines, staff spaces between lines), and their tops."""
    height = 200 + sum(round((n - 1) * s * SPACE) + gap * SPACE for g in systems for n, s in g)
    height += 5 * SPACE * len(systems)
    image = np.full((height, RIGHT + 80), 255, np.uint8)
    y, tops = 120, []
    rng = np.random.default_rng(1)
    for group in systems:
        tops.append([])
        for lines, space in group:
            tops[-1].append(y)
            for k in range(lines):
                at = y + round(k * space * SPACE)
                image[at - 1 : at + 1, LEFT:RIGHT] = 0
            deep = round((lines - 1) * space * SPACE)
            for x in range(LEFT + 60, RIGHT - 30, 70):
                head = (x, y + int(rng.integers(0, deep + 1)))
                if lines == 6:  # a digit on a line, which it breaks
                    line = y + round(int(rng.integers(0, 6)) * space * SPACE)
                    image[line - 8 : line + 8, x - 7 : x + 7] = 255
                    cv2.putText(image, "3", (x - 6, line + 6), 0, 0.5, 0, 2)
                else:
                    cv2.ellipse(image, head, (7, 5), -20, 0, 360, 0, -1)
                    cv2.line(image, (head[0] + 6, head[1]), (head[0] + 6, head[1] - 36), 0, 2)
            for x in (LEFT, 420, 760, RIGHT - 2):
                image[y - SPACE * (lines == 1) : y + deep + SPACE * (lines == 1) + 1, x : x + 3] = 0
            y += deep + gap * SPACE
        bottom = y - gap * SPACE
        if len(group) > 1:
            image[tops[-1][0] : bottom, LEFT : LEFT + 3] = 0
        y += 5 * SPACE
    return image, tops


def kinds(staves: list[Staff]) -> list[int]:
    return [s.lines for s in staves]


def test_tablature_below_notes() -> None:
    image, tops = page_of([[(5, 1), (6, 1.5)]] * 3)
    staves = find_staves(ink_of(image))
    assert kinds(staves) == [5, 6] * 3
    for staff, top in zip(staves, np.ravel(tops), strict=True):
        assert staff.top == pytest.approx(top - 0.5, abs=1.5)
        assert staff.space == pytest.approx(SPACE * (1.5 if staff.lines == 6 else 1), rel=0.02)
        assert staff.bottom == pytest.approx(staff.top + (staff.lines - 1) * staff.space)
        assert (staff.x0, staff.x1) == (pytest.approx(LEFT, abs=6), pytest.approx(RIGHT, abs=6))


def test_tablature_alone() -> None:
    image, _ = page_of([[(6, 1.4)]] * 4)
    assert kinds(find_staves(ink_of(image))) == [6] * 4


def test_chant_on_four_lines() -> None:
    image, tops = page_of([[(4, 1)]] * 5)
    staves = find_staves(ink_of(image))
    assert kinds(staves) == [4] * 5
    assert [s.top for s in staves] == pytest.approx(np.ravel(tops) - 0.5, abs=1.5)


@pytest.mark.parametrize("above", [True, False])
def test_ledger_lines_beside_four_lines_are_no_fifth(above: bool) -> None:
    image, tops = page_of([[(4, 1)]] * 5)
    for (top,) in tops:
        at = top - SPACE if above else top + 4 * SPACE
        for x in range(LEFT + 60, RIGHT - 60, 140):
            image[at - 1 : at + 1, x : x + 24] = 0
    staves = find_staves(ink_of(image))
    assert kinds(staves) == [4] * 5
    assert [s.top for s in staves] == pytest.approx(np.ravel(tops) - 0.5, abs=1.5)


def test_percussion_on_one_line_within_a_system() -> None:
    image, tops = page_of([[(5, 1), (1, 1), (5, 1)]] * 2)
    staves = find_staves(ink_of(image))
    assert kinds(staves) == [5, 1, 5] * 2
    for staff, top in zip(staves, np.ravel(tops), strict=True):
        assert staff.top == pytest.approx(top - 0.5, abs=1.5)
        assert staff.space == pytest.approx(SPACE, rel=0.02)
        assert (staff.x0, staff.x1) == (pytest.approx(LEFT, abs=6), pytest.approx(RIGHT, abs=6))


def test_a_rule_between_systems_is_no_percussion() -> None:
    image, tops = page_of([[(5, 1), (5, 1)]] * 2)
    rule = tops[1][0] - 7 * SPACE
    image[rule : rule + 2, LEFT:RIGHT] = 0
    assert kinds(find_staves(ink_of(image))) == [5] * 4


def test_a_line_that_ends_within_the_system_is_no_percussion() -> None:
    """An extender line, a pedal line or an octave line between two joined staves."""
    image, tops = page_of([[(5, 1), (5, 1)]] * 2)
    line = tops[0][1] - 4 * SPACE
    image[line : line + 2, LEFT + 70 : RIGHT] = 0
    image[line + 300 : line + 302, LEFT : RIGHT - 60] = 0
    assert kinds(find_staves(ink_of(image))) == [5] * 4


@pytest.mark.parametrize("line", [0, 4])
def test_a_staff_whose_outer_line_broke_has_not_four(line: int) -> None:
    image, tops = page_of([[(5, 1)]] * 6)
    at = tops[2][0] + line * SPACE
    image[at - 2 : at + 3, LEFT:RIGHT] = 255
    assert 4 not in kinds(find_staves(ink_of(image)))


@pytest.mark.parametrize("below", [True, False])
def test_ledger_lines_all_along_are_no_sixth_line(below: bool) -> None:
    drawing = draw_page(systems=3)
    x0, y0, x1, y1 = (round(v) for v in drawing.boxes[1])
    at = y1 + SPACE if below else y0 - SPACE
    for x in range(x0 + 3 * SPACE, x1 - 2 * SPACE, 2 * SPACE):
        drawing.image[at - 1 : at + 1, x : x + 22] = 0
    staves = find_staves(ink_of(drawing.image))
    assert kinds(staves) == [5] * 6
    tops = [y for box in drawing.boxes for y in (box[1], box[3] - 4 * SPACE)]
    assert [s.top for s in staves] == pytest.approx(tops, abs=1.5)


@pytest.mark.parametrize("rows", [3, 4, 6, 7, 9])
def test_a_table_is_no_staff(rows: int) -> None:
    image = np.full((900, 1170), 255, np.uint8)
    for k in range(rows):
        image[200 + 14 * k : 202 + 14 * k, LEFT:RIGHT] = 0
    for x in range(LEFT, RIGHT + 1, 200):
        image[200 : 200 + 14 * (rows - 1), x : x + 2] = 0
    assert find_staves(ink_of(image)) == []


@pytest.mark.parametrize("small", [0.55, 0.7, 0.85, 1.25])
def test_small_and_large_staves_keep_their_own_size(small: float) -> None:
    """An ossia, a vocal line above a piano, two sizes of print on a page."""
    image, tops = page_of([[(5, small), (5, 1), (5, 1)]] * 3)
    staves = find_staves(ink_of(image))
    assert kinds(staves) == [5] * 9
    assert [s.space / SPACE for s in staves] == pytest.approx([small, 1, 1] * 3, rel=0.03)
    assert [s.top for s in staves] == pytest.approx(np.ravel(tops) - 0.5, abs=1.5)


def test_a_hairpin_is_no_small_staff() -> None:
    image, tops = page_of([[(5, 1), (5, 1)]] * 2)
    y = tops[0][1] + 7 * SPACE
    for side in (-1, 1):
        cv2.line(image, (LEFT + 300, y), (RIGHT, y + side * SPACE), 0, 2)
    assert kinds(find_staves(ink_of(image))) == [5] * 4


@pytest.mark.parametrize("width", [25, 60])
@pytest.mark.parametrize("shadow", [False, True])
def test_a_dark_edge_hides_no_staff(width: int, shadow: bool) -> None:
    """The black border of a scanner, and the shadow of a gutter that reaches the music."""
    drawing = draw_page(systems=3)
    x = np.arange(drawing.image.shape[1] + width)
    image = np.pad(drawing.image, ((width, 0), (width, 0)), constant_values=255).astype(float)
    light = 1 - np.exp(-x / width) if shadow else (x >= width).astype(float)
    image = image * (0.05 + 0.95 * light)
    staves = find_staves(ink_of(image.astype(np.uint8)))
    assert kinds(staves) == [5] * 6
    assert [s.x0 for s in staves] == pytest.approx([LEFT + width] * 6, abs=SPACE)
    assert [s.x1 for s in staves] == pytest.approx([RIGHT + width] * 6, abs=SPACE)


def test_grain_does_not_hide_the_staff_space() -> None:
    drawing = draw_page(systems=3)
    rng = np.random.default_rng(3)
    grain = rng.normal(0, 20, drawing.image.shape)
    image = np.clip(0.6 * drawing.image + 60 + grain, 0, 255).astype(np.uint8)
    estimate = staff_space_of(ink_of(image))
    assert estimate is not None
    assert estimate[0] == pytest.approx(SPACE, rel=0.05)


@pytest.mark.parametrize("space", [4.5, 6.0, 8.0, 12.0])
def test_pages_with_close_lines_are_to_be_read_larger(space: float) -> None:
    drawing = draw_page(systems=4, staves=3)
    scale = space / SPACE
    image = cv2.resize(drawing.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    finer = finer_scale(np.asarray(image, np.uint8))
    assert finer == pytest.approx(1 if space > 7 else min(1.8, 9 / space), rel=0.06)


def test_an_orchestras_picture_is_read_larger(tmp_path: Path) -> None:
    image, _ = page_of([[(5, 1)] * 24], gap=8)
    image = np.pad(image, ((0, 0), (0, 3600 - image.shape[1])), constant_values=255)
    image = np.pad(image, ((0, 5000 - image.shape[0]), (0, 0)), constant_values=255)
    cv2.imwrite(str(tmp_path / "orchestra.png"), image)
    (page,) = read_pages(tmp_path / "orchestra.png")
    assert page.image.shape[1] == pytest.approx(1800 * 1.5, rel=0.06)
    assert kinds(find_staves(ink_of(page.image))) == [5] * 24


def test_lines_in_pieces_are_lines(tmp_path: Path) -> None:
    """As a scan in black and white leaves thin ones."""
    drawing = draw_page(systems=3)
    for k, x in enumerate(range(90, 1090, 8)):
        drawing.image[:, x : x + 3][drawing.image[:, x + 3 : x + 6] > 128] = 255
        if k % 2:
            drawing.image[:, x + 1 : x + 4] = 255
    assert kinds(find_staves(ink_of(drawing.image))) == [5] * 6


@pytest.mark.parametrize("line", range(5))
def test_a_staff_of_which_one_line_is_nearly_gone_has_five(line: int) -> None:
    drawing = draw_page(systems=2)
    for _, y0, _, y1 in drawing.boxes:
        for top in (round(y0), round(y1) - 4 * SPACE):
            y = top + line * SPACE
            for x in range(92, 1088, 12):
                drawing.image[y - 2 : y + 3, x : x + 7] = 255
    assert kinds(find_staves(ink_of(drawing.image))) == [5] * 4


@pytest.mark.parametrize("part", [0.5, 1.0])
def test_a_screen_of_dots_hides_no_staff(part: float) -> None:
    """Halftone paper, all over or on half of the page."""
    drawing = draw_page(systems=3)
    wide = round(part * drawing.image.shape[1])
    y, x = np.mgrid[: len(drawing.image), :wide]
    dots = ((x + y) % 4 < 2) & (x % 4 < 2)
    drawing.image[:, :wide][dots] = np.minimum(drawing.image[:, :wide][dots], 90)
    seen = inked(drawing.image)
    assert seen.staff_space is not None and seen.staff_space[0] == pytest.approx(SPACE, abs=0.6)
    assert kinds(find_staves(seen.ink)) == [5] * 6


@pytest.mark.parametrize("apart", [3, 4])
def test_a_fine_or_coarse_screen_makes_no_staves(apart: int) -> None:
    """The rows of its dots are level too, as far apart as lines may be."""
    drawing = draw_page(systems=3)
    y, x = np.mgrid[: len(drawing.image), : drawing.image.shape[1]]
    dots = ((x + y // apart % 2 * (apart // 2)) % apart == 0) & (y % apart == 0)
    drawing.image[dots] = np.minimum(drawing.image[dots], 60)
    seen = inked(drawing.image)
    assert seen.staff_space is not None and seen.staff_space[0] == pytest.approx(SPACE, abs=0.8)
    assert kinds(find_staves(seen.ink)) == [5] * 6


def test_a_percussion_line_begins_below_its_clef() -> None:
    drawing = draw_page(systems=1, staves=2)
    x0, y0, x1, y1 = (round(v) for v in drawing.boxes[0])
    y = (y0 + y1) // 2
    drawing.image[y0 + 4 * SPACE + 4 : y1 - 4 * SPACE - 4, x0 + 4 : x1 - 4] = 255
    drawing.image[y - 1 : y + 1, x0:x1] = 0
    for x in (x0 + 12, x0 + 22):  # the clef
        drawing.image[y - SPACE : y + SPACE, x : x + 6] = 0
    staves = find_staves(ink_of(drawing.image))
    assert kinds(staves) == [5, 1, 5]
    assert staves[1].x0 == pytest.approx(x0, abs=SPACE)


def test_a_percussion_line_below_an_indented_system_is_its_own() -> None:
    """The next system is longer, and so are its lines."""
    image, tops = page_of([[(5, 1), (1, 1)], [(5, 1), (1, 1)]])
    bottom = (tops[0][1] + tops[1][0]) // 2
    indent = LEFT + 150
    image[:bottom, :indent] = 255
    image[tops[0][0] : tops[0][1], indent : indent + 3] = 0
    assert kinds(find_staves(ink_of(image))) == [5, 1] * 2
