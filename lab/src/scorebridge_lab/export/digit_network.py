"""The digit classifier as the files that ship."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from scorebridge.score.digits import VIEW_HEIGHT, VIEW_WIDTH
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.networks import saved, traced
from scorebridge_lab.nets.digit_net import DigitNet, ShippedDigitNet


def ship(net: DigitNet, target: Path, card: dict[str, Any]) -> None:
    """Writes digits.xml, digits.bin (16-bit weights) and digits.json into `target`.

    Both forms must agree on random views to 0.01, else LabError.
    """
    target.mkdir(parents=True, exist_ok=True)
    classifier = ShippedDigitNet(net).eval()
    example = torch.randint(0, 256, (4, VIEW_HEIGHT, VIEW_WIDTH), dtype=torch.uint8)
    compiled = saved(traced(classifier, example), target / "digits.xml")
    with torch.no_grad():
        wanted: Tensor = classifier(example)
    apart = float(np.abs(compiled(example.numpy())[0] - wanted.numpy()).max())
    if apart > 0.01:
        raise LabError(f"{target}: OpenVINO and torch differ by {apart:.3f}")
    (target / "digits.json").write_text(json.dumps(card, indent=1) + "\n")
