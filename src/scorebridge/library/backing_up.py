"""A library copied while others use it, and back.

Lance never changes a file that it has written, so a copy needs only the files that the last one
lacks. The copy holds both tables at the versions that they had when it began, whatever others do
meanwhile; a reader's lock keeps these versions from being deleted. `library.json` comes last, so a
copy that was broken off is no library yet; the same call completes it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from scorebridge.errors import LibraryError, UsageError
from scorebridge.files import absolute, atomic_path
from scorebridge.library.failures import FAILURES_FILE
from scorebridge.library.links import LINKS_FILE
from scorebridge.library.page_corrections import PAGE_FOLDER
from scorebridge.library.pair_corrections import PAIR_FOLDER
from scorebridge.library.segments import SEGMENTS_FILE, SEGMENTS_FOLDER
from scorebridge.library.snapshot import Snapshot, take_snapshot
from scorebridge.library.store import Store, keep_room
from scorebridge.shown import first_line

VERSIONS = "_versions"  # Lance's folder of the lists of a table's files


def copy_library(source: Path, target: Path) -> int:
    """Copy a library into a folder that is new, empty, or an earlier copy of it.

    Returns the number of files that were copied. Raises `UsageError` for another folder,
    `LibraryError` where files cannot be read or written.
    """
    now = take_snapshot(source)
    store = now.store
    if absolute(target) == absolute(source) or absolute(source) in absolute(target).parents:
        raise UsageError(f"{target}: name a folder outside the library.")
    if target.is_dir() and any(target.iterdir()) and not _is_copy(target, store):
        raise UsageError(f"{target}: holds other things. Name a new or empty folder.")
    try:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        copied = sum(_copied(source, target, path) for path in _files(now))
        copied += _copied(source, target, source / "library.json")
        keep_room(target)
    except OSError as error:
        raise LibraryError(f"{target}: the copy failed ({first_line(error)}).") from error
    return copied


def _is_copy(target: Path, store: Store) -> bool:
    """Whether a folder holds a copy of this very library, whole or broken off."""
    if Store.exists(target):
        return Store(target).made == store.made
    return all(path.name in {"files.lance", "documents.lance"} for path in target.iterdir())


def _files(now: Snapshot) -> Iterator[Path]:
    """The files of a library but for its `library.json`."""
    store, folder = now.store, now.store.folder
    for name, table in (("files", now.files_table), ("documents", now.documents_table)):
        where = store.tables / f"{name}.lance"
        yield where / VERSIONS / f"{(1 << 64) - 1 - table.version:020d}.manifest"
        for path in sorted(where.rglob("*")):
            if path.is_file() and path.parent.name != VERSIONS:
                yield path
    listed = store.tables / SEGMENTS_FILE
    if listed.exists():
        yield from sorted(p for p in (store.tables / SEGMENTS_FOLDER).rglob("*") if p.is_file())
        yield listed
    for name in (LINKS_FILE, FAILURES_FILE):
        if (folder / name).exists():
            yield folder / name
    for name in (PAGE_FOLDER, PAIR_FOLDER):
        yield from sorted((folder / name).glob("*.json"))
    if store.tables != folder:
        yield store.tables / "library.json"


def _copied(source: Path, target: Path, path: Path) -> bool:
    """Copy one file unless it is there; returns whether it was not."""
    there = target / path.relative_to(source)
    if path.suffix != ".json" and there.exists() and there.stat().st_size == path.stat().st_size:
        return False
    with atomic_path(there) as part:
        shutil.copyfile(path, part)
    return True
