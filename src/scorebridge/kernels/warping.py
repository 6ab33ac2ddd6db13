"""Dynamic time warping: best costs by rolling rows, and the best path with every step.

`alignment.dtw` describes the arguments. Costs are float32. A step pattern is `weights` and
`penalties` of the steps (1, k), and `within`, the weight of the step (0, 1).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scorebridge.kernels.compiler import FASTMATH, kernel

FIRST_CELL = 255  # in the matrix of steps: a path begins here


@njit(fastmath=FASTMATH)
def _end_penalty(i, j, outside, edge):
    """Penalty of beginning at row i, column j (mirrored: of ending there)."""
    penalty = np.float32(0)
    if i > 0:
        penalty += np.float32(i * outside)
    if j > 0:
        penalty += np.float32(j * edge)
    return penalty


@njit(fastmath=FASTMATH)
def _take_step(here, here_from, before, before_from, row, weight, penalty):
    """Take one kind of step into a whole row where it is the cheapest.

    All arrays [n], shifted against each other. In this form LLVM vectorizes the loop.
    """
    for j in range(len(here)):
        value = before[j] + weight * row[j] + penalty
        better = value < here[j]
        here[j] = value if better else here[j]
        here_from[j] = before_from[j] if better else here_from[j]


@kernel("f4[:,:] i8[:,:] f4[:] f4[:] f8 f8 f8 f4[:,:] i4[:,:] f4[:] i4[:] i4[:]", fastmath=True)
def scan(
    cost, ranges, weights, penalties, within, outside, edge, rows_, origins, costs, firsts, lasts
):
    """Cost, first and last column of the best path through each block of a matrix.

    ranges : [blocks, 4], first row, last row + 1, first column, last column + 1 of each.
    rows_, origins : scratch, [2, columns of the widest block].
    costs, firsts, lasts : results, [blocks].
    """
    infinity = np.float32(np.inf)
    within, outside, edge = np.float32(within), np.float32(outside), np.float32(edge)
    for d in range(len(ranges)):
        r0, r1, c0, c1 = ranges[d, 0], ranges[d, 1], ranges[d, 2], ranges[d, 3]
        rows, columns = r1 - r0, c1 - c0
        before, here = rows_[0, :columns], rows_[1, :columns]
        before_from, here_from = origins[0, :columns], origins[1, :columns]
        best, best_first, best_last = infinity, 0, 0
        for i in range(rows):
            row = cost[r0 + i, c0:c1]
            if i == 0 or outside < infinity:
                for j in range(columns):
                    here[j] = _end_penalty(i, j, outside, edge) + row[j]
                    here_from[j] = j
            else:
                for j in range(columns):
                    here[j] = infinity
            if i > 0:
                for k in range(min(len(weights), columns)):
                    stop = columns - k
                    _take_step(
                        here[k:],
                        here_from[k:],
                        before[:stop],
                        before_from[:stop],
                        row[k:],
                        weights[k],
                        penalties[k],
                    )
            if within < infinity:
                for j in range(1, columns):
                    value = here[j - 1] + within * row[j]
                    if value < here[j]:
                        here[j] = value
                        here_from[j] = here_from[j - 1]
            if i == rows - 1 or outside < infinity:
                for j in range(columns):
                    value = here[j] + _end_penalty(rows - 1 - i, columns - 1 - j, outside, edge)
                    if value < best:
                        best, best_first, best_last = value, here_from[j], j
            before, here = here, before
            before_from, here_from = here_from, before_from
        costs[d], firsts[d], lasts[d] = best, best_first, best_last


@kernel("f4[:,:] f4[:] f4[:] f8 f8 f8 f4[:,:] u1[:,:] f4[:] i4[:,:] i8[:]")
def trace(cost, weights, penalties, within, outside, edge, rows_, taken, best_cost, path, length):
    """Cost and cells of the best path through a matrix.

    rows_ : scratch, [2, columns]. taken : scratch, [rows, columns], the step into each cell.
    best_cost : result, [1]. path : result, [rows + columns, 2], from the last cell to the first.
    length : result, [1], the path's number of cells; 0 where the steps allow no path.
    """
    rows, columns = cost.shape
    infinity = np.float32(np.inf)
    within, outside, edge = np.float32(within), np.float32(outside), np.float32(edge)
    before, here = rows_[0], rows_[1]
    best, row_last, column_last = infinity, 0, 0
    for j in range(columns):
        before[j] = infinity
    for i in range(rows):
        may_begin = i == 0 or outside < infinity
        for j in range(columns):
            cell = cost[i, j]
            minimum = _end_penalty(i, j, outside, edge) + cell if may_begin else infinity
            step = FIRST_CELL
            if i > 0:
                for k in range(min(len(weights), j + 1)):
                    value = before[j - k] + weights[k] * cell + penalties[k]
                    if value < minimum:
                        minimum, step = value, k
            if j > 0 and within < infinity:
                value = here[j - 1] + within * cell
                if value < minimum:
                    minimum, step = value, len(weights)
            here[j] = minimum
            taken[i, j] = step
            if i == rows - 1 or outside < infinity:
                value = minimum + _end_penalty(rows - 1 - i, columns - 1 - j, outside, edge)
                if value < best:
                    best, row_last, column_last = value, i, j
        before, here = here, before
    best_cost[0] = best
    length[0] = 0
    if best == infinity:
        return
    i, j, count = row_last, column_last, 0
    while True:
        path[count, 0], path[count, 1] = i, j
        count += 1
        step = taken[i, j]
        if step == FIRST_CELL:
            break
        if step == len(weights):
            j -= 1
        else:
            i -= 1
            j -= step
    length[0] = count
