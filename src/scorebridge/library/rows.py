"""The rows of a library's two tables, and the documents and vectors in them.

A row of `documents` holds all of one content: what is known of it and the vectors of its windows,
as codes of 8 bits (`search/codes.py`). So one commit makes a document, and looking one up reads one
row. A row of `files` names a path, its title, and the content that lies there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import TypeAdapter

from scorebridge.search.codes import codes_of, vectors_of
from scorebridge.types import Document, Encoded, Kind, Metadata, Place

FILES = pa.schema(
    [
        ("path", pa.string()),
        ("id", pa.string()),
        ("title", pa.string()),
        ("size", pa.int64()),
        ("mtime_ns", pa.int64()),
        ("added", pa.timestamp("us", tz="UTC")),
        ("row_sum", pa.string()),
    ]
)
DOCUMENTS = pa.schema(
    [
        ("id", pa.string()),
        ("key", pa.int64()),
        ("kind", pa.string()),
        ("extent", pa.float64()),
        ("pages", pa.int32()),
        ("windows", pa.int64()),
        ("encoder", pa.string()),
        ("metadata", pa.string()),
        ("places", pa.string()),
        ("positions", pa.large_binary()),
        ("vectors", pa.large_binary()),
        ("between", pa.large_binary()),
        ("row_sum", pa.string()),
    ]
)
BRIEF = ["id", "kind", "extent", "pages", "metadata"]  # columns of a document in a list
WHOLE = [*BRIEF, "places"]
WINDOWS = ["key", "positions", "vectors"]  # columns of its windows
BETWEEN = [*WINDOWS, "between"]


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is known of a file without opening it."""

    path: str
    id: str
    title: str
    size: int
    mtime_ns: int
    added: datetime


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of one document, as they are stored."""

    key: int
    positions: NDArray[np.float32]
    vectors: NDArray[np.int8]
    """[windows, dim], codes."""
    between: NDArray[np.int8] | None
    """The same; `None` where they were not read."""


def key_of(digest: str) -> int:
    """A number of 64 bits from the first bytes of a SHA-256."""
    return int.from_bytes(bytes.fromhex(digest[:16]), "big", signed=True)


def row_sum(row: Mapping[str, Any]) -> str:
    """The checksum of all other columns of a row."""
    digest = hashlib.sha256()
    for name in sorted(row):
        value = row[name]
        if name == "row_sum":
            continue
        if isinstance(value, datetime):
            value = round(value.timestamp() * 1e6)
        digest.update(value if isinstance(value, bytes) else json.dumps([name, value]).encode())
    return digest.hexdigest()


def summed(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its checksum."""
    return row | {"row_sum": row_sum(row)}


def document_row(document: Document, encoded: Encoded, encoder: str) -> dict[str, Any]:
    """The row of a document. Its key changes with its vectors, so indexes never mix them up."""
    windows = {
        "positions": encoded.positions.astype(np.float32).tobytes(),
        "vectors": codes_of(encoded.vectors).tobytes(),
        "between": codes_of(encoded.halfway).tobytes(),
    }
    digest = hashlib.sha256(document.id.encode())
    for part in windows.values():
        digest.update(part)
    row = {
        "id": document.id,
        "key": key_of(digest.hexdigest()),
        "kind": document.kind,
        "extent": float(document.extent),
        "pages": document.pages,
        "windows": len(encoded.vectors),
        "encoder": encoder,
        "metadata": dump_metadata(document.metadata),
        "places": _places().dump_json(document.places).decode(),
    }
    return summed(row | windows)


def document_of(row: Mapping[str, Any], path: str, title: str) -> Document:
    """The document of a row of `WHOLE`, or of `BRIEF` without its places.

    path, title : of the file that it is shown under.
    """
    kind: Kind = row["kind"]
    places = _places().validate_json(row["places"]) if "places" in row else ()
    return Document(
        id=row["id"],
        path=path,
        kind=kind,
        title=title,
        extent=row["extent"],
        pages=row["pages"],
        places=places,
        metadata=_metadata().validate_json(row["metadata"]),
    )


def windows_of(row: Mapping[str, Any], dim: int) -> Windows:
    """The windows of a row of `WINDOWS` or `BETWEEN`."""
    between = row.get("between")
    return Windows(
        key=row["key"],
        positions=np.frombuffer(row["positions"], np.float32),
        vectors=np.frombuffer(row["vectors"], np.int8).reshape(-1, dim),
        between=None if between is None else np.frombuffer(between, np.int8).reshape(-1, dim),
    )


def encoded_of(document: Document, windows: Windows) -> Encoded:
    """A document with its vectors."""
    return Encoded(
        kind=document.kind,
        vectors=vectors_of(windows.vectors),
        positions=windows.positions,
        extent=document.extent,
        pages=document.pages,
        places=document.places,
        between=None if windows.between is None else vectors_of(windows.between),
        metadata=document.metadata,
    )


def dump_metadata(metadata: Metadata) -> str:
    """Metadata as a row holds it."""
    return _metadata().dump_json(metadata).decode()


@cache
def _places() -> TypeAdapter[tuple[Place, ...]]:
    return TypeAdapter(tuple[Place, ...])


@cache
def _metadata() -> TypeAdapter[Metadata]:
    return TypeAdapter(Metadata)
