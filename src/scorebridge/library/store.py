"""The tables of a library on disk (Lance), each change one atomic commit.

    library.json       format, encoder, dimensions, and the folder of the tables if not this one
                       (`renewing.py`); replaced whole
    lock, lock.pid     held by the one writer; its process
    writing            there while a writer works: what it leaves when it is killed is swept next
    readers/           one locked file for each process that reads (`readers.py`)
    documents.lance    one row per content: what is known of it, and its vectors
    files.lance        one row per file: path, title, content id, size, time
    segments/          the windows in indexes (`neighbourhood.py`); made from the documents

A document is committed before the file that names it, and deleted after it. A document without a
file is a leftover, which reading ignores and `sweep` removes.

Cost: an append 5 ms, looking up a path or an id 3 ms, whatever the size of the library: these
columns have indexes, which `tidy` extends when `UNINDEXED_ROWS` rows are not in one.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import lance
import pyarrow as pa

from scorebridge.encode.info import EncoderInfo
from scorebridge.errors import BusyError, LibraryError, is_disk_full
from scorebridge.files import PART, acquire_lock, open_regular, write_atomically
from scorebridge.library.damage import check_seal, guarded, sealed
from scorebridge.library.readers import anybody_reads
from scorebridge.library.rows import DOCUMENTS, FILES, FileRow, row_sum, summed
from scorebridge.shown import first_line
from scorebridge.types import Kind

FORMAT = 4
OLD_FORMATS = (2, 3)  # `old_format.py` reads them
KINDS: tuple[Kind, ...] = ("score", "recording")
SCHEMAS = {"documents": DOCUMENTS, "files": FILES}
INDEXED = {"documents": ("id",), "files": ("path", "id")}  # columns that are asked by
UNINDEXED_ROWS = 1000  # of a table above which its indexes are extended
PIECE_ROWS = {"documents": 1000, "files": 1 << 20}  # of a whole piece, which is not rewritten
PIECE_BATCH = {"documents": 64, "files": 8192}  # rows in memory while pieces are joined
PART_AGE_S = 3600.0  # after which an incomplete file is nobody's any more
CHUNK = 500  # names in one filter
ROOM, ROOM_BYTES = "room", 1 << 20  # file that is deleted where a full disk leaves no space
DIRTY = "writing"  # file that is there while a writer works


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


def read_settings(folder: Path) -> dict[str, Any]:
    """What `library.json` states. Raises `LibraryError`."""
    try:
        with open_regular(folder / "library.json") as file:
            settings = json.loads(file.read())
        check_seal(settings, folder / "library.json", "Correct it and delete its `checksum`.")
        known = {"format": settings["format"], "encoder": str(settings["encoder"])}
        return settings | known | {"dim": int(settings["dim"])}
    except FileNotFoundError:
        raise LibraryError(
            f"{folder}: no library there. Make one with `scorebridge add PATH...`, or name"
            " another with --library."
        ) from None
    except KeyError as error:
        if error.args == ("encoder",) or error.args == ("dim",):
            raise _unknown_format(folder, settings.get("format")) from error
        raise LibraryError(f"{folder}/library.json cannot be read: {error!r}.") from error
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise LibraryError(f"{folder}/library.json cannot be read: {error!r}.") from error


def _unknown_format(folder: Path, number: Any) -> LibraryError:
    return LibraryError(
        f"{folder}: library format {number}, this Scorebridge reads {FORMAT}. Use the version it"
        " was made with, or make a new library with `scorebridge add`."
    )


class Store:
    """An open library folder. Reading needs no lock; writing happens inside `writing`.

    Raises `LibraryError` where there is no library, or one of another format.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        settings = read_settings(folder)
        if settings["format"] in OLD_FORMATS:
            raise LibraryError(
                f"{folder}: an earlier version made this library."
                " `scorebridge renew` takes it over."
            )
        if settings["format"] != FORMAT:
            raise _unknown_format(folder, settings["format"])
        self.encoder, self.dim = settings["encoder"], settings["dim"]
        self.made = str(settings.get("checksum", ""))
        self.tables = folder / str(settings.get("tables", ""))

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is a library in `folder`."""
        return (folder / "library.json").is_file()

    @staticmethod
    def create(folder: Path, encoder: str, dim: int) -> Store:
        """Make an empty library in `folder`, which is new or empty. `library.json` comes last."""
        ours = {"lock", "lock.pid", ROOM, DIRTY, *(f"{table}.lance" for table in SCHEMAS)}
        names = [entry.name for entry in folder.iterdir()]
        if any(name not in ours and not name.endswith(PART) for name in names):
            raise LibraryError(
                f"{folder}: holds other files and is no library. Name a new or empty folder."
            )
        for name, schema in SCHEMAS.items():
            where = folder / f"{name}.lance"
            mode = "overwrite" if where.exists() else "create"  # of an interruption
            table = schema.empty_table()
            lance.write_dataset(table, str(where), mode=mode, enable_stable_row_ids=True)
        made = os.urandom(8).hex()  # tells it from a library that was here before
        settings = {"format": FORMAT, "encoder": encoder, "dim": dim, "made": made}
        write_settings(folder, settings)
        keep_room(folder)
        return Store(folder)

    def made_with(self, encoder: EncoderInfo) -> bool:
        """Whether the vectors here are those of this encoder."""
        return (self.encoder, self.dim) == (encoder.name, encoder.dim)

    @guarded
    def table(self, name: str) -> lance.LanceDataset:
        """The latest version of a table: "documents" or "files"."""
        try:
            return lance.dataset(str(self.tables / f"{name}.lance"))
        except (OSError, ValueError, RuntimeError) as error:
            raise LibraryError(
                f"{self.folder}: its table {name!r} cannot be opened ({first_line(error)})."
                " Make a new library with `scorebridge add`."
            ) from error

    # Reading

    @guarded
    def files_at(self, paths: Sequence[str]) -> dict[str, FileRow]:
        """The known ones among `paths`."""
        return {row.path: row for row in self._files("path", paths)}

    @guarded
    def files_of(self, ids: Sequence[str]) -> dict[str, list[FileRow]]:
        """The files of contents, by id, each in the order in which they were added."""
        found: dict[str, list[FileRow]] = {}
        for row in self._files("id", ids):
            found.setdefault(row.id, []).append(row)
        return found

    @guarded
    def files_where(self, chosen: str) -> list[FileRow]:
        """The files that a filter chooses, in the order in which they were added."""
        table = self.table("files").to_table(filter=chosen).sort_by("added")
        return [as_file_row(row) for row in table.to_pylist()]

    def _files(self, column: str, values: Sequence[str]) -> list[FileRow]:
        return file_rows(self.table("files"), column, values)

    @guarded
    def document_row(self, document_id: str, columns: list[str] | None = None) -> dict | None:
        """The row of a content, all columns or some; `None` if it is not there."""
        table = self.table("documents")
        found = table.to_table(filter=f"id = {quoted(document_id)}", columns=columns).to_pylist()
        return found[0] if found else None

    @guarded
    def listing(self, columns: Sequence[str]) -> list[dict[str, Any]]:
        """Columns of each file and its document, in the order in which files were added."""
        wanted = [name for name in columns if name in DOCUMENTS.names and name != "id"]
        documents = {}
        for batch in self.table("documents").to_batches(columns=["id", *wanted]):
            documents |= {row["id"]: row for row in batch.to_pylist()}
        rows = []
        for row in self.all_files():
            if row["id"] in documents:
                both = documents[row["id"]] | row
                rows.append({name: both[name] for name in columns})
        return rows

    @guarded
    def all_files(self) -> list[dict[str, Any]]:
        """All rows of `files`, in the order in which they were added."""
        return self.table("files").to_table().sort_by("added").to_pylist()

    # Writing, inside `writing`

    @contextmanager
    def changing(self) -> Iterator[None]:
        """A block that changes the tables; first sweeps what a killed one left.

        So it does with incomplete files that are older than an hour.
        """
        mark = self.tables / DIRTY
        for part in (*self.folder.glob(f".*{PART}"), *self.folder.glob(f"*/.*{PART}")):
            with suppress(OSError):  # younger ones may be at work
                if part.is_file() and part.stat().st_mtime < time.time() - PART_AGE_S:
                    part.unlink()
        if mark.exists():
            self.sweep()
        try:
            mark.touch()
        except OSError as error:
            if not is_disk_full(error):
                raise
        yield
        mark.unlink(missing_ok=True)  # an error leaves it, and so the next block sweeps

    @guarded
    def put_document(self, row: Mapping[str, Any], known: bool = True) -> None:
        """Insert a row of `documents`, or replace that of the same id, in one commit.

        known : whether there may be one.
        """
        self._put("documents", [dict(row)], "id", known)

    @guarded
    def put_files(self, rows: Iterable[Mapping[str, Any]], known: bool = True) -> None:
        """Insert rows of `files`, or replace those of the same path, in one commit."""
        self._put("files", [summed(dict(row)) for row in rows], "path", known)

    def _put(self, name: str, rows: list[dict[str, Any]], key: str, known: bool) -> None:
        if not rows:
            return
        new, table = pa.Table.from_pylist(rows, schema=SCHEMAS[name]), self.table(name)
        if known:
            merge = table.merge_insert(key)
            merge.when_matched_update_all().when_not_matched_insert_all().execute(new)
        else:
            lance.write_dataset(new, table, mode="append")

    @guarded
    def drop_files(self, paths: Sequence[str]) -> None:
        """Delete the rows of `paths`; `drop_unnamed` then deletes their documents."""
        self._drop("files", "path", paths)

    @guarded
    def drop_unnamed(self, ids: Iterable[str]) -> None:
        """Delete those of the documents `ids` that no file names any more."""
        ids = list(dict.fromkeys(ids))
        named = self.files_of(ids)
        self._drop("documents", "id", [i for i in ids if i not in named])

    def _drop(self, name: str, column: str, values: Sequence[str]) -> None:
        for k in range(0, len(values), CHUNK):
            self.table(name).delete(_is_in(column, values[k : k + CHUNK]))

    @guarded
    def drop_pieces(self, numbers: Sequence[int]) -> None:
        """Delete whole pieces of the table of documents, which cannot be read."""
        table = self.table("documents")
        operation = lance.LanceOperation.Delete([], list(numbers), "damaged")
        lance.LanceDataset.commit(table.uri, operation, read_version=table.version)

    @guarded
    def sweep(self) -> int:
        """Delete documents that no file names, and files without a document; returns how many.

        Reads both columns of ids.
        """
        strays, orphans = self.strays()
        self._drop("documents", "id", strays)
        self._drop("files", "path", orphans)
        return len(strays) + len(orphans)

    @guarded
    def strays(self) -> tuple[list[str], list[str]]:
        """Ids of documents that no file names, and paths of files whose document is not there."""
        documents = set(self.table("documents").to_table(columns=["id"])["id"].to_pylist())
        files = self.table("files").to_table(columns=["path", "id"])
        named = dict(zip(files["path"].to_pylist(), files["id"].to_pylist(), strict=True))
        orphans = [path for path, identity in named.items() if identity not in documents]
        return sorted(documents - set(named.values())), orphans

    @guarded
    def shed(self) -> None:
        """Delete old versions and what a failed write left, to free space on a full disk.

        Readers at work may have to ask again. Holds only inside `writing`.
        """
        for name in SCHEMAS:
            table = self.table(name)
            table.cleanup_old_versions(older_than=timedelta(0), delete_unverified=True)

    @guarded
    def tidy(self, pieces: int = 2) -> None:
        """Join the small pieces that single commits leave, extend indexes, delete old versions.

        Whole pieces are not rewritten. Old versions go at once, unless somebody reads.

        pieces : tables with fewer small pieces stay as they are.
        """
        is_read = anybody_reads(self.folder)
        for name in SCHEMAS:
            table, rows = self.table(name), PIECE_ROWS[name]
            small = [f for f in table.get_fragments() if f.count_rows() < rows]
            if len(small) >= pieces:
                table.optimize.compact_files(
                    target_rows_per_fragment=rows, batch_size=PIECE_BATCH[name]
                )
            extend_indexes(table, INDEXED[name])
            if not is_read:
                self.table(name).cleanup_old_versions(older_than=timedelta(0))


def extend_indexes(table: lance.LanceDataset, columns: Sequence[str]) -> None:
    """Index columns of a table, where more than `UNINDEXED_ROWS` rows are not."""
    total = table.count_rows()
    if total <= UNINDEXED_ROWS:
        return
    done = {index.name: index.num_rows_indexed for index in table.describe_indices()}
    for column in columns:
        name = f"{column}_idx"
        if name not in done:
            table.create_scalar_index(column, "BTREE", name=name)
        elif total - done[name] > UNINDEXED_ROWS:
            table.optimize.optimize_indices(index_names=[name])


def file_rows(files: lance.LanceDataset, column: str, values: Sequence[str]) -> list[FileRow]:
    """Rows of an open table `files` by paths or ids, in the order in which they were added."""
    found = []
    for k in range(0, len(values), CHUNK):
        chosen = _is_in(column, values[k : k + CHUNK])
        found += files.to_table(filter=chosen).sort_by("added").to_pylist()
    return [as_file_row(row) for row in found]


def as_file_row(row: Mapping[str, Any]) -> FileRow:
    """What is known of a file, from a row of `files`."""
    columns = (row[name] for name in ("path", "id", "title", "size", "mtime_ns", "added"))
    return FileRow(*columns)


def is_damaged(row: Mapping[str, Any]) -> bool:
    """Whether a whole row of a table differs from its checksum."""
    return row["row_sum"] != row_sum(row)


def write_settings(folder: Path, settings: dict[str, Any]) -> None:
    """Replace `library.json` in one step: readers see the old library or the new one."""
    write_atomically(folder / "library.json", json.dumps(sealed(settings)))


def quoted(text: str) -> str:
    """A text in a filter."""
    return "'" + text.replace("'", "''") + "'"


def _is_in(column: str, values: Sequence[str]) -> str:
    return f"{column} in ({', '.join(map(quoted, values))})"
