"""Nottingham: folk tunes in ABC, one staff, for the experiments of paper 1 alone.

Data set: Nottingham Music Database (Eric Foxley; cleaned edition of 1,034 tunes), tune books of
many tunes each. P1 uses it as MIDI, rendered by LilyPond.
Licence: GPL-3. Weights that ship are not trained on it. Chord symbols are printed, not played.
Verovio's ABC importer can abort the process: build it in child processes only.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.sources.work import Work

_TUNE = re.compile(r"^X:\s*(\d+)", re.MULTILINE)
_TITLE = re.compile(r"^T:\s*(.+)$", re.MULTILINE)


def works(root: Path | None = None) -> list[Work]:
    """All tunes, sorted by name. Raises LabError where the data is not there."""
    archive = (root or data()) / "scores" / "nottingham.zip"
    if not archive.exists():
        raise LabError(f"{archive}: not there. Set SCOREBRIDGE_DATA to the folder with scores/.")
    found = []
    with zipfile.ZipFile(archive) as opened:
        for member in sorted(n for n in opened.namelist() if n.endswith(".abc")):
            text = opened.read(member).decode("utf-8", errors="replace")
            found += _tunes(text, member, archive)
    return sorted(found, key=lambda w: w.name)


def _tunes(text: str, member: str, archive: Path) -> list[Work]:
    # Positions count as in the extracted file, whose line ends are read as single characters.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = [m.start() for m in _TUNE.finditer(text)]
    out = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        tune = text[start:end]
        number = _TUNE.match(tune)
        title = _TITLE.search(tune)
        out.append(
            Work(
                name=f"{Path(member).stem}-{int(number[1]) if number else 0:03d}",
                source="nottingham",
                path=archive,
                main=member,
                keep="tune",
                licence="GPL-3",
                title=title[1].strip() if title else "",
                train=False,
                cut=(start, end),
            )
        )
    return out
