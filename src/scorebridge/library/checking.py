"""What may be wrong with a library: files gone or changed, and all that differs from checksums."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lance import LanceFragment

from scorebridge.errors import InputError, LibraryError
from scorebridge.files import content_id, stamp
from scorebridge.library.damage import damaged_files, drop_checksum, guarded
from scorebridge.library.links import check_links, reset_links
from scorebridge.library.page_corrections import PAGE_FOLDER, load_page_corrections
from scorebridge.library.pair_corrections import PAIR_FOLDER, load_pair_corrections
from scorebridge.library.rows import FileRow
from scorebridge.library.segments import (
    SEGMENTS_FILE,
    damaged_segments,
    drop_segments,
    extend,
    segment_path,
)
from scorebridge.library.store import Store, as_file_row, is_damaged

SERVER_CACHE = Path("server", "cache")
READ_AT_ONCE = 64  # documents
DAMAGED = "differs from its checksum: it was damaged on the disk"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that `Library.verify` found."""

    subject: str
    """The file, or the table."""
    what: str
    remedy: str
    repaired: bool = False


@guarded
def check(store: Store, repair: bool, quick: bool = False) -> list[Problem]:
    """See `Library.verify`. To repair, hold the library for writing."""
    problems: list[Problem] = []
    files = {row["path"]: row for row in store.all_files()}
    paths: dict[str, list[str]] = {}
    for path, row in files.items():
        paths.setdefault(row["id"], []).append(path)
    damaged = [path for path, row in files.items() if not quick and is_damaged(row)]
    foreign: set[str] = set()
    unreadable = _unreadable_pieces(store)
    if unreadable:
        what = f"{len(unreadable)} of its pieces cannot be read: they were damaged on the disk"
        problems.append(Problem("documents.lance", what, "`verify --repair`.", repair))
        if repair:
            store.drop_pieces(unreadable)
    for row in _documents(store, quick, unreadable):
        foreign.add(row["encoder"])
        if not quick and not _is_whole(row, store.dim):
            damaged += [p for p in paths.get(row["id"], [row["id"]]) if p not in damaged]
    remedy = "`verify --repair`, and add the file again."
    problems += [Problem(path, DAMAGED, remedy, repair) for path in damaged]
    strays, orphans = ([], []) if unreadable and not repair else store.strays()
    if strays:
        what = f"{len(strays)} documents left over from an interruption"
        problems.append(Problem("documents.lance", what, "`verify --repair`.", repair))
    for path in orphans:
        if path not in damaged:
            what = "should have a document but does not"
            problems.append(Problem(path, what, "Add the file again.", repair))
    if repair:
        lost = [files[path]["id"] for path in damaged if path in files]
        store.drop_files(damaged)
        store.drop_unnamed([*lost, *damaged])
        store.sweep()
        store.tidy()
    if not quick:
        problems += _damaged_segments(store, repair)
        problems += _damaged_records(store.folder, repair)
        problems += _damaged_copies(store.folder / SERVER_CACHE, repair)
    for name in foreign - {store.encoder}:
        what = f"holds documents of encoder {name!r} beside {store.encoder!r}"
        problems.append(Problem(str(store.folder), what, "Make a new library."))
    rows = [as_file_row(row) for row in files.values()]
    return problems + [p for row in rows if (p := _file_problem(row))]


def _documents(store: Store, quick: bool, unreadable: Collection[int]) -> Iterator[dict[str, Any]]:
    columns = ["id", "encoder"] if quick else None
    for piece in store.table("documents").get_fragments():
        if piece.fragment_id not in unreadable:
            for batch in piece.to_batches(columns=columns, batch_size=READ_AT_ONCE):
                yield from batch.to_pylist()


def _unreadable_pieces(store: Store) -> list[int]:
    """Pieces of the table of documents that raise when they are read."""

    @guarded
    def read(piece: LanceFragment) -> None:
        for _ in piece.to_batches(batch_size=READ_AT_ONCE):
            pass

    found = []
    for piece in store.table("documents").get_fragments():
        try:
            read(piece)
        except LibraryError:
            found.append(piece.fragment_id)
    return found


def _is_whole(row: dict[str, Any], dim: int) -> bool:
    lengths = len(row["positions"]) // 4, len(row["vectors"]) // dim, len(row["between"]) // dim
    return not is_damaged(row) and set(lengths) == {row["windows"]}


def _damaged_segments(store: Store, repair: bool) -> list[Problem]:
    """Indexes that are damaged; they are made again from the documents."""
    try:
        damaged = damaged_segments(store.tables)
        subjects = [str(segment_path(store.tables, entry)) for entry in damaged]
        names = [entry.name for entry in damaged]
    except LibraryError:
        subjects, names = [str(store.tables / SEGMENTS_FILE)], None
    if repair and subjects:
        drop_segments(store, names)
        extend(store)
    return [Problem(subject, DAMAGED, "`verify --repair`.", repair) for subject in subjects]


def _damaged_records(folder: Path, repair: bool) -> list[Problem]:
    """Links and corrections that are damaged. What a person gave is reported, never deleted."""
    problems = []
    try:
        check_links(folder)
    except LibraryError:
        if repair:
            reset_links(folder)
        what, remedy = "is damaged", "`verify --repair`, then `scorebridge link`."
        problems.append(Problem(str(folder / "links.json"), what, remedy, repair))
    for path in sorted((folder / PAGE_FOLDER).glob("*.json")):
        try:
            load_page_corrections(folder, path.stem)
        except LibraryError as error:
            problems.append(_damaged_record(path, error))
    for path in sorted((folder / PAIR_FOLDER).glob("*-*.json")):
        try:
            load_pair_corrections(folder, *path.stem.split("-", 1))
        except LibraryError as error:
            problems.append(_damaged_record(path, error))
    return problems


def _damaged_record(path: Path, error: LibraryError) -> Problem:
    reason = str(error).removeprefix(f"{path}: ").partition(". ")[0]
    return Problem(str(path), reason, "Correct it and delete its `checksum`, or delete the file.")


def _damaged_copies(folder: Path, repair: bool) -> list[Problem]:
    """Files that the server made from documents, and makes again when they are gone."""
    problems = []
    for path in damaged_files(folder):
        if repair:
            drop_checksum(path)
            path.unlink(missing_ok=True)
        problems.append(Problem(str(path), DAMAGED, "`verify --repair`.", repair))
    return problems


def _file_problem(row: FileRow) -> Problem | None:
    try:
        differs = changed(row, Path(row.path))
    except InputError as error:
        return Problem(row.path, error.reason, "Bring it back, or `scorebridge remove` it.")
    return Problem(row.path, "has changed since it was added", "Add it again.") if differs else None


def changed(row: FileRow, path: Path) -> bool:
    """Whether the file differs from what was added. Raises `InputError` if it is gone."""
    mark = stamp(path)
    if (row.size, row.mtime_ns) == (mark.size, mark.mtime_ns):
        return False
    return row.size != mark.size or content_id(path) != row.id
