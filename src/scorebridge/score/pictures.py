"""Picture files and their pages, through Pillow: PNG, JPEG, TIFF, WebP, BMP, GIF, PNM, JPEG 2000,
AVIF, and HEIF (what phones name .heic) with libheif and libde265.

A file of several pictures has a page for each: the pages of a TIFF, the pictures of a HEIF file,
the frames of a GIF, WebP, PNG or AVIF animation. Not pages are the smaller copies and masks that a
TIFF keeps beside a page, and the second picture of a JPEG (depth, another exposure).

The direction that a file states is applied once: that of EXIF by `upright`, that of a HEIF file
by its decoder, which takes it from the container and then clears that of EXIF, as ISO 23008-12
demands. AVIF states it in the container too, and Pillow hands it on as EXIF.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import ExifTags, Image

from scorebridge.files import open_regular

FORMATS = [
    "PNG",
    "JPEG",
    "TIFF",
    "WEBP",
    "BMP",
    "GIF",
    "PPM",
    "JPEG2000",
    "AVIF",
    "HEIF",
]  # AVIF knows a HEIF by its coding
_PAGED = ("TIFF", "HEIF", "GIF", "WEBP", "PNG", "AVIF")
_NEW_SUBFILE_TYPE = 254  # TIFF 6.0, page 36: bit 0 a smaller copy, bit 1 a page, bit 2 a mask
_TURNS = {  # by EXIF orientation
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@contextmanager
def open_picture(path: Path) -> Iterator[Image.Image]:
    """Open a picture file without decoding it. Raises what Pillow raises.

    Pillow gets the open file, because of a named one it maps an uncompressed TIFF into memory with
    width and height confused where its direction exchanges them. Callers
    load and seek in `quiet`: Pillow warns of unknown tags, which do not matter, and of large
    sizes, which are checked.
    """
    import pi_heif  # 10 ms, and not every score is a picture

    Image.init()
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    with open_regular(path) as file:
        with quiet():
            image = Image.open(file, formats=FORMATS)
        with image:
            yield image


@contextmanager
def quiet() -> Iterator[None]:
    """Without Pillow's warnings; not to be held while other code runs, which it quiets as well."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def page_frames(image: Image.Image) -> list[int]:
    """The frames of an open picture that are pages, in their order; leaves it at any."""
    if image.format not in _PAGED:
        return [0]
    frames = range(getattr(image, "n_frames", 1))
    if image.format != "TIFF" or len(frames) == 1:
        return list(frames)
    return [frame for frame in frames if not _is_beside_a_page(image, frame)] or [0]


def _is_beside_a_page(image: Image.Image, frame: int) -> bool:
    image.seek(frame)
    kind = image.tag_v2.get(_NEW_SUBFILE_TYPE, 0)  # pyright: ignore[reportAttributeAccessIssue]
    return isinstance(kind, int) and bool(kind & 5)


def orientation(image: Image.Image) -> int:
    """The EXIF orientation of the loaded frame, 1 to 8; 1 where it states none."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # Pillow raises anything for damaged EXIF, which then states nothing
        return 1


def upright(image: Image.Image, stated: int) -> Image.Image:
    """The image turned and mirrored as the EXIF orientation `stated` demands."""
    turn = _TURNS.get(stated)
    return image if turn is None else image.transpose(turn)
