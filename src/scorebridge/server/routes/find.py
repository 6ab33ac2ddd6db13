"""Routes that search: by a file, by a region of a page, by a span of a recording."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from scorebridge.choices import SearchMethod
from scorebridge.server import schemas
from scorebridge.server.dependencies import State, Wait
from scorebridge.server.errors import ApiError, error_responses
from scorebridge.server.payloads import FindByFile, FindByRegion, FindBySpan
from scorebridge.server.responses import job_result, multipart_body, not_readable
from scorebridge.server.uploads import announced_size, receive

router = APIRouter(tags=["find"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": schemas.FindRecord},
    202: {"model": schemas.JobRecord},
}


@router.post(
    "/find",
    responses=ANSWERS | error_responses(408, 409, 413, 415, 422, 429),
    response_class=JSONResponse,
    openapi_extra=multipart_body("file", several=False),
)
async def find(
    request: Request,
    state: State,
    top: Annotated[int, Query(ge=1, le=100)] = 10,
    method: SearchMethod = "align",
    wait: Wait = 20,
) -> Response:
    """Search with a file: scores for a recording, recordings for a score, page or photo."""
    state.check_room(announced_size(request))
    content_type = request.headers.get("content-type", "")
    (file,) = await receive(
        request.stream(), content_type, "file", state.settings.incoming, max_files=1
    )
    if not file.extension:
        file.path.unlink(missing_ok=True)
        raise ApiError(415, **not_readable(file))
    target = file.path.with_name(file.path.name + file.extension)
    payload = FindByFile(file=target.name, digest=file.digest, top=top, method=method)
    try:
        job = await state.submit(
            payload, file.title, lane="quick", before=lambda: file.path.replace(target)
        )
    finally:
        file.path.unlink(missing_ok=True)
    return await job_result(state, job, wait, failed_status=422)


@router.post(
    "/find/region",
    responses=ANSWERS | error_responses(404, 409, 413, 422, 429),
    response_class=JSONResponse,
)
async def find_region(state: State, query: schemas.RegionQuery, wait: Wait = 20) -> Response:
    """Search for recordings with a region of a page."""
    entry = state.entry(query.document, "score")
    if query.page > entry.pages:
        raise ApiError(
            404, f"there is no page {query.page}", f"This score has {entry.pages} pages."
        )
    x0, y0, x1, y1 = query.box
    if x0 >= x1 or y0 >= y1:
        raise ApiError(409, "the region is empty", "Draw it over at least one bar.")
    job = await state.submit(FindByRegion(**query.model_dump()), entry.title, lane="quick")
    return await job_result(state, job, wait)


@router.post(
    "/find/span",
    responses=ANSWERS | error_responses(404, 409, 413, 422, 429),
    response_class=JSONResponse,
)
async def find_span(state: State, query: schemas.SpanQuery, wait: Wait = 20) -> Response:
    """Search for scores with a span of a recording."""
    entry = state.entry(query.document, "recording")
    if query.start_s >= query.end_s:
        raise ApiError(409, "the span is empty", "Choose an end after the start.")
    job = await state.submit(FindBySpan(**query.model_dump()), entry.title, lane="quick")
    return await job_result(state, job, wait)
