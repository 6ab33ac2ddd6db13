"""Documents removed, and scores encoded again as a person corrected them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scorebridge.errors import UsageError, is_disk_full
from scorebridge.files import absolute
from scorebridge.library.adding import TIDY_PIECES
from scorebridge.library.page_corrections import (
    PageCorrections,
    load_page_corrections,
    save_page_corrections,
)
from scorebridge.library.store import (
    FileRow,
    Store,
    give_room,
    keep_room,
    key_in,
    key_of,
    row_of,
    sum_of,
    writing,
)
from scorebridge.types import Document, Encoded


def remove_files(folder: Path, names: Iterable[Path | str]) -> list[str]:
    """Remove files by path, by folder or by id; see `Library.remove`."""
    store = Store(folder)
    with writing(folder):
        store.sweep()  # what a killed `remove` left
        rows = store.files()
        chosen: dict[str, None] = {}
        for name in names:
            matching = _matching(rows, name)
            if not matching:
                raise UsageError(f"{name}: not in {folder}. `scorebridge list` lists what is.")
            chosen |= dict.fromkeys(matching)
        try:
            _drop(store, list(chosen))
        except OSError as error:
            if not is_disk_full(error):
                raise
            give_room(folder)
            store.shed()
            _drop(store, list(chosen))
        keep_room(folder)
    return list(chosen)


def _drop(store: Store, paths: list[str]) -> None:
    """Remove rows and their vectors; joining what is left can wait until there is space."""
    store.drop_rows(paths)
    store.sweep()
    try:
        store.tidy()
    except OSError as error:
        if not is_disk_full(error):
            raise
        store.shed()


@contextmanager
def suppress_full_disk() -> Iterator[None]:
    """Leave the rest of the block to a later call where the disk is full."""
    try:
        yield
    except OSError as error:
        if not is_disk_full(error):
            raise


def replace_score(
    folder: Path, document_id: str, corrections: PageCorrections, encoded: Encoded
) -> None:
    """Store all corrections of a content, and its score as encoded with them.

    The new vectors come first; one commit changes to them, just after the corrections are stored.
    Until then the document is the old one, and stays so if that fails. Raises `LibraryError`.
    """
    with writing(folder):
        store = Store(folder)
        store.sweep()  # what an interruption left
        rows = [store.full_row(name) for name, f in store.files().items() if f.id == document_id]
        if not rows:
            save_page_corrections(folder, document_id, corrections)
            return
        key = key_of(hashlib.sha256(f"{document_id} {sum_of(encoded)}".encode()).hexdigest())
        if key != key_in(rows[0]):
            store.append_vectors(key, encoded)
        document = Document(
            id=document_id,
            path=rows[0]["path"],
            kind=encoded.kind,
            title=rows[0]["title"],
            extent=encoded.extent,
            pages=encoded.pages,
            places=encoded.places,
            metadata=encoded.metadata,
        )
        fresh = row_of(document, encoded, vectors_key=key)
        kept = ("path", "title", "size", "mtime_ns", "added", "encoder")
        before = load_page_corrections(folder, document_id)
        save_page_corrections(folder, document_id, corrections)
        try:
            store.put_rows([fresh | {name: row[name] for name in kept} for row in rows])
        except BaseException:
            save_page_corrections(folder, document_id, before)
            raise
        with suppress_full_disk():  # what is old goes later
            store.sweep()
            store.tidy(TIDY_PIECES)


def _matching(rows: Mapping[str, FileRow], name: Path | str) -> list[str]:
    path = str(absolute(name))
    below = path.rstrip(os.sep) + os.sep
    found = [known for known in rows if known == path or known.startswith(below)]
    if not found and len(str(name)) >= 8:
        found = [row.path for row in rows.values() if row.id.startswith(str(name).lower())]
    return found
