"""Exact search against sorting all cosines."""

import numpy as np
import pytest

from scorebridge.search.exact import neighbours


def unit(rows: int, dim: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((rows, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize(("queries", "rows"), [(1, 10), (7, 1000), (60, 3000)])
def test_same_as_sorting_all(queries: int, rows: int) -> None:
    asked, vectors = unit(queries, 32, 0), unit(rows, 32, 1)
    similarity, found = neighbours(asked, vectors, 10)
    cosines = asked.astype(float) @ vectors.T.astype(float)
    order = np.argsort(-cosines, axis=1)[:, :10]
    assert found.dtype == np.int64 and np.array_equal(found, order)
    np.testing.assert_allclose(similarity, np.take_along_axis(cosines, order, 1), atol=1e-5)


def test_fewer_vectors_than_asked_for_and_none() -> None:
    similarity, found = neighbours(unit(3, 8, 0), unit(2, 8, 1), 25)
    assert found.shape == similarity.shape == (3, 2) and sorted(found[0]) == [0, 1]
    assert neighbours(unit(3, 8, 0), unit(0, 8, 1), 25)[1].shape == (3, 0)
    assert neighbours(unit(0, 8, 0), unit(5, 8, 1), 2)[1].shape == (0, 2)


def test_takes_views_and_refuses_other_dimensions() -> None:
    vectors = unit(50, 16, 1)
    assert neighbours(vectors[::2], vectors, 1)[1].ravel().tolist() == list(range(0, 50, 2))
    with pytest.raises(ValueError, match="do not fit"):
        neighbours(unit(1, 8, 0), vectors, 1)
