"""The compact pair of encoders: small enough to train on two cores, quick to search with.

Space-to-depth, six 3x3 convolutions with batch norm and ReLU (the second with
stride 2, so that most work is done at a quarter of the size), two poolings, one
flattened linear head that keeps place (average pooling learns far slower), unit
vectors. Each window is normalised by its own mean and deviation, so neither paper
tone nor loudness matters. 50 million multiplications a window.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES
from scorebridge.score.strips import WINDOW_HEIGHT, WINDOW_WIDTH

CHANNELS = (16, 32, 64, 64, 96, 128)
EPSILON = 1e-3  # keeps a blank window finite


class Tower(nn.Module):
    """One encoder: windows [n, height, width] (any scale) to unit vectors [n, dim]."""

    def __init__(
        self,
        height: int,
        width: int,
        dim: int = 64,
        channels: tuple[int, ...] = CHANNELS,
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
        self.features = nn.Sequential(*blocks)
        cells = -(-height // 4) // 4 * (-(-width // 4) // 4)
        self.head = nn.Sequential(nn.Flatten(), nn.Dropout(dropout), nn.Linear(cells * inside, dim))

    def forward(self, windows: Tensor) -> Tensor:
        x = windows.float()
        x = x - x.mean((1, 2), keepdim=True)
        x = x / (x.square().mean((1, 2), keepdim=True).sqrt() + EPSILON)
        x = functional.pixel_unshuffle(x.unsqueeze(1), 2)
        x = x.contiguous(memory_format=torch.channels_last)
        return functional.normalize(self.head(self.features(x)).float(), dim=1)


class Pair(nn.Module):
    """Both encoders and the scale (1 / temperature) they are trained with."""

    net = "compact"

    def __init__(self, dim: int = 64, channels: tuple[int, ...] = CHANNELS) -> None:
        super().__init__()
        self.dim, self.channels = dim, channels
        self.sheet = Tower(WINDOW_HEIGHT, WINDOW_WIDTH, dim, channels)
        self.audio = Tower(WINDOW_FRAMES, BANDS, dim, channels)
        self.log_scale = nn.Parameter(torch.tensor(2.3))
