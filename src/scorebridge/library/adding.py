"""One file into the library: known, moved, or encoded and stored."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from scorebridge.encode.documents import takes_corrections
from scorebridge.encode.encoder import Encoder
from scorebridge.errors import InputError, LimitError, ScorebridgeError
from scorebridge.files import Stamp, content_id, stamp
from scorebridge.library.failures import Failures
from scorebridge.library.page_corrections import load_page_corrections
from scorebridge.library.reading_ahead import OneAtATime, ahead
from scorebridge.library.rows import WHOLE, FileRow, document_of, document_row
from scorebridge.library.segments import extend
from scorebridge.library.store import Store, keep_room
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
    workers: int = 1,
) -> AddReport:
    """Add the files of `walk`, inside `writing`; see `Library.add`.

    workers : files that are read at the same time; more than one where `encode` has a child
        process read each.
    """
    report: dict[str, list] = {"added": [], "moved": [], "skipped": [], "failed": []}
    failures = Failures.load(store.folder)
    with store.changing():
        adding = Adding(store, OneAtATime(encoder) if workers > 1 else encoder, encode)

        def prepare(item: Path | InputError) -> Prepared:
            if isinstance(item, InputError):
                raise item
            if not retry:
                failures.check(item, stamp(item))
            return adding.prepare(item)

        for done, (item, prepared) in enumerate(ahead(prepare, found, workers)):
            if progress:
                progress(done, len(found), item if isinstance(item, Path) else item.path)
            try:
                ready = prepared()
                assert isinstance(item, Path)
                outcome, thing = adding.add(item, titles.get(item, item.stem), ready)
                report[outcome].append(thing)
                failures.forget(item)
                if outcome == "added" and len(report["added"]) % TIDY_STRIDE == 0:
                    adding.settle()
                    store.tidy()
                    extend(store)
            except InputError as error:
                report["failed"].append(error)
                if isinstance(error, LimitError) and isinstance(item, Path):
                    failures.put(item, stamp(item), error)
        failures.save()
        adding.settle()
        if report["added"] or report["moved"]:
            store.tidy(2 if len(found) > 1 else TIDY_PIECES)
            extend(store)
            keep_room(store.folder)
    return AddReport(**{name: tuple(things) for name, things in report.items()})


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was found out of a file before its turn."""

    mark: Stamp
    known: FileRow | None
    """What the library knows of the path."""
    id: str
    encoded: Encoded | None
    """`None` where the library holds the content, or a file before this one has it."""


class Adding:
    """Files that are added one after the other, inside `Store.changing`.

    corrected : folder of the library that keeps the corrections, if it is not that of the store.
    """

    def __init__(
        self, store: Store, encoder: Encoder, encode: Encode, corrected: Path | None = None
    ) -> None:
        self._store, self._encoder, self._encode = store, encoder, encode
        self._corrected = corrected or store.folder
        self._begun: set[str] = set()  # contents that were or are being encoded
        self._guard = threading.Lock()
        self._replaced: list[str] = []  # contents that a path held before

    def settle(self) -> None:
        """Delete contents that no path holds any more."""
        self._store.drop_unnamed(self._replaced)
        self._replaced.clear()

    def prepare(self, path: Path) -> Prepared:
        """Read and encode a file if it is new; from any thread. Raises `InputError`."""
        name = _valid(path)
        if name is None:
            reason = "has a name that is not valid UTF-8"
            raise InputError(path, reason, "Rename the file.")
        mark = stamp(path)
        known = self._store.files_at([name]).get(name)
        if known and (known.size, known.mtime_ns) == (mark.size, mark.mtime_ns):
            return Prepared(mark, known, known.id, None)
        identity = content_id(path)
        with self._guard:
            is_begun = identity in self._begun
            self._begun.add(identity)
        if is_begun or (known and known.id == identity) or self._store.files_of([identity]):
            return Prepared(mark, known, identity, None)
        return Prepared(mark, known, identity, self._read(path, identity))

    def _read(self, path: Path, identity: str) -> Encoded:
        given = load_page_corrections(self._corrected, identity)
        encode = self._encode
        if given and takes_corrections(encode):  # what a person corrected is taken as given
            encode = partial(encode, read_page=given.read_page)  # pyright: ignore[reportCallIssue]
        return _encoded(path, self._encoder, encode)

    def add(
        self, path: Path, title: str, prepared: Prepared | None = None
    ) -> tuple[str, Document | Path]:
        """Add one file; returns the field of `AddReport` and what goes into it.

        Raises `InputError`.
        """
        ready = prepared or self.prepare(path)
        name, row, mark, identity = str(path), ready.known, ready.mark, ready.id
        if row and (row.size, row.mtime_ns) == (mark.size, mark.mtime_ns):
            return "skipped", path
        now = datetime.now(UTC)
        fresh = FileRow(name, identity, title, mark.size, mark.mtime_ns, now)
        if row and row.id == identity:  # touched, not changed
            self._put(replace(fresh, title=row.title, added=row.added), known=True)
            return "skipped", path
        twins = self._store.files_of([identity]).get(identity, [])
        if twins:
            return "moved", self._move(fresh, twins[0], row)
        # Without vectors, a file before this one has the content and could not be added.
        encoded = ready.encoded or self._read(path, identity)
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
        row_of_it = document_row(document, encoded, self._encoder.info.name)
        self._store.put_document(row_of_it, known=False)
        self._put(fresh, known=row is not None)
        if row:
            self._replaced.append(row.id)
        return "added", document

    def _move(self, fresh: FileRow, twin: FileRow, row: FileRow | None) -> Document:
        """A path of a content that the library holds; the path it came from goes, if it is gone.

        A title that was given to it stays. row : of this path, if it held another content.
        """
        store, away = self._store, not Path(twin.path).exists()
        if twin.title != Path(twin.path).stem:
            fresh = replace(fresh, title=twin.title)
        self._put(replace(fresh, added=twin.added if away else fresh.added), row is not None)
        old = store.document_row(twin.id, WHOLE)
        assert old is not None
        if away:
            store.drop_files([twin.path])
        if row:
            self._replaced.append(row.id)
        return document_of(old, fresh.path, fresh.title)

    def _put(self, row: FileRow, known: bool) -> None:
        self._store.put_files([asdict(row)], known)


def _valid(path: Path) -> str | None:
    """The path as text, `None` where it is not valid."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return None
    return str(path)


def _encoded(path: Path, encoder: Encoder, encode: Encode) -> Encoded:
    try:
        return encode(path, encoder)
    except ScorebridgeError:
        raise
    except Exception as error:  # a bug met on one file must not stop a thousand others
        reason = f"could not be processed ({type(error).__name__}: {error})"
        raise InputError(path, reason, "Please report this file.") from error
