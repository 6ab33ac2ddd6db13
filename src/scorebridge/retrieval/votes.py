"""Identification by votes: the nearest neighbours of every excerpt vote for their documents.

In P2 section 5 and P3 section 5 every excerpt of the query votes with its 25 nearest
windows; P5 section 5.5 takes 100 equally spaced excerpts times 25. The order in
time is not used. `best_cosines` is ours: only the nearest of a document's neighbours counts.
Cost: one exact neighbour search, about 30 ms for 100 excerpts in
50,000 windows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scorebridge.search.exact import neighbours

EXCERPTS = 100  # P5 section 5.5
NEIGHBOURS = 25  # P2, P3, P5


def equally_spaced(count: int, excerpts: int | None = EXCERPTS) -> NDArray[np.int64]:
    """Indices of at most `excerpts` equally spaced windows of `count`; all with None."""
    if excerpts is None or count <= excerpts:
        return np.arange(count, dtype=np.int64)
    return np.round(np.linspace(0, count - 1, excerpts)).astype(np.int64)


def count_votes(
    queries: NDArray[np.float32],
    vectors: NDArray[np.float32],
    offsets: NDArray[np.int64],
    excerpts: int | None = EXCERPTS,
    k: int = NEIGHBOURS,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Votes of a query's windows for documents.

    Parameters
    ----------
    queries : float32 [windows, dim], unit rows.
    vectors : float32 [all windows, dim], unit rows, of all documents end to end.
    offsets : int64 [documents + 1], document d owns rows offsets[d] to offsets[d + 1].
    excerpts : number of query windows that vote (P5), None for all (P2, P3).
    k : votes of each window.

    Returns
    -------
    votes : int64 [documents].
    similarity : float64 [documents], mean cosine of the windows voted for (to settle
        ties), -1 without votes.
    """
    similarity, owner = _neighbour_owners(queries, vectors, offsets, excerpts, k)
    documents = len(offsets) - 1
    votes = np.bincount(owner.ravel(), minlength=documents).astype(np.int64)
    total = np.bincount(owner.ravel(), weights=similarity.ravel(), minlength=documents)
    mean = np.where(votes > 0, total / np.maximum(votes, 1), -1.0)
    return votes, mean


def best_cosines(
    queries: NDArray[np.float32],
    vectors: NDArray[np.float32],
    offsets: NDArray[np.int64],
    excerpts: int | None = EXCERPTS,
    k: int = NEIGHBOURS,
) -> NDArray[np.float64]:
    """Votes that count once for each document, by the cosine of its nearest window.

    Parameters as for `count_votes`. A long document, many of whose windows are neighbours of one
    window of the query, counts no more than a short one with a nearer window.

    Returns
    -------
    float64 [documents]: sum over the query's windows of the largest cosine of the
        document's windows among its neighbours, 0 without one (or without a cosine above 0).
    """
    similarity, owner = _neighbour_owners(queries, vectors, offsets, excerpts, k)
    best = np.zeros((len(owner), len(offsets) - 1))
    np.maximum.at(best, (np.arange(len(owner))[:, None], owner), similarity)
    return best.sum(0)


def _neighbour_owners(
    queries: NDArray[np.float32],
    vectors: NDArray[np.float32],
    offsets: NDArray[np.int64],
    excerpts: int | None,
    k: int,
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Cosines of each excerpt's neighbours and their documents, both [excerpts, at most k]."""
    if not len(queries) or not len(vectors):
        return np.zeros((0, 0), np.float32), np.zeros((0, 0), np.int64)
    voters = queries[equally_spaced(len(queries), excerpts)]
    similarity, rows = neighbours(voters, vectors, min(k, len(vectors)))
    return similarity, np.searchsorted(offsets, rows, side="right") - 1
