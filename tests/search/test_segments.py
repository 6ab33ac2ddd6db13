"""Segments against the exact search, and codes against the vectors they stand for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scorebridge.search.codes import codes_of, vectors_of
from scorebridge.search.exact import neighbours
from scorebridge.search.segments import Block, Segment, build_segment, exact_among, is_intact

DIM = 128


def unit(rng: np.random.Generator, count: int, dim: int = DIM) -> np.ndarray:
    x = rng.standard_normal((count, dim)).astype(np.float32)
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def blocks(vectors: np.ndarray, documents: int) -> list[Block]:
    parts = np.array_split(codes_of(vectors), documents)
    return [Block(10 * k - 7, part) for k, part in enumerate(parts)]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, np.ndarray]:
    """A segment of 30 documents of 200 windows."""
    target = tmp_path_factory.mktemp("segments") / "one"
    vectors = unit(np.random.default_rng(1), 6000)
    assert build_segment(target, blocks(vectors, 30), DIM) == 6000
    return target, vectors


def test_a_code_keeps_the_direction() -> None:
    for dim in (1, 12, 64, 128, 200):
        vectors = unit(np.random.default_rng(dim), 500, dim)
        codes = codes_of(vectors)
        assert codes.dtype == np.int8 and np.abs(codes).max(1).min() == 127
        back = vectors_of(codes)
        assert np.einsum("nd,nd->n", vectors, back).min() > 0.9999
        np.testing.assert_allclose(np.linalg.norm(back, axis=1), 1, atol=1e-6)
        assert np.array_equal(codes_of(back), codes)  # nothing more is lost
    assert not vectors_of(codes_of(np.zeros((2, 3), np.float32))).any()


def test_nearly_all_neighbours_are_found(world: tuple[Path, np.ndarray]) -> None:
    target, vectors = world
    rng = np.random.default_rng(2)
    queries = vectors[::200] + 0.5 * unit(rng, 30)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    segment = Segment(target)
    assert segment.keys.tolist() == [10 * k - 7 for k in range(30)]
    assert segment.offsets.tolist() == list(range(0, 6001, 200))
    similarity, rows = segment.neighbours(queries, 10)
    exact_similarity, exact_rows = neighbours(queries, vectors, 10)
    assert (rows[:, 0] == exact_rows[:, 0]).all()
    recall = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(rows, exact_rows, strict=True)])
    assert recall > 0.8
    true = np.einsum("qd,qkd->qk", queries, vectors[rows])
    np.testing.assert_allclose(similarity, true, atol=0.05)
    assert (np.diff(similarity, axis=1) <= 1e-6).all()
    assert exact_similarity.shape == similarity.shape


def test_fewer_windows_than_asked_for_end_with_none(tmp_path: Path) -> None:
    vectors = unit(np.random.default_rng(3), 40)
    build_segment(tmp_path / "few", blocks(vectors, 2), DIM)
    similarity, rows = Segment(tmp_path / "few").neighbours(vectors[:3], 60)
    assert (rows[:, 0] == np.arange(3)).all()
    assert (rows[:, 40:] == -1).all() and (similarity[:, 40:] == -1).all()


def test_it_holds_less_than_half_of_the_codes(world: tuple[Path, np.ndarray]) -> None:
    size = sum(path.stat().st_size for path in world[0].rglob("*") if path.is_file())
    assert size < 6000 * (DIM * 0.5 + 40) + 100_000 + 4 * DIM * 6


def test_a_flipped_bit_is_seen(world: tuple[Path, np.ndarray]) -> None:
    target = world[0]
    assert is_intact(target)
    for path in (p for p in target.rglob("*") if p.is_file()):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 4]))
        assert not is_intact(target), path
        path.write_bytes(whole)
    assert is_intact(target)


def test_the_exact_search_goes_on_in_batches() -> None:
    rng = np.random.default_rng(4)
    vectors, queries = unit(rng, 900), unit(rng, 7)
    wanted, rows = neighbours(queries, vectors_of(codes_of(vectors)), 5)
    parts = list(exact_among(queries, blocks(vectors, 9), 5, batch=250))
    assert len(parts) == 3
    similarity = np.concatenate([part[0] for part in parts], 1)
    found = np.concatenate([part[1] * 100 + part[2] for part in parts], 1)
    order = np.argsort(-similarity, 1, kind="stable")[:, :5]
    np.testing.assert_allclose(np.take_along_axis(similarity, order, 1), wanted, atol=1e-6)
    assert np.array_equal(np.take_along_axis(found, order, 1), rows)
