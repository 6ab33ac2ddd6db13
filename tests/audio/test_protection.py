"""Recordings that are encrypted are named as that; others are not, whatever their bytes."""

import random
import struct
from pathlib import Path
from typing import Any

import av
import pytest

from scorebridge.audio.decode import blocks, decode
from scorebridge.audio.protection import is_protected
from scorebridge.errors import AudioError
from scorebridge.testing import melody

ASF_ENCRYPTION = bytes.fromhex("fbb31122 23bdd211 b4b700a0 c955fc6e")
EBML_HEAD = bytes.fromhex("1a45dfa3 88 4282 85 6d61746b61")


def written(path: Path, codec: str) -> Path:
    samples = melody(2, rate=44100)
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=44100, layout="mono")
        stream.bit_rate = 96000
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def element(name: str, content: bytes, size: bytes | None = None) -> bytes:
    """An EBML element with a size of eight bytes, or the size given."""
    return bytes.fromhex(name) + (size or struct.pack(">Q", 1 << 56 | len(content))) + content


@pytest.mark.parametrize("entry", [b"enca", b"drms", b"aavd"])
def test_mp4(tmp_path: Path, entry: bytes) -> None:
    path = written(tmp_path / "a.m4a", "aac")
    assert not is_protected(path)
    content = path.read_bytes()
    at = content.index(b"mp4a", content.index(b"stsd"))
    path.write_bytes(content[:at] + entry + content[at + 4 :])
    assert is_protected(path)
    for read in (decode, lambda path: list(blocks(path))):
        with pytest.raises(AudioError, match=r"a\.m4a: is encrypted .*Export it"):
            read(path)


def test_wma(tmp_path: Path) -> None:
    path = written(tmp_path / "a.wma", "wmav2")
    assert not is_protected(path)
    content = path.read_bytes()
    size, count = struct.unpack("<QI", content[16:28])
    locked = ASF_ENCRYPTION + struct.pack("<Q", 44) + bytes(20)
    head = content[:16] + struct.pack("<QI", size + len(locked), count + 1) + content[28:30]
    path.write_bytes(head + locked + content[30:])
    assert is_protected(path)


@pytest.mark.parametrize("size", [None, b"\x01" + b"\xff" * 7], ids=["stated", "unknown"])
def test_matroska(tmp_path: Path, size: bytes | None) -> None:
    path = written(tmp_path / "a.mka", "aac")
    assert not is_protected(path)
    for name, is_locked in (("5035", True), ("5034", False)):  # encryption, compression
        entry = element("ae", element("6d80", element("6240", element(name, b"\x47\xe1\x81\x05"))))
        path.write_bytes(EBML_HEAD + element("18538067", element("1654ae6b", entry), size))
        assert is_protected(path) == is_locked


def test_damaged_headers_are_left_to_the_decoder(tmp_path: Path) -> None:
    rng = random.Random(0)
    for name, codec in (("a.m4a", "aac"), ("a.wma", "wmav2"), ("a.mka", "aac")):
        path = written(tmp_path / name, codec)
        whole = path.read_bytes()
        for _ in range(200):
            data = bytearray(whole[: rng.randrange(8, len(whole))])
            for _ in range(20):
                data[rng.randrange(len(data))] = rng.randrange(256)
            path.write_bytes(data)
            assert is_protected(path) in (True, False)
