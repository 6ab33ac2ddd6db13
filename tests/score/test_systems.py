"""Systems of drawn pages: where they are, however the page lies; nothing where there is none."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing import THINGS, Drawing, draw_page, picture_of, text_page
from scorebridge.score.grouping import group_staves
from scorebridge.score.pages import dark_on_light
from scorebridge.score.staves import Staff
from scorebridge.score.systems import find_systems
from scorebridge.types import Page


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return draw_page()


def found(drawing: Drawing, image: np.ndarray) -> list:
    return find_systems(Page(drawing.page.path, 1, image))


def boxes_px(systems: list, image: np.ndarray) -> np.ndarray:
    height, width = image.shape
    return np.array([s.box for s in systems]) * (width, height, width, height)


def test_systems_lie_where_they_were_drawn(drawing: Drawing) -> None:
    systems = found(drawing, drawing.image)
    assert [s.number for s in systems] == [1, 2, 3]
    assert [len(s.staves) for s in systems] == [2, 2, 2]
    assert np.abs(boxes_px(systems, drawing.image) - drawing.boxes)[:, 1::2].max() < 1.5
    assert np.abs(boxes_px(systems, drawing.image) - drawing.boxes)[:, 0::2].max() < 8
    for system in systems:
        assert system.staff_space == pytest.approx(12, abs=0.1)
        assert abs(system.slope) < 1e-3
        assert 0.5 < system.confidence <= 1


def test_bars_run_from_barline_to_barline(drawing: Drawing) -> None:
    width = drawing.image.shape[1]
    for system, cuts in zip(found(drawing, drawing.image), drawing.barlines, strict=True):
        edges = [system.bars[0][0], *(stop for _, stop in system.bars)]
        assert np.array(edges) * width == pytest.approx(cuts, abs=8)
        assert all(a[1] == b[0] for a, b in zip(system.bars, system.bars[1:], strict=False))


def check_bars(systems: list, drawing: Drawing, width: float) -> None:
    """Barlines lie where they were drawn, on a page `width` px of the drawing wide."""
    for system, cuts in zip(systems, drawing.barlines, strict=True):
        edges = [system.bars[0][0], *(stop for _, stop in system.bars)]
        assert np.array(edges) * width == pytest.approx(cuts, abs=9)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(st.floats(0.5, 1.5))
def test_scaled_page_gives_the_same_systems(scale: float) -> None:
    drawing = draw_page()
    size = (round(drawing.image.shape[1] * scale), round(drawing.image.shape[0] * scale))
    image = cv2.resize(drawing.image, size, interpolation=cv2.INTER_AREA if scale < 1 else 1)
    systems = found(drawing, image)
    assert len(systems) == 3
    expected = np.array(drawing.boxes) * np.tile(np.divide(size, drawing.image.shape[::-1]), 2)
    assert np.abs(boxes_px(systems, image) - expected)[:, 1::2].max() < 1 + scale
    assert systems[0].staff_space == pytest.approx(12 * scale, rel=0.02)
    check_bars(systems, drawing, image.shape[1] / scale)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(st.floats(-2, 2))
def test_turned_page_gives_the_same_systems_turned(degrees: float) -> None:
    drawing = draw_page()
    height, width = drawing.image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    image = cv2.warpAffine(drawing.image, turn, (width, height), borderValue=255)
    systems = found(drawing, image)
    assert [len(s.staves) for s in systems] == [2, 2, 2]
    for system, box, (x0, y0, x1, y1) in zip(
        systems, boxes_px(systems, image), drawing.boxes, strict=True
    ):
        assert system.slope == pytest.approx(-np.tan(np.radians(degrees)), abs=1.5e-3)
        centre = turn @ ((x0 + x1) / 2, (y0 + y1) / 2, 1)
        assert (box[:2] + box[2:]) / 2 == pytest.approx(centre, abs=6)
        assert box[3] - box[1] == pytest.approx(y1 - y0, abs=3)
    for system, box, cuts in zip(systems, drawing.boxes, drawing.barlines, strict=True):
        there = [turn @ (x, (box[1] + box[3]) / 2, 1) for x in cuts]
        edges = np.array([system.bars[0][0], *(stop for _, stop in system.bars)]) * width
        assert edges == pytest.approx([x for x, _ in there], abs=9)


@settings(max_examples=5, deadline=None, derandomize=True)
@given(st.tuples(*[st.integers(0, 400)] * 4), st.integers(0, 255), st.booleans())
def test_page_on_a_larger_canvas_inverted_or_not_moves_along(
    margins: tuple[int, int, int, int], table: int, inverted: bool
) -> None:
    """On a table of any brightness; a negative is undone as `read_pages` does it."""
    drawing = draw_page(systems=2)
    left, top, right, bottom = margins
    image = np.pad(drawing.image, ((top, bottom), (left, right)), constant_values=table)
    systems = found(drawing, dark_on_light(255 - image) if inverted else image)
    moved = np.add(drawing.boxes, (left, top, left, top))
    assert [len(s.bars) for s in systems] == [4, 4]
    assert np.abs(boxes_px(systems, image) - moved).max() < 9


def test_negative_page_is_turned_and_read(drawing: Drawing) -> None:
    assert np.array_equal(dark_on_light(255 - drawing.image), drawing.image)
    assert np.array_equal(dark_on_light(drawing.image), drawing.image)


@pytest.mark.parametrize("value", [255, 0])
def test_padding_moves_systems_along(drawing: Drawing, value: int) -> None:
    """White paper around, or the black border of a scanner."""
    image = np.pad(drawing.image, ((70, 40), (50, 110)), constant_values=value)
    moved = np.add(drawing.boxes, (50, 70, 50, 70))
    assert np.abs(boxes_px(found(drawing, image), image) - moved).max() < 8


def test_shadow_and_noise_do_not_matter(drawing: Drawing) -> None:
    rng = np.random.default_rng(1)
    light = np.linspace(0.45, 0.9, drawing.image.shape[1])[None]
    noisy = drawing.image * 0.75 * light + 40 + rng.normal(0, 6, drawing.image.shape)
    systems = found(drawing, noisy.clip(0, 255).astype(np.uint8))
    assert [len(s.staves) for s in systems] == [2, 2, 2]


@pytest.mark.parametrize("blur", [0.15, 0.2, 0.25])
def test_page_out_of_focus(drawing: Drawing, blur: float) -> None:
    """Blurred by so many staff spaces (12 px), faint, and with the grain of a camera."""
    soft = cv2.GaussianBlur(drawing.image, (0, 0), blur * 12).astype(float) * 0.7 + 40
    grain = np.random.default_rng(2).normal(0, 4, soft.shape)
    image = (soft + grain).clip(0, 255).astype(np.uint8)
    systems = found(drawing, image)
    assert [len(s.staves) for s in systems] == [2, 2, 2]
    assert np.abs(boxes_px(systems, image) - drawing.boxes)[:, 1::2].max() < 3
    check_bars(systems, drawing, image.shape[1])


def test_bent_page(drawing: Drawing) -> None:
    """Near the spine of a book lines bend, here by two staff spaces."""
    height, width = drawing.image.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bend = 24 * np.square(x / width)
    image = cv2.remap(drawing.image, x, y - bend, cv2.INTER_LINEAR, borderValue=255)
    systems = found(drawing, image)
    assert [len(s.staves) for s in systems] == [2, 2, 2]
    assert np.abs(boxes_px(systems, image) - drawing.boxes)[:, 0::2].max() < 10


@pytest.mark.parametrize("seed", range(3))
def test_stamps_handwriting_numbers_and_dirt_change_nothing(seed: int) -> None:
    """A stamp over a corner of the music, a signature, a page number, fingering, a black border."""
    rng = np.random.default_rng(seed)
    drawing = draw_page()
    clean, image = find_systems(drawing.page), drawing.image
    height, width = image.shape
    cv2.ellipse(image, (width - 160, 300), (110, 60), -15, 0, 360, 60, 4)
    cv2.putText(image, "BIBLIOTHEK", (width - 240, 310), cv2.FONT_HERSHEY_COMPLEX, 0.8, 60, 2)
    for y in (40, height - 90, 520):
        x = np.cumsum(rng.uniform(2, 14, 40)) + rng.integers(60, 500)
        pen = np.stack([x, y + 22 * np.sin(0.9 * np.arange(40)) + rng.normal(0, 9, 40)], 1)
        cv2.polylines(image, [pen.round().astype(np.int32)], False, 30, 3, cv2.LINE_AA)
    cv2.putText(image, str(rng.integers(2, 99)), (width // 2, height - 25), 0, 1.0, 0, 2)
    for _ in range(60):
        at = (int(rng.integers(100, width)), int(rng.integers(100, height)))
        cv2.putText(image, str(rng.integers(1, 6)), at, 0, 0.5, 0, 1)
        cv2.circle(image, (at[1], at[0] % height), int(rng.integers(1, 4)), 20, -1)
    image = np.pad(image, ((0, 60), (45, 0)), constant_values=8)
    systems = found(drawing, image)
    assert [len(s.staves) for s in systems] == [2, 2, 2]
    assert [len(s.bars) for s in systems] == [len(s.bars) for s in clean] == [4, 4, 4]
    moved = np.add(drawing.boxes, (45, 0, 45, 0))
    assert np.abs(boxes_px(systems, image) - moved).max() < 9


def test_tight_crop_of_one_system() -> None:
    drawing = draw_page(systems=1, margin=30, left=20)
    image = drawing.image[20:-20, 14 : 20 + 1000 + 6]
    (system,) = found(drawing, image)
    expected = np.subtract(drawing.boxes, (14, 20, 14, 20))
    assert np.abs(boxes_px([system], image) - expected).max() < 8


def test_three_joined_staves_are_one_system() -> None:
    systems = find_systems(draw_page(systems=2, staves=3).page)
    assert [len(s.staves) for s in systems] == [3, 3]


def test_staves_with_barlines_of_their_own_are_paired_by_distance() -> None:
    systems = find_systems(draw_page(systems=3, joined=False).page)
    assert [len(s.staves) for s in systems] == [2, 2, 2]


def test_a_melody_stays_single_staves() -> None:
    systems = find_systems(draw_page(systems=5, staves=1).page)
    assert [len(s.staves) for s in systems] == [1] * 5


@pytest.mark.parametrize(
    "image",
    [
        np.full((1500, 1100), 255, np.uint8),
        np.zeros((1500, 1100), np.uint8),
        np.full((20, 20), 255, np.uint8),
        np.random.default_rng(0).integers(0, 256, (1200, 900)).astype(np.uint8),
        np.where(np.random.default_rng(0).random((1200, 900)) < 0.02, 0, 255).astype(np.uint8),
        text_page(),
        *(picture_of(thing) for thing in THINGS),
    ],
    ids=["white", "black", "tiny", "noise", "specks", "text", *THINGS],
)
def test_no_music_gives_no_systems(image: np.ndarray) -> None:
    assert find_systems(Page(draw_page(1).page.path, 1, image)) == []


def staff(
    top: float, space: float = 10.0, x0: float = 0.0, x1: float = 1000.0, quality: float = 0.9
) -> Staff:
    return Staff(x0, x1, top, space, 0.0, quality)


def grouped(staves: list[Staff], lines: list[int]) -> list[list[Staff]]:
    """Groups of staves that so many lines join with the next; none shows a barline."""
    return group_staves(staves, [n > 1 for n in lines], lambda _: np.zeros((0, 3)))


def test_small_staff_above_a_system_is_left_out() -> None:
    staves = [staff(0, 7, 100, 400), staff(60), staff(160), staff(300), staff(400)]
    groups = grouped(staves, [3, 7, 0, 7])
    assert [[s.top for s in g] for g in groups] == [[60, 160], [300, 400]]


def test_staves_that_grow_down_a_photograph_are_all_full_size() -> None:
    spaces = np.linspace(8, 14, 8)
    staves = [staff(150 * k, space) for k, space in enumerate(spaces)]
    assert [len(g) for g in grouped(staves, [7, 0, 7, 0, 7, 0, 7])] == [2, 2, 2, 2]


def test_as_many_small_staves_as_full_ones_are_left_out() -> None:
    """Another reading of two staves above every system, as in Mozart's K. 332."""
    staves = [staff(100 * k, 10 if k % 4 > 1 else 7) for k in range(16)]
    groups = grouped(staves, [7, 0] * 7 + [7])
    assert [[s.space for s in g] for g in groups] == [[10, 10]] * 4


def test_short_lone_staff_beside_systems_is_left_out() -> None:
    staves = [staff(0, x1=200), staff(100), staff(200), staff(400), staff(500)]
    assert [len(g) for g in grouped(staves, [0, 7, 0, 7])] == [2, 2]


def test_slurs_between_systems_are_no_staff() -> None:
    def numbers(quality: float) -> list[int]:
        staves = [staff(0), staff(100), staff(200, quality=quality), staff(400), staff(500)]
        return [len(g) for g in grouped(staves, [7, 0, 0, 7])]

    assert numbers(0.4) == [2, 2]
    assert numbers(0.8) == [2, 1, 2]


def test_two_lone_staves_near_each_other_between_systems_are_a_pair() -> None:
    staves = [staff(100 * k) for k in range(6)]
    assert [len(g) for g in grouped(staves, [7, 0, 0, 0, 7])] == [2, 2, 2]
