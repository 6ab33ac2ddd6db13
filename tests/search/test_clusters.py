"""Search by clusters against the exact one; the index on disk fits or is made anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from scorebridge.search.clusters import Clusters, build
from scorebridge.search.clusters import search_of as search_above
from scorebridge.search.exact import neighbours
from scorebridge.types import Candidates, Document, Neighbours


def unit(rng: np.random.Generator, count: int) -> np.ndarray:
    x = rng.standard_normal((count, 16)).astype(np.float32)
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def library(vectors: np.ndarray, documents: int, first: int = 0) -> Candidates:
    offsets = np.linspace(0, len(vectors), documents + 1).astype(np.int64)
    names = [f"{k + first}" for k in range(documents)]
    return Candidates(
        tuple(Document(n, n, "score", n, 1.0) for n in names),
        vectors,
        np.zeros(len(vectors), np.float32),
        offsets,
    )


def search_of(candidates: Candidates, cache: Path | None = None) -> Neighbours | None:
    """Clusters from a thousand vectors on."""
    return search_above(candidates, cache, max_exact=1000)


def test_nearly_all_neighbours_are_found() -> None:
    rng = np.random.default_rng(1)
    vectors = unit(rng, 6000)
    queries = unit(rng, 30)
    found = Clusters(build(vectors), vectors)
    similarity, rows = found(queries, 10)
    exact_similarity, exact_rows = neighbours(queries, vectors, 10)
    recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(rows, exact_rows, strict=True)])
    assert recall > 0.85
    true = np.einsum("qd,qkd->qk", queries, vectors[rows])
    np.testing.assert_allclose(similarity, true, atol=0.02)  # a byte a dimension
    assert (np.diff(similarity, axis=1) <= 1e-6).all()
    assert exact_similarity.shape == similarity.shape


def test_what_came_later_is_searched_exactly() -> None:
    rng = np.random.default_rng(2)
    vectors = unit(rng, 3000)
    found = Clusters(build(vectors[:2500]), vectors)
    _, rows = found(vectors[2500:2600], 5)
    assert (rows[:, 0] == np.arange(2500, 2600)).all()
    _, rows = found(vectors[:50], 5)
    assert (rows[:, 0] == np.arange(50)).mean() > 0.95


def test_few_vectors_need_no_clusters() -> None:
    assert search_of(library(unit(np.random.default_rng(3), 500), 5)) is None


def test_the_index_is_cached_while_it_fits(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    vectors = unit(rng, 2400)
    cache = tmp_path / "score.clusters"
    search_of(library(vectors[:2000], 20), cache)
    (file,) = tmp_path.iterdir()
    written = file.stat().st_mtime_ns
    # Documents were added: the same index, the rest exactly.
    more = search_of(library(vectors[:2200], 22), cache)
    assert isinstance(more, Clusters) and more.covered == 2000
    assert [f.stat().st_mtime_ns for f in tmp_path.iterdir()] == [written]
    # One was removed from the front: another index, and the old one goes.
    gone = search_of(library(vectors[100:2200], 21, 1), cache)
    assert isinstance(gone, Clusters) and gone.covered == 2100
    (other,) = tmp_path.iterdir()
    assert other.name != file.name
    # A broken file is made anew.
    other.write_bytes(b"no index")
    again = search_of(library(vectors[100:2200], 21, 1), cache)
    assert isinstance(again, Clusters) and again.covered == 2100
    assert other.stat().st_size > 1000
    # The same documents by another encoder.
    fresh = unit(rng, 2100)
    renewed = search_of(library(fresh, 21, 1), cache)
    assert isinstance(renewed, Clusters)
    assert (renewed(fresh[:50], 5)[1][:, 0] == np.arange(50)).mean() > 0.95


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    found = search_of(
        library(unit(np.random.default_rng(5), 1500), 3), tmp_path / "gone" / "score.clusters"
    )
    assert isinstance(found, Clusters) and found.covered == 1500
