"""Groups the staves of a page into systems.

Two neighbouring staves belong together where something joins them: the line at their left end, a
brace or a bracket, barlines that run through both. Stems and beams of close lines join staves as
well, so lines count only where both staves have a barline (`staff_barlines.py`). A black edge or a
gutter runs past the outer staves, and does not count. Then the page is looked at as a whole: where
nothing is drawn, barlines at the same places in both staves and a system's size elsewhere on
the page decide, and for piano music with broken lines the distances.

Full staves and small ones of full length (a voice above a piano in small print) make the system;
a short or small one above it is another reading and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barlines import StaffBarlines
from scorebridge.score.braces import Brace
from scorebridge.score.staves import Staff
from scorebridge.score.uprights import MIN_LINE_INK, NO_LEAN, has_left_line, lines_between

MIN_THROUGH = 0.5  # share of the barlines of two staves that run through the gap between them
MAX_THROUGH_GAP = 20.0  # staff spaces between two staves that barlines join
MAX_LEAN = 0.12  # dx/dy of barlines drawn by hand
SAME_PLACE = 0.7  # staff spaces by which a barline of two staves may be off
MIN_ALIGNED = 0.7  # share of the barlines of two staves that stand at the same places
MIN_INNER = 2  # barlines inside a staff, below which their places are no evidence
MIN_REPEATS = 2  # of a pattern of groups on a page
SAME_END = 4.0  # staff spaces by which the ends of a system's staves differ at most, a clef
MAX_OVERHANG = 2.5  # staff spaces by which a line at the left end may pass the outer staves
MIN_SPACE_RATIO = 0.88  # of the typical staff space there, below which print is small
MIN_LENGTH_RATIO = 0.4  # of the systems' median length; a shorter lone staff is another reading
MIN_SMALL_LENGTH = 0.9  # of its system's length, of a small staff that belongs to it
MIN_LONE_QUALITY = 0.5  # of a lone staff beside systems; slurs and hairpins have less
MIN_JOINING_RATIO = 0.6  # of the lines of the best joined pair, of a pair as good
MAX_PAIR_GAP = 14.0  # staff spaces between two staves of a pair that no line joins


def joined_staves(
    ink: NDArray[np.uint8],
    staves: Sequence[Staff],
    braces: Sequence[Brace],
    barlines: StaffBarlines,
    leans: Sequence[float] = NO_LEAN,
) -> list[bool]:
    """Whether something joins each staff with the next one down the page, [len(staves) - 1].

    ink : uint8 [height, width], 1 is ink. barlines : read only of staves that neither a line at
    the left end nor a brace joins. leans : dx/dy of the line at the left end that are tried.
    """
    pairs = list(pairwise(staves))
    lines = [lines_between(ink, a, b, leans) for a, b in pairs]
    left = [has_left_line(ink, *pair, found) for pair, found in zip(pairs, lines, strict=True)]
    left = _without_edges(ink, staves, left)
    # Barlines drawn by hand lean, and may be none of the lines. In print they stand upright.
    may_lean = not any(left)
    return [
        left[k]
        or any(brace.first <= k < brace.last for brace in braces)
        or ((may_lean or len(lines[k]) > 0) and _run_through(ink, *pair, barlines))
        for k, pair in enumerate(pairs)
    ]


def _without_edges(
    ink: NDArray[np.uint8], staves: Sequence[Staff], left: Sequence[bool]
) -> list[bool]:
    """The lines at the left end, less those that run on far beyond the staves they join."""
    kept, start = list(left), 0
    for k in range(len(staves)):
        if k < len(left) and left[k]:
            continue
        # Lines join staves start to k; an edge begins or ends with the page's staves.
        above = _runs_on(ink, staves[start], -MAX_OVERHANG, -1.0)
        last = staves[k].lines - 1
        below = _runs_on(ink, staves[k], last + 1, last + MAX_OVERHANG)
        is_outer = start == 0 or k == len(staves) - 1
        if k > start and is_outer and above and below:
            kept[start:k] = [False] * (k - start)
        start = k + 1
    return kept


def _runs_on(ink: NDArray[np.uint8], staff: Staff, line: float, to_line: float) -> bool:
    """Whether a column near a staff's left end is ink from one height (staff lines) to another."""
    y0, y1 = round(staff.y(staff.x0, line)), round(staff.y(staff.x0, to_line))
    reach = max(1, round(1.2 * staff.space))
    x0 = max(0, round(staff.x0) - reach)
    part = ink[max(0, y0) : max(0, y1), x0 : round(staff.x0) + reach]
    return bool(part.size) and float(part.mean(0).max()) > 0.95


def group_staves(
    staves: Sequence[Staff], joined: Sequence[bool], barlines: StaffBarlines
) -> list[list[Staff]]:
    """Group staves into systems, from top to bottom.

    joined : see `joined_staves`. barlines : read only where a page's systems differ in size.
    """
    if not staves:
        return []
    joined = _completed(staves, joined, barlines)
    groups = [[staves[0]]]
    for staff, together in zip(staves[1:], joined, strict=True):
        if together:
            groups[-1].append(staff)
        else:
            groups.append([staff])
    typical = _typical_space(staves)
    full = [_full_staves(group, typical) for group in groups]
    systems = _pair_lone([group for group in full if group], barlines)
    if all(len(group) == 1 for group in systems):
        return systems
    lengths = [s.x1 - s.x0 for g in systems if len(g) > 1 for s in g]
    min_length = MIN_LENGTH_RATIO * float(np.median(lengths))

    def is_system(group: list[Staff]) -> bool:
        first = group[0]
        long = first.x1 - first.x0 > min_length
        return len(group) > 1 or (long and first.quality > MIN_LONE_QUALITY)

    return [group for group in systems if is_system(group)]


def _run_through(
    ink: NDArray[np.uint8], upper: Staff, lower: Staff, barlines: StaffBarlines
) -> bool:
    """Whether barlines of two staves run through the gap between them.

    Stems, slurs and pedal signs cross the gap too, so a line counts only between two barlines.
    """
    if _gap(upper, lower) > MAX_THROUGH_GAP:
        return False
    a, b = _inner(upper, barlines), _inner(lower, barlines)
    if not len(a) or not len(b):
        return False
    y = upper.y(upper.x0, 2), lower.y(lower.x0, 2)
    apart = (upper.slope + lower.slope) / 2 * (y[1] - y[0]) + b[None] - a[:, None]
    near = np.argwhere(np.abs(apart) <= SAME_PLACE * upper.space + MAX_LEAN * (y[1] - y[0]))
    held = {int(i) for i, j in near if _is_line(ink, upper, lower, float(a[i]), float(b[j]))}
    return len(held) >= max(1, MIN_THROUGH * min(len(a), len(b)))


def _is_line(ink: NDArray[np.uint8], upper: Staff, lower: Staff, x0: float, x1: float) -> bool:
    """Whether the straight line from x0 in a staff to x1 in the next is ink in the gap."""
    ends = upper.y(x0, 2), lower.y(x1, 2)
    y = np.arange(round(upper.y(x0, upper.lines - 1)) + 1, round(lower.y(x1)))
    if not len(y):
        return True
    x = x0 + (x1 - x0) * (y - ends[0]) / (ends[1] - ends[0])
    reach = max(1, round(0.25 * upper.space))
    columns = np.clip(
        np.round(x).astype(int)[:, None] + np.arange(-reach, reach + 1), 0, ink.shape[1] - 1
    )
    rows = np.clip(y, 0, ink.shape[0] - 1)
    return float(ink[rows[:, None], columns].max(1).mean()) >= MIN_LINE_INK


def _inner(staff: Staff, barlines: StaffBarlines) -> NDArray[np.float64]:
    """x of a staff's barlines that are not its ends, level with the left end: [n]."""
    found = barlines(staff)
    x = found[found[:, 2] >= 0.5, :2].mean(1)
    rim = 3 * staff.space
    return x[(x > staff.x0 + rim) & (x < staff.x1 - rim)]


def _common(upper: Staff, lower: Staff, barlines: StaffBarlines) -> int:
    """Number of inner barlines that stand at the same place in two staves."""
    a, b = _inner(upper, barlines), _inner(lower, barlines)
    if not len(a) or not len(b):
        return 0
    # Barlines are at right angles to the staves: down the page they move against the slope.
    shift = -(upper.slope + lower.slope) / 2 * (lower.y(lower.x0, 2) - upper.y(upper.x0, 2))
    off = np.abs(a[:, None] + shift - b[None]).min(1)
    return int((off <= SAME_PLACE * upper.space).sum())


def _completed(
    staves: Sequence[Staff], joined: Sequence[bool], barlines: StaffBarlines
) -> list[bool]:
    """Joints that the page's other systems and common barlines supply where no line is seen."""
    out = list(joined)
    sizes = np.diff(np.flatnonzero([True, *(not j for j in joined), True]))
    largest = int(sizes.max())
    if largest < 2:
        return out
    gaps = [_gap(a, b) for (a, b), j in zip(pairwise(staves), joined, strict=True) if j]
    for k, (a, b) in enumerate(pairwise(staves)):
        if out[k]:
            continue
        before = next((k - n for n in range(k + 1) if n == k or not out[k - n - 1]), 0)
        after = next(n for n in range(k + 1, len(staves)) if n == len(staves) - 1 or not out[n])
        if after - before + 1 > largest or _gap(a, b) > 1.3 * max(gaps):
            continue
        out[k] = _are_aligned(a, b, barlines)
    return _by_pattern(staves, out, barlines)


def _by_pattern(
    staves: Sequence[Staff], joined: Sequence[bool], barlines: StaffBarlines
) -> list[bool]:
    """Joints of groups of unequal size that follow each other in the same order all down the page.

    Two staves of a piano and one of a violin, again and again, make systems of three where
    barlines stand at the same places in all of them, even if nothing is drawn between.
    """
    breaks = np.flatnonzero([not j for j in joined])
    sizes = np.diff(np.array([-1, *breaks, len(staves) - 1])).tolist()
    for period in range(2, len(sizes) // MIN_REPEATS + 1):
        pattern = sizes[:period]
        if len(set(pattern)) == 1 or sizes != pattern * (len(sizes) // period):
            continue
        inside = [int(b) for k, b in enumerate(breaks) if (k + 1) % period]
        if all(_are_aligned(staves[k], staves[k + 1], barlines) for k in inside):
            return [j or k in inside for k, j in enumerate(joined)]
    return list(joined)


def _are_aligned(upper: Staff, lower: Staff, barlines: StaffBarlines) -> bool:
    """Whether nearly all barlines of two staves, and their ends, stand at the same places."""
    if max(abs(upper.x0 - lower.x0), abs(upper.x1 - lower.x1)) > SAME_END * upper.space:
        return False
    inner = len(_inner(upper, barlines)), len(_inner(lower, barlines))
    if min(inner) < MIN_INNER:
        return False
    return _common(upper, lower, barlines) >= MIN_ALIGNED * max(inner)


def _gap(upper: Staff, lower: Staff) -> float:
    """Staff spaces from a staff's last line to the next one's first."""
    x = (max(upper.x0, lower.x0) + min(upper.x1, lower.x1)) / 2
    return (lower.y(x) - upper.y(x, upper.lines - 1)) / upper.space


def _full_staves(group: Sequence[Staff], typical: np.poly1d) -> list[Staff]:
    """The staves of a system: of full size, or small and as long as the full ones."""
    is_full = [s.lines != 5 or s.space >= MIN_SPACE_RATIO * typical(s.top) for s in group]
    if not any(is_full):
        return []
    length = max(s.x1 - s.x0 for s, full in zip(group, is_full, strict=True) if full)
    return [
        staff
        for staff, full in zip(group, is_full, strict=True)
        if full or staff.x1 - staff.x0 >= MIN_SMALL_LENGTH * length
    ]


def _typical_space(staves: Sequence[Staff]) -> np.poly1d:
    """Staff space of full-size print as a function of y; on a photograph it changes down the page.

    A line through the spaces of all staves, then again through those that are not small.
    """
    tops, spaces = np.array([s.top for s in staves]), np.array([s.space for s in staves])
    keep = np.ones(len(staves), bool)
    line = np.poly1d([spaces.max()])
    for _ in range(3):
        degree = 1 if np.count_nonzero(keep) >= 6 else 0  # few staves give no trend
        line = np.poly1d(np.polyfit(tops[keep], spaces[keep], degree))
        bigger = spaces >= MIN_SPACE_RATIO * line(tops)
        if not bigger.any():
            break
        keep = bigger
    return line


def _pair_lone(groups: list[list[Staff]], barlines: StaffBarlines) -> list[list[Staff]]:
    """Pair neighbouring lone staves: nearest first, none farther apart than `MAX_PAIR_GAP`.

    A page of lone staves alone is paired only if their distances alternate; if they are
    even, it is a page of single-staff systems. Staves whose barlines differ are no pair.
    """

    def gap(k: int) -> float:
        return _gap(groups[k][-1], groups[k + 1][0])

    def agree(k: int) -> bool:
        a, b = groups[k][-1], groups[k + 1][0]
        most = max(len(_inner(a, barlines)), len(_inner(b, barlines)))
        return most < MIN_INNER or _common(a, b, barlines) >= MIN_ALIGNED * most

    lone = [len(group) == 1 for group in groups]
    near = [k for k in range(len(groups) - 1) if lone[k] and lone[k + 1] and gap(k) < MAX_PAIR_GAP]
    near = [k for k in near if agree(k)]
    if not near:
        return groups
    if all(lone) and len(groups) > 2:
        inside, between = (
            [gap(k) for k in range(0, len(groups) - 1, 2)],
            [gap(k) for k in range(1, len(groups) - 1, 2)],
        )
        if len(groups) % 2 or np.median(between) < 1.15 * np.median(inside):
            return groups
        near = [k for k in near if k % 2 == 0]
    first: set[int] = set()
    for k in sorted(near, key=gap):
        if not first & {k - 1, k, k + 1}:
            first.add(k)
    return [
        group + groups[k + 1] if k in first else group
        for k, group in enumerate(groups)
        if k - 1 not in first
    ]


def strip_staves(group: Sequence[Staff], joined: Sequence[float]) -> Sequence[Staff]:
    """The staves of a system that go into its strip: at most two, neighbours.

    joined : `barlines.joining_lines` of each staff with the next. The best joined pair is chosen,
        the lowest of several within `MIN_JOINING_RATIO` of the best.
    """
    if len(group) <= 2:
        return group
    best = max(k for k, joint in enumerate(joined) if joint >= MIN_JOINING_RATIO * max(joined))
    return group[best : best + 2]
