"""The papers' encoder: four blocks of two 3x3 convolutions, batch norm, ELU, max pooling.

P1 table 1, P2 table 1, P3 table 2, P5 section 3.2; the feature maps differ (P1
16-32-64-64, P2 12-24-48-48, P3 to P5 24-48-96-96). On top either a 1x1 convolution and
global average pooling (P1 to P4) or a flattened linear layer (P5). Input is what the
papers give: white 1, ink 0; log10(1 + x) of the spectrogram. With P5's sizes 134 sheet
and 131 audio windows a second on two cores in torch, 98 training pairs a second on one
that has bfloat16.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from scorebridge_lab.nets.layers import Convolutions
from scorebridge_lab.nets.paper_shape import Top


class Vgg(nn.Module):
    """One encoder: windows [n, height, width] to features [n, dim], not normalised."""

    def __init__(
        self,
        height: int,
        width: int,
        channels: tuple[int, ...],
        dim: int = 32,
        top: Top = "pool",
        attention: bool = False,
    ) -> None:
        super().__init__()
        self.attention = SoftAttention(width) if attention else None
        blocks: list[nn.Module] = []
        inside = 1
        for outside in channels:
            for _ in range(2):
                blocks += [nn.Conv2d(inside, outside, 3, padding=1, bias=False)]
                blocks += [nn.BatchNorm2d(outside), nn.ELU(inplace=True)]
                inside = outside
            blocks.append(nn.MaxPool2d(2))
        self.features = Convolutions(*blocks)
        cells = (height >> len(channels)) * (width >> len(channels))
        self.width = inside * cells
        """Numbers that `hidden` gives for a window."""
        if top == "pool":
            self.top: nn.Module = nn.Sequential(
                nn.Conv2d(inside, dim, 1, bias=False),
                nn.BatchNorm2d(dim),
                nn.AdaptiveAvgPool2d(1),
                nn.Flatten(),
            )
        else:
            self.top = nn.Sequential(nn.Flatten(), nn.Linear(self.width, dim))
        for layer in self.modules():  # He et al. 2015 (P5 section 5.3)
            if isinstance(layer, nn.Conv2d):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")

    def maps(self, windows: Tensor) -> Tensor:
        """Feature maps of the convolutions, [n, channels, height / 16, width / 16]."""
        if self.attention is not None:
            windows = self.attention(windows)
        x = windows.unsqueeze(1).contiguous(memory_format=torch.channels_last)
        return self.features(x)

    def hidden(self, windows: Tensor) -> Tensor:
        """What self-supervised learning trains (P5 section 3.2): the maps, flattened."""
        return self.maps(windows).flatten(1)

    def forward(self, windows: Tensor) -> Tensor:
        """[n, height, width] -> float32 [n, dim].

        The top is never in bfloat16: features that scatter little about a large mean would lose
        both, and it is a hundredth of the work.
        """
        maps = self.maps(windows)
        with torch.autocast(maps.device.type, enabled=False):
            return self.top(maps.float())


class SoftAttention(nn.Module):
    """A branch that weighs the frames of an audio window before it is encoded.

    P4 section III-B, after Balke et al., Learning Soft-Attention Models for Tempo-invariant
    Audio-Sheet Music Retrieval (ISMIR 2019): a small network looks at the whole window and
    gives one weight a frame, a softmax over time; the spectrogram's frames are multiplied by it
    (times their number, so that even attention changes nothing).
    """

    def __init__(self, bands: int, channels: tuple[int, ...] = (12, 24, 24)) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        inside = 1
        for outside in channels:
            layers += [nn.Conv2d(inside, outside, (5, 3), padding=(2, 1), bias=False)]
            layers += [nn.BatchNorm2d(outside), nn.ELU(inplace=True), nn.MaxPool2d((1, 2))]
            inside = outside
        self.features = Convolutions(*layers)
        self.score = nn.Conv1d(inside * (bands >> len(channels)), 1, 1)

    def weights(self, windows: Tensor) -> Tensor:
        """[n, frames, bands] -> [n, frames], each row of sum 1."""
        x = self.features(windows.unsqueeze(1))  # [n, c, frames, bands / 8]
        x = x.transpose(2, 3).flatten(1, 2)
        return self.score(x).squeeze(1).float().softmax(1)

    def forward(self, windows: Tensor) -> Tensor:
        """[n, frames, bands] -> the same, frames weighed."""
        return windows * (self.weights(windows) * windows.shape[1]).unsqueeze(2)


class Projection(nn.Module):
    """SimCLR's projection head: one hidden layer, batch norm, ReLU, 32 unit-length numbers.

    P5 section 3.2. Used in pre-training only and then thrown away.
    """

    def __init__(self, width: int, hidden: int = 512, dim: int = 32) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(width, hidden, bias=False),
            nn.BatchNorm1d(hidden),
            nn.ReLU(inplace=True),
            nn.Linear(hidden, dim),
        )

    def forward(self, hidden: Tensor) -> Tensor:
        """[n, width] -> [n, dim], rows of unit length."""
        return nn.functional.normalize(self.layers(hidden).float(), dim=1)
