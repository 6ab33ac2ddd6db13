"""What becomes of a job that waits, is cancelled, or fails."""

import threading
import time
from collections.abc import Callable

from starlette.testclient import TestClient

from scorebridge.library.store import writing
from scorebridge.server.settings import ServerSettings
from scorebridge.server.state import ServerState
from scorebridge.server.worker.context import BUSY_MESSAGE

API = "/api/v1"


def state_of(client: TestClient) -> ServerState:
    return client.app.state.server  # pyright: ignore[reportAttributeAccessIssue]


def test_a_job_that_waits_for_another_program_can_be_cancelled(
    client: TestClient,
    ids: dict[str, str],
    run_jobs: Callable[[], None],
    settings: ServerSettings,
) -> None:
    queue = state_of(client).queue
    job = client.delete(f"{API}/documents/{ids['étude']}/pages/1").json()
    with writing(settings.library):  # as another program does
        thread = threading.Thread(target=run_jobs)
        thread.start()
        end = time.monotonic() + 30
        while (queue.get(job["id"]) or job).message != BUSY_MESSAGE:
            assert time.monotonic() < end, "timed out"
            time.sleep(0.02)
        client.delete(f"{API}/jobs/{job['id']}")
        thread.join(30)
    ended = client.get(f"{API}/jobs/{job['id']}").json()
    assert (ended["state"], ended["error"]) == ("cancelled", None)


def test_a_job_of_a_removed_document_fails(
    client: TestClient, run_jobs: Callable[[], None]
) -> None:
    payload = {"document": "0" * 64, "start_s": 0, "end_s": 1, "top": 1, "method": "align"}
    job = state_of(client).queue.submit("find", "", payload, "quick")
    run_jobs()
    ended = client.get(f"{API}/jobs/{job.id}").json()
    assert ended["state"] == "failed" and "no longer" in ended["error"]["detail"]
