"""A server with its worker: from an empty library to an export; kills in between."""

import json
import os
import signal
import time
from pathlib import Path

import cv2
import pytest
import soundfile
from conftest import Live

from scorebridge.testing import melody, score_page


def made(folder: Path, seed: int) -> tuple[Path, Path]:
    page, take = folder / f"page {seed}.png", folder / f"take {seed}.flac"
    cv2.imwrite(str(page), score_page(seed, systems=2))
    soundfile.write(take, melody(10, seed), 22050)
    return page, take


@pytest.fixture(scope="module")
def pair(live: Live, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Ids of a score and a recording that were uploaded."""
    jobs = live.upload(*made(tmp_path_factory.mktemp("pair"), 1))
    assert [job["state"] for job in jobs] == ["done", "done"], jobs
    assert all(job["result"]["outcome"] == "added" for job in jobs)
    score, recording = (job["result"]["document"]["id"] for job in jobs)
    return score, recording


def test_uploads_become_documents(live: Live, pair: tuple[str, str], tmp_path: Path) -> None:
    listed = live.client.get("/documents").json()["documents"]
    assert {document["id"] for document in listed} >= set(pair)
    score = live.client.get(f"/documents/{pair[0]}").json()
    assert (score["title"], score["name"]) == ("page 1", "page 1.png")
    assert Path(score["path"]).name == f"{pair[0]}.png"  # what came from outside is no path
    assert live.client.get("/documents", params={"q": "1.flac"}).json()["total"] == 1
    again = live.upload(made(tmp_path, 1)[0])  # the same content under any name
    assert again[0]["result"]["outcome"] == "unchanged"
    page = live.client.get(f"/documents/{pair[0]}/pages").json()["pages"][0]
    assert len(page["systems"]) == 2 and not page["corrected"]


def test_files_that_cannot_be_read_fail_by_name_and_leave_nothing(
    live: Live, tmp_path: Path
) -> None:
    before = live.client.get("/documents").json()["total"]
    blank, cut = tmp_path / "blank.png", tmp_path / "cut.wav"
    cv2.imwrite(str(blank), score_page(1)[:200, :200] * 0 + 255)
    soundfile.write(cut, melody(2) * 0, 22050)
    jobs = live.upload(blank, cut)
    assert [job["state"] for job in jobs] == ["failed", "failed"]
    assert "no staves" in jobs[0]["error"]["detail"] and "silent" in jobs[1]["error"]["detail"]
    assert live.client.get("/documents").json()["total"] == before


def test_find_by_file_region_and_span(live: Live, pair: tuple[str, str], tmp_path: Path) -> None:
    score, recording = pair
    file = made(tmp_path, 7)[1].read_bytes()
    found = live.client.post("/find?wait=60", files={"file": ("query.m4a", file)})
    assert found.status_code == 200, found.text
    record = found.json()
    assert record["query"] == {"path": "query", "kind": "recording", "duration_s": 10.0}
    assert record["results"][0]["id"] == score
    whole = {"document": score, "page": 1, "box": [0, 0, 1, 1]}
    region = live.client.post("/find/region?wait=60", json=whole).json()
    assert region["results"][0]["id"] == recording and region["query"]["id"] == score
    span = {"document": recording, "start_s": 3, "end_s": 9}
    answer = live.client.post("/find/span?wait=60", json=span).json()
    assert answer["results"][0]["id"] == score
    for passage in answer["results"][0]["passages"]:
        assert 3 <= passage["query_start_s"] <= passage["query_end_s"] <= 9
    small = {"document": score, "page": 1, "box": [0, 0, 1, 0.001]}
    refused = live.client.post("/find/region?wait=60", json=small)
    assert refused.status_code == 409 and "region" in refused.json()["detail"]
    later = live.client.post("/find/span?wait=0", json=span)
    assert later.status_code == 202
    assert live.job(later.json()["id"])["result"]["results"][0]["id"] == score


def test_alignment_and_exports(live: Live, pair: tuple[str, str]) -> None:
    address = f"/alignments/{pair[0]}/{pair[1]}"
    aligned = live.client.get(address, params={"wait": 60}).json()
    assert (aligned["score_id"], aligned["recording_id"]) == pair
    assert aligned["points"] and aligned["corrections"] == {"pins": [], "sections": []}
    csv = live.client.get(f"{address}/export?format=csv&wait=60")
    assert csv.text.splitlines()[0].startswith("time_s,page,system,x,bar")
    assert len(csv.text.splitlines()) == len(aligned["points"]) + 1
    told = live.client.get(f"{address}/export?format=json&wait=60").json()
    assert told["points"] == aligned["points"]
    assert (told["score"], told["recording"]) == ("page 1.png", "take 1.flac")
    manifest = live.client.get(f"{address}/export?format=iiif&wait=60").json()
    assert manifest["type"] == "Manifest" and manifest["id"].startswith(live.address)
    mei = live.client.get(f"{address}/export?format=mei&wait=60")
    assert mei.status_code == 200 and b"<mei" in mei.content
    film = live.client.get(f"{address}/export?format=mp4&wait=60")
    assert film.content[4:8] == b"ftyp" and "attachment" in film.headers["content-disposition"]
    assert live.client.get(f"{address}/export?format=midi").status_code == 422


def test_pins_are_kept_and_followed(live: Live, pair: tuple[str, str]) -> None:
    address = f"/alignments/{pair[0]}/{pair[1]}"
    before = live.client.get(address, params={"wait": 60}).json()
    pin = {"time_s": 6.0, "bar": 3}
    given = {"pins": [pin], "sections": []}
    after = live.client.put(f"{address}/corrections?wait=60", json=given)
    assert after.status_code == 200, after.text
    record = after.json()
    assert record["corrections"] == given and record["version"] != before["version"]
    assert min(abs(p["bar"] - 3) for p in record["points"] if abs(p["time_s"] - 6) < 0.3) <= 1
    assert live.client.get(address).json() == record
    assert live.client.get(f"{address}/corrections").json() == given
    bad = {"pins": [{"time_s": 5.0, "bar": 999}], "sections": []}
    refused = live.client.put(f"{address}/corrections?wait=60", json=bad)
    assert refused.status_code == 409 and "bar" in refused.json()["detail"]
    assert live.client.get(f"{address}/corrections").json() == given
    nothing = {"pins": [], "sections": []}
    assert live.client.put(f"{address}/corrections?wait=60", json=nothing).json() == before


def test_corrections_of_a_page_are_kept(live: Live, pair: tuple[str, str]) -> None:
    address = f"/documents/{pair[0]}/pages"
    page = live.client.get(address).json()["pages"][0]
    first = page["systems"][:1]
    job = live.job(live.client.put(f"{address}/1", json={"systems": first}).json()["id"])
    assert job["state"] == "done", job
    page = live.client.get(address).json()["pages"][0]
    assert page["corrected"] and len(page["systems"]) == 1
    job = live.job(live.client.delete(f"{address}/1").json()["id"])
    page = live.client.get(address).json()["pages"][0]
    assert job["state"] == "done" and not page["corrected"] and len(page["systems"]) == 2


def test_events_tell_of_a_job_until_it_ends(live: Live, tmp_path: Path) -> None:
    with made(tmp_path, 8)[0].open("rb") as file:
        job = live.client.post("/documents", files={"files": file}).json()["jobs"][0]
    states = []
    with live.client.stream("GET", f"/jobs/{job['id']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("data: "):
                states.append(json.loads(line[6:])["state"])
    assert states[-1] == "done" and set(states) <= {"queued", "running", "done"}


def worker_of(server: Live) -> int:
    """The process id of a server's worker."""
    task = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    for child in map(int, task.read_text().split()):
        if b"scorebridge.server.worker.process" in Path(f"/proc/{child}/cmdline").read_bytes():
            return child
    return 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the worker by /proc")
def test_a_killed_worker_and_a_killed_server_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    server = Live(folder)
    server.wait(lambda: server.client.get("/health").json()["worker"] == "running")
    paths = [path for seed in (1, 2) for path in made(tmp_path, seed)]
    parts = [("files", (path.name, path.read_bytes())) for path in paths]
    assert len(server.client.post("/documents", files=parts).json()["jobs"]) == 4
    time.sleep(0.3)
    os.kill(worker_of(server), signal.SIGKILL)
    server.wait(lambda: server.client.get("/documents").json()["total"] >= 1)
    server.end(kill=True)

    (folder / "server" / "uploads" / "leftover.pdf").write_bytes(b"never promised")
    (folder / "server" / "incoming" / "part").write_bytes(b"half a file")
    server = Live(folder)
    server.wait(lambda: server.client.get("/documents").json()["total"] == 4)
    listed = server.client.get("/documents").json()["documents"]
    assert sorted(d["title"] for d in listed) == ["page 1", "page 2", "take 1", "take 2"]
    assert len(list((folder / "server" / "uploads").iterdir())) == 4
    assert list((folder / "server" / "incoming").iterdir()) == []
    server.end()
