"""What the server process keeps between requests: queue, worker, listeners, catalogue.

It begins by sweeping up what a killed server left: files that came in but never got a job, parts
of files being made. It keeps one worker alive and tells listeners what changes.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from scorebridge.errors import BusyError, UsageError
from scorebridge.library import Library
from scorebridge.sandbox import Allowance, run_limited
from scorebridge.server.cache import Cache
from scorebridge.server.catalogue import Catalogue, Entry, Reader
from scorebridge.server.errors import Refused
from scorebridge.server.queue import Job, Jobs, Lane
from scorebridge.server.settings import Settings
from scorebridge.server.upload_names import Names

T = TypeVar("T")

LOOK_S = 0.1  # between looks at the queue while somebody listens
LIBRARY_LOOK_S = 1.0  # between looks at the library's tables
CHILDREN = 2  # that read files for pictures and sound at a time
BACKLOG = 2000  # changes kept for one slow listener
RESTART_S = (0.2, 0.5, 1.0, 2.0, 5.0)  # until a worker that ended at once is started again


class Listener:
    """Somebody who wants to know of changes."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Job | int | None] = asyncio.Queue(BACKLOG)

    def tell(self, what: Job | int | None) -> None:
        """A changed job, a new version of the library, or None: the end."""
        try:
            self.queue.put_nowait(what)
        except asyncio.QueueFull:  # it comes back and gets everything anew
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(None)


class Hub:
    """One running server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library = Library(settings.library)
        self.library.create()
        for folder in (settings.uploads, settings.incoming, settings.cache):
            folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(settings.folder / "server.lock", settings.library)
        self.jobs = Jobs(settings.folder / "jobs.sqlite")
        self.cache = Cache(settings.cache, settings.limits.cache_bytes)
        self.names = Names(settings.names)
        self._reader = Reader(settings.library, self.names)
        self._listeners: set[Listener] = set()
        self._worker: asyncio.subprocess.Process | None = None
        self.ready = False
        """Whether the worker is at work."""
        self._gate = asyncio.Semaphore(CHILDREN)
        self._tasks: list[asyncio.Task[None]] = []

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Worker and watch, for as long as the server runs."""
        await asyncio.to_thread(self._sweep)
        self._tasks = [asyncio.create_task(self._keep_worker()), asyncio.create_task(self._watch())]
        try:
            yield
        finally:
            self.hush()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._end_worker()
            self.close()

    def close(self) -> None:
        """Let another server have the library."""
        self._lock.close()

    def hush(self) -> None:
        """Tell all listeners that it ends."""
        for listener in self._listeners:
            listener.tell(None)

    # Documents

    def catalogue(self) -> Catalogue:
        """The library as it is now."""
        return self._reader.read()

    def entry(self, name: str, kind: str | None = None) -> Entry:
        """A document. Raises `Refused`."""
        entry = self.catalogue().entries.get(name)
        if entry is None:
            raise Refused(404, "there is no such document", "GET /documents lists what there is.")
        if kind and entry.kind != kind:
            raise Refused(404, f"this document is a {entry.kind}", f"Ask for a {kind}.")
        return entry

    def file(self, entry: Entry) -> Path:
        """A document's file. Raises `Refused`."""
        path = entry.file()
        if path is None:
            raise Refused(
                404, "the file of this document is gone", "Bring it back, or remove the document."
            )
        return path

    async def made(
        self,
        entry: Entry,
        name: str,
        function: Callable[..., Any],
        *args: Any,
        seconds: float = 120,
    ) -> Path:
        """A cached file of a document, made by `function(report, path, *args, out)` in a child."""
        path = self.cache.path(entry.id, name)
        if path.is_file():
            return await asyncio.to_thread(self.cache.made, entry.id, name, _never)
        source = self.file(entry)

        def make(out: Path) -> None:
            self.read(function, source, *args, out, seconds=seconds)

        async with self._gate:
            return await asyncio.to_thread(self.cache.made, entry.id, name, make)

    def read(self, function: Callable[..., T], path: Path, *args: Any, seconds: float = 120) -> T:
        """`function(report, path, *args)` in a child process."""
        memory = self.settings.limits.memory_bytes
        return run_limited(function, path, *args, allowance=Allowance(memory, seconds))

    async def patiently(self, call: Callable[[], T], seconds: float = 10.0) -> T:
        """`call` in a thread, again while another program writes to the library."""
        end = asyncio.get_running_loop().time() + seconds
        while True:
            try:
                return await asyncio.to_thread(call)
            except BusyError:
                if asyncio.get_running_loop().time() > end:
                    raise
                await asyncio.sleep(0.1)

    # Jobs

    async def submit(
        self,
        kind: str,
        title: str,
        payload: dict[str, Any],
        lane: Lane = "bulk",
        once: bool = False,
        before: Callable[[], object] | None = None,
    ) -> Job:
        """Put a job into the queue and tell the worker. Raises `Refused` when it is full."""
        if self.jobs.counts()["queued"] >= self.settings.limits.waiting:
            raise Refused(429, "too many jobs are waiting", "Try again when some are done.")
        job = await asyncio.to_thread(self.jobs.submit, kind, title, payload, lane, once, before)
        self._ring()
        return job

    def cancel(self, name: str) -> Job | None:
        """Cancel a job; an upload that nothing else is about goes with it."""
        job = self.jobs.cancel(name)
        file = job.payload.get("file") if job and job.state == "cancelled" else None
        if file:
            known = self.catalogue().by_path
            with self.jobs.files_in_use() as used:
                for path in (self.settings.uploads / file, self.settings.incoming / file):
                    if file not in used and str(path) not in known:
                        path.unlink(missing_ok=True)
        return job

    async def wait_for(self, job: Job, seconds: float) -> Job:
        """The job when it has ended, or as it is after so many seconds."""
        with self.listening() as listener:
            end = asyncio.get_running_loop().time() + seconds
            now = self.jobs.get(job.id) or job
            while not now.ended:
                left = end - asyncio.get_running_loop().time()
                try:
                    what = await asyncio.wait_for(listener.queue.get(), max(left, 0))
                except TimeoutError:
                    break
                if what is None:
                    break
                if isinstance(what, Job) and what.id == job.id:
                    now = what
            return now

    def listening(self) -> _Listening:
        """A context with a `Listener`."""
        return _Listening(self._listeners)

    def _ring(self) -> None:
        if self._worker and self._worker.stdin and not self._worker.stdin.is_closing():
            with suppress(OSError):
                self._worker.stdin.write(b"\n")

    async def _watch(self) -> None:
        seq, version, looked = self.jobs.last_seq(), self.catalogue().version, 0.0
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(LOOK_S)
            if not self._listeners:
                seq = max(seq, self.jobs.last_seq())
                continue
            for job in self.jobs.since(seq):
                seq = job.seq
                for listener in self._listeners:
                    listener.tell(job)
            if loop.time() - looked > LIBRARY_LOOK_S:
                looked = loop.time()
                with suppress(Exception):  # a library that cannot be read now tells its readers
                    new = (await asyncio.to_thread(self.catalogue)).version
                    if new != version:
                        version = new
                        for listener in self._listeners:
                            listener.tell(version)

    # The worker

    async def _keep_worker(self) -> None:
        failures = 0
        while True:
            worker = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "scorebridge.server.worker.process"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the server, which ends it
            )
            self._worker = worker
            assert worker.stdin and worker.stdout
            worker.stdin.write(json.dumps(self.settings.as_record()).encode() + b"\n")
            ready = await worker.stdout.readline()
            self.ready = bool(ready)
            self._ring()  # for what was put in while it started
            failures = 0 if ready else failures + 1
            await worker.wait()
            self.ready = False
            await asyncio.sleep(RESTART_S[min(failures, len(RESTART_S) - 1)])

    async def _end_worker(self) -> None:
        worker = self._worker
        if worker and worker.returncode is None:
            if worker.stdin:
                worker.stdin.close()
            try:
                await asyncio.wait_for(worker.wait(), 3)
            except TimeoutError:
                worker.kill()
                await worker.wait()

    def _sweep(self) -> None:
        """Delete uploads that have neither a document nor a job."""
        known = self.catalogue().by_path
        with self.jobs.files_in_use() as used:
            for folder in (self.settings.uploads, self.settings.incoming):
                for path in folder.iterdir():
                    if path.name not in used and str(path) not in known:
                        path.unlink(missing_ok=True)
            there = {path.name for path in self.settings.uploads.iterdir()}
            self.names.forget(self.names.all().keys() - there)
        for path in self.settings.cache.rglob(".*"):
            path.unlink(missing_ok=True)
        self.cache.shrink()


class _Listening:
    def __init__(self, listeners: set[Listener]) -> None:
        self._listeners, self._listener = listeners, Listener()

    def __enter__(self) -> Listener:
        self._listeners.add(self._listener)
        return self._listener

    def __exit__(self, *_: object) -> None:
        self._listeners.discard(self._listener)


def _never(path: Path) -> None:
    """The cached file was deleted between two looks; the next request makes it."""
    raise Refused(503, "it was deleted just now", "Ask again.")


def _locked(path: Path, library: Path) -> IO[str]:
    """The lock of a library's one server; the system lets go of it when the process ends."""
    lock = path.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise UsageError(
            f"serve: another server already serves {library}. Open that one, or end it first."
        ) from None
    return lock
