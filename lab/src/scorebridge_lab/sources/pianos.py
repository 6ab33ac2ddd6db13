"""Single notes of two sampled pianos: 151 notes, mono 22.05 kHz Ogg, at most 7 s each.

An upright (30 keys, two layers) and a grand (42 keys, two layers). `regions.csv` beside them gives
each note's key range, key centre and velocity range; the sampler of `perform.synthesize` reads it.
"""

from __future__ import annotations

from pathlib import Path

from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.sources.remote import Remote, Use

CITATION = (
    "Upright Piano KW (FreePats), https://github.com/freepats/upright-piano-KW; Splendid Grand"
    " Piano (AKAI), https://github.com/sfzinstruments/SplendidGrandPiano"
)
LICENCE = "CC0 1.0 (upright), public domain (grand)"
USE: Use = "train"
_REASON = (
    "The notes are cut, mixed to mono and re-encoded from freepats/upright-piano-KW and"
    " sfzinstruments/SplendidGrandPiano: no public repository holds these bytes. Copy the folder"
    " pianos/ from another installation into the data folder."
)
UPRIGHT = Remote(name="kw_upright", folder="pianos/kw_upright", rooted=False, unavailable=_REASON)
GRAND = Remote(
    name="splendid_grand", folder="pianos/splendid_grand", rooted=False, unavailable=_REASON
)
REMOTES = (UPRIGHT, GRAND)
REGIONS = "regions.csv"


def folder(root: Path | None = None) -> Path:
    """The folder of all pianos. Raises LabError where it is not there."""
    place = (root or data()) / "pianos"
    if not (place / REGIONS).is_file():
        raise LabError(f"{place / REGIONS}: not there. {_REASON}")
    return place
