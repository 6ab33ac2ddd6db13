"""How reliable an alignment is: each of its bars, and the pair as a whole.

A bar's confidence is the share of all ways through the score, each weighed by how well it fits
(`jumps.posterior`), that passes near the chosen place at the same moment. It is low where two
places fit alike, or where page or playing is unreadable. A fit no better than chance lowers it
too.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log2

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.bars import Bars
from scorebridge.alignment.curves import Curve
from scorebridge.types import BarConfidence

SAME_PLACE = 60.0  # columns on either side that count as the same place: about a bar
PAIR_WEIGHTS = (-0.08, 3.21, -1.60)
"""Logistic weights of a pair that is aligned: 1, surplus over its scatter, binary logarithm of the
seconds. `scorebridge-lab calibrate` fits and prints them."""
MIN_SECONDS = 0.5  # below which the logarithm of the seconds is cut off


def pair_confidence(surplus: float, seconds: float) -> float:
    """Probability that a recording plays the score that it is aligned with.

    Parameters
    ----------
    surplus : by how much the path fits better than backwards, in units of the scatter of a mean
        over so many seconds.
    seconds : of the recording that are on the path.
    """
    one, per_surplus, per_length = PAIR_WEIGHTS
    logit = one + per_surplus * surplus + per_length * log2(max(seconds, MIN_SECONDS))
    return 1 / (1 + exp(-min(max(logit, -700.0), 700.0)))


def nearby_share(
    shares: NDArray[np.float32], path: NDArray[np.int32], columns: NDArray[np.floating]
) -> NDArray[np.float64]:
    """For each path cell, the posterior within `SAME_PLACE` columns of it: [cells], 0 to 1.

    Parameters
    ----------
    shares : float32 [rows, windows], as from `jumps.posterior`.
    path : int32 [cells, 2], row and window.
    columns : [windows], middle of each window in the unrolled score.
    """
    where = np.asarray(columns, np.float64)
    order = np.argsort(where, kind="stable")
    ordered = where[order]
    summed = np.cumsum(shares[path[:, 0]][:, order], axis=1, dtype=np.float64)
    summed = np.concatenate([np.zeros((len(path), 1)), summed], axis=1)
    here = where[path[:, 1]]
    low = np.searchsorted(ordered, here - SAME_PLACE, side="left")
    high = np.searchsorted(ordered, here + SAME_PLACE, side="right")
    rows = np.arange(len(path))
    return np.clip(summed[rows, high] - summed[rows, low], 0, 1)


def bar_confidences(
    curves: Sequence[Curve], bars: Bars, times: NDArray[np.float64], shares: NDArray[np.float64]
) -> tuple[BarConfidence, ...]:
    """The mean share in each bar that is played, in playing order.

    times : [cells], s of each path cell. shares : [cells], as from `nearby_share`.
    """
    found = []
    for curve in curves:
        first, last = bars.at(curve.columns[[0, -1]] + np.array([1.0, -1.0]))
        for bar in range(int(first), int(last) + 1) if len(bars) else ():
            edges = np.array([bars.starts[bar - 1], bars.stops[bar - 1]])
            start, stop = curve.when(edges)
            inside = (times >= start) & (times < stop)
            if not inside.any():
                inside[np.abs(times - (start + stop) / 2).argmin()] = True
            found.append(BarConfidence(bar, float(start), float(shares[inside].mean())))
    return tuple(found)
