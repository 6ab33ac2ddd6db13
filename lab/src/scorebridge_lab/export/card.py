"""Figures in an encoder's card: the JSON of evaluations, a line each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scorebridge.encode.runtime import OpenVinoEncoder
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import atomic_path

ROW_KEYS = {"value": "", "documents": " documents"}  # numbers that distinguish rows, and their unit
LEFT_OUT = ("recordings", "failures", "not_judged")  # lists that are too long for a card


def add_figures(folder: Path, files: Sequence[Path]) -> None:
    """Puts figures into `card.json` of an encoder, each file's under its name without suffix.

    folder : of the encoder. files : JSON that `scorebridge-lab evaluate` printed; it replaces the
    card's entry of the same name. Raises LabError, and leaves the card as it is, for a file that is
    none or holds figures of another encoder.
    """
    path, own = folder / "card.json", OpenVinoEncoder(folder).info.name
    card = json.loads(path.read_text())
    figures = card.get("figures", {})
    for file in files:
        try:
            found = json.loads(file.read_text())
            evaluated = found.pop("encoder")
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise LabError(
                f"{file}: not the JSON of an evaluation."
                " Make it with: scorebridge-lab evaluate ... --json"
            ) from error
        if evaluated != own:
            raise LabError(
                f"{file}: figures of {evaluated}, the card is of {own}. Evaluate that one."
            )
        figures[file.stem] = _lines(found)
    with atomic_path(path) as temporary:
        temporary.write_text(json.dumps({**card, "figures": figures}, indent=1) + "\n")


def _lines(found: dict[str, Any]) -> dict[str, str]:
    """{what a figure is of: the figure}, of any evaluation."""
    lines = {}
    for name, value in found.items():
        if name in LEFT_OUT:
            continue
        if isinstance(value, list):  # rows
            lines |= dict(_line(_flat(row), "") for row in value)
        elif name == "curves":  # rows by the curve's name
            lines |= dict(_line(_flat(row), k) for k, rows in value.items() for row in rows)
        elif isinstance(value, dict):
            lines[name] = _line(value, "")[1]
        else:
            lines[name] = value if isinstance(value, str) else _short(value)
    return lines


def _line(row: dict[str, Any], label: str) -> tuple[str, str]:
    """A row by its words (and the number that distinguishes it), and its numbers."""
    words = [label, *(v for v in row.values() if isinstance(v, str))]
    words += [f"{row[k]:g}{unit}" for k, unit in ROW_KEYS.items() if k in row]
    numbers = []
    for name, value in row.items():
        if isinstance(value, int | float) and name not in ROW_KEYS:
            edges = row.get(f"{name}_95")
            between = f" ({edges[0]:.3g}-{edges[1]:.3g})" if edges else ""
            numbers.append(f"{name} {_short(value)}{between}")
    return ", ".join(word for word in words if word), ", ".join(numbers)


def _short(value: float) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Records inside a record beside its own entries."""
    inner = [_flat(v) for v in row.values() if isinstance(v, dict)]
    own = {k: v for k, v in row.items() if not isinstance(v, dict)}
    return {k: v for part in (own, *inner) for k, v in part.items() if k != "r5"}
