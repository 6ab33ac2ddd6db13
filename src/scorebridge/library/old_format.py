"""Libraries of formats 2 and 3, as earlier versions made them: only read, for `renew`.

    files.lance        one row per file, its document in it
    score.lance        one row per window: key of the document, position, vector, halfway vector
    recording.lance    the same for recordings

Vectors are numbers of 32 bits. Early tables lack columns (`metadata`, `vectors_key`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lance
import numpy as np
from pydantic import TypeAdapter

from scorebridge.library.damage import guarded
from scorebridge.library.rows import key_of
from scorebridge.library.store import KINDS, OLD_FORMATS, read_settings
from scorebridge.types import Document, Encoded, Metadata, Place

COLUMNS = (
    "path",
    "id",
    "size",
    "mtime_ns",
    "added",
    "encoder",
    "windows",
    "kind",
    "title",
    "extent",
    "pages",
    "places",
    "metadata",
    "vectors_key",
)


@dataclass(frozen=True)
class OldFile:
    """A file of an old library, with its document."""

    path: str
    size: int
    mtime_ns: int
    added: Any
    document: Document
    key: int
    windows: int
    has_metadata: bool


def is_old(folder: Path) -> bool:
    """Whether the library in `folder` is of an old format. Raises `LibraryError`."""
    return read_settings(folder)["format"] in OLD_FORMATS


class OldStore:
    """An old library."""

    def __init__(self, folder: Path) -> None:
        settings = read_settings(folder)
        self.folder = folder
        self.encoder, self.dim = settings["encoder"], settings["dim"]
        self.tables = folder / str(settings.get("tables", ""))

    @guarded
    def files(self) -> list[OldFile]:
        """All files, in the order in which they were added."""
        table = lance.dataset(str(self.tables / "files.lance"))
        stored = [name for name in COLUMNS if name in table.schema.names]
        rows = table.to_table(columns=stored).sort_by("added").to_pylist()
        return [_old_file(dict.fromkeys(COLUMNS) | row) for row in rows]

    @guarded
    def encoded(self, files: list[OldFile]) -> Iterator[tuple[OldFile, Encoded | None]]:
        """Each content once, with its vectors; `None` where they are damaged or missing.

        Reads each table of vectors once, in pieces.
        """
        for kind in KINDS:
            wanted = {f.key: f for f in reversed(files) if f.document.kind == kind}
            if not wanted:
                continue
            table = lance.dataset(str(self.tables / f"{kind}.lance"))
            parts: dict[int, list[tuple[np.ndarray, ...]]] = {key: [] for key in wanted}
            for batch in table.to_batches(batch_size=8192):
                keys = batch["document"].to_numpy()
                columns = [batch["position"].to_numpy()]
                for name in ("vector", "between"):
                    flat = batch[name].flatten().to_numpy(zero_copy_only=False)
                    columns.append(flat.reshape(-1, self.dim))
                for key in np.unique(keys).tolist():
                    if key in parts:
                        own = keys == key
                        parts[key].append(tuple(column[own] for column in columns))
                for key in [k for k in parts if _count(parts[k]) >= wanted[k].windows]:
                    yield wanted[key], _joined(wanted[key], parts.pop(key))
            for key in parts:
                yield wanted[key], None


def _count(parts: list[tuple[np.ndarray, ...]]) -> int:
    return sum(len(part[0]) for part in parts)


def _joined(file: OldFile, parts: list[tuple[np.ndarray, ...]]) -> Encoded | None:
    positions, vectors, between = (np.concatenate(column) for column in zip(*parts, strict=True))
    if len(positions) != file.windows:
        return None
    order = np.argsort(positions, kind="stable")
    document = file.document
    return Encoded(
        kind=document.kind,
        vectors=vectors[order],
        positions=positions[order],
        extent=document.extent,
        pages=document.pages,
        places=document.places,
        between=between[order],
        metadata=document.metadata,
    )


def _old_file(row: Mapping[str, Any]) -> OldFile:
    metadata = Metadata()
    if row["metadata"]:
        metadata = TypeAdapter(Metadata).validate_json(row["metadata"])
    document = Document(
        id=row["id"],
        path=row["path"],
        kind=row["kind"],
        title=row["title"],
        extent=row["extent"],
        pages=row["pages"],
        places=_PLACES.validate_json(row["places"]),
        metadata=metadata,
    )
    key = row["vectors_key"] if row["vectors_key"] is not None else key_of(row["id"])
    return OldFile(
        path=row["path"],
        size=row["size"],
        mtime_ns=row["mtime_ns"],
        added=row["added"],
        document=document,
        key=key,
        windows=row["windows"],
        has_metadata=bool(row["metadata"]),
    )


_PLACES = TypeAdapter(tuple[Place, ...])
