"""Degraded pages: what is asked for happens, and places on the page can still be known."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from scorebridge_lab.augment.scan import (
    Scan,
    bend,
    bend_points,
    capture,
    degrade,
    draw_page_scan,
    draw_scan,
    screened,
    tint,
)

SPACE = 8.0  # px between staff lines


def page(height: int = 300, width: int = 420) -> np.ndarray:
    """Two staves with a few noteheads, smooth edges as an engraver draws them."""
    image = np.full((height, width), 255, np.uint8)
    for top in (80, 180):
        for line in range(5):
            y = round(top + line * SPACE)
            cv2.line(image, (30, y), (width - 30, y), 0, 1, cv2.LINE_AA)
    for x in range(60, width - 50, 40):
        cv2.ellipse(image, (x, 96), (5, 4), 0, 0, 360, 0, -1, cv2.LINE_AA)
    return image


def ink(image: np.ndarray) -> float:
    return float((255 - image.astype(float)).mean())


def test_nothing_asked_nothing_done():
    clean = page()
    assert np.array_equal(degrade(clean, Scan(), np.random.default_rng(0), SPACE), clean)


def test_same_seed_same_picture():
    scan = draw_scan(np.random.default_rng(3))
    pictures = [degrade(page(), scan, np.random.default_rng(seed), SPACE) for seed in (1, 1, 2)]
    assert np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[0], pictures[2])


@pytest.mark.parametrize("space", [SPACE, 16.0])
def test_spread_orders_the_amount_of_ink(space):
    clean = page() if space == SPACE else page().repeat(2, axis=0).repeat(2, axis=1)
    amounts = [
        ink(degrade(clean, Scan(spread=s), np.random.default_rng(0), space))
        for s in (-0.9, -0.3, 0.3, 0.9)
    ]
    assert amounts == sorted(amounts)
    assert amounts[0] < 0.9 * ink(clean) < 1.1 * ink(clean) < amounts[-1]


def test_paper_and_ink_get_their_levels():
    out = degrade(page(), Scan(ink=50, paper=210), np.random.default_rng(0), SPACE)
    assert out.max() == 210
    assert abs(int(out.min()) - 50) <= 1


def test_bilevel_is_black_and_white_even_on_shaded_paper():
    scan = Scan(paper=220, shade=20, gutter=60, grain=4, bilevel=0.66)
    out = degrade(page(), scan, np.random.default_rng(0), SPACE)
    assert set(np.unique(out)) == {0, 255}
    assert 0.6 * ink(page()) < ink(out) < 1.6 * ink(page())  # the shade has not become ink


def test_positive_skew_turns_clockwise():
    moved = bend_points(np.array([[400.0, 150.0]]), (300, 420), Scan(skew=2), SPACE)
    assert moved[0, 1] > 155  # y goes downwards


@pytest.mark.parametrize(
    "scan",
    [
        Scan(skew=1.5),
        Scan(curl=1.0),
        Scan(keystone=0.03),
        Scan(skew=-2, curl=-0.8, keystone=0.02, backdrop=60),
        Scan(crop=0.1, crop_x=0.2, crop_y=0.9),
        Scan(skew=1, crop=0.05, keystone=0.01),
    ],
)
def test_bend_points_follow_the_picture(scan):
    places = np.array([[60.0, 60.0], [350.0, 50.0], [210.0, 150.0], [70.0, 240.0], [340.0, 250.0]])
    clean = np.full((300, 420), 255, np.float32)
    for k, (x, y) in enumerate(places):  # each dot of its own level
        cv2.circle(clean, (int(x), int(y)), 4, 40.0 * k, -1)
    bent = bend(clean, scan, SPACE)
    for (x, y), (was_x, was_y) in zip(
        bend_points(places, clean.shape, scan, SPACE), places, strict=True
    ):
        assert np.hypot(x - was_x, y - was_y) < 40
        around = bent[round(y) - 8 : round(y) + 9, round(x) - 8 : round(x) + 9]
        weight = (255 - around) * (around < 225)
        rows, columns = np.mgrid[-8:9, -8:9]
        error_x = (weight * columns).sum() / weight.sum() + round(x) - x
        error_y = (weight * rows).sum() / weight.sum() + round(y) - y
        assert abs(error_x) < 0.7
        assert abs(error_y) < 0.7


def test_drawn_scans_keep_the_music_readable():
    clean = page()
    rng = np.random.default_rng(0)
    for _ in range(12):
        scan = replace(draw_scan(rng), skew=0, curl=0, keystone=0)
        out = degrade(clean, scan, rng, SPACE)
        assert out.shape == clean.shape
        assert out.dtype == np.uint8
        heads = np.median([out[92:101, x - 3 : x + 4].mean() for x in range(60, 370, 40)])
        between = np.median([out[130:170, x - 3 : x + 4].mean() for x in range(60, 370, 40)])
        assert heads < between - 60


def test_no_strength_no_change_worth_seeing():
    clean = page()
    scan = replace(draw_scan(np.random.default_rng(1), strength=0), bilevel=None)
    out = degrade(clean, scan, np.random.default_rng(0), SPACE)
    assert np.abs(out.astype(int) - clean).mean() < 1


def test_low_quality_costs_detail():
    clean = page().astype(np.float32)
    errors = [
        np.abs(capture(clean, Scan(quality=q), np.random.default_rng(0), SPACE) - clean).mean()
        for q in (90, 30, 10)
    ]
    assert errors[0] < errors[1] < errors[2]


def test_tint_reaches_both_colours():
    coloured = tint(np.array([[0, 255]], np.uint8), (40, 30, 20), (240, 230, 200))
    assert coloured.tolist() == [[[40, 30, 20], [240, 230, 200]]]


def test_crop_cuts_off_where_it_says() -> None:
    """A tenth of the width, all of it at the left: what was there is gone, the rest is larger."""
    scan = Scan(crop=0.1, crop_x=1.0, crop_y=0.5)
    corners = bend_points(np.array([[42.0, 150.0], [419.0, 150.0]]), (300, 420), scan, SPACE)
    assert corners[0, 0] == pytest.approx(0, abs=1.5)
    assert corners[1, 0] == pytest.approx(419, abs=1.5)
    assert corners[:, 1] == pytest.approx([150, 150], abs=1)


def test_halftone_makes_dots_of_grey_and_leaves_black_and_white() -> None:
    grey = np.full((200, 200), 140, np.float32)
    scan = Scan(ink=10, paper=250, halftone=2)
    dots = screened(grey, scan, SPACE)
    assert dots.min() < 20 and dots.max() > 240
    assert dots.mean() == pytest.approx(140, abs=25)
    plain = np.where(np.arange(200)[None] < 100, np.float32(10), np.float32(250))
    sides = screened(np.repeat(plain, 50, 0), scan, SPACE)
    assert sides[:, :100].mean() < 25 and sides[:, 100:].mean() > 230


def test_shadow_darkens_a_part_of_the_page() -> None:
    clean = np.full((300, 420), 240, np.float32)
    seen = capture(clean, Scan(shadow=0.5), np.random.default_rng(2), SPACE)
    assert seen.max() > 235 and 110 < seen.min() < 140


def test_whole_page_scans_show_everything_in_time() -> None:
    drawn = [draw_page_scan(np.random.default_rng(seed)) for seed in range(200)]
    for name in ("halftone", "shadow", "crop", "keystone", "verso", "bilevel", "quality", "curl"):
        assert 5 < sum(bool(getattr(scan, name)) for scan in drawn) < 200
    assert 20 < sum(scan.backdrop is not None for scan in drawn) < 90
