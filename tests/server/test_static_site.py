"""A published folder: byte ranges, every site, and nothing but the folder."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from scorebridge.server.static_site import site


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<title>page</title>")
    (folder / "a b.mp3").write_bytes(bytes(range(100)))
    (folder / ".hidden").write_text("secret")
    (tmp_path / "outside.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    return TestClient(site(folder))


def test_ranges_and_heads(client: TestClient) -> None:
    part = client.get("/a b.mp3", headers={"range": "bytes=10-19"})
    assert part.status_code == 206 and part.content == bytes(range(10, 20))
    assert part.headers["content-range"] == "bytes 10-19/100"
    head = client.head("/a b.mp3")
    assert head.status_code == 200 and head.headers["content-length"] == "100"
    assert client.get("/").text == "<title>page</title>"


def test_every_site_may_read(client: TestClient) -> None:
    for path in ("/a b.mp3", "/", "/nothing"):
        answer = client.get(path, headers={"origin": "https://any.example"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    asked = client.options("/a b.mp3", headers={"origin": "https://any.example"})
    assert asked.status_code == 204 and asked.headers["access-control-allow-headers"] == "range"


@pytest.mark.parametrize(
    "path", ["/.hidden", "/link.txt", "/../outside.txt", "/%2e%2e/outside.txt"]
)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_nothing_is_written(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert client.request(method, "/a b.mp3").status_code == 405
