"""The collection: add files once, find and align them ever after.

A document is a content. The same content under two paths is kept and shown
once, under the path added first that still stands; both paths are remembered,
so either may go. A file that was moved or renamed keeps its vectors.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from scorebridge.encode.documents import encode_file
from scorebridge.encode.encoder import Encoder, load_encoder
from scorebridge.errors import InputError, LibraryError, UsageError
from scorebridge.files import absolute, content_id, detect_kind
from scorebridge.library import corrections, links, pair_corrections, renewing
from scorebridge.library.adding import AddReport, Encode, Progress, add_one
from scorebridge.library.checking import Problem, changed, check
from scorebridge.library.corrections import Corrections
from scorebridge.library.links import LinkReport
from scorebridge.library.pair_corrections import PairCorrections
from scorebridge.library.renewing import RenewReport
from scorebridge.library.store import FileRow, Store, key_of, writing
from scorebridge.library.walk import walk
from scorebridge.search.clusters import search_of
from scorebridge.types import (
    Alignment,
    Anchor,
    BarRange,
    Candidates,
    Document,
    Encoded,
    Hit,
    Kind,
    Link,
)

if TYPE_CHECKING:
    from scorebridge.encode.calibration import Calibration

TIDY_EVERY = 200  # documents added; keeps the number of small files on disk bounded
TIDY_PIECES = 32  # pieces of a table that files added one by one may leave


class Library:
    """A library folder. It comes into being with the first `add`.

    Parameters
    ----------
    path : the folder; by default `$SCOREBRIDGE_LIBRARY`, else `./scorebridge.library`.
    encoder : what turns windows into vectors; by default the pair that ships, loaded
        when first needed (listing and searching for stored documents need none).
    """

    def __init__(self, path: Path | str | None = None, encoder: Encoder | None = None) -> None:
        self.path = Path(path or os.environ.get("SCOREBRIDGE_LIBRARY") or "scorebridge.library")
        self._given = encoder
        self._cache: dict[Kind, tuple[tuple[str, int, int], Candidates]] = {}

    @property
    def encoder(self) -> Encoder:
        """The encoder, which must be the one that the library was made with."""
        if self._given is None:
            self._given = load_encoder()
        if Store.exists(self.path):
            store = Store(self.path)
            if not store.made_with(self._given):
                raise LibraryError(
                    f"{self.path}: made with encoder {store.encoder!r} ({store.dim} dimensions),"
                    f" now {self._given.info.name!r} ({self._given.info.dim}) is in use, and their vectors"
                    " do not compare. Use the former, or have `scorebridge renew` encode its files"
                    " anew."
                )
        return self._given

    # Filling

    def create(self) -> None:
        """Make the library, empty, if it is not there yet. Raises `LibraryError`."""
        encoder = self.encoder
        if not Store.exists(self.path):
            with writing(self.path):
                if not Store.exists(self.path):
                    Store.create(self.path, encoder.info.name, encoder.info.dim)

    def add(
        self,
        paths: Path | str | Iterable[Path | str],
        progress: Progress | None = None,
        encode: Encode = encode_file,
        titles: Mapping[Path, str] | None = None,
        relink: bool = True,
    ) -> AddReport:
        """Add files and folders (with what is below them); only what is new or changed.

        Each document is committed by itself: after an interruption the same call goes
        on where it stopped. A failing file is reported, the others are still added.
        Raises `LibraryError` (in use by another writer, other encoder, disk full).

        encode : how a new file becomes vectors (a server does it in a child process, and
            minds the corrections there).
        titles : of files whose own names say nothing, by absolute path.
        relink : bring the links up to date too, where there are any.
        """
        encoder = self.encoder
        found = list(walk([paths] if isinstance(paths, str | Path) else paths))
        if not Store.exists(self.path) and not any(isinstance(f, Path) for f in found):
            return AddReport(failed=tuple(f for f in found if isinstance(f, InputError)))
        report: dict[str, list] = {"added": [], "moved": [], "skipped": [], "failed": []}
        with writing(self.path):
            if not Store.exists(self.path):
                Store.create(self.path, encoder.info.name, encoder.info.dim)
            store = Store(self.path)
            store.mend()
            rows = store.files()
            for done, item in enumerate(found):
                if progress:
                    progress(done, len(found), item if isinstance(item, Path) else item.path)
                try:
                    if isinstance(item, InputError):
                        raise item
                    title = (titles or {}).get(item, item.stem)
                    outcome, thing = add_one(store, rows, item, encoder, encode, title)
                    report[outcome].append(thing)
                    if outcome == "added" and len(report["added"]) % TIDY_EVERY == 0:
                        store.tidy()
                except InputError as error:
                    report["failed"].append(error)
            store.sweep()  # the vectors of contents that were replaced
            if report["added"] or report["moved"]:
                store.tidy(2 if len(found) > 1 else TIDY_PIECES)
        if relink and links.exist(self.path) and (report["added"] or report["moved"]):
            links.update(self)
        if progress:
            progress(len(found), len(found), None)
        return AddReport(**{name: tuple(things) for name, things in report.items()})

    def remove(self, names: Path | str | Iterable[Path | str], relink: bool = True) -> list[str]:
        """Forget documents, by path, by folder, or by id (8 hex digits or more).

        The files themselves stay. relink : as in `add`. Returns the paths forgotten; raises
        `UsageError` for a name that is not in the library, before anything is removed.
        """
        store = Store(self.path)
        with writing(self.path):
            rows = store.files()
            chosen: dict[str, None] = {}
            for name in [names] if isinstance(names, str | Path) else names:
                matching = _matching(rows, name)
                if not matching:
                    raise UsageError(
                        f"{name}: not in {self.path}. `scorebridge list` shows what is."
                    )
                chosen |= dict.fromkeys(matching)
            store.drop_rows(list(chosen))
            store.sweep()
            store.tidy()
        if relink and links.exist(self.path) and self._is_current():
            links.update(self)
        return list(chosen)

    def renew(self, progress: Progress | None = None, encode: Encode = encode_file) -> RenewReport:
        """Encode all files anew with the encoder in use, after an upgrade that brought another.

        Titles, corrections, pins and sections stay; links, where there are any, are made anew.
        Until every file is encoded the library stays as it was, and so it does if one fails
        (gone or broken: bring it back or `remove` it); the next call goes on where this one
        stopped. Raises `LibraryError`.

        encode : as in `add`.
        """
        self._given = self._given or load_encoder()
        told = progress or (lambda done, total, path: None)
        report = renewing.renew(self.path, self._given, encode, told)
        if links.exist(self.path) and self._is_current():
            links.update(self, progress)
        told(report.documents, report.documents, None)
        return report

    def correct(self, score: Path | str, record: Any) -> Document | None:
        """Take pages of a score as a person gives them, from now on and after re-adding it.

        record : the systems of the corrected pages, as `scorebridge pages --json` prints them
            (parsed JSON; see `library/corrections.py`). Returns the document as it is now,
            `None` if the library holds only the correction. Raises `UsageError`, `InputError`,
            `LibraryError`.
        """
        newer = corrections.parse(record, str(score))
        corrections.correct(self.path, Path(score), newer, self.encoder)
        document = self.document(score)
        if document:
            links.forget(self.path, document.id)
        return document

    def corrections(self, score: Path | str) -> Corrections:
        """What was corrected on pages of a score; nothing where there is no library."""
        return corrections.known(self.path, score)

    # Looking

    def documents(self, kind: Kind | None = None) -> list[Document]:
        """All documents, or those of one kind, in the order in which they were added."""
        return [document for document, _ in Store(self.path).documents(kind)]

    def document(self, path: Path | str) -> Document | None:
        """The document of the file `path` as it is now, `None` if not in the library."""
        path = absolute(path)
        if not Store.exists(self.path):
            return None
        store = Store(self.path)
        row = store.files().get(str(path))
        if row is None or changed(row, path):
            return None
        known = {document.id: document for document, _ in store.documents(row.kind)}
        return replace(known[row.id], path=str(path))

    def candidates(self, kind: Kind) -> Candidates:
        """All documents of `kind` with their vectors; kept in memory until they change."""
        store = Store(self.path)
        version = (store.encoder, store.table("files").version, store.table(kind).version)
        if kind not in self._cache or self._cache[kind][0] != version:
            self._cache.pop(kind, None)
            found = _candidates(store, kind)
            search = search_of(found, self.path / f"{kind}.clusters")
            self._cache[kind] = (version, replace(found, search=search))
        return self._cache[kind][1]

    def encoded(self, document: Document) -> Encoded:
        """The stored vectors of a document."""
        keys, positions, *both = Store(self.path).vectors(document.kind, [document.id])
        if len(keys) == 0:
            raise LibraryError(f"{document.path}: its vectors are missing from {self.path}.")
        order = np.argsort(positions, kind="stable")
        vectors, between = (rows[order] for rows in both)
        return Encoded(
            document.kind,
            vectors,
            positions[order],
            document.extent,
            document.pages,
            document.places,
            between,
        )

    def encode(self, path: Path | str) -> Encoded:
        """A file as a sequence of vectors: the stored ones if it is here, else encoded now."""
        document = self.document(path)
        if document:
            return self.encoded(document)
        return encode_file(path, self.encoder, corrections.known(self.path, path).systems)

    # Answering

    @property
    def calibration(self) -> Calibration:
        """What makes confidences of similarities; "found" means `calibration.accept` or more."""


        return self.encoder.info.calibration

    def find(self, query: Path | str | Encoded, top: int = 10, method: str = "align") -> list[Hit]:
        """Scores for a recording, recordings for a score, page or photo; best first.

        method : "align" or one of the papers' (`match.rank.METHODS`). Hits below
            `calibration.accept` are guesses: the piece is probably not in this library.
        """
        from scorebridge.retrieval.find import find_documents

        Store(self.path)  # a missing library is told before anything is encoded
        encoded = query if isinstance(query, Encoded) else self.encode(query)
        candidates = self.candidates("score" if encoded.kind == "recording" else "recording")
        if not candidates.documents:
            return []
        return find_documents(
            encoded, candidates, top=top, method=method, calibration=self.calibration
        )

    def link(self, progress: Progress | None = None, anew: bool = False) -> LinkReport:
        """Pair the whole library: which recordings play which scores. Only what is new is asked.

        Links are kept; from the first call on, `add` and `remove` keep them up to date.
        anew : ask every document again. Raises `LibraryError`.
        """
        return links.update(self, progress, anew)

    def links(self, path: Path | str | None = None) -> list[Link]:
        """The links as last made (none before `link`), all or those of one file."""
        Store(self.path)
        found = links.links_of(self)
        if path is None:
            return found
        name = str(absolute(path))
        return [link for link in found if name in (link.recording, link.score)]

    def align(
        self,
        score: Path | str,
        recording: Path | str,
        anchors: Sequence[Anchor] = (),
        sections: Sequence[BarRange] = (),
    ) -> Alignment:
        """Where in `score` every moment of `recording` is. Neither needs to be in the library.

        pins : moments whose bar a person knows, (seconds, bar).
        sections : the bars that are played, (first, last) each, in the order they are played.

        What is given is kept with the pair where there is a library; what is not given is
        what was kept. `forget_pair` takes it back.
        """
        from scorebridge.alignment.align import align_encoded

        score, recording = _score_first(score, recording)
        encoded, heard = self.encode(score), self.encode(recording)
        there = Store.exists(self.path)
        kept = self.pair(score, recording)
        wanted = pair_corrections.changed(kept, anchors or None, sections or None)
        alignment = align_encoded(encoded, heard, anchors=wanted.anchors, sections=wanted.sections)
        if there and wanted != kept:
            pair_corrections.save(self.path, *self._pair_ids(score, recording), wanted)
        return replace(alignment, score=str(score), recording=str(recording))

    def pair(self, score: Path | str, recording: Path | str) -> PairCorrections:
        """The pins and sections that are kept with a pair."""
        if not (self.path / "pairs").is_dir():
            return PairCorrections()
        return pair_corrections.load(self.path, *self._pair_ids(*_score_first(score, recording)))

    def forget_pair(self, score: Path | str, recording: Path | str) -> None:
        """Take back the pins and sections of a pair."""
        if (self.path / "pairs").is_dir():
            ids = self._pair_ids(*_score_first(score, recording))
            pair_corrections.save(self.path, *ids, PairCorrections())

    def _is_current(self) -> bool:
        """Whether the vectors here are those of the encoder in use."""
        return Store(self.path).made_with(self._given or load_encoder())

    def _pair_ids(self, score: Path | str, recording: Path | str) -> tuple[str, str]:
        known = (self.document(score), self.document(recording))
        files = (score, recording)
        first, second = (
            document.id if document else content_id(absolute(file))
            for document, file in zip(known, files, strict=True)
        )
        return first, second

    # Mending

    def verify(self, repair: bool = False) -> list[Problem]:
        """Look for files that are gone or changed, and rows and vectors that do not agree.

        repair : remove stray vectors, and forget documents whose vectors are damaged (the
            next `add` encodes them anew). Missing files are only reported: a disk may be away.
        """
        store = Store(self.path)
        if repair:
            with writing(self.path):
                return check(store, repair)
        return check(store, repair)


def _candidates(store: Store, kind: Kind) -> Candidates:
    documents = store.documents(kind)
    keys, positions, vectors, between = store.vectors(kind)
    ranks = {key_of(document.id): rank for rank, (document, _) in enumerate(documents)}
    unique, inverse = np.unique(keys, return_inverse=True)
    rank = np.array([ranks.get(int(key), -1) for key in unique], np.int64)[inverse]
    counts = np.bincount(rank[rank >= 0], minlength=len(documents))
    whole = counts == [windows for _, windows in documents]  # others are being added or removed
    rank[~np.append(whole, False)[rank]] = len(documents)  # strays (-1) meet the False at the end
    order = np.lexsort((positions, rank))[: int((rank < len(documents)).sum())]
    if not np.array_equal(order, np.arange(len(keys))):
        positions, vectors, between = positions[order], vectors[order], between[order]
    return Candidates(
        tuple(document for (document, _), ok in zip(documents, whole, strict=True) if ok),
        vectors,
        positions,
        np.concatenate([[0], np.cumsum(counts[whole])]).astype(np.int64),
        between=between,
    )


def _matching(rows: dict[str, FileRow], name: Path | str) -> list[str]:
    path = str(absolute(name))
    below = path.rstrip(os.sep) + os.sep
    found = [known for known in rows if known == path or known.startswith(below)]
    if not found and len(str(name)) >= 8:
        found = [row.path for row in rows.values() if row.id.startswith(str(name).lower())]
    return found


def _score_first(score: Path | str, recording: Path | str) -> tuple[Path | str, Path | str]:
    kinds = detect_kind(score), detect_kind(recording)
    if kinds == ("recording", "score"):
        return recording, score
    if kinds != ("score", "recording"):
        raise UsageError(
            f"{score} and {recording} are both {kinds[0]}s; give a score and a recording."
        )
    return score, recording


def align(
    score: Path | str,
    recording: Path | str,
    library: Library | Path | str | None = None,
    encoder: Encoder | None = None,
    anchors: Sequence[Anchor] = (),
    sections: Sequence[BarRange] = (),
) -> Alignment:
    """Align two files; with a `library`, vectors stored there are not computed again.

    pins, sections : see `Library.align`.
    """
    return _opened(library, encoder).align(score, recording, anchors, sections)


def find(
    file: Path | str,
    library: Library | Path | str | None = None,
    top: int = 10,
    method: str = "align",
) -> list[Hit]:
    """The documents of a library that belong to a file, best first (see `Library.find`)."""
    return _opened(library, None).find(file, top, method)


def _opened(library: Library | Path | str | None, encoder: Encoder | None) -> Library:
    return library if isinstance(library, Library) else Library(library, encoder)
