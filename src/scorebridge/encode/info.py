"""What an encoder is, in one record."""

from __future__ import annotations

from dataclasses import dataclass

from scorebridge.encode.calibration import GENERIC, Calibration


@dataclass(frozen=True)
class EncoderInfo:
    """What an encoder is, and what its windows must look like."""

    name: str
    """Identifies the very weights: vectors compare only where the names are equal."""
    dim: int
    """Dimensions of its vectors."""
    paced: bool = False
    """Whether its audio windows hear longer where music is slow (`audio.spectrogram.paces`)."""
    by_page: bool = False
    """Whether its pages are scaled to one width, as in the papers, and not staves to one size."""
    pools: bool = False
    """Whether it pools the strips of a window, so that all staves of a system are shown to it."""
    calibration: Calibration = GENERIC
