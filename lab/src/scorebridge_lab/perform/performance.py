"""Perform the notes of a score, with a known time for every note.

The tempo varies around the written one (`tempo.py`), repeats are taken or not (`order.py`), and
notes are shaped as hands do (`touch.py`). A `Manner` sets the amount of each. Every sounding note
refers to the written one, so the time of a notehead is exact to the sample. About 20 ms per
thousand notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.engrave.engraving import BAR, EVENT, MARK, MARK_KINDS
from scorebridge_lab.perform import touch
from scorebridge_lab.perform.manner import HUMAN, MANNERS, P2, PAPER, STRAIGHT, Manner
from scorebridge_lab.perform.order import Stretches, stretches_of
from scorebridge_lab.perform.tempo import DENSITY, Warp, draw_warp
from scorebridge_lab.perform.touch import PLAYED

__all__ = [
    "DENSITY",
    "HUMAN",
    "MANNERS",
    "P2",
    "PAPER",
    "PLAYED",
    "STRAIGHT",
    "Manner",
    "Performance",
    "Warp",
    "perform",
    "play",
]
SLACK = 1e-4  # s: nominal onsets closer than this are equal


@dataclass(frozen=True)
class Performance:
    """One performance of a score."""

    events: NDArray[Any]
    """`PLAYED` records, sorted by onset."""
    stretches: Stretches
    """Stretches of nominal seconds in playing order; `turn` in `events` counts them."""
    starts: NDArray[np.float64]
    """Written seconds, repeats unfolded, at which each stretch begins."""
    warp: Warp
    """Unfolded written seconds to played seconds."""

    def times(self, nominal: NDArray[np.float64]) -> NDArray[np.float64]:
        """Played seconds of printed places, float64 [turns, n]; NaN where a turn omits them.

        nominal : float64 [n], nominal seconds.
        """
        nominal = np.asarray(nominal, np.float64)
        out = np.full((len(self.stretches), len(nominal)), np.nan)
        for k, ((low, high), start) in enumerate(zip(self.stretches, self.starts, strict=True)):
            inside = (nominal >= low - SLACK) & (nominal < high - SLACK)
            out[k, inside] = self.warp(nominal[inside] - low + start)
        return out

    def struck(self, events: NDArray[Any], nominal: NDArray[np.float64]) -> NDArray[np.float64]:
        """Played seconds of the notes at given onsets, float64 [turns, n]; NaN: not played.

        The median over the notes that are written at that onset, or the time by the tempo curve
        (`times`) where all of them are wrong notes.
        events : the score's `EVENT` records. nominal : float64 [n], onsets among theirs.
        """
        out = self.times(nominal)
        real = self.events[self.events["source"] >= 0]
        onset = events["onset"][real["source"]].round(3)
        order = np.lexsort((onset, real["turn"]))
        keys = np.stack([real["turn"][order], onset[order]])
        if not keys.shape[1]:
            return out
        edges = np.flatnonzero(np.any(np.diff(keys, axis=1) != 0, axis=0)) + 1
        middles = {
            (int(keys[0, part[0]]), float(keys[1, part[0]])): float(
                np.median(real["onset"][order[part]])
            )
            for part in np.split(np.arange(keys.shape[1]), edges)
        }
        for j, at in enumerate(np.asarray(nominal).round(3).tolist()):
            for turn in range(len(out)):
                if (time := middles.get((turn, at))) is not None:
                    out[turn, j] = time
        return out


def play(
    events: NDArray[Any],
    rng: np.random.Generator,
    manner: Manner = HUMAN,
    bars: NDArray[Any] | None = None,
    marks: NDArray[Any] | None = None,
) -> Performance:
    """Play `events` (`EVENT` records, nominal seconds).

    bars, marks : `BAR` and `MARK` records of the engraving; without them no repeats, ornaments
        or articulation.
    """
    bars = np.zeros(0, BAR) if bars is None else bars
    marks = np.zeros(0, MARK) if marks is None else marks
    stretches = stretches_of(bars, rng, manner.repeats)
    notes, written, starts, end = _unfold(events, stretches)
    nominal, loud = events["onset"][written], events["velocity"][written]
    pitch = notes["pitch"].copy()

    def carries(*kinds: str) -> NDArray[np.bool_]:
        return touch.marked(marks, kinds, nominal, pitch)

    holds = _holds(notes, carries("fermata")) if manner.fermata else []
    warp = draw_warp(notes["onset"], end, holds, manner, rng)
    keys = np.round(notes["onset"] / SLACK / 10).astype(np.int64)
    groups = touch.chords(keys) if len(notes) else []
    lasting = warp(notes["onset"] + notes["duration"]) - warp(notes["onset"])
    bar_starts = _unfolded_bars(bars, stretches, starts)
    changes = _pedal_changes(bar_starts, end, warp, manner, rng)
    spans = _pedal_spans(marks, stretches, starts, warp) if changes is not None else []
    notes["onset"] = warp(notes["onset"])
    notes["duration"] = np.maximum(touch.MIN_DURATION, lasting)
    touch.loosen(notes, groups, carries("arpeggio"), manner, rng)
    if manner.articulation:
        bound = _under(marks, "slur", nominal) | carries("trill", "tenuto", "fermata")
        touch.articulate(notes, carries("staccato"), bound & ~carries("staccato"), rng)
    elif manner.dynamics:
        notes["duration"] *= rng.uniform(0.6, 1.0)
    if changes is not None:
        touch.sustain(notes, changes, spans if rng.random() < 0.7 else [])
    if manner.dynamics:
        touch.shape(notes, groups, loud, carries("accent"), manner, rng)
    if manner.ornaments:
        touch.grace(notes, carries("grace"), rng)
    kinds = {}
    if manner.ornaments:
        for kind in ("trill", "mordent", "prall", "turn"):
            kinds |= {int(k): kind for k in np.flatnonzero(carries(kind))}
    kinds = _uppermost(kinds, notes, keys)
    if manner.missing or manner.wrong:
        plain = notes.copy()
        notes = touch.slip(notes, groups, manner, rng)
        if len(notes) != len(plain):  # places have moved: find the ornamented notes again
            places = {(int(plain["source"][k]), int(plain["turn"][k])): kinds[k] for k in kinds}
            kinds = {
                j: places[key]
                for j, key in enumerate(
                    zip(notes["source"].tolist(), notes["turn"].tolist(), strict=True)
                )
                if key in places and key[0] >= 0
            }
    notes = touch.ornament(notes, kinds, rng)
    notes["onset"] = np.maximum(0, notes["onset"])
    notes["duration"] = np.maximum(0.03, notes["duration"])
    return Performance(touch.release(notes), stretches, starts, warp)


def perform(
    events: NDArray[Any], rng: np.random.Generator, manner: Manner | None = None
) -> tuple[NDArray[Any], Warp]:
    """Play `events` without repeats; returns played `EVENT` records and the tempo curve."""
    performance = play(events, rng, manner or Manner())
    return plain_events(performance.events), performance.warp


def plain_events(played: NDArray[Any]) -> NDArray[Any]:
    """`PLAYED` records as `EVENT` records."""
    out = np.empty(len(played), EVENT)
    for name in EVENT.names or ():
        out[name] = played[name]
    return out


def _unfold(
    events: NDArray[Any], stretches: Stretches
) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.float64], float]:
    """Notes in playing order with unfolded written onsets, their sources, starts and the end."""
    last = float((events["onset"] + events["duration"]).max()) if len(events) else 1.0
    parts, starts, at = [], [], 0.0
    for turn, (low, high) in enumerate(stretches):
        high = min(high, max(last, low))
        inside = (events["onset"] >= low - SLACK) & (events["onset"] < high - SLACK)
        inside |= (events["onset"] >= low - SLACK) & (high >= last)
        chosen = np.flatnonzero(inside)
        notes = np.zeros(len(chosen), PLAYED)
        for name in EVENT.names or ():
            notes[name] = events[name][chosen]
        room = high - notes["onset"] + 0.05  # notes end where a stretch ends
        if high < last:
            notes["duration"] = np.minimum(notes["duration"], np.maximum(touch.MIN_DURATION, room))
        notes["onset"] += at - low
        notes["source"], notes["turn"] = chosen, turn
        parts.append(notes)
        starts.append(at)
        at += high - low
    notes = np.concatenate(parts)
    return notes, notes["source"].astype(np.int64), np.array(starts), max(at, 1e-3)


def _holds(notes: NDArray[Any], held: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Written stretches under fermatas: from the onset to the end of its longest note."""
    spans: dict[float, float] = {}
    for note in notes[held]:
        onset = float(note["onset"])
        spans[onset] = max(spans.get(onset, 0.0), min(4.0, float(note["duration"])))
    return [(onset, onset + lasting) for onset, lasting in spans.items()]


def _under(marks: NDArray[Any], kind: str, nominal: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Notes within a mark that has a length, its last note left out."""
    spans = marks[marks["kind"] == MARK_KINDS.index(kind)]
    out = np.zeros(len(nominal), bool)
    for span in spans:
        out |= (nominal >= span["onset"] - SLACK) & (nominal < span["end"] - SLACK)
    return out


def _unfolded_bars(
    bars: NDArray[Any], stretches: Stretches, starts: NDArray[np.float64]
) -> NDArray[np.float64]:
    out = []
    for (low, high), start in zip(stretches, starts, strict=True):
        inside = (bars["onset"] >= low - SLACK) & (bars["onset"] < high - SLACK)
        out.append(bars["onset"][inside] - low + start)
    return np.sort(np.concatenate(out)) if out else np.zeros(0)


def _pedal_changes(
    bar_starts: NDArray[np.float64],
    end: float,
    warp: Warp,
    manner: Manner,
    rng: np.random.Generator,
) -> NDArray[np.float64] | None:
    """Played seconds at which the pedal changes; None where this performance has no pedal."""
    if rng.random() >= manner.pedal:
        return None
    if len(bar_starts) < 2:
        bar_starts = np.arange(0, end + 2, rng.uniform(0.8, 2.5))
    grid = np.append(bar_starts, end + 0.5)
    if rng.random() < 0.5:  # twice a bar
        grid = np.sort(np.concatenate([grid, (grid[1:] + grid[:-1]) / 2]))
    chosen = grid[rng.random(len(grid)) < rng.uniform(0.7, 1)] if len(grid) > 4 else grid
    return warp(chosen) + rng.uniform(0.02, 0.12)


def _pedal_spans(
    marks: NDArray[Any], stretches: Stretches, starts: NDArray[np.float64], warp: Warp
) -> list[tuple[float, float]]:
    out = []
    for mark in marks[marks["kind"] == MARK_KINDS.index("pedal")]:
        for (low, high), start in zip(stretches, starts, strict=True):
            if low - SLACK <= mark["onset"] < high - SLACK:
                ends = min(float(mark["end"]), high)
                span = warp(np.array([mark["onset"] - low + start, ends - low + start]))
                out.append((float(span[0]) + 0.05, float(span[1]) + 0.05))
    return out


def _uppermost(
    kinds: dict[int, str], notes: NDArray[Any], keys: NDArray[np.int64]
) -> dict[int, str]:
    """Keep the ornament of the top note alone where a mark without pitch matches a whole chord."""
    best: dict[tuple[int, int], int] = {}
    for k in kinds:
        place = (int(notes["turn"][k]), int(keys[k]))
        if place not in best or notes["pitch"][k] > notes["pitch"][best[place]]:
            best[place] = k
    return {k: kinds[k] for k in sorted(best.values())}
