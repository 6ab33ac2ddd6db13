"""Pictures of a score's pages as the app shows them: turned upright and in colour."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from scorebridge.errors import ScoreError
from scorebridge.file_types import file_type
from scorebridge.files import read_head
from scorebridge.sandbox import Report
from scorebridge.score.pages import MAX_PIXELS, read_pages, reading_scale
from scorebridge.score.pictures import open_picture, orientation, page_frames, quiet, upright
from scorebridge.types import Rotation

PORTRAIT_WIDTH = 2000  # px of the picture of most upright pages
LANDSCAPE_WIDTH = 2800
JPEG_QUALITY = 86
MAX_GREY_SPREAD = 12  # mean range of the colour channels up to which a page is stored as grey


def draw_page(
    report: Report, path: Path, number: int, rotation: Rotation, out: Path
) -> tuple[int, int]:
    """Write page `number` as a JPEG; returns its width and height in px. Raises `ScoreError`.

    rotation : degrees clockwise by which the stored page is turned.
    """
    draw = _pdf_page if _is_pdf(path) else _image_page
    picture = draw(path, number, 1.0)
    grey = np.asarray(picture.convert("L"))
    if (finer := reading_scale(grey)) > 1:  # an orchestra's page is shown as finely as it is read
        picture = draw(path, number, finer)
    if rotation:
        picture = picture.rotate(-rotation, expand=True)
    small = np.asarray(picture.resize((64, 64)), np.int16)
    if np.ptp(small, axis=2).mean() < MAX_GREY_SPREAD:
        picture = picture.convert("L")
    picture.save(out, "JPEG", quality=JPEG_QUALITY, progressive=False)
    return picture.size


def page_count(path: Path) -> int:
    """The number of pages that a score file states; 1 for a file that cannot be opened."""
    try:
        if _is_pdf(path):
            document = pdfium.PdfDocument(path)
            count = len(document)
            document.close()
            return count
        with open_picture(path) as image, quiet():
            return len(page_frames(image))
    except Exception:  # damaged: `read_pages` raises the error that names the reason
        return 1


def _is_pdf(path: Path) -> bool:
    found = file_type(read_head(path))
    return found is not None and found.extension == ".pdf"


def _pdf_page(path: Path, number: int, finer: float) -> Image.Image:
    """A page in colour, `finer` times as large as usual."""
    document = pdfium.PdfDocument(path)
    try:
        _check_page_number(path, number, len(document))
        page = document[number - 1]
        width, height = page.get_size()
        for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]):
            across, down = item.get_px_size() if isinstance(item, pdfium.PdfImage) else (0, 0)
            if across * down > MAX_PIXELS:
                raise ScoreError(path, f"page {number} holds too large a picture", "Scale it down.")
        bitmap = page.render(scale=finer * _target_width(width, height) / width)
        return bitmap.to_pil().convert("RGB")
    finally:
        document.close()


def _image_page(path: Path, number: int, finer: float) -> Image.Image:
    """A page in colour, `finer` times as large as usual, but not larger than it is."""
    with open_picture(path) as image, quiet():
        frames = page_frames(image)
        _check_page_number(path, number, len(frames))
        image.seek(frames[number - 1])
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise ScoreError(path, f"page {number} is too large a picture", "Scale it down.")
        target = round(finer * _target_width(width, height))
        if image.format == "JPEG":
            image.draft(None, (target, max(1, round(height * target / width))))
        if image.mode.startswith(("I", "F")):  # 16 bits: scaled as for the page reader
            page = next(page for page in read_pages(path) if page.number == number)
            picture = Image.fromarray(page.image)
        else:
            image.load()
            picture = upright(image, orientation(image))
    if "A" in picture.mode or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    picture = picture.convert("RGB")
    target = min(round(finer * _target_width(*picture.size)), picture.width)
    if target < picture.width:
        size = (target, max(1, round(picture.height * target / picture.width)))
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    return picture


def _check_page_number(path: Path, number: int, count: int) -> None:
    if number > count:
        raise ScoreError(path, f"has {count} pages, none numbered {number}", "Choose another page.")


def _target_width(width: float, height: float) -> int:
    """Width of the picture in px; no picture has more pixels than two squares of its width."""
    max_width = LANDSCAPE_WIDTH if width > height else PORTRAIT_WIDTH
    return max(1, round(min(max_width, 2 * PORTRAIT_WIDTH * width / height)))
