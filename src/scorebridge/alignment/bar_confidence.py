"""How sure an alignment is of each bar.

Of all ways through the score, weighed by how well they fit (`jumps.posterior`), the share that
passes near the chosen place at the same moment: low where two places fit alike, or
where page or playing is unreadable and the way there could be another. What fits no better
than chance lowers it as well, however certain the way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.bars import Bars
from scorebridge.alignment.curves import Curve
from scorebridge.alignment.dtw import Steps
from scorebridge.alignment.jumps import Prices, posterior
from scorebridge.alignment.structure import Model
from scorebridge.types import BarConfidence

CLOSE = 60.0  # columns on either side that count as the same place: about a bar


def row_trust(
    model: Model,
    steps: Steps,
    prices: Prices,
    heat: float,
    path: NDArray[np.int32],
    positions: NDArray[np.floating],
) -> NDArray[np.float64]:
    """For each path cell, the posterior within `CLOSE` columns of it: [cells], 0 to 1.

    heat : price by which a rival must be dearer to count 1/e.
    positions : columns of the score windows' middles.
    """
    share, _ = posterior(model.cost, steps, prices, heat)
    where = np.asarray(positions, np.float64)[model.windows]
    order = np.argsort(where, kind="stable")
    ordered = where[order]
    summed = np.cumsum(share[path[:, 0]][:, order], axis=1, dtype=np.float64)
    summed = np.concatenate([np.zeros((len(path), 1)), summed], axis=1)
    here = where[path[:, 1]]
    low = np.searchsorted(ordered, here - CLOSE, side="left")
    high = np.searchsorted(ordered, here + CLOSE, side="right")
    rows = np.arange(len(path))
    return np.clip(summed[rows, high] - summed[rows, low], 0, 1)


def bar_confidences(
    curves: Sequence[Curve], bars: Bars, times: NDArray[np.float64], trust: NDArray[np.float64]
) -> tuple[BarConfidence, ...]:
    """The mean trust in each bar that is played, in playing order.

    times, trust : [cells], of the path.
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
            found.append(BarConfidence(bar, float(start), float(trust[inside].mean())))
    return tuple(found)
