"""The evaluation set `bars`: which bar of a scan sounds when in a recording of that scan.

Scans and recordings are those of `scans-straight`, or those of `scans-human`. When a bar sounds
says the kern, in Verovio's clock, or ASAP's beats (`human.py`), each time that it is played; where
it stands say the line breaks, which name the bars of each system, and the barlines that the page
reader found there. Systems in which it found another number of bars are left out, so no place is
guessed. About 2 s a piece the first time (and reading of pages that were not read yet); then a
table on the disk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from scorebridge.types import Place
from scorebridge_lab.benchmarks.cached import kept_strip, restore
from scorebridge_lab.benchmarks.human import played_by
from scorebridge_lab.benchmarks.played import Played, play, read_source
from scorebridge_lab.benchmarks.scans import in_order
from scorebridge_lab.benchmarks.sets import SETS, Linked, human_performances
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data, home, keep_arrays
from scorebridge_lab.manifest import keep_manifest
from scorebridge_lab.workers import cause_of, run_isolated

VERSION = 3
SetWithBars = Literal["scans-straight", "scans-human"]
BARS = np.dtype(
    [
        ("piece", "i4"),  # the number of its score in the set
        ("recording", "i4"),  # the number of the recording
        ("bar", "i4"),  # from 1 through the print
        ("page", "i4"),
        ("system", "i4"),
        ("left", "f4"),  # column of the unrolled score
        ("right", "f4"),
        ("start", "f4"),  # s of the recording
        ("end", "f4"),
    ]
)


@dataclass(frozen=True)
class BarSet:
    """The documents, and every bar whose place and time are known."""

    linked: Linked
    bars: NDArray[Any]
    """`BARS` records."""
    left_out: dict[str, str]
    """Recordings without bars, and why."""


def bars_of(
    played: Played, places: tuple[Place, ...], piece: int = 0, recording: int = 0
) -> NDArray[Any]:
    """`BARS` records of one recording, a bar that is repeated once for each time it is played.

    places : of the scan's systems, with their bars, in the order of the music.

    Raises LabError where the page has not the print's systems.
    """
    print_ = played.print
    if not print_.breaks:
        raise LabError("its kern marks no line breaks")
    if len(places) != print_.systems:
        raise LabError(f"{len(places)} systems found, the print has {print_.systems}")
    rows = []
    for number, place in enumerate(places):
        held = [k for k, bar in enumerate(print_.bars) if bar.system == number]
        if len(held) != len(place.bars):
            continue
        known = np.array(place.xs or (place.x0, place.x1))
        columns = np.linspace(place.start, place.stop, len(known))
        for k, edges in zip(held, place.bars, strict=True):
            left, right = np.interp(edges, known, columns)
            bar = print_.bars[k]
            for seconds, reached in played.stretches:
                if bar.start < reached[0] - 1e-3 or bar.end > reached[-1] + 1e-3:
                    continue  # not played here, or not to its end
                start, end = np.interp((bar.start, bar.end), reached, seconds)
                where = (place.page, place.system, left, right)
                rows.append((piece, recording, k + 1, *where, start, end))
    return np.array(rows, BARS)


def bars(by_page: bool = False, of: SetWithBars = "scans-straight") -> BarSet:
    """Build (or find) the set. by_page : columns of strips scaled so, see `encode.Encoder`."""
    linked = SETS[of]()
    ending = ("" if of == "scans-straight" else f"-{of}") + ("-by-page" if by_page else "")
    table = home() / "sets" / "bars" / f"bars-{VERSION}{ending}.npz"
    if not table.exists():
        found, left_out = _build(linked, by_page, of)
        keep_arrays(table, bars=found, left_out=np.array(json.dumps(left_out)))
    with np.load(table) as stored:
        return BarSet(linked, stored["bars"], json.loads(str(stored["left_out"])))


def _build(linked: Linked, by_page: bool, of: SetWithBars) -> tuple[NDArray[Any], dict[str, str]]:
    performed = human_performances() if of == "scans-human" else []

    def read(recording: int) -> NDArray[Any]:
        piece = linked.score_of[recording]
        scan = Path(linked.scores[piece])
        if performed:
            played = played_by(performed[recording])
        else:
            played = play(read_source(scan.with_suffix(".krn")), None)
        places = in_order(restore(kept_strip(scan, by_page)).places, scan)
        return bars_of(played, places, piece, recording)

    parts, left_out = [], {}
    jobs = range(len(linked.recordings))
    for number, found, error in track(run_isolated(read, jobs, 1, 900), "bars", len(jobs)):
        if error is None:
            parts.append(found)
        else:
            left_out[Path(linked.recordings[number]).stem] = cause_of(error)
    if not parts:
        raise LabError(f"{data() / 'scans'}: no scan with known bars")
    return np.sort(np.concatenate(parts), order=["piece", "recording", "bar", "start"]), left_out


def describe() -> dict[str, Any]:
    """Build the set where needed, and say what is in it: also `sets`/bars/manifest.json."""
    found = bars()
    linked = found.linked
    files = [Path(path) for path in (*linked.scores, *linked.recordings)]
    more = {
        "pieces with bars": len(np.unique(found.bars["piece"])),
        "bars": len(found.bars),
        "left out": found.left_out,
    }
    return keep_manifest(
        "bars",
        VERSION,
        len(linked.scores),
        len(linked.recordings),
        {path.name: path for path in files},
        more,
        found.bars.tobytes(),
    )
