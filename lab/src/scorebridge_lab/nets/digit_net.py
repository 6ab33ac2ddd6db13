"""The digit classifier's network: 27,000 weights, 1 million multiplications a view.

Space-to-depth, three 3x3 convolutions with batch norm, ReLU and pooling, and a head that keeps
place.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from scorebridge.score.digits import NO_DIGIT, VIEW_HEIGHT, VIEW_WIDTH
from scorebridge_lab.nets.layers import Convolutions

CHANNELS = (20, 28, 40)  # each but the last is followed by pooling to a half


class DigitNet(nn.Module):
    """Views, uint8 [n, HEIGHT, WIDTH], 255 ink, to log-odds of 0 to 9 and no digit, [n, 11]."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        inside = 4
        for k, outside in enumerate(CHANNELS):
            blocks += [nn.Conv2d(inside, outside, 3, padding=1, bias=False)]
            blocks += [nn.BatchNorm2d(outside), nn.ReLU(inplace=True)]
            if k + 1 < len(CHANNELS):
                blocks += [nn.MaxPool2d(2)]
            inside = outside
        cells = (VIEW_HEIGHT // 8) * (VIEW_WIDTH // 8)
        self.features = Convolutions(*blocks)
        self.head = nn.Sequential(
            nn.Flatten(), nn.Dropout(dropout), nn.Linear(cells * inside, NO_DIGIT + 1)
        )

    def forward(self, views: Tensor) -> Tensor:
        x = functional.pixel_unshuffle((views.float() / 255).unsqueeze(1), 2)
        return self.head(self.features(x))


class ShippedDigitNet(nn.Module):
    """The network as it ships: probabilities, [n, 11]."""

    def __init__(self, net: DigitNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, views: Tensor) -> Tensor:
        return torch.softmax(self.net(views), 1)
