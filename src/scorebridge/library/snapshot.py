"""A library as it is at one moment, read once for each public call.

`library.json` and the table of documents are read at the door; what is asked inside the call
is answered from here. A snapshot that is still the latest version is reused, so a second call costs
two small reads (5 ms), not the whole table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from lance import LanceDataset

from scorebridge.errors import LibraryError
from scorebridge.files import absolute, content_id, detect_kind
from scorebridge.library.checking import changed
from scorebridge.library.damage import guarded
from scorebridge.library.store import FileRow, Store, document_of, file_row, key_of, read_vectors
from scorebridge.types import Candidates, Document, Encoded, Kind


@dataclass(frozen=True)
class Snapshot:
    """A library at one moment."""

    store: Store
    version: tuple[str, str, int, int]
    """Encoder, folder of the tables, time of `library.json`, version of the documents' table."""
    documents: tuple[Document, ...]
    """In the order in which they were added; each content once, as first added."""
    files: Mapping[str, FileRow]
    """By path; a content may have several."""

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """Documents by id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def keys(self) -> Mapping[str, int]:
        """The keys of documents in the vector tables, by id."""
        return {row.id: row.key for row in self.files.values()}

    def of_kind(self, kind: Kind | None) -> list[Document]:
        """Documents of one kind, or all."""
        return [d for d in self.documents if kind is None or d.kind == kind]

    def document(self, path: Path | str) -> Document | None:
        """The document of the file `path`; `None` if the file is unknown or has changed.

        Raises `InputError` for a known file that is gone.
        """
        path = absolute(path)
        row = self.files.get(str(path))
        if row is None or changed(row, path):
            return None
        return replace(self.by_id[row.id], path=str(path))

    @guarded
    def encoded(self, document: Document) -> Encoded:
        """The stored vectors of a document. Raises `LibraryError`."""
        table = self.store.table(document.kind)
        key = self.keys.get(document.id, key_of(document.id))
        keys, positions, *both = read_vectors(table, self.store.dim, key)
        if len(keys) == 0:
            folder = self.store.folder
            raise LibraryError(f"{document.path}: its vectors are missing from {folder}.")
        order = np.argsort(positions, kind="stable")
        vectors, between = (rows[order] for rows in both)
        return as_encoded(document, vectors, positions[order], between)


@guarded
def take_snapshot(folder: Path, before: Snapshot | None = None) -> Snapshot:
    """Open the library in `folder`; `before` where it is still the same. Raises `LibraryError`."""
    store = Store(folder)
    table = store.table("files")
    version = (store.encoder, str(store.tables), store.made_ns, table.version)
    if before and before.version == version:
        return before
    documents: dict[str, Document] = {}
    files: dict[str, FileRow] = {}
    for row in store.rows(files=table):
        files[row["path"]] = file_row(row)
        if row["id"] not in documents:
            documents[row["id"]] = document_of(row)
    return Snapshot(store, version, tuple(documents.values()), files)


@guarded
def read_candidates(snapshot: Snapshot, kind: Kind, table: LanceDataset) -> Candidates:
    """All documents of a kind with their vectors, from the open `table` of that kind.

    Documents without all their vectors are left out: they are being added or removed.
    """
    store, documents = snapshot.store, snapshot.of_kind(kind)
    windows: dict[str, int] = {}
    for row in snapshot.files.values():
        windows.setdefault(row.id, row.windows)
    keys, positions, vectors, between = read_vectors(table, store.dim)
    ranks = {snapshot.keys[document.id]: rank for rank, document in enumerate(documents)}
    unique, inverse = np.unique(keys, return_inverse=True)
    rank = np.array([ranks.get(int(key), -1) for key in unique], np.int64)[inverse]
    counts = np.bincount(rank[rank >= 0], minlength=len(documents))
    whole = counts == [windows[document.id] for document in documents]
    rank[~np.append(whole, False)[rank]] = len(documents)  # strays (-1) meet the False at the end
    order = np.lexsort((positions, rank))[: int((rank < len(documents)).sum())]
    if not np.array_equal(order, np.arange(len(keys))):
        positions, vectors, between = positions[order], vectors[order], between[order]
    return Candidates(
        tuple(document for document, ok in zip(documents, whole, strict=True) if ok),
        vectors,
        positions,
        np.concatenate([[0], np.cumsum(counts[whole])]).astype(np.int64),
        between=between,
    )


def as_encoded(
    document: Document, vectors: np.ndarray, positions: np.ndarray, between: np.ndarray
) -> Encoded:
    """A document with its vectors."""
    return Encoded(
        kind=document.kind,
        vectors=vectors,
        positions=positions,
        extent=document.extent,
        pages=document.pages,
        places=document.places,
        between=between,
        metadata=document.metadata,
    )


class NamedFile:
    """A file as a caller named it, and the document that it is, if the library holds it."""

    def __init__(self, source: Path | str | Document, snapshot: Snapshot | None) -> None:
        if isinstance(source, Document):
            self.path, self.document = source.path, source
        else:
            self.path = str(source)
            self.document = snapshot.document(source) if snapshot else None

    @cached_property
    def kind(self) -> Kind:
        """Raises `InputError`."""
        return self.document.kind if self.document else detect_kind(self.path)

    @cached_property
    def id(self) -> str:
        """SHA-256 of the content. Raises `InputError`."""
        return self.document.id if self.document else content_id(absolute(self.path))
