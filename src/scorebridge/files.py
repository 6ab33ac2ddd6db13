"""What a file is, and which file is which.

The file type is detected from the first bytes, then from the extension. A content id is the
SHA-256 of the whole content.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scorebridge.errors import InputError, unreadable
from scorebridge.types import Kind

SCORE_ENDINGS = {".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp", ".webp", ".gif"}
AUDIO_ENDINGS = {".wav", ".wave", ".w64", ".rf64", ".aif", ".aiff", ".aifc", ".au", ".snd", ".caf"}
AUDIO_ENDINGS |= {".flac", ".ogg", ".oga", ".opus", ".mp3", ".mp2", ".m4a", ".m4b", ".aac", ".ac3"}
AUDIO_ENDINGS |= {".wma", ".wv", ".ape", ".amr", ".tta", ".mp4", ".m4v", ".mov", ".wmv", ".asf"}
AUDIO_ENDINGS |= {".avi", ".mkv", ".mka", ".webm", ".flv", ".mpg", ".mpeg", ".3gp"}
AUDIO_MARKS = (b"fLaC", b"OggS", b"ID3", b".snd", b"caff", b"wvpk", b"MAC ", b"#!AMR", b"FLV\x01")
AUDIO_MARKS += (b"RF64", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"\x1a\x45\xdf\xa3")  # asf, mkv
PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")  # phone pictures in an "ftyp" box


def sniff(head: bytes) -> Literal["pdf", "image"] | None:
    """What a file is by its first bytes (1,024 are enough); None: neither PDF nor picture."""
    if b"%PDF-" in head[:1024]:
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
    """What a file is by its first bytes (1,024 are enough), `None` if they do not tell."""
    if head.startswith(AUDIO_MARKS):
        return "recording"
    if head[4:8] == b"ftyp":
        return "score" if head[8:12] in PICTURE_BRANDS else "recording"
    if sniff(head):
        return "score"
    forms = (b"WAVE", b"AVI ", b"AIFF", b"AIFC")
    return "recording" if head[:4] in (b"RIFF", b"FORM") and head[8:12] in forms else None


def guess_kind(path: Path | str) -> Kind | None:
    """By content, else by ending; `None` for other files. Raises `InputError` if unreadable."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise unreadable(path, error) from error
    ending = path.suffix.lower()
    kind = kind_of_content(head)
    if kind is None and ending in SCORE_ENDINGS:
        kind = "score"
    elif kind is None and ending in AUDIO_ENDINGS:
        kind = "recording"
    return kind


def detect_kind(path: Path | str) -> Kind:
    """Score or recording, by content, else by ending. Raises `InputError` for anything else."""
    kind = guess_kind(path)
    if kind is None:
        raise InputError(
            path,
            "is neither a score nor a recording that Scorebridge can read",
            "Scores: PDF, PNG, JPEG, TIFF; recordings: wav, flac, ogg, mp3, m4a, wma, video.",
        )
    return kind


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells without reading it that a file has not changed."""

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
