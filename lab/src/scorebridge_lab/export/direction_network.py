"""The direction classifier as the files that ship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorebridge.score.direction_classifier import VIEW_SIZE
from scorebridge_lab.export.networks import ship_for_pages
from scorebridge_lab.nets.direction_net import DirectionNet


def ship(net: DirectionNet, target: Path, card: dict[str, Any]) -> None:
    """Writes direction.xml, direction.bin (16-bit weights) and direction.json into `target`.

    Both forms must agree on random views to 0.05, else LabError.
    """
    ship_for_pages(net, (VIEW_SIZE, VIEW_SIZE), target, "direction", card, max_difference=0.05)
