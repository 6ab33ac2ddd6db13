"""Local alignment: the best run of any part of one document through any part of another.

P4 section III-C warps the whole query into a document. A page asked of a concert, a movement
inside a volume, a recording with announcements, two pieces on one track: there only part
of *either* side has a counterpart. So a pair of windows gains its similarity less a
`threshold`, paths may begin and end anywhere, and what counts is the largest sum a path
collects (as Smith and Waterman, 1981, compare sequences). With the threshold above what chance
paths reach, strangers collect little however long they are, and the sum is evidence: it grows
with the number of windows that agree.

Steps as `dtw.PACED`: each query window meets one document window and moves on by 0 to 4.
Cost: one pass over all cells, rolling rows, about as `dtw`'s kernels.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scorebridge.alignment.dtw import PACED, Steps


class Runs(NamedTuple):
    """The best run of each document; arrays [documents]. Windows count from 0, ends included."""

    gain: NDArray[np.float64]
    """Sum of similarity less threshold along the path; 0 where nothing rises above it."""
    query_first: NDArray[np.int64]
    query_last: NDArray[np.int64]
    first: NDArray[np.int64]
    """Document window."""
    last: NDArray[np.int64]


@njit(nogil=True, cache=True, fastmath={"nsz", "contract", "reassoc"})
def _leap(here, here_from, before, before_from, penalty):
    """Let a row continue from the one before where that is better; shifted arrays, [n] each."""
    for j in range(len(here)):
        value = before[j] - penalty
        better = value > here[j]
        here[j] = value if better else here[j]
        here_from[j] = before_from[j] if better else here_from[j]


@njit(nogil=True, cache=True, fastmath={"nsz", "contract", "reassoc"})
def _runs(similarity, starts, stops, threshold, penalties):
    """Best run in each range of columns: [ranges, 5] of sum, first row, last row, columns."""
    rows = similarity.shape[0]
    out = np.zeros((len(starts), 5), np.float64)
    for d in range(len(starts)):
        c0 = starts[d]
        columns = stops[d] - c0
        before = np.zeros(columns, np.float32)
        here = np.zeros(columns, np.float32)
        before_from = np.zeros(columns, np.int64)
        here_from = np.zeros(columns, np.int64)
        for i in range(rows):
            for j in range(columns):  # a path that begins here
                here[j] = 0.0
                here_from[j] = (i << 32) + j
            if i > 0:
                for k in range(min(len(penalties), columns)):
                    stop = columns - k
                    _leap(here[k:], here_from[k:], before[:stop], before_from[:stop], penalties[k])
            row = similarity[i, c0 : c0 + columns]
            top = np.float32(0.0)
            for j in range(columns):
                here[j] += row[j] - threshold
                top = max(top, here[j])
            if top > out[d, 0]:
                j = np.argmax(here)
                out[d, 0] = here[j]
                out[d, 1], out[d, 2] = here_from[j] >> 32, i
                out[d, 3], out[d, 4] = here_from[j] & 0xFFFFFFFF, j
            before, here = here, before
            before_from, here_from = here_from, before_from
    return out


def best_runs(
    similarity: NDArray[np.float32],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    threshold: float,
    steps: Steps = PACED,
) -> Runs:
    """The best local path of a query through each of several documents.

    Parameters
    ----------
    similarity : float32 [query windows, all document windows], cosines.
    starts, stops : int64 [documents], each document's columns.
    threshold : similarity at which a pair of windows neither gains nor loses.
    steps : only its penalties and their number are used (all weights are 1 here).

    Returns
    -------
    `Runs`.
    """
    matrix = np.ascontiguousarray(similarity, np.float32)
    penalties = np.array(steps.penalties, np.float32)
    found = _runs(
        matrix,
        np.asarray(starts, np.int64),
        np.asarray(stops, np.int64),
        np.float32(threshold),
        penalties,
    )
    whole = found[:, 1:].astype(np.int64)
    return Runs(found[:, 0], whole[:, 0], whole[:, 1], whole[:, 2], whole[:, 3])
