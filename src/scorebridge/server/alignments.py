"""Routes of a pair: where the music is, what a person corrected of it, exports."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from scorebridge.export.formats import ENDINGS, MEDIA_TYPES
from scorebridge.server import pairs, records
from scorebridge.server.documents import hub_of
from scorebridge.server.errors import Refused
from scorebridge.server.finding import Wait
from scorebridge.server.guard import records as refusals
from scorebridge.server.hub import Hub
from scorebridge.server.records import DocumentId

router = APIRouter(prefix="/alignments/{score}/{recording}", tags=["alignments"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": records.AlignmentRecord},
    202: {"model": records.JobRecord},
}
FILES = {200: {"content": {kind.partition(";")[0]: {} for kind in MEDIA_TYPES.values()}}}


@router.get("", responses=ANSWERS | refusals(404, 422, 429), response_class=JSONResponse)
async def get_alignment(
    request: Request, score: DocumentId, recording: DocumentId, wait: Wait = 20
) -> Response:
    """Where in the score every moment of the recording is."""
    return await _aligned(hub_of(request), score, recording, wait)


async def _aligned(hub: Hub, score: str, recording: str, wait: float) -> Response:
    titles = hub.entry(score, "score").title, hub.entry(recording, "recording").title
    name = await asyncio.to_thread(pairs.alignment_name, hub.settings.library, score, recording)
    path = hub.cache.path(score, name)
    if not path.is_file():
        payload = {"score": score, "recording": recording}
        job = await hub.submit("align", " / ".join(titles), payload, "quick", once=True)
        job = await hub.wait_for(job, wait)
        if not job.ended:
            return JSONResponse(job.record(), 202)
        if job.state != "done":
            raise Refused(422, **(job.error or {"detail": "cancelled", "remedy": "Ask again."}))
        path = hub.cache.path(score, job.result["name"])
    record = json.loads(await asyncio.to_thread(path.read_text, "utf-8"))
    return JSONResponse(record, headers={"etag": f'"{record["version"]}"'})


@router.get(
    "/corrections",
    responses={200: {"model": records.Corrections}} | refusals(404),
    response_class=JSONResponse,
)
async def get_corrections(request: Request, score: DocumentId, recording: DocumentId) -> Response:
    """What a person said of how this recording goes through this score."""
    hub = hub_of(request)
    hub.entry(score, "score"), hub.entry(recording, "recording")
    return JSONResponse(pairs.corrections_of(hub.settings.library, score, recording))


@router.put(
    "/corrections",
    responses=ANSWERS | refusals(404, 413, 422, 429),
    response_class=JSONResponse,
)
async def put_corrections(
    request: Request,
    score: DocumentId,
    recording: DocumentId,
    corrections: records.Corrections,
    wait: Wait = 20,
) -> Response:
    """Replace what was said before, and align anew."""
    hub = hub_of(request)
    entry, heard = hub.entry(score, "score"), hub.entry(recording, "recording")
    for pin in corrections.pins:
        if pin.time_s > heard.extent:
            raise Refused(422, f"there is no second {pin.time_s}", "Pin within the recording.")
    before = pairs.corrections_of(hub.settings.library, score, recording)
    now = corrections.model_dump()
    await hub.patiently(lambda: pairs.keep(hub.settings.library, score, recording, now))
    try:
        return await _aligned(hub, entry.id, recording, wait)
    except Refused:  # pins that no path can keep to are not kept either
        await hub.patiently(lambda: pairs.keep(hub.settings.library, score, recording, before))
        raise


@router.get(
    "/export",
    responses=FILES | {202: {"model": records.JobRecord}} | refusals(404, 422, 429),
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
        pairs.export_name, hub.settings.library, score, recording, format, base
    )
    path = hub.cache.path(score, name)
    if not path.is_file():
        payload = {"score": score, "recording": recording, "format": format, "base": base}
        lane = "bulk" if format == "mp4" else "quick"
        title = f"{page.title} / {heard.title} ({format})"
        job = await hub.submit("export", title, payload, lane, once=True)
        job = await hub.wait_for(job, wait)
        if not job.ended:
            return JSONResponse(job.record(), 202)
        if job.state != "done":
            raise Refused(422, **(job.error or {"detail": "cancelled", "remedy": "Ask again."}))
        path = hub.cache.path(score, job.result["name"])
    filename = f"{page.title}_{heard.title}{ENDINGS[format]}"
    kind = MEDIA_TYPES[format]
    return FileResponse(path, media_type=kind, filename=filename)
