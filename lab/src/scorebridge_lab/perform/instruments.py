"""Instruments for the parts of a score, and their playing: fonts, tuning, vibrato, singing.

A `Player` is the instrument of one part. `draw_players` chooses them by the instruments that the
source names, by the kind of scoring and by the range of the parts, and now and then quite freely
(everything on an organ, on pianos, on strings), so that the encoder does not learn that one kind of
score always sounds alike. Sound fonts are played by FluidSynth, all parts in one MIDI file, with
expression, vibrato (the modulation wheel), drifting intonation and detuned unisons. Voices are
sung by `voices.sing` half of the time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.perform.piano import draw_piano, play_on
from scorebridge_lab.perform.synthesize import DRUMS, TICKS, TRAINING_FONT, midi_file, render_file
from scorebridge_lab.perform.voices import draw_singer, sing

RANGES = {  # General MIDI program: lowest and highest pitch that it plays well (MIDI)
    **dict.fromkeys((16, 19, 20, 21, 22), (36, 96)),  # organs, accordion, harmonica
    6: (29, 89),  # harpsichord
    24: (40, 83),  # guitars
    25: (40, 83),
    46: (24, 103),  # harp
    47: (36, 62),  # timpani
    40: (55, 103),  # violin, viola, cello, double bass
    41: (48, 91),
    42: (36, 81),
    43: (28, 62),
    48: (28, 103),  # string ensembles
    49: (28, 103),
    56: (52, 86),  # trumpet, trombone, tuba, horn, brass
    57: (34, 77),
    58: (26, 62),
    60: (34, 80),
    61: (34, 86),
    68: (57, 91),  # oboe, cor anglais, bassoon, clarinet, piccolo, flute, recorder
    69: (50, 81),
    70: (33, 76),
    71: (49, 94),
    72: (72, 108),
    73: (59, 98),
    74: (55, 96),
    52: (36, 88),  # choirs and voices
    53: (36, 88),
    54: (36, 88),
}
STRINGS, WINDS, BRASS = (40, 41, 42, 43, 48), (68, 69, 70, 71, 73, 74), (56, 57, 58, 60)
VOICES, ORGANS = (52, 53, 54), (19, 19, 20, 16, 21)
SINGLE = (40, 41, 42, 73, 74, 71, 68, 60, 56, 24, 70, 69)  # instruments that play alone
SUSTAINED = frozenset((*STRINGS, *WINDS, *BRASS, *VOICES, 49, 61, 72, *ORGANS))
BEND_RANGE = 2.0  # semitones of a full pitch bend, FluidSynth's default
CONTROL_STEP = 0.08  # s between two values of a control
MAX_CHANNELS = 15  # of one MIDI file, without the drums'


@dataclass(frozen=True)
class Player:
    """Who plays a part."""

    program: int = 40
    sung: bool = False
    """By `voices.sing`, in place of the sound font."""
    loud: float = 1.0
    """Share of the full volume, 0 to 1."""
    vibrato: float = 0.0
    """Depth, 0 to 1: the modulation wheel."""
    cents: float = 0.0
    """Distance from the ensemble's pitch, constant."""
    drift: float = 0.0
    """Standard deviation of the intonation about it, cents, moving within seconds."""
    swell: float = 0.0
    """How much the loudness moves within a phrase, 0 to 1."""
    unison: int = 1
    """How many play the part, apart in tune and time."""


def draw_pitch(rng: np.random.Generator) -> float:
    """Cents by which an ensemble's pitch differs from a' = 440 Hz."""
    kind = rng.random()
    if kind < 0.70:
        return float(rng.normal(0, 10))
    if kind < 0.92:
        return float(rng.uniform(-55, 45))
    return float(rng.normal(-100, 12))  # a' = 415 Hz


def draw_players(
    rng: np.random.Generator,
    group: str,
    programs: Sequence[int],
    ranges: Sequence[tuple[float, float]],
) -> list[Player] | None:
    """A player for each part, or None: all parts on one piano.

    group : the kind of scoring, one of `dataset.page_works.GROUPS`, or "piano".
    programs : General MIDI program that the source names for each part, -1 where it names none.
    ranges : low and high pitch (MIDI) of each part.
    """
    if group == "piano" or rng.random() < 0.1:
        return None
    kind = rng.random()
    count = len(ranges)
    if kind < 0.62 and any(p >= 0 for p in programs):
        chosen = [
            p if p in RANGES or p == 0 else _fitting(rng, SINGLE, r)
            for p, r in zip(programs, ranges, strict=False)
        ]
        if group in ("song", "lead sheet") and count > 2:  # the piano stays one
            chosen[-2:] = [0, 0]
    elif kind < 0.8:
        chosen = by_group(rng, group, ranges)
    elif kind < 0.88:
        chosen = [int(rng.choice(ORGANS))] * count
    elif kind < 0.94:
        chosen = [48 + int(rng.integers(2))] * count
    else:
        chosen = [_fitting(rng, tuple(RANGES), r) for r in ranges]
    calm = rng.random() < 0.3
    skill = float(rng.exponential(6.0))
    return [_player(rng, program, group, calm, skill) for program in chosen]


def by_group(
    rng: np.random.Generator, group: str, ranges: Sequence[tuple[float, float]]
) -> list[int]:
    """A General MIDI program for each part, as a kind of scoring has them."""
    if group == "choir":
        return [int(rng.choice(VOICES)) for _ in ranges]
    if group == "organ":
        return [int(rng.choice((*ORGANS, 6)))] * len(ranges)
    if group == "solo":
        return [_fitting(rng, SINGLE, r) for r in ranges]
    if group in ("song", "lead sheet"):
        melody = int(rng.choice((*VOICES, 40, 73, 71, 68, 42)))
        return [melody, *[0] * (len(ranges) - 1)]
    if group == "orchestra":  # winds above, strings below, brass between
        families = (WINDS, BRASS, STRINGS)
        where = np.linspace(0, 2.999, max(2, len(ranges))).astype(int)
        return [_fitting(rng, families[k], r) for k, r in zip(where, ranges, strict=False)]
    family = (STRINGS, WINDS, BRASS)[int(rng.choice(3, p=(0.7, 0.2, 0.1)))]
    return [_fitting(rng, family, r) for r in ranges]


def _fitting(rng: np.random.Generator, programs: Sequence[int], extent: tuple[float, float]) -> int:
    """A random program among those that leave the least of a part outside their range."""
    beyond = [max(0, RANGES[p][0] - extent[0]) + max(0, extent[1] - RANGES[p][1]) for p in programs]
    best = [p for p, b in zip(programs, beyond, strict=True) if b <= min(beyond) + 2]
    return int(rng.choice(best))


def _player(rng: np.random.Generator, program: int, group: str, calm: bool, skill: float) -> Player:
    voice = program in VOICES
    singing = program in SUSTAINED and program not in ORGANS
    many = rng.random() < (0.6 if group in ("choir", "orchestra") else 0.1)
    return Player(
        program=program,
        sung=voice and rng.random() < 0.55,
        loud=float(np.exp(rng.uniform(np.log(0.45), 0))),
        vibrato=0.0 if calm or not singing else float(rng.beta(2, 3)),
        cents=float(rng.normal(0, skill)) if singing else 0.0,
        drift=float(rng.exponential(skill)) if singing else 0.0,
        swell=float(rng.uniform(0, 0.7)) if singing else 0.0,
        unison=int(rng.integers(2, 5)) if many and singing else 1,
    )


def play_parts(
    events: NDArray[Any],
    parts: NDArray[np.uint8],
    players: Sequence[Player] | None,
    rng: np.random.Generator,
    pianos: Path | None,
    soundfont: Path = TRAINING_FONT,
) -> NDArray[np.float32]:
    """Play `EVENT` or `PLAYED` records; float32 [n] mono at the sample rate.

    parts : [events], the part of each, an index into `players`; without players, on one piano.
    soundfont : of the players that do not sing.
    """
    if players is None:
        return play_on(events, draw_piano(rng, pianos))
    pitch = draw_pitch(rng)
    sounds: list[NDArray[np.float32]] = []
    font: list[tuple[NDArray[Any], Player, float]] = []
    for k, player in enumerate(players):
        mine = events[parts == k]
        if not len(mine):
            continue
        if player.sung:
            singer = draw_singer(rng, player, float(np.median(mine["pitch"])))
            sounds.append(player.loud * sing(mine, singer, pitch + player.cents, rng))
            continue
        spread = 4.0 + 8.0 * rng.random()
        for one in range(player.unison):
            apart = rng.normal(0, spread) if one else 0.0
            font.append((_apart(mine, one, rng), player, pitch + player.cents + apart))
    for start in range(0, len(font), MAX_CHANNELS):
        sounds.append(_render(font[start : start + MAX_CHANNELS], rng, soundfont))
    out = np.zeros(max(map(len, sounds)), np.float32)
    for sound in sounds:
        out[: len(sound)] += sound
    return out


def _apart(events: NDArray[Any], number: int, rng: np.random.Generator) -> NDArray[Any]:
    """The events as another player of the same part plays them."""
    out = events.copy()
    if number:
        out["onset"] = np.maximum(0, out["onset"] + rng.normal(0, 0.012, len(out)))
    return out


def _render(
    channels: Sequence[tuple[NDArray[Any], Player, float]],
    rng: np.random.Generator,
    soundfont: Path,
) -> NDArray[np.float32]:
    with tempfile.TemporaryDirectory() as folder:
        midi = Path(folder, "in.mid")
        midi.write_bytes(_midi(channels, rng))
        return render_file(midi, soundfont)


def _midi(
    channels: Sequence[tuple[NDArray[Any], Player, float]], rng: np.random.Generator
) -> bytes:
    """A MIDI file (type 0, 120 quarters a minute) of all channels, with their controls."""
    scale = TICKS * 2
    free = [c for c in range(16) if c != DRUMS]
    messages: list[tuple[int, int, bytes]] = []
    for channel, (events, player, cents) in zip(free, channels, strict=False):
        messages.append((0, 0, bytes((0xC0 | channel, player.program))))
        messages.append((0, 0, bytes((0xB0 | channel, 7, round(127 * player.loud)))))
        end = float((events["onset"] + events["duration"]).max()) + 0.5
        messages += _controls(channel, player, cents, end, rng)
        for event in events:
            start = round(float(event["onset"]) * scale)
            stop = max(start + 1, round(float(event["onset"] + event["duration"]) * scale))
            pitch, velocity = int(event["pitch"]), max(1, int(event["velocity"]))
            messages.append((start, 2, bytes((0x90 | channel, pitch, velocity))))
            messages.append((stop, 1, bytes((0x80 | channel, pitch, 0))))
    return midi_file(messages)


def _controls(
    channel: int, player: Player, cents: float, end: float, rng: np.random.Generator
) -> list[tuple[int, int, bytes]]:
    """Pitch bend, expression and modulation of one channel as messages."""
    moving = player.drift > 0.5 or player.swell > 0.05
    count = int(end / CONTROL_STEP) + 2 if moving else 1
    wander = _slow(count, 1.5, rng) * player.drift
    swell = 1 - player.swell * 0.5 * (1 + np.clip(_slow(count, 2.5, rng), -1, 1))
    out = []
    before: tuple[int, int] | None = None
    for k in range(count):
        tick = round(k * CONTROL_STEP * TICKS * 2)
        share = np.clip((cents + wander[k]) / 100 / BEND_RANGE, -0.99, 0.99)
        bend, expression = 8192 + round(float(share) * 8192), round(127 * float(swell[k]))
        if before is None or bend != before[0]:
            out.append((tick, 0, bytes((0xE0 | channel, bend & 0x7F, bend >> 7))))
        if before is None or expression != before[1]:
            out.append((tick, 0, bytes((0xB0 | channel, 11, expression))))
        before = (bend, expression)
    out.append((0, 0, bytes((0xB0 | channel, 1, round(100 * player.vibrato)))))
    return out


def _slow(count: int, seconds: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """A curve of deviation 1 that moves within so many seconds, [count] steps of controls."""
    knots = max(2, round(count * CONTROL_STEP / seconds) + 2)
    places = np.linspace(0, count, knots)
    return np.interp(np.arange(count), places, rng.standard_normal(knots))
