"""Page pictures and sound as exports refer to them: where they are, how large, of what type.

On disk an export brings its pictures along (`write_pictures`) and points to the recording;
a server names its own addresses instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import cv2

from scorebridge.export.overlay import write_picture
from scorebridge.types import Page

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


@dataclass(frozen=True, slots=True)
class Sound:
    """The recording."""

    url: str
    duration_s: float
    format: str = "application/octet-stream"


def sound_type(path: Path | str) -> str:
    """Media type of a recording, by the ending of its name."""
    return SOUND_TYPES.get(Path(path).suffix.lower(), "application/octet-stream")


def write_pictures(
    pages: Iterable[Page], folder: Path, base_url: str = ""
) -> tuple[PageImage, ...]:
    """Write each page as JPEG, `page-001.jpg` and so on, into `folder` (made if needed).

    Their addresses are `base_url`, the folder's name and the file's. About 20 ms a page.
    Raises `UsageError` where they cannot be written.
    """
    images = []
    for page in pages:
        name = f"page-{page.number:03d}.jpg"
        write_picture(folder / name, cv2.cvtColor(page.image, cv2.COLOR_GRAY2BGR))  # pyright: ignore[reportArgumentType]
        height, width = page.image.shape
        url = f"{base_url}{quote(folder.name)}/{name}"
        images.append(PageImage(page.number, url, width, height))
    return tuple(images)


def pixels(box: Sequence[float], width: float, height: float) -> tuple[int, int, int, int]:
    """A box in page fractions as x, y, width, height in px, at least 1 px each, inside the page."""
    x0, x1 = (min(max(round(v * width), 0), int(width)) for v in (box[0], box[2]))
    y0, y1 = (min(max(round(v * height), 0), int(height)) for v in (box[1], box[3]))
    x0, y0 = min(x0, int(width) - 1), min(y0, int(height) - 1)
    return x0, y0, max(x1 - x0, 1), max(y1 - y0, 1)
