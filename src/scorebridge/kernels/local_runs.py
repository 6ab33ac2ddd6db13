"""Local alignment: the run of the largest sum through each document. See
`retrieval.local_alignment`."""

from __future__ import annotations

import numpy as np
from numba import njit

from scorebridge.kernels.compiler import FASTMATH, kernel


@njit(fastmath=FASTMATH)
def _take_step(here, here_from, before, before_from, penalty):
    """Let a whole row continue from the row before where that is better; shifted arrays, [n]."""
    for j in range(len(here)):
        value = before[j] - penalty
        better = value > here[j]
        here[j] = value if better else here[j]
        here_from[j] = before_from[j] if better else here_from[j]


@kernel("f4[:,:] i8[:] i8[:] f8 f4[:] f4[:,:] i8[:,:] f8[:,:]", fastmath=True)
def best_runs(similarity, starts, stops, threshold, penalties, rows_, origins, out):
    """The best run in each range of columns.

    rows_, origins : scratch, [2, columns of the widest range].
    out : result, [ranges, 5], sum, first row, last row, first column, last column; all 0 where no
        cell is above the threshold.
    """
    rows = similarity.shape[0]
    threshold = np.float32(threshold)
    for d in range(len(starts)):
        c0 = starts[d]
        columns = stops[d] - c0
        before, here = rows_[0, :columns], rows_[1, :columns]
        before_from, here_from = origins[0, :columns], origins[1, :columns]
        for m in range(5):
            out[d, m] = 0.0
        for i in range(rows):
            for j in range(columns):  # a path that begins here
                here[j] = 0.0
                here_from[j] = (i << 32) + j
            if i > 0:
                for k in range(min(len(penalties), columns)):
                    stop = columns - k
                    _take_step(
                        here[k:], here_from[k:], before[:stop], before_from[:stop], penalties[k]
                    )
            row = similarity[i, c0 : c0 + columns]
            top = np.float32(0.0)
            for j in range(columns):
                here[j] += row[j] - threshold
                top = max(top, here[j])
            if top > out[d, 0]:
                j = 0
                while here[j] < top:
                    j += 1
                out[d, 0] = here[j]
                out[d, 1], out[d, 2] = here_from[j] >> 32, i
                out[d, 3], out[d, 4] = here_from[j] & 0xFFFFFFFF, j
            before, here = here, before
            before_from, here_from = here_from, before_from
