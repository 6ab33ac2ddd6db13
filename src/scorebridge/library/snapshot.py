"""A library as it is at one moment, opened once for each public call.

`library.json` and the versions of both tables are read at the door; what is asked inside the call
is answered from these versions, by looking up what it needs. A snapshot that is still the latest
version is reused, so a second call costs three small reads (3 ms).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from lance import LanceDataset

from scorebridge.errors import LibraryError, UsageError
from scorebridge.files import absolute, content_id, detect_kind
from scorebridge.library.checking import changed
from scorebridge.library.damage import guarded
from scorebridge.library.rows import (
    BETWEEN,
    BRIEF,
    WHOLE,
    FileRow,
    Windows,
    document_of,
    encoded_of,
    windows_of,
)
from scorebridge.library.segments import Shelves, read_shelves
from scorebridge.library.store import Store, as_file_row, file_rows, quoted
from scorebridge.search.codes import vectors_of
from scorebridge.types import Candidates, Document, Encoded, Kind


@dataclass(frozen=True)
class Snapshot:
    """A library at one moment."""

    store: Store
    version: tuple[str, str, str, int, int]
    """Encoder, folder of the tables, checksum of `library.json`, versions of both tables."""
    documents_table: LanceDataset
    files_table: LanceDataset

    # One document

    @guarded
    def get(self, document_id: str) -> Document | None:
        """The document of a content, under the path of its first file; `None` if unknown."""
        row = self._row(document_id, WHOLE)
        files = file_rows(self.files_table, "id", [document_id]) if row else []
        return document_of(row, files[0].path, files[0].title) if row and files else None

    @guarded
    def document(self, path: Path | str) -> Document | None:
        """The document of the file `path`; `None` if the file is unknown or has changed.

        Raises `InputError` for a known file that is gone.
        """
        path = absolute(path)
        found = file_rows(self.files_table, "path", [str(path)])
        if not found or changed(found[0], path):
            return None
        row = self._row(found[0].id, WHOLE)
        return document_of(row, str(path), found[0].title) if row else None

    @guarded
    def encoded(self, document: Document) -> Encoded:
        """The stored vectors of a document. Raises `LibraryError`."""
        row = self._row(document.id, BETWEEN)
        if row is None:
            folder = self.store.folder
            raise LibraryError(f"{document.path}: its vectors are missing from {folder}.")
        return encoded_of(document, windows_of(row, self.store.dim))

    def _row(self, document_id: str, columns: list[str]) -> dict | None:
        chosen = f"id = {quoted(document_id)}"
        found = self.documents_table.to_table(filter=chosen, columns=columns).to_pylist()
        return found[0] if found else None

    # Several of a kind, for a search

    @cached_property
    def shelves(self) -> dict[Kind, Shelves]:
        """What a search needs of all documents, by kind."""
        return read_shelves(self.documents_table)

    @guarded
    def windows_at(self, rows: Sequence[int], columns: list[str] | None = None) -> list[Windows]:
        """The windows of documents by their rows in the table."""
        if not len(rows):
            return []
        found = self.documents_table.take(list(rows), columns=columns or BETWEEN)
        return [windows_of(row, self.store.dim) for row in found.to_pylist()]

    @guarded
    def documents_at(self, rows: Sequence[int]) -> list[Document]:
        """Documents by their rows in the table."""
        found = self.documents_table.take(list(rows), columns=WHOLE).to_pylist()
        names: dict[str, tuple[str, str]] = {}
        for file in file_rows(self.files_table, "id", [row["id"] for row in found]):
            names.setdefault(file.id, (file.path, file.title))
        return [document_of(row, *names.get(row["id"], ("", ""))) for row in found]

    # All

    @cached_property
    def files(self) -> Mapping[str, FileRow]:
        """All files by path, in the order in which they were added; a content may have several."""
        return self._all_files()

    @guarded
    def _all_files(self) -> Mapping[str, FileRow]:
        rows = self.files_table.to_table().sort_by("added").to_pylist()
        return {row["path"]: as_file_row(row) for row in rows}

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """In the order in which they were added; each content once, as first added."""
        return self._all_documents(WHOLE)

    @cached_property
    def briefs(self) -> Mapping[str, Document]:
        """All documents by id, without their places."""
        return {document.id: document for document in self._all_documents(BRIEF)}

    @guarded
    def _all_documents(self, columns: list[str]) -> tuple[Document, ...]:
        names: dict[str, tuple[str, str]] = {}
        for path, file in self.files.items():
            names.setdefault(file.id, (path, file.title))
        found = {}
        for batch in self.documents_table.to_batches(columns=columns):
            for row in batch.to_pylist():
                if row["id"] in names:
                    found[row["id"]] = document_of(row, *names[row["id"]])
        return tuple(found[identity] for identity in names if identity in found)

    def of_kind(self, kind: Kind | None) -> list[Document]:
        """Documents of one kind, or all."""
        return [d for d in self.documents if kind is None or d.kind == kind]

    @guarded
    def candidates(self, kind: Kind) -> Candidates:
        """All documents of a kind with their vectors, in memory."""
        documents = self.of_kind(kind)
        positions = [np.empty(0, np.float32)]
        vectors = [np.empty((0, self.store.dim), np.float32)]
        between, counts = list(vectors), [0]
        shelves = self.shelves[kind]
        table = self.documents_table.take(shelves.rows.tolist(), columns=["id", *BETWEEN])
        found = {row["id"]: windows_of(row, self.store.dim) for row in table.to_pylist()}
        for document in documents:
            own = found[document.id]
            assert own.between is not None
            positions.append(own.positions)
            vectors.append(vectors_of(own.vectors))
            between.append(vectors_of(own.between))
            counts.append(len(own.positions))
        return Candidates(
            tuple(documents),
            np.concatenate(vectors),
            np.concatenate(positions),
            np.cumsum(counts).astype(np.int64),
            between=np.concatenate(between),
        )


@guarded
def take_snapshot(folder: Path, before: Snapshot | None = None) -> Snapshot:
    """Open the library in `folder`; `before` where it is still the same. Raises `LibraryError`."""
    store = Store(folder)
    # Both tables of one moment: what files name is committed before them and deleted after.
    files, documents = store.table("files"), store.table("documents")
    while files.latest_version != files.version:
        files, documents = store.table("files"), store.table("documents")
    version = (store.encoder, str(store.tables), store.made, documents.version, files.version)
    if before and before.version == version:
        return before
    return Snapshot(store, version, documents, files)


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


def score_first(score: NamedFile, recording: NamedFile) -> tuple[NamedFile, NamedFile]:
    """The score and the recording, in whichever order they are given. Raises `UsageError`."""
    kinds = score.kind, recording.kind
    if kinds == ("recording", "score"):
        return recording, score
    if kinds != ("score", "recording"):
        raise UsageError(
            f"{score.path} and {recording.path} are both {kinds[0]}s; give a score and a recording."
        )
    return score, recording
