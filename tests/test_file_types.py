"""What a file is, by its first bytes alone."""

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile

from scorebridge.audio.decode import decode
from scorebridge.file_types import HEAD, file_type
from scorebridge.files import detect_kind
from scorebridge.testing import melody


def mpeg_frame(second: int, third: int, length: int) -> bytes:
    return bytes([0xFF, second, third, 0]) + bytes(length - 4)


@pytest.mark.parametrize(
    ("head", "kind", "extension"),
    [
        (b"%PDF-1.7\n", "score", ".pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "score", ".pdf"),
        (b"\n junk before \n%PDF-1.4", "score", ".pdf"),
        (b"\x89PNG\r\n\x1a\n", "score", ".png"),
        (b"\xff\xd8\xff\xe0", "score", ".jpg"),
        (b"II*\0", "score", ".tif"),
        (b"MM\0*", "score", ".tif"),
        (b"II+\0", "score", ".tif"),
        (b"GIF89a", "score", ".gif"),
        (b"P5\n3 3\n", "score", ".ppm"),
        (b"P4\n# made by hand\n3 3\n", "score", ".ppm"),
        (b"BM\x36\0\x0c\0\0\0\0\0\x36\0", "score", ".bmp"),
        (b"RIFF\x10\0\0\0WEBPVP8L", "score", ".webp"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "score", ".jp2"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "score", ".heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "score", ".heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "score", ".avif"),
        (b"\0\0\0\x18ftypmsf1\0\0\0\0hevcmsf1", "score", ".heic"),
        (b"\0\0\0\x1cftypavis\0\0\0\0avifavismsf1", "score", ".avif"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0isommp42", "recording", ".m4a"),
        (b"\0\0\0\x10ftypqt  \0\0\0\0\0\0\0\x18mif1", "recording", ".m4a"),  # beyond its brands
        (b"\0\0\0\x08wide\0\0\x10\0mdat", "recording", ".m4a"),
        (b"RIFF\0\0\0\0WAVEfmt ", "recording", ".wav"),
        (b"RF64\xff\xff\xff\xffWAVEds64", "recording", ".rf64"),
        (b"FORM\0\0\0\0AIFC", "recording", ".aif"),
        (b"fLaC\0\0\0\x22", "recording", ".flac"),
        (b"OggS\0\2", "recording", ".ogg"),
        (b"ID3\x04", "recording", ".mp3"),
        (b"MAC \x96\x0f", "recording", ".ape"),
        (b"\x1a\x45\xdf\xa3", "recording", ".webm"),
        (mpeg_frame(0xFB, 0x90, 417) * 3, "recording", ".mp3"),  # version 1, layer III
        (mpeg_frame(0xFD, 0x90, 522) * 2, "recording", ".mp3"),  # layer II, two frames are all
        (mpeg_frame(0xF3, 0x80, 208) * 4, "recording", ".mp3"),  # version 2
        (mpeg_frame(0xE3, 0x88, 576) * 4, "recording", ".mp3"),  # version 2.5, 8 kHz
        (mpeg_frame(0xFF, 0xE4, 448) * 4, "recording", ".mp3"),  # layer I
        (bytes(700) + mpeg_frame(0xFB, 0x90, 417) * 40, "recording", ".mp3"),  # after other bytes
        ((b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9)) * 3, "recording", ".aac"),
        ((b"\x0b\x77\0\0\0\x40" + bytes(122)) * 3, "recording", ".ac3"),
        ((b"\x47\x40\0\x10" + bytes(184)) * 3, "recording", ".ts"),
    ],
)
def test_type_of_first_bytes(head: bytes, kind: str | None, extension: str) -> None:
    found = file_type(head)
    assert (found.kind if found else None, found.extension if found else "") == (kind, extension)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"MThd\0\0\0\6",
        b"<?xml version",
        b"#!/bin/sh",
        b"MZ\x90\0",
        b"PK\x03\x04\x14\0score.pdf%PDF-1.4",
        b"#EXTM3U\n",
        b"PDF",
        b'head = b"%PDF-1.4"',
        b"BMW is not a picture",
        b"P1 is the first priority",
        b"MAC addresses of the building",
        b"ID3 tags, explained",
        b"OggSwitch",
        b"The free score",
        b"\xff\xfe" + "Menuet in G".encode("utf-16-le") * 200,
        b"\xff\xff\xff\xff" * 4000,
        mpeg_frame(0xFB, 0x90, 417),
        mpeg_frame(0xFB, 0x90, 417) + bytes(2000),
        bytes(HEAD),
        np.random.default_rng(0).bytes(HEAD),
    ],
)
def test_neither_score_nor_recording(head: bytes) -> None:
    assert file_type(head) is None


def test_noise_is_no_recording() -> None:
    rng = np.random.default_rng(1)
    assert not [k for k in range(2000) if file_type(rng.bytes(HEAD))]


def test_worst_case_takes_no_time() -> None:
    """Headers everywhere, none of which is followed by others to the end."""
    for header in (b"\xff\xf3\x14\0", b"\xff\xe3\x18\0", b"\xff\xe3"):
        assert file_type(b"\0" + (header * HEAD)[: HEAD - 101] + bytes(100)) is None


SOUNDS = {
    "wav": "",
    "w64": "",
    "rf64": "",
    "aiff": "",
    "au": "",
    "caf": "",
    "voc": "",
    "flac": "",
    "ogg": "",
    "mp3": "",
    "m4a": "aac",
    "mov": "aac",
    "3gp": "aac",
    "wma": "wmav2",
    "mka": "aac",
    "webm": "libopus",
    "avi": "mp2",
    "flv": "aac",
    "aac": "aac",
    "mp2": "mp2",
    "ac3": "ac3",
    "eac3": "eac3",
    "ts": "mp2",
    "mpg": "mp2",
    "wv": "wavpack",
    "tta": "tta",
}


@pytest.fixture(params=SOUNDS)
def nameless(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A recording of 4 s whose name has no extension."""
    end = request.param
    path = tmp_path / f"take.{end}"
    if codec := SOUNDS[end]:
        rate = 44100 if end == "wma" else 48000
        samples = melody(4, rate=rate)
        whole = codec in ("wavpack", "tta", "libopus", "mp2")
        with av.open(str(path), "w") as container:
            stream: Any = container.add_stream(codec, rate=rate, layout="mono")
            stream.bit_rate = 96000
            frame = av.AudioFrame.from_ndarray(
                (samples * 32767).astype(np.int16)[None] if whole else samples[None],
                format="s16" if whole else "fltp",
                layout="mono",
            )
            frame.sample_rate = rate
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    else:
        soundfile.write(path, melody(4), 22050, format="MP3" if end == "mp3" else None)
    return path.rename(tmp_path / "take")


def test_a_recording_without_extension_is_heard(nameless: Path) -> None:
    assert detect_kind(nameless) == "recording"
    assert len(decode(nameless)) == pytest.approx(4 * 22050, rel=0.05)


def test_a_recording_named_like_a_score_is_heard(nameless: Path) -> None:
    assert detect_kind(nameless.rename(nameless.with_suffix(".pdf"))) == "recording"
