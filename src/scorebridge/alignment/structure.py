"""Where music may jump, and what it costs: barlines, repeat signs, system ends, pins, sections.

A performance repeats, skips and begins again at barlines. So a path (`jumps.py`) may leave the
score at the end of any bar and go on at the beginning of any, for a price; where the page
reader saw repeat signs (`Bars.likely`) it leaves and enters more cheaply. In systems
whose bars were not found it jumps at their ends. Leaving in the middle of a bar
(a player who breaks off) costs extra.

Prices are in seconds of evidence: a jump that costs 5 s is taken when what follows fits
better for 5 s of music. Evidence is how much better a recording fits along the score than
backwards, so prices mean the same for every encoder.

A person may give the order of sections instead: then the score is laid out as it is played,
and nothing jumps. A pin makes one row of the recording keep to one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.bars import Bars
from scorebridge.alignment.jumps import Prices
from scorebridge.score.strips import WINDOW_WIDTH

NEAR = 20.0  # columns from a barline within which a window stands for it
CLEF = 40.0  # columns of clef and key at the beginning of a system, in which music may enter
SYSTEM = 600.0  # columns of a usual system
PINNED = 1000.0  # price that a pinned row saves by keeping to its pin
PIN_REACH = 30.0  # columns around a pin to which its row must keep


@dataclass(frozen=True, slots=True)
class JumpPrices:
    """In seconds of evidence, each for leaving and again for entering."""

    plain: float = 5.0
    """At a barline, or the end of a system without bars."""
    sign: float = 2.5
    """Where repeat signs speak for it."""
    broken: float = 8.0
    """Leaving in the middle of a bar."""
    pause: float = 5.0
    """Being silent between two sections, once, whatever it lasts."""
    far: float = 0.3
    """Each `SYSTEM` columns between the bar that is left and the one that is entered."""


@dataclass(frozen=True, slots=True)
class Model:
    """The cost matrix that a path goes through: all of the score once, or sections in order."""

    cost: NDArray[np.float32]
    """[recording windows, columns], with pins."""
    plain: NDArray[np.float32]
    """The same without pins."""
    windows: NDArray[np.int64]
    """[columns], the score window of each."""
    parts: NDArray[np.int64]
    """[columns], the section of each; all 0 where sections are to be found."""
    limits: tuple[tuple[float, float], ...]
    """Of each section, the columns of the unrolled score that it reaches from and to."""
    given: bool
    """Whether a person gave the sections."""

    @property
    def backwards(self) -> NDArray[np.float32]:
        """The cost of the recording played backwards: what chance brings."""
        return np.ascontiguousarray(self.plain[::-1])

    def pinned(
        self,
        times: NDArray[np.floating],
        positions: NDArray[np.floating],
        anchors: Sequence[tuple[float, float]],
    ) -> Model:
        """The model with rows kept to places.

        times : of the recording windows. positions : columns of the score windows' middles.
        anchors : (seconds, column of the unrolled score).
        """
        if not anchors:
            return self
        cost = self.cost.copy()
        for time, column in anchors:
            row = int(np.abs(times - time).argmin())
            far = np.abs(positions[self.windows] - column)
            # The middles of the outermost windows lie half a window inside the score.
            reach = max(PIN_REACH, min(float(far.min()), WINDOW_WIDTH / 2))
            cost[row, far <= reach] -= PINNED
        return replace(self, cost=cost)

    def keeps(self, path: NDArray[np.int32], times: NDArray[np.floating], time: float) -> bool:
        """Whether a path keeps to the pin at a time."""
        row = int(np.abs(times - time).argmin())
        at = path[path[:, 0] == row]
        return bool(len(at)) and bool((self.cost < self.plain - 1)[at[0, 0], at[0, 1]])

    def saved(self, path: NDArray[np.int32]) -> float:
        """By how much pins made a path cheaper."""
        cells = path[:, 0], path[:, 1]
        return float((self.cost[cells] - self.plain[cells]).sum())

    def begins(self, path: NDArray[np.int32], fresh: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Where sections begin along a path: after jumps, and where given sections change."""
        return fresh | np.concatenate([[True], np.diff(self.parts[path[:, 1]]) != 0])


def free_model(cost: NDArray[np.float32], extent: float) -> Model:
    """All of the score, in which the path may jump."""
    count = cost.shape[1]
    parts = np.zeros(count, np.int64)
    return Model(cost, cost, np.arange(count), parts, ((0.0, extent),), given=False)


def given_model(
    cost: NDArray[np.float32],
    positions: NDArray[np.floating],
    spans: Sequence[tuple[float, float]],
) -> Model:
    """The sections that a person gave, side by side in the order they are played.

    spans : first and last column of each in the unrolled score.
    """
    chosen, parts = [], []
    for k, (low, high) in enumerate(spans):
        inside = np.flatnonzero((positions >= low) & (positions <= high))
        if not len(inside):
            inside = np.array([np.abs(positions - (low + high) / 2).argmin()])
        chosen.append(inside)
        parts.append(np.full(len(inside), k))
    windows = np.concatenate(chosen)
    laid = np.ascontiguousarray(cost[:, windows])
    return Model(laid, laid, windows, np.concatenate(parts), tuple(spans), given=True)


def price_jumps(
    bars: Bars,
    windows: NDArray[np.floating],
    jumps: JumpPrices | None,
    second: float,
    outside: float,
    edge: float,
) -> Prices:
    """Prices of all windows of a score.

    Parameters
    ----------
    windows : [columns], where each window's middle lies in the unrolled score.
    jumps : None forbids jumping.
    second : price of a second of evidence. outside : of a row without music.
    edge : of each window left out at the beginning or the end of the score.
    """
    windows = np.asarray(windows, np.float64)
    hop = np.ptp(windows) / max(len(windows) - 1, 1)
    leave, enter = np.full((2, len(windows)), np.inf)
    if jumps is not None:
        leave[:] = jumps.broken
        _mark_bars(bars, windows, jumps, leave, enter)
    # Where music may jump it may also begin and end anywhere, for no more than a jump.
    most = np.inf if jumps is None else jumps.plain * second
    missed = np.minimum(edge * np.arange(len(windows), dtype=np.float64), most)
    return Prices(
        (leave * second).astype(np.float32),
        (enter * second).astype(np.float32),
        missed.astype(np.float32),
        missed[::-1].astype(np.float32),
        outside,
        0.0 if jumps is None else jumps.pause * second,
        0.0 if jumps is None else jumps.far * second * hop / SYSTEM,
    )


def _mark_bars(
    bars: Bars,
    windows: NDArray[np.float64],
    jumps: JumpPrices,
    leave: NDArray[np.float64],
    enter: NDArray[np.float64],
) -> None:
    """Write the prices at barlines and system ends into `leave` and `enter`."""

    def mark(target: NDArray[np.float64], low: float, high: float, price: float) -> None:
        inside = (windows >= low) & (windows <= high)
        inside[np.abs(windows - (low + high) / 2).argmin()] = True
        target[inside] = np.minimum(target[inside], price)

    begins, ends = bars.likely()
    for k in range(len(bars)):
        lead = CLEF if bars.leads[k] else 0.0
        start, stop = float(bars.starts[k]), float(bars.stops[k])
        mark(enter, start - NEAR, start + NEAR + lead, jumps.sign if begins[k] else jumps.plain)
        mark(leave, stop - NEAR, stop + NEAR, jumps.sign if ends[k] else jumps.plain)
    for start, stop in bars.bare:
        mark(enter, start - NEAR, start + NEAR + CLEF, jumps.plain)
        mark(leave, stop - NEAR, stop + NEAR, jumps.plain)
