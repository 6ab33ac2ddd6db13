"""Identification of whole documents and of fragments, by any method of ranking.

Functions return plain rows for printing; nothing is trained or tuned here.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode.calibration import Calibration
from scorebridge.encode.encoder import Encoder
from scorebridge.retrieval.find import answers_to
from scorebridge.retrieval.rank import rank_documents
from scorebridge.retrieval.two_way import DtwSettings
from scorebridge.retrieval.volumes import parts_of
from scorebridge.types import Candidates, Encoded
from scorebridge_lab.benchmarks.distractors import Distractors
from scorebridge_lab.benchmarks.encoded import EncodedSet, fragment, library_of
from scorebridge_lab.metrics import ResultRow, from_ranks

FRAGMENTS = 3  # taken from each piece, evenly spaced
VOLUME_ANSWERS = 60  # to a volume, in which the right one is looked for; else it counts as last

Relevant = tuple[int, ...]
"""The documents that answer a query: all performances of a score, or the score of a performance."""


@dataclass(frozen=True)
class Queries:
    """Queries of one kind and the documents among which their answers are."""

    what: str
    direction: str
    queries: list[Encoded]
    ground_truth: list[Relevant]
    names: list[str]
    documents: list[Encoded]
    """Those of the set, without distractors."""
    works: list[int]
    """A number for each document; what plays or shows the same piece has the same."""

    @property
    def groups(self) -> list[int]:
        """The work of each query."""
        return [self.works[relevant[0]] for relevant in self.ground_truth]


def document_ranks(
    queries: Sequence[Encoded],
    ground_truth: Sequence[Relevant],
    documents: Sequence[Encoded],
    method: str,
    settings: DtwSettings | None = None,
) -> NDArray[np.int64]:
    """Rank of the best relevant document for each query, 1 = first; ties count against it."""
    return ranks_and_time(queries, ground_truth, library_of(documents), method, settings)[0]


def ranks_and_time(
    queries: Sequence[Encoded],
    ground_truth: Sequence[Relevant],
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
    for k, (query, relevant) in enumerate(zip(queries, ground_truth, strict=True)):
        if method == "align" and calibration is not None and len(parts_of(query.places)) > 1:
            answers = answers_to(query, library, VOLUME_ANSWERS, calibration, settings)
            right = [n for n, found in enumerate(answers, 1) if found.document in relevant]
            ranks[k] = right[0] if right else len(library.documents)
            continue
        scores = rank_documents(query, library, method, settings)
        best = scores[list(relevant)].max()
        ranks[k] = 1 + (np.delete(scores, relevant) >= best).sum()
    return ranks, (time.perf_counter() - start) / max(len(queries), 1)


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


def queries_of(material: EncodedSet, lengths: Sequence[float]) -> list[Queries]:
    """Whole documents and fragments of so many seconds, both directions.

    A score's fragment of 10 s is the stretch that takes 10 s in its recording, on average.
    """
    m = material
    owners = np.array(m.score_of)
    own = {s: tuple(np.flatnonzero(owners == s).tolist()) for s in dict.fromkeys(m.score_of)}
    scores, sounds = list(range(len(m.scores))), list(m.score_of)
    found = [
        Queries(
            "whole",
            "A2S",
            queries=m.recordings,
            ground_truth=[(s,) for s in sounds],
            names=m.recording_names,
            documents=m.scores,
            works=scores,
        ),
        Queries(
            "whole",
            "S2A",
            queries=[m.scores[s] for s in own],
            ground_truth=list(own.values()),
            names=[m.score_names[s] for s in own],
            documents=m.recordings,
            works=sounds,
        ),
    ]
    # A volume's share of music that one recording plays is unknown: no fragments of volumes.
    single = [s for s in own if s not in m.volumes]
    for seconds in lengths:
        played = [
            m.cut_recording(k, spread_spans(r.extent, seconds)) for k, r in enumerate(m.recordings)
        ]
        printed = []
        for s in single:
            extent = m.scores[s].extent
            share = seconds / m.recordings[own[s][0]].extent
            printed.append(m.cut_score(s, spread_spans(extent, share * extent)))
        found += [
            Queries(
                f"{seconds:g} s",
                "A2S",
                queries=[f for part in played for f in part],
                ground_truth=[(s,) for s in sounds for _ in range(FRAGMENTS)],
                names=[f"{n}[{k}]" for n in m.recording_names for k in range(FRAGMENTS)],
                documents=m.scores,
                works=scores,
            ),
            Queries(
                f"{seconds:g} s",
                "S2A",
                queries=[f for part in printed for f in part],
                ground_truth=[own[s] for s in single for _ in range(FRAGMENTS)],
                names=[f"{m.score_names[s]}[{k}]" for s in single for k in range(FRAGMENTS)],
                documents=m.recordings,
                works=sounds,
            ),
        ]
    return found


def identify(
    asked: Queries,
    methods: Sequence[str],
    distractors: Sequence[Encoded] = (),
    settings: DtwSettings | None = None,
    calibration: Calibration | None = None,
) -> tuple[list[ResultRow], list[str]]:
    """Rows of one kind of query, one a method, and the failures, one line each.

    calibration : see `ranks_and_time`.
    """
    library = library_of([*asked.documents, *distractors])
    rows, failures = [], []
    for method in methods:
        ranks, _ = ranks_and_time(
            asked.queries, asked.ground_truth, library, method, settings, calibration
        )
        figures = from_ranks(ranks, asked.groups)
        rows.append(ResultRow(f"{asked.what}, {method}", asked.direction, figures))
        failures.extend(
            f"{asked.what} {method} {asked.direction}: {asked.names[k]} at rank {rank}"
            for k, rank in enumerate(ranks)
            if rank > 1
        )
    return rows, failures


def evaluate(
    encoder: Encoder,
    material: EncodedSet,
    distractors: Distractors,
    methods: Sequence[str] = ("votes", "align"),
    lengths: Sequence[float] = (30.0, 10.0),
) -> tuple[list[ResultRow], list[str]]:
    """Whole documents and fragments of so many seconds; rows, and failures, one line each."""
    rows, failures = [], []
    for one in queries_of(material, lengths):
        others = distractors.among(one.direction)
        more, failed = identify(one, methods, others, calibration=encoder.info.calibration)
        rows += more
        failures += failed
    return rows, failures
