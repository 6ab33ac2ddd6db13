"""The barline classifiers as the files that ship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorebridge_lab.export.networks import ship_for_pages
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
    ship_for_pages(ShippedBarlineNet(net), net.shape, target, name, card, card_name=card_name)
