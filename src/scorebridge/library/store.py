"""The tables of a library on disk (Lance), each change one atomic commit.

    library.json       format, encoder, dimensions, and the folder of the tables if not this one
                       (`renewing.py`); replaced whole
    lock               held by the one writer
    files.lance        one row per file: path, content id, size, time, and the document
    score.lance        one row per window of a score: document, position, vector, between
    recording.lance    the same for recordings: what is searched together lies together

Vectors are committed before the row that names them, and go after it. So
whatever is killed when, every row has all its vectors; vectors without a row
are leftovers that reading passes over and `sweep` removes.

An append costs 2 ms, a row 30 ms; reading a million vectors of 32 about 0.3 s.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import lance
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scorebridge.encode.encoder import Encoder
from scorebridge.errors import BusyError, LibraryError
from scorebridge.types import Document, Encoded, Kind, Place

FORMAT = 2
MOVED = 3  # the same, its tables in a folder below, which `library.json` names
KINDS: tuple[Kind, ...] = ("score", "recording")
KEEP_VERSIONS = timedelta(minutes=30)  # old versions stay this long for readers at work
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
    ]
)


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is known of a file without opening it: the row of `files` less its document."""

    path: str
    id: str
    size: int
    mtime_ns: int
    windows: int
    kind: Kind


def key_of(document_id: str) -> int:
    """The 64-bit name of a document in the vector tables: the head of its SHA-256."""
    return int.from_bytes(bytes.fromhex(document_id[:16]), "big", signed=True)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the lock of a library's one writer; the system lets go of it if the process dies.

    Makes the folder if need be. Raises `BusyError` if another holds the lock, `LibraryError`
    for what goes wrong on disk inside.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise BusyError(
                    f"{folder}: another process is writing to this library (process"
                    f" {lock.read().strip() or 'unknown'}). Wait until it is done."
                ) from None
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield
    except OSError as error:  # no permission, a full disk
        raise LibraryError(f"{folder}: cannot be written ({_first_line(error)}).") from error


class Store:
    """An open library folder. Reading needs no lock; writing goes on inside `writing`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            settings = json.loads((folder / "library.json").read_text("utf-8"))
            if settings["format"] not in (FORMAT, MOVED):
                raise LibraryError(
                    f"{folder}: library format {settings['format']}, this Scorebridge reads"
                    f" {FORMAT}. Use the version it was made with, or make it anew with"
                    " `scorebridge add`."
                )
            self.encoder, self.dim = str(settings["encoder"]), int(settings["dim"])
            self.tables = folder / str(settings.get("tables", ""))
        except FileNotFoundError:
            raise LibraryError(
                f"{folder}: no library there. Make one with `scorebridge add PATH...`, or name"
                " another with --library."
            ) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LibraryError(f"{folder}/library.json cannot be read: {error!r}.") from error

    @staticmethod
    def exists(folder: Path) -> bool:
        return (folder / "library.json").is_file()

    @staticmethod
    def create(folder: Path, encoder: str, dim: int) -> Store:
        """Make an empty library in `folder`, which is new or empty. `library.json` comes last."""
        leftovers = {"lock", "library.json.new", *(f"{t}.lance" for t in ("files", *KINDS))}
        if any(entry.name not in leftovers for entry in folder.iterdir()):
            raise LibraryError(
                f"{folder}: holds other files and is no library. Name a new or empty folder."
            )
        for name, schema in [("files", FILES), *((kind, _vectors(dim)) for kind in KINDS)]:
            where = folder / f"{name}.lance"
            mode = "overwrite" if where.exists() else "create"  # else it warns
            lance.write_dataset(schema.empty_table(), str(where), mode=mode)
        write_settings(folder, {"format": FORMAT, "encoder": encoder, "dim": dim})
        return Store(folder)

    def made_with(self, encoder: Encoder) -> bool:
        """Whether the vectors here are those of this encoder."""
        return (self.encoder, self.dim) == (encoder.info.name, encoder.info.dim)

    def table(self, name: str) -> lance.LanceDataset:
        """The latest version of a table: "files", "score" or "recording"."""
        try:
            return lance.dataset(str(self.tables / f"{name}.lance"))
        except (OSError, ValueError) as error:
            raise LibraryError(
                f"{self.folder}: its table {name!r} cannot be opened ({_first_line(error)})."
                " Make the library anew with `scorebridge add`."
            ) from error

    # Reading

    def files(self) -> dict[str, FileRow]:
        """All files by path, in the order in which they were added."""
        columns = ["path", "id", "size", "mtime_ns", "windows", "kind", "added"]
        rows = self.table("files").to_table(columns=columns).sort_by("added").drop(["added"])
        return {row["path"]: FileRow(**row) for row in rows.to_pylist()}

    def documents(self, kind: Kind | None = None) -> list[tuple[Document, int]]:
        """Documents and their numbers of windows, as first added; each content once."""
        rows = self.table("files").to_table(filter=f"kind = '{kind}'" if kind else None)
        found: dict[str, tuple[Document, int]] = {}
        for row in rows.sort_by("added").to_pylist():
            places = tuple(_place(p) for p in json.loads(row["places"]))
            names = ("id", "path", "kind", "title", "extent", "pages")
            document = Document(**{name: row[name] for name in names}, places=places)
            found.setdefault(document.id, (document, row["windows"]))
        return list(found.values())

    def vectors(
        self, kind: Kind, documents: Sequence[str] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Keys int64 [n], positions, vectors and those between, float32 [n] and [n, dim]."""
        chosen = None
        if documents is not None:
            chosen = f"document in ({', '.join(str(key_of(d)) for d in documents)})"
        table = self.table(kind)
        count = table.count_rows(chosen) if chosen else table.count_rows()
        keys, positions = np.empty(count, np.int64), np.empty(count, np.float32)
        vectors, between = np.empty((2, count, self.dim), np.float32)
        at = 0
        for batch in table.to_batches(filter=chosen, batch_size=8192):
            stop = at + batch.num_rows
            keys[at:stop] = batch["document"].to_numpy()
            positions[at:stop] = batch["position"].to_numpy()
            for name, target in (("vector", vectors), ("between", between)):
                flat = batch[name].flatten().to_numpy(zero_copy_only=False)
                target[at:stop] = flat.reshape(-1, self.dim)
            at = stop
        return keys, positions, vectors, between

    def counts(self, kind: Kind) -> dict[int, int]:
        """Number of vectors by document key."""
        total: dict[int, int] = {}
        for batch in self.table(kind).to_batches(columns=["document"], batch_size=65536):
            keys, counts = np.unique(batch["document"].to_numpy(), return_counts=True)
            for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
                total[key] = total.get(key, 0) + count
        return total

    def damaged(self) -> list[FileRow]:
        """Files whose document has not the vectors it should have."""
        counts = {kind: self.counts(kind) for kind in KINDS}
        rows = self.files().values()
        return [row for row in rows if counts[row.kind].get(key_of(row.id)) != row.windows]

    # Writing, inside `writing`

    def append_vectors(self, document_id: str, encoded: Encoded) -> None:
        """Commit the vectors of a document that has none yet."""
        columns = [
            pa.array(np.full(len(encoded.vectors), key_of(document_id), np.int64)),
            pa.array(encoded.positions.astype(np.float32)),
        ]
        for rows in (encoded.vectors, encoded.halfway):
            flat = pa.array(np.ascontiguousarray(rows, np.float32).ravel())
            columns.append(pa.FixedSizeListArray.from_arrays(flat, self.dim))
        table = pa.Table.from_arrays(columns, schema=_vectors(self.dim))
        lance.write_dataset(table, str(self.tables / f"{encoded.kind}.lance"), mode="append")

    def put_rows(self, rows: Iterable[dict[str, Any]]) -> None:
        """Insert rows of `FILES`, or replace those of the same path, in one commit."""
        table = pa.Table.from_pylist(list(rows), schema=FILES)
        merge = self.table("files").merge_insert("path")
        merge.when_matched_update_all().when_not_matched_insert_all().execute(table)

    def full_row(self, path: str) -> dict[str, Any]:
        """One row of `FILES` as it is stored."""
        return self.table("files").to_table(filter=f"path = {_quoted(path)}").to_pylist()[0]

    def drop_rows(self, paths: Sequence[str]) -> None:
        """Delete the rows of `paths`; their vectors are then for `sweep`."""
        for k in range(0, len(paths), 500):
            chosen = ", ".join(_quoted(path) for path in paths[k : k + 500])
            self.table("files").delete(f"path in ({chosen})")

    def mend(self) -> None:
        """Forget documents without all their vectors, to be added anew, and vectors without any."""
        self.drop_rows([row.path for row in self.damaged()])
        self.sweep()

    def sweep(self) -> int:
        """Delete vectors that no row names, or of the wrong number; returns how many."""
        wanted = {(f.kind, key_of(f.id)): f.windows for f in self.files().values()}
        swept = 0
        for kind in KINDS:
            counts = self.counts(kind)
            stray = [key for key, n in counts.items() if wanted.get((kind, key)) != n]
            for k in range(0, len(stray), 500):
                chosen = ", ".join(map(str, stray[k : k + 500]))
                self.table(kind).delete(f"document in ({chosen})")
            swept += sum(counts[key] for key in stray)
        return swept

    def tidy(self, pieces: int = 2) -> None:
        """Join the small pieces that single commits leave, and let old versions go.

        pieces : tables of fewer stay as they are (joining rewrites them).
        """
        for name in ("files", *KINDS):
            table = self.table(name)
            if len(table.get_fragments()) >= pieces:
                table.optimize.compact_files()
            table.cleanup_old_versions(older_than=KEEP_VERSIONS)


def write_settings(folder: Path, settings: dict[str, Any]) -> None:
    """Replace `library.json` in one step: readers see the old library or the new one."""
    new = folder / "library.json.new"
    new.write_text(json.dumps(settings), "utf-8")
    new.replace(folder / "library.json")


def row_of(document: Document, encoded: Encoded, **more: Any) -> dict[str, Any]:
    """A row of `FILES`; `more` gives size, mtime_ns, added and encoder."""
    row = {name: getattr(document, name) for name in ("id", "path", "kind", "title", "extent")}
    places = json.dumps([asdict(place) for place in document.places], separators=(",", ":"))
    return row | {"pages": document.pages, "places": places, "windows": len(encoded.vectors)} | more


def _vectors(dim: int) -> pa.Schema:
    return pa.schema(
        [
            ("document", pa.int64()),
            ("position", pa.float32()),
            ("vector", pa.list_(pa.float32(), dim)),
            ("between", pa.list_(pa.float32(), dim)),
        ]
    )


def _place(fields: dict[str, Any]) -> Place:
    bars = tuple((x0, x1) for x0, x1 in fields.pop("bars"))
    repeats = tuple((bool(a), bool(b)) for a, b in fields.pop("repeats", ()))
    xs = tuple(fields.pop("xs", ()))
    x0, y0, x1, y1 = fields.pop("box")
    return Place(**fields, box=(x0, y0, x1, y1), bars=bars, repeats=repeats, xs=xs)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [repr(error)])[0]
