"""Small stand-ins that ship with the package, for its own tests and yours.

Pass one where an encoder is asked for, or name it on the command line:
`SCOREBRIDGE_MODEL=scorebridge.testing:FakeEncoder scorebridge add ...`
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


class FakeEncoder:
    """An encoder without training: coarse pictures through a fixed random matrix.

    Equal windows give equal vectors and similar windows similar ones, so a document
    finds itself; recordings and scores are strangers to each other.
    """

    def __init__(self, name: str = "fake", dim: int = 16) -> None:
        self.name, self.dim = name, dim
        self._matrix = np.random.default_rng(1).standard_normal((120, dim)).astype(np.float32)

    def sheet(self, windows: NDArray[np.uint8]) -> NDArray[np.float32]:
        """uint8 [n, 80, 100] -> float32 [n, dim], rows of unit length."""
        return self._project(1 - windows.astype(np.float32) / np.float32(255))

    def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 [n, 84, 92] -> float32 [n, dim], rows of unit length."""
        return self._project(windows)

    def _project(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        coarse = [cv2.resize(w, (12, 10), interpolation=cv2.INTER_AREA).ravel() for w in windows]
        vectors = np.array(coarse, np.float32).reshape(-1, 120) @ self._matrix
        vectors[:, 0] += 1e-3  # an empty window has a direction too
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
