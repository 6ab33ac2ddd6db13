"""Rank all documents of a collection for one query: by votes, or by warping.

Warping follows P4: what counts is how well the *order* of the query's windows fits
a document. Similarities can be freed of what every window has in common (the
collection's mean vector, times `DtwSettings.hub`); with the encoders that ship this
costs .06 of R@1 at 10 seconds of audio on 115 scans, so it is off. Per document, two readings:

inside  the whole query somewhere in the document (fragments, whole documents);
around  the whole document somewhere in the query (a recording that plays more than
        the document shows: repeats, several movements), tried where the lengths allow it.

Each gives the mean similarity along its best path. A document with fewer windows than the
query proves less by being found inside it, so what `around` has above the collection's
middle score is scaled by sqrt(document windows / query windows), as the
spread of a mean is. The document's score is the better of the two.

Cost (two cores): one matrix product and one pass of a compiled kernel over query x
collection windows, see `bench/dtw.py`. Above `DtwSettings.budget` cells only the documents
with the most votes are warped, the others follow in the order of their votes.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import UsageError
from scorebridge.match.dtw import PACED, Steps, match_many
from scorebridge.match.votes import EXCERPTS, NEIGHBOURS, count_votes

METHODS = ("dtw", "votes")
CHUNK = 4_000_000  # cells warped at a time per thread: 16 MB
AROUND_MOST = 8.0  # document windows per query window above which "around" cannot be meant


@dataclass(frozen=True, slots=True)
class DtwSettings:
    """How documents are short-listed and warped."""

    steps: Steps = PACED
    scope: Literal["auto", "inside", "whole"] = "auto"
    """auto: as the module says; inside: subsequence only (P4 III-C); whole: corner to
    corner (P4 II-C), for which `steps` must allow it (`CLASSIC`, `SYMMETRIC`)."""
    hub: float = 0.0
    """Share of the collection's mean vector taken off all vectors, 0 to 1."""
    document: float = 0.0
    """Share of a document's own mean similarity to the query taken off its score, 0 to 1."""
    shortlist: int = 50
    """Documents warped at least, best votes first."""
    budget: int = 40_000_000
    """Cells (query windows x document windows) warped at most beyond the short-list."""
    excerpts: int | None = EXCERPTS
    votes: int = NEIGHBOURS
    threads: int = 0
    """0: as many as this process may use."""


class Scan(NamedTuple):
    """Mean similarity along the best paths, float64 [documents]; -inf where not tried."""

    inside: NDArray[np.float64]
    around: NDArray[np.float64]


def centred(
    query: NDArray[np.float32], vectors: NDArray[np.float32], hub: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Both sets of vectors less `hub` times the mean of `vectors`."""
    if hub == 0 or not len(vectors):
        return query, vectors
    common = np.float32(hub) * vectors.mean(0, dtype=np.float64).astype(np.float32)
    return query - common, vectors - common


def scan_documents(
    query: NDArray[np.float32],
    vectors: NDArray[np.float32],
    offsets: NDArray[np.int64],
    chosen: NDArray[np.int64],
    settings: DtwSettings,
) -> Scan:
    """Warp the query against the `chosen` documents; vectors as `centred` gives them."""
    documents = len(offsets) - 1
    inside, around = np.full(documents, -inf), np.full(documents, -inf)
    lengths = np.diff(offsets)
    chosen = chosen[lengths[chosen] > 0]
    rows = len(query)
    if rows == 0 or len(chosen) == 0:
        return Scan(inside, around)
    steps, edge = settings.steps, inf if settings.scope == "whole" else 0.0

    def work(part: NDArray[np.int64]) -> None:
        pieces = [vectors[offsets[d] : offsets[d + 1]] for d in part]
        block = np.concatenate(pieces) if len(part) > 1 else pieces[0]
        cost = 1 - query @ block.T
        stops = np.cumsum(lengths[part])
        starts = stops - lengths[part]
        total, first, last = match_many(cost, starts, stops, 1, steps, edge=edge)
        inside[part] = 1 - total / _path_lengths(steps, np.full(len(part), rows), last - first + 1)
        # What the document and the query have in common wherever one looks.
        likeness = query.mean(0) @ np.add.reduceat(block, starts, axis=0).T / lengths[part]
        inside[part] -= settings.document * likeness
        turn = lengths[part] <= AROUND_MOST * rows
        if settings.scope != "auto" or not turn.any():
            return
        # Rows and columns change places: now each document pays, somewhere in the query.
        total, first, last = match_many(cost.T, starts[turn], stops[turn], 0, steps)
        value = 1 - total / _path_lengths(steps, lengths[part][turn], last - first + 1)
        around[part[turn]] = value - settings.document * likeness[turn]

    threads = settings.threads or _processors()
    parts = _parts(chosen, lengths, rows)
    if threads == 1 or len(parts) == 1:
        for part in parts:
            work(part)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, parts))
    return Scan(inside, around)


def _processors() -> int:
    """Processors this process may use (macOS and Windows cannot tell: all)."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _path_lengths(
    steps: Steps, rows: NDArray[np.int64], columns: NDArray[np.int32]
) -> NDArray[np.float64]:
    return np.array([steps.length(int(r), int(c)) for r, c in zip(rows, columns, strict=True)])


def _parts(
    chosen: NDArray[np.int64], lengths: NDArray[np.int64], rows: int
) -> list[NDArray[np.int64]]:
    """Runs of documents of at most `CHUNK` cells together (or one document)."""
    number = np.cumsum(lengths[chosen]) * rows // CHUNK
    return np.split(chosen, np.flatnonzero(np.diff(number)) + 1)


def combine(
    scan: Scan, lengths: NDArray[np.int64], rows: int, middle: float | None = None
) -> tuple[NDArray[np.float64], NDArray[np.bool_], float]:
    """One score per document from both readings.

    Returns scores [documents] (-inf where nothing was tried), whether `around` won,
    and the middle score used: the lower median of `inside` unless given.
    """
    tried = scan.inside[np.isfinite(scan.inside)]
    if middle is None:
        middle = float(np.sort(tried)[(len(tried) - 1) // 2]) if len(tried) else 0.0
    proof = np.sqrt(np.minimum(1.0, lengths / max(rows, 1)))
    around = middle + (scan.around - middle) * np.where(scan.around > middle, proof, 1.0)
    turned = around > scan.inside
    return np.where(turned, around, scan.inside), turned, middle


def shortlist(
    votes: NDArray[np.int64],
    similarity: NDArray[np.float64],
    lengths: NDArray[np.int64],
    rows: int,
    settings: DtwSettings,
) -> NDArray[np.int64]:
    """Documents to warp, best votes first: `settings.shortlist`, and more within the budget."""
    order = np.lexsort((-similarity, -votes))
    cells = np.cumsum(lengths[order]) * rows
    count = max(settings.shortlist, int(np.searchsorted(cells, settings.budget, side="right")))
    return order[:count]


def rank_documents(
    query_vectors: NDArray[np.float32],
    vectors: NDArray[np.float32],
    offsets: NDArray[np.int64],
    method: str = "dtw",
    settings: DtwSettings | None = None,
) -> NDArray[np.float64]:
    """Score every document of a collection for one query; higher is better.

    Parameters
    ----------
    query_vectors : float32 [windows, dim], unit rows, in the order of the music.
    vectors : float32 [all windows, dim], unit rows, the documents end to end.
    offsets : int64 [documents + 1], document d owns rows offsets[d] to offsets[d + 1].
    method : "votes" (P2, P3, P5) or "dtw" (P4).
    settings : `DtwSettings`, those by default.

    Returns
    -------
    float64 [documents], all finite. Votes: their number, plus less than one for the mean
    similarity, to settle ties. DTW: mean similarity along the path, about -1 to 1; documents
    that were not warped come below all that were, in the order of their votes.
    """
    settings = settings or DtwSettings()
    if method not in METHODS:
        raise UsageError(f"unknown method {method!r}: choose one of {', '.join(METHODS)}")
    lengths = np.diff(offsets)
    fits = len(query_vectors) * int(lengths.sum()) <= settings.budget
    if method == "dtw" and (fits or len(lengths) <= settings.shortlist):
        chosen, by_votes = np.arange(len(lengths)), np.zeros(len(lengths))
    else:
        votes, similarity = count_votes(
            query_vectors, vectors, offsets, settings.excerpts, settings.votes
        )
        by_votes = votes + (similarity + 1) / 2.001
        if method == "votes":
            return by_votes
        chosen = shortlist(votes, similarity, lengths, len(query_vectors), settings)
    query, centred_vectors = centred(query_vectors, vectors, settings.hub)
    scan = scan_documents(query, centred_vectors, offsets, chosen, settings)
    scores, _, _ = combine(scan, lengths, len(query))
    missing = ~np.isfinite(scores)
    if missing.any():
        floor = scores[~missing].min(initial=0.0) - 1
        scores[missing] = floor - 1 + by_votes[missing] / (by_votes[missing].max() + 1)
    return scores
