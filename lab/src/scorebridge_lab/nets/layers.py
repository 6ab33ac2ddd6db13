"""What several encoders are built of."""

from __future__ import annotations

from torch import Tensor, nn


class Convolutions(nn.Sequential):
    """Layers in a row that torch can compile: of its own `Sequential` it compiles nothing."""

    def forward(self, input: Tensor) -> Tensor:
        """[n, channels, height, width] -> the last layer's maps."""
        for layer in self:
            input = layer(input)
        return input
