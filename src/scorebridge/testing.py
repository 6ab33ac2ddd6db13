"""Small fakes that ship with the package, for its own tests and yours.

Pass one where an encoder is asked for, or name it on the command line:
`SCOREBRIDGE_MODEL=scorebridge.testing:FakeEncoder scorebridge add ...`
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.encode.info import EncoderInfo


class FakeEncoder:
    """An encoder without training: coarse pictures through a fixed random matrix.

    Equal windows give equal vectors and similar windows similar ones, so a document finds itself;
    recordings and scores do not find each other.
    """

    def __init__(self, name: str = "fake", dim: int = 16, paced: bool = False) -> None:
        self.info = EncoderInfo(name, dim, paced)
        self._matrix = np.random.default_rng(1).standard_normal((120, dim)).astype(np.float32)

    def sheet(
        self, windows: NDArray[np.uint8], owner: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """uint8 [strips, 80, 180] -> float32 [n, dim], rows of unit length.

        The pictures of the strips that `owner` gives to one window are added.
        """
        ink = 1 - windows.astype(np.float32) / np.float32(255)
        if owner is not None and len(owner):
            ink = np.add.reduceat(ink, np.flatnonzero(np.diff(owner, prepend=-1)))
        return self._project(ink)

    def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 [n, 84, 92] -> float32 [n, dim], rows of unit length."""
        return self._project(windows)

    def _project(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        coarse = [cv2.resize(w, (12, 10), interpolation=cv2.INTER_AREA).ravel() for w in windows]
        vectors = np.array(coarse, np.float32).reshape(-1, 120) @ self._matrix
        vectors[:, 0] += 1e-3  # an empty window has a direction too
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def melody(seconds: float, seed: int = 0, rate: int = 22050) -> NDArray[np.float32]:
    """Four decaying notes a second, drawn by `seed`: float32 [seconds * rate], peak below 1."""
    random = np.random.default_rng(seed)
    samples = np.zeros(round(seconds * rate), np.float32)
    since = np.arange(rate, dtype=np.float32) / rate
    fade = 0.2 * np.exp(-6 * since) * np.minimum(1, since * 200)
    for onset in range(0, len(samples), rate // 4):
        phase = 2 * np.pi * 220 * 2 ** (random.integers(0, 25) / 12) * since
        note = (fade * (np.sin(phase) + 0.5 * np.sin(2 * phase)))[: len(samples) - onset]
        samples[onset : onset + len(note)] += note
    return samples


def score_page(seed: int = 0, systems: int = 3, width: int = 1000) -> NDArray[np.uint8]:
    """A page of piano systems with notes drawn by `seed`: uint8 [height, width], 255 white."""
    random = np.random.default_rng(seed)
    space, left, right = width // 100, width // 12, width - width // 12
    page = np.full((systems * 36 * space + 12 * space, width), 255, np.uint8)
    for system in range(systems):
        top = (8 + 36 * system) * space
        cv2.line(page, (left, top), (left, top + 16 * space), 0, 2)
        for x in np.linspace(left, right, 5).astype(int)[1:]:
            cv2.line(page, (int(x), top), (int(x), top + 16 * space), 0, 2)
        for staff in (top, top + 12 * space):
            for line in range(5):
                cv2.line(page, (left, staff + line * space), (right, staff + line * space), 0, 1)
            for x in range(left + 8 * space, right - 2 * space, 3 * space):
                y = staff + int(random.integers(0, 9)) * space // 2
                cv2.ellipse(page, (x, y), (space * 6 // 10, space * 45 // 100), -20, 0, 360, 0, -1)
                cv2.line(page, (x + space // 2, y), (x + space // 2, y - 3 * space), 0, 1)
    return page
