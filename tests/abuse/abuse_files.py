"""Malformed files, bombs, pipes and devices: by the command line, and as uploads."""

import json
import os
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import soundfile
from abuse_tally import Tally
from starlette.testclient import TestClient

import bombs
from scorebridge.server.app import create_app
from scorebridge.server.settings import ServerLimits, ServerSettings
from scorebridge.testing import melody, score_page

Named = tuple[str, bytes]
PROGRAM = [sys.executable, "-m", "scorebridge"]
CONTROL = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f]")
FILE_SECONDS, FILE_MEMORY_MB = 6, 1000  # limits of one file
BATCH = 50
UNDECIDED = b"which way is up is undecided"  # of pages that could be read
HANGS_S = 1800  # of a batch, on a busy machine


def bomb_files(count: int, rng: random.Random) -> list[Named]:
    """Small files that take endless time or memory."""
    kinds: list[Callable[[], Named]] = [
        lambda: ("forms.pdf", bombs.nested_forms(rng.randint(8, 30), rng.randint(8, 20))),
        lambda: ("strokes.pdf", bombs.long_content(rng.randint(500, 1500) * 10_000)),
        lambda: ("tiles.pdf", bombs.tiling(rng.uniform(0.0002, 0.001))),
        lambda: ("rate.wav", bombs.wav(rng.randint(1, 60), rng.randint(1, 9) * 50_000)),
        lambda: ("loud.wav", bombs.wav(22050, 100_000, rng.choice((1e30, 1e38, 3e38)))),
        lambda: ("thin.png", bombs.png(rng.randint(1, 40), rng.randint(1, 5) * 1_000_000)),
        lambda: ("flat.png", bombs.png(rng.randint(1, 5) * 1_000_000, rng.randint(1, 40))),
        lambda: ("vast.png", bombs.png(rng.randint(20, 60) * 1000, rng.randint(20, 60) * 1000)),
    ]
    return [kinds[k % len(kinds)]() for k in range(count)]


def by_command_line(tally: Tally, attack: str, folder: Path, files: list[Named]) -> None:
    """Add the files in batches, each with a good one: all are told, nothing is lost."""
    environment = os.environ | {
        "SCOREBRIDGE_MODEL": "scorebridge.testing:FakeEncoder",
        "SCOREBRIDGE_FILE_SECONDS": str(FILE_SECONDS),
        "SCOREBRIDGE_FILE_MEMORY_MB": str(FILE_MEMORY_MB),
    }
    folder.mkdir()
    for first in range(0, len(files), BATCH):
        names = []
        for k, (name, content) in enumerate(files[first : first + BATCH], first):
            names.append(f"{k} {name}")
            (folder / names[-1]).write_bytes(content)
        good = f"{first} good.wav"
        soundfile.write(folder / good, melody(4, first), 22050)
        command = [*PROGRAM, "add", "--library", "library", "--json", "--", *names, good]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, timeout=HANGS_S, check=False
        )
        try:
            record = json.loads(done.stdout)
        except ValueError:
            tally.fail(attack, done.stderr.decode(errors="replace")[-500:])
            continue
        failed = {Path(one["path"]).name: one["reason"] for one in record["failed"]}
        known = {Path(one["path"]).name for one in (*record["added"], *record["moved"])}
        lines = [line for line in done.stderr.splitlines() if UNDECIDED not in line]
        if good not in known or len(lines) != len(failed) or CONTROL.search(done.stderr):
            tally.fail(attack, (good in known, len(failed), done.stderr[-500:]))
        for name in names:
            reason = failed.get(name, "")
            is_told = (name in known) != bool(reason) and "went wrong" not in reason
            tally.check(attack, is_told, f"{name}: {reason}")


def by_upload(tally: Tally, attack: str, folder: Path, files: list[Named]) -> None:
    """Upload the files: each is refused, or its job ends; then a good one is still taken."""
    limits = ServerLimits(
        max_memory_bytes=FILE_MEMORY_MB << 20,
        max_decode_s=FILE_SECONDS,
        max_silence_s=FILE_SECONDS,
        max_pages=100,
    )
    settings = ServerSettings(folder, limits=limits)
    jobs: list[tuple[str, str]] = []
    api = "/api/v1"
    soundfile.write(folder.with_name("good.flac"), melody(5, 1), 22050)
    files = [*files, ("good.flac", folder.with_name("good.flac").read_bytes())]
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8765") as client:
        for name, content in files:
            answer = client.post(f"{api}/documents", files={"files": (name, content)})
            if answer.status_code == 202:
                jobs += [(name, job["id"]) for job in answer.json()["jobs"]]
            else:
                tally.check(attack, answer.status_code == 415, f"{name}: {answer.text[:200]}")
        end = time.monotonic() + HANGS_S
        while sum(client.get(f"{api}/health").json()["jobs"].values()):
            if time.monotonic() > end:
                tally.fail(attack, "jobs do not end")
                break
            time.sleep(0.5)
        for name, job_id in jobs:
            job = client.get(f"{api}/jobs/{job_id}").json()
            detail = (job["error"] or {}).get("detail", "")
            is_told = job["state"] in ("done", "failed") and "went wrong" not in detail
            tally.check(attack, is_told and "worker ended" not in detail, f"{name}: {job}")
        if (
            jobs[-1][0] != "good.flac"
            or client.get(f"{api}/jobs/{jobs[-1][1]}").json()["state"] != "done"
        ):
            tally.fail(attack, "a good file is refused")
    left = {p.stem for p in settings.uploads.iterdir()}
    from scorebridge import Library

    documents = {document.id for document in Library(folder).documents()}
    if left != documents or list(settings.incoming.iterdir()):
        tally.fail(attack, f"{len(left - documents)} files without a document")


IRREGULAR = ("pipe", "socket", "zero", "null", "random", "full", "tty", "endless")


def irregular_files(tally: Tally, folder: Path, odds: Sequence[str] = IRREGULAR) -> None:
    """Pipes, sockets and devices as every input of every command: one line, no waiting."""
    folder.mkdir()
    cv2.imwrite(str(folder / "a.png"), score_page(1, systems=1))
    soundfile.write(folder / "b.wav", melody(5, 1), 22050)
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # the names of sockets are short
        try:
            listener.bind("socket")
        finally:
            os.chdir(here)
        for name in ("/dev/zero", "/dev/null", "/dev/random", "/dev/full", "/dev/tty"):
            (folder / Path(name).name).symlink_to(name)
        (folder / "endless").symlink_to("endless")
        environment = os.environ | {"SCOREBRIDGE_MODEL": "scorebridge.testing:FakeEncoder"}

        def run(*words: str) -> subprocess.CompletedProcess[bytes]:
            return subprocess.run(
                [*PROGRAM, *words, "--library", "library"],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=HANGS_S,
                check=False,
            )

        assert run("add", "a.png", "b.wav").returncode == 0
        for odd in odds:
            for command in (
                ["add", odd, "b.wav"],
                ["find", odd],
                ["align", "a.png", odd],
                ["align", "a.png", "b.wav", "--force", "--out", odd],
                ["pages", odd],
                ["pages", "a.png", "--correct", odd],
                ["export", odd, "b.wav", "--format", "json"],
                ["serve", "--token-file", odd, "--no-open"],
            ):
                done = run(*command)
                lines = done.stderr.count(b"\n")
                is_told = done.returncode in (1, 2) and lines == 1 and odd.encode() in done.stderr
                what = f"{command}: {done.returncode} {done.stderr[-300:]}"
                tally.check("pipes, sockets, devices: every command", is_told, what)
