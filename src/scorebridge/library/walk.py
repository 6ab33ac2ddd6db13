"""Which files a person means by the paths they name, and which file is which."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from scorebridge.errors import InputError, unreadable
from scorebridge.file_types import file_type
from scorebridge.files import (
    absolute,
    detect_kind,
    is_named_like_one,
    read_head,
    stamp,
    unrecognised,
)


def walk(paths: Iterable[Path | str]) -> Iterator[Path | InputError]:
    """Scores and recordings under `paths`, absolute, each once, folders in order of name.

    A file that is named is always given, or its error. In folders other kinds of files,
    hidden ones and libraries are passed over; of a file that is only named like a score or a
    recording the error is given, so that nobody misses it without a word.
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
                if not os.path.isfile(path):  # noqa: PTH113
                    if is_named_like_one(path) and os.path.exists(path):  # noqa: PTH110
                        stamp(path)  # raises: a pipe, a socket or a device
                    continue
                if file_type(read_head(path)):
                    yield path
                elif is_named_like_one(path):
                    yield unrecognised(path)
            except InputError as error:
                yield error
    for error in failed:
        yield unreadable(error.filename or top, error)
