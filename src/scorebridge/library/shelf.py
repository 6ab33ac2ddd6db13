"""The documents of one kind of a library as a collection to search (`retrieval/collection.py`).

Neighbours come from the segments' indexes and, for the documents in none, from an exact search.
They vote for documents; only those of the short-list are read. What stays in memory between
questions is bounded: 24 bytes a document, the codes of the documents without index (at most some
`MAX_EXACT` windows), `CACHE_BYTES` of vectors that were read, and the cache of the indexes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge.library.damage import guarded
from scorebridge.library.rows import BETWEEN, WINDOWS, Windows
from scorebridge.library.segments import read_segments, segment_path
from scorebridge.library.snapshot import Snapshot
from scorebridge.retrieval.collection import Near
from scorebridge.retrieval.constellation import fullest_bins
from scorebridge.retrieval.shortlist import voters_of
from scorebridge.retrieval.two_way import DtwSettings
from scorebridge.retrieval.votes import equally_spaced
from scorebridge.search.codes import vectors_of
from scorebridge.search.segments import Block, Segment, exact_among, merged, new_session
from scorebridge.types import Candidates, Document, Encoded, Kind

CACHE_BYTES = 64 << 20  # of vectors of documents that were read
Answers = tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]
"""Similarity, document and window of neighbours, [queries, any]."""


class Kept:
    """What stays in memory from one question to the next, for one kind of documents."""

    def __init__(self) -> None:
        self.session = new_session()
        self.segments: dict[Path, Segment] = {}
        self.fresh: dict[int, Block] = {}
        """Documents in no segment, by key."""
        self._read: OrderedDict[tuple[int, bool], Windows] = OrderedDict()
        self._bytes = 0
        self.guard = threading.Lock()

    def get(self, key: int, dense: bool) -> Windows | None:
        """The windows of a document, if they were read lately."""
        with self.guard:
            for known in ((key, True), (key, dense)):
                if known in self._read:
                    self._read.move_to_end(known)
                    return self._read[known]
        return None

    def put(self, windows: Windows) -> None:
        """Keep the windows of a document for a while."""
        with self.guard:
            key = windows.key, windows.between is not None
            if key not in self._read:
                self._read[key] = windows
                self._bytes += _size(windows)
            while self._bytes > CACHE_BYTES:
                self._bytes -= _size(self._read.popitem(last=False)[1])


def _size(windows: Windows) -> int:
    between = 0 if windows.between is None else windows.between.nbytes
    return windows.vectors.nbytes + windows.positions.nbytes + between


class Shelf:
    """The documents of a kind at one moment."""

    def __init__(self, snapshot: Snapshot, kind: Kind, kept: Kept | None = None) -> None:
        self.snapshot, self.kind = snapshot, kind
        self._shelves = snapshot.shelves[kind]
        self._kept = kept or Kept()
        self.size = len(self._shelves.rows)

    def near(self, query: Encoded, settings: DtwSettings, count: int) -> Near:
        """See `Collection`."""
        dense = query.between is not None and len(query.vectors) <= settings.max_dense
        if self.size <= count:
            chosen, votes = np.arange(self.size), np.zeros(self.size)
        else:
            chosen, votes = self._voted(query, settings, count)
        return Near(chosen, votes, self._read(chosen, dense))

    def document(self, number: int) -> Document:
        """See `Collection`; its path is empty where no file names it (any more)."""
        return self.snapshot.documents_at([int(self._shelves.rows[number])])[0]

    def windows(self, number: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """See `Collection`."""
        read = self._read(np.array([number]), dense=False)
        return read.vectors, read.positions

    def _voted(
        self, query: Encoded, settings: DtwSettings, count: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """At most `count` documents with votes, best first, filled up with others."""
        windows, hop = voters_of(query)
        voters = equally_spaced(len(windows), settings.votes.excerpts)
        similarity, owner, inside = self.neighbours(windows[voters], settings.votes.neighbours)
        voted, local = np.unique(owner, return_inverse=True)
        local = local.reshape(owner.shape) - int((voted < 0).sum())
        voted = voted[voted >= 0]
        votes = fullest_bins(similarity, local, inside, hop * voters, len(voted), settings.votes)
        best = np.argsort(-votes, kind="stable")[:count]
        chosen, votes = voted[best], votes[best]
        if len(chosen) < count:  # the others have none
            some = np.arange(min(self.size, count + len(chosen)))
            others = np.setdiff1d(some, chosen)[: count - len(chosen)]
            chosen = np.concatenate([chosen, others])
            votes = np.concatenate([votes, np.zeros(len(others))])
        return chosen.astype(np.int64), votes

    @guarded
    def neighbours(self, queries: NDArray[np.float32], k: int) -> Answers:
        """The nearest windows of each query in all documents, best first.

        queries : float32 [q, dim], rows of unit length.

        Returns similarity float32, document and window int64, each [q, at most k]; document -1
        where there are fewer.
        """
        queries = np.ascontiguousarray(queries, np.float32)
        parts: list[Answers] = []
        covered = np.zeros(self.size, bool)
        for segment in self._segments():
            places = self._shelves.places_of(segment.keys)
            covered[places[places >= 0]] = True
            similarity, rows = segment.neighbours(queries, k)
            at = np.searchsorted(segment.offsets, rows, side="right") - 1
            owner = np.where(rows >= 0, places[at], -1)
            parts.append((similarity, owner, rows - segment.offsets[at]))
        rest = np.flatnonzero(~covered)
        for similarity, owner, inside in exact_among(queries, self._fresh(rest), k):
            parts.append((similarity, rest[owner], inside))
        if not parts:
            none = np.empty((len(queries), 0), np.int64)
            return none.astype(np.float32), none, none
        return merged(parts, k)

    def _segments(self) -> list[Segment]:
        store, kept = self.snapshot.store, self._kept
        paths = [segment_path(store.tables, e) for e in read_segments(store.tables)]
        own = [path for path in paths if path.name.startswith(f"{self.kind}-")]
        with kept.guard:
            kept.segments = {
                path: kept.segments.get(path) or Segment(path, kept.session) for path in own
            }
            return list(kept.segments.values())

    def _fresh(self, numbers: NDArray[np.int64]) -> list[Block]:
        """The codes of documents without an index; those that were read before are kept."""
        keys = self._shelves.keys[numbers].tolist()
        with self._kept.guard:
            known = {key: self._kept.fresh[key] for key in keys if key in self._kept.fresh}
        missing = [n for n, key in zip(numbers, keys, strict=True) if key not in known]
        for k in range(0, len(missing), 256):
            rows = self._shelves.rows[missing[k : k + 256]].tolist()
            for read in self.snapshot.windows_at(rows, WINDOWS):
                known[read.key] = Block(read.key, read.vectors)
        with self._kept.guard:
            self._kept.fresh = known
        return [known[key] for key in keys]

    def _read(self, numbers: NDArray[np.int64], dense: bool) -> Candidates:
        """The vectors of documents, in their order; `between` only where it is needed."""
        keys = self._shelves.keys[numbers].tolist()
        found = {key: windows for key in keys if (windows := self._kept.get(key, dense))}
        missing = [n for n, key in zip(numbers, keys, strict=True) if key not in found]
        rows = self._shelves.rows[missing].tolist() if missing else []
        for windows in self.snapshot.windows_at(rows, BETWEEN if dense else WINDOWS):
            found[windows.key] = windows
            self._kept.put(windows)
        chosen = [found[key] for key in keys]
        counts = [len(windows.positions) for windows in chosen]
        dim = self.snapshot.store.dim
        empty = np.empty((0, dim), np.int8)
        between = [windows.between for windows in chosen if windows.between is not None]
        return Candidates(
            (),
            vectors_of(np.concatenate([empty, *(w.vectors for w in chosen)])),
            np.concatenate([np.empty(0, np.float32), *(w.positions for w in chosen)]),
            np.cumsum([0, *counts]).astype(np.int64),
            between=vectors_of(np.concatenate([empty, *between])) if dense else None,
        )
