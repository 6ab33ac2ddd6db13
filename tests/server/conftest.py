"""Servers to ask: one in this process without a worker, and real ones with their own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import httpx2
import pytest
import soundfile
from starlette.testclient import TestClient

from scorebridge import Library
from scorebridge.server.app import create_app
from scorebridge.server.settings import Settings
from scorebridge.testing import melody, score_page

FAKE = "scorebridge.testing:FakeEncoder"
PATIENCE_S = 120  # the machine may be busy


@pytest.fixture(autouse=True, scope="session")
def fake_encoder() -> Iterator[None]:
    """Every library here, in whichever process, is one of the encoder without training."""
    before = os.environ.get("SCOREBRIDGE_MODEL")
    os.environ["SCOREBRIDGE_MODEL"] = FAKE
    yield
    if before is None:
        del os.environ["SCOREBRIDGE_MODEL"]
    else:
        os.environ["SCOREBRIDGE_MODEL"] = before


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A score of two systems and two recordings."""
    folder = tmp_path_factory.mktemp("files")
    found = {"score": folder / "étude.png", "wav": folder / "take 1.wav"}
    found["ogg"] = folder / "take 2.ogg"
    cv2.imwrite(str(found["score"]), score_page(0, systems=2))
    soundfile.write(found["wav"], melody(8, 1), 22050, subtype="PCM_16")
    soundfile.write(found["ogg"], melody(8, 2), 22050, format="OGG", subtype="VORBIS")
    return found


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, files: dict[str, Path]) -> Settings:
    """Of a library that the command line filled."""
    folder = tmp_path_factory.mktemp("served") / "the library"
    Library(folder).add(files.values())
    return Settings(folder)


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[TestClient]:
    """Asks an application that runs in this process; its jobs stay in the queue."""
    app = create_app(settings)
    yield TestClient(app, base_url="http://127.0.0.1:8765")
    app.state.hub.close()


@pytest.fixture(scope="module")
def ids(client: TestClient) -> dict[str, str]:
    """Documents by title."""
    listed = client.get("/api/v1/documents").json()["documents"]
    return {document["title"]: document["id"] for document in listed}


class Live:
    """A server in a process of its own."""

    def __init__(self, library: Path, *options: str) -> None:
        command = [sys.executable, "-m", "scorebridge.cli.main", "serve", "--library", str(library)]
        self.process = subprocess.Popen(
            [*command, "--port", "0", "--no-open", *options],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line
        self.address = found[0]
        self.client = httpx2.Client(
            base_url=f"{self.address.partition('?')[0]}api/v1", timeout=PATIENCE_S
        )

    def wait(self, what: Callable[[], object]) -> None:
        """Until `what()` is true."""
        end = time.monotonic() + PATIENCE_S
        while not what():
            assert time.monotonic() < end, "waited in vain"
            time.sleep(0.05)

    def job(self, name: str) -> dict:
        """A job when it has ended."""
        self.wait(lambda: self.client.get(f"/jobs/{name}").json()["state"] not in _OPEN)
        return self.client.get(f"/jobs/{name}").json()

    def upload(self, *paths: Path) -> list[dict]:
        """Jobs, ended, of files put in."""
        parts = [("files", (path.name, path.read_bytes())) for path in paths]
        answer = self.client.post("/documents", files=parts)
        assert answer.status_code == 202, answer.text
        return [self.job(job["id"]) for job in answer.json()["jobs"]]

    def end(self, kill: bool = False) -> None:
        """Ask it to end, or do not ask."""
        self.client.close()
        self.process.kill() if kill else self.process.terminate()
        self.process.wait(30)
        assert self.process.stdout
        self.process.stdout.close()


_OPEN = ("queued", "running")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server of an empty library."""
    server = Live(tmp_path_factory.mktemp("live") / "library")
    yield server
    server.end()
