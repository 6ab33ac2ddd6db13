"""The IIIF Image API 3.0 for page pictures: parses requests, cuts, scales and rotates regions.

Compliance level 2, plus mirroring and enlarging: all forms of region, size, rotation (by right
angles), quality and format that level 2 requires (specification, sections 4.1 to 4.5).
The pages are JPEG files of the cache; the last few used stay decoded, so a tile takes a few
milliseconds.
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

from scorebridge.server.errors import ApiError

TILE_SIZE = 512  # px
MAX_SIDE = 6000  # px, width and height of a response
MAX_DECODED_PAGES = 6  # kept in memory, up to 24 MB each
MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_ENCODERS: dict[str, tuple[str, dict[str, Any]]] = {
    "jpg": ("JPEG", {"quality": 86}),
    "png": ("PNG", {"compress_level": 3}),
    "webp": ("WEBP", {"quality": 82, "method": 2}),
}  # Pillow's name and options of each format
_NUMBER = r"(\d+(?:\.\d+)?)"


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """A region of a picture, its size, rotation, quality and format."""

    box: tuple[int, int, int, int]
    """Region: x0, y0, x1, y1 in px."""
    size: tuple[int, int]
    """Width and height of the response before rotation, in px."""
    angle: int
    """Clockwise, in degrees, a multiple of 90."""
    mirrored: bool
    quality: str
    format: str

    def is_whole(self, width: int, height: int) -> bool:
        """Whether the stored JPEG is the response, unchanged."""
        return (
            self.box == (0, 0, width, height)
            and self.size == (width, height)
            and (self.angle, self.mirrored, self.format) == (0, False, "jpg")
            and self.quality in ("default", "color")
        )


def parse(
    region: str, size: str, rotation: str, quality: str, format: str, width: int, height: int
) -> ImageRequest:
    """Parse the parts of an address for a picture of `width` x `height` px. Raises `ApiError`."""
    box = _region(region, width, height)
    scaled = _size(size, box[2] - box[0], box[3] - box[1])
    rotated = re.fullmatch(r"(!?)(\d+)(?:\.0*)?", rotation)
    if not rotated or int(rotated[2]) % 90 or int(rotated[2]) > 360:
        raise _invalid("rotation", rotation, "0, 90, 180, 270, with ! before it to mirror")
    if quality not in ("default", "color", "gray", "bitonal"):
        raise _invalid("quality", quality, "default, color, gray, bitonal")
    if format not in MEDIA_TYPES:
        raise _invalid("format", format, ", ".join(MEDIA_TYPES))
    return ImageRequest(
        box=box,
        size=scaled,
        angle=int(rotated[2]) % 360,
        mirrored=bool(rotated[1]),
        quality=quality,
        format=format,
    )


def _region(text: str, width: int, height: int) -> tuple[int, int, int, int]:
    if text == "full":
        return 0, 0, width, height
    if text == "square":
        side = min(width, height)
        x, y = (width - side) // 2, (height - side) // 2
        return x, y, x + side, y + side
    found = re.fullmatch(rf"(pct:)?{_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER}", text)
    if not found or (not found[1] and "." in text):
        raise _invalid("region", text, "full, square, x,y,w,h or pct:x,y,w,h")
    numbers = [min(float(number), 1e9) for number in found.groups()[1:]]
    if found[1]:
        numbers = [n / 100 * side for n, side in zip(numbers, (width, height) * 2, strict=True)]
    x, y, w, h = (round(number) for number in numbers)
    x1, y1 = min(x + w, width), min(y + h, height)
    if x1 <= x or y1 <= y:
        raise ApiError(
            400, f"the region {text} is outside the picture or empty", "See info.json for its size."
        )
    return x, y, x1, y1


def _size(text: str, width: int, height: int) -> tuple[int, int]:
    """Size of the response in px for a region of `width` x `height` px."""
    enlarge, rest = text.startswith("^"), text.removeprefix("^")
    aspect = width / height
    if rest == "max":
        fit = MAX_SIDE / max(width, height)
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
                raise _invalid("size", text, "both sides after !")
            scale = min(w / width, h / height)
            if not enlarge:
                scale = min(scale, 1.0)
            wanted = width * scale, height * scale
        elif w or h:
            wanted = float(w or h * aspect), float(h or w / aspect)
        else:
            raise _invalid("size", text, "a side of at least 1")
    else:
        allowed = "max, w, or ,h or w,h or !w,h or pct:n, with ^ before to enlarge"
        raise _invalid("size", text, allowed)
    across, down = (max(1, math.floor(side + 0.5)) if side > 0 else 0 for side in wanted)
    if not across or not down:
        raise _invalid("size", text, "at least 1 px")
    if max(across, down) > MAX_SIDE:
        raise ApiError(400, f"the size {text} is too large", f"At most {MAX_SIDE} px.")
    if not enlarge and (across > width or down > height):
        raise ApiError(400, f"the size {text} is larger than the region", "Put ^ before it.")
    return across, down


def _invalid(part: str, text: str, allowed: str) -> ApiError:
    return ApiError(400, f"the {part} {text[:80]!r} is not understood", f"Give {allowed}.")


def render(path: Path, request: ImageRequest) -> bytes:
    """The bytes of the response: an image file of the requested format."""
    picture = _decoded(path, path.stat().st_mtime_ns)
    if request.box != (0, 0, *picture.size):
        picture = picture.crop(request.box)
    if picture.size != request.size:
        picture = picture.resize(request.size, Image.Resampling.LANCZOS, reducing_gap=3)
    if request.mirrored:
        picture = ImageOps.mirror(picture)
    if request.angle:
        picture = picture.rotate(-request.angle, expand=True)
    if request.quality == "gray":
        picture = picture.convert("L")
    elif request.quality == "bitonal":
        picture = picture.convert("1")
    if request.format != "png" and picture.mode == "1":
        picture = picture.convert("L")
    out = io.BytesIO()
    name, options = _ENCODERS[request.format]
    picture.save(out, name, **options)
    return out.getvalue()


@lru_cache(MAX_DECODED_PAGES)
def _decoded(path: Path, modified: int) -> Image.Image:
    with Image.open(path, formats=["JPEG"]) as image:
        image.load()
        return image.copy()


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a stored page, in px."""
    with Image.open(path, formats=["JPEG"]) as image:
        return image.size


def info(address: str, width: int, height: int) -> dict[str, Any]:
    """The `info.json` of a picture of `width` x `height` px whose service is at `address`."""
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
        "maxWidth": MAX_SIDE,
        "maxHeight": MAX_SIDE,
        "sizes": [{"width": math.ceil(width / f), "height": math.ceil(height / f)} for f in small],
        "tiles": [{"width": TILE_SIZE, "height": TILE_SIZE, "scaleFactors": factors}],
        "extraFormats": ["webp"],
        "extraQualities": ["color", "gray", "bitonal"],
        "extraFeatures": ["mirroring", "sizeUpscaling"],
    }
