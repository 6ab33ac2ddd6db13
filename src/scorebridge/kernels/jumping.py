"""Warping with jumps: the best path, the posterior of every cell, one row of it at a time.

`alignment.jumps` describes the model and the arguments. In `best_path` costs are float32 and add
up. In `posterior` and `advance` they are factors, exp(-cost / temperature), and multiply.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from scorebridge.kernels.compiler import kernel

FIRST_CELL, AFTER_PAUSE, AFTER_JUMP = 255, 254, 253  # in the matrix of steps, above any step


@njit
def _cheapest_exits(before, leave, distance_cost, entries, jump, came_from):
    """For each column of `entries`: cost of the cheapest jump there, and the column it leaves.

    A jump costs `distance_cost` per column, so the best exit is carried along from the left and
    then from the right.
    """
    columns = len(before)
    best, where, at = np.float32(np.inf), 0, 0
    for j in range(columns):
        best += distance_cost
        value = before[j] + leave[j]
        if value < best:
            best, where = value, j
        if at < len(entries) and entries[at] == j:
            jump[j] = best
            came_from[at] = where
            at += 1
    best, where, at = np.float32(np.inf), 0, len(entries) - 1
    for j in range(columns - 1, -1, -1):
        best += distance_cost
        value = before[j] + leave[j]
        if value < best:
            best, where = value, j
        if at >= 0 and entries[at] == j:
            if best < jump[j]:
                jump[j] = best
                came_from[at] = where
            at -= 1


@kernel(
    "f4[:,:] f4[:] f4[:] f4[:] f4[:] f4[:] f8 f8 f8 i8[:] i8[:] f4[:,:] u1[:,:] i4[:,:] "
    "i4[:,:] f4[:] i4[:,:] u1[:] i8[:]"
)
def best_path(
    cost,
    penalties,
    leave,
    enter,
    begin,
    finish,
    outside,
    pause_cost,
    distance_cost,
    entries,
    entry_index,
    rows_,
    taken,
    came_from,
    pauses,
    best_cost,
    path,
    is_start,
    length,
):
    """Cost and cells of the cheapest path; see `alignment.jumps.jump_path`.

    entries : the columns that may be entered, rising. entry_index : [columns], index into it.
    rows_ : scratch, [3, columns]. taken : scratch, [rows, columns], the step into each cell.
    came_from : scratch, [rows, entries]. pauses : scratch, [2, rows].
    best_cost : result, [1]. path : result, [rows, 2], from the last cell to the first.
    is_start : result, [rows], 1 where a section starts. length : result, [1], number of cells.
    """
    rows, columns = cost.shape
    infinity = np.float32(np.inf)
    outside, pause_cost = np.float32(outside), np.float32(pause_cost)
    distance_cost = np.float32(distance_cost)
    steps = len(penalties)
    before, here, jump = rows_[0], rows_[1], rows_[2]
    left_from, paused_at = pauses[0], pauses[1]  # the cheapest exit after each row; the row before
    for j in range(columns):
        before[j] = infinity
        jump[j] = infinity
    left, pause = infinity, infinity  # cost of having left after the row before; of pausing
    pause_row = -1
    best, row_last, column_last = infinity, 0, 0
    for i in range(rows):
        lead = np.float32(i * outside) if i > 0 else np.float32(0)
        if i > 0:
            _cheapest_exits(before, leave, distance_cost, entries, jump, came_from[i])
        paused_at[i] = pause_row
        left_here = infinity
        left_from[i] = 0
        for j in range(columns):
            minimum = lead + begin[j]
            mark = FIRST_CELL
            value = (jump[j] if jump[j] <= pause else pause) + enter[j]
            if value < minimum:
                minimum, mark = value, AFTER_JUMP if jump[j] <= pause else AFTER_PAUSE
            for k in range(min(steps, j + 1)):
                value = before[j - k] + penalties[k]
                if value < minimum:
                    minimum, mark = value, k
            minimum += cost[i, j]
            here[j] = minimum
            taken[i, j] = mark
            value = minimum + leave[j]
            if value < left_here:
                left_here = value
                left_from[i] = j
            trail = np.float32((rows - 1 - i) * outside) if i < rows - 1 else np.float32(0)
            value = minimum + finish[j] + trail
            if value < best:
                best, row_last, column_last = value, i, j
        # A pause that includes the next row continues one, or begins after the row before.
        longer = pause + outside
        shorter = left + outside + pause_cost
        if shorter < longer:
            pause, pause_row = shorter, i - 1
        else:
            pause = longer
        left = left_here
        before, here = here, before
    best_cost[0] = best
    length[0] = 0
    if best == infinity:
        return
    i, j, count = row_last, column_last, 0
    while True:
        path[count, 0], path[count, 1] = i, j
        mark = taken[i, j]
        is_start[count] = 1 if mark >= AFTER_JUMP else 0
        count += 1
        if mark == FIRST_CELL:
            break
        if mark == AFTER_JUMP:
            j = came_from[i, entry_index[j]]
            i -= 1
        elif mark == AFTER_PAUSE:
            i = paused_at[i]
            j = left_from[i]
        else:
            i -= 1
            j -= mark
    length[0] = count


@njit
def _spread(amounts, factor, out):
    """out[j] = sum over k of amounts[k] * factor ** abs(j - k)."""
    carried = 0.0
    for j in range(len(amounts)):
        carried = carried * factor + amounts[j]
        out[j] = carried
    carried = 0.0
    for j in range(len(amounts) - 1, -1, -1):
        out[j] += carried
        carried = (carried + amounts[j]) * factor


@kernel("f4[:,:] f8[:] f8[:] f8[:] f8[:] f8[:] f8[:] f8 f8 f8[:,:] f8[:,:] f4[:,:] f4[:]")
def posterior(
    weight,
    steps,
    leave,
    enter,
    begin,
    finish,
    outside,
    pausing,
    distance,
    rows_,
    idle_before,
    shares,
    idle,
):
    """Share of all paths through each cell, and of pauses in each row, forward and backward.

    Each row is scaled to sum to 1 as it comes, so nothing overflows or underflows.

    rows_ : scratch, [5, columns]. idle_before : scratch, [3, rows], the forward shares of rows
    before, between and after the music.
    shares : result, [rows, columns]. idle : result, [rows].
    """
    rows, columns = weight.shape
    here, before, leaving, landing, scaled = rows_[0], rows_[1], rows_[2], rows_[3], rows_[4]
    waiting, between, after = 1.0, 0.0, 0.0
    for j in range(columns):
        before[j] = 0.0
    for i in range(rows):
        left = 0.0
        ended = 0.0
        for j in range(columns):
            leaving[j] = before[j] * leave[j]
            left += leaving[j]
            ended += before[j] * finish[j]
        _spread(leaving, distance, landing)
        total = 0.0
        for j in range(columns):
            here[j] = waiting * begin[j] + (landing[j] + between) * enter[j]
        for k in range(min(len(steps), columns)):
            factor = steps[k]
            for j in range(k, columns):
                here[j] += factor * before[j - k]
        for j in range(columns):
            here[j] *= weight[i, j]
            total += here[j]
        waiting, between, after = (
            waiting * outside[i],
            (between + left * pausing) * outside[i],
            (after + ended) * outside[i],
        )
        total += waiting + between + after
        scale = 1.0 / total if total > 0 else 0.0
        for j in range(columns):
            here[j] *= scale
            shares[i, j] = here[j]
        waiting, between, after = waiting * scale, between * scale, after * scale
        idle_before[0, i], idle_before[1, i], idle_before[2, i] = waiting, between, after
        before, here = here, before
    # Backward, multiplied into the forward shares row by row.
    beta = before
    for j in range(columns):
        beta[j] = finish[j]
    b_waiting, b_between, b_after = 0.0, 0.0, 1.0
    for i in range(rows - 1, -1, -1):
        total = 0.0
        for j in range(columns):
            shares[i, j] *= beta[j]
            total += shares[i, j]
        resting = (
            idle_before[0, i] * b_waiting
            + idle_before[1, i] * b_between
            + idle_before[2, i] * b_after
        )
        total += resting
        idle[i] = 0.0
        if total > 0:
            for j in range(columns):
                shares[i, j] /= total
            idle[i] = resting / total
        entering, beginning = 0.0, 0.0  # from here on: beta of row i - 1
        for j in range(columns):
            scaled[j] = weight[i, j] * beta[j]
            leaving[j] = enter[j] * scaled[j]
            entering += leaving[j]
            beginning += begin[j] * scaled[j]
        _spread(leaving, distance, landing)
        next_between = entering + outside[i] * b_between
        resumed = pausing * outside[i] * b_between
        next_waiting = beginning + outside[i] * b_waiting
        next_after = outside[i] * b_after
        largest = max(next_between, next_waiting, next_after)
        for j in range(columns):
            beta[j] = leave[j] * (landing[j] + resumed) + finish[j] * next_after
        for k in range(min(len(steps), columns)):
            factor = steps[k]
            for j in range(columns - k):
                beta[j] += factor * scaled[j + k]
        for j in range(columns):
            largest = max(largest, beta[j])
        scale = 1.0 / largest if largest > 0 else 0.0
        for j in range(columns):
            beta[j] *= scale
        b_between, b_waiting, b_after = (
            next_between * scale,
            next_waiting * scale,
            next_after * scale,
        )


@kernel("f8[:] f8[:] f8[:] f8[:] f8[:] f8 f8[:] f8[:]")
def advance(before, weight, steps, leave, enter, distance, leaving, here):
    """One row of `posterior` on the way forward: the shares of the columns, of sum 1.

    leaving : scratch, [columns]. here : result, [columns].
    """
    columns = len(before)
    for j in range(columns):
        leaving[j] = before[j] * leave[j]
    _spread(leaving, distance, here)
    for j in range(columns):
        here[j] *= enter[j]
    for k in range(min(len(steps), columns)):
        for j in range(k, columns):
            here[j] += steps[k] * before[j - k]
    total = 0.0
    for j in range(columns):
        here[j] *= weight[j]
        total += here[j]
    if total > 0:
        for j in range(columns):
            here[j] /= total
