"""Score files to grey pages: PDF, and the pictures of `score/pictures.py`, each with all its pages.

The file type is detected from its first bytes, not its extension. Every page is dark on light,
turned as its file states, and of moderate size: about `WORKING_WIDTH` px wide when upright,
10-16 px between staff lines for a piano score, four times the resolution of the encoder. Larger
scans are averaged down (a TIFF of 5,600 x 7,300 px shows no more music than 1,800 px do), smaller
ones are not changed. An orchestra's page, whose staff lines would be nearer than 7 px, is read
larger. Pages are decoded one at a time, so memory does not grow with the length of the file.

Cost: 60-150 ms a page of a scanned PDF, 20 ms engraved, 50-250 ms a TIFF page.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from scorebridge.errors import InputError, ScoreError
from scorebridge.file_types import file_type
from scorebridge.files import read_head, unrecognised
from scorebridge.score.ink import finer_scale
from scorebridge.score.pictures import open_picture, orientation, page_frames, quiet, upright
from scorebridge.score.stripes import CLEAR_STRIPES, sideways_evidence
from scorebridge.types import Page

WORKING_WIDTH = 1800  # px of an upright page
LANDSCAPE_WORKING_WIDTH = 2400  # px of a page wider than high: two printed pages or one system
MAX_STRETCH = 4  # height over width, beyond which a page is made narrower
MAX_PIXELS = 80_000_000  # of one stored picture; the largest scans in use have 41 million
MAX_ASPECT = 100  # of the longer side to the shorter one
MIN_SIDE = 16  # px, four staff spaces of four pixels

_CLOCKWISE = cv2.ROTATE_90_CLOCKWISE
_PDF_LOCKED = (4, 5)  # FPDF_ERR_PASSWORD, and FPDF_ERR_SECURITY of other means than a password
PDFIUM_LOCK = threading.Lock()  # PDFium may be used by one thread at a time

_RESCAN = "Scan or download it again."
_EXPORT = "Give a PDF, PNG, JPEG, TIFF, HEIC or AVIF; export it as one if it is something else."


def read_pages(path: Path | str) -> Iterator[Page]:
    """Read a score file page by page.

    Raises
    ------
    ScoreError
        The file is missing, unreadable, empty, damaged, encrypted, too large or no score file.
        Raised with the first page, or for a damaged page in its turn, with its number.
    """
    path = Path(path)
    yield from _pdf_pages(path) if _extension(path) == ".pdf" else _image_pages(path)


def _extension(path: Path) -> str:
    """The extension that fits a score's content. Raises `ScoreError` for any other file."""
    try:
        if path.is_dir():
            raise ScoreError(path, "is a folder", "Name the files in it, or add it to a library.")
        if not path.exists():
            raise ScoreError(path, "does not exist", "Check the spelling.")
        if not path.is_file():
            raise ScoreError(path, "is not a regular file", _EXPORT)
        found = file_type(read_head(path))
    except OSError as error:
        raise ScoreError(path, f"cannot be read ({error.strerror})", "Check the disk.") from error
    except InputError as error:
        raise ScoreError(path, error.reason, error.remedy) from error
    if found is None:
        raise unrecognised(path, ScoreError)
    if found.kind == "recording":
        raise ScoreError(path, "is a recording, not a score", _EXPORT)
    return found.extension


def _pdf_pages(path: Path) -> Iterator[Page]:
    with PDFIUM_LOCK:
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) in _PDF_LOCKED:
                raise ScoreError(
                    path, "is encrypted", "Save it without a password first."
                ) from error
            raise ScoreError(path, "is a damaged PDF, or one without pages", _RESCAN) from error
        count = len(document)
    try:
        if count == 0:
            raise ScoreError(path, "is a PDF without pages", _RESCAN)
        for index in range(count):
            with PDFIUM_LOCK:
                image = _render(path, document, index)
                if (finer := reading_scale(image)) > 1:
                    image = _render(path, document, index, finer)
            yield Page(path, index + 1, dark_on_light(image))
    finally:
        with PDFIUM_LOCK:
            document.close()


def _render(
    path: Path, document: pdfium.PdfDocument, index: int, finer: float = 1.0
) -> NDArray[np.uint8]:
    """Page `index` (from 0), `finer` times the working size, as uint8 [height, width]."""
    where = f"page {index + 1} of {len(document)}"
    try:
        page = document[index]
        width, height = page.get_size()
        if not (width > 0 and height > 0 and np.isfinite(width * height)):
            raise ScoreError(path, f"{where} has no size", _RESCAN)
        if max(width, height) > MAX_ASPECT * min(width, height):
            raise ScoreError(path, f"{where} is too narrow for a page", _RESCAN)
        scale = finer * _target_width(width, height) / width
        pictures = list(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]))
        sizes = [p.get_px_size() for p in pictures if isinstance(p, pdfium.PdfImage)]
        for across, down in sizes:
            if across * down > MAX_PIXELS:
                raise _too_large(path, where, across, down)
        if len(sizes) == 1 and len(list(page.get_objects(max_depth=1))) == 1:
            scale = min(scale, max(sizes[0][0] / width, MIN_SIDE / min(width, height)))
        bitmap = page.render(scale=scale, grayscale=True)
        image = bitmap.to_numpy().copy()  # the bitmap's own memory is freed with it
        page.close()
    except pdfium.PdfiumError as error:
        raise ScoreError(path, f"{where} is damaged", _RESCAN) from error
    return image.reshape(image.shape[:2])


def _image_pages(path: Path) -> Iterator[Page]:
    where = "it"
    try:
        with open_picture(path) as image:
            with quiet():
                frames = page_frames(image)
            for number, frame in enumerate(frames, 1):
                where = f"page {number} of {len(frames)}" if len(frames) > 1 else "it"
                with quiet():
                    image.seek(frame)
                    grey = _decode(path, where, image)
                yield Page(path, number, dark_on_light(grey))
    except (ScoreError, MemoryError, GeneratorExit):
        raise
    except Image.DecompressionBombError as error:
        raise ScoreError(path, "is too large a picture", _smaller()) from error
    except UnidentifiedImageError as error:
        raise ScoreError(path, "is a damaged picture, or cut off", _RESCAN) from error
    except Exception as error:  # of a damaged file Pillow's decoders raise anything
        reason = " ".join(str(error).split()) or type(error).__name__
        raise ScoreError(path, f"{where} is damaged or cut off ({reason})", _RESCAN) from error


def _decode(path: Path, where: str, image: Image.Image, whole: bool = False) -> NDArray[np.uint8]:
    """The current frame as uint8 [height, width], upright, at working size.

    whole : decode all pixels of a JPEG, not only as many as most pages need.
    """
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise _too_large(path, where, width, height)
    if min(width, height) < MIN_SIDE:
        raise ScoreError(
            path, f"{where} is {width} x {height} px, too small for music", "Scan it larger."
        )
    if max(width, height) > MAX_ASPECT * min(width, height):
        raise ScoreError(path, f"{where} is {width} x {height} px, too narrow for a page", _RESCAN)
    target = _target_width(width, height)
    if image.format == "JPEG" and not whole:  # decode at no higher resolution than needed
        image.draft(None, (target, max(1, round(height * target / width))))
    image.load()  # a TIFF is upright with that, and states no other direction any more
    stated = orientation(image)
    coarse = width // (2 * target)
    if coarse > 1 and image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        # A large scan is averaged to twice the target size first: a quarter of the memory.
        image = image.reduce(coarse)
    grey = _grey(upright(image, stated))
    sized = at_working_size(grey)
    if image.width < width and sized.shape == grey.shape and reading_scale(sized) > 1:
        with open_picture(path) as again, quiet():
            return _decode(path, where, again, whole=True)
    return sized


def reading_scale(image: NDArray[np.uint8]) -> float:
    """How many times as large a page should be read (`finer_scale`), whichever way it lies."""
    lies = _is_on_its_side(image)
    return finer_scale(np.asarray(cv2.rotate(image, _CLOCKWISE), np.uint8) if lies else image)


def at_working_size(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A page at the size at which it is read; never larger than it is.

    grey : uint8 [height, width]. The staff lines of an orchestra's page are few px apart at the
    usual width, so such a page is read larger. A page on its side is as large as if it were
    upright.
    """
    if _is_on_its_side(grey):
        sized = _at_upright_size(np.asarray(cv2.rotate(grey, _CLOCKWISE), np.uint8))
        return np.asarray(cv2.rotate(sized, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)
    return _at_upright_size(grey)


def _is_on_its_side(image: NDArray[np.uint8]) -> bool:
    return sideways_evidence(image) > CLEAR_STRIPES


def _at_upright_size(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    target = min(grey.shape[1], _target_width(grey.shape[1], grey.shape[0]))
    if target == grey.shape[1]:
        return grey
    usual = _narrowed(grey, target)
    finer = finer_scale(usual)
    return usual if finer == 1 else _narrowed(grey, min(grey.shape[1], round(finer * target)))


def _narrowed(grey: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    """The picture scaled down to a width, px."""
    size = (width, max(MIN_SIDE, round(grey.shape[0] * width / grey.shape[1])))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _grey(image: Image.Image) -> NDArray[np.uint8]:
    """Any Pillow mode to uint8 [height, width], transparency over white."""
    if image.mode.startswith(
        ("I", "F")
    ):  # 16 bits and more: scale to the range that the scanner used
        values = np.nan_to_num(np.asarray(image, np.float32))
        full = 65535.0 if image.mode.startswith("I") and values.max(initial=0) > 4095 else 0.0
        top = max(full, float(values.max(initial=0)), 1.0)
        return (np.clip(values / top, 0, 1) * 255).astype(np.uint8)
    if "A" in image.mode or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return np.asarray(Image.alpha_composite(paper, image).convert("L"))
    if image.mode not in ("1", "L", "RGB"):
        image = image.convert("RGB")  # palette, CMYK, YCbCr, Lab
    return np.array(image.convert("L"))


def dark_on_light(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The image, inverted if it is a negative. uint8 [height, width] in and out.

    Ink is thin: compared with the median of its surroundings, it is dark on
    a positive and bright on a negative, whatever borders or shadows the scan has.
    """
    shrink = min(1.0, 700 / max(image.shape))
    small = cv2.resize(image, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    excess = small.astype(np.int16) - cv2.medianBlur(small, 21)
    dark, bright = np.count_nonzero(excess < -40), np.count_nonzero(excess > 40)
    return 255 - image if bright > 2 * dark + small.size // 1000 else image


def _target_width(width: float, height: float) -> int:
    """Width in px to which a page of this shape is scaled down."""
    wide = LANDSCAPE_WORKING_WIDTH if width > height else WORKING_WIDTH
    return max(1, round(min(wide, WORKING_WIDTH * MAX_STRETCH * width / height)))


def _smaller() -> str:
    return f"Scale it down to at most {MAX_PIXELS // 1_000_000} million pixels."


def _too_large(path: Path, where: str, width: int, height: int) -> ScoreError:
    return ScoreError(path, f"{where} is {width:,} x {height:,} px, too large", _smaller())
