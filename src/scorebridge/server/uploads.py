"""Receiving uploads: a multipart body is written straight to disk.

The file type is detected from the first bytes. The client's name of a file becomes its title,
never a path: the file is named by the SHA-256 of its content and an extension that fits its
type. It is written to `incoming/` and synchronised before its job is queued and it moves to
`uploads/`; `upload_store.py` deletes what has neither a job nor a document.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
import uuid
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from scorebridge.file_types import HEAD, file_type
from scorebridge.server.errors import ApiError

MAX_TITLE_LENGTH = 200  # characters of a title, and of a name
MAX_HEADER_BYTES = 4096  # of all headers of one part


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One complete file of an upload."""

    title: str
    original_name: str
    """The client's name of the file, printable and without folders."""
    path: Path
    """In `incoming/`."""
    size: int
    """Bytes."""
    digest: str
    """SHA-256 of the content, hex."""
    extension: str
    """By content, with its dot; empty if the file is neither a score nor a recording."""

    @property
    def name(self) -> str:
        """Its name in `uploads/`."""
        return self.digest + self.extension


def title_of(filename: str) -> str:
    """The title of a file: its name without folders and extension, printable, not too long."""
    name = _last_part(filename)
    return _printable(name.rpartition(".")[0] or name)


def name_of(filename: str) -> str:
    """The name of a file without folders, printable, not too long."""
    name = _last_part(filename)
    stem, dot, extension = name.rpartition(".")
    if not stem.strip(".") or not 0 < len(extension) <= 10:
        return _printable(name)
    return _printable(_printable(stem)[: MAX_TITLE_LENGTH - len(extension) - 1] + dot + extension)


def _last_part(filename: str) -> str:
    return filename.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _printable(text: str) -> str:
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    line = " ".join(visible.split())[:MAX_TITLE_LENGTH].strip()
    return line if line.strip(".") else "untitled"


def announced_size(request: Request) -> int:
    """The size of a request's body as its header states it, in bytes; 0 if it states none."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


async def receive(
    stream: AsyncIterator[bytes], content_type: str, field: str, folder: Path, max_files: int
) -> list[ReceivedFile]:
    """Write the files of a multipart body to `folder`.

    Parameters
    ----------
    stream : the body.
    content_type : the header.
    field : name of the parts that are files; other parts are ignored.
    max_files : maximum number of files.

    Raises `ApiError` for a body that is not multipart, is damaged, or has too many files or none;
    then no file is left.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary or len(boundary) > 200:
        raise ApiError(
            415, "the body is not a multipart form", f"Send one with the part {field!r}."
        )
    writer = _FileWriter(field, folder, max_files)
    try:
        parser = MultipartParser(boundary, writer.callbacks())  # pyright: ignore[reportArgumentType]
        async for chunk in stream:
            parser.write(chunk)
        parser.finalize()
        if not writer.ended:
            raise ApiError(400, "the upload is cut off", "Upload it again.")
        if not writer.received:
            raise ApiError(
                422, f"no file in the part {field!r}", f"Send at least one file as {field!r}."
            )
    except (MultipartParseError, ValueError) as error:
        writer.discard()
        raise ApiError(400, f"the upload is damaged ({error})", "Upload it again.") from None
    except BaseException:
        writer.discard()
        raise
    return writer.received


class _FileWriter:
    """The parser's callbacks: writes the content of each file part to disk."""

    def __init__(self, field: str, folder: Path, max_files: int) -> None:
        self.field, self.folder, self.max_files = field, folder, max_files
        self.received: list[ReceivedFile] = []
        self.ended = False
        self._headers: dict[bytes, bytes] = {}
        self._name = self._value = b""
        self._file: BinaryIO | None = None
        self._path = folder
        self._title, self._original_name, self._size, self._head = "", "", 0, b""
        self._digest = hashlib.sha256()

    def callbacks(self) -> dict[str, object]:
        """The callbacks by the parser's names."""
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
        """Delete all files."""
        if self._file:
            with suppress(OSError):  # what it still holds does not fit a full disk
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
        if held + len(self._name) + len(self._value) > MAX_HEADER_BYTES:
            raise ValueError("a header is too long")

    def _header_end(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def _open(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        if options.get(b"name", b"").decode("utf-8", "replace") != self.field:
            return
        if len(self.received) == self.max_files:
            raise ApiError(
                413, f"more than {self.max_files} files at once", "Upload them in several parts."
            )
        filename = options.get(b"filename", b"").decode("utf-8", "replace")
        self._title, self._original_name = title_of(filename), name_of(filename)
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
            found = file_type(self._head)
            self.received.append(
                ReceivedFile(
                    title=self._title,
                    original_name=self._original_name,
                    path=self._path,
                    size=self._size,
                    digest=self._digest.hexdigest(),
                    extension=found.extension if found else "",
                )
            )

    def _end(self) -> None:
        self.ended = True
