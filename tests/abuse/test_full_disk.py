"""A full disk: nothing that was promised is lost, nothing half-written stays, and it ends."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile
from abuse_disk import every_step, fill, incomplete_files, small_disk, uploads
from abuse_tally import Tally

from live_server import LiveServer
from scorebridge import Library
from scorebridge.testing import FakeEncoder, melody

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="mounts a file system in memory"),
]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system; the test is skipped where none can be mounted."""
    with small_disk(tmp_path / "disk") as mounted:
        if mounted is None:
            pytest.skip("no right to mount a file system")
        yield mounted


def test_every_step_of_the_library_survives(disk: Path, tmp_path: Path) -> None:
    tally = Tally()
    every_step(tally, disk, tmp_path / "music", [0, 4 << 10, 40 << 10, 200 << 10])
    tally.assert_survived()


def test_every_upload_is_kept_or_refused(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    tally = Tally()
    uploads(tally, disk, [kb << 10 for kb in (0, 4, 40, 200, 400, 420, 500, 700)])
    tally.assert_survived()


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
    assert not incomplete_files(library)
