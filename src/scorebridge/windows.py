"""Where windows are cut along a strip or a spectrogram; one rule for both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def window_middles(length: int, window: int, hop: int, over: int) -> NDArray[np.int64]:
    """Middles of the windows of something `length` long, int [n], in its own unit.

    The first and last windows reach `over` beyond the ends (0: they touch them), the others are
    `hop` apart. A length below one window, with what is beyond, gives a single one in its middle.
    """
    if length + 2 * over <= window:
        return np.array([length // 2], np.int64)
    last = length + 2 * over - window
    starts = np.arange(0, last + 1, hop, dtype=np.int64)
    if last - starts[-1] > hop // 2:
        starts = np.append(starts, last)
    return starts + window // 2 - over


def spacing(middles: NDArray, alone: float) -> float:
    """Usual distance from one window's middle to the next; `alone` where there is only one."""
    return float(np.median(np.diff(middles))) if len(middles) > 1 else alone


def woven(windows: NDArray, between: NDArray) -> NDArray:
    """Rows of windows and of those halfway to the next ones, interleaved: [2 n, ...]."""
    return np.stack([windows, between], axis=1).reshape(2 * len(windows), *windows.shape[1:])


def halfway(middles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Middles between those and the next ones, int [n]; the last stays."""
    return (middles + np.append(middles[1:], middles[-1:])) // 2
