"""The crowd: one edition of each work first, nothing from other sets, named by its hash."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from scorebridge_lab.benchmarks import packed as packed_sets
from scorebridge_lab.benchmarks.packed import choose, describe, editions, is_taken
from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.dataset.figures import all_figures, figures_of
from scorebridge_lab.errors import LabError


def _paths(*names):
    return [Path("packed", n) for n in names]


def test_second_editions_come_after_all_works():
    files = _paths("lieder/a.npz", "lieder/a@2.npz", "mutopia/m.npz", "msmd-train/m.npz")
    files += _paths("polish/p.npz")
    first, second = editions(files)
    assert [p.stem for p in first] == ["a", "m", "p"]
    assert [str(p) for p in second] == ["packed/lieder/a@2.npz", "packed/mutopia/m.npz"]
    assert [p.stem for p in choose(files, 4)] == ["a", "m", "p", "a@2"]
    assert choose(files, 2) == first[:2] and len(choose(files)) == 5


def test_what_other_sets_hold_is_known_by_name():
    for taken in (
        "ChopinFF Etude ChopinFF__O25__chopin-op-25-09",
        "SchubertF Impromptu SchubertF__D899__x",
        "W. A. Mozart Sonata KV331",
        "Scott Joplin The Entertainer",
        "BachJS__BWV846__wtk1-prelude1",
    ):
        assert is_taken(taken), taken
    for free in (
        "ChopinFF Nocturne op-9",
        "Chopin Mazurka op. 256",
        "Mozart KV 3310",
        "Schubert D8",
    ):
        assert not is_taken(free), free


def _hum(events, rng, pianos):
    return rng.standard_normal(int((events["onset"].max() + 3) * 22050)).astype(np.float32)


def test_a_crowd_stays_what_it_was(scale_piece, tmp_path, monkeypatch):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    packed = tmp_path / "packed" / "lieder"
    for name in ("a", "b"):
        packing.save(packing.pack(scale_piece, 0, 1, player=_hum), packed / f"{name}.npz")
    sets = {"crowd": lambda: sorted(packed.glob("*.npz"))}
    monkeypatch.setattr(packed_sets, "SETS", sets)
    about = describe("crowd")
    assert about["scores"] == 2 and about["engravers"] == {"Verovio": 2} and about["works"] == 2
    packing.save(packing.pack(scale_piece, 1, 1, player=_hum), packed / "c.npz")
    assert describe("crowd")["hash"] == about["hash"]
    assert [p.stem for p in packed_sets.crowd_files()] == ["a", "b"]
    assert describe("crowd", fresh=True)["scores"] == 3
    kept = json.loads((tmp_path / "sets" / "crowd" / "manifest.json").read_text())
    assert len(kept["sha256"]) == 3


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
