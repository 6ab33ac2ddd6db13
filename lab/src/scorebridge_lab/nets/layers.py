"""What several encoders are built of."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from scorebridge_lab.nets import fused

PART = 25  # windows whose maps go through a layer at once on a processor, for its caches


class Convolutions(nn.Sequential):
    """Layers in a row that torch can compile: of its own `Sequential` it compiles nothing.

    Batch norm, ELU and 2x2 max pooling that follow each other run as one where that is possible
    (`fused`), and a batch goes through each layer in parts then.
    """

    def forward(self, input: Tensor) -> Tensor:
        """[n, channels, height, width] -> the last layer's maps."""
        layers, k = list(self), 0
        if not fused.wanted(input):
            for layer in layers:
                input = layer(input)
            return input
        parts = list(input.split(PART))
        while k < len(layers):
            layer, norm = layers[k], layers[k + 1] if k + 1 < len(layers) else None
            if (
                isinstance(layer, nn.Conv2d)
                and isinstance(norm, nn.BatchNorm2d)
                and _is_elu(layers[k + 2 : k + 3])
                and fused.able_first(parts[0], layer, norm)
            ):
                parts = fused.first_norm_elu(parts, layer, norm)
                k += 3
                continue
            if isinstance(layer, nn.BatchNorm2d):
                if _is_elu(layers[k + 1 : k + 2]) and all(fused.able(x, layer) for x in parts):
                    pooled = _halves(layers[k + 2 : k + 3])
                    parts = fused.norm_elu(parts, layer, pooled)
                    k += 3 if pooled else 2
                    continue
                parts = [torch.cat(parts)]  # its moments are the whole batch's
            parts = [layer(x) for x in parts]
            k += 1
        return torch.cat(parts)


def _is_elu(layers: list[nn.Module]) -> bool:
    return bool(layers) and isinstance(layers[0], nn.ELU) and layers[0].alpha == 1


def _halves(layers: list[nn.Module]) -> bool:
    layer = layers[0] if layers else None
    return isinstance(layer, nn.MaxPool2d) and layer.kernel_size == 2 and layer.padding == 0
