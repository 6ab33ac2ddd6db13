"""How fast pairs reach training: cut from the packed data, plain and with all augmentation.

The wall clock counts what else the machine does, so the load is told beside it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence

import torch

from scorebridge.lab.augment.windows import (
    FULL,
    LIKE_LIFE,
    NONE,
    Strength,
    audio_windows,
    sheet_windows,
)
from scorebridge.lab.data.pack import Packed
from scorebridge.lab.data.pairs import sample


def measure(pieces: Sequence[Packed], batch: int = 256, seconds: float = 10.0) -> Iterator[str]:
    """One line for each way, with pairs a second of wall clock and of processor time."""
    ways = {"windows cut": None, "no augmentation": NONE, "all of it": FULL, "like life": LIKE_LIFE}
    for name, strength in ways.items():
        wall, cpu, step = time.perf_counter(), time.process_time(), 0
        while time.perf_counter() - wall < seconds:
            deliver(pieces, batch, step, strength)
            step += 1
        pairs = step * batch
        lasted, used = time.perf_counter() - wall, time.process_time() - cpu
        yield (
            f"{name}: {pairs / lasted:,.0f} pairs/s, {pairs / used:,.0f} a second of processor time"
            f" (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)"
        )


def deliver(pieces: Sequence[Packed], batch: int, step: int, strength: Strength | None) -> None:
    """One batch as training takes it."""
    raw = sample(pieces, batch, 0, step)
    if strength is not None:
        with torch.no_grad():
            sheet_windows(torch.from_numpy(raw.sheet), strength)
            audio_windows(torch.from_numpy(raw.audio), strength)
