"""Rests that stand for several bars: in parts, a number above a thick bar or above rest signs.

They are looked for in systems of one staff. Between two barlines nothing may stand but what lies
within the staff's inner lines: one thick bar around the middle line, or the old signs for four,
two and one bars side by side. Above its middle stands the number. The signs must add up to it. So
neither a tempo mark nor a rehearsal number is taken for a rest.

Cost on one core: 0.4 ms a bar of a system of one staff.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.digits import (
    PX_PER_SPACE,
    DigitClassifier,
    Reading,
    level_part,
    read_parts,
    warped,
)
from scorebridge.score.uprights import runs_of
from scorebridge.types import Page, System

INK = 0.45  # of the way from paper to black
OUTSIDE = ((0.3, 0.7), (3.3, 3.7))  # staff spaces below the top line: paper beside a rest
MAX_INK = 0.35  # share of a column there that may be ink
BAR = ((1.8, 1.92), (2.08, 2.2))  # above and below the middle line: a thick bar covers both
MIN_BAR, MIN_REST = 2.5, 0.22  # staff spaces, widths of a thick bar and of an old sign
MAX_REST = 1.7
SIGNS = (((1.15, 1.4), 1), ((1.6, 1.85), 2), ((2.3, 2.7), 4))  # depth of black, and its bars
MARGIN = 0.5  # staff spaces beside a barline
MAX_SIGNS = 4.0  # staff spaces between signs
ABOVE = ((-4.0, 4.0), (-5.0, -0.1))  # staff spaces around the middle of a rest: its number
ASIDE = 0.8  # staff spaces from there to the number's middle
MIN_HEIGHT = 1.1  # staff spaces of its digits
MIN_NUMBER, MIN_AGREED = 0.12, 0.05  # probability of a number over a bar, and of one signs say
MIN_RATIO, CLEAR = 3.0, 0.4  # of its probability to the next likeliest, or what needs no such
MAX_MEASURES = 400


@dataclass(frozen=True, slots=True)
class _Rest:
    bar: int
    middle: float
    """Staff spaces from the staff's left end."""
    measures: int
    """As its signs say; 0 for a thick bar, which does not."""


def measures_of(
    page: Page, systems: Sequence[System], classify: DigitClassifier
) -> list[tuple[int, ...]]:
    """For each system, the measures that each of its bars stands for; () where all are one."""
    found: list[tuple[int, _Rest]] = []
    parts: list[NDArray[np.uint8]] = []
    for k, system in enumerate(systems):
        if len(system.staves) != 1 or (system.staff_kinds and system.staff_kinds[0] != "standard"):
            continue
        for rest in _rests(page, system):
            found.append((k, rest))
            at = _top_line(page, system, rest.middle * system.staff_space)
            slope = _slope(page, system, rest.middle * system.staff_space)
            parts.append(level_part(page.image, at, slope, system.staff_space, *ABOVE))
    measures = [[1] * len(system.bars) for system in systems]
    for (k, rest), readings in zip(
        found, read_parts(parts, classify) if parts else [], strict=True
    ):
        measures[k][rest.bar] = _measures(rest, readings)
    return [tuple(m) if any(n > 1 for n in m) else () for m in measures]


def _measures(rest: _Rest, readings: Sequence[Reading]) -> int:
    """The number above a rest; 1 where there is none."""
    read: list[tuple[float, int]] = []
    for reading in readings:
        x0, y0, x1, y1 = np.array(reading.box) / PX_PER_SPACE
        centred = abs((x0 + x1) / 2 + ABOVE[0][0]) <= ASIDE
        number = int(reading.text)
        if centred and rest.measures in (0, number) and y1 - y0 >= MIN_HEIGHT:
            read.append((reading.probability, number))
    read.sort(reverse=True)
    probability, number = read[0] if read else (0.0, 1)
    rival = read[1][0] if len(read) > 1 else 0.0
    agreed = rest.measures and probability >= MIN_AGREED
    alone = probability >= MIN_NUMBER and probability >= MIN_RATIO * rival
    return number if (agreed or alone or probability >= CLEAR) and number <= MAX_MEASURES else 1


def _rests(page: Page, system: System) -> list[_Rest]:
    """What looks like a rest of several bars."""
    width = page.image.shape[1]
    space = system.staff_space
    left = system.staves[0][0] * width
    edges = [((x0 * width - left) / space, (x1 * width - left) / space) for x0, x1 in system.bars]
    out = []
    for bar, (begin, end) in enumerate(edges):
        if end - begin < 2 * MARGIN + MIN_REST + 1:
            continue
        middle = (begin + end) / 2
        x = middle * space
        reach = (end - begin) / 2 - MARGIN
        at, slope = _top_line(page, system, x), _slope(page, system, x)
        part = warped(page.image, at, slope, space, (-reach, reach), (0.0, 4.0))
        paper, black = float(np.median(part[::2, ::4])), float(part.min())
        if (rest := _rest(part < paper - INK * (paper - black))) is not None:
            out.append(_Rest(bar, middle - reach + rest[0], rest[1]))
    return out


def _rest(ink: NDArray[np.bool_]) -> tuple[float, int] | None:
    """The middle of a rest in a bar, staff spaces from the left, and its measures if signs say it.

    ink : [4 * PX_PER_SPACE, width], from the top line to the lowest.
    """

    def share(band: tuple[float, float]) -> NDArray[np.float64]:
        a, b = (round(v * PX_PER_SPACE) for v in band)
        return ink[a:b].mean(0)

    empty = np.maximum(*map(share, OUTSIDE)) <= MAX_INK
    begin, end = max(runs_of(empty), key=lambda run: run[1] - run[0], default=(0, 0))
    if end - begin < PX_PER_SPACE:
        return None
    thick = np.minimum(*map(share, BAR)) >= 0.8
    bars = [r for r in runs_of(thick[begin:end]) if r[1] - r[0] >= MIN_BAR * PX_PER_SPACE]
    if len(bars) == 1:
        return (begin + sum(bars[0]) / 2) / PX_PER_SPACE, 0
    black = [share(band)[begin:end] >= 0.8 for band, _ in SIGNS]
    signs = [r for r in runs_of(black[0]) if r[1] - r[0] >= MIN_REST * PX_PER_SPACE]
    if not signs or max(b - a for a, b in signs) > MAX_REST * PX_PER_SPACE:
        return None
    if any(b[0] - a[1] > MAX_SIGNS * PX_PER_SPACE for a, b in pairwise(signs)):
        return None
    measures = 0
    for a, b in signs:
        deep = sum(float(level[a:b].mean()) > 0.6 for level in black)
        measures += SIGNS[deep - 1][1] if deep else 0
    middle = (begin + (signs[0][0] + signs[-1][1]) / 2) / PX_PER_SPACE
    return (middle, measures) if measures > 1 else None


def _top_line(page: Page, system: System, x: float) -> tuple[float, float]:
    """The place on the top line of a system's only staff, px from the staff's left end, in px."""
    height, width = page.image.shape
    x0, y0, x1, _ = np.multiply(system.staves[0], (width, height, width, height))
    at = float(x0) + x
    if len(system.bend) < 2:
        return at, float(y0 + system.slope * (at - (x0 + x1) / 2))
    course = np.array(system.bend)[:, :2] * (width, height)
    return at, float(np.interp(at, course[:, 0], course[:, 1]))


def _slope(page: Page, system: System, x: float) -> float:
    step = 2 * system.staff_space
    (a, b), (c, d) = (_top_line(page, system, x + s) for s in (-step, step))
    return (d - b) / (c - a)
