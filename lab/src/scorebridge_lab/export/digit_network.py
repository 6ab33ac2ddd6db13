"""The digit classifier as the files that ship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorebridge.score.digits import VIEW_HEIGHT, VIEW_WIDTH
from scorebridge_lab.export.networks import ship_for_pages
from scorebridge_lab.nets.digit_net import DigitNet, ShippedDigitNet


def ship(net: DigitNet, target: Path, card: dict[str, Any]) -> None:
    """Writes digits.xml, digits.bin (16-bit weights) and digits.json into `target`.

    Both forms must agree on random views to 0.01, else LabError.
    """
    view = (VIEW_HEIGHT, VIEW_WIDTH)
    ship_for_pages(ShippedDigitNet(net), view, target, "digits", card)
