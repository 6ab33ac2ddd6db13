"""How well systems, bars and repeat signs are found: on scans, engravings, photographs.

Truth that nobody had to label. The kern files of the Mozart and Joplin editions mark every
line break of the print, so the systems of a piece and the bars in each are known (a break
of page is not marked: a page counts as right when its whole piece is). DiNoScore has a box for
every system of six volumes. Lieder are engraved here, voice and piano, so everything is known.
Photographs are simulated (`augment/photo.py`) from scans whose flat reading was judged right;
they are judged against that.

How bars are counted, in kern and on the page alike: what stands between two printed
barlines, wherever they stand. A pickup is a bar; a repeat sign within a bar makes two of it;
first and second endings are bars like others; what a line break divides is two.

    scorebridge-lab evaluate layout                      # scans and Lieder, 10 minutes on a core
    scorebridge-lab evaluate layout --sets dinoscore --every 8
    scorebridge-lab evaluate layout --sets lieder --sample 5    # other songs, other styles
    scorebridge-lab evaluate layout --sets photographs   # two seconds a page
    scorebridge-lab evaluate layout --geometry           # without the network that judges barlines

Data: `scans/` and `scores/` under $SCOREBRIDGE_DATA, by default ../shared/data.
"""

from __future__ import annotations

import json
import re
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barline_classifier import Judge, shipped
from scorebridge.score.pages import WIDTH, WIDTH_ACROSS, read_pages
from scorebridge.score.systems import find_systems
from scorebridge.types import Box, Page, System
from scorebridge_lab.augment.photo import draw_photo, photograph
from scorebridge_lab.errors import LabError
from scorebridge_lab.sources.work import Work

SETS = ("mozart", "joplin", "dinoscore", "lieder", "photographs")
FOLDERS = {"mozart": "mozart_sonatas_AMA1878", "joplin": "joplin"}
OVERLAP = 0.7  # of the lower of two boxes, from which on they are the same system
SONGS = 100  # Lieder engraved, of 1,460
PHOTOGRAPHS = 100  # taken of each set of scans
_BREAK = re.compile(r"!!LO:[LP]B:g=original")


@dataclass(frozen=True)
class Tally:
    """Counts of one set."""

    pieces: int = 0
    """Pieces, or pages where every page has a truth of its own."""
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
    """Of these, with exactly the number of bars in the truth."""
    signs: int = 0
    """Repeat signs that open or close at a bar, in systems with the right bars."""
    signs_found: int = 0
    signs_right: int = 0
    read_s: float = 0.0
    find_s: float = 0.0
    wrong: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        names = (f for f in self.__dataclass_fields__)
        return Tally(**{n: getattr(self, n) + getattr(other, n) for n in names})

    def lines(self) -> Iterator[str]:
        """The tally in words."""
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
        yield from (f"  wrong: {name}" for name in self.wrong)


@dataclass(slots=True)
class PrintedBar:
    """A bar of a kern file as it is printed."""

    opens: bool = False
    closes: bool = False


def printed_systems(kern: str) -> list[list[PrintedBar]] | None:
    """The bars of each printed system by a kern file's line breaks; None: it marks no breaks.

    A bar is what has notes or rests between two printed barlines or breaks.
    """
    systems: list[list[PrintedBar]] = [[]]
    notes, opens, last = False, False, PrintedBar()

    def close() -> None:
        nonlocal notes, opens, last
        if notes:
            last = PrintedBar(opens)
            systems[-1].append(last)
            notes, opens = False, False

    for line in kern.splitlines():
        token = line.split("\t")[0]
        if _BREAK.match(line):
            close()
            systems.append([])
        elif token.startswith("=") and "-" not in token:
            close()
            last.closes |= ":|" in token
            opens |= "|:" in token
        elif line and line[0] not in "!*=":
            notes = True
    close()
    systems = [system for system in systems if system]
    return systems if len(systems) > 1 else None


def judge_piece(pdf: Path, judge: Judge | None = shipped) -> Tally:
    """One Mozart or Joplin scan against the kern file beside it."""
    kern = pdf.with_suffix(".krn").read_text(encoding="utf-8", errors="replace")
    truth = printed_systems(kern)
    systems, cost = _systems(pdf, judge)
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
    return sum((_judge_bars(s, bars) for s, bars in zip(systems, truth, strict=True)), tally)


def _judge_bars(system: System, truth: Sequence[PrintedBar]) -> Tally:
    """One system's bars and repeat signs."""
    if len(system.bars) != len(truth):
        return Tally(bars_compared=1)
    said = [sign for pair in system.repeats for sign in pair]
    true = [sign for bar in truth for sign in (bar.opens, bar.closes)]
    both = sum(a and b for a, b in zip(said, true, strict=True))
    return Tally(
        bars_compared=1, bars_right=1, signs=sum(true), signs_found=sum(said), signs_right=both
    )


def judge_boxes(
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
    told = f"{name}: {len(boxes)} systems, not found {wrong}, {len(free)} found where none is"
    return Tally(
        pieces=1,
        pieces_right=int(right),
        pages=1,
        pages_right=int(right),
        systems=len(boxes),
        found=len(systems),
        matched=matched,
        wrong=() if right else (told,),
    )


def _same(one: Box, other: Box) -> bool:
    """Whether two boxes overlap vertically by `OVERLAP` of the lower, and share their middle."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    aside = other[0] <= (one[0] + one[2]) / 2 <= other[2]
    return aside and shared >= OVERLAP * min(one[3] - one[1], other[3] - other[1])


def evaluate(
    data: Path,
    sets: Sequence[str] = SETS,
    every: int = 1,
    sample: int = 0,
    judge: Judge | None = shipped,
) -> Iterator[tuple[str, Tally]]:
    """Judge every `every`-th piece or page of each set: name and tally, set by set.

    data : the sources; sample : of Lieder, see `songs`; judge : of barlines, None: geometry.
    Raises LabError where they are missing.
    """
    scans = data / "scans"
    if not scans.is_dir():
        raise LabError(f"{scans}: no scans there. Set SCOREBRIDGE_DATA to the data folder.")
    for name in sets:
        if name in FOLDERS:
            files = sorted((scans / FOLDERS[name]).glob("*.pdf"))[::every]
            yield name, sum((judge_piece(f, judge) for f in files), Tally())
        elif name == "dinoscore":
            pages = boxed_pages(scans / "dinoscore")[::every]
            yield name, sum((_judge_scan(*page, judge) for page in pages), Tally())
        elif name == "lieder":
            yield name, sum(songs(data, max(1, SONGS // every), sample, judge), Tally())
        elif name == "photographs":
            yield from photographs(scans, max(1, PHOTOGRAPHS // every), judge)
        else:
            raise LabError(f"no set {name!r}: {', '.join(SETS)}")


def boxed_pages(folder: Path) -> list[tuple[Path, list[Box]]]:
    """DiNoScore's pages and the boxes on each, in fractions of the page."""
    pages = []
    for file in sorted(folder.glob("*/staves.json")):
        labels = json.loads(file.read_text())
        boxes: dict[int, list] = {k: [] for k in range(labels["n_pages"])}
        for box in labels["staves"]:
            boxes[box["page"]].append((*box["start"], *box["end"]))
        for k, found in boxes.items():
            tiff = file.with_name(f"page_{k}.tif")
            if tiff.exists():
                aspect = _aspect(tiff)  # the labels are in page widths, both ways
                pages.append((tiff, [(a, b / aspect, c, d / aspect) for a, b, c, d in found]))
    return pages


@dataclass(frozen=True)
class Song:
    """An engraved song with its voice, and the true boxes of the systems on each page."""

    name: str
    pages: list[NDArray[np.uint8]]
    boxes: list[list[Box]]


def songs(data: Path, count: int, sample: int, judge: Judge | None = shipped) -> Iterator[Tally]:
    """Lieder with their voice, engraved by Verovio in `count` styles and sizes, page by page.

    sample : another sample has other songs in other styles.
    """
    from scorebridge_lab.sources.lieder import songs as works
    from scorebridge_lab.workers import run_isolated

    found = works(data)
    order = np.random.default_rng(sample).permutation(len(found))[:count]
    jobs = [found[k] for k in order]
    for _, song, error in run_isolated(partial(engraved, sample=sample), jobs, 1, limit_s=900):
        if error is None:
            yield from judge_song(song, judge)
        # else two voices, or Verovio cannot read it: no page to judge


def engraved(work: Work, sample: int = 0) -> Song:
    """One song, engraved in a style drawn by its name."""
    from scorebridge_lab.engrave.verovio import Style, engrave

    rng = np.random.default_rng([sample, zlib.crc32(work.name.encode())])
    style, across = Style.random(rng), int(rng.integers(1100, 1900))
    with tempfile.TemporaryDirectory() as folder:
        path = work.unpack(Path(folder))
        engraving = engrave(path, style, None, "", across, (3,), "song")
    boxes = []
    for number, image in enumerate(engraving.pages):
        height, width = image.shape
        true = engraving.systems[engraving.systems["page"] == number]
        boxes.append(
            [(s["x0"] / width, s["y0"] / height, s["x1"] / width, s["y1"] / height) for s in true]
        )
    return Song(work.name, engraving.pages, boxes)


def judge_song(song: Song, judge: Judge | None = shipped) -> Iterator[Tally]:
    """The pages of one song."""
    for number, (image, boxes) in enumerate(zip(song.pages, song.boxes, strict=True), 1):
        start = time.process_time()
        systems = find_systems(Page(Path(song.name), number, image), judge)
        spent = time.process_time() - start
        name = f"{song.name} p. {number}"
        tally = judge_boxes(name, systems, boxes, 3) + Tally(find_s=spent)
        above = [  # of the strip: the piano goes into it
            s for s in systems if s.core is None or abs(s.core[1] - s.staves[1][1]) > 0.01
        ]
        if above and tally.pages_right:
            told = f"{name}: the strip shows other staves than the piano's"
            tally = replace(tally, pieces_right=0, pages_right=0, wrong=(told,))
        yield tally


def photographs(
    scans: Path, count: int, judge: Judge | None = shipped
) -> Iterator[tuple[str, Tally]]:
    """Photographs of `count` pages of each set of scans against the flat reading."""
    for name in ("mozart", "joplin", "dinoscore"):
        if name == "dinoscore":
            files = [tiff for tiff, _ in boxed_pages(scans / "dinoscore")]
        else:
            files = sorted((scans / FOLDERS[name]).glob("*.pdf"))
        chosen = files[:: max(1, len(files) // count)][:count]
        tallies = (_judge_photo(file, judge) for file in chosen)
        yield f"photographs of {name}", sum(tallies, Tally())


def _judge_photo(path: Path, judge: Judge | None) -> Tally:
    """One page of a file, drawn by its name: its photograph read as the page itself is."""
    rng = np.random.default_rng(zlib.crc32(path.name.encode()))
    pages = list(read_pages(path))
    page = pages[int(rng.integers(len(pages)))]
    flat = find_systems(page, judge)
    if not flat:
        return Tally()
    image, view = photograph(page.image, draw_photo(rng), rng)
    height, width = image.shape
    most = WIDTH if height >= width else WIDTH_ACROSS
    if width > most:  # as `read_pages` does
        size = (most, round(height * most / width))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    start = time.process_time()
    systems = find_systems(Page(path, page.number, image), judge)
    spent = time.process_time() - start
    boxes = []
    for system in flat:
        x0, y0, x1, y1 = np.multiply(system.box, np.tile(page.image.shape[::-1], 2))
        x = np.linspace(x0, x1, 9)
        rim = np.concatenate([np.stack([x, np.full(9, y)], 1) for y in (y0, y1)])
        seen = view.project(rim) / (width, height)
        boxes.append((*seen.min(0), *seen.max(0)))
    tally = judge_boxes(f"{path.stem} p. {page.number} {view.photo}", systems, boxes)
    tally += Tally(find_s=spent)
    if tally.pages_right:
        bars = [len(a.bars) == len(b.bars) for a, b in zip(systems, flat, strict=True)]
        tally += Tally(bars_compared=len(bars), bars_right=sum(bars))
    return tally


def _judge_scan(tiff: Path, boxes: Sequence[Box], judge: Judge | None) -> Tally:
    systems, cost = _systems(tiff, judge)
    name = f"{tiff.parent.name}/{tiff.name}"
    return judge_boxes(name, systems, boxes) + replace(cost, pages=0)


def _systems(path: Path, judge: Judge | None) -> tuple[list[System], Tally]:
    systems, pages, read_s, find_s = [], 0, 0.0, 0.0
    start = time.process_time()
    for page in read_pages(path):
        read = time.process_time()
        systems += find_systems(page, judge)
        find = time.process_time()
        pages, read_s, find_s = pages + 1, read_s + read - start, find_s + find - read
        start = find
    return systems, Tally(pages=pages, read_s=read_s, find_s=find_s)


def _aspect(tiff: Path) -> float:
    """Height by width of the first page."""
    from PIL import Image

    with Image.open(tiff) as image:
        return image.height / image.width
