"""A trained pair to the files that ship: OpenVINO networks, safetensors, and their card.

`ship` does it for our pair; `write_model` takes any pair whose encoders read our windows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES
from scorebridge.score.strips import WINDOW_HEIGHT, WINDOW_WIDTH
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.eight_bit import eight_bit
from scorebridge_lab.export.networks import saved, traced
from scorebridge_lab.nets.checkpoints import load_pair, was_paced
from scorebridge_lab.nets.compact import Tower


class SheetInput(nn.Module):
    """A network on strips with the input of a page reader: uint8, 255 white."""

    def __init__(self, tower: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, windows: Tensor) -> Tensor:
        """uint8 [n, 80, 180] -> what the tower gives."""
        return self.tower(1 - windows.float() / 255)


class Maps(nn.Module):
    """The first part of a compact tower, whose features are pooled over strips."""

    def __init__(self, tower: Tower) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, windows: Tensor) -> Tensor:
        """[n, 80, 180] -> [n, channels, places]."""
        return self.tower.maps(windows)


class Head(nn.Module):
    """The second part: from pooled features to unit vectors."""

    def __init__(self, tower: Tower) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, features: Tensor) -> Tensor:
        """[n, channels, places] -> [n, dim]."""
        return self.tower.vectors(features)


def average(pair: nn.Module, others: Sequence[nn.Module]) -> None:
    """Gives `pair` the mean of its weights and of those of `others`, ends of one training.

    Raises LabError where one of them is another network.
    """
    states = [p.state_dict() for p in (pair, *others)]
    shapes = [{k: v.shape for k, v in state.items()} for state in states]
    if any(other != shapes[0] for other in shapes[1:]):
        raise LabError("runs of different networks: their weights have no mean")
    mean = {
        k: torch.stack([s[k].float() for s in states]).mean(0) if v.is_floating_point() else v
        for k, v in states[0].items()
    }
    pair.load_state_dict(mean)


def ship(
    run: Path,
    target: Path,
    name: str,
    about: dict[str, Any],
    windows: dict[str, NDArray] | None = None,
    also: Sequence[Path] = (),
) -> None:
    """Writes a run of our pair, or a shipped model, as a model folder (`write_model`).

    also : other runs of our pair, whose weights are averaged with the first one's (`average`).
    """
    pair = load_pair(run)
    if also:
        average(pair, [load_pair(other) for other in also])
    facts = {"net": "compact", "dim": pair.dim, "channels": list(pair.channels)}
    facts |= {"mixing": pair.mixing, "paced": was_paced(run)}
    maps = SheetInput(Maps(pair.sheet))
    towers: dict[str, nn.Module] = {"sheet": maps, "sheet_head": Head(pair.sheet)}
    towers["audio"] = pair.audio
    stored = run / "settings.json"
    settings = (
        json.loads(stored.read_text())
        if stored.exists()
        else json.loads((run / "card.json").read_text())["settings"]
    )
    write_model(pair, towers, target, {"name": name, **facts}, settings, about, windows)


def write_model(
    pair: nn.Module,
    towers: dict[str, nn.Module],
    target: Path,
    facts: dict[str, Any],
    settings: dict[str, Any],
    about: dict[str, Any],
    windows: dict[str, NDArray] | None = None,
) -> None:
    """Writes sheet.xml, audio.xml (16-bit weights), pair.safetensors and card.json into `target`.

    With a tower "sheet_head", "sheet" gives the features that it reads (`encode.runtime`).
    OpenVINO's and torch's outputs must agree to a cosine of 0.999 on random windows, else LabError.

    Parameters
    ----------
    pair : whose weights are stored.
    towers : the networks that ship: "sheet" and "audio", and "sheet_head" between them or not.
    facts, settings, about : entries of the card: name and shape, the run's settings, further ones.
    windows : of each side, for networks of 8 bits (`eight_bit`), which must agree on them to .99 on
        average.
    """
    from safetensors.torch import save_file

    target.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(0)
    examples = dict(windows or {}) or {
        "sheet": rng.integers(0, 256, (4, WINDOW_HEIGHT, WINDOW_WIDTH)).astype(np.uint8),
        "audio": rng.random((4, WINDOW_FRAMES, BANDS)).astype(np.float32),
    }
    (target / "sheet_head.xml").unlink(missing_ok=True)
    for side, tower in towers.items():
        tower.eval()
        if side == "sheet_head":
            with torch.no_grad():
                examples[side] = towers["sheet"](torch.from_numpy(examples["sheet"])).numpy()
        example = torch.from_numpy(examples[side])
        model = traced(tower, example)
        if windows is not None:
            model = eight_bit(model, examples[side])
        compiled = saved(model, target / f"{side}.xml")
        with torch.no_grad():
            wanted = tower(example).flatten(1).numpy()
        found = compiled(examples[side])[0].reshape(wanted.shape)
        lengths = np.linalg.norm(wanted, axis=1) * np.linalg.norm(found, axis=1)
        cosines = (found * wanted).sum(1) / np.maximum(lengths, 1e-9)
        cosine, limit = (cosines.min(), 0.999) if windows is None else (cosines.mean(), 0.99)
        if cosine < limit:
            raise LabError(f"{side}: OpenVINO and torch differ (cosine {cosine:.4f})")
    (target / "pair.safetensors").unlink(missing_ok=True)
    state = {k: v.half() if v.is_floating_point() else v for k, v in pair.state_dict().items()}
    save_file({k: v.contiguous() for k, v in state.items()}, target / "pair.safetensors")
    (target / "pair.safetensors").chmod(0o644)
    card = {
        **facts,
        "weights": sum(p.numel() for p in pair.parameters()),
        "bits": 16 if windows is None else 8,
        "licence": "Apache-2.0",
        "settings": settings,
        **about,
    }
    (target / "card.json").write_text(json.dumps(card, indent=1) + "\n")
