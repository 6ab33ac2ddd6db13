"""Statistics of human performances (ASAP) and of synthetic performances of the same pieces.

ASAP (`sources.asap`) holds scores and performances as MIDI, each with the times of its beats. The
beats map score time to played time. A played note is matched with the nearest note of its pitch in
the score, in played time. The synthetic performance plays the score's MIDI at the mean tempo of the
human one, and is measured in the same way. About 0.3 s a piece.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import symusic
from numpy.typing import NDArray

from scorebridge_lab.engrave.engraving import EVENT
from scorebridge_lab.errors import LabError
from scorebridge_lab.perform.performance import MANNERS, play
from scorebridge_lab.sources import asap, container

NEAR = 0.3  # s within which a played note may be the score's
TOGETHER = 0.002  # s between score onsets that are one chord
MIN_BEATS = 12  # of a performance that is measured
MEASURES = {
    "tempo to the score's": "ratio",
    "beat length, whole piece": "sd of log",
    "beat to next beat": "sd of log",
    "last beats to the median": "ratio",
    "notes of a chord apart": "ms",
    "top note before its chord": "ms",
    "held to written": "ratio",
    "velocity, whole piece": "sd",
    "top note above its chord": "velocity",
    "score's notes not played": "%",
    "played notes not in the score": "%",
}


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    unit: str
    people: str
    ours: str


def read_notes(data: bytes) -> NDArray[Any]:
    """Notes of a MIDI file as `EVENT` records, sorted by onset."""
    reader: Any = symusic.Score
    score = reader.from_midi(data).to("second")
    rows = [
        (n.time, max(0.03, n.duration), n.pitch, n.velocity) for t in score.tracks for n in t.notes
    ]
    return np.array(sorted(rows), EVENT)


def beat_times(text: str) -> NDArray[np.float64]:
    """Beat times of an annotation file, s."""
    return np.array([float(line.split()[0]) for line in text.splitlines() if line.strip()])


def measures_of(
    score: NDArray[Any],
    score_beats: NDArray[np.float64],
    played: NDArray[Any],
    beats: NDArray[np.float64],
) -> dict[str, float]:
    """All of `MEASURES` for one performance.

    score, played : `EVENT` records. score_beats, beats : s, the same beats in both.
    """
    length = np.diff(beats)
    written = np.diff(score_beats)
    good = (length > 0.05) & (written > 0.05)
    pace = np.log(length[good] / written[good])
    middle = float(np.median(pace))
    inside = (score["onset"] >= score_beats[0] - 1e-3) & (score["onset"] <= score_beats[-1])
    wanted = score[inside]
    at = np.interp(wanted["onset"], score_beats, beats)
    match, spare = _match(wanted["pitch"], at, played, beats)
    found = match >= 0
    heard = played[match[found]]
    out = {
        "tempo to the score's": float(np.exp(-middle)),
        "beat length, whole piece": float(np.std(pace)),
        "beat to next beat": float(np.std(np.diff(pace))),
        "last beats to the median": float(np.exp(pace[-3:].mean() - middle)),
        "velocity, whole piece": float(np.std(played["velocity"].astype(float))),
        "score's notes not played": 100 * float(1 - found.mean()),
        "played notes not in the score": 100 * spare,
    }
    lasting = np.interp(wanted["onset"] + wanted["duration"], score_beats, beats) - at
    out["held to written"] = float(np.median(heard["duration"] / np.maximum(0.05, lasting[found])))
    out |= _chords(wanted["onset"][found], heard)
    return out


def _match(
    pitch: NDArray[Any],
    at: NDArray[np.float64],
    played: NDArray[Any],
    beats: NDArray[np.float64],
) -> tuple[NDArray[np.int64], float]:
    """For each note of the score the played one, or -1; and the share of played ones left over."""
    match = np.full(len(pitch), -1, np.int64)
    used = np.zeros(len(played), bool)
    for key in np.unique(pitch):
        mine, theirs = np.flatnonzero(pitch == key), np.flatnonzero(played["pitch"] == key)
        if not len(theirs):
            continue
        gap = np.abs(at[mine][:, None] - played["onset"][theirs][None])
        for flat in np.argsort(gap, axis=None):
            i, j = divmod(int(flat), len(theirs))
            if gap[i, j] > NEAR:
                break
            if match[mine[i]] < 0 and not used[theirs[j]]:
                match[mine[i]], used[theirs[j]] = theirs[j], True
    inside = (played["onset"] >= beats[0] - NEAR) & (played["onset"] <= beats[-1])
    return match, float((~used & inside).sum() / max(1, inside.sum()))


def _chords(onset: NDArray[np.float64], heard: NDArray[Any]) -> dict[str, float]:
    """Timing and loudness within chords."""
    order = np.argsort(onset, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(onset[order]) > TOGETHER) + 1)
    apart, ahead, above = [], [], []
    for group in groups:
        if len(group) < 2:
            continue
        time = heard["onset"][group]
        loud = heard["velocity"][group].astype(float)
        top = int(np.argmax(heard["pitch"][group]))
        rest = np.arange(len(group)) != top
        apart.append(float(np.std(time)))
        ahead.append(float(np.mean(time[rest]) - time[top]))
        above.append(float(loud[top] - np.mean(loud[rest])))
    if not apart:
        return {}
    return {
        "notes of a chord apart": 1000 * float(np.median(apart)),
        "top note before its chord": 1000 * float(np.median(ahead)),
        "top note above its chord": float(np.median(above)),
    }


def compare(data: Path, pieces: int, manner: str, seed: int) -> tuple[list[Row], int]:
    """Measure human and synthetic performances of ASAP's pieces.

    Parameters
    ----------
    data : folder of the sources.
    pieces : number of performances, evenly spaced over all.
    manner : of the synthetic performances, one of `MANNERS`.

    Returns the rows of the table and the number of performances in it. Raises LabError without
    ASAP, or where no performance has the beats of its score.
    """
    place = asap.ASAP.container(data)
    members = sorted(work.main for work in asap.works(data))
    people, ours = [], []
    for number, member in enumerate(members[:: max(1, len(members) // pieces)][:pieces]):
        folder = str(PurePosixPath(member).parent)
        score = read_notes(container.read(place, f"{folder}/{asap.SCORE}"))
        played = read_notes(container.read(place, member))
        beats_of_score = container.read(place, f"{folder}/midi_score_annotations.txt")
        score_beats = beat_times(beats_of_score.decode())
        beats = beat_times(container.read(place, f"{member[:-4]}_annotations.txt").decode())
        if len(beats) != len(score_beats) or len(beats) < MIN_BEATS:
            continue
        human = measures_of(score, score_beats, played, beats)
        people.append(human)
        mean = human["tempo to the score's"]
        # ASAP's notes end with the key, not with the pedal.
        how = replace(MANNERS[manner], tempo=(mean, mean), repeats=None, pedal=0.0)
        rng = np.random.default_rng([seed, number])
        performance = play(score, rng, how)
        own_beats = performance.times(score_beats)[0]
        ours.append(measures_of(score, score_beats, performance.events, own_beats))
    if not people:
        raise LabError(f"{place}: no performance of ASAP has the beats of its score")
    rows = [
        Row(name, unit, _span(people, name), _span(ours, name)) for name, unit in MEASURES.items()
    ]
    return rows, len(people)


def _span(found: list[dict[str, float]], name: str) -> str:
    values = [f[name] for f in found if name in f and np.isfinite(f[name])]
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95]) if values else [np.nan] * 3
    digits = 1 if abs(high) >= 5 else 2
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"
