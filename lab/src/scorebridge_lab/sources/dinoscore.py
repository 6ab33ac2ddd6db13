"""DiNoScore: six scanned IMSLP volumes, 214 pages, with a box for every system.

Chopin op. 10, 25, 28 and 64, Schubert D 899, Schumann op. 68. Pages are 1-bit TIFF, up to 41
million pixels. Page reading is judged on all pages; unlabelled pre-training reads the
odd-numbered pages only.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from scorebridge_lab.home import data
from scorebridge_lab.sources.remote import Remote, Repository, Use
from scorebridge_lab.sources.work import Work

CITATION = "DiNoScore, https://github.com/DiNoScore/Scores"
LICENCE = "scans public domain, boxes CC0 1.0"
USE: Use = "evaluation"
DINOSCORE = Remote(
    name="dinoscore",
    folder="scans/dinoscore",
    repositories=(Repository("DiNoScore/Scores", "9af9dba7e40964291b73a8175432ae946a98514f"),),
    rooted=False,
)
REMOTES = (DINOSCORE,)
BOXES = "staves.json"


def works(root: Path | None = None, remote: Remote = DINOSCORE) -> list[Work]:
    """All volumes, sorted by name: `path` is the folder with pages and boxes.

    Raises LabError where the data is not there.
    """
    place = remote.container(root or data())
    volumes = sorted({PurePosixPath(file.name).parts[0] for file in remote.files()})
    return [
        Work(
            name=volume,
            source="dinoscore",
            path=place / volume,
            licence=LICENCE,
            composer=", ".join(volume.split("_")[:2]),
            title=" ".join(volume.split("_")[2:]),
            use="evaluation",
            staves=2,
        )
        for volume in volumes
    ]
