"""Packed pieces made by hand: both sides show the same random melody."""

from __future__ import annotations

import numpy as np

from scorebridge.score.strips import STRIP_HEIGHT
from scorebridge_lab.dataset.pack import Packed


def note_pieces(count: int = 3) -> list[Packed]:
    """Pieces for our windows, one performance each."""
    out = []
    for k in range(count):
        rng = np.random.default_rng(k)
        notes = rng.integers(0, 20, 60)
        strip = np.full((STRIP_HEIGHT, 60 * 8 + 100), 255, np.uint8)
        spec = np.zeros((60 * 5 + 100, 92), np.uint8)
        for j, note in enumerate(notes):
            strip[20 + 3 * note : 24 + 3 * note, 50 + 8 * j : 54 + 8 * j] = 0
            spec[50 + 5 * j : 54 + 5 * j, 80 - 3 * note] = 150
        columns = (52 + 8 * np.arange(60)).astype(np.int32)
        frames = (50 + 5 * np.arange(60)).astype(np.int32)[None]
        out.append(Packed(f"p{k}", strip, (spec,), columns, frames))
    return out


def melodies(
    count: int = 3, rows: int = 104, bands: int = 92, length: int = 60, frames: int = 12
) -> list[Packed]:
    """Pieces for the papers' windows, two performances each."""
    out, size = [], rows // 104
    for k in range(count):
        rng = np.random.default_rng(k)
        strip = np.full((rows, (length * 8 + 100) * size), 255, np.uint8)
        spec = np.zeros((length * frames + 200, bands), np.uint8)
        for j, note in enumerate(rng.integers(0, 20, length)):
            y, x = (40 + note) * size, (50 + 8 * j) * size
            strip[y : y + 4 * size, x : x + 4 * size] = 0
            spec[100 + frames * j : 104 + frames * j, 80 - 3 * note] = 150
        columns = ((52 + 8 * np.arange(length)) * size).astype(np.int32)
        onsets = (100 + frames * np.arange(length)).astype(np.int32)
        out.append(Packed(f"p{k}", strip, (spec, spec), columns, np.stack([onsets, onsets])))
    return out
