"""OpenScore String Quartets: 102 quartets as MusicXML, seven of them with their pages as PDF.

The seven with pages are for evaluation (use "judge"). The pages are vector prints of the full
score, engraved by MuseScore.
"""

from __future__ import annotations

from pathlib import Path

from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.sources.remote import Remote, Repository, Use, works_of_table
from scorebridge_lab.sources.work import Work

CITATION = (
    "M. Gotham, M. Redbond, B. Bower, P. Jonas, The OpenScore String Quartet Corpus, DLfM 2023,"
    " https://github.com/OpenScore/StringQuartets"
)
LICENCE = "CC0 1.0"
USE: Use = "train"
_REPOSITORY = Repository("OpenScore/StringQuartets", "2c723a5b7b4ea5420826116dfa912956c6a022c2")
QUARTETS = Remote(
    name="openscore_quartets",
    folder="scores/openscore_quartets",
    repositories=(_REPOSITORY,),
    archive="scores/openscore_quartets.tar.xz",
)
PAGES = Remote(
    name="openscore_quartets_pdf",
    folder="scores/openscore_quartets_pdf",
    repositories=(_REPOSITORY,),
    archive="scores/openscore_quartets_pdf.zip",
)
REMOTES = (QUARTETS, PAGES)


def works(root: Path | None = None, remote: Remote = QUARTETS, pages: Remote = PAGES) -> list[Work]:
    """All quartets, sorted by name. Raises LabError where the scores are not there."""
    root = root or data()
    place = remote.container(root)
    try:
        prints = pages.container(root)
    except LabError:
        prints = None
    found = []
    for row in works_of_table(remote):
        name = Path(row["file"]).stem
        printed = (prints, pages.member(f"{name}.pdf")) if prints and row["pdf"] == "yes" else None
        found.append(
            Work(
                name=name,
                source="openscore_quartets",
                path=place,
                main=remote.member(row["file"]),
                keep="all",
                licence=row["licence"],
                composer=row["composer"].replace("_", " "),
                title=row["title"].replace("_", " "),
                use="judge" if row["use"] == "judge" else "train",
                group="quartet",
                staves=4,
                printed=printed,
            )
        )
    return sorted(found, key=lambda w: w.name)
