"""The network for barlines: examples with their ground truth, training, and the files that ship."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from scorebridge.openvino import import_openvino
from scorebridge.score.barline_classifier import STAFF_HEIGHT, VIEW_HEIGHT, VIEW_WIDTH
from scorebridge_lab.dataset.barline_examples import COPIES, Examples, of_page, of_work
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.engrave.verovio import engrave_verovio
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.barline_network import ship
from scorebridge_lab.nets.barline_net import ShippedBarlineNet
from scorebridge_lab.sources.work import Work
from scorebridge_lab.training import barline_training

BARS = 12


@pytest.fixture(scope="module")
def kern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve bars for two hands whose staves a bracket joins."""
    lines = ["**kern\t**kern", "*staff2\t*staff1", "*clefF4\t*clefG2", "*M4/4\t*M4/4"]
    for bar in range(1, BARS + 1):
        lines += [f"={bar}\t={bar}", "4C\t4cc", "4E\t4ee", "4G\t4gg", "4E\t4ee"]
    lines += ["==\t==", "*-\t*-"]
    path = tmp_path_factory.mktemp("kern") / "tune.krn"
    path.write_text("!!!system-decoration: {(s1,s2)}\n" + "\n".join(lines) + "\n")
    return path


@pytest.mark.slow
def test_examples_know_their_barlines(kern: Path) -> None:
    """Of the candidates as many are barlines as were engraved; their middle is a line."""
    engraving = engrave_verovio(kern, Style(page_width=100), width=900)
    assert len(engraving.barlines) == BARS
    made = Examples.joined(
        [of_page(engraving, 0, np.random.default_rng(seed)) for seed in range(6)]
    )
    assert made.views.shape == (len(made), VIEW_HEIGHT, VIEW_WIDTH)
    assert 0.6 * 6 * BARS <= made.is_line.sum() <= 1.2 * 6 * BARS  # some are cut off or worn away
    assert (~made.is_line).sum() > 0
    middle = made.views[made.is_line][
        :, STAFF_HEIGHT - 20 : -20, VIEW_WIDTH // 2 - 6 : VIEW_WIDTH // 2 + 6
    ]
    assert np.median(middle.max(2).mean(1)) > 180


@pytest.mark.slow
def test_examples_depend_on_name_and_seed_alone(kern: Path) -> None:
    work = Work("tune", "folder", kern)
    one, same, other = (of_work(work, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.views, same.views) and np.array_equal(one.is_line, same.is_line)
    assert len(one) != len(other) or not np.array_equal(one.views, other.views)
    assert len(one) >= COPIES * BARS / 2


def toy(count: int, seed: int) -> Examples:
    """Lines with and without noteheads at them, on nothing."""
    rng = np.random.default_rng(seed)
    views = np.zeros((count, VIEW_HEIGHT, VIEW_WIDTH), np.uint8)
    views[:, 12:-12, VIEW_WIDTH // 2 - 1 : VIEW_WIDTH // 2 + 1] = 255
    is_line = rng.random(count) < 0.5
    for k in np.flatnonzero(~is_line):
        for y in rng.integers(14, VIEW_HEIGHT - 20, 3):
            views[k, y : y + 5, VIEW_WIDTH // 2 - 8 : VIEW_WIDTH // 2] = 255
    return Examples(views, is_line)


def test_training_learns_and_the_shipped_network_agrees(tmp_path: Path) -> None:
    settings = replace(barline_training.BarlineSettings(), rounds=4, batch=32)
    net = barline_training.train(settings, toy(400, 1))
    unseen = toy(200, 2)
    with torch.no_grad():
        wanted = ShippedBarlineNet(net).eval()(torch.from_numpy(unseen.views)).numpy()
    assert ((wanted >= 0.5) == unseen.is_line).mean() > 0.97
    ship(net, tmp_path, {"name": "toy"})
    assert json.loads((tmp_path / "card.json").read_text())["name"] == "toy"
    hints = {"INFERENCE_PRECISION_HINT": "f32"}
    shipped = import_openvino().Core().compile_model(tmp_path / "barlines.xml", "CPU", hints)
    assert shipped(unseen.views)[0] == pytest.approx(wanted, abs=0.01)
    figures = barline_training.figures(
        classifier_of(wanted), Examples(unseen.views, unseen.is_line)
    )
    assert figures["barlines"] == unseen.is_line.sum() and figures["examples"] == 200


def classifier_of(answers: np.ndarray):
    """A classifier with fixed answers."""
    return lambda views: answers[: len(views)]


def test_figures_count_both_kinds_of_error_and_the_calibration() -> None:
    truth = np.array([True] * 6 + [False] * 4)
    said = np.array([0.9] * 5 + [0.1] + [0.9] + [0.1] * 3, np.float32)
    told = barline_training.figures(
        classifier_of(said), Examples(np.zeros((10, VIEW_HEIGHT, VIEW_WIDTH), np.uint8), truth)
    )
    assert (told["barlines_missed"], told["taken_for_barlines"]) == (1, 1)
    # 6 said .9 of which 5 are, 4 said .1 of which 1 is
    wanted = 0.6 * abs(0.9 - 5 / 6) + 0.4 * abs(0.1 - 0.25)
    assert told["calibration_error"] == pytest.approx(wanted, abs=1e-3)


def test_varied_views_are_moved_as_a_whole() -> None:
    views = np.zeros((50, VIEW_HEIGHT, VIEW_WIDTH), np.uint8)
    views[:, 40, 20] = 255
    moved = barline_training.varied(views, 2, np.random.default_rng(0))
    places = np.argwhere(moved == 255)
    assert len(places) == 50
    assert np.abs(places[:, 1:] - (40, 20)).max() == 2


def test_too_few_examples_are_told() -> None:
    with pytest.raises(LabError, match="too few"):
        barline_training.train(barline_training.BarlineSettings(), toy(20, 0))
