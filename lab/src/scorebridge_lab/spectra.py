"""Spectrograms as bytes: one byte holds log10(1 + x) in hundredths."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SPEC_SCALE = 100  # a byte is round(100 * log10(1 + x)), at most 255


def quantise(spec: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Spectrogram, float32 log10(1 + x), as bytes."""
    return np.clip(np.round(spec * SPEC_SCALE), 0, 255).astype(np.uint8)


def restored(spec: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Spectrogram as float32 log10(1 + x), the inverse of `quantise`."""
    return spec.astype(np.float32) / np.float32(SPEC_SCALE)
