"""From the strokes of a drawn system to the tables of its truth, whatever engraver drew it.

An engraver's page is read as systems: the lines of the staves, the strokes and dots of barlines,
and the measures with the places of their music. Places are in the units of the drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from scorebridge_lab.engrave.page_truth import (
    BARLINE_KINDS,
    PLACES,
    TABLES,
    EngravedPage,
    Grey,
)
from scorebridge_lab.engrave.verovio_svg import kind_of_strokes
from scorebridge_lab.errors import LabError

OVERHANG = 1.2  # staff spaces by which a barline may reach beyond its own staff
Box = tuple[float, float, float, float]
"""x0, x1, y0, y1."""
DrawnStaff = tuple[float, float, float, float, int]
"""x0, x1, y0, y1 and number of lines."""


@dataclass
class Strokes:
    """One drawn barline: vertical strokes (x, width, y0, y1), dots (x, y), whether dashed."""

    strokes: list[tuple[float, float, float, float]] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    dashed: bool = False
    kind: str = ""
    """One of `BARLINE_KINDS` where the engraver states it; '': by its strokes and dots."""
    place: str = ""
    """One of `PLACES` where the engraver states it; '': by the music before and after it."""


@dataclass
class DrawnSystem:
    """One system as an engraver draws it; `rows` holds its groups, numbers and voltas."""

    staves: list[DrawnStaff]
    """From the top."""
    barlines: list[Strokes]
    rows: dict[str, list[tuple]]
    measures: list[tuple[str, float, float, int]]
    """Id, x range of its music, measures that it stands for; at least one."""
    left_line: bool


def page_from(
    systems: Sequence[DrawnSystem],
    numbers: Mapping[str, str],
    image: Grey,
    shift: tuple[float, float],
    scale: float,
) -> EngravedPage:
    """A page from its drawn systems, in reading order.

    numbers : the editor's, of the measures by id. shift, scale : to px of `image`.

    Raises LabError where a staff lies outside of the picture.
    """
    tables: dict[str, list[tuple]] = {name: [] for name in TABLES}
    moved = (shift[0], shift[0], shift[1], shift[1])
    for number, system in enumerate(s for s in systems if s.staves):
        for name, rows in rows_of(system, numbers).items():
            tables[name] += [_placed(row, number, TABLES[name], moved, scale) for row in rows]
    records = {name: np.array(rows, TABLES[name]) for name, rows in tables.items()}
    staves = records["staves"]
    height, width = image.shape
    if len(staves) and (staves["y1"].max() >= height - 1 or staves["x1"].max() > width):
        raise LabError("a system does not fit onto its page")
    return EngravedPage(image=image, meta={}, **records)


def _placed(row: tuple, system: int, kind: np.dtype, shift: Box, scale: float) -> tuple:
    """A row with its places in px and the number of its system before it."""
    names = [n for n in kind.names or () if n != "system"]
    out: list[Any] = [system]
    for name, value in zip(names, row, strict=True):
        if name in ("x0", "x1", "y0", "y1"):
            value = (value + shift[("x0", "x1", "y0", "y1").index(name)]) * scale
        elif name == "space":
            value = value * scale
        out.append(value)
    return tuple(out)


def rows_of(system: DrawnSystem, numbers: Mapping[str, str]) -> dict[str, list[tuple]]:
    """Rows of all tables of one system, without its number and in SVG units."""
    staves = system.staves
    full = [s for s in staves if s[4] > 1]
    space = float(np.median([(s[3] - s[2]) / (s[4] - 1) for s in full])) if full else 1.0
    rows = dict(system.rows)
    rows["staves"] = [
        (k, s[4], *s[:4], (s[3] - s[2]) / (s[4] - 1) if s[4] > 1 else space)
        for k, s in enumerate(staves)
    ]
    x0, x1 = min(s[0] for s in staves), max(s[1] for s in staves)
    rows["systems"] = [(x0, x1, staves[0][2], staves[-1][3], system.left_line)]
    first, last = min(m[1] for m in system.measures), max(m[2] for m in system.measures)
    barlines = []
    for line in system.barlines:
        barlines += _barline_rows(line, staves, space, first, last)
    rows["barlines"] = sorted(barlines, key=lambda r: (r[0], r[1]))
    bars = _bars_of(rows["barlines"], len(staves), system.measures, numbers, (x0, x1), space)
    rows["bars"] = [(*bar, staves[0][2], staves[-1][3]) for bar in bars]
    return rows


def _barline_rows(
    line: Strokes, staves: list, space: float, first: float, last: float
) -> list[tuple]:
    """A drawn barline staff by staff: staff, box, kind, joined, place."""
    out = []
    for k, (_, _, y0, y1, _) in enumerate(staves):
        top, bottom = y0 - 0.6 * space, y1 + 0.6 * space
        own = [s for s in line.strokes if s[3] > top + 0.1 * space and s[2] < bottom - 0.1 * space]
        if not own:
            continue
        dots = [d for d in line.dots if top < d[1] < bottom]
        a = min([s[0] - s[1] / 2 for s in own] + [d[0] for d in dots])
        b = max([s[0] + s[1] / 2 for s in own] + [d[0] + 0.4 * space for d in dots])
        low, high = min(s[2] for s in own), max(s[3] for s in own)
        low = y0 if low < y0 - OVERHANG * space else low
        high = y1 if high > y1 + OVERHANG * space else high
        kind = line.kind or "dashed"
        if not (line.kind or line.dashed):
            kind = kind_of_strokes([(s[0], s[1]) for s in own], [d[0] for d in dots])
        joined = False
        if k + 1 < len(staves):
            middle = (y1 + staves[k + 1][2]) / 2
            joined = any(s[2] < middle < s[3] for s in line.strokes)
        middle = (a + b) / 2
        place = line.place or ("begin" if b <= first else "end" if middle > last else "inner")
        out.append((k, a, b, low, high, BARLINE_KINDS.index(kind), joined, PLACES.index(place)))
    return out


def _bars_of(
    barlines: list[tuple],
    staves: int,
    measures: list[tuple[str, float, float, int]],
    numbers: Mapping[str, str],
    ends: tuple[float, float],
    space: float,
) -> list[tuple]:
    """Bars between barlines that half of the staves have: number, measures, x range."""
    inner = sorted((r[1] + r[2]) / 2 for r in barlines if PLACES[r[7]] == "inner")
    edges: list[float] = []
    while inner:
        near = [x for x in inner if x - inner[0] <= space]
        if 2 * len(near) >= staves:
            edges.append(float(np.median(near)))
        inner = inner[len(near) :]
    close = [(r[1] + r[2]) / 2 for r in barlines if PLACES[r[7]] == "end"]
    bounds = [ends[0], *edges, float(np.median(close)) if close else ends[1]]
    out = []
    for x0, x1 in pairwise(bounds):
        own = [m for m in measures if x0 - space <= m[1] < x1]
        named = [numbers.get(m[0], "") for m in own]
        # A measure that a repeat sign or an unprinted line divides has one number.
        counted = {name: m[3] for m, name in zip(own, named, strict=True) if name}
        out.append(((named or [""])[0][:8], max(1, sum(counted.values())), x0, x1))
    return out
