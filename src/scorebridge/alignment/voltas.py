"""Voltas: bars of a first ending, which a repeat skips the second time.

A first ending is a bar or two and lasts a second; a path runs through it at double speed
rather than jump. But it shows in the time. Where music comes back from the end of a bar and later
goes on beyond that bar, the bars before it take less time than they take the first time, by the
duration of the first ending: on 11 ragtimes and sonatas by 1 to 2 s where an ending is skipped,
by at most half a second otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.bars import Bars
from scorebridge.alignment.curves import SectionPath

MAX_VOLTA_BARS = 4  # bars of a first ending
CONTEXT_BARS = 2  # bars before it whose time is compared too, since the path is blurred there
SKIPPING_TEMPO = 250.0  # columns a second of a path through bars that are not played
MIN_ADVANTAGE = 0.25  # s by which a first ending must explain the missing time better than none


def split_at_voltas(sections: Sequence[SectionPath], bars: Bars) -> list[SectionPath]:
    """Cut each section that skips a first ending in two there.

    sections : the paths of the sections in playing order.
    """
    out = list(sections[:1])
    for first, second in pairwise(sections):
        found = _skipped_volta(first, second, bars)
        if found is None:
            out.append(second)
            continue
        leave, enter = found
        before, after = second.columns < leave, second.columns >= enter
        out.append(_part(second, before, leave=leave, enter=second.enter))
        out.append(_part(second, after, leave=second.leave, enter=enter))
    return out


def _part(
    path: SectionPath, cells: NDArray[np.bool_], leave: float | None, enter: float | None
) -> SectionPath:
    times, columns = path.times[cells], path.columns[cells]
    return replace(path, times=times, columns=columns, leave=leave, enter=enter)


def _skipped_volta(
    first: SectionPath, second: SectionPath, bars: Bars
) -> tuple[float, float] | None:
    """Columns between which `second` skips the end of `first`; None where it does not."""
    if not len(bars) or second.columns[0] >= first.columns[-1]:
        return None
    last = int(np.abs(bars.stops - first.columns[-1]).argmin())  # the bar that closes, from 0
    since = max(first.columns[0], second.columns[0])
    common = int(np.searchsorted(bars.starts, since))  # the first bar that both play whole
    compared = min(MAX_VOLTA_BARS + CONTEXT_BARS, last + 1 - common)
    if compared <= CONTEXT_BARS or last + 1 >= len(bars):
        return None
    if second.columns[-1] < bars.starts[last + 1]:
        return None
    starts = bars.starts[last + 1 - compared : last + 1]
    # Windows reach beyond the jump, so the last cell of the first section is half a window early.
    half = float(np.median(np.diff(first.times))) / 2 if len(first.times) > 1 else 0.0
    onsets = np.array([_time_at(first, start) for start in starts])
    end = float(first.times[-1]) + half
    missing = (end - onsets[0]) - (
        _time_at(second, bars.starts[last + 1]) - _time_at(second, starts[0])
    )
    lengths = compared - CONTEXT_BARS  # bars that the volta may have
    durations = np.concatenate([[0.0], (end - onsets)[::-1][:lengths]])
    widths = np.concatenate([[0.0], (bars.stops[last] - starts)[::-1][:lengths]])
    expected = np.maximum(durations - widths / SKIPPING_TEMPO, 0)
    skipped = int((np.abs(expected - missing) + MIN_ADVANTAGE * (durations > 0)).argmin())
    if skipped == 0:
        return None
    leave, enter = float(bars.stops[last - skipped]), float(bars.starts[last + 1])
    if not (second.columns < leave).any() or not (second.columns >= enter).any():
        return None
    return leave, enter


def _time_at(path: SectionPath, column: float) -> float:
    """The middle of the time that a path spends at a column."""
    next_time = 2 * path.times[-1] - path.times[-2 if len(path.times) > 1 else -1]
    times = np.append(path.times, next_time)
    a = np.searchsorted(path.columns, column, side="left")
    b = np.searchsorted(path.columns, column, side="right")
    return float(times[max(0, a - 1)] + times[min(b, len(path.times))]) / 2
