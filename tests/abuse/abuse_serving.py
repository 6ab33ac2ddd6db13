"""First requests at once, files exchanged under the server, and a clock that is set back."""

import os
import random
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import cv2
import httpx2
import soundfile
from abuse_tally import Tally

from live_server import LiveServer
from scorebridge import Library
from scorebridge.testing import FakeEncoder, melody, score_page

SECRET = b"root:x:0:0:nobody may read this"
CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <sys/time.h>
static long offset(void) {
    long s = 0; FILE *f = fopen(getenv("CLOCK_FILE"), "r");
    if (f) { if (fscanf(f, "%ld", &s) != 1) s = 0; fclose(f); }
    return s;
}
int clock_gettime(clockid_t id, struct timespec *t) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int r = real(id, t);
    if (id == CLOCK_REALTIME) t->tv_sec += offset();
    return r;
}
time_t time(time_t *t) {
    struct timespec s; clock_gettime(CLOCK_REALTIME, &s);
    if (t) *t = s.tv_sec;
    return s.tv_sec;
}
int gettimeofday(struct timeval *t, void *zone) {
    struct timespec s; clock_gettime(CLOCK_REALTIME, &s);
    t->tv_sec = s.tv_sec; t->tv_usec = s.tv_nsec / 1000;
    return 0;
}
"""


def shared_music(folder: Path) -> tuple[Path, Path]:
    """A library's score and a recording that is not played as it is."""
    folder.mkdir(parents=True)
    score, sound = folder / "score.png", folder / "take.ogg"
    cv2.imwrite(str(score), score_page(1, systems=2))
    soundfile.write(sound, melody(20, 1), 22050, format="OGG", subtype="VORBIS")
    return score, sound


def children_of(server: LiveServer) -> int:
    """Processes below the server but its worker and what starts them."""
    out = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents: dict[int, int] = {}
    for line in out.stdout.splitlines():
        pid, parent = map(int, line.split())
        parents[pid] = parent

    def depth(pid: int) -> int:
        above = parents.get(pid, 0)
        if above == server.process.pid:
            return 1
        return depth(above) + 1 if above > 1 else -1000

    return sum(depth(pid) == 2 for pid in parents)


def first_requests(tally: Tally, folder: Path, count: int) -> None:
    """`count` requests at once for what is not made yet: one answer each, the same for all."""
    music = shared_music(folder / "music")
    Library(folder / "library", FakeEncoder()).add(music)
    with LiveServer(folder / "library") as server:
        listed = server.client.get("/documents").json()["documents"]
        ids = {document["kind"]: document["id"] for document in listed}
        paths = [f"/documents/{ids['recording']}/{end}" for end in ("audio", "peaks", "thumbnail")]
        paths += [f"/documents/{ids['score']}/{end}" for end in ("pages", "thumbnail")]
        most, done = 0, threading.Event()

        def watch() -> None:
            nonlocal most
            while not done.wait(0.05):
                most = max(most, children_of(server))

        watcher = threading.Thread(target=watch)
        watcher.start()
        with ThreadPoolExecutor(count) as pool:
            asked = [paths[k % len(paths)] for k in range(count)]
            answers = list(pool.map(lambda path: httpx2.get(
                f"{server.client.base_url}{path.lstrip('/')}", timeout=600), asked))  # fmt: skip
        done.set()
        watcher.join()
        first: dict[str, bytes] = {}
        for path, answer in zip(asked, answers, strict=True):
            same = first.setdefault(path, answer.content) == answer.content
            what = (path, answer.status_code, answer.text[:100])
            tally.check("first requests at once", answer.status_code == 200 and same, what)
        tally.check("children for first requests", most <= 4, f"{most} at once")


def exchanged_files(tally: Tally, folder: Path, count: int, rng: random.Random) -> None:
    """Exchange a file `count` times while it is asked for: its content comes, or an error."""
    score, sound = shared_music(folder / "music")
    secret = folder / "secret"
    status = sound.stat()
    secret.write_bytes(SECRET.ljust(status.st_size, b"."))
    os.utime(secret, ns=(status.st_atime_ns, status.st_mtime_ns))
    Library(folder / "library", FakeEncoder()).add([score, sound])
    content, done = sound.read_bytes(), threading.Event()
    spare = folder / "spare"

    def replacement() -> None:
        """Something else takes the name in one step."""
        spare.unlink(missing_ok=True)
        match rng.randrange(5):
            case 0:
                spare.symlink_to(secret)
            case 1:
                os.link(secret, spare)
            case 2:
                os.mkfifo(spare)
            case 3:
                spare.write_bytes(rng.randbytes(len(content)))
            case 4:
                spare.symlink_to("/etc/passwd")
        spare.replace(sound)

    with LiveServer(folder / "library") as server:
        listed = server.client.get("/documents").json()["documents"]
        (found,) = [d["id"] for d in listed if d["kind"] == "recording"]
        address = f"{server.client.base_url}documents/{found}"

        def ask(end: str) -> None:
            with httpx2.Client(timeout=120) as client:
                while not done.is_set():
                    with suppress(httpx2.RemoteProtocolError, httpx2.ReadError):  # cut short
                        answer = client.get(f"{address}/{end}")
                        right = answer.content == content or end != "file"
                        is_told = answer.status_code in (404, 422, 503)
                        leaks = SECRET in answer.content or b"root:" in answer.content
                        survived = not leaks and (is_told or (answer.status_code == 200 and right))
                        what = (end, answer.status_code, answer.content[:80])
                        tally.check("requests for exchanged files", survived, what)

        threads = [threading.Thread(target=ask, args=(end,)) for end in ("file", "audio", "peaks")]
        for thread in threads:
            thread.start()
        for _ in range(count):
            replacement()
            time.sleep(rng.uniform(0, 0.1))
            spare.unlink(missing_ok=True)
            spare.write_bytes(content)
            spare.replace(sound)
            time.sleep(rng.uniform(0, 0.1))
            tally.check("files exchanged under the server", True)
        done.set()
        for thread in threads:
            thread.join()
        answer = server.client.get(f"/documents/{found}/file")
        tally.check("the file brought back", answer.content == content, answer.status_code)


def clock_set_back(tally: Tally, folder: Path) -> bool:
    """Set the clock of a running server back and forth between its jobs; whether that is possible.

    A small library that the loader puts before the system's gives the server another time.
    """
    source, shim, clock = folder / "clock.c", folder / "clock.so", folder / "clock"
    source.write_text(CLOCK)
    try:
        command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(shim), str(source), "-ldl"]
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    clock.write_text("0")
    changed = {"LD_PRELOAD": str(shim), "CLOCK_FILE": str(clock)}

    def start() -> LiveServer:
        with patch.dict(os.environ, changed):
            return LiveServer(folder / "library")

    server = start()
    try:
        for k, offset in enumerate((0, -86400, 3600, -400 * 86400, 86400, -7200, 0)):
            clock.write_text(str(offset))
            path = folder / f"{k}.flac"
            soundfile.write(path, melody(5, k), 22050)
            (job,) = server.upload(path)
            total = server.client.get("/documents").json()["total"]
            health = server.client.get("/health").json()
            survived = job["state"] == "done" and total == k + 1 and health["status"] == "ok"
            tally.check("the clock set back or forward", survived, (offset, job, total, health))
            if k % 3 == 2:
                server.stop(kill=True)
                server = start()
    finally:
        server.stop()
    problems = Library(folder / "library", FakeEncoder()).verify()
    tally.check("the library after all clocks", not problems, problems)
    return True
