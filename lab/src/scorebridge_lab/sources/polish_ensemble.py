"""Polish scores of every scoring but two staves: voices, chamber, church and orchestral music.

2,970 works and 242,000 bars as kern, 1 to 31 staves, with the line breaks of the print.
"""

from __future__ import annotations

from pathlib import Path

from scorebridge_lab.home import data
from scorebridge_lab.sources import polish_keyboard
from scorebridge_lab.sources.remote import Remote, Use, works_of_table
from scorebridge_lab.sources.work import Work

CITATION = polish_keyboard.CITATION
LICENCE = "CC BY 4.0"
USE: Use = "train"
ENSEMBLE = Remote(
    name="polish_ensemble",
    folder="scores/polish_ensemble",
    repositories=polish_keyboard.KEYBOARD.repositories,
    archive="scores/polish_ensemble.tar.xz",
)
REMOTES = (ENSEMBLE,)
GROUPS = {
    1: "1 staff",
    2: "2 staves",
    3: "3 staves",
    4: "4 staves",
    5: "5 staves",
    6: "6-8 staves",
    9: "9-14 staves",
    15: "15 staves or more",
}
"""Minimum number of staves in a system, and the name of the group."""


def group_of(staves: int) -> str:
    """Group of a score with so many staves in a system."""
    return GROUPS[max(minimum for minimum in GROUPS if minimum <= staves)]


def works(root: Path | None = None, remote: Remote = ENSEMBLE) -> list[Work]:
    """All works, sorted by name. Raises LabError where the data is not there."""
    place = remote.container(root or data())
    found = [
        Work(
            name=Path(row["file"]).stem,
            source="polish_ensemble",
            path=place,
            main=remote.member(row["file"]),
            keep="all",
            licence=row["licence"],
            composer=row["composer"],
            title=row["title"],
            group=group_of(int(row["staves"])),
            staves=int(row["staves"]),
        )
        for row in works_of_table(remote)
    ]
    return sorted(found, key=lambda w: w.name)
