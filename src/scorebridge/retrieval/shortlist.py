"""The short-list: the documents of a collection that are worth warping.

Offset votes (`constellation.OFFSET_VOTES`) score all documents by the neighbours of 100 windows of
the query. Cost: one neighbour search and a few milliseconds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scorebridge.retrieval.constellation import ConstellationSettings, constellation
from scorebridge.retrieval.two_way import DtwSettings
from scorebridge.retrieval.votes import equally_spaced
from scorebridge.search.exact import neighbours
from scorebridge.types import Candidates, Encoded

MAX_DENSE_VOTERS = 12  # windows (7 s) of a query up to which those halfway between them vote too


def shortlist(
    query: Encoded, candidates: Candidates, settings: DtwSettings
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Indices of the documents to warp, and the offset votes of all.

    Where the collection is no larger than the short-list, all documents are chosen and the votes
    are 0.
    """
    documents = len(candidates.offsets) - 1
    if settings.shortlist is None or documents <= settings.shortlist:
        return np.arange(documents), np.zeros(documents)
    windows, hop = voters_of(query)
    votes = offset_votes(windows, candidates, settings.votes, hop)
    return np.argsort(-votes, kind="stable")[: settings.shortlist], votes


def voters_of(query: Encoded) -> tuple[NDArray[np.float32], float]:
    """The windows of a query that vote, and from one to the next in windows of the documents."""
    if query.between is not None and len(query.vectors) <= MAX_DENSE_VOTERS:
        return query.finer.vectors, 0.5
    return query.vectors, 1.0


def offset_votes(
    query: NDArray[np.float32],
    candidates: Candidates,
    settings: ConstellationSettings,
    hop: float = 1.0,
) -> NDArray[np.float64]:
    """The `constellation` scores of all documents, float64 [documents].

    Parameters
    ----------
    query : float32 [windows, dim], unit rows.
    hop : from one window of the query to the next, in windows of the documents.
    """
    vectors, offsets = candidates.vectors, candidates.offsets
    voters = equally_spaced(len(query), settings.excerpts)
    if not len(voters) or not len(vectors):
        return np.zeros(len(offsets) - 1)
    similarity, rows = neighbours(query[voters], vectors, min(settings.neighbours, len(vectors)))
    return constellation(similarity, rows, hop * voters, offsets, settings)
