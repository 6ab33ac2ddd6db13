"""Which pieces and performances a short training sees."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from scorebridge.errors import UsageError
from scorebridge_lab.augment.windows import FULL
from scorebridge_lab.dataset.pack import NOWHERE, Packed
from scorebridge_lab.errors import LabError
from studies.variety import KINDS, PLAIN_SHEETS, PLAIN_SOUNDS, chosen, cut, study


def test_pieces_are_halved_between_engravers(tmp_path, monkeypatch):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    with pytest.raises(LabError, match="no packed pieces"):
        chosen(KINDS["all"], 10)
    for folder, count in (("msmd-train", 8), ("lieder", 30), ("polish", 30)):
        (tmp_path / "packed" / folder).mkdir(parents=True)
        for k in range(count):
            (tmp_path / "packed" / folder / f"{k:02d}.npz").touch()
    both = [p.parent.name for p in chosen(KINDS["all"], 10)]
    assert both.count("msmd-train") == 5 and len(both) == 10
    assert {"lieder", "polish"} < set(both)
    one = [p.parent.name for p in chosen(KINDS["engravers"], 10)]
    assert len(one) == 10 and "msmd-train" not in one
    assert len(chosen(KINDS["pieces"], 40)) == 4


def test_only_the_first_performance_and_what_it_plays():
    frames = np.array([[5, NOWHERE, 9], [6, 8, NOWHERE]], np.int32)
    specs = (np.zeros((20, 92), np.uint8), np.ones((20, 92), np.uint8))
    piece = Packed("p", np.zeros((104, 300), np.uint8), specs, np.array([60, 70, 80]), frames)
    one = cut(piece, 1)
    assert len(one.specs) == 1 and one.columns.tolist() == [60, 80]
    assert one.frames.tolist() == [[5, 9]]
    assert cut(piece, 0) is piece and cut(piece, 2) is piece


def test_what_is_plain_is_plain_on_one_side_only():
    sheet, sound = asdict(PLAIN_SHEETS), asdict(PLAIN_SOUNDS)
    changed = {k for k, v in asdict(FULL).items() if sheet[k] != v}
    assert changed == {"shift_x", "shift_y", "scale", "turn", "ink"}
    changed |= {k for k, v in asdict(FULL).items() if sound[k] != v}
    assert changed == set(asdict(FULL)) - {"press", "live", "edge"}  # edges are of both sides


def test_an_unknown_kind_is_named():
    with pytest.raises(UsageError, match="colours"):
        next(study(["colours"]))
