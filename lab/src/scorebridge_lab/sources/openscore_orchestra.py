"""OpenScore Orchestra: 94 movements of symphonies, concertos and masses as MusicXML.

Seven of them are for evaluation (use "judge").
"""

from __future__ import annotations

from pathlib import Path

from scorebridge_lab.home import data
from scorebridge_lab.sources.remote import Remote, Repository, Use, works_of_table
from scorebridge_lab.sources.work import Work

CITATION = (
    "M. Gotham and others, OpenScore Orchestra, in: Hauptstimme,"
    " https://github.com/MarkGotham/Hauptstimme"
)
LICENCE = "CC0 1.0"
USE: Use = "train"
ORCHESTRA = Remote(
    name="openscore_orchestra",
    folder="scores/openscore_orchestra",
    repositories=(
        Repository("MarkGotham/Hauptstimme", "8f677853c45b74ca0afcd79677e5379c06c82354"),
    ),
    archive="scores/openscore_orchestra.tar.xz",
)
REMOTES = (ORCHESTRA,)


def works(root: Path | None = None, remote: Remote = ORCHESTRA) -> list[Work]:
    """All movements, sorted by name. Raises LabError where the data is not there."""
    place = remote.container(root or data())
    found = [
        Work(
            name=Path(row["file"]).stem,
            source="openscore_orchestra",
            path=place,
            main=remote.member(row["file"]),
            keep="all",
            licence=row["licence"],
            composer=row["composer"].replace("_", " "),
            title=row["title"].replace("_", " "),
            use="judge" if row["use"] == "judge" else "train",
            group="orchestra",
        )
        for row in works_of_table(remote)
    ]
    return sorted(found, key=lambda w: w.name)
