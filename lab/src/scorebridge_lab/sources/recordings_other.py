"""Real recordings beyond the piano with their scores: five files, 13.5 minutes.

Violin alone, string orchestra, alto with violin and organ, and a song with orchestra of 1906. The
scores (PDF and MusicXML) are clean vector prints.
"""

from __future__ import annotations

from pathlib import Path

from scorebridge_lab.home import data
from scorebridge_lab.sources.lieder import LIEDER
from scorebridge_lab.sources.remote import Remote, Repository, Use, works_of_table
from scorebridge_lab.sources.work import Work

CITATION = "each recording has its own performer and source; see the field `licence` of its work"
LICENCE = "CC BY 3.0, CC BY-SA, public domain (each work names its own)"
USE: Use = "evaluation"
OTHER = Remote(
    name="recordings_other",
    folder="recordings_other",
    repositories=(
        Repository("salu133445/bach-violin-dataset", "36d687439af24112722e9f0832dfe2157280883c"),
        *LIEDER.repositories,
    ),
    rooted=False,
    unavailable="The recordings are re-encoded and the scores re-engraved: no public repository"
    " holds these bytes. Copy them from another installation into the data folder.",
)
REMOTES = (OTHER,)


def works(root: Path | None = None, remote: Remote = OTHER) -> list[Work]:
    """All recordings with score that are there, in the order of the table.

    `path` is the score as MusicXML, `printed` its pages as PDF, `recording` the recording.
    Raises LabError where the folder is not there.
    """
    place = remote.container(root or data())
    found = []
    for row in works_of_table(remote):
        pages, score = row["score"].split(";")
        files = [place / name for name in (row["file"], pages, score)]
        if not all(path.is_file() for path in files):
            continue
        found.append(
            Work(
                name=Path(row["file"]).stem,
                source="recordings_other",
                path=place / score,
                keep="all",
                licence=row["licence"],
                composer=row["composer"],
                title=row["title"],
                use="evaluation",
                group=row["group"],
                printed=(place, pages),
                recording=place / row["file"],
            )
        )
    return sorted(found, key=lambda w: w.name)
