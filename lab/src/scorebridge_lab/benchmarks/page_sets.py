"""Evaluation sets for the reading of pages, with ground truth that nobody had to label.

mozart, joplin  scans whose kern file marks every line break of the print, so the systems of a piece
                and the bars in each are known (a break of page is not marked: a page counts as
                right when its whole piece is).
dinoscore       six volumes with a box for every system.
lieder          songs engraved here, voice and piano, in random styles: everything is known.
photographs     simulated photographs (`augment/photo.py`) of pages of the scans, compared with
                the reading of the flat page.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scorebridge.types import Box
from scorebridge_lab.benchmarks.evaluation_set import write_manifest
from scorebridge_lab.benchmarks.kern import BarSigns, printed_systems
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.sources.lieder import songs
from scorebridge_lab.sources.work import Work
from scorebridge_lab.workers import run_isolated

MAX_SONGS = 100  # of 1,460
MAX_PHOTOGRAPHS = 100  # of each set of scans
VOICE_AND_PIANO = (3,)  # staves


def scans_folder(root: Path | None) -> Path:
    """The folder of scans below the source data. Raises LabError where it is missing."""
    folder = (root or data()) / "scans"
    if not folder.is_dir():
        raise LabError(f"{folder}: no scans there. Set SCOREBRIDGE_DATA to the data folder.")
    return folder


@dataclass(frozen=True)
class KernScans:
    """An `EvaluationSet` of scans (PDF) with a kern file of the same edition beside each."""

    name: str
    version: int
    about: str
    folder: str

    def build(self, fresh: bool = False) -> None:
        """See `EvaluationSet`; nothing is made."""

    def scores(self, root: Path | None = None) -> list[Path]:
        """The scans. Raises LabError where there is none."""
        found = sorted((scans_folder(root) / self.folder).glob("*.pdf"))
        found = [path for path in found if path.with_suffix(".krn").exists()]
        if not found:
            raise LabError(f"{scans_folder(root) / self.folder}: no scans with kern there")
        return found

    def recordings(self) -> list[Path]:
        """None."""
        return []

    def ground_truth(self, root: Path | None = None) -> list[list[list[BarSigns]] | None]:
        """The printed systems of each score; None where its kern marks no line breaks."""
        return [systems_of(path) for path in self.scores(root)]

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        files = [f for path in self.scores() for f in (path, path.with_suffix(".krn"))]
        return write_manifest(self, {f.name: f for f in files}, (len(files) // 2, 0))


@dataclass(frozen=True)
class BoxedPages:
    """An `EvaluationSet` of DiNoScore's pages (TIFF), each with the boxes of its systems."""

    name: str
    version: int
    about: str

    def build(self, fresh: bool = False) -> None:
        """See `EvaluationSet`; nothing is made."""

    def scores(self, root: Path | None = None) -> list[Path]:
        """The pages. Raises LabError where there is none."""
        return [path for path, _ in self.ground_truth(root)]

    def recordings(self) -> list[Path]:
        """None."""
        return []

    def ground_truth(self, root: Path | None = None) -> list[tuple[Path, list[Box]]]:
        """Each page and the boxes of its systems, in fractions of the page. Raises LabError."""
        folder = scans_folder(root) / "dinoscore"
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
        if not pages:
            raise LabError(f"{folder}: no labelled volumes there")
        return pages

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        truth = self.ground_truth()
        files = {f"{path.parent.name}/{path.name}": path for path, _ in truth}
        boxes = json.dumps([boxes for _, boxes in truth]).encode()
        return write_manifest(self, files, (len(files), 0), ground_truth=boxes)


@dataclass(frozen=True)
class Song:
    """An engraved song with its voice, and the true boxes of the systems on each page."""

    name: str
    pages: list[NDArray[np.uint8]]
    boxes: list[list[Box]]


@dataclass(frozen=True)
class EngravedSongs:
    """An `EvaluationSet` of Lieder with their voice, engraved by Verovio in random styles."""

    name: str
    version: int
    about: str

    def build(self, fresh: bool = False) -> None:
        """See `EvaluationSet`; songs are engraved whenever they are asked for."""

    def scores(self, root: Path | None = None) -> list[Path]:
        """The songs' files, or the archive that holds them."""
        found = (w.path if w.path.is_file() else w.path / w.main for w in songs(root))
        return sorted(set(found))

    def recordings(self) -> list[Path]:
        """None."""
        return []

    def ground_truth(
        self, root: Path | None = None, count: int = MAX_SONGS, seed: int = 0
    ) -> Iterator[Song]:
        """`count` engraved songs; another seed gives other songs in other styles.

        Songs with two voices, and those that Verovio cannot read, are left out.
        """
        found = songs(root)
        order = np.random.default_rng(seed).permutation(len(found))[:count]
        jobs = [found[k] for k in order]
        engrave = partial(engrave_song, seed=seed)
        for _, song, error in run_isolated(engrave, jobs, 1, limit_s=900):
            if error is None:
                yield song

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        files = {path.name: path for path in self.scores()}
        return write_manifest(self, files, (len(songs()), 0))


@dataclass(frozen=True)
class Photographs:
    """An `EvaluationSet` of pages of scans that are photographed by a simulator.

    The ground truth of a photograph is the reading of its flat page, so it is computed when a
    reader is evaluated.
    """

    name: str
    version: int
    about: str

    def build(self, fresh: bool = False) -> None:
        """See `EvaluationSet`; photographs are made whenever they are asked for."""

    def sources(self, root: Path | None = None) -> dict[str, list[Path]]:
        """Files by set of scans."""
        return {one.name: one.scores(root) for one in (MOZART, JOPLIN, DINOSCORE)}

    def scores(self, root: Path | None = None) -> list[Path]:
        """All files that are photographed."""
        return [path for files in self.sources(root).values() for path in files]

    def recordings(self) -> list[Path]:
        """None."""
        return []

    def ground_truth(self) -> None:
        """Not known without a reader, see the class."""

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        files = {f"{path.parent.name}/{path.name}": path for path in self.scores()}
        return write_manifest(self, files, (len(files), 0))


def systems_of(pdf: Path) -> list[list[BarSigns]] | None:
    """The printed systems of a scan by the kern file beside it."""
    kern = pdf.with_suffix(".krn").read_text(encoding="utf-8", errors="replace")
    return printed_systems(kern)


def engrave_song(work: Work, seed: int = 0) -> Song:
    """One song, engraved in a style drawn by its name."""
    from scorebridge_lab.engrave.verovio import Style, engrave_verovio

    rng = np.random.default_rng([seed, zlib.crc32(work.name.encode())])
    style, width = Style.random(rng), int(rng.integers(1100, 1900))
    with tempfile.TemporaryDirectory() as folder:
        path = work.unpack(Path(folder))
        engraving = engrave_verovio(path, style, None, "", width, VOICE_AND_PIANO, "song")
    boxes = []
    for number, image in enumerate(engraving.pages):
        height, across = image.shape
        true = engraving.systems[engraving.systems["page"] == number]
        boxes.append(
            [(s["x0"] / across, s["y0"] / height, s["x1"] / across, s["y1"] / height) for s in true]
        )
    return Song(work.name, engraving.pages, boxes)


def _aspect(tiff: Path) -> float:
    """Height by width of the first page."""
    with Image.open(tiff) as image:
        return image.height / image.width


MOZART = KernScans("mozart", 1, "scans of Mozart's sonatas with kern", "mozart_sonatas_AMA1878")
JOPLIN = KernScans("joplin", 1, "scans of Joplin's pieces with kern", "joplin")
DINOSCORE = BoxedPages("dinoscore", 1, "pages of six volumes with a box for each system")
LIEDER = EngravedSongs("lieder", 1, "Lieder engraved with their voice in random styles")
PHOTOGRAPHS = Photographs("photographs", 1, "simulated photographs of pages of the scans")
