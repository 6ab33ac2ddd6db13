"""Joplin's rags: scans of first editions, and kern of the same editions.

46 pieces on 181 pages. The kern marks the line and page breaks of the print.
"""

from __future__ import annotations

from pathlib import Path

from scorebridge_lab.home import data
from scorebridge_lab.sources.remote import Remote, Repository, Use, works_of_table
from scorebridge_lab.sources.work import Work

CITATION = "C. S. Sapp, Scott Joplin scores, https://github.com/craigsapp/joplin"
LICENCE = "CC BY-NC-SA 4.0"
USE: Use = "evaluation"
JOPLIN = Remote(
    name="joplin",
    folder="scans/joplin",
    repositories=(Repository("craigsapp/joplin", "ad0840eb97e89fac7e89a94325a3d7526b0dc200"),),
    rooted=False,
)
REMOTES = (JOPLIN,)


def works(root: Path | None = None, remote: Remote = JOPLIN) -> list[Work]:
    """All pieces, sorted by name: the kern file, and the scan as printed pages.

    Raises LabError where the data is not there.
    """
    place = remote.container(root or data())
    return [
        Work(
            name=row["file"],
            source="joplin",
            path=place / f"{row['file']}.krn",
            licence=LICENCE,
            composer=row["composer"],
            title=row["title"],
            use="evaluation",
            staves=2,
            printed=(place, f"{row['file']}.pdf"),
        )
        for row in sorted(works_of_table(remote), key=lambda r: r["file"])
    ]
