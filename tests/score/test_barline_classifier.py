"""The views that the classifier gets, and its bars of drawn systems."""

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from drawing import Drawing, draw_page
from scorebridge.errors import ModelError
from scorebridge.score.barline_classifier import (
    GAP_HEIGHT,
    PX_PER_SPACE,
    STAFF_HEIGHT,
    VIEW_HEIGHT,
    VIEW_WIDTH,
    shipped_classifier,
    views_of,
)
from scorebridge.score.barlines import SHIPPED, Classifiers
from scorebridge.score.staves import Staff, ink_of
from scorebridge.score.systems import find_systems
from scorebridge.score.uprights import candidates
from scorebridge.types import Page, System

SPACE = 12
GAP = 7 * SPACE


def pair_of(drawing: Drawing, number: int = 0) -> tuple[Staff, Staff]:
    x0, y0, x1, y1 = drawing.boxes[number]
    upper = Staff(x0, x1, y0, SPACE, 0.0, 1.0)
    return upper, Staff(x0, x1, y1 - 4 * SPACE, SPACE, 0.0, 1.0)


def test_views_show_both_staves_to_one_size() -> None:
    """Lines at every 6th row of a staff, the barline in the middle column from end to end."""
    drawing = draw_page(systems=1)
    ink = ink_of(drawing.image)
    x = np.array(drawing.barlines[0][1:3], float)
    views = views_of(ink, *pair_of(drawing), np.stack([x, 0 * x], 1))
    assert views.shape == (2, VIEW_HEIGHT, VIEW_WIDTH) and views.dtype == np.uint8
    above = STAFF_HEIGHT - 4 * PX_PER_SPACE
    middle = views[:, :, VIEW_WIDTH // 2 - 1 : VIEW_WIDTH // 2 + 1].max(2)
    assert (middle[:, above + 1 : VIEW_HEIGHT - above - 1] > 100).all()
    lines = np.r_[
        above:STAFF_HEIGHT:PX_PER_SPACE,
        STAFF_HEIGHT + GAP_HEIGHT : VIEW_HEIGHT - above : PX_PER_SPACE,
    ]
    paper = lines[lines != STAFF_HEIGHT] + PX_PER_SPACE // 2  # but the last of the upper staff
    dark = views.mean((0, 2))
    assert dark[lines].min() > 200 and np.median(dark[paper]) < 100


@pytest.mark.parametrize("scale", [0.6, 1.7])
def test_views_are_alike_at_any_size(scale: float) -> None:
    drawing = draw_page(systems=1)
    size = tuple(round(n * scale) for n in drawing.image.shape[::-1])
    image = np.asarray(cv2.resize(drawing.image, size, interpolation=cv2.INTER_AREA), np.uint8)
    upper, lower = pair_of(drawing)
    above, below = (
        Staff(s.x0 * scale, s.x1 * scale, s.top * scale, s.space * scale, 0.0, 1.0)
        for s in (upper, lower)
    )
    x = np.array(drawing.barlines[0][1:4], float)
    one = views_of(ink_of(drawing.image), upper, lower, np.stack([x, 0 * x], 1))
    other = views_of(ink_of(image), above, below, np.stack([x * scale, 0 * x], 1))
    soft, like = (cv2.GaussianBlur(v.reshape(-1, VIEW_WIDTH), (0, 0), 1.5) for v in (one, other))
    assert np.corrcoef(soft.ravel(), like.ravel())[0, 1] > 0.85


def test_leaning_lines_stand_upright_in_views() -> None:
    drawing = draw_page(systems=1)
    upper, lower = pair_of(drawing)
    image = np.full_like(drawing.image, 255)
    lean, middle = 0.06, (upper.top + lower.y(upper.x0, 4)) / 2
    tall = round(lower.y(upper.x0, 4) - middle)
    ends = [(round(500 + lean * d), round(middle + d)) for d in (-tall, tall)]
    cv2.line(image, ends[0], ends[1], 0, 3)
    (view,) = views_of(ink_of(image), upper, lower, np.array([[500.0, lean]]))
    (straight,) = views_of(ink_of(image), upper, lower, np.array([[500.0, 0.0]]))
    spread = [np.average(np.arange(VIEW_WIDTH), weights=v.sum(0) + 0.0) for v in (view, straight)]
    assert spread[0] == pytest.approx(VIEW_WIDTH / 2, abs=1)
    assert view.sum(0).max() > 1.3 * straight.sum(0).max()


def test_no_candidates_no_views() -> None:
    assert views_of(np.zeros((400, 400), np.uint8), *pair_of(draw_page(systems=1)),
                    np.zeros((0, 2))).shape == (0, VIEW_HEIGHT, VIEW_WIDTH)  # fmt: skip
    assert len(shipped_classifier(np.zeros((0, VIEW_HEIGHT, VIEW_WIDTH), np.uint8))) == 0


def bare_system() -> Drawing:
    """Four bars without notes."""
    drawing = draw_page(systems=1)
    for x0, x1 in pairwise(drawing.barlines[0]):  # notes away
        for top in (round(drawing.boxes[0][1]), round(drawing.boxes[0][3]) - 4 * SPACE):
            drawing.image[top - 80 : top + 5 * SPACE + 30, x0 + 3 : x1 - 2] = 255
            for line in range(5):
                y = top + 1 + line * SPACE
                drawing.image[y - 1 : y + 1, x0 + 3 : x1 - 2] = 0
    return drawing


def chord_through(drawing: Drawing, x: int) -> None:
    """A stem from above the upper staff to below the lower one, with noteheads in both."""
    top, bottom = round(drawing.boxes[0][1]), round(drawing.boxes[0][3])
    drawing.image[top - SPACE : bottom + SPACE, x - 1 : x + 1] = 0
    for y in (top, top + 2 * SPACE, top + 18 * SPACE // 2, bottom - 3 * SPACE, bottom - SPACE):
        cv2.ellipse(drawing.image, (x - 7, y), (8, 6), -20, 0, 360, 0, -1)


def only(drawing: Drawing, geometry: bool = False) -> System:
    page = Page(drawing.page.path, 1, drawing.image)
    (system,) = find_systems(page, None if geometry else SHIPPED)
    return system


def test_a_chord_through_both_staves_is_no_barline() -> None:
    """Ink alone takes it for one; the network does not."""
    drawing = bare_system()
    cuts = drawing.barlines[0]
    x = round(0.45 * cuts[1] + 0.55 * cuts[2])
    before = len(candidates(ink_of(drawing.image), *pair_of(drawing)))
    chord_through(drawing, x)
    assert len(candidates(ink_of(drawing.image), *pair_of(drawing))) == before + 1
    assert len(only(drawing, geometry=True).bars) == 5
    system = only(drawing)
    edges = np.array([system.bars[0][0], *(stop for _, stop in system.bars)])
    assert edges * drawing.image.shape[1] == pytest.approx(cuts, abs=8)


def test_a_barline_with_gaps_is_one() -> None:
    """Worn print: too little ink for geometry."""
    drawing = bare_system()
    x, (_, y0, _, y1) = drawing.barlines[0][2], drawing.boxes[0]
    for y in range(round(y0) + 60, round(y1) - 60, 16):
        drawing.image[y : y + 4, x - 3 : x + 4] = 255
    assert len(only(drawing, geometry=True).bars) == 3
    assert len(only(drawing).bars) == 4


def test_confidence_is_the_classifiers() -> None:
    """Of a classifier that is certain of all lines but one."""
    drawing = bare_system()

    def unsure(views: np.ndarray) -> np.ndarray:
        likely = np.full(len(views), 0.99, np.float32)
        likely[2] = 0.6
        return likely

    page = Page(drawing.page.path, 1, drawing.image)
    (system,) = find_systems(page, Classifiers(pair=unsure))
    assert system.bar_confidence == pytest.approx([0.99, 0.6, 0.6, 0.99], abs=0.011)

    def doubtful(views: np.ndarray) -> np.ndarray:
        likely = np.full(len(views), 0.99, np.float32)
        likely[2] = 0.3
        return likely

    (system,) = find_systems(page, Classifiers(pair=doubtful))
    assert len(system.bars) == 3
    assert system.bar_confidence == pytest.approx([0.99, 0.7, 0.99], abs=0.011)


def test_a_missing_network_is_an_error(tmp_path: Path) -> None:
    views = np.zeros((1, VIEW_HEIGHT, VIEW_WIDTH), np.uint8)
    with pytest.raises(ModelError, match="Reinstall"):
        shipped_classifier(views, tmp_path / "barlines.xml")
