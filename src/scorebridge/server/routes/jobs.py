"""Routes of jobs, of events, and of the server's health."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from scorebridge import __version__
from scorebridge.server import schemas
from scorebridge.server.errors import Refused
from scorebridge.server.guard import records as refusals
from scorebridge.server.queue import Job
from scorebridge.server.routes.documents import hub_of
from scorebridge.server.schemas import JobId
from scorebridge.server.state import Hub

router = APIRouter(tags=["jobs"])

HEARTBEAT_S = 15.0
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
}
_NO_JOB = Refused(404, "there is no such job", "Ended jobs are kept for a week.")


@router.get("/jobs", responses={200: {"model": schemas.JobList}}, response_class=JSONResponse)
async def list_jobs(
    request: Request,
    state: Literal["queued", "running", "done", "failed", "cancelled"] | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """Jobs, newest first."""
    jobs = await asyncio.to_thread(hub_of(request).jobs.list, state, limit)
    return JSONResponse({"jobs": [job.record() for job in jobs]})


@router.get(
    "/jobs/{id}",
    responses={200: {"model": schemas.JobRecord}} | refusals(404),
    response_class=JSONResponse,
)
async def get_job(request: Request, id: JobId) -> Response:
    """One job."""
    job = hub_of(request).jobs.get(id)
    if job is None:
        raise _NO_JOB
    return JSONResponse(job.record())


@router.delete(
    "/jobs/{id}",
    responses={200: {"model": schemas.JobRecord}} | refusals(404),
    response_class=JSONResponse,
)
async def cancel_job(request: Request, id: JobId) -> Response:
    """Cancel a job."""
    hub = hub_of(request)
    job = await asyncio.to_thread(hub.cancel, id)
    if job is None:
        raise _NO_JOB
    return JSONResponse(job.record())


@router.get("/jobs/{id}/events", responses=STREAM | refusals(404), response_class=StreamingResponse)
async def job_events(request: Request, id: JobId) -> Response:
    """The job now and at each change, until it has ended."""
    hub = hub_of(request)
    job = hub.jobs.get(id)
    if job is None:
        raise _NO_JOB
    return _stream(_follow(hub, job))


@router.get("/events", responses=STREAM, response_class=StreamingResponse)
async def events(request: Request) -> Response:
    """All unfinished jobs, then every change of jobs and of the library."""
    return _stream(_follow(hub_of(request), None))


def _stream(lines: AsyncIterator[str]) -> Response:
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(lines, media_type="text/event-stream", headers=headers)


async def _follow(hub: Hub, job: Job | None) -> AsyncIterator[str]:
    with hub.listening() as listener:
        if job:
            job = hub.jobs.get(job.id) or job
            yield _event("job", job.record(), job.seq)
            if job.ended:
                return
        else:
            waiting = await asyncio.to_thread(hub.jobs.unfinished)
            version = (await asyncio.to_thread(hub.catalogue)).version
            now = [_event("job", one.record(), one.seq) for one in waiting]
            yield "".join([*now, _event("library", {"version": version})])
        while True:
            try:
                what = await asyncio.wait_for(listener.queue.get(), HEARTBEAT_S)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if what is None:
                return
            if isinstance(what, int):
                if job is None:
                    yield _event("library", {"version": what})
            elif job is None or what.id == job.id:
                yield _event("job", what.record(), what.seq)
                if job and what.ended:
                    return


def _event(name: str, record: dict[str, Any], seq: int | None = None) -> str:
    mark = "" if seq is None else f"id: {seq}\n"
    return f"{mark}event: {name}\ndata: {json.dumps(record, ensure_ascii=False)}\n\n"


@router.get("/health", responses={200: {"model": schemas.Health}}, response_class=JSONResponse)
async def health(request: Request) -> Response:
    """Whether the server and its worker are well, and what it takes."""
    hub = hub_of(request)
    limits = hub.settings.limits
    record = {
        "status": "ok" if hub.ready else "starting",
        "version": __version__,
        "worker": "running" if hub.ready else "starting",
        "documents": len((await asyncio.to_thread(hub.catalogue)).entries),
        "jobs": hub.jobs.counts(),
        "limits": {
            "upload_bytes": limits.upload_bytes,
            "pages": limits.pages,
            "duration_s": limits.duration_s,
        },
    }
    return JSONResponse(record)
