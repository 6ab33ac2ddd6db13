"""Retrieval bar by bar on real scans: the audio around a bar among all windows of all scans.

A query is the window nearest to the middle of a bar. A window of the other side is right when it
shows that bar: at least half of the bar, or of the window where the bar is longer. A bar that is
played more than once, or by more than one pianist, asks each time it sounds, and asked itself
has as many right answers. The same music elsewhere (a reprise written out) counts as wrong, so
the best that can be reached is below 1.
Encoding is kept (`truth/kept.py`); ranking takes a few seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import FRAME_RATE, WINDOW_FRAMES
from scorebridge.encode.encoder import Encoder, is_by_page
from scorebridge.score.strips import WINDOW_WIDTH
from scorebridge.types import Encoded
from scorebridge_lab.benchmarks.cached import encode_recordings, encode_scores
from scorebridge_lab.benchmarks.scan_bars import BarSet, SetWithBars, bars
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.metrics import Row, from_ranks

SHOWN = 0.5  # share of a bar, or of the window if that is shorter, that a right window shows
WINDOW_S = WINDOW_FRAMES / FRAME_RATE


@dataclass(frozen=True)
class Found:
    """One direction."""

    row: Row
    in_piece: float
    """Share of queries whose nearest window lies in the right document."""
    candidates: int
    pieces: int


@dataclass(frozen=True)
class Side:
    """All windows of one kind."""

    vectors: NDArray[np.float32]
    document: NDArray[np.int64]
    position: NDArray[np.float64]
    length: float
    """Of a window, in the unit of `position`."""


@dataclass(frozen=True)
class Question:
    """A bar, asked on one side."""

    document: int
    middle: float
    shown: tuple[tuple[int, float, float], ...]
    """Where it is on the other side: document, from, to."""


def side_of(documents: dict[int, Encoded], length: float) -> Side:
    """The windows of documents by their number."""
    return Side(
        np.concatenate([d.vectors for d in documents.values()]),
        np.repeat(list(documents), [len(d.vectors) for d in documents.values()]),
        np.concatenate([d.positions for d in documents.values()]).astype(np.float64),
        length,
    )


def questions(found: NDArray[Any]) -> tuple[list[Question], list[Question]]:
    """What is asked of one piece, A2S and S2A. found : its `BARS` records."""
    sounds, places = [], []
    for row in found:
        where = (int(row["piece"]), float(row["left"]), float(row["right"]))
        middle = float(row["start"] + row["end"]) / 2
        sounds.append(Question(int(row["recording"]), middle, (where,)))
    for bar in np.unique(found["bar"]):
        rows = found[found["bar"] == bar]
        when = tuple((int(r["recording"]), float(r["start"]), float(r["end"])) for r in rows)
        middle = float(rows[0]["left"] + rows[0]["right"]) / 2
        places.append(Question(int(rows[0]["piece"]), middle, when))
    return sounds, places


def ranks(asked: Side, answers: Side, of: Sequence[Question]) -> Iterator[tuple[int, bool]]:
    """Rank of the first right window for each question of a piece, and whether the nearest
    window lies in a document of the piece.

    Ties count against the query; bars that no window shows are left out.
    """
    home = sorted({document for question in of for document, _, _ in question.shown})
    low, high = answers.position - answers.length / 2, answers.position + answers.length / 2
    chosen = []
    for question in of:
        mine = np.flatnonzero(asked.document == question.document)
        chosen.append(mine[np.abs(asked.position[mine] - question.middle).argmin()])
    similarity = asked.vectors[chosen] @ answers.vectors.T
    for question, row in zip(of, similarity, strict=True):
        right = np.zeros(len(row), bool)
        for document, start, end in question.shown:
            enough = SHOWN * min(end - start, answers.length) - 1e-6
            shows = np.minimum(high, end) - np.maximum(low, start) >= enough
            right |= (answers.document == document) & shows
        if right.any():
            inside = bool(np.isin(answers.document[row.argmax()], home))
            yield int((row[~right] >= row[right].max()).sum()) + 1, inside


def evaluate(
    encoder: Encoder,
    every: int = 1,
    material: BarSet | None = None,
    of: SetWithBars = "scans-straight",
) -> list[Found]:
    """Both directions on every `every`-th score of a set and its recordings, which alone are
    candidates."""
    found = material or bars(is_by_page(encoder), of)
    linked = found.linked
    chosen = range(0, len(linked.scores), every)
    played = [k for k, owner in enumerate(linked.score_of) if owner in chosen]
    scores = encode_scores([linked.scores[k] for k in chosen], encoder)
    sounds = encode_recordings([linked.recordings[k] for k in played], encoder)
    sheet = side_of(dict(zip(chosen, scores, strict=True)), WINDOW_WIDTH)
    sound = side_of(dict(zip(played, sounds, strict=True)), WINDOW_S)
    asked = {k: questions(found.bars[found.bars["piece"] == k]) for k in chosen}
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
        numbers = np.array(rank)
        out.append(
            Found(
                Row("bars", direction, from_ranks(numbers, owner)),
                float(np.mean(inside)),
                len(other.vectors),
                len(set(owner)),
            )
        )
    return out
