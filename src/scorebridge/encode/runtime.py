"""OpenVINO runs the pair of networks that ships.

`models/<name>/` holds `sheet.xml`, `audio.xml`, their weights and `card.json`; torch is needed for
training only. Where `sheet_head.xml` lies beside them, `sheet.xml` gives features, none below 0, of
which those of one window's strips are pooled by their maximum, and the head gives the vectors;
without one, the mean of a window's vectors is taken. OpenVINO computes in bfloat16 where the
processor has it, with a cosine of 0.99999 to float32.
"""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
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
            pools=(folder / "sheet_head.xml").is_file(),
            calibration=calibration or load_calibration(folder),
        )
        self.folder, self._precision = folder, precision
        self._compiled: dict[str, Any] = {}

    def sheet(
        self, windows: NDArray[np.uint8], owner: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """See `Encoder.sheet`."""
        if not self.info.pools:
            vectors = self._vectors("sheet", windows)
            return vectors if owner is None else _unit(_mean(vectors, owner))
        if owner is None or len(owner) == 0 or len(owner) == owner[-1] + 1:
            parts = [windows[k : k + BATCH] for k in range(0, len(windows), BATCH)]
            found = [self._vectors("sheet_head", self._run("sheet", part)) for part in parts]
        else:
            found = [
                self._vectors("sheet_head", self._pooled(windows[rows], owner[rows]))
                for rows in _batches_of(owner)
            ]
        return np.concatenate([np.empty((0, self.info.dim), np.float32), *found])

    def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """See `Encoder.audio`."""
        return self._vectors("audio", windows)

    def _pooled(self, windows: NDArray[np.uint8], owner: NDArray[np.int64]) -> NDArray[np.float32]:
        """The maximum of each feature over the strips of each window."""
        parts = [self._run("sheet", windows[k : k + BATCH]) for k in range(0, len(windows), BATCH)]
        features = np.concatenate(parts)
        return np.maximum.reduceat(features, np.flatnonzero(np.diff(owner, prepend=-1)))

    def _vectors(self, network: str, given: NDArray) -> NDArray[np.float32]:
        """Unit vectors, the output of a network, `BATCH` rows at a time."""
        out = np.empty((len(given), self.info.dim), np.float32)
        for k in range(0, len(given), BATCH):
            result = self._run(network, given[k : k + BATCH])
            if result.shape[1:] != (self.info.dim,):
                raise ModelError(
                    f"{self.folder}: {network}.xml returns vectors of shape {result.shape[1:]},"
                    f" its card names {self.info.dim} dimensions."
                )
            out[k : k + BATCH] = result
        return _unit(out)

    def _run(self, network: str, given: NDArray) -> NDArray[np.float32]:
        if network not in self._compiled:
            self._compiled[network] = self._compile(network)
        return self._compiled[network](np.ascontiguousarray(given))[0]

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


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def _mean(vectors: NDArray[np.float32], owner: NDArray[np.int64]) -> NDArray[np.float32]:
    """The sum of the vectors of each window."""
    return np.add.reduceat(vectors, np.flatnonzero(np.diff(owner, prepend=-1)), axis=0)


def _batches_of(owner: NDArray[np.int64]) -> list[slice]:
    """The strips in batches of about `BATCH`, each with whole windows."""
    firsts = np.flatnonzero(np.diff(owner, prepend=-1))
    cuts = [0]
    for first in [*firsts[1:].tolist(), len(owner)]:
        if first - cuts[-1] >= BATCH or first == len(owner):
            cuts.append(first)
    return [slice(a, b) for a, b in pairwise(cuts)]


def _digest(folder: Path) -> str:
    """Eight hex digits that change with the weights: libraries must not mix them."""
    digest = hashlib.sha256()
    networks = ("sheet", "sheet_head", "audio")
    for name in (f"{n}.{suffix}" for n in networks for suffix in ("xml", "bin")):
        if (folder / name).is_file():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:8]
