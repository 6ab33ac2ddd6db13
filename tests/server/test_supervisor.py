"""The worker is started again when it ends, woken, and stopped in time."""

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path

from scorebridge.server.settings import ServerSettings, ServerTiming
from scorebridge.server.supervisor import WorkerSupervisor

TIMING = ServerTiming(restart_delays_s=(0.01, 0.05), stop_timeout_s=0.3)


def supervisor(folder: Path, script: str) -> WorkerSupervisor:
    """A supervisor of a small script; `log` is the path of a file that it may write."""
    text = f"import sys, time\nlog = open({str(folder / 'log')!r}, 'a')\n{script}"
    settings = ServerSettings(folder / "library", timing=TIMING)
    return WorkerSupervisor(settings, (sys.executable, "-c", text))


def run_until(worker: WorkerSupervisor, condition: Callable[[], object]) -> float:
    """Run the supervisor until `condition()` is true; returns how long stopping took, in s."""

    async def run() -> float:
        task = asyncio.create_task(worker.run())
        end = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < end and not task.done(), "timed out"
            await asyncio.sleep(0.01)
        task.cancel()
        start = time.monotonic()
        await worker.stop_worker()
        return time.monotonic() - start

    return asyncio.run(run())


def lines(folder: Path) -> list[str]:
    log = folder / "log"
    return log.read_text().splitlines() if log.exists() else []


def test_a_worker_that_ends_is_started_again(tmp_path: Path) -> None:
    script = "log.write(sys.stdin.readline())\nprint('ready', flush=True)"
    worker = supervisor(tmp_path, script)
    run_until(worker, lambda: len(lines(tmp_path)) >= 3)
    assert ServerSettings.from_json(lines(tmp_path)[0]).timing == TIMING


def test_a_worker_that_never_is_ready_is_started_again(tmp_path: Path) -> None:
    worker = supervisor(tmp_path, "log.write('started\\n')\nsys.exit(1)")
    run_until(worker, lambda: len(lines(tmp_path)) >= 3)
    assert not worker.is_ready


def test_a_ready_worker_is_woken_and_ends_with_its_input(tmp_path: Path) -> None:
    script = "sys.stdin.readline()\nprint('ready', flush=True)\n"
    script += "for line in sys.stdin:\n    log.write('woken\\n')\n    log.flush()"
    worker = supervisor(tmp_path, script)

    def is_woken() -> bool:
        if worker.is_ready:
            worker.wake_worker()
        return len(lines(tmp_path)) >= 2

    assert run_until(worker, is_woken) < TIMING.stop_timeout_s + 5


def test_a_worker_that_does_not_end_is_killed(tmp_path: Path) -> None:
    script = "sys.stdin.readline()\nprint('ready', flush=True)\ntime.sleep(60)"
    worker = supervisor(tmp_path, script)
    assert run_until(worker, lambda: worker.is_ready) < 10
