"""Where snippet retrieval goes wrong: other pieces, neighbours, music that sounds the same, pieces.

Asked from audio to sheet, on the pairs that `evaluate.snippets` draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode import Encoder, is_paced
from scorebridge.lab.data.pack import Packed
from scorebridge.lab.data.pairs import drawn_pairs, fixed_pairs

NEAR = 20  # columns within which a wrong place is a neighbour: a note or two
ALIKE = 0.97  # correlation of spectrograms from which two windows sound the same
WORST = 5  # pieces named


@dataclass(frozen=True)
class Errors:
    """What the first answers that are wrong have in common."""

    queries: int
    errors: int
    in_piece: float
    """Share of the errors whose first answer lies in the right piece."""
    near: float
    """Share of those within `NEAR` columns of the right place."""
    alike: float
    """Share of all errors whose first answer sounds the same."""
    bound: float
    """MRR of an encoder that fails only where windows of a piece sound the same."""
    worst: tuple[tuple[str, int, int], ...]
    """Pieces with most errors, their errors, their queries."""


def snippet_errors(encoder: Encoder, pieces: Sequence[Packed], count: int, seed: int = 0) -> Errors:
    """Ask for the sheet window of `count` audio windows and look at what is wrong."""
    sheet, audio, owner = fixed_pairs(pieces, count, seed, paced=is_paced(encoder))
    column = np.array([int(pieces[k].columns[j]) for k, j in drawn_pairs(pieces, count, seed)])
    asked, answers = encoder.audio(audio), encoder.sheet(sheet)
    first = np.concatenate([(part @ answers.T).argmax(1) for part in np.array_split(asked, 20)])
    wrong = first != np.arange(len(first))
    inside = wrong & (owner[first] == owner)
    near = inside & (np.abs(column[first] - column) <= NEAR)
    same, copies = np.zeros(len(first), bool), np.zeros(len(first), np.int64)
    for k in np.unique(owner):
        rows = np.flatnonzero(owner == k)
        alike = sounds_alike(audio[rows])
        copies[rows] = alike.sum(1)
        mine = np.flatnonzero(inside[rows])
        same[rows[mine]] = alike[mine, np.searchsorted(rows, first[rows[mine]])]
    errors = np.bincount(owner[wrong], minlength=len(pieces))
    asked_of = np.bincount(owner, minlength=len(pieces))
    return Errors(
        len(first),
        int(wrong.sum()),
        float(inside.sum() / max(1, wrong.sum())),
        float(near.sum() / max(1, inside.sum())),
        float(same.sum() / max(1, wrong.sum())),
        float(np.mean([np.mean(1 / np.arange(1, n + 2)) for n in copies])),
        tuple(
            (pieces[k].name, int(errors[k]), int(asked_of[k]))
            for k in np.argsort(-errors, kind="stable")[:WORST]
        ),
    )


def sounds_alike(audio: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which windows of a piece, float [n, frames, bands], sound like which others; bool [n, n]."""
    flat = audio.reshape(len(audio), -1)
    flat = flat - flat.mean(1, keepdims=True)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    alike = flat @ flat.T >= ALIKE
    np.fill_diagonal(alike, False)
    return alike
