"""Who reads a library, so that a writer knows whether old versions are still needed.

Each process that reads holds the lock of a file of its own in `readers/` while one of its calls is
at work; the system releases it if the process ends. A process that may not write there is not seen.
"""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

READERS = "readers"


class Reading:
    """What one process does in one library; `with reading.going_on():` around each call."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / READERS / f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._lock: FileLock | None = None
        self._calls = 0
        self._guard = threading.Lock()

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """A call that reads. Calls may overlap, in several threads too."""
        with self._guard:
            self._calls += 1
            if self._calls == 1:
                self._begin()
        try:
            yield
        finally:
            with self._guard:
                self._calls -= 1
                if self._calls == 0 and self._lock:
                    lock, self._lock = self._lock, None
                    with suppress(OSError):
                        self._path.unlink(missing_ok=True)
                        lock.release()

    def _begin(self) -> None:
        if not (self._path.parent.parent / "library.json").is_file():  # no library yet
            return
        lock = FileLock(self._path, thread_local=False)
        with suppress(OSError, Timeout):
            self._path.parent.mkdir(exist_ok=True)
            lock.acquire(timeout=0)
            self._lock = lock


def anybody_reads(folder: Path) -> bool:
    """Whether a process reads the library now; files of processes that ended are deleted."""
    busy = False
    with suppress(OSError):
        for path in (folder / READERS).iterdir():
            lock = FileLock(path)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                busy = True
                continue
            path.unlink(missing_ok=True)
            lock.release()
    return busy
