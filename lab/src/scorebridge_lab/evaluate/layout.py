"""Reading of pages: systems, bars and repeat signs found on scans, engravings and photographs.

The sets and their ground truth are in `benchmarks/page_sets.py`. Bars are counted in kern and on
the page alike: what stands between two printed barlines. A pickup is a bar; a repeat sign within a
bar makes two of it; first and second voltas are bars like others; what a line break divides is two.

    scorebridge-lab evaluate layout                               # all sets
    scorebridge-lab evaluate layout --sets mozart joplin lieder   # 10 minutes on a core
    scorebridge-lab evaluate layout --sets dinoscore --stride 8
    scorebridge-lab evaluate layout --sets lieder --seed 5        # other songs, other styles
    scorebridge-lab evaluate layout --sets photographs            # two seconds a page
    scorebridge-lab evaluate layout --geometry                    # without the barline classifier
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import cv2
import numpy as np

from scorebridge.score.barlines import SHIPPED, Classifiers
from scorebridge.score.pages import LANDSCAPE_WORKING_WIDTH, WORKING_WIDTH, read_pages
from scorebridge.score.systems import find_systems
from scorebridge.types import Box, Page, System
from scorebridge_lab.augment.photo import draw_photo, photograph
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.benchmarks.kern import BarSigns
from scorebridge_lab.benchmarks.page_sets import (
    MAX_PHOTOGRAPHS,
    MAX_SONGS,
    BoxedPages,
    EngravedSongs,
    KernScans,
    Photographs,
    Song,
    systems_of,
)

PageSet = KernScans | BoxedPages | EngravedSongs | Photographs
MIN_OVERLAP = 0.7  # of the lower of two boxes, from which on they are the same system


@dataclass(frozen=True)
class Tally:
    """Counts of one set."""

    pieces: int = 0
    """Pieces, or pages where every page has its own ground truth."""
    pieces_right: int = 0
    """With exactly the true systems."""
    pages: int = 0
    pages_right: int = 0
    systems: int = 0
    found: int = 0
    matched: int = 0
    """True systems that were found where they are (kern: in number)."""
    bars_compared: int = 0
    """Systems of pieces with the right number of systems."""
    bars_right: int = 0
    """Of these, with exactly the true number of bars."""
    signs: int = 0
    """Repeat signs that open or close at a bar, in systems with the right bars."""
    signs_found: int = 0
    signs_right: int = 0
    read_s: float = 0.0
    find_s: float = 0.0
    wrong: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        names = (f.name for f in fields(self))
        return Tally(**{n: getattr(self, n) + getattr(other, n) for n in names})

    def lines(self, failures: bool = True) -> Iterator[str]:
        """The tally in words. failures : with a line for each piece or page that is wrong."""
        yield f"pieces right   {self.pieces_right} of {self.pieces}"
        yield f"pages right    {self.pages_right} of {self.pages}"
        if self.systems:
            yield f"recall         {self.matched / self.systems:.4f} of {self.systems} systems"
            yield f"precision      {self.matched / max(1, self.found):.4f} of {self.found} found"
        if self.bars_compared:
            share = self.bars_right / self.bars_compared
            yield f"bars right     {share:.4f} of {self.bars_compared} systems"
        if self.signs:
            yield (
                f"repeat signs   {self.signs_right} of {self.signs} found,"
                f" {self.signs_found - self.signs_right} found where none is"
            )
        pages = max(1, self.pages)
        yield (
            f"cost           {self.read_s / pages:.3f} s to read, {self.find_s / pages:.3f} s to "
            f"find, CPU, a page of {self.pages}"
        )
        if failures:
            yield from (f"  wrong: {name}" for name in self.wrong)


def evaluate(
    of: PageSet,
    root: Path | None = None,
    stride: int = 1,
    limit: int = 0,
    seed: int = 0,
    classifiers: Classifiers | None = SHIPPED,
) -> Iterator[tuple[str, Tally]]:
    """Every `stride`-th piece or page of a set, at most `limit` (0: all): name and tally.

    Parameters
    ----------
    root : the source data, by default `home.data()`.
    seed : of the songs of `lieder`.
    classifiers : of barlines; None: geometry alone.

    Raises LabError where data is missing.
    """
    match of:
        case KernScans():
            files = thinned(of.scores(root), stride, limit)
            yield of.name, sum((compare_scan(f, classifiers) for f in files), Tally())
        case BoxedPages():
            pages = thinned(of.ground_truth(root), stride, limit)
            yield of.name, sum((_compare_page(*page, classifiers) for page in pages), Tally())
        case EngravedSongs():
            songs = of.ground_truth(root, limit or max(1, MAX_SONGS // stride), seed)
            tallies = (tally for song in songs for tally in compare_song(song, classifiers))
            yield of.name, sum(tallies, Tally())
        case Photographs():
            count = limit or max(1, MAX_PHOTOGRAPHS // stride)
            for name, files in of.sources(root).items():
                chosen = files[:: max(1, len(files) // count)][:count]
                tallies = (_compare_photograph(file, classifiers) for file in chosen)
                yield f"photographs of {name}", sum(tallies, Tally())


def compare_scan(pdf: Path, classifiers: Classifiers | None = SHIPPED) -> Tally:
    """One Mozart or Joplin scan against the kern file beside it."""
    truth = systems_of(pdf)
    systems, cost = _systems(pdf, classifiers)
    if truth is None:
        return Tally()
    sizes = [len(s.staves) for s in systems]
    right = len(systems) == len(truth) and min(sizes) >= 2
    tally = replace(
        cost,
        pieces=1,
        pieces_right=int(right),
        pages_right=cost.pages * right,
        systems=len(truth),
        found=len(systems),
        matched=min(len(systems), len(truth)),
        wrong=() if right else (f"{pdf.stem}: {len(truth)} systems, staves found {sizes}",),
    )
    if not right:
        return tally
    return sum((_compare_bars(s, bars) for s, bars in zip(systems, truth, strict=True)), tally)


def _compare_bars(system: System, truth: Sequence[BarSigns]) -> Tally:
    """One system's bars and repeat signs."""
    if len(system.bars) != len(truth):
        return Tally(bars_compared=1)
    found = [sign for pair in system.repeats for sign in pair]
    true = [sign for bar in truth for sign in (bar.opens, bar.closes)]
    both = sum(a and b for a, b in zip(found, true, strict=True))
    return Tally(
        bars_compared=1, bars_right=1, signs=sum(true), signs_found=sum(found), signs_right=both
    )


def compare_boxes(
    name: str, systems: Sequence[System], boxes: Sequence[Box], staves: int | None = None
) -> Tally:
    """One page against the boxes of its systems, in page fractions; boxes may hold more.

    staves : how many each system has, where that is known.
    """
    free, wrong = list(systems), []
    for number, box in enumerate(boxes, 1):
        same = [s for s in free if _same(s.box, box) and staves in (None, len(s.staves))]
        if same:
            free.remove(same[0])
        else:
            wrong.append(number)
    matched = len(boxes) - len(wrong)
    right = matched == len(boxes) == len(systems)
    fault = f"{name}: {len(boxes)} systems, not found {wrong}, {len(free)} found where none is"
    return Tally(
        pieces=1,
        pieces_right=int(right),
        pages=1,
        pages_right=int(right),
        systems=len(boxes),
        found=len(systems),
        matched=matched,
        wrong=() if right else (fault,),
    )


def _same(one: Box, other: Box) -> bool:
    """Whether boxes overlap vertically by `MIN_OVERLAP` of the lower, and share their middle."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    aside = other[0] <= (one[0] + one[2]) / 2 <= other[2]
    return aside and shared >= MIN_OVERLAP * min(one[3] - one[1], other[3] - other[1])


def compare_song(song: Song, classifiers: Classifiers | None = SHIPPED) -> Iterator[Tally]:
    """The pages of one song."""
    for number, (image, boxes) in enumerate(zip(song.pages, song.boxes, strict=True), 1):
        start = time.process_time()
        systems = find_systems(Page(Path(song.name), number, image), classifiers)
        spent = time.process_time() - start
        name = f"{song.name} p. {number}"
        tally = compare_boxes(name, systems, boxes, 3) + Tally(find_s=spent)
        above = [  # of the strip: the piano goes into it
            s for s in systems if s.core is None or abs(s.core[1] - s.staves[1][1]) > 0.01
        ]
        if above and tally.pages_right:
            fault = f"{name}: the strip shows other staves than the piano's"
            tally = replace(tally, pieces_right=0, pages_right=0, wrong=(fault,))
        yield tally


def _compare_photograph(path: Path, classifiers: Classifiers | None) -> Tally:
    """One page of a file, drawn by its name: its photograph read as the page itself is."""
    rng = np.random.default_rng(zlib.crc32(path.name.encode()))
    pages = list(read_pages(path))
    page = pages[int(rng.integers(len(pages)))]
    flat = find_systems(page, classifiers)
    if not flat:
        return Tally()
    image, view = photograph(page.image, draw_photo(rng), rng)
    height, width = image.shape
    max_width = WORKING_WIDTH if height >= width else LANDSCAPE_WORKING_WIDTH
    if width > max_width:  # as `read_pages` does
        size = (max_width, round(height * max_width / width))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    start = time.process_time()
    systems = find_systems(Page(path, page.number, image), classifiers)
    spent = time.process_time() - start
    boxes = []
    for system in flat:
        x0, y0, x1, y1 = np.multiply(system.box, np.tile(page.image.shape[::-1], 2))
        x = np.linspace(x0, x1, 9)
        rim = np.concatenate([np.stack([x, np.full(9, y)], 1) for y in (y0, y1)])
        seen = view.project(rim) / (width, height)
        boxes.append((*seen.min(0), *seen.max(0)))
    tally = compare_boxes(f"{path.stem} p. {page.number} {view.photo}", systems, boxes)
    tally += Tally(find_s=spent)
    if tally.pages_right:
        bars = [len(a.bars) == len(b.bars) for a, b in zip(systems, flat, strict=True)]
        tally += Tally(bars_compared=len(bars), bars_right=sum(bars))
    return tally


def _compare_page(tiff: Path, boxes: Sequence[Box], classifiers: Classifiers | None) -> Tally:
    systems, cost = _systems(tiff, classifiers)
    name = f"{tiff.parent.name}/{tiff.name}"
    return compare_boxes(name, systems, boxes) + replace(cost, pages=0)


def _systems(path: Path, classifiers: Classifiers | None) -> tuple[list[System], Tally]:
    systems, pages, read_s, find_s = [], 0, 0.0, 0.0
    start = time.process_time()
    for page in read_pages(path):
        read = time.process_time()
        systems += find_systems(page, classifiers)
        find = time.process_time()
        pages, read_s, find_s = pages + 1, read_s + read - start, find_s + find - read
        start = find
    return systems, Tally(pages=pages, read_s=read_s, find_s=find_s)
