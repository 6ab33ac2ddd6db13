"""Malformed and absurd files of every format, each read as the server reads it.

    python bench/malformed.py --count 200

First come the absurd ones (sizes that are not there, parts that refer to themselves, encryption,
nothing but zeros), then copies of valid files with cut, repeated, zeroed and random bytes. Every
file goes to a child process with limits (see `sandbox.py`). Prints how each ended, by format. Exit
code 1 if one crashed the decoder, took too long, or failed with an error that no one foresaw.

The encoder is the one without training: this tests reading. Takes about 0.3 s a file.
"""

from __future__ import annotations

import argparse
import io
import random
import struct
import sys
import tempfile
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import av
import numpy as np
import pikepdf
import soundfile
from PIL import Image

from scorebridge.errors import InputError
from scorebridge.sandbox import Allowance, run_limited
from scorebridge.server.decoding import encoding
from scorebridge.testing import melody, score_page

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from heif import CAN_ENCODE, heic
from jbig2 import jbig2

ALLOWANCE = Allowance(memory_bytes=1 << 30, seconds=60)
MAX_PAGES, MAX_DURATION_S = 100, 3600
FAULTS = ("makes the decoder crash", "takes too long", "could not be processed")

Named = tuple[str, bytes]
"""A file's name and its content."""


def valid_files() -> list[Named]:
    """A valid file of each format, and of each coding inside PDF."""
    grey = score_page(1, systems=1)
    grey = grey[: len(grey) // 2 * 2, : grey.shape[1] // 2 * 2]
    page, small = Image.fromarray(grey), np.ascontiguousarray(grey[:, :600][:200])
    found = []
    for format in ["PDF", "PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP", "PPM", "JPEG2000", "AVIF"]:
        out = io.BytesIO()
        page.save(out, format, **({"speed": 10} if format == "AVIF" else {}))
        found.append((f"a.{format.lower()}", out.getvalue()))
    for format in ["PNG", "TIFF", "GIF", "WEBP", "AVIF"]:
        out = io.BytesIO()
        page.save(out, format, save_all=True, append_images=[page.rotate(180)])
        found.append((f"pages.{format.lower()}", out.getvalue()))
    if CAN_ENCODE:
        found += [("a.heic", heic([grey], 6, 6)), ("pages.heic", heic([grey, grey], 3))]
    coded = {"/JBIG2Decode": jbig2(small < 128), "/JPXDecode": _saved(small, "JPEG2000")}
    found += [(f"{name[1:]}.pdf", pdf_of(data, name, small.shape)) for name, data in coded.items()]
    for format in ["WAV", "FLAC", "OGG", "MP3", "AIFF", "W64", "CAF"]:
        out = io.BytesIO()
        soundfile.write(out, melody(4, 1), 22050, format=format)
        found.append((f"a.{format.lower()}", out.getvalue()))
    codecs = {"mp4": "aac", "asf": "wmav2", "matroska": "aac", "mpegts": "mp2", "adts": "aac"}
    return found + [(f"a.{format}", sound_in(format, codec)) for format, codec in codecs.items()]


def _saved(grey: np.ndarray, format: str) -> bytes:
    out = io.BytesIO()
    Image.fromarray(grey).save(out, format)
    return out.getvalue()


def sound_in(format: str, codec: str) -> bytes:
    """Four seconds in a container of FFmpeg."""
    out, samples = io.BytesIO(), melody(4, rate=44100)
    with av.open(out, "w", format=format) as container:
        stream: Any = container.add_stream(codec, rate=44100, layout="mono")
        stream.bit_rate = 96000
        samples = (samples * 32767).astype(np.int16) if codec == "mp2" else samples
        kind = "s16" if codec == "mp2" else "fltp"
        frame = av.AudioFrame.from_ndarray(samples[None], format=kind, layout="mono")
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def pdf_of(content: bytes, coding: str, shape: tuple[int, ...], **save: Any) -> bytes:
    """A PDF of one page that shows a coded picture of uint8 or bool [height, width]."""
    height, width = shape
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        picture = pdf.make_stream(
            content,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=1 if coding == "/JBIG2Decode" else 8,
            Filter=pikepdf.Name(coding),
        )
        page = pdf.add_blank_page(page_size=(min(width, 14400), min(height, 14400)))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        page.Contents = pdf.make_stream(f"{width} 0 0 {height} 0 0 cm /Im Do".encode())
        pdf.save(out, **save)
    return out.getvalue()


def absurd_files() -> list[Named]:
    """Small files of a large, endless, locked or missing content, and files that name others."""
    bitmap = np.full((400, 300), 255, np.uint8)
    found = [
        ("empty.mp3", b""),
        ("empty.pdf", b""),
        ("zeros.flac", bytes(1 << 20)),
        ("zeros.heic", bytes(1 << 20)),
        ("wide.png", _saved(np.zeros((20000, 20000), bool), "PNG")),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
        ("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ]
    silence = io.BytesIO()
    soundfile.write(silence, np.zeros(20_000_000, np.int16), 8000, format="FLAC")
    found.append(("long.flac", silence.getvalue()))
    header = b"\x89PNG\r\n\x1a\n"
    for kind, data in (("IHDR", struct.pack(">IIBBBBB", 1 << 30, 1, 1, 0, 0, 0, 0)), ("IEND", b"")):
        crc = struct.pack(">I", zlib.crc32(kind.encode() + data))
        header += struct.pack(">I", len(data)) + kind.encode() + data + crc
    found.append(("billion.png", header))
    pdf = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[%s]"
    pdf += b"/Count %d>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]>>endobj\n"
    pdf += b"trailer<</Root 1 0 R>>"
    found += [
        ("vast.pdf", pdf % (b"3 0 R", 1, b"1e9 1e9")),
        ("flat.pdf", pdf % (b"3 0 R", 1, b"9 0")),
        ("many.pdf", pdf % (b"3 0 R", 2_000_000_000, b"595 842")),
        ("within itself.pdf", pdf % (b"2 0 R", 1, b"595 842")),
        ("locked.pdf", pdf_of(_saved(bitmap, "JPEG"), "/DCTDecode", bitmap.shape,
                              encryption=pikepdf.Encryption(owner="o", user="u"))),
        ("vast jpeg 2000.pdf", pdf_of(_saved(bitmap, "JPEG2000"), "/JPXDecode", (30000, 30000))),
        ("vast jbig2.pdf", pdf_of(jbig2(bitmap[:50] < 128), "/JBIG2Decode", (1 << 30, 1 << 30))),
    ]  # fmt: skip
    tiff = bytearray(_saved(bitmap, "TIFF"))
    at = int.from_bytes(tiff[4:8], "little")
    end = at + 2 + 12 * int.from_bytes(tiff[at : at + 2], "little")
    tiff[end : end + 4] = tiff[4:8]
    found.append(("endless.tiff", bytes(tiff)))
    frames = [Image.new("L", (64, 64), k % 256) for k in range(3000)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    found.append(("3000 pages.gif", out.getvalue()))
    found.append(("vast.gif", b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\2\1D\0;"))
    found.append(("no picture.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400)))
    if CAN_ENCODE:
        photo = heic([np.full((400, 300), 255, np.uint8)])
        size = struct.pack(">II", 300, 400)
        found.append(("vast.heic", photo.replace(size, struct.pack(">II", 1 << 30, 1 << 30))))
        found.append(("no data.heic", photo[: photo.index(b"mdat") + 4]))
    sound = sound_in("mp4", "aac")
    at = sound.index(b"mp4a", sound.index(b"stsd"))
    found.append(("locked.m4p", sound[:at] + b"drms" + sound[at + 4 :]))
    found.append(("boxes.mp4", b"\0\0\0\x10ftypM4A \0\0\0\0" + b"\0\0\0\x08free" * 200_000))
    found.append(("boxes in boxes.mp4", b"\0\0\0\x10ftypM4A \0\0\0\0" + b"\0\1\0\0moov" * 9000))
    found.append(("deep.mkv", b"\x1a\x45\xdf\xa3\x80" + b"\x18\x53\x80\x67\x01" * 50_000))
    head = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\xff\xff\xff\xff\xff\xff" + b"\xff" * 8
    found.append(("lying.wav", head + b"data\xff\xff\xff\xff" + bytes(1000)))
    found.append(("headers.mp3", b"\xff\xfb\x90\0" * 100_000))
    return found


def corrupted(name: str, content: bytes, rng: random.Random) -> Named:
    """A copy with cut, repeated, zeroed and random bytes."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at, length = rng.randrange(max(len(data), 1)), rng.randint(1, max(len(data) // 4, 1))
        match rng.randrange(7):
            case 0:
                del data[at:]
            case 1:
                del data[at : at + length]
            case 2:
                data[at : at + length] = rng.randbytes(length)
            case 3:
                data[at : at + 4] = b"\xff\xff\xff\xff"
            case 4:
                data[at : at + length] = bytes(length)
            case 5:
                data[at:at] = data[at : at + length]
            case 6:
                for _ in range(20):
                    if data:
                        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return name, bytes(data)


def malformed_files(count: int, rng: random.Random) -> list[Named]:
    """`count` files: the absurd ones, then corrupted copies of each valid one in turn."""
    files, valid = absurd_files(), valid_files()
    while len(files) < count:
        files.append(corrupted(*valid[len(files) % len(valid)], rng))
    return files[:count]


def read(path: Path) -> str:
    """How the file ends: "read", or the reason of its error up to the first bracket."""
    limits = (MAX_PAGES, MAX_DURATION_S, "scorebridge.testing:FakeEncoder")
    try:
        run_limited(encoding.encode_document, path, None, *limits, allowance=ALLOWANCE)
    except InputError as error:
        return error.reason
    return "read"


def main() -> None:
    """Read all, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    outcomes: Counter[tuple[str, str]] = Counter()
    faults, slowest = [], (0.0, "")
    with tempfile.TemporaryDirectory() as folder:
        for name, content in malformed_files(options.count, random.Random(options.seed)):
            path = Path(folder, name)
            path.write_bytes(content)
            start = time.monotonic()
            outcome = read(path)
            slowest = max(slowest, (time.monotonic() - start, name))
            outcomes[outcome.partition("(")[0].strip(), path.suffix] += 1
            if outcome.startswith(FAULTS):
                faults.append(f"{name}: {outcome}")
            path.unlink()
    for outcome in sorted({outcome for outcome, _ in outcomes}):
        formats = {ending: n for (what, ending), n in outcomes.items() if what == outcome}
        listed = ", ".join(f"{ending[1:]} {n}" for ending, n in sorted(formats.items()))
        print(f"{sum(formats.values()):5d}  {outcome}: {listed}")
    print(f"{options.count} files, {len(faults)} faults; slowest {slowest[1]}, {slowest[0]:.1f} s")
    for fault in faults:
        print("FAULT", fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
