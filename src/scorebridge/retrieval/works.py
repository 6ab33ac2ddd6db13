"""Which documents are of one work: editions of a piece, or performances of it.

Two documents of one work are alternatives, not rivals: neither lowers the other's confidence. What
one of them claims of the query (`local_alignment.py`) is looked for in the other. Vectors of one
kind compare even better than across kinds, and as everywhere the measure is the surplus over the
backward path.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.dtw import match
from scorebridge.retrieval.local_alignment import Runs
from scorebridge.types import Candidates

MIN_SURPLUS_SHARE = 0.6  # of the best surplus from which a document may be of the same work
MAX_COMPARED = 6  # documents compared with each other
MIN_WINDOWS = 8  # of a stretch by which documents are compared
MIN_COMMON_SHARE = 0.5  # of the shorter stretch that two rivals have in common


def same_work(
    candidates: Candidates,
    best: NDArray[np.int64],
    scores: NDArray[np.float64],
    runs: Runs,
    chance: float,
    threshold: float,
) -> NDArray[np.bool_]:
    """Which of the best documents are of one work, bool [best, best].

    Parameters
    ----------
    best : [best], indices of the documents, the best first. scores : [best], of each.
    runs : [best], the stretch of the query and of the document that agree.
    chance : score of the query played backwards.
    threshold : `likeness` from which two documents are of one work.
    """
    same = np.eye(len(best), dtype=bool)
    is_near = scores - chance >= MIN_SURPLUS_SHARE * (scores[0] - chance)
    compared = np.flatnonzero(is_near)[:MAX_COMPARED]
    vectors = {k: _vectors(candidates, int(best[k])) for k in compared}
    for a in compared:
        stretch = vectors[a][runs.first[a] : runs.last[a] + 1]
        if len(stretch) < MIN_WINDOWS:
            continue
        for b in compared:
            if a != b and not same[a, b] and likeness(stretch, vectors[b]) >= threshold:
                same[a, b] = same[b, a] = True
    for k in compared:  # transitive closure
        same |= same[:, k : k + 1] & same[k : k + 1, :]
    return same


def likeness(stretch: NDArray[np.float32], document: NDArray[np.float32]) -> float:
    """How well a stretch of one document is found in another, compared with chance.

    Both are of one kind, float32 [windows, dim], unit rows. Returns the share of the backward
    path's cost that the forward path saves: 1 where the stretch is in the document, about 0 for
    unrelated documents.
    """
    cost = 1 - stretch @ document.T
    backwards = match(np.ascontiguousarray(cost[::-1])).cost
    return 1 - match(cost).cost / max(backwards, 1e-6)


def best_rivals(
    scores: NDArray[np.float64], runs: Runs, same: NDArray[np.bool_], chance: float
) -> NDArray[np.float64]:
    """For each document the best score of another work on the same stretch of the query.

    A document that claims another stretch is no rival: two pieces on one track do not lower each
    other's confidence. Returns float64 [documents], at least `chance`. same : from `same_work`.
    """
    first, last = runs.query_first, runs.query_last
    common = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1
    shorter = np.minimum((last - first + 1)[:, None], last - first + 1)
    is_rival = (common >= MIN_COMMON_SHARE * shorter) & ~same
    best = np.where(is_rival, scores, chance).max(1, initial=chance)
    return np.maximum(best, chance)


def _vectors(candidates: Candidates, document: int) -> NDArray[np.float32]:
    start, stop = candidates.offsets[document : document + 2]
    return candidates.vectors[start:stop]
