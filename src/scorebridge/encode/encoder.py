"""The encoder: its protocol, and which one is loaded."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio import spectrogram as audio
from scorebridge.encode.info import EncoderInfo
from scorebridge.encode.runtime import OpenVinoEncoder
from scorebridge.errors import ModelError

MODELS = Path(__file__).parents[1] / "models"


class Encoder(Protocol):
    """A pair of encoders into one space. `dim` is that of its `info`."""

    info: EncoderInfo

    def sheet(
        self, windows: NDArray[np.uint8], owner: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """uint8 [strips, 80, 180], 255 white -> float32 [n, dim], rows of unit length.

        owner : int [strips], the window that each strip belongs to, ascending from 0, as
            `unrolled.cut_windows` gives it; by default each is a window.
        """
        ...

    def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 [n, 84, 92], log10(1 + x) -> float32 [n, dim], rows of unit length."""
        ...


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder called `name`, else `$SCOREBRIDGE_MODEL`, else the one that ships.

    `name` is a folder of `models/`, the path of such a folder, or `module:callable`,
    called without arguments to give an `Encoder`. Raises `ModelError`.
    """
    name = name or os.environ.get("SCOREBRIDGE_MODEL") or "default"
    module, colon, attribute = name.partition(":")
    if colon and module.replace(".", "").isidentifier():
        try:
            return getattr(import_module(module), attribute)()
        except (ImportError, AttributeError) as error:
            raise ModelError(f"No encoder {name!r}: {error}.") from error
    folder = MODELS / name
    return OpenVinoEncoder(folder if folder.is_dir() else Path(name))


def paces_for(encoder: Encoder, spectrum: NDArray[np.float32]) -> NDArray[np.float32]:
    """How many times as long as usual its audio windows are at each frame: float32 [frames]."""
    return audio.paces(spectrum) if encoder.info.paced else np.ones(len(spectrum), np.float32)
