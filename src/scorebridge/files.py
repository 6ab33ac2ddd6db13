"""What a file is, which file is which, and how files are written and locked.

The file type is detected from the first bytes, then from the extension. A content id is the
SHA-256 of the whole content. A file is written under another name beside its own and then renamed,
so readers see the old content or the new one. A lock ends with its process.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from scorebridge.choices import Kind
from scorebridge.errors import BusyError, InputError, unreadable

if TYPE_CHECKING:
    from filelock import BaseFileLock

SCORE_ENDINGS = {".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp", ".webp", ".gif"}
AUDIO_ENDINGS = {".wav", ".wave", ".w64", ".rf64", ".aif", ".aiff", ".aifc", ".au", ".snd", ".caf"}
AUDIO_ENDINGS |= {".flac", ".ogg", ".oga", ".opus", ".mp3", ".mp2", ".m4a", ".m4b", ".aac", ".ac3"}
AUDIO_ENDINGS |= {".wma", ".wv", ".ape", ".amr", ".tta", ".mp4", ".m4v", ".mov", ".wmv", ".asf"}
AUDIO_ENDINGS |= {".avi", ".mkv", ".mka", ".webm", ".flv", ".mpg", ".mpeg", ".3gp"}
AUDIO_MARKS = (b"fLaC", b"OggS", b"ID3", b".snd", b"caff", b"wvpk", b"MAC ", b"#!AMR", b"FLV\x01")
AUDIO_MARKS += (b"RF64", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"\x1a\x45\xdf\xa3")  # asf, mkv
PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")  # phone pictures in an "ftyp" box
EXTENSIONS = (
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II", ".tif"),
    (b"MM", ".tif"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
    (b"fLaC", ".flac"),
    (b"OggS", ".ogg"),
    (b"ID3", ".mp3"),
    (b"\x1a\x45\xdf\xa3", ".webm"),
    (b"\x30\x26\xb2\x75", ".wma"),
    (b"caff", ".caf"),
    (b"wvpk", ".wv"),
    (b"MAC ", ".ape"),
    (b".snd", ".au"),
    (b"#!AMR", ".amr"),
    (b"FLV\x01", ".flv"),
    (b"RF64", ".rf64"),
)  # by first bytes, of files whose kind is known
HEAD = 1024  # bytes from which a file's type is detected
PART = ".part"  # ending of a file that is being written


def sniff(head: bytes) -> Literal["pdf", "image"] | None:
    """The type of a score by its first `HEAD` bytes; `None` for neither a PDF nor a picture."""
    if b"%PDF-" in head[:HEAD]:
        return "pdf"
    starts = (
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"II*\0",
        b"MM\0*",
        b"II+\0",
        b"MM\0+",
        b"GIF8",
        b"\0\0\0\x0cjP  ",
        b"\xff\x4f\xff\x51",
    )
    if head.startswith(starts) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "image"
    if len(head) > 2 and head[:1] == b"P" and head[1:2] in b"123456" and head[2:3].isspace():
        return "image"
    return None


def kind_of_content(head: bytes) -> Kind | None:
    """The kind of a file by its first `HEAD` bytes; `None` where they do not show it."""
    if head.startswith(AUDIO_MARKS):
        return "recording"
    if head[4:8] == b"ftyp":
        return "score" if head[8:12] in PICTURE_BRANDS else "recording"
    if sniff(head):
        return "score"
    forms = (b"WAVE", b"AVI ", b"AIFF", b"AIFC")
    return "recording" if head[:4] in (b"RIFF", b"FORM") and head[8:12] in forms else None


def extension_of_content(head: bytes) -> str:
    """The extension that fits a file's first `HEAD` bytes; "" for neither score nor recording."""
    if kind_of_content(head) is None:
        # MPEG audio without a tag: eleven set bits, a layer, a rate that exists; AAC frames.
        if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
            if head[1] & 0xF6 == 0xF0:
                return ".aac"
            if head[1] & 0x06 and head[1] & 0x18 != 0x08 and head[2] & 0xF0 not in (0x00, 0xF0):
                return ".mp3"
        return ""
    if sniff(head) == "pdf":
        return ".pdf"
    if head[4:8] == b"ftyp":
        return ".m4a"
    forms = {b"WAVE": ".wav", b"AVI ": ".avi", b"WEBP": ".webp", b"AIFF": ".aif", b"AIFC": ".aif"}
    if head[:4] in (b"RIFF", b"FORM"):
        return forms.get(head[8:12], "")
    found = (extension for start, extension in EXTENSIONS if head.startswith(start))
    return next(found, ".ppm" if head[:1] == b"P" else ".jp2")


def guess_kind(path: Path | str) -> Kind | None:
    """By content, else by extension; `None` for other files. Raises `InputError` if unreadable."""
    path = Path(path)
    head = read_head(path)
    ending = path.suffix.lower()
    kind = kind_of_content(head)
    if kind is None and ending in SCORE_ENDINGS:
        kind = "score"
    elif kind is None and ending in AUDIO_ENDINGS:
        kind = "recording"
    return kind


def detect_kind(path: Path | str) -> Kind:
    """By content, else by extension. Raises `InputError` for anything else."""
    kind = guess_kind(path)
    if kind is None:
        raise InputError(
            path,
            "is neither a score nor a recording that Scorebridge can read",
            "Scores: PDF, PNG, JPEG, TIFF; recordings: wav, flac, ogg, mp3, m4a, wma, video.",
        )
    return kind


def read_head(path: Path) -> bytes:
    """The first `HEAD` bytes. Raises `InputError`."""
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise unreadable(path, error) from error


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
    owner.write_text(str(os.getpid()))
    return lock
