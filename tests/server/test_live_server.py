"""A server with its worker process: from an upload to an answer, events, kills in between."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
import soundfile

from live_server import LiveServer
from scorebridge.testing import melody, score_page

pytestmark = pytest.mark.slow  # each server takes seconds to start


def pair_of_files(folder: Path, seed: int) -> tuple[Path, Path]:
    page, take = folder / f"page {seed}.png", folder / f"take {seed}.flac"
    cv2.imwrite(str(page), score_page(seed, systems=2))
    soundfile.write(take, melody(10, seed), 22050)
    return page, take


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server of an empty library."""
    with LiveServer(tmp_path_factory.mktemp("live") / "library") as server:
        yield server


def test_from_uploads_to_answers(live: LiveServer, tmp_path: Path) -> None:
    jobs = live.upload(*pair_of_files(tmp_path, 1))
    assert [job["state"] for job in jobs] == ["done", "done"], jobs
    score, recording = (job["result"]["document"]["id"] for job in jobs)
    query = pair_of_files(tmp_path, 7)[1].read_bytes()
    found = live.client.post("/find?wait=60", files={"file": ("query.m4a", query)})
    assert found.status_code == 200, found.text
    assert found.json()["results"][0]["id"] == score
    later = live.client.post(
        "/find/span?wait=0", json={"document": recording, "start_s": 3, "end_s": 9}
    )
    assert later.status_code == 202
    assert live.ended_job(later.json()["id"])["result"]["results"][0]["id"] == score
    region = {"document": score, "page": 1, "box": [0, 0, 1, 0.001]}
    refused = live.client.post("/find/region?wait=60", json=region)
    assert refused.status_code == 409 and "region" in refused.json()["detail"]
    aligned = live.client.get(f"/alignments/{score}/{recording}?wait=60").json()
    manifest = live.client.get(f"/alignments/{score}/{recording}/export?format=iiif&wait=60")
    assert aligned["points"] and manifest.json()["id"].startswith(live.address)


def test_events_of_a_job_end_with_it(live: LiveServer, tmp_path: Path) -> None:
    with pair_of_files(tmp_path, 8)[0].open("rb") as file:
        job = live.client.post("/documents", files={"files": file}).json()["jobs"][0]
    states = []
    with live.client.stream("GET", f"/jobs/{job['id']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("data: "):
                states.append(json.loads(line[6:])["state"])
    assert states[-1] == "done" and set(states) <= {"queued", "running", "done"}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker by /proc")
def test_a_killed_worker_and_a_killed_server_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with LiveServer(folder) as server:
        server.wait_until(lambda: server.client.get("/health").json()["worker"] == "running")
        paths = [path for seed in (1, 2) for path in pair_of_files(tmp_path, seed)]
        parts = [("files", (path.name, path.read_bytes())) for path in paths]
        assert len(server.client.post("/documents", files=parts).json()["jobs"]) == 4
        time.sleep(0.3)
        os.kill(server.worker_id(), signal.SIGKILL)
        server.wait_until(lambda: server.client.get("/documents").json()["total"] >= 1)
        server.stop(kill=True)

    (folder / "server" / "uploads" / "leftover.pdf").write_bytes(b"never accepted")
    (folder / "server" / "incoming" / "part").write_bytes(b"half a file")
    with LiveServer(folder) as server:
        server.wait_until(lambda: server.client.get("/documents").json()["total"] == 4)
        listed = server.client.get("/documents").json()["documents"]
        assert sorted(d["title"] for d in listed) == ["page 1", "page 2", "take 1", "take 2"]
        assert len(list((folder / "server" / "uploads").iterdir())) == 4
        assert list((folder / "server" / "incoming").iterdir()) == []


def test_temporary_files_go_at_the_end_of_every_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    for kill in (False, True, False):
        with LiveServer(tmp_path / "library") as server:
            (made,) = scratch.iterdir()  # that of a killed server is gone
            assert server.upload(*pair_of_files(tmp_path, 1))
            (made / "left").write_bytes(b"by a decoder")
            server.stop(kill)
        assert bool(list(scratch.iterdir())) == kill


@pytest.mark.parametrize("by", ["file", "environment"])
def test_a_token_that_no_list_of_processes_shows(
    by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, options = "a token of some length", []
    if by == "file":
        (tmp_path / "token").write_text(f"{token}\nmore\n")
        options = ["--token-file", str(tmp_path / "token")]
    else:
        monkeypatch.setenv("SCOREBRIDGE_TOKEN", token)
    with LiveServer(tmp_path / "library", *options) as server:
        assert token not in " ".join(map(str, server.process.args))  # pyright: ignore
        assert server.client.get("/health").status_code == 401
        head = {"authorization": f"Bearer {token}"}
        assert server.client.get("/health", headers=head).status_code == 200
