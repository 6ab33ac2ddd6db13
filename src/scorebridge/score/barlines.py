"""The barlines of a system.

A piano's barlines run through both its staves; which of the candidates are barlines, a network
classifies that sees the pair (`barline_classifier.py`). In any other system each staff votes: its
candidates are classified by a network that sees one staff (`staff_barlines.py`), and a barline is
where the staves together find one more likely than not. So one staff may hide it, and stems that
stand below each other in some staves make none. Lines that run through the gap between two staves
are further votes. Without networks, the share of ink decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barline_classifier import BarlineClassifier, shipped_classifier, views_of
from scorebridge.score.staff_barlines import (
    LEANS,
    shipped_staff_classifier,
    staff_candidates,
    staff_views_of,
    stems_beside,
)
from scorebridge.score.staves import Staff
from scorebridge.score.uprights import (
    MIN_LINE_INK,
    NO_LEAN,
    candidates,
    lines_between,
    upright_lines,
)

CLEAR_LINE_INK = 0.98  # share of a column that is ink, of a line of confidence 1
MIN_STEM_INK = 0.5  # share of ink above or below a staff that makes a line there a stem
REACH = 0.5  # staff spaces around a candidate within which it is a vote for a barline
CELLS = 8  # places a staff space at which votes are counted
MAX_VOTE = 3.0  # log-odds of one staff, for and against
NO_CANDIDATE = -3.0  # log-odds of a staff without a candidate: worn, covered or interrupted
HAND_LEANS = (-0.1, -0.075, -0.05, -0.025, 0.025, 0.05, 0.075, 0.1)  # dx/dy, drawn by hand
MIN_LEAN_GAIN = 1.25  # times the agreement of upright barlines, of leaning ones
STEM = 0.02  # probability that a stem beside a barline is one
THROUGH = 1.5  # log-odds of a line through the gap between two staves

StaffBarlines = Callable[[Staff], NDArray[np.float64]]
"""Of a staff, its candidates: left and right edge halfway down it in px, and the probability of a
barline; [n, 3]."""


@dataclass(frozen=True, slots=True)
class Classifiers:
    """The networks that classify candidates."""

    pair: BarlineClassifier = shipped_classifier
    """Of two staves that belong together."""
    staff: BarlineClassifier = shipped_staff_classifier
    """Of one staff."""


SHIPPED = Classifiers()


@dataclass(frozen=True, slots=True)
class Barlines:
    """The barlines of a system, from left to right, in px of the page halfway down the system."""

    lines: NDArray[np.float64]
    """Left edge, right edge and confidence, [lines, 3]."""
    rejected: NDArray[np.float64]
    """Of candidates that are no barlines: x and the probability of a barline, [others, 2]."""


def staff_barlines(
    ink: NDArray[np.uint8],
    leans: Sequence[float] = NO_LEAN,
    classifiers: Classifiers | None = SHIPPED,
) -> StaffBarlines:
    """A function that finds the barlines of a staff, of each staff once.

    ink : uint8 [height, width], 1 is ink. leans : dx/dy that are tried besides the usual ones.
    classifiers : None: a line is a barline if it is nearly all ink and ends at the outer lines.
    """
    tried = tuple(sorted({*leans, *LEANS}))

    @cache
    def of(staff: Staff) -> NDArray[np.float64]:
        if classifiers is None or staff.lines not in (4, 5):
            lines = upright_lines(ink, staff, staff, 0.0, staff.lines - 1.0, leans)
            ends = [_open_ends(ink, staff, *line[:2]) for line in lines]
            open_ends = np.array(ends, int).reshape(-1) > 0
            return np.column_stack([lines[:, :2], np.where(open_ends, 0.1, 0.9)])
        if staff.lines == 4:  # seen as a staff of five lines around the same middle
            lines = upright_lines(ink, staff, staff, 0.0, 3.0, leans)
            shown = replace(staff, top=staff.top - staff.space / 2, lines=5)
        else:
            lines, shown = staff_candidates(ink, staff, tried), staff
        views = staff_views_of(ink, shown, np.column_stack([lines[:, :2].mean(1), lines[:, 3]]))
        probability = classifiers.staff(views).astype(np.float64)
        found = np.flatnonzero(probability >= 0.5)
        probability[found[stems_beside(ink, shown, lines[found, :2])]] = STEM
        return np.column_stack([lines[:, :2], probability])

    return of


def pair_barlines(
    ink: NDArray[np.uint8],
    pair: Sequence[Staff],
    leans: Sequence[float] = NO_LEAN,
    classifier: BarlineClassifier | None = shipped_classifier,
) -> Barlines:
    """The barlines that run through two staves. classifier : None: by their ink alone."""
    top, bottom = pair
    if classifier is None:
        lines = upright_lines(ink, top, bottom, 0.0, bottom.lines - 1.0, leans)
        return Barlines(_by_ink(lines), np.zeros((0, 2)))
    lines = candidates(ink, top, bottom, leans)
    middle = lines[:, :2].mean(1)
    views = views_of(ink, top, bottom, np.column_stack([middle, lines[:, 3]]))
    probability = classifier(views).astype(np.float64)
    is_line = probability >= 0.5
    found = np.column_stack([lines[is_line, :2], probability[is_line]])
    return Barlines(found, np.column_stack([middle, probability])[~is_line])


@dataclass(frozen=True, slots=True)
class _Ruler:
    """Places along a system in cells, `CELLS` a staff space, halfway down it."""

    left: float
    """px of cell 0."""
    count: int
    space: float
    """px between staff lines."""
    slope: float
    middle: float
    """y of the system's middle at its left end."""
    start: float
    """x of its left end."""

    @classmethod
    def of(cls, group: Sequence[Staff]) -> _Ruler:
        space = float(np.mean([s.space for s in group]))
        start, stop = min(s.x0 for s in group), max(s.x1 for s in group)
        top, bottom = group[0].y(start), group[-1].y(start, group[-1].lines - 1)
        count = round(((stop - start) / space + 4) * CELLS)
        slope = float(np.mean([s.slope for s in group]))
        return cls(start - 2 * space, count, space, slope, (top + bottom) / 2, start)

    def cells(self, x: NDArray[np.float64], y: float, lean: float) -> NDArray[np.float64]:
        """Cells of x on a line along the staves that is at y at the left end.

        lean : dx/dy of barlines, against the perpendicular of the staves.
        """
        return (x + (lean - self.slope) * (self.middle - y) - self.left) / self.space * CELLS

    def x(self, cells: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """px of cells, halfway down the system."""
        return self.left + np.asarray(cells, np.float64) / CELLS * self.space


def voted_barlines(
    ink: NDArray[np.uint8],
    group: Sequence[Staff],
    barlines: StaffBarlines,
    leans: Sequence[float] = NO_LEAN,
) -> Barlines:
    """The barlines on which the staves of a system agree.

    Staves of five lines vote; others do where there is none. Log-odds add up: each staff's own,
    and one for a line through each gap. Barlines drawn by hand lean: where they stand below each
    other better at another lean than upright, they are counted along it.
    """
    voters = [s for s in group if s.lines == 5] or list(group)
    ruler = _Ruler.of(group)
    found = [(s.y(ruler.start, (s.lines - 1) / 2), barlines(s)) for s in voters]

    def votes(lean: float) -> NDArray[np.float64]:
        return np.sum([_votes(ruler.cells(f[:, :2], y, lean), f[:, 2], ruler) for y, f in found], 0)

    upright = votes(0.0)
    lean, total = 0.0, upright
    if len(voters) > 1:
        for tried in HAND_LEANS:
            at = votes(tried)
            if _agreement(at) > MIN_LEAN_GAIN * _agreement(upright) and (
                _agreement(at) > _agreement(total)
            ):
                lean, total = tried, at
    for upper, lower in pairwise(group):
        through = lines_between(ink, upper, lower, leans if lean == 0 else (lean,))
        y = (upper.y(ruler.start, upper.lines - 1) + lower.y(ruler.start)) / 2
        odds = np.full(len(through), THROUGH)
        total = total + _spread(ruler.cells(through[:, :2], y, lean), odds, ruler.count, 0.0)
    seen = [
        np.column_stack([ruler.cells(found_at[:, :2], y, lean), found_at[:, 2]])
        for y, found_at in found
    ]
    return _counted(total, seen, ruler)


def _votes(
    edges: NDArray[np.float64], probability: NDArray[np.float64], ruler: _Ruler
) -> NDArray[np.float64]:
    """One staff's log-odds of a barline at each cell. edges : of its candidates, in cells."""
    odds = np.clip(_log_odds(probability), -MAX_VOTE, MAX_VOTE)
    return _spread(edges, odds, ruler.count, NO_CANDIDATE)


def _agreement(total: NDArray[np.float64]) -> float:
    """How clear the barlines are: their log-odds together."""
    return float(np.maximum(total, 0).sum())


def _counted(
    total: NDArray[np.float64], seen: Sequence[NDArray[np.float64]], ruler: _Ruler
) -> Barlines:
    """The barlines from the sum of votes at each cell.

    seen : of each voting staff, its candidates: left and right edge in cells, and probability.
    """
    is_line = total > 0
    steps = np.flatnonzero(np.diff(np.concatenate([[False], is_line, [False]]).astype(np.int8)))
    lines = []
    for start, stop in steps.reshape(-1, 2):
        edges = [e[(e[:, 2] >= 0.5) & (e[:, 1] > start) & (e[:, 0] < stop)] for e in seen]
        ends = np.array([(e[:, 0].min(), e[:, 1].max()) for e in edges if len(e)])
        first, last = np.median(ends, axis=0) if len(ends) else (start, stop)
        confidence = _sure(total[start:stop].max() / len(seen))
        lines.append((ruler.x(first), ruler.x(last), confidence))
    middle = np.concatenate([e[:, :2].mean(1) for e in seen])
    where = np.clip(middle.astype(int), 0, ruler.count - 1)
    where = where[~is_line[where]]
    rejected = np.column_stack([ruler.x(where), _sure(total[where] / len(seen))])
    return Barlines(np.array(lines, np.float64).reshape(-1, 3), rejected)


def _spread(
    edges: NDArray[np.float64], odds: NDArray[np.float64], count: int, otherwise: float
) -> NDArray[np.float64]:
    """The largest of the odds within `REACH` of each of `count` cells; [count]."""
    out = np.full(count, -np.inf)
    starts = np.clip(np.floor(edges[:, 0] - REACH * CELLS).astype(int), 0, count)
    stops = np.clip(np.ceil(edges[:, 1] + REACH * CELLS).astype(int), 0, count)
    for start, stop, value in zip(starts, stops, odds, strict=True):
        out[start:stop] = np.maximum(out[start:stop], value)
    return np.where(np.isneginf(out), otherwise, out)


def _log_odds(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    p = np.clip(probability, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def _sure(odds: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Log-odds as a probability."""
    return 1 / (1 + np.exp(-np.asarray(odds, np.float64)))


def _by_ink(lines: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lines with a confidence from their share of ink: 0.5 at `MIN_LINE_INK`; [lines, 3]."""
    confidence = 0.5 + 0.5 * (lines[:, 2] - MIN_LINE_INK) / (CLEAR_LINE_INK - MIN_LINE_INK)
    return np.column_stack([lines[:, :2], np.clip(confidence, 0.5, 1.0)])


def _open_ends(ink: NDArray[np.uint8], staff: Staff, start: float, stop: float) -> int:
    """At how many of its two ends a line goes on beyond the outer lines of a staff."""
    middle, ends = (start + stop) / 2, 0
    x0, x1 = round(start), max(round(start) + 1, round(stop))
    for line in (-0.7, 4.7):
        y0, y1 = (round(staff.y(middle, line + d)) for d in (-0.35, 0.35))
        patch = ink[max(0, y0) : max(0, y1) + 1, max(0, x0) : max(0, x1)]
        ends += bool(patch.size and patch.max(1).mean() > MIN_STEM_INK)
    return ends
