"""What a query is searched in: a collection that names the documents worth warping, and reads them.

A collection in memory (`MemoryCollection`) counts votes over all vectors. That of a library
(`library/shelf.py`) asks its indexes and reads the chosen documents only; everything after the
short-list is the same code.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from scorebridge.retrieval.shortlist import offset_votes, voters_of
from scorebridge.retrieval.two_way import DtwSettings
from scorebridge.types import Candidates, Document, Encoded


class Near(NamedTuple):
    """The documents of a collection that are nearest to a query."""

    documents: NDArray[np.int64]
    """[n], which they are in the collection; those with the most votes first."""
    votes: NDArray[np.float64]
    """[n], offset votes; 0 where the collection is no larger than what was asked for."""
    candidates: Candidates
    """Their vectors, in this order; `documents` may be empty."""


class Collection(Protocol):
    """Documents of one kind, numbered from 0."""

    @property
    def size(self) -> int:
        """Number of documents that have windows."""
        ...

    def near(self, query: Encoded, settings: DtwSettings, count: int) -> Near:
        """The `count` documents that are worth warping."""
        ...

    def document(self, number: int) -> Document:
        """A document, with its places."""
        ...

    def windows(self, number: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Its vectors [windows, dim] and their positions [windows]."""
        ...


class MemoryCollection:
    """`Candidates` as a collection: every vector is searched exactly."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.size = int((np.diff(candidates.offsets) > 0).sum())

    def near(self, query: Encoded, settings: DtwSettings, count: int) -> Near:
        """See `Collection`."""
        documents = len(self.candidates.offsets) - 1
        if documents <= count:
            return Near(np.arange(documents), np.zeros(documents), self.candidates)
        windows, hop = voters_of(query)
        votes = offset_votes(windows, self.candidates, settings.votes, hop)
        chosen = np.argsort(-votes, kind="stable")[:count]
        return Near(chosen, votes[chosen], _chosen(self.candidates, chosen))

    def document(self, number: int) -> Document:
        """See `Collection`."""
        return self.candidates.documents[number]

    def windows(self, number: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """See `Collection`."""
        own = slice(*self.candidates.offsets[number : number + 2])
        return self.candidates.vectors[own], self.candidates.positions[own]


def _chosen(candidates: Candidates, chosen: NDArray[np.int64]) -> Candidates:
    """Some of the documents, in their order."""
    starts, stops = candidates.offsets[chosen], candidates.offsets[chosen + 1]
    rows = np.concatenate([np.arange(a, b) for a, b in zip(starts, stops, strict=True)])
    between = candidates.between
    return Candidates(
        tuple(candidates.documents[k] for k in chosen) if candidates.documents else (),
        candidates.vectors[rows],
        candidates.positions[rows],
        np.concatenate([[0], np.cumsum(stops - starts)]).astype(np.int64),
        between=None if between is None else between[rows],
    )
