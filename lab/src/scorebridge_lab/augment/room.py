"""Impulse responses of rooms: image sources for the early part, shaped noise for the rest.

A shoebox room contains a piano and a microphone. Reflections up to the eighth order come from
mirrored rooms (Allen, Berkley, "Image method for efficiently simulating small-room acoustics",
JASA 1979). Later reflections are noise that decays by Sabine's formula, faster at high
frequencies. Sample 0 is the direct sound, so a room never moves an onset. 20 to 60 ms a room.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import SAMPLE_RATE

SPEED = 343.0  # m/s
ORDER = 8  # maximum number of reflections
MAX_RESPONSE = 2.5  # s, maximum length of a response


@dataclass(frozen=True)
class Room:
    """A shoebox room with a source and a microphone; lengths in metres."""

    size: tuple[float, float, float]
    absorption: float
    """Share of the energy that a wall absorbs, at 1 kHz."""
    source: tuple[float, float, float]
    microphone: tuple[float, float, float]
    damping: float = 0.5
    """How much faster high frequencies decay: 0 equally fast, 1 much faster."""

    @classmethod
    def random(cls, rng: np.random.Generator) -> Room:
        """From a small room (2.5 x 3 m) to a hall (20 x 35 m)."""
        scale = float(np.exp(rng.uniform(0, np.log(8))))
        size = (
            float(scale * rng.uniform(2.5, 3.5)),
            float(scale * rng.uniform(3.0, 4.5)),
            float(min(14.0, 2.4 * scale ** rng.uniform(0.3, 0.8))),
        )
        spots = [
            tuple(float(s * v) for s, v in zip(size, rng.uniform(0.12, 0.88, 3), strict=True))
            for _ in range(2)
        ]
        return cls(
            size,
            float(rng.uniform(0.1, 0.55)),
            (spots[0][0], spots[0][1], min(1.0, size[2] / 2)),
            (spots[1][0], spots[1][1], float(rng.uniform(0.8, min(3.0, size[2] * 0.9)))),
            float(rng.uniform(0.2, 1.0)),
        )

    @property
    def reverberation(self) -> float:
        """Reverberation time RT60, s (Sabine)."""
        x, y, z = self.size
        surface = 2 * (x * y + y * z + x * z)
        return float(np.clip(0.161 * x * y * z / (surface * self.absorption), 0.08, 4.0))


def response(room: Room, rng: np.random.Generator) -> NDArray[np.float32]:
    """Impulse response, float32 [n] at `SAMPLE_RATE`; its first sample is the direct sound, 1."""
    length = int(min(MAX_RESPONSE, 1.1 * room.reverberation) * SAMPLE_RATE) + 64
    distance, strength = _images(room)
    direct = float(distance.min())
    delay = (distance - direct) / SPEED * SAMPLE_RATE
    near = delay < length - 1
    out = np.zeros(length + 1)
    first = np.floor(delay[near]).astype(np.int64)
    part = delay[near] - first
    gain = strength[near] * direct / distance[near]
    np.add.at(out, first, gain * (1 - part))
    np.add.at(out, first + 1, gain * part)
    out = out[:length]
    volume = float(np.prod(room.size))
    mixing = int(min(0.6 * length, np.sqrt(volume) * 1e-3 * SAMPLE_RATE))
    tail = _tail(room, length, rng)
    around = out[max(1, mixing - 400) : mixing + 400]
    level = float(np.sqrt(np.mean(np.square(around)) + 1e-12))
    tail *= level / max(
        1e-9, float(np.sqrt(np.mean(np.square(tail[max(1, mixing - 400) : mixing + 400]))))
    )
    blend = np.clip((np.arange(length) - 0.5 * mixing) / max(1, mixing), 0, 1)
    out = out * (1 - blend) + tail * blend
    out[0] = 1.0
    return out.astype(np.float32)


def _images(room: Room) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Distance (m) and pressure factor of every mirrored source up to `ORDER` reflections."""
    axes = []
    reach = np.arange(-(ORDER // 2) - 1, ORDER // 2 + 2)
    for size, source, ear in zip(room.size, room.source, room.microphone, strict=True):
        straight = 2 * reach * size + source - ear
        mirrored = 2 * reach * size - source - ear
        axes.append(
            (
                np.concatenate([straight, mirrored]),
                np.concatenate([abs(2 * reach), abs(2 * reach - 1)]),
            )
        )
    dx, dy, dz = np.meshgrid(*(a[0] for a in axes), indexing="ij", sparse=True)
    nx, ny, nz = np.meshgrid(*(a[1] for a in axes), indexing="ij", sparse=True)
    order = (nx + ny + nz).ravel()
    distance = np.sqrt(dx**2 + dy**2 + dz**2).ravel()
    keep = order <= ORDER
    wall = np.sqrt(1 - room.absorption)
    return np.maximum(distance[keep], 0.3), wall ** order[keep].astype(float)


def _tail(room: Room, length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Decaying noise in four bands; higher bands decay faster."""
    noise = np.fft.rfft(rng.standard_normal(length))
    hertz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    time = np.arange(length) / SAMPLE_RATE
    out = np.zeros(length)
    edges = (0, 350, 1200, 3500, SAMPLE_RATE)
    for k, (low, high) in enumerate(itertools.pairwise(edges)):
        band = np.fft.irfft(noise * ((hertz >= low) & (hertz < high)), length)
        lasting = room.reverberation * (1.15 - 0.28 * room.damping * k)
        out += band * 10 ** (-3 * time / lasting)
    return out
