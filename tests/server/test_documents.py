"""Documents, pages, pictures and sound of a library that the command line filled."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image
from starlette.testclient import TestClient

from scorebridge import Library
from scorebridge.cli.main import run
from scorebridge.server.settings import Settings

API = "/api/v1"
NOBODY = "0" * 64


def test_documents_are_listed_as_by_the_command_line(
    client: TestClient, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    import json

    assert run(["list", "--json", "--library", str(settings.library)]) == 0
    told = {record["id"]: record for record in json.loads(capsys.readouterr().out)}
    answer = client.get(f"{API}/documents").json()
    assert answer["total"] == len(told) == 3
    for document in answer["documents"]:
        assert document.items() >= told[document["id"]].items()
        assert document["links"] == []
        assert client.get(f"{API}/documents/{document['id']}").json() == document


def test_search_by_name_kind_and_page_of_the_list(client: TestClient) -> None:
    def titles(**query: str | int) -> list[str]:
        listed = client.get(f"{API}/documents", params=query).json()["documents"]
        return [document["title"] for document in listed]

    assert titles() == ["étude", "take 1", "take 2"]
    assert titles(q="ETUDE") == ["étude"]  # without accents and case
    assert titles(q="take 2") == ["take 2"] and titles(q="take 2 3") == []
    assert titles(kind="recording", limit=1, offset=1) == ["take 2"]
    assert titles(state="unlinked", kind="score") == ["étude"] and titles(state="uncertain") == []
    for bad in ({"kind": "video"}, {"limit": 0}, {"limit": 5001}, {"offset": -1}):
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
def test_what_is_not_there(client: TestClient, address: str) -> None:
    answer = client.get(f"{API}/{address}")
    assert answer.status_code == 404 and set(answer.json()) == {"detail", "remedy"}


@pytest.mark.parametrize(
    "name",
    ["..", "../../library.json", "%2e%2e%2flibrary.json", "..%5c..", "x" * 64, "A" * 64, "%00"],
)
@pytest.mark.parametrize("end", ["", "/file", "/thumbnail", "/audio"])
def test_nothing_outside_is_read_by_odd_names(client: TestClient, name: str, end: str) -> None:
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
    import json

    assert run(["pages", str(files["score"]), "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["pages"]
    answer = client.get(f"{API}/documents/{ids['étude']}/pages").json()
    (page,) = answer["pages"]
    assert page.pop("iiif") == f"{API}/iiif/{ids['étude']}-1"
    assert page == told
    assert client.get(f"{API}/documents/{ids['take 1']}/pages").status_code == 404


def test_pictures(client: TestClient, ids: dict[str, str], files: dict[str, Path]) -> None:
    base = f"{API}/iiif/{ids['étude']}-1"
    assert client.get(base).url.path.endswith("/info.json")
    record = client.get(f"{base}/info.json").json()
    with Image.open(files["score"]) as original:
        assert (record["width"], record["height"]) == original.size
        there = np.asarray(original.convert("L"), float)
    whole = client.get(f"{base}/full/max/0/default.jpg")
    assert whole.headers["cache-control"].endswith("immutable")
    seen = np.asarray(Image.open(io.BytesIO(whole.content)).convert("L"), float)
    assert np.abs(seen - there).mean() < 3
    tile = client.get(f"{base}/256,256,256,256/128,/0/default.png")
    assert Image.open(io.BytesIO(tile.content)).size == (128, 128)
    assert client.get(f"{API}/iiif/{ids['étude']}-2/info.json").status_code == 404
    assert client.get(f"{base}/full/max/45/default.jpg").status_code == 400
    small = client.get(f"{API}/documents/{ids['étude']}/thumbnail")
    assert Image.open(io.BytesIO(small.content)).width == 320
    wave = client.get(f"{API}/documents/{ids['take 1']}/thumbnail")
    assert wave.headers["content-type"] == "image/svg+xml" and b"<svg" in wave.content


def test_a_wav_is_played_as_it_is_and_in_parts(
    client: TestClient, ids: dict[str, str], files: dict[str, Path]
) -> None:
    address = f"{API}/documents/{ids['take 1']}/audio"
    whole = client.get(address)
    content = files["wav"].read_bytes()
    assert whole.content == content and whole.headers["content-type"] == "audio/wav"
    part = client.get(address, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, content[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(content)}"
    assert client.get(address, headers={"range": f"bytes={10**9}-"}).status_code == 416


def test_what_browsers_may_not_play_becomes_flac_of_the_same_times(
    client: TestClient, ids: dict[str, str], files: dict[str, Path]
) -> None:
    answer = client.get(f"{API}/documents/{ids['take 2']}/audio")
    assert answer.headers["content-type"] == "audio/flac"
    played, rate = soundfile.read(io.BytesIO(answer.content), dtype="float32")
    there, rate_there = soundfile.read(files["ogg"], dtype="float32")
    assert rate == rate_there and len(played) == len(there)
    assert np.abs(played - there).max() < 1e-3


def test_peaks_are_the_greatest_values(
    client: TestClient, ids: dict[str, str], files: dict[str, Path]
) -> None:
    answer = client.get(f"{API}/documents/{ids['take 1']}/peaks", params={"points": 8}).json()
    samples, _ = soundfile.read(files["wav"], dtype="float32")
    expected = np.abs(samples).reshape(8, -1).max(axis=1)
    assert answer["duration_s"] == 8 and answer["points"] == 8
    np.testing.assert_allclose(answer["peaks"], expected, atol=0.01)
    assert client.get(f"{API}/documents/{ids['étude']}/peaks").status_code == 404


def test_the_file_itself_is_a_download(
    client: TestClient, ids: dict[str, str], files: dict[str, Path]
) -> None:
    answer = client.get(f"{API}/documents/{ids['étude']}/file")
    assert answer.content == files["score"].read_bytes()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_uploads_are_promised_and_lie_under_names_of_our_own(
    client: TestClient, settings: Settings, files: dict[str, Path]
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
    (kept,) = settings.uploads.iterdir()
    assert len(kept.stem) == 64 and kept.suffix == ".ogg"
    assert list(settings.incoming.iterdir()) == []
    assert client.get(f"{API}/documents").json()["total"] == 3  # not before it is whole
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
    ],
)
def test_corrections_that_make_no_sense_are_refused(
    client: TestClient, ids: dict[str, str], systems: object
) -> None:
    address = f"{API}/documents/{ids['étude']}/pages/1"
    answer = client.put(address, json={"systems": systems})
    assert answer.status_code in (409, 422) and answer.json()["detail"], answer.text
    assert (
        client.put(address.replace("pages/1", "pages/2"), json={"systems": []}).status_code == 404
    )


@pytest.mark.parametrize(
    ("method", "address", "methods"),
    [
        ("PATCH", "documents", "GET, POST"),
        ("GET", "find", "POST"),
        ("POST", "documents/" + NOBODY, "DELETE, GET"),
        ("DELETE", f"iiif/{NOBODY}-1/full/max/0/default.jpg", "GET"),
    ],
)
def test_other_methods_are_told_which_there_are(
    client: TestClient, method: str, address: str, methods: str
) -> None:
    answer = client.request(method, f"{API}/{address}")
    assert (answer.status_code, answer.headers["allow"]) == (405, methods)


def test_a_removed_document_is_gone_and_its_own_file_stays(tmp_path: Path) -> None:
    import cv2

    from scorebridge.server.app import create_app
    from scorebridge.testing import score_page

    page = tmp_path / "page.png"
    cv2.imwrite(str(page), score_page(5, systems=1))
    library = Library(tmp_path / "library")
    library.add(page)
    app = create_app(Settings(library.path))
    client = TestClient(app, base_url="http://localhost")
    (document,) = client.get(f"{API}/documents").json()["documents"]
    address = f"{API}/documents/{document['id']}"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == client.delete(address).status_code == 404
    assert library.documents() == [] and page.exists()
    app.state.hub.close()


def test_one_server_for_one_library(client: TestClient, settings: Settings) -> None:
    from scorebridge.errors import UsageError
    from scorebridge.server.app import create_app

    assert client.get(f"{API}/health").json()["documents"] == 3
    with pytest.raises(UsageError, match="already serves"):
        create_app(settings)


def test_the_description_can_be_read_and_loads_nothing(client: TestClient) -> None:
    page = client.get(f"{API}/docs")
    assert page.status_code == 200 and "/alignments/{score}/{recording}" in page.text
    assert "<script" not in page.text and "http" not in page.text.partition("<h2>")[0]
    described = client.get(f"{API}/openapi.json").json()
    assert f"{API}/find/span" in described["paths"]


def test_the_app_gets_a_fresh_nonce_and_only_its_own_files(client: TestClient) -> None:
    first, second = client.get("/"), client.get("/pair/x/y")
    assert first.status_code == second.status_code == 200
    assert "text/html" in first.headers["content-type"]
    for odd in ("/..%2f..%2fpyproject.toml", "/../app.py", "/assets/../../app.py", "/app.py"):
        assert client.get(odd).status_code == 404
