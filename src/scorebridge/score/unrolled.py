"""The unrolled score: all systems side by side, and the sheet windows cut from it (P3 section 3).

Windows may span two systems, as the music does. Where a system has several strips, a window has as
many pictures, and the encoder pools them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.strips import (
    MAX_SHORT,
    OVERHANG,
    STRIP_HEIGHT,
    WINDOW_HEIGHT,
    WINDOW_HOP,
    WINDOW_WIDTH,
    Strip,
)
from scorebridge.windows import window_middles


@dataclass(frozen=True, slots=True)
class Unrolled:
    """All systems of a document side by side."""

    systems: tuple[NDArray[np.uint8], ...]
    """For each system: [strips, STRIP_HEIGHT, width], 255 white, one strip or more."""

    @property
    def offsets(self) -> NDArray[np.int64]:
        """[systems + 1]: system k fills columns offsets[k] to offsets[k + 1]."""
        return np.cumsum([0, *(s.shape[2] for s in self.systems)], dtype=np.int64)

    @property
    def width(self) -> int:
        """Columns of all systems."""
        return sum(s.shape[2] for s in self.systems)

    def _within(self, start: int, stop: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """`offsets`, and the systems that have some of the columns `start` to `stop`."""
        edges = self.offsets
        return edges, np.flatnonzero((edges[1:] > start) & (edges[:-1] < stop))

    def block(self, start: int, stop: int) -> NDArray[np.uint8]:
        """Columns `start` to `stop`, [strips, STRIP_HEIGHT, stop - start], 255 white.

        It has as many strips as the tallest system there, the lowest ones of all systems in line;
        what lies beyond a system or the ends is white.
        """
        edges, here = self._within(start, stop)
        most = max((len(self.systems[k]) for k in here), default=1)
        out = np.full((most, STRIP_HEIGHT, stop - start), 255, np.uint8)
        for k in here:
            low, high = max(start, int(edges[k])), min(stop, int(edges[k + 1]))
            part = self.systems[k][:, :, low - edges[k] : high - edges[k]]
            out[most - len(part) :, :, low - start : high - start] = part
        return out

    def cut(self, start: int, stop: int) -> Unrolled:
        """Columns `start` to `stop` alone, as a score of their own."""
        edges, here = self._within(start, stop)
        parts = [
            self.systems[k][:, :, max(0, start - edges[k]) : max(0, stop - edges[k])] for k in here
        ]
        return Unrolled(tuple(parts))


def unrolled_strip(image: NDArray[np.uint8]) -> Unrolled:
    """An unrolled score of one strip, uint8 [STRIP_HEIGHT, width]."""
    return Unrolled((image[None],))


def unroll(strips: Sequence[Strip]) -> Unrolled:
    """Put strips side by side in reading order (P3 section 3)."""
    return Unrolled(tuple(s.images for s in strips))


def window_centers(width: int, hop: int = WINDOW_HOP) -> NDArray[np.int64]:
    """Columns at which to cut windows from an unrolled score `width` px wide.

    The first and last windows touch the ends; of a score narrower than `MAX_SHORT` they reach
    beyond by `OVERHANG`. A score narrower than a window has at least one, in its middle.
    """
    return window_middles(width, WINDOW_WIDTH, hop, OVERHANG if width < MAX_SHORT else 0)


def cut_windows(
    unrolled: Unrolled,
    centers: NDArray[np.int64],
    dy: int = 0,
    size: tuple[int, int] = (WINDOW_HEIGHT, WINDOW_WIDTH),
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Cut sheet windows from an unrolled score.

    Parameters
    ----------
    centers : int [n], middle column of each window; white beyond the ends.
    dy : rows by which the windows are lower than the middle.
    size : rows and columns of a window.

    Returns
    -------
    uint8 [strips, *size], and int [strips], the window of each, ascending.
    A window has at least one strip; of several, blank ones are left out.
    """
    half, top = size[1] // 2, (STRIP_HEIGHT - size[0]) // 2 + dy
    start = int(centers.min()) - half
    rows = unrolled.block(start, int(centers.max()) + half)[:, top : top + size[0]]
    view = np.lib.stride_tricks.sliding_window_view(rows, size[1], axis=2)
    windows = view[:, :, centers - half - start].transpose(2, 0, 1, 3)  # [n, strips, rows, columns]
    if len(rows) == 1:
        return np.ascontiguousarray(windows[:, 0]), np.arange(len(centers))
    kept = np.asarray((windows < 255).any((2, 3)))
    kept[:, -1] |= ~kept.any(1)
    return np.ascontiguousarray(windows[kept]), np.nonzero(kept)[0]
