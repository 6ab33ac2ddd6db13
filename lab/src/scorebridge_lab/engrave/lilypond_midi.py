"""LilyPond's MIDI files: events in seconds, and the tick of a moment.

LilyPond plays grace notes at 9/40 of their length, before the beat. Its clock starts at the first
of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import symusic
from numpy.typing import NDArray

from scorebridge_lab.engrave.engraving import EVENT

TICKS_PER_WHOLE = 384 * 4
GRACE = Fraction(9, 40)  # of the written length


@dataclass(frozen=True)
class MidiEvents:
    """The notes of one MIDI file."""

    ticks: NDArray[np.int64]
    """[events], start of each event."""
    events: NDArray[Any]
    """[events] `EVENT` records, sorted by onset and pitch; one per tick and pitch."""


def ticks_of(moments: Sequence[tuple[Fraction, Fraction]]) -> NDArray[np.int64]:
    """Ticks since main moment 0 of (main, grace) moments in whole notes.

    Truncated towards zero, as LilyPond does.
    """
    return np.array([int((m + g * GRACE) * TICKS_PER_WHOLE) for m, g in moments], np.int64)


def read_midi(path: Path) -> MidiEvents:
    """Read one MIDI file; notes struck twice at once (two voices) become one event."""
    score: Any = symusic.Score(path)
    notes: dict[tuple[int, int], tuple[int, int]] = {}
    for track in score.tracks:
        for note in track.notes:
            key = (note.time, note.pitch)
            duration, velocity = notes.get(key, (0, 0))
            notes[key] = (max(duration, note.duration), max(velocity, note.velocity))
    order = sorted(notes)
    starts = np.array([tick for tick, _ in order], np.int64)
    durations = np.array([notes[key][0] for key in order], np.int64)
    pitches = np.array([pitch for _, pitch in order], np.int64)
    # A repeated note ends the one before it.
    for pitch in np.unique(pitches):
        mine = np.flatnonzero(pitches == pitch)
        durations[mine[:-1]] = np.minimum(durations[mine[:-1]], np.diff(starts[mine]))
    seconds = _clock(score)
    events = np.zeros(len(order), EVENT)
    events["onset"] = seconds(starts)
    events["duration"] = seconds(starts + durations) - events["onset"]
    events["pitch"] = pitches
    events["velocity"] = [notes[key][1] for key in order]
    return MidiEvents(starts, events)


def _clock(score: Any) -> Any:
    """A function from ticks (int array) to seconds, by the file's tempo marks."""
    marks = {0: 500_000}  # microseconds per quarter by default
    for tempo in score.tempos:
        marks[tempo.time] = tempo.mspq
    ticks = np.array(sorted(marks), np.float64)
    rate = np.array([marks[int(t)] for t in ticks]) / 1e6 / score.ticks_per_quarter
    starts = np.concatenate([[0.0], np.cumsum(np.diff(ticks) * rate[:-1])])

    def seconds(at: NDArray[np.int64]) -> NDArray[np.float64]:
        k = np.searchsorted(ticks, at, side="right") - 1
        return starts[k] + (at - ticks[k]) * rate[k]

    return seconds


def joined_onsets(
    performance: MidiEvents, ticks: NDArray[np.int64], pitches: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Onset of each notehead: that of the event which starts at its tick with its pitch.

    Parameters
    ----------
    ticks : int [heads], from `ticks_of`; the MIDI may start a few grace notes earlier or
        later; the shift with the most hits is used.
    pitches : int [heads], MIDI.

    Returns
    -------
    float64 [heads], seconds; NaN where no event starts (tied notes).
    """
    index = {
        (int(t), int(p)): k
        for k, (t, p) in enumerate(zip(performance.ticks, performance.events["pitch"], strict=True))
    }
    onsets = np.full(len(ticks), np.nan)
    if not index or not len(ticks):
        return onsets
    # Grace notes at the very beginning push the rest back by their length.
    shifts = {0, -int(ticks.min()), int(performance.ticks.min() - ticks.min())}

    def hits(shift: int) -> int:
        pairs = zip(ticks.tolist(), pitches.tolist(), strict=True)
        return sum((t + shift, p) in index for t, p in pairs)

    shift = max(sorted(shifts, key=abs), key=hits)
    for k, (tick, pitch) in enumerate(zip(ticks.tolist(), pitches.tolist(), strict=True)):
        for near in (0, -1, 1):  # a tick is lost where LilyPond rounds a sum of graces
            if (found := index.get((tick + shift + near, pitch))) is not None:
                onsets[k] = performance.events["onset"][found]
                break
    return onsets
