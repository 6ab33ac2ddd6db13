"""The memory of a server that has worked."""

import io
import re
from pathlib import Path

import soundfile
from abuse_tally import Tally

from live_server import LiveServer
from scorebridge.testing import melody

MAX_GROWTH = 1.10


def memory_mb(pid: int) -> float:
    """Resident memory of a process (Linux)."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def hours_of_work(tally: Tally, folder: Path, adds: int, finds: int) -> dict[str, list[float]]:
    """Add and find so often; the memory in MB at the start, after the adds, and after the finds.

    The start is a server that has added and found once.
    """
    found: dict[str, list[float]] = {"server": [], "worker": []}
    with LiveServer(folder / "library") as server:

        def add(number: int) -> str:
            out = io.BytesIO()
            soundfile.write(out, melody(4, number), 8000, format="FLAC")
            sent = {"files": (f"take {number}.flac", out.getvalue())}
            answer = server.client.post("/documents", files=sent)
            tally.check("uploads for memory", answer.status_code == 202, answer.text[:200])
            return answer.json()["jobs"][0]["id"]

        def find(document: str) -> None:
            query = {"document": document, "start_s": 0, "end_s": 4}
            answer = server.client.post("/find/span?wait=60", json=query)
            tally.check("finds for memory", answer.status_code == 200, answer.text[:200])

        def measure() -> None:
            found["server"].append(memory_mb(server.process.pid))
            found["worker"].append(memory_mb(server.worker_id()))

        document = server.ended_job(add(0))["result"]["document"]["id"]
        find(document)
        measure()
        last = ""
        for number in range(1, adds):
            last = add(number)
            if number % 50 == 0:
                server.ended_job(last)
        if last:
            server.ended_job(last)
        server.wait_until(lambda: not sum(server.client.get("/health").json()["jobs"].values()))
        measure()
        for _ in range(finds):
            find(document)
        measure()
        total = server.client.get("/documents").json()["total"]
        tally.check("documents for memory", total == adds, total)
    start, *_, end = found["server"]
    tally.check("memory of the server", end <= MAX_GROWTH * start, found)
    return found
