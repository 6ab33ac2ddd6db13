"""Bar numbers for an alignment: barline to barline from 1 through the printed score."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from scorebridge.types import Alignment, Place, Point


def name_bars(alignment: Alignment, places: Sequence[Place]) -> Alignment:
    """Fill in the bars of points and sections from the bars found in each system.

    places : the systems of the score in reading order (`Encoded.places`). A point left of a
        system's first bar (at the clef) counts to it, one right of the last to that. Points
        of a system in which no bars were found stay without.
    """
    starts: dict[tuple[int, int], tuple[int, list[float]]] = {}
    before = 0
    for place in places:
        starts[place.page, place.system] = before, [x0 for x0, _ in place.bars]
        before += len(place.bars)

    def bar_of(point: Point) -> int | None:
        first, edges = starts.get((point.page, point.system), (0, []))
        return first + max(1, bisect_right(edges, point.x)) if edges else None

    points = tuple(replace(point, bar=bar_of(point)) for point in alignment.points)
    sections = []
    for section in alignment.sections:
        inside = (p.bar for p in points if section.start_s <= p.time_s <= section.end_s)
        bars = [bar for bar in inside if bar is not None]
        ends = (bars[0], bars[-1]) if bars else (None, None)
        sections.append(replace(section, first_bar=ends[0], last_bar=ends[1]))
    return replace(alignment, points=points, sections=tuple(sections))
