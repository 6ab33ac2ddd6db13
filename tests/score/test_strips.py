"""Strips are straight, to scale and centred; windows lie where their centres say."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from drawing import draw_page
from scorebridge.score.strips import (
    MARGIN,
    MAX_SHORT,
    MAX_WIDTH,
    OVERHANG,
    STAFF_SPACE,
    STRIP_HEIGHT,
    WINDOW_HEIGHT,
    WINDOW_WIDTH,
    Strip,
    cut_strip,
    cut_windows,
    strip_of,
    unroll,
    window_centers,
)
from scorebridge.score.systems import find_systems
from scorebridge.types import Page

SPACE = 14.0


def ruled(slope: float) -> np.ndarray:
    """Two staves with exact lines 2 px thick, x = 200 to 1200; in the middle y = 400 to 624."""
    x, y = np.meshgrid(np.arange(1400), np.arange(1000))
    level = y + 0.5 - slope * (x + 0.5 - 700)
    page = np.full(x.shape, 255.0)
    for top in (400, 568):
        for line in range(5):
            cover = np.clip(1.5 - np.abs(level - top - line * SPACE), 0, 1)
            page -= 255 * cover
    page[:, :200], page[:, 1200:] = 255, 255
    return page.round().clip(0, 255).astype(np.uint8)


BOX = (200.0, 400.0, 1200.0, 624.0)


def line_rows(columns: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Centre of gravity of the ink within half a staff space of each expected row."""
    ink = 255 - columns.astype(float).mean(1)
    rows = np.arange(len(ink)) + 0.5
    near = np.abs(rows - expected[:, None]) < STAFF_SPACE / 2
    return (near * ink * rows).sum(1) / (near * ink).sum(1)


@pytest.mark.parametrize("slope", [0.0, 0.03, -0.05])
def test_strip_is_straight_to_scale_and_centred(slope: float) -> None:
    strip = cut_strip(ruled(slope), BOX, SPACE, slope)
    assert strip.shape == (STRIP_HEIGHT, round(1000 * STAFF_SPACE / SPACE + 2 * MARGIN))
    middle = STRIP_HEIGHT / 2
    one = STAFF_SPACE * np.arange(5)
    expected = np.concatenate([middle - 24 + one, middle + 10 + one])  # 34 px apart, not 42
    for start in (int(MARGIN) + 4, strip.shape[1] // 2, strip.shape[1] - int(MARGIN) - 24):
        columns = strip[:, start : start + 20]
        assert line_rows(columns, expected) == pytest.approx(expected, abs=0.25)
        assert columns.mean(1)[int(middle)] == 255  # nothing between the staves


def test_strip_begins_a_margin_before_the_lines() -> None:
    strip = cut_strip(ruled(0.0), BOX, SPACE)
    inked = np.flatnonzero(strip.min(0) < 200)
    assert (inked[0], inked[-1] + 1) == pytest.approx((MARGIN, strip.shape[1] - MARGIN), abs=1)


def test_what_lies_off_the_page_is_white() -> None:
    page = ruled(0.0)[395:630, 198:1202]
    strip = cut_strip(page, (2, 5, 1002, 229), SPACE)
    assert strip.shape[0] == STRIP_HEIGHT
    assert strip[:8].min() == 255 and strip[-8:].min() == 255
    assert cut_strip(page, (5000, 5000, 6000, 5224), SPACE).min() == 255


def test_strip_width_is_bounded() -> None:
    assert cut_strip(ruled(0.0), BOX, 0.5).shape[1] == MAX_WIDTH


@pytest.mark.parametrize(("scale", "degrees"), [(1.0, 0.0), (0.6, 1.0), (1.4, -1.5)])
def test_strips_of_a_page_look_alike_however_it_was_scanned(scale: float, degrees: float) -> None:
    """Found and cut from a turned and scaled copy, a strip matches the original's."""
    drawing = draw_page(systems=2)
    height, width = drawing.image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    size = (round(width * max(1, scale)), round(height * max(1, scale)))
    turn[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    # Shrinking by sampling alone would lose the lines, as no scanner does.
    soft = cv2.GaussianBlur(drawing.image, (0, 0), 0.4 / scale) if scale < 1 else drawing.image
    image = cv2.warpAffine(soft, turn, size, borderValue=255)

    def strips(picture: np.ndarray) -> list[Strip]:
        page = Page(Path("drawn.png"), 1, picture)
        return [strip_of(page, system) for system in find_systems(page)]

    for original, copy in zip(strips(drawing.image), strips(image), strict=True):
        assert copy.image.shape[1] == pytest.approx(original.image.shape[1], abs=6)
        a = cv2.GaussianBlur(original.image, (0, 0), 1.5)[20:-20, 8:260]
        b = cv2.GaussianBlur(copy.image, (0, 0), 1.5)
        match = cv2.matchTemplate(b, a, cv2.TM_CCOEFF_NORMED)
        best = np.unravel_index(match.argmax(), match.shape)
        assert match.max() > 0.9
        assert best == pytest.approx((20, 8), abs=3)


def test_place_of_columns_on_the_page() -> None:
    drawing = draw_page(systems=1)
    (system,) = find_systems(drawing.page)
    strip = strip_of(drawing.page, system)
    width = drawing.image.shape[1]
    per_column = (strip.x1 - strip.x0) * width / strip.image.shape[1]
    assert per_column == pytest.approx(12 / STAFF_SPACE, rel=0.01)
    last = drawing.barlines[0][-1]  # the final barline's column, by eye and by place
    column = (last / width - strip.x0) / (strip.x1 - strip.x0) * strip.image.shape[1]
    dark = strip.image[STRIP_HEIGHT // 2 - 4 : STRIP_HEIGHT // 2 + 4].mean(0)
    near = np.arange(int(column) - 6, min(int(column) + 7, strip.image.shape[1]))
    assert near[dark[near].argmin()] == pytest.approx(column, abs=1.5)


def strip(width: int, value: int) -> Strip:
    return Strip(np.full((STRIP_HEIGHT, width), value, np.uint8), 1, 1, (0, 0, 1, 1), 0.0, 1.0)


def test_unrolled_strips_stand_side_by_side() -> None:
    unrolled = unroll([strip(30, 1), strip(50, 2)])
    assert unrolled.offsets.tolist() == [0, 30, 80]
    assert unrolled.image.shape == (STRIP_HEIGHT, 80)
    assert (unrolled.image[:, :30] == 1).all() and (unrolled.image[:, 30:] == 2).all()
    assert unroll([]).image.shape == (STRIP_HEIGHT, 0)
    assert unroll([]).offsets.tolist() == [0]


@pytest.mark.parametrize("width", [1, 49, 50, 51, 100, 112, 113, 125, 1000, 1500, 1512, 1513])
def test_windows_reach_from_end_to_end(width: int) -> None:
    centers = window_centers(width)
    over = OVERHANG if width < MAX_SHORT else 0  # a line or two are seen to their very ends
    if width + 2 * over <= WINDOW_WIDTH:
        assert centers.tolist() == [width // 2]
        return
    starts, stops = centers - WINDOW_WIDTH // 2, centers + WINDOW_WIDTH // 2
    assert starts[0] == -over and stops.max() <= width + over
    assert width + over - stops[-1] <= 12  # no more than half a hop is left over
    steps = np.diff(centers)
    assert (steps > 0).all() and (steps <= 25).all()


def test_windows_are_cut_around_their_centres() -> None:
    image = np.arange(STRIP_HEIGHT)[:, None] + np.zeros(300, int)[None]
    image = image.astype(np.uint8)
    image[:, 150] = 200
    windows = cut_windows(image, np.array([150, 20]), dy=3)
    assert windows.shape == (2, WINDOW_HEIGHT, WINDOW_WIDTH) and windows.dtype == np.uint8
    assert (windows[0, :, 90] == 200).all()
    assert windows[0, 0, 0] == (STRIP_HEIGHT - WINDOW_HEIGHT) // 2 + 3
    assert (windows[1, :, :70] == 255).all() and (windows[1, :, 70] != 255).all()
