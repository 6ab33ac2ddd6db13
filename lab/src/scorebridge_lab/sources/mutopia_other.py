"""Mutopia beyond the piano: LilyPond sources of 1,375 pieces of every other scoring.

Voices, guitar and lute, organ, chamber, solo instruments, orchestra, quartets, piano for four
hands. 28 pieces are for evaluation (use "judge"). Some pieces lack a file in the archive itself;
the files that do not include it can be engraved. Sources are written for LilyPond 2.4 to 2.24.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from scorebridge_lab.home import data
from scorebridge_lab.sources.mutopia import CITATION as CITATION
from scorebridge_lab.sources.mutopia import REPOSITORY
from scorebridge_lab.sources.remote import Remote, Use, works_of_table
from scorebridge_lab.sources.work import Work

LICENCE = "public domain, CC BY, CC BY-SA (each work names its own)"
USE: Use = "train"
OTHER = Remote(
    name="mutopia_other",
    folder="scores/mutopia_other",
    repositories=(REPOSITORY,),
    archive="scores/mutopia_other.tar.xz",
)
REMOTES = (OTHER,)
_FULL_SCORE = re.compile(r"score|partitur|full|conductor", re.IGNORECASE)


def works(root: Path | None = None, remote: Remote = OTHER) -> list[Work]:
    """All pieces, sorted by name. Raises LabError where the data is not there."""
    place = remote.container(root or data())
    files: dict[str, list[str]] = {}  # by all folders above them
    for file in remote.files():
        for parent in PurePosixPath(file.name).parents:
            files.setdefault(str(parent), []).append(file.name)
    found = []
    for row in works_of_table(remote):
        members = tuple(remote.member(name) for name in files[row["id"]])
        tops = [t for t in row["top_files"].split(";") if not t.startswith("+")]
        main = remote.member(f"{row['id']}/{full_score(tops, PurePosixPath(row['id']).name)}")
        found.append(
            Work(
                name=row["id"].replace("/", "__"),
                source="mutopia_other",
                path=place,
                main=main,
                members=members,
                keep="all",
                licence=row["license"],
                composer=row["composer"],
                title=row["title"],
                use="judge" if row["use"] == "judge" else "train",
                group=row["group"],
            )
        )
    return sorted(found, key=lambda w: w.name)


def full_score(tops: list[str], piece: str) -> str:
    """Which of a piece's files that no other includes is most likely the full score.

    tops : paths below the piece's folder. piece : name of that folder.
    The file that is called a score, else the one that is called as the piece, else the first.
    """
    by_name = [t for t in tops if _FULL_SCORE.search(PurePosixPath(t).stem)]
    as_piece = [t for t in tops if PurePosixPath(t).stem.lower() == piece.lower()]
    return [*by_name, *as_piece, *tops][0]
