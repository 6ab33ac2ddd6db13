"""Jump kernels against every path there is, on matrices small enough to try them all."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorebridge.alignment.dtw import CLASSIC, PACED, Steps, match_path
from scorebridge.alignment.jumps import JumpCosts, advance, jump_path, posterior

STEPS = Steps((1.0,) * 3, (0.1, 0.0, 0.05))


def random_costs(rng: np.random.Generator, columns: int, outside: float) -> JumpCosts:
    leave, enter, begin, finish = rng.random((4, columns)).astype(np.float32) * 0.5
    leave[rng.random(columns) < 0.3] = inf
    enter[rng.random(columns) < 0.2] = inf
    return JumpCosts(leave, enter, begin, finish, outside, 0.2, 0.15)


def all_paths(
    cost: np.ndarray, steps: Steps, p: JumpCosts
) -> Iterator[tuple[float, tuple[int | None, ...]]]:
    """Cost and the column at each row (None: no music) of every path."""
    rows, columns = cost.shape

    def onward(i: int, total_cost: float, at: int | None, way: tuple) -> Iterator:
        # at: the column of row i - 1; None: paused since p.leave was paid
        where = at
        if i == rows:
            if at is not None:
                yield total_cost + p.finish[at], way
            return
        if at is not None:
            for k, penalty in enumerate(steps.penalties):
                if at + k < columns:
                    yield from onward(
                        i + 1, total_cost + penalty + cost[i, at + k], at + k, (*way, at + k)
                    )
            left = total_cost + p.leave[at]
            pausing = p.pause
            ended = total_cost + p.finish[at] + (rows - i) * p.outside
            yield ended, way + (None,) * (rows - i)
        else:
            left, pausing = total_cost, 0.0
        if left < inf:
            for j in np.flatnonzero(p.enter < inf).tolist():
                over = 0.0 if where is None else p.distance * abs(j - where)
                yield from onward(i + 1, left + over + p.enter[j] + cost[i, j], j, (*way, j))
            yield from onward(i + 1, left + pausing + p.outside, None, (*way, None))

    for i in range(rows):
        for j in range(columns):
            first = i * p.outside if i else 0.0
            yield from onward(i + 1, first + p.begin[j] + cost[i, j], j, (None,) * i + (j,))


@pytest.mark.parametrize("outside", [0.3, 2.0])
@settings(max_examples=12, deadline=None)
@given(rows=st.integers(1, 4), columns=st.integers(1, 4), seed=st.integers(0, 10**6))
def test_the_cheapest_of_all_paths(outside: float, rows: int, columns: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    cost = rng.random((rows, columns), np.float32)
    costs = random_costs(rng, columns, outside)
    paths = sorted(all_paths(cost, STEPS, costs), key=lambda path: path[0])
    total, cells, is_start = jump_path(cost, STEPS, costs)
    assert total == pytest.approx(paths[0][0], abs=1e-4)
    found: list[int | None] = [None] * rows
    for i, j in cells:
        found[i] = int(j)
    assert any(tuple(found) == way and total_cost < total + 1e-4 for total_cost, way in paths)
    assert is_start[0]
    for k in range(1, len(cells)):
        (i, j), (u, v) = cells[k - 1], cells[k]
        if not is_start[k]:
            assert u == i + 1 and 0 <= v - j < len(STEPS.weights)


@settings(max_examples=12, deadline=None)
@given(rows=st.integers(1, 4), columns=st.integers(1, 4), seed=st.integers(0, 10**6))
def test_shares_of_all_paths(rows: int, columns: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    cost = rng.random((rows, columns), np.float32) - 0.3
    costs = random_costs(rng, columns, 0.4)
    temperature = 0.3
    shares, idle = np.zeros((rows, columns)), np.zeros(rows)
    total = 0.0
    for total_cost, way in all_paths(cost, STEPS, costs):
        weight = float(np.exp(-total_cost / temperature))
        total += weight
        for i, j in enumerate(way):
            if j is None:
                idle[i] += weight
            else:
                shares[i, j] += weight
    found, resting = posterior(cost, STEPS, costs, temperature)
    np.testing.assert_allclose(found, shares / total, atol=2e-3)
    np.testing.assert_allclose(resting, idle / total, atol=2e-3)


def test_without_jumps_it_is_warping() -> None:
    cost = np.random.default_rng(3).random((20, 30), np.float32)
    never = np.full(30, inf, np.float32)
    costs = JumpCosts(never, never, np.zeros(30, np.float32), np.zeros(30, np.float32), inf)
    total, cells, is_start = jump_path(cost, PACED, costs)
    expected, path = match_path(cost, PACED)
    assert total == pytest.approx(expected, abs=1e-4)
    assert cells.tolist() == path.tolist()
    assert is_start.sum() == 1


def test_one_row_more_is_the_way_forward() -> None:
    rng = np.random.default_rng(4)
    cost = rng.random((5, 6), np.float32)
    costs = random_costs(rng, 6, inf)
    free = np.zeros(6, np.float32)
    shares, _ = posterior(
        cost[:1],
        STEPS,
        JumpCosts(costs.leave, costs.enter, free, free, inf, 0.0, costs.distance),
        0.2,
    )
    belief = shares[0].astype(np.float64)
    for row in cost[1:]:
        belief = advance(belief, row, STEPS, costs, 0.2)
    full, _ = posterior(
        cost,
        STEPS,
        JumpCosts(costs.leave, costs.enter, free, free, inf, 0.0, costs.distance),
        0.2,
    )
    np.testing.assert_allclose(belief, full[-1], atol=1e-4)


def test_patterns_that_do_not_fit_are_refused() -> None:
    costs = random_costs(np.random.default_rng(5), 3, 1.0)
    with pytest.raises(ValueError, match="one cell a row"):
        jump_path(np.zeros((3, 3), np.float32), CLASSIC, costs)
