"""Unlabelled pages and recordings for self-supervised learning (P5 section 5.2).

P5 uses 7,000 pages of IMSLP and MAESTRO's 200 hours; neither is here. In their place:

sheet  the odd-numbered pages of the DiNoScore volumes (scans of IMSLP; the even ones evaluate
       page reading), the strips of MSMD's training pieces (`papers data msmd`), scans of one's own
       (`more`).
audio  MSMD's training pieces as played by `render_training` (sampled, rendered and modelled
       pianos in rooms), and recordings of one's own (`more`): MAESTRO, for who has it.

Each document becomes one array: a strip, uint8 [STRIP_HEIGHT, width], or levelled samples,
float16 [n] at 22,050 Hz, read by memory map.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from scorebridge.audio.spectrogram import SAMPLE_RATE, level
from scorebridge.score.strips import STRIP_HEIGHT, WINDOW_HOP, strip_of
from scorebridge_lab.augment.views import SAMPLES, SHEET_COLUMNS, SHEET_WIDTH
from scorebridge_lab.dataset.msmd import may_train
from scorebridge_lab.dataset.pack import render_training
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data, home
from scorebridge_lab.papers.data import folder_of as packed_of
from scorebridge_lab.papers.data import packed_part
from scorebridge_lab.papers.settings import RUNS, Side
from scorebridge_lab.perform.performance import HUMAN, perform
from scorebridge_lab.sources.mutopia import msmd_pieces
from scorebridge_lab.workers import run_isolated

SCANS = {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
SOUNDS = {".wav", ".flac", ".ogg", ".mp3", ".m4a"}
AUDIO_HOP = SAMPLE_RATE // 2  # samples between two windows that count as different


def folder_of(side: Side) -> Path:
    """Folder of the arrays of a side."""
    return home() / "papers" / "unlabelled" / side


def scan_strips(path: Path) -> NDArray[np.uint8]:
    """All systems of a scan, unrolled, scaled by the width of the page as in P5."""
    from scorebridge.score.pages import read_pages
    from scorebridge.score.systems import find_systems

    strips = [
        strip_of(page, s, by_page=True) for page in read_pages(path) for s in find_systems(page)
    ]
    return np.concatenate([strip.images[0] for strip in strips], 1)


def _sound_of(path: Path) -> NDArray[np.float16]:
    from scorebridge.audio.decode import decode

    return level(decode(path)).astype(np.float16)


def _played(engraving: Path, pianos: Path) -> NDArray[np.float16]:
    rng = np.random.default_rng(zlib.crc32(engraving.stem.encode()))
    events, _ = perform(Engraving.load(engraving).events, rng, HUMAN)
    return level(render_training(events, rng, pianos)).astype(np.float16)


def odd_pages(root: Path) -> list[Path]:
    """The pages of the DiNoScore volumes that may train."""
    pages = sorted((root / "scans" / "dinoscore").glob("*/*.tif"))
    return [p for p in pages if int(p.stem.split("_")[1]) % 2]


def build(side: Side, more: Path | None = None, workers: int = 1, limit: int = 0) -> dict[str, str]:
    """Makes the arrays that are missing; returns failures and causes.

    more : a folder of one's own scans or recordings, searched with all below it.
    limit : at most so many documents are made (0: all).
    """
    root, out = data(), folder_of(side)
    out.mkdir(parents=True, exist_ok=True)
    jobs: list[tuple[str, Callable[[], NDArray]]] = []
    if side == "sheet":
        for path in odd_pages(root):
            jobs.append((f"{path.parent.name}__{path.stem}", partial(scan_strips, path)))
    else:
        engraved = home() / "engraved" / "msmd"
        for piece in msmd_pieces(root):
            path = engraved / f"{piece.name}.npz"
            if may_train(piece) and path.exists():
                jobs.append((piece.name, partial(_played, path, root / "pianos")))
    endings, read = (SCANS, scan_strips) if side == "sheet" else (SOUNDS, _sound_of)
    for path in sorted(more.rglob("*")) if more else ():
        if path.suffix.lower() in endings:
            jobs.append(
                (f"own__{path.stem}-{zlib.crc32(str(path).encode()):08x}", partial(read, path))
            )
    jobs = [(name, make) for name, make in jobs if not (out / f"{name}.npy").exists()]

    def save(job: tuple[str, Callable[[], NDArray]]) -> int:
        name, make = job
        array, temporary = make(), out / f"{name}.partial"
        with temporary.open("wb") as file:
            np.save(file, array)
        temporary.replace(out / f"{name}.npy")
        return array.size

    jobs = jobs[:limit] if limit else jobs
    failures = {}
    for (name, _), _, error in track(run_isolated(save, jobs, workers), side, len(jobs)):
        if error is not None:
            failures[name] = error
    return failures


def read(side: Side, strips: Sequence[Path] | None = None) -> dict[str, NDArray]:
    """Document name to its array, sorted by name. Raises LabError where there is none.

    strips : packed pieces whose strips count as sheets, by default MSMD's training pieces.
    """
    found = {p.stem: np.load(p, mmap_mode="r") for p in sorted(folder_of(side).glob("*.npy"))}
    if side == "sheet":
        if strips is None:
            known = packed_of("msmd").is_dir()
            strips = packed_part(RUNS["p5-bl"], "train") if known else []
        for path in strips:
            with np.load(path) as stored:
                found[f"msmd__{path.stem}"] = stored["strip"]
    if not found:
        raise LabError(
            f"{folder_of(side)}: nothing to pre-train on."
            f" Build it first: scorebridge-lab papers unlabelled {side}"
        )
    return found


class Pool:
    """Random windows of unlabelled documents, wide enough for `augment.views` to cut from."""

    def __init__(self, side: Side, documents: Sequence[NDArray], batch: int, seed: int) -> None:
        self.side, self.batch, self.seed = side, batch, seed
        self.documents = [d for d in documents if d.shape[-1] >= self._smallest()]
        if not self.documents:
            raise LabError(f"no {side} document is long enough for a window")
        self.weights = np.array([d.shape[-1] for d in self.documents], np.float64)
        hop = WINDOW_HOP if side == "sheet" else AUDIO_HOP
        self.windows = int(self.weights.sum()) // hop
        self.epoch = max(1, self.windows // batch)
        """Batches in which about every place is seen once."""

    def _smallest(self) -> int:
        return SHEET_WIDTH if self.side == "sheet" else SAMPLES // 2

    def draw(self, step: int) -> NDArray:
        """uint8 [batch, STRIP_HEIGHT, SHEET_COLUMNS], or float32 [batch, SAMPLES]."""
        rng = np.random.default_rng([self.seed, step])
        shares = self.weights / self.weights.sum()
        chosen = rng.choice(len(self.documents), self.batch, p=shares)
        if self.side == "sheet":
            out = np.full((self.batch, STRIP_HEIGHT, SHEET_COLUMNS), 255, np.uint8)
        else:
            out = np.zeros((self.batch, SAMPLES), np.float32)
        length = out.shape[-1]
        for row, index in enumerate(chosen):
            whole = self.documents[index]
            # The middle of the window lies anywhere but within half a window of the ends.
            middle = rng.integers(
                self._smallest() // 2, whole.shape[-1] - self._smallest() // 2 + 1
            )
            start = int(middle) - length // 2
            part = whole[..., max(0, start) : start + length]
            at = max(0, -start)
            out[row, ..., at : at + part.shape[-1]] = part
        return out
