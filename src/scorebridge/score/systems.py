"""Finds the systems of a page: staves that are played together, and their bars.

Staves are found by their lines (`staves.py`), grouped by what joins them (`grouping.py`), and
searched for again where the page's other systems have one (`missing_staves.py`), or where lines
are faint (`page_staves.py`). The barlines of a system (`barlines.py`) divide it into bars
(`bars.py`).

The strip shows at most two neighbouring staves, those that the most upright
lines join (`grouping.strip_staves`). Barlines run through the two staves of a piano and
stop at a singer's, so of voice and piano it is the piano; where that does not decide, it is the
lower pair.

Cost on one core: 0.1-0.15 s a page of 1,800 px, two thirds of it for the staves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barlines import (
    HAND_LEANS,
    SHIPPED,
    Barlines,
    Classifiers,
    StaffBarlines,
    pair_barlines,
    staff_barlines,
    voted_barlines,
)
from scorebridge.score.bars import bars_of
from scorebridge.score.braces import Brace
from scorebridge.score.dewarp import Dewarping, dewarping_of, measure_distortion
from scorebridge.score.grouping import strip_staves
from scorebridge.score.numbers import read_numbers
from scorebridge.score.page_staves import page_staves
from scorebridge.score.spreads import printed_pages
from scorebridge.score.staves import (
    Staff,
    find_staves,
    inked,
    soft_ink_of,
    staff_deviation,
    staff_space_of,
)
from scorebridge.score.uprights import NO_LEAN, PHOTOGRAPH_LEANS, joining_lines
from scorebridge.types import Box, Page, StaffGroup, StaffKind, System

MAX_PART = 44.0  # staff spaces between barlines of a piano; beyond it one may be missing
BEND_POINTS = 25  # along a bent system, of `System.bend`
MIN_SHARPENED_QUALITY = 0.41  # of a staff on a sharpened page: above two lines of five
BOX_MARGIN = 0.02  # of the page's width around a given system, within which staves are searched
SINGLE_MARGIN = 2.0  # staff spaces above and below the line of a staff that has one
STAFF_KINDS: dict[int, StaffKind] = {1: "percussion", 4: "chant", 5: "standard", 6: "tablature"}
"""By the number of lines."""


def find_systems(page: Page, classifiers: Classifiers | None = SHIPPED) -> list[System]:
    """The systems of a page in reading order; [] where there is no music.

    page.image : uint8 [height, width], dark on light, rotated by at most 20 degrees,
    at least 5 px between staff lines. Pages side by side are read from left to right.
    classifiers : of barlines, by default the networks that ship; None: geometry alone.
    """
    seen = inked(page.image)
    if seen.staff_space is None:
        return []
    min_quality = 0.0 if seen.clear is page.image else MIN_SHARPENED_QUALITY
    systems: list[System] = []
    for printed in printed_pages(seen.ink, seen.staff_space[0]):
        image, own, shape = printed.cut(seen.clear, 255), printed.cut(seen.ink, 0), seen.ink.shape
        systems += _on_printed_page(image, own, printed.x0, shape, classifiers, min_quality)
    found = [replace(s, page=page.number, number=k) for k, s in enumerate(systems, 1)]
    return found if classifiers is None else read_numbers(page, found)


def _on_printed_page(
    image: NDArray[np.uint8],
    ink: NDArray[np.uint8],
    x0: int,
    shape: tuple[int, int],
    classifiers: Classifiers | None,
    min_quality: float,
) -> list[System]:
    """The systems of one printed page that begins at column x0 of a picture of `shape`.

    min_quality : of a staff.
    """
    estimate = staff_space_of(ink)
    if estimate is None:
        return []
    distortion, dewarping = measure_distortion(ink, *estimate), None
    if distortion is not None and not distortion.is_straight:
        dewarping = dewarping_of(ink, *estimate)
    if dewarping is not None:
        rim = np.ones((2 * round(estimate[0]) + 1,) * 2, np.uint8)
        inside = dewarping.dewarp(np.full_like(image, 1))
        inside = cv2.erode(inside, rim)  # the rim of the picture is no line
        ink = np.bitwise_and(soft_ink_of(dewarping.dewarp(image, 255), estimate[0]), inside)
    frame = PageFrame(shape, x0, dewarping)

    found = page_staves(ink, frame.leans, classifiers, min_quality)
    if dewarping is None and found.is_doubtful:
        softer = soft_ink_of(image, estimate[0])
        found = found.better(page_staves(softer, frame.leans, classifiers, min_quality))
    reading = _Reading(found.ink, frame, classifiers, found.barlines)
    systems = []
    for group in found.groups:
        groups = _staff_groups(group, found.staves, found.braces)
        systems.append(replace(_system(group, reading), groups=groups))
    return systems


def system_in(
    page: Page,
    number: int,
    box: Box,
    staves: Sequence[Box] = (),
    classifiers: Classifiers | None = SHIPPED,
) -> System:
    """The system in `box`, which a person has drawn.

    box : page fractions, the outer staff lines; staves : those of each staff, if known. Slope,
    staff space and ends are measured from the staves that are found there. Where none are,
    `staves` are used unchanged, or else two staves with half the height between them.
    """
    height, width = page.image.shape
    ink = inked(page.image).ink
    x0, y0, x1, y1 = np.multiply(box, (width, height, width, height))
    left, top = max(0, int(x0 - BOX_MARGIN * width)), max(0, int(y0 - BOX_MARGIN * width))
    part = ink[top : int(y1 + BOX_MARGIN * width) + 1, left : int(x1 + BOX_MARGIN * width) + 1]
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
    barlines = staff_barlines(ink, classifiers=classifiers)
    system = _system(group, _Reading(ink, PageFrame(ink.shape), classifiers, barlines))
    system = replace(system, page=page.number, number=number)
    return replace(system, box=box, staves=tuple(staves) or system.staves, confidence=1.0)


def _seen_at(box: NDArray[np.float64], seen: Sequence[Staff]) -> Staff | None:
    """The found staff whose middle line is within a box (px)."""
    inside = (s for s in seen if box[1] < s.y((s.x0 + s.x1) / 2, 2) < box[3])
    return next(inside, None)


def _staff_at(box: NDArray[np.float64]) -> Staff:
    x0, y0, x1, y1 = (float(v) for v in box)
    return Staff(x0, x1, y0, max(0.5, (y1 - y0) / 4), 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The part of the picture that was searched, and how to return to the picture."""

    shape: tuple[int, int]
    """Height and width of the picture, px."""
    x0: int = 0
    dewarping: Dewarping | None = None
    """From the dewarped page to the picture; None: the part itself, shifted by x0."""

    @property
    def leans(self) -> Sequence[float]:
        """dx/dy of barlines that are tried."""
        return NO_LEAN if self.dewarping is None else PHOTOGRAPH_LEANS


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the systems of a page are read from."""

    ink: NDArray[np.uint8]
    frame: PageFrame
    classifiers: Classifiers | None
    barlines: StaffBarlines


def _system(group: Sequence[Staff], reading: _Reading) -> System:
    ink, frame = reading.ink, reading.frame
    core = strip_staves(group, [joining_lines(ink, a, b, frame.leans) for a, b in pairwise(group)])
    bars = bars_of(ink, group, _barlines(group, reading))
    length = [s.x1 - s.x0 for s in core]
    space = float(np.average([s.space for s in core], weights=length))
    edges = [(bar.x0, bar.x1) for bar in bars]
    if frame.dewarping is None:
        system = _straight(group, core, edges, space, frame)
    else:
        system = _bent(group, core, edges, space, frame, frame.dewarping, ink)
    return replace(
        system,
        confidence=min(1.0, min(s.quality for s in core)),
        bar_confidence=tuple(bar.confidence for bar in bars),
        repeats=tuple((bar.opens, bar.closes) for bar in bars),
        staff_kinds=tuple(STAFF_KINDS[s.lines] for s in group),
    )


def _barlines(group: Sequence[Staff], reading: _Reading) -> Barlines:
    """The barlines of a system: of a joined pair from its picture, else by its staves' votes."""
    ink, leans = reading.ink, reading.frame.leans
    if len(group) != 2 or any(s.lines != 5 for s in group):
        return voted_barlines(ink, group, reading.barlines, leans)
    classifier = reading.classifiers and reading.classifiers.pair
    pair = pair_barlines(ink, group, leans, classifier)
    parts = _parts(group, pair)
    if len(parts) > 1 and max(parts) <= MAX_PART:
        return pair
    # Barlines are missing: drawn by hand, and leaning, or drawn through each staff alone.
    leaning = pair_barlines(ink, group, (*leans, *HAND_LEANS), classifier)
    if len(_parts(group, leaning)) > len(parts):
        pair, parts = leaning, _parts(group, leaning)
    voted = voted_barlines(ink, group, reading.barlines, leans)
    return voted if len(_parts(group, voted)) >= 2 * len(parts) else pair


def _parts(group: Sequence[Staff], barlines: Barlines) -> NDArray[np.float64]:
    """Widths of the parts into which barlines divide a system, in staff spaces."""
    space = (group[0].space + group[-1].space) / 2
    left, right = min(s.x0 for s in group), max(s.x1 for s in group)
    inner = barlines.lines[:, :2].mean(1)
    inner = inner[(inner > left + 3 * space) & (inner < right - 3 * space)]
    return np.diff([left, *inner, right]) / space


def _staff_groups(
    group: Sequence[Staff], staves: Sequence[Staff], braces: Sequence[Brace]
) -> tuple[StaffGroup, ...]:
    """The braces and brackets of a system, outer ones first."""
    at = [staves.index(staff) for staff in group]
    found = []
    for brace in braces:
        inside = [n for n, k in enumerate(at, 1) if brace.first <= k <= brace.last]
        if len(inside) > 1:
            found.append(StaffGroup(brace.kind, inside[0], inside[-1]))
    return tuple(found)


def _outer_lines(staff: Staff) -> tuple[float, float]:
    """The upper and the lower edge of a staff's box, in staff spaces below its first line."""
    return (-SINGLE_MARGIN, SINGLE_MARGIN) if staff.lines == 1 else (0.0, staff.lines - 1.0)


def _straight(
    group: Sequence[Staff],
    core: Sequence[Staff],
    bars: Sequence[tuple[float, float]],
    space: float,
    frame: PageFrame,
) -> System:
    """A system whose staff lines are straight on the picture."""
    height, width = frame.shape

    def box(staves: Sequence[Staff]) -> Box:
        x0, x1 = min(s.x0 for s in staves), max(s.x1 for s in staves)
        top, bottom, x = staves[0], staves[-1], (x0 + x1) / 2
        left, right = (x0 + frame.x0) / width, (x1 + frame.x0) / width
        first, last = _outer_lines(top)[0], _outer_lines(bottom)[1]
        return (left, top.y(x, first) / height, right, bottom.y(x, last) / height)

    length = [s.x1 - s.x0 for s in core]
    return System(
        page=1,
        number=1,
        box=box(group),
        staves=tuple(box([s]) for s in group),
        staff_space=space,
        slope=float(np.average([s.slope for s in core], weights=length)),
        bars=tuple(((a + frame.x0) / width, (b + frame.x0) / width) for a, b in bars),
        core=box(core) if len(core) < len(group) else None,
    )


def _bent(
    group: Sequence[Staff],
    core: Sequence[Staff],
    bars: Sequence[tuple[float, float]],
    space: float,
    frame: PageFrame,
    dewarping: Dewarping,
    ink: NDArray[np.uint8],
) -> System:
    """A system found on the dewarped page, mapped back onto the picture."""
    size = np.array(frame.shape[::-1], float)

    def on_picture(x: NDArray[np.float64], staff: Staff, line: float) -> NDArray[np.float64]:
        y = staff.top + staff.slope * (x - (staff.x0 + staff.x1) / 2) + line * staff.space
        y = y + np.interp(x, *staff_deviation(ink, staff))
        return np.add(dewarping.to_picture(np.stack([x, y], 1)), (frame.x0, 0)) / size

    def course(staves: Sequence[Staff], along: Sequence[Staff] = ()) -> NDArray[np.float64]:
        ends = along or staves
        x = np.linspace(min(s.x0 for s in ends), max(s.x1 for s in ends), BEND_POINTS)
        first, last = _outer_lines(staves[0])[0], _outer_lines(staves[-1])[1]
        edges = on_picture(x, staves[0], first), on_picture(x, staves[-1], last)
        return np.clip(np.concatenate(edges, 1), 0, 1)

    def box(staves: Sequence[Staff]) -> Box:
        corners = course(staves).reshape(-1, 2)
        low, high = corners.min(0), corners.max(0)
        return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    ends = np.array(bars, float).reshape(-1)
    first, last = _outer_lines(core[0])[0], _outer_lines(core[-1])[1]
    middle = (on_picture(ends, core[0], first) + on_picture(ends, core[-1], last))[:, 0] / 2
    run = course(core)
    px = run.reshape(-1, 2, 2) * size
    x0, x1 = min(s.x0 for s in core), max(s.x1 for s in core)
    tall = core[-1].y((x0 + x1) / 2, last) - core[0].y(
        (x0 + x1) / 2, first
    )  # px of the dewarped page
    chord = px[-1].mean(0) - px[0].mean(0)
    return System(
        page=1,
        number=1,
        box=box(group),
        staves=tuple(box([s]) for s in group),
        staff_space=float(np.median(np.linalg.norm(px[:, 1] - px[:, 0], axis=1))) * space / tall,
        slope=float(chord[1] / max(1.0, chord[0])),
        bars=tuple((float(a), float(b)) for a, b in middle.reshape(-1, 2)),
        core=box(core) if len(core) < len(group) else None,
        bend=_tuples(run),
        staff_bends=tuple(_tuples(course([s], core)) for s in group) if len(group) > 2 else (),
        length=(x1 - x0) / space,
    )


def _tuples(course: NDArray[np.float64]) -> tuple[tuple[float, float, float, float], ...]:
    return tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in course)
