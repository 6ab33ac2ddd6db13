"""Mozart's piano sonatas: scans of an edition of 1878, and kern of that very edition.

69 movements on 228 pages. The kern marks the line and page breaks of the print.
"""

from __future__ import annotations

from pathlib import Path

from scorebridge_lab.home import data
from scorebridge_lab.sources.remote import Remote, Repository, Use, works_of_table
from scorebridge_lab.sources.work import Work

CITATION = "C. S. Sapp, Mozart piano sonatas (Alte Mozart-Ausgabe), https://github.com/craigsapp/mozart-piano-sonatas"
LICENCE = "CC BY-NC-SA 4.0"
USE: Use = "evaluation"
MOZART = Remote(
    name="mozart",
    folder="scans/mozart_sonatas_AMA1878",
    repositories=(
        Repository("craigsapp/mozart-piano-sonatas", "0f1f49d914494f8461709b2a2642153bb240c6da"),
    ),
    rooted=False,
)
REMOTES = (MOZART,)


def works(root: Path | None = None, remote: Remote = MOZART) -> list[Work]:
    """All movements, sorted by name: the kern file, and the scan as printed pages.

    Raises LabError where the data is not there.
    """
    place = remote.container(root or data())
    return [
        Work(
            name=row["file"],
            source="mozart",
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
