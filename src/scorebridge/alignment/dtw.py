"""Dynamic time warping: the cost of the best path, or the path as well.

Rows are the windows of the *query*, columns those of the *reference*. Every row of a path pays for
its cells. The variants differ in the penalty of beginning or ending inside the matrix instead of in
its corners:

=================  =========  ========  ==========================================
variant            `outside`  `edge`    reading
=================  =========  ========  ==========================================
whole sequences    inf        inf       corner to corner (P4 section II-C)
subsequence        inf        0         all of the query somewhere in the reference
                                        (P4 section III-C)
loose ends         small      small     rows and columns at either end may be left
                                        out at a penalty each: applause, silence
=================  =========  ========  ==========================================

Without the path, memory is O(columns): two rows are kept, and for each column the one at which its
path began. The papers do not give their step pattern; ours are `CLASSIC`, `SYMMETRIC` and `PACED`.

The loops are in `kernels/warping.py`. Cost on one core: see `bench/dtw.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scorebridge.kernels.loading import load

MAX_STEPS = 254  # kinds of steps, so that one fits into a byte beside the mark of a first cell


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
        if not 1 <= len(self.weights) == len(self.penalties) < MAX_STEPS:
            raise ValueError("a step pattern needs as many penalties as weights, at least one each")

    def length(self, rows: int, columns: int) -> float:
        """The weight of a path over that many rows and columns, to divide its cost by.

        Patterns that weigh both directions alike (`SYMMETRIC`) have one weight for all
        paths, rows + columns - 1; the others are measured per query window.
        """
        symmetric = self.weights == (self.within, 2 * self.within)
        return float(rows + columns - 1) if symmetric else float(rows)


CLASSIC = Steps((1.0, 1.0), (0.0, 0.0), 1.0)
"""(1,1), (1,0), (0,1), every cell once. A path that advances fast crosses more cells and costs
more, so documents with wide notation and slow recordings rank lower than they should."""

SYMMETRIC = Steps((1.0, 2.0), (0.0, 0.0), 1.0)
"""As `CLASSIC` with the diagonal counted twice: the weight of a path depends on its ends alone."""

PACED = Steps((1.0,) * 5, (0.03, 0.0, 0.0, 0.01, 0.03))
"""Each query window pays for exactly one cell and moves on by 0 to 4 reference windows, the
range of real music. All paths have the same number of cells, so costs compare between documents
of any tempo and length. Waiting has a small penalty, since else a query stays on one window that
resembles everything; so have leaps."""


class Match(NamedTuple):
    """Where the best path lies and what it costs. Indices count from 0, `last` is included."""

    cost: float
    first: int
    """Reference window at which the path begins."""
    last: int


def match(
    cost: NDArray[np.float32], steps: Steps = PACED, outside: float = inf, edge: float = 0.0
) -> Match:
    """Cost and place of the best path, without the path (by default a subsequence's).

    Parameters
    ----------
    cost : float32 [query windows, reference windows], any range.
    steps : the step pattern.
    outside : penalty of each query window left out before the path begins or after it ends.
    edge : the same for reference windows. See the module's table.

    Returns
    -------
    `Match`; its cost is not normalised, and infinite when the steps allow no path.
    """
    cost = _matrix(cost)
    ranges = np.array([[0, cost.shape[0], 0, cost.shape[1]]])
    costs, firsts, lasts = _scan(cost, ranges, steps, outside, edge)
    return Match(float(costs[0]), int(firsts[0]), int(lasts[0]))


def match_path(
    cost: NDArray[np.float32], steps: Steps = PACED, outside: float = inf, edge: float = 0.0
) -> tuple[float, NDArray[np.int32]]:
    """As `match`, with the path: int32 [cells, 2] of (query, reference) windows in order.

    Memory: one byte a cell. The path is empty when the steps allow none.
    """
    cost = _matrix(cost)
    rows, columns = cost.shape
    best, length = np.empty(1, np.float32), np.empty(1, np.int64)
    path = np.empty((rows + columns, 2), np.int32)
    load("warping").trace(
        cost,
        np.array(steps.weights, np.float32),
        np.array(steps.penalties, np.float32),
        steps.within,
        outside,
        edge,
        np.empty((2, columns), np.float32),
        np.empty((rows, columns), np.uint8),
        best,
        path,
        length,
    )
    return float(best[0]), path[: length[0]][::-1].copy()


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
    cost : float32 [query, all documents] with axis 1, [all documents, query] with axis 0,
        where each document is the query of a path through the one reference.
    starts, stops : int64 [documents], each document's range along `axis`.

    Returns
    -------
    cost float32, first and last column within the document (axis 1) or the reference
    (axis 0) int32, each [documents]; cost infinite where there is no path.
    """
    ranges = np.zeros((len(starts), 4), np.int64)
    own, other = (2, 0) if axis == 1 else (0, 2)
    ranges[:, own], ranges[:, own + 1] = starts, stops
    ranges[:, other + 1] = cost.shape[1 - axis]
    return _scan(cost, ranges, steps, outside, edge)


def _scan(
    cost: NDArray[np.float32], ranges: NDArray[np.int64], steps: Steps, outside: float, edge: float
) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32]]:
    """Cost, first and last column of the best path through each block [r0:r1, c0:c1]."""
    widest = int((ranges[:, 3] - ranges[:, 2]).max(initial=0))
    costs = np.empty(len(ranges), np.float32)
    firsts, lasts = np.empty(len(ranges), np.int32), np.empty(len(ranges), np.int32)
    load("warping").scan(
        _matrix(cost),
        ranges,
        np.array(steps.weights, np.float32),
        np.array(steps.penalties, np.float32),
        steps.within,
        outside,
        edge,
        np.empty((2, widest), np.float32),
        np.empty((2, widest), np.int32),
        costs,
        firsts,
        lasts,
    )
    return costs, firsts, lasts


def _matrix(cost: NDArray[np.float32]) -> NDArray[np.float32]:
    if cost.ndim != 2:
        raise ValueError(f"a cost matrix should have 2 axes but has {cost.ndim}")
    return np.ascontiguousarray(cost, np.float32)
