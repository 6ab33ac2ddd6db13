"""An application in this process, without a worker process; jobs run when a test says so."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import cv2
import pytest
import soundfile
from starlette.testclient import TestClient

from scorebridge import Library
from scorebridge.server.app import create_app
from scorebridge.server.queue import Lane
from scorebridge.server.settings import ServerSettings
from scorebridge.server.state import ServerState
from scorebridge.server.worker.context import WorkerContext
from scorebridge.server.worker.process import run_to_end
from scorebridge.testing import melody, score_page


@pytest.fixture(autouse=True, scope="module")
def fake_encoder() -> Iterator[None]:
    """Every library here, in whichever process, uses the encoder without training.

    Of module scope: one process runs tests of other rooms too, with the encoder that ships.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
        yield


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
def settings(tmp_path_factory: pytest.TempPathFactory, files: dict[str, Path]) -> ServerSettings:
    """Of a library that was filled without the server."""
    folder = tmp_path_factory.mktemp("served") / "the library"
    Library(folder).add(files.values())
    return ServerSettings(folder)


@pytest.fixture(scope="module")
def client(settings: ServerSettings) -> Iterator[TestClient]:
    """Sends requests to an application in this process; jobs stay in the queue."""
    app = create_app(settings)
    yield TestClient(app, base_url="http://127.0.0.1:8765")
    app.state.server.close()


@pytest.fixture(scope="module")
def run_jobs(client: TestClient) -> Callable[[], None]:
    """Runs all queued jobs in this process."""
    state: ServerState = client.app.state.server  # pyright: ignore[reportAttributeAccessIssue]
    worker = WorkerContext(state.settings, state.queue)

    def run() -> None:
        for lane in get_args(Lane):
            while job := state.queue.take(lane):
                run_to_end(worker, job)

    return run


@pytest.fixture(scope="module")
def ids(client: TestClient) -> dict[str, str]:
    """Document ids by title."""
    listed = client.get("/api/v1/documents").json()["documents"]
    return {document["title"]: document["id"] for document in listed}
