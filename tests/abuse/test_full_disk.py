"""A full disk: nothing that was promised is lost, nothing half-written stays, and it ends."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
import soundfile

from live_server import LiveServer
from scorebridge import Library
from scorebridge.errors import LibraryError, is_disk_full
from scorebridge.files import PART
from scorebridge.testing import FakeEncoder, melody, score_page
from scorebridge.types import BarRange

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="mounts a file system in memory"),
]
SIZE = 24 << 20  # bytes of the small file system


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of `SIZE` bytes; the test is skipped where none can be mounted."""
    where = tmp_path / "disk"
    where.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SIZE}", "none", str(where)]
    try:
        done = subprocess.run(["mount", *options], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no program mount")
    if done.returncode:
        pytest.skip("no right to mount a file system")
    yield where
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


def files_of(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.name.endswith(PART)}


def test_every_step_of_the_library_survives(disk: Path, tmp_path: Path) -> None:
    music = tmp_path / "music"
    music.mkdir()
    for k in range(3):
        soundfile.write(music / f"{k}.wav", melody(20, k), 22050)
        cv2.imwrite(str(music / f"{k}.png"), score_page(k, systems=1))
    library = Library(disk / "library", FakeEncoder())
    library.add(music / "0.wav")
    steps = {
        "add": lambda: library.add(music),
        "link": lambda: library.link(rebuild=True),
        "pin": lambda: library.align(music / "0.png", music / "0.wav", sections=[BarRange(1, 2)]),
    }
    for name, step in steps.items():
        for leave in (0, 4 << 10, 40 << 10, 200 << 10):
            ballast = fill(disk, leave)
            before = {d.id for d in library.documents()}
            try:
                step()
            except LibraryError as error:
                assert is_disk_full(error), (name, leave)
                assert "\n" not in str(error)
            assert not files_of(disk), (name, leave)
            ballast.unlink()
            assert {d.id for d in library.documents()} >= before
            left = [p.what for p in library.verify()]  # the next write sweeps what no row names
            assert all("left over" in what for what in left), (name, leave)
        step()
    assert len(library.documents()) == 6 and library.verify() == []


def test_removing_works_on_a_full_disk(disk: Path, tmp_path: Path) -> None:
    for k in range(3):
        soundfile.write(tmp_path / f"{k}.wav", melody(30, k), 22050)
    library = Library(disk / "library", FakeEncoder())
    library.add([tmp_path / f"{k}.wav" for k in range(3)])
    fill(disk)
    assert library.remove(tmp_path / "0.wav") == [str(tmp_path / "0.wav")]
    assert len(library.documents()) == 2 and library.verify() == []


def test_a_server_keeps_what_it_accepted(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    library = disk / "library"
    take, late = tmp_path / "take.flac", tmp_path / "late.flac"
    soundfile.write(take, melody(60, 1), 22050)
    soundfile.write(late, melody(5, 2), 22050)
    with LiveServer(library) as server:
        server.wait_until(lambda: server.client.get("/health").json()["worker"] == "running")
        health = server.client.get("/health").json()
        assert health["status"] == "degraded" and health["detail"] == "the disk is full"
        answer = server.client.post("/documents", files={"files": ("a.flac", take.read_bytes())})
        assert answer.status_code == 507 and "full" in answer.json()["detail"]
        assert not list((library / "server" / "incoming").iterdir())
    # Accepted while there was room, done when there was none.
    from scorebridge.server.queue import JobQueue
    from scorebridge.server.settings import ServerSettings

    settings = ServerSettings(library)
    digest = hashlib.sha256(take.read_bytes()).hexdigest()
    payload = {"file": f"{digest}.flac", "digest": digest, "called": "take.flac"}
    (settings.uploads / payload["file"]).write_bytes(take.read_bytes())
    job = JobQueue(settings.queue).submit("add", "take", payload)
    ballast = fill(disk)
    with LiveServer(library) as server:
        server.wait_until(lambda: server.client.get("/health").json()["detail"])
        assert server.client.get(f"/jobs/{job.id}").json()["state"] in ("queued", "running")
        assert (settings.uploads / payload["file"]).read_bytes() == take.read_bytes()
        ballast.unlink()
        assert server.ended_job(job.id)["state"] == "done"
        documents = server.client.get("/documents").json()["documents"]
        assert [one["id"] for one in documents] == [digest]
        fill(disk)
        assert server.client.delete(f"/documents/{digest}").status_code == 204
        assert server.client.get("/documents").json()["documents"] == []
    assert not files_of(library)
