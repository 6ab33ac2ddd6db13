"""Singing: a source of harmonics through the formants of vowels, with vibrato, glides and breath.

Singing is farther from any sound font than instruments are. A note is the sum of its harmonics,
whose amplitudes follow the vowel's formants; its pitch glides in from the note before, wavers, and
is never quite right; it begins slowly, now and then with a consonant's noise. A choir is several
such singers. About 40 times real time a singer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import SAMPLE_RATE

# Formants of vowels of a man: Hz and dB (Peterson & Barney's means, rounded; levels typical).
VOWELS = (
    ((730, 0), (1090, -5), (2440, -26), (3400, -30)),  # a
    ((530, 0), (1840, -10), (2480, -20), (3400, -28)),  # e
    ((270, 0), (2290, -22), (3010, -26), (3600, -32)),  # i
    ((570, 0), (840, -7), (2410, -32), (3300, -36)),  # o
    ((300, 0), (870, -16), (2240, -38), (3300, -40)),  # u
)
WIDTHS = (80.0, 100.0, 140.0, 200.0)  # Hz, half widths of the formants
SINGERS_FORMANT = (2900.0, 300.0)  # Hz: middle and half width
TOP = 7000.0  # Hz above which no harmonic is added
FADE = 0.06  # s, end of a note
PORTAMENTO = 0.09  # s in which a voice glides from one note to the next
MAX_GAP = 0.25  # s between notes that are bound


@dataclass(frozen=True)
class Singer:
    """One kind of voice."""

    size: float = 1.0
    """Factor on the formants: 1 a man, 1.17 a woman, 1.3 a child."""
    slope: float = -9.0
    """dB an octave of the source."""
    vibrato_hz: float = 5.5
    vibrato: float = 40.0
    """Cents, the deviation of the vibrato at its full depth."""
    onset: float = 0.08
    """s until a note is loud."""
    drift: float = 8.0
    """Cents by which notes miss their pitch."""
    breath: float = 0.02
    ring: float = 0.5
    """Level of the singer's formant."""
    choir: int = 1
    """How many sing."""


def draw_singer(rng: np.random.Generator, player: Any, pitch: float) -> Singer:
    """A random singer. pitch : MIDI, the median of the part. player : its `instruments.Player`."""
    return Singer(
        size=float(np.clip(1.0 + 0.017 * (pitch - 52) + rng.normal(0, 0.05), 0.85, 1.4)),
        slope=float(rng.uniform(-14, -6)),
        vibrato_hz=float(rng.uniform(4.6, 6.8)),
        vibrato=float(rng.uniform(0, 70)) if player.vibrato else float(rng.uniform(0, 10)),
        onset=float(np.exp(rng.uniform(np.log(0.02), np.log(0.18)))),
        drift=float(2 + player.drift + rng.exponential(6)),
        breath=float(rng.exponential(0.02)),
        ring=float(rng.uniform(0, 1.2)),
        choir=min(player.unison, 3),
    )


def sing(
    events: NDArray[Any], singer: Singer, cents: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Sing `EVENT` records; `cents` moves them all. Returns float32 [n] mono."""
    order = np.argsort(events["onset"], kind="stable")
    notes = events[order]
    out = np.zeros(int((float((notes["onset"] + notes["duration"]).max()) + 1) * SAMPLE_RATE))
    for _ in range(singer.choir):
        lag, tune = rng.normal(0, 0.02) if singer.choir > 1 else 0.0, rng.normal(0, 7)
        tune = tune if singer.choir > 1 else 0.0
        before, ended = 0.0, -1.0
        for note in notes:
            start = max(0.0, float(note["onset"]) + lag + rng.normal(0, 0.008))
            pitch = float(note["pitch"]) + (cents + tune + rng.normal(0, singer.drift)) / 100
            bound = start - ended < MAX_GAP and abs(pitch - before) < 13
            sound = _note(
                pitch,
                float(note["duration"]),
                float(note["velocity"]) / 90,
                before if bound else pitch - rng.exponential(0.4),
                singer,
                rng,
            )
            at = int(start * SAMPLE_RATE)
            sound = sound[: len(out) - at]
            out[at : at + len(sound)] += sound
            before, ended = pitch, start + float(note["duration"])
    return (0.2 / np.sqrt(singer.choir) * out).astype(np.float32)


def _note(
    pitch: float,
    seconds: float,
    loud: float,
    came: float,
    singer: Singer,
    rng: np.random.Generator,
) -> NDArray[Any]:
    """One sung note, float64 [n]. came : MIDI pitch from which it glides."""
    count = int((seconds + FADE) * SAMPLE_RATE)
    time = np.arange(count) / SAMPLE_RATE
    depth = singer.vibrato * np.clip((time - 0.15) / 0.35, 0, 1) * rng.uniform(0.6, 1.2)
    wave = np.sin(
        2 * np.pi * singer.vibrato_hz * rng.uniform(0.95, 1.05) * time + rng.uniform(0, 6)
    )
    bend = (came - pitch) * np.exp(-time / (PORTAMENTO / 3)) + depth * wave / 100
    hertz = 440 * 2 ** ((pitch - 69 + bend) / 12)
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE
    base = 440 * 2 ** ((pitch - 69) / 12)
    k = np.arange(1, max(2, int(TOP / base) + 1))
    level = _levels(k * base, singer, int(rng.integers(len(VOWELS))), loud)
    twice, last, now = 2 * np.cos(phase), np.zeros(count), np.sin(phase)
    out = level[0] * now
    for amplitude in level[1:]:  # sin(k x) from the two before it
        last, now = now, twice * now - last
        out += amplitude * now
    rise = np.minimum(1, time / singer.onset) ** 1.5
    fall = np.clip((seconds + FADE - time) / FADE, 0, 1)
    out *= loud * rise * fall * (1 + 0.12 * np.interp(time, *_shimmer(seconds, rng)))
    noise = rng.standard_normal(count)
    out += singer.breath * rise * fall * np.diff(noise, prepend=0.0) * 0.5
    if rng.random() < 0.4:  # a consonant
        length = min(count, int(rng.uniform(0.02, 0.07) * SAMPLE_RATE))
        hiss = np.diff(noise[:length], prepend=0.0) if rng.random() < 0.5 else noise[:length]
        out[:length] += rng.uniform(0.02, 0.15) * loud * hiss * np.hanning(length)
    return out


def _shimmer(seconds: float, rng: np.random.Generator) -> tuple[NDArray, NDArray]:
    knots = max(2, int(seconds / 0.15) + 2)
    return np.linspace(0, seconds + FADE, knots), rng.standard_normal(knots)


def _levels(hertz: NDArray[Any], singer: Singer, vowel: int, loud: float) -> NDArray[Any]:
    """Amplitude of each harmonic."""
    source = 10 ** ((singer.slope + 3 * (loud - 0.8)) * np.log2(hertz / hertz[0]) / 20)
    mouth = np.full(len(hertz), 0.01)
    for (middle, decibels), width in zip(VOWELS[vowel], WIDTHS, strict=True):
        middle = (
            max(middle * singer.size, hertz[0] * 0.95) if middle < 800 else middle * singer.size
        )
        mouth += 10 ** (decibels / 20) / (1 + ((hertz - middle) / (1.3 * width)) ** 2)
    middle, width = SINGERS_FORMANT
    mouth += 0.15 * singer.ring / (1 + ((hertz - middle * singer.size**0.5) / width) ** 2)
    level = source * mouth
    return level / max(1e-9, float(np.sqrt(np.square(level).sum())))
