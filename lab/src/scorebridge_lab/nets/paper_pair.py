"""Both of the papers' encoders and the projection layer above them."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from scorebridge_lab.nets.cca import Cca
from scorebridge_lab.nets.paper_shape import Shape
from scorebridge_lab.nets.vgg import Vgg


class PaperPair(nn.Module):
    """Sheet and audio encoder with a CCA layer: windows to unit vectors [n, dim]."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        rows, columns = shape.sheet
        frames, bands = shape.audio
        self.sheet = Vgg(rows, columns, shape.channels, shape.dim, shape.top)
        self.audio = Vgg(
            frames, bands, shape.channels, shape.dim, shape.top, attention=shape.attention
        )
        self.cca = Cca(shape.dim, shape.momentum)

    def embed_sheet(self, windows: Tensor) -> Tensor:
        """float [n, rows, columns], white 1 -> float [n, dim], by the fixed projection."""
        return functional.normalize(self.cca.sheet(self.sheet(windows)), dim=1)

    def embed_audio(self, windows: Tensor) -> Tensor:
        """float [n, frames, bands], log10(1 + x) -> float [n, dim], by the fixed projection."""
        return functional.normalize(self.cca.audio(self.audio(windows)), dim=1)
