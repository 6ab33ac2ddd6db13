"""Sizes of the papers' pairs, without torch: settings are read where nothing is trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Top = Literal["pool", "flat"]
"""A 1x1 convolution and global average pooling, or a flattened linear layer."""
MOMENTUM = 0.03  # share of the running covariances that a batch replaces, see `cca.Cca`


@dataclass(frozen=True)
class Shape:
    """What a pair takes and how large it is; the defaults are P5's."""

    sheet: tuple[int, int] = (80, 100)
    """Sheet window as the network sees it: rows, columns."""
    audio: tuple[int, int] = (84, 92)
    """Audio window: frames, bands."""
    channels: tuple[int, ...] = (24, 48, 96, 96)
    dim: int = 32
    top: Top = "flat"
    attention: bool = False
    momentum: float = MOMENTUM
    """See `cca.Cca`; no paper gives it."""
