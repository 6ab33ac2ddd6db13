"""Retrieval bar by bar on real scans: the audio around a bar among all windows of all scans.

A query is the window nearest to the middle of a bar. A window of the other side is right when it
shows that bar: at least half of the bar, or of the window where the bar is longer. The same music
elsewhere (a reprise written out) counts as wrong, so the best that can be reached is below 1.
Encoding is kept (`truth/kept.py`); ranking takes a few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import FRAME_RATE, WINDOW_FRAMES
from scorebridge.encode import Encoder, is_by_page
from scorebridge.errors import LabError
from scorebridge.lab.evaluate.identification import Row
from scorebridge.lab.metrics import from_ranks, intervals
from scorebridge.lab.truth.bars import BarSet, bars
from scorebridge.lab.truth.kept import encode_recordings, encode_scores
from scorebridge.score.strips import WINDOW_WIDTH
from scorebridge.types import Encoded

SHOWN = 0.5  # share of a bar, or of the window if that is shorter, that a right window shows
WINDOW_S = WINDOW_FRAMES / FRAME_RATE


@dataclass(frozen=True)
class Found:
    """One direction."""

    row: Row
    between: dict[str, tuple[float, float]]
    """95 % bootstrap intervals over pieces, see `metrics.intervals`."""
    in_piece: float
    """Share of queries whose nearest window lies in the right document."""
    candidates: int
    pieces: int


@dataclass(frozen=True)
class Side:
    """All windows of one kind."""

    vectors: NDArray[np.float32]
    piece: NDArray[np.int64]
    position: NDArray[np.float64]
    length: float
    """Of a window, in the unit of `position`."""


def side_of(documents: dict[int, Encoded], length: float) -> Side:
    """The windows of documents by the number of their piece."""
    return Side(
        np.concatenate([d.vectors for d in documents.values()]),
        np.repeat(list(documents), [len(d.vectors) for d in documents.values()]),
        np.concatenate([d.positions for d in documents.values()]).astype(np.float64),
        length,
    )


def ranks(
    asked: Side, answers: Side, where: NDArray[np.float64], shown: NDArray[np.float64], piece: int
) -> Iterator[tuple[int, bool]]:
    """Rank of the first right window for each bar of a piece, and whether the first is in it.

    where : float [bars, 2], from and to on the asked side. shown : the same on the other side.
    Ties count against the query; bars that no window shows are left out.
    """
    mine, theirs = np.flatnonzero(asked.piece == piece), answers.piece == piece
    middle = where.mean(1)
    chosen = mine[np.abs(asked.position[mine] - middle[:, None]).argmin(1)]
    similarity = asked.vectors[chosen] @ answers.vectors.T
    low, high = answers.position - answers.length / 2, answers.position + answers.length / 2
    for row, (start, end) in zip(similarity, shown, strict=True):
        overlap = np.minimum(high, end) - np.maximum(low, start)
        right = theirs & (overlap >= SHOWN * min(end - start, answers.length) - 1e-6)
        if right.any():
            wrong = row[~right]
            yield int((wrong >= row[right].max()).sum()) + 1, bool(theirs[row.argmax()])


def evaluate(encoder: Encoder, every: int = 1, material: BarSet | None = None) -> list[Found]:
    """Both directions on every `every`-th scan; only those scans are candidates."""
    found = material or bars(is_by_page(encoder))
    chosen = range(0, len(found.linked.scores), every)
    scores = encode_scores([found.linked.scores[k] for k in chosen], encoder)
    sounds = encode_recordings([found.linked.recordings[k] for k in chosen], encoder)
    sheet = side_of(dict(zip(chosen, scores, strict=True)), WINDOW_WIDTH)
    sound = side_of(dict(zip(chosen, sounds, strict=True)), WINDOW_S)
    out = []
    for direction in ("A2S", "S2A"):
        rank, inside, owner = [], [], []
        for piece in chosen:
            mine = found.bars[found.bars["piece"] == piece]
            if not len(mine):
                continue
            on_page = np.stack([mine["left"], mine["right"]], 1).astype(np.float64)
            in_time = np.stack([mine["start"], mine["end"]], 1).astype(np.float64)
            pair = (sound, sheet, in_time, on_page)
            if direction == "S2A":
                pair = (sheet, sound, on_page, in_time)
            for number, right in ranks(*pair, piece):
                rank.append(number)
                inside.append(right)
                owner.append(piece)
        if not rank:
            raise LabError("no bar of these scans has a known place: take more of them")
        other = sheet if direction == "A2S" else sound
        numbers = np.array(rank)
        out.append(
            Found(
                Row("bars", direction, from_ranks(numbers)),
                intervals(numbers, np.array(owner)),
                float(np.mean(inside)),
                len(other.vectors),
                len(set(owner)),
            )
        )
    return out
