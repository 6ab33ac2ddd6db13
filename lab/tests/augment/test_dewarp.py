"""Photographs and open books: what is found lies where it was drawn, strips come out straight."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing import Drawing, draw_page
from scorebridge.score.strips import STRIP_HEIGHT, strip_of
from scorebridge.score.systems import find_systems
from scorebridge.types import Page, System
from scorebridge_lab.augment.photo import Photo, View, photograph

DRAWING = draw_page(systems=3, margin=120)


def shot(drawing: Drawing, photo: Photo) -> tuple[Page, View]:
    image, view = photograph(drawing.image, photo, np.random.default_rng(0))
    return Page(Path("photo.jpg"), 1, image), view


def middles(drawing: Drawing, view: View) -> np.ndarray:
    """Where the systems' middles lie on the photograph, as fractions."""
    boxes = np.array(drawing.boxes)
    there = view.project(((boxes[:, :2] + boxes[:, 2:]) / 2).astype(np.float64))
    return there / view.shape[::-1]


def check(systems: list[System], drawing: Drawing, view: View) -> None:
    assert [len(s.staves) for s in systems] == [2] * len(drawing.boxes)
    assert [len(s.bars) for s in systems] == [4] * len(drawing.boxes)
    for system, (x, y), cuts in zip(systems, middles(drawing, view), drawing.barlines, strict=True):
        assert system.box[0] < x < system.box[2] and system.box[1] < y < system.box[3]
        row = np.full(len(cuts), np.mean(np.array(drawing.boxes[system.number - 1])[[1, 3]]))
        true = (
            view.project(np.stack([np.array(cuts, np.float64), row.astype(np.float64)], 1))[:, 0]
            / view.shape[1]
        )
        edges = [system.bars[0][0], *(stop for _, stop in system.bars)]
        assert np.abs(np.array(edges) - true).max() < 0.012


@pytest.mark.parametrize(
    "photo",
    [
        Photo(yaw=25, megapixels=3),
        Photo(yaw=-20, pitch=12, roll=3, megapixels=3, shadow=0.5, light=0.4),
        Photo(pitch=25, megapixels=3, blur=0.8, grain=5),
        Photo(spine=25, reach=0.2, pitch=8, megapixels=3),
    ],
    ids=["from the right", "slant and shadow", "from below", "book"],
)
def test_photograph_is_read_like_the_page(photo: Photo) -> None:
    page, view = shot(DRAWING, photo)
    systems = find_systems(page)
    check(systems, DRAWING, view)
    flat = find_systems(DRAWING.page)
    for bent, straight in zip(systems, flat, strict=True):
        a, b = strip_of(page, bent), strip_of(DRAWING.page, straight)
        assert a.images[0].shape[1] == pytest.approx(b.images.shape[2], rel=0.08)
        assert a.images.shape[1] == STRIP_HEIGHT and a.xs[0] < a.xs[-1]
        # As alike as two scans of one page: blurred, stretched to one length, correlated.
        size = (b.images.shape[2], STRIP_HEIGHT)
        one = cv2.GaussianBlur(cv2.resize(a.images[0], size), (0, 0), 1.5)[8:-8, 12:-12]
        other = cv2.GaussianBlur(b.images[0], (0, 0), 1.5)
        assert cv2.matchTemplate(other, one, cv2.TM_CCOEFF_NORMED).max() > 0.7


@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.floats(-12, 12))
def test_page_turned_far_is_read(degrees: float) -> None:
    height, width = DRAWING.image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 0.8)
    image = cv2.warpAffine(DRAWING.image, turn, (width, height), borderValue=255)
    systems = find_systems(Page(Path("turned.png"), 1, np.asarray(image, np.uint8)))
    assert [len(s.bars) for s in systems] == [4, 4, 4]


def test_straight_page_is_left_as_it_is() -> None:
    assert all(not s.bend for s in find_systems(DRAWING.page))


@settings(max_examples=4, deadline=None, derandomize=True)
@given(st.floats(-3, 3), st.integers(0, 255))
def test_two_pages_side_by_side_are_read_one_after_the_other(degrees: float, table: int) -> None:
    """An open book on a table, a little turned: the left page first."""
    one, other = draw_page(systems=3), draw_page(systems=2, seed=1)
    height = max(one.image.shape[0], other.image.shape[0])
    halves = [
        np.pad(d.image, ((0, height - d.image.shape[0]), (0, 0)), constant_values=255)
        for d in (one, other)
    ]
    book = np.pad(np.hstack(halves), 90, constant_values=table)
    turn = cv2.getRotationMatrix2D((book.shape[1] / 2, book.shape[0] / 2), degrees, 0.9)
    size = (book.shape[1], book.shape[0])
    image = cv2.warpAffine(book, turn, size, borderValue=(table,), flags=cv2.INTER_AREA)
    systems = find_systems(Page(Path("book.png"), 1, np.asarray(image, np.uint8)))
    assert [s.number for s in systems] == [1, 2, 3, 4, 5]
    assert [len(s.staves) for s in systems] == [2] * 5
    assert [len(s.bars) for s in systems] == [4] * 5
    left, right = systems[:3], systems[3:]
    assert max(s.box[2] for s in left) < min(s.box[0] for s in right)


def test_a_gap_in_one_system_is_no_gutter() -> None:
    """A coda set apart on the same line."""
    drawing = draw_page(systems=1)
    drawing.image[:, 560:620] = 255
    systems = find_systems(drawing.page)
    assert len(systems) == 1
