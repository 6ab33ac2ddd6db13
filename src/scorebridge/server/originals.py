"""The files of documents as they were added: nothing else is ever read or sent.

A file may be exchanged after it was added, also for a link to a file that nobody meant to share.
So its content is compared with its document's id before it is used, once for each state of the
file: device, number, size, and the times of its last changes, the latter of which nobody can set.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections import OrderedDict
from io import BufferedReader
from pathlib import Path

from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from scorebridge.files import open_regular
from scorebridge.server.catalogue import Entry

MAX_KNOWN = 20_000  # states of files that are remembered, 200 bytes each

State = tuple[int, int, int, int, int]


class Originals:
    """Finds the files of documents; for use from any thread."""

    def __init__(self) -> None:
        self._known: OrderedDict[State, str] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, entry: Entry) -> Path | None:
        """The first of a document's files that is what was added; `None` if there is none."""
        for path in map(Path, entry.paths):
            file = self._opened(path, entry.id)
            if file:
                file.close()
                return path
        return None

    def open(self, entry: Entry) -> tuple[Path, BufferedReader] | None:
        """The same, opened: what is read from it is what was compared."""
        for path in map(Path, entry.paths):
            if file := self._opened(path, entry.id):
                return path, file
        return None

    def is_original(self, file: BufferedReader, entry: Entry) -> bool:
        """Whether an open file is still what was added as this document."""
        try:
            file.seek(0)
            return self._content_id(file) == entry.id
        except OSError:
            return False

    def _opened(self, path: Path, document_id: str) -> BufferedReader | None:
        try:
            file = open_regular(path)
        except OSError:
            return None
        try:
            if self._content_id(file) == document_id:
                file.seek(0)
                return file
        except OSError:
            pass
        file.close()
        return None

    def _content_id(self, file: BufferedReader) -> str:
        before = _state(file)
        with self._lock:
            if before in self._known:
                self._known.move_to_end(before)
                return self._known[before]
        found = hashlib.file_digest(file, "sha256").hexdigest()
        if _state(file) != before:  # it is being written
            return ""
        with self._lock:
            self._known[before] = found
            while len(self._known) > MAX_KNOWN:
                self._known.popitem(last=False)
        return found


def _state(file: BufferedReader) -> State:
    status = os.fstat(file.fileno())
    times = status.st_mtime_ns, status.st_ctime_ns
    return status.st_dev, status.st_ino, status.st_size, *times


def name_of_open(path: Path, file: BufferedReader) -> Path:
    """A name of the open file for this process and its children; on Linux not that of `path`.

    What takes the place of `path` meanwhile, such as a pipe, is not opened.
    """
    return Path(f"/proc/{os.getpid()}/fd/{file.fileno()}") if sys.platform == "linux" else path


class OriginalResponse(FileResponse):
    """Sends a file that is open already; on Linux not even its name is used again."""

    def __init__(self, path: Path, file: BufferedReader, **options: object) -> None:
        status = os.fstat(file.fileno())
        super().__init__(name_of_open(path, file), stat_result=status, **options)  # pyright: ignore[reportArgumentType]
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()
