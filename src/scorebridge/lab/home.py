"""Where the lab reads its sources and keeps what it makes."""

from __future__ import annotations

import os
from pathlib import Path

from scorebridge.errors import LabError


def data() -> Path:
    """The folder of public sources: `$SCOREBRIDGE_DATA`, else `../shared/data`."""
    folder = Path(os.environ.get("SCOREBRIDGE_DATA", "../shared/data"))
    if not folder.is_dir():
        raise LabError(
            f"{folder}: no source data there. Set SCOREBRIDGE_DATA to the folder that holds"
            " scores/, scans/, recordings/ and pianos/."
        )
    return folder


def home() -> Path:
    """The lab's own folder: `$SCOREBRIDGE_LAB`, else `./lab-data`; made when missing."""
    folder = Path(os.environ.get("SCOREBRIDGE_LAB", "lab-data"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
