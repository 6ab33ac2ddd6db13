"""The direction classifier as the files that ship."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from scorebridge.score.direction_classifier import VIEW_SIZE
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.networks import saved, traced
from scorebridge_lab.nets.direction_net import DirectionNet


def ship(net: DirectionNet, target: Path, card: dict[str, Any]) -> None:
    """Writes direction.xml, direction.bin (16-bit weights) and direction.json into `target`.

    Both forms must agree on random views to 0.05, else LabError.
    """
    target.mkdir(parents=True, exist_ok=True)
    net = net.eval()
    example = torch.randint(0, 256, (4, VIEW_SIZE, VIEW_SIZE), dtype=torch.uint8)
    compiled = saved(traced(net, example), target / "direction.xml")
    with torch.no_grad():
        wanted: Tensor = net(example)
    apart = float(np.abs(compiled(example.numpy())[0] - wanted.numpy()).max())
    if apart > 0.05:
        raise LabError(f"{target}: OpenVINO and torch differ by {apart:.3f}")
    (target / "direction.json").write_text(json.dumps(card, indent=1) + "\n")
