"""Pages stored on their side or upside down are turned upright, by their music."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from drawing import draw_page, text_page
from scorebridge.score.direction import (
    MAX_WIDTH,
    read_turned,
    read_upright,
    turned,
    turned_pages,
    upright_evidence,
)
from scorebridge.score.direction_classifier import VIEW_SIZE, shipped_direction, views_of
from scorebridge.score.pages import read_pages
from scorebridge.score.stripes import CLEAR_STRIPES, sideways_evidence
from scorebridge.score.systems import find_systems
from scorebridge.types import MIN_ROTATION_CONFIDENCE, Page, Rotation

DEMO = Path(__file__).parents[2] / "demo" / "scores"
TURNS: tuple[Rotation, ...] = (0, 90, 180, 270)


@pytest.fixture(scope="module")
def marked() -> Page:
    """A page whose staves begin with a black square."""
    drawing = draw_page(systems=3)
    image = drawing.image.copy()
    for system in find_systems(drawing.page):
        for x0, y0, _, y1 in system.staves:
            left, top = x0 * image.shape[1] + 6, (y0 + y1) / 2 * image.shape[0] - 12
            cv2.rectangle(
                image, (round(left), round(top)), (round(left) + 24, round(top) + 24), 0, -1
            )
    return replace(drawing.page, image=image)


def by_marks(views: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A classifier that knows the black squares: at the left they are upright."""
    half = VIEW_SIZE // 2
    left, right = (
        cv2.erode(np.ascontiguousarray(part.transpose(1, 2, 0)), np.ones((8, 8))).reshape(
            -1, len(views)
        )
        for part in (views[:, 20:40, :half], views[:, 20:40, half:])
    )
    marks = (left > 200).any(0).astype(np.float32) - (right > 200).any(0)
    return np.asarray(4 * marks, np.float32)


@pytest.mark.parametrize("turn", TURNS)
def test_a_page_is_turned_upright_from_any_direction(marked: Page, turn: Rotation) -> None:
    upright, systems = read_upright(marked, classifier=by_marks)
    assert upright.rotation == 0 and upright.rotation_confidence > 0.95
    page, found = read_upright(stored(marked, turn), classifier=by_marks)
    assert (page.rotation + turn) % 360 == 0 and page.rotation_confidence > 0.95
    assert np.array_equal(page.image, marked.image)
    assert [s.box for s in found] == [s.box for s in systems]


def test_an_upright_page_is_read_once(marked: Page) -> None:
    read: list[Page] = []

    def systems_of(page: Page) -> list:
        read.append(page)
        return find_systems(page)

    read_upright(marked, systems_of, by_marks)
    assert len(read) == 1


def test_undecided_pages_stay_as_they_are_stored(marked: Page) -> None:
    """Unless they lie on their side: then the staves at least are level."""

    def nothing_known(views: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.full(len(views), -0.01, np.float32)

    page, systems = read_upright(marked, classifier=nothing_known)
    assert page.rotation == 0 and page.rotation_confidence < MIN_ROTATION_CONFIDENCE
    assert len(systems) == 3
    page, systems = read_upright(stored(marked, 90), classifier=nothing_known)
    assert page.rotation in (90, 270) and page.rotation_confidence < MIN_ROTATION_CONFIDENCE
    assert len(systems) == 3


def test_clefs_on_the_first_line_alone_suffice(marked: Page) -> None:
    """As in lead sheets: that the other lines show none speaks weakly against it."""

    def on_the_first(views: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.array([5, 4] + [-5, 4] * (len(views) // 2 - 1), np.float32)

    assert upright_evidence(marked, find_systems(marked), on_the_first) > 2


@pytest.mark.parametrize("turn", TURNS)
def test_text_and_tables_are_no_music(turn: Rotation) -> None:
    page = stored(Page(Path("text.png"), 1, text_page()), turn)
    read, systems = read_upright(page)
    assert systems == [] and read.rotation == 0 and read.rotation_confidence == 0
    assert read.image is page.image


@pytest.mark.parametrize("degrees", [-19, -8, 0, 8, 19])
def test_stripes_tell_skewed_pages_from_pages_on_their_side(degrees: float) -> None:
    image = draw_page(systems=4).image
    height, width = image.shape
    middle = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 0.8)
    skewed = cv2.warpAffine(image, middle, (width, height), borderValue=(230,))
    level = sideways_evidence(np.asarray(skewed, np.uint8))
    sideways = sideways_evidence(np.ascontiguousarray(np.rot90(skewed)).astype(np.uint8))
    assert level < -CLEAR_STRIPES and sideways > CLEAR_STRIPES


def test_turning_keeps_pictures_at_working_size() -> None:
    page = Page(Path("high.png"), 1, np.zeros((6000, 1000), np.uint8))
    page.image[:40] = 255  # its upper edge
    over = turned(page, 90)
    assert over.image.shape == (MAX_WIDTH / 6, MAX_WIDTH) and over.rotation == 90
    assert over.image[:, -10:].min() == 255  # is at the right
    assert turned(turned(page, 270), 180).rotation == 90
    assert turned(page, 0) is page


def test_a_known_rotation_is_taken_and_judged(marked: Page) -> None:
    page, systems = read_turned(stored(marked, 180), 180, classifier=by_marks)
    assert page.rotation == 180 and page.rotation_confidence > 0.95 and len(systems) == 3
    page, _ = read_turned(stored(marked, 180), 0, classifier=by_marks)
    assert page.rotation == 0 and page.rotation_confidence == 0


def test_pages_of_a_document_follow_its_rotations() -> None:
    path = DEMO / "scan_05.tif"
    first, *_ = read_pages(path)
    over, *_ = turned_pages(path, {1: 90})
    assert over.rotation == 90 and over.image.shape == first.image.shape[::-1]


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("name", ["scan_02.jpg", "scan_03.png"])
def test_the_shipped_network_knows_scans(name: str, turn: Rotation) -> None:
    (page,) = read_pages(DEMO / name)
    read, systems = read_upright(stored(page, turn))
    assert systems and (read.rotation + turn) % 360 == 0
    assert read.rotation_confidence > 0.95


def test_views_are_of_paper_and_ink_and_turn_with_the_page() -> None:
    image = np.full((400, 600), 200, np.uint8)
    image[190:210, 100:500] = 90
    (view,) = views_of(image, np.array([[300.0, 200.0, 0.0, 10.0]]))
    assert view.shape == (VIEW_SIZE, VIEW_SIZE)
    assert view[:20].max() == 0 and view[28:32].min() == 255
    answers = shipped_direction(np.stack([view, view[::-1, ::-1]]))
    assert answers[0] == pytest.approx(-answers[1], abs=1e-4)
    assert len(views_of(image, np.zeros((0, 4)))) == 0
    assert len(shipped_direction(np.zeros((0, VIEW_SIZE, VIEW_SIZE), np.uint8))) == 0


def stored(page: Page, turn: Rotation) -> Page:
    """The page as a file would hold it that is turned clockwise."""
    return replace(page, image=np.ascontiguousarray(np.rot90(page.image, -turn // 90)))
