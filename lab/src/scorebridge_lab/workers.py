"""Many jobs in child processes: a crash or a hang costs one job, never the run.

Each job gets a process of its own (engravers can abort the interpreter), with a
time limit. Forking costs about 20 ms a job.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Generator, Iterable
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from typing import Any


def _child(function: Callable[..., Any], job: Any, pipe: Connection) -> None:
    # Engravers print warnings of their own.
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    try:
        pipe.send((function(job), None))
    except Exception as error:
        pipe.send((None, f"{type(error).__name__}: {error}"))


def run_isolated(
    function: Callable[[Any], Any], jobs: Iterable[Any], workers: int = 2, limit_s: float = 120
) -> Generator[tuple[Any, Any, str | None], None, None]:
    """Yields (job, result, error) as jobs finish; `error` is None where a job succeeds.

    Closing the generator ends the jobs that still run.
    """
    context = multiprocessing.get_context("fork")
    waiting = iter(jobs)
    running: dict[Any, tuple[Any, Connection, float]] = {}
    exhausted = False
    try:
        while True:
            while not exhausted and len(running) < workers:
                try:
                    job = next(waiting)
                except StopIteration:
                    exhausted = True
                    break
                mine, theirs = context.Pipe(duplex=False)
                process = context.Process(target=_child, args=(function, job, theirs))
                process.start()
                theirs.close()
                running[process] = (job, mine, time.monotonic() + limit_s)
            if not running:
                return
            wait_for([pipe for _, pipe, _ in running.values()], timeout=0.5)
            for process, (job, pipe, deadline) in list(running.items()):
                result, error = None, None
                if pipe.poll():
                    try:
                        result, error = pipe.recv()
                    except EOFError:
                        process.join()
                        error = f"crashed (exit {process.exitcode})"
                elif time.monotonic() > deadline:
                    process.kill()
                    error = f"no end after {limit_s:.0f} s"
                else:
                    continue
                process.join()
                pipe.close()
                del running[process]
                yield job, result, error
    finally:  # the caller may stop before the end
        for process in running:
            process.kill()
            process.join()


def cause_of(text: str) -> str:
    """An error's text without its file names, so that equal causes count together."""
    return " ".join(word for word in text.split() if "/" not in word)[:100]
