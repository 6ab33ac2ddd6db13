"""Hosts, origins, tokens; and bodies that are too large or too slow."""

import asyncio
from pathlib import Path

import pytest
from starlette.responses import JSONResponse
from starlette.testclient import TestClient

from scorebridge.server.errors import ApiError
from scorebridge.server.guard import COOKIE, Guard
from scorebridge.server.settings import ServerLimits, ServerSettings

TOKEN = "a-token-of-some-length"


async def echo(scope, receive, send) -> None:
    """Answers with the length of the body."""
    length = 0
    try:
        while True:
            message = await receive()
            length += len(message.get("body", b""))
            if not message.get("more_body"):
                break
    except ApiError as error:
        await JSONResponse(error.as_record(), error.status)(scope, receive, send)
        return
    await JSONResponse({"length": length})(scope, receive, send)


def guarded(base: str = "http://127.0.0.1:8765", **settings) -> TestClient:
    limits = settings.pop("limits", ServerLimits())
    app = Guard(echo, ServerSettings(Path("/nowhere"), limits=limits, **settings))
    return TestClient(app, base_url=base, follow_redirects=False)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("[::1]:8765", 200),
        ("LOCALHOST", 200),
        ("attacker.example:8765", 403),  # a name that was made to point here
        ("localhost.attacker.example", 403),
        ("192.168.1.7:8765", 403),
        ("[not an address", 403),
        ("", 403),
    ],
)
def test_on_loopback_only_its_own_names_are_answered(host: str, status: int) -> None:
    assert guarded().get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://127.0.0.1:8765"}, 200),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "https://attacker.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),  # a followed link
    ],
)
def test_pages_of_other_sites_get_nothing(headers: dict[str, str], status: int) -> None:
    assert guarded().get("/api/v1/documents", headers=headers).status_code == status


def test_a_form_posted_from_another_site_is_refused_even_as_navigation() -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert guarded().post("/api/v1/documents", headers=headers).status_code == 403


def test_an_allowed_origin_may_ask_and_is_told_so() -> None:
    client = guarded(allow_origins=("https://viewer.example",))
    answer = client.get("/x", headers={"origin": "https://viewer.example"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://viewer.example"
    assert client.options("/x", headers={"origin": "https://viewer.example"}).status_code == 204
    assert client.get("/x", headers={"origin": "https://other.example"}).status_code == 403


VIEWER = "https://viewer.example"
PICTURE = f"/api/v1/iiif/{'0' * 64}-1/full/max/0/default.jpg"
SOUND = f"/api/v1/documents/{'0' * 64}/audio"
MANIFEST = f"/api/v1/alignments/{'0' * 64}/{'1' * 64}/export?format=iiif-score"
MEDIA = [PICTURE, SOUND, MANIFEST, f"/api/v1/documents/{'0' * 64}/thumbnail"]
CLOSED = [
    "/",
    "/api/v1/documents",
    f"/api/v1/documents/{'0' * 64}",
    f"/api/v1/documents/{'0' * 64}/file",
    "/api/v1/openapi.json",
    f"/api/v1/alignments/{'0' * 64}/{'1' * 64}",
    MANIFEST.replace("iiif-score", "mp4"),
    MANIFEST.replace("iiif-score", "iiif&format=mp4"),
    f"/api/v1/iiif/../documents/{'0' * 64}/file",
]
EMBEDDED = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}


@pytest.mark.parametrize("path", MEDIA)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_of_an_allowed_origin_may_embed_media(path: str, method: str) -> None:
    client = guarded(allow_origins=(VIEWER,))
    answer = client.request(method, path, headers=EMBEDDED | {"referer": f"{VIEWER}/"})
    assert answer.status_code == 200
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-origin" not in answer.headers  # its scripts may not read it
    assert answer.headers["vary"] == "Origin"  # a cache keeps it apart from what they may read
    for referer in ({}, {"referer": "https://viewer.example.attacker.example/"}):
        assert client.request(method, path, headers=EMBEDDED | referer).status_code == 403
    other = EMBEDDED | {"origin": "https://other.example", "referer": f"{VIEWER}/"}
    assert client.request(method, path, headers=other).status_code == 403


@pytest.mark.parametrize("path", CLOSED)
def test_a_referer_opens_nothing_else(path: str) -> None:
    client = guarded(allow_origins=(VIEWER,))
    headers = EMBEDDED | {"referer": f"{VIEWER}/"}
    assert client.get(path, headers=headers).status_code == 403
    for media in MEDIA:
        assert client.post(media, headers=headers).status_code == 403


@pytest.mark.parametrize("path", MEDIA)
def test_public_media_are_for_every_site_and_need_no_token(path: str) -> None:
    client = guarded("http://192.168.1.7:8765", host="0.0.0.0", token=TOKEN, public_iiif=True)
    for headers in (EMBEDDED, {"origin": "https://any.example"}, {"origin": "null"}, {}):
        for method in ("GET", "HEAD"):
            answer = client.request(method, path, headers=headers)
            assert answer.status_code == 200
            assert answer.headers["access-control-allow-origin"] == "*"
            assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
            assert "content-range" in answer.headers["access-control-expose-headers"]
    preflight = client.options(path, headers={"origin": "https://any.example"})
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD"
    for method in ("POST", "PUT", "DELETE"):
        answer = client.request(method, path, headers={"origin": "https://any.example"})
        assert answer.status_code == 403 and "access-control-allow-origin" not in answer.headers
        assert client.request(method, path).status_code == 401


@pytest.mark.parametrize("path", CLOSED)
def test_public_media_open_nothing_else(path: str) -> None:
    client = guarded("http://192.168.1.7:8765", host="0.0.0.0", token=TOKEN, public_iiif=True)
    assert client.get(path).status_code == 401
    answer = client.get(path, headers={"origin": "https://any.example"})
    assert answer.status_code == 403 and "access-control-allow-origin" not in answer.headers
    assert client.options(path, headers={"origin": "https://any.example"}).status_code == 403
    wrong_host = guarded(public_iiif=True).get(PICTURE, headers={"host": "attacker.example"})
    assert wrong_host.status_code == 403


def test_beyond_loopback_the_token_is_demanded() -> None:
    client = guarded("http://192.168.1.7:8765", host="0.0.0.0", token=TOKEN)
    assert client.get("/").status_code == 401
    assert (
        client.get("/", headers={"authorization": "Bearer wrong-token-of-length"}).status_code
        == 401
    )
    assert client.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get("/api/v1/health?token=" + TOKEN).status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    opened = client.get(f"/?token={TOKEN}")
    assert opened.status_code == 303 and opened.headers["location"] == "/"
    cookie = opened.headers["set-cookie"].lower()
    assert COOKIE in cookie and "httponly" in cookie and "samesite=strict" in cookie
    assert client.get("/api/v1/documents").status_code == 200  # the client keeps the cookie


def test_beyond_loopback_names_must_be_known_and_addresses_need_not() -> None:
    bearer = {"authorization": f"Bearer {TOKEN}"}
    client = guarded(host="0.0.0.0", token=TOKEN, allow_hosts=("studio.local",))
    for host, status in [("10.0.0.3:80", 200), ("studio.local", 200), ("attacker.example", 403)]:
        assert client.get("/", headers=bearer | {"host": host}).status_code == status


def test_every_answer_says_what_a_browser_may_do_with_it() -> None:
    for answer in (guarded().get("/"), guarded().get("/", headers={"host": "other.example"})):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_large_bodies_are_refused_by_their_announced_and_by_their_real_length() -> None:
    client = guarded(limits=ServerLimits(max_upload_bytes=1000))
    assert client.post("/api/v1/documents", content=b"x" * 1000).json() == {"length": 1000}
    assert client.post("/api/v1/documents", content=b"x" * 1001).status_code == 413
    chunks = (b"x" * 400 for _ in range(3))
    assert client.post("/api/v1/documents", content=chunks).status_code == 413
    announced = {"content-length": "nonsense"}
    assert client.post("/x", headers=announced).status_code == 400


def body_arriving(parts: list[tuple[float, bytes]], limits: ServerLimits) -> int:
    """The status for a body whose parts come after so many seconds each."""
    statuses = []

    async def receive():
        wait, part = parts.pop(0)
        await asyncio.sleep(wait)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    headers = [(b"host", b"127.0.0.1:8765")]
    scope = {"type": "http", "method": "POST", "path": "/api/v1/documents", "headers": headers}
    app = Guard(echo, ServerSettings(Path("/nowhere"), limits=limits))
    asyncio.run(app(scope | {"query_string": b""}, receive, send))
    return statuses[0]


def test_a_body_that_stops_or_trickles_is_given_up() -> None:
    limits = ServerLimits(max_stall_s=0.2, min_bytes_per_s=1000)
    assert body_arriving([(0, b"x" * 100), (0.05, b"x")], limits) == 200
    assert body_arriving([(0, b"x"), (5, b"x")], limits) == 408
    assert body_arriving([(0.1, b"x") for _ in range(20)], limits) == 408
    assert body_arriving([(0.1, b"x" * 500) for _ in range(6)], limits) == 200
