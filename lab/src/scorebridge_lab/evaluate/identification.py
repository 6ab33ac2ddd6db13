"""Figures: snippet retrieval as in P2, P3 and P5, and identification of whole files and fragments.

Each function returns plain rows for printing; nothing is trained or tuned here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import FRAME_RATE
from scorebridge.encode.documents import encode_spectrum, encode_strip
from scorebridge.encode.encoder import Encoder, is_by_page, is_paced
from scorebridge.retrieval.confidence import Calibration, calibration_of
from scorebridge.retrieval.find import answers_to
from scorebridge.retrieval.rank import DtwSettings, rank_documents
from scorebridge.retrieval.volumes import parts_of
from scorebridge.types import Candidates, Encoded
from scorebridge_lab.benchmarks.cached import (
    cut_recording,
    cut_score,
    encode_recordings,
    encode_scores,
)
from scorebridge_lab.benchmarks.distractors import crowd, library_of, recording_of, score_of
from scorebridge_lab.benchmarks.sets import SETS, fragment
from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.dataset.msmd import msmd_set
from scorebridge_lab.dataset.pack import Packed
from scorebridge_lab.dataset.pairs import fixed_pairs, read_pieces
from scorebridge_lab.evaluate.metrics import Row, from_ranks, paired_ranks

FRAGMENTS = 3  # taken from each piece, evenly spaced
ANSWERS = 60  # to a volume, in which the right one is looked for; else it counts as last


def snippets(encoder: Encoder, part: str, candidates: int, seed: int = 0) -> tuple[int, list[Row]]:
    """Snippet retrieval among `candidates` pairs, both ways (P3 section 5.2, P5 section 5.1).

    Returns the number of pieces and the rows.
    """
    pieces = read_pieces([msmd_set(part, is_by_page(encoder))])
    return len(pieces), pair_rows(encoder, pieces, candidates, "", seed)


def pair_rows(
    encoder: Encoder, pieces: Sequence[Packed], candidates: int, label: str = "", seed: int = 0
) -> list[Row]:
    """Both ways of snippet retrieval among pairs of packed pieces; `label` opens the row's name."""
    sheet, audio, owner = fixed_pairs(pieces, candidates, seed, paced=is_paced(encoder))
    s, a = encoder.sheet(sheet), encoder.audio(audio)
    what = f"{label}{len(s)} candidates"
    return [
        Row(what, "A2S", from_ranks(paired_ranks(a, s), owner)),
        Row(what, "S2A", from_ranks(paired_ranks(s, a), owner)),
    ]


Right = tuple[int, ...]
"""The documents that answer a query: all performances of a score, or the score of a performance."""


def document_ranks(
    queries: Sequence[Encoded],
    truth: Sequence[Right],
    documents: Sequence[Encoded],
    method: str,
    settings: DtwSettings | None = None,
) -> NDArray[np.int64]:
    """Rank of the best right document for each query, 1 = first; ties count against it."""
    return ranks_and_time(queries, truth, library_of(documents), method, settings)[0]


def ranks_and_time(
    queries: Sequence[Encoded],
    truth: Sequence[Right],
    library: Candidates,
    method: str,
    settings: DtwSettings | None = None,
    calibration: Calibration | None = None,
) -> tuple[NDArray[np.int64], float]:
    """As `document_ranks` in a library at hand, and the mean seconds of a query.

    calibration : of the encoders; with it `align` asks volumes part by part, as `find` does.
    """
    ranks = np.empty(len(queries), np.int64)
    start = time.perf_counter()
    for k, (query, right) in enumerate(zip(queries, truth, strict=True)):
        if method == "align" and calibration is not None and len(parts_of(query.places)) > 1:
            answers = answers_to(query, library, ANSWERS, calibration, settings)
            good = [n for n, found in enumerate(answers, 1) if found.document in right]
            ranks[k] = good[0] if good else len(library.documents)
            continue
        scores = rank_documents(query, library, method, settings)
        ranks[k] = 1 + (np.delete(scores, right) >= scores[list(right)].max()).sum()
    return ranks, (time.perf_counter() - start) / max(len(queries), 1)


@dataclass(frozen=True)
class Asked:
    """Questions of one kind and the documents among which their answers are."""

    what: str
    direction: str
    queries: list[Encoded]
    truth: list[Right]
    names: list[str]
    documents: list[Encoded]
    """Those of the set, without any crowd."""
    works: list[int]
    """A number for each document; what plays or shows the same has the same."""

    @property
    def groups(self) -> list[int]:
        """The work that each question is about."""
        return [self.works[right[0]] for right in self.truth]


Cutter = Callable[[int, Sequence[tuple[float, float]]], list[Encoded]]


@dataclass(frozen=True)
class Material:
    """A set of `truth.sets`, encoded."""

    scores: list[Encoded]
    recordings: list[Encoded]
    score_of: list[int]
    score_names: list[str]
    recording_names: list[str]
    volumes: frozenset[int]
    hear: Cutter
    """Passages of a recording (its index; spans in s), encoded as files of their own would be."""
    see: Cutter
    """Passages of a score (its index; spans in columns), as pages of their own would be."""


def encode_set(encoder: Encoder, name: str) -> Material:
    """Build a set where it is missing, read it and encode it.

    name : of `sets.SETS`, or msmd-test.
    """
    if name == "msmd-test":
        return packed_material(encoder, sorted(msmd_set("test", is_by_page(encoder)).glob("*.npz")))
    linked = SETS[name]()
    return Material(
        encode_scores(linked.scores, encoder),
        encode_recordings(linked.recordings, encoder),
        list(linked.score_of),
        [Path(p).stem for p in linked.scores],
        [Path(p).stem for p in linked.recordings],
        linked.volumes,
        lambda k, spans: cut_recording(Path(linked.recordings[k]), spans, encoder),
        lambda k, spans: cut_score(Path(linked.scores[k]), spans, encoder),
    )


def packed_material(encoder: Encoder, files: Sequence[Path]) -> Material:
    """Packed pieces as a set: the strip of each is a score, its first performance a recording."""
    kept = [packing.load(path) for path in files]

    def hear(k: int, spans: Sequence[tuple[float, float]]) -> list[Encoded]:
        spec = packing.restored(kept[k].specs[0])
        return [
            encode_spectrum(spec[round(a * FRAME_RATE) : round(b * FRAME_RATE)], encoder)
            for a, b in spans
        ]

    def see(k: int, spans: Sequence[tuple[float, float]]) -> list[Encoded]:
        return [encode_strip(kept[k].strip[:, round(a) : round(b)], encoder) for a, b in spans]

    names = [piece.name for piece in kept]
    return Material(
        [score_of(piece, encoder) for piece in kept],
        [recording_of(piece, encoder) for piece in kept],
        list(range(len(kept))),
        *(names, names),
        frozenset(),
        *(hear, see),
    )


def spread_spans(extent: float, length: float) -> list[tuple[float, float]]:
    """`FRAGMENTS` evenly spaced spans of a length; of what is shorter, all of it each time."""
    length = min(length, extent)
    return [(s, s + length) for s in np.linspace(0.1, 0.9, FRAGMENTS) * (extent - length)]


def cut_fragments(whole: Sequence[Encoded], shares: Sequence[float]) -> list[list[Encoded]]:
    """`FRAGMENTS` evenly spaced fragments of each document, each of the given share of it."""
    out = []
    for document, share in zip(whole, shares, strict=True):
        share = min(1.0, share)
        starts = np.linspace(0.1, 0.9, FRAGMENTS) * (1 - share)
        out.append([fragment(document, start, start + share) for start in starts])
    return out


def questions(material: Material, lengths: Sequence[float]) -> list[Asked]:
    """Whole documents and fragments of so many seconds, both ways.

    A score's fragment of 10 s is the stretch that takes 10 s in its recording, on average.
    """
    m = material
    owners = np.array(m.score_of)
    own = {s: tuple(np.flatnonzero(owners == s).tolist()) for s in dict.fromkeys(m.score_of)}
    scores, sounds = list(range(len(m.scores))), list(m.score_of)
    asked = [
        Asked("whole", "A2S", m.recordings, _single(sounds), m.recording_names, m.scores, scores),
        Asked(
            "whole",
            "S2A",
            [m.scores[s] for s in own],
            list(own.values()),
            [m.score_names[s] for s in own],
            m.recordings,
            sounds,
        ),
    ]
    # A volume's share of music that one recording plays is unknown: no fragments of volumes.
    single = [s for s in own if s not in m.volumes]
    for seconds in lengths:
        played = [m.hear(k, spread_spans(r.extent, seconds)) for k, r in enumerate(m.recordings)]
        printed = []
        for s in single:
            extent = m.scores[s].extent
            share = seconds / m.recordings[own[s][0]].extent
            printed.append(m.see(s, spread_spans(extent, share * extent)))
        asked += [
            Asked(
                f"{seconds:g} s",
                "A2S",
                [f for part in played for f in part],
                [(s,) for s in sounds for _ in range(FRAGMENTS)],
                [f"{n}[{k}]" for n in m.recording_names for k in range(FRAGMENTS)],
                m.scores,
                scores,
            ),
            Asked(
                f"{seconds:g} s",
                "S2A",
                [f for part in printed for f in part],
                [own[s] for s in single for _ in range(FRAGMENTS)],
                [f"{m.score_names[s]}[{k}]" for s in single for k in range(FRAGMENTS)],
                m.recordings,
                sounds,
            ),
        ]
    return asked


def _single(documents: Sequence[int]) -> list[Right]:
    return [(d,) for d in documents]


def identify(
    asked: Asked,
    methods: Sequence[str],
    distractors: Sequence[Encoded] = (),
    settings: DtwSettings | None = None,
    calibration: Calibration | None = None,
) -> tuple[list[Row], list[str]]:
    """Rows of one kind of question, one a method, and the failures, one line each.

    calibration : see `ranks_and_time`.
    """
    library = library_of([*asked.documents, *distractors])
    rows, failures = [], []
    for method in methods:
        ranks, _ = ranks_and_time(
            asked.queries, asked.truth, library, method, settings, calibration
        )
        rows.append(
            Row(f"{asked.what}, {method}", asked.direction, from_ranks(ranks, asked.groups))
        )
        failures.extend(
            f"{asked.what} {method} {asked.direction}: {asked.names[k]} at rank {rank}"
            for k, rank in enumerate(ranks)
            if rank > 1
        )
    return rows, failures


def pieces(
    encoder: Encoder,
    name: str,
    methods: Sequence[str] = ("votes", "align"),
    lengths: Sequence[float] = (30.0, 10.0),
    crowded: int | None = None,
) -> tuple[list[Row], list[str]]:
    """Identification on a set of `truth.sets`: whole documents and fragments of so many seconds.

    crowded : packed pieces that stand among the documents; 0 for all there are, None for none.
    Returns the rows and the failures, one line each.
    """
    asked = questions(encode_set(encoder, name), lengths)
    scores, recordings = crowd(encoder, crowded)
    rows, failures = [], []
    for one in asked:
        others = scores if one.direction == "A2S" else recordings
        more, failed = identify(one, methods, others, calibration=calibration_of(encoder))
        rows += more
        failures += failed
    return rows, failures
