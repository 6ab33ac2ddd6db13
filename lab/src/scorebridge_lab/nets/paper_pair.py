"""Both of the papers' encoders and the projection layer above them."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional

from scorebridge_lab.nets.cca import MOMENTUM, Cca
from scorebridge_lab.nets.vgg import Top, Vgg


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


class PaperPair(nn.Module):
    """Sheet and audio encoder with a CCA layer: windows to unit vectors [n, dim]."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        common = (shape.channels, shape.dim, shape.top)
        self.sheet = Vgg(*shape.sheet, *common)
        self.audio = Vgg(*shape.audio, *common, attention=shape.attention)
        self.cca = Cca(shape.dim, shape.momentum)

    def embed_sheet(self, windows: Tensor) -> Tensor:
        """float [n, rows, columns], white 1 -> float [n, dim], by the fixed projection."""
        return functional.normalize(self.cca.sheet(self.sheet(windows)), dim=1)

    def embed_audio(self, windows: Tensor) -> Tensor:
        """float [n, frames, bands], log10(1 + x) -> float [n, dim], by the fixed projection."""
        return functional.normalize(self.cca.audio(self.audio(windows)), dim=1)
