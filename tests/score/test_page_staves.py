"""Pages on which staves may be missing are looked at twice."""

from dataclasses import replace

import numpy as np
import pytest

from drawing import Drawing, draw_page
from scorebridge.score.ink import inked, soft_ink_of
from scorebridge.score.page_staves import PageStaves, page_staves
from scorebridge.score.staves import Staff
from scorebridge.score.systems import find_systems

SPACE = 12
NO_BARLINES = np.zeros((0, 3))


def worn(drawing: Drawing, system: int, lower: bool) -> None:
    """Leave grey points of a staff's lines, four of ten columns of each."""
    x0, y0, x1, y1 = (round(v) for v in drawing.boxes[system])
    rng = np.random.default_rng(1)
    for line in range(5):
        y = (y1 - 4 * SPACE if lower else y0) + line * SPACE
        part = drawing.image[y - 1 : y + 1, x0 + 6 : x1 - 6]
        kept = np.where(rng.random(part.shape[1]) < 0.6, 255, 150)
        part[:] = np.maximum(part, kept)


def read(*sizes: int, quality: float = 0.9, length: float = 900.0) -> PageStaves:
    """Systems of so many staves."""
    staff = Staff(0.0, length, 100.0, 10.0, 0.0, quality)
    groups = [[replace(staff, top=100.0 * (k + n)) for n in range(s)] for k, s in enumerate(sizes)]
    staves = [staff for group in groups for staff in group]
    return PageStaves(np.zeros((9, 9), np.uint8), lambda _: NO_BARLINES, staves, [], groups)


@pytest.mark.parametrize("lower", [True, False])
def test_a_staff_of_which_grey_points_are_left_is_found(lower: bool) -> None:
    drawing = draw_page(systems=3)
    worn(drawing, 1, lower)
    seen = inked(drawing.image)
    once = page_staves(seen.ink, (0.0,), None, 0.0)
    assert once.is_doubtful and sum(len(group) for group in once.groups) < 6
    again = page_staves(soft_ink_of(seen.clear, SPACE), (0.0,), None, 0.0)
    assert once.better(again) is again
    found = find_systems(drawing.page)
    assert [len(system.staves) for system in found] == [2, 2, 2]
    height = len(drawing.image)
    for system, (_, y0, _, y1) in zip(found, drawing.boxes, strict=True):
        assert (system.box[1] * height, system.box[3] * height) == pytest.approx((y0, y1), abs=3)


def test_even_systems_of_clear_lines_are_not_doubtful() -> None:
    assert not read(2, 2, 2).is_doubtful
    assert not read().is_doubtful
    assert read(2, 2, 1).is_doubtful
    assert read(2, 2, 2, quality=0.5).is_doubtful


def test_more_staves_count_if_systems_are_no_less_alike() -> None:
    few, even, uneven = read(4, 3, 4), read(4, 4, 4), read(4, 4, 4, 1, 1)
    assert few.better(even) is even
    assert few.better(uneven) is few
    assert even.better(few) is even
    faint = read(4, 4, 4, quality=0.2)  # seen everywhere, hardly anywhere clearly
    assert few.better(faint) is few
