"""What jobs work with: the library and the server's folders, and the functions of one job."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from scorebridge.errors import BusyError, InputError, UsageError, is_disk_full
from scorebridge.library import Library
from scorebridge.sandbox import Allowance, Cancelled, run_limited
from scorebridge.server import payloads
from scorebridge.server.cache import DocumentCache
from scorebridge.server.catalogue import Catalogue, CatalogueReader, Entry
from scorebridge.server.originals import Originals
from scorebridge.server.queue import Job, JobQueue
from scorebridge.server.settings import ServerSettings
from scorebridge.server.upload_store import UploadStore
from scorebridge.shown import shown
from scorebridge.types import Document

T = TypeVar("T")

BUSY_MESSAGE = "waiting for another program that writes to the library"
FULL_MESSAGE = "waiting for free space on the disk"
_REMOVED = "A document of this job is no longer in the library."
BUSY_POLL_S = 0.3  # between two tries while another program writes to the library


class Trouble:
    """What keeps the lanes from their work; told with `tell`, one line, whenever it changes."""

    def __init__(self, tell: Callable[[str], object] = lambda text: None) -> None:
        self._tell, self._by_lane, self._told = tell, dict[str, str](), ""
        self._lock = threading.Lock()

    def put(self, lane: str, error: Exception) -> None:
        """A lane cannot go on."""
        full = is_disk_full(error)
        self._set(lane, "the disk is full" if full else f"{type(error).__name__}: {error}")

    def clear(self, lane: str) -> None:
        """A lane works."""
        self._set(lane, "")

    def _set(self, lane: str, text: str) -> None:
        with self._lock:
            self._by_lane[lane] = text
            told = next(filter(None, self._by_lane.values()), "")
            if told != self._told:
                self._told = told
                self._tell(shown(told))


class WorkerContext:
    """What all jobs share."""

    def __init__(
        self, settings: ServerSettings, queue: JobQueue, trouble: Trouble | None = None
    ) -> None:
        self.trouble = trouble or Trouble()
        self.settings, self.queue = settings, queue
        self.library = Library(settings.library)
        self.cache = DocumentCache(settings.cache, settings.limits.max_cache_bytes)
        self.uploads = UploadStore(settings, queue)
        self.originals = Originals()
        self._reader = CatalogueReader(self.library, self.uploads.names)

    @property
    def catalogue(self) -> Catalogue:
        """The documents and links as they are now."""
        return self._reader.read()

    @cached_property
    def allowance(self) -> Allowance:
        """The limits of a child process that reads a whole file."""
        limits = self.settings.limits
        return Allowance(limits.max_memory_bytes, limits.max_decode_s, limits.max_silence_s)


@dataclass(frozen=True)
class JobContext:
    """One running job."""

    worker: WorkerContext
    job: Job
    report: Callable[..., None]
    """Called with the progress (0 to 1), a message, and a first answer if there is one."""
    is_cancelled: Callable[[], bool]

    def entry(self, document_id: str) -> Entry:
        """A document of the library. Raises `UsageError` if it was removed."""
        entry = self.worker.catalogue.entries.get(document_id)
        if entry is None:
            raise UsageError(_REMOVED)
        return entry

    def document(self, document_id: str) -> Document:
        """The same as the library knows it, with its places. Raises `UsageError`."""
        document = self.worker.library.snapshot().get(document_id)
        if document is None:
            raise UsageError(_REMOVED)
        return document

    def file(self, document_id: str) -> Path:
        """A document's file as it was added. Raises `InputError` if it is gone or changed."""
        entry = self.entry(document_id)
        path = self.worker.originals.find(entry)
        if path is None:
            what = "has changed since it was added" if entry.is_there else "is gone"
            raise InputError(entry.paths[0], what, "Bring it back, or remove the document.")
        return path

    def run_in_child(self, function: Callable[..., T], path: Path, *args: Any) -> T:
        """`function(report, path, *args)` in a child process. Raises `InputError`, `Cancelled`."""
        return run_limited(
            function,
            path,
            *args,
            allowance=self.worker.allowance,
            report=self.report,
            cancelled=self.is_cancelled,
        )

    def retry_while_busy(self, call: Callable[[], T]) -> T:
        """`call`, again while another program writes to the library. Raises `Cancelled`."""
        while True:
            try:
                return call()
            except BusyError:
                self.report(0.95, BUSY_MESSAGE)
                if self.is_cancelled():
                    raise Cancelled from None
                time.sleep(BUSY_POLL_S)

    def queue_linking(self) -> None:
        """Queue a job that links the library, unless one is queued."""
        payload = payloads.UpdateLinks()
        record = payloads.to_record(payload)
        self.worker.queue.submit(payloads.kind_of(payload), "", record, once=True)
