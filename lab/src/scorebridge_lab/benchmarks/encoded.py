"""Documents as vectors: evaluation sets encoded, cut into passages, and put into a library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scorebridge.audio.spectrogram import FRAME_RATE, WINDOW_FRAMES
from scorebridge.encode.documents import encode_spectrum, encode_strip
from scorebridge.encode.encoder import Encoder
from scorebridge.score.strips import WINDOW_WIDTH
from scorebridge.types import Candidates, Document, Encoded
from scorebridge_lab.benchmarks.cached import (
    cut_recording,
    cut_score,
    encode_recordings,
    encode_scores,
)
from scorebridge_lab.benchmarks.document_sets import Documents, DocumentSet
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.benchmarks.packed import PackedSet
from scorebridge_lab.dataset.pack import Packed, load
from scorebridge_lab.dataset.staff_views import unrolled_of
from scorebridge_lab.spectra import restored

Cutter = Callable[[int, Sequence[tuple[float, float]]], list[Encoded]]


@dataclass(frozen=True)
class EncodedSet:
    """An evaluation set of documents, encoded."""

    scores: list[Encoded]
    recordings: list[Encoded]
    score_of: list[int]
    """For each recording, the index of its score."""
    score_names: list[str]
    recording_names: list[str]
    volumes: frozenset[int]
    """Scores that hold many pieces, of which a recording plays one."""
    cut_recording: Cutter
    """Passages of a recording (its index; spans in s), encoded as files of their own would be."""
    cut_score: Cutter
    """Passages of a score (its index; spans in columns), as pages of their own would be."""


def encode_set(
    encoder: Encoder, of: DocumentSet | PackedSet, stride: int = 1, limit: int = 0
) -> EncodedSet:
    """Builds a set where it is missing, reads it and encodes it.

    stride, limit : every so-many-th score, at most so many (0: all), and their recordings.
    """
    if isinstance(of, PackedSet):
        files = of.files(encoder.info.by_page)
        return encode_packed(encoder, thinned(files, stride, limit))
    return encode_documents(encoder, of.documents(stride, limit))


def encode_documents(encoder: Encoder, documents: Documents) -> EncodedSet:
    """Files, encoded by way of the cache."""
    scores, recordings = documents.scores, documents.recordings
    return EncodedSet(
        scores=encode_scores(scores, encoder),
        recordings=encode_recordings(recordings, encoder),
        score_of=list(documents.score_of),
        score_names=[Path(p).stem for p in scores],
        recording_names=[Path(p).stem for p in recordings],
        volumes=documents.volumes,
        cut_recording=lambda k, spans: cut_recording(Path(recordings[k]), spans, encoder),
        cut_score=lambda k, spans: cut_score(Path(scores[k]), spans, encoder),
    )


def encode_packed(encoder: Encoder, files: Sequence[Path]) -> EncodedSet:
    """Packed pieces: the strip of each is a score, its first performance a recording."""
    pieces = [load(path) for path in files]

    def cut_audio(k: int, spans: Sequence[tuple[float, float]]) -> list[Encoded]:
        spec = restored(pieces[k].specs[0])
        return [
            encode_spectrum(spec[round(a * FRAME_RATE) : round(b * FRAME_RATE)], encoder)
            for a, b in spans
        ]

    def cut_sheet(k: int, spans: Sequence[tuple[float, float]]) -> list[Encoded]:
        whole = unrolled_of(pieces[k], encoder.info)
        return [encode_strip(whole.cut(round(a), round(b)), encoder) for a, b in spans]

    names = [piece.name for piece in pieces]
    return EncodedSet(
        scores=[score_of(piece, encoder) for piece in pieces],
        recordings=[recording_of(piece, encoder) for piece in pieces],
        score_of=list(range(len(pieces))),
        score_names=names,
        recording_names=names,
        volumes=frozenset(),
        cut_recording=cut_audio,
        cut_score=cut_sheet,
    )


def score_of(piece: Packed, encoder: Encoder) -> Encoded:
    """The unrolled strip of a packed piece, encoded as a library would."""
    return encode_strip(unrolled_of(piece, encoder.info), encoder)


def recording_of(piece: Packed, encoder: Encoder, performance: int = 0) -> Encoded:
    """One performance of a packed piece, encoded as a library would."""
    return encode_spectrum(restored(piece.specs[performance]), encoder)


def library_of(documents: Sequence[Encoded], names: Sequence[str] | None = None) -> Candidates:
    """Documents in memory as a library hands them to the matchers."""
    names = names or [f"{d.kind} {k}" for k, d in enumerate(documents)]
    offsets = np.cumsum([0, *(len(d.vectors) for d in documents)], dtype=np.int64)
    return Candidates(
        tuple(
            Document(n, n, d.kind, Path(n).stem, d.extent, d.pages, d.places)
            for n, d in zip(names, documents, strict=True)
        ),
        np.concatenate([d.vectors for d in documents]),
        np.concatenate([d.positions for d in documents]),
        offsets,
        between=np.concatenate([d.halfway for d in documents]),
    )


def fragment(whole: Encoded, start: float, stop: float) -> Encoded:
    """The windows of `whole` that lie fully between the shares `start` and `stop` of its extent.

    Where none does, the window that is nearest to the middle.
    """
    margin = WINDOW_FRAMES / FRAME_RATE / 2 if whole.kind == "recording" else WINDOW_WIDTH / 2
    low, high = start * whole.extent, stop * whole.extent
    inside = (whole.positions >= low + margin - 1e-3) & (whole.positions <= high - margin + 1e-3)
    if not inside.any():
        inside[np.abs(whole.positions - (low + high) / 2).argmin()] = True
    return whole.where(inside)
