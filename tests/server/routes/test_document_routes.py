"""Documents and pages of a library that was filled without the server."""

import json
from pathlib import Path

import cv2
import pytest
from starlette.testclient import TestClient

from scorebridge import Library
from scorebridge.cli.main import run
from scorebridge.server.app import create_app
from scorebridge.server.settings import ServerSettings
from scorebridge.testing import score_page

API = "/api/v1"
NOBODY = "0" * 64


def test_documents_are_listed_as_by_the_command_line(
    client: TestClient, settings: ServerSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["list", "--json", "--library", str(settings.library)]) == 0
    listed = {record["id"]: record for record in json.loads(capsys.readouterr().out)}
    answer = client.get(f"{API}/documents").json()
    assert answer["total"] == len(listed) == 3
    for document in answer["documents"]:
        assert document.items() >= listed[document["id"]].items()
        assert document["links"] == []
        assert client.get(f"{API}/documents/{document['id']}").json() == document


def test_search_by_name_kind_state_and_range(client: TestClient) -> None:
    def titles(**query: str | int) -> list[str]:
        listed = client.get(f"{API}/documents", params=query).json()["documents"]
        return [document["title"] for document in listed]

    assert titles() == ["étude", "take 1", "take 2"]
    assert titles(q="ETUDE") == ["étude"]  # without accents and case
    assert titles(q="take 2") == ["take 2"] and titles(q="take 2 3") == []
    assert titles(kind="recording", limit=1, offset=1) == ["take 2"]
    assert titles(state="unlinked", kind="score") == ["étude"] and titles(state="uncertain") == []
    for bad in ({"kind": "video"}, {"limit": 0}, {"limit": 5001}, {"offset": -1}, {"state": "x"}):
        assert client.get(f"{API}/documents", params=bad).status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        f"documents/{NOBODY}",
        f"documents/{NOBODY}/pages",
        f"documents/{NOBODY}/audio",
        f"documents/{NOBODY}/file",
        f"iiif/{NOBODY}-1/info.json",
        f"alignments/{NOBODY}/{NOBODY}",
        f"jobs/{'0' * 32}",
        "nothing",
    ],
)
def test_unknown_things_are_404(client: TestClient, address: str) -> None:
    answer = client.get(f"{API}/{address}")
    assert answer.status_code == 404 and set(answer.json()) == {"detail", "remedy"}
    if address != "nothing":
        assert "GET" not in answer.json()["remedy"]  # readers of the app see it


@pytest.mark.parametrize(
    "name",
    ["..", "../../library.json", "%2e%2e%2flibrary.json", "..%5c..", "x" * 64, "A" * 64, "%00"],
)
@pytest.mark.parametrize("end", ["", "/file", "/thumbnail", "/audio"])
def test_odd_ids_read_nothing_outside(client: TestClient, name: str, end: str) -> None:
    answer = client.get(f"{API}/documents/{name}{end}")
    assert answer.status_code in (404, 422), answer.text
    assert client.get(f"{API}/iiif/{name}-1/full/max/0/default.jpg").status_code in (404, 422)
    assert client.get(f"/assets/{name}").status_code in (200, 404)


def test_pages_as_by_the_command_line(
    client: TestClient,
    ids: dict[str, str],
    files: dict[str, Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["pages", str(files["score"]), "--json"]) == 0
    (expected,) = json.loads(capsys.readouterr().out)["pages"]
    answer = client.get(f"{API}/documents/{ids['étude']}/pages").json()
    (page,) = answer["pages"]
    assert page.pop("iiif") == f"{API}/iiif/{ids['étude']}-1"
    assert page == expected
    assert client.get(f"{API}/documents/{ids['take 1']}/pages").status_code == 404


def test_the_file_itself_is_a_download(
    client: TestClient, ids: dict[str, str], files: dict[str, Path]
) -> None:
    answer = client.get(f"{API}/documents/{ids['étude']}/file")
    assert answer.content == files["score"].read_bytes()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_uploads_are_queued_and_stored_under_their_content(
    client: TestClient, settings: ServerSettings, files: dict[str, Path]
) -> None:
    parts = [
        ("files", ("../../evil.pdf", files["ogg"].read_bytes() + b"more")),
        ("files", ("notes.txt", b"no music")),
        ("files", ("nothing.wav", b"")),
    ]
    answer = client.post(f"{API}/documents", files=parts)
    record = answer.json()
    assert answer.status_code == 202
    assert [job["title"] for job in record["jobs"]] == ["evil"]
    assert [refused["title"] for refused in record["refused"]] == ["notes", "nothing"]
    (stored,) = settings.uploads.iterdir()
    assert len(stored.stem) == 64 and stored.suffix == ".ogg"
    assert list(settings.incoming.iterdir()) == []
    assert client.get(f"{API}/documents").json()["total"] == 3  # not before its job is done
    cancelled = client.delete(f"{API}/jobs/{record['jobs'][0]['id']}").json()
    assert cancelled["state"] == "cancelled" and list(settings.uploads.iterdir()) == []
    refused = client.post(f"{API}/documents", files=parts[1:])
    assert refused.status_code == 415 and refused.json()["jobs"] == []


@pytest.mark.parametrize(
    "systems",
    [
        None,
        [{"box": [0, 0, 1]}],
        [{"box": [0, 0, 2, 1]}],
        [{"box": [0.5, 0.1, 0.4, 0.2]}],
        [{}],
        "x",
        [{"box": [0, 0, 1, 1], "bars": [[0.5, 0.4]]}],
        [{"box": [0, 0, 1, 1], "staff_kinds": ["round"]}],
        [{"box": [0, 0, 1, 1], "groups": [{"kind": "brace", "first": 2, "last": 1}]}],
        [{"box": [0, 0, 1, 1], "printed_number": "bar 9"}],
    ],
)
def test_corrections_that_make_no_sense_are_refused(
    client: TestClient, ids: dict[str, str], systems: object
) -> None:
    address = f"{API}/documents/{ids['étude']}/pages"
    answer = client.put(f"{address}/1", json={"systems": systems})
    assert answer.status_code in (409, 422) and answer.json()["detail"], answer.text
    assert client.put(f"{address}/1", json={"rotation": 45}).status_code == 422
    assert client.put(f"{address}/1", json={}).status_code == 422
    assert client.put(f"{address}/2", json={"systems": []}).status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "methods"),
    [
        ("PATCH", "documents", "GET, HEAD, POST"),
        ("GET", "find", "POST"),
        ("POST", "documents/" + NOBODY, "DELETE, GET, HEAD"),
        ("DELETE", f"iiif/{NOBODY}-1/full/max/0/default.jpg", "GET, HEAD"),
    ],
)
def test_other_methods_are_405_with_those_allowed(
    client: TestClient, method: str, address: str, methods: str
) -> None:
    answer = client.request(method, f"{API}/{address}")
    assert (answer.status_code, answer.headers["allow"]) == (405, methods)


def test_a_removed_document_is_gone_and_its_file_stays(tmp_path: Path) -> None:
    page = tmp_path / "page.png"
    cv2.imwrite(str(page), score_page(5, systems=1))
    library = Library(tmp_path / "library")
    library.add(page)
    app = create_app(ServerSettings(library.path))
    client = TestClient(app, base_url="http://localhost")
    (document,) = client.get(f"{API}/documents").json()["documents"]
    address = f"{API}/documents/{document['id']}"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == client.delete(address).status_code == 404
    assert library.documents() == [] and page.exists()
    app.state.server.close()
