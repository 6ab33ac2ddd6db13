"""Pianos: of a sound font, sampled, or modelled; in or out of tune.

Training draws from FluidR3's pianos, the two sampled pianos and a model with random parameters. It
never draws from TimGM6mb or MuseScore_General, which are for evaluation. The model sums partials,
with inharmonicity from the stiffness of the strings, amplitudes from the place of the hammer,
faster decay for higher partials, and two slightly detuned strings per note.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge_lab.perform.synthesize import TRAINING_FONT, mix, render, render_sampled

PROGRAMS = (0, 1, 2, 3, 4, 6)  # General MIDI pianos and a harpsichord
PROGRAM_SHARES = (0.5, 0.17, 0.1, 0.08, 0.1, 0.05)
PARTIALS = 24
BEATING = 6  # partials with a fast and a slow decay on both strings
LAYER = 40  # width of a velocity layer; within it only the loudness differs
HELD = 4.0  # s of a modelled note
BLOCK = 512  # samples of the fine powers in `damped_tones`


@dataclass(frozen=True)
class Strings:
    """A modelled piano."""

    stiffness: float = 4e-4  # inharmonicity of middle C
    bright: float = 1.3  # how fast partials get weaker: k ** -bright at velocity 80
    strike: float = 0.12  # where the hammer hits, share of the string
    decay: float = 1.2  # s until middle C's fundamental is 20 dB down
    beat: float = 0.3  # Hz between the strings of a note
    attack: float = 0.004  # s


@dataclass(frozen=True)
class Piano:
    """An instrument and its tuning."""

    font: Path | None = None
    program: int = 0
    folder: Path | None = None
    strings: Strings | None = None
    cents: tuple[float, ...] = ()
    """Deviation of each MIDI key (128) in cents; empty: in tune."""


def draw_piano(rng: np.random.Generator, pianos: Path | None) -> Piano:
    """A random piano of those for training. pianos : folder of sampled pianos, or None."""
    folders = sorted(p for p in pianos.iterdir() if p.is_dir()) if pianos else []
    cents = tuple(draw_tuning(rng)) if rng.random() < 0.8 else ()
    kind = rng.random()
    if folders and kind < 0.4:
        return Piano(folder=folders[rng.integers(len(folders))], cents=cents)
    if kind < 0.6:
        return Piano(strings=draw_strings(rng), cents=cents)
    return Piano(TRAINING_FONT, int(rng.choice(PROGRAMS, p=PROGRAM_SHARES)), cents=cents)


def draw_tuning(rng: np.random.Generator) -> NDArray[np.float64]:
    """Cents of each MIDI key, float64 [128]: pitch of the whole, stretch, and neglect."""
    key = np.arange(128)
    whole = rng.normal(0, 12) if rng.random() < 0.7 else rng.uniform(-60, 40)
    stretch = rng.uniform(0.3, 1.6) * (((key - 69) / 12) ** 3) * 0.35
    neglect = rng.exponential(2.5) * rng.standard_normal(128)
    return np.clip(whole + stretch + neglect, -95, 95)


def draw_strings(rng: np.random.Generator) -> Strings:
    """Random strings between those of a small upright and a concert grand."""
    return Strings(
        float(np.exp(rng.uniform(np.log(1.5e-4), np.log(1.2e-3)))),
        float(rng.uniform(0.7, 1.9)),
        float(rng.uniform(0.08, 0.18)),
        float(rng.uniform(0.5, 2.5)),
        float(rng.uniform(0.05, 0.9)),
        float(rng.uniform(0.001, 0.008)),
    )


@lru_cache(maxsize=256)
def string_note(strings: Strings, pitch: int, loud: int) -> NDArray[np.float32]:
    """One note of a modelled piano, float32 [n]. loud : velocity, the middle of its `LAYER`."""
    base = 440.0 * 2 ** ((pitch - 69) / 12)
    k = np.arange(1, PARTIALS + 1)
    stiff = strings.stiffness * 2 ** ((pitch - 60) / 9)
    hertz = k * base * np.sqrt(1 + stiff * k**2)
    k, hertz = k[hertz < 0.45 * SAMPLE_RATE], hertz[hertz < 0.45 * SAMPLE_RATE]
    lasting = strings.decay * 2 ** (-(pitch - 60) / 16)
    time = np.arange(int(min(HELD, 2.5 * lasting + 0.3) * SAMPLE_RATE)) / SAMPLE_RATE
    steep = strings.bright - 0.008 * (loud - 80)
    power = np.abs(np.sin(np.pi * k * strings.strike)) * k**-steep
    rate = 2.3 / lasting * (1 + 0.25 * (k - 1))
    rng = np.random.default_rng(pitch)
    tones = []  # Hz, decay per s, amplitude
    for number, (f, a, r) in enumerate(zip(hertz, power, rate, strict=True)):
        apart = strings.beat * rng.uniform(0.5, 1.5)
        tones += [(f, 1.6 * r, a), (f + apart, 0.4 * r, 0.25 * a)]
        if number < BEATING:
            tones += [(f + apart, 1.6 * r, 0.6 * a), (f, 0.4 * r, 0.15 * a)]
    out = damped_tones(np.array(tones), len(time))
    rise = np.minimum(1, time / strings.attack)
    return (0.25 * out * rise / max(1e-9, float(np.abs(out).max()))).astype(np.float32)


def damped_tones(tones: NDArray[np.float64], count: int) -> NDArray[np.float32]:
    """The sum of damped sines that begin at 0, float32 [count].

    tones : float [n, 3]: Hz, decay per second, amplitude. Powers of a tone's factor are products
    of a coarse and a fine power, so that the sum is one product of matrices.
    """
    growth = (2j * np.pi * tones[:, 0] - tones[:, 1]) / SAMPLE_RATE
    coarse = np.exp(np.outer(np.arange(0, count, BLOCK), growth)) * tones[:, 2]
    fine = np.exp(np.outer(growth, np.arange(BLOCK)))
    blocks = coarse.astype(np.complex64) @ fine.astype(np.complex64)
    return np.ascontiguousarray(blocks.imag).reshape(-1)[:count]


def play_on(events: NDArray[Any], piano: Piano) -> NDArray[np.float32]:
    """Play `EVENT` or `PLAYED` records. Returns float32 [n] mono at `SAMPLE_RATE`."""
    cents = np.array(piano.cents) if piano.cents else None
    if piano.strings is not None:
        strings = piano.strings

        def note(pitch: int, loud: int) -> NDArray[np.float32]:
            return string_note(strings, pitch, (2 * (loud // LAYER) + 1) * LAYER // 2)

        return mix(events, note, cents)
    if piano.folder is not None:
        return render_sampled(events, piano.folder, cents)
    return render(events, piano.font or TRAINING_FONT, piano.program, cents)
