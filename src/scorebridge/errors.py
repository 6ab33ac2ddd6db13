"""One tree of exceptions. Every message names the file and what to do.

Anything the user can cause (a broken file, a wrong option, a full disk) is a
`ScorebridgeError`; the command line prints its message and exits with
`exit_code`. Anything else that escapes is a bug.
"""

from __future__ import annotations

import errno
from pathlib import Path

from scorebridge.shown import shown


class ScorebridgeError(Exception):
    """Base of all errors that a user can cause and correct."""

    exit_code = 1

    def __str__(self) -> str:
        return shown(super().__str__())


class UsageError(ScorebridgeError):
    """A call with wrong arguments, or a command with wrong options."""

    exit_code = 2


class InputError(ScorebridgeError):
    """One input file could not be processed; the others of a batch still are.

    Parameters
    ----------
    path : the file.
    reason : what is wrong with it, in one clause.
    remedy : what the person can do about it, in one sentence.
    """

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        self.path, self.reason, self.remedy = Path(path), reason, remedy
        super().__init__(f"{path}: {reason}. {remedy}")


class ScoreError(InputError):
    """A score file that cannot be read, or that shows no music."""


class AudioError(InputError):
    """A recording that cannot be decoded, or that holds no sound."""


class LimitError(InputError):
    """A file that takes more memory or time than it may, or makes its decoder crash."""


class IrregularFileError(OSError):
    """A path that is no regular file, such as a pipe, a socket or a device."""


def unreadable(path: Path | str, error: OSError, cls: type[InputError] = InputError) -> InputError:
    """The `InputError` for a file that the system refuses to open."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return cls(path, "does not exist", "Check the path.")
        case PermissionError():
            return cls(path, "may not be read", "Give yourself read permission.")
        case IsADirectoryError():
            return cls(path, "is a folder", "Name a file in it.")
        case IrregularFileError():
            return cls(path, f"{error.strerror}, not a regular file", "Copy it into a file.")
    reason = f"cannot be opened ({error.strerror or error})"
    return cls(path, reason, "Check the path and the disk.")


def is_disk_full(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, is that a disk or a quota is full."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        text = str(error).lower()
        if any(words in text for words in _FULL_WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False


_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FULL_WORDS = ("no space left", "disk is full", "storagefull", "quota exceeded", "(os error 28)")


class LibraryError(ScorebridgeError):
    """The collection on disk is missing, damaged, of another version or in use."""


class BusyError(LibraryError):
    """Another process holds the lock; the same call succeeds later.

    Parameters
    ----------
    message : what is locked, and what to do.
    holder : the process that holds it, in words.
    """

    def __init__(self, message: str, holder: str = "") -> None:
        self.holder = holder
        super().__init__(message)


class ModelError(ScorebridgeError):
    """Encoder weights that are missing, or do not fit the code."""
