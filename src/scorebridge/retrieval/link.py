"""All to all: which recordings of a collection play which of its scores.

Every recording is asked for its scores and every score for its recordings (`find.py`). A
pair is judged by both answers: the root of the product of the two confidences (0 where an
answer does not name the other). So what looks like a match from one side only, as likeness
of style does, falls; alternatives of one work (two editions, two performances) are links each.

Answers are kept. When documents come or go, only these are asked again: the new ones, and
those that the new ones name or that named a lost one.

Cost: one search a document and change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scorebridge.types import Document, Hit, Kind, Link, Part

ANSWERS = 8  # hits kept of each answer
NAMED = 0.02  # confidence from which a hit is kept


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
    """What is kept of an answer. ids : document id by path."""
    kept = []
    for hit in hits[:ANSWERS]:
        if hit.confidence < NAMED or not hit.passages:
            continue
        starts = [p.start_s if p.start_s is not None else p.query_start_s for p in hit.passages]
        ends = [p.end_s if p.end_s is not None else p.query_end_s for p in hit.passages]
        pages = [p.page for p in hit.passages]
        kept.append(
            Answer(
                ids[hit.path],
                hit.confidence,
                min(s for s in starts if s is not None),
                max(e for e in ends if e is not None),
                min(pages),
                max(pages),
                hit.part,
            )
        )
    return tuple(kept)


def stale(answers: Answers, present: Iterable[str]) -> tuple[set[str], set[str]]:
    """Documents to ask: those never asked, and those whose answer named a lost document."""
    here = set(present)
    new = here - set(answers)
    touched = {
        asked
        for asked, answer in answers.items()
        if asked in here and any(a.document not in here for a in answer)
    }
    return new, touched


def pairs_of(answers: Answers, documents: Mapping[str, Document], threshold: float) -> list[Link]:
    """The links that both answers of a pair bear out.

    Parameters
    ----------
    answers : of all documents. documents : by id.
    threshold : least confidence of a link.

    Returns
    -------
    Links, by recording in the order of `documents`, the surest first.
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
            confidence = joint(there.confidence, back[0].confidence)
            if confidence < threshold:
                continue
            links.append(
                Link(
                    document.path,
                    other.path,
                    confidence,
                    there.start_s,
                    there.end_s,
                    there.first_page,
                    there.last_page,
                    there.part or back[0].part,
                )
            )
        found += sorted(links, key=lambda link: -link.confidence)
    return found


def joint(there: float, back: float) -> float:
    """One confidence of the two directions."""
    return (there * back) ** 0.5


def other_kind(kind: Kind) -> Kind:
    """What a document of this kind is asked for."""
    return "score" if kind == "recording" else "recording"
