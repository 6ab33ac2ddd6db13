"""A store holds the same pairs as the packed files it was written from."""

from dataclasses import replace

import numpy as np
import pytest

from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.dataset.pairs import read_packed, sample
from scorebridge_lab.dataset.store import open_store, write_store
from scorebridge_lab.errors import LabError


def _hum(events, rng, pianos):
    samples = np.zeros(int((events["onset"].max() + 3) * 22050), np.float32)
    for onset, pitch in zip(events["onset"].tolist(), events["pitch"].tolist(), strict=True):
        start, t = int(onset * 22050), np.arange(4000) / 22050
        tone = np.sin(2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * t) * np.exp(-t * 20)
        samples[start : start + 4000] += tone.astype(np.float32)
    return samples


def test_a_store_reads_the_same_pairs(scale_piece, tmp_path):
    for k in range(3):
        piece = replace(scale_piece, name=f"p{k}")
        packing.save(packing.pack(piece, k, 2, player=_hum), tmp_path / "a" / f"p{k}.npz")
    manifest = write_store([tmp_path / "a"], tmp_path / "store")
    assert manifest["pieces"] == 3
    plain, stored = read_packed([tmp_path / "a"]), open_store(tmp_path / "store")
    for step in range(3):
        one, two = sample(plain, 32, 7, step), sample(stored, 32, 7, step)
        np.testing.assert_array_equal(one.sheet, two.sheet)
        np.testing.assert_array_equal(one.audio, two.audio)
    (tmp_path / "store" / "manifest.json").unlink()
    with pytest.raises(LabError, match="no complete store"):
        open_store(tmp_path / "store")
    with pytest.raises(LabError, match="no packed pieces"):
        write_store([tmp_path / "nothing"], tmp_path / "other")
