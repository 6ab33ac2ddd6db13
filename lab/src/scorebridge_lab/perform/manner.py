"""How freely a piece is played: the settings of a performance, and five presets.

Training uses `HUMAN`. `scorebridge-lab data performers` compares its statistics with those of the
739 human performances of ASAP (`statistics.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Manner:
    """Settings of a performance. Deviations are standard deviations."""

    tempo: tuple[float, float] = (0.65, 1.6)  # range of the factor to the written tempo
    bend: float = 0.08  # of the log tempo, drifting within a piece
    bend_period: float = 4.0  # s of written time between independent bends
    ritardando: float = 0.4  # at most this much slower at the end
    jitter: float = 0.010  # s, a note against its chord
    dynamics: float = 14.0  # MIDI velocity, of the phrase curve
    pedal: float = 0.5  # share of performances with pedal
    rubato: float = 0.0  # maximum change of the log tempo within a phrase
    beat: float = 0.0  # of the log tempo from one half second of written time to the next
    lead: float = 0.0  # s, at most so far the melody comes before its chord
    roll: float = 0.0  # chance that a wide chord is rolled; written arpeggios always are, if > 0
    fermata: float = 0.0  # a fermata lasts at most so many times longer, beyond its written length
    ornaments: bool = False  # play trills, mordents, turns, grace notes out
    articulation: bool = False  # notes end by their marks and the player's touch
    missing: float = 0.0  # at most this share of notes left out (never an onset's only one)
    wrong: float = 0.0  # at most this share struck a key or two beside
    repeats: float | None = None  # chance to take each repeat; None: once through, as printed
    silence: tuple[float, float] = (0.0, 0.0)  # s before the first note


STRAIGHT = Manner((1.0, 1.0), 0.0, 4.0, 0.0, 0.0, 0.0, 0.0)
PAPER = Manner((0.9, 1.1), 0.0, 4.0, 0.0, 0.0, 0.0, 0.0)  # P3 section 2.1: tempo 0.9-1.1 alone
P2 = Manner((100 / 120, 130 / 120), 0.0, 4.0, 0.0, 0.0, 0.0, 0.0)  # P2 2.3: 100-130 bpm for 120
HUMAN = Manner(
    tempo=(0.5, 1.8),
    bend=0.14,
    bend_period=6.0,
    ritardando=3.6,
    jitter=0.010,
    dynamics=9.0,
    pedal=0.75,
    rubato=0.35,
    beat=0.26,
    lead=0.014,
    roll=0.3,
    fermata=1.5,
    ornaments=True,
    articulation=True,
    missing=0.05,
    wrong=0.05,
    repeats=0.35,
    silence=(0.2, 2.5),
)
ENSEMBLE = replace(
    HUMAN,
    jitter=0.016,
    pedal=0.0,
    rubato=0.25,
    beat=0.15,
    lead=0.0,
    roll=0.0,
    missing=0.02,
    wrong=0.0,
)
"""Several players together, or one who is no pianist."""
MANNERS = {
    "straight": STRAIGHT,
    "paper": PAPER,
    "p2": P2,
    "plain": Manner(),
    "human": HUMAN,
    "ensemble": ENSEMBLE,
}
