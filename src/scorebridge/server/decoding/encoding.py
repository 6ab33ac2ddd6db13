"""Encoding a file, reading the systems of a score, and exporting a video."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode.documents import PageReader, encode_file
from scorebridge.encode.encoder import Encoder, load_encoder
from scorebridge.errors import ScoreError
from scorebridge.export import records
from scorebridge.export.browser_sound import check_duration, stated_duration
from scorebridge.export.formats import ExportSettings, export_pair
from scorebridge.files import detect_kind
from scorebridge.sandbox import Report
from scorebridge.score.direction import read_turned, read_upright
from scorebridge.score.pages import read_pages
from scorebridge.server.decoding.page_images import page_count
from scorebridge.types import AlignedPair, Encoded, Page, Rotation, System

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
    systems: list[System] = []
    read_page = None
    if detect_kind(path) == "score":
        count = _checked_page_count(path, max_pages)
        read_page = _reading_with_records(pages, systems, corrections, read_upright, count, report)
    else:
        check_duration(path, stated_duration(path), max_duration_s)
        report(0.1, "")
    encoded = encode_file(path, _with_reports(load_encoder(encoder_name), report), read_page)
    if encoded.kind == "recording":
        check_duration(path, encoded.extent, max_duration_s)
    records.number_pages(pages, systems)
    records.turn_pages_without_music(pages)
    return EncodedFile(encoded, pages)


def write_page_records(
    report: Report,
    path: Path,
    corrections: PageCorrections | None,
    rotations: Mapping[int, Rotation],
    max_pages: int,
    out: Path,
) -> None:
    """Write the pages of a score as `scorebridge pages --json` prints them. Raises `ScoreError`.

    rotations : of the pages that the library has turned.
    """
    pages: list[dict[str, Any]] = []
    systems: list[System] = []
    count = _checked_page_count(path, max_pages)

    def read(page: Page) -> tuple[Page, list[System]]:
        return read_turned(page, rotations.get(page.number, 0))

    read_page = _reading_with_records(pages, systems, corrections, read, count, report)
    for page in read_pages(path):
        read_page(page)
    records.number_pages(pages, systems)
    records.turn_pages_without_music(pages)
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


def _reading_with_records(
    pages: list[dict[str, Any]],
    systems: list[System],
    corrections: PageCorrections | None,
    read: PageReader,
    count: int,
    report: Report,
) -> PageReader:
    """A reader of pages that appends each page's record to `pages`, its systems to `systems`.

    read : reads the pages that no person corrected.
    """

    def read_page(page: Page) -> tuple[Page, list[System]]:
        report(0.9 * (page.number - 1) / max(count, 1), f"page {page.number} of {count}")
        corrected = corrections if corrections and page.number in corrections.pages else None
        page, found = (corrected.read_page if corrected else read)(page)
        pages.append(records.page(page, found, corrected is not None))
        systems.extend(found)
        return page, found

    return read_page


def _with_reports(encoder: Encoder, report: Report) -> Encoder:
    """The encoder with a progress report at each batch."""

    class ReportingEncoder:
        info = encoder.info

        def sheet(
            self, windows: NDArray[np.uint8], owner: NDArray[np.int64] | None = None
        ) -> NDArray[np.float32]:
            report(0.95, "")
            return encoder.sheet(windows, owner)

        def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
            report(0.5, "")
            return encoder.audio(windows)

    return ReportingEncoder()
