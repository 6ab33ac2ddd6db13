"""OpenScore Lieder: songs as MusicXML, as piano alone (two staves) or voice and piano (three).

Data set: OpenScore Lieder Corpus (Gotham, Jonas, "The OpenScore Lieder Corpus", MEC 2021),
OpenScore/Lieder; here 1,460 songs. Songs with more than one voice have no three-staff form here.
Licence: CC0.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Literal

from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.sources.work import Work


def works(root: Path | None = None, keep: Literal["piano", "song"] = "piano") -> list[Work]:
    """All songs, sorted by name. Raises LabError where the data is not there."""
    scores = (root or data()) / "scores"
    archive, table = scores / "openscore_lieder.zip", scores / "openscore_lieder.csv"
    if not (archive.exists() and table.exists()):
        raise LabError(
            f"{scores}: openscore_lieder.zip and .csv are not there."
            " Set SCOREBRIDGE_DATA to the folder that holds scores/."
        )
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        Work(
            name=Path(row["file"]).stem + ("-song" if keep == "song" else ""),
            source="lieder" if keep == "piano" else "songs",
            path=archive,
            main=row["file"],
            keep=keep,
            licence=row["licence"],
            composer=row["composer"].replace("_", " ").strip(),
            title=row["title"].replace("_", " "),
        )
        for row in rows
    ]
    return sorted(found, key=lambda w: w.name)


def songs(root: Path | None = None) -> list[Work]:
    """Voice and piano on three staves."""
    return works(root, "song")
