"""Which files a person means by the paths they name, and which file is which."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scorebridge.encode import detect_kind, guess_kind
from scorebridge.errors import InputError, unreadable


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells without reading it that a file has not changed."""

    size: int
    mtime_ns: int


def walk(paths: Iterable[Path | str]) -> Iterator[Path | InputError]:
    """Scores and recordings under `paths`, absolute, each once, folders in order of name.

    A file that is named is always given, or its error. In folders other kinds of files,
    hidden ones and libraries are passed over.
    """
    seen: set[Path] = set()
    for named in paths:
        top = absolute(named)
        for found in _under(top) if os.path.isdir(top) else [_checked(top)]:  # noqa: PTH112
            if isinstance(found, InputError):
                yield found
            elif found not in seen:
                seen.add(found)
                yield found


def absolute(path: Path | str) -> Path:
    """An absolute path without dots; links keep the name that people know them by."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def _checked(path: Path) -> Path | InputError:
    try:
        detect_kind(path)
    except InputError as error:
        return error
    return path


def _under(top: Path) -> Iterator[Path | InputError]:
    failed: list[OSError] = []
    for folder, folders, names in os.walk(top, onerror=failed.append):
        if "library.json" in names and "lock" in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(folder, name)
            try:
                if os.path.isfile(path) and guess_kind(path):  # noqa: PTH113
                    yield path
            except InputError as error:
                yield error
    for error in failed:
        yield unreadable(error.filename or top, error)


def stamp(path: Path) -> Stamp:
    """Size and time of `path`. Raises `InputError`."""
    try:
        status = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    return Stamp(status.st_size, status.st_mtime_ns)


def content_id(path: Path) -> str:
    """SHA-256 of the content, hex. Raises `InputError`."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error) from error
