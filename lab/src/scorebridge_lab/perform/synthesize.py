"""Synthesize notes: FluidSynth with sound fonts, and a sampler for recordings of single notes.

FluidSynth is called as a program (LGPL; about 200 times real time). The sampler reads a folder of
notes with a `regions.csv` (file, key range, key centre, velocity range) and mixes them with numpy.
"""

from __future__ import annotations

import csv
import struct
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge_lab.errors import LabError

SOUNDFONTS = Path("/usr/share/sounds/sf2")
TRAINING_FONT = SOUNDFONTS / "FluidR3_GM.sf2"  # MIT
UNSEEN_FONT = SOUNDFONTS / "TimGM6mb.sf2"  # never in training
CONCERT_FONT = Path("/usr/share/sounds/sf3/MuseScore_General_Lite.sf3")
"""The piano of `scans-human`, never in training."""
PACKAGES = {
    TRAINING_FONT: "fluid-soundfont-gm",
    UNSEEN_FONT: "timgm6mb-soundfont",
    CONCERT_FONT: "musescore-general-soundfont-small",
}
"""Debian packages of the sound fonts."""
TICKS = 480  # MIDI ticks a quarter; at 120 quarters a minute a tick is 1.04 ms
DRUMS = 9  # the MIDI channel of percussion
ZONES = 15  # parts of the keyboard with a tuning of their own
RELEASE = 0.15  # s a sampled note takes to fade after its key is released


def _varint(value: int) -> bytes:
    out = [value & 0x7F]
    while value := value >> 7:
        out.append(value & 0x7F | 0x80)
    return bytes(reversed(out))


def midi_bytes(
    events: NDArray[Any], program: int = 0, cents: NDArray[np.float64] | None = None
) -> bytes:
    """A MIDI file (type 0, 120 quarters a minute) that plays `EVENT` records.

    cents : float64 [128], how far each key is out of tune; keys are then spread over `ZONES`
        channels, each bent by the mean of its keys.
    """
    scale = TICKS * 2
    channels = [0] if cents is None else [c for c in range(16) if c != DRUMS]
    messages = []
    for event in events:
        onset, duration = float(event["onset"]), float(event["duration"])
        pitch, velocity = int(event["pitch"]), int(event["velocity"])
        channel = channels[zone_of(pitch)] if cents is not None else 0
        start = round(onset * scale)
        stop = max(start + 1, round((onset + duration) * scale))
        # At one tick notes end before others start.
        messages.append((start, 1, bytes((0x90 | channel, pitch, max(1, velocity)))))
        messages.append((stop, 0, bytes((0x80 | channel, pitch, 0))))
    head = bytearray()
    for number, channel in enumerate(channels):
        head += b"\x00" + bytes((0xC0 | channel, program))
        if cents is not None:
            keys = [k for k in range(21, 109) if zone_of(k) == number]
            bend = 8192 + round(float(np.clip(cents[keys].mean() / 200, -0.99, 0.99)) * 8192)
            head += b"\x00" + bytes((0xE0 | channel, bend & 0x7F, bend >> 7))
    return midi_file(messages, bytes(head))


def midi_file(messages: list[tuple[int, int, bytes]], head: bytes = b"") -> bytes:
    """A MIDI file (type 0, 120 quarters a minute) of (tick, order within the tick, message).

    head : what stands before them in the track.
    """
    track, last = bytearray(head), 0
    messages.sort(key=lambda m: m[:2])
    for tick, _, message in messages:
        track += _varint(tick - last) + message
        last = tick
    track += _varint(2 * TICKS) + b"\xff\x2f\x00"
    return (
        b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(track))
    ) + bytes(track)


def zone_of(pitch: int) -> int:
    """Number of the zone (of `ZONES`) that a key belongs to."""
    return int(np.clip((pitch - 21) * ZONES // 88, 0, ZONES - 1))


def render(
    events: NDArray[Any],
    soundfont: Path,
    program: int = 0,
    cents: NDArray[np.float64] | None = None,
) -> NDArray[np.float32]:
    """Play `EVENT` records with FluidSynth; `cents` as for `midi_bytes`.

    Returns float32 [n] mono at `SAMPLE_RATE`. Raises LabError where the program or font is missing.
    """
    with tempfile.TemporaryDirectory() as folder:
        midi = Path(folder, "in.mid")
        midi.write_bytes(midi_bytes(events, program, cents))
        return render_file(midi, soundfont)


def render_file(midi: Path, soundfont: Path) -> NDArray[np.float32]:
    """Play a MIDI file with FluidSynth, pedal and all; float32 [n] mono at `SAMPLE_RATE`."""
    if not soundfont.exists():
        package = PACKAGES.get(soundfont, "that has it")
        raise LabError(f"{soundfont}: no such sound font. Install the Debian package {package}.")
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder, "out.wav")
        command = ["fluidsynth", "-ni", "-q", "-g", "0.5", "-r", str(SAMPLE_RATE)]
        command += ["-C", "0", "-o", "synth.dynamic-sample-loading=1", "-T", "wav", "-F", str(wave)]
        try:
            done = subprocess.run(
                [*command, str(soundfont), str(midi)], capture_output=True, check=False, timeout=600
            )
        except FileNotFoundError:
            raise LabError("fluidsynth is not installed: apt-get install fluidsynth") from None
        if not wave.exists():
            raise LabError(f"fluidsynth failed: {done.stderr.decode(errors='replace')[-300:]}")
        samples, _ = soundfile.read(wave, dtype="float32", always_2d=True)
    return np.ascontiguousarray(samples.mean(1))


@cache
def _regions(folder: Path) -> tuple[tuple[NDArray[np.float32], int, int, int, int, int], ...]:
    """(samples, lowest key, highest key, key centre, lowest velocity, highest velocity)."""
    rows = []
    with (folder.parent / "regions.csv").open() as file:
        for row in csv.DictReader(file):
            path = folder.parent / row["file"]
            if path.parent != folder:
                continue
            samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
            mono = soxr.resample(samples.mean(1), rate, SAMPLE_RATE)
            keys = (int(row[k]) for k in ("lokey", "hikey", "keycenter", "lovel", "hivel"))
            rows.append((mono.astype(np.float32), *keys))
    if not rows:
        raise LabError(f"{folder}: no notes listed in regions.csv")
    return tuple(rows)


@cache
def _note(folder: Path, pitch: int, layer: int) -> NDArray[np.float32]:
    """One key of a sampled piano at its own pitch, float32 [n]."""
    regions = _regions(folder)
    middle = (40, 100)[layer]
    fitting = [r for r in regions if r[4] <= middle <= r[5]] or list(regions)
    best = min(fitting, key=lambda r: (not r[1] <= pitch <= r[2], abs(r[3] - pitch)))
    samples, centre = best[0], best[3]
    step = 2.0 ** ((pitch - centre) / 12)
    places = np.arange(0, len(samples) - 1, step)
    return np.interp(places, np.arange(len(samples)), samples).astype(np.float32)


def preload(pianos: Path) -> None:
    """Read all sampled notes, so that child processes share them."""
    for folder in sorted(p for p in pianos.iterdir() if p.is_dir()):
        for pitch in range(21, 109):
            for layer in (0, 1):
                _note(folder, pitch, layer)


def render_sampled(
    events: NDArray[Any], folder: Path, cents: NDArray[np.float64] | None = None
) -> NDArray[np.float32]:
    """Play `EVENT` records on a sampled piano; `cents` [128] puts its keys out of tune.

    Returns float32 [n] mono at `SAMPLE_RATE`.
    """
    return mix(events, lambda pitch, loud: _note(folder, pitch, int(loud >= 72)), cents)


def mix(
    events: NDArray[Any],
    note_of: Callable[[int, int], NDArray[np.float32]],
    cents: NDArray[np.float64] | None = None,
) -> NDArray[np.float32]:
    """Add up single notes, each from its onset to its release.

    note_of : (MIDI pitch, velocity) to float32 [n] at `SAMPLE_RATE`.
    """
    end = float((events["onset"] + events["duration"]).max()) + 1.0
    out = np.zeros(int(end * SAMPLE_RATE) + 1, np.float32)
    fade = np.linspace(1, 0, int(RELEASE * SAMPLE_RATE), dtype=np.float32)
    for event in events:
        pitch, velocity = int(event["pitch"]), int(event["velocity"])
        start, held = int(event["onset"] * SAMPLE_RATE), int(event["duration"] * SAMPLE_RATE)
        piece = note_of(pitch, velocity)
        if cents is not None and cents[pitch]:
            step = 2.0 ** (float(cents[pitch]) / 1200)
            reach = min(len(piece) - 1, int((held + len(fade)) * step) + 1)
            piece = np.interp(np.arange(0, reach, step), np.arange(len(piece)), piece)
        piece = piece[: held + len(fade)].astype(np.float32)  # a copy: its end is faded
        tail = piece[held:]
        tail *= fade[: len(tail)]
        piece = piece[: len(out) - start]
        out[start : start + len(piece)] += piece * np.float32((velocity / 100) ** 1.7)
    return out
