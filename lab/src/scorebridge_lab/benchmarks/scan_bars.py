"""The sets `bars` and `bars-human`: the bars of a scan and when each sounds in a recording of it.

Scans and recordings are those of `scans-straight`, or those of `scans-human`. The time of a bar
comes from the kern, in Verovio's clock, or from ASAP's beats (`human_ground_truth.py`), once for
each time that it is played. Its place comes from the line breaks, which give the bars of each
system, and from the barlines that the page reader finds there. Systems in which it finds another
number of bars are left out, so no place is guessed. About 2 s a piece the first time (and reading
of pages that were not read yet); then a table on the disk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from scorebridge.encode.info import EncoderInfo
from scorebridge.types import Place
from scorebridge_lab.benchmarks import scans_human, scans_straight
from scorebridge_lab.benchmarks.cached import cached_strip, restore
from scorebridge_lab.benchmarks.document_sets import Documents, DocumentSet
from scorebridge_lab.benchmarks.evaluation_set import write_manifest
from scorebridge_lab.benchmarks.human_ground_truth import played_by
from scorebridge_lab.benchmarks.played import Played, play, read_source
from scorebridge_lab.benchmarks.scan_ground_truth import in_order
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data, home, save_arrays
from scorebridge_lab.workers import cause_of, run_isolated

VERSION = 3
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
class KnownBars:
    """The documents, and every bar whose place and time are known."""

    documents: Documents
    bars: NDArray[Any]
    """`BARS` records."""
    left_out: dict[str, str]
    """Recordings without bars, and the cause."""


def bars_of(
    played: Played, places: tuple[Place, ...], piece: int = 0, recording: int = 0
) -> NDArray[Any]:
    """`BARS` records of one recording; a repeated bar has one for each time it is played.

    places : of the scan's systems, with their bars, in the order of the music.

    Raises LabError where the page does not have the print's systems.
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


@dataclass(frozen=True)
class BarSet:
    """An `EvaluationSet` of bars, on the documents of another set."""

    name: str
    version: int
    about: str
    of: DocumentSet

    def build(self, fresh: bool = False) -> None:
        """See `EvaluationSet`. fresh : read the pages and count the bars again."""
        if fresh:
            self._table(False).unlink(missing_ok=True)
        self.ground_truth()

    def scores(self) -> list[Path]:
        """See `EvaluationSet`."""
        return self.of.scores()

    def recordings(self) -> list[Path]:
        """See `EvaluationSet`."""
        return self.of.recordings()

    def ground_truth(self, by_page: bool = False) -> KnownBars:
        """The bars, computed where the table is missing. Raises LabError where no bar is known.

        by_page : columns of strips scaled by the page's width, see `encode.encoder.Encoder`.
        """
        documents, table = self.of.documents(), self._table(by_page)
        if not table.exists():
            found, left_out = _find_bars(documents, by_page, self.of is scans_human.SET)
            save_arrays(table, bars=found, left_out=np.array(json.dumps(left_out)))
        with np.load(table) as stored:
            return KnownBars(documents, stored["bars"], json.loads(str(stored["left_out"])))

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        found = self.ground_truth()
        scores, recordings = found.documents.scores, found.documents.recordings
        facts = {
            "pieces with bars": len(np.unique(found.bars["piece"])),
            "bars": len(found.bars),
            "left out": found.left_out,
        }
        files = {path.name: path for path in map(Path, (*scores, *recordings))}
        counts = (len(scores), len(recordings))
        return write_manifest(self, files, counts, facts, found.bars.tobytes())

    def _table(self, by_page: bool) -> Path:
        ending = "" if self.of is scans_straight.SET else f"-{self.of.name}"
        ending += "-by-page" if by_page else ""
        return home() / "sets" / "bars" / f"bars-{self.version}{ending}.npz"


def _find_bars(
    documents: Documents, by_page: bool, human: bool
) -> tuple[NDArray[Any], dict[str, str]]:
    performed = scans_human.human_performances() if human else []

    def read(recording: int) -> NDArray[Any]:
        piece = documents.score_of[recording]
        scan = Path(documents.scores[piece])
        if performed:
            played = played_by(performed[recording])
        else:
            played = play(read_source(scan.with_suffix(".krn")), None)
        places = in_order(
            restore(cached_strip(scan, EncoderInfo("", 0, by_page=by_page))).places, scan
        )
        return bars_of(played, places, piece, recording)

    parts, left_out = [], {}
    jobs = range(len(documents.recordings))
    for number, found, error in track(run_isolated(read, jobs, 1, 900), "bars", len(jobs)):
        if error is None:
            parts.append(found)
        else:
            left_out[Path(documents.recordings[number]).stem] = cause_of(error)
    if not parts:
        raise LabError(f"{data() / 'scans'}: no scan with known bars")
    return np.sort(np.concatenate(parts), order=["piece", "recording", "bar", "start"]), left_out


BARS_STRAIGHT = BarSet("bars", VERSION, "every bar of `scans-straight`", scans_straight.SET)
BARS_HUMAN = BarSet("bars-human", VERSION, "every bar of `scans-human`", scans_human.SET)
