"""The order in which stretches of the score are played: repeats and voltas."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.engrave.engraving import REPEAT_ENDS, REPEAT_STARTS

PAUSE_BETWEEN_SCORES = 0.25  # s of nominal time without bars between two scores of a file
MAX_TIMES = 4  # maximum number of times that a stretch is played
ONCE = ((0.0, np.inf),)

Stretches = tuple[tuple[float, float], ...]


def stretches_of(bars: NDArray[Any], rng: np.random.Generator, chance: float | None) -> Stretches:
    """Stretches (from, to) of nominal seconds in playing order.

    bars : `BAR` records in printed order. chance : of taking each repeat; None: no repeats.
    """
    if chance is None or not len(bars):
        return ONCE
    visits: list[int] = []
    first, times, k = 0, 1, 0
    taken: dict[int, bool] = {}
    while k < len(bars):
        bar = bars[k]
        before = bars[k - 1] if k else bar
        parted = bar["onset"] - before["end"] > PAUSE_BETWEEN_SCORES
        past_volta = before["ending"] and not bar["ending"]
        if k > first and (bar["repeat"] & REPEAT_STARTS or parted or past_volta):
            first, times = k, 1
        last = _last_volta(bars, k, first)
        if bar["ending"] and not _plays(int(bar["ending"]), times, last, taken.get(first)):
            k += 1
            continue
        visits.append(k)
        if bar["repeat"] & REPEAT_ENDS and times < min(MAX_TIMES, max(2, last)):
            if taken.setdefault(first, bool(rng.random() < chance)):
                times += 1
                k = first
                continue
            if bar["ending"]:
                # The repeat is not taken: the last volta replaces the first.
                while visits and bars[visits[-1]]["ending"] & int(bar["ending"]):
                    visits.pop()
        if bar["repeat"] & REPEAT_ENDS and not bar["ending"]:
            first, times = k + 1, 1
        k += 1
    return _join(visits, bars)


def _last_volta(bars: NDArray[Any], k: int, first: int) -> int:
    """Number of the last volta of the repeat that begins at bar `first`; 0 where it has none."""
    last, j = 0, first
    while j < len(bars) and (j <= k or bars[j]["ending"]):
        last = max(last, int(bars[j]["ending"]).bit_length())
        j += 1
    while j < len(bars) and not last and not bars[j]["repeat"] & REPEAT_ENDS:
        last = max(last, int(bars[j]["ending"]).bit_length())
        j += 1
        if j < len(bars) and bars[j]["repeat"] & REPEAT_STARTS:
            break
    return last


def _plays(ending: int, times: int, last: int, taken: bool | None) -> bool:
    """Whether a volta is played in pass `times`."""
    if taken is False:
        return bool(ending >> (last - 1) & 1) if last else True
    return bool(ending >> (times - 1) & 1)


def _join(visits: list[int], bars: NDArray[Any]) -> Stretches:
    """Runs of neighbouring bars as stretches; the first begins at 0, the last goes to the end."""
    if not visits:
        return ONCE
    runs: list[list[int]] = []
    for k in visits:
        if runs and k == runs[-1][-1] + 1:
            runs[-1].append(k)
        else:
            runs.append([k])
    out = []
    for number, run in enumerate(runs):
        start = 0.0 if run[0] == 0 else float(bars[run[0]]["onset"])
        if number == len(runs) - 1 and run[-1] + 1 >= len(bars):
            end = np.inf
        else:
            end = float(bars[run[-1] + 1]["onset"] if run[-1] + 1 < len(bars) else bars[-1]["end"])
        out.append((start, end))
    return tuple(out)
