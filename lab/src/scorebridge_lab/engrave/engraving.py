"""An engraved piece: pages, and the place and time of everything on them.

Both engravers return this record. Noteheads, systems, staves and barlines have places in px of
the page. Events, bars and marks have times in nominal seconds: time at the written tempo, without
repeats. `perform` maps nominal time to played time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.home import save_arrays

PAGE_WIDTH = 835  # px (P4, P5: a page of 835 x 1181 px)

NOTE = np.dtype(
    [
        ("page", "u2"),  # from 0
        ("system", "u2"),  # from 0, through the piece
        ("staff", "u1"),  # from 0, top staff of the system first
        ("x", "f4"),  # px, middle of the notehead
        ("y", "f4"),
        ("pitch", "u1"),  # MIDI
        ("onset", "f8"),  # s at the nominal tempo; NaN: not played (tied, ornament's main note cut)
    ]
)
SYSTEM = np.dtype(
    [
        ("page", "u2"),
        ("x0", "f4"),  # px: ends of the staff lines
        ("x1", "f4"),
        ("y0", "f4"),  # top line of the top staff
        ("y1", "f4"),  # bottom line of the bottom staff
        ("staff_space", "f4"),
    ]
)
STAFF = np.dtype(
    [
        ("page", "u2"),
        ("system", "u2"),
        ("staff", "u1"),  # from 0, top staff of the system first
        ("lines", "u1"),
        ("x0", "f4"),  # px: ends of the lines, top and bottom line
        ("x1", "f4"),
        ("y0", "f4"),
        ("y1", "f4"),
    ]
)
BARLINE = np.dtype(
    [
        ("page", "u2"),
        ("system", "u2"),
        ("x0", "f4"),  # px: the ink, dots of repeats included
        ("x1", "f4"),
        ("y0", "f4"),  # from its first stroke to its last
        ("y1", "f4"),
        ("kind", "u1"),  # index into BARLINE_KINDS
    ]
)
EVENT = np.dtype(
    [
        ("onset", "f8"),  # s at the nominal tempo
        ("duration", "f8"),  # s
        ("pitch", "u1"),  # MIDI
        ("velocity", "u1"),
    ]
)
BAR = np.dtype(
    [
        ("onset", "f8"),  # s at the nominal tempo
        ("end", "f8"),
        ("repeat", "u1"),  # REPEAT_STARTS | REPEAT_ENDS
        ("ending", "u2"),  # bit k: played the (k + 1)-th time; 0: every time
    ]
)
MARK = np.dtype(
    [
        ("kind", "u1"),  # index into MARK_KINDS
        ("onset", "f8"),  # s at the nominal tempo
        ("end", "f8"),  # s; equals onset where a mark has no length
        ("staff", "u1"),
        ("pitch", "u1"),  # MIDI; 0: every note of that staff and onset
    ]
)
MARK_KINDS = (
    "grace",
    "trill",
    "mordent",  # with the lower note
    "prall",  # with the upper note
    "turn",
    "arpeggio",
    "fermata",
    "staccato",
    "tenuto",
    "accent",
    "slur",
    "pedal",
)
BARLINE_KINDS = ("single", "double", "final", "repeat-start", "repeat-end", "repeat-both", "other")
REPEAT_STARTS, REPEAT_ENDS = 1, 2


@dataclass(frozen=True)
class Engraving:
    """One engraved piece. All times are nominal seconds."""

    name: str
    pages: list[NDArray[np.uint8]]
    """Grey images [height, width], white = 255."""
    systems: NDArray[Any]
    """`SYSTEM` records in reading order."""
    notes: NDArray[Any]
    """`NOTE` records: every notehead on the pages."""
    events: NDArray[Any]
    """`EVENT` records: all sounding notes, sorted by onset."""
    meta: dict[str, Any] = field(default_factory=dict)
    staves: NDArray[Any] = field(default_factory=lambda: np.zeros(0, STAFF))
    """`STAFF` records by system, from the top."""
    barlines: NDArray[Any] = field(default_factory=lambda: np.zeros(0, BARLINE))
    """`BARLINE` records by system, from left to right."""
    bars: NDArray[Any] = field(default_factory=lambda: np.zeros(0, BAR))
    """`BAR` records in printed order: where repeats begin and end."""
    marks: NDArray[Any] = field(default_factory=lambda: np.zeros(0, MARK))
    """`MARK` records: articulation, ornaments, pedal and other marks."""
    parts: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    """[events]: the part of each event, counts from 0 from the top of the full score; empty where
    the engraver does not tell."""
    staff_parts: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    """[staves]: the part of each row of `staves`; one per staff of the full score."""
    drawings: tuple[str, ...] = ()
    """The pages as SVG of the engraver; `save` does not store them."""

    def save(self, path: Path) -> None:
        """Write to `path`, atomically."""
        packed = {f"page_{k}": cv2.imencode(".png", p)[1] for k, p in enumerate(self.pages)}
        save_arrays(
            path,
            systems=self.systems,
            notes=self.notes,
            events=self.events,
            **{name: getattr(self, name) for name in _TABLES},
            meta=np.frombuffer(json.dumps({"name": self.name, **self.meta}).encode(), np.uint8),
            **packed,
        )

    @classmethod
    def load(cls, path: Path) -> Engraving:
        """Read a saved engraving; tables that the file lacks are empty."""
        with np.load(path) as data:
            meta = json.loads(data["meta"].tobytes())
            pages = [
                np.asarray(cv2.imdecode(data[f"page_{k}"], cv2.IMREAD_GRAYSCALE), np.uint8)
                for k in range(sum(name.startswith("page_") for name in data.files))
            ]
            tables = {name: data[name] for name in _TABLES if name in data.files}
            return cls(
                name=meta.pop("name"),
                pages=pages,
                systems=data["systems"],
                notes=data["notes"],
                events=data["events"],
                meta=meta,
                **tables,
            )


_TABLES = ("staves", "barlines", "bars", "marks", "parts", "staff_parts")
