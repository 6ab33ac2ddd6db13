"""Networks in whole numbers of 8 bits: two to three times as fast on processors.

The ranges of the layers' outputs come from training windows, augmented as in training, so that
scans and recordings lie within them; NNCF does the rest (post-training quantisation, fast bias
correction; what belongs to attention stays in floating point where that matters).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from scorebridge.openvino import import_openvino
from scorebridge_lab.augment.windows import MIXED, audio_windows, sheet_windows
from scorebridge_lab.benchmarks.distractors import spread
from scorebridge_lab.dataset.pack import load
from scorebridge_lab.dataset.pairs import paces_of, sample, usable_pairs
from scorebridge_lab.errors import LabError

MAX_WINDOWS = 512
MAX_PIECES = 128


def training_windows(folders: Sequence[Path], count: int = MAX_WINDOWS) -> dict[str, NDArray]:
    """Windows as encoders get them, from evenly spaced pieces of each folder of packed ones.

    By side: sheet uint8 [count, 80, 180], 255 white; audio float32 [count, 84, 92].
    Raises LabError where no piece is packed.
    """
    share = -(-MAX_PIECES // max(1, len(folders)))
    files = [f for folder in folders for f in spread(sorted(folder.glob("*.npz")), share)]
    pieces = [p for p in (usable_pairs(load(f)) for f in files) if p is not None]
    if not pieces:
        raise LabError(
            f"{', '.join(map(str, folders)) or 'no folder'}: no packed pieces, whose windows set"
            " the ranges of 8 bits. Name the training's with --data, or ship without --eight-bits."
        )
    batch = sample(pieces, count, seed=0, step=0, counts=(4,), paced=paces_of(pieces))
    torch.manual_seed(0)
    ink = sheet_windows(torch.from_numpy(batch.sheet), MIXED).clamp(0, 1)
    sound = audio_windows(torch.from_numpy(batch.audio), MIXED, torch.from_numpy(batch.pace))
    return {
        "sheet": ((1 - ink) * 255).round().to(torch.uint8).numpy(),
        "audio": sound.float().numpy(),
    }


def eight_bit(network: Any, windows: NDArray) -> Any:
    """An OpenVINO network with its products in 8 bits, their ranges those of `windows` [n, ...]."""
    import_openvino()  # first: NNCF's own import of it would switch on telemetry
    os.environ.setdefault("NNCF_CI", "1")  # switches off NNCF's telemetry
    import nncf

    examples = nncf.Dataset([np.ascontiguousarray(w[None]) for w in windows])
    return nncf.quantize(
        network, examples, subset_size=len(windows), model_type=nncf.ModelType.TRANSFORMER
    )
