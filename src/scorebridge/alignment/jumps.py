"""Warping with jumps in compiled kernels: the best path, and how sure each of its cells is.

Rows are the windows of a recording, columns those of a score, as in `dtw.py`. Besides the
steps of a pattern a path may *jump*: leave the score at one window and go on, with the next
row, at any other, for the price `leave[from] + enter[to]` (JumpDTW: Fremerey, Mueller and
Clausen 2010, here with a price for each place), and for `far` times the columns between: what
is printed twice alike should not be leapt to and fro. Between leaving and entering it may also
*pause*: rows that belong to no music cost `outside` each. Prices are all that a kernel
knows of bars, repeats and pins; `structure.py` sets them.

`jump_path` is exact dynamic programming. `posterior` runs the same model forward and
backward with sums in place of minima: the share of all paths, weighed by exp(-cost / heat),
that goes through each cell.

Cost on one core: a million cells (10 minutes with repeats against 9 pages) about 0.1 s for
the path and one byte a cell (four more where a path may enter), 0.1 s for the posterior and
four bytes a cell. The first call on a machine compiles, see `dtw.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scorebridge.alignment.dtw import Steps

BEGIN, RESUME, JUMP = 255, 254, 253  # marks in the matrix of steps, above any step


@dataclass(frozen=True, slots=True)
class Prices:
    """What a path pays apart from its cells, in the unit of the cost matrix."""

    leave: NDArray[np.float32]
    """[columns], for leaving the score after this window; infinity forbids it."""
    enter: NDArray[np.float32]
    """[columns], for going on at this window after leaving, or after a pause."""
    begin: NDArray[np.float32]
    """[columns], for beginning the music at this window."""
    finish: NDArray[np.float32]
    """[columns], for ending it after this window."""
    outside: float
    """For each row before, between and after the music; infinity: there are none."""
    pause: float = 0.0
    """For pausing between leaving and entering, once."""
    far: float = 0.0
    """For each column between the one that is left and the one that is entered without a pause."""


@njit(nogil=True, cache=True)
def _jumps(before, leave, far, entries, jump, came_from):
    """Cheapest way to leave after the row before for each entry: its price into `jump`, from where.

    Distance costs, so the best window to leave is carried along from the left, then from the right.
    """
    columns = len(before)
    best, where, at = np.float32(np.inf), 0, 0
    for j in range(columns):
        best += far
        value = before[j] + leave[j]
        if value < best:
            best, where = value, j
        if at < len(entries) and entries[at] == j:
            jump[j] = best
            came_from[at] = where
            at += 1
    best, where, at = np.float32(np.inf), 0, len(entries) - 1
    for j in range(columns - 1, -1, -1):
        best += far
        value = before[j] + leave[j]
        if value < best:
            best, where = value, j
        if at >= 0 and entries[at] == j:
            if best < jump[j]:
                jump[j] = best
                came_from[at] = where
            at -= 1


@njit(nogil=True, cache=True)
def _path(cost, penalties, leave, enter, begin, finish, outside, pausing, far):
    """See `jump_path`; (price, cells [n, 2], 1 where a new stretch begins [n])."""
    rows, columns = cost.shape
    infinity = np.float32(np.inf)
    steps = len(penalties)
    before = np.full(columns, infinity, np.float32)
    here = np.empty(columns, np.float32)
    taken = np.empty((rows, columns), np.uint8)
    entries = np.flatnonzero(enter < infinity)
    came_from = np.empty((rows, len(entries)), np.int32)  # window left for each entry
    left_from = np.zeros(rows, np.int32)  # the cheapest window to leave after each row
    paused_at = np.full(rows, -1, np.int32)  # row after which the cheapest pause began
    off, pause = infinity, infinity  # price of having left after the row before; of pausing
    jump = np.full(columns, infinity, np.float32)  # price of having jumped to each column
    pause_row = -1
    best, row_last, column_last = infinity, 0, 0
    for i in range(rows):
        lead = np.float32(i * outside) if i > 0 else np.float32(0)
        if i > 0:
            _jumps(before, leave, far, entries, jump, came_from[i])
        paused_at[i] = pause_row
        off_here = infinity
        for j in range(columns):
            least = lead + begin[j]
            mark = BEGIN
            value = (jump[j] if jump[j] <= pause else pause) + enter[j]
            if value < least:
                least, mark = value, JUMP if jump[j] <= pause else RESUME
            for k in range(min(steps, j + 1)):
                value = before[j - k] + penalties[k]
                if value < least:
                    least, mark = value, k
            least += cost[i, j]
            here[j] = least
            taken[i, j] = mark
            value = least + leave[j]
            if value < off_here:
                off_here = value
                left_from[i] = j
            value = (
                least + finish[j] + (np.float32((rows - 1 - i) * outside) if i < rows - 1 else 0)
            )
            if value < best:
                best, row_last, column_last = value, i, j
        # A pause after this row: the one that lasts already, or one that begins with row i.
        longer = pause + np.float32(outside)
        shorter = off + np.float32(outside) + pausing
        if shorter < longer:
            pause, pause_row = shorter, i - 1
        else:
            pause = longer
        off = off_here
        before, here = here, before
    cells = np.empty((rows, 2), np.int32)
    fresh = np.zeros(rows, np.uint8)
    if best == infinity:
        return best, cells[:0], fresh[:0]
    i, j, count = row_last, column_last, 0
    while True:
        cells[count, 0], cells[count, 1] = i, j
        mark = taken[i, j]
        if mark >= JUMP:
            fresh[count] = 1
        count += 1
        if mark == BEGIN:
            break
        if mark == JUMP:
            j = came_from[i, np.searchsorted(entries, j)]
            i -= 1
        elif mark == RESUME:
            i = paused_at[i]
            j = left_from[i]
        else:
            i -= 1
            j -= mark
    return best, cells[:count][::-1].copy(), fresh[:count][::-1].copy()


_Four = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


def _arrays(prices: Prices) -> _Four:
    leave, enter, begin, finish = (
        np.ascontiguousarray(a, np.float32)
        for a in (prices.leave, prices.enter, prices.begin, prices.finish)
    )
    return leave, enter, begin, finish


def jump_path(
    cost: NDArray[np.float32], steps: Steps, prices: Prices
) -> tuple[float, NDArray[np.int32], NDArray[np.bool_]]:
    """The cheapest path with jumps.

    Parameters
    ----------
    cost : float32 [recording windows, score windows].
    steps : a pattern whose weights are all 1 and which never moves in the score alone
        (`within` infinite), such as `dtw.PACED`: each row pays for one cell.
    prices : see `Prices`.

    Returns
    -------
    The path's price; its cells int32 [n, 2], (row, column), rows rising (not every row has one:
    pauses); and bool [n], where a new stretch begins: the first cell, and those jumped to.
    Empty when the prices allow no path.
    """
    if set(steps.weights) != {1.0} or np.isfinite(steps.within):
        raise ValueError("jump_path takes patterns with one cell a row and weights of 1")
    best, cells, fresh = _path(
        np.ascontiguousarray(cost, np.float32),
        np.array(steps.penalties, np.float32),
        *_arrays(prices),
        np.float32(prices.outside),
        np.float32(prices.pause),
        np.float32(prices.far),
    )
    return float(best), cells, fresh.astype(bool)


@njit(nogil=True, cache=True)
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


@njit(nogil=True, cache=True)
def _forward_backward(weight, steps, leave, enter, begin, finish, outside, pausing, far):
    """Share of each cell, float32 [rows, columns], and of pausing, float32 [rows].

    All arguments are factors (exp of what `_path` adds): weight [rows, columns], the others
    as there. Rows are scaled to sum 1 as they come, so nothing over- or underflows.
    """
    rows, columns = weight.shape
    alpha = np.zeros((rows, columns), np.float32)
    idle_before = np.zeros(rows)  # not yet begun, after row i, in the scale of row i
    idle_between = np.zeros(rows)
    idle_after = np.zeros(rows)
    here = np.zeros(columns)
    waiting, between, after = 1.0, 0.0, 0.0
    before = np.zeros(columns)
    leaving, landing = np.zeros(columns), np.zeros(columns)
    for i in range(rows):
        left = 0.0
        ended = 0.0
        for j in range(columns):
            leaving[j] = before[j] * leave[j]
            left += leaving[j]
            ended += before[j] * finish[j]
        _spread(leaving, far, landing)
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
            alpha[i, j] = here[j]
        waiting, between, after = waiting * scale, between * scale, after * scale
        idle_before[i], idle_between[i], idle_after[i] = waiting, between, after
        before, here = here, before
    # Backward, multiplied into alpha on the way.
    idle = np.zeros(rows, np.float32)
    beta = np.zeros(columns)
    for j in range(columns):
        beta[j] = finish[j]
    b_waiting, b_between, b_after = 0.0, 0.0, 1.0
    scaled = np.zeros(columns)
    for i in range(rows - 1, -1, -1):
        total = 0.0
        for j in range(columns):
            alpha[i, j] *= beta[j]
            total += alpha[i, j]
        resting = idle_before[i] * b_waiting + idle_between[i] * b_between + idle_after[i] * b_after
        total += resting
        if total > 0:
            for j in range(columns):
                alpha[i, j] /= total
            idle[i] = resting / total
        # beta of row i - 1
        entering, beginning = 0.0, 0.0
        for j in range(columns):
            scaled[j] = weight[i, j] * beta[j]
            leaving[j] = enter[j] * scaled[j]
            entering += leaving[j]
            beginning += begin[j] * scaled[j]
        _spread(leaving, far, landing)
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
    return alpha, idle


def posterior(
    cost: NDArray[np.float32], steps: Steps, prices: Prices, heat: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How likely each cell is, when a path of price p has the weight exp(-p / heat).

    heat : in the unit of the cost; the lower, the surer.

    Returns
    -------
    float32 [rows, columns] and, for no music at all, float32 [rows]; a row of both sums to 1
    (0 where the prices allow no path).
    """
    least = cost.min(1, keepdims=True)  # of each row: a pin makes its row far cheaper
    weight = np.exp((least - cost) / np.float32(heat))
    leave, enter, begin, finish = (np.exp(-a.astype(np.float64) / heat) for a in _arrays(prices))
    step = np.exp(-np.array(steps.penalties) / heat)
    # Each row's weights were raised by exp(least / heat); so is pausing in that row.
    with np.errstate(over="ignore"):
        outside = np.exp((least[:, 0].astype(np.float64) - prices.outside) / heat)
    weight = np.ascontiguousarray(weight)
    pausing, far = (float(np.exp(-price / heat)) for price in (prices.pause, prices.far))
    return _forward_backward(weight, step, leave, enter, begin, finish, outside, pausing, far)


@njit(nogil=True, cache=True)
def _advance(before, weight, steps, leave, enter, far):
    """One row of `_forward_backward` on the way forward: shares of the columns, summing to 1."""
    columns = len(before)
    here = np.zeros(columns)
    _spread(before * leave, far, here)
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
    return here


def advance(
    shares: NDArray[np.float64],
    cost: NDArray[np.float32],
    steps: Steps,
    prices: Prices,
    heat: float,
) -> NDArray[np.float64]:
    """How likely each column is after one more row, from how likely each was before it.

    shares : float64 [columns], summing to 1. cost : float32 [columns], of the new row.
    prices : only `leave`, `enter` and `far` count. See `posterior` for the rest.
    """
    weight = np.exp((cost.min() - cost.astype(np.float64)) / heat)
    step = np.exp(-np.array(steps.penalties) / heat)
    leave, enter, _, _ = (np.exp(-a.astype(np.float64) / heat) for a in _arrays(prices))
    far = float(np.exp(-prices.far / heat))
    return _advance(np.ascontiguousarray(shares, np.float64), weight, step, leave, enter, far)
