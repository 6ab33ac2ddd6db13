"""HEIC files as phones write them, made here: pi-heif only reads them.

HEVC comes from PyAV's encoder, the boxes around it are those of ISO 14496-12 and 23008-12.
"""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import Any

import av
import numpy as np
from PIL import Image

CAN_ENCODE = "libx265" in av.codecs_available
TURNS = {  # EXIF orientation: quarter turns anticlockwise (irot), then the axis of a mirror (imir)
    1: (0, None),
    2: (0, 1),
    3: (2, None),
    4: (0, 0),
    5: (1, 0),
    6: (3, None),
    7: (3, 0),
    8: (1, None),
}


def heic(pictures: list[np.ndarray], orientation: int = 1, exif: int | None = None) -> bytes:
    """A HEIC file.

    pictures : uint8 [height, width] of even sides, as they are stored.
    orientation : EXIF number of the direction that the container states, of all pictures.
    exif : the direction that an Exif block states beside it; by default there is no block.
    """
    coded = [_hevc(picture) for picture in pictures]
    payloads = [slices for _, slices in coded]
    items = [(k + 1, b"hvc1") for k in range(len(coded))]
    if exif is not None:
        block = Image.Exif()
        block[0x0112] = exif
        payloads.append(struct.pack(">I", 6) + b"Exif\0\0" + block.tobytes()[6:])
        items.append((len(items) + 1, b"Exif"))
    properties, owners = [], []
    for picture, (config, _) in zip(pictures, coded, strict=True):
        own = [_box(b"hvcC", config)]
        own.append(_full(b"ispe", struct.pack(">II", picture.shape[1], picture.shape[0])))
        quarters, mirror = TURNS[orientation]
        own += [_box(b"irot", bytes([quarters]))] if quarters else []
        own += [_box(b"imir", bytes([mirror]))] if mirror is not None else []
        owners.append(range(len(properties) + 1, len(properties) + 1 + len(own)))
        properties += own
    head = _box(b"ftyp", b"heic\0\0\0\0mif1heicmiaf")
    meta = b""
    for _ in range(2):  # the second time with the offsets that follow from the first
        offset = len(head) + len(meta) + 8
        meta = _meta(items, payloads, properties, owners, offset)
    return head + meta + _box(b"mdat", b"".join(payloads))


def _meta(
    items: list[tuple[int, bytes]],
    payloads: list[bytes],
    properties: list[bytes],
    owners: list[range],
    offset: int,
) -> bytes:
    entries = b"".join(
        _full(b"infe", struct.pack(">HH", number, 0) + kind + b"\0", 2) for number, kind in items
    )
    places = b""
    for (number, _), payload in zip(items, payloads, strict=True):
        places += struct.pack(">HHHII", number, 0, 1, offset, len(payload))
        offset += len(payload)
    owned = struct.pack(">I", len(owners))
    for number, own in enumerate(owners, 1):
        owned += struct.pack(">HB", number, len(own)) + bytes(0x80 | k for k in own)
    parts = [
        _full(b"hdlr", bytes(4) + b"pict" + bytes(13)),
        _full(b"pitm", struct.pack(">H", 1)),
        _full(b"iloc", struct.pack(">HH", 0x4400, len(items)) + places),
        _full(b"iinf", struct.pack(">H", len(items)) + entries),
    ]
    if len(items) > len(owners):  # the Exif block describes the first picture
        reference = struct.pack(">HHH", len(items), 1, 1)
        parts.append(_full(b"iref", _box(b"cdsc", reference)))
    described = _box(b"ipco", b"".join(properties)) + _full(b"ipma", owned)
    return _full(b"meta", b"".join(parts) + _box(b"iprp", described))


def _hevc(picture: np.ndarray) -> tuple[bytes, bytes]:
    """The decoder's configuration (hvcC) and the coded picture, each unit after its length."""
    encoder: Any = av.CodecContext.create("libx265", "w")
    encoder.height, encoder.width = picture.shape
    encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1)
    encoder.options = {"x265-params": "keyint=1:info=0:log-level=none:qp=8", "preset": "ultrafast"}
    frame = av.VideoFrame.from_ndarray(picture, format="gray").reformat(format="yuv420p")
    frame.pts = 0
    stream = b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)])
    units = [unit.rstrip(b"\0") for unit in stream.split(b"\0\0\1") if unit.rstrip(b"\0")]
    sets: dict[int, bytes] = {}
    slices = b""
    for unit in units:
        kind = unit[0] >> 1 & 63
        if kind in (32, 33, 34):
            sets[kind] = unit
        elif kind < 32:
            slices += struct.pack(">I", len(unit)) + unit
    profile = sets[33].replace(b"\0\0\3", b"\0\0")[3:15]
    config = b"\1" + profile + bytes([0xF0, 0, 0xFC, 0xFD, 0xF8, 0xF8, 0, 0, 0x0F, len(sets)])
    for kind, unit in sets.items():
        config += struct.pack(">BHH", 0x80 | kind, 1, len(unit)) + unit
    return config, slices


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def _full(kind: bytes, content: bytes, version: int = 0) -> bytes:
    return _box(kind, bytes([version, 0, 0, 0]) + content)
