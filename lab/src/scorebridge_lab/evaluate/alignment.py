"""Alignment judged on real scans, with audio made from the kern of the very edition.

    scorebridge-lab evaluate alignment                # all, 12 minutes of one core the first time
    scorebridge-lab evaluate alignment --every 8      # every eighth piece

Each piece is played once through the print ("straight"), in the order of its list of sections
("repeats") and in that without repeats ("norep", where that differs from both: endings are
skipped), at the written tempo, on a piano that training never hears. Truth: `truth/scans.py`.
Judged every `STEP` s of the music:

within one bar   share of the time at which the place is at most one bar from the truth;
                 moments that the alignment leaves out count as wrong
bars             median distance in bars
page widths      median distance along the unrolled score in widths of the page (P2 section 6)
sections         share of the true stretches that a section begins with (2 s, one bar), and of
                 the sections that begin one

Development used the pieces of `is_development`; the table keeps them apart. Sound and truth are
kept in the lab's home, vectors there under the encoder's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from scorebridge.alignment.align import align_encoded, linear_baseline, plain_dtw
from scorebridge.audio import spectrogram as audio
from scorebridge.encode.documents import encode_spectrum
from scorebridge.encode.encoder import Encoder
from scorebridge.errors import ScorebridgeError
from scorebridge.types import Alignment, Encoded
from scorebridge_lab.benchmarks.cached import kept_recording, kept_score, restore, save
from scorebridge_lab.benchmarks.human import PRINTED, played_by
from scorebridge_lab.benchmarks.played import Played, Source, play, read_source
from scorebridge_lab.benchmarks.scans import (
    Inside,
    ScanTruth,
    in_order,
    noteheads_inside,
    scan_truth,
)
from scorebridge_lab.benchmarks.sets import Performed, human_performances, scan_pieces, scans_human
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data, home, keep_arrays
from scorebridge_lab.perform.synthesize import UNSEEN_FONT, render
from scorebridge_lab.workers import run_isolated

STEP = 0.5  # s between the moments that are judged
ORDERS: dict[str, str | None] = {"straight": None, "norep": "norep", "repeats": ""}
METHODS: dict[str, Callable[[Encoded, Encoded], Alignment]] = {
    "linear": linear_baseline,
    "DTW (P2)": plain_dtw,
    "jumps": align_encoded,
}
TRUST = (0.0, 0.3, 0.5, 0.7, 0.85, 0.95)  # lower ends of the classes of confidence


def is_development(piece: Path) -> bool:
    """Whether methods were developed on a piece: a third of the sonatas, some ragtimes."""
    if piece.stem.startswith("sonata"):
        return int(piece.stem[6:8]) % 3 == 1
    return piece.stem in {"antoinette", "bethena", "entertainer", "heliotrope", "mapleleaf"} | {
        "solace",
        "sunflower",
    }


@dataclass(frozen=True)
class Judged:
    """One recording aligned by one method."""

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
    """For each of `TRUST`: moments in bars of such confidence, those within one bar of the truth,
    and the sum of their confidences."""


@dataclass(frozen=True)
class _Truth:
    """What is kept of a piece: everything that no encoder changes."""

    source: Source
    inside: Inside
    spectra: dict[str, NDArray[np.float32]]
    """Order to spectrogram."""


def evaluate(
    encoder: Encoder,
    every: int = 1,
    methods: Sequence[str] = tuple(METHODS),
    fresh: bool = False,
    workers: int = 1,
) -> tuple[list[Judged], dict[str, str]]:
    """Judge every `every`-th scan.

    fresh : read the scans again, where the page reader changed but the encoder did not.

    Returns the judgements, and by piece why it cannot be judged.
    """
    chosen = scan_pieces(data())[::every]
    reasons: dict[str, str] = {}
    made = [p for p in chosen if not _kept(p).exists()]
    for job, _, error in track(run_isolated(_make, made, workers, 3600), "sound", len(made)):
        if error:
            reasons[job.stem] = error
    rows: list[Judged] = []
    for piece in track(chosen, "aligning"):
        if piece.stem in reasons:
            continue
        try:
            rows += judge_piece(piece, encoder, methods, fresh)
        except ScorebridgeError as error:
            reasons[piece.stem] = str(error)
    return rows, reasons


def evaluate_human(
    encoder: Encoder, methods: Sequence[str] = tuple(METHODS), fresh: bool = False
) -> tuple[list[Judged], dict[str, str]]:
    """Judge the performances of the set `scans-human`, from their downbeats (`human.py`)."""
    scans_human()
    rows: list[Judged] = []
    reasons: dict[str, str] = {}
    for one in track(human_performances(), "aligning"):
        name = f"{one.recording.stem.split('__')[0]}/{one.recording.stem}"
        try:
            score, played, truth = human_pair(one, encoder, fresh)
            recording = kept_recording(one.recording, encoder)
            for method in methods:
                alignment = METHODS[method](score, recording)
                rows.append(_judge(name, False, "human", method, played, truth, alignment))
        except ScorebridgeError as error:
            reasons[name] = str(error)
    return rows, reasons


def human_pair(
    one: Performed, encoder: Encoder, fresh: bool = False
) -> tuple[Encoded, Played, ScanTruth]:
    """The score of a performance, what is played when, and where that stands."""
    played = played_by(one)
    inside: Inside = {}
    if one.piece not in PRINTED:
        if not _kept(one.score).exists():
            _make(one.score)
        inside = _load(_kept(one.score)).inside
    score = kept_score(one.score, encoder, fresh=fresh)
    return score, played, scan_truth(played.print, score.places, inside)


def judge_piece(
    piece: Path, encoder: Encoder, methods: Sequence[str], fresh: bool = False
) -> Iterator[Judged]:
    """All orders of one piece by all methods (those of P2 only where nothing jumps)."""
    kept = _load(_kept(piece))
    score, recordings = _encoded(piece, kept, encoder, fresh)
    truth = scan_truth(kept.source.print, in_order(score.places, piece), kept.inside)
    for order, recording in recordings.items():
        played = play(kept.source, ORDERS[order])
        for method in methods:
            if len(played.stretches) == 1 or method == "jumps":
                alignment = METHODS[method](score, recording)
                name = f"{piece.parent.name}/{piece.stem}"
                yield _judge(name, is_development(piece), order, method, played, truth, alignment)


def _judge(
    name: str,
    development: bool,
    order: str,
    method: str,
    played: Played,
    truth: ScanTruth,
    alignment: Alignment,
) -> Judged:
    begin = float(played.stretches[0][0][0])
    times = np.arange(begin + STEP / 2, played.duration, STEP)
    bars, widths = distances(alignment, played, truth, times)
    true = _begins(played)
    found = [(s.start_s, s.first_bar) for s in alignment.sections]
    begun = sum(_begins_with(found, start, bar) for start, bar in true)
    return Judged(
        name,
        order,
        method,
        development,
        played.duration - begin,
        float((bars <= 1).mean()),
        float(np.median(bars)),
        float(np.median(widths)),
        len(true),
        len(found),
        begun,
        _trust(alignment, times, bars <= 1),
    )


def _trust(
    alignment: Alignment, times: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[tuple[int, int, float], ...]:
    starts = np.array([bar.start_s for bar in alignment.bar_confidence])
    told = np.array([bar.confidence for bar in alignment.bar_confidence])
    bar = np.searchsorted(starts, times, side="right") - 1
    told, right = told[bar[bar >= 0]], right[bar >= 0]
    kind = np.searchsorted(TRUST, told, side="right") - 1
    return tuple(
        (int((kind == k).sum()), int(right[kind == k].sum()), float(told[kind == k].sum()))
        for k in range(len(TRUST))
    )


def trusted(rows: Sequence[Judged]) -> list[tuple[float, float, float]]:
    """For each class of bars' confidences that occurs: mean confidence, share right, share of all.

    Only the method that tells confidences counts.
    """
    total = np.sum([row.trust for row in rows if row.method == "jumps"], axis=0)
    every = max(total[:, 0].sum(), 1)
    return [(c / n, r / n, n / every) for n, r, c in total.tolist() if n]


def distances(
    alignment: Alignment, played: Played, truth: ScanTruth, times: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Distance from the truth at each time, in bars and in page widths; infinite without a point.

    The nearest point counts, at its own time, if it is not more than `STEP` away.
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


def _kept(piece: Path) -> Path:
    return home() / "alignment" / "sources" / f"{piece.parent.name}__{piece.stem}.npz"


def _make(piece: Path) -> None:
    """Read the kern, play it in all its orders, and keep the result."""
    kern = piece.with_suffix(".krn")
    source = read_source(kern)
    if not source.print.breaks:
        raise LabError("its kern marks no line breaks")
    try:
        inside = noteheads_inside(kern, source)
    except LabError:  # of three staves: bars alone, their noteheads evenly spaced
        inside = {}
    arrays: dict[str, NDArray] = {
        "events": source.events,
        "quarters": source.quarters,
        "seconds": source.seconds,
        "bars": np.array(list(inside), np.int64),
        "counts": np.array([len(times) for times, _ in inside.values()], np.int64),
        "times": np.concatenate([times for times, _ in inside.values()] or [np.zeros(0)]),
        "widths": np.concatenate([widths for _, widths in inside.values()] or [np.zeros(0)]),
    }
    done: list[list[tuple[float, float]]] = []
    for order, name in ORDERS.items():
        stretches = source.print.stretches(name)
        if stretches in done:
            continue
        done.append(stretches)
        samples = render(play(source, name).events, UNSEEN_FONT, 0)
        arrays[f"spectrum_{order}"] = audio.spectrogram(samples).astype(np.float16)
    keep_arrays(_kept(piece), print=np.array(str(kern)), **arrays)


def _load(kept: Path) -> _Truth:
    from scorebridge_lab.benchmarks.kern import read_print

    with np.load(kept) as stored:
        print_ = read_print(Path(str(stored["print"])))
        ends = np.cumsum(stored["counts"])[:-1]
        times, widths = np.split(stored["times"], ends), np.split(stored["widths"], ends)
        inside = dict(zip(stored["bars"].tolist(), zip(times, widths, strict=True), strict=False))
        spectra = {
            name.removeprefix("spectrum_"): stored[name].astype(np.float32)
            for name in stored.files
            if name.startswith("spectrum_")
        }
        source = Source(print_, stored["events"], stored["quarters"], stored["seconds"])
    return _Truth(source, inside, spectra)


def _encoded(
    piece: Path, kept: _Truth, encoder: Encoder, fresh: bool
) -> tuple[Encoded, dict[str, Encoded]]:
    """The scan and its recordings as vectors, from the lab's home where they are there."""
    folder = home() / "alignment" / encoder.name
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{piece.parent.name}__{piece.stem}"
    score = kept_score(piece, encoder, fresh=fresh)
    recordings = {}
    for order, spectrum in kept.spectra.items():
        path = folder / f"{stem}.{order}.npz"
        if not path.exists():
            save(encode_spectrum(spectrum, encoder), path)
        recordings[order] = restore(path)
    return score, recordings


@dataclass(frozen=True)
class Line:
    """One line of the table: a set of recordings by one method."""

    what: str
    recordings: int
    minutes: float
    within: float
    """Share of all the time."""
    worst: float
    """The least share of a recording."""
    bars: float
    """Median over recordings of their median distance."""
    widths: float
    found: float
    """Share of the true stretches that a section begins with."""
    right: float
    """Share of the sections that begin one."""


def summary(rows: Sequence[Judged]) -> list[Line]:
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


def _line(what: str, rows: Sequence[Judged]) -> Line:
    seconds = np.array([row.seconds for row in rows])
    within = np.array([row.within for row in rows])
    return Line(
        what,
        len(rows),
        float(seconds.sum() / 60),
        float(within @ seconds / seconds.sum()),
        float(within.min()),
        float(np.median([row.bars for row in rows])),
        float(np.median([row.widths for row in rows])),
        sum(row.begun for row in rows) / sum(row.stretches for row in rows),
        min(1.0, sum(row.begun for row in rows) / max(1, sum(row.sections for row in rows))),
    )
