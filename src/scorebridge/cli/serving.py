"""The command that serves the app."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from scorebridge.cli.options import InLibrary, open_library
from scorebridge.errors import UsageError
from scorebridge.files import absolute, open_regular

MAX_LIMIT = 1e9


def read_token(path: Path) -> str:
    """The first line of a file. Raises `UsageError`."""
    try:
        with open_regular(path) as file:
            return file.readline(1000).decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--token-file {path}: cannot be read ({error}).") from error


def serve(
    *,
    library: InLibrary = None,
    host: str = "127.0.0.1",
    port: int = 8765,
    token: Annotated[str | None, Parameter(env_var="SCOREBRIDGE_TOKEN")] = None,
    token_file: Path | None = None,
    allow_host: tuple[str, ...] = (),
    allow_origin: tuple[str, ...] = (),
    public_iiif: Annotated[bool, Parameter(negative=())] = False,
    max_mb: Annotated[int, Parameter(name=["--max-mb", "--most-mb"])] = 512,
    max_pages: Annotated[int, Parameter(name=["--max-pages", "--most-pages"])] = 500,
    max_minutes: Annotated[float, Parameter(name=["--max-minutes", "--most-minutes"])] = 180,
    memory_mb: int = 4096,
    rebuild: Annotated[bool, Parameter(negative=())] = False,
    open_: Annotated[bool, Parameter(name="--open")] = True,
) -> int:
    """Open the app on this machine: see it, hear it, follow it.

    Parameters
    ----------
    host
        Address to listen at; any but this machine's own needs a token.
    port
        0 takes any that is free.
    token
        Needed for every request (at least 16 characters); off loopback one is made and printed if
        none is given. Every user of this machine sees the arguments of a program: the variable or
        --token-file hides it.
    token_file
        File whose first line is the token.
    allow_host
        A further name of this machine.
    allow_origin
        Another site whose pages may send requests, like https://viewer.example.
    public_iiif
        Let pages of every site read pictures, sound and manifests of documents whose ids they
        know, without the token. Nothing else is opened by it.
    max_mb
        Maximum size of one upload request, in megabytes.
    max_pages
        Maximum number of pages of one score.
    max_minutes
        Maximum duration of one recording, in minutes.
    memory_mb
        Maximum memory that reading one file may take, in megabytes.
    rebuild
        Make damaged databases of the server anew; documents and uploads stay.
    open_
        Open the app in the browser.
    """
    from scorebridge.server.run import serve as run_server
    from scorebridge.server.settings import ServerLimits, ServerSettings, choose_token

    if token_file:
        token = read_token(token_file)
    limited = (max_mb, max_pages, max_minutes, memory_mb)
    if not all(0 < value < MAX_LIMIT for value in limited) or not 0 <= port < 65536:
        raise UsageError("serve: limits are above 0 and below a billion, ports from 0 to 65535.")
    limits = ServerLimits(
        max_upload_bytes=max_mb << 20,
        max_pages=max_pages,
        max_duration_s=max_minutes * 60,
        max_memory_bytes=memory_mb << 20,
    )
    settings = ServerSettings(
        library=absolute(open_library(library).path),
        host=host,
        port=port,
        token=choose_token(host, token),
        allow_origins=allow_origin,
        allow_hosts=allow_host,
        public_iiif=public_iiif,
        limits=limits,
    )
    run_server(settings, open_browser=open_, rebuild=rebuild)
    return 0
