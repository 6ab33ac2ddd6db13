"""The library as the app lists it, read once for each version of its tables.

Only the small columns are read (about 20 ms for 5,000 documents); places and vectors stay on
disk. Changes by the command line are seen at the next read.
"""

from __future__ import annotations

import threading
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scorebridge.errors import ScorebridgeError
from scorebridge.library import Library
from scorebridge.library.links import LINKS_FILE
from scorebridge.library.store import Store
from scorebridge.server.queue import iso_time
from scorebridge.server.upload_store import UploadNames
from scorebridge.types import Kind

SETTLED_NS = 100_000_000  # age from which a folder's time shows every later change
UNCERTAIN_BELOW = 0.9  # confidence of the best link below which a document is "uncertain"
_COLUMNS = ["path", "id", "kind", "title", "extent", "pages", "added"]


@dataclass(frozen=True, slots=True)
class CatalogueLink:
    """A link between two documents of the library."""

    score: str
    """Document id."""
    recording: str
    """Document id."""
    confidence: float


@dataclass(frozen=True)
class Entry:
    """One document of the library."""

    id: str
    paths: tuple[str, ...]
    """The paths of its files; the first one is shown."""
    kind: Kind
    title: str
    name: str
    """The name of its file, or the original name of an uploaded file."""
    extent: float
    """Duration in seconds (recordings), or width of the unrolled score in columns."""
    pages: int
    added: float
    """Seconds since the epoch."""

    @cached_property
    def search_text(self) -> str:
        """Title and name as `Catalogue.search` compares them."""
        return folded(f"{self.title} {self.name}")

    @property
    def is_upload(self) -> bool:
        """Whether its file was uploaded: such files are named by their content."""
        return Path(self.paths[0]).stem == self.id

    @property
    def public_name(self) -> str:
        """Its name in exported files: the path, or the original name of an uploaded file."""
        return self.name if self.is_upload else self.paths[0]

    @property
    def is_there(self) -> bool:
        """Whether any of its files exists, changed or not."""
        return any(Path(path).is_file() for path in self.paths)


@dataclass(frozen=True)
class Catalogue:
    """All documents and links at one moment."""

    version: int
    """Counts the changes since the server started."""
    entries: dict[str, Entry]
    """By document id, in the order in which they were added."""
    links: tuple[CatalogueLink, ...]

    @cached_property
    def links_of(self) -> dict[str, list[tuple[str, float]]]:
        """By document id: the other ends of its links and their confidences, best first."""
        ends_of: dict[str, list[tuple[str, float]]] = {}
        for link in self.links:
            if link.score in self.entries and link.recording in self.entries:
                ends_of.setdefault(link.score, []).append((link.recording, link.confidence))
                ends_of.setdefault(link.recording, []).append((link.score, link.confidence))
        for ends in ends_of.values():
            ends.sort(key=lambda end: -end[1])
        return ends_of

    @cached_property
    def by_path(self) -> dict[str, str]:
        """Document ids by path."""
        return {path: entry.id for entry in self.entries.values() for path in entry.paths}

    def as_record(self, entry: Entry) -> dict[str, Any]:
        """The `DocumentRecord` of an entry."""
        if entry.kind == "score":
            size: dict[str, Any] = {"pages": entry.pages}
        else:
            size = {"duration_s": round(entry.extent, 3)}
        links = [
            {"id": end, "title": self.entries[end].title, "confidence": round(confidence, 5)}
            for end, confidence in self.links_of.get(entry.id, ())
        ]
        return {
            "id": entry.id,
            "path": entry.paths[0],
            "name": entry.name,
            "kind": entry.kind,
            "title": entry.title,
            **size,
            "added": iso_time(entry.added),
            "links": links,
        }

    def search(
        self, kind: str | None = None, q: str = "", state: str | None = None, sort: str = "title"
    ) -> list[Entry]:
        """The documents whose title or name has every word of `q`, case and accents ignored.

        kind : "score" or "recording". state : "unlinked" or "uncertain".
        sort : "title", or "added" for newest first.
        """
        words = folded(q).split()
        found = [
            entry
            for entry in self.entries.values()
            if (kind is None or entry.kind == kind)
            and all(word in entry.search_text for word in words)
            and self._is_in_state(entry, state)
        ]
        if sort == "added":
            return found[::-1]
        return sorted(found, key=lambda entry: (folded(entry.title), entry.id))

    def _is_in_state(self, entry: Entry, state: str | None) -> bool:
        ends = self.links_of.get(entry.id, ())
        if state == "unlinked":
            return not ends
        return state is None or (bool(ends) and ends[0][1] < UNCERTAIN_BELOW)


class CatalogueReader:
    """Reads the catalogue of a library, from any thread."""

    def __init__(self, library: Library, names: UploadNames) -> None:
        self._library, self._names = library, names
        self._lock = threading.Lock()
        self._cached: tuple[tuple[int, int, str], Catalogue] | None = None

    def read(self) -> Catalogue:
        """The catalogue as it is now. Raises `LibraryError`."""
        # Each commit puts a file into `_versions`, so the folder's time shows it, unless two
        # commits share a tick of the file system's clock.
        store = Store(self._library.path)
        tables = [store.tables / f"{name}.lance" / "_versions" for name in ("files", "documents")]
        modified = max(map(_modified, tables))
        linked = _modified(self._library.path / LINKS_FILE)
        settled = time.time_ns() - modified > SETTLED_NS
        cached = self._cached
        if cached and settled and cached[0][:2] == (modified, linked):
            return cached[1]
        with self._lock:
            versions = [str(store.table(name).version) for name in ("files", "documents")]
            key = (modified if settled else 0, linked, "/".join([store.tables.name, *versions]))
            if self._cached and self._cached[0][1:] == key[1:]:
                self._cached = key, self._cached[1]
                return self._cached[1]
            rows = store.listing(_COLUMNS)
            version = self._cached[1].version + 1 if self._cached else 1
            entries = _entries(rows, self._names.all())
            catalogue = Catalogue(version, entries, _links(self._library, entries))
            self._cached = key, catalogue
            return catalogue


def _entries(rows: Sequence[dict[str, Any]], names: Mapping[str, str]) -> dict[str, Entry]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["id"], []).append(row)
    return {
        document_id: Entry(
            id=document_id,
            paths=tuple(row["path"] for row in same),
            kind=same[0]["kind"],
            title=same[0]["title"],
            name=_file_name(Path(same[0]["path"]), document_id, same[0]["title"], names),
            extent=same[0]["extent"],
            pages=same[0]["pages"],
            added=same[0]["added"].timestamp(),
        )
        for document_id, same in grouped.items()
    }


def _file_name(path: Path, document_id: str, title: str, names: Mapping[str, str]) -> str:
    if path.stem != document_id:
        return path.name
    return names.get(path.name) or title + path.suffix


def _links(library: Library, entries: dict[str, Entry]) -> tuple[CatalogueLink, ...]:
    if not (library.path / LINKS_FILE).exists():
        return ()
    ids = {path: entry.id for entry in entries.values() for path in entry.paths}
    try:
        found = library.links()
    except ScorebridgeError:  # the command line and the job report it; a list without links helps
        return ()
    return tuple(
        CatalogueLink(ids[link.score], ids[link.recording], link.confidence)
        for link in found
        if link.score in ids and link.recording in ids
    )


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def folded(text: str) -> str:
    """`text` without accents and case, for comparisons."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))
