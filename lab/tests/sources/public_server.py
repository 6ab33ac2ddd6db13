"""A public repository on this machine: files behind an HTTP server that can misbehave; archives."""

from __future__ import annotations

import hashlib
import io
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from scorebridge_lab.sources.remote import Repository

COMMIT = "0123456789abcdef0123456789abcdef01234567"
REPOSITORY = Repository("owner/scores", COMMIT)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def compressed_musicxml(score: bytes) -> bytes:
    """An .mxl file that holds `score`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container><rootfiles><rootfile full-path="score.musicxml"/></rootfiles></container>',
        )
        archive.writestr("score.musicxml", score)
    return out.getvalue()


@dataclass
class Public:
    """What the server holds, how it misbehaves, and what it was asked."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    """Path in the repository to content."""
    cut_after: dict[str, list[int]] = field(default_factory=dict)
    """Path to the bytes after which each of the next answers is cut off."""
    statuses: dict[str, list[int]] = field(default_factory=dict)
    """Path to the HTTP statuses of the next answers."""
    ranges: bool = True
    """Whether the server answers ranges."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """(path, Range header) of each request."""
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def public(self) -> Public:
        return self.server.public  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        public = self.public
        path = unquote(self.path).removeprefix(f"/{REPOSITORY.name}/{COMMIT}/")
        with public.lock:
            public.asked.append((path, self.headers.get("Range", "")))
            statuses = public.statuses.get(path)
            status = statuses.pop(0) if statuses else 200
            cuts = public.cut_after.get(path)
            cut = cuts.pop(0) if cuts else None
        self._answer(path, status, cut)

    def _answer(self, path: str, status: int, cut: int | None) -> None:
        data = self.public.files.get(path)
        if data is None or status != 200:
            self.send_response(404 if data is None else status)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        asked, start = self.headers.get("Range", ""), 0
        if asked and self.public.ranges:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            if start >= len(data):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(data)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            self.send_response(200)
        body = data[start:]
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if cut is None else body[:cut])
        if cut is not None:
            self.close_connection = True


@contextmanager
def serve() -> Iterator[Public]:
    """Run the server; its `url` is the base address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.public = public = Public(url=f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield public
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def write_tar(path: Path, files: dict[str, bytes]) -> Path:
    """A tar.xz with these members."""
    with tarfile.open(path, "w:xz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


def write_zip(path: Path, files: dict[str, bytes]) -> Path:
    """A zip with these members."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path
