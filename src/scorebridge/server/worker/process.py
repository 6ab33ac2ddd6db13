"""The one worker process: takes jobs out of the queue and runs them, one of each lane at a time.

The server starts it with `python -m scorebridge.server.worker`. The first line of standard input
holds the settings; each further line wakes an idle worker; at the end of the input the server is
gone and the worker exits. It writes "ready", and then a line whenever its trouble changes. A lock
prevents a second worker for the library.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, get_args

from scorebridge.errors import BusyError, InputError, ScorebridgeError, is_disk_full
from scorebridge.files import acquire_lock
from scorebridge.sandbox import Cancelled
from scorebridge.server.queue import Job, JobQueue, Lane
from scorebridge.server.settings import ServerSettings
from scorebridge.server.worker.context import (
    BUSY_MESSAGE,
    FULL_MESSAGE,
    JobContext,
    Trouble,
    WorkerContext,
)
from scorebridge.server.worker.dispatch import run_job
from scorebridge.shown import shown_lines


def main() -> None:
    """Run jobs until the server ends."""
    settings = ServerSettings.from_json(sys.stdin.readline())
    # A worker of a killed server ends by itself; until then it holds the lock.
    with acquire_lock(settings.folder / "worker.lock", wait=True):
        queue = JobQueue(settings.queue)
        queue.recover()
        worker = WorkerContext(settings, queue, Trouble(lambda text: print(text, flush=True)))
        wake_events = []
        for lane in get_args(Lane):
            wake = threading.Event()
            threading.Thread(target=run_lane, args=(worker, lane, wake), daemon=True).start()
            wake_events.append(wake)
        print("ready", flush=True)
        for _ in sys.stdin:
            for wake in wake_events:
                wake.set()
        # The lanes may be in the middle of a job; the queue gives it to the next worker.
        os._exit(0)


def run_lane(worker: WorkerContext, lane: Lane, wake: threading.Event) -> None:
    """Run the jobs of a lane one after the other; does not return, whatever is raised."""
    while True:
        wake.clear()
        try:
            job = worker.queue.take(lane)
            worker.trouble.clear(lane)
        except Exception as error:  # a full disk, a damaged table
            worker.trouble.put(lane, error)
            job = None
        if job is None:
            wake.wait(worker.settings.timing.worker_poll_s)
        else:
            run_to_end(worker, job, lane)


def run_to_end(worker: WorkerContext, job: Job, lane: Lane = "bulk") -> None:
    """Run one job and store its result or its error, as soon as the disk takes it."""
    queue, timing = worker.queue, worker.settings.timing
    report = _progress_reporter(queue, job, timing.progress_interval_s)
    context = JobContext(worker, job, report, _cancellation_check(queue, job))
    delete: Callable[[JobContext], None] = _delete_upload
    try:
        result = run_job(context)
        store, delete = partial(queue.finish, job.id, result), _delete_query_file
    except Cancelled:
        store = partial(queue.drop, job.id)
    except BusyError:
        store, delete = partial(queue.retry_later, job.id, BUSY_MESSAGE, timing.busy_retry_s), _keep
    except Exception as error:
        store = _failure(queue, job, error, timing.full_retry_s)
        if is_disk_full(error):  # the job is not at fault: it waits
            worker.trouble.put(lane, error)
            delete = _keep
    while True:  # the outcome first: an upload without a record would be lost without a word
        try:
            store()
            break
        except Exception as error:
            worker.trouble.put(lane, error)
            time.sleep(timing.full_retry_s)
    try:
        delete(context)
    except Exception as error:  # the next start of a server sweeps
        worker.trouble.put(lane, error)


def _failure(
    queue: JobQueue, job: Job, error: Exception, full_retry_s: float
) -> Callable[[], None]:
    """What stores the failure of a job."""
    if is_disk_full(error):
        return partial(queue.retry_later, job.id, FULL_MESSAGE, full_retry_s)
    if isinstance(error, InputError):
        return partial(queue.fail, job.id, error.reason, error.remedy)
    if isinstance(error, ScorebridgeError):
        return partial(queue.fail, job.id, str(error), "")
    print(shown_lines(traceback.format_exc()), file=sys.stderr)  # a bug costs this job only
    detail = f"went wrong ({type(error).__name__}: {error})"
    return partial(queue.fail, job.id, detail, "Please report it, with the file if you may.")


def _keep(context: JobContext) -> None:
    """The job goes on later."""


def _progress_reporter(queue: JobQueue, job: Job, interval_s: float) -> Callable[..., None]:
    last = 0.0

    def report(progress: float, message: str, result: Any = None) -> None:
        nonlocal last
        now = time.monotonic()
        if result is not None or now - last >= interval_s:
            last = now
            with suppress(sqlite3.Error):  # a full disk; the job may need none of it
                queue.report(job.id, progress, message, result)

    return report


def _cancellation_check(queue: JobQueue, job: Job) -> Callable[[], bool]:
    def is_cancelled() -> bool:
        current = queue.get(job.id)
        return current is None or current.cancel

    return is_cancelled


def _delete_query_file(context: JobContext) -> None:
    """Delete the file of a search that is done."""
    file = context.job.payload.get("file")
    if context.job.kind == "find" and file:
        (context.worker.settings.incoming / file).unlink(missing_ok=True)


def _delete_upload(context: JobContext) -> None:
    """Delete the upload of a failed or cancelled job, unless something else needs it."""
    file = context.job.payload.get("file")
    if file:
        worker = context.worker
        worker.uploads.discard(file, worker.catalogue.by_path, except_job=context.job.id)
