"""From a query to ranked documents, each with its confidence and the passages where they meet.

`rank.py` ranks. Each of the best documents then gets the stretch of the query that it
claims (`local_alignment.py`), the other documents of its work (`works.py`), its confidence
(`confidence.py`), and its passages, one per system that the path runs through.

A score of several parts (a volume) is searched for whole and part by part, and every hit names the
part that it answers. In a volume that is found, the hit names the part that matches.

Cost: ten hits cost about as much as ranking a hundred documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.curves import Curve, fit_curve, stretches
from scorebridge.alignment.dtw import match_path
from scorebridge.encode.calibration import GENERIC, Calibration
from scorebridge.retrieval.collection import Collection, MemoryCollection, Near
from scorebridge.retrieval.confidence import features, probability
from scorebridge.retrieval.local_alignment import Runs, best_runs
from scorebridge.retrieval.rank import Ranking, rank, separation_confidence
from scorebridge.retrieval.two_way import DtwSettings, backwards, combine, warp_documents
from scorebridge.retrieval.volumes import cut_part, document_parts, part_at, parts_of, places_within
from scorebridge.retrieval.works import MIN_WINDOWS, best_rivals, same_work
from scorebridge.types import Candidates, Encoded, Hit, Part, Passage, Place

CHANCE_DOCUMENTS = 20  # in which the query is tried backwards
THRESHOLD_SHARE = 0.35  # of the way from chance to the best score at which a window gains nothing
MIN_THRESHOLD = 0.03  # similarity above chance
MAX_CLAIMED_SHARE = 0.75  # of the query below which only the claimed stretch is aligned


def find_documents(
    query: Encoded,
    candidates: Candidates | Collection,
    top: int = 10,
    method: str = "align",
    settings: DtwSettings | None = None,
    calibration: Calibration = GENERIC,
) -> list[Hit]:
    """The documents that match a query best, with passages and confidence.

    Parameters
    ----------
    query : a recording (finds scores) or a score, page or system (finds recordings).
    candidates : the collection, documents of the other kind; for the papers' methods in memory.
    top : maximum number of hits. Documents without windows are never among them.
    method : one of `rank.METHODS`.
    settings : of the methods that warp.
    calibration : of the encoders.

    Returns
    -------
    Hits, best first. `score` is that of `rank_documents`. `confidence` is calibrated
    for "align"; for the papers' methods it is 1 less P5's separation indicator (of votes, or
    of costs), at least 0. If no hit reaches `calibration.accept`, the collection does not hold
    the query.

    Raises `UsageError` for an unknown method.
    """
    collection = _collection(candidates)
    if not len(query.vectors) or not collection.size:
        return []
    if method == "align":
        answers = answers_to(query, collection, top, calibration, settings)
    elif isinstance(collection, MemoryCollection):
        answers = _plain_answers(query, collection.candidates, method, settings)[:top]
    else:
        raise TypeError(f"method {method!r} needs its documents in memory")
    settings = settings or DtwSettings()
    hits = (_hit(answer, collection, settings) for answer in answers)
    return [replace(hit, rank=n) for n, hit in enumerate((h for h in hits if h.path), 1)]


def _collection(candidates: Candidates | Collection) -> Collection:
    return MemoryCollection(candidates) if isinstance(candidates, Candidates) else candidates


@dataclass(frozen=True)
class RankedDocument:
    """One document that answers a query, or a part of a query."""

    document: int
    """Index into the candidates."""
    score: float
    confidence: float
    query: Encoded
    """The query, or its part."""
    part: Part | None
    """Of the query, where it is searched for by parts."""
    is_around: bool
    """Whether the document is found in the query, not the query in the document."""
    claimed: tuple[int, int]
    """First and last window of the query that the document claims."""
    same_work: frozenset[int] = frozenset()
    """Indices of the documents of the same work, this one among them."""
    work: int = 0
    """As `Hit.work`."""
    features: tuple[float, ...] = ()
    """The row of `confidence.features`, for calibration."""


def answers_to(
    query: Encoded,
    candidates: Candidates | Collection,
    top: int = 10,
    calibration: Calibration = GENERIC,
    settings: DtwSettings | None = None,
) -> list[RankedDocument]:
    """The answers of "align" without their passages, best first (see `find_documents`)."""
    settings, collection = settings or DtwSettings(), _collection(candidates)
    answers = [_answers(query, None, collection, top, settings, calibration)]
    parts = parts_of(query.places)
    if len(parts) > 1:
        for part in parts:
            piece = cut_part(query, part)
            if len(piece.vectors):
                answers.append(_answers(piece, part, collection, top, settings, calibration))
    return _with_work_numbers(_merged(answers)[:top])


def _answers(
    query: Encoded,
    part: Part | None,
    collection: Collection,
    top: int,
    settings: DtwSettings,
    calibration: Calibration,
) -> list[RankedDocument]:
    """The best documents for a query, at least `CHANCE_DOCUMENTS` where there are so many."""
    near = _near(query, collection, top, settings)
    candidates, numbers = near.candidates, near.documents
    lengths = np.diff(candidates.offsets)
    ranking = rank(query, candidates, "align", settings, near.votes)
    order = np.argsort(-ranking.scores, kind="stable")
    best = order[lengths[order] > 0][: max(top, CHANCE_DOCUMENTS)]
    scores = ranking.scores[best]
    chance = _chance_scores(query, candidates, best[:CHANCE_DOCUMENTS], ranking, settings)
    level = float(chance.mean())
    runs = _claimed_runs(query.vectors, candidates, best, float(scores[0]), level)
    same = same_work(candidates, best, scores, runs, level, calibration.same)
    rivals = best_rivals(scores, runs, same, level)
    rows = features(scores, rivals, chance, len(query.vectors), collection.size)
    confidences = probability(rows, calibration)
    return [
        RankedDocument(
            document=int(numbers[d]),
            score=float(scores[k]),
            confidence=float(confidences[k]),
            query=query,
            part=part,
            is_around=bool(ranking.is_around[d]),
            claimed=(int(runs.query_first[k]), int(runs.query_last[k])),
            same_work=frozenset(int(numbers[best[j]]) for j in np.flatnonzero(same[k])),
            features=tuple(rows[k].tolist()),
        )
        for k, d in enumerate(best)
    ]


def _near(query: Encoded, collection: Collection, top: int, settings: DtwSettings) -> Near:
    """The documents that are warped, and as many more as hits are asked for."""
    count = collection.size if settings.shortlist is None else max(settings.shortlist, top)
    return collection.near(query, settings, max(count, CHANCE_DOCUMENTS))


def _chance_scores(
    query: Encoded,
    candidates: Candidates,
    best: NDArray[np.int64],
    ranking: Ranking,
    settings: DtwSettings,
) -> NDArray[np.float64]:
    """Scores of the query played backwards in the best documents; one value at least."""
    found = warp_documents(backwards(query), candidates, best, settings)
    lengths = np.diff(candidates.offsets)
    scores = combine(found, lengths, len(query.vectors), settings, ranking.median).scores
    finite = scores[np.isfinite(scores)]
    return finite if len(finite) else np.zeros(1)


def _claimed_runs(
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
    threshold = chance + max(THRESHOLD_SHARE * (score - chance), MIN_THRESHOLD)
    return best_runs(query @ block.T, stops - lengths, stops, threshold)


def _plain_answers(
    query: Encoded, candidates: Candidates, method: str, settings: DtwSettings | None
) -> list[RankedDocument]:
    """The answers of one of the papers' methods; the first alone has a confidence."""
    lengths = np.diff(candidates.offsets)
    scores = rank(query, candidates, method, settings).scores
    order = np.argsort(-scores, kind="stable")
    order = order[lengths[order] > 0]
    first = separation_confidence(scores[order], method)
    return [
        RankedDocument(
            document=int(d),
            score=float(scores[d]),
            confidence=0.0 if k else first,
            query=query,
            part=None,
            is_around=False,
            claimed=(0, len(query.vectors) - 1),
        )
        for k, d in enumerate(order)
    ]


def _merged(answers: Sequence[list[RankedDocument]]) -> list[RankedDocument]:
    """Each document once, for the part of the query of its highest confidence; best first."""
    if len(answers) == 1:
        return answers[0]
    best: dict[int, RankedDocument] = {}
    for found in (a for answer in answers for a in answer):
        other = best.get(found.document)
        if other is None or (found.confidence, found.score) > (other.confidence, other.score):
            same = found.same_work | other.same_work if other else found.same_work
            best[found.document] = replace(found, same_work=same)
    return sorted(best.values(), key=lambda a: (-a.confidence, -a.score))


def _with_work_numbers(answers: Sequence[RankedDocument]) -> list[RankedDocument]:
    """The answers, those of one work with one number."""
    numbers: dict[int, int] = {}
    out = []
    for answer in answers:
        known = [numbers[d] for d in answer.same_work if d in numbers]
        number = known[0] if known else len(set(numbers.values())) + 1
        numbers[answer.document] = number
        out.append(replace(answer, work=number))
    return out


class _Sequence(NamedTuple):
    """The windows of a document, or of a stretch of it."""

    vectors: NDArray[np.float32]
    """[windows, dim]."""
    positions: NDArray[np.float32]
    """[windows], as `Encoded.positions`."""
    extent: float


def _path_curve(
    query: _Sequence,
    document: _Sequence,
    is_recording: bool,
    is_around: bool,
    settings: DtwSettings,
) -> Curve | None:
    """The curve of the best path between a query and a document; None if there is no path.

    is_recording : whether the query is the recording of the two.
    """
    rows, columns = (document, query) if is_around else (query, document)
    edge = inf if settings.scope == "whole" else 0.0
    _, path = match_path(1 - rows.vectors @ columns.vectors.T, settings.steps, edge=edge)
    if not len(path):
        return None
    a, b = rows.positions[path[:, 0]], columns.positions[path[:, 1]]
    recording, score = (query, document) if is_recording else (document, query)
    times, places = (a, b) if rows is recording else (b, a)
    return fit_curve(times, places, recording.extent, score.extent)


def _hit(answer: RankedDocument, collection: Collection, settings: DtwSettings) -> Hit:
    """The hit of an answer, with the passages of its best path; its path is empty if it is gone."""
    document, query = collection.document(answer.document), answer.query
    first, last = answer.claimed
    claimed = slice(None)
    if not answer.is_around and (
        MIN_WINDOWS <= last - first + 1 < MAX_CLAIMED_SHARE * len(query.vectors)
    ):
        claimed = slice(first, last + 1)
    is_recording = query.kind == "recording"
    curve = _path_curve(
        _Sequence(query.vectors[claimed], query.positions[claimed], query.extent),
        _Sequence(*collection.windows(answer.document), document.extent),
        is_recording,
        answer.is_around,
        settings,
    )
    places = document.places if is_recording else query.places
    part = answer.part
    if is_recording and curve is not None:
        columns = float(curve.columns[0]), float(curve.columns[-1])
        parts = document_parts(document)
        part = part_at(parts, *columns)
        places = places_within(parts, places, *columns)
    return Hit(
        1,
        document.path,
        document.kind,
        document.title,
        answer.score,
        answer.confidence,
        _passages(curve, places, query) if curve else (),
        answer.work,
        part,
    )


def _passages(curve: Curve, places: tuple[Place, ...], query: Encoded) -> tuple[Passage, ...]:
    """One passage for each system that the curve runs through, in the times of the file."""
    return tuple(
        Passage(
            start + query.start_s, end + query.start_s, None, None, place.page, place.system, box
        )
        if query.kind == "recording"
        else Passage(None, None, start, end, place.page, place.system, box)
        for place, box, start, end in stretches(curve, places)
    )
