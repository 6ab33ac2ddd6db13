"""The server's databases: checked at the start, and made anew where they are damaged.

Nothing that a person gave is lost. Every upload that no document needs gets a job again, and what
can still be read of the original names is kept. The damaged file stays beside the new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path

from scorebridge.errors import LibraryError
from scorebridge.server import payloads
from scorebridge.server.payloads import AddUpload
from scorebridge.server.queue import JobQueue
from scorebridge.server.settings import ServerSettings
from scorebridge.server.upload_store import UploadNames

DAMAGED = ".damaged"  # ending of a database that was put aside


def damaged_databases(settings: ServerSettings) -> list[Path]:
    """The databases of the server that exist and are damaged."""
    paths = (settings.queue, settings.upload_names)
    return [path for path in paths if path.exists() and not _is_sound(path)]


def check_databases(settings: ServerSettings) -> None:
    """Raise `LibraryError` for a damaged database."""
    if found := damaged_databases(settings):
        names = " and ".join(str(path) for path in found)
        raise LibraryError(
            f"{names}: damaged. `scorebridge serve --rebuild` makes the databases of the server"
            " anew; documents and uploads stay."
        )


def rebuild_databases(settings: ServerSettings, document_paths: Collection[str]) -> int:
    """Put damaged databases aside and make new ones; returns the number of uploads queued again."""
    damaged = damaged_databases(settings)
    if settings.upload_names in damaged:
        names = _salvaged(settings.upload_names)
        _put_aside(settings.upload_names)
        for file, name in names.items():
            UploadNames(settings.upload_names).put(file, name)
    if settings.queue not in damaged:
        return 0
    _put_aside(settings.queue)
    queue, names = JobQueue(settings.queue), UploadNames(settings.upload_names).all()
    waiting = [p for p in sorted(settings.uploads.iterdir()) if str(p) not in document_paths]
    for path in waiting:
        payload = AddUpload(
            file=path.name, digest=path.stem, called=names.get(path.name, path.name)
        )
        title = Path(payload.called).stem
        queue.submit(payloads.kind_of(payload), title, payloads.to_record(payload))
    return len(waiting)


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=30)) as database:
            return database.execute("pragma quick_check(1)").fetchone() == ("ok",)
    except sqlite3.OperationalError as error:  # locked, read-only: not damaged
        return "malformed" not in str(error)
    except sqlite3.DatabaseError:
        return False


def _salvaged(path: Path) -> dict[str, str]:
    """The names that can still be read."""
    found: dict[str, str] = {}
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as database:
        for file, name in database.execute("select file, name from names"):
            found[str(file)] = str(name)
    return found


def _put_aside(path: Path) -> None:
    path.replace(path.with_name(path.name + DAMAGED))
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
