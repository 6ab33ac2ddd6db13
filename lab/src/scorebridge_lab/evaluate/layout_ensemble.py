"""Reading of pages of every scoring, group by group, against the engravers' own truth.

    scorebridge-lab evaluate layout --sets ensemble --limit 200
    scorebridge-lab evaluate layout --sets ensemble --results run.jsonl      # goes on where it was
    scorebridge-lab evaluate layout --sets ensemble --worst 20 --out pictures

Systems and bars are judged on the upright page: where the direction was read wrongly, the page is
turned by hand and read again, and only the direction counts as wrong.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from scorebridge.score.numbers import number_bars
from scorebridge.score.pages import at_working_size
from scorebridge.types import Page, System
from scorebridge_lab.augment.page_copies import copied
from scorebridge_lab.benchmarks.layout_sets import LayoutEnsemble, PageCopy
from scorebridge_lab.engrave.page_truth import EngravedPage, Grey, Points, load_pages
from scorebridge_lab.evaluate.page_scores import (
    Comparison,
    PageScore,
    TrueSystem,
    compare_page,
    true_systems,
)

ReadPage = Callable[[Page], tuple[Page, list[System]]]
"""From a page as it is stored to the page turned upright, and its systems."""
GROUP_ORDER = ("solo", "lead sheet", "song", "chamber", "choir", "organ", "orchestra")


@dataclass(frozen=True)
class PageResult:
    """One copy of a page, read."""

    copy: PageCopy
    group: str
    engraver: str
    comparison: Comparison

    @property
    def loss(self) -> float:
        """Share of the true systems that are wrong in staves or bars, and all that are too many."""
        score = self.comparison.score
        wrong = set(self.comparison.wrong_systems) | set(self.comparison.wrong_bars)
        return (len(wrong) + max(0, score.found - score.systems)) / max(1, score.systems)


@dataclass(frozen=True)
class Shown:
    """A copy as the reader sees it: upright picture, truth and the page as stored."""

    upright: Grey
    truth: list[TrueSystem]
    page: Page


def evaluate(
    of: LayoutEnsemble,
    stride: int = 1,
    limit: int = 0,
    read: ReadPage | None = None,
    results: Path | None = None,
) -> Iterator[PageResult]:
    """Every `stride`-th page, at most `limit` (0: all), as they are read.

    Parameters
    ----------
    read : by default the product's `read_upright`.
    results : file of lines of JSON to go on from and to add to.
    """
    copies = of.ground_truth()[::stride][: limit or None]
    known = _known(results)
    for _, group in groupby(copies, key=lambda copy: copy.path):
        work = list(group)
        if all(copy.name in known for copy in work):
            yield from (_restored(copy, known[copy.name]) for copy in work)
            continue
        for result in _read_work(work, read):
            if results is not None and result.copy.name not in known:
                with results.open("a") as file:
                    file.write(json.dumps(_record(result)) + "\n")
            yield result


@dataclass(frozen=True)
class _ReadCopy:
    """A copy that is read, before its bars are numbered."""

    copy: PageCopy
    meta: dict[str, Any]
    truth: list[TrueSystem]
    shape: tuple[int, int]
    """Height and width of the upright picture, px."""
    systems: list[System]
    is_turned_right: bool
    seconds: float


def _read_work(copies: Sequence[PageCopy], read: ReadPage | None) -> Iterator[PageResult]:
    """Copies of pages of one work. Bars are numbered through pages that follow each other."""
    pages = [_read_copy(page_of(copy), copy, read) for copy in copies]
    starts = [
        k
        for k, page in enumerate(pages)
        if k == 0 or page.meta["page"] != pages[k - 1].meta["page"] + 1
    ]
    for start, stop in pairwise([*starts, len(pages)]):
        run = pages[start:stop]
        numbered = iter(number_bars([s for page in run for s in page.systems]))
        for page in run:
            found = compare_page([next(numbered) for _ in page.systems], page.truth, page.shape)
            right, seconds = int(page.is_turned_right), page.seconds
            score = replace(found.score, turned=1, turned_right=right, seconds=seconds)
            group, engraver = page.meta["group"], page.meta["engraver"]
            yield PageResult(page.copy, group, engraver, replace(found, score=score))


@lru_cache(maxsize=2)
def _pages_in(path: Path) -> list[EngravedPage]:
    return load_pages(path)


def page_of(copy: PageCopy) -> EngravedPage:
    """The clean page of a copy."""
    return _pages_in(copy.path)[copy.page]


def shown(page: EngravedPage, copy: PageCopy) -> Shown:
    """Degrade and turn a page as its copy says, at the size at which files are read."""
    image, move = copied(page, copy.generator(), copy.kind)
    turned = np.ascontiguousarray(np.rot90(image, -copy.turn // 90))
    stored = at_working_size(turned)
    scale = stored.shape[1] / turned.shape[1]

    def scaled(points: Points) -> Points:
        return move(points) * scale

    upright = np.ascontiguousarray(np.rot90(stored, copy.turn // 90))
    return Shown(upright, true_systems(page, scaled), Page(copy.path, copy.page + 1, stored))


def read_copy(
    seen: Shown, copy: PageCopy, read: ReadPage | None = None
) -> tuple[bool, list[System], float]:
    """Whether the direction is right, the systems of the upright page, and s of processor time."""
    read = read or read_as_shipped
    start = time.process_time()
    turned, systems = read(seen.page)
    seconds = time.process_time() - start
    right = (copy.turn + turned.rotation) % 360 == 0
    if not right:
        _, systems = read(replace(seen.page, image=seen.upright))
    return right, systems, seconds


def _read_copy(page: EngravedPage, copy: PageCopy, read: ReadPage | None) -> _ReadCopy:
    seen = shown(page, copy)
    right, systems, seconds = read_copy(seen, copy, read)
    height, width = seen.upright.shape
    return _ReadCopy(copy, page.meta, seen.truth, (height, width), systems, right, seconds)


def read_as_shipped(page: Page) -> tuple[Page, list[System]]:
    """The product's `read_upright`."""
    from scorebridge.score.direction import read_upright

    return read_upright(page)


def _known(results: Path | None) -> dict[str, dict[str, Any]]:
    if results is None or not results.exists():
        return {}
    lines = [json.loads(line) for line in results.read_text().splitlines()]
    return {line["name"]: line for line in lines}


def _record(result: PageResult) -> dict[str, Any]:
    found = result.comparison
    record = {"name": result.copy.name, "group": result.group, "engraver": result.engraver}
    record |= {"score": asdict(found.score), "faults": found.faults}
    return {**record, "wrong": [found.wrong_systems, found.wrong_bars]}


def _restored(copy: PageCopy, record: dict[str, Any]) -> PageResult:
    score = PageScore(**record["score"])
    systems, bars = (tuple(w) for w in record["wrong"])
    found = Comparison(score, systems, bars, tuple(record["faults"]))
    return PageResult(copy, record["group"], record["engraver"], found)


def summed(results: Iterable[PageResult]) -> list[tuple[str, str, PageScore]]:
    """Group, kind of copy ('' for all) and the sum of its pages; 'all' groups at the end."""
    sums: dict[tuple[str, str], PageScore] = {}
    for result in results:
        for key in (
            (result.group, result.copy.kind),
            (result.group, ""),
            ("all", result.copy.kind),
        ):
            sums[key] = sums.get(key, PageScore()) + result.comparison.score
        sums["all", ""] = sums.get(("all", ""), PageScore()) + result.comparison.score

    def place(key: tuple[str, str]) -> tuple[int, str]:
        known = key[0] in GROUP_ORDER
        return (GROUP_ORDER.index(key[0]) if known else len(GROUP_ORDER), key[1])

    return [(*key, sums[key]) for key in sorted(sums, key=place)]


def worst(results: Sequence[PageResult], count: int) -> list[PageResult]:
    """The results with the largest `loss`, at most two of one work."""
    chosen: list[PageResult] = []
    for result in sorted(results, key=lambda r: -r.loss):
        same = sum(c.copy.path == result.copy.path for c in chosen)
        if result.loss > 0 and same < 2:
            chosen.append(result)
        if len(chosen) == count:
            break
    return chosen
