"""What reads files from outside: each function here runs in a child process (`sandbox.py`).

`report` and the file's path come first; what goes back is small and pickled, pictures and
sound are written to files.

Cost of a child: 20 ms, and 0.4 s more where the encoder is loaded in it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pypdfium2 as pdfium
import soundfile
import soxr
from numpy.typing import NDArray
from PIL import Image, ImageOps

from scorebridge.audio.decode import CONTAINERS, blocks, decode
from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.encode.documents import encode_file
from scorebridge.encode.encoder import Encoder, is_by_page, is_paced, load_encoder
from scorebridge.errors import AudioError, ScoreError
from scorebridge.export import records
from scorebridge.export.formats import export_pair
from scorebridge.files import detect_kind, sniff
from scorebridge.score.pages import MAX_PIXELS, read_pages
from scorebridge.score.systems import find_systems
from scorebridge.types import Alignment, Encoded, Page, Place, System

if TYPE_CHECKING:  # it brings Lance, which children do without
    from scorebridge.library.corrections import Corrections

Report = Callable[[float, str], None]

PICTURE_WIDTH = 2000  # px of an upright page as it is shown
PICTURE_WIDTH_ACROSS = 2800
QUALITY = 86  # of JPEG
GREY = 12  # mean difference of colour channels below which a page is stored without colour
PEAKS_PER_S = 100
PLAYED_RATES = (8000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000)  # Hz
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF", "PPM", "JPEG2000")


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read."""

    encoded: Encoded
    pages: list[dict[str, Any]]
    """Its pages as `scorebridge pages` prints them (scores)."""


def encode(
    report: Report,
    path: Path,
    corrections: Corrections | None,
    most_pages: int,
    most_s: float,
    name: str | None,
) -> Read:
    """Encode a file of at most so many pages or seconds; `name` is the encoder's."""
    pages: list[dict[str, Any]] = []
    systems_of = None
    if detect_kind(path) == "score":
        count = page_count(path)
        if count > most_pages:
            raise ScoreError(
                path, f"has {count} pages, this server takes {most_pages}", "Split it in parts."
            )
        systems_of = _keeping(pages, corrections, count, report)
    else:
        _check_duration(path, stated_duration(path), most_s)
        report(0.1, "")
    encoded = encode_file(path, _reporting(load_encoder(name), report), systems_of)
    if encoded.kind == "recording":
        _check_duration(path, encoded.extent, most_s)
    return Read(encoded, pages)


def write_layout(
    report: Report, path: Path, corrections: Corrections | None, most_pages: int, out: Path
) -> None:
    """Write the pages of a score as `scorebridge pages --json` prints them."""
    pages: list[dict[str, Any]] = []
    count = page_count(path)
    if count > most_pages:
        raise ScoreError(path, f"has more than {most_pages} pages", "Split it in parts.")
    systems_of = _keeping(pages, corrections, count, report)
    for page in read_pages(path):
        systems_of(page)
    out.write_text(records.as_json(pages), "utf-8")


def _keeping(
    pages: list[dict[str, Any]], corrections: Corrections | None, count: int, report: Report
) -> Callable[[Page], list[System]]:
    """Finds the systems of a page, corrected ones as given, and keeps its record."""

    def systems_of(page: Page) -> list[System]:
        report(0.9 * (page.number - 1) / max(count, 1), f"page {page.number} of {count}")
        corrected = corrections is not None and page.number in corrections.pages
        systems = (corrections.systems if corrections else find_systems)(page)
        height, width = page.image.shape
        pages.append(records.page(page.number, width, height, systems, corrected))
        return systems

    return systems_of


def _reporting(encoder: Encoder, report: Report) -> Encoder:
    """The encoder, saying at each batch that work goes on."""

    class Reporting:
        name, dim = encoder.name, encoder.dim
        paced, by_page = is_paced(encoder), is_by_page(encoder)

        def sheet(self, windows: NDArray[np.uint8]) -> NDArray[np.float32]:
            report(0.95, "")
            return encoder.sheet(windows)

        def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
            report(0.5, "")
            return encoder.audio(windows)

    return Reporting()


def page_count(path: Path) -> int:
    """Pages of a score file as it states them; 1 where it cannot be opened (reading it tells)."""
    with path.open("rb") as file:
        head = file.read(1024)
    try:
        if sniff(head) == "pdf":
            document = pdfium.PdfDocument(path)
            count = len(document)
            document.close()
            return count
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_FORMATS) as image:
                return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    except Exception:  # damaged: `read_pages` says how
        return 1


def stated_duration(path: Path) -> float:
    """Seconds of a recording as its header states them; 0 where it does not."""
    try:
        info = soundfile.info(str(path.absolute()))
        return info.frames / info.samplerate if info.samplerate else 0.0
    except (soundfile.SoundFileError, OverflowError):
        pass
    try:
        with (
            path.open("rb") as file,
            av.open(file, "r", options={"format_whitelist": CONTAINERS}) as container,
        ):
            return float(container.duration or 0) / 1_000_000
    except (av.FFmpegError, OSError, ValueError):
        return 0.0


def _check_duration(path: Path, seconds: float, most_s: float) -> None:
    if seconds > most_s:
        hours = f"{seconds / 3600:.1f} hours, this server takes {most_s / 3600:.1f}"
        raise AudioError(path, f"lasts {hours}", "Cut it in parts.")


# Pictures


def draw_page(report: Report, path: Path, number: int, out: Path) -> tuple[int, int]:
    """Page `number` as it looks, upright, as a JPEG; returns its width and height in px."""
    with path.open("rb") as file:
        head = file.read(1024)
    picture = _pdf_picture(path, number) if sniff(head) == "pdf" else _image_picture(path, number)
    small = np.asarray(picture.resize((64, 64)), np.int16)
    if np.ptp(small, axis=2).mean() < GREY:
        picture = picture.convert("L")
    picture.save(out, "JPEG", quality=QUALITY, progressive=False)
    return picture.size


def _pdf_picture(path: Path, number: int) -> Image.Image:
    document = pdfium.PdfDocument(path)
    try:
        page = document[_existing(path, number, len(document)) - 1]
        width, height = page.get_size()
        for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]):
            across, down = item.get_px_size() if isinstance(item, pdfium.PdfImage) else (0, 0)
            if across * down > MAX_PIXELS:
                raise ScoreError(path, f"page {number} holds too large a picture", "Scale it down.")
        target = _shown_width(width, height)
        bitmap = page.render(scale=target / width)
        return bitmap.to_pil().convert("RGB")
    finally:
        document.close()


def _image_picture(path: Path, number: int) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(path, formats=_FORMATS) as image:
            frames = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
            if _existing(path, number, frames) > 1:
                image.seek(number - 1)
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise ScoreError(path, f"page {number} is too large a picture", "Scale it down.")
            target = _shown_width(width, height)
            if image.format == "JPEG":
                image.draft(None, (target, max(1, round(height * target / width))))
            if image.mode.startswith(("I", "F")):  # 16 bits: as the reader of pages sees it
                page = next(page for page in read_pages(path) if page.number == number)
                picture = Image.fromarray(page.image)
            else:
                picture = ImageOps.exif_transpose(image)
    if "A" in picture.mode or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    picture = picture.convert("RGB")
    target = min(_shown_width(*picture.size), picture.width)
    if target < picture.width:
        size = (target, max(1, round(picture.height * target / picture.width)))
        picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    return picture


def _existing(path: Path, number: int, count: int) -> int:
    if number > count:
        raise ScoreError(path, f"has {count} pages, none numbered {number}", "Ask for another.")
    return number


def _shown_width(width: float, height: float) -> int:
    """Px across, so that no page is larger than two squares of `PICTURE_WIDTH`."""
    wide = PICTURE_WIDTH_ACROSS if width > height else PICTURE_WIDTH
    return max(1, round(min(wide, 2 * PICTURE_WIDTH * width / height)))


# Sound


def measure_peaks(report: Report, path: Path, most_s: float, out: Path) -> float:
    """Greatest absolute values of each 1 / `PEAKS_PER_S` s as uint8 [n] .npy; the duration."""
    _check_duration(path, stated_duration(path), most_s)
    samples = decode(path)
    step = SAMPLE_RATE // PEAKS_PER_S
    whole = samples[: len(samples) // step * step].reshape(-1, step)
    greatest = np.maximum(whole.max(axis=1), -whole.min(axis=1))
    peaks = (np.clip(greatest, 0, 1) * 255).round().astype(np.uint8)
    with out.open("wb") as file:
        np.save(file, peaks)
    return len(samples) / SAMPLE_RATE


def is_played(report: Report, path: Path) -> str | None:
    """The media type, if every browser plays the file and seeks in it to the sample."""
    try:
        info = soundfile.info(str(path.absolute()))
    except soundfile.SoundFileError:
        return None
    if info.channels > 2 or info.samplerate not in PLAYED_RATES:
        return None
    if info.format == "WAV" and info.subtype in ("PCM_16", "PCM_24", "PCM_U8"):
        return "audio/wav"
    return "audio/flac" if info.format == "FLAC" else None


def transcode(report: Report, path: Path, most_s: float, out: Path) -> None:
    """The recording as 16-bit FLAC, mono or stereo, on the time line of `decode`."""
    _check_duration(path, stated_duration(path), most_s)
    source = blocks(path)
    rate, block = next(source)
    channels = min(block.shape[1], 2)
    wanted = rate if rate in PLAYED_RATES else 48000
    stream = soxr.ResampleStream(rate, wanted, channels) if rate != wanted else None
    taken = said = 0
    with soundfile.SoundFile(
        out, "w", wanted, channels, "PCM_16", format="FLAC", compression_level=0.4
    ) as sink:
        new = rate
        while new == rate:  # a chained stream may go on at another rate; it ends here
            both = _to_channels(block, channels)
            sink.write(stream.resample_chunk(both) if stream else both)
            taken += len(block)
            if taken - said > rate * 60:
                said = taken
                _check_duration(path, taken / rate, most_s)
                report(0.5, "")
            new, block = next(source, (0, block))
        if stream:
            sink.write(stream.resample_chunk(np.zeros((0, channels), np.float32), last=True))


def _to_channels(block: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    """[n, any] to [n, channels]: more than two are mixed to both sides alike."""
    finite = np.nan_to_num(block, posinf=0.0, neginf=0.0)
    if finite.shape[1] > 2:
        finite = np.repeat(finite.mean(axis=1, keepdims=True), channels, axis=1)
    elif finite.shape[1] < channels:
        finite = np.repeat(finite[:, :1], channels, axis=1)
    return np.clip(finite[:, :channels], -1, 1)


# Film


def write_film(
    report: Report,
    path: Path,
    alignment: Alignment,
    places: Sequence[Place],
    recording: Path,
    duration_s: float,
    out: Path,
) -> None:
    """The pair as a film (`export/video.py`)."""

    def progress(done: float, total: float) -> None:
        report(done / max(total, 1e-9), "")

    export_pair(
        alignment,
        places,
        "mp4",
        out,
        score=path,
        recording=recording,
        duration_s=duration_s,
        progress=progress,
    )
