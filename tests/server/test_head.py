"""HEAD wherever GET works, and what is not sent is not made."""

import asyncio

import pytest
from starlette.testclient import TestClient

from scorebridge.server.head import HeadAsGet


def test_every_address_answers_head_as_get(client: TestClient, ids: dict[str, str]) -> None:
    document = f"/api/v1/documents/{ids['étude']}"
    for path in ("/", "/api/v1/docs", "/api/v1/documents", document, f"{document}/file"):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        varying = {"content-security-policy", "date"}  # its nonce
        assert {**head.headers}.keys() == {**got.headers}.keys()
        for name in set(got.headers) - varying:
            assert head.headers[name] == got.headers[name], name
    assert client.head("/api/v1/documents/nothing").status_code == 422
    assert client.head("/api/v1/nothing").status_code == 404
    ranged = client.head(f"{document}/file", headers={"range": "bytes=0-9"})
    assert ranged.status_code == 206 and ranged.headers["content-length"] == "10"


def test_a_stream_without_end_has_a_head(client: TestClient) -> None:
    answer = client.head("/api/v1/events")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_methods_that_are_not_there_are_named(client: TestClient) -> None:
    answer = client.post("/api/v1/health")
    assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD"


def test_no_body_is_made_and_errors_stay_errors() -> None:
    made: list[str] = []

    async def long_answer(scope, receive, send) -> None:
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            made.append("body")
        finally:
            made.append("closed")

    async def failing(scope, receive, send) -> None:
        assert scope["method"] == "GET"
        raise ValueError("no answer")

    sent: list[dict] = []

    async def send(message) -> None:
        sent.append(message)

    async def receive() -> dict:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "method": "HEAD"}
    asyncio.run(HeadAsGet(long_answer)(scope, receive, send))  # pyright: ignore[reportArgumentType]
    assert made == ["closed"]
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[1]["body"] == b""
    with pytest.raises(ValueError, match="no answer"):
        asyncio.run(HeadAsGet(failing)(scope, receive, send))  # pyright: ignore[reportArgumentType]
