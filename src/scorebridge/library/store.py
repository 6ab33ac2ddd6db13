"""The tables of a library on disk (Lance), each change one atomic commit.

    library.json       format, encoder, dimensions, and the folder of the tables if not this one
                       (`renewing.py`); replaced whole
    lock, lock.pid     held by the one writer; its process
    files.lance        one row per file: path, content id, size, time, and the document
    score.lance        one row per window of a score: document, position, vector, between
    recording.lance    the same for recordings: what is searched together lies together

Vectors are committed before the row that names them, and deleted after it. So every row has all
its vectors, whenever a process is killed; vectors without a row are leftovers that reading
ignores and `sweep` removes. Tables of earlier versions lack columns: reading takes them as empty,
the first write adds them.

An append costs 2 ms, a row 30 ms; reading a million vectors of 32 about 0.3 s.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import lance
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import TypeAdapter

from scorebridge.encode.info import EncoderInfo
from scorebridge.errors import BusyError, LibraryError, is_disk_full
from scorebridge.files import PART, acquire_lock, open_regular, write_atomically
from scorebridge.library.damage import check_seal, guarded, row_sum, sealed, vectors_sum
from scorebridge.shown import first_line
from scorebridge.types import Document, Encoded, Kind, Metadata, Place

FORMAT = 2
MOVED = 3  # the same, its tables in a folder below, which `library.json` names
KINDS: tuple[Kind, ...] = ("score", "recording")
KEEP_VERSIONS = timedelta(minutes=30)  # for which old versions stay, for readers at work
PART_AGE_S = 3600.0  # after which an incomplete file is nobody's any more
ROOM, ROOM_BYTES = "room", 1 << 20  # file that is deleted where a full disk leaves no space
SHORT = ("id", "path", "kind", "title", "extent", "pages")  # columns that are stored as they are
FILES = pa.schema(
    [
        ("path", pa.string()),
        ("id", pa.string()),
        ("size", pa.int64()),
        ("mtime_ns", pa.int64()),
        ("added", pa.timestamp("us", tz="UTC")),
        ("encoder", pa.string()),
        ("windows", pa.int64()),
        ("kind", pa.string()),
        ("title", pa.string()),
        ("extent", pa.float64()),
        ("pages", pa.int32()),
        ("places", pa.string()),
        ("metadata", pa.string()),
        ("vectors_sum", pa.string()),
        ("row_sum", pa.string()),
        ("vectors_key", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of `files` without its document: what is known of a file without opening it."""

    path: str
    id: str
    size: int
    mtime_ns: int
    windows: int
    kind: Kind
    key: int
    """Of its document in the vector tables."""


def key_of(digest: str) -> int:
    """The 64-bit key of a document in the vector tables: the first bytes of its SHA-256.

    A document that was encoded again has another key, which its row states: so one commit changes
    from the old vectors to the new ones.
    """
    return int.from_bytes(bytes.fromhex(digest[:16]), "big", signed=True)


def key_in(row: Mapping[str, Any]) -> int:
    """The key of the document of a row of `FILES`."""
    key = row.get("vectors_key")
    return key_of(row["id"]) if key is None else key


def file_row(row: Mapping[str, Any]) -> FileRow:
    """What is known of a file, from a row of `FILES`."""
    known = {name: row[name] for name in ("path", "id", "size", "mtime_ns", "windows", "kind")}
    return FileRow(**known, key=key_in(row))


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the lock of a library's one writer; the system releases it if the process ends.

    Makes the folder if need be. Raises `BusyError` if another process holds the lock,
    `LibraryError` for disk errors inside the block.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)  # a new library is for its owner
        try:
            lock = acquire_lock(folder / "lock")
        except BusyError as error:
            raise BusyError(
                f"{folder}: another process is writing to this library ({error.holder})."
                " Wait until it is done."
            ) from None
        with lock:
            try:
                yield
            except OSError as error:
                if is_disk_full(error):
                    with suppress(OSError, LibraryError):
                        Store(folder).shed()
                raise
    except OSError as error:  # no permission, a full disk
        raise LibraryError(f"{folder}: cannot be written ({first_line(error)}).") from error


def keep_room(folder: Path) -> None:
    """Keep a file that `give_room` deletes, so that a full disk can be made emptier."""
    room = folder / ROOM
    with suppress(OSError):
        if not room.exists():
            write_atomically(room, os.urandom(ROOM_BYTES))


def give_room(folder: Path) -> None:
    """Delete the file of `keep_room`."""
    (folder / ROOM).unlink(missing_ok=True)


class Store:
    """An open library folder. Reading needs no lock; writing happens inside `writing`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            with open_regular(folder / "library.json") as file:
                self.made_ns = os.fstat(file.fileno()).st_mtime_ns
                settings = json.loads(file.read())
            check_seal(settings, folder / "library.json", "Correct it and delete its `checksum`.")
            if settings["format"] not in (FORMAT, MOVED):
                raise LibraryError(
                    f"{folder}: library format {settings['format']}, this Scorebridge reads"
                    f" {FORMAT}. Use the version it was made with, or make a new library with"
                    " `scorebridge add`."
                )
            self.encoder, self.dim = str(settings["encoder"]), int(settings["dim"])
            self.tables = folder / str(settings.get("tables", ""))
        except FileNotFoundError:
            raise LibraryError(
                f"{folder}: no library there. Make one with `scorebridge add PATH...`, or name"
                " another with --library."
            ) from None
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise LibraryError(f"{folder}/library.json cannot be read: {error!r}.") from error

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is a library in `folder`."""
        return (folder / "library.json").is_file()

    @staticmethod
    def create(folder: Path, encoder: str, dim: int) -> Store:
        """Make an empty library in `folder`, which is new or empty. `library.json` comes last."""
        ours = {"lock", "lock.pid", ROOM, *(f"{table}.lance" for table in ("files", *KINDS))}
        names = [entry.name for entry in folder.iterdir()]
        if any(name not in ours and not name.endswith(PART) for name in names):
            raise LibraryError(
                f"{folder}: holds other files and is no library. Name a new or empty folder."
            )
        for name, schema in [("files", FILES), *((kind, _vectors(dim)) for kind in KINDS)]:
            where = folder / f"{name}.lance"
            mode = "overwrite" if where.exists() else "create"  # of an interruption
            lance.write_dataset(schema.empty_table(), str(where), mode=mode)
        write_settings(folder, {"format": FORMAT, "encoder": encoder, "dim": dim})
        keep_room(folder)
        return Store(folder)

    def made_with(self, encoder: EncoderInfo) -> bool:
        """Whether the vectors here are those of this encoder."""
        return (self.encoder, self.dim) == (encoder.name, encoder.dim)

    @guarded
    def table(self, name: str) -> lance.LanceDataset:
        """The latest version of a table: "files", "score" or "recording"."""
        try:
            return lance.dataset(str(self.tables / f"{name}.lance"))
        except (OSError, ValueError, RuntimeError) as error:
            raise LibraryError(
                f"{self.folder}: its table {name!r} cannot be opened ({first_line(error)})."
                " Make a new library with `scorebridge add`."
            ) from error

    # Reading

    @guarded
    def files(self) -> dict[str, FileRow]:
        """All files by path, in the order in which they were added."""
        columns = ["path", "id", "size", "mtime_ns", "windows", "kind", "vectors_key"]
        return {row["path"]: file_row(row) for row in self.rows(columns)}

    @guarded
    def counts(self, kind: Kind) -> dict[int, int]:
        """Number of vectors by document key."""
        total: dict[int, int] = {}
        for batch in self.table(kind).to_batches(columns=["document"], batch_size=65536):
            keys, counts = np.unique(batch["document"].to_numpy(), return_counts=True)
            for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
                total[key] = total.get(key, 0) + count
        return total

    @guarded
    def damaged(self) -> list[FileRow]:
        """Files whose document does not have the vectors that it should have."""
        counts = {kind: self.counts(kind) for kind in KINDS}
        rows = self.files().values()
        return [row for row in rows if counts[row.kind].get(row.key) != row.windows]

    # Writing, inside `writing`

    @guarded
    def append_vectors(self, key: int, encoded: Encoded) -> None:
        """Commit the vectors of a document, under a key that has none yet."""
        columns = [
            pa.array(np.full(len(encoded.vectors), key, np.int64)),
            pa.array(encoded.positions.astype(np.float32)),
        ]
        for rows in (encoded.vectors, encoded.halfway):
            flat = pa.array(np.ascontiguousarray(rows, np.float32).ravel())
            columns.append(pa.FixedSizeListArray.from_arrays(flat, self.dim))
        table = pa.Table.from_arrays(columns, schema=_vectors(self.dim))
        lance.write_dataset(table, str(self.tables / f"{encoded.kind}.lance"), mode="append")

    @guarded
    def put_rows(self, rows: Iterable[dict[str, Any]]) -> None:
        """Insert rows of `FILES`, or replace those of the same path, in one commit."""
        whole = [dict.fromkeys(FILES.names) | row for row in rows]
        summed = [row | {"row_sum": row_sum(row)} for row in whole]
        table = pa.Table.from_pylist(summed, schema=FILES)
        files = self.table("files")
        if lacking := [field for field in FILES if field.name not in files.schema.names]:
            files.add_columns(lacking)  # a library of an earlier version
        merge = files.merge_insert("path")
        merge.when_matched_update_all().when_not_matched_insert_all().execute(table)

    @guarded
    def full_row(self, path: str) -> dict[str, Any]:
        """One row of `FILES` as it is stored."""
        return self.table("files").to_table(filter=f"path = {_quoted(path)}").to_pylist()[0]

    @guarded
    def rows(
        self, columns: list[str] | None = None, files: lance.LanceDataset | None = None
    ) -> list[dict[str, Any]]:
        """All rows of `FILES`, in the order in which they were added; those columns, or all.

        files : the table, where it is open.
        """
        files = files or self.table("files")
        stored = [name for name in columns or FILES.names if name in files.schema.names]
        table = files.to_table(columns=[*dict.fromkeys([*stored, "added"])]).sort_by("added")
        return [dict.fromkeys(columns or FILES.names) | row for row in table.to_pylist()]

    @guarded
    def rows_without_metadata(self) -> list[dict[str, Any]]:
        """Rows that an earlier version wrote."""
        files = self.table("files")
        known = "metadata" in files.schema.names
        return files.to_table(filter="metadata is null" if known else None).to_pylist()

    @guarded
    def drop_rows(self, paths: Sequence[str]) -> None:
        """Delete the rows of `paths`; `sweep` then deletes their vectors."""
        for k in range(0, len(paths), 500):
            chosen = ", ".join(_quoted(path) for path in paths[k : k + 500])
            self.table("files").delete(f"path in ({chosen})")

    @guarded
    def repair(self) -> None:
        """Remove documents that lack vectors, to be added again, and vectors without document."""
        self.drop_rows([row.path for row in self.damaged()])
        self.sweep()

    @guarded
    def sweep(self) -> int:
        """Delete vectors that no row names, or in the wrong number; returns how many.

        So it does with incomplete files that a killed process left a while ago.
        """
        for part in (*self.folder.glob(f".*{PART}"), *self.folder.glob(f"*/.*{PART}")):
            with suppress(OSError):  # younger ones may be at work
                if part.stat().st_mtime < time.time() - PART_AGE_S:
                    part.unlink()
        wanted = {(f.kind, f.key): f.windows for f in self.files().values()}
        swept = 0
        for kind in KINDS:
            counts = self.counts(kind)
            stray = [key for key, n in counts.items() if wanted.get((kind, key)) != n]
            for k in range(0, len(stray), 500):
                chosen = ", ".join(map(str, stray[k : k + 500]))
                self.table(kind).delete(f"document in ({chosen})")
            swept += sum(counts[key] for key in stray)
        return swept

    @guarded
    def shed(self) -> None:
        """Delete old versions and what a failed write left, to free space on a full disk.

        Readers at work may have to ask again. Holds only inside `writing`.
        """
        for name in ("files", *KINDS):
            table = self.table(name)
            table.cleanup_old_versions(older_than=timedelta(0), delete_unverified=True)

    @guarded
    def tidy(self, pieces: int = 2) -> None:
        """Join the small pieces that single commits leave, and delete old versions.

        pieces : tables with fewer pieces stay as they are (joining rewrites them).
        """
        for name in ("files", *KINDS):
            table = self.table(name)
            if len(table.get_fragments()) >= pieces:
                table.optimize.compact_files()
            table.cleanup_old_versions(older_than=KEEP_VERSIONS)


def write_settings(folder: Path, settings: dict[str, Any]) -> None:
    """Replace `library.json` in one step: readers see the old library or the new one."""
    write_atomically(folder / "library.json", json.dumps(sealed(settings)))


def row_of(document: Document, encoded: Encoded, **more: Any) -> dict[str, Any]:
    """A row of `FILES`; `more` gives size, mtime_ns, added and encoder."""
    row = {name: getattr(document, name) for name in SHORT}
    places = _places().dump_json(document.places).decode()
    metadata = dump_metadata(document.metadata)
    long = {"places": places, "metadata": metadata, "windows": len(encoded.vectors)}
    long["vectors_sum"] = sum_of(encoded)
    return row | long | more


def sum_of(encoded: Encoded) -> str:
    """The checksum of the vectors of a document."""
    return vectors_sum(encoded.positions, encoded.vectors, encoded.halfway)


def dump_metadata(metadata: Metadata) -> str:
    """Metadata as a row of `FILES` holds it."""
    return _metadata().dump_json(metadata).decode()


def document_of(row: Mapping[str, Any]) -> Document:
    """The document of a row of `FILES`."""
    places, metadata = _places().validate_json(row["places"]), Metadata()
    if row.get("metadata"):  # empty in libraries of earlier versions
        metadata = _metadata().validate_json(row["metadata"])
    return Document(**{name: row[name] for name in SHORT}, places=places, metadata=metadata)


@guarded
def read_vectors(
    table: lance.LanceDataset, dim: int, key: int | None = None
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Read a table of vectors, all or those of one document.

    Returns keys int64 [n], positions float32 [n], vectors and those halfway to the next ones
    float32 [n, dim].
    """
    chosen = None if key is None else f"document = {key}"
    count = table.count_rows(chosen) if chosen else table.count_rows()
    keys, positions = np.empty(count, np.int64), np.empty(count, np.float32)
    vectors, between = np.empty((2, count, dim), np.float32)
    at = 0
    for batch in table.to_batches(filter=chosen, batch_size=8192):
        stop = at + batch.num_rows
        keys[at:stop] = batch["document"].to_numpy()
        positions[at:stop] = batch["position"].to_numpy()
        for name, target in (("vector", vectors), ("between", between)):
            flat = batch[name].flatten().to_numpy(zero_copy_only=False)
            target[at:stop] = flat.reshape(-1, dim)
        at = stop
    return keys, positions, vectors, between


def _vectors(dim: int) -> pa.Schema:
    return pa.schema(
        [
            ("document", pa.int64()),
            ("position", pa.float32()),
            ("vector", pa.list_(pa.float32(), dim)),
            ("between", pa.list_(pa.float32(), dim)),
        ]
    )


@cache
def _places() -> TypeAdapter[tuple[Place, ...]]:
    return TypeAdapter(tuple[Place, ...])


@cache
def _metadata() -> TypeAdapter[Metadata]:
    return TypeAdapter(Metadata)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
