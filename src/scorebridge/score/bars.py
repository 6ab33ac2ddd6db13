"""The bars of a system: what lies between its barlines, and the repeat signs.

Repeat signs are barlines with two dots beside them, in the two middle spaces of a staff.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barlines import Barlines
from scorebridge.score.staves import Staff

MIN_HEAVY_WIDTH = 0.45  # staff spaces of a double or thick barline (a thin one has 0.1-0.3)
MIN_HEAVY_RATIO = 1.6  # of its width to that of the system's lines
MIN_USUAL = 3  # barlines of a system, from which that is known
MAX_CLEF = 15.0  # staff spaces of clef, key and time together
MIN_FIRST_BAR = 9.0  # staff spaces of a clef and a note or two, up to a double barline
MIN_ENDED_BAR = 12.7  # the same, up to a sign that seems to close one repeat and open another
MAX_KEY = 9.0  # staff spaces of a new key at the end of a system
MAX_COURTESY_RATIO = 0.75  # of it, and of a new time, to the system's usual bar
MIN_BAR = 2.0  # staff spaces between barlines; nearer ones are one (double bars, repeat signs)
MIN_END_BAR = 3.0  # staff spaces of a bar at an end of the staves: a clef, or a note
MIN_LIKELY = 0.2  # probability of a line that halves a bar which is long
LONG_BAR = 1.3  # times the system's usual bar
MIN_HALF = 0.4  # of the usual bar, of each half
MIN_DOT_DISTANCE, MAX_DOT_DISTANCE = 0.15, 1.5  # staff spaces from a barline to repeat dots
DOT_WIDTHS = (0.15, 0.8)  # staff spaces, minimum and maximum; a notehead has 1.2
MIN_DOTTED = 0.5  # share of a system's staves that show the dots of a repeat sign, of three or more


@dataclass(frozen=True, slots=True)
class PageBar:
    """A bar as found on a page, from barline to barline; x in px of the page."""

    x0: float
    x1: float
    confidence: float
    """0 to 1, from its barlines and its width."""
    opens: bool = False
    """A repeat sign at its left end opens a repeat."""
    closes: bool = False
    """A repeat sign at its right end closes one."""


@dataclass(slots=True)
class _Edge:
    """A barline, or an end of the staves; lines nearer than `MIN_BAR` are one edge."""

    x: float
    """Middle of the first line."""
    start: float
    stop: float
    confidence: float = 1.0
    """0 to 1, that it is a barline."""

    is_line: bool = False
    """Whether it is a barline, not an end of the staves alone."""

    @property
    def width(self) -> float:
        return self.stop - self.start


def bars_of(ink: NDArray[np.uint8], group: Sequence[Staff], barlines: Barlines) -> list[PageBar]:
    """The bars of one system, barline to barline, from its left end.

    ink : uint8 [height, width], 1 is ink. group : the staves of the system.

    The space after the last barline is a bar if it is wide enough for a note. Clef and
    key before a repeat sign, and a new key after a double bar at the end, are no bars.
    """
    space = float(np.mean([s.space for s in group]))
    left, right = min(s.x0 for s in group), max(s.x1 for s in group)
    edges = [_Edge(left, left, left)]
    for start, stop, confidence in barlines.lines:
        middle = float(start + stop) / 2
        least = MIN_BAR if edges[-1].is_line else MIN_END_BAR
        if middle - edges[-1].x >= least * space:
            edges.append(_Edge(middle, start, stop, confidence, True))
        edges[-1].stop = max(edges[-1].stop, stop)
        edges[-1].confidence = max(edges[-1].confidence, confidence)
    if right - edges[-1].x >= MIN_END_BAR * space:
        edges.append(_Edge(right, right, right, 0.5))
    if len(group) == 1:
        _halve_long(edges, barlines.rejected)
    bars = list(pairwise(edges))
    if not bars:
        return []
    heavy = _heavy_width(edges, space)
    signs = {id(edge): _repeat_sign(ink, group, edge, space) for edge in edges}
    first = edges[1].x - edges[0].x
    if len(bars) > 1 and edges[1].width > heavy and first < MAX_CLEF * space:
        shortest = MAX_CLEF
        if len(group) == 1:  # bars of parts are narrow
            closes, opens = signs[id(edges[1])]
            # A time signature may look like the dots of a sign that closes.
            shortest = (MIN_ENDED_BAR if closes else MAX_CLEF) if opens else MIN_FIRST_BAR
        bars = bars[1:] if first < shortest * space else bars
    last = edges[-1].x - edges[-2].x
    usual = float(np.median([b.x - a.x for a, b in bars]))
    # No barline follows a new key or time.
    is_open = not edges[-1].is_line and last < MAX_KEY * space
    if len(bars) > 1 and is_open:
        is_courtesy = edges[-2].width > heavy or last < MAX_COURTESY_RATIO * usual
        bars = bars[:-1] if is_courtesy else bars
    typical = float(np.median([b.x - a.x for a, b in bars]))
    return [
        PageBar(
            x0=a.x,
            x1=b.x,
            confidence=min(a.confidence, b.confidence, _undivided(barlines.rejected, a.x, b.x))
            * _width_confidence((b.x - a.x) / typical),
            opens=signs[id(a)][1],
            closes=signs[id(b)][0],
        )
        for a, b in bars
    ]


def _halve_long(edges: list[_Edge], rejected: NDArray[np.float64]) -> None:
    """Add the likeliest rejected line of each long bar, if it leaves two bars of usual length.

    A single staff has no other staff that shows a barline which is hard to tell from a stem.
    """
    if len(edges) < 3:
        return
    usual = float(np.median([b.x - a.x for a, b in pairwise(edges)]))
    likely = rejected[rejected[:, 1] >= MIN_LIKELY]
    for x, probability in likely[np.argsort(-likely[:, 1])]:
        k = next((k for k, edge in enumerate(edges) if edge.x > x), len(edges))
        if not 1 < k < len(edges):  # clef and key lengthen the first bar
            continue
        before, after = x - edges[k - 1].x, edges[k].x - x
        if before + after > LONG_BAR * usual and min(before, after) > MIN_HALF * usual:
            edges.insert(k, _Edge(float(x), float(x), float(x), float(probability), True))


def _heavy_width(edges: Sequence[_Edge], space: float) -> float:
    """px beyond which a barline is double or thick. Where ink has spread, all lines are wide."""
    widths = [edge.width for edge in edges if edge.is_line]
    usual = float(np.quantile(widths, 0.25)) if len(widths) >= MIN_USUAL else 0.0
    return max(MIN_HEAVY_WIDTH * space, MIN_HEAVY_RATIO * usual)


def _undivided(rejected: NDArray[np.float64], x0: float, x1: float) -> float:
    """Confidence that no rejected line between x0 and x1 is a barline."""
    inside = (rejected[:, 0] > x0) & (rejected[:, 0] < x1)
    return float(1 - rejected[inside, 1].max(initial=0.0))


def _width_confidence(width: float) -> float:
    """Confidence in a bar from its width over the median: it falls below 0.4 and above 2.2."""
    return float(np.clip(min(width / 0.4, 2.2 / width), 0.3, 1.0))


def _repeat_sign(
    ink: NDArray[np.uint8], group: Sequence[Staff], edge: _Edge, space: float
) -> tuple[bool, bool]:
    """Whether repeat dots are left of the edge (it closes), and right of it (it opens)."""
    if edge.width <= MIN_HEAVY_WIDTH * space:
        return False, False
    left = (edge.start - MAX_DOT_DISTANCE * space, edge.start - MIN_DOT_DISTANCE * space)
    right = (edge.stop + MIN_DOT_DISTANCE * space, edge.stop + MAX_DOT_DISTANCE * space)
    plain = [s for s in group if s.lines == 5] or group
    share = 1.0 if len(plain) <= 2 else MIN_DOTTED
    closes, opens = (
        [_dotted(ink, s, *side) for s in plain].count(True) >= share * len(plain)
        for side in (left, right)
    )
    return closes, opens


def _dotted(ink: NDArray[np.uint8], staff: Staff, x0: float, x1: float) -> bool:
    """Whether dots are in the two middle spaces of a staff, and in no other space."""
    columns = np.arange(round(x0), round(x1) + 1)
    rows = np.arange(-1, 2) * 0.1 * staff.space  # around the middle of a space: dots may be small
    top = staff.top + staff.slope * (columns - (staff.x0 + staff.x1) / 2)
    y = top[:, None] + np.arange(0.5, 4) * staff.space
    where = np.round(y[..., None] + rows).astype(int)  # [columns, spaces, rows]
    inside = (columns >= 0) & (columns < ink.shape[1]) & (where.min((1, 2)) >= 0)
    inside &= where.max((1, 2)) < ink.shape[0]
    if not inside.any():
        return False
    share = ink[where[inside], columns[inside][:, None, None]].mean(2)
    dots = (share[:, 1:3].min(1) > 0.3) & (share[:, ::3].max(1) < 0.4)
    steps = np.diff(np.concatenate([[0], dots.astype(np.int8), [0]]))
    widths = (np.flatnonzero(steps == -1) - np.flatnonzero(steps == 1)) / staff.space
    return len(widths) == 1 and DOT_WIDTHS[0] <= float(widths[0]) <= DOT_WIDTHS[1]
