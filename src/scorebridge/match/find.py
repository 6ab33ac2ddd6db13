"""From a query to ranked documents and the passages where they meet.

Ranking is `rank.py`'s; here the best documents get their paths, their passages
(one per system the path runs through) and their confidence. Showing ten documents costs
about as much again as ranking a hundred.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scorebridge.match.confidence import confidences
from scorebridge.match.curve import Curve, fit_curve, stretches
from scorebridge.match.dtw import match_path
from scorebridge.match.rank import (
    DtwSettings,
    centred,
    combine,
    rank_documents,
    scan_documents,
)
from scorebridge.match.votes import separation
from scorebridge.types import Candidates, Encoded, Hit, Passage, Place

YARDSTICK = 20  # documents in which the reversed query is tried


def find_documents(
    query: Encoded,
    candidates: Candidates,
    top: int = 10,
    method: str = "dtw",
    settings: DtwSettings | None = None,
) -> list[Hit]:
    """The documents that match a query best, with passages and confidence.

    Parameters
    ----------
    query : a recording (finds scores) or a score, page or system (finds recordings).
    candidates : the collection, documents of the other kind.
    top : how many hits at most. Documents without windows are never among them.
    method : "dtw" or "votes".

    Returns
    -------
    Hits, best first. `score` is what `rank_documents` gives; `confidence` see
    `confidence.py` for "dtw", and for "votes" 1 less P5's separation indicator, at least 0.
    """
    settings = settings or DtwSettings()
    lengths = np.diff(candidates.offsets)
    if not len(query.vectors) or not lengths.any():
        return []
    scores = rank_documents(query.vectors, candidates.vectors, candidates.offsets, method, settings)
    order = np.argsort(-scores, kind="stable")
    order = order[lengths[order] > 0]
    shown = order[:top]
    vectors, rows = centred(query.vectors, candidates.vectors, settings.hub)
    turned, chance = _yardstick(vectors, rows, candidates, order, max(top, YARDSTICK), settings)
    if method == "votes":
        votes = np.floor(scores).astype(np.int64)
        trust = np.array([max(0.0, 1 - separation(votes, int(d))) for d in shown])
    else:
        trust = confidences(scores[shown], chance, int((lengths > 0).sum()))
    hits = []
    for rank, d in enumerate(shown, start=1):
        start, stop = candidates.offsets[d : d + 2]
        document = candidates.documents[d]
        curve = path_curve(
            query.kind == "recording",
            (vectors, query.positions, query.extent),
            (rows[start:stop], candidates.positions[start:stop], document.extent),
            bool(turned[d]),
            settings,
        )
        places = document.places if query.kind == "recording" else query.places
        hits.append(
            Hit(
                rank,
                document.path,
                document.kind,
                document.title,
                float(scores[d]),
                float(trust[rank - 1]),
                _passages(curve, places, query.kind == "recording"),
            )
        )
    return hits


def _yardstick(
    query: NDArray[np.float32],
    vectors: NDArray[np.float32],
    candidates: Candidates,
    order: NDArray[np.int64],
    count: int,
    settings: DtwSettings,
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """For the best documents: is the document found in the query; what scores the reverse query."""
    lengths = np.diff(candidates.offsets)
    best = order[:count]
    scan = scan_documents(query, vectors, candidates.offsets, best, settings)
    _, turned, middle = combine(scan, lengths, len(query))
    backwards = np.ascontiguousarray(query[::-1])
    scan = scan_documents(backwards, vectors, candidates.offsets, best, settings)
    chance, _, _ = combine(scan, lengths, len(query), middle)
    finite = chance[np.isfinite(chance)]
    return turned, finite if len(finite) else np.zeros(1)


Side = tuple[NDArray[np.float32], NDArray[np.float32], float]
"""Centred vectors [windows, dim], positions [windows], extent."""


def path_curve(
    query_is_recording: bool, query: Side, document: Side, turned: bool, settings: DtwSettings
) -> Curve | None:
    """The curve of the best path between a query and a document; None if there is no path.

    turned : the document is looked for in the query instead of the query in the document.
    """
    paying, paid = (document, query) if turned else (query, document)
    edge = float("inf") if settings.scope == "whole" else 0.0
    _, path = match_path(1 - paying[0] @ paid[0].T, settings.steps, edge=edge)
    if not len(path):
        return None
    a, b = paying[1][path[:, 0]], paid[1][path[:, 1]]
    recording_pays = query_is_recording != turned
    times, columns = (a, b) if recording_pays else (b, a)
    recording, score = (query, document) if query_is_recording else (document, query)
    return fit_curve(times, columns, recording[2], score[2])


def _passages(
    curve: Curve | None, places: tuple[Place, ...], query_is_recording: bool
) -> tuple[Passage, ...]:
    if curve is None:
        return ()
    return tuple(
        Passage(start, end, None, None, place.page, place.system, box)
        if query_is_recording
        else Passage(None, None, start, end, place.page, place.system, box)
        for place, box, start, end in stretches(curve, places)
    )
