"""What a file is, by its first bytes: a score, a recording, or neither.

A file's name shows nothing of its content, so it is never asked. Formats with a signature are
recognised by it; MPEG audio, AAC, AC-3 and MPEG transport streams have none, and are recognised
by frames that follow each other at the distances that their headers state. A signature of letters
counts only with the binary bytes after it, so that a text which begins like one is no recording.

Cost: one read of `HEAD` bytes and some microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from scorebridge.choices import Kind

HEAD = 16384  # bytes from which a file's type is detected; some ten frames of MPEG audio
PDF_HEAD = 1024  # bytes in which a PDF may begin, as in Acrobat: after a mail's or printer's header


class FileType(NamedTuple):
    """A format that Scorebridge reads."""

    kind: Kind
    extension: str
    """The usual extension, with its dot; `.m4a` for all MP4 and QuickTime files."""


HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
HEIF_BRANDS |= {b"mif1", b"mif2", b"msf1"}  # of any coding
AVIF_BRANDS = {b"avif", b"avis"}
_PDF = re.compile(rb"(?:\A(?:\xef\xbb\xbf)?|[\r\n\0])\s*%PDF-\d")  # not amid a line: program texts

_SCORES = (
    (rb"\x89PNG\r\n\x1a\n", ".png"),
    (rb"\xff\xd8\xff", ".jpg"),
    (rb"II[*+]\0|MM\0[*+]", ".tif"),
    (rb"GIF8[79]a", ".gif"),
    (rb"RIFF.{4}WEBP", ".webp"),
    (rb"BM.{4}\0{4}", ".bmp"),
    (rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51", ".jp2"),
    (rb"P[1-6]\s(?:\s|#[^\n]*\n)*\d", ".ppm"),
)
_RECORDINGS = (
    (rb"ID3[\2-\4]", ".mp3"),
    (rb"fLaC[\0\x80]\0\0", ".flac"),
    (rb"OggS\0", ".ogg"),
    (rb"RIF[FX].{4}WAVE", ".wav"),
    (rb"(?:RF64|BW64).{4}WAVE", ".rf64"),
    (rb"riff\x2e\x91\xcf\x11", ".w64"),
    (rb"FORM.{4}AIF[FC]", ".aif"),
    (rb"FORM.{4}(?:8SVX|16SV)", ".8svx"),
    (rb"RIFF.{4}AVI ", ".avi"),
    (rb"\.snd\0|dns\.", ".au"),
    (rb"caff\0[\1\2]", ".caf"),
    (rb"wvpk", ".wv"),
    (rb"MAC .[\x0c-\x0f]", ".ape"),
    (rb"TTA[12][\1-\3]\0", ".tta"),
    (rb"#!AMR(?:-WB|_MC1\.0|-WB_MC1\.0)?\n", ".amr"),
    (rb"Creative Voice File\x1a", ".voc"),
    (rb"FLV\x01", ".flv"),
    (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", ".wma"),  # ASF
    (rb"\x1a\x45\xdf\xa3", ".webm"),  # Matroska
    (rb"\0\0\x01\xba", ".mpg"),
    (rb"\x7f\xfe\x80\x01|\xfe\x7f\x01\x80|\x1f\xff\xe8\0|\xff\x1f\0\xe8", ".dts"),
    # QuickTime before it had a signature: its first box is of a size that no text begins with.
    (rb"[\0-\x08].{3}(?:moov|mdat|wide|free|skip|pnot)", ".m4a"),
)
_SIGNATURES: tuple[tuple[re.Pattern[bytes], FileType], ...] = (
    *((re.compile(start, re.S), FileType("score", end)) for start, end in _SCORES),
    *((re.compile(start, re.S), FileType("recording", end)) for start, end in _RECORDINGS),
)


def file_type(head: bytes) -> FileType | None:
    """The type of a file by its first `HEAD` bytes; `None` for neither score nor recording."""
    for signature, found in _SIGNATURES:
        if signature.match(head):
            return found
    if head[4:8] == b"ftyp":
        return _iso_media(head)
    if _PDF.search(head[:PDF_HEAD]):
        return FileType("score", ".pdf")
    for length_at, extension in _STREAMS:
        if _is_stream(head, length_at):
            return FileType("recording", extension)
    return FileType("recording", ".mp3") if _has_mpeg_stream(head) else None


def _iso_media(head: bytes) -> FileType:
    """A file of the ISO base media format: a HEIF or AVIF picture by its brands, else sound."""
    size = max(16, min(int.from_bytes(head[:4]), 256))
    brands = [head[8:12], *(head[k : k + 4] for k in range(16, size, 4))]
    if AVIF_BRANDS.intersection(brands):
        return FileType("score", ".avif")
    if HEIF_BRANDS.intersection(brands):
        return FileType("score", ".heic")
    return FileType("recording", ".m4a")


# Streams without a signature. Each function returns the length in bytes of the frame whose header
# begins at `at`, 0 where there is none.

_MPEG_KBPS = {  # by (version is 1, layer), ISO 11172-3 2.4.2.3 and ISO 13818-3 2.4.2.3
    (True, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MPEG_RATES = (44100, 48000, 32000)  # Hz, of version 1
_AC3_KBPS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640)
_AC3_RATES = (48000, 44100, 32000)  # Hz


def _mpeg_frame(head: bytes, at: int) -> int:
    first, second, third = head[at : at + 3]
    version, layer = second >> 3 & 3, 4 - (second >> 1 & 3)
    rate, kbps = third >> 2 & 3, third >> 4
    if first != 0xFF or second < 0xE0 or version == 1 or layer == 4 or rate == 3:
        return 0
    if kbps in (0, 15):  # free, forbidden
        return 0
    hertz = _MPEG_RATES[rate] >> {3: 0, 2: 1, 0: 2}[version]  # versions 1, 2 and 2.5
    bits = 1000 * _MPEG_KBPS[version == 3, layer][kbps - 1]
    padding = third >> 1 & 1
    if layer == 1:
        return (12 * bits // hertz + padding) * 4
    return (72 if layer == 3 and version != 3 else 144) * bits // hertz + padding


def _adts_frame(head: bytes, at: int) -> int:
    bytes_ = head[at : at + 6]
    if len(bytes_) < 6 or bytes_[0] != 0xFF or bytes_[1] & 0xF6 != 0xF0 or bytes_[2] & 0x3C > 0x30:
        return 0
    length = (bytes_[3] & 3) << 11 | bytes_[4] << 3 | bytes_[5] >> 5
    return length if length > 7 else 0


def _ac3_frame(head: bytes, at: int) -> int:
    bytes_ = head[at : at + 6]
    if len(bytes_) < 6 or bytes_[:2] != b"\x0b\x77":
        return 0
    if bytes_[5] >> 3 > 10:  # E-AC-3
        return 2 * ((bytes_[2] & 7) << 8 | bytes_[3]) + 2
    rate, size = bytes_[4] >> 6, bytes_[4] & 0x3F
    if rate == 3 or size >= 2 * len(_AC3_KBPS):
        return 0
    words = 1536 * 1000 * _AC3_KBPS[size // 2] // 16 // _AC3_RATES[rate]
    return 2 * (words + (size & 1 if rate == 1 else 0))


def _transport_packet(head: bytes, at: int) -> int:
    return 188 if head[at] == 0x47 else 0


def _timed_transport_packet(head: bytes, at: int) -> int:
    return 192 if head[at + 4] == 0x47 else 0


_Frame = Callable[[bytes, int], int]
_STREAMS: tuple[tuple[_Frame, str], ...] = (
    (_adts_frame, ".aac"),
    (_mpeg_frame, ".mp3"),
    (_ac3_frame, ".ac3"),
    (_transport_packet, ".ts"),
    (_timed_transport_packet, ".ts"),
)
MIN_FRAMES = 3  # in a row that make a stream; two where the file ends with the second
MIN_LATER_FRAMES = 5  # where the stream begins later in the file
MAX_STARTS = 100  # places at which one is looked for; noise has four
LONGEST_HEADER = 6  # bytes


def _frame_count(head: bytes, at: int, length_at: _Frame) -> tuple[int, int]:
    """The number of frames in a row from `at` on within `head`, and where they end."""
    count = 0
    while at + LONGEST_HEADER <= len(head) and (length := length_at(head, at)):
        at, count = at + length, count + 1
    return count, at


def _is_stream(head: bytes, length_at: _Frame) -> bool:
    count, end = _frame_count(head, 0, length_at)
    return count >= MIN_FRAMES or (count == 2 and end == len(head) < HEAD)


def _has_mpeg_stream(head: bytes) -> bool:
    """Whether MPEG audio begins within `head` and fills the rest of it.

    A recording of a radio station begins in the middle of a frame, others after other tags.
    """
    for found in islice(re.finditer(rb"\xff[\xe2-\xff]", head), MAX_STARTS):
        start = found.start()
        count, end = _frame_count(head, start, _mpeg_frame)
        if count >= MIN_LATER_FRAMES and end + LONGEST_HEADER > len(head):
            return _same_stream(head, start)
    return False


def _same_stream(head: bytes, start: int) -> bool:
    """Whether all frames from `start` on are of one version, layer and sample rate."""
    seen, at = set(), start
    while at + LONGEST_HEADER <= len(head):
        seen.add((head[at + 1] & 0xFE, head[at + 2] & 0x0C))
        at += _mpeg_frame(head, at)
    return len(seen) == 1
