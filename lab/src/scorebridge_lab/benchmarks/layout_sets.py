"""Evaluation sets for page reading of every scoring.

ensemble  engraved pages whose truth comes from the engraver (`dataset/engraved_pages.py`), of works
          that judge; each page clean, scanned or photographed, some turned.
cases     single pages that were read wrongly once, with the right values read off by eye.
quartets  vector prints of whole string quartets; their MusicXML marks where systems break.
"""

from __future__ import annotations

import csv
import tempfile
import xml.etree.ElementTree as ElementTree
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from scorebridge_lab.augment.page_copies import Kind
from scorebridge_lab.benchmarks.evaluation_set import write_manifest
from scorebridge_lab.dataset.engraved_pages import fill, stored
from scorebridge_lab.dataset.page_works import works_of_pages
from scorebridge_lab.engrave.page_truth import load_meta
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.sources import openscore_quartets

COPIES: tuple[Kind, ...] = ("clean", "scan", "photo")
Turn = Literal[0, 90, 180, 270]
TURNED = 0.4  # share of the copies that are turned


@dataclass(frozen=True)
class PageCopy:
    """How one engraved page is shown to a reader; everything follows from its name."""

    path: Path
    page: int
    """From 0 in its file."""
    kind: Kind
    turn: Turn

    @property
    def name(self) -> str:
        """Unique in the set."""
        return f"{self.path.stem}#{self.page}-{self.kind}"

    def generator(self) -> np.random.Generator:
        """Of its degradation."""
        return np.random.default_rng(zlib.crc32(self.name.encode()))


@dataclass(frozen=True)
class LayoutEnsemble:
    """An `EvaluationSet` of engraved pages of every scoring."""

    name: str
    version: int
    about: str

    def build(self, fresh: bool = False) -> None:
        """Engraves the works that judge; hours on a core. See `EvaluationSet`."""
        for _ in fill([w for w in works_of_pages() if w.part == "judge"]):
            pass

    def scores(self) -> list[Path]:
        """The stored works. Raises LabError where there is none."""
        found = stored("judge")
        if not found:
            raise LabError("no pages are engraved. Run `scorebridge-lab data pages --part judge`.")
        return found

    def recordings(self) -> list[Path]:
        """None."""
        return []

    def ground_truth(self) -> list[PageCopy]:
        """Every page once: clean, scanned or photographed in turns; works in a mixed order."""
        out = []
        files = sorted(self.scores(), key=lambda f: zlib.crc32(f.name.encode()))
        for path in files:
            first = zlib.crc32(path.stem.encode())
            for k in range(len(load_meta(path)["pages"])):
                rng = np.random.default_rng([first, k])
                turn: Any = int(rng.choice([90, 180, 270])) if rng.random() < TURNED else 0
                out.append(PageCopy(path, k, COPIES[(first + k) % len(COPIES)], turn))
        return out

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        files = {f.name: f for f in self.scores()}
        return write_manifest(self, files, (len(files), 0))


@dataclass(frozen=True)
class Print:
    """A score file, and what is true of its systems, in reading order."""

    path: Path
    staves: tuple[tuple[int, ...], ...]
    """By page, of each system."""
    bars: tuple[tuple[int, ...], ...]
    turn: int | None = None
    """Degrees clockwise that make it upright; None: not asked."""
    numbers: tuple[tuple[str, ...], ...] = ()
    """Printed at each system, '' for none; () where unknown."""

    @property
    def name(self) -> str:
        """Of its file."""
        return self.path.name


@dataclass(frozen=True)
class LayoutCases:
    """An `EvaluationSet` of single pages, see `cases/expected.csv` of the data."""

    name: str
    version: int
    about: str

    def build(self, fresh: bool = False) -> None:
        """See `EvaluationSet`; nothing is made."""

    def scores(self, root: Path | None = None) -> list[Path]:
        """The score files."""
        return [one.path for one in self.ground_truth(root)]

    def recordings(self) -> list[Path]:
        """None; those of the folder are renderings."""
        return []

    def ground_truth(self, root: Path | None = None) -> list[Print]:
        """The right values of each file. Raises LabError where the cases are not there."""
        folder = (root or data()) / "cases"
        if not (folder / "expected.csv").exists():
            raise LabError(f"{folder}: no cases there")
        with (folder / "expected.csv").open(newline="", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["systems"]]
        return [
            Print(
                folder / row["file"],
                _counts(row["staves_per_system"]),
                _counts(row["bars_per_system"]),
                int(row["turn"] or 0),
                tuple(
                    tuple("" if n == "-" else n for n in page.split(","))
                    for page in row["printed_numbers"].split(";")
                ),
            )
            for row in rows
        ]

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        files = {f.name: f for f in self.scores()}
        return write_manifest(self, files, (len(files), 0))


def _counts(text: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(n) for n in page.split(",")) for page in text.split(";"))


@dataclass(frozen=True)
class QuartetPrints:
    """An `EvaluationSet` of the seven OpenScore quartets that have their pages as PDF."""

    name: str
    version: int
    about: str

    def build(self, fresh: bool = False) -> None:
        """See `EvaluationSet`; nothing is made."""

    def scores(self) -> list[Path]:
        """The archives that hold them."""
        works = [w for w in openscore_quartets.works() if w.printed]
        return sorted({w.printed[0] for w in works if w.printed})

    def recordings(self) -> list[Path]:
        """None."""
        return []

    def ground_truth(self) -> Iterator[Print]:
        """Each quartet, its PDF unpacked for as long as it is looked at."""
        for work in openscore_quartets.works():
            if work.printed is None:
                continue
            with tempfile.TemporaryDirectory() as folder:
                bars = marked_breaks(work.unpack(Path(folder)).read_bytes())
                staves = tuple(tuple(4 for _ in page) for page in bars)
                yield Print(work.unpack_printed(Path(folder)), staves, bars)

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        files = {f.name: f for f in self.scores()}
        return write_manifest(self, files, (7, 0))


def marked_breaks(musicxml: bytes) -> tuple[tuple[int, ...], ...]:
    """Bars of each system of each page, by the breaks that a MusicXML score marks."""
    part = ElementTree.fromstring(musicxml).find("part")
    pages: list[list[int]] = [[0]]
    for measure in part.findall("measure") if part is not None else ():
        breaks = measure.findall("print")
        if pages[-1][-1] and any(b.get("new-page") == "yes" for b in breaks):
            pages.append([0])
        elif pages[-1][-1] and any(b.get("new-system") == "yes" for b in breaks):
            pages[-1].append(0)
        pages[-1][-1] += 1
    return tuple(tuple(page) for page in pages)


def groups_of_copies(copies: Sequence[PageCopy]) -> dict[str, str]:
    """Group of each file by name."""
    return {path.name: load_meta(path)["group"] for path in {c.path for c in copies}}


ENSEMBLE = LayoutEnsemble("ensemble", 1, "engraved pages of every scoring, worn and turned")
CASES = LayoutCases("cases", 1, "single pages that were read wrongly")
QUARTETS = QuartetPrints("quartets", 1, "vector prints of seven string quartets")
