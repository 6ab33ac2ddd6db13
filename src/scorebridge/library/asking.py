"""One question to a library, and all questions of its own documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from scorebridge.encode.calibration import Calibration
from scorebridge.library.snapshot import Snapshot, as_encoded
from scorebridge.retrieval.link import other_kind
from scorebridge.types import Candidates, Document, Encoded, Hit, Kind


def search(
    query: Encoded,
    candidates: Candidates,
    calibration: Calibration,
    top: int = 10,
    method: str = "align",
) -> list[Hit]:
    """The best documents for a query (`retrieval.find`); none where there are no candidates."""
    from scorebridge.retrieval.find import find_documents

    if not candidates.documents:
        return []
    return find_documents(query, candidates, top=top, method=method, calibration=calibration)


def asker(
    snapshot: Snapshot, candidates_of: Callable[[Kind], Candidates], calibration: Calibration
) -> Callable[[Document], list[Hit]]:
    """A function that searches for a document of the snapshot.

    candidates_of : called once for each kind; the queries' own vectors are taken from it too.
    """

    @cache
    def of_kind(kind: Kind) -> tuple[Candidates, dict[str, int]]:
        found = candidates_of(kind)
        return found, {document.id: k for k, document in enumerate(found.documents)}

    def ask(document: Document) -> list[Hit]:
        others, _ = of_kind(other_kind(document.kind))
        own, rows = of_kind(document.kind)
        if document.id in rows:
            start, stop = own.offsets[rows[document.id] : rows[document.id] + 2]
            between = own.vectors if own.between is None else own.between
            query = as_encoded(
                document,
                vectors=own.vectors[start:stop],
                positions=own.positions[start:stop],
                between=between[start:stop],
            )
        else:  # some of its vectors are missing
            query = snapshot.encoded(document)
        return search(query, others, calibration)

    return ask
