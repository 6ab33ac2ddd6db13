"""From a query to ranked documents, how sure they are, and the passages where they meet.

Ranking is `rank.py`'s. Of the best documents each gets: the stretch of the query that it
claims (`local.py`); the other documents that are of the same work, so that two editions are
told as alternatives and do not cost each other's confidence; its confidence
(`confidence.py`); its passages, one per system the path runs through. Rivals are only documents
that claim the same stretch: two pieces on one track do not cost each other's either.

A score of several parts (a volume) is asked part by part, and every hit says which part it
answers; in a volume that was found, the hit says which part matches.

Showing ten documents costs about as much again as ranking a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.curves import Curve, fit_curve, stretches
from scorebridge.alignment.dtw import match, match_path
from scorebridge.encode.calibration import GENERIC, Calibration
from scorebridge.retrieval.confidence import features, probability
from scorebridge.retrieval.local_alignment import Runs, best_runs
from scorebridge.retrieval.rank import DtwSettings, Ranked, backwards, combine, rank, scan_documents
from scorebridge.retrieval.volumes import cut_part, document_parts, part_at, parts_of, within
from scorebridge.types import Candidates, Encoded, Hit, Part, Passage, Place

YARDSTICK = 20  # documents in which the reversed query is tried
ABOVE = 0.35  # share of the way from chance to the best score at which a window gains nothing
LEAST_ABOVE = 0.03
PLAUSIBLE = 0.6  # share of the best surplus from which a document may be of the same work
MOST_ALIKE = 6  # documents compared with each other
FEWEST = 8  # windows of a stretch by which documents can be compared
SHARED = 0.5  # of the shorter stretch that two rivals have in common at least
PARTLY = 0.75  # of the query below which only the claimed stretch is shown


def find_documents(
    query: Encoded,
    candidates: Candidates,
    top: int = 10,
    method: str = "align",
    settings: DtwSettings | None = None,
    calibration: Calibration = GENERIC,
) -> list[Hit]:
    """The documents that match a query best, with passages and confidence.

    Parameters
    ----------
    query : a recording (finds scores) or a score, page or system (finds recordings).
    candidates : the collection, documents of the other kind.
    top : how many hits at most. Documents without windows are never among them.
    method : one of `rank.METHODS`.
    settings : of the methods that warp.
    calibration : of the encoders.

    Returns
    -------
    Hits, best first. `score` is what `rank_documents` gives. `confidence` is calibrated
    for "align"; for the papers' methods it is 1 less P5's separation indicator (of votes, or
    of costs), at least 0. "Not in this collection": no hit reaches `calibration.accept`.
    """
    lengths = np.diff(candidates.offsets)
    if not len(query.vectors) or not lengths.any():
        return []
    if method != "align":
        found = _ask_papers(query, candidates, top, method, settings)
        return [_hit(n, f, candidates, settings or DtwSettings()) for n, f in enumerate(found, 1)]
    settings = settings or DtwSettings()
    found = answers_to(query, candidates, top, calibration, settings)
    return [_hit(n, f, candidates, settings) for n, f in enumerate(found, 1)]


@dataclass(frozen=True)
class Found:
    """One document that answers one question."""

    document: int
    score: float
    confidence: float
    query: Encoded
    part: Part | None
    """Of the query, where it was asked by parts."""
    turned: bool
    claimed: tuple[int, int]
    """First and last window of the query that the document claims."""
    alike: frozenset[int] = frozenset()
    """Documents of the same work, this one among them."""
    work: int = 0
    measured: tuple[float, ...] = ()
    """The row of `confidence.features`, for calibrating."""


def answers_to(
    query: Encoded,
    candidates: Candidates,
    top: int = 10,
    calibration: Calibration = GENERIC,
    settings: DtwSettings | None = None,
) -> list[Found]:
    """The answers of "align" without their passages, best first (see `find_documents`)."""
    settings = settings or DtwSettings()
    answers = [_ask(query, None, candidates, top, settings, calibration)]
    parts = parts_of(query.places)
    if len(parts) > 1:
        for part in parts:
            piece = cut_part(query, part)
            if len(piece.vectors):
                answers.append(_ask(piece, part, candidates, top, settings, calibration))
    return _numbered(_merged(answers)[:top])


def _ask(
    query: Encoded,
    part: Part | None,
    candidates: Candidates,
    top: int,
    settings: DtwSettings,
    calibration: Calibration,
) -> list[Found]:
    """The best documents for one question, at least `YARDSTICK` where there are so many."""
    lengths = np.diff(candidates.offsets)
    ranked = rank(query, candidates, "align", settings)
    order = np.argsort(-ranked.scores, kind="stable")
    best = order[lengths[order] > 0][: max(top, YARDSTICK)]
    scores = ranked.scores[best]
    chance = _backwards(query, candidates, best[:YARDSTICK], ranked, settings)
    runs = _claims(query.vectors, candidates, best, float(scores[0]), float(chance.mean()))
    alike = _alike(candidates, best, scores, runs, float(chance.mean()), calibration.same)
    rivals = _rivals(scores, runs, alike, float(chance.mean()))
    measured = features(scores, rivals, chance, len(query.vectors), int((lengths > 0).sum()))
    sure = probability(measured, calibration)
    return [
        Found(
            int(d),
            float(scores[k]),
            float(sure[k]),
            query,
            part,
            bool(ranked.turned[d]),
            (int(runs.query_first[k]), int(runs.query_last[k])),
            frozenset(int(best[j]) for j in np.flatnonzero(alike[k])),
            measured=tuple(measured[k].tolist()),
        )
        for k, d in enumerate(best)
    ]


def _backwards(
    query: Encoded,
    candidates: Candidates,
    best: NDArray[np.int64],
    ranked: Ranked,
    settings: DtwSettings,
) -> NDArray[np.float64]:
    """What the query played backwards scores in the best documents; one value at least."""
    scan = scan_documents(backwards(query), candidates, best, settings)
    scores, _, _ = combine(scan, np.diff(candidates.offsets), len(query.vectors), ranked.middle)
    finite = scores[np.isfinite(scores)]
    return finite if len(finite) else np.zeros(1)


def _claims(
    query: NDArray[np.float32],
    candidates: Candidates,
    best: NDArray[np.int64],
    score: float,
    chance: float,
) -> Runs:
    """The stretch of the query that each of the best documents claims."""
    offsets = candidates.offsets
    block = np.concatenate([candidates.vectors[offsets[d] : offsets[d + 1]] for d in best])
    lengths = np.diff(offsets)[best]
    stops = np.cumsum(lengths)
    threshold = chance + max(ABOVE * (score - chance), LEAST_ABOVE)
    return best_runs(query @ block.T, stops - lengths, stops, threshold)


def _alike(
    candidates: Candidates,
    best: NDArray[np.int64],
    scores: NDArray[np.float64],
    runs: Runs,
    chance: float,
    least: float,
) -> NDArray[np.bool_]:
    """Which of the best documents are of one work, bool [best, best].

    What one document claims is looked for in the other: of one kind, their vectors compare
    even better than across. As everywhere, what counts is the surplus over doing so backwards.
    """
    count = len(best)
    alike = np.eye(count, dtype=bool)
    near = scores - chance >= PLAUSIBLE * (scores[0] - chance)
    plausible = np.flatnonzero(near)[:MOST_ALIKE]
    pieces = {k: _piece(candidates, int(best[k])) for k in plausible}
    for a in plausible:
        stretch = pieces[a][runs.first[a] : runs.last[a] + 1]
        if len(stretch) < FEWEST:
            continue
        for b in plausible:
            if a != b and not alike[a, b] and likeness(stretch, pieces[b]) >= least:
                alike[a, b] = alike[b, a] = True
    for k in plausible:  # a friend's friend is a friend
        alike |= alike[:, k : k + 1] & alike[k : k + 1, :]
    return alike


def _piece(candidates: Candidates, document: int) -> NDArray[np.float32]:
    start, stop = candidates.offsets[document : document + 2]
    return candidates.vectors[start:stop]


def likeness(stretch: NDArray[np.float32], document: NDArray[np.float32]) -> float:
    """How well a stretch of one document is found in another, against doing so backwards.

    Both of one kind, float32 [windows, dim], unit rows. The share of the backward path's cost
    that the forward path saves: 1 where the stretch is in the document, about 0 for strangers.
    """
    cost = 1 - stretch @ document.T
    backwards = match(np.ascontiguousarray(cost[::-1])).cost
    return 1 - match(cost).cost / max(backwards, 1e-6)


def _rivals(
    scores: NDArray[np.float64], runs: Runs, alike: NDArray[np.bool_], chance: float
) -> NDArray[np.float64]:
    """For each document the best score of another work on the same stretch, at least chance."""
    first, last = runs.query_first, runs.query_last
    common = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1
    shorter = np.minimum((last - first + 1)[:, None], last - first + 1)
    rival = (common >= SHARED * shorter) & ~alike
    best = np.where(rival, scores, chance).max(1, initial=chance)
    return np.maximum(best, chance)


def _ask_papers(
    query: Encoded,
    candidates: Candidates,
    top: int,
    method: str,
    settings: DtwSettings | None,
) -> list[Found]:
    """Answers of one of the plain methods, with the separation indicator for confidence."""
    lengths = np.diff(candidates.offsets)
    ranked = rank(query, candidates, method, settings)
    order = np.argsort(-ranked.scores, kind="stable")
    order = order[lengths[order] > 0]
    # P5 equation 3: votes of the second over those of the first; of costs the other way round.
    merit = ranked.scores[order]
    if method in ("votes", "votes-all"):
        merit = np.floor(merit)
    elif method in ("dtw", "sdtw"):
        merit = 1 / np.maximum(1 - merit, 1e-6)
    second = merit[1] if len(merit) > 1 else 0.0
    sure = np.zeros(len(order))
    sure[0] = 1 - second / merit[0] if merit[0] > 0 else 0.0
    everything = (0, len(query.vectors) - 1)
    return [
        Found(int(d), float(ranked.scores[d]), float(sure[k]), query, None, False, everything)
        for k, d in enumerate(order[:top])
    ]


def _merged(answers: Sequence[list[Found]]) -> list[Found]:
    """Each document once, by the question that it answers most surely; best first."""
    if len(answers) == 1:
        return answers[0]
    best: dict[int, Found] = {}
    for found in (f for answer in answers for f in answer):
        other = best.get(found.document)
        if other is None or (found.confidence, found.score) > (other.confidence, other.score):
            both = found.alike | other.alike if other else found.alike
            best[found.document] = replace(found, alike=both)
    return sorted(best.values(), key=lambda f: (-f.confidence, -f.score))


def _numbered(found: Sequence[Found]) -> list[Found]:
    """Give the hits of one work one number."""
    numbers: dict[int, int] = {}
    out = []
    for f in found:
        known = [numbers[d] for d in f.alike if d in numbers]
        number = known[0] if known else len(set(numbers.values())) + 1
        numbers[f.document] = number
        out.append(replace(f, work=number))
    return out


Side = tuple[NDArray[np.float32], NDArray[np.float32], float]
"""Vectors [windows, dim], positions [windows], extent."""


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


def _hit(rank: int, found: Found, candidates: Candidates, settings: DtwSettings) -> Hit:
    document, query = candidates.documents[found.document], found.query
    start, stop = candidates.offsets[found.document : found.document + 2]
    asked: Side = (query.vectors, query.positions, query.extent)
    first, last = found.claimed
    if not found.turned and FEWEST <= last - first + 1 < PARTLY * len(query.vectors):
        asked = (query.vectors[first : last + 1], query.positions[first : last + 1], query.extent)
    answer: Side = (
        candidates.vectors[start:stop],
        candidates.positions[start:stop],
        document.extent,
    )
    hears = query.kind == "recording"
    curve = path_curve(hears, asked, answer, found.turned, settings)
    places = document.places if hears else query.places
    part = found.part
    if hears and curve is not None:
        columns = float(curve.columns[0]), float(curve.columns[-1])
        parts = document_parts(document)
        part = part_at(parts, *columns)
        places = within(parts, places, *columns)
    return Hit(
        rank,
        document.path,
        document.kind,
        document.title,
        found.score,
        found.confidence,
        _passages(curve, places, hears, query.start_s),
        found.work,
        part,
    )


def _passages(
    curve: Curve | None, places: tuple[Place, ...], query_is_recording: bool, start_s: float
) -> tuple[Passage, ...]:
    """start_s : where a query that is a clip begins in its recording."""
    if curve is None:
        return ()
    return tuple(
        Passage(start + start_s, end + start_s, None, None, place.page, place.system, box)
        if query_is_recording
        else Passage(None, None, start, end, place.page, place.system, box)
        for place, box, start, end in stretches(curve, places)
    )
