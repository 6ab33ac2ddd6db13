"""Small files that take endless time or memory to read."""

import struct


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n" % (len(objects) + 1)
    return bytes(out + b"%d\n%%%%EOF\n" % start)


def _stream(dictionary: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def _one_page(resources: bytes, content: bytes, *more: bytes) -> bytes:
    """A page whose further objects count from 5."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>"
    head = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    return pdf(*head, page % resources, _stream(b"", content), *more)


def nested_forms(depth: int = 12, width: int = 12) -> bytes:
    """Each form draws the next one `width` times."""
    forms = []
    for level in range(depth):
        inner = b"/F Do " * width if level < depth - 1 else b"0 0 9 9 re f "
        resources = b"/Resources << /XObject << /F %d 0 R >> >>" % (6 + level)
        resources = resources if level < depth - 1 else b""
        forms.append(_stream(b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + resources, inner))
    return _one_page(b"<< /XObject << /F 5 0 R >> >>", b"/F Do", *forms)


def long_content(repeats: int = 20_000_000) -> bytes:
    """Millions of shaded strokes, packed 1,000 to one."""
    import zlib

    packer, packed = zlib.compressobj(9), b""
    stroke = b"0 0 m 500 800 0 800 500 0 c S "
    for _ in range(repeats // 10_000):
        packed += packer.compress(stroke * 10_000)
    packed += packer.flush()
    body = _stream(b"/Filter /FlateDecode", packed)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    head = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    return pdf(*head, page, body)


def tiling(step: float = 0.0005) -> bytes:
    """A page filled with a pattern of tiny tiles."""
    pattern = _stream(
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1]"
        b" /XStep %f /YStep %f /Resources << >>" % (step, step),
        b"0 0 1 1 re f",
    )
    content = b"/Pattern cs /P scn 0 0 595 842 re f"
    return _one_page(b"<< /Pattern << /P 5 0 R >> >>", content, pattern)


def wav(rate: int = 1, samples: int = 100_000, float_value: float | None = None) -> bytes:
    """A WAV of this stated rate in Hz; of 32-bit floats of one magnitude if that is given."""
    if float_value is None:
        data, code, bits = struct.pack("<hh", 9000, -9000) * (samples // 2), 1, 16
    else:
        data, code, bits = struct.pack("<ff", float_value, -float_value) * (samples // 2), 3, 32
    width = bits // 8
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, code, 1, rate, rate * width, width, bits)
    body = b"WAVE" + head + struct.pack("<4sI", b"data", len(data)) + data
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def png(width: int, height: int) -> bytes:
    """A white PNG of any shape, in a few kB."""
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    packed = b"".join(packer.compress(row * 1000) for _ in range(height // 1000))
    packed += packer.compress(row * (height % 1000)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", packed), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
