"""The network for barlines of single staves: examples with their ground truth, and its figures."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from scorebridge.score.staff_barlines import STAFF_VIEW_HEIGHT, STAFF_VIEW_WIDTH, VIEW_MARGIN
from scorebridge_lab.augment.page_copies import copied
from scorebridge_lab.dataset.staff_barline_examples import (
    WEARS,
    StaffExamples,
    flattened,
    of_page,
    of_work,
)
from scorebridge_lab.engrave.page_truth import TABLES, EngravedPage, save_pages
from scorebridge_lab.nets.barline_net import ShippedBarlineNet
from scorebridge_lab.training.barline_training import train
from scorebridge_lab.training.staff_barline_training import (
    StaffBarlineSettings,
    examples,
    judged_figures,
)

SPACE, STAVES, BARS = 12, 6, 5
LEFT, RIGHT = 100, 1100
HALF = STAFF_VIEW_WIDTH // 2


@pytest.fixture(scope="module")
def page() -> EngravedPage:
    """Six staves of five bars; every bar has four stems that reach from line to line."""
    image = np.full((1400, 1200), 255, np.uint8)
    staves, lines = [], []
    cuts = np.linspace(LEFT, RIGHT, BARS + 1).round().astype(int)
    for k in range(STAVES):
        top = 120 + 200 * k
        bottom = top + 4 * SPACE
        staves.append((k, 0, 5, LEFT, RIGHT, top, bottom, SPACE))
        for y in range(top, bottom + 1, SPACE):
            image[y - 1 : y + 1, LEFT:RIGHT] = 0
        for start, x in pairwise(cuts):
            image[top:bottom, x - 2 : x] = 0
            place = 2 if x == RIGHT else 0
            lines.append((k, 0, x - 2, x, top, bottom, 0, False, place))
            for stem in range(4):
                at = start + 50 + 34 * stem
                image[top - 4 : bottom + 2, at - 1 : at + 1] = 0
                cv2.ellipse(image, (at - 7, bottom), (8, 6), -20, 0, 360, 0, -1)
    tables = {name: np.zeros(0, kind) for name, kind in TABLES.items()}
    tables["staves"] = np.array(staves, TABLES["staves"])
    tables["barlines"] = np.array(lines, TABLES["barlines"])
    return EngravedPage(image, **tables, meta={})


def made(page: EngravedPage, wear: str, seed: int = 0, judged: bool = True) -> StaffExamples:
    return of_page(page, WEARS.index(wear), np.random.default_rng(seed), judged)


def test_a_clean_page_is_labelled_exactly(page: EngravedPage) -> None:
    """All barlines have a candidate, and all stems are others."""
    got = made(page, "clean")
    assert got.views.shape == (len(got), STAFF_VIEW_HEIGHT, STAFF_VIEW_WIDTH)
    assert len(got.line_wear) == STAVES * BARS
    assert sorted(set(got.line[got.is_line])) == list(range(STAVES * BARS))
    assert (got.line[~got.is_line] == -1).all()
    assert (~got.is_line).sum() == STAVES * BARS * 4
    first = VIEW_MARGIN * 6
    heads = got.views[:, first + 20 : first + 28, HALF - 6 : HALF - 1].mean((1, 2))
    assert heads[~got.is_line].min() > heads[got.is_line].max()


@pytest.mark.slow
@pytest.mark.parametrize("wear", ["scan", "photo"])
def test_worn_pages_keep_their_barlines_where_they_are(page: EngravedPage, wear: str) -> None:
    """Of those that are legible nearly all have a candidate, dark in the middle of its view."""
    parts = StaffExamples.joined([made(page, wear, seed) for seed in range(6)])
    assert len(parts.line_wear) > 3 * STAVES * BARS
    met = np.unique(parts.line[parts.is_line])
    assert len(met) > 0.85 * len(parts.line_wear)
    first = VIEW_MARGIN * 6
    middle = parts.views[parts.is_line, first : first + 24, HALF - 3 : HALF + 3].max(2).mean(1)
    assert np.median(middle) > 150


def test_drawn_marks_keep_the_labels(page: EngravedPage) -> None:
    """Barlines made double, thick or dashed are barlines; notes that are drawn are others."""
    plain, drawn = made(page, "clean"), made(page, "clean", judged=False)
    assert len(drawn.line_wear) == len(plain.line_wear)
    assert len(np.unique(drawn.line[drawn.is_line])) >= 0.95 * len(plain.line_wear)
    assert drawn.is_line.sum() > plain.is_line.sum()  # double ones have two candidates
    assert (~drawn.is_line).sum() != (~plain.is_line).sum()


def test_joined_examples_count_barlines_on(page: EngravedPage) -> None:
    one = made(page, "clean")
    both = StaffExamples.joined([one, one])
    assert len(np.unique(both.line[both.is_line])) == 2 * STAVES * BARS == len(both.line_wear)
    assert len(StaffExamples.joined([])) == 0


def test_a_photograph_is_flattened_to_its_page(page: EngravedPage) -> None:
    rng = np.random.default_rng(3)
    picture, move = copied(page, rng, "photo")
    flat = flattened(picture, move, page.image.shape)
    assert flat.shape == page.image.shape
    soft = [cv2.GaussianBlur(x, (0, 0), 3).astype(float).ravel() for x in (flat, page.image)]
    assert np.corrcoef(soft[0], soft[1])[0, 1] > 0.6


def test_examples_are_cached_and_depend_on_name_and_seed(
    page: EngravedPage, tmp_path: Path
) -> None:
    path = tmp_path / "a.npz"
    save_pages(path, [page], {"group": "solo"})
    one, other = of_work(path, 1), of_work(path, 2)
    assert np.array_equal(one.views, of_work(path, 1).views)
    assert len(one) != len(other) or not np.array_equal(one.views, other.views)
    first = examples([path], tmp_path / "cache", 1)
    assert list(first) == ["solo"] and np.array_equal(first["solo"][0].views, one.views)
    stored = next((tmp_path / "cache").iterdir())
    before = stored.stat().st_mtime_ns
    examples([path], tmp_path / "cache", 1)
    assert stored.stat().st_mtime_ns == before


def test_training_on_hard_examples_learns_the_page(page: EngravedPage) -> None:
    known = StaffExamples.joined([made(page, "clean", k, judged=False) for k in range(3)])
    settings = replace(StaffBarlineSettings(), rounds=8, batch=32, easy=0.5)
    net = ShippedBarlineNet(train(settings, known)).eval()
    unseen = made(page, "clean")
    with torch.no_grad():
        likely = net(torch.from_numpy(unseen.views)).numpy()
    assert ((likely >= 0.5) == unseen.is_line).mean() > 0.97


def test_figures_tell_lost_candidates_from_wrong_answers() -> None:
    """Of 4 barlines one has no candidate and one is not taken; one stem is."""
    views = np.zeros((6, STAFF_VIEW_HEIGHT, STAFF_VIEW_WIDTH), np.uint8)
    views[:, 0, 0] = [9, 9, 9, 1, 9, 1]
    part = StaffExamples(
        views,
        np.array([True, True, True, True, False, False]),
        np.ones(6, np.uint8),
        np.array([0, 0, 1, 2, -1, -1]),
        np.ones(4, np.uint8),
    )
    told = judged_figures(lambda v: v[:, 0, 0] / 10, {"solo": [part]})
    assert set(told) == {"solo, scan", "all, scan"}
    assert told["solo, scan"] == {
        "staff_barlines": 4,
        "candidates": 6,
        "found": 0.75,
        "recall": pytest.approx(2 / 3, abs=1e-4),
        "recall_of_all": 0.5,
        "precision": 0.75,
    }
