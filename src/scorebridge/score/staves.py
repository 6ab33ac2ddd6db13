"""Finds the staves of a page by classical means.

1. Ink and the commonest staff space (`ink.py`).
2. Line ink in narrow upright slices of the page, and combs of five lines in it (`staff_lines.py`).
3. The best paths of the comb through the slices are taken one by one until none is good enough.
4. How many lines there are along a path: five, or four or six (`staff_kinds.py`).
5. A straight line and a staff space for each, and where its lines begin and end.
6. Staves of other distances, and of one line, between those (`staff_kinds.py`).

Cost: see `systems.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.ink import ink_of as ink_of
from scorebridge.score.ink import sharpened as sharpened
from scorebridge.score.ink import soft_ink_of as soft_ink_of
from scorebridge.score.ink import staff_space_of as staff_space_of
from scorebridge.score.staff_gaps import Neighbour, single_lines, wide_combs
from scorebridge.score.staff_kinds import counted_lines
from scorebridge.score.staff_lines import (
    SLICE_WIDTH,
    LineField,
    Stretch,
    aligned,
    best_path,
    clear_rows,
    comb_of,
    ends_of,
    extent_of,
    fit_lines,
    line_field,
)

MIN_LENGTH = 12.0  # staff spaces of a staff; tables and ornaments are shorter
MIN_COMB = 0.30  # mean comb of a staff along its length; most print has 0.5, text below 0.17
MIN_COMB_LONG = 0.20  # the same of one as long as the page's longest
MIN_CHANT_SHARE = 0.25  # of the staves of five lines on a page
MAX_STAVES = 96  # on a page
MIN_GAP = 2.5  # staff spaces between two staves; anything nearer is notes
SPACE_RATIOS = (0.5, 1.3)  # lowest and highest staff space over the page's commonest
TRIED_SPACES = 18  # between them, in each slice
TABLATURE_RATIOS = (1.25, 1.85)  # distance of its lines over the staff space of notes


@dataclass(frozen=True, slots=True)
class Staff:
    """Level lines. All in px of the page; y = top + slope * (x - middle) for the top line."""

    x0: float
    x1: float
    top: float
    """y of the top line at x = (x0 + x1) / 2."""
    space: float
    """Distance between neighbouring lines; of a single line, the page's usual one."""
    slope: float
    quality: float
    """Mean comb along the staff, about 0.3 (poor) to 1 (perfect)."""
    lines: int = 5
    """Five of notes, one of percussion, four of chant, six of tablature."""

    def y(self, x: float, line: float = 0.0) -> float:
        """y of line 0 (top) to `lines` - 1 (bottom) at column x."""
        return self.top + self.slope * (x - (self.x0 + self.x1) / 2) + line * self.space

    @property
    def bottom(self) -> float:
        """y of the last line at x = (x0 + x1) / 2; `top` of a single line."""
        return self.top + (self.lines - 1) * self.space


def find_staves(ink: NDArray[np.uint8]) -> list[Staff]:
    """All staves of a page from top to bottom. ink : uint8 [height, width], 0 or 1."""
    estimate = staff_space_of(ink)
    if estimate is None:
        return []
    space, thickness = estimate
    field = line_field(ink, space, thickness)
    tried = space * np.linspace(*SPACE_RATIOS, TRIED_SPACES)
    comb, spaces = comb_of(field.level, 5, tried)
    shift, longest = field.shift, 0
    staves: list[Staff] = []
    stretches: list[Stretch] = []  # of the first line of each
    for _ in range(MAX_STAVES):
        path = best_path(comb)
        index = np.arange(len(path))
        along = comb[path, index]
        if along.sum() * SLICE_WIDTH < MIN_LENGTH * MIN_COMB:
            break
        first, last = extent_of(along)
        longest = max(longest, last - first)
        enough = MIN_COMB_LONG if last - first > 0.85 * longest else MIN_COMB
        if (last - first) * SLICE_WIDTH < MIN_LENGTH or along[first:last].mean() < enough:
            clear_rows(comb, path, MIN_GAP * space, MIN_GAP * space)
            continue
        own = float(np.median(spaces[path, index][first:last]))
        stretch = Stretch(path + shift, first, last)
        down, own = aligned(field.rows, stretch, 5, own, (tried[0] / own, tried[-1] / own))
        clear_rows(comb, path + down, (4 + MIN_GAP) * own, (4 + MIN_GAP) * own)
        staff, first_line = _staff_along(ink, field, stretch.moved(down), own)
        if staff is not None:
            staves.append(staff)
            stretches.append(stretch.moved(down + round(first_line * own)))
    staves += _between(ink, field, staves, stretches)
    return sorted(_of_one_page(staves), key=lambda s: s.top)


def _between(
    ink: NDArray[np.uint8],
    field: LineField,
    staves: list[Staff],
    stretches: list[Stretch],
) -> list[Staff]:
    """Tablatures and single lines between the staves that were found."""
    near = [
        Neighbour(stretch, (s.lines - 1) * s.space, s.x0, s.x1, s.space, s.slope)
        for s, stretch in zip(staves, stretches, strict=True)
    ]
    if not near:
        return []
    found: list[Staff] = []
    for stretch, space in wide_combs(field, near, 6, TABLATURE_RATIOS):
        fit = fit_lines(field, stretch, space, 6)
        if fit is None:
            continue
        x0, x1 = ends_of(ink, fit, *stretch.columns(field.width))
        quality = float(fit.visible.mean())
        staff = Staff(x0, x1, fit.y((x0 + x1) / 2), fit.space, fit.slope, quality, 6)
        found.append(staff)
        near.append(Neighbour(stretch, 5 * fit.space, x0, x1, fit.space, fit.slope))
    for stretch, x0, x1, space, share in single_lines(ink, field, near):
        index = np.arange(stretch.first, stretch.last)
        slope, level = np.polyfit((index + 0.5) * field.width, stretch.path[index], 1)
        top = float(slope * (x0 + x1) / 2 + level)
        found.append(Staff(x0, x1, top, space, float(slope), share, 1))
    return found


def staff_deviation(
    ink: NDArray[np.uint8], staff: Staff, places: int = 25
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far a staff deviates from its straight lines: x of the places, and px downwards there.

    At each place it is the shift that puts most of the five lines on ink; jumps are smoothed.
    """
    x = np.linspace(staff.x0, staff.x1, places)
    half = max(2, round((staff.x1 - staff.x0) / places))
    shifts = np.linspace(-0.7, 0.7, 29) * staff.space
    columns = np.clip(np.round(x[:, None] + np.arange(-half, half, 2)), 0, ink.shape[1] - 1)
    tops = staff.top + staff.slope * (columns - (staff.x0 + staff.x1) / 2)
    lines = tops[..., None] + np.arange(5) * staff.space  # [places, columns, lines]
    rows = np.round(lines[None] + shifts[:, None, None, None]).astype(int)
    rows = np.clip(rows, 0, ink.shape[0] - 1)
    share = ink[rows, columns[None, ..., None].astype(int)].mean((2, 3))  # [shifts, places]
    share = share - 0.1 * np.abs(shifts / staff.space)[:, None]  # prefers no deviation
    best = shifts[share.argmax(0)]
    padded = np.pad(best, 2, mode="edge")
    smoothed = np.median(np.lib.stride_tricks.sliding_window_view(padded, 5), axis=1)
    padded = np.pad(smoothed, 1, mode="edge")
    return x, (padded[:-2] + padded[1:-1] + padded[2:]) / 3


def _staff_along(
    ink: NDArray[np.uint8], field: LineField, stretch: Stretch, space: float
) -> tuple[Staff | None, int]:
    """The staff along a stretch whose path is the first of five lines, or of four or six.

    Second, its own first line, counted from the path.
    """
    fit = fit_lines(field, stretch, space, 5)
    if fit is None:
        return None, 0
    x0, x1 = ends_of(ink, fit, *stretch.columns(field.width))
    first, lines = counted_lines(ink, fit, x0, x1)
    if lines == 0:
        return None, 0
    if lines != 5:
        stretch = stretch.moved(round(first * fit.space))
        fit = fit_lines(field, stretch, fit.space, lines)
        if fit is None:
            return None, 0
        x0, x1 = ends_of(ink, fit, *stretch.columns(field.width))
    quality = float(fit.visible.mean())
    return Staff(x0, x1, fit.y((x0 + x1) / 2), fit.space, fit.slope, quality, lines), first


def _of_one_page(staves: list[Staff]) -> list[Staff]:
    """The staves without those of a kind that is not likely on their page.

    One staff of four or six lines alone is a table. Four lines on a page where few staves have
    four are a staff of five whose outer line is broken.
    """
    count = Counter(s.lines for s in staves)
    drop: set[int] = set()
    if count[4] and count[4] < max(2.0, MIN_CHANT_SHARE * count[5]):
        drop.add(4)
    if count[6] == 1 and not count[5]:
        drop.add(6)
    return [s for s in staves if s.lines not in drop]
