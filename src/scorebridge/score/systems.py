"""The systems of a page: staves that are played together, and their bars.

Two staves belong together where upright ink joins them: the line at the left
end, the barlines. Where a print shows none of it (broken lines, barlines drawn
through each staff alone), distances decide, under the expectation of piano music:
systems of two. Staves in small print, another reading, are left out; staves that the page's
other systems have and one lacks are looked for again (`missing.py`).

Which staves go into the strip: two neighbours at most, those that the most upright
lines join (`core_of`). Barlines run through the two staves of a piano and
stop at a singer's, so of voice and piano it is the piano; the lower pair where
that does not decide.

Cost on one core: 0.1-0.15 s a page of 1,800 px, two thirds of it for the staves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barline_classifier import Judge, shipped
from scorebridge.score.barlines import LEANING, UPRIGHT, find_bars, joints
from scorebridge.score.dewarp import Flattening, flattening_of, lay_of
from scorebridge.score.missing_staves import missing_staves
from scorebridge.score.spreads import sides_of
from scorebridge.score.staves import (
    Staff,
    find_staves,
    in_focus,
    ink_of,
    soft_ink_of,
    staff_space_of,
    wander,
)
from scorebridge.types import Box, Page, System

MIN_JOINTS = 2.0  # see `bars.joints`; between systems a stray line gives 1
SMALL = 0.88  # of the usual staff space there, below which print counts as small
SHORT = 0.4  # of the systems' usual length, below which a lone staff is another reading
POOR = 0.5  # quality up to which a lone staff beside systems is taken for slurs and hairpins
ABOUT = 0.6  # of the best joined pair's lines; a stray one more or less does not decide
BEND_PLACES = 25  # along a bent system, at which its course is told
LEAST_RAISED = 0.41  # quality of a staff on a page that was out of focus: over two lines of five
PAD = 0.02  # of the page's width around a given system, where its staves are looked for
MAX_PAIR_GAP = 14.0  # staff spaces between two staves that no line joins, to be a pair


def find_systems(page: Page, judge: Judge | None = shipped) -> list[System]:
    """The systems of a page in reading order; [] where there is no music.

    page.image : uint8 [height, width], dark on light, turned by at most 20 degrees,
    at least 5 px between staff lines. Pages side by side are read from left to right.
    judge : tells barlines from chords, by default the network that ships; None: geometry alone.
    """
    clear = in_focus(page.image)
    ink = ink_of(clear)
    estimate = staff_space_of(ink)
    if estimate is None:
        return []
    least = 0.0 if clear is page.image else LEAST_RAISED
    systems: list[System] = []
    for side in sides_of(ink, estimate[0]):
        image, own = side.cut(clear, 255), side.cut(ink, 0)
        systems += _on_side(image, own, side.x0, ink.shape, judge, least)
    return [replace(s, page=page.number, number=k) for k, s in enumerate(systems, 1)]


def _on_side(
    image: NDArray[np.uint8],
    ink: NDArray[np.uint8],
    x0: int,
    shape: tuple[int, int],
    judge: Judge | None,
    least: float,
) -> list[System]:
    """The systems of one printed page that begins at column x0 of a picture of `shape`.

    least : quality of a staff at least.
    """
    estimate = staff_space_of(ink)
    if estimate is None:
        return []
    lay, way = lay_of(ink, *estimate), None
    if lay is not None and not lay.straight:
        way = flattening_of(ink, *estimate)
    if way is not None:
        rim = np.ones((2 * round(estimate[0]) + 1,) * 2, np.uint8)
        inside = cv2.erode(way.flat(np.full_like(image, 1)), rim)  # the rim is no line
        ink = np.bitwise_and(soft_ink_of(way.flat(image, 255), estimate[0]), inside)
    frame = Frame(shape, x0, way)

    def grouped(staves: Sequence[Staff]) -> list[list[Staff]]:
        return group_staves(staves, [joints(ink, a, b, frame.leans) for a, b in pairwise(staves)])

    staves = [s for s in find_staves(ink) if s.quality >= least]
    groups = grouped(staves)
    if more := missing_staves(ink, groups, frame.leans):
        groups = grouped(sorted([*staves, *more], key=lambda s: s.top))
    return [_system(group, ink, frame, judge) for group in groups]


def system_in(
    page: Page,
    number: int,
    box: Box,
    staves: Sequence[Box] = (),
    judge: Judge | None = shipped,
) -> System:
    """The system that is known to lie in `box`, as a person says it does.

    box : page fractions, the outer staff lines; staves : those of each staff, if known. Slope,
    staff space and ends are measured where staves are seen there; where none are, `staves`
    are taken as they are, or else two staves that leave half the height between them.
    """
    height, width = page.image.shape
    ink = ink_of(in_focus(page.image))
    x0, y0, x1, y1 = np.multiply(box, (width, height, width, height))
    left, top = max(0, int(x0 - PAD * width)), max(0, int(y0 - PAD * width))
    part = ink[top : int(y1 + PAD * width) + 1, left : int(x1 + PAD * width) + 1]
    seen = [
        replace(s, x0=s.x0 + left, x1=s.x1 + left, top=s.top + top)
        for s in find_staves(np.ascontiguousarray(part))
    ]
    seen = [s for s in seen if y0 < s.y((s.x0 + s.x1) / 2, 2) < y1]
    group = seen
    if staves or not seen:
        quarter = (box[3] - box[1]) / 4
        pair = ((*box[:3], box[1] + quarter), (box[0], box[3] - quarter, *box[2:]))
        given = [np.multiply(b, (width, height, width, height)) for b in staves or pair]
        group = [_seen_at(b, seen) or _staff_at(b) for b in given]
    system = _system(group, ink, Frame(ink.shape), judge)
    system = replace(system, page=page.number, number=number)
    return replace(system, box=box, staves=tuple(staves) or system.staves, confidence=1.0)


def _seen_at(box: NDArray[np.float64], seen: Sequence[Staff]) -> Staff | None:
    """The staff whose middle line lies within a box (px)."""
    inside = (s for s in seen if box[1] < s.y((s.x0 + s.x1) / 2, 2) < box[3])
    return next(inside, None)


def _staff_at(box: NDArray[np.float64]) -> Staff:
    x0, y0, x1, y1 = (float(v) for v in box)
    return Staff(x0, x1, y0, max(0.5, (y1 - y0) / 4), 0.0, 1.0)


def group_staves(staves: Sequence[Staff], joined: Sequence[float]) -> list[list[Staff]]:
    """Staves, from top to bottom, to systems.

    joined : `bars.joints` of each staff with the next, [len(staves) - 1].
    """
    if not staves:
        return []
    groups = [[staves[0]]]
    for staff, joint in zip(staves[1:], joined, strict=True):
        if joint >= MIN_JOINTS:
            groups[-1].append(staff)
        else:
            groups.append([staff])
    usual = _usual_space(staves)
    full = [[s for s in group if s.space >= SMALL * usual(s.top)] for group in groups]
    systems = _pair_lone([group for group in full if group])
    if all(len(group) == 1 for group in systems):
        return systems
    enough = SHORT * float(np.median([s.x1 - s.x0 for g in systems if len(g) > 1 for s in g]))
    return [
        g for g in systems if len(g) > 1 or (g[0].x1 - g[0].x0 > enough and g[0].quality > POOR)
    ]


def _usual_space(staves: Sequence[Staff]) -> np.poly1d:
    """Staff space of full-size print, by y: on a photograph it changes down the page.

    A line through the spaces of all staves, then again through those that are not small.
    """
    tops, spaces = np.array([s.top for s in staves]), np.array([s.space for s in staves])
    keep = np.ones(len(staves), bool)
    line = np.poly1d([spaces.max()])
    for _ in range(3):
        degree = 1 if np.count_nonzero(keep) >= 6 else 0  # few staves tell of no trend
        line = np.poly1d(np.polyfit(tops[keep], spaces[keep], degree))
        bigger = spaces >= SMALL * line(tops)
        if not bigger.any():
            break
        keep = bigger
    return line


def _pair_lone(groups: list[list[Staff]]) -> list[list[Staff]]:
    """Pair neighbouring lone staves: nearest first, none farther apart than `MAX_PAIR_GAP`.

    On a page of nothing but lone staves only if their distances alternate; if they are
    even, it is a melody's page.
    """

    def gap(k: int) -> float:
        a, b = groups[k][-1], groups[k + 1][0]
        x = (max(a.x0, b.x0) + min(a.x1, b.x1)) / 2
        return (b.y(x) - a.y(x, 4)) / a.space

    lone = [len(group) == 1 for group in groups]
    near = [k for k in range(len(groups) - 1) if lone[k] and lone[k + 1] and gap(k) < MAX_PAIR_GAP]
    if not near:
        return groups
    if all(lone) and len(groups) > 2:
        inside, between = (
            [gap(k) for k in range(0, len(groups) - 1, 2)],
            [gap(k) for k in range(1, len(groups) - 1, 2)],
        )
        if len(groups) % 2 or np.median(between) < 1.15 * np.median(inside):
            return groups
        near = list(range(0, len(groups) - 1, 2))
    first: set[int] = set()
    for k in sorted(near, key=gap):
        if not first & {k - 1, k, k + 1}:
            first.add(k)
    return [
        group + groups[k + 1] if k in first else group
        for k, group in enumerate(groups)
        if k - 1 not in first
    ]


def core_of(group: Sequence[Staff], joined: Sequence[float]) -> Sequence[Staff]:
    """The staves of a system that go into its strip: at most two, neighbours.

    joined : `bars.joints` of each staff with the next. The best joined pair, the lowest of
        several within `ABOUT` of the best.
    """
    if len(group) <= 2:
        return group
    best = max(k for k, joint in enumerate(joined) if joint >= ABOUT * max(joined))
    return group[best : best + 2]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where what was looked at lies on the page's picture."""

    shape: tuple[int, int]
    """Height and width of the picture, px."""
    x0: int = 0
    way: Flattening | None = None
    """From what was looked at to the picture; None: the same, moved by x0."""

    @property
    def leans(self) -> Sequence[float]:
        """dx/dy under which barlines may stand."""
        return UPRIGHT if self.way is None else LEANING


def _system(
    group: Sequence[Staff], ink: NDArray[np.uint8], frame: Frame, judge: Judge | None
) -> System:
    joined = [joints(ink, a, b, frame.leans) for a, b in pairwise(group)]
    core = core_of(group, joined)
    through = len(core) > 1 and joints(ink, *core, leans=frame.leans) >= MIN_JOINTS
    bars = find_bars(ink, core, through, frame.leans, judge)
    length = [s.x1 - s.x0 for s in core]
    space = float(np.average([s.space for s in core], weights=length))
    edges = [(bar.x0, bar.x1) for bar in bars]
    if frame.way is None:
        system = _straight(group, core, edges, space, frame)
    else:
        system = _bent(group, core, edges, space, frame, frame.way, ink)
    return replace(
        system,
        confidence=min(1.0, min(s.quality for s in core)),
        bar_confidence=tuple(bar.confidence for bar in bars),
        repeats=tuple((bar.opens, bar.closes) for bar in bars),
    )


def _straight(
    group: Sequence[Staff],
    core: Sequence[Staff],
    bars: Sequence[tuple[float, float]],
    space: float,
    frame: Frame,
) -> System:
    """A system whose staff lines are straight on the picture."""
    height, width = frame.shape

    def box(staves: Sequence[Staff]) -> Box:
        x0, x1 = min(s.x0 for s in staves), max(s.x1 for s in staves)
        top, bottom, x = staves[0], staves[-1], (x0 + x1) / 2
        left, right = (x0 + frame.x0) / width, (x1 + frame.x0) / width
        return (left, top.y(x) / height, right, bottom.y(x, 4) / height)

    length = [s.x1 - s.x0 for s in core]
    return System(
        *(1, 1, box(group), tuple(box([s]) for s in group), space),
        slope=float(np.average([s.slope for s in core], weights=length)),
        bars=tuple(((a + frame.x0) / width, (b + frame.x0) / width) for a, b in bars),
        core=box(core) if len(core) < len(group) else None,
    )


def _bent(
    group: Sequence[Staff],
    core: Sequence[Staff],
    bars: Sequence[tuple[float, float]],
    space: float,
    frame: Frame,
    way: Flattening,
    ink: NDArray[np.uint8],
) -> System:
    """A system found on the straightened page, put back onto the picture."""
    size = np.array(frame.shape[::-1], float)

    def on_picture(x: NDArray[np.float64], staff: Staff, line: float) -> NDArray[np.float64]:
        y = staff.top + staff.slope * (x - (staff.x0 + staff.x1) / 2) + line * staff.space
        y = y + np.interp(x, *wander(ink, staff))
        return np.add(way.bent(np.stack([x, y], 1)), (frame.x0, 0)) / size

    def course(staves: Sequence[Staff]) -> NDArray[np.float64]:
        x = np.linspace(min(s.x0 for s in staves), max(s.x1 for s in staves), BEND_PLACES)
        edges = on_picture(x, staves[0], 0), on_picture(x, staves[-1], 4)
        return np.clip(np.concatenate(edges, 1), 0, 1)

    def box(staves: Sequence[Staff]) -> Box:
        corners = course(staves).reshape(-1, 2)
        low, high = corners.min(0), corners.max(0)
        return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    ends = np.array(bars, float).reshape(-1)
    middle = (on_picture(ends, core[0], 0) + on_picture(ends, core[-1], 4))[:, 0] / 2
    run = course(core)
    px = run.reshape(-1, 2, 2) * size
    x0, x1 = min(s.x0 for s in core), max(s.x1 for s in core)
    tall = core[-1].y((x0 + x1) / 2, 4) - core[0].y((x0 + x1) / 2)  # px of the straightened page
    chord = px[-1].mean(0) - px[0].mean(0)
    return System(
        *(1, 1, box(group), tuple(box([s]) for s in group)),
        float(np.median(np.linalg.norm(px[:, 1] - px[:, 0], axis=1))) * space / tall,
        slope=float(chord[1] / max(1.0, chord[0])),
        bars=tuple((float(a), float(b)) for a, b in middle.reshape(-1, 2)),
        core=box(core) if len(core) < len(group) else None,
        bend=tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in run),
        length=(x1 - x0) / space,
    )
