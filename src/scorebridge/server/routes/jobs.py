"""Routes of jobs and of their events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse

from scorebridge.server import schemas
from scorebridge.server.dependencies import State
from scorebridge.server.errors import ApiError, error_responses
from scorebridge.server.queue import Job, JobState
from scorebridge.server.schemas import JobId
from scorebridge.server.state import ServerState

router = APIRouter(tags=["jobs"])

STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}
}
_NO_JOB = ApiError(404, "there is no such job", "Ended jobs are kept for a week.")


@router.get("/jobs", responses={200: {"model": schemas.JobList}}, response_class=JSONResponse)
async def list_jobs(
    state: State,
    job_state: Annotated[JobState | None, Query(alias="state")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """Jobs, newest first."""
    jobs = await asyncio.to_thread(state.queue.list, job_state, limit)
    return JSONResponse({"jobs": [job.as_record() for job in jobs]})


@router.get(
    "/jobs/{id}",
    responses={200: {"model": schemas.JobRecord}} | error_responses(404),
    response_class=JSONResponse,
)
async def get_job(state: State, id: JobId) -> Response:
    """One job."""
    return JSONResponse(_job(state, id).as_record())


@router.delete(
    "/jobs/{id}",
    responses={200: {"model": schemas.JobRecord}} | error_responses(404),
    response_class=JSONResponse,
)
async def cancel_job(state: State, id: JobId) -> Response:
    """Cancel a job; one that has ended stays as it is."""
    job = await asyncio.to_thread(state.cancel, id)
    if job is None:
        raise _NO_JOB
    return JSONResponse(job.as_record())


@router.get(
    "/jobs/{id}/events", responses=STREAM | error_responses(404), response_class=StreamingResponse
)
async def job_events(state: State, id: JobId) -> Response:
    """Server-sent events: the job now and at each change, until it has ended."""
    return _stream(_events_of_job(state, _job(state, id)))


@router.get("/events", responses=STREAM, response_class=StreamingResponse)
async def events(state: State) -> Response:
    """Server-sent events: all unfinished jobs, then each change of a job or of the library."""
    return _stream(_all_events(state))


def _job(state: ServerState, job_id: str) -> Job:
    job = state.queue.get(job_id)
    if job is None:
        raise _NO_JOB
    return job


def _stream(lines: AsyncIterator[str]) -> Response:
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(lines, media_type="text/event-stream", headers=headers)


async def _events_of_job(state: ServerState, job: Job) -> AsyncIterator[str]:
    with state.events.subscribe() as subscriber:
        job = state.queue.get(job.id) or job
        yield _job_text(job)
        while not job.has_ended:
            try:
                event = await subscriber.next_event(state.settings.timing.heartbeat_s)
            except TimeoutError:
                yield _HEARTBEAT
                continue
            if event is None:
                return
            if isinstance(event, Job) and event.id == job.id:
                job = event
                yield _job_text(job)


async def _all_events(state: ServerState) -> AsyncIterator[str]:
    with state.events.subscribe() as subscriber:
        unfinished = await asyncio.to_thread(state.queue.unfinished)
        version = (await asyncio.to_thread(state.catalogue)).version
        yield "".join([*map(_job_text, unfinished), _library_text(version)])
        while True:
            try:
                event = await subscriber.next_event(state.settings.timing.heartbeat_s)
            except TimeoutError:
                yield _HEARTBEAT
                continue
            if event is None:
                return
            yield _job_text(event) if isinstance(event, Job) else _library_text(event)


_HEARTBEAT = ": still here\n\n"


def _job_text(job: Job) -> str:
    return f"id: {job.seq}\nevent: job\ndata: {json.dumps(job.as_record(), ensure_ascii=False)}\n\n"


def _library_text(version: int) -> str:
    return f"event: library\ndata: {json.dumps({'version': version})}\n\n"
