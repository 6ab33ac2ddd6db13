"""The IIIF Image API 3.0 for page pictures: requests parsed, regions cut, scaled and turned.

Level 2, with mirroring and enlarging on top: of sections 4.1 to 4.5 every form of
region, size, rotation (by right angles), quality and format that level 2 demands.
The pages lie in the cache as JPEG of our own making; the few used last stay decoded, so
that a tile costs a few milliseconds.
"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from scorebridge.server.errors import Refused

TILE = 512  # px
LARGEST = 6000  # px, of either side of an answer
KEPT = 6  # decoded pages, up to 24 MB each
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_NUMBER = r"(\d+(?:\.\d+)?)"


@dataclass(frozen=True, slots=True)
class Wish:
    """What part of a picture is wanted, and how."""

    box: tuple[int, int, int, int]
    """x0, y0, x1, y1 in px."""
    size: tuple[int, int]
    angle: int
    """Clockwise, a multiple of 90."""
    mirrored: bool
    quality: str
    format: str

    def is_whole(self, width: int, height: int) -> bool:
        """Whether the stored JPEG is the answer as it is."""
        return (
            self.box == (0, 0, width, height)
            and self.size == (width, height)
            and (self.angle, self.mirrored, self.format) == (0, False, "jpg")
            and self.quality in ("default", "color")
        )


def parse(
    region: str, size: str, rotation: str, quality: str, format: str, width: int, height: int
) -> Wish:
    """The four parts of an address, for a picture of `width` x `height` px. Raises `Refused`."""
    box = _region(region, width, height)
    scaled = _size(size, box[2] - box[0], box[3] - box[1])
    turned = re.fullmatch(r"(!?)(\d+)(?:\.0*)?", rotation)
    if not turned or int(turned[2]) % 90 or int(turned[2]) > 360:
        raise _bad("rotation", rotation, "0, 90, 180, 270, with ! before it to mirror")
    if quality not in ("default", "color", "gray", "bitonal"):
        raise _bad("quality", quality, "default, color, gray, bitonal")
    if format not in TYPES:
        raise _bad("format", format, ", ".join(TYPES))
    return Wish(box, scaled, int(turned[2]) % 360, bool(turned[1]), quality, format)


def _region(text: str, width: int, height: int) -> tuple[int, int, int, int]:
    if text == "full":
        return 0, 0, width, height
    if text == "square":
        side = min(width, height)
        x, y = (width - side) // 2, (height - side) // 2
        return x, y, x + side, y + side
    found = re.fullmatch(rf"(pct:)?{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}", text)
    if not found or (not found[1] and "." in text):
        raise _bad("region", text, "full, square, x,y,w,h or pct:x,y,w,h")
    numbers = [min(float(number), 1e9) for number in found.groups()[1:]]
    if found[1]:
        numbers = [n / 100 * side for n, side in zip(numbers, (width, height) * 2, strict=True)]
    x, y, w, h = (round(number) for number in numbers)
    x1, y1 = min(x + w, width), min(y + h, height)
    if x1 <= x or y1 <= y:
        raise Refused(400, f"the region {text} is outside the picture or empty", "See info.json.")
    return x, y, x1, y1


def _size(text: str, width: int, height: int) -> tuple[int, int]:
    """Px of the answer for a region of `width` x `height`."""
    enlarge, rest = text.startswith("^"), text.removeprefix("^")
    share = width / height
    if rest == "max":
        fit = LARGEST / max(width, height)
        if not enlarge:
            fit = min(fit, 1.0)
        wanted = width * fit, height * fit
    elif found := re.fullmatch(rf"pct:{_NUMBER}", rest):
        scale = min(float(found[1]), 1e6) / 100
        wanted = width * scale, height * scale
    elif found := re.fullmatch(r"(!?)(\d*),(\d*)", rest):
        w, h = (min(int(n[:7]), 10**6) if n else 0 for n in (found[2], found[3]))
        if found[1]:
            if not (w and h):
                raise _bad("size", text, "both sides after !")
            scale = min(w / width, h / height)
            if not enlarge:
                scale = min(scale, 1.0)
            wanted = width * scale, height * scale
        elif w or h:
            wanted = float(w or h * share), float(h or w / share)
        else:
            raise _bad("size", text, "a side of at least 1")
    else:
        raise _bad("size", text, "max, w, or ,h or w,h or !w,h or pct:n, with ^ before to enlarge")
    across, down = (max(1, math.floor(side + 0.5)) if side > 0 else 0 for side in wanted)
    if not across or not down:
        raise _bad("size", text, "at least 1 px")
    if max(across, down) > LARGEST:
        raise Refused(400, f"the size {text} is too large", f"At most {LARGEST} px.")
    if not enlarge and (across > width or down > height):
        raise Refused(400, f"the size {text} is larger than the region", "Put ^ before it.")
    return across, down


def _bad(part: str, text: str, allowed: str) -> Refused:
    return Refused(400, f"the {part} {text[:80]!r} is not understood", f"Give {allowed}.")


def draw(path: Path, wish: Wish) -> bytes:
    """The answer's bytes."""
    picture = _decoded(path, path.stat().st_mtime_ns)
    if picture.size != (wish.box[2] - wish.box[0], wish.box[3] - wish.box[1]) or wish.box[:2] != (
        0,
        0,
    ):
        picture = picture.crop(wish.box)
    if picture.size != wish.size:
        picture = picture.resize(wish.size, Image.Resampling.LANCZOS, reducing_gap=3)
    if wish.mirrored:
        picture = ImageOps.mirror(picture)
    if wish.angle:
        picture = picture.rotate(-wish.angle, expand=True)
    if wish.quality == "gray":
        picture = picture.convert("L")
    elif wish.quality == "bitonal":
        picture = picture.convert("1")
    out = io.BytesIO()
    options: dict[str, Any] = {"jpg": {"quality": 86}, "webp": {"quality": 82, "method": 2}}
    if wish.format != "png":
        picture = picture.convert("L") if picture.mode == "1" else picture
    picture.save(out, _FORMATS[wish.format], **options.get(wish.format, {"compress_level": 3}))
    return out.getvalue()


@lru_cache(KEPT)
def _decoded(path: Path, modified: int) -> Image.Image:
    with Image.open(path, formats=["JPEG"]) as image:
        image.load()
        return image.copy()


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a stored page in px."""
    with Image.open(path, formats=["JPEG"]) as image:
        return image.size


def info(address: str, width: int, height: int) -> dict[str, Any]:
    """`info.json` of a picture whose service is at `address`."""
    factors = [1, 2, 4, 8]
    small = [f for f in factors[::-1] if max(width, height) // f >= 100]
    return {
        "@context": "http://iiif.io/api/image/3/context.json",
        "id": address,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level2",
        "width": width,
        "height": height,
        "maxWidth": LARGEST,
        "maxHeight": LARGEST,
        "sizes": [{"width": math.ceil(width / f), "height": math.ceil(height / f)} for f in small],
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": factors}],
        "extraFormats": ["webp"],
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFeatures": ["mirroring", "sizeUpscaling"],
    }
