"""Routes that search: by a file, by a region of a page, by a span of a recording; and links."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from scorebridge.server import schemas
from scorebridge.server.errors import Refused
from scorebridge.server.guard import records as refusals
from scorebridge.server.queue import Job
from scorebridge.server.routes.documents import NOT_READABLE, form_of, hub_of
from scorebridge.server.schemas import Method
from scorebridge.server.state import Hub
from scorebridge.server.uploads import receive

router = APIRouter(tags=["find"])

Wait = Annotated[float, Query(ge=0, le=60, allow_inf_nan=False)]
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": schemas.Found},
    202: {"model": schemas.JobRecord},
}


async def answer(hub: Hub, job: Job, wait: float, failed: int = 409) -> Response:
    """The result of a job that ends in time, else the job. Raises `Refused` if it failed."""
    job = await hub.wait_for(job, wait)
    if job.state in ("failed", "cancelled"):
        raise failure(job, failed)
    done = job.state == "done"
    return JSONResponse(job.result if done else job.record(), 200 if done else 202)


def failure(job: Job, status: int = 409) -> Refused:
    """Why there is no result: most often it was asked for what the document does not have."""
    if job.error is None:
        return Refused(409, "the job was cancelled", "Ask again.")
    return Refused(status, **job.error)


@router.post(
    "/find",
    responses=ANSWERS | refusals(408, 409, 413, 415, 422, 429),
    response_class=JSONResponse,
    openapi_extra=form_of("file", False),
)
async def find(
    request: Request,
    top: Annotated[int, Query(ge=1, le=100)] = 10,
    method: Method = "align",
    wait: Wait = 20,
) -> Response:
    """What belongs to a file: scores to a recording, recordings to a score, page or photo."""
    hub = hub_of(request)
    incoming = hub.settings.incoming
    kind = request.headers.get("content-type", "")
    (file,) = await receive(request.stream(), kind, "file", incoming, 1)
    if not file.ending:
        file.path.unlink(missing_ok=True)
        detail, remedy = NOT_READABLE if file.size else ("is empty", "Send it again.")
        raise Refused(415, detail, remedy)
    target = file.path.with_name(file.path.name + file.ending)
    payload = {"file": target.name, "digest": file.digest, "top": top, "method": method}
    try:
        job = await hub.submit(
            "find", file.title, payload, "quick", before=lambda: file.path.replace(target)
        )
    finally:
        file.path.unlink(missing_ok=True)
    return await answer(hub, job, wait, 422)


@router.post(
    "/find/region",
    responses=ANSWERS | refusals(404, 409, 413, 422, 429),
    response_class=JSONResponse,
)
async def find_region(request: Request, region: schemas.Region, wait: Wait = 20) -> Response:
    """Recordings of what a region of a page shows."""
    hub = hub_of(request)
    entry = hub.entry(region.document, "score")
    if region.page > entry.pages:
        raise Refused(404, f"there is no page {region.page}", f"It has {entry.pages} pages.")
    x0, y0, x1, y1 = region.box
    if x0 >= x1 or y0 >= y1:
        raise Refused(409, "the box is empty", "Give [x0, y0, x1, y1], left before right.")
    job = await hub.submit("find", entry.title, region.model_dump(), "quick")
    return await answer(hub, job, wait)


@router.post(
    "/find/span", responses=ANSWERS | refusals(404, 409, 413, 422, 429), response_class=JSONResponse
)
async def find_span(request: Request, span: schemas.Span, wait: Wait = 20) -> Response:
    """Scores of what sounds in a span of a recording."""
    hub = hub_of(request)
    entry = hub.entry(span.document, "recording")
    if span.start_s >= span.end_s:
        raise Refused(409, "the span is empty", "Give start_s before end_s.")
    job = await hub.submit("find", entry.title, span.model_dump(), "quick")
    return await answer(hub, job, wait)


@router.get("/links", responses={200: {"model": schemas.Links}}, response_class=JSONResponse)
async def links(
    request: Request,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> Response:
    """Which recordings play which scores, the surest first."""
    catalogue = hub_of(request).catalogue()
    found = sorted(catalogue.links, key=lambda link: -link.confidence)
    shown = [
        {
            "score": link.score,
            "recording": link.recording,
            "score_title": catalogue.entries[link.score].title,
            "recording_title": catalogue.entries[link.recording].title,
            "confidence": round(link.confidence, 5),
        }
        for link in found[offset : offset + limit]
    ]
    return JSONResponse({"total": len(found), "links": shown})


@router.post(
    "/links",
    status_code=202,
    responses={202: {"model": schemas.JobRecord}} | refusals(429),
    response_class=JSONResponse,
)
async def find_links(request: Request) -> Response:
    """Look for links now."""
    job = await hub_of(request).submit("link", "", {}, once=True)
    return JSONResponse(job.record(), 202)
