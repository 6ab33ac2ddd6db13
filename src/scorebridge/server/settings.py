"""What a server is told when it starts: where it listens, who may ask, how much it takes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from scorebridge.errors import UsageError

SHORTEST_TOKEN = 16  # characters


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused. The defaults fit a volume of scores and an opera act at archive quality."""

    upload_bytes: int = 512 << 20
    """Of one request."""
    files: int = 100
    """In one request."""
    pages: int = 500
    """Of one score."""
    duration_s: float = 3 * 3600.0
    """Of one recording. Its samples and their spectrogram fit `memory_bytes`."""
    memory_bytes: int = 4 << 30
    """That a child process may take to read one file."""
    decode_s: float = 900.0
    """That it may take in all."""
    silence_s: float = 120.0
    """That it may take for one page or for a whole recording."""
    stall_s: float = 20.0
    """Without a byte of an announced request, after which it is given up."""
    slowest: int = 4096
    """Bytes a second that an upload must reach on the whole, after the first `stall_s`."""
    waiting: int = 20_000
    """Jobs in the queue, beyond which new ones are refused."""
    connections: int = 400
    """Open at a time."""
    cache_bytes: int = 4 << 30
    """Of pictures and sound made from documents; the longest unused go first."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One server."""

    library: Path
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    """Demanded of every request when set."""
    allow_origins: tuple[str, ...] = ()
    """Other origins (`https://viewer.example`) whose pages may ask."""
    allow_hosts: tuple[str, ...] = ()
    """Further names by which this machine is reached."""
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and not self.token:
            raise UsageError(
                f"serve: listening on {self.host} would open the library to the network; give a"
                " --token, or stay on 127.0.0.1."
            )
        if self.token is not None and len(self.token) < SHORTEST_TOKEN:
            raise UsageError(f"serve: a token has at least {SHORTEST_TOKEN} characters.")

    @property
    def folder(self) -> Path:
        """Where the server keeps its own things: `server/` in the library."""
        return self.library / "server"

    @property
    def uploads(self) -> Path:
        """Files that were uploaded, named by their content."""
        return self.folder / "uploads"

    @property
    def incoming(self) -> Path:
        """Files on their way in."""
        return self.folder / "incoming"

    @property
    def names(self) -> Path:
        """What uploaded files were called."""
        return self.folder / "names.sqlite"

    @property
    def cache(self) -> Path:
        """What is made from documents and can be made again."""
        return self.folder / "cache"

    def as_record(self) -> dict[str, Any]:
        """For the worker process: what `from_record` reads."""
        record = asdict(self)
        return record | {"library": str(self.library), "token": None}

    @staticmethod
    def from_record(record: dict[str, Any]) -> Settings:
        """From `as_record`; the token stays with the server, so the host is loopback's."""
        limits = Limits(**record["limits"])
        return Settings(Path(record["library"]), limits=limits)


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine to itself only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
