"""The waveform of a recording, and whether browsers play it as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from scorebridge.audio.decode import decode
from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.export.browser_sound import (
    browser_media_type,
    check_duration,
    stated_duration,
)
from scorebridge.sandbox import Report

PEAKS_PER_S = 100


def measure_peaks(report: Report, path: Path, max_duration_s: float, out: Path) -> float:
    """Write the peaks of a recording; returns its duration in s. Raises `AudioError`.

    out : .npy file, uint8 [n], the greatest absolute value of each 1 / `PEAKS_PER_S` s, times 255.
    """
    check_duration(path, stated_duration(path), max_duration_s)
    samples = decode(path)
    step = SAMPLE_RATE // PEAKS_PER_S
    stretches = samples[: len(samples) // step * step].reshape(-1, step)
    greatest = np.maximum(stretches.max(axis=1), -stretches.min(axis=1))
    peaks = (np.clip(greatest, 0, 1) * 255).round().astype(np.uint8)
    with out.open("wb") as file:
        np.save(file, peaks)
    return len(samples) / SAMPLE_RATE


def write_media_type(report: Report, path: Path, out: Path) -> None:
    """Write `browser_media_type` into a file, which stays empty where there is none."""
    out.write_text(browser_media_type(report, path) or "", "utf-8")
