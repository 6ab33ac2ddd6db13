"""Finds printed pages that lie side by side on one picture: an open book, scanned or photographed.

Every column that meets a staff has black and white runs, one above the other, that add up to a
staff space, however bent the staff is. Between two pages there is an upright stripe without any,
the gutter. Cost: 5 ms a page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAMPLED_COLUMNS = 400  # of the picture
GUTTER_LEANS = np.linspace(-0.16, 0.16, 9)  # dx/dy of the gutter
GUTTER_RANGE = (0.3, 0.7)  # of the music's width, in which a gutter is searched
MIN_GUTTER_WIDTH = 0.02  # of the music's width; three staff spaces at least
MAX_GUTTER_LINES = 0.06  # of the median column's staff lines, in a column of the gutter
MAX_LINE = 0.55  # staff spaces, of a fat line in a small print
MIN_MISSED_LINES = 60  # lines that a stripe as wide would have elsewhere; fewer is chance
MIN_ASPECT = 0.35  # height of the music over its width; less is one system with a gap
MIN_PAGE_SHARE = 0.2  # of the staff lines on either side


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One printed page: the picture from one edge to another, which may lean; x in px."""

    x0: int
    x1: int
    left: tuple[float, float]
    """x of its left edge at the top and at the bottom of the picture."""
    right: tuple[float, float]

    def cut(self, image: NDArray[np.uint8], fill: int) -> NDArray[np.uint8]:
        """Its columns x0 to x1, filled beyond its edges: uint8 [height, x1 - x0]."""
        part = image[:, self.x0 : self.x1]
        if self.left[0] == self.left[1] and self.right[0] == self.right[1]:
            return np.ascontiguousarray(part)
        x = np.arange(self.x0, self.x1)[None]
        down = np.linspace(0, 1, len(part))[:, None]
        left, right = (e[0] + (e[1] - e[0]) * down for e in (self.left, self.right))
        return np.where((x >= left) & (x < right), part, np.uint8(fill))


def printed_pages(ink: NDArray[np.uint8], space: float) -> list[PrintedPage]:
    """The printed pages on a picture, from left to right; most pictures have one, the whole.

    ink : uint8 [height, width], 0 or 1; space : staff space, px.
    """
    height, width = ink.shape
    whole = PrintedPage(0, width, (0, 0), (width, width))
    x, y = _line_starts(ink, space)
    if len(x) < 200:
        return [whole]
    left, right = np.quantile(x, [0.01, 0.99])
    top, bottom = np.quantile(y, [0.02, 0.98])
    if bottom - top < MIN_ASPECT * (right - left):
        return [whole]
    min_width = max(3 * space, MIN_GUTTER_WIDTH * (right - left))
    best = (0.0, 0.0, 0.0)  # width, middle, lean
    for lean in GUTTER_LEANS:
        leaning = x - lean * (y - height / 2)
        low, high = (left + share * (right - left) for share in GUTTER_RANGE)
        bins = max(8, int((right - left) / (0.5 * space)))
        counts, edges = np.histogram(leaning, bins, (left, right))
        has_music = counts > MAX_GUTTER_LINES * np.median(counts[counts > 0])
        steps = np.diff(np.concatenate([[1], has_music.astype(np.int8), [1]]))
        starts, stops = np.flatnonzero(steps == -1), np.flatnonzero(steps == 1)
        for start, stop in zip(edges[starts], edges[stops], strict=True):
            middle = (start + stop) / 2
            # A gutter that leans must be wider than an upright one.
            gain = stop - start - 0.5 * abs(lean) * height
            missed = (stop - start) / (edges[1] - edges[0]) * np.median(counts[counts > 0])
            if (
                low < middle < high
                and stop - start >= min_width
                and gain > best[0]
                and (missed >= MIN_MISSED_LINES)
            ):
                best = (gain, middle, lean)
    gutter, middle, lean = best
    before = np.mean(x - lean * (y - height / 2) < middle)
    if gutter <= 0 or not MIN_PAGE_SHARE < before < 1 - MIN_PAGE_SHARE:
        return [whole]
    edge = (middle - lean * height / 2, middle + lean * height / 2)
    first, last = max(0, int(min(edge))), min(width, int(max(edge)) + 1)
    return [
        PrintedPage(0, last, (0, 0), edge),
        PrintedPage(first, width, edge, (width, width)),
    ]


def _line_starts(ink: NDArray[np.uint8], space: float) -> tuple[NDArray, NDArray]:
    """x and y of thin black runs that add up to about a staff space with the white below them."""
    step = max(1, ink.shape[1] // SAMPLED_COLUMNS)
    columns = np.ascontiguousarray(ink[:, ::step].T)
    length = columns.shape[1] + 2
    steps = np.diff(np.pad(columns, ((0, 0), (1, 1))).ravel().astype(np.int8))
    starts, stops = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    black, white = stops - starts, np.append(starts[1:], len(steps)) - stops
    is_start = (np.abs(black + white - space) < 0.3 * space) & (black < MAX_LINE * space)
    # Two in a row, which letters seldom have.
    is_start[1:] &= is_start[:-1] | np.append(is_start[2:], False)
    return (starts[is_start] // length) * step, starts[is_start] % length
