"""OpenVINO runs the pair of networks that ships.

`models/<name>/` holds `sheet.xml`, `audio.xml`, their weights and `card.json`; torch is needed for
training only. OpenVINO computes in bfloat16 where the processor has it, with a cosine of 0.99999
to float32.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode.calibration import Calibration, load_calibration
from scorebridge.encode.info import EncoderInfo
from scorebridge.errors import ModelError
from scorebridge.openvino import import_openvino

BATCH = 256  # windows encoded at a time


class OpenVinoEncoder:
    """The pair in `folder`, each network compiled when first used (about 0.3 s).

    precision : "bf16" or "f32"; by default bf16 where the processor has it.
    calibration : by default the one that lies in `folder`.

    Raises `ModelError` where files are missing or damaged.
    """

    def __init__(
        self,
        folder: Path,
        precision: str | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        files = [folder / name for name in ("card.json", "sheet.xml", "audio.xml")]
        missing = [file.name for file in files if not file.is_file()]
        if missing:
            raise ModelError(
                f"{folder}: no encoder there ({', '.join(missing)} missing). Reinstall Scorebridge,"
                " or name another with SCOREBRIDGE_MODEL (a folder made by `scorebridge-lab`)."
            )
        try:
            self.card: dict[str, Any] = json.loads(files[0].read_text("utf-8"))
            dim = int(self.card["dim"])
            paced = bool(self.card.get("paced", False))
            by_page = bool(self.card.get("by_page", False))
            called = str(self.card.get("name", folder.name))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"{files[0]}: not a model card ({error!r}).") from error
        self.info = EncoderInfo(
            # Libraries hold this name: windows of another kind give other vectors too.
            name=f"{called}-{_digest(folder)}{'p' if paced else ''}{'w' if by_page else ''}",
            dim=dim,
            paced=paced,
            by_page=by_page,
            calibration=calibration or load_calibration(folder),
        )
        self.folder, self._precision = folder, precision
        self._compiled: dict[str, Any] = {}

    def sheet(self, windows: NDArray[np.uint8]) -> NDArray[np.float32]:
        """See `Encoder.sheet`."""
        return self._run("sheet", windows)

    def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """See `Encoder.audio`."""
        return self._run("audio", windows)

    def _run(self, side: str, windows: NDArray) -> NDArray[np.float32]:
        if side not in self._compiled:
            self._compiled[side] = self._compile(side)
        out = np.empty((len(windows), self.info.dim), np.float32)
        for k in range(0, len(windows), BATCH):
            result = self._compiled[side](np.ascontiguousarray(windows[k : k + BATCH]))[0]
            if result.shape[1:] != (self.info.dim,):
                raise ModelError(
                    f"{self.folder}: {side}.xml returns vectors of shape {result.shape[1:]},"
                    f" its card names {self.info.dim} dimensions."
                )
            out[k : k + BATCH] = result
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)

    def _compile(self, side: str) -> Any:
        core = import_openvino().Core()
        bf16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        hints = {
            # One request over all cores at a time: batches are large enough to fill them.
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": self._precision or ("bf16" if bf16 else "f32"),
        }
        try:
            return core.compile_model(self.folder / f"{side}.xml", "CPU", hints)
        except RuntimeError as error:
            raise ModelError(
                f"{self.folder / side}.xml cannot be used: {str(error).strip().splitlines()[-1]}"
            ) from error


def _digest(folder: Path) -> str:
    """Eight hex digits that change with the weights: libraries must not mix them."""
    digest = hashlib.sha256()
    for name in ("sheet.xml", "sheet.bin", "audio.xml", "audio.bin"):
        if (folder / name).is_file():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:8]
