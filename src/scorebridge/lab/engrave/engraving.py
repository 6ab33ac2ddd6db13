"""What an engraver returns: pages, and for every notehead its place and its time.

One file per piece (`.npz`), so that an interrupted build resumes by looking at
which files are there. Pages are kept as PNG inside it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

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
EVENT = np.dtype(
    [
        ("onset", "f8"),  # s at the nominal tempo
        ("duration", "f8"),  # s
        ("pitch", "u1"),  # MIDI
        ("velocity", "u1"),
    ]
)


@dataclass(frozen=True)
class Engraving:
    """One engraved piece. Times are nominal: performances bend them, for notes and events alike."""

    name: str
    pages: list[NDArray[np.uint8]]
    """Grey images [height, width], white = 255."""
    systems: NDArray[Any]
    """`SYSTEM` records in reading order."""
    notes: NDArray[Any]
    """`NOTE` records: every notehead on the pages."""
    events: NDArray[Any]
    """`EVENT` records: everything that sounds, sorted by onset."""
    meta: dict[str, Any] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write to `path` in one step: a killed run leaves no half file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        packed = {f"page_{k}": cv2.imencode(".png", p)[1] for k, p in enumerate(self.pages)}
        temporary = path.with_suffix(".partial")
        with temporary.open("wb") as file:
            np.savez(
                file,
                systems=self.systems,
                notes=self.notes,
                events=self.events,
                meta=np.frombuffer(json.dumps({"name": self.name, **self.meta}).encode(), np.uint8),
                **packed,  # pyright: ignore[reportArgumentType]
            )
        temporary.replace(path)

    @classmethod
    def load(cls, path: Path) -> Engraving:
        """Read what `save` wrote."""
        with np.load(path) as data:
            meta = json.loads(data["meta"].tobytes())
            pages = [
                np.asarray(cv2.imdecode(data[f"page_{k}"], cv2.IMREAD_GRAYSCALE), np.uint8)
                for k in range(sum(name.startswith("page_") for name in data.files))
            ]
            return cls(
                meta.pop("name"), pages, data["systems"], data["notes"], data["events"], meta
            )
