"""Whether pages that are stored in any direction are turned upright (`score/direction.py`).

Pages of scans, all upright, are turned and read. A page without a system when it is upright does
not count: nothing shows how it lies. About 1 s a page and turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from scorebridge.score.direction import read_upright
from scorebridge.score.pages import read_pages
from scorebridge.types import MIN_ROTATION_CONFIDENCE, Page, Rotation, System

TURNS: tuple[Rotation, ...] = (0, 90, 180, 270)

ReadPage = Callable[[Page], tuple[Page, list[System]]]


@dataclass(frozen=True)
class Turned:
    """One page that was stored turned, and what became of it."""

    name: str
    """File and number of the page."""
    stored: Rotation
    """Degrees clockwise by which the upright page was turned."""
    found: Rotation
    """Degrees clockwise by which the reader turned it back."""
    confidence: float

    @property
    def is_right(self) -> bool:
        """Whether the page stands upright."""
        return (self.stored + self.found) % 360 == 0

    @property
    def is_undecided(self) -> bool:
        """Whether the reader leaves it undecided."""
        return self.confidence < MIN_ROTATION_CONFIDENCE


def evaluate(
    paths: Iterable[Path],
    turns: Sequence[Rotation] = TURNS,
    stride: int = 1,
    read: ReadPage = read_upright,
) -> Iterator[Turned]:
    """Read the pages of upright scans in each of `turns`.

    stride : only every so-many-th page, counted through all files.
    """
    number = -1
    for path in paths:
        for page in read_pages(path):
            number += 1
            if number % stride:
                continue
            yield from _in_turns(page, turns, read)


def _in_turns(page: Page, turns: Sequence[Rotation], read: ReadPage) -> Iterator[Turned]:
    name = f"{page.path.parent.name}/{page.path.name} page {page.number}"
    for turn in turns:
        image = np.ascontiguousarray(np.rot90(page.image, -turn // 90))
        seen, systems = read(replace(page, image=image))
        if turn == 0 and not systems:
            return
        yield Turned(name, turn, seen.rotation, seen.rotation_confidence)
