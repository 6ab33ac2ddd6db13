"""The small networks that read pages, compiled by OpenVINO for one core."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from scorebridge.errors import ModelError
from scorebridge.openvino import import_openvino


@cache
def compiled(network: Path, process: int) -> Any:
    """A network of `models/pages/`, compiled once in each process.

    process : this process's id; a forked child cannot use its parent's network.
    Raises `ModelError` where the network is missing or damaged.
    """
    if not network.is_file():
        raise ModelError(f"{network}: the network for pages is missing. Reinstall Scorebridge.")
    hints = {"INFERENCE_NUM_THREADS": 1, "INFERENCE_PRECISION_HINT": "f32"}
    try:
        return import_openvino().Core().compile_model(network, "CPU", hints)
    except RuntimeError as error:
        cause = str(error).strip().splitlines()[-1]
        raise ModelError(f"{network} cannot be used: {cause}. Reinstall Scorebridge.") from error
