"""The records that the packages pass to each other. All are frozen, units are documented.

Places on a page are fractions of its width and height, origin top left, so
that they hold at any resolution. Pages, systems and bars count from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scorebridge.choices import Kind
from scorebridge.windows import woven

Box = tuple[float, float, float, float]
"""(x0, y0, x1, y1) as fractions of the page."""


Progress = Callable[[float, float, Path | None], None]
"""Called with the work done, the work in all (files, documents, or seconds of film), and the file
at work; `None` where there is none, as at the end."""


Rotation = Literal[0, 90, 180, 270]
"""Degrees clockwise."""
MIN_ROTATION_CONFIDENCE = 0.5
"""`Page.rotation_confidence` below which it is undecided which way is up."""
StaffKind = Literal["standard", "percussion", "chant", "tablature"]
"""A staff of five lines, of one, of four, of six."""
GroupKind = Literal["brace", "bracket"]
"""The sign left of a group of staves."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a score file as a grey image."""

    path: Path
    number: int
    """Counts from 1 within the file."""
    image: NDArray[np.uint8]
    """[height, width], 0 black to 255 white; dark notes on light paper."""
    rotation: Rotation = 0
    """Degrees clockwise by which the stored page was turned to stand upright, after EXIF and
    /Rotate."""
    rotation_confidence: float = 1.0
    """0 to 1: how clearly the music shows which way is up; below 0.5 it is undecided."""


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """Neighbouring staves of a system that a brace or a bracket joins."""

    kind: GroupKind
    first: int
    """Its uppermost staff, counts from 1 within the system."""
    last: int
    """Its lowest staff."""


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
    """x range of each bar as page fractions, barline to barline."""
    confidence: float = 1.0
    """0 to 1: how clearly the staves are seen, and seen to belong together."""
    bar_confidence: tuple[float, ...] = ()
    """For each bar, 0 to 1: the confidence that it is one bar, from its barlines and width."""
    repeats: tuple[tuple[bool, bool], ...] = ()
    """For each bar: whether a repeat sign opens at its left end, and whether one closes at
    its right (barline with dots); () where they were not looked for."""
    core: Box | None = None
    """The staves that the strip shows where these are not all: the piano of voice and piano."""
    bend: tuple[tuple[float, float, float, float], ...] = ()
    """Where a photograph bends or tilts the system: x, y on the top line and x, y on the bottom
    line of what the strip shows, as page fractions, at equal steps of the music from its left
    end to its right; () for a straight system, which `box` and `slope` describe."""
    length: float = 0.0
    """Of a bent system on paper, in staff spaces; 0 for a straight one."""
    staff_bends: tuple[tuple[tuple[float, float, float, float], ...], ...] = ()
    """For each staff of a bent system, its own course as in `bend`, at the same steps; () where
    `bend` gives it: one staff or two."""
    staff_kinds: tuple[StaffKind, ...] = ()
    """For each staff; () where all are standard."""
    groups: tuple[StaffGroup, ...] = ()
    """The braces and brackets, outer ones first."""
    printed_number: str = ""
    """The bar number printed at its beginning, as read; empty where there is none."""
    number_readings: tuple[tuple[str, float], ...] = ()
    """What may be printed there: each number and its probability, from its digits."""
    measures: tuple[int, ...] = ()
    """For each bar, the measures that it stands for, more than 1 for a rest of several; () where
    each stands for one."""
    numbers: tuple[str, ...] = ()
    """For each bar, the number that an editor gives it, such as `12` or `12b`; see
    `score/numbers.py`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one strip of an unrolled score lies: columns `start` to `stop` are this system."""

    page: int
    system: int
    box: Box
    x0: float
    """Page fraction of the left edge of column `start`."""
    x1: float
    """Page fraction of the right edge of column `stop - 1`."""
    start: int
    stop: int
    bars: tuple[tuple[float, float], ...] = ()
    """x range of each bar as page fractions, as in `System.bars`."""
    repeats: tuple[tuple[bool, bool], ...] = ()
    """For each bar, whether a repeat opens at its left and closes at its right end."""
    xs: tuple[float, ...] = ()
    """Page fractions of the columns at equal steps from `start` to `stop`, where a bent page
    makes them uneven; () where they run evenly from `x0` to `x1`."""
    numbers: tuple[str, ...] = ()
    """For each bar, its editor's number, as in `System.numbers`."""
    rotation: Rotation = 0
    """Of its page, as in `Page.rotation`; all places are those of the turned page."""
    rotation_confidence: float = 1.0
    """Of its page, as in `Page.rotation_confidence`."""
    staves: tuple[Box, ...] = ()
    """From the top, as in `System.staves`; () in what was encoded before they were kept."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file states of itself: a PDF's outline and title, a recording's title tag."""

    title: str = ""
    """Empty where the file states none."""
    outline: tuple[tuple[str, int], ...] = ()
    """(title, page) of each entry of a PDF's outline, pages from 1."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A score or a recording as a sequence of unit vectors, one per window."""

    kind: Kind
    vectors: NDArray[np.float32]
    """[windows, dimensions], rows of unit length, in the order of the music."""
    positions: NDArray[np.float32]
    """[windows], the middle of each window: column of the unrolled score, or seconds."""
    extent: float
    """Width of the unrolled score in columns, or duration in seconds."""
    pages: int = 0
    """Number of pages of the file (scores)."""
    places: tuple[Place, ...] = ()
    """The systems in reading order (scores)."""
    between: NDArray[np.float32] | None = None
    """[windows, dimensions], the windows halfway to the next ones (of the last: itself), for
    looking twice as closely; `None` where they are not known."""
    start_s: float = 0.0
    """Where this clip begins in its recording, in seconds. `positions` and `extent` count from
    the start of the clip, passages that are found from the start of the recording."""
    metadata: Metadata = Metadata()
    """What the file states of itself."""

    @property
    def halfway(self) -> NDArray[np.float32]:
        """`between`, or the windows themselves where it is not known."""
        return self.vectors if self.between is None else self.between

    @property
    def finer(self) -> Encoded:
        """Its windows and those halfway between them in their order; itself where those are not
        known."""
        if self.between is None:
            return self
        vectors = woven(self.vectors, self.between)[:-1]
        nexts = np.append(self.positions[1:], self.positions[-1:])
        positions = woven(self.positions, (self.positions + nexts) / 2)[:-1]
        return replace(self, vectors=vectors, positions=positions, between=None)

    def where(self, inside: NDArray[np.bool_]) -> Encoded:
        """Only the windows that are `inside`, bool [windows]; all else stays."""
        between = None if self.between is None else self.between[inside]
        vectors, positions = self.vectors[inside], self.positions[inside]
        return replace(self, vectors=vectors, positions=positions, between=between)


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a library."""

    id: str
    """SHA-256 of the file's content, hex."""
    path: str
    kind: Kind
    title: str
    """The file's name without its ending, until something better is known."""
    extent: float
    pages: int = 0
    places: tuple[Place, ...] = ()
    metadata: Metadata = Metadata()
    """What the file states of itself, as read when it was added."""

    @property
    def undecided_pages(self) -> tuple[int, ...]:
        """Pages with music of which it is undecided which way is up."""
        return tuple(
            dict.fromkeys(
                place.page
                for place in self.places
                if place.rotation_confidence < MIN_ROTATION_CONFIDENCE
            )
        )


@dataclass(frozen=True, slots=True)
class Candidates:
    """All documents of one kind and their vectors, laid end to end for searching."""

    documents: tuple[Document, ...]
    vectors: NDArray[np.float32]
    """[all windows, dimensions]."""
    positions: NDArray[np.float32]
    """[all windows], as in `Encoded`."""
    offsets: NDArray[np.int64]
    """[documents + 1]: document k owns rows offsets[k] to offsets[k + 1]."""
    between: NDArray[np.float32] | None = None
    """[all windows, dimensions], as in `Encoded`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece or movement of a volume."""

    number: int
    """Counts from 1 within the document."""
    title: str | None
    """From the PDF's outline, where there is one."""
    first_page: int
    last_page: int
    start: int
    """Columns `start` to `stop` of the unrolled score."""
    stop: int


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
    """0 to 1: how likely this document holds music of the query (see `retrieval/confidence.py`)."""
    passages: tuple[Passage, ...] = ()
    work: int = 0
    """Hits of one number are editions or performances of one work: alternatives, not rivals.
    Counts from 1 in the order of the hits; 0 where the method finds no works."""
    part: Part | None = None
    """Of the score (found or asked), where it holds several pieces: the one that matches."""


@dataclass(frozen=True, slots=True)
class Link:
    """A recording and a score that belong together."""

    recording: str
    """Path of the recording."""
    score: str
    confidence: float
    """0 to 1, as in `Hit`, from asking both ways."""
    start_s: float
    end_s: float
    """The stretch of the recording that plays the score."""
    first_page: int
    last_page: int
    part: Part | None = None
    """Of a score that holds several pieces: the one that is played."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an alignment: at `time_s` the music is at `x` of that system."""

    time_s: float
    page: int
    system: int
    x: float
    """Fraction of the page width."""
    bar: int | None = None
    number: str | None = None
    """The bar's editor's number, as in `System.numbers`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch played in one go; a repeat played twice gives two sections."""

    start_s: float
    end_s: float
    first_bar: int | None = None
    last_bar: int | None = None
    first_number: str | None = None
    """Editor's number of the first bar."""
    last_number: str | None = None


class Anchor(NamedTuple):
    """A moment at which a person knows that a bar begins ("pin" for users)."""

    time_s: float
    bar: float
    """Counts from 1 through the printed score; 7.5 is half through bar 7."""


class BarRange(NamedTuple):
    """A section that a person gave: its first and its last bar, both played."""

    first_bar: int
    last_bar: int


@dataclass(frozen=True, slots=True)
class BarConfidence:
    """The confidence that a bar is played from `start_s` on; a bar played twice gives two."""

    bar: int
    start_s: float
    confidence: float
    """0 to 1: low where the page or the playing is unreadable, or fits another bar as well."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The path of a recording through a score, with points at most 0.5 s apart."""

    points: tuple[Point, ...]
    sections: tuple[Section, ...] = field(default=())
    confidence: float = 0.0
    """0 to 1: how likely the recording plays this score."""
    bar_confidence: tuple[BarConfidence, ...] = ()
    """Of each bar played, in the order they are played."""
    score: str = ""
    """Path of the score; empty where vectors were aligned, which have no file."""
    recording: str = ""
    """Path of the recording, likewise."""


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """An alignment, and what exports need beside it."""

    alignment: Alignment
    places: tuple[Place, ...]
    """The systems of the score."""
    duration_s: float
    """Of the recording."""
    anchors: tuple[Anchor, ...] = ()
    """What a person gave, and the alignment keeps to."""
    sections: tuple[BarRange, ...] = ()
    """Likewise."""
    rotations: Mapping[int, Rotation] = field(default_factory=dict)
    """Page number to degrees clockwise, of the pages of the score that are turned."""
