"""Real recordings of piano music: 24 files, 50 minutes, in wav, ogg, opus, mp3 and m4a.

Seven of them can be downloaded from a public repository. The others are cut or re-encoded from
public recordings; the table of works names the repository and path of each.
"""

from __future__ import annotations

from pathlib import Path

from scorebridge_lab.home import data
from scorebridge_lab.sources.remote import Remote, Repository, Use, works_of_table
from scorebridge_lab.sources.work import Work

CITATION = "each recording has its own performer and source; see the field `licence` of its work"
LICENCE = "CC0, public domain, or as each work names it"
USE: Use = "evaluation"
RECORDINGS = Remote(
    name="recordings",
    folder="recordings",
    repositories=(
        Repository("Vale717171/archive-of-oblivion", "1d2afafb82aab5972b99b7a6117fe93bd674fc87"),
        Repository("keithbradner/timmons", "a901b456599c87a36dc509168cff37c8552007ca"),
        Repository("thdelmas/SoulRadio", "87e1642e96838ca94d7de647aa1887bc60a68d7f"),
    ),
    rooted=False,
    unavailable="They are excerpts, sound tracks or re-encoded: no public repository holds these"
    " bytes. Copy them from another installation into the data folder.",
)
REMOTES = (RECORDINGS,)


def works(root: Path | None = None, remote: Remote = RECORDINGS) -> list[Work]:
    """All recordings that are there, in the order of the table.

    `path` and `recording` are the file.

    Raises LabError where the folder is not there.
    """
    place = remote.container(root or data())
    return [
        Work(
            name=Path(row["file"]).stem,
            source="recordings",
            path=place / row["file"],
            licence=row["licence"],
            composer=row["composer"],
            title=row["title"],
            use="evaluation",
            recording=place / row["file"],
        )
        for row in works_of_table(remote)
        if (place / row["file"]).is_file()
    ]
