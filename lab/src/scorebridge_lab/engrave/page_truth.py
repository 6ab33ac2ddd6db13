"""Engraved pages with the truth of their layout, as the engraver itself states it.

Staves, barlines staff by staff, braces and brackets, printed bar numbers, the editor's number of
every bar, and voltas. Places are px of the page image, y downwards. Systems count from 0 on their
page in reading order, staves from 0 in their system, the uppermost first; a staff that the engraver
hides is not there.

    pages = load_pages(path)          # EngravedPage records of one work
    page.on("staves")                 # its STAFF_LINES records
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.home import save_arrays

Grey = NDArray[np.uint8]
Points = NDArray[np.float64]
Move = Callable[[Points], Points]
"""Maps places of one picture, [n, 2] x and y in px, to those of another."""

_BOX = [("x0", "f4"), ("x1", "f4"), ("y0", "f4"), ("y1", "f4")]
STAFF_LINES = np.dtype(
    [
        ("system", "u2"),
        ("staff", "u1"),
        ("lines", "u1"),
        *_BOX,  # ends of the lines; middle of the first line and of the last
        ("space", "f4"),  # between neighbouring lines; of a single line: that of its system
    ]
)
STAFF_BARLINE = np.dtype(
    [
        ("system", "u2"),
        ("staff", "u1"),
        *_BOX,  # the ink on this staff, repeat dots included
        ("kind", "u1"),  # index into BARLINE_KINDS
        ("joined", "?"),  # runs through the gap to the next staff of the system
        ("place", "u1"),  # index into PLACES
    ]
)
GROUP = np.dtype(
    [
        ("system", "u2"),
        ("kind", "u1"),  # index into GROUP_KINDS
        ("first", "u1"),  # its uppermost staff, and its lowest
        ("last", "u1"),
        *_BOX,
    ]
)
NUMBER = np.dtype(
    [
        ("system", "u2"),
        ("kind", "u1"),  # index into NUMBER_KINDS
        ("text", "U8"),
        *_BOX,  # of the digits
    ]
)
BAR_NUMBER = np.dtype(
    [
        ("system", "u2"),
        ("number", "U8"),  # the editor's, of the first measure in this bar; '' where unknown
        ("measures", "u2"),  # more than 1: a multi-bar rest, or barlines that are not printed
        *_BOX,  # from barline to barline, through the whole system
    ]
)
VOLTA = np.dtype([("system", "u2"), ("text", "U16"), *_BOX])
SYSTEM_LINES = np.dtype(
    [
        ("system", "u2"),
        *_BOX,  # ends of the staff lines; top line of the first staff, bottom line of the last
        ("left_line", "?"),  # whether a line joins the staves at the left
    ]
)
BARLINE_KINDS = (
    "single",
    "double",
    "final",
    "repeat-start",
    "repeat-end",
    "repeat-both",
    "dashed",
    "other",
)
PLACES = ("inner", "begin", "end")
"""A barline between two bars; before the first note of the system; after the last one."""
GROUP_KINDS = ("brace", "bracket")
NUMBER_KINDS = ("bar", "rest")
"""A bar number, the count of a multi-bar rest."""
TABLES = {
    "systems": SYSTEM_LINES,
    "staves": STAFF_LINES,
    "barlines": STAFF_BARLINE,
    "groups": GROUP,
    "numbers": NUMBER,
    "bars": BAR_NUMBER,
    "voltas": VOLTA,
}


@dataclass(frozen=True)
class EngravedPage:
    """One page and what is on it. `meta` is that of its work, with `page` and `turned` beside."""

    image: Grey
    """[height, width], white = 255."""
    systems: NDArray[Any]
    staves: NDArray[Any]
    barlines: NDArray[Any]
    groups: NDArray[Any]
    numbers: NDArray[Any]
    bars: NDArray[Any]
    voltas: NDArray[Any]
    meta: dict[str, Any] = field(default_factory=dict)

    @property
    def space(self) -> float:
        """Median staff space, px."""
        return float(np.median(self.staves["space"])) if len(self.staves) else 0.0

    def tables(self) -> dict[str, NDArray[Any]]:
        """All tables by name."""
        return {name: getattr(self, name) for name in TABLES}

    def moved(self, image: Grey, move: Move, **meta: Any) -> EngravedPage:
        """The same page in another picture; boxes become those around their moved middles."""
        tables = {name: _moved(table, move) for name, table in self.tables().items()}
        staves = tables["staves"]
        if len(staves):
            gap = np.maximum(1, staves["lines"].astype(int) - 1)
            many = staves["lines"] > 1
            staves["space"] = np.where(many, (staves["y1"] - staves["y0"]) / gap, staves["space"])
            ratio = np.median((staves["space"] / self.staves["space"])[many]) if many.any() else 1.0
            staves["space"][~many] *= ratio
        return EngravedPage(image=image, **tables, meta={**self.meta, **meta})


def _moved(table: NDArray[Any], move: Move) -> NDArray[Any]:
    out = table.copy()
    if not len(table):
        return out
    x, y = (table["x0"] + table["x1"]) / 2.0, (table["y0"] + table["y1"]) / 2.0
    for name, at in (("x0", y), ("x1", y)):
        out[name] = move(np.stack([table[name], at], 1).astype(float))[:, 0]
    for name in ("y0", "y1"):
        out[name] = move(np.stack([x, table[name]], 1).astype(float))[:, 1]
    return out


def save_pages(path: Path, pages: Sequence[EngravedPage], meta: dict[str, Any]) -> None:
    """Write the pages of a work to `path` (.npz), atomically."""
    arrays: dict[str, NDArray[Any]] = {}
    for k, page in enumerate(pages):
        arrays[f"page_{k}"] = cv2.imencode(".png", page.image)[1]
        arrays |= {f"{name}_{k}": table for name, table in page.tables().items()}
    own = {**meta, "pages": [{k: v for k, v in p.meta.items() if k not in meta} for p in pages]}
    packed = np.frombuffer(json.dumps(own, ensure_ascii=False).encode(), np.uint8)
    save_arrays(path, meta=packed, **arrays)


def load_meta(path: Path) -> dict[str, Any]:
    """What a stored work is: `name`, `source`, `group`, `part`, `licence`, `engraver`, ..."""
    with np.load(path) as data:
        return json.loads(data["meta"].tobytes())


def load_pages(path: Path) -> list[EngravedPage]:
    """The pages of a stored work."""
    with np.load(path) as data:
        meta = json.loads(data["meta"].tobytes())
        own = meta.pop("pages")
        return [
            EngravedPage(
                image=np.asarray(cv2.imdecode(data[f"page_{k}"], cv2.IMREAD_GRAYSCALE), np.uint8),
                **{name: data[f"{name}_{k}"] for name in TABLES},
                meta={**meta, **more},
            )
            for k, more in enumerate(own)
        ]
