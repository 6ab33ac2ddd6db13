"""The cost matrix that a path goes through: the whole score once, or given sections in order.

The path may jump within the whole score (`jumps.py`). If a person gives the order of sections, the
columns are laid out as they are played and nothing jumps. An anchor makes one row of the recording
keep to one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.strips import WINDOW_WIDTH

ANCHOR_GAIN = 1000.0  # cost that a row saves by keeping to its anchor, above that of any path
ANCHOR_REACH = 30.0  # columns on either side of an anchor to which its row must keep


@dataclass(frozen=True, slots=True)
class CostModel:
    """Costs of pairing recording windows with columns, and what each column is."""

    cost: NDArray[np.float32]
    """[recording windows, columns], 0 to 2, less `ANCHOR_GAIN` at anchors."""
    unanchored: NDArray[np.float32]
    """The same without anchors."""
    windows: NDArray[np.int64]
    """[columns], the score window of each."""
    section: NDArray[np.int64]
    """[columns], the section of each; all 0 where sections are to be found."""
    limits: tuple[tuple[float, float], ...]
    """Of each section, its first and last column in the unrolled score."""
    is_given: bool
    """Whether a person gave the sections."""

    @property
    def backwards(self) -> NDArray[np.float32]:
        """The cost of the recording played backwards: the level of chance."""
        return np.ascontiguousarray(self.unanchored[::-1])

    def with_anchors(
        self,
        times: NDArray[np.floating],
        positions: NDArray[np.floating],
        anchors: Sequence[tuple[float, float]],
    ) -> CostModel:
        """The model with one row per anchor bound to its place.

        times : middles of the recording windows, in s. positions : of the score windows, in
        columns. anchors : (seconds, column of the unrolled score).
        """
        if not anchors:
            return self
        cost = self.cost.copy()
        for time, column in anchors:
            row = int(np.abs(times - time).argmin())
            distance = np.abs(positions[self.windows] - column)
            # The middles of the outermost windows lie half a window inside the score.
            reach = max(ANCHOR_REACH, min(float(distance.min()), WINDOW_WIDTH / 2))
            cost[row, distance <= reach] -= ANCHOR_GAIN
        return replace(self, cost=cost)

    def meets_anchor(
        self, path: NDArray[np.int32], times: NDArray[np.floating], time: float
    ) -> bool:
        """Whether a path keeps to the anchor at a time."""
        row = int(np.abs(times - time).argmin())
        cells = path[path[:, 0] == row]
        return bool(len(cells)) and bool(
            (self.cost < self.unanchored - 1)[cells[0, 0], cells[0, 1]]
        )

    def anchor_gain(self, path: NDArray[np.int32]) -> float:
        """By how much anchors change the cost of a path; at most 0."""
        cells = path[:, 0], path[:, 1]
        return float((self.cost[cells] - self.unanchored[cells]).sum())

    def section_starts(
        self, path: NDArray[np.int32], is_start: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Where sections start along a path: after jumps, and where given sections change."""
        return is_start | np.concatenate([[True], np.diff(self.section[path[:, 1]]) != 0])


def whole_score(cost: NDArray[np.float32], extent: float) -> CostModel:
    """All of the score, in which the path may jump. extent : its width in columns."""
    count = cost.shape[1]
    section = np.zeros(count, np.int64)
    return CostModel(cost, cost, np.arange(count), section, ((0.0, extent),), is_given=False)


def given_sections(
    cost: NDArray[np.float32],
    positions: NDArray[np.floating],
    limits: Sequence[tuple[float, float]],
) -> CostModel:
    """The sections that a person gave, side by side in the order they are played.

    limits : first and last column of each in the unrolled score.
    """
    chosen, sections = [], []
    for k, (low, high) in enumerate(limits):
        inside = np.flatnonzero((positions >= low) & (positions <= high))
        if not len(inside):
            inside = np.array([np.abs(positions - (low + high) / 2).argmin()])
        chosen.append(inside)
        sections.append(np.full(len(inside), k))
    windows = np.concatenate(chosen)
    laid_out = np.ascontiguousarray(cost[:, windows])
    section = np.concatenate(sections)
    return CostModel(laid_out, laid_out, windows, section, tuple(limits), is_given=True)
