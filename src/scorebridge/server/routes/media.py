"""Routes of thumbnails, sound and waveforms.

A document id stands for the content of a file, so browsers may cache these responses for ever.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, JSONResponse, Response
from numpy.typing import NDArray

from scorebridge.export.browser_sound import transcode
from scorebridge.server import images, schemas
from scorebridge.server.cache import PEAKS
from scorebridge.server.catalogue import Entry
from scorebridge.server.decoding.sound import measure_peaks, write_media_type
from scorebridge.server.dependencies import State
from scorebridge.server.errors import error_responses
from scorebridge.server.originals import OriginalResponse
from scorebridge.server.page_files import CACHE_FOR_EVER, CACHE_SHORTLY, page_file
from scorebridge.server.responses import binary_answer
from scorebridge.server.schemas import DocumentId
from scorebridge.server.state import ServerState

router = APIRouter(tags=["media"])

THUMBNAIL_WIDTH = 320  # px
WAVEFORM_SIZE = (320, 80)  # px, width and height
TRANSCODE_TIMEOUT_S = 900.0


@router.get(
    "/documents/{id}/thumbnail",
    response_class=Response,
    responses={200: binary_answer("image/jpeg", "image/svg+xml")} | error_responses(404),
)
async def thumbnail(state: State, id: DocumentId) -> Response:
    """The first page of a score as a small JPEG, or the waveform of a recording as SVG."""
    entry = state.entry(id)
    if entry.kind == "recording":
        svg = _waveform_svg(await _peaks(state, entry))
        return Response(svg, media_type="image/svg+xml", headers=CACHE_FOR_EVER)
    rotation = (await state.rotations(entry)).get(1, 0)
    name = f"thumbnail-{rotation}.jpg" if rotation else "thumbnail.jpg"
    path = state.cache.path(id, name)
    if not path.is_file():
        page = await page_file(state, entry, 1, rotation)

        def make(out: Path) -> None:
            width, height = images.size_of(page)
            across = min(width, THUMBNAIL_WIDTH)
            down = max(1, min(round(height * across / width), 4 * THUMBNAIL_WIDTH))
            request = images.parse("full", f"{across},{down}", "0", "default", "jpg", width, height)
            out.write_bytes(images.render(page, request))

        path = await asyncio.to_thread(state.cache.get_or_make, id, name, make)
    return FileResponse(path, media_type="image/jpeg", headers=CACHE_SHORTLY)


@router.get(
    "/documents/{id}/audio",
    response_class=FileResponse,
    responses={
        200: binary_answer("audio/flac", "audio/wav"),
        206: binary_answer("audio/flac", "audio/wav") | {"description": "A range of its bytes"},
    }
    | error_responses(404, 416),
)
async def audio(state: State, id: DocumentId) -> Response:
    """The recording in a format that every browser plays, with byte ranges."""
    entry = state.entry(id, "recording")
    flac = state.cache.path(id, "sound.flac")
    if not flac.is_file():
        stored_type = await state.cached_file(entry, "played.txt", write_media_type)
        if media_type := stored_type.read_text():
            path, file = await state.open_file(entry)
            return OriginalResponse(path, file, media_type=media_type, headers=CACHE_FOR_EVER)
        flac = await state.cached_file(
            entry,
            "sound.flac",
            transcode,
            state.settings.limits.max_duration_s,
            timeout_s=TRANSCODE_TIMEOUT_S,
        )
    return FileResponse(flac, media_type="audio/flac", headers=CACHE_FOR_EVER)


@router.get(
    "/documents/{id}/peaks",
    responses={200: {"model": schemas.PeaksRecord}} | error_responses(404),
    response_class=JSONResponse,
)
async def peaks(
    state: State, id: DocumentId, points: Annotated[int, Query(ge=1, le=100_000)] = 2000
) -> Response:
    """The waveform: the greatest absolute values of `points` equal stretches."""
    entry = state.entry(id, "recording")
    values = [round(float(v), 3) for v in _max_pooled(await _peaks(state, entry), points)]
    record = {
        "id": id,
        "duration_s": round(entry.extent, 3),
        "points": len(values),
        "peaks": values,
    }
    return JSONResponse(record, headers=CACHE_FOR_EVER)


async def _peaks(state: ServerState, entry: Entry) -> NDArray[np.float32]:
    """float32 [n], 0 to 1, `PEAKS_PER_S` values a second."""
    max_duration_s = state.settings.limits.max_duration_s
    path = await state.cached_file(entry, PEAKS, measure_peaks, max_duration_s)
    return np.load(path, allow_pickle=False) / np.float32(255)


def _max_pooled(values: NDArray[np.float32], points: int) -> NDArray[np.float32]:
    """At most `points` values, each the maximum of its stretch."""
    points = max(1, min(points, len(values)))
    if not len(values):
        return np.zeros(1, np.float32)
    edges = np.linspace(0, len(values), points + 1).astype(int)[:-1]
    return np.maximum.reduceat(values, edges)


def _waveform_svg(peaks: NDArray[np.float32]) -> str:
    width, height = WAVEFORM_SIZE
    pooled = _max_pooled(peaks, width // 2)
    pooled = pooled / max(float(pooled.max()), 1e-6)  # the loudest moment reaches the edge
    half_heights = np.maximum(1, pooled * height / 2)
    lines = "".join(
        f"M{2 * k + 1} {height / 2 - half:.1f}V{height / 2 + half:.1f}"
        for k, half in enumerate(half_heights)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' preserveAspectRatio="none">'
        f'<path d="{lines}" stroke="#808080" stroke-width="1.2" fill="none"/></svg>'
    )
