"""One server for one library; a full queue; what a killed server left."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from scorebridge.errors import UsageError
from scorebridge.server.app import create_app
from scorebridge.server.settings import ServerLimits, ServerSettings

API = "/api/v1"


def test_one_server_for_one_library(client: TestClient, settings: ServerSettings) -> None:
    assert client.get(f"{API}/health").json()["documents"] == 3
    with pytest.raises(UsageError, match="already serves"):
        create_app(settings)


def test_a_full_queue_refuses_jobs(tmp_path: Path) -> None:
    limits = ServerLimits(max_queued_jobs=1)
    app = create_app(ServerSettings(tmp_path / "library", limits=limits))
    client = TestClient(app, base_url="http://localhost")
    part = {"files": ("a.png", b"\x89PNG\r\n\x1a\n")}
    assert client.post(f"{API}/documents", files=part).status_code == 202
    assert client.post(f"{API}/links").status_code == 429
    app.state.server.close()
