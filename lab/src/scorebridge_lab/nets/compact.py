"""The compact pair of encoders: small enough to train on two cores, quick to search with.

Space-to-depth, six 3x3 convolutions with batch norm and ReLU (the second with
stride 2, so that most work is done at a quarter of the size), two poolings, blocks
of self-attention between all places (`Mixing`), one
flattened linear head that keeps place (average pooling learns far slower), unit
vectors. Each window is normalised by its own mean and deviation, so neither paper
tone nor loudness matters. 50 million multiplications a window, 5 more a block.

A sheet window of more than two staves is several strips (`score.strips`): the convolutions
read each alone, `pooled` takes the maximum of each feature over them, and attention and head read
the result, as they read the one strip of a piano. So the order and the number of the strips do not
matter, and neither do those that rest.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES
from scorebridge.score.strips import WINDOW_HEIGHT, WINDOW_WIDTH
from scorebridge_lab.nets.layers import Convolutions

CHANNELS = (16, 32, 64, 64, 96, 128)
EPSILON = 1e-3  # keeps a blank window finite


class Mixing(nn.Module):
    """One block of self-attention over places: [n, places, width] to the same.

    What lies left and right of the middle comes earlier or later with every tempo and every
    spacing; a linear head alone reads each place by itself. Begins as the identity, so that it may
    be put into a trained network. Vaswani et al., "Attention Is All You Need" (2017), normalised
    first.
    """

    def __init__(self, places: int, width: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.place = nn.Parameter(torch.randn(places, width) * 0.02)
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.ask = nn.Linear(width, 3 * width)
        self.answer = nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        for last in (self.answer, self.narrow):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: Tensor) -> Tensor:
        n, places, width = x.shape
        asked = self.ask(self.before(x + self.place))
        queries, keys, values = (
            asked.reshape(n, places, 3, self.heads, -1).permute(2, 0, 3, 1, 4).unbind()
        )
        scores = queries @ keys.transpose(-1, -2) * (width // self.heads) ** -0.5
        heard = (scores.softmax(-1) @ values).transpose(1, 2).reshape(n, places, width)
        x = x + self.answer(heard)
        return x + self.narrow(functional.gelu(self.wide(self.between(x))))


def pooled(features: Tensor, owner: Tensor) -> Tensor:
    """The maximum over the strips of each window.

    features : [strips, ...], none below 0. owner : int [strips], the window of each strip,
    ascending from 0, none left out. Returns [windows, ...].
    """
    counts = torch.bincount(owner)
    most = int(counts.max())
    if most == 1:
        return features
    first = torch.cumsum(counts, 0) - counts
    rank = torch.arange(len(owner), device=owner.device) - first[owner]
    index = torch.full((len(counts), most), len(owner), device=owner.device)
    index[owner, rank] = torch.arange(len(owner), device=owner.device)
    padded = torch.cat([features, torch.zeros_like(features[:1])])
    return padded[index].amax(1)


class Tower(nn.Module):
    """One encoder: windows [n, height, width] (any scale) to unit vectors [n, dim]."""

    def __init__(
        self,
        height: int,
        width: int,
        dim: int = 64,
        channels: tuple[int, ...] = CHANNELS,
        mixing: int = 0,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        inside = 4
        for k, outside in enumerate(channels):
            stride = 2 if k == 1 else 1
            blocks += [nn.Conv2d(inside, outside, 3, stride=stride, padding=1, bias=False)]
            blocks += [nn.BatchNorm2d(outside), nn.ReLU(inplace=True)]
            if k in (3, 5):
                blocks.append(nn.MaxPool2d(2))
            inside = outside
        self.features = Convolutions(*blocks)
        cells = -(-height // 4) // 4 * (-(-width // 4) // 4)
        self.mixing = nn.Sequential(*(Mixing(cells, inside) for _ in range(mixing)))
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(dropout), nn.Linear(cells * inside, dim))

    def forward(self, windows: Tensor, owner: Tensor | None = None) -> Tensor:
        """owner : which window each strip belongs to (`pooled`); by default each is one."""
        x = self.maps(windows)
        return self.vectors(x if owner is None else pooled(x, owner))

    def maps(self, windows: Tensor) -> Tensor:
        """[n, height, width] -> features of each place, [n, channels, places]."""
        x = windows.float()
        x = x - x.mean((1, 2), keepdim=True)
        x = x / (x.square().mean((1, 2), keepdim=True).sqrt() + EPSILON)
        x = functional.pixel_unshuffle(x.unsqueeze(1), 2)
        x = x.contiguous(memory_format=torch.channels_last)
        return self.features(x).flatten(2)

    def vectors(self, x: Tensor) -> Tensor:
        """Features [n, channels, places] -> unit vectors [n, dim]."""
        if len(self.mixing):
            x = self.mixing(x.transpose(1, 2)).transpose(1, 2)
        return functional.normalize(self.head(x).float(), dim=1)


class Pair(nn.Module):
    """Both encoders and the scale (1 / temperature) they are trained with.

    mixing : blocks of self-attention in each.
    """

    def __init__(
        self, dim: int = 64, channels: tuple[int, ...] = CHANNELS, mixing: int = 0
    ) -> None:
        super().__init__()
        self.dim, self.channels, self.mixing = dim, channels, mixing
        self.sheet = Tower(WINDOW_HEIGHT, WINDOW_WIDTH, dim, channels, mixing)
        self.audio = Tower(WINDOW_FRAMES, BANDS, dim, channels, mixing)
        self.log_scale = nn.Parameter(torch.tensor(2.3))
