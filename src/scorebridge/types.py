"""The nouns that the rooms hand to each other. All frozen, units documented.

Places on a page are fractions of its width and height, origin top left, so
that they hold at any resolution. Pages, systems and bars count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["recording", "score"]
Box = tuple[float, float, float, float]
"""(x0, y0, x1, y1) as fractions of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a score file as a grey image."""

    path: Path
    number: int
    """Counts from 1 within the file."""
    image: NDArray[np.uint8]
    """[height, width], 0 black to 255 white; dark notes on light paper."""


@dataclass(frozen=True, slots=True)
class System:
    """One system: staves that are played together, as found on a page.

    `box` and `staves` reach from the outer staff lines (top line of a staff to
    its bottom line) and from the left end of the lines to the right.
    """

    page: int
    number: int
    """Counts from 1 within the page, in reading order."""
    box: Box
    staves: tuple[Box, ...]
    staff_space: float
    """Distance between neighbouring staff lines, in pixels of the page image."""
    slope: float = 0.0
    """dy/dx of the staff lines in pixels per pixel (positive: falls to the right).
    The box gives the y of the lines at the middle of the system's width."""
    bars: tuple[tuple[float, float], ...] = ()
    """x range of each bar, barline to barline."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """Where query and found document meet. Times in seconds; `None` where it does not apply."""

    query_start_s: float | None
    query_end_s: float | None
    start_s: float | None
    end_s: float | None
    page: int
    system: int
    box: Box


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of `find`: a document and where it matches."""

    rank: int
    path: str
    kind: Kind
    title: str
    score: float
    """The matcher's own figure of merit, higher is better."""
    confidence: float
    """0 to 1: how likely this is the right document."""
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an alignment: at `time_s` the music is at `x` of that system."""

    time_s: float
    page: int
    system: int
    x: float
    """Fraction of the page width."""
    bar: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch played in one go; a repeat played twice gives two sections."""

    start_s: float
    end_s: float
    first_bar: int | None = None
    last_bar: int | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """The way of a recording through a score, points at least every 0.5 s."""

    score: str
    recording: str
    points: tuple[Point, ...]
    sections: tuple[Section, ...] = field(default=())
    confidence: float = 0.0
