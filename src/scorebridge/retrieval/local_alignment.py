"""Local alignment: the best run of any part of one document through any part of another.

P4 section III-C warps the whole query into a document. Where the query is a page and the document
a concert, or a recording with announcements and a volume, only part of *either* side has a
counterpart. So a pair of windows gains its similarity less a `threshold`, a path may begin and end
anywhere, and its gain is its sum (as Smith and Waterman, 1981, compare sequences). With the
threshold above what chance paths reach, unrelated documents gain little however long they are, and
the gain of others grows with the number of windows that agree.

Steps as `dtw.PACED`: each query window meets one document window and moves on by 0 to 4. The loop
is in `kernels/local_runs.py`. Cost: one pass over all cells, as `dtw.match`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.dtw import PACED, Steps
from scorebridge.kernels.loading import load


class Runs(NamedTuple):
    """The best run of each document; arrays [documents]. Windows count from 0, ends included."""

    gain: NDArray[np.float64]
    """Sum of similarity less threshold along the path; 0 where nothing rises above it."""
    query_first: NDArray[np.int64]
    query_last: NDArray[np.int64]
    first: NDArray[np.int64]
    """Document window."""
    last: NDArray[np.int64]


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
    starts, stops = np.asarray(starts, np.int64), np.asarray(stops, np.int64)
    widest = int((stops - starts).max(initial=0))
    found = np.empty((len(starts), 5))
    load("local_runs").best_runs(
        np.ascontiguousarray(similarity, np.float32),
        starts,
        stops,
        threshold,
        np.array(steps.penalties, np.float32),
        np.empty((2, widest), np.float32),
        np.empty((2, widest), np.int64),
        found,
    )
    gain, query_first, query_last, first, last = found.T
    return Runs(gain, *(a.astype(np.int64) for a in (query_first, query_last, first, last)))
