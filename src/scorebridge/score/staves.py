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

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.ink import cleared as cleared
from scorebridge.score.ink import ink_of as ink_of
from scorebridge.score.ink import inked as inked
from scorebridge.score.ink import soft_ink_of as soft_ink_of
from scorebridge.score.ink import staff_space_of as staff_space_of
from scorebridge.score.staff import Found
from scorebridge.score.staff import Staff as Staff
from scorebridge.score.staff_ends import agreed_ends, ends_of
from scorebridge.score.staff_gaps import hidden_staves, single_lines, tablatures
from scorebridge.score.staff_kinds import counted_lines
from scorebridge.score.staff_lines import (
    SLICE_WIDTH,
    LineField,
    Stretch,
    aligned,
    best_path,
    clear_rows,
    comb_of,
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


def find_staves(ink: NDArray[np.uint8]) -> list[Staff]:
    """All staves of a page from top to bottom. ink : uint8 [height, width], 0 or 1."""
    estimate = staff_space_of(ink)
    if estimate is None:
        return []
    field = line_field(ink, *estimate)
    found = agreed_ends(ink, field, _along_paths(ink, field))
    if found:
        found += tablatures(ink, field, found)
        found += hidden_staves(ink, field, found)
    staves = [f.staff for f in found]
    if found:
        staves += single_lines(ink, field, found)
    return sorted(_of_one_page(staves), key=lambda s: s.top)


def _along_paths(ink: NDArray[np.uint8], field: LineField) -> list[Found]:
    """The staves along the best paths of a comb of five lines."""
    space, found, longest = field.space, [], 0
    tried = space * np.linspace(*SPACE_RATIOS, TRIED_SPACES)
    comb, spaces = comb_of(field.level, 5, tried)
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
        stretch = Stretch(path + field.shift, first, last)
        down, own = aligned(field.rows, stretch, 5, own, (tried[0] / own, tried[-1] / own))
        clear_rows(comb, path + down, (4 + MIN_GAP) * own, (4 + MIN_GAP) * own)
        staff = _staff_along(ink, field, stretch.moved(down), own)
        if staff is not None:
            found.append(staff)
    return found


def staff_deviation(
    ink: NDArray[np.uint8], staff: Staff, places: int = 25
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far a staff deviates from its straight lines: x of the places, and px downwards there.

    At each place it is the shift that puts most of its lines on ink; jumps are smoothed.
    """
    x = np.linspace(staff.x0, staff.x1, places)
    half = max(2, round((staff.x1 - staff.x0) / places))
    shifts = np.linspace(-0.7, 0.7, 29) * staff.space
    columns = np.clip(np.round(x[:, None] + np.arange(-half, half, 2)), 0, ink.shape[1] - 1)
    tops = staff.top + staff.slope * (columns - (staff.x0 + staff.x1) / 2)
    lines = tops[..., None] + np.arange(staff.lines) * staff.space  # [places, columns, lines]
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
) -> Found | None:
    """The staff along a stretch whose path is the first of five lines, or of four or six."""
    fit = fit_lines(field, stretch, space, 5)
    if fit is None:
        return None
    x0, x1 = ends_of(ink, fit, *stretch.columns(field.width))
    first, lines = counted_lines(ink, fit, x0, x1, field.space)
    if lines == 0:
        return None
    if first or lines != 5:
        stretch = stretch.moved(round(first * fit.space))
        fit = fit_lines(field, stretch, fit.space, lines)
        if fit is None:
            return None
        x0, x1 = ends_of(ink, fit, *stretch.columns(field.width))
    return Found.between(x0, x1, stretch, fit)


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
