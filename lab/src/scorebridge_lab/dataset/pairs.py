"""Random pairs from packed pieces: what training and snippet evaluation read.

All pieces lie in memory as bytes; a batch is cut in about a millisecond per
hundred pairs. A batch depends on the seed, the step and the data alone, so that a
resumed run goes on exactly.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES, cut_windows, paces
from scorebridge.score.strips import STRIP_HEIGHT, WINDOW_HEIGHT, WINDOW_WIDTH
from scorebridge_lab.dataset.pack import NOWHERE, Packed, load, restored

WIDE = WINDOW_WIDTH + 24  # columns cut for training: room to shift, turn and scale a window
LONG = 160  # frames cut for training: room for pacing, stretching and shifting an audio window
PER_PIECE = (4, 8, 16)  # pairs a batch draws from the same piece: they are its hard negatives
BESIDE = 50  # columns of strip that a pair has on either side at least; beyond it is white
SAME_PLACE = 5  # columns within which two pairs of one piece count as the same music


Paces = tuple[NDArray[np.float32], ...]
"""Of one piece: for each performance the pace at each frame."""


def paces_of(pieces: Sequence[Packed]) -> list[Paces]:
    """The paces of all performances of all pieces."""
    return [tuple(paces(restored(spec)) for spec in p.specs) for p in pieces]


@dataclass(frozen=True)
class Batch:
    """Aligned windows, wider than the encoders need so that augmentation can move them."""

    sheet: NDArray[np.uint8]
    """[n, STRIP_HEIGHT, WIDE]."""
    audio: NDArray[np.uint8]
    """[n, LONG, BANDS], see `pack.SPEC_SCALE`."""
    pace: NDArray[np.float32]
    """[n]: how many frames one frame of the window hears (`audio.spectrogram.paces`)."""
    same: NDArray[np.bool_]
    """[n, n], see `losses.infonce`."""


def usable(piece: Packed) -> Packed | None:
    """Keep the pairs that do not lie too near the ends, in one performance at least.

    Where a performance does not play a pair, or too near its ends, its frame is `NOWHERE`.
    """
    half_f = WINDOW_FRAMES // 2
    wide = (piece.columns >= BESIDE) & (piece.columns <= piece.strip.shape[1] - BESIDE)
    lengths = np.array([len(spec) for spec in piece.specs])[:, None]
    inside = wide & (piece.frames >= half_f) & (piece.frames <= lengths - half_f)
    kept = inside.any(0)
    if not kept.any():
        return None
    frames = np.where(inside, piece.frames, NOWHERE)[:, kept].astype(np.int32)
    return Packed(piece.name, piece.strip, piece.specs, piece.columns[kept], frames)


def read_pieces(folders: Sequence[Path], skip: frozenset[str] = frozenset()) -> list[Packed]:
    """All packed pieces of the folders, sorted by file name, that have usable pairs."""
    pieces = []
    for folder in folders:
        for path in sorted(folder.glob("*.npz")):
            if path.stem not in skip:
                piece = usable(load(path))
                if piece is not None:
                    pieces.append(piece)
    return pieces


def _cut(array: NDArray[np.uint8], start: int, length: int, fill: int) -> NDArray[np.uint8]:
    """Rows start to start + length of `array`; what lies outside is `fill`."""
    piece = array[max(0, start) : max(0, start + length)]
    if len(piece) == length:
        return piece
    out = np.full((length, array.shape[1]), fill, np.uint8)
    out[max(0, -start) : max(0, -start) + len(piece)] = piece
    return out


def sample(
    pieces: Sequence[Packed],
    size: int,
    seed: int,
    step: int,
    counts: Sequence[int] = PER_PIECE,
    same_place: int = SAME_PLACE,
    paced: Sequence[Paces] | None = None,
) -> Batch:
    """A random batch: one of `counts` pairs of each piece, drawn by the root of its length.

    paced : of each piece (`paces_of`), for windows that hear longer where music is slow.
    """
    rng = np.random.default_rng([seed, step])
    per_piece = int(rng.choice(counts))
    weight = np.sqrt([len(p.columns) for p in pieces])
    chosen = rng.choice(len(pieces), size=-(-size // per_piece), p=weight / weight.sum())
    sheet = np.empty((size, WIDE, STRIP_HEIGHT), np.uint8)
    audio = np.empty((size, LONG, BANDS), np.uint8)
    owner, place = np.empty(size, np.int64), np.empty(size, np.int64)
    pace = np.ones(size, np.float32)
    for k in range(size):
        owner[k] = chosen[k // per_piece]
        piece = pieces[owner[k]]
        pair = rng.integers(len(piece.columns))
        takes = np.flatnonzero(piece.frames[:, pair] >= 0)
        take = takes[rng.integers(len(takes))]
        place[k] = piece.columns[pair]
        sheet[k] = _cut(piece.strip.T, int(place[k]) - WIDE // 2, WIDE, 255)
        frame = int(piece.frames[take, pair])
        audio[k] = _cut(piece.specs[take], frame - LONG // 2, LONG, 0)
        if paced is not None:
            pace[k] = paced[owner[k]][take][frame]
    same = (owner[:, None] == owner) & (abs(place[:, None] - place) <= same_place)
    return Batch(sheet.transpose(0, 2, 1), audio, pace, same)


def drawn_pairs(pieces: Sequence[Packed], count: int, seed: int = 0) -> list[tuple[int, int]]:
    """At most `count` distinct pairs drawn evenly from all, as piece and number of the pair.

    Only pairs that every performance of their piece plays.
    """
    total = [
        (k, int(j)) for k, p in enumerate(pieces) for j in np.flatnonzero((p.frames >= 0).all(0))
    ]
    order = np.random.default_rng(seed).permutation(len(total))[:count]
    return [total[index] for index in order]


def fixed_pairs(
    pieces: Sequence[Packed],
    count: int,
    seed: int = 0,
    performance: int = 0,
    paced: bool = False,
) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.int64]]:
    """The windows of `drawn_pairs` as the encoders take them, and owners.

    paced : windows hear longer where music is slow.
    Returns uint8 [n, WINDOW_HEIGHT, WINDOW_WIDTH], float32 [n, WINDOW_FRAMES, BANDS], int [n].
    """
    order = drawn_pairs(pieces, count, seed)
    top = (STRIP_HEIGHT - WINDOW_HEIGHT) // 2
    sheet = np.empty((len(order), WINDOW_HEIGHT, WINDOW_WIDTH), np.uint8)
    audio = np.empty((len(order), WINDOW_FRAMES, BANDS), np.float32)
    owner = np.empty(len(order), np.int64)
    pace: dict[int, NDArray[np.float32]] = {}
    for row, (k, j) in enumerate(order):
        piece = pieces[k]
        rows = piece.strip[top : top + WINDOW_HEIGHT]
        sheet[row] = _cut(rows.T, int(piece.columns[j]) - WINDOW_WIDTH // 2, WINDOW_WIDTH, 255).T
        frame = int(piece.frames[performance, j])
        if k not in pace:
            spec = piece.specs[performance]
            pace[k] = paces(restored(spec)) if paced else np.ones(len(spec), np.float32)
        cut = _cut(piece.specs[performance], frame - LONG // 2, LONG, 0)
        middle = np.array([LONG // 2])
        at = pace[k][frame : frame + 1]
        audio[row] = cut_windows(restored(cut), middle, pace=at)[0]
        owner[row] = k
    return sheet, audio, owner


def listing(pieces: Sequence[Packed]) -> list[dict[str, Any]]:
    """What a run was trained on: each piece's name, pairs, performances and checksum."""
    return [
        {
            "piece": p.name,
            "pairs": len(p.columns),
            "performances": len(p.specs),
            "crc32": zlib.crc32(p.specs[0].tobytes(), zlib.crc32(p.strip.tobytes())),
        }
        for p in pieces
    ]
