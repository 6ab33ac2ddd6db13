"""`scorebridge serve` in a process of its own, for tests."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import httpx2

TIMEOUT_S = 120  # the machine may be busy


class LiveServer:
    """A server of the folder `library` on a free port; `client` sends requests to its API."""

    def __init__(self, library: Path, *options: str) -> None:
        command = [sys.executable, "-m", "scorebridge", "serve", "--library", str(library)]
        self.process = subprocess.Popen(
            [*command, "--port", "0", "--no-open", *options],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        if not found:
            self._end_process(kill=True)
            raise AssertionError(f"the server did not start: {line!r}")
        self.address = found[0]
        self.client = httpx2.Client(
            base_url=f"{self.address.partition('?')[0]}api/v1", timeout=TIMEOUT_S
        )

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Return when `condition()` is true; fail after `TIMEOUT_S`."""
        end = time.monotonic() + TIMEOUT_S
        while not condition():
            assert time.monotonic() < end, "timed out"
            time.sleep(0.05)

    def ended_job(self, job_id: str) -> dict:
        """A job when it has ended."""
        self.wait_until(
            lambda: self.client.get(f"/jobs/{job_id}").json()["state"] not in ("queued", "running")
        )
        return self.client.get(f"/jobs/{job_id}").json()

    def upload(self, *paths: Path) -> list[dict]:
        """The ended jobs of uploaded files."""
        parts = [("files", (path.name, path.read_bytes())) for path in paths]
        answer = self.client.post("/documents", files=parts)
        assert answer.status_code == 202, answer.text
        return [self.ended_job(job["id"]) for job in answer.json()["jobs"]]

    def worker_id(self) -> int:
        """The process id of its worker, 0 if there is none (Linux)."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for child in map(int, children.read_text().split()):
            if b"scorebridge.server.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                return child
        return 0

    def stop(self, kill: bool = False) -> None:
        """End the server and wait for its end."""
        self.client.close()
        self._end_process(kill)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def _end_process(self, kill: bool) -> None:
        self.process.kill() if kill else self.process.terminate()
        self.process.wait(30)
        assert self.process.stdout
        self.process.stdout.close()
