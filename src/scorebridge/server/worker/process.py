"""The one worker process: takes jobs out of the queue and does them, two at a time.

Started by the server with `python -m scorebridge.server.worker.process` and the settings on the
first line of standard input; each further line says that there may be something to do, and the end of
the input that the server is gone, upon which the worker goes too. A lock makes sure that
there is never a second one for the same library.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from scorebridge.errors import BusyError, InputError, ScorebridgeError
from scorebridge.sandbox import Cancelled
from scorebridge.server.queue import Job, Jobs, Lane
from scorebridge.server.settings import Settings
from scorebridge.server.worker.context import Doing, Work
from scorebridge.server.worker.tasks import clean, do, give_up

LOOK_S = 1.0  # between looks at the queue when nobody says that there is something new
SAY_S = 0.2  # between two words on a job's progress
BUSY_S = 2.0  # until a job that found the library locked is tried again


def main() -> None:
    """Work until the server goes."""
    settings = Settings.from_record(json.loads(sys.stdin.readline()))
    with (settings.folder / "worker.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # waits for a worker of a server that was killed
        jobs = Jobs(settings.folder / "jobs.sqlite")
        jobs.recover()
        work = Work(settings, jobs)
        bells = [threading.Event(), threading.Event()]
        lanes: list[Lane] = ["quick", "bulk"]
        for lane, bell in zip(lanes, bells, strict=True):
            threading.Thread(target=run, args=(work, lane, bell), daemon=True).start()
        print("ready", flush=True)
        for _ in sys.stdin:
            for bell in bells:
                bell.set()
        # The threads may be in the middle of anything; the jobs can bear that.
        os._exit(0)


def run(work: Work, lane: Lane, bell: threading.Event) -> None:
    """Do the jobs of a lane, for ever."""
    while True:
        bell.clear()
        job = work.jobs.take(lane)
        if job is None:
            bell.wait(LOOK_S)
        else:
            work_on(work, job)


def work_on(work: Work, job: Job) -> None:
    """Do one job and write down what came of it."""
    doing = Doing(work, job, _reporter(work.jobs, job), _canceller(work.jobs, job))
    try:
        work.jobs.finish(job.id, do(doing))
        clean(doing)
    except Cancelled:
        give_up(doing)
        work.jobs.drop(job.id)
    except BusyError:
        work.jobs.again(job.id, "waiting for another program that writes to the library", BUSY_S)
    except InputError as error:
        give_up(doing)
        work.jobs.fail(job.id, error.reason, error.remedy)
    except ScorebridgeError as error:
        give_up(doing)
        work.jobs.fail(job.id, str(error), "")
    except Exception as error:  # a bug: it costs this job only
        traceback.print_exc()
        give_up(doing)
        detail = f"went wrong ({type(error).__name__}: {error})"
        work.jobs.fail(job.id, detail, "Please report it, with the file if you may.")


def _reporter(jobs: Jobs, job: Job) -> Callable[..., None]:
    last = 0.0

    def report(share: float, message: str, result: Any = None) -> None:
        nonlocal last
        now = time.monotonic()
        if result is not None or now - last >= SAY_S:
            last = now
            jobs.progress(job.id, share, message, result)

    return report


def _canceller(jobs: Jobs, job: Job) -> Callable[[], bool]:
    def cancelled() -> bool:
        now = jobs.get(job.id)
        return now is None or now.cancel

    return cancelled


def ring(pipe: IO[bytes] | None) -> None:
    """Tell the worker at the other end of its standard input to look at the queue."""
    if pipe is not None:
        with suppress(OSError, ValueError):
            pipe.write(b"\n")
            pipe.flush()


if __name__ == "__main__":
    main()
