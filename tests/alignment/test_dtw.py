"""Warping kernels against librosa, brute force and constructed cases."""

from __future__ import annotations

from itertools import pairwise, product
from math import inf

import librosa
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorebridge.alignment.dtw import (
    CLASSIC,
    PACED,
    SYMMETRIC,
    Steps,
    match,
    match_many,
    match_path,
)

PATTERNS = {
    "classic": CLASSIC,
    "symmetric": SYMMETRIC,
    "paced": PACED,
    "odd": Steps((1.5, 1.0, 2.0), (0.3, 0.0, 0.1), 0.7),
}


def oracle(cost: np.ndarray, steps: Steps, subseq: bool) -> tuple[float, np.ndarray]:
    """librosa's answer: total cost and path in order."""
    sizes = [[1, k] for k in range(len(steps.weights))]
    mul, add = list(steps.weights), list(steps.penalties)
    if steps.within < inf:
        sizes, mul, add = [*sizes, [0, 1]], [*mul, steps.within], [*add, 0.0]
    total, path = librosa.sequence.dtw(
        C=cost.astype(np.float64),
        step_sizes_sigma=np.array(sizes, np.uint32),
        weights_mul=np.array(mul),
        weights_add=np.array(add),
        subseq=subseq,
    )
    end = total[-1].min() if subseq else total[-1, -1]
    return float(end), path[::-1]


def price(cost: np.ndarray, path: np.ndarray, steps: Steps) -> float:
    """What a path costs, added up step by step; fails on a step the pattern lacks."""
    total = float(cost[tuple(path[0])])
    for (i0, j0), (i1, j1) in pairwise(path):
        if i1 == i0:
            assert j1 == j0 + 1
            assert steps.within < inf
            total += steps.within * float(cost[i1, j1])
        else:
            assert i1 == i0 + 1
            total += steps.weights[j1 - j0] * float(cost[i1, j1]) + steps.penalties[j1 - j0]
    return total


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize("subseq", [True, False])
@settings(max_examples=25, deadline=None)
@given(rows=st.integers(1, 12), columns=st.integers(1, 14), seed=st.integers(0, 10**6))
def test_like_librosa(name: str, subseq: bool, rows: int, columns: int, seed: int) -> None:
    steps = PATTERNS[name]
    cost = np.random.default_rng(seed).random((rows, columns), np.float32)
    if not subseq and columns > 1 + (rows - 1) * (len(steps.weights) - 1) and steps.within == inf:
        assert match(cost, steps, edge=inf).cost == inf
        assert len(match_path(cost, steps, edge=inf)[1]) == 0
        return
    expected, _ = oracle(cost, steps, subseq)
    edge = 0.0 if subseq else inf
    found = match(cost, steps, edge=edge)
    total, path = match_path(cost, steps, edge=edge)
    assert found.cost == pytest.approx(expected, abs=1e-4)
    assert total == pytest.approx(expected, abs=1e-4)
    assert price(cost, path, steps) == pytest.approx(expected, abs=1e-4)
    assert (found.first, found.last) == (path[0, 1], path[-1, 1])
    assert path[0, 0] == 0
    assert path[-1, 0] == rows - 1
    if not subseq:
        assert (path[0, 1], path[-1, 1]) == (0, columns - 1)


def brute(cost: np.ndarray, steps: Steps, outside: float, edge: float) -> float:
    """Least price over all paths, by trying each: tiny matrices only."""
    rows, columns = cost.shape

    def onward(i: int, j: int) -> float:
        best = (rows - 1 - i) * outside + (columns - 1 - j) * edge
        for k, (weight, penalty) in enumerate(zip(steps.weights, steps.penalties, strict=True)):
            if i + 1 < rows and j + k < columns:
                best = min(best, weight * cost[i + 1, j + k] + penalty + onward(i + 1, j + k))
        if steps.within < inf and j + 1 < columns:
            best = min(best, steps.within * cost[i, j + 1] + onward(i, j + 1))
        return best

    cells = product(range(rows), range(columns))
    return min(i * outside + j * edge + cost[i, j] + onward(i, j) for i, j in cells)


@pytest.mark.parametrize("name", PATTERNS)
@settings(max_examples=20, deadline=None)
@given(
    rows=st.integers(1, 5),
    columns=st.integers(1, 5),
    outside=st.sampled_from([0.1, 0.4, 1.0]),
    edge=st.sampled_from([0.0, 0.05, 0.3]),
    seed=st.integers(0, 10**6),
)
def test_loose_ends_like_brute_force(
    name: str, rows: int, columns: int, outside: float, edge: float, seed: int
) -> None:
    cost = np.random.default_rng(seed).random((rows, columns), np.float32)
    expected = brute(cost, PATTERNS[name], outside, edge)
    assert match(cost, PATTERNS[name], outside, edge).cost == pytest.approx(expected, abs=1e-4)
    assert match_path(cost, PATTERNS[name], outside, edge)[0] == pytest.approx(expected, abs=1e-4)


def test_many_is_each() -> None:
    rng = np.random.default_rng(1)
    cost = rng.random((9, 60), np.float32)
    bounds = np.array([0, 7, 8, 30, 60])
    wide = match_many(cost, bounds[:-1], bounds[1:], axis=1)
    tall = match_many(cost.T, bounds[:-1], bounds[1:], axis=0)
    for d, (a, b) in enumerate(pairwise(bounds)):
        assert tuple(x[d] for x in wide) == pytest.approx(match(cost[:, a:b]))
        assert tuple(x[d] for x in tall) == pytest.approx(match(cost[:, a:b].T))


def diagonal(slope: float, rows: int, columns: int, start: int = 0) -> np.ndarray:
    """Cost 0 along a line, 1 elsewhere."""
    cost = np.ones((rows, columns), np.float32)
    cost[np.arange(rows), start + np.round(np.arange(rows) * slope).astype(int)] = 0
    return cost


@pytest.mark.parametrize("slope", [0.3, 0.5, 1.0, 2.0, 3.9])
def test_a_scaled_query_scales_the_path_not_the_cost(slope: float) -> None:
    found = match(diagonal(slope, 40, 200, start=17))
    assert (found.first, found.last) == (17, 17 + round(39 * slope))
    assert found.cost / 40 < 0.05


def test_subsequence_ignores_what_surrounds_it() -> None:
    inner = np.random.default_rng(2).random((20, 30), np.float32) * 0.2
    alone = match(inner)
    padded = match(np.pad(inner, ((0, 0), (50, 70)), constant_values=1.0))
    assert padded == (pytest.approx(alone.cost), alone.first + 50, alone.last + 50)


def test_irrelevant_rows_are_left_out_at_their_price() -> None:
    inner = diagonal(1.0, 30, 30)
    cost = np.pad(inner, ((12, 5), (0, 0)), constant_values=1.0)
    total, path = match_path(cost, outside=0.4, edge=0.02)
    assert total == pytest.approx(17 * 0.4, abs=1e-4)
    assert path[0].tolist() == [12, 0]
    assert path[-1].tolist() == [41, 29]


def test_symmetric_cost_does_not_depend_on_length() -> None:
    for rows, columns in [(10, 10), (10, 40), (30, 7)]:
        flat = np.full((rows, columns), 0.3, np.float32)
        cost = match(flat, SYMMETRIC, edge=inf).cost
        assert cost / SYMMETRIC.length(rows, columns) == pytest.approx(0.3, abs=1e-5)


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="2 axes"):
        match(np.zeros(3, np.float32))
    with pytest.raises(ValueError, match="penalties"):
        Steps((1.0,), ())
