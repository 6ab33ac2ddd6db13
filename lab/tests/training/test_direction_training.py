"""The network for the direction of pages: its examples, training, and the files that ship."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from scorebridge.score.direction_classifier import VIEW_SIZE, shipped_direction
from scorebridge_lab.dataset.direction_examples import BETWEEN, Examples, of_page, of_work
from scorebridge_lab.engrave.page_truth import STAFF_LINES, TABLES, EngravedPage, save_pages
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.direction_network import ship
from scorebridge_lab.training import direction_training

SETTINGS = direction_training.DirectionSettings(steps=80, batch=16, rate=5e-3)


def page(part: str = "train", staves: int = 3) -> EngravedPage:
    """Staves that begin with a black square."""
    image = np.full((160 * staves + 100, 700), 255, np.uint8)
    rows = []
    for k in range(staves):
        top = 100 + 160 * k
        for line in range(5):
            image[top + 10 * line, 50:650] = 0
        image[top + 10 : top + 30, 58:78] = 0
        rows.append((k, 0, 5, 50, 650, top, top + 40, 10))
    tables = {name: np.zeros(0, kind) for name, kind in TABLES.items()}
    tables["staves"] = np.array(rows, STAFF_LINES)
    return EngravedPage(image, **tables, meta={"part": part, "page": 1})


def examples(pages: int, seed: int) -> Examples:
    rng = np.random.default_rng(seed)
    return Examples.joined([of_page(page(), rng) for _ in range(pages)])


def test_examples_are_views_of_both_ends_and_between() -> None:
    made = examples(4, 1)
    assert len(made) == 4 * 3 * (2 + BETWEEN)
    assert made.views.shape[1:] == (VIEW_SIZE, VIEW_SIZE)
    assert set(made.page) == {0, 1, 2, 3}
    square = made.views[:, 22:38, 12:24].mean((1, 2))
    left, right = square[made.kind == 0], square[made.kind == 1]
    assert np.median(left) > 1.5 * np.median(right)


def test_works_that_judge_never_train(tmp_path: Path) -> None:
    save_pages(tmp_path / "a.npz", [page()], {"part": "train"})
    save_pages(tmp_path / "b.npz", [page("judge")], {"part": "judge"})
    one, same, other = (of_work(tmp_path / "a.npz", seed) for seed in (1, 1, 2))
    assert np.array_equal(one.views, same.views)
    assert not np.array_equal(one.views, other.views)
    with pytest.raises(LabError, match="judges"):
        of_work(tmp_path / "b.npz")


def test_training_learns_and_the_shipped_network_agrees(tmp_path: Path) -> None:
    net = direction_training.train(SETTINGS, examples(25, 1))
    unseen = examples(8, 2)
    with torch.no_grad():
        wanted = net.log_odds(torch.from_numpy(unseen.views)).numpy()
    assert (wanted[unseen.kind == 0] > 0).mean() > 0.9
    ship(net, tmp_path, {"name": "toy"})
    assert json.loads((tmp_path / "direction.json").read_text())["name"] == "toy"
    said = shipped_direction(unseen.views, tmp_path / "direction.xml")
    assert said == pytest.approx(wanted, abs=0.05)
    told = direction_training.figures(
        lambda v: shipped_direction(v, tmp_path / "direction.xml"), unseen
    )
    assert told["views"] == len(unseen) and told["pages"] == 8
    assert told["left end"] == pytest.approx((wanted[unseen.kind == 0] > 0).mean(), abs=0.05)


def test_varied_views_are_moved_and_some_have_a_blank_part() -> None:
    views = np.full((200, VIEW_SIZE, VIEW_SIZE), 255, np.uint8)
    settings = replace(SETTINGS, bare=0.5)
    varied = direction_training.varied(views, settings, np.random.default_rng(0))
    blank = (varied == 0).all(1).any(1)
    assert 0.4 < blank.mean() < 0.6
    assert (varied[~blank] == 255).all()
    left = (varied[blank][:, :, 0] == 0).all(1)
    assert 0.3 < left.mean() < 0.7  # the others are blank at the right
    dot = np.zeros((50, VIEW_SIZE, VIEW_SIZE), np.uint8)
    dot[:, 30, 30] = 255
    places = np.argwhere(
        direction_training.varied(dot, replace(SETTINGS, bare=0), np.random.default_rng(0))
    )
    assert len(places) == 50 and np.abs(places[:, 1:] - 30).max() == SETTINGS.shift


def test_too_few_examples_are_told() -> None:
    with pytest.raises(LabError, match="too few"):
        direction_training.train(SETTINGS, examples(2, 0))
