"""Each kind of job, from the request to its result, run in this process."""

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import soundfile
from pydantic import BaseModel
from starlette.testclient import TestClient

from scorebridge.server import schemas
from scorebridge.server.settings import ServerSettings
from scorebridge.testing import melody, score_page

API = "/api/v1"
Run = Callable[[], None]


def pair_of_files(folder: Path, seed: int) -> tuple[Path, Path]:
    page, take = folder / f"page {seed}.png", folder / f"take {seed}.flac"
    cv2.imwrite(str(page), score_page(seed, systems=2))
    soundfile.write(take, melody(10, seed), 22050)
    return page, take


class Api:
    """Sends requests and runs the jobs that they queue."""

    def __init__(self, client: TestClient, run_jobs: Run) -> None:
        self.client, self.run_jobs = client, run_jobs

    def upload(self, *paths: Path) -> list[dict]:
        """The ended jobs of uploaded files."""
        parts = [("files", (path.name, path.read_bytes())) for path in paths]
        jobs = self.client.post(f"{API}/documents", files=parts).json()["jobs"]
        return [self.ended(job) for job in jobs]

    def ended(self, job: dict) -> dict:
        """A job after all jobs were run."""
        self.run_jobs()
        return self.client.get(f"{API}/jobs/{job['id']}").json()

    def post(self, path: str, **sent: object) -> dict:
        """The ended job of a request."""
        answer = self.client.post(f"{API}/{path}", params={"wait": 0}, **sent)  # pyright: ignore[reportArgumentType]
        assert answer.status_code == 202, answer.text
        return self.ended(answer.json())

    def get(self, path: str, **params: object) -> dict:
        """The answer of an alignment or an export, made if need be."""
        return self.response(path, **params).json()

    def response(self, path: str, **params: object):
        """The response of an alignment or an export, made if need be."""
        wanted = {"wait": 0} | params
        answer = self.client.get(f"{API}/{path}", params=wanted)  # pyright: ignore[reportArgumentType]
        if answer.status_code == 202:
            assert self.ended(answer.json())["state"] == "done"
            answer = self.client.get(f"{API}/{path}", params=wanted)  # pyright: ignore[reportArgumentType]
        assert answer.status_code == 200, answer.text
        return answer


@pytest.fixture(scope="module")
def api(client: TestClient, run_jobs: Run) -> Api:
    return Api(client, run_jobs)


@pytest.fixture(scope="module")
def pair(api: Api, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Ids of an uploaded score and an uploaded recording."""
    jobs = api.upload(*pair_of_files(tmp_path_factory.mktemp("pair"), 1))
    assert [job["state"] for job in jobs] == ["done", "done"], jobs
    assert all(job["result"]["outcome"] == "added" for job in jobs)
    score, recording = (job["result"]["document"]["id"] for job in jobs)
    return score, recording


def test_uploads_become_documents(api: Api, pair: tuple[str, str], tmp_path: Path) -> None:
    listed = api.client.get(f"{API}/documents").json()["documents"]
    assert {document["id"] for document in listed} >= set(pair)
    score = api.client.get(f"{API}/documents/{pair[0]}").json()
    assert (score["title"], score["name"]) == ("page 1", "page 1.png")
    assert Path(score["path"]).name == f"{pair[0]}.png"  # the client's name is never a path
    assert api.client.get(f"{API}/documents", params={"q": "1.flac"}).json()["total"] == 1
    again = api.upload(pair_of_files(tmp_path, 1)[0])  # the same content under any name
    assert again[0]["result"]["outcome"] == "unchanged"
    page = api.client.get(f"{API}/documents/{pair[0]}/pages").json()["pages"][0]
    assert len(page["systems"]) == 2 and not page["corrected"]


def test_unreadable_files_fail_by_name_and_leave_nothing(
    api: Api, settings: ServerSettings, tmp_path: Path
) -> None:
    before = api.client.get(f"{API}/documents").json()["total"]
    stored = set(settings.uploads.iterdir())
    blank, silent = tmp_path / "blank.png", tmp_path / "silent.wav"
    cv2.imwrite(str(blank), score_page(1)[:200, :200] * 0 + 255)
    soundfile.write(silent, melody(2) * 0, 22050)
    jobs = api.upload(blank, silent)
    assert [job["state"] for job in jobs] == ["failed", "failed"]
    assert "no staves" in jobs[0]["error"]["detail"] and "silent" in jobs[1]["error"]["detail"]
    assert api.client.get(f"{API}/documents").json()["total"] == before
    assert set(settings.uploads.iterdir()) == stored


def documented(record: dict, model: type[BaseModel]) -> bool:
    """Whether a response has only fields of its schema, and all that are required."""
    return model.model_validate(record).model_dump(exclude_unset=True) == record


def test_responses_have_the_documented_fields_and_no_others(
    api: Api, pair: tuple[str, str]
) -> None:
    score, recording = pair
    span = {"document": recording, "start_s": 0, "end_s": 9}
    job = api.post("find/span", json=span)
    assert job["result"]["results"] and documented(job["result"], schemas.FindRecord)
    assert documented(job, schemas.JobRecord)
    get = api.get
    assert documented(get(f"alignments/{score}/{recording}"), schemas.AlignmentRecord)
    assert documented(get(f"documents/{score}/pages"), schemas.PageList)
    assert documented(get(f"documents/{recording}"), schemas.DocumentRecord)
    assert documented(get("documents"), schemas.DocumentList)
    assert documented(get("links"), schemas.LinkList)
    assert documented(get("health"), schemas.HealthRecord)


def test_find_by_file(
    api: Api, settings: ServerSettings, pair: tuple[str, str], tmp_path: Path
) -> None:
    file = pair_of_files(tmp_path, 7)[1].read_bytes()
    record = api.post("find", files={"file": ("query.m4a", file)})["result"]
    assert record["query"] == {"path": "query", "kind": "recording", "duration_s": 10.0}
    assert {result["kind"] for result in record["results"]} == {"score"}
    assert pair[0] in {result["id"] for result in record["results"]}
    assert list(settings.incoming.iterdir()) == []  # the query is deleted


def test_find_by_region_and_span(api: Api, pair: tuple[str, str]) -> None:
    score, recording = pair
    whole = {"document": score, "page": 1, "box": [0, 0, 1, 1]}
    region = api.post("find/region", json=whole)["result"]
    assert recording in {result["id"] for result in region["results"]}
    assert (region["query"]["id"], region["query"]["box"]) == (score, [0, 0, 1, 1])
    span = {"document": recording, "start_s": 3, "end_s": 9}
    record = api.post("find/span", json=span)["result"]
    assert score in {result["id"] for result in record["results"]}
    for result in record["results"]:
        for passage in result["passages"]:
            assert 3 <= passage["query_start_s"] <= passage["query_end_s"] <= 9
    small = api.post("find/region", json=whole | {"box": [0, 0, 1, 0.001]})
    assert small["state"] == "failed" and "region" in small["error"]["detail"]
    empty = api.client.post(f"{API}/find/region", json=whole | {"box": [1, 0, 1, 1]})
    assert empty.status_code == 409


@pytest.mark.parametrize("format", ["csv", "json", "iiif", "mei"])
def test_exports(api: Api, pair: tuple[str, str], format: str) -> None:
    address = f"alignments/{pair[0]}/{pair[1]}"
    aligned = api.get(address)
    assert (aligned["score_id"], aligned["recording_id"]) == pair
    assert aligned["points"] and aligned["corrections"] == {"pins": [], "sections": []}
    assert (aligned["score"], aligned["recording"]) == ("page 1.png", "take 1.flac")
    answer = api.response(f"{address}/export", format=format)
    assert "attachment" in answer.headers["content-disposition"]
    match format:
        case "csv":
            assert answer.text.splitlines()[0].startswith("time_s,page,system,x,bar")
            assert len(answer.text.splitlines()) == len(aligned["points"]) + 1
        case "json":
            assert answer.json()["points"] == aligned["points"]
        case "iiif":
            manifest = answer.json()
            assert manifest["type"] == "Manifest"
            assert manifest["id"].startswith("http://127.0.0.1:8765/")
        case "mei":
            assert b"<mei" in answer.content


@pytest.mark.slow
def test_the_video(api: Api, pair: tuple[str, str]) -> None:
    video = api.response(f"alignments/{pair[0]}/{pair[1]}/export", format="mp4")
    assert video.content[4:8] == b"ftyp"


def test_unknown_formats_are_refused(api: Api, pair: tuple[str, str]) -> None:
    address = f"{API}/alignments/{pair[0]}/{pair[1]}/export"
    assert api.client.get(address, params={"format": "midi"}).status_code == 422


def test_anchors_are_stored_and_followed(api: Api, pair: tuple[str, str]) -> None:
    address = f"alignments/{pair[0]}/{pair[1]}"
    before = api.get(address)

    def put(corrections: dict) -> dict:
        answer = api.client.put(f"{API}/{address}/corrections?wait=0", json=corrections)
        return api.ended(answer.json())

    given = {"pins": [{"time_s": 6.0, "bar": 3}], "sections": []}
    assert put(given)["state"] == "done"
    after = api.get(address)
    assert after["corrections"] == given and after["version"] != before["version"]
    assert min(abs(p["bar"] - 3) for p in after["points"] if abs(p["time_s"] - 6) < 0.3) <= 1
    assert api.get(f"{address}/corrections") == given
    failed = put({"pins": [{"time_s": 5.0, "bar": 999}], "sections": []})
    assert failed["state"] == "failed" and "bar" in failed["error"]["detail"]
    assert api.get(f"{address}/corrections") == given  # the earlier ones stay
    assert put({"pins": [], "sections": []})["state"] == "done"
    assert api.get(address) == before


def test_a_page_is_corrected_and_read_again(api: Api, pair: tuple[str, str]) -> None:
    address = f"{API}/documents/{pair[0]}/pages"
    page = api.client.get(address).json()["pages"][0]
    first = {"systems": page["systems"][:1]}
    job = api.ended(api.client.put(f"{address}/1", json=first).json())
    assert job["state"] == "done", job
    page = api.client.get(address).json()["pages"][0]
    assert page["corrected"] and len(page["systems"]) == 1
    job = api.ended(api.client.delete(f"{address}/1").json())
    page = api.client.get(address).json()["pages"][0]
    assert job["state"] == "done" and not page["corrected"] and len(page["systems"]) == 2


def drawn(api: Api, page: dict) -> np.ndarray:
    """The picture of a page: grey levels, int [height, width]."""
    answer = api.client.get(f"{page['iiif']}/full/max/0/default.jpg")
    picture = cv2.imdecode(np.frombuffer(answer.content, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return picture.astype(int)


def test_a_page_is_turned_and_drawn_turned(api: Api, pair: tuple[str, str]) -> None:
    address = f"{API}/documents/{pair[0]}/pages"
    before = api.client.get(address).json()["pages"][0]
    shown = drawn(api, before)
    assert before["rotation"] == 0
    job = api.ended(api.client.put(f"{address}/1", json={"rotation": 180}).json())
    assert job["state"] == "done", job
    over = api.client.get(address).json()["pages"][0]
    assert over["corrected"] and over["rotation"] == 180 and over["iiif"] != before["iiif"]
    assert over["systems"]
    assert np.abs(np.rot90(shown, 2) - drawn(api, over)).mean() < 3
    # Systems without a rotation are those of the page as it is shown.
    given = {"systems": [over["systems"][0] | {"staff_kinds": ["standard", "percussion"]}]}
    job = api.ended(api.client.put(f"{address}/1", json=given).json())
    assert job["state"] == "done", job
    again = api.client.get(address).json()["pages"][0]
    assert again["rotation"] == 180 and again["systems"][0]["box"] == over["systems"][0]["box"]
    assert again["systems"][0]["staff_kinds"] == ["standard", "percussion"]
    job = api.ended(api.client.delete(f"{address}/1").json())
    assert job["state"] == "done" and api.client.get(address).json()["pages"][0] == before


def test_a_title_page_lies_as_the_music_or_as_a_person_gives_it(api: Api, tmp_path: Path) -> None:
    title = np.full((1200, 1000), 255, np.uint8)
    cv2.putText(title, "SONATA", (250, 300), cv2.FONT_HERSHEY_TRIPLEX, 3.0, (0,), 6)
    cv2.imwritemulti(str(tmp_path / "book.tif"), [title, score_page(1, systems=2)])
    (job,) = api.upload(tmp_path / "book.tif")
    document = job["result"]["document"]["id"]
    address = f"{API}/documents/{document}"

    def first() -> tuple[dict, np.ndarray, np.ndarray]:
        page = api.client.get(f"{address}/pages").json()["pages"][0]
        small = api.client.get(f"{address}/thumbnail").content
        decoded = cv2.imdecode(np.frombuffer(small, np.uint8), cv2.IMREAD_GRAYSCALE)
        assert decoded is not None
        return page, drawn(api, page), decoded

    page, shown, small = first()
    assert page["rotation"] == 0 and not page["music"]
    assert api.ended(api.client.put(f"{address}/pages/2", json={"rotation": 180}).json())
    page, over, small_over = first()
    assert page["rotation"] == 180 and not page["corrected"]
    assert np.abs(np.rot90(shown, 2) - over).mean() < 3
    assert np.abs(np.rot90(small, 2).astype(int) - small_over).mean() < 3
    assert api.ended(api.client.put(f"{address}/pages/1", json={"rotation": 0}).json())
    page, again, small_again = first()
    assert page["rotation"] == 0 and page["corrected"]
    assert np.array_equal(again, shown) and np.array_equal(small_again, small)


def test_links_are_made(api: Api, pair: tuple[str, str]) -> None:
    job = api.ended(api.client.post(f"{API}/links").json())
    assert job["state"] == "done", job
    links = api.client.get(f"{API}/links").json()
    assert links["total"] == job["result"]["links"] == len(links["links"])


def test_a_bug_costs_one_job(
    api: Api, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    queue = client.app.state.server.queue  # pyright: ignore[reportAttributeAccessIssue]
    job = api.ended({"id": queue.submit("nothing", "", {}).id})
    assert job["state"] == "failed" and "went wrong" in json.dumps(job["error"])
    assert "Traceback" in capsys.readouterr().err
