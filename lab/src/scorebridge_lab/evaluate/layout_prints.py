"""Reading of whole score files whose systems, staves and bars are known in number.

scorebridge-lab evaluate layout --sets cases       # single pages, a line each
scorebridge-lab evaluate layout --sets quartets    # vector prints, half a second a page
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scorebridge.errors import ScoreError
from scorebridge.score.pages import read_pages
from scorebridge.types import System
from scorebridge_lab.benchmarks.layout_sets import LayoutCases, Print, QuartetPrints
from scorebridge_lab.evaluate.layout_ensemble import ReadPage, read_as_shipped

Number = Callable[[Sequence[System]], list[System]]


@dataclass(frozen=True)
class PrintResult:
    """One file, read. Counts are of its true systems; those of a page whose number of systems is
    wrong are all wrong."""

    print: Print
    rotations: tuple[int, ...]
    staves: tuple[tuple[int, ...], ...]
    """Found on each page, of each system."""
    bars: tuple[tuple[int, ...], ...]
    numbers: tuple[tuple[str, ...], ...]
    seconds: float = 0.0
    fault: str = ""
    """Why it could not be read."""

    @property
    def systems(self) -> int:
        """True ones."""
        return sum(map(len, self.print.staves))

    @property
    def systems_right(self) -> int:
        """With all their staves."""
        return self._right(self.staves, self.print.staves)

    @property
    def bars_right(self) -> int:
        """Systems with the right number of bars."""
        return self._right(self.bars, self.print.bars)

    @property
    def numbered(self) -> int:
        """Systems that carry a number."""
        return sum(bool(n) for page in self.print.numbers for n in page)

    @property
    def numbers_right(self) -> int:
        """Of those that carry one."""
        return sum(
            bool(want) and want == had
            for true, found in zip(self.print.numbers, self.numbers, strict=False)
            if len(true) == len(found)
            for want, had in zip(true, found, strict=True)
        )

    @property
    def turn_right(self) -> bool:
        """Whether every page was turned as it should, where that is asked."""
        return self.print.turn is None or set(self.rotations) == {self.print.turn}

    @property
    def right(self) -> bool:
        """Systems, staves, bars and direction."""
        exact = self.systems_right == self.bars_right == self.systems
        extra = sum(map(len, self.staves)) == self.systems
        return exact and extra and self.turn_right

    @staticmethod
    def _right(found: Sequence[Sequence[int]], true: Sequence[Sequence[int]]) -> int:
        return sum(
            a == b
            for had, want in zip(found, true, strict=False)
            if len(had) == len(want)
            for a, b in zip(had, want, strict=True)
        )


def evaluate(
    of: LayoutCases | QuartetPrints,
    stride: int = 1,
    limit: int = 0,
    read: ReadPage | None = None,
    number: Number | None = None,
) -> Iterator[PrintResult]:
    """Every `stride`-th file, at most `limit` (0: all).

    read : see `layout_ensemble.evaluate`. number : numbers the bars of all systems; by default the
    product's `number_bars`.
    """
    for k, one in enumerate(of.ground_truth()):
        if k % stride == 0 and not (limit and k // stride >= limit):
            yield read_print(one, read or read_as_shipped, number or _number_bars)


def read_print(one: Print, read: ReadPage, number: Number) -> PrintResult:
    """Read one file."""
    start = time.process_time()
    rotations: list[int] = []
    systems: list[System] = []
    fault = ""
    try:
        for page_number, stored in enumerate(read_pages(one.path), 1):
            page, found = read(stored)
            rotations.append(page.rotation)
            systems += [replace(s, page=page_number) for s in found]
    except ScoreError as error:
        fault = str(error)
    systems = number(systems)
    pages = [[s for s in systems if s.page == k] for k in range(1, len(rotations) + 1)]
    return PrintResult(
        replace(one, path=Path(one.path)),
        tuple(rotations),
        tuple(tuple(len(s.staves) for s in page) for page in pages),
        tuple(tuple(len(s.bars) for s in page) for page in pages),
        tuple(tuple(getattr(s, "printed_number", "") for s in page) for page in pages),
        time.process_time() - start,
        fault,
    )


def _number_bars(systems: Sequence[System]) -> list[System]:
    from scorebridge.score.numbers import number_bars

    return number_bars(systems)
