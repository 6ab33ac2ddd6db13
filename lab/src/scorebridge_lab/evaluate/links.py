"""`scorebridge-lab evaluate links`: all to all, a whole collection paired by itself.

The scores and recordings of a set lie in one library with the crowd's. All documents of
the set are asked, and those of the crowd that they name; `match/link.py` does the rest. Every
link that touches a document of the set is right or wrong. Links between two
documents of the crowd are not judged, and not asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.progress import track

from scorebridge.retrieval.confidence import Calibration
from scorebridge.retrieval.find import find_documents
from scorebridge.retrieval.link import NAMED, Answer, answer_of, other_kind, pairs_of
from scorebridge.types import Candidates, Document, Encoded, Kind
from scorebridge_lab.benchmarks.distractors import library_of


@dataclass(frozen=True)
class Linked:
    """Links of a set, the surest first."""

    pairs: int
    """True pairs."""
    confidence: tuple[float, ...]
    right: tuple[bool, ...]
    names: tuple[str, ...]
    accept: float

    def at(self, threshold: float) -> tuple[float, float]:
        """Precision and recall of the links from `threshold` on."""
        kept = [r for c, r in zip(self.confidence, self.right, strict=True) if c >= threshold]
        return (sum(kept) / len(kept) if kept else 1.0), sum(kept) / self.pairs

    def precision_at(self, recall: float) -> float | None:
        """Precision where recall is first reached; None if it never is."""
        for c in self.confidence:
            precision, reached = self.at(c)
            if reached >= recall:
                return precision
        return None


def link_set(
    scores: Sequence[Encoded],
    recordings: Sequence[Encoded],
    score_of: Sequence[int],
    crowd: tuple[Sequence[Encoded], Sequence[Encoded]],
    names: tuple[Sequence[str], Sequence[str]],
    calibration: Calibration,
) -> Linked:
    """Pair a set among a crowd.

    Parameters
    ----------
    scores, recordings : of the set; score_of : for each recording the index of its score.
    crowd : scores and recordings of other pieces.
    names : of the scores and of the recordings of the set.
    """
    libraries: dict[Kind, Candidates] = {}
    whole: dict[str, Encoded] = {}
    sides: tuple[tuple[Kind, Sequence[Encoded], Sequence[str], Sequence[Encoded]], ...] = (
        ("score", scores, names[0], crowd[0]),
        ("recording", recordings, names[1], crowd[1]),
    )
    for kind, own, called, others in sides:
        labels = [f"{kind}/{n}" for n in called] + [f"{kind}/crowd-{k}" for k in range(len(others))]
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

    own_names = [f"score/{n}" for n in names[0]] + [f"recording/{n}" for n in names[1]]
    for name in track(own_names, "asking the set"):
        ask(name)
    named = {a.document for found in answers.values() for a in found} - set(answers)
    for name in track(sorted(named), "asking back"):
        ask(name)
    links = sorted(pairs_of(answers, documents, NAMED), key=lambda link: -link.confidence)
    true = {
        (f"recording/{r}", f"score/{names[0][s]}") for r, s in zip(names[1], score_of, strict=True)
    }
    own = set(own_names)
    judged = [link for link in links if {link.recording, link.score} & own]
    return Linked(
        len(true),
        tuple(link.confidence for link in judged),
        tuple((link.recording, link.score) in true for link in judged),
        tuple(f"{link.recording} - {link.score}" for link in judged),
        calibration.accept,
    )
