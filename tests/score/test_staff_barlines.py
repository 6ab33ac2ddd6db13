"""Barlines of a single staff: which lines are candidates, what the network sees, what it says."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from scorebridge.errors import ModelError
from scorebridge.score.barline_classifier import PX_PER_SPACE
from scorebridge.score.staff_barlines import (
    STAFF_VIEW_HEIGHT,
    STAFF_VIEW_WIDTH,
    VIEW_MARGIN,
    shipped_staff_classifier,
    staff_candidates,
    staff_views_of,
    stems_beside,
)
from scorebridge.score.staves import Staff, ink_of

SPACE, LEFT, RIGHT, TOP = 12, 80, 1000, 120
Image = np.ndarray


def bare_staff(slope: float = 0.0) -> tuple[Image, Staff]:
    """A staff without anything on it."""
    image = np.full((2 * TOP + 4 * SPACE, RIGHT + LEFT), 255, np.uint8)
    middle, staff = (LEFT + RIGHT) / 2, Staff(LEFT, RIGHT, TOP, SPACE, slope, 1.0)
    for line in range(5):
        ends = [(x, round(TOP + slope * (x - middle) + line * SPACE)) for x in (LEFT, RIGHT)]
        cv2.line(image, ends[0], ends[1], 0, 2)
    return image, staff


def barline(image: Image, staff: Staff, x: float, lean: float = 0.0, thick: int = 2) -> None:
    """A line from the top line to the bottom line; x halfway down. lean : against the staff."""
    for row in np.arange(0, 4 * SPACE + 0.5, 0.5):
        y = staff.y(x) + row
        at = x + (lean - staff.slope) * (row - 2 * SPACE)
        image[round(y), round(at - thick / 2) : round(at + thick / 2)] = 0


def beamed(image: Image, x: int, count: int, top: int = TOP, apart: int = 20) -> None:
    """Notes on the bottom line whose stems end at a beam that covers the top line."""
    for k in range(count):
        at = x + k * apart
        cv2.ellipse(image, (at - 7, top + 4 * SPACE), (8, 6), -20, 0, 360, 0, -1)
        image[top - 3 : top + 4 * SPACE, at - 1 : at + 1] = 0
    image[top - 4 : top + 3, x - 1 : x + (count - 1) * apart + 1] = 0


def of(image: Image, staff: Staff) -> tuple[np.ndarray, np.ndarray]:
    """x and lean of the candidates away from the ends of a staff, and their views."""
    ink = ink_of(image)
    found = staff_candidates(ink, staff)
    lines = np.column_stack([found[:, :2].mean(1), found[:, 3]])
    lines = lines[(lines[:, 0] > LEFT + 2 * SPACE) & (lines[:, 0] < RIGHT - 2 * SPACE)]
    return lines, staff_views_of(ink, staff, lines)


@pytest.mark.parametrize("slope", [0.0, 0.03, -0.05])
@pytest.mark.parametrize("lean", [-0.12, -0.05, 0.0, 0.08, 0.12])
def test_lines_that_lean_are_candidates(slope: float, lean: float) -> None:
    image, staff = bare_staff(slope)
    for x in (300, 500, 760):
        barline(image, staff, x, lean)
    lines, _ = of(image, staff)
    assert lines[:, 0] == pytest.approx([300, 500, 760], abs=2)
    assert np.abs(lines[:, 1] - lean).max() < 0.09


def test_edges_are_those_of_the_line() -> None:
    image, staff = bare_staff()
    barline(image, staff, 400, thick=2)
    barline(image, staff, 700, thick=8)
    found = staff_candidates(ink_of(image), staff)
    thin, thick = found
    assert thin[:2] == pytest.approx([399, 401], abs=1.5)
    assert thick[:2] == pytest.approx([696, 704], abs=1.5)
    assert (thin[2], thick[2]) == pytest.approx((1, 1), abs=0.05)


def test_both_lines_of_a_double_barline_are_candidates() -> None:
    image, staff = bare_staff()
    barline(image, staff, 400)
    barline(image, staff, 400 + 0.9 * SPACE)
    assert of(image, staff)[0][:, 0] == pytest.approx([400, 400 + 0.9 * SPACE], abs=2)


def test_a_dashed_line_is_a_candidate() -> None:
    image, staff = bare_staff()
    barline(image, staff, 400)
    for top in range(TOP + 5, TOP + 4 * SPACE, 8):
        image[top : top + 4, 395:406] = np.where(image[top : top + 4, 390:391] < 128, 0, 255)
    lines, _ = of(image, staff)
    assert lines[:, 0] == pytest.approx([400], abs=2)


def test_short_stems_are_no_candidates() -> None:
    image, staff = bare_staff()
    image[TOP + 2 * SPACE : TOP + 4 * SPACE, 400:402] = 0
    assert len(of(image, staff)[0]) == 0


def test_views_show_the_staff_to_one_size() -> None:
    """Lines at every 6th row, the candidate in the middle column from the first to the last."""
    image, staff = bare_staff()
    barline(image, staff, 300)
    barline(image, staff, 760)
    _, views = of(image, staff)
    assert views.shape == (2, STAFF_VIEW_HEIGHT, STAFF_VIEW_WIDTH) and views.dtype == np.uint8
    first = VIEW_MARGIN * PX_PER_SPACE
    half = STAFF_VIEW_WIDTH // 2
    column = views[:, :, half - 2 : half + 2].max(2)
    assert (column[:, first + 1 : first + 4 * PX_PER_SPACE] > 60).all()
    assert column[:, : first - 2].max() == column[:, first + 4 * PX_PER_SPACE + 2 :].max() == 0
    dark = views[:, :, :half - 4].mean((0, 2))  # fmt: skip
    lines = [dark[row - 1 : row + 2].max() for row in range(first, first + 25, PX_PER_SPACE)]
    assert min(lines) > 60
    assert dark[first + 3 : first + 24 : PX_PER_SPACE].max() < 30


@pytest.mark.parametrize("scale", [0.6, 1.4, 2.3])
def test_views_are_alike_at_any_size(scale: float) -> None:
    image, staff = bare_staff()
    barline(image, staff, 500)
    beamed(image, 540, 3)
    size = (round(image.shape[1] * scale), round(image.shape[0] * scale))
    other = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    large = Staff(LEFT * scale, RIGHT * scale, TOP * scale, SPACE * scale, 0.0, 1.0)
    one = staff_views_of(ink_of(image), staff, np.array([[500.0, 0.0]]))[0]
    like = staff_views_of(ink_of(other), large, np.array([[500.0 * scale, 0.0]]))[0]
    soft = [cv2.GaussianBlur(view, (0, 0), 1.5).ravel() for view in (one, like)]
    assert np.corrcoef(soft[0], soft[1])[0, 1] > 0.85


@pytest.mark.parametrize("slope", [0.0, 0.04])
@pytest.mark.parametrize("lean", [-0.12, 0.1])
def test_leaning_lines_stand_upright_in_views(slope: float, lean: float) -> None:
    image, staff = bare_staff(slope)
    barline(image, staff, 500, lean)
    (view,) = staff_views_of(ink_of(image), staff, np.array([[500.0, lean]]))
    (level,) = staff_views_of(ink_of(image), staff, np.array([[500.0, 0.0]]))
    first, half = VIEW_MARGIN * PX_PER_SPACE, STAFF_VIEW_WIDTH // 2
    leans = []
    for seen in (view, level):
        part = seen[first + 1 : first + 4 * PX_PER_SPACE, half - 6 : half + 6].astype(float)
        middle = (part * np.arange(12)).sum(1) / part.sum(1)
        plain = np.arange(len(part)) % PX_PER_SPACE < PX_PER_SPACE - 1  # no staff line
        leans.append(np.polyfit(np.flatnonzero(plain), middle[plain], 1)[0])
    assert abs(leans[0]) < 0.04 and leans[1] == pytest.approx(lean, abs=0.04)


def test_no_candidates_no_views() -> None:
    _, staff = bare_staff()
    ink = np.zeros((400, 1100), np.uint8)
    assert staff_candidates(ink, staff).shape == (0, 4)
    views = staff_views_of(ink, staff, np.zeros((0, 2)))
    assert views.shape == (0, STAFF_VIEW_HEIGHT, STAFF_VIEW_WIDTH)
    assert len(shipped_staff_classifier(views)) == 0
    nowhere = Staff(50, 50, TOP, 0.1, 0.0, 1.0)
    assert staff_candidates(ink, nowhere).shape == (0, 4)


def test_a_staff_beyond_the_picture_is_no_error() -> None:
    ink = np.ones((100, 300), np.uint8)
    staff = Staff(-50, 400, 80, SPACE, 0.0, 1.0)
    found = staff_candidates(ink, staff)
    staff_views_of(ink, staff, np.column_stack([found[:, :2].mean(1), found[:, 3]]))


@pytest.mark.parametrize("lean", [0.0, 0.08, -0.1])
@pytest.mark.parametrize("slope", [0.0, 0.03])
def test_the_network_tells_barlines_from_stems(slope: float, lean: float) -> None:
    """Stems from line to line under beams, at any density, are none."""
    image, staff = bare_staff(slope)
    for number, x in enumerate((330, 560, 800)):
        barline(image, staff, x, lean)
        at = x + 50
        beamed(image, at, 4, round(staff.y(at + 30)), 20 + 4 * number)
    lines, views = of(image, staff)
    likely = shipped_staff_classifier(views)
    found = lines[likely >= 0.5, 0]
    assert found == pytest.approx([330, 560, 800], abs=3)
    assert len(lines) >= 3 + 9


def test_the_network_knows_double_and_thick_barlines_and_repeat_signs() -> None:
    image, staff = bare_staff()
    barline(image, staff, 250)
    barline(image, staff, 250 + 0.7 * SPACE)
    barline(image, staff, 500, thick=6)
    barline(image, staff, 500 - 0.9 * SPACE)
    for step in (1.5, 2.5):  # dots of a repeat sign
        cv2.circle(image, (round(500 + 0.9 * SPACE), round(TOP + step * SPACE)), 3, 0, -1)
    lines, views = of(image, staff)
    assert len(lines) == 4
    assert shipped_staff_classifier(views).min() > 0.5


def test_a_stem_close_to_a_barline_is_no_second_line_of_it() -> None:
    """A beam or a notehead is attached to it; the lines of a double barline stand alone."""
    image, staff = bare_staff()
    for x in (300, 600, 800):
        barline(image, staff, x)
    beamed(image, 300 - 8 - 40, 3)  # the last of three stems stands at 292
    cv2.ellipse(image, (617, TOP + 2), (7, 6), -20, 0, 360, 0, -1)
    barline(image, staff, 610)
    barline(image, staff, 809)
    found = staff_candidates(ink_of(image), staff)[:, :2]
    near = found[np.abs(found.mean(1)[:, None] - [300, 605, 805]).min(1) < 12]
    assert near.mean(1) == pytest.approx([292, 300, 600, 610, 800, 809], abs=2)
    is_stem = stems_beside(ink_of(image), staff, near).tolist()
    assert is_stem == [True, False, False, True, False, False]
    assert stems_beside(ink_of(image), staff, np.zeros((0, 2))).shape == (0,)


def test_a_missing_network_is_an_error(tmp_path: Path) -> None:
    views = np.zeros((1, STAFF_VIEW_HEIGHT, STAFF_VIEW_WIDTH), np.uint8)
    with pytest.raises(ModelError, match="Reinstall"):
        shipped_staff_classifier(views, tmp_path / "staff_barlines.xml")
