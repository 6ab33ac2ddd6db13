"""The barlines of a system, and its bars.

Which of a piano's candidates (`uprights.py`) are barlines, a network classifies
(`barline_classifier.py`); without one, those that are nearly all ink are. Repeat signs are barlines
with two dots beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barline_classifier import BarlineClassifier, views_of
from scorebridge.score.staves import Staff
from scorebridge.score.uprights import MIN_LINE_INK, NO_LEAN, candidates, upright_lines

CLEAR_LINE_INK = 0.98  # the same of a line of confidence 1
MIN_HEAVY_WIDTH = 0.45  # staff spaces of a double or thick barline (a thin one has 0.1-0.3)
MAX_CLEF = 15.0  # staff spaces of clef, key and time together
MAX_KEY = 9.0  # staff spaces of a new key at the end of a system
MIN_BAR = 3.0  # staff spaces between barlines; nearer ones are one (double bars, repeat signs)
MIN_STEM_INK = 0.5  # share of ink above or below a staff that makes a line there a stem
MIN_DOT_DISTANCE, MAX_DOT_DISTANCE = 0.15, 1.5  # staff spaces from a barline to repeat dots
DOT_WIDTHS = (0.15, 0.8)  # staff spaces, minimum and maximum; a notehead has 1.2


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


def find_bars(
    ink: NDArray[np.uint8],
    group: Sequence[Staff],
    joined: bool = True,
    leans: Sequence[float] = NO_LEAN,
    classifier: BarlineClassifier | None = None,
) -> list[PageBar]:
    """The bars of one system, barline to barline, from its left end.

    joined : whether barlines run from the top line of the system to its bottom line. Otherwise,
        if fewer than two do, they are searched for in each of its staves.
    leans : dx/dy of barlines that are tried.
    classifier : of the candidates of a pair of staves; None: by their ink alone.

    The space after the last barline is a bar if it is wide enough for a note. Clef and
    key before a repeat sign, and a new key after a double bar at the end, are no bars.
    """
    top, bottom = group[0], group[-1]
    space = (top.space + bottom.space) / 2
    left, right = min(s.x0 for s in group), max(s.x1 for s in group)
    edges = [_Edge(left, left, left)]
    lines, rejected = _barlines(ink, group, leans, classifier)
    if len(group) == 1 or (not joined and len(lines) < 2):
        lines, rejected = _by_ink(_in_each(ink, group)), np.zeros((0, 2))
    for start, stop, confidence in lines:
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
            confidence=min(a.confidence, b.confidence, _undivided(rejected, a.x, b.x))
            * _width_confidence((b.x - a.x) / typical),
            opens=signs[id(a)][1],
            closes=signs[id(b)][0],
        )
        for a, b in bars
    ]


def _barlines(
    ink: NDArray[np.uint8],
    group: Sequence[Staff],
    leans: Sequence[float],
    classifier: BarlineClassifier | None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Left and right edge and confidence of each barline through a system, [lines, 3].

    Second, of the rejected candidates: x, and the probability of a barline, [others, 2].
    """
    top, bottom = group[0], group[-1]
    if classifier is None or len(group) != 2:
        return _by_ink(upright_lines(ink, top, bottom, 0.0, 4.0, leans)), np.zeros((0, 2))
    lines = candidates(ink, top, bottom, leans)
    middle = lines[:, :2].mean(1)
    views = views_of(ink, top, bottom, np.column_stack([middle, lines[:, 3]]))
    probability = classifier(views).astype(np.float64)
    is_line = probability >= 0.5
    found = np.column_stack([lines[is_line, :2], probability[is_line]])
    return found, np.column_stack([middle, probability])[~is_line]


def _by_ink(lines: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lines with a confidence from their share of ink: 0.5 at `MIN_LINE_INK`; [lines, 3]."""
    confidence = 0.5 + 0.5 * (lines[:, 2] - MIN_LINE_INK) / (CLEAR_LINE_INK - MIN_LINE_INK)
    return np.column_stack([lines[:, :2], np.clip(confidence, 0.5, 1.0)])


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
    return (
        all(_dotted(ink, s, *left) for s in group),
        all(_dotted(ink, s, *right) for s in group),
    )


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
    return len(widths) == 1 and DOT_WIDTHS[0] <= widths[0] <= DOT_WIDTHS[1]


def _in_each(ink: NDArray[np.uint8], group: Sequence[Staff]) -> NDArray[np.float64]:
    """Lines that run through every staff by itself at the same x, without stems.

    A barline stops at the outer lines, a stem does not. Of several staves one end may be covered.
    """
    found = [upright_lines(ink, staff, staff, 0.0, 4.0) for staff in group]
    lines = []
    for line in found[0]:
        held = 0
        for staff, others in zip(group, found, strict=True):
            near = np.abs(others[:, :2].mean(1) - line[:2].mean())
            if not len(near) or near.min() > 0.6 * staff.space:
                break
            held += _open_ends(ink, staff, *others[near.argmin(), :2])
        else:
            if held <= (len(group) > 1):
                lines.append(line)
    return np.array(lines).reshape(-1, 4)


def _open_ends(ink: NDArray[np.uint8], staff: Staff, start: float, stop: float) -> int:
    """At how many of its two ends a line goes on beyond the outer lines of a staff."""
    middle, ends = (start + stop) / 2, 0
    x0, x1 = round(start), max(round(start) + 1, round(stop))
    for line in (-0.7, 4.7):
        y0, y1 = (round(staff.y(middle, line + d)) for d in (-0.35, 0.35))
        patch = ink[max(0, y0) : max(0, y1) + 1, max(0, x0) : max(0, x1)]
        ends += bool(patch.size and patch.max(1).mean() > MIN_STEM_INK)
    return ends
