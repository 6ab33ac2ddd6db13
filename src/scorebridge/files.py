"""What a file is, which file is which, and how files are written and locked.

A file's kind follows from its first bytes, never from its name. A content id is the SHA-256 of the
whole content. A file is written under another name beside its own and then renamed,
so readers see the old content or the new one. A lock ends with its process.
"""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
import stat as modes
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

from scorebridge.choices import Kind
from scorebridge.errors import BusyError, InputError, IrregularFileError, unreadable
from scorebridge.file_types import HEAD, file_type

if TYPE_CHECKING:
    from filelock import BaseFileLock

SCORE_ENDINGS = {".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp", ".webp", ".gif"}
SCORE_ENDINGS |= {".heic", ".heics", ".heif", ".heifs", ".hif", ".avif", ".avifs", ".jp2", ".j2k"}
SCORE_ENDINGS |= {".pbm", ".pgm", ".ppm", ".pnm"}
AUDIO_ENDINGS = {".wav", ".wave", ".w64", ".rf64", ".aif", ".aiff", ".aifc", ".au", ".snd", ".caf"}
AUDIO_ENDINGS |= {".flac", ".ogg", ".oga", ".opus", ".mp3", ".mp2", ".m4a", ".m4b", ".aac", ".ac3"}
AUDIO_ENDINGS |= {".wma", ".wv", ".ape", ".amr", ".tta", ".mp4", ".m4v", ".mov", ".wmv", ".asf"}
AUDIO_ENDINGS |= {".avi", ".mkv", ".mka", ".webm", ".flv", ".mpg", ".mpeg", ".3gp", ".dts", ".voc"}
CONVERT = (
    "Give scores as PDF, PNG, JPEG, TIFF, HEIC or AVIF, "
    "recordings as wav, flac, ogg, mp3, m4a, wma or video."
)
COPY_AGAIN = "Copy or download it again."
PART = ".part"  # ending of a file that is being written


def detect_kind(path: Path | str) -> Kind:
    """The kind of a file by its content. Raises `InputError` for anything else."""
    path = Path(path)
    found = file_type(read_head(path))
    if found is None:
        raise unrecognised(path)
    return found.kind


def is_named_like_one(path: Path) -> bool:
    """Whether the file's extension promises a score or a recording."""
    return path.suffix.lower() in SCORE_ENDINGS | AUDIO_ENDINGS


def unrecognised(path: Path, cls: type[InputError] = InputError) -> InputError:
    """The error for a file that is of no type that Scorebridge reads. Raises `InputError`."""
    head = read_head(path)
    if not head:
        return cls(path, "is empty (0 bytes)", COPY_AGAIN)
    if _is_all_zeros(path):
        return cls(path, "holds nothing but zeros", COPY_AGAIN)
    if is_text(head):
        return cls(path, "is a text file, neither a score nor a recording", CONVERT)
    return cls(path, "is neither a score nor a recording that Scorebridge can read", CONVERT)


def is_text(head: bytes) -> bool:
    """Whether the first bytes of a file are readable text in UTF-8."""
    try:  # a character may be cut off at the end
        text = codecs.getincrementaldecoder("utf-8")().decode(head[:1024])
    except UnicodeDecodeError:
        return False
    return all(c.isprintable() or c.isspace() for c in text)


def _is_all_zeros(path: Path) -> bool:
    """Reads up to the first other byte."""
    try:
        with open_regular(path) as file:
            return all(not any(block) for block in iter(lambda: file.read(1 << 16), b""))
    except OSError as error:
        raise unreadable(path, error) from error


def read_head(path: Path) -> bytes:
    """The first `HEAD` bytes. Raises `InputError`."""
    try:
        with open_regular(path) as file:
            return file.read(HEAD)
    except OSError as error:
        raise unreadable(path, error) from error


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading; never waits for a pipe, a socket or a device.

    Raises `OSError`: `IrregularFileError` for all that is not a regular file.
    """
    check_regular(path.stat())  # before it is opened, which has effects on some devices
    wait_for_nobody = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(path, os.O_RDONLY | wait_for_nobody), "rb")
    try:
        check_regular(os.fstat(file.fileno()))
    except OSError:
        file.close()
        raise
    return file


def check_regular(status: os.stat_result) -> None:
    """Raise `OSError` unless the status is that of a regular file."""
    mode = status.st_mode
    if modes.S_ISREG(mode):
        return
    if modes.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    names = {modes.S_IFIFO: "is a named pipe", modes.S_IFSOCK: "is a socket"}
    raise IrregularFileError(errno.EINVAL, names.get(modes.S_IFMT(mode), "is a device"))


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size and time of a file; while both are the same, its content counts as unchanged."""

    size: int
    mtime_ns: int


def absolute(path: Path | str) -> Path:
    """An absolute path without dots; links keep the name that people know them by."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def stamp(path: Path) -> Stamp:
    """Size and time of `path`. Raises `InputError`."""
    try:
        status = path.stat()
        check_regular(status)
    except OSError as error:
        raise unreadable(path, error) from error
    return Stamp(status.st_size, status.st_mtime_ns)


def content_id(path: Path) -> str:
    """SHA-256 of the content, hex. Raises `InputError`."""
    try:
        with open_regular(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error) from error


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to, which takes its place when the block ends.

    The file is deleted if the block raises. Makes the folder; raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}{PART}")
    try:
        yield part
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_atomically(path: Path, content: str | bytes) -> None:
    """Replace the content of `path` in one step; text as UTF-8. Raises `OSError`."""
    with atomic_path(path) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)


def acquire_lock(path: Path, wait: bool = False) -> BaseFileLock:
    """Lock the file `path`, which is made if need be; `release` it, or use it in a `with`.

    wait : until another process lets go of it. Raises `BusyError` if another holds it and `wait`
    is false, `OSError` where it cannot be made.
    """
    from filelock import FileLock, Timeout  # 50 ms, and few callers write

    lock = FileLock(path, thread_local=False)
    owner = path.with_name(path.name + ".pid")
    try:
        lock.acquire(timeout=-1 if wait else 0)
    except Timeout:
        try:
            process = owner.read_text().strip() or "unknown"
        except OSError:
            process = "unknown"
        holder = f"process {process}"
        raise BusyError(f"{path}: is held by {holder}.", holder) from None
    with suppress(OSError):  # on a full disk; it is for messages only
        owner.write_text(str(os.getpid()))
    return lock
