"""Encoding a file, reading the systems of a score, and exporting a video."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode.documents import encode_file
from scorebridge.encode.encoder import Encoder, load_encoder
from scorebridge.errors import ScoreError
from scorebridge.export import records
from scorebridge.export.formats import ExportSettings, export_pair
from scorebridge.files import detect_kind
from scorebridge.sandbox import Report
from scorebridge.score.pages import read_pages
from scorebridge.score.systems import find_systems
from scorebridge.server.decoding.page_images import page_count
from scorebridge.server.decoding.sound import check_duration, stated_duration
from scorebridge.types import AlignedPair, Encoded, Page, System

if TYPE_CHECKING:  # it imports Lance, which a child process does not need
    from scorebridge.library.page_corrections import PageCorrections


@dataclass(frozen=True, slots=True)
class EncodedFile:
    """An encoded file and, for a score, the records of its pages."""

    encoded: Encoded
    pages: list[dict[str, Any]]
    """As `scorebridge pages` prints them; empty for a recording."""


def encode_document(
    report: Report,
    path: Path,
    corrections: PageCorrections | None,
    max_pages: int,
    max_duration_s: float,
    encoder_name: str | None = None,
) -> EncodedFile:
    """Encode a file. Raises `InputError` if it is too long, or cannot be read.

    encoder_name : see `load_encoder`.
    """
    pages: list[dict[str, Any]] = []
    systems_of = None
    if detect_kind(path) == "score":
        count = _checked_page_count(path, max_pages)
        systems_of = _systems_with_records(pages, corrections, count, report)
    else:
        check_duration(path, stated_duration(path), max_duration_s)
        report(0.1, "")
    encoded = encode_file(path, _with_reports(load_encoder(encoder_name), report), systems_of)
    if encoded.kind == "recording":
        check_duration(path, encoded.extent, max_duration_s)
    return EncodedFile(encoded, pages)


def write_page_records(
    report: Report, path: Path, corrections: PageCorrections | None, max_pages: int, out: Path
) -> None:
    """Write the pages of a score as `scorebridge pages --json` prints them. Raises `ScoreError`."""
    pages: list[dict[str, Any]] = []
    count = _checked_page_count(path, max_pages)
    systems_of = _systems_with_records(pages, corrections, count, report)
    for page in read_pages(path):
        systems_of(page)
    out.write_text(records.as_json(pages), "utf-8")


def export_video(
    report: Report,
    path: Path,
    pair: AlignedPair,
    recording: Path,
    out: Path,
) -> None:
    """Write the video of a pair (see `export/video.py`); `path` is the score."""

    def progress(done: float, total: float, _: Path | None) -> None:
        report(done / max(total, 1e-9), "")

    settings = ExportSettings(score=path, recording=recording)
    export_pair(pair, "mp4", out, settings, progress)


def _checked_page_count(path: Path, max_pages: int) -> int:
    count = page_count(path)
    if count > max_pages:
        raise ScoreError(
            path, f"has {count} pages, this server accepts {max_pages}", "Split it into parts."
        )
    return count


def _systems_with_records(
    pages: list[dict[str, Any]], corrections: PageCorrections | None, count: int, report: Report
) -> Callable[[Page], list[System]]:
    """A function that returns the systems of a page and appends the page's record to `pages`."""

    def systems_of(page: Page) -> list[System]:
        report(0.9 * (page.number - 1) / max(count, 1), f"page {page.number} of {count}")
        is_corrected = corrections is not None and page.number in corrections.pages
        systems = (corrections.systems if corrections else find_systems)(page)
        height, width = page.image.shape
        pages.append(records.page(page.number, width, height, systems, is_corrected))
        return systems

    return systems_of


def _with_reports(encoder: Encoder, report: Report) -> Encoder:
    """The encoder with a progress report at each batch."""

    class ReportingEncoder:
        info = encoder.info

        def sheet(self, windows: NDArray[np.uint8]) -> NDArray[np.float32]:
            report(0.95, "")
            return encoder.sheet(windows)

        def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
            report(0.5, "")
            return encoder.audio(windows)

    return ReportingEncoder()
