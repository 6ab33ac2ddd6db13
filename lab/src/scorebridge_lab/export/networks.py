"""torch modules as OpenVINO networks: traced, saved, and compared with their origin."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from scorebridge.openvino import import_openvino


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
