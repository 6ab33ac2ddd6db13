"""Warping with jumps: the best path, and the posterior probability of each of its cells.

Rows are the windows of a recording, columns those of a score, as in `dtw.py`. Besides the
steps of a pattern a path may *jump*: leave the score at one window and enter it, with the next
row, at any other, at the cost `leave[from] + enter[to]` (JumpDTW: Fremerey, Müller and
Clausen 2010, here with a cost for each place), plus `distance` for each column between. Between
leaving and entering it may also *pause*: rows that belong to no music cost `outside` each. The
model is all costs; `structure.py` sets them from bars, repeats and anchors.

`jump_path` is exact dynamic programming. `posterior` runs the same model forward and
backward with sums in place of minima: the share of all paths, each weighed by
exp(-cost / temperature), that goes through each cell.

The loops are in `kernels/jumping.py`. Cost on one core: a million cells (10 minutes with repeats
against 9 pages) about 0.1 s for the path and one byte a cell (four more where a path may enter),
0.1 s for the posterior and four bytes a cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.dtw import Steps
from scorebridge.kernels.loading import load


@dataclass(frozen=True, slots=True)
class JumpCosts:
    """What a path pays apart from its cells, in the unit of the cost matrix."""

    leave: NDArray[np.float32]
    """[columns], for leaving the score after this window; infinity forbids it."""
    enter: NDArray[np.float32]
    """[columns], for entering at this window after leaving, or after a pause."""
    begin: NDArray[np.float32]
    """[columns], for beginning the music at this window."""
    finish: NDArray[np.float32]
    """[columns], for ending it after this window."""
    outside: float
    """For each row before, between and after the music; infinity: there are none."""
    pause: float = 0.0
    """For pausing between leaving and entering, once."""
    distance: float = 0.0
    """For each column between the one that is left and the one that is entered without a pause."""

    def arrays(self) -> tuple[NDArray[np.float32], ...]:
        """`leave`, `enter`, `begin` and `finish`, contiguous."""
        four = (self.leave, self.enter, self.begin, self.finish)
        return tuple(np.ascontiguousarray(a, np.float32) for a in four)

    def factors(self, temperature: float) -> tuple[NDArray[np.float64], ...]:
        """exp(-cost / temperature) of `arrays`."""
        return tuple(np.exp(-a.astype(np.float64) / temperature) for a in self.arrays())


def jump_path(
    cost: NDArray[np.float32], steps: Steps, costs: JumpCosts
) -> tuple[float, NDArray[np.int32], NDArray[np.bool_]]:
    """The cheapest path with jumps.

    Parameters
    ----------
    cost : float32 [recording windows, score windows].
    steps : a pattern whose weights are all 1 and which never moves in the score alone
        (`within` infinite), such as `dtw.PACED`: each row pays for one cell.
    costs : see `JumpCosts`.

    Returns
    -------
    cost : of the path, with all jumps; infinite where the costs allow none.
    path : int32 [n, 2], (row, column) of its cells, rows rising. Rows of a pause have no cell.
    is_start : bool [n], where a section starts: the first cell, and those jumped to.
    """
    if set(steps.weights) != {1.0} or np.isfinite(steps.within):
        raise ValueError("jump_path takes patterns with one cell a row and weights of 1")
    cost = np.ascontiguousarray(cost, np.float32)
    rows, columns = cost.shape
    leave, enter, begin, finish = costs.arrays()
    entries = np.flatnonzero(enter < np.inf).astype(np.int64)
    entry_index = np.zeros(columns, np.int64)
    entry_index[entries] = np.arange(len(entries))
    best, length = np.empty(1, np.float32), np.empty(1, np.int64)
    path, is_start = np.empty((rows, 2), np.int32), np.empty(rows, np.uint8)
    load("jumping").best_path(
        cost,
        np.array(steps.penalties, np.float32),
        leave,
        enter,
        begin,
        finish,
        costs.outside,
        costs.pause,
        costs.distance,
        entries,
        entry_index,
        np.empty((3, columns), np.float32),
        np.empty((rows, columns), np.uint8),
        np.empty((rows, len(entries)), np.int32),
        np.empty((2, rows), np.int32),
        best,
        path,
        is_start,
        length,
    )
    count = int(length[0])
    return float(best[0]), path[:count][::-1].copy(), is_start[:count][::-1].astype(bool)


def posterior(
    cost: NDArray[np.float32], steps: Steps, costs: JumpCosts, temperature: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Probability of each cell, when a path of cost c has the weight exp(-c / temperature).

    temperature : > 0, in the unit of the cost; the lower, the sharper.

    Returns
    -------
    shares : float32 [rows, columns]. idle : float32 [rows], of no music. A row of both sums to 1
    (0 where the costs allow no path).
    """
    minimum = cost.min(1, keepdims=True)  # of each row: an anchor makes its row far cheaper
    weight = np.exp((minimum - cost) / np.float32(temperature))
    # The weights of each row are raised by exp(minimum / temperature); so is a pause in that row.
    with np.errstate(over="ignore"):
        outside = np.exp((minimum[:, 0].astype(np.float64) - costs.outside) / temperature)
    rows, columns = cost.shape
    shares, idle = np.empty((rows, columns), np.float32), np.empty(rows, np.float32)
    load("jumping").posterior(
        np.ascontiguousarray(weight, np.float32),
        np.exp(-np.array(steps.penalties) / temperature),
        *costs.factors(temperature),
        outside,
        float(np.exp(-costs.pause / temperature)),
        float(np.exp(-costs.distance / temperature)),
        np.empty((5, columns)),
        np.empty((3, rows)),
        shares,
        idle,
    )
    return shares, idle


def advance(
    shares: NDArray[np.float64],
    cost: NDArray[np.float32],
    steps: Steps,
    costs: JumpCosts,
    temperature: float,
) -> NDArray[np.float64]:
    """Probability of each column after one more row, from the one of each before it.

    shares : float64 [columns], of sum 1. cost : float32 [columns], of the new row.
    costs : only `leave`, `enter` and `distance` count. See `posterior` for the rest.
    """
    leave, enter, _, _ = costs.factors(temperature)
    after = np.empty(len(shares))
    load("jumping").advance(
        np.ascontiguousarray(shares, np.float64),
        np.exp((cost.min() - cost.astype(np.float64)) / temperature),
        np.exp(-np.array(steps.penalties) / temperature),
        leave,
        enter,
        float(np.exp(-costs.distance / temperature)),
        np.empty(len(shares)),
        after,
    )
    return after
