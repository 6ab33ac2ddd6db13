"""Whole files to sequences of unit vectors, one for each window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio import spectrogram as audio
from scorebridge.encode.encoder import Encoder, paces_for
from scorebridge.encode.info import EncoderInfo
from scorebridge.encode.metadata import read_metadata
from scorebridge.encode.runtime import BATCH
from scorebridge.errors import ScoreError
from scorebridge.files import detect_kind
from scorebridge.score import strips as sheet
from scorebridge.score.unrolled import Unrolled, cut_windows, unroll, unrolled_strip, window_centers
from scorebridge.types import Encoded, Kind, Page, Place, System
from scorebridge.windows import halfway

PageReader = Callable[[Page], tuple[Page, list[System]]]
"""From a page as it is stored to the page turned upright, and its systems; by default
`score.direction.read_upright`."""


def encode_score(
    path: Path | str, encoder: Encoder, read_page: PageReader | None = None
) -> Encoded:
    """Read a score file (see `read_score`) and encode the windows of the unrolled score."""
    cut = cutter_for(encoder.info)
    unrolled, pages, places = read_score(path, cut, read_page)
    metadata = read_metadata(Path(path), "score")
    return replace(encode_strip(unrolled, encoder), pages=pages, places=places, metadata=metadata)


def cutter_for(info: EncoderInfo) -> Callable[[Page, System], sheet.Strip]:
    """Cuts the strips that an encoder reads."""
    return partial(sheet.strip_of, by_page=info.by_page, every_staff=info.pools)


def read_score(
    path: Path | str,
    cut_system: Callable[[Page, System], sheet.Strip] = sheet.strip_of,
    read_page: PageReader | None = None,
) -> tuple[Unrolled, int, tuple[Place, ...]]:
    """Read a score file, turn its pages upright, find their systems and unroll them.

    Returns the unrolled score, the number of pages, and where each system lies. Pages are read one
    after the other and let go; only their strips stay (about 70 kB each). Pages without music are
    fine, a file without any is a `ScoreError`.
    """
    from scorebridge.score.direction import read_upright
    from scorebridge.score.numbers import number_bars
    from scorebridge.score.pages import read_pages

    path = Path(path)
    pages, cut, systems, turns = 0, [], [], []
    for stored in read_pages(path):
        pages += 1
        page, found = (read_page or read_upright)(stored)
        cut += [cut_system(page, system) for system in found]
        systems += found
        turns += [(page.rotation, page.rotation_confidence)] * len(found)
    if not cut:
        raise ScoreError(
            path,
            f"no staves found on {'its page' if pages == 1 else f'any of its {pages} pages'}",
            "Give printed music in staves, upright, at 100 dpi or more.",
        )
    systems = number_bars(systems)
    unrolled = unroll(cut)
    edges = unrolled.offsets
    places = tuple(
        Place(
            page=c.page,
            system=c.system,
            box=c.box,
            x0=c.x0,
            x1=c.x1,
            start=int(start),
            stop=int(stop),
            bars=s.bars,
            repeats=s.repeats,
            numbers=s.numbers,
            xs=c.xs,
            rotation=rotation,
            rotation_confidence=confidence,
            staves=s.staves,
        )
        for c, s, (rotation, confidence), start, stop in zip(
            cut, systems, turns, edges, edges[1:], strict=False
        )
    )
    return unrolled, pages, places


def encode_strip(strip: Unrolled | NDArray[np.uint8], encoder: Encoder) -> Encoded:
    """The windows of an unrolled score, or of one strip, uint8 [STRIP_HEIGHT, width]: a score
    without places."""
    unrolled = strip if isinstance(strip, Unrolled) else unrolled_strip(strip)
    width = unrolled.width
    centers = window_centers(width)

    def encode(middles: NDArray[np.int64]) -> NDArray[np.float32]:
        return encoder.sheet(*cut_windows(unrolled, middles))

    vectors, between = _in_batches(encode, centers), _in_batches(encode, halfway(centers))
    positions = centers.astype(np.float32)
    return Encoded("score", vectors, positions, float(width), between=between)


def encode_recording(path: Path | str, encoder: Encoder) -> Encoded:
    """Decode a recording and encode its windows. Raises `AudioError`."""
    from scorebridge.audio.decode import decode

    samples = decode(path)
    spectrum = audio.spectrogram(samples)
    duration = len(samples) / audio.SAMPLE_RATE
    del samples
    metadata = read_metadata(Path(path), "recording")
    return replace(encode_spectrum(spectrum, encoder), extent=duration, metadata=metadata)


def encode_spectrum(spectrum: NDArray[np.float32], encoder: Encoder) -> Encoded:
    """The windows of a spectrogram, float32 [frames, BANDS]; its extent is that of the frames."""
    centers = audio.window_centers(len(spectrum))
    pace = paces_for(encoder, spectrum)

    def encode(middles: NDArray[np.int64]) -> NDArray[np.float32]:
        return encoder.audio(_audio_windows(spectrum, pace, middles))

    vectors, between = _in_batches(encode, centers), _in_batches(encode, halfway(centers))
    positions = (centers / audio.FRAME_RATE).astype(np.float32)
    extent = len(spectrum) / audio.FRAME_RATE
    return Encoded("recording", vectors, positions, extent, between=between)


def _audio_windows(
    spectrum: NDArray[np.float32], pace: NDArray[np.float32], centers: NDArray[np.int64]
) -> NDArray[np.float32]:
    return audio.cut_windows(spectrum, centers, pace=pace[np.clip(centers, 0, len(pace) - 1)])


def encode_file(
    path: Path | str,
    encoder: Encoder,
    read_page: PageReader | None = None,
    kind: Kind | None = None,
) -> Encoded:
    """`encode_score` or `encode_recording`.

    kind : by default that of `detect_kind`.
    """
    if (kind or detect_kind(path)) == "score":
        return encode_score(path, encoder, read_page)
    return encode_recording(path, encoder)


def takes_corrections(encode: Callable[..., Encoded]) -> bool:
    """Whether a function that encodes a file is one of ours, which take a `read_page`."""
    function = encode.func if isinstance(encode, partial) else encode
    return getattr(function, "__module__", "") in (__name__, "scorebridge.encode.limited")


def _in_batches(
    encode: Callable[[NDArray[np.int64]], NDArray[np.float32]], middles: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Cut and encode `BATCH` windows at a time (all at once would be 40 MB a minute)."""
    return np.concatenate([encode(middles[k : k + BATCH]) for k in range(0, len(middles), BATCH)])
