"""The network for digits: examples with their ground truth, training, and the files that ship."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from scorebridge.openvino import import_openvino
from scorebridge.score.digits import DIGIT_HEIGHT, NO_DIGIT, VIEW_HEIGHT, VIEW_WIDTH
from scorebridge_lab.dataset.digit_examples import Examples, of_sheet
from scorebridge_lab.dataset.typefaces import MIN_TYPEFACES, typefaces
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.digit_network import ship
from scorebridge_lab.nets.digit_net import ShippedDigitNet
from scorebridge_lab.training import digit_training


def _fonts() -> bool:
    try:
        return len(typefaces()) >= MIN_TYPEFACES
    except LabError:
        return False


needs_fonts = pytest.mark.skipif(not _fonts(), reason="the typefaces are not installed")


@pytest.mark.slow
@needs_fonts
def test_sheets_know_their_digits() -> None:
    """All ten digits occur, each fills the height of its view, and a seed gives one sheet."""
    made, same, other = of_sheet(1, 0), of_sheet(1, 0), of_sheet(1, 1)
    assert np.array_equal(made.views, same.views) and np.array_equal(made.labels, same.labels)
    assert len(made) != len(other) or not np.array_equal(made.views, other.views)
    assert set(made.labels.tolist()) == set(range(NO_DIGIT + 1))
    rows = made.views[made.labels != NO_DIGIT].max(2) > 100
    middle = rows[:, (VIEW_HEIGHT - DIGIT_HEIGHT) // 2 : (VIEW_HEIGHT + DIGIT_HEIGHT) // 2]
    assert np.median(middle.mean(1)) == 1


def test_too_few_typefaces_name_the_packages(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="fonts-dejavu-core"):
        typefaces(tmp_path)


def toy(count: int, seed: int) -> Examples:
    """Bars at one of ten places, or a full square, which is no digit."""
    rng = np.random.default_rng(seed)
    views = np.zeros((count, VIEW_HEIGHT, VIEW_WIDTH), np.uint8)
    labels = rng.integers(0, NO_DIGIT + 1, count)
    for view, label in zip(views, labels, strict=True):
        if label == NO_DIGIT:
            view[6:26, 10:38] = 255
        else:
            view[6:26, 4 * label + 3 : 4 * label + 6] = 255
    return Examples(views, labels.astype(np.uint8))


def test_training_learns_and_the_shipped_network_agrees(tmp_path: Path) -> None:
    settings = replace(digit_training.DigitSettings(), rounds=8, batch=32, others=9.0, shift=0)
    net = digit_training.train(settings, toy(1200, 1))
    unseen = toy(200, 2)
    ship(net, tmp_path, {"name": "toy"})
    assert json.loads((tmp_path / "digits.json").read_text())["name"] == "toy"
    compiled = import_openvino().Core().compile_model(tmp_path / "digits.xml", "CPU")

    def classify(views: np.ndarray) -> np.ndarray:
        return compiled(views)[0]

    found = digit_training.figures(classify, unseen)
    assert found["digits"] == int((unseen.labels != NO_DIGIT).sum())
    assert found["digits_missed"] + found["digits_misread"] + found["taken_for_digits"] <= 10
    with torch.no_grad():
        wanted = ShippedDigitNet(net).eval()(torch.from_numpy(unseen.views)).numpy()
    assert np.abs(classify(unseen.views) - wanted).max() < 0.02


def test_blobs_that_are_no_digit_are_thinned_out() -> None:
    known = toy(1000, 3)
    kept = digit_training.balanced(known, 0.05, np.random.default_rng(1))
    digits = int((known.labels != NO_DIGIT).sum())
    assert int((kept.labels != NO_DIGIT).sum()) == digits
    assert int((kept.labels == NO_DIGIT).sum()) == round(0.05 * digits)


def test_too_few_examples_are_told() -> None:
    with pytest.raises(LabError, match="too few"):
        digit_training.train(digit_training.DigitSettings(), toy(100, 1))
