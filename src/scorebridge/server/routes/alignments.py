"""Routes of a pair: where the music is, what a person corrected of it, exports."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from scorebridge.export.formats import ENDINGS, MEDIA_TYPES
from scorebridge.server import pair_files, schemas
from scorebridge.server.guard import records as refusals
from scorebridge.server.queue import Job
from scorebridge.server.routes.documents import hub_of
from scorebridge.server.routes.finding import Wait, failure
from scorebridge.server.schemas import DocumentId
from scorebridge.server.state import Hub

router = APIRouter(prefix="/alignments/{score}/{recording}", tags=["alignments"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": schemas.AlignmentRecord},
    202: {"model": schemas.JobRecord},
}
FILES = {200: {"content": {kind.partition(";")[0]: {} for kind in MEDIA_TYPES.values()}}}


@router.get("", responses=ANSWERS | refusals(404, 409, 422, 429), response_class=JSONResponse)
async def get_alignment(
    request: Request, score: DocumentId, recording: DocumentId, wait: Wait = 20
) -> Response:
    """Where in the score every moment of the recording is."""
    return await _aligned(hub_of(request), score, recording, wait)


async def _aligned(
    hub: Hub, score: str, recording: str, wait: float, corrections: dict[str, Any] | None = None
) -> Response:
    page, heard = hub.entry(score, "score"), hub.entry(recording, "recording")
    name = await asyncio.to_thread(
        pair_files.alignment_name, hub.settings.library, score, recording
    )
    path = hub.cache.path(score, name)
    if corrections is not None or not path.is_file():
        payload = {"score": score, "recording": recording, "corrections": corrections}
        title = f"{page.title} / {heard.title}"
        job = await hub.submit("align", title, payload, "quick", once=True)
        made = await _made(hub, job, score, wait)
        if isinstance(made, Response):
            return made
        path = made
    record = json.loads(await asyncio.to_thread(path.read_text, "utf-8"))
    return JSONResponse(record, headers={"etag": f'"{record["version"]}"'})


async def _made(hub: Hub, job: Job, score: str, wait: float) -> Path | Response:
    """The file that a job made in the cache of a score, or the job if it takes longer."""
    job = await hub.wait_for(job, wait)
    if not job.ended:
        return JSONResponse(job.record(), 202)
    if job.state != "done":
        raise failure(job)
    return hub.cache.path(score, job.result["name"])


@router.get(
    "/corrections",
    responses={200: {"model": schemas.Corrections}} | refusals(404),
    response_class=JSONResponse,
)
async def get_corrections(request: Request, score: DocumentId, recording: DocumentId) -> Response:
    """What a person said of how this recording goes through this score."""
    hub = hub_of(request)
    hub.entry(score, "score")
    hub.entry(recording, "recording")
    return JSONResponse(pair_files.corrections_of(hub.settings.library, score, recording))


@router.put(
    "/corrections",
    responses=ANSWERS | refusals(404, 409, 413, 422, 429),
    response_class=JSONResponse,
)
async def put_corrections(
    request: Request,
    score: DocumentId,
    recording: DocumentId,
    corrections: schemas.Corrections,
    wait: Wait = 20,
) -> Response:
    """Replace what was said before, if the recording can be aligned so."""
    hub = hub_of(request)
    return await _aligned(hub, score, recording, wait, corrections.model_dump())


@router.get(
    "/export",
    responses=FILES | {202: {"model": schemas.JobRecord}} | refusals(404, 409, 422, 429),
    response_class=FileResponse,
)
async def export(
    request: Request,
    score: DocumentId,
    recording: DocumentId,
    format: Annotated[Literal["csv", "json", "iiif", "mei", "mp4"], Query()],
    wait: Wait = 20,
) -> Response:
    """The pair as a file that others read."""
    hub = hub_of(request)
    page, heard = hub.entry(score, "score"), hub.entry(recording, "recording")
    base = f"{request.url.scheme}://{request.url.netloc}/api/v1"
    name = await asyncio.to_thread(
        pair_files.export_name, hub.settings.library, score, recording, format, base
    )
    path = hub.cache.path(score, name)
    if not path.is_file():
        payload = {"score": score, "recording": recording, "format": format, "base": base}
        lane = "bulk" if format == "mp4" else "quick"
        title = f"{page.title} / {heard.title} ({format})"
        job = await hub.submit("export", title, payload, lane, once=True)
        made = await _made(hub, job, score, wait)
        if isinstance(made, Response):
            return made
        path = made
    filename = f"{page.title}_{heard.title}{ENDINGS[format]}"
    kind = MEDIA_TYPES[format]
    return FileResponse(path, media_type=kind, filename=filename)
