"""The state of a running server: library, queue, cache, events and the worker's supervisor.

Routes ask it for documents and cached files and give it jobs. When the server starts, it first
deletes what a killed server left: uploads without a job or a document, and incomplete files.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from io import BufferedReader
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from filelock import BaseFileLock

from scorebridge.errors import BusyError, LibraryError, UsageError
from scorebridge.files import acquire_lock
from scorebridge.library import Library
from scorebridge.library.page_corrections import load_page_corrections
from scorebridge.sandbox import Allowance, run_limited
from scorebridge.server import payloads
from scorebridge.server.cache import DocumentCache
from scorebridge.server.catalogue import Catalogue, CatalogueReader, Entry
from scorebridge.server.errors import ApiError, disk_full
from scorebridge.server.events import EventBroker
from scorebridge.server.originals import Originals, name_of_open
from scorebridge.server.payloads import Payload
from scorebridge.server.queue import Job, JobQueue, Lane
from scorebridge.server.rebuilding import check_databases, rebuild_databases
from scorebridge.server.settings import ServerSettings
from scorebridge.server.supervisor import WorkerSupervisor
from scorebridge.server.upload_store import UploadStore
from scorebridge.types import Rotation

T = TypeVar("T")

SCRATCH = "scratch"  # file that names the folder of temporary files of a run
MAX_CHILDREN = 2  # child processes that make cached files at the same time
CHILD_TIMEOUT_S = 120.0
BUSY_POLL_S = 0.1  # between two tries while another program writes to the library


class ServerState:
    """One running server. Raises `UsageError` if the library has a server already."""

    def __init__(self, settings: ServerSettings, rebuild: bool = False) -> None:
        self.settings = settings
        self.library = Library(settings.library)
        self.library.create()
        try:
            for folder in (settings.uploads, settings.incoming, settings.cache):
                folder.mkdir(parents=True, exist_ok=True)
            self._lock = _lock_library(settings)
        except OSError as error:
            raise LibraryError(
                f"{settings.folder}: the server cannot write there ({error.strerror or error})."
                " Give yourself write permission, or serve a copy of the library."
            ) from error
        try:
            if rebuild:
                rebuild_databases(settings, self.library.paths())
            check_databases(settings)
            self._open()
        except BaseException:
            self._lock.release()
            raise

    def _open(self) -> None:
        settings = self.settings
        self.queue = JobQueue(settings.queue)
        self.cache = DocumentCache(settings.cache, settings.limits.max_cache_bytes)
        self.uploads = UploadStore(settings, self.queue)
        self._reader = CatalogueReader(self.library, self.uploads.names)
        self.events = EventBroker(self.queue, lambda: self.catalogue().version, settings.timing)
        self.supervisor = WorkerSupervisor(settings)
        self.originals = Originals()
        self._children = asyncio.Semaphore(MAX_CHILDREN)
        self._making: dict[Path, asyncio.Task[Path]] = {}
        self._document_locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._rotations: dict[str, tuple[int, Mapping[int, Rotation]]] = {}  # by document id

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """A context in which the worker and the events run."""
        await asyncio.to_thread(self._sweep)
        self._remove_scratch()
        self.supervisor.scratch = Path(mkdtemp(prefix="scorebridge-"))
        with suppress(OSError):  # for the next start, where this process is killed
            (self.settings.folder / SCRATCH).write_text(str(self.supervisor.scratch))
        tasks = [
            asyncio.create_task(self.supervisor.run()),
            asyncio.create_task(self.events.run()),
        ]
        try:
            yield
        finally:
            self.events.close_streams()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.supervisor.stop_worker()
            self._remove_scratch()
            self.close()

    def _remove_scratch(self) -> None:
        """Delete the folder of temporary files of this run, or of one that was killed."""
        record = self.settings.folder / SCRATCH
        with suppress(OSError):
            scratch = Path(record.read_text())
            record.unlink()
            if scratch.name.startswith("scorebridge-") and scratch.parent == Path(gettempdir()):
                shutil.rmtree(scratch, ignore_errors=True)
        if self.supervisor.scratch:
            shutil.rmtree(self.supervisor.scratch, ignore_errors=True)

    def close(self) -> None:
        """Release the library for another server."""
        self._lock.release()

    def trouble(self) -> str:
        """What keeps the server from accepting or doing jobs, in one clause; empty: nothing."""
        return "the disk is full" if self.is_disk_full() else self.supervisor.trouble

    def is_disk_full(self, size: int = 0) -> bool:
        """Whether too little space is left for an upload of `size` bytes."""
        with suppress(OSError):
            free = shutil.disk_usage(self.settings.folder).free
            return free - size < self.settings.limits.min_free_bytes
        return False

    def check_room(self, size: int) -> None:
        """Raise `ApiError` unless the disk has room for an upload of `size` bytes."""
        if self.is_disk_full(size):
            raise disk_full()

    # Documents

    def catalogue(self) -> Catalogue:
        """The documents and links as they are now."""
        return self._reader.read()

    def entry(self, document_id: str, kind: str | None = None) -> Entry:
        """A document, which must be of `kind` if that is given. Raises `ApiError`."""
        entry = self.catalogue().entries.get(document_id)
        if entry is None:
            raise ApiError(
                404, "there is no such document", "It may have been removed; search the library."
            )
        if kind and entry.kind != kind:
            raise ApiError(404, f"this document is a {entry.kind}", f"Choose a {kind}.")
        return entry

    async def rotations(self, entry: Entry) -> Mapping[int, Rotation]:
        """The pages of a score that are turned; page number to degrees clockwise."""
        version = self.catalogue().version
        known = self._rotations.get(entry.id)
        if known is None or known[0] != version:
            known = version, await asyncio.to_thread(self._stored_rotations, entry)
            self._rotations[entry.id] = known
        return known[1]

    def _stored_rotations(self, entry: Entry) -> Mapping[int, Rotation]:
        document = self.library.snapshot().get(entry.id)
        given = load_page_corrections(self.library.path, entry.id)
        return given.rotations(document) if document else {}

    async def open_file(self, entry: Entry) -> tuple[Path, BufferedReader]:
        """A document's file as it was added, open. Raises `ApiError` if gone or changed."""
        found = await asyncio.to_thread(self.originals.open, entry)
        if found is None:
            raise _no_original(entry)
        return found

    async def cached_file(
        self,
        entry: Entry,
        name: str,
        function: Callable[..., Any],
        *args: Any,
        timeout_s: float = CHILD_TIMEOUT_S,
    ) -> Path:
        """A cached file of a document; `function(report, path, *args, out)` writes it in a child.

        Requests for the same file share one child, and a document has one child at a time.
        Raises `ApiError`, `InputError`.
        """
        path = self.cache.path(entry.id, name)
        if path.is_file():
            return await asyncio.to_thread(
                self.cache.get_or_make, entry.id, name, _raise_deleted_meanwhile
            )
        making = self._making.get(path)
        if making is None:
            making = asyncio.create_task(self._make(entry, name, function, args, timeout_s))
            self._making[path] = making
            making.add_done_callback(lambda done: self._made(path, done))
        return await asyncio.shield(making)

    async def _make(
        self,
        entry: Entry,
        name: str,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        timeout_s: float,
    ) -> Path:
        def make(out: Path) -> None:
            self.run_in_child(function, source, *args, out, timeout_s=timeout_s)
            if not self.originals.is_original(file, entry):  # written to while it was read
                raise _no_original(entry)

        lock = self._document_locks.setdefault(entry.id, asyncio.Lock())
        async with lock, self._children:
            path, file = await self.open_file(entry)
            with file:
                source = name_of_open(path, file)
                return await asyncio.to_thread(self.cache.get_or_make, entry.id, name, make)

    def _made(self, path: Path, done: asyncio.Task[Path]) -> None:
        self._making.pop(path, None)
        if not done.cancelled():
            done.exception()  # it has gone to those who asked, if they are still there

    def run_in_child(
        self,
        function: Callable[..., T],
        path: Path,
        *args: Any,
        timeout_s: float = CHILD_TIMEOUT_S,
    ) -> T:
        """`function(report, path, *args)` in a child process. Raises `InputError`."""
        allowance = Allowance(self.settings.limits.max_memory_bytes, timeout_s)
        return run_limited(function, path, *args, allowance=allowance)

    async def remove(self, entry: Entry) -> None:
        """Remove a document; delete its file if it was uploaded. Raises `LibraryError`."""
        await self._retry_while_busy(lambda: self._remove(entry))
        if self.catalogue().links:
            with suppress(sqlite3.Error):  # on a full disk; the next job that adds links again
                await self.submit(payloads.UpdateLinks(), "", once=True)

    def _remove(self, entry: Entry) -> None:
        if entry.id in self.catalogue().entries:  # another request may have removed it
            self.library.remove([entry.id], relink=False)
        paths = self.catalogue().by_path
        for path in map(Path, entry.paths):
            if path.parent == self.settings.uploads:
                self.uploads.discard(path.name, paths)
        self.cache.forget(entry.id)

    async def _retry_while_busy(self, call: Callable[[], T], timeout_s: float = 10.0) -> T:
        """`call` in a thread, again while another program writes to the library."""
        end = asyncio.get_running_loop().time() + timeout_s
        while True:
            try:
                return await asyncio.to_thread(call)
            except BusyError:
                if asyncio.get_running_loop().time() > end:
                    raise
                await asyncio.sleep(BUSY_POLL_S)

    # Jobs

    async def submit(
        self,
        payload: Payload,
        title: str,
        lane: Lane = "bulk",
        once: bool = False,
        before: Callable[[], object] | None = None,
    ) -> Job:
        """Put a job into the queue and wake the worker; see `JobQueue.submit`.

        Raises `ApiError` if the queue is full.
        """
        if self.queue.counts()["queued"] >= self.settings.limits.max_queued_jobs:
            raise ApiError(429, "too many jobs are waiting", "Try again when some are done.")
        job = await asyncio.to_thread(
            self.queue.submit,
            payloads.kind_of(payload),
            title,
            payloads.to_record(payload),
            lane,
            once,
            before,
        )
        self.supervisor.wake_worker()
        return job

    def cancel(self, job_id: str) -> Job | None:
        """Cancel a job and delete its upload if nothing else needs it. `None`: no such job."""
        job = self.queue.cancel(job_id)
        file = job.payload.get("file") if job and job.state == "cancelled" else None
        if file:
            self.uploads.discard(file, self.catalogue().by_path)
        return job

    async def wait_for(self, job: Job, timeout_s: float) -> Job:
        """The job when it has ended, or as it is after `timeout_s`."""
        with self.events.subscribe() as subscriber:
            end = asyncio.get_running_loop().time() + timeout_s
            latest = self.queue.get(job.id) or job
            while not latest.has_ended:
                try:
                    event = await subscriber.next_event(end - asyncio.get_running_loop().time())
                except TimeoutError:
                    break
                if event is None:
                    break
                if isinstance(event, Job) and event.id == job.id:
                    latest = event
            return latest

    def _sweep(self) -> None:
        """Delete what a killed server left."""
        self.uploads.sweep(self.catalogue().by_path)
        self.cache.sweep()


def _no_original(entry: Entry) -> ApiError:
    """The response where a document's file is not there as it was added."""
    if entry.is_there:
        detail, remedy = "has changed since it was added", "Add it again, or remove the document."
    else:
        detail, remedy = "is gone", "Bring it back, or remove the document."
    return ApiError(404, f"the file of this document {detail}", remedy)


def _raise_deleted_meanwhile(path: Path) -> None:
    """The cached file was there a moment ago; the next request makes it again."""
    raise ApiError(503, "the file was deleted just now", "Try again.")


def _lock_library(settings: ServerSettings) -> BaseFileLock:
    """The lock of a library's one server. Raises `UsageError` if another process holds it."""
    try:
        return acquire_lock(settings.folder / "server.lock")
    except BusyError:
        raise UsageError(
            f"serve: another server already serves {settings.library}. Open that one, or end it"
            " first."
        ) from None
