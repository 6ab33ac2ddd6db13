"""The direction classifier's network: 50,000 weights, 4 million multiplications a view.

Space-to-depth, four 3x3 convolutions with batch norm and ReLU (two with stride 2), a 1x1
convolution, and a head that keeps place, for what matters is at which end a clef stands.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from scorebridge.score.direction_classifier import VIEW_SIZE
from scorebridge_lab.nets.layers import Convolutions

LAYERS = ((16, 1), (24, 2), (32, 1), (48, 2))  # channels and stride
NARROW = 12  # channels that the head sees
HIDDEN = 32


class DirectionNet(nn.Module):
    """Views, uint8 [n, VIEW_SIZE, VIEW_SIZE], 255 ink, to scores, [n].

    The score of a view less that of the view turned by 180 degrees is the log-odds that it is
    upright (`log_odds`).
    """

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        inside, side = 4, VIEW_SIZE // 2
        for outside, stride in LAYERS:
            blocks += [nn.Conv2d(inside, outside, 3, stride=stride, padding=1, bias=False)]
            blocks += [nn.BatchNorm2d(outside), nn.ReLU(inplace=True)]
            inside, side = outside, -(-side // stride)
        blocks += [nn.Conv2d(inside, NARROW, 1), nn.ReLU(inplace=True)]
        self.features = Convolutions(*blocks)
        self.head = nn.Sequential(
            nn.Flatten(),
            nn.Dropout(dropout),
            nn.Linear(side * side * NARROW, HIDDEN),
            nn.ReLU(inplace=True),
            nn.Linear(HIDDEN, 1),
        )

    def forward(self, views: Tensor) -> Tensor:
        x = functional.pixel_unshuffle((views.float() / 255).unsqueeze(1), 2)
        return self.head(self.features(x)).squeeze(1)

    def log_odds(self, views: Tensor) -> Tensor:
        """Log-odds that each view is upright and not upside down, [n]."""
        scores = self(torch.cat([views, views.flip(1, 2)]))
        return scores[: len(views)] - scores[len(views) :]
