"""Encode a whole library again after an upgrade, since vectors of other encoders do not compare.

The new tables grow beside the old ones, in a folder below, a file at a time; `library.json` names
them when all is done, in one step. Until then the library is the old one, and an interrupted
renewal continues where it stopped. Titles, corrections and pins stay.

A library of an old format is taken over in the same way. Where its encoder is the one in use,
nothing is encoded: the vectors are copied, so the files need not be there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from scorebridge.encode.encoder import Encoder
from scorebridge.encode.metadata import read_metadata
from scorebridge.errors import InputError
from scorebridge.library.adding import TIDY_STRIDE, Adding, Encode
from scorebridge.library.old_format import OldFile, OldStore, is_old
from scorebridge.library.rows import FileRow, document_row
from scorebridge.library.segments import SEGMENTS_FILE, SEGMENTS_FOLDER, extend
from scorebridge.library.store import (
    DIRTY,
    FORMAT,
    KINDS,
    SCHEMAS,
    Store,
    as_file_row,
    write_settings,
    writing,
)
from scorebridge.types import Kind, Metadata, Progress

PREFIX = "renewed-"
ReadMetadata = Callable[[Path, Kind], Metadata]


@dataclass(frozen=True, slots=True)
class RenewReport:
    """What `Library.renew` did."""

    documents: int
    """Contents that are now encoded by the encoder in use."""
    failed: tuple[InputError, ...] = ()
    """Files that could not be encoded; while there are any the library stays as it was."""


def renew_library(
    folder: Path,
    encoder: Encoder,
    encode: Encode,
    progress: Progress | None,
    metadata: ReadMetadata = read_metadata,
) -> RenewReport:
    """See `Library.renew`; the links are not touched.

    metadata : how a file is asked what it states of itself, where an old format did not store it.
    """
    with writing(folder):
        old = OldStore(folder) if is_old(folder) else Store(folder)
        same = (old.encoder, old.dim) == (encoder.info.name, encoder.info.dim)
        if same and isinstance(old, Store):
            drop_others(old)
            extend(old)
            return RenewReport(old.table("documents").count_rows())
        new = _begun(folder, encoder)
        failed: list[InputError] = []
        with new.changing():
            known = _known(old)
            if same and isinstance(old, OldStore):
                known = _copied(old, new, known, metadata, progress)
            if known:
                failed = _encode_all(folder, known, new, encoder, encode, progress)
            _as_known(new, _known(old))
            new.tidy()
            extend(new)
        if not failed:
            settings = {"format": FORMAT, "encoder": encoder.info.name, "dim": encoder.info.dim}
            settings |= {"tables": new.folder.name, "made": os.urandom(8).hex()}
            write_settings(folder, settings)
            drop_others(Store(folder))
        return RenewReport(new.table("documents").count_rows(), tuple(failed))


def _begun(folder: Path, encoder: Encoder) -> Store:
    """The store that the vectors of `encoder` go into, as an interruption left it or empty."""
    name = f"{FORMAT} {encoder.info.name}"
    below = folder / (PREFIX + hashlib.sha256(name.encode()).hexdigest()[:8])
    below.mkdir(exist_ok=True)
    if not Store.exists(below):
        return Store.create(below, encoder.info.name, encoder.info.dim)
    return Store(below)


def _known(old: Store | OldStore) -> list[FileRow]:
    if isinstance(old, OldStore):
        return [
            FileRow(f.path, f.document.id, f.document.title, f.size, f.mtime_ns, f.added)
            for f in old.files()
        ]
    return [as_file_row(row) for row in old.all_files()]


def _copied(
    old: OldStore,
    new: Store,
    known: Sequence[FileRow],
    metadata: ReadMetadata,
    progress: Progress | None,
) -> list[FileRow]:
    """Copy documents with their vectors; returns the files whose vectors are damaged."""
    files = old.files()
    there = set(new.table("documents").to_table(columns=["id"])["id"].to_pylist())
    lost: set[str] = set()
    total = len({file.document.id for file in files})
    for done, (file, encoded) in enumerate(old.encoded(files)):
        if progress:
            progress(done, total, Path(file.path))
        document = file.document
        if document.id in there:
            continue
        if encoded is None:
            lost.add(document.id)
            continue
        if not file.has_metadata:
            document = replace(document, metadata=_read(metadata, file))
        new.put_document(document_row(document, encoded, old.encoder), known=False)
        if done % TIDY_STRIDE == TIDY_STRIDE - 1:
            new.tidy()
    new.put_files([asdict(one) for one in known if one.id not in lost], known=bool(there))
    return [one for one in known if one.id in lost]


def _read(metadata: ReadMetadata, file: OldFile) -> Metadata:
    return metadata(Path(file.path), file.document.kind)


def _encode_all(
    folder: Path,
    known: Sequence[FileRow],
    new: Store,
    encoder: Encoder,
    encode: Encode,
    progress: Progress | None,
) -> list[InputError]:
    """Encode files; a copy that is away counts by its content. Returns those that failed."""
    adding = Adding(new, encoder, encode, corrected=folder)
    failed: dict[str, InputError] = {}
    for done, one in enumerate(known):
        path = Path(one.path)
        if progress:
            progress(done, len(known), path)
        try:
            adding.add(path, one.title)
        except InputError as error:
            failed[one.path] = error
        if done % TIDY_STRIDE == TIDY_STRIDE - 1:
            new.tidy()
    adding.settle()
    ids = new.files_of([one.id for one in known if one.path in failed])
    return [failed[one.path] for one in known if one.path in failed and one.id not in ids]


def _as_known(new: Store, known: Sequence[FileRow]) -> None:
    """Give each file its title and time of adding, and copies that are away their row."""
    there = {row["path"]: as_file_row(row) for row in new.all_files()}
    wanted = {one.path for one in known}
    new.drop_files([path for path in there if path not in wanted])
    present = {row.id for row in there.values()}
    rows: list[FileRow] = []
    for one in known:
        found = there.get(one.path)
        if found:
            rows.append(replace(found, title=one.title, added=one.added))
        elif one.id in present:
            rows.append(one)
    new.put_files([asdict(row) for row in rows if there.get(row.path) != row])
    new.drop_unnamed(new.table("documents").to_table(columns=["id"])["id"].to_pylist())


def drop_others(store: Store) -> None:
    """Remove all tables but those of `store`."""
    others: list[Path] = []
    if store.tables != store.folder:
        names = [*(f"{name}.lance" for name in (*SCHEMAS, *KINDS)), SEGMENTS_FOLDER]
        others += [store.folder / name for name in names]
        (store.folder / SEGMENTS_FILE).unlink(missing_ok=True)
        (store.folder / DIRTY).unlink(missing_ok=True)
    others += [f for f in store.folder.glob(f"{PREFIX}*") if f != store.tables]
    for old_index in store.folder.glob("*.clusters"):  # of old formats
        old_index.unlink(missing_ok=True)
    for other in others:
        shutil.rmtree(other, ignore_errors=True)
