"""Trained pairs read from the checkpoint of a run, or from a shipped model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES
from scorebridge.score.strips import WINDOW_HEIGHT, WINDOW_WIDTH
from scorebridge_lab.errors import LabError
from scorebridge_lab.nets.compact import Pair


def was_paced(run: Path) -> bool:
    """Whether a run, or the model of a folder, was trained on paced windows."""
    for name in ("settings.json", "card.json"):
        if (run / name).exists():
            return json.loads((run / name).read_text()).get("paced", False)
    raise LabError(f"{run}: neither a run nor a model")


def _pair_of(record: dict[str, Any]) -> Pair:
    """The untrained pair that a card or a run's settings describe."""
    if record.get("net", "compact") != "compact":
        raise LabError(f"{record['net']}: no such network; this version trains the compact pair")
    return Pair(record["dim"], tuple(record["channels"]), record.get("mixing", 0))


def load_pair(run: Path) -> Pair:
    """The averaged pair of a run's checkpoint, or of a folder with `pair.safetensors`."""
    if (run / "pair.safetensors").exists():
        from safetensors.torch import load_file

        card = json.loads((run / "card.json").read_text())
        if "paper" in card:
            raise LabError(f"{run}: the pair of a paper, not ours")
        return _filled(_pair_of(card), load_file(run / "pair.safetensors"), run)
    if not (run / "checkpoint.pt").exists():
        raise LabError(f"{run}: no checkpoint.pt there. Train first: scorebridge-lab train")
    settings = json.loads((run / "settings.json").read_text())
    if settings.get("kind", "compact") != "compact":
        raise LabError(
            f"{run}: a run of another kind ({settings['kind']}), not of our pair."
            " Those of the papers: scorebridge-lab papers --help"
        )
    state = torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)
    return _filled(_pair_of(settings), state["averaged"], run)


def _filled(pair: Pair, state: dict[str, Tensor], run: Path) -> Pair:
    """The pair with these weights, for use. Raises LabError where they are of other windows."""
    try:
        pair.load_state_dict(state)
    except RuntimeError as error:
        raise LabError(
            f"{run}: weights of another network, or of windows that are not {WINDOW_HEIGHT} x"
            f" {WINDOW_WIDTH} px and {WINDOW_FRAMES} x {BANDS}. Train from the beginning, or start"
            " from a model of this version (--start default)"
        ) from error
    return pair.eval()
