"""Run one function on a file from outside in a child process with limits.

A decoder may crash, hang, or fill the memory on a file made to that end; then it is the child
that goes, and the file is named. The children are forked from a fork server that has the
decoders loaded (about 20 ms each), end with the process that asked, and say nothing. This limits
what a file can use up; it is no wall against code that takes over a decoder.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from scorebridge.errors import InputError

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["scorebridge.server.worker.decoding"])
_PR_SET_PDEATHSIG = 1
_POLL = 0.2  # s between looks at the deadline and at a wish to stop

Report = Callable[[float, str], None]
"""Called with what share is done (0 to 1) and what is at work."""


class Cancelled(Exception):
    """The person no longer wants it."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one child may use."""

    memory_bytes: int
    """Address space beyond what the child begins with."""
    seconds: float
    silence_s: float = float("inf")
    """Longest time between two reports."""
    file_bytes: int = 8 << 30
    """Of one file that it writes."""


def run_limited(
    function: Callable[..., Any],
    path: Path,
    *args: Any,
    allowance: Allowance,
    report: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Any:
    """`function(report, path, *args)` in a child process.

    Parameters
    ----------
    function : of a module, so that the child can import it; its result is pickled.
    path : the file it reads, for the messages.
    report : called here for each call of the child's `report`.
    cancelled : looked at several times a second.

    Raises `InputError` (the function's own, and for a crash, a hang, too much memory), `Cancelled`.
    """
    mine, theirs = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(
        target=_child, args=(theirs, function, path, args, allowance), daemon=True
    )
    process.start()
    theirs.close()
    end = time.monotonic() + allowance.seconds
    quiet = time.monotonic() + allowance.silence_s
    try:
        while True:
            if mine.poll(_POLL):
                word, *what = mine.recv()
                if word == "done":
                    return what[0]
                if word == "failed":
                    raise InputError(path, *what)
                quiet = time.monotonic() + allowance.silence_s
                if report:
                    report(*what)
            if cancelled and cancelled():
                raise Cancelled
            if time.monotonic() > min(end, quiet):
                raise InputError(path, "takes too long to read", _REMEDY)
    except EOFError:
        process.join(5)
        reason = f"makes the decoder crash (exit code {process.exitcode})"
        raise InputError(path, reason, _REMEDY) from None
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        process.close()
        mine.close()


_REMEDY = "Open it in another program and save it anew."


def _child(
    pipe: Connection,
    function: Callable[..., Any],
    path: Path,
    args: tuple[Any, ...],
    allowance: Allowance,
) -> None:
    _be_limited(allowance)

    def report(share: float, text: str) -> None:
        pipe.send(("report", share, text))

    try:
        result = ("done", function(report, path, *args))
    except InputError as error:
        result = ("failed", error.reason, error.remedy)
    except MemoryError:
        limit = f"{allowance.memory_bytes / 2**30:.1f} GB"
        result = ("failed", f"needs more than {limit} of memory", "Split it, or scale it down.")
    except Exception as error:  # decoders raise whatever a damaged file makes them raise
        # Native code reports failed allocations in words of its own.
        text = " ".join(str(error).split())[:200]
        result = ("failed", f"could not be processed ({type(error).__name__}: {text})", _REMEDY)
    with suppress(BrokenPipeError):  # nobody waits any more
        pipe.send(result)
    pipe.close()


def _be_limited(allowance: Allowance) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    if sys.platform == "linux":  # die with the fork server, which dies with who started it
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    processor = int(allowance.seconds * (os.cpu_count() or 1)) + 1
    memory = _address_space() + allowance.memory_bytes
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_FSIZE, allowance.file_bytes),
        (resource.RLIMIT_AS, memory),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def _address_space() -> int:
    """Bytes that this process has mapped."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:  # not Linux
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
