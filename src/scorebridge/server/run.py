"""`scorebridge serve`: the application under uvicorn, on loopback unless told otherwise."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from scorebridge.errors import UsageError
from scorebridge.files import absolute
from scorebridge.server.app import create_app
from scorebridge.server.settings import Limits, Settings, is_loopback

FIRST_BYTES_S = 15.0  # until a connection must have sent the head of its first request
GOODBYE_S = 2  # that answers at work get when the server ends


class ImpatientProtocol(H11Protocol):
    """HTTP/1.1 that hangs up on clients who do not say what they want."""

    def connection_made(self, transport) -> None:  # type: ignore[no-untyped-def]
        super().connection_made(transport)
        self._last_call = self.loop.call_later(FIRST_BYTES_S, self._hang_up)

    def connection_lost(self, exc: Exception | None) -> None:
        self._last_call.cancel()
        super().connection_lost(exc)

    def _hang_up(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


def serve(
    library: Path | None,
    host: str,
    port: int,
    token: str | None,
    allow_origins: tuple[str, ...],
    allow_hosts: tuple[str, ...],
    limits: Limits,
    open_browser: bool,
    say: Callable[[str], None] = print,
) -> None:
    """Serve a library until interrupted.

    Raises `UsageError` (address in use or not allowed, another server at work on this library),
    `LibraryError` (made with another encoder).
    """
    folder = absolute(library or os.environ.get("SCOREBRIDGE_LIBRARY") or "scorebridge.library")
    token = token or os.environ.get("SCOREBRIDGE_TOKEN")
    if not is_loopback(host) and not token:
        token = secrets.token_urlsafe(24)
    with _bound(host, port) as listener:
        port = listener.getsockname()[1]
        settings = Settings(folder, host, port, token, allow_origins, allow_hosts, limits)
        app = create_app(settings)
        address = _address(host, port) + (f"?token={token}" if token else "")
        config = uvicorn.Config(
            app,
            http=ImpatientProtocol,
            ws="none",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=15,
            timeout_graceful_shutdown=GOODBYE_S,
            limit_concurrency=limits.connections,
            backlog=512,
        )
        server = _Server(config, lambda: _started(say, address, folder, open_browser))
        server.hush = app.state.hub.hush
        with suppress(KeyboardInterrupt):  # raised again by uvicorn when all is ended
            server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says when it listens, and lets long answers go when it is to end."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started
        self.hush: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.hush()
        await super().shutdown(sockets)


def _started(say: Callable[[str], None], address: str, folder: Path, open_browser: bool) -> None:
    say(f"Scorebridge serves {folder} at {address}")
    say("Ctrl-C ends it.")
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _bound(host: str, port: int) -> socket.socket:
    """A listening socket; where the port is taken, the message names another way."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        raise UsageError(
            f"serve: cannot listen on {host} port {port} ({error.strerror or error}). Choose"
            " another --port (0: any that is free)."
        ) from error
    listener.set_inheritable(False)
    return listener


def _address(host: str, port: int) -> str:
    if host in ("0.0.0.0", "::"):
        host = socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
