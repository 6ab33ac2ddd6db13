"""`scorebridge-lab evaluate parts`: are the pieces of a volume found, and no others?

The six DiNoScore volumes have a box for every system; how many pieces they hold is known from
their titles. The scans of `truth.sets` are one piece each. A volume is right when it
has as many parts as pieces; where they begin was looked at once, page by page, and agrees.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from scorebridge.retrieval.volumes import parts_of
from scorebridge.types import Place
from scorebridge_lab.errors import LabError

PIECES = {
    "Chopin_Frdric_Preludes_Op.28": 24,
    "Chopin_Frdric_Waltzes_Op.64": 3,
    "Chopin_Frdric_tudes_Op.10": 12,
    "Chopin_Frdric_tudes_Op.25": 12,
    "Schubert_Franz_4_Impromptus_D.899": 4,
    "Schumann_Robert_Album_fr_die_Jugend_Op.68": 43,
}


@dataclass(frozen=True)
class Parts:
    """One score: how many systems, pieces and parts found."""

    name: str
    systems: int
    pieces: int
    found: int
    pages: tuple[int, ...]
    """On which each part begins."""


def read_boxes(volume: Path) -> tuple[Place, ...]:
    """The labelled systems of a volume as places, in reading order; columns only number them."""
    try:
        staves = json.loads((volume / "staves.json").read_text("utf-8"))["staves"]
    except OSError as error:
        raise LabError(f"{volume}: no staves.json there ({error.strerror}).") from error
    rows = sorted((s["page"], *s["start"][::-1], *s["end"][::-1]) for s in staves)
    return tuple(
        Place(page + 1, 1, (x0, y0, x1, y1), x0, x1, k, k + 1)
        for k, (page, y0, x0, y1, x1) in enumerate(rows)
    )


def volume_parts(data: Path) -> list[Parts]:
    """The labelled volumes."""
    out = []
    for name, pieces in PIECES.items():
        places = read_boxes(data / "scans" / "dinoscore" / name)
        parts = parts_of(places)
        firsts = tuple(p.first_page for p in parts)
        out.append(Parts(name, len(places), pieces, len(parts), firsts))
    return out


def single_parts(scores: dict[str, tuple[Place, ...]]) -> list[Parts]:
    """Scores of one piece each, by name."""
    out = []
    for name, places in scores.items():
        parts = parts_of(places)
        out.append(Parts(name, len(places), 1, len(parts), tuple(p.first_page for p in parts)))
    return out
