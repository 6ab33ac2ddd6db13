"""Alignment on real scans, with audio from the kern of the very edition or with human performances.

    scorebridge-lab evaluate alignment                # all, 12 minutes of one core the first time
    scorebridge-lab evaluate alignment --stride 8     # every eighth piece

Ground truth: `benchmarks/scan_ground_truth.py`; orders of the sections: `played_scans.py`. Compared
every `STEP` s of the music:

within one bar   share of the time at which the place is at most one bar from the ground truth;
                 moments that the alignment leaves out count as wrong
bars             median distance in bars
page widths      median distance along the unrolled score in widths of the page (P2 section 6)
sections         share of the true stretches that a section begins with (2 s, one bar), and of
                 the sections that begin one

Development used the pieces of `is_development`; the table keeps them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from scorebridge.alignment.align import align_encoded
from scorebridge.alignment.baselines import linear_baseline, plain_dtw
from scorebridge.encode.encoder import Encoder
from scorebridge.errors import ScorebridgeError
from scorebridge.types import Alignment, Encoded
from scorebridge_lab.benchmarks import scans_human
from scorebridge_lab.benchmarks.cached import cached_recording, cached_score
from scorebridge_lab.benchmarks.document_sets import scan_pieces
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.benchmarks.human_ground_truth import PRINTED, played_by
from scorebridge_lab.benchmarks.played import Played, play
from scorebridge_lab.benchmarks.played_scans import (
    ORDERS,
    cache_path,
    encode_orders,
    make_played_scan,
    played_scan,
)
from scorebridge_lab.benchmarks.scan_ground_truth import (
    Inside,
    ScanGroundTruth,
    in_order,
    scan_ground_truth,
)
from scorebridge_lab.home import data
from scorebridge_lab.workers import run_isolated

STEP = 0.5  # s between the moments that are compared
METHODS: dict[str, Callable[[Encoded, Encoded], Alignment]] = {
    "linear": linear_baseline,
    "DTW (P2)": plain_dtw,
    "jumps": align_encoded,
}
CONFIDENCE_EDGES = (0.0, 0.3, 0.5, 0.7, 0.85, 0.95)  # lower ends of classes of confidence


def is_development(piece: Path) -> bool:
    """Whether methods were developed on a piece: a third of the sonatas, some ragtimes."""
    if piece.stem.startswith("sonata"):
        return int(piece.stem[6:8]) % 3 == 1
    return piece.stem in {"antoinette", "bethena", "entertainer", "heliotrope", "mapleleaf"} | {
        "solace",
        "sunflower",
    }


@dataclass(frozen=True)
class AlignedRecording:
    """Figures of one recording aligned by one method."""

    piece: str
    order: str
    method: str
    development: bool
    seconds: float
    within: float
    """Share of the time within one bar."""
    bars: float
    """Median distance in bars; infinite when most of the music was left out."""
    widths: float
    """The same in page widths."""
    stretches: int
    sections: int
    begun: int
    """True stretches that a section begins with."""
    trust: tuple[tuple[int, int, float], ...]
    """For each of `CONFIDENCE_EDGES`: moments in bars of such confidence, those within one bar of
    the ground truth, and the sum of their confidences."""


def evaluate(
    encoder: Encoder,
    stride: int = 1,
    limit: int = 0,
    methods: Sequence[str] = tuple(METHODS),
    fresh: bool = False,
) -> tuple[list[AlignedRecording], dict[str, str]]:
    """Every `stride`-th scan, at most `limit` (0: all), played from its kern in every order.

    fresh : read the scans again, where the page reader changed but the encoder did not.

    Returns the figures, and by piece the cause why it is left out.
    """
    chosen = thinned(scan_pieces(data()), stride, limit)
    causes: dict[str, str] = {}
    missing = [p for p in chosen if not cache_path(p).exists()]
    runs = run_isolated(make_played_scan, missing, 1, 3600)
    for job, _, error in track(runs, "sound", len(missing)):
        if error:
            causes[job.stem] = error
    rows: list[AlignedRecording] = []
    for piece in track(chosen, "aligning"):
        if piece.stem in causes:
            continue
        try:
            rows += evaluate_piece(piece, encoder, methods, fresh)
        except ScorebridgeError as error:
            causes[piece.stem] = str(error)
    return rows, causes


def evaluate_human(
    encoder: Encoder,
    stride: int = 1,
    limit: int = 0,
    methods: Sequence[str] = tuple(METHODS),
    fresh: bool = False,
) -> tuple[list[AlignedRecording], dict[str, str]]:
    """As `evaluate`, on performances of `scans-human`, by their downbeats."""
    rows: list[AlignedRecording] = []
    causes: dict[str, str] = {}
    chosen = thinned(scans_human.human_performances(), stride, limit)
    scans_human.make_performances(chosen)
    for one in track(chosen, "aligning"):
        name = f"{one.recording.stem.split('__')[0]}/{one.recording.stem}"
        try:
            score, played, truth = human_pair(one, encoder, fresh)
            recording = cached_recording(one.recording, encoder)
            for method in methods:
                alignment = METHODS[method](score, recording)
                rows.append(_figures(_Case(name, False, "human", method), played, truth, alignment))
        except ScorebridgeError as error:
            causes[name] = str(error)
    return rows, causes


def human_pair(
    one: scans_human.Performed, encoder: Encoder, fresh: bool = False
) -> tuple[Encoded, Played, ScanGroundTruth]:
    """The score of a performance, what is played when, and where that stands."""
    played = played_by(one)
    inside: Inside = {} if one.piece in PRINTED else played_scan(one.score).inside
    score = cached_score(one.score, encoder, fresh=fresh)
    return score, played, scan_ground_truth(played.print, score.places, inside)


def evaluate_piece(
    piece: Path, encoder: Encoder, methods: Sequence[str], fresh: bool = False
) -> Iterator[AlignedRecording]:
    """All orders of one piece by all methods (those of P2 only where nothing jumps)."""
    scan = played_scan(piece)
    score = cached_score(piece, encoder, fresh=fresh)
    truth = scan_ground_truth(scan.source.print, in_order(score.places, piece), scan.inside)
    name = f"{piece.parent.name}/{piece.stem}"
    for order, recording in encode_orders(piece, scan, encoder).items():
        played = play(scan.source, ORDERS[order])
        for method in methods:
            if len(played.stretches) == 1 or method == "jumps":
                alignment = METHODS[method](score, recording)
                case = _Case(name, is_development(piece), order, method)
                yield _figures(case, played, truth, alignment)


@dataclass(frozen=True)
class _Case:
    """What is aligned, and how."""

    piece: str
    development: bool
    order: str
    method: str


def _figures(
    case: _Case, played: Played, truth: ScanGroundTruth, alignment: Alignment
) -> AlignedRecording:
    begin = float(played.stretches[0][0][0])
    times = np.arange(begin + STEP / 2, played.duration, STEP)
    bars, widths = distances(alignment, played, truth, times)
    true = _begins(played)
    found = [(s.start_s, s.first_bar) for s in alignment.sections]
    return AlignedRecording(
        piece=case.piece,
        order=case.order,
        method=case.method,
        development=case.development,
        seconds=played.duration - begin,
        within=float((bars <= 1).mean()),
        bars=float(np.median(bars)),
        widths=float(np.median(widths)),
        stretches=len(true),
        sections=len(found),
        begun=sum(_begins_with(found, start, bar) for start, bar in true),
        trust=_by_confidence(alignment, times, bars <= 1),
    )


def _by_confidence(
    alignment: Alignment, times: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[tuple[int, int, float], ...]:
    starts = np.array([bar.start_s for bar in alignment.bar_confidence])
    confidence = np.array([bar.confidence for bar in alignment.bar_confidence])
    bar = np.searchsorted(starts, times, side="right") - 1
    confidence, right = confidence[bar[bar >= 0]], right[bar >= 0]
    kind = np.searchsorted(CONFIDENCE_EDGES, confidence, side="right") - 1
    return tuple(
        (int((kind == k).sum()), int(right[kind == k].sum()), float(confidence[kind == k].sum()))
        for k in range(len(CONFIDENCE_EDGES))
    )


def by_confidence(rows: Sequence[AlignedRecording]) -> list[tuple[float, float, float]]:
    """For each class of bars' confidences that occurs: mean confidence, share right, share of all.

    Only the method that gives confidences counts.
    """
    counted = [row.trust for row in rows if row.method == "jumps"]
    if not counted:
        return []
    total = np.sum(counted, axis=0)
    moments = max(total[:, 0].sum(), 1)
    return [(c / n, r / n, n / moments) for n, r, c in total.tolist() if n]


def distances(
    alignment: Alignment, played: Played, truth: ScanGroundTruth, times: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Distance from the ground truth at each time, in bars and in page widths.

    The nearest point counts, at its own time, if it is not more than `STEP` away; without one the
    distance is infinite.
    """
    bars, widths = np.full((2, len(times)), np.inf)
    at = np.array([p.time_s for p in alignment.points])
    if not len(at):
        return bars, widths
    nearest = np.abs(at[None] - times[:, None]).argmin(1)
    close = np.abs(at[nearest] - times) <= STEP
    place = truth.unrolled(alignment)[nearest[close]]
    true = played.bar_at(at[nearest[close]])
    bars[close] = np.abs(truth.bar(place) - true)
    widths[close] = np.abs(place - truth.place(true))
    return bars, widths


def _begins(played: Played) -> list[tuple[float, int]]:
    """When each stretch begins, and with which bar (from 1)."""
    starts = np.array([bar.start for bar in played.print.bars])
    return [
        (float(seconds[0]), int(np.searchsorted(starts, quarters[0] + 1e-3, side="right")))
        for seconds, quarters in played.stretches
    ]


def _begins_with(found: Sequence[tuple[float, int | None]], start: float, bar: int) -> bool:
    return any(
        abs(time - start) <= 2 and number is not None and abs(number - bar) <= 1
        for time, number in found
    )


@dataclass(frozen=True)
class AlignmentLine:
    """One line of the table: a set of recordings by one method."""

    what: str
    recordings: int
    minutes: float
    within: float
    """Share of all the time."""
    worst: float
    """The lowest share of a recording."""
    bars: float
    """Median over recordings of their median distance."""
    widths: float
    found: float
    """Share of the true stretches that a section begins with."""
    right: float
    """Share of the sections that begin one."""


def summary(rows: Sequence[AlignedRecording]) -> list[AlignmentLine]:
    """Lines by method, order and set; each set's development pieces and the others apart."""
    lines = []
    sets = sorted({row.piece.split("/")[0] for row in rows}, reverse=True)
    for method in dict.fromkeys(row.method for row in rows):
        for order in (*ORDERS, "human"):
            for name in [*sets, ""]:
                for part in (True, False, None):
                    mine = [
                        row
                        for row in rows
                        if (row.method, row.order) == (method, order)
                        and row.piece.startswith(name)
                        and part in (None, row.development)
                    ]
                    alone = part is None and len({row.development for row in mine}) == 1
                    if mine and not alone and (name or len(sets) > 1):
                        label = {True: "developed on", False: "others", None: "all"}[part]
                        lines.append(_line(f"{method}, {order}, {name or 'both'}, {label}", mine))
    return lines


def _line(what: str, rows: Sequence[AlignedRecording]) -> AlignmentLine:
    seconds = np.array([row.seconds for row in rows])
    within = np.array([row.within for row in rows])
    return AlignmentLine(
        what=what,
        recordings=len(rows),
        minutes=float(seconds.sum() / 60),
        within=float(within @ seconds / seconds.sum()),
        worst=float(within.min()),
        bars=float(np.median([row.bars for row in rows])),
        widths=float(np.median([row.widths for row in rows])),
        found=sum(row.begun for row in rows) / sum(row.stretches for row in rows),
        right=min(1.0, sum(row.begun for row in rows) / max(1, sum(r.sections for r in rows))),
    )
