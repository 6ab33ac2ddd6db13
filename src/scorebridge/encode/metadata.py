"""What a file states of itself: a PDF's outline and title, a recording's title tag.

It is read where the file is encoded and kept with the document, so that searching opens no file.
Some milliseconds a file.
"""

from __future__ import annotations

from pathlib import Path

from scorebridge.errors import InputError
from scorebridge.file_types import FileType, file_type
from scorebridge.files import read_head
from scorebridge.types import Kind, Metadata

MAX_TITLE = 500  # characters that are kept of a title
MAX_ENTRIES = 5000  # of an outline that are kept


def read_metadata(path: Path, kind: Kind) -> Metadata:
    """What the file `path` states of itself; nothing where it is damaged or states nothing."""
    if kind == "recording":
        return Metadata(_clean(_recording_title(path)))
    try:
        is_pdf = file_type(read_head(path)) == FileType("score", ".pdf")
    except InputError:
        return Metadata()
    return _pdf_metadata(path) if is_pdf else Metadata()


def _pdf_metadata(path: Path) -> Metadata:
    import pypdfium2

    from scorebridge.score.pages import PDFIUM_LOCK

    outline: list[tuple[str, int]] = []
    try:
        with PDFIUM_LOCK, pypdfium2.PdfDocument(path) as pdf:
            title = pdf.get_metadata_value("Title")
            for entry in pdf.get_toc():
                target = entry.get_dest()
                page = target.get_index() if target else None
                if page is not None:
                    outline.append((_clean(entry.get_title()), page + 1))
                if len(outline) == MAX_ENTRIES:
                    break
    except pypdfium2.PdfiumError:
        return Metadata()
    return Metadata(_clean(title), tuple(outline))


def _recording_title(path: Path) -> str:
    import av
    import soundfile

    from scorebridge.audio.decode import CONTAINERS

    try:
        with soundfile.SoundFile(path) as sound:
            if title := sound.copy_metadata().get("title", ""):
                return title
    except (soundfile.SoundFileError, OSError, OverflowError, UnicodeError):
        pass
    try:
        with (
            path.open("rb") as file,
            av.open(file, "r", options={"format_whitelist": CONTAINERS}) as container,
        ):
            tags = [container.metadata, *(stream.metadata for stream in container.streams.audio)]
            return next((tag["title"] for tag in tags if tag.get("title")), "")
    except (av.FFmpegError, OSError, ValueError):
        return ""


def _clean(text: str) -> str:
    """On one line and not too long."""
    return " ".join(text.split())[:MAX_TITLE]
