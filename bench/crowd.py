"""The server under a crowd: malformed files, bad bodies, many clients, and a worker that is killed.

    python bench/crowd.py --seconds 120 --clients 50 --malformed 200

Starts `scorebridge serve` on an empty library. Exit code 1 unless all of this holds: the server
process never ends; every answer has a documented status; nothing outside the library is read; every
listed document is complete; every accepted file that can be read is in the library at the end,
although the worker is killed every few seconds. Prints counts of answers and the server's memory.

The encoder is the one without training unless `--model` names another: this tests reading and
storing files. Takes the clients' seconds and about as long again.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import httpx2
import numpy as np
import soundfile

from malformed import malformed_files
from scorebridge import Library
from scorebridge.testing import melody, score_page

MAX_MB = 8  # maximum size of an upload request
SECRET = b"%PDF-1.4 nobody may read this"
DOCUMENTED_STATUSES = {200, 202, 204, 206, 303, 400, 404, 408, 409, 413, 415, 416, 422, 429, 503}


@dataclass
class Results:
    """Counts of answers and failures, from all threads."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    accepted: dict[str, str] = field(default_factory=dict)
    """Valid files that were accepted: SHA-256 to name."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str, status: int | str) -> None:
        with self.lock:
            self.counts[f"{what}: {status}"] += 1

    def fail(self, what: str) -> None:
        with self.lock:
            self.failures.append(what)
        print("FAILED", what, flush=True)


class Server:
    """The server under test."""

    def __init__(self, library: Path, model: str) -> None:
        command = [sys.executable, "-m", "scorebridge", "serve", "--library", str(library)]
        self.process = subprocess.Popen(
            [*command, *f"--port 0 --no-open --max-mb {MAX_MB} --memory-mb 1024".split()],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"SCOREBRIDGE_MODEL": model},
        )
        assert self.process.stdout
        found = re.search(r"http://([\d.]+):(\d+)/", self.process.stdout.readline())
        assert found, "the server did not start"
        self.host, self.port = found[1], int(found[2])
        self.base = f"{found[0]}api/v1"

    def worker(self) -> int:
        """Process id of its worker, 0 while there is none."""
        with suppress(OSError, ValueError):
            pid = self.process.pid
            for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
                if b"scorebridge.server.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return int(child)
        return 0

    def memory_mb(self) -> float:
        """Resident memory of the server process."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0


# Files


def valid_file(seed: int) -> tuple[str, bytes]:
    """A small score or recording; each seed gives another."""
    if seed % 2:
        _, content = cv2.imencode(".png", score_page(seed, systems=1))
        return f"score {seed}.png", content.tobytes()
    out = io.BytesIO()
    soundfile.write(out, melody(4, seed), 22050, format="FLAC")
    return f"take {seed}.flac", out.getvalue()


# Attacks


def malformed(server: Server, results: Results, count: int, rng: random.Random) -> list[str]:
    """Upload corrupted files; returns their jobs."""
    jobs = []
    files = malformed_files(count, rng)
    with httpx2.Client(base_url=server.base, timeout=120) as client:
        for name, content in files:
            answer = client.post("/documents", files={"files": (name, content)})
            results.count("malformed upload", answer.status_code)
            if answer.status_code not in (202, 415):
                results.fail(f"{name}: {answer.status_code} {answer.text[:200]}")
            else:
                jobs += [job["id"] for job in answer.json()["jobs"]]
    return jobs


def path_traversal(server: Server, results: Results, secret: Path) -> None:
    """Request files outside the library by path, encoded in many ways, and odd upload names."""
    outside = [
        "../" * 12 + str(secret)[1:],
        "..%2f" * 12 + str(secret)[1:].replace("/", "%2f"),
        "..%5c" * 4 + "secret.pdf",
        "%2e%2e/" * 12 + str(secret)[1:],
        "....//" * 8 + "etc/passwd",
        "..%252f" * 8 + "etc%252fpasswd",
        "..%c0%af" * 8 + "etc/passwd",
        str(secret),
        "file://" + str(secret),
        "%00",
        "a%00.pdf",
        "~root",
        "../../jobs.sqlite",
        "..%2f..%2flibrary.json",
        "\\\\server\\share",
    ]
    places = ["", "/", "assets/", "api/v1/documents/", "api/v1/iiif/", "api/v1/jobs/"]
    ends = ["", "/file", "/audio", "-1/full/max/0/default.jpg", "/pages"]
    for place in places:
        for path in outside:
            for end in ends:
                answer = send_raw(server, f"GET /{place}{path}{end} HTTP/1.1")
                status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0
                results.count("path traversal", status)
                body = answer.partition(b"\r\n\r\n")[2]
                if SECRET in answer or b"root:" in body or b"SQLite" in body or status >= 500:
                    results.fail(f"/{place}{path}{end}: {status} {body[:80]!r}")
    with httpx2.Client(base_url=server.base, timeout=120) as client:
        for name in (*outside, "x" * 5000, "a\r\nX-Evil: 1", "nul", "con.pdf"):
            sent = {"files": (name, b"%PDF-1.4 not really " + name.encode())}
            results.count("odd upload name", client.post("/documents", files=sent).status_code)
        bad = {"host": "attacker.example", "origin": "https://attacker.example"}
        for header, value in bad.items():
            status = client.get("/documents", headers={header: value}).status_code
            results.count("other site", status)
            if status != 403:
                results.fail(f"{header}: {value} got {status}")


def send_raw(
    server: Server, line: str, *rest: bytes, pause: float = 0.0, wait: float = 60
) -> bytes:
    """Send bytes unchanged; returns the whole answer, empty if the connection was closed."""
    head = f"{line}\r\nHost: {server.host}:{server.port}\r\nConnection: close\r\n"
    with suppress(OSError), socket.create_connection((server.host, server.port), wait) as link:
        link.sendall(head.encode("latin-1", "replace") + (b"" if rest else b"\r\n"))
        answer = b""
        link.settimeout(wait)
        for part in rest:
            with suppress(OSError):
                link.sendall(part)
            time.sleep(pause)
        with suppress(OSError):
            while part := link.recv(65536):
                answer += part
        return answer
    return b""


def large_and_slow_bodies(server: Server, results: Results) -> None:
    """Bodies that are announced too large, grow too large, stop, trickle, or never begin."""
    kind = b"Content-Type: multipart/form-data; boundary=b\r\n"
    part = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n%PDF-'
    post = "POST /api/v1/documents HTTP/1.1"
    max_bytes = MAX_MB << 20

    def chunk(data: bytes) -> bytes:
        return b"%x\r\n%b\r\n" % (len(data), data)

    chunks = [chunk(part), *[chunk(bytes(1 << 20))] * (MAX_MB + 1), b"0\r\n\r\n"]
    attacks: dict[str, Callable[[], bytes]] = {
        "announced too large": lambda: send_raw(
            server, post, kind + b"Content-Length: %d\r\n\r\n" % (max_bytes + 1), part
        ),
        "becomes too large": lambda: send_raw(
            server, post, kind + b"Transfer-Encoding: chunked\r\n\r\n", *chunks
        ),
        "stops": lambda: send_raw(server, post, kind + b"Content-Length: 10000\r\n\r\n", part),
        "trickles": lambda: send_raw(
            server, post, kind + b"Content-Length: 10000\r\n\r\n", part, *[b"-"] * 45, pause=0.5
        ),
        "never asks": lambda: send_raw(server, "GET / HTTP/1.1", b"X: y\r\n"),
        "two lengths": lambda: send_raw(
            server, post, kind + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello"
        ),
    }
    expected = {"announced too large": {413}, "becomes too large": {413, 0}, "stops": {408, 0}}
    expected |= {"trickles": {408, 0}, "never asks": {0, 400, 408}, "two lengths": {400}}

    def attack(name: str) -> None:
        start = time.monotonic()
        answer = attacks[name]()
        status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0
        took = time.monotonic() - start
        results.count(f"body that {name}", status or "hung up")
        if status not in expected[name] or took > 100:
            results.fail(f"body that {name}: {status} after {took:.0f} s")

    threads = [threading.Thread(target=attack, args=(name,)) for name in attacks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_client(server: Server, results: Results, number: int, until: float, uploads: int) -> None:
    """A client that sends random requests of all kinds."""
    rng = random.Random(number)
    known: list[dict] = []
    left = uploads
    with httpx2.Client(base_url=server.base, timeout=120) as client:
        while time.monotonic() < until:
            what = rng.choice(("list", "list", "picture", "sound", "find", "events", "put", "jobs"))
            try:
                if what == "put" and left:
                    left -= 1
                    name, content = valid_file(number * 1000 + left)
                    answer = client.post("/documents", files={"files": (name, content)})
                    if answer.status_code == 202:
                        with results.lock:
                            results.accepted[hashlib.sha256(content).hexdigest()] = name
                elif what == "picture" and known:
                    chosen = rng.choice(known)
                    end = rng.choice(("thumbnail", "pages", "file", "peaks"))
                    answer = client.get(f"/documents/{chosen['id']}/{end}")
                elif what == "sound" and known:
                    chosen = rng.choice(known)
                    span = {"range": f"bytes={rng.randrange(1000)}-"}
                    answer = client.get(f"/documents/{chosen['id']}/audio", headers=span)
                elif what == "find" and known:
                    query = {"document": rng.choice(known)["id"], "start_s": 0, "end_s": 4}
                    answer = client.post("/find/span?wait=2", json=query)
                elif what == "events":
                    with client.stream("GET", "/events") as answer:
                        next(answer.iter_lines(), None)
                elif what == "jobs":
                    answer = client.get("/jobs")
                else:
                    query = {"q": rng.choice(("", "take", "score 1")), "limit": 50}
                    answer = client.get("/documents", params=query)
                    known = answer.json()["documents"] or known
                results.count(f"client, {what}", answer.status_code)
                if answer.status_code not in DOCUMENTED_STATUSES:
                    results.fail(f"{what}: {answer.status_code}")
            except (httpx2.HTTPError, ValueError) as error:
                results.count(f"client, {what}", type(error).__name__)
                results.fail(f"{what}: {error!r}")


def run_clients(
    server: Server, results: Results, clients: int, seconds: float, uploads: int
) -> list[float]:
    """Many clients at once, while the worker is killed every 6 s; memory in MB, each second."""
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=run_client, args=(server, results, k + 1, until, uploads))
        for k in range(clients)
    ]
    for thread in threads:
        thread.start()
    memory, next_kill = [], time.monotonic() + 3
    while any(thread.is_alive() for thread in threads):
        memory.append(server.memory_mb())
        if next_kill < time.monotonic() < until and (worker := server.worker()):
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
            results.count("worker", "killed")
            next_kill = time.monotonic() + 6
        time.sleep(1)
    return memory


# Outcome


def check_outcome(
    server: Server, results: Results, library: Path, jobs: list[str], timeout: float
) -> None:
    """Wait until the queue is empty, then check documents, files and jobs."""
    end = time.monotonic() + timeout
    with httpx2.Client(base_url=server.base, timeout=120) as client:
        while sum(client.get("/health").json()["jobs"].values()):
            if time.monotonic() > end:
                results.fail(f"not done in time: {client.get('/health').json()['jobs']}")
                break
            time.sleep(1)
        for name in jobs:
            job = client.get(f"/jobs/{name}").json()
            results.count("malformed file", job["state"])
            if job["state"] not in ("done", "failed"):
                results.fail(f"job {name} is {job['state']}")
            if job["state"] == "failed" and "went wrong" in job["error"]["detail"]:
                results.fail(f"{job['title']}: {job['error']['detail']}")
        documents = client.get("/documents", params={"limit": 5000}).json()["documents"]
        there = {document["id"] for document in documents}
        for digest, name in results.accepted.items():
            if digest not in there:
                results.fail(f"{name} was accepted and is not in the library")
        for document in documents:
            end_of = "pages" if document["kind"] == "score" else "peaks"
            status = client.get(f"/documents/{document['id']}/{end_of}").status_code
            if status != 200:
                results.fail(f"{document['title']} is not complete: {end_of} {status}")
    results.count("documents", len(there))
    uploads = {path.stem for path in (library / "server" / "uploads").iterdir()}
    if uploads != there:
        results.fail(f"{len(uploads - there)} files without a document")
    if left := list((library / "server" / "incoming").iterdir()):
        results.fail(f"{len(left)} files left in incoming/")
    for problem in Library(library).verify():
        results.fail(f"verify: {problem.subject} {problem.what}")
    if server.process.poll() is not None:
        results.fail(f"the server ended with {server.process.returncode}")


def main() -> None:
    """Attack, check, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--malformed", type=int, default=200)
    parser.add_argument("--uploads", type=int, default=4, help="valid files of each client")
    parser.add_argument("--model", default="scorebridge.testing:FakeEncoder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=1800, help="s until the queue is empty")
    options = parser.parse_args()
    os.environ["SCOREBRIDGE_MODEL"] = options.model
    results = Results()
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "secret.pdf"
        secret.write_bytes(SECRET)
        library = Path(folder) / "library"
        server = Server(library, options.model)
        try:
            jobs = malformed(server, results, options.malformed, random.Random(options.seed))
            path_traversal(server, results, secret)
            large_and_slow_bodies(server, results)
            memory = run_clients(server, results, options.clients, options.seconds, options.uploads)
            check_outcome(server, results, library, jobs, options.timeout)
            memory.append(server.memory_mb())
        finally:
            server.process.terminate()
            server.process.wait(60)
    for what, count in sorted(results.counts.items()):
        print(f"{count:7d}  {what}")
    quarter = max(len(memory) // 4, 1)
    first, last = np.median(memory[:quarter]), np.median(memory[-quarter:])
    print(f"server memory: first quarter {first:.0f} MB, last quarter {last:.0f} MB,")
    print(f"  maximum {max(memory):.0f} MB, at the end {memory[-1]:.0f} MB")
    print(f"{len(results.accepted)} valid files accepted, {len(results.failures)} failures")
    sys.exit(bool(results.failures))


if __name__ == "__main__":
    main()
