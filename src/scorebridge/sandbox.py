"""Run one function on an untrusted file in a child process with limits.

A decoder may crash, hang, or fill the memory on a file made to that end; then only the child ends,
and the error names the file. The children are forked from a fork server that has loaded the
function's module (about 20 ms each), end with the process that started them, and print nothing.
This limits what a file can use up; it does not stop code that takes over a decoder.

Windows has no fork server and no resource limits: there a child is spawned, which loads the module
each time (seconds), and only its time is limited.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from scorebridge.errors import InputError, LimitError, ScorebridgeError, UsageError
from scorebridge.shown import without_build_paths

_PR_SET_PDEATHSIG = 1
_POLL = 0.2  # s between looks at the deadline and at a wish to stop

_MEMORY, _SECONDS = "SCOREBRIDGE_FILE_MEMORY_MB", "SCOREBRIDGE_FILE_SECONDS"
_DEFAULT_MEMORY_MB, _DEFAULT_SECONDS = 4096.0, 900.0

Report = Callable[[float, str], None]
"""Called with the share done (0 to 1) and what is at work."""


class Cancelled(Exception):
    """The caller cancelled the work."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one child may use."""

    memory_bytes: int
    """Maximum address space beyond what the child begins with, in bytes."""
    seconds: float
    """Maximum duration, in seconds."""
    silence_s: float = float("inf")
    """Maximum time between two reports, in seconds."""
    file_bytes: int = 8 << 30
    """Maximum size of one file that it writes, in bytes."""


def allowance_of(environment: Mapping[str, str]) -> Allowance:
    """What reading one file may use. Raises `UsageError` for values that are no such numbers."""
    memory_mb = _number(environment, _MEMORY, _DEFAULT_MEMORY_MB)
    seconds = _number(environment, _SECONDS, _DEFAULT_SECONDS)
    return Allowance(int(memory_mb * 2**20), seconds)


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name, "")
    try:
        value = float(text) if text else default
    except ValueError:
        value = 0.0
    if not 1 <= value < 1e9:
        raise UsageError(f"{name}={text}: give a number of 1 or more.")
    return value


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
    path : the file that it reads, named in messages.
    report : called here for each call of the child's `report`.
    cancelled : asked several times a second.

    Raises the function's own `ScorebridgeError`, `LimitError` (a crash, a hang, too much memory),
    `Cancelled`.
    """
    context = _context(function.__module__)
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_child, args=(theirs, function, path, args, allowance), daemon=True
    )
    try:
        process.start()
    except (EOFError, OSError) as error:  # the fork server was killed, or too little memory is free
        mine.close()
        raise InputError(
            path, f"could not be read: no process starts ({error})", "Try again."
        ) from error
    finally:
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
                    cls, reason, remedy = what
                    raise cls(path, reason, remedy)
                if word == "refused":
                    cls, message = what
                    raise cls(message)
                quiet = time.monotonic() + allowance.silence_s
                if report:
                    report(*what)
            if cancelled and cancelled():
                raise Cancelled
            if time.monotonic() > min(end, quiet):
                allowed = allowance.seconds if time.monotonic() > end else allowance.silence_s
                reason = f"takes too long to read (more than {allowed:.0f} s)"
                raise LimitError(path, reason, _REMEDY)
    except EOFError:
        process.join(5)
        raise LimitError(path, _end_of(process.exitcode, allowance), _REMEDY) from None
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        process.close()
        mine.close()


_REMEDY = "Open it in another program and save it again."


@cache
def _context(module: str) -> Any:
    """How children are started; a fork server loads the `module` of the first function once."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", module])  # the program too: else each child does
    return context


def _child(
    pipe: Connection,
    function: Callable[..., Any],
    path: Path,
    args: tuple[Any, ...],
    allowance: Allowance,
) -> None:
    _limit(allowance)

    def report(share: float, text: str) -> None:
        pipe.send(("report", share, text))

    try:
        result = ("done", function(report, path, *args))
    except InputError as error:
        result = ("failed", type(error), error.reason, error.remedy)
    except ScorebridgeError as error:
        result = ("refused", type(error), str(error))
    except MemoryError:
        result = _needs_memory(allowance)
    except Exception as error:  # decoders raise whatever a damaged file makes them raise
        text = without_build_paths(" ".join(str(error).split()))[:200]
        reason = f"could not be processed ({type(error).__name__}: {text})"
        out_of_memory = "insufficient memory" in text.lower() or "bad_alloc" in text
        result = ("failed", InputError, reason, _REMEDY)
        result = _needs_memory(allowance) if out_of_memory else result
    with suppress(BrokenPipeError):  # the caller is gone
        pipe.send(result)
    pipe.close()


def _needs_memory(allowance: Allowance) -> tuple[str, type[InputError], str, str]:
    reason = f"needs more than {allowance.memory_bytes / 2**30:.1f} GB of memory"
    return "failed", LimitError, reason, "Split it, or scale it down."


def _end_of(code: int | None, allowance: Allowance) -> str:
    """Why a child ended without a word, in one clause."""
    if code is None or code >= 0:
        return f"makes the decoder crash (exit code {code})"
    if hasattr(signal, "SIGXCPU") and -code == signal.SIGXCPU:
        return f"takes too long to read (more than {allowance.seconds:.0f} s of every processor)"
    if hasattr(signal, "SIGKILL") and -code == signal.SIGKILL:
        return "was ended by the system while it was read (too little memory is free)"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    memory = f"{allowance.memory_bytes / 2**30:.1f} GB of memory"
    return f"makes the decoder crash ({name}), or needs more than {memory}"


def _limit(allowance: Allowance) -> None:
    """Limit this process, as far as the system can."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        return
    import resource

    if sys.platform == "linux":  # end with the fork server, which ends with the process above it
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    processor = int(allowance.seconds * (os.cpu_count() or 1)) + 1
    memory = _address_space() + allowance.memory_bytes
    for what, maximum in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_FSIZE, allowance.file_bytes),
        (resource.RLIMIT_AS, memory),
    ):
        _, hard = resource.getrlimit(what)
        maximum = maximum if hard == resource.RLIM_INFINITY else min(maximum, hard)
        resource.setrlimit(what, (maximum, maximum))


def _address_space() -> int:
    """Bytes that this process has mapped."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:  # not Linux
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
