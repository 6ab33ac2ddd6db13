"""Connections that ask or listen too slowly are closed; one client has so many and no more."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from scorebridge.server.connections import client_of, protocol
from scorebridge.server.settings import ServerLimits

LIMITS = ServerLimits(max_head_s=0.6, max_unread_s=0.6, max_per_client=3, max_linger_s=2.0)


async def app(scope, receive, send) -> None:
    """Answers; /large with more than any buffer holds, /refused with the end of the connection."""
    body = bytes(64 << 20) if scope["path"] == "/large" else b"here"
    head = [(b"content-length", b"%d" % len(body))]
    if scope["path"] == "/refused":
        head.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a server with `LIMITS`."""
    config = uvicorn.Config(
        app, port=0, http=protocol(LIMITS), log_level="error", lifespan="off", timeout_keep_alive=30
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@contextmanager
def link(port: int):
    import socket

    with socket.create_connection(("127.0.0.1", port), 30) as opened:
        yield opened


def closed_after(opened) -> float:
    start = time.monotonic()
    try:
        while opened.recv(65536):
            pass
    except ConnectionError:
        pass
    return time.monotonic() - start


REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def test_a_head_has_a_time_limit_in_every_request(port: int) -> None:
    with link(port) as opened:
        assert closed_after(opened) < 5
    for done in (0, 1, 3):
        with link(port) as opened:
            for _ in range(done):
                opened.sendall(REQUEST)
                answer = b""
                while not answer.endswith(b"here"):
                    answer += (part := opened.recv(65536))
                    assert part
            opened.sendall(b"GET / HTTP/1.1\r\n")
            assert 0.2 < closed_after(opened) < 5, done


def test_bytes_of_a_head_win_no_time(port: int) -> None:
    with link(port) as opened:
        start = time.monotonic()
        with pytest.raises(OSError):
            for _ in range(300):
                opened.sendall(b"X")
                time.sleep(0.05)
        assert time.monotonic() - start < 10


def test_a_response_that_nobody_reads_has_a_time_limit(port: int) -> None:
    with link(port) as opened:
        opened.sendall(REQUEST.replace(b"/ ", b"/large ", 1))
        time.sleep(3)
        size = 0
        try:
            while part := opened.recv(1 << 20):
                size += len(part)
        except ConnectionError:
            pass
        assert size < 64 << 20


@pytest.mark.parametrize("path", ["/refused", "/"])
@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_a_response_reaches_a_client_that_still_sends(port: int, path: str, version: bytes) -> None:
    head = b"POST %s HTTP/%s\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
    size = 24 << 20
    with link(port) as opened:
        opened.sendall(head % (path.encode(), version, size))
        for _ in range(size >> 20):  # more than the buffers of both sides hold
            opened.sendall(bytes(1 << 20))
            time.sleep(0.01)
        answer = b""
        while not answer.endswith(b"here"):
            answer += (part := opened.recv(65536))
            assert part


def test_a_body_without_end_is_not_read_for_ever(port: int) -> None:
    head = b"POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000000\r\n\r\n"
    with link(port) as opened:
        start = time.monotonic()
        with pytest.raises(OSError):
            opened.sendall(head)
            while True:
                opened.sendall(bytes(1 << 16))
                time.sleep(0.01)
        assert 1 < time.monotonic() - start < 10


def test_clients_are_told_apart() -> None:
    assert client_of("127.0.0.1") == client_of("::1") == client_of("::ffff:127.0.0.1") == ""
    assert client_of("10.0.0.1") == client_of("::ffff:10.0.0.1") != client_of("10.0.0.2")
    assert client_of("2001:db8::1") == client_of("2001:db8::ffff") != client_of("2001:db8:0:1::1")


def test_a_client_has_so_many_connections_and_no_more() -> None:
    class Transport(asyncio.Transport):
        aborted = False

        def get_extra_info(self, name, default=None):
            return {"peername": ("10.0.0.1", 1), "sockname": ("10.0.0.9", 80)}.get(name, default)

        def abort(self) -> None:
            self.aborted = True

        def is_closing(self) -> bool:
            return self.aborted

        def close(self) -> None:
            self.aborted = True

    async def attack() -> None:
        config = uvicorn.Config(app, lifespan="off")
        config.load()
        cls = protocol(LIMITS)
        opened = []
        for number in range(5):
            one = cls(config, uvicorn.server.ServerState(), {})  # pyright: ignore[reportAttributeAccessIssue]
            transport = Transport()
            one.connection_made(transport)
            assert transport.aborted == (number >= LIMITS.max_per_client)
            opened.append(one)
        for one in opened:
            one.connection_lost(None)
        assert not cls.open_by_client

    asyncio.run(attack())
