"""The supervisor keeps the one worker process alive."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from scorebridge.server.settings import ServerSettings

WORKER_COMMAND = (sys.executable, "-m", "scorebridge.server.worker")


class WorkerSupervisor:
    """Starts the worker, and starts it again whenever it ends.

    command : the program. It reads the settings from the first line of its standard input, writes
        a line when it is ready, and ends when its input ends.
    """

    def __init__(self, settings: ServerSettings, command: Sequence[str] = WORKER_COMMAND) -> None:
        self._settings, self._command = settings, command
        self._worker: asyncio.subprocess.Process | None = None
        self.scratch: Path | None = None
        """Folder for the worker's temporary files, by default that of the system."""
        self.is_ready = False
        """Whether the worker takes jobs."""
        self.trouble = ""
        """What keeps it from its work, in one clause; empty where nothing does."""

    async def run(self) -> None:
        """Keep a worker running until cancelled."""
        delays = self._settings.timing.restart_delays_s
        failed_starts = 0
        while True:
            try:
                worker = await asyncio.create_subprocess_exec(
                    *self._command,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    env=os.environ | ({"TMPDIR": str(self.scratch)} if self.scratch else {}),
                    start_new_session=True,  # Ctrl-C reaches the server only, which ends the worker
                )
            except OSError as error:  # too little memory, too many processes
                self.trouble = f"the worker cannot be started ({error.strerror})"
                failed_starts += 1
                await asyncio.sleep(delays[min(failed_starts, len(delays) - 1)])
                continue
            self._worker = worker
            assert worker.stdin and worker.stdout
            worker.stdin.write(self._settings.to_json().encode() + b"\n")
            ready = await worker.stdout.readline()
            self.is_ready, self.trouble = bool(ready), ""
            self.wake_worker()  # for the jobs queued while it started
            failed_starts = 0 if ready else failed_starts + 1
            while line := await worker.stdout.readline():
                self.trouble = line.decode("utf-8", "replace").strip()
            await worker.wait()
            self.is_ready = False
            await asyncio.sleep(delays[min(failed_starts, len(delays) - 1)])

    def wake_worker(self) -> None:
        """Have an idle worker look at the queue now."""
        if self._worker and self._worker.stdin and not self._worker.stdin.is_closing():
            with suppress(OSError):
                self._worker.stdin.write(b"\n")

    async def stop_worker(self) -> None:
        """End the worker; kill it if it does not end in time."""
        worker = self._worker
        if worker and worker.returncode is None:
            if worker.stdin:
                worker.stdin.close()
            try:
                await asyncio.wait_for(worker.wait(), self._settings.timing.stop_timeout_s)
            except TimeoutError:
                worker.kill()
                await worker.wait()
