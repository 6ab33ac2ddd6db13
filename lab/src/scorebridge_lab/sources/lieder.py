"""OpenScore Lieder: 1,460 songs as MusicXML, as piano alone or as voice and piano.

The piano alone is on two staves, voice and piano are on three. A song with more than one voice
cannot be engraved on three staves.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from scorebridge_lab.home import data
from scorebridge_lab.sources.remote import Remote, Repository, Use, works_of_table
from scorebridge_lab.sources.work import Work

CITATION = (
    "M. Gotham, P. Jonas, The OpenScore Lieder Corpus, Music Encoding Conference 2021,"
    " https://github.com/OpenScore/Lieder"
)
LICENCE = "CC0 1.0"
USE: Use = "train"
LIEDER = Remote(
    name="openscore_lieder",
    folder="scores/openscore_lieder",
    repositories=(Repository("OpenScore/Lieder", "bca122458de6da362abe62dd6aec62e25d7759b1"),),
    archive="scores/openscore_lieder.zip",
    rooted=False,
)
REMOTES = (LIEDER,)


def works(
    root: Path | None = None, remote: Remote = LIEDER, keep: Literal["piano", "song"] = "piano"
) -> list[Work]:
    """All songs, sorted by name. Raises LabError where the data is not there."""
    place = remote.container(root or data())
    found = [
        Work(
            name=Path(row["file"]).stem + ("-song" if keep == "song" else ""),
            source="lieder" if keep == "piano" else "songs",
            path=place,
            main=remote.member(row["file"]),
            keep=keep,
            licence=row["licence"],
            composer=row["composer"].replace("_", " ").strip(),
            title=row["title"].replace("_", " "),
            use="judge" if row["use"] == "judge" else "train",
            group="" if keep == "piano" else "voices",
        )
        for row in works_of_table(remote)
    ]
    return sorted(found, key=lambda w: w.name)


def songs(root: Path | None = None, remote: Remote = LIEDER) -> list[Work]:
    """Voice and piano on three staves."""
    return works(root, remote, "song")
