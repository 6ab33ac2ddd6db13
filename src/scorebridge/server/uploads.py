"""Files on their way in: a multipart body straight to disk, judged by its first bytes.

The name that a client gives a file becomes a title, never a path: the file is called by the SHA-256
of its content and an ending that follows from its first bytes. It is written to
`incoming/`, complete and on the disk before it is moved to `uploads/` and its job is put into the
queue; what lies in either without a job and without a document is swept away at the next start.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import parse_options_header

from scorebridge.files import kind_of_content, sniff
from scorebridge.server.errors import Refused

HEAD = 1024  # bytes that tell what a file is
LONGEST_TITLE = 200  # characters, of a name as well
LONGEST_HEADER = 4096  # bytes of the headers of one part

_ENDINGS = (
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
)


@dataclass(frozen=True, slots=True)
class Received:
    """One file that came in whole."""

    title: str
    called: str
    """What the client called it, fit to be shown; no path."""
    path: Path
    """In `incoming/`."""
    size: int
    digest: str
    """SHA-256, hex."""
    ending: str
    """That goes with its content; empty: neither a score nor a recording."""

    @property
    def name(self) -> str:
        """What it is called in `uploads/`."""
        return self.digest + self.ending


def ending_of(head: bytes) -> str:
    """The ending for a file that begins so; empty if it is neither a score nor a recording."""
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
    found = (ending for start, ending in _ENDINGS if head.startswith(start))
    return next(found, ".ppm" if head[:1] == b"P" else ".jp2")


def title_of(filename: str) -> str:
    """What a client calls a file as a title: its last part without ending, printable, not long."""
    name = _last_part(filename)
    return _shown(name.rpartition(".")[0] or name)


def name_of(filename: str) -> str:
    """The same with its ending."""
    name = _last_part(filename)
    stem, dot, ending = name.rpartition(".")
    if not stem.strip(".") or not 0 < len(ending) <= 10:
        return _shown(name)
    return _shown(_shown(stem)[: LONGEST_TITLE - len(ending) - 1] + dot + ending)


def _last_part(filename: str) -> str:
    return filename.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _shown(text: str) -> str:
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    shown = " ".join(kept.split())[:LONGEST_TITLE].strip()
    return shown if shown.strip(".") else "untitled"


async def receive(
    stream: AsyncIterator[bytes], content_type: str, field: str, folder: Path, most: int
) -> list[Received]:
    """The files of a multipart body, written to `folder`.

    field : the name of the parts that are files; others are passed over.
    most : files at most.

    Raises `Refused`: no multipart body, damaged, too many files, none. Nothing is left then.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary or len(boundary) > 200:
        raise Refused(
            415, "is not a multipart form", f"Send a multipart form with the part {field!r}."
        )
    sink = _Sink(field, folder, most)
    try:
        parser = MultipartParser(boundary, sink.callbacks())  # pyright: ignore[reportArgumentType]
        async for chunk in stream:
            parser.write(chunk)
        parser.finalize()
        if not sink.ended:
            raise Refused(400, "the upload is cut off", "Send it again.")
        if not sink.received:
            raise Refused(
                422, f"no file in the part {field!r}", f"Send at least one file as {field!r}."
            )
    except (MultipartParseError, ValueError) as error:
        sink.discard()
        raise Refused(400, f"the multipart body is damaged ({error})", "Send it again.") from None
    except BaseException:
        sink.discard()
        raise
    return sink.received


class _Sink:
    """Takes what the parser finds and writes files."""

    def __init__(self, field: str, folder: Path, most: int) -> None:
        self.field, self.folder, self.most = field, folder, most
        self.received: list[Received] = []
        self.ended = False
        self._headers: dict[bytes, bytes] = {}
        self._name = self._value = b""
        self._file: BinaryIO | None = None
        self._path = folder
        self._title, self._called, self._size, self._head = "", "", 0, b""
        self._digest = hashlib.sha256()

    def callbacks(self) -> dict[str, object]:
        """By the parser's names for them."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_name,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._open,
            "on_part_data": self._write,
            "on_part_end": self._close,
            "on_end": self._end,
        }

    def discard(self) -> None:
        """Delete everything."""
        if self._file:
            self._file.close()
            self._path.unlink(missing_ok=True)
        for file in self.received:
            file.path.unlink(missing_ok=True)

    def _begin(self) -> None:
        self._headers, self._name, self._value = {}, b"", b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]
        self._check_header()

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._check_header()

    def _check_header(self) -> None:
        held = sum(len(k) + len(v) for k, v in self._headers.items())
        if held + len(self._name) + len(self._value) > LONGEST_HEADER:
            raise ValueError("a header is too long")

    def _header_end(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def _open(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if options.get(b"name", b"").decode("utf-8", "replace") != self.field:
            return
        if len(self.received) == self.most:
            raise Refused(413, f"more than {self.most} files at once", "Send them in parts.")
        filename = options.get(b"filename", b"").decode("utf-8", "replace")
        self._title, self._called = title_of(filename), name_of(filename)
        self._size, self._head, self._digest = 0, b"", hashlib.sha256()
        self._path = self.folder / uuid.uuid4().hex
        self._file = self._path.open("xb")

    def _write(self, data: bytes, start: int, end: int) -> None:
        if self._file:
            part = data[start:end]
            self._file.write(part)
            self._digest.update(part)
            self._size += len(part)
            if len(self._head) < HEAD:
                self._head = (self._head + part)[:HEAD]

    def _close(self) -> None:
        if self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
            digest, ending = self._digest.hexdigest(), ending_of(self._head)
            self.received.append(
                Received(self._title, self._called, self._path, self._size, digest, ending)
            )

    def _end(self) -> None:
        self.ended = True
