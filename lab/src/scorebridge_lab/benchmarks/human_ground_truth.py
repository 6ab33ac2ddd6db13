"""Ground truth of human performances: when each bar sounds, and where on the scan it stands.

ASAP (Foscarin et al. 2020, CC BY-NC-SA 4.0, evaluation only) marks the beats and downbeats of
performances, and of the score played by a machine, one line a beat. Repeats are written
out in both as the player took them. So the n-th downbeat is the n-th bar that is played, and
which printed bar that is follows from the order of the print: of Mozart's sonatas from the
kern of the very edition, of the etudes and impromptus from the bars of each system (`PRINTED`) and,
in the one piece with repeats, from `ORDERS`.

Between beats time runs evenly, and so does the width of a bar on a volume's page (of the sonatas
noteheads stand where Verovio sets them, `scan_ground_truth.py`): the error of that is counted
against the alignment.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.benchmarks.kern import Print, PrintedBar, read_print
from scorebridge_lab.benchmarks.played import Played
from scorebridge_lab.benchmarks.scans_human import Performed
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.sources import asap, container

PRINTED = {
    "Chopin/Etudes_op_10/1": "2 17x3 2 8x3",
    "Chopin/Etudes_op_10/2": "7x2 6x2.5 2 3 4x2.5 2 3",
    "Chopin/Etudes_op_10/3": "+4x6 3x5 2x4 5x5 6",
    "Chopin/Etudes_op_10/4": "+4 12x3 5x2 9x3 2 4",
    "Chopin/Etudes_op_10/5": "3 6x4 3x3 11x4 5",
    "Chopin/Etudes_op_10/7": "+4 12x3 2x4 3 4 5",
    "Chopin/Etudes_op_10/8": "+2x4 2x3 2x4 3 4 5x3 2 4x3 2 2x3 2 8x3 4",
    "Chopin/Etudes_op_10/10": "+4 18x3 2x4 3 4 5",
    "Chopin/Etudes_op_10/12": "3 3x4 3 2x4 18x3 4",
    "Chopin/Etudes_op_25/1": "+11x3 2x2 3x3 4",
    "Chopin/Etudes_op_25/2": "+5 3x4 5 6x4 2x5 2x4 6",
    "Chopin/Etudes_op_25/4": "+11x4 3 4 5 4 6",
    "Chopin/Etudes_op_25/5": "+2x6 3x5 3x6 5x5 7x4 4x6 10 7",
    "Chopin/Etudes_op_25/8": "2 10x3 4",
    "Chopin/Etudes_op_25/10": "8x3 4 3x6 5 4 3x5 2x4 5 2x4 2x5 4 2x3 2x2 4",
    "Chopin/Etudes_op_25/11": "5 2x2 3 40x2 4",
    "Chopin/Etudes_op_25/12": "2 4x3 7x2 3x3 2 3 2x2 8x3 5x2 3",
    "Schubert/Impromptu_op.90_D.899/1": "4x7 8 6 9x4 5 6 7 5 6 2x4 2x5 4x3 4 5 4 3 4 5 6 2x5 4"
    " 5 8 9",
    "Schubert/Impromptu_op.90_D.899/2": "+13x5 3x4 15x6 4 9x5 8x4 6x6",
    "Schubert/Impromptu_op.90_D.899/3": "33x2 2x2.5 6x2 3",
    "Schubert/Impromptu_op.90_D.899/4": "3 3x5 4 8 7x5 9x4 3 10x6 3x4 3x5 4 7 11x4 5 5x4 6",
}
"""Bars of each printed system, "3x4" for three systems of four; .5 where a bar is broken at the
end of a line; "+" where an upbeat counts as the first. Counted by the page reader, and by eye
where its sum was not that of the score."""
ORDERS = {
    "Schubert/Impromptu_op.90_D.899/4": ((1, 122), (107, 120), (123, 160), (125, 160), (161, 277)),
    "Schubert/Impromptu_op.90_D.899/4_no_repeat": ((1, 120), (123, 277)),
}
"""First and last bars of what is played, in order; all from begin to end elsewhere."""
UPBEAT = 0.1  # of a bar, for an upbeat shorter than a beat


def played_by(one: Performed) -> Played:
    """What is played when in a performance of `scans-human`. Raises LabError as `read_beats`."""
    beats = read_beats(asap.ASAP.container(data()), one.member)
    if one.piece in PRINTED:
        folder = str(PurePosixPath(one.member).parent).removeprefix("asap/")
        return played_volume(one.piece, folder, beats)
    return played_kern(read_print(one.score.with_suffix(".krn")), beats)


@dataclass(frozen=True, slots=True)
class Beats:
    """ASAP's beats of one performance."""

    times: NDArray[np.float64]
    """[beats], seconds of the performance, rising."""
    bars: NDArray[np.float64]
    """[beats], bars that have been played until then; below 0 in an upbeat."""
    meter: str
    """That of the beginning, as "3/4"."""


def read_beats(archive: Path, member: str) -> Beats:
    """Beats of a performance. Raises LabError where its beats are not those of the score.

    archive : zip or folder that holds ASAP (`sources.container`).
    member : the performance's MIDI file in it.
    """
    folder = str(PurePosixPath(member).parent)
    played = _lines(container.read(archive, member.removesuffix(".mid") + "_annotations.txt"))
    score = _lines(container.read(archive, f"{folder}/midi_score_annotations.txt"))
    down = np.array([label.startswith("db") for _, label in score])
    if [label.startswith("db") for _, label in played] != down.tolist():
        raise LabError(f"{member}: {len(played)} beats, its score has {len(score)}")
    clock = np.array([time for time, _ in score])
    first = np.flatnonzero(down)
    lasting = np.diff(clock[first])
    edges = np.append(clock[first], clock[first[-1]] + lasting[-1])
    bars = np.interp(clock, edges, np.arange(len(edges)))
    bars[: first[0]] = (clock[: first[0]] - clock[first[0]]) / lasting[0]
    meter = next((label.split(",")[1] for _, label in score if label.count(",")), "")
    meter = meter or score[first[0]][1].split(",")[1]
    return Beats(np.array([time for time, _ in played]), bars, meter)


def _lines(data: bytes) -> list[tuple[float, str]]:
    rows = (line.split("\t") for line in data.decode().splitlines() if line.strip())
    return [(float(row[0]), row[2]) for row in rows]


def printed(piece: str, upbeat: float = UPBEAT) -> Print:
    """The print of a piece of a volume; its unit of time is the bar, bar n begins at n.

    upbeat : how much of a bar the upbeat is, where there is one.
    """
    text = PRINTED[piece]
    counts: list[float] = []
    for item in text.removeprefix("+").split():
        times, _, count = item.rpartition("x")
        counts += [float(count)] * int(times or 1)
    now = 0.0 if text.startswith("+") else 1.0
    bars: list[PrintedBar] = []
    for system, count in enumerate(counts):
        stop = now + count
        while now < stop:
            end = min(np.floor(now) + 1, stop)
            bars.append(PrintedBar(now, float(end), system))
            now = float(end)
    if text.startswith("+"):
        bars[0] = PrintedBar(1 - upbeat, 1.0, 0)
    return Print(tuple(bars), now, True, {}, {})


def played_volume(piece: str, folder: str, beats: Beats) -> Played:
    """A performance of a piece of a volume. folder : of ASAP, below the composer's."""
    print_ = printed(piece, max(-float(beats.bars[0]), 0.0) or UPBEAT)
    order = ORDERS.get(folder, ((1, round(print_.end) - 1),))
    spans = [(float(first), float(last + 1)) for first, last in order]
    spans[0] = (min(spans[0][0], print_.bars[0].start), spans[0][1])
    return along(print_, beats, spans, 1.0 - spans[0][0])


def played_kern(print_: Print, beats: Beats) -> Played:
    """A performance of a kern file's print, in that of its orders which lasts as long."""
    over, under = (int(n) for n in beats.meter.split("/"))
    bar = 4 * over / under  # quarters
    lasts = bar * (np.floor(beats.bars[-1]) + 1)
    first = print_.bars[0]
    upbeat = first.end - first.start
    upbeat = upbeat if upbeat < bar - 1e-3 else 0.0
    best: tuple[float, list[tuple[float, float]]] | None = None
    for order in (None, *print_.orders):
        spans = print_.stretches(order)
        differs = abs(sum(end - start for start, end in spans) - upbeat - lasts)
        if best is None or differs < best[0]:
            best = differs, spans
    if best is None or best[0] > bar:
        raise LabError(f"{lasts:g} quarters are played, which no order of the kern has")
    return along(print_, Beats(beats.times, beats.bars * bar, ""), best[1], upbeat)


def along(print_: Print, beats: Beats, spans: list[tuple[float, float]], upbeat: float) -> Played:
    """Lays beats along what is played.

    Parameters
    ----------
    beats : `bars` in the print's unit.
    spans : of the print, in the order they are played.
    upbeat : length of what comes before the first downbeat.

    It ends with the last beat: the beats do not give the length of the last chord.
    """
    reached, times = beats.bars + upbeat, beats.times
    if reached[0] > 0:  # an upbeat without a beat of its own: at the tempo that follows
        pace = (times[1] - times[0]) / (reached[1] - reached[0])
        reached = np.append(0.0, reached)
        times = np.append(max(0.0, times[0] - pace * reached[1]), times)
    stretches, before = [], 0.0
    for start, end in spans:
        after = min(before + end - start, float(reached[-1]))
        end = start + after - before
        inside = (reached > before + 1e-6) & (reached < after - 1e-6)
        clock = np.interp([before, after], reached, times)
        stretches.append(
            (
                np.concatenate([[clock[0]], times[inside], [clock[1]]]),
                np.concatenate([[start], reached[inside] - before + start, [end]]),
            )
        )
        before = after
    return Played(print_, np.zeros(0), tuple(stretches))
