"""Approximate nearest neighbours: vectors in clusters, of which a query reads the nearest few.

Exact search reads every vector for every query, which with a thousand documents is most of
the cost of an answer. Here k-means puts the vectors into about sqrt(n) clusters, each stored as
bytes (one per dimension), and a query reads the `PROBED_CLUSTERS` clusters with the nearest
centroids (FAISS: inverted file, scalar quantizer). At a million vectors it reads
1 in 40 of them. Votes need no exact neighbours: a missed one is one vote of many.

Cost: building takes about 6 s per million vectors on two cores, and a byte per dimension. Vectors
that are added later are searched exactly beside the index, until they are a quarter of all.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.files import atomic_path
from scorebridge.search.exact import neighbours
from scorebridge.search.faiss_library import import_faiss
from scorebridge.types import Candidates, Neighbours

MAX_EXACT = 150_000  # vectors up to which the exact search is as fast
PROBED_CLUSTERS = 24  # read for each query vector
VECTORS_PER_CLUSTER = 40  # that k-means is trained on, and at least in a cluster
MAX_GROWTH = 1.25  # vectors per vector of an index above which the index is rebuilt

Index = Any
"""A `faiss.Index`; FAISS is imported when the first search needs it."""


class Clusters:
    """A search over `vectors`: the first `covered` of them by clusters, the others exactly."""

    def __init__(self, index: Index, vectors: NDArray[np.float32]) -> None:
        self._index, self._vectors = index, vectors
        self.covered = int(index.ntotal)

    def __call__(
        self, queries: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """As `exact.neighbours`; where the clusters hold fewer than `k`, rows end with -1."""
        queries = np.ascontiguousarray(queries, np.float32)
        similarity, rows = self._index.search(queries, k)
        rest = self._vectors[self.covered :]
        if not len(rest):
            return similarity, rows
        more, extra = neighbours(queries, rest, k)
        similarity = np.concatenate([similarity, more], 1)
        rows = np.concatenate([rows, extra + self.covered], 1)
        best = np.argsort(-similarity, axis=1, kind="stable")[:, :k]
        return np.take_along_axis(similarity, best, 1), np.take_along_axis(rows, best, 1)


def build(vectors: NDArray[np.float32], seed: int = 1) -> Index:
    """Cluster unit vectors, float32 [n, dim]; the same seed and vectors give the same index."""
    faiss = import_faiss()
    count, dim = vectors.shape
    clusters = max(1, min(int(np.sqrt(count)), count // VECTORS_PER_CLUSTER))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dim),
        dim,
        clusters,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.seed, index.cp.niter = seed, 8
    index.cp.min_points_per_centroid = 1  # else it warns on standard output
    chosen = np.random.default_rng(seed).permutation(count)[: clusters * VECTORS_PER_CLUSTER]
    index.train(np.ascontiguousarray(vectors[np.sort(chosen)]))
    index.add(np.ascontiguousarray(vectors))
    index.nprobe = min(PROBED_CLUSTERS, clusters)
    return index


def search_of(
    candidates: Candidates, cache: Path | None = None, max_exact: int = MAX_EXACT
) -> Neighbours | None:
    """The search that suits the number of vectors: None (exact) up to `max_exact`, else clusters.

    cache : file that stores the index between runs, with the digest of what it covers inserted
        into its name. A stale or damaged one is replaced. In a folder that is not writable the
        index is rebuilt in each run.
    """
    if len(candidates.vectors) <= max_exact:
        return None
    index = _cached(candidates, cache) if cache else None
    if index is None:
        index = build(candidates.vectors)
        if cache:
            _write(index, cache, _digest(candidates, len(candidates.documents)))
    return Clusters(index, candidates.vectors)


def _digest(candidates: Candidates, documents: int) -> str:
    """Identifies the first `documents` documents, their numbers of vectors, and the encoder."""
    firsts = candidates.vectors[candidates.offsets[:documents]]
    digest = hashlib.sha256(firsts.tobytes())
    for document, stop in zip(
        candidates.documents[:documents], candidates.offsets[1:], strict=False
    ):
        digest.update(f"{document.id} {stop}\n".encode())
    return digest.hexdigest()[:16]


def _cached(candidates: Candidates, cache: Path) -> Index | None:
    """The index on disk, if it covers the first documents as they are, and most of them."""
    faiss = import_faiss()
    for file in sorted(cache.parent.glob(f"{cache.stem}.*.clusters")):
        try:
            if not _is_intact(file):
                continue
            index = faiss.read_index(str(file))
            documents = int(np.searchsorted(candidates.offsets, index.ntotal))
            fits = index.ntotal * MAX_GROWTH >= len(candidates.vectors)
            if (
                fits
                and index.d == candidates.vectors.shape[1]
                and documents < len(candidates.offsets)
                and candidates.offsets[documents] == index.ntotal
                and file.name.split(".")[-2] == _digest(candidates, documents)
            ):
                return index
        except (RuntimeError, OSError):
            continue
    return None


def _is_intact(file: Path) -> bool:
    """Whether the checksum at the end of a stored index fits the rest."""
    content = memoryview(file.read_bytes())
    size = hashlib.sha256().digest_size
    return hashlib.sha256(content[:-size]).digest() == content[-size:]


def _write(index: Index, cache: Path, digest: str) -> None:
    target = cache.with_name(f"{cache.stem}.{digest}.clusters")
    with suppress(RuntimeError, OSError):  # then the next run makes it again
        with atomic_path(target) as part:
            import_faiss().write_index(index, str(part))
            content = part.read_bytes()
            with part.open("ab") as file:  # faiss ignores what follows its own data
                file.write(hashlib.sha256(content).digest())
        for old in cache.parent.glob(f"{cache.stem}.*.clusters"):
            if old != target:
                old.unlink(missing_ok=True)
