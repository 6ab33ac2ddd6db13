"""A small file system that is full when it matters."""

import hashlib
import io
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import other_encoder
import soundfile
from abuse_tally import Tally
from starlette.testclient import TestClient

from scorebridge import Library
from scorebridge.errors import InputError, ScorebridgeError, is_disk_full
from scorebridge.export.formats import ExportSettings
from scorebridge.export.limited import export_limited
from scorebridge.files import PART
from scorebridge.sandbox import allowance_of
from scorebridge.server.app import create_app
from scorebridge.server.settings import ServerLimits, ServerSettings
from scorebridge.testing import FakeEncoder, melody, score_page
from scorebridge.types import BarRange

SIZE = 24 << 20  # bytes of the small file system
LONGEST_S = 300  # until the work of a server is done


@contextmanager
def small_disk(where: Path) -> Iterator[Path | None]:
    """A file system of `SIZE` bytes at `where`; `None` where none can be mounted."""
    where.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SIZE}", "none", str(where)]
    try:
        done = subprocess.run(["mount", *options], capture_output=True, check=False)
    except FileNotFoundError:
        yield None
        return
    if done.returncode:
        yield None
        return
    try:
        yield where
    finally:
        subprocess.run(["umount", "-l", str(where)], check=True)


def fill(disk: Path, leave: int = 0) -> Path:
    """A file that takes all free space but `leave` bytes."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        try:
            while True:
                free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - leave
                if free <= 0 or not file.write(bytes(min(free, 1 << 16))):
                    break
        except OSError:
            pass
    return ballast


def incomplete_files(folder: Path) -> set[str]:
    """Files that were being written."""
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.name.endswith(PART)}


def every_step(tally: Tally, disk: Path, music: Path, leaves: list[int]) -> None:
    """Fill the disk before each step of a library, up to each number of bytes in `leaves`."""
    music.mkdir()
    for k in range(3):
        soundfile.write(music / f"{k}.wav", melody(20, k), 22050)
        cv2.imwrite(str(music / f"{k}.png"), score_page(k, systems=1))
    score, sound = music / "0.png", music / "0.wav"
    library = Library(disk / "library", FakeEncoder())
    newer = Library(disk / "library", other_encoder.make())
    library.add(sound)

    def export(format: str) -> None:
        pair = library.align_pair(score, sound)
        pair = replace(pair, alignment=replace(pair.alignment, score=str(score)))
        settings = ExportSettings(score=score, recording=sound)
        out, allowance = disk / f"out.{format}", allowance_of({})
        export_limited(pair, format, out, settings, lambda *_: None, allowance)  # type: ignore[arg-type]

    def renew() -> None:
        report = newer.renew()
        if report.failed:
            raise report.failed[0]

    steps: dict[str, Callable[[], object]] = {
        "add": lambda: library.add(music),
        "link": lambda: library.link(rebuild=True),
        "correct": lambda: library.correct(score, {"pages": [{"page": 1, "rotation": 0}]}),
        "pin": lambda: library.align(score, sound, sections=[BarRange(1, 2)]),
        "export json": lambda: export("json"),
        "export iiif": lambda: export("iiif"),
        "export mp4": lambda: export("mp4"),
        "renew": renew,
    }
    for name, step in steps.items():
        for leave in leaves:
            attack = f"full disk: {name}"
            now = newer if name == "renew" else library
            ballast = fill(disk, leave)
            before = {d.id for d in now.documents()}
            try:
                step()
            except ScorebridgeError as error:
                is_told = is_disk_full(error) or isinstance(error, InputError)
                tally.check(attack, is_told and "\n" not in str(error), f"{leave}: {error}")
            except OSError as error:
                tally.check(attack, is_disk_full(error), f"{leave}: {error!r}")
            else:
                tally.check(attack, True)
            if left := incomplete_files(disk):
                tally.fail(attack, f"{leave}: {left}")
            ballast.unlink()
            if not {d.id for d in now.documents()} >= before:
                tally.fail(attack, f"{leave}: documents are gone")
            wrong = [p.what for p in now.verify() if "left over" not in p.what]
            if wrong:  # what no row names is swept by the next write
                tally.fail(attack, f"{leave}: {wrong}")
        step()
    tally.check(
        "library after all full disks", newer.verify() == [] and len(newer.documents()) == 6
    )


def uploads(tally: Tally, disk: Path, leaves: list[int]) -> None:
    """Upload while so many bytes are free: refused with the reason, or kept until there is room."""
    attack = "full disk: upload"
    # The usual reserve is larger than this disk.
    settings = ServerSettings(disk / "served", limits=ServerLimits(min_free_bytes=0))
    accepted, api = set(), "/api/v1"
    app = create_app(settings)
    with TestClient(app, "http://127.0.0.1:8765", raise_server_exceptions=False) as client:

        def health() -> dict[str, Any]:
            return client.get(f"{api}/health").json()

        def wait_until(condition: Callable[[], object]) -> None:
            end = time.monotonic() + LONGEST_S
            while not condition() and time.monotonic() < end:
                time.sleep(0.1)

        wait_until(lambda: health()["worker"] == "running")
        for k, leave in enumerate(leaves):
            out = io.BytesIO()
            soundfile.write(out, melody(20, 100 + k), 22050, format="FLAC")
            ballast = fill(disk, leave)
            sent = {"files": (f"{k}.flac", out.getvalue())}
            answer = client.post(f"{api}/documents", files=sent)
            time.sleep(0.5)  # the worker tries
            told = answer.status_code == 202 or (
                answer.status_code == 507 and "full" in answer.json()["detail"]
            )
            tally.check(attack, told, f"{leave}: {answer.status_code} {answer.text[:200]}")
            if answer.status_code == 202:
                accepted.add(hashlib.sha256(out.getvalue()).hexdigest())
            ballast.unlink()
        wait_until(lambda: not sum(health()["jobs"].values()))
        documents = client.get(f"{api}/documents?limit=1000").json()["documents"]
        lost = accepted - {document["id"] for document in documents}
        tally.check("uploads accepted on a full disk", not lost, f"{len(lost)} of {len(accepted)}")
        wait_until(lambda: not health()["detail"])
        tally.check("health after full disks", health()["status"] == "ok", health())
    left = [*settings.incoming.iterdir(), *incomplete_files(disk)]
    tally.check("files left after full disks", not left, left)
