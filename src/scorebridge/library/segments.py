"""The segments of a library: which documents each covers, and when new ones are made.

`segments.json` beside the tables lists them. Documents in no segment are searched exactly, so a
new document is found at once. When more than `MAX_EXACT` windows of a kind are in none, `extend`
makes a segment of them, together with those segments that are not much larger: so a window is
indexed a few times however large the library grows, and whole segments (`MAX_WINDOWS`) are never
touched again. A segment that has lost many documents is made again.

All of it follows from the table of documents, so it may be deleted at any time.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import lance
import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import LibraryError
from scorebridge.files import write_atomically
from scorebridge.library.damage import check_seal, guarded, sealed
from scorebridge.library.readers import anybody_reads
from scorebridge.library.rows import WINDOWS, windows_of
from scorebridge.library.store import KINDS, Store
from scorebridge.search.segments import Block, Segment, build_segment, is_intact
from scorebridge.shown import first_line
from scorebridge.types import Kind

SEGMENTS_FILE, SEGMENTS_FOLDER = "segments.json", "segments"
MAX_EXACT = 150_000  # windows of a kind that are searched without an index
MAX_WINDOWS = 1 << 21  # of a segment
MAX_GROWTH = 3  # a segment joins another that is at most so many times as large
MIN_LIVE_SHARE = 0.7  # of a segment's windows that are still in the library
READ_AT_ONCE = 64  # documents
_REMEDY = "`scorebridge verify --repair` makes it again."


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """One segment in the list."""

    name: str
    kind: Kind
    windows: int
    documents: int


@dataclass(frozen=True)
class Shelves:
    """The documents of one kind at one version of the table, as a search needs them."""

    rows: NDArray[np.int64]
    """[documents], their rows in the table, as `take` counts them."""
    keys: NDArray[np.int64]
    """[documents]"""
    windows: NDArray[np.int64]
    """[documents]"""

    def places_of(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where documents are by key, -1 for those that are not here."""
        order = np.argsort(self.keys, kind="stable")
        if not len(order):
            return np.full(len(keys), -1, np.int64)
        at = np.minimum(np.searchsorted(self.keys, keys, sorter=order), len(order) - 1)
        found = order[at]
        return np.where(self.keys[found] == keys, found, -1)


@guarded
def read_shelves(documents: lance.LanceDataset) -> dict[Kind, Shelves]:
    """All documents with windows, by kind: 24 bytes each."""
    table = documents.to_table(columns=["kind", "key", "windows"])
    kinds = np.array(table["kind"].to_pylist(), dtype=object)
    keys, windows = table["key"].to_numpy(), table["windows"].to_numpy()
    found: dict[Kind, Shelves] = {}
    for kind in KINDS:
        rows = np.flatnonzero((kinds == kind) & (windows > 0))
        found[kind] = Shelves(rows, keys[rows], windows[rows])
    return found


def read_segments(tables: Path) -> tuple[SegmentEntry, ...]:
    """The list of segments, empty where there is none. Raises `LibraryError`."""
    path = tables / SEGMENTS_FILE
    try:
        record = json.loads(path.read_bytes())
        check_seal(record, path, _REMEDY)
        return tuple(SegmentEntry(**entry) for entry in record["segments"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        message = f"{path}: cannot be read ({first_line(error)}). {_REMEDY}"
        raise LibraryError(message) from error


def segment_path(tables: Path, entry: SegmentEntry) -> Path:
    """Where a segment lies."""
    return tables / SEGMENTS_FOLDER / entry.name


@guarded
def extend(store: Store, max_exact: int = MAX_EXACT, max_windows: int = MAX_WINDOWS) -> int:
    """Bring the segments up to date, inside `writing`; returns how many were made.

    max_exact : windows of a kind that may stay without an index.
    max_windows : of a segment.
    """
    made = 0
    documents = store.table("documents")
    for kind, shelves in read_shelves(documents).items():
        entries = read_segments(store.tables)
        own = [entry for entry in entries if entry.kind == kind]
        if not own and int(shelves.windows.sum()) <= max_exact:
            continue
        places = {e: shelves.places_of(Segment(segment_path(store.tables, e)).keys) for e in own}
        gone, chosen = _to_make(shelves, places, max_exact, max_windows)
        fresh = []
        for part in _parts(chosen, shelves.windows, max_windows):
            name = f"{kind}-{uuid.uuid4().hex[:12]}"
            target = store.tables / SEGMENTS_FOLDER / name
            count = build_segment(target, blocks(documents, shelves, part, store.dim), store.dim)
            fresh.append(SegmentEntry(name, kind, count, len(part)))
        if gone or fresh:
            kept = [entry for entry in entries if entry not in gone]
            _write(store.tables, [*kept, *fresh])
        made += len(fresh)
    drop_unlisted(store)
    return made


def _to_make(
    shelves: Shelves,
    places: dict[SegmentEntry, NDArray[np.int64]],
    max_exact: int,
    max_windows: int,
) -> tuple[list[SegmentEntry], NDArray[np.int64]]:
    """Segments to replace, and the documents to index: those of these segments and of none."""
    covered = np.zeros(len(shelves.keys), bool)
    live: dict[SegmentEntry, int] = {}
    for entry, found in places.items():
        covered[found[found >= 0]] = True
        live[entry] = int(shelves.windows[found[found >= 0]].sum())
    gone = [e for e, count in live.items() if count < MIN_LIVE_SHARE * e.windows]
    rest = int(shelves.windows[~covered].sum())
    if rest <= max_exact and not gone:
        return [], np.empty(0, np.int64)
    total = rest + sum(live[e] for e in gone)
    for entry in sorted(live, key=lambda e: live[e]):
        joint = total + live[entry]
        if entry not in gone and live[entry] <= MAX_GROWTH * total and joint <= max_windows:
            gone.append(entry)
            total = joint
    again = [places[entry][places[entry] >= 0] for entry in gone]
    return gone, np.unique(np.concatenate([np.flatnonzero(~covered), *again]))


def _parts(
    chosen: NDArray[np.int64], windows: NDArray[np.int64], most: int
) -> list[NDArray[np.int64]]:
    """Documents in groups of about `most` windows together."""
    if not len(chosen):
        return []
    number = (np.cumsum(windows[chosen]) - 1) // most
    return np.split(chosen, np.flatnonzero(np.diff(number)) + 1)


def blocks(
    documents: lance.LanceDataset, shelves: Shelves, chosen: Sequence[int] | NDArray, dim: int
) -> Iterator[Block]:
    """The windows of documents, `READ_AT_ONCE` in memory."""
    for k in range(0, len(chosen), READ_AT_ONCE):
        rows = shelves.rows[np.asarray(chosen[k : k + READ_AT_ONCE])].tolist()
        for row in documents.take(rows, columns=WINDOWS).to_pylist():
            yield Block(row["key"], windows_of(row, dim).vectors)


@guarded
def damaged_segments(tables: Path) -> list[SegmentEntry]:
    """Those whose files differ from their checksums. Raises `LibraryError` for the list itself."""
    entries = read_segments(tables)
    return [entry for entry in entries if not is_intact(segment_path(tables, entry))]


def drop_segments(store: Store, names: Sequence[str] | None = None) -> None:
    """Take segments off the list, all or some; `extend` makes them again."""
    kept = [] if names is None else [e for e in read_segments(store.tables) if e.name not in names]
    _write(store.tables, kept)


def drop_unlisted(store: Store) -> None:
    """Delete segments that the list does not name, unless somebody reads."""
    folder = store.tables / SEGMENTS_FOLDER
    if not folder.is_dir():
        return
    listed = {entry.name for entry in read_segments(store.tables)}
    unlisted = [path for path in folder.iterdir() if path.name not in listed]
    if unlisted and not anybody_reads(store.folder):
        for path in unlisted:
            shutil.rmtree(path, ignore_errors=True)


def _write(tables: Path, entries: Sequence[SegmentEntry]) -> None:
    record = {"segments": [asdict(entry) for entry in entries]}
    write_atomically(tables / SEGMENTS_FILE, json.dumps(sealed(record)))
