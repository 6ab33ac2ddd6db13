"""Polish keyboard scores (kern) and OpenScore Lieder (MusicXML): sources that Verovio engraves.

Polish: 1,023 pieces, two staves, CC BY 4.0, pl-wnifc/humdrum-polish-scores.
Lieder: 1,460 songs, CC0, OpenScore/Lieder; the piano alone is kept. The build goes
from source to packed training piece in one child process each; what is there
already is not made again.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import numpy as np
from rich.progress import track

from scorebridge.lab.data import pack as packing
from scorebridge.lab.engrave.verovio import UNMARKED_TEMPO, Style, engrave
from scorebridge.lab.synthesize import preload
from scorebridge.lab.workers import run_isolated

ARCHIVES = {"polish": "polish_keyboard.zip", "lieder": "openscore_lieder.zip"}


def unpack(data: Path, name: str, target: Path) -> list[Path]:
    """The source files of one archive, unpacked into `target`, sorted by name."""
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(data / "scores" / ARCHIVES[name]) as archive:
        archive.extractall(target)
    return sorted(p for p in target.rglob("*") if p.suffix in {".krn", ".mxl"})


def build(data: Path, name: str, out: Path, workers: int = 2, limit: int = 0) -> dict[str, str]:
    """Engrave, play and pack one archive into `out`; returns what failed and why."""
    sources = unpack(data, name, out.parent / "sources" / name)
    np.random.default_rng(0).shuffle(sources)  # pyright: ignore[reportArgumentType]
    sources = sources[: limit or None]
    jobs = [s for s in sources if not (out / f"{s.stem}.npz").exists()]

    def make(source: Path) -> int:
        seed = zlib.crc32(source.stem.encode())
        style = Style.random(np.random.default_rng(seed))
        engraving = engrave(source, style, UNMARKED_TEMPO, f"{name}/{source.stem}")
        packed = packing.pack(engraving, seed, pianos=data / "pianos")
        packing.save(packed, out / f"{source.stem}.npz")
        return len(packed.columns)

    preload(data / "pianos")
    failures = {}
    total = len(jobs)
    for source, _, error in track(run_isolated(make, jobs, workers), name, total):
        if error is not None:
            failures[source.name] = error
    return failures
