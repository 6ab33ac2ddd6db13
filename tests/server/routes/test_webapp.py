"""The app's files, and the API's description as a page."""

from starlette.testclient import TestClient

API = "/api/v1"


def test_the_description_is_readable_and_loads_nothing(client: TestClient) -> None:
    page = client.get(f"{API}/docs")
    assert page.status_code == 200 and "/alignments/{score}/{recording}" in page.text
    assert "<script" not in page.text and "http" not in page.text.partition("<h2>")[0]
    described = client.get(f"{API}/openapi.json").json()
    assert f"{API}/find/span" in described["paths"]


def test_the_app_gets_a_fresh_nonce_and_only_its_own_files(client: TestClient) -> None:
    first, second = client.get("/"), client.get("/pair/x/y")
    assert first.status_code == second.status_code == 200
    assert "text/html" in first.headers["content-type"]
    assert first.headers["content-security-policy"] != second.headers["content-security-policy"]
    for deep in ("/a/b/c/d", "/pair/x/y/", "/ü/\u202e/x"):
        answer = client.get(deep, follow_redirects=False)
        assert answer.status_code == 307 and set(answer.headers["location"]) <= {".", "/"}
        page = client.get(deep)
        assert (
            page.status_code == 200
            and page.url.path == "/"
            and "text/html" in page.headers.get("content-type", "")
        )
    for odd in ("/..%2f..%2fpyproject.toml", "/../app.py", "/assets/../../app.py", "/app.py"):
        assert client.get(odd).status_code == 404
