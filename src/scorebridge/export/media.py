"""Page pictures and sound as exports refer to them: where they are, how large, of what type.

On disk an export brings its pictures along (`write_pictures`) and points to the recording;
a server names its own addresses instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import UsageError
from scorebridge.file_types import file_type
from scorebridge.files import read_head, write_atomically
from scorebridge.types import Page

THUMBNAIL_WIDTH = 240  # px
JPEG_QUALITY = 88
SOUND_TYPES = {
    **dict.fromkeys((".wav", ".wave"), "audio/wav"),
    **dict.fromkeys((".ogg", ".oga"), "audio/ogg"),
    **dict.fromkeys((".m4a", ".m4b"), "audio/mp4"),
    **dict.fromkeys((".mp4", ".m4v"), "video/mp4"),
    **dict.fromkeys((".aif", ".aiff", ".aifc"), "audio/aiff"),
    **dict.fromkeys((".mpg", ".mpeg"), "video/mpeg"),
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".opus": "audio/ogg",
    ".aac": "audio/aac",
    ".wma": "audio/x-ms-wma",
    ".mov": "video/quicktime",
    ".avi": "video/x-msvideo",
    ".mkv": "video/x-matroska",
    ".mka": "audio/x-matroska",
    ".webm": "video/webm",
}  # by ending


@dataclass(frozen=True, slots=True)
class PageImage:
    """The picture of one page, of any resolution."""

    page: int
    """Counts from 1."""
    url: str
    """Its address, absolute, or relative to the file that refers to it (MEI only)."""
    width: int
    height: int
    """px, of the picture at `url`."""
    format: str = "image/jpeg"
    service: str | None = None
    """Base address of a IIIF Image API 3 service that gives this picture, where there is one."""
    service_profile: str = "level2"
    thumbnail: str | None = None
    """Address of a small JPEG of it, `THUMBNAIL_WIDTH` px wide, where there is one."""

    @property
    def thumbnail_size(self) -> tuple[int, int]:
        """Width and height of the picture at `thumbnail`, px."""
        return thumbnail_size(self.width, self.height)


@dataclass(frozen=True, slots=True)
class Sound:
    """The recording."""

    url: str
    duration_s: float
    format: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file that belongs to a score or a recording, for people or for programs."""

    url: str
    label: str
    format: str
    """Media type."""
    kind: str = "Text"
    """Its type as IIIF names it: Text, Sound, Video, Image or Dataset."""
    profile: str = ""
    """Address of the schema of what programs read."""


def thumbnail_size(width: int, height: int) -> tuple[int, int]:
    """Width and height of the small picture of a page, px."""
    across = min(width, THUMBNAIL_WIDTH)
    return across, max(1, round(height * across / width))


def sound_type(path: Path | str) -> str:
    """Media type of a recording, by the ending of its name."""
    return SOUND_TYPES.get(Path(path).suffix.lower(), "application/octet-stream")


def is_pdf(score: Path) -> bool:
    """Whether a score is a PDF, by its content."""
    found = file_type(read_head(score))
    return found is not None and found.extension == ".pdf"


def write_pictures(
    pages: Iterable[Page], folder: Path, base_url: str, thumbnails: bool = False
) -> tuple[PageImage, ...]:
    """Write each page as JPEG, `page-001.jpg` and so on, into `folder` (made if needed).

    About 20 ms a page. Raises `UsageError` where they cannot be written.

    base_url : address of the folder, without a slash at its end.

    thumbnails : write `page-001-small.jpg` too.
    """
    images = []
    for page in pages:
        name = f"page-{page.number:03d}.jpg"
        _write_grey(folder / name, page.image)
        height, width = page.image.shape
        url = f"{base_url}/"
        small = None
        if thumbnails:
            small = f"page-{page.number:03d}-small.jpg"
            size = thumbnail_size(width, height)
            _write_grey(folder / small, cv2.resize(page.image, size, interpolation=cv2.INTER_AREA))  # pyright: ignore[reportArgumentType]
        thumbnail = f"{url}{small}" if small else None
        images.append(PageImage(page.number, f"{url}{name}", width, height, thumbnail=thumbnail))
    return tuple(images)


def _write_grey(path: Path, image: NDArray[np.uint8]) -> None:
    done, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not done:
        raise UsageError(f"{path}: cannot be encoded.")
    try:
        write_atomically(path, data.tobytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror or error}).") from error


def pixels(box: Sequence[float], width: float, height: float) -> tuple[int, int, int, int]:
    """A box in page fractions as x, y, width, height in px, at least 1 px each, inside the page."""
    x0, x1 = (min(max(round(v * width), 0), int(width)) for v in (box[0], box[2]))
    y0, y1 = (min(max(round(v * height), 0), int(height)) for v in (box[1], box[3]))
    x0, y0 = min(x0, int(width) - 1), min(y0, int(height) - 1)
    return x0, y0, max(x1 - x0, 1), max(y1 - y0, 1)
