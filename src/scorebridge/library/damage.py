"""Checksums of what a library stores, and its tables' errors as `LibraryError`.

Lance keeps no checksums of its own: a flipped bit in a file gives other values, an error of any
class, or a panic of its native code. Each row therefore holds the SHA-256 of its other columns
(`rows.py`), and a segment one of each file. The JSON files of a library hold one of all else that
they say.
`failures.json` needs none: a failure that does not fit its file means reading that file again.
Each file of the server's cache has its checksum in a file beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

from scorebridge.errors import LibraryError, ScorebridgeError, is_disk_full
from scorebridge.files import write_atomically
from scorebridge.shown import first_line

CHECKSUM = "checksum"  # key of a JSON file
BESIDE = ".sha256"  # ending of the file beside another that holds its checksum
F = TypeVar("F", bound=Callable[..., Any])


def sealed(record: dict[str, Any]) -> dict[str, Any]:
    """A record as JSON, with its checksum."""
    return record | {CHECKSUM: _record_sum(record)}


def check_seal(record: Any, path: Path, remedy: str = "") -> None:
    """Raise `LibraryError` where what was read from a JSON file differs from its checksum.

    A record without checksum counts as it is: an earlier version wrote it, or a person.

    remedy : what to do, in one sentence; by default to correct the file or to delete it.
    """
    if not isinstance(record, dict) or CHECKSUM not in record:
        return
    if record[CHECKSUM] != _record_sum(record):
        remedy = remedy or f"Correct it and delete its `{CHECKSUM}`, or delete the file."
        raise LibraryError(
            f"{path}: differs from its checksum: it was damaged on the disk, or edited. {remedy}"
        )


def _record_sum(record: Mapping[str, Any]) -> str:
    rest = {name: value for name, value in record.items() if name != CHECKSUM}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def put_checksum(path: Path) -> None:
    """Write the checksum of a complete file beside it. Raises `OSError`."""
    write_atomically(checksum_path(path), _file_sum(path))


def drop_checksum(path: Path) -> None:
    """Delete the checksum of a file, before the file changes."""
    checksum_path(path).unlink(missing_ok=True)


def checksum_path(path: Path) -> Path:
    """Where the checksum of a file lies."""
    return path.with_name(path.name + BESIDE)


def damaged_files(folder: Path) -> list[Path]:
    """The files below a folder that differ from the checksums beside them."""
    found = []
    for beside in sorted(folder.rglob(f"*{BESIDE}")):
        path = beside.with_name(beside.name.removesuffix(BESIDE))
        with suppress(OSError):  # deleted or replaced meanwhile
            kept = beside.read_bytes()
            if _file_sum(path).encode() != kept == beside.read_bytes():
                found.append(path)
    return found


def _file_sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def guarded(function: F) -> F:
    """The same, with all that storage can throw as `LibraryError`; a full disk as `OSError`."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (ScorebridgeError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:
            if isinstance(error, OSError) and (is_disk_full(error) or _is_refused(error)):
                raise
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise  # a panic of native code is no `Exception`
            raise LibraryError(
                f"the tables of the library are damaged or cannot be read ({first_line(error)})."
                " `scorebridge verify` lists what is damaged; a new library mends it."
            ) from error

    return cast("F", call)


def _is_refused(error: OSError) -> bool:
    return isinstance(error, PermissionError) or "ermission denied" in str(error)
