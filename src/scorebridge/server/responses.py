"""Responses and descriptions of request bodies that several routes share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi.responses import JSONResponse, Response

from scorebridge.files import CONVERT
from scorebridge.server.errors import ApiError
from scorebridge.server.queue import Job
from scorebridge.server.state import ServerState
from scorebridge.server.uploads import ReceivedFile

BINARY: dict[str, Any] = {"type": "string", "format": "binary"}
"""The OpenAPI schema of bytes. `format` is what generators of clients go by."""


def job_error(job: Job, status: int = 409) -> ApiError:
    """The error of a failed or cancelled job; `status` is that of a failed one."""
    if job.error is None:
        return ApiError(409, "the job was cancelled", "Try again.")
    return ApiError(status, **job.error)


async def job_result(
    state: ServerState, job: Job, wait_s: float, failed_status: int = 409
) -> Response:
    """200 with the result of a job that ends within `wait_s`, else 202 with the job.

    Raises `ApiError` of `failed_status` if the job failed.
    """
    job = await state.wait_for(job, wait_s)
    if job.state in ("failed", "cancelled"):
        raise job_error(job, failed_status)
    is_done = job.state == "done"
    return JSONResponse(job.result if is_done else job.as_record(), 200 if is_done else 202)


async def job_file(state: ServerState, job: Job, score_id: str, wait_s: float) -> Path | Response:
    """The file that a job made in the cache of a score, or 202 with the job if it takes longer.

    Raises `ApiError` if the job failed.
    """
    job = await state.wait_for(job, wait_s)
    if not job.has_ended:
        return JSONResponse(job.as_record(), 202)
    if job.state != "done":
        raise job_error(job)
    return state.cache.path(score_id, job.result["name"])


def not_readable(file: ReceivedFile) -> dict[str, str]:
    """`detail` and `remedy` for an uploaded file that is neither a score nor a recording."""
    if not file.size:
        return {"detail": "is empty", "remedy": "Upload it again."}
    return {"detail": "is neither a score nor a recording", "remedy": CONVERT}


def binary_answer(*media_types: str) -> dict[str, Any]:
    """The OpenAPI entry of a response that is a file of one of these types.

    What is JSON is no string, so nothing is said of it.
    """
    names = [kind.partition(";")[0] for kind in media_types]
    return {"content": {name: {} if "json" in name else {"schema": BINARY} for name in names}}


def multipart_body(field: str, several: bool) -> dict[str, Any]:
    """The OpenAPI entry of a multipart body, which `uploads.receive` reads."""
    file = BINARY | {"contentMediaType": "application/octet-stream"}
    parts = {field: {"type": "array", "items": file, "minItems": 1} if several else file}
    schema = {"type": "object", "properties": parts, "required": [field]}
    body = {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    return {"requestBody": body}
