"""Audio with and without repeats made from a kern, and where in the print it is at each moment.

The print is played once by Verovio; what sounds in each stretch of print (`kern.py`)
is cut out and laid end to end in the order of the file's list of sections. So the
second time through is the same notes at new times, and every moment of the recording
belongs to a known bar and a known share of it. Notes that would sound beyond the end of
their stretch are cut there, as a player's hands leave the keys to begin again.

Cost: some seconds of processor time a kern for Verovio, 0.3 s a minute for the sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.benchmarks.kern import Print, read_print
from scorebridge_lab.engrave.verovio import UNMARKED_TEMPO, timed_events
from scorebridge_lab.errors import LabError

AGREE = 0.51  # quarters by which the ends of print and clock may differ: a last short note


@dataclass(frozen=True, slots=True)
class KernSource:
    """A kern file, read: its print, and its notes and clock when the print is played once."""

    print: Print
    events: NDArray[Any]
    """`EVENT` records."""
    quarters: NDArray[np.float64]
    seconds: NDArray[np.float64]
    """The clock: `quarters` of print are reached at `seconds`, both rising."""


@dataclass(frozen=True, slots=True)
class Played:
    """A performance of a print."""

    print: Print
    events: NDArray[Any]
    """`EVENT` records, sorted by onset."""
    stretches: tuple[tuple[NDArray[np.float64], NDArray[np.float64]], ...]
    """Each stretch in playing order: rising seconds, and the quarters of print at them."""

    @property
    def duration(self) -> float:
        """Seconds until the last stretch ends."""
        return float(self.stretches[-1][0][-1])

    def stretch_at(self, times: NDArray[np.float64]) -> NDArray[np.int64]:
        """Which stretch is being played at each time."""
        starts = np.array([seconds[0] for seconds, _ in self.stretches])
        found = np.searchsorted(starts, times, side="right") - 1
        return np.clip(found, 0, len(starts) - 1)

    def bar_at(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Bars from the beginning of the print at each time: bar from 0, and the share of it."""
        quarters = np.empty(len(times))
        which = self.stretch_at(times)
        for k, (seconds, reached) in enumerate(self.stretches):
            quarters[which == k] = np.interp(times[which == k], seconds, reached)
        starts = np.array([bar.start for bar in self.print.bars])
        ends = np.array([bar.end for bar in self.print.bars])
        bar = np.clip(np.searchsorted(starts, quarters, side="right") - 1, 0, len(starts) - 1)
        share = (quarters - starts[bar]) / (ends[bar] - starts[bar])
        return bar + np.clip(share, 0, 1 - 1e-9)


def read_source(kern: Path) -> KernSource:
    """Read a kern. Raises LabError where Verovio's clock and the file's bars do not agree."""
    print_ = read_print(kern)
    events, quarters, seconds = timed_events(kern, UNMARKED_TEMPO)
    if abs(quarters[-1] - print_.end) > AGREE:
        raise LabError(f"{kern}: {print_.end} quarters counted, Verovio has {quarters[-1]}")
    return KernSource(print_, events, quarters, seconds)


def play(source: KernSource, order: str | None) -> Played:
    """A source in one of its orders (see `Print.stretches`) at its written tempo."""
    events, quarters, seconds = source.events, source.quarters, source.seconds
    parts, stretches, at = [], [], 0.0
    for start, end in source.print.stretches(order):
        inside = (quarters > start + 1e-6) & (quarters < end - 1e-6)
        begin, stop = np.interp([start, end], quarters, seconds)
        clock = np.concatenate([[begin], seconds[inside], [stop]]) - begin + at
        keep = (events["onset"] >= begin - 1e-4) & (events["onset"] < stop - 1e-4)
        part = events[keep].copy()
        part["duration"] = np.minimum(part["duration"], stop - part["onset"])
        part["onset"] += at - begin
        parts.append(part)
        stretches.append((clock, np.concatenate([[start], quarters[inside], [end]])))
        at += float(stop - begin)
    played = np.sort(np.concatenate(parts), order="onset")
    return Played(source.print, played, tuple(stretches))
