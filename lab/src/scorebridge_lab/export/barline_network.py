"""The barline classifiers as the files that ship."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from scorebridge_lab.errors import LabError
from scorebridge_lab.export.networks import saved, traced
from scorebridge_lab.nets.barline_net import BarlineNet, ShippedBarlineNet


def ship(
    net: BarlineNet,
    target: Path,
    card: dict[str, Any],
    name: str = "barlines",
    card_name: str = "card.json",
) -> None:
    """Writes NAME.xml, NAME.bin (16-bit weights) and the card into `target`.

    Both forms must agree on random views to 0.01, else LabError.
    """
    target.mkdir(parents=True, exist_ok=True)
    classifier = ShippedBarlineNet(net).eval()
    example = torch.randint(0, 256, (4, *net.shape), dtype=torch.uint8)
    compiled = saved(traced(classifier, example), target / f"{name}.xml")
    with torch.no_grad():
        wanted: Tensor = classifier(example)
    apart = float(np.abs(compiled(example.numpy())[0] - wanted.numpy()).max())
    if apart > 0.01:
        raise LabError(f"{target}: OpenVINO and torch differ by {apart:.3f}")
    (target / card_name).write_text(json.dumps(card, indent=1) + "\n")
