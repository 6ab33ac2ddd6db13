"""Where music may jump, and what it costs: barlines, repeat signs, ends of systems.

A performance repeats, skips and begins again at barlines. So a path (`jumps.py`) may leave the
score at the end of any bar and enter it at the beginning of any, for a penalty. Where the page
reader saw repeat signs (`Bars.jump_signs`) the penalty is lower. In systems whose bars were not
found it jumps at their ends. Leaving in the middle of a bar (a player who breaks off) costs more.

Penalties are in seconds of evidence: a jump that costs 5 s is taken when what follows fits
better for 5 s of music. Evidence is how much better a recording fits along the score than
backwards, so penalties mean the same for every encoder.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.bars import Bars
from scorebridge.alignment.jumps import JumpCosts

BARLINE_REACH = 20.0  # columns from a barline within which a window stands for it
CLEF_WIDTH = 40.0  # columns of clef and key at the beginning of a system, in which music may enter
TYPICAL_SYSTEM = 600.0  # columns, the unit of `JumpPenalties.distance`


@dataclass(frozen=True, slots=True)
class JumpPenalties:
    """In seconds of evidence, each for leaving and again for entering."""

    barline: float = 5.0
    """At a barline, or the end of a system without bars."""
    repeat_sign: float = 2.5
    """Where repeat signs speak for it."""
    mid_bar: float = 8.0
    """Leaving in the middle of a bar."""
    pause: float = 5.0
    """A pause between two sections, once, whatever it lasts."""
    distance: float = 0.3
    """Each `TYPICAL_SYSTEM` columns between the bar that is left and the one that is entered."""


@dataclass(frozen=True, slots=True)
class CostScale:
    """What penalties are worth in the unit of one pair's cost matrix."""

    per_second: float
    """Cost of a second of evidence."""
    outside: float = np.inf
    """Cost of a row without music."""
    edge: float = 0.0
    """Cost of each window left out at the beginning or the end of the score."""


def jump_costs(
    bars: Bars, windows: NDArray[np.floating], penalties: JumpPenalties | None, scale: CostScale
) -> JumpCosts:
    """The costs of jumping from and to each window of a score.

    Parameters
    ----------
    windows : [columns], middle of each window in the unrolled score.
    penalties : None forbids jumps.
    """
    windows = np.asarray(windows, np.float64)
    hop = np.ptp(windows) / max(len(windows) - 1, 1)
    leave, enter = np.full((2, len(windows)), np.inf)
    if penalties is not None:
        leave[:] = penalties.mid_bar
        _mark_bars(bars, windows, penalties, leave, enter)
    # Where music may jump it may also begin and end anywhere, for no more than a jump.
    maximum = np.inf if penalties is None else penalties.barline * scale.per_second
    skipped = np.minimum(scale.edge * np.arange(len(windows), dtype=np.float64), maximum)
    pause = 0.0 if penalties is None else penalties.pause
    distance = 0.0 if penalties is None else penalties.distance
    return JumpCosts(
        leave=(leave * scale.per_second).astype(np.float32),
        enter=(enter * scale.per_second).astype(np.float32),
        begin=skipped.astype(np.float32),
        finish=skipped[::-1].astype(np.float32),
        outside=scale.outside,
        pause=pause * scale.per_second,
        distance=distance * scale.per_second * hop / TYPICAL_SYSTEM,
    )


def _mark_bars(
    bars: Bars,
    windows: NDArray[np.float64],
    penalties: JumpPenalties,
    leave: NDArray[np.float64],
    enter: NDArray[np.float64],
) -> None:
    """Write the penalties at barlines and ends of systems into `leave` and `enter`."""

    def mark(target: NDArray[np.float64], low: float, high: float, penalty: float) -> None:
        inside = (windows >= low) & (windows <= high)
        inside[np.abs(windows - (low + high) / 2).argmin()] = True
        target[inside] = np.minimum(target[inside], penalty)

    def around(column: float, extra: float = 0.0) -> tuple[float, float]:
        return column - BARLINE_REACH, column + BARLINE_REACH + extra

    barline, sign = penalties.barline, penalties.repeat_sign
    enters, leaves = bars.jump_signs()
    for k in range(len(bars)):
        clef = CLEF_WIDTH if bars.is_first[k] else 0.0
        mark(enter, *around(float(bars.starts[k]), clef), sign if enters[k] else barline)
        mark(leave, *around(float(bars.stops[k])), sign if leaves[k] else barline)
    for start, stop in bars.without_bars:
        mark(enter, *around(start, CLEF_WIDTH), barline)
        mark(leave, *around(stop), barline)
