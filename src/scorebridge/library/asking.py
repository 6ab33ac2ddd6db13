"""One question to a library, and all questions of its own documents."""

from __future__ import annotations

from collections.abc import Callable

from scorebridge.encode.calibration import Calibration
from scorebridge.library.snapshot import Snapshot
from scorebridge.retrieval.collection import Collection
from scorebridge.retrieval.link import other_kind
from scorebridge.types import Candidates, Document, Encoded, Hit, Kind


def search(
    query: Encoded,
    candidates: Candidates | Collection,
    calibration: Calibration,
    top: int = 10,
    method: str = "align",
) -> list[Hit]:
    """The best documents for a query (`retrieval.find`); none where there are no candidates."""
    from scorebridge.retrieval.find import find_documents

    return find_documents(query, candidates, top=top, method=method, calibration=calibration)


def asker(
    snapshot: Snapshot, shelf_of: Callable[[Kind], Collection], calibration: Calibration
) -> Callable[[Document], list[Hit]]:
    """A function that searches for a document of the snapshot."""

    def ask(document: Document) -> list[Hit]:
        whole = snapshot.get(document.id) or document
        return search(snapshot.encoded(whole), shelf_of(other_kind(document.kind)), calibration)

    return ask
