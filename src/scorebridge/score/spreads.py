"""Printed pages that lie side by side on one picture: an open book scanned or photographed.

Where there is music there are black and white runs, one above the other, that add up to a
staff space, in every column that meets a staff, however bent it is. Between two pages
there is an upright stripe without any. Cost: 5 ms a page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COLUMNS = 400  # of the picture that are looked at
LEANS = np.linspace(-0.16, 0.16, 9)  # dx/dy of the gutter
MIDDLE = (0.3, 0.7)  # of the music's width, where a gutter may be
MIN_GUTTER = 0.02  # of the music's width; and three staff spaces
STRAY = 0.06  # of a usual column's staff lines, which a column of the gutter may show
MIN_TALL = 0.35  # height of the music by its width; less is one system with a gap
MIN_SHARE = 0.2  # of the staff lines on either side


@dataclass(frozen=True, slots=True)
class Side:
    """A part of the picture from one leaning edge to another; x in px."""

    x0: int
    x1: int
    left: tuple[float, float]
    """x of its left edge at the top and at the bottom of the picture."""
    right: tuple[float, float]

    def cut(self, image: NDArray[np.uint8], fill: int) -> NDArray[np.uint8]:
        """Its columns, x0 to x1, what lies beyond its edges filled; uint8 [height, x1 - x0]."""
        part = image[:, self.x0 : self.x1]
        if self.left[0] == self.left[1] and self.right[0] == self.right[1]:
            return np.ascontiguousarray(part)
        x = np.arange(self.x0, self.x1)[None]
        down = np.linspace(0, 1, len(part))[:, None]
        left, right = (e[0] + (e[1] - e[0]) * down for e in (self.left, self.right))
        return np.where((x >= left) & (x < right), part, np.uint8(fill))


def sides_of(ink: NDArray[np.uint8], space: float) -> list[Side]:
    """The printed pages on a picture, from left to right; one, the whole, for nearly all.

    ink : uint8 [height, width], 0 or 1; space : staff space, px.
    """
    height, width = ink.shape
    whole = Side(0, width, (0, 0), (width, width))
    x, y = _line_starts(ink, space)
    if len(x) < 200:
        return [whole]
    left, right = np.quantile(x, [0.01, 0.99])
    top, bottom = np.quantile(y, [0.02, 0.98])
    if bottom - top < MIN_TALL * (right - left):
        return [whole]
    least = max(3 * space, MIN_GUTTER * (right - left))
    best = (0.0, 0.0, 0.0)  # width, middle, lean
    for lean in LEANS:
        leaning = x - lean * (y - height / 2)
        low, high = (left + share * (right - left) for share in MIDDLE)
        bins = max(8, int((right - left) / (0.5 * space)))
        counts, edges = np.histogram(leaning, bins, (left, right))
        full = counts > STRAY * np.median(counts[counts > 0])
        steps = np.diff(np.concatenate([[1], full.astype(np.int8), [1]]))
        starts, stops = np.flatnonzero(steps == -1), np.flatnonzero(steps == 1)
        for start, stop in zip(edges[starts], edges[stops], strict=True):
            middle = (start + stop) / 2
            # Upright gutters first: leaning has to pay.
            gain = stop - start - 0.5 * abs(lean) * height
            if low < middle < high and stop - start >= least and gain > best[0]:
                best = (gain, middle, lean)
    gutter, middle, lean = best
    before = np.mean(x - lean * (y - height / 2) < middle)
    if gutter <= 0 or not MIN_SHARE < before < 1 - MIN_SHARE:
        return [whole]
    edge = (middle - lean * height / 2, middle + lean * height / 2)
    first, last = max(0, int(min(edge))), min(width, int(max(edge)) + 1)
    return [Side(0, last, (0, 0), edge), Side(first, width, edge, (width, width))]


def _line_starts(ink: NDArray[np.uint8], space: float) -> tuple[NDArray, NDArray]:
    """x and y of thin black runs that with the white below them make about a staff space."""
    step = max(1, ink.shape[1] // COLUMNS)
    columns = np.ascontiguousarray(ink[:, ::step].T)
    length = columns.shape[1] + 2
    steps = np.diff(np.pad(columns, ((0, 0), (1, 1))).ravel().astype(np.int8))
    starts, stops = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    black, white = stops - starts, np.append(starts[1:], len(steps)) - stops
    like = (np.abs(black + white - space) < 0.3 * space) & (black < 0.4 * space)
    like[1:] &= like[:-1] | np.append(like[2:], False)  # two in a row: no letter does that often
    return (starts[like] // length) * step, starts[like] % length
