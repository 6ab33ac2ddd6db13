"""Approximate nearest neighbours: vectors in clusters, of which a query visits the nearest few.

Exact search reads every vector for every query; with a thousand documents that is most of
what an answer costs. Here k-means puts the vectors into about the root of their number of
clusters, each held as bytes (one a dimension), and a query reads the `PROBES` clusters whose
middles it is nearest to (FAISS: inverted file, scalar quantiser). At a million vectors it reads
1 in 40 of them. Votes need no exact neighbours: a missed one is one vote of many.

Built in about 6 s a million vectors on two cores; a byte a dimension. Vectors that came after the
building are searched exactly beside it, until they are a quarter of all.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from scorebridge.search.exact import neighbours
from scorebridge.types import Candidates, Neighbours

EXACT_MOST = 150_000  # vectors up to which the exact search is as fast
PROBES = 24  # clusters read for each query vector
SAMPLE = 40  # vectors for each cluster that k-means looks at
GROWN = 1.25  # times the vectors it was built for at which an index is built anew


class Clusters:
    """A search over `vectors`, the first `covered` of them by clusters, the rest exactly."""

    def __init__(self, index: faiss.Index, vectors: NDArray[np.float32]) -> None:
        self._index, self._vectors = index, vectors
        self.covered = int(index.ntotal)

    def __call__(
        self, queries: NDArray[np.float32], k: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """As `exact.neighbours`; where clusters give fewer than `k`, rows end with -1."""
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


def build(vectors: NDArray[np.float32], seed: int = 1) -> faiss.Index:
    """Cluster unit vectors, float32 [n, dim]; the same seed and vectors give the same index."""
    count, dim = vectors.shape
    clusters = max(1, min(int(np.sqrt(count)), count // SAMPLE))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dim),
        dim,
        clusters,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.seed, index.cp.niter = seed, 8
    index.cp.min_points_per_centroid = 1  # else it warns on standard output
    chosen = np.random.default_rng(seed).permutation(count)[: clusters * SAMPLE]
    index.train(np.ascontiguousarray(vectors[np.sort(chosen)]))
    index.add(np.ascontiguousarray(vectors))
    index.nprobe = min(PROBES, clusters)
    return index


def search_of(candidates: Candidates, keep: Path | None = None) -> Neighbours | None:
    """The search that suits so many vectors: `None` (exact) up to `EXACT_MOST`, else clusters.

    keep : file in which the index is kept between runs, with the digest of what it covers
        beside its name. It holds nothing that cannot be made again: a stale or broken one
        is replaced, and a folder that cannot be written only costs the time.
    """
    if len(candidates.vectors) <= EXACT_MOST:
        return None
    index = _kept(candidates, keep) if keep else None
    if index is None:
        index = build(candidates.vectors)
        if keep:
            _write(index, keep, _digest(candidates, len(candidates.documents)))
    return Clusters(index, candidates.vectors)


def _digest(candidates: Candidates, documents: int) -> str:
    """Names the first `documents` documents, their numbers of vectors, and what made these."""
    firsts = candidates.vectors[candidates.offsets[:documents]]
    digest = hashlib.sha256(firsts.tobytes())
    for document, stop in zip(
        candidates.documents[:documents], candidates.offsets[1:], strict=False
    ):
        digest.update(f"{document.id} {stop}\n".encode())
    return digest.hexdigest()[:16]


def _kept(candidates: Candidates, keep: Path) -> faiss.Index | None:
    """The index on disk, if it covers the first documents as they are, and most of them."""
    for file in sorted(keep.parent.glob(f"{keep.stem}.*.clusters")):
        try:
            index = faiss.read_index(str(file))
            documents = int(np.searchsorted(candidates.offsets, index.ntotal))
            fits = index.ntotal * GROWN >= len(candidates.vectors)
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


def _write(index: faiss.Index, keep: Path, digest: str) -> None:
    target = keep.with_name(f"{keep.stem}.{digest}.clusters")
    temporary = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        faiss.write_index(index, str(temporary))
        temporary.replace(target)
        for old in keep.parent.glob(f"{keep.stem}.*.clusters"):
            if old != target:
                old.unlink(missing_ok=True)
    except (RuntimeError, OSError):
        temporary.unlink(missing_ok=True)
