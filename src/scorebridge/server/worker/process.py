"""The one worker process: takes jobs out of the queue and runs them, one of each lane at a time.

The server starts it with `python -m scorebridge.server.worker`. The first line of standard input
holds the settings; each further line wakes an idle worker; at the end of the input the server is
gone and the worker exits. A lock prevents a second worker for the library.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any, get_args

from scorebridge.errors import BusyError, InputError, ScorebridgeError
from scorebridge.files import acquire_lock
from scorebridge.sandbox import Cancelled
from scorebridge.server.queue import Job, JobQueue, Lane
from scorebridge.server.settings import ServerSettings
from scorebridge.server.worker.context import BUSY_MESSAGE, JobContext, WorkerContext
from scorebridge.server.worker.dispatch import run_job
from scorebridge.shown import shown_lines


def main() -> None:
    """Run jobs until the server ends."""
    settings = ServerSettings.from_json(sys.stdin.readline())
    # A worker of a killed server ends by itself; until then it holds the lock.
    with acquire_lock(settings.folder / "worker.lock", wait=True):
        queue = JobQueue(settings.queue)
        queue.recover()
        worker = WorkerContext(settings, queue)
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
    """Run the jobs of a lane one after the other; does not return."""
    while True:
        wake.clear()
        job = worker.queue.take(lane)
        if job is None:
            wake.wait(worker.settings.timing.worker_poll_s)
        else:
            run_to_end(worker, job)


def run_to_end(worker: WorkerContext, job: Job) -> None:
    """Run one job and store its result or its error."""
    queue, timing = worker.queue, worker.settings.timing
    report = _progress_reporter(queue, job, timing.progress_interval_s)
    context = JobContext(worker, job, report, _cancellation_check(queue, job))
    try:
        queue.finish(job.id, run_job(context))
        _delete_query_file(context)
    except Cancelled:
        _delete_upload(context)
        queue.drop(job.id)
    except BusyError:
        queue.retry_later(job.id, BUSY_MESSAGE, timing.busy_retry_s)
    except InputError as error:
        _delete_upload(context)
        queue.fail(job.id, error.reason, error.remedy)
    except ScorebridgeError as error:
        _delete_upload(context)
        queue.fail(job.id, str(error), "")
    except Exception as error:  # a bug costs this job only
        print(shown_lines(traceback.format_exc()), file=sys.stderr)
        _delete_upload(context)
        detail = f"went wrong ({type(error).__name__}: {error})"
        queue.fail(job.id, detail, "Please report it, with the file if you may.")


def _progress_reporter(queue: JobQueue, job: Job, interval_s: float) -> Callable[..., None]:
    last = 0.0

    def report(progress: float, message: str, result: Any = None) -> None:
        nonlocal last
        now = time.monotonic()
        if result is not None or now - last >= interval_s:
            last = now
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
