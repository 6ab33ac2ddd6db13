"""Encoders that read a whole strip or recording once and pool each window from what they saw.

Windows overlap: at the papers' hops every column of a strip lies in four windows and every frame
in eight, so cutting windows convolves everything four and eight times. Here nothing depends on
where a window begins: convolutions have no padding along time, and each place is normalised by
the mean and deviation of its own neighbourhood (`context` columns) instead of by its window's.
A window is what the head reads, a convolution of `cells` dilated places. Cut singly or taken
from one pass, a window gives the same vector, if it begins at a multiple of `step`.

Level, paper tone and contrast do not matter, as in `compact`. The price: the outer columns
of a window serve as context only. Not trained yet; `bench/strip.py` measures its speed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional

from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES
from scorebridge.lab.nets.layers import Convolutions
from scorebridge.score.strips import WINDOW_HEIGHT, WINDOW_WIDTH

EPSILON = 0.02  # keeps silence and blank paper from being blown up


@dataclass(frozen=True)
class StripShape:
    """Sizes of one tower. `across` counts rows or bands, `along` columns or frames."""

    across: int
    along: int
    context: int
    """Columns over which a place is normalised."""
    halved: tuple[bool, ...]
    """For each convolution, whether it halves the columns as well as the rows."""
    pooled: int
    """Columns of features averaged for one cell of the head."""
    channels: tuple[int, ...] = (16, 32, 64, 64, 96, 128)
    dim: int = 64


# Rows are halved by the second and the fourth convolution and by the pixels' fold; columns by the
# fold and, on sheets, by the second.
SHEET = StripShape(
    WINDOW_HEIGHT, WINDOW_WIDTH, 25, (False, True, False, False, False, False), pooled=2
)
AUDIO = StripShape(BANDS, WINDOW_FRAMES, 21, (False,) * 6, pooled=4)


class StripTower(nn.Module):
    """One encoder for windows and for strips."""

    def __init__(self, shape: StripShape) -> None:
        super().__init__()
        self.shape = shape
        layers: list[nn.Module] = []
        inside, rows, columns = 4, shape.across // 2, (shape.along - shape.context + 1) // 2
        self.step = 2
        """Columns of input a column of features."""
        for k, outside in enumerate(shape.channels):
            stride = (2 if k in (1, 3) else 1, 2 if shape.halved[k] else 1)
            layers += [nn.Conv2d(inside, outside, 3, stride, padding=(1, 0), bias=False)]
            layers += [nn.BatchNorm2d(outside), nn.ReLU(inplace=True)]
            rows, columns = -(-rows // stride[0]), (columns - 3) // stride[1] + 1
            self.step *= stride[1]
            inside = outside
        self.features = Convolutions(*layers)
        self.cells = columns // shape.pooled
        if self.cells < 1:
            raise ValueError(f"windows of {shape.along} columns leave nothing for the head")
        self.rows = rows // 2
        self.head = nn.Conv2d(
            inside, shape.dim, (self.rows, self.cells), dilation=(1, shape.pooled)
        )

    def columns(self, x: Tensor) -> Tensor:
        """Features [n, channels, rows, columns] of input [n, across, any length]."""
        x = fold(normalised(x, self.shape.context))
        x = self.features(x.contiguous(memory_format=torch.channels_last))
        x = functional.max_pool2d(x, (2, 1))
        return functional.avg_pool2d(x, (1, self.shape.pooled), stride=1)

    def forward(self, windows: Tensor) -> Tensor:
        """Windows [n, across, along] to unit vectors [n, dim]."""
        return self._vectors(self.columns(windows), self.step)[:, 0]

    def strip(self, whole: Tensor, hop: int) -> Tensor:
        """All windows of [n, across, length] that begin at 0, hop, 2 hop ...: [n, windows, dim].

        hop : a multiple of `step`; length : at least one window.
        """
        if hop % self.step:
            raise ValueError(f"hop {hop} is no multiple of {self.step}")
        count = (whole.shape[2] - self.shape.along) // hop + 1
        return self._vectors(self.columns(whole), hop)[:, :count]

    def _vectors(self, columns: Tensor, hop: int) -> Tensor:
        stride, head = (1, hop // self.step), self.head
        out = functional.conv2d(columns, head.weight, head.bias, stride, 0, head.dilation)
        return functional.normalize(out.squeeze(2).float(), dim=1).transpose(1, 2)


def normalised(x: Tensor, context: int) -> Tensor:
    """Each column less the mean and over the deviation of the `context` columns around it.

    float [n, across, length] -> [n, across, length - context + 1].
    """
    moments = torch.stack([x.mean(1), x.square().mean(1)], 1)
    mean, square = functional.avg_pool1d(moments, context, stride=1).unbind(1)
    deviation = (square - mean.square()).clamp_min(0).sqrt()
    first = context // 2
    x = x[:, :, first : first + mean.shape[1]]
    return (x - mean.unsqueeze(1)) / (deviation.unsqueeze(1) + EPSILON)


def fold(x: Tensor) -> Tensor:
    """2x2 pixels to four channels: [n, H, W] -> [n, 4, H // 2, W // 2]."""
    x = x[:, : x.shape[1] // 2 * 2, : x.shape[2] // 2 * 2]
    return functional.pixel_unshuffle(x.unsqueeze(1), 2)


class _Windows(nn.Module):
    """A tower for windows as the rest of the lab cuts them."""

    def __init__(self, tower: StripTower, upright: bool) -> None:
        super().__init__()
        self.tower, self.upright = tower, upright

    def forward(self, windows: Tensor) -> Tensor:
        """Sheet float [n, 80, 180], ink 1; audio float [n, 84, 92] (not upright) -> [n, dim]."""
        windows = windows.float()
        return self.tower(windows if self.upright else windows.transpose(1, 2))


class StripPair(nn.Module):
    """Both towers, in the form of `compact.Pair`: trained, judged and shipped the same way."""

    net, mixing = "strip", 0

    def __init__(self, dim: int = 64, channels: tuple[int, ...] = SHEET.channels) -> None:
        super().__init__()
        self.dim, self.channels = dim, channels
        sheet, audio = (replace(s, dim=dim, channels=channels) for s in (SHEET, AUDIO))
        self.sheet = _Windows(StripTower(sheet), upright=True)
        self.audio = _Windows(StripTower(audio), upright=False)
        self.log_scale = nn.Parameter(torch.tensor(2.3))
