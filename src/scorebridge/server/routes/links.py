"""Routes of links: which recordings play which scores."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from scorebridge.server import schemas
from scorebridge.server.dependencies import State
from scorebridge.server.errors import error_responses
from scorebridge.server.payloads import UpdateLinks

router = APIRouter(tags=["links"])


@router.get("/links", responses={200: {"model": schemas.LinkList}}, response_class=JSONResponse)
async def list_links(
    state: State,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> Response:
    """All links, the highest confidence first."""
    catalogue = state.catalogue()
    links = sorted(catalogue.links, key=lambda link: -link.confidence)
    page = [
        {
            "score": link.score,
            "recording": link.recording,
            "score_title": catalogue.entries[link.score].title,
            "recording_title": catalogue.entries[link.recording].title,
            "confidence": round(link.confidence, 5),
        }
        for link in links[offset : offset + limit]
    ]
    return JSONResponse({"total": len(links), "links": page})


@router.post(
    "/links",
    status_code=202,
    responses={202: {"model": schemas.JobRecord}} | error_responses(429),
    response_class=JSONResponse,
)
async def link_now(state: State) -> Response:
    """Link the library now; this also happens after documents were added."""
    job = await state.submit(UpdateLinks(), "", once=True)
    return JSONResponse(job.as_record(), 202)
