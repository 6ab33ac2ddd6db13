"""Polish keyboard scores: piano and organ music of the 18th to 20th century as kern.

Data set: humdrum-polish-scores (National Frederic Chopin Institute and others,
pl-wnifc/humdrum-polish-scores); here its 1,023 pieces on two staves. None of them is Chopin's.
Licence: CC BY 4.0.
"""

from __future__ import annotations

import csv
from pathlib import Path

from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.sources.work import Work


def works(root: Path | None = None) -> list[Work]:
    """All pieces, sorted by name. Raises LabError where the data is not there."""
    scores = (root or data()) / "scores"
    archive, table = scores / "polish_keyboard.zip", scores / "polish_keyboard.csv"
    if not (archive.exists() and table.exists()):
        raise LabError(f"{scores}: polish_keyboard.zip and .csv are not there. {_REMEDY}")
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        Work(
            name=Path(row["file"]).stem,
            source="polish",
            path=archive,
            main=row["file"],
            licence=row["licence"],
            composer=row["composer"],
            title=row["title"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda w: w.name)


_REMEDY = "Set SCOREBRIDGE_DATA to the folder that holds scores/."
