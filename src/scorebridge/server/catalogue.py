"""What the library holds, as the app lists it: read once for each version of its tables.

Only the light columns are read (5,000 documents in about 20 ms), the systems and vectors stay
on disk. A library that grows by the command line meanwhile is seen at the next look.
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
from scorebridge.library.links import FILE as LINKS
from scorebridge.library.store import Store
from scorebridge.server.queue import moment
from scorebridge.server.upload_names import Names
from scorebridge.types import Kind

SETTLED_NS = 100_000_000  # after which a folder's time is sure to tell of a later change
UNCERTAIN = 0.9  # a best link below it is shown as uncertain
_COLUMNS = ["path", "id", "kind", "title", "extent", "pages", "added"]


@dataclass(frozen=True, slots=True)
class Link:
    """A recording that plays a score."""

    score: str
    recording: str
    confidence: float


@dataclass(frozen=True)
class Entry:
    """One document."""

    id: str
    paths: tuple[str, ...]
    """Of its files, the first the one that names it."""
    kind: Kind
    title: str
    name: str
    """What its file is called, or was when it was uploaded."""
    extent: float
    pages: int
    added: float

    @cached_property
    def words(self) -> str:
        """What a search by name looks in."""
        return folded(f"{self.title} {self.name}")

    @property
    def uploaded(self) -> bool:
        """Whether its file lies under its content, and not where a person has put it."""
        return Path(self.paths[0]).stem == self.id

    @property
    def told(self) -> str:
        """What names it to readers of a file made from it: its path, or the upload's name."""
        return self.name if self.uploaded else self.paths[0]

    def file(self) -> Path | None:
        """A file with this content that is still there."""
        return next((path for p in self.paths if (path := Path(p)).is_file()), None)


@dataclass(frozen=True)
class Catalogue:
    """All documents and links at one moment."""

    version: int
    entries: dict[str, Entry]
    """By id, in the order in which they were added."""
    links: tuple[Link, ...]

    @cached_property
    def links_of(self) -> dict[str, list[tuple[str, float]]]:
        """Other ends and confidences by document, the surest first."""
        found: dict[str, list[tuple[str, float]]] = {}
        for link in self.links:
            if link.score in self.entries and link.recording in self.entries:
                found.setdefault(link.score, []).append((link.recording, link.confidence))
                found.setdefault(link.recording, []).append((link.score, link.confidence))
        for ends in found.values():
            ends.sort(key=lambda end: -end[1])
        return found

    @cached_property
    def by_path(self) -> dict[str, str]:
        """Ids by path."""
        return {path: entry.id for entry in self.entries.values() for path in entry.paths}

    def record(self, entry: Entry) -> dict[str, Any]:
        """A document as the API shows it: the record of `list`, and more."""
        size = {"duration_s": round(entry.extent, 3)}
        if entry.kind == "score":
            size = {"pages": entry.pages}
        shown = {"id": entry.id, "path": entry.paths[0], "name": entry.name}
        shown |= {"kind": entry.kind, "title": entry.title}
        links = [
            {"id": end, "title": self.entries[end].title, "confidence": round(confidence, 5)}
            for end, confidence in self.links_of.get(entry.id, ())
        ]
        return shown | size | {"added": moment(entry.added), "links": links}

    def search(
        self, kind: str | None = None, q: str = "", state: str | None = None, sort: str = "title"
    ) -> list[Entry]:
        """Documents whose name has every word of `q`, by title or newest first."""
        words = folded(q).split()
        found = [
            entry
            for entry in self.entries.values()
            if (kind is None or entry.kind == kind)
            and all(word in entry.words for word in words)
            and self._in_state(entry, state)
        ]
        if sort == "added":
            return found[::-1]
        return sorted(found, key=lambda entry: (folded(entry.title), entry.id))

    def _in_state(self, entry: Entry, state: str | None) -> bool:
        ends = self.links_of.get(entry.id, ())
        if state == "unlinked":
            return not ends
        return state is None or (bool(ends) and ends[0][1] < UNCERTAIN)


class Reader:
    """Gives the catalogue of the library in `folder`, from any thread."""

    def __init__(self, folder: Path, names: Names) -> None:
        self.folder, self.names = folder, names
        self._lock = threading.Lock()
        self._kept: tuple[tuple[int, int, str], Catalogue] | None = None

    def read(self) -> Catalogue:
        """The catalogue as it is now. Raises `LibraryError`."""
        # Each commit puts a file into this folder, so its time tells of one, unless two commits
        # share a tick of the file system's clock.
        store = Store(self.folder)
        seen = _modified(store.tables / "files.lance" / "_versions")
        linked = _modified(self.folder / LINKS)
        settled = time.time_ns() - seen > SETTLED_NS
        kept = self._kept
        if kept and settled and kept[0][:2] == (seen, linked):
            return kept[1]
        with self._lock:
            table = store.table("files")
            marks = (seen if settled else 0, linked, f"{store.tables.name}/{table.version}")
            if self._kept and self._kept[0][1:] == marks[1:]:
                self._kept = marks, self._kept[1]
                return self._kept[1]
            rows = table.to_table(columns=_COLUMNS).sort_by("added").to_pylist()
            version = self._kept[1].version + 1 if self._kept else 1
            entries = _entries(rows, self.names.all())
            catalogue = Catalogue(version, entries, _links(self.folder, entries))
            self._kept = marks, catalogue
            return catalogue


def _entries(rows: Sequence[dict[str, Any]], names: Mapping[str, str]) -> dict[str, Entry]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row["id"], []).append(row)
    return {
        name: Entry(
            name,
            tuple(row["path"] for row in same),
            same[0]["kind"],
            same[0]["title"],
            _called(Path(same[0]["path"]), name, same[0]["title"], names),
            same[0]["extent"],
            same[0]["pages"],
            same[0]["added"].timestamp(),
        )
        for name, same in grouped.items()
    }


def _called(path: Path, document: str, title: str, names: Mapping[str, str]) -> str:
    if path.stem != document:
        return path.name
    return names.get(path.name) or title + path.suffix


def _links(folder: Path, entries: dict[str, Entry]) -> tuple[Link, ...]:
    if not (folder / LINKS).exists():
        return ()
    ids = {path: entry.id for entry in entries.values() for path in entry.paths}
    try:
        found = Library(folder).links()
    except ScorebridgeError:  # the command line and the job tell; a list without links still helps
        return ()
    return tuple(
        Link(ids[link.score], ids[link.recording], link.confidence)
        for link in found
        if link.score in ids and link.recording in ids
    )


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def folded(text: str) -> str:
    """Without accents and case, for comparing."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))
