"""Dynamic time warping in compiled kernels: the cost alone, or the path as well.

Rows are the windows of the *query* (what pays), columns those of the *reference*
(what is paid for). Two kernels serve every variant, told apart by what it costs to
begin or end inside the matrix instead of in its corners:

=================  =========  ========  ==========================================
variant            `outside`  `edge`    reading
=================  =========  ========  ==========================================
whole sequences    inf        inf       corner to corner (P4 section II-C)
subsequence        inf        0         all of the query somewhere in the reference
                                        (P4 section III-C)
loose ends         small      small     rows and columns at either end may be left
                                        out at a price each: applause, silence
=================  =========  ========  ==========================================

Cost-only runs keep two rows and carry the column at which each path began, so
that the place is known without a path and memory is O(columns). The papers do not
give their step pattern; ours are `CLASSIC`, `SYMMETRIC` and `PACED` below.

Cost on one core: see `bench/dtw.py`. The first call on a machine compiles (some
seconds) and leaves the result in the package's `__pycache__`. All kernels release the GIL.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

BEGIN = 255  # mark of a path's first cell in the matrix of steps


@dataclass(frozen=True, slots=True)
class Steps:
    """A step pattern: which cells may follow each other, and what a step costs.

    Step (1, k) takes the next query window and moves on by k reference windows:
    it costs `weights[k]` times the entered cell plus `penalties[k]`. Step (0, 1)
    moves on in the reference alone, for `within` times the entered cell; infinity
    forbids it. A path's first cell counts once.
    """

    weights: tuple[float, ...]
    penalties: tuple[float, ...]
    within: float = inf

    def __post_init__(self) -> None:
        if not 1 <= len(self.weights) == len(self.penalties) < BEGIN - 1:
            raise ValueError("a step pattern needs as many penalties as weights, at least one each")

    def length(self, rows: int, columns: int) -> float:
        """The weight of a path over that many rows and columns, to divide its cost by.

        Patterns that weigh both directions alike (`SYMMETRIC`) have one weight for all
        paths, rows + columns - 1; the others are measured per query window.
        """
        symmetric = self.weights == (self.within, 2 * self.within)
        return float(rows + columns - 1) if symmetric else float(rows)


CLASSIC = Steps((1.0, 1.0), (0.0, 0.0), 1.0)
"""(1,1), (1,0), (0,1), every cell once. Paths that advance fast cross more cells and so look
dearer, documents with wide notation or slow recordings are at a disadvantage."""

SYMMETRIC = Steps((1.0, 2.0), (0.0, 0.0), 1.0)
"""As `CLASSIC` with the diagonal counted twice: the weight of a path depends on its ends alone."""

PACED = Steps((1.0,) * 5, (0.03, 0.0, 0.0, 0.01, 0.03))
"""Each query window pays for exactly one cell and moves on by 0 to 4 reference windows, the
range of real music. All paths have the same number of cells, so costs compare between documents
whatever their tempo and length. Waiting costs a little, lest a query hang on one window that
resembles everything; so do leaps."""


class Match(NamedTuple):
    """Where the best path lies and what it costs. Indices count from 0, `last` is included."""

    cost: float
    first: int
    """Reference window at which the path begins."""
    last: int


@njit(nogil=True, cache=True, fastmath={"nsz", "contract", "reassoc"})
def _begin(i: int, j: int, outside: float, edge: float) -> np.float32:
    """Price of beginning at row i, column j (mirrored: of ending there)."""
    price = np.float32(0)
    if i > 0:
        price += np.float32(i * outside)
    if j > 0:
        price += np.float32(j * edge)
    return price


@njit(nogil=True, cache=True, fastmath={"nsz", "contract", "reassoc"})
def _leap(here, here_from, before, before_from, row, weight, penalty):
    """Take one kind of step into a whole row where it is the cheapest yet.

    All arrays [n], already shifted against each other: so written, the compiler makes SIMD of it.
    """
    for j in range(len(here)):
        value = before[j] + weight * row[j] + penalty
        better = value < here[j]
        here[j] = value if better else here[j]
        here_from[j] = before_from[j] if better else here_from[j]


@njit(nogil=True, cache=True, fastmath={"nsz", "contract", "reassoc"})
def _scan(cost, r0, r1, c0, c1, weights, penalties, within, outside, edge):
    """Best path through cost[r0:r1, c0:c1] by rolling rows: (cost, first column, last column)."""
    rows, columns = r1 - r0, c1 - c0
    infinity = np.float32(np.inf)
    before = np.full(columns, infinity, np.float32)
    here = np.empty(columns, np.float32)
    before_from = np.zeros(columns, np.int32)
    here_from = np.empty(columns, np.int32)
    best, best_first, best_last = infinity, 0, 0
    for i in range(rows):
        row = cost[r0 + i, c0:c1]
        if i == 0 or outside < np.inf:
            for j in range(columns):
                here[j] = _begin(i, j, outside, edge) + row[j]
                here_from[j] = j
        else:
            here[:] = infinity
        if i > 0:
            for k in range(min(len(weights), columns)):
                stop = columns - k
                old, old_from = before[:stop], before_from[:stop]
                _leap(here[k:], here_from[k:], old, old_from, row[k:], weights[k], penalties[k])
        if within < np.inf:
            for j in range(1, columns):
                value = here[j - 1] + within * row[j]
                if value < here[j]:
                    here[j] = value
                    here_from[j] = here_from[j - 1]
        if i == rows - 1 or outside < np.inf:
            for j in range(columns):
                value = here[j] + _begin(rows - 1 - i, columns - 1 - j, outside, edge)
                if value < best:
                    best, best_first, best_last = value, here_from[j], j
        before, here = here, before
        before_from, here_from = here_from, before_from
    return best, best_first, best_last


@njit(nogil=True, cache=True)
def _trace(cost, weights, penalties, within, outside, edge):
    """Best path through `cost` with every step remembered: (cost, path int32 [cells, 2])."""
    rows, columns = cost.shape
    infinity = np.float32(np.inf)
    before = np.full(columns, infinity, np.float32)
    here = np.empty(columns, np.float32)
    taken = np.empty((rows, columns), np.uint8)
    best, row_last, column_last = infinity, 0, 0
    for i in range(rows):
        may_begin = i == 0 or outside < np.inf
        for j in range(columns):
            cell = cost[i, j]
            least = _begin(i, j, outside, edge) + cell if may_begin else infinity
            step = BEGIN
            if i > 0:
                for k in range(min(len(weights), j + 1)):
                    value = before[j - k] + weights[k] * cell + penalties[k]
                    if value < least:
                        least, step = value, k
            if j > 0 and within < np.inf:
                value = here[j - 1] + within * cell
                if value < least:
                    least, step = value, len(weights)
            here[j] = least
            taken[i, j] = step
            if i == rows - 1 or outside < np.inf:
                value = least + _begin(rows - 1 - i, columns - 1 - j, outside, edge)
                if value < best:
                    best, row_last, column_last = value, i, j
        before, here = here, before
    path = np.empty((rows + columns, 2), np.int32)
    if best == infinity:
        return best, path[:0]
    i, j, count = row_last, column_last, 0
    while True:
        path[count, 0], path[count, 1] = i, j
        count += 1
        step = taken[i, j]
        if step == BEGIN:
            break
        if step == len(weights):
            j -= 1
        else:
            i -= 1
            j -= step
    return best, path[:count][::-1].copy()


@njit(nogil=True, cache=True)
def _scan_columns(cost, starts, stops, weights, penalties, within, outside, edge):
    """`_scan` of the column ranges of one wide matrix: [ranges] costs, firsts, lasts."""
    costs = np.empty(len(starts), np.float32)
    firsts, lasts = np.zeros(len(starts), np.int32), np.zeros(len(starts), np.int32)
    for d in range(len(starts)):
        costs[d], firsts[d], lasts[d] = _scan(
            cost, 0, cost.shape[0], starts[d], stops[d], weights, penalties, within, outside, edge
        )
    return costs, firsts, lasts


@njit(nogil=True, cache=True)
def _scan_rows(cost, starts, stops, weights, penalties, within, outside, edge):
    """`_scan` of the row ranges of one tall matrix: [ranges] costs, firsts, lasts."""
    costs = np.empty(len(starts), np.float32)
    firsts, lasts = np.zeros(len(starts), np.int32), np.zeros(len(starts), np.int32)
    for d in range(len(starts)):
        costs[d], firsts[d], lasts[d] = _scan(
            cost, starts[d], stops[d], 0, cost.shape[1], weights, penalties, within, outside, edge
        )
    return costs, firsts, lasts


def _arguments(
    steps: Steps, outside: float, edge: float
) -> tuple[NDArray[np.float32], NDArray[np.float32], np.float32, np.float32, np.float32]:
    return (
        np.array(steps.weights, np.float32),
        np.array(steps.penalties, np.float32),
        np.float32(steps.within),
        np.float32(outside),
        np.float32(edge),
    )


def _matrix(cost: NDArray[np.float32]) -> NDArray[np.float32]:
    if cost.ndim != 2:
        raise ValueError(f"a cost matrix has two axes, this one {cost.ndim}")
    return np.ascontiguousarray(cost, np.float32)


def match(
    cost: NDArray[np.float32], steps: Steps = PACED, outside: float = inf, edge: float = 0.0
) -> Match:
    """Cost and place of the best path, without the path (by default a subsequence's).

    Parameters
    ----------
    cost : float32 [query windows, reference windows], any range.
    steps : the step pattern.
    outside : price of each query window left out before the path begins or after it ends.
    edge : the same for reference windows. See the module's table.

    Returns
    -------
    `Match`; its cost is not normalised, and infinite when the steps allow no path.
    """
    cost = _matrix(cost)
    best, first, last = _scan(
        cost, 0, cost.shape[0], 0, cost.shape[1], *_arguments(steps, outside, edge)
    )
    return Match(float(best), int(first), int(last))


def match_path(
    cost: NDArray[np.float32], steps: Steps = PACED, outside: float = inf, edge: float = 0.0
) -> tuple[float, NDArray[np.int32]]:
    """As `match`, with the path: int32 [cells, 2] of (query, reference) windows in order.

    Memory: one byte a cell. The path is empty when the steps allow none.
    """
    best, path = _trace(_matrix(cost), *_arguments(steps, outside, edge))
    return float(best), path


def match_many(
    cost: NDArray[np.float32],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    axis: int,
    steps: Steps = PACED,
    outside: float = inf,
    edge: float = 0.0,
) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32]]:
    """`match` for many documents that lie side by side in one matrix.

    Parameters
    ----------
    cost : float32 [query, all references] with axis 1, [all references, query] with axis 0,
        where each reference takes its turn as the one that pays.
    starts, stops : int64 [documents], each document's range along `axis`.

    Returns
    -------
    cost float32, first and last column within the document (axis 1) or the query
    (axis 0) int32, each [documents]; cost infinite where there is no path.
    """
    run = _scan_columns if axis == 1 else _scan_rows
    return run(_matrix(cost), starts, stops, *_arguments(steps, outside, edge))
