"""Errors that are known beforehand are counted as what they are."""

from __future__ import annotations

import numpy as np
import pytest
from packed_pieces import note_pieces  # pyright: ignore[reportMissingImports]

from scorebridge.encode.info import EncoderInfo
from scorebridge_lab.dataset.pairs import fixed_pairs
from studies.snippet_errors import snippet_errors, sounds_alike


class _Table:
    """An encoder with known answers: the query of row k finds row `answers[k]`."""

    def __init__(self, sheet, audio, answers):
        vectors = np.eye(len(sheet), dtype=np.float32)
        self.info = EncoderInfo("table", len(sheet))
        self.rows = {w.tobytes(): v for w, v in zip(sheet, vectors, strict=True)}
        self.rows |= {w.tobytes(): vectors[a] for w, a in zip(audio, answers, strict=True)}

    def sheet(self, windows, owner=None):
        return np.stack([self.rows[w.tobytes()] for w in windows])

    audio = sheet


def test_windows_that_sound_alike():
    windows = np.random.default_rng(0).random((3, 84, 92)).astype(np.float32)
    windows[2] = 0.5 * windows[0] + 0.1
    assert sounds_alike(windows).tolist() == [[0, 0, 1], [0, 0, 0], [1, 0, 0]]


def test_each_error_is_of_its_kind():
    pieces = note_pieces(2)
    held = fixed_pairs(pieces, 40)
    sheet, audio, owner = held.sheet, held.audio, held.piece
    answers = np.arange(len(owner))
    mine, others = np.flatnonzero(owner == 0), np.flatnonzero(owner == 1)
    answers[mine[0]], answers[mine[1]] = mine[2], others[0]  # in the piece, and in the other one
    found = snippet_errors(_Table(sheet, audio, answers), pieces, 40)  # pyright: ignore
    assert (found.queries, found.errors, found.in_piece) == (40, 2, 0.5)
    assert found.worst[0] == ("p0", 2, len(mine)) and found.alike == 0
    assert found.bound == pytest.approx(1.0)
