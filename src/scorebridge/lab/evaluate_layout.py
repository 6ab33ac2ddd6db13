"""How well systems and bars are found on real scans.

Truth that nobody had to label: the kern files of the Mozart and Joplin editions mark
every line break of the print, so the systems of a piece and the bars in each are
known. DiNoScore has a box for every system of six volumes (in fractions of the
page's width, both ways).

    scorebridge lab evaluate layout            # all, about 4 minutes on one core
    scorebridge lab evaluate layout --every 8  # every eighth piece and volume page

Data: `scans/` under $SCOREBRIDGE_DATA, by default ../shared/data.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scorebridge.errors import LabError
from scorebridge.score.layout import find_systems
from scorebridge.score.pages import read_pages
from scorebridge.types import System

_BREAK = re.compile(r"!!LO:[LP]B:g=original")


@dataclass(frozen=True)
class Tally:
    """Counts of one set of scans."""

    pieces: int = 0
    """Pieces, or pages where every page has a truth of its own (DiNoScore)."""
    pieces_right: int = 0
    """With exactly the true systems, each of at least two staves."""
    systems: int = 0
    found: int = 0
    matched: int = 0
    """True systems that were found (DiNoScore: middle inside the box)."""
    bars_compared: int = 0
    """Systems of pieces with the right number of systems."""
    bars_right: int = 0
    """Of these, with exactly the number of bars in the kern."""
    pages: int = 0
    read_s: float = 0.0
    find_s: float = 0.0
    wrong: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        names = (f for f in self.__dataclass_fields__)
        return Tally(**{n: getattr(self, n) + getattr(other, n) for n in names})

    def lines(self) -> Iterator[str]:
        """The tally in words."""
        yield f"pieces right   {self.pieces_right} of {self.pieces}"
        if self.systems:
            yield f"recall         {self.matched / self.systems:.4f} of {self.systems} systems"
            yield f"precision      {self.matched / max(1, self.found):.4f} of {self.found} found"
        if self.bars_compared:
            share = self.bars_right / self.bars_compared
            yield f"bars right     {share:.4f} of {self.bars_compared} systems"
        pages = max(1, self.pages)
        yield (
            f"cost           {self.read_s / pages:.3f} s to read, {self.find_s / pages:.3f} s to "
            f"find, CPU, a page of {self.pages}"
        )
        yield from (f"  wrong: {name}" for name in self.wrong)


def bars_of_systems(kern: str) -> list[int] | None:
    """Bars in each printed system by a kern file's line breaks; None: it marks no breaks.

    A bar is what has notes or rests between two printed barlines or breaks.
    """
    counts, notes = [0], False
    for line in kern.splitlines():
        token = line.split("\t")[0]
        breaks, barline = bool(_BREAK.match(line)), token.startswith("=") and "-" not in token
        if notes and (breaks or barline):
            counts[-1] += 1
            notes = False
        if breaks:
            counts.append(0)
        elif line and line[0] not in "!*=":
            notes = True
    counts[-1] += notes
    return [c for c in counts if c] if len(counts) > 1 else None


def judge_piece(pdf: Path) -> Tally:
    """One Mozart or Joplin scan against the kern file beside it."""
    kern = pdf.with_suffix(".krn").read_text(encoding="utf-8", errors="replace")
    truth = bars_of_systems(kern)
    systems, cost = _systems(pdf)
    if truth is None:  # only the cost counts
        return cost
    sizes = [len(s.staves) for s in systems]
    right = len(systems) == len(truth) and min(sizes) >= 2
    bars = [len(s.bars) == n for s, n in zip(systems, truth, strict=False)] if right else []
    return replace(
        cost,
        pieces=1,
        pieces_right=int(right),
        systems=len(truth),
        found=len(systems),
        matched=min(len(systems), len(truth)),
        bars_compared=len(bars),
        bars_right=sum(bars),
        wrong=() if right else (f"{pdf.stem}: {len(truth)} systems, staves found {sizes}",),
    )


def judge_page(tiff: Path, boxes: Sequence[tuple[float, float, float, float]]) -> Tally:
    """One DiNoScore page against its boxes (x0, y0, x1, y1 in page widths)."""
    systems, cost = _systems(tiff)
    aspect = _aspect(tiff)
    middles = [((s.box[0] + s.box[2]) / 2, (s.box[1] + s.box[3]) / 2 * aspect) for s in systems]
    free = set(range(len(middles)))
    for x0, y0, x1, y1 in boxes:
        inside = [k for k in free if x0 <= middles[k][0] <= x1 and y0 <= middles[k][1] <= y1]
        free -= set(inside[:1])
    matched = len(middles) - len(free)
    right = matched == len(boxes) == len(systems)
    name = f"{tiff.parent.name}/{tiff.name}"
    told = f"{name}: {len(boxes)} boxes, {matched} hit, {len(systems)} found"
    return replace(
        cost,
        pieces=1,
        pieces_right=int(right),
        systems=len(boxes),
        found=len(systems),
        matched=matched,
        wrong=() if right else (told,),
    )


def evaluate(data: Path, every: int = 1) -> Iterator[tuple[str, Tally]]:
    """Judge every `every`-th scan of each set under `data`/scans: name and tally, set by set.

    Raises LabError where the data are missing.
    """
    scans = data / "scans"
    if not scans.is_dir():
        raise LabError(f"{scans}: no scans there. Set SCOREBRIDGE_DATA to the data folder.")
    for folder in ("mozart_sonatas_AMA1878", "joplin"):
        files = sorted((scans / folder).glob("*.pdf"))[::every]
        yield folder, sum((judge_piece(f) for f in files), Tally())
    pages = []
    for file in sorted((scans / "dinoscore").glob("*/staves.json")):
        labels = json.loads(file.read_text())
        boxes: dict[int, list] = {k: [] for k in range(labels["n_pages"])}
        for box in labels["staves"]:
            boxes[box["page"]].append((*box["start"], *box["end"]))
        found = ((file.with_name(f"page_{k}.tif"), b) for k, b in boxes.items())
        pages += [(tiff, b) for tiff, b in found if tiff.exists()]
    yield "dinoscore", sum((judge_page(*p) for p in pages[::every]), Tally())


def _systems(path: Path) -> tuple[list[System], Tally]:
    systems, pages, read_s, find_s = [], 0, 0.0, 0.0
    start = time.process_time()
    for page in read_pages(path):
        read = time.process_time()
        systems += find_systems(page)
        find = time.process_time()
        pages, read_s, find_s = pages + 1, read_s + read - start, find_s + find - read
        start = find
    return systems, Tally(pages=pages, read_s=read_s, find_s=find_s)


def _aspect(tiff: Path) -> float:
    """Height by width of the first page."""
    from PIL import Image

    with Image.open(tiff) as image:
        return image.height / image.width
