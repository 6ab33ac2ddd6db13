"""Random pairs of windows from packed pieces, for training and the snippet evaluation.

All pieces are in memory as bytes. Cutting a batch takes about a millisecond per hundred pairs. A
batch depends on the seed, the step and the data alone, so that a resumed run continues exactly.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES, cut_windows, paces
from scorebridge.score.strips import STRIP_HEIGHT, WINDOW_HEIGHT, WINDOW_WIDTH
from scorebridge_lab.dataset.pack import NOWHERE, Packed, load
from scorebridge_lab.dataset.staff_views import cut_rows, drawn_strips, strips_at
from scorebridge_lab.spectra import restored

PAIR_COLUMNS = WINDOW_WIDTH + 24  # columns of a training window, before shift, turn and scale
PAIR_FRAMES = 160  # frames of a training window, before pacing, stretching and shifting
PER_PIECE = (4, 8, 16)  # pairs of one piece in a batch: they are its hard negatives
MIN_SIDE = 50  # minimum columns of strip on either side of a pair; beyond the strip is white
SAME_PLACE = 5  # columns within which two pairs of one piece count as the same music


Paces = tuple[NDArray[np.float32], ...]
"""For each performance of a piece: float32 [frames], the pace at each frame."""


def paces_of(pieces: Sequence[Packed]) -> list[Paces]:
    """Paces of all performances of all pieces."""
    return [tuple(paces(restored(spec)) for spec in p.specs) for p in pieces]


@dataclass(frozen=True)
class Batch:
    """Aligned windows, larger than the encoder's input so that augmentation can move them."""

    sheet: NDArray[np.uint8]
    """[strips, STRIP_HEIGHT, PAIR_COLUMNS], one strip a window or more."""
    owner: NDArray[np.int64]
    """[strips]: the pair of each strip, ascending."""
    audio: NDArray[np.uint8]
    """[n, PAIR_FRAMES, BANDS], see `spectra`."""
    pace: NDArray[np.float32]
    """[n]: frames that one frame of the window spans (`audio.spectrogram.paces`)."""
    same: NDArray[np.bool_]
    """[n, n], see `losses.infonce`."""


def usable_pairs(piece: Packed) -> Packed | None:
    """The piece with the pairs that are far enough from the ends in at least one performance.

    The frame of a pair is `NOWHERE` in a performance that does not play it, or plays it too near
    its ends. Returns None where no pair remains.
    """
    half_f = WINDOW_FRAMES // 2
    wide = (piece.columns >= MIN_SIDE) & (piece.columns <= piece.strip.shape[1] - MIN_SIDE)
    lengths = np.array([len(spec) for spec in piece.specs])[:, None]
    inside = wide & (piece.frames >= half_f) & (piece.frames <= lengths - half_f)
    remaining = inside.any(0)
    if not remaining.any():
        return None
    frames = np.where(inside, piece.frames, NOWHERE)[:, remaining].astype(np.int32)
    sounding = None if piece.sounding is None else piece.sounding[:, remaining]
    columns = piece.columns[remaining]
    return replace(piece, columns=columns, frames=frames, sounding=sounding)


def read_packed(folders: Sequence[Path], skip: frozenset[str] = frozenset()) -> list[Packed]:
    """All packed pieces of the folders that have usable pairs, sorted by file name."""
    pieces = []
    for folder in folders:
        for path in sorted(folder.glob("*.npz")):
            if path.stem not in skip:
                piece = usable_pairs(load(path))
                if piece is not None:
                    pieces.append(piece)
    return pieces


def sample(
    pieces: Sequence[Packed],
    size: int,
    seed: int,
    step: int,
    counts: Sequence[int] = PER_PIECE,
    same_place: int = SAME_PLACE,
    paced: Sequence[Paces] | None = None,
) -> Batch:
    """A random batch.

    Pieces are drawn with a probability by the root of their number of pairs; each gives as many
    pairs as one of `counts`, drawn for the whole batch.

    same_place : columns within which two pairs of a piece count as the same music.
    paced : paces of each piece (`paces_of`), for windows that span more where music is slow.
    """
    rng = np.random.default_rng([seed, step])
    per_piece = int(rng.choice(counts))
    weight = np.sqrt([len(p.columns) for p in pieces])
    chosen = rng.choice(len(pieces), size=-(-size // per_piece), p=weight / weight.sum())
    sheet: list[NDArray[np.uint8]] = []
    audio = np.empty((size, PAIR_FRAMES, BANDS), np.uint8)
    owner, place = np.empty(size, np.int64), np.empty(size, np.int64)
    pace = np.ones(size, np.float32)
    for k in range(size):
        owner[k] = chosen[k // per_piece]
        piece = pieces[owner[k]]
        pair = rng.integers(len(piece.columns))
        takes = np.flatnonzero(piece.frames[:, pair] >= 0)
        take = takes[rng.integers(len(takes))]
        place[k] = piece.columns[pair]
        sheet.append(drawn_strips(piece, int(pair), PAIR_COLUMNS, rng))
        frame = int(piece.frames[take, pair])
        audio[k] = cut_rows(piece.specs[take], frame - PAIR_FRAMES // 2, PAIR_FRAMES, 0)
        if paced is not None:
            pace[k] = paced[owner[k]][take][frame]
    same = (owner[:, None] == owner) & (abs(place[:, None] - place) <= same_place)
    owners = np.repeat(np.arange(size), [len(strips) for strips in sheet])
    return Batch(np.concatenate(sheet), owners, audio, pace, same)


def drawn_pairs(pieces: Sequence[Packed], count: int, seed: int = 0) -> list[tuple[int, int]]:
    """At most `count` distinct pairs, drawn evenly: number of the piece and of its pair.

    Only pairs that all performances of their piece play.
    """
    total = [
        (k, int(j)) for k, p in enumerate(pieces) for j in np.flatnonzero((p.frames >= 0).all(0))
    ]
    order = np.random.default_rng(seed).permutation(len(total))[:count]
    return [total[index] for index in order]


@dataclass(frozen=True)
class Held:
    """Fixed pairs as input of the encoders."""

    sheet: NDArray[np.uint8]
    """[strips, WINDOW_HEIGHT, WINDOW_WIDTH]."""
    strips_of: NDArray[np.int64]
    """[strips]: the pair of each strip, ascending."""
    audio: NDArray[np.float32]
    """[n, WINDOW_FRAMES, BANDS]."""
    piece: NDArray[np.int64]
    """[n], number of the piece."""


def fixed_pairs(
    pieces: Sequence[Packed],
    count: int,
    seed: int = 0,
    performance: int = 0,
    paced: bool = False,
) -> Held:
    """The windows of `drawn_pairs`, with all staves.

    paced : windows span more frames where music is slow.
    """
    order = drawn_pairs(pieces, count, seed)
    top = (STRIP_HEIGHT - WINDOW_HEIGHT) // 2
    sheet: list[NDArray[np.uint8]] = []
    audio = np.empty((len(order), WINDOW_FRAMES, BANDS), np.float32)
    owner = np.empty(len(order), np.int64)
    pace: dict[int, NDArray[np.float32]] = {}
    for row, (k, j) in enumerate(order):
        piece = pieces[k]
        strips = strips_at(piece, int(piece.columns[j]), WINDOW_WIDTH)
        sheet.append(strips[:, top : top + WINDOW_HEIGHT])
        frame = int(piece.frames[performance, j])
        if k not in pace:
            spec = piece.specs[performance]
            pace[k] = paces(restored(spec)) if paced else np.ones(len(spec), np.float32)
        cut = cut_rows(piece.specs[performance], frame - PAIR_FRAMES // 2, PAIR_FRAMES, 0)
        middle = np.array([PAIR_FRAMES // 2])
        at = pace[k][frame : frame + 1]
        audio[row] = cut_windows(restored(cut), middle, pace=at)[0]
        owner[row] = k
    strips_of = np.repeat(np.arange(len(order)), [len(strips) for strips in sheet])
    empty = np.zeros((0, WINDOW_HEIGHT, WINDOW_WIDTH), np.uint8)
    return Held(np.concatenate([empty, *sheet]), strips_of, audio, owner)


def listing(pieces: Sequence[Packed]) -> list[dict[str, Any]]:
    """Name, pairs, performances and checksum of each piece, as a run stores them."""
    return [
        {
            "piece": p.name,
            "pairs": len(p.columns),
            "performances": len(p.specs),
            "crc32": zlib.crc32(p.specs[0].tobytes(), zlib.crc32(p.strip.tobytes())),
        }
        for p in pieces
    ]
