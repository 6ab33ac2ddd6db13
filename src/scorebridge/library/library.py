"""The collection: add files once, then find and align them.

A document is a content. The same content under two paths is stored and shown once, under the path
added first that still exists; both paths are remembered, so either may be removed. A file that was
moved or renamed keeps its vectors.

Each public method reads the library once (`snapshot.py`) and answers from that.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from scorebridge.encode.documents import encode_file
from scorebridge.encode.encoder import Encoder, load_encoder
from scorebridge.encode.metadata import read_metadata
from scorebridge.errors import InputError, LibraryError, UsageError
from scorebridge.files import absolute
from scorebridge.library.adding import AddReport, Encode, add_files
from scorebridge.library.asking import asker, search
from scorebridge.library.backing_up import copy_library
from scorebridge.library.changing import remove_files, replace_score
from scorebridge.library.checking import Problem, check
from scorebridge.library.links import (
    LinkReport,
    forget_answer,
    links_exist,
    read_links,
    update_links,
)
from scorebridge.library.page_corrections import (
    PAGE_FOLDER,
    PageCorrections,
    load_page_corrections,
    parse_page_corrections,
)
from scorebridge.library.pair_corrections import (
    PAIR_FOLDER,
    PairCorrections,
    load_pair_corrections,
    save_pair_corrections,
)
from scorebridge.library.readers import Reading
from scorebridge.library.reading_ahead import usable_workers
from scorebridge.library.renewing import RenewReport, renew_library
from scorebridge.library.shelf import Kept, Shelf
from scorebridge.library.snapshot import NamedFile, Snapshot, score_first, take_snapshot
from scorebridge.library.store import Store, writing
from scorebridge.library.walk import walk
from scorebridge.retrieval.link import other_kind
from scorebridge.types import (
    AlignedPair,
    Alignment,
    Anchor,
    BarRange,
    Candidates,
    Document,
    Encoded,
    Hit,
    Kind,
    Link,
    Progress,
)

if TYPE_CHECKING:
    from scorebridge.encode.calibration import Calibration
    from scorebridge.library.following import ScoreFollower
    from scorebridge.sandbox import Allowance

Source = Path | str | Document
"""A file by its path, or a document of the library."""
F = TypeVar("F", bound=Callable[..., Any])


def _reads(method: F) -> F:
    """A method during which writers keep the versions of the tables that it reads."""

    @wraps(method)
    def call(self: Library, *args: Any, **kwargs: Any) -> Any:
        with self._reading.going_on():
            return method(self, *args, **kwargs)

    return cast("F", call)


class Library:
    """A library folder. The first `add` makes it.

    Parameters
    ----------
    path : the folder; by default `$SCOREBRIDGE_LIBRARY`, else `./scorebridge.library`.
    encoder : turns windows into vectors; by default the pair that ships, loaded when first needed
        (listing documents needs none).
    allowance : what reading one file may use; a child process then reads each, as the command
        line has it. By default this process reads them, without limits.
    """

    def __init__(
        self,
        path: Path | str | None = None,
        encoder: Encoder | None = None,
        allowance: Allowance | None = None,
    ) -> None:
        path = path or os.environ.get("SCOREBRIDGE_LIBRARY") or "scorebridge.library"
        if any(c < " " or c == "\x7f" or "\ud800" <= c < "\ue000" for c in str(absolute(path))):
            raise UsageError(f"{path}: a library's path may hold no control characters.")
        self.path = Path(path)
        self._encoder, self.allowance = encoder, allowance
        self._snapshot: Snapshot | None = None
        self._kept: dict[Kind, Kept] = {}
        self._reading = Reading(self.path)

    @property
    def encoder(self) -> Encoder:
        """The encoder in use. Raises `ModelError`."""
        if self._encoder is None:
            self._encoder = load_encoder()
        return self._encoder

    @property
    def calibration(self) -> Calibration:
        """Turns similarities into confidences; a hit of `accept` or more counts as found."""
        return self.encoder.info.calibration

    def snapshot(self) -> Snapshot:
        """The library as it is now. Raises `LibraryError` where there is none."""
        self._snapshot = take_snapshot(self.path, self._snapshot)
        return self._snapshot

    def _if_there(self) -> Snapshot | None:
        """The library as it is now; `None` where there is none."""
        return self.snapshot() if Store.exists(self.path) else None

    def _encoder_for(self, store: Store | None) -> Encoder:
        """The encoder, if it is the one that the vectors were made with. Raises `LibraryError`."""
        info = self.encoder.info
        if store and not store.made_with(info):
            raise LibraryError(
                f"{self.path}: made with encoder {store.encoder!r} ({store.dim} dimensions),"
                f" now {info.name!r} ({info.dim}) is in use, and their vectors do not compare."
                " Use the former, or have `scorebridge renew` encode its files again."
            )
        return self.encoder

    def _is_current(self) -> bool:
        """Whether the vectors here are those of the encoder in use."""
        return Store(self.path).made_with(self.encoder.info)

    # Filling

    def create(self) -> None:
        """Make the library, empty, if there is none yet. Raises `LibraryError`."""
        if Store.exists(self.path):
            self._encoder_for(Store(self.path))
            return
        with writing(self.path):
            self._opened_or_made()

    def _opened_or_made(self) -> Store:
        info = self.encoder.info
        if not Store.exists(self.path):
            return Store.create(self.path, info.name, info.dim)
        store = Store(self.path)
        self._encoder_for(store)
        return store

    def add(
        self,
        paths: Path | str | Iterable[Path | str],
        progress: Progress | None = None,
        encode: Encode = encode_file,
        titles: Mapping[Path, str] | None = None,
        relink: bool = True,
        retry: bool = False,
    ) -> AddReport:
        """Add files and folders (with what is below them); only what is new or changed.

        Each document is committed by itself: after an interruption the same call continues
        where it stopped. A failing file is reported, the others are still added.

        Parameters
        ----------
        encode : how a new file becomes vectors. A function of your own applies the page
            corrections itself.
        titles : by absolute path, instead of the files' names.
        relink : bring the links up to date too, where there are any.
        retry : read files again that failed by the limits of a child process.

        Raises `LibraryError` (another writer, another encoder, disk full).
        """
        found = list(walk([paths] if isinstance(paths, str | Path) else paths))
        if not Store.exists(self.path) and not any(isinstance(f, Path) for f in found):
            return AddReport(failed=tuple(f for f in found if isinstance(f, InputError)))
        if Store.exists(self.path):
            self._encoder_for(Store(self.path))
        with writing(self.path):
            store, read = self._opened_or_made(), self._reader(encode)
            more = retry, usable_workers() if self.allowance and encode is encode_file else 1
            report = add_files(store, found, self.encoder, read, titles or {}, progress, *more)
        if relink and links_exist(self.path) and (report.added or report.moved):
            self.link()
        if progress:
            progress(len(found), len(found), None)
        return report

    def remove(self, names: Path | str | Iterable[Path | str], relink: bool = True) -> list[str]:
        """Remove documents, by path, by folder, or by id (8 hex digits or more).

        The files themselves stay. relink : as in `add`. Returns the paths that were removed.
        Raises `UsageError` for a name that is not in the library, before anything is removed.
        """
        gone = remove_files(self.path, [names] if isinstance(names, str | Path) else names)
        if relink and links_exist(self.path) and self._is_current():
            self.link()
        return gone

    def renew(self, progress: Progress | None = None, encode: Encode = encode_file) -> RenewReport:
        """Encode all files again with the encoder in use, after an upgrade that brought another.

        A library of an earlier version is taken over in the same way; where its encoder is the one
        in use, its vectors are copied. Titles, corrections, pins and sections stay; links, where
        there are any, are made again. Until every file is encoded the library stays as it was, and
        so it does if one fails (gone or broken: bring it back or `remove` it); the next call
        continues where this one stopped.

        encode : as in `add`. Raises `LibraryError`.
        """
        read, metadata = self._reader(encode), read_metadata
        if self.allowance:
            from scorebridge.encode.limited import metadata_limited

            metadata = partial(metadata_limited, allowance=self.allowance)
        report = renew_library(self.path, self.encoder, read, progress, metadata)
        if not report.failed and links_exist(self.path):
            self.link(progress)
        if progress:
            progress(report.documents, report.documents, None)
        return report

    def verify(self, repair: bool = False, quick: bool = False) -> list[Problem]:
        """Look for files that are gone or changed, and for rows and indexes that are damaged.

        repair : delete documents that no file names; encode damaged ones again from their files, or
            delete them where these are away; make damaged indexes again. Missing files are only
            reported: a disk may be away.
        quick : do not read vectors and indexes for their checksums.
        """
        store = Store(self.path)
        if not repair:
            return check(store, repair, quick)
        titles = {Path(row["path"]): row["title"] for row in store.all_files()}
        with writing(self.path):
            problems = check(store, repair, quick)
        lost = [path for p in problems if p.repaired and (path := Path(p.subject)) in titles]
        self.add([path for path in lost if path.is_file()], titles=titles, relink=False)
        return problems

    @_reads
    def backup(self, target: Path | str) -> int:
        """Copy the library into a folder: a new or empty one, or an earlier copy, which it renews.

        Others may use it meanwhile. Returns how many files were copied. Raises `UsageError`.
        """
        return copy_library(self.path, Path(target))

    def restore(self, source: Path | str) -> int:
        """Make this library, which must not exist yet, from a copy; returns the number of files."""
        if Store.exists(self.path):
            raise UsageError(f"{self.path}: there is a library already. Name another folder.")
        return copy_library(Path(source), self.path)

    # Reading

    @_reads
    def documents(self, kind: Kind | None = None) -> list[Document]:
        """All documents, or those of one kind, in the order in which they were added."""
        return self.snapshot().of_kind(kind)

    @_reads
    def paths(self) -> tuple[str, ...]:
        """The paths of all files; none where there is no library."""
        now = self._if_there()
        return tuple(now.files) if now else ()

    @_reads
    def document(self, path: Path | str) -> Document | None:
        """The document of the file `path`; `None` if it is unknown or has changed."""
        now = self._if_there()
        return now.document(path) if now else None

    @_reads
    def candidates(self, kind: Kind, at: Snapshot | None = None) -> Candidates:
        """All documents of `kind` with their vectors, in memory.

        at : the library at a moment; by default now.
        """
        return (at or self.snapshot()).candidates(kind)

    def shelf(self, kind: Kind, at: Snapshot | None = None) -> Shelf:
        """All documents of `kind` as a collection that is searched on disk.

        at : the library at a moment; by default now.
        """
        return Shelf(at or self.snapshot(), kind, self._kept.setdefault(kind, Kept()))

    @_reads
    def encoded(self, document: Document) -> Encoded:
        """The stored vectors of a document."""
        return self.snapshot().encoded(document)

    @_reads
    def encode(self, source: Source, at: Snapshot | None = None) -> Encoded:
        """A file as a sequence of vectors: the stored ones if it is here, else encoded now.

        at : the library at a moment; by default now.
        """
        now = at or self._if_there()
        return self._encode(NamedFile(source, now), now)

    def _encode(self, file: NamedFile, now: Snapshot | None) -> Encoded:
        if file.document and now:
            return now.encoded(file.document)
        encoder = self._encoder_for(now.store if now else None)
        read_page = self._page_corrections(file).read_page if file.kind == "score" else None
        return self._reader(encode_file)(file.path, encoder, read_page, file.kind)

    def _reader(self, encode: Callable[..., Encoded]) -> Callable[..., Encoded]:
        """How files are read and encoded: in a child process where there is an allowance."""
        if encode is not encode_file or self.allowance is None:
            return encode
        from scorebridge.encode.limited import encode_limited  # loads all decoders

        return partial(encode_limited, allowance=self.allowance)

    # Answering

    @_reads
    def find(
        self,
        query: Source | Encoded,
        top: int = 10,
        method: str = "align",
        at: Snapshot | None = None,
    ) -> list[Hit]:
        """Scores for a recording, recordings for a score, page or photo; best first.

        Parameters
        ----------
        method : "align" or one of the papers' (`retrieval.rank.METHODS`), which read all vectors
            into memory. Hits below `calibration.accept` are guesses.
        at : the library at a moment; by default now.
        """
        now = at or self.snapshot()
        encoder = self._encoder_for(now.store)
        if not isinstance(query, Encoded):
            query = self._encode(NamedFile(query, now), now)
        kind = other_kind(query.kind)
        among = self.shelf(kind, now) if method == "align" else now.candidates(kind)
        return search(query, among, encoder.info.calibration, top, method)

    @_reads
    def link(self, progress: Progress | None = None, rebuild: bool = False) -> LinkReport:
        """Pair the whole library: which recordings play which scores. Asks only what is new.

        From the first call on, `add` and `remove` keep the links up to date.

        rebuild : ask every document again. Raises `LibraryError`.
        """
        now = self.snapshot()
        info = self._encoder_for(now.store).info
        ask = asker(now, lambda kind: self.shelf(kind, now), info.calibration)
        return update_links(self.path, now.briefs, info, ask, progress, rebuild)

    @_reads
    def links(self, source: Source | None = None) -> list[Link]:
        """The links as last made (none before `link`), all or those of one file."""
        now = self.snapshot()
        found = read_links(self.path, now.briefs, self.calibration.accept)
        if source is None:
            return found
        name = source.path if isinstance(source, Document) else str(absolute(source))
        return [link for link in found if name in (link.recording, link.score)]

    def align(
        self,
        score: Source,
        recording: Source,
        anchors: Sequence[Anchor] | None = None,
        sections: Sequence[BarRange] | None = None,
    ) -> Alignment:
        """Where in `score` every moment of `recording` is. Neither needs to be in the library.

        Parameters
        ----------
        anchors : moments whose bar a person knows, (seconds, bar).
        sections : the bars that are played, (first, last) each, in the order they are played.

        What is given is stored with the pair where there is a library; what is `None` is what was
        stored before.
        """
        return self.align_pair(score, recording, anchors, sections).alignment

    @_reads
    def align_pair(
        self,
        score: Source,
        recording: Source,
        anchors: Sequence[Anchor] | None = None,
        sections: Sequence[BarRange] | None = None,
    ) -> AlignedPair:
        """`align`, with what exports need beside it."""
        from scorebridge.alignment.align import align_encoded

        now = self._if_there()
        first, second = score_first(NamedFile(score, now), NamedFile(recording, now))
        stored = self._pair_corrections(first, second)
        wanted = stored.replaced(anchors, sections)
        encoded, heard = self._encode(first, now), self._encode(second, now)
        alignment = align_encoded(encoded, heard, anchors=wanted.anchors, sections=wanted.sections)
        if now and wanted != stored:
            save_pair_corrections(self.path, first.id, second.id, wanted)
        alignment = replace(alignment, score=first.path, recording=second.path)
        rotations = self._page_corrections(first).rotations(encoded)
        given = (wanted.anchors, wanted.sections)
        return AlignedPair(alignment, encoded.places, heard.extent, *given, rotations)

    def follow(self, score: Source, rate: int | None = None) -> ScoreFollower:
        """Follow a score while the music sounds.

        rate : sample rate in Hz of what will be heard; by default 22,050. Raises `UsageError`
        where the score holds no music.
        """
        from scorebridge.library.following import ScoreFollower

        return ScoreFollower(self.encode(score), self.encoder, rate)

    # Corrections

    def page_corrections(self, score: Source) -> PageCorrections:
        """What was corrected on pages of a score; nothing where there is no library."""
        return self._page_corrections(NamedFile(score, self._if_there()))

    def _page_corrections(self, file: NamedFile) -> PageCorrections:
        if not (self.path / PAGE_FOLDER).is_dir():  # spares reading the file for its id
            return PageCorrections()
        return load_page_corrections(self.path, file.id)

    def correct(self, score: Source, corrections: PageCorrections | Any) -> Document | None:
        """Take pages of a score as a person gives them, from now on and after re-adding it.

        corrections : the corrected pages, also as the parsed JSON that `scorebridge pages --json`
        prints. Systems that are given without a rotation are those of the page as the library has
        turned it. Pages corrected earlier stay so.

        Returns the document as it is now, `None` if the library holds only the correction. Raises
        `UsageError`, `InputError`, `LibraryError`.
        """
        now = self._if_there()
        file = NamedFile(score, now)
        if not isinstance(corrections, PageCorrections):
            corrections = parse_page_corrections(corrections, file.path)
        known = load_page_corrections(self.path, file.id)
        if file.document:
            corrections = corrections.turned(known.rotations(file.document))
        encoder = self._encoder_for(now.store if now else None)
        merged = known.merged(corrections)
        encoded = self._reader(encode_file)(file.path, encoder, merged.read_page)
        beyond = [number for number in corrections.pages if number > encoded.pages]
        if beyond:
            raise UsageError(f"{file.path}: has {encoded.pages} pages, none numbered {beyond[0]}.")
        self.replace_corrections(file.id, merged, encoded)
        return self.snapshot().get(file.id)

    def replace_corrections(
        self, document_id: str, corrections: PageCorrections, encoded: Encoded
    ) -> None:
        """Store all corrections of a content, and its score as encoded with them.

        Until all is stored the document is the old one, also after an interruption. Raises
        `LibraryError`.
        """
        replace_score(self.path, document_id, corrections, encoded)
        forget_answer(self.path, document_id)

    def pair_corrections(self, score: Source, recording: Source) -> PairCorrections:
        """The anchors and sections that are stored with a pair."""
        now = self._if_there()
        return self._pair_corrections(
            *score_first(NamedFile(score, now), NamedFile(recording, now))
        )

    def _pair_corrections(self, score: NamedFile, recording: NamedFile) -> PairCorrections:
        if not (self.path / PAIR_FOLDER).is_dir():  # spares reading files for their ids
            return PairCorrections()
        return load_pair_corrections(self.path, score.id, recording.id)
