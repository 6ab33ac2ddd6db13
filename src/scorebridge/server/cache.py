"""Files made from documents once and kept: page pictures, sound, peaks, exports.

Everything here can be made again, so it may be deleted at any time; what was longest unused goes
when there is too much. A file appears under its name when it is whole.
"""

from __future__ import annotations

import os
import shutil
import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from scorebridge import __version__

TOUCH_S = 3600.0  # a file read again within this time is not marked as used again
LOOK_EVERY = 64  # files made between looks at the size of it all
PAGES = f"pages-{__version__}.json"  # what was read on a score's pages


def page_picture(number: int) -> str:
    """What the picture of a page is called."""
    return f"page-{number}.jpg"


class Cache:
    """The folder `folder`, of about `most_bytes` at most; a folder in it for each document."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder, self.most_bytes = folder, most_bytes
        self._locks: dict[Path, threading.Lock] = {}
        self._guard = threading.Lock()
        self._made = 0

    def path(self, document: str, name: str) -> Path:
        """Where a file lies, made or not. `document` and `name` are the server's own words."""
        return self.folder / document[:2] / document / name

    def made(self, document: str, name: str, make: Callable[[Path], object]) -> Path:
        """The file `name` of a document, made by `make(path)` unless it is there.

        Several who ask at once wait for one making. What `make` raises is raised here.
        """
        path = self.path(document, name)
        if self._used(path):
            return path
        with self._guard:
            lock = self._locks.setdefault(path, threading.Lock())
        try:
            with lock:
                if self._used(path):
                    return path
                path.parent.mkdir(parents=True, exist_ok=True)
                part = path.with_name(f".{uuid.uuid4().hex}{path.suffix}")
                try:
                    make(part)
                    part.replace(path)
                finally:
                    part.unlink(missing_ok=True)
        finally:
            with self._guard:
                if not lock.locked():
                    self._locks.pop(path, None)
        self._made += 1
        if self._made % LOOK_EVERY == 0:
            self.shrink()
        return path

    def put(self, document: str, name: str, content: bytes) -> Path:
        """Keep a file whose content is known, in the place of an earlier one."""
        path = self.path(document, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{uuid.uuid4().hex}")
        part.write_bytes(content)
        part.replace(path)
        return path

    def forget(self, document: str) -> None:
        """Delete what was made from a document."""
        shutil.rmtree(self.path(document, "").parent / document, ignore_errors=True)

    def shrink(self) -> None:
        """Delete the longest unused until what is left fits; and leftovers of killed makers."""
        files = []
        for path in self.folder.rglob("*"):
            with suppress(OSError):
                status = path.stat()
                if path.is_file():
                    files.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= self.most_bytes:
                break
            with suppress(OSError):
                path.unlink()
                total -= size

    def _used(self, path: Path) -> bool:
        try:
            status = path.stat()
        except OSError:
            return False
        if status.st_mtime < _now() - TOUCH_S:
            with suppress(OSError):
                os.utime(path)
        return True


def _now() -> float:
    import time

    return time.time()
