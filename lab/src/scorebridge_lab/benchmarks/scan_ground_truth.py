"""Ground truth of alignments: where on the scan the music is at each moment.

The k-th system of a scan holds exactly the bars between the k-th and the next line break of
its kern (`kern.py`). Barlines inside a system are those that the page reader found, where it
found as many bars as the kern has, else equal widths. Inside a bar, noteheads stand where Verovio
puts them between the same barlines when it sets the kern with the edition's line breaks.
The error that remains is the spacing of the print inside a bar, and it is counted against the
alignment.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge.types import Alignment, Place
from scorebridge_lab.benchmarks.kern import Print
from scorebridge_lab.benchmarks.played import KernSource
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.engrave.verovio import UNMARKED_TEMPO, engrave_verovio
from scorebridge_lab.errors import LabError

PAGES = {"heliotrope": (1, 4, 3, 2)}
"""Pages of a scan in the order of the music, where they were scanned in another."""
Inside = dict[int, tuple[NDArray[np.float64], NDArray[np.float64]]]
"""Bar from 0 to rising shares of its time and of its width, both from 0 to 1."""


def noteheads_inside(kern: Path, source: KernSource) -> Inside:
    """How time runs along the width of each bar, from Verovio's page with the edition's breaks.

    Bars of systems in which Verovio's barlines do not agree with the kern's are left out.
    """
    engraved = engrave_verovio(kern, Style(breaks="encoded"), UNMARKED_TEMPO)
    print_ = source.print
    if len(engraved.systems) != print_.systems:
        return {}
    starts = np.array([bar.start for bar in print_.bars])
    quarters = np.interp(engraved.notes["onset"], source.seconds, source.quarters)
    edges: dict[int, tuple[float, float]] = {}
    for k in range(print_.systems):
        held = [n for n, bar in enumerate(print_.bars) if bar.system == k]
        lines = engraved.barlines[engraved.barlines["system"] == k]
        x = np.sort((lines["x0"] + lines["x1"]) / 2)
        left = float(engraved.systems["x0"][k])
        x = np.concatenate([[left], x[x > left + 5]])
        if len(x) == len(held) + 1:
            edges |= {n: (x[j], x[j + 1]) for j, n in enumerate(held)}
    found: Inside = {}
    for n, (low, high) in edges.items():
        bar = print_.bars[n]
        mine = (quarters >= bar.start - 1e-3) & (quarters < bar.end - 1e-3)
        mine &= (engraved.notes["system"] == bar.system) & np.isfinite(engraved.notes["onset"])
        time = np.round((quarters[mine] - starts[n]) / (bar.end - bar.start), 4)
        width = np.clip((engraved.notes["x"][mine] - low) / (high - low), 0, 1)
        shares, inverse = np.unique(np.clip(time, 0, 1), return_inverse=True)
        if not len(shares):
            continue
        middles = np.maximum.accumulate(np.bincount(inverse, width) / np.bincount(inverse))
        if shares[0] > 0:
            shares, middles = np.append(0.0, shares), np.append(middles[0], middles)
        found[n] = np.append(shares, 1.0), np.append(middles, 1.0)
    return found


def in_order(places: tuple[Place, ...], scan: Path) -> tuple[Place, ...]:
    """The systems of a scan in the order of the music."""
    pages = PAGES.get(scan.stem)
    if pages is None:
        return places
    return tuple(sorted(places, key=lambda place: (pages.index(place.page), place.system)))


@dataclass(frozen=True, slots=True)
class ScanGroundTruth:
    """Bars of a print on the systems of its scan, unrolled; the unit is the width of the page."""

    left: NDArray[np.float64]
    """[bars], where each begins: widths of the systems before, and of the bars before it."""
    right: NDArray[np.float64]
    inside: Inside
    offset: dict[tuple[int, int], float]
    """(page, system) to what must be added to x to unroll it."""
    counted: int
    """Systems in which the page reader found as many bars as the kern has."""

    def place(self, bar: NDArray[np.float64]) -> NDArray[np.float64]:
        """Unrolled place of a time in bars (bar from 0 and the share of its time)."""
        which = np.clip(bar.astype(int), 0, len(self.left) - 1)
        width = np.array(
            [
                np.interp(s, *self.inside[k]) if k in self.inside else s
                for k, s in zip(which, bar - which, strict=True)
            ]
        )
        return self.left[which] + width * (self.right - self.left)[which]

    def bar(self, place: NDArray[np.float64]) -> NDArray[np.float64]:
        """Time in bars at an unrolled place: the way back of `place`."""
        which = np.clip(np.searchsorted(self.left, place, side="right") - 1, 0, None)
        share = np.clip((place - self.left[which]) / (self.right - self.left)[which], 0, 1)
        time = []
        for k, s in zip(which, share, strict=True):
            if k in self.inside:
                times, widths = self.inside[k]
                s = np.interp(s, widths + np.arange(len(widths)) * 1e-9, times)
            time.append(s)
        return which + np.array(time, np.float64)

    def unrolled(self, alignment: Alignment) -> NDArray[np.float64]:
        """Unrolled place of each point of an alignment."""
        return np.array([self.offset[p.page, p.system] + p.x for p in alignment.points])


def scan_ground_truth(print_: Print, places: tuple[Place, ...], inside: Inside) -> ScanGroundTruth:
    """Raises LabError where the scan has not as many systems as the print."""
    if not print_.breaks:
        raise LabError("its kern marks no line breaks")
    if len(places) != print_.systems:
        raise LabError(f"{len(places)} systems found, the kern has {print_.systems}")
    left, right, offset, before, counted = [], [], {}, 0.0, 0
    for k, place in enumerate(places):
        count = sum(bar.system == k for bar in print_.bars)
        low, high = place.box[0], place.box[2]
        edges = np.linspace(low, high, count + 1)
        if len(place.bars) == count:
            edges = np.array([*(x0 for x0, _ in place.bars), place.bars[-1][1]])
            counted += 1
        offset[place.page, place.system] = before - low
        left += list(edges[:-1] + before - low)
        right += list(edges[1:] + before - low)
        before += high - low
    return ScanGroundTruth(np.array(left), np.array(right), inside, offset, counted)
