"""Dynamic time warping of a query against documents, in two readings.

inside  the whole query somewhere in the document (fragments, whole documents);
around  the whole document somewhere in the query (a recording that plays more than
        the document shows: repeats, several movements), tried where the lengths allow it.

Both use the windows halfway between windows too (`Encoded.between`) where the query
has no more than `DtwSettings.max_dense` windows: then it matters less how the windows of both sides
happen to lie against each other.

Each reading gives the mean similarity along its best path. A document with fewer windows than the
query is weaker evidence when it is found inside it, so what `around` has above the short-list's
median score is scaled by sqrt(document windows / query windows), as the
spread of a mean is. A document on a few windows of the query (empty bars on the silence at the
end of a recording) is evidence of those only: at most `DtwSettings.max_waiting` times as many of
its windows count. The document's score is the better of the two.

Cost: see `bench/find.py`.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from math import inf
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from scorebridge.alignment.dtw import CLASSIC, PACED, SYMMETRIC, Steps, match_many
from scorebridge.retrieval.constellation import OFFSET_VOTES, ConstellationSettings
from scorebridge.types import Candidates, Encoded
from scorebridge.windows import woven

CHUNK_CELLS = 600_000  # cells that a thread warps at a time: 2 MB
MAX_AROUND = 8.0  # document windows per query window above which "around" is not tried


@dataclass(frozen=True, slots=True)
class DtwSettings:
    """How documents are short-listed and warped."""

    steps: Steps = PACED
    scope: Literal["auto", "inside", "whole"] = "auto"
    """auto: both readings; inside: subsequence only (P4 III-C); whole: corner to
    corner (P4 II-C), for which `steps` must allow it (`CLASSIC`, `SYMMETRIC`)."""
    shortlist: int | None = 60
    """Documents warped, those with the best offset votes; None for all."""
    max_dense: int = 128
    """Windows (about a minute) up to which a query uses the windows halfway between windows,
    where both sides have them; longer ones do without, at a quarter of the cost."""
    votes: ConstellationSettings = OFFSET_VOTES
    max_waiting: float = 2.0
    """Document windows per query window on its path above which the path only waits."""
    threads: int = 0
    """0: as many as this process may use."""


WHOLE = DtwSettings(steps=SYMMETRIC, scope="whole", shortlist=None, max_dense=0)
SUBSEQUENCE = DtwSettings(steps=CLASSIC, scope="inside", shortlist=None, max_dense=0)


class PathScores(NamedTuple):
    """Mean similarity along the best paths, float64 [documents]; -inf where not tried."""

    inside: NDArray[np.float64]
    around: NDArray[np.float64]
    coverage: NDArray[np.float64]
    """Share of the query that `around` spans, from first to last window; 0 where not tried."""


class Combined(NamedTuple):
    """One score per document from both readings."""

    scores: NDArray[np.float64]
    """[documents], -inf where nothing was tried."""
    is_around: NDArray[np.bool_]
    """[documents], whether `around` is the better reading."""
    median: float
    """Lower median of `inside`: what a document of the short-list scores without a match."""


def warp_documents(
    query: Encoded, candidates: Candidates, chosen: NDArray[np.int64], settings: DtwSettings
) -> PathScores:
    """Warp the query against the documents of the indices `chosen`."""
    offsets, lengths = candidates.offsets, np.diff(candidates.offsets)
    inside, around = np.full(len(lengths), -inf), np.full(len(lengths), -inf)
    coverage = np.zeros(len(lengths))
    chosen = chosen[lengths[chosen] > 0]
    if len(query.vectors) == 0 or len(chosen) == 0:
        return PathScores(inside, around, coverage)
    windows, between = query.vectors, candidates.between
    if between is not None and query.between is not None and len(windows) <= settings.max_dense:
        windows, lengths = query.finer.vectors, 2 * lengths
    else:
        between = None
    rows = len(windows)
    steps, edge = settings.steps, inf if settings.scope == "whole" else 0.0

    def work(part: NDArray[np.int64]) -> None:
        stops = np.cumsum(lengths[part])
        starts = stops - lengths[part]
        cost = np.empty((rows, int(stops[-1])), np.float32)
        for document, start, stop in zip(part, starts, stops, strict=True):
            own = slice(offsets[document], offsets[document + 1])
            vectors = candidates.vectors[own]
            if between is not None:
                vectors = woven(vectors, between[own])
            np.matmul(windows, vectors.T, out=cost[:, start:stop])
        np.subtract(1, cost, out=cost)
        total, first, last = match_many(cost, starts, stops, 1, steps, edge=edge)
        inside[part] = 1 - total / _path_lengths(steps, np.full(len(part), rows), last - first + 1)
        fits = lengths[part] <= MAX_AROUND * rows
        if settings.scope != "auto" or not fits.any():
            return
        # Rows and columns change places: each document is the query of a path.
        total, first, last = match_many(cost.T, starts[fits], stops[fits], 0, steps)
        path_lengths = _path_lengths(steps, lengths[part][fits], last - first + 1)
        around[part[fits]] = 1 - total / path_lengths
        coverage[part[fits]] = (last - first + 1) / rows

    threads = settings.threads or _processors()
    parts = _parts(chosen, lengths, rows, threads)
    if threads == 1 or len(parts) == 1:
        for part in parts:
            work(part)
    else:
        with _blas().limit(limits=1, user_api="blas"), ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, parts))
    return PathScores(inside, around, coverage)


def combine(
    found: PathScores,
    lengths: NDArray[np.int64],
    rows: int,
    settings: DtwSettings,
    median: float | None = None,
) -> Combined:
    """The better of both readings of each document.

    Parameters
    ----------
    lengths : [documents], windows of each. rows : windows of the query.
    median : as `Combined.median`, instead of that of `found`.
    """
    tried = found.inside[np.isfinite(found.inside)]
    if median is None:
        median = float(np.sort(tried)[(len(tried) - 1) // 2]) if len(tried) else 0.0
    evidence = np.minimum(lengths / max(rows, 1), settings.max_waiting * found.coverage)
    weight = np.sqrt(np.minimum(1.0, evidence))
    around = median + (found.around - median) * np.where(found.around > median, weight, 1.0)
    is_around = around > found.inside
    return Combined(np.where(is_around, around, found.inside), is_around, median)


def backwards(query: Encoded) -> Encoded:
    """The query with its windows in reverse order."""
    between = query.between
    if between is not None:  # halfway to the window before is now halfway to the next
        between = np.concatenate([between[-2::-1], query.vectors[:1]])
    return replace(query, vectors=np.ascontiguousarray(query.vectors[::-1]), between=between)


@cache
def _blas() -> ThreadpoolController:
    """Limits matrix products to one thread each: beside our own threads more take twice as long."""
    return ThreadpoolController()


def _processors() -> int:
    """Processors this process may use (all on macOS and Windows, which have no such limit)."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _path_lengths(
    steps: Steps, rows: NDArray[np.int64], columns: NDArray[np.int32]
) -> NDArray[np.float64]:
    return np.array([steps.length(int(r), int(c)) for r, c in zip(rows, columns, strict=True)])


def _parts(
    chosen: NDArray[np.int64], lengths: NDArray[np.int64], rows: int, threads: int
) -> list[NDArray[np.int64]]:
    """Groups of documents of about `CHUNK_CELLS` cells together at most (or one document).

    Each thread gets as many groups of one size, so that all are busy to the end.
    """
    cells = np.cumsum(lengths[chosen]) * rows
    count = threads * -(-int(cells[-1]) // (CHUNK_CELLS * threads))
    number = (cells - 1) * count // cells[-1]
    return np.split(chosen, np.flatnonzero(np.diff(number)) + 1)
