"""From the score's notes to a played performance with a known time for every note.

Tempo is drawn around the written one and bends smoothly, chords are not quite
together, phrases swell and fade, the right hand sings a little. One warp maps
nominal to played seconds for events and noteheads alike, so pairs stay exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Warp = Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True)
class Manner:
    """How freely a piece is played. All zero but the tempo: a metronome."""

    tempo: tuple[float, float] = (0.65, 1.6)  # range of the factor to the written tempo
    bend: float = 0.08  # standard deviation of the log tempo within a piece
    bend_period: float = 4.0  # s between independent bends
    ritardando: float = 0.4  # at most this much slower at the end
    jitter: float = 0.010  # s, standard deviation of a note against its chord
    dynamics: float = 14.0  # MIDI velocity, standard deviation of the phrase curve
    pedal: float = 0.5  # share of performances in which notes ring on


STRAIGHT = Manner((1.0, 1.0), 0.0, 4.0, 0.0, 0.0, 0.0, 0.0)
PAPER = Manner((0.9, 1.1), 0.0, 4.0, 0.0, 0.0, 0.0, 0.0)  # P3: tempo 0.9-1.1, nothing else
DENSITY = (1.2, 9.0)  # onsets a second between which a drawn tempo is kept


def perform(
    events: NDArray[Any], rng: np.random.Generator, manner: Manner | None = None
) -> tuple[NDArray[Any], Warp]:
    """Play `events` (`EVENT` records, nominal seconds).

    Returns the events as played, sorted by onset, and the warp from nominal to played seconds.
    """
    manner = manner or Manner()
    end = float((events["onset"] + events["duration"]).max()) if len(events) else 1.0
    factor = float(np.exp(rng.uniform(*np.log(manner.tempo))))
    if manner.tempo[0] != manner.tempo[1] and len(events):
        density = len(np.unique(events["onset"].round(3))) / max(end, 1e-3)
        factor = float(np.clip(factor, *(np.array(DENSITY) / density)))
    knots = np.linspace(0, end, max(3, int(end / manner.bend_period) + 2))
    slowness = np.exp(manner.bend * rng.standard_normal(len(knots))) / factor
    slowness[-1] *= 1 + manner.ritardando * rng.random()
    fine = np.linspace(0, end, max(16, int(end * 10)))
    pace = np.interp(fine, knots, slowness)
    played = np.concatenate([[0], np.cumsum((pace[1:] + pace[:-1]) / 2 * np.diff(fine))])

    def warp(t: NDArray[np.float64]) -> NDArray[np.float64]:
        t = np.asarray(t, np.float64)
        beyond = np.maximum(t - end, 0) * pace[-1]
        return np.interp(t, fine, played) + beyond

    out = events.copy()
    out["onset"] = np.maximum(
        0, warp(events["onset"]) + manner.jitter * rng.standard_normal(len(events))
    )
    lasting = warp(events["onset"] + events["duration"]) - warp(events["onset"])
    if rng.random() < manner.pedal:
        lasting = lasting + rng.uniform(0.1, 1.0)
    elif manner.dynamics:
        lasting = lasting * rng.uniform(0.6, 1.0)
    out["duration"] = np.maximum(0.06, lasting)
    if manner.dynamics:
        phrase = np.interp(
            events["onset"],
            np.arange(0, end + 6, 3.0),
            manner.dynamics * rng.standard_normal(len(np.arange(0, end + 6, 3.0))),
        )
        voice = (events["pitch"].astype(float) - 60) * rng.uniform(0, 0.35)
        loud = rng.uniform(55, 90) + phrase + voice + 5 * rng.standard_normal(len(events))
        out["velocity"] = np.clip(loud, 20, 120).astype(np.uint8)
    return np.sort(out, order="onset"), warp
