"""Where a command may write: never over its inputs, never into a library.

A file that is there already is replaced only where the caller allows it. What is compared is the
file itself, not its name, so links and other spellings of a path do not deceive.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from scorebridge.errors import UsageError
from scorebridge.files import write_atomically

LIBRARY_FILES = ("library.json", "lock")  # what every library has


def check_output(
    path: Path, inputs: Iterable[Path | str] = (), force: bool = False, is_folder: bool = False
) -> None:
    """Raise `UsageError` where a command may not write the file or the folder `path`.

    Parameters
    ----------
    inputs : files that the command reads, or that a library holds.
    force : whether an existing file may be replaced.
    is_folder : `path` is a folder; whether what lies in it may be replaced is asked for each file.
    """
    library = containing_library(path)
    if library:
        raise UsageError(f"{path}: lies in the library {library}. Write somewhere else.")
    status = _status(path)
    if status is None:
        if path.is_symlink():
            raise UsageError(f"{path}: is a link to nothing. Write somewhere else.")
        return
    if is_folder:
        if not stat.S_ISDIR(status.st_mode):
            raise UsageError(f"{path}: is not a folder. Write somewhere else.")
        return
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(f"{path}: is not a regular file. Write somewhere else.")
    for other in inputs:
        if same_file(status, other):
            raise UsageError(f"{path}: is one of the files that are read. Write somewhere else.")
    if not force:
        raise UsageError(f"{path}: is there already. Write somewhere else, or give --force.")


def containing_library(path: Path) -> Path | None:
    """The library that `path` lies in or is; `None` if it lies in none."""
    real = Path(os.path.realpath(path))
    for folder in (real, *real.parents):
        if all((folder / name).is_file() for name in LIBRARY_FILES):
            return folder
    return None


def write_text(path: Path, text: str) -> None:
    """Write a file that an option names. Raises `UsageError` where it cannot be written."""
    try:
        if not path.parent.is_dir():
            raise FileNotFoundError(2, os.strerror(2))
        write_atomically(path, text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}).") from error


def same_file(status: os.stat_result, other: Path | str) -> bool:
    """Whether a file of this status is the file `other`."""
    found = _status(Path(other))
    return found is not None and os.path.samestat(status, found)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (OSError, ValueError):
        return None
