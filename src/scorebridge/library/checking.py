"""What may be wrong with a library: files gone or changed, and all that differs from checksums."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scorebridge.errors import InputError, LibraryError
from scorebridge.files import content_id, stamp
from scorebridge.library.damage import (
    damaged_files,
    drop_checksum,
    guarded,
    row_sum,
    vectors_sum,
)
from scorebridge.library.links import check_links, reset_links
from scorebridge.library.page_corrections import PAGE_FOLDER, load_page_corrections
from scorebridge.library.pair_corrections import PAIR_FOLDER, load_pair_corrections
from scorebridge.library.store import KINDS, FileRow, Store, key_in, read_vectors

SERVER_CACHE = Path("server", "cache")


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
    rows = store.files()
    damaged = store.damaged()
    if not quick:
        known = {row.path for row in damaged}
        altered = [path for path in _altered(store) if path not in known]
        what = "differs from its checksum: it was damaged on the disk"
        remedy = "`verify --repair`, and add the file again."
        problems += [Problem(path, what, remedy, repair) for path in altered]
        damaged += [rows[path] for path in altered]
    for row in damaged:
        if any(problem.subject == row.path for problem in problems):
            continue
        what = f"should have {row.windows} vectors but does not"
        problems.append(Problem(row.path, what, "Add the file again.", repair))
    for kind in KINDS:
        counts = store.counts(kind)
        known = {row.key for row in rows.values() if row.kind == kind}
        stray = sum(n for key, n in counts.items() if key not in known)
        if stray:
            what = f"{stray} vectors left over from an interruption"
            problems.append(Problem(f"{kind}.lance", what, "`verify --repair`.", repair))
        vectors = store.table(kind).schema.field("vector").type
        if vectors.list_size != store.dim:
            what = f"has {vectors.list_size} dimensions where library.json has {store.dim}"
            problems.append(Problem(f"{kind}.lance", what, "Make a new library."))
    if repair:
        store.drop_rows([row.path for row in damaged])
        store.sweep()
        store.tidy()
    if not quick:
        problems += _damaged_records(store.folder, repair)
        problems += _damaged_copies(store.folder / SERVER_CACHE, repair)
    foreign = {row["encoder"] for row in store.rows(["encoder"])}
    for name in foreign - {store.encoder}:
        what = f"holds documents of encoder {name!r} beside {store.encoder!r}"
        problems.append(Problem(str(store.folder), what, "Make a new library."))
    return problems + [p for row in rows.values() if (p := _file_problem(row))]


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
        what = "differs from its checksum: it was damaged on the disk"
        problems.append(Problem(str(path), what, "`verify --repair`.", repair))
    return problems


def _altered(store: Store) -> list[str]:
    """The paths of files whose row or vectors differ from their checksums.

    Rows of libraries of earlier versions have no checksums, and count as they are.
    """
    sums: dict[str, str] = {}
    for kind in KINDS:
        keys, *parts = read_vectors(store.table(kind), store.dim)
        order = np.argsort(keys, kind="stable")
        edges = np.flatnonzero(np.diff(keys[order], prepend=keys[order][:1] - 1))
        for rows in np.split(order, edges[1:]) if len(order) else []:
            sums[f"{kind} {keys[rows[0]]}"] = vectors_sum(*(part[rows] for part in parts))
    found = []
    for row in store.rows():
        whole = row["row_sum"] is None or row["row_sum"] == row_sum(row)
        own = sums.get(f"{row['kind']} {key_in(row)}") if whole else None
        if not whole or (row["vectors_sum"] is not None and row["vectors_sum"] != own):
            found.append(row["path"])
    return found


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
