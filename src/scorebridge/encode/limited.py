"""Files from outside, read by a child process with limits and encoded by this one.

The child decodes: it hands back the unrolled score or the spectrogram (1 MB a page, 26 MB an
hour). The encoder stays loaded here, and never meets a decoder. A file costs about 20 ms more.
"""

# The fork server loads this module once; what is imported here costs no child anything.
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av  # noqa: F401
import numpy as np
from numpy.typing import NDArray

from scorebridge.audio import decode, spectrogram
from scorebridge.encode.documents import (
    PageReader,
    cutter_for,
    encode_spectrum,
    encode_strip,
    read_score,
)
from scorebridge.encode.encoder import Encoder
from scorebridge.encode.info import EncoderInfo
from scorebridge.encode.metadata import read_metadata
from scorebridge.errors import InputError
from scorebridge.files import detect_kind
from scorebridge.sandbox import Allowance, Report, run_limited
from scorebridge.score import direction, numbers, pages, strips  # noqa: F401
from scorebridge.score.unrolled import Unrolled
from scorebridge.types import Encoded, Kind, Metadata, Page, Place, System


def encode_limited(
    path: Path | str,
    encoder: Encoder,
    read_page: PageReader | None = None,
    kind: Kind | None = None,
    *,
    allowance: Allowance,
) -> Encoded:
    """`encode_file`, with the file read by a child process.

    read_page : a function of a module, or a method of what can be pickled.

    Raises `InputError`, of which `LimitError` for a crash, a hang and too much memory.
    """
    path = Path(path)
    if (kind or detect_kind(path)) == "score":
        unrolled, count, places, metadata = run_limited(
            read_strips, path, read_page, encoder.info, allowance=allowance
        )
        encoded = encode_strip(unrolled, encoder)
        return replace(encoded, pages=count, places=places, metadata=metadata)
    spectrum, duration_s, metadata = run_limited(read_spectrum, path, allowance=allowance)
    return replace(encode_spectrum(spectrum, encoder), extent=duration_s, metadata=metadata)


def metadata_limited(path: Path, kind: Kind, *, allowance: Allowance) -> Metadata:
    """`read_metadata` by a child process; nothing where the file exceeds its limits."""
    try:
        return run_limited(_read_metadata, path, kind, allowance=allowance)
    except InputError:
        return Metadata()


def _read_metadata(report: Report, path: Path, kind: Kind) -> Metadata:
    return read_metadata(path, kind)


def read_strips(
    report: Report, path: Path, read_page: PageReader | None, info: EncoderInfo
) -> tuple[Unrolled, int, tuple[Place, ...], Metadata]:
    """`read_score` and what the file states of itself, for a child process."""

    def read(page: Page) -> tuple[Page, list[System]]:
        found = (read_page or direction.read_upright)(page)
        report(0.0, f"page {page.number}")
        return found

    unrolled, count, places = read_score(path, cutter_for(info), read)
    return unrolled, count, places, read_metadata(path, "score")


def read_spectrum(report: Report, path: Path) -> tuple[NDArray[np.float32], float, Metadata]:
    """The spectrogram of a recording, its duration in s, and what the file states of itself."""
    samples = decode.decode(path)
    duration_s = len(samples) / spectrogram.SAMPLE_RATE
    return spectrogram.spectrogram(samples), duration_s, read_metadata(path, "recording")
