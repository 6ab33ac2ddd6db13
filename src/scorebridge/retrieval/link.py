"""Links: which recordings of a collection play which of its scores.

Every recording is a query for scores and every score a query for recordings (`find.py`). The
confidence of a pair is the geometric mean of the two confidences (0 where an
answer does not hold the other). So what matches from one side only, as a similar style does, falls
away. Alternatives of one work (two editions, two performances) are links each.

Answers are stored. After documents come or go, only these are asked again: the new ones, and
those whose answer holds a lost one.

Cost: one search for each new document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scorebridge.types import Document, Hit, Kind, Link, Part

MAX_STORED_HITS = 8  # of each answer
MIN_STORED_CONFIDENCE = 0.02  # of a hit


@dataclass(frozen=True, slots=True)
class Answer:
    """One hit of one document's answer, by document ids."""

    document: str
    confidence: float
    start_s: float
    end_s: float
    """The stretch of the recording, whichever of the two it is."""
    first_page: int
    last_page: int
    part: Part | None = None


Answers = Mapping[str, Sequence[Answer]]
"""By the id of the document that was asked."""


def answer_of(hits: Sequence[Hit], ids: Mapping[str, str]) -> tuple[Answer, ...]:
    """The hits of an answer that are stored. ids : document id by path."""
    stored = []
    for hit in hits[:MAX_STORED_HITS]:
        if hit.confidence < MIN_STORED_CONFIDENCE or not hit.passages:
            continue
        starts = [p.start_s if p.start_s is not None else p.query_start_s for p in hit.passages]
        ends = [p.end_s if p.end_s is not None else p.query_end_s for p in hit.passages]
        pages = [p.page for p in hit.passages]
        stored.append(
            Answer(
                document=ids[hit.path],
                confidence=hit.confidence,
                start_s=min(s for s in starts if s is not None),
                end_s=max(e for e in ends if e is not None),
                first_page=min(pages),
                last_page=max(pages),
                part=hit.part,
            )
        )
    return tuple(stored)


def stale(answers: Answers, present: Iterable[str]) -> tuple[set[str], set[str]]:
    """Documents to ask: those without an answer, and those whose answer holds a lost document."""
    ids = set(present)
    new = ids - set(answers)
    touched = {
        asked
        for asked, answer in answers.items()
        if asked in ids and any(a.document not in ids for a in answer)
    }
    return new, touched


def pairs_of(answers: Answers, documents: Mapping[str, Document], threshold: float) -> list[Link]:
    """The links that both answers of a pair support.

    Parameters
    ----------
    answers : of all documents. documents : by id.
    threshold : minimum confidence of a link.

    Returns
    -------
    Links, by recording in the order of `documents`, by falling confidence.
    """
    found = []
    for asked, document in documents.items():
        if document.kind != "recording":
            continue
        links = []
        for there in answers.get(asked, ()):
            other = documents.get(there.document)
            back = [a for a in answers.get(there.document, ()) if a.document == asked]
            if other is None or not back:
                continue
            confidence = joint_confidence(there.confidence, back[0].confidence)
            if confidence < threshold:
                continue
            links.append(
                Link(
                    recording=document.path,
                    score=other.path,
                    confidence=confidence,
                    start_s=there.start_s,
                    end_s=there.end_s,
                    first_page=there.first_page,
                    last_page=there.last_page,
                    part=there.part or back[0].part,
                )
            )
        found += sorted(links, key=lambda link: -link.confidence)
    return found


def joint_confidence(there: float, back: float) -> float:
    """Geometric mean of the confidences of both directions."""
    return (there * back) ** 0.5


def other_kind(kind: Kind) -> Kind:
    """The kind of the documents that a query of this kind finds."""
    return "score" if kind == "recording" else "recording"
