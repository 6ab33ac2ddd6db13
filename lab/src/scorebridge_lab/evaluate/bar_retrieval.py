"""Retrieval bar by bar on real scans: the audio around a bar among all windows of all scans.

A query is the window nearest to the middle of a bar. A window of the other side is right when it
shows that bar: at least half of the bar, or of the window where the bar is longer. A bar that is
played more than once, or by more than one pianist, is a query each time it sounds, and as a query
of its own has as many right answers. The same music elsewhere (a reprise written out) counts as
wrong, so the best that can be reached is below 1. Vectors are cached (`benchmarks/cached.py`);
ranking takes a few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import FRAME_RATE, WINDOW_FRAMES
from scorebridge.encode.encoder import Encoder
from scorebridge.score.strips import WINDOW_WIDTH
from scorebridge.types import Encoded
from scorebridge_lab.benchmarks.cached import encode_recordings, encode_scores
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.benchmarks.scan_bars import KnownBars
from scorebridge_lab.errors import LabError
from scorebridge_lab.metrics import ResultRow, from_ranks

MIN_SHOWN = 0.5  # share of a bar, or of the window if that is shorter, that a right window shows
WINDOW_S = WINDOW_FRAMES / FRAME_RATE


@dataclass(frozen=True)
class BarRetrieval:
    """Figures of one direction."""

    row: ResultRow
    in_piece: float
    """Share of queries whose nearest window lies in the right document."""
    candidates: int
    pieces: int


@dataclass(frozen=True)
class WindowIndex:
    """All windows of one kind."""

    vectors: NDArray[np.float32]
    document: NDArray[np.int64]
    position: NDArray[np.float64]
    length: float
    """Of a window, in the unit of `position`."""


@dataclass(frozen=True)
class BarQuery:
    """A bar as a query of one kind."""

    document: int
    middle: float
    shown: tuple[tuple[int, float, float], ...]
    """Where it is on the other side: document, from, to."""


def index_of(documents: dict[int, Encoded], length: float) -> WindowIndex:
    """The windows of documents by their number."""
    return WindowIndex(
        np.concatenate([d.vectors for d in documents.values()]),
        np.repeat(list(documents), [len(d.vectors) for d in documents.values()]),
        np.concatenate([d.positions for d in documents.values()]).astype(np.float64),
        length,
    )


def queries_of(found: NDArray[Any]) -> tuple[list[BarQuery], list[BarQuery]]:
    """The queries of one piece, A2S and S2A. found : its `BARS` records."""
    sounds, places = [], []
    for row in found:
        where = (int(row["piece"]), float(row["left"]), float(row["right"]))
        middle = float(row["start"] + row["end"]) / 2
        sounds.append(BarQuery(int(row["recording"]), middle, (where,)))
    for bar in np.unique(found["bar"]):
        rows = found[found["bar"] == bar]
        when = tuple((int(r["recording"]), float(r["start"]), float(r["end"])) for r in rows)
        middle = float(rows[0]["left"] + rows[0]["right"]) / 2
        places.append(BarQuery(int(rows[0]["piece"]), middle, when))
    return sounds, places


def ranks(
    asked: WindowIndex, answers: WindowIndex, queries: Sequence[BarQuery]
) -> Iterator[tuple[int, bool]]:
    """Rank of the first right window for each query of a piece, and whether the nearest window
    lies in a document of the piece.

    Ties count against the query; bars that no window shows are left out.
    """
    home = sorted({document for query in queries for document, _, _ in query.shown})
    low, high = answers.position - answers.length / 2, answers.position + answers.length / 2
    chosen = []
    for query in queries:
        mine = np.flatnonzero(asked.document == query.document)
        chosen.append(mine[np.abs(asked.position[mine] - query.middle).argmin()])
    similarity = asked.vectors[chosen] @ answers.vectors.T
    for query, row in zip(queries, similarity, strict=True):
        right = np.zeros(len(row), bool)
        for document, start, end in query.shown:
            enough = MIN_SHOWN * min(end - start, answers.length) - 1e-6
            shows = np.minimum(high, end) - np.maximum(low, start) >= enough
            right |= (answers.document == document) & shows
        if right.any():
            inside = bool(np.isin(answers.document[row.argmax()], home))
            yield int((row[~right] >= row[right].max()).sum()) + 1, inside


def evaluate(
    encoder: Encoder, known: KnownBars, stride: int = 1, limit: int = 0
) -> list[BarRetrieval]:
    """Both directions on every `stride`-th score, at most `limit` (0: all), and its recordings.

    These documents alone are candidates. Raises LabError where none of their bars has a known
    place.
    """
    documents = known.documents
    chosen = thinned(range(len(documents.scores)), stride, limit)
    played = [k for k, owner in enumerate(documents.score_of) if owner in chosen]
    scores = encode_scores([documents.scores[k] for k in chosen], encoder)
    sounds = encode_recordings([documents.recordings[k] for k in played], encoder)
    sheet = index_of(dict(zip(chosen, scores, strict=True)), WINDOW_WIDTH)
    sound = index_of(dict(zip(played, sounds, strict=True)), WINDOW_S)
    asked = {k: queries_of(known.bars[known.bars["piece"] == k]) for k in chosen}
    out = []
    for number, direction in enumerate(("A2S", "S2A")):
        mine, other = (sound, sheet) if direction == "A2S" else (sheet, sound)
        rank, inside, owner = [], [], []
        for piece, both in asked.items():
            for place, right in ranks(mine, other, both[number]):
                rank.append(place)
                inside.append(right)
                owner.append(piece)
        if not rank:
            raise LabError("no bar of these scans has a known place: take more of them")
        out.append(
            BarRetrieval(
                row=ResultRow("bars", direction, from_ranks(np.array(rank), owner)),
                in_piece=float(np.mean(inside)),
                candidates=len(other.vectors),
                pieces=len(set(owner)),
            )
        )
    return out
