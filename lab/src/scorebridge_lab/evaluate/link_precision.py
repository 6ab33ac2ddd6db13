"""Linking of a whole collection: precision and recall of the links between all documents.

The scores and recordings of a set lie in one library with distractors. All documents of the set
are queries, and so are the distractors that they find; `retrieval/link.py` decides the links. Every
link that touches a document of the set is right or wrong. Links between two distractors are not
counted, and not asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.progress import track

from scorebridge.encode.calibration import Calibration
from scorebridge.retrieval.find import find_documents
from scorebridge.retrieval.link import (
    MIN_STORED_CONFIDENCE,
    Answer,
    answer_of,
    other_kind,
    pairs_of,
)
from scorebridge.types import Candidates, Document, Encoded, Kind
from scorebridge_lab.benchmarks.distractors import Distractors
from scorebridge_lab.benchmarks.encoded import EncodedSet, library_of


@dataclass(frozen=True)
class LinkResult:
    """Links of a set, by falling confidence."""

    pairs: int
    """True pairs."""
    confidence: tuple[float, ...]
    right: tuple[bool, ...]
    names: tuple[str, ...]
    accept: float

    def at(self, threshold: float) -> tuple[float, float]:
        """Precision and recall of the links from `threshold` on."""
        accepted = [r for c, r in zip(self.confidence, self.right, strict=True) if c >= threshold]
        return (sum(accepted) / len(accepted) if accepted else 1.0), sum(accepted) / self.pairs

    def precision_at(self, recall: float) -> float | None:
        """Precision where recall is first reached; None if it never is."""
        for c in self.confidence:
            precision, reached = self.at(c)
            if reached >= recall:
                return precision
        return None

    def failures(self, material: EncodedSet, threshold: float) -> list[str]:
        """A line for each wrong link from `threshold` on, and for each pair that is missing."""
        rows = list(zip(self.names, self.confidence, self.right, strict=True))
        wrong = [f"wrong link at {c:.2f}: {n}" for n, c, r in rows if not r and c >= threshold]
        linked = {name for name, confidence, _ in rows if confidence >= threshold}
        pairs = [
            (recording, material.score_names[s])
            for recording, s in zip(material.recording_names, material.score_of, strict=True)
        ]
        return wrong + [
            f"missing: {recording} - {score}"
            for recording, score in pairs
            if f"recording/{recording} - score/{score}" not in linked
        ]


def link_set(
    material: EncodedSet, distractors: Distractors, calibration: Calibration
) -> LinkResult:
    """Links the documents of a set among distractors."""
    libraries: dict[Kind, Candidates] = {}
    whole: dict[str, Encoded] = {}
    sides: tuple[tuple[Kind, Sequence[Encoded], Sequence[str], Sequence[Encoded]], ...] = (
        ("score", material.scores, material.score_names, distractors.scores),
        ("recording", material.recordings, material.recording_names, distractors.recordings),
    )
    for kind, own, names, others in sides:
        labels = [f"{kind}/{name}" for name in names]
        labels += [f"{kind}/distractor-{k}" for k in range(len(others))]
        everything = [*own, *others]
        libraries[kind] = library_of(everything, labels)
        whole |= dict(zip(labels, everything, strict=True))
    documents: dict[str, Document] = {
        d.id: d for library in libraries.values() for d in library.documents
    }
    ids = {name: name for name in documents}
    answers: dict[str, tuple[Answer, ...]] = {}

    def ask(name: str) -> None:
        library = libraries[other_kind(documents[name].kind)]
        hits = find_documents(whole[name], library, 10, calibration=calibration)
        answers[name] = answer_of(hits, ids)

    own_names = [f"score/{n}" for n in material.score_names]
    own_names += [f"recording/{n}" for n in material.recording_names]
    for name in track(own_names, "asking the set"):
        ask(name)
    named = {a.document for found in answers.values() for a in found} - set(answers)
    for name in track(sorted(named), "asking back"):
        ask(name)
    links = sorted(
        pairs_of(answers, documents, MIN_STORED_CONFIDENCE), key=lambda link: -link.confidence
    )
    true = {
        (f"recording/{recording}", f"score/{material.score_names[s]}")
        for recording, s in zip(material.recording_names, material.score_of, strict=True)
    }
    own = set(own_names)
    counted = [link for link in links if {link.recording, link.score} & own]
    return LinkResult(
        pairs=len(true),
        confidence=tuple(link.confidence for link in counted),
        right=tuple((link.recording, link.score) in true for link in counted),
        names=tuple(f"{link.recording} - {link.score}" for link in counted),
        accept=calibration.accept,
    )
