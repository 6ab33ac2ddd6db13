"""The settings of one server: where it listens, who may connect, limits and intervals."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from pydantic import TypeAdapter

from scorebridge.errors import UsageError

MIN_TOKEN_LENGTH = 16  # characters


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """Limits of requests, files and jobs. The defaults fit a volume of scores and an opera act."""

    max_upload_bytes: int = 512 << 20
    """Maximum size of one upload request, in bytes."""
    max_files: int = 100
    """Maximum number of files in one upload request."""
    max_pages: int = 500
    """Maximum number of pages of one score."""
    max_duration_s: float = 3 * 3600.0
    """Maximum duration of one recording. Its samples and spectrogram fit `max_memory_bytes`."""
    max_memory_bytes: int = 4 << 30
    """Maximum memory of a child process that reads one file."""
    max_decode_s: float = 900.0
    """Maximum time of such a child process for one file."""
    max_silence_s: float = 120.0
    """Maximum time between two progress reports of such a child process."""
    max_stall_s: float = 20.0
    """Maximum time without a byte of a request body."""
    min_bytes_per_s: int = 4096
    """Minimum mean upload rate after the first `max_stall_s`."""
    max_queued_jobs: int = 20_000
    """Maximum number of queued jobs; further ones are refused."""
    max_connections: int = 400
    """Maximum number of open connections."""
    max_per_client: int = 64
    """Maximum number of open connections of one address other than this machine's."""
    max_head_s: float = 15.0
    """Maximum time until the head of a request is complete, and of a connection without one."""
    max_unread_s: float = 60.0
    """Maximum time in which a client reads nothing of its response."""
    max_linger_s: float = 15.0
    """Maximum time in which the rest of a refused body is discarded."""
    min_free_bytes: int = 64 << 20
    """Free space on the disk below which uploads are refused, in bytes."""
    max_cache_bytes: int = 4 << 30
    """Maximum size of the cache of pictures and sound; the least recently used files go first."""


@dataclass(frozen=True, slots=True)
class ServerTiming:
    """Intervals of the background tasks, in seconds."""

    queue_poll_s: float = 0.1
    """Between looks of the server at the queue while somebody listens to events."""
    library_poll_s: float = 1.0
    """Between looks of the server at the library while somebody listens to events."""
    heartbeat_s: float = 15.0
    """Between comments in a stream of events, which keep the connection open."""
    restart_delays_s: tuple[float, ...] = (0.2, 0.5, 1.0, 2.0, 5.0)
    """Before the worker is started again: after an end, and after each failed start in a row."""
    stop_timeout_s: float = 3.0
    """Until a worker that does not end by itself is killed."""
    worker_poll_s: float = 1.0
    """Between looks of an idle worker at the queue."""
    progress_interval_s: float = 0.2
    """Minimum time between two stored progress reports of a job."""
    full_retry_s: float = 2.0
    """Before a job that found the disk full is tried again, and before its outcome is."""
    busy_retry_s: float = 2.0
    """Before a job that found the library locked is tried again."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """One server. Raises `UsageError` for settings that open the library to the network."""

    library: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    """Required of every request if set."""
    allow_origins: tuple[str, ...] = ()
    """Other origins, such as `https://viewer.example`, whose pages may send requests."""
    allow_hosts: tuple[str, ...] = ()
    """Further host names of this machine."""
    public_iiif: bool = False
    """Whether pages of every site, without the token, may read pictures, sound and manifests of
    documents whose ids they know."""
    limits: ServerLimits = field(default_factory=ServerLimits)
    timing: ServerTiming = field(default_factory=ServerTiming)

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and not self.token:
            raise UsageError(
                f"serve: listening on {self.host} would open the library to the network; give a"
                " --token, or stay on 127.0.0.1."
            )
        if self.token is not None and len(self.token) < MIN_TOKEN_LENGTH:
            raise UsageError(f"serve: a token has at least {MIN_TOKEN_LENGTH} characters.")

    @property
    def folder(self) -> Path:
        """The server's own files: `server/` in the library."""
        return self.library / "server"

    @property
    def uploads(self) -> Path:
        """Uploaded files, named by the SHA-256 of their content."""
        return self.folder / "uploads"

    @property
    def incoming(self) -> Path:
        """Uploads that are not complete or not accepted yet."""
        return self.folder / "incoming"

    @property
    def upload_names(self) -> Path:
        """The table of the original names of uploaded files."""
        return self.folder / "names.sqlite"

    @property
    def queue(self) -> Path:
        """The table of jobs."""
        return self.folder / "jobs.sqlite"

    @property
    def cache(self) -> Path:
        """Files that are made from documents and can be made again."""
        return self.folder / "cache"

    def to_json(self) -> str:
        """The settings for the worker process, without token, host and port."""
        return _SETTINGS.dump_json(self, exclude={"token", "host", "port"}).decode()

    @staticmethod
    def from_json(text: str) -> ServerSettings:
        """The settings from `to_json`."""
        return _SETTINGS.validate_json(text)


_SETTINGS = TypeAdapter(ServerSettings)


def choose_token(host: str, given: str | None) -> str | None:
    """The token given, else `$SCOREBRIDGE_TOKEN`, else a random one where `host` needs one."""
    token = given or os.environ.get("SCOREBRIDGE_TOKEN")
    return token if token or is_loopback(host) else secrets.token_urlsafe(24)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
