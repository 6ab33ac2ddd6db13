"""Routes of what is seen and heard: page pictures (IIIF), thumbnails, sound, peaks.

Everything is named by the content of a file, so browsers may keep it for ever.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Request
from fastapi import Path as InPath
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response

from scorebridge.server import images, schemas
from scorebridge.server.cache import page_picture
from scorebridge.server.catalogue import Entry
from scorebridge.server.errors import Refused
from scorebridge.server.guard import records as refusals
from scorebridge.server.routes.documents import hub_of
from scorebridge.server.schemas import DocumentId
from scorebridge.server.state import Hub
from scorebridge.server.worker import decoding

router = APIRouter(tags=["pictures and sound"])

THUMBNAIL = 320  # px across
KEEP = {"cache-control": "private, max-age=31536000, immutable"}
JSON_LD = 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
WAVE = (320, 80)  # px of the picture of a recording
PageId = Annotated[str, InPath(pattern=r"^[0-9a-f]{64}-[1-9][0-9]{0,5}$", max_length=71)]


async def page_file(hub: Hub, entry: Entry, page: int) -> Path:
    """The stored picture of a page."""
    if not 1 <= page <= entry.pages:
        raise Refused(404, f"there is no page {page}", f"This score has {entry.pages} pages.")
    return await hub.made(entry, page_picture(page), decoding.draw_page, page)


@router.get("/documents/{id}/thumbnail", response_class=Response, responses=refusals(404))
async def thumbnail(request: Request, id: DocumentId) -> Response:
    """The first page of a score as a small JPEG, the waveform of a recording as SVG."""
    hub = hub_of(request)
    entry = hub.entry(id)
    if entry.kind == "recording":
        peaks, _ = await _peaks(hub, entry)
        return Response(_wave(peaks), media_type="image/svg+xml", headers=KEEP)
    small = hub.cache.path(id, "thumbnail.jpg")
    if not small.is_file():
        page = await page_file(hub, entry, 1)

        def make(out: Path) -> None:
            width, height = images.size_of(page)
            across = min(width, THUMBNAIL)
            size = f"{across},{max(1, min(round(height * across / width), 4 * THUMBNAIL))}"
            wish = images.parse("full", size, "0", "default", "jpg", width, height)
            out.write_bytes(images.draw(page, wish))

        small = await asyncio.to_thread(hub.cache.made, id, "thumbnail.jpg", make)
    return FileResponse(small, media_type="image/jpeg", headers=KEEP)


def _wave(peaks: np.ndarray) -> str:
    width, height = WAVE
    tops = _strongest(peaks, width // 2)
    tops = tops / max(float(tops.max()), 1e-6)  # the loudest moment reaches the edge
    lines = "".join(
        f"M{2 * k + 1} {height / 2 - max(1, top * height / 2):.1f}V"
        f"{height / 2 + max(1, top * height / 2):.1f}"
        for k, top in enumerate(tops)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' preserveAspectRatio="none">'
        f'<path d="{lines}" stroke="#808080" stroke-width="1.2" fill="none"/></svg>'
    )


@router.get("/documents/{id}/audio", response_class=FileResponse, responses=refusals(404, 416))
async def audio(request: Request, id: DocumentId) -> Response:
    """The recording in a format that every browser plays, with byte ranges."""
    hub = hub_of(request)
    entry = hub.entry(id, "recording")
    limit = hub.settings.limits.duration_s
    kept = hub.cache.path(id, "sound.flac")
    if not kept.is_file():
        source = hub.file(entry)
        told = hub.cache.path(id, "played.txt")
        if not told.is_file():
            kind = await asyncio.to_thread(hub.read, decoding.is_played, source)
            told = hub.cache.put(id, "played.txt", (kind or "").encode())
        if kind := told.read_text():
            return FileResponse(source, media_type=kind, headers=KEEP)
        kept = await hub.made(entry, "sound.flac", decoding.transcode, limit, seconds=900)
    return FileResponse(kept, media_type="audio/flac", headers=KEEP)


@router.get(
    "/documents/{id}/peaks",
    responses={200: {"model": schemas.Peaks}} | refusals(404),
    response_class=JSONResponse,
)
async def peaks(
    request: Request, id: DocumentId, points: Annotated[int, Query(ge=1, le=100_000)] = 2000
) -> Response:
    """The waveform: greatest absolute values of equal stretches."""
    hub = hub_of(request)
    entry = hub.entry(id, "recording")
    values, duration = await _peaks(hub, entry)
    shown = [round(float(v), 3) for v in _strongest(values, points)]
    record = {"id": id, "duration_s": round(duration, 3), "points": len(shown), "peaks": shown}
    return JSONResponse(record, headers=KEEP)


async def _peaks(hub: Hub, entry: Entry) -> tuple[np.ndarray, float]:
    limit = hub.settings.limits.duration_s
    path = await hub.made(entry, "peaks.npy", decoding.measure_peaks, limit)
    return np.load(path, allow_pickle=False) / np.float32(255), entry.extent


def _strongest(values: np.ndarray, points: int) -> np.ndarray:
    """At most `points` values, each the greatest of its stretch."""
    points = max(1, min(points, len(values)))
    if not len(values):
        return np.zeros(1, np.float32)
    edges = np.linspace(0, len(values), points + 1).astype(int)[:-1]
    return np.maximum.reduceat(values, edges)


# IIIF Image API 3


def _split(name: str) -> tuple[str, int]:
    document, _, page = name.rpartition("-")
    return document, int(page)


@router.get("/iiif/{name}", response_class=RedirectResponse, status_code=303)
async def iiif_base(request: Request, name: PageId) -> Response:
    """To the description of the picture."""
    return RedirectResponse(f"{name}/info.json", 303)


@router.get("/iiif/{name}/info.json", response_class=JSONResponse, responses=refusals(404))
async def iiif_info(request: Request, name: PageId) -> Response:
    """The IIIF description of a page's picture."""
    hub = hub_of(request)
    document, page = _split(name)
    path = await page_file(hub, hub.entry(document, "score"), page)
    address = str(request.url.replace(query="")).removesuffix("/info.json")
    record = images.info(address, *images.size_of(path))
    kind = JSON_LD if "ld+json" in request.headers.get("accept", "") else "application/json"
    return JSONResponse(record, media_type=kind, headers=KEEP | {"vary": "Accept"})


@router.get(
    "/iiif/{name}/{region}/{size}/{rotation}/{quality}.{format}",
    response_class=Response,
    responses={200: {"content": {kind: {} for kind in images.TYPES.values()}}} | refusals(404),
)
async def iiif_image(
    request: Request,
    name: PageId,
    region: str,
    size: str,
    rotation: str,
    quality: str,
    format: str,
) -> Response:
    """A region of a page at a size."""
    hub = hub_of(request)
    document, page = _split(name)
    path = await page_file(hub, hub.entry(document, "score"), page)
    width, height = images.size_of(path)
    wish = images.parse(region, size, rotation, quality, format, width, height)
    if wish.is_whole(width, height):
        return FileResponse(path, media_type="image/jpeg", headers=KEEP)
    content = await asyncio.to_thread(images.draw, path, wish)
    return Response(content, media_type=images.TYPES[format], headers=KEEP)
