"""Nottingham: 1,034 folk tunes in ABC, one staff, for the experiments of paper 1 alone.

Tune books of many tunes each. P1 uses them as MIDI, rendered by LilyPond. Chord symbols are
printed, not played. Verovio's ABC importer can abort the process: engrave in child processes only.
"""

from __future__ import annotations

import re
from pathlib import Path

from scorebridge_lab.home import data
from scorebridge_lab.sources import container
from scorebridge_lab.sources.remote import Remote, Repository, Use
from scorebridge_lab.sources.work import Work

CITATION = (
    "E. Foxley, Nottingham Music Database; cleaned edition of Jukedeck,"
    " https://github.com/jukedeck/nottingham-dataset"
)
LICENCE = "GPL-3.0"
USE: Use = "papers"
NOTTINGHAM = Remote(
    name="nottingham",
    folder="scores/nottingham",
    repositories=(
        Repository("jukedeck/nottingham-dataset", "0992bb6cd864f6d4b90d6663e08c0ef53ffaa08f"),
    ),
    archive="scores/nottingham.zip",
    rooted=False,
)
REMOTES = (NOTTINGHAM,)
_TUNE = re.compile(r"^X:\s*(\d+)", re.MULTILINE)
_TITLE = re.compile(r"^T:\s*(.+)$", re.MULTILINE)


def works(root: Path | None = None, remote: Remote = NOTTINGHAM) -> list[Work]:
    """All tunes, sorted by name. Raises LabError where the data is not there."""
    place = remote.container(root or data())
    found = []
    for file in remote.files():
        member = remote.member(file.name)
        text = container.read(place, member).decode("utf-8", errors="replace")
        found += _tunes(text, member, place)
    return sorted(found, key=lambda w: w.name)


def _tunes(text: str, member: str, place: Path) -> list[Work]:
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
                path=place,
                main=member,
                keep="tune",
                licence="GPL-3",
                title=title[1].strip() if title else "",
                use="papers",
                staves=1,
                cut=(start, end),
            )
        )
    return out
