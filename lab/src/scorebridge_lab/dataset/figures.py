"""Counts of packed data, by source: pieces, pages, notes, pairs, hours, failures by cause.

Reads the tables of packed files and the headers of their spectrograms, but no pixels: 3,000 pieces
take some seconds. Pages and notes come from the counts that the build stores (`build.counts_of`).
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from scorebridge.audio.spectrogram import FRAME_RATE
from scorebridge_lab.dataset.build import counts_of, failures_of
from scorebridge_lab.errors import LabError
from scorebridge_lab.sources.work import work_name
from scorebridge_lab.workers import cause_of


@dataclass
class Figures:
    """Counts of one folder of packed pieces, or of all."""

    name: str
    pieces: int = 0
    files: int = 0
    """Editions of pieces."""
    counted: int = 0
    """Files whose pages and notes are known."""
    pages: int = 0
    notes: int = 0
    """Noteheads."""
    places: int = 0
    """Columns of strips with an onset; those of a repeat count twice."""
    pairs: int = 0
    """Distinct pairs of a place and one performance of it."""
    hours: float = 0.0
    strip_px: int = 0
    bytes: int = 0
    engraving_s: float = 0.0
    sound_s: float = 0.0
    """Processor seconds for the counted files."""
    counted_hours: float = 0.0
    failures: Counter[str] = field(default_factory=Counter)

    def add(self, other: Figures) -> None:
        """Add the counts of another folder."""
        for name, value in vars(other).items():
            if name != "name":
                setattr(self, name, getattr(self, name) + value)


def figures_of(folder: Path) -> Figures:
    """Count one folder. Raises LabError where a file cannot be read."""
    out = Figures(folder.name)
    counts = counts_of(folder)
    works: set[str] = set()
    for path in sorted(folder.glob("*.npz")):
        works.add(work_name(path.name))
        places, pairs, frames, width = _read(path)
        out.files += 1
        out.places += places
        out.pairs += pairs
        out.hours += frames / FRAME_RATE / 3600
        out.strip_px += width
        out.bytes += path.stat().st_size
        if (known := counts.get(path.name)) is not None:
            out.counted += 1
            out.pages += known["pages"]
            out.notes += known["notes"]
            out.engraving_s += known["engraving_s"]
            out.sound_s += known["sound_s"]
            out.counted_hours += frames / FRAME_RATE / 3600
    out.pieces = len(works)
    out.failures = Counter(cause_of(text) for text in failures_of(folder).values())
    return out


def all_figures(folders: Sequence[Path]) -> list[Figures]:
    """Counts of each folder that has packed pieces, and their sum. Raises LabError without any."""
    rows = [figures_of(f) for f in folders if any(f.glob("*.npz"))]
    if not rows:
        raise LabError("no packed pieces. Build them: scorebridge-lab data build")
    total = Figures("all")
    for row in rows:
        total.add(row)
    return [*rows, total]


def _read(path: Path) -> tuple[int, int, int, int]:
    """Places, pairs, frames of all performances and width of the strip of one packed piece."""
    try:
        with zipfile.ZipFile(path) as archive:
            shapes = {n.removesuffix(".npy"): _shape(archive, n) for n in archive.namelist()}
        with np.load(path) as data:
            pairs = int((data["frames"] >= 0).sum())
    except (zipfile.BadZipFile, OSError, KeyError, ValueError) as error:
        raise LabError(
            f"{path}: not a packed piece ({error}). Delete it and build again."
        ) from None
    frames = sum(shape[0] for name, shape in shapes.items() if name.startswith("spec_"))
    return shapes["columns"][0], pairs, frames, shapes["strip"][1]


def _shape(archive: zipfile.ZipFile, member: str) -> tuple[int, ...]:
    """Shape of an array without reading it."""
    with archive.open(member) as file:
        version = np.lib.format.read_magic(file)
        read = np.lib.format.read_array_header_1_0
        return (read if version == (1, 0) else np.lib.format.read_array_header_2_0)(file)[0]
