"""The barline classifiers' network: 150,000 weights, 6 million multiplications a view of a pair.

Space-to-depth, five 3x3 convolutions with batch norm and ReLU (two with stride 2), and a head
that keeps place, for what matters is where ink stands: a stem is a barline that has noteheads.
That of single staves, of which a page has many, has 110,000 weights and 2 million multiplications.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from scorebridge.score.barline_classifier import VIEW_HEIGHT, VIEW_WIDTH
from scorebridge_lab.nets.layers import Convolutions

Layers = tuple[tuple[int, int], ...]
"""Channels and stride of each convolution."""
LAYERS: Layers = ((16, 1), (24, 2), (32, 1), (48, 2), (48, 1))
STAFF_LAYERS: Layers = ((16, 2), (32, 1), (32, 2), (48, 1))
HIDDEN = 32


class BarlineNet(nn.Module):
    """Views, uint8 [n, height, width], 255 ink, to log-odds of a barline in the middle, [n]."""

    def __init__(
        self,
        shape: tuple[int, int] = (VIEW_HEIGHT, VIEW_WIDTH),
        layers: Layers = LAYERS,
        dropout: float = 0.2,
    ) -> None:
        super().__init__()
        self.shape = shape
        blocks: list[nn.Module] = []
        inside, cells = 4, (shape[0] // 2, shape[1] // 2)
        for outside, stride in layers:
            blocks += [nn.Conv2d(inside, outside, 3, stride=stride, padding=1, bias=False)]
            blocks += [nn.BatchNorm2d(outside), nn.ReLU(inplace=True)]
            inside, cells = outside, (-(-cells[0] // stride), -(-cells[1] // stride))
        self.features = Convolutions(*blocks)
        self.head = nn.Sequential(
            nn.Flatten(),
            nn.Dropout(dropout),
            nn.Linear(cells[0] * cells[1] * inside, HIDDEN),
            nn.ReLU(inplace=True),
            nn.Linear(HIDDEN, 1),
        )

    def forward(self, views: Tensor) -> Tensor:
        x = functional.pixel_unshuffle((views.float() / 255).unsqueeze(1), 2)
        return self.head(self.features(x)).squeeze(1)


class ShippedBarlineNet(nn.Module):
    """The network as it ships: probabilities, [n]."""

    def __init__(self, net: BarlineNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, views: Tensor) -> Tensor:
        return torch.sigmoid(self.net(views))
