"""Whether the samples of a recording are encrypted, as some shops do (DRM).

No decoder has the key: it would say "damaged", or give noise for music. The containers say it
themselves: MP4 by the sample entry (ISO 14496-12 8.12, and those of FairPlay and Audible), ASF by
an object of its header (Advanced Systems Format 3.15 to 3.17), Matroska by an element of the track
(RFC 9559 5.1.4.1.31).

Cost: reads the boxes of the header, some tens of kB; nothing of other files.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from scorebridge.file_types import HEAD, file_type

LOCKABLE = (".m4a", ".wma", ".webm")  # of files that may be encrypted
MAX_BOXES = 10_000  # that are looked at in one file
MAX_HEADER_BYTES = 1 << 20  # of an ASF or Matroska header that are read

_MP4_PATH = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
_MP4_LOCKED = {b"enca", b"drms", b"aavd"}  # common encryption, FairPlay, Audible
_ASF_HEADER = UUID("75b22630-668e-11cf-a6d9-00aa0062ce6c").bytes_le
_ASF_LOCKED = {
    UUID("2211b3fb-bd23-11d2-b4b7-00a0c955fc6e").bytes_le,
    UUID("298ae614-2622-4c17-b935-dae07ee9289c").bytes_le,
    UUID("43058533-6981-49e6-9b74-ad12cb86d58c").bytes_le,
}
_EBML_PATH = {0x18538067, 0x1654AE6B, 0xAE, 0x6D80, 0x6240}  # Segment to ContentEncoding
_EBML_LOCKED = 0x5035  # ContentEncryption


def is_protected(path: Path) -> bool:
    """Whether the sound of the file is encrypted. Raises `OSError`."""
    with path.open("rb") as file:
        found = file_type(file.read(HEAD))
        extension = found.extension if found else ""
        with suppress(IndexError):  # of a damaged header, which the decoder complains of
            if extension == ".m4a":
                return any(kind in _MP4_LOCKED for kind in _mp4_sample_entries(file))
            if extension == ".wma":
                file.seek(0)
                return _is_asf_locked(file.read(MAX_HEADER_BYTES))
            if extension == ".webm":
                file.seek(0)
                return _has_encryption(file.read(MAX_HEADER_BYTES))
    return False


def _mp4_sample_entries(file: BinaryIO) -> Iterator[bytes]:
    """The kinds of the sample entries of all tracks."""
    end = file.seek(0, 2)
    spans, count = [(0, end)], 0
    while spans and count < MAX_BOXES:
        at, stop = spans.pop()
        if at + 8 > stop:
            continue
        count += 1
        file.seek(at)
        head = file.read(16)
        size, kind, start = int.from_bytes(head[:4]), head[4:8], at + 8
        if size == 1:
            size, start = int.from_bytes(head[8:16]), at + 16
        size = size or stop - at
        if at + size < start:
            continue
        spans.append((at + size, stop))
        if kind in _MP4_PATH:
            spans.append((start, min(at + size, stop)))
        elif kind == b"stsd":  # version, flags, count, then the first entry
            file.seek(start + 12)
            yield file.read(4)


def _is_asf_locked(head: bytes) -> bool:
    if head[:16] != _ASF_HEADER:
        return False
    end = min(int.from_bytes(head[16:24], "little"), len(head))
    at = 30
    while at + 24 <= end:
        if head[at : at + 16] in _ASF_LOCKED:
            return True
        size = int.from_bytes(head[at + 16 : at + 24], "little")
        if size < 24:
            return False
        at += size
    return False


def _has_encryption(head: bytes) -> bool:
    spans, count = [(0, len(head))], 0
    while spans and count < MAX_BOXES:
        at, stop = spans.pop()
        if at >= stop:
            continue
        count += 1
        name, start = _vint(head, at, keep_marker=True)
        size, start = _vint(head, start, keep_marker=False)
        after = stop if size < 0 else start + size  # negative: unknown, to the end
        spans.append((after, stop))
        if name == _EBML_LOCKED:
            return True
        if name in _EBML_PATH:
            spans.append((start, min(after, stop)))
    return False


def _vint(head: bytes, at: int, keep_marker: bool) -> tuple[int, int]:
    """An EBML number and the place after it; -1 for a size that is not stated."""
    length = 9 - head[at].bit_length()
    if length > 8:
        raise IndexError
    value = int.from_bytes(head[at : at + length])
    if keep_marker:
        return value, at + length
    value &= (1 << 7 * length) - 1
    return -1 if value == (1 << 7 * length) - 1 else value, at + length
