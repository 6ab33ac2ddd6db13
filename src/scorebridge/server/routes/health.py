"""The route of the server's health."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from scorebridge import __version__
from scorebridge.server import schemas
from scorebridge.server.dependencies import State

router = APIRouter(tags=["health"])


@router.get(
    "/health", responses={200: {"model": schemas.HealthRecord}}, response_class=JSONResponse
)
async def health(state: State) -> Response:
    """Whether server and worker are ready, the numbers of documents and jobs, and the limits."""
    limits = state.settings.limits
    is_ready, trouble = state.supervisor.is_ready, state.trouble()
    return JSONResponse(
        {
            "status": "degraded" if trouble else "ok" if is_ready else "starting",
            "detail": trouble,
            "version": __version__,
            "worker": "running" if is_ready else "starting",
            "documents": len((await asyncio.to_thread(state.catalogue)).entries),
            "jobs": state.queue.counts(),
            "limits": {
                "upload_bytes": limits.max_upload_bytes,
                "pages": limits.max_pages,
                "duration_s": limits.max_duration_s,
            },
        }
    )
