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
MAX_CLEF = 15.0  # staff spaces of clef, key and time together
MAX_KEY = 9.0  # staff spaces of a new key at the end of a system
MIN_BAR = 3.0  # staff spaces between barlines; nearer ones are one (double bars, repeat signs)
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

    def is_heavy(self, space: float) -> bool:
        return self.stop - self.start > MIN_HEAVY_WIDTH * space


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
        if middle - edges[-1].x >= MIN_BAR * space:
            edges.append(_Edge(middle, start, stop, confidence))
        edges[-1].stop = max(edges[-1].stop, stop)
        edges[-1].confidence = max(edges[-1].confidence, confidence)
    if right - edges[-1].x >= MIN_BAR * space:
        edges.append(_Edge(right, right, right, 0.5))
    bars = list(pairwise(edges))
    if not bars:
        return []
    if len(bars) > 1 and edges[1].is_heavy(space) and edges[1].x - edges[0].x < MAX_CLEF * space:
        bars = bars[1:]
    if len(bars) > 1 and edges[-2].is_heavy(space) and edges[-1].x - edges[-2].x < MAX_KEY * space:
        bars = bars[:-1]
    signs = {id(edge): _repeat_sign(ink, group, edge, space) for edge in edges}
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
    if not edge.is_heavy(space):
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
