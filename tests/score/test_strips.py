"""Strips are straight, to scale and centred; windows lie where their centres say."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from drawing import draw_page
from scorebridge.score.strips import (
    LOWER,
    MARGIN,
    MAX_SHORT,
    MAX_WIDTH,
    OVERHANG,
    STAFF_SPACE,
    STRIP_HEIGHT,
    UPPER,
    WINDOW_HEIGHT,
    WINDOW_WIDTH,
    Strip,
    cut_strip,
    paired,
    strip_of,
)
from scorebridge.score.systems import find_systems
from scorebridge.score.unrolled import cut_windows, unroll, unrolled_strip, window_centers
from scorebridge.types import Page, System

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
        assert copy.images.shape[2] == pytest.approx(original.images.shape[2], abs=6)
        a = cv2.GaussianBlur(original.images[0], (0, 0), 1.5)[20:-20, 8:260]
        b = cv2.GaussianBlur(copy.images[0], (0, 0), 1.5)
        match = cv2.matchTemplate(b, a, cv2.TM_CCOEFF_NORMED)
        best = np.unravel_index(match.argmax(), match.shape)
        assert match.max() > 0.9
        assert best == pytest.approx((20, 8), abs=3)


def test_place_of_columns_on_the_page() -> None:
    drawing = draw_page(systems=1)
    (system,) = find_systems(drawing.page)
    strip = strip_of(drawing.page, system)
    width = drawing.image.shape[1]
    per_column = (strip.x1 - strip.x0) * width / strip.images.shape[2]
    assert per_column == pytest.approx(12 / STAFF_SPACE, rel=0.01)
    last = drawing.barlines[0][-1]  # the final barline's column, by eye and by place
    column = (last / width - strip.x0) / (strip.x1 - strip.x0) * strip.images.shape[2]
    dark = strip.images[0, STRIP_HEIGHT // 2 - 4 : STRIP_HEIGHT // 2 + 4].mean(0)
    near = np.arange(int(column) - 6, min(int(column) + 7, strip.images.shape[2]))
    assert near[dark[near].argmin()] == pytest.approx(column, abs=1.5)


def strip(width: int, value: int) -> Strip:
    images = np.full((1, STRIP_HEIGHT, width), value, np.uint8)
    return Strip(images, 1, 1, (0, 0, 1, 1), 0.0, 1.0)


def test_unrolled_strips_stand_side_by_side() -> None:
    unrolled = unroll([strip(30, 1), strip(50, 2)])
    assert unrolled.offsets.tolist() == [0, 30, 80]
    image = unrolled.block(0, 80)[0]
    assert unrolled.width == 80 and image.shape == (STRIP_HEIGHT, 80)
    assert (image[:, :30] == 1).all() and (image[:, 30:] == 2).all()
    assert unroll([]).width == 0 and unroll([]).offsets.tolist() == [0]


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
    windows, owner = cut_windows(unrolled_strip(image), np.array([150, 20]), dy=3)
    assert owner.tolist() == [0, 1]
    assert windows.shape == (2, WINDOW_HEIGHT, WINDOW_WIDTH) and windows.dtype == np.uint8
    assert (windows[0, :, 90] == 200).all()
    assert windows[0, 0, 0] == (STRIP_HEIGHT - WINDOW_HEIGHT) // 2 + 3
    assert (windows[1, :, :70] == 255).all() and (windows[1, :, 70] != 255).all()


def staves_page(count: int, notes: bool = True) -> tuple[Page, System]:
    """A system of `count` staves 13 spaces apart, with one notehead on each in another column."""
    tall, width, space = 300 + count * 13 * 10, 1200, 10
    image = np.full((tall, width), 255, np.uint8)
    staves = []
    for k in range(count):
        top = 150 + k * 13 * space
        for line in range(5):
            image[top + line * space : top + line * space + 2, 100:1100] = 0
        if notes:
            image[top + 15 : top + 25, 300 + 60 * k : 312 + 60 * k] = 0
        staves.append((100 / width, top / tall, 1100 / width, (top + 4 * space + 2) / tall))
    box = (staves[0][0], staves[0][1], staves[0][2], staves[-1][3])
    return Page(Path("drawn.png"), 1, image), System(1, 1, box, tuple(staves), float(space))


@pytest.mark.parametrize(
    ("count", "pairs"),
    [
        (1, [(0, None)]),
        (2, [(0, 1)]),
        (3, [(0, None), (1, 2)]),
        (5, [(0, None), (1, 2), (3, 4)]),
        (6, [(0, 1), (2, 3), (4, 5)]),
    ],
)
def test_staves_share_strips_from_the_lowest_upwards(
    count: int, pairs: list[tuple[int, int | None]]
) -> None:
    assert paired(count) == pairs
    images = strip_of(*staves_page(count), every_staff=True).images
    assert images.shape[:2] == (len(pairs), STRIP_HEIGHT)
    for image, (upper, lower) in zip(images, pairs, strict=True):
        for staff, row in ((upper, UPPER), (lower, LOWER)):
            if staff is None:
                continue
            column = round((200 + 60 * staff + 6) * STAFF_SPACE / 10 + MARGIN)
            assert image[row - 3 : row + 3, column].min() < 60  # the notehead, on its staff
            other = column + round(40 * STAFF_SPACE / 10)
            assert image[row - 1 : row + 1, other].min() > 60  # between two lines


def test_an_encoder_that_does_not_pool_gets_the_core_alone() -> None:
    page, system = staves_page(3)
    piano = (system.box[0], system.staves[1][1], *system.box[2:])
    (image,) = strip_of(page, replace(system, core=piano)).images
    column = round((200 + 60 + 6) * STAFF_SPACE / 10 + MARGIN)
    assert image[UPPER - 3 : UPPER + 3, column].min() < 60  # the second staff's notehead
    assert len(strip_of(page, replace(system, core=piano), every_staff=True).images) == 2


def test_a_lone_staff_has_an_empty_one_below_it() -> None:
    (image,) = strip_of(*staves_page(1, notes=False)).images
    lines = np.flatnonzero(image[:, 150] < 200)
    expected = [y + k * STAFF_SPACE for y in (UPPER, LOWER) for k in range(-2, 3)]
    for y in expected:
        assert np.abs(lines - y).min() <= 1
    assert image[: UPPER - 12, 150].min() == image[LOWER + 12 :, 150].min() == 255
    middle = round((UPPER + LOWER) / 2)
    left, right = round(MARGIN), round(1000 * STAFF_SPACE / 10 + MARGIN)
    assert (
        image[middle, left - 2 : left + 2].min()
        <= 128
        >= image[middle, right - 2 : right + 2].min()
    )
    assert image[middle, left + 5 : right - 5].min() == 255


def test_windows_of_many_staves_leave_blank_strips_out() -> None:
    quartet, trio = (strip_of(*staves_page(count), every_staff=True) for count in (4, 3))
    piano = strip_of(*staves_page(2))
    unrolled = unroll([piano, quartet, trio])
    width = piano.images.shape[2]
    windows, owner = cut_windows(unrolled, np.array([150, width, width + 200]))
    assert owner.tolist() == [0, 1, 1, 2, 2]
    assert windows.shape[1:] == (WINDOW_HEIGHT, WINDOW_WIDTH)
    # Where two systems meet, the lowest strips of both are in line.
    assert (windows[2, :, 20:70].min(0) < 255).all() and (windows[2, :, 120:].min(0) < 255).all()
    assert windows[1, :, :80].min() == 255
    part = unrolled.cut(width - 30, width + 50)
    assert part.width == 80 and [len(s) for s in part.systems] == [1, 2]


def test_a_small_staff_gets_the_size_of_the_others() -> None:
    page, system = staves_page(3)
    tall = page.image.shape[0]
    image = page.image.copy()
    image[140:200] = 255
    for line in range(5):
        image[150 + line * 7 : 152 + line * 7, 100:1100] = 0
    x0, y0, x1, _ = system.staves[0]
    small = replace(system, staves=((x0, y0, x1, (150 + 4 * 7 + 2) / tall), *system.staves[1:]))
    upper = strip_of(replace(page, image=image), small, every_staff=True).images[0]
    lines = np.flatnonzero(upper[: UPPER + 10, 200] < 200)
    for k in range(-2, 3):
        assert np.abs(lines - (UPPER + k * STAFF_SPACE)).min() <= 1
