"""Degraded copies: the truth moves with the ink."""

import numpy as np
import pytest

from scorebridge_lab.augment.page_copies import copied, degraded, wavering
from scorebridge_lab.engrave.page_truth import TABLES, EngravedPage

SPACE = 10.0


@pytest.fixture
def page() -> EngravedPage:
    """Two staves of one system and a barline through each, drawn in black."""
    image = np.full((600, 800), 255, np.uint8)
    tables = {name: np.zeros(0, kind) for name, kind in TABLES.items()}
    staves, lines = [], []
    for k, top in enumerate((200, 320)):
        for line in range(5):
            image[top + 10 * line : top + 10 * line + 2, 100:700] = 0
        image[top : top + 42, 399:403] = 0
        staves.append((0, k, 5, 100, 700, top + 0.5, top + 40.5, SPACE))
        lines.append((0, k, 399, 403, top, top + 42, 0, False, 0))
    tables["staves"] = np.array(staves, TABLES["staves"])
    tables["barlines"] = np.array(lines, TABLES["barlines"])
    return EngravedPage(image=image, meta={"name": "a"}, **tables)


def darkest(image: np.ndarray, x: float, y: float, reach: int = 2) -> int:
    x, y = round(x), round(y)
    return int(image[y - reach : y + reach + 1, x - reach : x + reach + 1].min())


@pytest.mark.parametrize("kind", ["clean", "scan", "photo"])
@pytest.mark.parametrize("seed", range(4))
def test_barlines_move_with_their_ink(page: EngravedPage, kind: str, seed: int) -> None:
    image, move = copied(page, np.random.default_rng(seed), kind)  # pyright: ignore
    copy = page.moved(image, move)
    paper = float(np.median(image))
    for line in copy.barlines:
        x, y = (line["x0"] + line["x1"]) / 2, (line["y0"] + line["y1"]) / 2
        between = y + 0.5 * SPACE * (line["y1"] - line["y0"]) / (4 * SPACE)  # beside no line
        assert darkest(image, float(x), float(between)) < paper - 40
        aside = float(x) + 3 * SPACE
        assert int(image[round(float(between)), round(aside)]) > darkest(
            image, float(x), float(between)
        )


def test_a_turned_copy_keeps_the_upright_truth(page: EngravedPage) -> None:
    flat = degraded(page, np.random.default_rng(0), "clean")
    turned = degraded(page, np.random.default_rng(0), "clean", turn=90)
    assert turned.image.shape == flat.image.shape[::-1]
    assert np.array_equal(np.rot90(turned.image, 1), flat.image)
    assert turned.meta["turned"] == 90
    assert np.array_equal(turned.staves, flat.staves)


def test_wavering_lines_are_where_the_map_says(page: EngravedPage) -> None:
    image, move = wavering(page.image, SPACE, np.random.default_rng(3))
    at = np.array([[x, y] for x in (150.0, 300.0, 600.0) for y in (200.5, 220.5, 360.5)])
    there = move(at)
    assert np.abs(there - at).max() > 0.3
    assert all(darkest(image, x, y, 1) < 130 for x, y in there)


def test_equal_generators_give_equal_copies(page: EngravedPage) -> None:
    one, other = (degraded(page, np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(one.image, other.image)
