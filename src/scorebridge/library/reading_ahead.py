"""Files read and encoded ahead of their turn, several at a time; what becomes of them keeps order.

Each file is read by a child process of its own (`encode/limited.py`), so the threads here mostly
wait. The encoders use all cores by themselves and take one thread at a time.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode.encoder import Encoder

S = TypeVar("S")
T = TypeVar("T")

MAX_WORKERS = 16


class OneAtATime:
    """An encoder that several threads may call."""

    def __init__(self, encoder: Encoder) -> None:
        self.info = encoder.info
        self._encoder, self._guard = encoder, threading.Lock()

    def sheet(
        self, windows: NDArray[np.uint8], owner: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """See `Encoder.sheet`."""
        with self._guard:
            return self._encoder.sheet(windows, owner)

    def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """See `Encoder.audio`."""
        with self._guard:
            return self._encoder.audio(windows)


def usable_workers() -> int:
    """As many files as this process may have processors."""
    affinity = getattr(os, "sched_getaffinity", None)
    return min(MAX_WORKERS, len(affinity(0)) if affinity else os.cpu_count() or 1)


def ahead(
    function: Callable[[S], T], things: Sequence[S], workers: int
) -> Iterator[tuple[S, Callable[[], T]]]:
    """Each thing in its order, and what gives the result of `function` for it, or raises its error.

    Up to `workers` things are at work, and as many wait until their turn comes. What was begun is
    finished before an exception leaves the loop.
    """
    if workers < 2 or len(things) < 2:
        for thing in things:
            yield thing, lambda thing=thing: function(thing)
        return
    with ThreadPoolExecutor(workers, thread_name_prefix="ahead") as pool:
        begun: list[Future[T]] = []
        try:
            for k, thing in enumerate(things):
                begun += [pool.submit(function, t) for t in things[len(begun) : k + 2 * workers]]
                yield thing, begun[k].result
                begun[k] = _DONE  # its result may be large
        finally:
            for future in begun:
                future.cancel()


_DONE: Future = Future()
