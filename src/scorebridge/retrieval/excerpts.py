"""A region of a page or a span of a recording as a query, from the vectors of the whole.

The library stores the vectors of its own documents, so a part of them needs no encoding.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scorebridge.errors import UsageError
from scorebridge.types import Box, Encoded, Place

MIN_COVERED_HEIGHT = 0.5  # of a system (or of the region) that a region covers to select it


def cut_region(score: Encoded, page: int, box: Box) -> Encoded:
    """The music in `box` (page fractions) of a page, as a score of its own.

    One system is cut at the edges of the box; of several, whole systems are taken.
    Raises `UsageError` where there is no music, or less than one window.
    """
    x0, y0, x1, y1 = box
    selected = [
        place
        for place in score.places
        if place.page == page
        and min(y1, place.box[3]) - max(y0, place.box[1])
        >= MIN_COVERED_HEIGHT * min(place.box[3] - place.box[1], y1 - y0)
        and min(x1, place.x1) > max(x0, place.x0)
    ]
    if not selected:
        raise UsageError("There is no music in this region. Draw it over at least one system.")
    first, last = selected[0], selected[-1]
    start, stop = float(first.start), float(last.stop)
    if len(selected) == 1:
        start, stop = column_of(first, x0), column_of(first, x1)
    inside = (score.positions >= start) & (score.positions <= stop)
    if not inside.any():
        raise UsageError("This region is too small. Draw it over at least one bar.")
    begin = int(start)
    places = tuple(
        replace(p, start=max(p.start - begin, 0), stop=p.stop - begin)
        if p.start >= begin
        else replace(p, start=0, stop=p.stop - begin, x0=max(p.x0, x0))
        for p in selected
    )
    cut = score.where(inside)
    positions = (cut.positions - begin).astype(np.float32)
    extent = max(stop - begin, 1.0)
    return replace(cut, positions=positions, extent=extent, pages=1, places=places)


def column_of(place: Place, x: float) -> float:
    """The column of the unrolled score at the page fraction `x` of a system."""
    share = (x - place.x0) / max(place.x1 - place.x0, 1e-9)
    return place.start + min(max(share, 0.0), 1.0) * (place.stop - place.start)


def cut_span(recording: Encoded, start_s: float, end_s: float) -> Encoded:
    """Seconds `start_s` to `end_s` of a recording, as a clip (`Encoded.start_s`).

    Raises `UsageError` for a span outside it or of less than one window.
    """
    if not 0 <= start_s < end_s or start_s >= recording.extent:
        raise UsageError(f"The span must lie within 0 and {recording.extent:.1f} s.")
    inside = (recording.positions >= start_s) & (recording.positions <= end_s)
    if not inside.any():
        raise UsageError("This span is too short. Take at least 3 seconds.")
    cut = recording.where(inside)
    positions = (cut.positions - start_s).astype(np.float32)
    extent = min(end_s, recording.extent) - start_s
    return replace(cut, positions=positions, extent=extent, start_s=recording.start_s + start_s)
