"""Rank all documents of a collection for one query, by the papers' methods or by ours.

=================  ===========================================================  ===========
method             what it does                                                 source
=================  ===========================================================  ===========
`align` (default)  short-list by offset votes, then warp in both readings       ours
`votes`            100 evenly spaced windows, 25 votes each                     P5 5.5
`votes-best`       of those, only a document's nearest, by its cosine           ours
`votes-all`        every window, 25 votes each                                  P2 5, P3 5
`constellation`    neighbours that agree on an offset (`constellation.SHAZAM`)  P4 III-A
`dtw`              warping of whole sequences, corner to corner                 P4 II-C
`sdtw`             subsequence warping: the query somewhere in the document     P4 III-C
=================  ===========================================================  ===========

P4 leaves its step pattern open. For `dtw` we take the symmetric one, divided by the weight
of the path, for `sdtw` the classic one, divided by the query's windows. Both warp every document.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import UsageError
from scorebridge.retrieval.constellation import SHAZAM
from scorebridge.retrieval.shortlist import offset_votes, shortlist
from scorebridge.retrieval.two_way import (
    SUBSEQUENCE,
    WHOLE,
    DtwSettings,
    combine,
    warp_documents,
)
from scorebridge.retrieval.votes import EXCERPTS, NEIGHBOURS, best_cosines, count_votes
from scorebridge.types import Candidates, Encoded

METHODS = ("align", "votes", "votes-best", "votes-all", "constellation", "dtw", "sdtw")


class Ranking(NamedTuple):
    """The score of every document."""

    scores: NDArray[np.float64]
    """[documents], all finite, higher is better; see `rank_documents`."""
    is_around: NDArray[np.bool_]
    """[documents], whether the document is found in the query, not the query in the document."""
    median: float
    """What a document of the short-list scores without a match; 0 where nothing is warped."""


def rank(
    query: Encoded,
    candidates: Candidates,
    method: str = "align",
    settings: DtwSettings | None = None,
    votes: NDArray[np.float64] | None = None,
) -> Ranking:
    """As `rank_documents`, with the reading and the median. Raises `UsageError`.

    votes : [documents], falling, where the short-list is made: `align` warps the first ones.
    """
    if method not in METHODS:
        raise UsageError(f"unknown method {method!r}: choose one of {', '.join(METHODS)}")
    windows, vectors, offsets = query.vectors, candidates.vectors, candidates.offsets
    inside = np.zeros(len(offsets) - 1, bool)
    if method in ("votes", "votes-all"):
        excerpts = EXCERPTS if method == "votes" else None
        number, similarity = count_votes(windows, vectors, offsets, excerpts, NEIGHBOURS)
        return Ranking(number + (similarity + 1) / 2.001, inside, 0.0)
    if method == "votes-best":
        return Ranking(best_cosines(windows, vectors, offsets), inside, 0.0)
    if method == "constellation":
        return Ranking(offset_votes(windows, candidates, SHAZAM), inside, 0.0)
    settings = settings or {"align": DtwSettings(), "dtw": WHOLE, "sdtw": SUBSEQUENCE}[method]
    if votes is None:
        chosen, votes = shortlist(query, candidates, settings)
    else:
        chosen = np.arange(len(votes))[: settings.shortlist]
    found = warp_documents(query, candidates, chosen, settings)
    scores, is_around, median = combine(found, np.diff(offsets), len(windows), settings)
    missing = ~np.isfinite(scores)
    if missing.any():
        floor = scores[~missing].min(initial=0.0) - 1
        scores[missing] = floor - 1 + votes[missing] / (votes[missing].max() + 1)
    return Ranking(scores, is_around, median)


def rank_documents(
    query: Encoded,
    candidates: Candidates,
    method: str = "align",
    settings: DtwSettings | None = None,
) -> NDArray[np.float64]:
    """Score every document of a collection for one query; higher is better.

    Parameters
    ----------
    query : one document; only its `vectors` and `between` count.
    candidates : the collection.
    method : see the module's table.
    settings : of the methods that warp, by default those of the method.

    Returns
    -------
    float64 [documents], all finite. Votes: their number, plus less than one for the mean
    similarity, to settle ties; `votes-best`: the sum of cosines. Constellation: windows that
    agree. The others: mean similarity along the path, about -1 to 1; documents that are not
    warped are below all that are, in the order of their offset votes.

    Raises `UsageError` for an unknown method.
    """
    return rank(query, candidates, method, settings).scores


def separation_confidence(scores: NDArray[np.float64], method: str) -> float:
    """1 less P5's separation indicator (equation 3) of the first document, at least 0.

    The indicator is the votes of the second document over those of the first; of costs it is the
    inverse. scores : [documents], falling, of one of the papers' methods.
    """
    if method in ("votes", "votes-all"):
        scores = np.floor(scores)
    elif method in ("dtw", "sdtw"):
        scores = 1 / np.maximum(1 - scores, 1e-6)
    second = scores[1] if len(scores) > 1 else 0.0
    return float(1 - second / scores[0]) if scores[0] > 0 else 0.0
