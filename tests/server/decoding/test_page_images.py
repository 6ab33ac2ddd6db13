"""Pictures of pages as the app shows them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from drawing import draw_page as drawn_page
from scorebridge.server.decoding.page_images import LANDSCAPE_WIDTH, PORTRAIT_WIDTH, draw_page
from scorebridge.types import Rotation


def picture(path: Path, rotation: Rotation = 0) -> Image.Image:
    out = path.with_suffix(".shown.jpg")
    size = draw_page(lambda *_: None, path, 1, rotation, out)
    with Image.open(out) as image:
        assert image.size == size
        return image.convert("L")


def test_a_page_is_shown_at_moderate_size_and_turned(tmp_path: Path) -> None:
    music = drawn_page(systems=5, space=24, length=2400).image
    Image.fromarray(music).save(tmp_path / "a.png")
    upright = picture(tmp_path / "a.png")
    assert upright.width == PORTRAIT_WIDTH
    over = np.asarray(picture(tmp_path / "a.png", 180), np.int16)
    assert np.abs(over[::-1, ::-1] - np.asarray(upright)).mean() < 1
    assert picture(tmp_path / "a.png", 90).height == PORTRAIT_WIDTH


@pytest.mark.parametrize("ending", ["png", "jpg", "pdf"])
def test_a_page_of_many_staves_is_shown_larger(tmp_path: Path, ending: str) -> None:
    music = drawn_page(systems=1, staves=40, length=3400).image
    assert music.shape[0] > music.shape[1] > 1.5 * PORTRAIT_WIDTH
    Image.fromarray(music).save(tmp_path / f"a.{ending}")
    assert 1.3 * PORTRAIT_WIDTH < picture(tmp_path / f"a.{ending}").width <= music.shape[1]


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    music = drawn_page(systems=1, staves=24, space=5, length=900).image
    Image.fromarray(music).save(tmp_path / "a.png")
    assert picture(tmp_path / "a.png").size == music.shape[::-1]
    wide = drawn_page(systems=1, space=30, length=3600).image
    Image.fromarray(wide).save(tmp_path / "wide.png")
    assert picture(tmp_path / "wide.png").width == LANDSCAPE_WIDTH
