"""A folder of your own scores: MusicXML, MEI, kern or LilyPond.

The licence of its works is 'your own'. A LilyPond file that another one includes is not a work.
"""

from __future__ import annotations

import re
from pathlib import Path

from scorebridge_lab.errors import LabError
from scorebridge_lab.sources.work import Work

SUFFIXES = (".ly", ".mxl", ".musicxml", ".xml", ".krn", ".mei")
_INCLUDE = re.compile(r'\\include\s+"([^"]+)"')


def works(folder: Path) -> list[Work]:
    """All scores below `folder`, sorted by path. Raises LabError where there is none."""
    if not folder.is_dir():
        raise LabError(f"{folder}: no such folder. Name a folder of scores.")
    paths = sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES)
    included = set()
    for path in paths:
        if path.suffix == ".ly":
            for name in _INCLUDE.findall(path.read_text(errors="replace")):
                included.add((path.parent / name).resolve())
    found = [
        Work(
            name="__".join(path.relative_to(folder).with_suffix("").parts),
            source=folder.name,
            path=path,
            licence="your own",
            title=path.stem,
        )
        for path in paths
        if path.resolve() not in included
    ]
    if not found:
        raise LabError(f"{folder}: no score there. Extensions that are read: {', '.join(SUFFIXES)}")
    return found
