"""Either engraver for a source file: the one interface that data building uses.

Call it in a child process (`lab.workers`): Verovio can abort, LilyPond can hang. Verovio takes up
to 0.6 s of processor time a page, LilyPond 1.5 s.
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
    """Which engravers can set a file, by its ending; none: no score that is read here."""
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
    style : None: the engraver's own, or for LilyPond what the source says.
    engraver : None: the first that can.
    width : px across a page.
    keep : 'piano' (two staves), 'song' (voice and piano, three staves), 'tune' (one staff).
    tempo : quarters a minute where the source marks none (Verovio only).

    Raises LabError where the file cannot be set, or not in the staves asked for.
    """
    able = engravers_of(path)
    if not able or (engraver and engraver not in able):
        raise LabError(
            f"{path}: {engraver or 'no engraver'} cannot set it. Endings that are read:"
            f" {', '.join(SUFFIXES)}"
        )
    staves = {"piano": (2,), "song": (3,), "tune": (1,)}[keep]
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
    """A LilyPond file in `folder`: a copy with what lies beside it, or a conversion."""
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
