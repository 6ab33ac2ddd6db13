"""torch modules as OpenVINO networks: traced, saved, and compared with their origin."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from scorebridge.openvino import import_openvino
from scorebridge_lab.errors import LabError


def traced(network: nn.Module, example: Tensor) -> Any:
    """A network as OpenVINO's, for any number of what `example` [n, ...] holds."""
    openvino = import_openvino()
    with warnings.catch_warnings():
        # OpenVINO 2026 traces with torch.jit, which torch 2.13 deprecates.
        warnings.filterwarnings("ignore", "`torch.jit", DeprecationWarning)
        return openvino.convert_model(
            network, example_input=example, input=[-1, *example.shape[1:]]
        )


def saved(model: Any, path: Path) -> Any:
    """Saves an OpenVINO network (16-bit weights), and compiles the saved file for comparison.

    It computes in float32: bfloat16, where a processor has it, would hide errors of the file.
    """
    openvino = import_openvino()
    openvino.save_model(model, path, compress_to_fp16=True)
    return openvino.Core().compile_model(path, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})


def ship_for_pages(
    network: nn.Module,
    view: tuple[int, int],
    target: Path,
    name: str,
    card: dict[str, Any],
    max_difference: float = 0.01,
    card_name: str = "",
) -> None:
    """Writes NAME.xml, NAME.bin (16-bit weights) and the card, NAME.json, into `target`.

    network : from views, uint8 [n, *view]. Both forms must agree on random views to
    `max_difference`, else LabError.
    """
    target.mkdir(parents=True, exist_ok=True)
    network = network.eval()
    example = torch.randint(0, 256, (4, *view), dtype=torch.uint8)
    compiled = saved(traced(network, example), target / f"{name}.xml")
    with torch.no_grad():
        wanted: Tensor = network(example)
    apart = float(np.abs(compiled(example.numpy())[0] - wanted.numpy()).max())
    if apart > max_difference:
        raise LabError(f"{target}: OpenVINO and torch differ by {apart:.3f}")
    (target / (card_name or f"{name}.json")).write_text(json.dumps(card, indent=1) + "\n")
