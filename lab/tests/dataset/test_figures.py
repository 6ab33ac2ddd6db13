"""Counts of packed pieces."""

from __future__ import annotations

import json

import pytest

from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.dataset.figures import all_figures, figures_of
from scorebridge_lab.errors import LabError


def _hum(events, rng, pianos):
    return rng.standard_normal(int((events["onset"].max() + 3) * 22050)).astype("float32")


def test_figures_count_what_is_packed(scale_piece, tmp_path):
    folder = tmp_path / "mine"
    piece = packing.pack(scale_piece, 0, 2, player=_hum)
    packing.save(piece, folder / "a.npz")
    packing.save(piece, folder / "a@2.npz")
    known = {"pages": 3, "notes": 90, "places": 1, "engraving_s": 1.5, "sound_s": 2.0}
    (folder / "counts.json").write_text(json.dumps({"a.npz": known}))
    (folder / "failures.json").write_text(json.dumps({"b": "LabError: /x/b.krn: no notes"}))
    found = figures_of(folder)
    assert (found.pieces, found.files, found.counted, found.pages, found.notes) == (1, 2, 1, 3, 90)
    assert found.pairs == 2 * int((piece.frames >= 0).sum())
    assert found.hours == pytest.approx(2 * sum(len(s) for s in piece.specs) / 20 / 3600)
    assert found.strip_px == 2 * piece.strip.shape[1] and found.failures.total() == 1
    total = all_figures([folder, folder])[-1]
    assert total.files == 4 and total.failures["LabError: no notes"] == 2
    (folder / "c.npz").write_bytes(b"no archive")
    with pytest.raises(LabError, match="not a packed piece"):
        figures_of(folder)
