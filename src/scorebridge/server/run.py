"""`scorebridge serve`: the application under uvicorn."""

from __future__ import annotations

import os
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import uvicorn

from scorebridge.errors import UsageError
from scorebridge.server.app import create_app
from scorebridge.server.connections import protocol
from scorebridge.server.settings import ServerSettings
from scorebridge.shown import shown

KEEP_ALIVE_S = 15
SHUTDOWN_TIMEOUT_S = 2  # for requests in progress when the server ends


def serve(
    settings: ServerSettings,
    open_browser: bool = False,
    log: Callable[[str], None] = print,
    rebuild: bool = False,
) -> None:
    """Serve a library until interrupted.

    Parameters
    ----------
    settings : port 0 takes any free port.
    open_browser : open the app in the browser.
    log : called with each line for the terminal.
    rebuild : make damaged databases of the server anew.

    Raises `UsageError` (address in use, another server serves this library), `LibraryError`
    (made with another encoder).
    """
    with _listening_socket(settings.host, settings.port) as listener:
        settings = replace(settings, port=listener.getsockname()[1])
        app = create_app(settings, rebuild)
        config = uvicorn.Config(
            app,
            http=protocol(settings.limits),
            ws="none",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=SHUTDOWN_TIMEOUT_S,
            limit_concurrency=settings.limits.max_connections,
            backlog=512,
        )
        server = _Server(
            config,
            on_started=lambda: _announce(settings, open_browser, log),
            on_shutdown=app.state.server.events.close_streams,
        )
        with suppress(KeyboardInterrupt):  # uvicorn raises it again after the shutdown
            server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Calls `on_started` when it listens, and `on_shutdown` before it waits for open requests."""

    def __init__(
        self,
        config: uvicorn.Config,
        on_started: Callable[[], None],
        on_shutdown: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._on_started, self._on_shutdown = on_started, on_shutdown

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_shutdown()
        await super().shutdown(sockets)


def _announce(settings: ServerSettings, open_browser: bool, log: Callable[[str], None]) -> None:
    address = _address(settings)
    log(f"Scorebridge serves {shown(settings.library)} at {address}")
    log("Ctrl-C ends it.")
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _listening_socket(host: str, port: int) -> socket.socket:
    """A bound socket. Raises `UsageError`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        if os.name == "posix":  # on Windows the option lets two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        raise UsageError(
            f"serve: cannot listen on {host} port {port} ({error.strerror or error}). Choose"
            " another --port (0: any free port)."
        ) from error
    listener.set_inheritable(False)
    return listener


def _address(settings: ServerSettings) -> str:
    """The address of the app, with the token if there is one."""
    host = settings.host
    if host in ("0.0.0.0", "::"):
        host = socket.gethostname()
    if ":" in host:
        host = f"[{host}]"
    query = f"?token={settings.token}" if settings.token else ""
    return f"http://{host}:{settings.port}/{query}"
