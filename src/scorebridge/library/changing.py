"""Documents removed, and scores encoded again as a person corrected them."""

from __future__ import annotations

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
from scorebridge.library.rows import document_row
from scorebridge.library.segments import extend
from scorebridge.library.store import Store, give_room, keep_room, quoted, writing
from scorebridge.types import Document, Encoded


def remove_files(folder: Path, names: Iterable[Path | str]) -> list[str]:
    """Remove files by path, by folder or by id; see `Library.remove`."""
    store = Store(folder)
    with writing(folder):
        chosen: dict[str, str] = {}
        for name in names:
            matching = _matching(store, name)
            if not matching:
                raise UsageError(f"{name}: not in {folder}. `scorebridge list` lists what is.")
            chosen |= matching
        with store.changing():
            try:
                _drop(store, chosen)
            except OSError as error:
                if not is_disk_full(error):
                    raise
                give_room(folder)
                store.shed()
                _drop(store, chosen)
        keep_room(folder)
    return list(chosen)


def _drop(store: Store, chosen: Mapping[str, str]) -> None:
    """Remove files and their contents; joining what is left can wait until there is space."""
    store.drop_files(list(chosen))
    store.drop_unnamed(chosen.values())
    try:
        store.tidy(TIDY_PIECES)
        extend(store)
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

    One commit changes to the new vectors, just after the corrections are stored. Until then the
    document is the old one, and stays so if that fails. Raises `LibraryError`.
    """
    with writing(folder):
        store = Store(folder)
        old = store.document_row(document_id, ["encoder"])
        if old is None:
            save_page_corrections(folder, document_id, corrections)
            return
        document = Document(
            id=document_id,
            path="",
            kind=encoded.kind,
            title="",
            extent=encoded.extent,
            pages=encoded.pages,
            places=encoded.places,
            metadata=encoded.metadata,
        )
        before = load_page_corrections(folder, document_id)
        save_page_corrections(folder, document_id, corrections)
        with store.changing():
            try:
                store.put_document(document_row(document, encoded, old["encoder"]))
            except BaseException:
                save_page_corrections(folder, document_id, before)
                raise
            with suppress_full_disk():  # what is old goes later
                store.tidy(TIDY_PIECES)


def _matching(store: Store, name: Path | str) -> dict[str, str]:
    """Paths that a name means, and their contents: a file, those below a folder, or of an id."""
    path = str(absolute(name))
    found = store.files_where(f"path = {quoted(path)}")
    if not found:
        found = store.files_where(_begins("path", path.rstrip(os.sep) + os.sep))
    if not found and len(str(name)) >= 8:
        found = store.files_where(_begins("id", str(name).lower()))
    return {row.path: row.id for row in found}


def _begins(column: str, text: str) -> str:
    """A filter of the texts that begin so: a range, which an index answers."""
    return f"{column} >= {quoted(text)} and {column} < {quoted(text[:-1] + chr(ord(text[-1]) + 1))}"
