"""The simulated camera: places go where the picture shows them, and back."""

import cv2
import numpy as np
import pytest

from scorebridge_lab.augment.photo import Photo, View, draw_photo, photograph

PAGE = (800, 600)


def test_straight_from_above_is_a_scaled_page() -> None:
    view = View.of(PAGE, Photo(megapixels=1))
    corners = view.project(np.array([[0.0, 0.0], [600.0, 0.0], [0.0, 800.0]]))
    across, down = corners[1] - corners[0], corners[2] - corners[0]
    assert abs(across[1]) < 1e-6 and abs(down[0]) < 1e-6
    assert across[0] / down[1] == pytest.approx(600 / 800)


@pytest.mark.parametrize("seed", range(6))
def test_tracing_back_undoes_projecting(seed: int) -> None:
    rng = np.random.default_rng(seed)
    photo = draw_photo(rng)
    assert np.hypot(photo.yaw, photo.pitch) <= 25
    view = View.of(PAGE, photo)
    points = rng.uniform(0, 1, (40, 2)) * (600, 800)
    seen = view.project(points)
    assert (seen > 0).all() and (seen < np.array(view.shape)[::-1]).all()
    assert np.abs(view.trace(seen) - points).max() < 0.01


def test_picture_shows_the_page_where_the_view_says() -> None:
    """Black squares on white: dark at their projected middles, light beside them."""
    page = np.full(PAGE, 255, np.uint8)
    middles = np.array([[100.0, 120.0], [480.0, 200.0], [300.0, 640.0]])
    for x, y in middles.astype(int):
        cv2.rectangle(page, (x - 12, y - 12), (x + 12, y + 12), 0, -1)
    photo = Photo(yaw=18, pitch=-10, roll=4, spine=20, megapixels=1, table=150)
    image, view = photograph(page, photo, np.random.default_rng(0))
    assert image.shape == view.shape and image.dtype == np.uint8
    for x, y in view.project(middles).round().astype(int):
        assert image[y, x] < 70
    for x, y in view.project(np.add(middles, (40, 0))).round().astype(int):
        assert image[y, x] > 180


def test_light_and_shadow_darken() -> None:
    page = np.full(PAGE, 255, np.uint8)
    bright, _ = photograph(page, Photo(megapixels=1), np.random.default_rng(0))
    dim, _ = photograph(page, Photo(megapixels=1, light=0.5, shadow=0.5), np.random.default_rng(0))
    assert dim.mean() < 0.85 * bright.mean()
    assert dim[100:-100, 100:-100].std() > 5 * bright[100:-100, 100:-100].std()


@pytest.mark.slow
def test_equal_seeds_give_equal_pictures() -> None:
    page = np.full(PAGE, 255, np.uint8)
    photo = draw_photo(np.random.default_rng(3))
    one, other = (photograph(page, photo, np.random.default_rng(5))[0] for _ in range(2))
    assert np.array_equal(one, other)
