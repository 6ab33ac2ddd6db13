"""Bars of a score: where they lie in the unrolled score, and their numbers in an alignment.

Bars count barline to barline from 1 through the printed score. A bar with a
fraction is a place inside it: 7.5 is half through bar 7. Editors number bars otherwise (a pickup is
bar 0, movements begin again): their numbers are texts, and come from `Place.numbers`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import UsageError
from scorebridge.types import Alignment, Place, Point


@dataclass(frozen=True, slots=True)
class JumpPoints:
    """Places from which, or to which, music may jump, in reading order."""

    columns: NDArray[np.float64]
    """[points], columns of the unrolled score, rising."""
    has_sign: NDArray[np.bool_]
    """[points], whether a repeat sign or an end of the score speaks for a jump."""


def _jump_points(
    columns: NDArray[np.float64], has_sign: NDArray[np.bool_], unsigned: list[float]
) -> JumpPoints:
    where = np.concatenate([columns, np.array(unsigned, np.float64)])
    order = np.argsort(where, kind="stable")
    signs = np.concatenate([has_sign, np.zeros(len(unsigned), bool)])
    return JumpPoints(where[order], signs[order])


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a score in reading order. Columns are those of the unrolled score."""

    starts: NDArray[np.float64]
    """[bars], column of each bar's left barline."""
    stops: NDArray[np.float64]
    """[bars], column of its right one."""
    opens: NDArray[np.bool_]
    """[bars], whether a repeat sign opens at its left."""
    closes: NDArray[np.bool_]
    """[bars], whether one closes at its right."""
    is_first: NDArray[np.bool_]
    """[bars], whether it is the first of its system (clef and key stand in it)."""
    without_bars: tuple[tuple[float, float], ...] = ()
    """First and last column of each system in which no bars were found."""

    def __len__(self) -> int:
        return len(self.starts)

    def column(self, bar: float) -> float:
        """Column of a place given as bar number (from 1, with fraction). Raises `UsageError`."""
        if not 1 <= bar <= len(self) + 1 or not len(self):  # neither is a number that is none
            raise UsageError(f"bar {bar:g}: the score has bars 1 to {len(self)}.")
        if bar == len(self) + 1:
            return float(self.stops[-1])
        k = int(bar) - 1
        return float(self.starts[k] + (bar - 1 - k) * (self.stops[k] - self.starts[k]))

    def span(self, first: int, last: int) -> tuple[float, float]:
        """Columns from the left of bar `first` to the right of bar `last`. Raises `UsageError`."""
        if not 1 <= first <= last <= len(self):
            raise UsageError(f"bars {first}-{last}: the score has bars 1 to {len(self)}.")
        return float(self.starts[first - 1]), float(self.stops[last - 1])

    def jump_signs(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Whether signs speak for a jump to each bar's left end, and from its right end.

        Music enters at a sign that opens, after one that closes, and at the beginning of the
        score. It leaves at a sign that closes, before one that opens, and at the end of the score.
        """
        after, before = np.roll(self.closes, 1), np.roll(self.opens, -1)
        if len(self):
            after[0] = before[-1] = True
        return self.opens | after, self.closes | before

    def entries(self) -> JumpPoints:
        """Where music may go on after a jump."""
        unsigned = [start for start, _ in self.without_bars]
        return _jump_points(self.starts, self.jump_signs()[0], unsigned)

    def exits(self) -> JumpPoints:
        """Where it may leave for a jump."""
        unsigned = [stop for _, stop in self.without_bars]
        return _jump_points(self.stops, self.jump_signs()[1], unsigned)

    def at(self, columns: NDArray[np.floating]) -> NDArray[np.int64]:
        """Number of the bar at each column: the last that has begun, at least 1."""
        return np.maximum(np.searchsorted(self.starts, columns, side="right"), 1)


def bars_of(places: Sequence[Place]) -> Bars:
    """The bars that were found in the systems of a score (`Encoded.places`)."""
    ends, signs, is_first, without_bars = [], [], [], []
    for place in places:
        width = place.stop - place.start
        scale = width / (place.x1 - place.x0) if place.x1 > place.x0 else 0.0
        if not place.bars:
            without_bars.append((float(place.start), float(place.stop)))
        for k, (x0, x1) in enumerate(place.bars):
            ends.append([place.start + np.clip((x - place.x0) * scale, 0, width) for x in (x0, x1)])
            signs.append(place.repeats[k] if k < len(place.repeats) else (False, False))
            is_first.append(k == 0)
    columns = np.array(ends, np.float64).reshape(-1, 2)
    flags = np.array(signs, bool).reshape(-1, 2)
    return Bars(
        starts=columns[:, 0],
        stops=columns[:, 1],
        opens=flags[:, 0],
        closes=flags[:, 1],
        is_first=np.array(is_first, bool),
        without_bars=tuple(without_bars),
    )


def bar_numbers(places: Sequence[Place]) -> tuple[str, ...]:
    """The editor's number of every bar in reading order; its count where none is known.

    places : the systems of the score in reading order (`Encoded.places`).
    """
    numbers: list[str] = []
    for place in places:
        count = len(numbers)
        plain = (str(count + k + 1) for k in range(len(place.bars)))
        numbers += place.numbers if len(place.numbers) == len(place.bars) else plain
    return tuple(numbers)


def name_bars(alignment: Alignment, places: Sequence[Place]) -> Alignment:
    """Fill in the bars of points and sections, and their editor's numbers.

    places : the systems of the score in reading order (`Encoded.places`). A point left of a
        system's first bar (at the clef) belongs to that bar, one right of the last bar to the
        last. Points of a system in which no bars were found have none.
    """
    starts: dict[tuple[int, int], tuple[int, list[float]]] = {}
    before = 0
    numbers = bar_numbers(places)
    for place in places:
        starts[place.page, place.system] = before, [x0 for x0, _ in place.bars]
        before += len(place.bars)

    def bar_of(point: Point) -> int | None:
        first, edges = starts.get((point.page, point.system), (0, []))
        return first + max(1, bisect_right(edges, point.x)) if edges else None

    def number_of(bar: int | None) -> str | None:
        return numbers[bar - 1] if bar else None

    named = [(point, bar_of(point)) for point in alignment.points]
    points = tuple(replace(point, bar=bar, number=number_of(bar)) for point, bar in named)
    sections, start_times = [], {section.start_s for section in alignment.sections}
    for section in alignment.sections:
        last = section.end_s - 1e-6 * (section.end_s in start_times)  # the next owns its start
        inside = (p.bar for p in points if section.start_s <= p.time_s <= last)
        bars = [bar for bar in inside if bar is not None]
        ends = (bars[0], bars[-1]) if bars else (None, None)
        sections.append(
            replace(
                section,
                first_bar=ends[0],
                last_bar=ends[1],
                first_number=number_of(ends[0]),
                last_number=number_of(ends[1]),
            )
        )
    return replace(alignment, points=points, sections=tuple(sections))
