"""One file into the library: known, moved, or encoded and stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from scorebridge.encode.documents import takes_corrections
from scorebridge.encode.encoder import Encoder
from scorebridge.errors import InputError, LimitError, ScorebridgeError
from scorebridge.files import content_id, stamp
from scorebridge.library.failures import Failures
from scorebridge.library.page_corrections import load_page_corrections
from scorebridge.library.store import FileRow, Store, document_of, keep_room, key_of, row_of
from scorebridge.types import Document, Encoded, Progress

TIDY_STRIDE = 200  # documents; bounds the number of small files on disk
TIDY_PIECES = 32  # pieces of a table that files added one by one may leave

Encode = Callable[[Path, Encoder], Encoded]
"""How a file becomes vectors."""


@dataclass(frozen=True, slots=True)
class AddReport:
    """What `Library.add` did with each file."""

    added: tuple[Document, ...] = ()
    """New or changed contents, now in the library."""
    moved: tuple[Document, ...] = ()
    """Known contents under a new path (moved, renamed or copied); nothing was encoded."""
    skipped: tuple[Path, ...] = ()
    """Unchanged since they were added."""
    failed: tuple[InputError, ...] = ()
    """Could not be processed; the others were."""


def add_files(
    store: Store,
    found: Sequence[Path | InputError],
    encoder: Encoder,
    encode: Encode,
    titles: Mapping[Path, str],
    progress: Progress | None,
    retry: bool = False,
) -> AddReport:
    """Add the files of `walk`, inside `writing`; see `Library.add`."""
    report: dict[str, list] = {"added": [], "moved": [], "skipped": [], "failed": []}
    store.repair()
    rows = store.files()
    failures = Failures.load(store.folder)
    for done, item in enumerate(found):
        if progress:
            progress(done, len(found), item if isinstance(item, Path) else item.path)
        try:
            if isinstance(item, InputError):
                raise item
            title = titles.get(item, item.stem)
            mark = stamp(item)
            if not retry:
                failures.check(item, mark)
            outcome, thing = add_one(store, rows, item, encoder, encode, title)
            report[outcome].append(thing)
            failures.forget(item)
            if outcome == "added" and len(report["added"]) % TIDY_STRIDE == 0:
                store.tidy()
        except InputError as error:
            report["failed"].append(error)
            if isinstance(error, LimitError) and isinstance(item, Path):
                failures.put(item, stamp(item), error)
    failures.save()
    store.sweep()  # the vectors of contents that were replaced
    if report["added"] or report["moved"]:
        store.tidy(2 if len(found) > 1 else TIDY_PIECES)
        keep_room(store.folder)
    return AddReport(**{name: tuple(things) for name, things in report.items()})


def add_one(
    store: Store,
    rows: dict[str, FileRow],
    path: Path,
    encoder: Encoder,
    encode: Encode,
    title: str,
    corrected: Path | None = None,
) -> tuple[str, Document | Path]:
    """Add one file; returns the field of `AddReport` and what goes into it.

    rows : what the library knows of files, kept up to date.
    corrected : folder of the library that keeps the corrections, if it is not that of `store`.

    Raises `InputError`.
    """
    name = str(path)
    try:
        name.encode()
    except UnicodeEncodeError:
        raise InputError(path, "has a name that is not valid UTF-8", "Rename the file.") from None
    mark = stamp(path)
    row = rows.get(name)
    if row and (row.size, row.mtime_ns) == (mark.size, mark.mtime_ns):
        return "skipped", path
    identity = content_id(path)
    fresh = {"path": name, "size": mark.size, "mtime_ns": mark.mtime_ns}
    same = (r for r in rows.values() if r.id == identity)
    twin = row if row and row.id == identity else next(same, None)
    if twin:
        old = store.full_row(twin.path)
        title = title if old["title"] == Path(twin.path).stem else old["title"]
        new = old | fresh | {"title": title}
        if twin.path != name:
            new["added"] = datetime.now(UTC) if Path(twin.path).exists() else old["added"]
        store.put_rows([new])
        rows[name] = replace(twin, **fresh)
        if row and row.id == identity:
            return "skipped", path  # touched, not changed
        if twin.path != name and not Path(twin.path).exists():
            store.drop_rows([twin.path])
            del rows[twin.path]
        return "moved", document_of(new)
    known = load_page_corrections(corrected or store.folder, identity)
    if known and takes_corrections(encode):  # what a person corrected is taken as given
        encode = partial(encode, read_page=known.read_page)  # pyright: ignore[reportCallIssue]
    encoded = _encode(path, encoder, encode)
    document = Document(
        id=identity,
        path=name,
        kind=encoded.kind,
        title=title,
        extent=encoded.extent,
        pages=encoded.pages,
        places=encoded.places,
        metadata=encoded.metadata,
    )
    key = key_of(identity)
    store.append_vectors(key, encoded)
    more = {"added": datetime.now(UTC), "encoder": encoder.info.name}
    store.put_rows([row_of(document, encoded, **fresh, **more)])
    windows = len(encoded.vectors)
    rows[name] = FileRow(id=identity, windows=windows, kind=encoded.kind, key=key, **fresh)
    return "added", document


def _encode(path: Path, encoder: Encoder, encode: Encode) -> Encoded:
    try:
        return encode(path, encoder)
    except ScorebridgeError:
        raise
    except Exception as error:  # a bug met on one file must not stop a thousand others
        reason = f"could not be processed ({type(error).__name__}: {error})"
        raise InputError(path, reason, "Please report this file.") from error
