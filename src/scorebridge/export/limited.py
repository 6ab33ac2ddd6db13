"""Pages shown and pairs exported by a child process with limits (see `sandbox.py`)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from scorebridge.choices import ExportFormat
from scorebridge.export import records
from scorebridge.export.formats import ExportSettings, export_pair, folder_beside
from scorebridge.export.overlay import draw_systems, write_picture
from scorebridge.files import PART
from scorebridge.sandbox import Allowance, Report, run_limited
from scorebridge.score.direction import read_upright
from scorebridge.score.pages import read_pages
from scorebridge.types import AlignedPair, Progress, System

if TYPE_CHECKING:  # it imports Lance, which a child process does not need
    from scorebridge.library.page_corrections import PageCorrections

MAX_EXPORT_S = 86400.0  # a film takes long; what must not take long is the time between two reports


def page_records(
    report: Report, path: Path, corrections: PageCorrections | None, pictures: Path | None
) -> list[dict[str, Any]]:
    """The pages of a score as `scorebridge pages --json` prints them. Raises `ScoreError`.

    pictures : folder for a picture of each page, `STEM-001.png` and so on.
    """
    found: list[dict[str, Any]] = []
    everything: list[System] = []
    for stored in read_pages(path):
        page, systems = corrections.read_page(stored) if corrections else read_upright(stored)
        everything += systems
        corrected = corrections is not None and page.number in corrections.pages
        found.append(records.page(page, systems, corrected))
        if pictures:
            write_picture(_picture(pictures, path, page.number), draw_systems(page, systems))
        report(0.0, f"page {page.number}")
    records.number_pages(found, everything)
    before = [record["rotation"] for record in found]
    records.turn_pages_without_music(found)
    for record, rotation in zip(found, before, strict=True):
        if pictures and record["rotation"] != rotation:
            picture = _picture(pictures, path, record["page"])
            drawn = np.asarray(cv2.imread(str(picture)), np.uint8)
            write_picture(picture, np.rot90(drawn, (rotation - record["rotation"]) // 90))
    return found


def _picture(folder: Path, path: Path, number: int) -> Path:
    return folder / f"{path.stem}-{number:03d}.png"


def export_limited(
    pair: AlignedPair,
    format: ExportFormat,
    out: Path,
    settings: ExportSettings,
    progress: Progress,
    allowance: Allowance,
) -> Path:
    """`export_pair` in a child process; an incomplete file does not stay."""
    patient = replace(allowance, seconds=MAX_EXPORT_S, silence_s=allowance.seconds)

    def report(share: float, text: str) -> None:
        progress(share, 1, None)

    score = Path(pair.alignment.score)
    try:
        return run_limited(
            _export, score, pair, format, out, settings, allowance=patient, report=report
        )
    except BaseException:
        beside = folder_beside(out, format)
        for path in [*out.parent.glob(f".*{PART}"), *(beside.glob(f".*{PART}") if beside else ())]:
            if beside == path.parent or path.name.startswith(f".{out.name}."):
                with suppress(OSError):
                    path.unlink()
        raise


def _export(
    report: Report,
    score: Path,
    pair: AlignedPair,
    format: ExportFormat,
    out: Path,
    settings: ExportSettings,
) -> Path:
    return export_pair(pair, format, out, settings, _progress_of(report))


def _progress_of(report: Report) -> Callable[[float, float, Path | None], None]:
    return lambda done, total, path: report(done / max(total, 1e-9), "")
