"""Times of aligning a pair, with and without repeats, and of following one.

    python bench/align.py

Vectors are random walks, so every path is as long as a real one, with windows halfway between
windows as real files have them; files are not read and not encoded. CPU time, best of some runs
after one that does not count (compiling).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from scorebridge.alignment.align import AlignSettings, align_encoded
from scorebridge.alignment.baselines import plain_dtw
from scorebridge.alignment.follow import Follower
from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.testing import FakeEncoder, melody
from scorebridge.types import Encoded, Place

DIM = 128  # as the encoders that ship
SPEED = 45.0  # columns a second
SYSTEM, BARS = 600, 5  # columns, bars


def music(rng: np.random.Generator, windows: int, dim: int = DIM) -> NDArray[np.float32]:
    """Vectors of neighbours that resemble each other, as windows half a hop apart do."""
    steps = rng.normal(size=(windows + 7, dim))
    vectors = sum(steps[k : k + windows] for k in range(8))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def score(vectors: NDArray[np.float32]) -> Encoded:
    """A score of windows half a hop apart, every `SYSTEM` columns a system of `BARS` bars."""
    vectors, between = vectors[::2], vectors[1::2]
    width = 25 * len(vectors) + 75
    edges = np.linspace(0.1, 0.9, BARS + 1)
    bars = tuple((float(a), float(b)) for a, b in pairwise(edges))
    places = tuple(
        Place(k // 6 + 1, k % 6 + 1, (0.1, 0.1, 0.9, 0.2), 0.1, 0.9, start, start + SYSTEM, bars)
        for k, start in enumerate(range(0, width, SYSTEM))
    )
    positions = (50 + 25 * np.arange(len(vectors))).astype(np.float32)
    extent = float(len(places) * SYSTEM)
    return Encoded("score", vectors, positions, extent, 1, places, between)


def recording(rng: np.random.Generator, sheet: Encoded, passes: int) -> Encoded:
    """The score played so many times from begin to end."""
    columns = np.tile(np.arange(50, sheet.positions[-1], SPEED / 4), passes)
    columns = columns[: len(columns) // 2 * 2]
    vectors = sheet.finer.vectors[np.round((columns - 50) / 12.5).astype(int)]
    vectors = vectors + 0.6 / np.sqrt(DIM) * rng.normal(size=vectors.shape)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    positions = (2.1 + 0.5 * np.arange(len(vectors) // 2)).astype(np.float32)
    extent = float(positions[-1] + 2.1)
    return Encoded("recording", vectors[::2], positions, extent, between=vectors[1::2])


def best(call: Callable[[], object], runs: int = 3) -> float:
    """Seconds of processor time of the fastest of some runs."""
    call()
    took = []
    for _ in range(runs):
        begin = time.process_time()
        call()
        took.append(time.process_time() - begin)
    return min(took)


def pairs(rng: np.random.Generator) -> Table:
    """Whole pairs, all that `align` does once both files are encoded."""
    table = Table("recording", "windows", "plain DTW s", "once through s", "with jumps s")
    once = AlignSettings(jumps=None)
    for minutes, passes in ((5, 1), (5, 2), (10, 2), (30, 1)):
        sheet = score(music(rng, 2 * int(minutes / passes * 60 * SPEED / 25)))
        sound = recording(rng, sheet, passes)
        figures = [
            best(lambda a=sheet, b=sound: plain_dtw(a, b)),
            best(lambda a=sheet, b=sound: align_encoded(a, b, once)),
            best(lambda a=sheet, b=sound: align_encoded(a, b)),
        ]
        shape = f"{len(sound.vectors)} x {len(sheet.vectors)}"
        table.add_row(f"{minutes} min, {passes} x", shape, *(f"{x:.2f}" for x in figures))
    return table


def following(rng: np.random.Generator) -> Table:
    """Processor time behind each tenth of a second of sound (the encoder's is not in it)."""
    table = Table("score windows", "median ms", "99 % ms", "most ms")
    samples = melody(60)
    for windows in (300, 1000, 4000):
        encoder = FakeEncoder(dim=DIM)
        follower, took = Follower(score(music(rng, 2 * windows)), encoder), []
        for k in range(0, len(samples), SAMPLE_RATE // 10):
            begin = time.process_time()
            follower.feed(samples[k : k + SAMPLE_RATE // 10])
            took.append(1000 * (time.process_time() - begin))
        late = np.array(took[100:])  # compiled by then
        figures = (np.median(late), np.quantile(late, 0.99), late.max())
        table.add_row(str(windows), *(f"{x:.1f}" for x in figures))
    return table


def main() -> None:
    console = Console()
    load = os.getloadavg()[0]
    console.print(f"{os.cpu_count()} processors, {load:.1f} processes running on average")
    rng = np.random.default_rng(0)
    console.print(pairs(rng))
    console.print(following(rng))


if __name__ == "__main__":
    main()
