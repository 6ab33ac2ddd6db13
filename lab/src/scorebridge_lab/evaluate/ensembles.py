"""Identification by kind of scoring: engraved works that judge, on sound fonts never trained on.

Every work is a score with all its staves and a recording; each is asked among all others of every
kind. A *part* is one staff of a work of several, the one that sounds most, in place of its score.
Ranks are those of `find`'s own ranking (`align`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.progress import track

from scorebridge.audio.spectrogram import FRAME_RATE
from scorebridge.encode.documents import encode_spectrum, encode_strip
from scorebridge.encode.encoder import Encoder
from scorebridge.types import Candidates, Encoded
from scorebridge_lab.benchmarks.encoded import library_of, recording_of, score_of
from scorebridge_lab.dataset.ensembles import whole_strip
from scorebridge_lab.dataset.pack import Packed, load
from scorebridge_lab.dataset.staff_views import unrolled_of
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.identification import ranks_and_time, spread_spans
from scorebridge_lab.metrics import ResultRow, from_ranks
from scorebridge_lab.spectra import restored


@dataclass(frozen=True)
class JudgedWork:
    """One work of the set, encoded."""

    group: str
    piece: Packed
    score: Encoded
    recording: Encoded
    part: Encoded | None
    """One staff of it; None where it has no more."""


def group_of(path: Path) -> str:
    """The kind of scoring of a packed file of `dataset.ensembles`."""
    return path.name.partition("--")[0]


def main_part(piece: Packed) -> Packed | None:
    """The piece with the one staff that sounds most; None where it has only one."""
    if piece.staves is None or piece.sounding is None or len(piece.staves) < 2:
        return None
    k = int(piece.sounding.sum(1).argmax())
    part = piece.staves[k : k + 1]
    return replace(piece, strip=whole_strip(part), staves=part, sounding=piece.sounding[k : k + 1])


def encode_works(encoder: Encoder, files: Sequence[Path]) -> list[JudgedWork]:
    """Encodes packed works. Raises LabError where there are none."""
    if not files:
        raise LabError(
            "no works that judge. Make them: scorebridge-lab data ensembles --part judge"
        )
    out = []
    for path in track(files, "works"):
        piece = load(path)
        part = main_part(piece)
        out.append(
            JudgedWork(
                group_of(path),
                piece,
                score_of(piece, encoder),
                recording_of(piece, encoder),
                None if part is None else score_of(part, encoder),
            )
        )
    return out


def table(
    works: Sequence[JudgedWork], encoder: Encoder, lengths: Sequence[float] = (30.0, 10.0)
) -> list[ResultRow]:
    """Rows for each kind of scoring: whole documents, fragments of so many seconds, parts."""
    scores, sounds = (library_of([getattr(w, k) for w in works]) for k in ("score", "recording"))
    parts = library_of([w.part or w.score for w in works])
    numbers = list(range(len(works)))
    asked: list[tuple[str, str, list[Encoded], list[int], Candidates]] = [
        ("whole", "A2S", [w.recording for w in works], numbers, scores),
        ("whole", "S2A", [w.score for w in works], numbers, sounds),
    ]
    for seconds in lengths:
        heard, seen, owners = [], [], []
        for k, work in enumerate(works):
            spans = spread_spans(work.recording.extent, seconds)
            spec = restored(work.piece.specs[0])
            heard += [
                encode_spectrum(spec[round(a * FRAME_RATE) : round(b * FRAME_RATE)], encoder)
                for a, b in spans
            ]
            whole = unrolled_of(work.piece, encoder.info)
            share = min(1.0, seconds / work.recording.extent)
            columns = spread_spans(work.score.extent, share * work.score.extent)
            seen += [encode_strip(whole.cut(round(a), round(b)), encoder) for a, b in columns]
            owners += [k] * len(spans)
        asked.append((f"{seconds:g} s", "A2S", heard, owners, scores))
        asked.append((f"{seconds:g} s", "S2A", seen, owners, sounds))
    several = [k for k, w in enumerate(works) if w.part is not None]
    played = [works[k].recording for k in several]
    printed = [w.part for w in works if w.part is not None]
    asked.append(("parts", "A2S", played, several, parts))
    asked.append(("parts", "S2A", printed, several, sounds))
    rows = []
    for what, direction, queries, owners, library in asked:
        truth = [(k,) for k in owners]
        ranks, _ = ranks_and_time(queries, truth, library, "align")
        groups = np.array([works[k].group for k in owners])
        for group in [*sorted(set(groups)), "all"]:
            mine = np.ones(len(groups), bool) if group == "all" else groups == group
            figures = from_ranks(ranks[mine], np.array(owners)[mine].tolist())
            rows.append(ResultRow(f"{group}, {what}", direction, figures))
    return rows
