"""The number that an editor gives each bar, from the numbers printed at systems.

Between two known numbers bars count on. Where more bars are printed than numbers pass, some do not
count: a pickup is bar 0, the second half of a bar that a repeat sign splits is `12b`. A rest of
several bars whose number is read counts as many. Where more numbers pass than that, a bar was
missed, or a rest was not read; the widest bar is taken for them. Where no number is printed, bars
count from 1 through the whole score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scorebridge.score.number_chain import Anchor

REPEAT, NARROW, PICKUP = 2.0, 1.0, 2.5  # what speaks for a bar that does not count
NARROW_RATIO = 0.8  # of its neighbours' width


@dataclass(frozen=True, slots=True)
class PrintedBar:
    """What matters of a bar."""

    system: int
    """Index of its system."""
    width: float
    """Of any unit."""
    opens: bool = False
    closes: bool = False
    confidence: float = 1.0
    measures: int = 1
    """That it stands for: more than 1 for a rest of several bars."""


def count_bars(bars: Sequence[PrintedBar], anchors: Sequence[Anchor]) -> list[str]:
    """The number of each bar. bars, anchors : of a whole score, in reading order."""
    first_of = {bar.system: k for k, bar in reversed(list(enumerate(bars)))}
    known: list[tuple[int, int, bool]] = []  # bar, its number, whether it begins a movement
    for anchor in anchors:
        at = next((first_of[s] for s in sorted(first_of) if s >= anchor.system), None)
        if at is not None:
            known.append((at, anchor.number, not anchor.is_printed))
    if not known:
        return _stretch(bars, 1, None, False)
    numbers: list[str] = []
    if (lead := known[0][0]) > 0:
        first = max(1, known[0][1] - _measures(bars[:lead]))
        numbers += _stretch(bars[:lead], first, max(1, known[0][1]), False)
    for k, (at, number, begins) in enumerate(known):
        end, after = (known[k + 1][0], known[k + 1][1]) if k + 1 < len(known) else (len(bars), None)
        goes_on = after is not None and after > number and not known[k + 1][2]
        stretch = bars[at:end]
        numbers += _stretch(stretch, number, after if goes_on else None, begins)
    return numbers


def _stretch(bars: Sequence[PrintedBar], first: int, after: int | None, begins: bool) -> list[str]:
    """Numbers of the bars from `first` to the one before `after`; None: as many as there are."""
    if not bars:
        return []
    surplus = 0 if after is None else _measures(bars) - (after - first)
    uncounted = _uncounted(bars, min(surplus, len(bars) - 1), begins) if surplus > 0 else set()
    number = first - 1
    jump_at, jump = (_widest(bars), -surplus) if surplus < 0 else (-1, 0)
    numbers: list[str] = []
    halves = 0
    for k in range(len(bars)):
        if k == 0 and 0 in uncounted:
            number -= 1
        if k > 0 and k in uncounted:
            halves += 1
            numbers.append(f"{number}{chr(ord('a') + min(halves, 25))}")
            continue
        halves = 0
        number += 1
        numbers.append(str(number))
        number += bars[k].measures - 1 + (jump if k == jump_at else 0)
    return numbers


def _measures(bars: Sequence[PrintedBar]) -> int:
    return sum(bar.measures for bar in bars)


def _uncounted(bars: Sequence[PrintedBar], count: int, begins: bool) -> set[int]:
    """The `count` bars that most likely have no number of their own.

    0 stands for a pickup, which begins a movement.
    """

    def is_narrow(k: int) -> bool:
        near = [b.width for m, b in enumerate(bars) if b.system == bars[k].system and m != k]
        return bool(near) and bars[k].width < NARROW_RATIO * float(np.median(near))

    def worth(k: int) -> float:
        narrow = NARROW if is_narrow(k) else 0.0
        if k == 0:
            return PICKUP + narrow
        split = REPEAT if bars[k - 1].closes or bars[k].opens else 0.0
        halves = NARROW if is_narrow(k - 1) else 0.0
        return split + max(narrow, halves) + 0.5 * (1 - bars[k].confidence)

    choices = [k for k in range(0 if begins else 1, len(bars)) if bars[k].measures == 1]
    return set(sorted(choices, key=lambda k: -worth(k))[:count])


def _widest(bars: Sequence[PrintedBar]) -> int:
    return max(range(len(bars)), key=lambda k: bars[k].width)
