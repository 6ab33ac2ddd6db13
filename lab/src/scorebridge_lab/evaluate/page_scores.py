"""How a read page compares with the truth of its layout: staves, bars, groups, numbers.

A system is right when its staves are exactly the true ones: each matched by its middle within
`STAFF_TOLERANCE`, none more, none less. Its bars are exact when their number is right and every
barline between two of them is within `BARLINE_TOLERANCE`. Found systems are paired with true ones
by the staves that they share; what stays alone is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from scorebridge.types import System
from scorebridge_lab.engrave.page_truth import GROUP_KINDS, NUMBER_KINDS, EngravedPage, Move, Points

STAFF_TOLERANCE = 1.0  # staff spaces between the middles of a found and a true staff
BARLINE_TOLERANCE = 1.0  # staff spaces between a found and a true barline
POINTS = 9  # along a staff at which its place is followed
NUMBER_REACH = 12.0  # staff spaces from the left end within which a number is a system's own
KINDS = {1: "percussion", 4: "chant", 5: "standard", 6: "tablature"}


@dataclass(frozen=True)
class TrueStaff:
    """A staff on the picture."""

    course: Points
    """[POINTS, 2]: its middle line from left to right, px."""
    box: tuple[float, float, float, float]
    """x0, y0, x1, y1 around its lines."""
    space: float
    kind: str


@dataclass(frozen=True)
class TrueSystem:
    """A system on the picture, in px."""

    staves: tuple[TrueStaff, ...]
    barlines: tuple[tuple[float, float], ...]
    """Between bars, from left to right: the x range of each over the system's height."""
    groups: frozenset[tuple[str, int, int]]
    """Kind, first and last staff from 1."""
    printed_number: str
    """'' where none is printed at the system's beginning."""

    @property
    def space(self) -> float:
        """Median staff space."""
        return float(np.median([s.space for s in self.staves]))


@dataclass(frozen=True)
class PageScore:
    """Counts of one page or of many; `system` counts are of true systems."""

    pages: int = 0
    pages_right: int = 0
    """With exactly the true systems and staves, and their bars."""
    systems: int = 0
    found: int = 0
    systems_right: int = 0
    bars_right: int = 0
    """Systems whose bars are exact."""
    groups_right: int = 0
    """Of the systems that are right, those with exactly the true braces and brackets."""
    kinds_right: int = 0
    """Of the systems that are right, those with the true kinds of staves."""
    numbered: int = 0
    """Systems that carry a number at their beginning."""
    numbers_right: int = 0
    numbers_wrong: int = 0
    """Another number read, or one where none is printed."""
    turned: int = 0
    """Pages whose direction was asked."""
    turned_right: int = 0
    seconds: float = 0.0

    def __add__(self, other: PageScore) -> PageScore:
        names = (f.name for f in fields(self))
        return PageScore(**{n: getattr(self, n) + getattr(other, n) for n in names})


@dataclass(frozen=True)
class Comparison:
    """One page: its counts, and which systems are wrong."""

    score: PageScore
    wrong_systems: tuple[int, ...] = ()
    """True systems from 0 whose staves are not exactly found."""
    wrong_bars: tuple[int, ...] = ()
    faults: tuple[str, ...] = field(default=())
    """In words."""


def true_systems(page: EngravedPage, move: Move) -> list[TrueSystem]:
    """The truth of an engraved page in a picture of it, through the map of its places."""
    out = []
    for number in np.unique(page.staves["system"]):
        rows = page.staves[page.staves["system"] == number]
        rows = rows[np.argsort(rows["staff"])]
        staves = tuple(_true_staff(row, move) for row in rows)
        bars = page.bars[page.bars["system"] == number]
        top, bottom = float(rows[0]["y0"]), float(rows[-1]["y1"])
        edges = []
        for x in bars["x1"][:-1]:
            y = np.linspace(top, bottom, POINTS)
            seen = move(np.stack([np.full(POINTS, float(x)), y], 1))[:, 0]
            edges.append((float(seen.min()), float(seen.max())))
        groups = page.groups[page.groups["system"] == number]
        named = frozenset(
            (GROUP_KINDS[g["kind"]], int(g["first"]) + 1, int(g["last"]) + 1) for g in groups
        )
        printed = _own_number(page, int(number), rows[0], bars)
        out.append(TrueSystem(staves, tuple(edges), named, printed))
    return out


def _true_staff(row: NDArray, move: Move) -> TrueStaff:
    x = np.linspace(float(row["x0"]), float(row["x1"]), POINTS)
    top, middle, bottom = (
        move(np.stack([x, np.full(POINTS, y)], 1))
        for y in (float(row["y0"]), float(row["y0"] + row["y1"]) / 2, float(row["y1"]))
    )
    rim = np.concatenate([top, bottom])
    box = (*rim.min(0), *rim.max(0))
    lines = int(row["lines"])
    space = float(np.median(np.linalg.norm(bottom - top, axis=1))) / max(1, lines - 1)
    if lines == 1:
        ends = move(np.array([[x[4], float(row["y0"])], [x[4], float(row["y0"] + row["space"])]]))
        space = float(np.linalg.norm(ends[1] - ends[0]))
    return TrueStaff(middle, box, space, KINDS.get(lines, "standard"))  # pyright: ignore


def _own_number(page: EngravedPage, system: int, staff: NDArray, bars: NDArray) -> str:
    """The bar number printed at the beginning of a system, '' where there is none."""
    if not len(bars):
        return ""
    own = page.numbers[page.numbers["system"] == system]
    own = own[own["kind"] == NUMBER_KINDS.index("bar")]
    middle = (own["x0"] + own["x1"]) / 2
    own = own[middle < staff["x0"] + NUMBER_REACH * staff["space"]]
    own = own[own["text"] == bars[0]["number"]]
    return str(own[0]["text"]) if len(own) else ""


def compare_page(
    systems: Sequence[System], truth: Sequence[TrueSystem], shape: tuple[int, int]
) -> Comparison:
    """One page. shape : height and width of the upright picture, px."""
    pairs = _paired(systems, truth, shape)
    counts: dict[str, int] = dict.fromkeys((f.name for f in fields(PageScore)), 0)
    counts |= {"pages": 1, "systems": len(truth), "found": len(systems)}
    wrong, wrong_bars, faults = [], [], []
    for k, true in enumerate(truth):
        system = pairs.get(k)
        matched = 0 if system is None else _matched(system, true, shape)
        right = system is not None and matched == len(true.staves) == len(system.staves)
        exact = system is not None and _bars_exact(system, true, shape)
        counts["systems_right"] += right
        counts["bars_right"] += exact
        counts["numbered"] += bool(true.printed_number)
        if system is not None and right:
            groups = {(g.kind, g.first, g.last) for g in getattr(system, "groups", ())}
            counts["groups_right"] += groups == true.groups
            kinds = getattr(system, "staff_kinds", ()) or ("standard",) * len(system.staves)
            counts["kinds_right"] += list(kinds) == [s.kind for s in true.staves]
        read = getattr(system, "printed_number", "")
        counts["numbers_right"] += bool(read) and read == true.printed_number
        counts["numbers_wrong"] += bool(read) and read != true.printed_number
        if not right:
            wrong.append(k)
            had = 0 if system is None else len(system.staves)
            faults.append(f"system {k + 1}: {matched} of {len(true.staves)} staves, {had} found")
        if not exact:
            wrong_bars.append(k)
            had = 0 if system is None else len(system.bars)
            faults.append(f"system {k + 1}: {had} bars for {len(true.barlines) + 1}")
    if len(systems) > len(truth):
        faults.append(f"{len(systems) - len(truth)} systems too many")
    counts["pages_right"] = int(not faults)
    return Comparison(PageScore(**counts), tuple(wrong), tuple(wrong_bars), tuple(faults))


def _paired(
    systems: Sequence[System], truth: Sequence[TrueSystem], shape: tuple[int, int]
) -> dict[int, System]:
    """True systems by number, each with the found one that shares most staves with it."""
    shared = [
        (_matched(system, true, shape), k, n)
        for k, true in enumerate(truth)
        for n, system in enumerate(systems)
    ]
    out: dict[int, System] = {}
    used: set[int] = set()
    for count, k, n in sorted(shared, reverse=True):
        if count and k not in out and n not in used:
            out[k] = systems[n]
            used.add(n)
    return out


def _matched(system: System, true: TrueSystem, shape: tuple[int, int]) -> int:
    """Number of true staves that the system has."""
    height, width = shape
    free = [np.multiply(b, (width, height, width, height)) for b in system.staves]
    count = 0
    for staff in true.staves:
        for k, (x0, y0, x1, y1) in enumerate(free):
            if min(x1, staff.box[2]) - max(x0, staff.box[0]) < 0.5 * (staff.box[2] - staff.box[0]):
                continue
            at = (x0 + x1) / 2
            if system.bend:  # its box is the one around a bent staff
                true_y = (staff.box[1] + staff.box[3]) / 2
            else:
                true_y = float(np.interp(at, staff.course[:, 0], staff.course[:, 1]))
            if abs((y0 + y1) / 2 - true_y) <= STAFF_TOLERANCE * staff.space:
                count += 1
                del free[k]
                break
    return count


def _bars_exact(system: System, true: TrueSystem, shape: tuple[int, int]) -> bool:
    if len(system.bars) != len(true.barlines) + 1:
        return False
    reach = BARLINE_TOLERANCE * true.space
    found = [bar[1] * shape[1] for bar in system.bars[:-1]]
    return all(a - reach <= x <= b + reach for x, (a, b) in zip(found, true.barlines, strict=True))
