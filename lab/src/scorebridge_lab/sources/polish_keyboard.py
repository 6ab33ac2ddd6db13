"""Polish keyboard scores: piano and organ music of the 18th to 20th century as kern.

The 1,023 pieces on two staves of a corpus of 4,000 scores. None of them is by Chopin.
"""

from __future__ import annotations

from pathlib import Path

from scorebridge_lab.home import data
from scorebridge_lab.sources.remote import Remote, Repository, Use, works_of_table
from scorebridge_lab.sources.work import Work

CITATION = (
    "National Frederic Chopin Institute, Humdrum Polish Scores (Heritage of Polish Music in Open"
    " Access), https://github.com/pl-wnifc/humdrum-polish-scores"
)
LICENCE = "CC BY 4.0"
USE: Use = "train"
KEYBOARD = Remote(
    name="polish_keyboard",
    folder="scores/polish_keyboard",
    repositories=(
        Repository("pl-wnifc/humdrum-polish-scores", "c0403623c0da3f75f1bcd6041dc85098e0cabe02"),
    ),
    archive="scores/polish_keyboard.zip",
    rooted=False,
)
REMOTES = (KEYBOARD,)


def works(root: Path | None = None, remote: Remote = KEYBOARD) -> list[Work]:
    """All pieces, sorted by name. Raises LabError where the data is not there."""
    place = remote.container(root or data())
    found = [
        Work(
            name=Path(row["file"]).stem,
            source="polish",
            path=place,
            main=remote.member(row["file"]),
            licence=row["licence"],
            composer=row["composer"],
            title=row["title"],
            staves=2,
        )
        for row in works_of_table(remote)
    ]
    return sorted(found, key=lambda w: w.name)
