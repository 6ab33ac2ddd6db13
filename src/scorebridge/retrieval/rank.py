"""Rank all documents of a collection for one query, by the papers' matchers or by ours.

=================  ===========================================================  ===========
method             what it does                                                 source
=================  ===========================================================  ===========
`align` (default)  short-list by placed votes, then warp both ways              ours
`votes`            100 evenly spaced windows, 25 votes each                     P5 5.5
`votes-best`       of those, a document's nearest alone, by its cosine          ours
`votes-all`        every window, 25 votes each                                  P2 5, P3 5
`constellation`    neighbours that agree on an offset (`constellation.SHAZAM`)  P4 III-A
`dtw`              warping of whole sequences, corner to corner                 P4 II-C
`sdtw`             subsequence warping: the query somewhere in the document     P4 III-C
=================  ===========================================================  ===========

P4 leaves its step pattern open; for `dtw` we take the symmetric one, divided by the weight
of the path, for `sdtw` the classic one, divided by the query's windows. Both warp every document.

**Align.** `constellation.OFFSET_VOTES` scores all documents by the neighbours of 100 windows of
the query that lie on one diagonal; the best `DtwSettings.shortlist` are warped, each
in two readings:

inside  the whole query somewhere in the document (fragments, whole documents);
around  the whole document somewhere in the query (a recording that plays more than
        the document shows: repeats, several movements), tried where the lengths allow it.

Both go through the windows halfway between windows too (`Encoded.between`) where the query
has no more than `DtwSettings.dense`: how windows of both sides happen to lie against each other
matters less then (of 207 human recordings of 5 s among 364 scores R@1 rose from .90 to .92, of
78 scores' passages among 290 recordings from .94 to .97).

Each gives the mean similarity along its best path. A document with fewer windows than the
query proves less by being found inside it, so what `around` has above the short-list's
middle score is scaled by sqrt(document windows / query windows), as the
spread of a mean is. One that lies on a few windows of the query (empty bars on the silence at the
end of a recording) proves no more than those: of its windows no more than `SLOWEST` times as many
count. The document's score is the better of the two. (Taking the collection's
mean vector off all vectors, as is done against hubs, cost .06 of R@1 at 10 seconds on 115 scans.)

Cost: see `bench/find.py`.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from math import inf
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from scorebridge.alignment.dtw import CLASSIC, PACED, SYMMETRIC, Steps, match_many
from scorebridge.errors import UsageError
from scorebridge.retrieval.constellation import (
    OFFSET_VOTES,
    SHAZAM,
    ConstellationSettings,
    constellation,
)
from scorebridge.retrieval.votes import (
    EXCERPTS,
    NEIGHBOURS,
    best_cosines,
    count_votes,
    equally_spaced,
)
from scorebridge.search.exact import neighbours
from scorebridge.types import Candidates, Encoded, Neighbours
from scorebridge.windows import woven

METHODS = ("align", "votes", "votes-best", "votes-all", "constellation", "dtw", "sdtw")
CHUNK = 600_000  # cells warped at a time per thread: 2 MB
FEW = 12  # windows (7 s) up to which those halfway between them vote for the short-list too
SLOWEST = 2.0  # document windows per query window on its path above which it is taken to wait there
AROUND_MOST = 8.0  # document windows per query window above which "around" cannot be meant


@dataclass(frozen=True, slots=True)
class DtwSettings:
    """How documents are short-listed and warped."""

    steps: Steps = PACED
    scope: Literal["auto", "inside", "whole"] = "auto"
    """auto: as the module says; inside: subsequence only (P4 III-C); whole: corner to
    corner (P4 II-C), for which `steps` must allow it (`CLASSIC`, `SYMMETRIC`)."""
    shortlist: int | None = 60
    """Documents warped, those with the best placed votes; None for all."""
    dense: int = 128
    """Windows (about a minute) up to which a query is also asked halfway between its windows, where
    both sides know what is there; longer ones are found without, at a quarter of the cost."""
    placed: ConstellationSettings = OFFSET_VOTES
    threads: int = 0
    """0: as many as this process may use."""


WHOLE = DtwSettings(steps=SYMMETRIC, scope="whole", shortlist=None, dense=0)
SUBSEQUENCE = DtwSettings(steps=CLASSIC, scope="inside", shortlist=None, dense=0)


class Scan(NamedTuple):
    """Mean similarity along the best paths, float64 [documents]; -inf where not tried."""

    inside: NDArray[np.float64]
    around: NDArray[np.float64]
    covered: NDArray[np.float64]
    """Share of the query on which `around` lies, from first to last window; 0 where not tried."""


def scan_documents(
    query: Encoded, candidates: Candidates, chosen: NDArray[np.int64], settings: DtwSettings
) -> Scan:
    """Warp the query against the `chosen` documents."""
    offsets, lengths = candidates.offsets, np.diff(candidates.offsets)
    inside, around = np.full(len(lengths), -inf), np.full(len(lengths), -inf)
    covered = np.zeros(len(lengths))
    chosen = chosen[lengths[chosen] > 0]
    if len(query.vectors) == 0 or len(chosen) == 0:
        return Scan(inside, around, covered)
    asked, between = query.vectors, candidates.between
    if between is not None and query.between is not None and len(asked) <= settings.dense:
        asked, lengths = query.finer.vectors, 2 * lengths
    else:
        between = None
    rows = len(asked)
    steps, edge = settings.steps, inf if settings.scope == "whole" else 0.0

    def work(part: NDArray[np.int64]) -> None:
        stops = np.cumsum(lengths[part])
        starts = stops - lengths[part]
        cost = np.empty((rows, int(stops[-1])), np.float32)
        for document, start, stop in zip(part, starts, stops, strict=True):
            own = slice(offsets[document], offsets[document + 1])
            piece = candidates.vectors[own]
            if between is not None:
                piece = woven(piece, between[own])
            np.matmul(asked, piece.T, out=cost[:, start:stop])
        np.subtract(1, cost, out=cost)
        total, first, last = match_many(cost, starts, stops, 1, steps, edge=edge)
        inside[part] = 1 - total / _path_lengths(steps, np.full(len(part), rows), last - first + 1)
        turn = lengths[part] <= AROUND_MOST * rows
        if settings.scope != "auto" or not turn.any():
            return
        # Rows and columns change places: now each document pays, somewhere in the query.
        total, first, last = match_many(cost.T, starts[turn], stops[turn], 0, steps)
        lengthwise = _path_lengths(steps, lengths[part][turn], last - first + 1)
        around[part[turn]] = 1 - total / lengthwise
        covered[part[turn]] = (last - first + 1) / rows

    threads = settings.threads or _processors()
    parts = _parts(chosen, lengths, rows, threads)
    if threads == 1 or len(parts) == 1:
        for part in parts:
            work(part)
    else:
        with _blas().limit(limits=1, user_api="blas"), ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, parts))
    return Scan(inside, around, covered)


def backwards(query: Encoded) -> Encoded:
    """A query played backwards, as the matchers take it: its windows the other way round."""
    between = query.between
    if between is not None:  # halfway to the one before is now halfway to the next
        between = np.concatenate([between[-2::-1], query.vectors[:1]])
    return replace(query, vectors=np.ascontiguousarray(query.vectors[::-1]), between=between)


@cache
def _blas() -> ThreadpoolController:
    """Holds products to one thread each: where ours fill the cores, its own take twice the time."""
    return ThreadpoolController()


def _processors() -> int:
    """Processors this process may use (macOS and Windows cannot tell: all)."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _path_lengths(
    steps: Steps, rows: NDArray[np.int64], columns: NDArray[np.int32]
) -> NDArray[np.float64]:
    return np.array([steps.length(int(r), int(c)) for r, c in zip(rows, columns, strict=True)])


def _parts(
    chosen: NDArray[np.int64], lengths: NDArray[np.int64], rows: int, threads: int
) -> list[NDArray[np.int64]]:
    """Runs of documents of about `CHUNK` cells together at most (or one document).

    As many for each thread, and of one size, so that all are busy to the end.
    """
    cells = np.cumsum(lengths[chosen]) * rows
    count = threads * -(-int(cells[-1]) // (CHUNK * threads))
    number = (cells - 1) * count // cells[-1]
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
    shown = np.minimum(lengths / max(rows, 1), SLOWEST * scan.covered)
    proof = np.sqrt(np.minimum(1.0, shown))
    around = middle + (scan.around - middle) * np.where(scan.around > middle, proof, 1.0)
    turned = around > scan.inside
    return np.where(turned, around, scan.inside), turned, middle


class Ranked(NamedTuple):
    """What a method says of every document."""

    scores: NDArray[np.float64]
    """[documents], all finite, higher is better; see `rank_documents`."""
    turned: NDArray[np.bool_]
    """[documents]: the document was found in the query, not the query in the document."""
    middle: float
    """What a document of the short-list scores by being there; 0 where nothing is warped."""


def shortlist(
    query: Encoded, candidates: Candidates, settings: DtwSettings
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Documents to warp, and the placed votes of all (0 where none were counted)."""
    c, documents = candidates, len(candidates.offsets) - 1
    if settings.shortlist is None or documents <= settings.shortlist:
        return np.arange(documents), np.zeros(documents)
    asked, hop = query.vectors, 1.0
    if query.between is not None and len(asked) <= FEW:
        asked, hop = query.finer.vectors, 0.5
    votes = count_placed(asked, c.vectors, c.offsets, settings.placed, c.search, hop)
    return np.argsort(-votes, kind="stable")[: settings.shortlist], votes


def count_placed(
    query: NDArray[np.float32],
    vectors: NDArray[np.float32],
    offsets: NDArray[np.int64],
    settings: ConstellationSettings,
    search: Neighbours | None = None,
    hop: float = 1.0,
) -> NDArray[np.float64]:
    """Search the neighbours of a query's windows and let them vote with their places.

    hop : from one window of the query to the next, in windows of the documents.
    """
    asked = equally_spaced(len(query), settings.excerpts)
    if not len(asked) or not len(vectors):
        return np.zeros(len(offsets) - 1)
    search = search or partial(_exact, vectors)
    similarity, rows = search(query[asked], min(settings.neighbours, len(vectors)))
    return constellation(similarity, rows, hop * asked, offsets, settings)


def _exact(
    vectors: NDArray[np.float32], queries: NDArray[np.float32], k: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    return neighbours(queries, vectors, k)


def rank(
    query: Encoded,
    candidates: Candidates,
    method: str = "align",
    settings: DtwSettings | None = None,
) -> Ranked:
    """As `rank_documents`, with what `find` needs to know besides."""
    if method not in METHODS:
        raise UsageError(f"unknown method {method!r}: choose one of {', '.join(METHODS)}")
    windows, vectors, offsets = query.vectors, candidates.vectors, candidates.offsets
    plain = np.zeros(len(offsets) - 1, bool)
    if method in ("votes", "votes-all"):
        excerpts = EXCERPTS if method == "votes" else None
        votes, similarity = count_votes(windows, vectors, offsets, excerpts, NEIGHBOURS)
        return Ranked(votes + (similarity + 1) / 2.001, plain, 0.0)
    if method == "votes-best":
        return Ranked(best_cosines(windows, vectors, offsets), plain, 0.0)
    if method == "constellation":
        return Ranked(count_placed(windows, vectors, offsets, SHAZAM), plain, 0.0)
    settings = settings or {"align": DtwSettings(), "dtw": WHOLE, "sdtw": SUBSEQUENCE}[method]
    chosen, votes = shortlist(query, candidates, settings)
    scan = scan_documents(query, candidates, chosen, settings)
    scores, turned, middle = combine(scan, np.diff(offsets), len(windows))
    missing = ~np.isfinite(scores)
    if missing.any():
        floor = scores[~missing].min(initial=0.0) - 1
        scores[missing] = floor - 1 + votes[missing] / (votes[missing].max() + 1)
    return Ranked(scores, turned, middle)


def rank_documents(
    query: Encoded,
    candidates: Candidates,
    method: str = "align",
    settings: DtwSettings | None = None,
) -> NDArray[np.float64]:
    """Score every document of a collection for one query; higher is better.

    Parameters
    ----------
    query : one document; of it only `vectors` and `between` count.
    candidates : the collection. Its `search` serves the short-list of `align`; the papers'
        methods search exactly.
    method : see the module's table.
    settings : for the methods that warp, by default those of the method.

    Returns
    -------
    float64 [documents], all finite. Votes: their number, plus less than one for the mean
    similarity, to settle ties; `votes-best`: the sum of cosines. Constellation: windows that
    agree. The others: mean similarity along the path, about -1 to 1; documents that were not
    warped come below all that were, in the order of their placed votes.
    """
    return rank(query, candidates, method, settings).scores
