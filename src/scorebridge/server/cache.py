"""Files made from documents: page pictures, sound, peaks, alignments, exports.

Every file can be made again, so all of them may be deleted at any time. If they exceed the
maximum size, the least recently used ones go. A file appears under its name when it is complete.
A checksum lies beside each; `scorebridge verify` compares them.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from scorebridge import __version__
from scorebridge.files import atomic_path, write_atomically
from scorebridge.library.damage import BESIDE, drop_checksum, put_checksum
from scorebridge.types import Rotation

TOUCH_AFTER_S = 3600.0  # a file used again within this time keeps its time of last use
SHRINK_EVERY = 64  # files made between two checks of the total size
PAGES = f"pages-{__version__}.json"  # the systems of a score's pages
PEAKS = "peaks.npy"


def page_image_name(number: int, rotation: Rotation = 0) -> str:
    """The cache name of the picture of a page that is turned by `rotation`."""
    return f"page-{page_name(number, rotation)}.jpg"


def page_name(number: int, rotation: Rotation = 0) -> str:
    """A page and its rotation in addresses and file names, such as 3 or 3-180."""
    return f"{number}-{rotation}" if rotation else str(number)


class DocumentCache:
    """The folder `folder`, with a folder inside for each document.

    max_bytes : maximum total size; it may be exceeded by the last `SHRINK_EVERY` files.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.folder, self.max_bytes = folder, max_bytes
        self._locks: dict[Path, threading.Lock] = {}
        self._guard = threading.Lock()
        self._made = 0

    def path(self, document_id: str, name: str) -> Path:
        """The path of a file, whether it exists or not. `name` never comes from a client."""
        return self.folder / document_id[:2] / document_id / name

    def get_or_make(self, document_id: str, name: str, make: Callable[[Path], object]) -> Path:
        """The file `name` of a document; if it does not exist, `make(path)` writes it.

        Calls for the same file at the same time wait for the first one. Raises what `make`
        raises.
        """
        path = self.path(document_id, name)
        if self._is_present(path):
            return path
        with self._guard:
            lock = self._locks.setdefault(path, threading.Lock())
        try:
            with lock:
                if self._is_present(path):
                    return path
                drop_checksum(path)
                with atomic_path(path) as part:
                    make(part)
                _put_checksum(path)
        finally:
            with self._guard:
                if not lock.locked():
                    self._locks.pop(path, None)
        self._made += 1
        if self._made % SHRINK_EVERY == 0:
            self.shrink()
        return path

    def put(self, document_id: str, name: str, content: bytes) -> Path:
        """Store a file, in place of an earlier one of the same name."""
        path = self.path(document_id, name)
        drop_checksum(path)
        write_atomically(path, content)
        _put_checksum(path)
        return path

    def forget(self, document_id: str) -> None:
        """Delete all files of a document."""
        shutil.rmtree(self.path(document_id, ""), ignore_errors=True)

    def shrink(self) -> None:
        """Delete the least recently used files until the rest fits `max_bytes`."""
        files = []
        for path in self.folder.rglob("*"):
            with suppress(OSError):
                status = path.stat()
                if path.is_file() and path.suffix != BESIDE:
                    files.append((status.st_mtime, status.st_size, path))
        total = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if total <= self.max_bytes:
                break
            with suppress(OSError):
                drop_checksum(path)
                path.unlink()
                total -= size

    def sweep(self) -> None:
        """Delete the incomplete files of a process that was killed, then `shrink`."""
        for path in self.folder.rglob(".*"):
            path.unlink(missing_ok=True)
        for beside in self.folder.rglob(f"*{BESIDE}"):
            if not beside.with_suffix("").exists():
                beside.unlink(missing_ok=True)
        self.shrink()

    def _is_present(self, path: Path) -> bool:
        try:
            status = path.stat()
        except OSError:
            return False
        if status.st_mtime < time.time() - TOUCH_AFTER_S:
            with suppress(OSError):
                os.utime(path)
        return True


def _put_checksum(path: Path) -> None:
    with suppress(OSError):  # on a full disk the file stays without
        put_checksum(path)
