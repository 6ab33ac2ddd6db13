"""First and second endings: bars that a repeat passes over the second time.

A first ending is a bar or two, gone in a second; a path runs through it at double speed
rather than jump. But it shows in the time: where music came back from the end of a bar and later
goes on beyond that bar, the bars before it take less time than they took the first time, by
just as long as the first ending lasts. Measured on 11 ragtimes and sonatas: 1 to 2 s where an
ending is passed over, at most half a second otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.bars import Bars
from scorebridge.alignment.curves import Run

LONGEST = 4  # bars of a first ending
BEFORE = 2  # bars before it whose time is compared as well: the path is blurred there
LEAP = 250.0  # columns a second: how fast the path runs through what is passed over
DOUBT = 0.25  # s that a first ending must explain the missing time better than none


def split_endings(runs: Sequence[Run], bars: Bars) -> list[Run]:
    """The runs, those that pass over a first ending cut in two there.

    runs : the paths of the sections in playing order.
    """
    out = list(runs[:1])
    for first, second in pairwise(runs):
        found = _ending(first, second, bars)
        if found is None:
            out.append(second)
            continue
        leave, enter = found
        before, after = second.columns < leave, second.columns >= enter
        out.append(_part(second, before, leave=leave, enter=second.enter))
        out.append(_part(second, after, leave=second.leave, enter=enter))
    return out


def _part(run: Run, cells: NDArray[np.bool_], leave: float | None, enter: float | None) -> Run:
    return replace(
        run, times=run.times[cells], columns=run.columns[cells], leave=leave, enter=enter
    )


def _ending(first: Run, second: Run, bars: Bars) -> tuple[float, float] | None:
    """Columns between which `second` passes over the end of `first`; None where it does not."""
    if not len(bars) or second.columns[0] >= first.columns[-1]:
        return None
    last = int(np.abs(bars.stops - first.columns[-1]).argmin())  # the bar that closes, from 0
    since = max(first.columns[0], second.columns[0])
    heard = int(np.searchsorted(bars.starts, since))  # the first bar that both play whole
    compared = min(LONGEST + BEFORE, last + 1 - heard)
    if compared <= BEFORE or last + 1 >= len(bars):
        return None
    if second.columns[-1] < bars.starts[last + 1]:
        return None
    starts = bars.starts[last + 1 - compared : last + 1]
    # Windows reach beyond the jump: what the first run saw last is half a window early.
    half = float(np.median(np.diff(first.times))) / 2 if len(first.times) > 1 else 0.0
    onsets = np.array([_when(first, start) for start in starts])
    end = float(first.times[-1]) + half
    missing = (end - onsets[0]) - (_when(second, bars.starts[last + 1]) - _when(second, starts[0]))
    lasting = np.concatenate([[0.0], (end - onsets)[::-1][: compared - BEFORE]])
    widths = np.concatenate([[0.0], (bars.stops[last] - starts)[::-1][: compared - BEFORE]])
    expected = np.maximum(lasting - widths / LEAP, 0)
    passed = int((np.abs(expected - missing) + DOUBT * (lasting > 0)).argmin())
    if passed == 0:
        return None
    leave, enter = float(bars.stops[last - passed]), float(bars.starts[last + 1])
    if not (second.columns < leave).any() or not (second.columns >= enter).any():
        return None
    return leave, enter


def _when(run: Run, column: float) -> float:
    """The middle of the time that a run spends at a column."""
    times = np.append(run.times, 2 * run.times[-1] - run.times[-2 if len(run.times) > 1 else -1])
    a = np.searchsorted(run.columns, column, side="left")
    b = np.searchsorted(run.columns, column, side="right")
    return float(times[max(0, a - 1)] + times[min(b, len(run.times))]) / 2
