"""Engrave a source file with either engraver.

Call it in a child process (`scorebridge_lab.workers`): Verovio can abort, LilyPond can hang.
Verovio takes up to 0.6 s of processor time a page, LilyPond 1.5 s.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Literal

from scorebridge_lab.engrave import lilypond, verovio
from scorebridge_lab.engrave.engraving import PAGE_WIDTH, Engraving
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.errors import LabError

Engraver = Literal["verovio", "lilypond"]
LILYPOND_SUFFIXES = (".ly", ".mxl", ".musicxml", ".xml")
SUFFIXES = tuple(dict.fromkeys((*LILYPOND_SUFFIXES, *verovio.VEROVIO_SUFFIXES)))


def engravers_of(path: Path) -> tuple[Engraver, ...]:
    """Engravers that can engrave a file, by its extension; empty where none can."""
    able: list[Engraver] = []
    if path.suffix in verovio.VEROVIO_SUFFIXES:
        able.append("verovio")
    if path.suffix in LILYPOND_SUFFIXES:
        able.append("lilypond")
    return tuple(able)


def engrave(
    path: Path,
    style: Style | None = None,
    engraver: Engraver | None = None,
    name: str = "",
    width: int = PAGE_WIDTH,
    keep: str = "piano",
    tempo: float | None = verovio.UNMARKED_TEMPO,
) -> Engraving:
    """Engrave one file.

    Parameters
    ----------
    style : by default that of the engraver, or for LilyPond that of the source.
    engraver : by default the first of `engravers_of`.
    name : of the engraving; by default the file's.
    width : page width, px.
    keep : staves to engrave: 'piano' (two), 'song' (voice and piano, three), 'tune' (one) or 'all'.
    tempo : quarters per minute where the source marks no tempo (Verovio only).

    Raises LabError where the file cannot be engraved, or has other staves.
    """
    able = engravers_of(path)
    if not able or (engraver and engraver not in able):
        raise LabError(
            f"{path}: {engraver or 'no engraver'} cannot engrave it. Extensions that are read:"
            f" {', '.join(SUFFIXES)}"
        )
    staves = {"piano": (2,), "song": (3,), "tune": (1,), "all": ()}[keep]
    if (engraver or able[0]) == "verovio":
        return verovio.engrave_verovio(
            path, style, tempo, name, width, staves, "all" if keep == "tune" else keep
        )
    with tempfile.TemporaryDirectory() as folder:
        main = _lilypond_source(path, Path(folder), keep)
        return lilypond.engrave_lilypond(
            main, Path(folder), name or path.stem, {"source": path.name}, style=style, width=width
        )


def _lilypond_source(path: Path, folder: Path, keep: str) -> Path:
    """A LilyPond file in `folder`: a copy with the sources beside it, or a conversion."""
    if path.suffix == ".ly":
        for other in path.parent.rglob("*"):
            if other.suffix in lilypond.SOURCE_SUFFIXES:
                target = folder / other.relative_to(path.parent)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(other.read_bytes())
        return folder / path.name
    source = folder / "source.musicxml"
    source.write_text(verovio.source_text(path, keep), encoding="utf-8")
    target = folder / "converted.ly"
    command = [str(lilypond.program("musicxml2ly")), "--no-beaming", "-o", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    if not target.exists():
        reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise LabError(f"{path}: musicxml2ly cannot convert it ({' '.join(reason)[:120]})")
    return target
