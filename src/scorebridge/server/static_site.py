"""A folder on the web: files with byte ranges, for pages of every site, read-only.

What `python -m http.server` lacks for a published folder: a seek in a recording asks for a range
of bytes, and viewers on other sites ask for CORS. Hidden files and links that lead out of the
folder are not served.
"""

from __future__ import annotations

from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scorebridge.errors import UsageError

HEADERS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "accept-ranges, content-length, content-range, etag",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
}
PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD",
    "access-control-allow-headers": "range",
    "access-control-max-age": "600",
}


class ForEverySite:
    """ASGI middleware: the headers that let other sites read, and the answer to their question."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def open_to_all(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS | (PREFLIGHT if scope["method"] == "OPTIONS" else {}))
            await send(message)

        if scope["method"] == "OPTIONS":
            await open_to_all({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        elif any(part.startswith(".") for part in scope["path"].split("/")):
            await open_to_all({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self.app(scope, receive, open_to_all)


def site(folder: Path) -> ASGIApp:
    """The application for a folder; `index.html` stands for its folder."""
    files = StaticFiles(directory=folder, html=True, follow_symlink=False)
    return ForEverySite(Starlette(routes=[Mount("/", files)]))


def serve_site(folder: Path, host: str, port: int) -> None:
    """Serve a folder until Ctrl-C. Raises `UsageError` where the port is taken."""
    config = uvicorn.Config(site(folder), host=host, port=port, log_level="warning")
    try:
        sock = config.bind_socket()
    except (OSError, SystemExit) as error:
        raise UsageError(f"publish: port {port} is taken. Give another --port.") from error
    address = f"http://{host}:{sock.getsockname()[1]}/"
    print(f"Serves {folder} at {address}\nCtrl-C ends it.", flush=True)
    uvicorn.Server(config).run(sockets=[sock])
