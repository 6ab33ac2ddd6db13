"""Encode a whole library again after an upgrade, since vectors of other encoders do not compare.

The new tables grow beside the old ones, in a folder below, a file at a time; `library.json` names
them when all is done, in one step. Until then the library is the old one, and an interrupted
renewal continues where it stopped. Titles, corrections and pins stay.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scorebridge.encode.encoder import Encoder
from scorebridge.encode.metadata import read_metadata
from scorebridge.errors import InputError
from scorebridge.library.adding import Encode, add_one
from scorebridge.library.store import (
    KINDS,
    MOVED,
    Store,
    dump_metadata,
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

    metadata : how a file is asked what it states of itself.
    """
    with writing(folder):
        old = Store(folder)
        if old.made_with(encoder.info):
            _drop_others(old)
            _add_metadata(old, metadata)
            return RenewReport(len({row.id for row in old.files().values()}))
        new = _begun(folder, encoder)
        failed = _encode_all(old, new, encoder, encode, progress)
        documents = len({row.id for row in new.files().values()})
        if not failed:
            settings = {"format": MOVED, "encoder": encoder.info.name, "dim": encoder.info.dim}
            write_settings(folder, settings | {"tables": new.folder.name})
            _drop_others(Store(folder))
        return RenewReport(documents, tuple(failed))


def _begun(folder: Path, encoder: Encoder) -> Store:
    """The store that the vectors of `encoder` go into, as an interruption left it or empty."""
    below = folder / (PREFIX + hashlib.sha256(encoder.info.name.encode()).hexdigest()[:8])
    below.mkdir(exist_ok=True)
    if not Store.exists(below):
        return Store.create(below, encoder.info.name, encoder.info.dim)
    store = Store(below)
    store.repair()
    return store


def _encode_all(
    old: Store, new: Store, encoder: Encoder, encode: Encode, progress: Progress | None
) -> list[InputError]:
    known = old.rows()
    rows, failed = new.files(), {}
    for done, row in enumerate(known):
        path = Path(row["path"])
        if progress:
            progress(done, len(known), path)
        try:
            add_one(new, rows, path, encoder, encode, row["title"], corrected=old.folder)
        except InputError as error:
            failed[row["path"]] = error
    wanted = {row["path"] for row in known}
    new.drop_rows([path for path in rows if path not in wanted])
    fresh = {row["path"]: row for row in new.rows()}
    by_id = {row["id"]: row for row in fresh.values()}
    # Each file as it was known, even a copy that is away, with what is new of its content.
    final = []
    for row in known:
        found = fresh.get(row["path"]) or by_id.get(row["id"])
        if found:
            failed.pop(row["path"], None)
            mark = found if row["path"] in fresh else row
            kept = {name: row[name] for name in ("path", "title", "added")}
            final.append(found | kept | {name: mark[name] for name in ("size", "mtime_ns")})
    if final:
        new.put_rows(final)
    new.sweep()
    new.tidy()
    return list(failed.values())


def _add_metadata(store: Store, metadata: ReadMetadata) -> None:
    """Read what files state of themselves, where an earlier version did not."""
    rows = store.rows_without_metadata()
    for row in rows:
        row["metadata"] = dump_metadata(metadata(Path(row["path"]), row["kind"]))
    if rows:
        store.put_rows(rows)


def _drop_others(store: Store) -> None:
    """Remove all tables but those of `store`."""
    others = [store.folder / f"{name}.lance" for name in ("files", *KINDS)]
    others = others if store.tables != store.folder else []
    others += [f for f in store.folder.glob(f"{PREFIX}*") if f != store.tables]
    for other in others:
        shutil.rmtree(other, ignore_errors=True)
